"""Key figures of receivables: DSO, days late, the collection index, aging. Each formula is named; unknown is said."""

from arctui.core.figures.lateness import Lateness as Lateness
from arctui.core.figures.lateness import average_days_late as average_days_late
from arctui.core.figures.promised import PromiseFigures as PromiseFigures
from arctui.core.figures.promised import promise_figures as promise_figures
from arctui.core.figures.receivables import MONTH_DAYS as MONTH_DAYS
from arctui.core.figures.receivables import MONTHS as MONTHS
from arctui.core.figures.receivables import PERIOD_DAYS as PERIOD_DAYS
from arctui.core.figures.receivables import AccountSums as AccountSums
from arctui.core.figures.receivables import Figures as Figures
from arctui.core.figures.receivables import MonthIndex as MonthIndex
from arctui.core.figures.receivables import Receivables as Receivables
from arctui.core.figures.receivables import account_sums as account_sums
from arctui.core.figures.receivables import currencies as currencies
from arctui.core.figures.receivables import days_of as days_of
from arctui.core.figures.receivables import figures as figures
from arctui.core.figures.receivables import figures_by_currency as figures_by_currency
from arctui.core.figures.receivables import receivables_figures as receivables_figures
