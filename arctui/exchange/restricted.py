"""What a report says that it is restricted to, in the lines above its header: such a report is no list of all.

"Customer: Birch Works", "Filter Criteria includes: 1) IDs from 1001 to 1001.", "Filters: Sales rep: Ann", "Overdue
invoices", "Status: overdue", "Due date: 1 Oct 2026 - 31 Oct 2026".
"""

import re
from collections.abc import Iterable

from arctui.core.text import fold

#: No title is longer.
_LONGEST = 300
_CUSTOMER = re.compile(
    r"(?:customers?|clients?|contacts?|partners?|debtors?|kunden?|debitor(?:en)?)"
    r"(?: ?(?:id|no|number|name|filter)s?)? ?: ?(.+)"
)
_FILTER = re.compile(r"filter(?:s|ed by| criteria includes| by)? ?: ?(.+)")
_STATUS = re.compile(
    r"(?:(?:selected|invoice|payment|document|filter) )*"
    r"(?:status(?:es)?|etat|statut|estado|stato|situacao|stan|zahlungsstatus|rechnungsstatus|belegstatus)"
    r"(?: filter)? ?: ?(.+)"
)
#: Statuses of all that is open.
_OPEN = (
    r"(?:open|unpaid|not paid|outstanding|offen|unbezahlt|impayee?s?|non payee?s?|ouverte?s?|abiert[oa]s?|"
    r"pendientes?|apert[oaei]|non pagat[oaei]|openstaand|onbetaald|em aberto|por pagar|otwarte|nieoplacone)"
)
#: Parts of a filter that leave nobody out: order and form of the report, its day, and words for everybody.
_HARMLESS = re.compile(
    r"report (?:order|is)\b.*|(?:date|as of|aged? as of|currency|period|posted|target moves)\b.*|"
    rf"(?:.*: ?)?(?:all|alle|any|none|\*|{_OPEN})(?: .*)?"
)
_ITEMS = (
    r"(?:invoices?|items?|documents?|receivables?|accounts?|balances?|amounts?|debts?|debtors?|customers?|"
    r"rechnungen|posten|forderungen|belege|betrage|kunden|factures?|creances?|pieces?|clients?|montants?|facturas?|"
    r"documentos?|cuentas?|clientes?|saldos?|importes?|partidas|fatture|partite|crediti|documenti|clienti|facturen|posten|"
    r"vorderingen|debiteuren|bedragen|faturas?|contas?|titulos?|faktury|naleznosci|dokumenty|platnosci)"
)
_LATE = (
    r"(?:over ?due|past[ -]due|late|delinquent|uberfallige?[nrs]?|ueberfaellige?[nrs]?|verfallene?[nrs]?|en retard|"
    r"echue?s|vencid[oa]s|atrasad[oa]s|en mora|scadut[oaei]|insolut[oaei]|vervallen|achterstallige?|"
    r"em atraso|em mora|przeterminowan[aey]|zalegl[aey]|po terminie)"
)
#: A title that speaks of what is past due alone, with nothing but its day behind it.
_LATE_TITLE = re.compile(
    rf"(?:.*\b)?(?:{_LATE}(?: (?:customer|open|unpaid|sales|offenen?|clients?|de|a|cobrar|los|di|van|dos))* {_ITEMS}|"
    rf"{_ITEMS}(?: (?:that are|de|clients?|clientes|a|cobrar|not paid|unpaid|open))*[ :,(-]*{_LATE})\b.*|"
    rf"(?:.*[ :,(-])?{_LATE} only\b.*|"
    rf"(?:.*[ :,(-])?(?:only|nur|solo|seulement|alleen|apenas|tylko) (?:the )?{_LATE}\b.*|"
    rf"{_LATE}(?: report| list| as of\b.*)?|collections? report\b.*"
)
#: One that speaks of the others too, or of how what is past due is sorted.
_NOT_LATE_ALONE = re.compile(
    r"\b(?:days|tage|jours|dias|giorni|dagen|dni|current|not (?:yet )?due|all|aging|aged|ageing|open and|"
    r"nicht fallige?n?|a echoir|non echue?s|por vencer|a scadere|no vencid[oa]s|a vencer)\b"
)
_DUE = (
    r"(?:due(?: dates?| on| by| between| before)*|falligkeit(?:sdatum)?|fallig(?: am| bis)?|faellig(?:keit)?|"
    r"(?:date d ?['’]?)?echeance|(?:fecha de )?vencimiento|(?:data (?:di )?)?scadenza|verval(?:datum|dag)|"
    r"(?:data de )?vencimento|termin platnosci)"
)
#: Due dates from one day to another, or up to a day.
_DUE_RANGE = re.compile(
    rf"(?:.*\b(?:invoices|items|rechnungen|factures|facturas|fatture|facturen|faturas|faktury)\b.{{0,12}}?)?{_DUE}"
    r"(?: ?range)? ?(?:[:=<>≤≥(-]+|from|between|before|after|until|on or before|von|vom|zwischen|bis|du|entre|jusqu|"
    r"avant|desde|hasta|del?|dal?|fino|van|tot|tussen|ate|od|do|to|through)?[ :=]*.*\d.*"
)


def restriction(lines: Iterable[Iterable[str]]) -> str:
    """Return the line that restricts a report, "" if none does. `lines`: the cells of each line above the header."""
    for cells in lines:
        line = " ".join(filter(None, cells))
        if len(line) > _LONGEST:
            continue
        said = fold(line)
        named, filtered = _CUSTOMER.fullmatch(said) or _STATUS.fullmatch(said), _FILTER.fullmatch(said)
        parts = [named[1]] if named else re.split(r"\.\s+|;|\.$", filtered[1]) if filtered else []
        if any(part.strip() and not _HARMLESS.fullmatch(part.strip()) for part in parts):
            return line
        if _DUE_RANGE.fullmatch(said) or (_LATE_TITLE.fullmatch(said) and not _NOT_LATE_ALONE.search(said)):
            return line
    return ""
