#!/usr/bin/env python3
"""Check a live site: every page and file, the host's headers and errors, security.txt, certificate.

Asks for all that the site's own record, /.well-known/build.json, says was built; with --site, for
all that was built here. Follows no redirect and sends nothing.
"""

from __future__ import annotations

import argparse
import datetime
import json
import sys
import time
from dataclasses import asdict
from pathlib import Path
from urllib.parse import urlsplit

try:
    from helpcenter.deployed import built, check, finding, visit
    from helpcenter.headers.policy import load_headers
    from helpcenter.problems import report
    from helpcenter.product import load_product
    from helpcenter.project import Project
except ModuleNotFoundError as error:
    print(f"check_deployed.py: {error.name} is not installed", file=sys.stderr)
    print("hint: use `make check-deployed URL=…`", file=sys.stderr)
    sys.exit(2)

_WRONG = "\n".join(f"  {rule:<16} {wrong}" for rule, (wrong, _) in sorted(finding.RULES.items()))
MANUAL = f"""\
rules:
{_WRONG}

examples:
  check_deployed.py https://help.example.com/
  check_deployed.py https://help.example.com/ --site site --expect-commit $(git rev-parse HEAD)
  check_deployed.py https://preview.example.com/ --elsewhere --json

Without --site the site is compared with its own record. That shows what was lost or changed on the
way, and not what an intruder put there who changed the record too; build the commit that it names
(SOURCE_DATE_EPOCH is its time) and give --site to know.

exit codes:
  0    all is as it should be
  1    something is wrong
  2    the command was misused, or the project's own files cannot be used
  4    the site did not answer at all, or not in time; what was found until then is printed
  130  told to stop
"""


def main(arguments: list[str] | None = None) -> int:
    """Check the site, print every finding and a summary, and return the exit code."""
    parser = _parser()
    options = parser.parse_args(arguments)
    parts = urlsplit(options.url)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
        parser.error("URL must be the http or https address of a home page")
    project = Project(options.project.resolve())
    product, problems = load_product(project)
    headers, found = load_headers(project, product.language_codes if product else ())
    if product is None or headers is None:
        print(report(problems + found))
        return 2
    try:
        here = built.of_folder(options.site) if options.site else None
    except (OSError, ValueError) as error:
        parser.error(f"{options.site} is not a built site with its record: {error}")
    live = options.url.rstrip("/") + "/"
    wishes = check.Wishes(
        live,
        datetime.datetime.now(datetime.UTC),
        here=here,
        commit=options.expect_commit,
        plain=options.http or (f"http://{parts.hostname}/" if parts.scheme == "https" else None),
        elsewhere=options.elsewhere,
        certificate_days=options.certificate_days,
        security_days=options.security_days,
    )
    limits = visit.Limits(options.budget, options.timeout, options.at_once)
    try:
        with visit.visiting(limits, time.monotonic, authority=options.authority) as visitor:
            result = check.check(visitor, product, headers, wishes, _progress(options.json))
    except KeyboardInterrupt:
        return 130
    except OSError as error:
        parser.error(f"--authority: {error}")
    _print(result, live, as_json=options.json)
    return 4 if result.stopped else 1 if result.findings else 0


def _print(result: check.Report, live: str, *, as_json: bool) -> None:
    record = result.live.record if result.live else None
    if as_json:
        findings = [asdict(each) | {"hint": each.hint} for each in result.findings]
        build = record.model_dump(mode="json") if record else None
        shown = {"url": live, "answers": result.answers, "stopped": result.stopped}
        print(json.dumps(shown | {"build": build, "findings": findings}, ensure_ascii=False))
        return
    for each in result.findings:
        print(each)
    named = f"commit {record.commit or 'unknown'} as of {record.as_of}" if record else "no record"
    number = len(result.findings)
    print(
        f"{live}: {named}, {result.answers} answers, {number} finding{'' if number == 1 else 's'}"
    )


def _progress(as_json: bool) -> check.Progress:
    if as_json or not sys.stderr.isatty():
        return lambda done, answers: None
    return _draw


def _draw(done: float, answers: int) -> None:
    end = "\n" if done == 1 else ""
    bar = f"\r[{'#' * round(done * 40):<40}] {done:>4.0%} {answers:>6} answers"
    print(bar, end=end, file=sys.stderr, flush=True)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        description=__doc__, epilog=MANUAL, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    home = Path(__file__).resolve().parent.parent
    add = parser.add_argument
    add("url", metavar="URL", help="the address of the site's home page")
    add("--site", type=Path, metavar="SITE_DIR", help="the folder that should be live, as built")
    add("--expect-commit", metavar="SHA", help="the commit that should be live, or its beginning")
    add("--elsewhere", action="store_true",
        help="the site is not at the address it was built for: a preview or a test")  # fmt: skip
    add("--certificate-days", type=int, default=14, metavar="N",
        help="the certificate must hold for so long (default: 14)")  # fmt: skip
    add("--security-days", type=int, default=30, metavar="N",
        help="security.txt must hold for so long (default: 30)")  # fmt: skip
    add("--budget", type=float, default=300.0, metavar="SECONDS",
        help="the longest the whole check may take (default: 300)")  # fmt: skip
    add("--timeout", type=float, default=20.0, metavar="SECONDS",
        help="the longest silence within one answer (default: 20)")  # fmt: skip
    add("--at-once", type=int, default=8, metavar="N", help="requests at one time (default: 8)")
    add("--authority", type=Path, metavar="FILE",
        help="trust these certificates and no others (default: the system's)")  # fmt: skip
    add("--http", metavar="URL", help="the address that must lead to https (default: the same)")
    add("--project", type=Path, default=home, help="the folder the site was built from")
    add("--json", action="store_true", help="print one JSON object")
    return parser


if __name__ == "__main__":
    sys.exit(main())
