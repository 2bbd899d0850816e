"""Situating areas: peers, gaps, access, ranks and zones of innovation."""
