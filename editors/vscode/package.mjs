// Makes out/fraglint-VERSION.vsix, which carries the tool: node package.mjs PATH-OF-THE-TOOL. The version is the tool's.
import { execFileSync } from "node:child_process";
import { chmodSync, copyFileSync, mkdirSync, rmSync } from "node:fs";

const tool = process.argv[2] ?? "../../build/release/bin/fraglint";
const version = execFileSync(tool, ["version"], { encoding: "utf8" }).trim().split(" ")[1];

rmSync("bin", { recursive: true, force: true });
mkdirSync("bin");
copyFileSync(tool, "bin/fraglint");
execFileSync("strip", ["bin/fraglint"]);
chmodSync("bin/fraglint", 0o755);
copyFileSync("../../LICENSE", "LICENSE");

// The bundle holds all code, so that no package goes along; the platform is that of the tool.
execFileSync(
  "node_modules/.bin/vsce",
  ["package", version, "--no-update-package-json", "--no-git-tag-version", "--no-dependencies", "--target", `linux-${process.arch}`,
    "--allow-missing-repository", "--skip-license", "--out", `out/fraglint-${version}.vsix`],
  { stdio: "inherit" });
