"""`python -m colead` is the command line."""

from colead.cli import main

if __name__ == "__main__":
    main()
