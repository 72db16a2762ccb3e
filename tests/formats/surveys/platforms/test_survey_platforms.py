"""Exports of the large survey platforms are known by their header rows."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING

from coder.domain.nonresponse import NonResponses
from coder.formats.surveys import known_platforms, platforms
from coder.formats.surveys.platform import Heading, Platform, Rows
from coder.formats.surveys.reading import build_survey, read_rows, understand

if TYPE_CHECKING:
    import pytest

    from coder.domain.responses import Survey
    from coder.domain.surveys.survey_layout import ImportReport, SurveyLayout

ANSWERS = (
    "We wait far too long for a bed when somebody is in crisis",
    "Agency costs are eating what little budget there was left",
    "The new crisis house has been full since the week it opened",
)
REGIONS = ("North", "South", "North")


def take(folder: Path, rows: list[list[str]]) -> tuple[SurveyLayout, Survey, ImportReport]:
    """Write rows as CSV and import them without any flag."""
    path = folder / "export.csv"
    with path.open("w", newline="", encoding="utf-8-sig") as stream:
        csv.writer(stream).writerows(rows)
    raw = read_rows(path)
    layout = understand(raw)
    return layout, *build_survey(raw, layout, NonResponses())


def qualtrics(*, import_ids: bool = True) -> list[list[str]]:
    """Make a small Qualtrics export."""
    names = ["StartDate", "IPAddress", "ResponseId", "LocationLatitude", "Q1", "Q2_1", "Q2_2", "Q3_4_TEXT"]
    wordings = [
        "Start Date", "IP Address", "Response ID", "Location Latitude", "Which region?",
        "What are you proud of? - First", "What are you proud of? - Second", "Other - please say which",
    ]  # fmt: skip
    ids = [[f'{{"ImportId":"{name}"}}' for name in names]] if import_ids else []
    body = [
        ["2023-09-04", "10.0.0.1", f"R_{n}", "51.5", REGIONS[n], text, text[::-1], f"{n} {text}"]
        for n, text in enumerate(ANSWERS)
    ]
    return [names, wordings, *ids, *body]


def test_qualtrics_with_three_header_rows(tmp_path: Path) -> None:
    """Names come from row 1, wording from row 2; row 3 is skipped and people stay private."""
    layout, survey, report = take(tmp_path, qualtrics())
    assert layout.first_row == 4
    assert any("Qualtrics" in note for note in layout.notes)
    assert [r.id for r in survey.respondents] == ["R_0", "R_1", "R_2"]
    assert [(q.id, q.items, q.label) for q in survey.questions] == [
        ("Q2", 2, "What are you proud of?"), ("Q3", 1, "Other - please say which"),
    ]  # fmt: skip
    assert [(a.name, a.label) for a in survey.attributes] == [("Q1", "Which region?")]
    assert list(report.ignored) == ["StartDate", "IPAddress", "LocationLatitude"]
    reasons = {column.name: column.reason for column in layout.columns}
    assert reasons["IPAddress"] == "may identify a person; left out (IP addresses)"


def test_qualtrics_without_import_ids(tmp_path: Path) -> None:
    """The export with two header rows is known as well."""
    layout, survey, _ = take(tmp_path, qualtrics(import_ids=False))
    assert layout.first_row == 3
    assert len(survey.respondents) == 3


def test_surveymonkey_with_two_header_rows(tmp_path: Path) -> None:
    """Questions are numbered in order, boxes of one question are its items, ticks are attributes."""
    first = [
        "Respondent ID", "Collector ID", "Start Date", "IP Address", "Email Address",
        "Which of these do you run?", "", "What are your main challenges?", "", "Anything else?",
    ]  # fmt: skip
    second = ["", "", "", "", "", "A day centre", "A helpline", "First", "Second", "Open-Ended Response"]
    body = [
        [f"9{n}", "7", "9/4/2023", "10.0.0.1", "a@b.org", "A day centre", "", text, text[::-1], f"{text} {n}"]
        for n, text in enumerate(ANSWERS)
    ]
    layout, survey, _ = take(tmp_path, [first, second, *body])
    assert layout.first_row == 3
    assert any("SurveyMonkey" in note for note in layout.notes)
    assert [(q.id, q.items, q.label) for q in survey.questions] == [
        ("Q2", 2, "What are your main challenges?"), ("Q3", 1, "Anything else?"),
    ]  # fmt: skip
    assert survey.responses[0].id == "90.Q2.1"
    roles = {column.name: column.role for column in layout.columns}
    assert roles["Email Address"] == roles["Q1_2"] == "ignore"


def test_microsoft_forms_columns_are_known(tmp_path: Path) -> None:
    """ID names the respondent; times, e-mail and name are left out; wordings get short ids."""
    own = ["ID", "Start time", "Completion time", "Email", "Name"]
    header = [*own, "What works well where you are?\u00a0", "Region"]
    body = [
        [str(n + 1), "9/4/23 10:00:00", "9/4/23 10:05:00", "anonymous", "", text, REGIONS[n]]
        for n, text in enumerate(ANSWERS)
    ]
    layout, survey, report = take(tmp_path, [header, *body])
    assert any("Microsoft Forms" in note for note in layout.notes)
    assert [(q.id, q.label) for q in survey.questions] == [("Q1", "What works well where you are?")]
    assert [r.id for r in survey.respondents] == ["1", "2", "3"]
    assert list(report.ignored) == ["Start time", "Completion time", "Email", "Name"]
    assert list(report.attributes) == ["Region"]


def test_limesurvey_sub_questions_are_boxes(tmp_path: Path) -> None:
    """`Q2[SQ001]` is the first box of Q2; pages, languages and seeds are left out."""
    header = ["id", "submitdate", "lastpage", "startlanguage", "seed", "Q1", "Q2[SQ001]", "Q2[SQ002]"]
    body = [
        [str(n + 1), "2023-09-04 10:00:00", "3", "en", f"12{n}4", REGIONS[n], text, text[::-1]]
        for n, text in enumerate(ANSWERS)
    ]
    _, survey, report = take(tmp_path, [header, *body])
    assert [(q.id, q.items) for q in survey.questions] == [("Q2", 2)]
    assert [r.id for r in survey.respondents] == ["1", "2", "3"]
    assert list(report.ignored) == ["submitdate", "lastpage", "startlanguage", "seed"]


def read_made_up_heading(rows: Rows) -> Heading | None:
    """Read the header of a platform that nobody uses: wordings in row 1, names in row 2."""
    if rows[0][0] != "Opinions exported":
        return None
    return Heading(tuple(rows[1]), tuple(rows[0]), rows=2, note="2 header rows")


MADE_UP = Platform(
    "Opinions",
    own_columns=frozenset({"moodofthehour"}),
    respondent_columns=("whospoke",),
    box_mark="part",
    text_suffix="inwords",
    read_heading=read_made_up_heading,
)


def test_a_description_is_all_that_a_new_platform_takes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One more platform among those known, and a file of it is understood: header, id, boxes, own columns."""
    wordings = ["Opinions exported", "", "", "What next? - one", "What next? - two", "Which other?"]
    names = ["Mood of the hour", "region", "Who spoke", "next/part1", "next/part2", "Q7_3_inwords"]
    body = [
        [f"mood {n}", REGIONS[n], f"W-{n} é", text, text[::-1], f"{text} again"]
        for n, text in enumerate(ANSWERS)
    ]
    monkeypatch.setattr(known_platforms, "PLATFORMS", (*known_platforms.PLATFORMS, MADE_UP))
    layout, survey, report = take(tmp_path, [wordings, names, *body])
    assert "Opinions export: 2 header rows" in layout.notes
    assert layout.first_row == 3
    assert [r.id for r in survey.respondents] == ["W-0 é", "W-1 é", "W-2 é"]
    assert [(q.id, q.items, q.label) for q in survey.questions] == [
        ("next", 2, "What next?"), ("Q7", 1, "Which other?"),
    ]  # fmt: skip
    assert list(report.attributes) == ["region"]
    assert list(report.ignored) == ["Mood of the hour"]


def test_every_module_of_the_platforms_is_known() -> None:
    """A module in `platforms` needs no list to stand in."""
    modules = {path.stem for path in Path(platforms.__file__).parent.glob("[a-z]*.py")}
    assert {platform.name.replace(" ", "_").lower() for platform in known_platforms.PLATFORMS} == modules


def test_one_platform_adds_what_another_calls_who_answered(tmp_path: Path) -> None:
    """Alchemer's SessionID is no id, as Prolific's is: a column Comments makes no long file of it."""
    header = [
        "Response ID",
        "Date Submitted",
        "Status",
        "Contact ID",
        "Legacy Comments",
        "SessionID",
        "Comments",
    ]
    rows = [[f"{n}", "2024-05-01", "Complete", "", "", "17_x", f"{ANSWERS[n % 3]} {n}"] for n in range(9)]
    layout, survey, _ = take(tmp_path, [header, *rows])
    assert layout.shape == "wide"
    assert len(survey.respondents) == 9
