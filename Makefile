# make run    set everything up, answer one question, serve on 127.0.0.1:8000
# make test   set everything up, run the tests
# make check  format, lint, type-check, check the layers, run the tests
PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt
export HF_HUB_OFFLINE := 1

.PHONY: run test check setup clean constraints demo-refresh vendor

run: setup
	$(BIN)/curbside ask "What are the indications for romosozumab in the treatment of osteoporosis?"
	$(BIN)/curbside serve

setup: .venv/installed
	$(BIN)/curbside setup

# A label changes and a paper is retracted, on stand-ins for the services that run on this machine.
demo-refresh: setup .venv/installed-dev
	$(BIN)/python -m tests.replay.demo

test: .venv/installed-dev
	$(BIN)/pytest

check: .venv/installed-dev
	$(BIN)/ruff format .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Curbside needs Python 3.11 or newer, $(PYTHON) is $$($(PYTHON) -V 2>&1): make PYTHON=/path/to/python" >&2; exit 1; }
	$(PYTHON) -m venv .venv

# torch comes first and alone, so that nothing else chooses another version of it.
.venv/installed: pyproject.toml constraints.txt | .venv/bin/python
	@echo "Installing into .venv: once, some minutes, about 1 GB with a CPU build of torch."
	$(PIP) torch==2.13.0
	$(PIP) --editable '.[export]'
	touch $@

.venv/installed-dev: .venv/installed
	@echo "Installing what the tests and benchmarks need: once."
	$(PIP) --editable '.[export,eval,postgresql,bench,dev]'
	touch $@

# The newest versions of everything become the tested ones: run `make test` after it.
constraints: .venv/installed-dev
	$(BIN)/python -m pip install --quiet --upgrade --upgrade-strategy eager --editable '.[export,eval,postgresql,bench,dev]'
	{ head -n 2 constraints.txt; $(BIN)/python -m pip freeze --all --exclude-editable \
		| grep -Ev '^(torch|pip|triton|nvidia-[a-z0-9-]*|cuda-[a-z0-9-]*)[ =]' | sed 's/==/<=/'; } > constraints.new
	mv constraints.new constraints.txt

# The script that pages load is kept here with its licence, so that neither set-up nor a page fetches it: this renews it.
# For another version write its number here and in qa/web/templates/base.html, and new sums into its SHA256SUMS.
HTMX := 2.0.11
HTMX_FOLDER := qa/web/static/vendor/htmx-$(HTMX)
vendor:
	mkdir -p build/vendor $(HTMX_FOLDER)
	cd build/vendor && npm pack --silent htmx.org@$(HTMX) && tar -xzf htmx.org-$(HTMX).tgz
	cp build/vendor/package/dist/htmx.min.js build/vendor/package/LICENSE $(HTMX_FOLDER)/
	cd $(HTMX_FOLDER) && sha256sum --check SHA256SUMS

clean:
	rm -rf .venv .curbside build *.egg-info
