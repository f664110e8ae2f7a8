"""Registration numbers: the forms of four bodies."""

import pytest

from retention.imports.registration import RegistrationError, parse_registration


@pytest.mark.parametrize(
    ("text", "profession", "expected"),
    [
        ("", "gp", ""),
        ("1234567", "gp", "GMC 1234567"),
        ("GMC 123 4567", "gp", "GMC 1234567"),
        ("1234567", "physician_associate", "GMC 1234567"),
        ("12a3456e", "nurse", "NMC 12A3456E"),
        ("NMC: 12A3456E", "other", "NMC 12A3456E"),
        ("2012345", "pharmacist", "GPhC 2012345"),
        ("gphc 2012345", "other", "GPhC 2012345"),
        ("PA12345", "paramedic", "HCPC PA12345"),
        ("HCPC PH123456", "other", "HCPC PH123456"),
        ("PH123456", "physiotherapist", "HCPC PH123456"),
        # Without a profession that says so, the form alone tells the body.
        ("12A3456E", "other", "NMC 12A3456E"),
        ("OT12345", "other", "HCPC OT12345"),
        # As a keyboard set to full width writes it.
        ("\uff11\uff12\uff13\uff14\uff15\uff16\uff17", "gp", "GMC 1234567"),
    ],
)
def test_numbers_are_written_one_way(text: str, profession: str, expected: str) -> None:
    assert parse_registration(text, profession) == expected


@pytest.mark.parametrize(
    ("text", "profession", "told"),
    [
        ("123456", "gp", "7 digits"),
        ("12345678", "gp", "7 digits"),
        ("12A3456E", "gp", "GMC"),
        ("A123456E", "nurse", "2 digits, a letter"),
        ("XX12345", "paramedic", "HCPC"),
        ("201234", "pharmacist", "GPhC"),
        ("1234567", "other", "Write the body"),
        ("\u0661\u0662\u0663\u0664\u0665\u0666\u0667", "gp", "7 digits"),
    ],
)
def test_other_numbers_are_refused_with_their_form(text: str, profession: str, told: str) -> None:
    with pytest.raises(RegistrationError, match=told):
        parse_registration(text, profession)
