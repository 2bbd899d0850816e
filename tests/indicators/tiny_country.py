"""A tiny country, made by hand: two counties, five municipalities, every trap planted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

import pandas as pd

from landscape.indicators.catalogue import InCountry, Indicator, Input
from landscape.indicators.inputs import CountryData

Compute = Callable[..., pd.DataFrame]
WORDS = dict.fromkeys(("en", "fr", "ro", "bg"), "word")
AREAS = {
    # area_id: level, parent, population, lon, lat
    "XX": ("country", None, 20_000, None, None),
    "XX_N": ("county", "XX", 10_000, 25.0, 46.0),
    "XX_S": ("county", "XX", 10_000, 25.0, 44.0),
    "XX_N1": ("municipality", "XX_N", 1_000, 25.0, 46.0),
    "XX_N2": ("municipality", "XX_N", 3_000, 25.0, 46.1),
    "XX_N3": ("municipality", "XX_N", 6_000, 25.0, 46.2),
    "XX_S1": ("municipality", "XX_S", 2_000, 25.0, 44.0),
    "XX_S2": ("municipality", "XX_S", 8_000, 25.0, 44.1),
}


@dataclass(frozen=True)
class Country:
    """What is known of the tiny country; ``with_...`` give a changed copy."""

    areas: dict[str, tuple] = field(default_factory=lambda: dict(AREAS))
    observations: tuple[tuple, ...] = ()  # area_id, variable, year, value, status
    services: tuple[dict, ...] = ()
    exhaustive: tuple[str, ...] = ("xx/register",)

    def with_area(self, area_id: str, *facts: object) -> Country:
        return replace(self, areas={**self.areas, area_id: facts})

    def knows(self, variable: str, year: int, **values: object) -> Country:
        """With a variable; a value is a number, None (missing) or (number, status)."""
        rows = []
        for area_id, told in values.items():
            value, status = (
                told if isinstance(told, tuple) else (told, "M" if told is None else "A")
            )
            rows.append((area_id, variable, year, value, status))
        return replace(self, observations=(*self.observations, *rows))

    def serves(self, area_id: str, **facts: object) -> Country:
        return replace(self, services=(*self.services, {"area_id": area_id, **facts}))

    def silent_means_unknown(self) -> Country:
        return replace(self, exhaustive=())

    def data(self, seed: int | None = None) -> CountryData:
        """The arranged tables; a seed shuffles the rows of all of them."""
        areas = pd.DataFrame.from_dict(
            self.areas, orient="index", columns=["level", "parent_id", "population", "lon", "lat"]
        )
        areas = areas.rename_axis("area_id").assign(country="XX").astype(AREA_TYPES)
        rows = pd.DataFrame(
            self.observations, columns=["area_id", "variable", "year", "value", "status"]
        ).assign(source_id="xx/office")
        rows["level"] = rows["area_id"].map(areas["level"])
        services = service_rows(self.services)
        unplaced = services.loc[services["position"] == "none", ["source_id", "area_id"]]
        tables = [areas, rows.astype(OBSERVATION_TYPES), services, unplaced.drop_duplicates()]
        if seed is not None:
            tables = [table.sample(frac=1, random_state=seed) for table in tables]
        areas, rows, services, unplaced = tables
        return CountryData(areas, rows, services, frozenset(self.exhaustive), unplaced)


AREA_TYPES = {"population": "Float64", "lon": "Float64", "lat": "Float64", "parent_id": "str"}
OBSERVATION_TYPES = {"value": "Float64", "year": "Int64"}
SERVICE = {
    "count": 1,
    "function": "old_age",
    "setting": "day_outreach",
    "provider_type": "municipality",
    "capacity": None,
    "lon": None,
    "lat": None,
    "position": "municipality",
    "closed": None,
    "year": 2020,
    "source_id": "xx/register",
}
SERVICE_TYPES = {"count": "Int64", "capacity": "Float64", "lon": "Float64", "lat": "Float64"}


def service_rows(services: tuple[dict, ...]) -> pd.DataFrame:
    rows = [{**SERVICE, **service} for service in services]
    return pd.DataFrame(rows, columns=["area_id", *SERVICE]).astype(SERVICE_TYPES)


def entry(layer: str, function: str, **inputs: dict) -> Indicator:
    """A catalogue entry for the tiny country."""
    topics = {
        "territory": "population",
        "needs": "age",
        "resources": "staff",
        "services": "services",
    }
    return Indicator(
        name=function,
        function=function,
        layer=layer,
        topic=topics[layer],
        theme="general",
        title=WORDS,
        unit=WORDS,
        decimals=1,
        direction="neutral",
        inputs={name: Input(**spec) for name, spec in inputs.items()},
        countries={"XX": InCountry(grade="A", counted=WORDS)},
    )


STAFF = entry(
    "resources",
    "staff_per_1000",
    posts={"variable": "posts_filled"},
    population={"variable": "population", "year": "nearest"},
)
OLD = entry(
    "needs",
    "aged_65_over",
    old={"variable": "population_aged_65_over"},
    population={"variable": "population_with_known_age", "year": "nearest"},
)
CHANGE = entry(
    "territory",
    "population_change",
    last={"variable": "population"},
    first={"variable": "population", "year": "earliest"},
)
WAGE = entry("needs", "net_wage", wage={"variable": "net_wage"})
SERVICES = entry(
    "services",
    "services_per_10000",
    services={"services": ["xx/register"]},
    population={"variable": "population", "year": "nearest"},
)
PLACES = entry(
    "services",
    "places_per_10000",
    places={"services": ["xx/register"], "measure": "capacity"},
    establishments={"services": ["xx/register"]},
    population={"variable": "population", "year": "nearest"},
)
BY_ASSOCIATIONS = entry(
    "services",
    "association_share",
    by_associations={"services": ["xx/register"], "provider_type": ["association"]},
    services={"services": ["xx/register"], "provider_type": ["association", "municipality"]},
)
DISTANCE = entry(
    "services",
    "distance_to_service_km",
    distance={"services": ["xx/register"], "measure": "distance"},
)
ALL = (STAFF, OLD, CHANGE, WAGE, SERVICES, PLACES, BY_ASSOCIATIONS, DISTANCE)
