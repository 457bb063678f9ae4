# Everything from a clean clone, with Python 3.11 and make alone. Any target may come first; a second call is quick.
#   make demo    the demo case in the browser        make test    all tests
#   make check   format, lint, types, contracts, docs make docs    the documentation site, in site/
#   make lock    new hashed requirements              make golden  rewrite tests/golden/ (read the diff)
SHELL := /bin/sh
PYTHON ?= $(shell command -v python3.11 || command -v python3 || echo python)
BIN := .venv/bin
# uv only installs; it lives apart so that .venv holds what users get.
UV := .tools/bin/uv
export UV_PYTHON_DOWNLOADS := never
export UV_NO_PROGRESS := 1
# Python keeps the bytecode of what it really imports, also where the surroundings say otherwise: starts are quicker.
export PYTHONDONTWRITEBYTECODE :=

WEB := $(shell find web -type f -not -path '*/node_modules/*' 2>/dev/null)

.PHONY: demo test check docs lock golden clean format install browser-note
.DEFAULT_GOAL := test

demo: .venv/stamps/vaughn
	@$(BIN)/vaughn demo $(DEMO_OPTIONS) || test $$? = 130  # Ctrl+C is how one leaves

install: .venv/stamps/vaughn

test: .venv/stamps/dev browser-note
	$(BIN)/python -m pytest -n 2 --dist worksteal --cov --cov-report=term:skip-covered $(or $(TEST_OPTIONS),--cov-fail-under=90)

check: .venv/stamps/dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(UV) pip install --quiet --python .tools/bin/python --require-hashes -r requirements/build.txt
	@.tools/bin/python hatch_build.py has-node || $(UV) pip install --quiet --python .tools/bin/python --require-hashes -r requirements/node.txt
	.tools/bin/python hatch_build.py check
	$(BIN)/towncrier build --draft --version next >/dev/null
	$(MAKE) docs

docs: .venv/stamps/dev
	$(BIN)/zensical build --strict --clean

format: .venv/stamps/dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

golden: .venv/stamps/dev
	VAUGHN_WRITE_GOLDEN=1 $(BIN)/python -m pytest -m golden

# Exact versions with hashes for every platform; no registry address is written down.
LOCK := $(UV) pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-annotate --no-header --python-version 3.11
lock: $(UV)
	$(LOCK) $(LOCK_OPTIONS) requirements/build.in -o requirements/build.txt
	$(LOCK) $(LOCK_OPTIONS) requirements/node.in -o requirements/node.txt
	$(LOCK) $(LOCK_OPTIONS) requirements/installer.in -o requirements/installer.txt
	$(LOCK) $(LOCK_OPTIONS) pyproject.toml -o requirements/base.txt
	$(LOCK) $(LOCK_OPTIONS) pyproject.toml --extra ocr -c requirements/base.txt -o requirements/ocr.txt
	$(LOCK) $(LOCK_OPTIONS) pyproject.toml --extra ocr --extra dev -c requirements/ocr.txt -o requirements/dev.txt

clean:
	rm -rf .venv .tools .cache site dist web/node_modules src/vaughn/app/static .coverage .coverage.* .mypy_cache .ruff_cache .hypothesis .import_linter_cache

# -- set-up ---------------------------------------------------------------------------------------------------------
$(UV): requirements/installer.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Vaughn needs Python 3.11 or newer; $(PYTHON) is older. Try: make PYTHON=/path/to/python3.11"; exit 1; }
	$(PYTHON) -m venv --clear .tools
	.tools/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/installer.txt
	@touch $@

.venv/stamps/packages: $(UV) requirements/ocr.txt
	$(UV) venv --quiet --allow-existing --python "$(PYTHON)" .venv
	$(UV) pip install --quiet --python $(BIN)/python --require-hashes -r requirements/ocr.txt
	@mkdir -p $(@D) && touch $@

# Installing the program builds the screens too (hatch_build.py).
.venv/stamps/vaughn: .venv/stamps/packages pyproject.toml hatch_build.py $(WEB)
	$(UV) pip install --quiet --python $(BIN)/python --no-deps --build-constraints requirements/build.txt --build-constraints requirements/node.txt --editable .
	@touch $@

.venv/stamps/dev: .venv/stamps/vaughn requirements/dev.txt
	$(UV) pip install --quiet --python $(BIN)/python --require-hashes -r requirements/dev.txt
	@touch $@

# Browser tests drive Debian's Chromium; where it cannot be installed they are skipped.
browser-note:
	@if command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null; then :; \
	elif [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium fonts-dejavu-core >/dev/null \
	  || echo "Chromium could not be installed: the browser tests are skipped."; \
	else echo "Chromium is not installed: the browser tests are skipped. (Debian: apt install chromium)"; fi
