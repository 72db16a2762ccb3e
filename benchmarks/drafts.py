"""`python -m benchmarks.drafts FOLDER ...`: how many of the themes that people made are proposed by a draft?

A draft proposes a theme if at least half of its answers have the theme, and three at least. Themes of fewer
than three answers are left out. Beside it, in the same run: groups of the same sizes drawn at random. Then
the same with a codebook half made: half of the themes, and the first sixty answers coded with them; how many
of the other themes are proposed?
"""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass
from statistics import mean
from typing import TYPE_CHECKING

from benchmarks.coded_sets import QUESTION, CodedTask, arguments, coded_tasks, learned
from coder.store.vectors import VectorStore
from coder.suggest.encoding.encoders import load_encoder
from coder.suggest.service import SuggestionService
from coder.suggest.sliced_work import run_to_end
from coder.workflows.suggesting.evaluation import cache_folder

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from coder.domain.codebook import Theme
    from coder.domain.drafting.theme_drafts import ThemeDraft

FEWEST = 3
"""Answers with a theme that a draft of it has, and that a theme has to count here."""
CODED = 60
"""Answers coded with the half of a codebook."""
BASELINES = 20
"""Times that groups are drawn at random."""


@dataclass(frozen=True, slots=True)
class Share:
    """How many themes some groups propose."""

    proposed: float
    themes: int
    groups: int
    proposing: float
    """Groups that propose a theme."""
    codings: float
    """Share of the codings with these themes that are with one that is proposed."""


def main() -> None:
    """Measure each data set and print a row for each question."""
    args = arguments(__doc__).parse_args()
    for folder in args.folders:
        for task in coded_tasks(folder, args.encoder, CODED):
            print(f"{task.name}: {len(task.answers)} answers", flush=True)
            orders = [_shuffled(task, seed) for seed in range(args.seeds)]
            for name, with_half in (("no codebook", False), ("half a codebook", True)):
                pairs = [_measure(task, order, seed, with_half) for seed, order in enumerate(orders)]
                print(f"  {name}: drafts {_row([ours for ours, _ in pairs])}")
                print(f"  {name}: at random {_row([drawn for _, drawn in pairs])}", flush=True)


def _shuffled(task: CodedTask, seed: int) -> list[int]:
    numbers = list(range(len(task.answers)))
    random.Random(seed).shuffle(numbers)
    return numbers


def _measure(task: CodedTask, order: Sequence[int], seed: int, with_half: bool) -> tuple[Share, Share]:
    used = sorted({theme_id for answer in task.answers for theme_id in answer.theme_ids})
    in_codebook = set(random.Random(seed).sample(used, len(used) // 2)) if with_half else set()
    coded = order[:CODED] if with_half else []
    service = _service(task, [theme for theme in task.themes if theme.id in in_codebook])
    service.code_many((n, sorted(task.answers[n].theme_ids & in_codebook), True) for n in coded)
    learned(service)
    drafts = run_to_end(service.draft_themes(QUESTION, order))
    themes = set(used) - in_codebook
    uncoded = [number for number in order if number not in set(coded)]
    return _share(task, drafts, themes, uncoded), _drawn(task, drafts, themes, uncoded, seed)


def _service(task: CodedTask, themes: Sequence[Theme]) -> SuggestionService:
    (cache := cache_folder()).mkdir(parents=True, exist_ok=True)
    store = VectorStore(cache / "vectors.db")
    service = SuggestionService({QUESTION: themes}, load_encoder(task.encoder), store)
    service.load((number, QUESTION, answer.text) for number, answer in enumerate(task.answers))
    while True:
        done, total = service.embed_some(256)
        if done == total:
            return service


def _drawn(
    task: CodedTask, drafts: Sequence[ThemeDraft], themes: Collection[str], uncoded: Sequence[int], seed: int
) -> Share:
    """Return what groups of the same sizes propose if they are drawn at random, in the mean."""
    drawing, shares = random.Random(seed), []
    for _ in range(BASELINES):
        pool = drawing.sample(list(uncoded), len(uncoded))
        groups = [[pool.pop() for _ in draft.responses] for draft in drafts]
        shares.append(_share_of(task, groups, themes, uncoded))
    return _mean(shares)


def _share(
    task: CodedTask, drafts: Sequence[ThemeDraft], themes: Collection[str], uncoded: Sequence[int]
) -> Share:
    return _share_of(task, [draft.responses for draft in drafts], themes, uncoded)


def _share_of(
    task: CodedTask, groups: Sequence[Sequence[int]], themes: Collection[str], uncoded: Sequence[int]
) -> Share:
    counts = _counts(task, uncoded)
    to_propose = {theme_id for theme_id in themes if counts[theme_id] >= FEWEST}
    proposals = [
        {
            theme_id
            for theme_id, count in _counts(task, group).items()
            if theme_id in to_propose and count >= FEWEST and 2 * count >= len(group)
        }
        for group in groups
    ]
    proposed = set().union(*proposals)
    codings = sum(counts[theme_id] for theme_id in to_propose)
    return Share(
        len(proposed),
        len(to_propose),
        len(groups),
        sum(map(bool, proposals)),
        sum(counts[theme_id] for theme_id in proposed) / max(1, codings),
    )


def _counts(task: CodedTask, numbers: Sequence[int]) -> Counter[str]:
    return Counter(theme_id for number in numbers for theme_id in task.answers[number].theme_ids)


def _mean(shares: Sequence[Share]) -> Share:
    return Share(
        mean(share.proposed for share in shares),
        round(mean(share.themes for share in shares)),
        round(mean(share.groups for share in shares)),
        mean(share.proposing for share in shares),
        mean(share.codings for share in shares),
    )


def _row(shares: Sequence[Share]) -> str:
    share = _mean(shares)
    return (
        f"{share.proposed:.1f} of {share.themes} themes ({share.codings:.2f} of their codings); "
        f"{share.proposing:.1f} of {share.groups} groups propose one"
    )


if __name__ == "__main__":
    main()
