"""What other pages show of discussions."""
