"""What templates ask of prototypes."""
