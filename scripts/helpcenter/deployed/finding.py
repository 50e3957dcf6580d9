"""What is wrong with a live site: the table of rules, and what was found at which address.

Knows nothing of how it is found out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

# Each rule: what is wrong, and what to do.
RULES: Mapping[str, tuple[str, str]] = {
    "no-answer": ("nobody answers", "see whether the host runs, then ask again"),
    "not-asked": ("the time was over", "see what is slow, or give more time with --budget"),
    "status": ("another status", "publish the site again; the release may be half there"),
    "file-changed": (
        "not the file that was built",
        "publish again; turn off what the host changes by itself: minifying, injected scripts, "
        "hidden addresses",
    ),
    "file-missing": ("the record is not there", "publish all of site/, folders with a dot too"),
    "record-invalid": ("the record of the build cannot be read", "build and publish again"),
    "build-other": ("another build is live", "publish the build that is meant to be live"),
    "commit-other": ("another commit is live", "see whether the last publish came to its end"),
    "built-for-other": (
        "the site was built for another address",
        "correct site_url in docs/_data/product.yml; --elsewhere is for previews",
    ),
    "header": (
        "a header is not what docs/_data/headers.yml says",
        "give the host the file that scripts/render_headers.py prints, and read it again",
    ),
    "cookie": ("a cookie is set", "find what on the host sets it and turn that off"),
    "not-found": (
        "a page that does not exist is not answered as such",
        "let the host send 404.html with the status 404",
    ),
    "https-missing": (
        "http does not lead to https",
        "redirect every address from http to https on the same host, with the status 301 or 308",
    ),
    "certificate": ("the certificate does not hold", "renew it, and see why that failed by itself"),
    "sitemap": ("the sitemap names what was not built", "build and publish again"),
    "alternates": (
        "the languages of a page do not name each other",
        "build and publish again; scripts/check_site.py finds it before that",
    ),
    "third-party": (
        "the page makes browsers ask another host",
        "find who put it there: nothing of this site does",
    ),
    "mixed-content": ("a part of the page comes over http", "find who put it there"),
    "robots-txt": ("robots.txt does not serve this site", "build and publish again"),
    "security-txt": (
        "security.txt cannot be relied on",
        "build and publish again: its day of expiry moves with each build",
    ),
}


@dataclass(frozen=True, order=True)
class Finding:
    """One thing that is wrong; `others` counts the addresses with the very same."""

    address: str
    rule: str
    found: str
    expected: str
    others: int = 0

    @property
    def hint(self) -> str:
        """Return what to do about it."""
        return RULES[self.rule][1]

    def __str__(self) -> str:
        """Return the two lines a terminal or a log shows."""
        more = f", and {self.others} more" if self.others else ""
        wrong = f"{RULES[self.rule][0]} (found {self.found}, expected {self.expected})"
        return f"{self.address or '/'}{more}: {self.rule}: {wrong}\n  hint: {self.hint}"


def joined(findings: Iterable[Finding]) -> list[Finding]:
    """Return the findings by rule, those that differ in their address alone as one."""
    alike = defaultdict(list)
    for each in findings:
        alike[each.rule, each.found, each.expected].append(each)
    return [replace(min(same), others=len(set(same)) - 1) for _, same in sorted(alike.items())]
