"""What must never happen, tried again and again: kills, failing disks, power cuts, damage, many readers.

`make torture` runs it whole and writes `docs/reliability.md`; the tests beside it run a small part of each.
"""
