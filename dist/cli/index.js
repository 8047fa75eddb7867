#!/usr/bin/env node
import { createRequire as __WEBPACK_EXTERNAL_createRequire } from "module";
/******/ var __webpack_modules__ = ({

/***/ 2613:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("assert");

/***/ }),

/***/ 181:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("buffer");

/***/ }),

/***/ 5317:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("child_process");

/***/ }),

/***/ 6982:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("crypto");

/***/ }),

/***/ 4434:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("events");

/***/ }),

/***/ 9896:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("fs");

/***/ }),

/***/ 8611:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("http");

/***/ }),

/***/ 5692:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("https");

/***/ }),

/***/ 9278:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("net");

/***/ }),

/***/ 4589:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:assert");

/***/ }),

/***/ 6698:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:async_hooks");

/***/ }),

/***/ 4573:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:buffer");

/***/ }),

/***/ 1421:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:child_process");

/***/ }),

/***/ 7540:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:console");

/***/ }),

/***/ 7598:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:crypto");

/***/ }),

/***/ 3053:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:diagnostics_channel");

/***/ }),

/***/ 610:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:dns");

/***/ }),

/***/ 8474:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:events");

/***/ }),

/***/ 3024:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:fs");

/***/ }),

/***/ 1455:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:fs/promises");

/***/ }),

/***/ 7067:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:http");

/***/ }),

/***/ 2467:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:http2");

/***/ }),

/***/ 4708:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:https");

/***/ }),

/***/ 8995:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:module");

/***/ }),

/***/ 7030:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:net");

/***/ }),

/***/ 8161:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:os");

/***/ }),

/***/ 6760:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:path");

/***/ }),

/***/ 643:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:perf_hooks");

/***/ }),

/***/ 1708:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:process");

/***/ }),

/***/ 1792:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:querystring");

/***/ }),

/***/ 7075:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:stream");

/***/ }),

/***/ 6466:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:stream/promises");

/***/ }),

/***/ 8500:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:timers/promises");

/***/ }),

/***/ 1692:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:tls");

/***/ }),

/***/ 3136:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:url");

/***/ }),

/***/ 7975:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:util");

/***/ }),

/***/ 3429:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:util/types");

/***/ }),

/***/ 5919:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:worker_threads");

/***/ }),

/***/ 8522:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:zlib");

/***/ }),

/***/ 857:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("os");

/***/ }),

/***/ 6928:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("path");

/***/ }),

/***/ 932:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("process");

/***/ }),

/***/ 2203:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("stream");

/***/ }),

/***/ 3193:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("string_decoder");

/***/ }),

/***/ 3557:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("timers");

/***/ }),

/***/ 4756:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("tls");

/***/ }),

/***/ 2018:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("tty");

/***/ }),

/***/ 7016:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("url");

/***/ }),

/***/ 9023:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("util");

/***/ }),

/***/ 6491:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Is: () => (/* binding */ harmless),
/* harmony export */   _Q: () => (/* binding */ fitting),
/* harmony export */   h0: () => (/* binding */ plainLine)
/* harmony export */ });
/* harmony import */ var _dockerfile_char_width_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(7949);

/** Escape sequences of terminals (ECMA-48): with a parameter list, with a text that ends by itself, and of two characters. */
const ESCAPES = 
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
/\x1b(?:\[[0-?]*[ -/]*[@-~]|[\]PX^_][^\x07\x1b]*(?:\x07|\x1b\\)?|[ -/]*[0-~])|\x9b[0-?]*[ -/]*[@-~]/g;
/** What a terminal obeys without a sequence, and what turns the direction of reading; tabs and line ends are harmless. */
const CONTROLS = /(?![\t\n])[\p{Cc}\u2028-\u202e\u2066-\u2069]/gu;
/** A text without anything that a terminal would obey. */
function harmless(text) {
    return text.replace(ESCAPES, '').replace(CONTROLS, '');
}
/** What a line of output looks like in the end: behind the last return of the carriage, and harmless. */
function plainLine(text) {
    const last = text.replace(/\r+$/, '').split('\r').at(-1) ?? '';
    return harmless(last).replace(/\t/g, '  ').replace(/\n/g, '');
}
/** As much of a line as fits into that many columns, with a sign where something is left out. */
function fitting(text, columns) {
    let used = 0;
    let end = 0;
    let room = '';
    for (const char of text) {
        used += (0,_dockerfile_char_width_js__WEBPACK_IMPORTED_MODULE_0__/* .charWidth */ .V)(char);
        if (used > columns)
            return columns < 1 ? '' : `${room}…`;
        end += char.length;
        // One column is kept for the sign.
        if (used < columns)
            room = text.slice(0, end);
    }
    return text;
}


/***/ }),

/***/ 8592:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   F: () => (/* binding */ failAsJson),
/* harmony export */   f: () => (/* binding */ fail)
/* harmony export */ });
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(7594);
/* harmony import */ var _report_runner_command_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(942);
/* harmony import */ var _report_text_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(9611);
/* harmony import */ var _cells_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(6491);




const EXIT = { user: 1, environment: 1, remote: 1, bug: 125 };
const USAGE_CODES = new Set([
    'USAGE',
    'BAD_INPUT',
    'BAD_LINT_BASELINE',
    'BAD_LINT_CONFIG',
    'BAD_LINT_OPTION',
    'BAD_REFERENCE',
    'CONTEXT_NOT_FOUND',
    'CONTEXT_NOT_SUPPORTED',
    'BAD_GIT_REFERENCE',
    'STDIN_TWICE',
    'TWO_DOCKERFILES',
    'NOT_A_DOCKERFILE',
    'DOCKERFILE_NOT_FOUND',
]);
/** Tells an error and gives the exit code for it. */
function fail(error, terminal, sources) {
    if (error.code === 'CANCELLED') {
        terminal.stderr('ts-image-build: cancelled\n');
        return 1;
    }
    const text = `${(0,_report_text_js__WEBPACK_IMPORTED_MODULE_1__/* .errorText */ .kc)(error, sources)}\n`;
    // It quotes what a step printed, which is for logs with their colours, and not for a terminal to obey.
    terminal.stderr(terminal.screen === undefined ? text : (0,_cells_js__WEBPACK_IMPORTED_MODULE_2__/* .harmless */ .Is)(text));
    return exitCodeFor(error);
}
/** The same for programs: one JSON object a line for each error, behind the events of the build. */
function failAsJson(error, { stderr }) {
    for (const { kind, code, message, hint, at, stack } of single(error)) {
        const told = { type: 'error', kind, code, message, hint, at, ...(kind === 'bug' ? { stack } : {}) };
        stderr(`${(0,_report_runner_command_js__WEBPACK_IMPORTED_MODULE_3__/* .jsonForRunner */ .uA)(JSON.stringify(told))}\n`);
    }
    return error.code === 'CANCELLED' ? 1 : exitCodeFor(error);
}
function single(error) {
    return error instanceof _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildErrors */ .Oq ? error.errors.flatMap(single) : [error];
}
/** 1 failed, 2 wrong usage or input, 125 a fault of ours. What stands in a Dockerfile fails the build, whatever it is. */
function exitCodeFor({ code, kind, at }) {
    return USAGE_CODES.has(code) && at === undefined ? 2 : EXIT[kind];
}


/***/ }),

/***/ 260:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  a: () => (/* binding */ runCli)
});

// EXTERNAL MODULE: external "node:stream"
var external_node_stream_ = __nccwpck_require__(7075);
;// CONCATENATED MODULE: external "node:stream/consumers"
const consumers_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:stream/consumers");
// EXTERNAL MODULE: ./lib/base/errors.js
var errors = __nccwpck_require__(7594);
;// CONCATENATED MODULE: ./lib/app/drain.js
/**
 * What tells whether the reader of a stream is behind: a promise that resolves when it is not any more, or when nobody reads. Node takes what is
 * written to a pipe at once and keeps it in memory.
 */
function drainOf(stream) {
    return () => (stream.writableNeedDrain ? drained(stream) : undefined);
}
const ENDS = ['drain', 'close', 'error'];
function drained(stream) {
    return new Promise((resolve) => {
        const done = () => {
            for (const name of ENDS)
                stream.off(name, done);
            resolve();
        };
        for (const name of ENDS)
            stream.on(name, done);
    });
}

// EXTERNAL MODULE: ./lib/app/report/runner-command.js
var runner_command = __nccwpck_require__(942);
// EXTERNAL MODULE: ./lib/app/cli/failure.js
var failure = __nccwpck_require__(8592);
// EXTERNAL MODULE: ./lib/dockerfile/suggest.js
var suggest = __nccwpck_require__(5472);
// EXTERNAL MODULE: ./lib/app/version.js
var version = __nccwpck_require__(1271);
;// CONCATENATED MODULE: ./lib/app/cli/main.js





/** Loaded when it is called, so that `lint` never pays for the engine. */
const COMMANDS = {
    build: {
        help: 'build an image from a Dockerfile',
        load: async () => (await Promise.all(/* import() */[__nccwpck_require__.e(175), __nccwpck_require__.e(858), __nccwpck_require__.e(456), __nccwpck_require__.e(2), __nccwpck_require__.e(950), __nccwpck_require__.e(504), __nccwpck_require__.e(270)]).then(__nccwpck_require__.bind(__nccwpck_require__, 6270))).build,
    },
    lint: { help: 'lint Dockerfiles', load: async () => (await Promise.all(/* import() */[__nccwpck_require__.e(858), __nccwpck_require__.e(2), __nccwpck_require__.e(504), __nccwpck_require__.e(965)]).then(__nccwpck_require__.bind(__nccwpck_require__, 3965))).lintCommand },
    df: {
        help: 'tell what is kept for later builds',
        load: async () => (await Promise.all(/* import() */[__nccwpck_require__.e(175), __nccwpck_require__.e(858), __nccwpck_require__.e(456), __nccwpck_require__.e(950), __nccwpck_require__.e(603)]).then(__nccwpck_require__.bind(__nccwpck_require__, 8603))).df,
    },
    prune: {
        help: 'delete what is kept for later builds',
        load: async () => (await Promise.all(/* import() */[__nccwpck_require__.e(175), __nccwpck_require__.e(858), __nccwpck_require__.e(456), __nccwpck_require__.e(950), __nccwpck_require__.e(25)]).then(__nccwpck_require__.bind(__nccwpck_require__, 1025))).prune,
    },
    probe: {
        help: 'tell what this machine can do for RUN',
        load: async () => (await Promise.all(/* import() */[__nccwpck_require__.e(175), __nccwpck_require__.e(858), __nccwpck_require__.e(456), __nccwpck_require__.e(731)]).then(__nccwpck_require__.bind(__nccwpck_require__, 5731))).probe,
    },
};
/** Runs the command line and gives its exit code: 0 done, 1 failed, 2 wrong usage or input, 125 a fault of ours. */
async function main(argv, given) {
    const [name, ...rest] = argv;
    const terminal = withGuards(given, name);
    const [about] = rest;
    if (name === 'help' && about !== undefined)
        return main([about, '--help'], terminal);
    if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
        terminal.stdout(usage());
        return name === undefined ? 2 : 0;
    }
    if (name === '--version' || name === '-v' || name === 'version') {
        terminal.stdout(`ts-image-build ${version/* VERSION */.x}\n`);
        return 0;
    }
    const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
    if (command === undefined) {
        // Of words so short, any is near to any other.
        const near = name.length < 4 ? undefined : (0,suggest/* nearest */.p)(name, Object.keys(COMMANDS));
        const meant = near === undefined ? '' : `; did you mean ${near}?`;
        terminal.stderr(`ts-image-build: there is no command "${name}"${meant}\n\n${usage()}`);
        return 2;
    }
    const sources = {};
    try {
        return await (await command.load())(rest, terminal, sources);
    }
    catch (thrown) {
        return (0,failure/* fail */.f)((0,errors/* toBuildError */.KB)(thrown), terminal, sources);
    }
}
/**
 * Names of files, their lines and what steps print come from strangers: in a job of GitHub none of them is a command to its runner. Of the reports of
 * `lint` those that programs read stay as they are.
 */
function withGuards(terminal, name) {
    const { environment, stdout, stderr } = terminal;
    return {
        ...terminal,
        stderr: (0,runner_command/* guarded */.Nj)(stderr, environment),
        stdout: name === 'lint' ? stdout : (0,runner_command/* guarded */.Nj)(stdout, environment),
    };
}
function usage() {
    const rows = Object.entries(COMMANDS).map(([name, { help }]) => `  ${name.padEnd(8)}${help}`);
    return `Usage: ts-image-build COMMAND [FLAGS] …
       ts-image-build --version

Builds container images from Dockerfiles with an engine of its own: no Docker daemon.

Commands:
${rows.join('\n')}

"ts-image-build COMMAND --help" tells the flags of a command.
`;
}

;// CONCATENATED MODULE: ./lib/app/cli/node-version.js
/** Oldest Node that has all that is used, as package.json's `engines` says it (a test compares the two). */
const OLDEST_NODE = '22.15';
/** What to tell on a Node that is too old, where errors would look like faults of ours. */
function tooOldNode(version) {
    const [major = 0, minor = 0] = version.split('.').map(Number);
    const [oldestMajor = 0, oldestMinor = 0] = OLDEST_NODE.split('.').map(Number);
    const isOld = major < oldestMajor || (major === oldestMajor && minor < oldestMinor);
    return isOld ? `ts-image-build needs Node ${OLDEST_NODE} or newer; this is Node ${version}.\n` : undefined;
}

;// CONCATENATED MODULE: ./lib/app/cli/run.js








/** Connects the command line to this process: streams, environment, SIGINT and SIGTERM. */
async function runCli() {
    const tooOld = tooOldNode(process.versions.node);
    if (tooOld !== undefined) {
        process.stderr.write(tooOld);
        process.exitCode = 1;
        return;
    }
    const abort = new AbortController();
    for (const name of ['SIGINT', 'SIGTERM']) {
        // The second signal ends the process the usual way.
        process.once(name, () => abort.abort(new DOMException(`${name} received`, 'AbortError')));
    }
    const failures = [];
    for (const stream of [process.stdout, process.stderr]) {
        // Whoever reads our output may stop (`| head`); that is no fault of anybody.
        stream.on('error', (error) => void (error.code === 'EPIPE' || failures.push(error)));
    }
    // Nobody may ever write to it: the first signal ends the wait.
    const stdin = () => (0,external_node_stream_.addAbortSignal)(abort.signal, process.stdin.on('error', () => undefined));
    const messages = {
        stderr: (0,runner_command/* guarded */.Nj)((chunk) => void process.stderr.write(chunk), process.env),
        ...(process.stderr.isTTY ? { screen: () => sizeOf(process.stderr) } : {}),
    };
    let isJson = false;
    const tell = (error) => isJson ? (0,failure/* failAsJson */.F)(error, messages) : (0,failure/* fail */.f)(error, messages, {});
    process.once('uncaughtException', (thrown) => process.exit(tell((0,errors/* toBuildError */.KB)(thrown))));
    const code = await main(process.argv.slice(2), {
        ...messages,
        jsonOnly: () => {
            isJson = true;
        },
        drained: drainOf(process.stderr),
        stdout: (chunk) => void process.stdout.write(chunk),
        interactive: process.stdout.isTTY === true,
        byteOutput: process.stdout,
        readStdin: () => (0,consumers_namespaceObject.text)(stdin()),
        stdin,
        environment: process.env,
        signal: abort.signal,
    });
    // Errors of writing come behind it.
    await new Promise((resolve) => process.stdout.write('', resolve));
    // The same goes for all that is written to it.
    const [cause] = failures;
    if (cause !== undefined)
        tell(outputNotWritten(cause));
    process.exitCode = failures.length > 0 && code === 0 ? 1 : code;
}
function outputNotWritten(cause) {
    return new errors/* BuildError */.zS({
        kind: 'environment',
        code: 'OUTPUT_NOT_WRITTEN',
        message: `The output could not be written: ${cause.message}`,
        cause,
    });
}
/** Some terminals, those of tests among them, do not know their size. */
function sizeOf({ columns, rows }) {
    return { columns: columns || 80, rows: rows || 24 };
}


/***/ }),

/***/ 942:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Nj: () => (/* binding */ guarded),
/* harmony export */   Pm: () => (/* binding */ isRunnerLog),
/* harmony export */   hj: () => (/* binding */ withoutRunnerCommands),
/* harmony export */   uA: () => (/* binding */ jsonForRunner)
/* harmony export */ });
/* unused harmony export hasRunnerCommand */
/**
 * What GitHub's runner may take for a command (actions/runner, ActionCommand.cs): `::` at the beginning of a line, behind whatever counts as
 * blank there, and `##[` anywhere.
 */
const COMMAND = /^[^\p{L}\p{N}[]*::|##\[/mu;
const AT_BEGINNING = /^[^\p{L}\p{N}[\n]*::/gmu;
/** Would the runner obey something in this text? */
function hasRunnerCommand(text) {
    return COMMAND.test(text);
}
/**
 * The text with a blank in each command, so that none is one. For what goes to two streams: the runner may read them in another order than they
 * were written, so that `::stop-commands::` in one of them could end in the midst of the other.
 */
function withoutRunnerCommands(text) {
    if (!hasRunnerCommand(text))
        return text;
    return text.replaceAll('##[', '# #[').replace(AT_BEGINNING, (run) => run.replaceAll(':', ': '));
}
/** JSON with `##[` in other letters, which mean the same: no line of it is a command. */
function jsonForRunner(json) {
    return json.replaceAll('##[', '#\\u0023[');
}
/** Is this process a step of a job of GitHub, whose output the runner reads? */
function isRunnerLog(environment) {
    return environment['GITHUB_ACTIONS'] === 'true';
}
/** A writer of whole lines, in a job of GitHub one that gives the runner no command. */
function guarded(write, environment) {
    return isRunnerLog(environment) ? (text) => write(withoutRunnerCommands(text)) : write;
}


/***/ }),

/***/ 9611:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   NK: () => (/* binding */ findingText),
/* harmony export */   kc: () => (/* binding */ errorText),
/* harmony export */   qv: () => (/* binding */ passedText)
/* harmony export */ });
/* unused harmony export placeText */
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(7594);
/* harmony import */ var _dockerfile_source_frame_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(7641);


/**
 * An error for people: what happened, where with the lines themselves, what to do. Several errors one below the other. A stack only for
 * faults of ours.
 */
function errorText(error, sources) {
    if (error instanceof _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildErrors */ .Oq)
        return error.errors.map((each) => errorText(each, sources)).join('\n\n');
    const lines = [`ERROR: ${error.message}`];
    if (error.at !== undefined)
        lines.push(frame(error.at, sources));
    if (error.hint !== undefined)
        lines.push(indented(error.hint));
    if (error.kind === 'bug') {
        lines.push(indented('This is a fault of ts-image-build. Please report it with the lines below.'));
        const { cause } = error;
        lines.push(cause instanceof Error ? (cause.stack ?? cause.message) : (error.stack ?? ''));
    }
    return lines.join('\n');
}
function placeText(at) {
    return `${at.file}:${at.start.line}:${at.start.column}`;
}
/** A finding of the linter in one line. */
function findingText({ at, severity, rule, message }) {
    return `${placeText(at)} ${severity} ${rule}: ${message}`;
}
/** That a check of the Dockerfile has passed, with so many findings. */
function passedText(findings) {
    if (findings === 0)
        return 'check passed: nothing was found';
    return `check passed: ${findings} ${findings === 1 ? 'finding' : 'findings'} below the threshold`;
}
function frame(at, sources) {
    const text = sources[at.file];
    return text === undefined ? `  --> ${placeText(at)}` : (0,_dockerfile_source_frame_js__WEBPACK_IMPORTED_MODULE_1__/* .sourceFrame */ .r)(text, at);
}
function indented(text) {
    return text
        .split('\n')
        .map((line) => `  ${line}`)
        .join('\n');
}


/***/ }),

/***/ 1271:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   x: () => (/* binding */ VERSION)
/* harmony export */ });
/** Of this program, as package.json says it (a test compares the two). */
const VERSION = '0.1.0';


/***/ }),

/***/ 7594:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   A3: () => (/* binding */ reasonOf),
/* harmony export */   KB: () => (/* binding */ toBuildError),
/* harmony export */   Kx: () => (/* binding */ throwAll),
/* harmony export */   Oq: () => (/* binding */ BuildErrors),
/* harmony export */   ZT: () => (/* binding */ noted),
/* harmony export */   yC: () => (/* binding */ reasonWithHint),
/* harmony export */   yw: () => (/* binding */ readAll),
/* harmony export */   zS: () => (/* binding */ BuildError)
/* harmony export */ });
/** The only error that our code throws on purpose. */
class BuildError extends Error {
    kind;
    code;
    hint;
    at;
    constructor(facts) {
        super(facts.message, facts.cause === undefined ? undefined : { cause: facts.cause });
        this.name = 'BuildError';
        this.kind = facts.kind;
        this.code = facts.code;
        this.hint = facts.hint;
        this.at = facts.at;
    }
    /** The same error with a place, unless it has one already. */
    located(at) {
        if (this.at !== undefined || at === undefined)
            return this;
        return new BuildError({
            kind: this.kind,
            code: this.code,
            message: this.message,
            hint: this.hint,
            at,
            cause: this.cause ?? this,
        });
    }
}
/** Several errors that were found together; shown one below the other. Never empty. */
class BuildErrors extends BuildError {
    errors;
    constructor(errors) {
        const first = errors[0];
        super({
            kind: first?.kind ?? 'bug',
            code: first?.code ?? 'NO_ERRORS',
            message: errors.map((error) => error.message).join('\n'),
            hint: first?.hint,
            at: first?.at,
        });
        this.errors = errors;
    }
    /** Each of them gets the place unless it has one. */
    located(at) {
        return at === undefined ? this : new BuildErrors(this.errors.map((error) => error.located(at)));
    }
}
/** Throws nothing for an empty list, the error itself for one, all of them together otherwise. */
function throwAll(errors) {
    const [first, second] = errors;
    if (first === undefined)
        return;
    throw second === undefined ? first : new BuildErrors(errors);
}
/**
 * What `read` makes of each item.
 * @throws BuildError what is wrong with all of them together
 */
function readAll(items, read) {
    const errors = [];
    const values = items.flatMap((item) => {
        try {
            return [read(item)];
        }
        catch (error) {
            if (!(error instanceof BuildError))
                throw error;
            errors.push(error);
            return [];
        }
    });
    throwAll(errors);
    return values;
}
/** What `read` gives, or undefined after adding to `errors` why it gives nothing. Throws what is no BuildError. */
async function noted(errors, read) {
    try {
        return await read();
    }
    catch (error) {
        if (!(error instanceof BuildError))
            throw error;
        errors.push(...(error instanceof BuildErrors ? error.errors : [error]));
        return undefined;
    }
}
/** Anything thrown as a BuildError: ours unchanged, aborts as `CANCELLED`, everything else as a bug. */
function toBuildError(thrown) {
    if (thrown instanceof BuildError)
        return thrown;
    // The platform's own mark of an abort; it is a DOMException, which need not be an Error of this realm.
    if (typeof thrown === 'object' && thrown !== null && 'name' in thrown && thrown.name === 'AbortError') {
        return new BuildError({
            kind: 'user',
            code: 'CANCELLED',
            message: 'The build was cancelled',
            cause: thrown,
        });
    }
    return (fromSystem(thrown) ??
        new BuildError({
            kind: 'bug',
            code: 'UNEXPECTED',
            message: reasonOf(thrown),
            cause: thrown,
        }));
}
/** What the kernel refuses wherever it is asked for it, by errno(3). */
const REFUSALS = new Map([
    [
        'ENOSPC',
        {
            code: 'NO_SPACE',
            what: 'There is no space left on the disk',
            hint: 'Free some space on the disk, or put the state folder on another one.',
        },
    ],
    [
        'EDQUOT',
        {
            code: 'NO_SPACE',
            what: 'The disk quota is used up',
            hint: 'Free some space, or put the state folder on another disk.',
        },
    ],
    [
        'EROFS',
        {
            code: 'READ_ONLY',
            what: 'The file system can only be read',
            hint: 'Put the state folder on a file system that can be written.',
        },
    ],
    [
        'EMFILE',
        {
            code: 'TOO_MANY_FILES',
            what: 'This process has too many files open',
            hint: 'Raise the limit on open files (ulimit -n).',
        },
    ],
    [
        'ENFILE',
        {
            code: 'TOO_MANY_FILES',
            what: 'The whole machine has too many files open',
            hint: 'End other programs, or raise the limit (fs.file-max).',
        },
    ],
    [
        'ENOMEM',
        {
            code: 'NO_MEMORY',
            what: 'This machine has no memory left',
            hint: 'End other programs, or run fewer steps at a time.',
        },
    ],
    [
        'EIO',
        {
            code: 'DISK_FAILED',
            what: 'The disk failed',
            hint: 'See what the kernel says of the disk (dmesg).',
        },
    ],
]);
function fromSystem(thrown) {
    if (typeof thrown !== 'object' || thrown === null || !('code' in thrown))
        return undefined;
    const refusal = REFUSALS.get(thrown.code);
    if (refusal === undefined)
        return undefined;
    const { code, what, hint } = refusal;
    const message = `${what} (${reasonOf(thrown)})`;
    return new BuildError({ kind: 'environment', code, message, hint, cause: thrown });
}
/** What was thrown, in words for the end of a sentence; not only for Errors of this realm. */
function reasonOf(error) {
    // Of a host with several addresses that all failed Node tells nothing but each one's reason.
    if (error instanceof AggregateError && error.message === '')
        return error.errors.map(reasonOf).join('; ');
    if (typeof error !== 'object' || error === null)
        return String(error);
    // Of AbortSignal.timeout, whose own words tell of an operation that nobody knows.
    if ('name' in error && error.name === 'TimeoutError')
        return 'there was no answer in time';
    return 'message' in error && typeof error.message === 'string' ? error.message : String(error);
}
/** The same, and what to do about it where that is known: for what is told and does not end the build. */
function reasonWithHint(error) {
    const hint = error instanceof BuildError ? error.hint : undefined;
    return hint === undefined ? reasonOf(error) : `${reasonOf(error)}. ${hint}`;
}


/***/ }),

/***/ 9272:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   q: () => (/* binding */ widenThreadPool)
/* harmony export */ });
/* harmony import */ var node_os__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(8161);

/**
 * Makes room in the pool of libuv, before its first use: its four threads are all taken by the compression of one layer, and every read, write and
 * download waits behind them. Compression takes up to six more than there are processors (image/layer/gzip); four more are for files.
 * @param environment of this process, which libuv reads; a size that the user gave stays
 */
function widenThreadPool(environment) {
    environment['UV_THREADPOOL_SIZE'] ??= String(Math.min((0,node_os__WEBPACK_IMPORTED_MODULE_0__.availableParallelism)(), 8) + 10);
}


/***/ }),

/***/ 9069:
/***/ ((__webpack_module__, __unused_webpack___webpack_exports__, __nccwpck_require__) => {

__nccwpck_require__.a(__webpack_module__, async (__webpack_handle_async_dependencies__, __webpack_async_result__) => { try {
/* harmony import */ var _app_cli_run_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(260);
/* harmony import */ var _base_thread_pool_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(9272);


(0,_base_thread_pool_js__WEBPACK_IMPORTED_MODULE_1__/* .widenThreadPool */ .q)(process.env);
await (0,_app_cli_run_js__WEBPACK_IMPORTED_MODULE_0__/* .runCli */ .a)();

__webpack_async_result__();
} catch(e) { __webpack_async_result__(e); } }, 1);

/***/ }),

/***/ 7949:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   V: () => (/* binding */ charWidth)
/* harmony export */ });
/** The wide scripts of East Asia and most emoji (Unicode Standard Annex 11). */
const WIDE = /[\u1100-\u115f\u2e80-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}]|\p{Emoji_Presentation}/u;
/** They join what stands before them, or are not seen. */
const JOINED = /[\p{M}\p{Cf}]/u;
/** Columns of a terminal that one character takes. */
function charWidth(char) {
    if (JOINED.test(char))
        return 0;
    return WIDE.test(char) ? 2 : 1;
}


/***/ }),

/***/ 3554:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Y: () => (/* binding */ editDistance)
/* harmony export */ });
/**
 * How many letters must be put in, taken out or changed to make one word the other (Levenshtein), if it is not more than `most`; a handful of looks
 * at each letter for a small `most`, and nothing is made, since every word of a file may be compared with every other.
 */
function editDistance(one, other, most) {
    if (Math.abs(one.length - other.length) > most)
        return undefined;
    for (let edits = 0; edits <= most; edits += 1)
        if (isWithin(one, 0, other, 0, edits))
            return edits;
    return undefined;
}
function isWithin(one, from, other, otherFrom, edits) {
    let at = from;
    let otherAt = otherFrom;
    while (at < one.length && otherAt < other.length && one[at] === other[otherAt]) {
        at += 1;
        otherAt += 1;
    }
    const left = one.length - at;
    const otherLeft = other.length - otherAt;
    if (left === 0 || otherLeft === 0)
        return left + otherLeft <= edits;
    return (edits > 0 &&
        (isWithin(one, at + 1, other, otherAt + 1, edits - 1) ||
            isWithin(one, at + 1, other, otherAt, edits - 1) ||
            isWithin(one, at, other, otherAt + 1, edits - 1)));
}


/***/ }),

/***/ 1461:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   N: () => (/* binding */ printableName),
/* harmony export */   g: () => (/* binding */ printable)
/* harmony export */ });
/** Pictures of the control characters begin here in Unicode. */
const PICTURES = 0x2400;
/**
 * A text that does to a terminal or a log what it seems to do: control characters become their pictures, what turns the direction of reading
 * becomes U+FFFD. Tabs stay. As long as before, in UTF-16 units.
 */
function printable(text) {
    return text.replace(
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
    /[\u0000-\u0008\u000A-\u001F\u007F-\u009F\u2028-\u202E\u2066-\u2069]/g, (char) => {
        const code = char.charCodeAt(0);
        if (code < 0x20)
            return String.fromCharCode(PICTURES + code);
        return code === 0x7f ? '\u2421' : '\uFFFD';
    });
}
/**
 * A file's name at the beginning of a line. A line that begins with `::` is a command to GitHub's runner, behind whatever counts as blank there
 * too; the same file by another name is none.
 */
function printableName(path) {
    const shown = printable(path);
    return /^(?!\.?\/)[^\p{L}\p{N}[]*::/u.test(shown) ? `./${shown}` : shown;
}


/***/ }),

/***/ 7641:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   r: () => (/* binding */ sourceFrame)
/* harmony export */ });
/* unused harmony export renderError */
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(7594);
/* harmony import */ var _char_width_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(7949);
/* harmony import */ var _printable_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(1461);



/** Longer lines are cut around the marked place. */
const WIDEST = 120;
/**
 * The line that a range begins in, with its number, and a row of `^` below what is meant:
 * ```
 *   --> Dockerfile:2:1
 *    |
 *  2 | RUM make
 *    | ^^^
 * ```
 */
function sourceFrame(text, at) {
    const { line, column } = at.start;
    const whole = lineAt(text, at.start.offset - (column - 1));
    const sameLine = lastLine(at) <= line;
    const end = Math.max(at.end.line === line ? at.end.column - 1 : whole.length, column);
    const window = cut((0,_printable_js__WEBPACK_IMPORTED_MODULE_1__/* .printable */ .g)(whole), column - 1, end);
    const number = String(line);
    const gutter = ' '.repeat(number.length);
    const marker = `${blank(window.text.slice(0, window.start))}${'^'.repeat(Math.max(width(window.text.slice(window.start, window.end)), 1))}`;
    const more = sameLine ? '' : ` … to line ${lastLine(at)}`;
    return [
        `${gutter} --> ${(0,_printable_js__WEBPACK_IMPORTED_MODULE_1__/* .printable */ .g)(at.file)}:${line}:${column}`,
        `${gutter} |`,
        `${number} | ${window.text}`,
        `${gutter} | ${marker}${more}`,
    ].join('\n');
}
/** An error as a terminal shows it: message, the place, what to do. Several errors stand one below the other. */
function renderError(error, text) {
    if (error instanceof BuildErrors)
        return error.errors.map((one) => renderError(one, text)).join('\n\n');
    const lines = [`error[${error.code}]: ${error.message}`];
    if (error.at !== undefined)
        lines.push(text === undefined ? place(error.at) : sourceFrame(text, error.at));
    if (error.hint !== undefined)
        lines.push(`  = hint: ${error.hint}`);
    return lines.join('\n');
}
function place(at) {
    return `  --> ${printable(at.file)}:${at.start.line}:${at.start.column}`;
}
function lastLine(at) {
    // A range that ends before the first character of a line does not reach into it.
    return at.end.column === 1 ? at.end.line - 1 : at.end.line;
}
function lineAt(text, start) {
    const end = text.indexOf('\n', start);
    return text.slice(start, end === -1 ? text.length : end).replace(/\r+$/, '');
}
function cut(line, start, end) {
    if (line.length <= WIDEST)
        return { text: line, start, end: Math.min(end, Math.max(line.length, start + 1)) };
    const from = Math.max(0, Math.min(start - 20, line.length - WIDEST));
    const before = from > 0 ? '…' : '';
    const after = from + WIDEST < line.length ? '…' : '';
    const shift = before.length - from;
    return {
        text: before + line.slice(from, from + WIDEST) + after,
        start: start + shift,
        end: Math.min(end, from + WIDEST) + shift,
    };
}
/** Blanks as wide as a text; tabs stay, for only the terminal knows their width. */
function blank(text) {
    return Array.from(text, (char) => (char === '\t' ? '\t' : ' '.repeat((0,_char_width_js__WEBPACK_IMPORTED_MODULE_2__/* .charWidth */ .V)(char)))).join('');
}
function width(text) {
    return Array.from(text).reduce((sum, char) => sum + (0,_char_width_js__WEBPACK_IMPORTED_MODULE_2__/* .charWidth */ .V)(char), 0);
}


/***/ }),

/***/ 5472:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   a: () => (/* binding */ didYouMean),
/* harmony export */   p: () => (/* binding */ nearest)
/* harmony export */ });
/* harmony import */ var _edit_distance_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(3554);

/** Farther than this is no slip of the keyboard. BuildKit draws the line at the same place. */
const FARTHEST = 2;
/** The option nearest to a mistyped word, if one is at most two edits away; one that differs by its case alone is nearest. */
function nearest(word, options) {
    const wanted = word.toLowerCase();
    let best;
    let bestDistance = FARTHEST + 1;
    for (const option of options) {
        if (option === word)
            continue;
        const found = (0,_edit_distance_js__WEBPACK_IMPORTED_MODULE_0__/* .editDistance */ .Y)(wanted, option.toLowerCase(), bestDistance - 1);
        if (found === undefined)
            continue;
        best = option;
        bestDistance = found;
    }
    return best;
}
/** `did you mean X?` as a hint, or nothing. */
function didYouMean(word, options) {
    const option = nearest(word, options);
    return option === undefined ? undefined : `did you mean ${option}?`;
}


/***/ })

/******/ });
/************************************************************************/
/******/ // The module cache
/******/ var __webpack_module_cache__ = {};
/******/ 
/******/ // The require function
/******/ function __nccwpck_require__(moduleId) {
/******/ 	// Check if module is in cache
/******/ 	var cachedModule = __webpack_module_cache__[moduleId];
/******/ 	if (cachedModule !== undefined) {
/******/ 		return cachedModule.exports;
/******/ 	}
/******/ 	// Create a new module (and put it into the cache)
/******/ 	var module = __webpack_module_cache__[moduleId] = {
/******/ 		// no module.id needed
/******/ 		// no module.loaded needed
/******/ 		exports: {}
/******/ 	};
/******/ 
/******/ 	// Execute the module function
/******/ 	var threw = true;
/******/ 	try {
/******/ 		__webpack_modules__[moduleId].call(module.exports, module, module.exports, __nccwpck_require__);
/******/ 		threw = false;
/******/ 	} finally {
/******/ 		if(threw) delete __webpack_module_cache__[moduleId];
/******/ 	}
/******/ 
/******/ 	// Return the exports of the module
/******/ 	return module.exports;
/******/ }
/******/ 
/******/ // expose the modules object (__webpack_modules__)
/******/ __nccwpck_require__.m = __webpack_modules__;
/******/ 
/************************************************************************/
/******/ /* webpack/runtime/asset-relocator-loader */
/******/ if (typeof __nccwpck_require__ !== 'undefined') __nccwpck_require__.ab = decodeURIComponent(new URL('.', import.meta.url).pathname).slice(import.meta.url.match(/^file:\/\/\/\w:/) ? 1 : 0, -1) + "/";
/******/ 
/******/ /* webpack/runtime/async module */
/******/ (() => {
/******/ 	var webpackQueues = typeof Symbol === "function" ? Symbol("webpack queues") : "__webpack_queues__";
/******/ 	var webpackExports = typeof Symbol === "function" ? Symbol("webpack exports") : "__webpack_exports__";
/******/ 	var webpackError = typeof Symbol === "function" ? Symbol("webpack error") : "__webpack_error__";
/******/ 	var resolveQueue = (queue) => {
/******/ 		if(queue && queue.d < 1) {
/******/ 			queue.d = 1;
/******/ 			queue.forEach((fn) => (fn.r--));
/******/ 			queue.forEach((fn) => (fn.r-- ? fn.r++ : fn()));
/******/ 		}
/******/ 	}
/******/ 	var wrapDeps = (deps) => (deps.map((dep) => {
/******/ 		if(dep !== null && typeof dep === "object") {
/******/ 			if(dep[webpackQueues]) return dep;
/******/ 			if(dep.then) {
/******/ 				var queue = [];
/******/ 				queue.d = 0;
/******/ 				dep.then((r) => {
/******/ 					obj[webpackExports] = r;
/******/ 					resolveQueue(queue);
/******/ 				}, (e) => {
/******/ 					obj[webpackError] = e;
/******/ 					resolveQueue(queue);
/******/ 				});
/******/ 				var obj = {};
/******/ 				obj[webpackQueues] = (fn) => (fn(queue));
/******/ 				return obj;
/******/ 			}
/******/ 		}
/******/ 		var ret = {};
/******/ 		ret[webpackQueues] = x => {};
/******/ 		ret[webpackExports] = dep;
/******/ 		return ret;
/******/ 	}));
/******/ 	__nccwpck_require__.a = (module, body, hasAwait) => {
/******/ 		var queue;
/******/ 		hasAwait && ((queue = []).d = -1);
/******/ 		var depQueues = new Set();
/******/ 		var exports = module.exports;
/******/ 		var currentDeps;
/******/ 		var outerResolve;
/******/ 		var reject;
/******/ 		var promise = new Promise((resolve, rej) => {
/******/ 			reject = rej;
/******/ 			outerResolve = resolve;
/******/ 		});
/******/ 		promise[webpackExports] = exports;
/******/ 		promise[webpackQueues] = (fn) => (queue && fn(queue), depQueues.forEach(fn), promise["catch"](x => {}));
/******/ 		module.exports = promise;
/******/ 		body((deps) => {
/******/ 			currentDeps = wrapDeps(deps);
/******/ 			var fn;
/******/ 			var getResult = () => (currentDeps.map((d) => {
/******/ 				if(d[webpackError]) throw d[webpackError];
/******/ 				return d[webpackExports];
/******/ 			}))
/******/ 			var promise = new Promise((resolve) => {
/******/ 				fn = () => (resolve(getResult));
/******/ 				fn.r = 0;
/******/ 				var fnQueue = (q) => (q !== queue && !depQueues.has(q) && (depQueues.add(q), q && !q.d && (fn.r++, q.push(fn))));
/******/ 				currentDeps.map((dep) => (dep[webpackQueues](fnQueue)));
/******/ 			});
/******/ 			return fn.r ? promise : getResult();
/******/ 		}, (err) => ((err ? reject(promise[webpackError] = err) : outerResolve(exports)), resolveQueue(queue)));
/******/ 		queue && queue.d < 0 && (queue.d = 0);
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/create fake namespace object */
/******/ (() => {
/******/ 	var getProto = Object.getPrototypeOf ? (obj) => (Object.getPrototypeOf(obj)) : (obj) => (obj.__proto__);
/******/ 	var leafPrototypes;
/******/ 	// create a fake namespace object
/******/ 	// mode & 1: value is a module id, require it
/******/ 	// mode & 2: merge all properties of value into the ns
/******/ 	// mode & 4: return value when already ns object
/******/ 	// mode & 16: return value when it's Promise-like
/******/ 	// mode & 8|1: behave like require
/******/ 	__nccwpck_require__.t = function(value, mode) {
/******/ 		if(mode & 1) value = this(value);
/******/ 		if(mode & 8) return value;
/******/ 		if(typeof value === 'object' && value) {
/******/ 			if((mode & 4) && value.__esModule) return value;
/******/ 			if((mode & 16) && typeof value.then === 'function') return value;
/******/ 		}
/******/ 		var ns = Object.create(null);
/******/ 		__nccwpck_require__.r(ns);
/******/ 		var def = {};
/******/ 		leafPrototypes = leafPrototypes || [null, getProto({}), getProto([]), getProto(getProto)];
/******/ 		for(var current = mode & 2 && value; typeof current == 'object' && !~leafPrototypes.indexOf(current); current = getProto(current)) {
/******/ 			Object.getOwnPropertyNames(current).forEach((key) => (def[key] = () => (value[key])));
/******/ 		}
/******/ 		def['default'] = () => (value);
/******/ 		__nccwpck_require__.d(ns, def);
/******/ 		return ns;
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/define property getters */
/******/ (() => {
/******/ 	// define getter functions for harmony exports
/******/ 	__nccwpck_require__.d = (exports, definition) => {
/******/ 		for(var key in definition) {
/******/ 			if(__nccwpck_require__.o(definition, key) && !__nccwpck_require__.o(exports, key)) {
/******/ 				Object.defineProperty(exports, key, { enumerable: true, get: definition[key] });
/******/ 			}
/******/ 		}
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/ensure chunk */
/******/ (() => {
/******/ 	__nccwpck_require__.f = {};
/******/ 	// This file contains only the entry chunk.
/******/ 	// The chunk loading function for additional chunks
/******/ 	__nccwpck_require__.e = (chunkId) => {
/******/ 		return Promise.all(Object.keys(__nccwpck_require__.f).reduce((promises, key) => {
/******/ 			__nccwpck_require__.f[key](chunkId, promises);
/******/ 			return promises;
/******/ 		}, []));
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/get javascript chunk filename */
/******/ (() => {
/******/ 	// This function allow to reference async chunks
/******/ 	__nccwpck_require__.u = (chunkId) => {
/******/ 		// return url for filenames based on template
/******/ 		return "" + chunkId + ".index.js";
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/hasOwnProperty shorthand */
/******/ (() => {
/******/ 	__nccwpck_require__.o = (obj, prop) => (Object.prototype.hasOwnProperty.call(obj, prop))
/******/ })();
/******/ 
/******/ /* webpack/runtime/make namespace object */
/******/ (() => {
/******/ 	// define __esModule on exports
/******/ 	__nccwpck_require__.r = (exports) => {
/******/ 		if(typeof Symbol !== 'undefined' && Symbol.toStringTag) {
/******/ 			Object.defineProperty(exports, Symbol.toStringTag, { value: 'Module' });
/******/ 		}
/******/ 		Object.defineProperty(exports, '__esModule', { value: true });
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/import chunk loading */
/******/ (() => {
/******/ 	// no baseURI
/******/ 	
/******/ 	// object to store loaded and loading chunks
/******/ 	// undefined = chunk not loaded, null = chunk preloaded/prefetched
/******/ 	// [resolve, Promise] = chunk loading, 0 = chunk loaded
/******/ 	var installedChunks = {
/******/ 		792: 0
/******/ 	};
/******/ 	
/******/ 	var installChunk = (data) => {
/******/ 		var {ids, modules, runtime} = data;
/******/ 		// add "modules" to the modules object,
/******/ 		// then flag all "ids" as loaded and fire callback
/******/ 		var moduleId, chunkId, i = 0;
/******/ 		for(moduleId in modules) {
/******/ 			if(__nccwpck_require__.o(modules, moduleId)) {
/******/ 				__nccwpck_require__.m[moduleId] = modules[moduleId];
/******/ 			}
/******/ 		}
/******/ 		if(runtime) runtime(__nccwpck_require__);
/******/ 		for(;i < ids.length; i++) {
/******/ 			chunkId = ids[i];
/******/ 			if(__nccwpck_require__.o(installedChunks, chunkId) && installedChunks[chunkId]) {
/******/ 				installedChunks[chunkId][0]();
/******/ 			}
/******/ 			installedChunks[ids[i]] = 0;
/******/ 		}
/******/ 	
/******/ 	}
/******/ 	
/******/ 	__nccwpck_require__.f.j = (chunkId, promises) => {
/******/ 			// import() chunk loading for javascript
/******/ 			var installedChunkData = __nccwpck_require__.o(installedChunks, chunkId) ? installedChunks[chunkId] : undefined;
/******/ 			if(installedChunkData !== 0) { // 0 means "already installed".
/******/ 	
/******/ 				// a Promise means "currently loading".
/******/ 				if(installedChunkData) {
/******/ 					promises.push(installedChunkData[1]);
/******/ 				} else {
/******/ 					if(true) { // all chunks have JS
/******/ 						// setup Promise in chunk cache
/******/ 						var promise = import("./" + __nccwpck_require__.u(chunkId)).then(installChunk, (e) => {
/******/ 							if(installedChunks[chunkId] !== 0) installedChunks[chunkId] = undefined;
/******/ 							throw e;
/******/ 						});
/******/ 						var promise = Promise.race([promise, new Promise((resolve) => (installedChunkData = installedChunks[chunkId] = [resolve]))])
/******/ 						promises.push(installedChunkData[1] = promise);
/******/ 					}
/******/ 				}
/******/ 			}
/******/ 	};
/******/ 	
/******/ 	// no prefetching
/******/ 	
/******/ 	// no preloaded
/******/ 	
/******/ 	// no external install chunk
/******/ 	
/******/ 	// no on chunks loaded
/******/ })();
/******/ 
/************************************************************************/
/******/ 
/******/ // startup
/******/ // Load entry module and return exports
/******/ // This entry module used 'module' so it can't be inlined
/******/ var __webpack_exports__ = __nccwpck_require__(9069);
/******/ __webpack_exports__ = await __webpack_exports__;
/******/ 
