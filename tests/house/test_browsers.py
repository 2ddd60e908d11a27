"""Pages work in Chromium 90 and what is built on it: nothing newer without a way round it.

In a stylesheet the way round is `@supports`: a browser that lacks the feature leaves the block out
and shows the page without it. A script asks for what it needs before it uses it (`"x" in y`).

What is newer is named below with the Chromium that first knew it. Since nobody can name all that is
new, all else must be in the lists of what that browser knows (`chromium-90.toml`): whoever
uses a property, a selector or a method for the first time looks up since when there is one.
"""

import re
import tomllib
from pathlib import Path

import pytest

from tests.house.source import SOURCE

STATIC = SOURCE / "web/static/yishi"
TEMPLATES = SOURCE / "web/templates"

NEWER_CSS = {
    ":has(": 105,
    "accent-color": 93,
    "@container": 105,
    "@layer": 99,
    "@scope": 118,
    "@property --": 85,
    "@starting-style": 117,
    "color-mix(": 111,
    "oklch(": 111,
    "oklab(": 111,
    "light-dark(": 123,
    "text-wrap:": 114,
    "subgrid": 117,
    "scrollbar-gutter": 94,
    "field-sizing": 123,
    "view-transition": 111,
    "animation-timeline": 115,
    ":user-valid": 119,
    ":user-invalid": 119,
    "inset-area": 125,
    "anchor-name": 125,
    "text-box": 133,
}
"""What a stylesheet could hold, and the Chromium that first knew it."""

NEWER_CSS_SHAPES = {
    r"\b\d+(\.\d+)?[sdl]v[hw]\b": 108,
    r"\b\d+(\.\d+)?(cqw|cqh|rlh|lh)\b": 105,
    r"[{;}]\s*&\s*[.:#\[a-z>+~]": 112,
    r"\(\s*(width|height)\s*[<>]": 104,
}
"""The same by their shape: units, nesting, ranges in media queries."""

NEWER_JS = {
    "structuredClone(": 98,
    "Object.hasOwn(": 93,
    ".findLast(": 97,
    ".toSorted(": 110,
    ".toReversed(": 110,
    ".replaceChildren(": 86,
    "AbortSignal.timeout(": 103,
    "AbortSignal.any(": 116,
    "crypto.randomUUID(": 92,
    "Array.fromAsync(": 121,
    "Object.groupBy(": 117,
    "Promise.withResolvers(": 119,
    "Promise.any(": 85,
    "startViewTransition(": 111,
    "showPopover(": 114,
    ".checkVisibility(": 105,
    "navigation.": 102,
    "scheduler.": 94,
    "URL.canParse(": 120,
    "setHTMLUnsafe(": 124,
    "requestSubmit(": 76,
    "Intl.Segmenter(": 87,
    "import(": 63,
}
"""What a script could call, and the Chromium that first knew it; older ones for the record."""

NEWER_JS_SHAPES = {
    r"\.at\(-?\d": 92,
    r"\bstatic\s*\{": 94,
    r"/[dgimsuy]*v[dgimsuy]*\b(?=[,);])": 112,
}
"""The same by their shape."""

KNOWN = {
    name: frozenset(words.split())
    for name, words in tomllib.loads(
        Path(__file__).with_name("chromium-90.toml").read_text("utf-8")
    ).items()
}
"""Everything that may be used, by what it is."""

NEWER_HTML = re.compile(
    r"<search\b|<selectlist\b|<details\b[^>]*\sname=|"
    r"\s(inert|popover|popovertarget|popovertargetaction|command|commandfor|blocking|fetchpriority|"
    r"shadowrootmode|writingsuggestions|virtualkeyboardpolicy)(?=[\s=>])"
)

OLDEST = 90


def without_supports(css: str) -> str:
    """The stylesheet with its comments and every block under `@supports` left out."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    while (begins := css.find("@supports")) >= 0:
        at = css.index("{", begins)
        depth, end = 1, at + 1
        while depth:
            depth += {"{": 1, "}": -1}.get(css[end], 0)
            end += 1
        css = css[:begins] + css[end:]
    return css


def too_new(text: str, words: dict[str, int], shapes: dict[str, int]) -> list[str]:
    """What the text uses that the oldest browser does not know."""
    found = [word for word, since in words.items() if since > OLDEST and word in text]
    return found + [s for s, since in shapes.items() if since > OLDEST and re.search(s, text)]


def unknown_css(css: str) -> set[str]:
    """What the stylesheet uses of which nobody has said that the oldest browser knows it."""
    css = re.sub(r"\"[^\"]*\"|'[^']*'|--[\w-]+", "", css)
    heads = [head.strip() for head in re.findall(r"([^{};]*){", css)]
    media = " ".join(head for head in heads if head.startswith("@media"))
    chosen = " ".join(head for head in heads if not head.startswith("@"))
    used = (
        (KNOWN["properties"], r"(?:^|[{;])\s*([a-z-]+)\s*:(?![^;{}]*{)", css),
        (KNOWN["at_rules"], r"@[a-z-]+", css),
        (KNOWN["selectors"], r"::?[a-z-]+", chosen),
        (KNOWN["functions"], r"([a-z-]+)\(", re.sub(r"@media[^{]*", "", css.lower())),
        (KNOWN["units"], r"(?<![#\w.-])-?\d*\.?\d+([a-z%]+)", css),
        (KNOWN["media"], r"\(\s*([a-z-]+)", media),
    )
    found = {word for known, shape, where in used for word in set(re.findall(shape, where)) - known}
    return found | ({"a rule within a rule"} if nested(css) else set()) | odd_values(css, media)


def odd_values(css: str, media: str) -> set[str]:
    """Ways of writing a value, or of asking for one, that came later than their words."""
    later = re.findall(r"[<>]=?", media) + re.findall(r"rgba?\(\s*from", css)
    return set(later)


def nested(css: str) -> bool:
    """Whether a rule, not one that begins with an at sign, holds another."""
    within: list[bool] = []
    for head, mark in re.findall(r"([^{}]*)([{}])", css):
        if mark == "{":
            if any(within):
                return True
            within.append(not head.rpartition(";")[2].strip().startswith("@"))
        elif within:
            within.pop()
    return False


def unknown_js(script: str) -> set[str]:
    """The methods and properties of which nobody has said that the oldest browser knows them."""
    script = re.sub(r"//[^\n]*|/\*.*?\*/", "", script, flags=re.DOTALL)
    script = re.sub(r"\"[^\"\n]*\"|'[^'\n]*'", '""', script)
    private = set(re.findall(r"#[a-z]\w*", script))
    asked = set(re.findall(r"\.([A-Za-z]\w*)", script)) - KNOWN["members"]
    return asked | private


@pytest.mark.parametrize("path", sorted(STATIC.glob("*.css")), ids=lambda path: path.name)
def test_stylesheets_hold_nothing_newer_without_supports(path: Path) -> None:
    css = without_supports(path.read_text("utf-8"))

    assert too_new(css, NEWER_CSS, NEWER_CSS_SHAPES) == []
    assert unknown_css(css) == set()


@pytest.mark.parametrize("path", sorted(STATIC.glob("*.js")), ids=lambda path: path.name)
def test_scripts_call_nothing_newer(path: Path) -> None:
    script = path.read_text("utf-8")
    asked = {w for w in NEWER_JS if re.search(rf'"{re.escape(w.strip(".("))}" in ', script)}

    assert (
        too_new(script, {w: n for w, n in NEWER_JS.items() if w not in asked}, NEWER_JS_SHAPES)
        == []
    )
    own = {name for w in asked for name in re.findall(r"\w+", w)}
    assert unknown_js(script) - own == set()


def test_pages_hold_no_tag_or_attribute_that_is_newer() -> None:
    pages = ((p.name, p.read_text("utf-8")) for p in TEMPLATES.rglob("*.html"))

    assert [name for name, html in pages if NEWER_HTML.search(html)] == []


def test_pages_hold_neither_style_nor_script_of_their_own() -> None:
    """So that the two tests above see all there is."""
    inside = re.compile(r"<style|<script(?![^>]*\bsrc=)|\sstyle=|\son[a-z]+=")
    tags = re.compile(r"{%.*?%}", re.DOTALL)
    pages = ((p.name, tags.sub("", p.read_text("utf-8"))) for p in TEMPLATES.rglob("*.html"))

    assert [name for name, html in pages if inside.search(html)] == []


def test_the_check_sees_what_it_is_for() -> None:
    newer = "a { color: red } li:has(b) { color: red } @media (width > 3px) { a { height: 3dvh } }"
    fine = (
        "@supports selector(:has(a)) { li:has(b) { x: y } } @media (max-width: 3px) { a { b: c } }"
    )

    seen = too_new(without_supports(newer), NEWER_CSS, NEWER_CSS_SHAPES)
    assert seen[0] == ":has("
    assert len(seen) == 3
    assert too_new(without_supports(fine), NEWER_CSS, NEWER_CSS_SHAPES) == []
    assert too_new("x.at(-1); structuredClone(y)", NEWER_JS, NEWER_JS_SHAPES) != []


@pytest.mark.parametrize(
    ("css", "unknown"),
    [
        ("a { .b { color: red } }", {"a rule within a rule"}),
        ("@media print { a { color: red } b { color: red } }", set()),
        ("a { translate: 3px }", {"translate"}),
        ("a { color: red; mask: none }", {"mask"}),
        ("@media (prefers-contrast: more) { a { color: red } }", {"prefers-contrast"}),
        ("@media (100px <= width) { a { color: red } }", {"<="}),
        ("a { color: rgb(from red r g b) }", {"rgb(from"}),
        ("a { width: round(3px, 2px) }", {"round"}),
        ("a:user-valid { color: red }", {":user-valid"}),
        ("a:hover, b::marker { width: 3cqi; --own: round(1) }", {"cqi", "round"}),
        ("@layer base { a { color: red } }", {"@layer"}),
    ],
)
def test_a_stylesheet_is_held_to_what_is_known(css: str, unknown: set[str]) -> None:
    assert unknown_css(css) == unknown


@pytest.mark.parametrize(
    ("script", "unknown"),
    [
        ("list.at(i)", {"at"}),
        ("list.toSpliced(1)", {"toSpliced"}),
        ("list.findLastIndex(f)", {"findLastIndex"}),
        ("class A { #own = 1; has(o) { return #own in o } }", {"#own"}),
        ("new Set().union(other)", {"union"}),
        ("form.inert = true; form.popover = 'auto'", {"inert", "popover"}),
        ('form.hidden = true // .at(1)\nx = ".union"', set()),
    ],
)
def test_a_script_is_held_to_what_is_known(script: str, unknown: set[str]) -> None:
    assert unknown_js(script) == unknown


@pytest.mark.parametrize(
    ("html", "newer"),
    [
        ('<details name="one">', True),
        ("<div inert>", True),
        ('<div popover="auto">', True),
        ("<search>", True),
        ('<details class="fold" open><input name="command">', False),
    ],
)
def test_a_page_is_held_to_what_is_known(html: str, newer: bool) -> None:
    assert bool(NEWER_HTML.search(html)) is newer
