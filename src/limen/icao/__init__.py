"""What ICAO Doc 9303 says, as code: no input or output, no clock, no settings."""
