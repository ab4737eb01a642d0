"""The command, by its name or as `python -m reformkit`: an interrupt is quiet from the first moment on."""

import signal
import sys
from typing import NoReturn


def main() -> None:
    """Run the command line."""
    signal.signal(signal.SIGTERM, _end)
    try:
        from reformkit.cli import app  # noqa: PLC0415 (loading it takes a moment in which one may be interrupted)

        app(prog_name="reformkit")
    except KeyboardInterrupt:
        sys.exit(128 + signal.SIGINT)


def _end(number: int, frame: object) -> NoReturn:
    """End in order, so that nothing stays in folders for temporary files; a second time is not asked for."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    raise SystemExit(128 + number)


if __name__ == "__main__":
    main()
