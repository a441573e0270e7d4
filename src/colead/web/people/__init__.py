"""People: who signs in, and how: a password or a link that works once."""
