"""The kinds of exports that are known: one module a system, in the order in which they are tried.

A new one is a module that declares its `LAYOUTS`, and its name here. What fits any system stands last.
"""

from arctui.exchange.layouts import (
    freshbooks,
    generic,
    intacct,
    quickbooks_desktop,
    quickbooks_iif,
    quickbooks_online,
    sage,
    wave,
    xero,
)
from arctui.exchange.layouts.layout import Layout

LAYOUTS: tuple[Layout, ...] = (
    *quickbooks_online.LAYOUTS,
    *quickbooks_desktop.LAYOUTS,
    *quickbooks_iif.LAYOUTS,
    *xero.LAYOUTS,
    *sage.LAYOUTS,
    *intacct.LAYOUTS,
    *freshbooks.LAYOUTS,
    *wave.LAYOUTS,
    *generic.LAYOUTS,
)
