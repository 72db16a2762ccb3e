"""Proving that words stand nowhere in a study any more, and telling what no program can look into."""

from __future__ import annotations

import os
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from coder.domain.privacy.quoted_parts import QuotedParts
from coder.domain.privacy.quoting_words import QuotedWords
from coder.errors import CoderError
from coder.formats.privacy.texts_in_files import OpaqueFileError, texts_in
from coder.store.database import open_to_read
from coder.store.privacy.values_standing import values_standing
from coder.workflows.privacy.quoting_texts import doubtful_texts
from coder.workflows.study.study import DATABASE_FILE
from coder.workflows.study.surroundings.notices import surroundings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from coder.domain.privacy.text_cuts import TextCut
    from coder.workflows.study.study import Study

WRITTEN_BY_CODER = frozenset(
    (
        *(".csv", ".tsv", ".xlsx", ".xls", ".ods", ".sav", ".json", ".docx", ".pptx", ".html", ".md", ".txt"),
        *(".pdf", ".parquet", ".png", ".svg", ".coderbundle", ".age", ".qdc", ".qdpx", ".zip"),
    )
)
"""How the names of surveys, exports, reports and bundles end."""
_GIT = ".git"


class WordsStanding(NamedTuple):
    """Where words still stand."""

    words: int
    """Which of those that were looked for, from 1: the proof does not repeat them."""
    where: str


class Proof(NamedTuple):
    """Where words stand, and what was not looked into."""

    standing: Sequence[WordsStanding]
    """Within the study."""
    doubtful: Sequence[WordsStanding]
    """Where a part of the words stands in answers or notes, which may be about somebody else."""
    outside: Sequence[WordsStanding]
    """In files beside the study, or where else it was to be looked: exports, reports, bundles."""
    exports: Sequence[Path]
    """Files beside the study that may be exports or reports made before, in which nothing stands."""
    opaque_within: Sequence[str]
    """Files of the study, or folders that lie in it by a link, that cannot be looked into."""
    opaque_outside: Sequence[str]
    """The same of what is not the study's."""
    unfinished: str
    """What is still to be cleaned; empty if nothing is."""
    unreachable: Sequence[str]
    """What no program on this machine can look into or clean, in words."""

    @property
    def holds(self) -> bool:
        """Whether the words stand nowhere within the study."""
        return not (self.standing or self.unfinished or self.opaque_within)


def prove(
    study: Study, texts: Sequence[str], also: Iterable[Path] = (), notify: Callable[[str], None] | None = None
) -> Proof:
    """Look for words in every value of every table and in the bytes of every file of a study, and beside it.

    Args:
        study: The study.
        texts: The words, each as a whole.
        also: Further files and folders to look into.
        notify: Is told of each file that is looked into.

    Raises:
        CoderError: Words are too short to be looked for.
    """
    searches = [_search(text) for text in texts]
    folder = study.folder.absolute()
    standing, opaque_within = list(_in_tables(study, searches)), list[str]()
    for path in _files_within(folder, opaque_within):
        standing += _in_file(path, str(path.relative_to(folder)), searches, opaque_within, notify)
    outside, exports, opaque_outside = list[WordsStanding](), list[Path](), list[str]()
    for path in _beside(folder, also, opaque_outside):
        hits = _in_file(path, str(path), searches, opaque_outside, notify)
        outside += hits
        if not hits and str(path) not in opaque_outside:
            exports.append(path)
    return Proof(
        list(dict.fromkeys(standing)), list(_doubtful(study, texts, searches)), list(dict.fromkeys(outside)),
        exports, opaque_within, opaque_outside, study.uncleaned, list(_unreachable(folder)),
    )  # fmt: skip


def _files_within(folder: Path, opaque: list[str]) -> Iterator[Path]:
    """Yield the files of a study, by name; note what a link or missing permissions keep from being seen."""

    def note(error: OSError) -> None:
        opaque.append(os.path.relpath(error.filename or folder, folder))

    for above, folders, files in os.walk(folder, onerror=note):
        place = Path(above)
        folders[:] = sorted(name for name in folders if name != _GIT)
        opaque += [str((place / name).relative_to(folder)) for name in folders if (place / name).is_symlink()]
        yield from (path for name in sorted(files) if (path := place / name).is_file())


def _search(text: str) -> QuotedWords:
    search = QuotedWords({text: "-"})
    if not search.cuts_in(text):
        msg = f"'{text}' is too short to be looked for: it would stand anywhere."
        raise CoderError(msg, "Give more of it.")
    return search


def _in_tables(study: Study, searches: Sequence[QuotedWords]) -> Iterator[WordsStanding]:
    # A connection of its own sees everything, whoever is at work.
    with closing(open_to_read(study.database.path)) as database:
        for number, search in enumerate(searches, start=1):
            for where in values_standing(database, lambda text, search=search: bool(search.cuts_in(text))):  # type: ignore[misc]
                yield WordsStanding(number, f"{DATABASE_FILE}: {where}")


def _in_file(
    path: Path,
    name: str,
    searches: Sequence[QuotedWords],
    opaque: list[str],
    notify: Callable[[str], None] | None,
) -> list[WordsStanding]:
    if notify:
        notify(name)
    hits: dict[WordsStanding, None] = {}
    for number, search in enumerate(searches, start=1):
        if search.cuts_in(name if not Path(name).is_absolute() else path.name):
            hits[WordsStanding(number, f"{name}: its name")] = None
    try:
        for member, text in texts_in(path):
            for number, search in enumerate(searches, start=1):
                if search.cuts_in(text):
                    hits[WordsStanding(number, f"{name}: {member}" if member else name)] = None
    except (OpaqueFileError, OSError):
        opaque.append(name)
    return list(hits)


def _doubtful(study: Study, texts: Sequence[str], searches: Sequence[QuotedWords]) -> Iterator[WordsStanding]:
    """Yield where parts of words stand, once for each of the texts that they may be of."""

    def whole(text: str) -> list[TextCut]:
        return [cut for search in searches for cut in search.cuts_in(text)]

    alone = [QuotedParts([text], (), search.cuts_in) for text, search in zip(texts, searches, strict=True)]
    with closing(open_to_read(study.database.path)) as database:
        for quoting in doubtful_texts(database, texts, whole):
            for number, parts in enumerate(alone, start=1):
                if any(map(parts.cuts_in, quoting.passages)):
                    yield WordsStanding(number, quoting.where)


def _beside(folder: Path, also: Iterable[Path], opaque: list[str]) -> Iterator[Path]:
    paths = set[Path]()
    try:
        files = filter(Path.is_file, folder.parent.iterdir())
        paths = {path for path in files if path.suffix.lower() in WRITTEN_BY_CODER}
    except OSError:
        opaque.append(str(folder.parent))
    for path in also:
        if not path.exists():
            msg = f"{path} is not there."
            raise CoderError(msg, "Check the path.")
        inner = path.absolute().rglob("*") if path.is_dir() else [path.absolute()]
        paths |= {file for file in inner if file.is_file() and not file.is_relative_to(folder)}
    yield from sorted(paths)


def _unreachable(folder: Path) -> Iterator[str]:
    repository = next((above for above in (folder, *folder.parents) if (above / _GIT).exists()), None)
    if repository:
        yield f"The history of the git repository {repository}: earlier versions of codebook.yaml stay in it."
    yield from (f"{notice.message} Earlier versions may be kept there." for notice in surroundings(folder))
    yield "Other copies of the study, packs and bundles that were sent, and what was exported elsewhere."
    yield "Private copies for reading that killed programs left in folders for temporary files."
    yield "Backups, snapshots and trash, and what a synchronised folder keeps of earlier versions."
    yield "Pictures: words that are drawn in charts and screenshots."
    yield "Blocks of the disk that hold deleted files until they are written over, and swap."
    yield "The history of terminals and shells in which the words were typed."
