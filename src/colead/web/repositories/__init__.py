"""Repositories: where an area's code lives, and the readings of its briefs against it."""
