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
# # Comparison of countries
#
# Countries side by side on one theme: what each can show first, then the two or three figures that mean the same on both sides of a border (grades A and B), then where areas stand inside each country, with intervals of ranks. No index across themes, no ranking of countries. Run by `landscape report comparison -p countries RO,FR -p theme old_age --lang fr`.

# %% tags=["parameters"]
countries: list = ["RO", "BG", "MD", "FR"]
theme: str = "family_children"  # an ESSPROS function, or general
lang: str = "en"  # en, fr, ro or bg
edition: str = "technical"

# %%
from IPython.display import display

from landscape.language import language
from landscape.reports.story import comparison
from landscape.reports.story.methods import show_methods

words = language(lang)
compared = comparison.read_countries(countries, theme, words)
page = comparison.open_comparison(compared, edition)
page

# %%
page.findings(comparison.findings_of_comparison(compared))

# %%
page.opening(None, *comparison.list_not_comparable(compared))

# %%
page.chapter(
    words.text("What each country can show"), *comparison.describe_strong(compared), anchor="strong"
)

# %%
display(*comparison.show_strong(page, compared))

# %%
page.chapter(words.text("Who knows what"), *comparison.describe_known(compared), anchor="known")

# %%
display(*comparison.show_known(page, compared))

# %%
page.chapter(
    words.text("Few figures that cross the border"),
    *comparison.describe_across(compared),
    anchor="across",
)

# %%
display(*comparison.show_across(page, compared))

# %%
page.chapter(
    words.text("Inside each country"), *comparison.describe_inside(compared), anchor="inside"
)

# %%
display(*comparison.show_inside(page, compared))

# %%
page.chapter(
    words.text("Sources, licences and years"),
    *comparison.describe_sources_compared(compared),
    anchor="sources",
)

# %%
page.sources(comparison.list_sources_compared(compared))

# %%
display(*show_methods(page, "intervals", "composites", "ranks"))
