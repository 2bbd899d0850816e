"""``python -m landscape``: the command ``landscape`` where no script of that name is installed."""

from landscape.cli import main

if __name__ == "__main__":
    main()
