"""Fragments made from reference data: channels, domains and the glossary."""

from __future__ import annotations

from collections.abc import Mapping

from helpcenter.facts import format_fact
from helpcenter.fragments.base import Fragment, Options, render
from helpcenter.site_context import Site, View


def _channel_rows(site: Site, view: View) -> list[dict[str, str | None]]:
    language = view.page.language
    return [
        {
            "name": channel.name[language],
            "kind": channel.kind,
            "address": channel.address_in(language),
            "use": channel.use[language],
            "reply": format_fact(site.facts[channel.reply], site.strings[language])
            if channel.reply
            else None,
        }
        for channel in site.product.channels
    ]


def _channels(site: Site, view: View, options: Options) -> str:
    return render(site, view, "channels", channels=_channel_rows(site, view))


def _contact_card(site: Site, view: View, options: Options) -> str:
    return render(
        site,
        view,
        "contact-card",
        channels=[channel for channel in _channel_rows(site, view) if channel["reply"]],
        product=site.product.name[view.page.language],
    )


def _domains(site: Site, view: View, options: Options) -> str:
    return render(site, view, "domains", domains=site.product.official_domains)


def _glossary(site: Site, view: View, options: Options) -> str:
    language, source = view.page.language, site.product.source_language
    terms = sorted(site.glossary.terms, key=lambda term: term.term[source].casefold())
    others = [
        (code, site.product.tag(code)) for code in site.product.language_codes if code != language
    ]
    return render(site, view, "glossary", terms=terms, language=language, others=others)


REFERENCE: Mapping[str, Fragment] = {
    "channels": Fragment(_channels),
    "contact-card": Fragment(_contact_card),
    "domains": Fragment(_domains),
    "glossary": Fragment(_glossary),
}
