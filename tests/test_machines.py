"""What programs find: data in pages, Markdown twins, lists, feeds and pictures, as built."""

from __future__ import annotations

import dataclasses
import datetime
import importlib.resources
import json
import re
import struct
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urldefrag
from xml.etree import ElementTree as ET

import jsonschema
import pytest
from bs4 import BeautifulSoup, Tag

from helpcenter import finish, sitemap
from helpcenter.machines import linked_data, questions, reading, social, twins
from helpcenter.machines.listed import (
    LOGO,
    UNLISTED,
    listed_pages,
    llms_path,
    notices_path,
    picture_path,
    twin_path,
)
from helpcenter.machines.llms import llms_txt
from helpcenter.machines.notices_feed import notices_feed
from helpcenter.notices import Notice, Notices
from helpcenter.site_context import Site, View

ATOM = "{http://www.w3.org/2005/Atom}"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
XHTML = "{http://www.w3.org/1999/xhtml}"
NUMBER = re.compile(r"\d[\d,.]*\d|\d")
ADDRESS, MARKER = re.compile(r"\]\(\S*\)|<\S*>"), re.compile(r"^ *\d+\. ", re.MULTILINE)
ROOT_URL = "https://help.example.com/"
CODES = ("en", "zh")


@dataclasses.dataclass(frozen=True)
class Read:
    """A built page: what its head says, the words a reader sees, the numbers among them."""

    slug: str
    language: str
    url: str
    canonical: str
    alternates: Mapping[str, str]
    meta: Mapping[str, str]
    links: tuple[Mapping[str, str], ...]
    data: Any
    words: str
    numbers: Counter[str]


def squeezed(text: str) -> str:
    return " ".join(text.split())


def read(site: Site, folder: Path, slug: str, language: str) -> Read:
    text = (folder / site.path(slug, language) / "index.html").read_text(encoding="utf-8")
    head = BeautifulSoup(text.partition("</head>")[0], "html.parser")
    # Any rel that begins so: the theme needs a space behind one of them.
    links = [{name: str(value) for name, value in each.attrs.items()} for each in head("link")]
    for link, element in zip(links, head("link"), strict=True):
        link["rel"] = " ".join(element.get_attribute_list("rel")).strip()
    scripts = head.find_all("script", type="application/ld+json")
    assert len(scripts) <= 1
    shown = reading.parse_text(text)
    return Read(
        slug,
        language,
        site.url(slug, language),
        next(each["href"] for each in links if each["rel"] == "canonical"),
        {each["hreflang"]: each["href"] for each in links if "hreflang" in each},
        {
            str(each.get("property") or each.get("name")): str(each.get("content"))
            for each in head("meta")
        },
        tuple(links),
        json.loads(scripts[0].string or "") if scripts else None,
        squeezed(shown.get_text()),
        numbers(shown),
    )


def numbers(text: Tag) -> Counter[str]:
    """The numbers that stand on the page without a script and outside of drawings."""
    left_out = ["form", "figure", "svg", "nav", "script", "select", "button"]
    return Counter(
        number
        for words in text.find_all(string=True)
        if not words.find_parent(left_out) and not words.find_parent(hidden=True)
        for number in NUMBER.findall(words)
    )


@pytest.fixture(scope="module")
def pages(site: Site, built: Path) -> dict[tuple[str, str], Read]:
    return {
        (slug, language): read(site, built, slug, language)
        for slug in site.navigation.slugs
        for language in site.languages_of(slug)
    }


@pytest.fixture(scope="module")
def listed(pages: dict[tuple[str, str], Read]) -> list[Read]:
    return [page for (slug, _), page in pages.items() if slug not in UNLISTED]


def nodes(page: Read, kind: str) -> list[Any]:
    return [node for node in everything(page.data) if node.get("@type") == kind]


def everything(data: Any) -> Iterator[Any]:
    if isinstance(data, dict):
        yield data
        for value in data.values():
            yield from everything(value)
    elif isinstance(data, list):
        for value in data:
            yield from everything(value)


# ---- addresses -----------------------------------------------------------------------------------


def test_each_version_of_a_page_names_itself_the_others_and_the_default(
    listed: list[Read], site: Site
) -> None:
    by_url = {page.url: page for page in listed}
    assert len(by_url) == len(listed) > 200
    for page in listed:
        assert page.canonical == page.url
        versions = {site.product.tag(code): site.url(page.slug, code) for code in CODES}
        assert page.alternates == versions | {"x-default": site.url(page.slug, "en")}
        for url in page.alternates.values():
            assert by_url[url].alternates == page.alternates


def test_a_page_of_results_is_left_out_of_every_list(
    pages: dict[tuple[str, str], Read], built: Path, site: Site
) -> None:
    assert {"search"} == UNLISTED
    for code in CODES:
        page = pages["search", code]
        assert page.meta["robots"] == "noindex"
        assert page.alternates == {}
        assert page.data is None
        for name in ("sitemap.xml", llms_path(site, code)):
            assert f"{page.url}<" not in (built / name).read_text(encoding="utf-8")
        assert not (built / twin_path(site, "search", code)).exists()
    assert 'name="robots" content="noindex"' in (built / "404.html").read_text(encoding="utf-8")


def test_the_sitemap_is_the_pages_with_their_versions_and_days(
    listed: list[Read], built: Path, site: Site
) -> None:
    urls = ET.parse(built / "sitemap.xml").getroot().findall(f"{SITEMAP}url")
    found = {url.findtext(f"{SITEMAP}loc"): url for url in urls}
    assert len(found) == len(urls)
    assert set(found) == {page.url for page in listed}
    for page in listed:
        url = found[page.url]
        versions = {each.get("hreflang"): each.get("href") for each in url.findall(f"{XHTML}link")}
        assert versions == page.alternates
        day = datetime.date.fromisoformat(url.findtext(f"{SITEMAP}lastmod") or "")
        assert site.pages[page.language, page.slug].meta.reviewed <= day <= site.as_of


def test_a_page_changed_when_its_data_did(site: Site) -> None:
    page = dataclasses.replace(
        site.pages["en", "fees/withdrawal-fees"],
        meta=site.pages["en", "index"].meta.model_copy(
            update={"reviewed": datetime.date(2026, 1, 1)}
        ),
    )
    days = {version.valid_from for fee in site.schedule.fees for version in fee.versions}
    past = max(day for day in days if day <= site.as_of)
    assert past < max(days) == datetime.date(2027, 1, 1)
    assert sitemap.changed(site, page) == past
    later = dataclasses.replace(site, as_of=datetime.date(2027, 2, 1))
    assert sitemap.changed(later, page) == datetime.date(2027, 1, 1)
    assert sitemap.changed(site, dataclasses.replace(page, body="")) == page.meta.reviewed


# ---- data in pages -------------------------------------------------------------------------------


def test_every_listed_page_says_what_it_is_in_its_own_words(listed: list[Read], site: Site) -> None:
    kinds = {"WebPage", "CollectionPage", "FAQPage"}
    for page in listed:
        assert page.data["@context"] == "https://schema.org"
        first = page.data["@graph"][0]
        source = site.pages[page.language, page.slug]
        assert first["@type"] in kinds
        assert first["url"] == first["@id"] == page.url
        assert first["description"] == page.meta["description"]
        assert first["inLanguage"] == site.product.tag(page.language)
        assert first["lastReviewed"] == source.meta.reviewed.isoformat()
        assert page.slug == "index" or first["name"] in page.words
        assert (first["@type"] == "FAQPage") == (page.slug.startswith("faq/"))


def test_addresses_in_the_data_are_absolute_and_lead_to_pages_and_files(
    listed: list[Read], built: Path, site: Site
) -> None:
    known = {page.url for page in listed} | {site.address(LOGO)}
    outside = {f"https://{domain}/" for domain in site.product.official_domains}
    outside |= {str(channel.address) for channel in site.product.channels}
    for page in listed:
        for node in everything(page.data):
            for name in ("url", "item", "logo"):
                if address := node.get(name):
                    assert urldefrag(address).url in known | outside, (page.url, address)
    assert (built / LOGO).is_file()


def test_the_trail_leads_from_the_home_page_to_the_page(
    listed: list[Read], pages: dict[tuple[str, str], Read]
) -> None:
    for page in listed:
        trails = nodes(page, "BreadcrumbList")
        assert len(trails) == (page.slug != "index")
        for trail in trails:
            items = trail["itemListElement"]
            assert [item["position"] for item in items] == list(range(1, len(items) + 1))
            assert items[0]["item"] == pages["index", page.language].url
            assert items[-1]["item"] == page.url
            assert len(items) == (2 if page.slug.endswith("/index") or "/" not in page.slug else 3)


def test_questions_and_answers_are_on_their_page_to_read(listed: list[Read]) -> None:
    asked = [(page, node) for page in listed for node in nodes(page, "Question")]
    assert len([page for page in listed if nodes(page, "FAQPage")]) == 62
    assert len(asked) == 60 + 60  # each on its own page and in the list
    for page, question in asked:
        assert question["name"] in page.words
        for line in question["acceptedAnswer"]["text"].split("\n"):
            assert re.sub(r"^\d+\. ", "", line) in page.words, (page.url, line)


def test_the_answer_of_a_question_has_its_steps_in_order(
    pages: dict[tuple[str, str], Read],
) -> None:
    (question,) = nodes(pages["faq/withdrawal-delayed", "en"], "Question")
    lead, *steps = question["acceptedAnswer"]["text"].split("\n")
    assert lead.endswith("a review can take up to 24 hours.")
    assert [step.partition(".")[0] for step in steps] == [str(n) for n in range(1, len(steps) + 1)]
    assert len(steps) == 7


def test_a_guide_with_numbered_steps_says_them_as_they_are_shown(
    listed: list[Read], site: Site
) -> None:
    counted = dict.fromkeys(CODES, 0)
    for page in listed:
        guides = nodes(page, "HowTo")
        is_guide = site.pages[page.language, page.slug].meta.type == "guide"
        assert len(guides) <= is_guide
        counted[page.language] += len(guides)
        for node in nodes(page, "HowToStep"):
            assert node["text"] in page.words, page.url
        for section in nodes(page, "HowToSection"):
            assert section["name"] in page.words
            assert section["itemListElement"]
    assert counted["en"] == counted["zh"] >= 20


@pytest.mark.parametrize("slug", ["index", "security/official-channels"])
@pytest.mark.parametrize("language", CODES)
def test_the_organization_is_named_with_its_official_channels(
    slug: str, language: str, pages: dict[tuple[str, str], Read], site: Site
) -> None:
    (organization,) = [
        node for node in pages[slug, language].data["@graph"] if node["@type"] == "Organization"
    ]
    product = site.product
    assert organization["name"] == product.company[language]
    domains = [f"https://{domain}/" for domain in product.official_domains]
    assert [organization["url"], *organization["sameAs"]] == domains
    reached = {point.get("url") or point.get("email") for point in organization["contactPoint"]}
    assert reached == {"https://example.com/support", "support@example.com"}


def test_no_text_can_end_the_element_that_holds_the_data(site: Site) -> None:
    page = site.pages["en", "fees/overview"]
    title = "</script><script>alert(1)</script><!--"
    hostile = dataclasses.replace(page, meta=page.meta.model_copy(update={"title": title}))
    text = linked_data.linked_data(site, View(hostile, "en"), "")
    assert "<" not in text
    assert json.loads(text)["@graph"][0]["name"] == title


def test_a_copy_of_another_languages_page_says_nothing_of_itself(site: Site) -> None:
    view = View(site.pages["en", "fees/overview"], "zh")
    assert linked_data.linked_data(site, view, "") == ""


# ---- pictures and sharing ------------------------------------------------------------------------


def test_a_shared_page_shows_its_title_and_the_picture_of_its_language(
    listed: list[Read], site: Site
) -> None:
    locales = {"en": "en_US", "zh": "zh_CN"}
    for page in listed:
        other = "zh" if page.language == "en" else "en"
        expected = {
            "og:type": "website" if page.slug == "index" else "article",
            "og:site_name": site.product.site_name[page.language],
            "og:description": page.meta["description"],
            "og:url": page.canonical,
            "og:locale": locales[page.language],
            "og:locale:alternate": locales[other],
            "og:image": ROOT_URL + picture_path(page.language),
            "og:image:width": "1200",
            "og:image:height": "630",
            "twitter:card": "summary_large_image",
        }
        assert expected.items() <= page.meta.items()
        assert page.meta["og:title"]
        assert site.product.site_name[page.language] in page.meta["og:image:alt"]


def test_a_picture_has_the_size_that_pages_say(built: Path) -> None:
    for name in (*map(picture_path, CODES), LOGO):
        start = (built / name).read_bytes()[:24]
        assert start.startswith(b"\x89PNG\r\n\x1a\n")
        size = struct.unpack(">II", start[16:24])
        assert size == ((512, 512) if name == LOGO else (social.WIDTH, social.HEIGHT))
        assert (built / name).stat().st_size < 200_000


def test_each_language_has_a_picture_of_its_own_words(site: Site, built: Path) -> None:
    first, second = ((built / picture_path(code)).read_bytes() for code in CODES)
    assert first != second
    names = dict.fromkeys(CODES, "Birch")
    renamed = site.product.model_copy(update={"site_name": names})
    drawn = social.pictures(dataclasses.replace(site, product=renamed))
    assert drawn[picture_path("en")] != first
    assert social.pictures(site)[picture_path("zh")] == second


@pytest.mark.parametrize(
    ("tag", "expected"),
    [("en", "en_US"), ("zh-Hans", "zh_CN"), ("zh-Hant-HK", "zh_HK"), ("pt-BR", "pt_BR")],
)
def test_a_language_has_the_territory_that_open_graph_asks_for(tag: str, expected: str) -> None:
    assert social.locale(tag) == expected


# ---- Markdown ------------------------------------------------------------------------------------


def test_every_page_has_a_twin_that_holds_its_numbers(
    listed: list[Read], built: Path, site: Site
) -> None:
    for page in listed:
        path = twin_path(site, page.slug, page.language)
        twin = (built / path).read_text(encoding="utf-8")
        assert {"rel": "alternate", "type": "text/markdown", "href": ROOT_URL + path} in page.links
        assert twin.startswith("# ")
        assert page.url in twin
        shown = ADDRESS.sub(" ", MARKER.sub("", twin))
        examples = "".join(re.findall(r"^```.*?^```", twin, re.MULTILINE | re.DOTALL))
        shown += "".join(MARKER.findall(examples))
        assert not page.numbers - Counter(NUMBER.findall(shown)), page.url
        assert not re.search(r"<(?!https?:|mailto:)[a-z/!]|hc:|\{\{|\]\((?!https?:|mailto:)", twin)


def test_a_twin_is_markdown_that_says_the_same(site: Site) -> None:
    html = """<html><div class="hc-text" lang="en"><h1>Title</h1>
<p>See <a href="../overview/#who">who is paid</a>.</p>
<div class="admonition danger"><p class="admonition-title">Stop</p><p>Never share it.</p></div>
<table><caption>Fees</caption><thead><tr><th>Coin</th><th>Fee</th></tr></thead>
<tbody><tr><th colspan="2">Coins we <em>hold</em></th></tr>
<tr><th>BTC</th><td><span>1 <span class="hc-part">from May 2</span></span></td></tr></tbody>
</table>
<ol><li>Open it.</li><li>Read <strong>all</strong>.</li></ol>
<form><p>Amount</p></form><p hidden>Later</p><figure class="hc-illustration"><p>Look</p></figure>
</div></article><p>Footer</p></html>"""
    text = twins.twin(site, "fees/calculator", "en", html)
    assert text.partition("reviewed on")[2].partition("\n\n")[2] == (
        "See [who is paid](https://help.example.com/fees/overview/#who).\n\n"
        "> **Stop**\n>\n> Never share it.\n\n"
        "**Fees**\n\n"
        "| Coin | Fee |\n| --- | --- |\n| **Coins we hold** | |\n| BTC | 1 · from May 2 |\n\n"
        "1. Open it.\n2. Read **all**.\n"
    )


@pytest.mark.parametrize("language", CODES)
def test_llms_txt_names_every_page_once_by_files_that_exist(
    language: str, site: Site, built: Path
) -> None:
    text = (built / llms_path(site, language)).read_text(encoding="utf-8")
    assert text == llms_txt(site, language)
    title, empty, summary, *_ = text.split("\n")
    assert (title, empty) == (f"# {site.product.site_name[language]}", "")
    assert summary == f"> {site.product.tagline[language]}"
    links = re.findall(r"^- \[[^\]\n]+\]\((\S+)\)", text, re.MULTILINE)
    pages = [
        site.address(twin_path(site, slug, code))
        for slug, code in listed_pages(site)
        if code == language and "/" in slug
    ]
    assert [link for link in links if link.endswith(".html.md")] == pages
    assert [link for link in links if not (built / link.removeprefix(ROOT_URL)).is_file()] == []
    assert str(site.product.site_url.host) in text


# ---- questions -----------------------------------------------------------------------------------


def test_faq_json_is_what_its_schema_describes(built: Path) -> None:
    data = json.loads((built / "faq.json").read_bytes())
    schema = json.loads((built / "faq.schema.json").read_bytes())
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    validator.validate(data)
    first = data["languages"]["en"]["questions"][0]
    for wrong in ({"rank": 0}, {"url": "faq/"}, {"colour": "red"}):
        first_wrong = data | {
            "languages": {"en": data["languages"]["en"] | {"questions": [first | wrong]}}
        }
        assert not validator.is_valid(first_wrong), wrong


@pytest.mark.parametrize("language", CODES)
def test_faq_json_has_the_order_and_the_answers_of_the_page(
    language: str, site: Site, built: Path
) -> None:
    data = json.loads((built / "faq.json").read_bytes())
    found = data["languages"][language]["questions"]
    html = (built / site.path("faq/index", language) / "index.html").read_text(encoding="utf-8")
    items = reading.parse_text(html).select(".hc-faq__item")
    shown = [[squeezed(part.get_text()) for part in item.find_all("p")] for item in items]
    assert [
        [one["category_name"], one["question"], squeezed(one["answer"])] for one in found
    ] == shown
    assert [one["rank"] for one in found] == list(range(1, 31))
    assert site.ranking is not None
    assert data["ranked"] == site.ranking.as_of.isoformat()
    for one in found:
        assert (built / one["url"].removeprefix(ROOT_URL) / "index.html").is_file()
        assert (built / one["markdown"].removeprefix(ROOT_URL)).is_file()


def test_a_question_without_a_page_in_a_language_is_left_out_there(site: Site) -> None:
    slug = site.faq_order[0].slug
    pages = {key: page for key, page in site.pages.items() if key != ("zh", slug)}
    fewer = dataclasses.replace(site, pages=pages)
    assert len(questions.questions(fewer, "zh")) == len(questions.questions(site, "zh")) - 1
    assert questions.questions(fewer, "en") == questions.questions(site, "en")
    before, after = (json.loads(questions.faq_json(each)) for each in (site, fewer))
    assert before["version"] != after["version"]


# ---- feeds ---------------------------------------------------------------------------------------


def notice(name: str, starts: str, ends: str, **more: Any) -> Notice:
    words = {"en": f"{name} <b>&", "zh": f"{name} 中"}
    return Notice.model_validate(
        {"id": name, "level": "incident", "title": words, "text": words, "owner": "Desk"}
        | {"starts": f"{starts}T08:00:00Z", "ends": f"{ends}T20:00:00Z"}
        | more,
        context={"languages": CODES},
    )


def test_the_feed_of_notices_tells_what_began_and_what_is_over(site: Site) -> None:
    outcome = {"en": "A node failed.", "zh": "节点故障。"}
    notices = Notices(
        notices=(
            notice("now", "2026-11-20", "2026-11-30"),
            notice("over", "2026-10-01", "2026-11-21", outcome=outcome),
            notice("later", "2026-12-24", "2026-12-25"),
            notice("draft", "2026-11-01", "2026-11-30", active=False),
        )
    )
    root = ET.fromstring(notices_feed(dataclasses.replace(site, notices=notices), "en"))
    entries = root.findall(f"{ATOM}entry")
    page = site.url("contact/known-issues", "en")
    assert [entry.findtext(f"{ATOM}id") for entry in entries] == [
        f"{page}#issue-over",
        f"{page}#issue-now",
    ]
    assert [entry.findtext(f"{ATOM}updated") for entry in entries] == [
        "2026-11-21T20:00:00Z",
        "2026-11-20T08:00:00Z",
    ]
    assert [entry.findtext(f"{ATOM}title") for entry in entries] == [
        "Over: over <b>&",
        "Incident: now <b>&",
    ]
    assert (entries[0].findtext(f"{ATOM}summary") or "").endswith("A node failed.")
    assert root.findtext(f"{ATOM}updated") == "2026-11-21T20:00:00Z"


def test_a_feed_without_notices_is_as_old_as_its_page(site: Site) -> None:
    quiet = dataclasses.replace(site, notices=Notices())
    root = ET.fromstring(notices_feed(quiet, "zh"))
    reviewed = site.pages["en", "contact/known-issues"].meta.reviewed
    assert root.findtext(f"{ATOM}updated") == f"{reviewed}T00:00:00Z"
    assert root.findall(f"{ATOM}entry") == []


@pytest.mark.parametrize("language", CODES)
def test_every_page_leads_to_feeds_with_all_that_rfc_4287_asks_for(
    language: str, listed: list[Read], built: Path, site: Site
) -> None:
    paths = {notices_path(language), f"data/fee-changes.{language}.xml"}
    for page in listed:
        if page.language == language:
            kind = "application/atom+xml"
            feeds = [link for link in page.links if link.get("type") == kind]
            assert {link["href"] for link in feeds} == {ROOT_URL + path for path in paths}
            assert all(link["title"] for link in feeds)
    for path in paths:
        root = ET.parse(built / path).getroot()
        assert root.findtext(f"{ATOM}id") == ROOT_URL + path
        assert root.findtext(f"{ATOM}author/{ATOM}name") == site.product.company[language]
        for element in (root, *root.findall(f"{ATOM}entry")):
            for name in ("id", "title", "updated"):
                assert len(element.findall(f"{ATOM}{name}")) == 1
                assert element.findtext(f"{ATOM}{name}")
        ids = [element.text for element in root.iter(f"{ATOM}id")]
        assert len(set(ids)) == len(ids)
        for element in root.iter(f"{ATOM}link"):
            assert (element.get("href") or "").startswith(ROOT_URL)
        for entry in root.findall(f"{ATOM}entry"):
            address, anchor = urldefrag(entry.findtext(f"{ATOM}id") or "")
            path_of_page = built / address.removeprefix(ROOT_URL) / "index.html"
            assert f'id="{anchor}"' in path_of_page.read_text(encoding="utf-8")


# ---- valid HTML ----------------------------------------------------------------------------------


def test_the_theme_still_writes_what_no_check_box_has(built: Path) -> None:
    """The correction can go when Material for MkDocs no longer writes it."""
    base = importlib.resources.files("material") / "templates" / "base.html"
    assert finish.INVALID.search(base.read_text(encoding="utf-8"))
    for path in built.rglob("*.html"):
        assert not finish.INVALID.search(path.read_text(encoding="utf-8")), path


# What the Nu Html Checker once found; `make validate-html` looks for everything else too.
MISTAKES = {
    "a foot within the head of a page": re.compile(
        r"<header\b(?:(?!</header>).)*<footer", re.DOTALL
    ),
    "a name for an element that takes none": re.compile(
        r"<(?:p|span|div)\b(?![^>]*\brole=)[^>]*\saria-label(?:ledby)?="
    ),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_no_page_repeats_a_mistake_that_the_checker_found(mistake: str, built: Path) -> None:
    for path in built.rglob("*.html"):
        found = MISTAKES[mistake].search(path.read_text(encoding="utf-8"))
        assert not found, (path, found and found.group()[:200])
