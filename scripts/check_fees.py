"""Check the fee schedule, show it as of any day, and tell what a change of it means for whom."""

from __future__ import annotations

import argparse
import datetime
import subprocess
import sys
from pathlib import Path

from helpcenter.fees import revision, summary
from helpcenter.fees.schedule import load_schedule
from helpcenter.problems import report
from helpcenter.product import load_product
from helpcenter.project import Project
from helpcenter.strings import load_strings

_EPILOG = """\
examples:
  check_fees.py                       what applies today, and what changes next
  check_fees.py --as-of 2027-01-01    the whole schedule as it applies on a day
  check_fees.py --diff main           what the edited fees.yml changes, and for whom
  check_fees.py --diff HEAD --markdown   the same, as the comment of a pull request

--diff holds fees.yml against the one of a git revision. It refuses a change of what applied
before today (or --as-of), unless the version records in `corrects` what was wrong; a fee that is
removed without an end date; and a change that does not raise the schedule's version.

exit codes: 0 no problem, 1 problems found, 2 misuse or an unknown revision, 3 the revision's
fees.yml is not valid today and cannot be compared
"""
_FILE = "docs/_data/fees.yml"


def main(arguments: list[str] | None = None) -> int:
    """Print what was asked for; return the exit code."""
    parser = argparse.ArgumentParser(
        description=__doc__, epilog=_EPILOG, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    home = Path(__file__).resolve().parent.parent
    a_day = datetime.date.fromisoformat
    parser.add_argument("--as-of", type=a_day, metavar="DATE", help="a day, such as 2027-01-01")
    parser.add_argument("--diff", metavar="REV", help="a git revision, such as main or HEAD~1")
    parser.add_argument("--markdown", action="store_true", help="write --diff for a pull request")
    parser.add_argument("--project", type=Path, default=home, help="the project's folder")
    options = parser.parse_args(arguments)
    if options.markdown and not options.diff:
        parser.error("--markdown needs --diff")
    project = Project(options.project.resolve())
    product, problems = load_product(project)
    if product is None:
        print(report(problems))
        return 1
    codes = product.language_codes
    schedule, problems = load_schedule(project, codes)
    strings, in_strings = load_strings(project, codes)
    if schedule is None or problems + in_strings:
        print(report(problems + in_strings))
        return 1
    day = options.as_of or datetime.datetime.now(datetime.UTC).date()
    if not options.diff:
        show = summary.table if options.as_of else summary.overview
        print(show(schedule, day, strings[codes[0]]))
        return 0
    published = _published(options.diff, project, parser)
    old, problems = revision.read(published, codes, name=f"{options.diff}:{_FILE}")
    if problems:
        print(report(problems))
        return 3
    if old is None:
        print(f"The schedule of {options.diff} is of another schema: it cannot be compared.")
        return 0
    text = (project.data / "fees.yml").read_text(encoding="utf-8-sig")
    problems = revision.check(old, schedule, day, name=_FILE, text=text)
    languages = [(language.name, strings[language.code]) for language in product.languages]
    tell = summary.markdown if options.markdown else summary.plain
    print(tell(revision.differences(old, schedule), schedule, languages, problems))
    return 1 if problems else 0


def _published(name: str, project: Project, parser: argparse.ArgumentParser) -> str:
    """Return fees.yml as it is in a revision; a revision without it is misuse."""
    command = ["git", "show", "--end-of-options", f"{name}:./{_FILE}"]
    shown = subprocess.run(command, cwd=project.root, capture_output=True, check=False)
    if shown.returncode:
        parser.error(f"--diff {name}: {shown.stderr.decode(errors='replace').strip()}")
    return shown.stdout.decode("utf-8-sig")


if __name__ == "__main__":
    sys.exit(main())
