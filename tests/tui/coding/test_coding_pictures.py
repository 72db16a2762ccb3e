"""Pictures of the coding screen and its windows."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from coding_study import burst, engine_of, press, send
from making import CODEBOOK, small_study
from piloting import LARGE, SMALL, app_of, settle
from textual.widgets import Input

from coder.domain.codebook import Codebook
from coder.domain.engine_messages import SimilarReady, SimilarResponse
from coder.domain.study_settings import Settings
from coder.store import surveys
from coder.tui.coding.screen import CodingScreen
from coder.workflows.coding.session import CodingSession

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

    from textual.pilot import Pilot

    from coder.workflows.study.study import Study

    Before = Callable[[Pilot[None]], Awaitable[None]]
    Compare = Callable[..., bool]

EVIL = (
    "\x1b[31mred\x1b[0m \x1b]0;title\x07 \u202eback\u202c [bold]x[/] [@click=app.quit]q[/] \\[a]\ttab\rreturn"
)
LABEL = "[bold]Pay[/] [/] [@click=app.bell]x"


def doing(*keys: str, typed: str = "") -> Before:
    """Return what is done before a picture is taken; what moves or goes away by itself is stilled."""

    async def before(pilot: Pilot[None]) -> None:
        await settle(pilot)
        assert isinstance(pilot.app.screen, CodingScreen)
        pilot.app.screen.list_anew(pilot.app.screen.desk.here.number)
        await press(pilot, *keys)
        await burst(pilot, typed)
        await still(pilot)

    return before


async def still(pilot: Pilot[None]) -> None:
    """Stop the cursor's blinking."""
    for line in pilot.app.screen.query(Input):
        line.cursor_blink = False
    await settle(pilot)


@pytest.mark.parametrize("size", [SMALL, LARGE])
def test_picture_of_a_fresh_study(snap_compare: Compare, sample: Study, size: tuple[int, int]) -> None:
    """The sample as it opens: suggestions by words, and why the first is one."""
    assert snap_compare(app_of(sample), terminal_size=size, run_before=doing())


@pytest.mark.parametrize("size", [SMALL, LARGE])
def test_picture_of_work_done(snap_compare: Compare, sample: Study, size: tuple[int, int]) -> None:
    """Themes chosen, one of them for some words; a memo, a flag, answers done; words selected."""
    session = CodingSession(sample, "jo")
    number = surveys.response_numbers(sample.database)
    for response_id in ("C001.Q15.1", "C001.Q15.2", "C002.Q15.1"):
        session.toggle(number[response_id], "q15-reablement")
        session.confirm(number[response_id])
    session.nothing_here(number["C001.Q15.3"])
    session.toggle_flag(number["C001.Q15.2"])
    session.write_memo(number["C002.Q15.2"], "Ask which team paid for this.")
    before = doing("1", "right", "right", "2", "right", "shift+right")
    assert snap_compare(app_of(sample), terminal_size=size, run_before=before)


def test_picture_in_light(snap_compare: Compare, sample: Study) -> None:
    """The light theme."""
    before = doing("ctrl+t", "1", "right", "2")
    assert snap_compare(app_of(sample), terminal_size=SMALL, run_before=before)


def test_picture_of_finding_a_theme(snap_compare: Compare, sample: Study) -> None:
    """What fits what was typed, what it means, and the offer of a new theme."""
    assert snap_compare(app_of(sample), terminal_size=SMALL, run_before=doing(typed="/supp"))


def test_picture_of_theme_details(snap_compare: Compare, coded_sample: Study) -> None:
    """All that the codebook says of a theme."""
    assert snap_compare(app_of(coded_sample), terminal_size=LARGE, run_before=doing("d"))


def test_picture_of_help(snap_compare: Compare, sample: Study) -> None:
    """Every key."""
    assert snap_compare(app_of(sample), terminal_size=LARGE, run_before=doing("question_mark"))


def test_picture_of_similar_answers(snap_compare: Compare, sample: Study) -> None:
    """The answer itself on top and ticked, with those like it: one ticked, one that has the theme already."""
    number = surveys.response_numbers(sample.database)
    here, *others = (number[f"C0{name}"] for name in ("01.Q15.2", "35.Q15.1", "28.Q15.2", "25.Q15.3"))
    session = CodingSession(sample, "jo")
    session.toggle(others[1], "q15-reablement")
    session.toggle(here, "q15-reablement")

    async def before(pilot: Pilot[None]) -> None:
        engine = engine_of(pilot)
        await doing("s")(pilot)
        alike = tuple(map(SimilarResponse, others, (0.83, 0.71, 0.64)))
        await send(pilot, engine, SimilarReady(here, alike))
        await press(pilot, "down", "x")
        await still(pilot)

    assert snap_compare(app_of(sample), terminal_size=SMALL, run_before=before)


def test_picture_of_an_empty_list(snap_compare: Compare, sample: Study) -> None:
    """A filter that nothing passes says what to do."""
    assert snap_compare(app_of(sample), terminal_size=SMALL, run_before=doing(typed="vflagged\n"))


def test_picture_of_no_themes(snap_compare: Compare, tmp_path: Path) -> None:
    """A study without themes says how the first is made."""
    study = small_study(tmp_path / "study", codebook=Codebook(()))
    assert snap_compare(app_of(study), terminal_size=SMALL, run_before=doing())
    study.close()


def test_picture_of_control_characters(snap_compare: Compare, tmp_path: Path) -> None:
    """Escape sequences and markup in answers, labels, memos and titles are shown, not obeyed."""
    themes = [replace(t, label=LABEL, definition="[/] [red]d") if t.id == "pay" else t for t in CODEBOOK]
    settings = Settings("[/]\x1b[31mSmall", note="[bold]Note[/] \x1b[5m")
    texts = [[EVIL], ["word"], ["日本語の回答です。" * 9], ["👩\u200d👧 e\u0301 👍🏽 \u2028 end"]]
    study = small_study(tmp_path / "study", codebook=Codebook(tuple(themes)), settings=settings, texts=texts)
    CodingSession(study, "jo").toggle(1, "pay")
    CodingSession(study, "jo").write_memo(1, "[/] \x1b[31m [bold]memo")
    assert snap_compare(app_of(study), terminal_size=SMALL, run_before=doing())
    study.close()
