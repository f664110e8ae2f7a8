"""`make install` installs once, again when the lock changes, and says what a machine lacks."""

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.conftest import ROOT

SHELL = shutil.which("sh") or "/bin/sh"


def program(path: Path, body: str) -> None:
    """Write a shell script that stands for a program."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!{SHELL}\n{body}\n")
    path.chmod(0o755)


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """Return a checkout with the script, a lock and a path that holds no Python."""
    (tmp_path / "scripts").mkdir()
    shutil.copy(ROOT / "scripts" / "install.sh", tmp_path / "scripts")
    (tmp_path / "requirements-dev.lock").write_text("one==1\n")
    for name in ("dirname", "cmp", "cp", "rm"):
        found = shutil.which(name)
        assert found is not None
        program(tmp_path / "bin" / name, f'exec {found} "$@"')
    return tmp_path


def install(checkout: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [SHELL, str(checkout / "scripts" / "install.sh")],
        env={"PATH": str(checkout / "bin")},
        capture_output=True,
        text=True,
        check=False,
    )


def test_missing_python_is_said(checkout: Path) -> None:
    done = install(checkout)
    assert done.returncode == 1
    assert "Python 3.11 or later was not found" in done.stderr


def test_old_python_and_empty_shims_are_passed_over(checkout: Path) -> None:
    for name in ("python3.13", "python3"):
        program(checkout / "bin" / name, "exit 1")
    program(checkout / "bin" / "python3.12", f'echo "$@" >> {checkout}/called')
    install(checkout)
    assert "-m venv --clear .venv" in (checkout / "called").read_text()


def test_missing_venv_module_is_said(checkout: Path) -> None:
    program(checkout / "bin" / "python3", 'case "$2" in *ensurepip*) exit 1;; esac')
    done = install(checkout)
    assert done.returncode == 1
    assert "apt-get install python3-venv" in done.stderr


def test_installs_from_hashes_once_for_each_lock(checkout: Path) -> None:
    called = checkout / "called"
    program(checkout / ".venv" / "bin" / "python", f'echo "$@" >> {called}')
    first = install(checkout)
    assert first.returncode == 0
    assert "installing" in first.stderr
    assert "--require-hashes --no-deps --only-binary :all:" in called.read_text()

    called.unlink()
    assert install(checkout).stderr == ""
    assert "pip" not in called.read_text()

    (checkout / "requirements-dev.lock").write_text("one==2\n")
    assert "installing" in install(checkout).stderr
    assert "pip install" in called.read_text()


def test_failed_install_is_tried_again(checkout: Path) -> None:
    fails = 'case "$*" in *"pip install"*) exit 1;; esac'
    program(checkout / ".venv" / "bin" / "python", fails)
    assert install(checkout).returncode != 0
    assert "installing" in install(checkout).stderr
