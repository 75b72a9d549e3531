# Two commands for a newcomer: `make demo` and `make test`. Each makes its own environment in .venv first.
# The package is installed as a user has it, not editable: an editable install hides it from mypy, and from
# Python itself in the folder that holds the checkout.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SOURCES := pyproject.toml README.md $(shell find src ontology graph loaders queries viz -type f -not -name '*.pyc')

.PHONY: demo test check clean

demo: $(VENV)/installed
	$(BIN)/unionkg demo demo

test: $(VENV)/installed $(VENV)/test-tools
	$(BIN)/python -m pytest -q -n auto --dist worksteal -m "not slow and not neo4j and not browser"

check: $(VENV)/installed $(VENV)/dev-tools
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/python -m mypy

$(VENV)/environment: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet ".[all]"
	@touch $@

$(VENV)/installed: $(VENV)/environment $(SOURCES)
	rm -rf build
	$(BIN)/python -m pip install --quiet --no-deps --force-reinstall .
	@touch $@

$(VENV)/test-tools: $(VENV)/environment
	$(BIN)/python -m pip install --quiet --group test
	@touch $@

$(VENV)/dev-tools: $(VENV)/environment
	$(BIN)/python -m pip install --quiet --group dev
	@touch $@

clean:
	rm -rf $(VENV) demo build dist *.egg-info .mypy_cache .pytest_cache .ruff_cache
