"""Who may use the pages of places: published figures are open, outlooks are not."""

from collections.abc import Callable, Mapping

from organisations.models import Organisation
from retention.models import PublishedProfile
from tests.factories.published import SEVEN, add_up, profile_of
from tests.permissions.rows import Area, Row, everyone, nobody, only

Build = Callable[[Area], Mapping[str, object]]
HUB = ("hub_retention_lead", "hub_administrator", "board_viewer")
OWN_NETWORK = ("clinician", "contract_holder", "practice_manager", "network_lead")


def code(kind: str) -> Build:
    return lambda area: {"code": getattr(area, kind).code}


def chart(kind: str) -> Build:
    """A chart of a place that has figures: without, everyone would get 404."""

    def build(area: Area) -> Mapping[str, object]:
        place: Organisation = getattr(area, kind)
        if not PublishedProfile.objects.filter(organisation=area.practice).exists():
            profile_of(area.practice, SEVEN)
            add_up()
        return {"code": place.code, "size": "wide"}

    return build


ROWS = [
    Row("places", own=everyone()),
    Row("method", own=everyone(), signed_out=200),
    Row("network", kwargs=code("network"), own=everyone(), other=everyone()),
    Row("practice", kwargs=code("practice"), own=everyone(), other=everyone()),
    Row("area", kwargs=code("icb"), own=everyone(), other=everyone()),
    Row(
        "network-age-chart",
        kwargs=chart("network"),
        own=everyone(),
        other=everyone(),
    ),
    Row(
        "network-outlook-chart",
        kwargs=chart("network"),
        own=only(*OWN_NETWORK, *HUB),
        other=nobody(),
    ),
    Row(
        "practice-age-chart",
        kwargs=chart("practice"),
        own=everyone(),
        other=everyone(),
    ),
    Row(
        "practice-outlook-chart",
        kwargs=chart("practice"),
        # The practice shares with nobody: its network's lead is not among these.
        own=only("practice_manager", "hub_retention_lead"),
        neighbour=only("hub_retention_lead"),
        other=nobody(),
    ),
    Row("area-age-chart", kwargs=chart("icb"), own=everyone(), other=everyone()),
    Row("area-outlook-chart", kwargs=chart("icb"), own=only(*HUB), other=nobody()),
]
