"""What holds of an annual assessment: quotas, sensitive points, what a decision is checked for."""
