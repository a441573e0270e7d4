"""Post: hands a mail to the server, and leaves no connection to it behind, however that went.

Never from inside a transaction: what it tells of might be undone when the mail is gone already.
"""

from __future__ import annotations

from django.core.mail import EmailMessage, get_connection
from django.db import transaction


def outside() -> None:
    """RuntimeError inside a transaction."""
    with transaction.atomic(durable=True):
        pass


def post(letter: EmailMessage) -> bool:
    """Whether it went; OSError where the server does not take it."""
    outside()
    letter.connection = get_connection(fail_silently=False)
    try:
        return bool(letter.send())
    finally:
        letter.connection.close()
