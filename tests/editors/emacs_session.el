;;; What a user does in Emacs with eglot: look at the findings, choose the fix, save.  -*- lexical-binding: t -*-

;; Loaded by emacs_test.py after the text of the README. What it sees goes into the file SEEN, as JSON.

(defvar session-seen nil)

(defun session-await (what condition)
  "Lets Emacs work until CONDITION gives something, which is returned."
  (let ((until (+ (float-time) (string-to-number (getenv "DEADLINE")))) found)
    (while (not (setq found (funcall condition)))
      (when (> (float-time) until) (error "not in time: %s" what))
      (accept-process-output nil 0.02))
    found))

(defun session-see (key value) (push (cons key value) session-seen))

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
      (cl-letf (((symbol-function 'completing-read)
                 (lambda (_ choices &rest _)
                   (session-see 'titles (vconcat (mapcar #'car choices)))
                   (getenv "CHOICE"))))
        (call-interactively #'eglot-code-actions))))
  (eglot--signal-textDocument/didChange) ; the editor's loop would, when idle
  (session-await "no findings" (lambda () (null (flymake-diagnostics))))
  (save-buffer)
  (eglot-shutdown (eglot-current-server)))

(condition-case why
    (session)
  (error (session-see 'error (format "%S\n%s" why (with-current-buffer "*Messages*" (buffer-string))))))
(with-temp-file (getenv "SEEN") (insert (json-encode session-seen)))
