"""Official sources of France."""
