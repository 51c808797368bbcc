"""Workbooks as offices really produce them, read into typed rows, with every problem named by cell."""
