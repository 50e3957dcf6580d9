"""Print how a host serves the site: headers, types, compression, redirects, the 404 page.

Made from docs/_data/headers.yml and redirects.yml.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from helpcenter.headers import render, serving
from helpcenter.headers.policy import Headers, load_headers
from helpcenter.problems import report
from helpcenter.product import load_product
from helpcenter.project import Project
from helpcenter.redirects import addresses, load_redirects

_EPILOG = """\
hosts:
  nginx     lines to include within `server { }`
  caddy     lines to import within a site's block
  meta      what each page states itself, for a host that sends no headers (already in the pages)
  netlify   the file _headers, which Cloudflare Pages reads too; needs --site (already in the site,
            as is the file _redirects)

examples:
  render_headers.py nginx > /etc/nginx/snippets/help-center-headers.conf
  render_headers.py netlify --site site

exit codes: 0 done, 1 a data file cannot be used, 2 misuse
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
    if product is None:
        print(report(problems))
        return 1
    headers, in_headers = load_headers(project, product.language_codes)
    redirects, in_redirects = load_redirects(project, product)
    problems = in_headers + in_redirects
    if headers is None or problems:
        print(report(problems))
        return 1
    moved = addresses(redirects, product)
    print(_render(options.host, headers, moved, options.site), end="")
    return 0


def _render(host: str, headers: Headers, moved: serving.Moved, site: Path | None) -> str:
    if site is not None and host == "netlify":
        files = [path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()]
        return render.netlify(headers, files)
    if host == "nginx":
        return render.nginx(headers) + serving.nginx(headers, moved)
    if host == "caddy":
        return render.caddy(headers) + serving.caddy(headers, moved)
    return render.meta(headers) + "\n"


if __name__ == "__main__":
    sys.exit(main())
