from io import StringIO

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from hubs.demo import load
from hubs.demo.accounts import ACCOUNTS, PASSWORD
from hubs.demo.load import is_loaded


def say(**options: object) -> str:
    """Return what the command prints."""
    out = StringIO()
    call_command("load_demo", stdout=out, **options)
    return out.getvalue()


@pytest.fixture
def without_history(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Load no published months: they take long, and the command says nothing of them."""
    monkeypatch.setattr(load, "_store_published", lambda demo: None)


@pytest.mark.usefixtures("without_history")
def test_prints_every_account_the_first_time_and_the_second() -> None:
    first, second = say(), say()
    assert first.startswith("The demo hub is loaded.")
    assert second.startswith("The demo hub is there; nothing was changed.")
    for text in (first, second):
        for account in ACCOUNTS:
            assert f"{account.label} " in text
            assert account.email in text
        assert text.count(PASSWORD) == len(ACCOUNTS)


@pytest.mark.usefixtures("without_history")
@pytest.mark.no_cover
def test_columns_stand_below_each_other() -> None:
    lines = say().splitlines()
    rule = next(line for line in lines if line.startswith("---"))
    second_column = rule.index(" -") + 1
    for account in ACCOUNTS:
        line = next(line for line in lines if account.email in line)
        assert line.index(account.email) == second_column


@pytest.mark.usefixtures("without_history")
@pytest.mark.no_cover
def test_prints_nothing_when_asked_for_quiet() -> None:
    assert say(verbosity=0) == ""
    assert is_loaded()


@pytest.mark.django_db
def test_refuses_in_production_and_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "IS_PRODUCTION", True)
    with pytest.raises(CommandError, match="RETENTION_HUB_ENV=demo"):
        say()
    assert not is_loaded()
