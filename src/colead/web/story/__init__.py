"""Story: what the demo's people did before today, each deed by its own verb on its own day."""
