"""Signatures: events, the sealed chain and its check, kept copies, bundles, retention."""
