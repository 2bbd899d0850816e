"""Peers: areas alike in their context, at home and in the other countries."""

from landscape.compare.peers.context import Context, gather_context
from landscape.compare.peers.group import PeerGroup, describe_groups, describe_peers
from landscape.compare.peers.search import find_peers
from landscape.compare.peers.words import explain_group, explain_peer

__all__ = [
    "Context",
    "PeerGroup",
    "describe_groups",
    "describe_peers",
    "explain_group",
    "explain_peer",
    "find_peers",
    "gather_context",
]
