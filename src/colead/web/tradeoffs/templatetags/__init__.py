"""Tags of tradeoffs."""
