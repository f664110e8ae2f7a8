"""The workforce record: people, posts, session patterns, plans, and the published counts."""

from retention.models.absence import Absence
from retention.models.bulletin_table import BulletinTable
from retention.models.cover_release import CoverRelease
from retention.models.entitlement import NetworkEntitlement
from retention.models.experience_release import ExperienceRelease
from retention.models.import_run import ImportRun
from retention.models.objection import Objection
from retention.models.person import Person
from retention.models.plan import Plan, PlanShare
from retention.models.post import Post
from retention.models.post_change import PostChange
from retention.models.postcode_district import PostcodeDistrict
from retention.models.private_outlook import PrivateCell, PrivateOutlook, PrivateSnapshot
from retention.models.published_count import PublishedCount, PublishedLayout, PublishedRelease
from retention.models.published_place import (
    Deprivation,
    NetworkWorkforce,
    PracticeRurality,
    RegisteredPatients,
)
from retention.models.published_profile import PublishedProfile
from retention.models.published_staff import PracticeRoles, SubIcbStaff
from retention.models.roster_run import RosterConfirmation, RosterMapping, RosterRun
from retention.models.session_pattern import SessionCell, SessionPattern
from retention.models.stored_outlook import OutlookEdition, StoredOutlook

__all__ = [
    "Absence",
    "BulletinTable",
    "CoverRelease",
    "Deprivation",
    "ExperienceRelease",
    "ImportRun",
    "NetworkEntitlement",
    "NetworkWorkforce",
    "Objection",
    "OutlookEdition",
    "Person",
    "Plan",
    "PlanShare",
    "Post",
    "PostChange",
    "PostcodeDistrict",
    "PracticeRoles",
    "PracticeRurality",
    "PrivateCell",
    "PrivateOutlook",
    "PrivateSnapshot",
    "PublishedCount",
    "PublishedLayout",
    "PublishedProfile",
    "PublishedRelease",
    "RegisteredPatients",
    "RosterConfirmation",
    "RosterMapping",
    "RosterRun",
    "SessionCell",
    "SessionPattern",
    "StoredOutlook",
    "SubIcbStaff",
]
