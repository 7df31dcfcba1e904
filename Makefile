PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin

.PHONY: all demo setup test test-browser lint docs docs-site bench

all: lint test

demo:  # the base install, and the check of the sample article
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet .
	$(BIN)/consistency check seeds/patents/en.md seeds/patents/de.md seeds/patents/fr.md seeds/patents/ja.md --fail-on never

setup:  # a virtual environment with everything the tests need
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet -c constraints.txt -e '.[transformers,cluster,ray,docs,dev]'

$(VENV)/.ready: pyproject.toml constraints.txt
	$(MAKE) setup
	touch $@

docs:  # the pages in docs/ that are made from data
	$(BIN)/python -m consistency.checkdocs > docs/checks.md
	$(BIN)/python -m pytest -q tests/test_cli_docs.py tests/test_docs_commands.py --update-golden

docs-site: $(VENV)/.ready  # all of docs/ and a page for every check and language, as a site in build/site
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict

test: $(VENV)/.ready  # the whole suite; make test ARGS='-k number' runs a part of it
	$(BIN)/python -m pytest $(ARGS)

AXE := $(VENV)/axe/node_modules/axe-core/axe.min.js

$(VENV)/.browser: $(VENV)/.ready
	$(BIN)/pip install --quiet -c constraints.txt -e '.[browser]'
	npm install --silent --no-save --prefix $(VENV)/axe axe-core@4.14.1
	touch $@

test-browser: $(VENV)/.browser  # the HTML report in a real Chromium; ARGS='--screenshots reports' makes its pictures
	AXE=$(AXE) $(BIN)/python -m pytest tests/browser $(ARGS)

lint: $(VENV)/.ready  # style and types
	$(BIN)/ruff check .
	$(BIN)/mypy

bench:  # every published figure; benchmarks/README.md says which data each needs
	for script in benchmarks/[a-z]*.py; do echo "== $$script"; $(BIN)/python "$$script" || exit 1; done
