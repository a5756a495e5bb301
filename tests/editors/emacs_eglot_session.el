;;; What a user does in Emacs with eglot: look at the findings, choose the fix, save.  -*- lexical-binding: t -*-

;; Loaded by emacs_eglot_test.py after emacs_support.el and the text of the README.

(defun session ()
  (find-file (getenv "PROGRAM"))
  (run-hooks 'post-command-hook) ; the editor's loop would; `eglot-ensure' waits for it
  (session-await "the server" #'eglot-current-server)
  (flymake-start) ; the editor's loop would, when idle
  (let* ((found (car (session-await "findings" #'flymake-diagnostics)))
         (place (flymake-diagnostic-beg found)))
    (session-see 'line (line-number-at-pos place))
    (session-see 'message (flymake-diagnostic-text found))
    (search-forward "bytearray(")
    (let ((answer (jsonrpc-request (eglot-current-server) :textDocument/hover (eglot--TextDocumentPositionParams))))
      (session-see 'hover (plist-get (plist-get answer :contents) :value)))
    (goto-char place)
    (let ((last-nonmenu-event ?x)) ; as if called by keys, not by the mouse
      (session-choosing (lambda () (call-interactively #'eglot-code-actions)))))
  (eglot--signal-textDocument/didChange) ; the editor's loop would, when idle
  (session-await "no findings" (lambda () (null (flymake-diagnostics))))
  (save-buffer)
  (eglot-shutdown (eglot-current-server)))

(session-run #'session)
