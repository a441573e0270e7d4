"""What stands in the files of the demo shop: plain code whose words are those of its landings."""

from __future__ import annotations

import re

from colead.demo.handed import INCIDENTS
from colead.demo.parts import PARTS

SERVICES = tuple(part.root for part in PARTS if part.root.startswith("services/"))
MOST_BLOCKS = 24  # a file keeps its newest blocks; code that is replaced goes

GLOSSARY = """\
# What our parts are called. Product and engineering both edit this file.
Checkout:
  path: services/checkout
  says: [basket, order summary]
Shipping:
  path: services/shipping
  says: [courier]
Packing slips:
  path: services/slips
  says: [slip]
Returns label: services/returns
Payments: services/payments
Catalogue: services/catalog
Search: services/search
Accounts: services/accounts
Prices: services/pricing
Stock: services/inventory
Mails and messages: services/notifications
Back office: web/backoffice
"""

OCCASIONS = """\
# The days that matter to the shop. Readings tell their risks against them.
occasions:
  - name: Black Friday
    on: 2026-11-27
    what: nothing but fixes goes out from the Wednesday before
  - name: Christmas orders
    on: 2026-12-07 to 2026-12-24
    what: about three times the usual orders, every second one a present
"""
# What people asked for, as the shop's tracker exports it.
ISSUES = """\
number,title,state,created,closed,votes
12,Dark mode for the back office,closed,2025-02-03,2025-04-01,3
31,Add a note to a gift,open,2025-03-11,,9
44,Search forgives typos,open,2025-05-20,,6
58,Refund by bank transfer,closed,2025-07-02,2025-09-12,2
63,Let me write a gift note,open,2025-11-28,,7
71,Sort orders by customer,open,2026-01-15,,1
85,Export stock as CSV,open,2026-03-02,,2
92,Notes on gifts,open,2026-05-06,,4
97,Second address for invoices,open,2026-06-17,,5
104,Gift notes please,open,2026-08-19,,3
109,Courier on Saturdays,open,2026-09-08,,2
113,Gift notes,open,2026-09-30,,2
"""
SETTINGS = {
    ".colead/glossary.yml": GLOSSARY,
    ".colead/occasions.yml": OCCASIONS,
    ".colead/issues/tracker.csv": ISSUES,
    ".colead/incidents/status-page.csv": INCIDENTS,
}


def _snake(text: str) -> str:
    return "_".join(re.findall(r"[a-z0-9]+", text.lower()))[:60] or "step"


def _python(title: str, subject: str, number: int) -> str:
    name = _snake(title)
    return (
        f"def {name}({subject}, order):\n"
        f'    """{title}."""\n'
        f"    if order is None or not {subject}:\n"
        f"        return None\n"
        f"    {subject}.revision = {number}\n"
        f"    return order.with_{subject}({subject})\n"
    )


def _typescript(title: str, subject: str, number: int) -> str:
    words = _snake(title).split("_")
    name = words[0] + "".join(word.capitalize() for word in words[1:])
    return (
        f"/** {title}. */\n"
        f"export function {name}(page: Page): Page {{\n"
        f"  const {subject} = page.find('{subject}', {number});\n"
        f"  return {subject} ? page.with({subject}) : page;\n"
        f"}}\n"
    )


def _html(title: str, subject: str, number: int) -> str:
    return f'<section class="{subject}" data-revision="{number}">\n  <h2>{title}</h2>\n</section>\n'


def _line(title: str, subject: str, number: int) -> str:
    return f"{subject} {number}: {title}\n"


def block(path: str, title: str, number: int) -> str:
    """The piece of code that a landing with this title leaves in a file."""
    subject = _snake(path.rsplit("/", 1)[-1].split(".")[0])
    writers = {"py": _python, "ts": _typescript, "html": _html}
    return writers.get(path.rsplit(".", 1)[-1], _line)(title, subject, number)


def first_text(path: str) -> str:
    """What a file holds on the first day."""
    if path == "compose.yml":
        rows = (f"  {root.split('/')[1]}:\n    build: ./{root}\n" for root in SERVICES)
        return "services:\n" + "".join(rows)
    if path == "CODEOWNERS":
        return "".join(f"/{part.root}/ @shop/{part.root.split('/')[1]}\n" for part in PARTS)
    if path.endswith("Dockerfile"):
        return 'FROM python:3.11-slim\nCOPY . /srv\nCMD ["python", "-m", "service"]\n'
    if path in SETTINGS:
        return SETTINGS[path]
    return block(path, "First version", 0)


def next_text(path: str, blocks: list[str]) -> str:
    """A file from its blocks, newest last; configuration files stay as they are."""
    if path in ("compose.yml", "CODEOWNERS", *SETTINGS) or path.endswith("Dockerfile"):
        return first_text(path)
    return "\n\n".join(blocks[-MOST_BLOCKS:])
