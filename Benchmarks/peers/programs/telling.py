"""What the programs of the comparison share: how they time a piece of work and tell it."""
import json
import time


def tell(work, seconds=1.0, amount=1, middle=False):
    """Does work for about so long after a first time that does not count, and prints what one piece of it took.

    A piece is a share `amount` of the work; `middle` is the median of single times, for what is waited for, else it is the mean.
    """
    work()
    walls, begin, cpu = [], time.perf_counter(), time.process_time()
    while not walls or time.perf_counter() - begin < seconds:
        start = time.perf_counter()
        work()
        walls.append(time.perf_counter() - start)
    cpu = (time.process_time() - cpu) / len(walls)
    wall = sorted(walls)[len(walls) // 2] if middle else sum(walls) / len(walls)
    print(json.dumps({"wall": wall / amount, "cpu": cpu / amount}))


def session(path, threads):
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
