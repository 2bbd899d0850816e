# ---
# jupyter:
#   jupytext:
#     cell_metadata_filter: tags
#     notebook_metadata_filter: kernelspec,-jupytext.text_representation.jupytext_version
#     text_representation:
#       extension: .py
#       format_name: percent
#       format_version: '1.3'
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Zones of innovation
#
# Municipalities and groups of neighbours of one country that provide more, or otherwise, than authorities of the same size with the same needs and resources: a map, one card per zone, what was set aside, what could not be looked at. Run by `landscape report innovation_zones -p country RO -p theme old_age --lang fr`.

# %% tags=["parameters"]
country: str = "RO"  # RO, BG, MD or FR
theme: str = ""  # an ESSPROS function such as old_age; empty for all
lang: str = "en"  # en, fr, ro or bg
edition: str = "technical"

# %%
from IPython.display import display

from landscape.language import language
from landscape.reports.story import zones
from landscape.reports.story.methods import show_methods

words = language(lang)
looked = zones.look_for_zones(country, theme, words)
page = zones.open_zones(looked, edition)
page

# %%
page.findings(zones.findings_of_zones(looked))

# %%
page.opening(zones.map_zones(looked), *zones.list_not_seen(looked))

# %%
page.chapter(words.text("What was looked for"), *zones.describe_search(looked), anchor="search")

# %%
display(*zones.show_compared_on(page, looked))

# %%
page.chapter(words.text("Worth a closer look"), *zones.describe_found(looked), anchor="zones")

# %%
display(*zones.show_cards(page, looked))

# %%
page.points(*zones.list_limits(looked))

# %%
page.chapter(words.text("Set aside, and why"), *zones.describe_aside(looked), anchor="aside")

# %%
display(*zones.show_aside(page, looked))

# %%
page.chapter(
    words.text("What could not be looked at, and why"),
    *zones.describe_not_looked_at(looked),
    anchor="missing",
)

# %%
display(*zones.show_not_looked_at(page, looked))

# %%
page.chapter(
    words.text("Sources, licences and years"),
    *zones.describe_sources_of_zones(looked),
    anchor="sources",
)

# %%
page.sources(zones.list_sources_of_zones(looked))

# %%
display(*show_methods(page, "zones"))
