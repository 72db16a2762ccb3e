"""SPSS files: labels, dates, missing values, sets of boxes and old encodings."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, Any

import pandas as pd
import pyreadstat
import pytest

from coder.domain.surveys.import_choices import ImportChoices
from coder.errors import CoderError
from coder.formats.surveys.files.spss.spss_moments import moment_kind, moment_text
from coder.formats.surveys.reading import read_rows, text_encodings, understand

if TYPE_CHECKING:
    from pathlib import Path

ANSWERS = [
    "Long waits and few beds everywhere",
    "No money was left for the staff",
    "Agency costs are eating the budget",
    "The new house opened in our town",
    "Buses are late every single day",
    "More nurses on nights would help us",
]
DAY = 86_400.0
BORN = 13_000_000_000.0
"""26 September 1994, 23:06:40."""


def write(folder: Path, columns: dict[str, list[Any]], **options: Any) -> Path:
    """Write an SPSS file of six respondents with an answer each, and other columns before it."""
    path = folder / "survey.sav"
    frame = pd.DataFrame({"id": [1.0, 2.0, 3.0, 4.0, 5.0, 6.0], **columns, "q1": ANSWERS})
    pyreadstat.write_sav(frame, path, **options)
    return path


def test_a_blank_value_label_keeps_the_value(tmp_path: Path) -> None:
    """A value whose label says nothing stands as it is."""
    labels = {"reg": {1.0: "North", 2.0: "", 3.0: "  "}}
    path = write(tmp_path, {"reg": [1.0, 2.0, 3.0] * 2}, variable_value_labels=labels)
    assert [row[1] for row in read_rows(path).rows] == ["North", "2", "3"] * 2


def test_a_date_out_of_range_costs_its_cell(tmp_path: Path) -> None:
    """The year 20223 is told with its cell, which is blank; the other dates are read."""
    born = [BORN, BORN + DAY, 639_499_795_200.0, None, BORN, BORN]
    path = write(tmp_path, {"born": born}, variable_format={"born": "DATE11"})
    raw = read_rows(path)
    assert [row[1] for row in raw.rows] == ["1994-09-26", "1994-09-27", "", "", "1994-09-26", "1994-09-26"]
    layout = understand(raw, ImportChoices(attributes=("born",)))
    (doubt,) = layout.doubts
    assert "1 value of born is a date out of range, now blank (B4)" in doubt.message
    assert doubt.examples == ("B4: 639499795200 seconds",)
    layout = understand(raw, ImportChoices(attributes=("id",)))
    assert not layout.doubts
    assert "lost cells in columns that are left out: B4" in layout.notes


@pytest.mark.parametrize(
    ("variable_format", "seconds", "shown"),
    [
        ("DATE11", BORN, "1994-09-26"),
        ("EDATE10", BORN, "1994-09-26"),
        ("MOYR8", BORN, "1994-09-26"),
        ("DATETIME20", BORN + 1, "1994-09-26 23:06:41"),
        ("DATETIME23.2", BORN, "1994-09-26 23:06:40"),
        ("YMDHMS19", BORN + 1.5, "1994-09-26 23:06:41"),
        ("TIME8", 37_800.0, "10:30:00"),
        ("TIME11.2", 37_800.25, "10:30:00.25"),
        ("DTIME11", 90_000.0, "25:00:00"),
        ("DATE11", 0.0, None),
        ("DATE11", -BORN, None),
        ("DATE11", 1e300, None),
        ("DATE11", float("inf"), None),
        ("TIME8", float("inf"), None),
        ("DATE11", float("nan"), ""),
    ],
)
def test_moments_are_iso(variable_format: str, seconds: float, shown: str | None) -> None:
    """Every format of dates and times gives the ISO form; what no calendar has gives None."""
    kind = moment_kind(variable_format)
    assert kind is not None
    assert moment_text(seconds, kind) == shown


@pytest.mark.parametrize("variable_format", ["F8.2", "A40", "WKDAY9", "MONTH9", "DOLLAR8", ""])
def test_other_formats_are_no_moments(variable_format: str) -> None:
    """Numbers, texts, days of the week and names of months are left as they are."""
    assert moment_kind(variable_format) is None


def test_declared_missing_values_are_blank_and_told(tmp_path: Path) -> None:
    """What the survey's makers declared as missing is blank, with a note of how many."""
    path = write(
        tmp_path,
        {"agree": [1.0, 2.0, 99.0, 98.0, 1.0, 99.0]},
        missing_ranges={"agree": [{"lo": 98.0, "hi": 99.0}]},
        variable_value_labels={"agree": {1.0: "Yes", 2.0: "No", 99.0: "Refused"}},
    )
    raw = read_rows(path)
    assert [row[1] for row in raw.rows] == ["Yes", "No", "", "", "Yes", ""]
    assert "agree: 3 cells declared as missing in SPSS (98, Refused), taken as blank" in raw.notes


def test_numbers_and_labelled_values_are_no_open_question(tmp_path: Path) -> None:
    """Labels that read like sentences are nobody's answers."""
    sentences = [f"{answer}, and I have said so" for answer in reversed(ANSWERS)]
    labels = {"why": {float(n): sentence for n, sentence in enumerate(sentences)}}
    path = write(tmp_path, {"why": [0.0, 1.0, 2.0, 3.0, 4.0, 5.0]}, variable_value_labels=labels)
    layout = understand(read_rows(path))
    assert [column.name for column in layout.of_role("open")] == ["q1"]
    assert layout.columns[1].role == "attribute"


def with_sets(path: Path, line: str) -> None:
    """Add a record of multiple response sets to an SPSS file, as SPSS writes it."""
    content = path.read_bytes()
    record = line.encode()
    end = content.index(struct.pack("<ii", 999, 0))
    path.write_bytes(content[:end] + struct.pack("<iiii", 7, 7, 1, len(record)) + record + content[end:])


def test_multiple_response_sets_are_told(tmp_path: Path) -> None:
    """A set of boxes is known as such, and its columns are attributes."""
    boxes = {name: [1.0, 0.0] * 3 for name in ("paper", "radio", "web")}
    path = write(tmp_path, boxes)
    with_sets(path, "$news=D1 1 10 Where from paper radio web\n")
    raw = read_rows(path)
    assert "multiple response set 'Where from', boxes to tick: paper, radio, web" in raw.notes
    assert {column.role for column in understand(raw).columns if column.name in boxes} == {"attribute"}


def in_encoding(path: Path, encoding: str) -> None:
    """Make the texts of an SPSS file those of an old version, which does not say its encoding.

    Each letter has one byte in it, two in UTF-8: spaces fill what is left over.
    """
    content = path.read_bytes()
    start = content.index(struct.pack("<iii", 7, 20, 1))
    content = content[:start] + content[start + 16 + 5 :]
    content = content.replace(struct.pack("<i", 65_001), struct.pack("<i", 2))
    for answer in POLISH:
        old = answer.encode()
        assert old in content
        content = content.replace(old, answer.encode(encoding).ljust(len(old)))
    path.write_bytes(content)


POLISH = [
    "Kolejki są za długie",
    "Źle, że łóżek nie ma",
    "Więcej pielęgniarek",
    "Żadnych uwag już",
    "Tańsze leki dla wszystkich",
    "Zażółć gęślą jaźń",
]


@pytest.mark.parametrize("encoding", ["cp1250", "iso-8859-2"])
def test_an_encoding_that_the_file_does_not_say_is_found_out(tmp_path: Path, encoding: str) -> None:
    """An old file in Polish is read in Polish, or told as doubtful; a person can say how to read it."""
    path = tmp_path / "survey.sav"
    frame = pd.DataFrame({"id": [1.0, 2.0, 3.0, 4.0, 5.0, 6.0], "q1": POLISH})
    pyreadstat.write_sav(frame, path)
    in_encoding(path, encoding)
    raw = read_rows(path)
    assert [row[1] for row in raw.rows] == POLISH or raw.doubts
    chosen = read_rows(path, ImportChoices(encoding=encoding))
    assert [row[1] for row in chosen.rows] == POLISH
    assert not chosen.doubts


def test_a_file_that_is_not_in_the_encoding_it_says_is_told(tmp_path: Path) -> None:
    """A broken byte does not cost the file."""
    path = write(tmp_path, {"town": ["Łódź", "Łódź", "Łódź", "Łódź", "Łódź", "Gdynia"]})
    content = path.read_bytes()
    broken = "Łódź".encode()
    path.write_bytes(content.replace(broken, b"\xc5 " + broken[2:], 1))
    raw = read_rows(path)
    assert [row[1] for row in raw.rows][1:] == ["Łódź"] * 4 + ["Gdynia"]
    assert [doubt.subject for doubt in raw.doubts] == ["encoding"]
    said = read_rows(path, ImportChoices(encoding="utf-8"))
    assert said.rows == raw.rows
    assert said.doubts == ()


def test_the_encodings_of_an_old_file_can_be_listed(tmp_path: Path) -> None:
    """The review offers encodings for the texts of an SPSS file as for a text file; a workbook has none."""
    path = tmp_path / "survey.sav"
    pyreadstat.write_sav(pd.DataFrame({"id": [float(n) for n in range(6)], "q1": POLISH}), path)
    in_encoding(path, "cp1250")
    choices = text_encodings(path)
    assert choices[0].name == "cp1250"
    assert any("Kolejki są za długie" in line for line in choices[0].lines)


def test_long_texts_come_whole(tmp_path: Path) -> None:
    """SPSS keeps texts beyond 255 bytes in parts; they are one."""
    path = tmp_path / "survey.sav"
    answer = "Größere Wörter für ältere Leute. " * 40
    pyreadstat.write_sav(pd.DataFrame({"id": [1.0, 2.0], "q1": [answer, "short"]}), path)
    assert read_rows(path).rows[0][1] == answer.rstrip()


def test_a_workbook_says_its_encoding_itself(tmp_path: Path) -> None:
    """An encoding given for a workbook is an error, not ignored."""
    path = tmp_path / "survey.xlsx"
    pd.DataFrame({"id": ["A1"], "q1": ["Long waits"]}).to_excel(path, index=False)
    with pytest.raises(CoderError, match="says itself how its letters are encoded"):
        read_rows(path, ImportChoices(encoding="cp1250"))
