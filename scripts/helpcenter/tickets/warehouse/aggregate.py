"""Count tickets in any engine: the same counts as ranking/counts.py, as one Ibis expression.

Takes rows of tickets and gives numbers alone. Nothing is run here. tests/ hold it to the counts
of the local engine, ticket by ticket.
"""

from __future__ import annotations

from typing import Final

import ibis
import ibis.expr.types as ir
from ibis import _

# In the order in which counts.py weighs them, the lightest first.
SIGNALS: Final = ("reopened", "rated", "dissatisfied", "replied", "late")
READABLE: Final = ("excluded", "outside", "counted")
UNREADABLE: Final = "unreadable"


def counted(tickets: ir.Table, *, categories: int, window_days: int) -> ir.Table:
    """Return how many tickets of each fate, category, age and language there are.

    `tickets` has the columns of `rows.rows`; rows without an `id` cannot be read and are counted
    as such. The columns of the result are those that `counts.tally` takes, and `versions`, the
    number of rows behind them.
    """
    return _by_day(_by_person(_judged(_latest(tickets), categories, window_days)))


def _latest(rows: ir.Table) -> ir.Table:
    """Keep the last version of each ticket by a total order; unreadable rows are as one."""
    weighed = rows.mutate(
        signals=sum((rows[name] << at for at, name in enumerate(SIGNALS)), ibis.literal(0))
    )
    ticket = ibis.window(group_by="id")
    order = [_.updated.desc(), _.finer.desc(), _.category.asc(), _.age.desc()]
    last = ibis.window(group_by="id", order_by=[*order, _.signals.desc(), _.language.desc()])
    first, other = weighed.requester.min().over(ticket), weighed.requester.max().over(ticket)
    return weighed.mutate(
        place=ibis.row_number().over(last),
        versions=weighed.count().over(ticket),
        # Where versions disagree on who wrote, nobody is known.
        requester=(first == other).ifelse(first, ibis.null("string")),
    ).filter(_.place == 0)


def _judged(tickets: ir.Table, categories: int, window_days: int) -> ir.Table:
    fate = ibis.cases(
        (tickets.id.isnull(), UNREADABLE),
        (tickets.category < 0, "excluded"),
        (~tickets.age.between(0, window_days - 1), "outside"),
        else_="counted",
    )
    counts = fate == "counted"
    # A ticket without a requester is by a person of its own.
    person = ibis.coalesce("by " + tickets.requester, "id " + tickets.id)
    return tickets.select(
        "versions",
        fate=fate,
        category=counts.ifelse(ibis.least(tickets.category, categories), 0),
        age=counts.ifelse(tickets.age, 0),
        language=counts.ifelse(tickets.language, 0),
        person=counts.ifelse(person, ""),
        **{name: counts.ifelse(tickets[name], 0) for name in SIGNALS},
    )


def _by_person(tickets: ir.Table) -> ir.Table:
    """Count a requester once a day and category, however many tickets were written."""
    return tickets.group_by("fate", "category", "age", "person").aggregate(
        language=_.language.min(),
        tickets=_.count(),
        versions=_.versions.sum(),
        **{name: tickets[name].max() for name in SIGNALS},
    )


def _by_day(people: ir.Table) -> ir.Table:
    return people.group_by("fate", "category", "age", "language").aggregate(
        tickets=_.tickets.sum(),
        units=_.count(),
        **{name: people[name].sum() for name in SIGNALS},
        versions=_.versions.sum(),
    )
