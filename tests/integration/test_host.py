"""How the host behaves and what we do about it, on the versions named here.

Each test pins a habit of MkDocs, Material or the i18n plugin together with our answer to it. When
a version moves, read the failing tests: a habit that is gone takes its workaround with it.
"""

from __future__ import annotations

import importlib.metadata
import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from helpcenter.site_context import Site
from support import ROOT, build, copy_project, edit, published_path

VERSIONS = {
    "mkdocs": "1.6.1",
    "mkdocs-material": "9.8.1",
    "mkdocs-static-i18n": "1.3.1",
    "markdown": "3.11.3",
}
ORIGIN = "https://help.example.com/"
UNTRANSLATED = "receive-and-send/receive"


@pytest.fixture(scope="session")
def with_fallback(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site as built while one page has no Chinese translation yet."""
    folder = tmp_path_factory.mktemp("fallback")
    project = copy_project(folder / "project")
    (project / "docs" / "zh" / f"{UNTRANSLATED}.md").unlink()
    result = build(project, folder / "site")
    assert result.returncode == 0, result.stderr
    return folder / "site"


def html(site: Path, address: str) -> str:
    return (site / address / "index.html").read_text(encoding="utf-8")


def pages(site: Path) -> Iterator[tuple[str, str]]:
    for path in sorted(site.rglob("index.html")):
        address = path.parent.relative_to(site).as_posix()
        yield ("" if address == "." else address + "/"), path.read_text(encoding="utf-8")


def attribute(text: str, pattern: str) -> str:
    found = re.search(pattern, text)
    assert found, f"nothing matches {pattern}"
    return found.group(1)


def test_the_versions_are_the_ones_these_habits_were_seen_on() -> None:
    assert {name: importlib.metadata.version(name) for name in VERSIONS} == VERSIONS


def test_a_strict_build_of_both_languages_says_nothing_unexplained(tmp_path: Path) -> None:
    result = build(ROOT, tmp_path / "site")
    assert result.returncode == 0, result.stderr
    assert "WARNING" not in result.stderr
    assert "ERROR" not in result.stderr


def test_a_strict_build_names_each_broken_link_and_anchor_of_each_language(
    project: Path, tmp_path: Path
) -> None:
    """Should a version or an option switch the checks off, this is where it shows."""
    broken = {"en": ("nowhere.md", "receive.md#nowhere"), "zh": ("nirgends.md", "receive.md#wu")}
    for language, targets in broken.items():
        page = project / "docs" / language / "receive-and-send" / "send.md"
        links = "".join(f"\n[x]({target})\n" for target in targets)
        page.write_text(page.read_text(encoding="utf-8") + links, encoding="utf-8")
    result = build(project, tmp_path / "site")
    assert result.returncode == 1
    for language, targets in broken.items():
        for target in targets:
            place = f"Doc file '{language}/receive-and-send/send.md' contains a link '{target}'"
            assert place in result.stderr


@pytest.mark.parametrize("option", ["--quiet", "--verbose"])
def test_a_strict_build_refuses_the_options_that_hide_broken_links(
    option: str, tmp_path: Path
) -> None:
    """MkDocs 1.6.1 counts warnings only where they are shown: `--strict -q` passes anything."""
    result = build(ROOT, tmp_path / "site", "--strict", option)
    assert result.returncode == 1
    assert f"--strict with {option} lets broken links pass" in result.stderr
    assert not (tmp_path / "site" / "index.html").exists()


def test_every_page_says_its_true_language(built: Path) -> None:
    """The i18n plugin knows `zh` only; readers and screen readers need `zh-Hans`."""
    for address, text in pages(built):
        expected = "zh-Hans" if address.startswith("zh/") else "en"
        assert attribute(text, r'<html lang="([^"]+)"') == expected, address
        assert attribute(text, r'<div class="hc-text[^"]*" lang="([^"]+)"') == expected, address


def test_text_in_another_language_is_marked(built: Path) -> None:
    """The language switch and the glossary hold words of the other language on every page."""
    for address, text in pages(built):
        other = "en" if address.startswith("zh/") else "zh-Hans"
        switch = attribute(text, r'(<a class="hc-language"[^>]*>)')
        assert f'lang="{other}"' in switch, address
        assert f'hreflang="{other}"' in switch, address
    assert '<span class="hc-glossary__other" lang="zh-Hans">助记词</span>' in html(
        built, "reference/glossary"
    )


def test_a_fallback_page_says_so_and_marks_its_text(with_fallback: Path, site: Site) -> None:
    """mkdocs-static-i18n 1.3.1 puts the English text into a page that says it is Chinese."""
    text = html(with_fallback, f"zh/{UNTRANSLATED}")
    assert attribute(text, r'<html lang="([^"]+)"') == "zh-Hans"
    assert attribute(text, r'<div class="hc-text[^"]*" lang="([^"]+)"') == "en"
    assert site.strings["zh"].text("fallback.title") in text
    assert "data-hc-fallback" not in html(with_fallback, f"zh/{UNTRANSLATED[:-7]}send")


def test_a_fallback_page_leaves_search_engines_to_the_original(with_fallback: Path) -> None:
    text = html(with_fallback, f"zh/{UNTRANSLATED}")
    assert attribute(text, r'rel="canonical" href="([^"]+)"') == f"{ORIGIN}{UNTRANSLATED}/"
    assert '<meta name="robots" content="noindex">' in text
    original = html(with_fallback, UNTRANSLATED)
    assert "noindex" not in original
    assert 'hreflang="zh-Hans" href=' not in original


def test_a_fallback_page_is_in_no_index(with_fallback: Path) -> None:
    assert f"zh/{UNTRANSLATED}" not in (with_fallback / "sitemap.xml").read_text(encoding="utf-8")
    found = {
        language: {
            url
            for url, *_ in json.loads(
                (
                    with_fallback / published_path(with_fallback, f"search/{language}/core.json")
                ).read_bytes()
            )["titles"]
        }
        for language in ("en", "zh")
    }
    assert f"{UNTRANSLATED}/" in found["en"]
    assert f"{UNTRANSLATED}/" not in found["zh"]


def test_canonical_addresses_are_absolute_and_the_pages_own(built: Path) -> None:
    for address, text in pages(built):
        assert attribute(text, r'rel="canonical" href="([^"]+)"') == ORIGIN + address


def test_no_link_makes_material_ask_for_sitemaps_that_do_not_exist(built: Path) -> None:
    """The space in rel="alternate " can go when Material's bundle no longer looks for it."""
    bundle = next((built / "assets" / "javascripts").glob("bundle.*.min.*.js"))
    assert '"link[rel=alternate]"' in bundle.read_text(encoding="utf-8")
    assert not [address for address, text in pages(built) if 'rel="alternate"' in text]


def test_one_404_page_serves_both_languages(built: Path, site: Site) -> None:
    """mkdocs-static-i18n 1.3.1 leaves the 404 page of the language it builds last."""
    text = (built / "404.html").read_text(encoding="utf-8")
    assert attribute(text, r'<html lang="([^"]+)"') == "en"
    assert '<section lang="zh-Hans">' in text
    for language, home in (("en", "/"), ("zh", "/zh/")):
        assert site.strings[language].text("not_found.title") in text
        assert f'href="{home}"' in text
        assert (built / home.strip("/") / "index.html").exists()
    assert f'href="/{published_path(built, "assets/stylesheets/not-found.css")}"' in text


def test_the_language_switch_stays_on_the_page(built: Path) -> None:
    for address, text in pages(built):
        target = attribute(text, r'<a class="hc-language" href="([^"]+)"')
        twin = address.removeprefix("zh/") if address.startswith("zh/") else f"zh/{address}"
        assert (built / address / target).resolve() == (built / twin).resolve(), address


def test_the_menu_names_sections_in_the_readers_language(built: Path, site: Site) -> None:
    for language, prefix in (("en", ""), ("zh", "zh/")):
        text = html(built, f"{prefix}fees")
        menu = attribute(text, r'(?s)(<nav class="hc-nav".*?</nav>)')
        for section, slugs in site.navigation.sections:
            if section:
                assert site.pages[language, slugs[0]].meta.title in menu


@pytest.mark.parametrize("prefix", ["", "zh/"])
def test_every_page_of_a_section_shows_the_way_to_it_and_on(
    built: Path, site: Site, prefix: str
) -> None:
    for name, slugs in site.navigation.sections:
        for slug in slugs if name else ():
            text = html(built, prefix + slug.removesuffix("/index"))
            assert '<nav class="md-path"' in text, slug
            before, after = site.navigation.neighbors(slug)
            relations = re.findall(r'class="hc-steps__\w+" rel="(\w+)"', text)
            assert relations == ["prev"] * bool(before) + ["next"] * bool(after), slug


def test_a_page_that_cannot_be_read_stops_the_build_with_a_place_and_a_way_out(
    project: Path, tmp_path: Path
) -> None:
    edit(project / "docs/zh/fees/overview.md", "type: explanation", "type: essay")
    result = build(project, tmp_path / "site", "--clean")
    assert result.returncode == 1
    assert "docs/zh/fees/overview.md:4: data-invalid: type:" in result.stderr
    assert "Traceback" not in result.stderr


def test_an_option_of_the_wrong_type_stops_the_build(project: Path, tmp_path: Path) -> None:
    edit(project / "mkdocs.yml", "stale_after_days: 365", "stale_after_days: often")
    result = build(project, tmp_path / "site")
    assert result.returncode == 1
    assert "extra.helpcenter.stale_after_days" in result.stderr


def test_an_unknown_fact_or_marker_stops_a_strict_build(project: Path, tmp_path: Path) -> None:
    page = project / "docs/en/fees/overview.md"
    text = page.read_text(encoding="utf-8")
    page.write_text(f"{text}\n{{{{ no.such }}}}\n\n<!-- hc:no-such -->\n", encoding="utf-8")
    result = build(project, tmp_path / "site")
    assert result.returncode == 1
    assert "fact-unknown" in result.stderr
    assert "marker-unknown" in result.stderr


def test_data_files_and_drafts_are_not_published(built: Path) -> None:
    published = {path.relative_to(built).parts[0] for path in built.rglob("*")}
    assert {name for name in published if name.startswith("_")} == {"_headers", "_redirects"}
    assert not list(built.rglob("*.yml"))


def test_two_builds_of_one_day_are_the_same_to_the_byte(built: Path, tmp_path: Path) -> None:
    again = tmp_path / "site"
    assert build(ROOT, again).returncode == 0
    names = {path.relative_to(again) for path in again.rglob("*") if path.is_file()}
    assert names == {path.relative_to(built) for path in built.rglob("*") if path.is_file()}
    assert [
        name for name in names if (again / name).read_bytes() != (built / name).read_bytes()
    ] == []


def test_an_adopters_other_address_moves_every_absolute_link(project: Path, tmp_path: Path) -> None:
    """The address of the site is written once, in product.yml."""
    edit(
        project / "docs/_data/product.yml", "https://help.example.com/", "https://example.com/help/"
    )
    site = tmp_path / "site"
    assert build(project, site).returncode == 0
    assert 'rel="canonical" href="https://example.com/help/fees/"' in html(site, "fees")
    missing = (site / "404.html").read_text(encoding="utf-8")
    assert 'href="/help/zh/"' in missing
    assert f'href="/help/{published_path(site, "assets/stylesheets/not-found.css")}"' in missing
    shutil.rmtree(site)
