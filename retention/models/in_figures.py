"""Which posts may be counted: the one answer for every figure made of private records."""

import datetime as dt
from typing import TYPE_CHECKING, Self

from django.db.models import Exists, OuterRef, Q

from organisations.models.agreement import Agreement
from organisations.models.organisation import Organisation
from organisations.models.sharing import SharedThing, Sharing
from organisations.periods import PeriodQuerySet, holds_on
from organisations.queries.agreements import KEEPING_POSTS
from organisations.queries.places import practices_of
from retention.models.objection import Objection

if TYPE_CHECKING:
    from retention.models.post import Post  # noqa: F401  (named in the base class below)


class PostQuerySet(PeriodQuerySet["Post"]):
    """Adds "may be counted" to posts as at a date."""

    def in_figures(self, on: dt.date, *, shared_with: Organisation | None = None) -> Self:
        """Keep the posts that a figure of the date `on` may count.

        A post counts once its practice confirmed it, while it lasts, under an agreement in force
        after its person was told, unless the person objects. With `shared_with` (a network or a
        hub) only posts of the practices that share theirs with it. Drafts and plans are no posts.
        """
        lasting = self.as_at(on).filter(confirmed_on__lte=on)
        return lasting.usable(on, shared_with=shared_with)

    def usable(self, on: dt.date, *, shared_with: Organisation | None = None) -> Self:
        """Keep the posts, also ended ones, that a figure made on a day may still use.

        A figure of days gone by needs both: that a post could be counted then, and may be used now.
        """
        who = Q(person=OuterRef("person")) | _same_number()
        # Of the day that the figure is made: an objection reaches back into months gone by.
        objected = Objection.objects.as_at(on).filter(who)
        counted = self.filter(
            _under_own_agreement(on) | _under_hubs_agreement(on), ~Exists(objected), waits=False
        )
        if shared_with is None:
            return counted
        shares = Sharing.objects.as_at(on).filter(
            practice=OuterRef("organisation"), recipient=shared_with, thing=SharedThing.PATTERNS
        )
        return counted.filter(Exists(shares))


def _same_number() -> Q:
    """Whom another practice lists under the same number: who objects means wherever they work."""
    return Q(person__registration=OuterRef("person__registration")) & ~Q(person__registration="")


def _under_own_agreement(on: dt.date) -> Q:
    return Q(told_on__lte=on) & Q(agreement__isnull=False) & holds_on(on, "agreement__")


def _under_hubs_agreement(on: dt.date) -> Q:
    """Posts that name no agreement of their own, where a hub of the area holds one for all."""
    held = Agreement.objects.as_at(on).filter(purpose=KEEPING_POSTS, notice_given_on__lte=on)
    covered = Q(pk__in=[])
    for hub in Organisation.objects.filter(agreements__in=held).distinct():
        covered |= Q(organisation__in=practices_of(hub, on).values("pk"))
    return Q(agreement__isnull=True) & covered
