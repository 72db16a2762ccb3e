"""What the keys of the codebook screen do to themes: each makes a revision and proposes it."""

from __future__ import annotations

from dataclasses import fields, replace
from functools import partial
from typing import TYPE_CHECKING

from coder.domain.codebook import Theme
from coder.domain.grammar import listed
from coder.domain.near_names import fold_name
from coder.errors import CoderError
from coder.tui.codebook.names_window import NamesWindow
from coder.tui.codebook.proposing import (
    apply_plan,
    begin,
    is_small,
    patiently,
    propose,
    show_plan,
    take_up_edits,
)
from coder.tui.codebook.theme_form import ThemeForm
from coder.tui.kit.theme_search import best_themes
from coder.tui.kit.theme_text import NewTheme, theme_summary
from coder.tui.kit.windows.window_values import Option, Pick
from coder.workflows.revising import revising
from coder.workflows.revising.adding_themes import LONGEST_LABEL, new_theme
from coder.workflows.revising.operations import split_into

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coder.domain.codebook import Codebook
    from coder.tui.codebook.contract import CodebookView

_FEWEST_PARTS = 2
NO_NET = ""
"""Picked in place of a net: the theme lies under none."""


def edit(view: CodebookView) -> None:
    """Edit the theme at the cursor in place."""
    row = view.current()
    if row is None:
        return
    take_up_edits(view)
    codebook = view.desk.study.codebook
    theme = codebook.find(row.theme.id)

    def change(edited: Theme | None) -> None:
        if edited is not None:
            _change(view, theme, edited)

    view.ask(ThemeForm(f"Edit · {theme.id}", theme, partial(label_fault, codebook)), change)


def _change(view: CodebookView, theme: Theme, edited: Theme) -> None:
    names = [field.name for field in fields(Theme)]
    changes = {name: getattr(edited, name) for name in names if getattr(theme, name) != getattr(edited, name)}
    propose(view, begin(view).change(theme.id, **changes), theme.id)


def label_fault(codebook: Codebook, theme: Theme) -> str:
    """Return what is wrong with a theme's label in a codebook, or nothing."""
    if not theme.label:
        return "A theme needs a label."
    if len(theme.label) > LONGEST_LABEL:
        return f"A label has at most {LONGEST_LABEL} characters; what it means goes into the definition."
    for namesake in codebook:
        same = fold_name(namesake.label) == fold_name(theme.label) and namesake.status == "active"
        if same and namesake.id != theme.id and namesake.shares_question(theme):
            return f"'{namesake.label}' ({namesake.id}) has this label already, for the same question."
    return ""


def add(view: CodebookView) -> None:
    """Add a theme after the one at the cursor."""
    take_up_edits(view)
    row, question_id = view.current(), view.desk.question_id
    model = row.theme if row and row.theme.status == "active" else None
    questions = model.questions if model else (question_id,) if question_id else ()

    def add_theme(theme: Theme | None) -> None:
        if theme is not None:
            _add(view, theme, model)

    empty = Theme("", "", questions=questions, parent=model.parent if model else None)
    title = f"A new theme for {listed(questions) or 'every question'}"
    view.ask(ThemeForm(title, empty, partial(label_fault, view.desk.study.codebook)), add_theme)


def _add(view: CodebookView, theme: Theme, model: Theme | None) -> None:
    revision = begin(view)
    like = model.id if model and model.id in revision.new else ""
    named = new_theme(revision, theme.label, theme.questions[0] if theme.questions else None, like)
    new = replace(theme, id=named.id, questions=named.questions, parent=named.parent)
    propose(view, revision.add(new, like or None), new.id)


def _marked_or_current(view: CodebookView) -> list[Theme]:
    """Return the themes that are marked, in the order of the tree; without marks the one at the cursor."""
    row = view.current()
    return view.desk.marked_themes() or ([row.theme] if row else [])


def merge(view: CodebookView) -> None:
    """Merge the marked themes, or the one at the cursor, into a theme that is picked."""
    merge_themes(view, _marked_or_current(view))


def merge_themes(view: CodebookView, sources: Sequence[Theme]) -> None:
    """Merge themes into one of them, or into another one, or under a new name."""
    if not sources:
        return
    take_up_edits(view)
    source_ids = [theme.id for theme in sources]
    may_stay = [theme for theme in sources if theme.status == "active"] if len(sources) > 1 else []
    beside = [theme for theme in _beside(view, sources) if theme.id not in source_ids]

    def options(typed: str) -> Sequence[Option[str | NewTheme]]:
        targets = [_option(theme, "marked; it stays") for theme in best_themes(typed, may_stay)]
        targets += [_option(theme) for theme in best_themes(typed, beside)]
        if typed:
            targets.append(Option(f"+ under a new name: {typed}", NewTheme(typed, None)))
        return targets

    def merge_into(target: str | NewTheme | None) -> None:
        if target is not None:
            _merge(view, source_ids, target)

    labels = ", ".join(theme.label for theme in sources)
    view.ask(Pick(f"Merge {labels} · into", options, placeholder="a theme, or a new name"), merge_into)


def _beside(view: CodebookView, themes: Sequence[Theme]) -> list[Theme]:
    """Return the themes of the tree that are in use and stand beside one of these on some question."""
    active = (row.theme for row in view.desk.tree if row.theme.status == "active")
    return [theme for theme in active if any(map(theme.shares_question, themes))]


def _option(theme: Theme, note: str = "") -> Option[str | NewTheme]:
    return Option(theme.label, theme.id, theme_summary(theme), note)


def _merge(view: CodebookView, source_ids: Sequence[str], target: str | NewTheme) -> None:
    revision = begin(view)
    if isinstance(target, NewTheme):
        new = new_theme(revision, target.label, like=source_ids[0])
        revision, target = revision.add(new, source_ids[0]), new.id
    sources = [source_id for source_id in source_ids if source_id != target]
    propose(view, revision.merge(sources, target), target)


def split(view: CodebookView) -> None:
    """Split the theme at the cursor into parts whose names are typed."""
    row = view.current()
    if row is None:
        return
    take_up_edits(view)
    codebook = view.desk.study.codebook
    source = codebook.find(row.theme.id)

    def split_up(names: Sequence[str] | None) -> None:
        if names is not None:
            _split(view, source, names)

    text = f"The names of its parts, one a line; '{source.label}' itself may be one of them."
    view.ask(NamesWindow(f"Split {source.label}", text, partial(_check_parts, codebook, source)), split_up)


def _check_parts(codebook: Codebook, source: Theme, names: Sequence[str]) -> tuple[str, bool]:
    """Say which themes the names of a split's parts stand for; tell whether they will do."""
    same_question = [theme for theme in codebook if theme.shares_question(source)]
    # Of two with the same label, the one in use.
    same_question.sort(key=lambda theme: theme.status == "active")
    by_name = {fold_name(theme.label): theme for theme in same_question}
    themes = {name: by_name.get(fold_name(name)) for name in names}
    lines = [f"  {name}: {_part(theme, source)}" for name, theme in themes.items()]
    if len(themes) < _FEWEST_PARTS:
        return "\n".join([*lines, "Two parts at least."]), False
    return "\n".join(lines), all(theme is None or theme.status == "active" for theme in themes.values())


def _part(theme: Theme | None, source: Theme) -> str:
    if theme is None:
        return "a new theme"
    if theme.status == "retired":
        return f"✗ there is one ({theme.id}), and it is retired: bring it back first"
    return "goes on, narrower than before" if theme.id == source.id else f"there is one already ({theme.id})"


def _split(view: CodebookView, source: Theme, names: Sequence[str]) -> None:
    revision = begin(view)
    revision = split_into(revision, revision.new.find(source.id), names)
    propose(view, revision, revision.carried.splits[0].parts[0])


def move(view: CodebookView) -> None:
    """Move the marked themes, or the one at the cursor, under a net that is picked."""
    themes = _marked_or_current(view)
    if not themes:
        return
    take_up_edits(view)
    theme_ids = [theme.id for theme in themes]

    def options(typed: str) -> Sequence[Option[str | NewTheme]]:
        nets = _nets(view, themes, typed)
        return (
            [*nets, Option(f"+ under a new net: {typed}", NewTheme(typed, None))]
            if typed
            else [Option("(no net)", NO_NET), *nets]
        )

    def move_under(net: str | NewTheme | None) -> None:
        if net is not None:
            _move(view, theme_ids, net)

    labels = ", ".join(theme.label for theme in themes)
    view.ask(Pick(f"Move {labels} · under", options, placeholder="a net, or a new one"), move_under)


def _nets(view: CodebookView, themes: Sequence[Theme], typed: str) -> list[Option[str | NewTheme]]:
    """Return the themes that these can lie under and that fit what is typed: nets first."""
    codebook = view.desk.study.codebook
    below = {theme_id for theme in themes for theme_id in codebook.members(theme.id)}
    fitting = best_themes(typed, [theme for theme in _beside(view, themes) if theme.id not in below])
    nets = [theme for theme in fitting if codebook.is_net(theme.id) or not theme.codable]
    plain = [theme for theme in fitting if theme not in nets]
    return [_option(theme, "net") for theme in nets] + [_option(theme, "becomes a net") for theme in plain]


def _move(view: CodebookView, theme_ids: Sequence[str], net: str | NewTheme) -> None:
    revision = begin(view)
    if isinstance(net, NewTheme):
        new = replace(new_theme(revision, net.label, like=theme_ids[0]), parent=None, codable=False)
        revision, net = revision.add(new, theme_ids[0]), new.id
    for theme_id in theme_ids:
        revision = revision.move(theme_id, net or None)
    propose(view, revision, theme_ids[0])


def retire(view: CodebookView) -> None:
    """Offer the theme at the cursor no longer; or again, if it is retired."""
    row = view.current()
    if row is not None:
        revision, theme_id = begin(view), row.theme.id
        retired = row.theme.status == "retired"
        propose(view, revision.bring_back(theme_id) if retired else revision.retire(theme_id), theme_id)


def undo(view: CodebookView) -> None:
    """Take back the latest revision that stands."""
    take_back(view, None)


def take_back(view: CodebookView, version: int | None) -> None:
    """Take back the revision that made a version, or the latest.

    One that was made at this desk and touched no coding is taken back at once, of others the plan is shown.
    """
    patiently(view, partial(_take_back, view, version))


def _take_back(view: CodebookView, version: int | None) -> None:
    plan = revising.plan_undo(view.desk.study, version)
    if plan.undoes in view.desk.applied and is_small(view, plan):
        apply_plan(view, plan, "")
    else:
        show_plan(view, plan)


def waiting_edits(view: CodebookView) -> None:
    """Show what the edits of codebook.yaml that wait would do."""
    revision = revising.begin(view.desk.study)
    if revision.old == revision.new:
        msg = "codebook.yaml has no edits that wait."
        raise CoderError(msg, "Edits that concern no coding are taken up by themselves.")
    propose(view, revision)
