"""Runs every benchmark of this folder, each in a process of its own, and fails if one fails."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent


def names() -> list[str]:
    """Return the names of the benchmarks, which all begin with bench_."""
    return sorted(path.stem for path in HERE.glob("bench_*.py"))


def main() -> int:
    """Run them in turn; return the number that failed."""
    failed = []
    for name in names():
        print(f"\n== {name}", flush=True)
        with tempfile.TemporaryDirectory(prefix="retention-hub-bench-") as folder:
            environ = os.environ | {"RETENTION_HUB_ENV": "test", "RETENTION_HUB_DATA_DIR": folder}
            # One process each: memory and caches are nobody else's.
            line = [sys.executable, "-m", f"bench.{name}"]
            if subprocess.run(line, cwd=HERE.parent, env=environ, check=False).returncode:
                failed.append(name)
    if failed:
        print(f"\nFailed: {', '.join(failed)}", file=sys.stderr)
    return len(failed)


if __name__ == "__main__":
    sys.exit(main())
