"""Check the sources of the help center: data files, pages, links, translations, markers."""

from __future__ import annotations

import argparse
import datetime
import sys
from pathlib import Path

from helpcenter.lint import content, sources
from helpcenter.lint.rules import explain
from helpcenter.problems import Problem, report
from helpcenter.project import Project

_EPILOG = """\
examples:
  check_content.py                      check everything
  check_content.py docs/en/faq          show only the problems of these files
  check_content.py --explain raw-html   why a rule exists, with a bad and a good example

exit codes: 0 no problem, 1 problems found, 2 misuse
"""


def main(arguments: list[str] | None = None) -> int:
    """Print every problem and a summary; return the exit code."""
    parser = argparse.ArgumentParser(
        description=__doc__, epilog=_EPILOG, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    home = Path(__file__).resolve().parent.parent
    parser.add_argument("paths", nargs="*", type=Path, metavar="PATH", help="files or folders")
    parser.add_argument("--project", type=Path, default=home, help="the project's folder")
    parser.add_argument("--explain", choices=content.RULES, metavar="RULE", help="explain a rule")
    options = parser.parse_args(arguments)
    if options.explain:
        print(explain(content.RULES, options.explain))
        return 0
    project = Project(options.project.resolve())
    if not project.docs.is_dir():
        parser.error(f"{project.root} has no docs folder: --project needs a help center")
    for path in options.paths:
        if not path.exists():
            parser.error(f"{path} does not exist")
        if not path.resolve().is_relative_to(project.root):
            parser.error(f"{path} is not in {project.root}")
    wanted = [project.relative(path.resolve()) for path in options.paths]
    reading, problems = sources.read(project, datetime.datetime.now(datetime.UTC).date())
    problems = [problem for problem in problems + content.check(reading) if _is_in(problem, wanted)]
    if problems:
        print(report(problems))
    print(_summary(reading, len(set(problems))))
    return 1 if problems else 0


def _is_in(problem: Problem, wanted: list[str]) -> bool:
    within = (problem.path == path or problem.path.startswith(f"{path}/") for path in wanted)
    return not wanted or "." in wanted or any(within)


def _summary(reading: sources.Reading, number: int) -> str:
    counted = f"{number} problem{'' if number == 1 else 's'}"
    if reading.content is None:
        return f"{counted}; pages are checked once the data files can be read"
    pages = {slug for slugs in reading.content.slugs.values() for slug in slugs}
    return f"{len(pages)} pages in {len(reading.content.slugs)} languages, {counted}"


if __name__ == "__main__":
    sys.exit(main())
