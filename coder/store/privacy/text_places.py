"""Where in a study's database words of answers can stand: every column, and every member of an act.

What is not listed here is known to nothing that takes words out. A test holds the list against the tables.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from coder.domain.copies.acts import ActKind

Holds = Literal["answer", "digest", "spans", "note", "memo", "JSON", "codebook file", "names", "seal"]
"""What stands in a column or a member.

`answer`: the text of an answer. `digest`: what follows from a text. `spans`: positions in it, or in `change`
the text of a memo. `note`: what people wrote, who may quote. `JSON`: the same within JSON.
`codebook file`: the text of codebook.yaml. `names`: ids, names, moments and the survey's own columns: no
words of answers, or such as are not taken out. `seal`: random bytes and digests of acts.
"""

COLUMNS: Mapping[str, Mapping[str, Holds]] = {
    "setting": {"key": "names", "value": "JSON"},
    "question": {"id": "names", "label": "names"},
    "attribute": {"name": "names", "label": "names"},
    "respondent": {"id": "names"},
    "attribute_value": {"attribute": "names", "value": "names"},
    "answer_attribute": {"name": "names", "label": "names"},
    "answer_value": {"attribute": "names", "value": "names"},
    "response": {"id": "names", "question": "names", "hash": "digest", "text": "answer"},
    "codebook_version": {
        "at": "names", "coder": "names", "hash": "digest", "source": "codebook file", "themes": "JSON",
        "label": "note", "reason": "note", "carried": "JSON", "parents": "names", "derived": "names",
    },
    "step": {
        "at": "names", "coder": "names", "kind": "names", "label": "note", "came_by": "names",
        "by_person": "names",
    },
    "change": {
        "aspect": "names", "theme": "names", "before": "memo", "after": "memo", "origin": "names",
        "words_by": "names",
    },
    "coding": {
        "theme": "names", "coder": "names", "question": "names", "spans": "spans", "origin": "names",
        "words_by": "names",
    },
    "mark": {
        "coder": "names", "aspect": "names", "theme": "names", "question": "names", "value": "note",
    },
    "exposure": {"theme": "names"},
    "journal": {"subject": "names", "subject_id": "names", "text": "note"},
    "person": {"id": "names", "name": "names", "spellings": "names", "merged_into": "names"},
    "team_event": {"at": "names", "by": "names", "kind": "names", "content": "JSON"},
    "act": {
        "writer": "names", "kind": "names", "salt": "seal", "digest": "seal", "link": "seal",
        "altered": "JSON",
    },
    "late_step": {"writer": "names"},
    "round": {
        "id": "names", "name": "note", "codebook": "digest", "began": "names", "ended": "names",
        "gold": "names",
    },
    "round_member": {"round": "names", "person": "names", "finished": "names"},
    "assignment": {"round": "names", "person": "names"},
    "text_salt": {"salt": "seal", "digest": "seal"},
}  # fmt: skip
"""By table and column, those of texts and blobs alone."""
MEMBERS: Mapping[ActKind, Mapping[str, Holds]] = {
    "step": {
        "at": "names", "coder": "names", "by": "names", "kind": "names", "target": "names", "label": "note",
        "knows": "names", "revision": "names", "came_by": "names", "changes": "memo", "exposures": "names",
        "journal": "JSON",
    },
    "version": {
        "at": "names", "coder": "names", "source": "codebook file", "themes": "JSON", "label": "note",
        "reason": "note", "carried": "JSON", "undoes": "names", "parents": "names",
    },
    "event": {"at": "names", "by": "names", "kind": "names", "content": "JSON"},
}  # fmt: skip
"""By kind of act and member."""
