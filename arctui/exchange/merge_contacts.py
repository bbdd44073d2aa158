"""Merging a contact list with the book: customers, their people, phones and emails, addresses.

Pure. What the clerk corrected by hand stands: a list only adds what is new.
"""

import re
from collections.abc import Callable, Iterable

import msgspec

from arctui.core.capture.data_reading import is_struck
from arctui.core.phone_numbers import same_phone
from arctui.core.records import Account, Person
from arctui.core.text import fold, name_key
from arctui.exchange.draft import Draft, Outcome, SameNameError
from arctui.exchange.progress import over
from arctui.exchange.report import Contact, Report

#: "Net 30", "2% 10 Net 30", "N30"; "30", "30 days", "30 d"; the last number of days of "10 days 2 %, 30 days".
_NET = re.compile(r"\bn(?:et|etto)?[\s./-]*(\d{1,3})\b(?!\s*%)")
_DAYS = re.compile(r"(\d{1,3})\s*(?:d|days?|tage?|jours?|dias?|giorni|dagen|dni)?\.?")
_LAST_DAYS = re.compile(r".*\b(\d{1,3})\s*(?:d|days?|tage?n?|jours?|dias?|giorni|dagen|dni)\b")
_AT_ONCE = re.compile(r"\breceipt\b|\bcod\b|\bcash\b|\bprepaid\b|\bimmediate|\bsofort\b|\bcontado\b|\bcomptant\b")


def merge_contacts(draft: Draft, report: Report, zone: Callable[[str], str], outcome: Outcome) -> None:
    """Merge customers and their people into what the import does; phones and emails are added to those known.

    What the clerk found wrong stays out, however often an old list says it. `zone` tells the time zone of a phone
    number ("" if it tells none).
    """
    for contact in over(report.contacts, draft.progress):
        try:
            account, new = draft.account(
                contact.customer, contact.customer_number, contact.currency or draft.home_currency
            )
        except SameNameError as error:
            outcome.skip(contact.row, str(error), contact.customer)
            continue
        outcome.accounts_added += new
        contact = _without_struck(contact, account)
        learnt = _with_terms(account, contact)
        if learnt != account:
            draft.put(learnt)
        if contact.person or contact.phones or contact.emails:
            outcome.people_added += _merge_person(draft, account.id, contact, zone)
    outcome.changes = draft.changes()


def _with_terms(account: Account, contact: Contact) -> Account:
    """Return an account with what a list says of it; what the list leaves blank stays as it is known."""
    terms, limit = days_of_terms(contact.terms), contact.credit_limit
    return msgspec.structs.replace(
        account,
        address=contact.address or account.address,
        country=contact.country or account.country,
        currency=contact.currency or account.currency,
        tax_number=contact.tax_number or account.tax_number,
        terms_days=account.terms_days if terms is None else terms,
        credit_limit=account.credit_limit if limit is None else limit,
    )


def days_of_terms(words: str) -> int | None:
    """Read the days from issue to due date in the words of payment terms; None where they say no number of days.

    "Net 30", "30 days", "30" and "2% 10 Net 30" are 30, "Due on receipt" is 0; "end of month" depends on the day.
    """
    said = fold(words)
    if re.search(r"\beom\b|month|monat|\bprox|\bmfi\b|\bfin de\b", said):
        return None
    found = _NET.search(said) or _DAYS.fullmatch(said.strip()) or _LAST_DAYS.search(said)
    if found:
        return int(found[1])
    return 0 if _AT_ONCE.search(said) else None


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
