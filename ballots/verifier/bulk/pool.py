"""Bulk work in worker processes: the results come in the order of the chunks."""

import multiprocessing
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import chain, islice
from typing import Any, Self, TypeVar

_Chunk = TypeVar("_Chunk")
_Result = TypeVar("_Result")


class Pool:
    """Some worker processes, started when there is work for more than one; a context manager."""

    def __init__(self, workers: int) -> None:
        self.workers = max(1, workers)
        self._executor: ProcessPoolExecutor | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._executor is not None:
            self._executor.shutdown(wait=True, cancel_futures=True)

    def map_chunks(
        self, work: Callable[[_Chunk], _Result], chunks: Iterable[_Chunk]
    ) -> Iterator[_Result]:
        """`work` of every chunk, in their order, a few chunks ahead of the reader at most.

        With one worker, or one chunk, everything happens in this process.
        """
        waiting = iter(chunks)
        few = list(islice(waiting, 2))
        if self.workers == 1 or len(few) <= 1:
            yield from map(work, chain(few, waiting))
            return
        running: deque[Future[_Result]] = deque()
        for chunk in chain(few, waiting):
            running.append(self._started().submit(work, chunk))
            if len(running) > 2 * self.workers:
                yield running.popleft().result()
        while running:
            yield running.popleft().result()

    def _started(self) -> ProcessPoolExecutor:
        if self._executor is None:
            # Not forked: the caller may run threads, a progress bar for one.
            context: Any = multiprocessing.get_context("spawn")
            self._executor = ProcessPoolExecutor(self.workers, mp_context=context)
        return self._executor
