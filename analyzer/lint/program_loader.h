#pragma once
/// One program, for commands that look at a single entry: its files, joined and analysed.

#include "lint/file_store.h"
#include "semantic/module.h"

#include "llvm/Support/Error.h"

#include <cstdint>
#include <memory>
#include <string>

namespace fraglint {

/// What a firmware runs of a folder: its `code.py`, else its `main.py`. `path` itself where it is
/// no folder or holds neither.
std::string entryOf(const std::string &path);

/// The entry at `path` with the files that it imports, as `check` would join them. Files that are
/// imported and cannot be read or parsed are left out. Fails where the entry itself cannot.
llvm::Expected<std::unique_ptr<const Module>>
loadProgram(const std::string &path, uint64_t maxBytes, llvm::ArrayRef<Assumption> assumptions = {},
            const FileStore &store = FileStore::disk());

} // namespace fraglint
