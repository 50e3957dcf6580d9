"""The pictures of the README, taken by the browser that tests the site.

They are taken only on request (`make screenshots`), because fonts differ between machines.
"""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from browser.conftest import visiting
from support import ROOT

PICTURES = [
    ("home-en-desktop", "", "desktop", "light"),
    ("home-zh-phone", "zh/", "phone", "dark"),
]


@pytest.mark.parametrize(("name", "address", "size", "scheme"), PICTURES)
def test_the_readmes_pictures_show_the_site_as_it_is(
    browser: Browser,
    home: str,
    pytestconfig: pytest.Config,
    name: str,
    address: str,
    size: str,
    scheme: str,
) -> None:
    with visiting(browser, home, size, scheme=scheme) as visit:
        visit.open(address)
        picture = visit.page.screenshot()
    assert picture.startswith(b"\x89PNG")
    file = ROOT / ".github" / "screenshots" / f"{name}.png"
    if pytestconfig.getoption("--screenshots"):
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(picture)
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert f".github/screenshots/{name}.png" in readme
    assert file.exists()
