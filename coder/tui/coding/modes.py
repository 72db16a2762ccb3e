"""The ways of going through answers: reading the list, the queue to be recoded, the second look.

Each is a value that says which answer comes next, what Enter confirms, what comes after the last answer,
where Esc leads, and how an answer came before its coder.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, ClassVar, Literal, NamedTuple, Protocol

from coder.domain.filters import Filter
from coder.store import recode_queues
from coder.workflows.coding.second_look import is_waiting

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from coder.domain.reading_orders import CameBy
    from coder.domain.second_look import Doubted
    from coder.domain.standing import Standing
    from coder.tui.coding.listed.listing import Listing


ModeKey = Literal["w", "c", "=", "s", "p"]
"""The keys that lead into a mode and out of it: `w` the queue to be recoded, `c` the second look, `=` answers
of the same words one by one, `s` answers most like one, `p` those of a draft theme."""


class Stop(NamedTuple):
    """A place one can go back to: what was listed, the answer on screen, and how one went through answers."""

    answers: Filter
    number: int | None = None
    mode: Mode | None = None
    """None: as the filter says."""

    def answered(self, standing: Standing) -> Stop:
        """Return the same after a step, given what stands on the answer on screen now."""
        return self if self.mode is None else self._replace(mode=self.mode.answered(standing))

    def way_out_by(self, key: ModeKey) -> Stop | None:
        """Return where a key leads back to from there."""
        return None if self.mode is None else self.mode.way_out_by(key)


class AfterLast(NamedTuple):
    """What comes after the last answer of a list."""

    text: str
    """What the coder is told."""
    seconds: float
    """How long that stays on screen."""
    goes_to: Stop | None = None
    """None: the answer on screen stays."""


class Mode(Protocol):
    """One way of going through answers."""

    @property
    def shows_suggestions(self) -> bool:
        """Whether suggestions are shown even before a first choice."""

    @property
    def key(self) -> ModeKey | None:
        """The key that led here, and leads back; None where none did."""

    @property
    def alone(self) -> Sequence[int] | None:
        """The answers listed in place of those that the filter lets through; None: those."""

    @property
    def theme_id(self) -> str:
        """The theme that the answers listed may have: it is on key 1; empty: none in particular."""

    @property
    def settles_notices(self) -> bool:
        """Whether Enter settles what was said of the answer, so that it is to be taken away."""

    @property
    def takes_first(self) -> bool:
        """Whether Space takes the first suggestion; else it does what Enter does."""

    def doubts(self, standing: Standing) -> list[Doubted]:
        """Return the doubts about an answer that its coder has not yet answered."""

    def confirms(self, standing: Standing) -> bool:
        """Tell whether Enter confirms an answer as it stands."""

    def came_by(self, listing: Listing, *, picked: bool) -> CameBy:
        """Return how an answer came before its coder; `picked`: by a jump to it."""

    def next_after(self, listing: Listing, number: int) -> int | None:
        """Return the answer to go to after one, or None where no other is left."""

    def after_last(self, listing: Listing) -> AfterLast:
        """Return what comes when no other answer is left."""

    def title(self, listing: Listing) -> str:
        """Return how much is left, for the list's title; empty where the title says what is listed."""

    def way_out(self, listing: Listing) -> Stop | None:
        """Return where Esc leads, or None where there is nothing to leave."""

    def way_out_by(self, key: ModeKey) -> Stop | None:
        """Return where the key that leads into a mode leads back to; None where one is in no such mode."""

    def answered(self, standing: Standing) -> Mode:
        """Return the mode after a step, given what stands on the answer on screen now."""


@dataclass(frozen=True, slots=True)
class Browsing:
    """Reading what a filter lets through, in the list's order."""

    key = None
    alone = None
    theme_id = ""
    shows_suggestions = False
    settles_notices = False
    takes_first = True

    def doubts(self, standing: Standing) -> list[Doubted]:
        """Return nothing: nobody has looked for doubts."""
        del standing
        return []

    def confirms(self, standing: Standing) -> bool:
        """Confirm an answer with a theme that is open, or has a coding to be recoded."""
        return bool(standing.spans) and (bool(standing.recode) or not standing.done)

    def came_by(self, listing: Listing, *, picked: bool) -> CameBy:
        """Return the list's order; `picked` where the list was narrowed, or one jumped there."""
        answers = listing.filter
        if picked or answers not in {Filter(answers.question_id), Filter(answers.question_id, "open")}:
            return "picked"
        return listing.arrangement.order.kind if listing.arranged else "file"

    def next_after(self, listing: Listing, number: int) -> int | None:
        """Return the next open answer, from the top again after the last."""
        following = listing.next_open(number) or listing.next_open(0)
        return following if following != number else None

    def after_last(self, listing: Listing) -> AfterLast:
        """Stay, and say whether the question is done or only this list."""
        question_id, in_round = listing.question().id, listing.assigned.progress()
        if in_round and in_round.done == in_round.answers:
            text = (
                f"All your answers in {listing.assigned.round_name} are done. T, then f, finishes the round."
            )
            return AfterLast(text, 12)
        if listing.filter == Filter(question_id) and listing.next_open(0) is None:
            text = f"Every answer to {question_id} is done. ] goes to the next question, t shows the tables."
            return AfterLast(text, 6)
        return AfterLast("No other open answer in this list. v changes the list.", 6)

    def title(self, listing: Listing) -> str:
        """Return nothing: the title says what is listed."""
        del listing
        return ""

    def way_out(self, listing: Listing) -> Stop | None:
        """Lead from a narrowed list to all answers."""
        return Stop(listing.filter.cleared()) if listing.filter.narrowed() else None

    def way_out_by(self, key: ModeKey) -> None:
        """Return nothing: no key leads into this."""
        del key

    def answered(self, standing: Standing) -> Mode:
        """Go on."""
        del standing
        return self


@dataclass(frozen=True, slots=True)
class RecodeQueue:
    """Codings that need a fresh look since the codebook was revised, an answer after the other."""

    came_from: Stop
    """Where one was before."""
    total: int
    """Answers that revisions put into the queue."""
    key: ClassVar[ModeKey] = "w"
    alone = None
    theme_id = ""
    shows_suggestions = False
    settles_notices = True
    takes_first = False

    def doubts(self, standing: Standing) -> list[Doubted]:
        """Return nothing: nobody has looked for doubts."""
        return Browsing().doubts(standing)

    def confirms(self, standing: Standing) -> bool:
        """Confirm as in the list: that settles what waits."""
        return Browsing().confirms(standing)

    def came_by(self, listing: Listing, *, picked: bool) -> CameBy:
        """Return that a revision put the answer there, unless one jumped to it."""
        del listing
        return "picked" if picked else "recode"

    def next_after(self, listing: Listing, number: int) -> int | None:
        """Return the next answer that waits, from the top again after the last."""
        return Browsing().next_after(listing, number)

    def after_last(self, listing: Listing) -> AfterLast:
        """Go on with what waits in this or another question; else go back to where one was."""
        question_id = waiting_first(listing)
        if question_id is None:
            return AfterLast("All recoded. u takes back the last decision.", 6, self.came_from)
        count = _answers_waiting(listing)[question_id]
        return AfterLast(
            f"On to what waits in {question_id}: {count}.", 4, Stop(Filter(question_id, show="recode"))
        )

    def title(self, listing: Listing) -> str:
        """Return `2 of 3 to be recoded`; nothing where the queue is narrowed further."""
        question_id = listing.filter.question_id
        if listing.filter != Filter(question_id, show="recode"):
            return ""
        answers_left = _answers_waiting(listing).get(question_id or "", 0)
        return f"{answers_left} of {self.total} to be recoded"

    def way_out(self, listing: Listing) -> Stop:
        """Lead back to where one was before the queue."""
        del listing
        return self.came_from

    def way_out_by(self, key: ModeKey) -> Stop | None:
        """Lead back by `w`; by the key of the mode below out of that as well."""
        return self.came_from if key == self.key else self.came_from.way_out_by(key)

    def answered(self, standing: Standing) -> Mode:
        """Go on."""
        return replace(self, came_from=self.came_from.answered(standing))


@dataclass(frozen=True, slots=True)
class SecondLook:
    """Codings that may be wrong or missing, the most doubtful answer first."""

    doubted: Mapping[int, tuple[Doubted, ...]]
    """Response to what is doubted of it, in the order of the list."""
    left: frozenset[int]
    """The responses with a doubt that waits for its coder."""
    came_from: Stop
    """Where one was before."""
    key: ClassVar[ModeKey] = "c"
    theme_id = ""
    shows_suggestions = True
    settles_notices = False
    takes_first = False

    @property
    def alone(self) -> Sequence[int]:
        """The doubted answers, the most doubtful first."""
        return list(self.doubted)

    def doubts(self, standing: Standing) -> list[Doubted]:
        """Return the doubts about an answer that its coder has not yet answered."""
        return [doubt for doubt in self.doubted.get(standing.response, ()) if is_waiting(doubt, standing)]

    def confirms(self, standing: Standing) -> bool:
        """Confirm an answer that was opened again, with the themes it has now."""
        return bool(standing.spans) and not standing.done

    def came_by(self, listing: Listing, *, picked: bool) -> CameBy:
        """Return that the answer came up to be checked."""
        del listing, picked
        return "check"

    def next_after(self, listing: Listing, number: int) -> int | None:
        """Return the next answer with a doubt that waits, from the top again after the last."""
        del listing
        numbers = list(self.doubted)
        index = numbers.index(number) if number in self.doubted else -1
        round_the_list = (*numbers[index + 1 :], *numbers[: index + 1])
        return next((following for following in round_the_list if following in self.left), None)

    def after_last(self, listing: Listing) -> AfterLast:
        """Go back to where one was."""
        del listing
        return AfterLast("That was all. c looks again; u takes back the last answer.", 6, self.came_from)

    def title(self, listing: Listing) -> str:
        """Return `Second look: 3 of 12 left`."""
        del listing
        return f"Second look: {len(self.left)} of {len(self.doubted)} left"

    def way_out(self, listing: Listing) -> Stop:
        """Lead back to where one was before the second look."""
        del listing
        return self.came_from

    def way_out_by(self, key: ModeKey) -> Stop | None:
        """Lead back by `c`; by `w` out of the queue as well, where the second look began in it."""
        return self.came_from if key == self.key else self.came_from.way_out_by(key)

    def answered(self, standing: Standing) -> Mode:
        """Count the answer on screen among those left while a doubt about it waits."""
        came_from, this_answer = self.came_from.answered(standing), frozenset((standing.response,))
        left = self.left | this_answer if self.doubts(standing) else self.left - this_answer
        return replace(self, left=left, came_from=came_from)


@dataclass(frozen=True, slots=True)
class Gathered:
    """Some answers alone: those of the same words, one by one, those most like one, those of a draft."""

    heading: str
    """What they are, for the list's title."""
    key: ModeKey
    alone: Sequence[int]
    came_from: Stop
    """Where one was before."""
    theme_id: str = ""
    after: Callable[[Any], object] | None = None
    """Given the screen, goes on once the ticked are done; None: one stays with these."""
    settles_notices = False
    takes_first = True

    @property
    def shows_suggestions(self) -> bool:
        """Whether a theme is in question, which is to be on its key."""
        return bool(self.theme_id)

    def doubts(self, standing: Standing) -> list[Doubted]:
        """Return the doubts about an answer, as there."""
        return self.came_from.mode.doubts(standing) if self.came_from.mode else []

    def confirms(self, standing: Standing) -> bool:
        """Confirm as in the list."""
        return Browsing().confirms(standing)

    def came_by(self, listing: Listing, *, picked: bool) -> CameBy:
        """Return that the answer was picked."""
        del listing, picked
        return "picked"

    def next_after(self, listing: Listing, number: int) -> int | None:
        """Return the next of them that is open, from the top again after the last."""
        return Browsing().next_after(listing, number)

    def after_last(self, listing: Listing) -> AfterLast:
        """Go back to where one was."""
        del listing
        on = " p goes on with the drafts." if self.key == "p" else ""
        return AfterLast(f"Each of these is done.{on}", 4, self.came_from)

    def title(self, listing: Listing) -> str:
        """Return what they are, and how many."""
        return f"{len(listing.numbers):,} {self.heading}"

    def way_out(self, listing: Listing) -> Stop:
        """Lead back to where one was before."""
        del listing
        return self.came_from

    def way_out_by(self, key: ModeKey) -> Stop | None:
        """Lead back by the key that led here; by the key of the mode below out of that as well."""
        return self.came_from if key == self.key else self.came_from.way_out_by(key)

    def answered(self, standing: Standing) -> Mode:
        """Go on; what the step has settled is settled where one was before, too."""
        return replace(self, came_from=self.came_from.answered(standing))


def waiting_first(listing: Listing) -> str | None:
    """Return the question to recode first: this one if anything of it waits; None if nothing waits."""
    waiting = _answers_waiting(listing)
    questions = (listing.question(), *listing.questions)
    return next((question.id for question in questions if question.id in waiting), None)


def _answers_waiting(listing: Listing) -> dict[str, int]:
    return recode_queues.answers_waiting(listing.study.database, listing.coder_id)
