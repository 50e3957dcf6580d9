"""Publish a built site as a whole: verify it, then let it take over in one step.

To a folder (--to), which a web server on this machine reads, or to a branch of a git repository
(--to-branch), which a host watches. What readers are served before and after is a whole site; what
is killed in between has changed nothing they see.
"""

from __future__ import annotations

import argparse
import datetime
import sys
from collections.abc import Mapping
from pathlib import Path

import pages_branch
from helpcenter.problems import report
from helpcenter.release import complete
from helpcenter.release.order import BusyError, ReleaseError

_EPILOG = """\
in the folder:
  current         the link that the web server has as its root
  releases/       the last releases; each also holds the assets of those before it, since pages that
                  readers have open still ask for them, and a .gz and .br beside each text
  releases.txt    their order, the latest last

The branch holds a commit for each release, and nothing else: name one that does not exist yet.
It is only ever added to, so two runs cannot overwrite each other.

A release with the same files, from the same commit, is published once. Files that did not change
are shared between the releases of a folder, which must therefore be on one file system.

examples:
  publish.py --to /srv/help                          the folder site, as `make build` made it
  publish.py --to /srv/help --rollback               the release before the current one, at once
  publish.py --to-branch origin published
  publish.py --checked --to-branch "$REMOTE" published   with nothing installed but Python and git

Configuration for nginx and Caddy: render_headers.py.

exit codes: 0 done, or nothing to do; 1 the site has problems; 2 misuse; 3 another run publishes to
the same place; 4 it could not be published (too few pages, nothing to go back to, disk, git);
130 told to stop. After each but 0, readers are served what they were served before.
"""


def main(arguments: list[str] | None = None) -> int:
    """Publish, or go back; print what was done, and return the exit code."""
    parser = argparse.ArgumentParser(
        description=__doc__, epilog=_EPILOG, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    home = Path(__file__).resolve().parent.parent
    parser.add_argument("site", nargs="?", type=Path, default=home / "site", metavar="SITE_DIR")
    place = parser.add_mutually_exclusive_group(required=True)
    place.add_argument("--to", type=Path, metavar="DIR", help="a folder on this machine")
    place.add_argument("--to-branch", nargs=2, metavar=("REMOTE", "BRANCH"), help="a git branch")
    parser.add_argument("--rollback", action="store_true", help="go back by one release")
    parser.add_argument("--keep", type=int, default=3, help="releases whose assets stay (3)")
    parser.add_argument("--force", action="store_true", help="even if many pages are gone")
    parser.add_argument(
        "--checked", action="store_true", help="check_site.py has passed: only compare the files"
    )
    parser.add_argument(
        "--redirect-pages",
        action="store_true",
        help="add a page at each old address, for a branch whose host cannot redirect",
    )
    parser.add_argument("--project", type=Path, default=home, help="the folder it was built from")
    options = parser.parse_args(arguments)
    if options.keep < 1:
        parser.error("--keep is at least 1: the release itself")
    if options.redirect_pages and options.to:
        parser.error("--redirect-pages is for --to-branch: a web server redirects by itself")
    if not options.rollback and not (options.site / "index.html").is_file():
        parser.error(f"{options.site} is not a built site: it has no index.html; build it first")
    try:
        return _run(options)
    except BusyError as error:
        print(error, file=sys.stderr)
        return 3
    except (ReleaseError, OSError) as error:
        print(error, file=sys.stderr)
        return 4
    except KeyboardInterrupt:
        return 130


def _run(options: argparse.Namespace) -> int:
    if not options.rollback and not _is_whole(options):
        return 1
    if options.to:
        # What compresses is no part of the standard library, and a branch needs none of it.
        from helpcenter.release import folder

        if options.rollback:
            folder.rollback(options.to, say=_say)
        else:
            folder.publish(
                options.site, options.to, keep=options.keep, force=options.force, say=_say
            )
        return 0
    remote, branch = options.to_branch
    remote = pages_branch.address_of(remote, options.project)
    if options.rollback:
        _say(f"{pages_branch.rollback(remote, branch, keep=options.keep)} is current")
        return 0
    extra = _redirect_pages(options.project) if options.redirect_pages else {}
    release = pages_branch.publish(
        options.site, remote, branch, keep=options.keep, force=options.force, extra=extra
    )
    _say(f"{release} is current" if release else "nothing changed since the last release")
    return 0


def _is_whole(options: argparse.Namespace) -> bool:
    """Return whether the site may be published; print what is wrong."""
    problems = complete.check(options.site) or complete.unlisted(options.site)
    if problems:
        print(report(problems))
        return False
    if options.checked:
        return True
    import check_site

    return check_site.main([str(options.site), "--project", str(options.project)]) == 0


def _redirect_pages(home: Path) -> Mapping[str, str]:
    from helpcenter.project import Project
    from helpcenter.release import moved
    from helpcenter.site_context import load_site

    today = datetime.datetime.now(datetime.UTC).date()
    site, problems = load_site(Project(home.resolve()), today)
    if site is None or problems:
        raise ReleaseError(report(problems))
    return moved.pages(site)


def _say(text: str) -> None:
    print(text, flush=True)


if __name__ == "__main__":
    sys.exit(main())
