# Two commands matter: `make demo` and `make test`. `make` alone lists the rest.
# Needs Python 3.11 to 3.13, make and a package index; everything else comes from requirements*.txt into .venv.

.DEFAULT_GOAL := help
SHELL := /bin/sh
.SUFFIXES:

VENV := .venv
PY := $(VENV)/bin/python
PIP := $(PY) -m pip --disable-pip-version-check
WITH_SERVICES := $(PY) -m coalition.embedded run --
# three processes for two cores: one walks through the site and mostly waits; WORKERS=0 keeps it in one, for a debugger;
# two where the run judges a change, so that what is timed there is not hurried
WORKERS ?= $(if $(CI),2,3)
ARGS ?=
SOURCES := coalition cases members principles deploy tests manage.py

# The name of a stamp holds the content of what it was installed from: a changed requirements file has no stamp.
key = $(shell cksum < $(1) | tr -s ' \t' '-')
DEMO_STAMP := $(VENV)/.installed-$(call key,requirements.txt)
DEV_STAMP := $(VENV)/.installed-dev-$(call key,requirements-dev.txt)
# An environment whose interpreter is gone (moved folder, upgraded system) is made again.
VENV_WORKS := $(shell $(PY) -m pip --version >/dev/null 2>&1 && echo yes)
REMAKE := $(if $(VENV_WORKS),,remake)

PO := $(wildcard locale/*/LC_MESSAGES/*.po)
MO := $(PO:.po=.mo)

.PHONY: help demo test check lint types format lock messages bench faults clean remake

help: ## This list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{ printf "  make %-10s %s\n", $$1, $$2 }'

demo: $(DEMO_STAMP) ## The whole site with demo content (PORT=8123 make demo chooses the port; Ctrl-C stops it)
	@$(MAKE) --no-print-directory catalogues
	@exec $(PY) -m coalition.embedded demo

test: $(DEV_STAMP) ## All tests on private services (ARGS="-k word tests/cases", WORKERS=0 for one process)
	@$(MAKE) --no-print-directory catalogues
	$(WITH_SERVICES) $(PY) -m pytest -n $(WORKERS) $(ARGS)

check: lint types ## What must be green before a change goes in: format, lint, types, contracts, templates, Django, tests
	@$(MAKE) --no-print-directory catalogues
	$(WITH_SERVICES) sh -ec '$(PY) manage.py check --fail-level WARNING && $(PY) manage.py makemigrations --check --dry-run'
	@$(MAKE) --no-print-directory test

lint: $(DEV_STAMP) ## Format check, lint, import contracts, templates
	$(PY) -m ruff format --check $(SOURCES)
	$(PY) -m ruff check $(SOURCES)
	$(VENV)/bin/lint-imports
	$(PY) -m djlint templates --lint --quiet

types: $(DEV_STAMP) ## Types (mypy, strict for our own definitions)
	$(PY) -m mypy

format: $(DEV_STAMP) ## Put the code and the templates in form
	$(PY) -m ruff format $(SOURCES)
	$(PY) -m ruff check --fix $(SOURCES)

lock: $(DEV_STAMP) ## Compile requirements.txt and requirements-dev.txt from pyproject.toml
	$(COMPILE) pyproject.toml --output-file requirements.txt
	$(COMPILE) pyproject.toml --group dev --constraints requirements.txt --output-file requirements-dev.txt

COMPILE = $(PY) -m uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-header --no-annotate --no-emit-index-url

messages: $(DEV_STAMP) ## Compile the message catalogues (locale/**/*.po)
	$(PY) manage.py compile_catalogues

bench: $(DEV_STAMP) ## Measurements (tests/benchmarks), figures on the screen
	$(WITH_SERVICES) $(PY) -m pytest -n 0 -s -m bench $(if $(ARGS),$(ARGS),tests/benchmarks)

faults: $(DEV_STAMP) ## Injected faults (killed worker, refused mail, dead broker ...)
	COALITION_NEW_EXAMPLES=1 $(WITH_SERVICES) $(PY) -m pytest -n 0 -m fault $(ARGS)

clean: ## Remove the virtual environment, caches and the data of the demo
	@if [ -x $(PY) ]; then $(PY) -m coalition.embedded clean; fi
	rm -rf $(VENV) build staticfiles .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis $(MO)
	find $(SOURCES) -name __pycache__ -type d -prune -exec rm -rf {} +

# ---------------------------------------------------------------------------------------------- environment

$(DEMO_STAMP): $(REMAKE)
	@sh deploy/make-venv.sh $(VENV) "$(PYTHON)"
	@echo "requirements.txt -> $(VENV)"
	@$(PIP) install --quiet --no-compile --require-hashes -r requirements.txt
	@rm -f $(VENV)/.installed-[0-9]* && touch $@

$(DEV_STAMP): $(REMAKE)
	@sh deploy/make-venv.sh $(VENV) "$(PYTHON)"
	@echo "requirements-dev.txt -> $(VENV)"
	@$(PIP) install --quiet --no-compile --require-hashes -r requirements-dev.txt
	@rm -f $(VENV)/.installed-* && touch $@ $(DEMO_STAMP)

.PHONY: catalogues
catalogues: $(MO)
	@:

$(MO): $(PO)
	@$(PY) manage.py compile_catalogues
	@touch $(MO)
