"""`python -m baton`: the command line."""

from baton.config.cli import main

if __name__ == "__main__":
    main()
