"""What an agency gives and receives, and what the community asks of those who see its records."""
