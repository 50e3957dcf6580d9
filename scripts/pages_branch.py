"""Publish to a branch of a git repository: a commit for each release, pushed whole or not at all.

No door itself. Works in a repository of its own that is thrown away, so that no checkout is
touched, and needs git and the standard library alone: what holds the right to push may have
nothing installed. The branch belongs to this script; one that holds anything else is refused.
"""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from helpcenter.release import complete, listing, names
from helpcenter.release.order import (
    BusyError,
    ReleaseError,
    before,
    refuse_shrinking,
    with_release,
)

# Hosts that build pages themselves must leave these alone, folders with a dot included.
_AS_IT_IS = ".nojekyll"
_NEW, _BACK = "Publish", "Go back to"
_AUTHOR = ("help-center", "help-center@users.noreply.invalid")


@dataclass(frozen=True)
class _Branch:
    """A branch as it was fetched: its newest commit, and a commit of each release by name."""

    repository: Path
    remote: str
    name: str
    tip: str | None
    order: Sequence[str]
    current: str | None
    commits: Mapping[str, str]

    def git(self, *arguments: str, given: bytes | None = None, tree: Path | None = None) -> str:
        return _git(self.repository, *arguments, given=given, tree=tree, secret=self.remote)


def address_of(remote: str, project: Path) -> str:
    """Return the address of a remote that the checkout at `project` knows by name, or of a path."""
    if Path(remote).exists():
        return str(Path(remote).resolve())
    try:
        return _git(project / ".git", "remote", "get-url", remote)
    except (ReleaseError, OSError):
        return remote


def publish(
    site: Path, remote: str, name: str, *, keep: int, force: bool, extra: Mapping[str, str]
) -> str | None:
    """Push `site` and the `extra` files as a new commit; return its release, None if it is there.

    The assets of `keep` releases stay reachable, this one counted. Raises ReleaseError, with the
    branch as it was.
    """
    release = complete.identity(site)
    with _fetched(remote, name, keep) as branch:
        if branch.tip is not None and not force:
            there = _files(branch, branch.tip)
            refuse_shrinking(sum(path.endswith(".html") for path in there), complete.pages(site))
        branch.git("add", "--force", "--all", ".", tree=site)
        for path, text in {_AS_IT_IS: "", **extra}.items():
            blob = branch.git("hash-object", "-w", "--stdin", given=text.encode())
            branch.git("update-index", "--add", "--cacheinfo", f"100644,{blob},{path}")
        earlier = with_release(branch.order, branch.current, release)[-keep:-1]
        _carry(branch, [branch.commits[each] for each in earlier], complete.files_of(site))
        return release if _push(branch, f"{_NEW} {release}") else None


def rollback(remote: str, name: str, *, keep: int) -> str:
    """Push the release before the current one as a new commit; return its name."""
    with _fetched(remote, name, keep) as branch:
        release = before(branch.order, branch.current)
        commit = branch.commits[release]
        branch.git("read-tree", commit)
        others = [each for each in branch.order[-keep:] if each != release]
        _carry(branch, [branch.commits[each] for each in others], _files(branch, commit))
        _push(branch, f"{_BACK} {release}")
        return release


@contextmanager
def _fetched(remote: str, name: str, keep: int) -> Iterator[_Branch]:
    with tempfile.TemporaryDirectory() as folder:
        repository = Path(folder) / "repository"
        _git(Path(folder), "init", "--quiet", "--bare", str(repository))
        reference = f"refs/heads/{name}"

        def git(*arguments: str) -> str:
            return _git(repository, *arguments, secret=remote)

        tip: str | None = None
        current: str | None = None
        order: list[str] = []
        commits: dict[str, str] = {}
        if git("ls-remote", remote, reference):
            git("fetch", "--quiet", f"--depth={3 * keep}", remote, f"{reference}:{reference}")
            tip = git("rev-parse", reference)
            for line in git("log", "--reverse", "--format=%H %s", reference).splitlines():
                commit, _, subject = line.partition(" ")
                kind, _, release = subject.rpartition(" ")
                if kind not in (_NEW, _BACK):
                    raise ReleaseError(f"{name} is no branch of releases: choose another")
                order = with_release(order, current, release) if kind == _NEW else order
                current, commits[release] = release, commit
        yield _Branch(repository, remote, name, tip, order, current, commits)


def _files(branch: _Branch, commit: str) -> Mapping[str, str]:
    return listing.read_list(branch.git("show", f"{commit}:{listing.FILES}").splitlines())


def _carry(branch: _Branch, commits: Sequence[str], own: Mapping[str, str]) -> None:
    """Add the assets of other releases to the index: readers still have their pages open."""
    for commit in commits:
        needed = {path for path in _files(branch, commit) if names.is_permanent(path)} - {*own}
        entries = branch.git("ls-tree", "-r", "-z", commit).split("\0")
        kept = "".join(f"{each}\0" for each in entries if each.partition("\t")[2] in needed)
        branch.git("update-index", "-z", "--index-info", given=kept.encode())


def _push(branch: _Branch, message: str) -> bool:
    """Commit the index and push it; return False where it is what the branch holds already."""
    tree = branch.git("write-tree")
    parents = ["-p", branch.tip] if branch.tip else []
    if branch.tip and branch.git("rev-parse", f"{branch.tip}^{{tree}}") == tree:
        return False
    commit = branch.git("commit-tree", tree, *parents, "-m", message)
    try:
        branch.git(
            "push", "--quiet", "--atomic", branch.remote, f"{commit}:refs/heads/{branch.name}"
        )
    except ReleaseError as error:
        if "rejected]" in str(error):
            raise BusyError(f"another run has published to {branch.name} meanwhile") from None
        raise
    return True


def _git(
    repository: Path,
    *arguments: str,
    given: bytes | None = None,
    tree: Path | None = None,
    secret: str = "",
) -> str:
    """Run git on the files of `tree`. Raises ReleaseError, which says why without `secret`."""
    name, address = _AUTHOR
    written = [
        f"{kind}_{part}" for kind in ("GIT_AUTHOR", "GIT_COMMITTER") for part in ("NAME", "EMAIL")
    ]
    environment = {
        **dict(zip(written, (name, address) * 2, strict=True)),
        **os.environ,
        "GIT_DIR": str(repository),
        "GIT_INDEX_FILE": str(repository / "release-index"),
        "GIT_TERMINAL_PROMPT": "0",
    }
    if arguments[0] == "init":
        del environment["GIT_DIR"]
    if tree is not None:
        environment["GIT_WORK_TREE"] = str(tree)
    ran = subprocess.run(
        ["git", "-c", "core.autocrlf=false", *arguments],
        cwd=tree or repository,
        env=environment,
        input=given,
        capture_output=True,
        check=False,
    )
    said = ran.stderr.decode(errors="replace").strip()
    if ran.returncode:
        raise ReleaseError(f"git {arguments[0]}: {said.replace(secret, '…') if secret else said}")
    return ran.stdout.decode().removesuffix("\n")
