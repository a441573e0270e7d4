"""Jobs: longer work that people can watch and cancel, and that survives a crash."""
