"""Editions in the formats of others: open standards, each with what it cannot carry told."""

from __future__ import annotations

from landscape.exchange.export import FORMS, export

__all__ = ["FORMS", "export"]
