"""Imported once by the server of forks: what every report needs, and the tables of a run."""

from __future__ import annotations

from contextlib import suppress

import landscape.reports.child
import landscape.reports.exhibits
import landscape.reports.portrait
import landscape.reports.preload
import landscape.reports.story
import landscape.reports.story.governance
import landscape.reports.story.profile
import landscape.reports.story.quality
from landscape.indicators.catalogue import load_catalogue
from landscape.reports.assets import AssetError
from landscape.reports.export import warm_export

__all__ = ["landscape"]

load_catalogue()
with suppress(AssetError):  # told by the report that needs it
    warm_export()
