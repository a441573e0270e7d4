"""Parts: the parts of an area's repositories: what each is, which ideas touch it, what people call it."""
