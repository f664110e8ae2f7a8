"""Requests to a hub: one that stands at a time."""

import pytest
from django.db import IntegrityError

from accounts.models.recognition import RecognitionState
from tests.factories.accounts import RecognitionFactory, UserFactory
from tests.factories.organisations import HubFactory

pytestmark = pytest.mark.django_db
OPEN = (RecognitionState.ASKED, RecognitionState.RECOGNISED)


@pytest.mark.parametrize("state", RecognitionState)
def test_beside_one_that_stands_there_is_no_second(state: RecognitionState) -> None:
    who = {"user": UserFactory(), "hub": HubFactory()}
    RecognitionFactory(**who, state=state)
    if state in OPEN:
        with pytest.raises(IntegrityError):
            RecognitionFactory(**who)
    else:
        assert RecognitionFactory(**who).state == RecognitionState.ASKED


def test_a_state_that_is_none_is_refused() -> None:
    with pytest.raises(IntegrityError):
        RecognitionFactory(state="perhaps")
