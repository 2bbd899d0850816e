"""Area codes as text, with the zeros that spreadsheets lose."""

from __future__ import annotations

import pandas as pd


def clean_codes(text: pd.Series, width: int = 0) -> pd.Series:
    """Codes without decimals, blanks or group marks, padded with zeros to ``width``.

    ``10,00`` and ``10.0`` are the code 10. Codes with letters (Corsica's 2A,
    EKATTE's VAR06) stay as they are.

    >>> clean_codes(pd.Series(["10,00", "1001.0", "2A004"]), 5).tolist()
    ['00010', '01001', '2A004']
    """
    bare = text.fillna("").str.strip().str.replace(r"[.,]0+$", "", regex=True)
    return bare.where(bare == "", bare.str.zfill(width))


def area_ids(country: str, codes: pd.Series) -> pd.Series:
    """Area ids in Eurostat's GISCO_ID form, ``RO_1017``; NA where the code is blank."""
    return (country + "_" + codes).where(codes.fillna("") != "")
