"""Second versions of a study's files: what each holds that the study lacks, and what to do with it."""

from __future__ import annotations

from contextlib import closing, suppress
from typing import TYPE_CHECKING

from coder.domain.grammar import agreeing, counted
from coder.domain.path_names import on_one_line
from coder.errors import CoderError
from coder.formats.shared.text_in import MOST_TEXT, bytes_of
from coder.store import checks
from coder.store.database import open_to_read
from coder.store.opening.divergence import divergence
from coder.workflows.study.study import DATABASE_FILE
from coder.workflows.study.surroundings.copy_names import LOG_SUFFIX
from coder.workflows.study.surroundings.surrounding import Surrounding

if TYPE_CHECKING:
    from pathlib import Path

    from coder.store.opening.divergence import Divergence
    from coder.workflows.study.surroundings.copy_names import ConflictedCopy

GUIDE = "docs/reliability.md"
_TOGETHER = f"Close the study on every machine, then bring the two together: {GUIDE} says how."
_PARTED = "parted"


def told_of_copy(folder: Path, copy: ConflictedCopy) -> Surrounding:
    """Return what is to be told of a second version of one of a study's files.

    Args:
        folder: The study's.
        copy: The file whose name says so.
    """
    message = (
        f"{on_one_line(folder / copy.name)} looks like a second version of {copy.original}, as {copy.maker} "
        "leaves it where two machines changed a file."
    )
    if _is_same_file(folder / copy.name, folder / copy.original):
        # SQLite must never have one file open by two names.
        advice = "It is the same file under another name: delete that name."
        return Surrounding(_brief(copy, "is the same file"), message, advice, about=copy.name)
    if copy.original == DATABASE_FILE:
        return _of_database(folder, copy, message)
    if copy.original.endswith(LOG_SUFFIX):
        advice = f"It may hold changes that the study lacks, but not without its database. {_TOGETHER}"
        return Surrounding(
            _brief(copy, "may hold changes that it lacks"), message, advice, is_fault=True, about=copy.name
        )
    if _say_the_same(folder / copy.name, folder / copy.original):
        advice = f"Both say the same: delete {on_one_line(copy.name)}."
        return Surrounding(_brief(copy, "says the same"), message, advice, about=copy.name)
    advice = f"They differ: put what is missing into {copy.original}, then move the other elsewhere."
    return Surrounding(_brief(copy, "differs from it"), message, advice, is_fault=True, about=copy.name)


def _brief(copy: ConflictedCopy, difference: str) -> str:
    return f"{on_one_line(copy.name)}, a second version of {copy.original}, {difference}."


def _is_same_file(one: Path, other: Path) -> bool:
    with suppress(OSError):
        return one.samefile(other)
    return False


def _say_the_same(one: Path, other: Path) -> bool:
    with suppress(OSError, CoderError):
        return bytes_of(one, MOST_TEXT) == bytes_of(other, MOST_TEXT)
    return False


def _of_database(folder: Path, copy: ConflictedCopy, message: str) -> Surrounding:
    try:
        parted, study_codings = _compared(folder, copy)
    except CoderError as error:
        advice = f"It cannot be compared ({error.message.rstrip('.')}). {_TOGETHER}"
        return Surrounding(_brief(copy, "cannot be read"), message, advice, is_fault=True, about=copy.name)
    latest = f", the last step at {parted.last_at[:16].replace('T', ' ')} UTC" if parted.last_at else ""
    message += (
        f" It holds {counted(parted.codings, 'coding')}{latest}; {copy.original} holds {study_codings:,}."
    )
    if not parted.own_steps:
        advice = f"All that was done in it is in {copy.original} too: delete it, or move it elsewhere."
        return Surrounding(_brief(copy, "holds nothing that it lacks"), message, advice, about=copy.name)
    steps = counted(parted.own_steps, "step")
    if parted.study_steps:
        lacking = f"and {copy.original} has {parted.study_steps:,} that it lacks: each holds work"
    else:
        lacking = "which has none that it lacks: it is the later of the two"
    is_missing = f"{steps} of it {agreeing(parted.own_steps, 'is', 'are')} not in {copy.original}"
    advice = f"{is_missing}, {lacking}. {_TOGETHER}"
    return Surrounding(
        _brief(copy, f"holds {steps} that it lacks"),
        message,
        advice,
        is_fault=True,
        about=f"{copy.name} {_PARTED}",
    )


def _compared(folder: Path, copy: ConflictedCopy) -> tuple[Divergence, int]:
    """Compare a copy with the study; return how far it went its own way, and the codings of the study."""
    # Without a log of its own nothing is written to a copy: then SQLite need make no files beside it.
    is_still = not (folder / f"{copy.name}{LOG_SUFFIX}").exists()
    with (
        closing(open_to_read(folder / copy.original)) as study,
        closing(open_to_read(folder / copy.name, is_still=is_still)) as database,
    ):
        if checks.is_strange(study) or checks.is_strange(database):
            msg = "One of the two holds what no version of coder makes"
            raise CoderError(msg)
        codings: int = study.value("SELECT COUNT(*) FROM coding")
        return divergence(study, database), codings
