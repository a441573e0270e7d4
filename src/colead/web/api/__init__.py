"""Api: the same acts and facts as on the pages, for programs; every route is told by one registry."""
