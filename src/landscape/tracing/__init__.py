"""From a figure back to the records, files, corrections and licences that it rests on."""

from landscape.tracing.area import find_area
from landscape.tracing.trace import Trace, trace

__all__ = ["Trace", "find_area", "trace"]
