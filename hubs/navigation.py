"""The few places that each role goes to. The top floor of apps knows them all."""

from dataclasses import dataclass

from django.urls import reverse

from accounts.access import may, own_network
from accounts.actor import Actor
from accounts.permissions import Permission
from organisations.models.organisation import Kind


@dataclass(frozen=True)
class NavigationItem:
    """A link in the header."""

    label: str
    url: str
    current: bool


def navigation(user: Actor, path: str) -> list[NavigationItem]:
    """Return the header's links for the active role, with the one that `path` lies under marked."""
    links = [*_place_links(user), *_work_links(user)]
    # The longest address that fits: the page of a hub lies above its schemes.
    deepest = max((url for _, url in links if path.startswith(url)), key=len, default="")
    return [NavigationItem(label, url, url == deepest) for label, url in links]


def _place_links(user: Actor) -> list[tuple[str, str]]:
    links = [("My page", reverse("me"))]
    if user.role is None:
        return [*links, ("Find a place", reverse("places"))]
    home = user.role.organisation
    links.append(("My " + _WORD.get(Kind(home.kind), "organisation"), home.get_absolute_url()))
    network = own_network(home)
    # A network's own lead has it as the first link already.
    if network and network != home:
        links.append(("My network", network.get_absolute_url()))
    return [*links, ("Find a place", reverse("places"))]


_WORD = {Kind.PRACTICE: "practice", Kind.NETWORK: "network", Kind.TRAINING_HUB: "hub"}


def _work_links(user: Actor) -> list[tuple[str, str]]:
    links = [("Mentoring", reverse("mentoring"))]
    if user.role is None:
        return links
    home = user.role.organisation
    # By permission, not by role: a role that gains one finds its link here.
    if may(user, Permission.SEE_POSTS, home):
        links.append(("Staff", reverse("practice-people", args=[home.code])))
    if may(user, Permission.SET_SHARING, home):
        links.append(("Sharing", reverse("practice-sharing", args=[home.code])))
    if may(user, Permission.SEE_SCHEME, home):
        links.append(("Schemes", reverse("schemes", args=[home.slug])))
    if may(user, Permission.SEE_SHARED_PLANS, home):
        links.append(("Shared plans", reverse("plans-shared", args=[home.slug])))
    if may(user, Permission.SEE_CONVERSATIONS, home):
        links.append(("Conversations", reverse("hub-conversations", args=[home.slug])))
    if may(user, Permission.IMPORT_PUBLISHED, home):
        links.append(("Files", reverse("imports")))
    if may(user, Permission.EDIT_ROLES, home):
        links.append(("People and roles", reverse("hub-people", args=[home.slug])))
    return links
