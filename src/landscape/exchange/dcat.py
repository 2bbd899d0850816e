"""A catalogue of the exports in DCAT-AP, as JSON-LD: a dataset a country, its distributions.

Addresses are relative to the catalogue, so that the folder can be put on any
site whole. Publisher and contact are those of whoever publishes it.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from landscape.exchange.datapackage import DESCRIPTOR, licence_of
from landscape.exchange.sharing import Edition
from landscape.exchange.writing import MANIFEST, exported_files, standard, write_json
from landscape.provenance import SourceCard
from landscape.yaml_files import read_mapping

CATALOGUE = "catalogue.jsonld"
AUTHORITY = "http://publications.europa.eu/resource/authority"
MEDIA_TYPES = "https://www.iana.org/assignments/media-types"
Node = dict[str, Any]


def write_catalogue(
    editions: list[Edition], out: Path, forms: list[str], publisher: str, contact: str
) -> Path:
    """Write ``catalogue.jsonld`` into ``out``, of what is exported there; returns its path.

    ``contact`` is an e-mail address or the address of a page; blank: none is
    given. A blank ``publisher`` says that one is to be named.
    """
    words = _words()
    agent = {"@type": "foaf:Agent", "foaf:name": publisher or words["open"]["publisher"]}
    datasets = [_dataset(edition, out, forms, agent, contact) for edition in editions]
    days = [dataset["dct:modified"] for dataset in datasets]
    content = {
        "@context": words["context"],
        "@id": "#catalogue",
        "@type": "dcat:Catalog",
        "dct:title": _in_languages(words["catalogue"]["title"]),
        "dct:description": _in_languages(words["catalogue"]["description"]),
        "dct:publisher": agent,
        "dct:language": [f"{AUTHORITY}/language/{code}" for code in words["languages"].values()],
        "dct:modified": max(days),
        "dcat:dataset": datasets,
    }
    write_json(out / CATALOGUE, content)
    return out / CATALOGUE


@lru_cache
def _words() -> dict[str, Any]:
    return read_mapping(Path(__file__).with_suffix(".yml"))


def _in_languages(words: dict[str, str]) -> list[dict[str, str]]:
    return [{"@value": text, "@language": code} for code, text in words.items()]


def _dataset(
    edition: Edition, out: Path, forms: list[str], agent: Node, contact: str
) -> dict[str, Any]:
    words, country = _words(), edition.inventory.country
    cards = edition.inventory.sources
    title = words["catalogue"]["title"]
    titles = {code: f"{country.name[code]} – {text}" for code, text in title.items()}
    dataset: Node = {
        "@id": f"#{country.code}",
        "@type": "dcat:Dataset",
        "dct:identifier": f"landscape-{country.code}",
        "dct:title": _in_languages(titles),
        "dct:description": _in_languages(words["catalogue"]["description"]),
        "dct:publisher": agent,
        "dcat:theme": words["theme"],
        "dct:modified": max(card.retrieved_on for card in cards.values()).isoformat(),
        "dct:source": [_source(name, card) for name, card in cards.items()],
        "dcat:distribution": _distributions(edition, out, forms),
    }
    if country.iso3:
        dataset["dct:spatial"] = f"{AUTHORITY}/country/{country.iso3}"
    if contact:
        key = "vcard:hasEmail" if "@" in contact else "vcard:hasURL"
        address = f"mailto:{contact}" if "@" in contact else contact
        dataset["dcat:contactPoint"] = {"@type": "vcard:Kind", key: {"@id": address}}
    return dataset


def _source(name: str, card: SourceCard) -> Node:
    """What the dataset rests on: title, producer, licence and page of one official source."""
    return {
        "@type": "dcat:Dataset",
        "dct:identifier": name,
        "dct:title": _in_languages(card.title),
        "dct:description": card.citation,
        "dct:publisher": {"@type": "foaf:Agent", "foaf:name": card.producer},
        "dct:license": _licence(card),
        "dcat:landingPage": card.url,
    }


def _licence(card: SourceCard) -> Node:
    """The licence document; it has an address where the licence has one of its own."""
    known = licence_of(card)
    has_page = "name" in known and "path" in known
    document: Node = {"@type": "dct:LicenseDocument", "dct:title": card.licence}
    return {"@id": known["path"], **document} if has_page else document


def _distributions(edition: Edition, out: Path, forms: list[str]) -> list[Node]:
    """One distribution an exported form: what it is entered by, its standard and its licences."""
    found = []
    for form in forms:
        folder = out / edition.code / form
        if not (folder / MANIFEST).exists():
            continue
        entry, opened = standard(form), _opened(folder)
        kind = _words()["media_types"][opened.suffix[1:]]
        found.append(
            {
                "@id": f"#{edition.code}-{form}",
                "@type": "dcat:Distribution",
                "dct:title": f"{edition.inventory.country.name['en']}: {entry['title']}",
                "dcat:accessURL": opened.relative_to(out).as_posix(),
                "dcat:mediaType": f"{MEDIA_TYPES}/{kind}",
                "dct:conformsTo": entry["url"],
                "dct:license": [_licence(card) for card in _different(edition)],
            }
        )
    return found


def _different(edition: Edition) -> list[SourceCard]:
    """One source for each different licence."""
    return list({card.licence: card for card in edition.inventory.sources.values()}.values())


def _opened(folder: Path) -> Path:
    """The file by which one enters an export: its descriptor, else its first file."""
    descriptor = folder / DESCRIPTOR
    return descriptor if descriptor.exists() else exported_files(folder)[0]
