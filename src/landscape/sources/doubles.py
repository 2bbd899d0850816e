"""Rows that a register lists twice, made one; both records stay as evidence."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd

from landscape.cleaning.duplicates import find_duplicates
from landscape.cleaning.text import map_distinct
from landscape.cleaning.wording import mend_common_words
from landscape.matching.normal_form import fold
from landscape.sources.contract import Ledger, join_records


def merge_doubles(
    frame: pd.DataFrame,
    ledger: Ledger,
    abbreviations: pd.DataFrame,
    *,
    kinds: pd.Series | None = None,
    by_street: bool = False,
) -> pd.DataFrame:
    """The frame with one row where two or more rows are the same service.

    ``frame`` has the columns of ``services`` and ``place``, the name of the
    town; ``kinds`` tells which local types may be one (default: only the same).
    ``by_street``: a point is that of a street, not of a house, so that rows
    typed alike to the letter may be two houses of it; they are doubtful.
    The row that came first stays; its ``record`` names all, its capacity is
    the larger or the only one, its ``opened`` the earliest. Findings:
    ``listed_twice`` for rows that went into another, ``figures_differ`` where
    their capacities do, ``perhaps_listed_twice`` for pairs to look at.
    """
    forms = _forms(frame, abbreviations)
    pairs = find_duplicates(
        forms.assign(local_type=frame["local_type"] if kinds is None else kinds)
    )
    if by_street and not pairs.empty:
        pairs["verdict"] = pairs["verdict"].mask(_typed_alike(frame, pairs), "doubtful")
    same, doubtful = (pairs[pairs["verdict"] == verdict] for verdict in ("same", "doubtful"))
    if not doubtful.empty:
        _tell_doubtful(frame, doubtful, ledger)
    return frame if same.empty else _merge(frame, same, ledger)


def _typed_alike(frame: pd.DataFrame, pairs: pd.DataFrame) -> pd.Series:
    """Whether the rows of a pair have the same name, provider and capacity, letter by letter."""
    texts = frame.set_index("record")[["name", "provider_name", "capacity"]].astype("object")
    one, other = (
        texts.loc[pairs[side]].reset_index(drop=True) for side in ("record_a", "record_b")
    )
    return ((one == other) | (one.isna() & other.isna())).all(axis=1)


def load_abbreviations(folder: Path) -> pd.DataFrame:
    """A country's ``abbreviations.csv``: ``pattern`` on folded text, ``replacement``."""
    return pd.read_csv(folder / "abbreviations.csv", dtype=str, keep_default_na=False)


def spell_out(texts: pd.Series, abbreviations: pd.DataFrame) -> pd.Series:
    """Names in normal form: folded, common words mended, abbreviations written out.

    What the rules make blank is gone: small words, endings, a register's own name.
    """
    rules = [
        (re.compile(pattern), replacement)
        for pattern, replacement in zip(
            abbreviations["pattern"].tolist(), abbreviations["replacement"].tolist(), strict=True
        )
    ]

    def form(text: str) -> str:
        for pattern, replacement in rules:
            text = pattern.sub(replacement, text)
        return " ".join(text.split())

    return map_distinct(mend_common_words(map_distinct(texts, fold)), form)


def _forms(frame: pd.DataFrame, abbreviations: pd.DataFrame) -> pd.DataFrame:
    blank = pd.Series("", index=frame.index)
    texts = {
        "name": frame["name"],
        "provider": frame.get("provider_name", blank),
        "place": frame["place"],
    }
    forms = {key: spell_out(text.fillna(""), abbreviations) for key, text in texts.items()}
    kept = frame[["record", "area_id", "lon", "lat", "position"]]
    return kept.assign(**forms, capacity=frame.get("capacity", pd.Series(pd.NA, index=frame.index)))


def _place_in_file(record: str) -> tuple[int, str]:
    number = re.search(r"\d+$", record)
    return (int(number.group()) if number else 0, record)


def _in_order(pairs: pd.DataFrame) -> pd.DataFrame:
    """``first`` and ``later`` of each pair as they stand in the file, and its ``score``."""
    records = zip(pairs["record_a"].tolist(), pairs["record_b"].tolist(), strict=True)
    ordered = [sorted(pair, key=_place_in_file) for pair in records]
    found = pd.DataFrame(ordered, columns=["first", "later"], dtype="str")
    return found.assign(score=pairs["score"].tolist())


def _tell_doubtful(frame: pd.DataFrame, pairs: pd.DataFrame, ledger: Ledger) -> None:
    """One finding a pair, at the record that comes later in the file."""
    rows = _in_order(pairs).merge(frame, left_on="later", right_on="record")
    message = (
        rows["name"] + ": see " + rows["first"] + rows["score"].map(", likeness {:.2f}".format)
    )
    ledger.note(rows, "perhaps_listed_twice", message, severity="warning")


def _merge(frame: pd.DataFrame, pairs: pd.DataFrame, ledger: Ledger) -> pd.DataFrame:
    """Each group of pairs, all of whose rows are the same service, as one row."""
    pairs = _in_order(pairs)
    first_key = pairs["first"].map(_place_in_file)
    nearest = pairs.loc[first_key.sort_values(kind="stable").index].drop_duplicates("later")
    into = frame["record"].map(nearest.set_index("later")["first"]).fillna(frame["record"])
    gone = into != frame["record"]
    names = frame.set_index("record")["name"]
    message = "the same service as " + into + ": " + into.map(names)
    ledger.note(frame[gone], "listed_twice", message, action="corrected")
    in_file = frame.loc[frame["record"].map(_place_in_file).sort_values(kind="stable").index]
    whole = in_file.groupby(into[in_file.index])
    merged = frame[~gone].copy()
    if "capacity" in frame:
        _tell_capacities(frame, into, ledger)
        merged["capacity"] = merged["record"].map(whole["capacity"].max()).astype("Float64")
    if "opened" in frame:
        merged["opened"] = merged["record"].map(whole["opened"].min())
    merged["record"] = merged["record"].map(whole["record"].agg(join_records))
    return merged


def _tell_capacities(frame: pd.DataFrame, into: pd.Series, ledger: Ledger) -> None:
    """A finding where the rows of one service differ in their places."""
    known = frame[frame["capacity"].notna()]
    groups = known.groupby(into[known.index])["capacity"]
    differ = groups.max() > groups.min()
    rows = frame[frame["record"].isin(differ.index[differ])]
    if rows.empty:
        return
    shown = rows["record"].map(
        groups.agg(lambda values: ", ".join(f"{v:g}" for v in sorted(values)))
    )
    largest = rows["record"].map(groups.max()).map("; {:g} used".format)
    ledger.note(rows, "figures_differ", "capacity: " + shown + largest, severity="warning")
