"""Texts as vectors: the models, where vectors are kept, and which texts wait for theirs."""
