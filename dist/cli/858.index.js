export const id = 858;
export const ids = [858];
export const modules = {

/***/ 7114:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Q: () => (/* binding */ flagHelp),
/* harmony export */   W: () => (/* binding */ parseArguments)
/* harmony export */ });
/* harmony import */ var node_util__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7975);
/* harmony import */ var _dockerfile_suggest_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(5472);
/* harmony import */ var _dockerfile_truth_value_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(243);
/* harmony import */ var _options_problems_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3916);




/**
 * Reads flags as Go's pflag does for docker; what is not true or false is told as `--no-…` is.
 * @param problems gets all that is wrong; without it that is thrown
 * @throws BuildError `USAGE` for unknown flags, missing values and the like
 */
function parseArguments(argv, specs, problems, absent = {}) {
    const found = problems ?? new _options_problems_js__WEBPACK_IMPORTED_MODULE_1__/* .InputProblems */ .N();
    const reader = new FlagReader(specs, found, absent);
    const { tokens } = (0,node_util__WEBPACK_IMPORTED_MODULE_0__.parseArgs)({
        options: Object.fromEntries(Object.entries(specs).map(([name, spec]) => [name, optionOf(spec)])),
        args: [...argv],
        allowPositionals: true,
        strict: false,
        tokens: true,
    });
    for (const token of tokens) {
        if (token.kind === 'positional')
            reader.positionals.push(token.value);
        if (token.kind === 'option')
            reader.take(token);
    }
    if (problems === undefined)
        found.throwIfAny('USAGE', 'Run the command with --help to see its flags.');
    return reader;
}
class FlagReader {
    positionals = [];
    hasUnknown = false;
    #specs;
    #problems;
    #absent;
    #values = new Map();
    #flags = new Map();
    constructor(specs, problems, absent) {
        this.#absent = absent;
        this.#specs = specs;
        this.#problems = problems;
    }
    text(name) {
        return this.#values.get(name)?.at(-1);
    }
    list(name) {
        return this.#values.get(name) ?? [];
    }
    flag(name) {
        const value = this.#flags.get(name);
        // There is no word for the opposite of --no-cache: it is as if it were not said.
        return name.startsWith('no-') && value === false ? undefined : value;
    }
    take(token) {
        const { name, rawName } = token;
        const spec = Object.hasOwn(this.#specs, name) ? this.#specs[name] : undefined;
        if (spec?.type === 'string')
            this.#takeText(token);
        else if (spec?.type === 'boolean')
            this.#takeFlag(token);
        else if (this.#isNegative(name))
            this.#takeNegative(token);
        else {
            this.hasUnknown = true;
            const reason = Object.hasOwn(this.#absent, name) ? this.#absent[name] : undefined;
            this.#problems.add(rawName, reason ?? `there is no such flag${this.#meant(rawName)}`);
        }
    }
    #takeText({ name, rawName, value, inlineValue }) {
        if (value === undefined) {
            this.#problems.add(rawName, 'its value is missing');
            return;
        }
        if (inlineValue === false && /^-./.test(value)) {
            const written = rawName.startsWith('--') ? `${rawName}=${value}` : `${rawName}${value}`;
            this.#problems.add(rawName, `its value is missing. A value that begins with a dash is written ${written}`);
            return;
        }
        // `-t=NAME`, as pflag reads it.
        const text = inlineValue === true && !rawName.startsWith('--') ? value.replace(/^=/, '') : value;
        this.#values.set(name, [...this.list(name), text]);
    }
    #takeFlag({ name, rawName, value }) {
        const isTrue = value === undefined ? true : (0,_dockerfile_truth_value_js__WEBPACK_IMPORTED_MODULE_2__/* .readBool */ .r)(value);
        if (isTrue === undefined)
            this.#problems.add(rawName, `"${value}" is neither true nor false`);
        else
            this.#flags.set(name, isTrue);
    }
    #takeNegative({ name, rawName, value }) {
        const positive = name.slice('no-'.length);
        if (value === undefined)
            this.#flags.set(positive, false);
        else
            this.#problems.add(rawName, `it takes no value; write --${positive}=false`);
    }
    #isNegative(name) {
        const positive = name.slice('no-'.length);
        return (name.startsWith('no-') &&
            Object.hasOwn(this.#specs, positive) &&
            this.#specs[positive]?.type === 'boolean');
    }
    #meant(rawName) {
        if (!rawName.startsWith('--'))
            return '';
        const near = (0,_dockerfile_suggest_js__WEBPACK_IMPORTED_MODULE_3__/* .nearest */ .p)(rawName.slice(2), Object.keys(this.#specs));
        return near === undefined ? '' : `; did you mean --${near}?`;
    }
}
/** The flags as a help text, one a line. */
function flagHelp(specs) {
    const rows = Object.entries(specs).map(([name, spec]) => {
        const value = spec.type === 'string' ? ` ${spec.value ?? 'VALUE'}` : '';
        return [`${spec.short === undefined ? '    ' : `-${spec.short}, `}--${name}${value}`, spec.help];
    });
    const width = Math.max(...rows.map(([flag]) => flag.length)) + 2;
    return rows.map(([flag, help]) => `  ${flag.padEnd(width)}${help}`).join('\n');
}
function optionOf(spec) {
    return {
        type: spec.type,
        multiple: spec.multiple ?? false,
        ...(spec.short === undefined ? {} : { short: spec.short }),
    };
}


/***/ }),

/***/ 5939:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Q: () => (/* binding */ shellcheckMode),
/* harmony export */   s: () => (/* binding */ shellcheckFiles)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3024);
/* harmony import */ var node_os__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8161);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6760);
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(7594);
/* harmony import */ var _options_problems_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(3916);





/** @throws BuildError `BAD_INPUT` */
function shellcheckMode(text) {
    switch (text) {
        case undefined:
        case '':
            return 'auto';
        case 'auto':
        case 'off':
        case 'required':
            return text;
        default:
            throw (0,_options_problems_js__WEBPACK_IMPORTED_MODULE_4__/* .badInput */ .A)(`"${text}" is not a way to use shellcheck`, 'It is auto, off or required.');
    }
}
/**
 * What ShellCheck finds in the scripts of each file; few processes for all of them.
 * @throws BuildError `SHELLCHECK_NOT_FOUND`, `SHELLCHECK_FAILED` where it is required
 */
async function shellcheckFiles(files, run) {
    const program = run.mode === 'off' ? undefined : findProgram(run.environment['PATH'] ?? '');
    if (program === undefined) {
        if (run.mode === 'required')
            throw notFound();
        return files.map(() => []);
    }
    try {
        return await checkFiles(program, files, run);
    }
    catch (thrown) {
        run.signal?.throwIfAborted();
        if (run.mode === 'required' || !(thrown instanceof _base_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .BuildError */ .zS))
            throw thrown;
        run.onNotice?.(`shellcheck is left out: ${thrown.message}`);
        return files.map(() => []);
    }
}
function findProgram(path) {
    return path
        .split(node_path__WEBPACK_IMPORTED_MODULE_2__.delimiter)
        .filter((folder) => folder !== '')
        .map((folder) => (0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(folder, 'shellcheck'))
        .find((candidate) => {
        try {
            (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.accessSync)(candidate, node_fs__WEBPACK_IMPORTED_MODULE_0__.constants.X_OK);
            return (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.statSync)(candidate).isFile();
        }
        catch {
            return false;
        }
    });
}
function notFound() {
    return new _base_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .BuildError */ .zS({
        kind: 'environment',
        code: 'SHELLCHECK_NOT_FOUND',
        message: 'shellcheck is required, and it is not on this machine',
        hint: 'Install it, or set shellcheck to auto: the most common of its checks are built in.',
    });
}
/** Loaded where it is used: most machines do without, and starting up must stay quick. */
async function checkFiles(program, files, run) {
    const { shellcheckScripts } = await Promise.all(/* import() */[__webpack_require__.e(2), __webpack_require__.e(117)]).then(__webpack_require__.bind(__webpack_require__, 117));
    const { shellcheckFindings } = await __webpack_require__.e(/* import() */ 984).then(__webpack_require__.bind(__webpack_require__, 9603));
    const { runBatch } = await __webpack_require__.e(/* import() */ 447).then(__webpack_require__.bind(__webpack_require__, 8447));
    const scripts = files.map(({ parsed, config }) => shellcheckScripts(parsed, config));
    const known = knownTo(program);
    // Files of one repository share many of their scripts, to the letter.
    const texts = new Set(scripts.flat().map(({ text }) => text));
    const batches = inBatches([...texts].filter((text) => !known.has(text)));
    await inTurns(batches, async (batch) => {
        const comments = await runBatch(program, batch, run);
        for (const [index, text] of batch.entries())
            known.set(text, comments[index] ?? []);
    });
    return scripts.map((own) => own.flatMap((script) => shellcheckFindings(known.get(script.text) ?? [], script)));
}
/** By program, then by script: what was checked once in this process is not checked again. */
const results = new Map();
function knownTo(program) {
    const known = results.get(program) ?? new Map();
    results.set(program, known);
    return known;
}
/** A process starts in less time than it takes for a few scripts: one for each processor, unless the command line would grow too long. */
const MOST_SCRIPTS = 500;
function inBatches(items) {
    const size = Math.min(MOST_SCRIPTS, Math.max(8, Math.ceil(items.length / (0,node_os__WEBPACK_IMPORTED_MODULE_1__.availableParallelism)())));
    const batches = [];
    for (let at = 0; at < items.length; at += size)
        batches.push(items.slice(at, at + size));
    return batches;
}
/** As many at a time as there are processors. */
async function inTurns(items, work) {
    const queue = items.values();
    const lane = async () => {
        for (const item of queue)
            await work(item);
    };
    await Promise.all(Array.from({ length: (0,node_os__WEBPACK_IMPORTED_MODULE_1__.availableParallelism)() }, lane));
}


/***/ }),

/***/ 8628:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   C: () => (/* binding */ buildArgs),
/* harmony export */   W: () => (/* binding */ labels)
/* harmony export */ });
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7594);
/* harmony import */ var _dockerfile_directives_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3142);
/* harmony import */ var _problems_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(3916);



/** Labels: `KEY` alone is an empty one, as in docker build. @throws BuildError `BAD_INPUT` for an item without a key */
function labels(items) {
    return Object.fromEntries((0,_base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .readAll */ .yw)(items, (item) => split(item.includes('=') ? item : `${item}=`)));
}
/**
 * Build args: `KEY` alone takes the value from the environment, and is left out when it has none there, as in docker build.
 * @throws BuildError `BAD_INPUT` for an item without a key; `BAD_CHECK_DIRECTIVE` for a `BUILDKIT_DOCKERFILE_CHECK` that cannot be read
 */
function buildArgs(items, environment) {
    const found = (0,_base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .readAll */ .yw)(items, (item) => {
        if (item.includes('='))
            return [split(item)];
        const value = environment[item];
        return value === undefined ? [] : [[item, value]];
    });
    const args = Object.fromEntries(found.flat());
    const check = args[_dockerfile_directives_js__WEBPACK_IMPORTED_MODULE_1__/* .CHECK_ARGUMENT */ .rU];
    if (check !== undefined)
        (0,_dockerfile_directives_js__WEBPACK_IMPORTED_MODULE_1__/* .readCheckArgument */ .Ad)(check);
    return args;
}
function split(item) {
    const equals = item.indexOf('=');
    if (equals < 1)
        throw (0,_problems_js__WEBPACK_IMPORTED_MODULE_2__/* .badInput */ .A)(`"${item}" is not of the form KEY=VALUE`);
    return [item.slice(0, equals), item.slice(equals + 1)];
}


/***/ }),

/***/ 3916:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   A: () => (/* binding */ badInput),
/* harmony export */   N: () => (/* binding */ InputProblems)
/* harmony export */ });
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7594);

/** Collects all that is wrong with the inputs, so that it is told in one message. */
class InputProblems {
    #problems = [];
    /** `input` is named as the user wrote it: `--tag`, `build-args`. */
    add(input, message) {
        this.#problems.push(`${input}: ${message}`);
    }
    /** The value, or undefined after noting why there is none. */
    attempt(input, read) {
        try {
            return read();
        }
        catch (error) {
            if (!(error instanceof _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildError */ .zS) || error.kind !== 'user')
                throw error;
            for (const { message, hint } of error instanceof _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildErrors */ .Oq ? error.errors : [error])
                this.add(input, hint === undefined ? message : `${message}. ${hint}`);
            return undefined;
        }
    }
    /** @throws BuildError with that code */
    throwIfAny(code, hint) {
        const error = this.error(code, hint);
        if (error !== undefined)
            throw error;
    }
    /** All that was noted; undefined when that is nothing. */
    error(code = 'BAD_INPUT', hint) {
        const [first, ...more] = this.#problems;
        if (first === undefined)
            return undefined;
        return new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildError */ .zS({
            kind: 'user',
            code,
            hint,
            message: more.length === 0
                ? first
                : `${this.#problems.length} inputs are wrong:\n${this.#problems.map((text) => `- ${text}`).join('\n')}`,
        });
    }
}
/** An input that cannot be read. Caught and collected by InputProblems. */
function badInput(message, hint) {
    return new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildError */ .zS({ kind: 'user', code: 'BAD_INPUT', message, hint });
}


/***/ }),

/***/ 1044:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   E: () => (/* binding */ makeStateFolder),
/* harmony export */   f: () => (/* binding */ makeFolder)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3024);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(7594);



/**
 * Makes a folder and those above it, with the same mode, where they are missing. Node's own way to do that never returns where a folder is there
 * and nothing can be made in it because "there is no such file", as below /proc.
 * @throws errors of the file system
 */
function makeFolder(path, mode = 0o777) {
    try {
        (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.mkdirSync)(path, { mode });
    }
    catch (error) {
        if (isFolder(path))
            return;
        const parent = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.dirname)(path);
        if (error.code !== 'ENOENT' || parent === path || isFolder(parent))
            throw error;
        makeFolder(parent, mode);
        makeFolder(path, mode);
    }
}
/**
 * The state folder or one in it, for nobody else to read.
 * @throws BuildError `STATE_DIR_UNUSABLE`
 */
function makeStateFolder(path) {
    try {
        makeFolder(path, 0o700);
    }
    catch (cause) {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_2__/* .BuildError */ .zS({
            kind: 'environment',
            code: 'STATE_DIR_UNUSABLE',
            message: `The state folder ${path} cannot be used: ${(0,_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .reasonOf */ .A3)(cause)}`,
            hint: 'Give another one with state-dir.',
            cause,
        });
    }
}
function isFolder(path) {
    try {
        return (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.statSync)(path).isDirectory();
    }
    catch {
        return false;
    }
}


/***/ }),

/***/ 3680:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   I6: () => (/* binding */ trimBlanks),
/* harmony export */   k$: () => (/* binding */ isSeparator),
/* harmony export */   pw: () => (/* binding */ skipBlanks),
/* harmony export */   wU: () => (/* binding */ skipBlanksBack),
/* harmony export */   z3: () => (/* binding */ isBlank)
/* harmony export */ });
/**
 * Blanks as Go's `unicode.IsSpace` counts them: this is what BuildKit trims and splits by. It is not JavaScript's `\s`, which takes
 * U+FEFF and leaves out U+0085.
 */
function isBlank(code) {
    if (code < 0x80)
        return code === 0x20 || (code >= 0x09 && code <= 0x0d);
    if (code === 0x85 || code === 0xa0)
        return true;
    if (code < 0x1680)
        return false;
    return (code === 0x1680 ||
        (code >= 0x2000 && code <= 0x200a) ||
        code === 0x2028 ||
        code === 0x2029 ||
        code === 0x202f ||
        code === 0x205f ||
        code === 0x3000);
}
/** Tab, VT, FF, CR or space: the only characters that separate an instruction's name and plain words. */
function isSeparator(code) {
    return code === 0x20 || code === 0x09 || (code >= 0x0b && code <= 0x0d);
}
/** First index in [start, end) that is not blank, else `end`. */
function skipBlanks(text, start, end = text.length) {
    let index = start;
    while (index < end && isBlank(text.charCodeAt(index)))
        index++;
    return index;
}
/** Index after the last character of [start, end) that is not blank, else `start`. */
function skipBlanksBack(text, start, end) {
    let index = end;
    while (index > start && isBlank(text.charCodeAt(index - 1)))
        index--;
    return index;
}
function trimBlanks(text) {
    const start = skipBlanks(text, 0);
    return text.slice(start, skipBlanksBack(text, start, text.length));
}


/***/ }),

/***/ 3142:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Ad: () => (/* binding */ readCheckArgument),
/* harmony export */   Dh: () => (/* binding */ detectSyntax),
/* harmony export */   FP: () => (/* binding */ escapeOf),
/* harmony export */   PO: () => (/* binding */ readCheckOptions),
/* harmony export */   kp: () => (/* binding */ checkSyntax),
/* harmony export */   m1: () => (/* binding */ textStart),
/* harmony export */   nR: () => (/* binding */ scanDirective),
/* harmony export */   rU: () => (/* binding */ CHECK_ARGUMENT),
/* harmony export */   zj: () => (/* binding */ DirectiveReader)
/* harmony export */ });
/* unused harmony export syntaxReference */
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7594);
/* harmony import */ var _blank_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(3680);
/* harmony import */ var _source_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(901);



const NAMES = new Set(['syntax', 'escape', 'check']);
/** Blanks here are Go's `\s`: ASCII only, no vertical tab. */
const DIRECTIVE = /^([a-zA-Z][a-zA-Z0-9]*)[\t\n\f\r ]*=[\t\n\f\r ]*([^\n]+?)[\t\n\f\r ]*$/d;
/**
 * Reads directives line by line until the first line that is none. A directive counts once; the second of a name is an error.
 */
class DirectiveReader {
    source;
    marker;
    seen = new Set();
    done = false;
    constructor(source, marker = '#') {
        this.source = source;
        this.marker = marker;
    }
    /**
     * `line` begins at file offset `start`. Undefined: no directive, and none after it.
     * @throws BuildError `DUPLICATE_DIRECTIVE`
     */
    read(line, start) {
        if (this.done)
            return undefined;
        const directive = this.match(line, start);
        if (directive === undefined) {
            this.done = true;
            return undefined;
        }
        if (this.seen.has(directive.name)) {
            throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildError */ .zS({
                kind: 'user',
                code: 'DUPLICATE_DIRECTIVE',
                message: `The parser directive ${directive.name} is given twice`,
                hint: 'keep one of them',
                at: (0,_source_js__WEBPACK_IMPORTED_MODULE_1__/* .rangeBetween */ .yb)(this.source, start, start + line.length),
            });
        }
        this.seen.add(directive.name);
        return directive;
    }
    match(line, start) {
        if (!line.startsWith(this.marker))
            return undefined;
        const from = (0,_blank_js__WEBPACK_IMPORTED_MODULE_2__/* .skipBlanks */ .pw)(line, this.marker.length);
        const match = DIRECTIVE.exec(line.slice(from));
        const name = match?.[1]?.toLowerCase() ?? '';
        if (!NAMES.has(name))
            return undefined;
        const [valueStart = 0, valueEnd = 0] = match?.indices?.[2] ?? [];
        const offset = start + from;
        return {
            name: name,
            value: {
                value: match?.[2] ?? '',
                at: (0,_source_js__WEBPACK_IMPORTED_MODULE_1__/* .rangeBetween */ .yb)(this.source, offset + valueStart, offset + valueEnd),
            },
        };
    }
}
/**
 * The escape character that a directive names.
 * @throws BuildError `BAD_ESCAPE_DIRECTIVE` for anything but one backslash or one backtick
 */
function escapeOf(value) {
    if (value.value === '\\' || value.value === '`')
        return value.value;
    throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildError */ .zS({
        kind: 'user',
        code: 'BAD_ESCAPE_DIRECTIVE',
        message: `The escape directive takes a backslash or a backtick, not ${JSON.stringify(value.value)}`,
        hint: 'write `# escape=\\` or "# escape=`" with nothing behind it',
        at: value.at,
    });
}
/** File offset of the text proper: behind a byte-order mark. */
function textStart(text) {
    return text.startsWith('\uFEFF') ? 1 : 0;
}
/**
 * Looks a directive up the way BuildKit scans for `syntax` and `check` before it parses: a first line `#!…` is passed over, and no
 * blank may stand before the marker. The value is all that follows the equals sign.
 */
function scanDirective(source, name, marker = '#') {
    const { text } = source;
    const reader = new DirectiveReader(source, marker);
    let start = textStart(text);
    if (text.startsWith('#!', start))
        start = lineEnd(text, start) + 1;
    while (start < text.length && !reader.done) {
        const end = lineEnd(text, start);
        const line = text.slice(start, end).replace(/\r$/, '');
        const directive = readOrStop(reader, line, start);
        if (directive?.name === name)
            return directive.value;
        start = end + 1;
    }
    return undefined;
}
function readOrStop(reader, line, start) {
    try {
        return reader.read(line, start);
    }
    catch (error) {
        if (!(error instanceof _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildError */ .zS))
            throw error;
        reader.done = true;
        return undefined;
    }
}
function lineEnd(text, start) {
    const end = text.indexOf('\n', start);
    return end === -1 ? text.length : end;
}
/**
 * Which frontend a file asks for: `# syntax=`, `// syntax=`, or the key `syntax` of a file that is one JSON object.
 */
function detectSyntax(source) {
    return scanDirective(source, 'syntax') ?? scanDirective(source, 'syntax', '//') ?? jsonSyntax(source);
}
function jsonSyntax(source) {
    const { text } = source;
    let start = textStart(text);
    if (text.startsWith('#!', start))
        start = lineEnd(text, start) + 1;
    if (!/^[\t\n\r ]*\{/.test(text.slice(start, start + 1000)))
        return undefined;
    try {
        const value = JSON.parse(text.slice(start));
        const syntax = typeof value === 'object' && value !== null && 'syntax' in value ? value.syntax : undefined;
        if (typeof syntax !== 'string')
            return undefined;
        return { value: syntax, at: (0,_source_js__WEBPACK_IMPORTED_MODULE_1__/* .rangeBetween */ .yb)(source, start, lineEnd(text, start)) };
    }
    catch {
        return undefined;
    }
}
/** The frontend's image: the value up to the first space. */
function syntaxReference(syntax) {
    return syntax.value.split(' ', 1)[0] ?? '';
}
/** Names under which the stable Dockerfile frontend is published; what we read is that language. */
const FRONTEND = /^(?:docker\.io\/|index\.docker\.io\/)?docker\/dockerfile(?:-upstream)?(?::(?:1(?:[.-][\w.-]*)?|latest|labs|experimental|master[\w.-]*))?(?:@sha256:[0-9a-f]{64})?$/;
/**
 * Refuses a file that is written for another frontend than docker/dockerfile:1, which this engine stands in for.
 * @throws BuildError `UNSUPPORTED_SYNTAX`
 */
function checkSyntax(directives) {
    const { syntax } = directives;
    if (syntax === undefined)
        return;
    const reference = syntaxReference(syntax);
    if (reference === 'dockerfile.v0' || FRONTEND.test(reference))
        return;
    throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildError */ .zS({
        kind: 'user',
        code: 'UNSUPPORTED_SYNTAX',
        message: `This file asks for the frontend ${reference}, which is a program of its own and is not run here`,
        hint: 'the built-in frontend reads what docker/dockerfile:1 reads; remove the syntax line, or build with engine=buildkit',
        at: syntax.at,
    });
}
/**
 * Reads `skip=A,B;experimental=all;error=true`; only what stands before the first space counts.
 * @throws BuildError `BAD_CHECK_DIRECTIVE`
 */
function readCheckOptions(check) {
    return optionsIn(check.value.split(' ', 1)[0] ?? '', (why) => badCheck(`The check directive cannot be read: ${why}`, check.at));
}
/** A build argument that takes the place of the check directive. */
const CHECK_ARGUMENT = 'BUILDKIT_DOCKERFILE_CHECK';
/**
 * The value of `CHECK_ARGUMENT`: as a directive, but read to its end.
 * @throws BuildError `BAD_CHECK_DIRECTIVE`
 */
function readCheckArgument(value) {
    return optionsIn(value, (why) => badCheck(`The build argument ${CHECK_ARGUMENT} cannot be read: ${why}`));
}
function optionsIn(text, bad) {
    let skip = [];
    let experimental = [];
    let error = false;
    for (const part of text === '' ? [] : text.split(';')) {
        const equals = part.indexOf('=');
        if (equals === -1)
            throw bad(`${JSON.stringify(part)} has no value`);
        const key = part.slice(0, equals);
        const value = part.slice(equals + 1).trim();
        if (key.trim() === 'skip')
            skip = ruleList(value, skip);
        else if (key.trim() === 'experimental')
            experimental = ruleList(value, experimental);
        else if (key.trim() === 'error')
            error = checkError(value, bad);
        else
            throw bad(`${JSON.stringify(key)} is not known`);
    }
    return { skip, experimental, error };
}
/** A later list replaces an earlier one, unless that named all of them. */
function ruleList(value, earlier) {
    return earlier === 'all' || value === 'all' ? 'all' : value.split(',').map((name) => name.trim());
}
function checkError(value, bad) {
    if (/^(?:1|t|true|T|True|TRUE)$/.test(value))
        return true;
    if (/^(?:0|f|false|F|False|FALSE)$/.test(value))
        return false;
    throw bad(`error must be true or false, not ${JSON.stringify(value)}`);
}
function badCheck(message, at) {
    return new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildError */ .zS({
        kind: 'user',
        code: 'BAD_CHECK_DIRECTIVE',
        message,
        hint: 'its options are skip=RULE,… experimental=RULE,… and error=true|false, separated by ;',
        at,
    });
}


/***/ }),

/***/ 901:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   o$: () => (/* binding */ readSource),
/* harmony export */   yb: () => (/* binding */ rangeBetween)
/* harmony export */ });
/* unused harmony export positionAt */
const RECENT = 32;
function readSource(text, file) {
    // A byte-order mark is no column of the first line.
    const lineStarts = [text.startsWith('\uFEFF') ? 1 : 0];
    for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1))
        lineStarts.push(at + 1);
    return { file, text, lineStarts, recent: new Array(RECENT).fill(undefined) };
}
function positionAt(source, offset) {
    const known = source.recent[offset % RECENT];
    if (known?.offset === offset)
        return known;
    const position = locate(source.lineStarts, offset);
    source.recent[offset % RECENT] = position;
    return position;
}
function locate(lineStarts, offset) {
    let low = 0;
    let high = lineStarts.length - 1;
    while (low < high) {
        const middle = (low + high + 1) >>> 1;
        if ((lineStarts[middle] ?? 0) <= offset)
            low = middle;
        else
            high = middle - 1;
    }
    return { line: low + 1, column: offset - (lineStarts[low] ?? 0) + 1, offset };
}
/** `end` is exclusive. */
function rangeBetween(source, start, end) {
    return { file: source.file, start: positionAt(source, start), end: positionAt(source, end) };
}


/***/ }),

/***/ 243:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   r: () => (/* binding */ readBool)
/* harmony export */ });
/** The spellings that Go's strconv.ParseBool takes, in Dockerfiles and on the command line; undefined for what is none. */
function readBool(text) {
    if (/^(?:1|t|T|true|TRUE|True)$/.test(text))
        return true;
    if (/^(?:0|f|F|false|FALSE|False)$/.test(text))
        return false;
    return undefined;
}


/***/ })

};
