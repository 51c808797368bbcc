"""Results and figures of earlier years: workbooks tried, taken and taken back by the office, and what is held."""
