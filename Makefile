# Every command a person needs. `make` alone lists them; details of the longer ones stand in scripts/.
.DEFAULT_GOAL := help
.PHONY: help setup run test test-postgres check format bench soak seed schema migration translations vendor lock clean
BIN := .venv/bin
# Tests wait for browsers and processes half of their time: one more of them than there are cores.
WORKERS = $$(( $$(nproc) + 1 ))

help: ## list these commands
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' Makefile | expand -t 16

.venv/ok: requirements.lock pyproject.toml scripts/venv
	@sh scripts/venv
	@touch $@

setup: .venv/ok ## only the environment: leaves .venv/bin/chainmaster

run: .venv/ok ## the whole product with the demo chain, on this machine; Ctrl-C stops everything
	@$(BIN)/chainmaster up --demo

test: .venv/ok ## every test; installs a browser for the page tests when root
	@sh scripts/browser >/dev/null
	$(BIN)/python -m pytest -n $(WORKERS)

test-postgres: .venv/ok ## the same tests on a PostgreSQL of their own
	sh scripts/postgres $(BIN)/python -m pytest -n auto --ignore tests/pages

check: .venv/ok ## what must hold before a commit: format, lint, types, layers, schema, migrations, tests
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python scripts/schema --check
	$(BIN)/python scripts/migration --check
	$(MAKE) test

format: .venv/ok ## write all code in the house's form
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: .venv/ok ## our answer times beside a plain endpoint's, our figures beside plain networkx, in one run
	$(BIN)/python -m bench
	$(BIN)/python -m bench.mass
	$(BIN)/python -m bench.links
	$(BIN)/python -m bench.resilience --large
	$(BIN)/python -m bench.runs

soak: .venv/ok ## a thousand confirmations while every process is killed in turn, the whole crawl of every seat, every strange value, hundreds of stories of one order; half an hour
	SOAK=1 $(BIN)/python -m pytest tests/jobs/test_kills.py tests/jobs/test_real_kills.py tests/jobs/test_run_kills.py -x -s
	SOAK=1 $(BIN)/python -m pytest -n auto tests/properties tests/seeds/test_planting.py tests/secrecy tests/abuse tests/pages tests/jobs/test_up.py

seed: .venv/ok ## plant the demo chain without starting anything
	$(BIN)/python -m jobs.seeding

schema: .venv/ok ## write graphql/schema.graphql from the code
	$(BIN)/python scripts/schema

migration: .venv/ok ## write a migration from what changed in the tables: make migration m="Add lots"
	$(BIN)/python scripts/migration "$(m)"
	$(BIN)/ruff check -q --fix kernel/migrations/versions
	$(BIN)/ruff format -q kernel/migrations/versions

translations: .venv/ok ## bring the English catalogue in step with the pages
	$(BIN)/python scripts/translations update

vendor: ## fetch the script files of the pages again, at their locked versions (needs npm)
	sh scripts/vendor

lock: ## resolve requirements.lock anew (needs uv)
	uv pip compile --universal --generate-hashes --no-emit-index-url --no-annotate --no-header pyproject.toml --group dev -o requirements.lock

clean: ## remove the environment; data in var/ stays
	rm -rf .venv
