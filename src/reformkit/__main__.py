"""`python -m reformkit`."""

from reformkit.cli import app

app(prog_name="reformkit")
