"""Going about in the codebook: to another theme or question, to answers, to what was revised before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.domain.log_moments import local_moment
from coder.domain.near_names import fold_case
from coder.store import codebook_versions
from coder.tui.codebook.theme_actions import merge_themes, take_back
from coder.tui.kit.journal_window import Notes, open_journal
from coder.tui.kit.question_window import TeamTalk, open_questions
from coder.tui.kit.theme_search import best_themes
from coder.tui.kit.theme_text import theme_summary
from coder.tui.kit.windows.window_values import Option, Pick
from coder.workflows.coding.journal import write_note
from coder.workflows.coding.session import CodingSession

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coder.domain.codebook import Codebook, Theme
    from coder.store.codebook_versions import CodebookVersion
    from coder.store.journal import Subject
    from coder.tui.codebook.contract import CodebookView
    from coder.workflows.revising.near_duplicates import Near


def change_question(view: CodebookView, step: int) -> None:
    """Go to the question after or before this one, round and round; after the last come all together."""
    view.desk.change_question(step)
    view.count_anew()


def mark(view: CodebookView) -> None:
    """Mark the theme at the cursor, or take the mark away, and go to the next."""
    row = view.current()
    if row is not None:
        view.desk.switch_mark(row.theme.id)
        view.draw_rows()
        view.go_to_row(view.desk.tree.index(row) + 1)


def list_answers(view: CodebookView, *, to_recode: bool = False) -> None:
    """List the answers of the theme at the cursor, of a net with those of all themes under it."""
    row = view.current()
    if row is None:
        return
    if row.to_recode if to_recode else row.mentions:
        view.list_answers(view.desk.answers_of(row, to_recode=to_recode))
    else:
        missing = "needs a fresh look" if to_recode else "is coded with this theme yet"
        view.tell(f"No answer {missing}.", 3)


def leave(view: CodebookView) -> None:
    """Take the marks away; without marks go back to the answers."""
    if view.desk.marked:
        view.desk.take_marks_away()
        view.draw_rows()
    else:
        view.list_answers(None)


def find(view: CodebookView) -> None:
    """Find a theme of the tree, else of another question, and put the cursor on it."""
    in_tree = [row.theme for row in view.desk.tree]
    ids = {theme.id for theme in in_tree}
    elsewhere = [theme for theme in view.desk.study.codebook if theme.id not in ids]

    def options(typed: str) -> Sequence[Option[str]]:
        themes = best_themes(typed, in_tree) + (best_themes(typed, elsewhere) if typed else [])
        return [Option(theme.label, theme.id, theme_summary(theme), note(theme)) for theme in themes]

    def note(theme: Theme) -> str:
        questions = [] if theme.id in ids else list(theme.questions)
        return " · ".join([*questions, *(["retired"] if theme.status == "retired" else [])])

    def go_to(theme_id: str | None) -> None:
        if theme_id is not None:
            _go_to_theme(view, theme_id)

    view.ask(Pick("Find a theme", options, placeholder="part of a label or definition"), go_to)


def _go_to_theme(view: CodebookView, theme_id: str) -> None:
    """Put the cursor on a theme, if need be among those of another question."""
    index = view.desk.index_of(theme_id)
    if index is None:
        view.desk.go_to_question_of(view.desk.study.codebook.find(theme_id))
        view.count_anew(theme_id)
    else:
        view.go_to_row(index)


def history(view: CodebookView) -> None:
    """List every version, the latest first; picking one shows what taking its revision back would do."""
    versions = codebook_versions.versions_after(view.desk.study.database)
    lines = [_version(version) for version in versions][::-1]

    def options(typed: str) -> Sequence[Option[int]]:
        return [line for line in lines if fold_case(typed) in fold_case(f"{line.label} {line.detail}")]

    def take(number: int | None) -> None:
        if number is not None:
            take_back(view, number)

    title = "History of the codebook · ⏎ shows what taking it back would do"
    view.ask(Pick(title, options, placeholder="a theme, a name, a date"), take)


def _version(version: CodebookVersion) -> Option[int]:
    title = version.label or ("the codebook as the study began" if version.number == 1 else "no change")
    local = local_moment(version.at)
    detail = [title, f"by {version.made_by}, {local:%Y-%m-%d %H:%M}"]
    detail += [f"why: {version.reason}"] if version.reason else []
    detail += ["Taken back since."] if version.undone else []
    note = f"{'taken back · ' if version.undone else ''}{version.made_by} · {local:%Y-%m-%d}"
    return Option(f"{version.number:>3}  {title}", version.number, "\n".join(detail), note)


def journal(view: CodebookView) -> None:
    """Open the journal; a note on the theme at the cursor is offered first."""
    desk, row = view.desk, view.current()
    subjects: list[tuple[Subject, str]] = [("theme", row.theme.id)] if row else []
    subjects += [("question", desk.question_id)] if desk.question_id else []

    def write(text: str, subject: Subject, subject_id: str, replaces: int | None) -> None:
        write_note(CodingSession(desk.study, desk.coder_id), text, subject, subject_id, replaces)
        view.draw_rows()

    undone_by = "u on the coding screen"
    open_journal(view, Notes(desk.study, desk.coder_id, [*subjects, ("study", "")], write, undone_by))


def ask_the_team(view: CodebookView) -> None:
    """Open the questions to the team; one about the theme at the cursor is offered first."""
    desk, row = view.desk, view.current()
    subjects = [("", row.theme.id)] if row else []
    open_questions(view, TeamTalk(desk.study, desk.coder_id, subjects, view.draw_rows))


def near_duplicates(view: CodebookView) -> None:
    """List the themes that are close to each other; picking a pair goes on to merge it."""
    codebook = view.desk.study.codebook
    if not view.desk.near:
        view.tell("No two themes are close to each other.", 3)
        return
    pairs = [_pair(codebook, near) for near in view.desk.near]

    def options(typed: str) -> Sequence[Option[tuple[str, str]]]:
        return [pair for pair in pairs if fold_case(typed) in fold_case(pair.label)]

    def merge(pair: tuple[str, str] | None) -> None:
        if pair is not None:
            merge_themes(view, [view.desk.study.codebook.by_id[theme_id] for theme_id in pair])

    view.ask(Pick("Close to each other · ⏎ merges the two", options), merge)


def _pair(codebook: Codebook, near: Near) -> Option[tuple[str, str]]:
    themes = [codebook.by_id[theme_id] for theme_id in near.theme_ids]
    detail = [near.why, *(f"{theme.label}\n{theme_summary(theme)}" for theme in themes)]
    label = " | ".join(theme.label for theme in themes)
    return Option(label, near.theme_ids, "\n\n".join(detail), f"{near.strength * 100:.0f}%")
