"""How the texts of a theme became others by a revision, word by word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.domain.revising.revision_text import CHANGE_MARKS
from coder.domain.revising.version_differences import word_changes
from coder.domain.theme_fields import THEME_FIELDS
from coder.text.inert import inert

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coder.domain.codebook import Theme
    from coder.tui.kit.windows.window_values import StyledText

_STYLES = {"same": "", "out": "strike $text-muted", "in": "bold $text-success"}


def changed_texts(older: Theme, newer: Theme) -> Iterator[StyledText]:
    """Yield a line for each text that says otherwise what the theme is."""
    for field in THEME_FIELDS:
        old_text, new_text = field.of(older), field.of(newer)
        if field.redefines != "never" and old_text != new_text:
            words = [
                # Marked as well: some terminals show neither struck out nor bold.
                (CHANGE_MARKS[kind].format(inert(word)), _STYLES[kind])
                for kind, word in word_changes(old_text, new_text)
            ]
            spaced = [piece for word in words for piece in (" ", word)]
            yield ((f"{field.heading}:", "bold"), *spaced)
