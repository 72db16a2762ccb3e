"""What `test_adding_a_theme_field` runs on a copy of the program with two fields of a theme more.

`when_in_doubt` is a paragraph that says what the theme means; `source` is a choice.
"""

from __future__ import annotations

import dataclasses
import io
import json
import zipfile
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from codebook_study import at, codebook_of, fill
from coding_study import press
from making import small_study

from coder.domain.codebook import Codebook, Theme
from coder.domain.revising.joining_codebooks import join_codebooks
from coder.domain.revising.revision_text import version_changes
from coder.domain.revising.revisions import Revision
from coder.formats.codebooks.docx import codebook_docx
from coder.formats.codebooks.reading import check_codebook, parse_codebook, read_any_codebook
from coder.formats.codebooks.theme_table import HEADER
from coder.formats.codebooks.writing import KINDS, codebook_as
from coder.formats.codebooks.yaml.editing import edited_text
from coder.store.codebook_versions import latest_version
from coder.tui.kit.theme_text import theme_details, theme_summary
from coder.tui.kit.windows.window_values import without_styles
from coder.workflows.coding.session import CodingSession
from coder.workflows.revising import revising
from coder.workflows.revising.plan_json import plan_as_json
from coder.workflows.revising.plan_text import plan_lines
from coder.workflows.study.opening import open_study

if TYPE_CHECKING:
    from pathlib import Path

DOUBT = "Ask a colleague."
YAML = f"""\
themes:
  - id: pay
    label: Pay
    keywords: [pay]   # and money
    when_in_doubt: {DOUBT}
    source: literature
  - id: beds
    label: Beds
"""


def edited(theme: Theme, **fields: Any) -> Theme:
    """Return a theme with other values in fields that type checkers do not know of."""
    return dataclasses.replace(theme, **fields)


def fields_of(theme: Theme) -> dict[str, Any]:
    """Return what a theme holds, by the names of its fields."""
    return dataclasses.asdict(theme)


@pytest.fixture
def codebook() -> Codebook:
    """Read the codebook above."""
    return parse_codebook(YAML, "x.yaml")


def test_yaml_holds_the_fields(codebook: Codebook) -> None:
    """They are read, checked, and written in their place."""
    assert fields_of(codebook.by_id["pay"])["when_in_doubt"] == DOUBT
    assert fields_of(codebook.by_id["pay"])["source"] == "literature"
    assert fields_of(codebook.by_id["beds"])["source"] == "answers"
    (fault,) = check_codebook(YAML.replace("literature", "hearsay"), "x.yaml")
    assert fault.hint == "Write source: answers or source: literature."


def test_an_edit_changes_its_line_alone(codebook: Codebook) -> None:
    """A new text stands where the old one stood; comments stay."""
    pay = edited(codebook.by_id["pay"], when_in_doubt="Leave it.")
    target = dataclasses.replace(codebook, themes=(pay, codebook.by_id["beds"]))
    assert edited_text(YAML, "x.yaml", target) == YAML.replace(DOUBT, "Leave it.")


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "docx"])
def test_formats_give_the_fields_back(kind: Any, codebook: Codebook, tmp_path: Path) -> None:
    """A codebook in any format reads back as it was."""
    content = codebook_as(kind, codebook)
    path = tmp_path / f"x.{kind}"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    assert read_any_codebook(path) == codebook


def test_tables_and_documents_show_the_fields(codebook: Codebook) -> None:
    """A spreadsheet has a column for each; an annex prints the paragraph with its label."""
    assert HEADER[9:11] == ("when_in_doubt", "source")
    document = codebook_docx(codebook, "", date(2026, 1, 1))
    xml = zipfile.ZipFile(io.BytesIO(document)).read("word/document.xml").decode()
    assert "When in doubt: " in xml
    assert DOUBT in xml


def test_windows_show_the_paragraph(codebook: Codebook) -> None:
    """The details of a theme and its summary have it under its heading."""
    pay = codebook.by_id["pay"]
    assert f"In doubt\n{DOUBT}" in without_styles(theme_details(pay, codebook, ""))
    assert theme_summary(pay) == f"In doubt: {DOUBT}"


def test_an_imported_codebook_brings_the_paragraph(codebook: Codebook) -> None:
    """It replaces what there was, as a definition would."""
    mine = Codebook((Theme("pay", "Pay"),))
    joined = join_codebooks(Revision.of(mine), codebook, {})
    assert fields_of(joined.new.by_id["pay"])["when_in_doubt"] == DOUBT


def test_changes_are_told(codebook: Codebook) -> None:
    """A comparison says what changed in each, word by word."""
    pay = edited(codebook.by_id["pay"], when_in_doubt="Ask a friend.", source="answers")
    later = Codebook((pay, codebook.by_id["beds"]))
    assert [(change.kind, change.wording) for change in version_changes(codebook, later)] == [
        ("when_in_doubt", (("same", "Ask a"), ("out", "colleague."), ("in", "friend."))),
        ("source", (("out", "literature"), ("in", "answers"))),
    ]


def test_codings_wait_for_a_decision(tmp_path: Path) -> None:
    """A field that redefines a theme leaves a decision open where there are codings; the plan tells it."""
    study = small_study(tmp_path / "study")
    CodingSession(study, "jo").toggle(1, "money")
    path = study.codebook_path
    path.write_text(path.read_text().replace("label: Money\n", f"label: Money\n    when_in_doubt: {DOUBT}\n"))
    plan = revising.plan(study, revising.begin(study))
    assert [open_decision.theme_id for open_decision in plan.open_decisions] == ["money"]
    assert plan.label == "redefine 'Money'"
    assert f"  when_in_doubt  Money: {{+{DOUBT}+}}" in plan_lines(plan, "councils")
    assert json.loads(plan_as_json(plan, "councils"))["differences"][0]["field"] == "when_in_doubt"
    study.close()


async def test_the_form_edits_the_paragraph(tmp_path: Path) -> None:
    """What is typed under its heading is saved in the database and the file."""
    study = small_study(tmp_path / "study")
    async with codebook_of(study) as (pilot, screen):
        at(screen, "beds")
        await press(pilot, "e")
        await fill(pilot, "when_in_doubt", DOUBT)
        await press(pilot, "ctrl+s")
    study.close()
    again = open_study(tmp_path / "study")
    latest = latest_version(again.database)
    assert latest is not None
    assert fields_of(latest.codebook.by_id["beds"])["when_in_doubt"] == DOUBT
    assert f"    when_in_doubt: {DOUBT}\n" in again.codebook_path.read_text()
    again.close()


def test_versions_from_before_the_fields_can_be_read(tmp_path: Path) -> None:
    """A version of the codebook that was kept without them has their defaults."""
    study = small_study(tmp_path / "study")
    themes = json.loads(study.database.value("SELECT themes FROM codebook_version"))
    for theme in themes["themes"]:
        del theme["when_in_doubt"], theme["source"]
    with study.database.transaction():
        study.database.execute("UPDATE codebook_version SET themes = ?", (json.dumps(themes),))
    latest = latest_version(study.database)
    assert latest is not None
    assert latest.codebook == study.codebook
    study.close()
