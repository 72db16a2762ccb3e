"""`python -m benchmarks.evidence`: do the words shown as evidence overlap the words that people meant?

The sample study's reference codings say which words of an answer carry each theme: its mention. The
respondents fall into five folds; for each the engine learns the other four's codings of all questions, ranks
the fold's answers and explains each right suggestion: a theme among the first five that the reference has.
"""

from __future__ import annotations

import os
from collections import defaultdict
from contextlib import closing
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from statistics import fmean
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, NamedTuple

from benchmarks.coded_sets import learned
from coder.store import codings, surveys
from coder.store.vectors import VectorStore
from coder.suggest.carrying_words import PassageReading
from coder.suggest.encoding.encoders import load_encoder
from coder.suggest.service import SuggestionService
from coder.suggest.word_stems import WORD
from coder.text.clause_readers import GrammarReading, RuleReading
from coder.text.english_grammar import EnglishGrammar, is_installed
from coder.workflows.exchange.samples import make_coded_sample
from coder.workflows.suggesting.engine import ONE_THREAD
from coder.workflows.suggesting.evaluation import cache_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from coder.domain.codings import Span
    from coder.domain.responses import Response
    from coder.suggest.carrying_words import AnswerReading
    from coder.workflows.study.study import Study

FIRST = 5
"""How many suggestions of an answer are looked at."""
FOLDS = 5
SHORT = 0.7
"""Share of the answer's words below which a mention is shorter than nearly the whole answer."""
ABOUT = f"""\
Right suggestions: themes among the first {FIRST} that the reference has, with a mention found in the answer.
any: the part shown shares at least one word with the mention.
half: the words shared are at least half of those of the shorter of the two.
same: the words shared are at least half of all words in either.
chance: the mean over all stretches of the answer with as many words as the part shown.
No part shown counts as no overlap; a part is not shown where none carries the theme well enough."""
_WIDTH = 54


class Overlap(NamedTuple):
    """How far words shown and words meant are the same."""

    any: float
    half: float
    same: float


def _readings() -> dict[str, AnswerReading]:
    """Return the ways to read answers that this installation has."""
    by_rules: dict[str, AnswerReading] = {"clauses by rules": RuleReading()}
    return {"clauses by grammar": GrammarReading(EnglishGrammar())} | by_rules if is_installed() else by_rules


@dataclass(frozen=True, slots=True)
class Explained:
    """One right suggestion."""

    share: float
    """Of the answer's words that are in the mention."""
    overlap: Overlap
    chance: Overlap


def main() -> None:
    """Measure each way and print a row for each group of suggestions."""
    os.environ.update(ONE_THREAD)
    print(ABOUT)
    with (
        TemporaryDirectory(prefix="coder-bench-") as folder,
        closing(make_coded_sample(Path(folder) / "sample", "reference")) as study,
    ):
        by_reading = measure(study)
    heads = "".join(f"{measure:>7}{'chance':>8}" for measure in Overlap._fields)
    print(f"{'way, mentions':<{_WIDTH}}{'n':>5}{heads}")
    for name, rows in by_reading.items():
        print(_row(f"{name}, all", rows))
        print(_row(f"{name}, under {SHORT:.0%} of the answer", [row for row in rows if row.share < SHORT]))


def measure(study: Study) -> dict[str, list[Explained]]:
    """Return every right suggestion of a coded study for each way of explaining it."""
    answers = [r for r in surveys.all_responses(study.database) if r.answered]
    mentions: dict[int, dict[str, tuple[Span, ...]]] = defaultdict(dict)
    for coding in codings.all_codings(study.database):
        mentions[coding.response][coding.theme_id] = coding.spans
    respondents = sorted({answer.respondent_id for answer in answers})
    by_reading: dict[str, list[Explained]] = defaultdict(list)
    in_use: list[AnswerReading] = []
    readings = _readings()
    for fold in range(FOLDS):
        held_out = set(respondents[fold::FOLDS])
        learned_from = [answer.number for answer in answers if answer.respondent_id not in held_out]
        coded = ((number, mentions[number]) for number in learned_from)
        service = _taught(study, answers, coded, lambda _: in_use[0])
        tested = [answer for answer in answers if answer.respondent_id in held_out]
        for answer, theme_id in _right(service, tested, mentions):
            mention = mentions[answer.number][theme_id]
            for name, reading in readings.items():
                in_use[:] = [reading]
                spans = service.explain(answer.number, theme_id).spans
                by_reading[name].append(explained(answer.text, spans, mention))
    return by_reading


def explained(text: str, spans: Sequence[Span], mention: Sequence[Span]) -> Explained:
    """Compare the spans shown of a text with its mention, and so every stretch of the same length."""
    n = sum(1 for _ in WORD.finditer(text))
    meant, evidence = _words(text, mention), _words(text, spans)
    stretches = [range(start, start + len(evidence)) for start in range(n - len(evidence) + 1)]
    overlaps = [_overlap(set(stretch), meant) for stretch in stretches]
    chance = Overlap(*map(fmean, zip(*overlaps, strict=True)))
    return Explained(len(meant) / n, _overlap(evidence, meant), chance)


def _taught(
    study: Study,
    answers: Iterable[Response],
    coded: Iterable[tuple[int, Mapping[str, object]]],
    readings: Callable[[str], AnswerReading],
) -> SuggestionService:
    """Return an engine that has read all answers and learned some codings to the end."""
    (cache := cache_folder()).mkdir(parents=True, exist_ok=True)
    offered = {q.id: study.codebook.offered(q.id) for q in surveys.questions(study.database)}
    vectors = VectorStore(cache / "vectors.db")
    service = SuggestionService(
        offered, load_encoder("default"), vectors, passages=PassageReading(None, readings)
    )
    service.load((answer.number, answer.question_id, answer.text) for answer in answers)
    while len(set(service.embed_some(256))) > 1:
        pass
    service.code_many((number, themes, True) for number, themes in coded)
    learned(service)
    return service


def _right(
    service: SuggestionService,
    tested: Sequence[Response],
    mentions: Mapping[int, Mapping[str, Sequence[Span]]],
) -> Iterator[tuple[Response, str]]:
    """Yield each answer with each of its themes that is among the first suggestions and has a mention."""
    ranked = service.rank([answer.number for answer in tested])
    for answer, ranking in zip(tested, ranked, strict=True):
        for suggestion in ranking.suggestions[:FIRST]:
            if mentions[answer.number].get(suggestion.theme_id):
                yield answer, suggestion.theme_id


def _words(text: str, spans: Sequence[Span]) -> set[int]:
    """Return the numbers of the words that spans touch."""
    words = enumerate(WORD.finditer(text))
    return {n for (n, w), (start, end) in product(words, spans) if w.start() < end and start < w.end()}


def _overlap(evidence: set[int], meant: set[int]) -> Overlap:
    shared = len(evidence & meant)
    half = 2 * shared >= min(len(evidence), len(meant))
    same = 2 * shared >= len(evidence | meant)
    return Overlap(*(float(shared > 0 and enough) for enough in (True, half, same)))


def _row(name: str, rows: Sequence[Explained]) -> str:
    cells = ""
    for measure in Overlap._fields:
        mean = fmean(getattr(row.overlap, measure) for row in rows)
        chance = fmean(getattr(row.chance, measure) for row in rows)
        cells += f"{mean:>7.3f}{chance:>8.3f}"
    return f"{name:<{_WIDTH}}{len(rows):>5}{cells}"


if __name__ == "__main__":
    main()
