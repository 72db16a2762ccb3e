"""Several coders of one study: who they are, and how far they agree."""
