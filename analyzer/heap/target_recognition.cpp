#include "heap/target_recognition.h"

#include "llvm/ADT/StringExtras.h"

namespace fraglint {

namespace {

/// The target of that family and board id, in that case: an id of another case is another board.
const Target *targetOf(llvm::StringRef family, llvm::StringRef id) {
  for (const Target &target : allTargets()) {
    llvm::StringRef name = target.name;
    if (name.consume_front(family) && name.consume_front("/") && name == id)
      return &target;
  }
  return nullptr;
}

/// The board's own name in `Raspberry Pi Pico with RP2040`: what stands before the last " with ",
/// which begins the processor. Empty if that is not what `machine` is.
llvm::StringRef titleIn(llvm::StringRef machine) {
  size_t processor = machine.rfind(" with ");
  return processor == llvm::StringRef::npos ? "" : machine.take_front(processor);
}

/// Whether `said` is that title, or that and the rest of a version: `micro:bit v2.1.1`.
bool isTitle(llvm::StringRef title, llvm::StringRef said) {
  return !title.empty() && said.consume_front(title) && (said.empty() || said.starts_with("."));
}

/// The one target of a family whose firmware calls its board so; null if none or several.
const Target *targetCalled(llvm::StringRef family, llvm::StringRef said) {
  const Target *found = nullptr;
  for (const Target &target : allTargets()) {
    if (!target.name.starts_with(family) || !isTitle(target.title, said))
      continue;
    if (found != nullptr)
      return nullptr;
    found = &target;
  }
  return found;
}

} // namespace

const Target *targetFromBanner(llvm::StringRef line) {
  line = line.trim();
  llvm::StringRef said = titleIn(line.split("; ").second);
  if (line.starts_with("Adafruit CircuitPython "))
    return targetCalled("circuitpython/", said);
  return line.starts_with("MicroPython ") ? targetCalled("micropython/", said) : nullptr;
}

const Target *targetFromImplementation(llvm::StringRef text) {
  auto [version, machine] = text.split(" on ");
  llvm::StringRef name = version.split(' ').first;
  if (name != "circuitpython" && name != "micropython")
    return nullptr;
  return targetCalled((name + "/").str(), titleIn(machine));
}

const Target *targetFromBuild(llvm::StringRef build) {
  if (const Target *target = targetOf("micropython", build))
    return target;
  // Variants for other sizes of flash have the same heap: `PIMORONI_TINY2040-FLASH_8M`.
  auto [board, variant] = build.rsplit('-');
  return variant.starts_with("FLASH_") ? targetOf("micropython", board) : nullptr;
}

const Target *targetFromBootOut(llvm::StringRef text) {
  // "Board ID:raspberry_pi_pico" stands on a line of its own in CircuitPython 7 and later; before
  // there is only the banner.
  const Target *banner = nullptr;
  for (llvm::StringRef line : llvm::split(text, '\n')) {
    line = line.trim();
    if (line.consume_front("Board ID:"))
      return targetOf("circuitpython", line.trim());
    if (banner == nullptr)
      banner = targetFromBanner(line);
  }
  return banner;
}

} // namespace fraglint
