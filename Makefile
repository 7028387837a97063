PYTHON ?= python3
PORT ?= 8000
V := .venv
UV := VIRTUAL_ENV=$(abspath $(V)) $(V)/bin/uv pip
export DJANGO_SETTINGS_MODULE := samordna.config.settings

$(V)/boot: requirements/boot.lock
	@test -x $(V)/bin/python || $(PYTHON) -m venv $(V)
	@$(V)/bin/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements/boot.lock
	@touch $@
$(V)/run: $(V)/boot requirements/run.lock pyproject.toml engine/pyproject.toml
	@$(UV) install -q --require-hashes -r requirements/run.lock
	@$(UV) install -q --no-deps --no-build-isolation -e . -e ./engine
	@touch $@
$(V)/dev: $(V)/run requirements/dev.lock
	@$(UV) install -q --require-hashes -r requirements/dev.lock
	@touch $@

.PHONY: lock
lock: $(V)/boot
	$(V)/bin/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header pyproject.toml -o requirements/run.lock
	$(V)/bin/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header pyproject.toml --group dev -c requirements/run.lock -o requirements/dev.lock
	$(V)/bin/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --group boot -o requirements/boot.lock
	! grep -nE '://' requirements/*.lock
