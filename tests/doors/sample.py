"""A hand-made reading of the gift notes story, so that writers can be tested without a repository."""

from __future__ import annotations

from dataclasses import replace

from colead.codebase import ComponentKind
from colead.evidence import Coverage, Figure, Ledger, Source, State
from colead.forecast import Cousin, Forecast
from colead.fragility import Fragility, Level
from colead.partner import FileAlong, Link, Partner
from colead.question import Question, Side
from colead.reading import SCHEMA, Reading, Repository, SpecInfo, Touched, Verdict
from colead.spec import Answer, Light, Said
from colead.spread import Crossing, Spread
from colead.systemmap import Plot
from colead.touch import Birth, FileTouch, PartTouch, RequirementTouch, Touch
from colead.tradeoff import Act, Tradeoff

SHOP = "shop"
TIP = "3f2a1c9d0b7e4f5a6c8d9e0f1a2b3c4d5e6f7a8b"
YEAR = ("2025-10-19", "2026-10-19")
PROBLEM = (
    "People who order a present want to add a few words to it. Buyers put gift messages into the delivery"
    " instructions, where nobody prints them. The courier reads them aloud at the door, and support answers"
    " the complaint about every second day."
)
KNOWN = '31 support tickets since March; 1 in 14 delivery instructions contains "happy birthday" or the like.'


def reading() -> Reading:
    """Three services touched, two of them fragile, one question, one partner, 3 in 10, one tradeoff."""
    ledger = Ledger()
    touches = _touches(ledger)
    partner, spread, timeline = _partner(ledger), _spread(ledger), _timeline(ledger)
    question, tradeoff = _question(ledger), _tradeoff(ledger)
    return Reading(
        schema=SCHEMA,
        version="0.1.0",
        made="2026-10-19T09:12:00+00:00",
        today="2026-10-19",
        spec=SpecInfo("Gift notes", "examples/gift-notes.md", "5b" * 32, 171, (), PROBLEM, KNOWN),
        repositories=(
            Repository(SHOP, TIP, 3012, "2022-01-10", "2026-10-16", 318, 14, ("names from the glossary",)),
        ),
        verdict=Verdict(
            "Worth discussing: it crosses three services, two of them fragile; one point is unclear;"
            " and 1 December has about 3 chances in 10.",
            ("three services, two of them fragile", "1 December has about 3 chances in 10"),
        ),
        answers=_answers(),
        lights=_lights(),
        touches=touches,
        plots=_plots(ledger),
        files=tuple(one for touched in touches for one in touched.touch.files),
        requirements=_requirements(touches),
        births=(_birth(ledger, touches[0].touch),),
        spread=spread,
        partners=(partner,),
        along=(_file_along(ledger),),
        questions=(question,),
        timeline=timeline,
        tradeoffs=(tradeoff,),
        corrections=(),
        coverage=_coverage(),
        evidence=ledger.table(),
    )


def _plots(ledger: Ledger) -> tuple[Plot, ...]:
    row = ledger.file("F01", "Every part as an area.", n=14)
    told = (
        ("services/checkout", "Checkout", "services", Level.FRAGILE, 5_200, 3.1),
        ("services/shipping", "Shipping", "services", Level.FRAGILE, 2_900, 1.4),
        ("services/returns", "Returns", "services", Level.STEADY, 800, 0.3),
        ("packing", "Packing slips", "", Level.STEADY, 700, 0.2),
    )
    return tuple(
        Plot(SHOP, key, name, folder, 1, level, lines, expected, row)
        for key, name, folder, level, lines, expected in told
    )


def _answers() -> tuple[Answer, ...]:
    return (
        Answer(
            "Q01",
            "What user problem are we solving?",
            Said.ANSWERED,
            "Buyers put gift messages into the delivery instructions, where nobody prints them.",
            6,
            "",
        ),
        Answer(
            "Q02",
            "What metric should change if we solve it?",
            Said.HALF,
            "Gift orders: 3.1 % of all orders now.",
            15,
            "To what, and by when?",
        ),
        Answer(
            "Q03",
            "Is this the simplest way to test the idea?",
            Said.OPEN,
            "",
            0,
            "No smaller first step is named.",
        ),
    )


def _lights() -> tuple[Light, ...]:
    return (
        Light("problem", True, "Buyers put gift messages into the delivery instructions.", 6),
        Light("who", True, "People who order a present want to add a few words to it.", 5),
        Light("metric", True, "Gift orders: 3.1 % of all orders now.", 15),
        Light("simplest test", False, "", 0),
        Light("not in scope", True, "Gift wrapping and gift cards.", 26),
    )


def _touches(ledger: Ledger) -> tuple[Touched, ...]:
    return (
        _touched(ledger, "services/checkout", "Checkout", 0.86, Level.FRAGILE, (41, 9), "save cart notes"),
        _touched(ledger, "services/shipping", "Shipping", 0.71, Level.FRAGILE, (29, 11), "split an order"),
        _touched(ledger, "services/slips", "Packing slips", 0.38, Level.STEADY, (6, 1), "print on A5"),
    )


def _birth(ledger: Ledger, touch: Touch) -> Birth:
    row = ledger.file("T03", "Counted how many of the last changes to the part also added a file", n=40)
    told = "A new file here? 14 of the last 40 changes brought one, like gift.py."
    numbers = (Figure(0.32, row), Figure(14, row), Figure(40, row))
    path = f"{touch.component}/gift.py"
    return Birth(SHOP, touch.component, touch.component, touch.name, *numbers, path, told, "p = 0.32")


def _requirements(touches: tuple[Touched, ...]) -> tuple[RequirementTouch, ...]:
    first = touches[0].touch
    part = PartTouch(SHOP, first.component, first.name, first.probability)
    told = RequirementTouch(
        "The buyer can write a gift note.", 19, (part,), first.files, "Points at Checkout.", "notes.py 0.76"
    )
    return (told, RequirementTouch("A drone brings it.", 22, (), (), "Nothing here resembles this.", ""))


def _touched(
    ledger: Ledger, key: str, name: str, odds: float, level: Level, counts: tuple[int, int], like: str
) -> Touched:
    landing = Source("landing", key.encode().hex().ljust(40, "0")[:40], like, "2026-08-03", SHOP)
    basis = ledger.file(
        "T01", "Past landings most like the spec, and words shared with the code.", n=212, sources=(landing,)
    )
    count = ledger.file(
        "F01", "Landings by people in the last 365 days, fixes among them.", n=counts[0], window=YEAR
    )
    path = f"{key}/notes.py"
    file = FileTouch(SHOP, path, Figure(odds - 0.1, basis), (f'changed in "{like}"',))
    touch = Touch(
        SHOP,
        key,
        name,
        ComponentKind.SERVICE,
        Figure(odds, basis),
        ('the words "gift" and "note"', f'most like "{like}"'),
        (file,),
        level is Level.STEADY,
        f"{name} will probably change",
        f"p = {odds:.2f}, fused rank of 3 signals",
    )
    changed, fixes = counts
    fragility = Fragility(
        SHOP,
        key,
        level,
        Figure(fixes / 4, count, fixes / 8, fixes / 2),
        Figure(0.5, count, 0.4, 0.6),
        0.93,
        Figure(changed, count),
        Figure(fixes, count),
        f"changed {changed} times this year, {_fixes(fixes)}",
        f"expected fixes in 90 days {fixes / 4:.1f} [{fixes / 8:.1f}, {fixes / 2:.1f}]",
    )
    return Touched(touch, fragility)


def _fixes(count: int) -> str:
    return "1 of them a fix" if count == 1 else f"{count} of them fixes"


def _partner(ledger: Ledger) -> Partner:
    sources = (
        Source("landing", "a1" * 20, "Return label for split orders", "2026-10-03", SHOP),
        Source("landing", "b2" * 20, "Carrier change: labels", "2026-08-21", SHOP),
    )
    row = ledger.file(
        "P01",
        "Landings that changed Shipping, and how many of them changed Returns label too.",
        n=29,
        sources=sources,
        window=("2025-01-14", "2026-10-03"),
    )
    return Partner(
        SHOP,
        "services/returns-label",
        "Returns label",
        "services/shipping",
        "Shipping",
        Figure(18, row),
        Figure(29, row),
        Figure(18 / 37, row),
        Figure(0.1, row),
        "2026-10-03",
        ("services/returns-label/label.py",),
        Link("history", "only the history shows it: no import or call was found between them"),
        "changed along with Shipping 18 of the last 29 times, last on 3 October; expect it 5 times in 10",
        "Does the return label have to carry the note as well?",
        "share 0.62, lift 6.2, n 29",
    )


def _file_along(ledger: Ledger) -> FileAlong:
    row = ledger.file(
        "P02", "Landings that changed cost.py, and how many of them changed rates.py too.", n=10
    )
    return FileAlong(
        SHOP,
        "services/shipping/rates.py",
        "services/shipping/cost.py",
        Figure(8, row),
        Figure(10, row),
        Figure(8 / 18, row),
        Figure(0.1, row),
        "2026-10-03",
        "changed along with services/shipping/cost.py 8 of the last 10 times, last on 3 October; "
        "expect it 4 times in 10",
        "P(file | file) = 0.80",
    )


def _spread(ledger: Ledger) -> Spread:
    row = ledger.file("S01", "Components that each landing by people changed.", n=1840, window=YEAR)
    return Spread(
        Figure(2.6, row),
        Figure(2.6, row),
        Figure(0.8, row),
        1,
        Figure(0.7, row),
        True,
        (_crossing(ledger, True), _crossing(ledger, False)),
        "about 3 services; 8 in 10 changes here touch 1",
        "parts 3, P(parts <= 1) = 0.80",
    )


def _crossing(ledger: Ledger, schema: bool) -> Crossing:
    what, code = ("schema", "S02") if schema else ("interface", "S03")
    row = ledger.file(code, f"Past changes most like this one that changed the {what}.", n=1840, window=YEAR)
    sentence = f"{4 if schema else 2} in 10 to change the {what} (usual: 1 in 10)."
    return Crossing(what, Figure(0.4 if schema else 0.2, row), Figure(0.1, row), schema, sentence, code)


def _question(ledger: Ledger) -> Question:
    sources = (
        Source("landing", "c3" * 20, "Hide prices on the packing slip of a present", "2026-06-02", SHOP),
        Source("spec", "22", "It is printed on the packing slip"),
    )
    row = ledger.file(
        "U01", "Fixes that followed a change with the same words within 30 days.", n=2, sources=sources
    )
    return Question(
        "U01",
        Side.PRODUCT,
        "May the person who receives it see the price?",
        "The last two changes to packing slips were followed by a fix about prices.",
        22,
        row,
    )


def _timeline(ledger: Ledger) -> Forecast:
    row = ledger.file(
        "D01", "How long past efforts of this size took, from first to last landing.", n=34, window=YEAR
    )
    days = (27, 33, 38, 41, 44, 50, 55, 61, 74)
    cousins = tuple(
        Cousin(f"SHOP-{number}", f"Effort {number}", float(length), 6, "2026-05-01")
        for number, length in enumerate(days, start=210)
    )
    return Forecast(
        "efforts",
        "2026-10-19",
        Figure(6.9, row, 5.0, 9.0),
        "2026-11-23",
        "2026-12-21",
        "2026-12-01",
        Figure(0.31, row),
        cousins,
        "Likely 5 to 9 weeks; 3 in 10 to make 1 December",
        "80 % range 35..63 days, median 48, n 34",
    )


def _tradeoff(ledger: Ledger) -> Tradeoff:
    row = ledger.file(
        "X01", "Changes of this kind that needed a fix within 90 days, against all others.", n=58
    )
    return Tradeoff(
        Act.SKIP,
        "the repair of shipment splitting",
        Side.ENGINEERING,
        Figure(0.31, row, 0.22, 0.41),
        Figure(0.11, row),
        "Changes like this one needed a fix within three months 3 times in 10 here; 1 in 10 is usual.",
        "Work that came back within three months 3 times in 10 is not in the plan; once in 10 is usual.",
        "Of 58 changes like this one 3 times in 10 the same files needed a fix; once in 10 is usual.",
        "risk 0.31 [0.22, 0.41], base 0.11, n 58",
        "X02",
    )


def _coverage() -> tuple[Coverage, ...]:
    parts = "answers touches fragility spread partners questions timeline tradeoffs".split()
    return tuple(Coverage(part, State.FINDING, f"{part}: everything here was read") for part in parts)


def with_states(states: dict[str, Coverage]) -> Reading:
    """The gift notes reading with some parts empty and saying why."""
    empty: dict[str, object] = {
        "touches": (),
        "partners": (),
        "questions": (),
        "tradeoffs": (),
        "timeline": None,
        "spread": None,
    }
    base = reading()
    coverage = tuple(states.get(one.part, one) for one in base.coverage)
    blank = {part: empty[part] for part in states if part in empty}
    blank |= {"along": ()} if "partners" in states else {}
    return replace(base, coverage=coverage, **blank)  # type: ignore[arg-type]  # the parts are told by name here


def hostile(text: str) -> Reading:
    """The gift notes reading in which repository and spec text is `text`."""
    base = reading()
    rows = tuple(
        replace(row, sources=tuple(replace(one, title=text) for one in row.sources)) for row in base.evidence
    )
    first = base.touches[0]
    touch = replace(first.touch, name=text, reasons=(text,), sentence=text)
    return replace(
        base,
        spec=replace(base.spec, title=text, source=text),
        answers=tuple(replace(one, quote=text if one.quote else "") for one in base.answers),
        lights=tuple(replace(one, quote=text) for one in base.lights),
        touches=(replace(first, touch=touch), *base.touches[1:]),
        files=(replace(base.files[0], path=text, reasons=(text,)), *base.files[1:]),
        requirements=tuple(replace(one, name=text, technical=text) for one in base.requirements),
        partners=tuple(replace(one, name=text, sentence=text, files=(text,)) for one in base.partners),
        questions=tuple(replace(one, ask=text, why=text) for one in base.questions),
        evidence=rows,
    )


def asked() -> Reading:
    """The gift notes reading in which a question asks about the partner, beside the one of product."""
    base = reading()
    one = base.partners[0]
    about = Question(one.code, Side.ENGINEERING, one.ask, one.sentence, 0, one.together.evidence)
    return replace(base, questions=(about, *base.questions))


def foreign() -> Reading:
    """The gift notes reading as if the spec were in another language."""
    base = with_states({"answers": Coverage("answers", State.NOT_ANALYSED, "the spec is not in English")})
    answers = tuple(
        replace(one, said=Said.OPEN, quote="", line=0, missing="Not analysed: the spec is not in English.")
        for one in base.answers
    )
    lights = tuple(replace(one, on=False, quote="", line=0) for one in base.lights)
    return replace(base, answers=answers, lights=lights, spec=replace(base.spec, problem="", known=""))


LONG = (
    "Buyers of many presents write long texts about splitting, returns, prices, slips and labels here. " * 4
)


SPREAD_OUT = (Side.PRODUCT, Side.PRODUCT, Side.ENGINEERING, Side.ENGINEERING, Side.BOTH)


def fullest(sides: tuple[Side, ...] = SPREAD_OUT) -> Reading:
    """The gift notes reading with as much of everything as a reading may hold, and every text long."""
    base = reading()
    ask = replace(base.questions[0], ask=LONG[:150], why=LONG[:220])
    return replace(
        base,
        answers=tuple(replace(one, quote=LONG[:220], line=6) for one in base.answers),
        lights=tuple(replace(one, on=True, quote=LONG[:220], line=9) for one in base.lights),
        touches=(base.touches * 2)[:6],
        files=(base.files * 4)[:10],
        requirements=tuple(replace(base.requirements[0], name=LONG[:160]) for _ in range(20)),
        partners=tuple(replace(base.partners[0], sentence=LONG[:200], ask=LONG[:150]) for _ in range(3)),
        questions=tuple(replace(ask, side=side) for side in sides),
        tradeoffs=tuple(
            replace(base.tradeoffs[0], sentence=LONG[:200], product=LONG[:160], engineering=LONG[:160])
            for _ in range(3)
        ),
    )
