"""The column of weights when a survey is imported: found by its name, its faults told with their rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from coder.domain.study_settings import Settings
from coder.domain.surveys.import_choices import ImportChoices
from coder.errors import CoderError
from coder.workflows.exchange.survey_import import (
    choose_role,
    choose_weight,
    create_from_file,
    plan_anew,
    plan_import,
)

if TYPE_CHECKING:
    from pathlib import Path

    from coder.workflows.exchange.survey_import import ImportPlan

ANSWERS = ("We lost four staff to agencies", "Beds and vans are what we need", "Nobody stays for long here")
WIDE = "id,region,wt,q1\n" + "".join(
    f"R{number},{'North' if number % 2 else 'South'},{{}},{ANSWERS[number % 3]} {number}\n"
    for number in range(1, 7)
)


def planned(folder: Path, text: str, weight: str | None = "wt") -> ImportPlan:
    """Return how a survey with this text is understood."""
    file = folder / "survey.csv"
    file.write_text(text, encoding="utf-8")
    return plan_import(file, ImportChoices(weight=weight, id_column="id", open_columns=("q1",)))


def weight_doubts(plan: ImportPlan) -> list[str]:
    """Return what is in doubt about weights, with the rows."""
    return [
        line
        for doubt in plan.layout.doubts
        if doubt.subject == "weights"
        for line in (doubt.message, *doubt.examples)
    ]


def test_a_column_named_holds_the_weights(tmp_path: Path) -> None:
    """It is kept as an attribute, and the study's settings name it; nothing is in doubt."""
    plan = planned(tmp_path, WIDE.format(1, 2, 0.5, 1.25, 3, 1))
    assert (plan.layout.weight, weight_doubts(plan)) == ("wt", [])
    study, _ = create_from_file(
        tmp_path / "study", plan, codebook=None, settings=Settings("Small"), coder_id="jo"
    )
    assert study.settings.weight == "wt"
    assert 'weight = "wt"' in (tmp_path / "study" / "study.toml").read_text("utf-8")
    study.close()


def test_without_a_name_there_are_none(tmp_path: Path) -> None:
    """Whatever the column is called."""
    plan = planned(tmp_path, WIDE.format(1, 2, 0.5, 1.25, 3, 1), None)
    assert plan.layout.weight == ""


def test_faults_are_told_with_their_rows(tmp_path: Path) -> None:
    """Blank, text, nought and negative, each with the row of the file and what stands there."""
    told = weight_doubts(planned(tmp_path, WIDE.format(1, "", "n/a", 0, -2, 1)))
    assert "4 of 6 respondents have no weight in wt" in told[0]
    assert "1 blank, 1 negative, 1 not a number, 1 zero" in told[0]
    assert told[1:] == ["row 3: blank", "row 4: 'n/a'", "row 5: '0'", "row 6: '-2'"]


def test_decimal_commas_are_no_faults(tmp_path: Path) -> None:
    """Where the whole column has them."""
    plan = planned(tmp_path, WIDE.format('"0,5"', '"1,25"', 1, 2, '"0,75"', 1))
    assert weight_doubts(plan) == []


def test_rows_of_one_respondent_have_one_weight(tmp_path: Path) -> None:
    """The first that is there counts for all rows of a respondent; their first row is named for a fault."""
    text = (
        "id,wt,q1\nA,1.5,We lost four staff\nA,,Beds are what we need\nB,,Nobody stays\nB,x,It is far to go\n"
    )
    file = tmp_path / "survey.csv"
    file.write_text(text, encoding="utf-8")
    choices = ImportChoices(weight="wt", id_column="id", open_columns=("q1",), row_meaning="part")
    told = weight_doubts(plan_import(file, choices))
    assert told[1:] == ["row 4: 'x'"]


@pytest.mark.parametrize(
    ("weight", "text"),
    [("wtt", "has no column 'wtt'"), ("id", "which is the id"), ("q1", "which is an open question")],
)
def test_a_name_of_another_use_is_refused(tmp_path: Path, weight: str, text: str) -> None:
    """And one that no column has."""
    with pytest.raises(CoderError, match=text):
        planned(tmp_path, WIDE.format(1, 2, 3, 4, 5, 6), weight)


def test_a_column_without_any_weight_is_refused(tmp_path: Path) -> None:
    """All would be left out of every figure."""
    with pytest.raises(CoderError, match="no row has a number above nought in 'region'"):
        planned(tmp_path, WIDE.format(1, 2, 3, 4, 5, 6), "region")


def test_the_review_chooses_and_takes_back(tmp_path: Path) -> None:
    """Chosen once more a column is an attribute again; another role takes the weights from it too."""
    plan = planned(tmp_path, WIDE.format(1, "", 3, 4, 5, 6), None)
    position = plan.raw.names.index("wt")
    chosen = choose_weight(plan, position)
    assert (chosen.layout.weight, len(weight_doubts(chosen))) == ("wt", 2)
    assert plan_anew(chosen, chosen.choices).layout.weight == "wt"
    for taken_back in (choose_weight(chosen, position), choose_role(chosen, position, "ignore")):
        assert (taken_back.layout.weight, weight_doubts(taken_back)) == ("", [])
    assert choose_role(chosen, position, "ignore").layout.columns[position].role == "ignore"
