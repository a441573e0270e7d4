# Two commands: `make demo` shows what Colead does, `make test` proves it. Both set up all they need.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
WORKERS ?= 4
export COLEAD_VENV := $(abspath $(VENV))
export PYTHONDONTWRITEBYTECODE ?= 1
export OMP_NUM_THREADS ?= 1
PYTEST := $(BIN)/python -m pytest

.PHONY: help demo test lint types contracts trust bench stories words transcript screenshots lock clean run-env dev-env

help: ## what can be made
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/\1|\2/p' $(MAKEFILE_LIST) | awk -F'|' '{printf "make %-12s %s\n", $$1, $$2}'

demo: run-env ## set up, then read an example spec against a made-up shop, then Colead's own idea against its own history
	@$(BIN)/colead demo
	@$(BIN)/colead check docs/briefs/0001-check.md --repo . --quiet

test: dev-env lint ## set up, then lint, types, floors, sizes, documents and every test, in at most ten minutes
	@$(PYTEST) -n $(WORKERS) -q

lint: dev-env types contracts ## style, types and floors
	@$(BIN)/ruff check --quiet .

types: dev-env ## the types of src and scripts, strictly
	@$(BIN)/mypy --no-error-summary

contracts: dev-env ## who may know whom
	@$(BIN)/lint-imports --no-logo > $(COLEAD_VENV)/contracts.txt || { cat $(COLEAD_VENV)/contracts.txt; exit 1; }

trust: dev-env ## the long doses: hostile histories, all screens, stops at every moment
	@COLEAD_DOSE=full $(PYTEST) -n $(WORKERS) -q

stories: dev-env ## the stories alone
	@$(PYTEST) -q tests/stories

words: dev-env ## write docs/words.md anew
	@$(BIN)/python scripts/words.py

transcript: dev-env ## write the README's transcript anew
	@$(BIN)/python scripts/transcript.py

lock: dev-env ## lock the dependencies anew
	@$(BIN)/python scripts/lock.py

clean: ## remove what was set up and cached
	@rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .coverage build dist src/*.egg-info
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

run-env:
	@$(PYTHON) scripts/bootstrap.py

dev-env:
	@$(PYTHON) scripts/bootstrap.py --dev
