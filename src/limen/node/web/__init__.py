"""What every page shares: layout, styles, scripts, errors."""
