"""Writes of the platform: who may, the change, and its row in the audit chain, in one transaction."""
