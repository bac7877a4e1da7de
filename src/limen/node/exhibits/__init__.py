"""Pictures of alerts and case studies."""
