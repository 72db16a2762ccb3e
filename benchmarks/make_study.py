"""Studies of any size, the same each time: for measures, and for looking at a large one by hand."""

from __future__ import annotations

import argparse
import random
from pathlib import Path
from typing import TYPE_CHECKING

from coder.domain.codings import Change
from coder.domain.responses import Attribute, Question, Respondent, Response, Survey
from coder.domain.study_settings import Settings
from coder.store import log
from coder.workflows.study.opening import create_study

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coder.workflows.study.study import Study

THEMES = (
    "Recruitment", "Retention", "Training", "Housing", "Transport", "Budget", "Demand", "Waiting", "Carers",
    "Safeguarding", "Advocacy", "Prevention", "Discharge", "Beds", "Community", "Crisis", "Partnership",
    "Leadership", "Data", "Digital", "Commissioning", "Employment", "Equality", "Autism", "Dementia",
    "Substance", "Young", "Families", "Quality", "Legislation",
)  # fmt: skip
FILLER = (
    "we", "have", "the", "a", "of", "and", "to", "in", "our", "with", "for", "that", "more", "not", "are",
    "this", "from", "people", "services", "support", "council", "local", "team", "working", "across",
    "areas", "need", "still", "which", "because", "over", "last", "year", "between", "staff", "been",
    "difficult", "better", "good", "through", "their", "new", "has", "can",
)  # fmt: skip
REGIONS = ("East", "London", "Midlands", "North East", "North West", "South West")
QUESTION = "Q1"


def marker(number: int) -> str:
    """Return the word with which the text of a response ends, and no other does."""
    return f"#{number:06}"


def make_text(number: int) -> str:
    """Return the text of a response: about 21 words with two or three themes in them."""
    chance = random.Random(number)
    fillers = chance.choices(FILLER, k=chance.randint(12, 25))
    for theme in chance.sample(THEMES, k=chance.randint(2, 3)):
        fillers.insert(chance.randrange(len(fillers)), theme.casefold())
    return f"{' '.join(fillers).capitalize()} {marker(number)}"


def make_survey(responses: int, equal: int = 1) -> Survey:
    """Return a survey of one question with answers, each by a respondent of its own.

    Args:
        responses: How many say something of their own; they come first.
        equal: How many say the same as each of them, itself among them.
    """
    numbers = range(1, responses * equal + 1)
    return Survey(
        [Question(QUESTION, "What was hard last year?")],
        [Attribute("region")],
        [Respondent(f"R{n}", {"region": REGIONS[n % len(REGIONS)]}) for n in numbers],
        [Response(n, f"R{n}.{QUESTION}.1", f"R{n}", QUESTION, 1, _text_of(n, responses)) for n in numbers],
    )


def _text_of(number: int, responses: int) -> str:
    text = make_text((number - 1) % responses + 1)
    return text if number <= responses else f"{text.upper()} !"


def make_codebook() -> str:
    """Return the text of a codebook: thirty themes, each with the word that points to it."""
    themes = (
        f"  - id: {name.casefold()}\n    label: {name}\n    keywords: [{name.casefold()}]\n"
        for name in THEMES
    )
    return "title: Benchmark\nthemes:\n" + "".join(themes)


def make_study(folder: Path, responses: int, equal: int = 1) -> Study:
    """Make a study of `make_survey` in a new folder; its suggestions go by words alone."""
    settings = Settings(f"Benchmark {responses}", model="none")
    return create_study(folder, settings, make_survey(responses, equal), make_codebook(), "benchmark")


def code_study(study: Study, responses: int, themes_each: int) -> None:
    """Code the first so many responses with some themes each, in one step."""
    with study.database.transaction():
        log.append(study.database, "benchmark", "benchmark", list(_changes(responses, themes_each)))


def _changes(responses: int, themes_each: int) -> Iterator[Change]:
    chance = random.Random(responses)
    for number in range(1, responses + 1):
        for theme in chance.sample(THEMES, k=themes_each):
            yield Change(number, "theme", None, "", theme.casefold(), "import")


def main() -> None:
    """Make a study from the command line."""
    parser = argparse.ArgumentParser(description=make_study.__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--responses", type=int, default=100_000)
    arguments = parser.parse_args()
    make_study(arguments.folder, arguments.responses).close()


if __name__ == "__main__":
    main()
