"""Revising a codebook: plan, apply, take back."""
