#include "measure/probe_set_up.h"

#include "measure/probe_events.h"
#include "measure/probe_source.h"
#include "measure/python_literal.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/Twine.h"

namespace fraglint {

namespace {

/// For each thing that the probe runs for itself.
constexpr Milliseconds kSetUpTimeout(10000);

/// Names nothing of its own in `__main__`.
constexpr llvm::StringLiteral kAskFirmware =
    "print(len(globals()))\n"
    "print(hasattr(__import__('micropython'),'mem_info'))\n"
    "print(__import__('gc').mem_alloc()+__import__('gc').mem_free())\n"
    "print(__import__('sys').implementation[0],end=' ')\n"
    "print(*__import__('sys').implementation[1][:3],sep='.',end=' ')\n"
    "print(*__import__('sys').implementation[1][3:4],end=' on ')\n"
    "print(getattr(__import__('sys').implementation,'_machine',__import__('sys').platform))\n";
/// Draws the heap, shows what a point itself asks for, then what one byte takes: a block for it and
/// one for its header.
constexpr llvm::StringLiteral kTryProbe = "__name__._m=-1\n"
                                          "__name__._p\n"
                                          "__name__._p\n"
                                          "bytearray(1)\n"
                                          "__name__._p\n"
                                          "__name__._z\n";

/// Comments cost memory, too.
std::string probeWithoutComments() {
  std::string source;
  llvm::SmallVector<llvm::StringRef> lines;
  kProbeSource.split(lines, '\n', -1, /*KeepEmpty=*/false);
  for (llvm::StringRef line : lines)
    if (!line.starts_with("#"))
      source += (line + "\n").str();
  return source;
}

std::string installCode(bool drawsMaps) {
  return "exec(" + pythonLiteral(probeWithoutComments()) +
         ",{'_g':globals(),'_gc':__import__('gc'),'_mi':" +
         (drawsMaps ? "__import__('micropython').mem_info" : "abs") + "})\n";
}

llvm::Error runOwn(Device &device, const llvm::Twine &what, llvm::StringRef code,
                   Execution &execution) {
  if (llvm::Error error = device.run(code, kSetUpTimeout, execution))
    return error;
  if (execution.timedOut)
    return llvm::createStringError(what + " did not end in 10 s");
  if (!execution.error.empty())
    return llvm::createStringError(
        what + " failed on the device: " + withPlainLineEnds(exceptionOf(execution.error)));
  return llvm::Error::success();
}

llvm::Error askFirmware(Device &device, bool withoutMap, ProbeFacts &facts) {
  Execution execution;
  if (llvm::Error error = runOwn(device, "asking for the firmware", kAskFirmware, execution))
    return error;
  std::string output = withPlainLineEnds(execution.output);
  llvm::SmallVector<llvm::StringRef> lines;
  llvm::StringRef(output).split(lines, '\n', 3);
  if (lines.size() != 4 || lines[0].getAsInteger(10, facts.mainNames) ||
      lines[2].getAsInteger(10, facts.heapBytes))
    return llvm::createStringError("the device answered with `" + output +
                                   "` when it was asked for its firmware and heap");
  facts.drawsMaps = lines[1] == "True" && !withoutMap;
  facts.firmware = llvm::join(llvm::split(lines[3].trim(), "  "), " "); // no word of a pre-release
  return llvm::Error::success();
}

llvm::Error tryProbe(Device &device, ProbeFacts &facts) {
  Execution execution;
  if (llvm::Error error = runOwn(device, "the probe", kTryProbe, execution))
    return error;
  llvm::Expected<ProbeOutput> output = readProbeOutput(execution.output);
  if (!output)
    return output.takeError();
  const std::vector<ProbeEvent> &events = output->events;
  if (events.size() != 4 || !events[0].change || !events[2].change)
    return llvm::createStringError("the probe does not see the heap of this firmware");
  const ProbeEvent::Change &first = *events[0].change;
  uint64_t usedBytes = first.collectedBytes;
  if (const std::optional<ProbeEvent::Change> &own = events[1].change) {
    facts.cost.bytes = own->usedBytes - first.collectedBytes;
    if (own->before)
      for (const HeapRun &run :
           requestsBetween(first.after ? *first.after : *first.before, *own->before))
        facts.cost.requests.push_back(run.blocks);
    usedBytes = own->collectedBytes;
  }
  const ProbeEvent::Change &oneByte = *events[2].change;
  uint64_t taken = oneByte.usedBytes - usedBytes - facts.cost.bytes;
  facts.blockBytes = static_cast<uint32_t>(taken / 2);
  facts.collectsInside = oneByte.collectedBytes < oneByte.usedBytes;
  return llvm::Error::success();
}

} // namespace

llvm::Expected<ProbeFacts> setUpProbe(Device &device, bool withoutMap,
                                      const ProgramModules &modules,
                                      llvm::ArrayRef<std::string> knownCode) {
  ProbeFacts facts;
  if (llvm::Error error = askFirmware(device, withoutMap, facts))
    return error;
  Execution execution;
  if (llvm::Error error =
          runOwn(device, "setting up the probe", installCode(facts.drawsMaps), execution))
    return error;
  if (llvm::Error error = tryProbe(device, facts))
    return error;
  // An interrupt may leave the byte's address where a collection takes it for a reference.
  if (!facts.collectsInside)
    if (llvm::Error error = tryProbe(device, facts))
      return error;
  for (const ProgramModule &module : modules)
    if (llvm::Error error =
            runOwn(device, "the module `" + module.name + "`", module.installCode, execution))
      return error;
  for (const std::string &code : knownCode)
    if (llvm::Error error = runOwn(device, "making the program's names known", code, execution))
      return error;
  // By ways that differ from a point's: on the micro:bit 320 bytes of the set-up are only let go
  // here.
  if (llvm::Error error = runOwn(device, "collecting", "__import__('gc').collect()\n", execution))
    return error;
  return facts;
}

std::string withPlainLineEnds(llvm::StringRef text) {
  std::string plain;
  for (size_t at = 0; at < text.size(); ++at) {
    size_t end = text.find_first_not_of('\r', at);
    if (end != llvm::StringRef::npos && text[end] == '\n')
      at = end;
    plain += text[at];
  }
  return plain;
}

llvm::StringRef exceptionOf(llvm::StringRef traceback) {
  return traceback.rtrim().rsplit('\n').second.empty() ? traceback.rtrim()
                                                       : traceback.rtrim().rsplit('\n').second;
}

} // namespace fraglint
