"""A hub whose private outlooks an attacker reads over three months, and who is behind each."""

import datetime as dt
from dataclasses import dataclass, field

from models.small_groups import Cell, Record
from organisations.models import Organisation
from retention.models import Post
from tests.factories.accounts import RoleGrantFactory, UserFactory
from tests.factories.organisations import LONG_AGO
from tests.factories.private_outlooks import (
    Places,
    another_network,
    hub_area,
    practice_with,
    tell,
    working,
)

MONTHS = tuple(dt.date(2026, month, 1) for month in (8, 9, 10))
# What a month's first day shows for the first time happened shortly before.
DAYS = (LONG_AGO, *(month - dt.timedelta(days=9) for month in MONTHS[1:]))
NEVER = len(MONTHS)


@dataclass
class Worker:
    """Someone as the world was made: in which months there, and altered from which on."""

    post: Post
    first: int = 0
    gone: int = NEVER
    altered: int = NEVER

    def record(self, month: int) -> Record:
        """The state of their post in a month."""
        practice = self.post.organisation.code
        return Record((self.post.pk, month >= self.altered), self.post.person_id, practice)


@dataclass
class World:
    """Networks by name, the people who work in each, and the practices of one manager."""

    places: Places
    networks: dict[str, Organisation] = field(default_factory=dict)
    workers: dict[str, list[Worker]] = field(default_factory=dict)
    with_hub: set[str] = field(default_factory=set)
    managed: frozenset[str] = frozenset()

    @property
    def hub(self) -> Organisation:
        """The hub of them all."""
        return self.places["hub"]

    def cell(self, code: str, month: int) -> Cell:
        """Who is behind a place's figure in a month, as the world was made."""
        names = [name for name, network in self.networks.items() if network.code == code]
        if code == self.hub.code:
            names = sorted(self.with_hub)
        people = [worker for name in names for worker in self.workers[name]]
        return frozenset(w.record(month) for w in people if w.first <= month < w.gone)

    def add(self, name: str, sizes: list[int], *, with_hub: bool = True) -> list[Organisation]:
        """Add a network of practices of so many people, which share with it (and with the hub)."""
        places = another_network(self.places)
        self.networks[name], self.workers[name] = places["network"], []
        if with_hub:
            self.with_hub.add(name)
        shares = ("network", "hub") if with_hub else ("network",)
        practices = [practice_with(places, 0, shares=shares) for _ in sizes]
        for practice, size in zip(practices, sizes, strict=True):
            self.hire(name, practice, size)
        return practices

    def hire(self, name: str, practice: Organisation, number: int, month: int = 0) -> None:
        """Let so many people begin in a practice, to be seen from a month on."""
        posts = [
            working(practice, born=1958 + 3 * each, half_days=2, starts_on=DAYS[month])
            for each in range(number)
        ]
        self.workers[name] += [Worker(post, first=month) for post in posts]


def make_world() -> World:
    """Make a network for each rule that withholds, and one that is told of."""
    world = World(hub_area())
    told = world.add("told", [4] * 5)
    # May be told of by itself; but then the hub less both would be the two people of `rest`.
    world.add("neighbour", [4, 4, 4])
    world.add("rest", [2])
    # Five people are left without the first practice.
    world.add("few people", [5, 3, 2], with_hub=False)
    world.add("few practices", [10, 9], with_hub=False)
    # Five people are left without the two practices that one account manages.
    pair = world.add("managed", [5, 5, 5], with_hub=False)[:2]
    world.managed = frozenset(practice.code for practice in pair)
    manager = UserFactory()
    for practice in pair:
        RoleGrantFactory(user=manager, role="practice_manager", organisation=practice)
    for practice in told:
        _turn_over(world, practice)
    return world


def _turn_over(world: World, practice: Organisation) -> None:
    """Let one leave and one come: with four practices alike, five changes, which stay frozen.

    A month later three more come and one tells another week, so that a new figure may be told.
    """
    [first, second, *_] = [w for w in world.workers["told"] if w.post.organisation == practice]
    Post.objects.filter(pk=first.post.pk).update(ends_on=DAYS[1])
    first.gone = 1
    world.hire("told", practice, 1, month=1)
    world.hire("told", practice, 3, month=2)
    tell(second.post, 5, DAYS[2])
    second.altered = 2
