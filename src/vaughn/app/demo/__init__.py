"""The demo: real public records as three productions, written to disk on demand.

Comes in: an empty folder. Goes out: the productions to receive. Where the records come from, on what
terms, and what was left out of them is told in README.md beside this file.
"""

from vaughn.app.demo.build import DemoProduction, build_demo

__all__ = ["DemoProduction", "build_demo"]
