"""Settling answers: each decision is one step of the settled layer, beside what people chose."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from coder.domain.codings import Change, picked_together, write_spans
from coder.domain.team.settled_decisions import SURE, UNSURE, new_decision, read_decision
from coder.domain.team.settled_layer import SETTLED
from coder.errors import CoderError
from coder.store import codings, log, surveys
from coder.store.steps.reversing import reverse
from coder.store.team import settled_rows
from coder.store.team.decision_rows import decisions_on
from coder.store.team.settled_rows import SettledMarks
from coder.store.team.team_rows import team
from coder.workflows.study.codebook_file import codebook_now

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from coder.domain.codings import Aspect, Span, Step, WordsBy
    from coder.workflows.study.study import Study


_ANEW = "Settle the answer anew: every decision stays in the log."


@dataclass(frozen=True, slots=True)
class Settlement:
    """What is settled on an answer."""

    theme_ids: Sequence[str]
    """The themes; none: nothing of the codebook is in it."""
    why: str = ""
    is_sure: bool = True
    definitions: Sequence[str] = ()
    """Themes whose definition is to change because of this answer."""
    words: Mapping[str, tuple[Span, ...]] = field(default_factory=dict)
    """Theme to the words that carry it; without any, those that its readers marked."""


class SettlingOutcome(NamedTuple):
    """What a decision did."""

    label: str
    """In words: `settled C017.Q16.1: Housing`."""
    response: int


class Settling:
    """One person who settles answers. Every method that changes something is one durable step.

    Nothing that people chose is changed: the steps are those of a layer of its own.
    """

    def __init__(self, study: Study, person_id: str) -> None:
        self.study = study
        self.person_id = person_id

    def settle(self, response: int, decision: Settlement) -> SettlingOutcome:
        """Settle an answer on some themes, or on none; one that was parked is parked no longer.

        Raises:
            CoderError: A theme is retired, or not in the codebook.
            ReadOnlyError: The study can only be read.
        """

        def planned(marks: SettledMarks) -> tuple[str, list[Change]]:
            # A theme that was retired since somebody chose it can be settled on: their coding counts, too.
            chosen = {coding.theme_id for coding in codings.codings_of(self.study.database, response)}
            for theme_id in decision.theme_ids:
                if theme_id not in marks.spans and theme_id not in chosen:
                    self._refuse_unfit(theme_id)
            labels = ", ".join(map(codebook_now(self.study).label, decision.theme_ids)) or "nothing here"
            changes = [
                *self._decided(response, marks, decision, SURE if decision.is_sure else UNSURE),
                _change(response, "flag", "1" if marks.parked else "", ""),
                _change(response, "memo", marks.memo, decision.why.strip()),
                *_definition_changes(response, marks, decision.definitions),
            ]
            return f"settled {self._name(response)}: {labels}", changes

        return self._do(response, planned)

    def park(self, response: int, why: str | None = None) -> SettlingOutcome:
        """Put an answer aside for a meeting, or take it back to those to settle.

        Args:
            response: The answer's number.
            why: What is to be talked about; None leaves what stands.
        """

        def planned(marks: SettledMarks) -> tuple[str, list[Change]]:
            flag = _change(response, "flag", "1" if marks.parked else "", "" if marks.parked else "1")
            memo = _change(response, "memo", marks.memo, marks.memo if why is None else why.strip())
            return f"{'no longer parked' if marks.parked else 'parked'}: {self._name(response)}", [flag, memo]

        return self._do(response, planned)

    def say_why(self, response: int, why: str) -> SettlingOutcome:
        """Write, change or (with an empty text) remove the reason of a decision."""

        def planned(marks: SettledMarks) -> tuple[str, list[Change]]:
            return f"why: {self._name(response)}", [_change(response, "memo", marks.memo, why.strip())]

        return self._do(response, planned)

    def flag_definition(self, response: int, theme_id: str) -> SettlingOutcome:
        """Say that an answer shows that a theme's definition is to change, or take that back."""

        def planned(marks: SettledMarks) -> tuple[str, list[Change]]:
            flagged = theme_id in marks.definitions
            change = _change(response, "flag", "1" if flagged else "", "" if flagged else "1", theme_id)
            verb = "definition stays" if flagged else "definition to change"
            label = codebook_now(self.study).label(theme_id)
            return f"{verb}: {label}, by {self._name(response)}", [change]

        return self._do(response, planned)

    def reopen(self, response: int) -> SettlingOutcome:
        """Take what was settled off an answer: it is to be settled again."""

        def planned(marks: SettledMarks) -> tuple[str, list[Change]]:
            changes = self._decided(response, marks, Settlement(()), "")
            return f"open again: {self._name(response)}", changes

        return self._do(response, planned)

    def undo(self) -> SettlingOutcome | None:
        """Take back the latest step of this person's that stands; None if there is none.

        Raises:
            CoderError: Somebody else has settled the answer since, or without knowing of it; or a revision
                has changed what it says.
        """
        return self._reverse(settled_rows.settling_to_undo, undoes=True)

    def redo(self) -> SettlingOutcome | None:
        """Do again the step undone last; None if there is none or something new was settled since."""
        return self._reverse(settled_rows.settling_to_redo, undoes=False)

    def _reverse(self, step_of: Callable[..., Step | None], *, undoes: bool) -> SettlingOutcome | None:
        database = self.study.database
        with database.transaction():
            step = step_of(database, self.person_id)
            if step is None:
                return None
            if other := settled_rows.settled_by_another_since(database, step.number, self.person_id):
                msg = f"'{step.label}': {team(database).name_of(other)} has settled it since."
                raise CoderError(msg, _ANEW)
            self._refuse_beside(step, undoes=undoes)
            changes, _ = reverse(database, step, self.person_id)
        return SettlingOutcome(step.label, changes[0].response)

    def _do(self, response: int, plan: Callable[[SettledMarks], tuple[str, list[Change]]]) -> SettlingOutcome:
        # What stands is read inside the transaction: another program may have changed it meanwhile.
        database = self.study.database
        with database.transaction():
            marks = settled_rows.settled_marks(database, [response]).get(response, SettledMarks())
            label, changes = plan(marks)
            effective = [change for change in changes if change.old != change.new]
            if effective:
                entry = log.Entry(SETTLED, label, by_person=self.person_id)
                log.append_entry(database, entry, effective)
        return SettlingOutcome(label, response)

    def _refuse_beside(self, step: Step, *, undoes: bool) -> None:
        """Raise CoderError unless a decision can be taken back, or made again, as it was made.

        Where others have decided without knowing of it, or have taken back what it stood on, the layer says
        what follows from all of that together: one of the decisions alone cannot go or come.
        """
        decisions = {
            change.response: read_decision(change.new)
            for change in log.changes_of(self.study.database, step.number)
            if change.aspect == "kept" and change.new
        }
        for response, of_answer in decisions_on(self.study.database, decisions).items():
            heads = {head.decision.id: head.by for head in of_answer.heads}
            decision = decisions[response]
            if heads.keys() == ({decision.id} if undoes else set(decision.knew)):
                continue
            others = [by for name, by in heads.items() if name != decision.id]
            does = "has settled it in another copy of the study, without knowing of that"
            name = team(self.study.database).name_of(others[0]) if others else ""
            msg = f"'{step.label}': {f'{name} {does}' if name else 'what it stood on was taken back since'}."
            raise CoderError(msg, _ANEW)

    def _decided(self, response: int, marks: SettledMarks, decision: Settlement, done: str) -> list[Change]:
        """Return the changes of a decision, with what it knew of others; none where it changes nothing.

        Args:
            response: The answer.
            marks: What stands in the layer.
            decision: What is decided.
            done: What the `done` mark is to hold; empty opens the answer again.
        """
        changes = [
            *self._theme_changes(response, marks, decision),
            _change(response, "done", marks.done, done),
        ]
        if all(change.old == change.new for change in changes):
            return []
        decisions = decisions_on(self.study.database, [response]).get(response)
        knew = [head.decision.id for head in decisions.heads] if decisions else []
        themes = decision.theme_ids if done else None
        made = new_decision(knew, themes, is_sure=decision.is_sure)
        return [*changes, _change(response, "kept", marks.decision, made.written())]

    def _theme_changes(self, response: int, marks: SettledMarks, decision: Settlement) -> list[Change]:
        """Return what makes the layer's themes those of a decision; what stands keeps its words."""
        gone = [theme_id for theme_id in marks.spans if theme_id not in decision.theme_ids]
        new = [theme_id for theme_id in decision.theme_ids if theme_id not in marks.spans]
        words = self._words(response, new)
        changes = [
            Change(response, "theme", write_spans(marks.spans[theme_id]), None, theme_id, "adjudication")
            for theme_id in gone
        ]
        for theme_id in new:
            spans, picker = words.get(theme_id, ((), ""))
            if theme_id in decision.words:
                spans, picker = decision.words[theme_id], "person" if decision.words[theme_id] else ""
            changes.append(
                Change(response, "theme", None, write_spans(spans), theme_id, "adjudication", words_by=picker)
            )
        # What was looked at again waits no longer.
        waiting = {mark.theme_id: mark.content for mark in self._waiting(response)}
        return changes + [
            Change(response, "recode", choices, None, theme_id) for theme_id, choices in waiting.items()
        ]

    def _waiting(self, response: int) -> list[codings.Mark]:
        marks = codings.marks_on(self.study.database, SETTLED, [response])
        return [mark for mark in marks if mark.aspect == "recode"]

    def _words(self, response: int, theme_ids: Sequence[str]) -> dict[str, tuple[tuple[Span, ...], WordsBy]]:
        """Return for each theme the words that anybody marked for it, all of them, and who picked them."""
        spans: dict[str, set[Span]] = {}
        pickers: dict[str, list[WordsBy]] = {}
        for coding in codings.codings_of(self.study.database, response):
            if coding.theme_id in theme_ids and coding.spans:
                spans.setdefault(coding.theme_id, set()).update(coding.spans)
                pickers.setdefault(coding.theme_id, []).append(coding.words_by)
        return {
            theme_id: (tuple(sorted(marked)), picked_together(pickers[theme_id]))
            for theme_id, marked in spans.items()
        }

    def _refuse_unfit(self, theme_id: str) -> None:
        theme = codebook_now(self.study).by_id.get(theme_id)
        if theme is None or theme.status == "retired":
            name = theme.label if theme else theme_id
            msg = f"'{name}' is {'retired' if theme else 'not in the codebook'}, and no longer chosen."
            raise CoderError(msg, "Settle on a theme in use; u takes back what was done last.")

    def _name(self, response: int) -> str:
        stored = surveys.response(self.study.database, response)
        return stored.id if stored else str(response)


def _change(response: int, aspect: Aspect, old: str, new: str, theme_id: str = "") -> Change:
    """Return a change of a mark; empty means that it is not there."""
    return Change(response, aspect, old or None, new or None, theme_id)


def _definition_changes(response: int, marks: SettledMarks, definitions: Sequence[str]) -> list[Change]:
    return [
        _change(
            response, "flag", "1" if theme_id in marks.definitions else "", "1" * (theme_id in definitions),
            theme_id,
        )
        for theme_id in dict.fromkeys((*marks.definitions, *definitions))
    ]  # fmt: skip
