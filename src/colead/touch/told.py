"""The ranking told: which components and files a spec will probably change, why, and how sure that is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from colead.activity import Activity
from colead.codebase import Component
from colead.correction import WORDS, Lesson, Used, source, taught, used
from colead.evidence import Coverage, Figure, Ledger, Source, State
from colead.phrase import literal, odds
from colead.spec import Spec
from colead.touch.asked import Asked, asked, expected, names_one, ruled_out
from colead.touch.chances import SEVERAL_COMPONENTS, SEVERAL_FILES, grown, of_components, of_files
from colead.touch.home import belongs
from colead.touch.learned import foreseen
from colead.touch.parts import FileTouch, Index, Once, Seen, Touch, Touches
from colead.touch.ranking import Floats, IntArray
from colead.touch.reasons import clauses, landed, landings, words
from colead.touch.signals import Signals, past, signals
from colead.touch.taught import Taught

SHOWN = 0.3  # components are shown from this probability on; about half of such are right
FIRM = 0.4  # below this probability of the best file, were it one change, everything is a guess
MOST, MOST_FILES, FILES_OF_ONE = 6, 10, 5
GUESSES, MOST_GUESSES = 2, 3  # parts shown where none is likely enough, and where all are guesses
KNOWN = 0.3  # share of a foreign-language spec's words that must stand somewhere here
STRANGE = (
    "perhaps this is not the right repository: the words that matter in the spec stand in its code and its "
    "past no more often than in other software"
)
BY_HAND = "said by the team"
SAID_SO = "A person of the team said so; the odds stand for their word and were not computed"
METHOD = (
    "The spec's words were compared with what each file says, its path, the names it defines, and the texts "
    "of {landings} past landings; the odds were fitted on past landings of other repositories, and hold for "
    "work of {changes}"
)


@dataclass(frozen=True)
class _Desk:
    """What the telling of one ranking needs at hand."""

    found: Signals
    activity: Activity
    files: Floats
    components: Floats
    seat: IntArray
    today: date
    ledger: Ledger
    repository: str
    changes: float
    taught: Taught
    best: float  # chance of the likeliest file, uncorrected, of one change: how well the words single it out
    once: Once

    @property
    def thin(self) -> bool:
        return self.best < FIRM


def rank(
    spec: Spec,
    activity: Activity,
    index: Index,
    *,
    today: date,
    ledger: Ledger,
    repository: str,
    changes: int | None = None,
    lessons: Sequence[Lesson] = (),
) -> Touches:
    """The components and files that a spec will probably change.

    Args:
        spec: the spec; what it calls out of scope, its metric and its dates are not searched for.
        activity: the history until `today` and the codebase; only product files can be touched.
        index: answers where the spec's words stand.
        today: the day to count ages from.
        ledger: takes one row of evidence for each shown component, and one for files outside of them.
        repository: its name for people.
        changes: how many landings the work will take, if somebody said.
        lessons: what the team corrected in earlier readings.
    """
    query = asked(spec)
    known = taught(activity.codebase, lessons, set(query.terms))
    if known is not activity.codebase:
        activity = replace(activity, codebase=known)
    if early := _too_early(query, activity):
        return _silent(activity, early)
    before = past(activity, today)
    found = signals(query, activity, index, before)
    if not found.heard.any():
        note = "none of the spec's words stands in the code or in past changes"
        return _silent(activity, Coverage("touches", State.NOTHING, note))
    if not spec.english and _known(query, index, activity) < KNOWN:
        note = "the spec is not in English, and hardly any of its words stands in the code or in past changes"
        return _silent(activity, Coverage("touches", State.TOO_LITTLE, note))
    if spec.english and not belongs(found.home, len(query.terms)):
        return _silent(activity, Coverage("touches", State.TOO_LITTLE, STRANGE))
    ruled = _ruled_out(spec, query, activity)

    def chances(heard: Signals) -> tuple[Floats, Floats]:
        files = of_files(heard) if index.trees is None else foreseen(heard, activity, index, index.trees)
        return np.where(ruled, 0.0, files), heard.named

    size, seat = expected(spec) if changes is None else float(changes), seats(activity)
    learnt = Taught(lessons, spec.title, query, activity, seat)
    files, named = chances(found)
    best = float(files.max(initial=0.0))
    files, named = learnt.lessen(files, named, lambda less: chances(signals(less, activity, index, before)))
    seen = Seen(found, files, seat, ruled | learnt.left_out, size)
    parts = of_components(files, seat, named, None if index.trees is None else index.trees.parts)
    once = Once(files, parts, found.similar)
    files, parts = learnt.put_in(grown(files, SEVERAL_FILES, size), grown(parts, SEVERAL_COMPONENTS, size))
    desk = _Desk(found, activity, files, parts, seat, today, ledger, repository, size, learnt, best, once)
    return replace(_told(desk, spec), seen=seen)


def _too_early(query: Asked, activity: Activity) -> Coverage | None:
    if not activity.codebase.product:
        return Coverage("touches", State.TOO_LITTLE, "there is no product source to read")
    if not query.terms:
        return Coverage("touches", State.TOO_LITTLE, "the spec says nothing that could be searched for")
    return None


def _silent(activity: Activity, coverage: Coverage) -> Touches:
    return Touches((), (), coverage, dict.fromkeys(activity.components, 0.0))


def _ruled_out(spec: Spec, query: Asked, activity: Activity) -> NDArray[np.bool_]:
    """Which product files are named after what the spec rules out."""
    out, wanted, product = ruled_out(spec), set(query.terms), activity.codebase.product
    if not out:
        return np.zeros(len(product), dtype=bool)
    return np.array([names_one(one.path, out, wanted) for one in product], dtype=bool)


def _known(query: Asked, index: Index, activity: Activity) -> float:
    """The share of the asked terms that stand somewhere in code or past landings."""
    chunks, _ = index.chunks(query.terms)
    messages = index.messages(query.terms, activity.history.landings)
    return float(np.mean((chunks.spread > 0) | (messages.spread > 0)))


def seats(activity: Activity) -> IntArray:
    """The component of each product file, as a position in `Activity.components`; -1 outside all of them."""
    position = {key: number for number, key in enumerate(activity.components)}
    keys = activity.codebase.seats
    return np.array([-1 if key is None else position[key] for key in keys], dtype=np.int32)


def _told(desk: _Desk, spec: Spec) -> Touches:
    order = [int(one) for one in np.argsort(-desk.components, kind="stable")]
    firm = [one for one in order if desk.components[one] >= SHOWN][: MOST_GUESSES if desk.thin else MOST]
    chosen = firm or [one for one in order[:GUESSES] if desk.components[one] > 0]
    parts = [_component(desk, one) for one in chosen]
    of_file = {one.path: one for part in parts for one in part.files}
    top = np.argsort(-desk.files, kind="stable")[:MOST_FILES]
    files = _files(desk, [int(one) for one in top if desk.files[one] > 0], of_file)
    every = dict(zip(desk.activity.components, desk.components.tolist(), strict=True))
    desk.taught.point([part.component for part in parts])
    return Touches(tuple(parts), files, _coverage(desk, parts, spec), every, _used(desk), desk.once)


def _used(desk: _Desk) -> tuple[Used, ...]:
    """The corrections that changed something."""
    return tuple(
        used(one, desk.repository, outright=outright, today=desk.today) for one, outright in desk.taught.used
    )


def _coverage(desk: _Desk, parts: Sequence[Touch], spec: Spec) -> Coverage:
    notes = []
    if desk.thin:
        notes.append("the evidence is thin: the spec's words hardly single out any file")
    if not spec.english:
        notes.append("the spec is not in English; only words that also stand in the code or its past count")
    evidence = parts[0].probability.evidence if parts else ""
    state = State.FINDING if parts else State.TOO_LITTLE
    return Coverage("touches", state, "; ".join(notes), evidence)


def _component(desk: _Desk, number: int) -> Touch:
    component = desk.activity.codebase.by_key[desk.activity.components[number]]
    chance, likeliest = float(desk.components[number]), _likeliest(desk, number)
    evidence = _evidence(desk, likeliest, desk.taught.said(component.key))
    reasons = _reasons(desk, component, likeliest)
    thin = (desk.thin or chance < SHOWN) and desk.taught.said(component.key) is None
    return Touch(
        repository=desk.repository,
        component=component.key,
        name=component.name,
        kind=component.kind,
        probability=Figure(chance, evidence),
        reasons=reasons,
        files=tuple(_file(desk, one, evidence) for one in likeliest),
        thin=thin,
        sentence=_sentence(component, chance, reasons, thin),
        technical=_technical(desk, chance, likeliest),
        words=tuple(words(desk.found, likeliest)[:WORDS]),
    )


def _reasons(desk: _Desk, component: Component, likeliest: Sequence[int]) -> tuple[str, ...]:
    """What speaks for a component, the word of a person before what was counted."""
    said = desk.taught.said(component.key)
    own = (BY_HAND + (f": “{literal(said.said.because)}”" if said.said.because else ""),) if said else ()
    if not likeliest:
        return own
    return (*own, *clauses(desk.found, likeliest, desk.activity.history.landings, desk.today))


def _likeliest(desk: _Desk, component: int) -> list[int]:
    own = np.flatnonzero((desk.seat == component) & (desk.files > 0))
    return [int(one) for one in own[np.argsort(-desk.files[own], kind="stable")][:FILES_OF_ONE]]


def _sentence(component: Component, chance: float, reasons: Sequence[str], thin: bool) -> str:
    likely = "is probably touched" if chance >= 0.5 else "is perhaps touched"
    sure = "may be touched, at a guess" if thin else likely
    because = f": {'; '.join(reasons)}" if reasons else ""
    return f"{literal(component.name)} {sure} ({odds(chance)}){because}."


def _technical(desk: _Desk, chance: float, likeliest: Sequence[int]) -> str:
    product = desk.activity.codebase.product
    named = (f"{literal(product[one].path)} {desk.files[one]:.2f}" for one in likeliest[:3])
    return f"p = {chance:.2f}; {', '.join(named)}"


def _files(desk: _Desk, numbers: Sequence[int], told: dict[str, FileTouch]) -> tuple[FileTouch, ...]:
    product = desk.activity.codebase.product
    rest = [one for one in numbers if product[one].path not in told]
    evidence = _evidence(desk, rest) if rest else ""
    return tuple(told.get(product[one].path) or _file(desk, one, evidence) for one in numbers)


def _file(desk: _Desk, number: int, evidence: str) -> FileTouch:
    path = desk.activity.codebase.product[number].path
    reasons = clauses(desk.found, [number], desk.activity.history.landings, desk.today)
    heard = tuple(words(desk.found, [number])[:WORDS])
    return FileTouch(desk.repository, path, Figure(float(desk.files[number]), evidence), reasons, heard)


def _sized(changes: float) -> str:
    return "one change" if changes == 1 else f"about {changes:g} changes"


def _evidence(desk: _Desk, files: Sequence[int], said: Lesson | None = None) -> str:
    if said is not None:
        return desk.ledger.file("T01", SAID_SO, n=1, sources=(source(said, desk.repository),))
    history = desk.activity.history
    alike = [history.landings[one] for one in landings(desk.found, files)]
    paths = [desk.activity.codebase.product[one].path for one in files]
    read = int((desk.found.past.files > 0).sum())
    sources = [Source("file", path, repository=desk.repository) for path in paths]
    sources += [
        Source("landing", one.oid, one.title, landed(one).isoformat(), desk.repository) for one in alike
    ]
    days = [landed(one).isoformat() for one in history.landings[:1] + history.landings[-1:]]
    return desk.ledger.file(
        "T01",
        METHOD.format(landings=f"{read:,}", changes=_sized(desk.changes)),
        n=read,
        sources=tuple(sources),
        window=(days[0], days[-1]) if days else None,
        coverage=desk.activity.codebase.coverage,
    )
