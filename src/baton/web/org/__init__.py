"""Units, people, accounts, roles and the calendar: their pages."""
