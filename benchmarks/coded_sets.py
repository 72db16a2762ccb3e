"""Coded data sets for measures of the engine: answers, themes and a service that has read them."""

from __future__ import annotations

import argparse
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from coder.formats.codings.data_set_reading import read_data_set
from coder.store.vectors import VectorStore
from coder.suggest.encoding.encoders import load_encoder
from coder.suggest.service import SuggestionService
from coder.workflows.suggesting.engine import ONE_THREAD
from coder.workflows.suggesting.evaluation import cache_folder

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from coder.domain.codebook import Theme
    from coder.domain.data_sets import CodedResponse

QUESTION = "Q"
"""The id of the one question of a task."""
_AT_ONCE = 256


@dataclass(frozen=True, slots=True)
class CodedTask:
    """One list of themes and the answers coded with it; answers are numbered from 0."""

    name: str
    themes: Sequence[Theme]
    answers: Sequence[CodedResponse]
    encoder: str

    @property
    def theme_ids(self) -> list[str]:
        """The themes' ids."""
        return [theme.id for theme in self.themes]

    def service(self) -> SuggestionService:
        """Return an engine that has read every answer, and learned no coding."""
        (cache := cache_folder()).mkdir(parents=True, exist_ok=True)
        store = VectorStore(cache / "vectors.db")
        service = SuggestionService({QUESTION: self.themes}, load_encoder(self.encoder), store)
        service.load((number, QUESTION, answer.text) for number, answer in enumerate(self.answers))
        while True:
            done, total = service.embed_some(_AT_ONCE)
            if done == total:
                learned(service)
                return service


def learned(service: SuggestionService) -> None:
    """Have an engine do all the background learning that it has."""
    while service.improve():
        pass


def arguments(about: str | None) -> argparse.ArgumentParser:
    """Return a parser with what every measure on coded data sets takes."""
    os.environ.update(ONE_THREAD)
    parser = argparse.ArgumentParser(description=about)
    parser.add_argument("folders", nargs="+", type=Path, help="coded data sets: see coder evaluate --help")
    parser.add_argument("--seeds", type=int, default=5, help="how many times (default: 5)")
    parser.add_argument("--encoder", default="default", help="default, none or a model's folder")
    return parser


def coded_tasks(folder: Path, encoder: str, fewest: int) -> Iterator[CodedTask]:
    """Yield the tasks of a data set with at least so many answers."""
    for task in read_data_set(folder).tasks():
        answers = [response for response in task.responses if response.answered]
        if len(answers) >= fewest:
            name = " ".join([folder.resolve().name, task.name]).strip()
            yield CodedTask(name, task.themes, answers, encoder)
