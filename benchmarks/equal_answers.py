"""`python -m benchmarks.equal_answers`: what a key costs where few or many of 100,000 answers are equal.

What a step writes grows with the answers that it is about; what is read and drawn after it must not.
"""

from __future__ import annotations

import time
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, TypeVar

from coder.domain.codebook import Codebook, Theme
from coder.domain.responses import Question, Respondent, Response, Survey
from coder.domain.study_settings import Settings
from coder.formats.codebooks.yaml.yaml_text import write_codebook
from coder.tui.coding import deciding
from coder.tui.coding.desk import Desk
from coder.tui.coding.suggestions import Advice
from coder.tui.coding.texts.equal_answers import group_line
from coder.workflows.study.opening import create_study

if TYPE_CHECKING:
    from collections.abc import Callable

    from coder.workflows.study.study import Study

Outcome = TypeVar("Outcome")

ANSWERS = 100_000
EQUAL = (2, 100, 10_000, 50_000)
CODEBOOK = Codebook((Theme("beds", "Beds"), Theme("pay", "Pay")))


def main() -> None:
    """Measure each number of equal answers and print a line for each thing that is done."""
    for equal in EQUAL:
        print(f"{equal:,} equal of {ANSWERS:,}")
        with TemporaryDirectory() as folder, closing(equal_study(Path(folder) / "study", equal)) as study:
            _measure(Desk(study, "jo", Advice(study.codebook, None)))


def equal_study(folder: Path, equal: int) -> Study:
    """Make a study in which every other answer says the same, until there are so many of them."""
    texts = (
        "No beds!"
        if number % 2 and number < 2 * equal
        else f"Answer {number} is about staff and other things"
        for number in range(1, ANSWERS + 1)
    )
    responses = [
        Response(number, f"R{number}.Q1.1", f"R{number}", "Q1", 1, text)
        for number, text in enumerate(texts, start=1)
    ]
    respondents = [Respondent(response.respondent_id) for response in responses]
    survey = Survey([Question("Q1")], [], respondents, responses)
    return create_study(folder, Settings("Equal", model="none"), survey, write_codebook(CODEBOOK), "jo")


def _measure(desk: Desk) -> None:
    start = _timed("where to begin, before the first frame", desk.listing.start)
    _timed("the answer on screen", lambda: desk.open(start))
    _timed("the whole list, after the first frame", lambda: desk.listing.load(start))
    _timed("a page of it", lambda: desk.listing.rows(desk.listing.numbers[:64]))
    _timed("how many say the same", lambda: group_line(desk))
    outcome = _timed("a theme chosen, written", lambda: deciding.toggle(desk, 1, "beds"))
    _timed("the desk goes on", lambda: desk.take_in(outcome))
    outcome = _timed("done, written", lambda: deciding.confirm(desk, 1))
    _timed("the desk goes on", lambda: desk.take_in(outcome))
    _timed("the next open answer", lambda: desk.listing.next_open(1))
    _timed("undo, written", desk.session.undo)
    _timed("redo, written", desk.session.redo)


def _timed(name: str, act: Callable[[], Outcome]) -> Outcome:
    begun = time.perf_counter()
    outcome = act()
    print(f"  {1000 * (time.perf_counter() - begun):9.1f} ms  {name}")
    return outcome


if __name__ == "__main__":
    main()
