"""Illustrations as a browser draws them, and walkthroughs as it plays them, without scripts."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Page, expect

from helpcenter.fragments import FRAGMENTS
from helpcenter.site_context import Site, View
from support import ROOT

LANGUAGES = {"en": "", "zh": "zh/"}
WALKTHROUGHS = {
    "send": "receive-and-send/send/",
    "back-up": "getting-started/back-up-recovery-phrase/",
}

# Half a stroke may stand outside; letters may not come nearer to the edge than this.
EDGE, MARGIN = 1, 4
SMALLEST_TYPE_ON_A_PHONE = 13
SECONDS_A_FRAME = 5

FAULTS = """
() => [...document.querySelectorAll('svg.hc-picture')].flatMap((svg) => {
  const faults = [];
  const frame = svg.getBoundingClientRect();
  const scale = frame.width / 320;
  const name = svg.getAttribute('aria-labelledby');
  const inside = (box, margin) =>
    box.left >= frame.left + margin * scale && box.right <= frame.right - margin * scale &&
    box.top >= frame.top + margin * scale && box.bottom <= frame.bottom - margin * scale;
  for (const shape of svg.querySelectorAll('path, rect, circle, line, polyline, polygon'))
    if (!inside(shape.getBoundingClientRect(), -EDGE))
      faults.push([name, 'outside', shape.outerHTML]);
  const texts = [...svg.querySelectorAll('text')];
  texts.forEach((text, place) => {
    const box = text.getBBox();
    const said = text.textContent.trim();
    if (box.width > Number(text.dataset.room)) faults.push([name, 'too wide', said, box.width]);
    if (!inside(text.getBoundingClientRect(), MARGIN)) faults.push([name, 'at the edge', said]);
    const size = Number(text.getAttribute('font-size')) * scale;
    if (size < SMALLEST) faults.push([name, 'too small', said, size]);
    for (const other of texts.slice(0, place)) {
      const { x, y, width, height } = other.getBBox();
      if (box.x < x + width && x < box.x + box.width &&
          box.y < y + height - 3 && y < box.y + box.height - 3)
        faults.push([name, 'over each other', said, other.textContent.trim()]);
    }
  });
  return faults;
})
"""

# The color of each text, and of the topmost filled shape under its middle, as red, green, blue.
COLORS = """
() => [...document.querySelectorAll('svg.hc-picture tspan')].map((line) => {
  const numbers = (color) => color.match(/[\\d.]+/g).slice(0, 3).map(Number);
  const box = line.getBoundingClientRect();
  const under = document.elementsFromPoint(box.x + box.width / 2, box.y + box.height / 2)
    .find((e) => e.matches('svg') || (!e.closest('text') && getComputedStyle(e).fill !== 'none'));
  const style = getComputedStyle(under);
  return {
    text: line.textContent,
    ink: numbers(getComputedStyle(line).fill),
    paper: numbers(under.tagName === 'svg' ? style.backgroundColor : style.fill),
  };
})
"""
# WCAG 2.2, success criterion 1.4.3.
LEAST_CONTRAST = 4.5


def contrast(one: list[float], other: list[float]) -> float:
    """The ratio of two colors' relative luminance, by the formula of WCAG 2.2."""
    darker, lighter = sorted(map(luminance, (one, other)))
    return (lighter + 0.05) / (darker + 0.05)


def luminance(color: list[float]) -> float:
    shares = [part / 255 for part in color]
    red, green, blue = (
        share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@contextmanager
def sheet(
    browser: Browser, site: Site, language: str, width: int, *, scheme: str = "default"
) -> Iterator[Page]:
    """A page of nothing but all illustrations."""
    view = View(site.pages[language, "index"], language)
    pictures = "".join(
        FRAGMENTS["illustration"].render(site, view, {"name": name}) for name in site.illustrations
    )
    styles = ROOT / "overrides/assets/stylesheets"
    css = "".join(
        (styles / name).read_text(encoding="utf-8")
        for name in ("helpcenter.css", "illustrations.css")
    )
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.set_content(
        f'<!doctype html><html lang="{site.product.tag(language)}"><style>'
        f"html {{ font-size: 125% }} body {{ margin: 16px }} {css}</style>"
        f'<body dir="ltr" data-md-color-scheme="{scheme}"><div class="md-typeset">{pictures}</div>'
    )
    yield page
    page.close()


@contextmanager
def playing(
    browser: Browser, address: str, *, motion: str = "no-preference", width: int = 390
) -> Iterator[Page]:
    """A page with its motion, and without its scripts."""
    context = browser.new_context(
        viewport={"width": width, "height": 844}, java_script_enabled=False
    )
    page = context.new_page()
    page.emulate_media(reduced_motion="reduce" if motion == "reduce" else "no-preference")
    page.goto(address)
    yield page
    context.close()


def at(page: Page, seconds: float) -> int:
    """Hold the film at a time after its start; return which frame, from 1, is seen."""
    return int(
        page.evaluate(
            """(seconds) => {
              const film = document.querySelector('.hc-walkthrough__film');
              for (const moving of document.getAnimations()) moving.currentTime = seconds * 1000;
              const stage = film.parentElement.getBoundingClientRect();
              const seen = [...film.children].map((frame, place) => {
                const box = frame.getBoundingClientRect();
                return box.right > stage.left + 2 && box.left < stage.right - 2 ? place + 1 : 0;
              }).filter(Boolean);
              return seen.length === 1 ? seen[0] : 0;
            }""",
            seconds,
        )
    )


def state(page: Page) -> set[str]:
    return set(page.evaluate("document.getAnimations().map((moving) => moving.playState)"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_of_a_drawing_leaves_its_room(browser: Browser, site: Site, language: str) -> None:
    with sheet(browser, site, language, 390) as page:
        script = FAULTS.replace("EDGE", str(EDGE)).replace("MARGIN", str(MARGIN))
        assert page.locator("svg.hc-picture").count() == sum(
            len(words.panels) for words in site.illustrations.values()
        )
        assert page.evaluate(script.replace("SMALLEST", str(SMALLEST_TYPE_ON_A_PHONE))) == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", [320, 1280])
def test_pictures_fit_the_page(browser: Browser, site: Site, language: str, width: int) -> None:
    with sheet(browser, site, language, width) as page:
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        widths = page.locator("svg.hc-picture").evaluate_all("all => all.map(e => e.clientWidth)")
        assert min(widths) >= 280


@pytest.mark.parametrize("scheme", ["default", "slate"])
def test_words_stand_out_from_what_is_under_them(browser: Browser, site: Site, scheme: str) -> None:
    with sheet(browser, site, "en", 390, scheme=scheme) as page:
        height = page.evaluate("document.documentElement.scrollHeight")
        page.set_viewport_size({"width": 390, "height": height})
        words = page.evaluate(COLORS)
        assert len(words) > len(site.illustrations)
        faint = [each for each in words if contrast(each["ink"], each["paper"]) < LEAST_CONTRAST]
        assert faint == []


every_walkthrough = pytest.mark.parametrize("name", WALKTHROUGHS)
every_language = pytest.mark.parametrize("language", LANGUAGES)


@every_walkthrough
@every_language
def test_a_walkthrough_moves_on_and_stops_at_its_end(
    browser: Browser, home: str, site: Site, language: str, name: str
) -> None:
    frames = len(site.illustrations[name].panels)
    with playing(browser, f"{home}{LANGUAGES[language]}{WALKTHROUGHS[name]}") as page:
        assert state(page) == {"running"}
        middles = [(place + 0.5) * SECONDS_A_FRAME for place in range(2 * frames)]
        order = list(range(1, frames + 1))
        assert [at(page, seconds) for seconds in middles] == order + order
        assert at(page, 2 * frames * SECONDS_A_FRAME + 1) == frames
        assert state(page) == {"finished"}


@every_language
def test_a_walkthrough_stands_still_when_asked(
    browser: Browser, home: str, site: Site, language: str
) -> None:
    said = site.strings[language].text
    with playing(browser, f"{home}{LANGUAGES[language]}{WALKTHROUGHS['send']}") as page:
        pause = page.get_by_role("checkbox", name=said("illustrations.pause_or_play"))
        assert state(page) == {"running"}
        pause.check()
        assert state(page) == {"paused"}
        expect(page.get_by_text(said("illustrations.play"), exact=True)).to_be_visible()
        pause.press(" ")
        assert state(page) == {"running"}
        expect(page.get_by_text(said("illustrations.pause"), exact=True)).to_be_visible()
        stage = page.locator(".hc-walkthrough__stage")
        stage.focus()
        assert state(page) == {"paused"}
        pause.focus()
        assert state(page) == {"running"}
        stage.hover()
        assert state(page) == {"paused"}


@every_language
def test_all_steps_can_be_seen_at_once(
    browser: Browser, home: str, site: Site, language: str
) -> None:
    said = site.strings[language].text
    with playing(browser, f"{home}{LANGUAGES[language]}{WALKTHROUGHS['send']}") as page:
        page.get_by_role("checkbox", name=said("illustrations.all")).check()
        assert_a_list(page, len(site.illustrations["send"].panels))
        assert state(page) == set()


@pytest.mark.parametrize("reason", ["reduced motion", "paper"])
def test_without_motion_all_steps_are_a_list(
    browser: Browser, home: str, site: Site, reason: str
) -> None:
    motion = "reduce" if reason == "reduced motion" else "no-preference"
    with playing(browser, home + WALKTHROUGHS["send"], motion=motion) as page:
        if reason == "paper":
            page.emulate_media(media="print")
        frames = len(site.illustrations["send"].panels)
        assert_a_list(page, frames, in_rows=reason == "paper")
        expect(page.locator(".hc-walkthrough__controls")).to_be_hidden()
        assert page.evaluate("document.getAnimations().length") == 0


def assert_a_list(page: Page, frames: int, *, in_rows: bool = False) -> None:
    """Every frame is wholly on the page, under the one before or, in rows, beside it."""
    boxes = [frame.bounding_box() for frame in page.locator(".hc-walkthrough__film > li").all()]
    assert len(boxes) == frames
    right = bottom = 0.0
    for box in boxes:
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 390
        assert box["y"] >= bottom or (in_rows and box["x"] >= right)
        right, bottom = box["x"] + box["width"], max(bottom, box["y"] + box["height"])


@every_walkthrough
@every_language
def test_the_transcript_says_what_is_seen(
    browser: Browser, home: str, site: Site, language: str, name: str
) -> None:
    with playing(browser, f"{home}{LANGUAGES[language]}{WALKTHROUGHS[name]}") as page:
        transcript = page.locator(".hc-walkthrough__transcript")
        transcript.locator("summary").click()
        steps = transcript.locator("ol > li")
        expect(steps).to_have_count(len(site.illustrations[name].panels))
        for step, panel in zip(steps.all(), site.illustrations[name].panels, strict=True):
            expect(step).to_be_visible()
            expect(step).to_contain_text(panel.shows[language])
