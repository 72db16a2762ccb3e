"""The words of a data set's codes.csv, read back: the same words, or a fault."""

from __future__ import annotations

import csv
import io
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING
from unicodedata import normalize

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from making import small_study

from coder.domain.codings import Span
from coder.errors import CoderError
from coder.store import codings, surveys
from coder.workflows.coding.session import CodingSession
from coder.workflows.exchange.exchanging import export_data_set, import_codings

if TYPE_CHECKING:
    from coder.workflows.study.study import Study

TEXTS = (("Zoé says: pay  is low 💷, pay!", "=too few staff"), ("été\nand beds", "n/a"))
LONGEST = min(len(text) for boxes in TEXTS for text in boxes[:1])
SPANS = st.lists(
    st.tuples(st.integers(0, LONGEST - 2), st.integers(1, LONGEST)).map(
        lambda pair: Span(pair[0], min(LONGEST, pair[0] + pair[1]))
    ),
    max_size=3,
    unique=True,
)
CHOICES = st.dictionaries(
    st.tuples(st.sampled_from([1, 2, 3]), st.sampled_from(["pay", "staff", "beds"])), SPANS, min_size=1
)


def marked(study: Study) -> dict[tuple[str, str], tuple[tuple[str, ...], str]]:
    """Return the words of each coding, in NFC, and who picked them: by answer and theme."""
    texts = {response.number: response for response in surveys.all_responses(study.database)}
    return {
        (texts[c.response].id, c.theme_id): (
            tuple(normalize("NFC", texts[c.response].text[start:end]) for start, end in c.spans),
            c.words_by if c.spans else "",
        )
        for c in codings.all_codings(study.database)
    }


def data_set(study: Study, folder: Path) -> Path:
    """Export the codings as a data set; return its codes.csv."""
    export_data_set(study, folder)
    return folder / "codes.csv"


@pytest.fixture
def coded(tmp_path: Path) -> Path:
    """Write the data set of a study with two stretches of words and a theme on a whole answer."""
    with closing(small_study(tmp_path / "first", texts=TEXTS)) as study:
        session = CodingSession(study, "jo")
        session.mark_spans(1, "pay", [Span(10, 13), Span(25, 28)])
        session.toggle(3, "beds")
        return data_set(study, tmp_path / "set")


@settings(max_examples=25, deadline=None)
@given(choices=CHOICES)
def test_a_data_set_read_back_is_the_same(choices: dict[tuple[int, str], list[Span]]) -> None:
    """Themes, words and who picked them, of any stretches, whatever characters are before them."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        with (
            closing(small_study(folder / "first", texts=TEXTS)) as study,
            closing(small_study(folder / "second", texts=TEXTS)) as other,
        ):
            for (response, theme_id), spans in choices.items():
                if spans:
                    CodingSession(study, "jo").mark_spans(response, theme_id, spans)
                else:
                    CodingSession(study, "jo").toggle(response, theme_id)
            path = data_set(study, folder / "set")
            account = import_codings(other, path, adds_people=True)
            assert (account.warnings, account.trusted) == ((), "")
            standing = {(c.response, c.theme_id): c.spans for c in codings.all_codings(study.database)}
            assert {
                (c.response, c.theme_id): c.spans for c in codings.all_codings(other.database)
            } == standing
            assert marked(other) == marked(study)
            assert import_codings(other, path).standing == len(standing)


def test_words_are_found_in_the_other_form(coded: Path, tmp_path: Path) -> None:
    """Where the study's texts count otherwise, the words of the texts that were coded are looked up."""
    texts = [[normalize("NFD", text) for text in boxes] for boxes in TEXTS]
    with closing(small_study(tmp_path / "other", texts=texts)) as study:
        account = import_codings(study, coded, adds_people=True)
        assert (account.warnings, account.trusted) == ((), "")
        assert marked(study)["R1.Q1.1", "pay"] == (("pay", "pay"), "person")
        assert codings.codings_of(study.database, 1)[0].spans == (Span(11, 14), Span(26, 29))


def test_without_the_texts_it_is_said_what_was_trusted(coded: Path, tmp_path: Path) -> None:
    """A file of its own says where the words stand, and not which they are."""
    (tmp_path / "mine.csv").write_bytes(coded.read_bytes())
    with closing(small_study(tmp_path / "other", texts=TEXTS)) as study:
        account = import_codings(study, tmp_path / "mine.csv", adds_people=True)
        assert account.trusted.startswith(
            "Nothing says which words 1 row with spans means (first row 2): where they stand was trusted."
        )
        assert marked(study)["R1.Q1.1", "pay"] == (("pay", "pay"), "person")


@pytest.mark.parametrize(
    ("column", "cell", "message"),
    [
        ("spans", "10:13:00", "'10:13:00' is not a list of spans"),
        ("spans", "13:10", "'13:10' has a span that is empty or backwards"),
        ("spans", "10:13 25:99", "Characters '25' to '99' are not in the text that was coded. It has 29"),
        ("theme", "", "The theme is blank, but there are words that should carry it."),
        ("text_version", "v1:" + "0" * 32, "The text of R1.Q1.1 is not the one that was coded."),
    ],
)
def test_what_does_not_fit_refuses_the_file(
    coded: Path, tmp_path: Path, column: str, cell: str, message: str
) -> None:
    """Each fault by its row, with the texts beside the file or without them; nothing is imported."""
    rows = list(csv.DictReader(io.StringIO(coded.read_bytes().decode(), newline="")))
    rows[0][column] = cell
    written = io.StringIO(newline="")
    writer = csv.DictWriter(written, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    for path in (coded, tmp_path / "alone.csv"):
        path.write_bytes(written.getvalue().encode())
        with closing(small_study(tmp_path / f"of-{path.stem}", texts=TEXTS)) as study:
            with pytest.raises(CoderError) as error:
                import_codings(study, path, adds_people=True)
            expected = message if path == coded else message.partition(" the text that")[0]
            assert error.value.message.startswith(f"{path.name}, row 2: {expected}")
            assert list(codings.all_codings(study.database)) == []


def test_words_are_named_in_one_way(tmp_path: Path) -> None:
    """A row that has spans and a mention is refused."""
    (tmp_path / "both.csv").write_text(
        "response_id,theme,spans,mention\nR1.Q1.1,Pay,10:13,pay\n", encoding="utf-8"
    )
    with (
        closing(small_study(tmp_path / "other", texts=TEXTS)) as study,
        pytest.raises(CoderError, match="The words are named twice"),
    ):
        import_codings(study, tmp_path / "both.csv", coder_id="jo", adds_people=True)


def test_the_texts_beside_must_be_those_that_were_coded(coded: Path, tmp_path: Path) -> None:
    """A responses.csv of other words refuses the file, as a column text would."""
    responses = coded.with_name("responses.csv")
    responses.write_text(responses.read_text("utf-8").replace("pay!", "tea!"), encoding="utf-8")
    with (
        closing(small_study(tmp_path / "other", texts=TEXTS)) as study,
        pytest.raises(CoderError, match=r"The text of R1\.Q1\.1 is not the one that was coded"),
    ):
        import_codings(study, coded, adds_people=True)
