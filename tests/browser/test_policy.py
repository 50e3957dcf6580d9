"""The site's policy in a browser: what a stranger brings into a page runs nowhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import yaml
from playwright.sync_api import Browser, Page, Route, expect

from browser.conftest import visiting
from helpcenter.headers import render
from support import ROOT, serving, shipped_headers

CASES = yaml.safe_load((ROOT / "tests/cases/hostile_markup.yml").read_text(encoding="utf-8"))
LANGUAGES = {"en": "", "zh": "zh/"}
# After this, elements have taken the focus and animations have begun.
_PAINTED = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
_SAY_WHAT_WAS_STOPPED = """
addEventListener("securitypolicyviolation", ({ effectiveDirective }) => {
  top.document.documentElement.dataset.stopped = effectiveDirective;
});
"""
EVIL = "https://evil.example/"

both_languages = pytest.mark.parametrize("language", LANGUAGES)


@dataclass
class Attack:
    """A page under attack: scripts that ran, and what reached the other host."""

    page: Page
    ran: list[str] = field(default_factory=list)
    reached: list[str] = field(default_factory=list)

    def suffer(self, address: str, case: dict[str, Any]) -> None:
        """Open a hostile page and take its bait, as a reader would."""
        self.ran.clear()
        self.reached.clear()
        self.page.goto(address)
        self.page.evaluate(_PAINTED)
        if case.get("click"):
            self.page.locator("#go").evaluate("(bait) => bait.click()")
            self.page.wait_for_load_state()

    def waits_for(self, harm: list[str]) -> bool:
        """Tell whether harm is done; a busy machine may take seconds to do it."""
        for _ in range(300):
            if harm:
                return True
            self.page.wait_for_timeout(100)
        return False


@pytest.fixture
def attack(browser: Browser) -> Iterator[Attack]:
    context = browser.new_context()
    attack = Attack(context.new_page())
    context.expose_function("executed", lambda: attack.ran.append("markup"))
    context.add_init_script(_SAY_WHAT_WAS_STOPPED)

    def evil(route: Route) -> None:
        attack.reached.append(route.request.url)
        route.fulfill(content_type="text/javascript", body="executed()")

    context.route(f"{EVIL}**", evil)
    yield attack
    context.close()


def hostile_pages(
    built: Path, folder: Path, prefix: str, *, policy: bool
) -> Iterator[tuple[dict[str, Any], str]]:
    """Copy a page with each piece of hostile markup; yield the case and the page's address."""
    if not (folder / "assets").exists():
        (folder / "assets").symlink_to(built / "assets")
    text = (built / prefix / "contact/contact/index.html").read_text(encoding="utf-8")
    assert text.count("</article>") == 1
    text = text if policy else text.replace(render.meta(shipped_headers()), "")
    for number, case in enumerate(CASES):
        place = f"{prefix}a/{number}/"
        (folder / place).mkdir(parents=True)
        page = text.replace("</article>", f"{case['html']}</article>")
        (folder / place / "index.html").write_text(page, encoding="utf-8")
        yield case, place


@pytest.mark.parametrize(
    ("said_by", "prefix"), [("the host", ""), ("the host", "zh/"), ("the page", "zh/")]
)
def test_hostile_markup_runs_nothing_and_reaches_nobody(
    attack: Attack, built: Path, tmp_path: Path, said_by: str, prefix: str
) -> None:
    from_page = said_by == "the page"
    with serving(tmp_path, {} if from_page else None) as home:
        for case, place in hostile_pages(built, tmp_path, prefix, policy=from_page):
            attack.suffer(home + place, case)
            expect(attack.page.locator("html"), case["name"]).to_have_attribute(
                "data-stopped", re.compile(".")
            )
            assert (attack.ran, attack.reached) == ([], []), case["name"]


def test_without_a_policy_the_same_markup_does_its_harm(
    attack: Attack, built: Path, tmp_path: Path
) -> None:
    with serving(tmp_path, {}) as home:
        for case, place in hostile_pages(built, tmp_path, "", policy=False):
            attack.suffer(home + place, case)
            harm = attack.ran if case.get("runs", True) else attack.reached
            assert attack.waits_for(harm), case["name"]


def test_a_form_for_another_host_is_not_sent(attack: Attack, home: str) -> None:
    page = attack.page
    page.goto(home)
    with page.expect_console_message(lambda said: "form-action" in said.text):
        page.evaluate(
            f"""() => {{
              const form = document.createElement("form");
              form.action = "{EVIL}";
              document.body.append(form);
              form.submit();
            }}"""
        )
    assert attack.reached == []


@both_languages
def test_a_script_cannot_turn_text_into_code(browser: Browser, home: str, language: str) -> None:
    refused = """(attempt) => {
      try { attempt === "markup" ? document.body.insertAdjacentHTML("beforeend", "<img src=x>")
        : attempt === "script" ? (document.createElement("script").src = "/x.js")
        : attempt === "worker" ? new Worker("/x.js")
        : attempt === "policy" ? trustedTypes.createPolicy("another", {})
        : setTimeout("1"); }
      catch (error) { return error instanceof TypeError || error instanceof EvalError; }
      return false;
    }"""
    with serving_quietly(browser, home + LANGUAGES[language]) as page:
        for attempt in ("markup", "script", "worker", "policy"):
            assert page.evaluate(refused, attempt), attempt
        text = "() => { const p = document.createElement('p'); p.innerHTML = 'a & b'; return p; }"
        assert page.evaluate(f"({text})().textContent") == "a & b"


@contextmanager
def serving_quietly(browser: Browser, address: str) -> Iterator[Any]:
    """Yield a page whose complaints are expected."""
    page = browser.new_page()
    page.goto(address, wait_until="networkidle")
    yield page
    page.close()


def test_a_visit_of_these_tests_notes_what_the_policy_stops(browser: Browser, home: str) -> None:
    with visiting(browser, home) as visit:
        visit.open()
        visit.page.evaluate("document.body.setAttribute('style', 'color: red')")
        visit.page.evaluate(_PAINTED)
        assert "policy: style-src-attr inline" in "\n".join(visit.complaints)
        visit.complaints.clear()


@both_languages
def test_chosen_colors_stay_from_page_to_page(browser: Browser, home: str, language: str) -> None:
    with visiting(browser, home, scheme="light") as visit:
        page = visit.page
        visit.open(LANGUAGES[language])
        switch = page.locator("[data-hc-palette]")
        for scheme in ("default", "slate"):
            switch.click()
            expect(page.locator("body")).to_have_attribute("data-md-color-scheme", scheme)
        # The bundle is kept away: what is painted first is what counts.
        page.route("**/bundle.*.js", lambda route: route.fulfill(body=""))
        visit.open(f"{LANGUAGES[language]}contact/")
        expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
        page.unroute_all()
        visit.open(LANGUAGES[language])
        switch.click()
        page.emulate_media(color_scheme="dark")
        visit.open(f"{LANGUAGES[language]}contact/")
        expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")


def test_a_browser_that_keeps_nothing_shows_the_site_all_the_same(
    browser: Browser, home: str
) -> None:
    with visiting(browser, home) as visit:
        visit.page.add_init_script(
            "Object.defineProperty(window, 'localStorage', "
            "{ get() { throw new DOMException('', 'SecurityError'); } })"
        )
        visit.open()
        switch = visit.page.locator("[data-hc-palette]")
        switch.click()
        switch.click()
        expect(visit.page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
