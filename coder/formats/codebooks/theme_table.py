"""A codebook as a table of themes: one theme a row, as people list them in a spreadsheet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from coder.domain.codebook import Codebook, Theme
from coder.domain.near_names import fold_name, nearest
from coder.domain.surveys.import_choices import NO_CHOICES
from coder.domain.theme_fields import THEME_FIELDS
from coder.domain.theme_ids import TakenIds, as_id
from coder.errors import CoderError
from coder.formats.codebooks.field_texts import meanings_of, read_field, split_items, write_field
from coder.formats.codebooks.foreign_tables import ThemeRows, under_own_names
from coder.formats.codebooks.imported import CodebookImport
from coder.formats.codebooks.placed_themes import (
    CodebookFault,
    Place,
    PlacedTheme,
    in_file_order,
    rule_faults,
    with_nets_not_codable,
)
from coder.formats.shared.text_in import MOST_TEXT, read_bytes
from coder.formats.surveys.files.delimited import HeadedTable, read_table
from coder.formats.surveys.raw_tables import no_progress

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from coder.domain.progress import Progress

_WORKBOOKS = (".xlsx", ".xls", ".ods")
TABLE_SUFFIXES = (".csv", ".tsv", *_WORKBOOKS)

_OF_CODEBOOK = ("codebook", "codebook_note")
"""The columns of the codebook's title and note; they are filled once."""
HEADER = (*(field.column for field in THEME_FIELDS), *_OF_CODEBOOK)
"""The columns of a table that is written."""
_ALIASES = {"question_id": "question", "question": "question", "short_name": "short_name"}
_COLUMNS = {name: name for name in HEADER} | _ALIASES
"""The columns that count, by their header in the file; others are ignored."""

_FLAGS = {"yes": True, "true": True, "no": False, "false": False}
_MEANINGS = {field.column: meanings for field in THEME_FIELDS if (meanings := meanings_of(field, _FLAGS))}
"""The columns that hold one of a few words, with what these mean."""


@dataclass(frozen=True, slots=True)
class _Row:
    number: int
    """In the file, the header being row 1."""
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")


def theme_rows(codebook: Codebook) -> Iterator[tuple[str, ...]]:
    """Yield a codebook as rows below `HEADER`; a table of them reads back as an equal codebook."""
    title, note = codebook.title, codebook.note
    for theme in codebook:
        yield (*(write_field(field, field.of(theme)) for field in THEME_FIELDS), title, note)
        title = note = ""


def read_theme_table(path: Path) -> Codebook:
    """Read the table of themes of a data set: as `import_theme_table` does, without the remarks.

    What such a table lists is what its codings choose among: each row can be chosen, also a net. A theme
    under a parent of its own name is that net.
    """
    return _imported(path, no_progress, None, nets_listed_are_chosen=True).codebook


def import_theme_table(
    path: Path, progress: Progress | None = None, encoding: str | None = None
) -> CodebookImport:
    """Read a codebook from a CSV or TSV file or a workbook with a column `theme`.

    Without one it may be under the headings of Taguette, NVivo, QualCoder, MAXQDA or ATLAS.ti, or have a
    column of 0 and 1 for each theme; what was read as what is among the remarks. `encoding` is that of a CSV
    or TSV file; None: it is found out.

    Columns `question_id` (or `question`; or `questions`, parted by semicolons), `parent`, `definition`,
    `include`, `exclude`, `keywords` (parted by semicolons), `examples` (a line each), `status`,
    `codable`, `guid` and `short_name` are read where there are any. Ids stand in a column `id`, or are
    made of the question and the short name or theme. A parent is an id or a theme; one that is no row
    itself becomes a net, put before its first theme. A net only groups its themes and is not chosen itself,
    unless `codable` says yes.

    Raises:
        CoderError: The file is no such table; the message names row and column.
    """
    return _imported(path, progress or no_progress, encoding, nets_listed_are_chosen=False)


def _imported(
    path: Path, progress: Progress, encoding: str | None, *, nets_listed_are_chosen: bool
) -> CodebookImport:
    table = _theme_rows(path, progress, encoding)
    header = table.header
    columns = _columns(path.name, header)
    rows = list(_rows(path.name, table.rows, columns, len(header)))
    if not rows:
        msg = f"{path.name} has no themes."
        raise CoderError(msg, "Write one theme a row, below the header.")
    if nets_listed_are_chosen:
        rows = [_without_itself_as_parent(row) for row in rows]
    themes = list(_themes(rows, columns))
    if not nets_listed_are_chosen:
        themes = with_nets_not_codable(themes)
    faults = in_file_order([*_word_faults(rows, columns), *rule_faults(themes, unit="row")])
    if faults:
        lines = [_fault_line(path.name, header, fault) for fault in faults]
        raise CoderError("\n".join(lines), f"Mend {path.name} and try again.")
    title, note = (next(filter(None, (row[key] for row in rows)), "") for key in _OF_CODEBOOK)
    codebook = Codebook(tuple(placed.theme for placed in themes), title, note)
    return CodebookImport(codebook, (*table.remarks, *_remarks(path.name, header, themes)))


def _fault_line(name: str, header: Sequence[str], fault: CodebookFault) -> str:
    row, column = fault.place
    return f"{name}, row {row}, column '{header[column - 1]}': {fault.message} — {fault.hint}"


def _remarks(name: str, header: Sequence[str], themes: Sequence[PlacedTheme]) -> Iterator[str]:
    """Say which columns were passed over, which nets were made, and which are not chosen themselves."""
    ignored = [cell for cell in header if cell.strip() and cell.strip().casefold() not in _COLUMNS]
    if ignored:
        yield f"{name}: Not read: the columns {', '.join(map(repr, ignored))}."
    for placed in themes:
        row, label = placed.places[""].line, placed.theme.label
        if "label" not in placed.places:
            yield f"{name}, row {row}: The parent '{label}' is no row; a net of this name was made."
        elif not placed.theme.codable and "codable" not in placed.places:
            yield (
                f"{name}, row {row}: '{label}' is a net and not chosen itself; with yes in a column"
                " 'codable' it is."
            )


def _theme_rows(path: Path, progress: Progress, encoding: str | None) -> ThemeRows:
    """Return the rows of a file under the names of columns that this program has."""
    table = _table(path, progress, encoding)
    names = [cell.strip().casefold() for cell in table.header]
    foreign = None if "theme" in names else under_own_names(path.name, table.header, table.rows)
    if foreign is None:
        return ThemeRows(table.header, table.rows, table.remarks)
    return ThemeRows(foreign.header, foreign.rows, (*table.remarks, *foreign.remarks))


def _table(path: Path, progress: Progress, encoding: str | None) -> HeadedTable:
    if path.suffix.lower() not in _WORKBOOKS:
        return read_table(path, read_bytes(path, MOST_TEXT), encoding)
    # The coding screen is drawn without it.
    from coder.formats.surveys.files.binary_files import read_binary

    header, *records = read_binary(path, NO_CHOICES, progress).rows or [[]]
    return HeadedTable(header, list(enumerate(records, 2)))


def _columns(name: str, header: Sequence[str]) -> dict[str, int]:
    """Return the position of each column that counts, from 0."""
    names = [cell.strip().casefold() for cell in header]
    if "theme" not in names:
        hint = (
            nearest("theme", header)
            or f"Call the column of the themes so. The header has: {', '.join(header)}."
        )
        msg = f"{name}, row 1: There is no column 'theme'."
        raise CoderError(msg, hint)
    # Beside an id, `question` is the question's wording.
    passed_over = {"question"} if "question_id" in names else set()
    read = [(cell, position) for position, cell in enumerate(names) if cell in _COLUMNS]
    return {_COLUMNS[cell]: position for cell, position in read if cell not in passed_over}


def _rows(
    name: str, records: Sequence[tuple[int, Sequence[str]]], columns: Mapping[str, int], width: int
) -> Iterator[_Row]:
    """Yield the rows that are not blank."""
    for number, cells in records:
        if not any(map(str.strip, cells)):
            continue
        if len(cells) > width:
            message = f"{name}, row {number}: {len(cells)} cells stand under {width} headers."
            raise CoderError(message, "Put a cell that holds the delimiter in quotation marks.")
        row = _Row(number, {column: cells[at].strip() for column, at in columns.items() if at < len(cells)})
        if not row["theme"]:
            msg = f"{name}, row {number}, column 'theme': The cell is empty."
            raise CoderError(msg, "Name the theme.")
        yield row


def _without_itself_as_parent(row: _Row) -> _Row:
    names_itself = fold_name(row["parent"]) == fold_name(row["theme"])
    return _Row(row.number, {**row.cells, "parent": ""}) if names_itself else row


def _word_faults(rows: Sequence[_Row], columns: Mapping[str, int]) -> Iterator[CodebookFault]:
    """Yield the cells that hold another word than they may."""
    for key, meanings in _MEANINGS.items():
        for row in rows:
            if row[key].casefold() not in meanings:
                hint = f"Write {' or '.join(word for word in meanings if word)}, or leave the cell empty."
                yield CodebookFault(
                    Place(row.number, columns[key] + 1), f"'{key}' cannot be '{row[key]}'.", hint
                )


def _themes(rows: Sequence[_Row], columns: Mapping[str, int]) -> Iterator[PlacedTheme]:
    """Yield the themes of the rows, each net that is no row itself before its first theme."""
    given_ids = {as_id(row["id"]) for row in rows if row["id"]}
    taken = TakenIds(given_ids)
    ids = [as_id(row["id"]) or taken.new(row["question"], row["short_name"] or row["theme"]) for row in rows]
    numbered_rows = list(zip(rows, ids, strict=True))
    ids_by_label = {
        (fold_name(row["question"]), fold_name(row["theme"])): theme_id for row, theme_id in numbered_rows
    }
    for row, theme_id in numbered_rows:
        in_file = {field.name: columns[field.column] for field in THEME_FIELDS if field.column in columns}
        if not row["codable"]:
            in_file.pop("codable", None)
        key_places = {name: Place(row.number, column + 1) for name, column in in_file.items()}
        key_places[""] = key_places["label"]
        parent = name = as_id(row["parent"])
        if name and name not in given_ids:
            key = (fold_name(row["question"]), fold_name(name))
            parent = ids_by_label.get(key) or ids_by_label.get(("", fold_name(name))) or ""
            if not parent:
                parent = ids_by_label[key] = taken.new(row["question"], name)
                net = Theme(parent, name, questions=_questions(row), codable=False)
                yield PlacedTheme(net, {"": key_places["parent"]})
        yield PlacedTheme(_theme(row, theme_id, parent), key_places)


def _theme(row: _Row, theme_id: str, parent: str) -> Theme:
    texts = {field: row[field.column] for field in THEME_FIELDS}
    texts |= {field: text.casefold() for field, text in texts.items() if field.column in _MEANINGS}
    read = {
        field.name: read_field(field, text, _MEANINGS.get(field.column, {})) for field, text in texts.items()
    }
    return Theme(**read | {"id": theme_id, "parent": parent or None, "questions": _questions(row)})


def _questions(row: _Row) -> tuple[str, ...]:
    return (row["question"],) if row["question"] else split_items(row["questions"], ";")
