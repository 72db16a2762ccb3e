"""A plan as a JSON file, to be read by programs and carried out later."""

from __future__ import annotations

import json
from dataclasses import asdict, is_dataclass
from typing import TYPE_CHECKING, Any

from coder.domain.revising.revisions import Revision, read_carried, write_carried
from coder.domain.revising.version_differences import compare, compare_texts
from coder.errors import CoderError, OutdatedError
from coder.store.codebook_versions import source_hash
from coder.workflows.revising.typed_operations import option_of
from coder.workflows.study.codebook_file import in_use, parsed_codebook, read_source

if TYPE_CHECKING:
    from coder.domain.codebook import Codebook
    from coder.domain.revising.decisions import OpenDecision
    from coder.domain.tables.counts import Count
    from coder.workflows.revising.revising import Plan, Touched
    from coder.workflows.study.study import Study


def plan_as_json(plan: Plan, respondents: str) -> str:
    """Return everything that a plan says, and what `read_plan` needs to make it again.

    Args:
        plan: The plan.
        respondents: What those who answered are called.
    """
    revision = plan.revision
    operations = {**write_carried(revision.carried), "keep": list(revision.keep)}
    file = source_hash(plan.old_source).hex()
    content = {
        "version": plan.version,
        "file": file,
        "check": _check(plan.version, file, operations, plan.new_source),
        "summary": plan.label,
        "empty": plan.empty,
        "respondents": respondents,
        "differences": differences_as_data(revision.old, revision.new),
        "touched": {theme_id: _touched(touched) for theme_id, touched in plan.touched.items()},
        "rows": [
            {
                "question": row.question_id,
                "theme": row.theme_id,
                "label_before": row.old_label,
                "label_after": row.new_label,
                "before": _count(row.old_count),
                "after": _count(row.new_count),
            }
            for row in plan.rows
        ],
        "to_recode": plan.to_recode,
        "doubts": [_open_decision(open_decision) for open_decision in plan.open_decisions],
        "operations": operations,
        "codebook": plan.new_source,
    }
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def _check(version: int, file: str, operations: dict[str, Any], codebook: str) -> str:
    """Return a checksum of a plan, which tells whether its file was edited; edits belong in codebook.yaml."""
    whole = json.dumps([version, file, operations, codebook], ensure_ascii=False, sort_keys=True)
    return source_hash(whole).hex()


def _open_decision(open_decision: OpenDecision) -> dict[str, Any]:
    options = {option_of(decision): decision.effect for decision in open_decision.decisions}
    return {"theme_id": open_decision.theme_id, "message": open_decision.message, "ways": options}


def _touched(touched: Touched) -> dict[str, Any]:
    return {
        "codings": touched.codings,
        "answers": touched.answers,
        "respondents": touched.respondents,
        "coder_ids": touched.coders,
    }


def _count(count: Count) -> dict[str, int]:
    return {"respondents": count.respondents, "mentions": count.mentions}


def differences_as_data(old_codebook: Codebook, new_codebook: Codebook) -> list[dict[str, Any]]:
    """Return what differs between two versions of a codebook as values that JSON can hold."""
    differences = [
        {
            "theme": difference.theme_id,
            "kind": difference.kind,
            "field": difference.field,
            "before": _plain(difference.old),
            "after": _plain(difference.new),
        }
        for difference in compare(old_codebook, new_codebook)
    ]
    return differences + [
        {"theme": "", "kind": "changed", "field": name, "before": old_text, "after": new_text}
        for name, old_text, new_text in compare_texts(old_codebook, new_codebook)
    ]


def _plain(content: Any) -> Any:
    return asdict(content) if is_dataclass(content) and not isinstance(content, type) else content


def read_plan(study: Study, text: str, name: str) -> Revision:
    """Return the revision that a plan of `plan_as_json` is about.

    Args:
        study: The study it was made for.
        text: What the file holds.
        name: The file's name, for messages.

    Raises:
        CoderError: The text is no plan; the codebook was revised or its file edited since.
    """
    try:
        content = json.loads(text)
        version, file, source = int(content["version"]), str(content["file"]), str(content["codebook"])
        operations = dict(content["operations"])
        carried, keep = read_carried(operations), tuple(map(str, operations["keep"]))
        whole = content["check"] == _check(version, file, operations, source)
    except (ValueError, KeyError, TypeError):
        raise _no_plan(name) from None
    if not whole:
        raise _no_plan(name)
    _refuse_outdated(study, version, file, name)
    return Revision(in_use(study).codebook, parsed_codebook(study, source), carried, keep)


def _no_plan(name: str) -> CoderError:
    msg = f"{name} is no plan, or was edited."
    return CoderError(msg, "Make one: coder codebook plan --format json --out plan.json")


def _refuse_outdated(study: Study, version: int, file: str, name: str) -> None:
    latest = in_use(study)
    hint = f"Make the plan anew: coder codebook plan --format json --out {name}"
    if latest.number != version:
        msg = f"{name} was made against version {version} of the codebook; version {latest.number} "
        msg += f"({latest.label}), by {latest.made_by}, is in use."
        raise OutdatedError(msg, hint)
    if source_hash(read_source(study)).hex() != file:
        msg = f"codebook.yaml was edited since {name} was made."
        raise OutdatedError(msg, hint)
