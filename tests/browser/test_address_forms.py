"""Addresses read in a real browser: as the standards say, and as Python makes them."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from playwright.sync_api import Browser, Page

from address_forms import FORMS, WITHOUT_CHECKSUM, mistyped
from helpcenter.search import trial
from helpcenter.site_context import Site
from support import ROOT

SCRIPTS = ROOT / "overrides" / "assets" / "javascripts"
CASES = ROOT / "tests" / "cases"
ADDRESSES = {
    path.stem: yaml.safe_load(path.read_text(encoding="utf-8"))
    for path in sorted((CASES / "addresses").glob("*.yml"))
}
BECH32 = ADDRESSES.pop("bech32")
ENTERED = ADDRESSES.pop("entered")
EACH = 500

RIGHT = [
    pytest.param(state, case, id=f"{name}-{case['text'][:24]}")
    for name, cases in ADDRESSES.items()
    for state in ("valid", "absent", "none")
    for case in cases.get(state, [])
]
WRONG = [
    pytest.param(text, id=f"{name}-{place}")
    for name, cases in ADDRESSES.items()
    for place, text in enumerate(cases["invalid"])
]


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    opened = trial.open_page(browser, {"scripts": SCRIPTS}, {})
    yield opened
    opened.close()


def call_all(page: Page, module: str, name: str, texts: list[Any], *more: object) -> list[Any]:
    """Return what a function of a module gives for each text."""
    answers: list[Any] = page.evaluate(
        """async ([module, name, texts, more]) => {
          const called = (await import(`/scripts/${module}`))[name];
          return texts.map((text) => called(text, ...more));
        }""",
        [module, name, texts, list(more)],
    )
    return answers


def read(page: Page, texts: list[str]) -> list[list[dict[str, Any]]]:
    return call_all(page, "address/read.js", "readAddress", texts)


@pytest.mark.parametrize(("state", "case"), RIGHT)
def test_an_address_of_a_standard_is_read_as_it_is(
    page: Page, state: str, case: dict[str, Any]
) -> None:
    expected = {"test": False, "checksum": state, **case}
    text, also = expected.pop("text"), expected.pop("also", [])
    first, *others = read(page, [text])[0]
    assert first == expected
    assert [other["format"] for other in others] == also


@pytest.mark.parametrize("text", WRONG)
def test_a_text_that_a_standard_refuses_is_never_right(page: Page, text: str) -> None:
    assert {reading["checksum"] for reading in read(page, [text])[0]} <= {"wrong"}


@pytest.mark.parametrize("variant", ["bech32", "bech32m"])
def test_bech32_is_told_from_bech32m(page: Page, variant: str) -> None:
    found = call_all(page, "address/bech32.js", "decodeBech32", BECH32[variant])
    assert [(each or {}).get("variant") for each in found] == [variant] * len(BECH32[variant])


def test_what_is_neither_bech32_nor_bech32m_is_refused(page: Page) -> None:
    found = call_all(page, "address/bech32.js", "decodeBech32", BECH32["neither"])
    assert found == [None] * len(BECH32["neither"])


HASH = """async ([module, name, messages, more]) => {
  const hash = (await import(`/scripts/${module}`))[name];
  return messages.map((message) => [...hash(Uint8Array.from(message), ...more)]);
}"""


def digests(page: Page, module: str, name: str, messages: list[bytes], *more: int) -> list[str]:
    plain = [list(message) for message in messages]
    found = page.evaluate(HASH, [f"address/{module}", name, plain, list(more)])
    return [bytes(digest).hex() for digest in found]


def messages() -> list[bytes]:
    """Return a message of every length around the blocks of both hash functions."""
    chance = random.Random("messages")
    return [chance.randbytes(length) for length in range(300)]


def test_sha_256_is_that_of_the_standard_library(page: Page) -> None:
    expected = [hashlib.sha256(message).hexdigest() for message in messages()]
    assert digests(page, "sha256.js", "sha256", messages()) == expected


def test_the_sponge_is_that_of_sha_3_in_the_standard_library(page: Page) -> None:
    expected = [hashlib.sha3_256(message).hexdigest() for message in messages()]
    assert digests(page, "keccak256.js", "sponge", messages(), 0x06) == expected


def test_keccak_256_has_the_padding_of_ethereum(page: Page) -> None:
    expected = {  # Ethereum's yellow paper: the hash of nothing; the Keccak team's "abc"
        b"": "c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470",
        b"abc": "4e03657aea45a94fc7d47ba826c8d667c0d1e6e33a64a036ec44f58fa12d6c45",
    }
    assert digests(page, "keccak256.js", "keccak256", list(expected)) == list(expected.values())


@pytest.mark.parametrize("form", FORMS)
def test_an_address_made_elsewhere_is_right_and_mistyped_it_never_is(page: Page, form: str) -> None:
    chance = random.Random(form)
    made = [FORMS[form](chance) for _ in range(EACH)]
    expected = WITHOUT_CHECKSUM.get(form, "valid")
    for text, readings in zip(made, read(page, made), strict=True):
        assert (form, expected) in {(each["format"], each["checksum"]) for each in readings}, text
    if form not in WITHOUT_CHECKSUM:
        wrong = [mistyped(text, chance) for text in made for _ in range(4)]
        right = [
            text
            for text, readings in zip(wrong, read(page, wrong), strict=True)
            if any(each["checksum"] != "wrong" for each in readings)
        ]
        assert right == []


def test_a_mistyped_address_with_capitals_is_never_right(page: Page) -> None:
    chance = random.Random("capitals")
    plain = [chance.randbytes(20).hex() for _ in range(EACH)]
    made = [f"0x{text}" for text in call_all(page, "address/evm.js", "capitals", plain)]
    assert {each["checksum"] for readings in read(page, made) for each in readings} == {"valid"}
    wrong = [mistyped(text, chance) for text in made]
    assert "valid" not in {each["checksum"] for found in read(page, wrong) for each in found}


def test_every_form_of_our_networks_is_read_and_has_its_length(page: Page, site: Site) -> None:
    chance = random.Random("networks")
    for network in site.reference.networks.networks:
        for form in network.addresses:
            made = [FORMS[form.format](chance) for _ in range(200)]
            fitting = [
                text
                for text in made
                if text.startswith(form.starts)
                and form.least <= len(text) - len(form.starts) <= form.most
            ]
            assert fitting, f"{network.id}: {form.format} never begins with {form.starts}"
            found = read(page, fitting)
            assert all(form.format in [each["format"] for each in readings] for readings in found)


@pytest.mark.parametrize("case", ENTERED, ids=lambda case: repr(case["text"])[:30])
def test_what_is_entered_is_told_apart(page: Page, case: dict[str, str]) -> None:
    (found,) = call_all(page, "address/examine.js", "examine", [case["text"]])
    assert found["kind"] == case["kind"]
    if "as" in case:
        assert found["text"] == case["as"]


def test_every_secret_that_the_search_refuses_is_refused(page: Page) -> None:
    path = Path(CASES / "search" / "recognised.yml")
    cases = yaml.safe_load(path.read_text(encoding="utf-8"))
    found = call_all(page, "address/examine.js", "examine", [case["text"] for case in cases])
    kinds = [(case["kind"], answer["kind"]) for case, answer in zip(cases, found, strict=True)]
    assert {answer for kind, answer in kinds if kind == "secret"} == {"secret"}
    assert {answer for kind, answer in kinds if kind == "transaction"} == {"transaction"}
    assert {answer for kind, answer in kinds if kind == "address"} <= {"address", "elsewhere"}
    assert {answer for kind, answer in kinds if kind is None} == {"unknown", "nothing"}
