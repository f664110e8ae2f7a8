"""The workforce record: people, posts, session patterns, plans, and the published counts."""

from retention.models.import_run import ImportRun
from retention.models.person import Person
from retention.models.plan import Plan, PlanShare
from retention.models.post import Post
from retention.models.postcode_district import PostcodeDistrict
from retention.models.published_count import PublishedCount, PublishedRelease
from retention.models.published_profile import PublishedProfile
from retention.models.session_pattern import SessionCell, SessionPattern

__all__ = [
    "ImportRun",
    "Person",
    "Plan",
    "PlanShare",
    "Post",
    "PostcodeDistrict",
    "PublishedCount",
    "PublishedProfile",
    "PublishedRelease",
    "SessionCell",
    "SessionPattern",
]
