"""From a notebook and its parameters to one self-contained HTML file."""
