"""Reads the labels of the bulletin tables: months with notes, groups, sexes, age bands, hours."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from retention.imports import checks

# “[Notes 5,6]”, once printed without its first bracket: “Notes 10,11]”.
NOTES = re.compile(r"\[?Notes? [0-9, ]+\]")
# “... Nurses 16”: a note that lost its brackets and its word.
BARE_NOTE = re.compile(r"(?<=[a-z])(?<!Under) [0-9]{1,2}$")
# What a group leaves out is the same in every table, so its short name will do.
LEFT_OUT = re.compile(r" ?\(excludes [^)]*\)")
MONTH_YEAR = re.compile(r"([A-Z][a-z]{2,8}) ?(20[0-9]{2})")
AGE_BAND = re.compile(r"Under [0-9]{2}|[0-9]{2}-[0-9]{2}|65 and over|Unknown")
HOURS: Mapping[str, str] = {
    "Working less than or equal to 15 hours": "15 hours or less",
    "Working greater than 15 hours to less than 37.5": "over 15, under 37.5 hours",
    "Working 37.5 hours and over": "37.5 hours or more",
}
SEXES: Mapping[str, str] = {
    "Male ": "male",
    "Female ": "female",
    "Other/Unknown Gender ": "unknown",
    "All ": "",
}
STAFF_GROUPS: Mapping[str, str] = {
    "Practice Staff": "all",
    "Practice Staff (excluding GPs)": "all",
    "GPs": "gp",
    "Nurses": "nurses",
    "Direct Patient Care": "dpc",
    "Admin/Non-Clinical": "admin",
}


def plain(cell: str) -> str:
    """Write a cell on one line, without notes and without spaces round it."""
    text = checks.tidy(cell)
    return checks.tidy(BARE_NOTE.sub("", NOTES.sub("", text)))


def month_of(printed: str) -> date | None:
    """The month that a header names, as its first day: “September 2015”; None if it names none."""
    found = MONTH_YEAR.fullmatch(printed)
    if not found or found[1][:3].lower() not in checks.MONTHS:
        return None
    return date(int(found[2]), checks.MONTHS.index(found[1][:3].lower()) + 1, 1)


@dataclass
class Labels:
    """Where in a table a row stands. A label printed once holds for the rows below it."""

    staff_group: str = "gp"
    sex: str = ""
    group: str = ""

    def take(self, printed: str) -> str:
        """Take over a row's label; return its part of the group, or "" for the whole group.

        A part is an age band, hours, or “Of which estimated”; anything else starts a group. A
        group named only for its sex (“Male Nurses”) sets the sex for the roles below it.
        """
        if AGE_BAND.fullmatch(printed) or printed == "Of which estimated":
            return printed
        for start, hours in HOURS.items():
            if printed.startswith(start):
                return hours
        self._start(LEFT_OUT.sub("", printed).removesuffix(" staff"))
        return ""

    def _start(self, name: str) -> None:
        matches = (
            (sex, name.removeprefix(start))
            for start, sex in SEXES.items()
            if name.startswith(start)
        )
        sex, group = next(matches, (None, name))
        if sex is not None and group in STAFF_GROUPS:
            self.staff_group, self.sex = STAFF_GROUPS[group], sex
        elif sex:
            self.sex = sex
        self.group = group
