# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # A first look
#
# Which areas a country has. Run by `landscape report first_look -p country XA`.

# %% tags=["parameters"]
country: str = "RO"
lang: str = "en"  # en, fr, ro or bg

# %%
import landscape
from landscape.language import language
from landscape.reports.page import Page
from landscape.reports.reading import Reading

reading = Reading(landscape.load(country), language(lang))
page = Page(reading.language, reading.country, country=country)
page

# %%
page.chapter(reading.language.text("The territory"), anchor="territory")

# %%
page.table(reading.areas("municipality")[["name", "population"]], reading.level("municipality"))
