"""Which sources can tell who runs services."""

import pandas as pd

from landscape.compare.providers import compare_providers, select_telling_sources


def test_a_list_of_public_bodies_alone_does_not_tell_who_runs_services() -> None:
    rows = [
        ("xx/register", "association", "old_age", 2),
        ("xx/register", "municipality", "old_age", 1),
        ("xx/public_bodies", "municipality", "old_age", 50),
        ("xx/public_bodies", "county", "disability", 50),
        ("xx/public_bodies", "unknown", "disability", 50),
    ]
    columns = ["source_id", "provider_type", "function", "count"]
    services = pd.DataFrame(rows, columns=columns).assign(closed=None)
    assert select_telling_sources(services)["source_id"].unique().tolist() == ["xx/register"]
    assert compare_providers(services).loc["old_age"].to_dict() == {
        "association": 2,
        "municipality": 1,
    }
    assert compare_providers(services[services["source_id"] == "xx/public_bodies"]).empty
