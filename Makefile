PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin

.PHONY: all setup test lint bench

all: lint test

setup:  # a virtual environment with everything the tests need
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet -c constraints.txt -e '.[transformers,dev]'

test:  # the whole suite; make test ARGS='-k number' runs a part of it
	$(BIN)/python -m pytest $(ARGS)

lint:  # style and types
	$(BIN)/ruff check .
	$(BIN)/mypy

bench:  # every published figure; benchmarks/README.md says which data each needs
	for script in benchmarks/[a-z]*.py; do echo "== $$script"; $(BIN)/python "$$script" || exit 1; done
