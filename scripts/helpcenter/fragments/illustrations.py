"""Fragments made from illustrations: stills, and the walkthrough that shows them in turn."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup, escape

from helpcenter.facts import fill
from helpcenter.fragments.base import Fragment, FragmentError, Options, render
from helpcenter.illustrations import Illustration, Panel, draw
from helpcenter.site_context import Site, View

_BOLD = re.compile(r"\*\*(.+?)\*\*")


@dataclass(frozen=True)
class Picture:
    """One panel as a page shows it, all words in the language of the page's text.

    `anchor` begins its ids: a page may show a panel once as a still and once in a walkthrough.
    """

    anchor: str
    title: str
    caption: Markup
    shows: str
    drawing: Markup


def _illustration(site: Site, view: View, options: Options) -> str:
    name, words = _words(site, options, "illustration")
    panels = _chosen(words, options.get("panels"))
    whole = panels == words.panels  # title and numbers are those of the whole
    return render(
        site,
        view,
        "illustration",
        title=_text(site, view, words.title) if whole else None,
        steps=words.steps and whole,
        pictures=_pictures(site, view, name, panels, kind="picture"),
    )


def _walkthrough(site: Site, view: View, options: Options) -> str:
    name, words = _words(site, options, "walkthrough")
    return render(
        site,
        view,
        "walkthrough",
        title=_text(site, view, words.title),
        pictures=_pictures(site, view, name, words.panels, kind="frame"),
    )


def _words(site: Site, options: Options, marker: str) -> tuple[str, Illustration]:
    name = options.get("name", "")
    words = site.illustrations.get(name)
    if words is None:
        known = ", ".join(site.illustrations)
        message = f"the marker {marker} needs the name of an illustration, and {name!r} is none"
        raise FragmentError(message, f"known: {known}")
    return name, words


def _chosen(words: Illustration, names: str | None) -> tuple[Panel, ...]:
    if names is None:
        return words.panels
    by_id = {panel.id: panel for panel in words.panels}
    if unknown := [name for name in names.split(",") if name not in by_id]:
        message = f"the illustration has no panel {', '.join(unknown)}"
        raise FragmentError(message, f"its panels: {', '.join(by_id)}")
    return tuple(by_id[name] for name in names.split(","))


def _pictures(
    site: Site, view: View, name: str, panels: tuple[Panel, ...], *, kind: str
) -> list[Picture]:
    language = view.page.language
    words = site.illustrations[name]
    pictures = []
    for number, panel in enumerate(panels, 1):
        labels = words.words(panel, language)
        values = site.values(language)
        place = {"n": number, "total": len(panels)}
        pictures.append(
            Picture(
                anchor=f"{kind}-{name}-{panel.id}",
                title=site.strings[language].text(f"illustrations.{kind}", **place),
                caption=_strong(_text(site, view, panel.caption)),
                shows=_text(site, view, panel.shows),
                drawing=draw(
                    site.drawings,
                    name,
                    panel.id,
                    {key: fill(label, values) for key, label in labels.items()},
                ),
            )
        )
    return pictures


def _text(site: Site, view: View, text: Mapping[str, str]) -> str:
    return fill(text[view.page.language], site.values(view.page.language))


def _strong(text: str) -> Markup:
    """Return a caption as HTML; like a page's text, it sets what is tapped in **bold**."""
    return Markup(_BOLD.sub(r"<strong>\1</strong>", str(escape(text))))


ILLUSTRATIONS: Mapping[str, Fragment] = {
    "illustration": Fragment(_illustration, ("name", "panels")),
    "walkthrough": Fragment(_walkthrough, ("name",)),
}
