"""What a place that closes, and an account whose person died, leave behind."""

import datetime as dt

import pytest
from django.http import Http404
from django.utils import timezone

from accounts.actions.place_changes import (
    authorise_change,
    carry_area,
    carry_clinicians,
    carry_recognitions,
    close_account,
    close_place,
)
from accounts.actor import Actor, Door
from accounts.models import ApiToken, Invitation, Recognition, RoleGrant
from accounts.models.audit_event import AuditEvent
from organisations.clock import today
from organisations.models import Agreement, Link, Organisation, Sharing
from organisations.queries.history import successor_of
from tests.factories.accounts import (
    InvitationFactory,
    RecognitionFactory,
    RoleGrantFactory,
    UserFactory,
    actor,
)
from tests.factories.organisations import (
    AgreementFactory,
    LinkFactory,
    SharingFactory,
    add_practice,
    area_of_one_practice,
)

pytestmark = pytest.mark.django_db
OPERATOR = Actor.command("life_event")
Places = dict[str, Organisation]


@pytest.fixture
def places() -> Places:
    return area_of_one_practice()


def days_on(days: int) -> dt.date:
    return today() + dt.timedelta(days=days)


def test_a_command_and_an_administrator_around_the_place_may_and_nobody_else(
    places: Places,
) -> None:
    practice = places["practice"]
    authorise_change(OPERATOR, practice)
    authorise_change(actor("hub_administrator", places["hub"]), practice)
    for stranger in (
        Actor(user=None, role=None, door=Door.COMMAND),
        actor("practice_manager", practice),
        actor("hub_administrator", area_of_one_practice()["hub"]),
    ):
        with pytest.raises(Http404):
            authorise_change(stranger, practice)


def test_a_place_closes_with_all_that_hangs_on_it_and_points_to_its_successor(
    places: Places,
) -> None:
    hub, on, into = places["hub"], days_on(5), area_of_one_practice()["hub"]
    SharingFactory(practice=places["practice"], recipient=hub, thing="patterns")
    agreement = AgreementFactory(hub=hub)
    RoleGrantFactory(role="hub_administrator", organisation=hub)
    used = InvitationFactory(organisation=hub, accepted_at=timezone.now())
    close_place(by=OPERATOR, place=hub, on=on, successor=into)
    hub.refresh_from_db()
    assert hub.ends_on == on
    assert successor_of(hub, on) == into
    assert successor_of(hub, today()) is None
    for rows in (Link.objects.filter(parent=hub), Sharing.objects, Agreement.objects):
        assert set(rows.values_list("ends_on", flat=True)) == {on}
    assert RoleGrant.objects.get().ends_on == on
    # Whoever has the agreement open in a form is told that it changed.
    assert Agreement.objects.get().version == agreement.version + 1
    assert Invitation.objects.get(pk=used.pk).withdrawn_at is None
    assert AuditEvent.objects.filter(thing=f"hub:{hub.slug}", why="Closed").count() == 1


def test_the_way_to_a_successor_goes_on_when_that_closes_too(places: Places) -> None:
    first, second, third = places["practice"], add_practice(places), add_practice(places)
    LinkFactory(kind="succeeded_by", child=first, parent=third)  # a file was mistaken
    close_place(by=OPERATOR, place=first, on=today(), successor=second)
    close_place(by=OPERATOR, place=second, on=today(), successor=third)
    assert successor_of(first, today()) == third
    assert Link.objects.filter(child=first, kind="succeeded_by", ends_on=None).count() == 1


def test_what_ended_before_keeps_its_day_and_what_comes_later_never_begins(places: Places) -> None:
    practice = places["practice"]
    early = SharingFactory(practice=practice, recipient=places["network"], ends_on=days_on(-400))
    late = SharingFactory(
        practice=practice, recipient=places["hub"], thing="patterns", starts_on=days_on(30)
    )
    close_place(by=OPERATOR, place=practice, on=days_on(5))
    early.refresh_from_db()
    late.refresh_from_db()
    assert early.ends_on == days_on(-400)
    assert late.ends_on == late.starts_on


def test_clinicians_are_carried_once_with_their_own_last_day(places: Places) -> None:
    from_, into = places["practice"], add_practice(places)
    both, ending = UserFactory(), UserFactory()
    for user, place, until in (
        (both, from_, None),
        (both, into, None),
        (ending, from_, days_on(60)),
        (UserFactory(), from_, days_on(3)),
    ):
        RoleGrantFactory(user=user, organisation=place, ends_on=until)
    RoleGrantFactory(role="practice_manager", organisation=from_)
    assert carry_clinicians(by=OPERATOR, from_=from_, into=into, on=days_on(5)) == 1
    made = RoleGrant.objects.get(user=ending, organisation=into)
    assert (made.starts_on, made.ends_on) == (days_on(5), days_on(60))
    assert RoleGrant.objects.filter(organisation=into).count() == 2
    assert AuditEvent.objects.filter(thing=f"role:{made.public_id}").count() == 1


def test_an_account_closes_with_roles_tokens_and_requests(places: Places) -> None:
    user = UserFactory()
    grant = RoleGrantFactory(user=user, organisation=places["practice"])
    token = ApiToken.objects.create(
        user=user, name="x", digest="0" * 64, ends_at=timezone.now() + dt.timedelta(days=30)
    )
    asked = RecognitionFactory(user=user, hub=places["hub"])
    with pytest.raises(Http404):
        close_account(by=actor("hub_administrator", places["hub"]), user=user)
    close_account(by=OPERATOR, user=user)
    for row in (user, grant, token, asked):
        row.refresh_from_db()
    assert not user.is_active
    assert grant.ends_on == today()
    assert token.revoked_at is not None
    assert asked.state == "left"
    assert AuditEvent.objects.filter(subject=user.subject_id).count() == 2


def test_a_hubs_area_and_people_are_carried_by_a_command_alone(places: Places) -> None:
    into = area_of_one_practice()["hub"]
    known = RecognitionFactory(hub=places["hub"], state="recognised")
    administrator = actor("hub_administrator", into)
    for carry in (carry_area, carry_recognitions):
        with pytest.raises(Http404):
            carry(by=administrator, from_=places["hub"], into=into)
    carry_area(by=OPERATOR, from_=places["hub"], into=into)
    carry_area(by=OPERATOR, from_=places["hub"], into=into)
    assert Link.objects.filter(parent=into, child=places["icb"]).count() == 1
    assert carry_recognitions(by=OPERATOR, from_=places["hub"], into=into) == [known.user]
    made = Recognition.objects.get(hub=into)
    assert (made.state, made.decided_by) == ("recognised", None)
    assert made.decided_at is not None


def test_clinicians_are_carried_no_further_than_the_other_place_stands(places: Places) -> None:
    from_, into = places["practice"], add_practice(places)
    RoleGrantFactory(organisation=from_)
    late = RoleGrantFactory(organisation=from_, starts_on=days_on(40))
    close_place(by=OPERATOR, place=into, on=days_on(30))
    assert carry_clinicians(by=OPERATOR, from_=from_, into=into, on=days_on(5)) == 1
    carried = RoleGrant.objects.get(organisation=into)
    assert (carried.starts_on, carried.ends_on) == (days_on(5), days_on(30))
    assert not late.user.role_grants.exclude(pk=late.pk).exists()
