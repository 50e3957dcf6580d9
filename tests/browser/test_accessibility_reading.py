"""Pages enlarged to 400 %, with wider text, without motion and in the system's own few colors."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from browser.looks import SIZES, Look, look_at, looking, looks
from helpcenter.site_context import Site

# Text that cannot be read where it stands: beside the screen, or cut off by its own box. What
# scrolls in a frame of its own can be brought into sight.
LOST = """
() => {
  const lost = [];
  const said = (e) => e.outerHTML.slice(0, 100);
  const isApart = "dialog:not([open]), svg, .hc-hidden, .hc-search__label, .md-skip, thead";
  if (document.documentElement.scrollWidth > innerWidth) lost.push("the page scrolls sideways");
  for (const e of document.querySelectorAll("body *")) {
    if (!e.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
    if (e.closest(isApart) || !e.textContent.trim()) continue;
    const style = getComputedStyle(e);
    const cuts = [style.overflowX, style.overflowY].some((way) => /hidden|clip/.test(way));
    const isOver = e.scrollWidth > e.clientWidth + 1 || e.scrollHeight > e.clientHeight + 2;
    if (cuts && isOver) lost.push(`cut off: ${said(e)}`);
    if (e.closest("[role=region]")) continue;
    if (![...e.childNodes].some((node) => node.nodeType === 3 && node.data.trim())) continue;
    const range = document.createRange();
    range.selectNodeContents(e);
    const boxes = [...range.getClientRects()];
    if (boxes.some(({ left, right }) => left < -1 || right > innerWidth + 1))
      lost.push(`beside the screen: ${said(e)}`);
  }
  return lost;
}
"""
# WCAG 2.2, success criterion 1.4.12.
SPACING = """
* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; }
p { margin-bottom: 2em !important; }
"""
# What takes longer than a blink to move.
MOVING = """
() => {
  const longest = (times) => Math.max(...times.split(",").map((time) =>
    parseFloat(time) * (time.trim().endsWith("ms") ? 1 : 1000)));
  return [...document.querySelectorAll("*")].flatMap((e) =>
    [null, "::before", "::after"].map((part) => [e, getComputedStyle(e, part)]))
  .filter(([, { animationName, animationDuration, transitionDuration, scrollBehavior }]) =>
    (animationName !== "none" && longest(animationDuration) > 100) ||
    longest(transitionDuration) > 100 || scrollBehavior === "smooth")
  .map(([e]) => e.outerHTML.slice(0, 100));
}
"""
# Text on a background of hardly another color, and marks of which nothing is left. Chromium
# computes the colors that it forces.
FAINT = """
() => {
  const shares = (color) => color.match(/[\\d.]+/g).map(Number);
  const luminance = (color) => shares(color).slice(0, 3).map((part) => part / 255)
    .map((share) => (share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4))
    .reduce((sum, share, place) => sum + share * [0.2126, 0.7152, 0.0722][place], 0);
  function paper(e) {
    const color = e && getComputedStyle(e).backgroundColor;
    if (e && (shares(color)[3] ?? 1) === 0) return paper(e.parentElement);
    return e ? color : canvas;
  }
  const probe = document.body.appendChild(document.createElement("p"));
  probe.setAttribute("style", "background: Canvas");
  const canvas = getComputedStyle(probe).backgroundColor;
  probe.remove();
  const isText = (e) => [...e.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
  return [...document.querySelectorAll("body *")]
    .filter((e) => isText(e) && e.checkVisibility({ visibilityProperty: true }))
    .filter((e) => {
      const style = getComputedStyle(e);
      const ink = e.closest("svg") ? style.fill : style.color;
      const under = e.closest("svg") ? null : paper(e);
      if (!under) return ink === canvas && !e.matches(".hc-on-solid, .hc-on-solid *");
      const [darker, lighter] = [ink, under].map(luminance).sort((a, b) => a - b);
      return (lighter + 0.05) / (darker + 0.05) < 4.5;
    })
    .map((e) => e.outerHTML.slice(0, 100));
}
"""


def lost(page: Page) -> list[str]:
    found: list[str] = page.evaluate(LOST)
    return found


def faint(page: Page) -> list[str]:
    found: list[str] = page.evaluate(FAINT)
    return found


def test_nothing_is_lost_at_400_percent_with_wider_text_or_in_few_colors(
    browser: Browser, home: str, site: Site
) -> None:
    found = {}
    with looking(browser) as page:
        for look in looks(site):
            page.emulate_media(forced_colors="none")
            look_at(page, home, look)
            wrong = lost(page)
            page.add_style_tag(content=SPACING)
            for size in ("enlarged", "desktop"):
                page.set_viewport_size(SIZES[size])
                wrong += [f"with wider text, {size}: {each}" for each in lost(page)]
            page.emulate_media(forced_colors="active")
            wrong += [f"in few colors: {each}" for each in faint(page)]
            if wrong:
                found[look] = wrong
    assert found == {}


@pytest.mark.parametrize(
    ("style", "said"),
    [
        ("h1 { white-space: nowrap; font-size: 5rem !important }", "beside the screen"),
        ("h1 { height: 1rem; overflow: hidden }", "cut off"),
        ("main { width: 800px }", "sideways"),
    ],
)
def test_what_is_lost_is_found(browser: Browser, home: str, style: str, said: str) -> None:
    with looking(browser) as page:
        look_at(page, home, Look("contact/", "en", "enlarged"))
        assert lost(page) == []
        page.add_style_tag(content=style)
        assert said in "\n".join(lost(page))


def test_nothing_moves_where_less_motion_is_asked_for(
    browser: Browser, home: str, site: Site
) -> None:
    moving = {}
    for still in (True, False):
        with looking(browser, still=still) as page:
            for address in ("receive-and-send/send/", "zh/fees/calculator/", "zh/"):
                look_at(page, home, Look(address, "", "phone"))
                page.locator("[data-hc-menu]").click()
                moving[address, still] = page.evaluate(MOVING)
    assert not any(found for (_, still), found in moving.items() if still), moving
    assert moving["receive-and-send/send/", False]


def test_what_is_found_stays_marked_in_the_few_colors_of_the_system(
    browser: Browser, home: str
) -> None:
    with looking(browser) as page:
        page.emulate_media(forced_colors="active", color_scheme="dark")
        look_at(page, home, Look("zh/faq/", "zh", "phone"))
        page.keyboard.press("/")
        page.keyboard.type("deposit")
        expect(page.locator(".hc-result mark").first).to_be_visible()
        assert faint(page) == []
        page.add_style_tag(content="mark { background: none !important; }")
        assert all(text.startswith("<mark") for text in faint(page))
        assert faint(page)
