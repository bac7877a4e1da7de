"""Agreements: drawn up, consented to, halted, ended, and looked at. What they grant is `limen.node.sharing`'s."""
