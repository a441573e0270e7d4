"""Together: the page that tells two sides how they work together, of what is there, storing nothing."""
