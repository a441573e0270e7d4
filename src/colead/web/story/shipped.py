"""Shipped: five ideas from their first reading to what came of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils import timezone

from colead.phrase import day, plural
from colead.web.areas.models import Side
from colead.web.briefs.form import Form
from colead.web.briefs.models import Brief
from colead.web.concerns.models import Concern, Kind
from colead.web.story.backlog import listed
from colead.web.story.told import HOUR, SOON, Cast, Line

MAIL, HOUSE, OFFICE, VOUCHERS, SEARCH = (
    "The delivery day in the order mail",
    "Tell a wrong house number at once",
    "The oldest order first in the back office",
    "Vouchers for one person",
    "Search that forgives typos",
)


@dataclass(frozen=True, slots=True)
class Talk:
    """A question and its answer; days are working days ago, `asks` and `says` are people."""

    asked: int
    asks: str
    ask: str
    said: int
    says: str
    answer: str


@dataclass(frozen=True, slots=True)
class News:
    """A concern, and what resolved it."""

    raised: int
    by: str
    kind: Kind
    text: str
    over: int
    because: str


@dataclass(frozen=True, slots=True)
class Tale:
    """One idea: its days as working days ago, and what was said of it."""

    title: str
    written: int
    agreed: int
    ahead: int
    hoped: int
    shipped: int
    looked: int  # when both said what came of it; 0: the number is still watched
    learned: str
    talks: tuple[Talk, ...]
    news: tuple[News, ...]


TALES = (
    Tale(
        MAIL, 64, 61, 60, 35, 36, 12,
        "Mails that ask for the day fell from 64 to 22 a month. The simple line in the mail was enough.",
        (Talk(63, "Emil", "Which mail: the one after the order, or the one after packing?", 62, "Priya",
              "The one after the order. After packing it is too late to be at home."),),
        (News(63, "Emil", Kind.HIDDEN, "The returns label shows a day, too; it has to be the same one", 61,
              "Both read it from the shipment."),),
    ),
    Tale(
        HOUSE, 62, 58, 57, 30, 22, 5,
        "Parcels to an address that does not exist fell from 3 to 2 of 100; we had hoped for 1. Abroad"
        " there is no address book to ask.",
        (Talk(60, "Lena", "What about a house without a number?", 59, "Priya",
              "They write a zero today; it passes."),
         Talk(47, "Priya", "What do you do for countries without an address book?", 41, "Emil",
              "Nothing is asked there; those addresses pass as today.")),
        (News(35, "Lena", Kind.HIDDEN, "Shipping checks addresses, too, and refuses what ours lets pass", 33,
              "Shipping asks ours now."),
         News(31, "Emil", Kind.TIMELINE, "The address book answers in four seconds on Mondays", 23,
              "We ask it in the night and keep the answers.")),
    ),
    Tale(
        OFFICE, 58, 56, 55, 44, 46, 18,
        "Orders that left later than promised fell from 8 to 4 of 100 within a month.",
        (Talk(57, "Emil", "Does anybody need the newest first?", 56, "Priya",
              "Nobody: all three people of the back office were asked."),),
        (),
    ),
    Tale(
        VOUCHERS, 50, 46, 45, 20, 14, 3,
        "Vouchers used by somebody else fell from 12 to 1 of 100. It took longer than hoped: prices had to"
        " learn of it as well.",
        (Talk(49, "Emil", "Is a household one person?", 47, "Priya", "Yes: one address is one person."),
         Talk(40, "Lena", "What does somebody see who enters a voucher that is not theirs?", 29, "Priya",
              "A sentence that says whom to ask, and no price changes.")),
        (News(34, "Lena", Kind.COMPLEXITY, "Prices keeps vouchers a second time; both have to change", 27,
              "Prices reads ours now."),
         News(26, "Emil", Kind.TIMELINE, "The day we hoped for is gone with that: a week more", 21,
              "Priya told marketing; the autumn vouchers go out a week later.")),
    ),
    Tale(
        SEARCH, 40, 38, 37, 10, 12, 0, "",
        (Talk(39, "Emil", "Also in the back office?", 38, "Priya",
              "No: they search for numbers, and there a typo must not find anything."),
         Talk(35, "Emil", "Which languages first?", 34, "Priya", "The two that nine in ten buyers use.")),
        (News(39, "Priya", Kind.UNCLEAR, "Nobody said how near a word must be", 38, "One letter at most."),),
    ),
)  # fmt: skip


def shipped(cast: Cast) -> Iterator[Line]:
    """Lines for each of them."""
    told = {one.title: one for one in listed("shipped.md")}
    yield _tidied(cast)
    for place, tale in enumerate(TALES):
        yield _course(cast, tale, told[tale.title], place)
        yield from (_talk(cast, tale.title, one) for one in tale.talks)
        yield from (_news(cast, tale.title, one) for one in tale.news)
        if tale.looked:
            yield _looked(cast, tale)


def _course(cast: Cast, tale: Tale, form: Form, place: int) -> Line:
    """Written, read, agreed on, begun, shipped."""
    begun = cast.at(tale.written, 9 + place, 40)
    yield begun
    brief = cast.write("Priya", form.title, form.texts, cast.day(tale.hoped))
    yield begun + SOON
    cast.read(brief)
    yield cast.at(tale.agreed, 16, 20)
    cast.agree(brief, "problem")
    cast.agree(brief, "approach")
    yield cast.at(tale.ahead, 9)
    _settle(cast, brief)
    brief.go_ahead(cast.person("Emil"), Side.ENGINEERING)
    yield cast.at(tale.shipped, 15)
    brief.ship(cast.person("Lena"), cast.day(tale.shipped))


def _tidied(cast: Cast) -> Line:
    """What people have goes to the end of product's order."""
    yield cast.at(2, 17, 30)
    for tale in TALES:
        brief = cast.ideas[tale.title]
        brief.refresh_from_db()
        brief.put(cast.person("Priya"), cast.area.briefs.count())


def _settle(cast: Cast, brief: Brief) -> None:
    """What Colead asks and nobody answered is set aside before it is built."""
    for one in brief.questions.open().filter(by=None):
        one.set_aside(cast.person("Emil"), "We looked before we began: it stays as it is.")


def _talk(cast: Cast, title: str, talk: Talk) -> Line:
    yield cast.at(talk.asked, 14, 5)
    side = cast.side(talk.says)
    one = cast.ask(cast.ideas[title], talk.asks, side, talk.ask)
    yield cast.at(talk.said, 10, 15)
    cast.answer(one, talk.says, talk.answer)


def _news(cast: Cast, title: str, news: News) -> Line:
    yield cast.at(news.raised, 11, 45)
    brief, by = cast.ideas[title], cast.person(news.by)
    one = Concern.objects.raise_it(cast.area, by, news.kind, news.text, brief)
    yield cast.at(news.over, 15, 30)
    one.resolve(by, news.because)


def _looked(cast: Cast, tale: Tale) -> Line:
    """Both say what came of it: beside what was foreseen, how long it took and what the number did."""
    yield cast.at(tale.looked, 13)
    brief = cast.ideas[tale.title]
    cast.say(brief, "outcome", "Priya", f"{foreseen(cast, brief, tale)}\n\n{tale.learned}")
    cast.agree(brief, "outcome", "Priya")
    yield cast.at(tale.looked - 1, 9, 20) + HOUR
    cast.agree(brief, "outcome", "Emil")


def foreseen(cast: Cast, brief: Brief, tale: Tale) -> str:
    """The range that its last reading before the commitment told, and how long it took."""
    begun = cast.day(tale.ahead)
    kept = brief.readings.filter(made__lte=cast.at(tale.ahead, 9)).order_by("-id").first()
    reading = kept.reading if kept else None
    told = reading.timeline.sentence if reading and reading.timeline else "too little to tell"
    weeks = max(1, round((cast.day(tale.shipped) - begun).days / 7))
    made = timezone.localdate(kept.made) if kept else begun
    return (
        f"Foreseen on {day(made)}: {told[:1].lower()}{told[1:].rstrip('.')}. It took"
        f" {plural(weeks, 'week')}; people have it since {day(cast.day(tale.shipped))}."
    )
