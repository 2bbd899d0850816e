"""How often a provider's type is read rightly from its name, beside labels given by reading.

Run as ``python benchmarks/providers.py``. Two lists of organisations of
Romania's register of licensed social services were labelled by a reader who
did not see what the rules say. The rules were improved on the first list
(drawn by the first word of the name, so that rare kinds appear); the second
(drawn at random from the others) was labelled after that and says how well
the rules do on names that nobody looked at.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pandas as pd

from landscape.cleaning.providers import classify_providers
from landscape.paths import SOURCE_MODULES, project

LABELLED = project().root / "tests" / "sources" / "ro"
SAMPLES = {
    "rules improved on these": "provider_sample.csv",
    "not looked at before": "provider_sample_unseen.csv",
}


def compare_types(labelled: Path) -> pd.DataFrame:
    """One row a name: ``provider_name``, ``provider_type`` as labelled, ``found`` by the rules."""
    sample = pd.read_csv(labelled, dtype=str, keep_default_na=False)
    rules = pd.read_csv(SOURCE_MODULES / "ro" / "providers.csv", dtype=str)
    return sample.assign(found=classify_providers(sample["provider_name"], rules))


def describe(compared: pd.DataFrame) -> str:
    """Overall accuracy, recall and precision by type, the confusion, the names read wrongly."""
    right = compared["provider_type"] == compared["found"]
    by_type = pd.DataFrame(
        {
            "labelled": compared.groupby("provider_type").size(),
            "found": compared.groupby("found").size(),
            "right": compared[right].groupby("provider_type").size(),
        }
    )
    by_type = by_type.fillna(0).astype(int)
    by_type["recall"] = (by_type["right"] / by_type["labelled"]).round(3)
    by_type["precision"] = (by_type["right"] / by_type["found"]).round(3)
    confusion = pd.crosstab(compared["provider_type"], compared["found"])
    wrong = compared.loc[~right, ["provider_name", "provider_type", "found"]]
    return "\n\n".join(
        [
            f"{right.sum()} of {len(compared)} right ({right.mean():.1%})",
            by_type.to_string(),
            confusion.to_string(),
            "none wrong" if wrong.empty else wrong.to_string(index=False),
        ]
    )


def main() -> None:
    """Print both measurements."""
    for title, name in SAMPLES.items():
        sys.stdout.write(f"== {title} ({name})\n{describe(compare_types(LABELLED / name))}\n\n")


if __name__ == "__main__":
    main()
