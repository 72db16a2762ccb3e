"""What windows ask or show, as values: a screen opens them, the plain mode asks them line by line."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import KW_ONLY, dataclass
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

if TYPE_CHECKING:
    from rich.table import Table
    from textual.content import Content

T = TypeVar("T")

MOST = 200
"""Options shown at a time; typing more narrows them."""

SHOWN_SHARE = 92
"""Per cent of a screen's width that a text to read takes."""
SHOWN_WIDEST = 92
"""Columns that it takes at most."""
_FRAME = 5
"""Columns of its frame, margins and scroll bar."""

StyledText = tuple[str | tuple[str, str], ...]
"""Pieces of a text: plain ones, and ones with the name of a style (`bold`, `dim`, `bold $text-accent`)."""


def joined(lines: Sequence[StyledText]) -> StyledText:
    """Return lines of styled text as one text."""
    return tuple(piece for number, line in enumerate(lines) for piece in (("\n",) * (number > 0) + line))


def without_styles(text: StyledText) -> str:
    """Return what a styled text says."""
    return "".join(piece if isinstance(piece, str) else piece[0] for piece in text)


class Option(NamedTuple, Generic[T]):
    """One thing to pick."""

    label: str
    choice: T
    """What picking it returns."""
    detail: str = ""
    """Shown while the cursor is on it."""
    note: str = ""
    """Stands at the right of the label."""


OptionSource = Callable[[str], Sequence[Option[T]]]
"""Gives the options for what has been typed so far, best first."""


@dataclass(frozen=True, slots=True)
class Pick(Generic[T]):
    """Pick one of many by typing a part of it."""

    title: str
    source: OptionSource[T]
    _: KW_ONLY
    placeholder: str = "type to find"
    nothing: str = "Nothing to pick. Esc closes."
    """What is said where nothing fits."""
    cursor: int = 0
    """The option at the cursor when it opens."""
    may_be_text: bool = False
    """Whether what is typed may be meant as a text of its own: then one Esc does not drop it."""


@dataclass(frozen=True, slots=True)
class Ask:
    """Ask for a text: one line, or several."""

    title: str
    text: str = ""
    """What the line holds at first."""
    hint: str = ""
    """What the keys do; of itself: what saves, and that Esc leaves it as it is."""
    _: KW_ONLY
    lines: int = 1
    """How many lines there are to type in; typing replaces the text of one, and goes on after several."""
    stands: str | None = None
    """What stands now, where the window begins with another text: Esc is not to drop that one either."""


class Show(NamedTuple):
    """Show a text to read: help, the details of a theme."""

    title: str
    content: StyledText | Content | Table


def room_to_read(width: int) -> int:
    """Return how many characters of a line fit where a text is shown, on a screen so many columns wide."""
    return min(width * SHOWN_SHARE // 100, SHOWN_WIDEST) - _FRAME


class Hold(NamedTuple):
    """Wait until no other program writes to the study, or until the person gives up."""

    why: str
    """What stands in the way."""
    is_held: Callable[[], bool]
    """Tells whether it still does."""


Window = Pick[T] | Ask | Show | Hold
"""What lies on top of a screen until it is answered: a `Pick` with the choice picked, an `Ask` with what was
typed, a `Hold` with True; None where it was left."""
