"""A response in the list: its name, the themes on it, where it is cut."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from coding_study import coding, press
from hypothesis import given
from hypothesis import strategies as st
from making import small_study
from piloting import LARGE, SMALL
from rich.cells import cell_len

from coder.domain.codebook import Theme
from coder.store import surveys
from coder.store.codings import ListRow, list_rows
from coder.tui.coding.listed.row_names import is_hash, short_name, short_theme_names, themes_in_brief

if TYPE_CHECKING:
    from pathlib import Path

LABELS = ("Recruitment and retention", "Development of crisis services", "Development of the workforce",
          "Housing", "Housing and homelessness", "S117 protocol")  # fmt: skip
HASHES = (
    "R_1dQx9ZkLmNop3Ab",
    "f81d4fae-7dec-11d0-a765-00a0c91e6bf6",
    "118273645512",
    "5f9c1b2a77e04d0012ab34cd",
)
NAMES = ("C017", "Northumberland-2", "North East Lincolnshire", "2023-04-0017", "London Borough of Bexley")


def test_themes_are_told_apart_by_short_names() -> None:
    """What several labels begin with is left out; a label that is the beginning of another is whole."""
    names = short_theme_names(Theme(str(number), label) for number, label in enumerate(LABELS))
    assert list(names.values()) == [
        "Recruitment and retention", "crisis services", "workforce", "Housing", "homelessness",
        "S117 protocol",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("cells", "brief"),
    [
        (60, "Recruitment and retention, Housing, S117 protocol"),
        (40, "Recruitment, Housing, S117 protocol"),
        (24, "Recrui, Housin, S117"),
        (16, "Recr, Hous, S117"),
        (13, "Recr, Hous +1"),
        (11, "Recruitm +2"),
    ],
)
def test_themes_of_an_answer_in_few_cells(cells: int, brief: str) -> None:
    """Short names are whole as long as there is room, then words go, then letters, then names."""
    assert themes_in_brief(("Recruitment and retention", "Housing", "S117 protocol"), cells) == brief


@given(st.lists(st.text(st.characters(categories=("L", "Zs")), min_size=1), max_size=6), st.integers(6, 60))
def test_themes_take_no_more_than_their_cells(names: list[str], cells: int) -> None:
    """Whatever the labels."""
    assert cell_len(themes_in_brief(names, cells)) <= cells


@pytest.mark.parametrize("respondent_id", HASHES)
def test_a_place_stands_for_a_long_hash(respondent_id: str) -> None:
    """Nobody reads an id that a program drew: the respondent's place in the file stands for it."""
    row = ListRow(40, f"{respondent_id}.Q1.2", respondent_id, "Q1", "Text", 17, 2)
    assert is_hash(respondent_id)
    assert short_name(row) == "#17.2"


@pytest.mark.parametrize("respondent_id", NAMES)
def test_names_stay_names(respondent_id: str) -> None:
    """Names, and ids that people gave, are shown; of long ones the end."""
    row = ListRow(40, f"{respondent_id}.Q1.2", respondent_id, "Q1", "Text", 17, 2)
    assert not is_hash(respondent_id)
    assert short_name(row).endswith(".2")
    assert cell_len(short_name(row)) <= 10


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_the_list_says_what_was_chosen(tmp_path: Path, size: tuple[int, int]) -> None:
    """A row ends in the themes on its answer; a text that is cut ends in an ellipsis."""
    study = small_study(tmp_path / "study")
    async with coding(study, size) as (pilot, screen):
        await press(pilot, "1", "enter")
        row = screen.panes.list.render_line(0).text
        assert row.startswith("  ● R1.1 ")
        assert row.rstrip().endswith("  Staff")
        assert "…" in row or "Staff" in row
        await press(pilot, "u", "u")
        assert "Staff" not in screen.panes.list.render_line(0).text.removeprefix("▶ ○ R1.1 ")[-8:]
    study.close()


def test_rows_have_the_coders_themes_alone(tmp_path: Path) -> None:
    """One query brings rows and themes; an answer without a theme has a row too."""
    study = small_study(tmp_path / "study")
    numbers = list(surveys.response_numbers(study.database).values())
    rows = list_rows(study.database, "jo", numbers)
    assert sorted(rows) == sorted(numbers)
    assert all(row.theme_ids == () for row in rows.values())
    assert all(row.respondent <= following.respondent for row, following in pairwise(rows.values()))
    study.close()
