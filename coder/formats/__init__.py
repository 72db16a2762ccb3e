"""Files in and out: surveys, codings, codebooks and tables. What each format needs is loaded late."""
