"""Leaves of absence: of a post for its practice, and one's own."""

from django.db.models import QuerySet

from accounts import audit
from accounts.actor import Actor
from accounts.models.audit_event import Act
from retention.models import Absence, Post


def absences() -> QuerySet[Absence]:
    """Return all absences with post and person, to fetch one of them from."""
    return Absence.objects.select_related("post__organisation", "post__person")


def absences_of(by: Actor, post: Post) -> list[Absence]:
    """Return a post's absences, latest first, for a manager who may edit it; audited."""
    audit.record_reads(
        by=by,
        act=Act.READ_POSTS,
        subjects=[post.person.subject_id],
        thing=f"practice:{post.organisation.code}",
    )
    return list(Absence.objects.filter(post=post))
