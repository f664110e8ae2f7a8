"""Asking to be recognised, and the answer."""

import pytest
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.http import Http404
from pytest_django import DjangoCaptureOnCommitCallbacks

from accounts.actions.recognitions import (
    ask_recognition,
    decide_recognition,
    end_recognition,
    leave_hub,
)
from accounts.actor import Actor
from accounts.models import AuditEvent, Recognition
from accounts.models.audit_event import Act
from accounts.models.recognition import RecognitionState
from organisations.models import Organisation
from tests.factories.accounts import RecognitionFactory, actor
from tests.factories.organisations import HubFactory, PracticeFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def hub() -> Organisation:
    made: Organisation = HubFactory()
    return made


@pytest.fixture
def administrator(hub: Organisation) -> Actor:
    return actor("hub_administrator", hub)


def test_anyone_asks_without_a_role_or_a_practice(hub: Organisation) -> None:
    by = actor()
    recognition = ask_recognition(by=by, hub=hub)
    assert recognition.state == RecognitionState.ASKED
    assert AuditEvent.objects.get().act == Act.ASKED_RECOGNITION
    with pytest.raises(ValidationError, match="asked this hub already"):
        ask_recognition(by=by, hub=hub)


def test_only_a_hub_can_be_asked() -> None:
    with pytest.raises(ValidationError, match="Only a training hub"):
        ask_recognition(by=actor(), hub=PracticeFactory())


@pytest.mark.parametrize(("recognise", "state"), [(True, "recognised"), (False, "declined")])
def test_answer_is_kept_with_who_and_when(
    hub: Organisation, administrator: Actor, recognise: bool, state: str
) -> None:
    recognition = RecognitionFactory(hub=hub)
    decide_recognition(by=administrator, recognition=recognition, recognise=recognise)
    recognition.refresh_from_db()
    assert recognition.state == state
    assert recognition.decided_by == administrator.user
    assert recognition.decided_at is not None
    assert AuditEvent.objects.get().subject == recognition.user.subject_id


def test_message_says_that_there_is_news_and_not_which(
    hub: Organisation,
    administrator: Actor,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
    mailoutbox: list[EmailMessage],
) -> None:
    recognition = RecognitionFactory(hub=hub)
    with django_capture_on_commit_callbacks(execute=True):
        decide_recognition(by=administrator, recognition=recognition, recognise=False)
    (message,) = mailoutbox
    assert message.to == [recognition.user.email]
    told = f"{message.subject} {message.body}".lower()
    assert "declined" not in told
    assert hub.name.lower() not in told


def test_nobody_answers_their_own(hub: Organisation, administrator: Actor) -> None:
    own = RecognitionFactory(hub=hub, user=administrator.user)
    with pytest.raises(ValidationError, match="their own request"):
        decide_recognition(by=administrator, recognition=own, recognise=True)


def test_another_hub_does_not_answer(hub: Organisation) -> None:
    recognition = RecognitionFactory(hub=hub)
    for by in (actor("hub_administrator", HubFactory()), actor("hub_retention_lead", hub)):
        with pytest.raises(Http404):
            decide_recognition(by=by, recognition=recognition, recognise=True)


def test_answer_that_comes_too_late_changes_nothing(
    hub: Organisation, administrator: Actor
) -> None:
    asking = actor()
    recognition = ask_recognition(by=asking, hub=hub)
    leave_hub(by=asking, hub=hub)
    with pytest.raises(ValidationError, match="taken back"):
        decide_recognition(by=administrator, recognition=recognition, recognise=True)
    assert Recognition.objects.get().state == RecognitionState.LEFT


def test_who_left_can_ask_again_and_both_are_kept(hub: Organisation) -> None:
    by = actor()
    ask_recognition(by=by, hub=hub)
    leave_hub(by=by, hub=hub)
    with pytest.raises(ValidationError, match="no open request"):
        leave_hub(by=by, hub=hub)
    ask_recognition(by=by, hub=hub)
    assert list(Recognition.objects.values_list("state", flat=True)) == ["left", "asked"]


def test_leaving_one_hub_leaves_the_other(hub: Organisation) -> None:
    by = actor()
    other = RecognitionFactory(user=by.user, state=RecognitionState.RECOGNISED)
    RecognitionFactory(user=by.user, hub=hub, state=RecognitionState.RECOGNISED)
    leave_hub(by=by, hub=hub)
    other.refresh_from_db()
    assert other.state == RecognitionState.RECOGNISED


def test_a_hub_ends_a_recognition_and_they_hear_that_there_is_news(
    hub: Organisation,
    administrator: Actor,
    mailoutbox: list[EmailMessage],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    recognition = RecognitionFactory(hub=hub, state=RecognitionState.RECOGNISED)
    with django_capture_on_commit_callbacks(execute=True):
        end_recognition(by=administrator, recognition=recognition)
    recognition.refresh_from_db()
    assert recognition.state == RecognitionState.LEFT
    assert recognition.decided_by == administrator.user
    (event,) = AuditEvent.objects.filter(act=Act.ENDED_RECOGNITION)
    assert event.subject == recognition.user.subject_id
    assert [message.to for message in mailoutbox] == [[recognition.user.email]]
    assert "recogni" not in mailoutbox[0].subject + str(mailoutbox[0].body)
    with pytest.raises(ValidationError, match="any more"):
        end_recognition(by=administrator, recognition=recognition)
    assert ask_recognition(by=actor(user=recognition.user), hub=hub).pk != recognition.pk


@pytest.mark.parametrize("state", ["asked", "declined", "left"])
def test_only_a_recognition_that_stands_can_end(
    hub: Organisation, administrator: Actor, state: str
) -> None:
    recognition = RecognitionFactory(hub=hub, state=state)
    with pytest.raises(ValidationError, match="any more"):
        end_recognition(by=administrator, recognition=recognition)
    assert not AuditEvent.objects.exists()


def test_nobody_ends_their_own_and_nobody_elses_hub_is_theirs(
    hub: Organisation, administrator: Actor
) -> None:
    own = RecognitionFactory(hub=hub, user=administrator.user, state="recognised")
    with pytest.raises(ValidationError, match="Leave the hub yourself"):
        end_recognition(by=administrator, recognition=own)
    other = RecognitionFactory(state="recognised")
    for by in (administrator, actor("hub_retention_lead", other.hub), actor()):
        with pytest.raises(Http404):
            end_recognition(by=by, recognition=other)
