-- The language server of fraglint for Neovim 0.11 and later: put this into `lsp/` beside your init.lua.
return {
  cmd = { "fraglint", "server" },
  filetypes = { "python" },
  root_markers = { "fraglint.toml", "pyproject.toml", "boot_out.txt", "code.py", "main.py", ".git" },
  settings = {
    fraglint = {
      -- target = "circuitpython/raspberry_pi_pico", -- `fraglint targets` lists them; fraglint.toml is the better place
      inlayHints = false, -- true: what each line asks of the heap, behind it, from the start
    },
  },
}
