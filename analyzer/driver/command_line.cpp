#include "driver/command_line.h"

#include "driver/baseline_command.h"
#include "driver/calibrate_command.h"
#include "driver/check_command.h"
#include "driver/completions_command.h"
#include "driver/config_command.h"
#include "driver/devices_command.h"
#include "driver/heap_command.h"
#include "driver/man_command.h"
#include "driver/measure_command.h"
#include "driver/rule_command.h"
#include "driver/rules_command.h"
#include "driver/server_command.h"
#include "driver/targets_command.h"
#include "driver/verify_command.h"
#include "driver/version_command.h"
#include "heap/target.h"
#include "lint/nearest_name.h"
#include "lint/program_loader.h"
#include "lint/rule_registry.h"
#include "report/reporter.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"

#include <CLI/CLI.hpp>

#include <functional>
#include <limits>
#include <map>

namespace fraglint {

namespace {

using Words = std::vector<std::string>;

/// More threads than any machine of today has use for.
constexpr uint64_t kMaxJobs = 256;

/// One command's parser, and what runs when it has parsed.
struct Command {
  CLI::App app;
  std::map<CLI::Option *, Words> choices;     ///< nothing else is valid
  std::map<CLI::Option *, Words> suggestions; ///< for shells only
  CLI::Option *target = nullptr;              ///< which may be a file, too
  std::function<void()> settle = [] {};       ///< what only the whole line tells
  std::function<ExitStatus(Console &)> run;

  CLI::Option *choice(CLI::Option *option, Words values) {
    option->type_name(llvm::join(values, "|"));
    choices[option] = std::move(values);
    return option;
  }
};
using CommandPointer = std::unique_ptr<Command>;

Words formatNames() {
  Words names;
  for (llvm::StringRef name : reportFormats())
    names.push_back(name.str());
  return names;
}

Words ruleNames() {
  Words names;
  for (const Rule *rule : allRules())
    names.insert(names.end(), {rule->code.str(), rule->name.str()});
  llvm::sort(names);
  return names;
}

/// Of all boards; without the family, too, where that is enough.
Words targetNames() {
  Words names;
  for (const Target &target : allTargets()) {
    names.push_back(target.name.str());
    if (llvm::StringRef board = target.name.split('/').second; findTarget(board) == &target)
      names.push_back(board.str());
  }
  return names;
}

/// An option that may be given several times, each time with one value or several between
/// commas; it never swallows the paths behind it.
CLI::Option *addList(CLI::App &app, const std::string &name, Words &values,
                     const std::string &summary) {
  return app.add_option(name, values, summary)->allow_extra_args(false)->delimiter(',');
}

/// The library's own checks show ranges and types that help nobody.
CLI::Validator wholeNumber(uint64_t most) {
  auto mistake = [most](std::string &text) {
    uint64_t number = 0;
    if (!llvm::StringRef(text).getAsInteger(10, number) && number <= most)
      return std::string();
    std::string wanted = most == std::numeric_limits<uint64_t>::max()
                             ? "0 or more"
                             : "from 0 to " + std::to_string(most);
    return "`" + text + "` is not a whole number, " + wanted;
  };
  return CLI::Validator(mistake, "");
}

/// One line of words.
CLI::Validator wholeReason() {
  auto mistake = [](std::string &text) {
    text = llvm::StringRef(text).trim().str();
    if (text.empty())
      return std::string("say why these findings are to stay");
    bool isLine = llvm::all_of(
        text, [](char one) { return static_cast<unsigned char>(one) >= ' ' || one == '\t'; });
    return isLine ? std::string() : std::string("a reason is one line of words");
  };
  return CLI::Validator(mistake, "");
}

/// The same for patterns, in which a comma may stand between braces.
CLI::Option *addPatterns(CLI::App &app, const std::string &name, Words &values,
                         const std::string &summary) {
  return app.add_option(name, values, summary)->allow_extra_args(false)->type_name("PATTERN");
}

void addTarget(Command &command, std::string &target, const std::string &summary) {
  command.target = command.app.add_option("--target", target, summary)->type_name("TARGET");
  command.suggestions[command.target] = targetNames();
}

/// What decides the target, too.
void addProjectOptions(Command &command, ConfigOptions &options) {
  CLI::App &app = command.app;
  addTarget(command, options.target,
            "Board, of which `fraglint targets` has a list, or a FILE.toml that describes one");
  app.add_option("--config", options.config, "Use this configuration file for all")
      ->type_name("FILE");
  app.add_flag("--isolated", options.isolated, "Read no configuration files");
}

void addAssumeOption(Command &command, ConfigOptions &options) {
  command.app
      .add_option(
          "--assume", options.assume,
          "No value of unknown length at that line is longer, as `# fraglint: len<=N` there")
      ->allow_extra_args(false)
      ->type_name("FILE:LINE=N");
}

void addConfigOptions(Command &command, ConfigOptions &options) {
  CLI::App &app = command.app;
  auto addRules = [&](const std::string &name, Words &values, const std::string &summary) {
    CLI::Option *option = addList(app, name, values, summary)->type_name("RULES");
    command.suggestions[option] = ruleNames();
    return option;
  };
  auto select = std::make_shared<Words>();
  CLI::Option *selectOption =
      addRules("--select", *select, "Rules to run: codes, prefixes of codes, names, or ALL");
  addRules("--extend-select", options.extendSelect, "Rules to run besides those configured");
  addRules("--ignore", options.ignore, "Rules not to run");
  command.choice(
      app.add_option("--level", options.level, "Least severity that is shown and fails the run"),
      {"warning", "note"});
  auto exclude = std::make_shared<Words>();
  CLI::Option *excludeOption = addPatterns(app, "--exclude", *exclude,
                                           "Leave these out of folders, instead of the usual ones");
  addPatterns(app, "--extend-exclude", options.extendExclude, "Leave these out, too");
  app.add_flag("--force-exclude", options.forceExclude,
               "Leave excluded files out even where they are named one by one");
  addProjectOptions(command, options);

  // Given but empty differs from not given.
  command.settle = [&options, select, exclude, selectOption, excludeOption,
                    next = std::move(command.settle)] {
    if (selectOption->count() != 0)
      options.select = *select;
    if (excludeOption->count() != 0)
      options.exclude = *exclude;
    next();
  };
}

void addBaselineOptions(CLI::App &app, ConfigOptions &options) {
  app.add_option("--baseline", options.baseline,
                 "File of known findings, which are not reported; else as configured, or the "
                 "nearest fraglint-baseline.json")
      ->type_name("FILE");
  app.add_flag("--no-baseline", options.withoutBaseline, "Report known findings, too");
}

/// Pairs each --output-file with the --output-format before it.
std::vector<ReportRequest> reportRequests(const CLI::App &app, const CLI::Option *format,
                                          const CLI::Option *file) {
  std::vector<ReportRequest> requests;
  size_t formats = 0, files = 0;
  for (const CLI::Option *option : app.parse_order()) {
    if (option == format) {
      requests.push_back({format->results()[formats++], {}});
    } else if (option == file) {
      if (requests.empty() || !requests.back().file.empty())
        requests.emplace_back();
      requests.back().file = file->results()[files++];
    }
  }
  return requests;
}

void addReportOptions(Command &command, CheckOptions &options) {
  CLI::App &app = command.app;
  auto formats = std::make_shared<Words>();
  auto files = std::make_shared<Words>();
  CLI::Option *format =
      command.choice(app.add_option("--output-format,--format", *formats,
                                    "How to report; several, each with its --output-file")
                         ->allow_extra_args(false),
                     formatNames());
  CLI::Option *file = app.add_option("--output-file", *files,
                                     "Write the report there instead of to standard output")
                          ->allow_extra_args(false)
                          ->type_name("FILE");
  auto colour = std::make_shared<std::string>("auto");
  command.choice(app.add_option("--color", *colour, "Colours and links"),
                 {"auto", "always", "never"});
  app.add_flag("--statistics", options.statistics, "Count findings by rule instead");
  app.add_flag("-q,--quiet", options.quiet, "No summary, no progress bar");
  command.settle = [&app, &options, formats, files, colour, format, file,
                    next = std::move(command.settle)] {
    options.reports = reportRequests(app, format, file);
    options.colour = *colour == "always"  ? ColourMode::Always
                     : *colour == "never" ? ColourMode::Never
                                          : ColourMode::Auto;
    next();
  };
}

void addJobsOption(CLI::App &app, unsigned &jobs) {
  app.add_option("-j,--jobs", jobs, "Threads; 0: one for each processor")
      ->type_name("N")
      ->check(wholeNumber(kMaxJobs));
}

CommandPointer makeCheck() {
  auto command = std::make_unique<Command>();
  auto options = std::make_shared<CheckOptions>();
  CLI::App &app = command->app;
  app.add_option("paths", options->paths,
                 "Files and folders; `-` is standard input; none: the working folder");
  app.add_flag("--fix", options->fix, "Do the safe fixes");
  app.add_flag("--unsafe-fixes", options->unsafeFixes,
               "Do also those that may change what the program does");
  app.add_option("--add-ignore", options->ignoreReason,
                 "Silence what is left by comments in the files, with this reason")
      ->type_name("REASON")
      ->transform(wholeReason());
  app.add_flag("--diff", options->diff, "Show what would be changed, and change nothing");
  addConfigOptions(*command, options->config);
  addAssumeOption(*command, options->config);
  addBaselineOptions(app, options->config);
  app.add_option("--since", options->since,
                 "Report only what the merge base of HEAD and this git revision did not have, and "
                 "programs that need more heap than there (FRG904)")
      ->type_name("REF");
  addReportOptions(*command, *options);
  app.add_flag("--exit-zero", options->exitZero, "Findings do not fail the run");
  app.add_option("--max-warnings", options->maxWarnings,
                 "More findings than this, errors apart, fail the run")
      ->type_name("N")
      ->check(wholeNumber(std::numeric_limits<uint64_t>::max()));
  app.add_option("--stdin-filename", options->stdinFilename,
                 "Name of what standard input holds: decides its configuration")
      ->type_name("FILE");
  addJobsOption(app, options->jobs);
  app.add_flag("--show-files", options->showFiles, "List the files that would be checked");
  app.add_flag("--show-settings", options->showSettings, "Show what applies to the first file");
  app.add_flag("--explain-target", options->explainTarget,
               "Show which board each program is judged for, and why");
  app.footer("Examples:\n"
             "  fraglint check code.py                 one program\n"
             "  fraglint check --diff .                what the safe fixes would change\n"
             "  fraglint check --fix --target pyportal lib code.py\n"
             "  fraglint check --since origin/main     what a branch brings, heap growth included\n"
             "  fraglint check --add-ignore 'made once, at start' code.py\n"
             "  fraglint check --output-format json --output-file findings.json .");
  command->run = [options](Console &console) { return runCheck(*options, console); };
  return command;
}

CommandPointer makeBaseline() {
  auto command = std::make_unique<Command>();
  auto options = std::make_shared<BaselineOptions>();
  auto action = std::make_shared<std::string>();
  CLI::App &app = command->app;
  command->choice(
      app.add_option("action", *action,
                     "write: make all findings of these files known, in fraglint-baseline.json "
                     "beside the configuration"),
      {"write"});
  app.add_option("paths", options->paths, "Files and folders; none: the working folder");
  addConfigOptions(*command, options->config);
  addAssumeOption(*command, options->config);
  app.add_option("--baseline", options->config.baseline, "Write this file")->type_name("FILE");
  addJobsOption(app, options->jobs);
  app.footer(
      "A baseline holds findings that are not to be reported: by file, rule and text of the "
      "line, so that code may move.\n`fraglint check` takes out of it what is no more.\n\n"
      "Examples:\n"
      "  fraglint baseline write          all that `fraglint check` finds is known from now on\n"
      "  fraglint check                   what is new\n"
      "  fraglint check --no-baseline     all\n"
      "  fraglint baseline write code.py  the same for one file; others stay as they are");
  command->run = [options, action, &app](Console &console) {
    if (!action->empty())
      return runBaselineWrite(*options, console);
    console.out() << app.help();
    return ExitStatus::Clean;
  };
  return command;
}

CommandPointer makeRule() {
  auto command = std::make_unique<Command>();
  auto options = std::make_shared<RuleOptions>();
  CLI::Option *rule = command->app.add_option("rule", options->rule, "Code or name")->required();
  command->suggestions[rule] = ruleNames();
  command->choice(command->app.add_option("--output-format,--format", options->format,
                                          "Form of the output; text, where none is named"),
                  {"text", "json", "markdown"});
  command->app.footer("Example:\n  fraglint rule FRG201");
  command->run = [options](Console &console) { return runRule(*options, console); };
  return command;
}

/// A command whose one option is its format.
template <typename Options>
CommandPointer makeListing(ExitStatus (*run)(const Options &, Console &), Words formats) {
  auto command = std::make_unique<Command>();
  auto options = std::make_shared<Options>();
  command->choice(command->app.add_option("--output-format,--format", options->format,
                                          "Form of the output; text, where none is named"),
                  std::move(formats));
  command->run = [options, run](Console &console) { return run(*options, console); };
  return command;
}

CommandPointer makeRules() {
  return makeListing<RulesOptions>(runRules, {"text", "json", "markdown"});
}
CommandPointer makeTargets() { return makeListing<TargetsOptions>(runTargets, {"text", "json"}); }
CommandPointer makeDevices() { return makeListing<DevicesOptions>(runDevices, {"text", "json"}); }
CommandPointer makeVersion() { return makeListing<VersionOptions>(runVersion, {"text", "json"}); }

void addDeviceRunOptions(CLI::App &app, DeviceRunOptions &options) {
  app.add_option("program", options.program, "The program, or the folder of its code.py or main.py")
      ->required()
      ->transform(entryOf)
      ->type_name("PROGRAM");
  app.add_option("--device", options.device, "Where it runs: unix:64k, serial:/dev/ttyACM0, …")
      ->type_name("DEVICE");
  app.add_option("--standins", options.standIns,
                 "Folder with modules for the program that the device has not")
      ->allow_extra_args(false)
      ->type_name("FOLDER");
  app.add_option("--input", options.input, "Recorded input, which stand-ins read")
      ->type_name("FILE");
  app.add_option("--timeout", options.timeoutSeconds, "Seconds after which the program is stopped")
      ->check(wholeNumber(86400))
      ->type_name("SECONDS");
  app.add_flag("--no-map", options.withoutMap, "Read bytes only, as where no map can be had");
  app.add_option("--record", options.record, "Keep all that passes")->type_name("FILE");
  app.add_option("--replay", options.replay, "Take what was recorded for the device")
      ->type_name("FILE");
}

CommandPointer makeMeasure() {
  auto command = std::make_unique<Command>();
  auto options = std::make_shared<MeasureOptions>();
  addDeviceRunOptions(command->app, options->run);
  command->choice(command->app.add_option("--output-format,--format", options->format,
                                          "Form of the output; text, where none is named"),
                  {"text", "json"});
  command->app.footer("Example:\n  fraglint measure code.py --device unix:64k");
  command->run = [options](Console &console) { return runMeasure(*options, console); };
  return command;
}

CommandPointer makeVerify() {
  auto command = std::make_unique<Command>();
  auto options = std::make_shared<VerifyOptions>();
  addDeviceRunOptions(command->app, options->run);
  command->app
      .add_option("--target", options->target,
                  "Whose estimates are held against it, also a FILE.toml; else what the device is")
      ->type_name("TARGET");
  command->choice(command->app.add_option("--output-format,--format", options->format,
                                          "Form of the output; text, where none is named"),
                  {"text", "json", "html"});
  command->app.footer("Example:\n  fraglint verify code.py --device qemu:microbit");
  command->run = [options](Console &console) { return runVerify(*options, console); };
  return command;
}

CommandPointer makeCalibrate() {
  auto command = std::make_unique<Command>();
  auto options = std::make_shared<CalibrateOptions>();
  CLI::App &app = command->app;
  app.add_option("-o,--output", options->output, "File for the target")
      ->required()
      ->type_name("FILE");
  app.add_option("--device", options->device.device, "Where its firmware runs: unix:64k, …")
      ->type_name("DEVICE");
  app.add_option("--record", options->device.record, "Keep all that passes")->type_name("FILE");
  app.add_option("--replay", options->device.replay, "Take what was recorded for the device")
      ->type_name("FILE");
  app.footer("Example:\n  fraglint calibrate --device serial:/dev/ttyACM0 -o board.toml\n"
             "  fraglint heap code.py --target board.toml");
  command->run = [options](Console &console) { return runCalibrate(*options, console); };
  return command;
}

CommandPointer makeHeap() {
  auto command = std::make_unique<Command>();
  auto options = std::make_shared<HeapOptions>();
  CLI::App &app = command->app;
  app.add_option("path", options->path,
                 "The program's entry, or the folder of its code.py or main.py")
      ->required()
      ->transform(entryOf)
      ->type_name("PATH");
  addProjectOptions(*command, options->config);
  addAssumeOption(*command, options->config);
  app.add_option("--heap", options->heapBytes,
                 "Bytes of the heap with its tables, in place of the target's")
      ->check(wholeNumber(UINT32_MAX))
      ->type_name("BYTES");
  app.add_option("--passes", options->passes, "Passes of the loop that never ends")
      ->check(wholeNumber(1000))
      ->type_name("N");
  app.add_option("--log", options->log, "Write the ordered requests as JSON lines; - for here")
      ->type_name("FILE");
  app.add_option("--diff", options->diff,
                 "Show what a change costs, against another file or folder, or a git revision")
      ->type_name("BASE");
  app.add_flag("--printed", options->printed, "Show what the program prints, as far as is known");
  command->choice(app.add_option("--output-format,--format", options->format,
                                 "Form of the output; text, where none is named"),
                  {"text", "json", "html"});
  app.footer("Example:\n  fraglint heap code.py --target raspberry_pi_pico");
  command->run = [options](Console &console) { return runHeap(*options, console); };
  return command;
}

CommandPointer makeConfig() {
  auto command = std::make_unique<Command>();
  auto options = std::make_shared<ConfigCommandOptions>();
  command->app.add_option("path", options->path, "File or folder; none: the working folder");
  addConfigOptions(*command, options->config);
  command->choice(command->app.add_option("--output-format,--format", options->format,
                                          "Form of the output; text, where none is named"),
                  {"text", "json"});
  command->run = [options](Console &console) { return runConfig(*options, console); };
  return command;
}

CommandPointer makeCompletions() {
  auto command = std::make_unique<Command>();
  auto options = std::make_shared<CompletionsOptions>();
  command->choice(
      command->app.add_option("shell", options->shell, "Which one: bash, zsh or fish")->required(),
      {"bash", "zsh", "fish"});
  command->app.footer("Example, in ~/.bashrc:\n  source <(fraglint completions bash)");
  command->run = [options](Console &console) { return runCompletions(*options, console); };
  return command;
}

CommandPointer makeMan() {
  auto command = std::make_unique<Command>();
  command->app.footer("Example:\n"
                      "  mkdir -p ~/.local/share/man/man1\n"
                      "  fraglint man > ~/.local/share/man/man1/fraglint.1\n"
                      "  man fraglint");
  command->run = [](Console &console) { return runMan(console); };
  return command;
}

CommandPointer makeServer() {
  auto command = std::make_unique<Command>();
  auto options = std::make_shared<ServerOptions>();
  CLI::App &app = command->app;
  app.add_option("--log", options->log, "Write all messages there, with their times")
      ->type_name("FILE");
  app.add_flag("--stdio", options->stdio, "Some clients say it; there is no other way");
  app.footer(
      "An editor starts it and speaks the Language Server Protocol with it on standard input "
      "and output.\nThe client's settings are target, level, select, extendSelect, ignore, "
      "config and inlayHints;\nall else comes from fraglint.toml, as for `check`.\n\n"
      "Example:\n  fraglint server --log server.log");
  command->run = [options](Console &console) { return runServer(*options, console); };
  return command;
}

struct CommandRow {
  llvm::StringLiteral name;
  llvm::StringLiteral summary;
  CommandPointer (*make)();
};

constexpr CommandRow kCommands[] = {
    {"check", "Analyse files and report, or fix, what hurts the heap", makeCheck},
    {"baseline", "Make findings known, so that new ones alone are reported", makeBaseline},
    {"rule", "Explain a rule", makeRule},
    {"rules", "List all rules", makeRules},
    {"config", "Show what applies to a file, and which file said so", makeConfig},
    {"targets", "List the boards that are known, with their heaps", makeTargets},
    {"devices", "List the interpreters that programs can run on, and what is missing", makeDevices},
    {"heap", "Foretell what a program will ask of its heap", makeHeap},
    {"measure", "Run a program on a device and show what each line asks of the heap", makeMeasure},
    {"verify", "Hold the estimates of a program against what it asks of a real heap", makeVerify},
    {"calibrate", "Measure how a firmware lays out its heap, and write that as a target",
     makeCalibrate},
    {"server", "Serve an editor: findings while you type, fixes, costs", makeServer},
    {"completions", "Print completions for a shell", makeCompletions},
    {"man", "Print the manual page", makeMan},
    {"version", "Print the version", makeVersion},
};

const CommandRow *findCommand(llvm::StringRef name) {
  const CommandRow *row =
      llvm::find_if(kCommands, [&](const CommandRow &one) { return one.name == name; });
  return row == std::end(kCommands) ? nullptr : row;
}

CommandPointer makeCommand(const CommandRow &row) {
  CommandPointer command = row.make();
  CLI::App &app = command->app;
  app.description(row.summary.str());
  app.name("fraglint " + row.name.str());
  app.set_help_flag("-h,--help", "Print this help");
  app.allow_extras(); // reported here, with the nearest option
  return command;
}

void writeHelp(llvm::raw_ostream &os) {
  os << "Finds what hurts the heap in MicroPython and CircuitPython programs.\n\n"
        "Usage: fraglint [COMMAND] [OPTIONS] [PATHS]\n\nCommands:\n";
  for (const CommandRow &row : kCommands)
    os << "  " << llvm::left_justify(row.name, 13) << row.summary << "\n";
  os << "\nWithout a command, `fraglint PATHS` is `fraglint check PATHS`.\n"
        "`fraglint COMMAND --help` explains each.\n\nExit status:\n";
  for (const ExitStatusRow &row : kExitStatuses)
    os << "  " << static_cast<int>(row.status) << "  " << row.meaning << "\n";
}

ExitStatus badUsage(Console &console, const std::string &message, llvm::StringRef command) {
  console.complain(message);
  console.err() << "Try `fraglint " << command << (command.empty() ? "" : " ") << "--help`.\n";
  return ExitStatus::BadUsage;
}

/// What is wrong with the words that no option took; empty where nothing is.
std::string extrasMistake(const CLI::App &app) {
  Words names;
  for (const CLI::Option *option : app.get_options())
    for (const std::string &name : option->get_lnames())
      names.push_back("--" + name);
  for (llvm::StringRef word : app.remaining()) {
    if (word == "--") // that paths follow
      continue;
    if (!word.starts_with("-"))
      return "there is no place for `" + word.str() + "` here";
    llvm::SmallVector<llvm::StringRef> candidates(names.begin(), names.end());
    llvm::StringRef name = word.split('=').first;
    return "there is no option `" + name.str() + "`" + didYouMean(nearestName(name, candidates));
  }
  return "";
}

std::string choiceMistake(const Command &command) {
  for (const auto &[option, values] : command.choices) {
    llvm::SmallVector<llvm::StringRef> candidates(values.begin(), values.end());
    for (const std::string &given : option->results())
      if (!llvm::is_contained(values, given))
        return option->get_name() + ": `" + given + "` is none of " + llvm::join(values, ", ") +
               didYouMean(nearestName(given, candidates));
  }
  return "";
}

ExitStatus runCommand(const CommandRow &row, llvm::ArrayRef<std::string> arguments,
                      Console &console) {
  CommandPointer command = makeCommand(row);
  try {
    Words reversed(arguments.rbegin(), arguments.rend()); // as the library wants it
    command->app.parse(std::move(reversed));
  } catch (const CLI::CallForHelp &) {
    console.out() << command->app.help();
    return ExitStatus::Clean;
  } catch (const CLI::ParseError &error) {
    return badUsage(console, error.what(), row.name);
  }
  for (const std::string &mistake : {extrasMistake(command->app), choiceMistake(*command)})
    if (!mistake.empty())
      return badUsage(console, mistake, row.name);
  command->settle();
  return command->run(console);
}

/// Whether a first word that is no command can only be meant as something to check.
bool looksLikePath(llvm::StringRef word) {
  return word.starts_with("-") || word.find_first_of("./\\") != llvm::StringRef::npos ||
         llvm::sys::fs::exists(word);
}

OptionDescription describe(const Command &command, CLI::Option &option) {
  OptionDescription described;
  for (const std::string &name : option.get_snames())
    described.names.push_back("-" + name);
  for (const std::string &name : option.get_lnames())
    described.names.push_back("--" + name);
  described.summary = option.get_description();
  described.takesValue = option.get_expected_max() > 0;
  described.valueName = option.get_type_name();
  for (const auto *known : {&command.choices, &command.suggestions})
    if (auto found = known->find(&option); found != known->end())
      described.values = found->second;
  described.takesFiles = &option == command.target;
  return described;
}

} // namespace

std::vector<CommandDescription> describeCommands() {
  std::vector<CommandDescription> described;
  for (const CommandRow &row : kCommands) {
    CommandPointer command = makeCommand(row);
    CommandDescription &entry = described.emplace_back();
    entry.name = row.name.str();
    entry.summary = row.summary.str();
    entry.closing = command->app.get_footer();
    for (CLI::Option *option : command->app.get_options()) {
      OptionDescription one = describe(*command, *option);
      if (!one.names.empty()) {
        entry.options.push_back(std::move(one));
        continue;
      }
      std::string name = option->get_name() + (option->get_expected_max() > 1 ? "..." : "");
      entry.arguments.push_back({option->get_required() ? name : "[" + name + "]", one.summary});
      if (one.values.empty())
        entry.takesPaths = true;
      else
        entry.values = std::move(one.values);
    }
  }
  return described;
}

ExitStatus runCommandLine(llvm::ArrayRef<std::string> arguments, Console &console) {
  llvm::StringRef first = arguments.empty() ? "--help" : llvm::StringRef(arguments.front());
  if (first == "--help" || first == "-h" || first == "help") {
    writeHelp(console.out());
    return ExitStatus::Clean;
  }
  if (first == "--version" || first == "-V")
    return runVersion({}, console);
  if (const CommandRow *row = findCommand(first))
    return runCommand(*row, arguments.drop_front(), console);
  if (looksLikePath(first))
    return runCommand(*findCommand("check"), arguments, console);
  llvm::SmallVector<llvm::StringRef> names;
  for (const CommandRow &row : kCommands)
    names.push_back(row.name);
  return badUsage(console,
                  "there is neither a command nor a file `" + first.str() + "`" +
                      didYouMean(nearestName(first, names)),
                  "");
}

} // namespace fraglint
