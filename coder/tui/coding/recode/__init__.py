"""The queue of codings that need a fresh look since the codebook was revised."""
