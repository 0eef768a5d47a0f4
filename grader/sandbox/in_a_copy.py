"""What boot.py does first in a program that finds its own files where it is. Not imported.

A copy of all that lies beside the program is where it runs, for it to read and to write: as for
somebody who starts it in its folder.
"""

import os
import sys

here, top = os.getcwd(), os.path.dirname(sys.argv[8])
try:
    for folder, _folders, names in os.walk(top):
        copy = os.path.join(here, os.path.relpath(folder, top))
        if folder != top:
            os.makedirs(copy, exist_ok=True)
            os.chmod(copy, 0o777)
        for name in names:
            target = os.path.join(copy, name)
            with open(os.path.join(folder, name), "rb") as source, open(target, "wb") as file:
                file.write(source.read())
            os.chmod(target, 0o666)
except OSError:
    pass  # there is no room: then it finds nothing there
