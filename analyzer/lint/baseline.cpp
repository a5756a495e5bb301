#include "lint/baseline.h"

#include "lint/file_path.h"
#include "lint/file_writing.h"
#include "lint/json_depth.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"

namespace fraglint {

namespace fs = llvm::sys::fs;
namespace json = llvm::json;
namespace path = llvm::sys::path;

namespace {

constexpr llvm::StringLiteral kSchema("fraglint-baseline/1");
constexpr llvm::StringLiteral kRemedy("; `fraglint baseline write` makes it anew");
/// Nobody has so many findings; anything else with that name is no baseline.
constexpr uint64_t kMaxBytes = 64U << 20;

/// `file` as seen from `folder`, both absolute.
std::string seenFrom(llvm::StringRef folder, llvm::StringRef file) {
  llvm::SmallVector<llvm::StringRef, 16> from, to;
  folder.split(from, '/', /*MaxSplit=*/-1, /*KeepEmpty=*/false);
  file.split(to, '/', /*MaxSplit=*/-1, /*KeepEmpty=*/false);
  size_t same = 0;
  while (same < from.size() && same + 1 < to.size() && from[same] == to[same])
    ++same;
  std::string seen;
  for (size_t up = same; up < from.size(); ++up)
    seen += "../";
  return seen + llvm::join(llvm::ArrayRef(to).drop_front(same), "/");
}

std::optional<KnownFinding> findingOf(const json::Value &value) {
  const json::Object *object = value.getAsObject();
  if (!object)
    return std::nullopt;
  auto rule = object->getString("rule"), content = object->getString("content"),
       text = object->getString("text");
  std::optional<int64_t> count = object->getInteger("count");
  if (!rule || !content || !text || !count || *count < 1)
    return std::nullopt;
  return KnownFinding{rule->str(), content->str(), text->str(), static_cast<uint64_t>(*count)};
}

void writeFinding(llvm::raw_ostream &os, const KnownFinding &finding) {
  json::OStream out(os);
  out.object([&] {
    out.attribute("rule", finding.rule);
    out.attribute("content", finding.content);
    out.attribute("count", finding.count);
    out.attribute("text", json::fixUTF8(finding.text));
  });
}

} // namespace

Baseline::Baseline(const std::string &path)
    : path_(absolutePath(path)), folder_(path::parent_path(path_)) {}

std::string Baseline::shownPath() const { return displayPath(path_); }

std::string Baseline::nameOf(llvm::StringRef file) const {
  return json::fixUTF8(seenFrom(folder_, path::convert_to_slash(file)));
}

llvm::Expected<Baseline> Baseline::read(const std::string &path) {
  Baseline baseline(path);
  auto fail = [&](const std::string &why) {
    return llvm::createStringError(baseline.shownPath() + ": " + why);
  };
  // Volatile: read, not mapped.
  auto buffer = llvm::MemoryBuffer::getFile(baseline.path(), /*IsText=*/false,
                                            /*RequiresNullTerminator=*/false, /*IsVolatile=*/true);
  if (buffer.getError() == std::errc::no_such_file_or_directory)
    return fail("there is no such baseline; `fraglint baseline write` makes one");
  if (!buffer)
    return fail("cannot read the baseline: " + buffer.getError().message());
  if ((*buffer)->getBufferSize() > kMaxBytes)
    return fail("this is too long for a baseline");
  if (llvm::Error error = baseline.take((*buffer)->getBuffer()))
    return fail("this is no baseline: " + llvm::toString(std::move(error)) + kRemedy.str());
  return baseline;
}

llvm::Error Baseline::take(llvm::StringRef text) {
  if (isJsonTooDeep(text))
    return llvm::createStringError("it is nested too deeply");
  llvm::Expected<json::Value> value = json::parse(text);
  if (!value)
    return value.takeError();
  const json::Object *root = value->getAsObject();
  if (!root || root->getString("schema") != llvm::StringRef(kSchema))
    return llvm::createStringError("`schema` is not \"" + kSchema.str() + "\"");
  const json::Object *files = root->getObject("files");
  if (!files)
    return llvm::createStringError("`files` is not an object");
  for (const auto &[name, entries] : *files) {
    const json::Array *list = entries.getAsArray();
    if (!list)
      return llvm::createStringError("`" + name.str() + "` is not a list");
    KnownFindings &known = files_[name.str()];
    for (const json::Value &entry : *list) {
      std::optional<KnownFinding> finding = findingOf(entry);
      if (!finding)
        return llvm::createStringError("`" + name.str() +
                                       "` has an entry without rule, content, count and text");
      known.push_back(std::move(*finding));
    }
  }
  return llvm::Error::success();
}

llvm::ArrayRef<KnownFinding> Baseline::of(llvm::StringRef file) const {
  auto found = files_.find(nameOf(file));
  return found == files_.end() ? llvm::ArrayRef<KnownFinding>() : llvm::ArrayRef(found->second);
}

void Baseline::set(llvm::StringRef file, KnownFindings known) {
  if (known.empty())
    files_.erase(nameOf(file));
  else
    files_[nameOf(file)] = std::move(known);
}

std::vector<std::string> Baseline::files() const {
  std::vector<std::string> paths;
  paths.reserve(files_.size());
  for (const auto &[name, known] : files_)
    paths.push_back(absolutePath(folder_ + "/" + name));
  return paths;
}

std::string Baseline::text() const {
  std::string text;
  llvm::raw_string_ostream os(text);
  os << "{\n  \"schema\": \"" << kSchema << "\",\n  \"files\": {";
  llvm::StringRef between = "\n";
  for (const auto &[name, known] : files_) {
    os << between << "    " << json::Value(name) << ": [";
    between = ",\n";
    KnownFindings sorted = known;
    llvm::sort(sorted, [](const KnownFinding &a, const KnownFinding &b) {
      return std::tie(a.rule, a.text, a.content) < std::tie(b.rule, b.text, b.content);
    });
    llvm::StringRef betweenFindings = "\n";
    for (const KnownFinding &finding : sorted) {
      os << betweenFindings << "      ";
      betweenFindings = ",\n";
      writeFinding(os, finding);
    }
    os << "\n    ]";
  }
  os << (files_.empty() ? "}\n}\n" : "\n  }\n}\n");
  return text;
}

llvm::Error Baseline::write() const {
  llvm::SmallString<256> real;
  fs::file_status status;
  bool isThere = !fs::real_path(path_, real) && !fs::status(real, status);
  std::error_code locked;
  if (isThere)
    locked = fs::access(real, fs::AccessMode::Write);
  llvm::Error error = locked ? llvm::errorCodeToError(locked)
                             : replaceFile(isThere ? real.str() : llvm::StringRef(path_),
                                           isThere ? &status : nullptr, text());
  if (error)
    return llvm::createStringError(
        shownPath() + ": cannot write the baseline: " + llvm::toString(std::move(error)));
  return llvm::Error::success();
}

// --- Baselines ---------------------------------------------------------------------------------

std::string Baselines::nearest(llvm::StringRef folder) {
  llvm::SmallVector<llvm::StringRef, 8> passed;
  std::string found;
  for (; !folder.empty(); folder = path::parent_path(folder)) {
    if (auto known = nearest_.find(folder); known != nearest_.end()) {
      found = known->second;
      break;
    }
    passed.push_back(folder);
    llvm::SmallString<256> file(folder);
    path::append(file, kBaselineName);
    if (fs::is_regular_file(file)) {
      found = std::string(file);
      break;
    }
  }
  for (llvm::StringRef below : passed)
    nearest_[below] = found;
  return found;
}

std::string Baselines::pathFor(llvm::StringRef file, const Settings &settings) {
  return settings.baseline ? *settings.baseline : nearest(path::parent_path(absolutePath(file)));
}

llvm::Expected<const Baseline *> Baselines::of(llvm::StringRef file, const Settings &settings) {
  std::string path = pathFor(file, settings);
  if (path.empty())
    return nullptr;
  auto [entry, isNew] = read_.try_emplace(path);
  if (isNew) {
    auto baseline = Baseline::read(path);
    if (!baseline) {
      read_.erase(entry);
      return baseline.takeError();
    }
    entry->second = std::make_unique<const Baseline>(std::move(*baseline));
  }
  return entry->second.get();
}

} // namespace fraglint
