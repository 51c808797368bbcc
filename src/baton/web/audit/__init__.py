"""The audit chain on screen: who did what, whether the chain holds, and the rows as a workbook."""
