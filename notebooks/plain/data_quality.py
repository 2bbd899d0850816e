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
# # Data quality
#
# What was read and kept, what cleaning noticed, what is known where, how old the sources are, how records found their place, how complete registers are, and one figure followed back to its records. Run by `landscape report data_quality -p country RO --lang fr`.

# %% tags=["parameters"]
country: str = "RO"  # RO, BG, MD or FR
lang: str = "en"  # en, fr, ro or bg
edition: str = "technical"

# %%
from IPython.display import display

import landscape
from landscape.language import language
from landscape.reports import story
from landscape.reports.reading import Reading
from landscape.reports.story import quality
from landscape.reports.story.methods import show_methods

words = language(lang)
data = quality.Quality(Reading(landscape.load(country), words))
page = quality.open_page(data, edition)
page

# %%
page.findings(quality.three_findings(data))

# %%
page.opening(quality.opening_map(data), *quality.list_not_known(data))

# %%
page.chapter(words.text("From rows read to rows kept"), *quality.describe_rows(data), anchor="rows")

# %%
display(*quality.show_rows(page, data))

# %%
page.chapter(
    words.text("What cleaning noticed"), *quality.describe_findings(data), anchor="findings"
)

# %%
display(*quality.show_findings(page, data))

# %%
page.chapter(words.text("What is known where"), *quality.describe_coverage(data), anchor="coverage")

# %%
display(*quality.show_coverage(page, data))

# %%
page.chapter(
    words.text("How old the sources are"), *quality.describe_freshness(data), anchor="freshness"
)

# %%
display(*quality.show_freshness(page, data))

# %%
page.chapter(
    words.text("By what way records found their place"),
    *quality.describe_placing(data),
    anchor="placing",
)

# %%
display(*quality.show_placing(page, data))

# %%
page.chapter(
    words.text("How complete the registers are"),
    *quality.describe_overlaps(data),
    anchor="completeness",
)

# %%
display(*quality.show_overlaps(page, data))

# %%
page.chapter(
    words.text("One figure, back to its records"), *quality.describe_trace(data), anchor="trace"
)

# %%
display(*quality.show_trace(page, data))

# %%
page.chapter(
    words.text("Sources, licences and years"),
    *story.describe_sources(data.reading),
    anchor="sources",
)

# %%
page.sources(list(data.reading.inventory.sources.values()))

# %%
display(*show_methods(page, "intervals"))
