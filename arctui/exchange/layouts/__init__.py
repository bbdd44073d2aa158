"""The kinds of exports that are known: one module a system, in the order in which they are tried.

A new one is a module that declares its `LAYOUTS`, and its name here. What fits any system stands last.
"""

from arctui.exchange.layouts import (
    akaunting,
    business_central,
    datev,
    freshbooks,
    generic,
    gnucash,
    intacct,
    invoice2go,
    invoice_ninja,
    netsuite,
    odoo,
    odoo_reports,
    plain_text,
    quickbooks_desktop,
    quickbooks_iif,
    quickbooks_online,
    sage,
    sap,
    tally,
    wave,
    xero,
    zoho,
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
    *zoho.LAYOUTS,
    *invoice_ninja.LAYOUTS,
    *invoice2go.LAYOUTS,
    *odoo.LAYOUTS,
    *odoo_reports.LAYOUTS,
    *netsuite.LAYOUTS,
    *business_central.LAYOUTS,
    *sap.LAYOUTS,
    *tally.LAYOUTS,
    *akaunting.LAYOUTS,
    *datev.LAYOUTS,
    *plain_text.LAYOUTS,
    *gnucash.LAYOUTS,
    *generic.LAYOUTS,
)
