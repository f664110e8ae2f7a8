"""Who may do what: every address x every role x own, neighbouring and other organisations."""

import functools
import json
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.http import HttpRequest, HttpResponseBase, HttpResponseNotFound
from django.test import Client
from django.test.client import ClientHandler
from django.urls import reverse
from django.views.defaults import page_not_found

from accounts.actions.tokens import make_token
from accounts.actor import Actor, Door
from accounts.models import User
from accounts.queries.roles import active_role
from retention.presenters import charts
from tests.permissions.addresses import API, operations, url_names
from tests.permissions.rows import WHO, Area, Row
from tests.permissions.world import build_world

HERE = Path(__file__).parent
ROWS: list[Row] = [
    row
    for path in sorted(HERE.glob("*_rows.py"))
    for row in import_module(f"tests.permissions.{path.stem}").ROWS
]
METHODS = {(row.name, row.method) for row in ROWS}
SIGN_IN = "/accounts/login/"
BATCH = 12
# Its thousands of requests prove who may, not which lines ran: coverage would double their time.
pytestmark = [pytest.mark.no_cover, pytest.mark.slow]


def _batches(rows: list[Row]) -> list[list[Row]]:
    return [rows[start : start + BATCH] for start in range(0, len(rows), BATCH)]


def _span(rows: list[Row]) -> str:
    return f"{rows[0]} to {rows[-1]}"


def test_every_row_is_written_once() -> None:
    assert len({str(row) for row in ROWS}) == len(ROWS)


def test_every_address_has_a_row() -> None:
    assert url_names() - {row.name for row in ROWS} == set()


def test_every_row_has_an_address() -> None:
    assert {row.name for row in ROWS} - url_names() == set()


def test_every_operation_of_the_api_has_a_row() -> None:
    assert operations() - METHODS == set()


@pytest.fixture(autouse=True)
def _draw_once(monkeypatch: pytest.MonkeyPatch) -> None:
    # The same data draws the same picture; who may see it does not change how it is drawn.
    monkeypatch.setattr(charts, "draw", functools.cache(charts.draw))


@pytest.fixture(autouse=True)
def _refuse_at_length_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Write the page of a refusal once for each reader: it says the same at every address."""
    told: set[int | None] = set()

    def not_found(request: HttpRequest, exception: Exception) -> HttpResponseBase:
        if request.user.pk in told:
            return HttpResponseNotFound()
        told.add(request.user.pk)
        return page_not_found(request, exception)

    monkeypatch.setattr("config.urls.handler404", not_found, raising=False)


@pytest.mark.django_db
@pytest.mark.parametrize("rows", _batches(ROWS), ids=_span)
def test_who_may(rows: list[Row]) -> None:
    """In batches that share a world and who is signed in: to make them takes longer than to ask."""
    world = build_world()
    visitors = Visitors(world["own"].users)
    wrong = []
    for row in rows:
        with transaction.atomic():
            wrong += [f"{row}: {problem}" for problem in _wrong(row, world, visitors)]
            transaction.set_rollback(True)
    assert not wrong, "\n".join(wrong)


def _wrong(row: Row, world: Mapping[str, Area], visitors: "Visitors") -> list[str]:
    """Ask as everyone, about every place; return the answers that are not as the row says."""
    actual: dict[tuple[str, str], int] = {}
    expected: dict[tuple[str, str], int] = {}
    for where, area in _areas(row, world).items():
        kwargs, data = row.kwargs(area), row.data(area)
        for who in WHO:
            actual[who, where] = _status(row, visitors.client(row, who), kwargs, data)
            expected[who, where] = _expected(row, where, who)
        actual["signed out", where] = _status(row, visitors.stranger(), kwargs, data)
        expected["signed out", where] = row.signed_out or (401 if row.is_api else 302)
    return [
        f"{who}, {where}: {actual[who, where]}, expected {status}"
        for (who, where), status in expected.items()
        if actual[who, where] != status
    ]


@pytest.mark.django_db
def test_other_methods_are_refused() -> None:
    """A form's address without a row for POST, say, must not take one."""
    area = build_world()["own"]
    visitors = Visitors(area.users)
    taken = []
    for name, row in sorted({row.name: row for row in ROWS if not row.is_api}.items()):
        with transaction.atomic():
            kwargs = row.kwargs(area)
            visitor = visitors.client(row, "hub_administrator")
            others = [m for m in ("get", "post", "put", "delete") if (name, m) not in METHODS]
            answers = {m: _status(Row(name, m), visitor, kwargs, {}) for m in others}
            taken += [f"{m} {name}: {status}" for m, status in answers.items() if status != 405]
            transaction.set_rollback(True)
    assert not taken, "\n".join(taken)


class Visitors:
    """Everyone, signed in once; each request gets a browser of its own with that sign-in."""

    def __init__(self, users: Mapping[str, User]) -> None:
        self.cookies = {who: _cookies(users[who]) for who in WHO}
        self.tokens = {who: _token(users[who]) for who in WHO}
        # One chain of middleware, as a server has; a client would build one for each request.
        self.handler = ClientHandler(enforce_csrf_checks=False)

    def client(self, row: Row, who: str) -> Client:
        """Return a browser for a page, or a program with a token for the API."""
        if row.is_api:
            return self._served(Client(headers={"Authorization": f"Bearer {self.tokens[who]}"}))
        client = self.stranger()
        client.cookies.load(self.cookies[who])
        return client

    def stranger(self) -> Client:
        """Return a browser, or a program, of somebody who is not signed in."""
        return self._served(Client())

    def _served(self, client: Client) -> Client:
        client.handler = self.handler
        return client


def _cookies(user: User) -> str:
    client = Client()
    client.force_login(user)
    return client.cookies.output(header="", sep=";")


def _token(user: User) -> str:
    grant = active_role(user, None)
    by = Actor(user=user, role=grant, door=Door.PAGE)
    _, token = make_token(by=by, name="Matrix", role_grant=grant, days=1)
    return token


def _areas(row: Row, world: Mapping[str, Area]) -> dict[str, Area]:
    """Return the areas to ask about; a row that names a place must say what is true elsewhere."""
    if row.other is not None:
        return dict(world)
    assert row.kwargs(world["own"]) == row.kwargs(world["other"]), f"{row} needs `other`"
    return {"own": world["own"]}


def _expected(row: Row, where: str, who: str) -> int:
    statuses = {"own": row.own, "neighbour": row.neighbour, "other": row.other}[where]
    return (row.own if statuses is None else statuses).get(who, 404)


def _status(
    row: Row, client: Client, kwargs: Mapping[str, object], data: Mapping[str, object]
) -> int:
    """Return what a request gets, and undo what it did."""
    url = reverse(row.name, kwargs=dict(kwargs))
    with transaction.atomic():
        response = getattr(client, row.method)(url, **_body(row, data))
        transaction.set_rollback(True)
    if response.status_code == 302 and not row.is_api and "_auth_user_id" not in client.session:
        assert response["Location"].startswith(SIGN_IN), response["Location"]
    return int(response.status_code)


def _body(row: Row, data: Mapping[str, object]) -> dict[str, Any]:
    if row.is_api and row.method != "get":
        return {"data": json.dumps(data, default=str), "content_type": "application/json"}
    return {"data": dict(data)} if row.method in ("get", "post") else {}


def test_the_api_is_in_the_matrix() -> None:
    """Guards the prefix: were it renamed, every operation would count as a page."""
    assert any(name.startswith(API) for name in url_names())
