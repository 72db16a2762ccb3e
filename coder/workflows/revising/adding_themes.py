"""Adding a theme to a study's codebook while coding."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.domain.codebook import Theme
from coder.domain.grammar import listed
from coder.domain.near_names import fold_name
from coder.domain.theme_ids import TakenIds
from coder.errors import CoderError, OutdatedError
from coder.workflows.revising import revising
from coder.workflows.study.codebook_file import take_up

if TYPE_CHECKING:
    from coder.domain.revising.revisions import Revision
    from coder.workflows.study.study import Study


ATTEMPTS = 5
LONGEST_LABEL = 500
"""Characters of a theme typed while coding; more is an answer pasted into the wrong window."""


def add_theme(study: Study, label: str, question_id: str | None, coder_id: str) -> Theme:
    """Add a theme for a question, or for all, to the codebook and its file; the label makes its id.

    What was edited in the file since the study was opened is taken up with it.

    Raises:
        CoderError: The label is empty or far too long, the question has such a theme, or the file has
            a fault or edits that must be decided on first.
    """
    take_up(study, coder_id)
    if study.edits_wait:
        msg = "codebook.yaml has edits that concern codings, and they wait."
        raise CoderError(msg, "See what they would do, and apply them first: coder codebook plan")
    for attempts_left in reversed(range(ATTEMPTS)):
        revision = revising.begin(study)
        theme = new_theme(revision, label, question_id)
        try:
            plan = revising.plan(study, revision.add(theme))
            revising.apply(study, plan, coder_id, "while coding")
        except OutdatedError:
            # Another program added one at the same time; after that there is room for this.
            if not attempts_left:
                raise
        else:
            break
    return theme


def new_theme(revision: Revision, label: str, question_id: str | None = None, like: str = "") -> Theme:
    """Return a theme that a revision could add; its id is made from the label.

    Args:
        revision: The revision so far.
        label: The theme's name.
        question_id: The question it is for; None means all.
        like: The id of a theme whose questions and net it shares.

    Raises:
        CoderError: The label is empty or far too long, or a theme of its questions has it.
    """
    label = checked_label(label)
    model = revision.new.by_id.get(like) or revision.old.by_id.get(like)
    questions = model.questions if model else (question_id,) if question_id else ()
    refuse_label(revision, label, questions)
    taken = TakenIds(theme.id for theme in (*revision.old, *revision.new))
    prefix = questions[0] if len(questions) == 1 else ""
    parent = model.parent if model and model.parent and model.parent in revision.new else None
    return Theme(taken.new(prefix, label), label, questions=questions, parent=parent)


def refuse_label(revision: Revision, label: str, questions: tuple[str, ...], theme_id: str = "") -> None:
    """Raise CoderError if a theme in use for these questions, other than the one named, has a label."""
    for theme in revision.new:
        same = fold_name(theme.label) == fold_name(label) and theme.id != theme_id
        if same and _shares(theme, questions) and theme.status == "active":
            where = listed(questions) or "some question"
            msg = f"There is a theme '{label}' for {where} already."
            raise CoderError(msg, "Choose it, or type another name.")


def _shares(theme: Theme, questions: tuple[str, ...]) -> bool:
    return not questions or any(theme.serves(question) for question in questions)


def checked_label(label: str) -> str:
    """Return a label with single blanks; raise CoderError if it is empty or far too long."""
    label = " ".join(label.split())
    if not label:
        msg = "A theme needs a label."
        raise CoderError(msg, "Type a name for it.")
    if len(label) > LONGEST_LABEL:
        msg = f"A theme's name of {len(label):,} characters fits on no screen and in no table."
        raise CoderError(msg, f"Type one of at most {LONGEST_LABEL}; what it means goes into its definition.")
    return label
