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

/// The entry at `path` with the files that it imports, sources of known libraries included. Files
/// that are imported and cannot be read or parsed are left out. Fails where the entry itself
/// cannot.
llvm::Expected<std::unique_ptr<const Module>>
loadProgram(const std::string &path, uint64_t maxBytes, llvm::ArrayRef<Assumption> assumptions = {},
            const FileStore &store = FileStore::disk());

/// A program whose files were found as rules see it, first and in their order, with the sources of
/// the known libraries that they import behind them. Null where none lies there.
std::unique_ptr<const Module> withLibraries(llvm::ArrayRef<std::shared_ptr<const SyntaxTree>> files,
                                            ProgramImports imports, uint64_t maxBytes,
                                            llvm::ArrayRef<Assumption> assumptions,
                                            const FileStore &store);

} // namespace fraglint
