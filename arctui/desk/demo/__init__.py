"""A book to try everything on: invented customers whose affairs are dated from the day on which it is made."""

from arctui.desk.demo.book import demo_records, make_demo_book

__all__ = ["demo_records", "make_demo_book"]
