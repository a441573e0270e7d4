"""What the demo shop hands over besides git: the incidents of its status page."""

from __future__ import annotations

INCIDENTS = """\
id,title,started,ended,severity,services
INC-41,Checkout timed out,2026-10-02 09:00,2026-10-02 10:05,sev2,Checkout
INC-36,Labels did not print,2026-05-07 06:30,2026-05-07 07:00,sev2,Shipping
INC-29,Payment page was blank,2026-02-11 12:00,2026-02-11 12:30,sev1,"Checkout, Payments"
"""
