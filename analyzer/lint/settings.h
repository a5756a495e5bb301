#pragma once
/// What applies to one file: configuration files and command line, resolved.

#include "lint/budget.h"
#include "lint/diagnostic.h"
#include "lint/rule.h"
#include "semantic/contract.h"

#include "llvm/ADT/DenseMap.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace fraglint {

struct Target;

/// Values; cheap to copy. One per file, made by Configuration, which owns the target.
struct Settings {
  const Target *target = nullptr; ///< null: by boot_out.txt, else by what the file imports
  /// Enabled rules with the severity that the user gave them, if any.
  llvm::DenseMap<const Rule *, std::optional<Severity>> rules;
  Severity level = Severity::Warning; ///< findings below are not shown and not fixed
  bool requireReason = false;         ///< suppressions must say why
  bool assumeFirmware = false;        ///< analyse desktop-looking files too
  bool tellCosts = false; ///< results say what each expression costs
  bool evaluates = true; ///< false: what a rule asks the evaluator about is not found
  Budgets budgets;
  std::vector<Assumption> assumptions; ///< about lines of any file
  /// File of findings that are known (lint/baseline.h), absolute: none where empty, and where
  /// nothing is said the nearest one.
  std::optional<std::string> baseline;
  std::string root;                   ///< folder of the configuration; empty without one
  std::chrono::milliseconds deadline{5000};
  uint64_t maxBytes = 8U << 20; ///< larger files are not analysed

  /// What applies where nobody says anything: all rules.
  static Settings defaults();
};

/// Whether the rule tells that a file is broken or was not analysed. Such a rule cannot be
/// switched off or suppressed: without it a report would say less than it seems to.
bool isAlwaysOn(const Rule &rule);

} // namespace fraglint
