#include "syntax/parser.h"

#include "syntax/parse_history.h"

#include "llvm/Support/ConvertUTF.h"

#include <cassert>
#include <tree_sitter/api.h>

extern "C" const TSLanguage *tree_sitter_python();

namespace fraglint {

namespace {

/// The whole rest of the text in one chunk: no character is ever cut in two.
const char *readChunk(void *payload, uint32_t offset, TSPoint, uint32_t *length) {
  const auto &text = *static_cast<const llvm::StringRef *>(payload);
  if (offset >= text.size()) {
    *length = 0;
    return "";
  }
  *length = static_cast<uint32_t>(text.size()) - offset;
  return text.data() + offset;
}

/// Decodes one character of valid UTF-8, a CR that no LF follows as LF.
uint32_t decodeWithLoneCr(const uint8_t *bytes, uint32_t length, int32_t *codePoint) {
  if (*bytes == '\r') {
    bool isCrlf = length > 1 && bytes[1] == '\n';
    *codePoint = isCrlf ? U'\r' : U'\n';
    return 1;
  }
  if (*bytes < 0x80u) {
    *codePoint = *bytes;
    return 1;
  }
  const llvm::UTF8 *at = bytes;
  llvm::UTF32 decoded = 0;
  if (llvm::convertUTF8Sequence(&at, bytes + length, &decoded, llvm::strictConversion) !=
      llvm::conversionOK) {
    *codePoint = -1;
    return 1;
  }
  *codePoint = static_cast<int32_t>(decoded);
  return static_cast<uint32_t>(at - bytes);
}

bool hasLoneCr(llvm::StringRef text) {
  for (size_t at = text.find('\r'); at != llvm::StringRef::npos; at = text.find('\r', at + 1))
    if (at + 1 == text.size() || text[at + 1] != '\n')
      return true;
  return false;
}

/// tree-sitter asks every hundred steps; the thread's clock is asked less often, for it takes a
/// call of the system.
struct Patience {
  static constexpr unsigned kAsksPerLook = 16;
  Deadline deadline;
  unsigned asks = 0;
};

bool isPast(TSParseState *state) {
  auto &patience = *static_cast<Patience *>(state->payload);
  return patience.asks++ % Patience::kAsksPerLook == 0 && ThreadClock::isPast(patience.deadline);
}

} // namespace

const TSLanguage *pythonLanguage() { return tree_sitter_python(); }

void ParsedTreeDeleter::operator()(TSTree *tree) const { ts_tree_delete(tree); }

void PythonParser::Deleter::operator()(TSParser *parser) const { ts_parser_delete(parser); }

PythonParser::PythonParser(ParseHistory *history) : parser_(ts_parser_new()), history_(history) {
  [[maybe_unused]] bool isUsable = ts_parser_set_language(parser_.get(), pythonLanguage());
  assert(isUsable && "grammar and tree-sitter are built together");
}

PythonParser::~PythonParser() = default;

ParsedTree PythonParser::parse(llvm::StringRef text, Deadline deadline) {
  TSInput input{};
  input.payload = &text;
  input.read = readChunk;
  input.encoding = hasLoneCr(text) ? TSInputEncodingCustom : TSInputEncodingUTF8;
  input.decode = decodeWithLoneCr;
  TSParseOptions options{};
  Patience patience{deadline};
  options.payload = &patience;
  options.progress_callback = isPast;
  ParsedTree tree(ts_parser_parse_with_options(parser_.get(), nullptr, input, options));
  if (!tree)
    ts_parser_reset(parser_.get()); // else the next text would be taken for the rest of this one
  return tree;
}

ParsedText PythonParser::parseSound(llvm::StringRef text, Deadline deadline) {
  std::optional<EditedPart> part = history_ ? history_->editedPartOf(text) : std::nullopt;
  if (!part)
    return {};
  ParsedTree tree = parse(text.slice(part->range.begin, part->range.end), deadline);
  if (!tree || ts_node_has_error(ts_tree_root_node(tree.get())))
    return {};
  return {std::move(tree), *part};
}

ParsedText PythonParser::parseEdited(llvm::StringRef text, Deadline deadline) {
  ParsedText sound = parseSound(text, deadline);
  if (sound.tree)
    return sound;
  ParsedText whole;
  whole.tree = parse(text, deadline);
  whole.part.range.end = static_cast<uint32_t>(text.size());
  return whole;
}

} // namespace fraglint
