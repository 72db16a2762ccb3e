"""Tables built from counts: which rows, in which order, of which base."""
