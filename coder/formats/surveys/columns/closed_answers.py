"""Values that people choose and do not write."""

from __future__ import annotations

CLOSED_ANSWERS = frozenset({
    "yes", "no", "maybe", "not sure", "don't know", "unsure", "agree", "disagree", "strongly agree",
    "strongly disagree", "neutral", "neither agree nor disagree", "ja", "nein", "vielleicht", "oui",
    "non", "sí", "si", "sì", "nee", "tak", "nie", "true", "false", "checked", "unchecked", "selected",
    "not selected", "quoted", "not quoted", "x", "ydw", "nac ydw", "ydy", "nac ydy",
})  # fmt: skip
