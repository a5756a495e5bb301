#include "heap/target_recognition.h"

#include <gtest/gtest.h>

namespace fraglint {
namespace {

llvm::StringRef nameOf(const Target *target) { return target != nullptr ? target->name : ""; }

TEST(TargetRecognition, BootOutNamesTheBoard) {
  EXPECT_EQ(nameOf(targetFromBootOut(
                "Adafruit CircuitPython 9.2.1 on 2024-11-20; Raspberry Pi Pico W with rp2040\r\n"
                "Board ID:raspberry_pi_pico_w\r\nUID:E6614103E7452D2F\r\n")),
            "circuitpython/raspberry_pi_pico_w");
  EXPECT_EQ(nameOf(targetFromBootOut(
                "Adafruit CircuitPython 7.3.3 on 2022-08-29; Adafruit PyPortal with samd51j20\r\n"
                "Board ID:pyportal\r\n")),
            "circuitpython/pyportal");
  EXPECT_EQ(nameOf(targetFromBootOut("Board ID:adafruit_magtag_2.9_grayscale\n"
                                     "boot.py output:\n")),
            "circuitpython/adafruit_magtag_2.9_grayscale");
}

TEST(TargetRecognition, BootOutOfBoardsThatAreNotKnownNamesNone) {
  EXPECT_EQ(targetFromBootOut("Board ID:nobody_knows_it\n"), nullptr);
  EXPECT_EQ(targetFromBootOut("Adafruit CircuitPython 9.2.1 on 2024-11-20; Adafruit PyPortal with "
                              "samd51j20\nBoard ID:nobody_knows_it\n"),
            nullptr)
      << "the id decides";
  EXPECT_EQ(targetFromBootOut("Board ID:rpi_pico\n"), nullptr) << "an id of the other family";
  EXPECT_EQ(targetFromBootOut("Board ID:\n"), nullptr);
  EXPECT_EQ(targetFromBootOut(""), nullptr);
}

TEST(TargetRecognition, BootOutWithoutAnIdHasTheBanner) {
  EXPECT_EQ(nameOf(targetFromBootOut("Adafruit CircuitPython 5.3.1 on 2020-07-13; Adafruit CLUE "
                                     "nRF52840 Express with nRF52840\r\n")),
            "circuitpython/clue_nrf52840_express");
}

TEST(TargetRecognition, EveryCircuitPythonBoardIsKnownByItsIdAndItsBanner) {
  for (const Target &target : allTargets()) {
    if (!target.profile->isCircuitPython() || target.title.empty())
      continue;
    std::string banner =
        "Adafruit CircuitPython 10.0.3 on 2025-10-17; " + target.title.str() + " with " + "chip";
    EXPECT_EQ(targetFromBootOut(banner + "\r\nBoard ID:" + target.id().str() + "\r\n"), &target);
    EXPECT_EQ(targetFromBanner(banner), &target) << banner;
  }
}

TEST(TargetRecognition, EveryMicroPythonBoardIsKnownByItsBuildAndItsBanner) {
  for (const Target &target : allTargets()) {
    if (target.profile->isCircuitPython())
      continue;
    EXPECT_EQ(targetFromBuild(target.id()), &target) << target.name.data();
    if (!target.title.empty()) {
      EXPECT_EQ(targetFromBanner("MicroPython v1.26.1 on 2025-09-11; " + target.title.str() +
                                 " with CHIP"),
                &target)
          << target.name.data();
    }
  }
}

TEST(TargetRecognition, WhatAnImplementationSaysOfItself) {
  EXPECT_EQ(
      nameOf(targetFromImplementation("circuitpython 10.3.0 on Raspberry Pi Pico with rp2040")),
      "circuitpython/raspberry_pi_pico");
  EXPECT_EQ(nameOf(targetFromImplementation(
                "micropython 1.29.0 preview on Raspberry Pi Pico W with RP2040")),
            "micropython/RPI_PICO_W");
  EXPECT_EQ(targetFromImplementation("micropython 1.9.2 on microbit"), nullptr);
  EXPECT_EQ(targetFromImplementation("cpython 3.11.2 on Raspberry Pi Pico W with RP2040"), nullptr);
}

TEST(TargetRecognition, BannersOfRealBoards) {
  EXPECT_EQ(nameOf(targetFromBanner(
                "MicroPython v1.22.1 on 2024-01-05; Raspberry Pi Pico W with RP2040")),
            "micropython/RPI_PICO_W");
  EXPECT_EQ(nameOf(targetFromBanner(
                "MicroPython v1.23.0 on 2024-06-02; Generic ESP32 module with ESP32\r\n")),
            "micropython/ESP32_GENERIC");
  EXPECT_EQ(nameOf(targetFromBanner("MicroPython v1.23.0 on 2024-06-02; Generic ESP32 module with "
                                    "SPIRAM with ESP32")),
            "micropython/ESP32_GENERIC-SPIRAM");
  EXPECT_EQ(nameOf(targetFromBanner(
                "MicroPython v1.9.2-34-gd64154c73 on 2017-09-01; micro:bit v1.0.1 with nRF51822")),
            "micropython/microbit");
  EXPECT_EQ(
      nameOf(targetFromBanner("MicroPython v1.18 on 2023-12-20; micro:bit v2.1.2 with nRF52833")),
      "micropython/microbit-v2");
  EXPECT_EQ(targetFromBanner("MicroPython v1.22.1 on 2024-01-05; Another Pico W with RP2040"),
            nullptr);
  EXPECT_EQ(targetFromBanner("MicroPython v1.22.1 on 2024-01-05; Raspberry Pi Pico Wide with X"),
            nullptr);
  EXPECT_EQ(targetFromBanner("Raspberry Pi Pico W with RP2040"), nullptr);
  EXPECT_EQ(targetFromBanner("MicroPython v1.28.0 on 2026-01-01; linux [GCC 14.2.0] version"),
            nullptr);
  EXPECT_EQ(targetFromBanner(""), nullptr);
}

TEST(TargetRecognition, VariantsWithAnotherFlashHaveTheSameHeap) {
  EXPECT_EQ(nameOf(targetFromBuild("PIMORONI_TINY2040-FLASH_8M")), "micropython/PIMORONI_TINY2040");
  EXPECT_EQ(nameOf(targetFromBuild("ESP32_GENERIC-SPIRAM")), "micropython/ESP32_GENERIC-SPIRAM");
  EXPECT_EQ(targetFromBuild("PYBV11-DP"), nullptr) << "floats are doubles";
  EXPECT_EQ(targetFromBuild("raspberry_pi_pico"), nullptr) << "of the other family";
  EXPECT_EQ(targetFromBuild(""), nullptr);
}

} // namespace
} // namespace fraglint
