"""Reserve: the slots kept free for health in the coming weeks, and the repairs that fill them."""
