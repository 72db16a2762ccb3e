# make demo    install everything into .venv and open the sample study
# make test    install what tests need as well, and run them
# make check   the gate: lint, format, types, layers, tests
# make bench   measure against the baselines

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin

# The scientific packages take many times longer to import without bytecode.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: demo test check bench clean

demo: $(VENV)/text,models.stamp
	$(BIN)/coder demo

test: $(VENV)/test.stamp
	$(BIN)/python -m pytest -n auto

check: $(VENV)/dev.stamp
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/mypy --platform win32 --cache-dir .mypy_cache/win32 coder
	$(BIN)/lint-imports --no-logo
	$(BIN)/python -m pytest -n 2

bench: $(VENV)/dev.stamp
	$(BIN)/python -m benchmarks

clean:
	rm -rf $(VENV) build dist

# One stamp per extra: a second call of make installs nothing.
$(VENV)/%.stamp: pyproject.toml constraints.txt
	@echo "Installing into $(VENV). The first time takes some minutes."
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --disable-pip-version-check -q -c constraints.txt -e ".[$*]"
	$(BIN)/python -m compileall -q coder
	touch $@
