"""Undo on the coding screen while somebody says that two coders are one person."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from coding_study import coding, press
from making import small_study
from piloting import notices

from coder.store import codings
from coder.workflows.coding.session import CodingSession
from coder.workflows.study.coders import join
from coder.workflows.team.people_merging import merge
from coder.workflows.team.people_parting import part

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from coder.workflows.study.study import Study


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    """Give a small study in which Jo, who is jo, has coded an answer."""
    opened = small_study(tmp_path / "study")
    for name in ("jo", "sam"):
        join(opened.database, name)
    CodingSession(opened, "sam").toggle(3, "beds")
    yield opened
    opened.close()


def coded(study: Study) -> list[tuple[str, int]]:
    """Return who has coded which answers."""
    return sorted(
        (coding.coder_id, coding.response)
        for coder_id in ("jo", "sam")
        for coding in codings.all_codings(study.database, coder_id)
    )


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_undo_says_what_takes_a_merge_back(study: Study, size: tuple[int, int]) -> None:
    """Nothing that came with it goes by `u`, and the line says which command does it, in full."""
    async with coding(study, size) as (pilot, _):
        await press(pilot, "1")
        merge(study, "sam", "jo", "jo")
        joined = coded(study)
        assert joined == [("jo", 1), ("jo", 3)]
        await press(pilot, "u")
        assert "this made sam and jo one person" in notices(pilot)
        assert "coder team part sam" in notices(pilot)
        assert coded(study) == joined
        await press(pilot, "down", "1", "u")
        assert "undone: + " in notices(pilot)
        assert coded(study) == joined
        part(study, "sam", "jo")
        await press(pilot, "U")
        assert coded(study) == [("jo", 1), ("sam", 3)]


async def test_who_became_another_is_told_and_saves_nothing(study: Study) -> None:
    """A screen open under the name that went says so at the next key, rather than code for nobody."""
    CodingSession(study, "jo").toggle(2, "pay")
    async with coding(study) as (pilot, _):
        merge(study, "jo", "sam", "sam")
        await press(pilot, "1")
        assert "jo was made one with sam while this was open: nothing was saved" in notices(pilot)
        assert coded(study) == [("sam", 2), ("sam", 3)]
