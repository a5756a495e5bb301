"""A program in one file with its stand-ins does what it does beside them, and ends where the input does."""
import contextlib
import io
import json
import pathlib
import tempfile
import unittest

from one_file import one_file

SENSOR = '''"""Has a function with a parameter that is called as a module, and a name of its own that hides another."""
import recorded
from helper import twice

count = 0


def value(recorded):
    global count
    count += 1
    return twice(recorded["n"])


class Part:
    kept = 7

    def read(self):
        value = recorded.read("n")
        return value + self.kept
'''
HELPER = '''def twice(value):
    return 2 * value
'''
PROGRAM = '''"""Uses both forms of import."""
import sensor
from helper import twice

part = sensor.Part()


def shown(number):
    print(number, sensor.value({"n": number}))


while True:
    shown(twice(part.read()))
'''


class OneFileTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        (self.folder / "standins").mkdir()
        self.write("standins/sensor.py", SENSOR)
        self.write("standins/helper.py", HELPER)

    def write(self, name, text):
        (self.folder / name).write_text(text)

    def outputs(self, program, runs):
        """What the program prints under each input."""
        self.write("program.py", program)
        self.write("program.json", json.dumps(runs))
        for text in one_file(self.folder / "program.py", self.folder / "standins"):
            said = io.StringIO()
            with contextlib.redirect_stdout(said):
                exec(compile(text, "program.py", "exec"), {"__name__": "__main__"})
            yield said.getvalue()

    def test_each_input_is_a_program_that_ends(self):
        self.assertEqual(["16 32\n18 36\n", "20 40\n"], list(self.outputs(PROGRAM, [{"n": [1, 2]}, {"n": [3]}])))

    def test_the_program_s_own_lines_stay(self):
        self.write("program.py", PROGRAM)
        self.write("program.json", '[{"n": []}]')
        [text] = one_file(self.folder / "program.py", self.folder / "standins")
        lines = {one.strip() for one in text.splitlines()}
        self.assertEqual(["import sensor", "from helper import twice"], [one for one in PROGRAM.splitlines() if one.strip() not in lines])

    def test_a_module_of_the_firmware_is_left_as_it_is(self):
        self.assertEqual(["4.0\n"], list(self.outputs("import math\nprint(math.sqrt(16))\n", [{}])))


if __name__ == "__main__":
    unittest.main()
