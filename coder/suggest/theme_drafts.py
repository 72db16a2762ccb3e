"""Draft themes: alike answers that no theme covers, grouped, quoted and named by their own words.

Answers are grouped by Ward's method over their vectors and latent words, about five answers a group at first;
the densest groups are drafts, without the answers at their edges. How often a draft is a theme that people
made is measured by `benchmarks.drafts`: docs/suggestions.md.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import islice
from math import log
from typing import TYPE_CHECKING

from coder.domain.drafting.theme_drafts import MOST_DRAFTS, ThemeDraft
from coder.domain.texts.equal_words import words_key
from coder.errors import CoderError
from coder.suggest.arrays import unit_rows
from coder.suggest.latent import LatentWords
from coder.suggest.word_stems import stems

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Mapping, Sequence

    from coder.suggest.arrays import Floats
    from coder.suggest.encoding.text_vectors import Vectors

    Covers = Callable[[Sequence[str]], Sequence[bool]]
    """Tells of texts whether a theme covers them already."""

MOST_COMPARED = 1000
"""Different answers that are compared; more would not be grouped better, only more slowly."""
FEWEST_ALIKE = 3
"""Different answers of which a draft is made at least."""
_A_GROUP = 5
_EDGE = 0.8
"""Answers are left out whose cosine with the group's centre is below this share of the group's mean."""
_QUOTES = 3
_UNLIKE = 0.5
"""How much a quote loses by its likeness to those before it."""
_NAMING_WORDS = 3
_NUMBERS = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "first", "second", "half")
_WORDS = 6
_AT_ONCE = 16
_COVERED_AT_ONCE = 200


def draft_themes(
    answers: Mapping[int, str], vectors: Vectors | None, covers: Covers | None = None
) -> Generator[None, None, list[ThemeDraft]]:
    """Draft themes from answers that no theme covers, the densest and largest groups first; in slices.

    Args:
        answers: Number to text; those to be compared first in front.
        vectors: The embedding model's; None, or where it cannot be loaded, goes by words alone.
        covers: Leaves out texts that a theme covers; None: no theme does.
    """
    numbers_of: dict[str, list[int]] = defaultdict(list)
    for number, text in answers.items():
        numbers_of[words_key(text) or text].append(number)
    said = list(islice(numbers_of.values(), MOST_COMPARED))
    texts = [answers[numbers[0]] for numbers in said]
    if covers is not None:
        uncovered: list[int] = []
        for start in range(0, len(texts), _COVERED_AT_ONCE):
            flags = covers(texts[start : start + _COVERED_AT_ONCE])
            uncovered += [start + row for row, is_covered in enumerate(flags) if not is_covered]
            yield
        said, texts = [said[row] for row in uncovered], [texts[row] for row in uncovered]
    if len(texts) < 2 * FEWEST_ALIKE:
        return []
    positions = yield from _positions(texts, vectors)
    yield
    counts = [Counter(word for word, _ in stems(text)) for text in texts]
    return [_draft(group, positions, texts, said, counts) for group in _groups(positions)]


def _positions(texts: Sequence[str], vectors: Vectors | None) -> Generator[None, None, Floats]:
    """Return (n, d) positions of texts: the closer, the more alike in meaning and in words."""
    import numpy as np

    latent = unit_rows(LatentWords(texts).rows(texts, keep=False))
    yield
    if vectors is None:
        return latent
    for start in range(0, len(texts), _AT_ONCE):
        try:
            vectors.embed(texts[start : start + _AT_ONCE])
        except CoderError:  # the model cannot be loaded
            return latent
        yield
    rows = vectors.rows(texts)
    meaning = vectors.centred(rows, vectors.mean(rows))
    # What no encoder reads goes by its words with all its weight.
    weights = np.where(meaning.any(axis=1, keepdims=True), np.float32(2**-0.5), np.float32(1))
    return np.hstack([meaning, latent]) * weights


def _groups(positions: Floats) -> list[list[int]]:
    """Return the rows of each draft, the most typical first."""
    import numpy as np
    from scipy.cluster.hierarchy import fcluster, linkage

    if not positions.shape[1]:
        return []
    tree = linkage(positions.astype(np.float64), "ward")
    labels = fcluster(tree, max(2, len(positions) // _A_GROUP), "maxclust")
    weighed: list[tuple[float, list[int]]] = []
    for label in range(1, labels.max() + 1):
        rows = np.flatnonzero(labels == label)
        centre = positions[rows].mean(axis=0)
        density = float(np.linalg.norm(centre))
        likeness = positions[rows] @ centre
        typical = rows[(-likeness).argsort(kind="stable")]
        core = typical[: int((likeness >= _EDGE * likeness.mean()).sum())]
        if len(core) >= FEWEST_ALIKE:
            weighed.append((len(core) * density, core.tolist()))
    weighed.sort(key=lambda pair: -pair[0])
    return [core for _, core in weighed[:MOST_DRAFTS]]


def _draft(
    group: Sequence[int],
    positions: Floats,
    texts: Sequence[str],
    said: Sequence[Sequence[int]],
    counts: Sequence[Counter[str]],
) -> ThemeDraft:
    quoted = _quoted(group, positions)
    words = _own_words(group, quoted, texts, counts)
    name = ", ".join(words[:_NAMING_WORDS]) or " ".join(texts[quoted[0]].split()[:_WORDS])
    return ThemeDraft(
        f"{name[:1].upper()}{name[1:]}",
        tuple(words),
        tuple(number for row in group for number in said[row]),
        tuple(said[row][0] for row in quoted),
    )


def _quoted(group: Sequence[int], positions: Floats) -> list[int]:
    """Return the rows to be quoted: near the centre, and unlike each other."""
    import numpy as np

    rows = positions[list(group)]
    appeal = rows @ unit_rows(rows.mean(axis=0, keepdims=True))[0]
    quoted: list[int] = []
    while len(quoted) < min(_QUOTES, len(group)):
        nearest = (rows @ rows[quoted].T).max(axis=1) if quoted else np.zeros(len(group))
        scores = appeal - _UNLIKE * nearest
        scores[quoted] = -np.inf
        quoted.append(int(scores.argmax()))
    return [group[index] for index in quoted]


def _own_words(
    group: Sequence[int], quoted: Sequence[int], texts: Sequence[str], counts: Sequence[Counter[str]]
) -> list[str]:
    """Return words that a group's quotes have, and its answers more often than others: class-based TF-IDF."""
    within = Counter(word for row in group for word in counts[row])
    everywhere = Counter(word for count in counts for word in count)
    weights = {word: within[word] * log(1 + len(counts) / everywhere[word]) for word in within}
    spelt = _spelling(texts[row] for row in group)
    in_quotes = {word for row in quoted for word in counts[row]}
    telling = sorted(in_quotes, key=lambda word: (-weights[word], word))
    # A word of one answer alone says little of a group.
    repeated = [spelt[word] for word in telling if within[word] > 1]
    return [word for word in repeated if word not in _NUMBERS and not any(map(str.isdigit, word))][:_WORDS]


def _spelling(texts: Iterable[str]) -> dict[str, str]:
    """Return each stem as it is written most often, in lower case."""
    forms: dict[str, Counter[str]] = defaultdict(Counter)
    for text in texts:
        for word, (start, end) in stems(text):
            forms[word][text[start:end].lower()] += 1
    return {word: written.most_common(1)[0][0] for word, written in forms.items()}
