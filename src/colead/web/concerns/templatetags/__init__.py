"""What templates ask of concerns."""
