"""Threads: what people discuss about an idea, who decides it, and what came of it."""
