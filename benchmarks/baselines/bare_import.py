"""The least that could import a survey: read the file with pandas, write its texts to SQLite."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


def bare_import(file: Path, database: Path, columns: Sequence[str]) -> None:
    """Write the texts of some columns of a CSV file to a new database, with one statement."""
    frame = pd.read_csv(file)
    rows = frame.melt(id_vars="id", value_vars=list(columns)).itertuples(index=False, name=None)
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute("CREATE TABLE response (respondent TEXT, question TEXT, text TEXT)")
        connection.executemany("INSERT INTO response VALUES (?, ?, ?)", rows)
