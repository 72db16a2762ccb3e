"""Bundles of acts: sent, received, packed for one person; whole study folders made one."""
