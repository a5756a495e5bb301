#include "evaluator/objects.h"
#include "evaluator/operations.h"
#include "evaluator/pattern.h"

#include "llvm/ADT/STLExtras.h"

namespace fraglint {

namespace {

/// How a compiled pattern keeps its text among the attributes that no program reads.
constexpr llvm::StringLiteral kPatternKey = "<pattern>";

/// extmod/modre.c: the object, with three words before the program, and the program.
std::optional<Value> compile(Machine &m, Value text) {
  std::optional<std::string> source = m.dataOf(text);
  if (!source)
    return unknownResult(m, "the pattern is not known");
  std::optional<Pattern> pattern = compilePattern(*source);
  if (!pattern)
    return m.raise("ValueError", "regex too complex");
  auto &made = m.heap().make<OpaqueObject>();
  made.type = "re";
  made.attributes.emplace_back(kPatternKey.str() + *source, Value::none());
  made.header = m.heap().request(m.words(1) + 12 + pattern->bytes());
  if (pattern->isUnbalanced)
    return m.raise("ValueError", "error in regex");
  return Value::object(made.id);
}

std::optional<Value> compileCall(Machine &m, const NativeCall &call) {
  return compile(m, call.argument(0));
}

/// The pattern of a compiled one; nothing where it is none.
std::optional<Pattern> patternOf(Machine &m, Value value) {
  const auto *made = m.heap().get<OpaqueObject>(value);
  if (made == nullptr || made->type != "re" || made->attributes.empty())
    return std::nullopt;
  llvm::StringRef text = made->attributes.front().first;
  return text.consume_front(kPatternKey) ? compilePattern(text) : std::nullopt;
}

/// The pattern of a first argument, which may be a text to be compiled first.
std::optional<Pattern> patternFor(Machine &m, Value value) {
  if (m.heap().get<OpaqueObject>(value))
    return patternOf(m, value);
  std::optional<Value> made = compile(m, value);
  return made ? patternOf(m, *made) : std::nullopt;
}

/// A result of which nothing is known, where nothing was raised.
std::optional<Value> unknownUnlessRaised(Machine &m, llvm::StringRef reason) {
  if (!m.raised().isUnbound())
    return std::nullopt;
  return unknownResult(m, reason);
}

std::string spanKey(size_t group, bool isEnd) {
  return (isEnd ? "<end>" : "<start>") + std::to_string(group);
}

std::optional<size_t> spanOf(const OpaqueObject &match, size_t group, bool isEnd) {
  for (const auto &[key, value] : match.attributes)
    if (key == spanKey(group, isEnd))
      return static_cast<size_t>(value.asInt());
  return std::nullopt;
}

Value makeMatch(Machine &m, Run run, Value subject, llvm::ArrayRef<GroupSpan> groups) {
  auto &match = m.heap().make<OpaqueObject>();
  match.type = "match";
  match.header = run;
  match.held.push_back(subject);
  match.attributes.emplace_back("<groups>",
                                Value::integer(static_cast<int64_t>(groups.size()) - 1));
  for (auto [group, span] : llvm::enumerate(groups)) {
    if (span.start == llvm::StringRef::npos || span.end == llvm::StringRef::npos)
      continue;
    match.attributes.emplace_back(spanKey(group, false),
                                  Value::integer(static_cast<int64_t>(span.start)));
    match.attributes.emplace_back(spanKey(group, true),
                                  Value::integer(static_cast<int64_t>(span.end)));
  }
  return Value::object(match.id);
}

template <bool IsAnchored> std::optional<Value> matchCall(Machine &m, const NativeCall &call) {
  bool wasCompiled = m.heap().get<OpaqueObject>(call.argument(0)) != nullptr;
  std::optional<Pattern> pattern = patternFor(m, call.argument(0));
  if (!pattern)
    return unknownUnlessRaised(m, "the pattern is not known");
  Value subjectValue = call.argument(1);
  std::optional<std::string> subject = m.dataOf(subjectValue);
  Run run = m.heap().request(m.words(3 + 2 * (static_cast<int64_t>(pattern->groups) + 1)));
  if (!subject)
    return m.abstract("", "whether the pattern matches is not known");
  size_t start = 0;
  if (wasCompiled && call.arguments.size() > 2) {
    auto length = static_cast<int64_t>(subject->size());
    int64_t from = std::clamp<int64_t>(m.intOf(call.argument(2)).value_or(0), 0, length);
    start = static_cast<size_t>(from);
    if (call.arguments.size() > 3)
      subject->resize(std::clamp(m.intOf(call.argument(3)).value_or(length), from, length));
  }
  PatternMatch found = matchPattern(*pattern, *subject, start, IsAnchored);
  if (found.isEndless)
    return m.raise("RuntimeError", "maximum recursion depth exceeded");
  if (found.isTooDeep)
    return m.abstract("", "whether the pattern matches is not known");
  if (!found.isMatch) {
    m.heap().release(run);
    return Value::none();
  }
  return makeMatch(m, run, subjectValue, found.groups);
}

const OpaqueObject *matchOf(Machine &m, Value value) {
  const auto *match = m.heap().get<OpaqueObject>(value);
  return match && match->type == "match" && !match->attributes.empty() ? match : nullptr;
}

int64_t groupCount(const OpaqueObject &match) { return match.attributes.front().second.asInt(); }

/// One part of a text: a str or bytes, as the text is.
Value part(Machine &m, Value text, llvm::StringRef bytes) {
  return m.heap().get<BytesObject>(text) ? m.bytes(bytes) : m.str(bytes);
}

std::optional<Value> groupAt(Machine &m, const OpaqueObject &match, int64_t group) {
  std::optional<size_t> start = spanOf(match, group, false);
  std::optional<size_t> end = spanOf(match, group, true);
  Value subject = match.held.front();
  std::optional<std::string> text = m.dataOf(subject);
  if (!start || !end || !text)
    return Value::none();
  return part(m, subject, llvm::StringRef(*text).slice(*start, *end));
}

/// The number of a group that is asked for; nothing where it is none (raised) or not known.
std::optional<int64_t> groupNumber(Machine &m, const OpaqueObject &match, Value number) {
  std::optional<int64_t> group = number.isUnbound() ? 0 : m.intOf(number);
  if (!group)
    return std::nullopt;
  if (*group < 0 || *group > groupCount(match))
    return raiseWith(m, "IndexError", number);
  return group;
}

std::optional<Value> groupCall(Machine &m, const NativeCall &call) {
  const OpaqueObject *match = matchOf(m, call.argument(0));
  if (match == nullptr)
    return unknownResult(m, "the match is not known");
  std::optional<int64_t> group = groupNumber(m, *match, call.argument(1));
  return group ? groupAt(m, *match, *group)
               : unknownUnlessRaised(m, "which group is read is not known");
}

/// MicroPython's boards have no more than group().
std::nullopt_t raiseNoMethod(Machine &m, llvm::StringRef name) {
  return m.raise("AttributeError", "'match' object has no attribute '" + name + "'");
}

std::optional<Value> groupsCall(Machine &m, const NativeCall &call) {
  if (!m.profile().isCircuitPython())
    return raiseNoMethod(m, "groups");
  const OpaqueObject *match = matchOf(m, call.argument(0));
  if (match == nullptr)
    return unknownResult(m, "the match is not known");
  std::vector<Value> none(static_cast<size_t>(groupCount(*match)), Value::none());
  Value tuple = m.tuple(none);
  for (size_t group = 1; group <= none.size(); ++group) {
    Value text = groupAt(m, *match, static_cast<int64_t>(group)).value_or(Value::none());
    m.heap().change<TupleObject>(tuple)->items[group - 1] = text;
  }
  return tuple;
}

/// Index of a character, given that of its byte.
int64_t characterAt(llvm::StringRef text, size_t byte) {
  return llvm::count_if(text.take_front(byte),
                        [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; });
}

std::optional<std::pair<Value, Value>> spanCall(Machine &m, const NativeCall &call) {
  const OpaqueObject *match = matchOf(m, call.argument(0));
  if (match == nullptr)
    return std::nullopt;
  std::optional<int64_t> group = groupNumber(m, *match, call.argument(1));
  if (!group)
    return std::nullopt;
  std::string text = m.dataOf(match->held.front()).value_or("");
  auto place = [&](bool isEnd) {
    std::optional<size_t> byte = spanOf(*match, *group, isEnd);
    return Value::integer(byte ? characterAt(text, *byte) : -1);
  };
  return std::pair(place(false), place(true));
}

std::optional<Value> spanTuple(Machine &m, const NativeCall &call) {
  if (!m.profile().isCircuitPython())
    return raiseNoMethod(m, "span");
  auto span = spanCall(m, call);
  if (!span)
    return unknownUnlessRaised(m, "the match is not known");
  return m.tuple({span->first, span->second});
}

template <bool IsEnd> std::optional<Value> spanEnd(Machine &m, const NativeCall &call) {
  if (!m.profile().isCircuitPython())
    return raiseNoMethod(m, IsEnd ? "end" : "start");
  auto span = spanCall(m, call);
  if (!span)
    return unknownUnlessRaised(m, "the match is not known");
  return IsEnd ? span->second : span->first;
}

std::optional<Value> splitCall(Machine &m, const NativeCall &call) {
  std::optional<Pattern> pattern = patternFor(m, call.argument(0));
  Value subjectValue = call.argument(1);
  std::optional<std::string> subject = m.dataOf(subjectValue);
  if (!pattern || !subject)
    return unknownUnlessRaised(m, "into how many parts the text is split is not known");
  int64_t most = m.intOf(call.argument(2)).value_or(0);
  Value list = newList(m, 0);
  // mp_local_alloc: on the C stack, or on CircuitPython's own.
  size_t start = 0;
  while (true) {
    PatternMatch found = matchPattern(*pattern, *subject, start, false);
    if (found.isTooDeep)
      return unknownResult(m, "into how many parts the text is split is not known");
    if (!found.isMatch || found.groups[0].start == found.groups[0].end)
      break;
    appendToList(
        m, list,
        part(m, subjectValue, llvm::StringRef(*subject).slice(start, found.groups[0].start)));
    if (pattern->groups > 0)
      return m.raise("NotImplementedError", "splitting with sub-captures");
    start = found.groups[0].end;
    if (most == 1)
      break;
    most -= most > 0;
  }
  appendToList(m, list, part(m, subjectValue, llvm::StringRef(*subject).substr(start)));
  return list;
}

/// Puts what a replacement stands for behind `text`; false where it names no group (raised).
bool appendReplacement(Machine &m, GrowingRun &text, llvm::StringRef replacement,
                       llvm::StringRef subject, llvm::ArrayRef<GroupSpan> groups) {
  while (!replacement.empty()) {
    if (replacement.front() != '\\') {
      text.append(replacement.take_front(1));
      replacement = replacement.drop_front();
      continue;
    }
    replacement = replacement.drop_front();
    bool isLong = replacement.consume_front("g<");
    unsigned number = 0;
    if (!replacement.empty() && replacement.front() >= '0' && replacement.front() <= '9') {
      replacement.consumeInteger(10, number);
      if (isLong)
        replacement.consume_front(">");
      if (number >= groups.size()) {
        raiseWith(m, "IndexError", Value::integer(number));
        return false;
      }
      if (groups[number].start != llvm::StringRef::npos)
        text.append(subject.slice(groups[number].start, groups[number].end));
    } else if (replacement.consume_front("\\")) {
      text.append("\\");
    }
  }
  return true;
}

std::optional<Value> subCall(Machine &m, const NativeCall &call) {
  std::optional<Pattern> pattern = patternFor(m, call.argument(0));
  Value subjectValue = call.argument(2);
  std::optional<std::string> subject = m.dataOf(subjectValue);
  Value replacer = call.argument(1);
  std::optional<std::string> replacement = m.dataOf(replacer);
  bool isCalled = replacer.isObject() && (m.heap().get<FunctionObject>(replacer) ||
                                          m.heap().get<BoundMethodObject>(replacer));
  if (!pattern || !subject || (!replacement && !isCalled))
    return unknownUnlessRaised(m, "how long the text gets is not known");
  int64_t count = m.intOf(call.argument(3)).value_or(0);
  std::optional<GrowingRun> text;
  llvm::StringRef all = *subject;
  size_t start = 0;
  while (true) {
    PatternMatch found = matchPattern(*pattern, all, start, false);
    if (found.isTooDeep)
      return unknownResult(m, "how long the text gets is not known");
    if (!found.isMatch || found.groups[0].start == found.groups[0].end)
      break;
    llvm::StringRef before = all.slice(start, found.groups[0].start);
    if (!text)
      text.emplace(m, std::max<int64_t>(static_cast<int64_t>(before.size()), 1));
    text->append(before);
    if (isCalled) {
      std::optional<Value> given = m.call(replacer, {makeMatch(m, {}, subjectValue, found.groups)});
      if (!given)
        return std::nullopt;
      replacement = m.dataOf(*given);
      if (!replacement)
        return unknownResult(m, "how long the text gets is not known");
    }
    if (!appendReplacement(m, *text, *replacement, all, found.groups))
      return std::nullopt;
    start = found.groups[0].end;
    if (count == 1)
      break;
    count -= count > 0;
  }
  if (!text)
    return subjectValue;
  text->append(all.substr(start));
  return m.heap().get<BytesObject>(subjectValue) ? m.bytesFrom(text->run, text->content)
                                                 : m.strFrom(text->run, text->content);
}

constexpr NativeRow kRows[] = {
    {"match.end", spanEnd<true>, true, "int"},    {"match.group", groupCall, true, ""},
    {"match.groups", groupsCall, true, "tuple"},  {"match.span", spanTuple, true, "tuple"},
    {"match.start", spanEnd<false>, true, "int"}, {"re.compile", compileCall, true, "re"},
    {"re.match", matchCall<true>, true, ""},      {"re.search", matchCall<false>, true, ""},
    {"re.split", splitCall, true, "list"},        {"re.sub", subCall, true, ""},
};

} // namespace

llvm::ArrayRef<NativeRow> patternNatives() { return kRows; }

} // namespace fraglint
