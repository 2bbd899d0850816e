"""Skeletons of what is added to the project: they stop with a plain line until filled in."""
