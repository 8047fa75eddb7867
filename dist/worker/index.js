import { createRequire as __WEBPACK_EXTERNAL_createRequire } from "module";
/******/ var __webpack_modules__ = ({

/***/ 161:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:os");

/***/ }),

/***/ 272:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   q: () => (/* binding */ widenThreadPool)
/* harmony export */ });
/* harmony import */ var node_os__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(161);

/**
 * Makes room in the pool of libuv, before its first use: its four threads are all taken by the compression of one layer, and every read, write and
 * download waits behind them. Compression takes up to six more than there are processors (image/layer/gzip); four more are for files.
 * @param environment of this process, which libuv reads; a size that the user gave stays
 */
function widenThreadPool(environment) {
    environment['UV_THREADPOOL_SIZE'] ??= String(Math.min((0,node_os__WEBPACK_IMPORTED_MODULE_0__.availableParallelism)(), 8) + 10);
}


/***/ }),

/***/ 564:
/***/ ((__webpack_module__, __unused_webpack___webpack_exports__, __nccwpck_require__) => {

__nccwpck_require__.a(__webpack_module__, async (__webpack_handle_async_dependencies__, __webpack_async_result__) => { try {
/* harmony import */ var _base_thread_pool_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(272);
/* harmony import */ var _worker_process_serve_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(856);


(0,_base_thread_pool_js__WEBPACK_IMPORTED_MODULE_0__/* .widenThreadPool */ .q)(process.env);
await (0,_worker_process_serve_js__WEBPACK_IMPORTED_MODULE_1__/* .serveWorker */ .s)();

__webpack_async_result__();
} catch(e) { __webpack_async_result__(e); } }, 1);

/***/ }),

/***/ 856:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  s: () => (/* binding */ serveWorker)
});

;// CONCATENATED MODULE: external "node:events"
const external_node_events_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:events");
;// CONCATENATED MODULE: external "node:fs/promises"
const promises_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:fs/promises");
;// CONCATENATED MODULE: external "node:net"
const external_node_net_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:net");
;// CONCATENATED MODULE: external "node:path"
const external_node_path_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:path");
;// CONCATENATED MODULE: ./lib/base/errors.js
/** The only error that our code throws on purpose. */
class errors_BuildError extends Error {
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
        return new errors_BuildError({
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
class BuildErrors extends errors_BuildError {
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
            if (!(error instanceof errors_BuildError))
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
        if (!(error instanceof errors_BuildError))
            throw error;
        errors.push(...(error instanceof BuildErrors ? error.errors : [error]));
        return undefined;
    }
}
/** Anything thrown as a BuildError: ours unchanged, aborts as `CANCELLED`, everything else as a bug. */
function toBuildError(thrown) {
    if (thrown instanceof errors_BuildError)
        return thrown;
    // The platform's own mark of an abort; it is a DOMException, which need not be an Error of this realm.
    if (typeof thrown === 'object' && thrown !== null && 'name' in thrown && thrown.name === 'AbortError') {
        return new errors_BuildError({
            kind: 'user',
            code: 'CANCELLED',
            message: 'The build was cancelled',
            cause: thrown,
        });
    }
    return (fromSystem(thrown) ??
        new errors_BuildError({
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
    return new errors_BuildError({ kind: 'environment', code, message, hint, cause: thrown });
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
    const hint = error instanceof errors_BuildError ? error.hint : undefined;
    return hint === undefined ? reasonOf(error) : `${reasonOf(error)}. ${hint}`;
}

;// CONCATENATED MODULE: ./lib/worker/protocol.js
/**
 * What main and the worker say to each other. The worker is started with nothing but the entry's name in its arguments and an empty
 * environment; the first line of its stdin is a `Hello`. It then connects to main's Unix socket: one control connection (a JSON object a
 * line) and one more connection for each byte stream, so that the kernel keeps a slow reader from being flooded. Every connection begins
 * with one line, an `Introduction`, that shows the token.
 */
/** Raised with every change that an older worker would misread; both come from one bundle, so this only catches a stale file. */
const PROTOCOL_VERSION = 4;
/** Kinds of frames on a run's output stream: one byte of kind, four bytes of length (big endian), the bytes. */
const protocol_OUTPUT_FRAME = { stdout: 1, stderr: 2 };
const protocol_OUTPUT_FRAME_HEADER = 5;

;// CONCATENATED MODULE: external "node:fs"
const external_node_fs_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:fs");
;// CONCATENATED MODULE: ./lib/worker/process/id-map.js

/** The next one means "no id". */
const HIGHEST_ID = 0xfffffffe;
/** The overflow id of the kernel, which shows ids that do not exist. */
const OVERFLOW = 65534;
/** From /proc/self/uid_map and gid_map: lines of first id, id outside, count (user_namespaces(7)). */
function idMap() {
    const highest = Math.min(...['uid_map', 'gid_map'].map((file) => highestId((0,external_node_fs_namespaceObject.readFileSync)(`/proc/self/${file}`, 'utf8'))));
    return { many: highest > 0, highest };
}
/** Whether these are the machine's own ids; else this is a user namespace. */
function hasAllIds({ highest }) {
    return highest >= HIGHEST_ID;
}
/** The id to store for one of an image: itself where it exists. */
function storedId(id, map) {
    if (id <= map.highest)
        return id;
    return map.highest >= OVERFLOW ? OVERFLOW : 0;
}
/** @param table as in /proc/PID/uid_map */
function highestId(table) {
    const ranges = table
        .trim()
        .split('\n')
        .map((line) => line.trim().split(/\s+/).map(Number))
        .sort((a, b) => (a[0] ?? 0) - (b[0] ?? 0));
    let next = 0;
    for (const [first = 0, , count = 0] of ranges) {
        if (first > next)
            break;
        next = Math.max(next, first + count);
    }
    return next - 1;
}

;// CONCATENATED MODULE: external "node:child_process"
const external_node_child_process_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:child_process");
;// CONCATENATED MODULE: external "node:stream"
const external_node_stream_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:stream");
;// CONCATENATED MODULE: ./lib/base/exec.js
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
    const child = (0,external_node_child_process_namespaceObject.spawn)(command, args, {
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
        stdin: child.stdin ?? new external_node_stream_namespaceObject.Writable({ write: (_chunk, _encoding, done) => done() }),
        stdout: child.stdout ?? external_node_stream_namespaceObject.Readable.from([]),
        stderr: child.stderr ?? external_node_stream_namespaceObject.Readable.from([]),
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
    throw new errors_BuildError({
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
    return new errors_BuildError({
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
            throw new errors_BuildError({
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

;// CONCATENATED MODULE: ./lib/worker/sandbox/pipe-supply.js



/** Steps whose pipes are made at once: a process is started for them, which takes as long for many as for one. */
const BATCH = 8;
/** Named pipes for the output of steps, made before they are needed. */
class PipeSupply {
    #folder;
    #batch;
    #counter = 0;
    /** `folder`: made when it is missing; removed by the caller. */
    constructor(folder) {
        this.#folder = folder;
        this.#batch = this.#make();
        // Whoever takes of it is told.
        this.#batch.catch(() => undefined);
    }
    /** Each pair once. @throws BuildError `COMMAND_FAILED`; errors of the file system */
    async take() {
        for (;;) {
            this.#batch ??= this.#make();
            const batch = this.#batch;
            const pair = await batch.then((pairs) => pairs.pop(), (error) => {
                this.#drop(batch);
                throw error;
            });
            if (pair !== undefined)
                return pair;
            this.#drop(batch);
        }
    }
    #drop(batch) {
        if (this.#batch === batch)
            this.#batch = undefined;
    }
    /** Open to all: a step that runs as somebody else opens them anew. */
    async #make() {
        const pairs = Array.from({ length: BATCH }, () => {
            const name = (0,external_node_path_namespaceObject.join)(this.#folder, String(++this.#counter));
            return { stdout: `${name}-stdout`, stderr: `${name}-stderr` };
        });
        await (0,promises_namespaceObject.mkdir)(this.#folder, { recursive: true, mode: 0o700 });
        await execOk(['mkfifo', '-m', '0666', ...pairs.flatMap(({ stdout, stderr }) => [stdout, stderr])]);
        return pairs;
    }
}

;// CONCATENATED MODULE: external "node:crypto"
const external_node_crypto_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:crypto");
;// CONCATENATED MODULE: ./lib/image/digest.js


const SHA256 = /^sha256:[0-9a-f]{64}$/;
const SHA512 = /^sha512:[0-9a-f]{128}$/;
/** Lower-case sha256 or sha512. */
function isDigest(text) {
    return SHA256.test(text) || SHA512.test(text);
}
/** @throws BuildError `BAD_DIGEST` for anything but lower-case sha256 or sha512 */
function parseDigest(text) {
    if (!isDigest(text)) {
        throw new errors_BuildError({
            kind: 'user',
            code: 'BAD_DIGEST',
            message: `"${text}" is not a digest`,
            hint: 'A digest is sha256: and 64 of the characters 0-9a-f.',
        });
    }
    return text;
}
/** @throws BuildError `BAD_DIGEST` */
function parseDiffId(text) {
    return parseDigest(text);
}
function digestOf(bytes) {
    return `sha256:${(0,external_node_crypto_namespaceObject.createHash)('sha256').update(bytes).digest('hex')}`;
}
/** The same for bytes that come in pieces. */
async function digestOfStream(chunks) {
    const hash = createHash('sha256');
    for await (const chunk of chunks)
        hash.update(chunk);
    return `sha256:${hash.digest('hex')}`;
}
/** The hash function of a digest, as node:crypto and OCI layouts call it; of content whose digest is not known yet, ours. */
function algorithmOf(digest) {
    return digest === undefined ? 'sha256' : digest.slice(0, digest.indexOf(':'));
}
/** The hex part: the name of a blob's file in an OCI layout. */
function encoded(digest) {
    return digest.slice(digest.indexOf(':') + 1);
}
/** ChainID of the stack, base first; undefined for no layers. */
function chainIdOf(diffIds) {
    let chain;
    for (const diffId of diffIds)
        chain = chain === undefined ? diffId : digestOf(`${chain} ${diffId}`);
    return chain;
}

;// CONCATENATED MODULE: external "node:timers/promises"
const external_node_timers_promises_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:timers/promises");
;// CONCATENATED MODULE: external "node:buffer"
const external_node_buffer_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:buffer");
;// CONCATENATED MODULE: ./lib/image/layer/entry-name.js

/** U+DC80 to U+DCFF stand for the bytes 0x80 to 0xFF that are not part of valid UTF-8. */
const ESCAPE_BASE = 0xdc00;
const LOWEST_SURROGATE = 0xd800;
/** Bytes of a name as a string; every byte that is not part of valid UTF-8 becomes U+DC00 + byte. */
function decodeName(bytes) {
    const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
    if ((0,external_node_buffer_namespaceObject.isUtf8)(buffer))
        return buffer.toString('utf8');
    let text = '';
    let from = 0;
    for (let at = 0; at < buffer.length;) {
        const length = sequenceLength(buffer, at);
        if (length > 0) {
            at += length;
            continue;
        }
        text += buffer.toString('utf8', from, at) + String.fromCharCode(ESCAPE_BASE + (buffer[at] ?? 0));
        at += 1;
        from = at;
    }
    return text + buffer.toString('utf8', from);
}
/** The bytes that `decodeName` was given. Lone surrogates outside U+DC80 to U+DCFF, which it never makes, become U+FFFD. */
function encodeName(name) {
    if (name.isWellFormed())
        return Buffer.from(name, 'utf8');
    const pieces = [];
    for (const character of name) {
        const code = character.codePointAt(0) ?? 0;
        const escaped = code >= ESCAPE_BASE + 0x80 && code <= ESCAPE_BASE + 0xff;
        pieces.push(escaped ? Buffer.from([code - ESCAPE_BASE]) : Buffer.from(character, 'utf8'));
    }
    return Buffer.concat(pieces);
}
/** Byte order of the encoded names, as sort callbacks want it. */
function compareNames(a, b) {
    const length = Math.min(a.length, b.length);
    for (let i = 0; i < length; i++) {
        const left = a.charCodeAt(i);
        const right = b.charCodeAt(i);
        if (left === right)
            continue;
        // Below the surrogates UTF-8 keeps the order of the code units.
        if (left < LOWEST_SURROGATE && right < LOWEST_SURROGATE)
            return left - right;
        return Buffer.compare(encodeName(a), encodeName(b));
    }
    return a.length - b.length;
}
/** Length of the valid UTF-8 sequence (Unicode 15, table 3-7) at `at`; 0 when there is none. */
function sequenceLength(bytes, at) {
    const lead = bytes[at] ?? 0;
    if (lead < 0x80)
        return 1;
    const length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
    return (0,external_node_buffer_namespaceObject.isUtf8)(bytes.subarray(at, at + length)) ? length : 0;
}

;// CONCATENATED MODULE: ./lib/image/layer/entry-path.js

/** Linux's limits.h, for bytes; characters are not more. No runtime could unpack it, and depth costs us stack. */
const PATH_MAX = 4096;
/**
 * A member's name as a path of the tree, as Docker reads it: `./a//b/` is `a/b`, `/a` is `a`, `a/../b` is `b`, `/../a` is `a`
 * (nothing is above the root), and the root itself is the empty string.
 * @throws BuildError `TAR_PATH_ESCAPES` for a relative name that leaves the root, like `../a`; `TAR_DAMAGED` for a NUL in it; `TAR_UNSUPPORTED` for one
 * that is too long
 */
function cleanPath(name) {
    checkLength(name, name);
    if (isClean(name))
        return name;
    if (name.includes('\0')) {
        throw new errors_BuildError({
            kind: 'user',
            code: 'TAR_DAMAGED',
            message: `The archive has a member whose name holds a NUL: ${JSON.stringify(name)}`,
        });
    }
    const rooted = name.startsWith('/');
    const parts = [];
    for (const part of name.split('/')) {
        if (part === '' || part === '.')
            continue;
        if (part !== '..')
            parts.push(part);
        else if (parts.pop() === undefined && !rooted)
            throw escapes(name);
    }
    return parts.join('/');
}
/** @throws BuildError `TAR_UNSUPPORTED` for a path or a link's target that no Linux could hold; `name`: the member's */
function checkLength(path, name) {
    if (path.length < PATH_MAX)
        return;
    throw new errors_BuildError({
        kind: 'user',
        code: 'TAR_UNSUPPORTED',
        message: `The archive has a member with a name or a target of more than ${PATH_MAX} characters: ${JSON.stringify(name.slice(0, 100))}…`,
    });
}
/** The path of the folder that holds `path`; undefined for the root. */
function parentOf(path) {
    if (path === '')
        return undefined;
    const slash = path.lastIndexOf('/');
    return slash === -1 ? '' : path.slice(0, slash);
}
/** The last part of a path. */
function baseOf(path) {
    return path.slice(path.lastIndexOf('/') + 1);
}
/** `name` in `folder`, where the root is the empty string. */
function childPath(folder, name) {
    return folder === '' ? name : `${folder}/${name}`;
}
/** Most names need no work; says no too often rather than too seldom. */
function isClean(name) {
    return (name !== '' &&
        !name.startsWith('/') &&
        !name.startsWith('.') &&
        !name.endsWith('/') &&
        !name.includes('/.') &&
        !name.includes('//') &&
        !name.includes('\0'));
}
function escapes(name) {
    return new errors_BuildError({
        kind: 'user',
        code: 'TAR_PATH_ESCAPES',
        message: `The archive has a member that would land outside of the root: ${JSON.stringify(name)}`,
        hint: 'Such an archive is made by mistake or with bad intent; pack it again from inside the folder.',
    });
}

;// CONCATENATED MODULE: ./lib/image/layer/byte-reader.js

/** Reads a stream of bytes in pieces of wanted sizes. One reader at a time; buffers may be views of what the source gave. */
class ByteReader {
    #iterator;
    #limit;
    #cutOff;
    #chunk = Buffer.alloc(0);
    #at = 0;
    #received = 0;
    constructor(source, options = {}) {
        this.#iterator = source[Symbol.asyncIterator]();
        this.#limit = options.limit ?? Number.POSITIVE_INFINITY;
        this.#cutOff = options.cutOff ?? truncated;
    }
    /** Bytes handed out so far. */
    get position() {
        return this.#received - (this.#chunk.length - this.#at);
    }
    /** The next `length` bytes if they are here already; saves the caller a turn of the event loop for each of many small reads. */
    takeNow(length) {
        const end = this.#at + length;
        if (end > this.#chunk.length)
            return undefined;
        const piece = this.#chunk.subarray(this.#at, end);
        this.#at = end;
        return piece;
    }
    /**
     * Exactly `length` bytes, or undefined when the source ended before the first of them.
     * @throws BuildError `TAR_TRUNCATED` when it ends in the middle
     */
    async take(length) {
        const ready = this.takeNow(length);
        if (ready !== undefined)
            return ready;
        const pieces = [];
        for (let missing = length; missing > 0;) {
            const piece = await this.some(missing);
            if (piece === undefined) {
                if (pieces.length === 0)
                    return undefined;
                throw this.#cutOff();
            }
            pieces.push(piece);
            missing -= piece.length;
        }
        return pieces.length === 1 && pieces[0] !== undefined ? pieces[0] : Buffer.concat(pieces, length);
    }
    /** Between 1 and `most` bytes; undefined at the end of the source. */
    async some(most) {
        if (this.#at === this.#chunk.length && !(await this.#fill()))
            return undefined;
        const end = Math.min(this.#at + most, this.#chunk.length);
        const piece = this.#chunk.subarray(this.#at, end);
        this.#at = end;
        return piece;
    }
    /**
     * Passes over `length` bytes.
     * @throws BuildError `TAR_TRUNCATED`
     */
    async skip(length) {
        for (let missing = length; missing > 0;) {
            const piece = await this.some(missing);
            if (piece === undefined)
                throw this.#cutOff();
            missing -= piece.length;
        }
    }
    /** Passes over all that is left. */
    async drain() {
        while ((await this.some(Number.POSITIVE_INFINITY)) !== undefined)
            ;
    }
    /** Tells the source that nothing more will be read. */
    async close() {
        await this.#iterator.return?.();
    }
    async #fill() {
        for (;;) {
            const next = await this.#iterator.next();
            if (next.done === true)
                return false;
            const bytes = next.value;
            if (bytes.length === 0)
                continue;
            this.#received += bytes.length;
            if (this.#received > this.#limit)
                throw tooLarge(this.#limit);
            this.#chunk = Buffer.isBuffer(bytes)
                ? bytes
                : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
            this.#at = 0;
            return true;
        }
    }
}
function truncated() {
    return new errors_BuildError({
        kind: 'user',
        code: 'TAR_TRUNCATED',
        message: 'The archive ends in the middle of a member',
        hint: 'It was not copied or downloaded as a whole.',
    });
}
function tooLarge(limit) {
    return new errors_BuildError({
        kind: 'user',
        code: 'TAR_TOO_LARGE',
        message: `The archive holds more than ${limit} bytes`,
    });
}

;// CONCATENATED MODULE: ./lib/image/layer/tar-header.js

/** Size of a tar block in bytes (POSIX.1-2017, pax, "ustar Interchange Format"). */
const BLOCK = 512;
/** Field positions of the ustar header: [offset, length]. */
const FIELD = {
    name: [0, 100],
    mode: [100, 8],
    uid: [108, 8],
    gid: [116, 8],
    size: [124, 12],
    mtime: [136, 12],
    checksum: [148, 8],
    type: [156, 1],
    linkName: [157, 100],
    magic: [257, 8],
    devMajor: [329, 8],
    devMinor: [337, 8],
    prefix: [345, 155],
    /** GNU, type `S`: four pairs of offset and length. */
    sparse: [386, 96],
    sparseMore: [482, 1],
    realSize: [483, 12],
};
/** Largest value of the 8-byte fields (uid, gid, device numbers), and of the 12-byte ones (size, mtime). */
const MAX_SHORT = 0o7777777;
const MAX_LONG = 0o77777777777;
function fitsOctal(value, max) {
    return Number.isInteger(value) && value >= 0 && value <= max;
}
function isZeroBlock(block) {
    return block[0] === 0 && block.equals(ZERO_BLOCK);
}
/** One block of zeros: padding, and two of them the end of an archive. */
const ZERO_BLOCK = Buffer.alloc(BLOCK);
/** Is this block a header with a right checksum? Tells a tar from any other file. */
function isTarHeader(block) {
    if (block.length < BLOCK)
        return false;
    const header = Buffer.from(block.buffer, block.byteOffset, BLOCK);
    return !isZeroBlock(header) && checksumFits(header);
}
/**
 * Reads ustar, old V7, GNU (base-256 numbers) and star headers.
 * @throws BuildError `TAR_DAMAGED`
 */
function parseHeader(block) {
    if (!checksumFits(block))
        throw damaged('the checksum of a header is wrong');
    const magic = block.toString('latin1', FIELD.magic[0], FIELD.magic[0] + 8);
    const ustar = magic.startsWith('ustar\0');
    const extended = ustar || magic === 'ustar  \0';
    const typeByte = block[FIELD.type[0]] ?? 0;
    return {
        name: ustar ? withPrefix(block) : cString(block, FIELD.name),
        mode: number(block, FIELD.mode),
        uid: number(block, FIELD.uid),
        gid: number(block, FIELD.gid),
        size: unsigned(block, FIELD.size),
        mtime: number(block, FIELD.mtime),
        type: typeByte === 0 ? '0' : String.fromCharCode(typeByte),
        linkName: cString(block, FIELD.linkName),
        devMajor: extended ? number(block, FIELD.devMajor) : 0,
        devMinor: extended ? number(block, FIELD.devMinor) : 0,
        block,
    };
}
/** A ustar header with empty user and group names. Bytes are those that Go's archive/tar writes. */
function formatHeader(fields) {
    // From Buffer's pool: memory of its own costs more than all that is written into it.
    const block = Buffer.allocUnsafe(BLOCK).fill(0);
    putString(block, FIELD.name, fields.name);
    putOctal(block, FIELD.mode, fields.mode);
    putOctal(block, FIELD.uid, fields.uid);
    putOctal(block, FIELD.gid, fields.gid);
    putOctal(block, FIELD.size, fields.size);
    putOctal(block, FIELD.mtime, fields.mtime);
    block.write(fields.type, FIELD.type[0], 'latin1');
    if (fields.linkName !== undefined)
        putString(block, FIELD.linkName, fields.linkName);
    block.write('ustar\x0000', FIELD.magic[0], 'latin1');
    putOctal(block, FIELD.devMajor, fields.devMajor ?? 0);
    putOctal(block, FIELD.devMinor, fields.devMinor ?? 0);
    if (fields.prefix !== undefined)
        putString(block, FIELD.prefix, fields.prefix);
    block.fill(0x20, FIELD.checksum[0], FIELD.checksum[0] + 8);
    const sum = sums(block).unsigned.toString(8).padStart(6, '0');
    block.write(`${sum}\0 `, FIELD.checksum[0], 'latin1');
    return block;
}
/** Sparse map in a GNU header (type `S`): up to four parts, and whether an extension block follows. */
function oldSparse(header) {
    return {
        parts: sparseParts(header.block, FIELD.sparse[0], 4),
        more: (header.block[FIELD.sparseMore[0]] ?? 0) !== 0,
        realSize: unsigned(header.block, FIELD.realSize),
    };
}
/** An extension block of such a map: up to 21 parts. */
function oldSparseExtension(block) {
    return { parts: sparseParts(block, 0, 21), more: (block[504] ?? 0) !== 0 };
}
function damaged(what) {
    return new errors_BuildError({
        kind: 'user',
        code: 'TAR_DAMAGED',
        message: `This is no whole tar archive: ${what}`,
    });
}
function sparseParts(block, start, most) {
    const parts = [];
    for (let i = 0; i < most; i++) {
        const at = start + i * 24;
        // An unused slot begins with a NUL.
        if (block[at] === 0)
            break;
        parts.push({ offset: unsigned(block, [at, 12]), length: unsigned(block, [at + 12, 12]) });
    }
    return parts;
}
function withPrefix(block) {
    const name = cString(block, FIELD.name);
    // star keeps times where ustar has the end of the prefix, and says so in the last four bytes.
    const star = block.toString('latin1', 508, 512) === 'tar\0';
    const prefix = cString(block, star ? [FIELD.prefix[0], 131] : FIELD.prefix);
    return prefix.length === 0 ? name : Buffer.concat([prefix, Buffer.from('/'), name]);
}
function cString(block, [at, length]) {
    const end = block.indexOf(0, at);
    return block.subarray(at, end === -1 || end > at + length ? at + length : end);
}
function unsigned(block, field) {
    const value = number(block, field);
    if (value < 0)
        throw damaged('a size is negative');
    return value;
}
/** Octal digits between blanks and NULs, or GNU's base-256: first bit set, the rest two's complement, big-endian. */
function number(block, [at, length]) {
    const first = block[at] ?? 0;
    if ((first & 0x80) !== 0)
        return base256(block.subarray(at, at + length));
    let value = 0;
    let digits = false;
    for (let i = at; i < at + length; i++) {
        const byte = block[i] ?? 0;
        if (byte >= 0x30 && byte <= 0x37) {
            value = value * 8 + (byte - 0x30);
            digits = true;
        }
        else if (byte !== 0x20 && byte !== 0) {
            throw damaged('a number in a header is not octal');
        }
        else if (digits) {
            break;
        }
    }
    return value;
}
function base256(bytes) {
    const negative = ((bytes[0] ?? 0) & 0x40) !== 0;
    let value = BigInt((bytes[0] ?? 0) & 0x3f);
    for (const byte of bytes.subarray(1))
        value = (value << 8n) | BigInt(byte);
    if (negative)
        value -= 1n << BigInt(bytes.length * 8 - 2);
    const result = Number(value);
    if (!Number.isSafeInteger(result))
        throw damaged('a number in a header is too large');
    return result;
}
function checksumFits(block) {
    const field = block.toString('latin1', FIELD.checksum[0], FIELD.checksum[0] + 8);
    const match = /^[ \0]*([0-7]{1,8})[ \0]*$/.exec(field);
    if (match === null)
        return false;
    const stored = Number.parseInt(match[1] ?? '', 8);
    const computed = sums(block);
    return stored === computed.unsigned || stored === computed.signed;
}
/** Sums over the block, the checksum field counted as blanks. Some old programs summed signed bytes. */
function sums(block) {
    let total = 0;
    let high = 0;
    for (let i = 0; i < BLOCK; i++) {
        const inChecksum = i >= FIELD.checksum[0] && i < FIELD.checksum[0] + 8;
        const byte = inChecksum ? 0x20 : (block[i] ?? 0);
        total += byte;
        if (byte >= 0x80)
            high += 1;
    }
    return { unsigned: total, signed: total - 256 * high };
}
function putString(block, [at, length], value) {
    value.copy(block, at, 0, Math.min(value.length, length));
    const last = at + length - 1;
    // A cut name that ends in a slash would make some readers take a file for a folder.
    if (value.length > length) {
        for (let i = last; i > at && block[i] === 0x2f; i--)
            block[i] = 0;
    }
}
function putOctal(block, [at, length], value) {
    let rest = value;
    for (let i = at + length - 2; i >= at; i--) {
        block[i] = 0x30 + (rest % 8);
        rest = Math.floor(rest / 8);
    }
    if (rest !== 0) {
        throw new errors_BuildError({
            kind: 'bug',
            code: 'TAR_NUMBER_TOO_LARGE',
            message: `${value} does not fit a tar header field of ${length} bytes`,
        });
    }
}

;// CONCATENATED MODULE: ./lib/image/layer/member-data.js



/** The data blocks of the member that a tar reader stands at. Knows how much of them is unread. */
class MemberData {
    #reader;
    #padding;
    #remaining;
    #closed = false;
    constructor(reader, size) {
        this.#reader = reader;
        this.#remaining = size;
        this.#padding = paddingOf(size);
    }
    get remaining() {
        return this.#remaining;
    }
    /**
     * Between 1 and `most` bytes; undefined at the end of the data.
     * @throws BuildError `TAR_TRUNCATED`; `BODY_GONE` when the reader has moved on to another member
     */
    async some(most) {
        if (this.#closed)
            throw bodyGone();
        if (this.#remaining === 0)
            return undefined;
        const piece = await this.#reader.some(Math.min(most, this.#remaining));
        if (piece === undefined)
            throw truncated();
        this.#remaining -= piece.length;
        return piece;
    }
    /** All that is left as it stands in the archive. */
    async *chunks() {
        for (;;) {
            const piece = await this.some(Number.POSITIVE_INFINITY);
            if (piece === undefined)
                return;
            yield piece;
        }
    }
    /** Goes to the end of the last block. */
    async close() {
        this.#closed = true;
        const left = this.#remaining + this.#padding;
        this.#remaining = 0;
        if (left > 0 && this.#reader.takeNow(left) === undefined)
            await this.#reader.skip(left);
    }
}
/** Bytes between the end of `size` bytes of data and the next block. */
function paddingOf(size) {
    return (BLOCK - (size % BLOCK)) % BLOCK;
}
function bodyGone() {
    return new errors_BuildError({
        kind: 'bug',
        code: 'BODY_GONE',
        message: 'The content of an archive member was asked for after the next member',
    });
}

;// CONCATENATED MODULE: ./lib/image/layer/pax.js


const SPACE = 0x20;
const EQUALS = 0x3d;
const NEWLINE = 0x0a;
const MAX_LENGTH_DIGITS = 10;
/**
 * Records of an extended header, `LENGTH KEY=VALUE\n` each (POSIX.1-2017, pax, "pax Extended Header"), in the order in which they stand: GNU's first
 * sparse format repeats keys.
 * @throws BuildError `TAR_DAMAGED`
 */
function parsePax(data) {
    const records = [];
    for (let at = 0; at < data.length;) {
        const space = data.indexOf(SPACE, at);
        if (space === -1 || space === at || space - at > MAX_LENGTH_DIGITS)
            throw badRecord();
        const digits = data.toString('latin1', at, space);
        const end = at + Number(digits);
        const equals = data.indexOf(EQUALS, space + 1);
        const whole = /^[0-9]+$/.test(digits) && end <= data.length && data[end - 1] === NEWLINE;
        if (!whole || equals <= space + 1 || equals >= end)
            throw badRecord();
        const key = decodeName(data.subarray(space + 1, equals));
        if (key.includes('\0'))
            throw badRecord();
        records.push({ key, value: data.subarray(equals + 1, end - 1) });
        at = end;
    }
    return records;
}
/** Records sorted by key in the order of UTF-16 code units, which is byte order for the ASCII keys that we write. */
function formatPax(records) {
    const sorted = records.toSorted((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
    return Buffer.concat(sorted.map(formatRecord));
}
function formatRecord({ key, value }) {
    const rest = Buffer.concat([Buffer.from(` ${key}=`, 'utf8'), value, Buffer.from('\n')]);
    // The length counts its own digits.
    let length = rest.length + 1;
    while (String(length).length + rest.length !== length)
        length = String(length).length + rest.length;
    return Buffer.concat([Buffer.from(String(length)), rest]);
}
function badRecord() {
    return damaged('a record of an extended header cannot be read');
}

;// CONCATENATED MODULE: ./lib/image/layer/pax-overrides.js

const NONE = {};
const SCHILY_XATTR = 'SCHILY.xattr.';
const LIBARCHIVE_XATTR = 'LIBARCHIVE.xattr.';
/**
 * The records of a global header with those of the member's own above them. An empty value leaves the header's, except for xattrs, which may be empty.
 * @throws BuildError `TAR_DAMAGED` for numbers that cannot be read
 */
function overridesOf(globals, records) {
    if (globals.size === 0 && records.length === 0)
        return NONE;
    const draft = {};
    for (const [key, value] of globals)
        apply(draft, key, value);
    for (const { key, value } of records)
        apply(draft, key, value);
    return draft;
}
function apply(draft, key, value) {
    if (applyXattr(draft, key, value) || value.length === 0)
        return;
    switch (key) {
        case 'path':
            draft.path = value;
            break;
        case 'linkpath':
            draft.linkPath = value;
            break;
        case 'size':
            draft.size = integer(key, value);
            break;
        case 'uid':
            draft.uid = integer(key, value);
            break;
        case 'gid':
            draft.gid = integer(key, value);
            break;
        case 'mtime':
            draft.mtime = seconds(value);
            draft.mtimeNanos = nanoseconds(value);
            break;
        case 'SCHILY.devmajor':
            draft.devMajor = integer(key, value);
            break;
        case 'SCHILY.devminor':
            draft.devMinor = integer(key, value);
            break;
        default:
        // Names of users and groups, other times, comments and the like: nothing of a layer.
    }
}
/** star, GNU tar and Go write the value as it is; libarchive as base64 under a percent-encoded name, besides the former. */
function applyXattr(draft, key, value) {
    if (key.startsWith(SCHILY_XATTR)) {
        // A copy: the record is a view of a much larger buffer.
        setXattr(draft, decodeGnu(key.slice(SCHILY_XATTR.length)), Buffer.from(value));
        return true;
    }
    if (!key.startsWith(LIBARCHIVE_XATTR))
        return false;
    const name = percentDecoded(key.slice(LIBARCHIVE_XATTR.length));
    if (draft.xattrs?.has(name) !== true)
        setXattr(draft, name, Buffer.from(value.toString('latin1'), 'base64'));
    return true;
}
function setXattr(draft, name, value) {
    if (name === '')
        throw damaged('an extended attribute has no name');
    draft.xattrs ??= new Map();
    draft.xattrs.set(name, value);
}
/** GNU tar writes `=` and `%` of attribute names as %3D and %25. */
function decodeGnu(name) {
    return name.replaceAll('%3D', '=').replaceAll('%25', '%');
}
function percentDecoded(name) {
    try {
        return decodeURIComponent(name);
    }
    catch {
        throw damaged('the name of an extended attribute cannot be read');
    }
}
function integer(key, value) {
    const text = value.toString('latin1');
    const result = /^-?[0-9]+$/.test(text) ? Number(text) : Number.NaN;
    if (!Number.isSafeInteger(result) || (key === 'size' && result < 0)) {
        throw damaged(`the record ${key} of an extended header is no number`);
    }
    return result;
}
function seconds(value) {
    const text = value.toString('latin1');
    if (!/^-?[0-9]{1,15}(?:\.[0-9]*)?$/.test(text))
        throw damaged('a time of an extended header is no number');
    return Number(text);
}
/** The fraction counts away from zero in the text, and up from the last whole second in the result. */
function nanoseconds(value) {
    const [, sign, digits = ''] = /^(-?)[0-9]+(?:\.([0-9]*))?$/.exec(value.toString('latin1')) ?? [];
    const nanos = Number(digits.padEnd(9, '0').slice(0, 9));
    return sign === '-' && nanos > 0 ? 1e9 - nanos : nanos;
}

;// CONCATENATED MODULE: ./lib/image/layer/sparse.js

const ZEROS = Buffer.alloc(64 * 1024);
const MAX_PARTS = 1_000_000;
const MAX_DIGITS = 20;
const sparse_NEWLINE = 0x0a;
/** Reads the map of a header of type `S`, extension blocks included. */
async function readOldSparse(header, reader) {
    const first = oldSparse(header);
    const parts = [...first.parts];
    for (let more = first.more; more;) {
        const block = await reader.take(BLOCK);
        if (block === undefined)
            throw damaged('a sparse map ends early');
        const extension = oldSparseExtension(block);
        parts.push(...extension.parts);
        if (parts.length > MAX_PARTS)
            throw damaged('a sparse map has too many parts');
        more = extension.more;
    }
    return { size: first.realSize, parts };
}
/** GNU's sparse formats 0.0, 0.1 and 1.0; undefined when the records speak of none. */
function paxSparse(records) {
    const text = new Map();
    for (const { key, value } of records) {
        if (key.startsWith('GNU.sparse.'))
            text.set(key.slice('GNU.sparse.'.length), value.toString('latin1'));
    }
    if (text.size === 0)
        return undefined;
    const name = records.findLast((record) => record.key === 'GNU.sparse.name')?.value;
    const size = text.get('realsize') ?? text.get('size');
    if (text.get('major') === '1' && text.get('minor') === '0') {
        return { version: '1', name, size: decimal(size) };
    }
    const map = text.get('map');
    const numbers = map === undefined
        ? numbersOf(records)
        : map
            .split(',')
            .filter((part) => part !== '')
            .map(decimal);
    if (map === undefined && !text.has('numblocks'))
        return undefined;
    return { version: '0', name, map: { size: decimal(size), parts: pairs(numbers) } };
}
/** Reads the map that stands before the data in format 1.0: decimal numbers, a line each, padded to a block. */
async function readSparseMap(data, size) {
    const lines = new LineReader(data);
    const count = decimal(await lines.next());
    if (count > MAX_PARTS)
        throw damaged('a sparse map has too many parts');
    const numbers = [];
    while (numbers.length < count * 2)
        numbers.push(decimal(await lines.next()));
    return { size, parts: pairs(numbers) };
}
/** The file's content: the parts where they belong, zeros elsewhere. Chunks of zeros are shared: they must not be written to. */
async function* expandSparse(map, data) {
    let position = 0;
    for (const part of map.parts) {
        yield* zeros(part.offset - position);
        for (let missing = part.length; missing > 0;) {
            const piece = await data.some(missing);
            if (piece === undefined)
                throw damaged('a sparse file has less data than its map says');
            missing -= piece.length;
            yield piece;
        }
        position = part.offset + part.length;
    }
    yield* zeros(map.size - position);
}
/** @throws BuildError `TAR_DAMAGED` when parts overlap, leave the file or do not add up to `stored` bytes */
function checkSparse(map, stored) {
    let position = 0;
    let total = 0;
    for (const part of map.parts) {
        if (part.offset < position)
            throw damaged('the parts of a sparse file overlap');
        position = part.offset + part.length;
        total += part.length;
    }
    if (position > map.size)
        throw damaged('a part of a sparse file is behind its end');
    if (total !== stored)
        throw damaged('a sparse file has more or less data than its map says');
}
class LineReader {
    #data;
    #block = Buffer.alloc(0);
    #at = 0;
    constructor(data) {
        this.#data = data;
    }
    async next() {
        let line = '';
        for (;;) {
            const end = this.#block.indexOf(sparse_NEWLINE, this.#at);
            line += this.#block.toString('latin1', this.#at, end === -1 ? this.#block.length : end);
            if (line.length > MAX_DIGITS)
                throw damaged('a sparse map holds something else than numbers');
            if (end !== -1) {
                this.#at = end + 1;
                return line;
            }
            this.#block = await wholeBlock(this.#data);
            this.#at = 0;
        }
    }
}
async function wholeBlock(data) {
    const pieces = [];
    for (let missing = BLOCK; missing > 0;) {
        const piece = await data.some(missing);
        if (piece === undefined)
            throw damaged('a sparse map ends early');
        pieces.push(piece);
        missing -= piece.length;
    }
    return Buffer.concat(pieces);
}
function* zeros(length) {
    for (let missing = length; missing > 0; missing -= ZEROS.length) {
        yield missing >= ZEROS.length ? ZEROS : ZEROS.subarray(0, missing);
    }
}
/** Format 0.0 repeats offset and numbytes, a pair for each part. */
function numbersOf(records) {
    return records
        .filter(({ key }) => key === 'GNU.sparse.offset' || key === 'GNU.sparse.numbytes')
        .map(({ value }) => decimal(value.toString('latin1')));
}
function pairs(numbers) {
    if (numbers.length % 2 !== 0)
        throw damaged('a sparse map has half a part');
    const parts = [];
    for (let i = 0; i < numbers.length; i += 2) {
        parts.push({ offset: numbers[i] ?? 0, length: numbers[i + 1] ?? 0 });
    }
    return parts;
}
function decimal(text) {
    const value = /^[0-9]{1,16}$/.test(text ?? '') ? Number(text) : Number.NaN;
    if (!Number.isSafeInteger(value))
        throw damaged('a number of a sparse map cannot be read');
    return value;
}

;// CONCATENATED MODULE: ./lib/image/layer/tar-read.js









/** As Go's archive/tar: extended headers and long names beyond this are an attack. */
const MAX_SPECIAL = 1024 * 1024;
const DEFAULT_MAX_ENTRIES = 4_000_000;
const DEFAULT_MAX_METADATA = 512 * 1024 * 1024;
/**
 * Reads an archive member by member: V7, ustar, PAX (global headers too) and GNU (long names, base-256 numbers, all sparse formats), with xattrs as
 * SCHILY.xattr and LIBARCHIVE.xattr. Names are cleaned as Docker does (see cleanPath). The source is read to its end, also behind
 * the end-of-archive mark, so that a digest over it is complete (but with `untilMark`); an archive that lacks the mark is taken as it is. Chunks of a body are only good
 * until the next one and must not be written to.
 * @throws BuildError `TAR_DAMAGED`, `TAR_TRUNCATED`, `TAR_TOO_LARGE`, `TAR_PATH_ESCAPES`, `TAR_UNSUPPORTED`
 */
async function* readTar(source, limits = {}) {
    const reader = new ByteReader(source, { limit: limits.maxSize });
    const globals = new Map();
    let metadata = 0;
    try {
        for (let count = 1;; count++) {
            const member = await nextMember(reader, globals, limits);
            if (member === undefined)
                break;
            metadata += metadataOf(member.entry);
            checkLimits(member.entry, count, metadata, limits);
            yield memberOf(member);
            await member.data.close();
        }
        if (limits.untilMark !== true)
            await reader.drain();
    }
    finally {
        await reader.close();
    }
}
function memberOf({ entry, data, sparse, offset }) {
    if (entry.type !== 'file')
        return { entry };
    if (sparse === undefined)
        return { entry, body: data.chunks(), offset };
    return { entry, body: expandSparse(sparse, data) };
}
/** What whoever collects the entries keeps of this one. */
function metadataOf({ path, linkName = '', xattrs }) {
    let size = path.length + linkName.length;
    for (const [name, value] of xattrs ?? [])
        size += name.length + value.length;
    return size;
}
function checkLimits(entry, count, metadata, limits) {
    const maxEntries = limits.maxEntries ?? DEFAULT_MAX_ENTRIES;
    if (count > maxEntries)
        throw tar_read_tooLarge(`has more than ${maxEntries} members`);
    const maxMetadata = limits.maxMetadata ?? DEFAULT_MAX_METADATA;
    if (metadata > maxMetadata)
        throw tar_read_tooLarge(`has more than ${maxMetadata} bytes of names and attributes`);
    const maxFileSize = limits.maxFileSize ?? Number.POSITIVE_INFINITY;
    if (entry.size > maxFileSize)
        throw tar_read_tooLarge(`has a file of more than ${maxFileSize} bytes: ${entry.path}`);
}
async function nextMember(reader, globals, limits) {
    const pending = { globals, records: [], longName: undefined, longLink: undefined };
    for (;;) {
        const header = await nextHeader(reader);
        if (header === undefined)
            return undefined;
        const special = await readSpecial(header, reader, pending);
        if (!special)
            return await openMember(header, reader, pending, limits);
    }
}
async function nextHeader(reader) {
    const block = reader.takeNow(BLOCK) ?? (await reader.take(BLOCK));
    if (block === undefined)
        return undefined;
    if (!isZeroBlock(block))
        return parseHeader(block);
    const second = await reader.take(BLOCK);
    if (second !== undefined && !isZeroBlock(second))
        throw damaged('there are zeros where a header should be');
    return undefined;
}
/** True when the header only said something about the following member. */
async function readSpecial(header, reader, pending) {
    switch (header.type) {
        case 'x':
        case 'X':
            pending.records = parsePax(await specialData(header, reader));
            return true;
        case 'g':
            addGlobals(pending.globals, parsePax(await specialData(header, reader)));
            return true;
        case 'L':
            pending.longName = untilNul(await specialData(header, reader));
            return true;
        case 'K':
            pending.longLink = untilNul(await specialData(header, reader));
            return true;
        case 'V':
            // A label of the volume.
            await new MemberData(reader, header.size).close();
            return true;
        default:
            return false;
    }
}
async function specialData(header, reader) {
    if (header.size > MAX_SPECIAL)
        throw tar_read_tooLarge(`has an extended header of more than ${MAX_SPECIAL} bytes`);
    const data = new MemberData(reader, header.size);
    const pieces = [];
    for await (const piece of data.chunks())
        pieces.push(Buffer.from(piece));
    await data.close();
    return Buffer.concat(pieces);
}
/** An empty value takes an earlier record back (POSIX.1-2017, pax, "pax Extended Header"). */
function addGlobals(globals, records) {
    for (const { key, value } of records) {
        if (value.length === 0)
            globals.delete(key);
        else
            globals.set(key, value);
    }
    let size = 0;
    for (const [key, value] of globals)
        size += key.length + value.length;
    if (size > MAX_SPECIAL)
        throw tar_read_tooLarge(`has global headers of more than ${MAX_SPECIAL} bytes`);
}
async function openMember(header, reader, pending, { clampPaths, exactTimes }) {
    const overrides = overridesOf(pending.globals, pending.records);
    const stored = storedSize(header, overrides);
    const oldSparse = header.type === 'S' ? await readOldSparse(header, reader) : undefined;
    const pax = header.type === '0' ? paxSparse(pending.records) : undefined;
    const data = new MemberData(reader, stored);
    const sparse = oldSparse ?? (await paxSparseMap(pax, data));
    const name = decodeName(pax?.name ?? overrides.path ?? pending.longName ?? header.name);
    const type = typeOf(header.type, name);
    if (sparse !== undefined)
        checkSparse(sparse, data.remaining);
    const size = sparse?.size ?? stored;
    const link = decodeName(overrides.linkPath ?? pending.longLink ?? header.linkName);
    const root = clampPaths === true ? '/' : '';
    const target = type === 'hardlink' ? root + link : link;
    const found = entryOf(header, overrides, { name: root + name, type, link: target, size });
    const nanos = exactTimes === true ? (overrides.mtimeNanos ?? 0) : 0;
    const entry = nanos === 0 ? found : { ...found, mtimeNanos: nanos };
    return { entry, data, sparse, offset: reader.position };
}
async function paxSparseMap(pax, data) {
    if (pax === undefined)
        return undefined;
    return pax.version === '0' ? pax.map : await readSparseMap(data, pax.size);
}
/** Types without content have none, whatever their size field says: so reads Go, and with it every container runtime. */
function storedSize(header, overrides) {
    return '123456'.includes(header.type) ? 0 : (overrides.size ?? header.size);
}
function typeOf(flag, name) {
    switch (flag) {
        case '0':
            return name.endsWith('/') ? 'directory' : 'file';
        case '7':
        case 'S':
            return 'file';
        case '1':
            return 'hardlink';
        case '2':
            return 'symlink';
        case '3':
            return 'character';
        case '4':
            return 'block';
        case '5':
        case 'D':
            return 'directory';
        case '6':
            return 'fifo';
        default:
            throw new errors_BuildError({
                kind: 'user',
                code: 'TAR_UNSUPPORTED',
                message: `The archive has a member of the unknown type ${JSON.stringify(flag)}: ${JSON.stringify(name)}`,
            });
    }
}
function entryOf(header, overrides, { name, type, link, size }) {
    const path = cleanPath(name);
    if (path === '' && type !== 'directory')
        throw damaged('a member has no name');
    const device = type === 'character' || type === 'block';
    return {
        path,
        type,
        mode: header.mode & 0o7777,
        uid: owner(overrides.uid ?? header.uid),
        gid: owner(overrides.gid ?? header.gid),
        size: type === 'file' ? size : 0,
        mtime: overrides.mtime ?? header.mtime,
        ...linkOf(type, link),
        ...(device ? { devMajor: overrides.devMajor ?? header.devMajor } : {}),
        ...(device ? { devMinor: overrides.devMinor ?? header.devMinor } : {}),
        ...(overrides.xattrs === undefined ? {} : { xattrs: overrides.xattrs }),
    };
}
function linkOf(type, link) {
    if (type === 'hardlink')
        return { linkName: cleanPath(link) };
    if (type !== 'symlink')
        return {};
    checkLength(link, link);
    if (link === '' || link.includes('\0'))
        throw damaged('a symbolic link has no usable target');
    return { linkName: link };
}
/** Negative ids are what 32-bit programs made of large ones. */
function owner(id) {
    const value = id < 0 ? id + 2 ** 32 : id;
    if (value < 0 || value >= 2 ** 32)
        throw damaged('a user or group id is out of range');
    return value;
}
function untilNul(data) {
    const end = data.indexOf(0);
    return end === -1 ? data : data.subarray(0, end);
}
function tar_read_tooLarge(what) {
    return new errors_BuildError({ kind: 'user', code: 'TAR_TOO_LARGE', message: `The archive ${what}` });
}

;// CONCATENATED MODULE: ./lib/worker/snapshot/raw-path.js

/** The path of a node below `folder` as bytes, since names need not be UTF-8. */
function rawPath(folder, path) {
    return path === '' ? Buffer.from(folder) : Buffer.concat([Buffer.from(`${folder}/`), encodeName(path)]);
}

;// CONCATENATED MODULE: ./lib/worker/snapshot/tree-tar.js
var tree_tar_addDisposableResource = (undefined && undefined.__addDisposableResource) || function (env, value, async) {
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
var tree_tar_disposeResources = (undefined && undefined.__disposeResources) || (function (SuppressedError) {
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



const tree_tar_STDERR_TAIL = 2048;
const NUL = Buffer.from([0]);
const EMPTY_ARCHIVE = Buffer.alloc(1024);
/**
 * These nodes of the folder, in this order, as a POSIX tar with all attributes and times to the nanosecond: one tar process, told its
 * members through stdin.
 * @param more options of tar
 * @throws BuildError `DIFF_FAILED`
 */
async function* tarOf(folder, paths, signal, more = []) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        if (paths.length === 0) {
            yield EMPTY_ARCHIVE;
            return;
        }
        const format = ['--format=posix', '--pax-option=delete=atime,delete=ctime', '--numeric-owner'];
        const content = ['--xattrs', '--xattrs-include=*', '--no-recursion', '--null', '--files-from=-'];
        const tar = tree_tar_addDisposableResource(env_1, start(['tar', '-c', '-C', folder, '-f', '-', ...format, ...more, ...content], { signal }), true);
        tar.stdin.end(Buffer.concat(paths.flatMap((path) => [encodeName(path), NUL])));
        let words = '';
        tar.stderr.on('data', (chunk) => {
            words = (words + chunk.toString('utf8')).slice(-tree_tar_STDERR_TAIL);
        });
        yield* tar.stdout;
        const { exitCode } = await tar.done;
        signal?.throwIfAborted();
        if (exitCode === 0)
            return;
        throw new errors_BuildError({
            kind: 'environment',
            code: 'DIFF_FAILED',
            message: `The changes of a step could not be read: ${words.trim()}`,
        });
    }
    catch (e_1) {
        env_1.error = e_1;
        env_1.hasError = true;
    }
    finally {
        const result_1 = tree_tar_disposeResources(env_1);
        if (result_1)
            await result_1;
    }
}

;// CONCATENATED MODULE: ./lib/worker/snapshot/attributes.js





/** Attributes in which overlayfs keeps its own notes (Linux Documentation/filesystems/overlayfs.rst). */
const OVERLAY_ATTRIBUTE = /^(trusted|user)\.overlay\./;
/** Those of a node that are not overlayfs' own; undefined for none. */
function ownAttributes(attributes) {
    const kept = [...(attributes ?? [])].filter(([name]) => !OVERLAY_ATTRIBUTE.test(name));
    return kept.length === 0 ? undefined : new Map(kept);
}
/** overlayfs' mark of a folder that hides what layers below have in it. */
const OPAQUE_ATTRIBUTE = /^(trusted|user)\.overlay\.opaque$/;
/** Of a node with several names, tar tells attributes with the first one only. */
const EVERY_NAME = ['--hard-dereference'];
/**
 * The attributes of nodes, undefined for none, without overlayfs' own. One child process, whatever their number: Node cannot read
 * attributes itself.
 */
async function attributesOf(places, signal) {
    const names = places.map(({ tree, path }) => decodeName(rawPath((0,external_node_path_namespaceObject.join)('/', tree).slice(1), path)));
    const found = new Map();
    for await (const { entry } of readTar(tarOf('/', [...new Set(names)], signal, EVERY_NAME)))
        found.set(entry.path, ownAttributes(entry.xattrs));
    return names.map((name) => found.get(name));
}
/** Of nodes without content that are in two trees, those with the same attributes in both. */
async function withSameAttributes(paths, before, after, signal) {
    const places = [before, after].flatMap((tree) => paths.map((path) => ({ tree, path })));
    const found = await attributesOf(places, signal);
    return new Set(paths.filter((_, i) => sameMaps(found[i], found[paths.length + i])));
}
/** Whether one of an upper folder's folders hides what is below it. One child process. */
async function someOpaque(tree, folders) {
    for await (const { entry } of readTar(tarOf(tree, folders))) {
        for (const name of entry.xattrs?.keys() ?? [])
            if (OPAQUE_ATTRIBUTE.test(name))
                return true;
    }
    return false;
}
/** Whether nodes have the same attributes but for overlayfs' own. */
function sameAttributes(a, b) {
    return sameMaps(ownAttributes(a), ownAttributes(b));
}
function sameMaps(a, b) {
    if ((a?.size ?? 0) !== (b?.size ?? 0))
        return false;
    return [...(a ?? [])].every(([name, value]) => {
        const other = b?.get(name);
        return other !== undefined && Buffer.compare(value, other) === 0;
    });
}

;// CONCATENATED MODULE: ./lib/worker/snapshot/real-paths.js



/**
 * Nodes of a tree by paths of another one. What is a folder there may be a file or a link here; behind a link there is nothing of this tree,
 * perhaps something of the machine's.
 */
class RealPaths {
    #root;
    #folders = new Map();
    constructor(root) {
        this.#root = root;
    }
    stat(path) {
        const parent = parentOf(path);
        return parent === undefined || this.#isFolder(parent) ? statOf(this.#root, path) : undefined;
    }
    #isFolder(path) {
        if (path === '')
            return true;
        const known = this.#folders.get(path);
        if (known !== undefined)
            return known;
        const is = this.stat(path)?.isDirectory() === true;
        this.#folders.set(path, is);
        return is;
    }
}
/** The node at a path that leads through folders alone. */
function statOf(root, path) {
    return (0,external_node_fs_namespaceObject.lstatSync)(rawPath(root, path), { bigint: true, throwIfNoEntry: false });
}

;// CONCATENATED MODULE: ./lib/worker/snapshot/equal-nodes.js







/** Calls of the file system between two looks at other work. */
const equal_nodes_BATCH = 200;
const NOTHING = new Uint8Array();
/**
 * Whether two nodes may be equal, as far as a look at them tells. Times count to the nanosecond: a file that was written anew with the same
 * bytes is a change, as BuildKit has it (continuity fs, sameDirent).
 */
function lookEqual(before, after) {
    return (before.mode === after.mode &&
        before.uid === after.uid &&
        before.gid === after.gid &&
        before.size === after.size &&
        before.rdev === after.rdev &&
        before.mtimeNs === after.mtimeNs);
}
/**
 * Of folders and of nodes that look equal in two trees, those that have the same attributes in both, link to the same and hold the same bytes.
 * Files are read only when there are such with content; then each tree's are streamed by one child process.
 */
async function withEqualNodes(paths, before, after, signal) {
    const files = [];
    const others = [];
    let count = 0;
    for (const path of paths) {
        if (++count % equal_nodes_BATCH === 0)
            await (0,external_node_timers_promises_namespaceObject.setImmediate)();
        const stat = statOf(after, path);
        if (stat?.isFile() === true && stat.size > 0n)
            files.push(path);
        else if (stat?.isSymbolicLink() !== true || sameTarget(path, before, after))
            others.push(path);
    }
    const [alike, equal] = await Promise.all([
        withSameAttributes(others, before, after, signal),
        withSameContent(files, before, after, signal),
    ]);
    return new Set([...alike, ...equal]);
}
function sameTarget(path, before, after) {
    const [old, now] = [before, after].map((tree) => (0,external_node_fs_namespaceObject.readlinkSync)(rawPath(tree, path), { encoding: 'buffer' }));
    return old !== undefined && now !== undefined && old.equals(now);
}
/** One tar process a tree, read side by side: so attributes come along, which Node cannot read, and nothing is kept. */
async function withSameContent(paths, before, after, signal) {
    const equal = new Set();
    if (paths.length === 0)
        return equal;
    const [old, now] = [before, after].map((tree) => readTar(tarOf(tree, paths, signal, ['--hard-dereference'])));
    if (old === undefined || now === undefined)
        return equal;
    try {
        for (const path of paths) {
            const [a, b] = await Promise.all([old.next(), now.next()]);
            if (a.done === true || b.done === true)
                break;
            if (a.value.entry.path !== path || b.value.entry.path !== path)
                break;
            if (await sameMember(a.value, b.value))
                equal.add(path);
        }
    }
    finally {
        await Promise.allSettled([old.return(undefined), now.return(undefined)]);
    }
    return equal;
}
async function sameMember(a, b) {
    if (a.body === undefined || b.body === undefined || a.entry.size !== b.entry.size)
        return false;
    return sameAttributes(a.entry.xattrs, b.entry.xattrs) && (await sameBytes(a.body, b.body));
}
async function sameBytes(a, b) {
    const [left, right] = [a[Symbol.asyncIterator](), b[Symbol.asyncIterator]()];
    let [x, y] = [NOTHING, NOTHING];
    for (;;) {
        if (x?.length === 0)
            x = await nextChunk(left);
        if (y?.length === 0)
            y = await nextChunk(right);
        if (x === undefined || y === undefined)
            return x === y;
        const both = Math.min(x.length, y.length);
        if (Buffer.compare(x.subarray(0, both), y.subarray(0, both)) !== 0)
            return false;
        [x, y] = [x.subarray(both), y.subarray(both)];
    }
}
async function nextChunk(chunks) {
    const { done, value } = await chunks.next();
    return done === true ? undefined : value;
}

;// CONCATENATED MODULE: ./lib/worker/snapshot/changed-folders.js







/** Calls of the file system between two looks at other work. */
const changed_folders_BATCH = 200;
/**
 * Looks at folders that were written to: what the lower view had in them and the merged one has not is deleted, and a folder whose own
 * mode, owner and attributes are as before counts as untouched, unless something in it or further below was changed; so does any other node
 * that is what it was, with its time; never the top folder. So neither whiteouts nor opaque marks have to be read.
 * @param contents other nodes that were written
 */
async function compareFolders(folders, contents, lower, merged, signal) {
    const deleted = [];
    const same = [];
    const old = new RealPaths(lower);
    let count = 0;
    for (const folder of folders) {
        if (++count % changed_folders_BATCH === 0)
            await (0,external_node_timers_promises_namespaceObject.setImmediate)();
        const before = old.stat(folder);
        if (before === undefined || !before.isDirectory())
            continue;
        const after = statOf(merged, folder);
        if (after !== undefined && sameNode(before, after))
            same.push(folder);
        const left = new Set(namesIn(merged, folder));
        for (const name of namesIn(lower, folder)) {
            if (!left.has(name))
                deleted.push(childPath(folder, name));
        }
    }
    const copied = await copiedUp(contents, old, merged);
    const [isSame, isCopied] = [new Set(same), new Set(copied)];
    // What was changed for certain shows the folders above it, whatever they are like themselves.
    const certain = foldersAbove([
        ...contents.filter((path) => !isCopied.has(path)),
        ...deleted,
        ...folders.filter((folder) => !isSame.has(folder)),
    ]);
    const open = same.filter((folder) => folder !== '' && !certain.has(folder));
    const kept = await withEqualNodes([...open, ...copied], lower, merged, signal);
    const changed = [
        ...contents.filter((path) => !kept.has(path)),
        ...deleted,
        ...folders.filter((folder) => !kept.has(folder)),
    ];
    const shown = foldersAbove(changed);
    return { deleted, untouched: [...kept].filter((path) => !shown.has(path)) };
}
/**
 * All folders that lead to these paths. A layer holds them too, whether they were changed themselves or not: so does BuildKit (containerd's
 * archive differ), and runtimes that make missing folders do it with default modes. The time of a folder alone is no change.
 */
function foldersAbove(paths) {
    const folders = new Set();
    for (const path of paths) {
        for (let at = parentOf(path); at !== undefined && at !== '' && !folders.has(at); at = parentOf(at)) {
            folders.add(at);
        }
    }
    return folders;
}
/**
 * Files that were opened for writing, or given the mode, owner and time that they had: overlayfs copied them up. A copy loses the other names
 * that the file has below; one with several names was linked anew.
 */
async function copiedUp(paths, old, merged) {
    const found = [];
    let count = 0;
    for (const path of paths) {
        if (++count % changed_folders_BATCH === 0)
            await (0,external_node_timers_promises_namespaceObject.setImmediate)();
        const after = statOf(merged, path);
        if (after?.nlink !== 1n)
            continue;
        const before = old.stat(path);
        if (before !== undefined && lookEqual(before, after))
            found.push(path);
    }
    return found;
}
function sameNode(a, b) {
    return a.mode === b.mode && a.uid === b.uid && a.gid === b.gid;
}
function namesIn(root, folder) {
    return (0,external_node_fs_namespaceObject.readdirSync)(rawPath(root, folder), { encoding: 'buffer' }).map(decodeName);
}

;// CONCATENATED MODULE: ./lib/worker/snapshot/listing.js





const TYPES = {
    f: 'file',
    d: 'directory',
    l: 'symlink',
    c: 'character',
    b: 'block',
    p: 'fifo',
    s: 'socket',
};
const FORMAT = '%y %m %U %G %s %i %T@ %C@ %P\\0';
const FIELDS = 8;
const listing_SPACE = 0x20;
const PERMISSIONS = 4095n;
/** In nanoseconds. */
const SECOND = 1000000000n;
/** Paths of deeper ones are longer than any call takes (PATH_MAX): nobody could look at them. */
const MAX_DEPTH = '2100';
const MAX_LISTING = 2 * 1024 * 1024 * 1024;
/** So many are looked at in less time than a process takes to start. */
const FEW = 200;
/**
 * Every node below the folder but itself, and but those that are too deep for a path, in byte order of the paths. One child process, whatever the number of files; none for a few.
 * @param few how many that is
 */
async function listTree(folder, signal, few = FEW) {
    const nodes = listFew(folder, few) ?? (await findAll(folder, signal));
    return nodes.sort((a, b) => compareNames(a.path, b.path));
}
/** The same without a child process; undefined where there are more, or something that find may tell better. */
function listFew(folder, few) {
    const nodes = [];
    const folders = [''];
    try {
        const { dev } = (0,external_node_fs_namespaceObject.lstatSync)(folder, { bigint: true });
        for (let at = folders.pop(); at !== undefined; at = folders.pop()) {
            const names = listing_namesIn(rawPath(folder, at), few - nodes.length);
            if (names === undefined)
                return undefined;
            for (const name of names) {
                const path = childPath(at, decodeName(name));
                const stat = (0,external_node_fs_namespaceObject.lstatSync)(rawPath(folder, path), { bigint: true });
                nodes.push(nodeOf(path, stat));
                if (stat.isDirectory() && stat.dev === dev)
                    folders.push(path);
            }
        }
        return nodes;
    }
    catch {
        return undefined;
    }
}
/** Undefined for more names than that. */
function listing_namesIn(folder, most) {
    const names = [];
    const entries = (0,external_node_fs_namespaceObject.opendirSync)(folder, { encoding: 'buffer' });
    try {
        for (let entry = entries.readSync(); entry !== null; entry = entries.readSync()) {
            if (names.length >= most)
                return undefined;
            names.push(entry.name);
        }
        return names;
    }
    finally {
        entries.closeSync();
    }
}
function nodeOf(path, stat) {
    const { mode, uid, gid, size, ino, mtimeNs, ctimeNs } = stat;
    return {
        path,
        type: listing_typeOf(stat),
        mode: Number(mode & PERMISSIONS),
        uid: Number(uid),
        gid: Number(gid),
        size: Number(size),
        inode: String(ino),
        mtime: printed(mtimeNs),
        ctime: printed(ctimeNs),
    };
}
function listing_typeOf(stat) {
    if (stat.isDirectory())
        return 'directory';
    if (stat.isSymbolicLink())
        return 'symlink';
    if (stat.isCharacterDevice())
        return 'character';
    if (stat.isBlockDevice())
        return 'block';
    if (stat.isFIFO())
        return 'fifo';
    return stat.isSocket() ? 'socket' : 'file';
}
/** As find prints it: the last whole second, before 1970 too, and ten digits of what came after it. */
function printed(nanoseconds) {
    const after = ((nanoseconds % SECOND) + SECOND) % SECOND;
    return `${(nanoseconds - after) / SECOND}.${String(after).padStart(9, '0')}0`;
}
async function findAll(folder, signal) {
    const argv = ['find', folder, '-mindepth', '1', '-maxdepth', MAX_DEPTH, '-xdev', '-printf', FORMAT];
    const { stdout } = await execOk(argv, {
        signal,
        maxOutput: MAX_LISTING,
    });
    const nodes = [];
    for (let from = 0; from < stdout.length;) {
        const end = stdout.indexOf(0, from);
        nodes.push(parseNode(stdout.subarray(from, end)));
        from = end + 1;
    }
    return nodes;
}
function parseNode(line) {
    const fields = [];
    let from = 0;
    for (let i = 0; i < FIELDS; i++) {
        const space = line.indexOf(listing_SPACE, from);
        fields.push(line.toString('latin1', from, space));
        from = space + 1;
    }
    const [type = '', mode = '', uid, gid, size, inode = '', mtime = '', ctime = ''] = fields;
    return {
        path: decodeName(line.subarray(from)),
        type: TYPES[type] ?? 'file',
        mode: Number.parseInt(mode, 8),
        uid: Number(uid),
        gid: Number(gid),
        size: Number(size),
        inode,
        mtime,
        ctime,
    };
}

;// CONCATENATED MODULE: ./lib/worker/snapshot/mtime.js

const NANO = 1e9;
/** Sets a node's time, exact to a quarter of a microsecond: Node takes it as a double of seconds. */
function setMtime(path, mtimeNs) {
    const time = asText(Number(mtimeNs) / NANO);
    (0,external_node_fs_namespaceObject.utimesSync)(path, time, time);
}
/** Sets the time of a node that may be a link, in seconds since 1970. */
function setOwnMtime(path, seconds) {
    const time = asText(seconds);
    (0,external_node_fs_namespaceObject.lutimesSync)(path, time, time);
}
/** For a number below 0 Node takes the present time, for the same number as text it does not. */
function asText(seconds) {
    return String(seconds);
}

;// CONCATENATED MODULE: ./lib/worker/snapshot/keeping-time.js


/** Changes something in a folder without a trace in the folder's own time. */
function keepingTime(folder, change) {
    const { mtimeNs } = (0,external_node_fs_namespaceObject.lstatSync)(folder, { bigint: true });
    change();
    setMtime(folder, mtimeNs);
}

;// CONCATENATED MODULE: ./lib/worker/snapshot/open-inside.js



/** Node.js has no name for it; the same for all its platforms on Linux (asm-generic/fcntl.h). */
const O_PATH = 0o10000000;
const FLAGS = O_PATH | external_node_fs_namespaceObject.constants.O_NOFOLLOW;
/**
 * Opens what is at a path of a folder that somebody else may be changing, and no symlink on the way: whatever is put in its place afterwards,
 * `/proc/self/fd/N` is what was found. For handing on alone (open(2), O_PATH).
 * @param inside without symlinks when it was looked at
 * @throws BuildError `PATH_CHANGED`; errors of the file system
 */
function openInside(folder, inside) {
    let fd = (0,external_node_fs_namespaceObject.openSync)(folder, FLAGS);
    for (const part of inside.split('/').filter((name) => name !== '')) {
        const parent = fd;
        try {
            fd = (0,external_node_fs_namespaceObject.openSync)(Buffer.concat([Buffer.from(`/proc/self/fd/${parent}/`), encodeName(part)]), FLAGS);
        }
        finally {
            (0,external_node_fs_namespaceObject.closeSync)(parent);
        }
        if ((0,external_node_fs_namespaceObject.fstatSync)(fd).isSymbolicLink() || part === '..') {
            (0,external_node_fs_namespaceObject.closeSync)(fd);
            throw changed(inside);
        }
    }
    return fd;
}
function changed(inside) {
    return new errors_BuildError({
        kind: 'user',
        code: 'PATH_CHANGED',
        message: `${inside} became a symlink while it was being opened`,
        hint: 'Another step has the same cache: give each a cache of its own, or sharing=locked.',
    });
}

;// CONCATENATED MODULE: ./lib/worker/snapshot/root-paths.js







/** As the kernel's MAXSYMLINKS. */
const MAX_LINKS = 40;
/**
 * Finds paths inside a root from outside, with symlinks followed as a process with that root would; nothing inside can lead out. Makes
 * mount points and takes them away again without a trace. Only while no process runs inside.
 */
class RootPaths {
    #root;
    #covers = [];
    #stubs = [];
    constructor(root) {
        this.#root = root;
    }
    /** From now on `inside` is this folder or file. Mount points made in a shared one stay: another step may just mount on them. */
    cover(inside, outside, of = {}) {
        this.#covers.push({ inside, outside, ...of });
    }
    /** @throws BuildError `PATH_LOOPS` */
    resolve(path) {
        const done = [];
        const todo = path.split('/').reverse();
        let links = 0;
        let stat = this.#stat('');
        for (let part = todo.pop(); part !== undefined; part = todo.pop()) {
            if (part === '' || part === '.')
                continue;
            if (part === '..')
                done.pop();
            else
                done.push(part);
            stat = this.#stat(done.join('/'));
            if (stat?.isSymbolicLink() !== true)
                continue;
            if (++links > MAX_LINKS)
                throw loops(path);
            const target = decodeName((0,external_node_fs_namespaceObject.readlinkSync)(this.#outside(done.join('/')), { encoding: 'buffer' }));
            if (target.startsWith('/'))
                done.length = 0;
            else
                done.pop();
            todo.push(...target.split('/').reverse());
            stat = this.#stat(done.join('/'));
        }
        const inside = done.join('/');
        const outside = this.#outside(inside);
        return stat === undefined ? { inside, outside } : { inside, outside, stat };
    }
    /**
     * Whether all above this path are folders. A step may have put a symlink there meanwhile, which would lead whoever follows it with the
     * worker's privileges to the machine's own files.
     */
    leadsThroughFolders(inside) {
        const parts = inside.split('/').slice(0, -1);
        return parts.every((_, i) => this.#stat(parts.slice(0, i + 1).join('/'))?.isDirectory() === true);
    }
    /** What is at a path without symlinks on the way, itself not followed. */
    look(inside) {
        return this.#stat(inside);
    }
    /**
     * Makes what is missing to mount a folder or file at this path.
     * @throws BuildError `MOUNT_TARGET` when a file is in the way, or the place cannot be written to
     */
    mountPoint(path, kind) {
        const found = this.resolve(path);
        if (found.stat !== undefined) {
            if (found.stat.isDirectory() !== (kind === 'folder'))
                throw badTarget(path, kind);
            return found;
        }
        const parts = found.inside.split('/');
        for (let i = 1; i <= parts.length; i++) {
            const inside = parts.slice(0, i).join('/');
            if (this.#stat(inside) !== undefined)
                continue;
            this.#makeStub(inside, i < parts.length || kind === 'folder', path);
        }
        return this.resolve(path);
    }
    /** Makes a folder that is missing, and those above it, for good; false where a file or a read-only cover is in the way. */
    makeFolder(path, owner) {
        const parts = this.resolve(path).inside.split('/');
        for (let i = 1; i <= parts.length; i++) {
            const inside = parts.slice(0, i).join('/');
            const stat = this.#stat(inside);
            if (stat?.isDirectory() === true)
                continue;
            if (stat !== undefined || this.#coverOf(inside)?.readonly === true)
                return false;
            const made = this.#outside(inside);
            const cover = this.#coverOf(inside);
            try {
                if (cover?.shared === true)
                    makeIn(cover, parts.slice(0, i - 1).join('/'), parts[i - 1] ?? '', true, owner);
                else {
                    (0,external_node_fs_namespaceObject.mkdirSync)(made, { mode: 0o755 });
                    giveTo(made, owner);
                }
            }
            catch (cause) {
                if (!isThere(cause))
                    throw cause;
            }
        }
        return true;
    }
    /** Takes away what `mountPoint` made, unless something was put into it meanwhile. The folders above keep the times they have. */
    removeStubs() {
        for (let stub = this.#stubs.pop(); stub !== undefined; stub = this.#stubs.pop()) {
            const { inside, path, parent, folder } = stub;
            if (!this.leadsThroughFolders(inside))
                continue;
            try {
                keepingTime(parent, () => removeStub(path, folder));
            }
            catch {
                // It is in use: then it belongs to the step.
            }
        }
    }
    #makeStub(inside, folder, target) {
        const path = this.#outside(inside);
        const slash = inside.lastIndexOf('/');
        const above = slash === -1 ? '' : inside.slice(0, slash);
        const parent = this.#outside(above);
        const cover = this.#coverOf(inside);
        try {
            if (cover?.shared === true)
                makeIn(cover, above, inside.slice(slash + 1), folder);
            else
                keepingTime(parent, () => makeEmpty(path, folder));
        }
        catch (cause) {
            // Made by another process that has the same shared folder.
            if (isThere(cause))
                return;
            throw badTarget(target, folder ? 'folder' : 'file', cause);
        }
        if (cover?.shared !== true)
            this.#stubs.push({ inside, path, parent, folder });
    }
    #stat(inside) {
        try {
            return (0,external_node_fs_namespaceObject.lstatSync)(this.#outside(inside), { bigint: true, throwIfNoEntry: false });
        }
        catch {
            // A file where a folder should be (ENOTDIR).
            return undefined;
        }
    }
    #outside(inside) {
        const cover = this.#coverOf(inside);
        if (cover === undefined)
            return rawPath(this.#root, inside);
        return rawPath(cover.outside, inside.slice(cover.inside.length + 1));
    }
    #coverOf(inside) {
        return this.#covers.findLast((each) => each.inside === inside || inside.startsWith(`${each.inside}/`));
    }
}
/** Another step may put a symlink in the place of what was a folder just now: nothing is made behind one. */
function makeIn({ inside, outside }, above, name, folder, owner) {
    const fd = openInside(outside, above.slice(inside.length + 1));
    try {
        const parent = Buffer.from(`/proc/self/fd/${fd}`);
        const path = Buffer.concat([parent, Buffer.from('/'), encodeName(name)]);
        const { mtimeNs } = (0,external_node_fs_namespaceObject.statSync)(parent, { bigint: true });
        makeEmpty(path, folder);
        if (owner !== undefined)
            giveTo(path, owner);
        setMtime(Buffer.concat([parent, Buffer.from('/.')]), mtimeNs);
    }
    finally {
        (0,external_node_fs_namespaceObject.closeSync)(fd);
    }
}
function makeEmpty(path, folder) {
    if (folder)
        (0,external_node_fs_namespaceObject.mkdirSync)(path, { mode: 0o755 });
    else
        (0,external_node_fs_namespaceObject.writeFileSync)(path, '', { flag: 'wx', mode: 0o644 });
}
function giveTo(path, { uid, gid }) {
    try {
        (0,external_node_fs_namespaceObject.lchownSync)(path, uid, gid);
    }
    catch {
        // An id that is not there in this user namespace: the step cannot be that user either, which the sandbox tells.
    }
}
function isThere(error) {
    return error instanceof Error && 'code' in error && error.code === 'EEXIST';
}
function removeStub(path, folder) {
    if (folder) {
        (0,external_node_fs_namespaceObject.rmdirSync)(path);
        return;
    }
    const stat = (0,external_node_fs_namespaceObject.lstatSync)(path);
    if (stat.isFile() && stat.size === 0)
        (0,external_node_fs_namespaceObject.unlinkSync)(path);
}
function loops(path) {
    return new errors_BuildError({
        kind: 'user',
        code: 'PATH_LOOPS',
        message: `Symlinks run in circles on the way to ${path}`,
    });
}
function badTarget(path, kind, cause) {
    return new errors_BuildError({
        kind: 'user',
        code: 'MOUNT_TARGET',
        message: `A ${kind} cannot be mounted at ${path}: ${cause instanceof Error ? cause.message : 'something else is there'}`,
        cause,
    });
}

;// CONCATENATED MODULE: external "node:stream/promises"
const external_node_stream_promises_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:stream/promises");
;// CONCATENATED MODULE: external "node:zlib"
const external_node_zlib_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:zlib");
var external_node_zlib_namespaceObject_0 = /*#__PURE__*/__nccwpck_require__.t(external_node_zlib_namespaceObject, 2);
// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __nccwpck_require__(161);
;// CONCATENATED MODULE: ./lib/image/layer/blocks.js

/** The same bytes in blocks of exactly `size` bytes, the last one shorter. None for no bytes. Every block is a buffer of its own. */
async function* inBlocks(source, size) {
    let block = Buffer.allocUnsafe(size);
    let filled = 0;
    for await (const chunk of source) {
        for (let at = 0; at < chunk.length;) {
            const piece = chunk.subarray(at, at + size - filled);
            block.set(piece, filled);
            filled += piece.length;
            at += piece.length;
            if (filled < size)
                continue;
            yield block;
            block = Buffer.allocUnsafe(size);
            filled = 0;
        }
    }
    if (filled > 0)
        yield block.subarray(0, filled);
}
/**
 * Results of `work` in the order of the source, with up to `most` of them under way: later items are worked on while the consumer is busy with
 * earlier ones.
 */
async function* inOrder(source, most, work) {
    const running = [];
    try {
        for await (const item of source) {
            const result = work(item);
            // Looked at below, perhaps late: until then a failure is not unhandled.
            result.catch(() => undefined);
            running.push(result);
            const first = running.length >= most ? running.shift() : undefined;
            if (first !== undefined)
                yield await first;
        }
        for (let next = running.shift(); next !== undefined; next = running.shift())
            yield await next;
    }
    finally {
        await Promise.allSettled(running);
    }
}
/** So many more than there are processors, of which none then waits for this thread. The thread pool has room for them (base/thread-pool). */
function blocksUnderWay(more) {
    return Math.min((0,external_node_os_.availableParallelism)(), 8) + more;
}

;// CONCATENATED MODULE: external "node:util"
const external_node_util_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:util");
;// CONCATENATED MODULE: ./lib/image/layer/compression-level.js
/** Levels go from 0 to these; 0 is gzip's way to store and zstd's way to say its default. */
const HIGHEST_LEVEL = { gzip: 9, zstd: 22 };
/** A level as it is written; undefined for what is none of this algorithm. */
function readCompressionLevel(type, text) {
    return /^\d{1,2}$/.test(text) && Number(text) <= HIGHEST_LEVEL[type] ? Number(text) : undefined;
}

;// CONCATENATED MODULE: ./lib/image/layer/random-runs.js
/** Bytes that are looked at together. */
const UNIT = 2048;
/** Fewer units in a row are not worth being told apart: what comes behind them has to be begun anew. */
const LEAST_UNITS = 8;
const SAMPLES = 256;
/** Prime, so that samples do not always meet the same byte of numbers that stand in a row. */
const STRIDE = 7;
/** The sum of the squares of how often each value comes among the samples is 511 on average where bytes are random, with a deviation of 23; thousands in texts and programs. */
const MOST_SQUARES = 652;
/** How far back deflate finds what comes again. */
const WINDOW = 32 * 1024;
/** Words are looked for behind each byte of this value only: so they are the same ones wherever they come again. */
const ANCHOR = 0;
const WORD = 4;
const SLOT_BITS = 12;
/**
 * Cuts a block where bytes that look random begin and end: compressed files, pictures, keys. They take deflate the most time of all, for nothing, and
 * spoil its code for what stands beside them. It costs a hundredth of what deflate does, and goes by the block's bytes alone.
 */
function segmentsOf(block) {
    const segments = [];
    let done = 0;
    for (const { start, end } of randomRuns(block)) {
        if (start > done)
            segments.push({ start: done, end: start, random: false });
        segments.push({ start, end, random: true });
        done = end;
    }
    if (done < block.length)
        segments.push({ start: done, end: block.length, random: false });
    return segments;
}
function randomRuns(block) {
    const runs = [];
    const counts = new Uint16Array(256);
    let words;
    let start = 0;
    for (let at = 0;; at += UNIT) {
        if (at + UNIT <= block.length && isEven(block, at, counts)) {
            words ??= new RecentWords();
            if (words.areNew(block, at))
                continue;
        }
        if (at - start >= LEAST_UNITS * UNIT)
            runs.push({ start, end: at });
        start = at + UNIT;
        if (start > block.length)
            return runs;
    }
}
/** Whether all values come about as often in the unit. */
function isEven(block, at, counts) {
    counts.fill(0);
    let squares = 0;
    for (let i = at; i < at + SAMPLES * STRIDE; i += STRIDE) {
        const value = block[i] ?? 0;
        const before = counts[value] ?? 0;
        counts[value] = before + 1;
        squares += 2 * before + 1;
        if (squares > MOST_SQUARES)
            return false;
    }
    return true;
}
/** Where words were seen last: a table or a small picture that comes again and again looks random as well. */
class RecentWords {
    #words = new Int32Array(1 << SLOT_BITS);
    #places = new Int32Array(1 << SLOT_BITS).fill(-WINDOW - 1);
    /** Whether less than an eighth of the unit's words were within deflate's reach before it, or in it. Never for a unit that has none. */
    areNew(block, at) {
        const last = at + UNIT - WORD;
        let seen = 0;
        let again = 0;
        for (let i = block.indexOf(ANCHOR, at); i >= 0 && i < last; i = block.indexOf(ANCHOR, i + 1)) {
            const word = block.readInt32LE(i + 1);
            const slot = Math.imul(word, 0x9e3779b1) >>> (32 - SLOT_BITS);
            seen += 1;
            if (this.#words[slot] === word && i - (this.#places[slot] ?? 0) <= WINDOW)
                again += 1;
            this.#words[slot] = word;
            this.#places[slot] = i;
        }
        return seen > 0 && again * 8 <= seen;
    }
}

;// CONCATENATED MODULE: ./lib/image/layer/gzip.js




/** Block and dictionary sizes are part of the result: another value gives other bytes, and so other digests. */
const gzip_BLOCK = 1024 * 1024;
const gzip_WINDOW = 32 * 1024;
/** More than deflate adds to a block that it cannot make smaller: 5 bytes for each 16 KiB, and a flush. */
const GROWTH = 4096;
/** RFC 1951, 3.2.4: a block that is not compressed. */
const STORED_HEADER = 5;
const MOST_STORED = 0xffff;
/** Many, as a block of several segments comes back to this thread for each of them, and the threads of the pool leave it little time. */
const MORE_BLOCKS = 6;
/** RFC 1952: deflate, no flags, no time, no hint, operating system unknown. */
const HEADER = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff]);
const deflateRaw = (0,external_node_util_namespaceObject.promisify)(external_node_zlib_namespaceObject.deflateRaw);
/**
 * One member, whose blocks were deflated apart with the end of the block before as dictionary, as pigz does. Runs of bytes that look random are stored as
 * they are. The memory of blocks is used again: new memory for each would make the collector of garbage run all the time.
 */
async function* gzip(source, level) {
    let crc = 0;
    let size = 0;
    const free = [];
    yield HEADER;
    const deflated = inOrder(gzipBlocks(source, free), blocksUnderWay(MORE_BLOCKS), async (block) => {
        const data = block.memory.subarray(gzip_WINDOW, gzip_WINDOW + block.size);
        // In order and before the first await: the checksum runs over the whole.
        crc = external_node_zlib_namespaceObject.crc32(data, crc);
        size += data.length;
        return { memory: block.memory, pieces: await deflatedBlock(block, data, level) };
    });
    let joined = Buffer.alloc(0);
    for await (const { memory, pieces } of deflated) {
        const [only, second] = pieces;
        if (only !== undefined && second === undefined)
            yield only;
        else {
            const length = pieces.reduce((sum, piece) => sum + piece.length, 0);
            if (joined.length < length)
                joined = Buffer.allocUnsafeSlow(gzip_BLOCK + length);
            let at = 0;
            for (const piece of pieces)
                at += piece.copy(joined, at);
            yield joined.subarray(0, length);
        }
        free.push(memory);
    }
    const trailer = Buffer.alloc(8);
    trailer.writeUInt32LE(crc, 0);
    trailer.writeUInt32LE(size % 2 ** 32, 4);
    yield trailer;
}
/** At least one block, which may be empty. */
async function* gzipBlocks(source, free) {
    let memory = Buffer.allocUnsafeSlow(gzip_WINDOW + gzip_BLOCK);
    let before = 0;
    let size = 0;
    for await (const chunk of source) {
        for (let at = 0; at < chunk.length;) {
            if (size === gzip_BLOCK) {
                const full = { memory, before, size, last: false };
                memory = free.pop() ?? Buffer.allocUnsafeSlow(gzip_WINDOW + gzip_BLOCK);
                full.memory.copy(memory, 0, gzip_BLOCK);
                [before, size] = [gzip_WINDOW, 0];
                yield full;
            }
            const piece = chunk.subarray(at, at + gzip_BLOCK - size);
            memory.set(piece, gzip_WINDOW + size);
            size += piece.length;
            at += piece.length;
        }
    }
    yield { memory, before, size, last: true };
}
/** One segment after the other: what reads and writes files waits in the same queue, which so is never longer than there are blocks. */
async function deflatedBlock(block, data, level) {
    const segments = level === 0 ? [] : segmentsOf(data);
    if (segments.length === 0)
        segments.push({ start: 0, end: data.length, random: false });
    const pieces = [];
    for (const segment of segments) {
        const last = block.last && segment.end === data.length;
        if (segment.random)
            pieces.push(...storedSegment(data, segment, last));
        else
            pieces.push(await deflatedSegment(block, segment, level, last));
    }
    return pieces;
}
function deflatedSegment({ memory, before }, { start, end }, level, last) {
    const at = gzip_WINDOW + start;
    const dictionary = memory.subarray(Math.max(gzip_WINDOW - before, start), at);
    return deflateRaw(memory.subarray(at, gzip_WINDOW + end), {
        level,
        // All of it at once, even where it does not get smaller: pieces would have to be put together.
        chunkSize: end - start + GROWTH,
        finishFlush: last ? external_node_zlib_namespaceObject.constants.Z_FINISH : external_node_zlib_namespaceObject.constants.Z_SYNC_FLUSH,
        ...(dictionary.length === 0 ? {} : { dictionary }),
    });
}
/** What comes before ended on a whole byte, as all segments do. */
function storedSegment(data, { start, end }, last) {
    const pieces = [];
    for (let at = start; at < end; at += MOST_STORED) {
        const piece = data.subarray(at, Math.min(at + MOST_STORED, end));
        const header = Buffer.alloc(STORED_HEADER);
        header[0] = last && at + piece.length === end ? 1 : 0;
        header.writeUInt16LE(piece.length, 1);
        header.writeUInt16LE(piece.length ^ MOST_STORED, 3);
        pieces.push(header, piece);
    }
    return pieces;
}

;// CONCATENATED MODULE: ./lib/image/layer/compress.js






/** A part of the result: another size gives other bytes, and so other digests. */
const ZSTD_FRAME = 4 * 1024 * 1024;
const GZIP_LEVEL = 4;
const ZSTD_LEVEL = 3;
/**
 * Compresses on all processors, and the same bytes give the same result however they come in. gzip: one member. zstd: frames of 4 MiB, one after the
 * other. Memory: a few blocks, which are used again: a piece counts until the next one is asked for.
 * @throws BuildError `BAD_COMPRESSION_LEVEL`; `ZSTD_MISSING` on a Node.js without zstd (before 22.15)
 */
function compress(source, choice) {
    switch (choice.type) {
        case 'gzip':
            return gzip(source, checkedLevel(choice, GZIP_LEVEL, HIGHEST_LEVEL.gzip));
        case 'zstd':
            return zstd(source, checkedLevel(choice, ZSTD_LEVEL, HIGHEST_LEVEL.zstd));
        case 'none':
            return asBuffers(source);
    }
}
async function* zstd(source, level) {
    const compressFrame = zstdFrame(level);
    let frames = 0;
    for await (const frame of inOrder(inBlocks(source, ZSTD_FRAME), blocksUnderWay(2), compressFrame)) {
        frames += 1;
        yield frame;
    }
    if (frames === 0)
        yield await compressFrame(Buffer.alloc(0));
}
function zstdFrame(level) {
    const { zstdCompress } = external_node_zlib_namespaceObject_0;
    if (zstdCompress === undefined)
        throw zstdMissing();
    const compressOne = (0,external_node_util_namespaceObject.promisify)(zstdCompress);
    const { ZSTD_c_compressionLevel, ZSTD_c_checksumFlag } = external_node_zlib_namespaceObject.constants;
    return async (data) => await compressOne(data, {
        chunkSize: ZSTD_FRAME / 4,
        params: { [ZSTD_c_compressionLevel]: level, [ZSTD_c_checksumFlag]: 1 },
    });
}
function zstdMissing() {
    return new errors_BuildError({
        kind: 'environment',
        code: 'ZSTD_MISSING',
        message: `Node.js ${process.versions.node} has no zstd`,
        hint: 'Use Node.js 22.15 or newer, or gzip.',
    });
}
async function* asBuffers(source) {
    for await (const chunk of source)
        yield Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length);
}
function checkedLevel(choice, fallback, most) {
    const level = choice.level ?? fallback;
    if (Number.isInteger(level) && level >= 0 && level <= most)
        return level;
    throw new errors_BuildError({
        kind: 'user',
        code: 'BAD_COMPRESSION_LEVEL',
        message: `${level} is no compression level of ${choice.type}`,
        hint: `It goes from 0 to ${most}.`,
    });
}

;// CONCATENATED MODULE: ./lib/image/layer/detect-compression.js
/** As many bytes as `detectCompression` wants to see. */
const MAGIC_LENGTH = 6;
/** By the first bytes; `none` also for what is no archive at all. The same list as Docker's. */
function detectCompression(firstBytes) {
    const begins = (...magic) => magic.every((byte, i) => firstBytes[i] === byte);
    if (begins(0x1f, 0x8b, 0x08))
        return 'gzip';
    if (begins(0x28, 0xb5, 0x2f, 0xfd))
        return 'zstd';
    // A skippable frame, RFC 8878 section 3.1.2.
    if (((firstBytes[0] ?? 0) & 0xf0) === 0x50 &&
        [0x2a, 0x4d, 0x18].every((byte, i) => firstBytes[i + 1] === byte)) {
        return 'zstd';
    }
    if (begins(0x42, 0x5a, 0x68))
        return 'bzip2';
    if (begins(0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00))
        return 'xz';
    return 'none';
}

;// CONCATENATED MODULE: ./lib/image/layer/zstd-frames.js


const FRAME_MAGIC = 0xfd2fb528;
const SKIPPABLE_MAGIC = 0x184d2a50;
/**
 * The frames of a zstd stream (RFC 8878 section 3.1), each as the bytes of one whole frame; skippable frames are left out. Node's decoder stops
 * silently after the first frame, so every frame has to get a decoder of its own. A frame must be read to its end before the next is asked for.
 * @throws BuildError `BAD_COMPRESSION`
 */
async function* zstdFrames(source) {
    const reader = new ByteReader(source, { cutOff: cutFrame });
    try {
        for (let count = 0;; count++) {
            const magic = await reader.take(4);
            if (magic === undefined && count > 0)
                return;
            if (magic === undefined)
                throw cutFrame();
            const value = magic.readUInt32LE(0);
            if ((value & 0xfffffff0) >>> 0 === SKIPPABLE_MAGIC) {
                await reader.skip((await need(reader, 4)).readUInt32LE(0));
            }
            else if (value === FRAME_MAGIC) {
                yield zstd_frames_frame(reader, magic);
            }
            else {
                throw badZstd('something else than a frame follows');
            }
        }
    }
    finally {
        await reader.close();
    }
}
async function* zstd_frames_frame(reader, magic) {
    const descriptor = await need(reader, 1);
    const flags = descriptor[0] ?? 0;
    yield Buffer.concat([magic, descriptor, await need(reader, headerSize(flags) - 1)]);
    for (let last = false; !last;) {
        const header = await need(reader, 3);
        const block = header.readUIntLE(0, 3);
        last = (block & 1) === 1;
        const type = (block >> 1) & 3;
        yield header;
        // A block of type 1 is one byte and how often it comes.
        yield* exactly(reader, type === 1 ? 1 : block >> 3);
    }
    const checksum = (flags & 4) !== 0;
    if (checksum)
        yield await need(reader, 4);
}
/** Bytes of the frame header behind the magic number, section 3.1.1.1. */
function headerSize(flags) {
    const singleSegment = (flags & 0x20) !== 0;
    const contentSizeFlag = flags >> 6;
    const contentSize = contentSizeFlag === 0 ? (singleSegment ? 1 : 0) : 1 << contentSizeFlag;
    const dictionary = [0, 1, 2, 4][flags & 3] ?? 0;
    return 1 + (singleSegment ? 0 : 1) + dictionary + contentSize;
}
async function* exactly(reader, length) {
    for (let missing = length; missing > 0;) {
        const piece = await reader.some(missing);
        if (piece === undefined)
            throw cutFrame();
        missing -= piece.length;
        yield piece;
    }
}
async function need(reader, length) {
    if (length === 0)
        return Buffer.alloc(0);
    const bytes = await reader.take(length);
    if (bytes === undefined)
        throw cutFrame();
    return bytes;
}
function cutFrame() {
    return badZstd('it ends in the middle of a frame');
}
function badZstd(what) {
    return new errors_BuildError({
        kind: 'user',
        code: 'BAD_COMPRESSION',
        message: `This is no whole zstd stream: ${what}`,
    });
}

;// CONCATENATED MODULE: ./lib/image/layer/decompress.js
var decompress_addDisposableResource = (undefined && undefined.__addDisposableResource) || function (env, value, async) {
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
var decompress_disposeResources = (undefined && undefined.__disposeResources) || (function (SuppressedError) {
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









const CHUNK = 256 * 1024;
/**
 * The uncompressed bytes. gzip of several members and zstd of several frames (also skippable ones) are read whole; bzip2 and xz through the programs
 * of these names. `auto` goes by the first bytes and passes on what it does not know.
 * @throws BuildError `BAD_COMPRESSION` for damaged or cut streams; `DECOMPRESSED_TOO_LARGE`; `COMMAND_NOT_FOUND` without the program; `ZSTD_MISSING`
 */
async function* decompress(source, compression, options = {}) {
    const limit = options.limit ?? Number.POSITIVE_INFINITY;
    let total = 0;
    for await (const chunk of decoded(source, compression, options)) {
        total += chunk.length;
        if (total > limit)
            throw decompress_tooLarge(limit);
        yield chunk;
    }
}
function decoded(source, compression, options) {
    switch (compression) {
        case 'auto':
            return detected(source, options);
        case 'none':
            return decompress_asBuffers(source);
        case 'gzip':
            if (options.gzipProgram === true)
                return program(source, compression);
            return through(notEmpty(source), external_node_zlib_namespaceObject.createGunzip({ chunkSize: CHUNK }), 'gzip');
        case 'zstd':
            return decompress_zstd(source);
        case 'bzip2':
        case 'xz':
            return program(source, compression);
    }
}
async function* detected(source, options) {
    const iterator = source[Symbol.asyncIterator]();
    const head = [];
    let length = 0;
    let done = false;
    while (length < MAGIC_LENGTH && !done) {
        const next = await iterator.next();
        if (next.done === true)
            done = true;
        else {
            head.push(next.value);
            length += next.value.length;
        }
    }
    const first = Buffer.concat(head);
    yield* decoded(joined(first, iterator), detectCompression(first), options);
}
async function* joined(first, rest) {
    try {
        if (first.length > 0)
            yield first;
        for (let next = await rest.next(); next.done !== true; next = await rest.next())
            yield next.value;
    }
    finally {
        await rest.return?.();
    }
}
async function* decompress_zstd(source) {
    const { createZstdDecompress } = external_node_zlib_namespaceObject_0;
    if (createZstdDecompress === undefined)
        throw zstdMissing();
    for await (const frame of zstdFrames(source)) {
        yield* through(frame, createZstdDecompress({ chunkSize: CHUNK }), 'zstd');
    }
}
/** Node's decoder takes no bytes at all for a whole stream. */
async function* notEmpty(source) {
    let length = 0;
    for await (const chunk of source) {
        length += chunk.length;
        yield chunk;
    }
    if (length === 0)
        throw badStream('gzip', undefined, 'it is empty');
}
/** Errors of the source keep their identity; those of the decoder become ours. */
async function* through(source, decoder, name) {
    const feeding = (0,external_node_stream_promises_namespaceObject.pipeline)(external_node_stream_namespaceObject.Readable.from(inBlocks(source, CHUNK), { highWaterMark: 2 }), decoder);
    feeding.catch(() => undefined);
    try {
        for await (const chunk of decoder)
            yield chunk;
        await feeding;
    }
    catch (cause) {
        throw cause instanceof errors_BuildError || !isZlibError(cause) ? cause : badStream(name, cause);
    }
    finally {
        decoder.destroy();
    }
}
async function* program(source, name) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        const child = decompress_addDisposableResource(env_1, start([name, '-dc']), true);
        let failure;
        const feeding = (0,external_node_stream_promises_namespaceObject.pipeline)(external_node_stream_namespaceObject.Readable.from(source), child.stdin).catch((cause) => {
            // A program that stops reading tells why by its exit code.
            if (!isBrokenPipe(cause))
                failure = cause;
        });
        const complaint = lastWords(child.stderr);
        try {
            for await (const chunk of child.stdout)
                yield chunk;
        }
        catch (cause) {
            // Its output also breaks when it could not be started at all, which `done` tells better.
            await child.done;
            throw cause;
        }
        const { exitCode } = await child.done;
        await feeding;
        if (failure !== undefined)
            throw failure;
        if (exitCode !== 0)
            throw badStream(name, undefined, await complaint);
    }
    catch (e_1) {
        env_1.error = e_1;
        env_1.hasError = true;
    }
    finally {
        const result_1 = decompress_disposeResources(env_1);
        if (result_1)
            await result_1;
    }
}
async function lastWords(stream) {
    let text = '';
    for await (const chunk of stream)
        text = (text + chunk.toString()).slice(-500);
    return text.trim();
}
async function* decompress_asBuffers(source) {
    for await (const chunk of source)
        yield Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length);
}
function isZlibError(cause) {
    const code = cause?.code;
    return (typeof code === 'string' &&
        (code.startsWith('Z_') || code.startsWith('ZSTD_') || code.startsWith('ERR_ZLIB')));
}
function isBrokenPipe(cause) {
    const code = cause?.code;
    return code === 'EPIPE' || code === 'ERR_STREAM_PREMATURE_CLOSE' || code === 'ERR_STREAM_DESTROYED';
}
function badStream(name, cause, said) {
    const why = said ?? (cause instanceof Error ? cause.message : 'it is damaged');
    return new errors_BuildError({
        kind: 'user',
        code: 'BAD_COMPRESSION',
        message: `This is no whole ${name} stream: ${why === '' ? 'it is damaged' : why}`,
        cause,
    });
}
function decompress_tooLarge(limit) {
    return new errors_BuildError({
        kind: 'user',
        code: 'DECOMPRESSED_TOO_LARGE',
        message: `The archive unpacks to more than ${limit} bytes`,
    });
}

;// CONCATENATED MODULE: ./lib/image/layer/tar-write.js





const TYPE_FLAG = {
    file: '0',
    hardlink: '1',
    symlink: '2',
    character: '3',
    block: '4',
    directory: '5',
    fifo: '6',
};
const NAME_SIZE = 100;
const PREFIX_SIZE = 155;
/** Pieces up to this size are put together, so that what follows (hash, compressor, disk) gets few and large ones. */
const GATHER = 64 * 1024;
const SMALL = 16 * 1024;
const SLASH = 0x2f;
const NANO_DIGITS = 9;
/**
 * Writes an archive in one canonical form: ustar where everything fits, a PAX header with sorted keys before it where not; no user
 * and group names, whole seconds (but for `mtimeNanos`), xattrs as SCHILY.xattr, two zero blocks at the end. The same entries give the same bytes, those of Go's archive/tar.
 * The order is the caller's. With `fleeting`, a piece counts until the next one is asked for.
 * @throws BuildError `CONTENT_CHANGED` when a body is not `size` bytes; `TAR_UNSUPPORTED` for what the format cannot hold
 */
async function* writeTar(entries, onMember, { fleeting = false } = {}) {
    const gather = new Gather(fleeting);
    let offset = 0;
    for await (const { entry, body } of entries) {
        const header = headerOf(entry);
        offset += header.length;
        onMember?.(entry, offset);
        yield* gather.add(header);
        if (entry.type !== 'file')
            continue;
        yield* contentOf(entry, body, gather);
        const padding = paddingOf(entry.size);
        if (padding > 0)
            yield* gather.add(ZERO_BLOCK.subarray(0, padding));
        offset += entry.size + padding;
    }
    yield* gather.add(Buffer.concat([ZERO_BLOCK, ZERO_BLOCK]));
    yield* gather.rest();
}
/** Header blocks of a member, its extended header included. */
function headerOf(entry) {
    const name = nameOf(entry);
    const link = entry.linkName === undefined ? Buffer.alloc(0) : encodeName(entry.linkName);
    check(entry, name, link);
    const split = splitName(name);
    const mtime = timeOf(entry);
    const records = paxRecords(entry, { name, link, mtime, split: split !== undefined });
    const pax = records.length > 0;
    const fields = {
        mode: entry.mode & 0o7777,
        uid: fitsOctal(entry.uid, MAX_SHORT) ? entry.uid : 0,
        gid: fitsOctal(entry.gid, MAX_SHORT) ? entry.gid : 0,
        size: fitsOctal(sizeOf(entry), MAX_LONG) ? sizeOf(entry) : 0,
        mtime: fitsOctal(mtime.seconds, MAX_LONG) ? mtime.seconds : 0,
        type: TYPE_FLAG[entry.type],
        linkName: ascii(link),
        ...(entry.devMajor === undefined ? {} : { devMajor: entry.devMajor }),
        ...(entry.devMinor === undefined ? {} : { devMinor: entry.devMinor }),
    };
    if (!pax && split !== undefined)
        return formatHeader({ ...fields, ...split });
    return Buffer.concat([paxHeader(name, formatPax(records)), formatHeader({ ...fields, name: ascii(name) })]);
}
async function* contentOf(entry, body, gather) {
    let missing = entry.size;
    for await (const chunk of body ?? []) {
        missing -= chunk.length;
        if (missing < 0)
            throw tar_write_changed(entry, 'more');
        yield* gather.add(chunk);
    }
    if (missing > 0)
        throw tar_write_changed(entry, 'fewer');
}
function tar_write_changed(entry, how) {
    return new errors_BuildError({
        kind: 'user',
        code: 'CONTENT_CHANGED',
        message: `${JSON.stringify(entry.path)} has ${how} than the ${entry.size} bytes that it had when it was looked at`,
        hint: 'Something wrote to it during the build.',
    });
}
function nameOf(entry) {
    const path = entry.path === '' ? '.' : entry.path;
    return encodeName(entry.type === 'directory' ? `${path}/` : path);
}
/** Whole seconds for the header, and the text of a record where they do not fit or are not all. */
function timeOf({ mtime, mtimeNanos = 0 }) {
    // Rounded up by the number type, a time may seem to be of the next second.
    const seconds = mtimeNanos > 0 ? Math.floor(mtime - mtimeNanos / 1e9 + 0.5) : Math.floor(mtime);
    if (mtimeNanos === 0)
        return fitsOctal(seconds, MAX_LONG) ? { seconds } : { seconds, text: String(seconds) };
    const [whole, nanos] = seconds < 0 ? [-seconds - 1, 1e9 - mtimeNanos] : [seconds, mtimeNanos];
    const fraction = String(nanos).padStart(NANO_DIGITS, '0').replace(/0+$/, '');
    return { seconds, text: `${seconds < 0 ? '-' : ''}${whole}.${fraction}` };
}
function sizeOf(entry) {
    return entry.type === 'file' ? entry.size : 0;
}
function check(entry, name, link) {
    if (name.includes(0) || link.includes(0))
        throw unsupported(entry, 'a NUL in its name');
    const linked = entry.type === 'hardlink' || entry.type === 'symlink';
    if (linked !== link.length > 0)
        throw unsupported(entry, linked ? 'no target' : 'a target, but it is no link');
    if (!fitsOctal(entry.devMajor ?? 0, MAX_SHORT) || !fitsOctal(entry.devMinor ?? 0, MAX_SHORT)) {
        throw unsupported(entry, 'a device number that is too large');
    }
}
/** Records for what the header has no room for. The path is one of them as soon as there are others and it needs more than its field. */
function paxRecords(entry, { name, link, mtime, split }) {
    const records = [];
    const add = (key, value) => {
        records.push({ key, value: Buffer.isBuffer(value) ? value : Buffer.from(String(value)) });
    };
    if (link.length > NAME_SIZE || !isAscii(link))
        add('linkpath', link);
    if (!fitsOctal(entry.uid, MAX_SHORT))
        add('uid', entry.uid);
    if (!fitsOctal(entry.gid, MAX_SHORT))
        add('gid', entry.gid);
    if (!fitsOctal(sizeOf(entry), MAX_LONG))
        add('size', sizeOf(entry));
    if (mtime.text !== undefined)
        add('mtime', mtime.text);
    for (const [key, value] of entry.xattrs ?? []) {
        if (key === '' || /[=\0]/.test(key))
            throw unsupported(entry, `the extended attribute ${JSON.stringify(key)}`);
        add(`SCHILY.xattr.${key}`, Buffer.from(value.buffer, value.byteOffset, value.length));
    }
    const long = name.length > NAME_SIZE || !isAscii(name);
    if (long && (records.length > 0 || !split))
        add('path', name);
    return records;
}
function paxHeader(name, data) {
    const header = formatHeader({
        name: paxHeaderName(name),
        mode: 0,
        uid: 0,
        gid: 0,
        size: data.length,
        mtime: 0,
        type: 'x',
    });
    return Buffer.concat([header, data, ZERO_BLOCK.subarray(0, paddingOf(data.length))]);
}
/** `dir/PaxHeaders.0/file`, cut to the field. */
function paxHeaderName(name) {
    const slash = name.lastIndexOf(SLASH);
    const folder = name.subarray(0, Math.max(slash, 0));
    const parts = [folder, Buffer.from('PaxHeaders.0'), name.subarray(slash + 1)].filter((part) => part.length > 0);
    const joined = ascii(Buffer.concat(parts.flatMap((part, i) => (i === 0 ? [part] : [Buffer.from('/'), part]))));
    let end = Math.min(joined.length, NAME_SIZE);
    while (end > 0 && joined[end - 1] === SLASH)
        end -= 1;
    return joined.subarray(0, end);
}
/** Name and prefix of the ustar header; undefined when the name does not fit or is not ASCII. */
function splitName(name) {
    if (!isAscii(name))
        return undefined;
    if (name.length <= NAME_SIZE)
        return { name };
    const last = name[name.length - 1] === SLASH ? name.length - 1 : name.length;
    const slash = name.lastIndexOf(SLASH, Math.min(PREFIX_SIZE, last - 1));
    const rest = name.length - slash - 1;
    if (slash <= 0 || rest > NAME_SIZE || rest === 0)
        return undefined;
    return { name: name.subarray(slash + 1), prefix: name.subarray(0, slash) };
}
function isAscii(bytes) {
    for (const byte of bytes)
        if (byte >= 0x80)
            return false;
    return true;
}
function ascii(bytes) {
    return isAscii(bytes) ? bytes : Buffer.from(bytes.filter((byte) => byte < 0x80));
}
function unsupported(entry, what) {
    return new errors_BuildError({
        kind: 'user',
        code: 'TAR_UNSUPPORTED',
        message: `${JSON.stringify(entry.path)} cannot be put into a layer: it has ${what}`,
    });
}
/** Puts small pieces together. */
class Gather {
    #reuses;
    #buffer = Buffer.allocUnsafe(GATHER);
    #length = 0;
    constructor(reuses) {
        this.#reuses = reuses;
    }
    *add(piece) {
        if (piece.length > SMALL) {
            yield* this.rest();
            yield Buffer.from(piece.buffer, piece.byteOffset, piece.length);
            return;
        }
        if (this.#length + piece.length > GATHER)
            yield* this.rest();
        this.#buffer.set(piece, this.#length);
        this.#length += piece.length;
    }
    *rest() {
        if (this.#length === 0)
            return;
        yield this.#buffer.subarray(0, this.#length);
        // What was handed out may still be in use.
        if (!this.#reuses)
            this.#buffer = Buffer.allocUnsafe(GATHER);
        this.#length = 0;
    }
}

;// CONCATENATED MODULE: ./lib/worker/snapshot/layer-members.js


/** OCI image-spec 1.1, layer.md "Whiteouts". */
const WHITEOUT = '.wh.';
const OPAQUE = '.wh..wh..opq';
/** Other names that begin so are notes of aufs, which nobody reads any more. */
const AUFS_NOTE = '.wh..wh.';
/** As the kernel's MAXSYMLINKS. */
const layer_members_MAX_LINKS = 40;
/**
 * Turns the members of a layer into members that tar can unpack into an empty folder on its own: no member's path leads through a symlink,
 * every parent comes before its children, hard links point to members that were there, deletions are nodes that overlayfs knows. Hard links
 * to files of layers below are told apart: only the whole stack can say what they are.
 */
class LayerMembers {
    #rules;
    #folders = new Map();
    #others = new Set();
    #symlinks = new Map();
    #whiteouts = new Set();
    #opaque = new Set();
    #implied = new Set(['']);
    #borrowed = new Map();
    #leftOut = new Set();
    constructor(rules) {
        this.#rules = rules;
    }
    get facts() {
        const borrowed = [...this.#borrowed].map(([path, target]) => ({ path, target }));
        const facts = { opaque: [...this.#opaque], implied: [...this.#implied] };
        return borrowed.length === 0 ? facts : { ...facts, borrowed };
    }
    /** @throws BuildError `UNPACK_FAILED` for a path that runs in circles */
    async *transform(members) {
        for await (const { entry, body } of members) {
            const path = this.#reroot(entry.path);
            if (path === '' && entry.type !== 'directory')
                continue;
            yield* this.#parents(path);
            if (baseOf(path).startsWith(WHITEOUT))
                yield* this.#whiteout(path);
            else
                yield* this.#member({ ...entry, path }, body);
        }
    }
    *#member(entry, body) {
        const { path } = entry;
        this.#symlinks.delete(path);
        this.#borrowed.delete(path);
        this.#leftOut.delete(path);
        switch (entry.type) {
            case 'directory':
                yield this.#folder(entry);
                return;
            case 'character':
            case 'block':
                if (!this.#rules.devices) {
                    this.#leftOut.add(path);
                    return;
                }
                break;
            case 'symlink':
                this.#symlinks.set(path, entry.linkName ?? '');
                break;
            case 'hardlink':
                yield* this.#hardLink(entry);
                return;
            case 'file':
            case 'fifo':
                break;
        }
        this.#others.add(path);
        this.#folders.delete(path);
        const stored = this.#stored(entry);
        yield body === undefined ? { entry: stored } : { entry: stored, body };
    }
    #folder(entry) {
        if (this.#whiteouts.has(entry.path))
            this.#opaque.add(entry.path);
        this.#others.delete(entry.path);
        this.#implied.delete(entry.path);
        this.#folders.set(entry.path, entry);
        return { entry: this.#stored(entry) };
    }
    *#hardLink(entry) {
        const { path } = entry;
        const target = this.#reroot(entry.linkName ?? '');
        if (path === target)
            return;
        if (this.#leftOut.has(target)) {
            this.#leftOut.add(path);
            return;
        }
        const lent = this.#borrowed.get(target) ?? (this.#others.has(target) ? undefined : target);
        this.#others.add(path);
        this.#folders.delete(path);
        if (lent === undefined)
            yield { entry: { ...this.#stored(entry), linkName: target } };
        else
            this.#borrowed.set(path, lent);
    }
    *#whiteout(path) {
        const parent = parentOf(path) ?? '';
        const name = baseOf(path);
        if (name === OPAQUE) {
            yield* this.#makeOpaque(parent);
        }
        else if (!name.startsWith(AUFS_NOTE)) {
            const hidden = childPath(parent, name.slice(WHITEOUT.length));
            this.#whiteouts.add(hidden);
            if (this.#folders.has(hidden))
                yield* this.#makeOpaque(hidden);
            else if (!this.#others.has(hidden))
                yield { entry: deviceZero(hidden) };
        }
    }
    /** Says the folder once more, with the mark. */
    *#makeOpaque(path) {
        this.#opaque.add(path);
        const folder = this.#folders.get(path);
        if (folder !== undefined)
            yield { entry: this.#stored(folder) };
    }
    *#parents(path) {
        const missing = [];
        for (let parent = parentOf(path); parent !== undefined && parent !== ''; parent = parentOf(parent)) {
            if (this.#folders.has(parent))
                break;
            missing.push(parent);
        }
        for (const parent of missing.reverse()) {
            const member = this.#folder(impliedFolder(parent));
            this.#implied.add(parent);
            yield member;
        }
    }
    #stored(entry) {
        const { xattrs, ...rest } = entry;
        const kept = new Map([...(xattrs ?? [])].filter(([name]) => this.#rules.keepsAttribute(name)));
        const { opaqueAttribute, id } = this.#rules;
        if (entry.type === 'directory' && this.#opaque.has(entry.path)) {
            kept.set(opaqueAttribute, Buffer.from('y'));
        }
        const owned = { ...rest, uid: id(entry.uid), gid: id(entry.gid) };
        return kept.size === 0 ? owned : { ...owned, xattrs: kept };
    }
    /** The path with every symlink of this layer on the way to it resolved, as if the layer were the root. */
    #reroot(path) {
        if (this.#symlinks.size === 0)
            return path;
        const done = [];
        const todo = path.split('/').reverse();
        let links = 0;
        for (let part = todo.pop(); part !== undefined; part = todo.pop()) {
            enter(done, part);
            const target = todo.length === 0 ? undefined : this.#symlinks.get(done.join('/'));
            if (target === undefined)
                continue;
            if (++links > layer_members_MAX_LINKS)
                throw looped(path);
            if (target.startsWith('/'))
                done.length = 0;
            else
                done.pop();
            todo.push(...target.split('/').reverse());
        }
        return done.join('/');
    }
}
/** One step of a path. */
function enter(path, part) {
    if (part === '..')
        path.pop();
    else if (part !== '' && part !== '.')
        path.push(part);
}
/** overlayfs shows a character device 0:0 as "nothing here" (Linux Documentation/filesystems/overlayfs.rst, "whiteouts and opaque directories"). */
function deviceZero(path) {
    return { path, type: 'character', mode: 0, uid: 0, gid: 0, size: 0, mtime: 0, devMajor: 0, devMinor: 0 };
}
function impliedFolder(path) {
    return { path, type: 'directory', mode: 0o755, uid: 0, gid: 0, size: 0, mtime: 0 };
}
function looped(path) {
    return new errors_BuildError({
        kind: 'user',
        code: 'UNPACK_FAILED',
        message: `A layer has a member whose path runs in circles through symlinks: ${JSON.stringify(path)}`,
    });
}

;// CONCATENATED MODULE: ./lib/worker/snapshot/unpack.js
var unpack_addDisposableResource = (undefined && undefined.__addDisposableResource) || function (env, value, async) {
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
var unpack_disposeResources = (undefined && undefined.__disposeResources) || (function (SuppressedError) {
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










const READ_CHUNK = 1024 * 1024;
const unpack_STDERR_TAIL = 2048;
/**
 * Unpacks one layer into a folder with one tar process, and checks its diffID on the way. The folder is only good when this returns.
 * @throws BuildError `UNPACK_FAILED`, `DIGEST_MISMATCH`; those of the tar reader
 */
async function unpackLayer(layer, folder, rules, signal) {
    const members = new LayerMembers(rules);
    const hash = (0,external_node_crypto_namespaceObject.createHash)('sha256');
    const file = (0,external_node_fs_namespaceObject.createReadStream)(layer.path, { highWaterMark: READ_CHUNK });
    const plain = tee(decompress(file, layer.compression), (chunk) => hash.update(chunk));
    await unpackInto(folder, writeTar(members.transform(readTar(plain))), signal);
    const found = `sha256:${hash.digest('hex')}`;
    if (found !== layer.diffId) {
        throw new errors_BuildError({
            kind: 'remote',
            code: 'DIGEST_MISMATCH',
            message: `A layer's content is ${found}, but its image says ${layer.diffId}`,
        });
    }
    return members;
}
/** Feeds an archive to `tar -x` in this folder. Members must be harmless already: `-P` spares tar's own, slow precautions. */
async function unpackInto(folder, archive, signal) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        const flags = ['-P', '-p', '--same-owner', '--numeric-owner', '--xattrs', '--xattrs-include=*'];
        const quiet = ['--delay-directory-restore', '--warning=no-timestamp'];
        const tar = unpack_addDisposableResource(env_1, start(['tar', '-x', ...flags, ...quiet, '-C', folder, '-f', '-'], { signal }), true);
        const words = tailOf(tar);
        tar.stdout.resume();
        const fed = (0,external_node_stream_promises_namespaceObject.pipeline)(external_node_stream_namespaceObject.Readable.from(archive, { objectMode: false }), tar.stdin).then(() => undefined, (error) => ({ error }));
        const { exitCode } = await tar.done;
        const broken = await fed;
        signal?.throwIfAborted();
        // A tar that gave up breaks the pipe: then its own words say more.
        if (broken?.error instanceof errors_BuildError)
            throw broken.error;
        if (exitCode === 0 && (broken === undefined || isUnread(broken.error)))
            return;
        throw new errors_BuildError({
            kind: 'environment',
            code: 'UNPACK_FAILED',
            message: `Files could not be unpacked: ${(await words).trim() || String(broken?.error)}`,
            hint: 'Most often the disk is full, or the file system cannot hold what the layer has (owners, attributes, devices).',
            cause: broken?.error,
        });
    }
    catch (e_1) {
        env_1.error = e_1;
        env_1.hasError = true;
    }
    finally {
        const result_1 = unpack_disposeResources(env_1);
        if (result_1)
            await result_1;
    }
}
/** tar leaves at the end-of-archive mark and does not read the padding behind it. */
function isUnread(error) {
    const code = error.code;
    return code === 'EPIPE' || code === 'ERR_STREAM_PREMATURE_CLOSE';
}
async function tailOf(child) {
    let text = '';
    for await (const chunk of child.stderr)
        text = (text + chunk.toString('utf8')).slice(-unpack_STDERR_TAIL);
    return text;
}
async function* tee(source, see) {
    for await (const chunk of source) {
        see(chunk);
        yield chunk;
    }
}

;// CONCATENATED MODULE: ./lib/worker/snapshot/lent-files.js











/**
 * Files that a layer makes other names for although they belong to layers below it. Builders that work on one merged tree write such
 * layers (OCI image-spec 1.1, layer.md "Hardlinks" of a representation of changes).
 */
class LentFiles {
    #links;
    /** A folder with one name a link. */
    #aside;
    constructor(links, aside) {
        this.#links = links;
        this.#aside = aside;
    }
    /**
     * Takes the files of a merged tree on the same file system.
     * @param scratch a folder for more names of them
     * @throws BuildError `UNPACK_FAILED` for a link to nothing
     */
    static of(links, tree, scratch) {
        const aside = (0,external_node_fs_namespaceObject.mkdtempSync)((0,external_node_path_namespaceObject.join)(scratch, 'links-'));
        try {
            const paths = new RootPaths(tree);
            for (const [i, link] of links.entries()) {
                (0,external_node_fs_namespaceObject.linkSync)(rawPath(tree, resolved(link, paths)), (0,external_node_path_namespaceObject.join)(aside, String(i)));
            }
        }
        catch (error) {
            (0,external_node_fs_namespaceObject.rmSync)(aside, { recursive: true, force: true });
            throw error;
        }
        return new LentFiles(links, aside);
    }
    /** Gives them their new names; the folders are there and keep their times. */
    place(tree) {
        for (const [i, { path }] of this.#links.entries()) {
            const name = rawPath(tree, path);
            keepingTime(rawPath(tree, parentOf(path) ?? ''), () => {
                (0,external_node_fs_namespaceObject.rmSync)(name, { recursive: true, force: true });
                (0,external_node_fs_namespaceObject.linkSync)((0,external_node_path_namespaceObject.join)(this.#aside, String(i)), name);
            });
        }
    }
    [Symbol.dispose]() {
        (0,external_node_fs_namespaceObject.rmSync)(this.#aside, { recursive: true, force: true });
    }
}
/**
 * Copies the files that a layer borrows into an empty folder that can be stacked on it: under the new names, and under the old ones where
 * the layer leaves them as they are.
 * @param below the layers below, merged
 * @throws BuildError `UNPACK_FAILED` for a link to nothing
 */
async function lendInto(folder, layer, below, signal) {
    const links = layer.facts.borrowed ?? [];
    const paths = new RootPaths(below);
    const targets = links.map((link) => resolved(link, paths));
    const aside = (0,external_node_fs_namespaceObject.mkdtempSync)((0,external_node_path_namespaceObject.join)(folder, 'lent-'));
    await unpackInto(aside, tarOf(below, [...new Set(targets)], signal), signal);
    const newNames = new Set(links.map(({ path }) => path));
    const names = new Set();
    for (const [i, target] of targets.entries()) {
        const path = links[i]?.path ?? '';
        for (const name of isTouched(target, layer, newNames) ? [path] : [path, target]) {
            if (names.has(name))
                continue;
            names.add(name);
            (0,external_node_fs_namespaceObject.mkdirSync)(rawPath(folder, parentOf(name) ?? ''), { recursive: true });
            (0,external_node_fs_namespaceObject.linkSync)(rawPath(aside, target), rawPath(folder, name));
        }
    }
    (0,external_node_fs_namespaceObject.rmSync)(aside, { recursive: true, force: true });
    return { opaque: [], implied: ['', ...foldersAbove(names)] };
}
/** Of a hard link's target every folder on the way may be a symlink, but not its own name. */
function resolved({ path, target }, paths) {
    const folder = paths.resolve(parentOf(target) ?? '');
    const inside = childPath(folder.inside, baseOf(target));
    const stat = folder.stat?.isDirectory() === true ? paths.look(inside) : undefined;
    if (stat !== undefined && !stat.isDirectory())
        return inside;
    throw new errors_BuildError({
        kind: 'user',
        code: 'UNPACK_FAILED',
        message: `A layer has a hard link ${JSON.stringify(path)} to ${JSON.stringify(target)}, which neither it nor a layer below has`,
        hint: 'The image is damaged: pull it again, or build it anew.',
    });
}
/**
 * Whether the layer deletes, replaces or hides this path of the layers below.
 * @param links its hard links, which are not in its folder
 */
function isTouched(path, layer, links) {
    if (layer.facts.opaque.includes(''))
        return true;
    const parts = path.split('/');
    for (let i = 1; i <= parts.length; i++) {
        const at = parts.slice(0, i).join('/');
        if (links.has(at))
            return true;
        const stat = statOf(layer.path, at);
        if (stat === undefined)
            return false;
        if (!stat.isDirectory() || layer.facts.opaque.includes(at))
            return true;
    }
    return true;
}

;// CONCATENATED MODULE: ./lib/worker/snapshot/merge-layer.js












/**
 * Puts an unpacked layer on a tree. First everything that is deleted or in the way goes, parents before children, so that each path in the tree
 * leads through folders alone; then one tar process reads the layer and another one writes it.
 */
async function mergeLayer(layer, tree, signal) {
    const { opaque: hiding, borrowed } = layer.facts;
    // What the layer links to may be what it deletes.
    const links = borrowed === undefined ? undefined : LentFiles.of(borrowed, tree, (0,external_node_path_namespaceObject.dirname)(tree));
    try {
        await putOn(tree, layer, new Set(hiding), signal);
        links?.place(tree);
    }
    finally {
        links?.[Symbol.dispose]();
    }
}
async function putOn(tree, layer, opaque, signal) {
    const implied = new Set(layer.facts.implied);
    const kept = implied.has('') ? [] : ['.'];
    /** Folders that are there already and are said anew. */
    const again = [];
    /** Of folders that the layer only implies: what is put into them must not show. */
    const times = new Map();
    const rootTime = statOf(tree, '')?.mtimeNs ?? 0n;
    if (opaque.has(''))
        await empty(tree);
    for (const node of await listTree(layer.path, signal)) {
        if (isWhiteout(node, layer.path)) {
            await remove(tree, node.path);
            continue;
        }
        const there = await clearFor(node, tree, opaque.has(node.path));
        if (there !== undefined && implied.has(node.path)) {
            times.set(node.path, there.mtimeNs);
            continue;
        }
        if (there !== undefined)
            again.push(node.path);
        kept.push(node.path);
    }
    await forgetAttributes(again, tree, layer.path, signal);
    await unpackInto(tree, tarOf(layer.path, kept, signal), signal);
    if (implied.has(''))
        times.set('', rootTime);
    for (const [path, time] of times)
        setMtime(rawPath(tree, path), time);
}
/** Removes what a node is to replace. What stays is a folder that it is put upon. */
async function clearFor(node, tree, opaque) {
    const there = statOf(tree, node.path);
    if (there?.isDirectory() === true && node.type === 'directory' && !opaque)
        return there;
    if (there !== undefined)
        await remove(tree, node.path);
    return undefined;
}
/** Of folders that have others in the layer: tar only adds some. */
async function forgetAttributes(folders, tree, layer, signal) {
    const alike = await withSameAttributes(folders, tree, layer, signal);
    for (const path of folders)
        if (!alike.has(path))
            renew(rawPath(tree, path), (0,external_node_path_namespaceObject.dirname)(tree));
}
/** The folder without its attributes, which Node cannot remove. */
function renew(folder, scratch) {
    const fresh = (0,external_node_fs_namespaceObject.mkdtempSync)((0,external_node_path_namespaceObject.join)(scratch, 'renewed-'));
    const inside = (place, name) => Buffer.concat([place, Buffer.from('/'), name]);
    for (const name of (0,external_node_fs_namespaceObject.readdirSync)(folder, { encoding: 'buffer' }))
        (0,external_node_fs_namespaceObject.renameSync)(inside(folder, name), inside(Buffer.from(fresh), name));
    (0,external_node_fs_namespaceObject.rmdirSync)(folder);
    (0,external_node_fs_namespaceObject.renameSync)(fresh, folder);
}
function isWhiteout(node, folder) {
    return node.type === 'character' && (0,external_node_fs_namespaceObject.lstatSync)(rawPath(folder, node.path), { bigint: true }).rdev === 0n;
}
async function empty(tree) {
    for (const name of (0,external_node_fs_namespaceObject.readdirSync)(tree, { encoding: 'buffer' }))
        await remove(tree, decodeName(name));
}
async function remove(tree, path) {
    await (0,promises_namespaceObject.rm)(rawPath(tree, path), { recursive: true, force: true });
}

;// CONCATENATED MODULE: ./lib/worker/snapshot/path-lengths.js


/** Of Linux (limits.h), with the closing NUL: no call takes a longer path. */
const path_lengths_PATH_MAX = 4096;
/** Most bytes of UTF-8 that one unit of a string becomes. */
const MOST_BYTES = 3;
const SHOWN = 100;
/**
 * Checks that all of a tree can be reached by its path. A step can make folders below folders without end, one by one; a layer with such paths
 * could be unpacked nowhere.
 * @param root the tree's folder
 * @throws BuildError `PATH_TOO_LONG`
 */
function checkPathLengths(root, nodes) {
    const most = path_lengths_PATH_MAX - 1 - Buffer.byteLength(`${root}/`);
    for (const { path } of nodes) {
        if (path.length * MOST_BYTES <= most || encodeName(path).length <= most)
            continue;
        throw new errors_BuildError({
            kind: 'user',
            code: 'PATH_TOO_LONG',
            message: `The step made a path of more than ${most} bytes, which no layer can hold: ${JSON.stringify(`/${path.slice(0, SHOWN)}`)}…`,
            hint: 'Delete it in the same step, or give its folders shorter names.',
        });
    }
}

;// CONCATENATED MODULE: ./lib/worker/snapshot/settle.js




/** Calls of the file system between two looks at other work. */
const settle_BATCH = 500;
/**
 * Makes the nodes that a step wrote what its layer says of them, so that a later step sees the same whether the layer was unpacked or is
 * still there: times are whole seconds, later ones than `times.after` are `times.to`, and there are no sockets.
 */
async function settle(root, nodes, times) {
    // First, since it changes the times of folders.
    for (const { path } of nodes.filter(({ type }) => type === 'socket'))
        (0,external_node_fs_namespaceObject.unlinkSync)(rawPath(root, path));
    let count = 0;
    for (const { path, type, mtime } of nodes) {
        if (type === 'socket')
            continue;
        if (++count % settle_BATCH === 0)
            await (0,external_node_timers_promises_namespaceObject.setImmediate)();
        const [whole, fraction] = partsOf(mtime);
        const seconds = times !== undefined && whole + fraction > times.after ? times.to : whole;
        // A folder may have lost a socket, and with it its time.
        if (seconds !== whole || fraction > 0 || type === 'directory')
            setOwnMtime(rawPath(root, path), seconds);
    }
}
/** The last whole second and what came after it; find prints both one after the other, before 1970 too: `-2.5` is a second and a half before. */
function partsOf(time) {
    const [whole = '', fraction = ''] = time.split('.');
    return [Number(whole), Number(`0.${fraction}`)];
}

;// CONCATENATED MODULE: ./lib/worker/snapshot/copy.js















/** Copies whole trees, as links to the same blocks where the file system can. Needs no mount; slow with large images. */
class CopySnapshotter {
    name = 'copy';
    #options;
    constructor(options) {
        this.#options = options;
    }
    async prepare(stack, signal) {
        await this.#tree(stack, signal);
    }
    async view(stack, signal) {
        return { path: await this.#tree(stack, signal), [Symbol.asyncDispose]: async () => undefined };
    }
    async create(stack, name, signal) {
        const tree = await this.#tree(stack, signal);
        const place = (0,external_node_path_namespaceObject.join)(this.#options.scratch, name);
        await (0,promises_namespaceObject.mkdir)(place);
        await copyTree(tree, (0,external_node_path_namespaceObject.join)(place, 'root'), signal);
        return new CopySnapshot({ place, stack, tree, options: this.#options });
    }
    async prune(before) {
        return (await this.#options.trees.prune(before)) + (await this.#options.layers.prune(before));
    }
    /** The merged tree: that of the layers below, where it is there, with the last layer put on it. */
    async #tree(stack, signal) {
        const { trees } = this.#options;
        const made = await trees.ensureTree(keyOf(stack), (folder) => this.#build(stack, folder, signal));
        return made.path;
    }
    async #build(stack, folder, signal) {
        const { layers, trees } = this.#options;
        const unpacked = await Promise.all(stack.map((layer) => layers.ensure(layer, signal)));
        const below = stack.length > 1 ? await trees.find(keyOf(stack.slice(0, -1))) : undefined;
        await (0,promises_namespaceObject.chmod)(folder, 0o755);
        setMtime(Buffer.from(folder), 0n);
        if (below !== undefined)
            await copyTree(`${below.path}/.`, folder, signal);
        for (const layer of below === undefined ? unpacked : unpacked.slice(-1))
            await mergeLayer(layer, folder, signal);
        return { opaque: [], implied: [] };
    }
}
class CopySnapshot {
    path;
    #parts;
    #own = [];
    #before = [];
    #after;
    #found;
    constructor(parts) {
        this.path = (0,external_node_path_namespaceObject.join)(parts.place, 'root');
        this.#parts = parts;
    }
    async begin(own = []) {
        this.#own = own;
        this.#before = await this.#list();
    }
    async end() {
        this.#after = await this.#list();
    }
    async #list() {
        const nodes = await listTree(this.path);
        const isOurs = (path) => this.#own.some((each) => path === each || path.startsWith(`${each}/`));
        const found = nodes.filter(({ path }) => !isOurs(path));
        checkPathLengths(this.path, found);
        return found;
    }
    async difference(signal) {
        const { paths, deleted } = await this.#changes(signal);
        return { deleted, tar: tarOf(this.path, paths, signal) };
    }
    /** Folders that the layer says nothing of, the root among them, become what they were. */
    async commit(diffId, times) {
        const { paths, untouched } = await this.#changes();
        const { stack, tree, options } = this.#parts;
        const written = new Set(paths);
        const nodes = this.#after?.filter(({ path, type }) => written.has(path) || type === 'socket');
        await settle(this.path, nodes ?? [], times);
        for (const path of untouched)
            putBack(path, tree, this.path);
        putBack('', tree, this.path);
        const key = chainIdOf([...stack.map((layer) => layer.diffId), diffId]);
        await options.trees.adopt(key, this.path, { opaque: [], implied: [] });
    }
    async [Symbol.asyncDispose]() {
        await this.#parts.options.graveyard.bury(this.#parts.place);
    }
    async #changes(signal) {
        const after = this.#after ?? [];
        const [tree, root] = [this.#parts.tree, this.path];
        this.#found ??= compareListings(this.#before, after, await withEqualNodes(perhapsEqual(this.#before, after, { tree, root }), tree, root, signal));
        return this.#found;
    }
}
/** Mode, owner and time of a folder. */
function putBack(path, from, to) {
    const stat = statOf(from, path);
    // Other nodes that count as untouched have their time and are not followed.
    if (stat?.isDirectory() !== true)
        return;
    const folder = rawPath(to, path);
    (0,external_node_fs_namespaceObject.chownSync)(folder, Number(stat.uid), Number(stat.gid));
    (0,external_node_fs_namespaceObject.chmodSync)(folder, Number(stat.mode) & 0o7777);
    setMtime(folder, stat.mtimeNs);
}
/**
 * What differs between two listings, with the folders that lead there. A deleted folder stands for all below it.
 * @param same nodes that are as they were, folders but for their time
 */
function compareListings(before, after, same) {
    const known = new Map(before.map((node) => [node.path, node]));
    const written = new Set();
    for (const node of after) {
        const old = known.get(node.path);
        known.delete(node.path);
        if ((old !== undefined && sameState(old, node)) || same.has(node.path))
            continue;
        if (node.type !== 'socket')
            written.add(node.path);
    }
    const deleted = topmost([...known.keys()], new Map(after.map((node) => [node.path, node])));
    const shown = foldersAbove([...written, ...deleted]);
    return {
        paths: after.map(({ path }) => path).filter((path) => written.has(path) || shown.has(path)),
        untouched: [...same].filter((path) => !shown.has(path)),
        deleted,
    };
}
/**
 * Nodes that were changed, as their ctime says, and may still be what they are in the tree that was copied: folders with mode and owner as
 * before, and others that look equal and have the same names.
 */
function perhapsEqual(before, after, { tree, root }) {
    const known = new Map(before.map((node) => [node.path, node]));
    const kept = namesOf(after.filter(({ path, inode }) => known.get(path)?.inode === inode));
    const old = new RealPaths(tree);
    return after
        .filter((node) => {
        const was = known.get(node.path);
        if (was === undefined || sameState(was, node) || !sameOwner(was, node))
            return false;
        // A mount point that was made for the step is in no layer.
        const stat = old.stat(node.path);
        if (stat === undefined || node.type === 'directory')
            return stat !== undefined;
        const now = statOf(root, node.path);
        if (now === undefined || now.nlink !== stat.nlink || !lookEqual(stat, now))
            return false;
        return now.nlink === 1n || BigInt(kept.get(node.inode) ?? 0) === now.nlink;
    })
        .map(({ path }) => path);
}
/** How many of the nodes are names of each inode. */
function namesOf(nodes) {
    const counts = new Map();
    for (const { inode } of nodes)
        counts.set(inode, (counts.get(inode) ?? 0) + 1);
    return counts;
}
function sameState(a, b) {
    return (a.inode === b.inode &&
        a.ctime === b.ctime &&
        a.type === b.type &&
        a.size === b.size &&
        a.mtime === b.mtime);
}
function sameOwner(a, b) {
    return a.type === b.type && a.mode === b.mode && a.uid === b.uid && a.gid === b.gid;
}
/** Of paths that are gone, those whose parent is still a folder: the parent's own whiteout, or what took its place, hides the rest. */
function topmost(gone, after) {
    return gone.filter((path) => {
        const slash = path.lastIndexOf('/');
        return slash === -1 || after.get(path.slice(0, slash))?.type === 'directory';
    });
}
function keyOf(stack) {
    return (chainIdOf(stack.map((layer) => layer.diffId)) ?? EMPTY_CHAIN);
}
/** No chain of layers has it: stands for the empty tree. */
const EMPTY_CHAIN = `sha256:${'0'.repeat(64)}`;
async function copyTree(from, to, signal) {
    await execOk(['cp', '-a', '--reflink=auto', '--', from, to], { signal });
}

;// CONCATENATED MODULE: ./node_modules/yocto-queue/index.js
/*
How it works:
`this.#head` is an instance of `Node` which keeps track of its current value and nests another instance of `Node` that keeps the value that comes after it. When a value is provided to `.enqueue()`, the code needs to iterate through `this.#head`, going deeper and deeper to find the last value. However, iterating through every single item is slow. This problem is solved by saving a reference to the last value as `this.#tail` so that it can reference it to add a new value.
*/

class Node {
	value;
	next;

	constructor(value) {
		this.value = value;
	}
}

class Queue {
	#head;
	#tail;
	#size;

	constructor() {
		this.clear();
	}

	enqueue(value) {
		const node = new Node(value);

		if (this.#head) {
			this.#tail.next = node;
			this.#tail = node;
		} else {
			this.#head = node;
			this.#tail = node;
		}

		this.#size++;
	}

	dequeue() {
		const current = this.#head;
		if (!current) {
			return;
		}

		this.#head = this.#head.next;
		this.#size--;

		// Clean up tail reference when queue becomes empty
		if (!this.#head) {
			this.#tail = undefined;
		}

		return current.value;
	}

	peek() {
		if (!this.#head) {
			return;
		}

		return this.#head.value;

		// TODO: Node.js 18.
		// return this.#head?.value;
	}

	clear() {
		this.#head = undefined;
		this.#tail = undefined;
		this.#size = 0;
	}

	get size() {
		return this.#size;
	}

	* [Symbol.iterator]() {
		let current = this.#head;

		while (current) {
			yield current.value;
			current = current.next;
		}
	}

	* drain() {
		while (this.#head) {
			yield this.dequeue();
		}
	}
}

;// CONCATENATED MODULE: ./node_modules/p-limit/index.js


function pLimit(concurrency) {
	let rejectOnClear = false;

	if (typeof concurrency === 'object') {
		({concurrency, rejectOnClear = false} = concurrency);
	}

	validateConcurrency(concurrency);

	if (typeof rejectOnClear !== 'boolean') {
		throw new TypeError('Expected `rejectOnClear` to be a boolean');
	}

	const queue = new Queue();
	let activeCount = 0;

	const resumeNext = () => {
		// Process the next queued function if we're under the concurrency limit
		if (activeCount < concurrency && queue.size > 0) {
			activeCount++;
			queue.dequeue().run();
		}
	};

	const next = () => {
		activeCount--;
		resumeNext();
	};

	const run = async (function_, resolve, arguments_) => {
		// Execute the function and capture the result promise
		const result = (async () => function_(...arguments_))();

		// Resolve immediately with the promise (don't wait for completion)
		resolve(result);

		// Wait for the function to complete (success or failure)
		// We catch errors here to prevent unhandled rejections,
		// but the original promise rejection is preserved for the caller
		try {
			await result;
		} catch {}

		// Decrement active count and process next queued function
		next();
	};

	const enqueue = (function_, resolve, reject, arguments_) => {
		const queueItem = {reject};

		// Queue the internal resolve function instead of the run function
		// to preserve the asynchronous execution context.
		new Promise(internalResolve => { // eslint-disable-line promise/param-names
			queueItem.run = internalResolve;
			queue.enqueue(queueItem);
		}).then(run.bind(undefined, function_, resolve, arguments_)); // eslint-disable-line promise/prefer-await-to-then

		// Start processing immediately if we haven't reached the concurrency limit
		if (activeCount < concurrency) {
			resumeNext();
		}
	};

	const generator = (function_, ...arguments_) => new Promise((resolve, reject) => {
		enqueue(function_, resolve, reject, arguments_);
	});

	Object.defineProperties(generator, {
		activeCount: {
			get: () => activeCount,
		},
		pendingCount: {
			get: () => queue.size,
		},
		clearQueue: {
			value() {
				if (!rejectOnClear) {
					queue.clear();
					return;
				}

				const abortError = AbortSignal.abort().reason;

				while (queue.size > 0) {
					queue.dequeue().reject(abortError);
				}
			},
		},
		concurrency: {
			get: () => concurrency,

			set(newConcurrency) {
				validateConcurrency(newConcurrency);
				concurrency = newConcurrency;

				queueMicrotask(() => {
					// eslint-disable-next-line no-unmodified-loop-condition
					while (activeCount < concurrency && queue.size > 0) {
						resumeNext();
					}
				});
			},
		},
		map: {
			async value(iterable, function_) {
				const promises = [];

				try {
					Array.from(iterable, (value, index) => {
						const promise = generator(function_, value, index);
						promises.push(promise);
						return promise;
					});
				} catch (error) {
					// The iterable threw, so `Promise.all` never observes the already scheduled promises. Observe them here to avoid unhandled rejections.
					for (const promise of promises) {
						promise.catch(() => {}); // eslint-disable-line promise/prefer-await-to-then
					}

					throw error;
				}

				return Promise.all(promises);
			},
		},
	});

	return generator;
}

function limitFunction(function_, options) {
	const limit = pLimit(options);

	const limitedFunction = (...arguments_) => limit(() => function_(...arguments_));
	Object.defineProperty(limitedFunction, 'clearQueue', {
		value: limit.clearQueue,
	});

	return limitedFunction;
}

function validateConcurrency(concurrency) {
	if (!((Number.isInteger(concurrency) || concurrency === Number.POSITIVE_INFINITY) && concurrency > 0)) {
		throw new TypeError('Expected `concurrency` to be a number from 1 and up');
	}
}

;// CONCATENATED MODULE: ./lib/worker/snapshot/trees.js

/** Deletes a tree with one child process, which is several times faster than a walk in JavaScript. Never fails: what is left is swept later. */
async function removeTree(path) {
    await exec(['rm', '-rf', '--one-file-system', '--', path]);
}
/** Bytes on disk. */
async function treeSize(path) {
    const { stdout } = await exec(['du', '-s', '-x', '--block-size=1', '--', path]);
    return Number.parseInt(stdout.toString('utf8'), 10) || 0;
}

;// CONCATENATED MODULE: ./lib/worker/snapshot/layer-store.js








/**
 * Unpacked layers by diffID, one folder each, shared by all workers of a state folder:
 * `layers/HEX/fs` and `layers/HEX/facts.json`, whose time is that of the last use.
 */
class LayerStore {
    #layers;
    #scratch;
    #rules;
    #boot = bootId();
    #unpacking = new Map();
    #limit = pLimit(Math.max(2, (0,external_node_os_.availableParallelism)()));
    /** `scratch`: a folder of this worker on the same file system. */
    constructor(layers, scratch, rules) {
        this.#layers = layers;
        this.#scratch = scratch;
        this.#rules = rules;
    }
    /** The unpacked layer; calls for the same one share the work, and its end does not depend on who waits. */
    async ensure(layer, signal) {
        signal?.throwIfAborted();
        return await this.#once(layer.diffId, () => this.#limit(() => this.#unpack(layer)));
    }
    /** Like `ensure`, for a folder that `make` fills. */
    async ensureTree(key, make) {
        return await this.#once(key, async () => {
            const folder = await this.#newFolder();
            try {
                return await this.adopt(key, folder, await make(folder));
            }
            catch (error) {
                await removeTree(folder);
                throw error;
            }
        });
    }
    /** Takes a folder (on the same file system) as the unpacked form of a layer. */
    async adopt(diffId, folder, facts) {
        const place = (0,external_node_path_namespaceObject.join)(this.#layers, encoded(diffId));
        const wrapped = await this.#newFolder();
        try {
            await (0,promises_namespaceObject.rename)(folder, (0,external_node_path_namespaceObject.join)(wrapped, 'fs'));
            const stored = { ...facts, boot: await this.#boot };
            await (0,promises_namespaceObject.writeFile)((0,external_node_path_namespaceObject.join)(wrapped, 'facts.json'), JSON.stringify(stored));
            await (0,promises_namespaceObject.rename)(wrapped, place);
        }
        catch (error) {
            await removeTree(wrapped);
            if (!isTaken(error))
                throw error;
        }
        return { diffId, path: (0,external_node_path_namespaceObject.join)(place, 'fs'), facts };
    }
    async prune(before) {
        const old = [];
        for (const name of await (0,promises_namespaceObject.readdir)(this.#layers)) {
            const facts = await (0,promises_namespaceObject.stat)((0,external_node_path_namespaceObject.join)(this.#layers, name, 'facts.json')).catch(() => undefined);
            if (facts === undefined || facts.mtime < before)
                old.push(name);
        }
        return await this.#discard(old);
    }
    /** What is here, marked as used. What a crash of the machine damaged goes. */
    async find(diffId) {
        const place = (0,external_node_path_namespaceObject.join)(this.#layers, encoded(diffId));
        const file = (0,external_node_path_namespaceObject.join)(place, 'facts.json');
        let stored = await readFacts(file);
        if (stored === undefined) {
            if (!(0,external_node_fs_namespaceObject.existsSync)(place))
                return undefined;
            // Another worker may just have put it there.
            stored = await readFacts(file);
        }
        if (stored?.boot !== (await this.#boot)) {
            await this.#discard([encoded(diffId)]);
            return undefined;
        }
        const { boot: _boot, ...facts } = stored;
        const now = new Date();
        const isThere = await (0,promises_namespaceObject.utimes)(file, now, now).then(() => true, (error) => !isMissing(error));
        return isThere ? { diffId, path: (0,external_node_path_namespaceObject.join)(place, 'fs'), facts } : undefined;
    }
    async #once(key, make) {
        let work = this.#unpacking.get(key);
        if (work === undefined) {
            work = this.find(key).then((found) => found ?? make());
            this.#unpacking.set(key, work);
            const done = () => this.#unpacking.delete(key);
            work.then(done, done);
        }
        return await work;
    }
    async #unpack(layer) {
        const folder = await this.#newFolder();
        try {
            const members = await unpackLayer(layer, folder, this.#rules);
            return await this.adopt(layer.diffId, folder, members.facts);
        }
        catch (error) {
            await removeTree(folder);
            throw error;
        }
    }
    /** Moved away first, so that nobody finds half a layer. */
    async #discard(names) {
        const grave = await this.#newFolder();
        // What another worker took away first is not ours to count.
        await Promise.allSettled(names.map((name) => (0,promises_namespaceObject.rename)((0,external_node_path_namespaceObject.join)(this.#layers, name), (0,external_node_path_namespaceObject.join)(grave, name))));
        const size = await treeSize(grave);
        await removeTree(grave);
        return names.length === 0 ? 0 : size;
    }
    async #newFolder() {
        const folder = await (0,promises_namespaceObject.mkdtemp)((0,external_node_path_namespaceObject.join)(this.#scratch, 'layer-'));
        await (0,promises_namespaceObject.chmod)(folder, 0o755);
        return folder;
    }
}
async function bootId() {
    return (await (0,promises_namespaceObject.readFile)('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => 'unknown')).trim();
}
/** Undefined for none, and for what is half written: a crash leaves such files. */
async function readFacts(file) {
    let text;
    try {
        text = await (0,promises_namespaceObject.readFile)(file, 'utf8');
    }
    catch (error) {
        if (isMissing(error))
            return undefined;
        throw error;
    }
    try {
        return JSON.parse(text) ?? undefined;
    }
    catch {
        return undefined;
    }
}
function isMissing(error) {
    const code = error.code;
    return code === 'ENOENT' || code === 'ENOTDIR' || code === 'EISDIR';
}
function isTaken(error) {
    const code = error.code;
    return code === 'ENOTEMPTY' || code === 'EEXIST';
}

;// CONCATENATED MODULE: ./lib/worker/snapshot/fstab.js
/** Lines for `mount --all --fstab`, which mounts them in order in one process. */
function fstab(lines) {
    return lines
        .map(({ type, source, target, options }) => [source, target, type, options.join(',') || 'defaults', '0', '0'].map(escapeField).join(' '))
        .map((line) => `${line}\n`)
        .join('');
}
/** fstab(5): mount's blanks are written as octal escapes of their bytes; other characters that count as blanks elsewhere have no such byte. */
function escapeField(text) {
    return text.replace(/[ \t\n\v\f\r\\#]/g, (character) => `\\${character.charCodeAt(0).toString(8).padStart(3, '0')}`);
}

;// CONCATENATED MODULE: ./lib/worker/snapshot/implied-folders.js








const implied_folders_PERMISSIONS = 0o7777;
/**
 * A layer may hold `tmp/x` and no entry for `tmp`: its folder `tmp` then exists in the unpacked layer, but says nothing about mode and owner,
 * which must stay those of the layer below. Makes a folder with nothing but such folders, as they should be seen, to be put on top of the stack.
 * @param layers base first
 * @returns whether there was anything to make
 */
async function makeImpliedFolders(layers, target) {
    const wanted = new Map();
    const stack = new MergedFolders(layers);
    for (const path of new Set(layers.flatMap((layer) => layer.facts.implied))) {
        if (path !== '')
            for (const [folder, speaker] of correctionsFor(path, stack))
                wanted.set(folder, speaker);
    }
    if (wanted.size === 0)
        return false;
    // Shorter paths are parents: they come first, and get their attributes last.
    const folders = [...wanted].sort(([a], [b]) => a.length - b.length);
    for (const [folder] of folders)
        (0,external_node_fs_namespaceObject.mkdirSync)(rawPath(target, folder));
    await giveAttributes(wanted, target);
    for (const [folder, { stat }] of folders.reverse()) {
        const path = rawPath(target, folder);
        (0,external_node_fs_namespaceObject.chownSync)(path, Number(stat.uid), Number(stat.gid));
        (0,external_node_fs_namespaceObject.chmodSync)(path, Number(stat.mode) & implied_folders_PERMISSIONS);
        setMtime(path, stat.mtimeNs);
    }
    return true;
}
/** Extended attributes, through tar. */
async function giveAttributes(wanted, target) {
    const found = await attributesOf([...wanted].map(([path, { tree }]) => ({ tree, path })));
    const entries = [...wanted.keys()].flatMap((path, i) => {
        const xattrs = found[i];
        if (xattrs === undefined)
            return [];
        return [{ path, type: 'directory', mode: 0o755, uid: 0, gid: 0, size: 0, mtime: 0, xattrs }];
    });
    if (entries.length > 0)
        await unpackInto(target, writeTar(membersOf(entries)), undefined);
}
async function* membersOf(entries) {
    for (const entry of entries)
        yield { entry };
}
/** The folder and those above it with what the stack should show, if it would show anything else. */
function correctionsFor(path, stack) {
    let wrong = false;
    const way = [];
    const parts = path.split('/');
    for (let i = 1; i <= parts.length; i++) {
        const folder = parts.slice(0, i).join('/');
        const { visible, speaker, stat } = stack.at(folder);
        if (speaker === undefined || stat === undefined)
            return [];
        wrong ||= speaker !== visible[0];
        way.push([folder, { tree: speaker.layer.path, stat }]);
    }
    return wrong ? way : [];
}
/** Folders of a stack, each worked out once: there are layers that imply all of their folders. */
class MergedFolders {
    #layers;
    #known = new Map();
    /** @param layers base first */
    constructor(layers) {
        this.#layers = layers.toReversed().map((layer) => ({
            layer,
            opaque: new Set(layer.facts.opaque),
            implied: new Set(layer.facts.implied),
        }));
    }
    at(folder) {
        let merged = this.#known.get(folder);
        if (merged === undefined) {
            const parent = parentOf(folder) ?? '';
            merged = merge(folder, parent === '' ? this.#layers : this.at(parent).visible);
            this.#known.set(folder, merged);
        }
        return merged;
    }
}
/** @param layers those that show the folder above, top first */
function merge(folder, layers) {
    const visible = [];
    const stats = new Map();
    for (const each of layers) {
        const stat = statOf(each.layer.path, folder);
        if (stat === undefined)
            continue;
        if (!stat.isDirectory())
            break;
        visible.push(each);
        stats.set(each, stat);
        if (each.opaque.has(folder))
            break;
    }
    const speaker = visible.find(({ implied }) => !implied.has(folder)) ?? visible[0];
    return speaker === undefined ? { visible } : { visible, speaker, stat: stats.get(speaker) };
}

;// CONCATENATED MODULE: ./lib/worker/snapshot/mount.js


/**
 * util-linux 2.39 sets options one by one with fsconfig(2), which cuts a value at 256 bytes; the old mount(2) takes a page.
 */
const MOUNT_ENV = {
    PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
    LC_ALL: 'C.UTF-8',
    LIBMOUNT_FORCE_MOUNT2: 'always',
};
/** @throws BuildError `MOUNT_FAILED` */
async function mount(type, source, target, options) {
    await runMount(['-t', type, ...(options === '' ? [] : ['-o', options]), source, target], '/');
}
/**
 * Mounts all lines of a file as `fstab` writes it; relative names begin in `cwd`.
 * @throws BuildError `MOUNT_FAILED`
 */
async function mountTable(file, cwd) {
    await runMount(['--all', '--fstab', file], cwd);
}
/**
 * Mounts the folder or file that an open descriptor stands for, whatever its path is by now.
 * @throws BuildError `MOUNT_FAILED`
 */
async function bindFile(fd, target) {
    await runMount(['--bind', '--no-canonicalize', '/proc/self/fd/3', target], '/', [fd]);
}
/** Also when something still uses them: then they go with their last user. */
async function unmount(...targets) {
    await exec(['umount', '-n', '-l', ...targets]);
}
async function runMount(args, cwd, files = []) {
    const { exitCode, stderr } = await exec(['mount', '-n', ...args], { cwd, env: MOUNT_ENV, files });
    if (exitCode === 0)
        return;
    throw new errors_BuildError({
        kind: 'environment',
        code: 'MOUNT_FAILED',
        message: stderr.trim().split('\n')[0] ?? 'mount failed',
    });
}

;// CONCATENATED MODULE: ./lib/worker/snapshot/unpacked-stack.js

/** No layer has it: tells what a step left on a stack; on another stack its marks would hide other things. */
const LEFT = `sha256:${'2'.repeat(64)}`;
/** Names what a step left: by the whole stack that shows it. */
function leftKey(diffIds) {
    return chainIdOf([...diffIds, LEFT]);
}
/** overlayfs takes a folder once only. Of equal layers the topmost one hides, and deletes, all that the lower ones do. */
function withoutRepeats(stack) {
    return stack.filter((layer, i) => stack.findLastIndex((other) => other.diffId === layer.diffId) === i);
}
/** A stack's layers, none twice: as steps left them, or unpacked. */
async function unpackedStack(stack, store, signal) {
    const diffIds = stack.map(({ diffId }) => diffId);
    return await Promise.all(stack.map(async (layer, i) => {
        const left = await store.find(leftKey(diffIds.slice(0, i + 1)));
        return left ?? store.ensure(layer, signal);
    }));
}

;// CONCATENATED MODULE: ./lib/worker/snapshot/overlay.js
var overlay_addDisposableResource = (undefined && undefined.__addDisposableResource) || function (env, value, async) {
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
var overlay_disposeResources = (undefined && undefined.__disposeResources) || (function (SuppressedError) {
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



















/** OVL_MAX_STACK of the kernel (fs/overlayfs/params.h) is 500; some are ours. */
const MAX_LAYERS = 490;
/** No layer has it: tells what a stack's top layer borrows from the stack itself. */
const LENT = `sha256:${'1'.repeat(64)}`;
/** Of a stack in which no layer says anything about `/`. */
const EMPTY_ROOT = { mode: 493n, uid: 0n, gid: 0n, mtimeNs: 0n };
/** Stacks layers with overlayfs: nothing is copied, and the upper folder is the difference. */
class OverlaySnapshotter {
    name = 'overlay';
    #options;
    #counter = 0;
    constructor(options) {
        this.#options = options;
    }
    async prepare(stack, signal) {
        await this.#unpacked(stack, signal);
    }
    async view(stack, signal) {
        const layers = await this.#unpacked(stack, signal);
        const place = this.#place(`view-${++this.#counter}`);
        const lower = await this.#link(place, layers);
        const { line, path } = this.#lowerMount(place, lower);
        await mountLines(place, [line]);
        const { graveyard } = this.#options;
        return {
            path,
            async [Symbol.asyncDispose]() {
                await unmount(path);
                await graveyard.bury(place);
            },
        };
    }
    async create(stack, name, signal) {
        const layers = await this.#unpacked(stack, signal);
        const place = this.#place(name);
        for (const part of ['upper', 'work', 'merged'])
            (0,external_node_fs_namespaceObject.mkdirSync)((0,external_node_path_namespaceObject.join)(place, part));
        copyRootAttributes(layers, (0,external_node_path_namespaceObject.join)(place, 'upper'));
        const names = await this.#link(place, layers);
        const lower = this.#lowerMount(place, names);
        const options = [`lowerdir=${names}`, 'upperdir=../upper', 'workdir=../work', ...this.#flags()];
        const target = (0,external_node_path_namespaceObject.join)(place, 'merged');
        await mountLines(place, [{ type: 'overlay', source: 'overlay', target, options }, lower.line]);
        const { store, graveyard } = this.#options;
        const diffIds = withoutRepeats(stack).map(({ diffId }) => diffId);
        return new OverlaySnapshot({ place, store, graveyard, lower: lower.path, diffIds });
    }
    async prune(before) {
        return await this.#options.store.prune(before);
    }
    async #unpacked(stack, signal) {
        if (stack.length > MAX_LAYERS) {
            throw new errors_BuildError({
                kind: 'environment',
                code: 'TOO_MANY_LAYERS',
                message: `overlayfs stacks at most ${MAX_LAYERS} layers, and this image has ${stack.length}`,
                hint: 'Join some steps, or choose isolation "chroot", which copies instead.',
            });
        }
        const kept = withoutRepeats(stack);
        const { store } = this.#options;
        const layers = await unpackedStack(kept, store, signal);
        const whole = [];
        for (const [i, layer] of layers.entries()) {
            whole.push(layer);
            if (layer.facts.borrowed !== undefined)
                whole.push(await this.#lent(kept.slice(0, i + 1), layer, signal));
        }
        return whole;
    }
    /** What the topmost layer of a stack borrows, as a layer to be put on it. */
    async #lent(stack, layer, signal) {
        const key = chainIdOf([...stack.map(({ diffId }) => diffId), LENT]);
        return await this.#options.store.ensureTree(key, async (folder) => {
            const env_1 = { stack: [], error: void 0, hasError: false };
            try {
                const below = overlay_addDisposableResource(env_1, await this.view(stack.slice(0, -1), signal), true);
                return await lendInto(folder, layer, below.path, signal);
            }
            catch (e_1) {
                env_1.error = e_1;
                env_1.hasError = true;
            }
            finally {
                const result_1 = overlay_disposeResources(env_1);
                if (result_1)
                    await result_1;
            }
        });
    }
    #place(name) {
        const place = (0,external_node_path_namespaceObject.join)(this.#options.scratch, name);
        (0,external_node_fs_namespaceObject.mkdirSync)(place);
        return place;
    }
    /** The layers without a folder to write to. A read-only overlay wants two lower folders. */
    #lowerMount(place, names) {
        const path = (0,external_node_path_namespaceObject.join)(place, 'lower');
        (0,external_node_fs_namespaceObject.mkdirSync)(path);
        const options = [`lowerdir=${names}:bottom`, ...(this.#options.userxattr ? ['userxattr'] : [])];
        return { line: { type: 'overlay', source: 'overlay', target: path, options }, path };
    }
    /**
     * The value of `lowerdir=`, the top layer first. Its names are links in a folder that mount runs in, since all options together must fit a
     * page of 4096 bytes.
     */
    async #link(place, layers) {
        const links = (0,external_node_path_namespaceObject.join)(place, 'l');
        (0,external_node_fs_namespaceObject.mkdirSync)(links);
        for (const name of ['nothing', 'bottom', 'implied'])
            (0,external_node_fs_namespaceObject.mkdirSync)((0,external_node_path_namespaceObject.join)(links, name));
        for (const [i, layer] of layers.entries())
            (0,external_node_fs_namespaceObject.symlinkSync)(layer.path, (0,external_node_path_namespaceObject.join)(links, i.toString(36)));
        const names = layers.map((_, i) => i.toString(36)).reverse();
        if (await makeImpliedFolders(layers, (0,external_node_path_namespaceObject.join)(links, 'implied')))
            names.unshift('implied');
        return names.length === 0 ? 'nothing' : names.join(':');
    }
    /** Renamed folders and metadata-only copies would be pointers into lower layers, which a tar of the upper folder cannot hold. */
    #flags() {
        const { userxattr, volatile } = this.#options;
        const exact = userxattr ? ['userxattr'] : ['redirect_dir=off', 'metacopy=off', 'index=off'];
        return volatile ? [...exact, 'volatile'] : exact;
    }
}
class OverlaySnapshot {
    path;
    #parts;
    #upper;
    #mounted = true;
    #found;
    constructor(parts) {
        this.#parts = parts;
        this.#upper = (0,external_node_path_namespaceObject.join)(parts.place, 'upper');
        this.path = (0,external_node_path_namespaceObject.join)(parts.place, 'merged');
    }
    /** The upper folder tells changes by itself. */
    async begin() { }
    async end() { }
    async difference(signal) {
        const { nodes, deleted, untouched } = await this.#changes(signal);
        const silent = new Set(untouched);
        const content = nodes.filter((node) => !silent.has(node.path) && isContent(node, this.#upper));
        const paths = content.map(({ path }) => path);
        return { deleted, tar: tarOf(this.#upper, paths, signal) };
    }
    async commit(diffId, times) {
        const { nodes, deleted, untouched } = await this.#changes();
        const { store, diffIds } = this.#parts;
        await this.#unmount();
        const silent = new Set(untouched.filter((path) => path !== ''));
        // What the layers below are to show does not show through a folder that hides them: the layer has to be unpacked.
        if (await someOpaque(this.#upper, foldersLeft(silent)))
            return;
        for (const path of silent) {
            if (!silent.has(parentOf(path) ?? ''))
                (0,external_node_fs_namespaceObject.rmSync)(rawPath(this.#upper, path), { recursive: true, force: true });
        }
        const said = nodes.filter((node) => !silent.has(node.path) && statOf(this.#upper, node.path) !== undefined);
        await settle(this.#upper, said.filter((node) => !overlay_isWhiteout(node, this.#upper)), times);
        const facts = { opaque: hidingFolders(deleted, nodes), implied: [''] };
        await store.adopt(leftKey([...diffIds, diffId]), this.#upper, facts);
    }
    async #changes(signal) {
        this.#found ??= await readUpper(this.#upper, { lower: this.#parts.lower, merged: this.path }, signal);
        return this.#found;
    }
    async [Symbol.asyncDispose]() {
        await this.#unmount();
        await this.#parts.graveyard.bury(this.#parts.place);
    }
    async #unmount() {
        if (!this.#mounted)
            return;
        this.#mounted = false;
        await unmount(this.path, this.#parts.lower);
    }
}
async function mountLines(place, lines) {
    const table = (0,external_node_path_namespaceObject.join)(place, 'fstab');
    (0,external_node_fs_namespaceObject.writeFileSync)(table, fstab(lines));
    await mountTable(table, (0,external_node_path_namespaceObject.join)(place, 'l'));
}
async function readUpper(upper, { lower, merged }, signal) {
    const nodes = await listTree(upper, signal);
    // The longest of the three.
    checkPathLengths(merged, nodes);
    const folders = nodes.filter(({ type }) => type === 'directory').map(({ path }) => path);
    const others = nodes.filter((node) => node.type !== 'directory' && isContent(node, upper));
    const changes = await compareFolders(['', ...folders], others.map(({ path }) => path), lower, merged, signal);
    return { nodes, ...changes };
}
/** Folders that lead to these nodes and are none of them. */
function foldersLeft(paths) {
    return [...foldersAbove(paths)].filter((path) => !paths.has(path));
}
/** Folders that hide what is below them without a mark for each name. */
function hidingFolders(deleted, nodes) {
    const known = new Set(nodes.map(({ path }) => path));
    return [...new Set(deleted.filter((path) => !known.has(path)).map((path) => parentOf(path) ?? ''))];
}
/** Sockets have no place in a tar, and the comparison of folders finds deletions. */
function isContent(node, upper) {
    return node.type !== 'socket' && !overlay_isWhiteout(node, upper);
}
/** A device 0:0 is overlayfs' mark for a deletion. */
function overlay_isWhiteout(node, upper) {
    return node.type === 'character' && statOf(upper, node.path)?.rdev === 0n;
}
/** The upper folder is what a process sees as `/`: it gets what the topmost layer that says something about `/` says. */
function copyRootAttributes(layers, upper) {
    const source = layers.findLast((layer) => !layer.facts.implied.includes(''));
    const { mode, uid, gid, mtimeNs } = source === undefined ? EMPTY_ROOT : (0,external_node_fs_namespaceObject.lstatSync)(source.path, { bigint: true });
    (0,external_node_fs_namespaceObject.chownSync)(upper, Number(uid), Number(gid));
    (0,external_node_fs_namespaceObject.chmodSync)(upper, Number(mode) & 0o7777);
    setMtime(Buffer.from(upper), mtimeNs);
}

;// CONCATENATED MODULE: ./lib/worker/probe/ground.js

function isUserns({ hello }) {
    return hello.privilege === 'userns' || hello.privilege === 'userns-single';
}
function unpackRules(hello, ids) {
    const userns = isUserns({ hello });
    return {
        opaqueAttribute: userns ? 'user.overlay.opaque' : 'trusted.overlay.opaque',
        devices: !userns,
        keepsAttribute: (name) => keeps(name, userns),
        id: (id) => storedId(id, ids),
    };
}
/** Attributes by which a layer could steer overlayfs, or that only this machine's policy may set, are left out. */
function keeps(name, userns) {
    if (/^(trusted|user)\.overlay\./.test(name) || name.startsWith('security.selinux'))
        return false;
    return !(userns && name.startsWith('trusted.'));
}

;// CONCATENATED MODULE: ./lib/worker/probe/overlay-trial.js





/**
 * Mounts an overlay with a real lower folder, writes to it and deletes from it: a file system may take the mount and fail later. It goes with
 * all that the worker has mounted: steps need not wait for that.
 */
async function tryOverlay(ground) {
    const first = await attempt(ground, true);
    if (first === undefined)
        return { works: true, volatile: true };
    const second = await attempt(ground, false);
    return second === undefined ? { works: true, volatile: false } : { works: false, reason: second };
}
async function attempt({ scratch, graveyard, rules, userxattr }, volatile) {
    const home = (0,external_node_path_namespaceObject.join)(scratch, `trial-overlay-${volatile ? 1 : 0}`);
    const layers = (0,external_node_path_namespaceObject.join)(home, 'layers');
    const lower = (0,external_node_path_namespaceObject.join)(home, 'lower');
    try {
        await (0,promises_namespaceObject.mkdir)(layers, { recursive: true });
        await (0,promises_namespaceObject.mkdir)(lower);
        await (0,promises_namespaceObject.writeFile)((0,external_node_path_namespaceObject.join)(lower, 'a'), 'a');
        const store = new LayerStore(layers, home, rules);
        await store.adopt(TRIAL_LAYER.diffId, lower, { opaque: [], implied: [] });
        const snapshotter = new OverlaySnapshotter({ store, graveyard, scratch: home, userxattr, volatile });
        const snapshot = await snapshotter.create([TRIAL_LAYER], 'trial');
        if ((await (0,promises_namespaceObject.readFile)((0,external_node_path_namespaceObject.join)(snapshot.path, 'a'), 'utf8')) !== 'a')
            return 'overlayfs does not show the lower folder';
        await (0,promises_namespaceObject.chmod)((0,external_node_path_namespaceObject.join)(snapshot.path, 'a'), 0o700);
        await (0,promises_namespaceObject.mkdir)((0,external_node_path_namespaceObject.join)(snapshot.path, 'b'));
        await (0,promises_namespaceObject.rename)((0,external_node_path_namespaceObject.join)(snapshot.path, 'a'), (0,external_node_path_namespaceObject.join)(snapshot.path, 'b', 'a'));
        await (0,promises_namespaceObject.rm)((0,external_node_path_namespaceObject.join)(snapshot.path, 'b'), { recursive: true });
        return undefined;
    }
    catch (error) {
        return reasonOf(error);
    }
}
const TRIAL_LAYER = {
    diffId: `sha256:${'0'.repeat(64)}`,
    path: '',
    compression: 'none',
};

;// CONCATENATED MODULE: ./lib/worker/probe/remembered.js





/** What the machine's answer depends on: a container job of the same machine may be allowed less. */
const FACTS = [
    '/proc/sys/kernel/random/boot_id',
    '/proc/self/uid_map',
    '/proc/self/attr/current',
    '/proc/sys/user/max_user_namespaces',
];
const STATUS_ROWS = /^(CapPrm|CapBnd|NoNewPrivs|Seccomp):.*$/gm;
function recall(folder, question) {
    const file = (0,external_node_path_namespaceObject.join)(folder, 'probe.json');
    const key = remembered_keyOf(question);
    const known = parse(textOf(file));
    return {
        answer: known?.key === key ? known.answer : undefined,
        keep: async (answer) => {
            const fresh = `${file}.${process.ppid}.${Date.now()}`;
            await (0,promises_namespaceObject.writeFile)(fresh, JSON.stringify({ key, answer }))
                .then(() => (0,promises_namespaceObject.rename)(fresh, file))
                .catch(() => undefined);
        },
    };
}
function parse(text) {
    try {
        return JSON.parse(text);
    }
    catch {
        return undefined;
    }
}
function remembered_keyOf(question) {
    const facts = FACTS.map(textOf);
    const status = textOf('/proc/self/status').match(STATUS_ROWS) ?? [];
    return (0,external_node_crypto_namespaceObject.createHash)('sha256')
        .update([question, (0,external_node_os_.release)(), ...facts, ...status].join('\0'))
        .digest('hex');
}
function textOf(file) {
    try {
        return (0,external_node_fs_namespaceObject.readFileSync)(file, 'utf8');
    }
    catch {
        return '';
    }
}

;// CONCATENATED MODULE: ./lib/worker/sandbox/device-probe.js



/** No driver has it: who may open it is told that there is no such device, who may not that it is not permitted. */
const DEVICE = ['c', '240', '0'];
const NAME = 'probe';
/** Paths of nodes for it by the folder that they lie in. */
function probeIn(folder) {
    return (0,external_node_path_namespaceObject.join)(folder, NAME);
}
/** Makes the node in an existing folder. False in a user namespace, which cannot: there the kernel opens no node of anybody's making. */
async function makeProbe(folder) {
    return (await exec(['mknod', probeIn(folder), ...DEVICE])).exitCode === 0;
}
/** Makes a folder with the node; undefined where it cannot be made. */
async function makeProbeFolder(folder) {
    await (0,promises_namespaceObject.mkdir)(folder, { mode: 0o700 });
    return (await makeProbe(folder)) ? folder : undefined;
}
/** Whether words of a shell say that the node was opened, or would have been with a driver. */
function saysOpened(words) {
    return !/not permitted|denied/.test(words);
}
const OPENED = 'it lets steps open every device';
/**
 * A shell's `-c` with the folder as its first argument: fails where the node can be opened. Shell builtins alone, as it runs before a step. It
 * gets the container's state on standard input, and a runtime that cannot tell it fails.
 */
const PROBE_SCRIPT = [
    'while read -r _; do :; done',
    'cd "$1" || exit 1',
    'LC_ALL=C',
    `case $({ true < ./${NAME}; } 2>&1) in *"not permitted"* | *denied*) exit 0 ;; esac`,
    `echo ${JSON.stringify(OPENED)} >&2`,
    'exit 1',
].join('\n');

;// CONCATENATED MODULE: ./lib/worker/process/mounts-below.js


/** Mount points below a folder, innermost first (proc_pid_mountinfo(5)). */
function mountsBelow(folder) {
    const table = (0,external_node_fs_namespaceObject.readFileSync)('/proc/self/mountinfo', 'utf8');
    return table
        .split('\n')
        .map((line) => plainPath(line.split(' ')[4] ?? ''))
        .filter((path) => path.startsWith(`${folder}/`))
        .reverse();
}
async function unmountAll(paths) {
    if (paths.length > 0)
        await exec(['umount', '-n', '-l', ...paths]);
}
/** Blanks and backslashes are octal there. */
function plainPath(field) {
    return field.replace(/\\([0-7]{3})/g, (_, code) => String.fromCharCode(Number.parseInt(code, 8)));
}

;// CONCATENATED MODULE: ./lib/worker/sandbox/device-folder.js


/** OCI runtime-spec 1.2, config-linux.md "Default Devices". */
const DEVICES = ['null', 'zero', 'full', 'random', 'urandom', 'tty'];
/** Those of a step that was granted the machine, as in BuildKit: it may mount images of disks. */
function insecureDevices() {
    return [...DEVICES, ...(0,external_node_fs_namespaceObject.readdirSync)('/dev').filter((name) => /^loop(-control|\d+)$/.test(name))];
}
/** OCI runtime-spec 1.2, runtime-linux.md "Dev symbolic links"; ptmx belongs to the devpts of its own. */
const DEVICE_LINKS = [
    ['fd', '/proc/self/fd'],
    ['stdin', '/proc/self/fd/0'],
    ['stdout', '/proc/self/fd/1'],
    ['stderr', '/proc/self/fd/2'],
    // As in runc: some kernels have none.
    ...((0,external_node_fs_namespaceObject.existsSync)('/proc/kcore') ? [['core', '/proc/kcore']] : []),
    ['ptmx', 'pts/ptmx'],
];
/** With the modes that runc gives what it mounts there. */
const FOLDERS = [
    ['pts', 0o755],
    ['shm', 0o1777],
    ['mqueue', 0o1777],
];
/** Makes a folder to be mounted at /dev, with a file for each device to be mounted on and a folder for each file system in it. */
function makeDeviceFolder(path, devices = DEVICES) {
    (0,external_node_fs_namespaceObject.mkdirSync)(path, { mode: 0o755 });
    for (const name of devices)
        (0,external_node_fs_namespaceObject.writeFileSync)((0,external_node_path_namespaceObject.join)(path, name), '', { mode: 0o666 });
    for (const [name, mode] of FOLDERS) {
        (0,external_node_fs_namespaceObject.mkdirSync)((0,external_node_path_namespaceObject.join)(path, name));
        (0,external_node_fs_namespaceObject.chmodSync)((0,external_node_path_namespaceObject.join)(path, name), mode);
    }
    for (const [name, target] of DEVICE_LINKS)
        (0,external_node_fs_namespaceObject.symlinkSync)(target, (0,external_node_path_namespaceObject.join)(path, name));
}

;// CONCATENATED MODULE: ./lib/worker/probe/trial.js









const TRIAL_SHM = 1024 * 1024;
/**
 * Runs `true` of this machine in the sandbox, with this machine's own files as root: all that a step needs is tried.
 * @returns why it does not work; undefined when it does
 */
async function trySandbox(sandbox, ram) {
    const scratch = (0,external_node_path_namespaceObject.join)(ram, `trial-${sandbox.name}`);
    const root = (0,external_node_path_namespaceObject.join)(scratch, 'root');
    const dev = (0,external_node_path_namespaceObject.join)(scratch, 'dev');
    await (0,promises_namespaceObject.mkdir)(root, { recursive: true });
    try {
        const [made] = await Promise.all([makeProbeDevice(dev), showOwnRoot(root)]);
        const said = [];
        const code = await sandbox.run({
            id: `trial-${process.ppid}`,
            root,
            scratch,
            pipes: await new PipeSupply((0,external_node_path_namespaceObject.join)(scratch, 'pipes')).take(),
            dev,
            args: ['sh', '-c', 'LC_ALL=C; true < /dev/probe; true'],
            env: ['PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'],
            cwd: '/',
            account: { uid: 0, gid: 0, groups: [0] },
            mounts: [],
            network: 'default',
            hostname: 'trial',
            shmSize: TRIAL_SHM,
            insecure: false,
            limits: [],
        }, { onOutput: (chunk) => void said.push(Buffer.from(chunk).toString('utf8')) });
        const words = said.join('').trim();
        if (code !== 0)
            return words || `it ended with exit code ${code}`;
        return made && saysOpened(words) ? OPENED : undefined;
    }
    catch (error) {
        return reasonOf(error);
    }
    finally {
        await unmount(root);
        await (0,promises_namespaceObject.rm)(scratch, { recursive: true, force: true }).catch(() => undefined);
    }
}
/** False where it cannot be made. */
async function makeProbeDevice(dev) {
    makeDeviceFolder(dev);
    return await makeProbe(dev);
}
/** This machine's programs and libraries, without the kernel's file systems, which the sandbox mounts. */
async function showOwnRoot(root) {
    const alone = await exec(['mount', '-n', '--bind', '/', root]);
    if (alone.exitCode !== 0) {
        // A user namespace may not see what is below other mounts, so it has to take them along.
        await execOk(['mount', '-n', '--rbind', '/', root]);
        return;
    }
    const mounted = new Set(mountsBelow(''));
    for (const folder of ['/usr', '/lib', '/lib64', '/bin'].filter((path) => mounted.has(path))) {
        await execOk(['mount', '-n', '--bind', folder, `${root}${folder}`]);
    }
}
/**
 * Mounts sysfs, which takes a network of one's own. The trial of a sandbox cannot tell: it takes this machine's root with all that is mounted
 * in it, and `mount --all` leaves out what is there.
 * @returns why it does not work; undefined when it does
 */
async function trySysfs(ram) {
    const folder = (0,external_node_path_namespaceObject.join)(ram, 'trial-sys');
    await (0,promises_namespaceObject.mkdir)(folder, { recursive: true });
    const mounted = await exec(['mount', '-n', '-t', 'sysfs', '-o', 'ro', 'sysfs', folder]);
    if (mounted.exitCode === 0)
        await unmount(folder);
    await (0,promises_namespaceObject.rmdir)(folder);
    const [said = ''] = mounted.stderr.trim().split('\n');
    return mounted.exitCode === 0 ? undefined : said;
}
/** @returns why chroot does not work; undefined when it does */
async function tryChroot(scratch) {
    const chroot = await exec(['chroot', '/', 'true']);
    if (chroot.exitCode !== 0)
        return chroot.stderr.trim();
    const device = (0,external_node_path_namespaceObject.join)(scratch, 'trial-device');
    const node = await exec(['cp', '-a', '--', '/dev/null', device]);
    await (0,promises_namespaceObject.rm)(device, { force: true });
    return node.exitCode === 0 ? undefined : node.stderr.trim();
}
/** Whether capabilities can be taken away for good. */
async function canBound() {
    return (await exec(['setpriv', '--bounding-set=-all,+chown', 'true'])).exitCode === 0;
}

;// CONCATENATED MODULE: ./lib/worker/sandbox/inner-command.js


/** Programs that can set variables and then become another program. */
const ENV_PROGRAMS = ['/usr/bin/env', '/bin/env'];
const SHELL = '/bin/sh';
/**
 * The command as it is to be started inside the root, where some variables can only be set there.
 * @throws BuildError `ISOLATION_FAILED` when the image has nothing that could set them
 */
function innerCommand(root, args, late) {
    if (late.length === 0)
        return args;
    const paths = new RootPaths(root);
    const isFile = (path) => paths.resolve(path).stat?.isFile() === true;
    const env = ENV_PROGRAMS.find(isFile);
    if (env !== undefined)
        return [env, ...late, ...args];
    const names = late.map((pair) => pair.slice(0, pair.indexOf('=')));
    if (isFile(SHELL) && names.every((name) => /^\w+$/.test(name))) {
        const exports = names.map((name, i) => `export ${name}="$${i + 1}";`).join(' ');
        return [
            SHELL,
            '-c',
            `${exports} shift ${late.length}; exec "$@"`,
            'sh',
            ...late.map(afterEquals),
            ...args,
        ];
    }
    throw new errors_BuildError({
        kind: 'environment',
        code: 'ISOLATION_FAILED',
        message: `The variables ${names.join(', ')} cannot be set safely: the image has neither env nor sh`,
        hint: 'Unset them for this step, or install runc on this machine.',
    });
}
function afterEquals(pair) {
    return pair.slice(pair.indexOf('=') + 1);
}

;// CONCATENATED MODULE: ./lib/worker/sandbox/loader-variables.js
/**
 * Variables that steer the dynamic loader and the C library (glibc, sysdeps/generic/unsecvars.h): set while one of this machine's own programs
 * still runs, they would let an image load code outside of its root.
 */
const STEERING = /^(LD_|GLIBC_TUNABLES=|GCONV_PATH=|GETCONF_DIR=|LOCPATH=|NLSPATH=|MALLOC_|LIBMOUNT_|LOCALDOMAIN=|HOSTALIASES=|RES_OPTIONS=|RESOLV_|TMPDIR=|TZDIR=|NIS_PATH=)/;
function splitEnvironment(env) {
    return {
        early: env.filter((pair) => !STEERING.test(pair)),
        late: env.filter((pair) => STEERING.test(pair)),
    };
}

;// CONCATENATED MODULE: ./lib/worker/sandbox/capabilities.js
/** What Docker leaves to a container's root (moby, oci/caps/defaults.go), without the prefix `CAP_`. */
const DEFAULT_CAPABILITIES = [
    'chown',
    'dac_override',
    'fsetid',
    'fowner',
    'mknod',
    'net_raw',
    'setgid',
    'setuid',
    'setfcap',
    'setpcap',
    'net_bind_service',
    'sys_chroot',
    'kill',
    'audit_write',
];
/** All that this process could give away, for steps that were granted the machine (capabilities(7), `CapBnd` of proc_pid_status(5)). */
function everyCapability(status) {
    const bounding = BigInt(`0x${/^CapBnd:\s*([0-9a-f]+)/m.exec(status)?.[1] ?? '0'}`);
    return CAPABILITIES.filter((_, bit) => ((bounding >> BigInt(bit)) & 1n) === 1n);
}
/** By number (linux/capability.h). */
const CAPABILITIES = [
    'chown',
    'dac_override',
    'dac_read_search',
    'fowner',
    'fsetid',
    'kill',
    'setgid',
    'setuid',
    'setpcap',
    'linux_immutable',
    'net_bind_service',
    'net_broadcast',
    'net_admin',
    'net_raw',
    'ipc_lock',
    'ipc_owner',
    'sys_module',
    'sys_rawio',
    'sys_chroot',
    'sys_ptrace',
    'sys_pacct',
    'sys_admin',
    'sys_boot',
    'sys_nice',
    'sys_resource',
    'sys_time',
    'sys_tty_config',
    'mknod',
    'lease',
    'audit_write',
    'audit_control',
    'setfcap',
    'mac_override',
    'mac_admin',
    'syslog',
    'wake_alarm',
    'block_suspend',
    'audit_read',
    'perfmon',
    'bpf',
    'checkpoint_restore',
];

;// CONCATENATED MODULE: ./lib/worker/sandbox/shell-words.js
/** A word of a POSIX shell script that stands for exactly this text. */
function quote(text) {
    return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
function quoteAll(words) {
    return words.map(quote).join(' ');
}

;// CONCATENATED MODULE: ./lib/worker/sandbox/namespace-script.js


/** Docker's default for new processes: many programs go through all descriptors up to this one. */
const SOFT_NOFILE = 1024;
/**
 * Runs as the first process of new mount, PID, IPC and UTS namespaces and becomes the container's process. It moves the root over `/` and
 * changes into it: from there no `..` leads back, as the old root lies below and only CAP_SYS_ADMIN, which is dropped, could uncover it.
 */
function namespaceScript(parts, tables) {
    const { spec, started, log } = parts;
    const fail = '|| exit 125';
    const mounts = tables.map((table) => `mount --all -n --fstab ${quote(table)} ${fail}`);
    return [
        `exec 3>&2 2>${quote(log)}`,
        'export LIBMOUNT_FORCE_MOUNT2=always',
        ...(parts.nested === true ? insideAlone(spec.root, mounts) : mounts),
        // Docker gives CAP_MKNOD too, but its control groups keep containers from the machine's disks.
        ...(parts.nodev === true ? [`mount -n -o remount,bind,nodev ${quote(spec.root)} ${fail}`] : []),
        `echo ${quote(spec.hostname)} > /proc/sys/kernel/hostname || hostname ${quote(spec.hostname)} ${fail}`,
        ...(spec.network === 'none' ? ['ip link set lo up || ifconfig lo up'] : []),
        `cd ${quote(spec.root)} ${fail}`,
        `mount -n --move . / ${fail}`,
        'umask 0022',
        `ulimit -S -n ${SOFT_NOFILE}`,
        `: > ${quote(started)}`,
        'exec 2>&3 3>&-',
        `exec ${quoteAll(processCommand(parts))}`,
        '',
    ].join('\n');
}
/**
 * Mounts, and fails where one of them came to lie outside of the root: a step that has a cache at the same time can put a symlink into it, which
 * mount(8) follows. Builtins of the shell alone tell it, as the programs of this machine may be covered by then; what is read was opened before.
 */
function insideAlone(root, mounts) {
    const shown = quote(asMountinfo(root));
    return [
        'outside() {',
        '  n=0',
        `  while read -r _ _ _ _ point _; do case $point in ${shown} | ${shown}/*) ;; *) n=$((n + 1)) ;; esac; done`,
        '}',
        'outside < /proc/self/mountinfo',
        'before=$n',
        'exec 4< /proc/self/mountinfo',
        ...mounts,
        'outside <&4',
        'exec 4<&-',
        'if [ "$n" != "$before" ]; then echo "a mount would have covered files of this machine" >&2; exit 125; fi',
    ];
}
/** A path as the kernel writes it there (proc_pid_mountinfo(5)). */
function asMountinfo(path) {
    return path.replaceAll(/[ \t\n\\]/g, (letter) => `\\${letter.charCodeAt(0).toString(8).padStart(3, '0')}`);
}
/** From root with all privileges to the container's process, each program becoming the next. */
function processCommand(parts) {
    const { spec, programs, command, environment, groups, bounding } = parts;
    const { uid, gid, groups: more } = spec.account;
    const capabilities = ['-all', ...DEFAULT_CAPABILITIES.map((name) => `+${name}`)].join(',');
    // setpriv takes a number for a name first, and an image may have a group of that name; with a sign it can only be a number.
    const membership = groups
        ? [`--regid=+${gid}`, `--groups=${more.map((group) => `+${group}`).join(',')}`]
        : [];
    const limits = spec.limits.map(({ name, soft, hard }) => `--${name}=${soft}:${hard}`);
    const user = uid === 0 ? [] : [`--setuid=${uid}`];
    return [
        ...(limits.length === 0 ? [] : [programs.prlimit, ...limits]),
        programs.setpriv,
        '--inh-caps=-all',
        ...(bounding ? [`--bounding-set=${capabilities}`] : []),
        ...membership,
        programs.env,
        '-i',
        ...environment.early,
        programs.unshare,
        '--root=.',
        `--wd=${spec.cwd}`,
        ...user,
        '--',
        ...command,
    ];
}
/** Without namespaces: the same process in its root, and nothing else. */
function chrootScript(parts) {
    const fail = '|| exit 125';
    return [
        `exec 3>&2 2>${quote(parts.log)}`,
        `cd ${quote(parts.spec.root)} ${fail}`,
        'umask 0022',
        `ulimit -S -n ${SOFT_NOFILE}`,
        `: > ${quote(parts.started)}`,
        'exec 2>&3 3>&-',
        `exec ${quoteAll(processCommand(parts))}`,
        '',
    ].join('\n');
}

;// CONCATENATED MODULE: ./lib/worker/sandbox/programs.js

const programs_FOLDERS = ['/usr/local/sbin', '/usr/local/bin', '/usr/sbin', '/usr/bin', '/sbin', '/bin'];
/** Absolute path of a program of this machine, from the folders where such programs are. */
function findProgram(name) {
    return programs_FOLDERS.map((folder) => `${folder}/${name}`).find(canRun);
}
function canRun(path) {
    try {
        (0,external_node_fs_namespaceObject.accessSync)(path, external_node_fs_namespaceObject.constants.X_OK);
        return true;
    }
    catch {
        return false;
    }
}

;// CONCATENATED MODULE: ./lib/worker/sandbox/script-run.js




/** There when all was prepared and the process was about to start. */
function startedFile(spec) {
    return (0,external_node_path_namespaceObject.join)(spec.scratch, 'started');
}
/** What the programs that prepare it said. */
function logFile(spec) {
    return (0,external_node_path_namespaceObject.join)(spec.scratch, 'log');
}
async function notStarted(spec) {
    const log = await (0,promises_namespaceObject.readFile)(logFile(spec), 'utf8').catch(() => '');
    return new errors_BuildError({
        kind: 'environment',
        code: 'ISOLATION_FAILED',
        message: `The step's process could not be isolated: ${log.trim() || 'no reason was given'}`,
        hint: 'Another isolation may work: see the input "isolation".',
    });
}
/** @throws BuildError `COMMAND_NOT_FOUND` */
function findPrograms() {
    const [env, setpriv, unshare, prlimit] = ['env', 'setpriv', 'unshare', 'prlimit'].map(findProgram);
    if (env === undefined || setpriv === undefined || unshare === undefined || prlimit === undefined) {
        throw new errors_BuildError({
            kind: 'environment',
            code: 'COMMAND_NOT_FOUND',
            message: 'Isolation needs the programs env, setpriv, unshare and prlimit',
            hint: 'Install util-linux and coreutils.',
        });
    }
    return { env, setpriv, unshare, prlimit };
}

;// CONCATENATED MODULE: ./lib/worker/sandbox/step-process.js




const SIGNAL_BASE = 128;
/**
 * Starts the program that becomes a step's process. It writes to pipes that have a name, and reads /dev/null: what Node gives a child are
 * sockets, which `echo > /dev/stdout` cannot open.
 */
function startStep(argv, pipes) {
    const [stdout, stderr] = [openPipe(pipes.stdout), openPipe(pipes.stderr)];
    try {
        const child = start(argv, { output: [stdout.writer, stderr.writer] });
        return { ...child, stdout: stdout.reader, stderr: stderr.reader };
    }
    finally {
        (0,external_node_fs_namespaceObject.closeSync)(stdout.writer);
        (0,external_node_fs_namespaceObject.closeSync)(stderr.writer);
    }
}
/** A pipe can be opened for reading before anybody writes only without waiting, and for writing once it is read. */
function openPipe(path) {
    const fd = (0,external_node_fs_namespaceObject.openSync)(path, external_node_fs_namespaceObject.constants.O_RDONLY | external_node_fs_namespaceObject.constants.O_NONBLOCK);
    const reader = new external_node_net_namespaceObject.Socket({ fd, readable: true, writable: false });
    const writer = (0,external_node_fs_namespaceObject.openSync)(path, external_node_fs_namespaceObject.constants.O_WRONLY);
    (0,external_node_fs_namespaceObject.unlinkSync)(path);
    return { reader, writer };
}
/** Hands over both streams as they come and gives the exit code, 128 + n for an end by signal n. */
async function superviseStep(child, options) {
    const pump = async (source, stream) => {
        for await (const chunk of source)
            await options.onOutput(chunk, stream);
    };
    const [end] = await Promise.all([child.done, pump(child.stdout, 'stdout'), pump(child.stderr, 'stderr')]);
    return end.signal === null ? end.exitCode : SIGNAL_BASE + external_node_os_.constants.signals[end.signal];
}

;// CONCATENATED MODULE: ./lib/worker/sandbox/chroot.js
var chroot_addDisposableResource = (undefined && undefined.__addDisposableResource) || function (env, value, async) {
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
var chroot_disposeResources = (undefined && undefined.__disposeResources) || (function (SuppressedError) {
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










/** Rounds of killing: a process that forks all the time may need some. */
const KILL_ROUNDS = 20;
/** Milliseconds. */
const WATCH_INTERVAL = 50;
/** A root folder of its own and nothing else: for containers without CAP_SYS_ADMIN. */
class ChrootSandbox {
    name = 'chroot';
    mounts = false;
    limits = [
        'A step sees and can signal all processes of this machine or container, and can read their environment, with tokens of the job in it',
        'A step that runs as root can leave its root folder and open all devices of this machine or container',
        'There is no /proc, no /sys, no hostname of its own, no /dev/shm; --network=none is refused',
        'Secrets and tmpfs mounts are on disk while a step runs, the latter without a limit; caches shared by two steps at a time take turns',
        'System calls are not filtered (no seccomp profile)',
    ];
    #options;
    #programs;
    constructor(options) {
        this.#options = options;
    }
    async run(spec, options) {
        const env_1 = { stack: [], error: void 0, hasError: false };
        try {
            if (spec.network === 'none')
                throw noNetworkNamespace();
            this.#programs ??= findPrograms();
            const environment = splitEnvironment(spec.env);
            const script = (0,external_node_path_namespaceObject.join)(spec.scratch, 'script');
            const text = chrootScript({
                spec,
                environment,
                programs: this.#programs,
                command: innerCommand(spec.root, spec.args, environment.late),
                started: startedFile(spec),
                log: logFile(spec),
                groups: true,
                bounding: this.#options.bounding,
            });
            await (0,promises_namespaceObject.writeFile)(script, text, { mode: 0o600 });
            options.signal?.throwIfAborted();
            const _guard = chroot_addDisposableResource(env_1, startGuard(spec.root), true);
            const child = chroot_addDisposableResource(env_1, startStep(['sh', script], spec.pipes), true);
            const onAbort = () => {
                child.kill('SIGKILL');
                killInside(spec.root);
            };
            options.signal?.addEventListener('abort', onAbort, { once: true });
            // What it left running would keep the output open for ever.
            const watch = setInterval(() => {
                if (!(0,external_node_fs_namespaceObject.existsSync)(`/proc/${child.pid}`))
                    killInside(spec.root);
            }, WATCH_INTERVAL);
            try {
                const code = await superviseStep(child, options);
                options.signal?.throwIfAborted();
                if (!(0,external_node_fs_namespaceObject.existsSync)(startedFile(spec)))
                    throw await notStarted(spec);
                return code;
            }
            finally {
                clearInterval(watch);
                options.signal?.removeEventListener('abort', onAbort);
                killInside(spec.root);
            }
        }
        catch (e_1) {
            env_1.error = e_1;
            env_1.hasError = true;
        }
        finally {
            const result_1 = chroot_disposeResources(env_1);
            if (result_1)
                await result_1;
        }
    }
}
/**
 * Kills all that is inside when this process is killed: its end of the pipe closes then. A worker in a PID namespace takes all with it by itself.
 */
function startGuard(root) {
    const guard = start(['sh', '-c', GUARD, 'sh', root]);
    guard.stdout.resume();
    guard.stderr.resume();
    return guard;
}
const GUARD = `
read -r _
[ "$1" = / ] && exit
for round in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
  found=
  for place in /proc/[0-9]*; do
    case $(readlink "$place/root") in "$1" | "$1"/*) found=1; kill -9 "\${place#/proc/}" ;; esac
  done
  [ -n "$found" ] || exit
done`;
/** Without a PID namespace, who is inside shows by its root (proc_pid_root(5)). */
function killInside(root) {
    // That would be everybody.
    if (root === '/')
        return;
    for (let round = 0; round < KILL_ROUNDS; round++) {
        const inside = (0,external_node_fs_namespaceObject.readdirSync)('/proc').filter((pid) => /^\d+$/.test(pid) && isWithin(rootOf(pid), root));
        if (inside.length === 0)
            return;
        for (const pid of inside) {
            try {
                process.kill(Number(pid), 'SIGKILL');
            }
            catch {
                // Gone already.
            }
        }
    }
}
/** A step may have changed into a root below its own. */
function isWithin(path, root) {
    return path === root || path?.startsWith(`${root}/`) === true;
}
function rootOf(pid) {
    try {
        return (0,external_node_fs_namespaceObject.readlinkSync)(`/proc/${pid}/root`);
    }
    catch {
        return undefined;
    }
}
function noNetworkNamespace() {
    return new errors_BuildError({
        kind: 'environment',
        code: 'ISOLATION_FAILED',
        message: 'RUN --network=none cannot be kept with isolation "chroot"',
        hint: 'Give this container the capability SYS_ADMIN, or remove --network=none.',
    });
}

;// CONCATENATED MODULE: ./lib/worker/sandbox/control-groups.js


const GROUPS = '/sys/fs/cgroup';
/** What the names of a worker's containers begin with. */
function containerPrefix(owner) {
    return `ts-image-build-${owner}-`;
}
/** Does version 2 hold controllers beside version 1? crun runs nothing then. */
function areHybrid() {
    const controllers = `${GROUPS}/unified/cgroup.controllers`;
    return (0,external_node_fs_namespaceObject.existsSync)(controllers) && (0,external_node_fs_namespaceObject.readFileSync)(controllers, 'utf8').trim() !== '';
}
/** Removes the control groups that runtimes of killed workers left behind. They hold no process any more: those died with the worker. */
async function removeGroups(owners) {
    if (owners.length === 0 || !(0,external_node_fs_namespaceObject.existsSync)(GROUPS))
        return;
    const names = owners.flatMap((owner, i) => [
        ...(i === 0 ? [] : ['-o']),
        '-name',
        `${containerPrefix(owner)}*`,
    ]);
    await exec(['find', GROUPS, '-depth', '-type', 'd', '(', ...names, ')', '-exec', 'rmdir', '{}', '+']);
}

;// CONCATENATED MODULE: ./lib/worker/run/resource-limits.js

/** Docker's names (those of RLIMIT_ without the prefix) to the rows of /proc/self/limits. */
const ROWS = {
    as: 'Max address space',
    core: 'Max core file size',
    cpu: 'Max cpu time',
    data: 'Max data size',
    fsize: 'Max file size',
    locks: 'Max file locks',
    memlock: 'Max locked memory',
    msgqueue: 'Max msgqueue size',
    nice: 'Max nice priority',
    nofile: 'Max open files',
    nproc: 'Max processes',
    rss: 'Max resident set',
    rtprio: 'Max realtime priority',
    rttime: 'Max realtime timeout',
    sigpending: 'Max pending signals',
    stack: 'Max stack size',
};
const UNLIMITED = -1;
/** The limits asked for, lowered to what this process may give: raising a hard limit takes CAP_SYS_RESOURCE. */
async function grantable(wanted) {
    if (wanted.length === 0)
        return [];
    const table = await (0,promises_namespaceObject.readFile)('/proc/self/limits', 'utf8');
    return wanted.map(({ name, soft, hard }) => {
        const ours = hardLimit(table, ROWS[name] ?? '');
        const cappedHard = lower(hard, ours);
        return { name, soft: lower(soft, cappedHard), hard: cappedHard };
    });
}
/** The hard limit of this process; undefined for none, or when it is not known. */
async function hardLimitOf(name) {
    const limit = hardLimit(await (0,promises_namespaceObject.readFile)('/proc/self/limits', 'utf8'), ROWS[name] ?? '');
    return limit === UNLIMITED ? undefined : limit;
}
function hardLimit(table, row) {
    const line = row === '' ? undefined : table.split('\n').find((each) => each.startsWith(row));
    const text = line?.slice(row.length).trim().split(/\s+/)[1];
    return text === undefined || text === 'unlimited' ? UNLIMITED : Number(text);
}
function lower(a, b) {
    if (a === UNLIMITED)
        return b;
    if (b === UNLIMITED)
        return a;
    return Math.min(a, b);
}

;// CONCATENATED MODULE: ./lib/worker/sandbox/seccomp.js
/**
 * The system calls that Docker's default profile lets a container make (moby/profiles, seccomp/default.json), by what they are about. All
 * others fail with EPERM: those that need privilege, reach the kernel's own state, or are little tested (io_uring, bpf, keyctl, userfaultfd).
 */
const ALLOWED = {
    files: `access chdir chmod chown chown32 close close_range copy_file_range creat dup dup2 dup3 faccessat faccessat2 fadvise64 fadvise64_64
    fallocate fchdir fchmod fchmodat fchmodat2 fchown fchown32 fchownat fcntl fcntl64 fdatasync flock fstat fstat64 fstatat64 fstatfs
    fstatfs64 fsync ftruncate ftruncate64 futimesat getcwd getdents getdents64 ioctl lchown lchown32 link linkat _llseek lseek lstat lstat64
    mkdir mkdirat mknod mknodat name_to_handle_at newfstatat open openat openat2 pread64 preadv preadv2 pwrite64 pwritev pwritev2 read
    readahead readlink readlinkat readv rename renameat renameat2 rmdir sendfile sendfile64 splice stat stat64 statfs statfs64 statx symlink
    symlinkat sync sync_file_range syncfs tee truncate truncate64 umask unlink unlinkat utime utimensat utimensat_time64 utimes vmsplice write
    writev cachestat listmount statmount chroot`,
    attributes: `fgetxattr flistxattr fremovexattr fsetxattr getxattr getxattrat lgetxattr listxattr listxattrat llistxattr lremovexattr
    lsetxattr removexattr removexattrat setxattr setxattrat`,
    events: `epoll_create epoll_create1 epoll_ctl epoll_ctl_old epoll_pwait epoll_pwait2 epoll_wait epoll_wait_old eventfd eventfd2
    fanotify_mark inotify_add_watch inotify_init inotify_init1 inotify_rm_watch _newselect poll ppoll ppoll_time64 pselect6 pselect6_time64
    select signalfd signalfd4 timerfd_create timerfd_gettime timerfd_gettime64 timerfd_settime timerfd_settime64`,
    memory: `brk madvise map_shadow_stack membarrier memfd_create memfd_secret mincore mlock mlock2 mlockall mmap mmap2 mprotect mremap mseal
    msync munlock munlockall munmap pkey_alloc pkey_free pkey_mprotect process_mrelease remap_file_pages`,
    processes: `capget capset execve execveat exit exit_group fork getcpu getegid getegid32 geteuid geteuid32 getgid getgid32 getgroups
    getgroups32 getpgid getpgrp getpid getppid getpriority getresgid getresgid32 getresuid getresuid32 getrlimit getrusage getsid gettid
    getuid getuid32 get_robust_list get_thread_area ioprio_get ioprio_set kill landlock_add_rule landlock_create_ruleset
    landlock_restrict_self pause pidfd_open pidfd_send_signal prctl prlimit64 process_vm_readv process_vm_writev ptrace restart_syscall
    rseq seccomp setfsgid setfsgid32 setfsuid setfsuid32 setgid setgid32 setgroups setgroups32 setpgid setpriority setregid setregid32
    setresgid setresgid32 setresuid setresuid32 setreuid setreuid32 setrlimit setsid setuid setuid32 set_robust_list set_thread_area
    set_tid_address sysinfo tgkill times tkill ugetrlimit uname uretprobe vfork wait4 waitid waitpid riscv_hwprobe`,
    scheduling: `sched_getaffinity sched_getattr sched_getparam sched_get_priority_max sched_get_priority_min sched_getscheduler
    sched_rr_get_interval sched_rr_get_interval_time64 sched_setaffinity sched_setattr sched_setparam sched_setscheduler sched_yield`,
    signals: `rt_sigaction rt_sigpending rt_sigprocmask rt_sigqueueinfo rt_sigreturn rt_sigsuspend rt_sigtimedwait rt_sigtimedwait_time64
    rt_tgsigqueueinfo sigaltstack sigprocmask sigreturn`,
    sockets: `accept accept4 bind connect getpeername getsockname getsockopt listen recv recvfrom recvmmsg recvmmsg_time64 recvmsg send
    sendmmsg sendmsg sendto setsockopt shutdown socketcall socketpair`,
    time: `adjtimex alarm clock_adjtime clock_adjtime64 clock_getres clock_getres_time64 clock_gettime clock_gettime64 clock_nanosleep
    clock_nanosleep_time64 getitimer getrandom gettimeofday nanosleep setitimer time timer_create timer_delete timer_getoverrun
    timer_gettime timer_gettime64 timer_settime timer_settime64`,
    communication: `futex futex_requeue futex_time64 futex_wait futex_waitv futex_wake ipc mq_getsetattr mq_notify mq_open mq_timedreceive
    mq_timedreceive_time64 mq_timedsend mq_timedsend_time64 mq_unlink msgctl msgget msgrcv msgsnd pipe pipe2 semctl semget semop semtimedop
    semtimedop_time64 shmat shmctl shmdt shmget io_cancel io_destroy io_getevents io_pgetevents io_pgetevents_time64 io_setup io_submit`,
};
/** By Node's names. */
const ARCHITECTURES = {
    x64: {
        names: ['SCMP_ARCH_X86_64', 'SCMP_ARCH_X86', 'SCMP_ARCH_X32'],
        calls: 'arch_prctl modify_ldt',
        cloneFlags: 0,
    },
    arm64: {
        names: ['SCMP_ARCH_AARCH64', 'SCMP_ARCH_ARM'],
        calls: 'arm_fadvise64_64 arm_sync_file_range sync_file_range2 breakpoint cacheflush set_tls',
        cloneFlags: 0,
    },
    s390x: {
        names: ['SCMP_ARCH_S390X', 'SCMP_ARCH_S390'],
        calls: 's390_pci_mmio_read s390_pci_mmio_write s390_runtime_instr',
        cloneFlags: 1,
    },
    ppc64: { names: [], calls: 'sync_file_range2 swapcontext', cloneFlags: 0 },
    riscv64: { names: [], calls: 'riscv_flush_icache', cloneFlags: 0 },
};
const OTHER = { names: [], calls: '', cloneFlags: 0 };
/** All CLONE_NEW* flags of clone(2). */
const NAMESPACES = 0x7e02_0000;
/** Of personality(2): Linux, Linux that tells an old kernel's number (UNAME26), both for 32 bits (PER_LINUX32), and the question which one it is. */
const PERSONALITIES = [0, 0x8, 0x2_0000, 0x2_0008, 0xffff_ffff];
/** Address families of socket(2) around AF_ALG (38, the kernel's cryptography) and AF_VSOCK (40, the host of a virtual machine). */
const FAMILIES = [
    { value: 38, op: 'SCMP_CMP_LT' },
    { value: 39, op: 'SCMP_CMP_EQ' },
    { value: 40, op: 'SCMP_CMP_GT' },
];
const EPERM = 1;
const ENOSYS = 38;
/** OCI runtime-spec 1.2, config-linux.md "Seccomp". What is not allowed fails. */
function seccompProfile(architecture) {
    const { names, calls, cloneFlags } = ARCHITECTURES[architecture] ?? OTHER;
    return {
        defaultAction: 'SCMP_ACT_ERRNO',
        defaultErrnoRet: EPERM,
        ...(names.length === 0 ? {} : { architectures: names }),
        syscalls: [
            allow([...Object.values(ALLOWED), calls].flatMap((text) => text.split(/\s+/).filter((name) => name !== ''))),
            ...FAMILIES.map(({ value, op }) => allow(['socket'], { index: 0, value, op })),
            ...PERSONALITIES.map((value) => allow(['personality'], { index: 0, value, op: 'SCMP_CMP_EQ' })),
            allow(['clone'], { index: cloneFlags, value: NAMESPACES, valueTwo: 0, op: 'SCMP_CMP_MASKED_EQ' }),
            // Its flags are behind a pointer, which a filter cannot read: the C library then falls back to clone.
            { names: ['clone3'], action: 'SCMP_ACT_ERRNO', errnoRet: ENOSYS },
        ],
    };
}
function allow(names, ...args) {
    return { names, action: 'SCMP_ACT_ALLOW', args };
}

;// CONCATENATED MODULE: ./lib/worker/sandbox/standard-mounts.js



const SAFE = ['nosuid', 'nodev', 'noexec'];
/** What runc hides from containers by default (libcontainer, as Docker sets it): tells of the host, or changes it. */
const MASKED = [
    'proc/acpi',
    'proc/asound',
    'proc/interrupts',
    'proc/kcore',
    'proc/keys',
    'proc/latency_stats',
    'proc/timer_list',
    'proc/timer_stats',
    'proc/sched_debug',
    'proc/scsi',
    'sys/firmware',
    'sys/devices/virtual/powercap',
];
const READONLY = ['proc/bus', 'proc/fs', 'proc/irq', 'proc/sys', 'proc/sysrq-trigger'];
/** Targets are relative to the root. The file systems that every Linux process expects, parents first. The root must have `dev`, `proc` and `sys`. */
function standardMounts(options) {
    const { dev, nodev, shmSize, sysfs, ttyGroup, insecure, replaced } = options;
    const writable = insecure ? [] : ['ro'];
    // The folder was made a moment ago: loop devices come and go.
    const devices = insecure ? insecureDevices().filter((name) => (0,external_node_fs_namespaceObject.existsSync)((0,external_node_path_namespaceObject.join)(dev, name))) : DEVICES;
    const pts = ['newinstance', 'ptmxmode=0666', 'mode=0620', ...(ttyGroup ? ['gid=5'] : [])];
    const all = [
        { type: 'proc', source: 'proc', target: 'proc', options: SAFE },
        bind(dev, 'dev', ['nosuid', 'noexec', ...(nodev ? ['nodev'] : [])]),
        ...devices.map((name) => bind(`/dev/${name}`, `dev/${name}`, [])),
        { type: 'devpts', source: 'devpts', target: 'dev/pts', options: [...pts, 'nosuid', 'noexec'] },
        { type: 'tmpfs', source: 'shm', target: 'dev/shm', options: ['mode=1777', `size=${shmSize}`, ...SAFE] },
        { type: 'mqueue', source: 'mqueue', target: 'dev/mqueue', options: SAFE },
        sysfs === 'new'
            ? { type: 'sysfs', source: 'sysfs', target: 'sys', options: [...writable, ...SAFE] }
            : { type: 'none', source: '/sys', target: 'sys', options: ['rbind', ...writable, ...SAFE] },
    ];
    return all.filter(({ target }) => !replaced.includes(target));
}
/** Put over parts of /proc and /sys after they are mounted. */
function protections() {
    const masked = MASKED.filter((path) => (0,external_node_fs_namespaceObject.existsSync)(`/${path}`)).map((path) => {
        const folder = (0,external_node_fs_namespaceObject.statSync)(`/${path}`).isDirectory();
        return folder
            ? { type: 'tmpfs', source: 'tmpfs', target: path, options: ['ro', 'size=0', ...SAFE] }
            : bind('/dev/null', path, []);
    });
    const readonly = READONLY.filter((path) => (0,external_node_fs_namespaceObject.existsSync)(`/${path}`)).map((path) => ({
        type: 'none',
        source: path,
        target: path,
        options: ['bind', 'ro', ...SAFE],
    }));
    return [...masked, ...readonly];
}
function bind(source, target, more) {
    return { type: 'none', source, target, options: ['bind', ...more] };
}

;// CONCATENATED MODULE: ./lib/worker/sandbox/oci-spec.js




const UMASK = 0o022;
const HOOK_PATH = 'PATH=/usr/sbin:/usr/bin:/sbin:/bin';
/** Docker's default for new processes. */
const oci_spec_SOFT_NOFILE = 1024;
/** The bundle's config.json (OCI runtime-spec 1.2, config.md, config-linux.md). */
function ociSpec(spec, ground) {
    const names = spec.insecure ? ground.everyCapability : DEFAULT_CAPABILITIES;
    const capabilities = names.map((name) => `CAP_${name.toUpperCase()}`);
    const { uid, gid, groups } = spec.account;
    const nodev = withoutDevices(spec, ground);
    const standard = standardMounts({
        dev: spec.dev ?? '',
        nodev,
        shmSize: spec.shmSize,
        sysfs: 'new',
        ttyGroup: true,
        insecure: spec.insecure,
        replaced: spec.mounts.map(({ target }) => target),
    });
    const namespaces = ['pid', 'mount', 'ipc', 'uts', ...(spec.network === 'none' ? ['network'] : [])];
    return {
        ociVersion: '1.0.2',
        process: {
            terminal: false,
            user: { uid, gid, umask: UMASK, additionalGids: groups },
            args: spec.args,
            env: spec.env,
            cwd: spec.cwd,
            capabilities: { bounding: capabilities, effective: capabilities, permitted: capabilities },
            rlimits: rlimits(spec.limits, ground.hardNofile),
            noNewPrivileges: false,
        },
        root: { path: spec.root, readonly: false },
        hostname: spec.hostname,
        ...hooksOf(spec, ground),
        mounts: [
            ...standard.map(mountOf),
            ...spec.mounts.map(({ source, target, readonly }) => ({
                destination: `/${target}`,
                type: 'bind',
                source,
                options: ['rbind', 'rprivate', readonly ? 'ro' : 'rw', ...(nodev ? ['nodev'] : [])],
            })),
        ],
        linux: {
            namespaces: namespaces.map((type) => ({ type })),
            ...(spec.insecure ? ALL_DEVICES : oci_spec_protections(ground)),
        },
    };
}
/** What `RUN --security=insecure` has: no masks, no filter, every device that it makes a node for. */
const ALL_DEVICES = { resources: { devices: [{ allow: true, access: 'rwm' }] } };
/**
 * As Docker has it (moby, oci/defaults.go): nodes may be made for every device, but only the standard ones can be opened. The runtime adds
 * terminals.
 */
const STANDARD_DEVICES = [
    { allow: false, access: 'rwm' },
    { allow: true, type: 'c', access: 'm' },
    { allow: true, type: 'b', access: 'm' },
    ...[3, 5, 7, 8, 9].map((minor) => ({ allow: true, type: 'c', major: 1, minor, access: 'rwm' })),
    ...[0, 2].map((minor) => ({ allow: true, type: 'c', major: 5, minor, access: 'rwm' })),
    { allow: true, type: 'c', major: 136, access: 'rwm' },
];
/**
 * Run by the container's first process, inside its control groups, before the root becomes `/`: none of the step's own has run by then, and when
 * one fails none will (OCI runtime-spec 1.2, config.md "CreateContainer Hooks").
 */
function hooksOf(spec, ground) {
    const hook = (script, argument) => ({
        path: '/bin/sh',
        args: ['sh', '-c', script, 'sh', argument],
        env: [HOOK_PATH],
    });
    const hooks = [
        ...(withoutDevices(spec, ground) ? [hook(WITHOUT_DEVICES, spec.root)] : []),
        ...(ground.probe !== undefined && !spec.insecure ? [hook(PROBE_SCRIPT, ground.probe)] : []),
    ];
    return hooks.length === 0 ? {} : { hooks: { createContainer: hooks } };
}
/**
 * Runtimes make the root's mount themselves: its flags can be changed only from inside. The container's state comes on standard input, and a
 * runtime that cannot tell it fails.
 */
const WITHOUT_DEVICES = 'cat > /dev/null; exec mount -n -o remount,bind,nodev "$1"';
/** Whether mounts have to do what control groups do elsewhere. */
function withoutDevices({ insecure }, { deviceGroup }) {
    return !insecure && !deviceGroup;
}
function oci_spec_protections({ architecture, deviceGroup }) {
    return {
        ...(deviceGroup ? { resources: { devices: STANDARD_DEVICES } } : {}),
        maskedPaths: MASKED.map((path) => `/${path}`),
        readonlyPaths: READONLY.map((path) => `/${path}`),
        seccomp: seccompProfile(architecture),
    };
}
function mountOf({ type, source, target, options }) {
    return { destination: `/${target}`, type: type === 'none' ? 'bind' : type, source, options };
}
function rlimits(limits, hardNofile) {
    const own = limits.map(({ name, soft, hard }) => ({
        type: `RLIMIT_${name.toUpperCase()}`,
        soft: oci_spec_unsigned(soft),
        hard: oci_spec_unsigned(hard),
    }));
    if (limits.some(({ name }) => name === 'nofile'))
        return own;
    return [{ type: 'RLIMIT_NOFILE', soft: Math.min(oci_spec_SOFT_NOFILE, hardNofile), hard: hardNofile }, ...own];
}
/** "Unlimited" is the highest 64-bit number there; JSON of JavaScript cannot say it exactly, and this one is as good as none. */
function oci_spec_unsigned(limit) {
    return limit < 0 ? Number.MAX_SAFE_INTEGER : limit;
}

;// CONCATENATED MODULE: ./lib/worker/sandbox/runc.js
var runc_addDisposableResource = (undefined && undefined.__addDisposableResource) || function (env, value, async) {
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
var runc_disposeResources = (undefined && undefined.__disposeResources) || (function (SuppressedError) {
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








/** Milliseconds between looks for the container's pid, and until the runtime itself is killed. */
const KILL_INTERVAL = 20;
const START_INTERVAL = 10;
const KILL_PATIENCE = 3000;
/** A bundle's process has no limit of ours on open files when the table cannot be read. */
const DEFAULT_NOFILE = 4096;
/** An OCI runtime: runc or crun. */
class RuncSandbox {
    name = 'runc';
    mounts = true;
    limits;
    #options;
    constructor(options) {
        this.#options = options;
        this.limits = options.deviceGroup
            ? []
            : ['Device nodes that a step makes cannot be opened (no device control group)'];
    }
    async run(spec, options) {
        const env_1 = { stack: [], error: void 0, hasError: false };
        try {
            const { command, deviceGroup, probe, prefix } = this.#options;
            const ground = {
                architecture: process.arch,
                hardNofile: (await hardLimitOf('nofile')) ?? DEFAULT_NOFILE,
                everyCapability: everyCapability(await (0,promises_namespaceObject.readFile)('/proc/self/status', 'utf8')),
                deviceGroup,
                probe,
            };
            await (0,promises_namespaceObject.writeFile)((0,external_node_path_namespaceObject.join)(spec.scratch, 'config.json'), JSON.stringify(ociSpec(spec, ground)), {
                mode: 0o600,
            });
            options.signal?.throwIfAborted();
            const files = { log: (0,external_node_path_namespaceObject.join)(spec.scratch, 'log'), pid: (0,external_node_path_namespaceObject.join)(spec.scratch, 'pid') };
            const global = ['--root', (0,external_node_path_namespaceObject.join)(spec.scratch, 'state'), '--log', files.log, '--log-format', 'json'];
            const own = ['run', '--bundle', spec.scratch, '--pid-file', files.pid, containerName(prefix, spec.id)];
            const child = runc_addDisposableResource(env_1, startStep([...command, ...global, ...own], spec.pipes), true);
            const onAbort = () => void killContainer(child, files.pid);
            options.signal?.addEventListener('abort', onAbort, { once: true });
            const started = startOf(child, files.pid, options.onStarted);
            try {
                const code = await superviseStep(child, {
                    ...options,
                    onOutput: async (chunk, stream) => {
                        // A runtime that cannot start it says so here too: that is no output of the step.
                        if (await started)
                            await options.onOutput(chunk, stream);
                    },
                });
                options.signal?.throwIfAborted();
                if (!(await started))
                    throw runc_notStarted(await runc_lastWords(files.log));
                return code;
            }
            catch (error) {
                // The runtime itself could not be started.
                if (error instanceof errors_BuildError && child.pid === -1)
                    throw runc_notStarted(reasonOf(error));
                throw error;
            }
            finally {
                options.signal?.removeEventListener('abort', onAbort);
            }
        }
        catch (e_1) {
            env_1.error = e_1;
            env_1.hasError = true;
        }
        finally {
            const result_1 = runc_disposeResources(env_1);
            if (result_1)
                await result_1;
        }
    }
}
/** Runtimes write the file once the process runs. False when they end without it. */
async function startOf(child, pidFile, onStarted) {
    let ended = false;
    const end = child.done.then(() => true, () => true);
    for (;;) {
        if ((await readPid(pidFile)) !== undefined) {
            onStarted?.();
            return true;
        }
        if (ended)
            return false;
        const wake = new AbortController();
        ended = await Promise.race([end, (0,external_node_timers_promises_namespaceObject.setTimeout)(START_INTERVAL, false, { signal: wake.signal })]);
        wake.abort();
    }
}
/** runc's containers are named with letters, digits and `_+-.` only. */
function containerName(prefix, id) {
    return `${prefix}${id.replaceAll(/[^\w.-]/g, '-')}`.slice(0, 200);
}
/** The runtime passes most signals on, but not SIGKILL, and dying itself it would leave the container: so the container's first process goes first. */
async function killContainer(child, pidFile) {
    for (let waited = 0; waited < KILL_PATIENCE; waited += KILL_INTERVAL) {
        const pid = await readPid(pidFile);
        if (pid !== undefined) {
            try {
                process.kill(pid, 'SIGKILL');
            }
            catch {
                // Gone already: the runtime ends by itself.
            }
            return;
        }
        await (0,external_node_timers_promises_namespaceObject.setTimeout)(KILL_INTERVAL);
    }
    child.kill('SIGKILL');
}
async function readPid(file) {
    const text = await (0,promises_namespaceObject.readFile)(file, 'utf8').catch(() => '');
    return /^\d+$/.test(text) ? Number(text) : undefined;
}
function runc_notStarted(why) {
    return new errors_BuildError({
        kind: 'environment',
        code: 'ISOLATION_FAILED',
        message: `The container runtime could not start the step's process: ${why || 'no reason was given'}`,
        hint: 'Another isolation may work: see the input "isolation".',
    });
}
async function runc_lastWords(log) {
    const lines = (await (0,promises_namespaceObject.readFile)(log, 'utf8').catch(() => '')).trim().split('\n');
    return messageOf(lines.at(-1) ?? '');
}
function messageOf(line) {
    try {
        return String(JSON.parse(line).msg ?? line);
    }
    catch {
        return line;
    }
}

;// CONCATENATED MODULE: ./lib/worker/sandbox/unshare-end.js
/**
 * What unshare(1) says when its child was killed by SIGKILL: it wants to die in the same way, resets the signal first, which the kernel refuses for
 * this one, and gives up with exit code 1 (util-linux, sys-utils/unshare.c).
 */
const WORDS = Buffer.from('unshare: sigprocmask unblock failed: Invalid argument\n');
const GIVEN_UP = 1;
const unshare_end_KILLED = 137;
/** It writes in several pieces, this many bytes first. */
const FIRST_PIECE = 'unshare: '.length;
/** Tells the end of a step's first process from what unshare(1) makes of it. */
class UnshareEnd {
    #onOutput;
    /** The end of stderr, as far as it may be the words. */
    #held = Buffer.alloc(0);
    constructor(onOutput) {
        this.#onOutput = onOutput;
    }
    onOutput = async (chunk, stream) => {
        if (stream === 'stdout')
            return await this.#onOutput(chunk, stream);
        const all = Buffer.concat([this.#held, chunk]);
        const split = all.length - lengthOfWords(all);
        this.#held = all.subarray(split);
        if (split > 0)
            await this.#onOutput(all.subarray(0, split), stream);
    };
    /** To be called when all output has come. */
    async exitCode(code) {
        if (code === GIVEN_UP && this.#held.length === WORDS.length)
            return unshare_end_KILLED;
        if (this.#held.length > 0)
            await this.#onOutput(this.#held, 'stderr');
        return code;
    }
}
/** How many bytes at the end may be the beginning of the words, or all of them. */
function lengthOfWords(bytes) {
    for (let length = Math.min(WORDS.length, bytes.length); length >= FIRST_PIECE; length--) {
        if (bytes.subarray(-length).equals(WORDS.subarray(0, length)))
            return length;
    }
    return 0;
}

;// CONCATENATED MODULE: ./lib/worker/sandbox/unshare.js
var unshare_addDisposableResource = (undefined && undefined.__addDisposableResource) || function (env, value, async) {
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
var unshare_disposeResources = (undefined && undefined.__disposeResources) || (function (SuppressedError) {
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












const unshare_NAMESPACES = [
    '--mount',
    '--pid',
    '--fork',
    '--kill-child',
    '--ipc',
    '--uts',
    '--propagation',
    'private',
];
/** Namespaces made with util-linux alone: one `unshare`, one shell script, which becomes the process. */
class UnshareSandbox {
    name = 'unshare';
    mounts = true;
    limits = [
        'System calls are not filtered (no seccomp profile)',
        'Device nodes that a step makes cannot be opened (no device control group)',
    ];
    #options;
    #programs;
    constructor(options) {
        this.#options = options;
    }
    async run(spec, options) {
        const env_1 = { stack: [], error: void 0, hasError: false };
        try {
            checkAccount(spec.account, this.#options.highestId);
            this.#programs ??= findPrograms();
            const script = await this.#write(spec, this.#programs);
            options.signal?.throwIfAborted();
            const net = spec.network === 'none' ? ['--net'] : [];
            const child = unshare_addDisposableResource(env_1, startStep(['unshare', ...unshare_NAMESPACES, ...net, '--', 'sh', script], spec.pipes), true);
            const onAbort = () => void unshare_killInside(child);
            options.signal?.addEventListener('abort', onAbort, { once: true });
            try {
                const end = new UnshareEnd(options.onOutput);
                const code = await end.exitCode(await superviseStep(child, { ...options, onOutput: end.onOutput }));
                options.signal?.throwIfAborted();
                if (!(0,external_node_fs_namespaceObject.existsSync)(startedFile(spec)))
                    throw await notStarted(spec);
                return code;
            }
            finally {
                options.signal?.removeEventListener('abort', onAbort);
            }
        }
        catch (e_1) {
            env_1.error = e_1;
            env_1.hasError = true;
        }
        finally {
            const result_1 = unshare_disposeResources(env_1);
            if (result_1)
                await result_1;
        }
    }
    async #write(spec, programs) {
        const environment = splitEnvironment(spec.env);
        const { userns, groups } = this.#options;
        // In a user namespace the kernel opens no device node of anybody's making.
        const nodev = !spec.insecure && !userns;
        const standard = standardMounts({
            dev: spec.dev ?? '',
            nodev,
            shmSize: spec.shmSize,
            sysfs: userns && spec.network !== 'none' ? 'bind' : 'new',
            ttyGroup: groups,
            insecure: spec.insecure,
            replaced: spec.mounts.map(({ target }) => target),
        });
        const self = isMountPoint(spec.root)
            ? []
            : [{ type: 'none', source: spec.root, target: '', options: ['bind'] }];
        const own = spec.mounts.map(({ source, target, readonly }) => ({
            type: 'none',
            source,
            target,
            options: ['bind', ...(nodev ? ['nodev'] : []), ...(readonly ? ['ro'] : [])],
        }));
        const table = (0,external_node_path_namespaceObject.join)(spec.scratch, 'fstab');
        const script = (0,external_node_path_namespaceObject.join)(spec.scratch, 'script');
        const parts = {
            spec,
            programs,
            environment,
            groups,
            nodev,
            nested: isNested(spec.mounts),
            bounding: !spec.insecure,
            command: innerCommand(spec.root, spec.args, environment.late),
            started: startedFile(spec),
            log: logFile(spec),
        };
        await Promise.all([
            (0,promises_namespaceObject.writeFile)(table, fstab([...self, ...standard, ...(spec.insecure ? [] : protections()), ...own].map((line) => inRoot(line, spec.root)))),
            (0,promises_namespaceObject.writeFile)(script, namespaceScript(parts, [table]), { mode: 0o600 }),
        ]);
        return script;
    }
}
/** @throws BuildError `ID_NOT_MAPPED` */
function checkAccount({ uid, gid }, highest) {
    if (Math.max(uid, gid) <= highest)
        return;
    throw new errors_BuildError({
        kind: 'environment',
        code: 'ID_NOT_MAPPED',
        message: `The step is to run as ${uid}:${gid}, and in this user namespace ids above ${highest} do not exist`,
        hint: 'Install newuidmap and give this user a range in /etc/subuid and /etc/subgid, or allow sudo without a password.',
    });
}
function isNested(mounts) {
    return mounts.some(({ target }) => mounts.some((other) => target.startsWith(`${other.target}/`)));
}
/** Only a mount can be moved over `/`. */
function isMountPoint(root) {
    return (0,external_node_fs_namespaceObject.statSync)(root).dev !== (0,external_node_fs_namespaceObject.statSync)((0,external_node_path_namespaceObject.dirname)(root)).dev;
}
/** A folder of the root mounted on itself becomes a mount of its own, which can be made read-only. */
function inRoot(line, root) {
    const target = line.target === '' ? root : `${root}/${line.target}`;
    return {
        ...line,
        target,
        source: line.source === line.target && line.type === 'none' ? target : line.source,
    };
}
/** The namespace's first process: when it dies, the kernel kills all others in it. */
async function unshare_killInside(child) {
    const children = await (0,promises_namespaceObject.readFile)(`/proc/${child.pid}/task/${child.pid}/children`, 'utf8').catch(() => '');
    for (const pid of children.split(' ').filter((text) => text !== '')) {
        try {
            process.kill(Number(pid), 'SIGKILL');
        }
        catch {
            // Gone already.
        }
    }
    child.kill('SIGKILL');
}

;// CONCATENATED MODULE: ./lib/worker/probe/ways.js









/** Ways to run containers, best first. Many containers may not make control groups, which take away devices: then mounts do it. */
const RUNTIMES = [
    { program: 'crun', name: 'crun', options: ['--cgroup-manager=cgroupfs'], deviceGroup: true },
    { program: 'runc', name: 'runc', options: [], deviceGroup: true },
    {
        program: 'crun',
        name: 'crun without control groups',
        options: ['--cgroup-manager=disabled'],
        deviceGroup: false,
    },
];
/**
 * What this machine may be able to do, best first. Whoever takes the next one has done with those before.
 * @param reasons gets one line for each way that does not work
 */
async function* findWays(ground, reasons) {
    const { isolation } = ground.hello;
    const wanted = (rung) => isolation === 'auto' || isolation === rung;
    const userns = isUserns(ground);
    if (userns) {
        if (wanted('userns'))
            yield* findUnshare(ground, reasons);
        return;
    }
    if (ground.inMemory && wanted('runc'))
        yield* findRuntimes(ground, reasons);
    if (ground.inMemory && wanted('unshare'))
        yield* findUnshare(ground, reasons);
    if (wanted('chroot'))
        yield* findChroot(ground, reasons);
}
/** A runtime that uses control groups shows with the first step whether it works; of others a step's devices cannot be told from ours. */
async function* findRuntimes(ground, reasons) {
    for (const { program, name, options, deviceGroup } of RUNTIMES) {
        const path = findProgram(program);
        const missing = path === undefined ? 'is not installed' : unfitness(program);
        if (path === undefined || missing !== undefined) {
            if (deviceGroup)
                reasons.push(`${program} ${missing}`);
            continue;
        }
        const way = { name: 'runc', command: [path, ...options], deviceGroup };
        const label = `${name} does not work`;
        const refusal = deviceGroup ? undefined : await trySandbox(sandboxOf(way, ground), ground.ram);
        if (refusal === undefined)
            yield { way, label, tried: !deviceGroup };
        else
            reasons.push(`${label}: ${refusal}`);
    }
}
async function* findUnshare(ground, reasons) {
    // Root of somebody else's user namespace may lack the right to /sys.
    const guest = !isUserns(ground) && !hasAllIds(ground.ids);
    const way = { name: 'unshare' };
    const label = 'Namespaces with unshare do not work';
    const refusal = (guest ? await trySysfs(ground.ram) : undefined) ??
        (await trySandbox(sandboxOf(way, ground), ground.ram));
    if (refusal === undefined)
        yield { way, label, tried: true };
    else
        reasons.push(`${label}: ${refusal}`);
}
async function* findChroot(ground, reasons) {
    const label = 'chroot does not work';
    const refusal = await tryChroot(ground.scratch);
    if (refusal === undefined)
        yield { way: { name: 'chroot', bounding: await canBound() }, label, tried: true };
    else
        reasons.push(`${label}: ${refusal}`);
}
/** What is known without a trial. */
function unfitness(program) {
    if (program !== 'crun' || !areHybrid())
        return undefined;
    return 'does not work: this machine uses control groups of both versions';
}
/** @param probe a folder with a device that the sandbox has to keep steps from, see RuncOptions */
function sandboxOf(way, ground, probe) {
    switch (way.name) {
        case 'runc':
            return new RuncSandbox({
                command: way.command,
                deviceGroup: way.deviceGroup,
                prefix: containerPrefix(ground.hello.owner),
                probe,
            });
        case 'unshare':
            return new UnshareSandbox({
                userns: isUserns(ground),
                groups: ground.ids.many,
                highestId: ground.ids.highest,
            });
        case 'chroot':
            return new ChrootSandbox({ bounding: way.bounding });
    }
}
/** Changes when a runtime is installed, removed or replaced. */
function runtimeVersions() {
    const paths = RUNTIMES.map(({ program }) => findProgram(program));
    const infos = paths.map((path) => (path === undefined ? undefined : (0,external_node_fs_namespaceObject.statSync)(path)));
    return infos.map((info) => (info === undefined ? '-' : `${info.size}:${info.mtimeMs}`)).join(' ');
}

;// CONCATENATED MODULE: ./lib/worker/probe/sandboxes.js





/**
 * The ways to run steps. The best one that may work is used at once; whether it does shows with the first step that it starts. Where it cannot
 * start one, a trial tells whether that lies with the step or with the way, and then the next way takes its place.
 */
class Sandboxes {
    /** One line for each better way that does not work. */
    reasons = [];
    #ground;
    #ways;
    #onProven = Promise.withResolvers();
    #current;
    #judging;
    #probeFolder;
    constructor(ground) {
        this.#ground = ground;
        this.#ways = findWays(ground, this.reasons);
    }
    /** Of a way that is known to work: no other one is tried. */
    static of(way, reasons, ground) {
        const known = new Sandboxes(ground);
        known.reasons.push(...reasons);
        known.#settle({ way, label: '', tried: true });
        return known;
    }
    /** Finds the first way that may work. */
    async begin() {
        const { value, done } = await this.#ways.next();
        if (done === true)
            this.#current = undefined;
        else if (value.tried)
            this.#settle(value);
        else
            this.#current = { found: value, sandbox: sandboxOf(value.way, this.#ground, await this.#probe()) };
    }
    /** Never comes when none works. */
    get proven() {
        return this.#onProven.promise;
    }
    /**
     * @param mustBeTried for a step that cannot show it: one that may open every device
     * @throws BuildError `NO_ISOLATION`
     */
    async next(mustBeTried) {
        for (;;) {
            await this.#judging;
            const current = this.#current;
            if (current === undefined) {
                const message = this.reasons.join('; ');
                throw new errors_BuildError({ kind: 'environment', code: 'NO_ISOLATION', message });
            }
            if (current.found.tried || !mustBeTried)
                return current;
            await this.#judge(current);
        }
    }
    /** A step's process runs: the way has made everything that it needs, and kept it from devices. */
    started({ found }) {
        if (!found.tried && this.#current?.found === found)
            this.#settle(found);
    }
    /** A step's process was not started. Whether the step is to be run again, with what `next` gives. */
    async failed(step) {
        if (step.found.tried)
            return false;
        if (this.#current === step)
            await this.#judge(step);
        return this.#current?.found.way !== step.found.way;
    }
    /** One trial, whoever waits for it. */
    #judge(step) {
        this.#judging ??= this.#tryOut(step).finally(() => {
            this.#judging = undefined;
        });
        return this.#judging;
    }
    async #tryOut(step) {
        const { way, label } = step.found;
        const refusal = await trySandbox(sandboxOf(way, this.#ground), this.#ground.ram);
        // Another step has shown meanwhile that it works.
        if (this.#current !== step)
            return;
        if (refusal === undefined) {
            this.#settle(step.found);
            return;
        }
        this.reasons.push(`${label}: ${refusal}`);
        await this.begin();
    }
    #settle({ way, label }) {
        this.#current = { found: { way, label, tried: true }, sandbox: sandboxOf(way, this.#ground) };
        this.#onProven.resolve(way);
    }
    #probe() {
        this.#probeFolder ??= makeProbeFolder((0,external_node_path_namespaceObject.join)(this.#ground.ram, 'probe'));
        return this.#probeFolder;
    }
}

;// CONCATENATED MODULE: ./lib/worker/probe/choose-isolation.js












/** To be raised when other things are tried: what was remembered before does not count any more. */
const TRIALS = 3;
const NETWORK_LIMIT = 'Steps share the network of this machine';
/**
 * Finds out what this machine can do, best first: tries how layers can be stacked, and which ways to run steps there may be.
 * @param mountRam mounts a tmpfs at `ram`, or tells that it cannot
 * @throws BuildError `NO_ISOLATION` where none can work
 */
async function chooseIsolation(place, mountRam) {
    const { hello } = place;
    const asked = [TRIALS, hello.privilege, hello.contained, hello.isolation, runtimeVersions()];
    const memory = recall(hello.folder, asked.join(' '));
    const { answer } = memory;
    // At the same time: each waits for processes of its own.
    const overlay = answer === undefined ? beginOverlay(place) : undefined;
    const ground = { ...place, inMemory: hello.contained && (await mountRam()) };
    const pipes = new PipeSupply((0,external_node_path_namespaceObject.join)(ground.inMemory ? ground.ram : ground.scratch, 'pipes'));
    if (answer !== undefined) {
        const sandboxes = Sandboxes.of(answer.sandbox, answer.reasons, ground);
        const report = Promise.resolve(reportOf(answer, ground));
        return { snapshotter: snapshotterOf(answer, ground), sandboxes, pipes, report };
    }
    return { ...(await investigate(ground, memory, overlay)), pipes };
}
async function investigate(ground, memory, overlay) {
    const sandboxes = new Sandboxes(ground);
    const [stacking] = await Promise.all([findSnapshotter(ground, overlay), sandboxes.begin()]);
    if (stacking.reason !== undefined)
        sandboxes.reasons.unshift(stacking.reason);
    // Here, where the next way to start a worker can be tried at once.
    await sandboxes.next(false);
    const { snapshotter, volatile } = stacking;
    const report = sandboxes.proven.then((sandbox) => {
        const findings = { snapshotter, volatile, sandbox, reasons: [...sandboxes.reasons] };
        ground.graveyard.awaits(memory.keep(findings));
        return reportOf(findings, ground);
    });
    return { snapshotter: snapshotterOf(stacking, ground), sandboxes, report };
}
/** What cannot be mounted in a namespace of its own would stay behind. */
function beginOverlay(place) {
    const { scratch, graveyard, hello, ids } = place;
    if (!hello.contained || hello.isolation === 'chroot')
        return undefined;
    const rules = unpackRules(hello, ids);
    const trial = tryOverlay({ scratch, graveyard, rules, userxattr: isUserns(place) });
    trial.catch(() => undefined);
    return trial;
}
async function findSnapshotter({ inMemory }, overlay) {
    const trial = await overlay;
    if (trial === undefined || !inMemory)
        return { snapshotter: 'copy', volatile: false };
    if (trial.works)
        return { snapshotter: 'overlay', volatile: trial.volatile };
    const reason = `Layers are copied, overlayfs does not work here: ${trial.reason}`;
    return { snapshotter: 'copy', volatile: false, reason };
}
function snapshotterOf({ snapshotter, volatile }, ground) {
    const { layers, scratch, graveyard, hello } = ground;
    if (snapshotter === 'overlay') {
        return new OverlaySnapshotter({
            store: layers,
            graveyard,
            scratch,
            userxattr: isUserns(ground),
            volatile,
        });
    }
    const trees = new LayerStore(ground.trees, scratch, unpackRules(hello, ground.ids));
    return new CopySnapshotter({ layers, trees, graveyard, scratch });
}
function reportOf({ snapshotter, reasons, sandbox: way }, ground) {
    const { privilege } = ground.hello;
    const sandbox = sandboxOf(way, ground);
    return {
        rung: sandbox.name === 'unshare' && isUserns(ground) ? 'userns' : sandbox.name,
        snapshotter,
        privilege: privilege === 'root' ? 'root' : privilege === 'sudo' ? 'root through sudo' : userOutside(),
        reasons,
        limits: [...sandbox.limits, NETWORK_LIMIT, ...idLimits(ground.ids)],
        ...(hasAllIds(ground.ids) ? {} : { highestId: ground.ids.highest }),
    };
}
function idLimits(ids) {
    if (!ids.many)
        return [
            'Only root exists: steps see files of other users as files of root, and chown and USER with another id fail',
        ];
    return hasAllIds(ids) ? [] : [`User and group ids above ${ids.highest} do not exist`];
}
/** The outside id that is root inside: second column of /proc/self/uid_map. */
function userOutside() {
    const [, outside = '?'] = (0,external_node_fs_namespaceObject.readFileSync)('/proc/self/uid_map', 'utf8').trim().split(/\s+/);
    return `uid ${outside} in a user namespace`;
}

;// CONCATENATED MODULE: ./lib/worker/cache-shape.js
const DEFAULT_MODE = 0o755;
/**
 * Owner and mode that a cache mount begins with, where they are not the usual ones: root's, 0755. They tell caches apart, as in BuildKit, where
 * they belong to what the folder is made from (dockerfile2llb, setCacheUIDGID): a folder that root made first is of no use to a step of another user.
 */
function cacheShape({ mode, uid, gid }) {
    return mode === DEFAULT_MODE && uid === 0 && gid === 0 ? [] : [`${mode.toString(8)} ${uid}:${gid}`];
}

;// CONCATENATED MODULE: ./lib/worker/run/cache-members.js


/** Characters of all names, which are held while an archive is unpacked: they pack well, and may be many. */
const MOST_NAMES = 256 * 1024 * 1024;
/**
 * Members of a cache folder's archive, which anybody may have written, as tar can unpack them on its own: each once, below a folder that the
 * archive itself made before, so that no path leads through a symlink; hard links to members that were there; no devices.
 * @throws BuildError `CACHE_MOUNT_BAD`
 */
async function* checkedMembers(members, rules) {
    const seen = new Map();
    let names = 0;
    for await (const { entry, body } of members) {
        const wrong = whyRefused(entry, seen);
        if (wrong !== undefined)
            throw badArchive(`${wrong}: ${JSON.stringify(entry.path)}`);
        names += entry.path.length;
        if (names > MOST_NAMES)
            throw badArchive(`has names of more than ${MOST_NAMES} characters in all`);
        seen.set(entry.path, entry.type);
        const stored = storedEntry(entry, rules);
        yield body === undefined ? { entry: stored } : { entry: stored, body };
    }
}
function whyRefused({ path, type, linkName }, seen) {
    if (seen.has(path))
        return 'holds a member twice';
    const parent = parentOf(path) ?? '';
    // The folder itself is there before the archive says so.
    if (parent !== '' && seen.get(parent) !== 'directory')
        return 'has a member below what is no folder of it';
    if (type === 'character' || type === 'block')
        return 'holds a device';
    if (type !== 'hardlink')
        return undefined;
    const target = seen.get(linkName ?? '');
    return target === undefined || target === 'directory'
        ? 'has a hard link to what it does not hold'
        : undefined;
}
/** Owners that do not exist here become others, attributes that may not be set here are left out. */
function storedEntry(entry, { id, keepsAttribute }) {
    const { xattrs, ...rest } = entry;
    const owned = { ...rest, uid: id(entry.uid), gid: id(entry.gid) };
    const kept = [...(xattrs ?? [])].filter(([name]) => keepsAttribute(name));
    return kept.length === 0 ? owned : { ...owned, xattrs: new Map(kept) };
}
function badArchive(what) {
    return new errors_BuildError({ kind: 'remote', code: 'CACHE_MOUNT_BAD', message: `its archive ${what}` });
}

;// CONCATENATED MODULE: ./lib/worker/run/cache-archive.js










/**
 * Packs a cache folder: a canonical tar with exact times, compressed with zstd. The same content gives the same bytes.
 * @param paths what is in the folder, in byte order
 * @param write takes the bytes; its wait is ours
 * @throws BuildError `CACHE_MOUNT_CHANGED` when something writes to the folder meanwhile
 */
async function packCache(folder, paths, write, signal) {
    const members = { count: 0 };
    const tar = { size: 0 };
    const hash = (0,external_node_crypto_namespaceObject.createHash)('sha256');
    let size = 0;
    try {
        const plain = writeTar(counted(readTar(tarOf(folder, ['.', ...paths], signal), { exactTimes: true }), members));
        for await (const chunk of compress(measured(plain, tar), { type: 'zstd' })) {
            hash.update(chunk);
            size += chunk.length;
            await write(chunk);
        }
    }
    catch (cause) {
        const { code, message } = cause;
        if (code !== 'DIFF_FAILED' && code !== 'CONTENT_CHANGED')
            throw cause;
        throw new errors_BuildError({
            kind: 'environment',
            code: 'CACHE_MOUNT_CHANGED',
            message: code === 'CONTENT_CHANGED'
                ? 'something wrote to it while it was read'
                : `it cannot be read: ${message}`,
            cause,
        });
    }
    const digest = parseDigest(`sha256:${hash.digest('hex')}`);
    return { digest, size, unpacked: tar.size, members: members.count };
}
/**
 * Unpacks what packCache made into an empty folder. Nothing of it may be used unless this returns: the digest is known last.
 * @throws BuildError `CACHE_MOUNT_BAD` for another digest, more bytes or members than the archive should have, and for members that could do
 * harm; `UNPACK_FAILED`; those of the tar reader and the decompressor
 */
async function unpackCache(archive, source, folder, rules, signal) {
    const hash = (0,external_node_crypto_namespaceObject.createHash)('sha256');
    const plain = decompress(hashed(source, archive.size, hash), 'zstd', { limit: archive.unpacked });
    const members = readTar(plain, { maxEntries: archive.members, exactTimes: true });
    await unpackInto(folder, writeTar(checkedMembers(members, rules)), signal);
    if (`sha256:${hash.digest('hex')}` !== archive.digest)
        throw badArchive('is damaged (its digest is another)');
}
async function* counted(members, to) {
    for await (const member of members) {
        to.count += 1;
        yield member;
    }
}
async function* measured(source, to) {
    for await (const chunk of source) {
        to.size += chunk.length;
        yield chunk;
    }
}
async function* hashed(source, size, hash) {
    let read = 0;
    for await (const chunk of source) {
        read += chunk.length;
        if (read > size)
            throw badArchive(`has more than its ${size} bytes`);
        hash.update(chunk);
        yield chunk;
    }
    if (read < size)
        throw badArchive(`ends after ${read} of ${size} bytes`);
}

;// CONCATENATED MODULE: ./lib/worker/run/cache-listing.js




const KEPT = new Set(['file', 'directory', 'symlink', 'fifo']);
const cache_listing_PERMISSIONS = 0o7777;
/** Looks at names and metadata alone. The time of a folder alone is no change: locks and temporary files come and go in it. */
async function listCache(folder, signal) {
    const nodes = (await listTree(folder, signal)).filter(({ type }) => KEPT.has(type));
    const hash = (0,external_node_crypto_namespaceObject.createHash)('sha256');
    const top = (0,external_node_fs_namespaceObject.lstatSync)(folder);
    hash.update(`${top.mode & cache_listing_PERMISSIONS} ${top.uid} ${top.gid}\0`);
    const inodes = new Set();
    let size = 0;
    for (const node of nodes) {
        const { type, mode, uid, gid } = node;
        const content = type === 'directory' ? '' : `${node.size} ${node.mtime}`;
        hash.update(`${type} ${mode} ${uid} ${gid} ${content} `);
        hash.update(encodeName(node.path));
        hash.update('\0');
        if (type !== 'file' || inodes.has(node.inode))
            continue;
        inodes.add(node.inode);
        size += node.size;
    }
    return { paths: nodes.map(({ path }) => path), size, fingerprint: hash.digest('hex') };
}

;// CONCATENATED MODULE: ./lib/worker/run/cache-mark.js


const cache_mark_NAME = 'mark.json';
/** `place` is the folder beside whose `data` the mark lies; only the worker writes to it. */
async function writeMark(place, mark) {
    await (0,promises_namespaceObject.writeFile)((0,external_node_path_namespaceObject.join)(place, cache_mark_NAME), JSON.stringify(mark));
}
/** Undefined when there is none, or half of one. */
async function readMark(place) {
    try {
        return JSON.parse(await (0,promises_namespaceObject.readFile)((0,external_node_path_namespaceObject.join)(place, cache_mark_NAME), 'utf8'));
    }
    catch {
        return undefined;
    }
}

;// CONCATENATED MODULE: ./lib/worker/run/lock.js



/** flock(1) with -n: somebody else has it. It says nothing then. */
const TAKEN = 1;
/**
 * A lock on a file that is made when it is missing and never deleted: flock(2), of an open file of ours, so that the kernel takes it back when
 * this process dies. Steps share the machine's network, and with it sockets that have no file; files of ours they do not see.
 * @returns undefined when somebody else has it
 * @throws BuildError `LOCK_FAILED`, `COMMAND_NOT_FOUND`; errors of the file system
 */
async function tryLock(file, kind) {
    return await take(file, kind, ['-n']);
}
/** Like `tryLock`, and waits. */
async function lockWaiting(file, kind, signal) {
    const lock = await take(file, kind, [], signal);
    if (lock === undefined)
        throw lockFailed(file, 'no reason was given');
    return lock;
}
/** The child locks the open file that it got from us, and the lock stays with the file when the child has ended. */
async function take(file, kind, options, signal) {
    signal?.throwIfAborted();
    const fd = (0,external_node_fs_namespaceObject.openSync)(file, 'a', 0o600);
    let isHeld = false;
    try {
        const argv = ['flock', kind === 'shared' ? '-s' : '-x', ...options, '3'];
        const { exitCode, stderr } = await exec(argv, { signal, files: [fd] });
        if (exitCode === TAKEN && stderr === '')
            return undefined;
        if (exitCode !== 0)
            throw lockFailed(file, stderr.trim());
        isHeld = true;
        return { release: () => (0,external_node_fs_namespaceObject.closeSync)(fd) };
    }
    finally {
        if (!isHeld)
            (0,external_node_fs_namespaceObject.closeSync)(fd);
    }
}
function lockFailed(file, why) {
    return new errors_BuildError({
        kind: 'environment',
        code: 'LOCK_FAILED',
        message: `${file} could not be locked: ${why}`,
        hint: 'Put the state folder on a file system that has locks (flock).',
    });
}

;// CONCATENATED MODULE: ./lib/worker/run/missing-mount-source.js

function missingMountSource(source) {
    return new errors_BuildError({
        kind: 'user',
        code: 'MOUNT_SOURCE_NOT_FOUND',
        message: `There is no ${source} to mount`,
    });
}

;// CONCATENATED MODULE: ./lib/worker/run/cache-mounts.js
var cache_mounts_addDisposableResource = (undefined && undefined.__addDisposableResource) || function (env, value, async) {
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
var cache_mounts_disposeResources = (undefined && undefined.__disposeResources) || (function (SuppressedError) {
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













/** Most copies of one private cache. */
const MAX_SLOTS = 256;
/**
 * Folders that outlive builds, by id and platform: `caches/HASH/SLOT/data`. What is kept elsewhere is the first slot. The kernel takes locks back
 * when their owner dies, so that workers of several builds share the folders safely.
 */
class CacheMounts {
    #options;
    #making = Promise.resolve();
    #counter = 0;
    constructor(options) {
        this.#options = options;
    }
    /**
     * Those who share a cache wait for one who has it alone, and the other way round, whichever builds they belong to; a private one that is in use
     * gets another copy.
     */
    async acquire(cache, signal) {
        const name = this.nameOf(cache);
        if (cache.sharing === 'private')
            return await this.#firstFree(name, cache, signal);
        const lock = await lockWaiting(this.#lockFile(name, 0), lockKind(cache), signal);
        return await this.#held(name, 0, cache, lock, signal);
    }
    /** Fills a cache that is not here; false when it is. Throws as `Worker.restoreCache`. */
    async restore(cache, archive, open, signal) {
        const place = (0,external_node_path_namespaceObject.join)(this.#options.folder, this.nameOf(cache), '0');
        if ((await (0,promises_namespaceObject.stat)(place).catch(() => undefined)) !== undefined)
            return false;
        const fresh = (0,external_node_path_namespaceObject.join)(this.#options.scratch, `cache-${++this.#counter}`);
        const data = (0,external_node_path_namespaceObject.join)(fresh, 'data');
        await (0,promises_namespaceObject.mkdir)(data, { recursive: true });
        try {
            await unpackCache(archive, await open(), data, this.#options.rules, signal);
            const { fingerprint } = await listCache(data, signal);
            await writeMark(fresh, { archive: archive.digest, fingerprint });
            await (0,promises_namespaceObject.mkdir)((0,external_node_path_namespaceObject.join)(place, '..'), { recursive: true });
        }
        catch (error) {
            await removeTree(fresh);
            throw error;
        }
        // Another worker may have been quicker: then its cache is as good.
        return await (0,promises_namespaceObject.rename)(fresh, place).then(() => true, () => removeTree(fresh).then(() => false));
    }
    /** Undefined when there is no such cache. @throws BuildError `CACHE_MOUNT_BUSY` */
    async inspect(cache, signal) {
        const place = (0,external_node_path_namespaceObject.join)(this.#options.folder, this.nameOf(cache), '0');
        if ((await (0,promises_namespaceObject.stat)(place).catch(() => undefined)) === undefined)
            return undefined;
        return await this.#quiet(cache, async () => {
            const { size, paths, fingerprint } = await listCache((0,external_node_path_namespaceObject.join)(place, 'data'), signal);
            const mark = await readMark(place);
            const same = mark?.fingerprint === fingerprint;
            return { size, members: paths.length, ...(same ? { archive: mark.archive } : {}) };
        });
    }
    /** Throws as `Worker.packCache`, and what `write` throws. */
    async pack(cache, write, signal) {
        const place = (0,external_node_path_namespaceObject.join)(this.#options.folder, this.nameOf(cache), '0');
        return await this.#quiet(cache, async () => {
            const data = (0,external_node_path_namespaceObject.join)(place, 'data');
            const { paths, fingerprint } = await listCache(data, signal);
            const archive = await packCache(data, paths, write, signal);
            await writeMark(place, { archive: archive.digest, fingerprint });
            return archive;
        });
    }
    /** With nobody who has the cache alone, or deletes it. Whoever packs what is shared has to see for himself whether it stays as it is. */
    async #quiet(cache, work) {
        const lock = await tryLock(this.#lockFile(this.nameOf(cache), 0), lockKind(cache));
        if (lock === undefined) {
            const message = 'another build is using it';
            throw new errors_BuildError({ kind: 'environment', code: 'CACHE_MOUNT_BUSY', message });
        }
        try {
            return await work();
        }
        finally {
            lock.release();
        }
    }
    /**
     * Tells caches apart; the same in every worker. What a cache began with is part of its name, as in BuildKit (solver/llbsolver/mounts,
     * getRefCacheDir).
     */
    nameOf(cache) {
        const { id, platform, seed, source } = cache;
        const layers = seed?.map(({ diffId }) => diffId) ?? [];
        const shape = cacheShape(cache).map((each) => `\0${each}`);
        const begun = (seed === undefined ? '' : `\0${source}\0${layers.join(' ')}`) + shape.join('');
        return (0,external_node_crypto_namespaceObject.createHash)('sha256')
            .update(`${this.#options.folder}\0${id}\0${platform}${begun}`)
            .digest('hex')
            .slice(0, 32);
    }
    async prune(before) {
        let freed = 0;
        for (const name of await (0,promises_namespaceObject.readdir)(this.#options.folder)) {
            for (const slot of await (0,promises_namespaceObject.readdir)((0,external_node_path_namespaceObject.join)(this.#options.folder, name))) {
                freed += await this.#pruneSlot(name, slot, before);
            }
        }
        return freed;
    }
    async #pruneSlot(name, slot, before) {
        const place = (0,external_node_path_namespaceObject.join)(this.#options.folder, name, slot);
        const isOld = async () => {
            const info = await (0,promises_namespaceObject.stat)(place).catch(() => undefined);
            return info !== undefined && info.mtime < before;
        };
        if (!(await isOld()))
            return 0;
        const lock = await tryLock(this.#lockFile(name, Number(slot)), 'exclusive');
        if (lock === undefined)
            return 0;
        try {
            // It may have been used, or pruned, meanwhile.
            if (!(await isOld()))
                return 0;
            const size = await treeSize(place);
            await removeTree(place);
            return size;
        }
        finally {
            lock.release();
        }
    }
    async #firstFree(name, cache, signal) {
        for (let slot = 0; slot < MAX_SLOTS; slot++) {
            const lock = await tryLock(this.#lockFile(name, slot), 'exclusive');
            if (lock !== undefined)
                return await this.#held(name, slot, cache, lock, signal);
        }
        const lock = await lockWaiting(this.#lockFile(name, 0), 'exclusive', signal);
        return await this.#held(name, 0, cache, lock, signal);
    }
    async #held(name, slot, cache, lock, signal) {
        const release = async () => void lock.release();
        try {
            return { path: await this.#ready(name, slot, cache, signal), [Symbol.asyncDispose]: release };
        }
        catch (error) {
            await release();
            throw error;
        }
    }
    /** The cache's folder, made when it is new. One at a time, so that two steps of one build do not both make it. */
    async #ready(name, slot, cache, signal) {
        const place = (0,external_node_path_namespaceObject.join)(this.#options.folder, name, String(slot));
        const made = this.#making.then(async () => {
            if (!(await isFolder((0,external_node_path_namespaceObject.join)(place, 'data'))))
                await this.#make(place, cache, signal);
        });
        this.#making = made.catch(() => undefined);
        await made;
        const now = new Date();
        await (0,promises_namespaceObject.utimes)(place, now, now);
        return (0,external_node_path_namespaceObject.join)(place, 'data');
    }
    /** `mode`, `uid` and `gid` shape a new cache only, and only one without a seed (BuildKit, solver/llbsolver/mounts). */
    async #make(place, cache, signal) {
        const fresh = (0,external_node_path_namespaceObject.join)(this.#options.scratch, `cache-${++this.#counter}`);
        const data = (0,external_node_path_namespaceObject.join)(fresh, 'data');
        await (0,promises_namespaceObject.mkdir)(fresh);
        try {
            if (cache.seed === undefined)
                await (0,promises_namespaceObject.mkdir)(data);
            else
                await this.#seed(data, cache, signal);
            if (cache.seed === undefined || cache.source === '' || cache.source === '/') {
                await (0,promises_namespaceObject.chown)(data, cache.uid, cache.gid);
                await (0,promises_namespaceObject.chmod)(data, cache.mode);
            }
            await (0,promises_namespaceObject.mkdir)((0,external_node_path_namespaceObject.join)(place, '..'), { recursive: true });
            await (0,promises_namespaceObject.rename)(fresh, place).catch(() => this.#fill(place, fresh));
        }
        catch (error) {
            await removeTree(fresh);
            throw error;
        }
    }
    /** Another worker may have been quicker: then its cache is as good. Of one that was killed while a step had the folder, only the mark is left. */
    async #fill(place, fresh) {
        const data = (0,external_node_path_namespaceObject.join)(place, 'data');
        if (!(await isFolder(data))) {
            await (0,promises_namespaceObject.rm)(data, { force: true });
            await (0,promises_namespaceObject.rename)((0,external_node_path_namespaceObject.join)(fresh, 'data'), data);
        }
        await removeTree(fresh);
    }
    #lockFile(name, slot) {
        return (0,external_node_path_namespaceObject.join)(this.#options.locks, `${name}-${slot}`);
    }
    async #seed(data, cache, signal) {
        const env_1 = { stack: [], error: void 0, hasError: false };
        try {
            const view = cache_mounts_addDisposableResource(env_1, await this.#options.snapshotter.view(cache.seed ?? [], signal), true);
            const { outside, stat: found } = new RootPaths(view.path).resolve(cache.source);
            if (found === undefined)
                throw missingMountSource(cache.source);
            if (!found.isDirectory())
                await (0,promises_namespaceObject.mkdir)(data);
            else
                await execOk(['cp', '-a', '--reflink=auto', '--', outside.toString(), data], { signal });
        }
        catch (e_1) {
            env_1.error = e_1;
            env_1.hasError = true;
        }
        finally {
            const result_1 = cache_mounts_disposeResources(env_1);
            if (result_1)
                await result_1;
        }
    }
}
function lockKind({ sharing }) {
    return sharing === 'shared' ? 'shared' : 'exclusive';
}
/** Not a link to one: a step that had the cache could have left it. */
async function isFolder(path) {
    return (await (0,promises_namespaceObject.lstat)(path).catch(() => undefined))?.isDirectory() === true;
}

;// CONCATENATED MODULE: ./lib/worker/snapshot/graveyard.js


/** Deletes folders in the background: nobody has to wait for a large tree to go. */
class Graveyard {
    #folder;
    #digging = new Set();
    #counter = 0;
    /** `folder`: on the file system of what will be deleted. */
    constructor(folder) {
        this.#folder = folder;
    }
    /** The path is free at once. */
    async bury(path) {
        const grave = `${this.#folder}/gone-${++this.#counter}`;
        await (0,promises_namespaceObject.rename)(path, grave);
        this.awaits(removeTree(grave));
    }
    /** Something else that has to have come to its end when `settled` returns. */
    awaits(work) {
        const done = work.catch(() => undefined).finally(() => this.#digging.delete(done));
        this.#digging.add(done);
    }
    /** All that was buried is gone. */
    async settled() {
        while (this.#digging.size > 0)
            await Promise.allSettled([...this.#digging]);
    }
}

;// CONCATENATED MODULE: ./lib/worker/snapshot/held.js



/** What is there, with sizes on disk. Another worker may be changing it: then what can be seen. */
async function heldFolders({ layers, caches }) {
    const found = [
        ...(await Promise.all(layers.map((place) => sizes(place, 1)))).flat().map((each) => {
            return { ...each, kind: 'layer', used: (0,external_node_path_namespaceObject.join)(each.path, 'facts.json') };
        }),
        ...(await sizes(caches, 2)).map((each) => ({ ...each, kind: 'mount', used: each.path })),
    ];
    const folders = await Promise.all(found.map(async ({ kind, name, size, used }) => {
        const info = await (0,promises_namespaceObject.stat)(used).catch(() => undefined);
        return info === undefined ? [] : [{ kind, name, size, lastUsed: info.mtime }];
    }));
    return folders.flat();
}
/** Folders at exactly this depth, by one child process for all. */
async function sizes(place, depth) {
    const argv = ['du', '-x', `--max-depth=${depth}`, '--block-size=1', '--null', '--', place];
    const { stdout } = await exec(argv);
    return stdout
        .toString('utf8')
        .split('\0')
        .flatMap((line) => {
        const [size = '', path = ''] = line.split('\t');
        const name = path.slice(place.length + 1);
        return name.split('/').length === depth && name !== '' ? [{ path, name, size: Number(size) }] : [];
    });
}

;// CONCATENATED MODULE: ./lib/worker/process/host.js













/**
 * Makes the folders and picks the ways to stack layers and to run processes.
 * @param onLayers gets the place for unpacked layers as soon as there is one: how they are stacked does not matter for that
 * @throws BuildError `NO_ISOLATION`
 */
async function openHost(hello, onLayers) {
    const folder = (name) => (0,external_node_path_namespaceObject.join)(hello.folder, name);
    await (0,promises_namespaceObject.mkdir)(hello.folder, { recursive: true, mode: 0o700 });
    await Promise.all(['layers', 'trees', 'caches', 'locks', 'runs'].map((name) => (0,promises_namespaceObject.mkdir)(folder(name), { recursive: true })));
    const owners = (await (0,promises_namespaceObject.readdir)(folder('runs'))).filter((name) => name !== hello.owner);
    const own = (0,external_node_path_namespaceObject.join)(folder('runs'), hello.owner);
    const scratch = (0,external_node_path_namespaceObject.join)(own, 'disk');
    const ram = (0,external_node_path_namespaceObject.join)(own, 'ram');
    await (0,promises_namespaceObject.mkdir)(own, { mode: 0o700 });
    await Promise.all([scratch, ram].map((path) => (0,promises_namespaceObject.mkdir)(path)));
    const graveyard = new Graveyard(scratch);
    const ids = idMap();
    const rules = unpackRules(hello, ids);
    const layers = new LayerStore(folder('layers'), scratch, rules);
    onLayers(layers);
    let discarded = false;
    const close = async () => {
        await graveyard.settled();
        await unmountAll(mountsBelow(own));
        await removeTree(discarded ? hello.folder : own);
    };
    try {
        const { snapshotter, sandboxes, pipes, report } = await chooseIsolation({ hello, layers, trees: folder('trees'), scratch, graveyard, ram, ids }, () => isMounted(ram));
        const caches = new CacheMounts({
            folder: folder('caches'),
            locks: folder('locks'),
            scratch,
            snapshotter,
            rules,
        });
        return {
            snapshotter,
            sandboxes,
            report,
            caches,
            pipes,
            // Content that is moved into a root has to be on its file system.
            scratchFor: (sandbox) => (sandbox.mounts ? ram : scratch),
            graveyard,
            owners,
            close,
            discard: () => {
                discarded = true;
            },
            prune: async (before) => {
                // Of builds on this folder that could not stack layers.
                const trees = new LayerStore(folder('trees'), scratch, rules);
                const others = snapshotter.name === 'copy' ? 0 : await trees.prune(before);
                return others + (await snapshotter.prune(before)) + (await caches.prune(before));
            },
            held: () => heldFolders({ layers: [folder('layers'), folder('trees')], caches: folder('caches') }),
            sweep: async (gone) => {
                for (const owner of gone)
                    await removeTree((0,external_node_path_namespaceObject.join)(folder('runs'), owner));
                await removeGroups(gone);
            },
        };
    }
    catch (error) {
        await close();
        throw error;
    }
}
/** Secrets, hosts files and device nodes live there: nothing of them reaches a disk. */
async function isMounted(ram) {
    return await mount('tmpfs', 'ts-image-build', ram, 'mode=0700,nosuid,size=64m').then(() => true, () => false);
}

;// CONCATENATED MODULE: ./lib/worker/process/inherited-files.js

const STANDARD = 2;
/** O_CLOEXEC as /proc/PID/fdinfo tells it (proc_pid_fdinfo(5)). */
const CLOSE_ON_EXEC = 0o2000000;
/**
 * Closes what this process got from those that started it, but for the standard streams. Files of its own are closed when another program
 * starts; these are not, and a step would get them.
 */
function closeInherited() {
    for (const fd of (0,external_node_fs_namespaceObject.readdirSync)('/proc/self/fd').map(Number)) {
        if (fd <= STANDARD)
            continue;
        try {
            const flags = /^flags:\s*(\d+)/m.exec((0,external_node_fs_namespaceObject.readFileSync)(`/proc/self/fdinfo/${fd}`, 'utf8'))?.[1] ?? '';
            if ((Number.parseInt(flags, 8) & CLOSE_ON_EXEC) === 0)
                (0,external_node_fs_namespaceObject.closeSync)(fd);
        }
        catch {
            // The one that listed them is gone already.
        }
    }
}

;// CONCATENATED MODULE: ./lib/worker/run/account-files.js


/** Account files are small; a larger one is not read further, so that a strange image cannot fill the memory. */
const account_files_MOST_BYTES = 4 * 1024 * 1024;
/** The image's /etc/passwd and /etc/group, links followed inside of it. What is no file, or cannot be found, counts as none, as in BuildKit. */
function readAccountFiles(paths) {
    return { passwd: account_files_textOf('/etc/passwd', paths), group: account_files_textOf('/etc/group', paths) };
}
function account_files_textOf(path, paths) {
    const found = find(path, paths);
    if (found?.stat?.isFile() !== true)
        return '';
    const fd = (0,external_node_fs_namespaceObject.openSync)(found.outside, external_node_fs_namespaceObject.constants.O_RDONLY | external_node_fs_namespaceObject.constants.O_NOFOLLOW | external_node_fs_namespaceObject.constants.O_NONBLOCK);
    try {
        const bytes = Buffer.alloc(Math.min(Number(found.stat.size), account_files_MOST_BYTES));
        let length = 0;
        for (let read = -1; read !== 0 && length < bytes.length; length += read)
            read = (0,external_node_fs_namespaceObject.readSync)(fd, bytes, length, bytes.length - length, null);
        return bytes.toString('utf8', 0, length);
    }
    finally {
        (0,external_node_fs_namespaceObject.closeSync)(fd);
    }
}
function find(path, paths) {
    try {
        return paths.resolve(path);
    }
    catch (error) {
        if (error instanceof errors_BuildError && error.code === 'PATH_LOOPS')
            return undefined;
        throw error;
    }
}

;// CONCATENATED MODULE: ./lib/worker/run/accounts.js

const NUMBER = /^\d+$/;
/** As Go reads a number. */
const SIGNED = /^\+?\d+$/;
/** What BuildKit takes for an id. */
const MAX_ID = 0x7fffffff;
/**
 * Who `USER` names, as BuildKit reads it: nothing is root; two numbers are taken as they are; other users are looked up, numbers by id
 * and never by name; a number without an entry has group 0; supplementary groups come only when no group is named.
 * @throws BuildError `USER_NOT_FOUND`
 */
function findAccount(user, files) {
    // No user is the one that uid 0 is, with its groups (BuildKit, executor/oci/user.go).
    if (user === '' || user === ':')
        return findAccount('0', files);
    const colon = user.indexOf(':');
    const who = colon === -1 ? user : user.slice(0, colon);
    const group = colon === -1 ? '' : user.slice(colon + 1);
    const entry = who === '' ? { name: '', uid: 0, gid: 0, home: '' } : findUser(who, files.passwd, user);
    const groups = parseGroups(files.group);
    if (group !== '') {
        const gid = findGroup(group, groups, user);
        return { uid: entry.uid, gid, groups: [gid] };
    }
    const more = groups.filter(({ members }) => entry.name !== '' && members.includes(entry.name));
    const all = new Set([entry.gid, ...more.map(({ gid }) => gid)]);
    return { uid: entry.uid, gid: entry.gid, groups: [...all].sort((a, b) => a - b) };
}
/** The home folder of a user: container runtimes set `HOME` to it where the image does not, and to `/` for unknown users. */
function homeOf(uid, passwd) {
    return parsePasswd(passwd).find((line) => line.uid === uid)?.home || '/';
}
function findUser(who, passwd, user) {
    const lines = parsePasswd(passwd);
    if (SIGNED.test(who)) {
        const uid = idOf(who, user);
        return lines.find((line) => line.uid === uid) ?? { name: '', uid, gid: 0, home: '' };
    }
    const byName = lines.find(({ name }) => name === who);
    if (byName !== undefined)
        return byName;
    throw notFound(user, `the image has no user "${who}" in /etc/passwd`);
}
function findGroup(name, groups, user) {
    if (SIGNED.test(name))
        return idOf(name, user);
    const byName = groups.find((group) => group.name === name);
    if (byName !== undefined)
        return byName.gid;
    throw notFound(user, `the image has no group "${name}" in /etc/group`);
}
function idOf(text, user) {
    const id = Number(text);
    if (id > MAX_ID)
        throw notFound(user, `${text} is too large for an id`);
    return id;
}
function parsePasswd(text) {
    return fieldsOf(text).map(([name = '', , uid = '', gid = '', , home = '']) => ({
        name,
        uid: numberOf(uid),
        gid: numberOf(gid),
        home,
    }));
}
function parseGroups(text) {
    return fieldsOf(text).map(([name = '', , gid = '', members = '']) => ({
        name,
        gid: numberOf(gid),
        members: members.split(','),
    }));
}
/** What is no number counts as 0 (moby/sys/user, parseParts). */
function numberOf(field) {
    return NUMBER.test(field) ? Number(field) : 0;
}
function fieldsOf(text) {
    return text
        .split('\n')
        .map((line) => line.trim())
        .filter((line) => line !== '' && !line.startsWith('#'))
        .map((line) => line.split(':'));
}
function notFound(user, why) {
    return new errors_BuildError({
        kind: 'user',
        code: 'USER_NOT_FOUND',
        message: `The user "${user}" cannot be found: ${why}`,
        hint: 'Create it in an earlier step, or name it by number.',
    });
}

;// CONCATENATED MODULE: ./lib/worker/run/cleanup.js
/** Things to put away, last one first; all are tried, the first failure is thrown. */
class Cleanup {
    #steps = [];
    defer(step) {
        this.#steps.push(step);
    }
    use(resource) {
        this.defer(async () => await resource[Symbol.asyncDispose]());
        return resource;
    }
    async [Symbol.asyncDispose]() {
        const failures = [];
        for (let step = this.#steps.pop(); step !== undefined; step = this.#steps.pop()) {
            try {
                await step();
            }
            catch (error) {
                failures.push(error);
            }
        }
        if (failures.length > 0)
            throw failures[0];
    }
}

;// CONCATENATED MODULE: ./lib/worker/run/command.js

const ANY_EXECUTE = 73n;
/**
 * Checks that the program exists inside the root, so that its absence is not mistaken for an exit code of its own.
 * @throws BuildError `COMMAND_NOT_FOUND`
 */
function checkCommand(name, cwd, env, paths) {
    const places = name.includes('/')
        ? [under(cwd, name)]
        : searchPath(env).map((folder) => `${under(cwd, folder)}/${name}`);
    const files = places.map((place) => paths.resolve(place).stat).filter((stat) => stat?.isFile() === true);
    if (files.some((stat) => ((stat?.mode ?? 0n) & ANY_EXECUTE) !== 0n))
        return;
    throw new errors_BuildError({
        kind: 'user',
        code: 'COMMAND_NOT_FOUND',
        message: files.length > 0
            ? `The program "${name}" in the image is not executable`
            : `The image has no program "${name}"${name.includes('/') ? '' : ' in its PATH'}`,
        hint: 'Install it in an earlier step, or choose a base image that has it.',
    });
}
/**
 * Makes a working directory that is missing, 0755 and the user's: an image may name one that it does not hold, and a step may have deleted
 * it (BuildKit, executor/runcexecutor).
 * @throws BuildError `WORKDIR_NOT_FOUND` where a file or a read-only mount is in the way
 */
function makeCwd(cwd, paths, owner) {
    const { stat } = paths.resolve(cwd);
    if (stat?.isDirectory() === true)
        return;
    if (stat === undefined && paths.makeFolder(cwd, owner))
        return;
    throw new errors_BuildError({
        kind: 'user',
        code: 'WORKDIR_NOT_FOUND',
        message: `The working directory ${cwd} ${stat === undefined ? 'cannot be made' : 'is not a directory'} in the image`,
        hint: 'A read-only mount may cover it, or a file of that name is in the way.',
    });
}
function searchPath(env) {
    const value = env.findLast((pair) => pair.startsWith('PATH='))?.slice('PATH='.length) ?? '';
    return value.split(':').map((folder) => (folder === '' ? '.' : folder));
}
function under(cwd, path) {
    return path.startsWith('/') ? path : `${cwd}/${path}`;
}

;// CONCATENATED MODULE: ./lib/worker/run/network-files.js

/** As Docker falls back to when the machine has no resolv.conf of its own. */
const PUBLIC_RESOLVERS = 'nameserver 8.8.8.8\nnameserver 8.8.4.4\n';
/** Steps share the machine's network, its loopback interface too, so its own resolvers work as they are. */
async function resolvConf() {
    return await (0,promises_namespaceObject.readFile)('/etc/resolv.conf', 'utf8').catch(() => PUBLIC_RESOLVERS);
}
function hostsFile(hostname, extra) {
    const lines = [
        `127.0.0.1\tlocalhost ${hostname}`,
        '::1\tlocalhost ip6-localhost ip6-loopback',
        ...extra.map(({ name, ip }) => `${ip}\t${name}`),
    ];
    return `${lines.join('\n')}\n`;
}

;// CONCATENATED MODULE: ./lib/worker/run/placed-content.js






/**
 * Puts the content of mounts into a root where nothing can be mounted: what is there is set aside, and comes back when this is undone. All
 * folders must be on one file system.
 */
class PlacedContent {
    #paths;
    #aside;
    #placed = [];
    /** Sources that were moved, to where they are now. */
    #moved = new Map();
    #undo = [];
    #counter = 0;
    /** `aside`: an existing folder. */
    constructor(paths, aside) {
        this.#paths = paths;
        this.#aside = aside;
    }
    /** Paths inside the root. */
    get placed() {
        return this.#placed;
    }
    async place(mount) {
        const { inside, outside } = this.#paths.mountPoint(mount.target, mount.kind);
        const slash = inside.lastIndexOf('/');
        const parent = this.#paths.resolve(slash === -1 ? '' : inside.slice(0, slash)).outside;
        const old = (0,external_node_path_namespaceObject.join)(this.#aside, `old-${++this.#counter}`);
        const link = this.#linkTo(mount);
        const isMoved = mount.lasting === true && link === undefined;
        const content = isMoved ? mount.source : (link ?? (await this.#copy(mount.source)));
        this.#placed.push(inside);
        keepingTime(parent, () => {
            (0,external_node_fs_namespaceObject.renameSync)(outside, old);
            (0,external_node_fs_namespaceObject.renameSync)(content, outside);
        });
        if (isMoved)
            this.#moved.set(mount.source, inside);
        this.#undo.push(() => {
            if (!this.#paths.leadsThroughFolders(inside))
                return;
            keepingTime(parent, () => {
                if (isMoved && isOf(mount.kind, outside))
                    (0,external_node_fs_namespaceObject.renameSync)(outside, mount.source);
                else
                    (0,external_node_fs_namespaceObject.rmSync)(outside, { recursive: true, force: true });
                (0,external_node_fs_namespaceObject.renameSync)(old, outside);
            });
        });
    }
    /** For a source, or a part of one, that is in the root already: a link to it. */
    #linkTo({ source, lasting }) {
        if (lasting !== true)
            return undefined;
        const whole = [...this.#moved.keys()].find((moved) => source === moved || source.startsWith(`${moved}/`));
        if (whole === undefined)
            return undefined;
        const link = (0,external_node_path_namespaceObject.join)(this.#aside, `new-${++this.#counter}`);
        (0,external_node_fs_namespaceObject.symlinkSync)(`/${this.#moved.get(whole)}${source.slice(whole.length)}`, link);
        return link;
    }
    /** Of a socket another name, as a copy would not be the same socket. */
    async #copy(source) {
        const copy = (0,external_node_path_namespaceObject.join)(this.#aside, `new-${++this.#counter}`);
        if ((0,external_node_fs_namespaceObject.lstatSync)(source).isSocket())
            (0,external_node_fs_namespaceObject.linkSync)(source, copy);
        else
            await execOk(['cp', '-a', '--reflink=auto', '--', source, copy]);
        return copy;
    }
    /** Device nodes that the image does not have itself. */
    async placeDevices() {
        const made = (0,external_node_path_namespaceObject.join)(this.#aside, 'dev');
        await (0,promises_namespaceObject.mkdir)(made);
        const missing = (name) => this.#paths.resolve(`/dev/${name}`).stat === undefined;
        const devices = DEVICES.filter(missing);
        if (devices.length > 0)
            await execOk(['cp', '-a', '--', ...devices.map((name) => `/dev/${name}`), made]);
        const links = DEVICE_LINKS.filter(([name]) => missing(name));
        await Promise.all(links.map(([name, target]) => (0,promises_namespaceObject.symlink)(target, (0,external_node_path_namespaceObject.join)(made, name))));
        for (const name of [...devices, ...links.map(([link]) => link)]) {
            const source = (0,external_node_path_namespaceObject.join)(made, name);
            await this.place({ source, target: `/dev/${name}`, kind: 'file', readonly: false, lasting: true });
        }
    }
    undo() {
        for (let step = this.#undo.pop(); step !== undefined; step = this.#undo.pop()) {
            try {
                step();
            }
            catch {
                // The step took it away: then there is nothing to put back.
            }
        }
    }
}
/** A step may have put a link to a folder of this machine in the place of a cache. */
function isOf(kind, path) {
    return (0,external_node_fs_namespaceObject.lstatSync)(path).isDirectory() === (kind === 'folder');
}

;// CONCATENATED MODULE: ./lib/worker/run/socket-proxy.js



/** A socket with an owner and mode of its own that passes everything on to another one: the agent's own socket is not ours to change. */
async function proxySocket(path, target, access) {
    const open = new Set();
    const server = (0,external_node_net_namespaceObject.createServer)({ allowHalfOpen: true }, (inner) => {
        const outer = (0,external_node_net_namespaceObject.createConnection)({ path: target, allowHalfOpen: true });
        for (const [from, to] of [
            [inner, outer],
            [outer, inner],
        ]) {
            open.add(from);
            from.on('error', () => to.destroy());
            from.on('close', () => open.delete(from));
            from.pipe(to);
        }
    });
    server.listen(path);
    await (0,external_node_events_namespaceObject.once)(server, 'listening');
    await (0,promises_namespaceObject.chmod)(path, access.mode);
    await (0,promises_namespaceObject.chown)(path, access.uid, access.gid);
    return {
        path,
        async [Symbol.asyncDispose]() {
            server.close();
            for (const socket of open)
                socket.destroy();
        },
    };
}

;// CONCATENATED MODULE: ./lib/worker/run/run-mounts.js









/**
 * Gets the content of a step's mounts ready, parents first.
 * @throws BuildError `MOUNT_SOURCE_NOT_FOUND`; those of the snapshotter
 */
async function prepareMounts(mounts, context) {
    const sorted = [...mounts].sort((a, b) => depth(a.target) - depth(b.target));
    // One after the other: two steps that want the same caches must ask for them in the same order.
    const order = sorted.map((each) => lockOrder(each, context.caches));
    const ordered = [...sorted.keys()].sort((a, b) => compare(order[a], order[b]) || a - b);
    const prepared = [];
    const acquired = new Map();
    for (const index of ordered) {
        const each = sorted[index];
        if (each !== undefined)
            prepared[index] = await prepareMount(each, index, { ...context, acquired });
    }
    return prepared;
}
/**
 * Makes the mount points. `paths` learns what covers what, so that a mount can lie inside another one.
 * @throws BuildError `MOUNT_TARGET`
 */
function placeMounts(mounts, paths) {
    return mounts.map((each) => {
        const { source, target, kind, readonly, lasting } = each;
        checkOutsideProc(target, paths);
        takeMode(each, paths);
        const { inside } = paths.mountPoint(target, kind);
        paths.cover(inside, source, { shared: lasting === true, readonly });
        return { source, target: inside, readonly };
    });
}
/**
 * What the kernel shows there is not the root's: `/proc/1/root` of the process that mounts is the machine's own root.
 * @throws BuildError `MOUNT_TARGET`
 */
function checkOutsideProc(target, paths) {
    const proc = paths.resolve('proc').inside;
    if (!paths.resolve(target).inside.startsWith(`${proc}/`))
        return;
    throw new errors_BuildError({
        kind: 'user',
        code: 'MOUNT_TARGET',
        message: `Nothing can be mounted at ${target}, as it is inside /proc`,
        hint: 'Take another target; if its path is no such one, a symlink of the image leads there.',
    });
}
/** As runc does it: a tmpfs has the mode of the folder that it covers, and 1777 where there is none. Those of `/dev` are not the image's. */
function takeMode({ source, target, takesMode }, paths) {
    if (takesMode !== true)
        return;
    const { inside, stat } = paths.resolve(target);
    if (stat?.isDirectory() !== true || inside.startsWith('dev/'))
        return;
    (0,external_node_fs_namespaceObject.chmodSync)(source, Number(stat.mode & 4095n));
}
async function prepareMount(each, index, context) {
    switch (each.type) {
        case 'layers':
            return await prepareLayers(each, index, context);
        case 'cache':
            return await prepareCache(each, index, context);
        case 'tmpfs': {
            const source = (0,external_node_path_namespaceObject.join)(context.scratch, `tmpfs-${index}`);
            await (0,promises_namespaceObject.mkdir)(source);
            await makeTemporary(source, each.size, context);
            return { source, target: each.target, kind: 'folder', readonly: each.readonly, takesMode: true };
        }
        case 'file': {
            const source = (0,external_node_path_namespaceObject.join)(context.scratch, `file-${index}`);
            await (0,promises_namespaceObject.writeFile)(source, each.content, { mode: 0o600 });
            await (0,promises_namespaceObject.chown)(source, each.uid, each.gid);
            await (0,promises_namespaceObject.chmod)(source, each.mode);
            return { source, target: each.target, kind: 'file', readonly: true };
        }
        case 'socket': {
            const proxy = await proxySocket((0,external_node_path_namespaceObject.join)(context.scratch, `socket-${index}`), each.path, each);
            return { source: context.cleanup.use(proxy).path, target: each.target, kind: 'file', readonly: false };
        }
    }
}
/** Where nothing can be mounted it is an ordinary folder, whose size nobody limits. */
async function makeTemporary(folder, bytes, { mounts, cleanup }) {
    if (!mounts) {
        await (0,promises_namespaceObject.chmod)(folder, 0o1777);
        return;
    }
    const size = bytes === undefined ? '' : `,size=${bytes}`;
    await mount('tmpfs', 'tmpfs', folder, `mode=1777,nosuid${size}`);
    cleanup.defer(() => unmount(folder));
}
async function prepareLayers(each, index, { snapshotter, cleanup, name, signal }) {
    const view = each.readonly
        ? await snapshotter.view(each.stack, signal)
        : await snapshotter.create(each.stack, `${name}-mount-${index}`, signal);
    cleanup.use(view);
    const found = new RootPaths(view.path).resolve(each.source);
    return { ...sourceOf(found, each.source), target: each.target, readonly: each.readonly };
}
async function prepareCache(each, index, context) {
    const { caches, cleanup, signal, acquired } = context;
    const name = caches.nameOf(each);
    const cache = acquired.get(name) ?? cleanup.use(await caches.acquire(each, signal));
    acquired.set(name, cache);
    // With a seed, `source` chose what was copied; without one it is a folder of the cache.
    const found = new RootPaths(cache.path).resolve(each.seed === undefined ? each.source : '');
    const { source, kind } = sourceOf(found, each.source);
    const pinned = context.mounts && found.inside !== ''
        ? await pin({ folder: cache.path, inside: found.inside, kind }, index, context)
        : source;
    return { source: pinned, kind, target: each.target, readonly: each.readonly, lasting: true };
}
/** A step that has the cache at the same time could put a symlink there, which would show this step the machine's own files. */
async function pin({ folder, inside, kind }, index, { scratch, cleanup }) {
    const place = (0,external_node_path_namespaceObject.join)(scratch, `cache-${index}`);
    const fd = openInside(folder, inside);
    try {
        await (kind === 'folder' ? (0,promises_namespaceObject.mkdir)(place) : (0,promises_namespaceObject.writeFile)(place, ''));
        await bindFile(fd, place);
    }
    finally {
        (0,external_node_fs_namespaceObject.closeSync)(fd);
    }
    cleanup.defer(() => unmount(place));
    return place;
}
function sourceOf(found, source) {
    if (found.stat === undefined)
        throw missingMountSource(source);
    return { source: found.outside.toString('utf8'), kind: found.stat.isDirectory() ? 'folder' : 'file' };
}
function depth(target) {
    return target.split('/').filter((part) => part !== '').length;
}
/** Position by lock: caches that are waited for by name, the strictest first when a step asks for one in several ways; those that are not, last. */
function lockOrder(each, caches) {
    if (each.type !== 'cache')
        return LAST;
    return each.sharing === 'private' ? LAST : `${caches.nameOf(each)} ${each.sharing}`;
}
/** Names are hexadecimal. */
const LAST = 'last';
function compare(a = '', b = '') {
    return a < b ? -1 : a > b ? 1 : 0;
}

;// CONCATENATED MODULE: ./lib/worker/run/run-step.js
var run_step_addDisposableResource = (undefined && undefined.__addDisposableResource) || function (env, value, async) {
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
var run_step_disposeResources = (undefined && undefined.__disposeResources) || (function (SuppressedError) {
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













/** Docker's default, in bytes. */
const SHM_SIZE = 64 * 1024 * 1024;
/**
 * One step from its layers to its exit code. Everything but the snapshot is put away when this returns, and the mount points with it.
 * @throws BuildError as `Worker.run`
 */
async function runStep(request, name, context, options) {
    const snapshot = await context.snapshotter.create(request.root, name, options.signal);
    try {
        const exitCode = await runOn(snapshot, request, name, context, options);
        return { exitCode, snapshot };
    }
    catch (error) {
        await snapshot[Symbol.asyncDispose]();
        throw error;
    }
}
async function runOn(snapshot, request, name, context, options) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        const cleanup = run_step_addDisposableResource(env_1, new Cleanup(), true);
        const scratch = (0,external_node_path_namespaceObject.join)(context.scratch, `step-${name}`);
        await (0,promises_namespaceObject.mkdir)(scratch, { mode: 0o700 });
        const { snapshotter, caches, sandbox } = context;
        // Small files alone where content is mounted; where it is copied, perhaps whole trees.
        const remove = sandbox.mounts ? external_node_fs_namespaceObject.rmSync : promises_namespaceObject.rm;
        cleanup.defer(() => remove(scratch, { recursive: true, force: true }));
        const { signal } = options;
        const requested = sandbox.mounts ? request.mounts : request.mounts.map(exclusive);
        const mounts = await prepareMounts(requested, {
            snapshotter,
            caches,
            cleanup,
            mounts: sandbox.mounts,
            scratch,
            name,
            signal,
        });
        const network = (await networkMounts(request, scratch)).filter((file) => !isCovered(file, mounts));
        const paths = new RootPaths(snapshot.path);
        const files = readAccountFiles(paths);
        const account = findAccount(request.user, files);
        const env = withHome(request.env, homeOf(account.uid, files.passwd));
        cleanup.defer(() => paths.removeStubs());
        const place = sandbox.mounts ? mountAll : placeAll;
        const devices = request.insecure === true ? insecureDevices() : DEVICES;
        const placed = await place([...network, ...mounts].sort(byDepth), { paths, scratch, cleanup, devices });
        checkCommand(request.args[0] ?? '', request.cwd, env, paths);
        const pipes = await context.pipes.take();
        const spec = await specOf(request, { root: snapshot.path, scratch, pipes, account, env, ...placed.shown });
        await snapshot.begin(placed.own);
        // What is made from here on is the step's.
        makeCwd(request.cwd, paths, account);
        try {
            return await sandbox.run(spec, options);
        }
        finally {
            await snapshot.end();
        }
    }
    catch (e_1) {
        env_1.error = e_1;
        env_1.hasError = true;
    }
    finally {
        const result_1 = run_step_disposeResources(env_1);
        if (result_1)
            await result_1;
    }
}
function mountAll(mounts, { paths, scratch, devices }) {
    const dev = (0,external_node_path_namespaceObject.join)(scratch, 'dev');
    makeDeviceFolder(dev, devices);
    for (const folder of ['proc', 'sys'])
        paths.mountPoint(folder, 'folder');
    paths.cover(paths.mountPoint('dev', 'folder').inside, dev);
    return { shown: { dev, mounts: placeMounts(mounts, paths) }, own: [] };
}
async function placeAll(mounts, { paths, scratch, cleanup }) {
    const aside = (0,external_node_path_namespaceObject.join)(scratch, 'aside');
    await (0,promises_namespaceObject.mkdir)(aside);
    const content = new PlacedContent(paths, aside);
    cleanup.defer(() => content.undo());
    await content.placeDevices();
    for (const mount of mounts) {
        takeMode(mount, paths);
        await content.place(mount);
    }
    return { shown: { mounts: [] }, own: content.placed };
}
/** A cache that is moved into a root cannot be in two of them. */
function exclusive(mount) {
    return mount.type === 'cache' && mount.sharing === 'shared' ? { ...mount, sharing: 'locked' } : mount;
}
async function specOf(request, parts) {
    const { id, args, cwd, network, hostname } = request;
    return {
        ...parts,
        id,
        args,
        cwd,
        network,
        hostname,
        shmSize: request.shmSize ?? SHM_SIZE,
        insecure: request.insecure ?? false,
        limits: await grantable(request.ulimits ?? []),
    };
}
async function networkMounts(request, scratch) {
    const files = [
        { name: 'resolv.conf', text: await resolvConf() },
        { name: 'hosts', text: hostsFile(request.hostname, request.extraHosts) },
    ];
    return await Promise.all(files.map(async ({ name, text }) => {
        const source = (0,external_node_path_namespaceObject.join)(scratch, name);
        await (0,promises_namespaceObject.writeFile)(source, text, { mode: 0o644 });
        return { source, target: `/etc/${name}`, kind: 'file', readonly: true };
    }));
}
/** A step's own mount over /etc shows what it holds and nothing of ours, as in BuildKit. */
function isCovered({ target }, mounts) {
    return mounts.some((mount) => target === mount.target || target.startsWith(`${mount.target.replace(/\/$/, '')}/`));
}
function withHome(env, home) {
    return env.some((pair) => pair.startsWith('HOME=')) ? env : [...env, `HOME=${home}`];
}
function byDepth(a, b) {
    return a.target.split('/').length - b.target.split('/').length;
}

;// CONCATENATED MODULE: ./lib/worker/run/run-on-ladder.js


/**
 * Runs a step with the best way that works. One whose process could not be started, on a way that turns out not to work, is run again from the
 * beginning on a new snapshot: nothing of it has run. A process that was started is never run again.
 * @throws BuildError as `runStep`; `NO_ISOLATION`
 */
async function runOnLadder(request, name, context, options) {
    const { sandboxes, scratchFor, ...rest } = context;
    for (;;) {
        const step = await sandboxes.next(request.insecure === true);
        const { sandbox } = step;
        let isStarted = false;
        try {
            return await runStep(request, name, { ...rest, sandbox, scratch: scratchFor(sandbox) }, {
                ...options,
                onStarted: () => {
                    isStarted = true;
                    sandboxes.started(step);
                },
            });
        }
        catch (error) {
            if (isStarted || !isFailedStart(error) || !(await sandboxes.failed(step)))
                throw error;
        }
    }
}
function isFailedStart(error) {
    return error instanceof errors_BuildError && error.code === 'ISOLATION_FAILED';
}

;// CONCATENATED MODULE: ./lib/worker/process/output-frames.js

function frameHeader(stream, length) {
    const header = Buffer.alloc(protocol_OUTPUT_FRAME_HEADER);
    header[0] = protocol_OUTPUT_FRAME[stream];
    header.writeUInt32BE(length, 1);
    return header;
}
/** Hands over pieces of frames as they come: a frame need not be whole. What comes next waits for `drained`. */
async function readFrames(source, onOutput, drained) {
    let header = Buffer.alloc(0);
    let left = 0;
    let stream = 'stdout';
    for await (const chunk of source) {
        let rest = chunk;
        while (rest.length > 0) {
            if (left === 0) {
                const missing = OUTPUT_FRAME_HEADER - header.length;
                header = Buffer.concat([header, rest.subarray(0, missing)]);
                rest = rest.subarray(missing);
                if (header.length < OUTPUT_FRAME_HEADER)
                    break;
                stream = header[0] === OUTPUT_FRAME.stderr ? 'stderr' : 'stdout';
                left = header.readUInt32BE(1);
                header = Buffer.alloc(0);
                continue;
            }
            const piece = rest.subarray(0, left);
            left -= piece.length;
            rest = rest.subarray(piece.length);
            onOutput(piece, stream);
        }
        await drained?.();
    }
}

;// CONCATENATED MODULE: ./lib/worker/process/wire-error.js

function toWire(thrown) {
    const error = toBuildError(thrown);
    return { kind: error.kind, code: error.code, message: error.message, hint: error.hint };
}
function fromWire(error) {
    return new BuildError(error);
}

;// CONCATENATED MODULE: ./lib/worker/process/wire-run.js
function encodeRun(request) {
    return { ...request, mounts: request.mounts.map(encodeMount) };
}
function decodeRun(request) {
    return { ...request, mounts: request.mounts.map(decodeMount) };
}
function encodeMount(mount) {
    if (mount.type !== 'file')
        return mount;
    return { ...mount, content: Buffer.from(mount.content).toString('base64') };
}
function decodeMount(mount) {
    if (mount.type !== 'file')
        return mount;
    return { ...mount, content: Buffer.from(mount.content, 'base64') };
}

;// CONCATENATED MODULE: ./lib/worker/process/write-chunk.js


/**
 * Waits while the reader is behind.
 * @throws BuildError `READER_LEFT`
 */
async function writeChunk(socket, chunk) {
    if (socket.destroyed) {
        throw new errors_BuildError({
            kind: 'environment',
            code: 'READER_LEFT',
            message: 'Nobody reads this stream any more',
        });
    }
    if (socket.write(chunk))
        return;
    await Promise.race([(0,external_node_events_namespaceObject.once)(socket, 'drain'), (0,external_node_events_namespaceObject.once)(socket, 'close')]);
}

;// CONCATENATED MODULE: ./lib/worker/process/jobs.js







/** Answers main's calls, many at a time. */
class Jobs {
    #layers;
    #host;
    #channel;
    #running = new Map();
    #ended = new Map();
    #streams = new Set();
    /** Where changes of runs are being sent. */
    #sinks = new Map();
    /** Of runs that ended well: main asks for them next. */
    #differences = new Map();
    /** What ended runs leave is being put in its place. */
    #settling = new Map();
    #handlers;
    #counter = 0;
    /** What is not there yet is waited for. */
    constructor(layers, host, channel) {
        this.#layers = layers;
        this.#host = host;
        this.#channel = channel;
        this.#handlers = {
            unpack: async ({ stack }, signal) => {
                await this.#unpack(stack, signal);
                return null;
            },
            prepare: async ({ stack }, signal) => {
                await this.#unpack(stack, signal);
                await (await host).snapshotter.prepare(stack, signal);
                return null;
            },
            isolation: async () => {
                const { sandboxes, report } = await host;
                await sandboxes.next(true);
                return await report;
            },
            run: (params, signal) => this.#run(params, signal),
            changes: (params, signal) => this.#changes(params, signal),
            commit: async ({ run, diffId, times }) => {
                const snapshot = this.#snapshot(run);
                const begun = this.#differences.get(run);
                if (begun !== undefined)
                    this.#settle(run, () => begun.found.then(() => undefined));
                this.#settle(run, () => snapshot.commit(diffId, times));
                return null;
            },
            release: async ({ run }) => {
                this.#release(run);
                return null;
            },
            restoreCache: (params, signal) => this.#restoreCache(params, signal),
            inspectCache: async ({ cache }, signal) => (await (await host).caches.inspect(cache, signal)) ?? null,
            packCache: (params, signal) => this.#packCache(params, signal),
            discard: async () => {
                (await host).discard();
                return null;
            },
            prune: async ({ before }) => ({ freed: await (await host).prune(new Date(before)) }),
            held: async () => ({
                folders: (await (await host).held()).map((folder) => ({
                    ...folder,
                    lastUsed: folder.lastUsed.getTime(),
                })),
            }),
            sweep: async ({ owners }) => {
                await (await host).sweep(owners);
                return null;
            },
        };
    }
    start(call) {
        const abort = new AbortController();
        const done = this.#answer(call, abort.signal).finally(() => this.#running.delete(call.id));
        this.#running.set(call.id, { abort, done });
    }
    cancel(id) {
        this.#running.get(id)?.abort.abort();
    }
    /** Ends everything and puts it away. */
    async stop() {
        const all = [...this.#running.values()];
        for (const { abort } of all)
            abort.abort();
        for (const sink of this.#sinks.values())
            sink.destroy();
        await Promise.allSettled([...all.map(({ done }) => done), ...this.#streams]);
        for (const run of this.#ended.keys())
            this.#release(run);
        await Promise.all(this.#settling.values());
    }
    async #answer(call, signal) {
        try {
            const handler = this.#handlers[call.method];
            this.#channel.send({ id: call.id, result: await handler(call.params, signal) });
        }
        catch (error) {
            this.#channel.send({ id: call.id, error: toWire(error) });
        }
    }
    async #run({ request, stream }, signal) {
        const output = await this.#channel.openStream(stream);
        try {
            const name = `run-${++this.#counter}`;
            const host = await this.#host;
            await this.#settled();
            const { exitCode, snapshot } = await runOnLadder(decodeRun(request), name, host, {
                signal,
                onOutput: async (chunk, kind) => {
                    await writeChunk(output, Buffer.concat([frameHeader(kind, chunk.length), chunk]));
                },
            });
            this.#ended.set(request.id, snapshot);
            if (exitCode === 0)
                this.#differences.set(request.id, beginDifference(snapshot));
            return { exitCode };
        }
        finally {
            output.end();
            this.#channel.send({ streamEnd: stream });
        }
    }
    async #changes({ run, stream }, signal) {
        const begun = this.#differences.get(run);
        this.#differences.delete(run);
        signal.addEventListener('abort', () => begun?.abort.abort(), { once: true });
        const { tar, deleted } = await (begun?.found ?? this.#snapshot(run).difference(signal));
        const sent = this.#sendTar(run, tar, stream).then(() => {
            this.#streams.delete(sent);
        });
        this.#streams.add(sent);
        return { deleted };
    }
    /** Never rejects: its failure is told to main. */
    async #sendTar(run, tar, stream) {
        try {
            const socket = await this.#channel.openStream(stream);
            this.#sinks.set(run, socket);
            try {
                for await (const chunk of tar)
                    await writeChunk(socket, chunk);
                this.#channel.send({ streamEnd: stream });
            }
            finally {
                this.#sinks.delete(run);
                socket.end();
            }
        }
        catch (error) {
            this.#channel.send({ streamEnd: stream, error: toWire(error) });
        }
    }
    async #restoreCache({ cache, archive, stream }, signal) {
        let socket;
        const open = async () => {
            socket = await this.#channel.openStream(stream);
            return socket;
        };
        try {
            const { caches } = await this.#host;
            return { restored: await caches.restore(cache, archive, open, signal) };
        }
        finally {
            socket?.destroy();
        }
    }
    async #packCache({ cache, stream }, signal) {
        const socket = await this.#channel.openStream(stream);
        try {
            const { caches } = await this.#host;
            return await caches.pack(cache, (chunk) => writeChunk(socket, chunk), signal);
        }
        finally {
            socket.end();
        }
    }
    async #unpack(stack, signal) {
        await this.#settled();
        await unpackedStack(withoutRepeats(stack), await this.#layers, signal);
    }
    #release(run) {
        const snapshot = this.#ended.get(run);
        this.#ended.delete(run);
        // Somebody who reads no further would hold the run up for ever.
        this.#sinks.get(run)?.destroy();
        const begun = this.#differences.get(run);
        this.#differences.delete(run);
        begun?.abort.abort();
        if (begun !== undefined)
            this.#settle(run, () => begun.found.then(() => undefined));
        if (snapshot !== undefined)
            this.#settle(run, () => snapshot[Symbol.asyncDispose]());
    }
    /**
     * Main does not wait for it, whoever builds on the result does. What fails is no loss: a layer that is not kept is unpacked, and what is left
     * lying goes with the worker.
     */
    #settle(run, work) {
        const done = (this.#settling.get(run) ?? Promise.resolve())
            .then(work)
            .catch(() => undefined)
            .finally(() => {
            if (this.#settling.get(run) === done)
                this.#settling.delete(run);
        });
        this.#settling.set(run, done);
    }
    async #settled() {
        await Promise.all(this.#settling.values());
    }
    #snapshot(run) {
        const snapshot = this.#ended.get(run);
        if (snapshot !== undefined)
            return snapshot;
        throw new errors_BuildError({ kind: 'bug', code: 'NO_SUCH_RUN', message: `The worker holds no run ${run}` });
    }
}
function beginDifference(snapshot) {
    const abort = new AbortController();
    const found = snapshot.difference(abort.signal);
    // Whoever asks for it is told.
    found.catch(() => undefined);
    return { found, abort };
}

;// CONCATENATED MODULE: ./lib/worker/process/lines.js


const lines_NEWLINE = 0x0a;
const MAX_FIRST_LINE = 64 * 1024;
/**
 * The first line of a stream; what follows it stays unread.
 * @throws BuildError `WORKER_PROTOCOL` when the stream ends before
 */
async function readFirstLine(stream) {
    let seen = Buffer.alloc(0);
    for (;;) {
        const chunk = stream.read();
        if (chunk === null) {
            if (stream.readableEnded || stream.destroyed)
                throw protocolError('the connection ended before its first line');
            await Promise.race([(0,external_node_events_namespaceObject.once)(stream, 'readable'), (0,external_node_events_namespaceObject.once)(stream, 'end'), (0,external_node_events_namespaceObject.once)(stream, 'close')]);
            continue;
        }
        seen = Buffer.concat([seen, chunk]);
        const end = seen.indexOf(lines_NEWLINE);
        if (end !== -1) {
            const rest = seen.subarray(end + 1);
            if (rest.length > 0)
                stream.unshift(rest);
            return seen.toString('utf8', 0, end);
        }
        if (seen.length > MAX_FIRST_LINE)
            throw protocolError('the first line is too long');
    }
}
/** JSON values, one a line, until the stream ends. An end in the middle of a line is dropped: its sender is gone. */
async function* readMessages(stream) {
    let pieces = [];
    for await (const chunk of stream) {
        let from = 0;
        for (let end = chunk.indexOf(lines_NEWLINE); end !== -1; end = chunk.indexOf(lines_NEWLINE, from)) {
            pieces.push(chunk.subarray(from, end));
            yield JSON.parse(Buffer.concat(pieces).toString('utf8'));
            pieces = [];
            from = end + 1;
        }
        if (from < chunk.length)
            pieces.push(chunk.subarray(from));
    }
}
function writeMessage(socket, message) {
    if (!socket.destroyed)
        socket.write(`${JSON.stringify(message)}\n`);
}
function protocolError(what) {
    return new errors_BuildError({
        kind: 'bug',
        code: 'WORKER_PROTOCOL',
        message: `Talk with the worker broke: ${what}`,
    });
}

;// CONCATENATED MODULE: ./lib/base/temp.js


/** A new folder below `parent` (which must exist), mode 0700, removed with all its content when disposed. */
async function temp_tempDir(parent, prefix) {
    const path = await mkdtemp(join(parent, prefix));
    return {
        path,
        async [Symbol.asyncDispose]() {
            await rm(path, { recursive: true, force: true });
        },
    };
}

;// CONCATENATED MODULE: ./lib/worker/process/socket-folder.js




/** sun_path of unix(7) holds 108 bytes with the closing NUL. */
const MAX_SOCKET_PATH = 107;
/** The name of a folder for one main process's socket, with its pid. */
const SOCKET_FOLDER = /^w-(\d+)-/;
/** In the state folder, or in the system's temporary folder when the path would be too long for a socket. */
async function socketFolder(folder) {
    await removeStale(folder);
    const prefix = `w-${process.pid}-`;
    const fits = Buffer.byteLength(join(folder, `${prefix}XXXXXX`, 's')) <= MAX_SOCKET_PATH;
    return await tempDir(fits ? folder : tmpdir(), prefix);
}
/** What main processes that were killed left behind. */
async function removeStale(folder) {
    for (const name of await readdir(folder)) {
        const pid = Number(SOCKET_FOLDER.exec(name)?.[1]);
        if (pid > 0 && !isAlive(pid))
            await rm(join(folder, name), { recursive: true, force: true }).catch(() => undefined);
    }
}
function isAlive(pid) {
    try {
        process.kill(pid, 0);
        return true;
    }
    catch (error) {
        return error.code === 'EPERM';
    }
}

;// CONCATENATED MODULE: ./lib/worker/process/serve.js












/** Files for a step must be readable in it, whatever the umask of whoever started us. */
const serve_UMASK = 0o022;
/** The worker's whole life: from the first line of stdin until main goes away. */
async function serveWorker() {
    closeInherited();
    process.umask(serve_UMASK);
    const hello = JSON.parse(await readFirstLine(process.stdin));
    const socket = await connect(hello, { token: hello.token, role: 'control' });
    const send = (message) => writeMessage(socket, message);
    const channel = {
        send,
        openStream: (stream) => connect(hello, { token: hello.token, role: 'stream', stream }),
    };
    const layers = Promise.withResolvers();
    const opened = Promise.withResolvers();
    for (const { promise } of [layers, opened])
        promise.catch(() => undefined);
    const jobs = new Jobs(layers.promise, opened.promise, channel);
    let ended;
    let host;
    try {
        checkVersion(hello);
        ended = Promise.race([ownerGone(), talk(socket, jobs)]).catch(() => undefined);
        host = await openHost(hello, layers.resolve);
    }
    catch (error) {
        layers.reject(error);
        opened.reject(error);
        await jobs.stop();
        send({ refused: toWire(error) });
        socket.end();
        await (0,external_node_events_namespaceObject.once)(socket, 'close').catch(() => undefined);
        process.exit(1);
    }
    opened.resolve(host);
    send({ owners: host.owners });
    host.report.then((isolation) => send({ isolation })).catch(() => undefined);
    await ended;
    await jobs.stop();
    await host.close();
    await removeSocketFolder(hello.socket);
    process.exit(0);
}
async function talk(socket, jobs) {
    for await (const message of readMessages(socket)) {
        if ('cancel' in message)
            jobs.cancel(message.cancel);
        else
            jobs.start(message);
    }
}
/** Main ended or wants us to. */
async function ownerGone() {
    process.stdin.resume();
    process.stdin.on('error', () => undefined);
    const signals = ['SIGTERM', 'SIGINT', 'SIGHUP'].map((signal) => (0,external_node_events_namespaceObject.once)(process, signal));
    await Promise.race([(0,external_node_events_namespaceObject.once)(process.stdin, 'close'), (0,external_node_events_namespaceObject.once)(process.stdin, 'end'), ...signals]);
}
/** Main removes it itself unless it was killed. */
async function removeSocketFolder(socket) {
    const folder = (0,external_node_path_namespaceObject.dirname)(socket);
    if (!SOCKET_FOLDER.test((0,external_node_path_namespaceObject.basename)(folder)))
        return;
    await (0,promises_namespaceObject.rm)(folder, { recursive: true, force: true }).catch(() => undefined);
}
async function connect(hello, introduction) {
    const socket = (0,external_node_net_namespaceObject.createConnection)(hello.socket);
    await (0,external_node_events_namespaceObject.once)(socket, 'connect');
    socket.on('error', () => undefined);
    writeMessage(socket, introduction);
    return socket;
}
function checkVersion(hello) {
    if (hello.version === PROTOCOL_VERSION)
        return;
    throw new errors_BuildError({
        kind: 'bug',
        code: 'WORKER_PROTOCOL',
        message: `The worker speaks version ${PROTOCOL_VERSION} of the protocol, main version ${hello.version}`,
    });
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
/******/ 		__webpack_modules__[moduleId](module, module.exports, __nccwpck_require__);
/******/ 		threw = false;
/******/ 	} finally {
/******/ 		if(threw) delete __webpack_module_cache__[moduleId];
/******/ 	}
/******/ 
/******/ 	// Return the exports of the module
/******/ 	return module.exports;
/******/ }
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
/************************************************************************/
/******/ 
/******/ // startup
/******/ // Load entry module and return exports
/******/ // This entry module used 'module' so it can't be inlined
/******/ var __webpack_exports__ = __nccwpck_require__(564);
/******/ __webpack_exports__ = await __webpack_exports__;
/******/ 
