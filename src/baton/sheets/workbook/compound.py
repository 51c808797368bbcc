"""A compound file (OLE, [MS-CFB]): just enough to take one stream out of an old Excel workbook.

Needed because the value reader shows error cells of .xls as empty, knows no number formats there, and allots a whole
sheet's rectangle before anybody can ask how large it is.
"""

import struct

_END = 0xFFFFFFFA
_ENTRY = 128


class DamagedError(ValueError):
    """The compound file does not hang together."""


def stream(data: bytes, *names: str) -> bytes:
    """Take out the first stream that has one of `names`; raises DamagedError, and KeyError when there is none."""
    try:
        return _Compound(data).stream(names)
    except (struct.error, IndexError, UnicodeDecodeError) as error:
        raise DamagedError(str(error)) from error


class _Compound:
    def __init__(self, data: bytes) -> None:
        self.data = data
        (shift,) = struct.unpack_from("<H", data, 30)
        (self.directory, self.cutoff) = struct.unpack_from("<I4xI", data, 48)
        (mini_start, _, more, _) = struct.unpack_from("<IIII", data, 60)
        if shift not in (9, 12):
            raise DamagedError("sector size")
        self.size = 1 << shift
        tables = [number for number in struct.unpack_from("<109I", data, 76) if number < _END]
        tables += self._further_tables(more)
        per_sector = self.size // 4
        self.next = [n for table in tables for n in struct.unpack(f"<{per_sector}I", self.sector(table))]
        entries = self.chain(self.directory)
        self.entries = [entries[at : at + _ENTRY] for at in range(0, len(entries) - _ENTRY + 1, _ENTRY)]
        small = self.chain(mini_start) if mini_start < _END else b""
        self.next_small = [n for (n,) in struct.iter_unpack("<I", small)]

    def sector(self, number: int) -> bytes:
        start = (number + 1) * self.size
        if start >= len(self.data):
            raise DamagedError("sector outside the file")
        return self.data[start : start + self.size].ljust(self.size, b"\x00")

    def _further_tables(self, sector: int) -> list[int]:
        tables: list[int] = []
        for _ in range(len(self.data) // self.size):
            if sector >= _END:
                break
            *numbers, sector = struct.unpack(f"<{self.size // 4}I", self.sector(sector))
            tables += [number for number in numbers if number < _END]
        return tables

    def chain(self, sector: int) -> bytes:
        """Join the sectors of a chain; a chain longer than the file has sectors runs in a ring."""
        parts: list[bytes] = []
        for _ in range(len(self.data) // self.size + 1):
            if sector >= _END:
                return b"".join(parts)
            parts.append(self.sector(sector))
            sector = self.next[sector]
        raise DamagedError("a chain runs in a ring")

    def stream(self, names: tuple[str, ...]) -> bytes:
        for entry in self.entries:
            (length,) = struct.unpack_from("<H", entry, 64)
            name = entry[: max(length - 2, 0)].decode("utf-16-le")
            if entry[66] == 2 and name.lower() in names:
                start, size = struct.unpack_from("<II", entry, 116)
                return (self.chain(start) if size >= self.cutoff else self._small(start))[:size]
        raise KeyError(names[0])

    def _small(self, sector: int) -> bytes:
        (root,) = struct.unpack_from("<I", self.entries[0], 116)
        whole = self.chain(root)
        parts: list[bytes] = []
        for _ in range(len(self.next_small) + 1):
            if sector >= _END:
                return b"".join(parts)
            parts.append(whole[sector * 64 : sector * 64 + 64])
            sector = self.next_small[sector]
        raise DamagedError("a chain runs in a ring")
