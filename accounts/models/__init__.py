"""Who signs in, which role in which organisation, and who saw what."""

from accounts.models.api_token import ApiToken
from accounts.models.audit_event import AuditEvent
from accounts.models.invitation import Invitation
from accounts.models.notice import Notice
from accounts.models.recognition import Recognition
from accounts.models.role_grant import RoleGrant
from accounts.models.subject import Subject
from accounts.models.user import User

__all__ = [
    "ApiToken",
    "AuditEvent",
    "Invitation",
    "Notice",
    "Recognition",
    "RoleGrant",
    "Subject",
    "User",
]
