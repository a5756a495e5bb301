#include "semantic/firmware.h"

#include "support/parsed.h"

namespace fraglint {

void PrintTo(FirmwareKind kind, std::ostream *os) { *os << static_cast<int>(kind); }

namespace {

TEST(FirmwareKind, FollowsTheImports) {
  using enum FirmwareKind;
  const std::pair<const char *, FirmwareKind> cases[] = {
      {"", Unknown},
      {"import time, os, json", Unknown},
      {"import mymodule", Unknown},
      // CircuitPython
      {"import board", CircuitPython},
      {"from board import *", CircuitPython},
      {"import adafruit_dht", CircuitPython},
      {"from adafruit_display_text import label", CircuitPython},
      {"def f():\n  import displayio", CircuitPython},
      {"import board\nimport machine", CircuitPython},
      {"from micropython import const\nimport adafruit_bus_device.i2c_device", CircuitPython},
      {"try:\n  import board\nexcept ImportError:\n  board = None", CircuitPython},
      {"import board\nimport numpy", CircuitPython},
      {"try:\n  import numpy as np\nexcept ImportError:\n  from ulab import numpy as np",
       CircuitPython},
      // MicroPython
      {"import machine", MicroPython},
      {"from machine import Pin", MicroPython},
      {"from machine import *", MicroPython},
      {"import network, time", MicroPython},
      {"import rp2", MicroPython},
      {"import pyb", MicroPython},
      {"import esp32", MicroPython},
      {"from micropython import const", MicroPython},
      {"import utime", MicroPython},
      {"import machine, datetime", MicroPython},
      {"import machine\nimport neopixel", MicroPython},
      {"import microbit", MicroBit},
      {"from microbit import *", MicroBit},
      {"from microbit import *\nimport machine", MicroBit},
      // Desktop
      {"import argparse", Desktop},
      {"import os.path\nimport tkinter.ttk", Desktop},
      {"from PIL import Image", Desktop},
      {"import board\nfrom PIL import Image", Desktop},
      {"import adafruit_ssd1306, subprocess", Desktop},
      {"import machine, pytest", Desktop},
      {"import numpy", Desktop},
      {"import datetime", Desktop},
      {"import board, datetime", Desktop},
      {"from RPi import *", Desktop},
      {"if __name__ == '__main__':\n  import argparse", Desktop},
      // Guarded desktop modules tell nothing
      {"import board\ntry:\n  import PIL\nexcept ImportError:\n  pass", CircuitPython},
      {"import board\ntry:\n  import PIL\nexcept:\n  pass", CircuitPython},
      {"import board\ntry:\n  import PIL\nexcept (ImportError, KeyError):\n  pass", CircuitPython},
      {"import board\ntry:\n  import PIL\nexcept OSError:\n  pass", Desktop},
      {"import board\ntry:\n  import PIL\nfinally:\n  pass", Desktop},
      {"import board\nif TYPE_CHECKING:\n  import PIL", CircuitPython},
      {"import board, sys\nif sys.platform == 'linux':\n  import serial", CircuitPython},
      {"import board\nif 'CE0' in dir(board):\n  import serial", CircuitPython},
      {"try:\n  from typing import List\nexcept ImportError:\n  pass", Unknown},
      {"try:\n  import argparse\nexcept ImportError:\n  pass", Unknown},
      // Relative imports are the program's own
      {"from . import board", Unknown},
      {"from .machine import x", Unknown},
  };
  for (auto [code, kind] : cases) {
    Parsed parsed(code);
    EXPECT_EQ(firmwareKind(parsed.model), kind) << code;
  }
}

TEST(FirmwareKind, OfCircuitPythonLibrariesByTheirName) {
  auto kindOf = [](const char *path) {
    auto file = llvm::cantFail(SourceFile::decode(path, "from micropython import const\n"));
    auto tree = llvm::cantFail(SyntaxTree::parse(std::move(file)));
    return firmwareKind(SemanticModel(*tree));
  };
  EXPECT_EQ(kindOf("lib/adafruit_x.py"), FirmwareKind::CircuitPython);
  EXPECT_EQ(kindOf("lib/adafruit_x/constants.py"), FirmwareKind::CircuitPython);
  EXPECT_EQ(kindOf("lib\\adafruit_x\\constants.py"), FirmwareKind::CircuitPython);
  EXPECT_EQ(kindOf("lib/sensor.py"), FirmwareKind::MicroPython);
}

TEST(IsBuiltinModule, KnowsModulesInC) {
  for (const char *name : {"gc", "time", "utime", "board", "displayio", "machine", "ulab",
                           "ulab.numpy", "micropython", "struct", "microbit", "json"})
    EXPECT_TRUE(isBuiltinModule(name)) << name;
  for (const char *name : {"adafruit_requests", "neopixel", "mymodule", "asyncio", "uasyncio", "",
                           ".board", "adafruit_display_text.label", "PIL"})
    EXPECT_FALSE(isBuiltinModule(name)) << name;
}

} // namespace
} // namespace fraglint
