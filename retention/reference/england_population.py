"""England's patients by age and its practices' deprivation: what a place's people are read beside.

Used where fewer practices are loaded than make an England of their own, as `england` is for staff.
"""

import datetime as dt
from collections.abc import Mapping

PATIENTS_SOURCE = (
    "NHS England, Patients Registered at a GP Practice, July 2026"
    " (Open Government Licence v3.0), all practices added up"
)
PATIENTS_ON = dt.date(2026, 7, 1)
# By sex and five-year age, in the order of retention.imports.registered_patients.AGES.
PATIENTS: Mapping[str, tuple[int, ...]] = {
    "female": (
        *(1_402_572, 1_633_875, 1_828_840, 1_873_541, 1_904_726, 2_168_239, 2_295_483),
        *(2_347_581, 2_179_334, 1_965_075, 1_877_720, 2_008_054, 1_953_439, 1_657_890),
        *(1_388_168, 1_350_622, 950_688, 574_987, 279_554, 93_661),
    ),
    "male": (
        *(1_474_931, 1_716_919, 1_922_334, 1_964_187, 1_925_610, 2_206_555, 2_343_167),
        *(2_418_300, 2_267_946, 2_074_450, 1_962_527, 2_039_701, 1_947_199, 1_605_551),
        *(1_278_679, 1_180_079, 772_459, 405_014, 160_561, 36_290),
    ),
}
DEPRIVATION_SOURCE = (
    "Office for Health Improvement and Disparities, Index of Multiple Deprivation 2025 by practice"
    " (Open Government Licence v3.0): fifths of 6,143 practices"
)
# By edition: the scores between the fifths of England's practices, least deprived first.
DEPRIVATION_EDGES: Mapping[int, tuple[float, ...]] = {
    2025: (13.0294, 18.392, 24.8264, 33.2752),
}
