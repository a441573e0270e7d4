"""The demo's past: told by the verbs themselves, in order, nothing before its cause, the same on any day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.db.models import F, Min, Q
from django.test import Client
from django.utils import timezone

from colead.demo.repository import demo_repository
from colead.web import clock, demo
from colead.web.areas.chain import verify
from colead.web.areas.models import Area
from colead.web.briefs.models import Agreement, Brief, Commitment
from colead.web.concerns.follow import compare_later
from colead.web.concerns.models import Concern, Reply
from colead.web.decisions.models import Decision
from colead.web.jobs.models import Job
from colead.web.jobs.work import do
from colead.web.prototypes.models import Prototype
from colead.web.questions.models import Question
from colead.web.story.told import Cast, tell
from colead.web.tradeoffs.models import Acceptance

DAYS = (None, datetime(2027, 1, 4, 9, 30, tzinfo=UTC), datetime(2026, 11, 28, 22, 5, tzinfo=UTC))

PAGES = {
    "Priya": {
        "together": "promises were kept",
        "concerns": "also changes Payments, not foreseen",
        "decisions": "How many carriers do we connect first?",
        "tradeoffs": "paying by instant transfer",
        "meeting": "Ask the courier for the large label.",
        "discussions": "Do buyers need saved carts",
        "ideas": "what happened is agreed",
        "inbox": "Emil asks you in",
        "": "have an agreed problem",
    },
    "Emil": {"inbox": "Do we keep forgiving typos? Priya proposes: We keep it as it is; do you agree?"},
    "Lena": {"inbox": "Where does a gift note live? Emil asks for concerns"},
}


@pytest.fixture(scope="module")
def shop(tmp_path_factory: Any) -> Any:
    """The made-up shop's repository."""
    return demo_repository(tmp_path_factory.mktemp("shop"))


@pytest.fixture(params=DAYS, ids=["today", "in the first days of a year", "at a weekend"])
def area(request: Any, db: None, shop: Any, monkeypatch: Any) -> Iterator[Area]:
    """The demo's area, installed on some day."""
    monkeypatch.setattr("colead.demo.repository.demo_repository", lambda place: shop)
    with clock.on(request.param or timezone.now()):
        demo.install()
        yield Area.objects.get(demo=True)


def test_the_past_is_in_order_on_whatever_day_it_is_told(area: Area) -> None:
    _everything_happens_after_what_it_came_from(area)
    _what_shipped_was_foreseen_and_looked_back_at_by_both(area)
    _no_page_is_empty(area)
    _colead_raises_one_surprise_on_the_sixth_day(area)


def _everything_happens_after_what_it_came_from(area: Area) -> None:
    moments = list(area.entries.order_by("number").values_list("at", flat=True))
    assert moments == sorted(moments)
    assert moments[-1] <= timezone.now()
    assert verify(area).wrong is None
    numbers = list(area.briefs.order_by("made").values_list("number", flat=True))
    assert numbers == sorted(numbers)
    assert [made.weekday() for made in map(timezone.localtime, moments[-200:-3]) if made.weekday() > 4] == []
    for found in _against_order(area):
        assert not found.exists(), found.values()[:2]


def _against_order(area: Area) -> Iterator[Any]:
    """What would have come before its cause."""
    yield Question.objects.filter(asked__lt=F("brief__made"))
    yield Question.objects.filter(ended__lt=F("asked"))
    first = Concern.objects.filter(area=area, brief__isnull=False).annotate(read=Min("brief__readings__made"))
    yield first.filter(at__lt=F("read"))
    yield first.filter(read=None)
    yield Concern.objects.filter(ended__lt=F("at"))
    yield Reply.objects.filter(at__lt=F("concern__at"))
    yield Reply.objects.filter(at__gt=F("concern__ended"))
    yield Commitment.objects.annotate(read=Min("brief__readings__made")).filter(at__lt=F("read"))
    yield Brief.objects.filter(shipped__lt=F("commitments__at__date"))
    yield Agreement.objects.filter(at__lt=F("section__brief__made"))
    yield Agreement.objects.filter(section__space="outcome", at__date__lte=F("section__brief__shipped"))
    yield Decision.objects.filter(call__at__lt=F("made"))
    yield Decision.objects.filter(raised__at__lt=F("call__at"))
    yield Decision.objects.filter(choice__at__lt=F("raised__at"))
    yield Decision.objects.filter(choice__at__date__lte=F("call__until"))
    yield Decision.objects.filter(kept__at__lt=F("doubts__fired"))
    yield Prototype.objects.filter(ended__lt=F("began"))
    yield Acceptance.objects.filter(ended__lt=F("at"))
    yield Acceptance.objects.filter(at__lt=F("tradeoff__made"))


def _what_shipped_was_foreseen_and_looked_back_at_by_both(area: Area) -> None:
    shipped = area.briefs.exclude(shipped=None)
    assert shipped.count() == 5
    learned = [one for one in shipped if one.stage == "learned"]
    assert len(learned) == 4
    for one in learned:
        ahead = one.commitments.get().at
        kept = one.readings.filter(made__lt=ahead).order_by("-id").first()
        assert kept is not None and kept.reading.timeline is not None
        foreseen = kept.reading.timeline.sentence
        assert foreseen[1:].rstrip(".") in one.by_space["outcome"].text


def _no_page_is_empty(area: Area) -> None:
    """Pages that live from what happened have something to tell, and name it."""
    for name, pages in PAGES.items():
        client = Client()
        client.force_login(
            area.memberships.get(person__name=name).person, settings.AUTHENTICATION_BACKENDS[0]
        )
        for path, told in pages.items():
            page = client.get(f"/checkout/{path}").content.decode().split("<main")[1]
            assert told in page, (name, path)
            assert "Too little" not in page and "It takes" not in page, (name, path)


def _colead_raises_one_surprise_on_the_sixth_day(area: Area) -> None:
    surprise = Concern.objects.get(area=area, by=None)
    assert surprise.day == 6
    assert "payments" in surprise.part
    ahead = surprise.brief.commitments.get().at
    assert (surprise.at - ahead).days == 5
    assert surprise.told_since is None
    job = compare_later(surprise.brief)
    assert job is not None
    claimed = Job.objects.claim(among=Q(pk=job.pk))
    assert claimed is not None
    do(claimed)
    claimed.refresh_from_db()
    assert claimed.what == "nothing new"
    assert Concern.objects.filter(area=area, by=None).count() == 1


def test_a_story_is_told_in_the_order_of_its_days() -> None:
    now, told = timezone.now(), []

    def line(name: str, *days: int) -> Any:
        for day in days:
            yield now - timedelta(days=day)
            told.append((name, (now - timezone.now()).days))

    tell([line("a", 9, 2), line("b", 5, 5), line("c", 7)])
    assert told == [("a", 9), ("c", 7), ("b", 5), ("b", 5), ("a", 2)]
    with pytest.raises(ValueError, match="goes back"):
        tell([line("a", 2, 9)])
    assert abs(timezone.now() - now) < timedelta(minutes=1)


def test_days_before_today_are_working_days() -> None:
    for today in (date(2026, 11, day) for day in range(20, 28)):
        cast = Cast(Area(), {}, today)
        days = [cast.day(ago) for ago in range(12)]
        assert days == sorted(days, reverse=True)
        assert all(one.weekday() < 5 for one in days)
        assert len(set(days)) == 12
        assert cast.day(-3) > today


def test_only_a_story_moves_the_clock(project: Any) -> None:
    users = {
        str(path.relative_to(project / "src" / "colead" / "web"))
        for path in (project / "src" / "colead").rglob("*.py")
        if "import clock" in path.read_text(encoding="utf-8")
    }
    assert users == {"demo.py", "story/told.py"}
