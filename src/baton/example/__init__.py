"""The example county 云渡县 (fictional): its scheme, and a year of figures made from a seed."""
