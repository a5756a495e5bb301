"""The aspect `fraglint`: each target with Python sources is checked by itself, in the sandbox, with the modules that it names in `deps`
beside it, so that Bazel caches what is found and runs it wherever it runs its actions.

    bazel build //... --aspects=@fraglint_rules//:fraglint.bzl%fraglint --output_groups=fraglint_gate

Output groups: `fraglint` has reports of each target (TARGET.fraglint.json, .txt) and does not fail for findings; `fraglint_gate` does, and
prints them. That is an action of its own, which reads the report: what was checked is in the cache also where it fails.
"""

Sources = provider(doc = "The Python files of a target and of all that it depends on.", fields = {"files": "depset of files"})

def _sources(target, ctx):
    """The files of the target itself, as far as they lie in its workspace, and with them those of its dependencies."""
    own = [file for attribute in getattr(ctx.rule.attr, "srcs", []) for file in attribute.files.to_list()]
    needed = [
        dependency[Sources].files
        for name in ("deps", "data")
        for dependency in getattr(ctx.rule.attr, name, [])
        if Sources in dependency
    ]
    own = [file for file in own if file.extension == "py" and file.is_source and file.owner.workspace_name == target.label.workspace_name]
    return own, depset(own, transitive = needed)

def _fraglint(target, ctx):
    own, all_files = _sources(target, ctx)
    if not own:
        return [Sources(files = all_files)]
    report = ctx.actions.declare_file(target.label.name + ".fraglint.json")
    text = ctx.actions.declare_file(target.label.name + ".fraglint.txt")
    passed = ctx.actions.declare_file(target.label.name + ".fraglint.passed")

    arguments = ctx.actions.args()
    arguments.add("check")
    arguments.add("--exit-zero")
    arguments.add("--quiet")
    arguments.add("--output-format", "json")
    arguments.add("--output-file", report)
    arguments.add("--output-format", "concise")
    arguments.add("--output-file", text)
    arguments.add_all(own)
    ctx.actions.run(
        executable = ctx.executable._tool,
        arguments = [arguments],
        inputs = depset(ctx.files._config, transitive = [all_files]),
        outputs = [report, text],
        mnemonic = "Fraglint",
        progress_message = "Checking %s" % target.label,
    )
    ctx.actions.run_shell(
        command = "cat \"$1\" >&2; test ! -s \"$1\" && touch \"$2\"",
        arguments = [text.path, passed.path],
        inputs = [text],
        outputs = [passed],
        mnemonic = "FraglintGate",
        progress_message = "Findings in %s" % target.label,
    )
    return [
        Sources(files = all_files),
        OutputGroupInfo(fraglint = depset([report, text]), fraglint_gate = depset([passed])),
    ]

fraglint = aspect(
    implementation = _fraglint,
    attr_aspects = ["deps", "data"],
    attrs = {
        "_tool": attr.label(
            default = "@fraglint//:bin/fraglint",
            allow_single_file = True,
            executable = True,
            cfg = "exec",
        ),
        "_config": attr.label(
            doc = "fraglint.toml of the workspace, and what it names",
            default = "@//:fraglint_config",
        ),
    },
)
