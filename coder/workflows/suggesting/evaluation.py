"""Measure suggestions on a coded data set; finished parts are stored and not run twice."""

from __future__ import annotations

import hashlib
import json
import os
from collections import defaultdict
from contextlib import closing
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from coder.domain.data_sets import group_name
from coder.domain.languages.language_names import language_name
from coder.errors import CoderError
from coder.formats.codings.data_set_reading import CODES, FILES, read_data_set
from coder.formats.shared.files_out import replace_file
from coder.store.vectors import VectorStore
from coder.suggest.encoding.encoders import load_encoder, parts_of
from coder.suggest.encoding.readable_texts import ReadableTexts
from coder.suggest.encoding.text_vectors import Vectors
from coder.suggest.evaluation.runs import ExperimentSettings, Point, RunPart, run, run_parts
from coder.suggest.evaluation.scored_responses import ScoredResponse
from coder.suggest.evaluation.summary import MethodResult, second_coder, summarised
from coder.suggest.features import theme_text
from coder.suggest.sentences import with_sentences
from coder.text.language_finding import LanguageFinder
from coder.version import __version__
from coder.workflows.suggesting.engine import ONE_THREAD

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from coder.domain.data_sets import CodedDataSet, CodedResponse, TaskGroup
    from coder.domain.languages.answer_languages import AnswerLanguages
    from coder.domain.progress import Progress
    from coder.suggest.encoding.encoders import Encoder

_EMBEDDED_AT_ONCE = 256
_MEASURING = ("domain", "formats", "suggest", "text")
"""The folders of the program whose code the figures depend on."""


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The measures of a data set, and how they were made."""

    name: str
    data_set: CodedDataSet
    model: str
    """The encoder's name; `words alone` without one."""
    settings: ExperimentSettings
    results: tuple[MethodResult, ...]
    second_coder: MethodResult | None


@dataclass(frozen=True, slots=True)
class Options:
    """What to measure."""

    encoder: str | None = None
    """As in `study.toml`; None takes the packaged model."""
    settings: ExperimentSettings = field(default_factory=ExperimentSettings)
    split: bool = False
    """Whether to measure on the set's own split too."""


@dataclass(frozen=True, slots=True)
class _Languages:
    """The languages of the answers, and which of them encoders are given: as the program itself has it."""

    answers: Mapping[str, Sequence[CodedResponse]]
    """Those to each question, by its id."""
    by_question: Mapping[str, AnswerLanguages]
    finder: LanguageFinder
    readable: ReadableTexts

    @classmethod
    def found(cls, data_set: CodedDataSet) -> _Languages:
        """Find the languages of a data set."""
        finder = LanguageFinder()
        answers: dict[str, list[CodedResponse]] = defaultdict(list)
        for response in data_set.responses:
            if response.answered:
                answers[response.question_id].append(response)
        by_question = {
            question_id: finder.languages_of(answer.text for answer in to_question)
            for question_id, to_question in answers.items()
        }
        return cls(answers, by_question, finder, ReadableTexts(by_question, finder.language_of))

    def note_for(self, encoder: Encoder) -> None:
        """Note the answers that have to be looked at one by one before an encoder is given them."""
        for question_id, answers in self.answers.items():
            self.readable.note(question_id, [answer.text for answer in answers], encoder)

    def names(self) -> dict[str, str]:
        """Return the language of each answer for which it is sure, if the set has several; else nothing."""
        name_of: dict[str, str] = {}
        for question_id, answers in self.answers.items():
            of_question = self.by_question[question_id]
            for answer in answers:
                code = of_question.codes[0] if len(of_question.shares) == 1 else None
                if code is None and of_question.shares:
                    code = self.finder.language_of(answer.text, of_question)
                if code:
                    name_of[answer.id] = language_name(code)
        return name_of if len(set(name_of.values())) > 1 else {}

    def not_read(self, encoder: Encoder | None) -> list[str]:
        """Return a note for each encoder of the questions that it does not read."""
        notes = []
        for part in parts_of(encoder) if encoder is not None else ():
            unread = [name for name in self.by_question if not self.readable.is_read(part, name)]
            codes = dict.fromkeys(code for name in unread for code in self.by_question[name].codes)
            if unread:
                of_questions = f" of {', '.join(unread)}" if len(self.by_question) > 1 else ""
                languages = ", ".join(map(language_name, codes))
                notes.append(
                    f"{part.name} does not know the language{of_questions} ({languages}): not used there."
                )
        return notes


def evaluate(
    folder: Path,
    options: Options,
    *,
    tell: Callable[[str], None],
    embedding: Progress | None = None,
    coding: Progress | None = None,
    cache: Path | None = None,
) -> Evaluation:
    """Run the experiments on a coded data set, except for parts that are in the cache.

    Args:
        folder: The data set.
        options: What to measure.
        tell: Called with a line when a part begins.
        embedding: Called with texts embedded and their total.
        coding: Called with answers coded in the part that is being run, and their total.
        cache: Where vectors and finished parts are kept; by default in the user's cache folder.

    Raises:
        CoderError: The data set or the model cannot be read, or there is no split to use.
    """
    # Before the first array is made: as the engine's own process has it.
    os.environ.update(ONE_THREAD)
    data_set = _measurable(folder, options)
    cache = cache or cache_folder()
    chosen_encoder, answer_languages = load_encoder(options.encoder), _Languages.found(data_set)
    encoder = answer_languages.readable.encoder_for(chosen_encoder, answer_languages.by_question)
    groups = {group_name(tasks): tasks for tasks in data_set.groups()}
    model = encoder.name if encoder else "words alone"
    finished = cache / "evaluations" / _digest(folder, model, options.settings)
    with closing(VectorStore(_folder(cache) / "vectors.db")) as store:
        vectors = Vectors(encoder, store, readable=answer_languages.readable) if encoder else None
        if vectors:
            answer_languages.note_for(vectors.encoder)
            _embed(vectors, data_set, embedding)
        done = _run_parts(groups, options, vectors, finished, tell, coding)
    results = summarised(done, data_set.tasks(), answer_languages.names())
    unread = answer_languages.not_read(chosen_encoder)
    data_set = replace(data_set, notes=(*data_set.notes, *unread, *_without_curve(done, groups)))
    return Evaluation(
        folder.resolve().name, data_set, model, options.settings, tuple(results), second_coder(data_set)
    )


def _measurable(folder: Path, options: Options) -> CodedDataSet:
    """Read a data set; raise CoderError if what is to be measured cannot be."""
    data_set = read_data_set(folder)
    if options.split and not data_set.has_split:
        msg = f"{folder} has no split.csv that names train and test."
        raise CoderError(msg, "Leave out --split, or add split.csv: response_id, split.")
    _check_answers(folder, data_set)
    return data_set


def _run_parts(
    groups: Mapping[str, TaskGroup],
    options: Options,
    vectors: Vectors | None,
    finished: Path,
    tell: Callable[[str], None],
    coding: Progress | None,
) -> dict[RunPart, list[Point]]:
    """Run the parts that are not in the folder of finished ones, and keep each there once it is."""
    done: dict[RunPart, list[Point]] = {}
    todo = list(run_parts(list(groups.values()), options.settings, split=options.split))
    for number, part in enumerate(todo, start=1):
        path = _folder(finished) / f"{part.kind}-{part.seed}-{_short(part.method, part.group)}.json"
        points = _read_points(path)
        if points is None:
            on_group = f" on {part.group}" if part.group else ""
            tell(f"{number} of {len(todo)}: {part.kind} of {part.method}{on_group}, seed {part.seed}")
            tasks = groups[part.group]
            of_group = vectors.of_questions(_question_ids(tasks)) if vectors else None
            points = run(part, tasks, options.settings, of_group, coding)
            replace_file(path, json.dumps([asdict(point) for point in points]))
        done[part] = points
    return done


def _check_answers(folder: Path, data_set: CodedDataSet) -> None:
    answers = [response for response in data_set.responses if response.answered]
    if not answers:
        msg = f"{folder} holds no answers."
        raise CoderError(msg, "Blank texts and those with 1 in a column is_placeholder are none.")
    if not any(response.theme_ids for response in answers):
        msg = f"{folder / CODES} holds no coding of an answer: there is nothing to measure against."
        raise CoderError(msg, "Code some answers first: a row of response_id and theme for each coding.")


def _without_curve(done: Mapping[RunPart, Sequence[Point]], groups: Mapping[str, TaskGroup]) -> list[str]:
    """Return a note of questions without a learning curve: all or none of their respondents are tested on."""
    missing = {
        (task.name, part.seed): None
        for part, points in done.items()
        for task in groups[part.group]
        if part.kind == "curve" and not any(task.name in point.tasks for point in points)
    }
    names = ", ".join(f"{task} seed {seed}".strip() for task, seed in missing)
    few = "too few respondents to learn from some and test on others"
    return [f"No learning curve, {few}: {names}."] if missing else []


def _question_ids(tasks: TaskGroup) -> set[str]:
    return {response.question_id for task in tasks for response in task.responses}


def _embed(vectors: Vectors, data_set: CodedDataSet, progress: Progress | None) -> None:
    texts = [
        *map(theme_text, data_set.codebook),
        *with_sentences(response.text for response in data_set.responses),
    ]
    for start in range(0, len(texts), _EMBEDDED_AT_ONCE):
        vectors.embed(texts[start : start + _EMBEDDED_AT_ONCE])
        if progress:
            progress(min(start + _EMBEDDED_AT_ONCE, len(texts)), len(texts))


def cache_folder() -> Path:
    """Return the user's cache folder for this program."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "coder"


def evaluation_json(evaluation: Evaluation) -> str:
    """Return everything that was measured as JSON."""
    data_set = evaluation.data_set
    second = evaluation.second_coder
    content = {
        "data": {
            "name": evaluation.name,
            "responses": len(data_set.responses),
            "answers": sum(response.answered for response in data_set.responses),
            "respondents": len({response.respondent_id for response in data_set.responses}),
            "codings": sum(len(response.theme_ids) for response in data_set.responses),
            "themes": {task.name: len(task.themes) for task in data_set.tasks()},
            "coders": data_set.coder_ids,
            "notes": data_set.notes,
        },
        "model": evaluation.model,
        "program": __version__,
        "protocol": {**asdict(evaluation.settings), "seeds": list(range(evaluation.settings.seeds))},
        "results": list(map(asdict, evaluation.results)),
        "second_coder": asdict(second) if second else None,
    }
    return json.dumps(content, ensure_ascii=False, allow_nan=False, indent=1) + "\n"


def _digest(folder: Path, model: str, settings: ExperimentSettings) -> str:
    """Return a name for all that figures depend on: the data, the model, the settings, the program itself."""
    digest = hashlib.sha256(f"{model} {settings.points} {settings.coded}".encode())
    package = Path(__file__).parents[2]
    program = (path for layer in _MEASURING for path in sorted((package / layer).rglob("*.py")))
    for path in (*(folder / name for name in FILES), *program):
        if path.is_file():
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _folder(folder: Path) -> Path:
    """Make a folder in the cache unless it exists, and return it."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        msg = f"The cache folder {folder} cannot be made: {error.strerror}."
        raise CoderError(msg, "Set XDG_CACHE_HOME to a folder that can be written.") from None
    return folder


def _short(*names: str) -> str:
    return hashlib.sha256("\0".join(names).encode()).hexdigest()[:12]


def _read_points(path: Path) -> list[Point] | None:
    """Return the points of a finished part, or None if it is not finished."""
    try:
        rows: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return [_point(row) for row in rows]


def _point(row: dict[str, Any]) -> Point:
    tested = tuple(map(_scored_response, row["tested"]))
    return Point(**{**row, "tasks": tuple(row["tasks"]), "tested": tested})


def _scored_response(row: dict[str, Any]) -> ScoredResponse:
    lists = {name: tuple(row[name]) for name in ("right", "ranks", "assigned", "best", "hits")}
    return ScoredResponse(**{**row, **lists})
