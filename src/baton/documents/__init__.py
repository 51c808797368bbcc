"""Typed documents: content in, bytes out. Pure: no files, no clock, no engine; the same content, the same bytes.

`content` says what stands in a document, `word` sets it after GB/T 9704, `excel` writes workbooks, `charts` draws.
Words come with the content; only labels that a standard prescribes are this package's own (`documents.toml`).
"""
