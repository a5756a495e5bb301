#pragma once
/// The encodings a Python file may be in: which one it declares, and both conversions.

#include "text/source_file.h"

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"

#include <cstdint>
#include <string>

namespace fraglint {

/// The encoding that a comment in the first two lines of `bytes` names (PEP 263), UTF-8
/// where none does. Fails for one not known here, and for one that contradicts `hasMark`,
/// a byte order mark that has been taken off.
llvm::Expected<SourceEncoding> declaredEncoding(llvm::StringRef bytes, bool hasMark);

/// `bytes` as UTF-8. Fails at the first byte that does not decode; the sentence gives its
/// offset from the start of the file, where `bytes` starts at `fileOffset`.
llvm::Expected<std::string> toUtf8(llvm::StringRef bytes, SourceEncoding encoding,
                                   uint64_t fileOffset);

/// UTF-8 `text` as bytes of `encoding`. Fails where a character does not exist in it.
llvm::Expected<std::string> fromUtf8(llvm::StringRef text, SourceEncoding encoding);

} // namespace fraglint
