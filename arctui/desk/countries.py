"""The countries that a firm may be in: name, currency, how dates and amounts are written there."""

import re
from collections.abc import Mapping
from datetime import date
from functools import cache

import msgspec

from arctui.core.policy import Policy
from arctui.core.text import fold
from arctui.core.zones import country_name

#: ISO 4217: the currency of each country or territory (ISO 3166-1), in 2026.
_CURRENCIES = {
    "AED": "AE", "AFN": "AF", "ALL": "AL", "AMD": "AM", "AOA": "AO", "ARS": "AR",
    "AUD": "AU CC CX HM KI NF NR TV", "AWG": "AW", "AZN": "AZ", "BAM": "BA", "BBD": "BB", "BDT": "BD", "BHD": "BH",
    "BIF": "BI", "BMD": "BM", "BND": "BN", "BOB": "BO", "BRL": "BR", "BSD": "BS", "BTN": "BT", "BWP": "BW",
    "BYN": "BY", "BZD": "BZ", "CAD": "CA", "CDF": "CD", "CHF": "CH LI", "CLP": "CL", "CNY": "CN", "COP": "CO",
    "CRC": "CR", "CUP": "CU", "CVE": "CV", "CZK": "CZ", "DJF": "DJ", "DKK": "DK FO GL", "DOP": "DO", "DZD": "DZ",
    "EGP": "EG", "ERN": "ER", "ETB": "ET",
    "EUR": "AD AT AX BE BG BL CY DE EE ES FI FR GF GP GR HR IE IT LT LU LV MC ME MF MQ MT NL PM PT RE SI SK SM TF VA"
    " XK YT",
    "FJD": "FJ", "FKP": "FK", "GBP": "GB GG GS IM JE", "GEL": "GE", "GHS": "GH", "GIP": "GI", "GMD": "GM",
    "GNF": "GN", "GTQ": "GT", "GYD": "GY", "HKD": "HK", "HNL": "HN", "HTG": "HT", "HUF": "HU", "IDR": "ID",
    "ILS": "IL PS", "INR": "IN", "IQD": "IQ", "IRR": "IR", "ISK": "IS", "JMD": "JM", "JOD": "JO", "JPY": "JP",
    "KES": "KE", "KGS": "KG", "KHR": "KH", "KMF": "KM", "KPW": "KP", "KRW": "KR", "KWD": "KW", "KYD": "KY",
    "KZT": "KZ", "LAK": "LA", "LBP": "LB", "LKR": "LK", "LRD": "LR", "LSL": "LS", "LYD": "LY", "MAD": "EH MA",
    "MDL": "MD", "MGA": "MG", "MKD": "MK", "MMK": "MM", "MNT": "MN", "MOP": "MO", "MRU": "MR", "MUR": "MU",
    "MVR": "MV", "MWK": "MW", "MXN": "MX", "MYR": "MY", "MZN": "MZ", "NAD": "NA", "NGN": "NG", "NIO": "NI",
    "NOK": "BV NO SJ", "NPR": "NP", "NZD": "CK NU NZ PN TK", "OMR": "OM", "PAB": "PA", "PEN": "PE", "PGK": "PG",
    "PHP": "PH", "PKR": "PK", "PLN": "PL", "PYG": "PY", "QAR": "QA", "RON": "RO", "RSD": "RS", "RUB": "RU",
    "RWF": "RW", "SAR": "SA", "SBD": "SB", "SCR": "SC", "SDG": "SD", "SEK": "SE", "SGD": "SG", "SHP": "SH",
    "SLE": "SL", "SOS": "SO", "SRD": "SR", "SSP": "SS", "STN": "ST", "SYP": "SY", "SZL": "SZ", "THB": "TH",
    "TJS": "TJ", "TMT": "TM", "TND": "TN", "TOP": "TO", "TRY": "TR", "TTD": "TT", "TWD": "TW", "TZS": "TZ",
    "UAH": "UA", "UGX": "UG",
    "USD": "AS BQ EC FM GU IO MH MP PR PW SV TC TL UM US VG VI", "UYU": "UY", "UZS": "UZ", "VES": "VE", "VND": "VN",
    "VUV": "VU", "WST": "WS", "XAF": "CF CG CM GA GQ TD", "XCD": "AG AI DM GD KN LC MS VC", "XCG": "CW SX",
    "XOF": "BF BJ CI GW ML NE SN TG", "XPF": "NC PF WF", "YER": "YE", "ZAR": "ZA", "ZMW": "ZM", "ZWG": "ZW",
}  # fmt: skip
#: What the table of ISO 3166 does not name.
_OTHERS = {"XK": "Kosovo"}
#: By their country: "en_US.UTF-8".
_LOCALE = re.compile(r"[A-Za-z]{2,3}[_-]([A-Za-z]{2})(?:[.@].*)?")
_UNKNOWN = "US"


class Country(msgspec.Struct, frozen=True):
    """A country whose holidays are known."""

    code: str
    name: str
    currency: str

    def sets(self, today: date) -> str:
        """Say what the choice of this country sets, by today as an example."""
        policy = Policy(country=self.code)
        day = f"{today:%m/%d/%Y}" if policy.month_first else f"{today:%d/%m/%Y}"
        amount = "1.234,56" if policy.decimal_mark == "," else "1,234.56"
        return f"currency {self.currency}, holidays of {self.name}, dates like {day}, amounts like {amount}"


@cache
def countries() -> dict[str, Country]:
    """Return all countries whose holidays and currency are known, by their code, in the order of their names."""
    from holidays import list_supported_countries

    known = set(list_supported_countries(include_aliases=False))
    money = {code: currency for currency, codes in _CURRENCIES.items() for code in codes.split()}
    found = [
        Country(code, country_name(code) or _OTHERS.get(code, code), money[code]) for code in known & money.keys()
    ]
    return {c.code: c for c in sorted(found, key=lambda c: fold(c.name))}


def of_locale(environment: Mapping[str, str]) -> str:
    """Return the country of the user's locale: of the first variable that counts; the default one without any."""
    named = next(filter(None, (environment.get(name, "") for name in ("LC_ALL", "LC_MONETARY", "LANG"))), "")
    found = _LOCALE.fullmatch(named)
    code = found[1].upper() if found else ""
    return code if code in countries() else _UNKNOWN
