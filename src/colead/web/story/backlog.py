"""Backlog: how the ideas that wait came to be written, read, asked about and agreed on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from django.utils import timezone

from colead import demo
from colead.web.areas.models import Side
from colead.web.briefs.form import Form, read
from colead.web.concerns.models import Concern, Kind
from colead.web.story.told import SOON, Cast, Line

GIFT, CARTS, DAY, RETURNS = (
    "Gift notes",
    "Saved carts",
    "Delivery on a chosen day",
    "Returns without a printer",
)
WRITTEN = (66, 66, 65, 60, 53, 47, 36, 30, 24, 16, 9, 4)  # working days ago, in the order of their file
KNOWN_LATER = {  # what product counted after the idea was written
    GIFT: '1 in 14 delivery instructions contains "happy birthday" or the like.',
    CARTS: "12 support tickets since June.",
}
APPROACH = (
    "A note belongs to a shipment, not to an order. Write it at checkout, store it with the shipment,"
    " print it on the packing slip. No new service."
)


def forms() -> Iterator[Form]:
    """What the cast brings: the gift notes, then the others."""
    folder = Path(demo.__file__).parent
    yield read((folder / "gift-notes.md").read_text(encoding="utf-8"))
    yield from listed("ideas.md")


def listed(name: str) -> Iterator[Form]:
    """The ideas of one of the demo's files."""
    text = (Path(demo.__file__).parent / name).read_text(encoding="utf-8")
    return (read(f"# {one}") for one in text.split("\n# ")[1:])


def backlog(cast: Cast) -> Iterator[Line]:
    """A line for each idea that waits."""
    for place, (form, ago) in enumerate(zip(forms(), WRITTEN, strict=True)):
        yield _written(cast, form, ago, place)
    yield _gift(cast)
    yield _known(cast, GIFT, 12)
    yield _known(cast, CARTS, 11)
    yield _carts(cast)
    yield _returns(cast)


def _written(cast: Cast, form: Form, ago: int, place: int) -> Line:
    begun = cast.at(ago, 9 + place % 6, 10)
    yield begun
    texts = {
        **form.texts,
        "problem": _without(form.texts.get("problem", ""), KNOWN_LATER.get(form.title, "")),
    }
    brief = cast.write("Priya", form.title, texts, christmas() if form.title == GIFT else None)
    yield begun + SOON
    cast.read(brief)


def _without(text: str, line: str) -> str:
    """A text before somebody added this line to it."""
    return text.replace(line, "")


def _known(cast: Cast, title: str, ago: int) -> Line:
    """Product adds how it is known, and signs what stands now."""
    yield cast.at(ago, 11, 30)
    form = next(one for one in forms() if one.title == title)
    cast.say(cast.ideas[title], "problem", "Priya", form.texts["problem"])
    cast.agree(cast.ideas[title], "problem", "Priya")


def christmas() -> date:
    """The day on which the gift notes are hoped for."""
    today = timezone.localdate()
    found = date(today.year, 12, 1)
    return found if found > today else found.replace(year=today.year + 1)


def _gift(cast: Cast) -> Line:
    yield cast.at(63, 15)
    gift = cast.ideas[GIFT]
    cast.agree(gift, "problem", "Priya")
    courier = "The courier's label has no room for another line"
    yield cast.at(33, 11, 20)
    late = Concern.objects.raise_it(cast.area, cast.person("Omar"), Kind.HIDDEN, courier, gift)
    yield cast.at(32, 9, 5)
    late.reply(cast.person("Emil"), "True for the small label. I ask the courier for the large one.")
    yield cast.at(29, 14)
    if not cast.text(gift, "approach").text:
        cast.say(gift, "approach", "Emil", APPROACH)
    yield cast.at(29, 14, 40)
    cast.read(gift)
    yield cast.at(3, 16, 10)
    cast.ask(gift, "Priya", "engineering", "How many lines fit on the packing slip?")


def _carts(cast: Cast) -> Line:
    yield cast.at(34, 10)
    carts = cast.ideas[CARTS]
    cast.agree(carts, "problem")
    yield cast.at(10, 9, 40)
    cast.agree(carts, "problem", "Emil")
    yield cast.at(6, 17)
    away = "Stocktaking takes me away in the last week"
    Concern.objects.raise_it(cast.area, cast.person("Emil"), Kind.TIMELINE, away, carts)


def _returns(cast: Cast) -> Line:
    yield cast.at(41, 10)
    returns = cast.ideas[RETURNS]
    asked = cast.ask(returns, "Lena", "product", "Who sends back without writing to us first?")
    yield cast.at(40, 9, 30)
    cast.answer(asked, "Priya", "People who found the label in the parcel: about one in five.")
    yield cast.at(39, 12)
    cast.agree(returns, "problem")


def lead_goes_ahead(cast: Cast, title: str) -> None:
    """Engineering's lead decides to build it."""
    cast.ideas[title].go_ahead(cast.person("Emil"), Side.ENGINEERING)
