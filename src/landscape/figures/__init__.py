"""Table in, figure out: maps and charts, no arithmetic."""
