"""Texts of "Other" coded back into a closed question's options: counted by hand.

Eight people chose a channel: three Online, one Phone, four Other. Of these, P5 wrote of the website and P6 of
ringing; P7 wrote both; P8 came by pigeon. P1, who chose Online, wrote of ringing as well. One choice: P5 and
P6 move, so 4, 2 and 2 of 8.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from coder.domain.codebook import Codebook, Theme
from coder.domain.responses import Attribute, Question, Respondent, Response, Survey
from coder.domain.study_settings import AttributeSetting, Settings, TableSetting
from coder.domain.tables.requests import TableRequest
from coder.errors import CoderError
from coder.formats.codebooks.yaml.yaml_text import write_codebook
from coder.workflows.coding.session import CodingSession
from coder.workflows.study.opening import create_study, open_study
from coder.workflows.tables.report_tables import printed_tables
from coder.workflows.tables.tables_typed import TypedOptions, tables_typed

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from coder.domain.tables.printed import PrintedTable
    from coder.workflows.study.study import Study

OTHER = "Other (please specify)"
CHANNELS = ("Online", "Online", "Online", "Phone", OTHER, OTHER, OTHER, OTHER)
TEXTS = ("rang, too", "", "", "", "your website", "I rang", "website, then rang", "by pigeon")
CHOSEN = {1: ("phone",), 5: ("web",), 6: ("phone",), 7: ("web", "phone"), 8: ("pigeon",)}
BACK = AttributeSetting("channel", other=(OTHER,), other_text="other", options={"Website": "Online"})


def study_of(
    folder: Path, *settings: AttributeSetting, ticked: Mapping[str, tuple[str, ...]] | None = None
) -> Study:
    """Make the study of the eight, their texts coded and done."""
    columns = ticked or {"channel": CHANNELS, "region": ("North", "South") * 4}
    respondents = [
        Respondent(f"P{n}", {name: cells[n - 1] for name, cells in columns.items()}) for n in range(1, 9)
    ]
    responses = [Response(n, f"P{n}.other", f"P{n}", "other", 1, t, t != "") for n, t in enumerate(TEXTS, 1)]
    codebook = Codebook((Theme("web", "Website"), Theme("phone", "phone"), Theme("pigeon", "Pigeon")))
    survey = Survey([Question("other")], [Attribute(name) for name in columns], respondents, responses)
    made = Settings("Channels", respondents="people", attributes=settings)
    study = create_study(folder, made, survey, write_codebook(codebook), "jo")
    session = CodingSession(study, "jo")
    for number, themes in CHOSEN.items():
        for theme in themes:
            session.toggle(number, theme)
        session.confirm(number)
    return study


def table(study: Study, subject: str, by: str = "", suppress: int | None = None) -> PrintedTable:
    """Return a table."""
    (made,) = printed_tables(study, TableRequest(subjects=(subject,), by=by, suppress=suppress))
    return made


def counts(made: PrintedTable, column: int = 0) -> dict[str, float | None]:
    """Return what a column of a table counts."""
    return {row.label: row.cells[column].value for row in made.rows}


def test_one_choice_moves(tmp_path: Path) -> None:
    """Two move; who wrote both options, or none, stays; who chose an option keeps it. The base is eight."""
    made = table(study_of(tmp_path / "study", BACK), "channel")
    assert counts(made) == {"Online": 4, "Phone": 2, OTHER: 2, "Total": 8}
    (note,) = (note for note in made.notes if note.startswith("Coded back"))
    assert note == (
        "Coded back from the answers to other: 2 of the people that chose “Other (please specify)” are "
        "counted under the option that they wrote: Online 1 and Phone 1. 1 wrote several options and stays "
        "there. 1 wrote none of them, or nothing, and stays there."
    )


def test_a_moment_and_a_coder_are_asked_for(tmp_path: Path) -> None:
    """Of the day before anything was coded nothing moves; of a coder what she chose does. Notes say it."""
    study = study_of(tmp_path / "study", BACK)
    options = TypedOptions(question=["channel"], as_of="2020-01-01")
    (before,) = tables_typed(study, options)
    (of_jo,) = tables_typed(study, replace(options, as_of=None, coder="jo"))
    assert counts(before) == {"Online": 3, OTHER: 4, "Phone": 1, "Total": 8}
    assert counts(of_jo) == {"Online": 4, "Phone": 2, OTHER: 2, "Total": 8}
    assert any("as they stood at 2020-01-01" in note for note in before.notes)
    assert any(note.endswith("Codings of jo alone.") for note in of_jo.notes)


def test_without_the_block_nothing_moves(tmp_path: Path) -> None:
    """As the survey has it, and no note."""
    made = table(study_of(tmp_path / "study"), "channel")
    assert counts(made) == {"Online": 3, OTHER: 4, "Phone": 1, "Total": 8}
    assert not any("Coded back" in note for note in made.notes)


def test_columns_and_conditions_count_so_too(tmp_path: Path) -> None:
    """By channel, P5 is among those online: three odd ones in the North, one even one in the South."""
    study = study_of(tmp_path / "study", BACK)
    made = table(study, "region", by="channel")
    groups = [column.group for column in made.columns]
    assert counts(made, groups.index("Online")) == {"North": 3, "South": 1, "Total": 4}
    assert any(note.startswith("Coded back") for note in made.notes)


def test_the_survey_stays_as_it_is(tmp_path: Path) -> None:
    """What was ticked is in the database; `study.toml` holds the block."""
    study = study_of(tmp_path / "study", BACK)
    table(study, "channel")
    values = study.database.rows(
        "SELECT value, COUNT(*) FROM attribute_value WHERE attribute = 'channel' GROUP BY 1"
    )
    assert dict(values) == {"Online": 3, OTHER: 4, "Phone": 1}
    study.close()
    assert open_study(tmp_path / "study").settings.attributes == (BACK,)


def test_numbers_of_texts_are_kept_back(tmp_path: Path) -> None:
    """Where counts are kept back the note has none."""
    made = table(study_of(tmp_path / "study", BACK), "channel", suppress=2)
    (note,) = (note for note in made.notes if "wrote in other" in note)
    assert not any(letter.isdigit() for letter in note)


def test_texts_coded_back_keep_their_themes_back(tmp_path: Path) -> None:
    """Phone, 2, is who ticked it and who wrote it: the themes of these texts do not tell that."""
    study = study_of(tmp_path / "study", BACK)
    tables = (TableSetting("channel", suppress=3), TableSetting("other"))
    beside = replace(study, settings=replace(study.settings, tables=tables))
    channel, other = printed_tables(beside)
    assert counts(channel)["Phone"] is None
    assert other.provenance.codings is None


def test_several_choices_both_stand(tmp_path: Path) -> None:
    """Of tick columns, P1, P6 and P7 have Phone besides; P7 had ticked it, and counts once. Base: eight."""
    ticked = {
        "phone": ("No", "No", "No", "Yes", "No", "No", "Yes", "No"),
        "else": ("No", "No", "No", "No", "Yes", "Yes", "Yes", "Yes"),
    }
    block = AttributeSetting("else", other_text="other", option_columns={"phone": "phone"})
    study = study_of(tmp_path / "study", block, ticked=ticked)
    made = table(study, "phone")
    assert counts(made) == {"Yes": 4, "No": 4, "Total": 8}
    assert any(
        "2 of the people under Yes wrote it there and had not ticked it" in note for note in made.notes
    )
    assert counts(table(study, "else")) == {"Yes": 4, "No": 4, "Total": 8}


def test_a_base_that_would_grow_is_refused(tmp_path: Path) -> None:
    """Where blank means not ticked, those coded back would come into the base."""
    ticked = {"phone": ("", "", "", "Yes", "", "", "Yes", ""), "else": ("", "", "", "", *["Yes"] * 4)}
    block = AttributeSetting("else", other_text="other", option_columns={"phone": "phone"})
    study = study_of(tmp_path / "study", block, ticked=ticked)
    with pytest.raises(CoderError, match="not in its base") as refused:
        table(study, "phone")
    assert 'no_answer = "in base"' in refused.value.hint


@pytest.mark.parametrize(
    ("block", "message"),
    [
        (AttributeSetting("channel", other=("Others",), other_text="other"), "nobody chose 'Others'"),
        (AttributeSetting("channel", other=(OTHER,), other_text="othr"), "no open question 'othr'"),
        (
            AttributeSetting("channel", other=(OTHER,), other_text="other", options={"web": "On line"}),
            "nobody chose 'On line'",
        ),
        (
            AttributeSetting("channel", other=(OTHER,), other_text="other", options={"wbe": "Online"}),
            "no theme 'wbe'",
        ),
    ],
)
def test_names_of_nothing_are_refused(tmp_path: Path, block: AttributeSetting, message: str) -> None:
    """A slip would leave everybody where they are, and look right."""
    with pytest.raises(CoderError, match=message):
        table(study_of(tmp_path / "study", block), "channel")


def test_months_as_columns(tmp_path: Path) -> None:
    """Channels by month, crossed with nothing: five in January, none in February, three in March."""
    days = ("2026-01-05",) * 5 + ("2026-03-01",) * 3
    study = study_of(tmp_path / "study", ticked={"channel": CHANNELS, "day": days})
    made = table(study, "channel", by="day.month")
    assert [(column.group, column.base) for column in made.columns if column.kind == "percent"] == [
        ("January 2026", 5), ("February 2026", 0), ("March 2026", 3), ("Total", 8),
    ]  # fmt: skip
    assert made.title == "channel, by month of day"
