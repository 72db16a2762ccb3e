"""The codebook screen: what is counted and listed, and each revision as a person makes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from codebook_study import (
    BEDS,
    BUDGETS,
    LOST,
    LOW,
    NOBODY,
    at,
    codebook_of,
    coded,
    coded_study,
    fill,
    theme,
    version,
)
from coding_study import burst, coding, press
from making import CODEBOOK, small_study
from piloting import LARGE, notices, settle, shown
from textual.widgets import Static

from coder.domain.codebook import Codebook, Theme
from coder.domain.filters import Filter
from coder.store import codebook_versions, recode_queues
from coder.store.journal import entries
from coder.store.team.question_rows import team_questions
from coder.tui.codebook import proposing
from coder.tui.codebook.names_window import NamesWindow
from coder.tui.codebook.plan_window import PlanWindow
from coder.tui.codebook.screen import CodebookScreen
from coder.tui.codebook.theme_form import ThemeForm
from coder.tui.coding.screen import CodingScreen
from coder.tui.kit.area import Area
from coder.tui.kit.windows.pick import OptionLines, PickWindow
from coder.tui.kit.windows.show import ShowWindow
from coder.tui.kit.working import Working
from coder.workflows.coding.session import CodingSession
from coder.workflows.revising import revising
from coder.workflows.study.opening import open_study
from coder.workflows.tables.codebook_counts import codebook_counts

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from textual.pilot import Pilot

    from coder.workflows.study.study import Study


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    """Make a small coded study."""
    study = coded_study(tmp_path / "study")
    yield study
    study.close()


def details(pilot: Pilot[None]) -> str:
    """Return what is said of the theme at the cursor."""
    return str(pilot.app.screen.query_one("#details Static", Static).content)


def plan_text(pilot: Pilot[None]) -> str:
    """Return the plan on screen."""
    screen = pilot.app.screen
    assert isinstance(screen, PlanWindow)
    return str(screen.query_one("VerticalScroll Static", Static).content)


async def test_the_tree_counts_as_tables_do(coded_sample: Study) -> None:
    """Every theme and net of the question has the workflow's counts, under its net."""
    async with codebook_of(coded_sample) as (_, screen):
        counted = codebook_counts(coded_sample, screen.desk.question_id)
        rows = {row.theme.id: row for row in screen.desk.tree}
        assert {row.theme.id for row in screen.desk.tree if row.mentions} == set(counted)
        for theme_id, count in counted.items():
            assert (rows[theme_id].respondents, rows[theme_id].mentions) == count
        assert [(r.theme.id, r.depth) for r in screen.desk.tree] == [
            (each.id, depth) for each, depth in coded_sample.codebook.tree(screen.desk.question_id)
        ]


async def test_retired_themes_stand_at_the_end_and_say_so(study: Study) -> None:
    """A retired theme comes last with the word, an unused one has its word too."""
    async with codebook_of(study) as (_, screen):
        states = {row.theme.id: row.state for row in screen.desk.tree}
        assert screen.desk.tree[-1].theme.id == "old"
        assert states == {
            "people": "", "pay": "", "staff": "", "money": "", "beds": "", "old": "retired",
        }  # fmt: skip


async def test_codings_of_flagged_answers_are_told(study: Study) -> None:
    """What a coder flagged counts for the themes they chose there, not for another coder's."""
    CodingSession(study, "jo").toggle_flag(LOST)
    CodingSession(study, "jo").toggle_flag(NOBODY)
    async with codebook_of(study) as (_, screen):
        states = {row.theme.id: row.state for row in screen.desk.tree}
        assert (states["pay"], states["staff"], states["beds"]) == ("1 flagged", "1 flagged", "")


async def test_enter_lists_a_themes_answers(study: Study) -> None:
    """Enter lists the answers of a theme, of a net those of all themes under it."""
    async with codebook_of(study) as (pilot, screen):
        at(screen, "people")
        await press(pilot, "enter")
        behind = pilot.app.screen
        assert isinstance(behind, CodingScreen)
        assert behind.desk.listing.filter == Filter(
            "Q1", theme_ids=("people", "pay", "staff"), agreed="settled"
        )
        assert list(behind.desk.listing.numbers) == [LOST, LOW, NOBODY]


async def test_a_note_on_the_theme_is_written_here_too(study: Study) -> None:
    """It stands with the theme; the coding screen, whose step it is, takes it back."""
    async with codebook_of(study) as (pilot, screen):
        at(screen, "pay")
        await burst(pilot, "J\n")
        await burst(pilot, "Wages, not pensions.", "ctrl+s")
        (note,) = entries(study.database)
        assert (note.coder_id, note.subject, note.subject_id) == ("jo", "theme", "pay")
        assert "u on the coding screen takes it back" in notices(pilot)
        assert "jo: Wages, not pensions." in details(pilot)
        at(screen, "beds")
        await settle(pilot)
        assert "pensions" not in details(pilot)
        await press(pilot, "escape", "u")
        assert entries(study.database) == []


async def test_rename_is_done_at_once_and_taken_back(study: Study) -> None:
    """`e`, the label, Enter: stored and written; `u` takes it back."""
    async with codebook_of(study) as (pilot, screen):
        at(screen, "pay")
        await press(pilot, "e")
        await fill(pilot, "label", "Wages")
        await press(pilot, "enter")
        assert pilot.app.screen is screen
        assert theme(study, "pay").label == "Wages"
        current = screen.current()
        assert current is not None
        assert current.theme.label == "Wages"
        assert "Rename 'Pay' to 'Wages'" in notices(pilot)
        await press(pilot, "u")
        assert theme(study, "pay").label == "Pay"
        assert version(study) == 3


async def test_typing_at_once_renames(study: Study) -> None:
    """Keys typed before the form is there are not lost and do nothing else."""
    async with codebook_of(study) as (pilot, screen):
        at(screen, "money")
        await burst(pilot, "exmas funds\n")
        assert theme(study, "money").label == "xmas funds"
        assert theme(study, "money").status == "active"


async def test_a_first_definition_is_written_at_once(study: Study) -> None:
    """A definition where there was none asks nothing; every field is stored."""
    async with codebook_of(study) as (pilot, screen):
        at(screen, "pay")
        await press(pilot, "e", "tab")
        await burst(pilot, "What people\nearn.")
        await fill(pilot, "examples", "Pay is low.\n\n  Wages, too. ")
        await fill(pilot, "keywords", "wage,  salar ,")
        await press(pilot, "ctrl+s")
        pay = theme(study, "pay")
        assert pay.definition == "What people\nearn."
        assert pay.examples == ("Pay is low.", "Wages, too.")
        assert pay.keywords == ("wage", "salar")


async def test_the_form_says_what_is_wrong_while_one_types(study: Study) -> None:
    """An empty label, or one that another theme has, is told and not saved; Esc twice drops it."""
    async with codebook_of(study) as (pilot, screen):
        at(screen, "pay")
        await press(pilot, "e")
        for label, fault in (("", "needs a label"), (" mONEY ", "has this label already")):
            await fill(pilot, "label", label)
            assert fault in shown(pilot, "say")
            await press(pilot, "enter")
            assert isinstance(pilot.app.screen, ThemeForm)
        await press(pilot, "escape")
        assert "Esc again" in shown(pilot, "say")
        await press(pilot, "escape")
        assert version(study) == 1


@pytest.mark.parametrize(("keys", "waiting"), [(["enter"], 3), (["down", "enter"], 0)])
async def test_a_used_theme_redefined_asks_about_its_codings(
    study: Study, keys: list[str], waiting: int
) -> None:
    """Another definition asks whether the codings need a fresh look, or stay."""
    async with codebook_of(study) as (pilot, screen):
        at(screen, "pay")
        await press(pilot, "e")
        await fill(pilot, "definition", "Old")
        await press(pilot, "ctrl+s", "e")
        await fill(pilot, "definition", "New")
        await press(pilot, "ctrl+s")
        assert isinstance(pilot.app.screen, PickWindow)
        await press(pilot, *keys)
        if waiting:
            assert "need a person" in plan_text(pilot)
            await press(pilot, "enter")
        assert theme(study, "pay").definition == "New"
        assert recode_queues.waiting_by_theme(study.database, "Q1").get("pay", 0) == waiting
        row = screen.current()
        assert row is not None
        assert row.to_recode == waiting


async def test_add_a_theme_after_the_one_at_the_cursor(study: Study) -> None:
    """`a` adds a theme in the same net, after the theme at the cursor."""
    async with codebook_of(study) as (pilot, screen):
        at(screen, "pay")
        await press(pilot, "a")
        await fill(pilot, "label", "Pensions")
        await fill(pilot, "include", "Lump sums")
        await press(pilot, "ctrl+s")
        ids = [each.id for each in study.codebook]
        new = ids[ids.index("pay") + 1]
        added = theme(study, new)
        assert (added.label, added.parent, added.include) == ("Pensions", "people", "Lump sums")
        current = screen.current()
        assert current is not None
        assert current.theme.id == new
        assert current.state == "unused"


async def test_merge_two_marked_themes(study: Study) -> None:
    """Space on both, `m`, Enter: the plan shows each row before and after, and nothing is written yet."""
    async with codebook_of(study) as (pilot, screen):
        at(screen, "pay")
        await press(pilot, "space", "space", "m", "enter")
        assert "2 -> 0 councils" in plan_text(pilot)
        assert version(study) == 1
        await burst(pilot, "the same thing\n")
        assert pilot.app.screen is screen
        assert theme(study, "staff").status == "retired"
        assert coded(study)["pay"] == [LOST, LOW, NOBODY]
        latest = codebook_versions.latest_version(study.database)
        assert latest is not None
        assert (latest.reason, latest.coder_id) == ("the same thing", "jo")
        current = screen.current()
        assert current is not None
        assert current.theme.id == "pay"
        assert not screen.desk.marked


async def test_merge_under_a_new_name(study: Study) -> None:
    """What is typed becomes the theme that both go on as."""
    async with codebook_of(study) as (pilot, screen):
        at(screen, "money")
        await press(pilot, "space", "space", "m")
        await burst(pilot, "Resources\n")
        await press(pilot, "enter")
        new = next(each.id for each in study.codebook if each.label == "Resources")
        assert coded(study)[new] == [BEDS, BUDGETS]
        assert theme(study, "money").status == theme(study, "beds").status == "retired"


async def test_split_one_in_three(study: Study) -> None:
    """`s` and three names: the parts are there, the codings wait for a person; `u` shows the way back."""
    async with codebook_of(study) as (pilot, screen):
        at(screen, "pay")
        before = coded(study)
        await burst(pilot, "sWages\nOvertime, nights\nPay")
        assert "goes on, narrower" in shown(pilot, "say")
        await press(pilot, "ctrl+s")
        assert "need a person" in plan_text(pilot)
        await press(pilot, "enter")
        assert coded(study) == before
        assert recode_queues.waiting_by_theme(study.database, "Q1") == {"pay": 3}
        assert [each.label for each in study.codebook if each.parent == "people"] == [
            "Pay", "Wages", "Overtime, nights", "Staff",
        ]  # fmt: skip
        await press(pilot, "u")
        assert isinstance(pilot.app.screen, PlanWindow)
        await press(pilot, "enter")
        assert study.codebook == CODEBOOK
        assert recode_queues.waiting_by_theme(study.database, "Q1") == {}


async def test_a_split_needs_two_parts(study: Study) -> None:
    """One name, or a retired one, is not enough; Esc leaves the theme whole."""
    async with codebook_of(study) as (pilot, screen):
        at(screen, "pay")
        await burst(pilot, "sWages")
        await press(pilot, "ctrl+s")
        assert isinstance(pilot.app.screen, NamesWindow)
        assert "Two parts at least" in shown(pilot, "say")
        await burst(pilot, "\nold WAYS")
        await press(pilot, "ctrl+s")
        assert "retired" in shown(pilot, "say")
        await press(pilot, "escape")
        assert version(study) == 1


async def test_move_a_theme_to_another_net(study: Study) -> None:
    """`>` and a net: the plan shows what the net counts then; a new net can be typed, and none picked."""
    async with codebook_of(study) as (pilot, screen):
        at(screen, "money")
        await press(pilot, "greater_than_sign")
        await burst(pilot, "peop\n")
        assert "People (net)" in plan_text(pilot)
        await press(pilot, "enter")
        assert theme(study, "money").parent == "people"
        await press(pilot, "v")
        await burst(pilot, "Means\n")
        await press(pilot, "enter")
        net = theme(study, theme(study, "money").parent or "")
        assert (net.label, net.codable, net.parent) == ("Means", False, None)
        await press(pilot, "v", "enter")
        await press(pilot, "enter")
        assert theme(study, "money").parent is None


async def test_move_marked_themes_together(study: Study) -> None:
    """Themes that are marked move under a net in one revision."""
    async with codebook_of(study) as (pilot, screen):
        at(screen, "money")
        await press(pilot, "space", "space", "v")
        await burst(pilot, "People\n")
        await press(pilot, "enter")
        assert theme(study, "money").parent == theme(study, "beds").parent == "people"
        assert version(study) == 2


async def test_retire_and_bring_back(study: Study) -> None:
    """`x` on a used theme shows a plan; on a retired one it brings it back; its codings stay."""
    async with codebook_of(study) as (pilot, screen):
        before = coded(study)
        at(screen, "beds")
        await press(pilot, "x")
        assert isinstance(pilot.app.screen, PlanWindow)
        await press(pilot, "escape")
        assert version(study) == 1
        await press(pilot, "x", "enter")
        assert theme(study, "beds").status == "retired"
        current = screen.current()
        assert current is not None
        assert (current.theme.id, current.state) == ("beds", "retired")
        await press(pilot, "x", "enter")
        assert theme(study, "beds").status == "active"
        assert coded(study) == before


async def test_what_makes_no_sense_is_told_in_place(study: Study) -> None:
    """A net with themes cannot be retired: a notice says so, and the screen stays."""
    async with codebook_of(study) as (pilot, screen):
        at(screen, "people")
        await press(pilot, "x")
        assert pilot.app.screen is screen
        assert "is the net of Pay, Staff" in notices(pilot)
        await press(pilot, "u")
        assert "No revision of the codebook stands" in notices(pilot)


async def test_another_persons_revision_is_shown_before_it_is_taken_back(study: Study) -> None:
    """`u` takes back at once only what was done on this screen."""
    revision = revising.begin(study).change("pay", label="Wages")
    revising.apply(study, revising.plan(study, revision), "max")
    async with codebook_of(study) as (pilot, _):
        await press(pilot, "u")
        assert "Take back revision 2" in plan_text(pilot)
        await press(pilot, "enter")
        assert theme(study, "pay").label == "Pay"


async def test_history_takes_back_any_revision(study: Study) -> None:
    """`h` lists who did what; Enter on an earlier revision shows its way back."""
    async with codebook_of(study) as (pilot, screen):
        for theme_id, label in (("pay", "Wages"), ("money", "Funds")):
            at(screen, theme_id)
            await press(pilot, "e")
            await fill(pilot, "label", label)
            await press(pilot, "enter")
        await press(pilot, "h")
        listed = [option.label for option in pilot.app.screen.query_one(OptionLines).options]
        assert [line.split()[0] for line in listed] == ["3", "2", "1"]
        assert "rename 'Money' to 'Funds'" in listed[0]
        await press(pilot, "down", "enter")
        if isinstance(pilot.app.screen, PlanWindow):
            await press(pilot, "enter")
        assert (theme(study, "pay").label, theme(study, "money").label) == ("Pay", "Funds")
        await press(pilot, "h", "end", "down", "down", "down", "enter")
        assert "No revision made version 1" in notices(pilot)


async def test_edits_of_the_file_wait_and_are_decided_on(study: Study) -> None:
    """A deleted theme with codings is told; `p` asks retire or merge, shows the plan and applies it."""
    async with codebook_of(study) as (pilot, screen):
        source = study.codebook_path.read_text(encoding="utf-8")
        start = source.index("  - id: beds")
        end = source.index("  - id: old")
        study.codebook_path.write_text(source[:start] + source[end:], encoding="utf-8")
        screen.notice_others()
        await settle(pilot)
        assert screen.query_one("#waiting").display
        await press(pilot, "x")
        assert "they wait" in notices(pilot)
        await press(pilot, "p")
        assert "gone from the file" in str(pilot.app.screen.query_one(Static).content)
        await press(pilot, "down", "enter")
        await burst(pilot, "money\n")
        assert "merged" in plan_text(pilot)
        await press(pilot, "enter")
        assert theme(study, "beds").status == "retired"
        assert coded(study)["money"] == [BEDS, BUDGETS]
        assert not screen.query_one("#waiting").display
        await press(pilot, "p")
        assert "no edits that wait" in notices(pilot)


async def test_another_programs_revision_shows(study: Study) -> None:
    """An edit that concerns no coding is taken up while the screen is open."""
    async with codebook_of(study) as (pilot, screen):
        source = study.codebook_path.read_text(encoding="utf-8")
        study.codebook_path.write_text(
            source.replace("label: Old ways", "label: Older ways"), encoding="utf-8"
        )
        screen.notice_others()
        await settle(pilot)
        assert screen.desk.tree[-1].theme.label == "Older ways"


async def test_find_and_change_the_question(coded_sample: Study) -> None:
    """`/` goes to a theme by a part of its label; `]` goes round the questions and all of them."""
    async with codebook_of(coded_sample) as (pilot, screen):
        assert screen.desk.question_id == "Q16"
        await burst(pilot, "/recruit\n")
        current = screen.current()
        assert current is not None
        assert current.theme.label == "Recruitment and retention"
        seen = []
        for _ in range(5):
            await press(pilot, "right_square_bracket")
            seen.append(screen.desk.question_id)
        assert seen == ["Q17", "Q18", None, "Q15", "Q16"]
        await press(pilot, "left_square_bracket", "left_square_bracket")
        assert screen.desk.question_id is None
        assert len(screen.desk.tree) == len(coded_sample.codebook.themes)
        place = next(
            i for i, row in enumerate(screen.desk.tree) if row.theme.id.startswith("q17") and row.mentions
        )
        screen.go_to_row(place)
        await press(pilot, "enter")
        behind = pilot.app.screen
        assert isinstance(behind, CodingScreen)
        assert behind.desk.listing.filter.question_id == "Q17"


async def test_namesakes_are_told_apart(tmp_path: Path) -> None:
    """Of themes with the same label each has its questions after it."""
    themes = (
        Theme("one", "Pay", questions=("Q1",)),
        Theme("two", "Pay", questions=("Q2",)),
        Theme("b", "Beds"),
    )
    study = small_study(tmp_path / "study", codebook=Codebook(themes))
    async with codebook_of(study) as (pilot, screen):
        await press(pilot, "right_square_bracket")
        lines = [screen.rows.draw_line(line)[0].text for line in range(3)]
        assert ["Pay (Q1)" in lines[0], "Pay (Q2)" in lines[1], "Beds " in lines[2]] == [True] * 3
    study.close()


async def test_the_answers_to_recode_are_listed(study: Study) -> None:
    """`r` lists the answers whose codings of the theme need a fresh look."""
    async with codebook_of(study) as (pilot, screen):
        at(screen, "pay")
        await press(pilot, "r")
        assert "No answer needs a fresh look" in notices(pilot)
        revising.apply(study, revising.plan(study, revising.begin(study).recheck("pay")), "jo")
        screen.count_anew()
        await press(pilot, "r")
        behind = pilot.app.screen
        assert isinstance(behind, CodingScreen)
        assert behind.desk.listing.filter == Filter("Q1", show="recode", theme_ids=("pay",))


async def test_the_coding_screen_goes_on_with_the_revision(study: Study) -> None:
    """After a merge the answer behind has the theme that came of it, and the retired one is not offered."""
    async with coding(study) as (pilot, behind):
        behind.show(LOST)
        assert behind.desk.here.standing.theme_ids == ("pay", "staff")
        await press(pilot, "b")
        screen = pilot.app.screen
        assert isinstance(screen, CodebookScreen)
        at(screen, "pay")
        await press(pilot, "space", "space", "m", "enter", "enter", "escape")
        assert pilot.app.screen is behind
        assert list(behind.desk.here.standing.theme_ids) == ["pay"]
        assert all(row is None or row.theme_id != "staff" for row in behind.panes.themes.rows)


async def test_a_queue_that_is_taken_back_is_left(study: Study) -> None:
    """Where taking back a split empties the queue on screen, one is back among all answers."""
    async with coding(study) as (pilot, behind):
        await press(pilot, "b")
        screen = pilot.app.screen
        assert isinstance(screen, CodebookScreen)
        at(screen, "pay")
        await burst(pilot, "sWages\nPensions")
        await press(pilot, "ctrl+s", "enter", "escape")
        assert "wait to be recoded" in notices(pilot)
        await press(pilot, "w")
        assert list(behind.desk.listing.numbers) == [LOST, LOW]
        await press(pilot, "b", "u", "enter", "escape")
        assert pilot.app.screen is behind
        assert behind.desk.listing.filter.show == "all"
        assert behind.desk.waiting == 0


async def test_escape_takes_marks_away_first(study: Study) -> None:
    """Esc clears the marks, Esc again goes back."""
    async with codebook_of(study) as (pilot, screen):
        await press(pilot, "space")
        assert screen.desk.marked == {"people"}
        await press(pilot, "escape")
        assert (screen.desk.marked, pilot.app.screen) == (set(), screen)
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, CodingScreen)


async def test_themes_close_to_each_other_are_hinted_at_and_merged(study: Study) -> None:
    """Themes on the same answers are told beside the theme; `d` lists the pair, Enter goes on to merge."""
    jo = CodingSession(study, "jo")
    for response in (LOW, BUDGETS):
        jo.toggle(response, "staff")
    jo.toggle(BUDGETS, "pay")
    async with codebook_of(study, LARGE) as (pilot, screen):
        at(screen, "pay")
        assert "Staff: often together: 4 of 4 answers have both" in details(pilot)
        await press(pilot, "d", "enter", "enter")
        assert "merged" in plan_text(pilot)
        await press(pilot, "enter")
        assert theme(study, "staff").status == "retired"
        await press(pilot, "d")
        assert "No two themes are close" in notices(pilot)


async def test_find_goes_to_another_question(coded_sample: Study) -> None:
    """What is typed is found among the themes of other questions too, which are then shown."""
    async with codebook_of(coded_sample) as (pilot, screen):
        assert screen.desk.question_id == "Q16"
        await press(pilot, "slash")
        await burst(pilot, "joint working")
        assert "Q15 · Q18" in str(pilot.app.screen.query_one(OptionLines).options[0].note)
        await burst(pilot, "\n")
        current = screen.current()
        assert current is not None
        assert (screen.desk.question_id, current.theme.id) == ("Q15", "q15-joint-working")
        assert "Joint working" in details(pilot)


async def test_a_long_plan_is_announced(study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a large study a window says that the plan is worked out; the plan, and its undoing, follow."""
    said: list[str] = []
    begin = Working.on_mount

    def noted(window: Working) -> None:
        said.append(str(window.query_one(Static).content))
        begin(window)

    monkeypatch.setattr(Working, "on_mount", noted)
    monkeypatch.setattr(proposing, "MANY_CODINGS", 3)
    async with codebook_of(study) as (pilot, screen):
        at(screen, "pay")
        await press(pilot, "m", "s", "t", "a", "f", "f", "enter")
        assert said == ["Working out what changes …"]
        assert "merged" in plan_text(pilot)
        await press(pilot, "enter")
        await settle(pilot)
        assert len(said) == 2
        assert theme(study, "pay").status == "retired"
        await press(pilot, "u")
        assert "Take back revision 2" in plan_text(pilot)
        await press(pilot, "enter")
        await settle(pilot)
        assert theme(study, "pay").status == "active"
        assert len(said) == 4
        assert pilot.app.screen is screen


async def test_an_empty_codebook_says_how_to_add(tmp_path: Path) -> None:
    """Without themes the screen says how the first is made; keys for themes do nothing."""
    study = small_study(tmp_path / "study", codebook=Codebook(()))
    async with codebook_of(study) as (pilot, screen):
        assert "No themes yet" in shown(pilot, "empty")
        await press(pilot, "e", "m", "s", "v", "x", "space", "enter", "down", "r")
        assert pilot.app.screen is screen
        await press(pilot, "a")
        await fill(pilot, "label", "Pay")
        await press(pilot, "enter")
        assert [(each.label, each.questions) for each in study.codebook] == [("Pay", ("Q1",))]
        assert len(screen.desk.tree) == 1
    study.close()


async def test_a_thousand_themes(tmp_path: Path) -> None:
    """A thousand themes are listed, and the last one is a key away."""
    themes = tuple(Theme(f"t{place}", f"Theme {place}") for place in range(1000))
    study = small_study(tmp_path / "study", codebook=Codebook(themes))
    async with codebook_of(study) as (pilot, screen):
        await press(pilot, "end")
        current = screen.current()
        assert current is not None
        assert current.theme.id == "t999"
        assert "t999" in details(pilot)
    study.close()


async def test_the_mouse_selects_and_opens(study: Study) -> None:
    """A click shows a theme, a second lists its answers."""
    async with codebook_of(study) as (pilot, screen):
        await pilot.click("#rows", offset=(9, 2))
        await settle(pilot)
        current = screen.current()
        assert current is not None
        assert current.theme.id == "pay"
        assert "Pay" in details(pilot)
        await pilot.click("#rows", offset=(9, 2))
        await settle(pilot)
        assert isinstance(pilot.app.screen, CodingScreen)


async def test_help_tells_every_key(study: Study) -> None:
    """`?` lists what a person can do here."""
    async with codebook_of(study) as (pilot, _):
        await press(pilot, "question_mark")
        assert isinstance(pilot.app.screen, ShowWindow)


async def test_a_plan_that_another_revision_overtook(study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    """While a plan is on screen somebody else revises the codebook: Enter says so, and changes nothing."""
    for screen_module in ("codebook", "coding"):
        # The screens look when the test has them look, not in between.
        monkeypatch.setattr(f"coder.tui.{screen_module}.screen.POLL_SECONDS", 3600)
    async with codebook_of(study) as (pilot, screen):
        at(screen, "pay")
        await press(pilot, "m", "s", "t", "a", "f", "f", "enter")
        assert "merged" in plan_text(pilot)
        other = open_study(study.folder)
        revision = revising.begin(other).change("beds", label="Wards")
        revising.apply(other, revising.plan(other, revision), "max")
        other.close()
        await press(pilot, "enter")
        assert "codebook.yaml was edited since the plan was made." in notices(pilot)
        assert version(study) == 2
        screen.notice_others()
        below = next(each for each in pilot.app.screen_stack if isinstance(each, CodingScreen))
        below.notice_others()
        await settle(pilot)
        assert "codebook.yaml was edited since the plan was made." in notices(pilot)
        assert "Wards" in [row.theme.label for row in screen.desk.tree]
        assert theme(study, "pay").status == "active"


@pytest.mark.parametrize("agree", [True, False])
async def test_a_linked_codebook_is_asked_about(study: Study, agree: bool) -> None:
    """A codebook that is a link is written where it leads once somebody has agreed; then without asking."""
    elsewhere = study.folder.parent / "kept-in-git.yaml"
    study.codebook_path.rename(elsewhere)
    study.codebook_path.symlink_to(elsewhere)
    before = elsewhere.read_text(encoding="utf-8")
    async with codebook_of(study) as (pilot, screen):
        revision = proposing.begin(screen).change("staff", label="S2")
        proposing.propose(screen, revision, "staff")
        await settle(pilot)
        assert str(elsewhere) in str(pilot.app.screen.query_one("VerticalScroll Static", Static).content)
        await press(pilot, *(["down", "enter"] if agree else ["enter"]))
        if not agree:
            assert elsewhere.read_text(encoding="utf-8") == before
            return
        assert "label: S2" in elsewhere.read_text(encoding="utf-8")
        proposing.propose(screen, proposing.begin(screen).change("staff", label="S3"), "staff")
        await settle(pilot)
        assert pilot.app.screen is screen
        assert "label: S3" in elsewhere.read_text(encoding="utf-8")
    assert study.codebook_path.is_symlink()


async def test_a_question_to_the_team_about_a_theme(study: Study) -> None:
    """A asks about the theme at the cursor, and shows what was asked."""
    async with codebook_of(study) as (pilot, screen):
        at(screen, "pay")
        await press(pilot, "A", "enter")
        pilot.app.screen.query_one(Area).text = "Is agency staff pay?"
        await press(pilot, "ctrl+s")
        (question,) = team_questions(study.database)
        assert (question.theme_id, question.response_id, question.by) == ("pay", "", "jo")
        await press(pilot, "A", "down", "enter", "down", "enter")
        (question,) = team_questions(study.database)
        assert question.is_closed
