"""The codebook screen on a small coded study, and what a revision leaves in its database and file."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from coding_study import coding, press
from making import small_study
from piloting import SMALL, settle
from textual.widgets import Input, TextArea

from coder.formats.codebooks.reading import read_codebook
from coder.store import codebook_versions, codings
from coder.tui.codebook.screen import CodebookScreen
from coder.workflows.coding.session import CodingSession

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from textual.pilot import Pilot

    from coder.domain.codebook import Theme
    from coder.workflows.study.study import Study

LOST, LOW, BEDS, BUDGETS, NOBODY = 1, 2, 3, 5, 8


def coded_study(folder: Path) -> Study:
    """Make a study with seven codings by two people: of pay 3, staff 2, money 1, beds 1."""
    study = small_study(folder)
    jo, max_ = CodingSession(study, "jo"), CodingSession(study, "max")
    for session, response, theme_id in (
        (jo, LOST, "staff"), (jo, LOST, "pay"), (jo, LOW, "pay"), (jo, BEDS, "beds"),
        (jo, BUDGETS, "money"), (max_, NOBODY, "staff"), (max_, NOBODY, "pay"),
    ):  # fmt: skip
        session.toggle(response, theme_id)
    for session, responses in ((jo, (LOST, LOW, BEDS, BUDGETS)), (max_, (NOBODY,))):
        for response in responses:
            session.confirm(response)
    return study


@asynccontextmanager
async def codebook_of(
    study: Study, size: tuple[int, int] = SMALL
) -> AsyncIterator[tuple[Pilot[None], CodebookScreen]]:
    """Run the program on a study and open its codebook."""
    async with coding(study, size) as (pilot, _):
        await press(pilot, "b")
        screen = pilot.app.screen
        assert isinstance(screen, CodebookScreen)
        yield pilot, screen


def at(screen: CodebookScreen, theme_id: str) -> None:
    """Put the cursor on a theme."""
    screen.go_to_row([row.theme.id for row in screen.desk.tree].index(theme_id))


async def fill(pilot: Pilot[None], name: str, text: str) -> None:
    """Put a text into a field of the window."""
    field = pilot.app.screen.query_one(f"#{name}")
    if isinstance(field, Input):
        field.value = text
    if isinstance(field, TextArea):
        field.text = text
    await settle(pilot)


def theme(study: Study, theme_id: str) -> Theme:
    """Return a theme that codebook.yaml and the database's version in use agree upon."""
    stored = codebook_versions.latest_version(study.database)
    assert stored is not None
    written = read_codebook(study.codebook_path)
    assert written.by_id.get(theme_id) == stored.codebook.by_id.get(theme_id)
    assert study.codebook == stored.codebook
    return stored.codebook.by_id[theme_id]


def version(study: Study) -> int:
    """Return the number of the version in use."""
    latest = codebook_versions.latest_version(study.database)
    assert latest is not None
    return latest.number


def coded(study: Study) -> dict[str, list[int]]:
    """Return for each theme the responses coded with it, by anybody."""
    found: dict[str, list[int]] = {}
    for each in codings.all_codings(study.database):
        found.setdefault(each.theme_id, []).append(each.response)
    return found
