"""A real browser for the tests: Chromium, driven by Playwright, with one site and no internet."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from support import serving

# Chromium without these asks hosts of its own for updates at every start.
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
]
# A machine that builds and tests on every core at once can keep a page waiting for seconds.
expect.set_options(timeout=30_000)
# What the site's own policy stops is said with its directive and place, not only as an error.
_NOTE_VIOLATIONS = """
addEventListener("securitypolicyviolation", ({ effectiveDirective, blockedURI, sourceFile }) =>
  console.error(`policy: ${effectiveDirective} ${blockedURI} in ${sourceFile}`));
"""
SIZES = {"desktop": (1280, 800), "phone": (390, 844), "small": (320, 640)}


@dataclass
class Visit:
    """A page under a reader's eyes, and everything that went wrong while they looked."""

    page: Page
    home: str
    complaints: list[str] = field(default_factory=list)

    def open(self, address: str = "", *, status: int = 200) -> None:
        """Go to an address of the site and wait until it is quiet."""
        answer = self.page.goto(self.home + address, wait_until="networkidle")
        assert answer is not None
        assert answer.status == status


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for all tests of a worker."""
    path = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    if path is None:
        pytest.fail(
            "no Chromium was found: `make test` installs one on Debian; elsewhere install it "
            "and set CHROMIUM to its path",
            pytrace=False,
        )
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield launched
        launched.close()


@pytest.fixture(scope="session")
def home(built: Path) -> Iterator[str]:
    """The address of the built site."""
    with serving(built) as address:
        yield address


@contextmanager
def visiting(
    browser: Browser,
    home: str,
    size: str = "desktop",
    *,
    scheme: str = "light",
    scripts: bool = True,
    bypass_csp: bool = False,
) -> Iterator[Visit]:
    """Yield a fresh visit; afterwards fail on any error, failed request or foreign host.

    `bypass_csp` lets a test put a checker's own script into the page.
    """
    width, height = SIZES[size]
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme="dark" if scheme == "dark" else "light",
        java_script_enabled=scripts,
        has_touch=size != "desktop",
        reduced_motion="reduce",
        bypass_csp=bypass_csp,
    )
    context.add_init_script(_NOTE_VIOLATIONS)
    page = context.new_page()
    visit = Visit(page, home)
    note = visit.complaints.append
    # A page asked for in vain is said on the console too; missing parts of one are noted below.
    page.on(
        "console",
        lambda said: (
            note(f"console: {said.text}")
            if said.type in ("error", "warning") and not said.text.endswith("404 (Not Found)")
            else None
        ),
    )
    page.on("pageerror", lambda error: note(f"script: {error}"))
    # What is still loading when the reader moves on is aborted, which is no failure.
    page.on(
        "requestfailed",
        lambda request: (
            None if request.failure == "net::ERR_ABORTED" else note(f"failed: {request.url}")
        ),
    )
    page.on(
        "request",
        lambda request: None if request.url.startswith(home) else note(f"foreign: {request.url}"),
    )
    page.on(
        "response",
        lambda answer: (
            note(f"{answer.status}: {answer.url}")
            if answer.status >= 400 and not answer.request.is_navigation_request()
            else None
        ),
    )
    yield visit
    context.close()
    assert visit.complaints == []
