"""An outlook is the same after it was stored, to the last digit."""

import datetime as dt
import json

from hypothesis import given
from hypothesis import strategies as st

from models.flags import FLAG_YEARS
from models.forecast import HORIZONS
from models.outlook import OutlookHorizon
from organisations.models import Organisation
from retention.queries.outlook_figures import Edition, PublicOutlook, as_stored, of_stored

MONTH = dt.date(2025, 6, 1)
EDITION = Edition(MONTH, "gp", "Table-1", "Model-1")
NUMBERS = st.floats(0, 1e6, allow_nan=False)
CHANCES = st.lists(st.tuples(st.integers(1, 10_000), st.floats(0, 1)), max_size=4).map(tuple)
HORIZON = st.builds(OutlookHorizon, st.just(1), *[NUMBERS] * 9, chances=CHANCES)


def outlook(horizon: OutlookHorizon, now: float = 90.0) -> PublicOutlook:
    values = {**vars(horizon)}
    return PublicOutlook(
        place="A1",
        as_at=dt.date(2025, 6, 30),
        staff_group="gp",
        table_version="Table-1",
        model_version="Model-1",
        people=12,
        age_not_known=1,
        practices=2,
        practices_not_known=0,
        sessions_now=now,
        horizons={years: OutlookHorizon(**{**values, "years": years}) for years in HORIZONS},
    )


@given(HORIZON, NUMBERS)
def test_what_is_read_back_is_what_was_stored(horizon: OutlookHorizon, now: float) -> None:
    before = outlook(horizon, now)
    # As the database keeps it: JSON has lists and no tuples.
    kept = json.loads(json.dumps(as_stored(before)))
    assert of_stored(Organisation(code="A1"), EDITION, kept) == before


@given(HORIZON)
def test_nothing_that_names_a_place_or_a_version_is_stored_with_the_numbers(
    horizon: OutlookHorizon,
) -> None:
    text = json.dumps(as_stored(outlook(horizon)))
    assert "A1" not in text
    assert "Table" not in text


@given(HORIZON)
def test_a_share_is_of_the_sessions_now_and_none_without_any(horizon: OutlookHorizon) -> None:
    share = outlook(horizon, 50.0).retirement_share()
    assert share is not None
    assert share.expected == horizon.retirement_expected / 50
    assert outlook(horizon, 0.0).retirement_share(FLAG_YEARS) is None
