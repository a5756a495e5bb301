;;; What the sessions in Emacs share.  -*- lexical-binding: t -*-

(require 'cl-lib)
(require 'json)
(package-activate-all) ; as an Emacs with windows does when it starts

(defvar session-seen nil "What the session saw: an alist.")

(defun session-await (what condition)
  "Lets Emacs work until CONDITION gives something, which is returned."
  (let ((until (+ (float-time) (string-to-number (getenv "DEADLINE")))) found)
    (while (not (setq found (funcall condition)))
      (when (> (float-time) until) (error "not in time: %s" what))
      (accept-process-output nil 0.02))
    found))

(defun session-see (key value) (push (cons key value) session-seen))

(defun session-choosing (act)
  "Calls ACT, which asks the user to choose: the answer is CHOICE."
  (cl-letf (((symbol-function 'completing-read)
             (lambda (_ choices &rest _)
               (session-see 'titles (vconcat (all-completions "" choices)))
               (getenv "CHOICE"))))
    (funcall act)))

(defun session-run (session)
  "Calls SESSION and writes what it saw into the file SEEN, as JSON."
  (condition-case why
      (funcall session)
    (error (session-see 'error (format "%S\n%s" why (with-current-buffer "*Messages*" (buffer-string))))))
  (with-temp-file (getenv "SEEN") (insert (json-encode session-seen))))

