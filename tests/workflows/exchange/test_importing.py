"""From a file to a study: what was understood is what is stored, all of it or nothing."""

from __future__ import annotations

import gc
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from coder.domain.study_settings import Settings
from coder.domain.surveys.import_choices import ImportChoices
from coder.errors import CancelledError, CoderError
from coder.store import checks, surveys
from coder.workflows.exchange.survey_import import (
    codebook_source,
    create_from_file,
    plan_import,
    preview_import,
)
from coder.workflows.study.opening import open_study

if TYPE_CHECKING:
    from pathlib import Path

SURVEY = """\
council,region,q1_1,q1_2
A,North,We lost four staff to agency work last year,None
B,South,Beds are short in every ward we know of,0
C,North,,n/a
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Give a small survey file."""
    path = tmp_path / "survey.csv"
    path.write_text(SURVEY, encoding="utf-8")
    return path


def test_a_file_becomes_a_study(tmp_path: Path, file: Path) -> None:
    """Answers, non-responses and attributes are stored as the preview said; 0 is an answer."""
    plan = plan_import(file, ImportChoices(id_column="council", open_columns=("q1_1", "q1_2")))
    preview = preview_import(plan)
    study, report = create_from_file(
        tmp_path / "study", plan, codebook=None, settings=Settings("S"), coder_id="jo"
    )
    with closing(study):
        assert report == preview
        assert (report.respondents, report.answers) == (3, 3)
        answers = [r.text for r in surveys.all_responses(study.database) if r.answered]
        assert answers == [
            "We lost four staff to agency work last year",
            "Beds are short in every ward we know of",
            "0",
        ]
        assert surveys.respondent_attributes(study.database, "B") == {"region": "South"}
        assert study.codebook.themes == ()
        assert checks.faults(study.database) == []


def test_looking_writes_nothing(tmp_path: Path, file: Path) -> None:
    """Planning and previewing leave the folder as it was."""
    preview_import(plan_import(file))
    assert list(tmp_path.iterdir()) == [file]


def test_a_cancelled_import_leaves_nothing(tmp_path: Path, file: Path) -> None:
    """Giving up while answers are stored takes the whole study away."""

    def cancel(*_: int | None) -> None:
        raise CancelledError

    with pytest.raises(CancelledError):
        create_from_file(
            tmp_path / "s",
            plan_import(file),
            codebook=None,
            settings=Settings("S"),
            coder_id="jo",
            progress=cancel,
        )
    assert list(tmp_path.iterdir()) == [file]


def test_a_codebook_comes_along(tmp_path: Path, file: Path) -> None:
    """A YAML codebook is kept word for word; a table of themes becomes one; the study reopens as made."""
    yaml = tmp_path / "themes.yaml"
    yaml.write_text("# ours\ntitle: Ours\nthemes:\n  - id: pay\n    label: Pay\n", encoding="utf-8")
    table = tmp_path / "themes.csv"
    table.write_text("theme\nPay\nBeds\n", encoding="utf-8")
    assert codebook_source(yaml) == (yaml.read_text(encoding="utf-8"), ())
    for path, labels in ((yaml, ["Pay"]), (table, ["Pay", "Beds"])):
        folder = tmp_path / path.suffix
        made, _ = create_from_file(
            folder, plan_import(file), codebook=path, settings=Settings("S"), coder_id="jo"
        )
        made.close()
        with closing(open_study(folder)) as study:
            assert [theme.label for theme in study.codebook] == labels


def test_what_of_a_codebook_cannot_be_carried_is_told(tmp_path: Path, file: Path) -> None:
    """A column that a theme has no field for is among the warnings of the import."""
    table = tmp_path / "themes.csv"
    table.write_text("theme,colour\nPay,red\n", encoding="utf-8")
    made, report = create_from_file(
        tmp_path / "s", plan_import(file), codebook=table, settings=Settings("S"), coder_id="jo"
    )
    made.close()
    assert any("colour" in remark for remark in report.remarks)


def test_a_faulty_codebook_stops_it_all(tmp_path: Path, file: Path) -> None:
    """The fault is told and no study is made."""
    (tmp_path / "bad.yaml").write_text("themes:\n  - label: ''\n", encoding="utf-8")
    with pytest.raises(CoderError, match="label"):
        create_from_file(
            tmp_path / "s",
            plan_import(file),
            codebook=tmp_path / "bad.yaml",
            settings=Settings("S"),
            coder_id="jo",
        )
    assert not (tmp_path / "s").exists()


def test_an_import_leaves_the_collection_of_cycles_on(tmp_path: Path, file: Path) -> None:
    """Whether it succeeds or fails, garbage is collected afterwards; what was read is not gone through."""
    plan = plan_import(file)
    assert gc.isenabled()
    assert not any(young is plan.raw.rows for young in gc.get_objects(generation=0))
    study, _ = create_from_file(tmp_path / "s", plan, codebook=None, settings=Settings("S"), coder_id="jo")
    study.close()
    assert gc.isenabled()
    with pytest.raises(CoderError, match="not empty"):
        create_from_file(tmp_path / "s", plan, codebook=None, settings=Settings("S"), coder_id="jo")
    assert gc.isenabled()
