"""Makes practice-level rows whose age profile is known in full."""

from collections.abc import Mapping

from retention.imports.cells import AGE_BANDS, cell_name
from tests.retention.imports.published_files import LEVEL_ROW


def workforce_row(
    practice: str, heads: Mapping[str, int], *, fte: float, **changes: str
) -> dict[str, str]:
    """Return a row of a practice with `heads` of qualified permanent GPs by band, all female."""
    bands = {band: heads.get(band, 0) for band in AGE_BANDS["gp"]}
    cells = {
        cell_name("gp", "hc", sex, "extgl", band): str(count if sex != "male" else 0)
        for sex in ("total", "female", "male")
        for band, count in bands.items()
    }
    totals = {
        "total_gp_extgl_hc": str(sum(heads.values())),
        "total_gp_extgl_fte": str(fte),
    }
    return {**LEVEL_ROW, "prac_code": practice, **cells, **totals, **changes}
