#pragma once
/// From the paths on a command line to the files that are analysed.

#include "lint/configuration.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/Support/Error.h"

#include <string>
#include <vector>

namespace fraglint {

struct DiscoveredFile {
  std::string path;    ///< as reports show it
  std::string problem; ///< why it cannot be analysed at all; empty for most
};

/// Files to analyse, sorted by path and without doubles.
///
/// A path that is no folder is taken as it is, whatever its name, also where nothing is there
/// (analysing it says so); with force-exclude only where it is not excluded. In folders, `.py`
/// files, `code.txt` and `main.txt` are taken, except where the configuration or a `.gitignore`
/// excludes them; links to folders are not followed. The folder that is named is taken even
/// where it is excluded itself. A folder that cannot be listed comes with its problem. Fails with
/// the mistakes of configuration files.
llvm::Expected<std::vector<DiscoveredFile>> discoverFiles(llvm::ArrayRef<std::string> paths,
                                                          Configuration &configuration);

} // namespace fraglint
