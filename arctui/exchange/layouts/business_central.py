"""Microsoft Dynamics 365 Business Central and NAV: Customer Ledger Entries, in English, German and Danish.

What is open of an entry is in its own currency, and a blank currency is the home currency. Entries that are closed
are in the list as well: nothing is open of them.
"""

from arctui.exchange.columns import Fields
from arctui.exchange.layouts.layout import Layout
from arctui.exchange.report import ReportKind

SYSTEM = "Business Central"

_ENTRIES: Fields = {
    "customer": ("customername", "debitorenname", "debitorname", "debitornavn"),
    "customer_number": ("customerno", "debitorennr", "debitornr"),
    "number": ("documentno", "belegnr", "bilagsnr"),
    "kind": ("documenttype", "belegart", "bilagstype"),
    "issued": ("documentdate", "belegdatum", "bilagsdato", "postingdate", "buchungsdatum", "bogføringsdato"),
    "due": ("duedate", "fälligkeitsdatum", "forfaldsdato"),
    "amount": ("originalamount", "ursprungsbetrag", "oprindeligtbeløb", "amount", "betrag", "beløb"),
    "balance": ("remainingamount", "restbetrag", "restbeløb"),
    "currency": ("currencycode", "währungscode", "valutakode"),
    "terms": ("paymenttermscode", "zlgbedingungscode", "zahlungsbedingungscode", "betalingsbetingelseskode"),
    "reference": ("externaldocumentno", "externebelegnummer", "eksterntbilagsnr", "yourreference"),
}
#: Amounts in the home currency, where those of the entry are not shown.
_HOME: Fields = {
    **{field: names for field, names in _ENTRIES.items() if field != "currency"},
    "amount": ("originalamtlcy", "ursprungsbetragmw", "oprbeløbrv", "amountlcy", "betragmw", "beløbrv"),
    "balance": ("remainingamtlcy", "remainingamountlcy", "restbetragmw", "restbeløbrv"),
}
_KINDS = {
    "rechnung": "Invoice", "gutschrift": "Credit Memo", "zahlung": "Payment", "erstattung": "Refund",
    "mahnung": "Reminder", "zinsrechnung": "Finance Charge Memo",
    "faktura": "Invoice", "kreditnota": "Credit Memo", "betaling": "Payment", "refusion": "Refund",
    "rykker": "Reminder", "rentenota": "Finance Charge Memo", "": "Journal Entry",
}  # fmt: skip
_NEEDS = frozenset({"customer_number", "number", "kind", "issued", "due", "balance"})


ENTRIES = Layout(
    name="bc-customer-ledger-entries",
    system=SYSTEM,
    title="Customer Ledger Entries",
    kind=ReportKind.OPEN_ITEMS,
    may_list=True,
    fields=_ENTRIES,
    needs=_NEEDS,
    kinds=_KINDS,
)
IN_HOME_CURRENCY = Layout(
    name="bc-customer-ledger-entries-lcy",
    system=SYSTEM,
    title="Customer Ledger Entries in the home currency",
    kind=ReportKind.OPEN_ITEMS,
    may_list=True,
    fields=_HOME,
    needs=_NEEDS,
    kinds=_KINDS,
)
LAYOUTS = (ENTRIES, IN_HOME_CURRENCY)
