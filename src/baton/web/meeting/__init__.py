"""The pack of a meeting on a month: looked at on the page, taken along as Word."""
