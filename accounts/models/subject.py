"""The random number that stands for a person in the audit log."""

import uuid

from django.db import models


class Subject(models.Model):
    """Held by a user, a person, or both. Deleting it severs their audit rows for good."""

    # Random, and not the user's key: a number that counts up would tell who joined when.
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)

    def __str__(self) -> str:
        return str(self.id)
