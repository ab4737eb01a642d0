"""The command, by its name or as `python -m reformkit`: an interrupt is quiet from the first moment on."""

import signal
import sys


def main() -> None:
    """Run the command line."""
    try:
        from reformkit.cli import app  # noqa: PLC0415 (loading it takes a moment in which one may be interrupted)

        app(prog_name="reformkit")
    except KeyboardInterrupt:
        sys.exit(128 + signal.SIGINT)


if __name__ == "__main__":
    main()
