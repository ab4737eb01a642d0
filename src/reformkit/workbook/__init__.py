"""Everything that reads or writes Excel workbooks."""
