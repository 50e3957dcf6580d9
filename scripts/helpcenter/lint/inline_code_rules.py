"""Rules about code within pages: the site's policy runs files of the site alone.

A page that breaks one of these is broken for readers: browsers leave such code out.
"""

from __future__ import annotations

from collections.abc import Iterator

from helpcenter.lint.html import Document
from helpcenter.lint.output import Output
from helpcenter.lint.rules import Finding


def inline_handler(path: str, document: Document, output: Output) -> Iterator[Finding]:
    """Report attributes that hold code, such as `onclick`.

    Why: the policy of the site does not run them, and an injected one looks just the same.
    Bad: `<button onclick="copy()">`
    Good: a listener in a file below overrides/assets/javascripts/
    """
    for line, attribute in document.inline_handlers:
        hint = "remove the attribute; listen for the event in a script file"
        yield Finding(line, f"{attribute} holds code", hint)


def inline_script(path: str, document: Document, output: Output) -> Iterator[Finding]:
    """Report scripts that are written into the page; data of type `application/json` is none.

    Why: the policy of the site does not run them, and an injected one looks just the same.
    Bad: `<script>start()</script>`
    Good: `<script src="../assets/javascripts/start.js"></script>`
    """
    for line in document.inline_scripts:
        hint = "move it to a file below overrides/assets/javascripts/"
        yield Finding(line, "the page holds a script", hint)


def inline_style(path: str, document: Document, output: Output) -> Iterator[Finding]:
    """Report style attributes and elements.

    Why: the policy of the site leaves them out: an injected one can hide a warning, or show a lie.
    Bad: `<td style="text-align: right">`
    Good: a class and its rule in a style sheet; in drawings, attributes such as `fill`
    """
    for line, element in document.inline_styles:
        hint = "use a class of a style sheet below overrides/assets/stylesheets/"
        yield Finding(line, f"<{element}> holds styles", hint)
