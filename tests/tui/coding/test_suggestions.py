"""Suggestions for an answer, by words alone and from the engine."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from coding_study import QuietEngine
from making import CODEBOOK, small_study

from coder.domain.codebook import Codebook
from coder.domain.codings import Span
from coder.domain.ranking import RankedResponse, Suggestion
from coder.store import surveys
from coder.tui.coding.suggestions import Advice

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from coder.workflows.study.study import Study


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    """Open a small study."""
    study = small_study(tmp_path / "study")
    yield study
    study.close()


def test_advice_goes_by_words_until_the_engine_speaks(study: Study) -> None:
    """A ranking by words is there at once; the engine's takes its place, for the themes that it knows."""
    response = surveys.response(study.database, 1)
    assert response is not None
    advice = Advice(CODEBOOK, None)
    ranking = advice.ranking(response)
    assert (ranking.stage, ranking.suggestions[0].theme_id) == ("words", "staff")
    assert advice.evidence(response, "staff") == (Span(13, 18),)
    suggestions = (Suggestion("beds", 0.9, (Span(0, 2),)), Suggestion("pay", 0.1))
    advice.receive(RankedResponse(1, "learned", suggestions))
    assert advice.ranking(response).stage == "learned"
    assert advice.evidence(response, "beds") == (Span(0, 2),)
    advice.revise(Codebook(CODEBOOK.themes[3:]))
    assert [(s.theme_id, s.strength) for s in advice.ranking(response).suggestions] == [
        ("beds", 0.9),
        ("money", None),
    ]
    assert advice.evidence(response, "pay") == ()


def test_advice_without_an_engine_asks_nobody(study: Study) -> None:
    """Without an engine nothing is sent; with one, what is learned and what is wanted."""
    advice = Advice(study.codebook, None)
    advice.prepare([1])
    advice.learn(1, ["pay"], done=True)
    engine = QuietEngine()
    advice.engine = engine
    advice.prepare([2])
    advice.learn(2, ["pay"], done=False)
    assert (engine.ranked, engine.coded) == ([[2]], [(2, ("pay",), False)])
