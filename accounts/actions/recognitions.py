"""A clinician asks a hub to be recognised; the hub answers; either can end it."""

from functools import partial

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.access import authorise
from accounts.actor import Actor
from accounts.models.audit_event import Act
from accounts.models.recognition import Recognition, RecognitionState
from accounts.models.user import User
from accounts.permissions import Permission
from accounts.queries.people import recognition_of
from accounts.signals import left_hub
from accounts.tasks import send_news
from organisations.clock import today
from organisations.models.organisation import Kind, Organisation

OPEN = (RecognitionState.ASKED, RecognitionState.RECOGNISED)


@transaction.atomic
def ask_recognition(*, by: Actor, hub: Organisation) -> Recognition:
    """Ask a hub to recognise the signed-in user."""
    assert by.user is not None  # the page asks for sign-in first
    if hub.kind != Kind.TRAINING_HUB:
        raise ValidationError("Only a training hub recognises people.")
    if not hub.holds_on(today()):
        raise ValidationError("This hub has closed. Its page says where its work went.")
    # Locked, so that a double click asks once.
    User.objects.select_for_update().get(pk=by.user.pk)
    last = recognition_of(by.user, hub)
    if last is not None and last.state in OPEN:
        raise ValidationError("You have asked this hub already.")
    recognition = Recognition.objects.create(user=by.user, hub=hub)
    audit.record(
        by=by,
        act=Act.ASKED_RECOGNITION,
        subject=by.subject_id,
        thing=f"recognition:{recognition.public_id}",
    )
    return recognition


@transaction.atomic
def decide_recognition(*, by: Actor, recognition: Recognition, recognise: bool) -> None:
    """Recognise or decline somebody else; they are told that there is news."""
    authorise(by, Permission.DECIDE_RECOGNITION, recognition)
    if recognition.user == by.user:
        raise ValidationError("Nobody answers their own request. Ask another administrator.")
    state = RecognitionState.RECOGNISED if recognise else RecognitionState.DECLINED
    waiting = Recognition.objects.filter(pk=recognition.pk, state=RecognitionState.ASKED)
    if not waiting.update(state=state, decided_at=timezone.now(), decided_by=by.user):
        raise ValidationError("Somebody else answered this request, or it was taken back.")
    audit.record(
        by=by,
        act=Act.DECIDED_RECOGNITION,
        subject=recognition.user.subject_id,
        thing=f"recognition:{recognition.public_id}",
    )
    transaction.on_commit(partial(send_news.enqueue, str(recognition.user.public_id)))


@transaction.atomic
def end_recognition(*, by: Actor, recognition: Recognition) -> None:
    """End the hub's recognition of somebody else, as if they had left; they are told of news.

    What they offered to the hub or asked of it is withdrawn, pairs close kindly, and what they
    shared with the hub ends. They may ask again.
    """
    authorise(by, Permission.DECIDE_RECOGNITION, recognition)
    if recognition.user == by.user:
        raise ValidationError("Leave the hub yourself, on its page “Join”.")
    recognised = Recognition.objects.filter(pk=recognition.pk, state=RecognitionState.RECOGNISED)
    if not recognised.update(
        state=RecognitionState.LEFT, decided_at=timezone.now(), decided_by=by.user
    ):
        raise ValidationError("The hub does not recognise this person any more.")
    audit.record(
        by=by,
        act=Act.ENDED_RECOGNITION,
        subject=recognition.user.subject_id,
        thing=f"recognition:{recognition.public_id}",
    )
    left_hub.send(Recognition, user=recognition.user, hub=recognition.hub, by=by)
    transaction.on_commit(partial(send_news.enqueue, str(recognition.user.public_id)))


@transaction.atomic
def leave_hub(*, by: Actor, hub: Organisation) -> None:
    """Take back the signed-in user's own request, or leave a hub that has recognised them."""
    left = Recognition.objects.filter(user=by.user, hub=hub, state__in=OPEN).update(
        state=RecognitionState.LEFT, decided_at=timezone.now()
    )
    if not left:
        raise ValidationError("You have no open request to this hub.")
    audit.record(by=by, act=Act.LEFT_HUB, subject=by.subject_id, thing=f"hub:{hub.slug}")
    # For a request that was never answered too: listeners find nothing to close.
    left_hub.send(Recognition, user=by.user, hub=hub, by=by)
