"""Suggestions of themes: ranked, with probabilities and reasons, learned from what was coded.

Importing this package loads no numbers library; its names do so when they are first used.

    from coder.domain.codebook import Theme
    from coder.suggest import Suggester, load_encoder

    themes = [
        Theme("staff", "Staffing", "Too few people", keywords=("recruit", "agency")),
        Theme("money", "Money", "What it costs", examples=("The budget was cut",)),
    ]
    suggester = Suggester(themes, load_encoder("default"))  # None in its place goes by words alone
    suggester.prepare(answers)  # all texts of the question; not needed, but better
    suggester.add(["Nobody applies"], [["staff"]])  # texts, and for each the ids of its themes
    suggester.rank(["Pay is too low"])  # array (1 text, 2 themes) of probabilities
    suggester.explain("Pay is too low", "money")  # Evidence: spans, keywords, nearest coded answers

Embedding takes some milliseconds a text and is done once for each text. To store vectors between runs, fill
`coder.suggest.encoding.text_vectors.Vectors` and give it in the encoder's place.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from coder.suggest.encoding.encoders import Encoder, load_encoder
    from coder.suggest.evidence import Evidence
    from coder.suggest.lexical import LexicalRanker
    from coder.suggest.service import SuggestionService
    from coder.suggest.suggester import Suggester

__all__ = ["Encoder", "Evidence", "LexicalRanker", "Suggester", "SuggestionService", "load_encoder"]

_HOMES = {
    "Encoder": "encoding.encoders",
    "Evidence": "evidence",
    "LexicalRanker": "lexical",
    "Suggester": "suggester",
    "SuggestionService": "service",
    "load_encoder": "encoding.encoders",
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        msg = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(msg)
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
