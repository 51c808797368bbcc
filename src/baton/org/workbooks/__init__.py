"""Workbooks of units, accounts and official days: their forms, and how they are read into changes."""
