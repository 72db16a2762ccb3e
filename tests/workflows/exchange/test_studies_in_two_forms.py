"""Two studies of one survey, its accents joined to their letters in one file and behind them in the other."""

from __future__ import annotations

import csv
import io
import re
from contextlib import closing, redirect_stdout
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Literal
from unicodedata import normalize

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coder.cli import main
from coder.domain.filters import Filter
from coder.domain.study_settings import Settings
from coder.store import codings, surveys
from coder.workflows.exchange.exchanging import codings_as_csv, import_codings
from coder.workflows.exchange.survey_import import create_from_file, plan_import
from coder.workflows.study.attributes import public_attributes
from coder.workflows.study.coders import coder_meant

if TYPE_CHECKING:
    from coder.workflows.study.study import Study

Form = Literal["NFC", "NFD"]
FORMS: tuple[Form, ...] = ("NFC", "NFD")

ROWS = (
    ["respondent", "région", "Qu'est-ce qui a été difficile ?"],
    ["Zoé", "Québec", "les étés sont trop chauds, les étés brûlent la forêt"],
    ["Élise", "Liège", "il manque des médecins à la campagne, très peu restent"],
    ["André", "Québec", "la forêt brûle, personne n'éteint le feu dans la forêt"],
    ["Aimée", "Liège", "néant"],
    ["Benoît", "", "à côté de la gare les vélos gênent, à côté aussi"],
)
CODEBOOK = """themes:
- id: été
  label: Été et forêt
  keywords: [forêt]
- id: santé
  label: Médecins
"""


def written(folder: Path, of_survey: Form, of_codebook: Form) -> Study:
    """Make a study of the rows in a form."""
    folder.mkdir()
    survey, codebook = folder / "survey.csv", folder / "codebook.yaml"
    lines = [";".join(f'"{cell}"' for cell in row) for row in ROWS]
    survey.write_text(normalize(of_survey, "\n".join(lines)), encoding="utf-8")
    codebook.write_text(normalize(of_codebook, CODEBOOK), encoding="utf-8")
    listed = Settings("Two forms", non_responses=("néant",))
    study, _ = create_from_file(
        folder / "study", plan_import(survey), codebook=codebook, settings=listed, coder_id="jo"
    )
    return study


def bring(study: Study, text: str) -> None:
    """Import codings."""
    path = study.folder.parent / "codings.csv"
    path.write_text(text, encoding="utf-8")
    done = import_codings(study, path, coder_id="jo")
    assert done.warnings == ()


def printed(*arguments: str) -> str:
    """Return what a command prints, without the moment at which it was made."""
    with redirect_stdout(io.StringIO()) as out:
        assert main(list(arguments)) == 0
    return re.sub(r"made [-0-9T:]+Z", "", normalize("NFC", out.getvalue()))


def spans_of(study: Study) -> list[tuple[str, str, str, int]]:
    """Return each span's respondent, theme, words in NFC, and where they begin in the answer in NFC."""
    rows = csv.DictReader(io.StringIO(codings_as_csv(study)))
    texts = {row[0]: normalize("NFC", row[2]) for row in ROWS}
    spans = []
    for row in rows:
        respondent = normalize("NFC", row["respondent_id"])
        text = normalize(_form_of(study), texts[respondent])
        start = len(normalize("NFC", text[: int(row["start"])]))
        assert row["mention"] == text[int(row["start"]) : int(row["end"])]
        spans.append((respondent, row["theme_id"], normalize("NFC", row["mention"]), start))
    return spans


def _form_of(study: Study) -> Form:
    return "NFD" if "apart" in study.folder.parts else "NFC"


SPANS = st.lists(
    st.tuples(st.sampled_from([1, 2, 3, 5]), st.sampled_from(["Été et forêt", "Médecins"]),
              st.integers(0, 8)),
    min_size=1, max_size=5, unique_by=lambda span: span[:2],
)  # fmt: skip


@settings(max_examples=12, deadline=None)
@given(SPANS, st.sampled_from(FORMS), st.sampled_from(FORMS))
def test_the_same_tables_and_codings(
    spans: list[tuple[int, str, int]], of_codebook: Form, of_codings: Form
) -> None:
    """Codings from one are read into the other, words and places alike; tables and quotes are the same."""
    lines = ["respondent_id,question,theme,start,end,mention"]
    for number, theme, word in spans:
        respondent, _, text = ROWS[number]
        words = text.split()
        mention = words[word % len(words)]
        start = len(" ".join(words[: word % len(words)])) + bool(word % len(words))
        cells = (respondent, "Q1", theme, str(start), str(start + len(mention)), mention)
        lines.append(",".join(f'"{cell}"' for cell in cells))
    with TemporaryDirectory() as folder:
        composed = written(Path(folder) / "joined", "NFC", of_codebook)
        apart = written(Path(folder) / "apart", "NFD", of_codebook)
        with closing(composed), closing(apart):
            bring(composed, "\n".join(lines))
            bring(apart, normalize(of_codings, codings_as_csv(composed)))
            assert spans_of(apart) == spans_of(composed)
            back = codings_as_csv(apart)
            import_codings(composed, _file(composed, back), coder_id="jo")
            assert spans_of(composed) == spans_of(apart)
            studies = [str(composed.folder), str(apart.folder)]
        for arguments in (
            ("--by", "région"),
            ("--by", normalize("NFD", "Région"), "--where", "région=Québec"),
            ("--where", normalize("NFD", "région=Québec")),
        ):
            tables = [printed("tables", study, "--format", "csv", *arguments) for study in studies]
            assert tables[0] == tables[1]


def _file(study: Study, text: str) -> Path:
    path = study.folder.parent / "back.csv"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("typed", FORMS)
def test_searching_for_text_and_for_ids(tmp_path: Path, typed: Form) -> None:
    """Answers and ids are found in either form; a letter without its accent is another letter."""
    for name, of_survey in zip(("joined", "apart"), FORMS, strict=True):
        study = written(tmp_path / name, of_survey, "NFC")
        with closing(study):
            database = study.database
            hits = [
                len(codings.matching(database, "jo", Filter("Q1", text=normalize(typed, text))))
                for text in ("étés", "forêt", "foret", "à côté")
            ]
            assert hits == [1, 2, 0, 1]
            assert [r.item for r in surveys.find_responses(database, normalize(typed, "Élise"), 5)] == [1]


@pytest.mark.parametrize("typed", FORMS)
def test_coders_go_by_one_form(tmp_path: Path, typed: Form) -> None:
    """Codings of José are José's, however the name is written; as a new name it is kept in NFC."""
    study = written(tmp_path / "joined", "NFC", "NFC")
    with closing(study):
        for respondent in ("Zoé", "Élise"):
            coder = normalize(typed, "José")
            text = f"respondent_id,question,theme,coder\n{respondent},Q1,Médecins,{coder}\n"
            assert import_codings(study, _file(study, text)).coders == ("José",)
            typed = "NFD"
        assert coder_meant(study.database, normalize("NFD", "José")) == "José"


def test_a_private_attribute_in_the_other_form(tmp_path: Path) -> None:
    """What `study.toml` lists as private is kept back in whichever form it is listed."""
    study = written(tmp_path / "joined", "NFC", "NFC")
    with closing(study):
        study.settings = replace(study.settings, private=(normalize("NFD", "région"),))
        assert public_attributes(study) == []


@pytest.mark.parametrize("form", FORMS)
def test_quotes_of_a_theme_by_its_name_in_either_form(tmp_path: Path, form: Form) -> None:
    """`--theme` and `--question` find their names in either form."""
    study = written(tmp_path / "joined", "NFC", "NFD")
    with closing(study):
        bring(study, "respondent_id,question,theme\nZoé,Q1,Été et forêt\n")
    quotes = printed(
        "quotes", str(study.folder), "--theme", normalize(form, "été et forêt"), "--question", "q1"
    )
    assert "les étés sont trop chauds" in quotes
