"""What the figures say, in sentences: one fact each, with unit, year and how sure we are."""
