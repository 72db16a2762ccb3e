"""Finding names and numbers: how many of them, how often wrongly, and 100,000 answers in how long."""

from __future__ import annotations

import sys
from functools import partial
from itertools import repeat
from pathlib import Path
from time import process_time
from typing import TYPE_CHECKING

from benchmarks.results import Result
from coder.domain.privacy.findings import Certainty, Finding
from coder.text.english_grammar import is_installed
from coder.text.privacy.all_finders import AllFinders
from coder.text.privacy.english_entities import EnglishEntities
from coder.text.privacy.patterns import PATTERNS
from coder.text.privacy.vocabulary import Vocabulary

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from coder.text.privacy.finder import Finder

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
from made_answers import REPORTED_ON, TUNED_ON, WRITTEN_LAST, MadeAnswer, made_answers, score

ANSWERS = 100_000
SECONDS = 300
MOST_MISSED, MOST_ALARMS = 0.05, 1.0


def measure_finders() -> Iterator[Result]:
    """Measure misses and false alarms on made answers, printing each finder's, and the time of 100,000."""
    for half in (TUNED_ON, REPORTED_ON, WRITTEN_LAST):
        answers = made_answers(half)
        for name, find in _ways(answers).items():
            for kind in sorted({kind for answer in answers for _, _, kind in answer.places}):
                scored = score(answers, [find(answer.text) for answer in answers], kind)
                if len(scored.missed) < scored.wanted or scored.alarms or name == "all":
                    print(
                        f"{half}: {name}: {kind}: recall {scored.recall:.3f} of {scored.wanted}, precision"
                        f" {scored.precision:.3f}, {scored.alarms_in_twenty:.2f} false alarms in 20 answers",
                        file=sys.stderr,
                    )
                if name == "all" and kind == "name":
                    missed, alarms = 1 - scored.recall, scored.alarms_in_twenty
                    yield Result(f"names missed, {half}", missed, 1, "", MOST_MISSED, absolute=True)
                    yield Result(f"false alarms in 20, {half}", alarms, 1, "", MOST_ALARMS, absolute=True)
    yield _speed()


def _ways(answers: Sequence[MadeAnswer]) -> dict[str, Callable[[str], tuple[Finding, ...]]]:
    texts = [answer.text for answer in answers]
    seen = dict(zip(texts, EnglishEntities().of(texts) if is_installed() else repeat(()), strict=False))
    together, rules = AllFinders(Vocabulary(texts)), AllFinders(Vocabulary(texts))
    patterns = AllFinders(None)
    ways: dict[str, Callable[[str], tuple[Finding, ...]]] = {
        finder.name: partial(_by_one, finder) for finder in PATTERNS
    }
    ways["patterns alone"] = patterns.find
    ways["without spaCy"] = rules.find
    if is_installed():
        ways["spaCy alone"] = lambda text: tuple(
            Finding(*entity, "spaCy", Certainty.GUESS) for entity in seen[text] if entity.kind == "name"
        )
    ways["all"] = lambda text: together.find(text, seen[text])
    return ways


def _by_one(finder: Finder, text: str) -> tuple[Finding, ...]:
    return tuple(finder.find(text))


def _speed() -> Result:
    """Measure the finders but spaCy on answers of 21 words on average, against reading their words."""
    made = [answer.text for half in (TUNED_ON, REPORTED_ON) for answer in made_answers(half)]
    twice, starts = [*made, *made], [number * 7 % len(made) for number in range(ANSWERS)]
    texts = [" ".join(twice[start : start + 3]) for start in starts]
    begun = process_time()
    finders = AllFinders(Vocabulary(texts))
    for text in texts:
        finders.find(text)
    ours = process_time() - begun
    begun = process_time()
    for text in texts:
        text.casefold().split()
    about = f"{ANSWERS:,} answers searched / split into words"
    return Result(about, ours, process_time() - begun, "s", SECONDS, absolute=True)
