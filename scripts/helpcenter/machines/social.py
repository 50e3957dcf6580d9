"""The picture that stands for the site where a page is shared, one per language, and its logo.

Drawn from overrides/helpcenter/social-card.html with one font, which comes with the locked
packages: the same on every machine, whatever fonts it has.
"""

from __future__ import annotations

import pylopdf_fonts_zh_cn
import resvg_py
from babel import Locale
from babel.core import get_global

from helpcenter import templates
from helpcenter.lettering import wrap
from helpcenter.machines.listed import LOGO, picture_path
from helpcenter.site_context import Site

WIDTH, HEIGHT = 1200, 630
_LOGO_SIDE = 512
_MARGIN, _NAME, _TAGLINE = 88, 76, 42  # of the drawing; sizes of type


def pictures(site: Site) -> dict[str, bytes]:
    """Return each PNG by its path below the site's root."""
    drawn = {picture_path(code): _picture(site, code) for code in site.product.language_codes}
    logo = (site.project.images / "logo.svg").read_text(encoding="utf-8")
    return drawn | {LOGO: resvg_py.svg_to_bytes(svg_string=logo, width=_LOGO_SIDE)}


def picture_text(site: Site, language: str) -> str:
    """Return what the picture says, for those who do not see it."""
    product = site.product
    return site.strings[language].text(
        "machines.social.picture",
        site=product.site_name[language],
        tagline=product.tagline[language],
        host=product.site_url.host,
    )


def locale(tag: str) -> str:
    """Return a language tag as Open Graph writes it, with its likely territory: zh_CN."""
    written, likely = Locale.parse(tag, sep="-"), get_global("likely_subtags")
    full = likely.get(str(written)) or likely.get(written.language) or str(written)
    territory = written.territory or Locale.parse(full).territory
    return f"{written.language}_{territory}" if territory else written.language


def _picture(site: Site, language: str) -> bytes:
    product, room = site.product, WIDTH - 2 * _MARGIN
    svg = templates.render(
        site.fragments,
        "social-card",
        width=WIDTH,
        height=HEIGHT,
        margin=_MARGIN,
        name_size=_NAME,
        tagline_size=_TAGLINE,
        title=wrap(product.site_name[language], room, _NAME),
        tagline=wrap(product.tagline[language], room, _TAGLINE),
        host=product.site_url.host,
        language=product.tag(language),
    )
    return resvg_py.svg_to_bytes(
        svg_string=svg,
        resources_dir=str(site.project.images),
        skip_system_fonts=True,
        font_files=[str(pylopdf_fonts_zh_cn.sans_path())],
        font_family="Noto Sans SC",
    )
