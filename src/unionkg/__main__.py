"""The entry of the command line: ``unionkg`` and ``python -m unionkg``."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line and exit: 0 done, 1 findings, 2 error."""
    for stream in (sys.stdout, sys.stderr):
        # A pipe on a Chinese Windows is GBK otherwise, and half of a quote would be lost.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    from unionkg.cli.main import run

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
