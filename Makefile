# Everything a newcomer needs: `make run` and `make test`. Both set up what is missing.
SHELL := /bin/bash
.DEFAULT_GOAL := help
UV_VERSION := 0.13.9
PY ?= python3
UV := $(if $(shell command -v uv),uv,.tools/bin/uv)
LIMEN := .venv/bin/limen
# pyscard, for contactless readers, is built from source, so it comes along where its tools are there (see README).
READER := $(if $(and $(shell command -v swig),$(shell command -v cc),$(wildcard /usr/include/PCSC/winscard.h)),--extra reader)
STAMP := .venv/.stamp$(if $(READER),-reader)
export UV_PROJECT_ENVIRONMENT := .venv

# What the browser loads is built from npm packages, when a source of it is newer than the last build.
FRONTEND := src/limen/node/web/frontend
WEB := src/limen/node/web/static/limen/app.js

# What Django reads of each language is compiled from its catalogue.
CATALOGUES := $(patsubst %.po,%.mo,$(wildcard src/limen/node/locale/*/LC_MESSAGES/django.po))

# The networks that find and compare faces. Where they cannot be fetched, one line says so and all else goes on: faces
# are then not compared, and their tests skip.
MODELS := .venv/.models

.PHONY: help setup models web languages translations wheel run verify leaks test lint bench bench-node bench-trends docs fuzz clean

help: ## say what there is
	@grep -hE '^[a-z-]+:.*##' Makefile | sed -E 's/:.*## /\t/' | expand -t 12

.tools/bin/uv:
	@$(PY) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Limen needs Python 3.11 or newer as python3 (or: make PY=/path/to/python)."; exit 1; }
	@$(PY) -m venv .tools || { echo "Python has no venv here. Install it: apt-get install python3-venv"; exit 1; }
	@.tools/bin/pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)

$(STAMP): pyproject.toml uv.lock | $(if $(findstring .tools,$(UV)),.tools/bin/uv)
	@$(UV) sync --locked --quiet --python $(PY) --group dev $(READER)
	@touch $@

$(FRONTEND)/node_modules/.stamp: $(FRONTEND)/package.json $(FRONTEND)/package-lock.json
	@$(FRONTEND)/check.sh
	@cd $(FRONTEND) && npm ci --ignore-scripts --no-audit --no-fund --silent
	@touch $@

$(WEB): $(FRONTEND)/node_modules/.stamp $(shell find $(FRONTEND) -path '*/node_modules' -prune -o -type f -print)
	@cd $(FRONTEND) && node build.mjs
	@touch $@

web: $(WEB) ## build styles, scripts, icons and map of the site from npm packages

%.mo: %.po | $(STAMP)
	@.venv/bin/python tools/translations.py compile $(notdir $(patsubst %/LC_MESSAGES/,%,$(dir $@)))

$(MODELS): src/limen/vision/face/models.py | $(STAMP)
	@$(LIMEN) face fetch >/dev/null && touch $@ || true

models: $(MODELS) ## fetch the networks for faces (136 MB to download, 27 MB kept)

languages: $(CATALOGUES) ## compile the catalogues of the site's languages

translations: $(STAMP) ## write the catalogues anew from the source, and say what they lack
	@.venv/bin/python tools/translations.py update
	@.venv/bin/python tools/translations.py check

setup: $(STAMP) $(WEB) $(CATALOGUES) $(MODELS) ## install everything into .venv, build what the browser loads, compile the languages, fetch the models

wheel: setup ## build into dist/ what a node is installed from: the wheel, and the versions that it was tested with
	@$(UV) build --quiet --wheel --python $(PY)
	@$(UV) export --quiet --locked --no-dev --no-emit-project --format requirements-txt --output-file dist/requirements.txt
	@ls dist/limen-*.whl dist/requirements.txt

run: setup ## open the node with invented data; it prints its address and how to sign in
	@$(LIMEN) serve --demo --home demo

verify: setup ## verify the bundled specimen images
	@$(LIMEN) verify --out out specimens; case $$? in 0|1|3) ;; *) exit 1;; esac
	@echo "Annotated images and reports are in out/."

test: setup ## run the tests
	.venv/bin/pytest -n 2

leaks: setup ## try 100,000 random accesses against the sharing rule (minutes)
	LEAK_ACCESSES=100000 .venv/bin/pytest -n 2 tests/node/sharing/test_leaks*.py tests/node/contribution/test_leaks.py

lint: setup ## style, types, and the house's rule of imports
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	.venv/bin/lint-imports

bench: bench-reader bench-node ## measure everything (long)

bench-reader: | $(if $(findstring .tools,$(UV)),.tools/bin/uv) ## measure Limen beside other readers on one core, into docs/benchmarks.md (long)
	@UV_PROJECT_ENVIRONMENT=bench/.venv $(UV) sync --locked --quiet --python $(PY) --group bench
	$(if $(shell command -v taskset),taskset -c 0) bench/.venv/bin/python -m bench $(BENCH)

bench-trends: setup ## measure charts beside their SQL, into docs/trends-benchmarks.md (long); BENCH="--home FOLDER"
	.venv/bin/python -m bench.trends $(BENCH)

bench-node: setup ## measure the node with a million reports, into docs/node-benchmarks.md (long)
	.venv/bin/python -m bench.node $(BENCH)

fuzz: setup ## send 10,000 mutated inputs through every door (minutes)
	.venv/bin/python fuzz/run.py
