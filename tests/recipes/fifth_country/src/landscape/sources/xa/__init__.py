"""Exampland, which does not exist: the fifth country of the recipe in CONTRIBUTING.md."""
