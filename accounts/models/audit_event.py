"""Who did or read what, on whom, when, why and through which door. Append-only; no values."""

from typing import ClassVar

from django.db import models


class Act(models.TextChoices):
    """The kinds of act. A page names each in words (accounts/presenters/audit.py)."""

    SIGNED_UP = "signed_up", "Signed up"
    INVITED = "invited", "Invited someone"
    WITHDREW_INVITATION = "withdrew_invitation", "Withdrew an invitation"
    ACCEPTED_INVITATION = "accepted_invitation", "Accepted an invitation"
    GRANTED_ROLE = "granted_role", "Granted a role"
    ENDED_ROLE = "ended_role", "Ended a role"
    CHANGED_ROLE = "changed_role", "Changed the active role"
    ASKED_RECOGNITION = "asked_recognition", "Asked a hub to be recognised"
    DECIDED_RECOGNITION = "decided_recognition", "Answered a request to be recognised"
    ENDED_RECOGNITION = "ended_recognition", "Ended the recognition of somebody by a hub"
    LEFT_HUB = "left_hub", "Left a hub, or took back the request to join it"
    MADE_TOKEN = "made_token", "Made an API token"
    ENDED_TOKEN = "ended_token", "Ended an API token"
    CHANGED_SHARING = "changed_sharing", "Changed what a practice shares"
    STARTED_HUB = "started_hub", "Set up a hub"
    CHANGED_AGREEMENT = "changed_agreement", "Changed an agreement"
    CHANGED_ENTITLEMENT = "changed_entitlement", "Changed a network's additional-roles entitlement"
    IMPORTED_FILE = "imported_file", "Loaded a published file"
    ADDED_POST = "added_post", "Added a post"
    CHANGED_POST = "changed_post", "Changed a post"
    ENDED_POST = "ended_post", "Ended a post"
    UPLOADED_ROSTER = "uploaded_roster", "Loaded a roster"
    UNDID_ROSTER = "undid_roster", "Undid a roster"
    CONFIRMED_ROSTER = "confirmed_roster", "Said that a roster stands"
    OBJECTED = "objected", "Objected to being counted, or took that back"
    CHANGED_OWN_DETAILS = "changed_own_details", "Changed own details"
    SAVED_DRAFT = "saved_draft", "Saved a draft pattern"
    TOLD_PATTERN = "told_pattern", "Told a practice a pattern"
    STATED_CHANGE = "stated_change", "Wrote down a change of an own post"
    TOLD_CHANGE = "told_change", "Told a practice of a change of an own post, or undid it"
    SAVED_PLAN = "saved_plan", "Saved a plan"
    SHARED_PLAN = "shared_plan", "Shared a plan"
    WITHDREW_PLAN = "withdrew_plan", "Withdrew a plan"
    LOOKED_AT_OWN_OUTLOOK = "looked_at_own_outlook", "Looked at own outlook"
    READ_POSTS = "read_posts", "Read posts and told patterns"
    READ_PEOPLE = "read_people", "Read users and roles"
    READ_PLAN = "read_plan", "Read a shared plan"
    READ_MENTORING = "read_mentoring", "Read mentors, mentees or pairs"
    READ_AUDIT = "read_audit", "Read the audit log"
    DRAFTED_SCHEME = "drafted_scheme", "Drafted a scheme"
    CHANGED_SCHEME = "changed_scheme", "Changed a scheme"
    OPENED_SCHEME = "opened_scheme", "Opened a scheme"
    CLOSED_SCHEME = "closed_scheme", "Closed a scheme"
    OFFERED_MENTORING = "offered_mentoring", "Offered mentoring"
    ASKED_FOR_MENTOR = "asked_for_mentor", "Asked for a mentor"
    WITHDREW_MENTORING = "withdrew_mentoring", "Withdrew from mentoring"
    RAN_PAIRING = "ran_pairing", "Ran a pairing"
    PROPOSED_PAIR = "proposed_pair", "Proposed a pair"
    APPROVED_PAIR = "approved_pair", "Approved a proposed pair"
    DISMISSED_PAIR = "dismissed_pair", "Dismissed a proposed pair"
    ANSWERED_PAIR = "answered_pair", "Answered a proposed pair"
    ENDED_PAIR = "ended_pair", "Ended a pair"
    LOGGED_MEETING = "logged_meeting", "Logged a meeting"
    CHANGED_MEETING = "changed_meeting", "Changed a meeting"
    INVITED_NETWORK = "invited_network", "Invited a whole network to confidential conversations"
    ASKED_CONVERSATION = "asked_conversation", "Asked for a confidential conversation"
    WITHDREW_CONVERSATION = "withdrew_conversation", "Took back a wish for a conversation"
    READ_CONVERSATIONS = "read_conversations", "Read who asked for a confidential conversation"
    MARKED_CONVERSATION = "marked_conversation", "Marked a conversation as begun or closed"
    CHANGED_DIGEST = "changed_digest", "Switched the monthly summary on or off"
    EXPORTED_OWN_DATA = "exported_own_data", "Downloaded own data"
    ERASED = "erased", "Erased a person's data"


# Never shown to an administrator: a plan, a draft, a mentor are themselves the secret.
OWN_PAGE_ACTS = frozenset(
    {
        Act.OBJECTED,
        Act.CHANGED_OWN_DETAILS,
        Act.SAVED_DRAFT,
        Act.TOLD_PATTERN,
        Act.STATED_CHANGE,
        Act.TOLD_CHANGE,
        Act.SAVED_PLAN,
        Act.SHARED_PLAN,
        Act.WITHDREW_PLAN,
        Act.READ_PLAN,
        Act.LOOKED_AT_OWN_OUTLOOK,
        Act.ASKED_CONVERSATION,
        Act.WITHDREW_CONVERSATION,
        # Not even that there was one to read.
        Act.READ_CONVERSATIONS,
        Act.MARKED_CONVERSATION,
        Act.CHANGED_DIGEST,
        Act.EXPORTED_OWN_DATA,
        Act.OFFERED_MENTORING,
        Act.ASKED_FOR_MENTOR,
        Act.WITHDREW_MENTORING,
        Act.ANSWERED_PAIR,
        Act.ENDED_PAIR,
        Act.LOGGED_MEETING,
        Act.CHANGED_MEETING,
    }
)
# An administrator sees that the retention lead did these, not on whom.
MENTORING_ACTS = frozenset(
    {
        Act.READ_MENTORING,
        Act.RAN_PAIRING,
        Act.PROPOSED_PAIR,
        Act.APPROVED_PAIR,
        Act.DISMISSED_PAIR,
    }
)

# Likewise with a practice manager: an administrator has no part in a practice's posts.
POST_ACTS = frozenset({Act.ADDED_POST, Act.CHANGED_POST, Act.ENDED_POST, Act.READ_POSTS})
WHOM_UNTOLD = MENTORING_ACTS | POST_ACTS


class AuditEvent(models.Model):
    """Holds no foreign key, so that what it is about can go; triggers refuse any change."""

    at = models.DateTimeField(auto_now_add=True)
    act = models.CharField(max_length=32, choices=Act)
    actor = models.UUIDField("acting subject", null=True)
    system = models.CharField("acting system job", max_length=60, blank=True)
    role = models.CharField(max_length=24, blank=True)
    # The organisation in which the actor's role is held, by code.
    organisation = models.CharField(max_length=12, blank=True)
    subject = models.UUIDField("subject acted on", null=True)
    # What it was about, as kind:public id; never a name or a value.
    thing = models.CharField(max_length=80, blank=True)
    why = models.CharField(max_length=120, blank=True)
    door = models.CharField(max_length=8)

    class Meta:
        ordering = ("-at", "-pk")
        indexes = (
            models.Index(fields=("subject", "at")),
            models.Index(fields=("actor", "at")),
            models.Index(fields=("organisation", "at")),
        )
        constraints = (
            models.CheckConstraint(
                condition=models.Q(actor__isnull=False) | ~models.Q(system=""),
                name="audit_has_an_actor",
            ),
        )

    objects: ClassVar[models.Manager["AuditEvent"]]

    def __str__(self) -> str:
        return f"{self.act} {self.at:%Y-%m-%d %H:%M}"
