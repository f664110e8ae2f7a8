"""People of a place by age band as published, or England's where nothing is published of it."""

import datetime as dt

import numpy as np

from models.arrays import Floats
from organisations.models.organisation import Organisation
from retention.queries.age_profile import BANDS, age_profile, known_ages, latest_month
from retention.queries.england import ages_of_england


def published_ages(place: Organisation, staff_group: str, on: dt.date) -> Floats:
    """Return people of known age, (bands,), of the newest month that had ended by a day."""
    month = latest_month(place, on)
    profile = age_profile(place, month, staff_group) if month else None
    ages = known_ages(profile.headcount, BANDS[staff_group]) if profile else np.zeros(0)
    return ages if ages.any() else ages_of_england(month, staff_group)
