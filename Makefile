# Everything a person can do here. `make` alone lists it.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
UV := .tools/bin/uv
RUNS := $(VENV)/.runs
READY := $(VENV)/.ready
POSTGRES := postgres://postgres@127.0.0.1:5432/postgres
ON_BOTH := $(wildcard tests/accounts tests/clerk tests/jobs tests/originals tests/outbox tests/papers tests/profiles tests/register tests/site tests/web)

help:  ## list what can be done
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 12

run: $(RUNS)  ## set up everything and serve a demonstration institution
	@$(BIN)/yishi serve --demo

play: $(RUNS)  ## play the full month and the full week, act by act
	@$(BIN)/yishi play

test: check browser  ## every check and every test, on both databases
	env -u DATABASE_URL $(BIN)/pytest -n auto --ignore=tests/journeys
	@if [ -n "$$DATABASE_URL" ] || [ "$$CI" = true ]; then \
		DATABASE_URL="$${DATABASE_URL:-$(POSTGRES)}" $(BIN)/pytest -n auto $(ON_BOTH); \
	else echo "PostgreSQL: not tested, since DATABASE_URL is not set."; fi
	@$(MAKE) --no-print-directory journeys

journeys: $(READY)  ## whole meetings through a real browser (Chromium)
	$(BIN)/pytest -n auto --maxschedchunk 1 -rs tests/journeys

# Journeys want a browser. It is installed only where a build machine of its own lets it.
browser:
	@if [ "$$CI" = true ] && ! command -v chromium >/dev/null && [ "$$(id -u)" = 0 ]; then \
		apt-get update -q && apt-get install -y -q chromium fonts-noto-cjk; fi

check: $(READY)  ## style, types, architecture, generated pages
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/yishi charter lint
	$(BIN)/yishi docs --check

bench: $(READY)  ## measure, each figure beside a bare loop
	$(BIN)/python bench/run.py
	$(BIN)/python bench/papers.py
	$(BIN)/python bench/web.py
	$(BIN)/python bench/live.py

docs: $(READY)  ## write the generated pages anew
	$(BIN)/yishi docs

format: $(READY)  ## put the code into its shape
	$(BIN)/ruff format . && $(BIN)/ruff check --fix .

fonts:  ## get free Chinese fonts for papers into var/fonts (Debian, Ubuntu)
	@command -v apt-get >/dev/null && command -v dpkg-deb >/dev/null || { echo "This needs apt-get and dpkg-deb. Or put fonts into var/fonts by hand: docs/operator-guide.md."; exit 1; }
	@got=$$(mktemp -d) && chmod 755 $$got && (cd $$got && apt-get download -q texlive-lang-chinese && dpkg-deb -x ./*.deb .) && mkdir -p var/fonts \
		&& for one in Fang Kai Hei Song; do cp $$got/usr/share/texlive/texmf-dist/fonts/opentype/public/fandol/Fandol$$one-Regular.otf var/fonts; done && rm -rf $$got
	@cd var/fonts && sha256sum --check --quiet ../../deploy/fonts.sha256 && echo "The fonts are in var/fonts."

lock: $(UV)  ## resolve the dependencies anew, with hashes and no host
	$(UV) pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate pyproject.toml -o requirements.txt
	$(UV) pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate pyproject.toml --group dev -o requirements-dev.txt

clean:  ## remove what was set up
	rm -rf $(VENV) .tools .pytest_cache .mypy_cache .ruff_cache .hypothesis

# The environment: the locked packages, checked by hash, and this checkout itself; then what tests want.
$(RUNS): requirements.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed. Name it: make $(MAKECMDGOALS) PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || { echo "This Python comes without venv. Install it (Debian: apt install python3-venv), then once more."; exit 1; }
	$(PYTHON) -m venv --clear $(VENV)
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements.txt
	@$(BIN)/python -c "import sysconfig, pathlib; pathlib.Path(sysconfig.get_path('purelib'), 'yishi.pth').write_text(str(pathlib.Path('src').resolve()))"
	@printf '#!/bin/sh\nexec "$$(dirname "$$0")/python" -m yishi "$$@"\n' > $(BIN)/yishi && chmod +x $(BIN)/yishi
	@touch $@

$(READY): $(RUNS) requirements-dev.txt
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@

$(UV):
	$(PYTHON) -m pip install -q --target .tools uv

.PHONY: help run play test journeys browser check bench docs format fonts lock clean
