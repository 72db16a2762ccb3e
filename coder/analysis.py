"""A study in Python: what it holds and counts, as pandas frames.

    import coder

    study = coder.open("my-study")
    study.table("Q16", by="region")

Each call opens the study, reads it at one moment and closes it again, as a command does: what others code
meanwhile counts in the next call, blind rounds hold, and nothing is locked between calls. Nothing is written.
"""

from __future__ import annotations

import warnings
from contextlib import contextmanager
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

from coder.domain.grammar import counted
from coder.domain.near_names import nearest
from coder.domain.path_names import refuse_line_breaks
from coder.domain.team.counting_rule import Agreed
from coder.errors import CoderError
from coder.workflows.analysing import study_frames
from coder.workflows.study.opening import open_study
from coder.workflows.tables.tables_typed import TypedOptions, refuse_other_choices
from coder.workflows.team.agreement_tables import AgreementRequest

if TYPE_CHECKING:
    import os
    from collections.abc import Iterator, Sequence

    import pandas as pd

    from coder.workflows.study.study import Study

_OPTIONS = tuple(field.name for field in fields(TypedOptions) if field.name != "question")
_WHERE_CALLED = 4
"""From here to the line that asked for a frame: to this is what a warning belongs."""


class StudyWarning(UserWarning):
    """What whoever opens a study is told, such as edits of its codebook that wait."""


class StudyFrames:
    """A study's answers, codings, tables, matrix and agreement as pandas frames."""

    def __init__(self, folder: str | os.PathLike[str]) -> None:
        """Open the study once, so that what is wrong with it is said here.

        Raises:
            CoderError: No study there, or a fault in `study.toml` or `codebook.yaml`.
        """
        refuse_line_breaks(str(folder))
        self.folder = Path(folder)
        with self._opened() as study:
            self.title = study.settings.title
            self.note = study.settings.note

    def __repr__(self) -> str:
        return f"<coder study {str(self.folder)!r}: {self.title}>"

    def questions(self) -> pd.DataFrame:
        """Return the open questions: ids as index, wording, boxes."""
        with self._opened() as study:
            return study_frames.questions_of(study)

    def themes(self) -> pd.DataFrame:
        """Return the codebook in use: ids as index, a column for each field of a theme."""
        with self._opened() as study:
            return study_frames.themes_of(study)

    def responses(self) -> pd.DataFrame:
        """Return all responses, verbatim, with attributes as categories; private ones are left out."""
        with self._opened() as study:
            return study_frames.responses_of_study(study)

    def codings(self, *, coder: str | None = None) -> pd.DataFrame:
        """Return the codings that stand, one a row, of one coder or of all.

        Of several coders all is in it: what of that counts is in `matrix`, `long` and the tables.
        """
        with self._opened() as study:
            return study_frames.codings_of_study(study, coder)

    def tables(self, *subjects: str, **options: Any) -> list[pd.DataFrame]:
        """Return tables as they are printed: those of `study.toml`, or of these questions or attributes.

        Args:
            subjects: A question, whose themes are counted, or an attribute; several questions are counted
                together, as `--question Q15,Q16` does.
            options: Those of `coder tables`, by their names: `by="region"`, `where="region!=London"`,
                `nets=True`, `suppress=5`, `as_of="2026-11-21"`.

        Raises:
            CoderError: There is no such option, or whatever `coder tables` would say.
        """
        typed = _typed(subjects, options)
        with self._opened() as study:
            return study_frames.printed_frames(study, typed)

    def table(self, *subjects: str, **options: Any) -> pd.DataFrame:
        """Return one table as it is printed; see `tables`.

        Raises:
            CoderError: More than one table is asked for, or none.
        """
        frames = self.tables(*subjects, **options)
        if len(frames) != 1:
            msg = f"These are {counted(len(frames), 'table')}, and one is asked for."
            raise CoderError(msg, 'Name one: table("Q16"), table(number="21"). For all: tables()')
        return frames[0]

    def tidy_tables(self, *subjects: str, **options: Any) -> pd.DataFrame:
        """Return tables as one frame, with rows and columns as `coder tables --format csv`; see `tables`."""
        typed = _typed(subjects, options)
        with self._opened() as study:
            return study_frames.tidy_tables(study, typed)

    def matrix(self, *, coder: str | None = None, coders: Agreed = "settled") -> pd.DataFrame:
        """Return one row a respondent: 1 a theme is mentioned, 0 not, missing without an answer."""
        _refuse_rule(coder, coders)
        with self._opened() as study:
            return study_frames.matrix_of(study, coder, coders)

    def long(self, *, coder: str | None = None, coders: Agreed = "settled") -> pd.DataFrame:
        """Return one row for each respondent that answered a question and each of its themes: 1 or 0."""
        _refuse_rule(coder, coders)
        with self._opened() as study:
            return study_frames.long_form_of(study, coder, coders)

    def agreement(
        self,
        *questions: str,
        coders: Sequence[str] = (),
        by_theme: bool = False,
        every_measure: bool = False,
        round: str = "",  # noqa: A002  # as the command line calls it
    ) -> list[pd.DataFrame]:
        """Return the tables of `coder agreement`: over all first, then by pair, week and theme.

        Args:
            questions: The questions; all where none is named.
            coders: Whom to compare; everybody where nobody is named.
            by_theme: Whether each theme has a row.
            every_measure: Whether themes have all coefficients.
            round: A round, as at the moment when all had finished it.
        """
        request = AgreementRequest(questions, _texts(coders), by_theme, every_measure, round)
        with self._opened() as study:
            return study_frames.agreement_frames(study, request)

    @contextmanager
    def _opened(self) -> Iterator[Study]:
        study = open_study(self.folder)
        try:
            for notice in study.notices:
                warnings.warn(notice, StudyWarning, stacklevel=_WHERE_CALLED)
            yield study
        finally:
            study.close()


def _refuse_rule(coder: str | None, coders: Agreed) -> None:
    """Raise CoderError if a rule for several coders is none, or is asked for beside one of them."""
    refuse_other_choices("coders", coders, get_args(Agreed))
    if coder and coders != "settled":
        msg = "coders would change nothing: coder takes the codings of one."
        raise CoderError(msg, "Leave out one of the two.")


def _typed(subjects: Sequence[str], options: dict[str, Any]) -> TypedOptions:
    for name in options:
        if name not in _OPTIONS:
            msg = f"Tables have no option '{name}'."
            raise CoderError(msg, nearest(name, _OPTIONS) or f"Their options: {', '.join(_OPTIONS)}.")
    if "where" in options:
        options["where"] = _texts(options["where"])
    if "number" in options:
        options["number"] = str(options["number"])
    return TypedOptions(question=subjects, **options)


def _texts(texts: str | Sequence[str]) -> tuple[str, ...]:
    """Return texts, be it one or several."""
    return (texts,) if isinstance(texts, str) else tuple(texts)
