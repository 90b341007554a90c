# Two commands matter: `make run` and `make test`. Everything else is a part of them.
PYTHON ?= python3
BIN := .venv/bin
STAMPS := .venv/stamps
STATIC := $(shell find static/css static/js static/img -type f 2>/dev/null)
MESSAGES := $(shell find translations -name '*.po' 2>/dev/null)

.PHONY: run test check screenshots simulate-burlington benchmarks peers build lock clean

run: $(STAMPS)/run build
	$(BIN)/suara demo
	$(BIN)/suara serve

test: $(STAMPS)/tools $(STAMPS)/test build
	$(MAKE) --no-print-directory check
	npm test --silent
	$(BIN)/python -m pytest -n 2 --dist worksteal --ignore tests/house

# Fast gates: style, types, catalogues, the rules of the house.
check: $(STAMPS)/test build
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/djlint templates --lint --quiet
	$(BIN)/python scripts/catalogue.py --check
	npm run types --silent
	$(BIN)/python -m pytest tests/house

screenshots: $(STAMPS)/tools $(STAMPS)/test build
	$(BIN)/python scripts/screenshots.py

# The 8,980 ranked ballots of Burlington 2009, cast over HTTP and counted again; minutes.
simulate-burlington: $(STAMPS)/run
	@mkdir -p var
	$(BIN)/suara simulate --ballots ../shared/data/elections/2009-burlington-mayor/ballots.abif --out var/burlington.suara

benchmarks: $(STAMPS)/test
	$(BIN)/python benchmarks/verify.py
	$(BIN)/python benchmarks/cast.py
	$(BIN)/python benchmarks/client.py

# Beside other systems, as far as they are installed.
peers: $(STAMPS)/test
	$(BIN)/python benchmarks/peers.py

build: static/dist/manifest.json $(STAMPS)/catalogues

static/dist/manifest.json: node_modules/.package-lock.json scripts/build.mjs $(STATIC)
	npm run build --silent

node_modules/.package-lock.json: package.json package-lock.json
	@node -e 'if (+process.versions.node.split(".")[0] < 20) { console.error("Node 20 or newer is needed, this is " + process.version); process.exit(1) }'
	npm ci --silent
	@touch $@

$(STAMPS)/catalogues: $(STAMPS)/python $(MESSAGES) scripts/catalogue.py
	$(BIN)/python scripts/catalogue.py --compile
	@touch $@

# Either set of Python packages serves to build; the tests' set holds the site's.
$(STAMPS)/python:
	$(MAKE) --no-print-directory $(STAMPS)/run
	@touch $@

$(STAMPS)/run: requirements/run.txt pyproject.toml
	@test -e $(STAMPS)/test || { $(PYTHON) scripts/check_python.py && $(PYTHON) -m venv .venv && $(BIN)/python -m pip install --quiet --no-deps --require-hashes -r requirements/run.txt; }
	$(BIN)/python -m pip install --quiet --no-deps --editable .
	@mkdir -p $(STAMPS) && touch $@ $(STAMPS)/python

$(STAMPS)/test: requirements/test.txt pyproject.toml
	$(PYTHON) scripts/check_python.py
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --no-deps --require-hashes -r requirements/test.txt
	$(BIN)/python -m pip install --quiet --no-deps --editable .
	@mkdir -p $(STAMPS) && touch $@ $(STAMPS)/run $(STAMPS)/python

$(STAMPS)/tools: scripts/install_tools.sh
	sh scripts/install_tools.sh
	@mkdir -p $(STAMPS) && touch $@

# Renew the pinned packages; needs the uv command.
lock:
	uv pip compile -q --universal --generate-hashes --python-version 3.11 pyproject.toml --extra postgres -o requirements/run.txt
	uv pip compile -q --universal --generate-hashes --python-version 3.11 pyproject.toml --extra postgres --group dev -o requirements/test.txt

clean:
	rm -rf .venv node_modules static/dist dist
