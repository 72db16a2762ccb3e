"""The suggester of questions that share themes: learns from codings, ranks themes, gives reasons."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from itertools import count
from typing import TYPE_CHECKING

from coder.domain.near_names import nearest
from coder.errors import CoderError
from coder.suggest.arrays import cosines
from coder.suggest.calibration import out_of_fold
from coder.suggest.carrying_words import CarryingWords
from coder.suggest.coded import CodedResponses, LearnedResponse, UncodedTable
from coder.suggest.encoding.text_vectors import Vectors
from coder.suggest.evidence import Evidence, nearest_coded
from coder.suggest.features import Features, theme_text
from coder.suggest.latent import LatentWords
from coder.suggest.model import COLD_STEPS, SLICE, WARM_STEPS, Model
from coder.suggest.offered_themes import OfferedThemes, base_log_odds
from coder.suggest.sentences import with_sentences
from coder.suggest.theme_columns import ThemeColumns
from coder.text.clause_readers import BY_RULES

if TYPE_CHECKING:
    from collections.abc import Collection, Generator, Hashable, Iterable, Iterator, Sequence

    from coder.domain.codebook import Theme
    from coder.domain.codings import Span
    from coder.suggest.arrays import Floats
    from coder.suggest.carrying_words import AnswerReading
    from coder.suggest.encoding.encoders import Encoder
    from coder.suggest.lexical import LexicalRanker

_UNFINISHED = 0.1
_LARGE_BATCH = 4
_BLOCK = 4096


class Suggester:
    """Ranks the themes of a question, or of several that share themes, from no coding at all to thousands.

    It works in memory alone: no files, no network, no chance. The same calls give the same numbers.

    Args:
        themes: What may be suggested, L of them; columns of results come in their order. Themes go by
            their ids. Those of one label in several questions learn together, in one of K columns, unless
            their definitions differ (`domain.codebook.meant_alike`).
        encoder: Turns texts into vectors; None goes by words alone. `load_encoder("default")` is the
            packaged model.
        vectors: Instead of an encoder: vectors that the caller fills. Texts without one count by
            their words.
        offered: Question to the ids of the themes that it offers, where questions differ: what is
            coded in one then teaches the others as far as they offer the same.
        passages: Compares parts of answers with themes; None, the encoder that leads, where it is quick.

    Raises:
        CoderError: There are no themes, or two with one id.
    """

    def __init__(
        self,
        themes: Iterable[Theme],
        encoder: Encoder | None = None,
        *,
        vectors: Vectors | None = None,
        offered: Mapping[str, Collection[str]] | None = None,
        passages: Encoder | None = None,
    ) -> None:
        themes = tuple(themes)
        self.theme_ids = tuple(theme.id for theme in themes)
        if not themes or len(set(self.theme_ids)) < len(themes):
            msg = "Suggestions need at least one theme, and each theme an id of its own."
            raise CoderError(msg)
        self.columns = ThemeColumns(themes, offered)
        """Which themes learn together."""
        self._themes = self.columns.themes
        self.theme_texts = [theme_text(theme) for theme in self._themes]
        """What is embedded of each column's theme."""
        self._fills_vectors = encoder is not None
        self._vectors = Vectors(encoder) if encoder is not None else vectors
        self._own_keys = count()
        self._prepared = False
        self._background_size = 0
        self._offered = OfferedThemes(self.theme_ids, offered, self.columns.columns)
        self._offered_by = offered or {}
        leading = self._vectors.leading.encoder if self._vectors is not None else None
        if leading is not None and not (self._fills_vectors or leading.is_quick):
            leading = None  # it is not to be loaded for parts of answers
        self._carrying = CarryingWords(themes, passages or leading)
        self._embed(self.theme_texts)
        features = Features(self._themes, self._vectors, LatentWords(()), ())
        self._coded = CodedResponses(len(self._themes), features)
        self._model = self._new_model()

    @property
    def lexical(self) -> LexicalRanker:
        """Return the ranker by words."""
        return self._coded.features.lexical

    def __len__(self) -> int:
        """Return how many coded responses it has learned from."""
        return len(self._coded)

    def prepare(self, texts: Iterable[str]) -> None:
        """Take in the question's answers, coded or not, which makes rankings better from the first coding on.

        Call it once, before the rest. Without it the coded answers alone serve as background, which is
        taken again each time their number has doubled.
        """
        self._prepared = True
        self._take_background(_listed(texts))

    def recentre(self, texts: Sequence[str]) -> None:
        """Measure the centre of the background's vectors again, now that there are more of them."""
        self._read(self._coded.texts())
        self._coded.use(Features(self._themes, self._vectors, self._coded.features.latent, texts))
        self._model.forget_votes()
        self._model.fit(self._coded.table, SLICE)

    def warm(self, texts: Sequence[str], questions: Sequence[str] | None = None) -> None:
        """Work out and remember what takes most time when texts are ranked: latent rows and votes.

        Args:
            texts: The responses.
            questions: What each answers; None, the same question.
        """
        features = self._coded.features
        # Without vectors no sentence is ever asked for, and quick ones come when they are.
        read_later = self._vectors is None or self._vectors.is_quick
        features.latent.warm(texts if read_later else with_sentences(texts))
        self._model.votes(texts, self._offered.numbers(questions, len(texts)), features)

    def add(
        self,
        texts: Iterable[str],
        label_sets: Iterable[Iterable[str]],
        keys: Sequence[Hashable] | None = None,
        *,
        questions: Sequence[str] | None = None,
        complete: bool = True,
    ) -> None:
        """Learn which themes responses have; an empty set teaches that none is there.

        Few are learned in a few steps, and `refine` may follow when there is time. Many, against
        what is known, are learned to the end and calibrated.

        Args:
            texts: The responses.
            label_sets: For each response the ids of its themes; or a mapping of ids to shares from 0 to 1,
                where it is known that it has one of several themes and not which.
            keys: What each response goes by; the same key again replaces what was learned. Without
                keys each is a response of its own.
            questions: What each response answers; None, the same question.
            complete: False while the coder is still choosing: what is not chosen hardly counts yet.

        Raises:
            CoderError: An id is none of the themes', or a text is none. Nothing was learned.
            ValueError: The arguments differ in length. Nothing was learned.
        """
        texts = _listed(texts)
        if keys is None:
            keys = [("unnamed", next(self._own_keys)) for _ in texts]
        numbers = self._offered.numbers(questions, len(texts)).tolist()
        rows = zip(keys, texts, label_sets, numbers, strict=True)
        new = {
            key: self._learned(text, labels, question, complete=complete)
            for key, text, labels, question in rows
        }
        self._read(texts)
        learned_before = len(self)
        self._coded.put(new)
        if not self._prepared and len(self) > 2 * self._background_size:
            self._take_background(self._coded.texts())
        if len(new) * _LARGE_BATCH > learned_before:
            for _ in self.refine():
                pass
        else:
            self._model.fit(self._coded.table, WARM_STEPS)

    def remove(self, keys: Iterable[Hashable]) -> None:
        """Forget responses; unknown keys are ignored."""
        if self._coded.drop(keys):
            self._model.fit(self._coded.table, WARM_STEPS)

    def refine(self) -> Iterator[None]:
        """Fit fully and calibrate, a slice of the work at each step of the iterator.

        With 1,000 coded responses and 60 themes there are some 40 slices of up to 0.1 s.
        """
        return self._model.refine(self._coded)

    def out_of_fold(self) -> Generator[None, None, tuple[Floats, Floats]]:
        """Rank every finished response by models fitted without it, a slice of the work at each step.

        Returns:
            Two (n, L) arrays: probabilities, and 1 where the coder chose the theme.
        """
        finished = self._coded.finished()
        views = yield from out_of_fold(finished)
        listed = self._offered.listed(finished.questions)
        probabilities = self.columns.by_theme(self._model.calibration.apply(views), listed)
        return probabilities, finished.y[:, self.columns.columns] * listed

    def rank(self, texts: Iterable[str], questions: Sequence[str] | None = None) -> Floats:
        """Return an (n texts, L themes) array of probabilities in (0, 1), each theme's for itself.

        A response may have several themes or none: rows do not add up to 1. A net is at least as likely as
        the likeliest theme under it. A theme that the question does not offer has 0.

        Args:
            texts: The responses.
            questions: What each answers; None, the same question.

        Raises:
            CoderError: A text is none.
            ValueError: The arguments differ in length.
        """
        texts = _listed(texts)
        self._read(texts)
        features, share = self._coded.features, 1.0 if len(self) else 0.5
        x, z = features.x(texts), features.z(texts, share=share)
        numbers = self._offered.numbers(questions, len(texts))
        offered = self._offered.masks(numbers)
        base, sentences = base_log_odds(offered.sum(axis=1)), features.sentences(texts, share=share)
        uncoded = UncodedTable(texts, base, x, z, numbers, sentences, features)
        return self.columns.by_theme(self._model.probabilities(uncoded), self._offered.listed(numbers))

    def explain(
        self,
        text: str,
        theme_id: str,
        *,
        key: Hashable = None,
        question: str | None = None,
        reading: AnswerReading | None = BY_RULES,
    ) -> Evidence:
        """Return what speaks for a theme on a text: the words that carry it, keywords, similar responses.

        Args:
            text: The response.
            theme_id: The theme.
            key: What the response goes by, so that it is not given as like itself.
            question: What it answers; None, a question that offers all themes.
            reading: How it is read; None: it is not, and no words are looked for.

        Raises:
            CoderError: As for `carrying_spans`.
        """
        column = self._column_of(theme_id)
        self._read([text])
        spans = self.carrying_spans(text, [theme_id], question, reading)[theme_id] if reading else ()
        keywords = tuple(self._carrying.keywords(text, theme_id, reading or BY_RULES))
        alike = nearest_coded(self._coded, self._coded.features.x([text]), column, key)
        return Evidence(spans[:1], keywords, alike, spans[1:])

    def carrying_spans(
        self,
        text: str,
        theme_ids: Sequence[str],
        question: str | None = None,
        reading: AnswerReading = BY_RULES,
    ) -> dict[str, tuple[Span, ...]]:
        """Return the spans of a text that carry each theme, best first, none overlapping; at most five.

        They begin and end with clauses, and rest on nothing that was learned: see `CarryingWords`.

        Args:
            text: The response.
            theme_ids: The themes.
            question: What it answers; None, a question that offers all themes.
            reading: How it is read.

        Raises:
            CoderError: An id is none of the themes'; or the encoder cannot be loaded, and words decide then.
        """
        for theme_id in theme_ids:
            self._column_of(theme_id)
        offered = self._offered_by.get(question or "", self.theme_ids)
        by_meaning = self._vectors is not None and self._vectors.reads(text)
        return self._carrying.spans(text, theme_ids, offered, reading, by_meaning=by_meaning)

    def similarities(self, text: str, others: Sequence[str]) -> Floats:
        """Return (n others,) cosines of what the texts say, by meaning and by words."""
        import numpy as np

        if self._fills_vectors:
            self._embed([text, *others])
        features = self._coded.features
        blocks = [others[start : start + _BLOCK] for start in range(0, len(others), _BLOCK)] or [others]
        return np.concatenate([cosines(features.x([text]), features.x(block)) for block in blocks])

    def _embed(self, texts: Sequence[str]) -> None:
        if self._fills_vectors and self._vectors is not None:
            self._vectors.embed(with_sentences(texts))

    def _read(self, texts: Sequence[str]) -> None:
        """Give texts that are looked at now, and their sentences, vectors, where that is quickly done."""
        if self._fills_vectors or self._vectors is None or not self._vectors.is_quick:
            self._embed(texts)
            return
        # What cannot be loaded is told where the caller fills the vectors: words go on.
        with suppress(CoderError):
            self._vectors.leading.embed(texts)
            self._vectors.leading.embed(with_sentences(texts)[len(texts) :], passing=True)

    def _new_model(self) -> Model:
        return Model(len(self._themes), self._coded.table.x.shape[1])

    def _take_background(self, texts: Sequence[str]) -> None:
        self._embed(texts)
        self._read(self._coded.texts())
        self._background_size = len(texts)
        self._coded.use(Features(self._themes, self._vectors, LatentWords(texts), texts))
        self._model = self._new_model()
        self._model.fit(self._coded.table, COLD_STEPS)

    def _learned(self, text: str, labels: Iterable[str], question: int, *, complete: bool) -> LearnedResponse:
        import numpy as np

        if isinstance(labels, str):
            msg = f"'{labels}' is no set of theme ids."
            raise CoderError(msg, f"Put it in a list: ['{labels}'].")
        y = np.zeros(len(self._themes), dtype=np.float32)
        shares = labels if isinstance(labels, Mapping) else dict.fromkeys(labels, 1.0)
        for theme_id, share in shares.items():
            y[self._column_of(theme_id)] = share
        offered = self._offered.masks(np.array([question]))[0]
        weights = np.maximum(y, offered if complete else _UNFINISHED * offered)
        # A theme that is there says so of the nets over it, whether they were chosen or not.
        implied = self.columns.nets_over(theme_id for theme_id, share in shares.items() if share)
        weights[implied] = y[implied]
        return LearnedResponse(text, y, weights, question, complete)

    def _column_of(self, theme_id: str) -> int:
        if theme_id not in self.columns:
            msg = f"There is no theme '{theme_id}' to suggest."
            raise CoderError(msg, nearest(str(theme_id), self.theme_ids))
        return self.columns.column(theme_id)


def _listed(texts: Iterable[str]) -> list[str]:
    """Return the texts as a list; refuse None and NaN, which other programs write for a blank."""
    if isinstance(texts, str):
        msg = "One text was given where a list of texts is wanted."
        raise CoderError(msg, "Put it in a list: [text].")
    listed = list(texts)
    for number, text in enumerate(listed):
        if not isinstance(text, str):
            msg = f"Text {number} is no text but {text!r}."
            raise CoderError(msg, "Give '' for a blank answer.")
    return listed
