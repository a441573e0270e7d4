"""Pictures: SVG drawn from the wire form, as text; pages hold it, files are it."""
