# Two commands matter: `make demo` and `make test`. `make help` lists the rest.
PYTHON ?= python3
PORT ?= 8000
WORKERS ?= 1
V := .venv
PY := $(V)/bin/python
PEERS := $(V)/peers
UV := VIRTUAL_ENV=$(abspath $(V)) $(V)/bin/uv pip
export DJANGO_SETTINGS_MODULE := samordna.config.settings
export PYTHONDONTWRITEBYTECODE :=  # some images forbid it, and then every process compiles fifteen hundred modules again

.PHONY: help demo run test test-drawn test-api test-matrix test-hsds check fix engine docs lock figures screenshots clean \
	bench-engine bench-engine-full bench-times test-engine-peers engine-overnight

help:  ## What can be made
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /: /' | sort

$(V)/boot: requirements/boot.lock
	@test -x $(PY) || $(PYTHON) -m venv $(V)
	@echo "Installing what is needed into $(V)."
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

test-drawn: $(V)/dev  ## The application's tests on SQLite with examples that are drawn anew; a failure prints its seed
	@SAMORDNA_DRAWN=1 $(PY) tools/run_tests.py sqlite

test-api: $(V)/dev  ## Every operation of the API against its own description, by drawn questions; SEED=1 EXAMPLES=6
	@$(PY) -m pytest -q -s --show-capture=no -p no:randomly -m contract tests/contract

test-matrix: $(V)/dev  ## Who is answered what, whole: every address by every kind of actor, and REQUESTS more drawn; prints figures
	@SAMORDNA_CANARY_REQUESTS=$(or $(REQUESTS),8000) $(PY) tools/figures_canary.py

test-hsds: $(V)/dev  ## HSDS against the specification's own schemas and examples, which are not here; SPECIFICATION=folder
	@test -f "$(SPECIFICATION)/schema/service.json" || test -f "$(SPECIFICATION)" || { \
		echo "SPECIFICATION=folder names a copy of openreferral/specification, with schema/ and examples/ in it." >&2; \
		echo "There is no schema/service.json in '$(SPECIFICATION)', and it is no compiled schema of a service." >&2; exit 2; }
	@SAMORDNA_HSDS_SCHEMA="$$(realpath "$(SPECIFICATION)")" $(PY) -m pytest -q -p no:randomly -rs \
		tests/domain/knowledge/test_hsds_specification.py

check: $(V)/dev  ## Format, rules, types and imports only
	@$(PY) tools/run_tests.py check

engine: $(V)/dev  ## The engine's own tests
	@$(PY) tools/run_tests.py engine

fix: $(V)/dev  ## Put the code in order
	@$(PY) -m ruff check -q --fix . && $(PY) -m ruff format -q .

docs: $(V)/dev  ## Write the generated references again
	@$(PY) tools/references.py write

figures: $(V)/dev  ## The figures: start-up, pages at full size, import and documents, journeys, what-if, canary
	@$(PY) tools/figures.py

$(PEERS)/made: $(V)/boot requirements/bench.lock  # an environment of their own: nothing else needs the other solvers
	@test -x $(PEERS)/bin/python || $(PYTHON) -m venv $(PEERS)
	@VIRTUAL_ENV=$(abspath $(PEERS)) $(V)/bin/uv pip install -q --require-hashes -r requirements/bench.lock
	@touch $@

bench-engine: $(PEERS)/made  ## The engine against other solvers, quickly; writes engine/bench/RESULTS.md
	@cd engine && PYTHONPATH=src:. $(abspath $(PEERS))/bin/python -m bench quick --keep bench/results

bench-engine-full: $(PEERS)/made  ## The same on every family with three seeds and five repeats, which takes hours
	@cd engine && PYTHONPATH=src:. $(abspath $(PEERS))/bin/python -m bench full --keep bench/results

bench-times: $(PEERS)/made  ## Finding a time for a meeting, against a plain model of it in another solver; takes some minutes
	@PYTHONPATH=src $(PEERS)/bin/python tools/figures_times.py

test-engine-peers: $(PEERS)/made  ## What other solvers answer to the same small questions
	@$(PEERS)/bin/python -m pytest -q -c engine/pyproject.toml -m second_opinion engine/tests/second_opinion engine/tests/unit/test_extras.py

engine-overnight: $(PEERS)/made test-engine-peers  ## Millions of small questions against the obvious solver; SECONDS=28800
	@mkdir -p var && cd engine && OMP_NUM_THREADS=1 PYTHONPATH=src:tests:. $(abspath $(PEERS))/bin/python -m overnight \
		--seconds $(or $(SECONDS),28800) --state ../var/overnight.json

screenshots: $(V)/dev  ## Take the README's pictures again, from the journey test
	@SAMORDNA_PICTURES=docs/pictures $(PY) -m pytest -q -p no:randomly tests/journeys

lock: $(V)/boot  ## Resolve the dependencies again
	$(V)/bin/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header pyproject.toml -o requirements/run.lock
	$(V)/bin/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header pyproject.toml --group dev -c requirements/run.lock -o requirements/dev.lock
	$(V)/bin/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --group boot -o requirements/boot.lock
	$(V)/bin/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --prerelease if-necessary-or-explicit --group engine/pyproject.toml:bench -o requirements/bench.lock
	! grep -nE '://' requirements/*.lock

clean:  ## Remove what was installed and the demonstration world
	rm -rf $(V) var
