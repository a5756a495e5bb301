#include "driver/config_command.h"

#include "heap/target.h"
#include "lint/baseline.h"
#include "lint/file_path.h"
#include "lint/rule_registry.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/Path.h"

namespace fraglint {

namespace {

std::string severityText(const Rule &rule, std::optional<Severity> given) {
  return severityName(given.value_or(rule.severity)).str();
}

llvm::StringRef targetText(const Settings &settings) {
  return settings.target != nullptr ? settings.target->name
                                    : "by boot_out.txt, else by what the file imports";
}

/// The file of known findings that applies there; empty for none.
std::string baselineOf(const Settings &settings, llvm::StringRef path) {
  // Of a folder as of the files in it.
  std::string file = absolutePath(path);
  return Baselines().pathFor(llvm::sys::fs::is_directory(file) ? file + "/code.py" : file,
                             settings);
}

void writeText(const FolderConfig &config, const Settings &settings, llvm::StringRef path,
               llvm::raw_ostream &os) {
  const ConfigFile *file = config.file();
  std::string baseline = baselineOf(settings, path);
  os << "What applies to " << path << "\n\n"
     << "configuration   " << (file ? file->path : "none") << "\n"
     << "target          " << targetText(settings) << "\n"
     << "baseline        " << (baseline.empty() ? "none" : displayPath(baseline)) << "\n"
     << "level           " << severityName(settings.level) << "\n"
     << "require-reason  " << (settings.requireReason ? "true" : "false") << "\n"
     << "firmware        " << (settings.assumeFirmware ? "true" : "by its imports") << "\n"
     << "force-exclude   " << (config.forcesExclude() ? "true" : "false") << "\n";
  os << "\nrules\n";
  for (const Rule *rule : rulesByCode())
    if (auto enabled = settings.rules.find(rule); enabled != settings.rules.end())
      os << "  " << rule->code << " " << rule->name << " (" << severityText(*rule, enabled->second)
         << ")\n";
    else
      os << "  " << rule->code << " " << rule->name << " (off)\n";
  if (!file || file->statements.empty())
    return;
  os << "\nsaid by\n";
  for (const ConfigStatement &statement : file->statements)
    os << "  " << statement.place << ": " << statement.key << " = " << statement.value << "\n";
}

void writeJson(const FolderConfig &config, const Settings &settings, llvm::StringRef path,
               llvm::raw_ostream &os) {
  const ConfigFile *file = config.file();
  llvm::json::OStream json(os, /*IndentSize=*/2);
  json.object([&] {
    json.attribute("schema", "fraglint-config/1");
    json.attribute("path", llvm::json::fixUTF8(path));
    if (file)
      json.attribute("configuration", llvm::json::fixUTF8(file->path));
    else
      json.attribute("configuration", nullptr);
    if (settings.target)
      json.attribute("target", settings.target->name);
    else
      json.attribute("target", nullptr);
    std::string baseline = baselineOf(settings, path);
    if (baseline.empty())
      json.attribute("baseline", nullptr);
    else
      json.attribute("baseline", llvm::json::fixUTF8(displayPath(baseline)));
    json.attribute("level", severityName(settings.level));
    json.attribute("require_reason", settings.requireReason);
    json.attribute("firmware", settings.assumeFirmware);
    json.attribute("force_exclude", config.forcesExclude());
    json.attributeArray("rules", [&] {
      for (const Rule *rule : rulesByCode())
        if (auto enabled = settings.rules.find(rule); enabled != settings.rules.end())
          json.object([&] {
            json.attribute("code", rule->code);
            json.attribute("name", rule->name);
            json.attribute("severity", severityText(*rule, enabled->second));
          });
    });
    json.attributeArray("statements", [&] {
      if (!file)
        return;
      for (const ConfigStatement &statement : file->statements)
        json.object([&] {
          json.attribute("key", llvm::json::fixUTF8(statement.key));
          json.attribute("value", llvm::json::fixUTF8(statement.value));
          json.attribute("place", llvm::json::fixUTF8(statement.place));
        });
    });
  });
  json.flush();
  os << "\n";
}

} // namespace

ExitStatus writeConfig(Configuration &configuration, llvm::StringRef path, bool asJson,
                       Console &console) {
  std::string absolute = absolutePath(path);
  bool isFolder = llvm::sys::fs::is_directory(absolute);
  auto config = isFolder ? configuration.forFolder(absolute) : configuration.forFile(absolute);
  if (!config) {
    console.complain(llvm::toString(config.takeError()));
    return ExitStatus::BadUsage;
  }
  Settings settings = (*config)->settingsFor(absolute);
  if (asJson)
    writeJson(**config, settings, path, console.out());
  else
    writeText(**config, settings, path, console.out());
  return ExitStatus::Clean;
}

ExitStatus runConfig(const ConfigCommandOptions &options, Console &console) {
  auto configuration = makeConfiguration(options.config);
  if (!configuration) {
    console.complain(llvm::toString(configuration.takeError()));
    return ExitStatus::BadUsage;
  }
  return writeConfig(**configuration, options.path, options.format == "json", console);
}

} // namespace fraglint
