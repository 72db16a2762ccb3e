"""The codebook's desk and the actions on it, without a screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from codebook_study import LOST, LOW, NOBODY, coded, coded_study, theme, version

from coder.domain.filters import Filter
from coder.errors import CoderError
from coder.tui.codebook import browsing, theme_actions
from coder.tui.codebook.desk import CodebookDesk
from coder.tui.codebook.plan_window import PlanWindow
from coder.tui.codebook.texts import details, status

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from textual.screen import Screen

    from coder.tui.codebook.tree import CodebookRow
    from coder.tui.kit.action_screen import Answer
    from coder.tui.kit.windows.window_values import Window
    from coder.workflows.study.study import Study


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    """A small coded study."""
    study = coded_study(tmp_path / "study")
    yield study
    study.close()


class PlainCodebook:
    """The codebook screen's actions at work without a screen: windows give what `answers` says, in turn."""

    def __init__(self, study: Study) -> None:
        self.desk = CodebookDesk(study, "jo", "Q1")
        self.cursor = 0
        self.told: list[str] = []
        self.answers: list[Any] = []
        self.listed: list[Filter | None] = []
        self.plans: list[str] = []
        self.count_anew()

    def at(self, theme_id: str) -> PlainCodebook:
        """Put the cursor on a theme."""
        index = self.desk.index_of(theme_id)
        assert index is not None
        self.go_to_row(index)
        return self

    def current(self) -> CodebookRow | None:
        """Return the row at the cursor."""
        return self.desk.tree[self.cursor] if self.desk.tree else None

    def go_to_row(self, index: int) -> None:
        """Put the cursor on a row."""
        self.cursor = max(0, min(index, len(self.desk.tree) - 1))

    def count_anew(self, theme_id: str | None = None) -> None:
        """Count the themes."""
        self.desk.count()
        if theme_id is not None:
            self.at(theme_id)

    def draw_rows(self) -> None:
        """Draw nothing."""

    def revised(self, theme_id: str | None = None) -> None:
        """Count the themes of the revised codebook."""
        self.desk.revised()
        self.count_anew(theme_id)

    def list_answers(self, answers: Filter | None) -> None:
        """Note the answers that were to be listed."""
        self.listed.append(answers)

    def tell(self, text: str, seconds: float, *, about: str = "") -> None:
        """Note what is told."""
        del seconds, about
        self.told.append(text)

    def ask(
        self, window: Window[Answer] | Screen[Answer], take: Callable[[Answer | None], object] | None = None
    ) -> None:
        """Answer at once."""
        if isinstance(window, PlanWindow):
            self.plans.append(window._title)
        if take is not None:
            take(self.answers.pop(0))

    def after_saying(self, says: str, act: Callable[[], object]) -> None:
        """Do it at once."""
        del says
        act()


def test_marked_themes_are_merged_and_taken_apart_again(study: Study) -> None:
    """Space on two, `m`, the one that stays, Enter: as from the screen; `u` shows how it is taken back."""
    before = coded(study)
    view = PlainCodebook(study)
    for theme_id in ("pay", "staff"):
        browsing.mark(view.at(theme_id))
    view.answers = ["staff", "one and the same"]
    theme_actions.merge(view)
    assert theme(study, "pay").status == "retired"
    assert sorted(coded(study)["staff"]) == [LOST, LOW, NOBODY]
    assert view.desk.marked == set()
    view.answers = [""]
    theme_actions.undo(view)
    assert len(view.plans) == 2
    assert coded(study) == before


def test_a_small_change_of_this_desk_is_taken_back_at_once(study: Study) -> None:
    """A definition is changed and taken back without a plan; the same from another desk shows one."""
    view = PlainCodebook(study)
    defined = theme(study, "beds")
    view.answers = [type(defined)("beds", "Beds", definition="Places to sleep")]
    theme_actions.edit(view.at("beds"))
    assert theme(study, "beds").definition == "Places to sleep"
    assert view.told == ["u takes it back."]
    theme_actions.undo(view)
    assert theme(study, "beds").definition == ""
    assert view.plans == []
    other = PlainCodebook(study)
    other.answers = [None]
    theme_actions.take_back(other, version(study))
    assert len(other.plans) == 1


def test_answers_of_a_net_are_those_of_all_under_it(study: Study) -> None:
    """Enter lists a net's answers with its themes'; among all questions the one that has some."""
    view = PlainCodebook(study)
    browsing.list_answers(view.at("people"))
    browsing.change_question(view, -1)
    assert view.desk.question_id is None
    browsing.list_answers(view.at("pay"))
    assert view.listed == [
        Filter("Q1", theme_ids=tuple(study.codebook.members("people")), agreed="settled"),
        Filter("Q1", theme_ids=("pay",), agreed="settled"),
    ]
    browsing.list_answers(view.at("old"))
    assert view.told == ["No answer is coded with this theme yet."]


def test_one_leaves_when_no_mark_is_left(study: Study) -> None:
    """Esc takes the marks away first."""
    view = PlainCodebook(study)
    browsing.mark(view.at("pay"))
    browsing.leave(view)
    assert (view.desk.marked, view.listed) == (set(), [])
    browsing.leave(view)
    assert view.listed == [None]


def test_edits_by_hand_are_taken_up_before_a_revision(study: Study) -> None:
    """What somebody wrote to codebook.yaml is there when a form opens; what concerns codings waits."""
    view = PlainCodebook(study)
    text = study.codebook_path.read_text(encoding="utf-8")
    study.codebook_path.write_text(text.replace("label: Money", "label: Funds"), encoding="utf-8")
    assert view.desk.codebook_edited()
    view.answers = [None]
    theme_actions.edit(view.at("money"))
    assert study.codebook.label("money") == "Funds"
    assert not view.desk.is_behind()
    text = study.codebook_path.read_text(encoding="utf-8")
    study.codebook_path.write_text(text.replace("- id: pay\n", "- id: wages\n"), encoding="utf-8")
    with pytest.raises(CoderError, match="they wait"):
        theme_actions.edit(view.at("money"))


def test_texts_need_no_screen(study: Study) -> None:
    """The top line and the details come from the desk alone."""
    view = PlainCodebook(study)
    assert "Q1 · 5 themes · 1 retired · version 1" in status(view.desk, 80).plain
    row = view.at("people").current()
    assert row is not None
    assert "a net of 2 themes, not chosen itself" in details(view.desk, row).plain
