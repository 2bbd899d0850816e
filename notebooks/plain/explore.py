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
# # Explore
#
# One indicator at a time: choose a country, a level, a theme, an indicator, a year, and an area by its name. Map, spread, table and peers follow. Below them stand three lines of Python and a command that give the same figures. Run by `landscape report explore -p country RO -p area RO_10 --lang fr`.

# %% tags=["parameters"]
country: str = "RO"  # RO, BG, MD or FR
level: str = "county"  # or municipality
indicator: str = ""  # a name of the catalogue; empty for the first that is known
year: int = 0  # 0 for the latest
theme: str = ""  # an ESSPROS function, or general; empty for all
area: str = ""  # an id such as RO_10; empty for none
lang: str = "en"  # en, fr, ro or bg

# %%
from IPython.display import display

from landscape import explore

state, told = explore.open_state(
    country=country,
    level=level,
    indicator=indicator,
    year=year,
    theme=theme,
    area=area,
    lang=lang,
)
explorer = explore.Explorer(state, told)
explorer

# %% [markdown]
# The same as a page to hand on. Run these cells again after a change above.

# %%
page = explore.open_view(explorer.view)
page

# %%
display(*explore.show_view(page, explorer.view, explorer.told))
