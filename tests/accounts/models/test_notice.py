"""Notices: whose they are, and that their words name nobody."""

import pytest
from django.db import IntegrityError

from accounts.models.notice import NoticeLine
from tests.factories.accounts import NoticeFactory

pytestmark = pytest.mark.django_db


def test_a_notice_is_its_readers_alone() -> None:
    notice = NoticeFactory()
    assert (notice.access_place, notice.access_owner_id) == (None, notice.user.pk)


@pytest.mark.parametrize("line", NoticeLine)
def test_each_line_is_a_sentence_without_a_place_for_a_name_or_a_number(line: NoticeLine) -> None:
    assert line.label.endswith(".")
    assert not any(sign.isdigit() or sign in "{}%" for sign in line.label)


def test_what_happened_is_one_of_the_list() -> None:
    with pytest.raises(IntegrityError):
        NoticeFactory(kind="moved")
