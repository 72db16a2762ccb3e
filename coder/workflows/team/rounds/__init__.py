"""Rounds of coding: who codes which answers, blind or not, and how far they have come."""
