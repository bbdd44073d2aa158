"""What a column can be, in words for people; which of it stands in which kind of table.

Owns the names of the fields. Must not know what a file calls its columns.
"""

from arctui.exchange.report import ReportKind

#: Every field with its meaning, in the order in which they are offered.
FIELDS: dict[str, str] = {
    "customer": "the customer's name",
    "customer_number": "the customer's number or code",
    "number": "the invoice's number",
    "kind": "what the row is: invoice, credit, payment",
    "issued": "the day of the invoice",
    "due": "the day on which it is due",
    "amount": "the whole amount",
    "balance": "what is still open of it",
    "paid": "what was paid of it",
    "debit": "the amount, where it adds to the debt",
    "credit": "the amount, where it takes from the debt",
    "sign": "debit or credit: S or H, D or C, Dr or Cr",
    "currency": "the currency of the row",
    "status": "open, paid, void, draft",
    "reference": "a purchase order, a check, another number",
    "terms": "the terms of payment: Net 30",
    "identity": "the payment's or the bank line's own number",
    "invoice": "the number of the invoice that was paid",
    "day": "the day of the payment or of the bank line",
    "method": "how it was paid: check, bank transfer, card",
    "memo": "free words on the payment",
    "payer": "who paid, as the bank calls them",
    "words": "the text of the bank line",
    "person": "whom to ask for",
    "first_name": "that person's first name",
    "last_name": "that person's last name",
    "role": "what that person is: accounts payable",
    "phone": "a phone number",
    "email": "an email address",
    "address": "a part of the address",
    "country": "the country",
    "credit_limit": "how much credit the customer is given",
    "tax_number": "the customer's tax number",
}

_REACHED = ("person", "first_name", "last_name", "role", "phone", "email", "address", "country")
_ACCOUNT = ("credit_limit", "tax_number")
_ITEMS = (
    "customer", "customer_number", "number", "kind", "issued", "due", "amount", "balance", "paid", "debit", "credit",
    "sign", "currency", "status", "reference", "terms", *_REACHED, *_ACCOUNT,
)  # fmt: skip

#: The fields of a kind of table.
FIELDS_OF: dict[ReportKind, tuple[str, ...]] = {
    ReportKind.OPEN_ITEMS: _ITEMS,
    ReportKind.LISTED: _ITEMS,
    ReportKind.PAYMENTS: (
        "customer", "customer_number", "identity", "invoice", "day", "amount", "currency", "method", "status",
        "reference", "memo",
    ),
    ReportKind.CONTACTS: ("customer", "customer_number", *_REACHED, "currency", "terms", *_ACCOUNT),
    ReportKind.STATEMENT: (
        "day", "payer", "words", "amount", "debit", "credit", "sign", "balance", "currency", "reference", "identity",
    ),
}  # fmt: skip

#: Several columns may be one of these.
SEVERAL = frozenset({"phone", "email", "address"})

#: What a kind of table cannot do without: of each group one.
NEEDED: dict[ReportKind, tuple[tuple[str, ...], ...]] = {
    ReportKind.OPEN_ITEMS: (
        ("customer", "customer_number"), ("number",), ("balance", "amount", "debit", "credit"), ("due", "issued"),
    ),
    ReportKind.LISTED: (
        ("customer", "customer_number"), ("number",), ("amount", "balance", "debit", "credit"), ("due", "issued"),
    ),
    ReportKind.PAYMENTS: (("customer", "customer_number"), ("day",), ("amount",)),
    ReportKind.CONTACTS: (
        ("customer", "customer_number"), ("person", "phone", "email", "first_name", "last_name", "address"),
    ),
    ReportKind.STATEMENT: (("day",), ("amount", "debit", "credit"), ("words", "payer")),
}  # fmt: skip

#: What a group of those is called, by its first field.
NEEDED_WORDS: dict[str, str] = {
    "customer": "the customer",
    "number": "the invoice number",
    "balance": "the amount or the open balance",
    "amount": "the amount or the open balance",
    "due": "the due date or the day of the invoice",
    "day": "the day",
    "person": "a person, phone, email or address",
    "words": "the text or the payer",
}


def kind_with(fields: set[str], kind: ReportKind) -> ReportKind:
    """Return the kind of table that has all of these fields: the given one if it has them, or knows most of them."""
    return max((kind, *FIELDS_OF), key=lambda k: len(fields & set(FIELDS_OF[k])))
