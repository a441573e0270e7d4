"""What is told of partners: the strongest, with how often, when last, and how likely the next time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date

from colead import phrase
from colead.activity import Activity
from colead.citing import cite, day_of
from colead.codebase import Component
from colead.evidence import Coverage, Figure, Ledger, State
from colead.partner.along import DOUBT, ENOUGH, Along, Pair, changed_most, wilson
from colead.partner.link import Links, Texts, nothing
from colead.partner.parts import Partner

SHOWN = 3


def partners(
    activity: Activity,
    touched: Sequence[str],
    mentioned: Callable[[Component], bool],
    *,
    today: date,
    ledger: Ledger,
    repository: str,
    silenced: Callable[[str, str], bool] = lambda of, key: False,
    texts: Texts = nothing,
) -> tuple[tuple[Partner, ...], Coverage]:
    """The parts that usually change along with the touched ones (keys) and are neither touched nor mentioned.

    Counted over people's landings of the last two years with at most
    MANY_FILES product files. A partner changed in at least 30 % and at least
    6 of a touched part's landings, in 30 % of their newer half, too, and
    clearly more often than chance would have a part as active along: the lower
    end of the 95 % Wilson interval lies above `Along.usual`. At most three,
    strongest first, each once, beside the touched part that it goes with most.

    `silenced` is asked of each pair (the touched part, its partner) that could be told.

    Where the clone seems out of date, the two years end with its newest
    landing (`Known`), and the words say so.

    Chosen for being frequent, counts fall back, so the chance of the next time
    is lower than the count (`Pair.chance`). Of each told one is looked up, in
    `texts`, whether the code shows the link.
    """
    if not touched:
        return (), Coverage("partners", State.NOT_ANALYSED, "No touched part to start from.")
    along = Along.of(activity, today)
    known = [key for key in dict.fromkeys(touched) if along.changed(key) >= ENOUGH]
    if not known:
        note = f"No touched part changed {ENOUGH} times in {along.known.years}."
        return (), Coverage("partners", State.TOO_LITTLE, note)
    free = [one for one in activity.codebase.components if one.key not in touched and not mentioned(one)]
    found = [pair for key in known for one in free if (pair := along.pair(key, one.key))]
    pairs = strongest(one for one in found if not silenced(one.of, one.component))
    links = Links(activity.codebase, texts)
    told = tuple(_told(along, pair, links, today, ledger, repository) for pair in pairs)
    return told, Coverage("partners", State.FINDING if told else State.NOTHING, _looked_at(along, known))


def strongest(pairs: Iterable[Pair]) -> list[Pair]:
    """Those that are told: each part once, beside the one that it goes with most."""
    best: dict[str, Pair] = {}
    for pair in sorted(pairs, key=lambda one: (-one.low, one.component, one.of)):
        best.setdefault(pair.component, pair)
    return list(best.values())[:SHOWN]


def _told(along: Along, pair: Pair, links: Links, today: date, ledger: Ledger, repository: str) -> Partner:
    activity = along.activity
    both = along.landings[along.column(pair.of) & along.column(pair.component)]
    last = day_of(activity.history.at[both].max())
    link = links.between(pair.of, pair.component, changed_most(activity, both))
    name, of_name = (activity.codebase.by_key[key].name for key in (pair.component, pair.of))
    row = ledger.file(
        "P01",
        f"Landings of {along.known.years} that changed {of_name}, and which of them changed {name} too; "
        f"for the chance of the next one, {DOUBT} without it are added.",
        n=pair.times,
        sources=cite(activity.history, both, repository),
        window=along.window,
    )
    seen = f"{pair.together} of the last {pair.times} times, last on {phrase.day(last, today=today)}"
    ahead = f"expect it {phrase.often(pair.chance)}"
    return Partner(
        repository,
        pair.component,
        name,
        pair.of,
        of_name,
        together=Figure(pair.together, row),
        times=Figure(pair.times, row),
        chance=Figure(pair.chance, row),
        usual=Figure(pair.usual, row),
        last=last.isoformat(),
        files=changed_most(activity, both, pair.component)[:3],
        link=link,
        sentence=f"changed along with {of_name} {seen}; {ahead}",
        ask=f"Does {name} change too, or can it stay as it is?",
        technical=_technical(pair),
    )


def _technical(pair: Pair) -> str:
    low, high = wilson(pair.together, pair.times)
    return (
        f"P({pair.component} | {pair.of}) = {pair.together / pair.times:.2f} (95 %: {low:.2f}..{high:.2f}), "
        f"support {pair.together}; next time {pair.chance:.2f}; "
        f"a part as active would be along in {pair.usual:.2f}"
    )


def _looked_at(along: Along, known: Sequence[str]) -> str:
    parts = phrase.plural(len(known), "touched part")
    return f"{len(along.landings):,} landings of {along.known.years} around {parts}, against chance."
