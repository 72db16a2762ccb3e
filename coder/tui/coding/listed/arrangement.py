"""The order of a list: the one that a coder chose for a question, and the answers arranged by it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.domain.reading_orders import Order, at_random, read_order
from coder.store import surveys
from coder.store.database import remember
from coder.tui.coding.listed.sequence import Sequenced

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coder.store.database import Database


class Arrangement:
    """The order in which one coder reads the answers to a question; the study remembers it.

    Args:
        database: The study's database.
        coder_id: The coder.
    """

    def __init__(self, database: Database, coder_id: str) -> None:
        self._database = database
        self._coder_id = coder_id
        self._question_id = ""
        self._is_new = False
        self._confirmed = 0
        self.order = Order()
        self.sequence: Sequenced | None = None
        """The answers in that order; None while they stand as in the file."""

    def recall(self, question_id: str) -> None:
        """Go on with the order last chosen for a question; the answers are yet to be arranged by it."""
        self._question_id = question_id
        self.order = read_order(self._database.setting(self._setting()) or "")
        self._is_new = False
        self.sequence = None

    def choose(self, order: Order) -> None:
        """Keep an order for this question, for this sitting and the next."""
        remember(self._database, self._setting(), order.written())
        self.recall(self._question_id)
        self._is_new = True

    def arrange(self, numbers: Sequence[int], here: int | None = None) -> None:
        """Put the answers in an order; those up to and with `here` stay in the order they were in."""
        so_far = self.sequence or Sequenced([here] if here else [])
        self.sequence = so_far.followed_by(numbers, here) if here else Sequenced(numbers)

    def shuffle(self) -> None:
        """Put the answers to the question in random order."""
        self.arrange(at_random(surveys.ids_of_question(self._database, self._question_id)))

    def take_new(self) -> bool:
        """Tell, once, whether the coder has just chosen the order, and so wants to begin at its top."""
        is_new, self._is_new = self._is_new, False
        return is_new

    def count_confirmed(self) -> int:
        """Count one more answer confirmed; return how many since the order was last worked out."""
        self._confirmed += 1
        return self._confirmed

    def forget_confirmed(self) -> None:
        """Begin to count again: the order is being worked out."""
        self._confirmed = 0

    def _setting(self) -> str:
        return f"order.{self._coder_id}.{self._question_id}"
