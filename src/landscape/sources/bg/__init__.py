"""Official sources of Bulgaria."""
