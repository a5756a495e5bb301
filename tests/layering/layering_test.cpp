#include "layering/layer_graph.h"

#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace fraglint {
namespace {

namespace fs = llvm::sys::fs;
namespace path = llvm::sys::path;
using testing::ElementsAre;
using testing::IsEmpty;

std::string contentOf(const llvm::Twine &file) {
  auto buffer = llvm::MemoryBuffer::getFile(file);
  return buffer ? (*buffer)->getBuffer().str() : "";
}

LayerGraph layersOfTheBuild() {
  return LayerGraph::read(contentOf(FRAGLINT_BUILD_DIR "/layers.txt"));
}

const LayerGraph kSmallGraph = LayerGraph::read("high uses middle libraries CLI11\n"
                                                "middle uses low libraries \n"
                                                "low uses  libraries tree_sitter_python\n"
                                                "aside uses low libraries \n");

TEST(Layering, EveryIncludeFollowsTheLayers) {
  LayerGraph layers = layersOfTheBuild();
  int filesRead = 0;
  for (llvm::StringRef top : {"analyzer", "rules"}) {
    llvm::SmallString<128> root(FRAGLINT_SOURCE_DIR);
    path::append(root, top);
    std::error_code error;
    for (fs::recursive_directory_iterator file(root, error), end; file != end && !error;
         file.increment(error)) {
      llvm::StringRef name = file->path();
      if (!name.ends_with(".cpp") && !name.ends_with(".h"))
        continue;
      llvm::StringRef inside = name.drop_front(root.size() + 1);
      llvm::StringRef layer = top == "rules" ? top : inside.split('/').first;
      ASSERT_TRUE(layers.has(layer)) << name.str() << " is in no layer";
      EXPECT_THAT(layers.complaints(layer, contentOf(name)), IsEmpty()) << name.str();
      ++filesRead;
    }
    ASSERT_FALSE(error) << error.message();
  }
  EXPECT_GT(filesRead, 50);
}

TEST(Layering, AnUpwardIncludeIsCaught) {
  EXPECT_THAT(layersOfTheBuild().complaints("heap", "#include \"heap/target.h\"\n"
                                                    "#include \"text/edit.h\"\n"
                                                    "#include \"lint/rule.h\"\n"),
              ElementsAre("heap may not include lint/rule.h"));
}

TEST(Layering, LayersSideBySideDoNotMeet) {
  EXPECT_THAT(layersOfTheBuild().complaints("report", "#include \"rules/del_without_collect.h\"\n"),
              ElementsAre("report may not include rules/del_without_collect.h"));
}

TEST(Layering, ALayerSeesThroughTheLayersItUses) {
  EXPECT_THAT(kSmallGraph.complaints("high", "#include \"low/a.h\"\n#include <vector>\n"),
              IsEmpty());
  EXPECT_THAT(kSmallGraph.complaints("middle", "# include \"aside/a.h\"\n"),
              ElementsAre("middle may not include aside/a.h"));
}

TEST(Layering, ALibraryIsForTheLayerThatNamesIt) {
  EXPECT_THAT(kSmallGraph.complaints("low", "#include <tree_sitter/api.h>\n"), IsEmpty());
  EXPECT_THAT(
      kSmallGraph.complaints("high", "#include <tree_sitter/api.h>\n#include <CLI/CLI.hpp>\n"),
      ElementsAre("high may not include tree_sitter/api.h"));
}

TEST(Layering, OnlyTheOutermostLayersCallTheSystem) {
  EXPECT_THAT(kSmallGraph.complaints("low", "#include <unistd.h>\n"),
              ElementsAre("low may not include unistd.h"));
}

} // namespace
} // namespace fraglint
