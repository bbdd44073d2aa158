"""Currencies as files name them: by code, by name, by a sign beside the figures.

Owns the names. Must not know what an amount looks like.
"""

import re
import unicodedata

#: ISO 4217: what is money today, and what old books still hold.
_CODES = frozenset(
    """
    AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF
    CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HRK
    HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL
    MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON
    RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SLL SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS
    UAH UGX USD UYU UZS VES VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG ZWL
    """.split()
)
# A sign that several countries have says nothing: "".
_SIGNS = {
    "$": "", "¥": "", "¢": "", "kr": "", "rs": "", "€": "EUR", "£": "GBP", "₹": "INR", "₩": "KRW", "₽": "RUB",
    "₺": "TRY", "₫": "VND", "₴": "UAH", "₦": "NGN", "฿": "THB", "₪": "ILS", "₱": "PHP", "₡": "CRC", "₲": "PYG",
    "₸": "KZT", "₼": "AZN", "₾": "GEL", "us$": "USD", "u$s": "USD", "c$": "CAD", "ca$": "CAD", "can$": "CAD",
    "a$": "AUD", "au$": "AUD", "nz$": "NZD", "hk$": "HKD", "s$": "SGD", "sg$": "SGD", "r$": "BRL", "mx$": "MXN",
    "nt$": "TWD", "zł": "PLN", "kč": "CZK", "ft": "HUF", "fr": "CHF", "sfr": "CHF", "rm": "MYR", "rmb": "CNY",
}  # fmt: skip
_NAMES = {
    "us dollar": "USD", "us dollars": "USD", "usa": "USD", "united states dollar": "USD", "u.s. dollar": "USD",
    "euro": "EUR", "euros": "EUR", "eur": "EUR", "british pound": "GBP", "british pounds": "GBP",
    "pound sterling": "GBP", "british pound sterling": "GBP", "great british pound": "GBP", "sterling": "GBP",
    "canadian dollar": "CAD", "canadian dollars": "CAD", "australian dollar": "AUD", "australian dollars": "AUD",
    "new zealand dollar": "NZD", "swiss franc": "CHF", "swiss francs": "CHF", "schweizer franken": "CHF",
    "japanese yen": "JPY", "yen": "JPY", "chinese yuan": "CNY", "yuan renminbi": "CNY", "indian rupee": "INR",
    "indian rupees": "INR", "danish krone": "DKK", "norwegian krone": "NOK", "swedish krona": "SEK",
    "polish zloty": "PLN", "złoty": "PLN", "czech koruna": "CZK", "hungarian forint": "HUF", "mexican peso": "MXN",
    "south african rand": "ZAR", "singapore dollar": "SGD", "hong kong dollar": "HKD", "brazilian real": "BRL",
    "uae dirham": "AED", "turkish lira": "TRY", "israeli shekel": "ILS", "romanian leu": "RON",
}  # fmt: skip
_CODE_WORD = re.compile(r"(?<![^\W\d_])[A-Z]{3}(?![^\W\d_])")
_WORD = re.compile(r"(?<![^\W\d_])[^\W\d_]{0,3}\$s?(?![^\W\d_])|[^\W\d_]+\.?|[^\w\s.,'’()+−–-]")


def find_currency(text: str) -> str | None:
    """Return the code that a currency's cell means; "" if it is empty or a bare `$`; None if it is no currency."""
    code = text.upper()
    if not code or code in _CODES:
        return code
    name = text.casefold().rstrip(".")
    if name in _NAMES:
        return _NAMES[name]
    if name in _SIGNS:
        return _SIGNS[name]
    codes = _codes_in(text)
    return codes.pop() if len(codes) == 1 else None


def currency_in(amount: str) -> str:
    """Return the currency that an amount names beside its figures, "" if none or only `$`."""
    if amount.isascii() and not (amount.upper().isupper() or "$" in amount):
        return ""
    for word in _WORD.findall(amount):
        if code := _beside(word):
            return code
    return ""


def without_currency(amount: str, mark: str) -> str:
    """Return an amount with `mark` in the place of each name or sign of a currency; other words stay."""
    return _WORD.sub(lambda found: found[0] if _beside(found[0]) is None else mark, amount)


def _beside(word: str) -> str | None:
    """Read a word or sign beside figures. A code has capitals: "12.50 all" is not of Albania."""
    if word.rstrip(".") in _CODES:
        return word.rstrip(".")
    name = word.casefold().rstrip(".")
    if name in _SIGNS:
        return _SIGNS[name]
    if name in _NAMES:
        return _NAMES[name]
    return "" if len(word) == 1 and unicodedata.category(word) == "Sc" else None


def _codes_in(text: str) -> set[str]:
    return {code for code in _CODE_WORD.findall(text) if code in _CODES}
