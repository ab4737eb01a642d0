"""Words of results: memo, reasons, differences."""
