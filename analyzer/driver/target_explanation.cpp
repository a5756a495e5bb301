#include "driver/target_explanation.h"

#include "lint/file_path.h"
#include "lint/program_loader.h"
#include "lint/program_target.h"

#include "llvm/Support/ErrorHandling.h"

namespace fraglint {

namespace {

llvm::StringRef wordsFor(TargetSource source) {
  switch (source) {
  case TargetSource::Stated:
    return "as --target or the configuration says";
  case TargetSource::BootOut:
    return "by the boot_out.txt beside it";
  case TargetSource::Import:
    return "by what it imports, which one board has";
  case TargetSource::Family:
    return "a typical board of the family that its imports show; --target names yours";
  }
  llvm_unreachable("all sources are listed");
}

std::string explanation(const CheckTask &task, const FileStore &store) {
  auto program = loadProgram(task.path, task.settings.maxBytes, task.settings.assumptions, store);
  if (!program)
    return "not analysed (" + llvm::toString(program.takeError()) + ")";
  const SemanticModel &model = (*program)->model();
  if (programKind(model) == FirmwareKind::Desktop && !task.settings.assumeFirmware)
    return "not firmware (by its imports; `firmware` in the configuration says otherwise)";
  ProgramTarget target = programTarget(model, SettledFile{task.path, &task.settings});
  return (target.target->name + " (" + wordsFor(target.source) + ")").str();
}

} // namespace

void explainTargets(const CheckFiles &files, Console &console) {
  for (const CheckTask &task : files.tasks())
    if (task.problem.empty() && !task.content && files.project().isEntry(absolutePath(task.path)))
      console.out() << task.path << ": " << explanation(task, files.store()) << "\n";
}

} // namespace fraglint
