"""Needs, resources and services of local social policy, per municipality."""

__version__ = "0.1.0"
