"""Acts of a team as values: their names, their order, codebooks and codings that follow from them."""
