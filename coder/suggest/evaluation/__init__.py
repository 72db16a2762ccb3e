"""How good suggestions are, measured on answers that people have coded."""
