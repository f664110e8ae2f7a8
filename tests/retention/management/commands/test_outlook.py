import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from organisations.models import Organisation
from retention.queries.public_outlook import public_outlook
from tests.factories.organisations import add_practice, area_of_one_practice
from tests.factories.published import OLD, SEVEN, add_up, profile_of, staff_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def network() -> Organisation:
    places = area_of_one_practice()
    profile_of(places["practice"], SEVEN)
    profile_of(add_practice(places), OLD)
    add_up()
    return places["network"]


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("outlook", *arguments, stdout=out)
    return out.getvalue()


def test_json_holds_the_unrounded_figures_and_nothing_else(network: Organisation) -> None:
    printed = json.loads(run(network.code, "--json"))
    assert set(printed) == {"place", "as_at", "sessions_now", "horizons"}
    assert printed["place"] == network.code
    assert printed["as_at"] == "2025-06-30"
    outlook = public_outlook(network)
    assert outlook
    assert printed["sessions_now"] == outlook.sessions_now
    assert list(printed["horizons"]) == ["1", "3", "5", "10"]
    names = ("expected", "low80", "high80", "headcount_expected", "retirement_expected")
    for years, horizon in printed["horizons"].items():
        made = outlook.horizons[int(years)]
        assert horizon == {name: getattr(made, name) for name in names}


def test_other_staff_are_asked_for_by_their_group() -> None:
    places = area_of_one_practice()
    profile_of(places["practice"], SEVEN)
    staff_of(places["practice"], "nurses", {"40to44": 3, "60to64": 3})
    staff_of(places["practice"], "dpc", {"30to34": 3})
    add_up()
    code = places["practice"].code
    printed = json.loads(run(code, "--staff-group", "nurses", "--json"))
    outlook = public_outlook(places["practice"], staff_group="nurses")
    assert outlook
    assert printed["horizons"]["3"]["expected"] == outlook.horizons[3].expected
    assert f"({code}), Nurses, figures of" in run(code, "--staff-group=nurses")
    with pytest.raises(CommandError, match=r"fewer than 5 people \(Direct patient care\)"):
        run(code, "--staff-group", "dpc")
    with pytest.raises(CommandError, match="No workforce figures"):
        run(code, "--staff-group", "admin")


def test_years_are_those_asked_for_once_each_in_order(network: Organisation) -> None:
    printed = json.loads(run(network.code, "--years", "10", "2", "2", "--json"))
    assert list(printed["horizons"]) == ["2", "10"]


def test_code_is_taken_in_any_case(network: Organisation) -> None:
    assert json.loads(run(network.code.lower(), "--json"))["place"] == network.code


def test_words_are_rounded(network: Organisation) -> None:
    words = run(network.code)
    assert words.startswith(f"{network.name} ({network.code}), figures of June 2025: 95 estimated")
    assert "Within 3\N{NO-BREAK SPACE}years: " in words
    assert "." not in words.replace(".\n", "")


@pytest.mark.parametrize("years", ["0", "31", "-1"])
def test_years_out_of_range_are_refused(network: Organisation, years: str) -> None:
    with pytest.raises(CommandError, match="whole years from 1 to 30"):
        run(network.code, f"--years={years}")


def test_unknown_code_is_refused() -> None:
    with pytest.raises(CommandError, match="No place has the code 'X1'"):
        run("X1")


@pytest.mark.parametrize(
    ("heads", "reason"),
    [
        ({"60to64": 4}, "fewer than 5 GPs"),
        ({}, "fewer than 5 GPs"),
        (None, "not known"),
    ],
)
def test_practice_under_the_limit_or_without_figures_is_refused(
    heads: dict[str, int] | None, reason: str
) -> None:
    """Also to an operator: what is printed travels on."""
    practice = area_of_one_practice()["practice"]
    profile_of(practice, heads)
    with pytest.raises(CommandError, match=reason):
        run(practice.code, "--json")


def test_place_without_any_figures_is_refused() -> None:
    network = area_of_one_practice()["network"]
    with pytest.raises(CommandError, match="No workforce figures have been loaded"):
        run(network.code)


def test_network_without_gps_is_refused() -> None:
    places = area_of_one_practice()
    profile_of(places["practice"], {})
    add_up()
    with pytest.raises(CommandError, match="no qualified permanent GPs"):
        run(places["network"].code)


def test_england_needs_more_than_a_few_practices(network: Organisation) -> None:
    with pytest.raises(CommandError, match="2 practices with figures are too few"):
        run("ENG")


def test_england_is_printed_once_it_is_loaded(
    network: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("retention.queries.england.COVERED_FROM", 2)
    assert json.loads(run("ENG", "--json"))["sessions_now"] > 0
