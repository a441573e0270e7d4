"""Meetings: the next one with its ideas, on one sheet each, and live: one question per screen."""
