"""Merging a contact list with the book: customers, their people, phones and emails, addresses.

Pure. What the clerk corrected by hand stands: a list only adds what is new.
"""

from collections.abc import Callable, Iterable

import msgspec

from arctui.core.capture.data_reading import is_struck
from arctui.core.phone_numbers import same_phone
from arctui.core.records import Account, Person
from arctui.core.text import name_key
from arctui.exchange.merge import Draft, Outcome, SameNameError
from arctui.exchange.report import Contact, Report


def merge_contacts(draft: Draft, report: Report, zone: Callable[[str], str]) -> Outcome:
    """Merge customers and their people; phones and emails are added to those that are known.

    What the clerk found wrong stays out, however often an old list says it. `zone` tells the time zone of a phone
    number ("" if it tells none).
    """
    outcome = Outcome(changes=[], skipped=report.skipped)
    for contact in report.contacts:
        try:
            account, new = draft.account(contact.customer, contact.customer_number, draft.home_currency)
        except SameNameError as error:
            outcome.skip(contact.row, str(error), contact.customer)
            continue
        outcome.accounts_added += new
        contact = _without_struck(contact, account)
        if contact.address or contact.country:
            draft.put(
                msgspec.structs.replace(
                    account,
                    address=contact.address or account.address,
                    country=contact.country or account.country,
                )
            )
        if contact.person or contact.phones or contact.emails:
            outcome.people_added += _merge_person(draft, account.id, contact, zone)
    outcome.changes = draft.changes()
    return outcome


def _without_struck(contact: Contact, account: Account) -> Contact:
    """Return a contact without what the clerk found wrong; of somebody who has left only the address stays."""
    left = bool(contact.person) and is_struck(account, contact.person)
    return msgspec.structs.replace(
        contact,
        person="" if left else contact.person,
        phones=() if left else tuple(p for p in contact.phones if not is_struck(account, p)),
        emails=() if left else tuple(e for e in contact.emails if not is_struck(account, e)),
        address="" if is_struck(account, contact.address) else contact.address,
    )


def _merge_person(draft: Draft, account: str, contact: Contact, zone: Callable[[str], str]) -> int:
    known = [p for p in draft.now(Person, account) if name_key(p.name) == name_key(contact.person)]
    zones = list(filter(None, map(zone, contact.phones)))
    if not known:
        draft.put(
            Person(
                id=draft.new_id(),
                account=account,
                name=contact.person,
                role=contact.role,
                phones=contact.phones,
                emails=contact.emails,
                time_zone=zones[0] if zones else "",
            )
        )
        return 1
    person = known[0]
    draft.put(
        msgspec.structs.replace(
            person,
            role=person.role or contact.role,
            phones=_with_phones(person.phones, contact.phones),
            emails=_union(person.emails, contact.emails),
            time_zone=person.time_zone or (zones[0] if zones else ""),
        )
    )
    return 0


def _with_phones(known: tuple[str, ...], listed: Iterable[str]) -> tuple[str, ...]:
    """Add the numbers that are not known yet, however they are written."""
    for phone in listed:
        if not any(same_phone(phone, k) for k in known):
            known = (*known, phone)
    return known


def _union(old: Iterable[str], new: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys([*old, *new]))
