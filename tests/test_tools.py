"""The tools of pages as they are built: whole in every language, and nothing a policy forbids."""

from __future__ import annotations

import dataclasses
import json
import re

import pytest

from helpcenter import markers
from helpcenter.reference.networks import Networks
from helpcenter.reference.transaction_states import TransactionStates
from helpcenter.site_context import Site, View

PLACES = {
    "address-checker": "receive-and-send/address-formats-and-networks",
    "status-explainer": "receive-and-send/check-transaction-status",
}

both = pytest.mark.parametrize("marker", PLACES)
both_languages = pytest.mark.parametrize("language", ["en", "zh"])


def expand(site: Site, marker: str, language: str = "en") -> tuple[str, list[str]]:
    view = View(site.pages[language, PLACES[marker]], language)
    html, problems = markers.expand(f"<!-- hc:{marker} -->", view, site, first_line=3)
    return html, [f"{each.line} {each.rule} {each.message}" for each in problems]


def with_states(site: Site, **changed: object) -> Site:
    """Return the site with its first state's first step changed."""
    data = site.reference.transaction_states
    state = data.states[0]
    state = state.model_copy(update={"do": state.do.model_copy(update=changed)})
    states = data.model_copy(update={"states": (state, *data.states[1:])})
    reference = dataclasses.replace(site.reference, transaction_states=states)
    return dataclasses.replace(site, reference=reference)


@both
@both_languages
def test_a_tool_is_built_without_anything_that_a_strict_policy_forbids(
    site: Site, marker: str, language: str
) -> None:
    html, problems = expand(site, marker, language)
    assert problems == []
    assert not re.search(r'\sstyle=|<style|\son\w+=|javascript:|href="data:', html)
    assert re.findall(r"<script(?! type=\"application/json\")", html) == []
    form = html[html.index("<form") : html.index("</form>")]
    assert re.match(r"<form [^>]*\bhidden>", form)


@both_languages
def test_the_checker_is_given_every_network(site: Site, language: str) -> None:
    html, _ = expand(site, "address-checker", language)
    found = re.search(r"data-hc-address-data>(.*?)</script>", html, re.S)
    assert found
    payload = json.loads(found[1])
    networks = site.reference.networks.networks
    assert [each["id"] for each in payload["networks"]] == [network.id for network in networks]
    for given, network in zip(payload["networks"], networks, strict=True):
        assert len(given["addresses"]) == len(network.addresses)
        assert (given["memo"] is not None) == (network.memo is not None)
    assert all(payload["texts"].values())


@both_languages
def test_every_state_stands_in_the_table_with_its_facts_filled_in(
    site: Site, language: str
) -> None:
    html, _ = expand(site, "status-explainer", language)
    data = site.reference.transaction_states
    assert re.findall(r'data-state="([\w-]+)"', html) == [state.id for state in data.states]
    assert "{{" not in html
    assert html.count('data-age="beyond"') == sum(state.limit is not None for state in data.states)


def test_tools_without_data_are_problems(site: Site) -> None:
    reference = dataclasses.replace(
        site.reference, networks=Networks(), transaction_states=TransactionStates()
    )
    bare = dataclasses.replace(site, reference=reference)
    assert expand(bare, "address-checker")[1] == ["3 marker-option networks.yml lists no network"]
    expected = "3 marker-option transaction_states.yml lists no state"
    assert expand(bare, "status-explainer")[1] == [expected]


def test_a_page_or_a_section_that_is_not_there_is_a_problem(site: Site) -> None:
    missing = with_states(site, page="troubleshooting/no-such-page")
    expected = "3 marker-option no such page 'troubleshooting/no-such-page'"
    assert expand(missing, "status-explainer")[1] == [expected]
    (message,) = expand(with_states(site, anchor="no-such"), "status-explainer")[1]
    assert message.endswith("has no heading 'no-such'")
