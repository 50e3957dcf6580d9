"""What the head of a page tells programs beside its own title: pictures, feeds, twins, data."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from helpcenter.fees import feed
from helpcenter.machines.linked_data import linked_data
from helpcenter.machines.listed import listed, notices_path, picture_path, twin_path
from helpcenter.machines.social import HEIGHT, WIDTH, locale, picture_text
from helpcenter.site_context import Site, View


@dataclass(frozen=True)
class Feed:
    """A feed of the site; `url` is absolute."""

    title: str
    url: str


@dataclass(frozen=True)
class Share:
    """What Open Graph shows of a page, in the language of its text."""

    kind: str
    site_name: str
    locale: str
    other_locales: tuple[str, ...]
    picture: str
    picture_text: str
    width: int = WIDTH
    height: int = HEIGHT


@dataclass(frozen=True)
class Head:
    """`twin` is "" and there is no `data` where a page is not to be listed.

    `data` takes the HTML of the page's text.
    """

    is_listed: bool
    twin: str
    feeds: tuple[Feed, ...]
    share: Share
    data: Callable[[str], str]


def head(site: Site, view: View) -> Head:
    """Return the values of one page as one reader opens it."""
    page = view.page
    is_listed = not view.is_fallback and listed(site, page.slug, page.language)
    return Head(
        is_listed=is_listed,
        twin=site.address(twin_path(site, page.slug, page.language)) if is_listed else "",
        feeds=_feeds(site, view.interface),
        share=_share(site, page.slug, page.language),
        data=lambda content: linked_data(site, view, content) if is_listed else "",
    )


def _feeds(site: Site, language: str) -> tuple[Feed, ...]:
    text, product = site.strings[language].text, site.product.name[language]
    return (
        Feed(text("machines.notices.title", product=product), site.address(notices_path(language))),
        Feed(text("fees.feed.title", product=product), site.address(feed.path(language))),
    )


def _share(site: Site, slug: str, language: str) -> Share:
    product = site.product
    others = [code for code in site.languages_of(slug) if code != language]
    return Share(
        kind="website" if slug == "index" else "article",
        site_name=product.site_name[language],
        locale=locale(product.tag(language)),
        other_locales=tuple(locale(product.tag(code)) for code in others),
        picture=site.address(picture_path(language)),
        picture_text=picture_text(site, language),
    )
