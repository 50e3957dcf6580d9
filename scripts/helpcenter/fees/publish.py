"""The fee schedule as published data: what programs and spreadsheets read in place of the pages.

Knows nothing of pages or addresses; every function gives a text, the same for the same schedule.
"""

from __future__ import annotations

import csv
import datetime
import hashlib
import io
import json
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from helpcenter.fees.formulas import Formula, NetworkEstimate, Tiers
from helpcenter.fees.schedule import Fee, Schedule, Version

# The columns of fees.csv after the names; docs/_data/README.md tells what each holds.
COLUMNS = (
    *("schedule_version", "as_of", "fee", "products", "asset", "network", "currency"),
    *("recipient", "charged", "rounding", "valid_from", "valid_to", "kind", "mode", "basis"),
    *("tier_from", "tier_to", "amount", "rate", "minimum", "maximum", "unit", "terms"),
    *("least", "source"),
)
# A cell that begins so is a formula to a spreadsheet, in full-width form to some.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
Cells = dict[str, object]
_DECIMAL = r"^(0|[1-9][0-9]*)(\.[0-9]+)?$"


def fees_json(schedule: Schedule, as_of: datetime.date) -> str:
    """Return the whole schedule as canonical JSON: keys sorted, no space, one newline at the end.

    Amounts and rates are strings without exponent, days are ISO 8601; what is not set is left
    out. `as_of` is the day that the pages beside it were made for.
    """
    data = schedule.model_dump(by_alias=True, exclude_none=True) | {"as_of": as_of}
    text = json.dumps(
        data, default=_plain, ensure_ascii=False, separators=(",", ":"), sort_keys=True
    )
    return text + "\n"


def fees_csv(schedule: Schedule, as_of: datetime.date) -> str:
    """Return the schedule as CSV (RFC 4180): a row per fee, version and tier.

    Columns are COLUMNS, then the fee's name and what a version corrects per language. A cell that
    a spreadsheet would take for a formula begins with an apostrophe.
    """
    languages = sorted({code for fee in schedule.fees for code in fee.name})
    per_language = [f"{what}_{code}" for what in ("name", "corrects") for code in languages]
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, [*COLUMNS, *per_language], restval="", lineterminator="\r\n")
    writer.writeheader()
    for fee in schedule.fees:
        for version in fee.versions:
            known: Cells = {"schedule_version": schedule.version, "as_of": as_of}
            known |= _fee_cells(fee) | _version_cells(version)
            for cells in _formula_cells(version.formula):
                row = {name: _cell(value) for name, value in (known | cells).items()}
                writer.writerow(row)
    return text.getvalue()


def fees_schema() -> str:
    """Return the JSON Schema (2020-12) of what `fees_json` returns."""
    schema = Schedule.model_json_schema(mode="serialization", schema_generator=_SchemaGenerator)
    schema["properties"]["as_of"] = {
        "description": "The day for which the data was published.",
        "format": "date",
        "type": "string",
    }
    schema["required"].append("as_of")
    schema["title"] = "Fee schedule"
    described = {"$schema": GenerateJsonSchema.schema_dialect} | _standard(schema)
    return json.dumps(described, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def digest(text: str) -> str:
    """Return the SHA-256 of a published text in hexadecimal, as `sha256sum` prints it."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def _plain(value: Decimal | datetime.date) -> str:
    return f"{value:f}" if isinstance(value, Decimal) else value.isoformat()


def _cell(value: object) -> str:
    if value is None:
        return ""
    text = _plain(value) if isinstance(value, Decimal | datetime.date) else str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text


def _fee_cells(fee: Fee) -> Cells:
    named: Cells = {f"name_{code}": text for code, text in fee.name.items()}
    return named | {
        "fee": fee.id,
        "products": " ".join(fee.products),
        "asset": fee.asset,
        "network": fee.network,
        "currency": fee.currency or fee.asset,
        "recipient": fee.recipient,
        "charged": fee.charged,
        "rounding": fee.rounding,
    }


def _version_cells(version: Version) -> Cells:
    corrected: Cells = {f"corrects_{code}": text for code, text in (version.corrects or {}).items()}
    return corrected | {
        "valid_from": version.valid_from,
        "valid_to": version.valid_to,
        "least": version.least,
        "source": version.source,
        "kind": version.formula.kind,
    }


def _formula_cells(formula: Formula) -> Iterator[Cells]:
    match formula:
        case Tiers():
            for tier in formula.tiers:
                yield {
                    "mode": formula.mode,
                    "basis": formula.basis,
                    "tier_from": tier.start,
                    "tier_to": tier.end,
                    "rate": tier.rate,
                }
        case NetworkEstimate():
            terms = (f"{term.what} {term.quantity:f} x {term.price:f}" for term in formula.terms)
            yield {"amount": formula.amount, "unit": formula.unit, "terms": "; ".join(terms)}
        case _:
            yield formula.model_dump(exclude_none=True)


class _SchemaGenerator(GenerateJsonSchema):
    """Describe the JSON as it is published: decimals as strings, nothing null."""

    def decimal_schema(self, schema: core_schema.DecimalSchema) -> JsonSchemaValue:
        return {"type": "string", "pattern": _DECIMAL}

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        described = super().default_schema(schema)
        if described.get("default", "") is None:
            del described["default"]
        return described


def _standard(node: Any) -> Any:
    """Return a schema without the keywords that pydantic adds and the standard does not know."""
    if isinstance(node, dict):
        extra = {"ge", "gt", "lt", "discriminator"}
        return {key: _standard(value) for key, value in node.items() if key not in extra}
    return [_standard(value) for value in node] if isinstance(node, list) else node
