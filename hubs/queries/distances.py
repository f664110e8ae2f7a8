"""How far postcode districts are from each other, as the crow flies."""

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

from retention.models import PostcodeDistrict

EARTH_KM = 6371.0


def distance_table(codes: Iterable[str]) -> tuple[dict[str, int], npt.NDArray[np.float32]]:
    """Number the districts in `codes`, and give the kilometres between each two of them.

    A district that is not known, and "" for none, has its number too; its ways are NaN.
    """
    wanted = sorted(set(codes))
    known = {
        code: (latitude, longitude)
        for code, latitude, longitude in PostcodeDistrict.objects.filter(
            code__in=wanted
        ).values_list("code", "latitude", "longitude")
    }
    # NaN is within no limit, and compares as far from everything, itself too.
    nowhere = (np.nan, np.nan)
    degrees = np.array([known.get(code, nowhere) for code in wanted], dtype=np.float64)
    places = {code: place for place, code in enumerate(wanted)}
    return places, _haversine(np.radians(degrees.reshape(-1, 2)))


def _haversine(radians: npt.NDArray[np.float64]) -> npt.NDArray[np.float32]:
    latitude, longitude = radians[:, :1], radians[:, 1:]
    # Haversine: the law of cosines loses the digits of near places, which are most of ours.
    half = (
        np.sin((latitude - latitude.T) / 2) ** 2
        + np.cos(latitude) * np.cos(latitude.T) * np.sin((longitude - longitude.T) / 2) ** 2
    )
    km: npt.NDArray[np.float64] = 2 * EARTH_KM * np.arcsin(np.sqrt(half))
    return km.astype(np.float32)
