"""Embedding models in a faster form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.cli.common import DONE, path_of
from coder.cli.parser import add

if TYPE_CHECKING:
    import argparse

    from coder.cli.parser import Commands


def add_model(commands: Commands) -> None:
    """Add `coder model`."""
    about = "make an embedding model faster"
    actions = add(commands, "model", about, "coder model export models/fast").commands()
    about = "write a model of this machine for ONNX Runtime: the same suggestions in less time"
    example = "coder model export models/fast --from default"
    export = add(actions, "export", about, example, _export)
    export.option("folder", "FOLDER", "where to; it must not exist yet")
    source = "the model: default, a sentence-transformers folder, or a hub name that is on this machine"
    export.option("--from", "MODEL", source, default="default", dest="source")


def _export(args: argparse.Namespace) -> int:
    from coder.cli.plain_output import say
    from coder.domain.path_names import on_one_line
    from coder.workflows.suggesting.model_export import export_model

    model = export_model(args.source, path_of(args.folder))
    say(f"Wrote {model.source} to {model.folder}; cosine to its own vectors: {model.likeness:.4f} or more.")
    say(f"To use it, put this line into study.toml: model = '{on_one_line(model.folder.resolve())}'")
    return DONE
