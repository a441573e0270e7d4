"""Files: decisions as MADR files, one or all of them, and bringing such files in."""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time

from django.utils import timezone

from colead.decision import Record, Way, clean
from colead.readers.madr import read
from colead.readers.sections import LARGEST
from colead.web.areas.models import Area, Membership
from colead.web.decisions.models import Choice, Decision, Space, Stale, Withdrawal
from colead.web.decisions.models.choice import LONGEST as LONGEST_WHY
from colead.web.decisions.models.decision import LONGEST, LONGEST_QUESTION, MOST, Wish
from colead.web.decisions.models.doubt import Kind
from colead.web.decisions.page import Page, owners
from colead.web.people.models import Person
from colead.writers.madr import name, text

FILES, WHOLE = 300, 20 << 20  # files of one archive, and bytes of them all
ALONG = ("brief", "before", "choice__option", "choice__by", "withdrawal", "call", "area", "by")
FETCHED = (
    "options",
    "raised__by",
    "doubts",
    "proposals__by",
    "wordings",
    "after__choice",
    "after__withdrawal",
)


def record(one: Decision) -> Record:
    """A decision as its file tells it; it came with ALONG and FETCHED."""
    options = list(one.options.all())
    choice = getattr(one, "choice", None)
    chosen = next((n for n, each in enumerate(options) if choice and each.pk == choice.option_id), None)
    names = (
        (choice.names or choice.by.name,) if choice else tuple(p.name for p in owners(one.area, one.space))
    )
    on = choice.at if choice else max((each.at for each in one.wordings.all()), default=one.made)
    asked = tuple(dict.fromkeys(each.by.name for each in one.raised.all()))
    return clean(
        Record(
            title=one.question,
            status=_status(one),
            date=on.date(),
            deciders=tuple(each.strip() for each in names[0].split(",")) if choice else names,
            consulted=asked or tuple(one.file.get("consulted", ())),
            informed=tuple(one.file.get("informed", ())),
            context=one.background,
            ways=tuple(Way(each.name, each.text, each.follows) for each in options),
            chosen=chosen,
            why=choice.why if choice else "",
            consequences=one.file.get("consequences", ""),
            confirmation=_confirmation(one),
            more=one.file.get("more", ""),
            extras=dict(_extras(one)),
        )
    )


def _status(one: Decision) -> str:
    decided = hasattr(one, "choice")
    if hasattr(one, "withdrawal"):
        return "deprecated" if decided else "rejected"
    if after := _after(one):
        return f"superseded by {name(after.number, after.question)}"
    return "accepted" if decided else "proposed"


def _after(one: Decision) -> Decision | None:
    later = (each for each in one.after.all() if hasattr(each, "choice"))
    return next((each for each in later if not hasattr(each, "withdrawal")), None)


def _confirmation(one: Decision) -> str:
    waits = [f"* It would be wrong when {each.sentence}." for each in one.doubts.all()]
    return "\n".join(waits) or one.file.get("confirmation", "")


def _extras(one: Decision) -> Iterator[tuple[str, object]]:
    yield "area", one.area.slug
    yield "id", one.number
    yield "version", one.version
    yield "space", str(one.space)
    if one.brief:
        yield "idea", one.brief.number
    if wrong := [_wrong(each) for each in one.doubts.all()]:
        yield "wrong", wrong
    if one.before:
        yield "supersedes", one.before.number
    if after := _after(one):
        yield "superseded-by", after.number


def _wrong(one: object) -> dict[str, object]:
    from colead.web.decisions.models import Doubt

    assert isinstance(one, Doubt)  # noqa: S101 - tells the type checker
    if one.kind == Kind.DAY and one.on:
        return {"on": one.on.isoformat()}
    return {"path": one.path} if one.kind == Kind.PATH else {"metric": one.metric, one.direction: one.value}


def file_of(one: Decision) -> tuple[str, str]:
    """Its file's name and text."""
    return name(one.number, one.question), text(record(one))


def archive(area: Area) -> bytes:
    """All decisions of an area as a zip file."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as into:
        found = area.decisions.select_related(*ALONG).prefetch_related(*FETCHED).order_by("number")
        for one in found.iterator(chunk_size=200):
            one.area = area
            called, told = file_of(one)
            into.writestr(called, told)
    return made.getvalue()


def unpacked(data: bytes, called: str) -> list[tuple[str, bytes]]:
    """The Markdown files that were handed in, by name; ValueError with a sentence if too many."""
    if not data.startswith(b"PK\x03\x04"):
        return [(called, data)]
    found, size = [], 0
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as files:
            inside = [one for one in files.infolist() if one.filename.lower().endswith((".md", ".markdown"))]
            if len(inside) > FILES:
                raise ValueError(f"The archive holds more than {FILES} Markdown files.")
            for one in inside:
                with files.open(one) as file:
                    told = file.read(LARGEST + 1)
                size += len(told)
                if size > WHOLE:
                    raise ValueError("The archive is larger than 20 MB when it is unpacked.")
                found.append((one.filename, told))
    except (zipfile.BadZipFile, RuntimeError, OSError, EOFError) as error:
        raise ValueError("The archive could not be read. Pack it anew as a plain zip file.") from error
    return found


@dataclass(frozen=True)
class Taken:
    """What became of one file: "new", "same", "saved", "differs", "none"."""

    name: str
    what: str
    decision: Decision | None = None
    record: Record | None = None
    text: str = ""  # of a file that differs
    may_word: bool = False  # whether who brought it writes what is decided about


def take(member: Membership, files: list[tuple[str, bytes]]) -> list[Taken]:
    """Bring files in; what is here already and says something else is left for a person to merge."""
    with member.area.held():
        found = [_take(member, called, data) for called, data in sorted(files)]
        _chained(found)
    return found


def _take(member: Membership, called: str, data: bytes) -> Taken:
    area, by, told = member.area, member.person, read(data, called)
    if len(data) > LARGEST or not (told.decided or told.context or told.ways):
        return Taken(called, "none")
    digest = hashlib.sha256(data).hexdigest()
    there = _there(area, told, called)
    if there is None:
        return Taken(called, "new", _new(area, by, told, called, digest), told)
    same = there.file.get("digest") == digest or _same(told, record(there))
    if same:
        return Taken(called, "same", there)
    may_word = Page(there, member).may_word
    if may_word and told.extras.get("version") == there.version and not there.settled:
        return Taken(called, "saved" if reword(there, by, told) else "same", there)
    return Taken(called, "differs", there, told, data.decode("utf-8", "replace"), may_word)


def _there(area: Area, told: Record, called: str) -> Decision | None:
    every = area.decisions.select_related(*ALONG).prefetch_related(*FETCHED)
    number = told.extras.get("id")
    if told.extras.get("area") == area.slug and isinstance(number, int) and 0 < number < 1 << 31:
        found = every.filter(number=number).first()
    else:
        found = every.filter(file__name=called[-200:]).order_by("-number").first()
    if found:
        found.area = area
    return found


def _same(told: Record, here: Record) -> bool:
    """Whether a file says what stands, whatever it says of who and when."""
    plain: dict[str, object] = {
        "extras": {},
        "status": "",
        "date": None,
        "deciders": (),
        "consulted": (),
        "confirmation": "",
    }
    return replace(told, **plain) == replace(here, **plain)  # type: ignore[arg-type]  # fields of a record


def wishes(told: Record) -> list[Wish]:
    """The options of a file, cut to what a decision holds."""
    return [
        Wish(one.name[:LONGEST_QUESTION], one.text[:LONGEST], one.follows[:LONGEST])
        for one in told.ways[:MOST]
    ]


def reword(there: Decision, by: Person, told: Record) -> bool:
    """Save what a file says over the version that it was made from; raises Stale."""
    version = told.extras.get("version")
    texts = {"question": told.title[:LONGEST_QUESTION], "space": there.space}
    texts["background"] = told.context[:LONGEST]
    try:
        return there.reword(by, texts, wishes(told), over=version if isinstance(version, int) else 0)
    except Stale:
        return False


def _new(area: Area, by: Person, told: Record, called: str, digest: str) -> Decision:
    space = str(told.extras.get("space", ""))
    made: Decision = Decision.objects.ask(
        area,
        by,
        told.title[:LONGEST_QUESTION],
        space if space in Space.values else Space.SOLUTION,
        background=told.context[:LONGEST],
        options=wishes(told),
        verb="brought a decision in",
    )
    further = {"consequences": told.consequences, "confirmation": told.confirmation, "more": told.more}
    made.file = {key: value[:LONGEST] for key, value in further.items() if value}
    made.file |= {"name": called[-200:], "digest": digest, "consulted": list(told.consulted)[:20]}
    made.file["informed"] = list(told.informed)[:20]
    made.save(update_fields=["file"])
    if told.state in ("accepted", "superseded", "deprecated") or (told.state == "unknown" and told.decided):
        _settled(made, by, told)
    if told.state in ("rejected", "deprecated"):
        Withdrawal.objects.create(decision=made, by=by, why=f"{told.state} by its file")
    return made


def _settled(made: Decision, by: Person, told: Record) -> None:
    options = list(made.options.order_by("place"))
    option = options[told.chosen] if told.chosen is not None and told.chosen < len(options) else None
    at = datetime.combine(told.date, time(12), tzinfo=UTC) if told.date else timezone.now()
    Choice.objects.create(
        decision=made,
        option=option,
        by=by,
        names=", ".join(told.deciders)[:300],
        at=min(at, timezone.now()),
        why=told.why[:LONGEST_WHY],
        version=1,
    )


def _chained(found: list[Taken]) -> None:
    """Let what replaced another one, by the words of its file, name it."""
    new = {one.name: one.decision for one in found if one.what == "new" and one.decision}
    for old in found:
        told = old.record
        if old.what != "new" or told is None or told.state != "superseded" or old.decision is None:
            continue
        for number in re.findall(r"\d{1,8}", told.status[:200]):
            after = next((one for called, one in new.items() if _numbered(called) == int(number)), None)
            if after and after.before is None and after.pk != old.decision.pk:
                after.before = old.decision
                after.save(update_fields=["before"])
                break


def _numbered(called: str) -> int:
    found = re.match(r"(?:adr[-_ ]?)?(\d{1,8})", called.rsplit("/", 1)[-1], re.IGNORECASE)
    return int(found[1]) if found else -1
