"""Makes a token: ``python -m dashboard.security.make_token NAME``.

The token goes to whoever will use it; the line after it goes into the file of tokens.
"""

from __future__ import annotations

import re
import sys

from dashboard.security.tokens import line_of, new_token


def main(arguments: list[str]) -> int:
    """Print a new token and its line; 2 for a name that a line cannot hold."""
    if len(arguments) != 1 or not re.fullmatch(r"[A-Za-z0-9._@-]{1,64}", arguments[0]):
        print("say whose token it is: letters, digits, dot, hyphen, @", file=sys.stderr)
        return 2
    token, kept = new_token(arguments[0])
    print(f"token, shown this once:  {token}")
    print(f"line for the token file: {line_of(kept)}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
