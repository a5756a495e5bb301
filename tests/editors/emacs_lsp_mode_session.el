;;; What a user does in Emacs with lsp-mode: look at the findings, choose the fix, save.  -*- lexical-binding: t -*-

;; Loaded by emacs_lsp_mode_test.py after emacs_support.el and the text of the README.

(setq lsp-auto-guess-root t         ; else it asks whether the folder is a project
      lsp-session-file (expand-file-name "lsp-session" temporary-file-directory))

(defun session-findings ()
  (gethash (lsp--fix-path-casing buffer-file-name) (lsp-diagnostics t)))

(defun session ()
  (find-file (getenv "PROGRAM"))
  (lsp) ; `lsp-deferred' waits for a window
  (let* ((finding (car (session-await "findings" #'session-findings)))
         (start (lsp:range-start (lsp:diagnostic-range finding))))
    (session-see 'line (1+ (lsp:position-line start)))
    (session-see 'message (lsp:diagnostic-message finding))
    (search-forward "bytearray(")
    (session-see 'hover (lsp:markup-content-value
                         (lsp:hover-contents (lsp-request "textDocument/hover" (lsp--text-document-position-params)))))
    (goto-char (lsp--position-to-point start))
    (session-choosing (lambda () (call-interactively #'lsp-execute-code-action))))
  (session-await "no findings" (lambda () (null (session-findings))))
  (save-buffer)
  (lsp-workspace-shutdown (car (lsp-workspaces))))

(session-run #'session)
