"""Area: a small product area, who belongs to it on which side, and what happened there."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import TYPE_CHECKING, ClassVar

from django.db import models, transaction
from django.utils import timezone

from colead.web.people.models import Person, digest

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

    from colead.web.briefs.models import Brief
    from colead.web.repositories.models import Look, Repository

INVITED = timedelta(days=14)


class Side(models.TextChoices):
    """The two sides that lead together."""

    PRODUCT = "product", "product"
    ENGINEERING = "engineering", "engineering"


class Role(models.TextChoices):
    """What a person may do on their side."""

    LEAD = "lead", "lead"
    MEMBER = "member", "member"
    VIEWER = "viewer", "viewer"


# Which sides write which text; the other one suggests.
OWNERS = {
    "problem": (Side.PRODUCT,),
    "approach": (Side.ENGINEERING,),
    "outcome": (Side.PRODUCT, Side.ENGINEERING),
}


class Area(models.Model):
    """A product area."""

    name = models.CharField(max_length=80)
    slug = models.SlugField(max_length=60, unique=True)
    share = models.PositiveSmallIntegerField(default=20)  # of 100 changes, for system health
    demo = models.BooleanField(default=False)
    numbered = models.PositiveIntegerField(default=0)  # the last number that an idea got
    made = models.DateTimeField(default=timezone.now)

    memberships: RelatedManager[Membership]
    briefs: RelatedManager[Brief]
    repositories: RelatedManager[Repository]
    looks: RelatedManager[Look]
    entries: RelatedManager[Entry]

    def __str__(self) -> str:
        return self.name

    def lead(self, side: str) -> Person | None:
        """Who leads this side, the first where there are several."""
        found = self.memberships.filter(side=side, role=Role.LEAD, person__is_active=True)
        first = found.select_related("person").order_by("id").first()
        return first.person if first else None

    @property
    def missing_side(self) -> str:
        """The side that nobody leads yet; "" when both do."""
        return next((str(side) for side in Side if self.lead(side) is None), "")

    def enter(self, by: Person | None, verb: str, brief: Brief | None = None, **told: object) -> Entry:
        """Write down what somebody did; in the transaction of the deed itself."""
        return self.entries.create(by=by, verb=verb, brief=brief, told=told)

    def invite(self, by: Person, side: str, role: str) -> str:
        """The secret of an invitation to this side; only its digest is kept."""
        secret = secrets.token_urlsafe(24)
        with transaction.atomic():
            until = timezone.now() + INVITED
            Invitation.objects.create(
                area=self, by=by, side=side, role=role, digest=digest(secret), until=until
            )
            self.enter(by, "invited", side=side, role=role)
        return secret


class Membership(models.Model):
    """A person in an area: on which side, and in which role."""

    area = models.ForeignKey(Area, models.CASCADE, related_name="memberships")
    person = models.ForeignKey(Person, models.CASCADE, related_name="memberships")
    side = models.CharField(max_length=12, choices=Side)
    role = models.CharField(max_length=8, choices=Role, default=Role.MEMBER)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["area", "person"], name="once_in_an_area")
        ]

    @property
    def takes_part(self) -> bool:
        """Whether the person may write, suggest and answer."""
        return self.role != Role.VIEWER

    @property
    def leads(self) -> bool:
        """Whether the person signs for their side."""
        return self.role == Role.LEAD

    def may_edit(self, space: str) -> bool:
        """Whether the person writes this text: the side that owns it; the outcome is both sides'."""
        return self.takes_part and self.side in OWNERS[space]


class Invitation(models.Model):
    """A link by which one person joins a side of an area."""

    area = models.ForeignKey(Area, models.CASCADE)
    by = models.ForeignKey(Person, models.CASCADE)
    side = models.CharField(max_length=12, choices=Side)
    role = models.CharField(max_length=8, choices=Role)
    digest = models.CharField(max_length=64, unique=True)
    until = models.DateTimeField()
    taken = models.DateTimeField(null=True)

    def take(self, person: Person) -> bool:
        """Join; False where the invitation was taken or is too old."""
        with transaction.atomic():
            now = timezone.now()
            good = Invitation.objects.filter(pk=self.pk, taken=None, until__gt=now)
            if not good.update(taken=now):
                return False
            joined, new = Membership.objects.get_or_create(
                area=self.area, person=person, defaults={"side": self.side, "role": self.role}
            )
            if new:
                self.area.enter(person, "joined", side=joined.side, role=joined.role)
        return True


class Entry(models.Model):
    """What somebody did in an area, written in the same transaction; nothing else tells the past."""

    area = models.ForeignKey(Area, models.CASCADE, related_name="entries")
    brief = models.ForeignKey("briefs.Brief", models.SET_NULL, null=True, related_name="entries")
    by = models.ForeignKey(Person, models.PROTECT, null=True)  # None: Colead itself
    at = models.DateTimeField(default=timezone.now)
    verb = models.CharField(max_length=30)
    told = models.JSONField(default=dict)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["area", "-id"]),
            models.Index(fields=["brief", "-id"]),
        ]
