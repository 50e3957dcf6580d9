"""Checks: what is wrong with the sources (`content`) and with the built site (`site`).

A rule is a small generator with its reason in its docstring, named in one table.
"""
