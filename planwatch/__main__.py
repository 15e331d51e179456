"""`python -m planwatch`."""

from planwatch.cli.app import main

if __name__ == "__main__":
    main()
