"""The examination report on paper."""
