"""The rules of the house that no package checks: what is kept here, and how long it may be."""

import ast
import os
import re
import socket
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from django.conf import settings
from pytest_socket import SocketConnectBlockedError

from tests.conftest import ROOT

LOCKS = ("requirements.lock", "requirements-dev.lock")
# What the tools and the service leave behind, and what git keeps.
LEFT_OUT = {".git", ".venv", "var", "htmlcov", "test-results"}
TEXT = {".py", ".html", ".txt", ".css", ".js", ".md", ".toml", ".lock", ".sh", ".svg", ".json", ""}
# The standard table, and the dates of pension rules.
OUR_OWN_DATA = {"models/data/standard_table.csv", "models/data/pension_rules.csv"}
# Tests may list more cases in a file than a reader should have to hold of the service.
FILE_LINES, TEST_FILE_LINES = 350, 500
FUNCTION_LINES = 40
# Ways through a function, those of its comprehensions and conditions counted too: ruff's own count
# leaves them out, and a reader has to follow them all the same.
COMPLEXITY = 10
BRANCHES = (
    ast.Assert,
    ast.BoolOp,
    ast.comprehension,
    ast.ExceptHandler,
    ast.For,
    ast.If,
    ast.IfExp,
    ast.match_case,
    ast.While,
    ast.With,
)
# A test of these folders follows a story or a table, not one module.
NO_MIRROR = ("tests/browser/", "tests/permissions/", "tests/real_data/", "tests/test_house.py")


def all_files() -> Iterator[Path]:
    """Yield the files of the repository; without git, which a user's machine may lack."""
    for folder, folders, names in os.walk(ROOT):
        folders[:] = [
            name
            for name in folders
            if name not in LEFT_OUT and name != "__pycache__" and not name.endswith("_cache")
            if name != ".hypothesis"
        ]
        yield from (Path(folder) / name for name in names if not name.startswith(".coverage"))


FILES = sorted(all_files())
MODULES = [path for path in FILES if path.suffix == ".py" and path.parent.name != "migrations"]


def name_of(path: Path) -> str:
    """Return a path as a reader writes it."""
    return path.relative_to(ROOT).as_posix()


def pins(lock: str) -> dict[str, str]:
    """Return the version of each package in a lock."""
    return dict(re.findall(r"^([a-z0-9.-]+)==(\S+)", (ROOT / lock).read_text(), flags=re.M))


@pytest.mark.parametrize("lock", LOCKS)
def test_lock_holds_no_address(lock: str) -> None:
    address = r"://|^\s*--?(index|extra|find|i|f)\b|@|\w\.(org|com|net|io|dev)\b"
    assert not re.search(address, (ROOT / lock).read_text(), flags=re.M)


@pytest.mark.parametrize("lock", LOCKS)
def test_every_line_of_a_lock_is_pinned_and_hashed(lock: str) -> None:
    entries = re.split(r"\n(?=\S)", (ROOT / lock).read_text().strip())
    assert len(entries) > 50
    for entry in entries:
        assert re.match(r"[a-z0-9.-]+==\S+ ", entry), entry
        assert "--hash=sha256:" in entry, entry


def test_dev_lock_holds_the_service_as_it_is_deployed() -> None:
    assert pins("requirements.lock").items() <= pins("requirements-dev.lock").items()


def test_only_wagtail_is_missing() -> None:
    """The override drops it: of its NHS package only the static files are used."""
    check = subprocess.run(
        [sys.executable, "-m", "pip", "check"], capture_output=True, text=True, check=False
    )
    assert [line for line in check.stdout.splitlines() if "which is not installed" in line] == [
        "wagtail-nhsuk-frontend 2.1.0 requires wagtail, which is not installed."
    ]


def test_every_dependency_has_its_reason() -> None:
    lines = (ROOT / "pyproject.toml").read_text().splitlines()
    project = tomllib.loads("\n".join(lines))["project"]
    wanted = {*project["dependencies"], *project["optional-dependencies"]["dev"]}
    with_reason = {
        below.strip().rstrip(",").strip('"')
        for above, below in pairwise(lines)
        if above.strip().startswith("# ")
    }
    assert wanted - with_reason == set()
    assert wanted


def test_nothing_of_a_third_party_is_kept() -> None:
    theirs = re.compile(
        r"\.min\.|node_modules|vendor|htmx.*\.js$|nhsuk.*\.(css|js)$|\.(woff2?|map)$"
    )
    assert [name_of(path) for path in FILES if theirs.search(name_of(path).lower())] == []


def test_no_published_data_is_kept() -> None:
    """Tables of ours are kept; what publishers print stays with them."""
    kinds = {".csv", ".zip", ".xlsx", ".sqlite3", ".parquet", ".pdf"}
    kept = {name_of(path) for path in FILES if path.suffix in kinds}
    assert kept - OUR_OWN_DATA == set()


def test_no_package_registry_is_named() -> None:
    registries = re.compile("|".join(("pypi" + r"\.org", "python" + "hosted", "npm" + r"js\.")))
    texts = [path for path in FILES if path.suffix in TEXT]
    assert [name_of(path) for path in texts if registries.search(path.read_text("utf-8"))] == []


def test_readme_names_commands_that_exist() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), flags=re.M))
    named = set(re.findall(r"`(?:[A-Z_]+=\S+ )*make ([a-z]+)", (ROOT / "README.md").read_text()))
    assert {"run", "test"} <= named <= targets


def functions(text: str) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Yield the functions and methods of a module, those inside others too."""
    nodes = ast.walk(ast.parse(text))
    yield from (each for each in nodes if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef))


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_lengths_and_complexity(path: Path) -> None:
    text = path.read_text("utf-8")
    is_test = name_of(path).startswith("tests/")
    assert len(text.splitlines()) <= (TEST_FILE_LINES if is_test else FILE_LINES)
    too_long, too_complex = {}, {}
    for node in functions(text):
        lines = (node.end_lineno or node.lineno) - node.lineno + 1
        ways = 1 + sum(isinstance(inner, BRANCHES) for inner in ast.walk(node))
        if lines > FUNCTION_LINES:
            too_long[node.name] = lines
        if ways > COMPLEXITY and not is_test:
            too_complex[node.name] = ways
    assert (too_long, too_complex) == ({}, {})


# The rule by name, then why in brackets, or behind a second mark as mypy wants it.
_IGNORE = re.compile(r"# (?:noqa|type: ignore)\b.*")
_REASONED = re.compile(r"# (?:noqa: [A-Z0-9, ]+  ?\(.+\)|type: ignore\[[a-z, -]+\]  # .+)")


def test_every_ignored_rule_has_its_reason_beside_it() -> None:
    bare = [
        f"{name_of(path)}:{number}"
        for path in MODULES
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1)
        for ignore in _IGNORE.findall(line)
        if not _REASONED.fullmatch(ignore)
    ]
    assert bare == []


def test_no_door_asks_the_database_itself() -> None:
    """Views and the API call queries and actions, which know who may see what."""
    doors = [path for path in MODULES if path.stem == "api" or path.parent.name in ("views", "api")]
    found = [
        f"{name_of(path)}:{node.lineno}"
        for path in doors
        if not name_of(path).startswith("tests/")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Attribute) and node.attr in ("objects", "_default_manager")
    ]
    assert found == []


# What a reader may see is as of today, whatever day they ask for; so are roles.
ACCESS_IS_OF_TODAY = {
    "accounts/queries/people.py: open_grants",
    "accounts/queries/people.py: places_with_roles",
    "accounts/queries/roles.py: roles_of",
    "retention/queries/places_within.py: readable_practices",
    "retention/queries/plans.py: shared_plans",
    "hubs/queries/readable_counts.py: readable_counts",
}


def reads_the_calendar(path: Path) -> Iterator[str]:
    """Yield each function of a module that calls today() otherwise than as `day or today()`."""
    for function in ast.walk(ast.parse(path.read_text("utf-8"))):
        if not isinstance(function, ast.FunctionDef):
            continue
        nodes = list(ast.walk(function))
        defaults = [
            node.values[-1]
            for node in nodes
            if isinstance(node, ast.BoolOp) and isinstance(node.op, ast.Or)
        ]
        calls = [node for node in nodes if isinstance(node, ast.Call) and node not in defaults]
        if any(isinstance(call.func, ast.Name) and call.func.id == "today" for call in calls):
            yield f"{name_of(path)}: {function.name}"


def test_every_query_takes_the_day() -> None:
    """Names, links, posts and roles are dated: today is only what a query falls back on."""
    queries = [path for path in MODULES if path.parent.name == "queries"]
    ours = [path for path in queries if not name_of(path).startswith("tests/")]
    assert len(ours) > 20
    assert {found for path in ours for found in reads_the_calendar(path)} == ACCESS_IS_OF_TODAY


def mirrored(test: Path) -> bool:
    """Say whether a test file stands where its module does, with its name or a longer one."""
    folder = ROOT / test.parent.relative_to(ROOT / "tests")
    name = test.stem.removeprefix("test_")
    modules = [path.stem for path in folder.iterdir()] if folder.is_dir() else []
    return any(name == module or name.startswith(f"{module}_") for module in modules)


def test_tests_mirror_the_tree() -> None:
    tests = [path for path in MODULES if name_of(path).startswith("tests/")]
    lost = [
        name_of(path)
        for path in tests
        if path.stem.startswith("test_") and not name_of(path).startswith(NO_MIRROR)
        if not mirrored(path)
    ]
    assert lost == []


def test_sockets_are_closed_but_for_this_machine() -> None:
    # 192.0.2.1 is kept for documentation: nobody answers there.
    with socket.socket() as outward, pytest.warns(UserWarning, match="192.0.2.1"):
        with pytest.raises(SocketConnectBlockedError):
            outward.connect(("192.0.2.1", 80))


def test_sockets_to_this_machine_are_open() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        with socket.create_connection(server.getsockname(), timeout=5) as client:
            assert client.getpeername() == server.getsockname()


def test_suite_keeps_away_from_the_developers_data() -> None:
    assert settings.MODE == "test"
    assert not Path(settings.DATA_DIR).is_relative_to(ROOT)


@pytest.mark.django_db
def test_sqlite_test_database_is_a_file() -> None:
    """A database in memory is not seen by the live server's threads."""
    database = settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        assert Path(database["NAME"]).is_file()
    else:
        assert database["NAME"].startswith("test_")
