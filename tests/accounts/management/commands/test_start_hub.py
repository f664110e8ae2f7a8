"""The command that sets up a hub."""

from io import StringIO

import pytest
from django.core.mail import EmailMessage
from django.core.management import CommandError, call_command
from pytest_django import DjangoCaptureOnCommitCallbacks

from accounts.models import Invitation
from accounts.queries.invitations import with_token
from organisations.models import Agreement, Organisation
from organisations.queries.agreements import PURPOSES
from tests.factories.organisations import area_of_one_practice

pytestmark = pytest.mark.django_db


@pytest.fixture
def options() -> list[str]:
    """Every answer, as options."""
    return [
        "--name=Moorside Training Hub",
        "--slug=moorside",
        f"--icb={area_of_one_practice()['icb'].code}",
        "--administrator-email=admin@example.org",
        "--administrator-name=Robin Admin",
        "--controller=A trust",
        "--lawful-basis=6(1)(e)",
        "--agreed-on=2026-04-01",
        "--notice-given-on=2026-04-02",
    ]


def run(options: list[str]) -> str:
    out = StringIO()
    call_command("start_hub", *options, stdout=out)
    return out.getvalue()


def test_prints_a_link_that_works_and_sends_it(
    options: list[str],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
    mailoutbox: list[EmailMessage],
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        told = run([*options, "--no-input"])
    link = told.strip().splitlines()[-1]
    assert with_token(link.rstrip("/").rsplit("/", 1)[1]) == Invitation.objects.get()
    assert link in str(mailoutbox[0].body)
    assert "set up" in told
    assert Agreement.objects.filter(controller="A trust").count() == len(PURPOSES)


def test_again_says_what_stands(options: list[str]) -> None:
    first, again = run(options), run(options)
    assert "stands already" in again
    assert "Agreements added: 0." in again
    assert first.splitlines()[-1] == again.splitlines()[-1]


def test_asks_for_what_is_not_given(options: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    answers = {"Name of": "Hillside Hub", "notice": ""}

    def answer(question: str) -> str:
        asked.append(question)
        return next(text for part, text in answers.items() if part in question)

    monkeypatch.setattr("builtins.input", answer)
    run([option for option in options if not option.startswith(("--name", "--notice"))])
    assert len(asked) == 1 + len(PURPOSES)
    assert Organisation.objects.get(slug="moorside").name == "Hillside Hub"
    assert not Agreement.objects.filter(notice_given_on__isnull=False).exists()


def test_without_input_a_missing_option_is_named(options: list[str]) -> None:
    with pytest.raises(CommandError, match="It answers: Administrator's name"):
        run([*(o for o in options if "administrator-name" not in o), "--no-input"])
    assert not Organisation.objects.filter(slug="moorside").exists()


def test_nobody_at_the_keyboard(options: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    def closed(question: str) -> str:
        raise EOFError

    monkeypatch.setattr("builtins.input", closed)
    with pytest.raises(CommandError, match="give the answers as options"):
        run(options[1:])


@pytest.mark.parametrize(
    ("option", "says"),
    [
        ("--agreed-on=1 April", "Write it as 2026-04-01"),
        ("--icb=QZZ", "Load the practice map first"),
        ("--administrator-email=nobody", "valid email"),
        ("--slug=Moor Side", "slug"),
    ],
)
def test_bad_answer_says_what_to_do(options: list[str], option: str, says: str) -> None:
    name = option.split("=")[0]
    with pytest.raises(CommandError, match=says):
        run([*(each for each in options if not each.startswith(name)), option])
    assert not Invitation.objects.exists()
