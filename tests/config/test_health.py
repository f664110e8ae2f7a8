"""The two addresses that a machine asks."""

import pytest
from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor
from django.test import Client
from django.urls import reverse

from config import health


def test_a_living_process_says_so_without_the_database(client: Client) -> None:
    assert client.get("/healthz").json() == {"status": "ok"}


@pytest.mark.django_db
def test_ready_when_the_database_answers(client: Client) -> None:
    answer = client.get(reverse("readyz"))
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


@pytest.mark.django_db
def test_not_ready_while_migrations_are_missing(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(MigrationExecutor, "migration_plan", lambda *args: ["one"])
    assert client.get(reverse("readyz")).status_code == 503


@pytest.mark.django_db
def test_not_ready_while_the_database_is_silent(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def silent(*args: object) -> None:
        raise OperationalError("no answer")

    monkeypatch.setattr(health, "MigrationExecutor", silent)
    answer = client.get(reverse("readyz"))
    assert answer.status_code == 503
    assert answer.json() == {"status": "database does not answer"}
    assert connection.is_usable()
