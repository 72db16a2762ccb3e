"""Whether the first row of a list, one text a row, is the question or the first answer."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from coder.formats.surveys.columns.box_habits import is_any_text, is_code

if TYPE_CHECKING:
    from collections.abc import Sequence

FirstRow = Literal["question", "perhaps question", "perhaps answer"]

_MOST_WORDS = 3
"""Words of a name that is no wording."""
_SOME = 0.3
_SENTENCE_END = re.compile(r"[.!…][\"'”’)]*$")
_TEXTS = (
    r"comments?|feedback|suggestions?|remarks?|thoughts|improvements?|opinions?|answers?|responses?|reasons?|"
    r"kommentare?|anmerkungen|anregungen|vorschläge|antworten|commentaires?|suggestions|remarques|réponses?|"
    r"comentarios?|sugerencias|respuestas?|commenti|suggerimenti|risposte|opmerkingen|suggesties|antwoorden|"
    r"komentarze?|uwagi|odpowiedzi|sylwadau|atebion"
)
_ASKS = re.compile(
    r"(?:what|why|how|which|who|when|where) (?:is|are|do|does|did|would|could|can|should|will|has|else)\b|"
    r"(?:[^,]+, )?(?:please )?(?:tell us|describe|explain|list|state|specify|share|comment on|name)\b|"
    r"(?:[^,]+, )?(?:bitte )?(?:beschreiben|nennen|erläutern|begründen|schildern) sie\b|"
    r"décrivez|expliquez|describa|explique|descriva|spieghi|beschrijf|opisz|proszę opisać|disgrifiwch\b|"
    rf"(?:{_TEXTS})\b|.*\b(?:{_TEXTS})$",
    re.IGNORECASE,
)
_ASKS_YOU = re.compile(
    r"(?:what|why|how|which|who|when|where|was|wie|warum|wozu|welche\w*|que|quels?|quelles?|qu'\w+|pourquoi|"
    r"comment|c[oó]mo|cu[aá]l\w*|qué|por qué|che cosa|cosa|quali?|perch[eé]|wat|waarom|hoe|welke|co|jak\w*|"
    r"dlaczego|beth|sut|pam)\b.*\b(?:you|your|sie|ihnen|ihre?[rnm]?|vous|votre|vos|usted|ustedes|su|sus|lei|voi|"
    r"vostr\w|u|uw|państw[oau]|pan|pani|chi|eich)\b",
    re.IGNORECASE,
)
_OWN_WORDS = re.compile(
    r"\b(?:i|i'm|i've|we|my|our|me|us|ich|wir|mein\w*|unser\w*|je|j'\w+|nous|mon|ma|notre|yo|mi|nuestr\w+|io|mio|"
    r"mia|ik|mijn|wij|ons|ja|my|mój|moja)\b(?! (?:about|more|us)\b)",
    re.IGNORECASE,
)


def asks(cell: str) -> bool:
    """Tell whether a text asks for something, and does not speak of its writer."""
    if _OWN_WORDS.search(cell):
        return False
    return _ASKS.match(cell) is not None or _ASKS_YOU.match(cell) is not None


def first_row_of_list(cell: str, filled: Sequence[str]) -> FirstRow:
    """Return what the first row of a list is; without "perhaps" the texts themselves settle it.

    Args:
        cell: The first row.
        filled: The rows below it that hold something.
    """
    words = cell.split()
    questions = sum(other_cell.rstrip().endswith("?") for other_cell in filled)
    if cell.endswith(("?", ":")) and questions <= _SOME * len(filled):
        return "question"
    if cell not in filled and 2 * len(set(filled)) <= len(filled):
        return "question"  # the answers repeat, and it does not
    if _SENTENCE_END.search(cell) or cell in filled:
        return "perhaps answer"
    if is_code(cell) or is_any_text(cell) or asks(cell):
        return "question"
    if len(words) > _MOST_WORDS:
        return "perhaps answer"
    lengths = sorted(len(other_cell.split()) for other_cell in filled)
    longer = bool(lengths) and lengths[len(lengths) // 2] > _MOST_WORDS
    return "question" if longer and "," not in cell else "perhaps question"
