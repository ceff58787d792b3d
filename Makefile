# Every verb bootstraps .venv from the hashed lock by itself, and works a second time without network.
PYTHON ?= python3
BIN := .venv/bin
RUN := .venv/run-$(shell cksum < requirements.lock | cut -d' ' -f1)
DEV := .venv/dev-$(shell cksum < requirements-dev.lock | cut -d' ' -f1)
WORKERS ?= 2

.PHONY: help demo run test check lint types contracts bench soak standin lock screenshots audit
help: ## What there is
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

.venv/bin/python:
	$(PYTHON) -m venv .venv

$(RUN): | .venv/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@touch $@

$(DEV): $(RUN)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

demo: $(RUN) ## The product on your desk: a local workspace, an agency, the app
	$(BIN)/python -m bot demo

run: $(RUN) ## The app against Slack itself, by the environment
	$(BIN)/python -m bot check
	$(BIN)/python -m bot migrate
	$(BIN)/python -m bot all

test: $(DEV) ## Everything, on SQLite and PostgreSQL
	$(BIN)/python -m pytest -n $(WORKERS) -m "not soak and not standin"

check: lint types contracts test ## What CI asks

lint: $(DEV)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(DEV)
	$(BIN)/mypy

contracts: $(DEV)
	$(BIN)/lint-imports

bench: $(DEV) ## The figures of the README, in one run
	$(BIN)/python -m bench

soak: $(DEV) ## Kills under load and other long proofs; SOAK_KILLS=50 per engine
	$(BIN)/python -m pytest -n 0 -m soak

standin: $(DEV) ## The app against an independent Slack stand-in
	sh tests/standin/run

audit: $(DEV) ## Known vulnerabilities in what the lock names
	$(BIN)/pip-audit --require-hashes -r requirements.lock

screenshots: $(DEV) ## The README's pictures, from the running demo
	$(BIN)/python -m tests.browser.screenshots docs/images

lock: ## Write both lock files anew (needs pip-tools in .venv)
	$(BIN)/python -m pip install --quiet pip-tools
	$(BIN)/pip-compile -q --generate-hashes --no-emit-index-url --no-emit-find-links --strip-extras -o requirements.lock pyproject.toml
	$(BIN)/pip-compile -q --generate-hashes --no-emit-index-url --no-emit-find-links --strip-extras --allow-unsafe --extra dev -c requirements.lock -o requirements-dev.lock pyproject.toml
