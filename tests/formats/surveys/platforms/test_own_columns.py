"""What platforms add to their exports is left out, in their exports alone; tests and previews are told."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import pytest

from coder.domain.surveys.import_choices import NO_CHOICES, ImportChoices
from coder.formats.surveys.reading import RawTable, read_rows, understand

if TYPE_CHECKING:
    from pathlib import Path

TEXTS = (
    "We wait far too long for a bed when somebody is in crisis",
    "Agency costs are eating what little budget there was left",
    "The new crisis house has been full since the week it opened",
    "Nobody answers the telephone at night or on a Sunday",
    "Families are asked much too late what they would need",
    "There is one worker for three towns and she is leaving",
)


def read(folder: Path, rows: list[list[str]], choices: ImportChoices = NO_CHOICES) -> RawTable:
    """Write rows as CSV and read them."""
    path = folder / "export.csv"
    with path.open("w", newline="", encoding="utf-8-sig") as stream:
        csv.writer(stream).writerows(rows)
    return read_rows(path, choices)


@pytest.mark.parametrize(
    ("platform", "identifier", "own", "people", "kept"),
    [
        (
            "REDCap",
            "record_id",
            ["redcap_event_name", "redcap_survey_identifier", "visit_complete", "visit_timestamp"],
            [],
            ["status"],
        ),
        (
            "KoboToolbox",
            "_id",
            ["start", "end", "today", "deviceid", "_uuid", "_submission_time", "_index", "_gps_latitude"],
            ["username"],
            ["group_a/region", "index"],
        ),
        (
            "Typeform",
            "Response ID",
            ["Start Date (UTC)", "Submit Date (UTC)", "Network ID", "Tags"],
            [],
            ["status"],
        ),
        (
            "Alchemer",
            "Response ID",
            [
                "Time Started",
                "Date Submitted",
                "Status",
                "Contact ID",
                "Legacy Comments",
                "Language",
                "Referer",
                "SessionID",
                "User Agent",
            ],
            ["IP Address", "Longitude", "Latitude"],
            ["Country"],
        ),
        (
            "SmartSurvey",
            "UserID",
            ["UserNo", "Started", "Ended", "Tracking Link"],
            ["Name", "Email", "IP Address"],
            ["Region"],
        ),
        (
            "Jisc Online Surveys",
            "Unique response number",
            ["Date submitted", "Completion date"],
            [],
            ["Region"],
        ),
        ("JotForm", "Submission ID", ["Submission Date", "Last Update Date"], ["IP"], ["status"]),
        (
            "SoSci Survey",
            "CASE",
            [
                "SERIAL",
                "REF",
                "QUESTNNR",
                "MODE",
                "STARTED",
                "TIME001",
                "TIME_SUM",
                "LASTDATA",
                "FINISHED",
                "MISSING",
            ],
            [],
            ["A101"],
        ),
        (
            "Unipark",
            "lfdn",
            ["external_lfdn", "dispcode", "lastpage", "quality", "duration", "browser", "rts1234567"],
            [],
            ["v_12"],
        ),
        ("Formstack", "Unique ID", ["Referring URL", "Browser"], ["Latitude", "Longitude"], ["Time of day"]),
        ("Tally", "Submission ID", ["Submitted at"], [], ["Region"]),
        ("Airtable", "Record ID", ["Created time", "Last modified time"], ["Created by"], ["status"]),
        (
            "Prolific",
            "Submission id",
            ["Status", "Started at", "Completed at", "Time taken", "Completion code"],
            ["Participant id"],
            ["Sex"],
        ),
        (
            "Mechanical Turk",
            "AssignmentId",
            ["HITId", "Title", "AcceptTime", "WorkTimeInSeconds", "Input.text"],
            ["WorkerId"],
            ["Answer.mood"],
        ),
        (
            "LimeSurvey",
            "Antwort ID",
            ["Datum Abgeschickt", "Letzte Seite", "Startsprache", "Zugangscode"],
            ["IP-Adresse"],
            ["Region"],
        ),
        (
            "Microsoft Forms",
            "ID",
            ["Startzeit", "Fertigstellungszeit", "Sprache"],
            ["E-Mail", "Name"],
            ["Region"],
        ),
        ("Google Forms", "", ["Marca temporal"], ["Dirección de correo electrónico"], ["Region"]),
        (
            "Qualtrics",
            "ResponseId",
            [
                "StartDate",
                "RecordedDate",
                "Status",
                "Progress",
                "Finished",
                "Q_RecaptchaScore",
                "Q2_First Click",
                "UserLanguage",
            ],
            ["RecipientLastName", "LocationLatitude"],
            ["Q1"],
        ),
    ],
)
def test_own_columns_are_left_out(
    tmp_path: Path, platform: str, identifier: str, own: list[str], people: list[str], kept: list[str]
) -> None:
    """Times, devices and people's columns are left out by name; the survey's own questions stay."""
    names = [*([identifier] if identifier else []), *own, *people, *kept]
    body = [[f"10{n}", *("ab"[n % 2] for _ in names[1:])] for n in range(6)]
    if not identifier:
        body = [[f"0{n + 1}/09/2024 10:00:00", *row[1:]] for n, row in enumerate(body)]
    raw = read(tmp_path, [[*names, "Q9"], *([*row, text] for row, text in zip(body, TEXTS, strict=True))])
    layout = understand(raw)
    roles = {column.name: column.role for column in layout.columns}
    assert any(f"{platform} export" in note for note in layout.notes)
    assert [column.name for column in layout.of_role("id")] == ([identifier] if identifier else [])
    assert {name: roles[name] for name in [*own, *people]} == dict.fromkeys([*own, *people], "ignore")
    assert {name: roles[name] for name in kept} == dict.fromkeys(kept, "attribute")
    assert roles["Q9"] == "open"


def test_a_question_with_an_ordinary_name_stays(tmp_path: Path) -> None:
    """`status`, `start`, `device` and the like are questions where no platform is known."""
    names = ["id", "status", "start", "end", "device", "index", "language", "Started", "Progress", "browser"]
    body = [[f"10{n}", *("ab"[n % 2] for _ in names[1:])] for n in range(6)]
    layout = understand(
        read(tmp_path, [[*names, "Q9"], *([*row, text] for row, text in zip(body, TEXTS, strict=True))])
    )
    assert [column.name for column in layout.of_role("attribute")] == names[1:]
    timed = [["Timestamp", "Score", "Q9"], *([f"{n}", "ab"[n % 2], text] for n, text in enumerate(TEXTS))]
    assert understand(read(tmp_path, timed)).columns[1].role == "attribute"


def previews(status: list[str], name: str = "Status") -> list[list[str]]:
    """Return a Qualtrics export of two header rows."""
    header = [
        ["ResponseId", "StartDate", name, "Q9"],
        ["Response ID", "Start Date", "Response Type", "What else?"],
    ]
    rows = zip(status, TEXTS, strict=True)
    return [*header, *([f"R_{n}aaaaa", "2024-01-01", cell, text] for n, (cell, text) in enumerate(rows))]


@pytest.mark.parametrize("test", ["Survey Preview", "1", "Spam", "Umfragenvorschau", "Anteprima sondaggio"])
def test_previews_are_told_and_can_be_left_out(tmp_path: Path, test: str) -> None:
    """A preview is in doubt: dropped or kept as a person says, and counted until then."""
    real = "0" if test == "1" else "IP Address"
    rows = previews([real, test, real, real, test, real])
    raw = read(tmp_path, rows)
    (doubt,) = raw.doubts
    assert "2 rows are tests or previews" in doubt.message
    assert "--drop-tests" in doubt.remedy
    assert len(raw.rows) == 6
    dropped = read(tmp_path, rows, ImportChoices(tests="drop"))
    assert (list(dropped.numbers), dropped.doubts) == ([3, 5, 6, 8], ())
    kept = read(tmp_path, rows, ImportChoices(tests="keep"))
    assert (len(kept.rows), kept.doubts) == (6, ())
    none = previews(["IP Address"] * 6)
    assert not read(tmp_path, none).doubts
    assert "no row is a test or preview: --drop-tests leaves nothing out" in (
        read(tmp_path, none, ImportChoices(tests="drop")).notes
    )
    translated = read(tmp_path, [["ResponseId", "StartDate", "Antworttyp", "Q9"], *rows[1:]])
    assert "by 'Antworttyp'" in translated.doubts[0].message


def test_testers_of_unipark(tmp_path: Path) -> None:
    """`tester` 1 is no respondent's."""
    header = ["lfdn", "external_lfdn", "tester", "dispcode", "v_1"]
    body = [[str(n), "", "01"[n == 2], "31", text] for n, text in enumerate(TEXTS)]
    assert "1 row is a test or preview" in read(tmp_path, [header, *body]).doubts[0].message


@pytest.mark.parametrize(
    "wordings",
    [
        [
            "ResponseID",
            "ResponseSet",
            "Name",
            "EmailAddress",
            "IPAddress",
            "Status",
            "StartDate",
            "What else?",
        ],
        [
            "ResponseID",
            "ResponseSet",
            "Name",
            "EmailAddress",
            "IPAddress",
            "Status",
            "StartDate",
            "Was noch?",
        ],
    ],
)
def test_qualtrics_legacy(tmp_path: Path, wordings: list[str]) -> None:
    """V1, V2 ... are what row 2 calls them; people's columns are left out, data begin in row 3."""
    names = [*(f"V{n}" for n in range(1, 8)), "Q2"]
    body = [
        [f"R_{n}a{n}", "Default", f"Ann {n}", f"p{n}@example.org", f"10.0.0.{n}", "0", "2014-05-01", text]
        for n, text in enumerate(TEXTS)
    ]
    layout = understand(read(tmp_path, [names, wordings, *body]))
    roles = {column.name: column.role for column in layout.columns}
    assert layout.first_row == 3
    assert [column.name for column in layout.of_role("id")] == ["V1"]
    assert [roles[name] for name in names[1:]] == [*["ignore"] * 6, "open"]
    assert layout.of_role("open")[0].label == wordings[-1]


def test_qualtrics_translated(tmp_path: Path) -> None:
    """Wordings in another language are wordings all the same."""
    names = ["StartDate", "EndDate", "ResponseId", "Q1"]
    wordings = ["Startdatum", "Enddatum", "Antwort-ID", "Was noch?"]
    body = [["2024-01-01 10:00", "2024-01-01 10:05", f"R_{n}aaaaa", text] for n, text in enumerate(TEXTS)]
    layout = understand(read(tmp_path, [names, wordings, *body]))
    assert (layout.first_row, layout.of_role("open")[0].label) == (3, "Was noch?")


def test_surveymonkey_with_a_renamed_first_column(tmp_path: Path) -> None:
    """`Response` in row 2 tells the boxes of SurveyMonkey, whatever the first column is called."""
    upper = ["Code", "Do you agree?", "", "What else?"]
    lower = ["Open-Ended Response", "Response", "Please explain", "Open-Ended Response"]
    body = [[f"A{n}", ("Yes", "No")[n % 2], text, text[::-1]] for n, text in enumerate(TEXTS)]
    raw = read(tmp_path, [upper, lower, *body])
    assert (len(raw.rows), raw.names) == (6, ("Q1", "Q2_1", "Q2_2", "Q3"))
    assert raw.labels[1:] == ("Do you agree?", "Do you agree? - Please explain", "What else?")


def test_the_first_column_of_redcap_says_who_answered(tmp_path: Path) -> None:
    """Events of a respondent are gathered by the first column, whatever it is called."""
    header = ["enrolment", "redcap_event_name", "visit_complete", "comments"]
    body = [[f"E{n // 2}", ("first", "second")[n % 2], "2", text] for n, text in enumerate(TEXTS)]
    layout = understand(read(tmp_path, [header, *body]))
    assert [column.name for column in layout.of_role("id")] == ["enrolment"]
    assert layout.shape == "parts"
    assert "6 rows hold 3 respondents" in layout.doubts[0].message

    numbered = [["", "record_id", *header[1:]], *([str(n), *row] for n, row in enumerate(body))]
    assert [column.name for column in understand(read(tmp_path, numbered)).of_role("id")] == ["record_id"]


def test_records_made_to_try_a_survey_are_told(tmp_path: Path) -> None:
    """`test0` as the id of a record is a test, told and left out if one says so; others are not."""
    names = ["record_id", "main_complete", "comments"]
    ids = ["1", "test0", "2", "TEST_2", "testament", "3"]
    rows = [[identifier, "2", text] for identifier, text in zip(ids, TEXTS, strict=True)]
    (doubt,) = read(tmp_path, [names, *rows]).doubts
    assert doubt.message.startswith("2 rows are tests or previews, by 'record_id' (test0, TEST_2; row 3, 5)")
    assert len(read(tmp_path, [names, *rows], ImportChoices(tests="drop")).rows) == 4
    of_tests = [[f"test{n}", "2", text] for n, text in enumerate(TEXTS)]
    assert read(tmp_path, [names, *of_tests]).doubts == ()
