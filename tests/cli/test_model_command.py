"""`coder model export`: what it says and how it ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder import cli
from coder.workflows.suggesting import model_export
from coder.workflows.suggesting.model_export import ExportedModel

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_exporting_says_which_line_to_write(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The line for study.toml names the folder in full, and nothing goes to stdout."""

    def exported(setting: str, folder: Path) -> ExportedModel:
        return ExportedModel(f"{setting}@12", folder, 0.9991)

    monkeypatch.setattr(model_export, "export_model", exported)
    monkeypatch.chdir(tmp_path)
    assert cli.main(["model", "export", "fast", "--from", "mine"]) == cli.DONE
    out, err = capsys.readouterr()
    assert out == ""
    assert "mine@12" in err
    assert "0.9991 or more" in err
    assert f"model = '{tmp_path / 'fast'}'" in err


def test_a_folder_that_is_there_is_kept(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Exporting never writes over anything."""
    assert cli.main(["model", "export", str(tmp_path)]) == cli.FAILED
    assert "exists already" in capsys.readouterr().err
