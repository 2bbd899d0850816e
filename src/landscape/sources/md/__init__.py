"""Official sources of Moldova."""
