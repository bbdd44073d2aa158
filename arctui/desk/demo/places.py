"""Towns of the demo book: their area codes, post codes and time zones. Data only."""

from typing import NamedTuple


class Place(NamedTuple):
    """A town as addresses and telephone numbers show it. `dial_from`: the firm's hour when people start there."""

    town: str
    state: str
    post_code: str
    area_codes: tuple[str, ...]
    zone: str
    dial_from: int = 9


_CENTRAL, _MOUNTAIN, _PACIFIC = 10, 11, 12

PLACES: dict[str, Place] = {
    "anchorage": Place("Anchorage", "AK", "99501", ("907",), "America/Anchorage", 13),
    "atlanta": Place("Atlanta", "GA", "30312", ("404", "470"), "America/New_York"),
    "billings": Place("Billings", "MT", "59101", ("406",), "America/Denver", _MOUNTAIN),
    "boston": Place("Boston", "MA", "02118", ("617", "857"), "America/New_York"),
    "buffalo": Place("Buffalo", "NY", "14203", ("716",), "America/New_York"),
    "burlington": Place("Burlington", "VT", "05401", ("802",), "America/New_York"),
    "charlotte": Place("Charlotte", "NC", "28206", ("704", "980"), "America/New_York"),
    "chicago": Place("Chicago", "IL", "60622", ("312", "773"), "America/Chicago", _CENTRAL),
    "cleveland": Place("Cleveland", "OH", "44113", ("216",), "America/New_York"),
    "dallas": Place("Dallas", "TX", "75226", ("214", "972"), "America/Chicago", _CENTRAL),
    "denver": Place("Denver", "CO", "80216", ("303", "720"), "America/Denver", _MOUNTAIN),
    "des moines": Place("Des Moines", "IA", "50309", ("515",), "America/Chicago", _CENTRAL),
    "detroit": Place("Detroit", "MI", "48207", ("313",), "America/Detroit"),
    "fresno": Place("Fresno", "CA", "93706", ("559",), "America/Los_Angeles", _PACIFIC),
    "honolulu": Place("Honolulu", "HI", "96815", ("808",), "Pacific/Honolulu", 14),
    "houston": Place("Houston", "TX", "77003", ("713", "832"), "America/Chicago", _CENTRAL),
    "las vegas": Place("Las Vegas", "NV", "89106", ("702",), "America/Los_Angeles", _PACIFIC),
    "milwaukee": Place("Milwaukee", "WI", "53204", ("414",), "America/Chicago", _CENTRAL),
    "minneapolis": Place("Minneapolis", "MN", "55413", ("612",), "America/Chicago", _CENTRAL),
    "nashville": Place("Nashville", "TN", "37210", ("615",), "America/Chicago", _CENTRAL),
    "new orleans": Place("New Orleans", "LA", "70130", ("504",), "America/Chicago", _CENTRAL),
    "new york": Place("New York", "NY", "10013", ("212", "646"), "America/New_York"),
    "newark": Place("Newark", "NJ", "07105", ("973",), "America/New_York"),
    "oakland": Place("Oakland", "CA", "94607", ("510",), "America/Los_Angeles", _PACIFIC),
    "omaha": Place("Omaha", "NE", "68102", ("402",), "America/Chicago", _CENTRAL),
    "philadelphia": Place("Philadelphia", "PA", "19123", ("215", "267"), "America/New_York"),
    "phoenix": Place("Phoenix", "AZ", "85034", ("480", "602"), "America/Phoenix", _MOUNTAIN),
    "pittsburgh": Place("Pittsburgh", "PA", "15222", ("412",), "America/New_York"),
    "portland": Place("Portland", "OR", "97214", ("503", "971"), "America/Los_Angeles", _PACIFIC),
    "portland, maine": Place("Portland", "ME", "04101", ("207",), "America/New_York"),
    "providence": Place("Providence", "RI", "02903", ("401",), "America/New_York"),
    "salt lake": Place("Salt Lake City", "UT", "84101", ("801",), "America/Denver", _MOUNTAIN),
    "santa fe": Place("Santa Fe", "NM", "87501", ("505",), "America/Denver", _MOUNTAIN),
    "seattle": Place("Seattle", "WA", "98134", ("206",), "America/Los_Angeles", _PACIFIC),
    "st louis": Place("St. Louis", "MO", "63104", ("314",), "America/Chicago", _CENTRAL),
    "tampa": Place("Tampa", "FL", "33602", ("813",), "America/New_York"),
}
