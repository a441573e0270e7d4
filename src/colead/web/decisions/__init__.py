"""Decisions: questions that somebody owns, what was chosen and why, and what would make it wrong."""
