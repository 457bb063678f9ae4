"""Vaughn: software for freedom-of-information lawsuits, for both sides of the table."""

__version__ = "0.1.0"
