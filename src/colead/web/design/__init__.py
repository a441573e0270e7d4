"""Design: the frame, the pieces and the style that every page shares."""
