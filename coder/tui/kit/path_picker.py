"""Windows that pick a file or a folder: from those at hand, or by typing a path."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from coder.formats.codebooks.reading import CODEBOOK_SUFFIXES
from coder.tui.kit.pick import Option, Pick
from coder.workflows.study.nearby import SURVEY_SUFFIXES, files_in, folders_in, studies_in

Listing = Callable[[Path], Sequence[Path]]
_TYPE_IT = "or type a path: ~ is your home folder"
_KILO = 1000


def pick_survey(folder: Path) -> Pick[Path]:
    """Return the window that picks a survey file."""
    return Pick(
        "Survey file (CSV, TSV, Excel, ODS, SPSS)",
        lambda typed: path_options(typed, folder, lambda where: files_in(where, SURVEY_SUFFIXES)),
        placeholder=f"part of a file's name; {_TYPE_IT}",
    )


def pick_study(folder: Path) -> Pick[Path]:
    """Return the window that picks a study's folder."""
    return Pick(
        "Open a study",
        lambda typed: path_options(typed, folder, lambda where: [each.folder for each in studies_in(where)]),
        placeholder=f"part of a study's name; {_TYPE_IT}",
    )


def pick_codebook(folder: Path) -> Pick[Path]:
    """Return the window that picks a codebook; the value `Path()` stands for none."""
    none = Option("none: begin with an empty codebook", Path(), "Themes are added while coding: key / there.")

    def options(typed: str) -> Sequence[Option[Path]]:
        found = path_options(typed, folder, lambda where: files_in(where, CODEBOOK_SUFFIXES))
        return found if typed else [none, *found]

    return Pick("Codebook (YAML, or a CSV of themes)", options, placeholder=f"part of a name; {_TYPE_IT}")


def path_options(typed: str, folder: Path, listing: Listing) -> list[Option[Path]]:
    """Return what a typed text may mean: a file at hand, or a path.

    Args:
        typed: Part of a name, or a path, where `~` is the home folder.
        folder: Where names and relative paths are looked for.
        listing: What can be picked in a folder.
    """
    path = folder / Path(typed).expanduser()
    is_path = "/" in typed or typed.startswith("~")
    where, part = (path, "") if path.is_dir() else (path.parent, path.name)
    if not is_path:
        where, part = folder, typed
    found = [_option(each, folder) for each in listing(where) if part.casefold() in each.name.casefold()]
    if is_path and not path.is_file():
        found += [
            Option(f"{_name(each, folder)}/", each, "A folder: type its name with / to look inside.")
            for each in folders_in(where)
            if part.casefold() in each.name.casefold() and all(each != option.value for option in found)
        ]
    if typed and (is_path or not found) and all(option.value != path for option in found):
        found.append(Option(f"path: {typed}", path, str(path) if path.exists() else f"There is no {path}."))
    return found


def _option(path: Path, folder: Path) -> Option[Path]:
    return Option(_name(path, folder), path, str(path), _size(path))


def _name(path: Path, folder: Path) -> str:
    return str(path.relative_to(folder)) if path.is_relative_to(folder) else str(path)


def _size(path: Path) -> str:
    if not path.is_file():
        return ""
    size = path.stat().st_size
    return f"{size / _KILO**2:.1f} MB" if size >= _KILO**2 else f"{max(1, size // _KILO)} KB"
