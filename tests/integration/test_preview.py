"""A preview says on every page that nobody has reviewed it, and no search engine may list it."""

from __future__ import annotations

from pathlib import Path

import pytest

from support import ROOT, build


def test_every_page_of_a_preview_is_marked_and_none_of_the_site(
    built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PREVIEW", "true")
    assert build(ROOT, tmp_path).returncode == 0
    pages = sorted(tmp_path.rglob("*.html"))
    assert len(pages) > 200
    for path in pages:
        text = path.read_text("utf-8")
        assert '<meta name="robots" content="noindex">' in text, path
        assert "data-hc-preview" in text or path.name == "404.html", path
        published = built / path.relative_to(tmp_path)
        assert "data-hc-preview" not in published.read_text("utf-8"), path
