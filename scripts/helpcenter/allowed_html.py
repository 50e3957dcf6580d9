"""The HTML that a writer's text, and a whole page, may hold: reviewed like code, line by line.

Scripts of the page itself, styles, handlers, frames, embedded objects and other bases are on no
list. What is not here does not reach a reader. Knows neither pages nor the site.
"""

from __future__ import annotations

from collections.abc import Mapping

Elements = Mapping[str, frozenset[str]]


def _elements(names: str, attributes: str = "") -> dict[str, frozenset[str]]:
    return {name: frozenset(attributes.split()) for name in names.split()}


SCHEMES = frozenset({"https", "mailto"})
"""How an address may begin that has a scheme."""

TEXT: Elements = {
    "*": frozenset({"class", "id", "lang"}),
    **_elements("blockquote br code dd div dl dt em h1 h2 h3 h4 h5 h6 hr li p pre span strong ul"),
    **_elements("table tbody td th thead tr"),
    **_elements("a", "href title"),
    **_elements("img", "alt src title"),
    **_elements("ol", "start"),
}
"""What Markdown makes of a page's text, by element with its attributes; "*" is any element."""

_DRAWN = "fill fill-opacity opacity stroke stroke-dasharray stroke-opacity stroke-width transform"

PAGE: Elements = {
    **_elements("*", "class dir hidden id lang role tabindex title translate"),
    **_elements("html body head article aside footer header main nav noscript section title"),
    **_elements("blockquote br caption code dd div dl dt em fieldset figcaption figure h1 h2 h3"),
    **_elements("h4 hr kbd legend p pre span strong summary table tbody thead tr ul dialog"),
    **_elements("a", "href hreflang rel"),
    **_elements("button", "type"),
    **_elements("details", "name open"),
    **_elements("form", "action autocomplete method novalidate"),
    **_elements("img", "alt height loading src width"),
    **_elements(
        "input",
        "autocapitalize autocomplete autocorrect checked enterkeyhint inputmode maxlength name "
        "pattern placeholder required spellcheck type value",
    ),
    **_elements("label", "for"),
    **_elements("li", "value"),
    **_elements("link", "as href hreflang media rel type"),
    **_elements("meta", "charset content http-equiv media name property"),
    **_elements("ol", "start"),
    **_elements("option", "selected value"),
    **_elements("output", "for name"),
    **_elements("script", "async defer src type"),
    **_elements("select", "name"),
    **_elements("td th", "colspan rowspan scope"),
    **_elements("time", "datetime"),
    # Drawings; names of attributes in small letters, as parsers hand them over.
    **_elements("svg", f"{_DRAWN} height stroke-linecap stroke-linejoin viewbox width xmlns"),
    **_elements("g", _DRAWN),
    **_elements("desc"),
    **_elements("circle", f"{_DRAWN} cx cy r"),
    **_elements("path", f"{_DRAWN} d"),
    **_elements("rect", f"{_DRAWN} height rx width x y"),
    **_elements("text tspan", f"{_DRAWN} font-size font-weight text-anchor x y"),
}
"""What a built page may hold; beside these, `data-…` and `aria-…`, which run nothing."""
