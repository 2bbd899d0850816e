"""A code location for Dagster: ``dagster dev`` in the project's folder finds it.

Assets ``tables``, ``indicators`` and ``reports``, a partition a country, a
schedule a country; the data checks are shown as asset checks. For those who run
Dagster already: it calls what ``landscape tables`` and ``landscape run`` call,
and needs the extra ``dagster``.
"""

from landscape.orchestration.location import definitions

__all__ = ["definitions"]
