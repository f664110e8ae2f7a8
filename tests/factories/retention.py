"""Makes people, posts and session patterns."""

import datetime as dt

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from accounts.models import Subject
from organisations.clock import today
from retention.models import (
    Absence,
    Person,
    Post,
    PostChange,
    PostcodeDistrict,
    SessionCell,
    SessionPattern,
)
from tests.factories.accounts import UserFactory
from tests.factories.organisations import LONG_AGO, PracticeFactory


class SubjectFactory(DjangoModelFactory[Subject]):
    class Meta:
        model = Subject


class PersonFactory(DjangoModelFactory[Person]):
    """A person without an account; RegisteredPersonFactory makes one with."""

    class Meta:
        model = Person

    subject = factory.SubFactory(SubjectFactory)
    name = factory.Sequence(lambda n: f"Dr Fictional{n}")
    profession = "gp"
    year_of_birth = 1966
    qualified_year = 1996


class RegisteredPersonFactory(PersonFactory):
    user = factory.SubFactory(UserFactory)
    subject = factory.LazyAttribute(lambda o: o.user.subject)
    name = factory.LazyAttribute(lambda o: o.user.name)


class PostFactory(DjangoModelFactory[Post]):
    class Meta:
        model = Post

    person = factory.SubFactory(PersonFactory)
    organisation = factory.SubFactory(PracticeFactory)
    role = "partner"
    confirmed_on = LONG_AGO
    starts_on = LONG_AGO


class AbsenceFactory(DjangoModelFactory[Absence]):
    """Away for half a year, without a day back."""

    class Meta:
        model = Absence

    post = factory.SubFactory(PostFactory)
    starts_on = factory.LazyFunction(lambda: today() - dt.timedelta(days=180))
    reason = "parental"


class PostChangeFactory(DjangoModelFactory[PostChange]):
    """A draft: retiring in half a year."""

    class Meta:
        model = PostChange

    post = factory.SubFactory(PostFactory)
    change = "retired"
    starts_on = factory.LazyFunction(lambda: today() + dt.timedelta(days=180))


class SessionPatternFactory(DjangoModelFactory[SessionPattern]):
    """A told pattern since long ago, with no half-days; add them by SessionCellFactory."""

    class Meta:
        model = SessionPattern

    post = factory.SubFactory(PostFactory)
    starts_on = LONG_AGO
    told_at = factory.LazyFunction(timezone.now)


class DraftPatternFactory(SessionPatternFactory):
    starts_on = factory.LazyFunction(lambda: dt.date(2030, 1, 1))
    told_at = None


class SessionCellFactory(DjangoModelFactory[SessionCell]):
    class Meta:
        model = SessionCell

    pattern = factory.SubFactory(SessionPatternFactory)
    weekday = 0
    part = "am"
    kind = "clinical"
    minutes = 250


class PostcodeDistrictFactory(DjangoModelFactory[PostcodeDistrict]):
    class Meta:
        model = PostcodeDistrict
        django_get_or_create = ("code",)

    code = "ZZ1"
    latitude = 52.0
    longitude = -1.0
