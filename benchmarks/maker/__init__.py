"""Maker of synthetic decisions with truth: seeded content, printed by a browser, damaged like scans.

What it makes is for measuring, never for the users of the software: no wheel holds it.
"""
