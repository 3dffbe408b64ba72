# The only list of commands. `make` alone prints it.
SHELL := /bin/sh
PYTHON ?= python3
PORT ?= 8000
REPERES_STATE ?= var
STATIONS ?=
COMPRESS ?=
STAGE ?= prod
LOAD_MINUTES ?= 1
VENV := .venv
BIN := $(VENV)/bin
export REPERES_STATE

help: ## print this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 16

setup: $(VENV)/.run ## make .venv with `reperes` and `reperes-desk`

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or later is needed (PYTHON=… chooses another one)." >&2; exit 2; }
	@$(PYTHON) -m venv $(VENV) || { echo "Python cannot make a virtual environment: on Debian, apt-get install python3-venv." >&2; rm -rf $(VENV); exit 2; }

$(VENV)/.run: $(VENV)/bin/python requirements/run.txt pyproject.toml
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/run.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps --editable .
	@touch $@

$(VENV)/.dev: $(VENV)/.run requirements/dev.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@touch $@

serve: setup ## build, then serve the site and the API on PORT (default 8000)
	$(BIN)/reperes serve --port $(PORT) --state $(REPERES_STATE) $(if $(STATIONS),--stations $(STATIONS))

build: setup ## build/site from content and data (STATIONS=FILE for other stations, COMPRESS=1 to publish)
	$(BIN)/reperes build $(if $(STATIONS),--stations $(STATIONS)) $(if $(COMPRESS),--compress)

check: $(VENV)/.dev ## content, data, style and types
	$(BIN)/pip check
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/reperes check
	@if command -v node >/dev/null; then find site_builder/theme -name '*.js' -not -path '*/vendor/*' | while read -r f; do node --check "$$f" || exit 1; done; else echo "node is absent: the syntax of the scripts is not checked."; fi

fix: $(VENV)/.dev ## repair style
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

test: $(VENV)/.dev ## every test (Chromium is installed where apt-get may)
	@sh tests/install_chromium.sh
	$(BIN)/pytest
	@if command -v node >/dev/null; then node --test tests/frontend/*.test.mjs; else echo "node is absent: front-end unit tests are skipped."; fi

hooks: $(VENV)/.dev ## check what is committed, at each commit (once per clone)
	$(BIN)/pre-commit install

golden: $(VENV)/.dev ## rewrite the expected outputs of the golden tests; review the diff
	REPERES_GOLDEN=rewrite $(BIN)/pytest -q tests/golden tests/site_builder/stations/test_station_problems.py tests/site_builder/orienteur

bench: $(VENV)/.dev ## print every figure that we promise
	@sh tests/install_chromium.sh
	$(BIN)/python -m bench

pictures: $(VENV)/.dev ## draw again the pictures of docs/images from the built site
	$(BIN)/python -m bench.screenshots

bench-load: $(VENV)/.dev ## load, attacks and faults → docs/load.md (LOAD_MINUTES=10 for the full one)
	$(BIN)/python -m bench.load --minutes $(LOAD_MINUTES)

simulate: $(VENV)/.dev ## what a town, a département and France would ask of AWS, in docs/
	$(BIN)/python -m bench.scale

package: setup ## AWS deployment in build/package (AWS_DEFAULT_REGION=… STAGE=prod)
	@$(BIN)/python -m reperes_package --check --stage $(STAGE)
	$(BIN)/reperes build $(if $(STATIONS),--stations $(STATIONS))
	$(BIN)/python -m reperes_package --stage $(STAGE)

deploy-plan: package ## what a deployment would create and cost, before anything is created
	@$(BIN)/python -m reperes_package.plan

sbom: $(VENV)/.dev ## licences and CycloneDX bill of materials in build/sbom
	$(BIN)/python requirements/sbom.py

lock: $(VENV)/.dev ## lock requirements again, without download addresses
	$(BIN)/pip install --quiet --disable-pip-version-check uv
	$(BIN)/python requirements/lock.py

clean: ## remove what was built
	rm -rf build

.PHONY: help setup serve build check fix test hooks golden bench pictures bench-load simulate package deploy-plan sbom lock clean
