# Deskwell. Needs: Python 3.11 or newer, git, make. Everything else comes by itself.
# Syntax: GNU make 3.81 (the one macOS brings).

SHELL := /bin/sh
.DEFAULT_GOAL := help
# uv is looked for (or fetched) once, and only by targets that need it
UV = $(eval UV := $(shell sh scripts/find_uv.sh))$(if $(UV),$(UV),$(error uv could not be found or fetched, see above))
BIN := .venv/bin
PY := $(BIN)/python
ARGS ?=

export UV_PYTHON_DOWNLOADS := never
export UV_PROJECT_ENVIRONMENT := .venv
# A virtual environment of another project must not be taken for ours
unexport VIRTUAL_ENV
# Compiled modules are kept, else each start compiles everything anew
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help run demo dev build test check fix bench soak api-types migration docs clean packages

help: ## Show this list
	@echo "Deskwell: an open-source, AI-powered help desk"
	@echo
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1|\2/p' Makefile | while IFS='|' read -r name text; do printf '%-18s %s\n' "$$name" "$$text"; done

packages: ## Install the locked Python packages
	@[ -d .venv ] || echo "→ installing Python packages into .venv/ (the first time takes a minute)"
	@$(UV) sync --locked --quiet

run: packages ## Serve the whole product at http://localhost:8000 (ARGS="--port 9000 --demo")
	@$(PY) -m scripts.web build
	@exec $(BIN)/deskwell serve $(ARGS)

demo: ## The same with a believable desk in it, in a data folder of its own
	@$(MAKE) --no-print-directory run ARGS="--demo --data-dir $(CURDIR)/.cache/demo $(ARGS)"

dev: packages ## API with reload, worker, Vite with hot replacement
	@exec $(PY) -m scripts.dev $(ARGS)

build: packages ## Build the web app, the wheel and the source package into dist/
	@$(PY) -m scripts.web build
	@$(UV) build --quiet
	@ls -l dist

test: packages ## Run every check and every test: Python, web, browser
	@UV="$(UV)" $(PY) -m scripts.checks all $(ARGS)

check: packages ## Run what needs no running product: style, types, layers, licences, drift
	@UV="$(UV)" $(PY) -m scripts.checks static

fix: packages ## Mend what can be mended by itself: style and order of imports
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .
	@$(PY) -m scripts.web lint --fix

bench: packages ## Measure list, thread and create beside a bare endpoint (ARGS="--tickets 100000")
	@$(PY) -m bench $(ARGS)

soak: packages ## The long forms: fuzzing, crashes under load (ARGS="-k name")
	@DESKWELL_SLOW=1 $(BIN)/pytest -m slow -p no:xdist $(ARGS)

api-types: packages ## Bring web/openapi.json and the web client's types up to date
	@$(PY) -m scripts.api_types

migration: packages ## Write a new migration from the models (NAME=what_it_does)
	@$(PY) -m scripts.new_migration "$(NAME)"
	@$(PY) -m scripts.rebase_migrations main

docs: packages ## Write the generated reference pages
	@$(PY) -m scripts.reference

clean: ## Remove what was built here (not your data)
	rm -rf dist web/dist web/node_modules web/codegen/node_modules .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis
