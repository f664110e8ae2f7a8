"""Makes schemes, offers, requests, runs, pairs and meetings; all in one hub if given one."""

import datetime as dt
from decimal import Decimal

import factory
from factory.django import DjangoModelFactory

from accounts.models.recognition import RecognitionState
from accounts.sealing import seal
from hubs.models import (
    ConversationRequest,
    ConversationRound,
    Meeting,
    MenteeRequest,
    MentorOffer,
    NeverEntry,
    Pair,
    PairingRun,
    Scheme,
)
from hubs.models.pair import PairState
from hubs.models.pairing_run import RunState
from hubs.models.scheme import SchemeState
from hubs.never_digest import email_digest
from hubs.queries.conversations import Contact, sealed_contact
from organisations.clock import today
from organisations.models import Organisation
from organisations.queries.agreements import CONVERSATIONS
from retention.models import Person
from tests.factories.accounts import RecognitionFactory
from tests.factories.organisations import LONG_AGO, AgreementFactory, HubFactory
from tests.factories.retention import PostcodeDistrictFactory, RegisteredPersonFactory


class SchemeFactory(DjangoModelFactory[Scheme]):
    """An open scheme of the whole hub without any rule."""

    class Meta:
        model = Scheme

    hub = factory.SubFactory(HubFactory)
    area = factory.LazyAttribute(lambda o: o.hub)
    name = factory.Sequence(lambda n: f"Mentoring {n}")
    purpose = "Pays experienced colleagues to mentor."
    state = SchemeState.OPEN
    starts_on = dt.date(2026, 4, 1)
    ends_on = dt.date(2031, 3, 31)
    rate = Decimal(289)
    budget = Decimal(28_900)
    places = 10


def recognised_person(hub: Organisation, **fields: object) -> Person:
    """Make a person with an account whom a hub recognises."""
    person: Person = RegisteredPersonFactory(**fields)
    RecognitionFactory(user=person.user, hub=hub, state=RecognitionState.RECOGNISED)
    return person


class MentorOfferFactory(DjangoModelFactory[MentorOffer]):
    """Six hours a month: places for four mentees."""

    class Meta:
        model = MentorOffer

    hub = factory.SubFactory(HubFactory)
    person = factory.LazyAttribute(lambda o: recognised_person(o.hub))
    half_days = ["0am", "2pm"]
    hours_a_month = Decimal(6)
    remote = True
    interests = ["career", "teaching"]
    clinical_sessions = Decimal(3)
    has_licence = True
    on_performers_list = True


class MenteeRequestFactory(DjangoModelFactory[MenteeRequest]):
    class Meta:
        model = MenteeRequest

    hub = factory.SubFactory(HubFactory)
    person = factory.LazyAttribute(lambda o: recognised_person(o.hub))
    stage = "new"
    half_days = ["0am", "3am"]
    remote = True
    interests = ["career"]


class NeverEntryFactory(DjangoModelFactory[NeverEntry]):
    """An address, given as `email`; or give `practice` and email=None."""

    class Meta:
        model = NeverEntry

    class Params:
        email = "never@example.org"

    owner = factory.SubFactory(RegisteredPersonFactory)
    email_digest = factory.LazyAttribute(lambda o: email_digest(o.email) if o.email else "")
    sealed_label = factory.LazyAttribute(lambda o: seal(o.email) if o.email else None)


class PairingRunFactory(DjangoModelFactory[PairingRun]):
    class Meta:
        model = PairingRun

    scheme = factory.SubFactory(SchemeFactory)
    state = RunState.DONE
    figures = {
        "mentees": 1,
        "mentors": 1,
        "places": 4,
        "candidates": 1,
        "pairs": 1,
        "total": 500,
        "seconds": 0.01,
        "proved_optimal": True,
    }


class PairFactory(DjangoModelFactory[Pair]):
    """A proposal; give `run` to say in which scheme."""

    class Meta:
        model = Pair

    run = factory.SubFactory(PairingRunFactory)
    offer = factory.LazyAttribute(lambda o: MentorOfferFactory(hub=o.run.scheme.hub))
    request = factory.LazyAttribute(lambda o: MenteeRequestFactory(hub=o.run.scheme.hub))
    score = 500
    parts = {
        "interests": {"points": 150, "of": 350, "shared": ["career"]},
        "half_days": {"points": 100, "of": 250, "shared": ["0am"]},
        "distance": {"points": 50, "of": 200, "km": 41},
        "profession": {"points": 200, "of": 200, "same": True, "wanted": False},
    }


class ActivePairFactory(PairFactory):
    class Meta:
        model = Pair
        skip_postgeneration_save = True

    state = PairState.ACTIVE
    mentor_answer = "accepted"
    mentee_answer = "accepted"
    started_on = dt.date(2026, 5, 1)

    @factory.post_generation
    def paired(obj: Pair, create: bool, extracted: object, **kwargs: object) -> None:  # noqa: N805  (the library gives the made object)
        MenteeRequest.objects.filter(pk=obj.request_id).update(state="paired")


class MeetingFactory(DjangoModelFactory[Meeting]):
    class Meta:
        model = Meeting

    pair = factory.SubFactory(ActivePairFactory)
    held_on = dt.date(2026, 6, 1)
    minutes = 60
    kind = "video"
    state = "done"
    logged_by = factory.LazyAttribute(lambda o: o.pair.offer.person.user)


def agree_on_conversations(hub: Organisation) -> None:
    """Give a hub what it needs before it may invite and be asked, unless it has it."""
    if not hub.agreements.filter(purpose=CONVERSATIONS).exists():
        AgreementFactory(hub=hub, purpose=CONVERSATIONS, notice_given_on=LONG_AGO)


class ConversationRoundFactory(DjangoModelFactory[ConversationRound]):
    """A network that was invited today; give `hub` and `network`."""

    class Meta:
        model = ConversationRound

    @classmethod
    def _create(
        cls, model_class: type[ConversationRound], *args: object, **kwargs: object
    ) -> ConversationRound:
        agree_on_conversations(kwargs["hub"])  # type: ignore[arg-type]  # a hub is given
        made: ConversationRound = super()._create(model_class, *args, **kwargs)
        return made

    starts_on = factory.LazyFunction(today)
    ends_on = factory.LazyAttribute(lambda o: o.starts_on + dt.timedelta(days=60))


class ConversationRequestFactory(DjangoModelFactory[ConversationRequest]):
    """Somebody who asked a hub to ring them."""

    class Meta:
        model = ConversationRequest

    class Params:
        contact = "07700 900123"
        times = "Tuesdays after six"

    hub = factory.SubFactory(HubFactory)
    person = factory.SubFactory(RegisteredPersonFactory)
    way = "phone"
    version = 1
    sealed = factory.LazyAttribute(lambda o: sealed_contact(Contact(o.contact, o.times)))


def districts() -> None:
    """Make three districts: ZZ1, ZZ2 some 11 km north of it, ZZ9 some 111 km."""
    for code, latitude in (("ZZ1", 52.0), ("ZZ2", 52.1), ("ZZ9", 53.0)):
        PostcodeDistrictFactory(code=code, latitude=latitude, longitude=-1.0)
