"""What a table says about small numbers: those marked, and those kept back."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from coder.tables.crosstab import Crosstab


def small_number_notes(
    word: str, crosstab: Crosstab, low: int, suppress: int, hidden: Collection[tuple[int, int]]
) -> Iterator[str]:
    """Yield the note on low numbers and the note on counts kept back, where the table has any.

    Args:
        word: What the study calls its respondents, in the plural.
        crosstab: The table's counts.
        low: Percentages of fewer than these are marked.
        suppress: Counts below this are kept back; 0 for none.
        hidden: The cells that are.
    """
    small = [group for group, base in zip(crosstab.groups, crosstab.bases, strict=True) if base < low]
    if small and crosstab.groups == ("",):
        yield f"Low numbers: the base is under {low} {word}, so one more or less changes a percentage much."
    elif small:
        listed = ", ".join(
            f"{group} ({base})"
            for group, base in zip(crosstab.groups, crosstab.bases, strict=True)
            if base < low
        )
        yield (
            f"Low numbers: the percentages of {listed} are of fewer than {low} {word}. One more or less "
            "changes them much; read them as a sign of what those counted said, not of all."
        )
    if hidden:
        yield (
            f"Kept back, so that none of the {word} can be recognised: counts under {suppress}, counts of "
            f"all but fewer than {suppress}, and as many others as are needed so that none of these can be "
            "worked out."
        )
