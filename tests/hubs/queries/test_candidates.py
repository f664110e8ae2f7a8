"""Every hard rule removes a pair; nothing else does."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal

import pytest
from allauth.account.models import EmailAddress
from pytest_django import DjangoAssertNumQueries

from accounts.models import Recognition
from hubs.models import MenteeRequest, MentorOffer, Scheme
from hubs.queries.candidates import COLLEAGUES_FOR, candidates, still_possible
from organisations.clock import today
from organisations.models import Organisation
from retention.models import Person
from tests.factories.hubs import (
    MenteeRequestFactory,
    MentorOfferFactory,
    NeverEntryFactory,
    PairFactory,
    PairingRunFactory,
    SchemeFactory,
    districts,
    recognised_person,
)
from tests.factories.organisations import (
    HubFactory,
    LinkFactory,
    PracticeFactory,
    area_of_one_practice,
)
from tests.factories.retention import PostFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def scheme() -> Scheme:
    made: Scheme = SchemeFactory()
    return made


@pytest.fixture
def offer(scheme: Scheme) -> MentorOffer:
    made: MentorOffer = MentorOfferFactory(hub=scheme.hub)
    return made


@pytest.fixture
def request_(scheme: Scheme) -> MenteeRequest:
    made: MenteeRequest = MenteeRequestFactory(hub=scheme.hub)
    return made


def possible(scheme: Scheme) -> set[tuple[int, int]]:
    """The keys (request, offer) of the possible pairs."""
    got = candidates(scheme)
    return {
        (got.mentees[i]["pk"], got.mentors[j]["pk"])
        for i, j in zip(got.found.mentee.tolist(), got.found.mentor.tolist(), strict=True)
    }


def test_two_who_fit_are_a_candidate(
    scheme: Scheme, offer: MentorOffer, request_: MenteeRequest
) -> None:
    assert possible(scheme) == {(request_.pk, offer.pk)}


def test_the_score_is_the_sum_of_its_parts(
    scheme: Scheme, offer: MentorOffer, request_: MenteeRequest
) -> None:
    districts()
    MentorOffer.objects.update(district="ZZ1")
    MenteeRequest.objects.update(district="ZZ2")
    got = candidates(scheme)
    parts = got.parts(got.mentees[0], got.mentors[0])
    assert got.found.score.tolist() == [sum(part["points"] for part in parts.values())]
    assert parts["distance"]["km"] == 11
    assert parts["half_days"]["shared"] == ["0am"]


def same_practice(mentor: Person, mentee: Person) -> None:
    practice = PracticeFactory()
    for person in (mentor, mentee):
        PostFactory(person=person, organisation=practice)


def never_by_mentee(mentor: Person, mentee: Person) -> None:
    assert mentor.user is not None
    NeverEntryFactory(owner=mentee, email=mentor.user.email)


def never_by_mentor(mentor: Person, mentee: Person) -> None:
    assert mentee.user is not None
    NeverEntryFactory(owner=mentor, email=mentee.user.email.upper())


def never_practice_of_mentor(mentor: Person, mentee: Person) -> None:
    post = PostFactory(person=mentor)
    NeverEntryFactory(owner=mentee, email=None, practice=post.organisation)


def never_practice_of_mentee(mentor: Person, mentee: Person) -> None:
    post = PostFactory(person=mentee)
    NeverEntryFactory(owner=mentor, email=None, practice=post.organisation)


def practice_left_lately(mentor: Person, mentee: Person) -> None:
    practice = PracticeFactory()
    left = today() - COLLEAGUES_FOR + dt.timedelta(days=1)
    PostFactory(person=mentor, organisation=practice, ends_on=left)
    PostFactory(person=mentee, organisation=practice)


def never_practice_that_has_merged(mentor: Person, mentee: Person) -> None:
    """Twice, and in the end into a circle, which a bad file may make."""
    first, second, third = (PracticeFactory() for _ in range(3))
    for child, parent in ((first, second), (second, third), (third, second)):
        LinkFactory(kind="succeeded_by", child=child, parent=parent)
    PostFactory(person=mentor, organisation=third)
    NeverEntryFactory(owner=mentee, email=None, practice=first)


def never_by_mentor_before_the_mentee_moved(mentor: Person, mentee: Person) -> None:
    never_by_mentor(mentor, mentee)
    move(mentee, "elsewhere@example.org")
    move(mentee, "further@example.org")


def never_by_mentee_of_the_old_address(mentor: Person, mentee: Person) -> None:
    """Who writes the list may know the old address alone."""
    assert mentor.user is not None
    old = mentor.user.email
    move(mentor, "elsewhere@example.org")
    NeverEntryFactory(owner=mentee, email=old)


def never_by_mentee_of_another_confirmed_address(mentor: Person, mentee: Person) -> None:
    EmailAddress.objects.create(user=mentor.user, email="second@example.org", verified=True)
    NeverEntryFactory(owner=mentee, email="Second@example.org")


def move(person: Person, email: str) -> None:
    """Confirm a new address, as the page of allauth does, which then drops the old one."""
    address = EmailAddress.objects.create(user=person.user, email=email, verified=True)
    address.set_as_primary()
    EmailAddress.objects.filter(user=person.user).exclude(email=email).delete()


def mentor_not_recognised(mentor: Person, mentee: Person) -> None:
    Recognition.objects.filter(user=mentor.user).update(state="left")


def mentee_not_recognised(mentor: Person, mentee: Person) -> None:
    Recognition.objects.filter(user=mentee.user).update(state="declined")


def mentor_without_account(mentor: Person, mentee: Person) -> None:
    assert mentor.user is not None
    mentor.user.is_active = False
    mentor.user.save()


def offer_paused(mentor: Person, mentee: Person) -> None:
    MentorOffer.objects.update(state="paused")


def request_withdrawn(mentor: Person, mentee: Person) -> None:
    MenteeRequest.objects.update(state="withdrawn")


RULES: list[Callable[[Person, Person], None]] = [
    same_practice,
    never_by_mentee,
    never_by_mentor,
    never_by_mentor_before_the_mentee_moved,
    never_by_mentee_of_the_old_address,
    never_by_mentee_of_another_confirmed_address,
    never_practice_of_mentor,
    never_practice_of_mentee,
    never_practice_that_has_merged,
    practice_left_lately,
    mentor_not_recognised,
    mentee_not_recognised,
    mentor_without_account,
    offer_paused,
    request_withdrawn,
]


@pytest.mark.parametrize("rule", RULES)
def test_a_hard_rule_removes_the_pair(
    rule: Callable[[Person, Person], None],
    scheme: Scheme,
    offer: MentorOffer,
    request_: MenteeRequest,
) -> None:
    other = MentorOfferFactory(hub=scheme.hub)
    rule(offer.person, request_.person)
    assert (request_.pk, offer.pk) not in possible(scheme)
    if rule.__name__.startswith(("never", "practice", "same", "mentor")):
        assert (request_.pk, other.pk) in possible(scheme)


def test_an_address_that_is_not_confirmed_is_nobodys(
    scheme: Scheme, offer: MentorOffer, request_: MenteeRequest
) -> None:
    """Else anyone could find out who is on a list by claiming one address after the other."""
    EmailAddress.objects.create(user=request_.person.user, email="other@example.org")
    NeverEntryFactory(owner=offer.person, email="other@example.org")
    assert possible(scheme) == {(request_.pk, offer.pk)}


def test_an_address_that_went_to_somebody_else_names_both(
    scheme: Scheme, offer: MentorOffer, request_: MenteeRequest
) -> None:
    assert request_.person.user is not None
    old = request_.person.user.email
    NeverEntryFactory(owner=offer.person, email=old)
    move(request_.person, "elsewhere@example.org")
    heir = MenteeRequestFactory(
        hub=scheme.hub, person=recognised_person(scheme.hub, user__email=old)
    )
    third = MenteeRequestFactory(hub=scheme.hub)
    assert possible(scheme) == {(third.pk, offer.pk)}
    assert heir.person.user is not None


@pytest.mark.parametrize("state", ["approved", "active", "ended", "declined", "dismissed"])
def test_a_pair_that_stood_or_was_turned_down_does_not_come_again(
    state: str, scheme: Scheme, offer: MentorOffer, request_: MenteeRequest
) -> None:
    run = PairingRunFactory(scheme=scheme)
    answers = {"mentor_answer": "accepted", "mentee_answer": "accepted"}
    PairFactory(run=run, offer=offer, request=request_, state=state, **answers)
    assert possible(scheme) == set()


def test_an_open_proposal_may_come_again(
    scheme: Scheme, offer: MentorOffer, request_: MenteeRequest
) -> None:
    PairFactory(run=PairingRunFactory(scheme=scheme), offer=offer, request=request_)
    assert possible(scheme) == {(request_.pk, offer.pk)}


def test_what_another_hub_dismissed_does_not_bind(
    scheme: Scheme, offer: MentorOffer, request_: MenteeRequest
) -> None:
    elsewhere = HubFactory()
    PairFactory(
        run=PairingRunFactory(scheme__hub=elsewhere),
        offer=MentorOfferFactory(hub=elsewhere, person=offer.person),
        request=MenteeRequestFactory(hub=elsewhere, person=request_.person),
        state="dismissed",
    )
    assert possible(scheme) == {(request_.pk, offer.pk)}


def test_nobody_mentors_themselves(scheme: Scheme) -> None:
    person = recognised_person(scheme.hub)
    MentorOfferFactory(hub=scheme.hub, person=person)
    MenteeRequestFactory(hub=scheme.hub, person=person)
    assert possible(scheme) == set()


def test_a_practice_left_two_years_ago_is_no_conflict(
    scheme: Scheme, offer: MentorOffer, request_: MenteeRequest
) -> None:
    practice = PracticeFactory()
    left = today() - COLLEAGUES_FOR
    PostFactory(person=offer.person, organisation=practice, ends_on=left)
    PostFactory(person=request_.person, organisation=practice)
    assert possible(scheme) == {(request_.pk, offer.pk)}


def test_who_does_not_fit_the_scheme_is_no_mentor(
    scheme: Scheme, offer: MentorOffer, request_: MenteeRequest
) -> None:
    Scheme.objects.update(min_clinical_sessions=Decimal("3.5"))
    scheme.refresh_from_db()
    assert len(candidates(scheme).mentors) == 0


def test_capacity_is_what_is_left(
    scheme: Scheme, offer: MentorOffer, request_: MenteeRequest
) -> None:
    PairFactory(run=PairingRunFactory(scheme=scheme), offer=offer, state="approved")
    assert candidates(scheme).capacity.tolist() == [3]
    MentorOffer.objects.update(hours_a_month=1)
    assert candidates(scheme).capacity.tolist() == [0]


def test_another_hubs_people_stay_out(scheme: Scheme, request_: MenteeRequest) -> None:
    MentorOfferFactory()
    assert possible(scheme) == set()


def test_a_scheme_for_one_icb_takes_mentees_who_work_there() -> None:
    places: dict[str, Organisation] = area_of_one_practice()
    scheme = SchemeFactory(hub=places["hub"], area=places["icb"])
    offer = MentorOfferFactory(hub=places["hub"])
    inside, _ = (MenteeRequestFactory(hub=places["hub"]) for _ in range(2))
    PostFactory(person=inside.person, organisation=places["practice"])
    assert possible(scheme) == {(inside.pk, offer.pk)}


def test_a_proposal_is_checked_again_before_it_is_approved(
    scheme: Scheme, offer: MentorOffer, request_: MenteeRequest
) -> None:
    pair = PairFactory(run=PairingRunFactory(scheme=scheme), offer=offer, request=request_)
    assert still_possible(scheme, [pair]) == {pair.pk}
    never_by_mentor(offer.person, request_.person)
    assert still_possible(scheme, [pair]) == set()


def test_queries_do_not_grow_with_the_people(
    scheme: Scheme, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(6):
        offer = MentorOfferFactory(hub=scheme.hub)
        NeverEntryFactory(owner=offer.person)
        PostFactory(person=MenteeRequestFactory(hub=scheme.hub).person)
    with django_assert_max_num_queries(12):
        assert len(possible(scheme)) == 36
