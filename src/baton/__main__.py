"""`python -m baton`: the command line. Ctrl-C while it loads ends it at once, without a word."""

import signal

if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_DFL)

from baton.config.cli import main

if __name__ == "__main__":
    main()
