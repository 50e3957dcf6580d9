"""Check a built site: links, languages, search-engine data, foreign requests, leftovers."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from helpcenter.lint import output, site
from helpcenter.lint.rules import explain
from helpcenter.problems import report
from helpcenter.product import load_product
from helpcenter.project import Project

_EPILOG = """\
examples:
  check_site.py site                            check what was built to the folder site
  check_site.py site --explain hreflang-target  why a rule exists, with a bad and a good example

exit codes: 0 no problem, 1 problems found, 2 misuse
"""


def main(arguments: list[str] | None = None) -> int:
    """Print every problem and a summary; return the exit code."""
    parser = argparse.ArgumentParser(
        description=__doc__, epilog=_EPILOG, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    home = Path(__file__).resolve().parent.parent
    parser.add_argument("site", type=Path, metavar="SITE_DIR", help="the folder that was built")
    parser.add_argument("--project", type=Path, default=home, help="the folder it was built from")
    parser.add_argument("--explain", choices=site.RULES, metavar="RULE", help="explain a rule")
    options = parser.parse_args(arguments)
    if options.explain:
        print(explain(site.RULES, options.explain))
        return 0
    if not (options.site / "index.html").is_file():
        parser.error(f"{options.site} is not a built site: it has no index.html; build it first")
    project = Project(options.project.resolve())
    product, problems = load_product(project)
    if product is None:
        print(report(problems))
        return 1
    built = output.read(options.site, project=project, product=product)
    problems = site.check(built)
    if problems:
        print(report(problems))
    number = len(set(problems))
    counted = f"{number} problem{'' if number == 1 else 's'}"
    print(f"{len(built.documents)} pages, {len(built.files)} files, {counted}")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
