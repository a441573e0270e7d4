"""What templates ask of questions."""
