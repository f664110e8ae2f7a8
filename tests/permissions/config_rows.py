"""Addresses of the service itself: open to all, with nothing of anyone's on them."""

from tests.permissions.rows import Row, everyone

ROWS = [
    Row("healthz", own=everyone(), signed_out=200),
    Row("readyz", own=everyone(), signed_out=200),
    Row("accessibility", own=everyone(), signed_out=200),
    Row("privacy", own=everyone(), signed_out=200),
    Row("api-v1:openapi-json", own=everyone(), signed_out=200),
    Row("api-v1:openapi-view", own=everyone(), signed_out=200),
    Row("api-v1:api-root", own=everyone(404), signed_out=404),
]
