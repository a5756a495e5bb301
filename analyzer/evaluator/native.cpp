#include "evaluator/native.h"

#include "llvm/ADT/StringMap.h"

namespace fraglint {

namespace {

llvm::StringMap<const NativeRow *> byName() {
  llvm::StringMap<const NativeRow *> rows;
  for (llvm::ArrayRef<NativeRow> table : {textNatives(), containerNatives(), bufferNatives(),
                                          numberNatives(), moduleNatives(), objectNatives()})
    for (const NativeRow &row : table)
      rows[row.name] = &row;
  return rows;
}

} // namespace

const NativeRow *findNative(llvm::StringRef name) {
  static const llvm::StringMap<const NativeRow *> kRows = byName();
  auto found = kRows.find(name);
  return found == kRows.end() ? nullptr : found->second;
}

} // namespace fraglint
