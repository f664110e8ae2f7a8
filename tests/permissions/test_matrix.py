"""Who may do what: every address x every role x own, neighbouring and other organisations."""

import json
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from accounts.actions.tokens import make_token
from accounts.actor import Actor, Door
from accounts.models import User
from accounts.queries.roles import active_role
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


def test_every_row_is_written_once() -> None:
    assert len({str(row) for row in ROWS}) == len(ROWS)


def test_every_address_has_a_row() -> None:
    assert url_names() - {row.name for row in ROWS} == set()


def test_every_row_has_an_address() -> None:
    assert {row.name for row in ROWS} - url_names() == set()


def test_every_operation_of_the_api_has_a_row() -> None:
    assert operations() - METHODS == set()


@pytest.mark.django_db
@pytest.mark.parametrize("row", ROWS, ids=str)
def test_who_may(row: Row) -> None:
    world = build_world()
    actual: dict[tuple[str, str], int] = {}
    expected: dict[tuple[str, str], int] = {}
    for where, area in _areas(row, world).items():
        kwargs, data = row.kwargs(area), row.data(area)
        for who in WHO:
            visitor = _visitor(row, world["own"].users[who])
            actual[who, where] = _status(row, visitor, kwargs, data)
            expected[who, where] = _expected(row, where, who)
        actual["signed out", where] = _status(row, Client(), kwargs, data)
        expected["signed out", where] = row.signed_out or (401 if row.is_api else 302)
    wrong = [
        f"{who}, {where}: {actual[who, where]}, expected {status}"
        for (who, where), status in expected.items()
        if actual[who, where] != status
    ]
    assert not wrong, "\n".join(wrong)


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted({row.name for row in ROWS if not row.is_api}))
def test_other_methods_are_refused(name: str) -> None:
    """A form's address without a row for POST, say, must not take one."""
    area = build_world()["own"]
    kwargs = next(row for row in ROWS if row.name == name).kwargs(area)
    visitor = _visitor(Row(name), area.users["hub_administrator"])
    others = [m for m in ("get", "post", "put", "delete") if (name, m) not in METHODS]
    assert {m: _status(Row(name, m), visitor, kwargs, {}) for m in others} == dict.fromkeys(
        others, 405
    )


def _areas(row: Row, world: Mapping[str, Area]) -> dict[str, Area]:
    """Return the areas to ask about; a row that names a place must say what is true elsewhere."""
    if row.other is not None:
        return dict(world)
    assert row.kwargs(world["own"]) == row.kwargs(world["other"]), f"{row} needs `other`"
    return {"own": world["own"]}


def _expected(row: Row, where: str, who: str) -> int:
    statuses = {"own": row.own, "neighbour": row.neighbour, "other": row.other}[where]
    return (row.own if statuses is None else statuses).get(who, 404)


def _visitor(row: Row, user: User) -> Client:
    if not row.is_api:
        client = Client()
        client.force_login(user)
        return client
    grant = active_role(user, None)
    by = Actor(user=user, role=grant, door=Door.PAGE)
    _, token = make_token(by=by, name="Matrix", role_grant=grant, days=1)
    return Client(headers={"Authorization": f"Bearer {token}"})


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
