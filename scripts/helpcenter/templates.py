"""The HTML fragments that markers are replaced with; knows Jinja and no content."""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined


def fragment_environment(folder: Path) -> Environment:
    """Return the Jinja environment of the fragments in `folder`.

    Every value is escaped, an unknown name is an error, and no blank line is left in the result,
    because Markdown would end the block of HTML there.
    """
    return Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def render(environment: Environment, name: str, **values: object) -> str:
    """Return the fragment `name` as one block of HTML that stands alone in Markdown."""
    html = environment.get_template(f"{name}.html").render(**values)
    return "\n".join(line.strip() for line in html.splitlines() if line.strip())
