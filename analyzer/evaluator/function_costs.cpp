#include "evaluator/function_costs.h"

#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/STLExtras.h"

#include <algorithm>

namespace fraglint {

namespace {

std::string nameOf(SyntaxNode definition) {
  std::string name = definition.child(Field::Name).text().str();
  for (SyntaxNode outer = definition.parent(); outer; outer = outer.parent())
    if (outer.kind() == NodeKind::ClassDefinition || outer.kind() == NodeKind::FunctionDefinition)
      name = (outer.child(Field::Name).text() + "." + name).str();
  return name;
}

/// One call of a function.
struct CallCost {
  Interval largest = Interval::exactly(0), total = Interval::exactly(0);
  NameTotal names; ///< besides
  int64_t most = -1; ///< bytes of the request at `site`, at the least
  SyntaxNode site;
  uint32_t reason = 0;
};

/// `isSure`: if the call happens, so does the request. `names`: what it is of; null: no name.
void add(CallCost &call, const HeapEvent &event, bool isSure, const NameGrowth *names) {
  Interval bytes = {isSure ? event.bytes.lo : 0, event.bytes.hi};
  call.largest = {std::max(call.largest.lo, bytes.lo), std::max(call.largest.hi, bytes.hi)};
  if (names)
    call.names.add(*names);
  else
    call.total = call.total + bytes;
  if (event.bytes.lo > call.most) {
    call.most = event.bytes.lo;
    call.site = event.site;
  }
  if (call.reason == 0)
    call.reason = event.reason;
}

/// The largest of these is a bound of every call; the least of all is what each surely asks for.
void join(FunctionCost &function, const CallCost &call, bool isCutOff, const RequestLog &log) {
  auto hull = [&](Interval &all, Interval one) {
    all = function.calls == 0 ? one : Interval{std::min(all.lo, one.lo), std::max(all.hi, one.hi)};
  };
  if (call.site && (!function.site || call.largest.hi > function.largest.hi))
    function.site = call.site;
  hull(function.largest, call.largest);
  hull(function.total, call.total + Interval{0, call.names.mostOfPools()});
  if (function.reason.empty())
    function.reason = log.reasons[call.reason];
  ++function.calls;
  if (isCutOff) {
    function.largest.hi = function.total.hi = Interval::kNoHi;
    function.reason = "a call was not followed to its end";
  }
}

/// Of the functions that the calls of a log are of.
std::vector<FunctionCost> costsOf(const RequestLog &log) {
  std::vector<CallCost> calls(log.calls.size());
  for (const auto &[at, event] : llvm::enumerate(log.events)) {
    if (!event.isHard || (event.kind != EventKind::Request && event.kind != EventKind::Resize))
      continue;
    auto names = log.names.find(at);
    for (uint32_t path = event.callPath; path != 0; path = log.calls[path].outer)
      add(calls[path], event, event.way == log.calls[path].way,
          names == log.names.end() ? nullptr : &names->second);
  }

  std::vector<FunctionCost> functions;
  llvm::DenseMap<uint32_t, size_t> places; // by the ordinal of the definition
  for (size_t path = 1; path < calls.size(); ++path) {
    SyntaxNode definition = log.calls[path].function;
    if (!definition)
      continue;
    auto [place, isNew] = places.try_emplace(definition.ordinal(), functions.size());
    if (isNew) {
      FunctionCost &made = functions.emplace_back();
      made.definition = definition;
      made.name = nameOf(definition);
    }
    join(functions[place->second], calls[path], log.calls[path].isCutOff, log);
  }
  return functions;
}

} // namespace

std::vector<FunctionCost> functionCosts(const Evaluation &evaluation) {
  std::vector<FunctionCost> functions = costsOf(evaluation.log);
  size_t called = functions.size();
  for (FunctionCost &other : costsOf(evaluation.otherCalls)) {
    auto isSame = [&](const FunctionCost &one) { return one.definition == other.definition; };
    if (std::any_of(functions.begin(), functions.begin() + static_cast<ptrdiff_t>(called), isSame))
      continue;
    other.calls = 0;
    for (Interval *bytes : {&other.largest, &other.total}) {
      bool grows = !evaluation.areOtherCallsSteady && !bytes->isExact();
      if (evaluation.otherCallsGap.empty() && !grows)
        continue;
      bytes->hi = Interval::kNoHi;
      other.reason = grows ? "calls leave more behind each time" : evaluation.otherCallsGap;
    }
    functions.push_back(std::move(other));
  }
  llvm::stable_sort(functions, [](const FunctionCost &a, const FunctionCost &b) {
    return std::pair(a.largest.lo, a.total.lo) > std::pair(b.largest.lo, b.total.lo);
  });
  return functions;
}

} // namespace fraglint
