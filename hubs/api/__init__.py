"""The API of training hubs: schemes, one's own mentoring, and the pairing of a hub."""

from ninja import Router

from hubs.api import conversations, mentoring, network_invitations, pairing, pairs, people, schemes

router = Router()
router.add_router("", schemes.router)
router.add_router("", conversations.router)
router.add_router("", network_invitations.router)
router.add_router("", mentoring.router)
router.add_router("", pairs.router)
router.add_router("", people.router)
router.add_router("", pairing.router)
