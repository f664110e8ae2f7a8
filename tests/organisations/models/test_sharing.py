"""Switches: one that is on, of each thing for each recipient."""

import pytest
from django.db import IntegrityError

from organisations.models.sharing import SharedThing
from tests.factories.organisations import (
    LONG_AGO,
    NetworkFactory,
    PracticeFactory,
    SharingFactory,
)

pytestmark = pytest.mark.django_db


def test_a_switch_is_on_once() -> None:
    ends = {"practice": PracticeFactory(), "recipient": NetworkFactory()}
    SharingFactory(**ends, ends_on=LONG_AGO)
    SharingFactory(**ends)
    SharingFactory(**ends, thing=SharedThing.PATTERNS)
    with pytest.raises(IntegrityError):
        SharingFactory(**ends)
