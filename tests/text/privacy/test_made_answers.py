"""How many names all finders find in made-up answers, and how often they are wrong."""

from __future__ import annotations

import pytest
from made_answers import (
    REPORTED_ON,
    TUNED_ON,
    WELSH_AND_POLISH,
    WRITTEN_LAST,
    made_answers,
    score,
)

from coder.text.privacy.all_finders import AllFinders
from coder.text.privacy.english_entities import EnglishEntities
from coder.text.privacy.vocabulary import Vocabulary

RECALL, ALARMS = 0.95, 1.0


@pytest.mark.parametrize("half", [TUNED_ON, REPORTED_ON, WRITTEN_LAST, WELSH_AND_POLISH])
@pytest.mark.parametrize("with_spacy", [False, True])
def test_names_are_found_with_few_false_alarms(half: str, *, with_spacy: bool) -> None:
    """At least 95% of names found whole, at most one false alarm in 20 answers, with spaCy and without."""
    answers = made_answers(half)
    texts = [answer.text for answer in answers]
    finders = AllFinders(Vocabulary(texts))
    entities = EnglishEntities().of(texts) if with_spacy else ((),) * len(texts)
    found = [finders.find(text, seen) for text, seen in zip(texts, entities, strict=True)]
    names = score(answers, found)
    assert names.wanted > 100
    assert names.recall >= RECALL, names.missed
    assert names.alarms_in_twenty <= ALARMS, names.alarms
