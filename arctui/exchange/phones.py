"""Phone numbers: how one is called, and the time zone that is kept with a person for it."""

from arctui.core.zones import phone_zones


def zone_of(phone: str, country: str) -> str:
    """Return the IANA time zone of a phone number, "" where it tells none or more than one.

    `country` (ISO code) is that of a number without its own country code.
    """
    zones = phone_zones(phone, country)
    return zones[0] if len(zones) == 1 else ""


def as_called(phone: str, country: str) -> tuple[str, str]:
    """Return a number as it is called from anywhere ("+1 480 555 0142"), and what is doubtful about it ("").

    `country` (ISO code) is that of a number without its own country code. One that cannot be called as it stands (its
    area code is missing, say) is returned as it was typed.
    """
    import phonenumbers  # 0.04 s with its tables

    too_long = f"{phone} is too long for one number: a comma goes between two"
    try:
        number = phonenumbers.parse(phone, country)
    except phonenumbers.NumberParseException as error:
        long = error.error_type == phonenumbers.NumberParseException.TOO_LONG
        return phone, too_long if long else f"{phone} is no number that can be called: read it back"
    if phonenumbers.is_valid_number(number):
        shown = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
        return shown.replace("-", " "), ""
    match phonenumbers.is_possible_number_with_reason(number):
        case phonenumbers.ValidationResult.IS_POSSIBLE_LOCAL_ONLY | phonenumbers.ValidationResult.TOO_SHORT:
            return phone, f"{phone} is too short to be called from here: ask for the area code"
        case phonenumbers.ValidationResult.TOO_LONG:
            return phone, too_long
    return phone, f"{phone} is no known number: read it back"
