"""`python -m benchmarks.encoders FOLDER ... --encoder MODEL`: how much faster than the packaged model?

Different answers of each data set are embedded by both in turn, as many at a time as the engine's process
takes; texts a processor second on one thread, and the cosines between the two models' vectors.
"""

from __future__ import annotations

import random
import time
from statistics import median
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.coded_sets import arguments
from coder.formats.codings.data_set_reading import read_data_set
from coder.suggest.encoding.encoders import load_encoder
from coder.suggest.service import TEXTS_AT_ONCE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coder.suggest.arrays import Floats
    from coder.suggest.encoding.encoders import Encoder

TEXTS = 320


def main() -> None:
    """Measure on each data set and print a row for each model."""
    args = arguments(__doc__).parse_args()
    encoders = [load_encoder(name) for name in ("default", args.encoder)]
    models = [encoder for encoder in encoders if encoder]
    for folder in args.folders:
        answers = read_data_set(folder).responses
        texts = sorted({answer.text for answer in answers if answer.answered})
        sample = random.Random(5).sample(texts, min(TEXTS, len(texts)))
        vectors = [embedded(model, sample)[1] for model in models]
        rounds = [[embedded(model, sample)[0] for model in models] for _ in range(args.seeds)]
        for n, model in enumerate(models):
            rate = median(len(sample) / seconds[n] for seconds in rounds)
            ratio = median(seconds[0] / seconds[n] for seconds in rounds)
            line = f"{folder.resolve().name}, {model.name}: {rate:.0f} texts/s, {ratio:.2f} times"
            print(f"{line}, {_likeness(vectors[0], vectors[n])}", flush=True)


def embedded(encoder: Encoder, texts: Sequence[str]) -> tuple[float, Floats]:
    """Return the processor seconds that the texts take, and their vectors."""
    start = time.process_time()
    vectors = [encoder.encode(texts[n : n + TEXTS_AT_ONCE]) for n in range(0, len(texts), TEXTS_AT_ONCE)]
    return time.process_time() - start, np.concatenate(vectors)


def _likeness(ours: Floats, theirs: Floats) -> str:
    if ours.shape != theirs.shape:
        return "vectors of another length"
    cosines = (ours * theirs).sum(axis=1)
    return f"cosine {cosines.mean():.4f}, {cosines.min():.4f} at worst"


if __name__ == "__main__":
    main()
