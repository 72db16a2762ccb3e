"""All that somebody gets to see of a study, for tests that compare it: what commands print, what is read."""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rounds_at_work import BEDS, BUDGETS, JO, LOST, PAY, SAM, STAYS

from coder import cli
from coder.domain.filters import Filter
from coder.store import codings, journal, log, precedents, surveys
from coder.store.team.workers import people_at_work
from coder.workflows.coding.differing import differing_codings
from coder.workflows.coding.precedents import precedents as precedents_of
from coder.workflows.suggesting.study_service import make_service
from coder.workflows.tables.codebook_counts import codebook_counts

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import pytest

    from coder.workflows.coding.precedents import Precedents
    from coder.workflows.study.study import Study

ANSWERS = (LOST, PAY, BEDS, BUDGETS, STAYS)

THEMES = ("pay", "staff", "money", "beds")
COMMANDS = (
    ("tables", "--format", "json"),
    ("tables", "--by", "region", "--format", "csv"),
    ("tables", "--count", "mentions", "--coders", "all"),
    ("tables", "--coders", "consensus", "--base", "read"),
    ("tables", "--as-of", "v1"),
    ("tables", "--coder", JO),
    ("quotes",),
    ("report", "--no-charts", "--journal", "--with-quotes", "3", "--out", "{}"),
    ("codings", "export", "--format", "csv"),
    ("codings", "export", "--format", "json"),
    ("codings", "export", "--format", "matrix"),
    ("codebook", "show"),
    ("codebook", "history"),
    ("agreement", "--by-theme"),
)
TIME = re.compile(r"\d{4}-\d\d-\d\d(T| )\d\d:\d\d(:\d\d)?(\.\d+)?Z?")


@contextmanager
def logged_in(monkeypatch: pytest.MonkeyPatch, name: str) -> Iterator[None]:
    """Be somebody on this machine."""
    for variable in ("LOGNAME", "USER", "LNAME", "USERNAME"):
        monkeypatch.setenv(variable, name)
    yield


def printed(folder: Path, capsys: pytest.CaptureFixture[str]) -> list[str]:
    """Return what every command prints, without the time of day."""
    texts = []
    for command, *options in COMMANDS:
        first = [command, options.pop(0)] if command in {"codings", "codebook"} else [command]
        file = folder.parent / "report.html"
        cli.main([*first, str(folder), *(option.format(file) for option in options)])
        output = capsys.readouterr()
        written = file.read_text() if file.exists() else ""
        file.unlink(missing_ok=True)
        text = f"{command} {options}\n{output.out}\n{output.err}\n{written}"
        texts.append(TIME.sub("(time)", text.replace(str(folder.parent), "(folder)")))
    return texts


def read(study: Study, coder_id: str = SAM) -> list[object]:
    """Return what the screen and the engine read for somebody."""
    database = study.database
    service = make_service(study, coder_id, lambda _: None)
    return [
        codings.list_counts(database, coder_id, Filter("Q1")),
        *(list(codings.matching(database, coder_id, Filter("Q1", theme_ids=(theme,)))) for theme in THEMES),
        codings.matching(database, coder_id, Filter("Q1", all_read=True)).tolist(),
        codings.list_rows(database, coder_id, range(1, 11)),
        codebook_counts(study, "Q1"),
        codings.progress(database, coder_id),
        people_at_work(database),
        [codings.codings_of(database, number) for number in range(1, 11)],
        [log.history(database, number) for number in range(1, 11)],
        log.steps_of(database, coder_id, "", 50),
        [list(differing_codings(database, coder_id, "Q1"))],
        [str(service.rank([number])) for number in ANSWERS],
        [precedents.coded_with(database, coder_id, "Q1", theme, 5) for theme in THEMES],
        journal.entries(database),
        [worked_examples(study, coder_id, number) for number in ANSWERS[:2]],
    ]


def worked_examples(study: Study, coder_id: str, number: int, theme_id: str = "pay") -> Precedents:
    """Return what stands beside an answer for comparison."""
    response = surveys.response(study.database, number)
    assert response is not None
    examples = study.codebook.by_id[theme_id].examples
    return precedents_of(study.database, coder_id, response, theme_id, (), examples)
