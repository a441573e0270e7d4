"""An idea's file edited elsewhere and brought back: new versions, suggestions, or both texts side by side."""

from __future__ import annotations

from typing import Any

import pytest
from brief import TEXT, fresh

from colead.readers.markdown import read_spec
from colead.web.areas.models import Entry

PAGE = "/checkout/ideas/1"


def taken(client: Any) -> str:
    """The file as it is downloaded."""
    text: str = client.get(f"{PAGE}.md").content.decode()
    return text


def brought(client: Any, text: str) -> Any:
    return client.post(f"{PAGE}/file", {"pasted": text})


def test_unchanged_it_changes_nothing(area: Any, signed_in: Any) -> None:
    client, before = signed_in("product lead"), Entry.objects.count()
    for text in (taken(client), taken(client).replace("\n", "\r\n")):
        assert brought(client, text).status_code == 302
    assert Entry.objects.count() == before


def test_own_sections_become_versions_and_the_others_suggestions(area: Any, signed_in: Any) -> None:
    client, before = signed_in("product lead"), Entry.objects.count()
    text = taken(client).replace("delivery box", "box for the courier") + "\n## Approach\n\nA field.\n"
    assert brought(client, text).status_code == 302
    sections = fresh(area.area).by_space
    assert "box for the courier" in sections["problem"].text and sections["problem"].version == 2
    assert not sections["approach"].text
    assert sections["approach"].suggestions.get().text == "A field."
    assert Entry.objects.count() == before + 2


@pytest.mark.parametrize("head", [True, False])
def test_where_it_moved_on_both_are_shown_and_then_saved(head: bool, area: Any, signed_in: Any) -> None:
    client = signed_in("product lead")
    text = taken(client).replace("delivery box", "mine")
    text = text if head else text.split("---\n")[2]
    area.brief.by_space["problem"].save_text(area.people["product member"], f"{TEXT}theirs", over=1)
    before = Entry.objects.count()
    answer = brought(client, text)
    told = answer.content.decode()
    assert answer.status_code == 409 and "mine" in told and "theirs" in told
    assert Entry.objects.count() == before and fresh(area.area).by_space["problem"].version == 2
    merged = {"merge": "", "text_problem": "mine and theirs", "over_problem": "2"}
    assert client.post(f"{PAGE}/file", merged).status_code == 302
    assert fresh(area.area).by_space["problem"].text == "mine and theirs"
    assert client.post(f"{PAGE}/file", {**merged, "text_problem": "late"}).status_code == 409
    assert Entry.objects.count() == before + 1


def test_a_section_that_only_others_changed_stays_as_they_left_it(area: Any, signed_in: Any) -> None:
    client = signed_in("product lead")
    text = taken(client)
    area.brief.by_space["problem"].save_text(area.people["product member"], "theirs", over=1)
    assert brought(client, f"{text}\n## Outcome\n\nIt rose.\n").status_code == 302
    sections = fresh(area.area).by_space
    assert (sections["problem"].text, sections["outcome"].text) == ("theirs", "It rose.")


def test_headings_of_its_own_are_looked_at_by_a_person(area: Any, signed_in: Any) -> None:
    own = "Why\n\n## Design\n\nNot the approach."
    area.brief.by_space["problem"].save_text(area.priya, own, over=1)
    client = signed_in("product lead")
    assert brought(client, taken(client).replace("Why", "Wherefore")).status_code == 409


def test_a_check_reads_the_file_without_its_head(area: Any, signed_in: Any) -> None:
    spec = read_spec(taken(signed_in("product lead")).encode(), "idea.md")
    assert spec.title == "Gift notes"


@pytest.mark.parametrize("told", [{}, {"pasted": " "}, {"pasted": "a\0b"}])
def test_nothing_to_bring_back_is_told(told: dict[str, str], area: Any, signed_in: Any) -> None:
    assert signed_in("product lead").post(f"{PAGE}/file", told).status_code == 422
