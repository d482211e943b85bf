# Everything from a fresh clone: `make demo` traces the example, `make test` is what CI runs.
# Needs python3 (3.11 or later, with its venv module) and make; uses uv where it is installed.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
ARGS ?=
WHEEL := out/wheel

UV := $(shell command -v uv 2>/dev/null)
ifdef UV
new_venv = $(UV) venv --quiet --seed --python $(PYTHON) $(1)
install = $(UV) pip install --quiet --python $(1)/bin/python
else
new_venv = $(PYTHON) -m venv $(1)
install = $(1)/bin/python -m pip install --quiet --disable-pip-version-check
endif

.DEFAULT_GOAL := help
.PHONY: help train demo test check format wheel bench pictures docs site clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

# Setting up: a stamp each for running and for developing, so that a second run is quick

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "python 3.11 or later is needed: make PYTHON=python3.12")'
	@rm -rf $(VENV)
	@$(call new_venv,$(VENV)) || { rm -rf $(VENV); echo "no virtual environment could be made; on Debian: apt install python3-venv"; exit 1; }

$(VENV)/.run: pyproject.toml | $(BIN)/python
	@echo "installing headwater and what it needs into $(VENV)"
	@$(call install,$(VENV)) --editable .
	@touch $@

$(VENV)/.dev: $(VENV)/.run
	@echo "installing the tools of the tests into $(VENV)"
	@$(call install,$(VENV)) --upgrade 'pip>=25.1'
	@$(call install,$(VENV)) --group dev
	@$(call install,$(VENV)) --no-deps 'followthemoney>=4.0' # for the files of its model; its code needs PyICU
	@touch $@

# The weights of the reader: an environment of their own, since torch is large; pip, which finds the build for processors

.venv-train/.done: pyproject.toml
	@$(PYTHON) -m venv .venv-train
	@echo "installing torch and what else training needs into .venv-train"
	@.venv-train/bin/python -m pip install --quiet --disable-pip-version-check --editable '.[train]'
	@touch $@

train: .venv-train/.done ## make the reader's weights again (ARGS="--data FOLDER --out FOLDER")
	@.venv-train/bin/python -m training $(ARGS)

# What one comes for

demo: $(VENV)/.run ## trace the example story and write its page
	@mkdir -p out
	@$(BIN)/headwater trace examples/barrage --html out/barrage.html --json out/barrage.json
	@echo "open: $(CURDIR)/out/barrage.html"

test: check wheel ## all that CI runs: checks, the built wheel, tests
	@$(BIN)/pytest --numprocesses auto --dist loadgroup $(ARGS)

check: $(VENV)/.dev ## style, types, layers, spelling, the docs as a site
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy --strict
	@$(BIN)/lint-imports
	@$(BIN)/codespell
	@$(BIN)/python tests/golden/build.py --check
	@$(BIN)/python docs/cli_help.py --check
	@$(BIN)/python docs/site/build_site.py

format: $(VENV)/.dev ## let ruff put the style right
	@$(BIN)/ruff check --fix --quiet . || true
	@$(BIN)/ruff format .

wheel: $(VENV)/.dev ## build the wheel; trace the example with it where nothing else is installed
	@rm -rf $(WHEEL)
	@$(BIN)/python -m pip wheel --quiet --disable-pip-version-check --no-deps --wheel-dir $(WHEEL) .
	@$(call new_venv,$(WHEEL)/venv)
	@$(call install,$(WHEEL)/venv) $(WHEEL)/headwater-*.whl
	@$(WHEEL)/venv/bin/python -c 'import headwater, sys; sys.exit("site-packages" not in headwater.__file__)'
	@$(WHEEL)/venv/bin/headwater trace examples/barrage --json $(WHEEL)/trace.json --html $(WHEEL)/page.html > $(WHEEL)/terminal.txt
	@echo "wheel: $$(cd $(WHEEL) && echo headwater-*.whl) traces the example in a bare environment"

bench: $(VENV)/.dev ## measure speed and quality; fail where one fell below its floor
	@$(BIN)/python benchmarks/gate.py $(ARGS)

pictures: $(VENV)/.run ## make docs/pictures again, from the example (needs chromium)
	@$(BIN)/python docs/pictures/make.py

docs: $(VENV)/.run ## write into the docs what the program says: help texts, output of the example
	@$(BIN)/python docs/cli_help.py --write
	@$(BIN)/python docs/printed.py --write

site: $(VENV)/.dev ## build the site of the docs, strictly
	@$(BIN)/python docs/site/build_site.py
	@echo "open: $(CURDIR)/out/site/index.html"

clean: ## remove what was made
	rm -rf $(VENV) out .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
