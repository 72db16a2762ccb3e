"""The desk: what one coder has before them, at one answer of a list. Knows no screen and no widget."""

from __future__ import annotations

import time
from dataclasses import dataclass, field, replace
from math import ceil
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from coder.domain.ranking import NUMBER_KEYS
from coder.domain.standing import Standing
from coder.store import codings, recode_queues, surveys
from coder.store.codings import QuestionProgress
from coder.store.team.question_rows import waiting_for
from coder.tui.coding.key_order import OrdersLeft, in_front, places_kept
from coder.tui.coding.listed.compared import Compared
from coder.tui.coding.listed.listing import Listing
from coder.tui.coding.modes import Browsing, RecodeQueue, Stop
from coder.tui.coding.sitting import Sitting
from coder.tui.coding.suggestions import Ranking
from coder.workflows.coding.session import CodingSession
from coder.workflows.coding.standings import standings_of
from coder.workflows.study.sight_at_work import look_as

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from coder.domain.codings import Span
    from coder.domain.engine_messages import EvidenceReady
    from coder.domain.filters import Filter
    from coder.domain.reading_orders import CameBy
    from coder.domain.responses import Response
    from coder.domain.second_look import Doubted
    from coder.domain.team.rounds import Round
    from coder.tui.coding.modes import Mode
    from coder.tui.coding.suggestions import Advice
    from coder.tui.tables.desk import LeftTable
    from coder.workflows.coding.session import StepOutcome
    from coder.workflows.study.study import Study

REACTION = 0.3
"""Seconds in which a key still means the order of suggestions that was on screen before."""
SETTLED_AFTER = 0.3
"""Seconds for which an answer has been on screen once its suggestions stay on their keys."""
STOOD_FOR = 0.3
"""Seconds for which the first suggestion has stood on its key once Space takes it: a held key is quicker."""
PATIENCE = 0.3
"""Seconds for which a key waits for another program that is writing; after them its change waits."""
MOST_TAUGHT = 300
"""Answers of the same words, decided about one by one, of which the engine learns anew after each."""
AHEAD = 20
"""Answers after the one on screen that are ranked in advance."""

Words = tuple["Span", ...]


@dataclass(frozen=True, slots=True)
class KeptWords:
    """What was done on one answer with the words that themes keep, by theme."""

    moving: str | None = None
    """The theme chosen last, or come to with the cursor since: its words are moved."""
    offered: Mapping[str, frozenset[Words]] = field(default_factory=lambda: MappingProxyType({}))
    """Words that the program put there; those that a coder selects take their place."""
    turns: Mapping[str, tuple[Words, ...]] = field(default_factory=lambda: MappingProxyType({}))
    """Where words can be moved; it stays as it is while they are moved, whatever the engine learns."""

    def offer(self, theme_id: str, words: Words) -> KeptWords:
        """Return the same with words noted as put there by the program."""
        so_far = self.offered.get(theme_id, frozenset())
        return replace(self, offered={**self.offered, theme_id: so_far | {words}})


@dataclass(frozen=True, slots=True)
class AtAnswer:
    """What a coder has before them at one answer; without an answer, nothing is listed."""

    response: Response | None = None
    standing: Standing = field(default_factory=lambda: Standing(0))
    ranking: Ranking = field(default_factory=lambda: Ranking("words", ()))
    came_by: CameBy = ""
    on_screen_since: float = 0.0
    """By the monotonic clock."""
    touched: bool = False
    """Whether a theme was chosen or taken off here: the order of the suggestions stays from then on."""
    cursor_theme: str | None = None
    """The theme at the cursor, which is explained."""
    selected: Span | None = None
    """Words selected for the theme that is chosen next."""
    reasons: EvidenceReady | None = None
    """Why the engine suggests a theme, as it said last."""
    words: KeptWords = field(default_factory=KeptWords)
    page: int = 0
    """Which nine places are on the number keys: 0 the first nine, 1 those from 10 on."""
    pages_seen: int = 1
    """How many nines the coder has had before them here."""
    ranking_before: Ranking | None = None
    """The order of suggestions that the present one took the place of."""
    reranked_at: float = 0.0
    """When it did, by the monotonic clock."""

    @property
    def number(self) -> int | None:
        """The answer's number."""
        return self.response.number if self.response else None

    @property
    def is_settled(self) -> bool:
        """Whether what stands on the number keys stays there: the coder has had time to see it."""
        return self.touched or time.monotonic() - self.on_screen_since >= SETTLED_AFTER

    @property
    def has_stood(self) -> bool:
        """Whether the first suggestion has been on its key for long enough to have been read."""
        return time.monotonic() - max(self.on_screen_since, self.reranked_at) >= STOOD_FOR

    @property
    def pages(self) -> int:
        """How many nines of places there are, one at least."""
        return max(1, ceil(len(self.ranking.suggestions) / NUMBER_KEYS))

    def seen_ranking(self) -> Ranking:
        """Return the order of suggestions that a coder who presses a key now has seen."""
        just_now = time.monotonic() - self.reranked_at < REACTION
        return (self.ranking_before if just_now else None) or self.ranking

    def theme_at(self, key: int) -> str | None:
        """Return the theme that the coder has seen on a number key; None where there is none."""
        suggestions, place = self.seen_ranking().suggestions, self.page * NUMBER_KEYS + key
        return suggestions[place - 1].theme_id or None if place <= len(suggestions) else None


class Desk:
    """One coder at work on the answers to one question of a study.

    It and its parts (listing, sitting, advice) change by their own methods alone; everybody else reads.

    Args:
        study: The study.
        coder_id: Who codes.
        advice: Where suggestions come from.
        question_id: The question to begin with; None goes on where the coder was last.
    """

    def __init__(self, study: Study, coder_id: str, advice: Advice, question_id: str | None = None) -> None:
        self.study = study
        self.person_id = coder_id
        """Who codes, also where the session's coder is a layer that is set apart."""
        self.session = CodingSession(study, coder_id)
        self.session.waiting.patience = PATIENCE
        self.advice = advice
        self.listing = Listing(study, coder_id, question_id)
        self.mode: Mode = Browsing()
        self.here = AtAnswer()
        self.sitting = Sitting(time.monotonic())
        self.progress = QuestionProgress(0, 0)
        self.waiting = 0
        """The coder's codings that wait to be recoded, in all questions."""
        self.questions = 0
        """Open questions to the team whose last word is somebody else's."""
        self.last_theme: str | None = None
        """The theme chosen or taken off last, on whatever answer."""
        self.left_table: LeftTable | None = None
        """The table whose numbers led to the answers listed."""
        self.saved: bool | None = None
        """Whether the last change has reached the disk; None before the first."""
        self.compared = Compared()
        """How the theme at the cursor was coded before."""
        self._jumped_to: int | None = None
        self.orders_left = OrdersLeft()

    @property
    def hides(self) -> bool:
        """Whether suggestions stay hidden until the first choice."""
        fresh = not (self.here.standing.spans or self.here.standing.done or self.mode.shows_suggestions)
        return self.study.settings.hide_until_first_choice and fresh and not self.advice.is_off

    def open(self, number: int | None, *, jumped: bool = False, is_settled: bool = False) -> None:
        """Put an answer before the coder, with the best suggestions there are; None: nothing is listed.

        On the answer that is on screen already suggestions stay on their keys, unless it is asked about; so
        they do on one to which undo has led back.

        Args:
            number: The answer's number.
            jumped: Whether the coder jumped to it, rather than going on in the list.
            is_settled: Whether its suggestions stay on their keys from the start: they are printed.
        """
        response = None if number is None else surveys.response(self.study.database, number)
        if self.here.response and self.here.is_settled and not self.hides:
            self.orders_left.note(self.here.response.number, self.here.ranking)
        if jumped:
            self._jumped_to = number
        self.session.stands_at = response.number if response else None
        if response is None:
            self.here = AtAnswer()
            return
        self.listing.move_to(response.number)
        before = self.here if number == self.here.number and not is_settled else AtAnswer()
        self.here = AtAnswer(
            response,
            self.session.standing(response.number),
            came_by=self.mode.came_by(self.listing, picked=number == self._jumped_to),
            on_screen_since=0.0 if is_settled else time.monotonic(),
            selected=self.here.selected if number == self.here.number else None,
        )
        self.mode = self.mode.answered(self.here.standing)
        newest = _ranking(self, response)
        is_asked_about = bool(open_doubts(self) or self.here.standing.recode or self.mode.theme_id)
        if before.response and before.is_settled and not (self.hides or is_asked_about):
            kept = places_kept(before.ranking, newest)
            self._change(ranking=kept, touched=before.touched, on_screen_since=before.on_screen_since)
        elif (left := self.orders_left.take_for(response.number)) and not (self.hides or is_asked_about):
            self._change(ranking=places_kept(left, newest), touched=True)
        else:
            self._change(ranking=newest)
        prepare(self)

    def turn_to(self, page: int) -> None:
        """Put other nine places on the number keys, from page 0 on."""
        page = max(0, min(page, self.here.pages - 1))
        self._change(page=page, pages_seen=max(self.here.pages_seen, page + 1), cursor_theme=None)

    def rerank(self) -> bool:
        """Order the suggestions as they are best now, while the coder cannot have seen them yet.

        For a moment the keys still mean the order before. Later everything stays on its key: themes that are
        new take a free place, or follow. Hidden suggestions are on no key.

        Returns:
            Whether anything changed.
        """
        here = self.here
        if here.response is None:
            return False
        newer = _ranking(self, here.response)
        if here.is_settled and not self.hides:
            self._change(ranking=places_kept(here.ranking, newer))
        else:
            self._change(ranking=newer, ranking_before=here.ranking, reranked_at=time.monotonic())
        return self.here.ranking != here.ranking

    def point_at(self, theme_id: str | None) -> None:
        """Put the cursor on a theme."""
        self._change(cursor_theme=theme_id)

    def select(self, words: Span | None) -> None:
        """Select words of the answer, or none."""
        self._change(selected=words)

    def not_saved(self) -> None:
        """Note that the last change has not reached the disk."""
        self.saved = False

    def keep_reasons(self, reasons: EvidenceReady) -> None:
        """Keep why the engine suggests a theme for this answer."""
        self._change(reasons=reasons)

    def keep_words(self, words: KeptWords) -> None:
        """Keep what was done with the words of this answer."""
        self._change(words=words)

    def leave_table(self, table: LeftTable | None) -> None:
        """Remember the table from which one went to the answers behind a number."""
        self.left_table = table

    def touch(self, theme_id: str) -> None:
        """Note that a theme was chosen or taken off on this answer: the first nine places are next."""
        self.last_theme = theme_id
        self._change(touched=True, page=0, words=replace(self.here.words, moving=theme_id))

    def take_in(self, outcome: StepOutcome) -> None:
        """Go on from what a step has left, and pass it on to the engine."""
        self.saved = True
        if outcome.changed_settings:
            self.advice.read_answers()
        earlier = self.here.standing
        copies = outcome.responses[len(outcome.decided) :]
        if outcome.decided == (self.here.number,) and self.here.response and self.here.response.answered:
            standing, answers = self._learn(earlier.response, copies), len(outcome.responses)
            self.waiting += answers * (len(standing.recode) - len(earlier.recode))
            done = self.progress.done + answers * (standing.done - earlier.done)
            self.progress = self.progress._replace(done=done)
        else:
            for number in outcome.decided:
                self._learn(number, copies)
                copies = ()
            if not outcome.responses:
                # It stood so already: another program of the same coder may have been here.
                self.look_again()
            self.count_anew()
        if self.listing.group_is_open:
            _teach_group(self)
        self.mode = self.mode.answered(self.here.standing)

    def look_again(self) -> None:
        """Read anew what stands on this answer: something else than a step of this desk changed it."""
        if self.here.number is not None:
            self._change(standing=self.session.standing(self.here.number))
            self.mode = self.mode.answered(self.here.standing)

    def count_anew(self) -> None:
        """Count anew how far the coder has come with this question, and what waits for them."""
        question_id, coder_id = self.listing.question().id, self.session.coder_id
        in_round = self.listing.assigned.progress()
        self.progress = in_round or codings.progress(self.study.database, coder_id)[question_id]
        self.waiting = recode_queues.waiting_of(self.study.database, self.session.coder_id)
        self.questions = waiting_for(self.study.database, self.person_id)

    def work_in(self, one_round: Round | None) -> None:
        """List one's answers in a round, and code them as it says; None: all answers.

        In one that is set apart nothing is suggested but by words: what the engine has learned would tell how
        these answers are coded.
        """
        coder_id = one_round.coded_as(self.person_id) if one_round else self.person_id
        if coder_id != self.session.coder_id:
            # What still waits to be saved is saved there, too.
            waiting, self.session = self.session.waiting, CodingSession(self.study, coder_id)
            self.session.waiting = waiting
            self.compared, self.orders_left, self.mode = Compared(), OrdersLeft(), Browsing()
        look_as(self.study, coder_id)
        self.listing.work_in(one_round, coder_id)
        is_apart = bool(one_round and one_round.layer)
        self.advice.turn(off=one_round is not None and not one_round.suggests, by_words=is_apart)

    def list_answers(self, answers: Filter) -> None:
        """List what a filter lets through from now on; codings to be recoded are a queue with a way back."""
        if answers.show == "recode":
            question_id = answers.question_id or self.listing.question().id
            total = recode_queues.answers_asked(self.study.database, self.session.coder_id, question_id)
            self.mode = RecodeQueue(self.mode.way_out_by("w") or stop_of(self), total)
        else:
            self.mode = Browsing()
        self.listing.narrow(answers)

    def go_through(self, mode: Mode) -> None:
        """Go through the answers of a mode that has its own, in that way."""
        self.mode = mode
        self.listing.list_alone(mode.alone or (), group_is_open=mode.key == "=")

    def _learn(self, number: int, copies: Sequence[int] = ()) -> Standing:
        """Read what stands on an answer and teach it to the engine, and not what stands on its copies."""
        standing = self.session.standing(number)
        self.advice.learn(number, standing.theme_ids, done=standing.done, copies=copies)
        if number == self.here.number:
            self._change(standing=standing)
        return standing

    def _change(self, **changes: Any) -> None:
        self.here = replace(self.here, **changes)


def open_doubts(desk: Desk) -> list[Doubted]:
    """Return the doubts about this answer that its coder has not yet answered."""
    return desk.mode.doubts(desk.here.standing)


def stop_of(desk: Desk) -> Stop:
    """Return where the coder is, to come back to."""
    return Stop(desk.listing.filter, desk.here.number, desk.mode)


def _teach_group(desk: Desk) -> None:
    """Teach the engine each way in which answers of the same words are coded, once."""
    ways: dict[Any, list[Standing]] = {}
    members = desk.listing.equal.answers[:MOST_TAUGHT]
    standings = standings_of(desk.study.database, desk.session.coder_id, members)
    for standing in standings.values():
        ways.setdefault(standing.coded_as, []).append(standing)
    for one, *others in ways.values():
        copies = [other.response for other in others]
        desk.advice.learn(one.response, one.theme_ids, done=one.done, copies=copies)


def _ranking(desk: Desk, response: Response) -> Ranking:
    """Return the suggestions for an answer: those first that something is asked about, then its themes."""
    doubted = {doubt.theme_id: (doubt.theme_id,) for doubt in open_doubts(desk)}
    doubted |= {desk.mode.theme_id: (desk.mode.theme_id,)} if desk.mode.theme_id else {}
    standing, ranking = desk.here.standing, desk.advice.ranking(response)
    return in_front(ranking, {**doubted, **standing.recode}, standing.theme_ids)


def prepare(desk: Desk) -> None:
    """Have the engine rank the suggestions of this answer and of those that come next."""
    if desk.here.number is not None:
        desk.advice.prepare([desk.here.number, *desk.listing.upcoming(AHEAD)])


def ask_why(desk: Desk) -> None:
    """Ask the engine why the theme at the cursor is suggested."""
    engine, here = desk.advice.engine, desk.here
    theme = desk.study.codebook.by_id.get(here.cursor_theme or "")
    offered = theme is not None and theme.status == "active"
    if engine and here.response and theme and offered and here.ranking.stage != "words":
        engine.explain(here.response.number, theme.id)
