"""What people write in a roster's cells, and the code that the record has for it.

The first word of each code is what the template's lists offer. Words are simplified: small
letters, no punctuation.
"""

from __future__ import annotations

from collections.abc import Mapping

_ROLES: Mapping[str, tuple[str, ...]] = {
    "partner": ("GP partner", "partner", "partner provider", "senior partner",
                "gp partner provider"),
    "salaried": ("Salaried GP", "salaried", "salaried by practice", "salaried gp by practice",
                 "salaried by other", "associate gp", "gp"),
    "locum": ("Locum GP", "locum", "gp locum", "regular locum"),
    "retainer": ("GP on the retention scheme", "retainer", "gp retainer", "retained gp"),
    "trainee": ("GP in training", "trainee", "registrar", "gp registrar", "gp trainee", "st3"),
    "nurse": ("Practice nurse", "nurse", "general practice nurse", "gpn", "nursing", "staff nurse"),
    "advanced_nurse": ("Advanced nurse practitioner", "anp", "advanced nurse", "nurse practitioner",
                       "advanced practice nurse", "nurse partner"),
    "pharmacist": ("Pharmacist", "clinical pharmacist"),
    "other_clinical": ("Other direct patient care", "other clinical", "health care assistant",
                       "healthcare assistant", "hca", "paramedic", "physiotherapist",
                       "physician associate", "first contact physiotherapist", "phlebotomist",
                       "social prescriber", "social prescribing link worker", "pharmacy technician",
                       "direct patient care", "nursing associate"),
    "manager": ("Practice manager", "manager", "business manager"),
    "other": ("Other staff", "other", "receptionist", "reception", "administrator", "admin",
              "secretary", "medical secretary"),
}  # fmt: skip
_PROFESSIONS: Mapping[str, tuple[str, ...]] = {
    "gp": ("GP", "doctor", "general practitioner", "medical"),
    "nurse": ("Nurse", "nursing"),
    "pharmacist": ("Pharmacist", "pharmacy"),
    "paramedic": ("Paramedic",),
    "physiotherapist": ("Physiotherapist", "physio"),
    "physician_associate": ("Physician associate", "physician assistant", "pa"),
    "manager": ("Practice manager", "manager"),
    "other": ("Another profession", "other", "admin", "administration"),
}
_END_REASONS: Mapping[str, tuple[str, ...]] = {
    "retired": ("Retired", "retirement"),
    "moved": ("Moved to another post", "moved", "new post"),
    "left": ("Left general practice", "left"),
    "contract_ended": ("Fixed term or contract ended", "contract ended", "end of contract",
                       "fixed term ended", "fixed term contract ended"),
    "died": ("Died", "death"),
    "not_known": ("Not known or not said", "not known", "other", "unknown", "resigned",
                  "resignation"),
}  # fmt: skip
_KINDS: Mapping[str, tuple[str, ...]] = {
    "clinical": ("Clinical", "c", "x", "y", "yes", "1", "✓", "surgery", "clinic", "in", "working"),
    "admin": ("Admin", "a", "administration", "paperwork"),
    "mentoring": ("Mentoring", "m", "mentor"),
    "training": ("Training", "t", "teaching", "trainer", "tutorial"),
    "cpd": ("CPD", "study", "study leave"),
    "appraisal": ("Appraisal", "appraiser"),
    "leadership": ("Leadership", "l", "lead", "management", "pcn"),
}
OFF = frozenset({"", "off", "no", "n", "0", "not in", "day off", "non working", "none"})


def _by_word(words: Mapping[str, tuple[str, ...]]) -> Mapping[str, str]:
    return {
        spelling: code
        for code, spellings in words.items()
        for spelling in (*map(str.lower, spellings), code.replace("_", " "))
    }


def offered(words: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Return what the template's list offers: the first word of each code."""
    return tuple(spellings[0] for spellings in words.values())


# Ages as published in bands of five years: "UNDER25", "55TO59", "70PLUS".
_BANDS = {
    **{"UNDER25": "Under 25"},
    **{f"{age}TO{age + 4}": f"{age} to {age + 4}" for age in range(25, 70, 5)},
    "70PLUS": "70 and over",
}
ROLES = _by_word(_ROLES)
PROFESSIONS = _by_word(_PROFESSIONS)
END_REASONS = _by_word(_END_REASONS)
KINDS = _by_word(_KINDS)
AGE_BANDS = {
    **{code.lower(): code for code in _BANDS},
    **{words.lower(): code for code, words in _BANDS.items()},
    # "55-59" simplified; "70+" loses its plus.
    **{words.replace(" to ", " "): code for code, words in _BANDS.items() if " to " in words},
    "70": "70PLUS",
    "70 plus": "70PLUS",
    "70 or over": "70PLUS",
}
LISTS: Mapping[str, tuple[str, ...]] = {
    "STAFF_ROLE": offered(_ROLES),
    "PROFESSION": offered(_PROFESSIONS),
    "REASON_FOR_LEAVING": offered(_END_REASONS),
    "AGE_BAND": tuple(_BANDS.values()),
    "HALF_DAY": offered(_KINDS),
}
