"""One folder a country, one module a source."""
