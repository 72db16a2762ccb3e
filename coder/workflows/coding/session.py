"""Coding: what each key press does to the study, durable when the method returns."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import chain
from typing import TYPE_CHECKING

from coder.domain.codings import NO_WORDS, Aspect, Change, Origin, PickedWords, Span, SuggestionSeen
from coder.store import codings, kept_suggestions, log, surveys
from coder.store.noted import step_notes
from coder.store.noted.step_notes import StepNotes
from coder.store.steps.reversing import reverse
from coder.workflows.coding.joint_steps import refuse_joint
from coder.workflows.coding.planning import (
    confirmed,
    emptied,
    picked_by_hand,
    theme_added,
    theme_toggled,
    words_marked,
)
from coder.workflows.coding.recoding import refuse_lost_themes, refuse_retired, refuse_undecided
from coder.workflows.coding.same_words import ALONE, EqualGroup, Numbers, groups_of, words_anew
from coder.workflows.coding.standings import standings_of
from coder.workflows.coding.step_plans import StepPlan, for_group, for_many
from coder.workflows.coding.waiting_change import WaitingChange
from coder.workflows.study.changing_settings import keep_promise, reverse_settings
from coder.workflows.study.codebook_file import codebook_now
from coder.workflows.study.finished_rounds import refuse_finished

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from coder.domain.exposures import Exposure
    from coder.domain.second_look import DoubtKind
    from coder.domain.standing import Standing
    from coder.workflows.study.study import Study


@dataclass(frozen=True, slots=True)
class StepOutcome:
    """What a key press did."""

    label: str
    """In words: `+ Housing on C017.Q16.1`."""
    responses: tuple[int, ...]
    """The numbers of the responses it touched, in order and each once; first those that were decided on."""
    copies: int = 0
    """How many of them, the last ones, were decided alike because they say the same in the same words."""
    apart: tuple[int, ...] = ()
    """Responses of the same words that are coded otherwise, and so were left as they are."""
    unlisted: tuple[int, ...] = ()
    """Responses of the same words that the coder's list leaves out, and so were left as they are."""
    stood_at: int | None = None
    """Of an undo or redo: where the coder stood at the step, if that does not follow from the responses."""
    changed_settings: bool = False
    """Whether it has changed settings of the study as well."""
    unwritten: str = ""
    """Why study.toml lacks them for now; empty where it has them."""

    @property
    def decided(self) -> tuple[int, ...]:
        """The responses that were decided on."""
        return self.responses[: len(self.responses) - self.copies]

    @property
    def leaves_some(self) -> bool:
        """Whether responses of the same words were left as they are."""
        return bool(self.apart or self.unlisted)


class CodingSession:
    """One coder at work on a study. Every method that changes something is one durable step.

    A decision about a response goes to those as well that say the same in the same words and are coded as it
    is, as far as they are in the coder's list (`listed`); without a list, to none.
    """

    def __init__(self, study: Study, coder_id: str) -> None:
        self.study = study
        self.coder_id = coder_id
        self.waiting: WaitingChange[StepOutcome] = WaitingChange()
        self.stands_at: int | None = None
        """The response that the coder has before them: undo of a step about others leads back to it."""

    def standing(self, response: int) -> Standing:
        """Return what stands on a response."""
        return standings_of(self.study.database, self.coder_id, [response])[response]

    def toggle(
        self,
        response: int,
        theme_id: str,
        *,
        origin: Origin = "hand",
        suggestion: SuggestionSeen | None = None,
        words: PickedWords = NO_WORDS,
        exposure: Exposure | None = None,
        listed: Numbers = ALONE,
    ) -> StepOutcome:
        """Choose a theme for a response, or take it away if it stands; without a theme it is open again.

        Args:
            response: The response's number.
            theme_id: The theme.
            origin: `suggestion` if it was among the suggestions on screen.
            suggestion: What of the suggestions was on screen; None if nothing was.
            words: Those that carry the theme. A part of a theme that was split takes over its words instead.
            exposure: What is kept of the suggestions, at the first decision about the response.
            listed: The coder's list.

        Raises:
            CoderError: The theme does not stand and is retired.
        """

        def plan() -> StepPlan:
            group = self._group(response, listed, words.spans)
            is_new = theme_id not in group.leader.spans
            if is_new:
                refuse_retired(self.study, theme_id)
            words_in = words_anew(self.study.database, group, words)
            own = theme_toggled(group.leader, theme_id, words_in(response), origin, suggestion)
            label = f"{'+' if is_new else '-'} {self._theme(theme_id)} on {self._name(response)}"
            return for_group(label, group, own, lambda s: theme_toggled(s, theme_id, words_in(s.response)))

        return self._do(plan, exposure)

    def take_and_confirm(
        self,
        response: int,
        theme_id: str,
        suggestion: SuggestionSeen | None,
        words: PickedWords = NO_WORDS,
        exposure: Exposure | None = None,
        listed: Numbers = ALONE,
    ) -> StepOutcome:
        """Choose the first suggestion as well, and say that a response is done: one step.

        The coding has the origin `space`; for the arguments see `toggle`.

        Raises:
            CoderError: The theme is retired; or one that was split waits, its parts yet to be chosen among.
        """

        def plan() -> StepPlan:
            group = self._group(response, listed, words.spans)
            refuse_undecided(group.leader, self.study.codebook, self._name(response))
            if theme_id not in group.leader.spans:
                refuse_retired(self.study, theme_id)
            words_in = words_anew(self.study.database, group, words)

            def taken(standing: Standing) -> list[Change]:
                carried_by = words_in(standing.response)
                added = theme_added(standing, theme_id, "space", suggestion, carried_by)
                return [*added, *confirmed(standing)]

            label = f"+ {self._theme(theme_id)}, done: {self._name(response)}"
            return for_group(label, group, taken(group.leader), taken)

        return self._do(plan, exposure)

    def mark_spans(
        self,
        response: int,
        theme_id: str,
        spans: Sequence[Span],
        suggestion: SuggestionSeen | None = None,
        exposure: Exposure | None = None,
        listed: Numbers = ALONE,
    ) -> StepOutcome:
        """Say, as a person, which words carry a theme; chooses the theme if it does not stand yet."""

        def plan() -> StepPlan:
            group = self._group(response, listed, spans)
            origins = codings.origins_on(self.study.database, self.coder_id, theme_id, [response])
            if not origins:
                refuse_retired(self.study, theme_id)
            # Words chosen for a suggestion that was accepted leave it what it is.
            fresh: Origin = "suggestion" if suggestion is not None and suggestion.rank is not None else "hand"
            words_in = words_anew(self.study.database, group, picked_by_hand(group.leader, theme_id, spans))
            own = words_marked(
                group.leader, theme_id, words_in(response), origins.get(response, fresh), suggestion
            )
            verb = f"words of {self._theme(theme_id)} in" if origins else f"+ {self._theme(theme_id)} on"
            return for_group(
                f"{verb} {self._name(response)}",
                group,
                own,
                lambda s: words_marked(s, theme_id, words_in(s.response), "same"),
            )

        return self._do(plan, exposure)

    def code_many(
        self, responses: Iterable[int], theme_id: str, listed: Numbers = ALONE, *, done: bool = False
    ) -> StepOutcome:
        """Choose a theme for several responses in one step; those that have it keep it as it is.

        Args:
            responses: The responses.
            theme_id: The theme.
            listed: The coder's list.
            done: Whether they are all done then.

        Raises:
            CoderError: The theme is retired; or one of theirs that was split waits, and they are to be done.
        """

        def plan() -> StepPlan:
            refuse_retired(self.study, theme_id)
            groups = groups_of(self.study.database, self.coder_id, responses, listed)
            for group in groups if done else ():
                refuse_undecided(group.leader, self.study.codebook, self._name(group.leader.response))

            def coded(standing: Standing) -> list[Change]:
                added = theme_added(standing, theme_id, "similar")
                return [*added, *confirmed(standing)] if done else added

            return for_many(
                f"+ {self._theme(theme_id)}{', done,' if done else ''}", groups, coded, self._name
            )

        return self._do(plan)

    def uncode_many(
        self, responses: Iterable[int], theme_id: str | None, listed: Numbers = ALONE
    ) -> StepOutcome:
        """Take a theme off several responses in one step; None: say that no theme is in them."""

        def plan() -> StepPlan:
            groups = groups_of(self.study.database, self.coder_id, responses, listed)
            if theme_id is None:
                return for_many("nothing here", groups, emptied, self._name)
            return for_many(
                f"- {self._theme(theme_id)}",
                groups,
                lambda standing: theme_toggled(standing, theme_id) if theme_id in standing.spans else [],
                self._name,
            )

        return self._do(plan)

    def confirm(
        self,
        response: int,
        *,
        done: bool = True,
        exposure: Exposure | None = None,
        listed: Numbers = ALONE,
    ) -> StepOutcome:
        """Say that a response is done with the themes it has, or open it again.

        Raises:
            CoderError: One of its themes was split, and its parts are yet to be chosen among.
        """

        def plan() -> StepPlan:
            group = self._group(response, listed)
            if done:
                refuse_undecided(group.leader, self.study.codebook, self._name(response))
            label = f"{'done' if done else 'open again'}: {self._name(response)}"
            return for_group(
                label, group, confirmed(group.leader, done=done), lambda s: confirmed(s, done=done)
            )

        return self._do(plan, exposure)

    def nothing_here(
        self, response: int, exposure: Exposure | None = None, listed: Numbers = ALONE
    ) -> StepOutcome:
        """Say that no theme is in a response: themes chosen on it are taken away, and it is done."""

        def plan() -> StepPlan:
            group = self._group(response, listed)
            return for_group(f"nothing in {self._name(response)}", group, emptied(group.leader), emptied)

        return self._do(plan, exposure)

    def keep(
        self, response: int, doubts: Mapping[str, DoubtKind], exposure: Exposure | None = None
    ) -> StepOutcome:
        """Say in the second look that doubted themes are right as they are, chosen or not."""

        def plan() -> StepPlan:
            themes = ", ".join(
                f"{'+' if doubt == 'wrong' else 'no'} {self._theme(theme_id)}"
                for theme_id, doubt in doubts.items()
            )
            changes = [self._mark(response, "kept", doubt, theme_id) for theme_id, doubt in doubts.items()]
            return StepPlan(f"kept: {themes} on {self._name(response)}", changes)

        return self._do(plan, exposure)

    def toggle_flag(self, response: int) -> StepOutcome:
        """Flag a response to come back to, or take the flag away."""

        def plan() -> StepPlan:
            flagged = self.standing(response).flag
            change = self._mark(response, "flag", None if flagged else "1")
            return StepPlan(f"{'flag off' if flagged else 'flag on'} {self._name(response)}", [change])

        return self._do(plan)

    def write_memo(self, response: int, text: str, theme_id: str = "") -> StepOutcome:
        """Write, change or (with an empty text) remove the memo on a response or on one of its codings."""

        def plan() -> StepPlan:
            change = self._mark(response, "memo", text.strip() or None, theme_id)
            return StepPlan(f"memo on {self._name(response)}", [change])

        return self._do(plan)

    def undo(self) -> StepOutcome | None:
        """Take back the latest step that stands; None if there is none.

        Raises:
            CoderError: It is part of what was done to two coders at once, or a revision stands on it.
        """
        return self._reverse(undoes=True)

    def redo(self) -> StepOutcome | None:
        """Do again the step undone last; None if there is none or something new was done since."""
        return self._reverse(undoes=False)

    def _reverse(self, *, undoes: bool) -> StepOutcome | None:
        database = self.study.database
        with self.waiting.transaction(database, lambda: self._reverse(undoes=undoes)):
            step = (log.step_to_undo if undoes else log.step_to_redo)(database, self.coder_id)
            if step is None:
                return None
            refuse_joint(database, step)
            changes, copies = reverse(database, step)
            refuse_finished(self.study, self.coder_id, _outcome(StepPlan("", changes, copies)).responses)
            refuse_lost_themes(self.study, step, [*changes, *(copied.change for copied in copies)])
            changed_settings = reverse_settings(self.study, step, undoes=undoes)
            outcome = _outcome(StepPlan(step.label, changes, copies))
            stood_at = step_notes.notes_of(database, step.number).stood_at
        return replace(
            outcome,
            stood_at=stood_at,
            changed_settings=changed_settings,
            unwritten=keep_promise(self.study) if changed_settings else "",
        )

    def _do(self, plan: Callable[[], StepPlan], exposure: Exposure | None = None) -> StepOutcome:
        # What stands is read inside the transaction: another program may have changed it meanwhile.
        database = self.study.database
        with self.waiting.transaction(database, lambda: self._do(plan, exposure)):
            planned = plan().effective()
            if planned.changes or planned.copies:
                refuse_finished(self.study, self.coder_id, _outcome(planned).responses)
                is_first_look = exposure is not None and _is_first_look(self, exposure)
                came_by = exposure.came_by if exposure else ""
                step = log.append(
                    database, self.coder_id, planned.label, planned.changes, came_by, planned.copies
                )
                if exposure is not None and is_first_look:
                    kept_suggestions.keep(database, step, exposure)
                first_change = (planned.changes or [copied.change for copied in planned.copies])[0]
                if self.stands_at not in {None, first_change.response}:
                    step_notes.write_notes(database, step, StepNotes(self.stands_at))
        return _outcome(planned)

    def _group(self, response: int, listed: Numbers, spans: Sequence[Span] = ()) -> EqualGroup:
        (group,) = groups_of(self.study.database, self.coder_id, [response], listed, each_text=bool(spans))
        return group

    def _mark(self, response: int, aspect: Aspect, new: str | None, theme_id: str = "") -> Change:
        old = codings.current_value(self.study.database, self.coder_id, response, aspect, theme_id)
        return Change(response, aspect, old, new, theme_id)

    def _theme(self, theme_id: str) -> str:
        # In the transaction that makes a theme the study does not have it yet, but its database does.
        return codebook_now(self.study).label(theme_id)

    def _name(self, response: int) -> str:
        stored = surveys.response(self.study.database, response)
        return stored.id if stored else str(response)


def _is_first_look(session: CodingSession, exposure: Exposure) -> bool:
    """Tell whether suggestions are seen that nothing decided before can have taught the engine.

    Those hidden at first count again once they appear.
    """
    noted = kept_suggestions.kept_on_screen(session.study.database, session.coder_id, exposure.response)
    if noted:
        return exposure.on_screen and True not in noted
    standing = session.standing(exposure.response)
    return not standing.spans and not standing.done


def _outcome(plan: StepPlan) -> StepOutcome:
    """Return what a step did, given what it changed."""
    decided = dict.fromkeys(change.response for change in plan.changes)
    copied = set(chain.from_iterable(copied.responses for copied in plan.copies)) - decided.keys()
    return StepOutcome(plan.label, (*decided, *sorted(copied)), len(copied), plan.apart, plan.unlisted)
