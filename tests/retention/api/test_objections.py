"""One's own objection to being counted, through the API."""

import pytest

from organisations.clock import today
from tests.factories.api import caller

pytestmark = pytest.mark.django_db


def test_one_objects_and_takes_it_back() -> None:
    me = caller()
    url = "/api/v1/me/objection"
    assert me.get(url).json() == {"since": None}
    assert me.put(url).json() == {"since": today().isoformat()} == me.get(url).json()
    assert me.delete(url).json() == {"since": None} == me.get(url).json()
