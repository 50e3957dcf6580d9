"""The site by keyboard alone: every control is reached in order, is seen, and lets the focus go."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from browser.conftest import visiting
from browser.looks import PREFIXES, Look, look_at, looking, looks
from helpcenter.site_context import Site

# Installs `stops()`, the places a keyboard should stop at in their order, and a record of those
# where it did: whether any of it is seen, with a ring of two pixels that nothing cuts off.
RECORD = """
() => {
  const names = new Map();
  const text = (e) => e.outerHTML.slice(0, 100);
  const isStop = (e) =>
    e.tabIndex >= 0 && !e.disabled && !e.closest("dialog:not([open])") &&
    e.checkVisibility({ visibilityProperty: true }) &&
    (e.type !== "radio" || e.checked);
  const all = "a[href], button, input, select, textarea, summary, [tabindex]";
  window.stops = () => [...document.querySelectorAll(all)].filter(isStop).map((e) => {
    names.set(e, `${names.size}: ${text(e)}`);
    return names.get(e);
  });

  const isSeen = (e) => [...e.getClientRects()].some((box) => {
    const [left, right] = [Math.max(box.left, 0), Math.min(box.right, innerWidth)];
    const [top, bottom] = [Math.max(box.top, 0), Math.min(box.bottom, innerHeight)];
    const hit = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
    return right > left && bottom > top && (e.contains(hit) || e.labels?.[0]?.contains(hit));
  });

  const ringed = (e) => [e, e.parentElement, e.parentElement.parentElement].find((each) => {
    const { outlineStyle, outlineWidth } = getComputedStyle(each);
    return outlineStyle !== "none" && parseFloat(outlineWidth) >= 2;
  });
  const clips = (e) => getComputedStyle(e).overflow !== "visible" || e === document.documentElement;

  function hasRing(target) {
    const e = ringed(target);
    if (!e) return false;
    const { outlineOffset, outlineWidth } = getComputedStyle(e);
    const { left, top, right, bottom } = e.getClientRects()[0];
    const out = parseFloat(outlineOffset) + parseFloat(outlineWidth) / 2;
    const sides = { left: left - out, top: top - out, right: right + out, bottom: bottom + out };
    for (let frame = e.parentElement; frame; frame = frame.parentElement) {
      if (!clips(frame)) continue;
      const box = frame.getBoundingClientRect();
      for (const side of ["left", "top"]) if (sides[side] < box[side]) delete sides[side];
      for (const side of ["right", "bottom"]) if (sides[side] > box[side]) delete sides[side];
    }
    return Object.keys(sides).length >= 2;
  }

  window.stopped = [];
  addEventListener("focusin", ({ target }) => {
    const isHidden = !isSeen(target);
    const hasNoRing = !hasRing(target);
    stopped.push({ what: names.get(target) ?? text(target), isHidden, hasNoRing });
  });
}
"""
# Labels a mouse can press whose control no keyboard reaches; beside an open menu, Escape and the
# menu's button do what Material's overlay does.
MOUSE_ONLY = """
() => [...document.querySelectorAll("label:not(.md-overlay)")]
  .filter((label) => label.checkVisibility({ visibilityProperty: true }))
  .filter(({ control }) =>
    !control || control.tabIndex < 0 || !control.checkVisibility({ visibilityProperty: true }))
  .map((label) => label.outerHTML.slice(0, 100))
"""


def walk(page: Page, key: str, times: int) -> list[dict[str, Any]]:
    for _ in range(times):
        page.keyboard.press(key)
    stopped: list[dict[str, Any]] = page.evaluate("stopped.splice(0)")
    return stopped


def faults(page: Page) -> list[str]:
    """Go through a page from its start to its end and back."""
    page.evaluate(RECORD)
    expected: list[str] = page.evaluate("stops()")
    there = walk(page, "Tab", len(expected))
    back = there[-1:] + walk(page, "Shift+Tab", len(expected) - 1)
    found: list[str] = page.evaluate(MOUSE_ONLY)
    for order, stops in (("forward", there), ("backward", back[::-1])):
        if (reached := [stop["what"] for stop in stops]) != expected:
            missed = [what for what in expected if what not in reached]
            found.append(f"{order}, the order is another or something is missed: {missed}")
        found += [f"{order}, hidden: {stop['what']}" for stop in stops if stop["isHidden"]]
        found += [f"{order}, no ring: {stop['what']}" for stop in stops if stop["hasNoRing"]]
    return found


def test_a_keyboard_reaches_all_that_can_be_used_in_order_and_in_sight(
    browser: Browser, home: str, site: Site
) -> None:
    found = {}
    with looking(browser) as page:
        for look in looks(site):
            look_at(page, home, look)
            if wrong := faults(page):
                found[look] = wrong
    assert found == {}


# A bar that stays, a button, a field with its label, and links; each case spoils one of them.
PLAIN = """<!doctype html><html lang="en"><style>
  :focus-visible { outline: 3px solid; }
  html { scroll-padding-top: 60px; }
  header { background: white; height: 50px; position: sticky; top: 0; }
  button, a, input { display: block; margin: 10px; }
</style>
<header>Bar</header>
<main><button>B</button><label for="c">C</label><input id="c">LINKS</main>
""".replace("LINKS", '<a href="#d">D</a>' * 20)
CUT = '<div style="overflow: hidden; width: min-content"><button style="margin: 0">B</button></div>'


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("", "", ""),
        ("<a href", '<a tabindex="1" href', "forward, the order is another"),
        ('for="c"', "", "<label"),
        ('id="c"', 'id="c" tabindex="-1"', "<label"),
        ("<button>", '<button style="outline: none">', "forward, no ring: 0"),
        ("<button>B</button>", CUT, "forward, no ring: 0"),
        ("scroll-padding-top: 60px", "", "backward, hidden"),
        ("<main>", "<main onkeydown=\"event.key === 'Tab' && event.preventDefault()\">", "missed"),
    ],
)
def test_what_a_keyboard_does_not_reach_or_see_is_found(
    browser: Browser, old: str, new: str, said: str
) -> None:
    assert old in PLAIN
    with looking(browser) as page:
        page.set_viewport_size({"width": 400, "height": 200})
        page.set_content(PLAIN.replace(old, new, 1))
        found = "\n".join(faults(page))
        assert said in found
        assert bool(said) == bool(found)


@pytest.mark.parametrize(("language", "size"), [("en", "desktop"), ("zh", "phone")])
def test_the_header_works_by_keyboard(
    browser: Browser, home: str, site: Site, language: str, size: str
) -> None:
    said = site.strings[language].text
    with visiting(browser, home, size) as visit:
        page = visit.page
        visit.open(f"{PREFIXES[language]}fees/overview/")
        page.keyboard.press("Tab")
        skip = page.get_by_role("link", name=said("header.skip"))
        expect(skip).to_be_focused()
        page.keyboard.press("Enter")
        expect(page.locator("h1")).to_be_in_viewport()
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.closest('article') !== null")
        switch = page.locator("[data-hc-palette]")
        switch.focus()
        for key, scheme, name in (("Enter", "default", "dark"), ("Space", "slate", "auto")):
            page.keyboard.press(key)
            expect(page.locator("body")).to_have_attribute("data-md-color-scheme", scheme)
            expect(switch).to_have_accessible_name(said(f"theme.{name}"))
            expect(switch).to_be_focused()
        page.keyboard.press("/")
        field = page.locator(".hc-dialog__input")
        expect(field).to_be_focused()
        page.keyboard.press("Escape")
        expect(switch).to_be_focused()
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        other = "en" if language == "zh" else "zh-Hans"
        expect(page.locator("html")).to_have_attribute("lang", other)


def test_the_menu_closes_when_the_focus_leaves_it(browser: Browser, home: str) -> None:
    with visiting(browser, home, "small") as visit:
        page = visit.page
        visit.open("zh/fees/overview/")
        button = page.locator("[data-hc-menu]")
        button.focus()
        page.keyboard.press("Enter")
        expect(page.locator("#hc-nav a").first).to_be_focused()
        page.keyboard.press("Shift+Tab")
        expect(button).to_have_attribute("aria-expanded", "false")
        expect(page.locator("#hc-nav a").first).not_to_be_visible()


def test_a_table_too_wide_for_its_frame_is_scrolled_by_keyboard(
    browser: Browser, home: str
) -> None:
    with looking(browser) as page:
        look_at(page, home, Look("receive-and-send/memo-and-tag/", "en", "enlarged"))
        frame = page.locator(".md-typeset__scrollwrap").first
        expect(frame).not_to_have_attribute("tabindex", "0")
        page.add_style_tag(content="td { min-width: 10rem; }")
        expect(frame).to_have_attribute("tabindex", "0")
        heading = page.locator("#which-networks").inner_text()
        expect(page.get_by_role("region", name=heading)).to_be_visible()
        frame.focus()
        page.keyboard.press("ArrowRight")
        page.wait_for_function("() => document.querySelector('.md-typeset__scrollwrap').scrollLeft")
        page.set_viewport_size({"width": 1280, "height": 800})
        expect(frame).not_to_have_attribute("tabindex", "0")
