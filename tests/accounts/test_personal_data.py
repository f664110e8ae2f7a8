"""The list of what is held on a person."""

from pathlib import Path

import pytest

from accounts import personal_data
from accounts.personal_data import PersonalDataKind, kinds, register

DOCUMENT = Path(__file__).parents[2] / "docs" / "data-protection.md"


@pytest.fixture
def empty(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(personal_data, "_KINDS", {})


def kind(name: str) -> PersonalDataKind:
    return PersonalDataKind(name, "a day", lambda user: None, lambda user, by: None)


@pytest.mark.usefixtures("empty")
def test_kinds_come_in_the_order_of_registration() -> None:
    register(kind("b"))
    register(kind("a"))
    assert [each.name for each in kinds()] == ["b", "a"]


@pytest.mark.usefixtures("empty")
def test_name_is_used_once() -> None:
    register(kind("plans"))
    with pytest.raises(ValueError, match="registered twice: plans"):
        register(kind("plans"))


def test_account_is_registered_first_and_so_erased_last() -> None:
    assert kinds()[0].name.startswith("Account")


def test_document_has_the_table_that_the_service_shows() -> None:
    """docs/data-protection.md and the page "Your data" say the same."""
    rows = [f"| {each.name} | {each.kept} |" for each in kinds()]
    text = DOCUMENT.read_text("utf-8")
    missing = [row for row in rows if row not in text]
    assert not missing, "Put into the table of docs/data-protection.md:\n" + "\n".join(missing)
