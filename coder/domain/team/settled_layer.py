"""The settled layer: what a team decided on answers, beside what each of its people chose.

In the log and in the tables that follow from it the layer stands where a coder does, so that undo, revisions
of the codebook and looking back work for it as for anybody. It is nobody: wherever people are listed,
counted, compared or learned from, it is left out.
"""

from __future__ import annotations

from typing import Final

SETTLED: Final = "\tsettled"
"""The layer's id, in place of a coder's. No person has it: names begin with no blank."""
SETTLED_NAME: Final = "settled"
"""What the layer is called where people are called by their names."""


def is_person(coder_id: str) -> bool:
    """Tell whether an id that stands in a coder's place is a person's, and not that of a layer."""
    return not coder_id.startswith("\t")
