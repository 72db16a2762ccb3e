"""Texts as vectors: the models, the vectors in memory and on disk, the texts that have none yet."""
