"""Assets, the job that makes all of a country's, and its schedules.

Annotations stay objects here (no ``from __future__``): Dagster looks at them.
"""

from collections.abc import Iterator
from dataclasses import replace

import dagster as dg

from landscape.build import WORKBOOKS, build_country
from landscape.errors import LandscapeError
from landscape.inventory import Inventory, load
from landscape.orchestration.checks import CHECKS, check_edition
from landscape.paths import project
from landscape.reports.schedule import Run, Summary, run_schedule
from landscape.sources.registry import countries

#: The fifth day of each quarter, an hour a country: in one folder runs exclude each other.
CRON = "0 {hour} 5 1,4,7,10 *"
FIRST_HOUR, HOURS = 3, 24
#: Reports made at once by the asset.
JOBS = 2

COUNTRIES = dg.StaticPartitionsDefinition(list(countries()))
#: For what passes by itself: a disk that is full for an hour, another run in the folder.
RETRY = dg.RetryPolicy(max_retries=3, delay=60, backoff=dg.Backoff.EXPONENTIAL)

TABLES, INDICATORS, REPORTS = (dg.AssetKey(name) for name in ("tables", "indicators", "reports"))


@dg.multi_asset(
    name="edition",
    specs=[
        dg.AssetSpec(TABLES, description="Cleaned, checked tables of a country, as parquet."),
        dg.AssetSpec(
            INDICATORS, deps=[TABLES], description="Values with interval, coverage and year."
        ),
    ],
    check_specs=[
        dg.AssetCheckSpec(name, asset=dg.AssetKey(check.asset), description=check.says)
        for name, check in CHECKS.items()
    ],
    partitions_def=COUNTRIES,
    retry_policy=RETRY,
)
def edition(
    context: dg.AssetExecutionContext,
) -> Iterator[dg.MaterializeResult[None] | dg.AssetCheckResult]:
    """Tables and indicators of a country: written together, so that they never disagree."""
    code, home = context.partition_key, project()
    returned = home.raw / WORKBOOKS
    workbooks = returned if returned.is_dir() else None
    try:
        line = build_country(
            code, home.raw, home.raw, home.processed, context.log.info, workbooks=workbooks
        )
    except LandscapeError as error:
        raise _lasting(error) from error
    inventory = load(code)
    yield dg.MaterializeResult(
        asset_key=TABLES,
        metadata={"edition": inventory.edition, "told": line, "rows": inventory.manifest["rows"]},
    )
    values = len(inventory.indicators)
    yield dg.MaterializeResult(asset_key=INDICATORS, metadata={"values": values})
    yield from _results(inventory)


def _results(inventory: Inventory) -> Iterator[dg.AssetCheckResult]:
    for name, faults in check_edition(inventory).items():
        check = CHECKS[name]
        severity = dg.AssetCheckSeverity.ERROR if check.is_error else dg.AssetCheckSeverity.WARN
        yield dg.AssetCheckResult(
            passed=not faults,
            asset_key=dg.AssetKey(check.asset),
            check_name=name,
            severity=severity,
            metadata={"count": len(faults), "first": faults[:10]},
        )


@dg.asset(key=REPORTS, deps=[TABLES, INDICATORS], partitions_def=COUNTRIES, retry_policy=RETRY)
def reports(context: dg.AssetExecutionContext) -> dg.MaterializeResult[None]:
    """The country's reports of the plan's first edition, those that are missing or out of date."""
    home = project()
    run = Run(home.notebooks, home.processed, home.reports, jobs=JOBS)
    summary = run_schedule(replace(run, country=context.partition_key))
    for each in summary.made:
        context.log.info(f"{each.name}: {each.seconds:.1f} s, {each.why}")
    if summary.failed:
        lines = "\n".join(f"{each.name}: {each.error}" for each in summary.failed)
        # What may pass by itself was tried again already; the others are there.
        raise dg.Failure(lines, metadata=_told(summary), allow_retries=False)
    return dg.MaterializeResult(metadata=_told(summary))


def _told(summary: Summary) -> dict[str, int | str]:
    return {
        "made": len(summary.made),
        "up_to_date": len(summary.unchanged),
        "failed": len(summary.failed),
        "index": str(summary.index),
    }


def _lasting(error: LandscapeError) -> dg.Failure:
    """A wrong input stays wrong, however often it is read."""
    return dg.Failure(str(error), allow_retries=False)


country_edition = dg.define_asset_job("country_edition", selection=dg.AssetSelection.all())


def _schedule(code: str, hour: int) -> dg.ScheduleDefinition:
    @dg.schedule(
        name=f"quarterly_{code.lower()}",
        job=country_edition,
        cron_schedule=CRON.format(hour=hour),
        description=f"The edition of {code}, every quarter.",
    )
    def every_quarter() -> dg.RunRequest:
        return dg.RunRequest(partition_key=code)

    return every_quarter


definitions = dg.Definitions(
    assets=[edition, reports],
    jobs=[country_edition],
    schedules=[
        _schedule(code, (FIRST_HOUR + place) % HOURS) for place, code in enumerate(countries())
    ],
)
