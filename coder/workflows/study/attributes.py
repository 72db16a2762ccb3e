"""Find attributes of a study by name; those that are private are not given out.

What is known of answers (a date, a wave, the box) is asked for apart: of respondents it is not known.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.domain.near_names import fold_name, matching, names_meant, nearest
from coder.domain.responses import Attribute
from coder.domain.texts.invisible import tidy
from coder.errors import CoderError
from coder.store import surveys
from coder.store.attribute_counts import value_counts
from coder.store.readings import answer_values

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from coder.workflows.study.study import Study


BOX = Attribute("box", of="box")
"""The number of the box in which an answer stands, where a question has several."""


def public_attributes(study: Study) -> list[Attribute]:
    """Return the attributes that may be exported.

    Raises:
        CoderError: `study.toml` marks as private what the study does not have: it may mean another.
    """
    attributes = all_attributes(study)
    of_answers = surveys.answer_attributes(study.database)
    for name in study.settings.private:
        _refuse_unknown(name, [*attributes, *of_answers], f"study.toml marks '{name}' as private")
    private = set(map(tidy, study.settings.private))
    return [attribute for attribute in attributes if tidy(attribute.name) not in private]


def all_attributes(study: Study) -> list[Attribute]:
    """Return all attributes, private ones too, called as `study.toml` has it.

    Raises:
        CoderError: `study.toml` has a block of an attribute that the study does not have.
    """
    attributes = study.attributes
    everything = [*attributes, *surveys.answer_attributes(study.database)]
    for setting in study.settings.attributes:
        _refuse_unknown(setting.name, everything, f"study.toml has a block [[attribute]] of '{setting.name}'")
    return attributes


def answer_attributes(study: Study) -> list[Attribute]:
    """Return what is known of answers and may be given out, called as `study.toml` has it.

    Where a question has several boxes, the number of the box is among them, unless the survey has something
    else of that name.
    """
    attributes = study.labelled(surveys.answer_attributes(study.database))
    names = [attribute.name for attribute in (*surveys.attributes(study.database), *attributes)]
    if answer_values.has_boxes(study.database) and matching(BOX.name, names) is None:
        attributes.append(BOX)
    private = set(map(tidy, study.settings.private))
    return [attribute for attribute in attributes if tidy(attribute.name) not in private]


def _refuse_unknown(name: str, attributes: Sequence[Attribute], what_is_said: str) -> None:
    names = [attribute.name for attribute in attributes]
    if tidy(name) not in map(tidy, names):
        msg = f"{what_is_said}, but the study has no such attribute."
        raise CoderError(msg, nearest(name, names) or f"Its attributes: {', '.join(names) or 'none'}.")


def value_order(study: Study, attribute: Attribute) -> tuple[str, ...]:
    """Return the order that `study.toml` gives the values of an attribute; empty where it gives none."""
    settings = study.settings.attributes
    return next((setting.order for setting in settings if tidy(setting.name) == tidy(attribute.name)), ())


def attributes_meant(study: Study, arguments: Sequence[str]) -> tuple[str, ...]:
    """Return the names of attributes that arguments list: each one name, or a line of CSV of names.

    What is known of answers is among them, and each may be named by what it is called. A name that the study
    does not have is returned as it was typed.

    Raises:
        CoderError: Several are called so.
    """
    attributes = (*study.attributes, *answer_attributes(study))
    names = [name for attribute in attributes for name in (attribute.name, attribute.title)]
    return tuple(attribute_meant(typed, attributes) or typed for typed in names_meant(arguments, names))


def subjects_meant(study: Study, arguments: Sequence[str]) -> tuple[str, ...]:
    """Return the questions and attributes that arguments list, as `attributes_meant` does."""
    questions = [question.id for question in surveys.questions(study.database)]
    attributes = study.attributes
    names = [*(name for attribute in attributes for name in (attribute.name, attribute.title)), *questions]
    return tuple(names_meant(arguments, names))


def attribute_meant(name: str, attributes: Iterable[Attribute]) -> str | None:
    """Return the name of the attribute that is meant by its name, or by what it is called, whatever the case.

    Returns:
        None if there is no such attribute.

    Raises:
        CoderError: Several are called so.
    """
    attributes = list(attributes)
    exact_name = matching(name, [attribute.name for attribute in attributes])
    if exact_name is not None:
        return exact_name
    called_so = [attribute.name for attribute in attributes if fold_name(attribute.title) == fold_name(name)]
    if len(called_so) > 1:
        msg = f"Several attributes are called '{name}': {', '.join(called_so)}."
        raise CoderError(msg, "Type the name of the one that is meant.")
    return called_so[0] if called_so else None


def find_attribute(study: Study, name: str) -> Attribute:
    """Find an attribute by its name, or by what it is called if nothing else is, whatever the case.

    Raises:
        CoderError: There is none (the hint gives the nearest), several are called so, or `study.toml` calls
            it private.
    """
    public = [attribute.name for attribute in public_attributes(study)]
    attributes = {attribute.name: attribute for attribute in all_attributes(study)}
    exact_name = attribute_meant(name, attributes.values())
    if exact_name is None:
        refuse_of_answers(study, name)
        raise _unknown(name, public)
    if exact_name not in public:
        raise _private(exact_name)
    return attributes[exact_name]


def refuse_of_answers(study: Study, name: str) -> None:
    """Raise CoderError if a name is of what is known of answers, where respondents are asked about."""
    attribute = answer_attribute(study, name)
    if attribute is not None:
        msg = f"'{attribute.name}' is known of answers, not of respondents: one may have several."
        raise CoderError(msg, "It goes with the themes of open questions: --by or --where.")


def answer_attribute(study: Study, name: str) -> Attribute | None:
    """Find what is known of answers, by its name or what it is called; None if nothing is called so."""
    attributes = {attribute.name: attribute for attribute in answer_attributes(study)}
    exact_name = attribute_meant(name, attributes.values())
    return None if exact_name is None else attributes[exact_name]


def find_any_attribute(study: Study, name: str) -> Attribute:
    """Find an attribute of respondents or, if none is called so, of answers.

    Raises:
        CoderError: As `find_attribute`.
    """
    of_answers = {attribute.name: attribute for attribute in answer_attributes(study)}
    exact_name = attribute_meant(name, [*study.attributes, *of_answers.values()])
    if exact_name is not None:
        return of_answers[exact_name] if exact_name in of_answers else find_attribute(study, exact_name)
    hidden = [attribute.name for attribute in surveys.answer_attributes(study.database)]
    if (exact_name := matching(name, hidden)) is not None:
        raise _private(exact_name)
    public = [one.name for one in (*public_attributes(study), *answer_attributes(study))]
    raise _unknown(name, public)


def _unknown(name: str, public: Sequence[str]) -> CoderError:
    msg = f"The study has no attribute '{name}'."
    return CoderError(msg, nearest(name, public) or f"Its attributes: {', '.join(public) or 'none'}.")


def _private(name: str) -> CoderError:
    msg = f"The attribute '{name}' is private."
    return CoderError(msg, "study.toml lists it under private; no table or file holds it.")


def counts_of_values(study: Study, attribute: Attribute) -> dict[str, int]:
    """Count the respondents with each value, or the answers where it is of those; the empty text is none."""
    if attribute.is_of_answers:
        return answer_values.answer_value_counts(study.database, attribute)
    return value_counts(study.database, attribute.name)


def find_value(study: Study, attribute: Attribute, value: str) -> str:
    """Find a value of an attribute, whatever the case; the empty text stands for none.

    Raises:
        CoderError: Nobody has it; the hint gives the nearest.
    """
    counts = counts_of_values(study, attribute)
    exact_value = matching(value, counts)
    if exact_value is None:
        nobody = "No answer" if attribute.is_of_answers else "Nobody"
        msg = f"{nobody} has {attribute.name} = '{value}'."
        raise CoderError(msg, nearest(value, counts) or f"Its values: {', '.join(filter(None, counts))}.")
    return exact_value
