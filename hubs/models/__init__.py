"""Training hubs at work: schemes, mentors, mentees, pairings and meetings."""

from hubs.models.conversation import ConversationRequest, ConversationRound
from hubs.models.count_release import CountRelease
from hubs.models.digest import DigestChoice, DigestIssue
from hubs.models.meeting import Meeting
from hubs.models.mentee_request import MenteeRequest
from hubs.models.mentor_offer import MentorOffer
from hubs.models.never_entry import NeverEntry
from hubs.models.pair import Pair
from hubs.models.pairing_run import LeftOut, PairingRun
from hubs.models.past_address import PastAddress
from hubs.models.scheme import Scheme

__all__ = [
    "ConversationRequest",
    "ConversationRound",
    "CountRelease",
    "DigestChoice",
    "DigestIssue",
    "LeftOut",
    "Meeting",
    "MenteeRequest",
    "MentorOffer",
    "NeverEntry",
    "Pair",
    "PairingRun",
    "PastAddress",
    "Scheme",
]
