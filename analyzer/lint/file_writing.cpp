#include "lint/file_writing.h"

#include "llvm/ADT/SmallString.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"

namespace fraglint {

namespace fs = llvm::sys::fs;

llvm::Error replaceFile(llvm::StringRef path, const fs::file_status *status,
                        llvm::StringRef bytes) {
  llvm::SmallString<256> model(llvm::sys::path::parent_path(path));
  llvm::sys::path::append(model, ".fraglint-%%%%%%%%.tmp");
  llvm::Expected<fs::TempFile> made = fs::TempFile::create(model);
  if (!made)
    return made.takeError();
  llvm::raw_fd_ostream os(made->FD, /*shouldClose=*/false);
  os << bytes;
  os.flush();
  std::error_code error = os.error();
  os.clear_error();
  if (!error && status != nullptr)
    error = fs::setPermissions(made->FD, status->permissions());
  // The owner matters where an administrator fixes somebody's files; whoever may not set it is
  // the owner of the new file, which is as good.
  if (status != nullptr)
    (void)fs::changeFileOwnership(made->FD, status->getUser(), status->getGroup());
  if (error)
    return llvm::joinErrors(llvm::errorCodeToError(error), made->discard());
  return made->keep(path);
}

} // namespace fraglint
