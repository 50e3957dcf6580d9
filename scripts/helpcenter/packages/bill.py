"""A software bill of materials of what is locked, as CycloneDX 1.6 JSON.

The same locks give the same bytes: no time, no chance. Knows nothing of what is installed.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping

from cyclonedx.model import (
    ExternalReference,
    ExternalReferenceType,
    HashAlgorithm,
    HashType,
    XsUri,
)
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.model.license import LicenseExpression
from cyclonedx.output.json import JsonV1Dot6
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from packageurl import PackageURL

from helpcenter.packages.locks import Locked


def render(
    locked: Iterable[Locked], licenses: Mapping[str, str], *, name: str, version: str, license: str
) -> str:
    """Return the bill of a project and its locked packages.

    `licenses` are SPDX expressions by package; raises ValueError if CycloneDX's own schema does
    not accept the result.
    """
    packages = list(locked)
    own = Component(
        name=name,
        version=version,
        type=ComponentType.APPLICATION,
        bom_ref="project",
        licenses=[LicenseExpression(license)],
    )
    bom = Bom(serial_number=_serial(packages))
    bom.metadata.timestamp = None  # type: ignore[assignment]
    bom.metadata.component = own
    parts: dict[str, list[Component]] = {}
    for package in packages:
        component = _component(package, licenses.get(package.name))
        parts.setdefault(package.name, []).append(component)
        bom.components.add(component)
    bom.register_dependency(own, _needed("", packages, parts))
    for parent, components in parts.items():
        for component in components:
            bom.register_dependency(component, _needed(parent, packages, parts))
    text = JsonV1Dot6(bom).output_as_string(indent=2)
    if error := JsonStrictValidator(SchemaVersion.V1_6).validate_str(text):
        raise ValueError(str(error))
    return text + "\n"


def _component(package: Locked, license: str | None) -> Component:
    kind = package.ecosystem.lower()
    scope, _, short = package.name.rpartition("/")
    address = PackageURL(kind, scope or None, short, package.version)
    hashes = [_hash(*each.split(":")) for each in package.hashes]
    source = ExternalReference(
        type=ExternalReferenceType.DISTRIBUTION,
        url=XsUri(address.to_string()),
        hashes=hashes,
    )
    return Component(
        name=package.name,
        version=package.version,
        type=ComponentType.LIBRARY,
        bom_ref=str(address),
        purl=address,
        licenses=[LicenseExpression(license)] if license else [],
        external_references=[source] if kind == "pypi" else [],
    )


def _hash(kind: str, content: str) -> HashType:
    return HashType(alg=HashAlgorithm(f"SHA-{kind.removeprefix('sha')}"), content=content)


def _needed(
    parent: str, packages: list[Locked], parts: Mapping[str, list[Component]]
) -> list[Component]:
    names = {package.name for package in packages if parent in package.needed_by}
    return [component for name in sorted(names) for component in parts[name]]


def _serial(packages: list[Locked]) -> uuid.UUID:
    lines = [f"{each.ecosystem} {each.name} {each.version} {each.hashes}" for each in packages]
    return uuid.uuid5(uuid.NAMESPACE_OID, "\n".join(sorted(lines)))
