"""Coding: what each key press does to the study, durable when the method returns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from coder.domain.codings import (
    Aspect,
    Change,
    Coding,
    Origin,
    Span,
    Step,
    SuggestionSeen,
    read_choices,
    write_spans,
)
from coder.domain.grammar import counted
from coder.domain.standing import Standing
from coder.errors import CoderError
from coder.store import codebook_versions, codings, kept_suggestions, log, surveys
from coder.workflows.coding.recoding import (
    changes_of_choice,
    refuse_retired,
    refuse_undecided,
    settle_all,
    words_for_choice,
)
from coder.workflows.coding.second_look import reopen_doubts
from coder.workflows.coding.waiting_change import WaitingChange
from coder.workflows.study.codebook_file import codebook_now

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from coder.domain.exposures import Exposure
    from coder.domain.second_look import DoubtKind
    from coder.workflows.study.study import Study

DONE = "1"


@dataclass(frozen=True, slots=True)
class StepOutcome:
    """What a key press did."""

    label: str
    """In words: `+ Housing on C017.Q16.1`."""
    responses: tuple[int, ...]
    """The numbers of the responses it touched, in order and each once."""


class CodingSession:
    """One coder at work on a study. Every method that changes something is one durable step."""

    def __init__(self, study: Study, coder_id: str) -> None:
        self.study = study
        self.coder_id = coder_id
        self.waiting: WaitingChange[StepOutcome] = WaitingChange()

    def standing(self, response: int) -> Standing:
        """Return what stands on a response."""
        marks = codings.marks_of(self.study.database, response, self.coder_id)
        return Standing(
            response,
            {coding.theme_id: coding.spans for coding in self._own_codings(response)},
            done=("done", "") in marks,
            flag=("flag", "") in marks,
            memo=marks.get(("memo", ""), ""),
            theme_memos={
                theme: text for (aspect, theme), text in marks.items() if aspect == "memo" and theme
            },
            recode={
                theme: read_choices(choices)
                for (aspect, theme), choices in marks.items()
                if aspect == "recode"
            },
            settled_doubts={theme: doubt for (aspect, theme), doubt in marks.items() if aspect == "kept"},
        )

    def toggle(
        self,
        response: int,
        theme_id: str,
        *,
        origin: Origin = "hand",
        suggestion: SuggestionSeen | None = None,
        spans: Sequence[Span] = (),
        exposure: Exposure | None = None,
    ) -> StepOutcome:
        """Choose a theme for a response, or take it away if it stands; without a theme it is open again.

        Args:
            response: The response's number.
            theme_id: The theme.
            origin: `suggestion` if it was among the suggestions on screen.
            suggestion: What of the suggestions was on screen; None if nothing was.
            spans: The words that carry the theme; empty means the whole response. A part of a theme
                that was split takes over its words instead.
            exposure: What is kept of the suggestions, at the first decision about the response.

        Raises:
            CoderError: The theme does not stand and is retired.
        """

        def plan() -> tuple[str, list[Change]]:
            old, standing = self._value(response, theme_id), self.standing(response)
            if old is None:
                refuse_retired(self.study, theme_id)
            new = write_spans(words_for_choice(standing, theme_id, spans)) if old is None else None
            sign = "+" if old is None else "-"
            changes = [Change(response, "theme", old, new, theme_id, origin, suggestion)]
            if new is None and standing.theme_ids == (theme_id,):
                # Done with no theme would say "nothing here", which nobody decided.
                changes.append(self._mark(response, "done", None))
            changes += changes_of_choice(standing, theme_id, is_chosen=new is not None)
            changes += reopen_doubts(standing, [theme_id])
            return f"{sign} {self._theme(theme_id)} on {self._name(response)}", changes

        return self._do(plan, exposure)

    def mark_spans(
        self,
        response: int,
        theme_id: str,
        spans: Sequence[Span],
        suggestion: SuggestionSeen | None = None,
        exposure: Exposure | None = None,
    ) -> StepOutcome:
        """Say which words carry a theme; chooses the theme if it does not stand yet."""

        def plan() -> tuple[str, list[Change]]:
            coding = next((c for c in self._own_codings(response) if c.theme_id == theme_id), None)
            # Words chosen for a suggestion that was accepted leave it what it is.
            fresh: Origin = "suggestion" if suggestion is not None and suggestion.rank is not None else "hand"
            old, origin = (write_spans(coding.spans), coding.origin) if coding else (None, fresh)
            changes = [
                Change(response, "theme", old, write_spans(tuple(spans)), theme_id, origin, suggestion)
            ]
            if coding is None:
                refuse_retired(self.study, theme_id)
                standing = self.standing(response)
                changes += changes_of_choice(standing, theme_id, is_chosen=True)
                changes += reopen_doubts(standing, [theme_id])
            done = f"words of {self._theme(theme_id)} in" if coding else f"+ {self._theme(theme_id)} on"
            return f"{done} {self._name(response)}", changes

        return self._do(plan, exposure)

    def code_many(
        self, responses: Iterable[int], theme_id: str, suggestion: SuggestionSeen | None = None
    ) -> StepOutcome:
        """Choose a theme for several responses in one step; those that have it stay as they are."""

        def plan() -> tuple[str, list[Change]]:
            refuse_retired(self.study, theme_id)
            fresh = [number for number in dict.fromkeys(responses) if self._value(number, theme_id) is None]
            changes = [Change(number, "theme", None, "", theme_id, "similar", suggestion) for number in fresh]
            for standing in map(self.standing, fresh):
                changes += changes_of_choice(standing, theme_id, is_chosen=True)
                changes += reopen_doubts(standing, [theme_id])
            return f"+ {self._theme(theme_id)} on {counted(len(fresh), 'answer')}", changes

        return self._do(plan)

    def confirm(self, response: int, *, done: bool = True, exposure: Exposure | None = None) -> StepOutcome:
        """Say that a response is done with the themes it has, or open it again.

        Raises:
            CoderError: One of its themes was split, and its parts are yet to be chosen among.
        """

        def plan() -> tuple[str, list[Change]]:
            changes = [self._mark(response, "done", DONE if done else None)]
            if done:
                standing = self.standing(response)
                refuse_undecided(standing, self.study.codebook, self._name(response))
                changes += settle_all(standing)
            return f"{'done' if done else 'open again'}: {self._name(response)}", changes

        return self._do(plan, exposure)

    def nothing_here(self, response: int, exposure: Exposure | None = None) -> StepOutcome:
        """Say that no theme is in a response: themes chosen on it are taken away, and it is done."""

        def plan() -> tuple[str, list[Change]]:
            standing = self.standing(response)
            changes = [
                Change(response, "theme", write_spans(spans), None, theme_id)
                for theme_id, spans in standing.spans.items()
            ]
            changes += [*settle_all(standing), *reopen_doubts(standing, standing.spans)]
            changes.append(self._mark(response, "done", DONE))
            return f"nothing in {self._name(response)}", changes

        return self._do(plan, exposure)

    def keep(
        self, response: int, doubts: Mapping[str, DoubtKind], exposure: Exposure | None = None
    ) -> StepOutcome:
        """Say in the second look that doubted themes are right as they are, chosen or not."""

        def plan() -> tuple[str, list[Change]]:
            themes = ", ".join(
                f"{'+' if doubt == 'wrong' else 'no'} {self._theme(theme_id)}"
                for theme_id, doubt in doubts.items()
            )
            changes = [self._mark(response, "kept", doubt, theme_id) for theme_id, doubt in doubts.items()]
            return f"kept: {themes} on {self._name(response)}", changes

        return self._do(plan, exposure)

    def toggle_flag(self, response: int) -> StepOutcome:
        """Flag a response to come back to, or take the flag away."""

        def plan() -> tuple[str, list[Change]]:
            flagged = self.standing(response).flag
            change = self._mark(response, "flag", None if flagged else "1")
            return f"{'flag off' if flagged else 'flag on'} {self._name(response)}", [change]

        return self._do(plan)

    def write_memo(self, response: int, text: str, theme_id: str = "") -> StepOutcome:
        """Write, change or (with an empty text) remove the memo on a response or on one of its codings."""

        def plan() -> tuple[str, list[Change]]:
            change = self._mark(response, "memo", text.strip() or None, theme_id)
            return f"memo on {self._name(response)}", [change]

        return self._do(plan)

    def undo(self) -> StepOutcome | None:
        """Take back the latest step that stands; None if there is none."""
        return self._reverse(log.step_to_undo)

    def redo(self) -> StepOutcome | None:
        """Do again the step undone last; None if there is none or something new was done since."""
        return self._reverse(log.step_to_redo)

    def _reverse(self, choose: Callable[..., Step | None]) -> StepOutcome | None:
        database = self.study.database
        with self.waiting.transaction(database, lambda: self._reverse(choose)):
            step = choose(database, self.coder_id)
            if step is None:
                return None
            changes = log.reverse(database, step)
            _refuse_lost_themes(self.study, step, changes)
            return _outcome(step.label, changes)

    def _do(
        self, plan: Callable[[], tuple[str, list[Change]]], exposure: Exposure | None = None
    ) -> StepOutcome:
        # What stands is read inside the transaction: another program may have changed it meanwhile.
        database = self.study.database
        with self.waiting.transaction(database, lambda: self._do(plan, exposure)):
            label, changes = plan()
            effective = [change for change in changes if change.old != change.new]
            if effective:
                is_first_look = exposure is not None and _is_first_look(self, exposure)
                step = log.append(
                    database, self.coder_id, label, effective, exposure.came_by if exposure else ""
                )
                if exposure is not None and is_first_look:
                    kept_suggestions.keep(database, step, exposure)
        return _outcome(label, effective)

    def _own_codings(self, response: int) -> list[Coding]:
        return [c for c in codings.codings_of(self.study.database, response) if c.coder_id == self.coder_id]

    def _value(self, response: int, theme_id: str) -> str | None:
        return codings.current_value(self.study.database, self.coder_id, response, "theme", theme_id)

    def _mark(self, response: int, aspect: Aspect, new: str | None, theme_id: str = "") -> Change:
        old = codings.current_value(self.study.database, self.coder_id, response, aspect, theme_id)
        return Change(response, aspect, old, new, theme_id)

    def _theme(self, theme_id: str) -> str:
        return self.study.codebook.label(theme_id)

    def _name(self, response: int) -> str:
        stored = surveys.response(self.study.database, response)
        return stored.id if stored else str(response)


def _refuse_lost_themes(study: Study, step: Step, changes: Iterable[Change]) -> None:
    """Raise CoderError if a theme would come back that was retired or taken out of the codebook meanwhile."""
    codebook = codebook_now(study)
    for change in changes:
        if change.aspect != "theme" or change.new is None:
            continue
        theme = codebook.by_id.get(change.theme_id)
        if theme is None:
            msg = f"'{step.label}' would bring back the theme '{change.theme_id}', which the codebook lacks."
            raise CoderError(msg, "Put it back into codebook.yaml, then open the study again.")
        if theme.status == "retired" and _was_active(study, step, theme.id):
            msg = f"'{step.label}' would bring back '{theme.label}', which was retired since."
            raise CoderError(msg, "Choose a theme in use; or take the revision back (coder codebook undo).")


def _was_active(study: Study, step: Step, theme_id: str) -> bool:
    """Tell whether a theme was offered when a step was made; of one undone and redone, the last time."""
    then = codebook_versions.version(study.database, log.version_before_reversal(study.database, step.number))
    return then is not None and theme_id in then.codebook and then.codebook.find(theme_id).status == "active"


def _is_first_look(session: CodingSession, exposure: Exposure) -> bool:
    """Tell whether suggestions are seen that nothing decided before can have taught the engine.

    Those hidden at first count again once they appear.
    """
    noted = kept_suggestions.kept_on_screen(session.study.database, session.coder_id, exposure.response)
    if noted:
        return exposure.on_screen and True not in noted
    standing = session.standing(exposure.response)
    return not standing.spans and not standing.done


def _outcome(label: str, changes: Sequence[Change]) -> StepOutcome:
    return StepOutcome(label, tuple(dict.fromkeys(change.response for change in changes)))
