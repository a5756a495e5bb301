"""The programs of corpus/heap/fresh, which nobody looked at before: what is asked of closed ones."""
import dataclasses

import heap_engines
import heap_printed
import heap_verdicts

FRESH = heap_engines.Programs("fresh", "fresh/measured")


def bench(tool, data, options):
    bars = [bar for section in (heap_engines, heap_printed, heap_verdicts) for bar in section.bench(tool, data, options, FRESH)]
    return [dataclasses.replace(one, section="fresh") for one in bars]
