"""The random number that stands for a person in the audit log."""

import uuid

from django.db import models


class Subject(models.Model):
    """Held by a user, a person, or both. Deleting it severs their audit rows for good."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)

    def __str__(self) -> str:
        return str(self.id)
