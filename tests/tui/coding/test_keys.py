"""The parts of the coding screen that need no screen: wrapping, matching, places, rankings, keys."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from coding_study import QuietEngine
from hypothesis import example, given
from hypothesis import strategies as st
from making import CODEBOOK, small_study
from piloting import SMALL, settle
from rich.cells import cell_len
from textual.app import App, ComposeResult

from coder.domain.codebook import Codebook, Theme
from coder.domain.codings import Span
from coder.domain.filters import Filter
from coder.domain.ranking import RankedResponse, Suggestion
from coder.store import surveys
from coder.tui.coding.keys import ACTIONS
from coder.tui.coding.listed.listing import Listing
from coder.tui.coding.suggestions import Advice
from coder.tui.kit import wrapping
from coder.tui.kit.actions import Action, bindings, find
from coder.tui.kit.help import help_content
from coder.tui.kit.key_bar import KeyBar
from coder.tui.kit.theme_search import best_themes
from coder.tui.kit.wrapping import wrap
from coder.workflows.coding.session import CodingSession

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from coder.workflows.study.study import Study

TEXTS = st.text(st.sampled_from("abc  \n日本e\u0301👍🏽👩‍👧"), max_size=120) | st.text(max_size=60)


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    """Open a small study."""
    study = small_study(tmp_path / "study")
    yield study
    study.close()


@given(TEXTS, st.integers(4, 40))
@example("", 10)
@example("\n\n", 10)
@example("日本語" * 10, 5)
def test_lines_cover_the_text(text: str, width: int) -> None:
    """Lines follow each other without a gap but for the newlines between paragraphs."""
    lines = wrap(text, width)
    assert (lines[0].start, lines[-1].end) == (0, len(text))
    for line, following in pairwise(lines):
        assert line.start <= line.end
        assert text[line.end : following.start] in ("", "\n")
    assert "\n".join(text.split("\n")) == text
    assert not any("\n" in text[line.start : line.end] for line in lines)


@given(TEXTS, st.integers(4, 40))
def test_no_line_is_wider_than_the_screen(text: str, width: int) -> None:
    """But for the blank at its end, a line fits, unless it is a single character."""
    for start, end in wrap(text, width):
        assert cell_len(text[start:end].removesuffix(" ")) <= width or end - start == 1


@given(st.lists(st.text("abcdef", min_size=1, max_size=8), max_size=30), st.integers(8, 40))
def test_words_stay_whole(words: list[str], width: int) -> None:
    """No word that fits on a line is cut."""
    text = " ".join(words)
    pieces = [text[start:end].split() for start, end in wrap(text, width)]
    assert [word for piece in pieces for word in piece] == words


def test_wrapping_measures_each_line_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """The work grows with the text, not with its square: an answer may have a million characters."""
    measured: list[int] = []

    def measure(text: str) -> int:
        measured.append(len(text))
        return cell_len(text)

    monkeypatch.setattr(wrapping, "cell_len", measure)
    text = "abc d\u00e9f \u4e2d " * 500
    wrap(text, 40)
    assert sum(measured) < 50 * len(text)


def theme(label: str, definition: str = "", *keywords: str) -> Theme:
    """Return a theme that goes by its label."""
    return Theme(label.lower(), label, definition, keywords=keywords)


def test_a_label_beats_a_keyword_beats_a_definition() -> None:
    """The start of the label comes first, then of a word in it, a keyword, a part, the definition."""
    themes = [
        theme("Training", "Courses for staff"),
        theme("Money", "", "staffing"),
        theme("Understaffed"),
        theme("Our staff"),
        theme("Staff"),
        theme("Beds"),
    ]
    found = [each.label for each in best_themes("staff", themes)]
    assert found == ["Staff", "Our staff", "Money", "Understaffed", "Training"]


def test_a_misspelt_label_is_found() -> None:
    """Letters left out, doubled or swapped do not matter much."""
    themes = [theme("Recruitment and retention"), theme("Housing"), theme("Beds")]
    for typed in ("recuitment", "retenttion", "Recruitemnt"):
        assert best_themes(typed, themes)[0].label == "Recruitment and retention"
    assert best_themes("housign", themes)[0].label == "Housing"
    assert best_themes("qq", themes) == []


def test_all_themes_are_offered_from_a_to_z() -> None:
    """Before anything is typed every theme is there, whatever the case of its label."""
    themes = [theme("beds"), theme("Zeal"), theme("Advocacy")]
    assert [each.label for each in best_themes("", themes)] == ["Advocacy", "beds", "Zeal"]


def test_the_list_begins_with_the_first_open_answer(study: Study) -> None:
    """One begins with the first open answer; later with the one touched last, or the next open."""
    session = CodingSession(study, "jo")
    assert Listing(study, "jo").start() == 1
    session.toggle(3, "beds")
    assert Listing(study, "jo").start() == 3
    session.confirm(3)
    assert Listing(study, "jo").start() == 5
    session.nothing_here(8)
    assert Listing(study, "jo").start() == 1
    assert Listing(study, "ann").start() == 1


def test_the_list_begins_with_the_first_answer_when_all_are_done(study: Study) -> None:
    """With nothing left to do the first answer of the question is shown."""
    session = CodingSession(study, "jo")
    for number in (1, 2, 3, 5, 8):
        session.nothing_here(number)
    listing = Listing(study, "jo")
    assert listing.start() == 1
    assert listing.next_open(0) is None


def test_the_next_open_answer_is_one_of_the_list(study: Study) -> None:
    """The next open answer keeps to the filter."""
    listing = Listing(study, "jo")
    listing.filter = Filter("Q1").having("region", "South")
    listing.load(8)
    assert (list(listing.numbers), listing.cursor) == ([3, 8], 1)
    assert (listing.next_open(0), listing.next_open(3), listing.next_open(8)) == (3, 8, None)
    assert (listing.row_of(8), listing.row_of(5)) == (1, None)
    assert listing.rows([3])[3].id == "R2.Q1.1"


def test_the_way_back_is_the_way_one_came(study: Study) -> None:
    """Places are gone back to in the opposite order; nowhere is no place."""
    listing = Listing(study, "jo", "Q1")
    for number in (1, None, 5):
        listing.leave(number)
    assert (listing.back(), listing.back(), listing.back()) == (5, 1, None)
    assert listing.neighbour(1) is listing.neighbour(-1) is listing.question()


def test_advice_goes_by_words_until_the_engine_speaks(study: Study) -> None:
    """A ranking by words is there at once; the engine's takes its place until the codebook changes."""
    response = surveys.response(study.database, 1)
    assert response is not None
    advice = Advice(CODEBOOK, None)
    ranking = advice.ranking(response)
    assert (ranking.stage, ranking.suggestions[0].theme_id) == ("words", "staff")
    assert advice.evidence(response, "staff") == (Span(13, 18),)
    suggestions = (Suggestion("beds", 0.9, (Span(0, 2),)), Suggestion("pay", 0.1))
    advice.receive(RankedResponse(1, "learned", suggestions))
    assert advice.ranking(response).stage == "learned"
    assert advice.evidence(response, "beds") == (Span(0, 2),)
    advice.revise(Codebook(CODEBOOK.themes[3:]))
    assert [s.theme_id for s in advice.ranking(response).suggestions] == ["money", "beds"]


def test_advice_without_an_engine_asks_nobody(study: Study) -> None:
    """Without an engine nothing is sent; with one, what is learned and what is wanted."""
    advice = Advice(study.codebook, None)
    advice.prepare([1])
    advice.learn(1, ["pay"], done=True)
    engine = QuietEngine()
    advice.engine = engine
    advice.prepare([2])
    advice.learn(2, ["pay"], done=False)
    assert (engine.ranked, engine.coded) == ([[2]], [(2, ("pay",), False)])


def test_help_lists_every_key() -> None:
    """Each action of the coding screen stands in help with its keys; 1-9 is one line."""
    table = help_content(ACTIONS)
    keys = [str(cell) for cell in table.columns[0].cells]
    texts = [str(cell) for cell in table.columns[1].cells]
    for action in ACTIONS:
        if not action.name.startswith("choose-"):
            assert action.help in texts
            assert action.key_label in keys[texts.index(action.help)].split(" ")
    assert keys.count("1-9") == 1


def test_every_key_has_one_meaning() -> None:
    """No key and no name stands for two actions, and each action can be found by its name."""
    keys = [key for action in ACTIONS for key in action.keys]
    assert len(keys) == len(set(keys))
    assert all(find(ACTIONS, action.name) is action for action in ACTIONS)
    assert len(bindings(ACTIONS)) == len(ACTIONS)


class Bar(App[None]):
    """A key bar alone on a screen."""

    def __init__(self, *, two: bool) -> None:
        super().__init__()
        self._two = two

    def compose(self) -> ComposeResult:
        """Lay out the bar."""
        yield KeyBar(ACTIONS).set_class(self._two, "-two")


@pytest.mark.parametrize("two", [False, True])
async def test_the_key_bar_fits_and_ends_with_help(*, two: bool) -> None:
    """However narrow the screen, no line of keys is wider, and help is the last of them."""
    app = Bar(two=two)
    async with app.run_test(size=SMALL) as pilot:
        for width in (20, 40, 80, 100, 120, 200):
            await pilot.resize_terminal(width, 24)
            await settle(pilot)
            lines = str(app.query_one(KeyBar).render()).splitlines()
            assert all(cell_len(line) <= width - 2 for line in lines)
            assert lines[-1].endswith("? help")


def test_an_action_is_labelled_as_people_read_it() -> None:
    """A key is shown by its sign, or as the action says."""
    one = Action("one", ("enter", "x"), "one", "One.", print)
    assert one.key_label == "⏎"
    assert Action("two", ("1",), "two", "Two.", print, shown_keys="1-9").key_label == "1-9"
    assert Action("three", ("x",), "three", "Three.", print).key_label == "x"
