// Bundles the extension into out/extension.js, and with --tests its tests into out/test/.
import * as esbuild from "esbuild";
import { readdirSync, rmSync } from "node:fs";

const isForTests = process.argv.includes("--tests");
const shared = { bundle: true, platform: "node", target: "node18", format: "cjs", logLevel: "warning", external: ["vscode"] };

rmSync("out", { recursive: true, force: true });
await esbuild.build({ ...shared, entryPoints: ["src/extension.ts"], outfile: "out/extension.js", minify: !isForTests, sourcemap: isForTests });
if (isForTests) {
  const tests = readdirSync("test").filter((name) => name.endsWith("_test.ts"));
  await esbuild.build({ ...shared, entryPoints: tests.map((name) => `test/${name}`), outdir: "out/test", sourcemap: "inline", external: [],
    alias: { vscode: "./test/vscode.cjs" } });
}
