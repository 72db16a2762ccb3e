"""Finders of what gives people away in answers: a module each, one shape (`finder.Finder`)."""
