"""Times the dashboard of a network at the size of England, with its charts; counts its queries.

Loads the practice map, made practice-level rows for all its practices, and what stands beside
them into a database of its own, then asks for pages and pictures as a browser would.
`python -m bench.bench_dashboard`
"""

import datetime as dt
import os
import sys
import tempfile
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter, process_time

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
MAP = DATA / "gp-reg-pat-prac-map-2026-07.zip"
BESIDE = {
    "patients": DATA / "gp-reg-pat-prac-quin-age-2026-07.zip",
    "deprivation": DATA / "imd-2025-gp-practice.csv",
    "network staff": DATA / "pcn-workforce-individual-2026-06.zip",
}
# What prints no month of its own.
MONTHS = {"rurality (made)": dt.date(2025, 3, 1)}
AIM_P95, AIM_COLD = 0.150, 0.700
# Asked for by the browser beside the page, when they come into sight.
CHARTS = ("age", "outlook", "ahead")
NETWORKS, ROUNDS = 40, 10


def start(folder: str) -> None:
    """Start Django on an empty database in `folder`."""
    os.environ |= {"RETENTION_HUB_ENV": "test", "RETENTION_HUB_DATA_DIR": folder}
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    os.environ.setdefault("DATABASE_URL", f"sqlite:///{folder}/bench.sqlite3")
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)


def load() -> None:
    """Load the map and the made rows."""
    from accounts.actor import Actor
    from bench.practice_level_rows import practice_level_csv
    from retention.actions.import_files import import_file
    from retention.imports.recognise import read_file

    by = Actor.command("bench")
    rows = read_file(MAP)[0].rows
    made = practice_level_csv(rows)
    sources: dict[str, Path | bytes] = {"practice map": MAP, "practice-level rows": made}
    sources |= {name: source for name, source in BESIDE.items() if source.is_file()}
    sources["rurality (made)"] = rurality_csv(row.practice_code for row in rows)
    for name, source in sources.items():
        began = perf_counter()
        for report in import_file(by=by, source=source, name=name, month=MONTHS.get(name)):
            if report.is_refused:
                sys.exit(f"{name}: {report.rejected}")
            print(f"loaded {name}: {report.created:,} rows in {perf_counter() - began:.1f} s")


def rurality_csv(practices: Iterable[str]) -> bytes:
    """Return a file in which one practice in six is rural, in the form of the published one."""
    header = "Practice Code,Practice Name,Practice Rurality"
    lines = (
        f"{code},{code},{'Urban' if number % 6 else 'Rural'}"
        for number, code in enumerate(practices)
    )
    return "\n".join((header, *lines)).encode()


def hub_reader() -> str:
    """Make a hub for every ICB and its retention lead; return the lead's e-mail address."""
    from accounts.models import RoleGrant, User
    from organisations.models import Link, Organisation
    from organisations.models.link import LinkKind
    from organisations.models.organisation import Kind

    hub = Organisation.objects.create(
        kind=Kind.TRAINING_HUB, code="BENCH", slug="bench", name="Bench Training Hub"
    )
    since = dt.date(2020, 4, 1)
    for icb in Organisation.objects.filter(kind=Kind.ICB):
        Link.objects.create(kind=LinkKind.ICB_HUB, child=icb, parent=hub, starts_on=since)
    user = User.objects.create_user(email="lead@example.org", password=None, name="Bench Lead")
    RoleGrant.objects.create(
        user=user, role="hub_retention_lead", organisation=hub, starts_on=since
    )
    return str(user.email)


def networks_by_size() -> list[tuple[str, int]]:
    """Return code and number of practices of networks of every size."""
    from django.db.models import Count

    from organisations.models import Organisation
    from organisations.models.link import LinkKind
    from organisations.models.organisation import Kind

    networks = (
        Organisation.objects.filter(kind=Kind.NETWORK, child_links__kind=LinkKind.PRACTICE_NETWORK)
        .annotate(practices=Count("child_links"))
        .order_by("practices", "code")
        .values_list("code", "practices")
    )
    found = list(networks)
    # Spread over all sizes, the smallest and the largest among them.
    return [found[i * (len(found) - 1) // (NETWORKS - 1)] for i in range(NETWORKS)]


def timed(get: Callable[[str], object], address: str) -> tuple[float, float]:
    """Return the seconds of one request: on the clock, and of our own work."""
    began, worked = perf_counter(), process_time()
    get(address)
    return perf_counter() - began, process_time() - worked


def milliseconds(seconds: Sequence[float]) -> str:
    """Return median and 95th percentile as two columns."""
    return f"{median(seconds) * 1000:>11.0f}{quantiles(seconds, n=20)[-1] * 1000:>9.0f}"


def main() -> int:
    """Print the tables; return 1 if the queries grow with the practices."""
    if not MAP.is_file():
        print(f"Left out: the practice map is not at {MAP}.")
        return 0
    with tempfile.TemporaryDirectory() as folder:
        start(folder)
        load()
        return measure()


def measure() -> int:
    """Ask for the pages; the first round fills the cache and is told apart."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from accounts.models import User

    client = Client()
    client.force_login(User.objects.get(email=hub_reader()))

    def get(address: str) -> None:
        # An error page is quick, and would pass for a fast one.
        if client.get(address).status_code != 200:
            sys.exit(f"{address} did not answer 200")

    networks = networks_by_size()
    _print_times(_timings(get, networks))
    print(f"\n{'network':<10}{'practices':>10}{'queries':>9}")
    counts = set()
    for code, practices in (*networks[:: NETWORKS // 5], networks[-1]):
        with CaptureQueriesContext(connection) as queries:
            get(f"/networks/{code}/")
        counts.add(len(queries))
        print(f"{code:<10}{practices:>10}{len(queries):>9}")
    return int(len(counts) > 1)


def _timings(
    get: Callable[[str], object], networks: Sequence[tuple[str, int]]
) -> list[tuple[str, list[tuple[float, float]]]]:
    """Return the times of the page and of its charts, the first round of each apart."""
    cold = [timed(get, f"/networks/{code}/") for code, _ in networks]
    warm = [timed(get, f"/networks/{code}/") for _ in range(ROUNDS) for code, _ in networks]
    rows = [("first time", cold), ("warm", warm)]
    for chart in CHARTS:
        for which in ("first", "warm"):
            urls = [f"/networks/{code}/charts/{chart}-wide.svg" for code, _ in networks]
            rows.append((f"{chart}, {which}", [timed(get, url) for url in urls]))
    return rows


def _print_times(rows: Sequence[tuple[str, list[tuple[float, float]]]]) -> None:
    print(
        f"\nnetwork dashboard; the aim for p95 is {AIM_P95 * 1000:.0f} ms warm and "
        f"{AIM_COLD * 1000:.0f} ms the first time. On a busy machine"
    )
    print("the clock also counts waiting for others; own work does not.")
    print(f"{'':<12}{'requests':>9}{'median ms':>11}{'p95 ms':>9}{'own work':>11}{'p95 ms':>9}")
    for name, times in rows:
        clock, work = zip(*times, strict=True)
        print(f"{name:<16}{len(times):>5}{milliseconds(clock)}{milliseconds(work)}")


if __name__ == "__main__":
    sys.exit(main())
