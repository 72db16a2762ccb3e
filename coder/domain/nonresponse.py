"""Which texts are no answer at all."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from coder.domain.near_names import fold_name
from coder.domain.texts.invisible import INVISIBLE, is_blank, without_blank_edges, without_invisible

if TYPE_CHECKING:
    from collections.abc import Iterable

DEFAULT_NON_RESPONSES = (
    "-", "--", ".", "..", "...", "n/a", "na", "n.a.", "n/k", "none", "no", "nil", "nothing",
    "nothing to add", "no answer", "no comment", "no comments", "no response", "not applicable",
    "not provided", "did not answer", "that's all", "that covers it", "nope, think that covers it",
    "see above", "as above", "see previous answer", "same as above", "x", "nope", "none at present",
    "nothing at present", "nothing at this stage", "nothing else", "nothing further",
    "null", "nan", "-99", "-98", "-97", "-88", "-77", "-66", "-9", "-8", "-7", "-999",
    "see #", "see q#", "see question #", "as #", "as q#", "as per #", "as per q#", "as per question #",
)  # fmt: skip
"""What `study.toml` lists as non-responses unless its owner edits the list. Blank is always one.
`#` stands for any number: "see q#" is met by "See Q16."."""

_NUMBER = re.compile(r"(?<!\d)\d{1,9}(?!\d)")
_LONGEST_NUMBER = 9
_FAR = 3
_EDGES = " .,;:!?\"'()[]"


def normalise(text: str) -> str:
    """Fold case and Unicode form, straighten apostrophes, squeeze blanks, strip marks at the edges."""
    squeezed = fold_name(without_invisible(text).replace("\u2019", "'"))
    return squeezed.strip(_EDGES) or squeezed


class NonResponses:
    """The texts that count as no answer in a study.

    Args:
        texts: The study's list; compared after `normalise`.
    """

    def __init__(self, texts: Iterable[str] = DEFAULT_NON_RESPONSES) -> None:
        self._texts = frozenset(normalise(text) for text in texts)
        self._far = _FAR * max(map(len, self._texts), default=0) + _LONGEST_NUMBER

    def __contains__(self, text: str) -> bool:
        """Tell whether the text is no answer: nothing in it can be seen, or it is in the list.

        A numeric 0 is an answer.
        """
        # Most answers are far longer than anything listed, however it is spaced: they need no folding.
        if len(text) > self._far and (
            (text[0] not in INVISIBLE and text[-1] not in INVISIBLE)
            or len(without_blank_edges(text)) > self._far
        ):
            return False
        folded = normalise(text)
        return is_blank(folded) or folded in self._texts or _NUMBER.sub("#", folded) in self._texts
