"""help-widget.js: the modules of the search put together into the one script that others load.

Knows the few forms of import and export that the theme's modules keep to, and refuses the rest,
so that a module it cannot carry over is an error of the build and not of a reader's browser.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import minify

ENTRY = "search/help-center.js"

_IMPORT = re.compile(
    r"^import (?:\{([^}]*)\}|(\w+)) from \"(\.[^\"]+)\"(?: with \{[^}]*\})?;\n", re.MULTILINE
)
_EXPORT = re.compile(r"^export (?=(?:async )?(?:function|const|let|class) (\w+))", re.MULTILINE)
# A page that holds the script may be in another encoding, and lends it to the script.
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
_OTHER = re.compile(r"^(?:import|export)\b.*|^[^/]*\bimport[.(].*", re.MULTILINE)


class BundleError(ValueError):
    """A module that cannot become part of one script."""


def bundle(folder: Path, entry: str = ENTRY) -> str:
    """Return the module `entry` of `folder` and all it imports as one small classic script.

    Each module keeps a scope of its own, so that names never collide. Raises BundleError for a
    form that is not carried over, and for modules that import each other in a circle.
    """
    order: list[Path] = []
    _collect((folder / entry).resolve(), order, ())
    numbers = {path: number for number, path in enumerate(order)}
    scopes = "".join(_scope(path, numbers) for path in order)
    script: str = minify.string("text/javascript", f'"use strict";(() => {{\n{scopes}}})();')
    return _NOT_ASCII.sub(lambda sign: json.dumps(sign[0])[1:-1], script) + "\n"


def _collect(path: Path, order: list[Path], above: tuple[Path, ...]) -> None:
    if path in above:
        names = " imports ".join(each.name for each in (*above, path))
        raise BundleError(f"modules import each other in a circle: {names}")
    if path not in order:
        for target in _targets(path):
            _collect(target, order, (*above, path))
        order.append(path)


def _targets(path: Path) -> Iterator[Path]:
    if path.suffix == ".js":
        for match in _IMPORT.finditer(path.read_text(encoding="utf-8")):
            yield (path.parent / match[3]).resolve()


def _scope(path: Path, numbers: Mapping[Path, int]) -> str:
    """Return one module as a constant that holds what it exports; a style sheet as itself."""
    text = path.read_text(encoding="utf-8")
    name = f"m{numbers[path]}"
    if path.suffix == ".css":
        rules = json.dumps(minify.string("text/css", text))
        return f"const {name} = new CSSStyleSheet();\n{name}.replaceSync({rules});\n"

    def imported(match: re.Match[str]) -> str:
        source = f"m{numbers[(path.parent / match[3]).resolve()]}"
        names = match[2] or "{" + match[1].replace(" as ", ": ") + "}"
        return f"const {names} = {source};\n"

    exported = ", ".join(_EXPORT.findall(text))
    code = _EXPORT.sub("", _IMPORT.sub(imported, text))
    if left := _OTHER.search(code):
        raise BundleError(f"{path.name}: this form is not carried over: {left.group().strip()}")
    return f"const {name} = (() => {{\n{code}\nreturn {{ {exported} }};\n}})();\n"
