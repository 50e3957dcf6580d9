"""How a browser learns to search the help center from its address bar: OpenSearch 1.1.

Knows addresses only as they are given.
"""

from __future__ import annotations

from xml.etree import ElementTree as ET

TYPE = "application/opensearchdescription+xml"
# The standard's longest names, in characters.
_SHORT, _LONG = 16, 48


def description(*, tag: str, short: str, long: str, text: str, results: str, own: str) -> str:
    """Return the description of one language's search.

    `results` is the address of the page of results, which takes the words as `q`; `own` is the
    description's own address.
    """
    root = ET.Element("OpenSearchDescription", {"xmlns": "http://a9.com/-/spec/opensearch/1.1/"})
    _add(root, "ShortName", short[:_SHORT])
    _add(root, "LongName", long[:_LONG])
    _add(root, "Description", text)
    _add(root, "Language", tag)
    _add(root, "InputEncoding", "UTF-8")
    _add(root, "Url", type="text/html", method="get", template=f"{results}?q={{searchTerms}}")
    _add(root, "Url", type=TYPE, rel="self", template=own)
    ET.indent(root)
    xml = ET.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{xml}\n'


def _add(parent: ET.Element, name: str, text: str | None = None, **attributes: str) -> None:
    ET.SubElement(parent, name, attributes).text = text
