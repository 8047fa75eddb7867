export const id = 117;
export const ids = [117];
export const modules = {

/***/ 117:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   shellcheckScripts: () => (/* binding */ shellcheckScripts)
/* harmony export */ });
/* harmony import */ var _mapped_text_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5219);
/* harmony import */ var _context_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6629);
/* harmony import */ var _run_script_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(3439);
/* harmony import */ var _shell_rule_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(5002);




/** The dialects that ShellCheck knows. It has no name of its own for ash in the versions that are about: it is read as dash. */
const DIALECTS = new Set(['sh', 'bash', 'dash', 'ksh', 'ash']);
/** The shell text of every RUN, those behind ONBUILD too. Exec forms, other shells and other interpreters are left out. */
function shellcheckScripts(parsed, config) {
    const shared = { scripts: new Map(), ruleIds: new Set() };
    return [false, true].flatMap((onbuild) => {
        const context = (0,_context_js__WEBPACK_IMPORTED_MODULE_1__/* .makeContext */ .og)(parsed, config, onbuild, shared);
        return context.all('run').flatMap((run) => scriptsOf(context, run));
    });
}
function scriptsOf(context, run) {
    return (0,_shell_rule_js__WEBPACK_IMPORTED_MODULE_3__/* .shellFacts */ .k)(context, run, true).flatMap(({ script, dialect, known }) => {
        if (!DIALECTS.has(dialect) || !(0,_run_script_js__WEBPACK_IMPORTED_MODULE_2__/* .isShell */ .H7)(script.shebang))
            return [];
        // A heredoc's body belongs to the line that opens it; ShellCheck must not miss its end.
        const text = script.text === run.args ? withBodies(script.text, run.heredocs) : script.text;
        const names = namesFor(text.value, known).filter((name) => /^[A-Za-z_]\w*$/.test(name));
        const head = [`#!/bin/${dialect}`, ...names.map((name) => `export ${name}=1`), ''].join('\n');
        return [makeScript(context, head, text)];
    });
}
/** A script comes with all names that are known, of which ShellCheck may think as meant, while they are not more than this. */
const MOST_NAMES = 200;
/** The names that a script comes with: where there are many those that it speaks of. */
function namesFor(text, known) {
    const all = [];
    for (const name of known) {
        all.push(name);
        if (all.length > MOST_NAMES)
            return [...new Set(text.match(/[A-Za-z_]\w*/g))].filter((word) => known.has(word));
    }
    return all;
}
function makeScript({ file }, head, text) {
    // An interpreter line is only one at the very start.
    const body = text.value.startsWith('#!') ? `# ${text.value.slice(2)}` : text.value;
    const before = head.split('\n').length - 1;
    const lines = body.split('\n');
    const starts = [];
    let at = 0;
    for (const line of lines) {
        starts.push(at);
        at += line.length + 1;
    }
    const offsetOf = ({ line, column }) => {
        const own = lines[line - before - 1];
        if (own === undefined)
            return line > before ? body.length : undefined;
        return (starts[line - before - 1] ?? 0) + unitsOf(own, column - 1);
    };
    return {
        text: `${head}${body}\n`,
        rangeOf(start, end) {
            const from = offsetOf(start);
            const to = offsetOf(end);
            if (from === undefined || to === undefined)
                return undefined;
            return (0,_mapped_text_js__WEBPACK_IMPORTED_MODULE_0__/* .rangeOf */ .be)(file, text, from, Math.max(from, to));
        },
    };
}
/** UTF-16 units of the first `count` characters. */
function unitsOf(line, count) {
    let units = 0;
    let left = count;
    for (const char of line) {
        if (left-- <= 0)
            break;
        units += char.length;
    }
    return units;
}
/** A line with the bodies of its heredocs and their ends behind it. */
function withBodies(line, heredocs) {
    const pieces = [...line.pieces];
    const texts = [line.value];
    let { length } = line.value;
    const add = (text) => {
        texts.push(text);
        length += text.length;
    };
    for (const { name, content, body } of heredocs) {
        add('\n');
        pieces.push({ text: length, source: body.start.offset });
        add(content === '' || content.endsWith('\n') ? content : `${content}\n`);
        pieces.push({ text: length, source: body.end.offset });
        add(name);
    }
    return { value: texts.join(''), pieces };
}


/***/ })

};
