"""The multiple response sets of an SPSS file, read back by pyreadstat.

PSPP reads them as well. With the sample's file, made by `coder codings export sample matrix.sav`, PSPP 1.6.2
was given `GET FILE='matrix.sav'. MRSETS /DISPLAY NAME=ALL.`; it listed $Q15 with 26 variables, $Q16 with 20,
$Q17 with 16 and $Q18 with 62, each "Dichotomies", counted value 1, with the question's wording as label.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyreadstat
from hypothesis import given
from hypothesis import strategies as st

from coder.domain.tables.matrices import Matrix, MatrixAttribute, MatrixTheme
from coder.formats.codings.matrix import matrix_sav
from coder.workflows.tables.matrices import theme_matrix

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from coder.workflows.study.study import Study

LABELS = st.text(
    st.characters(codec="utf-8", exclude_categories=["C"], include_characters="\n\t"), max_size=90
)


def sets_of(folder: Path, matrix: Matrix) -> tuple[dict[str, Any], dict[str, list[object]]]:
    """Return the sets of a matrix's SPSS file, and its columns."""
    path = folder / "m.sav"
    path.write_bytes(matrix_sav(matrix))
    columns, meta = pyreadstat.read_sav(path, output_format="dict")
    return meta.mr_sets, columns


def test_the_sample_has_a_set_for_each_question(coded_sample: Study, tmp_path: Path) -> None:
    """Its variables are the question's themes, its counted value is 1, and the data are what they were."""
    matrix = theme_matrix(coded_sample)
    sets, columns = sets_of(tmp_path, matrix)
    assert {name: len(one_set["variable_list"]) for name, one_set in sets.items()} == {
        "Q15": 26,
        "Q16": 20,
        "Q17": 16,
        "Q18": 62,
    }
    assert {one_set["counted_value"] for one_set in sets.values()} == {1}
    assert all(one_set["is_dichotomy"] for one_set in sets.values())
    assert sets["Q16"]["label"] == "Three most pressing challenges"
    demand = next(theme for theme in matrix.themes if theme.theme_id == "q16-demand")
    assert columns["q16_demand"] == list(demand.cells)


def theme(question_id: str, theme_id: str, *, is_net: bool = False) -> MatrixTheme:
    """Return a theme that the first of two respondents mentions."""
    return MatrixTheme(question_id, theme_id, theme_id, [1, 0], is_net)


def test_nets_and_lone_themes_are_in_no_set(tmp_path: Path) -> None:
    """A net counts what its themes count; SPSS has no set of one variable."""
    themes = [theme("Q1", "pay"), theme("Q1", "people", is_net=True), theme("Q1", "beds"), theme("Q2", "pay")]
    sets, columns = sets_of(tmp_path, Matrix("", "", ["R1", "R2"], [], themes))
    assert {name: one_set["variable_list"] for name, one_set in sets.items()} == {"Q1": ["Q1_pay", "Q1_beds"]}
    assert columns["Q2_pay"] == [1, 0]


@given(label=LABELS, value=LABELS, names=st.lists(st.text(max_size=90), min_size=2, max_size=4, unique=True))
def test_whatever_the_names_the_file_reads_back(
    tmp_path_factory: pytest.TempPathFactory, label: str, value: str, names: list[str]
) -> None:
    """Long texts and any letters move the record, and neither the data nor the sets are lost."""
    matrix = Matrix(
        label,
        value,
        ["R1", "R2"],
        [MatrixAttribute("memo", value, [value * 9, ""])],
        [theme("Q 1", name) for name in names],
        questions={"Q 1": label},
    )
    sets, columns = sets_of(tmp_path_factory.mktemp("sav"), matrix)
    assert sets["Q_1"]["variable_list"] == list(columns)[2:]
    assert sets["Q_1"]["label"] == " ".join(label.split())
    assert all(columns[name] == [1, 0] for name in sets["Q_1"]["variable_list"])
