"""Registration numbers of the professions, checked and written one way: "GMC 1234567"."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

# Letters of the HCPC's registers that work in primary care, and of the others.
_HCPC = r"(?:AS|BS|CH|CS|DT|HAD|ODP|OR|OT|PA|PH|PO|PYL|RA|SL)"
_FORMS = {
    "GMC": (re.compile("[0-9]{7}"), "7 digits"),
    "NMC": (re.compile("[0-9]{2}[A-Z][0-9]{4}[A-Z]"), "2 digits, a letter, 4 digits and a letter"),
    "GPhC": (re.compile("[0-9]{7}"), "7 digits"),
    "HCPC": (re.compile(_HCPC + "[0-9]{5,6}"), "2 letters and 5 or 6 digits, such as PH123456"),
}
_BODIES = {body.upper(): body for body in _FORMS}
_OF_PROFESSION = {
    "gp": "GMC",
    "physician_associate": "GMC",
    "nurse": "NMC",
    "pharmacist": "GPhC",
    "paramedic": "HCPC",
    "physiotherapist": "HCPC",
}


@dataclass(frozen=True)
class RegistrationError(ValueError):
    """A number that is none; the message says what it should look like."""

    message: str

    def __str__(self) -> str:
        return self.message


def parse_registration(text: str, profession: str) -> str:
    """Return a registration number as "BODY number"; empty for an empty text.

    Without its body in front, the profession says whose number it is: seven digits are a
    pharmacist's of the GPhC, and anyone else's of the GMC. Raises RegistrationError.
    """
    # Full-width digits and letters look the same, and are another number to the database.
    plain = re.sub(r"[\s\-/.:]", "", unicodedata.normalize("NFKC", text)).upper()
    if not plain:
        return ""
    for prefix, body in _BODIES.items():
        if plain.startswith(prefix):
            return _checked(body, plain.removeprefix(prefix))
    expected = _OF_PROFESSION.get(profession)
    if expected:
        return _checked(expected, plain)
    # Seven digits could be the GMC's or the GPhC's; these two forms are nobody else's.
    for body in ("NMC", "HCPC"):
        if _FORMS[body][0].fullmatch(plain):
            return f"{body} {plain}"
    raise RegistrationError(
        "Write the body before the registration number: GMC, NMC, GPhC or HCPC."
    )


def _checked(body: str, number: str) -> str:
    pattern, words = _FORMS[body]
    if not pattern.fullmatch(number):
        raise RegistrationError(f"A {body} number is {words}. Correct it, or leave it empty.")
    return f"{body} {number}"
