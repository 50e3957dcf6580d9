"""The changes of the fees as a feed, one per language.

Knows addresses only as they are given. Nothing in a feed depends on the day of the build: an
entry keeps its id for good, and its date is the day of the change.
"""

from __future__ import annotations

import datetime

from helpcenter.atom import About, Entry, feed, midnight
from helpcenter.facts import format_day
from helpcenter.fees.changes import changes, sentence, title
from helpcenter.fees.schedule import Schedule
from helpcenter.strings import Strings

# Readers poll a feed for what is new; the page holds all there ever was.
MOST_ENTRIES = 200


def path(language: str) -> str:
    """Return the path of a language's feed, below the site's root."""
    return f"data/fee-changes.{language}.xml"


def atom(
    schedule: Schedule,
    strings: Strings,
    *,
    tag: str,
    author: str,
    product: str,
    page: str,
    own: str,
) -> str:
    """Return the feed of one language, the newest change first, upcoming ones included.

    `tag` is the language tag, `page` the address of the page that tells the changes, each at its
    anchor, and `own` the feed's own address.
    """
    about = About(
        own=own,
        page=page,
        title=strings.text("fees.feed.title", product=product),
        subtitle=strings.text("fees.feed.subtitle"),
        author=author,
        tag=tag,
        updated=midnight(datetime.date.fromisoformat(schedule.version[:10])),
    )
    return feed(
        about,
        [
            Entry(
                address=f"{page}#{change.id}",
                title=title(change, schedule, strings),
                updated=midnight(change.day),
                summary=sentence(
                    change, schedule, strings, day=format_day(change.day, strings.language)
                ),
            )
            for change in changes(schedule)[:MOST_ENTRIES]
        ],
    )
