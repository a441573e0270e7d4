"""Pieces of pages that templates are made of."""
