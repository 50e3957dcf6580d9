"""The explainer of a transfer's state: a whole table without scripts, one answer with them."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Locator, expect

from browser.conftest import Visit, visiting
from helpcenter.facts import fill, format_fact
from helpcenter.site_context import Site

PLACES = {
    "en": "receive-and-send/check-transaction-status/",
    "zh": "zh/receive-and-send/check-transaction-status/",
}

both_languages = pytest.mark.parametrize("language", PLACES)


def explainer(visit: Visit, language: str = "en") -> Locator:
    visit.open(PLACES[language])
    tool = visit.page.locator(".hc-explainer")
    expect(tool.locator("form")).to_be_visible()
    return tool


def choose(tool: Locator, **choices: str) -> None:
    for name in ("side", "state", "network"):
        if name in choices:
            tool.locator(f"#hc-transfer-{name}").select_option(choices[name])


def rows(tool: Locator) -> list[str | None]:
    return [
        row.get_attribute("data-state")
        for row in tool.locator("[data-state]").all()
        if row.is_visible()
    ]


@pytest.mark.parametrize("size", ["desktop", "phone"])
@both_languages
def test_without_scripts_every_state_is_explained(
    browser: Browser, home: str, site: Site, language: str, size: str
) -> None:
    data, values = site.reference.transaction_states, site.values(language)
    with visiting(browser, home, size, scripts=False) as visit:
        visit.open(PLACES[language])
        tool = visit.page.locator(".hc-explainer")
        expect(tool.locator("form")).to_be_hidden()
        shown = tool.inner_text()
        for state in data.states:
            assert state.name[language] in shown
            steps = [step for step in (state.do, state.later, state.write) if step]
            for text in (state.meaning, *(step.text for step in steps)):
                assert fill(text[language], values) in shown
        for family in data.families:
            assert fill(family.pending[language], values) in shown
        for side in data.sides:
            assert side.bring[language] in shown


@pytest.mark.parametrize("size", ["desktop", "phone"])
@both_languages
def test_each_choice_leaves_one_answer(
    browser: Browser, home: str, site: Site, language: str, size: str
) -> None:
    data = site.reference.transaction_states
    with visiting(browser, home, size) as visit:
        tool = explainer(visit, language)
        assert rows(tool) == [state.id for state in data.states]
        for side in data.sides:
            choose(tool, side=side.id, state="")
            possible = [state for state in data.states if side.id in state.sides]
            assert rows(tool) == [state.id for state in possible]
            for state in possible:
                choose(tool, state=state.id)
                assert rows(tool) == [state.id]
                expect(tool.get_by_role("status")).to_contain_text(state.name[language])
                expect(tool.locator("fieldset")).to_be_visible(visible=state.limit is not None)
                network = tool.locator("#hc-transfer-network")
                expect(network).to_be_visible(visible=state.by_network)
                expect(tool.locator(".hc-families")).to_be_visible(visible=state.by_network)
            assert tool.locator("li[data-sides]:visible").count() == 1
        tool.get_by_role("button").click()
        assert rows(tool) == [state.id for state in data.states]
        expect(tool.locator("#hc-transfer-side")).to_be_focused()


@both_languages
def test_how_long_to_wait_is_what_the_facts_say(
    browser: Browser, home: str, site: Site, language: str
) -> None:
    state = next(
        each for each in site.reference.transaction_states.states if each.id == "under-review"
    )
    assert state.limit is not None
    assert state.later is not None
    strings = site.strings[language]
    limit = format_fact(site.facts[state.limit], strings)
    with visiting(browser, home, "phone") as visit:
        tool = explainer(visit, language)
        choose(tool, side="withdrawal", state=state.id)
        row = tool.locator(f"[data-state={state.id}]")
        within, later = (row.locator(f"[data-age={age}]") for age in ("within", "beyond"))
        expect(within).to_contain_text(strings.text("transfer.verdict.wait_until", limit=limit))
        expect(later).to_be_visible()
        tool.get_by_label(strings.text("transfer.within", limit=limit), exact=True).check()
        expect(within).to_be_visible()
        expect(later).to_be_hidden()
        tool.get_by_label(strings.text("transfer.beyond", limit=limit), exact=True).check()
        expect(within).to_be_hidden()
        expect(later).to_contain_text(state.later.text[language])
        expect(tool.get_by_role("status")).to_contain_text(state.later.text[language])


@both_languages
def test_a_network_leaves_its_own_line(
    browser: Browser, home: str, site: Site, language: str
) -> None:
    with visiting(browser, home) as visit:
        tool = explainer(visit, language)
        choose(tool, side="received", state="confirming", network="bitcoin")
        lines = tool.locator("[data-network]:visible")
        expect(lines).to_have_count(1)
        fact = site.facts["confirmations.bitcoin"]
        expect(lines).to_contain_text(format_fact(fact, site.strings[language]))
        assert tool.locator("[data-networks]:visible").count() == 1


@both_languages
def test_every_link_of_the_explainer_leads_to_a_section(
    browser: Browser, home: str, language: str
) -> None:
    with visiting(browser, home) as visit:
        tool = explainer(visit, language)
        links = {link.evaluate("link => link.href") for link in tool.locator("a").all()}
        assert len(links) > 5
        for link in links:
            page, _, anchor = link.partition("#")
            answer = visit.page.request.get(page)
            assert answer.ok
            assert f'id="{anchor}"' in answer.text()


@both_languages
def test_the_explainer_is_worked_by_keyboard_and_fits_the_smallest_phone(
    browser: Browser, home: str, language: str
) -> None:
    with visiting(browser, home, "small") as visit:
        tool = explainer(visit, language)
        side = tool.locator("#hc-transfer-side")
        side.focus()
        visit.page.keyboard.press("ArrowDown")
        expect(side).to_have_value("withdrawal")
        visit.page.keyboard.press("Tab")
        state = tool.locator("#hc-transfer-state")
        expect(state).to_be_focused()
        for _ in range(3):
            visit.page.keyboard.press("ArrowDown")
        expect(state).to_have_value("under-review")
        assert visit.page.evaluate("document.documentElement.scrollWidth") <= 320
        for target in tool.locator("select, button, fieldset label").all():
            if target.is_visible():
                box = target.bounding_box()
                assert box is not None
                assert box["height"] >= 44


def test_nothing_is_asked_stored_or_put_into_the_address(browser: Browser, home: str) -> None:
    with visiting(browser, home) as visit:
        tool = explainer(visit)
        address = visit.page.url
        asked: list[str] = []
        visit.page.on("request", lambda request: asked.append(request.url))
        choose(tool, side="sent", state="pending-sent", network="ethereum")
        assert (asked, visit.page.url) == ([], address)
        visit.page.emulate_media(media="print")
        expect(tool.locator("form")).to_be_hidden()
        expect(tool.locator(".hc-states")).to_be_visible()
