"""Names of places, as people write them, to the areas that bear them.

`Gazetteer.build` reads what the areas of one country are called;
`match_names` and `match_counties` find each written name in it, or say why
not; `match_file` does so for a CSV file.
"""

from landscape.matching.files import NamesFileError, match_file
from landscape.matching.gazetteer import Gazetteer
from landscape.matching.match import match_counties, match_names
from landscape.matching.normal_form import NormalForm
from landscape.matching.rules import NameRules, load_rules

__all__ = [
    "Gazetteer",
    "NameRules",
    "NamesFileError",
    "NormalForm",
    "load_rules",
    "match_counties",
    "match_file",
    "match_names",
]
