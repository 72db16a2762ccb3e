"""Export a sentence-transformers model for ONNX Runtime, with weights of 8 bits."""

from __future__ import annotations

import json
import logging
import warnings
from contextlib import contextmanager
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from coder.errors import CoderError
from coder.suggest.encoding.model_files import sha256_of
from coder.suggest.encoding.onnx_encoder import (
    ABOUT,
    GRAPH,
    INSTALL,
    TOKENIZER,
    TOKENS,
    VECTOR,
    OnnxEncoder,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from coder.suggest.encoding.encoders import SentenceTransformerEncoder

LEAST_LIKENESS = 0.99
"""The lowest cosine between a text's vector and its exported one at which an export is accepted."""

_BITS, _BLOCK, _INT8 = 8, 32, 4
_NEEDED = ("onnxruntime", "onnx", "onnxscript", "ml_dtypes")
_SAMPLE = (
    "Staff",
    "We cannot fill posts: nobody has applied since March.",
    "the waiting list for a first assessment is now 26 weeks, and it was 9 before the pandemic",
    "They listen. They never listen!",
    "More beds, closer to home; fewer people sent out of area (some of them 200 miles away).",
    "I was treated with great kindness by everybody on the ward, although it took four phone calls and a "
    "letter before anyone rang back, and the letter that came in the end had another person's name on it.",
    "N/A",
    "NHS & council: joint budget, joint posts, one front door. Café-style drop-in on Fridays - 50% peer-led.",
)


def export_onnx(encoder: SentenceTransformerEncoder, folder: Path) -> float:
    """Write a model into an empty folder, as a graph that turns one text's tokens into its vector.

    Returns:
        The lowest cosine between the model's own and the exported vectors of a few texts.

    Raises:
        CoderError: What is needed is not installed, the model cannot be exported, or comes out as another.
    """
    missing = [library for library in _NEEDED if find_spec(library) is None]
    if missing:
        msg = f"Exporting a model needs {missing[0]}, which is not installed."
        raise CoderError(msg, INSTALL)
    model = encoder.loaded()
    if not getattr(model.tokenizer, "is_fast", False):
        raise _unfit(encoder.name, "its tokenizer cannot be written to tokenizer.json")
    with _quiet():
        _write_graph(model, encoder.name, folder / GRAPH)
    _write_tokenizer(model, folder / TOKENIZER)
    about = {
        "source": encoder.name,
        "modules": [type(module).__name__ for module in model],
        "pooling": [module.pooling_mode for module in model if hasattr(module, "pooling_mode")],
        "dimensions": encoder.dimensions,
        "weights": f"{_BITS} bits, blocks of {_BLOCK}",
        "sha256": {name: sha256_of(folder / name) for name in (GRAPH, TOKENIZER)},
    }
    (folder / ABOUT).write_text(json.dumps(about, indent=1) + "\n", encoding="utf-8", newline="\n")
    likeness = float((encoder.encode(_SAMPLE) * OnnxEncoder(folder).encode(_SAMPLE)).sum(axis=1).min())
    if not likeness >= LEAST_LIKENESS:
        raise _unfit(encoder.name, f"exported, its vectors are others (cosine {likeness:.3f} at worst)")
    return likeness


def _write_graph(model: Any, name: str, path: Path) -> None:
    import torch
    from onnxruntime.quantization.matmul_nbits_quantizer import (
        DefaultWeightOnlyQuantConfig,
        MatMulNBitsQuantizer,
    )

    class OneText(torch.nn.Module):
        """From word pieces to the vector, pooling and all that follows it included."""

        def __init__(self) -> None:
            super().__init__()
            self.model = model

        def forward(self, tokens: torch.Tensor) -> torch.Tensor:
            inputs = {"input_ids": tokens, "attention_mask": torch.ones_like(tokens)}
            vector: torch.Tensor = self.model(inputs)["sentence_embedding"]
            return vector

    length = torch.export.Dim("length", min=2, max=model.max_seq_length)
    example = torch.ones((1, 8), dtype=torch.long)
    try:
        program: Any = torch.onnx.export(
            OneText().eval(), (example,), dynamo=True, verbose=False,
            input_names=[TOKENS], output_names=[VECTOR], dynamic_shapes=({1: length},),
        )  # fmt: skip
    except (RuntimeError, TypeError, KeyError, ValueError) as error:
        raise _unfit(name, str(error).strip().partition("\n")[0]) from error
    # Blocks have scales of their own, in the weights and in what is multiplied by them: that is what
    # keeps the vectors as they were, where one scale for all would not.
    form = DefaultWeightOnlyQuantConfig(
        block_size=_BLOCK, is_symmetric=True, accuracy_level=_INT8, bits=_BITS
    )
    quantizer = MatMulNBitsQuantizer(program.model_proto, algo_config=form)
    quantizer.process()
    quantizer.model.save_model_to_file(str(path))


def _write_tokenizer(model: Any, path: Path) -> None:
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_str(model.tokenizer.backend_tokenizer.to_str())
    tokenizer.no_padding()
    tokenizer.enable_truncation(model.max_seq_length)
    tokenizer.save(str(path))


@contextmanager
def _quiet() -> Iterator[None]:
    # Each node of the graph has its line in a log, and newer ways of writing it their warnings.
    level = logging.root.manager.disable
    logging.disable(logging.WARNING)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logging.disable(level)


def _unfit(name: str, why: str) -> CoderError:
    msg = f"The model {name} cannot be exported: {why}."
    return CoderError(msg, "Use it as it is: everything works, only slower.")
