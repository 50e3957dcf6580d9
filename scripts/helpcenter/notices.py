"""Current notices: incidents, maintenance and warnings, each with a start and an end.

Source: docs/_data/notices.yml. Times are aware; a notice shows from its start until its end at
the time of the build.
"""

from __future__ import annotations

import datetime
from typing import Annotated, Literal

from pydantic import AwareDatetime, Field, model_validator

from helpcenter import yamlfile
from helpcenter.pages import Slug
from helpcenter.problems import Problem
from helpcenter.product import DataModel, Localized
from helpcenter.project import Project

_DAY = datetime.timedelta(days=1)


class Notice(DataModel):
    """Something readers should know now; `owner` is who keeps it true.

    A known issue also says what is `known`, what to do (`action`), when to look again
    (`next_update`) and which ticket category it is about; when it is over, its cause and what was
    corrected (`outcome`). One that is not `active` is not shown.
    """

    id: Annotated[str, Field(pattern=r"^[a-z0-9-]+$")]
    level: Literal["info", "warning", "incident"]
    title: Localized
    text: Localized
    owner: str | Localized
    starts: AwareDatetime
    ends: AwareDatetime
    page: Slug | None = None
    active: bool = True
    category: Slug | None = None
    known: Localized | None = None
    action: Localized | None = None
    next_update: AwareDatetime | None = None
    outcome: Localized | None = None

    @model_validator(mode="after")
    def _ends_after_start(self) -> Notice:
        if self.ends <= self.starts:
            raise ValueError("the notice ends before it starts")
        if self.next_update is not None and self.next_update <= self.starts:
            raise ValueError("the next update comes before the notice starts")
        return self

    def owner_in(self, language: str) -> str:
        """Return who keeps the notice true, as written in `language`."""
        return self.owner if isinstance(self.owner, str) else self.owner[language]


class Notices(DataModel):
    """Everything of notices.yml."""

    notices: tuple[Notice, ...] = ()

    def current(self, day: datetime.date) -> tuple[Notice, ...]:
        """Return the notices that are shown at some time of `day` (UTC), the gravest first."""
        gravity = ("incident", "warning", "info")
        midnight = _midnight(day)
        shown = [
            notice
            for notice in self._active
            if notice.starts < midnight + _DAY and notice.ends > midnight
        ]
        return tuple(sorted(shown, key=lambda notice: (gravity.index(notice.level), notice.starts)))

    def planned(self, day: datetime.date) -> tuple[Notice, ...]:
        """Return the notices that start after `day` (UTC), the next one first."""
        later = [each for each in self._active if each.starts >= _midnight(day) + _DAY]
        return tuple(sorted(later, key=lambda notice: notice.starts))

    def past(self, day: datetime.date) -> tuple[Notice, ...]:
        """Return the notices that ended before `day` (UTC), the last one first."""
        over = [each for each in self._active if each.ends <= _midnight(day)]
        return tuple(sorted(over, key=lambda notice: notice.ends, reverse=True))

    @property
    def _active(self) -> tuple[Notice, ...]:
        return tuple(notice for notice in self.notices if notice.active)


def _midnight(day: datetime.date) -> datetime.datetime:
    return datetime.datetime.combine(day, datetime.time(), datetime.UTC)


def load_notices(
    project: Project, languages: tuple[str, ...]
) -> tuple[Notices | None, list[Problem]]:
    """Read notices.yml."""
    return yamlfile.load(
        project.data / "notices.yml", Notices, project=project, context={"languages": languages}
    )
