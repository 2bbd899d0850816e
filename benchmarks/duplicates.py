"""How well services that are listed twice are found, and how seldom two services are made one.

Run as ``python benchmarks/duplicates.py``. Two measures, both of what the
source modules give in the end, merged rows and findings:

- pairs of Romania's register of social services and of the French list of
  France services, labelled by reading them (``tests/data/duplicate_pairs.csv``):
  ``double``, ``distinct``, or ``unclear`` where the published row does not say.
  They were drawn by likeness of names and by distance, and labelled before the
  rules were written; the rules were mended on them since.
- planted doubles: real rows added again, typed as another clerk would: an
  error in a word, other diacritics, abbreviations, 100 m away, without the
  number of places, or several of these. Each copy should be merged with its
  own row and with no other.
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from functools import cache

import numpy as np
import pandas as pd
from official_tables import SHARED, official_context
from retyping import DRESSES, plant_doubles

from landscape.paths import project
from landscape.provenance import open_raw_folder
from landscape.sources.contract import Cleaned, Context
from landscape.sources.registry import source_module

LABELLED = project().root / "tests" / "data" / "duplicate_pairs.csv"
SOURCES = ("ro/social_services", "fr/france_services")
PLANTED = 100


@dataclass(frozen=True)
class Official:
    """One source read from the official file, and what it is cleaned with."""

    source_id: str
    frame: pd.DataFrame
    context: Context

    def clean(self, frame: pd.DataFrame) -> Cleaned:
        """What the source module makes of the frame."""
        code, name = self.source_id.split("/")
        cleaned: Cleaned = source_module(code.upper(), name).clean(frame, self.context)
        return cleaned


@cache
def official(source_id: str) -> Official:
    """The source with the areas of its country."""
    folder = open_raw_folder(SHARED, source_id, project().raw)
    code, name = source_id.split("/")
    frame = source_module(code.upper(), name).read(folder)
    return Official(source_id, frame, official_context(source_id))


def found_pairs(cleaned: Cleaned) -> dict[frozenset[str], str]:
    """``same`` for the records of one row, ``doubtful`` for the pairs of findings."""
    findings = cleaned.findings
    pairs = {}
    for row in findings[findings["rule"] == "perhaps_listed_twice"].itertuples():
        other = re.search(r": see (.+), likeness", row.message)
        pairs[frozenset((row.record, other.group(1)))] = "doubtful"
    for record in cleaned.tables["services"]["record"]:
        parts = record.split(", ")
        pairs |= {frozenset((a, b)): "same" for a in parts for b in parts if a < b}
    return pairs


@cache
def compare_labelled(source_id: str) -> pd.DataFrame:
    """The labelled pairs of a source with the verdict found: ``same``, ``doubtful``, ``apart``."""
    sample = pd.read_csv(LABELLED, dtype=str, keep_default_na=False)
    sample = sample[sample["source_id"] == source_id]
    source = official(source_id)
    pairs = found_pairs(source.clean(source.frame))
    keys = [frozenset(k) for k in zip(sample["record_a"], sample["record_b"], strict=True)]
    return sample.assign(verdict=[pairs.get(key, "apart") for key in keys])


@cache
def compare_planted(source_id: str) -> tuple[pd.DataFrame, int]:
    """Each planted row with its dress and verdict, and how many wrong merges they caused."""
    source = official(source_id)
    planted = plant_doubles(source.frame, PLANTED, np.random.default_rng(2016))
    before = found_pairs(source.clean(source.frame))
    after = found_pairs(source.clean(pd.concat([source.frame, planted], ignore_index=True)))
    keys = [frozenset(k) for k in zip(planted["record"], planted["planted_from"], strict=True)]
    verdicts = planted.assign(verdict=[after.get(key, "apart") for key in keys])
    merged = {pair for pair, verdict in after.items() if verdict == "same"}
    wrong = [pair for pair in merged - set(keys) if not _explained(pair, planted, before)]
    return verdicts, len(wrong)


def _explained(
    pair: frozenset[str], planted: pd.DataFrame, before: dict[frozenset[str], str]
) -> bool:
    """Whether the pair was merged without the planted rows, too: these stand for their own."""
    own = planted.set_index("record")["planted_from"]
    return before.get(frozenset(own.get(record, record) for record in pair)) == "same"


def describe(source_id: str) -> str:
    """Verdicts by label, precision and recall of both measures."""
    labelled = compare_labelled(source_id)
    planted, wrong = compare_planted(source_id)
    merged, doubles = labelled["verdict"] == "same", labelled["label"] == "double"
    recall = pd.crosstab(planted["dress"], planted["verdict"]).reindex(DRESSES, fill_value=0)
    right = (planted["verdict"] == "same").sum()
    return "\n\n".join(
        [
            pd.crosstab(labelled["label"], labelled["verdict"]).to_string(),
            f"labelled: {(merged & doubles).sum()} of {merged.sum()} merged pairs are doubles, "
            f"{(merged & (labelled['label'] == 'distinct')).sum()} are two services; "
            f"{(merged & doubles).sum()} of {doubles.sum()} doubles are merged, "
            f"{(doubles & (labelled['verdict'] == 'doubtful')).sum()} more are told",
            recall.to_string(),
            f"planted: {right} of {len(planted)} merged ({right / len(planted):.1%}), "
            f"{(planted['verdict'] == 'doubtful').sum()} more told; {wrong} wrong merges "
            f"(precision {right / (right + wrong):.1%})",
        ]
    )


def main() -> None:
    """Print both measures of both sources."""
    for source_id in SOURCES:
        sys.stdout.write(f"== {source_id}\n{describe(source_id)}\n\n")


if __name__ == "__main__":
    main()
