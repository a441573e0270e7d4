"""Concerns: bad news, raised by anyone at any moment or by Colead, until it is resolved."""
