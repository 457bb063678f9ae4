"""Run the command line as ``python -m vaughn``."""

from vaughn.app.main import main

if __name__ == "__main__":
    main()
