export const id = 584;
export const ids = [584];
export const modules = {

/***/ 9584:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   m0: () => (/* binding */ exec),
/* harmony export */   ni: () => (/* binding */ start)
/* harmony export */ });
/* unused harmony export execOk */
/* harmony import */ var node_child_process__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1421);
/* harmony import */ var node_stream__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7075);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(7594);
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



const DEFAULT_ENV = {
    PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
    LC_ALL: 'C.UTF-8',
};
const PIPES = ['pipe', 'pipe', 'pipe'];
const DEFAULT_MAX_OUTPUT = 64 * 1024 * 1024;
const STDERR_TAIL = 64 * 1024;
/** 128 + n is how shells report an end by signal n; 137 = SIGKILL stands for any of them here. */
const KILLED = 137;
/**
 * Starts a child in a process group of its own, with three pipes.
 * @throws BuildError `COMMAND_NOT_FOUND` (through `done`) when the program does not exist
 */
function start(argv, options = {}) {
    const [command = '', ...args] = argv;
    const child = (0,node_child_process__WEBPACK_IMPORTED_MODULE_0__.spawn)(command, args, {
        cwd: options.cwd,
        env: { ...(options.env ?? DEFAULT_ENV) },
        stdio: [
            ...(options.output === undefined ? PIPES : ['ignore', ...options.output]),
            ...(options.files ?? []),
        ],
        detached: true,
    });
    const kill = (signal = 'SIGKILL') => killGroup(child, signal);
    const onAbort = () => kill('SIGKILL');
    options.signal?.addEventListener('abort', onAbort, { once: true });
    if (options.signal?.aborted === true)
        kill();
    // A child that ends without reading its input is told by its exit code, not by EPIPE.
    child.stdin?.on('error', () => undefined);
    const done = new Promise((resolve, reject) => {
        child.once('error', (cause) => {
            options.signal?.removeEventListener('abort', onAbort);
            reject(startError(command, cause));
        });
        child.once('close', (code, signal) => {
            options.signal?.removeEventListener('abort', onAbort);
            resolve({ exitCode: code ?? KILLED, signal });
        });
    });
    done.catch(() => undefined);
    return {
        pid: child.pid ?? -1,
        stdin: child.stdin ?? new node_stream__WEBPACK_IMPORTED_MODULE_1__.Writable({ write: (_chunk, _encoding, done) => done() }),
        stdout: child.stdout ?? node_stream__WEBPACK_IMPORTED_MODULE_1__.Readable.from([]),
        stderr: child.stderr ?? node_stream__WEBPACK_IMPORTED_MODULE_1__.Readable.from([]),
        done,
        kill,
        async [Symbol.asyncDispose]() {
            if (child.exitCode === null && child.signalCode === null)
                kill();
            await done.catch(() => undefined);
        },
    };
}
/**
 * Runs a child to its end and keeps its output.
 * @throws BuildError `COMMAND_NOT_FOUND`; `OUTPUT_TOO_LONG`. A non-zero exit code is a result, not an error.
 */
async function exec(argv, options = {}) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        // One whose output is not wanted any more is ended.
        const child = __addDisposableResource(env_1, start(argv, options), true);
        child.stdin.end(options.input ?? '');
        const limit = options.maxOutput ?? DEFAULT_MAX_OUTPUT;
        const [stdout, stderr, end] = await Promise.all([
            collect(child.stdout, limit, argv[0] ?? ''),
            collectTail(child.stderr),
            child.done,
        ]);
        options.signal?.throwIfAborted();
        return { ...end, stdout, stderr };
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
}
/**
 * Like exec, but a non-zero exit code is an error.
 * @throws BuildError `COMMAND_FAILED` with the command's own last words
 */
async function execOk(argv, options = {}) {
    const result = await exec(argv, options);
    if (result.exitCode === 0)
        return result;
    const said = result.stderr.trim().split('\n').slice(-5).join('\n');
    throw new BuildError({
        kind: 'environment',
        code: 'COMMAND_FAILED',
        message: `${argv[0]} ended with exit code ${result.exitCode}${said === '' ? '' : `: ${said}`}`,
    });
}
function killGroup(child, signal) {
    if (child.pid === undefined)
        return;
    try {
        process.kill(-child.pid, signal);
    }
    catch {
        // The group is gone already, or belongs to another user (sudo): the direct child is all we can reach.
        child.kill(signal);
    }
}
function startError(command, cause) {
    const missing = cause.code === 'ENOENT';
    return new _errors_js__WEBPACK_IMPORTED_MODULE_2__/* .BuildError */ .zS({
        kind: 'environment',
        code: missing ? 'COMMAND_NOT_FOUND' : 'COMMAND_NOT_STARTED',
        message: missing ? `The program ${command} is not on this machine` : `${command} could not be started`,
        cause,
    });
}
async function collect(stream, limit, command) {
    const chunks = [];
    let size = 0;
    for await (const chunk of stream) {
        size += chunk.length;
        if (size > limit) {
            throw new _errors_js__WEBPACK_IMPORTED_MODULE_2__/* .BuildError */ .zS({
                kind: 'environment',
                code: 'OUTPUT_TOO_LONG',
                message: `${command} wrote more than ${limit} bytes`,
            });
        }
        chunks.push(chunk);
    }
    return Buffer.concat(chunks);
}
async function collectTail(stream) {
    let tail = Buffer.alloc(0);
    for await (const chunk of stream) {
        tail = Buffer.concat([tail, chunk]).subarray(-STDERR_TAIL);
    }
    return tail.toString('utf8');
}


/***/ })

};
