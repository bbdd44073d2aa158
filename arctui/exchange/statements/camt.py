"""CAMT.053 bank statements (ISO 20022 XML), and their kin 052 and 054: booked entries, batches split up.

Read with expat; a document type, and so every entity, is refused. Element names are taken without their namespace,
as each version of the standard has another one.
"""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import NamedTuple
from xml.parsers import expat

from arctui.core.money import ZERO, AmountError, total
from arctui.core.text import clean, plural
from arctui.exchange.amounts import read_amount
from arctui.exchange.report import Reason, Report, ReportError, ReportKind, Skipped, StatementLine, Subtotal
from arctui.exchange.statements.text import with_own_ids

NAME = "camt"

_SAMPLE = 4096
_SHORTEST_REFERENCE = 6
_STATEMENTS = ("Stmt", "Rpt", "Ntfctn")


class _Node:
    """An element: its name without namespace, its text, its children, and the line of the file it begins on."""

    __slots__ = ("attributes", "children", "line", "name", "text")

    def __init__(self, name: str, attributes: dict[str, str], line: int) -> None:
        self.name = name
        self.attributes = attributes
        self.line = line
        self.text = ""
        self.children: list[_Node] = []

    def all(self, *path: str) -> Iterator["_Node"]:
        """Return the elements at the end of a path of names."""
        for child in self.children:
            if child.name == path[0]:
                if len(path) == 1:
                    yield child
                else:
                    yield from child.all(*path[1:])

    def get(self, *path: str) -> str:
        """Return the text at the end of a path, "" if there is none."""
        found = next(self.all(*path), None)
        return clean(found.text) if found else ""


def recognise(data: bytes) -> bool:
    """Say whether a file is a statement of ISO 20022."""
    head = data[:_SAMPLE].replace(b"\0", b"")
    return b"camt.05" in head or b"BkToCstmr" in head


def read(data: bytes) -> Report:
    """Read the booked entries. Raises ReportError for XML that is damaged or that defines entities."""
    root = _parsed(data)
    statements = [s for top in root.children for name in _STATEMENTS for s in top.all(name)]
    if not statements:
        raise ReportError("this CAMT file has no statement in it: download it again")
    lines: list[StatementLine] = []
    skipped: list[Skipped] = []
    proofs: list[Subtotal] = []
    pending = 0
    for statement in statements:
        read_so = _read_statement(statement)
        turned = [entry for entry in statement.all("Ntry") if entry.get("RvslInd") == "true"]
        if turned and any(not proof.agrees for proof in read_so.proofs):
            # Some banks state of a reversal the side of what it reverses; the balances tell which is meant.
            for entry in turned:
                _turn(entry)
            again = _read_statement(statement)
            read_so = again if all(proof.agrees for proof in again.proofs) else read_so
        lines += read_so.lines
        skipped += read_so.skipped
        proofs += read_so.proofs
        pending += read_so.pending
    noted = [Reason("entries", f"{plural(pending, 'entry', 'entries')} not booked yet: left out")] if pending else []
    return Report(
        layout=NAME,
        system="ISO 20022",
        kind=ReportKind.STATEMENT,
        lines=with_own_ids(lines),
        skipped=tuple(skipped),
        counted_total=total(line.amount for line in lines),
        subtotals=tuple(proofs),
        reasons=(Reason("bank statement", "the file is CAMT (ISO 20022)"), *noted),
    )


class _Statement(NamedTuple):
    """What one statement of the file says; `pending` entries are not booked yet."""

    lines: list[StatementLine]
    skipped: list[Skipped]
    proofs: list[Subtotal]
    pending: int


def _read_statement(statement: _Node) -> _Statement:
    lines: list[StatementLine] = []
    skipped: list[Skipped] = []
    booked, pending = ZERO, 0
    for entry in statement.all("Ntry"):
        status = entry.get("Sts", "Cd") or entry.get("Sts")
        if status not in ("", "BOOK"):
            pending += 1
            continue
        try:
            booked += _signed(entry, entry)[0]
            lines += _lines(entry)
        except AmountError as error:
            text = " | ".join(filter(None, (entry.get("Amt"), entry.get("AddtlNtryInf"))))
            skipped.append(Skipped(row=entry.line, why=str(error), text=text))
    return _Statement(lines, skipped, _proof(statement, None if skipped else booked), pending)


def _turn(node: _Node) -> None:
    """Let what says that it came in say that it went out, and the other way round."""
    for child in node.children:
        if child.name == "CdtDbtInd":
            child.text = {"CRDT": "DBIT", "DBIT": "CRDT"}.get(clean(child.text), child.text)
        _turn(child)


def _parsed(data: bytes) -> _Node:
    def begin(name: str, attributes: dict[str, str]) -> None:
        node = _Node(name.rpartition(" ")[2].rpartition(":")[2], attributes, parser.CurrentLineNumber)
        open_nodes[-1].children.append(node)
        open_nodes.append(node)

    def end(_: str) -> None:
        open_nodes.pop()

    def text(piece: str) -> None:
        open_nodes[-1].text += piece

    def refuse(*_: object) -> None:
        raise ReportError("this XML file defines its own document type, which no bank does: download it again")

    open_nodes = [_Node("", {}, 0)]
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = begin, end
    parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = refuse
    top = open_nodes[0]
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, LookupError, ValueError) as error:
        if isinstance(error, ReportError):
            raise
        raise ReportError("this XML file is damaged or ends too early: download it again") from None
    return top.children[0]


def _day(node: _Node, *path: str) -> date | None:
    text = node.get(*path, "Dt") or node.get(*path, "DtTm")
    try:
        return date.fromisoformat(text[:10]) if text else None
    except ValueError:
        raise AmountError(f"'{text}' is no day") from None


def _signed(node: _Node, entry: _Node, amount: _Node | None = None) -> tuple[Decimal, str]:
    """Return an amount of an entry with its sign and currency; `node` has the sign, else the entry does."""
    found = amount or next(node.all("Amt"), None)
    if found is None:
        raise AmountError("an entry without an amount")
    value = read_amount(clean(found.text))
    sign = node.get("CdtDbtInd") or entry.get("CdtDbtInd")
    if sign not in ("CRDT", "DBIT"):
        raise AmountError("an entry that says neither CRDT nor DBIT")
    return (value if sign == "CRDT" else -value), found.attributes.get("Ccy", "").upper()


def _lines(entry: _Node) -> list[StatementLine]:
    """Return an entry as lines: a batch as its transactions where they add up to it, else as a whole."""
    whole, currency = _signed(entry, entry)
    details = list(entry.all("NtryDtls", "TxDtls"))
    if len(details) > 1:
        parts = [_part(detail, entry, currency) for detail in details]
        if None not in parts and total(p for p in parts if p is not None) == whole:
            return [
                _line(entry, detail, part, currency, f"/{number}")
                for number, (detail, part) in enumerate(zip(details, parts, strict=True), 1)
                if part is not None
            ]
        details = []
    return [_line(entry, details[0] if details else None, whole, currency, "")]


def _part(detail: _Node, entry: _Node, currency: str) -> Decimal | None:
    """Return the amount of one transaction of a batch in the account's currency, None if it is not told."""
    for path in (("Amt",), ("AmtDtls", "TxAmt", "Amt"), ("AmtDtls", "InstdAmt", "Amt")):
        for found in detail.all(*path):
            amount, code = _signed(detail, entry, found)
            if code in ("", currency):
                return amount
    return None


def _line(entry: _Node, detail: _Node | None, amount: Decimal, currency: str, suffix: str) -> StatementLine:
    day = _day(entry, "BookgDt") or _day(entry, "ValDt")
    if day is None:
        raise AmountError("an entry without a day")
    node = detail or _Node("", {}, entry.line)
    paid_in = amount > 0 or bool(node.get("RtrInf", "Rsn", "Cd"))
    payer = _name(node, "Dbtr" if paid_in else "Cdtr") or _name(node, "UltmtDbtr")
    said = [
        *(clean(n.text) for n in node.all("RmtInf", "Ustrd")),
        *(clean(n.text) for n in node.all("RmtInf", "Strd", "CdtrRefInf", "Ref")),
        *(clean(n.text) for n in node.all("RmtInf", "Strd", "RfrdDocInf", "Nb")),
        *(clean(n.text) for n in node.all("RmtInf", "Strd", "AddtlRmtInf")),
        node.get("AddtlTxInf"),
        entry.get("AddtlNtryInf"),
    ]
    if amount < 0 and (reason := node.get("RtrInf", "Rsn", "Cd")):
        said.append(f"RETURNED {reason}")
    elif entry.get("RvslInd") == "true":
        said.append("REVERSAL")
    end_to_end = node.get("Refs", "EndToEndId")
    own = node.get("Refs", "AcctSvcrRef") or node.get("Refs", "TxId")
    identity = entry.get("AcctSvcrRef") or own or _long(entry.get("NtryRef"))
    return StatementLine(
        row=node.line or entry.line,
        day=day,
        amount=amount,
        currency=currency,
        payer=payer,
        words="  ".join(dict.fromkeys(filter(None, said))),
        reference="" if end_to_end == "NOTPROVIDED" else end_to_end,
        identity=f"{identity}{suffix}" if identity else "",
    )


def _long(reference: str) -> str:
    """Return an entry's reference, "" if it is no more than its number within the statement."""
    return reference if len(reference) >= _SHORTEST_REFERENCE else ""


def _name(detail: _Node, party: str) -> str:
    """Return a party's name: newer versions have an element more in between."""
    return detail.get("RltdPties", party, "Nm") or detail.get("RltdPties", party, "Pty", "Nm")


def _proof(statement: _Node, booked: Decimal | None) -> list[Subtotal]:
    """Say whether the opening balance and the entries are the closing balance."""
    balances = {balance.get("Tp", "CdOrPrtry", "Cd"): balance for balance in statement.all("Bal")}
    opening, closing = balances.get("OPBD") or balances.get("PRCD"), balances.get("CLBD")
    if not opening or not closing:
        return []
    try:
        before, (stated, currency) = _signed(opening, opening)[0], _signed(closing, closing)
    except AmountError:
        return []
    counted = before + booked if booked is not None else None
    return [Subtotal(row=closing.line, of="closing balance", currency=currency, stated=stated, counted=counted)]
