"""`python -m benchmarks.beginning`: keys an answer of somebody who begins the sample without a codebook.

They are a script that reads Q15 and makes each theme of the reference at the first answer that has it: by `/`
and twelve letters of its name, or by `T` from words selected with `→`. With draft themes they read 30 answers
at random first, and take each draft of which two thirds have one theme, and only that: they read its answers,
take the tick off those that have others, and code the ticked. They pass by the other drafts, and make what is
missing. Every key counts: names, reading first and deciding on drafts as well.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections import Counter
from contextlib import closing
from pathlib import Path
from shutil import copytree
from time import monotonic
from typing import TYPE_CHECKING, Literal

from benchmarks.person import CODER, Reader, reference_labels
from benchmarks.pty_timer import python_environment
from coder.domain.reading_orders import READ_FIRST
from coder.formats.codebooks.reading import read_codebook
from coder.store.database import Database
from coder.store.drafts import kept_drafts
from coder.store.surveys import response_numbers
from coder.workflows.exchange.exchanging import export_data_set
from coder.workflows.exchange.samples import make_coded_sample

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from coder.domain.drafting.theme_drafts import ThemeDraft

SURVEY = Path(__file__).parent.parent / "data" / "pch-2023" / "responses.csv"
QUESTION = "Q15"
NAME = 12
"""Letters of a name that is typed."""
DOWN, RIGHT = "\x1b[B", "\x1b[C"
"""Keys as a terminal sends them."""
PAGES = 3
"""How many times nine suggestions are looked through before a theme is typed."""
LEARNS_FOR = 2.0
"""Seconds given to suggestions after a theme was made."""

Naming = Literal["typed", "words"]
NAMINGS: tuple[Naming, ...] = ("typed", "words")


class Beginner:
    """Somebody who codes a question without a codebook, and knows which themes there will be."""

    def __init__(self, folder: Path, labels: dict[str, set[str]], naming: Naming) -> None:
        self._folder = folder
        self._labels = labels
        self._naming = naming
        self._made: dict[str, str] = {}
        """Theme of the reference to its label here."""
        self.grouped: set[str] = set()
        """The answers that were coded together, as those of a draft."""

    def code(self, reader: Reader, count: int) -> int:
        """Code answers from the one on screen on until so many are done; return how many are."""
        coded: set[str] = set()
        while len(self.grouped) + len(coded) < count:
            answer, question = reader.answer()
            if question != QUESTION or answer in coded:
                break
            coded.add(answer)
            self._code_answer(reader, sorted(self._labels.get(answer, ())))
            _wait(reader, f" {answer} ", seconds=10, gone=True)
        return len(self.grouped) + len(coded)

    def take_drafts(self, reader: Reader) -> int:
        """Read at random, have drafts proposed, decide on them; return how many were taken, or are a theme.

        Of a draft that is taken the answers are listed, ticked: those that have no other theme are coded.
        """
        reader.press("p\r")
        reader.press("\r" * READ_FIRST)
        reader.press("p")
        _wait(reader, "nothing is counted", seconds=60)
        taken = 0
        with closing(Database.open(self._folder / "study.db")) as database:
            drafts = kept_drafts.kept_drafts(database, CODER, QUESTION)
            ids = {number: response_id for response_id, number in response_numbers(database).items()}
        for draft in drafts:
            theme = self._theme_of(draft, ids)
            if theme is None:
                reader.press([DOWN])
                continue
            reader.press("\r")
            if theme in self._made:
                _point_at(reader, f"It is the theme: {self._made[theme]}")
                reader.press("\r")
            reader.press("\r")
            self._made.setdefault(theme, draft.name)
            self._code_group(reader, theme, [ids[number] for number in draft.responses][::-1])
            taken += 1
        reader.press("\x1b")
        return taken

    def _code_group(self, reader: Reader, theme: str, answers: Sequence[str]) -> None:
        """Take the tick off the answers of a draft that do not have its theme alone; code the others, done.

        All are read: those that stand on screen in full at once, further ones by going to them.
        """
        _wait(reader, "ticked:", seconds=10)
        others = [place for place, answer in enumerate(answers) if self._labels[answer] != {theme}]
        at, unread = 0, set(range(len(answers)))
        for place in range(len(answers)):
            unread -= {number for number in unread if _is_read(reader, answers[number])}
            if place in others:
                reader.press([DOWN] * (place - at))
                reader.press("x")
                at = place + 1
            elif place in unread:
                reader.press([DOWN] * (place - at))
                at = place
        if len(others) == len(answers):
            reader.press("p")
        else:
            reader.press("1")
            _point_at(reader, ", and done")
            reader.press("\r")
            self.grouped |= {answer for place, answer in enumerate(answers) if place not in others}
        _wait(reader, "nothing is counted", seconds=10)

    def _theme_of(self, draft: ThemeDraft, ids: dict[int, str]) -> str | None:
        """Return the theme that is all that two thirds of a draft's answers have, if there is one."""
        answers = [self._labels.get(ids[number], set()) for number in draft.responses]
        counts = Counter(theme for labels in answers if len(labels) == 1 for theme in labels)
        theme, count = counts.most_common(1)[0] if counts else ("", 0)
        return theme if 3 * count >= 2 * len(answers) else None

    def _code_answer(self, reader: Reader, themes: list[str]) -> None:
        """Code the answer on screen; by Space where the first suggestion is right and no other is missing."""
        if not themes:
            reader.press("n")
            return
        first = reader.labels().get(1, "")
        by_space = next((theme for theme in themes if first and _same(first, self._made.get(theme, ""))), "")
        for theme in themes:
            if theme not in self._made:
                self._make(reader, theme)
            elif theme != by_space:
                self._choose(reader, self._made[theme])
        reader.press(" " if by_space else "\r")

    def _choose(self, reader: Reader, label: str) -> None:
        for page in range(PAGES):
            if page:
                reader.press(".")
            key = next((key for key, on_key in reader.labels().items() if _same(on_key, label)), None)
            if key is not None:
                reader.press(str(key))
                return
        reader.press(f"/{label[:NAME].lower()}")
        reader.press("\r")

    def _make(self, reader: Reader, theme: str) -> None:
        labels, made = self._codebook(), ""
        if self._naming == "words":
            reader.press([RIGHT])
            reader.press("W")
            made = self._label_since(reader, labels, seconds=LEARNS_FOR)
        if not made:
            reader.press(f"/{_name(theme, labels)}")
            while "▶ + new theme" not in reader.text():
                reader.press([DOWN])
            reader.press("\r")
            made = self._label_since(reader, labels, seconds=10)
        if not made:
            msg = f"No theme came into codebook.yaml. The screen:\n{reader.text()}"
            raise TimeoutError(msg)
        self._made[theme] = made
        _wait(reader, "by words", gone=True)

    def _label_since(self, reader: Reader, labels: set[str], *, seconds: float) -> str:
        """Wait until codebook.yaml, which is written after the step, has a further theme; return its label.

        Returns:
            The label; empty if there is none after so many seconds.
        """
        end = monotonic() + seconds
        while monotonic() < end:
            if fresh := self._codebook() - labels:
                return fresh.pop()
            reader.read()
        return ""

    def _codebook(self) -> set[str]:
        codebook = read_codebook(self._folder / "codebook.yaml")
        return {theme.label for theme in codebook}


def _name(theme: str, labels: Collection[str]) -> str:
    """Return twelve letters of a theme's name that no label has yet, from its first word or a later one."""
    words = theme.split()
    names = [" ".join(words[first:])[:NAME].strip() for first in range(len(words))]
    return next(name for name in names if name not in labels)


def _wait(reader: Reader, text: str, *, seconds: float = LEARNS_FOR, gone: bool = False) -> None:
    """Wait until a text stands on screen, or stands there no more; so many seconds at most."""
    end = monotonic() + seconds
    while (text in reader.text()) == gone and monotonic() < end:
        reader.read()


def _point_at(reader: Reader, label: str) -> None:
    """Put the cursor of a window on an option."""
    while not any("▶" in line and label in line for line in reader.text().splitlines()):
        reader.press([DOWN])


def _is_read(reader: Reader, answer: str) -> bool:
    """Tell whether an answer stands on screen, with all of its words as far as three lines hold them."""
    respondent, _, item = answer.split(".")
    return any(
        f"{mark} {respondent}.{item}  " in line for line in reader.text().splitlines() for mark in "x·"
    )


def _same(on_key: str, label: str) -> bool:
    """Tell whether a label on a key, which may be cut, is one of the codebook."""
    return label.startswith(on_key.removesuffix("…").strip())


def main() -> None:
    """Measure 15 answers, and 60 with drafts and without; print a row for each."""
    with tempfile.TemporaryDirectory() as folder:
        coded = make_coded_sample(Path(folder) / "coded", CODER)
        export_data_set(coded, Path(folder) / "data")
        coded.close()
        labels = reference_labels(Path(folder) / "data")
        study = Path(folder) / "study"
        _make_study(study)
        for count, with_drafts in ((15, False), (60, False), (60, True)):
            for naming in NAMINGS:
                name = f"{count} answers, names {naming}{', with drafts' * with_drafts}"
                begun = copytree(study, Path(folder) / name)
                beginner = Beginner(begun, labels, naming)
                print(f"{name}: {_measured(beginner, begun, count, with_drafts=with_drafts)}", flush=True)


def _make_study(folder: Path) -> None:
    """Make the sample study without a codebook, all its texts read by the engine."""
    command = [sys.executable, "-m", "coder", "new", str(folder), "--from", str(SURVEY)]
    command += ["--id", "respondent_id", "--yes", "--no-open"]
    subprocess.run(command, check=True, capture_output=True, env=python_environment())
    with Reader(folder) as reader:
        _wait(reader, "· reading ", seconds=60)
        _wait(reader, "· reading ", seconds=600, gone=True)


def _measured(beginner: Beginner, folder: Path, count: int, *, with_drafts: bool) -> str:
    with Reader(folder) as reader:
        _wait(reader, "No themes yet", seconds=60)
        taken = beginner.take_drafts(reader) if with_drafts else 0
        before, grouped = reader.keys, len(beginner.grouped)
        answers = beginner.code(reader, count)
    drafts = f", {grouped} of them with {taken} drafts, which took {before} keys" if with_drafts else ""
    return f"{reader.keys / answers:.2f} keys each ({answers} answers{drafts})"


if __name__ == "__main__":
    main()
