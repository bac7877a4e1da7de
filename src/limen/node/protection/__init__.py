"""Screening for indicators of trafficking, and referral: kept apart from everything else (docs/protection.md)."""
