"""Area codes as text, with the zeros that spreadsheets lose."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc


def clean_codes(text: pd.Series, width: int = 0) -> pd.Series:
    """Codes without decimals, blanks or group marks, padded with zeros to ``width``.

    ``10,00`` and ``10.0`` are the code 10, ``179.132`` and ``179 132`` the code
    179132. Codes with letters (Corsica's 2A, EKATTE's VAR06) stay as they are.

    >>> clean_codes(pd.Series(["10,00", "1001.0", "2A004", "179.132"]), 5).tolist()
    ['00010', '01001', '2A004', '179132']
    """
    bare = text.fillna("").str.replace(r"\s", "", regex=True)
    bare = bare.str.replace(r"[.,]0{1,2}$", "", regex=True)
    grouped = bare.str.fullmatch(r"[0-9]{1,3}(?:[.,'’][0-9]{3})+")
    bare = bare.mask(grouped, bare.str.replace(r"[.,'’]", "", regex=True))
    return bare.where(bare == "", bare.str.zfill(width))


def among(values: pd.Series, known: pd.Series | Collection[str]) -> pd.Series:
    """Which of the texts are among those known; a missing one is not.

    ``Series.isin`` of pandas 3 makes a Python object of each text known, which
    takes longer than all the rest where a country has 35,000 areas.

    >>> among(pd.Series(["RO_1017", None]), {"RO_1017"}).tolist()
    [True, False]
    """
    text = pa.large_string()
    listed = known if isinstance(known, pd.Series) else list(known)
    found = pc.is_in(
        pa.array(values, type=text, from_pandas=True),
        value_set=pa.array(listed, type=text, from_pandas=True).drop_null(),
    )
    return pd.Series(np.asarray(found, dtype=bool), index=values.index)


def area_ids(country: str, codes: pd.Series) -> pd.Series:
    """Area ids in Eurostat's GISCO_ID form, ``RO_1017``; NA where the code is blank."""
    return (country + "_" + codes).where(codes.fillna("") != "")
