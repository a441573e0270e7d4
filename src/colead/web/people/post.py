"""Post: hands a mail to the server, and leaves no connection to it behind, however that went."""

from __future__ import annotations

from django.core.mail import EmailMessage, get_connection


def post(letter: EmailMessage) -> bool:
    """Whether it went; OSError where the server does not take it."""
    letter.connection = get_connection(fail_silently=False)
    try:
        return bool(letter.send())
    finally:
        letter.connection.close()
