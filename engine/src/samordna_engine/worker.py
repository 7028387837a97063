"""One question, answered in a process of its own, within bounds that the operating system keeps.

    python -m samordna_engine.worker --memory 512 --cpu 30

The process loads everything first, so that one started in advance answers at once. It then reads one request from
standard input and writes one answer to standard output. Both are framed: the length in bytes on a line, then so many
bytes of JSON; `answering` says what is in them. Running out of memory or processor time is an outcome: Unfinished.
"""

import argparse
import json
import resource
import signal
import sys
from types import FrameType
from typing import BinaryIO, Final

from samordna_engine.answering import answer, written
from samordna_engine.documents.plain import Plain, plain
from samordna_engine.errors import Checks, Malformed
from samordna_engine.outcome import Limit, Unfinished

MEGABYTE: Final = 1 << 20
LONGEST_REQUEST: Final = 256 * MEGABYTE


class OutOfProcessorTime(Exception):
    """The operating system says that it is enough. Nothing in the library catches this."""


def main(arguments: list[str] | None = None) -> None:
    """Answer one request."""
    parser = argparse.ArgumentParser(prog="samordna_engine.worker", description="Answer one request to the engine.")
    parser.add_argument("--memory", type=int, default=0, help="megabytes of address space; 0 for no limit")
    parser.add_argument("--cpu", type=int, default=0, help="seconds of processor time; 0 for no limit")
    chosen = parser.parse_args(arguments)
    bound(chosen.memory, chosen.cpu)
    write_frame(sys.stdout.buffer, answer_within_bounds(sys.stdin.buffer, chosen.memory, chosen.cpu))


def bound(memory: int, cpu: int) -> None:
    """Have the operating system keep this process within megabytes of memory and seconds of processor time."""
    if memory:
        resource.setrlimit(resource.RLIMIT_AS, (memory * MEGABYTE, memory * MEGABYTE))
    if cpu:
        signal.signal(signal.SIGXCPU, _stop)
        resource.setrlimit(resource.RLIMIT_CPU, (cpu, cpu + 1))


def _stop(number: int, frame: FrameType | None) -> None:
    raise OutOfProcessorTime


def read_frame(stream: BinaryIO) -> bytes:
    """One framed message. Raises `Malformed` where the frame is not whole."""
    head = stream.readline(20)
    checks = Checks()
    right = head.strip().isdigit() and int(head) <= LONGEST_REQUEST
    body = b""
    if checks.require(right, "", "bad_json", what="the first line must be the length of the request in bytes"):
        body = stream.read(int(head))
        checks.require(len(body) == int(head), "", "bad_json", what=f"{int(head)} bytes announced, {len(body)} came")
    checks.finish()
    return body


def write_frame(stream: BinaryIO, message: Plain) -> None:
    """Write one framed message."""
    body = json.dumps(message, ensure_ascii=False).encode()
    stream.write(f"{len(body)}\n".encode() + body)
    stream.flush()


def answer_within_bounds(stream: BinaryIO, memory: int, cpu: int) -> Plain:
    """The answer to the request in a stream, also when a bound is reached on the way."""
    try:
        return answer(json.loads(read_frame(stream)))
    except Malformed as malformed:
        return {"malformed": [{**plain(fault), "message": fault.message} for fault in malformed.faults]}
    except (ValueError, RecursionError) as error:
        return {"malformed": [{"path": "", "code": "bad_json", "message": str(error)}]}
    except MemoryError:
        pass
    except OutOfProcessorTime:
        return written(Unfinished(stopped_by=Limit.TIME, limit=f"{cpu} s of processor time"))
    return written(Unfinished(stopped_by=Limit.MEMORY, limit=f"{memory} MB"))


if __name__ == "__main__":
    main()
