"""A survey in any encoding comes back the same: with --encoding always, without it or it is doubted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coder.domain.surveys.import_choices import ImportChoices
from coder.errors import CoderError
from coder.formats.shared.encodings.known_encodings import KNOWN_ENCODINGS
from coder.formats.shared.encodings.languages import languages
from coder.formats.surveys.reading import read_rows, understand

if TYPE_CHECKING:
    from pathlib import Path

UNICODE = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"]
ENCODINGS = [*UNICODE, *(known.name for known in KNOWN_ENCODINGS if not known.several_bytes)]
PLAIN = ["beds", "staff", "waits", "we need more", "too long", "the people", "und mehr", "et les", "de la"]


@st.composite
def surveys(draw: st.DrawFn) -> tuple[list[list[str]], str, str]:
    """Return rows of a survey, an encoding that has its letters, and a delimiter."""
    language = draw(st.sampled_from(languages()))
    encoding = draw(st.sampled_from(ENCODINGS))
    words = st.sampled_from([*sorted(language.words), *PLAIN, 'said "no"', "a, b; c|d", "two\nlines"])
    answer = st.lists(words, min_size=1, max_size=8).map(" ".join)
    answers = draw(st.lists(answer, min_size=2, max_size=12))
    rows = [[f"A{n}", "North", text] for n, text in enumerate(answers)]
    return rows, encoding, draw(st.sampled_from(",;\t|"))


def written(rows: list[list[str]], encoding: str, delimiter: str, first: str, end: str) -> bytes | None:
    """Return a survey's bytes; None if the encoding lacks one of its letters."""
    quoted = [['"{}"'.format(cell.replace('"', '""')) for cell in row] for row in rows]
    lines = [delimiter.join(["id", "region", "q1"]), *(delimiter.join(row) for row in quoted), ""]
    text = first + end.join(lines)
    try:
        return text.encode(encoding) if text.encode(encoding).decode(encoding) == text else None
    except UnicodeError:
        return None


def rows_read(path: Path, encoding: str | None = None) -> tuple[list[list[str]], bool]:
    """Return a survey's rows, and whether its encoding or text is in doubt."""
    raw = read_rows(path, ImportChoices(encoding=encoding))
    doubted = any(doubt.subject in {"encoding", "garbled text"} for doubt in raw.doubts)
    return [list(row) for row in raw.rows], doubted


@settings(max_examples=150, deadline=None)
@given(surveys(), st.booleans(), st.sampled_from(["\n", "\r\n"]))
def test_a_survey_comes_back_the_same_or_is_doubted(
    tmp_path_factory: pytest.TempPathFactory,
    survey: tuple[list[list[str]], str, str],
    with_sep: bool,
    end: str,
) -> None:
    """With the encoding given every cell is as it was; without it as well, or the encoding is in doubt."""
    rows, encoding, delimiter = survey
    content = written(rows, encoding, delimiter, f"sep={delimiter}{end}" if with_sep else "", end)
    if content is None:
        return
    path = tmp_path_factory.mktemp("survey") / "survey.csv"
    path.write_bytes(content)
    assert rows_read(path, encoding)[0] == rows
    if encoding in UNICODE:
        assert rows_read(path) == (rows, False)
        return
    read, doubted = rows_read(path)
    assert read == rows or doubted


@pytest.mark.parametrize("encoding", ["utf-8", "ascii", "cp1253"])
def test_an_encoding_that_cannot_be_is_an_error(tmp_path: Path, encoding: str) -> None:
    """A wrong encoding never gives replaced letters."""
    path = tmp_path / "survey.csv"
    path.write_bytes("id,q1\nA1,café and très naïve\n".encode("cp1252") + b"A2,\xff\xd2\x81\n")
    with pytest.raises(CoderError, match="is not"):
        read_rows(path, ImportChoices(encoding=encoding))


def test_a_workbook_has_no_encoding(tmp_path: Path) -> None:
    """--encoding is for text files, and says so."""
    import xlsxwriter

    path = tmp_path / "survey.xlsx"
    with xlsxwriter.Workbook(path) as workbook:
        sheet = workbook.add_worksheet()
        for row, cells in enumerate([["id", "q1"], ["A1", "beds"], ["A2", "cafÃ© and more"]]):
            sheet.write_row(row, 0, cells)
    with pytest.raises(CoderError, match="no text file"):
        read_rows(path, ImportChoices(encoding="utf-8"))
    assert [doubt.subject for doubt in read_rows(path).doubts] == ["garbled text"]


def test_an_error_about_names_says_that_the_encoding_is_in_doubt(tmp_path: Path) -> None:
    """A column that is not found may have its name in another encoding: the one read is said."""
    path = tmp_path / "survey.csv"
    path.write_bytes(b"id,Kuri\xf8\nA1,Kuri\xf8 x\nA2,ok\n")
    raw = read_rows(path)
    with pytest.raises(CoderError, match="has no column") as caught:
        understand(raw, ImportChoices(open_columns=("Kurx",)))
    assert "Its encoding is in doubt" in caught.value.hint
    assert "--encoding NAME" in caught.value.hint
    said = read_rows(path, ImportChoices(encoding="cp1252"))
    with pytest.raises(CoderError) as caught:
        understand(said, ImportChoices(open_columns=("Kurx",)))
    assert "encoding" not in caught.value.hint
