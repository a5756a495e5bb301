#include "lint/path_pattern.h"

namespace fraglint {

namespace {

/// Far more alternatives than anybody writes by hand.
constexpr size_t kMaxAlternatives = 256;

llvm::SmallVector<llvm::StringRef, 8> namesIn(llvm::StringRef path) {
  llvm::SmallVector<llvm::StringRef, 8> names;
  path.split(names, '/', -1, /*KeepEmpty=*/false);
  return names;
}

} // namespace

llvm::Expected<PathPattern> PathPattern::parse(llvm::StringRef text, bool allowBraces) {
  PathPattern pattern;
  pattern.text_ = std::make_unique<std::string>(text);
  llvm::StringRef rest = *pattern.text_;
  pattern.foldersOnly_ = rest.consume_back("/");
  pattern.isAnchored_ = rest.contains('/');
  if (!pattern.isAnchored_)
    pattern.segments_.push_back(std::nullopt);
  for (llvm::StringRef name : namesIn(rest)) {
    if (name == "**") {
      pattern.segments_.push_back(std::nullopt);
      continue;
    }
    auto glob = llvm::GlobPattern::create(name, allowBraces ? std::optional(kMaxAlternatives)
                                                            : std::nullopt);
    if (!glob)
      return glob.takeError();
    pattern.segments_.push_back(std::move(*glob));
  }
  if (pattern.isAnchored_ && !pattern.segments_.empty() && !pattern.segments_.back()) {
    // `a/**` means what is in the folder, not the folder.
    auto anyName = llvm::GlobPattern::create("*");
    if (!anyName)
      return anyName.takeError();
    pattern.segments_.push_back(std::move(*anyName));
  }
  return pattern;
}

bool PathPattern::matches(llvm::StringRef path, bool isFolder) const {
  if ((foldersOnly_ && !isFolder) || segments_.empty())
    return false;
  llvm::SmallVector<llvm::StringRef, 8> names = namesIn(path);
  // As `*` in a flat pattern: on a mismatch the latest `**` takes one more name.
  size_t segment = 0, name = 0;
  std::optional<size_t> retrySegment;
  size_t retryName = 0;
  while (name < names.size()) {
    if (segment < segments_.size() && !segments_[segment]) {
      retrySegment = ++segment;
      retryName = name;
    } else if (segment < segments_.size() && segments_[segment]->match(names[name])) {
      ++segment;
      ++name;
    } else if (retrySegment) {
      segment = *retrySegment;
      name = ++retryName;
    } else {
      return false;
    }
  }
  while (segment < segments_.size() && !segments_[segment])
    ++segment;
  return segment == segments_.size();
}

bool PathPattern::matchesInside(llvm::StringRef path) const {
  if (matches(path, /*isFolder=*/false))
    return true;
  for (size_t slash = path.find('/'); slash != llvm::StringRef::npos;
       slash = path.find('/', slash + 1))
    if (matches(path.take_front(slash), /*isFolder=*/true))
      return true;
  return false;
}

} // namespace fraglint
