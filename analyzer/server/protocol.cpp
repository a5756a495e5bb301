#include "server/protocol.h"

#include "lint/file_path.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

#include <algorithm>

namespace fraglint {

namespace json = llvm::json;

namespace {

constexpr llvm::StringLiteral kFileScheme("file://");

/// `%41` -> `A`; what is no escape stays.
std::string percentDecoded(llvm::StringRef text) {
  std::string decoded;
  for (size_t at = 0; at < text.size(); ++at) {
    uint8_t byte = 0;
    if (text[at] == '%' && !text.substr(at + 1, 2).getAsInteger(16, byte) && at + 2 < text.size()) {
      decoded += static_cast<char>(byte);
      at += 2;
    } else {
      decoded += text[at];
    }
  }
  return decoded;
}

bool flag(const json::Value &value, std::initializer_list<llvm::StringRef> keys) {
  const json::Value *found = at(value, keys);
  return found && found->getAsBoolean().value_or(false);
}

bool has(const json::Value &value, std::initializer_list<llvm::StringRef> keys) {
  const json::Value *found = at(value, keys);
  return found && found->kind() != json::Value::Null;
}

bool hasString(const json::Value &value, std::initializer_list<llvm::StringRef> keys,
               llvm::StringRef wanted) {
  const json::Value *found = at(value, keys);
  const json::Array *all = found ? found->getAsArray() : nullptr;
  return all && llvm::any_of(*all, [&](const json::Value &one) {
           return one.getAsString() == std::optional(wanted);
         });
}

uint32_t clampedNumber(std::optional<int64_t> number) {
  return static_cast<uint32_t>(std::clamp<int64_t>(number.value_or(0), 0, UINT32_MAX));
}

} // namespace

// --- Places ------------------------------------------------------------------------------------

std::string pathOfUri(llvm::StringRef uri) {
  if (!uri.starts_with_insensitive(kFileScheme)) {
    auto [scheme, rest] = uri.split(':');
    return absolutePath(("/" + scheme + ":/" + rest).str());
  }
  std::string path = percentDecoded(uri.drop_front(kFileScheme.size()));
  return absolutePath(llvm::StringRef(path).substr(std::min(path.find('/'), path.size())));
}

std::string uriOfPath(llvm::StringRef path) {
  std::string uri = kFileScheme.str();
  for (char byte : path) {
    if (llvm::isAlnum(byte) || llvm::StringRef("-._~/").contains(byte))
      uri += byte;
    else
      uri += "%" + llvm::toHex(llvm::StringRef(&byte, 1));
  }
  return uri;
}

llvm::StringRef PositionCodec::name() const {
  switch (unit) {
  case ColumnUnit::Bytes:
    return "utf-8";
  case ColumnUnit::CodePoints:
    return "utf-32";
  case ColumnUnit::Utf16:
    return "utf-16";
  }
  llvm_unreachable("all units are listed");
}

PositionCodec PositionCodec::negotiated(llvm::ArrayRef<std::string> offered) {
  if (llvm::is_contained(offered, "utf-8"))
    return {ColumnUnit::Bytes};
  bool isOnlyUtf32 =
      llvm::is_contained(offered, "utf-32") && !llvm::is_contained(offered, "utf-16");
  return {isOnlyUtf32 ? ColumnUnit::CodePoints : ColumnUnit::Utf16};
}

LspRange PositionCodec::range(const SourceFile &file, TextRange range) const {
  return {file.lines().position(range.begin, unit), file.lines().position(range.end, unit)};
}

TextRange PositionCodec::range(const LineIndex &lines, const LspRange &range) const {
  uint32_t begin = lines.offset(range.start, unit);
  return {begin, std::max(begin, lines.offset(range.end, unit))};
}

bool fromJSON(const json::Value &value, Position &position, json::Path path) {
  const json::Object *object = value.getAsObject();
  if (!object) {
    path.report("expected object");
    return false;
  }
  std::optional<double> line = object->getNumber("line");
  std::optional<double> column = object->getNumber("character");
  if (!line || !column) {
    path.report("expected a line and a character");
    return false;
  }
  position = {clampedNumber(object->getInteger("line")),
              clampedNumber(object->getInteger("character"))};
  return true;
}

bool fromJSON(const json::Value &value, LspRange &range, json::Path path) {
  json::ObjectMapper mapper(value, path);
  return mapper && mapper.map("start", range.start) && mapper.map("end", range.end);
}

json::Value toJSON(const LspRange &range) {
  auto position = [](Position at) {
    return json::Object{{"line", at.line}, {"character", at.column}};
  };
  return json::Object{{"start", position(range.start)}, {"end", position(range.end)}};
}

// --- What clients send ---------------------------------------------------------------------------

ClientCapabilities readCapabilities(const json::Value &params) {
  ClientCapabilities can;
  const json::Value *stated = at(params, {"capabilities"});
  if (!stated)
    return can;
  const json::Value &all = *stated;
  if (const json::Value *encodings = at(all, {"general", "positionEncodings"}))
    for (const json::Value &one :
         encodings->getAsArray() ? *encodings->getAsArray() : json::Array())
      can.positionEncodings.push_back(one.getAsString().value_or("").str());
  can.pullsDiagnostics = has(all, {"textDocument", "diagnostic"});
  can.refreshesDiagnostics = flag(all, {"workspace", "diagnostics", "refreshSupport"});
  can.relatedInformation = flag(all, {"textDocument", "publishDiagnostics", "relatedInformation"});
  can.codeDescription = flag(all, {"textDocument", "publishDiagnostics", "codeDescriptionSupport"});
  can.diagnosticTags = has(all, {"textDocument", "publishDiagnostics", "tagSupport"});
  can.diagnosticVersion = flag(all, {"textDocument", "publishDiagnostics", "versionSupport"});
  can.codeActionLiterals = has(all, {"textDocument", "codeAction", "codeActionLiteralSupport"});
  can.resolvesEdits =
      hasString(all, {"textDocument", "codeAction", "resolveSupport", "properties"}, "edit") &&
      flag(all, {"textDocument", "codeAction", "dataSupport"});
  can.preferredActions = flag(all, {"textDocument", "codeAction", "isPreferredSupport"});
  can.documentChanges = flag(all, {"workspace", "workspaceEdit", "documentChanges"});
  can.markdownHover = hasString(all, {"textDocument", "hover", "contentFormat"}, "markdown");
  can.showsHints = has(all, {"textDocument", "inlayHint"});
  can.refreshesHints = flag(all, {"workspace", "inlayHint", "refreshSupport"});
  can.watchesFiles = flag(all, {"workspace", "didChangeWatchedFiles", "dynamicRegistration"});
  can.configuration = flag(all, {"workspace", "configuration"});
  can.configurationChanges =
      flag(all, {"workspace", "didChangeConfiguration", "dynamicRegistration"});
  can.workDoneProgress = flag(all, {"window", "workDoneProgress"});
  can.applyEdit = flag(all, {"workspace", "applyEdit"});
  return can;
}

std::vector<WorkspaceFolder> readFolderList(const json::Array *folders) {
  std::vector<WorkspaceFolder> found;
  for (const json::Value &one : folders ? *folders : json::Array())
    if (const json::Object *folder = one.getAsObject())
      if (auto uri = folder->getString("uri"); uri && uri->starts_with_insensitive(kFileScheme))
        found.push_back({pathOfUri(*uri), folder->getString("name").value_or("").str()});
  return found;
}

std::vector<WorkspaceFolder> readFolders(const json::Object &params) {
  std::vector<WorkspaceFolder> folders = readFolderList(params.getArray("workspaceFolders"));
  if (!folders.empty())
    return folders;
  if (auto uri = params.getString("rootUri"))
    return {{pathOfUri(*uri), ""}};
  if (auto path = params.getString("rootPath"))
    return {{absolutePath(*path), ""}};
  return {};
}

bool fromJSON(const json::Value &value, ContentChange &change, json::Path path) {
  json::ObjectMapper mapper(value, path);
  return mapper && mapper.map("text", change.text) && mapper.map("range", change.range);
}

std::string documentUri(const json::Value &params) {
  const json::Value *uri = at(params, {"textDocument", "uri"});
  return uri ? uri->getAsString().value_or("").str() : "";
}

const json::Value *at(const json::Value &value, std::initializer_list<llvm::StringRef> keys) {
  const json::Value *found = &value;
  for (llvm::StringRef key : keys) {
    const json::Object *object = found->getAsObject();
    found = object ? object->get(key) : nullptr;
    if (!found)
      return nullptr;
  }
  return found;
}

// --- What clients get
// ------------------------------------------------------------------------------

json::Value textEdit(const SourceFile &file, const Edit &edit, const PositionCodec &codec) {
  return json::Object{{"range", codec.range(file, edit.range)}, {"newText", edit.replacement}};
}

json::Value workspaceEdit(llvm::StringRef uri, std::optional<int64_t> version, json::Array edits) {
  if (!version)
    return json::Object{{"changes", json::Object{{uri.str(), std::move(edits)}}}};
  return json::Object{
      {"documentChanges",
       json::Array{
           json::Object{{"textDocument", json::Object{{"uri", uri.str()}, {"version", *version}}},
                        {"edits", std::move(edits)}}}}};
}

} // namespace fraglint
