"""Tables by what is known of answers, and of some answers alone: counted by hand."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

import pytest
from visit_study import visit_study

from coder.domain.filters import Having
from coder.domain.tables.requests import TableOptions, TableRequest
from coder.errors import CoderError
from coder.workflows.study.conditions import condition_meant
from coder.workflows.tables.report_tables import printed_tables

if TYPE_CHECKING:
    from pathlib import Path

    from coder.domain.tables.printed import PrintedTable
    from coder.workflows.study.study import Study


@pytest.fixture
def study(tmp_path: Path) -> Study:
    """Make a study in which P1 has answered twice, at different times and in different moods."""
    return visit_study(tmp_path / "study")


def counts(table: PrintedTable) -> dict[str, list[float | None]]:
    """Return, by heading of a group with its base, the counts of Pay, Beds and Money."""
    rows = {row.label: row for row in table.rows}
    by_group = {}
    for group, columns in groupby(enumerate(table.columns), key=lambda pair: pair[1].group):
        (count, _), (_, percent), *_ = columns
        by_group[f"{group} {percent.base}"] = [
            rows[label].cells[count].value if label in rows else None for label in ("Pay", "Beds", "Money")
        ]
    return by_group


def table(
    study: Study, by: str, *where: str, options: TableOptions | None = None, suppress: int | None = None
) -> PrintedTable:
    """Return the table of Q1 by something."""
    conditions = tuple(condition_meant(study, condition) for condition in where)
    request = TableRequest(
        subjects=("Q1",), by=by, where=conditions, options=options or TableOptions(), suppress=suppress
    )
    (made,) = printed_tables(study, request)
    return made


def test_by_what_is_known_of_answers(study: Study) -> None:
    """P1 is in both moods, with what each answer says; the total counts P1 once."""
    by_mood = table(study, "mood")
    assert counts(by_mood) == {
        "glad 2": [1, 1, 0],
        "sad 2": [1, 1, 1],
        "Not stated 1": [1, 0, 0],
        "Total 4": [2, 2, 1],
    }
    assert by_mood.title.endswith("by mood")
    assert "who gave several is in several columns" in " ".join(by_mood.notes)


def test_by_months(study: Study) -> None:
    """A trend: a month without answers has a column all the same."""
    assert counts(table(study, "visit.month")) == {
        "January 2026 2": [1, 1, 0],
        "February 2026 0": [0, 0, 0],
        "March 2026 3": [2, 1, 1],
        "Total 4": [2, 2, 1],
    }


def test_by_boxes(study: Study) -> None:
    """The boxes of a question are known of answers without being in the file."""
    assert counts(table(study, "box")) == {"1 4": [2, 1, 1], "2 1": [1, 1, 0], "Total 4": [2, 2, 1]}


def test_of_some_answers_alone(study: Study) -> None:
    """Those who gave such an answer are the base; what they say in others does not count."""
    (made,) = printed_tables(
        study, TableRequest(subjects=("Q1",), where=(Having("mood", ("sad",), of="answer"),))
    )
    assert {row.label: row.cells[0].value for row in made.rows} == {"Pay": 1, "Beds": 1, "Money": 1}
    assert made.base is not None
    assert (made.base.size, made.base.asked) == (2, 2)
    assert "Only answers with mood = sad are counted." in made.notes
    assert made.title.endswith("in answers with mood = sad")


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        (("mood=sad", "box=2"), {"North 1": [1, 1, None], "South 0": [0, 0, None], "Total 1": [1, 1, None]}),
        (("mood!=sad",), {"North 2": [2, 0, None], "South 1": [0, 1, None], "Total 3": [2, 1, None]}),
        (("mood=",), {"North 1": [1, None, None], "South 0": [0, None, None], "Total 1": [1, None, None]}),
        (
            ("region=North", "mood=glad"),
            {"North 1": [1, None, None], "South 0": [0, None, None], "Total 1": [1, None, None]},
        ),
    ],
)
def test_conditions_on_answers_and_respondents(
    study: Study, where: tuple[str, ...], expected: dict[str, list[float | None]]
) -> None:
    """All conditions hold, of answers each by itself."""
    assert counts(table(study, "region", *where)) == expected


def test_crossed_with_what_is_known_of_respondents(study: Study) -> None:
    """Of the combinations those have columns that an answer has."""
    assert counts(table(study, "region:mood")) == {
        "North \N{MIDDLE DOT} glad 1": [1, 0, 0],
        "North \N{MIDDLE DOT} sad 1": [1, 1, 0],
        "North \N{MIDDLE DOT} Not stated 1": [1, 0, 0],
        "South \N{MIDDLE DOT} glad 1": [0, 1, 0],
        "South \N{MIDDLE DOT} sad 1": [0, 0, 1],
        "Total 4": [2, 2, 1],
    }


def test_whoever_is_asked_has_a_row(study: Study) -> None:
    """P5 wrote nothing in a glad mood: asked, without an answer."""
    assert counts(table(study, "mood", options=TableOptions(base="asked"))) == {
        "glad 3": [1, 1, 0],
        "sad 2": [1, 1, 1],
        "Not stated 1": [1, 0, 0],
        "Total 5": [2, 2, 1],
    }


@pytest.mark.parametrize(
    ("by", "where", "suppress", "message"),
    [
        ("mood", (), 3, "respondents may be in several"),
        ("region", ("mood=joyful",), None, "No answer has mood = 'joyful'"),
        ("region", ("mood=sad", "mood=glad"), None, "No answer is both"),
    ],
)
def test_what_is_refused(
    study: Study, by: str, where: tuple[str, ...], suppress: int | None, message: str
) -> None:
    """What cannot be counted is told, with the way on."""
    with pytest.raises(CoderError, match=message) as caught:
        table(study, by, *where, suppress=suppress)
    assert caught.value.hint


def test_closed_questions_are_of_respondents(study: Study) -> None:
    """A table of respondents, whatever they wrote, is not by what they wrote."""
    for request in (
        TableRequest(subjects=("region",), by="mood"),
        TableRequest(subjects=("region",), where=(Having("mood", ("sad",), of="answer"),)),
        TableRequest(subjects=("mood",)),
    ):
        with pytest.raises(CoderError) as caught:
            printed_tables(study, request)
        assert "mood" in caught.value.message
        assert caught.value.hint
