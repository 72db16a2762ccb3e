"""Windows that pick a file or a folder: from those at hand, or by typing a path."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path

from coder.domain.near_names import fold_case
from coder.domain.path_names import on_one_line
from coder.formats.codebooks.reading import CODEBOOK_SUFFIXES
from coder.tui.kit.windows.window_values import Option, Pick
from coder.workflows.study.nearby import SURVEY_SUFFIXES, files_in, folders_in, studies_in

FolderListing = Callable[[Path], Sequence[Path]]
_TYPE_IT = "or type a path: ~ is your home folder"
_BETWEEN_FOLDERS = {"/", os.sep}
_KILO = 1000


def pick_survey(folder: Path) -> Pick[Path]:
    """Return the window that picks a survey file."""
    return Pick(
        "Survey file (CSV, TSV, Excel, ODS, SPSS)",
        lambda typed: path_options(typed, folder, lambda parent: files_in(parent, SURVEY_SUFFIXES)),
        placeholder=f"part of a file's name; {_TYPE_IT}",
    )


def pick_study(folder: Path) -> Pick[Path]:
    """Return the window that picks a study's folder."""
    return Pick(
        "Open a study",
        lambda typed: path_options(
            typed, folder, lambda parent: [study.folder for study in studies_in(parent)]
        ),
        placeholder=f"part of a study's name; {_TYPE_IT}",
    )


def pick_codebook(folder: Path) -> Pick[Path]:
    """Return the window that picks a codebook; `Path()` stands for none."""
    none = Option("none: begin with an empty codebook", Path(), "Themes are added while coding: key / there.")

    def options(typed: str) -> Sequence[Option[Path]]:
        codebooks = path_options(typed, folder, lambda parent: files_in(parent, CODEBOOK_SUFFIXES))
        return codebooks if typed else [none, *codebooks]

    return Pick("Codebook (YAML, or a CSV of themes)", options, placeholder=f"part of a name; {_TYPE_IT}")


def path_options(typed: str, folder: Path, listing: FolderListing) -> list[Option[Path]]:
    """Return what a typed text may mean: a file at hand, or a path.

    Args:
        typed: Part of a name, or a path, where `~` is the home folder.
        folder: Where names and relative paths are looked for.
        listing: What can be picked in a folder.
    """
    path = folder / Path(typed).expanduser()
    is_path = any(sign in typed for sign in _BETWEEN_FOLDERS) or typed.startswith("~")
    parent, name = (path, "") if path.is_dir() else (path.parent, path.name)
    if not is_path:
        parent, name = folder, typed
    at_hand = [entry for entry in listing(parent) if fold_case(name) in fold_case(entry.name)]
    options = [_option(entry, folder) for entry in at_hand]
    if is_path and not path.is_file():
        options += [
            Option(f"{_name(inside, folder)}/", inside, "A folder: type its name with / to look inside.")
            for inside in folders_in(parent)
            if fold_case(name) in fold_case(inside.name) and inside not in at_hand
        ]
    if typed and (is_path or not options) and all(option.choice != path for option in options):
        options.append(Option(f"path: {typed}", path, str(path) if path.exists() else f"There is no {path}."))
    return options


def _option(path: Path, folder: Path) -> Option[Path]:
    return Option(_name(path, folder), path, str(path), _size(path))


def _name(path: Path, folder: Path) -> str:
    return on_one_line(path.relative_to(folder) if path.is_relative_to(folder) else path)


def _size(path: Path) -> str:
    if not path.is_file():
        return ""
    size = path.stat().st_size
    return f"{size / _KILO**2:.1f} MB" if size >= _KILO**2 else f"{max(1, size // _KILO)} KB"
