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
# # Country inventory
#
# What is known of one country, and what is not: territory, needs, resources, services, needs beside services, strong points. Run by `landscape report country_inventory -p country RO --lang fr`.

# %% tags=["parameters"]
country: str = "RO"  # RO, BG, MD or FR
lang: str = "en"  # en, fr, ro or bg
edition: str = "technical"  # or brief, or digest
members: list[str] = []  # of a digest: ids of municipalities or counties

# %%
from IPython.display import display

import landscape
from landscape.language import language
from landscape.reports import exhibits, story
from landscape.reports.reading import Reading
from landscape.reports.story import governance
from landscape.reports.story.methods import show_methods

words = language(lang)
reading = Reading(landscape.load(country), words)
form = story.form_of(reading, edition, members)
page = story.open_page(reading, edition, form, story.CHAPTERS.get(form, ()))
page

# %%
story.key_findings(page, reading, members)

# %%
page.opening(exhibits.opening_map(reading), *story.list_not_known(reading))

# %%
display(*story.show_edition(page, reading, members))

# %%
page.chapter(
    words.text("What is known and what is not"), *story.describe_coverage(reading), anchor="known"
)

# %%
page.figure(exhibits.coverage_of_topics(reading))

# %%
page.table(
    story.list_indicators(reading),
    words.text("Every indicator, its year and the number of areas where it is known"),
)

# %%
page.chapter(words.text("The territory"), *story.describe_territory(reading), anchor="territory")

# %%
page.figure(exhibits.map_population(reading))

# %%
display(*story.show_layer(page, reading, "territory"))

# %%
page.chapter(words.text("Needs"), *story.describe_layer(reading, "needs"), anchor="needs")

# %%
display(*story.show_layer(page, reading, "needs"))

# %%
page.chapter(
    words.text("Resources"), *story.describe_layer(reading, "resources"), anchor="resources"
)

# %%
display(*story.show_layer(page, reading, "resources"))

# %%
page.chapter(
    words.text("Services, and who runs them"),
    *story.describe_layer(reading, "services"),
    anchor="services",
)

# %%
display(*story.show_layer(page, reading, "services"))

# %%
display(*story.show_providers(page, reading))

# %%
page.chapter(
    words.text("Needs beside services"), *story.describe_pairs(reading), anchor="side-by-side"
)

# %%
display(*story.show_pairs(page, reading))

# %%
display(*story.show_drill_down(page, reading))

# %%
page.chapter(
    words.text("Strong points worth a closer look"),
    *story.describe_strong_points(reading),
    anchor="strong-points",
)

# %%
display(*story.show_strong_points(page, reading))

# %%
display(*governance.show_declared(page, reading))

# %%
page.chapter(
    words.text("What cleaning found"), *story.describe_cleaning(reading), anchor="cleaning"
)

# %%
display(*story.show_cleaning(page, reading))

# %%
page.chapter(
    words.text("Sources, licences and years"), *story.describe_sources(reading), anchor="sources"
)

# %%
page.sources(list(reading.inventory.sources.values()))

# %%
display(*show_methods(page, "intervals", "access"))
