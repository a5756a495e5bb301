#pragma once
/// The statuses that every subcommand ends with: the one table of them.

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"

#include <cstdint>

namespace fraglint {

enum class ExitStatus : uint8_t {
  Clean = 0,
  Findings = 1,
  NotProcessed = 2,
  BadUsage = 3,
  Failed = 4,
};

struct ExitStatusRow {
  ExitStatus status;
  llvm::StringLiteral meaning;
};

inline constexpr ExitStatusRow kExitStatuses[] = {
    {ExitStatus::Clean, "nothing found, or only below the level"},
    {ExitStatus::Findings, "findings at or above the level"},
    {ExitStatus::NotProcessed, "a file could not be processed; everything else was reported"},
    {ExitStatus::BadUsage, "mistake on the command line or in a configuration file"},
    {ExitStatus::Failed, "the tool itself failed, or a report or fix could not be written"},
};

} // namespace fraglint
