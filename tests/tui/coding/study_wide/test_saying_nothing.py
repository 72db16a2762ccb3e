"""N: a text says nothing, everywhere; what that does is said first, and u takes it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from coding_study import burst, coding, engine_of, marks_on, press, themes_on
from making import small_study
from piloting import notices, settle
from plain_lines import typed
from textual.widgets import Static

from coder.domain.filters import Filter
from coder.errors import CoderError
from coder.formats.study.study_file import read_settings
from coder.store import checks, journal
from coder.tui.coding.moving import apply_filter
from coder.tui.coding.texts.answer import answer_content
from coder.tui.kit.windows.pick import PickWindow
from coder.workflows.coding.session import CodingSession
from coder.workflows.study.opening import open_study

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from textual.pilot import Pilot

    from coder.tui.coding.screen import CodingScreen
    from coder.workflows.study.study import Study

OVERLEAF, BEDS, PAY, STAFF = 1, 2, 4, 7
TEXTS = (
    ("See overleaf", "Beds"),
    ("see overleaf.", "Pay"),
    ("SEE OVERLEAF!", "see  overleaf"),
    ("Staff", "-"),
)


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    """Open a study in which four answers of three councils say the same, and somebody has coded one."""
    opened = small_study(tmp_path / "study", texts=TEXTS)
    CodingSession(opened, "ann").toggle(OVERLEAF, "beds")
    yield opened
    opened.close()


def on_list(study: Study) -> bool:
    """Tell whether study.toml lists the text."""
    return "see overleaf" in read_settings(study.folder / "study.toml").non_responses


def detail(pilot: Pilot[None]) -> str:
    """Return what the window says of the option at the cursor."""
    assert isinstance(pilot.app.screen, PickWindow)
    return str(pilot.app.screen.query(Static).last().content)


def answers(screen: CodingScreen) -> list[int]:
    """Return the answers listed."""
    return list(screen.desk.listing.numbers)


async def test_it_says_first_what_it_does(study: Study) -> None:
    """How many say just this, how many of them are coded, who leaves each base; Esc leaves all as it is."""
    text = (study.folder / "study.toml").read_bytes()
    async with coding(study) as (pilot, screen):
        await press(pilot, "N")
        lines = detail(pilot).splitlines()
        assert lines[1:4] == [
            "4 answers to Q1.",
            "1 of them is coded, and counted all the same.",
            "Q1: 4 → 3 councils answered it.",
        ]
        await press(pilot, "escape")
        assert screen.desk.here.number == OVERLEAF
    assert (study.folder / "study.toml").read_bytes() == text
    assert journal.entries(study.database) == []


async def test_the_next_open_answer_comes(study: Study) -> None:
    """All that say it have left the list; the journal says who decided it."""
    async with coding(study) as (pilot, screen):
        assert screen.desk.progress.answers == 7
        await press(pilot, "N", "enter")
        assert screen.desk.here.number == BEDS
        assert answers(screen) == [BEDS, PAY, STAFF]
        assert screen.desk.progress.answers == 3
        assert "u takes it back" in notices(pilot)
    assert on_list(study)
    (entry,) = journal.entries(study.database, "decision")
    assert (entry.coder_id, "4 answers" in entry.text) == ("jo", True)
    assert checks.faults(study.database) == []


async def test_one_goes_on_from_where_it_was(study: Study) -> None:
    """To the next below, from the end of the list to the first that is open."""
    async with coding(study) as (pilot, screen):
        screen.show(PAY)
        await press(pilot, "N", "enter")
        assert screen.desk.here.number == STAFF
        await press(pilot, "N", "enter")
        assert screen.desk.here.number == OVERLEAF


@pytest.mark.parametrize("keys", ["u", "nu"])
async def test_undo_takes_it_back(study: Study, keys: str) -> None:
    """In its turn, as any step: one is where one was, the texts are answers, the file is as it was."""
    text = (study.folder / "study.toml").read_bytes()
    async with coding(study) as (pilot, screen):
        listed = answers(screen)
        await press(pilot, "N", "enter", *keys, *"u" * (len(keys) - 1))
        assert screen.desk.here.number == OVERLEAF
        assert answers(screen) == listed
        assert "undone: “see overleaf” says nothing: 4 answers" in notices(pilot)
        assert (study.folder / "study.toml").read_bytes() == text
        assert journal.entries(study.database) == []
        await press(pilot, "U")
        assert on_list(study)
        assert screen.desk.progress.answers == 3


async def test_the_engine_goes_on_with_the_answers_that_are_left(study: Study) -> None:
    """It reads them anew each time, at once, and is not started anew."""
    async with coding(study) as (pilot, screen):
        engine = engine_of(pilot)
        for times, keys in enumerate(("N\n", "u", "U", "u"), start=1):
            engine.ranked.clear()
            await burst(pilot, keys)
            assert engine.read_anew == times
            assert engine.ranked[-1][0] == screen.desk.here.number
        assert screen.desk.advice.engine is engine


async def test_a_later_sitting_undoes_it(study: Study) -> None:
    """Undo knows no sittings."""
    async with coding(study) as (pilot, _):
        await press(pilot, "N", "enter")
    async with coding(study) as (pilot, screen):
        await press(pilot, "u")
        assert screen.desk.here.number == OVERLEAF
    assert not on_list(study)


async def test_on_a_text_of_the_list_it_is_an_answer_again(study: Study) -> None:
    """With the same figures the other way round; one can code it at once."""
    async with coding(study) as (pilot, screen):
        await press(pilot, "N", "enter")
        apply_filter(screen, Filter("Q1", "non-response"))
        await settle(pilot)
        assert screen.desk.here.number == OVERLEAF
        assert "N takes it off that list" in "".join(answer_content(screen.desk).heading)
        await press(pilot, "N")
        assert "“see overleaf”" in detail(pilot)
        assert "Q1: 3 → 4 councils answered it." in detail(pilot)
        await press(pilot, "enter")
        assert screen.desk.here.number == OVERLEAF
        assert screen.desk.progress.answers == 7
        assert not on_list(study)
        await press(pilot, "n")
    assert marks_on(study, OVERLEAF) == {"done": "1"}


async def test_what_is_blank_or_holds_a_wildcard_is_told(tmp_path: Path) -> None:
    """A # in the list stands for any number; what shows nothing is never an answer."""
    study = small_study(tmp_path / "other", texts=[("ward #", ""), ("Beds", "Pay")])
    text = (study.folder / "study.toml").read_bytes()
    async with coding(study) as (pilot, screen):
        await press(pilot, "N")
        assert "any number" in notices(pilot)
        screen.show(2)
        await press(pilot, "N")
        assert "in any case" in notices(pilot)
    assert (study.folder / "study.toml").read_bytes() == text
    study.close()


async def test_what_somebody_coded_stays(study: Study) -> None:
    """A theme chosen on such a text says that it is an answer; it stays listed for whoever chose it."""
    async with coding(study) as (pilot, screen):
        await press(pilot, "1")
        themes = themes_on(study, OVERLEAF)
        await press(pilot, "N", "enter")
        assert screen.desk.here.number == BEDS
        assert OVERLEAF in answers(screen)
        assert themes_on(study, OVERLEAF) == themes


async def test_a_file_that_cannot_be_written_is_told(study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    """The texts leave the list all the same; the file has it when the study is next opened."""

    def fail(*_: object) -> None:
        msg = "study.toml cannot be written: Permission denied."
        raise CoderError(msg)

    with monkeypatch.context() as patched:
        patched.setattr("coder.workflows.study.changing_settings.replace_file", fail)
        async with coding(study) as (pilot, screen):
            await press(pilot, "N", "enter")
            assert "Not yet in its file: study.toml cannot be written" in notices(pilot)
            assert answers(screen) == [BEDS, PAY, STAFF]
    assert not on_list(study)
    open_study(study.folder, "jo").close()
    assert on_list(study)


async def test_nothing_is_changed_while_another_program_writes(study: Study) -> None:
    """A window waits for it; given up, all is as it was."""
    other = open_study(study.folder, "ann")
    study.database.patience = 0.1
    async with coding(study) as (pilot, screen):
        other.database.begin(None)
        await press(pilot, "N", "enter", "escape")
        assert "Given up" in notices(pilot)
        other.database.execute("ROLLBACK")
        assert screen.desk.here.number == OVERLEAF
    assert not on_list(study)
    other.close()


def test_line_by_line_too(study: Study) -> None:
    """The figures are printed before one decides; undo is typed as any."""
    printed = typed(study, "N", "1", "u")
    assert "Q1: 4 → 3 councils answered it." in printed
    assert any("“see overleaf” says nothing: 4 answers" in line for line in printed)
    assert not on_list(study)
    typed(study, "N", "yes", "1")
    assert on_list(study)
