"""Surges: streams of reports that run higher than chance explains (docs/surges.md).

`tails`, `baseline` and `statistic` are plain statistics on arrays of counts and know neither Django nor reports.
"""
