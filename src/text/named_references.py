#!/usr/bin/env python3
"""Writes named_references.inc from the standard's table of named character references, a JSON object of
name: [code points], with and without the semicolon: named_references.py ENTITIES.json > named_references.inc

Entries: the name without its semicolon, '*' before it if the semicolon may be missing, '=', the code points in hex."""
import json
import sys

table = json.load(open(sys.argv[1]))
print("// Made by named_references.py from the WHATWG table of named character references. Do not edit.")
line = ""
for name in sorted(table):
    if name.endswith(";"):
        points = ",".join(f"{point:X}" for point in table[name])
        entry = f"{'*' if name[:-1] in table else ''}{name[:-1]}={points} "
        if len(line) + len(entry) > 116:
            print(f'"{line}"')
            line = ""
        line += entry
print(f'"{line}"')
