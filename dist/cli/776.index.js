export const id = 776;
export const ids = [776];
export const modules = {

/***/ 7114:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Q: () => (/* binding */ flagHelp),
/* harmony export */   W: () => (/* binding */ parseArguments)
/* harmony export */ });
/* harmony import */ var node_util__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7975);
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7594);


/** @throws BuildError `USAGE` for an unknown flag or a missing value */
function parseArguments(argv, specs) {
    try {
        const { values, positionals } = (0,node_util__WEBPACK_IMPORTED_MODULE_0__.parseArgs)({
            args: [...argv],
            options: Object.fromEntries(Object.entries(specs).map(([name, spec]) => [name, optionOf(spec)])),
            allowPositionals: true,
            allowNegative: true,
        });
        return {
            positionals,
            text: (name) => {
                const value = values[name];
                return typeof value === 'string' ? value : undefined;
            },
            list: (name) => {
                const value = values[name];
                return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
            },
            flag: (name) => {
                // parseArgs tells `--no-cache` as `cache: false`, also where the flag itself is called `no-cache`.
                const value = name.startsWith('no-') ? values[name.slice(3)] === false || undefined : values[name];
                return typeof value === 'boolean' ? value : undefined;
            },
        };
    }
    catch (cause) {
        throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .BuildError */ .zS({
            kind: 'user',
            code: 'USAGE',
            message: cause.message.split('\n')[0] ?? 'wrong usage',
            hint: 'Run the command with --help to see its flags.',
            cause,
        });
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

/***/ 5731:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   probe: () => (/* binding */ probe)
/* harmony export */ });
/* harmony import */ var _options_choices_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9718);
/* harmony import */ var _worker_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(321);
/* harmony import */ var _arguments_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(7114);
/* harmony import */ var _build_flags_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(2198);
var __addDisposableResource = (undefined && undefined.__addDisposableResource) || function (env, value, async) {
    if (value !== null && value !== void 0) {
        if (typeof value !== "object" && typeof value !== "function") throw new TypeError("Object expected.");
        var dispose, inner;
        if (async) {
            if (!Symbol.asyncDispose) throw new TypeError("Symbol.asyncDispose is not defined.");
            dispose = value[Symbol.asyncDispose];
        }
        if (dispose === void 0) {
            if (!Symbol.dispose) throw new TypeError("Symbol.dispose is not defined.");
            dispose = value[Symbol.dispose];
            if (async) inner = dispose;
        }
        if (typeof dispose !== "function") throw new TypeError("Object not disposable.");
        if (inner) dispose = function() { try { inner.call(this); } catch (e) { return Promise.reject(e); } };
        env.stack.push({ value: value, dispose: dispose, async: async });
    }
    else if (async) {
        env.stack.push({ async: true });
    }
    return value;
};
var __disposeResources = (undefined && undefined.__disposeResources) || (function (SuppressedError) {
    return function (env) {
        function fail(e) {
            env.error = env.hasError ? new SuppressedError(e, env.error, "An error was suppressed during disposal.") : e;
            env.hasError = true;
        }
        var r, s = 0;
        function next() {
            while (r = env.stack.pop()) {
                try {
                    if (!r.async && s === 1) return s = 0, env.stack.push(r), Promise.resolve().then(next);
                    if (r.dispose) {
                        var result = r.dispose.call(r.value);
                        if (r.async) return s |= 2, Promise.resolve(result).then(next, function(e) { fail(e); return next(); });
                    }
                    else s |= 1;
                }
                catch (e) {
                    fail(e);
                }
            }
            if (s === 1) return env.hasError ? Promise.reject(env.error) : Promise.resolve();
            if (env.hasError) throw env.error;
        }
        return next();
    };
})(typeof SuppressedError === "function" ? SuppressedError : function (error, suppressed, message) {
    var e = new Error(message);
    return e.name = "SuppressedError", e.error = error, e.suppressed = suppressed, e;
});




const FLAGS = {
    isolation: { type: 'string', value: 'RUNG', help: 'look at this rung alone (default: auto)' },
    'state-dir': { type: 'string', value: 'DIR', help: 'folder that builds would use' },
};
/** `probe`: starts the worker as a build would, and tells what it found. */
const probe = async (argv, terminal) => {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        const args = (0,_arguments_js__WEBPACK_IMPORTED_MODULE_2__/* .parseArguments */ .W)(argv, { ...FLAGS, help: { type: 'boolean', short: 'h', help: 'show this' } });
        if (args.flag('help') === true) {
            terminal.stdout(`Usage: ts-image-build probe [FLAGS]\n\n${(0,_arguments_js__WEBPACK_IMPORTED_MODULE_2__/* .flagHelp */ .Q)(FLAGS)}\n`);
            return 0;
        }
        const stateDir = args.text('state-dir') ?? (0,_build_flags_js__WEBPACK_IMPORTED_MODULE_3__/* .defaultStateDir */ .yD)(terminal.environment);
        const start = (0,_worker_js__WEBPACK_IMPORTED_MODULE_1__/* .workerFor */ .y)({
            stateDir,
            isolation: (0,_options_choices_js__WEBPACK_IMPORTED_MODULE_0__/* .isolationOf */ ._x)(args.text('isolation')),
            onNotice: () => undefined,
        });
        const worker = __addDisposableResource(env_1, await start(terminal.signal), true);
        const { rung, snapshotter, privilege, reasons, limits } = worker.isolation;
        terminal.stdout([
            `isolation:   ${rung}`,
            `snapshotter: ${snapshotter}`,
            `worker runs: ${privilege}`,
            ...reasons.map((reason) => `not better:  ${reason}`),
            ...limits.map((limit) => `limit:       ${limit}`),
            '',
        ].join('\n'));
        return 0;
    }
    catch (e_1) {
        env_1.error = e_1;
        env_1.hasError = true;
    }
    finally {
        const result_1 = __disposeResources(env_1);
        if (result_1)
            await result_1;
    }
};


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
            return true;
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
    const { shellcheckScripts } = await Promise.all(/* import() */[__webpack_require__.e(43), __webpack_require__.e(117)]).then(__webpack_require__.bind(__webpack_require__, 117));
    const scripts = files.flatMap(({ parsed, config }, file) => shellcheckScripts(parsed, config).map((script) => ({ ...script, file })));
    const findings = files.map(() => []);
    const batches = inBatches(scripts);
    const { runBatch } = await __webpack_require__.e(/* import() */ 222).then(__webpack_require__.bind(__webpack_require__, 9222));
    await inTurns(batches, async (batch) => {
        for (const { script, finding } of await runBatch(program, batch, run))
            findings[script.file]?.push(finding);
    });
    return findings;
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
/* harmony export */   K: () => (/* binding */ keyValues)
/* harmony export */ });
/* harmony import */ var _problems_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3916);

/** `KEY=VALUE` items as a map. @throws BuildError `BAD_INPUT` for an item without a key or without `=` */
function keyValues(items) {
    return Object.fromEntries(items.map((item) => split(item)));
}
/** Build args: `KEY` alone takes the value from the environment, and is left out when it has none there, as in docker build. */
function buildArgs(items, environment) {
    const found = [];
    for (const item of items) {
        if (item.includes('='))
            found.push(split(item));
        else {
            const value = environment[item];
            if (value !== undefined)
                found.push([item, value]);
        }
    }
    return Object.fromEntries(found);
}
function split(item) {
    const equals = item.indexOf('=');
    if (equals < 1)
        throw (0,_problems_js__WEBPACK_IMPORTED_MODULE_0__/* .badInput */ .A)(`"${item}" is not of the form KEY=VALUE`);
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
            this.add(input, error.hint === undefined ? error.message : `${error.message}. ${error.hint}`);
            return undefined;
        }
    }
    /** @throws BuildError `BAD_INPUT` */
    throwIfAny() {
        const [first, ...more] = this.#problems;
        if (first === undefined)
            return;
        throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildError */ .zS({
            kind: 'user',
            code: 'BAD_INPUT',
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


/***/ })

};
