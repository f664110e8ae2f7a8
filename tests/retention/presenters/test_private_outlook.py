"""Words and tables of private outlooks, without a door."""

import datetime as dt
from dataclasses import replace

import pytest

from models.disclosure import Band
from organisations.models import Organisation
from retention.models.published_count import StaffGroup
from retention.presenters.private_outlook import (
    losses_table,
    made_from,
    private_chart,
    private_page,
    private_sheets,
    sentences,
    why_withheld,
)
from retention.queries.private_outlook import (
    CellOutlook,
    PrivateOutlooks,
    Released,
    Told,
    ToldHorizon,
)

NETWORK = Organisation(code="U12345", kind="network", name="Heron PCN")
HUB = Organisation(code="HUB1", kind="training_hub", name="Heron Hub", slug="heron")


def told(times: int = 1, now: int = 200) -> Told:
    return Told(
        now,
        tuple(
            ToldHorizon(
                years=years,
                expected=years * 10 * times,
                low80=years * 5,
                high80=years * 20,
                leavers=years,
                retirement=years * 4,
                retirement_low80=0,
                retirement_high80=years * 9,
                chances=((20, 0.0), (40, 0.5), (60, 0.255), (80, 1.0)),
            )
            for years in (1, 3, 5, 10)
        ),
    )


RELEASED = Released(
    month=dt.date(2026, 6, 1),
    published_month=dt.date(2026, 4, 1),
    table_version="Table-1",
    model_version="method-1",
    people=Band(24, 31),
    private=told(),
    public=told(2, 210),
)


def outlooks(*cells: CellOutlook, place: Organisation = NETWORK) -> PrivateOutlooks:
    return PrivateOutlooks(place, dt.date(2026, 8, 1), cells)


def test_the_sentence_is_of_three_years_with_the_public_one_beside_it() -> None:
    assert sentences(RELEASED) == (
        "If nobody joined, about 30 of 200 sessions a week could be lost within 3\xa0years (80%"
        " interval 15 to 60), about 12 of them to retirement.",
        "By published figures alone it would be about 60 of 210 (80% interval 15 to 60).",
    )


def test_a_later_release_says_what_was_said_before() -> None:
    again = replace(RELEASED, before=told(3, 190), before_month=dt.date(2026, 1, 1))
    assert sentences(again)[-1] == "The figure before, of January 2026, was about 90 of 190."


def test_what_it_is_made_from_says_days_versions_and_how_long_it_stands() -> None:
    who, stands = made_from("GPs", RELEASED)
    assert "record of 1 June 2026: 24 to 31 people of the staff group (GPs)" in who
    assert "published for April 2026" in who
    assert "Table-1, method method-1" in who
    assert stands.startswith("It stands until at least 8 of these people")
    assert (
        "no figures were published by then"
        in made_from("GPs", replace(RELEASED, published_month=None))[0]
    )


def test_the_table_has_the_public_figures_in_its_last_column() -> None:
    table = losses_table(RELEASED)
    assert table.rows[1] == ["3\xa0years", "30", "15 to 60", "3", "12", "0 to 27", "60 (15 to 60)"]
    without = losses_table(replace(RELEASED, public=None))
    assert without.headers == table.headers[:-1]
    assert without.rows == [row[:-1] for row in table.rows]


def test_no_chance_is_called_impossible_or_certain() -> None:
    [cell] = private_page(outlooks(CellOutlook(StaffGroup.GP, released=RELEASED))).cells
    assert cell.chances is not None
    assert [row[1] for row in cell.chances.rows] == ["less than 1%", "50%", "26%", "more than 99%"]


def test_the_chart_has_the_numbers_of_the_table() -> None:
    rows = private_chart(RELEASED.private).rows
    assert len(rows) == 8
    assert rows[2][:5] == ("3\xa0years", "All leaving", 30.0, 15.0, 60.0)
    assert rows[3][1:5] == ("Retirement alone", 12.0, 0.0, 27.0)


@pytest.mark.parametrize(("place", "whom"), [(NETWORK, "the network"), (HUB, "the hub")])
def test_a_withheld_cell_says_what_would_change_it(place: Organisation, whom: str) -> None:
    why, change = why_withheld(place)
    assert why.startswith("Withheld: ")
    assert "{" not in why + change
    assert whom in change


def test_a_withheld_cell_has_no_figure_at_any_door() -> None:
    withheld = CellOutlook(StaffGroup.NURSES)
    page = private_page(outlooks(withheld))
    [cell] = page.cells
    assert (cell.losses, cell.chances, cell.chart, cell.made_from) == (None, None, None, ())
    assert [sheet.id for sheet in private_sheets(page)] == ["private", "nurses-said"]
    assert page.trust == ()


def test_beside_a_figure_stands_how_far_to_trust_it() -> None:
    page = private_page(outlooks(CellOutlook(StaffGroup.GP, released=RELEASED)))
    assert "must not be used about a person" in page.trust[-1]
    assert private_sheets(page)[-1].rows == [[text] for text in page.trust]


def test_sheets_hold_the_tables_of_the_page() -> None:
    page = private_page(outlooks(CellOutlook(StaffGroup.GP, released=RELEASED)))
    sheets = {sheet.id: sheet for sheet in private_sheets(page)}
    assert list(sheets) == ["private", "gp-said", "gp-losses", "gp-chances", "trust"]
    assert sheets["gp-losses"].texts == losses_table(RELEASED)


def test_addresses_keep_the_day() -> None:
    page = private_page(outlooks(place=HUB), dt.date(2026, 8, 9))
    assert page.csv_url == "/places/HUB1/private-outlook.csv?as_at=2026-08-09"
    assert page.first is None
    assert private_page(PrivateOutlooks(HUB)).none_yet.startswith("None has been made yet")
