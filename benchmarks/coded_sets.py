"""Coded data sets for measures of the engine: answers, themes and vectors, the same each time."""

from __future__ import annotations

import argparse
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from coder.formats.data_set_reading import read_data_set
from coder.store.vectors import VectorStore
from coder.suggest.encoders import load_encoder
from coder.suggest.vectors import Vectors
from coder.workflows.evaluating import cache_folder
from coder.workflows.suggesting import ONE_THREAD

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Sequence

    from coder.domain.codebook import Theme
    from coder.domain.data_sets import CodedResponse, CodingTask

_AT_ONCE = 256


@dataclass(frozen=True, slots=True)
class CodedTask:
    """One list of themes and the answers coded with it."""

    name: str
    themes: Sequence[Theme]
    answers: Sequence[CodedResponse]
    vectors: Vectors | None

    @property
    def texts(self) -> list[str]:
        """The answers' texts."""
        return [answer.text for answer in self.answers]

    @property
    def theme_ids(self) -> list[str]:
        """The themes' ids."""
        return [theme.id for theme in self.themes]


def arguments(about: str | None) -> argparse.ArgumentParser:
    """Return a parser with what every measure on coded data sets takes."""
    os.environ.update(ONE_THREAD)
    parser = argparse.ArgumentParser(description=about)
    parser.add_argument("folders", nargs="+", type=Path, help="coded data sets: see coder evaluate --help")
    parser.add_argument("--seeds", type=int, default=5, help="how many times (default: 5)")
    parser.add_argument("--encoder", default="default", help="default, none or a model's folder")
    return parser


def coded_tasks(folder: Path, encoder_name: str, fewest: int) -> Iterator[CodedTask]:
    """Yield the tasks of a data set with at least so many answers, their texts embedded."""
    encoder = load_encoder(encoder_name)
    (cache := cache_folder()).mkdir(parents=True, exist_ok=True)
    vectors = Vectors(encoder, VectorStore(cache / "vectors.db")) if encoder else None
    for task in read_data_set(folder).tasks():
        answers = [response for response in task.responses if response.answered]
        if len(answers) >= fewest:
            yield _embedded(folder, task, answers, vectors)


def _embedded(
    folder: Path, task: CodingTask, answers: Sequence[CodedResponse], vectors: Vectors | None
) -> CodedTask:
    found = CodedTask(" ".join([folder.resolve().name, task.name]).strip(), task.themes, answers, vectors)
    for start in range(0, len(answers), _AT_ONCE):
        if vectors:
            vectors.embed(found.texts[start : start + _AT_ONCE])
    return found


def result_of(work: Generator[None, None, Any]) -> Any:
    """Do all the slices of a work; return what comes of it."""
    while True:
        try:
            next(work)
        except StopIteration as end:
            return end.value
