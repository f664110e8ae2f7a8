"""Acts, and what a row of the log must have."""

import pytest
from django.db import IntegrityError

from accounts.models import AuditEvent
from accounts.models.audit_event import MENTORING_ACTS, OWN_PAGE_ACTS, POST_ACTS, Act


def test_each_act_fits_its_column_and_reads_as_words() -> None:
    longest = AuditEvent._meta.get_field("act").max_length
    assert longest is not None
    assert all(len(act.value) <= longest and act.label[0].isupper() for act in Act)


def test_what_an_administrator_never_reads_is_not_also_told_in_part() -> None:
    assert not OWN_PAGE_ACTS & (MENTORING_ACTS | POST_ACTS)


@pytest.mark.django_db
def test_nothing_is_done_by_nobody() -> None:
    with pytest.raises(IntegrityError):
        AuditEvent.objects.create(act=Act.READ_POSTS, door="page")
