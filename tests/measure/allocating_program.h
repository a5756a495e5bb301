#pragma once
/// A program for the engines that allocates, grows, shrinks and drops at random, and prints what it
/// does and a map of its heap after each step. Its own steps ask for nothing else.

namespace fraglint {

/// The test puts values of `seed`, `threshold`, `factor` and `count` in front.
inline constexpr const char *kAllocatingProgram = R"python(
import gc, micropython

def play(slots, pads, seed):
    if threshold:
        gc.collect()
        gc.threshold(threshold)
    print("begin")
    micropython.mem_info(1)
    for step in range(count):
        seed = (seed * 2053 + 13849) & 0xFFFF
        what = (seed >> 3) % 24
        seed = (seed * 2053 + 13849) & 0xFFFF
        place = (seed >> 3) % len(slots)
        seed = (seed * 2053 + 13849) & 0xFFFF
        size = 1 + (seed >> 4) % 70
        if not seed & 7:
            size *= 12
        held = slots[place]
        kind = 0 if held is None else 1 if isinstance(held, bytearray) else 2 if isinstance(held, list) else 3
        held = None
        if what < 7:
            if not seed & 0x300:
                size *= factor
            print("new", place, size)
            slots[place] = bytearray(size)
        elif what < 9:
            print("list", place)
            slots[place] = []
        elif what < 11:
            print("dict", place)
            slots[place] = {}
        elif what < 13:
            print("drop", place)
            slots[place] = None
        elif what == 13:
            print("collect")
            gc.collect()
        elif kind == 1:
            print("extend", place, len(pads[size % 4]))
            slots[place].extend(pads[size % 4])
        elif kind == 2 and what < 19:
            print("append", place, size)
            for i in range(size):
                slots[place].append(None)
        elif kind == 2 and what < 22:
            size = len(slots[place]) * 3 // 4
            print("pop", place, size)
            for i in range(size):
                slots[place].pop()
        elif kind == 2:
            print("shorten", place)
            slots[place].clear()
        elif kind == 3 and what < 21:
            i = len(slots[place])
            print("insert", place, i, i + size)
            size += i
            while i < size:
                slots[place][i] = None
                i += 1
        elif kind == 3:
            print("empty", place)
            slots[place].clear()
        else:
            continue
        micropython.mem_info(1)

try:
    play([None] * 12, (bytes(3), bytes(20), bytes(45), bytes(150)), seed)
    print("end")
except MemoryError as error:
    print("fail", error.args[0])
    micropython.mem_info(1)
)python";

} // namespace fraglint
