"""Tradeoffs: what is risked when something is skipped, who accepted it, against what, until when."""
