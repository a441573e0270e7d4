# Two commands: `make demo` shows what Colead does, `make test` proves it. Both set up all they need.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
WORKERS ?= 4
PAGE ?= gift-notes.html
export COLEAD_VENV := $(abspath $(VENV))
export OMP_NUM_THREADS ?= 1
PYTEST := $(BIN)/python -m pytest

.PHONY: help demo test lint types contracts trust bench screenshots cover stories pages lock clean run-env dev-env

help: ## what can be made
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/\1|\2/p' $(MAKEFILE_LIST) | awk -F'|' '{printf "make %-12s %s\n", $$1, $$2}'

demo: run-env ## set up, then read an example spec against a made-up shop, then Colead's own idea against its own history
	@$(BIN)/colead demo --html $(PAGE)
	@if [ -e .git ]; then \
	    printf '%s\n' "" "Colead's own first idea, against Colead's own history:"; \
	    $(BIN)/colead check docs/briefs/0001-check.md --repo . --quiet; \
	else \
	    printf '%s\n' "" "Colead's own history is not in this folder (no .git, as in a downloaded archive), so it was not read."; \
	fi
	@echo
	@if [ -t 1 ]; then $(BIN)/colead serve --demo --data $(COLEAD_VENV)/demo; \
	else $(BIN)/python scripts/once.py $(COLEAD_VENV)/demo; fi

test: dev-env lint ## set up, then lint, types, floors, sizes, documents and every test
	@$(PYTEST) -n $(WORKERS) --dist loadgroup -q
	@$(BIN)/python scripts/postgres.py $(PYTEST) -n $(WORKERS) -q tests/web -m "not browser"

lint: dev-env types contracts ## style, types and floors
	@$(BIN)/ruff check --quiet .

types: dev-env ## the types of src and scripts, strictly
	@COLEAD_DATA=$(COLEAD_VENV)/data $(BIN)/mypy --no-error-summary

contracts: dev-env ## who may know whom
	@$(BIN)/lint-imports --no-logo > $(COLEAD_VENV)/contracts.txt || { cat $(COLEAD_VENV)/contracts.txt; exit 1; }

trust: dev-env ## every test in its long dose
	@COLEAD_DOSE=full $(PYTEST) -o faulthandler_timeout=3600 -n $(WORKERS) -q

bench: dev-env ## figures on your own clones: make bench CLONES=folder
	@$(BIN)/python scripts/bench.py $(CLONES)

screenshots: dev-env ## pictures of every screen in build/screenshots (needs chromium)
	@$(BIN)/python scripts/screenshots.py

cover: dev-env ## how much of what Colead knows its tests run; at least 95 in 100 lines
	@$(PYTEST) -n $(WORKERS) -q --cov=colead --cov-report=
	@$(BIN)/coverage report --omit='*/cli/*,*/demo/*' --fail-under=95

stories: dev-env ## the stories alone
	@$(PYTEST) -q tests/stories

pages: dev-env ## write anew what documents repeat from the code: words, codes, the README's transcript
	@$(BIN)/python scripts/pages.py

lock: dev-env ## lock the dependencies anew
	@$(BIN)/python scripts/lock.py

clean: ## remove what was set up and cached
	@rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .coverage build dist src/*.egg-info
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

run-env:
	@$(PYTHON) scripts/bootstrap.py

dev-env:
	@$(PYTHON) scripts/bootstrap.py --dev
