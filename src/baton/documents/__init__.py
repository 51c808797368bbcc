"""Typed documents: charts, Word and Excel writers. Pure: content in, bytes out."""
