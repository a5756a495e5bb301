#include "driver/completions_command.h"

#include "driver/command_line.h"

#include "llvm/ADT/StringExtras.h"

namespace fraglint {

namespace {

using Commands = std::vector<CommandDescription>;

/// `text` between single quotes, as all three shells read it.
std::string quoted(llvm::StringRef text) {
  std::string result = "'";
  for (char byte : text)
    result += byte == '\'' ? std::string("'\\''") : std::string(1, byte);
  return result + "'";
}

std::string joinedNames(const Commands &commands) {
  std::vector<std::string> names;
  for (const CommandDescription &command : commands)
    names.push_back(command.name);
  return llvm::join(names, " ");
}

// --- bash ---

void writeBashCommand(llvm::raw_ostream &os, const CommandDescription &command) {
  os << "    " << command.name << ")\n      case $previous in\n";
  std::vector<std::string> names;
  for (const OptionDescription &option : command.options) {
    names.insert(names.end(), option.names.begin(), option.names.end());
    if (!option.takesValue)
      continue;
    os << "        " << llvm::join(option.names, "|") << ") ";
    if (!option.values.empty())
      os << "_fraglint_words " << quoted(llvm::join(option.values, " ")) << "; ";
    if (option.values.empty() || option.takesFiles)
      os << "_fraglint_files; ";
    os << "return ;;\n";
  }
  os << "      esac\n      options=" << quoted(llvm::join(names, " "))
     << "\n      values=" << quoted(llvm::join(command.values, " ")) << "\n      ;;\n";
}

void writeBash(llvm::raw_ostream &os, const Commands &commands) {
  os << "_fraglint_words() { COMPREPLY+=($(compgen -W \"$1\" -- \"$word\")); }\n"
        "_fraglint_files() { local IFS=$'\\n'; COMPREPLY+=($(compgen -f -- \"$word\")); }\n"
        "_fraglint() {\n"
        "  local word=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]}\n"
        "  local command=check options= values=\n"
        "  COMPREPLY=()\n"
        "  if [[ $word == = ]]; then\n" // `--level=no` is three words here
        "    word=\n"
        "  elif [[ $previous == = ]]; then\n"
        "    previous=${COMP_WORDS[COMP_CWORD-2]}\n"
        "  fi\n"
        "  if ((COMP_CWORD == 1)) && [[ $word != -* ]]; then\n"
        "    _fraglint_words "
     << quoted(joinedNames(commands))
     << "\n    _fraglint_files\n    return\n  fi\n"
        "  case ${COMP_WORDS[1]} in\n    "
     << llvm::join(llvm::split(joinedNames(commands), ' '), "|")
     << ") command=${COMP_WORDS[1]} ;;\n  esac\n  case $command in\n";
  for (const CommandDescription &command : commands)
    writeBashCommand(os, command);
  os << "  esac\n"
        "  if [[ $word == -* ]]; then\n"
        "    _fraglint_words \"$options\"\n"
        "  elif [[ $values ]]; then\n"
        "    _fraglint_words \"$values\"\n"
        "  else\n"
        "    _fraglint_files\n"
        "  fi\n"
        "}\n"
        "complete -o filenames -F _fraglint fraglint\n";
}

// --- zsh ---

/// A specification of `_arguments`: brackets and colons have a meaning there.
std::string zshText(llvm::StringRef text) {
  std::string result;
  for (char byte : text) {
    if (byte == '[' || byte == ']' || byte == ':' || byte == '\\')
      result += '\\';
    result += byte;
  }
  return result;
}

std::string zshAction(const std::vector<std::string> &values, bool takesFiles) {
  std::string words = "(" + llvm::join(values, " ") + ")";
  if (values.empty())
    return ":_files";
  return takesFiles ? ":{_files; compadd " + llvm::join(values, " ") + "}" : ":" + words;
}

/// `--level=note` is understood, too.
std::string zshName(llvm::StringRef name, bool takesValue) {
  return "*" + name.str() + (takesValue && name.starts_with("--") ? "=" : "");
}

void writeZshCommand(llvm::raw_ostream &os, const CommandDescription &command) {
  os << "    " << command.name << ")\n      _arguments -s";
  for (const OptionDescription &option : command.options)
    for (const std::string &name : option.names)
      os << " \\\n        "
         << quoted(
                zshName(name, option.takesValue) + "[" + zshText(option.summary) + "]" +
                (option.takesValue ? ":value" + zshAction(option.values, option.takesFiles) : ""));
  if (!command.values.empty() || command.takesPaths)
    os << " \\\n        " << quoted("*:argument" + zshAction(command.values, false));
  os << "\n      ;;\n";
}

void writeZsh(llvm::raw_ostream &os, const Commands &commands) {
  os << "#compdef fraglint\n_fraglint() {\n  local -a commands=(\n";
  for (const CommandDescription &command : commands)
    os << "    " << quoted(command.name + ":" + zshText(command.summary)) << "\n";
  os << "  )\n"
        "  if ((CURRENT == 2)) && [[ $words[2] != -* ]]; then\n"
        "    _describe command commands\n"
        "    _files\n"
        "    return\n"
        "  fi\n"
        "  local command=$words[2]\n"
        "  if ((${commands[(I)$command:*]})); then\n"
        "    shift words\n"
        "    ((CURRENT--))\n"
        "  else\n"
        "    command=check\n"
        "  fi\n"
        "  case $command in\n";
  for (const CommandDescription &command : commands)
    writeZshCommand(os, command);
  os << "  esac\n}\nif [[ $funcstack[1] == _fraglint ]]; then\n  _fraglint \"$@\"\nelse\n"
        "  compdef _fraglint fraglint\nfi\n";
}

// --- fish ---

void writeFish(llvm::raw_ostream &os, const Commands &commands) {
  std::string names = joinedNames(commands);
  os << "complete -c fraglint -n 'not __fish_seen_subcommand_from " << names << "' -F\n";
  for (const CommandDescription &command : commands) {
    os << "complete -c fraglint -n '__fish_use_subcommand' -a " << command.name << " -d "
       << quoted(command.summary) << "\n";
    std::string condition = " -n '__fish_seen_subcommand_from " + command.name + "'";
    if (command.name == "check") // also what runs where no command is named
      condition = " -n '__fish_seen_subcommand_from check; or not __fish_seen_subcommand_from " +
                  names + "'";
    if (!command.takesPaths)
      os << "complete -c fraglint" << condition << " -f\n";
    if (!command.values.empty())
      os << "complete -c fraglint" << condition << " -a " << quoted(llvm::join(command.values, " "))
         << "\n";
    for (const OptionDescription &option : command.options) {
      os << "complete -c fraglint" << condition;
      for (llvm::StringRef name : option.names)
        os << (name.starts_with("--") ? " -l " : " -s ") << name.ltrim('-');
      if (option.takesValue)
        os << (option.values.empty() || option.takesFiles ? " -r" : " -x");
      if (!option.values.empty())
        os << " -a " << quoted(llvm::join(option.values, " "));
      os << " -d " << quoted(option.summary) << "\n";
    }
  }
}

} // namespace

ExitStatus runCompletions(const CompletionsOptions &options, Console &console) {
  Commands commands = describeCommands();
  if (options.shell == "bash")
    writeBash(console.out(), commands);
  else if (options.shell == "zsh")
    writeZsh(console.out(), commands);
  else
    writeFish(console.out(), commands);
  return ExitStatus::Clean;
}

} // namespace fraglint
