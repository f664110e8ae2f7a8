"""Labels of the bulletin tables, with the notes that are printed into them."""

from datetime import date

import pytest

from retention.imports.bulletin_labels import Labels, month_of, plain


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        ("September\n2015\n[Notes 5,6]", "September 2015"),
        ("March\n2017 \nNotes 10,11]", "March 2017"),
        (" December\n2017 ", "December 2017"),
        ("Other/Unknown Gender Nurses 16", "Other/Unknown Gender Nurses"),
        ("Under 30", "Under 30"),
        ("Unknown [Note 23]", "Unknown"),
    ],
)
def test_notes_and_line_breaks_fall_away(printed: str, read: str) -> None:
    assert plain(printed) == read


@pytest.mark.parametrize(
    ("printed", "month"),
    [
        ("September 2015", date(2015, 9, 1)),
        ("June 2021", date(2021, 6, 1)),
        ("% difference October 2024 - October 2025", None),
        ("Smarch 2020", None),
        ("England", None),
        ("", None),
    ],
)
def test_a_header_names_a_month_or_none(printed: str, month: date | None) -> None:
    assert month_of(printed) == month


def walk(*printed: str) -> list[tuple[str, str, str, str]]:
    labels = Labels()
    taken = []
    for label in printed:
        part = labels.take(label)
        taken.append((labels.staff_group, labels.sex, labels.group, part))
    return taken


def test_a_group_holds_for_the_bands_below_it() -> None:
    assert walk("All Nurses", "Of which estimated", "Under 25", "65 and over", "Unknown") == [
        ("nurses", "", "Nurses", ""),
        ("nurses", "", "Nurses", "Of which estimated"),
        ("nurses", "", "Nurses", "Under 25"),
        ("nurses", "", "Nurses", "65 and over"),
        ("nurses", "", "Nurses", "Unknown"),
    ]


def test_a_sex_holds_for_the_roles_below_it_and_not_for_the_next_staff_group() -> None:
    qualified = "All Qualified Permanent GPs (excludes GPs in Training Grade & Locums)"
    assert walk("Male GPs", qualified, "GP Partners", "All Nurses", "Other Nurses") == [
        ("gp", "male", "GPs", ""),
        ("gp", "male", "Qualified Permanent GPs", ""),
        ("gp", "male", "GP Partners", ""),
        ("nurses", "", "Nurses", ""),
        ("nurses", "", "Other Nurses", ""),
    ]


def test_hours_are_parts_and_a_sex_may_stand_before_a_role() -> None:
    working = "Working 37.5 hours and over per week (>= 1 FTE)"
    assert walk("Female Salaried GPs", working, "All Direct Patient Care staff", working) == [
        ("gp", "female", "Salaried GPs", ""),
        ("gp", "female", "Salaried GPs", "37.5 hours or more"),
        ("dpc", "", "Direct Patient Care", ""),
        ("dpc", "", "Direct Patient Care", "37.5 hours or more"),
    ]


def test_what_excludes_and_what_is_excluded_are_not_mixed_up() -> None:
    assert walk("All Practice Staff", "All Practice Staff (excluding GPs)") == [
        ("all", "", "Practice Staff", ""),
        ("all", "", "Practice Staff (excluding GPs)", ""),
    ]
