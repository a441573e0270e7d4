"""Web: the shared page, where the two people who lead an area look at one idea together."""
