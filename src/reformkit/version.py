"""The version of reformkit: receipts name it, and so does the wheel."""

__version__ = "0.2.0.dev0"
