"""What a page says, as data for search engines: JSON-LD in the words of https://schema.org/.

A page says of itself what it is, where it stands and when it was reviewed; a question its answer,
a guide its steps; the home page and the page of official channels whom the site belongs to. A page
that is not for search engines says nothing. All texts are the page's own.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from helpcenter.facts import fill
from helpcenter.fragments.base import inline_json
from helpcenter.machines import reading
from helpcenter.machines.listed import LOGO, listed
from helpcenter.machines.questions import questions
from helpcenter.machines.reading import Steps
from helpcenter.product import Channel
from helpcenter.site_context import Site, View

Node = dict[str, object]

QUESTIONS = "faq/index"
_CHANNELS = "security/official-channels"
_TYPES: Mapping[str, str] = {"faq": "FAQPage", "index": "CollectionPage"}
_STEPS = "steps"


def linked_data(site: Site, view: View, content: str) -> str:
    """Return the JSON for a script element, or "" for a page that is not to be listed.

    `content` is the HTML of the page's text.
    """
    page = view.page
    if view.is_fallback or not listed(site, page.slug, page.language):
        return ""
    graph = [_page(site, view)]
    if page.slug == "index":
        graph.append(_site(site, page.language))
    else:
        graph[0]["breadcrumb"] = _breadcrumb(site, view)
    if page.slug in ("index", _CHANNELS):
        graph.append(_organization(site, page.language))
    if page.slug == QUESTIONS:
        graph[0] |= {"@type": "FAQPage", "mainEntity": _all_questions(site, page.language)}
    elif page.meta.type == "faq":
        graph[0]["mainEntity"] = [_answered(site, view, content)]
    elif page.meta.type == "guide" and (how_to := _how_to(site, view, content)):
        graph[0]["mainEntity"] = how_to
    data = {"@context": "https://schema.org", "@graph": graph}
    return inline_json(json.dumps(data, ensure_ascii=False, separators=(",", ":")))


def _page(site: Site, view: View) -> Node:
    page = view.page
    values, url = site.values(page.language), site.url(page.slug, page.language)
    dates: Node = {"lastReviewed": page.meta.reviewed.isoformat()}
    if page.meta.published:
        dates["datePublished"] = page.meta.published.isoformat()
    name = fill(page.meta.title, values)
    return {
        "@type": _TYPES.get(page.meta.type, "WebPage") if page.slug != "index" else "WebPage",
        "@id": url,
        "url": url,
        "name": site.product.site_name[page.language] if page.slug == "index" else name,
        "description": fill(page.meta.description, values),
        "inLanguage": site.product.tag(page.language),
        **dates,
        "isPartOf": {
            "@type": "WebSite",
            "@id": site.address("#website"),
            "name": site.product.site_name[page.language],
            "url": site.url("index", page.language),
        },
        "publisher": {
            "@type": "Organization",
            "@id": site.address("#organization"),
            "name": site.product.company[page.language],
        },
    }


def _site(site: Site, language: str) -> Node:
    results = site.url("search", language)
    return {
        "@type": "WebSite",
        "@id": site.address("#website"),
        "name": site.product.site_name[language],
        "description": site.product.tagline[language],
        "url": site.url("index", language),
        "inLanguage": [each.tag for each in site.product.languages],
        "publisher": {"@id": site.address("#organization")},
        "potentialAction": {
            "@type": "SearchAction",
            "target": {"@type": "EntryPoint", "urlTemplate": f"{results}?q={{search_term}}"},
            "query-input": "required name=search_term",
        },
    }


def _organization(site: Site, language: str) -> Node:
    product = site.product
    addresses = [f"https://{domain}/" for domain in product.official_domains]
    return {
        "@type": "Organization",
        "@id": site.address("#organization"),
        "name": product.company[language],
        "alternateName": product.name[language],
        "url": addresses[0] if addresses else str(product.site_url),
        "logo": site.address(LOGO),
        "sameAs": addresses[1:],
        "contactPoint": [
            _contact(channel, language, [each.tag for each in product.languages])
            for channel in product.channels
            if channel.reply and channel.kind in _REACHED_BY
        ],
    }


_REACHED_BY = {"web": "url", "email": "email", "phone": "telephone"}


def _contact(channel: Channel, language: str, tags: Sequence[str]) -> Node:
    return {
        "@type": "ContactPoint",
        "contactType": "customer support",
        "name": channel.name[language],
        "description": channel.use[language],
        _REACHED_BY[channel.kind]: channel.address_in(language),
        "availableLanguage": list(tags),
    }


def _breadcrumb(site: Site, view: View) -> Node:
    page = view.page
    slugs = ["index", f"{page.section}/index", page.slug] if page.section else ["index", page.slug]
    items = []
    for slug in dict.fromkeys(slugs):
        if above := site.page(slug, page.language):
            title = fill(above.meta.title, site.values(above.language))
            name = site.strings[page.language].text("nav.home") if slug == "index" else title
            items.append((name, site.url(slug, above.language)))
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": place, "name": name, "item": url}
            for place, (name, url) in enumerate(items, 1)
        ],
    }


def _all_questions(site: Site, language: str) -> list[Node]:
    return [_question(each.question, each.answer, each.url) for each in questions(site, language)]


def _answered(site: Site, view: View, content: str) -> Node:
    """Return the question of an FAQ page with its answer: the lead, and the steps in order."""
    text = reading.parse(content)
    lines = [reading.lead(text)]
    for part in reading.steps(text, _STEPS):
        lines += [part.name] if part.name else []
        lines += [f"{number}. {step}" for number, step in enumerate(part.steps, 1)]
    page = view.page
    question = fill(page.meta.title, site.values(page.language))
    return _question(question, "\n".join(lines), site.url(page.slug, page.language))


def _question(question: str, answer: str, url: str) -> Node:
    return {
        "@type": "Question",
        "name": question,
        "url": url,
        "acceptedAnswer": {"@type": "Answer", "text": answer, "url": url},
    }


def _how_to(site: Site, view: View, content: str) -> Node | None:
    """Return the steps of a guide; those under headings of their own are sections."""
    page = view.page
    url = site.url(page.slug, page.language)
    parts = reading.steps(reading.parse(content), _STEPS)
    steps: list[Node] = []
    for part in parts:
        found = _numbered(part, url)
        if part.name:
            found = [{"@type": "HowToSection", "name": part.name, "itemListElement": found}]
        steps += found
    if not steps:
        return None
    return {
        "@type": "HowTo",
        "name": fill(page.meta.title, site.values(page.language)),
        "inLanguage": site.product.tag(page.language),
        "step": steps,
    }


def _numbered(part: Steps, url: str) -> list[Node]:
    return [
        {"@type": "HowToStep", "position": place, "text": step, "url": f"{url}#{part.anchor}"}
        for place, step in enumerate(part.steps, 1)
    ]
