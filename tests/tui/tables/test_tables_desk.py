"""The tables' desk and the actions on it, without a screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from making import small_study

from coder.domain.filters import Filter, Having
from coder.domain.study_settings import KeptOptions, Settings, TableSetting
from coder.domain.tables.requests import TableOptions
from coder.store import codings
from coder.store.cooccurrence import together
from coder.tui.kit.windows.window_values import Pick
from coder.tui.tables import count_choices, looking
from coder.tui.tables.column_picker import choose_columns
from coder.tui.tables.condition_picker import choose_conditions
from coder.tui.tables.desk import LeftTable, TablesDesk
from coder.tui.tables.texts import instead_of_rows, status, unsettled_line
from coder.workflows.coding.session import CodingSession

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from textual.screen import Screen

    from coder.tui.kit.action_screen import Answer
    from coder.tui.kit.windows.window_values import Window
    from coder.workflows.study.study import Study

ANSWERS = (1, 2, 3, 5, 8)
"""The texts that are answers, of four respondents."""
REGIONS = TableSetting("region", number="1", title="Regions")


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    """A small study that was read, with two codings, and a table of an attribute before its question's."""
    study = small_study(tmp_path / "study", settings=Settings("Small", tables=(REGIONS,)))
    session = CodingSession(study, "jo")
    session.toggle(1, "staff")
    session.toggle(2, "pay")
    for number in ANSWERS:
        session.confirm(number)
    yield study
    study.close()


class PlainTables:
    """The tables screen's actions at work without a screen: windows give what `picked` says."""

    def __init__(self, study: Study, left_table: LeftTable | None = None) -> None:
        self.desk = TablesDesk(study, "Q1", left_table)
        self.told: list[str] = []
        self.picked: Any = None
        self.listed: Filter | None = None
        self.count_anew()

    def count_anew(self) -> None:
        """Count the table."""
        self.desk.count()

    def show_table(self) -> None:
        """Show nothing."""

    def leave_for(self, answers: Filter) -> None:
        """Note the answers that were to be listed."""
        self.listed = answers

    def tell(self, text: str, seconds: float) -> None:
        """Note what is told."""
        del seconds
        self.told.append(text)

    def ask(
        self, window: Window[Answer] | Screen[Answer], take: Callable[[Answer | None], object] | None = None
    ) -> None:
        """Answer at once."""
        assert isinstance(window, Pick)
        if take is not None:
            take(self.picked)

    def write(self, write_file: Callable[[], Path]) -> None:
        """Write at once."""
        write_file()


def labels(view: PlainTables) -> list[str]:
    """Return the labels of the table's rows."""
    return [row.label for row in view.desk.table.rows] if view.desk.table else []


def test_a_table_is_counted_in_every_way_without_a_screen(study: Study) -> None:
    """Each choice is in the next count; tables of themes share them, and keep them when one comes back."""
    view = PlainTables(study)
    assert labels(view) == ["Pay", "Staff"]
    count_choices.switch_zeros(view)
    count_choices.switch_nets(view)
    assert labels(view) == ["People", "Pay", "Staff", "Money", "Beds"]
    count_choices.next_base(view)
    count_choices.switch_unit(view)
    count_choices.switch_order(view)
    expected = TableOptions(unit="mentions", base="asked", nets=True, zeros=True, order="codebook")
    assert view.desk.choices.options == expected
    view.picked = "region"
    choose_columns(view)
    assert view.desk.has_groups
    looking.change_table(view, 1)
    looking.change_table(view, 1)
    assert view.desk.has_groups


def test_what_is_chosen_goes_before_what_a_block_keeps(tmp_path: Path) -> None:
    """A table of mentions, of all asked, can be one of respondents and of those who answered, as is usual."""
    kept = TableSetting("Q1", choices=KeptOptions(count="mentions", base="asked"))
    study = small_study(tmp_path / "study", settings=Settings("Small", tables=(kept,)))
    session = CodingSession(study, "jo")
    session.toggle(1, "staff")
    for number in ANSWERS:
        session.confirm(number)
    view = PlainTables(study)
    assert view.desk.table is not None
    assert (view.desk.table.counts, view.desk.base) == ("mentions", "asked")
    count_choices.switch_unit(view)
    count_choices.switch_unit(view)
    view.desk.choose_base("answered")
    view.count_anew()
    assert view.desk.table is not None
    assert (view.desk.table.counts, view.desk.base) == ("respondents", "answered")
    study.close()


def test_another_table_is_not_counted_as_themes_are(study: Study) -> None:
    """What is for tables of themes says so on a table of an attribute, and changes nothing."""
    view = PlainTables(study)
    looking.change_table(view, -1)
    assert view.desk.setting == REGIONS
    before = view.desk.table
    for act in (count_choices.switch_zeros, looking.together, looking.new_themes):
        act(view)
    assert view.desk.table == before
    assert view.told == ["This is for tables of themes. study.toml says how the others are counted."] * 3


def test_one_comes_back_to_the_table_that_one_left(study: Study) -> None:
    """A table that was left for its answers is found again with all that had been chosen."""
    view = PlainTables(study)
    view.picked = (Having("region", ("North",)),)
    choose_conditions(view)
    assert view.desk.table is not None
    (row,) = (row for row in view.desk.table.rows if row.label == "Staff")
    answers = view.desk.answers_behind(row, "")
    assert answers == Filter("Q1", theme_ids=("staff",)).having("region", "North", title="region")
    view.desk.leave_for(answers, (row.key, ""))
    again = PlainTables(study, view.desk.left_table)
    assert again.desk.choices == view.desk.choices
    assert labels(again) == labels(view)
    assert "Q1 · 2 of 2" in status(again.desk, 80)


def test_a_table_that_cannot_be_counted_is_said(study: Study) -> None:
    """An attribute that there is not leaves no table, and why; another choice counts again."""
    desk = TablesDesk(study, "Q1")
    desk.choose_by("weather")
    desk.count()
    assert desk.table is None
    assert desk.error is not None
    desk.choose_by("")
    desk.count()
    assert desk.error is None
    assert desk.table is not None


def test_while_answers_are_open_those_read_are_counted(study: Study) -> None:
    """An open answer takes its respondent out of table, pairs and lists, until a base is chosen."""
    session = CodingSession(study, "jo")
    session.toggle(5, "pay")
    view = PlainTables(study)
    assert (view.desk.base, labels(view)) == ("answered", ["Pay", "Staff"])
    session.confirm(5, done=False)
    view.count_anew()
    assert view.desk.table is not None
    assert view.desk.table.base is not None
    assert (view.desk.base, view.desk.table.base.size, view.desk.table.base.answered) == ("read", 3, 4)
    (pay, _) = view.desk.table.rows
    assert (pay.label, pay.respondents) == ("Pay", 1)
    assert unsettled_line(view.desk).startswith(
        "3 of 4 respondents fully read: only they are counted (a: others)"
    )
    behind = view.desk.answers_behind(pay, "")
    assert behind == Filter("Q1", theme_ids=("pay",), all_read=True)
    assert list(codings.matching(study.database, "jo", behind)) == [2]
    assert [pair.both for pair in together(study.database, view.desk.scope, 1, "respondents")] == [1]
    count_choices.next_base(view)
    assert view.desk.base == "answered"
    assert view.desk.table.rows[0].respondents == 2
    assert unsettled_line(view.desk).startswith("Base: respondents that answered Q1 (a: others)")
    looking.change_table(view, 1)
    looking.change_table(view, 1)
    assert view.desk.base == "answered"


def test_a_study_hardly_begun_says_what_is_missing(study: Study) -> None:
    """Where nobody's answers are all read, or have no theme, that is said, and how to count anyway."""
    session = CodingSession(study, "jo")
    view = PlainTables(study)
    session.confirm(1, done=False)
    view.count_anew()
    assert "3 of 4 respondents have all their answers to Q1 read, with no theme on them" in instead_of_rows(
        view.desk
    )
    for number in ANSWERS:
        session.confirm(number, done=False)
    view.count_anew()
    text = instead_of_rows(view.desk)
    assert "0 of 4 respondents have all their answers to Q1 read: nothing to count yet." in text
    assert "a counts all that answered" in text
    while session.undo():
        pass
    view.count_anew()
    assert instead_of_rows(view.desk).startswith("No codings yet for Q1")
