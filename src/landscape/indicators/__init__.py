"""Indicators: a catalogue, and one function for each entry of it."""
