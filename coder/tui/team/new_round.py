"""Beginning a round on the team screen: one window after the other asks what it is to be.

- the same answers for each: `b`, Enter, a question, who codes, how many, a name, Enter
- a question's answers dealt out: `b`, down, Enter, the question, who codes, how many twice, a name, Enter
- a training, or answers coded again: `b`, down to it, Enter, who, by whom or from where, how many, Enter
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from coder.domain.grammar import counted, listed
from coder.domain.near_names import names_meant
from coder.domain.team.settled_layer import SETTLED, SETTLED_NAME
from coder.errors import CoderError
from coder.store import surveys
from coder.store.team.round_rows import finished_by, rounds_of
from coder.store.team.team_rows import team
from coder.tui.kit.windows.window_values import Ask, Option, Pick
from coder.workflows.study.questions import question_title
from coder.workflows.team.rounds.coding_again import RepeatDraw, begin_repeat
from coder.workflows.team.rounds.leading import (
    NewRound,
    begin_round,
    members_meant,
    random_seed,
    unused_name,
)
from coder.workflows.team.rounds.round_draws import Draw, candidates, dealt_out, for_everybody
from coder.workflows.team.rounds.training import TrainingTest, begin_training

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from coder.domain.team.rounds import Round
    from coder.tui.team.contract import TeamView
    from coder.workflows.study.study import Study

RoundKind = Literal["same", "dealt", "training", "again"]
_PERCENT = 100
_MARK = "0.80"
_FIRST_NAME = "Pilot"
_KINDS: tuple[Option[RoundKind], ...] = (
    Option("The same answers for each", "same", "Drawn at random, or all: to see how far people agree."),
    Option("Deal the answers to a question out", "dealt",
           "Each has a part of them; a share, hidden among the rest, is read by two."),
    Option("Train a new coder", "training",
           "They code what is coded already, blind, and are measured by it. It counts in no table."),
    Option("Have somebody code again", "again",
           "What they have coded, without seeing it: how far do they agree with themselves? It counts in no"
           " table."),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class RoundDraft:
    """What has been said so far of a round to begin."""

    kind: RoundKind
    seed: int
    question_ids: tuple[str, ...] = ()
    """Of these questions; empty: of all."""
    member_ids: tuple[str, ...] = ()
    most: int | None = None
    """So many answers; None: all."""
    overlap: float = 0.0
    """The share that two people read, where answers are dealt out."""
    gold: str = ""
    """By whom a training is measured: a name."""
    to_pass: float = 0.0
    of_round: str = ""
    """Of which round answers are coded again: its name; empty: of all that is done."""
    name: str = ""
    is_blind: bool = True
    suggests: bool = False


class _Step(NamedTuple):
    """One thing that is asked."""

    window: Callable[[Study, RoundDraft], Pick[Any] | Ask]
    take: Callable[[Study, RoundDraft, Any], RoundDraft]
    """Returns the draft with what was answered; raises CoderError where that cannot be."""


def begin_new(view: TeamView) -> None:
    """Ask what a new round is to be, and begin it."""

    def take(kind: RoundKind | None) -> None:
        if kind is not None:
            _ask(view, RoundDraft(kind, random_seed()), _STEPS[kind])

    view.ask(Pick("Begin a round", lambda typed: _fitting(_KINDS, typed)), take)


def _ask(view: TeamView, draft: RoundDraft, steps: Sequence[_Step]) -> None:
    """Ask the next thing; after the last one, begin the round."""
    if not steps:
        begun = _begin(view.study, draft, view.coder_id)
        view.count_anew()
        view.go_to_round(begun.id)
        view.tell(f"{begun.name} has begun. No u takes it back, as others may be at it: e ends it.", 8)
        return
    step = steps[0]

    def take(answer: object) -> None:
        if answer is None:
            view.tell("No round has begun.", 4)
            return
        try:
            taken = step.take(view.study, draft, answer)
        except CoderError as error:
            view.tell(f"{error.message} {error.hint}", 6, warning=True)
            _ask(view, draft, steps)
            return
        _ask(view, taken, steps[1:])

    view.ask(step.window(view.study, draft), take)


def _begin(study: Study, draft: RoundDraft, by: str) -> Round:
    if draft.kind == "training":
        names = tuple(map(study.name_of, draft.member_ids))
        test = TrainingTest(
            names[0], draft.gold, draft.to_pass, draft.question_ids, draft.most, seed=draft.seed
        )
        return begin_training(study, test, by)
    if draft.kind == "again":
        name = study.name_of(draft.member_ids[0])
        again = RepeatDraw(
            name, draft.of_round, draft.question_ids, draft.most, seed=draft.seed, suggests=draft.suggests
        )
        return begin_repeat(study, again, by)
    units = candidates(study, Draw(draft.question_ids, draft.most, seed=draft.seed))
    answers = for_everybody(units, draft.member_ids)
    if draft.kind == "dealt":
        answers = dealt_out(units, draft.member_ids, draft.overlap)
    return begin_round(study, NewRound(draft.name, answers, draft.is_blind, draft.suggests, draft.seed), by)


def _fitting(options: Sequence[Option[Any]], typed: str) -> list[Option[Any]]:
    return [option for option in options if typed.casefold() in option.label.casefold()]


def _pick(title: str, options: Sequence[Option[Any]], nothing: str = "") -> Pick[Any]:
    return Pick(title, partial(_fitting, options), nothing=nothing or "Nothing to pick. Esc closes.")


def _question_window(study: Study, draft: RoundDraft) -> Pick[Any]:
    questions = surveys.questions(study.database)
    options: list[Option[Any]] = [Option(question_title(q), (q.id,)) for q in questions]
    if draft.kind != "dealt" and len(questions) > 1:
        options.insert(0, Option("All questions", ()))
    return _pick("Answers to which question?", options)


def _names_window(study: Study) -> Ask:
    names = team(study.database).names
    return Ask(
        "Who codes in it?", ", ".join(names), "names, with commas between; one who is missing: coder team add"
    )


def _take_names(study: Study, draft: RoundDraft, text: str) -> RoundDraft:
    known = [person.name for person in team(study.database).people]
    members = members_meant(study, names_meant([text], known))
    return replace(draft, member_ids=tuple(member.id for member in members))


def _person_window(study: Study, draft: RoundDraft) -> Pick[Any]:
    options = []
    for person in team(study.database).people:
        done = len(finished_by(study.database, person.id))
        if not person.retired and (done or draft.kind == "training"):
            options.append(Option(person.name, person.id, note=f"{counted(done, 'answer')} done"))
    title = "Who is trained?" if draft.kind == "training" else "Who codes again?"
    return _pick(title, options, "Nobody has marked an answer as done yet. Esc closes.")


def _gold_window(study: Study, draft: RoundDraft) -> Pick[Any]:
    options = []
    if settled := len(finished_by(study.database, SETTLED)):
        options.append(
            Option("What the team has settled", SETTLED_NAME, note=f"{counted(settled, 'answer')}")
        )
    for person in team(study.database).people:
        done = len(finished_by(study.database, person.id))
        if done and person.id not in draft.member_ids:
            options.append(Option(person.name, person.name, note=f"{counted(done, 'answer')} done"))
    return _pick("Measured by whose codings?", options, "Nobody else has done an answer yet. Esc closes.")


def _from_window(study: Study, draft: RoundDraft) -> Pick[Any]:
    (person_id,) = draft.member_ids
    rounds = [r for r in rounds_of(study.database) if r.assigned.get(person_id) and not r.layer]
    options = [Option("All that they have done", ""), *(Option(r.name, r.name) for r in reversed(rounds))]
    return _pick("From which answers?", options)


def _most_window(study: Study, draft: RoundDraft) -> Ask:
    several = {"again": "those that they have done", "training": "those that are done there"}
    of_these = several.get(draft.kind) or f"{len(candidates(study, Draw(draft.question_ids))):,}"
    return Ask("How many answers?", "", f"a number, of {of_these}, drawn at random; empty: all")


def _take_most(study: Study, draft: RoundDraft, text: str) -> RoundDraft:
    most = _number(text, "a number of answers, such as 60") if text.strip() else None
    if draft.kind in ("same", "dealt"):
        candidates(study, Draw(draft.question_ids, None if most is None else round(most)))
    return replace(draft, most=None if most is None else round(most))


def _take_overlap(draft: RoundDraft, text: str) -> RoundDraft:
    share = _number(text.strip().removesuffix("%") or "0", "a share, such as 10%") / _PERCENT
    if not 0 <= share <= 1:
        msg = f"'{text.strip()}' is no share."
        raise CoderError(msg, "Give one between 0% and 100%.")
    return replace(draft, overlap=share)


def _number(text: str, what: str) -> float:
    try:
        return float(text.strip())
    except ValueError:
        msg = f"'{text.strip()}' is not {what}."
        raise CoderError(msg, "") from None


def _name_window(study: Study, draft: RoundDraft) -> Ask:
    name = draft.question_ids[0] if draft.kind == "dealt" else _FIRST_NAME
    return Ask("What is the round called?", unused_name(study, name), "a name that people will know it by")


def _take_name(study: Study, draft: RoundDraft, text: str) -> RoundDraft:
    if unused_name(study, text.strip()) != text.strip():
        msg = f"There is a round '{text.strip()}' already."
        raise CoderError(msg, "Give it another name.")
    return replace(draft, name=text.strip())


def _how_window(study: Study, draft: RoundDraft) -> Pick[Any]:
    blind = "Each sees on its answers their own codings alone until all have finished."
    no_suggestions = "Themes stand in the codebook's order."
    ways = [("blind", True, False, f"{blind} {no_suggestions}")]
    ways += [("blind, with suggestions", True, True, blind)]
    ways += [("open", False, False, f"Everybody sees everything. {no_suggestions}")]
    ways += [("open, with suggestions", False, True, "Everybody sees everything.")]
    options = [
        Option(f"Begin it, {name}", (is_blind, suggests), text) for name, is_blind, suggests, text in ways
    ]
    names = listed(list(map(study.name_of, draft.member_ids)))
    return _pick(f"{draft.name}: {_answers_text(study, draft)}, {names}", options)


def _answers_text(study: Study, draft: RoundDraft) -> str:
    answers = counted(len(candidates(study, Draw(draft.question_ids, draft.most))), "answer")
    return f"{answers} to {listed(list(draft.question_ids))}" if draft.question_ids else answers


def _apart_window(study: Study, draft: RoundDraft) -> Pick[Any]:
    options = [Option("Begin it", choice=False, detail="Themes stand in the codebook's order.")]
    if draft.kind == "again":
        detail = "Themes are suggested by words alone: what was learned would tell how they coded."
        options.append(Option("Begin it, with suggestions", choice=True, detail=detail))
    name = study.name_of(draft.member_ids[0])
    return _pick(f"{name} {'is trained' if draft.kind == 'training' else 'codes again'}", options)


_OVERLAP = Ask(
    "How many of them are read by two?", "10%", "a share of the answers; nobody is told which they are"
)
_TO_PASS = Ask("Passed from which agreement on?", _MARK, "Cohen's kappa of each theme, between 0 and 1")
_KAPPA = "a number between 0 and 1, such as 0.80"
_QUESTION = _Step(_question_window, lambda _study, draft, ids: replace(draft, question_ids=ids))
_NAMES = _Step(lambda study, _draft: _names_window(study), _take_names)
_PERSON = _Step(_person_window, lambda _study, draft, person_id: replace(draft, member_ids=(person_id,)))
_MOST = _Step(_most_window, _take_most)
_NAME = _Step(_name_window, _take_name)
_HOW = _Step(_how_window, lambda _study, draft, how: replace(draft, is_blind=how[0], suggests=how[1]))
_APART = _Step(_apart_window, lambda _study, draft, suggests: replace(draft, suggests=suggests))
_STEPS: dict[RoundKind, tuple[_Step, ...]] = {
    "same": (_QUESTION, _NAMES, _MOST, _NAME, _HOW),
    "dealt": (
        _QUESTION,
        _NAMES,
        _Step(lambda *_: _OVERLAP, lambda _study, draft, text: _take_overlap(draft, text)),
        _NAME,
        _HOW,
    ),
    "training": (
        _PERSON,
        _Step(_gold_window, lambda _study, draft, gold: replace(draft, gold=gold)),
        _QUESTION,
        _MOST,
        _Step(
            lambda *_: _TO_PASS,
            lambda _study, draft, text: replace(draft, to_pass=_number(text, _KAPPA)),
        ),
        _APART,
    ),
    "again": (
        _PERSON,
        _Step(_from_window, lambda _study, draft, name: replace(draft, of_round=name)),
        _MOST,
        _APART,
    ),
}
"""What is asked for each kind of round, in this order."""
