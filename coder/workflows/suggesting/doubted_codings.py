"""Codings worth a second look, for the command line."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

from coder.domain.second_look import ground
from coder.store import surveys
from coder.suggest.coding_doubts import FEWEST
from coder.suggest.service import TEXTS_AT_ONCE
from coder.suggest.sliced_work import run_to_end
from coder.suggest.whole_question import second_look
from coder.workflows.coding.differing import differing_codings, joined
from coder.workflows.coding.second_look import waiting_doubts
from coder.workflows.coding.session import CodingSession
from coder.workflows.study.coders import coder_meant
from coder.workflows.study.questions import find_question
from coder.workflows.suggesting.answer_reading import reading_text
from coder.workflows.suggesting.engine import ONE_THREAD
from coder.workflows.suggesting.study_service import answers_read, make_service, most_doubts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from coder.domain.progress import Progress
    from coder.domain.second_look import Doubted
    from coder.suggest.service import SuggestionService
    from coder.workflows.study.study import Study

_KINDS = {"wrong": "stands, and may be wrong", "missing": "may be missing"}


def doubted_codings(
    study: Study,
    coder_id: str | None = None,
    question_id: str | None = None,
    *,
    most: int,
    tell: Callable[[str], None],
    progress: Progress | None = None,
) -> list[Doubted]:
    """Return a coder's codings that are most worth checking and were not yet, the most doubtful first.

    Args:
        study: The study.
        coder_id: The coder; None takes the only one there is, or whoever is logged in.
        question_id: The question; None takes all with themes.
        most: At most so many.
        tell: Called with a sentence where the study's model cannot be used, and for each question whose
            answers no encoder reads.
        progress: Called with texts read (answers, and sentences of those with several) and their total.

    Raises:
        CoderError: There is no such coder or question, or too few answers are confirmed.
    """
    person = coder_meant(study.database, coder_id)
    question_id = None if question_id is None else find_question(study, question_id).id
    # Before the first array is made: as the engine's own process has it.
    os.environ.update(ONE_THREAD)
    service = make_service(study, person, tell)
    for event in answers_read(study, service):
        if not event.encoders and question_id in {None, event.question_id}:
            reading = reading_text(event.languages, event.encoders, study.settings.model)
            tell(f"{event.question_id}: {reading}")
    _read_all(service, progress)
    question_ids = [question_id] if question_id else [q.id for q in surveys.questions(study.database)]
    database = study.database
    different = [doubt for of_one in question_ids for doubt in differing_codings(database, person, of_one)]
    different.sort(key=lambda doubted: -doubted.strength)
    wholes = [service.whole(of_one) for of_one in question_ids if study.codebook.offered(of_one)]
    enough = [whole for whole in wholes if len(whole.finished) >= FEWEST]
    doubts: list[Doubted] = []
    # Where too few answers are confirmed that is told, unless there is something to look at all the same.
    for whole in enough or ([] if different else wholes):
        doubts += run_to_end(second_look(whole, most_doubts(whole)))
    doubts.sort(key=lambda doubted: -doubted.strength)
    return waiting_doubts(CodingSession(study, person).standing, joined(different, doubts))[:most]


def doubted_lines(study: Study, doubts: Iterable[Doubted]) -> Iterator[str]:
    """Yield codings worth checking for a terminal, each with its answer."""
    none = True
    for doubted in doubts:
        none = False
        response = surveys.response(study.database, doubted.response)
        if response is not None:
            label = study.codebook.label(doubted.theme_id)
            yield f"{response.id}  {label}: {_KINDS[doubted.kind]} ({ground(doubted)})"
            yield f"    {' '.join(response.text.split())}"
    if none:
        yield "No coding stands out, or all that do have been looked at."


def doubted_json(study: Study, doubts: Iterable[Doubted]) -> str:
    """Return codings worth checking as JSON."""
    rows = []
    for doubted in doubts:
        response = surveys.response(study.database, doubted.response)
        if response is not None:
            rows.append({
                "response_id": response.id, "question_id": response.question_id, "theme_id": doubted.theme_id,
                "theme": study.codebook.label(doubted.theme_id), "doubt": doubted.kind,
                "strength": round(doubted.strength, 4), "probability": round(doubted.probability, 4),
                "of_same_words": doubted.of_same_words, "text": response.text,
            })  # fmt: skip
    return json.dumps({"doubted": rows}, ensure_ascii=False, indent=1) + "\n"


def _read_all(service: SuggestionService, progress: Progress | None) -> None:
    """Have the engine read every answer and learn every coding to the end."""
    done, total = 0, 1
    while done < total:
        done, total = service.embed_some(service.texts_at_once)
        if progress and done < total:
            progress(done, total)
    most = left = service.beside.embed_some(0)
    while left:
        left = service.beside.embed_some(TEXTS_AT_ONCE)
        if progress and left:
            progress(most - left, most)
    while service.improve():
        pass
