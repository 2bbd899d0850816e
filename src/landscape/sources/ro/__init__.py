"""Official sources of Romania."""
