"""Stands for the translator: the English words are written where Italian ones belong."""

import yaml

from landscape.language import LOCALES
from landscape.paths import project
from landscape.reports.messages import read_catalog, write_catalog
from landscape.reports.words_in_yaml import find_words, find_yaml_gaps, yaml_files
from landscape.yaml_files import read_mapping

catalog = read_catalog(LOCALES / "it.po", "it")
for message in catalog:
    if message.id:
        forms = catalog.num_plurals
        plural = isinstance(message.id, tuple)
        message.string = tuple([message.id[1]] * forms) if plural else message.id
write_catalog(catalog, LOCALES / "it.po")

for path in yaml_files(project().root):
    if find_yaml_gaps("it", [path]):
        content = read_mapping(path)
        for _, words in find_words(content):
            words["it"] = words["en"]
        path.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False), "utf-8")
