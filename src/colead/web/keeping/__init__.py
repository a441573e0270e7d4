"""Keeping: what is written stays, goes along with whoever leaves, and comes back after a loss."""
