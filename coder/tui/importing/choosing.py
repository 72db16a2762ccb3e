"""What a person decides about an import: the role of each column, the study's folder, its codebook."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from coder.tui.importing.review import CodebookChoice
from coder.tui.kit.ask import Ask
from coder.tui.kit.path_picker import pick_codebook
from coder.tui.kit.pick import Option, Pick

if TYPE_CHECKING:
    from coder.domain.surveys.import_choices import RowMeaning
    from coder.domain.surveys.survey_layout import Role
    from coder.tui.importing.contract import ImportView


_ROW_MEANINGS: tuple[tuple[RowMeaning, str], ...] = (
    ("respondent", "a respondent: each row is somebody"),
    ("part", "a part of what a respondent said: rows with the same id belong together"),
    ("answer", "one answer: a column says who answered, another holds the text"),
)


def choose_role(view: ImportView, role: Role) -> None:
    """Give the column at the cursor another role."""
    if view.review.plan is not None and not view.busy:
        view.review.give_role(view.current(), role)
        view.show_roles()


def next_role(view: ImportView) -> None:
    """Give the column at the cursor the next role that it can have."""
    if view.review.plan is not None and not view.busy:
        view.review.give_next_role(view.current())
        view.show_roles()


def ask_row_meaning(view: ImportView) -> None:
    """Ask what a row of the file holds."""

    def use(meaning: RowMeaning | None) -> None:
        if meaning is not None:
            view.review.say_row_meaning(meaning)
            view.show_roles()

    def options(_typed: str) -> list[Option[RowMeaning]]:
        return [Option(label, meaning) for meaning, label in _ROW_MEANINGS]

    if view.review.plan is not None and not view.busy:
        view.ask(Pick("What does a row of the file hold?", options, placeholder="Esc: as it is"), use)


def ask_folder(view: ImportView) -> None:
    """Ask where the study is to be made."""

    def use(typed: str | None) -> None:
        if typed and typed.strip():
            view.review.use_folder(Path(typed.strip()).expanduser())
            view.show_all()

    hint = "⏎ takes it · a folder that does not exist yet · Esc leaves it as it is"
    view.ask(Ask("The study's folder", str(view.review.folder), hint), use)


def ask_codebook(view: ImportView) -> None:
    """Ask which codebook the study begins with."""

    def use(path: Path | None) -> None:
        if path is not None and path.name:
            view.read_codebook(path)
        elif path is not None:
            view.review.use_codebook(CodebookChoice(None))
            view.show_all()

    if not view.busy:
        view.ask(pick_codebook(Path.cwd()), use)
