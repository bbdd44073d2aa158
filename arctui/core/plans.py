"""Instalment plans: which promises are parts that were agreed together. Pure.

A missed part breaks its plan: the later parts that are live on that day fall with it (`promises.judge`).
"""

from collections.abc import Iterable, Sequence

import msgspec

from arctui.core.capture import Reading
from arctui.core.promises import Judged
from arctui.core.records import Promise


def in_plans(promises: Sequence[Promise], reading: Reading, judged: Iterable[Judged]) -> list[Promise]:
    """Give the promises of a line (one for each commitment) the plan that they are parts of.

    Several that are about the same, be it all that is owed or the same named invoices, are one plan. A promise that
    takes the place of some parts of a plan of which others stay live joins it; where none stays, the plan has ended.
    """
    live = [j.promise for j in judged if j.live and j.promise.plan]
    staying = {p.plan for p in live if p.id not in reading.replaces}
    joined = next((p.plan for p in live if p.id in reading.replaces and p.plan in staying), "")
    if joined:
        return [msgspec.structs.replace(p, plan=joined) for p in promises]
    about = [frozenset(c.numbers) for c in reading.commitments]
    first = {key: p.id for key, p in reversed(list(zip(about, promises, strict=True)))}
    return [
        msgspec.structs.replace(p, plan=first[key]) if about.count(key) > 1 else p
        for key, p in zip(about, promises, strict=True)
    ]
