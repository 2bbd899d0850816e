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
# # Governance and participation
#
# What the authorities of the four countries declare in their inventory workbooks, side by side. Run by `landscape report governance --lang fr`; the worked example by `landscape report governance -p tables example --lang fr`.

# %% tags=["parameters"]
lang: str = "en"  # en, fr, ro or bg
tables: str = ""  # "example": the fictive authorities of the worked example
edition: str = "technical"

# %%
from IPython.display import display

from landscape.language import language
from landscape.reports.story import governance
from landscape.reports.story.methods import show_methods

words = language(lang)
readings = governance.open_readings(words, tables)
page = governance.open_governance(readings)
page

# %%
page.chapter(words.text("Who answered"), *governance.describe_declared(readings), anchor="answered")

# %%
display(*governance.show_shares(page, readings))

# %%
page.chapter(
    words.text("Who decides, who pays, who delivers"),
    words.text("The number after each actor says how many authorities name it."),
    anchor="competences",
)

# %%
display(*governance.show_all_competences(page, readings))

# %%
page.chapter(
    words.text("Assessment, strategy, budget, monitoring"),
    words.text("A bar per country: yes, no, not known; hatched where nobody answered."),
    anchor="framework",
)

# %%
display(*governance.show_side_by_side(page, readings, "framework"))

# %%
page.chapter(
    words.text("Participation in theory and in practice"),
    words.text("A body on paper is the first of six steps; a decision changed by it is the last."),
    words.text("A gap between theory and practice is a question to ask, not a verdict."),
    anchor="participation",
)

# %%
display(*governance.show_side_by_side(page, readings, "participation"))

# %%
page.chapter(
    words.text("What authorities offer and what they look for"),
    words.text("Where one offers what another looks for, a meeting may be worth its while."),
    anchor="exchange",
)

# %%
display(*governance.show_practices(page, readings))

# %%
display(*governance.show_questions(page, readings))

# %%
page.chapter(
    words.text("The programme that this is modelled on"),
    *governance.describe_programme(words),
    anchor="programme",
)

# %%
page.chapter(
    words.text("Sources"),
    words.text("Answers stand as they were given; where a register says otherwise, both are kept."),
    anchor="sources",
)

# %%
page.sources(governance.list_declared_sources(readings))

# %%
display(*show_methods(page, "intervals"))
