"""Steps of coding that change the codebook as well: one transaction, one undo."""
