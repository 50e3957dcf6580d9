"""Check the sources of the help center: data files, pages, links, translations, markers."""

from __future__ import annotations

import argparse
import datetime
import sys
from pathlib import Path

from helpcenter.atomic import write_if_changed
from helpcenter.lint import content, reading_report, sources
from helpcenter.lint.copywriting import corrected
from helpcenter.lint.rules import explain
from helpcenter.problems import report
from helpcenter.project import Project

_EPILOG = """\
examples:
  check_content.py                      check everything
  check_content.py docs/en/faq          show only the problems of these files
  check_content.py --explain raw-html   why a rule exists, with a bad and a good example
  check_content.py --readability        how hard each page is to read, and the limits
  check_content.py --fix                first correct spaces and punctuation of Chinese texts

exit codes: 0 no problem, 1 problems found, 2 misuse
"""


def main(arguments: list[str] | None = None) -> int:
    """Print every problem and a summary; return the exit code."""
    options = _options(arguments)
    if options.explain:
        print(explain(content.RULES, options.explain))
        return 0
    project, wanted = options.project, options.paths
    today = datetime.datetime.now(datetime.UTC).date()
    reading, problems = sources.read(project, today)
    if options.fix and reading.content:
        for path, text in corrected(reading.content).items():
            if _is_in(path, wanted) and write_if_changed(project.root / path, text):
                print(f"corrected {path}")
        reading, problems = sources.read(project, today)
    problems += content.check(reading)
    problems = [problem for problem in problems if _is_in(problem.path, wanted)]
    if problems:
        print(report(problems))
    if reading.content and options.readability:
        print(reading_report.tables(reading.content))
    elif reading.content and (line := reading_report.summary(reading.content)):
        print(line)
    print(_summary(reading, len(set(problems))))
    return 1 if problems else 0


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, epilog=_EPILOG, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    home = Path(__file__).resolve().parent.parent
    add = parser.add_argument
    add("paths", nargs="*", type=Path, metavar="PATH", help="files or folders")
    add("--project", type=Path, default=home, help="the project's folder")
    add("--explain", choices=content.RULES, metavar="RULE", help="explain a rule")
    add("--readability", action="store_true", help="print the figures of all pages")
    add("--fix", action="store_true", help="correct the form of Chinese texts")
    options = parser.parse_args(arguments)
    options.project = project = Project(options.project.resolve())
    if not project.docs.is_dir():
        parser.error(f"{project.root} has no docs folder: --project needs a help center")
    for path in options.paths:
        if not path.exists():
            parser.error(f"{path} does not exist")
        if not path.resolve().is_relative_to(project.root):
            parser.error(f"{path} is not in {project.root}")
    options.paths = [project.relative(path.resolve()) for path in options.paths]
    return options


def _is_in(name: str, wanted: list[str]) -> bool:
    within = (name == path or name.startswith(f"{path}/") for path in wanted)
    return not wanted or "." in wanted or any(within)


def _summary(reading: sources.Reading, number: int) -> str:
    counted = f"{number} problem{'' if number == 1 else 's'}"
    if reading.content is None:
        return f"{counted}; pages are checked once the data files can be read"
    pages = {slug for slugs in reading.content.slugs.values() for slug in slugs}
    return f"{len(pages)} pages in {len(reading.content.slugs)} languages, {counted}"


if __name__ == "__main__":
    sys.exit(main())
