from io import StringIO

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from hubs.demo import load
from hubs.demo.accounts import ACCOUNTS, PASSWORD
from hubs.demo.load import is_loaded
from hubs.management.commands import load_demo as command


def say(**options: object) -> str:
    """Return what the command prints."""
    out = StringIO()
    call_command("load_demo", stdout=out, **options)
    return out.getvalue()


@pytest.mark.django_db
def test_prints_every_account_the_first_time_and_the_second(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # Published months take longest to load, and the command says nothing of them.
    monkeypatch.setattr(load, "_store_published", lambda demo: None)
    first, second = say(), say()
    assert is_loaded()
    assert first.startswith("The demo hub is loaded.")
    assert second.startswith("The demo hub is there; nothing was changed.")
    for text in (first, second):
        for account in ACCOUNTS:
            assert f"{account.label} " in text
            assert account.email in text
        assert text.count(PASSWORD) == len(ACCOUNTS)


@pytest.mark.parametrize("is_new", [True, False])
def test_columns_stand_below_each_other(monkeypatch: pytest.MonkeyPatch, is_new: bool) -> None:
    monkeypatch.setattr(command, "load_demo", lambda: is_new)
    lines = say().splitlines()
    rule = next(line for line in lines if line.startswith("---"))
    second_column = rule.index(" -") + 1
    for account in ACCOUNTS:
        line = next(line for line in lines if account.email in line)
        assert line.index(account.email) == second_column


def test_prints_nothing_when_asked_for_quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = iter([True])
    monkeypatch.setattr(command, "load_demo", lambda: next(asked))
    assert say(verbosity=0) == ""
    assert next(asked, None) is None


@pytest.mark.django_db
def test_refuses_in_production_and_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "IS_PRODUCTION", True)
    with pytest.raises(CommandError, match="RETENTION_HUB_ENV=demo"):
        say()
    assert not is_loaded()
