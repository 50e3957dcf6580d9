"""Fragments about support itself: known issues, waiting times, time limits of complaints."""

from __future__ import annotations

from collections.abc import Mapping

from helpcenter.facts import fill, format_day, format_fact
from helpcenter.fragments.base import Fragment, FragmentError, Options, moment, render
from helpcenter.site_context import Site, View


def _known_issues(site: Site, view: View, options: Options) -> str:
    strings, notices = site.strings[view.page.language], site.notices
    return render(
        site,
        view,
        "known-issues",
        groups=[
            ("current", notices.current(site.as_of)),
            ("planned", notices.planned(site.as_of)),
            ("past", notices.past(site.as_of)),
        ],
        as_of=format_day(site.as_of, strings.language),
        language=strings.language,
        moment=lambda time: moment(time, strings),
    )


def _service_times(site: Site, view: View, options: Options) -> str:
    strings = site.strings[view.page.language]

    def fact(name: str | None) -> str | None:
        return format_fact(site.facts[name], strings) if name else None

    rows = [
        {
            "name": channel.name[strings.language],
            "address": channel.address_in(strings.language),
            "hours": fact(channel.hours),
            "reply": fact(channel.reply),
            "busy_hours": fact(channel.busy.hours) if channel.busy else None,
            "busy_reply": fact(channel.busy.reply) if channel.busy else None,
        }
        for channel in site.product.channels
        if channel.reply
    ]
    return render(site, view, "service-times", channels=rows)


def _complaint_times(site: Site, view: View, options: Options) -> str:
    strings, language = site.strings[view.page.language], view.page.language
    places = site.reference.complaint_times.jurisdictions
    if not places:
        message = "complaint_times.yml lists no jurisdiction"
        raise FragmentError(message, "list them, or remove the marker")
    rows = [
        {
            "name": place.name[language],
            "applies": place.applies[language],
            "acknowledgement": format_fact(site.facts[place.acknowledgement], strings),
            "final_response": format_fact(site.facts[place.final_response], strings),
            "extension": format_fact(site.facts[place.extension], strings)
            if place.extension
            else None,
            "escalation": fill(place.escalation[language], site.values(language)),
            "law": place.law[language],
        }
        for place in places
    ]
    return render(site, view, "complaint-times", places=rows)


SERVICE: Mapping[str, Fragment] = {
    "known-issues": Fragment(_known_issues),
    "service-times": Fragment(_service_times),
    "complaint-times": Fragment(_complaint_times),
}
