"""Editions as clean folders, one beside the other, for a web server or a USB stick."""

from landscape.publishing.edition import Published, publish
from landscape.publishing.shelf import verify

__all__ = ["Published", "publish", "verify"]
