"""When the desk is at work: calendars of hours, holidays and special days, each with its history."""
