"""The time zones of states and provinces, in the countries that have several zones and many customers. Data only.

Of each country: its zones, and the states that lie in them (code, then name). A state in two zones has both; single
towns that keep a neighbour's time are left out.
"""

STATES: dict[str, dict[str, str]] = {
    "US": {
        "America/New_York": (
            "CT Connecticut, DE Delaware, DC District of Columbia, GA Georgia, ME Maine, MD Maryland, "
            "MA Massachusetts, NH New Hampshire, NJ New Jersey, NY New York, NC North Carolina, OH Ohio, "
            "PA Pennsylvania, RI Rhode Island, SC South Carolina, VT Vermont, VA Virginia, WV West Virginia"
        ),
        "America/New_York America/Chicago": "FL Florida, KY Kentucky, TN Tennessee",
        "America/Indiana/Indianapolis America/Chicago": "IN Indiana",
        "America/Detroit America/Menominee": "MI Michigan",
        "America/Chicago": (
            "AL Alabama, AR Arkansas, IL Illinois, IA Iowa, LA Louisiana, MN Minnesota, MS Mississippi, "
            "MO Missouri, OK Oklahoma, WI Wisconsin"
        ),
        "America/Chicago America/Denver": "KS Kansas, NE Nebraska, ND North Dakota, SD South Dakota, TX Texas",
        "America/Denver": "CO Colorado, MT Montana, NM New Mexico, UT Utah, WY Wyoming",
        "America/Phoenix": "AZ Arizona",
        "America/Boise America/Los_Angeles": "ID Idaho",
        "America/Los_Angeles America/Boise": "OR Oregon",
        "America/Los_Angeles": "CA California, NV Nevada, WA Washington",
        "America/Anchorage America/Adak": "AK Alaska",
        "Pacific/Honolulu": "HI Hawaii",
        "America/Puerto_Rico": "PR Puerto Rico, VI Virgin Islands",
        "Pacific/Guam": "GU Guam",
    },
    "CA": {
        "America/St_Johns America/Goose_Bay": "NL Newfoundland and Labrador",
        "America/Halifax": "NS Nova Scotia, PE Prince Edward Island",
        "America/Moncton": "NB New Brunswick",
        "America/Toronto": "QC Quebec",
        "America/Toronto America/Winnipeg": "ON Ontario",
        "America/Winnipeg": "MB Manitoba",
        "America/Regina": "SK Saskatchewan",
        "America/Edmonton": "AB Alberta, NT Northwest Territories",
        "America/Vancouver America/Edmonton": "BC British Columbia",
        "America/Whitehorse": "YT Yukon",
        "America/Iqaluit America/Rankin_Inlet America/Cambridge_Bay": "NU Nunavut",
    },
    "AU": {
        "Australia/Sydney": "NSW New South Wales, ACT Australian Capital Territory",
        "Australia/Melbourne": "VIC Victoria",
        "Australia/Brisbane": "QLD Queensland",
        "Australia/Adelaide": "SA South Australia",
        "Australia/Darwin": "NT Northern Territory",
        "Australia/Perth": "WA Western Australia",
        "Australia/Hobart": "TAS Tasmania",
    },
}
