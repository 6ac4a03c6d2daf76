# Two commands for people: `make run` shows the course, `make test` checks everything. `make help` lists the rest.
# Everything is set up by scripts/setup.sh the first time, and again only when what is required has changed.

.DEFAULT_GOAL := help
PORT ?= 8000
COURSE_PATH ?=
COURSE_LANGUAGE ?=
CURRENT := .venv
PREVIOUS := .venv-previous
TEAK := .venv-teak

.PHONY: help run test test-long test-previous test-all test-times test-databases test-platform load-test coverage lint lint-js format docs screens release sbom lock course media films bench bench-peers \
	extract_translations compile_translations clean

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: ## Show the whole course in a browser on this machine (COURSE_PATH=refresher: the two-hour path; COURSE_LANGUAGE=es-419: in Spanish)
	@scripts/setup.sh current run
	@scripts/run.sh $(CURRENT) $(PORT) "$(COURSE_PATH)" "$(COURSE_LANGUAGE)"

test: ## Run the tests on the current stack, a real browser included: ten minutes on two cores
	@scripts/setup.sh current test
	@scripts/test.sh current

test-long: ## Run those that try the same at length: the whole course in a browser, every way to look at a page, every example
	@scripts/setup.sh current test
	@scripts/test.sh long

test-previous: ## Run what a server runs with Teak's exact pins, the course tool and a browser smoke on the previous stack
	@scripts/setup.sh previous test
	@scripts/test.sh previous
	@scripts/setup.sh teak test
	@scripts/test.sh teak

test-all: test test-long test-previous ## Run every test, on all stacks

test-times: ## Run every test on the current stack, and list the 40 slowest tests and fixtures
	@scripts/setup.sh current test
	@scripts/test.sh every --durations=40

test-databases: ## Run the records on a real PostgreSQL and MariaDB (Debian or Ubuntu, as root)
	@scripts/setup.sh current test
	@scripts/databases.sh $(CURRENT)

test-platform: ## Acceptance on the code of Open edX (EDX_PLATFORM=path to a checkout; see docs/platform.md)
	@scripts/setup.sh current test
	@scripts/platform.sh $(CURRENT)

load-test: ## Many officers at once, with faults, on a real database, Redis and Celery (ENGINE=mariadb OFFICERS=2000 SECONDS=600; Debian, as root)
	@scripts/setup.sh current test
	@scripts/load.sh $(CURRENT) --engine $(or $(ENGINE),postgresql) --officers $(or $(OFFICERS),2000) --seconds $(or $(SECONDS),600) --faults

coverage: ## Run every test on the current stack, and print which lines and branches they do not reach
	@scripts/setup.sh current test
	@COVERAGE=1 scripts/test.sh every
	@COVERAGE_FILE=var/coverage/data $(CURRENT)/bin/coverage combine --quiet
	@COVERAGE_FILE=var/coverage/data $(CURRENT)/bin/coverage report

lint: ## Check style, types, links, licences, and packages for known faults
	@scripts/setup.sh current test
	@$(CURRENT)/bin/ruff check .
	@$(CURRENT)/bin/ruff format --check .
	@$(CURRENT)/bin/mypy
	@$(CURRENT)/bin/python scripts/links.py
	@$(CURRENT)/bin/python scripts/audit.py
	@scripts/lint-js.sh

lint-js: ## Check the types and the style of the browser code
	@scripts/setup.sh current test
	@scripts/lint-js.sh

format: ## Put the code into the house's form
	@scripts/setup.sh current test
	@$(CURRENT)/bin/ruff check --fix .
	@$(CURRENT)/bin/ruff format .

screens: ## Take the pictures of docs/screens.md anew (needs Chromium, as the browser tests)
	@scripts/setup.sh current test
	@$(CURRENT)/bin/python -m scripts.screens

docs: ## Build the documentation site in var/site
	@scripts/setup.sh current docs
	@$(CURRENT)/bin/mkdocs build --quiet
	@printf '%s\n' "-> var/site/index.html"

release: ## Set the version everywhere it is written (VERSION=1.2.0)
	@test -n "$(VERSION)" || { echo "Which version? make release VERSION=1.2.0" >&2; exit 2; }
	@"$$(scripts/python.sh current)" scripts/release.py $(VERSION)

freeze: ## Write down what this version keeps of a small site, for the tests of upgrades (once for each release)
	@scripts/setup.sh current test
	@$(CURRENT)/bin/python -m tests.upgrades.freeze

sbom: ## Write the software bill of materials of what a server installs for us (CycloneDX, into var/sbom; needs the network)
	@scripts/setup.sh current test
	@$(CURRENT)/bin/python scripts/sbom.py

lock: ## Renew the versions that the current stack installs, in scripts/*.txt (needs the network)
	@scripts/setup.sh current test
	@scripts/lock.sh $(CURRENT)

course: ## Check the course and build dist/duty-to-intervene-<version>.tar.gz
	@scripts/setup.sh current run
	@$(CURRENT)/bin/dti-course validate course_export
	@$(CURRENT)/bin/dti-course build course_export --into dist

media: ## Build the pictures of the course that are out of date, and check all
	@scripts/setup.sh current media
	@$(CURRENT)/bin/dti-course media course_export

films: ## Build the films of the course that are out of date, and check all (minutes for each)
	@scripts/setup.sh current films
	@$(CURRENT)/bin/dti-course films course_export

bench: ## Measure page times and sizes (RUNS=100000: how many runs the staff report counts)
	@scripts/setup.sh current test
	@$(CURRENT)/bin/python tests/benches/pages.py $(RUNS)
	@$(CURRENT)/bin/python tests/benches/packets.py
	@$(CURRENT)/bin/python tests/benches/pledges.py $(RUNS)

bench-peers: ## Measure our blocks beside branching-xblock, drag-and-drop-v2, poll and h5p-xblock; draws docs/images/peers-*.svg
	@scripts/bench-peers.sh --plots docs/images

extract_translations: ## Bring the catalogues in dti_xblocks/records/locale up to date with the code (needs gettext)
	@scripts/setup.sh current test
	@$(CURRENT)/bin/python scripts/translations.py extract

compile_translations: ## Compile the translations in dti_xblocks/records/locale
	@scripts/setup.sh current test
	@$(CURRENT)/bin/python scripts/translations.py compile

clean: ## Remove the virtual environments and everything that was built
	rm -rf tests/js/node_modules $(CURRENT) $(PREVIOUS) $(TEAK) dist build *.egg-info
