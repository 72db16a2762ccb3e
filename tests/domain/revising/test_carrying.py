"""What becomes of one coder's codings when a revision is taken back."""

from __future__ import annotations

from coder.domain.codebook import Codebook, Theme
from coder.domain.codings import Change
from coder.domain.revising.carrying import RevisedCodings

ANSWER = 1


def test_a_coding_that_goes_back_waits_no_longer() -> None:
    """Merged into pay, of which a later revision asks: taken back, it is of money again and asks nothing."""
    codings = RevisedCodings({(ANSWER, "pay"): ""}, {}, {(ANSWER, "pay"): "pay wages"}, {})
    merge_taken_back = [Change(ANSWER, "theme", "", None, "pay"), Change(ANSWER, "theme", None, "", "money")]
    assert codings.take_back(merge_taken_back) == []
    codings.choose_among(Codebook((Theme("pay", "Pay"), Theme("wages", "Wages"), Theme("money", "Money"))))
    assert [(change.aspect, change.theme_id, change.new) for change in codings.changes] == [
        ("theme", "pay", None),
        ("theme", "money", ""),
        ("recode", "pay", None),
    ]


def test_what_its_coder_took_off_is_not_asked_about_again() -> None:
    """The question comes back with the revision that asked it, but not for a coding that has gone since."""
    codings = RevisedCodings({}, {}, {}, {})
    codings.take_back([Change(ANSWER, "recode", None, "pay", "pay")])
    codings.choose_among(Codebook((Theme("pay", "Pay"),)))
    assert codings.changes[-1:] == [Change(ANSWER, "recode", "pay", None, "pay", "merge")]


def test_a_coding_decided_on_since_stays_as_it_is() -> None:
    """Its words were moved since: neither it nor what waits is touched."""
    codings = RevisedCodings({(ANSWER, "pay"): "3-9"}, {}, {(ANSWER, "pay"): "pay wages"}, {})
    assert codings.take_back([Change(ANSWER, "theme", "", None, "pay")]) == [ANSWER]
    assert codings.changes == []
