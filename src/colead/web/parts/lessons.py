"""Lessons: what an area told Colead of its parts, words and corrections, as the files that readings know."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from colead.correction import FILE as CORRECTIONS
from colead.correction import Correction, Kind
from colead.errors import WrongUse
from colead.occasion import FILE as OCCASIONS
from colead.readers.corrections import read_corrections
from colead.readers.settings import GLOSSARY, Word, read_glossary
from colead.web.areas.models import Area
from colead.web.briefs.models import Brief
from colead.web.parts.models import Amiss, Reached
from colead.web.parts.models import Word as OwnWord
from colead.web.people.models import Person
from colead.web.repositories.check import check_later
from colead.web.repositories.look import look_later
from colead.web.repositories.models import Repository

ANEW = 50  # ideas that are read anew when a part gets another name


def beside(repository: Repository) -> dict[str, bytes]:
    """What holds beside the repository's own settings, by path; also what can be downloaded."""
    return {
        GLOSSARY: glossary(repository).encode(),
        CORRECTIONS: corrections(repository).encode(),
        OCCASIONS: occasions(repository.area).encode(),
    }


def occasions(area: Area) -> str:
    """The area's dates as an occasions file."""
    import yaml

    told = [
        {"name": one.name, "on": f"{one.first} to {one.last}", "what": one.what}
        for one in area.occasions.all()
    ]
    return yaml.safe_dump({"occasions": told}, allow_unicode=True, sort_keys=False)


def glossary(repository: Repository) -> str:
    """The area's words as a glossary file."""
    from colead.writers.settings import glossary as text

    words = repository.words.order_by("target")
    return text(Word(one.name, one.target, tuple(one.says)) for one in words)


def corrections(repository: Repository) -> str:
    """The area's corrections as a corrections file."""
    from colead.writers.corrections import added

    return added("", map(_correction, repository.amiss.order_by("id")), "  ")


def _correction(one: Amiss) -> Correction:
    words, day = tuple(one.words), one.at.date()
    return Correction(Kind(one.kind), one.part, one.of, one.spec, words, one.because, day)


def keep_amiss(repository: Repository, brief: Brief, by: Person, said: Correction) -> bool:
    """Keep a correction and ask for a new reading; False where it was said before.

    Raises ColeadError where the file that readings know could not hold it.
    """
    told = {"kind": str(said.kind), "part": said.part, "of": said.of, "spec": said.spec}
    with brief.area.held():
        Repository.objects.select_for_update().get(pk=repository.pk)
        if repository.amiss.filter(**told).exists():
            return False
        more = {"words": list(said.words), "because": said.because}
        Amiss.objects.create(repository=repository, brief=brief, by=by, **told, **more)
        read_corrections(corrections(repository).encode())
        entered = {"kind": str(said.kind), "part": said.part, "because": said.because}
        brief.area.enter(by, "corrected", brief, **entered)
        check_later(brief, by)
    return True


def take_back(area: Area, by: Person, one: Amiss) -> None:
    """Forget a correction."""
    with area.held():
        if not Amiss.objects.filter(pk=one.pk).delete()[0]:
            return
        area.enter(by, "took a correction back", one.brief, kind=one.kind, part=one.part)
        if one.brief is not None:
            one.brief.area = area
            check_later(one.brief, by)


def keep_words(area: Area, repository: Repository, by: Person, words: Sequence[Word]) -> bool:
    """Keep what an area calls parts, in place of what it called these before; False where nothing changed.

    Raises ColeadError where the file that readings know could not hold it.
    """
    with area.held():
        Repository.objects.select_for_update().get(pk=repository.pk)
        before = glossary(repository)
        repository.words.filter(target__in=[one.target for one in words]).delete()
        named = [one for one in words if one.name]
        taken = repository.words.filter(name__in=[one.name for one in named]).values_list("name", flat=True)
        if taken:
            raise _twice(taken[0])
        OwnWord.objects.bulk_create(
            OwnWord(repository=repository, target=one.target, name=one.name, says=list(one.says), by=by)
            for one in named
        )
        after = glossary(repository)
        read_glossary(after.encode())
        if after == before:
            return False
        area.enter(by, "named parts", repository=repository.name, parts=[one.target for one in words][:20])
        _read_anew(area, repository, by, [one.target for one in words])
    return True


def _twice(name: str) -> WrongUse:
    why = "a spec that says it would mean two parts"
    return WrongUse("E11", f"{name!r} is another part's name already", why=why, hint="call it differently")


def _read_anew(area: Area, repository: Repository, by: Person, targets: Iterable[str]) -> None:
    """Look at the area, and read those ideas again that the newly named parts stand in."""
    look_later(area, by)
    reached = Reached.objects.filter(repository=repository, key__in=list(targets), brief__shipped=None)
    for brief in Brief.objects.filter(pk__in=reached.values("brief")).order_by("place")[:ANEW]:
        brief.area = area
        check_later(brief, by)
