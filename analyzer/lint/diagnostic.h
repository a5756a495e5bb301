#pragma once
/// A finding: what is wrong, where, how much it costs, how to mend it.

#include "heap/allocation_cost.h"
#include "text/edit.h"
#include "text/source_file.h"

#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringRef.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace fraglint {

struct Rule;

enum class Severity : uint8_t { Note, Warning, Error };
llvm::StringRef severityName(Severity severity); ///< `note`, `warning`, `error`

/// A place in some file; the file is kept alive, so that a location never dangles.
struct Location {
  std::shared_ptr<const SourceFile> file;
  TextRange range;
};

/// A further place that explains a finding; several form a path.
struct Note {
  Location location;
  std::string message;
};

/// Safe fixes keep what the program does; Unsafe ones may change it and are done on request.
enum class Applicability : uint8_t { Safe, Unsafe };

struct Fix {
  std::string title; ///< imperative: `Collect after the last del`
  Applicability applicability = Applicability::Safe;
  llvm::SmallVector<Edit, 2> edits; ///< all in the finding's own file
};

struct Diagnostic {
  const Rule *rule = nullptr;
  Severity severity = Severity::Warning;
  Location location;
  std::string message; ///< what, why here with numbers, what to do; no line breaks
  std::vector<Note> notes;
  std::optional<ByteFigure> cost;
  std::optional<Fix> fix;
};

/// Where it is said that a finding is to be let be.
enum class SuppressionKind : uint8_t {
  Comment,
  Baseline,
};

/// A finding that is not reported.
struct SuppressedFinding {
  Diagnostic diagnostic;
  SuppressionKind kind = SuppressionKind::Comment;
  std::string reason; ///< as written; empty where none is given
};

} // namespace fraglint
