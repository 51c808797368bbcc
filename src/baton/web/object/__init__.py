"""Objections to published results: lodged by a unit, put to a department, answered in writing, listed for all."""
