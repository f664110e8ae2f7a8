"""What mentoring can be about: one list for both sides, so that interests can be compared."""

from django.db import models


class Interest(models.TextChoices):
    # Kept as codes, so that the words can change: a code that is gone would stop a pairing.
    CLINICAL_CONFIDENCE = "clinical_confidence", "Clinical confidence"
    CAREER = "career", "Career choices"
    PARTNERSHIP = "partnership", "Becoming a partner"
    PORTFOLIO = "portfolio", "Portfolio working"
    LEADERSHIP = "leadership", "Leadership"
    TEACHING = "teaching", "Teaching and training"
    WORKLOAD = "workload", "Workload and wellbeing"
    RETURN = "return", "Returning after a break"
    QUALITY = "quality", "Quality improvement"
    RESEARCH = "research", "Research"


class Stage(models.TextChoices):
    """Where a mentee is on the way; asked of everyone, and no age in it."""

    TRAINEE = "trainee", "In training"
    NEW = "new", "First five years since qualification"
    MID = "mid", "Later in my career"
    RETURNING = "returning", "Returning to practice"
    INTERNATIONAL = "international", "New to the NHS from abroad"
