"""Writers: a reading as text, Markdown, HTML and JSON; they render the wire form and compute nothing of their own."""
