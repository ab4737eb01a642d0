"""`python -m reformkit.cli`."""

from reformkit.cli import app

app(prog_name="reformkit")
