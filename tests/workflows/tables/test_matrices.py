"""The matrix of respondents and themes, and what it has in common with the tables."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest
from asking import base_size, theme_table
from hypothesis import given, settings
from hypothesis import strategies as st
from making import CODEBOOK, small_study

from coder.domain.codebook import Codebook
from coder.domain.study_settings import AttributeSetting, Settings
from coder.domain.tables.requests import TableOptions, TableRequest
from coder.errors import CoderError
from coder.workflows.coding.session import CodingSession
from coder.workflows.exchange.exchanging import export_data_set
from coder.workflows.exchange.samples import make_coded_sample, reference_codings
from coder.workflows.tables.matrices import theme_matrix
from coder.workflows.tables.report_tables import printed_tables

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coder.domain.tables.matrices import Matrix
    from coder.workflows.study.study import Study

CODINGS = st.lists(
    st.tuples(st.integers(1, 10), st.sampled_from(("pay", "staff", "beds")), st.sampled_from("ab")),
    max_size=15,
)


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    """Return a small study without codings."""
    made = small_study(tmp_path / "study")
    yield made
    made.close()


def sums(matrix: Matrix) -> dict[tuple[str, str], int]:
    """Add up each theme's column."""
    return {
        (theme.question_id, theme.theme_id): sum(value or 0 for value in theme.cells)
        for theme in matrix.themes
    }


def test_the_samples_columns_add_up_to_the_printed_tables(tmp_path: Path) -> None:
    """Over the reference codings, each of the 62 printed rows is the sum of its theme's column."""
    study = make_coded_sample(tmp_path / "sample", "jo")
    matrix = theme_matrix(study)
    study.close()
    found = {(t.question_id, t.label): sum(value or 0 for value in t.cells) for t in matrix.themes}
    with (reference_codings().parent / "published_tables.csv").open(encoding="utf-8", newline="") as file:
        printed = {(row["question"], row["theme"]): int(row["councils"]) for row in csv.DictReader(file)}
    assert len(printed) == 62
    assert {key: found[key] for key in printed} == printed
    assert len(matrix.respondent_ids) == 71
    assert matrix.note.startswith("SYNTHETIC")


@given(CODINGS, st.sampled_from((None, "a")))
@settings(max_examples=40)
def test_column_sums_are_the_frequency_table(chosen: list[tuple[int, str, str]], who: str | None) -> None:
    """Whatever is coded, by anybody or by one, ones are counts and cells that are not blank the base."""
    with TemporaryDirectory() as folder:
        study = small_study(Path(folder) / "study")
        for response, theme, coder_id in (*chosen, (1, "pay", "a"), (1, "beds", "a")):
            CodingSession(study, coder_id).toggle(response, theme)
        matrix = theme_matrix(study, who)
        table = theme_table(study, "Q1", coder_ids=(who,) if who else ())
        study.close()
    assert {theme: n for (_, theme), n in sums(matrix).items() if n} == {
        row.key: row.respondents for row in table.rows
    }
    assert {sum(value is not None for value in theme.cells) for theme in matrix.themes} == {base_size(table)}


def test_values_stand_in_the_order_that_the_study_gives_them(tmp_path: Path) -> None:
    """Three are of the South and two of the North, which `study.toml` has first: in tables and in files."""
    settings = Settings("S", attributes=(AttributeSetting("region", order=("East", "North")),))
    study = small_study(tmp_path / "study", settings=settings)
    CodingSession(study, "jo").toggle(1, "pay")
    (table,) = printed_tables(study, TableRequest(subjects=("Q1",), by="region"))
    (region,) = theme_matrix(study).attributes
    assert tuple(region.order) == ("East", "North", "South")
    assert tuple(dict.fromkeys(column.group for column in table.columns)) == (*region.order, "Total")


def test_cells_are_blank_where_nothing_was_answered(study: Study) -> None:
    """R5 left both boxes empty; R4 wrote "-" in one and something in the other."""
    CodingSession(study, "jo").toggle(1, "pay")
    pay = next(theme for theme in theme_matrix(study).themes if theme.theme_id == "pay")
    assert list(pay.cells) == [1, 0, 0, 0, None]


def test_a_coding_makes_an_answer_of_what_was_none(study: Study) -> None:
    """Whoever codes a text such as "n/a" has judged that it is an answer; its respondent is in the base."""
    CodingSession(study, "jo").toggle(9, "pay")
    assert [theme.cells[4] for theme in theme_matrix(study).themes if theme.theme_id == "pay"] == [1]


def test_attributes_stand_beside_the_themes(study: Study) -> None:
    """Each respondent has their value of each attribute, in the order of the survey."""
    matrix = theme_matrix(study)
    assert list(matrix.respondent_ids) == ["R1", "R2", "R3", "R4", "R5"]
    assert [(a.name, list(a.cells)) for a in matrix.attributes] == [
        ("region", ["North", "South", "North", "South", "North"])
    ]
    assert matrix.unread == 5


def test_private_attributes_are_left_out(tmp_path: Path) -> None:
    """What study.toml marks as private is in no matrix; a name that is no attribute is not passed over."""
    study = small_study(tmp_path / "a", settings=Settings("Small", private=("region",)))
    assert theme_matrix(study).attributes == []
    study.close()
    study = small_study(tmp_path / "b", settings=Settings("Small", private=("Regoin",)))
    with pytest.raises(CoderError, match="no such attribute") as caught:
        theme_matrix(study)
    assert "Did you mean 'region'?" in caught.value.hint
    study.close()


def test_a_data_set_leaves_private_attributes_out_as_well(tmp_path: Path) -> None:
    """The coded data set has no column for them."""
    study = small_study(tmp_path / "a", settings=Settings("Small", private=("region",)))
    CodingSession(study, "jo").toggle(1, "pay")
    export_data_set(study, tmp_path / "set")
    study.close()
    text = (tmp_path / "set" / "responses.csv").read_text(encoding="utf-8")
    assert text.splitlines()[0] == "response_id,respondent_id,question_id,text"
    assert "North" not in text


def test_an_unknown_coder_is_refused(study: Study) -> None:
    """A coder without codings is an error, not a matrix of zeros."""
    with pytest.raises(CoderError, match="has coded nothing"):
        theme_matrix(study, "nobody")


def test_a_net_that_may_be_chosen_has_the_column_of_its_union(tmp_path: Path) -> None:
    """Its ones are those who mention it or a theme under it, as its row in a table with nets says."""
    codebook = Codebook(tuple(replace(t, codable=True) if t.id == "people" else t for t in CODEBOOK))
    study = small_study(tmp_path / "study", codebook=codebook)
    session = CodingSession(study, "jo")
    for response, theme_id in ((1, "pay"), (2, "staff"), (3, "people"), (5, "money")):
        session.toggle(response, theme_id)
    (table,) = printed_tables(study, TableRequest(subjects=("Q1",), options=TableOptions(nets=True)))
    counts = {row.label: row.cells[0].value for row in table.rows}
    matrix = theme_matrix(study)
    study.close()
    assert sums(matrix)["Q1", "people"] == counts["People"] == 2
    assert next(theme.label for theme in matrix.themes if theme.theme_id == "people") == "People (net)"
