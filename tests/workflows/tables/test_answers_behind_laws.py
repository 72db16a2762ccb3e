"""Over drawn codings, the answers behind a number of any table are of as many respondents as it says."""

from __future__ import annotations

from itertools import cycle
from typing import TYPE_CHECKING, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from making import CODEBOOK
from several_coders import CODINGS, MARKS, THEMES, code

from coder.domain.filters import Having
from coder.domain.responses import Attribute, Question, Respondent, Response, Survey
from coder.domain.study_settings import Settings
from coder.domain.tables.counting_words import BaseKind
from coder.domain.tables.requests import TableOptions, TableRequest
from coder.domain.team.counting_rule import Agreed
from coder.errors import CoderError
from coder.formats.codebooks.yaml.yaml_text import write_codebook
from coder.store import codings
from coder.workflows.study.opening import create_study
from coder.workflows.tables.answers_behind import answers_behind
from coder.workflows.tables.report_tables import printed_tables

if TYPE_CHECKING:
    from coder.domain.tables.printed import PrintedTable
    from coder.workflows.study.study import Study

PEOPLE = (
    ("North", "big", "2025-11-30"),
    ("North", "small", "2026-01-05"),
    ("South", "big", "2026-01-31"),
    ("", "small", "2026-04-02"),
    ("South", "", ""),
)
"""Region, size, and the day on which they answered."""
ATTRIBUTES = ("region", "size", "submitted")
BOXES = (("Q1", 1), ("Q1", 2), ("Q2", 1))
MOODS = ("glad", "sad", "")
VISITS = ("2026-01-05", "2026-03-31", "2026-01-31", "")
"""What is known of answers, of one after the other."""
COLUMNS = (
    "region", "region,size", "region:size", "submitted.month", "submitted.quarter:region",
    "submitted.year,region", "Q1:pay", "staff", "Q2:beds:size", "people", "Q1", "Q2,region",
    "Q1:staff,Q2,submitted.month", "mood", "visit.month", "mood:region", "box", "visit.month:mood,region",
)  # fmt: skip
"""What may stand over columns: attributes, also of answers, and periods; themes; crossed, side by side."""
NOTHING = ("Nobody mentions a theme", "rows by one attribute are not those")
"""How tables are refused that codings drawn may leave without columns, or with other rows by each."""


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Study:
    """Make a study of five people, with three answers each to two questions."""
    people = [
        Respondent(f"R{place}", {name: text for name, text in zip(ATTRIBUTES, facts, strict=True) if text})
        for place, facts in enumerate(PEOPLE, start=1)
    ]
    answered = [(who.id, question, item) for who in people for question, item in BOXES]
    answers = [
        Response(number, f"{who}.{question}.{item}", who, question, item, f"text {number}")
        for number, (who, question, item) in enumerate(answered, start=1)
    ]
    of_answers = {
        name: {number: text for number, text in zip(range(1, len(answers) + 1), cycle(texts)) if text}
        for name, texts in (("mood", MOODS), ("visit", VISITS))
    }
    survey = Survey(
        [Question("Q1", items=2), Question("Q2")],
        list(map(Attribute, ATTRIBUTES)),
        people,
        answers,
        [Attribute(name, of="answer") for name in of_answers],
        of_answers,
    )
    folder = tmp_path_factory.mktemp("laws") / "study"
    return create_study(folder, Settings("S", respondents="people"), survey, write_codebook(CODEBOOK), "jo")


WHERE = (
    (),
    (Having("region", ("North", "")),),
    (Having("size", ("big",)),),
    (Having("mood", ("glad",), of="answer"),),
)
OPTIONS = st.builds(
    TableOptions,
    base=st.sampled_from(get_args(BaseKind)),
    nets=st.booleans(),
    zeros=st.booleans(),
    other=st.sampled_from([0, 0, 2, 3]),
    agreed=st.sampled_from(get_args(Agreed)),
)
REQUESTS = st.builds(
    TableRequest,
    subjects=st.sampled_from([("Q1",), ("Q2",)]),
    by=st.sampled_from(COLUMNS),
    where=st.sampled_from(WHERE),
    options=OPTIONS,
)
SETTLED = st.sets(st.tuples(st.integers(1, 10), st.sampled_from(THEMES)), max_size=3)


@settings(max_examples=150, deadline=None)
@given(chosen=CODINGS, done=MARKS, settled=SETTLED, request=REQUESTS)
def test_every_number_of_every_table(
    study: Study,
    chosen: set[tuple[int, str, str]],
    done: set[tuple[int, str]],
    settled: set[tuple[int, str]],
    request: TableRequest,
) -> None:
    """Whatever stands over the columns, a number's list has the answers of exactly so many respondents."""
    code(study, chosen, done, settled)
    nets = [""]
    for table in printed(study, request):
        for row in table.rows:
            nets = [*nets[: row.level + 1], row.key]
            for column, cell in zip(table.columns, row.cells, strict=True):
                if column.kind == "count":
                    behind = answers_behind(study, request, row, column.group, "Q2", nets[row.level])
                    listed = codings.matching(study.database, "jo", behind)
                    number = codings.respondents_of(study.database, listed)
                    assert number == cell.value, (row.label, column.group, behind)


def printed(study: Study, request: TableRequest) -> list[PrintedTable]:
    """Return the table that is asked for; none where the codings drawn leave it without columns."""
    try:
        return printed_tables(study, request)
    except CoderError as refused:
        if not any(reason in refused.message for reason in NOTHING):
            raise
        return []
