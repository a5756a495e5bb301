#include "lint/required_version.h"

#include "llvm/ADT/SmallVector.h"
#include "llvm/Support/VersionTuple.h"

namespace fraglint {

namespace {

using llvm::VersionTuple;

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
        part.take_while([](char c) { return c == '<' || c == '>' || c == '=' || c == '!'; });
    VersionTuple bound;
    std::optional<bool> holds;
    if (!bound.tryParse(part.drop_front(operation.size()).trim()))
      holds = compare(own, operation, bound);
    if (!holds)
      return llvm::createStringError("`" + wanted +
                                     "` is no version requirement; write, for example, `>=0.1,<1`");
    satisfied &= *holds;
  }
  return satisfied;
}

} // namespace fraglint
