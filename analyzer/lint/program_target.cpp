#include "lint/program_target.h"

#include "heap/target.h"
#include "lint/board_target.h"

#include "llvm/Support/ErrorHandling.h"

namespace fraglint {

llvm::StringRef targetSourceName(TargetSource source) {
  switch (source) {
  case TargetSource::Stated:
    return "stated";
  case TargetSource::BootOut:
    return "boot-out";
  case TargetSource::Import:
    return "import";
  case TargetSource::Family:
    return "family";
  }
  llvm_unreachable("all sources are listed");
}

FirmwareKind programKind(const SemanticModel &model) {
  for (uint32_t file = 0; file < model.files().size(); ++file)
    if (FirmwareKind kind = firmwareKind(model, file); kind != FirmwareKind::Unknown)
      return kind;
  return FirmwareKind::Unknown;
}

ProgramTarget programTarget(const SemanticModel &model, llvm::ArrayRef<SettledFile> files) {
  for (const SettledFile &file : files) {
    if (file.settings->target != nullptr)
      return {file.settings->target, TargetSource::Stated};
    if (const Target *board = boardTarget(file.path, file.settings->root))
      return {board, TargetSource::BootOut};
  }
  for (const Binding &binding : model.bindings())
    if (binding.kind == BindingKind::Import && !binding.name.enclosing(NodeKind::TryStatement))
      if (const Target *board = targetFromImport(binding.importedName))
        return {board, TargetSource::Import};
  return {&defaultTarget(programKind(model)), TargetSource::Family};
}

} // namespace fraglint
