"""What a person decides about an import: the role of each column, the study's folder, its codebook."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from coder.domain.grammar import counted
from coder.domain.surveys.doubt_ways import Way
from coder.errors import CoderError
from coder.text.inert import inert
from coder.tui.importing.review import CodebookChoice
from coder.tui.kit.path_picker import pick_codebook
from coder.tui.kit.windows.window_values import Ask, Option, Pick
from coder.workflows.exchange.survey_import import choose_about, choose_weight, encodings_of, join_boxes

if TYPE_CHECKING:
    from collections.abc import Callable

    from coder.domain.surveys.import_choices import RowMeaning
    from coder.domain.surveys.survey_layout import Role, SurveyColumn, SurveyLayout
    from coder.tui.importing.contract import ImportView


_FOLDED = CoderError("These columns are left out together.", "Space opens the line, to choose one of them.")
_LONG = CoderError("Each row of this file is an answer: its column of box numbers says which box.", "")

_ROW_MEANINGS: tuple[tuple[RowMeaning, str], ...] = (
    ("respondent", "a respondent: each row is somebody"),
    ("part", "a part of what a respondent said: rows with the same id belong together"),
    ("answer", "one answer: a column says who answered, another holds the text"),
)


def choose_role(view: ImportView, role: Role) -> None:
    """Give the column at the cursor another role."""
    position = view.columns.current
    if view.review.plan is None or view.busy:
        return
    if position is None:
        _say(view, _FOLDED)
        return
    _change(view, partial(view.review.give_role, position, role))


def _change(view: ImportView, change: Callable[[], None]) -> None:
    """Change what is understood of the file; what cannot be is told, and changes nothing."""
    try:
        change()
    except CoderError as error:
        _say(view, error)
    else:
        view.show_roles()


def ask_about(view: ImportView) -> None:
    """Ask what the column at the cursor tells something about."""
    position, plan = view.columns.current, view.review.plan
    if plan is None or view.busy:
        return
    if position is None:
        _say(view, _FOLDED)
        return
    column = plan.layout.columns[position]
    if column.role not in ("attribute", "ignore"):
        _say(view, CoderError(f"'{column.name}' is no attribute.", "a makes it one."))
        return
    subjects = _subjects(plan.layout)

    def use(subject: str | None) -> None:
        if subject is not None:
            _change(view, lambda: view.review.take_plan(choose_about(plan, position, subject)))

    def options(typed: str) -> list[Option[str]]:
        wanted = typed.casefold()
        return [option for option in subjects if wanted in f"{option.label} {option.note}".casefold()]

    title = f"What does {inert(column.name)} tell something about?"
    view.ask(Pick(title, options, placeholder="a part of it; Esc: as it is"), use)


def _subjects(layout: SurveyLayout) -> list[Option[str]]:
    """Return what a column may be about: in what follows, questions and boxes have their wordings."""
    if layout.shape == "wide":
        subjects = [Option("the respondent", "respondents")]
    else:
        subjects = [
            Option("as its values tell: the answers if it differs within a respondent", ""),
            Option("the answers of its row", "answers"),
            Option("the respondent: what more of the rows say counts", "respondents"),
        ]
    boxes: dict[str, list[SurveyColumn]] = {}
    for column in layout.of_role("open"):
        boxes.setdefault(column.question_id, []).append(column)
    for question_id, columns in boxes.items():
        subjects.append(Option(f"the answers to {question_id}", question_id, note=inert(columns[0].label)))
        if len(columns) > 1:
            subjects += [
                Option(f"those in box {box.item} of {question_id}", box.name, note=inert(box.name))
                for box in columns
            ]
    return subjects


def switch_weight(view: ImportView) -> None:
    """Have the column at the cursor hold the respondents' survey weights, or no longer."""
    position, plan = view.columns.current, view.review.plan
    if plan is None or view.busy:
        return
    if position is None:
        _say(view, _FOLDED)
        return
    _change(view, lambda: view.review.take_plan(choose_weight(plan, position)))


def next_role(view: ImportView) -> None:
    """Give the column at the cursor the next role that it can have; open or close a line of several."""
    position = view.columns.current
    if view.review.plan is None or view.busy:
        return
    if position is None:
        view.columns.turn_fold()
        view.show_all()
        return
    _change(view, partial(view.review.give_next_role, position))


def join_above(view: ImportView) -> None:
    """Make the column at the cursor one more box of the question above it."""
    position, above = view.columns.current, view.columns.above
    if view.review.plan is None or view.busy:
        return
    columns, shape = view.review.plan.layout.columns, view.review.plan.layout.shape
    if shape == "long":
        _say(view, _LONG)
    elif position is None:
        _say(view, _FOLDED)
    elif _confirmed(view, position):
        view.show_roles()
    elif above is None or columns[above].role != "open":
        _say(view, CoderError("The line above is no open question.", "+ joins a column with the one above."))
    elif columns[position].role == "open" and columns[position].question_id == columns[above].question_id:
        _say(view, CoderError(f"It is a box of {columns[above].question_id} already.", "- parts it."))
    else:
        _change(view, partial(view.review.join, position, columns[above].question_id))


def _confirmed(view: ImportView, position: int) -> bool:
    """Settle that a column is a box of its question, if that was in doubt."""
    plan = view.review.plan
    if plan is None or plan.layout.columns[position].role != "open":
        return False
    question = plan.layout.columns[position].question_id
    doubts = len(plan.layout.doubts)
    boxes = [column.position for column in plan.layout.of_role("open") if column.question_id == question]
    if len(boxes) == 1:
        return False
    settled = join_boxes(plan, boxes[-1], question)
    if len(settled.layout.doubts) == doubts:
        return False
    view.review.take_plan(settled, f"{counted(len(boxes), 'column')} are boxes of {question}: confirmed.")
    return True


def part(view: ImportView) -> None:
    """Make the open column at the cursor a question of its own."""
    position = view.columns.current
    if view.review.plan is None or view.busy:
        return
    layout = view.review.plan.layout
    if layout.shape == "long":
        _say(view, _LONG)
    elif position is None or layout.columns[position].role != "open":
        _say(view, CoderError("This is no box of an open question.", "o makes it one; - parts a box."))
    else:
        _change(view, partial(view.review.part, position))


def _say(view: ImportView, fault: CoderError) -> None:
    view.review.fail(fault)
    view.show_all()


def ask_row_meaning(view: ImportView) -> None:
    """Ask what a row of the file holds."""

    def use(meaning: RowMeaning | None) -> None:
        if meaning is None:
            return
        _change(view, partial(view.review.say_row_meaning, meaning))

    def options(_typed: str) -> list[Option[RowMeaning]]:
        return [Option(label, meaning) for meaning, label in _ROW_MEANINGS]

    if view.review.plan is not None and not view.busy:
        view.ask(Pick("What does a row of the file hold?", options, placeholder="Esc: as it is"), use)


def ask_encoding(view: ImportView) -> None:
    """Ask which encoding the file has, with lines of it as each reads them."""

    def use(encoding: str | None) -> None:
        if encoding is not None:
            way = Way("", "", (("encoding", encoding),))
            view.read(partial(view.review.settling, way), "the file anew")

    if view.busy:
        return
    encodings = encodings_of(view.review.request.path)
    if not encodings:
        _say(
            view,
            CoderError("Only text files have an encoding to choose: this one says itself which it has.", ""),
        )
        return

    def options(typed: str) -> list[Option[str]]:
        wanted = typed.casefold()
        return [
            Option(one.name, one.name, "\n".join(map(inert, one.lines)), one.title)
            for one in encodings
            if wanted in f"{one.name} {one.title}".casefold()
        ]

    view.ask(Pick("Which encoding has the file?", options, placeholder="a part of its name, or Esc"), use)


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
            view.read(partial(view.review.reading_codebook, path), "the codebook")
        elif path is not None:
            view.review.use_codebook(CodebookChoice(None))
            view.show_all()

    if not view.busy:
        view.ask(pick_codebook(Path.cwd()), use)
