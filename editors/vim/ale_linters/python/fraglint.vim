" The language server of fraglint for ALE: put this into `ale_linters/python/` below ~/.vim.

function! s:ProjectRoot(buffer) abort
    let l:folder = fnamemodify(bufname(a:buffer), ':p:h')
    for l:mark in ['fraglint.toml', 'pyproject.toml', 'boot_out.txt', 'code.py', 'main.py']
        let l:found = findfile(l:mark, escape(l:folder, ' ,;') . ';')
        if !empty(l:found)
            return fnamemodify(l:found, ':p:h')
        endif
    endfor
    return l:folder
endfunction

call ale#linter#Define('python', {
\   'name': 'fraglint',
\   'lsp': 'stdio',
\   'executable': 'fraglint',
\   'command': '%e server',
\   'project_root': function('s:ProjectRoot'),
\   'initialization_options': {buffer -> ale#Var(buffer, 'python_fraglint_settings')},
\})

" For example {'target': 'circuitpython/raspberry_pi_pico'}; fraglint.toml is the better place.
call ale#Set('python_fraglint_settings', {})
