#pragma once
/// Findings as clients show them.

#include "lint/diagnostic.h"
#include "server/protocol.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/Support/JSON.h"

#include <string>

namespace fraglint {

/// The URI that the client knows a file by.
using UriOf = llvm::function_ref<std::string(const SourceFile &)>;

/// A `Diagnostic`, with what the client can show of it.
llvm::json::Value diagnosticJson(const Diagnostic &finding, const ClientCapabilities &client,
                                 const PositionCodec &codec, UriOf uriOf);
llvm::json::Array diagnosticsJson(llvm::ArrayRef<Diagnostic> findings,
                                  const ClientCapabilities &client, const PositionCodec &codec,
                                  UriOf uriOf);

} // namespace fraglint
