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


LAYOUTS: dict[str, tuple[list[list[str]], list[str]]] = {
    # The rows above the respondents', and what stands in these before the answers; * is a number.
    "names": ([["id", "region", "q1", "q2"]], ["A*", "North"]),
    "wordings below": (
        [
            ["ResponseId", "Q1", "Q2", "Q3"],
            ["Response ID", "Area", "What is good here?", "What is bad here?"],
        ],
        ["R_*aaaaa", "North"],
    ),
    "boxes below": (
        [
            ["Respondent ID", "Collector ID", "What would you change?", ""],
            ["", "", "First change", "Second change"],
        ],
        ["1181*", "77"],
    ),
    "titles above": (
        [["Our survey", "", "", ""], ["", "", "", ""], ["id", "sex", "good", "bad"]],
        ["A*", "f"],
    ),
    "time stamps": (
        [["Timestamp", "Area", "What is good here?", "What is bad here?"]],
        ["1/*/2024", "North"],
    ),
    "numbered wordings": (
        [["Unique Response Number", "1. Your area", "2. What is good here?", "3. What is bad here?"]],
        ["100-200-*", "North"],
    ),
}
LONE = [
    "it’s", "“so”", "so – so", "so…", "5 €", "£5", "20 °C", "§ 5", "so™", "10 µg",
]  # fmt: skip
"""Signs as people write them, where nothing else is beyond ASCII."""
_FEW_LINES = 3
"""Of another encoding than the others: where they are most, all may be read in theirs, and told."""


def survey_of(layout: str, answers: list[str]) -> list[list[str]]:
    """Return the rows of a survey in a known layout, two answers a respondent."""
    header, cells = LAYOUTS[layout]
    pairs = list(zip(answers[::2], answers[1::2], strict=False))
    body = [
        [*(cell.replace("*", str(n)) for cell in cells), first, second]
        for n, (first, second) in enumerate(pairs, 11)
    ]
    return [*header, *body]


def texts_read(path: Path, encoding: str | None = None) -> tuple[list[tuple[str, str]], bool]:
    """Return each respondent's two texts, as the survey is understood, and whether anything is in doubt."""
    choices = ImportChoices(encoding=encoding)
    raw = read_rows(path, choices)
    layout = understand(raw, choices)
    first, second = (column.position for column in layout.of_role("open"))
    return [(row[first], row[second]) for row in raw.rows], bool(layout.doubts)


@st.composite
def answers_with_marks(draw: st.DrawFn) -> list[str]:
    """Return answers in plain words of a language, some of which hold a lone mark."""
    language = draw(st.sampled_from(["English", "German", "French", "Spanish", "Italian", "Dutch"]))
    words = sorted(word for known in languages() if known.name == language for word in known.plain)
    marks = st.sampled_from([*LONE, "", "", ""])
    answers = []
    for n in range(2 * draw(st.integers(5, 9))):
        chosen = draw(st.lists(st.sampled_from(words), min_size=6, max_size=9))
        answers.append(" ".join(filter(None, [draw(marks), *chosen, draw(marks), str(n)])))
    return answers


@settings(max_examples=120, deadline=None)
@given(
    answers_with_marks(),
    st.sampled_from(sorted(LAYOUTS)),
    st.sampled_from(["cp1252", "mac_roman", "utf-8", "utf-8-sig", "utf-16", "utf-16-le"]),
    st.sampled_from(",;\t"),
)
def test_a_survey_of_any_layout_with_lone_marks_comes_back_the_same_or_is_doubted(
    tmp_path_factory: pytest.TempPathFactory, answers: list[str], layout: str, encoding: str, delimiter: str
) -> None:
    """Layouts, encodings and marks change nothing of who answered and what, unless a doubt says so."""
    rows = survey_of(layout, answers)
    content = "\r\n".join(delimiter.join(f'"{cell}"' for cell in row) for row in rows).encode(encoding)
    path = tmp_path_factory.mktemp("survey") / "survey.csv"
    path.write_bytes(content)
    texts = [(row[-2], row[-1]) for row in rows[len(LAYOUTS[layout][0]) :]]
    assert texts_read(path, encoding)[0] == texts
    read, doubted = texts_read(path)
    assert read == texts or (doubted and encoding in ("cp1252", "mac_roman"))


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(sorted(LAYOUTS)), st.integers(2, 5), st.sampled_from(["cp1252", "mac_roman", "cp850"]))
def test_lines_of_two_encodings_are_told_in_any_layout(
    tmp_path_factory: pytest.TempPathFactory, layout: str, count: int, encoding: str
) -> None:
    """Two exports pasted together, one in UTF-8 and one not, are told, whatever stands above them."""
    answers = [f"Die Tür zur Küche lässt sich nicht öffnen, und {n} Räume sind zu früh zu" for n in range(12)]
    lines = [";".join(f'"{cell}"' for cell in row) for row in survey_of(layout, answers)]
    older, newer = lines[:-count], lines[-count:]
    path = tmp_path_factory.mktemp("survey") / "survey.csv"
    path.write_bytes(("\n".join(older) + "\n").encode() + "\n".join(newer).encode(encoding))
    read, doubted = texts_read(path)
    assert doubted
    if encoding == "cp1252" and count <= _FEW_LINES:
        assert [text for pair in read for text in pair] == answers


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
