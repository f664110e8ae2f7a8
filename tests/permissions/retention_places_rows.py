"""Who may use the pages of places: published figures are open, outlooks are not."""

from collections.abc import Callable, Mapping

from organisations.clock import today
from organisations.models import Organisation
from retention.models import PublishedProfile
from retention.queries.network_staff import financial_year
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


def profile_chart(area: Area) -> Mapping[str, object]:
    return {**chart("practice")(area), "chart": "pyramid"}


def chart_place(kind: str) -> Build:
    """A place that has figures, by its code alone."""
    return lambda area: {"code": chart(kind)(area)["code"]}


def this_year(area: Area) -> Mapping[str, object]:
    return {"code": area.network.code, "year": financial_year(today())}


ROWS = [
    Row("place-board", kwargs=chart_place("network"), own=only(*OWN_NETWORK, *HUB), other=nobody()),
    Row("place-board", case="area", kwargs=chart_place("icb"), own=only(*HUB), other=nobody()),
    Row(
        "place-outlook-csv",
        kwargs=chart_place("network"),
        own=only(*OWN_NETWORK, *HUB),
        other=nobody(),
    ),
    Row(
        "place-outlook-csv", case="area", kwargs=chart_place("icb"), own=only(*HUB), other=nobody()
    ),
    Row(
        "place-outlook-xlsx",
        kwargs=chart_place("network"),
        own=only(*OWN_NETWORK, *HUB),
        other=nobody(),
    ),
    Row(
        "place-outlook-xlsx", case="area", kwargs=chart_place("icb"), own=only(*HUB), other=nobody()
    ),
    Row("places", own=everyone()),
    Row("method", own=everyone(), signed_out=200),
    Row("evaluation", own=everyone(), signed_out=200),
    Row(
        "evaluation-chart",
        kwargs=lambda area: {"name": "coverage", "size": "wide"},
        own=everyone(),
        signed_out=200,
    ),
    Row("network", kwargs=code("network"), own=everyone(), other=everyone()),
    # Practices share with their network: a hub is another recipient.
    Row("network-cover", kwargs=code("network"), own=only(*OWN_NETWORK), other=nobody()),
    Row(
        "network-entitlement",
        kwargs=this_year,
        own=only("network_lead", "hub_retention_lead"),
        other=nobody(),
    ),
    Row(
        "network-entitlement",
        "post",
        kwargs=this_year,
        data=lambda a: {"version": 0, "pounds": "420000"},
        own=only("network_lead", "hub_retention_lead", status=302),
        other=nobody(),
    ),
    Row("practice", kwargs=code("practice"), own=everyone(), other=everyone()),
    # What it closes or merges with are roles, which the hub's administrator grants and ends.
    Row(
        "practice-change",
        kwargs=code("practice"),
        own=only("hub_administrator"),
        other=nobody(),
    ),
    Row(
        "practice-change",
        "post",
        kwargs=code("practice"),
        data=lambda a: {"what": "close", "on": today(), "do": "confirm"},
        own=only("hub_administrator", status=302),
        other=nobody(),
    ),
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
        "network-ahead-chart",
        kwargs=chart("network"),
        own=only(*OWN_NETWORK, *HUB),
        other=nobody(),
    ),
    Row("area-ahead-chart", kwargs=chart("icb"), own=only(*HUB), other=nobody()),
    Row(
        "practice-ahead-chart",
        kwargs=chart("practice"),
        own=only("practice_manager", "hub_retention_lead"),
        neighbour=only("hub_retention_lead"),
        other=nobody(),
    ),
    Row(
        "place-board",
        case="practice",
        kwargs=chart_place("practice"),
        own=only("practice_manager", "hub_retention_lead"),
        neighbour=only("hub_retention_lead"),
        other=nobody(),
    ),
    Row("area-ahead-chart", case="hub", kwargs=chart("hub"), own=only(*HUB), other=nobody()),
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
    # Open but for the entitlement, the loss and what it leaves, which are as on the page.
    Row("published-csv", kwargs=code("network"), own=everyone(), other=everyone()),
    Row("published-xlsx", kwargs=code("network"), own=everyone(), other=everyone()),
    Row("place-profile", kwargs=code("practice"), own=everyone(), other=everyone()),
    Row("place-profile-csv", kwargs=code("practice"), own=everyone(), other=everyone()),
    Row("place-profile-xlsx", kwargs=code("practice"), own=everyone(), other=everyone()),
    Row("place-profile-chart", kwargs=profile_chart, own=everyone(), other=everyone()),
    Row("place-quality", kwargs=code("hub"), own=everyone(), other=everyone()),
    Row("place-quality-csv", kwargs=code("hub"), own=everyone(), other=everyone()),
    Row("place-quality-xlsx", kwargs=code("hub"), own=everyone(), other=everyone()),
    Row(
        "posts-to-check",
        kwargs=code("practice"),
        own=only("practice_manager"),
        neighbour=nobody(),
        other=nobody(),
    ),
    Row("area-age-chart", kwargs=chart("icb"), own=everyone(), other=everyone()),
    Row("area-outlook-chart", kwargs=chart("icb"), own=only(*HUB), other=nobody()),
]
