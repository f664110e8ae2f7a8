import datetime as dt

import pytest
from django.contrib.auth import authenticate
from django.contrib.auth.password_validation import validate_password
from django.test import RequestFactory

from hubs.demo.accounts import ACCOUNTS, BY_KEY, PASSWORD, DemoAccount
from hubs.demo.load import Demo
from retention.models import Person
from retention.models.post import PostRole


def person(made: Demo, key: str) -> Person:
    return next(
        person
        for person in made.records.people.values()
        if person.user and person.user.email == BY_KEY[key].email
    )


def test_clinicians_are_who_they_say(made: Demo, made_on: dt.date) -> None:
    # The first of each: one has a second post, elsewhere.
    posts = {post.person.public_id: post for post in reversed(made.records.posts)}
    people = {key: person(made, key) for key in ("senior_gp", "partner", "mentee")}
    senior, partner, mentee = (posts[people[key].public_id] for key in people)
    assert 55 <= made_on.year - (people["senior_gp"].year_of_birth or 0) <= 65
    assert senior.organisation is partner.organisation
    assert mentee.organisation is not senior.organisation
    assert partner.role == PostRole.PARTNER
    assert made_on.year - (people["mentee"].qualified_year or 0) <= 4


def test_they_neither_offer_nor_ask_yet(made: Demo) -> None:
    """That is what a visitor does."""
    taken = {offer.person.public_id for offer in made.mentoring.offers}
    taken |= {request.person.public_id for request in made.mentoring.requests}
    assert person(made, "senior_gp").public_id not in taken
    assert person(made, "mentee").public_id not in taken


def test_the_password_is_one_that_anyone_could_choose() -> None:
    validate_password(PASSWORD)


@pytest.mark.usefixtures("demo_without_history", "db")
class TestSigningIn:
    @pytest.mark.parametrize("account", ACCOUNTS, ids=lambda account: account.key)
    def test_each_account_signs_in(self, account: DemoAccount) -> None:
        user = authenticate(RequestFactory().post("/"), email=account.email, password=PASSWORD)
        assert user is not None
        assert user.get_username() == account.email
