"""How many orders of rows a source is tried in: a few in `make test`, more when asked for."""

import os

from hypothesis import HealthCheck, settings

#: Each example cleans a whole source twice; LANDSCAPE_THOROUGH=1 takes the longer form.
row_orders = settings(
    max_examples=25 if os.environ.get("LANDSCAPE_THOROUGH") == "1" else 3,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
