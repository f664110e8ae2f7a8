"""A post's leaves, for the manager who may edit it: read with a trace, and of this post alone."""

import datetime as dt

import pytest

from accounts.actor import Actor
from accounts.models import AuditEvent
from accounts.models.audit_event import Act
from organisations.clock import today
from organisations.models import Organisation
from retention.queries.absences import absences_of
from tests.factories.retention import AbsenceFactory, PostFactory


def test_leaves_come_latest_first_and_whose_they_are_is_audited(
    practice: Organisation, by: Actor
) -> None:
    post = PostFactory(organisation=practice)
    early = AbsenceFactory(post=post, starts_on=dt.date(2022, 1, 1), ends_on=dt.date(2022, 7, 1))
    late = AbsenceFactory(post=post, starts_on=today())
    AbsenceFactory(post=PostFactory(organisation=practice, person=post.person, role="salaried"))
    assert absences_of(by, post) == [late, early]
    [event] = AuditEvent.objects.filter(act=Act.READ_POSTS)
    assert event.subject == post.person.subject_id


@pytest.mark.django_db
def test_a_post_without_leave_is_read_all_the_same(practice: Organisation, by: Actor) -> None:
    assert absences_of(by, PostFactory(organisation=practice)) == []
    assert AuditEvent.objects.filter(act=Act.READ_POSTS).count() == 1
