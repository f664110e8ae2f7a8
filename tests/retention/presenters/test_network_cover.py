"""A network's cover: every half-day has its cell, and what may not be told is a star."""

import datetime as dt

from models.disclosure import WITHHELD, Band
from organisations.models import Organisation
from retention.presenters.network_cover import cover_table
from retention.queries.network_cover import NetworkCover
from retention.queries.patterns import HALF_DAYS


def test_every_half_day_stands_under_its_part_of_the_day() -> None:
    told = {half_day: Band(16, 23) for half_day in HALF_DAYS if half_day == (1, "pm")}
    cover = NetworkCover(
        Organisation(name="North PCN"),
        dt.date(2026, 10, 1),
        {half_day: told.get(half_day, WITHHELD) for half_day in HALF_DAYS},
    )
    table = cover_table(cover)
    assert table.headers == ("Day", "Morning", "Afternoon", "Evening")
    assert [row[0] for row in table.rows][:2] == ["Monday", "Tuesday"]
    assert table.rows[1] == ("Tuesday", "*", "16 to 23", "*")
    assert {cell for row in table.rows for cell in row[1:]} == {"*", "16 to 23"}
