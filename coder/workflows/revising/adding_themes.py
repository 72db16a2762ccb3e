"""Making themes, and changing them, while coding."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from coder.domain.codebook import Theme
from coder.domain.grammar import listed
from coder.domain.near_names import fold_name
from coder.domain.revising.revisions import Revision
from coder.domain.theme_ids import TakenIds
from coder.errors import CoderError, OutdatedError
from coder.workflows.revising import revising
from coder.workflows.study.taking_up import take_up

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coder.workflows.study.study import Study


Outcome = TypeVar("Outcome")

ATTEMPTS = 5
LONGEST_LABEL = 500
"""Characters of a theme typed while coding; more is an answer pasted into the wrong window."""


WHILE_CODING = "while coding"
"""The reason noted for what was revised with a decision on the coding screen."""

ThemeChange = Callable[[Revision], tuple[Theme, Revision]]
"""Makes or changes a theme: returns it, and the revision with it."""


class Decided(NamedTuple, Generic[Outcome]):
    """A decision that has made or changed a theme."""

    theme: Theme
    outcome: Outcome
    """What the decision returned."""
    file_fault: CoderError | None
    """Why codebook.yaml could not be written; the theme and the decision are saved all the same."""


def revise_at_once(
    study: Study, coder_id: str, change: ThemeChange, decide: Callable[[Theme, Callable[[], object]], Outcome]
) -> Decided[Outcome]:
    """Make or change a theme in the transaction of a decision, and write codebook.yaml after it.

    What was edited in the file since the study was opened is taken up before.

    Args:
        study: The study.
        coder_id: Who codes.
        change: Makes or changes the theme; nothing is to be decided about codings because of it.
        decide: Given the theme and what carries out the revision, to be called in its transaction.

    Raises:
        CoderError: The theme cannot be so, or the file has a fault or edits that must be decided on first.
    """
    take_up(study, coder_id)
    if study.file_fault:
        raise study.file_fault
    if study.edits_wait:
        msg = "codebook.yaml has edits that concern codings, and they wait."
        raise CoderError(msg, "See what they would do, and apply them first: coder codebook plan")
    for attempts_left in reversed(range(ATTEMPTS)):
        revised: list[revising.Revised] = []
        try:
            theme, revision = change(revising.begin(study))
            plan = revising.plan_unseen(study, revision)
            revising.refuse_unwritable(study, plan)
            outcome = decide(theme, partial(_carry_out, study, plan, coder_id, revised))
        except OutdatedError:
            # Another program added one at the same time; after that there is room for this.
            if not attempts_left:
                raise
        else:
            break
    return Decided(theme, outcome, revising.go_on_with(study, revised[-1]))


def _carry_out(study: Study, plan: revising.Plan, coder_id: str, revised: list[revising.Revised]) -> None:
    revised.append(revising.carry_out(study, plan, coder_id, WHILE_CODING))


def adding(label: str, question_id: str | None, keywords: Sequence[str] = ()) -> ThemeChange:
    """Return what adds a theme for a question, or for all; the label makes its id.

    It raises CoderError if the label is empty or far too long, or the question has such a theme.
    """

    def change(revision: Revision) -> tuple[Theme, Revision]:
        theme = replace(new_theme(revision, label, question_id), keywords=tuple(keywords))
        return theme, revision.add(theme)

    return change


def with_keywords(theme_id: str, words: Sequence[str]) -> ThemeChange:
    """Return what gives a theme keywords besides those that it has."""

    def change(revision: Revision) -> tuple[Theme, Revision]:
        theme = revision.new.find(theme_id)
        revision = revision.change(theme_id, keywords=(*theme.keywords, *lacking_keywords(theme, words)))
        return revision.new.by_id[theme_id], revision

    return change


def lacking_keywords(theme: Theme, words: Sequence[str]) -> list[str]:
    """Return those of some words that a theme does not have as keywords, each once."""
    has = {fold_name(keyword) for keyword in theme.keywords}
    return list({fold_name(word): word for word in words if fold_name(word) not in has}.values())


def widening(theme_id: str, question_id: str) -> ThemeChange:
    """Return what makes a theme of other questions, and the nets it lies in, serve this question as well."""

    def change(revision: Revision) -> tuple[Theme, Revision]:
        theme = revision.new.find(theme_id)
        refuse_label(revision, theme.label, (question_id,), theme.id)
        for widened_id in (theme.id, *revision.new.ancestors(theme.id)):
            widened = revision.new.by_id[widened_id]
            if not widened.serves(question_id):
                revision = revision.change(widened_id, questions=(*widened.questions, question_id))
        return revision.new.by_id[theme.id], revision

    return change


def define_theme(study: Study, theme_id: str, definition: str, coder_id: str) -> Theme:
    """Give a theme that has none a definition.

    Raises:
        CoderError: It has one: a change of it is a revision to be planned.
    """

    def change(revision: Revision) -> tuple[Theme, Revision]:
        theme = revision.new.find(theme_id)
        if theme.definition:
            msg = f"'{theme.label}' has a definition already."
            raise CoderError(msg, "Change it on the codebook screen (b, then e), which shows what that does.")
        defined = revision.change(theme.id, definition=definition.strip())
        return defined.new.find(theme_id), defined

    def decide(_theme: Theme, carry_out: Callable[[], object]) -> None:
        with study.database.transaction():
            carry_out()

    decided = revise_at_once(study, coder_id, change, decide)
    if decided.file_fault:
        raise decided.file_fault
    return decided.theme


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
