export const id = 603;
export const ids = [603];
export const modules = {

/***/ 9603:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   T: () => (/* binding */ readComments),
/* harmony export */   shellcheckFindings: () => (/* binding */ shellcheckFindings)
/* harmony export */ });
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7594);

/** Ash is told to be read as dash; files that a script reads cannot be followed: no news about a Dockerfile (hadolint drops them too). */
const DROPPED = new Set([1090, 1091, 2187]);
/** ShellCheck's findings in a script, at their places in the Dockerfile. */
function shellcheckFindings(comments, script) {
    return comments.flatMap((comment) => {
        if (DROPPED.has(comment.code))
            return [];
        const at = script.rangeOf(comment, { line: comment.endLine, column: comment.endColumn });
        const { level: severity, message, code } = comment;
        return at === undefined ? [] : [{ rule: `SC${String(code).padStart(4, '0')}`, severity, message, at }];
    });
}
/**
 * What ShellCheck wrote in its format json1.
 * @throws BuildError `SHELLCHECK_FAILED` for a text of another kind
 */
function readComments(json) {
    let read;
    try {
        read = JSON.parse(json);
    }
    catch (cause) {
        throw unreadable(cause);
    }
    const comments = read?.comments;
    if (!Array.isArray(comments) || !comments.every(isComment))
        throw unreadable();
    return comments;
}
const LEVELS = new Set(['error', 'warning', 'info', 'style']);
function isComment(value) {
    const { file, message, level, ...rest } = (value ?? {});
    const numbers = [rest.line, rest.column, rest.endLine, rest.endColumn, rest.code];
    return (typeof file === 'string' &&
        typeof message === 'string' &&
        LEVELS.has(level) &&
        numbers.every((number) => Number.isInteger(number)));
}
function unreadable(cause) {
    return new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildError */ .zS({
        kind: 'environment',
        code: 'SHELLCHECK_FAILED',
        message: 'shellcheck did not answer in its format json1',
        hint: 'Versions from 0.7 on have it. "off" (shellcheck) does without.',
        cause,
    });
}


/***/ })

};
