"""Texts as they are compared, while they are kept as they are: one Unicode form, nothing invisible."""
