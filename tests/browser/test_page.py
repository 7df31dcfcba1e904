"""The HTML page in a browser: read, filtered, walked by keys, printed, attacked. Run by `make test-browser`."""

import html
import re

import pytest

from consistency.checks import CHECKS
from consistency.reporters._reporter import Context
from consistency.reporters.html import render
from tests.reporters.fixture import CLEAN, REPORT
from tests.reporters.page import HOSTILE, PAGE, poisoned

SUMMARIES = {name: row.summary for name, row in CHECKS.items()}
REPORTS = {"page": PAGE, "report": REPORT, "clean": CLEAN, "poisoned": poisoned(HOSTILE[3])}
UNFOLD = "all => all.forEach(each => { each.open = true; })"
ALL = ["c1-f1", "c1-f2", "c2-f1", "c2-f2", "c3-f1", "c3-f2"]


def text(report=PAGE) -> str:
    return render(report, Context(checks=SUMMARIES))


def severity(visited, word: str):
    return visited.page.locator(f"[name=severity][value={word}]")


# Accessible


@pytest.mark.parametrize("name", REPORTS)
@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 1280), ("light", 360)])
def test_axe_finds_nothing(visit, axe, name, scheme, width):
    visited = visit(text(REPORTS[name]), width=width, scheme=scheme)
    visited.page.eval_on_selector_all("details", UNFOLD)
    assert violations(visited, axe) == []


def test_axe_finds_nothing_in_the_list_of_keys(visit, axe):
    visited = visit(text())
    visited.page.keyboard.press("?")
    assert violations(visited, axe) == []


def test_axe_would_find_something(visit, axe):
    """The test sees what it looks for: a page with one colour too pale."""
    pale = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", text()).replace(
        "--quiet: #5c5852", "--quiet: #c9c5bd"
    )
    assert "color-contrast" in {rule for rule, _ in violations(visit(pale), axe)}


def violations(visited, axe: str) -> list:
    """Return (rule, places); every rule of axe-core, best practices and those off by default for their level too."""
    visited.page.evaluate(axe)
    rules = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
    found = visited.page.evaluate("rules => axe.run(document, rules)", rules)
    assert len(found["passes"]) > 20, "axe ran"
    return [(each["id"], [node["html"][:120] for node in each["nodes"]]) for each in found["violations"]]


# Nothing gets out, nothing gets in


@pytest.mark.parametrize("hostile", HOSTILE)
def test_nothing_of_an_article_runs(visit, outside, hostile):
    visited = visit(text(poisoned(hostile)))
    visited.page.eval_on_selector_all("details", UNFOLD)
    for link in visited.page.locator("main a:visible").all()[:5]:
        link.hover()
    assert visited.page.evaluate("window.ran") is None
    assert (visited.requests[1:], outside, visited.errors, visited.console) == ([], [], [], [])


# A <meta> refresh is a navigation, which no policy inside a page can forbid; escaping stands alone before it.
@pytest.mark.parametrize("hostile", [hostile for hostile in HOSTILE if "refresh" not in hostile])
def test_the_policy_holds_where_escaping_would_not(visit, outside, hostile):
    """The second wall alone: the same texts put in raw, as if escaping had failed."""
    escaped = html.escape(hostile).replace("&#x27;", "&#39;").replace("&quot;", "&#34;")
    raw = text(poisoned(hostile)).replace(escaped, hostile, 40)
    assert raw.count(hostile) >= 20
    visited = visit(raw)
    visited.page.wait_for_load_state("networkidle")
    assert (visited.page.evaluate("window.ran"), outside) == (None, [])


def test_without_policy_and_escaping_it_would_run(visit, outside):
    """The two tests above see what they look for."""
    bare = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", text())
    visited = visit(bare.replace("Entry costs", HOSTILE[5], 1))
    visited.page.wait_for_load_state("networkidle")
    assert (visited.page.evaluate("window.ran"), outside) == (1, ["/x"])


@pytest.mark.parametrize("name", REPORTS)
def test_nothing_is_fetched(visit, name):
    visited = visit(text(REPORTS[name]))
    visited.page.wait_for_load_state("networkidle")
    assert (len(visited.requests), visited.errors, visited.console) == (1, [], [])


# Read


def test_without_scripts(visit):
    """All findings and, a click away, all passages; nothing is offered that would not work."""
    visited = visit(text(), scripts=False)
    assert visited.page.locator(".finding:visible").count() == len(ALL)
    assert visited.page.locator(".filters").is_hidden()
    fold = visited.page.locator("#c1 .unchanged").first
    assert fold.locator("p[lang]").first.is_hidden()
    fold.locator("summary").click()
    assert fold.locator("p[lang]").first.is_visible()
    assert visited.page.locator("#help").is_hidden()


@pytest.mark.parametrize("width", [320, 360, 720, 1280, 2200])
@pytest.mark.parametrize("name", ["page", "report", "poisoned"])
def test_nothing_sticks_out(visit, name, width):
    visited = visit(text(REPORTS[name]), width=width)
    visited.page.eval_on_selector_all("details", UNFOLD)
    assert visited.page.evaluate("document.documentElement.scrollWidth") == width


@pytest.mark.parametrize(
    ("width", "beside"),
    [(1280, ["source", "target", "findings"]), (800, ["source", "target"]), (360, ["source"])],
)
def test_what_stands_side_by_side(visit, width, beside):
    page = visit(text(), width=width).page
    boxes = {
        name: page.locator(f"#c2 .row.found .{name}").first.bounding_box()
        for name in ("source", "target", "findings")
    }
    assert [name for name, box in boxes.items() if box["y"] == boxes["source"]["y"]] == beside
    assert [box["x"] for box in boxes.values()][: len(beside)] == sorted(box["x"] for box in boxes.values())[
        -len(beside) :
    ]


def test_right_to_left(visit):
    page = visit(text()).page
    styles = page.eval_on_selector_all(
        "#c2 .found .side p[lang]",
        "all => all.map(e => [e.lang, getComputedStyle(e).direction, getComputedStyle(e).textAlign])",
    )
    assert styles == [
        ["en", "ltr", "start"],
        ["ar", "rtl", "right"],
        ["en", "ltr", "start"],
        ["ar", "ltr", "start"],
    ]


def test_dark(visit):
    light, dark = (visit(text(), scheme=scheme).page for scheme in ("light", "dark"))
    colour = "getComputedStyle(document.body).backgroundColor"
    assert (light.evaluate(colour), dark.evaluate(colour)) == ("rgb(251, 250, 248)", "rgb(22, 22, 24)")


def test_print(visit):
    visited = visit(text(), scheme="dark")
    visited.page.emulate_media(media="print", color_scheme="dark")
    assert visited.seen() == ALL
    assert visited.page.locator(".filters").is_hidden()
    assert visited.page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert visited.page.pdf()[:5] == b"%PDF-"


# Filter


@pytest.mark.parametrize(
    ("off", "lang", "check", "seen", "copies"),
    [
        ((), "", "", ALL, ["c1", "c2", "c3"]),
        (("error",), "", "", ["c1-f2", "c2-f2", "c3-f1", "c3-f2"], ["c1", "c2", "c3"]),
        (("error", "warning"), "", "", ["c3-f1"], ["c3"]),
        (("error", "warning", "note"), "", "", [], []),
        ((), "ar", "", ["c2-f1", "c2-f2"], ["c2"]),
        ((), "", "number-changed", ["c2-f1"], ["c2"]),
        (("warning",), "ar", "", ["c2-f1"], ["c2"]),
        ((), "de", "number-changed", [], ["c1"]),  # one language asked for: its copy stays, to be read
    ],
)
def test_filter(visit, off, lang, check, seen, copies):
    visited = visit(text())
    for word in off:
        severity(visited, word).uncheck()
    visited.page.select_option("[name=lang]", lang)
    visited.page.select_option("[name=check]", check)
    assert visited.seen() == seen
    assert (
        visited.page.eval_on_selector_all(
            ".copy", "all => all.filter(e => e.checkVisibility()).map(e => e.id)"
        )
        == copies
    )
    assert visited.page.inner_text("#count") == f"{len(seen)} of {len(ALL)} findings"
    assert visited.page.locator(".row.found:visible").count() == len(seen)


def test_filter_and_back(visit):
    visited = visit(text())
    visited.page.select_option("[name=lang]", "ar")
    visited.page.select_option("[name=lang]", "")
    assert visited.seen() == ALL


def test_links_lead_to_findings(visit):
    visited = visit(text())
    for link in ("table.matrix a[href='#c2-f1']", "#c2 .side.source sup a"):
        visited.page.evaluate("scrollTo(0, 0)")
        visited.page.locator(link).first.click()
        box = visited.page.locator("#c2-f1").bounding_box()
        assert visited.page.locator("#filters").bounding_box()["height"] <= box["y"] < 900, (
            "not under the filters"
        )


# Keys


@pytest.mark.parametrize(
    ("keys", "focus"),
    [
        ("j", "c1-f1"),
        ("jj", "c1-f2"),
        ("jjk", "c1-f1"),
        ("k", "c3-f2"),  # from nowhere back: the last one
        ("jk", "c1-f1"),  # no further than the first
        ("jjjjjjjj", "c3-f2"),
        ("f", ""),
    ],
)
def test_keys_walk(visit, keys, focus):
    visited = visit(text())
    for key in keys:
        visited.page.keyboard.press(key)
    assert visited.page.evaluate("document.activeElement.id") == focus


def test_keys_walk_what_is_shown(visit):
    visited = visit(text())
    severity(visited, "error").uncheck()
    visited.page.keyboard.press("j")
    assert visited.page.evaluate("document.activeElement.id") == "c1-f2"


def test_keys_unfold(visit):
    page = visit(text()).page
    open_folds = "all => all.filter(each => each.open).length"
    for pressed, count in (("true", 7), ("false", 0)):
        page.keyboard.press("u")
        assert page.eval_on_selector_all("details.unchanged", open_folds) == count
        assert page.get_attribute("#unfold", "aria-pressed") == pressed


def test_keys_show_what_each_copy_says(visit):
    page = visit(text()).page
    for key in "jjj":
        page.keyboard.press(key)
    assert page.locator("#c2-f1 dl").is_hidden()
    page.keyboard.press("w")
    assert page.locator("#c2-f1 dl").is_visible()


def test_keys_can_be_switched_off(visit):
    """WCAG 2.1.4: who speaks to the machine may not want single letters to act."""
    page = visit(text()).page
    page.keyboard.press("?")
    assert page.locator("#help").is_visible()
    page.uncheck("#single")
    page.click("#close")
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.id") in ("", "keys")


@pytest.mark.parametrize("keys", ["Control+j", "Alt+j", "Meta+j", "x"])
def test_other_keys_are_left_alone(visit, keys):
    page = visit(text()).page
    page.keyboard.press(keys)
    assert page.evaluate("document.activeElement === document.body")


def test_letters_choose_in_a_list(visit):
    page = visit(text()).page
    page.focus("[name=lang]")
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.name") == "lang"


# Pictures


@pytest.mark.parametrize(
    ("name", "size", "scheme", "at"),
    [
        ("desktop", (1280, 1400), "light", "header"),
        ("phone", (360, 1000), "light", "#c2"),
        ("dark", (1280, 960), "dark", "#c1"),
        ("right-to-left", (1280, 800), "light", "#c2"),
    ],
)
def test_screenshots(visit, request, name, size, scheme, at):
    """What is looked at by eye; here only that there is something in the picture that was meant to be."""
    page = visit(text(), *size, scheme=scheme).page
    page.eval_on_selector_all("#c1 .path, #c2-f1 .witnesses", UNFOLD)
    page.evaluate("at => document.querySelector(at).scrollIntoView()", at)
    picture = page.screenshot()
    assert 10_000 < len(picture) < 200_000
    folder = request.config.getoption("--screenshots")
    if folder:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"html-{name}.png").write_bytes(picture)
