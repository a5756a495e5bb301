#include "evaluator/interpreter.h"
#include "evaluator/objects.h"
#include "evaluator/operations.h"

#include <utility>

namespace fraglint {

// What the program's writer says where its text does not tell (semantic/contract.h).

namespace {

/// Longer ones are not shown in reasons.
constexpr size_t kLongestShown = 40;

/// Whether the value of an expression is that of its whole statement.
bool isValueOfStatement(SyntaxNode site) {
  for (SyntaxNode node = site; node; node = node.parent()) {
    NodeKind outer = node.parent().kind();
    if (outer == NodeKind::Assignment)
      return node.field() == Field::Right;
    if (outer != NodeKind::ParenthesizedExpression && outer != NodeKind::Await)
      return isStatement(outer);
  }
  return false;
}

/// `len<=n` of a list: its items and what it may have been made longer by (py/objlist.c).
int64_t roomOf(int64_t length) { return std::max(2 * length, length + 4); }
/// The same of a dictionary, whose sizes are at most half again as large (py/map.c).
int64_t slotsOf(int64_t length) { return 2 * length + 4; }

bool makesValue(Op op) {
  switch (op) {
  case Op::BuildList:
  case Op::BuildMap:
  case Op::BuildSet:
  case Op::Binary:
  case Op::CallFunction:
  case Op::CallMethod:
  case Op::CallStarred:
  case Op::CallMethodStarred:
    return true;
  default:
    return false;
  }
}

} // namespace

const Contract *Interpreter::contractAt(SyntaxNode site, ContractKind kind) const {
  return contracts_ && site ? contracts_->find(site.statement(), kind) : nullptr;
}

Interval Interpreter::contractedLength(Interval known, int64_t itemBytes) {
  if (known.isExact() || !contracts_)
    return known;
  Interval said;
  if (const Contract *length = contractAt(site(), ContractKind::Length))
    said = length->amount;
  else if (const Contract *size = contractAt(site(), ContractKind::Size))
    said = floorDivide(size->amount, Interval::exactly(itemBytes));
  else
    return known;
  // Of `len=64` only the statement's own value is known to be no shorter.
  int64_t least = isValueOfStatement(site()) ? said.lo : 0;
  return {std::max(known.lo, least), std::max(known.lo, std::min(known.hi, said.hi))};
}

Interval Interpreter::roomPromised(SyntaxNode site) const {
  if (const Contract *length = contractAt(site, ContractKind::Length))
    return {0, words(roomOf(length->amount.hi))};
  return Interval::atLeast(0);
}

void Interpreter::noteUnknown(std::string reason) {
  HeapEvent event;
  event.kind = EventKind::Request;
  event.bytes = Interval::atLeast(0);
  event.isHard = true;
  event.mayNotHappen = true;
  event.reason = static_cast<uint32_t>(log_.reasons.size());
  log_.reasons.push_back(std::move(reason));
  if (onUnknown)
    onUnknown(event);
}

void Interpreter::noteUnknownCost(const llvm::Twine &reason) {
  if (const Contract *size = contractAt(site(), ContractKind::Size)) {
    Interval bytes = size->amount;
    if (!isValueOfStatement(site()))
      bytes.lo = 0;
    sized_ = heap_.request(bytes);
    return;
  }
  std::string what = reason.str();
  noteUnknown((what.empty() ? "what this asks for is not known" : what) +
              ": `# fraglint: size=4096`");
}

void Interpreter::noteUnknownLength(const llvm::Twine &reason) {
  std::string what = reason.str();
  if (what.empty()) {
    llvm::StringRef text = site().text();
    bool isShown = text.size() <= kLongestShown && !text.contains('\n');
    what = "length of " + (isShown ? "`" + text.str() + "`" : "what this reads") + " is not known";
  }
  noteUnknown(what + ": `# fraglint: len<=64`");
}

/// After an instruction: what it left on top of the stack is what it made or read.
void Interpreter::applyContracts(const Frame &frame, const Instruction &instruction, bool isDone) {
  for (Value container : std::exchange(lengthened_, {}))
    narrow(container);
  Run sized = std::exchange(sized_, {});
  if (!isDone || frame.stack.empty() || !frame.stack.back().isObject())
    return;
  Value value = frame.stack.back();
  if (sized)
    attach(sized, value);
  if (makesValue(instruction.op) && contractAt(site(), ContractKind::Fixed))
    fixed_.insert(value.asObject());
  if (contractAt(site(), ContractKind::Length) || contractAt(site(), ContractKind::Size))
    narrow(value);
}

/// The value holds what was asked for in its name.
void Interpreter::attach(Run run, Value value) {
  if (auto *abstract = heap_.change<AbstractObject>(value); abstract && !abstract->data)
    abstract->data = run;
  else if (auto *opaque = heap_.change<OpaqueObject>(value))
    opaque->runs.push_back(run);
}

/// A length that is not known is no longer than what is said of it.
void Interpreter::narrow(Value value) {
  auto lower = [](Interval &amount, int64_t most) {
    amount.hi = std::max(amount.lo, std::min(amount.hi, most));
  };
  auto shorten = [&](Run &data, Interval bytes) {
    if (data)
      lower(data.bytes, bytes.hi);
  };
  auto shortenText = [&]<class Text>(const Text *text) {
    if (!text || text->content.length.isExact())
      return;
    Text &changed = *heap_.change<Text>(value);
    changed.content.length = contractedLength(changed.content.length, 1);
    shorten(changed.data, changed.content.length + Interval::exactly(1));
  };
  shortenText(heap_.get<StrObject>(value));
  shortenText(heap_.get<BytesObject>(value));
  shortenText(heap_.get<ByteArrayObject>(value));
  if (const auto *abstract = heap_.get<AbstractObject>(value)) {
    if (!abstract->length.isExact())
      heap_.change<AbstractObject>(value)->length = contractedLength(abstract->length, 1);
    for (Value one : llvm::SmallVector<Value, 2>(abstract->alternatives))
      if (!heap_.get<AbstractObject>(one)) // whose own alternatives are taken into it
        narrow(one);
  } else if (const auto *list = heap_.get<ListObject>(value)) {
    if (list->length.isExact() && list->allocated.isExact())
      return;
    auto &changed = *heap_.change<ListObject>(value);
    changed.length = contractedLength(changed.length, words(1));
    lower(changed.allocated, roomOf(changed.length.hi));
    shorten(changed.data, changed.allocated * Interval::exactly(words(1)));
  } else if (const auto *dict = heap_.get<DictObject>(value)) {
    if (dict->table.used.isExact() && dict->table.allocated.isExact())
      return;
    MapTable &table = heap_.change<DictObject>(value)->table;
    table.used = contractedLength(table.used, words(2));
    lower(table.allocated, slotsOf(table.used.hi));
    shorten(table.run, table.allocated * Interval::exactly(words(2)));
  } else if (const auto *array = heap_.get<ArrayObject>(value)) {
    if (array->length.isExact())
      return;
    auto &changed = *heap_.change<ArrayObject>(value);
    changed.length = contractedLength(changed.length, changed.itemBytes);
    shorten(changed.data, changed.length * Interval::exactly(changed.itemBytes));
  }
}

} // namespace fraglint
