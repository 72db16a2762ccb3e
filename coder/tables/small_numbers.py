"""What a table says about small numbers: those marked, and those kept back."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from coder.tables.keeping_back.withheld import Withheld

LOW_NUMBERS = "Low numbers"
"""How the note on percentages of few begins."""
KEPT_BACK_NOTES = ("Kept back, ", "Of some columns it is kept back ", "Rows whose place would tell ")
"""How those on what is kept back begin."""


def small_number_notes(
    word: str,
    sizes: Sequence[tuple[str, float]],
    low: int,
    *,
    effective: bool = False,
) -> Iterator[str]:
    """Yield the note on low numbers, where the table has any.

    Args:
        word: What the study calls its respondents, in the plural.
        sizes: What the percentages are of: a name, empty for all respondents together, and how many.
        low: Percentages of fewer than these are marked.
        effective: Whether the sizes are effective bases.
    """
    under = "an effective base of fewer than" if effective else "fewer than"
    the_base = "the effective base" if effective else "the base"
    # Of nobody there are no percentages.
    small = [(name, size) for name, size in sizes if 0 < size < low]
    if small and [name for name, _ in sizes] == [""]:
        yield (
            f"Low numbers: {the_base} is under {low:,} {word}, so one more or less changes a percentage much."
        )
    elif small:
        names = ", ".join(f"{name} ({size:,})" for name, size in small)
        yield (
            f"{LOW_NUMBERS}: the percentages of {names} are of {under} {low:,} {word}. One more or less "
            "changes them much; read them as a sign of what those counted said, not of all."
        )


def withheld_notes(word: str, suppress: int, withheld: Withheld) -> Iterator[str]:
    """Yield the note on what is kept back, where anything is.

    Args:
        word: What the study calls its respondents, in the plural.
        suppress: Counts below this are kept back in the table for their own sake; 0 for none.
        withheld: What is not printed.
    """
    if not withheld.is_any:
        return
    if suppress:
        yield (
            f"Kept back, so that none of the {word} can be recognised: counts under {suppress:,}, counts of "
            f"all but fewer than {suppress:,}, and as many others as are needed so that none of these can be "
            "worked out, here or from the tables beside this one."
        )
    else:
        yield (
            f"Kept back, so that none of the {word} can be recognised: what would give away counts that the "
            f"tables beside this one keep back, those under {withheld.limit:,}."
        )
    if withheld.bases:
        yield (
            "Of some columns it is kept back how many they are, and all percentages in them: that is a count "
            f"of what {word} said, as cells are."
        )
    if withheld.placeless:
        yield "Rows whose place would tell of what is kept back stand last, in no order of counts."
