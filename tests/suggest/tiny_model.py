"""A sentence-transformers model that is made in a moment and means nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

WORDS = ("staff", "beds", "money", "we", "have", "no", "more", "waiting", "list", "the", ".", ",")
DIMENSIONS = 64


def tiny_model(folder: Path) -> Path:
    """Write a model with random weights, mean pooling and vectors of length 1."""
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Normalize, Pooling, Transformer
    from transformers import BertConfig, BertModel, BertTokenizer

    plain = folder.with_name(f"{folder.name}-plain")
    plain.mkdir()
    pieces = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *WORDS, *(f"##{c}" for c in "abcdefghij")]
    (plain / "vocab.txt").write_text("\n".join(pieces) + "\n", encoding="utf-8")
    BertTokenizer(vocab=str(plain / "vocab.txt")).save_pretrained(plain)
    torch.manual_seed(1)
    config = BertConfig(
        vocab_size=len(pieces),
        hidden_size=DIMENSIONS,
        intermediate_size=DIMENSIONS * 2,
        num_hidden_layers=2,
        num_attention_heads=4,
        max_position_embeddings=64,
    )
    BertModel(config).save_pretrained(plain)
    transformer = Transformer(str(plain), max_seq_length=32)
    modules = [transformer, Pooling(DIMENSIONS), Normalize()]
    SentenceTransformer(modules=modules, device="cpu").save(str(folder))
    return folder
