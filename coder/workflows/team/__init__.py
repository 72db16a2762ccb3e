"""Several coders of one study: how far they agree."""
