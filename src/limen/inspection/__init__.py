"""Readings to checks to a result, after BSI TR-03135."""

from limen.inspection.result import CheckResult, Inspection, Obligation, Verdict, aggregate, summarise

__all__ = ["CheckResult", "Inspection", "Obligation", "Verdict", "aggregate", "summarise"]
