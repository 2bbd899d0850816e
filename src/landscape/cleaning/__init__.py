"""Pure functions that turn what offices publish into text, numbers and codes."""
