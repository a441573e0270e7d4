"""Documents: which rows of which tables are searched, and what each of them says, as SQL."""

from __future__ import annotations

from dataclasses import dataclass

MOST, LONGEST = 60_000, 150_000  # characters of one text, and of all of one thing, that are searched


@dataclass(frozen=True, slots=True)
class From:
    """A table whose changes change a document: which columns, and how a row leads to the document's."""

    table: str
    columns: tuple[str, ...]
    own: str = "id"  # of the document's table
    its: str = "id"  # of this table


@dataclass(frozen=True, slots=True)
class Document:
    """One kind of thing that is found; `r` is its row."""

    kind: str
    table: str
    area: str
    texts: tuple[str, ...]
    changed_by: tuple[From, ...]

    @property
    def tables(self) -> set[str]:
        """What has to be there."""
        return {self.table, *(one.table for one in self.changed_by)}


AREA = "r.area_id"
OF_IDEA = "(SELECT b.area_id FROM briefs_brief b WHERE b.id = r.brief_id)"
OF_REPOSITORY = "(SELECT p.area_id FROM repositories_repository p WHERE p.id = r.repository_id)"


def of(table: str, column: str, *texts: str) -> str:
    """The texts of the rows that hang on the document's, one after the other; JOINED is the database's."""
    told = " || ' ' || ".join(f"substr(c.{one}, 1, {MOST})" for one in texts)
    return f"(SELECT JOINED({told}) FROM {table} c WHERE c.{column} = r.id)"


DOCUMENTS = (
    Document(
        "idea",
        "briefs_brief",
        AREA,
        ("r.title", of("briefs_section", "brief_id", "text")),
        (From("briefs_brief", ("title",)), From("briefs_section", ("text",), its="brief_id")),
    ),
    Document(
        "decision",
        "decisions_decision",
        AREA,
        (
            "r.question",
            "r.background",
            of("decisions_option", "decision_id", "name", "text", "follows"),
            of("decisions_choice", "decision_id", "why"),
        ),
        (
            From("decisions_decision", ("question", "background")),
            From("decisions_option", ("name", "text", "follows"), its="decision_id"),
            From("decisions_choice", ("why",), its="decision_id"),
        ),
    ),
    Document(
        "discussion",
        "threads_thread",
        OF_IDEA,
        ("r.title", "r.outcome"),
        (From("threads_thread", ("title", "outcome")),),
    ),
    Document(
        "message",
        "threads_message",
        "(SELECT b.area_id FROM threads_thread t JOIN briefs_brief b ON b.id = t.brief_id"
        " WHERE t.id = r.thread_id)",
        ("r.text",),
        (From("threads_message", ("text",)),),
    ),
    Document(
        "question", "questions_question", AREA, ("r.ask", "r.answer"),
        (From("questions_question", ("ask", "answer")),),
    ),
    Document(
        "concern",
        "concerns_concern",
        AREA,
        ("r.text", "r.because", of("concerns_reply", "concern_id", "text")),
        (From("concerns_concern", ("text", "because")), From("concerns_reply", ("text",), its="concern_id")),
    ),
    Document(
        "prototype", "prototypes_prototype", OF_IDEA, ("r.question", "r.answer"),
        (From("prototypes_prototype", ("question", "answer")),),
    ),
    Document(
        "tradeoff", "tradeoffs_tradeoff", AREA, ("r.skip", "r.risk"),
        (From("tradeoffs_tradeoff", ("skip", "risk")),),
    ),
    Document(
        "meeting",
        "meetings_meeting",
        AREA,
        (of("meetings_outcome", "meeting_id", "text"),),
        (From("meetings_outcome", ("text",), its="meeting_id"), From("meetings_meeting", ("ended",))),
    ),
    Document(
        "part",
        "parts_part",
        OF_REPOSITORY,
        ("r.name", "r.key", "r.sentence"),
        (From("parts_part", ("name", "key", "sentence")),),
    ),
    Document(
        "person",
        "areas_membership",
        AREA,
        ("(SELECT p.name FROM people_person p WHERE p.id = r.person_id)",),
        (From("areas_membership", ("side",)), From("people_person", ("name",), own="person_id")),
    ),
)  # fmt: skip
