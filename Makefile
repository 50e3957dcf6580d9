# The commands of the help center. `make` alone lists them.
# Everything a step needs is installed by the step: Python packages from the hash-locked
# requirements files into .venv, and for tests a Chromium from Debian packages.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8000
TICKETS ?= 10000
SEED ?= 1
OSV ?= https://osv-vulnerabilities.storage.googleapis.com
BUILD_SECONDS ?= 600
# GNU timeout, where there is one: a page that slipped through every check stops its own build only.
LIMITED := $(if $(shell command -v timeout),timeout --kill-after=10 $(BUILD_SECONDS))
STRICT_BUILD = $(LIMITED) $(BIN)/mkdocs build --strict --clean || { code=$$?; \
  test $$code -ne 124 || echo "the build was stopped after $(BUILD_SECONDS) seconds" >&2; exit $$code; }
export NO_MKDOCS_2_WARNING := 1 # the plan for the host's end is docs/_decisions/0001
export PYTHONDONTWRITEBYTECODE := 1

.DEFAULT_GOAL := help
.PHONY: help serve build preview check check-deployed test sync report proposal apply translations packages sbom advisories sync-table fetch test-request-tracker test-spark test-accessibility test-deploy test-privacy test-faults demo-tickets bad-inputs bench bench-sync eval-search lock observatory validate-html screenshots clean

help: ## list these commands
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sort | awk -F ':.*## ' '{printf "  make %-14s %s\n", $$1, $$2}'

serve: $(VENV)/site-packages ## install what is needed, build and serve the site, reload on edits
	$(BIN)/python scripts/check_safety.py
	$(BIN)/mkdocs serve --livereload --dev-addr 127.0.0.1:$(PORT)

# The day that is shown. Whoever sets it to the time in a site's build.json gets the same bytes.
build preview: export SOURCE_DATE_EPOCH ?= $(shell $(PYTHON) -c 'import time; print(int(time.time()) // 86400 * 86400)')
build preview: export BUILD_COMMIT ?= $(shell git describe --always --dirty --abbrev=40 --exclude='*' 2>/dev/null)
build: $(VENV)/site-packages ## build the site into site/, stopping on any warning
	$(BIN)/python scripts/check_safety.py
	$(STRICT_BUILD)
	$(BIN)/python scripts/check_site.py site

preview: $(VENV)/site-packages ## the same as a preview: each page says so, and is closed to search engines
	$(BIN)/python scripts/check_safety.py
	PREVIEW=true $(STRICT_BUILD)

check: $(VENV)/site-packages $(VENV)/check-packages ## check every page and data file under docs/
	$(BIN)/python scripts/check_content.py

test: $(VENV)/dev-packages browser ## install and run everything: lint, types, tests, browser
	$(BIN)/ruff check scripts tests
	$(BIN)/ruff format --check scripts tests
	$(BIN)/mypy
	$(BIN)/python scripts/check_content.py
	$(BIN)/python scripts/check_packages.py
	$(BIN)/pytest --numprocesses=auto --dist=loadgroup $(PYTEST)

sync: $(VENV)/site-packages ## re-order the FAQ from exports: make sync EXPORT="tickets.jsonl more.csv"
	$(BIN)/python scripts/sync_tickets.py $(EXPORT)

report: $(VENV)/site-packages $(VENV)/tickets-packages ## the same, with plots in export/report/ (REPORT="--language zh")
	$(BIN)/python scripts/sync_tickets.py --report export/report $(REPORT) $(EXPORT)

proposal: $(VENV)/site-packages ## count where tickets are, tell no log: make proposal EXPORT="tickets.jsonl"
	@mkdir -p export
	@$(BIN)/python scripts/sync_tickets.py --proposal export/proposal.txt $(EXPORT) > export/summary.txt

apply: $(VENV)/site-packages ## take that order where no ticket may be: make apply PROPOSAL=export/proposal.txt
	$(BIN)/python scripts/apply_ranking.py $(PROPOSAL)

translations: $(VENV)/site-packages ## write which pages lack or lag a translation to export/translations.md
	$(BIN)/python scripts/check_translations.py --output export/translations.md

packages: $(VENV)/dev-packages ## check the licenses of all locked packages, and what is known against them
	$(BIN)/python scripts/check_packages.py

sbom: $(VENV)/site-packages $(VENV)/packages-packages ## write what the site is built with to export/sbom.cdx.json
	$(BIN)/python scripts/check_packages.py --sbom export/sbom.cdx.json requirements.txt

advisories: $(VENV)/site-packages $(VENV)/packages-packages ## fetch what has become known of locked packages (osv.dev)
	@mkdir -p export
	for ecosystem in PyPI npm; do curl --fail --silent --show-error --proto =https --max-time 600 \
	  --output export/osv-$$ecosystem.zip $(OSV)/$$ecosystem/all.zip || exit 1; done
	$(BIN)/python scripts/check_packages.py --renew export/osv-PyPI.zip export/osv-npm.zip

check-deployed: $(VENV)/site-packages $(VENV)/live-packages ## check a live site: make check-deployed URL=https://… (CHECK="--site site")
	@test -n "$(URL)" || { $(BIN)/python scripts/check_deployed.py --help; exit 2; }
	$(BIN)/python scripts/check_deployed.py $(URL) $(CHECK)

sync-table: $(VENV)/site-packages $(VENV)/warehouse-packages ## the same from a warehouse: CONNECT=env:WAREHOUSE TABLE=support.tickets
	$(BIN)/python scripts/sync_tickets.py --connect "$(CONNECT)" --table "$(TABLE)" $(SYNC)

fetch: $(VENV)/tickets-packages ## fetch tickets: make fetch PROVIDER=zendesk, after setting its variables
	@test -n "$(PROVIDER)" || { $(BIN)/python scripts/fetch_tickets.py --help; exit 2; }
	$(BIN)/python scripts/fetch_tickets.py $(PROVIDER) -o export/$(PROVIDER).jsonl $(FETCH)

demo-tickets: $(VENV)/site-packages ## write an invented bilingual export to export/ (TICKETS=10000 SEED=1)
	$(BIN)/python scripts/demo_tickets.py --count $(TICKETS) --seed $(SEED) -o export/demo-tickets.jsonl

eval-search: $(VENV)/dev-packages browser build ## measure the search beside others (EVAL="--pages … --queries …")
	@command -v npm >/dev/null || scripts/install_debian.sh npm
	cd tests/rivals && npm ci --silent --ignore-scripts
	$(BIN)/python scripts/eval_search.py --rivals --variants $(EVAL)

bench: $(VENV)/dev-packages browser ## time the build, the ticket sync and the search
	$(BIN)/python scripts/bench.py build
	$(BIN)/python scripts/bench.py sync
	$(BIN)/python scripts/measure_surges.py
	$(BIN)/python scripts/bench_search.py

bench-sync: $(VENV)/site-packages ## time the ticket sync on 10 million tickets (needs 25 GB of disk)
	for format in csv parquet zendesk-jsonl; do \
	  $(BIN)/python scripts/bench.py sync --runs 3 --tickets 10000000 --format $$format || exit 1; \
	done

test-request-tracker: $(VENV)/dev-packages ## fetch from a real Request Tracker 5, installed from Debian packages
	@test -d /usr/share/request-tracker5 || \
	  scripts/install_debian.sh request-tracker5 rt5-db-sqlite rt5-standalone
	REQUEST_TRACKER=1 $(BIN)/pytest tests/integration/test_request_tracker.py

test-spark: $(VENV)/spark-packages ## count tickets in a local Spark, with a Java from Debian packages
	@command -v java >/dev/null || scripts/install_debian.sh default-jre-headless
	SPARK=1 $(BIN)/pytest tests/integration/test_spark.py

test-accessibility: $(VENV)/dev-packages browser ## look at every page: axe, keyboard, zoom, wide text, few colors, no scripts
	ACCESSIBILITY=full $(BIN)/pytest --numprocesses=auto tests/browser/test_accessibility*.py

test-privacy: $(VENV)/dev-packages ## try 5,000 exports full of secrets on the ticket sync
	SYNC_EXAMPLES=110 $(BIN)/pytest --numprocesses=auto tests/test_tickets_noninterference.py

test-faults: $(VENV)/dev-packages ## kill, crowd, starve and cut off the ticket sync, and print figures
	SYNC_FAULTS=full $(BIN)/pytest -rP --tb=short tests/test_tickets_faults.py

observatory: $(VENV)/dev-packages ## grade the headers on a real nginx by the rules of Mozilla's HTTP Observatory
	@command -v npm >/dev/null || scripts/install_debian.sh npm
	@command -v nginx >/dev/null || [ -x /usr/sbin/nginx ] || scripts/install_debian.sh nginx-light
	@command -v openssl >/dev/null || scripts/install_debian.sh openssl
	cd tests/observatory && npm ci --silent --ignore-scripts
	OBSERVATORY=1 PATH="$$PATH:/usr/sbin" $(BIN)/pytest -rP tests/integration/test_observatory.py

test-deploy: $(VENV)/dev-packages ## publish 20 times under load to nginx, Caddy and a branch, killing runs in between
	@command -v nginx >/dev/null || [ -x /usr/sbin/nginx ] || scripts/install_debian.sh nginx-light
	@command -v caddy >/dev/null || scripts/install_debian.sh caddy
	DEPLOY=1 PATH="$$PATH:/usr/sbin" $(BIN)/pytest -rP tests/integration/test_deploy.py

validate-html: build ## check every built page, style sheet and drawing with the Nu Html Checker
	@command -v java >/dev/null || scripts/install_debian.sh default-jre-headless
	@command -v npm >/dev/null || scripts/install_debian.sh npm
	cd tests/validator && npm ci --silent --ignore-scripts
	java -jar tests/validator/node_modules/vnu-jar/build/dist/vnu.jar --errors-only \
	  --skip-non-html --also-check-css --also-check-svg site
	@find site -name '*.html' -o -name '*.css' -o -name '*.svg' | wc -l | sed 's/$$/ files, 0 errors/'

bad-inputs: $(VENV)/dev-packages ## build every bad input with the stock theme, and print what each of us says
	$(BIN)/python tests/bad_inputs.py

screenshots: $(VENV)/dev-packages browser ## take the README's pictures again, with the tests' browser
	$(BIN)/pytest tests/browser/test_screenshots.py --screenshots

lock: $(VENV)/dev-packages ## resolve the newest allowed packages into the requirements files
	$(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-header pyproject.toml -o requirements.txt
	$(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-header --group check -c requirements.txt -o requirements-check.txt
	$(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-header --group packages -c requirements.txt -o requirements-packages.txt
	$(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-header --group tickets -c requirements.txt -o requirements-tickets.txt
	$(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-header --group live -c requirements-tickets.txt -o requirements-live.txt
	$(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-header --group warehouse -c requirements.txt \
	  -c requirements-tickets.txt -o requirements-warehouse.txt
	$(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-header --group dev -c requirements.txt -c requirements-check.txt \
	  -c requirements-live.txt -c requirements-packages.txt -c requirements-tickets.txt \
	  -c requirements-warehouse.txt pyproject.toml -o requirements-dev.txt
	$(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-header --group spark -c requirements-dev.txt -o requirements-spark.txt

clean: ## remove the built site and the environment
	rm -rf $(VENV) .cache site

# ---- installation: each stamp file is newer than what it was made from ---------------------------

PIP_INSTALL = $(BIN)/python -m pip install --quiet --disable-pip-version-check \
  --require-hashes --only-binary :all: --no-deps

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or newer is needed; set PYTHON=/path/to/python3.11" >&2; exit 2; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || scripts/install_debian.sh python3-venv
	$(PYTHON) -m venv $(VENV)

$(VENV)/site-packages: requirements.txt | $(BIN)/python
	$(PIP_INSTALL) -r requirements.txt
	@touch $@

$(VENV)/check-packages: requirements-check.txt | $(BIN)/python
	$(PIP_INSTALL) -r requirements-check.txt
	@touch $@

$(VENV)/packages-packages: requirements-packages.txt | $(BIN)/python
	$(PIP_INSTALL) -r requirements-packages.txt
	@touch $@

$(VENV)/tickets-packages: requirements-tickets.txt | $(BIN)/python
	$(PIP_INSTALL) -r requirements-tickets.txt
	@touch $@

$(VENV)/live-packages: requirements-live.txt | $(BIN)/python
	$(PIP_INSTALL) -r requirements-live.txt
	@touch $@

$(VENV)/warehouse-packages: requirements-warehouse.txt | $(BIN)/python
	$(PIP_INSTALL) -r requirements-warehouse.txt
	@touch $@

# PySpark has no wheel: pip makes one of its source, of the locked hash, with the locked setuptools.
$(VENV)/spark-packages: requirements-spark.txt $(VENV)/dev-packages
	$(PIP_INSTALL) --no-binary pyspark --no-build-isolation -r requirements-spark.txt
	@touch $@

$(VENV)/dev-packages: requirements-dev.txt $(VENV)/site-packages
	$(PIP_INSTALL) -r requirements-dev.txt
	@touch $@

.PHONY: browser
browser:
	@command -v chromium >/dev/null || command -v google-chrome >/dev/null || [ -n "$(CHROMIUM)" ] || \
	  scripts/install_debian.sh chromium fonts-noto-cjk
