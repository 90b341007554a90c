/**
 * The verifier in a module worker, so that the page stays alive while it works. Nothing that is
 * handed in leaves the device: the only requests are for files of the record at `address`.
 *
 * The page says once: `{address | file | files, beside, language}`
 *   address   http(s) address of a record, or of a `.suara` file
 *   file      a `.suara` as File, Blob or bytes
 *   files     a record's folder: [path below the record, Blob or bytes] each
 *   beside    [{name, bytes}] with Blob or bytes: `*.promise`, `*.tlog-proof`, `*.checkpoint`,
 *             and recovery files (any other name; told apart by what they hold)
 *   client    the served voting page's files, [path, Blob or bytes] each; may be left out
 *   language  "en" or "id"
 * The worker answers, as often as it likes, `{kind: "progress", stage, done, of}`, then once
 *   `{kind: "report", report}` (see `verify.js`), or
 *   `{kind: "failed", sentence, why}` where there is no record to read, or the verifier failed.
 */
