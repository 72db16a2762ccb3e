"""Tables of themes that other programs write."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from coder.errors import CoderError
from coder.formats.codebooks.theme_table import import_theme_table

if TYPE_CHECKING:
    from pathlib import Path

    from coder.domain.codebook import Codebook

TAGUETTE = "tag,description,number of highlights\nBeds,Too few beds,12\nStaff.Nurses,Too few,3\n"
NVIVO = "Name,Description,Files,References\nBeds,Too few beds,3,12\nNurses,Too few,2,3\n"
NVIVO_PATHS = "Hierarchical Name,Description\nNodes\\\\Staff,All of them\nNodes\\\\Staff\\Nurses,Too few\n"
QUALCODER = "Category,Code,Memo\nStaff,Nurses,Too few\nStaff,Doctors,Too late\n,Beds,\n"
MAXQDA = (
    "Color;Parent code;Code;Memo;Frequency\n1;;Staff;;3\n1;Staff;Nurses;Too few;2\n2;Staff\\Nurses;Night;;1\n"
)
MAXQDA_GERMAN = "Farbe;Obercode;Code;Memo\n1;;Personal;Zu wenig Ärzte\n1;Personal;Pflege;für alle\n"
ATLAS = "Code,Grounded,Density,Comment,Code Groups\nNurses,3,0,Too few,Staff\nBeds,2,0,,\n"
PATHS = "Code,Definition\nStaff,All\nStaff > Nurses,Too few\n"


def read(folder: Path, text: str, encoding: str = "utf-8") -> Codebook:
    """Read a table of themes from its text."""
    path = folder / "themes.csv"
    path.write_bytes(text.encode(encoding))
    return import_theme_table(path).codebook


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        (TAGUETTE, ["Beds", "Staff.Nurses"]),
        (NVIVO, ["Beds", "Nurses"]),
        (NVIVO_PATHS, ["Staff", "Nurses"]),
        (QUALCODER, ["Staff", "Nurses", "Doctors", "Beds"]),
        (MAXQDA, ["Staff", "Nurses", "Night"]),
        (MAXQDA_GERMAN, ["Personal", "Pflege"]),
        (ATLAS, ["Staff", "Nurses", "Beds"]),
        (PATHS, ["Staff", "Nurses"]),
    ],
)
def test_headings_of_other_programs(tmp_path: Path, text: str, labels: list[str]) -> None:
    """Themes, and the nets above them, are read under whatever heading they stand."""
    codebook = read(tmp_path, text)
    assert [theme.label for theme in codebook] == labels
    parents = {theme.label: codebook.by_id[theme.parent].label for theme in codebook if theme.parent}
    expected = {} if text in (TAGUETTE, NVIVO) else {labels[1]: labels[0]}
    assert parents.items() >= expected.items()
    definitions = [theme.definition for theme in codebook]
    assert any(definitions)


def test_a_path_below_a_path(tmp_path: Path) -> None:
    """MAXQDA names the whole path of the parent; its last name is the parent."""
    codebook = read(tmp_path, MAXQDA)
    night = next(theme for theme in codebook if theme.label == "Night")
    assert night.parent is not None
    assert codebook.by_id[night.parent].label == "Nurses"


def test_what_was_read_as_what_is_said(tmp_path: Path) -> None:
    """The remarks name the columns, also those that were passed over."""
    path = tmp_path / "taguette.csv"
    path.write_text(TAGUETTE)
    remarks = import_theme_table(path).remarks
    assert "taguette.csv: Read 'tag' as theme and 'description' as definition." in remarks
    assert "taguette.csv: Not read: the columns 'number of highlights'." in remarks


def test_a_table_of_zeros_and_ones(tmp_path: Path) -> None:
    """A column of 0 and 1 for each theme gives the themes, without the columns of other things."""
    codebook = read(tmp_path, "id,age,Beds,Staff,Money\nA1,30,1,0,\nA2,41,0,1,1\n")
    assert [theme.label for theme in codebook] == ["Beds", "Staff", "Money"]


def test_a_matrix_of_this_program_gives_themes_by_question(tmp_path: Path) -> None:
    """What `coder codings export --format matrix` writes names the question before each theme."""
    codebook = read(tmp_path, "respondent_id,region,Q16: Pay,Q17: Pay\nA1,N,1,0\nA2,S,0,1\n")
    assert [(theme.label, theme.questions) for theme in codebook] == [("Pay", ("Q16",)), ("Pay", ("Q17",))]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "mac_roman", "utf-16"])
@pytest.mark.parametrize("first", ["", "sep=;\n", '"sep=;"\n'])
def test_semicolons_and_encodings(tmp_path: Path, encoding: str, first: str) -> None:
    """Themes are read as surveys are: semicolons, other encodings, a line that names the delimiter."""
    text = f"{first}theme;definition\nÄrzte;zu wenig für die Älteren, zu spät\nSchüler;können nicht üben\n"
    codebook = read(tmp_path, text, encoding)
    assert [theme.label for theme in codebook] == ["Ärzte", "Schüler"]
    assert codebook.themes[0].definition == "zu wenig für die Älteren, zu spät"


def test_a_doubtful_encoding_is_refused_unless_it_is_said(tmp_path: Path) -> None:
    """A codebook whose letters may be of either encoding is not guessed at."""
    path = tmp_path / "themes.csv"
    path.write_bytes(b"theme\nKuri\xf8\n")
    with pytest.raises(CoderError, match="may be cp1252 or cp1257") as caught:
        import_theme_table(path)
    assert "--encoding" in caught.value.hint
    assert import_theme_table(path, encoding="cp1257").codebook.themes[0].label == "Kurių"


def test_rows_keep_their_number_below_a_sep_line(tmp_path: Path) -> None:
    """What is wrong is told by the row as it stands in the file."""
    with pytest.raises(CoderError, match="row 4, column 'theme': The cell is empty"):
        read(tmp_path, "sep=;\ntheme;definition\nBeds;few\n;none\n")


@pytest.mark.parametrize("text", ["a,b\n1,2\n", "id,answer\nA1,beds\n", "x\n1\n"])
def test_other_tables_are_refused(tmp_path: Path, text: str) -> None:
    """A table that says nowhere what its themes are is no codebook."""
    with pytest.raises(CoderError, match="There is no column 'theme'"):
        read(tmp_path, text)
