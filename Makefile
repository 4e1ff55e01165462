# Shortcuts around `alignkit`, which never needs make: `pip install alignkit` and `alignkit …` do the same on Windows.
.DEFAULT_GOAL := help
.PHONY: book test check heavy bench bench-measures calibration lock lab clean help
.DELETE_ON_ERROR:

VENV  := .venv
BIN   := $(VENV)/bin
CYCLE ?= params/riverbend/2026-Q3.yml
UV    ?= uv
SEEDS ?= 200

# In an empty environment (env -i) the shell finds programs, but those they start would not.
ifndef PATH
export PATH := /usr/local/bin:/usr/bin:/bin
endif

# The first of these that is Python 3.11 or newer; `make PYTHON=…` chooses another.
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)

book: $(VENV)/.stamp-run ## Install, run the demo community's notebooks and build its book
	$(BIN)/alignkit run $(CYCLE)
	$(BIN)/alignkit book $(CYCLE)

test: $(VENV)/.stamp-dev node_modules/.stamp ## Run the tests, except the slow ones
	$(BIN)/python -m pytest -m "not heavy and not bench" -n 2 -rs

check: $(VENV)/.stamp-dev ## Lint, format, types, import layers and notebooks: look, change nothing
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python scripts/check_notebooks.py

heavy: $(VENV)/.stamp-dev node_modules/.stamp ## Run the slow tests: whole books, browser, large data
	$(BIN)/python -m pytest -m heavy -n 2 --dist loadfile -rs --durations=30

bench: $(VENV)/.stamp-dev ## Time the runs and the measures, and print the figures
	$(BIN)/python -m pytest -m bench -s -rs

bench-measures: $(VENV)/.stamp-dev ## What all measures cost: the demo's CPU seconds, memory and growth at a million students
	$(BIN)/python -m tests.benchmarks.measures

calibration: $(VENV)/.stamp-dev ## How often intervals hold the truth and words are wrong, over SEEDS=200 (a quarter of an hour)
	$(BIN)/python -m tests.calibration.calibrate --seeds $(SEEDS)

lab: $(VENV)/.stamp-run ## Open the notebooks in JupyterLab
	$(BIN)/jupyter lab --notebook-dir=notebooks

lock: ## Resolve the dependencies again and write requirements/ and environment.yml (needs uv)
	$(call compile,build,run)
	$(call compile,dev,dev)
	$(MAKE) $(VENV)/.stamp-dev
	$(BIN)/python scripts/write_environment.py

clean: ## Remove what was generated, except reports/ and .alignkit/ (the books and the data)
	rm -rf $(VENV) node_modules dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -prune -exec rm -rf {} +

help: ## Say what each target does
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

# One environment. It is set up again only when a lock or pyproject.toml changes; the dev lock contains the run lock.
$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "alignkit needs Python 3.11 or newer; install it, or say where it is: make PYTHON=/path/to/python"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "$(PYTHON) is not Python 3.11 or newer; say where one is: make PYTHON=/path/to/python"; exit 1; }
	$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); echo "No virtual environment could be made; on Debian and Ubuntu: apt-get install python3-venv"; exit 1; }

$(VENV)/.stamp-run: requirements/run.txt pyproject.toml | $(BIN)/python
	$(call install,run)
	touch $@

$(VENV)/.stamp-dev: requirements/dev.txt pyproject.toml | $(BIN)/python
	$(call install,dev)
	touch $(VENV)/.stamp-run $@

# axe-core, for the accessibility tests. Without npm those are skipped and say so.
node_modules/.stamp: package-lock.json
	@if command -v npm >/dev/null; then npm ci --no-audit --no-fund --loglevel=error && touch $@; \
	else echo "npm not found: the accessibility tests will be skipped"; fi

define install
$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/$(1).txt
$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
endef

# One version for all Pythons (fewest), so that environment.yml can repeat it. No host is written into the files.
define compile
$(UV) pip compile pyproject.toml --group $(1) --universal --fork-strategy fewest --python-version 3.11 \
	--generate-hashes --no-annotate --no-header --quiet $(UPGRADE) -o requirements/$(2).txt
endef
