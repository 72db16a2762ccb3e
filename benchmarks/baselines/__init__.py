"""The least that could do the same: what each measure is compared with."""
