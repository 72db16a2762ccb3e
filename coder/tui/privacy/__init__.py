"""Deciding on what gives people away in answers, one place after the other."""
