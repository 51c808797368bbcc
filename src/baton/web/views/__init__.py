"""Saved views: a panel for any list page, and the view with which a page opens."""
