import pytest

from models.flags import RetirementFlag, retirement_flag
from models.forecast import Share
from organisations.models import Organisation
from retention.queries.inviting import Inviting, inviting
from tests.factories.accounts import actor
from tests.factories.organisations import HubFactory, LinkFactory, area_of_one_practice

pytestmark = pytest.mark.django_db
Places = dict[str, Organisation]


def flag(ratio: float) -> RetirementFlag:
    return retirement_flag(Share(expected=0.1 * ratio, low80=0.0, high80=0.5), 0.1)


@pytest.fixture
def places() -> Places:
    found = area_of_one_practice()
    # A second hub has the area too; its code comes first.
    found["other"] = HubFactory(code="A0", slug="a0")
    LinkFactory(kind="icb_hub", child=found["icb"], parent=found["other"])
    return found


@pytest.mark.parametrize("kind", ["network", "icb"])
def test_a_retention_lead_invites_for_the_own_hub(places: Places, kind: str) -> None:
    lead = actor("hub_retention_lead", places["hub"])
    assert inviting(lead, places[kind], flag(2)) == Inviting(places["hub"], may=True)


@pytest.mark.parametrize(
    ("role", "home"), [("network_lead", "network"), ("hub_administrator", "hub"), ("", "")]
)
def test_others_are_told_the_hub(places: Places, role: str, home: str) -> None:
    reader = actor(role, places[home]) if role else actor()
    found = inviting(reader, places["network"], flag(2))
    assert found == Inviting(places["other"], may=False)


def test_nobody_invites_without_a_flag_or_a_hub(places: Places) -> None:
    lead = actor("hub_retention_lead", places["hub"])
    assert inviting(lead, places["network"], None) is None
    assert inviting(lead, places["network"], flag(1)) is None
    alone = Organisation.objects.create(kind="network", code="U77777", name="Alone PCN")
    assert inviting(lead, alone, flag(2)) is None
