"""Tags of the reserve."""
