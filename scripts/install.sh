#!/bin/sh
# Makes .venv and installs the locked packages into it; does nothing when that is already so.
set -eu
cd "$(dirname "$0")/.."

lock=requirements-dev.lock
stamp=.venv/installed-lock

if [ -f "$stamp" ] && cmp -s "$lock" "$stamp" && .venv/bin/python -c '' 2>/dev/null; then
    exit 0
fi

say() {
    echo "install: $*" >&2
}

# A name on the path is not enough: a version manager's shim may lead nowhere. So each one is run.
find_python() {
    for name in ${PYTHON:-} python3.13 python3.12 python3.11 python3; do
        if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then
            echo "$name"
            return
        fi
    done
    say "Python 3.11 or later was not found. Install it, or name it: make install PYTHON=/path/to/python3"
    exit 1
}

if ! .venv/bin/python -c 'import pip' 2>/dev/null; then
    python=$(find_python)
    if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
        say "$python has no venv module. On Debian or Ubuntu: apt-get install python3-venv"
        exit 1
    fi
    say "making .venv with $("$python" -V)"
    "$python" -m venv --clear .venv
fi

say "installing the locked packages; the first time takes about two minutes"
rm -f "$stamp"
# --no-deps: the lock is complete, and leaves out Wagtail on purpose (see overrides.txt).
# --no-compile: Python compiles what it imports, a small part of what lies in these packages.
.venv/bin/python -m pip install --quiet --disable-pip-version-check --no-compile \
    --require-hashes --no-deps --only-binary :all: -r "$lock"
cp "$lock" "$stamp"
