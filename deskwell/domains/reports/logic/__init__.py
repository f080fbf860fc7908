"""Pure parts of the reports: entries, their packed columns, periods and figures."""
