"""What a person says about a file settles it: no choice without effect, no remedy that leaves its doubt."""

from __future__ import annotations

import shlex
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from coder.domain.surveys.import_choices import NO_CHOICES, ImportChoices
from coder.errors import CoderError
from coder.workflows.exchange.survey_import import (
    choose_role,
    choose_row_meaning,
    plan_import,
    preview_import,
)

if TYPE_CHECKING:
    from pathlib import Path

WORDS = (
    "beds", "staff", "money", "police", "housing", "families", "managers", "panels", "waits", "agencies",
    "rotas", "grants",
)  # fmt: skip
TEXTS = [f"we would like to see more {word} here next year" for word in WORDS]


def written(folder: Path, header: str, rows: list[str]) -> Path:
    """Write a CSV file."""
    path = folder / "survey.csv"
    path.write_text("\n".join([header, *rows, ""]), encoding="utf-8")
    return path


@pytest.mark.parametrize("choices", [ImportChoices(open_columns=("",)), ImportChoices(id_column=" ")])
def test_an_empty_name_is_no_column(tmp_path: Path, choices: ImportChoices) -> None:
    """An empty argument, as an unset variable gives it, takes no column without wording."""
    path = written(tmp_path, "id,comments", [f"A{n},{text}" for n, text in enumerate(TEXTS)])
    with pytest.raises(CoderError, match="A column's name is empty"):
        plan_import(path, choices)


def test_equal_names_in_doubt_are_settled_by_the_names_given(tmp_path: Path) -> None:
    """The remedy names each of the columns as options find them."""
    rows = [f"A{n},{text},{text} or more of it" for n, text in enumerate(TEXTS)]
    path = written(tmp_path, "id,Comments,Comments", rows)
    (doubt,) = plan_import(path).layout.doubts
    join, apart = (shlex.split(part.split(" if ")[0]) for part in doubt.remedy.split("; "))
    joined = plan_import(path, ImportChoices(boxes=(join[1],))).layout
    assert (joined.doubts, len({c.question_id for c in joined.of_role("open")})) == ((), 1)
    assert len(joined.of_role("open")) == 2
    parted = plan_import(path, ImportChoices(apart=tuple(apart[1::2]))).layout
    assert (parted.doubts, len({c.question_id for c in parted.of_role("open")})) == ((), 2)


def test_entities_that_were_decoded_are_in_doubt_no_more(tmp_path: Path) -> None:
    """An entity written twice over is text once `--decode-entities` was given."""
    path = written(tmp_path, "id,comments", [f"A{n},{text} &amp;lt; now" for n, text in enumerate(TEXTS)])
    assert len(plan_import(path).layout.doubts) == 1
    assert plan_import(path, ImportChoices(decode_entities=True)).layout.doubts == ()


def test_a_title_stays_above_a_file_without_names(tmp_path: Path) -> None:
    """`--header none` numbers the columns, and takes no title for a respondent."""
    rows = [f"{n},North,{text}" for n, text in enumerate(TEXTS, 1)]
    path = written(tmp_path, "Views of the year,,", rows)
    plan = plan_import(path, replace(NO_CHOICES, header="none"))
    assert preview_import(plan).respondents == len(TEXTS)


def test_a_short_row_below_the_table_ends_it(tmp_path: Path) -> None:
    """A remark of one cell, in a file without the other commas, is no fault of the table."""
    rows = [f"A{n},North,{text}" for n, text in enumerate(TEXTS)]
    path = written(tmp_path, "id,region,comments", [*rows, "", "Exported on 3 May by the survey team"])
    assert preview_import(plan_import(path)).respondents == len(TEXTS)
    rows[4] = "A4,North"
    with pytest.raises(CoderError, match="2 cells where the header has 3"):
        plan_import(written(tmp_path, "id,region,comments", rows))


def test_a_row_of_blanks_is_nobody(tmp_path: Path) -> None:
    """Blanks between two commas make no respondent."""
    rows = [f"A{n},North,{text}" for n, text in enumerate(TEXTS)]
    rows.insert(5, " , \N{ZERO WIDTH SPACE}, ")
    assert preview_import(plan_import(written(tmp_path, "id,region,comments", rows))).respondents == len(
        TEXTS
    )


def test_a_long_file_can_do_without_an_id(tmp_path: Path) -> None:
    """`--id none` numbers the rows of a file with a row for each answer too; boxes it has none."""
    rows = [f"{f'P{n}' if n else ''},Q1,{text}" for n, text in enumerate(TEXTS)]
    path = written(tmp_path, "respondent_id,question,text", rows)
    plan = plan_import(path, ImportChoices(id_column="none"))
    assert (plan.layout.shape, plan.layout.doubts) == ("long", ())
    assert preview_import(plan).respondents == len(TEXTS)
    with pytest.raises(CoderError, match="its columns are no boxes"):
        plan_import(path, ImportChoices(apart=("text",)))


def test_a_long_file_without_its_answers_is_told(tmp_path: Path) -> None:
    """Taking the text's role away leaves a message, not an error of Python."""
    rows = [f"P{n},Q1,{text}" for n, text in enumerate(TEXTS)]
    plan = plan_import(written(tmp_path, "respondent_id,question,text", rows))
    with pytest.raises(CoderError, match="no column holds the answers"):
        preview_import(choose_role(plan, 2, "ignore"))


def test_what_was_chosen_stays_when_the_rows_are_read_anew(tmp_path: Path) -> None:
    """An id and an open column that a person chose are theirs in the other shape as well."""
    rows = [f"P{n},S{n},{text},{text} too" for n, text in enumerate(TEXTS)]
    plan = plan_import(written(tmp_path, "respondent_id,second,comments,more", rows))
    plan = choose_role(choose_role(plan, 1, "id"), 3, "ignore")
    again = choose_row_meaning(plan, "respondent")
    assert [column.role for column in again.layout.columns] == ["attribute", "id", "open", "ignore"]
