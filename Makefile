# Two commands matter: `make demo` and `make test`. `make help` lists the rest.
PYTHON ?= python3
PORT ?= 8000
WORKERS ?= 1
V := .venv
PY := $(V)/bin/python
UV := VIRTUAL_ENV=$(abspath $(V)) $(V)/bin/uv pip
export DJANGO_SETTINGS_MODULE := samordna.config.settings

.PHONY: help demo run test check fix engine docs lock figures bench-engine screenshots clean

help:  ## What can be made
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /: /' | sort

$(V)/boot: requirements/boot.lock
	@test -x $(PY) || $(PYTHON) -m venv $(V)
	@$(PY) -m pip install -q --disable-pip-version-check --require-hashes -r requirements/boot.lock
	@touch $@

$(V)/run: $(V)/boot requirements/run.lock pyproject.toml engine/pyproject.toml
	@$(UV) install -q --require-hashes -r requirements/run.lock
	@$(UV) install -q --no-deps --no-build-isolation -e . -e ./engine
	@touch $@

$(V)/dev: $(V)/run requirements/dev.lock
	@$(UV) install -q --require-hashes -r requirements/dev.lock
	@touch $@

demo: $(V)/run  ## Install, load the demonstration world into its own database, and serve it on PORT
	@PORT=$(PORT) WORKERS=$(WORKERS) $(PY) tools/serve.py --demo

run: $(V)/run  ## Install and serve a real, empty installation on PORT
	@PORT=$(PORT) WORKERS=$(WORKERS) $(PY) tools/serve.py

test: $(V)/dev  ## Everything: rules, types, imports, the engine, the application on SQLite and PostgreSQL, browser
	@$(PY) tools/run_tests.py

check: $(V)/dev  ## Format, rules, types and imports only
	@$(PY) tools/run_tests.py check

engine: $(V)/dev  ## The engine's own tests
	@$(PY) tools/run_tests.py engine

fix: $(V)/dev  ## Put the code in order
	@$(PY) -m ruff check -q --fix . && $(PY) -m ruff format -q .

docs: $(V)/dev  ## Write the generated references again
	@$(PY) tools/references.py write

figures: $(V)/dev  ## The figures: start-up, page weight and queries, what-if, canary requests and leaks
	@$(PY) tools/figures.py

bench-engine: $(V)/dev  ## Median times of the engine
	@$(PY) engine/tests/bench.py

screenshots: $(V)/dev  ## Take the README's pictures again, from the journey test
	@SAMORDNA_PICTURES=docs/pictures $(PY) -m pytest -q -p no:randomly tests/journeys

lock: $(V)/boot  ## Resolve the dependencies again
	$(V)/bin/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header pyproject.toml -o requirements/run.lock
	$(V)/bin/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header pyproject.toml --group dev -c requirements/run.lock -o requirements/dev.lock
	$(V)/bin/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --group boot -o requirements/boot.lock
	! grep -nE '://' requirements/*.lock

clean:  ## Remove what was installed and the demonstration world
	rm -rf $(V) var
