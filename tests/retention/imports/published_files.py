"""Makes small published files, right or wrong, as bytes."""

import csv
import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence

from retention.imports.files import text_file
from retention.imports.tables import Table, open_table

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
