"""Whose codings somebody may see, and on which answers."""

from __future__ import annotations

from typing import NamedTuple


class Sight(NamedTuple):
    """Whose codings a person sees: everybody's, but for those on the answers of a blind round of theirs.

    A round that is blind is so for its members until all of them have finished it. Until then each of them
    sees on its answers, those of the others as well, their own codings, marks and steps alone. So does all
    that is worked out for them: lists, filters, tables, counts in the codebook, quotes, exports, the report,
    the second look, and what suggestions have learned. On all other answers they see everybody's. Whoever is
    in no such round sees everything. `store.team.seeing` holds a connection to the database to it, so that
    nothing that reads has to ask.

    What was coded in trainings, or coded again, is set apart, and nobody sees it but who is coding it, while
    they do: there they look as that layer, and see on the round's answers what is in it alone.
    """

    person_id: str = ""
    """Who looks: a person, or the layer set apart in which they code."""
    rounds: tuple[str, ...] = ()
    """The ids of the blind rounds of theirs that somebody has yet to finish."""
    hides_apart: bool = False
    """Whether there are layers set apart, which they do not see."""

    @property
    def is_blind(self) -> bool:
        """Whether there are codings that they do not see."""
        return bool(self.rounds)


EVERYTHING = Sight()
"""All that there is, layers set apart among it: for what changes codings, and what copies exchange."""
