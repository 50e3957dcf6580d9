#!/usr/bin/env python3
"""Open what a weekly job asks people to look at, or renew it where it is open.

A change that lies in this checkout becomes one pull request (GitHub) or merge request (GitLab)
from a branch of its own; a report becomes one issue. A second run renews the first one's. Uses
git and GitHub's own command gh, and nothing of the help center.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

EPILOG = """\
examples:
  open_request.py faq-order --host github    after apply_ranking.py; GH_TOKEN is set
  open_request.py advisories --host gitlab   after check_packages.py --renew
  open_request.py translations --host github from export/translations.md

exit codes: 0 done, or nothing to ask; 1 git, gh or the host refused, or people have changed the
branch; 2 misuse
"""
AUTHOR = ("help-center", "help-center@users.noreply.invalid")


@dataclass(frozen=True)
class Change:
    """What of the checkout is asked to be merged, and the words that ask."""

    branch: str
    paths: tuple[str, ...]
    title: str
    text: str


@dataclass(frozen=True)
class Issue:
    """A report; an empty one closes the issue."""

    file: str
    title: str


REQUESTS: dict[str, Change | Issue] = {
    "faq-order": Change(
        branch="proposals/faq-order",
        paths=("docs/_data/faq_ranking.yml", "docs/_drafts"),
        title="Order the FAQ by the latest tickets",
        text="The order of the questions, and drafts of answers that are missing. "
        "CONTRIBUTING.md says how to judge a draft. The next run renews this request.",
    ),
    "advisories": Change(
        branch="proposals/advisories",
        paths=(".ci/advisories.json",),
        title="Renew what is known of the locked packages",
        text="Advisories published for packages that are locked. If the checks fail, a locked "
        "version has one: `make lock`, or an entry in `.ci/packages.yml` that says why not.",
    ),
    "translations": Issue(
        file="export/translations.md", title="Pages that lack a translation or lag behind"
    ),
}


class RefusedError(Exception):
    """A command failed, or the branch is no longer ours to write."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Ask once and return the exit code."""
    parser = argparse.ArgumentParser(
        description=__doc__, epilog=EPILOG, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    root = Path(__file__).resolve().parents[1]
    parser.add_argument("request", choices=REQUESTS, help="what to ask for")
    parser.add_argument("--host", choices=("github", "gitlab"), required=True)
    parser.add_argument("--remote", default="origin", help="where to push (default: origin)")
    parser.add_argument("--base", default="main", help="the branch to merge into (default: main)")
    parser.add_argument("--project", type=Path, default=root, help="the checkout")
    options = parser.parse_args(arguments)
    request = REQUESTS[options.request]
    if isinstance(request, Issue) and options.host == "gitlab":
        parser.error("on GitLab the report is an artifact of its job")
    try:
        if isinstance(request, Change):
            print(_ask(request, options))
        else:
            print(_tell(request, options.project))
    except RefusedError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _ask(change: Change, options: argparse.Namespace) -> str:
    def git(*words: str) -> str:
        return _run("git", *words, folder=options.project)

    paths = [path for path in change.paths if (options.project / path).exists()]
    if not git("status", "--porcelain", "--", *paths):
        return "nothing has changed: no request"
    if options.host == "github":
        _run("gh", "auth", "setup-git", folder=options.project)
    known = git("ls-remote", options.remote, f"refs/heads/{change.branch}").split("\t")[0]
    git("switch", "--quiet", "--force-create", change.branch)
    git("add", "--", *paths)
    who = ["-c", f"user.name={AUTHOR[0]}", "-c", f"user.email={AUTHOR[1]}"]
    git(*who, "commit", "--quiet", "--message", change.title)
    if known:
        git("fetch", "--quiet", "--depth=1", options.remote, known)
        if git("log", "-1", "--format=%ce", known) != AUTHOR[1]:
            raise RefusedError(f"people have changed {change.branch}: merge it or delete it first")
    asked = [] if options.host == "github" else _gitlab_options(change, options.base)
    lease = f"--force-with-lease=refs/heads/{change.branch}:{known}"
    git("push", "--quiet", lease, *asked, options.remote, f"HEAD:refs/heads/{change.branch}")
    if options.host == "github":
        _open_pull_request(change, options)
    return f"asked to merge {change.branch}"


def _gitlab_options(change: Change, base: str) -> list[str]:
    said = {"create": "", "target": f"={base}", "title": f"={change.title}"}
    said["description"] = f"={change.text}"
    said["remove_source_branch"] = ""
    return [f"--push-option=merge_request.{name}{value}" for name, value in said.items()]


def _open_pull_request(change: Change, options: argparse.Namespace) -> None:
    def gh(*words: str) -> str:
        return _run("gh", "pr", *words, folder=options.project)

    said = ("--title", change.title, "--body", change.text)
    found = json.loads(gh("list", "--head", change.branch, "--state", "open", "--json", "number"))
    if found:
        gh("edit", str(found[0]["number"]), *said)
    else:
        gh("create", "--head", change.branch, "--base", options.base, *said)


def _tell(issue: Issue, project: Path) -> str:
    gh: Callable[..., str] = lambda *words: _run("gh", "issue", *words, folder=project)  # noqa: E731
    text = (project / issue.file).read_text("utf-8")
    listed = gh("list", "--state", "open", "--limit", "1000", "--json", "number,title")
    numbers = [str(each["number"]) for each in json.loads(listed) if each["title"] == issue.title]
    if not text.strip():
        for number in numbers:
            gh("close", number, "--comment", "Every language is whole.")
        return "nothing to tell"
    if numbers:
        gh("edit", numbers[0], "--body-file", issue.file)
        return f"renewed issue {numbers[0]}"
    gh("create", "--title", issue.title, "--body-file", issue.file)
    return "opened an issue"


def _run(*command: str, folder: Path) -> str:
    done = subprocess.run(command, cwd=folder, text=True, capture_output=True, check=False)
    if done.returncode:
        said = re.sub(r"//[^/@\s]+@", "//", done.stderr.strip())  # a token in an address
        raise RefusedError(f"{' '.join(command[:2])} failed: {said}")
    return done.stdout.strip()


if __name__ == "__main__":
    sys.exit(main())
