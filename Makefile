# make chat    sets everything up and starts the chat (FOLDER=~/dokumenter PORT=7861 for another folder or port)
# make test    sets everything up and runs every check
# make install sets up .venv and nothing more
# make readme  writes the list of files in README.md again
# make pictures takes the pictures of the documentation again
# make torture kills, starves and damages libraries, and writes docs/reliability.md (ONLY=kills SEED=1 for one kind)
# make lock    writes constraints.txt again, from the newest versions that pyproject.toml allows

FOLDER ?= seeds
PORT ?= 7860
PYTHON ?= python3

VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/installed
LOCK_VENV := build/lock

export PIP_DISABLE_PIP_VERSION_CHECK := 1

.DEFAULT_GOAL := chat
.PHONY: chat test install browser lock readme pictures torture clean

chat: install
	@$(BIN)/kildesvar chat "$(FOLDER)" --port "$(PORT)"

# The tests run in two processes side by side, each file of tests in one of them.
test: install browser
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pytest -n 2 --dist loadfile --cov=index --cov=qa --cov-report=term

install: $(INSTALLED)

# Only when what is installed may have changed. Debian's Python may lack ensurepip: then pip is put in from outside.
$(INSTALLED): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("Kildesvar kræver Python 3.11 eller nyere; prøv make PYTHON=python3.11.")'
	$(PYTHON) -m venv $(VENV) || { $(PYTHON) -m venv --clear --without-pip $(VENV) && \
		$(PYTHON) -m pip --python $(BIN)/python install --quiet pip; }
	$(BIN)/python -m pip install --quiet -c constraints.txt -e ".[dev]"
	@touch $(INSTALLED)

browser:
	@sh tests/install_browser.sh

# A clean environment, so that nothing lands in the lock but what the project asks for. The part of a version
# after "+" names one build of it (for instance "+cpu") and is left out, so that the lock holds everywhere.
lock:
	rm -rf $(LOCK_VENV)
	$(PYTHON) -m venv $(LOCK_VENV)
	$(LOCK_VENV)/bin/python -m pip install --quiet -e ".[dev,milvus]"
	$(LOCK_VENV)/bin/python -m pip freeze --exclude-editable | sed 's/+[^ ]*$$//' > constraints.txt
	rm -rf $(LOCK_VENV)

# The line for each file in README.md comes from the files themselves.
readme: install
	$(BIN)/python -m tests.file_list

# The pictures of the documentation, taken of the chat over seeds/ in a real browser.
pictures: install browser
	$(BIN)/python -m tests.pictures

# What must never happen, tried at full size: an hour or so. Prints its seeds.
torture: install
	$(BIN)/python -m tests.torture --write $(if $(ONLY),--only $(ONLY)) $(if $(SEED),--seed $(SEED)) $(if $(SIZE),--size $(SIZE))

clean:
	rm -rf $(VENV) build *.egg-info .coverage .mypy_cache .ruff_cache .pytest_cache .hypothesis
