"""`python -m yishi`: the one command."""

import sys

from yishi.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
