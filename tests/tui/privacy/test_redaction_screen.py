"""Deciding on what gives people away, key by key."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from coding_study import coding, press
from piloting import LARGE, SMALL, notices, settle, shown, type_line
from textual.widgets import Input, Static

from coder.cli import main
from coder.store.privacy.place_rows import noted_places, reviewed
from coder.tui.app import CoderApp
from coder.tui.privacy.screen import RedactionScreen
from coder.workflows.privacy.finding import FindRequest
from coder.workflows.study.opening import open_study

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from textual.pilot import Pilot

    from coder.workflows.study.study import Study

ANSWERS = (
    "Ask Priya at the front desk, call her on 07700 900003 if she is out and it is late",
    "The waiting was far too long and nobody picks up the phone when you ring them at night",
    "Priya helped us when the council would not listen and the boiler was broken for weeks",
    "We were seen by Deepika who was kind to us and did not hurry us out of the door again",
)
RULES = FindRequest(with_spacy=False)


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    """Make a study with a telephone number, two places of Priya, and one of Deepika."""
    survey = tmp_path / "answers.csv"
    rows = "".join(f'{number},"{text}"\n' for number, text in enumerate(ANSWERS, start=1))
    survey.write_text(f"id,What would you change about the service we run?\n{rows}", encoding="utf-8")
    folder = tmp_path / "study"
    assert main(["new", str(folder), "--from", str(survey), "--no-open", "--yes"]) == 0
    opened = open_study(folder)
    yield opened
    opened.close()


def app(study: Study, request: FindRequest = RULES) -> CoderApp:
    """Return the program as `coder redact` opens it."""
    return CoderApp(study, "jo", suggestions=False, alone=lambda who: RedactionScreen(study, who, request))


def texts(study: Study) -> list[str]:
    """Return the answers."""
    return [text for (text,) in study.database.rows("SELECT text FROM response ORDER BY number")]


def decisions(study: Study) -> dict[int, list[str]]:
    """Return what is noted as decided, by answer."""
    noted = noted_places(study.database)
    return {number: [place.decision for place in places] for number, places in noted.items()}


def frame(pilot: Pilot[None]) -> str:
    """Return the title of the answer at hand."""
    return str(pilot.app.screen.query_one("#answer").border_title)


def answer(pilot: Pilot[None]) -> str:
    """Return the answer at hand."""
    return str(pilot.app.screen.query_one("#answer Static", Static).content)


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_places_are_decided_on_and_taken_out_once_confirmed(
    study: Study, size: tuple[int, int]
) -> None:
    """Each key is stored at once; nothing leaves an answer before the last question is answered with yes."""
    async with app(study).run_test(size=size) as pilot:
        await settle(pilot)
        assert "4 to decide" in shown(pilot, "status")
        assert frame(pilot).startswith("1.Q1.1 · 1 of 4")
        await press(pilot, "y")
        assert decisions(study) == {1: ["take"]}
        await press(pilot, "n")
        assert decisions(study) == {1: ["take", "keep"]}
        assert "Kept: 07700 900003" in notices(pilot)
        assert frame(pilot).startswith("3.Q1.1 · 3 of 4")
        await press(pilot, "enter", "enter")
        assert texts(study) == list(ANSWERS)
        await press(pilot, "enter", "escape")
        assert texts(study) == list(ANSWERS)
        await press(pilot, "enter", "down", "enter")
        assert texts(study)[0].startswith("Ask [name 1] at the front desk, call her on 07700 900003 if")
        assert texts(study)[1:] == list(ANSWERS[1:])
        assert "2 to decide · 0 to take out · 1 kept" in shown(pilot, "status")
        assert not reviewed(study.database)
        await press(pilot, "n", "n")
        await press(pilot, "enter")
        assert "All is decided" in notices(pilot)
        assert reviewed(study.database)


async def test_all_alike_are_decided_at_once_and_taken_back_at_once(study: Study) -> None:
    """Both places of Priya, in one step; u takes both back, in the study as well."""
    async with app(study).run_test(size=SMALL) as pilot:
        await settle(pilot)
        await press(pilot, "a", "enter")
        assert decisions(study) == {1: ["take"], 3: ["take"]}
        await press(pilot, "u")
        assert decisions(study) == {}
        assert frame(pilot).startswith("1.Q1.1 · 1 of 4 · not decided")
        await press(pilot, "a", "down", "enter")
        assert decisions(study) == {1: ["keep"], 3: ["keep"]}
        await press(pilot, "u", "u")
        assert "Nothing to undo here" in notices(pilot)


async def test_edges_kind_and_a_word_of_ones_own(study: Study) -> None:
    """Other words of the answer are taken out, as another kind, or for a vaguer word."""
    async with app(study).run_test(size=LARGE) as pilot:
        await settle(pilot)
        await press(pilot, "e")
        assert pilot.app.screen.query_one(Input).value == "Priya"
        await type_line(pilot, "Priya at the moon")
        assert "does not stand in this answer" in notices(pilot)
        await press(pilot, "e")
        await type_line(pilot, "Priya at the front desk")
        await press(pilot, "t")
        await type_line(pilot, "place")
        await press(pilot, "y", "down", "w")
        await type_line(pilot, "a colleague")
        await press(pilot, "enter", "down", "enter")
        assert texts(study)[0].startswith("Ask [place 1], call her")
        assert "a colleague" in " ".join(texts(study))


async def test_decisions_stand_when_one_comes_back(study: Study) -> None:
    """Esc leaves with nothing taken out; the next time what was decided is not asked again."""
    async with app(study).run_test(size=SMALL) as pilot:
        await settle(pilot)
        await press(pilot, "y", "n", "escape")
    assert texts(study) == list(ANSWERS)
    async with app(study).run_test(size=SMALL) as pilot:
        await settle(pilot)
        assert "2 to decide · 1 to take out · 1 kept" in shown(pilot, "status")
        assert frame(pilot).startswith("3.Q1.1")


async def test_keys_that_decide_wait_for_the_search(study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    """While answers are searched nothing is decided, and Esc stops it."""
    monkeypatch.setattr(RedactionScreen, "is_searching", property(lambda _: True))
    async with app(study).run_test(size=SMALL) as pilot:
        await settle(pilot)
        await press(pilot, "y")
        assert "being searched" in notices(pilot)
        await press(pilot, "escape")
    assert decisions(study) == {}


async def test_nothing_found_is_said(study: Study) -> None:
    """Where nothing is found of a kind, the screen says so, and keys do no harm."""
    async with app(study, FindRequest(kinds=("postcode",), with_spacy=False)).run_test(size=SMALL) as pilot:
        await settle(pilot)
        assert "Nothing was found" in answer(pilot)
        for key in ("y", "n", "a", "e", "t", "w", "u", "enter", "down"):
            await press(pilot, key)
        assert texts(study) == list(ANSWERS)
        assert not reviewed(study.database)


async def test_the_coding_screen_reads_changed_answers_anew(study: Study) -> None:
    """From the palette; after taking out, the answer on screen is the one that stands now."""
    async with coding(study, LARGE) as (pilot, screen):
        assert screen.desk.here.response is not None
        screen.action_run("redact")
        await settle(pilot)
        redaction = pilot.app.screen
        assert isinstance(redaction, RedactionScreen)
        await press(pilot, "y", "enter", "down", "enter", "escape")
        assert pilot.app.screen is screen
        assert screen.desk.here.response is not None
        assert "[name 1]" in screen.desk.here.response.text


async def test_leaving_tells_other_copies_what_was_decided(study: Study) -> None:
    """Decisions go along with whatever is sent next; what is told already is not told again."""
    for keys in (("n", "escape"), ("escape",)):
        async with app(study).run_test(size=SMALL) as pilot:
            await settle(pilot)
            await press(pilot, *keys)
        told = study.database.rows("SELECT by, content FROM team_event WHERE kind = 'places decided'")
        assert [by for by, _ in told] == ["jo"]
        assert "keep" in told[0][1]
        assert "Priya" not in told[0][1]
