import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.access import may
from accounts.actor import Actor
from accounts.permissions import Permission
from organisations.clock import today
from organisations.models import Organisation
from organisations.models.link import LinkKind
from organisations.models.organisation import Kind
from retention.queries.place_figures import outlook_permission, place_figures, places_of_kind
from retention.queries.places_within import networks_within, readable_practices
from tests.factories.accounts import actor
from tests.factories.organisations import (
    IcbFactory,
    LinkFactory,
    NetworkFactory,
    PracticeFactory,
    SharingFactory,
    SubIcbFactory,
    add_practice,
    area_of_one_practice,
)
from tests.factories.published import JUNE, OLD, SEVEN, add_up, profile_of

pytestmark = pytest.mark.django_db
Places = dict[str, Organisation]
# Role, and where it is held.
ROLES = {
    "clinician": "practice",
    "practice_manager": "practice",
    "network_lead": "network",
    "hub_retention_lead": "hub",
    "hub_administrator": "hub",
    "board_viewer": "hub",
}


@pytest.fixture
def places() -> Places:
    """A network of two practices, of which the second shares its outlook with the network."""
    found = area_of_one_practice()
    found["sharing"] = add_practice(found)
    SharingFactory(practice=found["sharing"], recipient=found["network"])
    profile_of(found["practice"], SEVEN)
    profile_of(found["sharing"], OLD)
    add_up()
    return found


def reader(places: Places, role: str | None) -> Actor:
    return actor(role, places[ROLES[role]]) if role else actor()


@pytest.mark.parametrize("role", [*ROLES, None])
@pytest.mark.parametrize("kind", ["practice", "network", "sub_icb", "icb", "region"])
def test_outlook_is_there_for_those_who_may_and_nobody_else(
    places: Places, role: str | None, kind: str
) -> None:
    by, place = reader(places, role), places[kind]
    allowed = may(by, outlook_permission(place), place)
    found = place_figures(by, place)
    assert found.may_see_outlook is allowed
    assert (found.outlook is not None) is allowed
    if not allowed:
        assert found.flag is None
    # What is published is there for everyone signed in.
    assert found.gps is not None


def test_everyone_of_a_place_but_clinicians_may_see_some_practice(places: Places) -> None:
    """Guards the tests below: were nobody let in, they would all pass."""
    assert place_figures(reader(places, "practice_manager"), places["practice"]).outlook
    assert place_figures(reader(places, "network_lead"), places["network"]).outlook
    assert place_figures(reader(places, "clinician"), places["network"]).outlook
    assert place_figures(reader(places, "board_viewer"), places["icb"]).outlook


@pytest.mark.parametrize("role", [*ROLES, None])
def test_practices_are_readable_exactly_where_access_says_so(
    places: Places, role: str | None
) -> None:
    by = reader(places, role)
    elsewhere = area_of_one_practice()["practice"]
    practices = [places["practice"], places["sharing"], elsewhere]
    allowed = {p.pk for p in practices if may(by, Permission.SEE_PRACTICE_OUTLOOK, p)}
    assert readable_practices(by, practices) == allowed


def test_a_network_lead_reads_the_practice_that_shares_and_not_the_other(places: Places) -> None:
    rows = {
        row.place: row
        for row in place_figures(reader(places, "network_lead"), places["network"]).practices
    }
    shared, own = rows[places["sharing"]], rows[places["practice"]]
    assert shared.may_see
    assert shared.outlook
    assert shared.outlook.people == 8
    assert not own.may_see
    assert own.outlook is None
    assert own.profile is not None


def test_a_small_practice_has_no_outlook_even_where_it_shares(places: Places) -> None:
    small = add_practice(places)
    SharingFactory(practice=small, recipient=places["network"])
    profile_of(small, {"60to64": 4})
    add_up()
    found = place_figures(reader(places, "hub_retention_lead"), small)
    assert found.may_see_outlook
    assert found.outlook is None
    assert found.is_too_small
    rows = place_figures(reader(places, "network_lead"), places["network"]).practices
    assert {row.place: row.outlook for row in rows}[small] is None


@pytest.mark.parametrize(
    ("heads", "small"), [({"60to64": 4}, True), ({"60to64": 5}, False), ({}, False), (None, False)]
)
def test_too_small_is_one_to_four(heads: dict[str, int] | None, small: bool) -> None:
    practice = area_of_one_practice()["practice"]
    profile_of(practice, heads)
    assert place_figures(actor(), practice).is_too_small is small


def test_a_network_is_never_too_small() -> None:
    places = area_of_one_practice()
    profile_of(places["practice"], {"60to64": 2})
    add_up()
    assert not place_figures(actor(), places["network"]).is_too_small


def test_practices_stand_by_name_and_networks_by_share_at_risk(places: Places) -> None:
    young = NetworkFactory(name="A YOUNG PCN")
    practice = PracticeFactory()
    for kind, parent in (("practice_network", young), ("practice_sub_icb", places["sub_icb"])):
        LinkFactory(kind=kind, child=practice, parent=parent)
    profile_of(practice, {"35to39": 9})
    add_up()
    found = place_figures(reader(places, "board_viewer"), places["icb"])
    assert [row.place for row in found.networks] == [places["network"], young]
    assert [row.flag.raised for row in found.networks if row.flag] == [True, False]
    within = place_figures(reader(places, "board_viewer"), places["network"]).practices
    names = [row.place.name for row in within]
    assert names == sorted(names)


def test_networks_stand_by_name_and_bare_for_those_who_may_not_see(places: Places) -> None:
    NetworkFactory(name="NOT HERE")
    found = place_figures(reader(places, "network_lead"), places["icb"]).networks
    assert [row.place for row in found] == [places["network"]]
    assert not found[0].may_see
    assert found[0].outlook is None
    assert found[0].flag is None


def test_a_network_without_figures_comes_last(places: Places) -> None:
    practice, bare = PracticeFactory(), NetworkFactory(name="A BARE PCN")
    LinkFactory(kind="practice_network", child=practice, parent=bare)
    LinkFactory(kind="practice_sub_icb", child=practice, parent=places["sub_icb"])
    rows = networks_within(places["icb"], JUNE, 0.08, may_see=True, as_at=today())
    assert [row.place for row in rows] == [places["network"], bare]


def test_a_place_is_compared_with_its_icb_and_england(places: Places) -> None:
    found = place_figures(actor(), places["network"])
    assert [other.name for other in found.compared] == [places["icb"].name, "England"]
    assert found.compared[0].share_older == pytest.approx(10 / 15)
    assert found.compared[0].practices == 2
    assert found.compared[1].practices is None  # As published: two practices are not England.
    assert place_figures(actor(), places["country"]).compared == ()


def test_place_without_figures_has_nothing_but_its_name() -> None:
    places = area_of_one_practice()
    found = place_figures(reader(places, "network_lead"), places["network"])
    assert found.month is None
    assert found.gps is None
    assert found.outlook is None
    assert found.compared == ()
    assert [row.place for row in found.practices] == [places["practice"]]


def test_network_without_practices() -> None:
    network = NetworkFactory()
    found = place_figures(actor("network_lead", network), network)
    assert found.practices == ()
    assert found.outlook is None


@pytest.mark.parametrize("role", ["network_lead", "hub_retention_lead"])
@pytest.mark.parametrize("warm", [True, False])
def test_queries_do_not_grow_with_practices(places: Places, role: str, warm: bool) -> None:
    by = reader(places, role)

    def queries() -> int:
        cache.clear()
        if warm:
            place_figures(by, places["network"])
        with CaptureQueriesContext(connection) as captured:
            place_figures(by, places["network"])
        return len(captured)

    few = queries()
    for _ in range(5):
        practice = add_practice(places)
        SharingFactory(practice=practice, recipient=places["network"])
        profile_of(practice, SEVEN)
    add_up()
    assert queries() == few


def test_places_of_kind_finds_no_other_kind(places: Places) -> None:
    assert set(places_of_kind(Kind.NETWORK)) == {places["network"]}


def test_england_is_for_everyone_once_it_is_loaded(
    places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    anyone = actor()
    assert place_figures(anyone, places["country"]).outlook is None
    monkeypatch.setattr("retention.queries.england.COVERED_FROM", 1)
    cache.clear()
    assert place_figures(anyone, places["country"]).outlook is not None
    assert place_figures(anyone, places["region"]).outlook is None


def test_an_area_without_figures_has_a_network_whose_people_work_beyond_it(places: Places) -> None:
    """Its own practices print nothing, so the area has no outlook; its network has one."""
    practice, sub_icb, icb = PracticeFactory(), SubIcbFactory(), IcbFactory()
    for kind, child, parent in (
        (LinkKind.PRACTICE_NETWORK, practice, places["network"]),
        (LinkKind.PRACTICE_SUB_ICB, practice, sub_icb),
        (LinkKind.SUB_ICB_ICB, sub_icb, icb),
        (LinkKind.ICB_HUB, icb, places["hub"]),
    ):
        LinkFactory(kind=kind, child=child, parent=parent)
    profile_of(practice, None)
    add_up()
    found = place_figures(reader(places, "hub_retention_lead"), icb)
    assert found.outlook is None
    assert found.may_see_outlook
    [network] = found.networks
    assert network.outlook
    assert network.flag
    assert network.flag.england > 0
