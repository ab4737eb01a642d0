# make demo and make test are all that a new user needs; each builds .venv by itself.
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready
BENCH_READY := .venv/.bench-ready
GUIDES_READY := .venv/.guides-ready
TYPED := service/app.py consumer/main.py tracing/traced.py postgresql/signals.py
WHEELHOUSE := dist/wheelhouse
OFFICE := frames,excel,practice
OUTSIDE := tests/papers tests/test_package.py tests/clusters tests/bundling tests/desk/test_browser.py \
	tests/grid/test_libreoffice.py tests/writing/test_edited.py tests/cli/test_memory.py tests/cli/test_interrupted.py \
	tests/cli/test_processes.py tests/keeping/test_killed.py
SECONDS ?= 60
SEED ?= 1
EXAMPLES ?= 1000
LARGE ?= 1000000 20000000 10000000

.PHONY: demo test outside check fuzz format lint types layers docs docs-fresh test-spark bench soak wheelhouse offline versions bundle-assets constraints clean
.DEFAULT_GOAL := test

$(READY): pyproject.toml
	@echo "Setting up .venv (durable-rules is compiled; this takes a minute) ..."
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev]'
	@touch $@

$(BENCH_READY): $(READY)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[bench]'
	@touch $@

$(GUIDES_READY): $(READY)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[guides]'
	@touch $@

demo: $(READY)  ## one case in full, then a year of cases
	@$(BIN)/reformkit assess examples/cases/01-*.yaml --history examples/history/cases.yaml --length short
	@$(BIN)/reformkit assess examples/year/cases.csv --history self

test: $(READY)  ## every test but those of `make outside`
	@$(BIN)/python -m pytest -n 2 $(addprefix --ignore=,$(OUTSIDE))

outside: $(READY)  ## tests that start other programs: commands as the papers show them, the wheel, a browser, Node, LibreOffice, workers
	@$(BIN)/python -m pytest -n 2 $(OUTSIDE)

check: $(GUIDES_READY) lint types layers docs-fresh versions offline fuzz outside test  ## everything that CI runs

lint: $(READY)
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .

format: $(READY)  ## write the format that `lint` asks for
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

types: $(GUIDES_READY)  ## the package, and programs that see it from outside: these under mypy and pyright, both strict
	@$(BIN)/mypy
	@cd examples && ../$(BIN)/mypy --config-file ../pyproject.toml --cache-dir ../.mypy_cache/outside $(TYPED)
	@$(BIN)/pyright

layers: $(READY)
	@$(BIN)/lint-imports

docs: $(READY)  ## write the generated pages
	@$(BIN)/python docs/generate.py

docs-fresh: $(READY)  ## whether the generated pages are; an odd locale, width and order of hashes make no difference
	@LC_ALL=C COLUMNS=40 PYTHONHASHSEED=1 $(BIN)/python docs/generate.py --check

fuzz: $(READY)  ## every reader given spoilt files for SECONDS (60), the same ones unless SEED says otherwise
	@folder=$$(mktemp -d) && $(BIN)/python -m tests.fuzz.mutated $$folder $(SECONDS) $(SEED) && rm -rf $$folder

test-spark: $(READY)  ## Spark's answers on a local session; needs Java 17 and 400 MB of pyspark, so it is no part of CI
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[spark]'
	@$(BIN)/python -m pytest tests/clusters/test_spark.py

bench: $(BENCH_READY)  ## the figures, beside peers, in one run
	@$(BIN)/python -m benchmarks
	@$(BIN)/python -m benchmarks.diff

soak: $(READY)  ## what takes long: many generated rulebooks, files of millions of cases (4 GB of room in TMPDIR), apart from CI
	@REFORMKIT_EXAMPLES=20000 $(BIN)/python -m pytest -n 2 tests/agreement/test_ways_in.py # 10,000 cases through all ways in
	@REFORMKIT_EXAMPLES=$(EXAMPLES) $(BIN)/python -m pytest -n 2 tests/agreement tests/reading tests/session
	@$(BIN)/python -m tests.session.killing $$(mktemp -d)
	@$(BIN)/python -m tests.cli.large $(LARGE)
	@$(MAKE) --no-print-directory fuzz SECONDS=900 SEED=$$(date +%s)
	@$(BIN)/python -m tests.keeping.killing 1000
	@$(BIN)/python -m tests.practising.breaking
	@REFORMKIT_EXAMPLES=1000 $(BIN)/python -m pytest tests/writing/test_fuzz.py
	@REFORMKIT_EXAMPLES=1000 $(BIN)/python -m pytest -n 0 tests/grid tests/dmn
	@$(BIN)/python -m benchmarks.session 10000

wheelhouse: $(READY)  ## the wheel with every wheel that it needs, each by its hash (hashes.txt knows them), for an office without network and compiler
	@rm -rf $(WHEELHOUSE)
	@$(BIN)/python -m pip wheel --quiet --disable-pip-version-check -c constraints.txt -w $(WHEELHOUSE) '.[$(OFFICE)]'
	@$(BIN)/python .ci/hashes.py $(WHEELHOUSE)
	@echo "pip install --no-index --find-links $(WHEELHOUSE) --require-hashes -r $(WHEELHOUSE)/requirements.txt"

offline: wheelhouse  ## that folder installs into an empty environment without an index, and works there
	@PYTHON=$(abspath $(BIN)/python) .ci/offline $(WHEELHOUSE)

versions: $(READY)  ## the wheel on every other Python that this machine has, 3.11 to 3.13
	@.ci/versions

bundle-assets: $(READY)  ## Python for browsers from npm and PyPI, by name and hash, for `reformkit bundle` (11 MB; needs npm and node)
	@$(BIN)/python -m reformkit.bundling.bringing

constraints: $(READY)  ## write the versions of this .venv down, for CI and the wheelhouse, and the hashes of their files
	@{ echo "# The versions that CI and the wheelhouse take; written by make constraints."; \
	   $(BIN)/python -m pip freeze --quiet --disable-pip-version-check --exclude-editable; } > constraints.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --dry-run --ignore-installed --no-deps --report - \
	   -r constraints.txt | $(BIN)/python .ci/hashes.py --lock

clean:
	rm -rf .venv dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
