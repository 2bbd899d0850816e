"""Names, titles and messages of registers are text, whatever they contain.

Editions of Moldova, Bulgaria and Romania and a round of workbooks whose every name, provider,
record, message, answer and source carries an attack are made into reports by
every notebook: nothing runs, nothing is asked for, and the reader sees the
text that the register holds.
"""

import json
import shutil
from collections.abc import Callable, Iterator, Mapping
from itertools import product

import pytest
from hostile_edition import (
    NOTEBOOKS,
    make_hostile_reports,
    poison_answers,
    poison_register,
    report_path,
)
from offline import UNFOLD, Opened, scroll_page
from papermill.translators import PythonTranslator
from payloads import EVIL, PAYLOADS, shown_as

from landscape.language import LANGUAGES
from landscape.paths import Project
from landscape.reports.parameters import Parameter, ParameterError, check_parameters
from starter_project import make_once, run_landscape, shared_folder

pytestmark = pytest.mark.browser

AREA = str(NOTEBOOKS["municipality_profile"]["area"])
#: The registers, each with the area whose services carry every payload.
POISONED = {"MD": AREA, "BG": "BG_BLG03", "RO": "RO_1017"}
EVERY = list(product(NOTEBOOKS, LANGUAGES))
#: Whatever could act, wherever it stands in the page; the page's own scripts are two or three.
ACTIVE = r"""() => {
  const found = [];
  const forbidden = "iframe:not(.explorer > [sandbox='allow-scripts']),frame,object,embed,base," +
    "link,form,input,button,video,audio,marquee," +
    "math,foreignObject,animate,set,meta[http-equiv='refresh' i]," +
    "main style:not(svg style),main img";
  document.querySelectorAll(forbidden).forEach(e => found.push(e.outerHTML.slice(0, 120)));
  document.querySelectorAll("script").forEach(e => {
    const data = ["application/json", "text/plain"].includes(e.type);
    if (!data && e.parentNode !== document.body && e.parentNode !== document.head) {
      found.push(e.outerHTML.slice(0, 120));
    }
    if (e.src) { found.push(e.src); }
  });
  document.querySelectorAll("*").forEach(e => [...e.attributes].forEach(a => {
    const name = a.name.toLowerCase().replace(/^.*:/, "");
    const inside = /^(#|data:(text\/csv|image)[;,])/.test(a.value);
    const ours = e.matches(".explorer > iframe[sandbox='allow-scripts']");
    if (name.startsWith("on") || (name === "srcdoc" && !ours)
      || (["href", "src", "action", "formaction", "srcset", "data"].includes(name) && !inside
          && !(e.tagName === "A" && a.value.endsWith(".html")))) {
      found.push(`${e.tagName} ${a.name}=${a.value.slice(0, 80)}`);
    }
  }));
  return found;
}"""
#: Scripts in the frame of a map: Leaflet, ours, folium's two, the data. Then what it never holds.
IN_FRAME = """() => [document.scripts.length, document.querySelectorAll("img,iframe,object,embed," +
  "base,link,form,video,audio,[onerror],[onload],[onclick],[onfocus],[href^='javascript' i]," +
  "meta[http-equiv='refresh' i]").length]"""
#: How a tag would change the text of a chart, which knows some mark-up of its own.
MARKED_UP = ".live svg a, .live svg tspan[style*='bold'], .live svg tspan[style*='italic']"


@pytest.fixture(scope="session")
def hostile_tables(starter_tables: Project, tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A project with Moldova's tables and the worked example's, poisoned."""
    folder = shared_folder(tmp_path_factory)
    home = Project(folder / "hostile")

    def make() -> None:
        for country in POISONED:
            shutil.copytree(starter_tables.processed / country, home.processed / country)
        shutil.copytree(starter_tables.notebooks, home.notebooks)
        for country, area in POISONED.items():
            poison_register(home.processed / country, area)
        home.raw.mkdir(parents=True)
        run_landscape(home, "workbook", "--example", "--filled", "--out", "filled")
        for path in (home.root / "filled").glob("*.xlsx"):
            if not path.name.startswith("MD"):
                path.unlink()
        run_landscape(home, "tables", "--example", "--workbooks", "filled")
        poison_answers(home.processed / "example" / "MD")

    make_once(folder, "hostile tables", make)
    return home


@pytest.fixture(scope="session")
def hostile_home(hostile_tables: Project, tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The same with a report of each notebook in each language, and their index."""
    folder = shared_folder(tmp_path_factory)
    make_once(folder, "hostile reports", lambda: make_hostile_reports(hostile_tables, EVERY))
    return hostile_tables


@pytest.fixture(params=EVERY, ids="-".join)
def hostile_page(
    request: pytest.FixtureRequest, hostile_home: Project, open_offline: Callable[..., Opened]
) -> Iterator[Opened]:
    yield open_offline(report_path(hostile_home, *request.param))


def shown_text(opened: Opened) -> str:
    """Every text of the page's content, drawings and folded tables included, spaces made one."""
    texts = opened.page.evaluate(
        "() => [...document.querySelectorAll('body *')].flatMap(e => [...e.childNodes])"
        ".filter(n => n.nodeType === 3 && n.parentNode.tagName !== 'SCRIPT').map(n => n.data)"
    )
    return " ".join(" ".join(texts).split())


def check_page(opened: Opened) -> None:
    """Nothing runs, nothing is asked for, nothing is lost."""
    page, requests, errors = opened
    scroll_page(page)
    page.evaluate(UNFOLD)
    for area in page.locator("svg [tabindex]").all()[:8]:
        area.focus()
        area.hover(force=True)
    page.emulate_media(media="print")
    for part in page.frames:
        assert part.evaluate("window.ran") is None
        assert part.evaluate("({}).ran") is None
    assert requests == []
    assert errors == []
    assert page.evaluate(ACTIVE) == []
    for frame in page.frames[1:]:
        assert frame.evaluate(IN_FRAME) == [5, 0]
    assert page.locator(MARKED_UP).count() == 0
    assert page.locator("body").is_visible()
    assert EVIL not in page.evaluate("document.head.querySelector('style').textContent")
    text = shown_text(opened)
    assert [name for name, each in PAYLOADS.items() if shown_as(each) not in text] == []
    assert "\u202e" not in text and "\x1b" not in text


def test_there_are_enough_attacks() -> None:
    assert len(set(PAYLOADS.values())) >= 60


def test_nothing_runs_and_nothing_is_lost(hostile_page: Opened) -> None:
    check_page(hostile_page)


def test_the_check_itself_sees_an_attack(
    hostile_home: Project, open_offline: Callable[..., Opened]
) -> None:
    """The same page with one name left as it is: the policy stops it, the check tells it."""
    clean = report_path(hostile_home, "governance", "bg")
    tampered = clean.with_name("tampered.htm")
    attack = "<img src=x onerror=window.ran=1></main>"
    tampered.write_text(clean.read_text(encoding="utf-8").replace("</main>", attack), "utf-8")
    page, requests, errors = open_offline(tampered)
    assert any("onerror" in each for each in page.evaluate(ACTIVE))
    assert requests or errors
    assert page.evaluate("window.ran") is None


def test_names_stand_in_the_tables_as_they_are_registered(
    hostile_home: Project, open_offline: Callable[..., Opened]
) -> None:
    page, _, _ = open_offline(report_path(hostile_home, "country_inventory", "en"))
    cells = page.eval_on_selector_all(
        ".exhibit th, .exhibit td", "all => all.map(e => e.textContent)"
    )
    shown = " \n ".join(" ".join(cell.split()) for cell in cells)
    assert [name for name, each in PAYLOADS.items() if shown_as(each) not in shown] == []


def test_the_index_runs_nothing(hostile_home: Project, open_offline: Callable[..., Opened]) -> None:
    page, requests, errors = open_offline(hostile_home.reports / "index.html")
    assert page.evaluate("window.ran") is None
    assert page.locator(".reports a").count() >= len(EVERY)
    assert (requests, errors) == ([], [])
    assert page.locator("main iframe, main img, main style, main [onerror]").count() == 0


@pytest.mark.parametrize("payload", PAYLOADS.values(), ids=list(PAYLOADS))
def test_parameters_are_values_and_never_code(payload: str) -> None:
    declared: Mapping[str, Parameter] = {"area": Parameter("area", "str", "")}
    with pytest.raises(ParameterError, match="has no parameter"):
        check_parameters(declared, {payload: "x"}, "trial.ipynb")
    for value in (payload, [payload], {"list": payload}):
        written = PythonTranslator.codify({"area": value})
        names: dict[str, object] = {}
        exec(written, {"__builtins__": {}}, names)
        assert names == {"area": value}


def test_a_hostile_parameter_is_refused_in_one_line(hostile_home: Project) -> None:
    value = "".join(PAYLOADS[name] for name in ("script", "words with places", "control"))
    value = value.replace("\x00", "")
    with pytest.raises(RuntimeError) as told:
        run_landscape(hostile_home, "report", "country_inventory", "-p", "country", value)
    said = str(told.value).rpartition("landscape: ")[2].strip()
    assert "{0.__class__}" in said
    assert "\n" not in said
    assert "\x1b" not in said


def test_the_manifest_is_poisoned(hostile_home: Project) -> None:
    """The attack is really there: no test above passes because nothing was planted."""
    manifest = json.loads((hostile_home.processed / "MD" / "manifest.json").read_text("utf-8"))
    planted = " ".join(card["title"]["en"] for card in manifest["sources"])
    assert all(payload in planted for payload in PAYLOADS.values())
