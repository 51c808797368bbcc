"""The inbox: what somebody is told, what of it is unread, and where it can be done."""
