"""Time and peak memory of a block, printed as one line of JSON for the process that compares."""

import json
import resource
import sys
import time
from types import TracebackType


class Measured:
    """Measures from entering to leaving; imports and the reading of a scheme are outside."""

    def __enter__(self) -> "Measured":
        """Start the clock."""
        self.start = time.perf_counter()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Print seconds and megabytes."""
        seconds = time.perf_counter() - self.start
        kilobytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        sys.stdout.write(json.dumps({"seconds": seconds, "megabytes": kilobytes * 1e-3}) + "\n")
