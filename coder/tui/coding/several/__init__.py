"""Several answers at once: ticked ones, those like one, and those of the same words."""
