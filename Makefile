# Everything a person does with this folder. `make` alone says what there is.
# Needed beforehand: Python 3.11 to 3.14, make and git. The rest is put into .venv, from the lock files.

VENV := .venv
BIN := $(VENV)/bin
LOCK_VENV := .venv-lock
SITE_VENV := .venv-site
UV := uv==0.13.9
COMPILE := $(LOCK_VENV)/bin/uv pip compile --quiet --upgrade --universal --generate-hashes --no-emit-index-url \
	--custom-compile-command 'make lock'
PAGE_SCRIPTS := $(wildcard adapters/web/static/*.js adapters/web/static/*/*.js bot/documents/console/static/*.js)

# google-re2, which runs the patterns of desk.yaml, is built for these versions of Python, and not for musl.
IS_BUILT_FOR := import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 15))
HAS_GLIBC := import sys, sysconfig; sys.exit("musl" in (sysconfig.get_config_var("HOST_GNU_TYPE") or ""))

# The first Python that fits; name another with `make demo PYTHON=/path/to/python3`.
PYTHON ?= $(shell for python in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	$$python -c '$(IS_BUILT_FOR)' 2>/dev/null && echo $$python && break; done)

# What a clean install may not take over from the person's own shell.
export PIP_DISABLE_PIP_VERSION_CHECK := 1
unexport PYTHONPATH PYTHONHOME

.DEFAULT_GOAL := help

.PHONY: help
help: ## Say what there is
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: demo
demo: $(VENV)/.installed ## Open a desk to play with in the browser; nothing to set up
	@$(BIN)/python -m bot demo $(ARGS)

.PHONY: install
install: $(VENV)/.installed ## Put what running a desk needs into .venv

.PHONY: answers
answers: $(VENV)/.installed ## Add what learns from history and finds articles by meaning: the extra "answers"
	$(INSTALL) --require-hashes -r requirements-answers.lock

.PHONY: sign-in
sign-in: $(VENV)/.installed ## Add what checks tokens of identity providers: the extra "sign-in"
	$(INSTALL) --require-hashes -r requirements-sign-in.lock

.PHONY: test
test: $(VENV)/.installed-dev ## Run every test; ARGS="-k claim" picks some
	$(BIN)/python -m pytest -n logical --maxprocesses 4 $(ARGS)

.PHONY: fuzz
fuzz: $(VENV)/.installed-dev ## Look for what nobody thought of, with new examples; MINUTES=30 looks longer
	@$(BIN)/python -m tests.fuzz --minutes $(or $(MINUTES),10) -n logical --maxprocesses 4 $(ARGS)

.PHONY: check
check: check-style check-types check-layers check-page ## Style, types, who may import whom, and the page's scripts

.PHONY: check-style
check-style: $(VENV)/.installed-dev
	$(BIN)/python -m ruff format --check
	$(BIN)/python -m ruff check

.PHONY: check-types
check-types: $(VENV)/.installed-dev
	$(BIN)/python -m mypy

.PHONY: check-layers
check-layers: $(VENV)/.installed-dev
	$(BIN)/lint-imports --no-cache

# The script goes through standard input: `node --check FILE` passes over errors in modules before Node 22.
.PHONY: check-page
check-page:
	@command -v node >/dev/null || { echo "node is not installed: the page's scripts were not checked"; exit 0; }; \
	for script in $(PAGE_SCRIPTS); do \
		echo "node --check $$script"; \
		node --input-type=module --check - < $$script || { echo "$$script is not valid JavaScript" >&2; exit 1; }; \
	done

.PHONY: bench
bench: $(VENV)/.installed-dev ## Measure: tickets a second, routing, the SLA clock, Slack, memory; ARGS="slack_life" picks some
	@$(BIN)/python -m tests.bench $(ARGS)

.PHONY: profile
profile: $(VENV)/.installed-dev ## Say where a ticket's processor time goes, from Slack to the databases and back
	@$(BIN)/python -m tests.bench.profile $(ARGS)

.PHONY: image
image: $(VENV)/.installed ## Do what the container image's build does, without Docker, and start what comes out
	$(BIN)/python deploy/rehearse_image.py

.PHONY: docs
docs: $(VENV)/.installed ## Renew what is made from the code: tables of commands and keys, Slack's manifest, desk.yaml's schema
	$(BIN)/python -m bot.commands.documentation docs/answering.md
	$(BIN)/python -m bot.config.reference docs/running/reference.md
	$(BIN)/python -m bot.cli.actions.slack_manifest deploy/slack-manifest.yaml
	$(BIN)/python -m bot.config deploy/desk.schema.json

.PHONY: pictures
pictures: $(VENV)/.installed-dev ## Take the pictures in the guides again, in Chromium
	REQUIRE_BROWSER=1 PICTURES=docs/images $(BIN)/python -m pytest tests/browser/test_story.py

# MkDocs reads one folder, and the papers are in three: they are copied together, with what they link to. No --quiet:
# what it hides, --strict does not count.
.PHONY: site
site: $(SITE_VENV)/.installed ## Build the guides as a web site, in build/site
	rm -rf build/papers build/site
	mkdir -p build/papers
	tar -cf - *.md LICENSE docs deploy | tar -xf - -C build/papers
	NO_MKDOCS_2_WARNING=1 $(SITE_VENV)/bin/python -m mkdocs build --strict

.PHONY: sentences
sentences: $(VENV)/.installed-dev ## Write down all that Deskbell says, a page a language, to be read and committed
	$(BIN)/python -m tests.text.snapshots

.PHONY: lock
lock: $(LOCK_VENV)/.installed ## Take newer libraries into the lock files
	$(COMPILE) --all-extras --group dev pyproject.toml -o requirements-dev.lock
	$(COMPILE) --constraint requirements-dev.lock pyproject.toml -o requirements.lock
	$(COMPILE) --constraint requirements-dev.lock --extra answers pyproject.toml -o requirements-answers.lock
	$(COMPILE) --constraint requirements-dev.lock --extra sign-in pyproject.toml -o requirements-sign-in.lock
	$(COMPILE) --constraint requirements-dev.lock --group build -o requirements-build.lock
	$(COMPILE) --constraint requirements-dev.lock --group docs -o requirements-docs.lock

.PHONY: clean
clean: ## Remove what make built (your data and .env stay)
	rm -rf $(VENV) $(LOCK_VENV) $(SITE_VENV) build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# Installed once per version of the locks. The development lock holds the others, so it settles both stamps.
# Where google-re2 has no wheel, pip says so; without this a compiler would say something else.
INSTALL := $(BIN)/python -m pip install --quiet --only-binary google-re2

$(VENV)/.installed: requirements.lock requirements-build.lock pyproject.toml | $(BIN)/pip
	$(INSTALL) --require-hashes -r requirements.lock -r requirements-build.lock
	$(INSTALL) --no-build-isolation --no-deps -e .
	@touch $@

$(VENV)/.installed-dev: requirements-dev.lock requirements.lock requirements-build.lock pyproject.toml | $(BIN)/pip
	$(INSTALL) --require-hashes -r requirements-dev.lock
	$(INSTALL) --no-build-isolation --no-deps -e .
	@touch $(VENV)/.installed $@

$(SITE_VENV)/.installed: requirements-docs.lock
	@$(need_python)
	$(PYTHON) -m venv $(SITE_VENV)
	$(SITE_VENV)/bin/python -m pip install --quiet --require-hashes -r requirements-docs.lock
	@touch $@

$(LOCK_VENV)/.installed: Makefile
	@$(need_python)
	$(PYTHON) -m venv $(LOCK_VENV)
	$(LOCK_VENV)/bin/python -m pip install --quiet '$(UV)'
	@touch $@

$(BIN)/pip:
	@$(need_python)
	@echo "Setting up $(VENV); the first time takes a minute."
	$(PYTHON) -m venv $(VENV)

define need_python
python="$(PYTHON)"; \
if ! command -v "$$python" >/dev/null; then \
	echo "Deskbell needs Python 3.11 to 3.14, and found none. Install one, or name it: make demo PYTHON=/path/to/python3" >&2; \
	exit 1; \
elif ! "$$python" -c '$(IS_BUILT_FOR)'; then \
	echo "Deskbell needs Python 3.11 to 3.14, for which its libraries are built, and $$python is $$("$$python" -V 2>&1). Name another: make demo PYTHON=/path/to/python3" >&2; \
	exit 1; \
elif ! "$$python" -c '$(HAS_GLIBC)'; then \
	echo "$$python is built for musl, as on Alpine, for which google-re2 is not built. Use a system with glibc, such as Debian, or the image of deploy/Dockerfile." >&2; \
	exit 1; \
elif ! "$$python" -c 'import ensurepip, venv' 2>/dev/null; then \
	echo "$$python cannot make virtual environments. On Debian and Ubuntu: apt install python3-venv" >&2; \
	exit 1; \
fi
endef
