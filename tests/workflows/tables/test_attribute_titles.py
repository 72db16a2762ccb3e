"""What attributes are called in tables, and the order of their values."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pandas as pd
import pyreadstat
import pytest

from coder.domain.study_settings import AttributeSetting, Settings
from coder.domain.tables.requests import TableRequest
from coder.errors import CoderError
from coder.workflows.exchange.survey_import import create_from_file, plan_import
from coder.workflows.study.attributes import attributes_meant
from coder.workflows.study.conditions import condition_meant
from coder.workflows.study.opening import open_study
from coder.workflows.tables.report_tables import printed_tables
from coder.workflows.tables.tables_typed import TypedOptions, tables_typed

if TYPE_CHECKING:
    from pathlib import Path

    from coder.workflows.study.study import Study

AGES = ("65+", "25-64", "Under 16", "16-24", "25-64", "25-64")
ANSWERS = ("Waits are far too long", "More nurses", "Beds", "Pay", "The food was cold", "Parking")


def survey(path: Path) -> Path:
    """Write a survey of six people as CSV."""
    pairs = enumerate(zip(AGES, ANSWERS, strict=True))
    rows = [f"P{n},{age},{'Yes' if n % 2 else 'No'},{text}" for n, (age, text) in pairs]
    path.write_text("\n".join(["respondent_id,age_group,agreed_q7,q1_comment", *rows]))
    return path


def study_of(path: Path, folder: Path, more: str = "") -> Study:
    """Make a study of a file, with further lines in its settings."""
    create_from_file(folder, plan_import(path), codebook=None, settings=Settings("S"), coder_id="jo")[
        0
    ].close()
    with (folder / "study.toml").open("a") as settings:
        settings.write(more)
    return open_study(folder)


def labels(study: Study, name: str) -> list[str]:
    """Return the labels of the rows of an attribute's table."""
    (table,) = printed_tables(study, TableRequest(subjects=(name,)))
    return [row.label for row in table.rows if row.kind == "value"]


def test_values_stand_in_their_natural_order(tmp_path: Path) -> None:
    """Ages from the youngest, though most are 25 to 64."""
    study = study_of(survey(tmp_path / "s.csv"), tmp_path / "study")
    assert labels(study, "age_group") == ["Under 16", "16-24", "25-64", "65+"]


def test_a_study_may_have_another_order(tmp_path: Path) -> None:
    """Those it lists come first, whoever has them; titles and notes call it as it says."""
    more = '\n[[attribute]]\nname = "age_group"\nlabel = "age in years"\nvalues = ["65+", "80+"]\n'
    study = study_of(survey(tmp_path / "s.csv"), tmp_path / "study", more)
    assert labels(study, "age_group")[:2] == ["65+", "80+"]
    where = (condition_meant(study, "age_group!=16-24"),)
    (table,) = printed_tables(study, TableRequest(subjects=("age_group",), where=where))
    assert table.title.startswith("age in years, of respondents with “age in years” other than 16-24")
    assert "age_group" not in " ".join((table.title, *table.notes))


def test_a_name_without_a_label_is_printed_in_words(tmp_path: Path) -> None:
    """`agreed_q7` is "agreed q7"."""
    study = study_of(survey(tmp_path / "s.csv"), tmp_path / "study")
    (table,) = printed_tables(study, TableRequest(subjects=("age_group",), by="agreed_q7"))
    assert table.title == "age group, by agreed q7"
    assert "both “age group” and “agreed q7”" in " ".join(table.notes)


def test_a_block_of_no_attribute_is_refused(tmp_path: Path) -> None:
    """It may mean another, which then goes without its label."""
    study = study_of(survey(tmp_path / "s.csv"), tmp_path / "study", '\n[[attribute]]\nname = "age_grop"\n')
    with pytest.raises(CoderError, match="of 'age_grop', but the study has no such attribute") as refused:
        labels(study, "age_group")
    assert "age_group" in refused.value.hint


def test_spss_says_the_order(tmp_path: Path) -> None:
    """Labels in the order of their values, with those nobody has, without those declared missing."""
    path = tmp_path / "s.sav"
    frame = pd.DataFrame({"id": range(6), "trust": [3.0, 2.0, 1.0, 1.0, 1.0, 9.0], "q1_comment": ANSWERS})
    values: dict[str, dict[int | float, str]] = {
        "trust": {4: "None", 3: "Shaky", 2: "Solid", 1: "Total", 9: "Refused"}
    }
    pyreadstat.write_sav(
        frame, path, variable_value_labels=values, missing_ranges={"trust": [{"lo": 9, "hi": 9}]},
        column_labels=["", "Trust in the hospital", "Comment"],
    )  # fmt: skip
    study = study_of(path, tmp_path / "study")
    assert labels(study, "trust") == ["Total", "Solid", "Shaky", "None"]
    assert 'name = "trust"\nvalues = ["Total", "Solid", "Shaky", "None"]' in (
        (tmp_path / "study" / "study.toml").read_text()
    )
    (table,) = printed_tables(study, TableRequest(subjects=("trust",)))
    assert table.title == "Trust in the hospital"


def test_what_an_attribute_is_called_can_be_typed(coded_sample: Study) -> None:
    """`--by` and `--where` take a label for the name it belongs to, crossed and side by side as well."""
    in_words = {
        "type of council": "council_type",
        "Type of Council,region": "council_type,region",
        "region:type of council": "region:council_type",
        '"type of council":region,region': '"council_type:region",region',
    }
    for typed, named in in_words.items():
        asked_for, by_name = (
            tables_typed(coded_sample, TypedOptions(question=("Q16",), by=by, date="2026-11-29"))
            for by in (typed, named)
        )
        assert asked_for == by_name
    (of_some,) = tables_typed(
        coded_sample, TypedOptions(question=("Q16",), where=("type of council=Unitary",), date="2026-11-29")
    )
    assert (of_some,) == tuple(
        tables_typed(
            coded_sample, TypedOptions(question=("Q16",), where=("council_type=Unitary",), date="2026-11-29")
        )
    )
    (closed,) = tables_typed(coded_sample, TypedOptions(question=("impact of the programme",)))
    assert closed.subject == "q2_impact"


def test_a_label_of_two_attributes_names_neither(coded_sample: Study) -> None:
    """Which is meant cannot be known, so both are named; a theme of that name stays the theme."""
    doubled = tuple(AttributeSetting(name, "kind") for name in ("council_type", "q2_impact"))
    coded_sample.settings = replace(coded_sample.settings, attributes=doubled, tables=())
    with pytest.raises(CoderError, match="council_type, q2_impact"):
        tables_typed(coded_sample, TypedOptions(question=("Q16",), by="kind"))
    with pytest.raises(CoderError, match="council_type, q2_impact"):
        tables_typed(coded_sample, TypedOptions(question=("Q16",), where=("kind=Unitary",)))
    theme = next(theme for theme in coded_sample.codebook if theme.serves("Q16") and theme.codable)
    like_a_theme = (AttributeSetting("council_type", theme.label),)
    coded_sample.settings = replace(coded_sample.settings, attributes=like_a_theme)
    (table,) = tables_typed(coded_sample, TypedOptions(question=("Q16",), by=theme.label))
    assert any(column.group == f"mention {theme.label}" for column in table.columns)


def test_quotes_kept_back_are_so_by_label_too(coded_sample: Study) -> None:
    """What may not stand after quotes is left out however it was typed."""
    assert attributes_meant(coded_sample, ("Type of council,Region", "q2_impact")) == (
        "council_type",
        "region",
        "q2_impact",
    )
