"""That the engine helps on the sample survey; the real figures are for `coder evaluate`."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from coder.formats.codebooks.reading import read_codebook
from coder.suggest import LexicalRanker, Suggester

if TYPE_CHECKING:
    from coder.domain.codebook import Theme

ROOT = Path(__file__).parents[2]
DATA = ROOT / "data" / "pch-2023"
CODEBOOK = read_codebook(ROOT / "codebooks" / "pch-2023.yaml")


def sample(question_id: str) -> list[tuple[str, str, set[str]]]:
    """Return respondent, text and theme ids of each answer to a question."""
    codings: dict[tuple[str, str], set[str]] = {}
    for row in rows("reference_codings.csv"):
        if row["question"] == question_id:
            theme = CODEBOOK.find(row["theme"], question_id)
            codings.setdefault((row["respondent_id"], row["item"]), set()).add(theme.id)
    return [
        (row["respondent_id"], text, codings.get((row["respondent_id"], item), set()))
        for row in rows("responses.csv")
        for item in "123"
        if (text := row[f"{question_id.lower()}_{item}"]).strip()
    ]


def rows(name: str) -> list[dict[str, str]]:
    """Read one of the sample's files."""
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def recall_at_5(ranked: list[list[str]], right: list[set[str]]) -> float:
    """Return the mean share of an answer's themes among the first five."""
    return float(np.mean([len(set(r[:5]) & t) / len(t) for r, t in zip(ranked, right, strict=True) if t]))


def orders(suggester: Suggester, texts: list[str]) -> list[list[str]]:
    """Return the theme ids of each text, best first."""
    return [[suggester.theme_ids[i] for i in np.argsort(-row)] for row in suggester.rank(texts)]


@pytest.mark.parametrize("question_id", ["Q15", "Q16", "Q17"])
def test_it_finds_the_themes_of_unseen_respondents(question_id: str) -> None:
    """Without a model, taught by half of the councils, most themes of the others are in the first five."""
    themes: tuple[Theme, ...] = CODEBOOK.offered(question_id)
    answers = sample(question_id)
    held_out = {respondent for respondent, _, _ in answers if int(respondent[1:]) % 2}
    seen = [answer for answer in answers if answer[0] not in held_out]
    unseen = [answer for answer in answers if answer[0] in held_out]
    texts, right = [text for _, text, _ in unseen], [themes for _, _, themes in unseen]
    suggester = Suggester(themes)
    suggester.prepare([text for _, text, _ in answers])
    assert recall_at_5(orders(suggester, texts), right) > 0.75
    suggester.add([text for _, text, _ in seen], [labels for _, _, labels in seen])
    assert recall_at_5(orders(suggester, texts), right) > 0.8
    words = LexicalRanker(themes)
    assert recall_at_5([[theme_id for theme_id, _ in words.rank(text)] for text in texts], right) > 0.75
