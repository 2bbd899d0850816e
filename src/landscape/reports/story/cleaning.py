"""The chapter on what cleaning found."""

from __future__ import annotations

import pandas as pd

from landscape.dictionaries import load_rules
from landscape.reports.blocks import Block
from landscape.reports.page import Page
from landscape.reports.reading import Reading

MOST_EXAMPLES = 2


def describe_cleaning(reading: Reading) -> list[str]:
    """How many rows were read, kept and rejected over all sources."""
    counts = reading.inventory.accounting[["rows_read", "rows_kept", "rows_rejected"]].sum()
    number = reading.language.number
    return [
        reading.language.text(
            "Rows read: {read}; kept: {kept}; left out, each with its reason: {rejected}.",
            read=number(int(counts["rows_read"])),
            kept=number(int(counts["rows_kept"])),
            rejected=number(int(counts["rows_rejected"])),
        ),
        reading.language.text("Nothing is corrected or left out without a line in the findings."),
    ]


def show_cleaning(page: Page, reading: Reading) -> list[Block]:
    """Row accounting by source, and the findings by rule with examples."""
    text = reading.language.text
    return [
        page.table(_accounting(reading), text("Rows read, kept and left out, by source")),
        page.table(_findings(reading), text("What was noticed, by rule")),
    ]


def _accounting(reading: Reading) -> pd.DataFrame:
    text = reading.language.text
    rows = reading.inventory.accounting
    titles = {i: c.title[reading.language.code] for i, c in reading.inventory.sources.items()}
    return pd.DataFrame(
        {
            text("Source"): rows["source_id"].map(titles),
            text("Read"): rows["rows_read"],
            text("Kept"): rows["rows_kept"],
            text("Left out"): rows["rows_rejected"],
        }
    )


def _findings(reading: Reading) -> pd.DataFrame:
    text = reading.language.text
    actions = word_actions(reading)
    rules = load_rules()
    titles = {i: c.title[reading.language.code] for i, c in reading.inventory.sources.items()}
    rows = []
    found = reading.inventory.findings
    for key, group in found.groupby(["source_id", "rule", "action"], sort=False):
        source, rule, action = (str(part) for part in key)
        examples = group["message"].head(MOST_EXAMPLES)
        rows.append(
            {
                text("Source"): titles[source],
                text("What was noticed"): rules[rule][reading.language.code],
                text("What was done"): actions[action],
                text("Rows"): len(group),
                text("Examples, as recorded"): " · ".join(
                    message.strip()[:90] for message in examples
                ),
            }
        )
    return pd.DataFrame(rows)


def word_actions(reading: Reading) -> dict[str, str]:
    """The words for what was done with a record."""
    text = reading.language.text
    return {
        "kept": text("kept"),
        "corrected": text("corrected"),
        "set_missing": text("set to missing"),
        "rejected": text("left out"),
    }
