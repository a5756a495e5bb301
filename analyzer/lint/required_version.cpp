#include "lint/required_version.h"

#include "llvm/ADT/SmallVector.h"
#include "llvm/Support/VersionTuple.h"

namespace fraglint {

namespace {

using llvm::VersionTuple;

/// The first version of which the last part but one is higher: what `~=` ends before.
VersionTuple endOfCompatible(const VersionTuple &bound) {
  if (bound.getBuild())
    return VersionTuple(bound.getMajor(), *bound.getMinor(), *bound.getSubminor() + 1);
  if (bound.getSubminor())
    return VersionTuple(bound.getMajor(), *bound.getMinor() + 1);
  return VersionTuple(bound.getMajor() + 1);
}

/// Whether the parts that `prefix` has are those of `version`.
bool startsWith(const VersionTuple &version, const VersionTuple &prefix) {
  return version.getMajor() == prefix.getMajor() &&
         (!prefix.getMinor() || version.getMinor().value_or(0) == *prefix.getMinor()) &&
         (!prefix.getSubminor() || version.getSubminor().value_or(0) == *prefix.getSubminor());
}

/// `version` satisfies `operation` (`>=`, …) with `bound`; nothing for an unknown operation.
std::optional<bool> compare(const VersionTuple &version, llvm::StringRef operation,
                            const VersionTuple &bound) {
  if (operation == ">=")
    return version >= bound;
  if (operation == ">")
    return version > bound;
  if (operation == "<=")
    return version <= bound;
  if (operation == "<")
    return version < bound;
  if (operation == "!=")
    return version != bound;
  if (operation == "==" || operation.empty())
    return version == bound;
  if (operation == "~=" && bound.getMinor())
    return version >= bound && version < endOfCompatible(bound);
  return std::nullopt;
}

/// `==0.1.*`, `!=0.1.*`.
std::optional<bool> compareStart(const VersionTuple &version, llvm::StringRef operation,
                                 const VersionTuple &prefix) {
  if (operation == "==")
    return startsWith(version, prefix);
  if (operation == "!=")
    return !startsWith(version, prefix);
  return std::nullopt;
}

} // namespace

llvm::Expected<bool> versionSatisfies(llvm::StringRef version, llvm::StringRef wanted) {
  VersionTuple own;
  if (own.tryParse(version))
    return llvm::createStringError("`" + version + "` is no version");
  llvm::SmallVector<llvm::StringRef, 2> parts;
  wanted.split(parts, ',');
  bool satisfied = true;
  for (llvm::StringRef part : parts) {
    part = part.trim();
    llvm::StringRef operation =
        part.take_while([](char c) { return llvm::StringRef("<>=!~").contains(c); });
    llvm::StringRef named = part.drop_front(operation.size()).trim();
    bool isStart = named.consume_back(".*");
    VersionTuple bound;
    std::optional<bool> holds;
    if (!bound.tryParse(named))
      holds = isStart ? compareStart(own, operation, bound) : compare(own, operation, bound);
    if (!holds)
      return llvm::createStringError("`" + wanted +
                                     "` is no version requirement; write, for example, `>=0.1,<1`");
    satisfied &= *holds;
  }
  return satisfied;
}

} // namespace fraglint
