# Two commands do everything on a fresh machine: make reports, make test.
PYTHON ?= python3
UV := .venv/bin/uv
RUN := $(UV) run --frozen --no-sync
# Two processes with a thread each: more threads would wait for each other in busy loops.
PYTEST := OPENBLAS_NUM_THREADS=1 $(RUN) pytest -n 2

.PHONY: setup tables reports test slow check bench lab pair starter docs

setup: .venv/.ready

.venv/.ready: pyproject.toml uv.lock src/landscape/reports/assets/package-lock.json
	test -x $(UV) || ($(PYTHON) -m venv .venv && .venv/bin/python -m pip install --quiet "uv>=0.5")
	$(UV) sync --frozen --inexact --compile-bytecode
	$(RUN) python -m landscape.reports.assets
	touch $@

tables: setup
	$(RUN) landscape tables

reports: tables
	$(RUN) landscape run --jobs 2

check: setup
	$(RUN) ruff check
	$(RUN) ruff format --check
	$(RUN) mypy
	$(RUN) lint-imports

test: check
	$(PYTEST) -m "not slow"

# The long forms: a hundred kills, every damaged file, every notebook by papermill.
slow: setup
	$(PYTEST) -m slow

bench: setup
	$(RUN) python benchmarks/run.py

lab: setup
	$(RUN) jupyter lab notebooks

# The documentation site, into site/; stops at the first warning.
docs: tables
	NO_MKDOCS_2_WARNING=1 $(RUN) mkdocs build --strict --quiet

# After a notebook, or its twin in notebooks/plain, was changed: the older of the two follows.
pair: setup
	$(RUN) jupytext --sync notebooks/*.ipynb

binder/requirements.txt: uv.lock
	$(UV) export --frozen --no-dev --no-emit-project --no-hashes --no-annotate --no-header -o $@

starter: setup
	$(RUN) python -m landscape.starter_edition ../shared/data
