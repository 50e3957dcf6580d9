#!/usr/bin/env python3
"""Begin a new page: the file in every language from its type's template, and its menu line."""

from __future__ import annotations

import argparse
import datetime
import re
import sys
from collections.abc import Sequence
from pathlib import Path

from helpcenter.atomic import write_if_changed
from helpcenter.page_templates import TYPES, new_page
from helpcenter.problems import report
from helpcenter.product import load_product
from helpcenter.project import Project

_MANUAL = """\
types:
  guide            what you need, steps, check, if not
  troubleshooting  symptom, check first, fix, keep, contact
  explanation      in short, how it works, what it means
  reference        a table and how to read it
  faq              a short answer: example, steps, keep, contact; SLUG is faq/<ticket category>

examples:
  new_page.py guide security/move-to-a-new-phone \\
      --title en="Move to a new phone" --title zh="换新手机"
  new_page.py faq faq/tax-report --title en="Where is my tax report?" --title zh="税务报告在哪里？"

What is written holds notes in comments. Replace each by its answer: the check refuses a page with
a note left in it. The templates are docs/_data/templates/<type>.<language>.md.

exit codes: 0 done, 1 nothing was written because of the problems printed, 2 misuse
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the page in every language and its menu line; return the exit code."""
    parser = argparse.ArgumentParser(
        description=__doc__, epilog=_MANUAL, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    home = Path(__file__).resolve().parent.parent
    parser.add_argument("type", choices=TYPES, metavar="TYPE", help=", ".join(TYPES))
    parser.add_argument("slug", metavar="SLUG", help="section/name, in small English words")
    parser.add_argument("--title", action="append", default=[], metavar="LANGUAGE=TEXT")
    parser.add_argument("--project", type=Path, default=home, help="the project's folder")
    options = parser.parse_args(arguments)
    if not re.fullmatch(r"[a-z0-9-]+/[a-z0-9-]+", options.slug):
        parser.error(
            "SLUG is section/name in small letters, digits and hyphens: security/new-phone"
        )
    if (options.type == "faq") != options.slug.startswith("faq/"):
        parser.error("pages of type faq, and no others, are in the section faq")
    project = Project(options.project.resolve())
    product, problems = load_product(project)
    if product is None:
        print(report(problems))
        return 1
    titles = dict(pair.partition("=")[::2] for pair in options.title)
    if set(titles) != set(product.language_codes) or not all(map(str.strip, titles.values())):
        wanted = " ".join(f'--title {code}="…"' for code in product.language_codes)
        parser.error(f"a page has a title in every language: {wanted}")
    today = datetime.datetime.now(datetime.UTC).date()
    files, problems = new_page(project, options.type, options.slug, titles, reviewed=today)
    if problems:
        print(report(problems))
        return 1
    for path, text in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        write_if_changed(path, text)
        print(f"wrote {project.relative(path)}")
    print(_next_steps(options.type, options.slug))
    return 0


def _next_steps(kind: str, slug: str) -> str:
    steps = ["answer the notes in every language; `make check` lists what is left"]
    if kind == "faq":
        steps.append(f"add the category {slug.partition('/')[2]} to docs/_data/faq_categories.yml")
        steps.append(f"link a guide, and name {slug} under `related` in that guide")
    else:
        steps.append(f"name {slug} under `related` where its readers come from")
    steps.append("look at it with `make serve`: phone and desktop, each language")
    return "\n".join(["next:", *(f"  {number}. {step}" for number, step in enumerate(steps, 1))])


if __name__ == "__main__":
    sys.exit(main())
