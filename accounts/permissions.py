"""What can be done, as constants; and how far a role's permission reaches."""

from enum import Enum, StrEnum


class Permission(StrEnum):
    """One line of "who may see what"."""

    SEE_PUBLISHED = "see_published"  # published counts of any place: open data
    OWN_RECORD = "own_record"  # own pattern, drafts, plan, outlook, and who looked
    SEE_POSTS = "see_posts"  # posts and told patterns of a practice
    EDIT_POSTS = "edit_posts"
    INVITE_STAFF = "invite_staff"
    SET_SHARING = "set_sharing"
    SEE_PRACTICE_OUTLOOK = "see_practice_outlook"
    SEE_PLACE_OUTLOOK = "see_place_outlook"  # of a network, ICB or hub area
    SEE_PRIVATE_OUTLOOK = "see_private_outlook"  # of a network or hub area, from shared posts
    EDIT_ENTITLEMENT = "edit_entitlement"  # a network's money for additional roles
    SEE_SHARED_PLANS = "see_shared_plans"  # where a person shares theirs with the hub
    SEE_RECORD_AGE = "see_record_age"  # when practices that share last confirmed their record
    IMPORT_PUBLISHED = "import_published"
    SEE_OPEN_SCHEMES = "see_open_schemes"
    SEE_SCHEME = "see_scheme"  # drafts and closed ones too
    EDIT_SCHEME = "edit_scheme"
    OPEN_SCHEME = "open_scheme"  # open and close: the second pair of eyes
    SEE_MENTORING = "see_mentoring"  # mentors, mentees and pairings by name
    EDIT_PAIRINGS = "edit_pairings"
    SEE_MENTORING_COUNTS = "see_mentoring_counts"  # in bands of 8, the lowest withheld
    SEE_CONVERSATIONS = "see_conversations"  # who asked the hub for a confidential one
    INVITE_TO_CONVERSATION = "invite_to_conversation"  # a whole network, never one person
    OWN_MENTORING = "own_mentoring"  # own offer, request, pair and meetings
    DECIDE_RECOGNITION = "decide_recognition"
    EDIT_ROLES = "edit_roles"
    SEE_AGREEMENTS = "see_agreements"
    EDIT_AGREEMENTS = "edit_agreements"
    SEE_AUDIT = "see_audit"


class Reach(Enum):
    """How far a permission reaches from the organisation in which the role is held."""

    OWN_PLACE = "the organisation itself"
    OWN_NETWORK = "the network of the organisation"
    AREA = "every place in the organisation's area"
    SHARED = "practices of the network that share with it"
    CONTRACT = "the practice whose contract the holder signs"
