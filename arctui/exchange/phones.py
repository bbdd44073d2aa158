"""Phone numbers: the time zone that a number tells. Loads `phonenumbers` only when it is asked."""

from functools import lru_cache


@lru_cache(maxsize=4096)
def zone_of(phone: str, country: str) -> str:
    """Return the IANA time zone of a phone number, "" where it tells none or more than one.

    `country` (ISO code) is that of a number without its own country code.
    """
    import phonenumbers  # 0.1 s with its tables: only when contacts are imported
    from phonenumbers.timezone import time_zones_for_number

    try:
        number = phonenumbers.parse(phone, country)
    except phonenumbers.NumberParseException:
        return ""
    zones = [z for z in time_zones_for_number(number) if "/" in z and not z.startswith("Etc/")]
    return str(zones[0]) if len(zones) == 1 else ""
