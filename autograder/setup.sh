#!/usr/bin/env bash
# Gradescope runs this once, when it builds the image: Python, bubblewrap and what the grader needs.
set -euo pipefail

if command -v apt-get >/dev/null; then
    apt-get update -q
    apt-get install -q -y --no-install-recommends python3 python3-pip python3-venv bubblewrap
fi
cd "$(dirname "${BASH_SOURCE[0]}")"
python3 noxfile.py -s grade -- --list >/dev/null
# Where namespaces cannot be had, a submission is another user: what is here is closed to it.
chmod 700 .
