#include "calibrate/calibration.h"

#include "calibrate/questions.h"
#include "calibrate/trait_probe.h"
#include "evaluator/target_heap.h"
#include "lint/target_file.h"
#include "measure/probe_set_up.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/Twine.h"
#include "llvm/Support/MathExtras.h"

#include <optional>
#include <tuple>

namespace fraglint {

namespace {

constexpr Milliseconds kTimeout(20000);

llvm::Error ask(Device &device, llvm::StringRef name, llvm::StringRef code,
                CalibrationAnswers &answers) {
  Execution execution;
  if (llvm::Error error = device.run(code, kTimeout, execution))
    return error;
  if (execution.timedOut)
    return llvm::createStringError("`" + name + "` did not end in 20 s");
  if (execution.error.empty())
    answers[name] = llvm::StringRef(withPlainLineEnds(execution.output)).trim().str();
  return llvm::Error::success();
}

/// The number behind `label` in what mem_info() prints.
std::optional<int64_t> numberBehind(llvm::StringRef text, llvm::StringRef label) {
  size_t at = text.find(label);
  int64_t number = 0;
  if (at == llvm::StringRef::npos ||
      text.drop_front(at + label.size()).ltrim().consumeInteger(10, number))
    return std::nullopt;
  return number;
}

constexpr llvm::StringLiteral kPool = "GC: total:";
constexpr llvm::StringLiteral kNewArea = "max new split:";

class Inference {
public:
  Inference(const CalibrationAnswers &answers, uint64_t areaBytes)
      : answers_(answers), areaBytes_(areaBytes) {}

  llvm::Expected<Calibration> run() {
    if (llvm::Error error = begin())
      return error;
    takeLayouts();
    takeMain();
    takePort();
    takeHeap();
    takeTraits();
    if (auto modules = text("file-modules"))
      takeFileModules(*modules);
    for (const std::string &key : targetKeys())
      if (!measured_.contains(key) && llvm::StringRef(key).contains('.'))
        result_.assumed.try_emplace(key, "assumed");
    return std::move(result_);
  }

private:
  TargetDescription &target() { return result_.target; }
  FirmwareProfile &profile() { return result_.target.profile; }
  FirmwareTraits &traits() { return result_.target.profile.traits; }

  std::optional<llvm::StringRef> text(llvm::StringRef name) const {
    auto found = answers_.find(name);
    return found == answers_.end() ? std::nullopt : std::optional<llvm::StringRef>(found->second);
  }
  std::optional<int64_t> number(llvm::StringRef name) const {
    int64_t value = 0;
    auto found = text(name);
    return found && !found->getAsInteger(10, value) ? std::optional(value) : std::nullopt;
  }
  llvm::StringRef platform() const { return text("platform").value_or(""); }

  template <typename T, typename V> void set(llvm::StringRef key, T &member, V value) {
    member = static_cast<T>(value);
    measured_[key];
  }

  // --- What is assumed where nothing is measured ---

  /// Of the nearest target that runs as this does.
  llvm::Error begin() {
    auto name = text("implementation"), version = text("version");
    unsigned major = 0, minor = 0;
    llvm::StringRef rest = version.value_or("");
    if (!name || rest.consumeInteger(10, major) || rest.ltrim().empty() ||
        (rest = rest.ltrim()).consumeInteger(10, minor))
      return llvm::createStringError("the device does not say which firmware it has");
    auto blockBytes = number("block-bytes");
    if (!blockBytes || (*blockBytes != 32 && *blockBytes != 64))
      return llvm::createStringError("what a block of the heap has could not be measured");
    FirmwareFamily family =
        *name == "circuitpython" ? FirmwareFamily::CircuitPython : FirmwareFamily::MicroPython;
    auto number = static_cast<uint16_t>(100 * major + minor);
    // What is on the way to a version is told from the one before only by what it does.
    bool isOnTheWay = minor > 0 && rest.contains("preview");
    auto nearest = static_cast<uint16_t>(number - isOnTheWay);
    const Target &base = nearestTarget(family, nearest);
    target() = TargetDescription::of(base);
    result_.base = base.name.str();
    result_.firmware = (*name + " " + llvm::Twine(major) + "." + llvm::Twine(minor) +
                        (isOnTheWay ? "-preview" : "") + " on " +
                        (text("machine").value_or("").empty() ? platform() : *text("machine")))
                           .str();
    target().title.clear();
    target().mcu = platform().str();
    if (base.profile->version != nearest) {
      FirmwareTraits ofBase = traits();
      traits() = FirmwareTraits::ofVersion(family, nearest);
      traits().reportsInDetail = ofBase.reportsInDetail;
      traits().halvesFactorials = ofBase.halvesFactorials;
    }
    set("firmware.family", profile().family, family);
    set("firmware.version", profile().version, nearest);
    set("firmware.measured-in-session", profile().isMeasuredInSession, true);
    return llvm::Error::success();
  }

  bool isUnix() const { return platform() == "linux" || platform() == "darwin"; }

  const Target &nearestTarget(FirmwareFamily family, uint16_t version) const {
    auto distance = [&](const Target &one) {
      const FirmwareProfile &other = *one.profile;
      bool isWeb = !other.traits.fileModules.empty();
      int apart = std::abs(int{other.version} - int{version});
      return std::tuple(other.family != family, other.traits.isUnixPort != isUnix(),
                        isWeb != (platform() == "webassembly"), apart,
                        other.blockBytes() * 2 != number("block-bytes"));
    };
    return *llvm::min_element(
        allTargets(), [&](const Target &a, const Target &b) { return distance(a) < distance(b); });
  }

  // --- What is measured ---

  void takeLayouts() {
    set("firmware.word-bytes", profile().wordBytes, *number("block-bytes") / 8);
    auto floatBytes = number("float-bytes");
    auto doubles = text("doubles");
    if (floatBytes && doubles)
      set("firmware.floats", profile().floats,
          *floatBytes == 0     ? FloatKind::Word30
          : *doubles == "True" ? FloatKind::Boxed64
                               : FloatKind::Boxed32);
    if (auto answer = text("big-ints"))
      set("firmware.big-ints", profile().hasBigInts, *answer == "True");
    if (auto frame = number("frame-bytes"))
      set("firmware.pystack", profile().hasPystack, *frame == 0);
    // Firmware that keeps no hashes makes them as wide as one that keeps two bytes.
    if (auto hash = number("largest-hash"))
      if (*hash < 256 || profile().nameHashBytes != 0)
        set("firmware.name-hash-bytes", profile().nameHashBytes, *hash < 256 ? 1 : 2);
    if (auto end = number("eight-bytes-end"))
      set("traits.most-alignment", traits().mostAlignment, *end - 8);
  }

  void takeMain() {
    auto names = number("main-names"), slots = number("main-slots");
    if (!names || !slots || *names > *slots || *slots > UINT8_MAX)
      return;
    set("firmware.main-names", profile().mainNames, *names);
    set("firmware.main-slots", profile().mainSlots, *slots);
  }

  void takePort() {
    if (platform().empty())
      return;
    set("traits.unix-port", traits().isUnixPort, isUnix());
    set("traits.opens-machine-files", traits().opensMachineFiles,
        isUnix() || platform() == "webassembly");
  }

  void takeHeap() {
    FirmwareHeap &heap = target().heap;
    if (auto collected = number("collected-bytes"))
      set("heap.postpones-collection", heap.postponesCollection, *collected <= 0);
    if (auto threshold = text("threshold")) {
      set("heap.has-threshold", heap.hasThreshold, *threshold != "none");
      set("heap.threshold-at-start", heap.thresholdAtStart,
          std::max<int64_t>(number("threshold").value_or(0), 0));
    }
    if (auto free = number("free")) {
      target().heapBytes = Interval::exactly(*free);
      measured_["heap.bytes"];
      set("heap.figure-is", target().provenance, Provenance::Measured);
    }
    if (!heap.pystackBytes && !profile().hasPystack)
      measured_["heap.pystack-bytes"];
    llvm::StringRef before = text("heap-info").value_or(""),
                    after = text("grown-info").value_or("");
    auto pool = numberBehind(before, kPool), grown = numberBehind(after, kPool);
    if (!pool || !grown)
      return;
    set("heap.grows", heap.grows, *grown > *pool);
    // Where it is the firmware that says so, it says so again.
    auto most = numberBehind(before, kNewArea);
    set("heap.most-new-area", heap.mostNewArea,
        most && heap.grows && most == numberBehind(after, kNewArea) ? *most : 0);
    target().areasAtStart.assign(1, areaWith(*pool));
    measured_["heap.areas-at-start"];
  }

  /// Of the areas with that pool the one that was chosen, or whole KiB; else the smallest.
  int64_t areaWith(int64_t poolBytes) {
    OwnedTarget rules(target());
    auto poolOf = [&](int64_t area) {
      return static_cast<int64_t>(oneAreaOf(rules.target(), area).poolBytes(area));
    };
    auto chosen = static_cast<int64_t>(areaBytes_);
    if (chosen != 0 && poolOf(chosen) == poolBytes) {
      measured_["heap.finaliser-table"];
      return chosen;
    }
    int64_t least = poolBytes, enough = 2 * poolBytes + 64;
    while (least < enough) {
      int64_t middle = least + (enough - least) / 2;
      if (poolOf(middle) >= poolBytes)
        enough = middle;
      else
        least = middle + 1;
    }
    auto round = static_cast<int64_t>(llvm::alignTo(enough, 1024));
    return poolOf(round) == poolBytes ? round : enough;
  }

  void takeTraits() {
    for (const TraitProbe &probe : traitProbes()) {
      auto answer = text(probe.key);
      if (!answer)
        continue;
      if (auto isSo = traitFromAnswer(probe, target(), *answer))
        set(probe.key, *flagNamed(target(), probe.key), *isSo);
      else
        result_.assumed[probe.key] = "assumed: the same is seen either way";
    }
  }

  void takeFileModules(llvm::StringRef names) {
    target().fileModules.clear();
    for (llvm::StringRef name : llvm::split(names, '\n'))
      if (!name.empty())
        target().fileModules.push_back(name.str());
    measured_["traits.file-modules"];
  }

  const CalibrationAnswers &answers_;
  uint64_t areaBytes_;
  Calibration result_;
  llvm::StringMap<bool> measured_;
};

} // namespace

llvm::Expected<CalibrationAnswers> askDevice(DeviceSource &source) {
  llvm::Expected<std::unique_ptr<Device>> device = source.open();
  if (!device)
    return device.takeError();
  CalibrationAnswers answers;
  for (const Question &question : calibrationQuestions())
    if (llvm::Error error = ask(**device, question.name, question.code, answers))
      return error;
  for (const TraitProbe &probe : traitProbes())
    if (llvm::Error error = ask(**device, probe.key, deviceProgram(probe), answers))
      return error;
  // Importing a board's files would run what its owner has put there.
  if (answers.lookup("platform") == "webassembly")
    if (llvm::Error error = ask(**device, "file-modules", fileModulesCode(), answers))
      return error;
  if (auto pool = numberBehind(answers.lookup("heap-info"), kPool))
    if (llvm::Error error = ask(**device, "grown-info", growthCode(*pool), answers))
      return error;
  return answers;
}

llvm::Expected<Calibration> calibrationFrom(const CalibrationAnswers &answers, uint64_t areaBytes) {
  return Inference(answers, areaBytes).run();
}

} // namespace fraglint
