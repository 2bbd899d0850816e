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
# # Profile of a municipality or county
#
# One authority beside authorities with a similar context: portrait, needs, resources, services, access, peers at home and abroad, what to show and what to ask. Run by `landscape report municipality_profile -p area RO_1017 --lang fr`.

# %% tags=["parameters"]
area: str = "RO_1017"  # the id of a municipality or county, in any of the countries
lang: str = "en"  # en, fr, ro or bg
edition: str = "technical"

# %%
from IPython.display import display

from landscape.language import language
from landscape.reports.portrait import read_portrait
from landscape.reports.story import profile
from landscape.reports.story.looked_into import show_drill_down
from landscape.reports.story.methods import show_methods

words = language(lang)
portrait = read_portrait(area, words)
page = profile.open_profile(portrait, edition)
page

# %%
page.findings(profile.findings_of_profile(portrait))

# %%
page.opening(profile.map_around(portrait), *profile.list_not_known_here(portrait))

# %%
page.chapter(words.text("Portrait"), *profile.describe_portrait(portrait), anchor="portrait")

# %%
display(*profile.show_context(page, portrait))

# %%
page.chapter(words.text("Needs"), *profile.describe_layer_here(portrait, "needs"), anchor="needs")

# %%
display(*profile.show_layer_here(page, portrait, "needs"))

# %%
page.chapter(
    words.text("Resources"),
    *profile.describe_layer_here(portrait, "resources"),
    anchor="resources",
)

# %%
display(*profile.show_layer_here(page, portrait, "resources"))

# %%
page.chapter(
    words.text("Services, and who runs them"),
    *profile.describe_layer_here(portrait, "services"),
    anchor="services",
)

# %%
display(*profile.show_layer_here(page, portrait, "services"))

# %%
display(*profile.show_services(page, portrait))

# %%
page.chapter(
    words.text("Needs beside services"), *profile.describe_gaps(portrait), anchor="side-by-side"
)

# %%
display(*profile.show_gaps(page, portrait))

# %%
page.chapter(words.text("Access to services"), *profile.describe_access(portrait), anchor="access")

# %%
display(*profile.show_access(page, portrait))

# %%
display(*show_drill_down(page, portrait))

# %%
page.chapter(
    words.text("Peers at home and abroad"), *profile.describe_peers(portrait), anchor="peers"
)

# %%
display(*profile.show_peers(page, portrait))

# %%
page.chapter(words.text("To show and to ask"), *profile.describe_points(portrait), anchor="points")

# %%
display(*profile.show_points(page, portrait))

# %%
page.chapter(
    words.text("Sources, licences and years"),
    *profile.describe_sources_here(portrait),
    anchor="sources",
)

# %%
page.sources(profile.list_sources(portrait))

# %%
display(*show_methods(page, "intervals", "peers", "access", "composites"))
