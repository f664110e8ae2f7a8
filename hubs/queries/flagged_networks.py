"""Which networks of a hub's area are flagged in a month, by the public outlook alone."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from hubs.queries.conversations import last_rounds, may_invite_from
from models.flags import RetirementFlag
from organisations.clock import today
from organisations.models.organisation import Organisation
from organisations.queries.places import networks_of
from retention.queries.england import yardstick
from retention.queries.public_outlook import england_share, flag_of, public_outlooks


@dataclass(frozen=True)
class NetworkFlag:
    """A network, and how its share at risk stands to England's; None without an outlook."""

    network: Organisation
    flag: RetirementFlag | None

    @property
    def raised(self) -> bool:
        """Whether the network is flagged."""
        return self.flag is not None and self.flag.raised


def network_flags(
    hub: Organisation, month: dt.date | None, *, as_at: dt.date | None = None
) -> list[NetworkFlag]:
    """Return the networks of a hub's area on a day (today), by name, with their flags in a month.

    Without a month there are no flags. The number of queries does not depend on the networks.
    """
    networks = list(networks_of(hub, as_at or today()).order_by("name", "code"))
    if month is None or not networks:
        return [NetworkFlag(network, None) for network in networks]
    # Public only: who a flag is shown to must not matter, and no record can raise one.
    outlooks = public_outlooks(networks, month)
    england = england_share(yardstick(month), month)
    return [
        NetworkFlag(network, flag_of(network, outlooks.get(network.pk), england))
        for network in networks
    ]


def free_to_invite(
    flags: Iterable[NetworkFlag], *, as_at: dt.date | None = None
) -> list[Organisation]:
    """Return the flagged networks that may be invited on a day (today), in their order. One query.

    Whether the hub may invite at all is another question: hubs.queries.conversations.
    """
    date = as_at or today()
    flagged = [each.network for each in flags if each.raised]
    last = last_rounds(flagged)
    return [
        network for network in flagged if may_invite_from(last.get(network.pk), as_at=date) == date
    ]
