import datetime as dt

import pytest

from accounts.models import User
from hubs.demo.load import Demo
from hubs.demo.schemes import make_schemes
from hubs.models.scheme import SchemeState
from organisations.models import Organisation


@pytest.mark.parametrize("today", [dt.date(2027, 3, 31), dt.date(2027, 4, 1)])
def test_the_open_scheme_runs_today_and_the_others_do_not(today: dt.date) -> None:
    hub = Organisation(code="DEMOHUB", kind="training_hub", name="Hub", slug="demo-hub")
    schemes = make_schemes(hub, User(), User(), today)
    running = [scheme for scheme in schemes if scheme.starts_on <= today <= scheme.ends_on]
    assert [scheme.state for scheme in running] == [SchemeState.OPEN]


def test_nobody_opened_what_they_drafted(made: Demo) -> None:
    for scheme in made.mentoring.schemes:
        assert scheme.drafted_by is not None
        assert scheme.opened_by is not scheme.drafted_by
        assert (scheme.opened_by is None) == (scheme.state == SchemeState.DRAFT)
