"""Who may use the addresses of accounts."""

from collections.abc import Callable, Mapping

from accounts.actions.tokens import make_token
from accounts.actor import Actor, Door
from accounts.models import Invitation
from accounts.queries.invitations import token_of
from accounts.secrets import digest
from organisations.clock import today
from tests.factories.accounts import InvitationFactory, NoticeFactory, RecognitionFactory
from tests.factories.organisations import AgreementFactory
from tests.permissions.rows import Area, Expected, Row, everyone, nobody, only

ADMINISTRATOR = "hub_administrator"
MANAGER = "practice_manager"
HUB_STAFF = ("hub_retention_lead", ADMINISTRATOR)
Build = Callable[[Area], Mapping[str, object]]


def hub(area: Area) -> Mapping[str, object]:
    return {"slug": area.hub.slug}


def practice(area: Area) -> Mapping[str, object]:
    return {"code": area.practice.code}


def person(area: Area) -> Mapping[str, object]:
    return {"slug": area.hub.slug, "user": area.users["clinician"].public_id}


def role_of(who: str) -> Build:
    return lambda area: {"grant": area.users[who].role_grants.get().public_id}


def invitation(area: Area) -> Invitation:
    made: Invitation = InvitationFactory(organisation=area.practice)
    made.token_digest = digest(token_of(made))
    made.save()
    return made


def token(area: Area) -> Mapping[str, object]:
    by = Actor(user=area.users["clinician"], role=None, door=Door.PAGE)
    return {"token": make_token(by=by, name="Roster", role_grant=None, days=1)[0].public_id}


def recognised(area: Area) -> Mapping[str, object]:
    return {"recognition": RecognitionFactory(hub=area.hub, state="recognised").public_id}


def recognition(area: Area) -> Mapping[str, object]:
    return {"recognition": RecognitionFactory(hub=area.hub).public_id}


def notice(area: Area) -> Mapping[str, object]:
    return {"notice": NoticeFactory(user=area.users["clinician"]).public_id}


def agreement(area: Area) -> Mapping[str, object]:
    return {"slug": area.hub.slug, "agreement": AgreementFactory(hub=area.hub).pk}


def new_member(area: Area) -> Mapping[str, object]:
    return {"email": "new@example.org", "role": "clinician", "organisation": area.practice.pk}


def new_role(area: Area) -> Mapping[str, object]:
    return {"role": "network_lead", "organisation": area.network.pk, "starts_on": str(today())}


def terms(area: Area) -> Mapping[str, object]:
    return {
        "purpose": "Pairing mentors with mentees",
        "controller": "A trust",
        "lawful_basis": "6(1)(e)",
        "starts_on": "2026-04-01",
        "version": 0,
    }


def switch(area: Area) -> Mapping[str, object]:
    return {"recipient": area.network.code, "thing": "outlook", "turn": "on"}


OWN_PAGES = [
    # Signed out a landing page; signed in a way on to where one works.
    Row("home", own=everyone(302), signed_out=200),
    Row("roles", own=everyone()),
    Row(
        "roles",
        "post",
        data=lambda area: {"role": area.users["clinician"].role_grants.get().public_id},
        own=only("clinician", status=302),
    ),
    Row(
        "notice-read",
        "post",
        kwargs=notice,
        own=only("clinician", status=302),
        neighbour=nobody(),
        other=nobody(),
    ),
    Row("who-looked", own=everyone()),
    Row("my-data", own=everyone()),
    Row("my-data-download", "post", own=everyone()),
    # Asks for the password again, whoever it is.
    Row("erase", own=everyone(302)),
    Row("erase", "post", data=lambda area: {"word": "ERASE"}, own=everyone(302)),
    Row("tokens", own=everyone()),
    # Making one asks for the password again.
    Row("tokens", "post", data=lambda area: {"name": "Roster", "days": 9}, own=everyone(302)),
    Row(
        "token-end",
        "post",
        kwargs=token,
        own=only("clinician", status=302),
        neighbour=nobody(),
        other=nobody(),
    ),
]

ROLES = [
    Row(
        "role-end",
        kwargs=role_of("clinician"),
        own=only(ADMINISTRATOR, MANAGER),
        neighbour=only(ADMINISTRATOR),
        other=nobody(),
    ),
    Row(
        "role-end",
        "post",
        kwargs=role_of("clinician"),
        own=only(ADMINISTRATOR, MANAGER, status=302),
        neighbour=only(ADMINISTRATOR, status=302),
        other=nobody(),
    ),
    Row(
        "role-end",
        "post",
        "the contract holder's",
        kwargs=role_of("contract_holder"),
        own=only(ADMINISTRATOR, status=302),
        other=nobody(),
    ),
    Row(
        "role-end",
        "post",
        "the manager's, among them one's own",
        kwargs=role_of(MANAGER),
        own=only(ADMINISTRATOR, status=302),
        other=nobody(),
    ),
    Row(
        "role-end",
        "post",
        "the administrator's own",
        kwargs=role_of(ADMINISTRATOR),
        own=nobody(),
        neighbour=only(ADMINISTRATOR, status=302),
        other=nobody(),
    ),
]

INVITATIONS = [
    # Whoever holds the link may read it; accepting is for the invited address alone.
    Row(
        "invitation",
        kwargs=lambda area: {"token": token_of(invitation(area))},
        own=everyone(),
        other=everyone(),
        signed_out=200,
    ),
    Row(
        "invitation",
        "post",
        kwargs=lambda area: {"token": token_of(invitation(area))},
        own=everyone(),
        other=everyone(),
        signed_out=200,
    ),
    Row(
        "invitation-withdraw",
        "post",
        kwargs=lambda area: {"invitation": invitation(area).public_id},
        own=only(ADMINISTRATOR, MANAGER, status=302),
        neighbour=only(ADMINISTRATOR, status=302),
        other=nobody(),
    ),
]


def for_one(
    name: str, who: str, kwargs: Build, data: Build, neighbour: Expected | None = None
) -> list[Row]:
    """Return the rows of a form that only `who` may open and send, in their own organisation."""
    return [
        Row(name, method, kwargs=kwargs, data=data, own=own, neighbour=neighbour, other=nobody())
        for method, own in (("get", only(who)), ("post", only(who, status=302)))
    ]


PRACTICE = [
    Row("practice-access", kwargs=practice, own=only(MANAGER), neighbour=nobody(), other=nobody()),
    *for_one("practice-invite", MANAGER, practice, new_member, neighbour=nobody()),
    *for_one("practice-sharing", "contract_holder", practice, switch, neighbour=nobody()),
]

HUB = [
    Row("hub-people", kwargs=hub, own=only(ADMINISTRATOR), other=nobody()),
    *for_one("hub-invite", ADMINISTRATOR, hub, new_member),
    *for_one("hub-grant", ADMINISTRATOR, person, new_role),
    Row(
        "recognition-decide",
        "post",
        kwargs=recognition,
        data=lambda area: {"answer": "recognise"},
        own=only(ADMINISTRATOR, status=302),
        other=nobody(),
    ),
    Row("recognition-end", kwargs=recognised, own=only(ADMINISTRATOR), other=nobody()),
    Row(
        "recognition-end",
        "post",
        kwargs=recognised,
        own=only(ADMINISTRATOR, status=302),
        other=nobody(),
    ),
    # A clinician may join any hub.
    Row("hub-join", kwargs=hub, own=everyone(), other=everyone()),
    Row(
        "hub-join",
        "post",
        kwargs=hub,
        data=lambda area: {"answer": "ask"},
        own=everyone(302),
        other=everyone(302),
    ),
    Row("agreements", kwargs=hub, own=only(*HUB_STAFF), other=nobody()),
    *for_one("agreement-add", ADMINISTRATOR, hub, terms),
    *for_one("agreement-edit", ADMINISTRATOR, agreement, terms),
    Row("hub-audit", kwargs=hub, own=only(ADMINISTRATOR), other=nobody()),
]

ROWS = [*OWN_PAGES, *ROLES, *INVITATIONS, *PRACTICE, *HUB]
