"""``python -m grader [PATH]``: arguments in, exit status out."""

import sys

from grader.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
