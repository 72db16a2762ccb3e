"""Revisions that put codings of a small study before their coders."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.domain.codebook import Theme
from coder.workflows.revising import revising

if TYPE_CHECKING:
    from coder.domain.revising.revisions import Revision
    from coder.workflows.study.study import Study

PARTS = ("staff-pay", "staff-posts")
"""What the theme `staff` is split into."""
_LABELS = {"staff-pay": "Staff pay", "staff-posts": "Staff posts"}


def split(study: Study, theme_id: str = "staff") -> None:
    """Split a theme in two, by sam; the parts are made if there are none yet."""
    revision = revising.begin(study)
    for part, label in _LABELS.items():
        if part not in revision.new:
            revision = revision.add(Theme(part, label, f"What {label} is", parent="people"))
    _apply(study, revision.split(theme_id, PARTS))


def redefined(study: Study, theme_id: str = "money", before: str = "Anything of money") -> None:
    """Define a theme, and then define it anew so that its codings need a fresh look, by sam."""
    _apply(study, revising.begin(study).change(theme_id, definition=before))
    revision = revising.begin(study).change(theme_id, definition="Money that is short").recheck(theme_id)
    _apply(study, revision, "too wide")


def _apply(study: Study, revision: Revision, reason: str = "") -> None:
    revising.apply(study, revising.plan(study, revision), "sam", reason)


def joint_working(study: Study) -> None:
    """Split the sample's theme of joint working in three."""
    revision = revising.begin(study)
    old = revision.new.by_id["q15-joint-working"]
    parts = {
        "q15-joint-nhs": ("Joint working: NHS", "trust"),
        "q15-joint-police": ("Joint working: police and emergency services", "police"),
        "q15-joint-housing": ("Joint working: housing and other agencies", "housing"),
    }
    for part, (label, keyword) in parts.items():
        theme = Theme(part, label, keywords=(keyword,), questions=old.questions, parent=old.parent)
        revision = revision.add(theme)
    _apply(study, revision.split(old.id, tuple(parts)), "three things in one")


def recruitment(study: Study) -> None:
    """Define the sample's theme of recruitment anew."""
    definition = "Posts that cannot be filled, or people who do not stay; not competition over pay."
    revision = revising.begin(study).change("q16-recruitment-retention", definition=definition)
    _apply(study, revision.recheck("q16-recruitment-retention"), "pay is a theme of its own")
