"""Encodings, delimiters and printed layouts: known answers, and what holds for any text."""

import csv
import doctest
import io

import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from landscape.cleaning import decoding, delimited, formulas, layout

ROMANIAN = "Târgu Mureş, Ploieşti, Constanţa, Brăila, Întorsura Buzăului"
BULGARIAN = "Велико Търново, Ямбол, Столична община, Щръклево"
FRENCH = "Évry, Nîmes, L’Haÿ-les-Roses, Besançon, Œuilly".replace("Œ", "Oe").replace("’", "'")
BEYOND_ASCII = sorted(decoding.LETTERS["ro"] | decoding.LETTERS["bg"])
CELL = st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=12)


@pytest.mark.parametrize(
    "module", [decoding, delimited, formulas, layout], ids=lambda m: m.__name__
)
def test_examples(module) -> None:
    found = doctest.testmod(module)
    assert found.attempted and not found.failed


@pytest.mark.parametrize(
    ("text", "language", "encoding"),
    [
        *((ROMANIAN, "ro", encoding) for encoding in ("cp1250", "iso8859_2", "iso8859_16")),
        (BULGARIAN, "bg", "cp1251"),
        *((FRENCH, "fr", encoding) for encoding in ("cp1252", "latin_1", "iso8859_15")),
        *((t, c, e) for t, c in ((ROMANIAN, "ro"), (BULGARIAN, "bg"), (FRENCH, "fr"))
          for e in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be")),
    ],
)  # fmt: skip
def test_an_encoding_is_known_by_the_letters_of_the_language(
    text: str, language: str, encoding: str
) -> None:
    comma = text.translate(str.maketrans("şţ", "șț")) if encoding == "iso8859_16" else text
    decoded = decoding.decode_text(comma.encode(encoding), language)
    assert decoding.comma_below(decoded.text) == decoding.comma_below(text)
    assert decoded.is_sure


@pytest.mark.parametrize("raw", [BULGARIAN.encode("cp1251"), BULGARIAN.encode("koi8_u")])
def test_bytes_of_another_alphabet_are_not_sure(raw: bytes) -> None:
    assert not decoding.decode_text(raw, "ro").is_sure
    assert not decoding.decode_text(raw).is_sure


@pytest.mark.parametrize("raw", [b"\0\1\2", b"\xff\xfea", b"\xef\xbb\xbf\xff", b"a\0b"])
def test_what_is_no_text_is_refused(raw: bytes) -> None:
    with pytest.raises(ValueError, match=r"not a text file|does not go on so"):
        decoding.decode_certain(raw)


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1))
def test_unicode_comes_back_as_it_was(text: str) -> None:
    for encoding in ("utf-8", "utf-8-sig"):
        decoded = decoding.decode_certain(text.lstrip("\ufeff").encode(encoding))
        assert decoded is not None and decoded.text == text.lstrip("\ufeff")


@given(
    st.text(st.sampled_from(sorted(decoding.LETTERS["ro"] | decoding.LETTERS["bg"])), min_size=3)
)
def test_letters_encoded_twice_are_told_and_plain_ones_never(text: str) -> None:
    assert not decoding.is_twice_encoded(text)
    assert decoding.is_twice_encoded(text.encode().decode("latin_1"))


@given(
    st.integers(2, 5).flatmap(
        lambda n: st.lists(st.lists(CELL, min_size=n, max_size=n), min_size=2, max_size=6)
    ),
    st.sampled_from(delimited.DELIMITERS),
)
def test_rows_written_are_the_rows_read(rows: list[list[str]], delimiter: str) -> None:
    assume(all(row[-1].strip() for row in rows))
    written = io.StringIO()
    csv.writer(written, delimiter=delimiter).writerows(rows)
    assert delimited.parse_rows(written.getvalue(), delimiter) == rows


@given(st.lists(st.sampled_from(["", "Alba", "Arad"])))
def test_filling_down_changes_no_text_and_is_done_once(cells: list[str]) -> None:
    filled = layout.fill_down(pd.Series(cells, dtype="str"))
    assert [f for f, c in zip(filled, cells, strict=True) if c] == [c for c in cells if c]
    assert layout.fill_down(filled).tolist() == filled.tolist()


def test_names_that_jump_a_level_are_refused() -> None:
    with pytest.raises(ValueError, match="not indented level by level"):
        layout.levels_by_indent(pd.Series(["Alba", "    Aiud", "  Blaj"]))


def test_a_header_that_is_not_there_once_is_refused() -> None:
    rows = pd.DataFrame([["Code"], ["Code"]])
    with pytest.raises(ValueError, match="2 rows hold the headers"):
        layout.find_header(rows, ["Code"])
