# make run    set everything up, answer one question, serve on 127.0.0.1:8000
# make test   set everything up, run the tests
# make check  format, lint, type-check, check the layers, run the tests
PYTHON ?= python3
BIN := .venv/bin
export HF_HUB_OFFLINE := 1

.PHONY: run test check setup clean

run: setup
	$(BIN)/curbside ask "What are the indications for romosozumab in the treatment of osteoporosis?"
	$(BIN)/curbside serve

setup: .venv/installed
	$(BIN)/curbside setup

test: .venv/installed-dev
	$(BIN)/pytest

check: .venv/installed-dev
	$(BIN)/ruff format .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest

.venv/bin/python:
	$(PYTHON) -m venv .venv

# torch comes first and alone, so that nothing else chooses another version of it.
.venv/installed: pyproject.toml | .venv/bin/python
	$(BIN)/python -m pip install --quiet torch==2.13.0
	$(BIN)/python -m pip install --quiet --editable '.[export]'
	touch $@

.venv/installed-dev: .venv/installed
	$(BIN)/python -m pip install --quiet --editable '.[export,bench,dev]'
	touch $@

clean:
	rm -rf .venv .curbside build *.egg-info
