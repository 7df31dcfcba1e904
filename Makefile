PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin

.PHONY: all demo setup test test-browser lint docs docs-site bench fuzz mutants faults dist release audit sbom

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

test: $(VENV)/.ready  # the whole suite, over all cores; make test ARGS='-k number' runs a part of it
	$(BIN)/python -m pytest -n auto --dist worksteal $(ARGS)

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

TARGETS := markdown html asciidoc rst yaml po json docx subtitles text lines tmx xliff facts hidden align pair batch report configuration baseline
SECONDS_EACH ?= 60

$(VENV)/.fuzz: $(VENV)/.ready
	$(BIN)/pip install --quiet atheris
	touch $@

fuzz: $(VENV)/.fuzz  # every target for a minute; make fuzz TARGETS=html SECONDS_EACH=3600 for one of them and longer
	for target in $(TARGETS); do $(BIN)/python fuzz/fuzz.py $$target -max_total_time=$(SECONDS_EACH) -print_final_stats=1 || exit 1; done

mutants: $(VENV)/.ready  # what the tests of comparing do not hold; ARGS='consensus --sample 50'
	$(BIN)/python benchmarks/mutants.py $(ARGS)

faults: $(VENV)/.ready  # full disks, odd clocks, two runs at once, 200 kills
	$(BIN)/python benchmarks/faults.py $(ARGS)

export SOURCE_DATE_EPOCH ?= $(shell git log -1 --format=%ct 2>/dev/null || echo 1760000000)

dist: $(VENV)/.ready  # wheel and sdist, built twice; the hashes are the same or it fails
	rm -rf dist build/again
	$(BIN)/python -m hatchling build -d dist
	TZ=Asia/Tokyo LC_ALL=C PYTHONHASHSEED=7 $(BIN)/python -m hatchling build -d build/again
	cd dist && sha256sum * | tee ../build/hashes && cd ../build/again && sha256sum --check ../hashes

RELEASE := build/release

release: dist  # the wheel in an empty environment, which does the main job there
	rm -rf $(RELEASE)
	$(PYTHON) -m venv $(RELEASE)
	$(RELEASE)/bin/pip install --quiet dist/*.whl
	cd build && release/bin/consistency check ../seeds/patents/en.md ../seeds/patents/de.md --fail-on never

$(VENV)/.supply: $(VENV)/.ready  # beside the environment, not in it: what looks at packages brings its own
	$(PYTHON) -m venv $(VENV)/supply
	$(VENV)/supply/bin/pip install --quiet 'pip-audit>=2.7,<3' 'cyclonedx-bom>=5,<8'
	touch $@

audit: release $(VENV)/.supply  # known weaknesses of what an installation brings (asks the package index)
	$(VENV)/supply/bin/pip-audit --progress-spinner off --skip-editable --path $$(echo $(RELEASE)/lib/python*/site-packages)

sbom: release $(VENV)/.supply  # what an installation brings, as CycloneDX: dist/sbom.json
	$(VENV)/supply/bin/cyclonedx-py environment --output-reproducible --of JSON -o dist/sbom.json $(RELEASE)/bin/python
