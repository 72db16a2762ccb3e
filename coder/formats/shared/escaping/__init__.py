"""Texts made harmless for the format they go into: what anybody wrote is shown, never acted upon."""
