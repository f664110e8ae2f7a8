"""Makes high-level and individual-level workforce rows."""

from collections.abc import Mapping

ROLE_ROW = {
    "PRAC_CODE": "Z90001",
    "PRAC_NAME": "WILLOW LANE SURGERY",
    "STAFF_GROUP": "GP",
    "DETAILED_STAFF_ROLE": "Total",
    "MEASURE": "Headcount",
    "VALUE": "6",
}
STAFF_ROW = {
    "comm_region_code": "Y99",
    "comm_region_name": "Midshires",
    "icb_code": "QZZ",
    "icb_name": "NHS Willowshire ICB",
    "sub_icb_code": "99Z",
    "sub_icb_name": "NHS Willowshire ICB - 99Z",
    "data_source": "Collected",
    "unique_identifier": "110_20232",
    "staff_group": "GP",
    "detailed_staff_role": "Partner/Provider",
    "staff_role": "GP Partners",
    "country_qualification_area": "United Kingdom",
    "country_qualification_group": "UK",
    "age_band": "55-59",
    "age_years": "57",
    "gender": "Female",
    "fte": "0.8",
    "snapshot_year": "2023",
    "snapshot_month": "2",
    "snapshot_date": "2023-02-01",
    "year": "2023",
    "month": "02",
}


def role_rows(*changes: Mapping[str, str]) -> list[dict[str, str]]:
    """Return lines of the high-level file, each with its changes."""
    return [{**ROLE_ROW, **change} for change in changes]


def staff_rows(*changes: Mapping[str, str]) -> list[dict[str, str]]:
    """Return lines of the individual-level file, each with its changes."""
    return [{**STAFF_ROW, **change} for change in changes]
