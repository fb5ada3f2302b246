#!/bin/sh
# make-venv.sh FOLDER [PYTHON]: make a virtual environment with the first suitable Python, unless a working one is there.
set -eu
folder=$1
wanted=${2:-}

works() { "$1" -m pip --version >/dev/null 2>&1; }
suits() { "$1" -c 'import sys, ensurepip, venv; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' >/dev/null 2>&1; }

if works "$folder/bin/python" && suits "$folder/bin/python"; then
    exit 0
fi
for candidate in ${wanted:-python3 python3.13 python3.12 python3.11 python}; do
    if suits "$candidate"; then
        echo "$folder ($("$candidate" --version))"
        rm -rf "$folder"
        exec "$candidate" -m venv "$folder"
    fi
done
echo "No suitable Python found (tried: ${wanted:-python3 python3.13 python3.12 python3.11 python})." >&2
echo "Python 3.11, 3.12 or 3.13 with venv and pip is needed (Debian, Ubuntu: apt install python3-venv)." >&2
echo "Another one can be named: make demo PYTHON=/path/to/python3.12" >&2
exit 1
