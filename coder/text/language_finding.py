"""Which languages answers are in: found for the answers to a question together, by their bytes.

py3langid gives each text a probability for each of 139 languages. A short answer says little by itself, so
the shares of the languages in all answers are worked out first, and then decide what a short one is.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any

from coder.domain.languages.answer_languages import NOT_SURE, AnswerLanguages, LanguageShare
from coder.domain.languages.language_names import read_as
from coder.errors import CoderError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

SAMPLE = 400
"""So many different answers at most decide about a question; each costs some 0.2 ms."""
_LONGEST = 400
"""Characters of an answer that are looked at."""
_CLEAR, _CLEAR_TOGETHER = 0.7, 0.9
"""Probability from which one answer is clear, and the sample taken as one text."""
_LETTERS, _SIGNS = 15, 6
"""Characters that an answer has at least to be clear; fewer where one sign is a syllable or a word."""
_FEWEST_CLEAR = 2
_LEAST_SHARE = 0.02
"""A language counts from so many clear answers and this share on: a few errors make none."""
_LIKELY = 0.8
"""Probability from which an unclear answer is taken to be in one of its question's languages."""
_ROUNDS = 25
_NOTHING = 0.001
_HARDLY = 0.03
"""A language less probable than this in every text is left out of the count."""
_NOT_ANSWERED_IN = {"an", "grc", "hbo", "la", "sa", "vo"}
"""Languages in which nobody answers; short answers in others are often taken for them."""
NO_LANGUAGE = "zxx"
"""The code of what is no language: numbers, addresses, strings of signs."""


class LanguageFinder:
    """Finds languages; its model (0.4 s, 100 MB of memory) is loaded with the first text."""

    def __init__(self) -> None:
        self._identifier: Any = None

    def languages_of(self, texts: Iterable[str]) -> AnswerLanguages:
        """Return the languages of the answers to one question; without any where that is not sure.

        The shares are those that make a sample of the answers likeliest (a mixture of the languages, by
        expectation-maximisation). A language counts if several answers are clearly in it, or if the sample
        taken as one text is.

        Args:
            texts: The answers; at most `SAMPLE` of them are looked at, evenly spread.

        Raises:
            CoderError: What tells languages is not installed, or damaged.
        """
        sample = _sample(texts)
        if not sample:
            return NOT_SURE
        rows = [self._probabilities(text) for text in sample]
        shares = _shares(rows, {code for row in rows for code in row if row[code] > _HARDLY})
        clear = Counter(filter(None, map(_clear_language, sample, rows)))
        counted = {
            code
            for code, times in clear.items()
            if times >= min(_FEWEST_CLEAR, len(sample)) and shares.get(code, 0.0) >= _LEAST_SHARE
        }
        together = self._probabilities("\n".join(sample), len(sample) * _LONGEST)
        likeliest = max(together, key=together.__getitem__)
        if together[likeliest] >= _CLEAR_TOGETHER and likeliest != NO_LANGUAGE:
            counted.add(likeliest)
        if sum(shares.get(code, 0.0) for code in counted) < 1 / 2:
            counted.clear()
        others = sum(times for code, times in clear.items() if code not in counted) / len(sample)
        ordered = sorted(_shares(rows, counted).items(), key=lambda pair: (-pair[1], pair[0]))
        return AnswerLanguages(
            tuple(LanguageShare(code, round(share, 3)) for code, share in ordered), round(others, 4)
        )

    def language_of(self, text: str, languages: AnswerLanguages) -> str | None:
        """Return the language of one answer: its own where it is long and clear, else one of its question's.

        None where that is not sure.

        Args:
            text: The answer.
            languages: Those of the answers to its question.
        """
        row = self._probabilities(text)
        if own := _clear_language(text, row):
            return own
        if len(languages.shares) == 1:
            return languages.codes[0]
        weighted = {code: share * row.get(code, 0.0) for code, share in languages.shares}
        likeliest = max(weighted, key=weighted.__getitem__, default=None)
        if likeliest is None or weighted[likeliest] < _LIKELY * sum(weighted.values()):
            return None
        return likeliest

    def _probabilities(self, text: str, longest: int = _LONGEST) -> dict[str, float]:
        """Return language to probability; languages that go by one name have theirs together."""
        if self._identifier is None:
            self._identifier = _loaded()
        row: dict[str, float] = defaultdict(float)
        for code, probability in self._identifier.rank(text[:longest]):
            row[read_as(code)] += probability
        return row


def _loaded() -> Any:
    # An archive of arrays in a file of the package, which NumPy reads without pickle.
    try:
        from py3langid.langid import MODEL_FILE, LanguageIdentifier

        identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    except (ImportError, OSError, EOFError, ValueError) as error:
        msg = f"Languages cannot be told: py3langid is not there, or damaged ({error})."
        raise CoderError(
            msg, 'Install it again: pip install --force-reinstall "py3langid>=0.4,<0.5"'
        ) from None
    identifier.set_languages(set(identifier.labels) - _NOT_ANSWERED_IN)
    return identifier


def _sample(texts: Iterable[str]) -> list[str]:
    different = [text for text in dict.fromkeys(texts) if any(map(str.isalpha, text))]
    return different[:: max(1, -(-len(different) // SAMPLE))]


def _clear_language(text: str, row: Mapping[str, float]) -> str | None:
    """Return the language that a text is clearly in, by itself."""
    likeliest = max(row, key=row.__getitem__)
    if row[likeliest] < _CLEAR or likeliest == NO_LANGUAGE:
        return None
    letters = sum(map(str.isalpha, text))
    has_signs = any(map(_is_sign, text))
    return likeliest if letters >= (_SIGNS if has_signs else _LETTERS) else None


def _is_sign(character: str) -> bool:
    """Tell whether a character is one of those that write a syllable or a word: Chinese, Japanese, Korean."""
    return "\u3040" <= character <= "\u9fff" or "\uac00" <= character <= "\ud7af"


def _shares(rows: Sequence[Mapping[str, float]], codes: Collection[str]) -> dict[str, float]:
    """Return the shares of languages that make texts with these probabilities likeliest."""
    shares = dict.fromkeys(sorted(codes), 1 / max(1, len(codes)))
    for _ in range(_ROUNDS):
        sums = dict.fromkeys(shares, 0.0)
        for row in rows:
            weights = [(code, share * row[code]) for code, share in shares.items() if code in row]
            total = sum(weight for _, weight in weights)
            if total:
                for code, weight in weights:
                    sums[code] += weight / total
        everything = sum(sums.values()) or 1.0
        # What has come to next to nothing has no part in the next round: most languages after the first few.
        shares = {code: total / everything for code, total in sums.items() if total > _NOTHING * everything}
    return shares
