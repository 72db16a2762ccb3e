"""Changing the settings of an open study: in `study.toml`, with everything else in it left as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.formats.shared.files_out import replace_file
from coder.formats.shared.text_in import read_utf8
from coder.formats.study.settings_edit import with_settings
from coder.formats.study.study_file import read_settings
from coder.store.database import refuse_changes
from coder.workflows.study.opening import reclassify
from coder.workflows.study.study import SETTINGS_FILE

if TYPE_CHECKING:
    from coder.workflows.study.study import Study


def change_settings(study: Study, **changes: bool | str | tuple[str, ...]) -> int:
    """Write settings to `study.toml`, and go on with what the file says then.

    The file is written as a whole. If the program ends before answers are marked anew by another list of
    non-responses, that is done when the study is next opened.

    Returns:
        How many texts are taken for an answer now that were not before, or the other way round.

    Raises:
        CoderError: The study can only be read; the file is a link, has faults or cannot be written.
        BusyError: Another program is writing to the study: the file is written, the answers are not marked.
    """
    refuse_changes(study.database)
    path = study.folder / SETTINGS_FILE
    read_settings(path)
    replace_file(path, with_settings(read_utf8(path), changes))
    study.settings = read_settings(path)
    return reclassify(study.database, study.settings)
