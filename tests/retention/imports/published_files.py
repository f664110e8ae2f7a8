"""Makes small published files, right or wrong, as bytes."""

import csv
import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence

from retention.imports.files import text_file
from retention.imports.tables import Table, open_table
from tests.factories.workbooks import workbook_bytes

MAP_ROW = {
    "PUBLICATION": "GP_PRAC_PAT_LIST",
    "EXTRACT_DATE": "01Jul2026",
    "PRACTICE_CODE": "Z90001",
    "PRACTICE_NAME": "WILLOW LANE SURGERY",
    "PRACTICE_POSTCODE": "ZZ1 1AA",
    "PCN_CODE": "U90001",
    "PCN_NAME": "WILLOW PCN",
    "ONS_SUB_ICB_LOCATION_CODE": "E38000000",
    "SUB_ICB_LOCATION_CODE": "99Z",
    "SUB_ICB_LOCATION_NAME": "NHS Willowshire ICB - 99Z",
    "ONS_ICB_CODE": "E54000000",
    "ICB_CODE": "QZZ",
    "ICB_NAME": "NHS Willowshire Integrated Care Board",
    "ONS_COMM_REGION_CODE": "E40000000",
    "COMM_REGION_CODE": "Y99",
    "COMM_REGION_NAME": "Midshires",
    "SUPPLIER_NAME": "Unknown",
}
LEVEL_ROW = {
    "prac_code": "Z90001",
    "prac_name": "WILLOW LANE SURGERY",
    "pcn_code": "U90001",
    "pcn_name": "WILLOW PCN",
    "sub_icb_code": "99Z",
    "sub_icb_name": "NHS Willowshire ICB - 99Z",
    "icb_code": "QZZ",
    "icb_name": "NHS Willowshire ICB",
    "region_code": "Y99",
    "region_name": "Midshires",
    "total_patients": "9000",
    "gp_source": "Fully provided",
    "total_gp_hc": "6",
    "total_gp_fte": "4.5",
    "total_gp_extg_hc": "5",
    "total_gp_extg_fte": "3.5",
    "total_gp_extgl_hc": "4",
    "total_gp_extgl_fte": "3",
    "total_gp_extgl_hc_55to59": "1",
    "total_gp_extgl_hc_under30": "3",
    "total_nurses_hc": "NA",
    "total_n_trainee_nurse_hc": "ND",
    "total_dpc_hi_thera_hc": "",
    "year": "2025",
    "month": "06",
}

POST_ROW = {
    "Data_source": "NWRS Staff",
    "CENSUS_YEAR": "2026",
    "CENSUS_MONTH": "6",
    "PCN_CODE": "U90001",
    "PCN_NAME": "WILLOW PCN",
    "SUB_ICB_CODE": "99Z",
    "SUB_ICB_NAME": "NHS Willowshire ICB - 99Z",
    "ICB_CODE": "QZZ",
    "ICB_NAME": "NHS Willowshire ICB",
    "COMM_REGION_CODE": "Y99",
    "COMM_REGION_NAME": "Midshires",
    "STAFF_GROUP": "Other Direct Patient Care staff",
    "STAFF_ROLE": "Pharmacists",
    "DETAILED_STAFF_ROLE": "Pharmacist",
    "FTE": "0.8",
    "UNIQUE_IDENTIFIER": "17",
}
DEPRIVATION_ROW = {
    "PRACTICE_CODE": "Z90001",
    "PRACTICE_NAME": "Willow Lane Surgery",
    "IMD_YEAR": "2025",
    "IMD_SCORE": "33.519",
}

# A few of the file's sixty columns.
PAYMENTS_ROW = {
    "Practice Code": "Z90001",
    "Practice Name": "Willow Lane Surgery",
    "Dispensing Practice": "No",
    "Practice Rurality": "Rural",
    "Average payments per registered patient": "162.11",
}


def csv_bytes(
    rows: Sequence[Mapping[str, str]],
    columns: Iterable[str] = (),
    *,
    encoding: str = "utf-8",
    line_end: str = "\r\n",
    quote_all: bool = False,
) -> bytes:
    """Write `rows` as a published CSV would be; `columns` default to those of the first row."""
    names = list(columns) or list(rows[0])
    stream = io.StringIO(newline="")
    writer = csv.writer(
        stream,
        lineterminator=line_end,
        quoting=csv.QUOTE_ALL if quote_all else csv.QUOTE_MINIMAL,
    )
    writer.writerow(names)
    writer.writerows([row[name] for name in names] for row in rows)
    return stream.getvalue().encode(encoding)


def zip_bytes(members: Mapping[str, bytes]) -> bytes:
    """Pack `members` (name to content) as a zip."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return stream.getvalue()


def table(data: bytes) -> Table:
    """Open `data` as a table."""
    return open_table(text_file(data))


def map_rows(*changes: Mapping[str, str]) -> list[dict[str, str]]:
    """Return practice-map rows: practices Z90001, Z90002 ..., each with its changes."""
    return [
        {**MAP_ROW, "PRACTICE_CODE": f"Z9000{number}", **change}
        for number, change in enumerate(changes, start=1)
    ]


def level_rows(*changes: Mapping[str, str]) -> list[dict[str, str]]:
    """Return practice-level rows: practices Z90001, Z90002 ..., each with its changes."""
    return [
        {**LEVEL_ROW, "prac_code": f"Z9000{number}", **change}
        for number, change in enumerate(changes, start=1)
    ]


def post_rows(*changes: Mapping[str, str]) -> list[dict[str, str]]:
    """Return lines of the network workforce file, each with its changes."""
    return [{**POST_ROW, **change} for change in changes]


def deprivation_rows(*changes: Mapping[str, str]) -> list[dict[str, str]]:
    """Return deprivation rows: practices Z90001, Z90002 ..., each with its changes."""
    return [
        {**DEPRIVATION_ROW, "PRACTICE_CODE": f"Z9000{number}", **change}
        for number, change in enumerate(changes, start=1)
    ]


def payment_rows(*ruralities: str) -> list[dict[str, str]]:
    """Return rows of payments: practices Z90001, Z90002 ..., each rural, urban or what is given."""
    return [
        {**PAYMENTS_ROW, "Practice Code": f"Z9000{number}", "Practice Rurality": rurality}
        for number, rurality in enumerate(ruralities, start=1)
    ]


def patient_rows(
    practices: Mapping[str, int], date: str = "2026-07-01", wider: int | None = None
) -> list[dict[str, str]]:
    """Return the lines of practices with so many of each sex in each age, and of a region."""
    rows = []
    for code, each in practices.items():
        rows += _patient_lines("GP", code, each, date)
    total = sum(each * 40 for each in practices.values()) if wider is None else wider
    rows.append(_patient_line("Comm Region", "Y99", "ALL", "ALL", total, date))
    return rows


def _patient_lines(kind: str, code: str, each: int, date: str) -> list[dict[str, str]]:
    ages = [*(f"{start}_{start + 4}" for start in range(0, 95, 5)), "95+"]
    lines = [_patient_line(kind, code, "ALL", "ALL", each * 40, date)]
    for sex in ("FEMALE", "MALE"):
        lines += [_patient_line(kind, code, sex, age, each, date) for age in ages]
        lines.append(_patient_line(kind, code, sex, "ALL", each * 20, date))
    return lines


def _patient_line(
    kind: str, code: str, sex: str, age: str, count: int, date: str
) -> dict[str, str]:
    return {
        "PUBLICATION": "GP_PRAC_PAT_LIST",
        "EXTRACT_DATE": date,
        "ORG_TYPE": kind,
        "ORG_CODE": code,
        "ONS_CODE": "",
        "POSTCODE": "",
        "SEX": sex,
        "AGE_GROUP_5": age,
        "NUMBER_OF_PATIENTS": str(count),
    }


DATES_CELLS = {
    1: "Z90001",
    2: "WILLOW LANE SURGERY",
    3: "Y99",
    4: "QZY",
    10: "ZZ1 1AA",
    11: "19740401",
    13: "A",
    14: "B",
    15: "99Z",
    16: "20200401",
    22: "0",
    26: "4",
}


def dates_bytes(*changes: Mapping[int, str]) -> bytes:
    """Write practices Z90001, Z90002 ... as the ODS list epraccur does: 27 cells, no header."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, quoting=csv.QUOTE_ALL)
    for number, change in enumerate(changes, start=1):
        cells = {**DATES_CELLS, 1: f"Z9000{number}", **change}
        writer.writerow([cells.get(place, "") for place in range(1, 28)])
    return stream.getvalue().encode()


NETWORK_HEADER = (
    "PCN Code",
    "PCN Name",
    "Current Sub ICB Loc Code",
    "Sub ICB Location",
    "Open Date",
    "Close Date",
    "Postcode",
)
MEMBER_HEADER = (
    "Partner\nOrganisation\nCode",
    "Partner\nName",
    "Practice\nParent\nSub ICB Loc Code",
    "Practice\nParent\nSub ICB Loc Name",
    "PCN Code",
    "PCN Name",
    "PCN Parent\nSub ICB Loc Code",
    "PCN Parent\nSub ICB Loc Name",
    "Practice to PCN\nRelationship\nStart Date",
    "Practice to PCN\nRelationship\nEnd Date",
    "Practice Sub ICB Loc and PCN Sub ICB Loc Match ",
)
SUB_ICB = ("99Z", "NHS Willowshire ICB - 99Z")


def network_cells(code: str, starts: str = "20190701", ends: str = "") -> list[str]:
    """Return a row of the sheet of networks."""
    return [code, f"PCN {code}", *SUB_ICB, starts, ends, "ZZ1 1AA"]


def member_cells(practice: str, network: str, starts: str, ends: str = "") -> list[str]:
    """Return a row of the sheet of practices."""
    name = f"SURGERY {practice}"
    return [practice, name, *SUB_ICB, network, f"PCN {network}", *SUB_ICB, starts, ends, "TRUE"]


def history_bytes(networks: Sequence[Sequence[str]], members: Sequence[Sequence[str]]) -> bytes:
    """Write the ODS workbook of networks, both sheets."""
    return workbook_bytes(
        {
            "PCNDetails": [NETWORK_HEADER, *networks],
            "PCN Core Partner Details": [MEMBER_HEADER, *members],
        }
    )
