"""The demo's places: one ICB with eight networks and fifty practices, and their training hub."""

import datetime as dt
import math
from dataclasses import dataclass, field

from hubs.demo.names import practice_name
from hubs.demo.seed import stream
from organisations.models import Agreement, Link, Organisation, OrganisationName, Sharing
from organisations.models.agreement import LawfulBasis
from organisations.models.link import LinkKind
from organisations.models.organisation import Kind
from organisations.models.sharing import SharedThing
from organisations.queries.agreements import CONVERSATIONS, KEEPING_POSTS
from retention.models import PostcodeDistrict

HUB_SLUG = "demo-hub"
NETWORKS_SINCE = dt.date(2019, 7, 1)
HUB_SINCE = dt.date(2022, 4, 1)
# In the North Sea, where nobody takes it for a county that exists; 60 km across.
MIDDLE = (53.4, 2.4)
KM_PER_DEGREE = 111.2
NETWORK_RING_KM = 20.0
PRACTICE_SPREAD_KM = 7.0
NETWORK_NAMES = (
    "Saltmarsh Reach",
    "Upper Quillwater",
    "Thistle Vale",
    "Heron and Otter",
    "Larkshire Central",
    "Gorse Heath",
    "Three Brambles",
    "Juniper Edge",
)
# Qualified permanent GPs of each practice: few large ones, many of middling size, some tiny, as
# in England (6 on average). Practices 0 to 6 make the first network, and so on.
GPS_BY_PRACTICE = (
    (12, 9, 7, 6, 5, 3, 2),
    (14, 10, 8, 7, 5, 4, 1),
    (11, 9, 7, 6, 6, 4),
    (16, 8, 7, 5, 3, 2),
    (13, 10, 8, 6, 5, 4),
    (10, 9, 7, 6, 4, 3),
    (15, 8, 6, 5, 5, 2),
    (11, 8, 7, 6, 3, 2),
)
PRACTICES = sum(len(sizes) for sizes in GPS_BY_PRACTICE)
GPS = sum(sum(sizes) for sizes in GPS_BY_PRACTICE)


@dataclass
class Places:
    """The organisations of the demo, unsaved, with all that hangs on them."""

    country: Organisation
    region: Organisation
    icb: Organisation
    sub_icb: Organisation
    hub: Organisation
    networks: list[Organisation]
    practices: list[Organisation]
    # Of each practice: its network's number, its postcode district, its size.
    network_of: list[int]
    gps: list[int]
    links: list[Link] = field(default_factory=list)
    names: list[OrganisationName] = field(default_factory=list)
    districts: list[PostcodeDistrict] = field(default_factory=list)
    sharing: list[Sharing] = field(default_factory=list)
    agreements: list[Agreement] = field(default_factory=list)
    # Practices that closed or merged; the numbers of colleagues are those of open ones.
    former: list[Organisation] = field(default_factory=list)

    @property
    def made(self) -> list[Organisation]:
        """Every organisation but the country, which a map may have brought before."""
        above = [self.region, self.icb, self.sub_icb, self.hub]
        return [*above, *self.networks, *self.practices, *self.former]

    def district(self, practice: int) -> str:
        """Return the postcode district that a practice lies in."""
        return self.districts[practice].code


def make_places(country: Organisation) -> Places:
    """Return the demo's places below `country`; nothing is saved."""
    places = Places(
        country=country,
        region=_place("Y99", Kind.REGION, "Demo Region"),
        icb=_place("QZZ", Kind.ICB, "Demo Larkshire Integrated Care Board"),
        sub_icb=_place("99Z", Kind.SUB_ICB, "Demo Larkshire ICB - 99Z"),
        hub=_place("DEMOHUB", Kind.TRAINING_HUB, "Demo Larkshire Training Hub", slug=HUB_SLUG),
        networks=[
            _place(f"U{number:05d}", Kind.NETWORK, f"{name} PCN")
            for number, name in enumerate(NETWORK_NAMES, start=1)
        ],
        practices=[
            _place(
                f"Y99{number:03d}",
                Kind.PRACTICE,
                practice_name(number - 1),
                postcode=f"ZZ{number} 1ZZ",
            )
            for number in range(1, PRACTICES + 1)
        ],
        network_of=[number for number, sizes in enumerate(GPS_BY_PRACTICE) for _ in sizes],
        gps=[size for sizes in GPS_BY_PRACTICE for size in sizes],
    )
    places.links = _links(places)
    places.names = [
        OrganisationName(organisation=place, name=place.name, starts_on=NETWORKS_SINCE)
        for place in places.made
    ]
    places.districts = _districts(places)
    places.sharing = _sharing(places)
    places.agreements = _agreements(places.hub)
    return places


def _place(code: str, kind: Kind, name: str, **fields: str) -> Organisation:
    return Organisation(code=code, kind=kind, name=name, **fields)


def _links(places: Places) -> list[Link]:
    above = [
        (LinkKind.REGION_COUNTRY, places.region, places.country),
        (LinkKind.ICB_REGION, places.icb, places.region),
        (LinkKind.SUB_ICB_ICB, places.sub_icb, places.icb),
    ]
    for practice, network in zip(places.practices, places.network_of, strict=True):
        above.append((LinkKind.PRACTICE_NETWORK, practice, places.networks[network]))
        above.append((LinkKind.PRACTICE_SUB_ICB, practice, places.sub_icb))
    links = [
        Link(kind=kind, child=child, parent=parent, starts_on=NETWORKS_SINCE)
        for kind, child, parent in above
    ]
    area = Link(kind=LinkKind.ICB_HUB, child=places.icb, parent=places.hub, starts_on=HUB_SINCE)
    return [*links, area]


def _districts(places: Places) -> list[PostcodeDistrict]:
    """One district for each practice: networks on a ring, practices around their network."""
    rng = stream("districts")
    found = []
    for number, network in enumerate(places.network_of, start=1):
        # On a ring, so that each network has two neighbours and a far side: ways of all lengths.
        turn = 2 * math.pi * network / len(places.networks)
        north = NETWORK_RING_KM * math.cos(turn) + rng.gauss(0, PRACTICE_SPREAD_KM / 2)
        east = NETWORK_RING_KM * math.sin(turn) + rng.gauss(0, PRACTICE_SPREAD_KM / 2)
        latitude = MIDDLE[0] + north / KM_PER_DEGREE
        longitude = MIDDLE[1] + east / (KM_PER_DEGREE * math.cos(math.radians(MIDDLE[0])))
        found.append(
            PostcodeDistrict(
                code=f"ZZ{number}", latitude=round(latitude, 4), longitude=round(longitude, 4)
            )
        )
    return found


def _sharing(places: Places) -> list[Sharing]:
    """Three practices in four share their outlook upward, two in three their posts with the hub.

    The first practice, whose contract holder has a demo account, leaves the hub switched off. Of
    the last network only two share their posts with it, so that its private outlook is withheld.
    """
    switched = []
    few = [n for n, of in enumerate(places.network_of) if of == len(places.networks) - 1][3:]
    for number, practice in enumerate(places.practices):
        network = places.networks[places.network_of[number]]
        if number % 4 != 3:
            switched.append((practice, network, SharedThing.OUTLOOK))
        if number % 3 != 0:
            if number not in few:
                switched.append((practice, network, SharedThing.PATTERNS))
            switched.append((practice, places.hub, SharedThing.PATTERNS))
    return [
        Sharing(practice=practice, recipient=recipient, thing=thing, starts_on=HUB_SINCE)
        for practice, recipient, thing in switched
    ]


def _agreements(hub: Organisation) -> list[Agreement]:
    purposes = (
        (KEEPING_POSTS, LawfulBasis.PUBLIC_TASK),
        ("Working out and showing the outlook", LawfulBasis.PUBLIC_TASK),
        ("Pairing mentors with mentees", LawfulBasis.PUBLIC_TASK),
        ("Running retention schemes", LawfulBasis.CONTRACT),
        (CONVERSATIONS, LawfulBasis.PUBLIC_TASK),
    )
    return [
        Agreement(
            hub=hub,
            purpose=purpose,
            controller="Demo Larkshire Integrated Care Board",
            lawful_basis=basis,
            notice_given_on=HUB_SINCE - dt.timedelta(days=28),
            starts_on=HUB_SINCE,
        )
        for purpose, basis in purposes
    ]
