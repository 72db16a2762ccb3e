"""The methods that are compared: the engine, and the simple methods that it must beat."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Protocol

from coder.suggest.evaluation.cuts import Cut, best_cut
from coder.suggest.shared_engine import refining_is_due
from coder.suggest.sliced_work import run_to_end
from coder.suggest.suggester import Suggester

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from coder.domain.data_sets import CodedResponse, CodingTask, TaskGroup
    from coder.suggest.arrays import Floats
    from coder.suggest.encoding.text_vectors import Vectors

_FEWEST_FOR_A_CUT = 10
_FOLDS = 3
_STRENGTH = 10.0
"""C of the baseline's logistic regression."""


class Method(Protocol):
    """Ranks the themes of a group of questions and learns from codings."""

    def learn(self, task: CodingTask, responses: Sequence[CodedResponse]) -> None:
        """Learn codings of a question, as the engine does after each key press."""

    def settle(self) -> None:
        """Fit fully on everything that was learned so far."""

    def rank(self, task: CodingTask, responses: Sequence[CodedResponse]) -> Floats:
        """Return (n, K) probabilities of a question's themes; the responses' own codings are not used."""

    def cut(self, task: CodingTask) -> Cut:
        """Return the cut that is best for the codings learned so far."""


class Engine:
    """The product's own engine, driven as its service drives it.

    Questions that share themes teach each other.
    """

    def __init__(self, tasks: TaskGroup, vectors: Vectors | None) -> None:
        themes = {theme.id: theme for task in tasks for theme in task.themes}
        offered = {task.name: [theme.id for theme in task.themes] for task in tasks}
        self._suggester = Suggester(tuple(themes.values()), vectors=vectors, offered=offered)
        self._columns = {
            name: [self._suggester.theme_ids.index(theme_id) for theme_id in theme_ids]
            for name, theme_ids in offered.items()
        }
        responses = [response for task in tasks for response in task.responses]
        texts = [response.text for response in responses]
        self._suggester.prepare(texts)
        self._suggester.warm(texts, [response.question_id for response in responses])
        self._learned: list[str] = []
        """The question of each response that was learned."""
        self._out_of_fold: tuple[Floats, Floats] | None = None

    def learn(self, task: CodingTask, responses: Sequence[CodedResponse]) -> None:
        """Add the codings under the responses' ids."""
        self._suggester.add(
            [r.text for r in responses],
            [response.theme_ids for response in responses],
            keys=[r.id for r in responses],
            questions=[r.question_id for r in responses],
        )
        self._learned += [task.name] * len(responses)
        self._out_of_fold = None

    def settle(self) -> None:
        """Do a full fit."""
        for _ in self._suggester.refine():
            pass
        self._out_of_fold = None

    def rank(self, task: CodingTask, responses: Sequence[CodedResponse]) -> Floats:
        """Return its calibrated probabilities."""
        probabilities = self._suggester.rank([r.text for r in responses], [r.question_id for r in responses])
        return probabilities[:, self._columns[task.name]]

    def cut(self, task: CodingTask) -> Cut:
        """Choose the cut by its own cross-validation."""
        import numpy as np

        rows = [row for row, name in enumerate(self._learned) if name == task.name]
        if len(rows) < _FEWEST_FOR_A_CUT:
            return Cut()
        if self._out_of_fold is None:
            self._out_of_fold = run_to_end(self._suggester.out_of_fold())
        probabilities, coded = self._out_of_fold
        cells = np.ix_(rows, self._columns[task.name])
        return best_cut(probabilities[cells], coded[cells])


class ZeroShot(Engine):
    """The engine before the first coding: the codebook alone."""

    def __init__(self, tasks: TaskGroup, vectors: Vectors | None) -> None:
        super().__init__(tasks, vectors)
        self._codings = {task.name: _CodingsOfTask(task) for task in tasks}

    def learn(self, task: CodingTask, responses: Sequence[CodedResponse]) -> None:
        """Keep the codings for the cut; the ranking does not change."""
        self._codings[task.name].add(responses)

    def settle(self) -> None:
        """There is nothing to learn."""

    def cut(self, task: CodingTask) -> Cut:
        """Choose the cut on all codings so far: none was learned."""
        codings = self._codings[task.name]
        if len(codings.responses) < _FEWEST_FOR_A_CUT:
            return Cut()
        return best_cut(self.rank(task, codings.responses), codings.as_array())


class QuestionMethod(Protocol):
    """Ranks the themes of one question: what `Method` is for several."""

    def learn(self, responses: Sequence[CodedResponse]) -> None:
        """Learn codings."""

    def settle(self) -> None:
        """Fit fully on everything that was learned so far."""

    def rank(self, responses: Sequence[CodedResponse]) -> Floats:
        """Return an (n, K) array of probabilities."""

    def cut(self) -> Cut:
        """Return the cut that is best for the codings learned so far."""


class QuestionByQuestion:
    """A method of several questions that learns each question by itself."""

    def __init__(
        self, make: Callable[[CodingTask], QuestionMethod], tasks: TaskGroup, _vectors: Vectors | None
    ) -> None:
        self._methods = {task.name: make(task) for task in tasks}

    def learn(self, task: CodingTask, responses: Sequence[CodedResponse]) -> None:
        """Have the question's own method learn."""
        self._methods[task.name].learn(responses)

    def settle(self) -> None:
        """Have every question's own method fit fully."""
        for method in self._methods.values():
            method.settle()

    def rank(self, task: CodingTask, responses: Sequence[CodedResponse]) -> Floats:
        """Return the probabilities of the question's own method."""
        return self._methods[task.name].rank(responses)

    def cut(self, task: CodingTask) -> Cut:
        """Return the cut of the question's own method."""
        return self._methods[task.name].cut()


class FrequentFirst:
    """The themes used most so far come first, whatever the answer says."""

    def __init__(self, task: CodingTask) -> None:
        self._codings = _CodingsOfTask(task)

    def learn(self, responses: Sequence[CodedResponse]) -> None:
        """Count the themes of the responses."""
        self._codings.add(responses)

    def settle(self) -> None:
        """There is nothing more to learn."""

    def rank(self, responses: Sequence[CodedResponse]) -> Floats:
        """Return each theme's share of the answers so far."""
        import numpy as np

        coded = self._codings.as_array()
        return np.tile(coded.sum(axis=0) / max(1, len(coded)), (len(responses), 1))

    def cut(self) -> Cut:
        """Choose the cut on the answers so far."""
        return best_cut(self.rank(self._codings.responses), self._codings.as_array())


class WordRegression:
    """TF-IDF over words and pairs of words, a balanced logistic regression for each theme.

    A theme nobody has used, or everybody, has no regression: its share stands for it.
    """

    def __init__(self, task: CodingTask) -> None:
        self._codings = _CodingsOfTask(task)
        self._model: tuple[Any, list[Any]] | None = None

    def learn(self, responses: Sequence[CodedResponse]) -> None:
        """Keep the codings until the next fit."""
        self._codings.add(responses)

    def settle(self) -> None:
        """Fit on all codings so far."""
        self._model = _fitted(self._codings.texts(), self._codings.as_array())

    def rank(self, responses: Sequence[CodedResponse]) -> Floats:
        """Return the probabilities as of the last fit."""
        return _predicted(self._model, [response.text for response in responses], self._codings.width)

    def cut(self) -> Cut:
        """Choose the cut by cross-validation."""
        import numpy as np

        texts, coded = self._codings.texts(), self._codings.as_array()
        if len(texts) < _FEWEST_FOR_A_CUT:
            return Cut()
        folds = np.arange(len(texts)) % _FOLDS
        probabilities = np.zeros_like(coded)
        for fold in range(_FOLDS):
            inside, outside = np.flatnonzero(folds == fold), np.flatnonzero(folds != fold)
            model = _fitted([texts[row] for row in outside], coded[outside])
            probabilities[inside] = _predicted(model, [texts[row] for row in inside], self._codings.width)
        return best_cut(probabilities, coded)


METHODS: dict[str, Callable[[TaskGroup, Vectors | None], Method]] = {
    "coder": Engine,
    "frequent first": partial(QuestionByQuestion, FrequentFirst),
    "zero-shot": ZeroShot,
    "TF-IDF + regression": partial(QuestionByQuestion, WordRegression),
}
"""The methods by the names that results are listed under; the product's engine first."""


class StepByStep:
    """Learns from one answer after the other, with a full fit as often as the product has one."""

    def __init__(self, method: Method) -> None:
        self._method = method
        self._known = 0
        self._changes = 0

    def learn(self, task: CodingTask, response: CodedResponse) -> None:
        """Learn from one answer."""
        self._method.learn(task, [response])
        self._known += 1
        self._changes += 1
        if refining_is_due(self._changes, self._known):
            self._method.settle()
            self._changes = 0


class _CodingsOfTask:
    """The responses to a question that were learned, in order, with their themes."""

    def __init__(self, task: CodingTask) -> None:
        self.responses: list[CodedResponse] = []
        self.width = len(task.themes)
        self._column = {theme.id: column for column, theme in enumerate(task.themes)}

    def add(self, responses: Sequence[CodedResponse]) -> None:
        self.responses += responses

    def texts(self) -> list[str]:
        return [response.text for response in self.responses]

    def as_array(self) -> Floats:
        """Return an (n, K) array, 1 where the response has the theme."""
        import numpy as np

        coded = np.zeros((len(self.responses), self.width))
        for row, response in enumerate(self.responses):
            coded[row, [self._column[theme_id] for theme_id in response.theme_ids]] = 1
        return coded


def _fitted(texts: Sequence[str], coded: Floats) -> tuple[Any, list[Any]] | None:
    """Return the vectoriser and for each theme a regression, or its share where there is none."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression

    vectoriser = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True)
    try:
        table = vectoriser.fit_transform(texts)
    except ValueError:  # no texts, or no words in them
        return None
    models: list[Any] = []
    for column in coded.T:
        if column.min() == column.max():
            models.append(float(column[0]))
        else:
            regression = LogisticRegression(C=_STRENGTH, class_weight="balanced", solver="liblinear")
            models.append(regression.fit(table, column))
    return vectoriser, models


def _predicted(model: tuple[Any, list[Any]] | None, texts: Sequence[str], width: int) -> Floats:
    import numpy as np

    probabilities = np.zeros((len(texts), width))
    if model is None or not texts:
        return probabilities
    vectoriser, models = model
    table = vectoriser.transform(texts)
    for column, regression in enumerate(models):
        share = isinstance(regression, float)
        probabilities[:, column] = regression if share else regression.predict_proba(table)[:, 1]
    return probabilities
