// The module random: extmod/modrandom.c, and CircuitPython's own, which has the same generator.
// What it gives is known from `random.seed(number)` on; before, only its bounds are.

#include "evaluator/numbers.h"

#include "llvm/ADT/bit.h"

#include <cmath>

namespace fraglint {

namespace {

/// The generator's state. It lies in an object of the heap, so that forks take it back, too.
struct Generator {
  uint32_t pad = 0, n = 69, d = 233;
  uint8_t dat = 0;

  /// The next 32 bits (Yasmarang, by Ilya Levin, in the public domain).
  uint32_t next() {
    pad += dat + d * n;
    pad = (pad << 3) + (pad >> 29);
    n = pad | 2;
    d ^= (pad << 31) + (pad >> 1);
    dat = static_cast<uint8_t>(dat ^ static_cast<uint8_t>(pad) ^ (d >> 8) ^ 1);
    return pad ^ (d << 5) ^ (pad >> 18) ^ (static_cast<uint32_t>(dat) << 1);
  }

  /// Below `count`, which is not 0.
  uint32_t below(uint32_t count) {
    uint32_t mask = 1;
    while ((count & mask) < count)
      mask = (mask << 1) | 1;
    uint32_t result = 0;
    do
      result = next() & mask;
    while (result >= count);
    return result;
  }

  /// In [0, 1), with the fraction bits of the firmware's float.
  double fraction(bool isSingle) {
    if (isSingle)
      return static_cast<double>(llvm::bit_cast<float>(0x3f800000U | (next() & 0x7fffffU)) - 1.0F);
    auto high = static_cast<uint64_t>(next());
    uint64_t bits = (high << 32 | next()) & ((uint64_t{1} << 52) - 1);
    return llvm::bit_cast<double>(uint64_t{0x3ff} << 52 | bits) - 1.0;
  }
};

constexpr llvm::StringLiteral kState = "random.state";

std::optional<Generator> load(Machine &m) {
  const auto &state = llvm::cast<OpaqueObject>(m.heap()[m.moduleState(kState)]);
  if (state.held.size() != 4)
    return std::nullopt;
  auto part = [&](unsigned i) { return static_cast<uint32_t>(state.held[i].asInt()); };
  return Generator{part(0), part(1), part(2), static_cast<uint8_t>(part(3))};
}

void store(Machine &m, std::optional<Generator> generator) {
  auto &state = llvm::cast<OpaqueObject>(m.heap().change(m.moduleState(kState)));
  state.held.clear();
  if (generator)
    for (uint32_t part : {generator->pad, generator->n, generator->d, uint32_t{generator->dat}})
      state.held.push_back(Value::integer(part));
}

constexpr llvm::StringLiteral kReason = "a random number";

std::optional<Value> seed(Machine &m, const NativeCall &call) {
  auto value = wideIntOf(m, call.argument(0));
  if (!value) {
    store(m, std::nullopt);
    return Value::none();
  }
  Generator generator;
  generator.pad = static_cast<uint32_t>(value->extractBitsAsZExtValue(32, 0));
  store(m, generator);
  return Value::none();
}

/// `start + step * [0, count)`.
std::optional<Value> pick(Machine &m, int64_t start, int64_t step, int64_t count) {
  auto generator = load(m);
  if (generator && count <= static_cast<int64_t>(UINT32_MAX)) {
    uint32_t chosen = generator->below(static_cast<uint32_t>(count));
    store(m, generator);
    return m.integer(start + step * static_cast<int64_t>(chosen));
  }
  // The generator has 32 bits only.
  store(m, std::nullopt);
  int64_t last = start + step * (count - 1);
  return abstractIntResult(m, {std::min(start, last), std::max(start, last)}, kReason);
}

/// Ends the known sequence, where how many numbers are drawn is not known.
std::optional<Value> pickUnknown(Machine &m, Interval bounds) {
  store(m, std::nullopt);
  return abstractIntResult(m, bounds, kReason);
}

std::optional<Value> bits(Machine &m, const NativeCall &call) {
  if (auto count = intervalOf(m, call.argument(0)); count && !count->isExact())
    return pickUnknown(m, {0, (int64_t{1} << std::clamp<int64_t>(count->hi, 0, 32)) - 1});
  auto count = requireInt(m, call.argument(0));
  if (!count)
    return std::nullopt;
  if (*count > 32 || *count < 0)
    return m.raise("ValueError", m.profile().isCircuitPython() ? "" : "bits must be 32 or less");
  if (*count == 0)
    return Value::integer(0);
  auto most = static_cast<uint32_t>((uint64_t{1} << *count) - 1);
  if (auto generator = load(m)) {
    uint32_t drawn = generator->next() & most;
    store(m, generator);
    return m.integer(static_cast<int64_t>(drawn));
  }
  return abstractIntResult(m, {0, static_cast<int64_t>(most)}, kReason);
}

std::optional<Value> inRange(Machine &m, const NativeCall &call) {
  int64_t numbers[3] = {0, 0, 1};
  Interval bounds[2] = {};
  bool isUnknown = false;
  size_t count = std::min<size_t>(call.arguments.size(), 3);
  for (size_t i = 0; i < count; ++i) {
    auto interval = intervalOf(m, call.arguments[i]);
    bool isAbstract = m.isAbstract(call.arguments[i]);
    if (i < 2)
      bounds[i] = interval.value_or(Interval::unknown());
    isUnknown |= isAbstract;
    if (isAbstract)
      continue;
    auto number = requireInt(m, call.arguments[i]);
    if (!number)
      return std::nullopt;
    numbers[i] = *number;
  }
  if (count == 0)
    return m.raise("TypeError", "function missing 1 required positional arguments");
  if (isUnknown) {
    Interval low = count == 1 ? Interval::exactly(0) : bounds[0];
    Interval high = (count == 1 ? bounds[0] : bounds[1]) - Interval::exactly(1);
    return pickUnknown(m, low.hull(high));
  }
  int64_t start = count == 1 ? 0 : numbers[0], stop = count == 1 ? numbers[0] : numbers[1];
  int64_t step = numbers[2];
  if (step == 0)
    return m.raise("ValueError",
                   m.profile().isCircuitPython() ? "randrange step cannot be zero" : "");
  int64_t steps = (stop - start + step + (step > 0 ? -1 : 1)) / step;
  if (steps <= 0)
    return m.raise("ValueError", !m.profile().isCircuitPython() ? ""
                                 : count == 3                   ? "invalid step"
                                                                : "stop not reachable from start");
  return pick(m, start, step, steps);
}

std::optional<Value> inclusive(Machine &m, const NativeCall &call) {
  Value first = call.argument(0), last = call.argument(1);
  if (m.isAbstract(first) || m.isAbstract(last)) {
    Interval low = intervalOf(m, first).value_or(Interval::unknown());
    Interval high = intervalOf(m, last).value_or(Interval::unknown());
    return pickUnknown(m, low.hull(high));
  }
  auto a = requireInt(m, first);
  auto b = a ? requireInt(m, last) : std::nullopt;
  if (!b)
    return std::nullopt;
  if (*a > *b)
    return m.raise("ValueError");
  return pick(m, *a, 1, *b - *a + 1);
}

std::optional<Value> choice(Machine &m, const NativeCall &call) {
  Value sequence = call.argument(0);
  auto length = m.length(sequence);
  if (!length)
    return std::nullopt;
  auto count = m.intOf(*length);
  if (count && *count == 0)
    return m.raise("IndexError", m.profile().isCircuitPython() ? "empty sequence" : "");
  std::optional<Value> index;
  if (count)
    index = pick(m, 0, 1, *count);
  else
    index = pickUnknown(m, Interval::atLeast(0));
  return index ? m.loadSubscript(sequence, *index) : std::nullopt;
}

std::optional<Value> fraction(Machine &m, const NativeCall &) {
  if (auto generator = load(m)) {
    double drawn = generator->fraction(isSinglePrecision(m.profile()));
    store(m, generator);
    return m.real(drawn);
  }
  return abstractFloat(m, kReason);
}

std::optional<Value> uniform(Machine &m, const NativeCall &call) {
  auto generator = load(m);
  std::string reason = reasonOf(m, call.argument(0)) + reasonOf(m, call.argument(1));
  double drawn = generator ? generator->fraction(isSinglePrecision(m.profile())) : 0;
  if (!reason.empty() || !generator) {
    if (generator)
      store(m, generator);
    return abstractFloat(m, kReason);
  }
  auto a = requireFloat(m, call.argument(0));
  auto b = a ? requireFloat(m, call.argument(1)) : std::nullopt;
  if (!b)
    return std::nullopt;
  store(m, generator);
  return m.real(inPrecision(m.profile(), [&](auto zero) {
    using Float = decltype(zero);
    auto low = static_cast<Float>(*a), high = static_cast<Float>(*b);
    return low + (high - low) * static_cast<Float>(drawn);
  }));
}

constexpr NativeRow kRows[] = {
    {"random.seed", seed, true, "NoneType"},    {"random.getrandbits", bits, true, "int"},
    {"random.randrange", inRange, true, "int"}, {"random.randint", inclusive, true, "int"},
    {"random.choice", choice, true, ""},        {"random.random", fraction, true, "float"},
    {"random.uniform", uniform, true, "float"},
};

} // namespace

llvm::ArrayRef<NativeRow> randomNatives() { return kRows; }

} // namespace fraglint
