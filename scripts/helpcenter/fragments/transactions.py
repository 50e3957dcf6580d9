"""The fragment of what a transfer's state means: a whole table, and the form that narrows it.

Everything is in the table; the script only hides what is not asked for.
"""

from __future__ import annotations

from collections.abc import Mapping

from helpcenter.facts import fill, format_fact
from helpcenter.fragments.base import Fragment, FragmentError, Options, entry, render
from helpcenter.reference.networks import network_name
from helpcenter.reference.transaction_states import Family, State, Step
from helpcenter.site_context import Site, View, link

PREPARE = ("contact/what-to-prepare", "transfers")
NOT_MINE = ("security/hacked-first-ten-minutes", "check-first")


def _status_explainer(site: Site, view: View, options: Options) -> str:
    data, language = site.reference.transaction_states, view.page.language
    if not data.states:
        message = "transaction_states.yml lists no state"
        raise FragmentError(message, "list them, or remove the marker")
    names = {
        each.id: network_name(each, site.schedule)[language]
        for each in site.reference.networks.networks
    }
    return render(
        site,
        view,
        "status-explainer",
        sides=[
            {
                "id": side.id,
                "name": side.name[language],
                "bring": _prose(site, language, side.bring),
            }
            for side in data.sides
        ],
        states=[_state(site, view, state) for state in data.states],
        families=[_family(site, language, family, names) for family in data.families],
        networks=[(name, names[name]) for family in data.families for name in family.networks],
        prepare=_target(site, view, *PREPARE),
        not_mine=_target(site, view, *NOT_MINE),
    )


def _state(site: Site, view: View, state: State) -> dict[str, object]:
    language, strings = view.page.language, site.strings[view.page.language]
    shorts = {side.id: side.short[language] for side in site.reference.transaction_states.sides}
    is_everywhere = set(state.sides) == set(shorts)
    joiner = strings.text("transfer.joiner")
    return {
        "id": state.id,
        "sides": " ".join(state.sides),
        "name": state.name[language],
        "side": "" if is_everywhere else joiner.join(shorts[side] for side in state.sides),
        "explorer": state.explorer[language] if state.explorer else "",
        "verdict": state.verdict,
        "by_network": state.by_network,
        "limit": format_fact(site.facts[state.limit], strings) if state.limit else "",
        "meaning": _prose(site, language, state.meaning),
        "do": _step(site, view, state.do),
        "later": _step(site, view, state.later) if state.later else None,
        "write": _step(site, view, state.write) if state.write else None,
    }


def _family(
    site: Site, language: str, family: Family, names: Mapping[str, str]
) -> dict[str, object]:
    strings = site.strings[language]

    def fact(name: str | None) -> str:
        return format_fact(site.facts[name], strings) if name else ""

    return {
        "id": family.id,
        "ids": " ".join(family.networks),
        "pending": _prose(site, language, family.pending),
        "networks": [
            {
                "id": each.id,
                "name": names[each.id],
                "block": fact(each.block_time),
                "confirmations": fact(each.confirmations),
            }
            for each in site.reference.networks.networks
            if each.id in family.networks
        ],
    }


def _prose(site: Site, language: str, text: Mapping[str, str]) -> str:
    return fill(text[language], site.values(language))


def _step(site: Site, view: View, step: Step) -> dict[str, str]:
    target = _target(site, view, step.page, step.anchor)
    return {"text": _prose(site, view.page.language, step.text), **target}


def _target(site: Site, view: View, slug: str, anchor: str) -> dict[str, str]:
    """Return the address and the title of a section's page; raise FragmentError without one."""
    page, found = site.page(slug, view.page.language), entry(site, view, slug)
    if page is None or found is None:
        raise FragmentError(f"no such page {slug!r}", "correct it in transaction_states.yml")
    anchors = [heading.anchor for heading in page.headings if heading.anchor]
    if anchor not in anchors:
        message = f"the page {slug} has no heading {anchor!r}"
        raise FragmentError(message, f"known: {', '.join(anchors)}")
    return {"title": found.title, "url": link(site, view, slug, anchor)}


TRANSACTIONS: Mapping[str, Fragment] = {"status-explainer": Fragment(_status_explainer)}
