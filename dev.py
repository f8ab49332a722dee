#!/usr/bin/env python3
"""One command for the whole work on this repository; needs nothing but Python 3.11.

python3 dev.py demo    the product with demo data: web pages and job worker together (--port, --lan)
python3 dev.py test    all tests: SQLite and PostgreSQL, unit tests and browser walk
python3 dev.py check   format, lint, types, contracts and house rules
python3 dev.py bench   the benchmarks, or those named
python3 dev.py lock    the hashed requirements from requirements*.in
"""

import argparse
import io
import sys


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    demo = commands.add_parser("demo", help="run the product with demo data")
    demo.add_argument("--port", type=int, default=8000)
    demo.add_argument("--lan", action="store_true", help="HTTPS for phones in the same network")
    commands.add_parser("test", help="run all tests")
    commands.add_parser("check", help="check format, lint, types, contracts and house rules")
    bench = commands.add_parser("bench", help="run the benchmarks")
    bench.add_argument("names", nargs="*", help="names of files in bench/ without .py")
    commands.add_parser("lock", help="write requirements*.txt from requirements*.in")
    return parser.parse_args()


def main() -> int:
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace", line_buffering=True)
    given = arguments()
    if sys.version_info < (3, 11):  # noqa: UP036 - this file is the one that older Pythons read
        print(f"Python 3.11 or newer is needed; this is {sys.version.split()[0]}. Debian 12: apt-get install python3")
        return 1
    from tools import bench, checking, demo, environment, testing

    commands = {
        "demo": lambda: demo.run(given.port, given.lan),
        "test": testing.run,
        "check": checking.run,
        "bench": lambda: bench.run(given.names),
        "lock": environment.lock,
    }
    try:
        return commands[given.command]()
    except environment.Missing as missing:
        print(f"\n{missing}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
