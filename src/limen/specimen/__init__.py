"""Documents and people that exist nowhere, for tests, demonstrations, training and benchmarks."""
