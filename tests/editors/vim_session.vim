" What a user does in Vim with ALE: look at the findings, choose the fix, save. Loaded by vim_test.py.

let s:seen = {}

function! s:Await(what, condition) abort
    let l:begin = reltime()
    while !a:condition()
        if reltimefloat(reltime(l:begin)) > str2nr($DEADLINE)
            throw 'not in time: ' . a:what
        endif
        sleep 20m
    endwhile
endfunction

function! s:Findings() abort
    return ale#engine#GetLoclist(bufnr(''))
endfunction

" The number that the user would type, from the list that ALE shows.
runtime autoload/ale/util.vim
function! ale#util#Input(message, value, ...) abort
    let s:seen.titles = map(filter(split(a:message, "\n"), 'v:val =~# ") "'), 'substitute(v:val, "^\\d*) ", "", "")')
    return string(index(s:seen.titles, $CHOICE) + 1)
endfunction

" What ALE shows of a hover, in the line of messages.
function! ale#util#ShowMessage(message, ...) abort
    let s:seen.hover = a:message
endfunction

function! s:Session() abort
    execute 'edit' fnameescape($PROGRAM)
    call ale#Queue(0, 'lint_file')
    call s:Await('findings', {-> !empty(s:Findings())})
    let l:finding = s:Findings()[0]
    let s:seen.finding = {'line': l:finding.lnum, 'code': get(l:finding, 'code', ''), 'message': l:finding.text}

    call search('bytearray(16384)')
    ALEHover
    call s:Await('the hover', {-> has_key(s:seen, 'hover')})

    call cursor(l:finding.lnum, l:finding.col)
    let l:before = b:changedtick
    ALECodeAction
    call s:Await('the fix', {-> b:changedtick > l:before})
    write
    call s:Await('no findings', {-> empty(s:Findings())})
endfunction

try
    call s:Session()
catch
    let s:seen.error = v:exception . ' at ' . v:throwpoint
endtry
call writefile([json_encode(s:seen)], $SEEN)
qall!
