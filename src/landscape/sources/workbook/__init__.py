"""Returned inventory workbooks, cleaned into tables: what authorities declare."""
