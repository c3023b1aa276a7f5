"""From a bare clone to a running course, with the standard library alone.

`start.py` hands over to `words`; nothing in here may import what still has to be installed.
"""
