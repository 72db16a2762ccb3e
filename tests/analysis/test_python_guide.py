"""The guide to Python: every cell is run, in order, and prints what stands under it."""

from __future__ import annotations

import ast
import re
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd
from conftest import DRAWN_ID

from coder.workflows.exchange.samples import make_coded_sample
from coder.workflows.study import coders

if TYPE_CHECKING:
    import pytest

    from coder.workflows.study.study import Study

GUIDE = Path(__file__).parents[2] / "docs" / "python.md"
CELL = re.compile(r"```python\n(.*?)```(?:\n\n```text\n(.*?)```)?", re.DOTALL)
FEWEST_CELLS = 10


def printed_by(cell: str, names: dict[str, Any]) -> str:
    """Run a cell as a notebook does: what it prints, then what its last line is, if that is anything."""
    tree = ast.parse(cell)
    last = tree.body[-1]
    shown = StringIO()
    with redirect_stdout(shown):
        if isinstance(last, ast.Expr):
            exec(compile(ast.Module(tree.body[:-1], []), "guide", "exec"), names)  # noqa: S102  # our own text
            value = eval(compile(ast.Expression(last.value), "guide", "eval"), names)  # noqa: S307
            if value is not None:
                print(repr(value))  # noqa: T201  # as a notebook does
        else:
            exec(compile(tree, "guide", "exec"), names)  # noqa: S102
    return shown.getvalue()


def test_every_cell_prints_what_stands_under_it(work: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nothing stands under a cell, it prints nothing."""
    # People's ids are drawn, as they are outside of tests.
    monkeypatch.setattr(coders, "drawn_id", DRAWN_ID)
    make_coded_sample(work / "sample", "jo").close()
    cells = CELL.findall(GUIDE.read_text("utf-8"))
    assert len(cells) >= FEWEST_CELLS
    names: dict[str, Any] = {}
    with pd.option_context("display.width", 110):
        for cell, output in cells:
            assert printed_by(cell, names) == output, cell


def test_the_guide_says_each_way_to_a_frame(coded_sample: Study) -> None:
    """No public method of a study is left out."""
    import coder

    text = GUIDE.read_text("utf-8")
    study = coder.open(coded_sample.folder)
    methods = {name for name in dir(study) if not name.startswith("_") and callable(getattr(study, name))}
    assert {name for name in methods if not re.search(rf"\b{name}\b", text)} == set()
