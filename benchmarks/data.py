"""How long importing and counting take, without a screen."""

from __future__ import annotations

import csv
import shutil
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING

from benchmarks.baselines.bare_import import bare_import
from benchmarks.make_study import QUESTION, REGIONS, code_study, make_codebook, make_study, make_text
from benchmarks.results import Result
from coder.domain.study_settings import Settings
from coder.domain.tables.requests import TableRequest
from coder.workflows.exchange.survey_import import create_from_file, plan_import
from coder.workflows.tables.report_tables import printed_tables

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from coder.workflows.study.study import Study

ROUNDS = 7
SETTINGS = Settings("Benchmark", model="none")
ROWS = 10_000
RAW_TABLE = """SELECT theme, COUNT(DISTINCT respondent), COUNT(*),
    (SELECT COUNT(DISTINCT respondent) FROM response WHERE question = :question AND answered = 1)
    FROM coding WHERE question = :question GROUP BY theme"""
"""What a table prints, without its notes: respondents and mentions of each theme, and their base."""
RAW_CROSSTAB = """SELECT k.theme, v.value, COUNT(DISTINCT k.respondent) FROM coding k
    JOIN attribute_value v ON v.respondent = k.respondent AND v.attribute = :attribute
    WHERE k.question = :question GROUP BY k.theme, v.value"""
"""The same for each value of an attribute, without bases and totals."""
COLUMNS = ("q1", "q2", "q3")


def measure_import(folder: Path) -> Result:
    """Import 10,000 rows with three open columns, against pandas and one bare statement."""
    file, codebook = folder / "survey.csv", folder / "codebook.yaml"
    _write_survey(file)
    codebook.write_text(make_codebook(), encoding="utf-8")
    study, bare = folder / "imported", folder / "bare.db"

    def ours() -> None:
        plan = plan_import(file)
        imported, _ = create_from_file(study, plan, codebook=codebook, settings=SETTINGS, coder_id="bench")
        imported.close()

    def clear() -> None:
        shutil.rmtree(study, ignore_errors=True)
        bare.unlink(missing_ok=True)

    times = _in_turn(ours, lambda: bare_import(file, bare, COLUMNS), clear)
    return Result("import 10,000 x 3 / pandas and SQLite", *times, "ms", 3)


def measure_tables(folder: Path) -> list[Result]:
    """Count themes among 10,000 and 100,000 respondents, against one raw SQL statement."""
    small, large = make_study(folder / "tables", 10_000), make_study(folder / "tables-large", 100_000)
    code_study(small, 10_000, 3)
    code_study(large, 100_000, 10)
    results = [
        Result("table of 30,000 codings / raw SQL", *_time_table(small), "ms", 2),
        Result("table of 1,000,000 codings / raw SQL", *_time_table(large), "ms", 1000, absolute=True),
    ]
    by = _time_crosstab(large)
    name = "table by attribute of 1,000,000 codings"
    results += [
        Result(f"{name} / raw SQL", *by, "ms", 2),
        Result(name, *by, "ms", 1000, absolute=True),
    ]
    small.close()
    large.close()
    return results


def _time_table(study: Study) -> tuple[float, float]:
    return _in_turn(
        lambda: printed_tables(study, TableRequest(subjects=(QUESTION,))),
        lambda: study.database.rows(RAW_TABLE, {"question": QUESTION}),
    )


def _time_crosstab(study: Study) -> tuple[float, float]:
    request = TableRequest(subjects=(QUESTION,), by="region")
    return _in_turn(
        lambda: printed_tables(study, request),
        lambda: study.database.rows(RAW_CROSSTAB, {"question": QUESTION, "attribute": "region"}),
    )


def _in_turn(
    ours: Callable[[], object], baseline: Callable[[], object], clear: Callable[[], None] | None = None
) -> tuple[float, float]:
    """Run both in turn; return the median times in milliseconds, without the first round."""
    times: tuple[list[float], list[float]] = [], []
    for _ in range(ROUNDS + 1):
        for milliseconds, run in zip(times, (ours, baseline), strict=True):
            began = perf_counter()
            run()
            milliseconds.append(1000 * (perf_counter() - began))
        if clear:
            clear()
    return median(times[0][1:]), median(times[1][1:])


def _write_survey(file: Path) -> None:
    with file.open("w", encoding="utf-8", newline="") as stream:
        rows = csv.writer(stream)
        rows.writerow(["id", "region", *COLUMNS])
        for number in range(ROWS):
            texts = (make_text(number * len(COLUMNS) + box) for box in range(len(COLUMNS)))
            rows.writerow([f"R{number}", REGIONS[number % len(REGIONS)], *texts])
