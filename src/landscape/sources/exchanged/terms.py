"""Terms of other taxonomies and what they mean here: data, one mapping a source.

A mapping is a CSV beside the country's module, with the columns ``taxonomy``,
``code``, ``column`` and ``value``:

    taxonomy,code,column,value
    ESSPROS functions,old_age,function,old_age     this term means that function
    Types of homes,*,local_type,                   any code: the code itself
    landscape facts,capacity,capacity,             the value of the attribute
    thematiques,*,,                                known, and of no meaning here
    *,*,setting,day_outreach                       where no term told the setting

A blank value stands for the attribute's own value, or where it has none, for
the term's code. Of several terms that tell one column, the one that stands
first in the mapping is followed. A term that the mapping does not know stops
the source.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from landscape.errors import SourceError
from landscape.schemas import DELIVERIES, FUNCTIONS, POSITIONS, PROVIDERS, SETTINGS
from landscape.sources.contract import Context

ANY = "*"
#: Columns that a mapping may tell, with the codes that they allow; None: any text.
COLUMNS: dict[str, tuple[str, ...] | None] = {
    "function": FUNCTIONS,
    "setting": SETTINGS,
    "local_type": None,
    "provider_type": PROVIDERS,
    "delivery": DELIVERIES,
    "position": POSITIONS,
    "provider_name": ("withheld",),  # the provider is a person, or is not named
    "state": ("closed",),  # the service is no more
    "capacity": None,
    "year": None,
    "opened": None,
    "closed": None,
}
#: Characters that part the terms of a row, and the parts of a term.
_BETWEEN, _WITHIN = "\n", "\t"


def write_terms(terms: pd.DataFrame, index: pd.Index) -> pd.Series:
    """Terms (``row``, ``taxonomy``, ``code``, ``value``) as one text a row of the index."""
    terms = terms[terms["code"] != ""]
    parts = [
        terms[part].str.replace(r"\s+", " ", regex=True) for part in ("taxonomy", "code", "value")
    ]
    lines = parts[0] + _WITHIN + parts[1] + _WITHIN + parts[2]
    joined = lines.groupby(terms["row"]).agg(_BETWEEN.join)
    return joined.reindex(index).fillna("").astype("str")


def tell_columns(terms: pd.Series, mapping: pd.DataFrame, context: Context) -> pd.DataFrame:
    """What the terms of each row mean: the columns of ``COLUMNS``, NA where nothing is told.

    Raises SourceError naming terms that the mapping does not know.
    """
    long = _long(terms)
    ranked = mapping.assign(rank=range(len(mapping)))
    exact = long.merge(ranked, on=["taxonomy", "code"], how="inner")
    loose = ranked[(ranked["code"] == ANY) & (ranked["taxonomy"] != ANY)].drop(columns="code")
    rest = long[~long["term"].isin(exact["term"])].merge(loose, on="taxonomy", how="left")
    _require_known(rest, context)
    told = pd.concat([exact, rest]).sort_values(["row", "rank"], kind="stable")
    told = told[told["column"] != ""].drop_duplicates(["row", "column"])
    own = told["given"].mask(told["given"] == "", told["code"])
    told["means"] = told["value"].mask(told["value"] == "", own)
    wide = told.pivot_table(index="row", columns="column", values="means", aggfunc="first")
    found = wide.reindex(index=terms.index, columns=list(COLUMNS))
    for default in mapping[mapping["taxonomy"] == ANY].itertuples():
        found[default.column] = found[default.column].fillna(str(default.value))
    _require_codes(found, context)
    return found.astype("str")


def _long(terms: pd.Series) -> pd.DataFrame:
    """One row a term: row, term (its number), taxonomy, code, given."""
    lines = terms[terms != ""].str.split(_BETWEEN).explode()
    parts = lines.str.split(_WITHIN, expand=True).reindex(columns=range(3)).fillna("")
    return pd.DataFrame(
        {
            "row": lines.index,
            "term": range(len(lines)),
            "taxonomy": parts[0].to_numpy(),
            "code": parts[1].to_numpy(),
            "given": parts[2].to_numpy(),
        }
    )


def load_meanings(path_of_module: str, context: Context) -> pd.DataFrame:
    """The mapping beside a module; SourceError where it is missing or tells unknown columns."""
    path = Path(path_of_module).with_suffix(".csv")
    try:
        mapping = pd.read_csv(path, dtype=str, keep_default_na=False)
    except FileNotFoundError:
        raise SourceError(f"{context.source_id}: mapping {path.name} is missing") from None
    lacking = [name for name in ("taxonomy", "code", "column", "value") if name not in mapping]
    if lacking:
        raise SourceError(f"{context.source_id}: {path.name} has no column {', '.join(lacking)}")
    unknown = sorted(set(mapping["column"]) - set(COLUMNS) - {""})
    if unknown:
        raise SourceError(
            f"{context.source_id}: {path.name}: no column {', '.join(unknown)}; "
            f"choose among {', '.join(COLUMNS)}"
        )
    return mapping


def _require_known(rest: pd.DataFrame, context: Context) -> None:
    lost = rest[rest["rank"].isna()].drop_duplicates(["taxonomy", "code"])
    if not lost.empty:
        named = [f"{row.taxonomy} / {row.code}" for row in lost.head(5).itertuples()]
        raise SourceError(
            f"{context.source_id}: not in the mapping: {'; '.join(named)} ({len(lost)} such); "
            "add them to the CSV beside the source module"
        )


def _require_codes(found: pd.DataFrame, context: Context) -> None:
    for column, codes in COLUMNS.items():
        strange = set(found[column].dropna()) - set(codes) if codes is not None else set()
        if strange:
            raise SourceError(
                f"{context.source_id}: {column} {sorted(strange)[0]!r} is not one of "
                f"{', '.join(codes or ())}; correct the CSV beside the source module"
            )
