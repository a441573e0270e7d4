"""Inbox: what waits for a person and since when, what moved and why, and the mails that say so."""
