"""Writers: a reading as text, Markdown, HTML and JSON; they compute nothing of their own."""
