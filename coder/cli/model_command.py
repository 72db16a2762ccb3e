"""Embedding models in a faster form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.cli.common import DONE, path_of
from coder.cli.parser import add

if TYPE_CHECKING:
    import argparse

    from coder.cli.parser import Commands, Parser


def add_model(commands: Commands) -> None:
    """Add `coder model`."""
    about = "make an embedding model faster, or agree to a download"
    add(commands, "model", about, "coder model export models/fast").declare_when_used(_add_commands)


def _add_commands(group: Parser) -> None:
    """Add the commands on a model."""
    actions = group.commands()
    about = "write a model of this machine for ONNX Runtime: the same suggestions in less time"
    example = "coder model export models/fast --from default"
    export = add(actions, "export", about, example, _export)
    export.option("folder", "FOLDER", "where to; it must not exist yet")
    source = "the model: default, a sentence-transformers folder, or a hub name that is on this machine"
    about = "agree, for this machine, to the download of a model that a study names"
    allow = add(actions, "allow", about, "coder model allow sentence-transformers/all-MiniLM-L12-v2", _allow)
    allow.option("name", "NAME", "the model's name on the Hugging Face hub, as in study.toml")
    allow.flag("--never", "refuse it instead; nobody is asked again")
    export.option("--from", "MODEL", source, default="default", dest="source")


def _allow(args: argparse.Namespace) -> int:
    from coder.cli.plain_output import say
    from coder.workflows.suggesting.download_consent import consent_file, decide

    decide(args.name, agreed=not args.never)
    may = "is not downloaded" if args.never else "may be downloaded"
    say(f"{args.name} {may} on this machine, where a study has allow_download = true ({consent_file()}).")
    return DONE


def _export(args: argparse.Namespace) -> int:
    from coder.cli.plain_output import say
    from coder.domain.path_names import on_one_line
    from coder.workflows.suggesting.model_export import export_model

    model = export_model(args.source, path_of(args.folder))
    say(f"Wrote {model.source} to {model.folder}; cosine to its own vectors: {model.likeness:.4f} or more.")
    say(f"To use it, put this line into study.toml: model = '{on_one_line(model.folder.resolve())}'")
    return DONE
