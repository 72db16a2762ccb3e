"""Coding an answer: each key press as one durable step."""
