"""What takes words out of a study travels with it, wins every merge, and needs no order."""

from __future__ import annotations

import shutil
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from making import small_study
from quoted_names import NAME, standing_in, study_with_name
from study_copies import assert_whole, everything_in, exchange

from coder.domain.codings import Span
from coder.domain.copies.acts import ActName, blank_digest
from coder.domain.privacy.removals import Removal, WordsToTakeOut
from coder.errors import CoderError
from coder.store import codings, surveys
from coder.store.team.copies.seals import seal
from coder.workflows.coding.journal import write_note
from coder.workflows.coding.session import CodingSession
from coder.workflows.privacy.proving import prove
from coder.workflows.privacy.taking_out import take_out
from coder.workflows.privacy.withdrawing import carry_out_withdrawal
from coder.workflows.privacy.words_in_answers import removals_of
from coder.workflows.study.opening import open_study
from coder.workflows.team.copies.opening_packs import open_pack
from coder.workflows.team.copies.receiving import receive
from coder.workflows.team.copies.sending import pack, send

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from coder.workflows.study.study import Study

WORDS = [WordsToTakeOut(NAME, "name")]


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[tuple[Study, Study]]:
    """Make a study in which a name stands everywhere, and a copy of it."""
    study_with_name(tmp_path / "a" / "study").close()
    shutil.copytree(tmp_path / "a" / "study", tmp_path / "b" / "study")
    with (
        closing(open_study(tmp_path / "a" / "study", "jo")) as one,
        closing(open_study(tmp_path / "b" / "study", "jo")) as other,
    ):
        yield one, other


def redact(study: Study) -> None:
    """Take the name out of a copy."""
    assert not take_out(study, removals_of(study, WORDS), "jo", WORDS).unfinished


def text_of(study: Study, number: int) -> str:
    """Return the text of an answer."""
    response = surveys.response(study.database, number)
    assert response is not None
    return response.text


def test_a_redaction_leaves_no_byte_in_the_copy_that_receives_it(pair: tuple[Study, Study]) -> None:
    """The other copy finds the words in all that quotes them, its own notes too, and cleans its files."""
    one, other = pair
    CodingSession(other, "jo").write_memo(5, f"like {NAME}")
    redact(one)
    path = one.folder.parent / "sent.coderbundle"
    send(one, path, "jo")
    receipt = receive(other, path)
    assert receipt.redacted == 2
    assert not receipt.unfinished
    assert not receipt.unaware
    assert standing_in(other.folder) == {}
    assert prove(other, [NAME]).holds
    assert_whole(other)
    exchange(other, one)
    assert everything_in(one) == everything_in(other)


def test_what_comes_later_from_a_copy_that_does_not_know(pair: tuple[Study, Study]) -> None:
    """Codings of the older text are taken with their words moved; a note that may quote it is named."""
    one, other = pair
    session = CodingSession(other, "jo")
    begin = text_of(other, 1).index("desk")
    session.mark_spans(1, "pay", (Span(begin, begin + 4),))
    session.mark_spans(1, "money" if "money" in other.codebook else "beds", (Span(6, 12),))
    session.write_memo(1, f"{NAME} again")
    redact(one)
    path = other.folder.parent / "sent.coderbundle"
    send(other, path, "jo")
    receipt = receive(one, path)
    assert "a memo on R1.Q1.1" in receipt.unaware
    spans = {coding.theme_id: coding.spans for coding in codings.codings_of(one.database, 1)}
    text = text_of(one, 1)
    assert [text[slice(*span)] for span in spans["pay"]] == ["desk"]
    assert [text[slice(*span)] for span in spans["beds"]] == ["[name 1]"]
    assert_whole(one)
    # The memo came with the name; once the other has heard of the redaction, it goes here too.
    assert not prove(one, [NAME]).holds
    exchange(one, other)
    assert standing_in(other.folder) == {}
    exchange(other, one)
    assert standing_in(one.folder) == {}
    assert everything_in(one) == everything_in(other)
    assert_whole(one)


def test_whole_folders_are_merged(pair: tuple[Study, Study]) -> None:
    """A copy's folder that does not know of the redaction brings its codings, and no text back."""
    one, other = pair
    CodingSession(other, "jo").toggle(5, "pay")
    redact(one)
    receive(one, other.folder)
    assert text_of(one, 1).startswith("Ask [name 1]")
    assert [coding.theme_id for coding in codings.codings_of(one.database, 5)] == ["pay"]
    receive(other, one.folder)
    assert standing_in(other.folder) == {}
    assert everything_in(one) == everything_in(other)


def test_both_redact_one_answer(pair: tuple[Study, Study]) -> None:
    """What either took out is gone in both, whoever hears of it first."""
    one, other = pair
    take_out(one, [Removal("R1.Q1.1", 4, 10, "name")], "jo")
    take_out(other, [Removal("R1.Q1.1", 4, 19, "name", "somebody")], "jo")
    exchange(one, other)
    exchange(other, one)
    assert text_of(one, 1) == text_of(other, 1) == "Ask somebody at the front desk, she knows"
    assert everything_in(one) == everything_in(other)
    assert_whole(one)


def test_a_word_of_ones_own_that_named_somebody_is_cleaned_in_every_copy(pair: tuple[Study, Study]) -> None:
    """What stood for earlier words is reworded elsewhere: the text follows here, and so do spans."""
    one, other = pair
    take_out(one, [Removal("R1.Q1.1", 4, 19, "name", "a friend of Jemima")], "jo")
    exchange(one, other)
    assert "Jemima" in text_of(other, 1)
    words = [WordsToTakeOut("Jemima", "name")]
    take_out(one, removals_of(one, words), "jo", words)
    begin = text_of(other, 1).index("desk")
    CodingSession(other, "jo").mark_spans(1, "pay", (Span(begin, begin + 4),))
    exchange(one, other)
    assert text_of(other, 1) == text_of(one, 1) == "Ask a friend of [name 1] at the front desk, she knows"
    assert prove(other, ["Jemima"]).holds
    assert_whole(other)
    exchange(other, one)
    assert everything_in(one) == everything_in(other)
    (spans,) = [c.spans for c in codings.codings_of(one.database, 1) if c.theme_id == "pay"]
    assert [text_of(one, 1)[slice(*span)] for span in spans] == ["desk"]


def test_words_of_notes_alone_leave_every_copy(pair: tuple[Study, Study]) -> None:
    """No answer has them, so no event says where: the notes that both have do, and the other's own go too."""
    one, other = pair
    write_note(CodingSession(one, "jo"), "Ask Jemima.", "study")
    exchange(one, other)
    CodingSession(other, "jo").write_memo(5, "as Jemima has it")
    take_out(one, [], "jo", [WordsToTakeOut("Jemima", "name")])
    exchange(one, other)
    assert prove(other, ["Jemima"]).holds
    assert_whole(other)
    exchange(other, one)
    assert everything_in(one) == everything_in(other)
    assert prove(one, ["Jemima"]).holds


def test_what_stands_for_words_is_no_word_of_others(pair: tuple[Study, Study]) -> None:
    """Both take a name out of one note, each with words of its own there: in other notes these stay."""
    one, other = pair
    write_note(CodingSession(one, "jo"), "Ask Jemima.", "study")
    exchange(one, other)
    take_out(one, [], "jo", [WordsToTakeOut("Jemima", "name", "a teacher")])
    take_out(other, [], "jo", [WordsToTakeOut("Jemima", "name", "[a name]")])
    write_note(CodingSession(one, "jo"), "Rang a teacher, [name 7] and [a name].", "study")
    for _ in range(2):
        exchange(one, other)
        exchange(other, one)
    assert everything_in(one) == everything_in(other)
    assert prove(one, ["Jemima"]).holds
    notes = [text for (text,) in other.database.rows("SELECT text FROM journal ORDER BY number")]
    assert notes[-2:] == ["Ask [a name].", "Rang a teacher, [name 7] and [a name]."]


def test_two_kinds_for_one_word_of_a_note(pair: tuple[Study, Study]) -> None:
    """Each copy has its own placeholder there: one stands in the end, and no other note changes."""
    one, other = pair
    write_note(CodingSession(one, "jo"), "Ask Jemima.", "study")
    write_note(CodingSession(one, "jo"), "Ask Boris.", "study")
    exchange(one, other)
    take_out(one, [], "jo", [WordsToTakeOut("Jemima", "name")])
    take_out(other, [], "jo", [WordsToTakeOut("Boris", "name")])
    take_out(other, [], "jo", [WordsToTakeOut("Jemima", "other")])
    assert "Ask [name 1]." in [text for (text,) in other.database.rows("SELECT text FROM journal")]
    for _ in range(2):
        exchange(one, other)
        exchange(other, one)
    assert everything_in(one) == everything_in(other)
    texts = [text for (text,) in one.database.rows("SELECT text FROM journal ORDER BY number")]
    assert texts[-2:] == ["Ask [name 1].", "Ask [name 1]."]


def test_a_withdrawal_wins(pair: tuple[Study, Study]) -> None:
    """Whatever was coded meanwhile on their answers does not come in, on either side."""
    one, other = pair
    session = CodingSession(other, "jo")
    session.toggle(1, "pay")
    session.toggle(5, "pay")
    carry_out_withdrawal(one, "R1", "asked", "jo")
    path = other.folder.parent / "sent.coderbundle"
    send(other, path, "jo")
    receive(one, path)
    assert codings.codings_of(one.database, 1) == []
    assert [coding.theme_id for coding in codings.codings_of(one.database, 5)] == ["pay"]
    send(one, one.folder.parent / "sent.coderbundle", "jo")
    assert receive(other, one.folder.parent / "sent.coderbundle").withdrawn == 1
    exchange(other, one)
    assert surveys.respondent_number(other.database, "R1") is None
    assert everything_in(one) == everything_in(other)
    for study in pair:
        assert_whole(study)


def test_a_pack_of_a_redacted_study(pair: tuple[Study, Study]) -> None:
    """Who codes with a pack has the text without the words, and their codings fit when they come back."""
    one, _ = pair
    redact(one)
    path = one.folder.parent / "jo.coderbundle"
    pack(one, "jo", path, "jo")
    opened = open_pack(path, one.folder.parent / "packed")
    with closing(open_study(opened.folder, "jo")) as packed:
        assert text_of(packed, 1).startswith("Ask [name 1]")
        assert standing_in(opened.folder) == {}
        assert_whole(packed)
        CodingSession(packed, "jo").mark_spans(1, "pay", (Span(13, 15),))
        exchange(packed, one)
    (spans,) = [c.spans for c in codings.codings_of(one.database, 1) if c.theme_id == "pay"]
    assert spans == (Span(13, 15),)
    assert_whole(one)


def test_a_pack_made_before_a_redaction(pair: tuple[Study, Study], tmp_path: Path) -> None:
    """Codings made with an older pack come in, their words moved."""
    one, _ = pair
    path = tmp_path / "jo.coderbundle"
    pack(one, "jo", path, "jo")
    opened = open_pack(path, tmp_path / "packed")
    redact(one)
    with closing(open_study(opened.folder, "jo")) as packed:
        text = text_of(packed, 1)
        begin = text.index("front")
        CodingSession(packed, "jo").mark_spans(1, "pay", (Span(begin, begin + 5),))
        exchange(packed, one)
        (spans,) = [c.spans for c in codings.codings_of(one.database, 1) if c.theme_id == "pay"]
        assert text_of(one, 1)[slice(*spans[0])] == "front"
        exchange(one, packed)
        assert standing_in(packed.folder) == {}
        assert_whole(packed)


def test_a_text_that_nothing_tells_is_refused(tmp_path: Path) -> None:
    """Two imports of one file share no salt: it is said what settles it, and that works."""
    texts = ((f"Ask {NAME} now", "Beds"),)
    with (
        closing(small_study(tmp_path / "a", texts=texts)) as one,
        closing(small_study(tmp_path / "b", texts=texts)) as other,
    ):
        CodingSession(other, "bo").toggle(1, "pay")
        take_out(one, removals_of(one, WORDS), "jo", WORDS)
        path = tmp_path / "sent.coderbundle"
        send(other, path, "bo")
        with pytest.raises(CoderError, match="let bo take in what you send"):
            receive(one, path)
        exchange(one, other)
        exchange(other, one)
        assert text_of(other, 1) == "Ask [name 1] now"
        assert [coding.theme_id for coding in codings.codings_of(one.database, 1)] == ["pay"]


def test_another_text_is_refused_still(pair: tuple[Study, Study]) -> None:
    """A redaction of another text under the same id is no redaction of this one."""
    one, other = pair
    with closing(small_study(one.folder.parent / "c", texts=((f"Tell {NAME}!", "Pay is too low"),))) as third:
        take_out(third, removals_of(third, WORDS), "jo", WORDS)
        with pytest.raises(CoderError, match="another text"):
            exchange(third, other)
    assert text_of(other, 1).startswith(f"Ask {NAME}")


def test_acts_from_before_salts_are_told_by_digests_that_say_nothing(pair: tuple[Study, Study]) -> None:
    """A digest without a salt could be guessed: it goes, here and elsewhere; chains hold, copies agree."""
    for study in pair:
        without_salts(study)
    one, other = pair
    before = digests(one)
    assert before == digests(other)
    redact(one)
    after = digests(one)
    changed = {name for name in before if after[name][1] != before[name][1]}
    assert changed
    for name in changed:
        assert after[name] == (b"", blank_digest(ActName(*name)))
    CodingSession(other, "jo").toggle(5, "pay")
    exchange(other, one)
    exchange(one, other)
    exchange(other, one)
    assert standing_in(other.folder) == {}
    assert everything_in(one) == everything_in(other)
    assert digests(one) == digests(other)
    for study in pair:
        assert_whole(study)


def test_a_withdrawal_of_acts_from_before_salts(pair: tuple[Study, Study]) -> None:
    """Steps about their answers keep no digest that what they said could be checked against."""
    for study in pair:
        without_salts(study)
    one, other = pair
    before = digests(one)
    carry_out_withdrawal(one, "R1", "", "jo")
    stubs = one.database.rows("SELECT writer, number, digest FROM act WHERE kind = 'step' AND local IS NULL")
    assert stubs
    for writer, number, digest in stubs:
        assert digest == blank_digest(ActName(writer, number)) != before[writer, number][1]
    exchange(one, other)
    exchange(other, one)
    assert everything_in(one) == everything_in(other)
    assert digests(one) == digests(other)
    for study in pair:
        assert_whole(study)


def without_salts(study: Study) -> None:
    """Have all acts be as those of a study from before there were salts, sealed."""
    with study.database.transaction():
        study.database.execute("UPDATE act SET salt = x'', digest = NULL, link = NULL")
        seal(study.database)


def digests(study: Study) -> dict[tuple[str, int], tuple[bytes, bytes]]:
    """Return the salt and the digest of each act, by its name."""
    with study.database.transaction():
        seal(study.database)
    rows = study.database.rows("SELECT writer, number, salt, digest FROM act")
    return {(writer, number): (salt, digest) for writer, number, salt, digest in rows}
