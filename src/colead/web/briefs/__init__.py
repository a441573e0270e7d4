"""Briefs: one idea each on its way from problem to outcome, written by two sides."""
