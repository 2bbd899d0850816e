"""What can be said of the data themselves: rows, findings, coverage, age, places, completeness."""
