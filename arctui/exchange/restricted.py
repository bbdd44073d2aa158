"""What a report says that it is restricted to, in the lines above its header: such a report is no list of all.

"Customer: Birch Works", "Filter Criteria includes: 1) IDs from 1001 to 1001.", "Filters: Sales rep: Ann".
"""

import re
from collections.abc import Iterable

from arctui.core.text import fold

_CUSTOMER = re.compile(
    r"(?:customers?|clients?|contacts?|partners?|debtors?|kunden?|debitor(?:en)?)"
    r"(?: ?(?:id|no|number|name|filter)s?)? ?: ?(.+)"
)
_FILTER = re.compile(r"filter(?:s|ed by| criteria includes| by)? ?: ?(.+)")
#: Parts of a filter that leave nobody out: order and form of the report, its day, and words for everybody.
_HARMLESS = re.compile(
    r"report (?:order|is)\b.*|(?:date|as of|aged? as of|currency|period|posted|target moves)\b.*|"
    r"(?:.*: ?)?(?:all|alle|any|none|\*)(?: .*)?"
)


def restriction(lines: Iterable[Iterable[str]]) -> str:
    """Return the line that restricts a report, "" if none does. `lines`: the cells of each line above the header."""
    for cells in lines:
        line = " ".join(filter(None, cells))
        said = fold(line)
        customer, filtered = _CUSTOMER.fullmatch(said), _FILTER.fullmatch(said)
        parts = [customer[1]] if customer else re.split(r"\.\s+|;|\.$", filtered[1]) if filtered else []
        if any(part.strip() and not _HARMLESS.fullmatch(part.strip()) for part in parts):
            return line
    return ""
