"""Dates as they are written: the month in the genitive after its day."""

MONTH_DAY_FORMAT = "j E"
