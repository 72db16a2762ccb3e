"""How a report looks where an organisation has its own template and logo."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.domain.path_names import refuse_line_breaks
from coder.domain.tables.reports import ReportLook
from coder.errors import CoderError
from coder.formats.shared.text_in import MOST_TEXT, read_bytes

if TYPE_CHECKING:
    from pathlib import Path

    from coder.domain.tables.reports import ReportRequest
    from coder.workflows.study.study import Study


def report_look(study: Study, request: ReportRequest) -> ReportLook:
    """Return the template and logo that are asked for, or else those that `study.toml` names.

    Raises:
        CoderError: One cannot be read, or lies outside the study's folder although `study.toml` names it.
    """
    template = request.template or _of_study(study, study.settings.report_template)
    logo = request.logo or _of_study(study, study.settings.report_logo)
    return ReportLook(*(read_bytes(path, MOST_TEXT) if path else b"" for path in (template, logo)))


def _of_study(study: Study, name: str) -> Path | None:
    """Return a file that `study.toml` names: whoever sends a study chooses no other file of the machine."""
    if not name:
        return None
    refuse_line_breaks(name)
    path = study.folder / name
    if not path.resolve().is_relative_to(study.folder.resolve()):
        msg = f"{name}, which study.toml names for reports, is outside the study's folder."
        raise CoderError(msg, "Copy it into the folder, or name it with --template or --logo.")
    return path
