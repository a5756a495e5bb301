/// Every program of the corpus: its annotations, and what is true of any file.

#include "lint/file_fixer.h"
#include "support/annotations.h"
#include "support/corpus_files.h"
#include "support/finding_checks.h"

#include "llvm/ADT/STLExtras.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace fraglint {
namespace {

using testing::IsEmpty;
using testing::Not;

std::vector<CorpusFile> annotatedFiles(bool fixedForms) {
  std::vector<CorpusFile> files = corpusFiles({"rules", "firmware"});
  llvm::erase_if(files, [&](const CorpusFile &file) { return file.isFixedForm() != fixedForms; });
  return files;
}

std::string nameOfCase(const testing::TestParamInfo<CorpusFile> &info) {
  return testNameOf(llvm::StringRef(info.param.name).drop_front(strlen("corpus/")));
}

class AnnotatedPython : public testing::TestWithParam<CorpusFile> {};

TEST_P(AnnotatedPython, GivesTheFindingsThatItExpects) {
  const CorpusFile &file = GetParam();
  for (const std::string &text :
       disagreements(file.name, file.annotations(), file.lint().diagnostics))
    ADD_FAILURE() << text;
}

INSTANTIATE_TEST_SUITE_P(Corpus, AnnotatedPython, testing::ValuesIn(annotatedFiles(false)),
                         nameOfCase);

class FixedForm : public testing::TestWithParam<CorpusFile> {};

TEST_P(FixedForm, IsItsProgramWithAllFixesDone) {
  const CorpusFile &form = GetParam();
  CorpusFile program = {form.name.substr(0, form.name.size() - strlen(".fixed.py")) + ".py"};
  ASSERT_THAT(program.bytes(), Not(IsEmpty())) << "there is no " << program.name;

  FileResult result = program.lint();
  auto fixed = fixFile(result.file, result, program.settings(), Applicability::Unsafe);
  ASSERT_TRUE(bool(fixed)) << llvm::toString(fixed.takeError());
  EXPECT_EQ(llvm::cantFail(fixed->file->encode(fixed->file->text())), form.bytes());
  for (const Diagnostic &finding : form.lint().diagnostics)
    EXPECT_FALSE(finding.fix) << "still to be mended: " << describe(finding);
}

INSTANTIATE_TEST_SUITE_P(Corpus, FixedForm, testing::ValuesIn(annotatedFiles(true)), nameOfCase);

class AnyProgram : public testing::TestWithParam<CorpusFile> {
protected:
  AnyProgram()
      : file_(GetParam()), bytes_(file_.bytes()), settings_(file_.settings()),
        result_(lint(bytes_)) {}

  FileResult lint(llvm::StringRef bytes) const { return lintBytes(file_.path(), bytes, settings_); }

  CorpusFile file_;
  std::string bytes_;
  Settings settings_;
  FileResult result_;
};

TEST_P(AnyProgram, HasWellFormedFindingsInOrder) {
  EXPECT_THAT(malformedFindings(result_), IsEmpty());
  EXPECT_THAT(disorder(result_), IsEmpty());
}

TEST_P(AnyProgram, SaysTheSameWhenAskedAgain) {
  auto again = [&](llvm::StringRef bytes) { return lint(bytes); };
  EXPECT_THAT(instability(result_, bytes_, again), IsEmpty());
}

TEST_P(AnyProgram, IsMendedByItsFixes) {
  auto again = [&](llvm::StringRef bytes) { return lint(bytes); };
  EXPECT_THAT(fixFaults(result_, again), IsEmpty());

  auto fixed = fixFile(result_.file, result_, settings_, Applicability::Unsafe);
  ASSERT_TRUE(bool(fixed)) << llvm::toString(fixed.takeError());
  for (const Diagnostic &finding : fixed->result.diagnostics)
    EXPECT_FALSE(finding.fix) << "still to be mended: " << describe(finding);
}

TEST_P(AnyProgram, IsSilencedByCommentsOneFindingAtATime) {
  auto again = [&](llvm::StringRef bytes) { return lint(bytes); };
  EXPECT_THAT(suppressionFaults(result_, again), IsEmpty());
}

TEST_P(AnyProgram, MayEndAnywhere) {
  auto again = [&](llvm::StringRef bytes) { return lint(bytes); };
  EXPECT_THAT(truncationFaults(bytes_, again), IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(Corpus, AnyProgram,
                         testing::ValuesIn(corpusFiles({"rules", "firmware", "flow", "syntax"})),
                         nameOfCase);

} // namespace
} // namespace fraglint
