"""The published data: complete, exact, described by its schema, the same for the same schedule."""

from __future__ import annotations

import csv
import datetime
import io
import json
import re
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from fee_schedules import CONTEXT, schedule
from helpcenter import publication
from helpcenter.fees import publish
from helpcenter.fees.chart import tier_chart
from helpcenter.fees.formulas import NetworkEstimate, Tiers
from helpcenter.fees.schedule import Fee, Schedule, Version
from helpcenter.fees.values import values
from helpcenter.search.publish import files_of
from helpcenter.site_context import Site
from support import BUILD_DAY, ROOT

DAY = datetime.date.fromisoformat(BUILD_DAY)
TINY = {"kind": "fixed", "amount": "0.00000001"}


def test_the_published_json_read_back_is_the_schedule(site: Site) -> None:
    data = json.loads(publish.fees_json(site.schedule, DAY))
    assert data.pop("as_of") == BUILD_DAY
    assert Schedule.model_validate(data, context=CONTEXT) == site.schedule


def test_json_is_canonical_and_writes_small_amounts_without_exponent() -> None:
    fees = schedule(
        [{"id": "a", "asset": "BTC", "versions": [{"valid_from": "2026-01-01", "formula": TINY}]}]
    )
    text = publish.fees_json(fees, DAY)
    parsed = json.loads(text)
    assert (
        text == json.dumps(parsed, ensure_ascii=False, separators=(",", ":"), sort_keys=True) + "\n"
    )
    assert parsed["fees"][0]["versions"][0]["formula"]["amount"] == "0.00000001"
    assert "null" not in text


def follow(schema: dict[str, Any], node: dict[str, Any]) -> dict[str, Any]:
    """Return what a `$ref` leads to."""
    name = node.get("$ref", "").removeprefix("#/$defs/")
    return schema["$defs"][name] if name else node


def described(schema: dict[str, Any], node: dict[str, Any], value: Any) -> bool:
    """Return whether a value is as a part of the schema describes it: what its keywords say."""
    node = follow(schema, node)
    if "oneOf" in node:
        return sum(described(schema, option, value) for option in node["oneOf"]) == 1
    known = {"object": dict, "array": list, "string": str, "integer": int}
    if not isinstance(value, known[node["type"]]):
        return False
    if isinstance(value, dict):
        parts = node.get("properties", {})
        rest = node.get("additionalProperties", True)
        return set(node.get("required", ())) <= set(value) and all(
            described(schema, parts.get(key, rest), each) if parts.get(key, rest) else False
            for key, each in value.items()
        )
    if isinstance(value, list):
        enough = len(value) >= node.get("minItems", 0)
        return enough and all(described(schema, node["items"], each) for each in value)
    return (
        value == node.get("const", value)
        and value in node.get("enum", [value])
        and re.search(node.get("pattern", ""), str(value)) is not None
    )


def test_the_schema_describes_the_published_json_and_nothing_else(site: Site) -> None:
    schema = json.loads(publish.fees_schema())
    text = publish.fees_json(site.schedule, DAY)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert described(schema, schema, json.loads(text))
    for old, new in [
        ('"kind":"fixed"', '"kind":"flat"'),
        ('"amount":"0.00015"', '"amount":"1.5E-4"'),
        ('"recipient":"service",', ""),
        ('"as_of":', '"on":'),
        ('"schema":2', '"schema":3'),
    ]:
        assert old in text
        assert not described(schema, schema, json.loads(text.replace(old, new))), new


def test_every_keyword_of_the_schema_is_of_the_standard() -> None:
    words = set(re.findall(r'"([$\w]+)":', publish.fees_schema()))
    fields = {
        name
        for each in [*json.loads(publish.fees_schema())["$defs"].values()]
        for name in each["properties"]
    }
    models = set(json.loads(publish.fees_schema())["$defs"])
    top = set(json.loads(publish.fees_schema())["properties"])
    standard = {"$defs", "$ref", "$schema", "additionalProperties", "const", "default", "enum"}
    standard |= {"description", "format", "items", "maximum", "minItems", "minimum", "oneOf"}
    standard |= {"pattern", "properties", "required", "title", "type"}
    assert words <= standard | fields | models | top


def rows(fees: Schedule) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(publish.fees_csv(fees, DAY), newline="")))


def test_csv_has_a_row_per_fee_version_and_tier(site: Site) -> None:
    found = [(row["fee"], row["valid_from"], row["tier_from"]) for row in rows(site.schedule)]
    expected = [
        (fee.id, str(version.valid_from), f"{start:f}" if start is not None else "")
        for fee in site.schedule.fees
        for version in fee.versions
        for start in (
            [tier.start for tier in version.formula.tiers]
            if isinstance(version.formula, Tiers)
            else [None]
        )
    ]
    assert found == expected
    assert {row["as_of"] for row in rows(site.schedule)} == {BUILD_DAY}
    assert {row["schedule_version"] for row in rows(site.schedule)} == {site.schedule.version}


def test_csv_gives_the_amount_of_a_network_estimate(site: Site) -> None:
    estimates = {
        fee.id: version.formula.amount
        for fee in site.schedule.fees
        for version in fee.versions
        if isinstance(version.formula, NetworkEstimate)
    }
    found = {row["fee"]: Decimal(row["amount"]) for row in rows(site.schedule) if row["terms"]}
    assert found == estimates


def test_csv_follows_rfc_4180_and_holds_no_formula_of_a_spreadsheet() -> None:
    nasty = '=HYPERLINK("http://example.com"),\n+1'
    versions = [
        {"valid_from": "2026-01-01", "source": each, "formula": {"kind": "spread", "rate": "1"}}
        for each in (nasty, "@SUM(A1)", "－1", "a,b", "1-2")
    ]
    fees = schedule([{"id": f"f{n}", "versions": [each]} for n, each in enumerate(versions)])
    text = publish.fees_csv(fees, DAY)
    assert [row["source"] for row in rows(fees)] == [
        *(f"'{nasty}", "'@SUM(A1)", "'－1"),
        *("a,b", "1-2"),
    ]
    assert text.count("\r\n") == len(versions) + 1
    assert '"\'=HYPERLINK(""http://example.com""),' in text


def test_the_readme_of_the_data_files_names_every_column() -> None:
    readme = (ROOT / "docs" / "_data" / "README.md").read_text(encoding="utf-8")
    assert [name for name in publish.COLUMNS if f"`{name}`" not in readme] == []


def test_the_digest_is_that_of_the_bytes() -> None:
    empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert publish.digest("") == empty
    assert publish.digest("提现") != publish.digest("提现\n")


def test_files_do_not_depend_on_the_day_but_for_as_of(site: Site) -> None:
    later_site = replace(site, as_of=DAY + datetime.timedelta(days=1))
    first, later = (
        {name: text for name, text in files.items() if name.startswith("data/fee")}
        for files in (publication.files(site, {}), publication.files(later_site, {}))
    )
    assert set(first) == {
        *("data/fees.json", "data/fees.csv", "data/fees.schema.json"),
        *("data/fee-changes.en.xml", "data/fee-changes.zh.xml"),
    }
    changed = {name for name, text in first.items() if later[name] != text}
    assert changed == {"data/fees.json", "data/fees.csv"}


def test_the_build_writes_each_file_byte_for_byte(site: Site, built: Path) -> None:
    files = publication.files(site, files_of(site, built))
    assert {"data/fees.json", "data/fees.csv", "data/fees.schema.json"} <= files.keys()
    for name in [name for name in files if name.startswith("data/")]:
        assert (built / name).read_bytes() == files[name].encode("utf-8"), name


@pytest.mark.parametrize(
    ("name", "language", "expected"),
    [
        ("fees.withdrawal-btc", "en", "0.00015 BTC"),
        ("fees.withdrawal-btc.least", "zh", "0.0005 BTC"),
        ("fees.swap-service", "zh", "金额的 0.3%"),
    ],
)
def test_prose_may_refer_to_the_fees_of_the_day(
    name: str, language: str, expected: str, site: Site
) -> None:
    assert site.values(language)[name] == expected


def test_a_fee_that_does_not_apply_on_the_day_is_no_value(site: Site) -> None:
    fees = schedule(
        [{"id": "a", "asset": "BTC", "versions": [{"valid_from": "2026-07-01", "formula": TINY}]}]
    )
    strings = site.strings["en"]
    assert values(fees, datetime.date(2026, 6, 30), strings) == {}
    assert values(fees, datetime.date(2026, 7, 1), strings) == {"fees.a": "0.00000001 BTC"}


def tiered(site: Site) -> list[tuple[Fee, Version]]:
    return [
        (fee, version)
        for fee in site.schedule.fees
        for version in fee.versions
        if isinstance(version.formula, Tiers)
    ]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_chart_marks_every_border_and_says_all_rates_in_words(site: Site, language: str) -> None:
    for fee, version in tiered(site):
        assert isinstance(version.formula, Tiers)
        html = tier_chart(fee, version, site.schedule, site.strings[language])
        figure = ET.fromstring(html)
        svg = figure.find("svg")
        assert svg is not None
        named = {element.get("id"): element.text or "" for element in svg.iter()}
        title, description = (named[name] for name in svg.attrib["aria-labelledby"].split())
        assert fee.name[language] in title
        borders = svg.findall("path[@class='hc-chart-border']")
        assert len(borders) == len(version.formula.tiers) - 1
        if version.formula.mode == "whole":
            told = re.findall(r"[\d.]+%", description)
            assert told == [f"{tier.rate:f}%" for tier in version.formula.tiers]
        assert "style=" not in html
        assert "\n" not in html


def test_a_marginal_chart_tells_the_share_of_the_whole_at_each_border(site: Site) -> None:
    fee = site.schedule.fee("cash-out-bank")
    assert fee is not None
    html = tier_chart(fee, fee.versions[0], site.schedule, site.strings["en"])
    # 10,000: 0.5% of 1,000 and 0.25% of 9,000 are 27.5, and 0.275% of the whole.
    assert "0.5% at 1,000; 0.275% at 10,000; 0.1175% at 100,000" in html


def test_labels_of_narrow_tiers_stand_in_rows_and_inside_the_drawing(site: Site) -> None:
    borders = ["0", "1000", "1100", "1234.56", "900000"]
    tiers = [
        {"from": start, "to": end, "rate": f"0.{9 - n}"}
        for n, (start, end) in enumerate(zip(borders, [*borders[1:], None], strict=True))
    ]
    formula = {"kind": "tiers", "mode": "whole", "basis": "volume", "tiers": tiers}
    fees = schedule([{"id": "a", "versions": [{"valid_from": "2026-01-01", "formula": formula}]}])
    fee = fees.fees[0]
    figure = ET.fromstring(tier_chart(fee, fee.versions[0], fees, site.strings["en"]))
    svg = figure.find("svg")
    assert svg is not None
    left, top, width, height = map(float, svg.attrib["viewBox"].split())
    labels = [(float(t.attrib["x"]), float(t.attrib["y"]), t.text) for t in svg.iter("text")]
    assert {"1K", "1.1K", "1,234.56", "900K"} <= {text for _, _, text in labels}
    assert all(left < x < left + width and top + 10 < y < top + height for x, y, _ in labels)
    below = [(x, y) for x, y, text in labels if not (text or "").endswith("%")]
    assert len({y for _, y in below}) == 3
