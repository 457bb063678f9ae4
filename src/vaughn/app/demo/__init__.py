"""The demo: real public records as three productions, and the facts of a real lawsuit, made on demand.

Comes in: an empty folder, or an empty case. Goes out: the productions to receive, or the facts entered with their
sources. Where the records come from, on what terms, and what was left out of them is told in README.md beside this
file; the form of the facts in ndlon/README.md.
"""

from vaughn.app.demo.build import DemoProduction, build_demo
from vaughn.app.demo.example import (
    EXAMPLE_CASE,
    ExampleFacts,
    ExampleSource,
    enter_example,
    example_facts,
    example_is_entered,
    example_sources,
)

__all__ = [
    "EXAMPLE_CASE",
    "DemoProduction",
    "ExampleFacts",
    "ExampleSource",
    "build_demo",
    "enter_example",
    "example_facts",
    "example_is_entered",
    "example_sources",
]
