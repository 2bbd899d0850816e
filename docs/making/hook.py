"""What mkdocs calls while it builds: pages that are made, and pages whose code is run."""

from __future__ import annotations

import sys
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))

from blocks import run_page  # noqa: E402  (stands beside this file)
from sheets import decisions_page, indicators_page, root_page, source_pages  # noqa: E402


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the pages that are made."""
    made = dict(source_pages())
    made["indicators.md"] = indicators_page()
    made["decisions.md"] = decisions_page(HERE.parent / "decisions")
    made["glossary.md"] = root_page("GLOSSARY.md")
    made["howto/recipes.md"] = root_page("CONTRIBUTING.md")
    for path, text in made.items():
        files.append(File.generated(config, path, content=text))
    return files


def on_page_markdown(markdown: str, page: Page, **_: object) -> str:
    """Run the code of the pages that ask for it."""
    return run_page(markdown, page.file.src_uri)[0] if page.meta.get("run") else markdown
