"""Makes organisations, and the links that put a practice in its place."""

import datetime as dt

import factory
from factory.django import DjangoModelFactory

from organisations.models import Agreement, Link, Organisation, Sharing
from organisations.models.link import LinkKind
from organisations.models.organisation import Kind
from organisations.models.sharing import SharedThing

LONG_AGO = dt.date(2020, 4, 1)


class OrganisationFactory(DjangoModelFactory[Organisation]):
    class Meta:
        model = Organisation
        django_get_or_create = ("code",)

    kind = Kind.PRACTICE
    code = factory.Sequence(lambda n: f"Y{n:05d}")
    name = factory.LazyAttribute(lambda o: f"{o.kind} {o.code}")


class PracticeFactory(OrganisationFactory):
    kind = Kind.PRACTICE
    postcode = "ZZ1 1AA"


class NetworkFactory(OrganisationFactory):
    kind = Kind.NETWORK
    code = factory.Sequence(lambda n: f"U{n:05d}")


class SubIcbFactory(OrganisationFactory):
    kind = Kind.SUB_ICB
    code = factory.Sequence(lambda n: f"{n:03d}")


class IcbFactory(OrganisationFactory):
    kind = Kind.ICB
    code = factory.Sequence(lambda n: f"Q{n:02d}")


class RegionFactory(OrganisationFactory):
    kind = Kind.REGION
    code = factory.Sequence(lambda n: f"Y{n:02d}")


class HubFactory(OrganisationFactory):
    kind = Kind.TRAINING_HUB
    code = factory.Sequence(lambda n: f"HUB{n:03d}")
    slug = factory.Sequence(lambda n: f"hub-{n}")


class LinkFactory(DjangoModelFactory[Link]):
    class Meta:
        model = Link

    kind = LinkKind.PRACTICE_NETWORK
    child = factory.SubFactory(PracticeFactory)
    parent = factory.SubFactory(NetworkFactory)
    starts_on = LONG_AGO


class SharingFactory(DjangoModelFactory[Sharing]):
    class Meta:
        model = Sharing

    practice = factory.SubFactory(PracticeFactory)
    recipient = factory.SubFactory(NetworkFactory)
    thing = SharedThing.OUTLOOK
    starts_on = LONG_AGO


class AgreementFactory(DjangoModelFactory[Agreement]):
    class Meta:
        model = Agreement

    hub = factory.SubFactory(HubFactory)
    purpose = "Pairing mentors with mentees"
    controller = "Example Training Hub"
    lawful_basis = "6(1)(e)"
    starts_on = LONG_AGO


def area_of_one_practice(
    practice: Organisation | None = None, network: Organisation | None = None
) -> dict[str, Organisation]:
    """Make a practice with all above it: network, sub_icb, icb, region, country and hub."""
    places = {
        "practice": practice or PracticeFactory(),
        "network": network or NetworkFactory(),
        "sub_icb": SubIcbFactory(),
        "icb": IcbFactory(),
        "region": RegionFactory(),
        "country": OrganisationFactory(kind=Kind.COUNTRY, code="ENG", name="England"),
        "hub": HubFactory(),
    }
    for kind, child, parent in (
        (LinkKind.PRACTICE_NETWORK, "practice", "network"),
        (LinkKind.PRACTICE_SUB_ICB, "practice", "sub_icb"),
        (LinkKind.SUB_ICB_ICB, "sub_icb", "icb"),
        (LinkKind.ICB_REGION, "icb", "region"),
        (LinkKind.REGION_COUNTRY, "region", "country"),
        (LinkKind.ICB_HUB, "icb", "hub"),
    ):
        LinkFactory(kind=kind, child=places[child], parent=places[parent])
    return places


def add_practice(
    places: dict[str, Organisation], practice: Organisation | None = None
) -> Organisation:
    """Add a practice to the network and sub-ICB that `area_of_one_practice` made, and return it."""
    practice = practice or PracticeFactory()
    LinkFactory(kind=LinkKind.PRACTICE_NETWORK, child=practice, parent=places["network"])
    LinkFactory(kind=LinkKind.PRACTICE_SUB_ICB, child=practice, parent=places["sub_icb"])
    return practice
