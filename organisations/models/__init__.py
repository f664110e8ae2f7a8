"""Practices, networks, sub-ICBs, ICBs, regions, training hubs, and their dated links."""

from organisations.models.agreement import Agreement
from organisations.models.link import Link
from organisations.models.name import OrganisationName
from organisations.models.organisation import Organisation
from organisations.models.sharing import Sharing

__all__ = ["Agreement", "Link", "Organisation", "OrganisationName", "Sharing"]
