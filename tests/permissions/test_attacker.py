"""An attacker who reads every door, month and account gets at no group of 1 to 7 people.

They gather what each door tells of private outlooks, and add and subtract it in every way. Who is
behind a figure is known from how the world was made, not from the code that lets it out.
"""

import csv
import io
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest
import time_machine
from django.db import transaction
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook
from pytest_django.plugin import DjangoDbBlocker

from models import disclosure, small_groups
from models.release_plan import Release
from organisations.models import Organisation
from organisations.models.organisation import Kind
from organisations.queries.places import practices_of
from retention.actions import private_outlooks
from retention.actions.private_outlooks import make_private_outlooks
from retention.models import PrivateCell, PrivateSnapshot
from tests.factories.accounts import actor
from tests.factories.api import caller_for
from tests.models.test_disclosure_attack import attack
from tests.permissions.attacked_world import MONTHS, World, make_world

HUB_ROLES = ("hub_retention_lead", "hub_administrator", "board_viewer")
# Expected, low and high at four horizons; None where nothing is told.
Figures = tuple[tuple[int, int, int], ...] | None


@pytest.fixture(scope="class")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """Make the world once for a class, and take it out again."""
    with django_db_blocker.unblock(), transaction.atomic():
        with time_machine.travel("2026-07-20 12:00 +0000", tick=False):
            made = make_world()
        with django_db_blocker.block():
            yield made
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _in_november() -> Iterator[None]:
    with time_machine.travel("2026-11-18 12:00 +0000", tick=False):
        yield


def let_out() -> None:
    for month in MONTHS:
        make_private_outlooks(month=month)


class Reader:
    """One account at every door of private outlooks."""

    def __init__(self, role: str, place: Organisation) -> None:
        by = actor(role, place)
        assert by.user is not None
        self.browser, self.program = Client(), caller_for(by)
        self.browser.force_login(by.user)

    def told(self, place: Organisation, day: str) -> dict[str, Figures]:
        """Return what each door tells of a place's GPs on a day."""
        section = self._text(place.get_absolute_url(), day)
        # A hub's own page is always of today, whose figures are those of the last month.
        of_day = place.kind == Kind.NETWORK or day == days()[-1]
        return {
            **({"section": _table(section, "private-losses")} if of_day else {}),
            "page": _table(self._door("place-private", place, day), "chart-private-gp-table"),
            "print": _table(self._door("place-private-board", place, day), "gp-board"),
            "CSV": _csv(self._door("place-private-csv", place, day)),
            "Excel": _xlsx(self._bytes(reverse("place-private-xlsx", args=[place.code]), day)),
            "chart": self._chart(place, day),
            "API": _api(self.release(place, day)),
        }

    def release(self, place: Organisation, day: str) -> Mapping[str, Any] | None:
        """Return what the API tells of a place's GPs, with the month in which it was let out."""
        address = f"/api/v1/places/{place.code}/private-outlook"
        cells = self.program.get(address, {"as_at": day}).json()["cells"]
        return next((cell["outlook"] for cell in cells if cell["staff_group"] == "gp"), None)

    def _door(self, name: str, place: Organisation, day: str) -> str:
        return self._text(reverse(name, args=[place.code]), day)

    def _text(self, address: str, day: str) -> str:
        return self._bytes(address, day).decode("utf-8-sig")

    def _bytes(self, address: str, day: str) -> bytes:
        response = self.browser.get(address, {"as_at": day})
        assert response.status_code == 200, address
        return bytes(response.content)

    def _chart(self, place: Organisation, day: str) -> Figures:
        address = reverse("place-private-chart", args=[place.code, "gp", "wide"])
        response = self.browser.get(address, {"as_at": day})
        if response.status_code == 404:
            return None
        said = re.findall(r">([\d,]+) \(([\d,]+) to ([\d,]+)\)<", response.content.decode())
        # Both series by turns: all leaving, and retirement alone.
        return tuple((int(a), int(b), int(c)) for a, b, c in dict.fromkeys(said))


def _rows(rows: list[list[str]]) -> Figures:
    """Return the figures of a table of losses: its second and third column."""
    found = []
    for row in rows:
        low, high = row[2].split(" to ")
        found.append((int(row[1]), int(low), int(high)))
    return tuple(found) or None


def _table(page: str, name: str) -> Figures:
    found = re.search(rf'<table class="nhsuk-table" id="{name}">(.*?)</table>', page, re.DOTALL)
    if found is None:
        return None
    rows = found[1].split("<tbody")[1].split("<tr")[1:]
    return _rows([re.findall(r">([^<>]*)</t[hd]>", row) for row in rows])


def _csv(text: str) -> Figures:
    rows = list(csv.reader(io.StringIO(text)))
    if ["GPs: sessions at risk"] not in rows:
        return None
    first = rows.index(["GPs: sessions at risk"]) + 2
    return _rows(rows[first : first + 4])


def _xlsx(book: bytes) -> Figures:
    for sheet in load_workbook(io.BytesIO(book)):
        if sheet["A1"].value == "GPs: sessions at risk":
            return _rows([[str(c.value) for c in row] for row in sheet.iter_rows(3, 6)])
    return None


def _api(outlook: Mapping[str, Any] | None) -> Figures:
    if outlook is None:
        return None
    horizons = outlook["private"]["horizons"]
    return tuple((h["expected"], h["low80"], h["high80"]) for h in horizons)


def readers(world: World) -> Iterator[tuple[Reader, list[Organisation]]]:
    """Yield an account of each role that reads private outlooks, and the places that it reads."""
    for network in world.networks.values():
        yield Reader("network_lead", network), [network]
        practice = practices_of(network, MONTHS[-1]).first()
        assert practice is not None
        for role in ("clinician", "practice_manager"):
            yield Reader(role, practice), [network]
    for role in HUB_ROLES:
        yield Reader(role, world.hub), [world.hub, *world.networks.values()]


def days() -> list[str]:
    return [f"{month:%Y-%m}-20" for month in MONTHS]


def gathered(world: World) -> dict[tuple[str, str], Mapping[str, Any]]:
    """Return all that one account of the hub reads in all months, by place and month let out."""
    reader = Reader("board_viewer", world.hub)
    found = {}
    for place in (world.hub, *world.networks.values()):
        for day in days():
            if told := reader.release(place, day):
                found[place.code, told["month"]] = told
    return found


def breaches(world: World) -> set[str]:
    """Let three months out, gather them, and return what adding and subtracting gets at."""
    let_out()
    months = {month.isoformat(): number for number, month in enumerate(MONTHS)}
    out = [
        Release(code, world.cell(code, months[month]))
        for code, month in sorted(gathered(world), key=lambda each: each[1])
    ]
    assert out
    return attack(out, (world.managed,))


@pytest.mark.usefixtures("db")
class TestAttacker:
    @pytest.mark.slow
    @pytest.mark.no_cover
    def test_every_door_tells_what_was_let_out_and_nothing_more(self, world: World) -> None:
        let_out()
        told: set[tuple[str, str, Figures]] = set()
        for reader, places in readers(world):
            for place in places:
                for day in days():
                    doors = reader.told(place, day)
                    chart = doors.pop("chart")
                    assert len(set(doors.values())) == 1, (place, day, doors)
                    assert (chart is None) == (doors["API"] is None)
                    assert set(doors["API"] or ()) <= set(chart or ())
                    told.add((place.code, day, doors["API"]))
        # Every account that reads a place reads the same.
        assert len(told) == len(MONTHS) * (1 + len(world.networks))
        assert any(figures for *_, figures in told)

    def test_nothing_is_found(self, world: World) -> None:
        assert breaches(world) == set()
        out = gathered(world)
        told, hub = world.networks["told"].code, world.hub.code
        # Let out at first, frozen while five had changed, and let out again after.
        assert set(out) == {
            (code, month) for code in (told, hub) for month in ("2026-08-01", "2026-10-01")
        }

    def test_each_rule_withholds_something(self, world: World) -> None:
        let_out()
        rows = PrivateCell.objects.filter(
            snapshot=PrivateSnapshot.objects.latest("month"), staff_group="gp"
        )
        kept = {row.place_id: row.withheld for row in rows}
        reasons = {name: kept[network.pk] for name, network in world.networks.items()}
        assert reasons == {
            "told": "",
            "neighbour": "neighbours",
            "rest": "few_practices",
            "few people": "few_people",
            "few practices": "few_practices",
            "managed": "few_people",
        }

    def test_no_reader_is_told_which_rule_withholds(self, world: World) -> None:
        """A person who objects can turn one reason into another: all withheld cells read alike."""
        let_out()
        reader = Reader("hub_administrator", world.hub)
        cells = []
        for name, network in world.networks.items():
            if name != "told":
                address = f"/api/v1/places/{network.code}/private-outlook"
                cells.append(reader.program.get(address).json()["cells"][0])
        assert len(cells) > 3
        assert all(cell == cells[0] for cell in cells)
        assert cells[0] == {"staff_group": "gp", "withheld": True, "outlook": None}

    @pytest.mark.parametrize(
        ("module", "name", "weaker", "found"),
        [
            (disclosure, "PRIVATE_OUTLOOK_PEOPLE_LEFT", 5, "a small group"),
            (disclosure, "PRIVATE_OUTLOOK_PRACTICES", 2, "one or two practices"),
            (disclosure, "RELEASE_AGAIN_FROM", 5, "a change of fewer than eight"),
            (small_groups, "reveals", lambda *_: False, "a small group"),
            (private_outlooks, "several_places", lambda *_: set(), "a small group"),
        ],
        ids=["five left", "two practices", "five changes", "cell by cell", "accounts forgotten"],
    )
    def test_a_weaker_rule_is_found_out(
        self,
        world: World,
        monkeypatch: pytest.MonkeyPatch,
        module: object,
        name: str,
        weaker: int | Callable[..., object],
        found: str,
    ) -> None:
        monkeypatch.setattr(module, name, weaker)
        assert found in breaches(world)

    def test_a_forgotten_month_is_found_out(
        self, world: World, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Five changes in the second month, and who can be had from both."""
        monkeypatch.setattr(private_outlooks, "released", list)
        assert "a change of fewer than eight" in breaches(world)
