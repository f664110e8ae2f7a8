# Everything runs in .venv, which `make install` makes from requirements-dev.lock.
# A name before the colon is a command; `make help` lists them.
PY := .venv/bin/python
PORT ?= 8000
# One more than two cores can run: tests wait for browsers, servers and PostgreSQL.
PROCESSES ?= 3
PACKAGES := config organisations accounts retention hubs models
CODE := $(PACKAGES) scripts bench tests manage.py
COMPILE := .venv/bin/uv pip compile --quiet --python-version 3.11 --universal --generate-hashes \
	--no-emit-index-url --no-emit-find-links --no-header --no-annotate --override overrides.txt pyproject.toml
RANDOM = $(shell $(PY) -c 'import secrets; print(secrets.token_urlsafe(64))')

export PORT
# Each of many processes would compile what all of them import.
unexport PYTHONDONTWRITEBYTECODE
.DEFAULT_GOAL := help
.PHONY: help install run test lint format bench screenshots lock

help: ## Lists the commands.
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-11s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

install: ## Makes .venv and installs the locked packages; does nothing if up to date.
	@PYTHON="$(PYTHON)" scripts/install.sh

run: install ## Serves the demo hub on PORT (8000 unless set): web server and worker, until Ctrl-C.
	@$(PY) -m scripts.serve_demo

test: install ## Runs the whole suite with its coverage gate; make test ARGS=tests/models runs a part, without the gate.
	$(PY) -m pytest -n $(PROCESSES) --dist worksteal --durations=15 $(or $(ARGS),--cov --cov-report=term:skip-covered)

lint: install ## Checks style, types, layers, templates, house rules, migrations and the production settings.
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/lint-imports
	find templates -name '*.html' -print0 | xargs -0 .venv/bin/djade --check --target-version 5.2
	$(PY) -m pytest -q tests/test_house.py
	RETENTION_HUB_ENV=test $(PY) manage.py makemigrations --check --dry-run
	RETENTION_HUB_ENV=production ALLOWED_HOSTS=hub.example SECRET_KEY=$(RANDOM) PLAN_KEYS=$(RANDOM) \
		$(PY) manage.py check --deploy --fail-level WARNING
	RETENTION_HUB_ENV=test .venv/bin/mypy $(CODE)

format: install ## Rewrites Python files and templates in the house style.
	.venv/bin/ruff check --fix .
	.venv/bin/ruff format .
	find templates -name '*.html' -print0 | xargs -0 .venv/bin/djade --target-version 5.2

bench: install ## Runs the benchmarks and prints a table for each.
	$(PY) -m bench.run_all

screenshots: install ## Takes the README's pictures from a new demo; needs a Chromium.
	@$(PY) -m scripts.screenshots

lock: install ## Compiles both locks from pyproject.toml and overrides.txt.
	$(COMPILE) -o requirements.lock
	$(COMPILE) --extra dev -c requirements.lock -o requirements-dev.lock
