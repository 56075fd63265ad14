# make run    sets up, shows the program's state from the record that ships, and serves it (PORT=2870, or the next free)
# make pages  makes every page of the site ready, as the first `make run` does; again after a change of the code
# make test   sets up, and runs the tests
# make custody  installs what `custody audit` needs in addition (`make test` brings it too)
# make extras  installs that, and what reading agreements (OCR) and audits on Spark need
# make check  ruff, mypy, and the tests that imports point one way and that the record is of this code
# make bench  measures speed and memory, side by side with what a user would use instead
# make record rebuilds the record that ships from ../shared/lists
# make outcomes derives the tables on outcomes that ship from ../shared/outcomes
# make rules  writes docs/rules.md again from the declared rules
# make documents  reads the agreements of ../shared/documents into the tables that ship
# make words  brings the site's catalogs up to its words, and says what is not translated
# make docs   draws docs/architecture.md from the imports
# make properties  the property tests on other examples (SEEDS="1 2 3"); `make test` draws the same ones each time
# make test-quick  the tests of the inner loop: those that take least (tests/costs.csv)
# make test-costs  runs all tests, and measures again what each of them takes
# make test-new  runs the tests that were not measured, and measures them
# make bench-custody   audits: cases a second, memory, against pandas; on a cluster that loses a worker (BENCH_CLUSTER=1000000)
# make bench-claims    claims: found, read, judged, on every labeled set
# make bench-identity  names: pairs that are one agency, or are not
# make bench-places    jurisdictions against the labeled ones
# make bench-site      pages a second, time to first view
# make bench-robustness  damaged workbooks, killed runs, full disks, a record swapped under load (ROBUSTNESS="--kills 100")
# make clean  removes .venv and what tools leave behind
# make help   shows these lines

PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready
READY_DEV := .venv/.ready-dev
NEW := .venv/.new
LISTS ?= ../shared/lists
PORT ?= 2870
BENCH_CUSTODY ?=
BENCH_CLUSTER ?= 10000000
ROBUSTNESS ?=
SEEDS ?= 1 2 3

# The lines above are `make help`.

DOCUMENTS ?= ../shared/documents

# Compiled modules are kept, whatever the environment says: each start of the command line would compile them again.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: custody documents run pages test properties test-quick test-costs test-new extras check docs help bench bench-custody bench-claims bench-identity bench-places bench-site bench-robustness record outcomes rules words clean

run: $(READY)
	@$(BIN)/ledger287 overview
	@if [ -e $(NEW) ]; then echo "making every page of the site ready (once, about a minute)"; $(BIN)/ledger287 pages && rm -f $(NEW) || true; fi
	@$(BIN)/ledger287 serve --next-free --port $(PORT)

pages: $(READY)
	@$(BIN)/ledger287 pages

test: $(READY_DEV)
	$(BIN)/pytest -n 2 --dist worksteal

custody: $(READY)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-custody.txt

extras: $(READY)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-extras.txt

properties: $(READY_DEV)
	@for seed in $(SEEDS); do $(BIN)/pytest -n 2 -q --hypothesis-seed=$$seed $$(grep -lE '@given|draws\(' tests/test_*.py) || exit 1; done

test-quick: $(READY_DEV)
	$(BIN)/pytest -n 2 --dist worksteal -m "not slow" -p no:schemathesis

test-costs: $(READY_DEV)
	$(BIN)/pytest -n 2 --dist worksteal --costs all

test-new: $(READY_DEV)
	$(BIN)/pytest -n 2 --dist worksteal --costs new

check: $(READY_DEV)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pytest tests/test_imports.py tests/test_shipped.py::test_what_its_fold_kept_is_of_this_code

bench: $(READY_DEV)
	$(BIN)/python -m benchmarks.bench $(LISTS)
	$(BIN)/python -m benchmarks.answering
	$(BIN)/python -m benchmarks.site
	$(BIN)/python -m benchmarks.custody $(BENCH_CUSTODY)
	LEDGER287_CLUSTER_CASES=$(BENCH_CLUSTER) $(BIN)/pytest tests/test_custody_cluster.py

bench-custody: $(READY_DEV)
	$(BIN)/python -m benchmarks.custody $(BENCH_CUSTODY)
	LEDGER287_CLUSTER_CASES=$(BENCH_CLUSTER) $(BIN)/pytest tests/test_custody_cluster.py

bench-claims: $(READY_DEV)
	$(BIN)/python -m benchmarks.claims
	$(BIN)/python -m benchmarks.stories

bench-identity: $(READY_DEV)
	$(BIN)/python -m benchmarks.identity

bench-places: $(READY_DEV)
	$(BIN)/python -m benchmarks.jurisdictions

bench-site: $(READY_DEV)
	$(BIN)/python -m benchmarks.site

bench-robustness: $(READY)
	$(BIN)/python -m benchmarks.robustness --lists $(LISTS) $(ROBUSTNESS)

record: $(READY)
	rm -rf build/record
	$(BIN)/ledger287 build $(LISTS) --out build/record || test $$? -eq 1
	rm -rf src/ledger287/ledger/shipped
	cp -r build/record src/ledger287/ledger/shipped
	$(BIN)/python -m ledger287.places.gazetteer.deriving

outcomes: $(READY)
	$(BIN)/python -m ledger287.analysis.outcomes.deriving.building ../shared

rules: $(READY)
	$(BIN)/python -m ledger287.law.lawbook.shown.document docs/rules.md

docs: $(READY)
	$(BIN)/python scripts/architecture.py

help:
	@sed -n 's/^# make /make /p' Makefile

documents: $(READY)
	$(BIN)/python -m ledger287.sources.documents.versions.deriving $(DOCUMENTS) src/ledger287/declared/documents/versions
	$(BIN)/python -m ledger287.law.agreements.deriving $(DOCUMENTS) src/ledger287/declared/documents/read.csv

words: $(READY)
	$(BIN)/python -m ledger287.web.render.words

$(READY): requirements.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "ledger287 needs Python 3.11 or later; say which with: make PYTHON=/path/to/python3.11 ..."; exit 1; }
	@echo "setting up .venv (once)"
	@$(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt $$(grep -E '^(hatchling|editables)==' requirements-dev.txt)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $(NEW) $(READY)

$(READY_DEV): $(READY) requirements-custody.txt requirements-dev.txt
	@echo "installing what the tests need (once)"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $(READY_DEV)

clean:
	rm -rf .venv build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
