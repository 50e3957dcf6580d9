"""Print the site's HTTP headers in the form that a host reads, from docs/_data/headers.yml."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from helpcenter.headers import render
from helpcenter.headers.policy import Headers, load_headers
from helpcenter.problems import report
from helpcenter.product import load_product
from helpcenter.project import Project

_EPILOG = """\
hosts:
  nginx     lines to include within `server { }`
  caddy     lines to import within a site's block
  meta      what each page states itself, for a host that sends no headers (already in the pages)
  netlify   the file _headers, which Cloudflare Pages reads too; needs --site (already in the site)

examples:
  render_headers.py nginx > /etc/nginx/snippets/help-center-headers.conf
  render_headers.py netlify --site site

exit codes: 0 done, 1 headers.yml cannot be used, 2 misuse
"""


def main(arguments: list[str] | None = None) -> int:
    """Print the headers, or every problem of the data; return the exit code."""
    parser = argparse.ArgumentParser(
        description=__doc__, epilog=_EPILOG, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    home = Path(__file__).resolve().parent.parent
    parser.add_argument("host", choices=["nginx", "caddy", "netlify", "meta"])
    parser.add_argument("--site", type=Path, metavar="SITE_DIR", help="the folder that was built")
    parser.add_argument("--project", type=Path, default=home, help="the folder it was built from")
    options = parser.parse_args(arguments)
    if options.host == "netlify" and options.site is None:
        parser.error("netlify needs --site: its rules are made for the folders of a built site")
    project = Project(options.project.resolve())
    product, problems = load_product(project)
    headers, found = load_headers(project, product.language_codes if product else ())
    if headers is None or problems:
        print(report(problems + found))
        return 1
    print(_render(options.host, headers, options.site), end="")
    return 0


def _render(host: str, headers: Headers, site: Path | None) -> str:
    if site is not None and host == "netlify":
        files = [path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()]
        return render.netlify(headers, files)
    renderers: Mapping[str, Callable[[Headers], str]]
    renderers = {"nginx": render.nginx, "caddy": render.caddy, "meta": render.meta}
    return renderers[host](headers)


if __name__ == "__main__":
    sys.exit(main())
