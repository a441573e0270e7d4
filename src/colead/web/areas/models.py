"""Area: a small product area, who belongs to it on which side, and what happened there."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models, transaction
from django.utils import timezone

from colead.agreement import Owned, Ownership
from colead.phrase import listing
from colead.web.areas.chain import link, moment, plain
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


class Area(models.Model):
    """A product area."""

    name = models.CharField(max_length=80)
    slug = models.SlugField(max_length=60, unique=True)
    share = models.PositiveSmallIntegerField(default=20)  # of 100 changes, for system health
    demo = models.BooleanField(default=False)
    numbered = models.PositiveIntegerField(default=0)  # the last number that an idea got
    made = models.DateTimeField(default=timezone.now)
    entered = models.PositiveIntegerField(default=0)  # how many entries it has
    head = models.CharField(max_length=64, blank=True)  # the digest of the last one
    ending = models.DateTimeField(null=True)  # set while the area is deleted as a whole

    memberships: RelatedManager[Membership]
    briefs: RelatedManager[Brief]
    repositories: RelatedManager[Repository]
    looks: RelatedManager[Look]
    terms: RelatedManager[Terms]
    entries: RelatedManager[Entry]

    def __str__(self) -> str:
        return self.name

    def lead(self, side: str) -> Person | None:
        """Who leads this side, the first where there are several."""
        return self.leads[Side(side)]

    @cached_property
    def leads(self) -> dict[Side, Person | None]:
        """Who leads each side, the first where there are several."""
        found = self.memberships.filter(role=Role.LEAD, person__is_active=True).select_related("person")
        by_side = {one.side: one.person for one in found.order_by("-id")}
        return {side: by_side.get(side) for side in Side}

    @property
    def missing_side(self) -> str:
        """The side that nobody leads yet; "" when both do."""
        return next((str(side) for side, lead in self.leads.items() if lead is None), "")

    def enter(self, by: Person | None, verb: str, brief: Brief | None = None, **told: object) -> Entry:
        """Write down what somebody did, after the last entry; in the transaction of the deed itself."""
        with self.held() as held:
            made = Entry(area=self, brief=brief, by=by, verb=verb, told=plain(told))
            made.number, made.idea = held.entered + 1, brief.number if brief else None
            row = (made.number, moment(made.at), made.by_id, made.idea, str(verb), made.told)
            made.digest = link(held.head, *row)
            made.save(force_insert=True)
            Area.objects.filter(pk=self.pk).update(entered=made.number, head=made.digest)
        return made

    @contextmanager
    def held(self) -> Iterator[Area]:
        """A transaction in which nobody else changes anything here; a deed begins with it."""
        with transaction.atomic():
            yield Area.objects.select_for_update(no_key=True).get(pk=self.pk)

    def delete(self, *told: Any, **more: Any) -> tuple[int, dict[str, int]]:
        """End the area with all that belongs to it; that it was there stays written."""
        with self.held() as held:
            Area.objects.filter(pk=self.pk).update(ending=timezone.now())
            Ended.objects.create(name=held.name, slug=held.slug, entries=held.entered, head=held.head)
            return super().delete(*told, **more)

    @cached_property
    def newest_terms(self) -> Terms | None:
        """What was agreed on last."""
        return self.terms.order_by("-number").first()

    @cached_property
    def ownership(self) -> Ownership:
        """The table that holds: the newest that both sides signed; until then, the usual one."""
        signed = self.terms.alias(signed=models.Count("signatures")).filter(signed=len(Side))
        newest = signed.order_by("-number").first()
        return newest.ownership if newest else Ownership()

    def decides(self, what: str) -> str:
        """Who decides on a thing or in a space: "product", "engineering", "both", or "" where nobody does."""
        return self.ownership.decides(what)

    def decider(self, what: str) -> str:
        """The same as a sentence without its full stop: "Emil decides"."""
        names = [self._spoken[side] for side in self.ownership.deciding(what)]
        if len(names) == len(Side):
            return f"{listing(names)} decide together"
        return f"{names[0]} decides" if names else "it is not agreed who decides"

    @cached_property
    def _spoken(self) -> dict[str, str]:
        """Who leads, by side; the side itself where nobody does."""
        return {str(side): lead.name if lead else str(side) for side, lead in self.leads.items()}

    def agree_on(self, by: Person, side: str, share: int, rows: Sequence[Owned]) -> Terms:
        """A new version of the terms, signed by the side that wrote it."""
        owns = [list(one) for one in rows]
        with self.held():
            self.forget()
            last = self.newest_terms
            if last and (last.share, last.owns) == (share, owns):
                return last
            number = last.number + 1 if last else 1
            made = self.terms.create(number=number, share=share, owns=owns, by=by)
            made.signatures.create(side=side, by=by)
            Area.objects.filter(pk=self.pk).update(share=share)
            self.enter(by, "changed the terms", version=number, share=share)
        self.forget()
        return made

    def forget(self) -> None:
        """Look anew at who leads and what was agreed on."""
        for name in ("leads", "newest_terms", "ownership", "_spoken"):
            self.__dict__.pop(name, None)

    def invite(self, by: Person, side: str, role: str) -> str:
        """The secret of an invitation to this side; only its digest is kept."""
        secret = secrets.token_urlsafe(24)
        with self.held():
            until = timezone.now() + INVITED
            Invitation.objects.create(
                area=self, by=by, side=side, role=role, digest=digest(secret), until=until
            )
            self.enter(by, "invited", side=side, role=role)
        return secret


class LastLead(Exception):
    """It would leave a side, or the whole area, without anybody who leads it; says so in a sentence."""

    def __init__(self, why: str, *, final: bool) -> None:
        """`final`: whether it cannot be done even when one means it."""
        super().__init__(why)
        self.final = final


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

    def may_place(self, other: Membership) -> bool:
        """Whether the person decides on another's role: as a lead of that side, or where it has none."""
        return self.leads and (self.side == other.side or self.area.lead(other.side) is None)

    def become(self, role: str, by: Person, *, meant: bool = False) -> None:
        """Another role; LastLead where nobody would lead and that is not meant or not possible."""
        with self._locked() as there:
            self._keep_led(there, role, meant=meant)
            if there.role != role:
                Membership.objects.filter(pk=self.pk).update(role=role)
                told = {"side": there.side, "before": there.role, "role": role}
                self.area.enter(by, "placed", None, name=there.person.name, **told)

    def end(self, by: Person, *, meant: bool = False) -> None:
        """Leave, or be taken out by somebody else; what the person wrote and signed stays."""
        with self._locked() as there:
            self._keep_led(there, "", meant=meant)
            there.delete()
            verb = "left" if by == there.person else "removed"
            self.area.enter(by, verb, name=there.person.name, side=there.side, role=there.role)

    @contextmanager
    def _locked(self) -> Iterator[Membership]:
        with self.area.held():
            yield Membership.objects.select_related("person").get(pk=self.pk)
        self.area.forget()

    def _keep_led(self, there: Membership, role: str, *, meant: bool) -> None:
        if not there.leads or role == Role.LEAD:
            return
        others = self.area.memberships.exclude(pk=self.pk).filter(role=Role.LEAD, person__is_active=True)
        if not others.exists():
            why = "Nobody would lead this area any more. Make somebody else a lead first."
            raise LastLead(why, final=True)
        if not meant and not others.filter(side=there.side).exists():
            raise LastLead(f"Nobody would lead {there.side} here any more.", final=False)

    def may_edit(self, space: str) -> bool:
        """Whether the person writes this text: the side that owns it; the outcome is both sides'."""
        return self.takes_part and self.side in self.area.ownership.deciding(space)


class Invitations(models.Manager["Invitation"]):
    """All invitations."""

    def good(self) -> models.QuerySet[Invitation]:
        """Those that let somebody join now: not taken, not too old, by somebody who still leads there."""
        lead = models.Q(by__memberships__area=models.F("area"), by__memberships__role=Role.LEAD)
        return self.filter(lead, taken=None, until__gt=timezone.now(), by__is_active=True)


class Invitation(models.Model):
    """A link by which one person joins a side of an area."""

    area = models.ForeignKey(Area, models.CASCADE)
    by = models.ForeignKey(Person, models.CASCADE)
    side = models.CharField(max_length=12, choices=Side)
    role = models.CharField(max_length=8, choices=Role)
    digest = models.CharField(max_length=64, unique=True)
    until = models.DateTimeField()
    taken = models.DateTimeField(null=True)

    objects: ClassVar[Invitations] = Invitations()

    def take(self, person: Person) -> bool:
        """Join; False where the invitation was taken or is too old."""
        with self.area.held():
            now = timezone.now()
            good = Invitation.objects.filter(pk=self.pk, taken=None, until__gt=now)
            if not good.update(taken=now):
                return False
            joined, new = Membership.objects.get_or_create(
                area=self.area, person=person, defaults={"side": self.side, "role": self.role}
            )
            if new:
                self.area.enter(person, "joined", side=joined.side, role=joined.role)
        self.area.forget()
        return True


class Entry(models.Model):
    """What somebody did in an area, written in the same transaction; nothing else tells the past."""

    area = models.ForeignKey(Area, models.CASCADE, related_name="entries")
    brief = models.ForeignKey("briefs.Brief", models.SET_NULL, null=True, related_name="entries")
    by = models.ForeignKey(Person, models.PROTECT, null=True)  # None: Colead itself
    at = models.DateTimeField(default=timezone.now)
    verb = models.CharField(max_length=30)
    told = models.JSONField(default=dict)
    number = models.PositiveIntegerField()  # within the area, without a gap
    idea = models.PositiveIntegerField(null=True)  # the idea's number, which stays when the idea goes
    digest = models.CharField(max_length=64)  # of this entry and the one before: see chain.py

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["area", "number"], name="entered_once")
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["area", "-id"]),
            models.Index(fields=["brief", "-id"]),
            models.Index(fields=["area", "by", "at"]),
            models.Index(fields=["area", "-id"], condition=models.Q(brief=None), name="entries_of_no_idea"),
        ]


class Ended(models.Model):
    """That an area was there: what is left of one that was deleted as a whole."""

    name = models.CharField(max_length=80)
    slug = models.CharField(max_length=60)
    entries = models.PositiveIntegerField()
    head = models.CharField(max_length=64, blank=True)
    at = models.DateTimeField(default=timezone.now)


class Terms(models.Model):
    """A version of what two leads agreed on for their area: who owns what, and the share for health."""

    area = models.ForeignKey(Area, models.CASCADE, related_name="terms")
    number = models.PositiveIntegerField()
    share = models.PositiveSmallIntegerField()
    owns = models.JSONField(default=list)  # rows: a thing, product's part in it, engineering's
    by = models.ForeignKey(Person, models.PROTECT)
    at = models.DateTimeField(default=timezone.now)

    signatures: RelatedManager[TermsSignature]

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["area", "number"], name="one_version_of_each_number")
        ]

    @property
    def ownership(self) -> Ownership:
        """The table of who decides what."""
        return Ownership(tuple(Owned(*one) for one in self.owns))

    @cached_property
    def signed_by(self) -> dict[str, Person]:
        """Who signed it, by side."""
        return {one.side: one.by for one in self.signatures.select_related("by").order_by("id")}

    def sign(self, by: Person, side: str) -> None:
        """A lead's signature under this version."""
        with self.area.held():
            _, new = self.signatures.get_or_create(side=side, defaults={"by": by})
            if new:
                self.area.enter(by, "signed", version=self.number, side=side)
        self.__dict__.pop("signed_by", None)
        self.area.forget()


class TermsSignature(models.Model):
    """A side's signature under a version of the terms."""

    terms = models.ForeignKey(Terms, models.CASCADE, related_name="signatures")
    side = models.CharField(max_length=12, choices=Side)
    by = models.ForeignKey(Person, models.PROTECT)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["terms", "side"], name="one_signature_of_a_side")
        ]
