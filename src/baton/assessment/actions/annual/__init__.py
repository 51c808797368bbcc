"""What is done in an annual assessment: opened, scored, decided, put up for publicity, published, taken back."""
