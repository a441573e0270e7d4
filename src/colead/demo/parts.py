"""The parts of the demo shop: where their code lives, what is in it, and what people write about it."""

from __future__ import annotations

from dataclasses import dataclass

VARIANTS = (
    "",
    " for guests",
    " for business accounts",
    " per country",
    " behind a flag",
    " on small screens",
    " in the test shop",
    " for the autumn sale",
    " in the nightly run",
    " for larger baskets",
)


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the shop: root folder, modules, and the titles of its usual landings."""

    root: str
    modules: tuple[str, ...]
    weight: float  # share of ordinary work
    fixes: float  # share of fixes in that work
    features: tuple[str, ...]
    mends: tuple[str, ...]  # titles of fixes


def _part(root: str, modules: str, weight: float, fixes: float, features: str, mends: str) -> Part:
    def lines(text: str) -> tuple[str, ...]:
        return tuple(line.strip() for line in text.strip().splitlines())

    return Part(root, tuple(modules.split()), weight, fixes, lines(features), lines(mends))


CHECKOUT = _part(
    "services/checkout",
    "cart.py delivery_instructions.py order_summary.py address.py voucher_field.py guest.py"
    " express.py session.py pages/summary.html",
    0.12,
    0.22,
    """Let buyers write delivery instructions
    Show the chosen address in the order summary
    Save the cart between visits
    Save cart notes of the buyer
    Let buyers edit the order summary before paying
    Add a guest order without an account
    Let buyers choose a day
    Count characters in cart notes
    Add an express order button to the cart
    Remember the last used address of a buyer""",
    """Fix wrong total in the cart
    Fix voucher counted twice
    Fix lost cart on sign-in
    Fix empty country in the address form
    Fix double order on a second click
    Fix express button shown to blocked accounts
    Fix expired session on the last step
    Fix rounding of the cart total""",
)
SHIPPING = _part(
    "services/shipping",
    "shipment.py parcels.py label.py courier.py tracking.py pickup.py customs.py",
    0.085,
    0.22,
    """Pass delivery instructions on to the courier
    Book the courier from the order
    Split an order into parcels
    Print the shipping label with the order number
    Show tracking of each parcel
    Add pickup points to shipping
    Add customs data to parcels
    Ship an order in the chosen week
    Hand the parcel weight to the courier""",
    """Fix wrong parcel weight
    Fix label without a house number
    Fix tracking link of split parcels
    Fix courier booked twice
    Fix pickup point outside the country
    Fix customs code of parcels
    Fix parcel stuck without a label""",
)
SLIPS = _part(
    "services/slips",
    "packing_slip.py print_queue.py layout.py barcode.py templates/slip.html",
    0.012,
    0.05,
    """Print the packing slip in the order of the shelves
    Show the order number on the packing slip
    Print the packing slip twice for large orders
    Let the warehouse choose the paper of the packing slip
    Add a barcode to the packing slip
    Show prices on the packing slip in the buyer's currency""",
    """Fix cut-off barcode on the packing slip
    Fix wrong paper size of the packing slip""",
)
RETURNS = _part(
    "services/returns",
    "returns_label.py reasons.py refund_request.py inspection.py",
    0.03,
    0.12,
    """Let buyers choose a reason for a return
    Print the returns label at home
    Ask for photos of damaged items
    Show the state of a return
    Accept returns at pickup points""",
    """Fix returns label without a sender
    Fix refund asked for twice
    Fix wrong reason on a return""",
)
PAYMENTS = _part(
    "services/payments",
    "card.py invoice.py refund.py gift_card.py wallet.py ledger.py",
    0.12,
    0.2,
    """Add gift cards as a way of paying
    Show the balance of a gift card
    Add a wallet for regular buyers
    Send the invoice as a file
    Refund to the card that was used
    Book payments in the ledger
    Retry a declined card once""",
    """Fix invoice in the wrong currency
    Fix declined card shown as accepted
    Fix refund of a used gift card
    Fix ledger entry without a date
    Fix wallet balance below zero""",
)
OTHERS = (
    _part(
        "services/catalog",
        "product.py variants.py pictures.py categories.py availability.py importer.py pages/product.html",
        0.12,
        0.18,
        """Show variants of a product side by side
        Import products from a supplier list
        Show availability per shop
        Zoom into product pictures
        Sort categories by season
        Add materials to the product page""",
        """Fix missing picture of a variant
        Fix category shown twice
        Fix import of products without a price
        Fix availability of discontinued products""",
    ),
    _part(
        "services/search",
        "query.py ranking.py suggestions.py synonyms.py filters.py",
        0.08,
        0.2,
        """Suggest products while typing
        Rank products in stock first
        Filter products by colour
        Learn synonyms from empty searches
        Search in product materials""",
        """Fix empty result for plural words
        Fix filter lost on page two
        Fix ranking of products out of stock""",
    ),
    _part(
        "services/accounts",
        "profile.py login.py password.py consent.py deletion.py",
        0.07,
        0.22,
        """Let people sign in with a passkey
        Show past orders in the profile
        Ask for consent to the newsletter
        Delete an account on request
        Change the address of an account""",
        """Fix login loop with two tabs
        Fix consent shown again
        Fix profile picture rotated""",
    ),
    _part(
        "services/pricing",
        "price.py tax.py discount.py vouchers.py rounding.py",
        0.08,
        0.24,
        """Add discounts by quantity
        Compute tax for neighbouring countries
        Plan prices ahead of a season
        Add vouchers for first orders
        Show the lowest price of the month""",
        """Fix tax of reduced goods
        Fix discount on already reduced goods
        Fix voucher valid after its last day""",
    ),
    _part(
        "services/inventory",
        "stock.py reservation.py shelves.py counting.py suppliers.py",
        0.07,
        0.2,
        """Reserve stock while an order is paid
        Count shelves by hand scanner
        Order from suppliers ahead of time
        Show stock per warehouse
        Move stock between warehouses""",
        """Fix stock below zero
        Fix reservation kept for ever
        Fix shelf counted twice""",
    ),
    _part(
        "services/notifications",
        "mail.py templates.py preferences.py push.py digest.py",
        0.06,
        0.2,
        """Send one mail a day at most
        Let people choose what they hear about
        Add push messages for parcels
        Translate mail templates
        Send a mail two days before a sale""",
        """Fix mail sent to a closed account
        Fix missing name in a mail
        Fix push message in the wrong language""",
    ),
    _part(
        "web/backoffice",
        "src/orders.ts src/products.ts src/reports.ts src/permissions.ts src/menu.ts",
        0.08,
        0.16,
        """Show the day's figures in the back office
        Export reports as a table
        Search people in the back office
        Add permissions for the warehouse
        Show open tasks in the menu""",
        """Fix report of an empty month
        Fix permission shown to everybody
        Fix sorting of tasks""",
    ),
    _part(
        "libs/events",
        "bus.py schema.py outbox.py replay.py",
        0.03,
        0.14,
        """Replay events of a day
        Check events against their schema
        Send events through an outbox""",
        """Fix event sent twice
        Fix replay in the wrong sequence""",
    ),
    _part(
        "libs/money",
        "amount.py currency.py format.py",
        0.02,
        0.1,
        """Add a currency
        Format amounts by language""",
        """Fix formatting of negative amounts""",
    ),
)
PARTS = (CHECKOUT, SHIPPING, SLIPS, RETURNS, PAYMENTS, *OTHERS)

TIDY = (
    "Move {noun} into its own module",
    "Remove unused code of {noun}",
    "Speed up reading of {noun}",
    "Write down how {noun} works",
    "Rename fields of {noun}",
)
