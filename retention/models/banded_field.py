"""JSON kept as plain text, and numbers by age band kept as an array and handed out as a dict."""

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.db import models

from models.bands import GP_BANDS, NURSE_BANDS

UNKNOWN = "unknown"
# Each order has a length of its own, which is how an array tells whose bands it holds.
_ORDERS = tuple(
    (*(band.code.lower() for band in bands), UNKNOWN) for bands in (GP_BANDS, NURSE_BANDS)
)
_BY_LENGTH = {len(order): order for order in _ORDERS}
_BY_KEYS = {frozenset(order): order for order in _ORDERS}


if TYPE_CHECKING:
    # A plain text field's values would be str.
    _AnyText = models.TextField[Any, Any]
else:
    _AnyText = models.TextField


class JSONText(_AnyText):
    """Holds JSON as compact text, for millions of rows that no query looks into.

    PostgreSQL's own JSON type takes three times the disk for arrays of small numbers, and both
    databases would parse each value once more on its way in.
    """

    # What the type checker's plugin takes a value of a query for.
    _pyi_private_set_type: Any
    _pyi_private_get_type: Any

    def get_prep_value(self, value: Any) -> str | None:
        return None if value is None else json.dumps(value, separators=(",", ":"))

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> Any:
        return None if value is None else json.loads(value)

    def to_python(self, value: Any) -> Any:
        return value


class BandedText(JSONText):
    """Holds {band: number}, or such dicts by name; ten years of England are millions of them.

    A dict with all the bands of a staff group is stored without their names; any other value, and
    every row written before, stays as it is.
    """

    def get_prep_value(self, value: Any) -> str | None:
        return super().get_prep_value(_packed(value))

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> Any:
        return unpacked(super().from_db_value(value, expression, connection))


class BandedField(models.JSONField):
    """What BandedText was before migration 0014; earlier migrations name it."""


def _packed(value: Any) -> Any:
    if not isinstance(value, Mapping):
        return value
    if order := _BY_KEYS.get(frozenset(value)):
        return [value[band] for band in order]
    return {key: _packed(item) for key, item in value.items()}


def unpacked(value: Any) -> Any:
    """Return what was stored with its bands named."""
    if isinstance(value, list):
        return dict(zip(_BY_LENGTH[len(value)], value, strict=True))
    if isinstance(value, dict):
        return {key: unpacked(item) for key, item in value.items()}
    return value
