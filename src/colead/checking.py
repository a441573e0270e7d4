"""Check: looking at a brief against the repositories.

Composes the words into one reading; touches nothing itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from functools import cached_property
from itertools import permutations

import numpy as np

from colead.apart import Apart
from colead.correction import Used, used
from colead.evidence import Coverage, Ledger, State, replayed
from colead.forecast import Forecast, forecast
from colead.forge import opened
from colead.fragility import Fragilities, Level, fragilities
from colead.material import Material, Request
from colead.occasion import ahead, named_in
from colead.pace import Known
from colead.partner import FileAlong, Mentioned, Partner, Side, across, files_along, partners
from colead.question import Question, for_meeting, questions
from colead.reading import SCHEMA, Reading, Repository, SpecInfo, Touched
from colead.risk import Planned, Risks
from colead.spec import Answer, answers, lights
from colead.spread import POOR, Spread, spread
from colead.struck import Tolls
from colead.systemmap import maps
from colead.touch import FileTouch, Touch, Touches, closely, likeliest, together, tried
from colead.tradeoff import Tradeoff, View, weigh
from colead.verdict import verdict

__all__ = ["Material", "Request", "read"]

MOST_PARTS = 6
MOST_FILES = 10
MOST_PARTNERS = 3
MOST_ALONG = 2
UNLIKE = "no touched part, so no past efforts to compare with; say how many changes it may take (--changes N)"
ORDER = (State.FINDING, State.NOTHING, State.TOO_LITTLE, State.NOT_ANALYSED)


@dataclass
class _Desk:
    """What the parts of one reading share while it is being composed."""

    request: Request
    materials: Sequence[Material]
    ledger: Ledger
    coverage: list[Coverage]
    used: list[Used] = field(default_factory=list)

    @cached_property
    def fragile(self) -> dict[str, Fragilities]:
        """Fragility in each repository, by its name."""
        today = self.request.today
        return {
            one.name: fragilities(one.activity, today=today, repository=one.name) for one in self.materials
        }

    def cover(self, part: str, found: Sequence[Coverage]) -> None:
        """File one part's coverage; of several repositories the best word stands, each says its note."""
        best = min((one.state for one in found), key=ORDER.index, default=State.NOT_ANALYSED)
        evidence = next((one.evidence for one in found if one.state is best), "")
        self.coverage.append(Coverage(part, best, self._note(found), evidence))

    def _note(self, found: Sequence[Coverage]) -> str:
        """One note as it is; of several repositories each by name, but once when all say the same."""
        notes = [one.note.rstrip(".") for one in found]
        if len(set(notes)) < 2 or len(notes) != len(self.materials):
            return "; ".join(dict.fromkeys(one.note for one in found if one.note))
        named = zip(self.materials, notes, strict=True)
        return f"{'; '.join(f'{one.name}: {note}' for one, note in named if note)}."


def read(request: Request, materials: Sequence[Material], *, rng: np.random.Generator) -> Reading:
    """Compose the reading of `request.spec` against the repositories."""
    desk = _Desk(request, materials, Ledger(), [])
    said = _answers(desk)
    ranked = [_rank(desk, one) for one in materials]
    touches = _touched(desk, ranked)
    wide = _spread(desk, ranked, [one.touch for one in touches])
    single = _along(desk, ranked)
    along = _partners(desk, [one.touch for one in touches], single)
    timeline = _timeline(desk, touches, rng)
    asked = _questions(desk, said, touches, along, timeline)
    weighed = _tradeoffs(desk, touches, along, timeline)
    return Reading(
        schema=SCHEMA,
        version=request.version,
        made=request.made.isoformat(timespec="seconds"),
        today=request.today.isoformat(),
        spec=SpecInfo.of(request.spec),
        repositories=tuple(_repository(one, request.today) for one in materials),
        verdict=verdict(said, touches, along, asked, timeline, desk.coverage, today=request.today),
        answers=said,
        lights=lights(request.spec),
        touches=touches,
        plots=maps(desk.fragile.values(), [one.touch for one in touches], desk.ledger),
        files=_files(ranked),
        requirements=together([one.requirements for one in ranked]),
        births=likeliest([one.births for one in ranked]),
        spread=wide,
        partners=along,
        along=single,
        questions=asked,
        timeline=timeline,
        tradeoffs=weighed,
        corrections=tuple(desk.used),
        coverage=tuple(desk.coverage),
        evidence=opened(
            replayed(desk.ledger.table(), {one.name: one.records for one in materials}),
            {one.name: one.page for one in materials},
        ),
    )


def _repository(material: Material, today: date) -> Repository:
    history, codebase = material.activity.history, material.activity.codebase

    def day(position: int) -> str:
        return datetime.fromtimestamp(history.landings[position].at, UTC).date().isoformat()

    return Repository(
        name=material.name,
        tip=history.tip,
        landings=len(history.landings),
        first=day(0) if history.landings else "",
        last=day(-1) if history.landings else "",
        files=len(codebase.product),
        components=len(codebase.components),
        notes=(
            *material.notes,
            *([material.trial.note] if material.trial else []),
            *([doubt.strip()] if (doubt := Known.of([material.activity], today).doubt) else []),
        ),
    )


def _answers(desk: _Desk) -> tuple[Answer, ...]:
    spec = desk.request.spec
    foreign = (State.NOT_ANALYSED, "the spec is not in English")
    desk.cover("answers", [Coverage("answers", *((State.FINDING, "") if spec.english else foreign))])
    return answers(spec)


def _rank(desk: _Desk, material: Material) -> Touches:
    request = desk.request
    foreseen = closely(
        request.spec,
        material.activity,
        material.index,
        today=request.today,
        ledger=desk.ledger,
        repository=material.name,
        changes=request.changes,
        lessons=material.lessons,
    )
    if material.trial is None:
        return foreseen
    trial, here = material.trial, material.activity
    return tried(foreseen, trial, here, ledger=desk.ledger, repository=material.name)


def _touched(desk: _Desk, ranked: Sequence[Touches]) -> tuple[Touched, ...]:
    """The likeliest components of all repositories; firm ones hide a neighbour repository's guesses."""
    desk.cover("touches", [one.coverage for one in ranked])
    desk.used += [told for one in ranked for told in one.used]
    parts = (one for found in ranked for one in found.components)
    every = sorted(parts, key=lambda one: -one.probability.value)
    firm = [one for one in every if not one.thin]
    desk.cover("fragility", [one.coverage for one in desk.fragile.values()])
    tolls = {one.name: _tolls(desk, one) for one in desk.materials}
    if any(one.incidents for one in tolls.values()):
        desk.cover("incidents", [one.coverage for one in tolls.values()])
    return tuple(
        Touched(
            one,
            desk.fragile[one.repository].component(one.component, desk.ledger),
            tolls[one.repository].component(one.component, desk.ledger),
        )
        for one in (firm or every)[:MOST_PARTS]
    )


def _tolls(desk: _Desk, material: Material) -> Tolls:
    known = material.imported.until(desk.request.today).incidents
    return Tolls(known, material.activity.codebase, desk.request.today, material.name)


def _files(ranked: Sequence[Touches]) -> tuple[FileTouch, ...]:
    every = (one for found in ranked for one in found.files)
    return tuple(sorted(every, key=lambda one: -one.probability.value)[:MOST_FILES])


def _of(touches: Sequence[Touch], material: Material) -> list[Touch]:
    return [one for one in touches if one.repository == material.name]


def _spread(desk: _Desk, ranked: Sequence[Touches], touches: Sequence[Touch]) -> Spread | None:
    """The spread in the repository where the idea reaches furthest."""
    found = [
        spread(
            every,
            one.activity,
            shown=_of(touches, one),
            ledger=desk.ledger,
            repository=one.name,
            poor=one.records.get(POOR, ""),
        )
        for one, every in zip(desk.materials, ranked, strict=True)
    ]
    desk.cover("spread", [coverage for _, coverage in found])
    known = [(one, material.name) for (one, _), material in zip(found, desk.materials, strict=True) if one]
    if not known:
        return None
    widest, name = max(known, key=lambda one: one[0].parts.value)
    return replace(widest, sentence=f"{name}: {widest.sentence}") if len(desk.materials) > 1 else widest


def _partners(desk: _Desk, touches: Sequence[Touch], single: Sequence[FileAlong]) -> tuple[Partner, ...]:
    found = [_partners_in(desk, one, _of(touches, one)) for one in desk.materials]
    away = [one for pair in permutations(desk.materials, 2) for one in _across(desk, *pair, touches)][:1]
    notes = ((away, "one across repositories, by ticket or branch"), (single, "single files, too"))
    also = [Coverage("partners", State.FINDING, note) for told, note in notes if told]
    desk.cover("partners", [*(coverage for _, coverage in found), *also])
    return (*[one for some, _ in found for one in some][: MOST_PARTNERS - len(away)], *away)


def _along(desk: _Desk, ranked: Sequence[Touches]) -> tuple[FileAlong, ...]:
    """Files that go along with the likeliest ones, of all repositories."""
    mentioned = Mentioned(desk.request.spec)
    return tuple(
        found
        for one, touches in zip(desk.materials, ranked, strict=True)
        for found in files_along(
            one.activity,
            [file.path for file in touches.files],
            lambda path: mentioned.named([path.rpartition("/")[2].partition(".")[0]]),
            today=desk.request.today,
            ledger=desk.ledger,
            repository=one.name,
        )
    )[:MOST_ALONG]


def _across(desk: _Desk, here: Material, there: Material, touches: Sequence[Touch]) -> Sequence[Partner]:
    request, known = desk.request, {one.component for one in _of(touches, there)}
    mentioned = Mentioned(request.spec)
    return across(
        Side(here.name, here.activity),
        Side(there.name, there.activity),
        [one.component for one in _of(touches, here)],
        lambda one: one.key not in known and not mentioned(one),
        today=request.today,
        ledger=desk.ledger,
    )


def _partners_in(
    desk: _Desk, material: Material, touches: Sequence[Touch]
) -> tuple[tuple[Partner, ...], Coverage]:
    request = desk.request
    apart = Apart(material.lessons, request.spec.title, material.activity)
    told = partners(
        material.activity,
        [touch.component for touch in touches],
        Mentioned(request.spec),
        today=request.today,
        ledger=desk.ledger,
        repository=material.name,
        silenced=apart,
        texts=material.texts,
    )
    desk.used += [used(one, material.name, outright=True, today=request.today) for one in apart.used]
    return told


def _timeline(desk: _Desk, touches: Sequence[Touched], rng: np.random.Generator) -> Forecast | None:
    request = desk.request
    if not touches and request.changes is None:
        desk.cover("timeline", [Coverage("timeline", State.NOT_ANALYSED, UNLIKE)])
        return None
    touched = {one.name: _keys(touches, one) for one in desk.materials}
    first = desk.materials[0]
    found, coverage = forecast(
        [one.activity for one in desk.materials],
        touched,
        by=request.by or request.spec.hoped_for,
        changes=request.changes,
        today=request.today,
        rng=rng,
        ledger=desk.ledger,
        coming=ahead(first.occasions, named_in(first.activity.codebase, touched[first.name]), request.today),
    )
    desk.cover("timeline", [coverage])
    return found


def _questions(
    desk: _Desk,
    said: tuple[Answer, ...],
    touches: Sequence[Touched],
    along: Sequence[Partner],
    timeline: Forecast | None,
) -> tuple[Question, ...]:
    found = [
        questions(
            desk.request.spec,
            one.activity,
            _keys(touches, one),
            today=desk.request.today,
            ledger=desk.ledger,
            repository=one.name,
        )
        for one in desk.materials
    ]
    desk.cover("questions", [coverage for _, coverage in found])
    return for_meeting([one for some, _ in found for one in some], said, along, timeline)


def _keys(touches: Sequence[Touched], material: Material) -> list[str]:
    return [one.touch.component for one in touches if one.touch.repository == material.name]


def _plan(desk: _Desk, touches: Sequence[Touched], material: Material) -> Planned | None:
    """The risk of the parts that are shown of this repository."""
    here = [one for one in touches if one.touch.repository == material.name]
    fragile = sum(one.fragility.level is Level.FRAGILE for one in here)
    return Risks(desk.fragile[material.name]).planned([one.touch.component for one in here], fragile)


def _tradeoffs(
    desk: _Desk, touches: Sequence[Touched], along: Sequence[Partner], timeline: Forecast | None
) -> tuple[Tradeoff, ...]:
    views = [
        View(
            one.name,
            one.activity,
            one.index,
            one.texts,
            one.imported.until(desk.request.today).issues,
            _keys(touches, one),
            [partner for partner in along if (partner.repository, partner.code) == (one.name, "P01")],
            _plan(desk, touches, one),
            [
                (each.touch.name, each.incidents)
                for each in touches
                if each.incidents is not None and each.touch.repository == one.name
            ],
            one.cost,
        )
        for one in desk.materials
    ]
    request = desk.request
    found, coverage = weigh(request.spec, views, timeline, today=request.today, ledger=desk.ledger)
    desk.cover("tradeoffs", coverage)
    return found
