export const id = 240;
export const ids = [240,584];
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


/***/ }),

/***/ 3997:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   W: () => (/* binding */ isNobodyThere)
/* harmony export */ });
const CODES = new Set(['ECONNREFUSED', 'ENOTFOUND']);
/** Errors that are looked through: a chain of causes may be a circle. */
const DEEPEST = 16;
/**
 * Did a connection fail since nothing listens there (`ECONNREFUSED`), or since the host has no address (`ENOTFOUND`)? Then it will so soon after.
 * Errors that it was the cause of are looked through, not only those of this realm.
 */
function isNobodyThere(thrown) {
    let error = thrown;
    for (let depth = 0; depth < DEEPEST && typeof error === 'object' && error !== null; depth += 1) {
        if ('code' in error && CODES.has(error.code))
            return true;
        error = 'cause' in error ? error.cause : undefined;
    }
    return false;
}


/***/ }),

/***/ 5947:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   y: () => (/* binding */ tempDir)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);


/** A new folder below `parent` (which must exist), mode 0700, removed with all its content when disposed. */
async function tempDir(parent, prefix) {
    const path = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.mkdtemp)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(parent, prefix));
    return {
        path,
        async [Symbol.asyncDispose]() {
            await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.rm)(path, { recursive: true, force: true });
        },
    };
}


/***/ }),

/***/ 3237:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   G$: () => (/* binding */ blocksUnderWay),
/* harmony export */   Qf: () => (/* binding */ inBlocks),
/* harmony export */   al: () => (/* binding */ inOrder)
/* harmony export */ });
/* harmony import */ var node_os__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8161);

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
    return Math.min((0,node_os__WEBPACK_IMPORTED_MODULE_0__.availableParallelism)(), 8) + more;
}


/***/ }),

/***/ 5829:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   k: () => (/* binding */ ByteReader),
/* harmony export */   p: () => (/* binding */ truncated)
/* harmony export */ });
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7594);

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
    return new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildError */ .zS({
        kind: 'user',
        code: 'TAR_TRUNCATED',
        message: 'The archive ends in the middle of a member',
        hint: 'It was not copied or downloaded as a whole.',
    });
}
function tooLarge(limit) {
    return new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildError */ .zS({
        kind: 'user',
        code: 'TAR_TOO_LARGE',
        message: `The archive holds more than ${limit} bytes`,
    });
}


/***/ }),

/***/ 9470:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  B: () => (/* binding */ compress),
  u: () => (/* binding */ zstdMissing)
});

// EXTERNAL MODULE: external "node:util"
var external_node_util_ = __webpack_require__(7975);
// EXTERNAL MODULE: external "node:zlib"
var external_node_zlib_ = __webpack_require__(8522);
var external_node_zlib_namespaceObject = /*#__PURE__*/__webpack_require__.t(external_node_zlib_, 2);
// EXTERNAL MODULE: ./lib/base/errors.js
var errors = __webpack_require__(7594);
// EXTERNAL MODULE: ./lib/image/layer/blocks.js
var blocks = __webpack_require__(3237);
// EXTERNAL MODULE: ./lib/image/layer/compression-level.js
var compression_level = __webpack_require__(4962);
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
const BLOCK = 1024 * 1024;
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
const deflateRaw = (0,external_node_util_.promisify)(external_node_zlib_.deflateRaw);
/**
 * One member, whose blocks were deflated apart with the end of the block before as dictionary, as pigz does. Runs of bytes that look random are stored as
 * they are. The memory of blocks is used again: new memory for each would make the collector of garbage run all the time.
 */
async function* gzip(source, level) {
    let crc = 0;
    let size = 0;
    const free = [];
    yield HEADER;
    const deflated = (0,blocks/* inOrder */.al)(gzipBlocks(source, free), (0,blocks/* blocksUnderWay */.G$)(MORE_BLOCKS), async (block) => {
        const data = block.memory.subarray(gzip_WINDOW, gzip_WINDOW + block.size);
        // In order and before the first await: the checksum runs over the whole.
        crc = external_node_zlib_.crc32(data, crc);
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
                joined = Buffer.allocUnsafeSlow(BLOCK + length);
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
    let memory = Buffer.allocUnsafeSlow(gzip_WINDOW + BLOCK);
    let before = 0;
    let size = 0;
    for await (const chunk of source) {
        for (let at = 0; at < chunk.length;) {
            if (size === BLOCK) {
                const full = { memory, before, size, last: false };
                memory = free.pop() ?? Buffer.allocUnsafeSlow(gzip_WINDOW + BLOCK);
                full.memory.copy(memory, 0, BLOCK);
                [before, size] = [gzip_WINDOW, 0];
                yield full;
            }
            const piece = chunk.subarray(at, at + BLOCK - size);
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
        finishFlush: last ? external_node_zlib_.constants.Z_FINISH : external_node_zlib_.constants.Z_SYNC_FLUSH,
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
            return gzip(source, checkedLevel(choice, GZIP_LEVEL, compression_level/* HIGHEST_LEVEL */.e.gzip));
        case 'zstd':
            return zstd(source, checkedLevel(choice, ZSTD_LEVEL, compression_level/* HIGHEST_LEVEL */.e.zstd));
        case 'none':
            return asBuffers(source);
    }
}
async function* zstd(source, level) {
    const compressFrame = zstdFrame(level);
    let frames = 0;
    for await (const frame of (0,blocks/* inOrder */.al)((0,blocks/* inBlocks */.Qf)(source, ZSTD_FRAME), (0,blocks/* blocksUnderWay */.G$)(2), compressFrame)) {
        frames += 1;
        yield frame;
    }
    if (frames === 0)
        yield await compressFrame(Buffer.alloc(0));
}
function zstdFrame(level) {
    const { zstdCompress } = external_node_zlib_namespaceObject;
    if (zstdCompress === undefined)
        throw zstdMissing();
    const compressOne = (0,external_node_util_.promisify)(zstdCompress);
    const { ZSTD_c_compressionLevel, ZSTD_c_checksumFlag } = external_node_zlib_.constants;
    return async (data) => await compressOne(data, {
        chunkSize: ZSTD_FRAME / 4,
        params: { [ZSTD_c_compressionLevel]: level, [ZSTD_c_checksumFlag]: 1 },
    });
}
function zstdMissing() {
    return new errors/* BuildError */.zS({
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
    throw new errors/* BuildError */.zS({
        kind: 'user',
        code: 'BAD_COMPRESSION_LEVEL',
        message: `${level} is no compression level of ${choice.type}`,
        hint: `It goes from 0 to ${most}.`,
    });
}


/***/ }),

/***/ 3751:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  m: () => (/* binding */ decompress)
});

// EXTERNAL MODULE: external "node:stream"
var external_node_stream_ = __webpack_require__(7075);
// EXTERNAL MODULE: external "node:stream/promises"
var promises_ = __webpack_require__(6466);
// EXTERNAL MODULE: external "node:zlib"
var external_node_zlib_ = __webpack_require__(8522);
var external_node_zlib_namespaceObject = /*#__PURE__*/__webpack_require__.t(external_node_zlib_, 2);
// EXTERNAL MODULE: ./lib/base/errors.js
var errors = __webpack_require__(7594);
// EXTERNAL MODULE: ./lib/base/exec.js
var exec = __webpack_require__(9584);
// EXTERNAL MODULE: ./lib/image/layer/blocks.js
var blocks = __webpack_require__(3237);
// EXTERNAL MODULE: ./lib/image/layer/compress.js + 2 modules
var compress = __webpack_require__(9470);
// EXTERNAL MODULE: ./lib/image/layer/detect-compression.js
var detect_compression = __webpack_require__(8851);
// EXTERNAL MODULE: ./lib/image/layer/byte-reader.js
var byte_reader = __webpack_require__(5829);
;// CONCATENATED MODULE: ./lib/image/layer/zstd-frames.js


const FRAME_MAGIC = 0xfd2fb528;
const SKIPPABLE_MAGIC = 0x184d2a50;
/**
 * The frames of a zstd stream (RFC 8878 section 3.1), each as the bytes of one whole frame; skippable frames are left out. Node's decoder stops
 * silently after the first frame, so every frame has to get a decoder of its own. A frame must be read to its end before the next is asked for.
 * @throws BuildError `BAD_COMPRESSION`
 */
async function* zstdFrames(source) {
    const reader = new byte_reader/* ByteReader */.k(source, { cutOff: cutFrame });
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
    return new errors/* BuildError */.zS({
        kind: 'user',
        code: 'BAD_COMPRESSION',
        message: `This is no whole zstd stream: ${what}`,
    });
}

;// CONCATENATED MODULE: ./lib/image/layer/decompress.js
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
            throw tooLarge(limit);
        yield chunk;
    }
}
function decoded(source, compression, options) {
    switch (compression) {
        case 'auto':
            return detected(source, options);
        case 'none':
            return asBuffers(source);
        case 'gzip':
            if (options.gzipProgram === true)
                return program(source, compression);
            return through(notEmpty(source), external_node_zlib_.createGunzip({ chunkSize: CHUNK }), 'gzip');
        case 'zstd':
            return zstd(source);
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
    while (length < detect_compression/* MAGIC_LENGTH */.z && !done) {
        const next = await iterator.next();
        if (next.done === true)
            done = true;
        else {
            head.push(next.value);
            length += next.value.length;
        }
    }
    const first = Buffer.concat(head);
    yield* decoded(joined(first, iterator), (0,detect_compression/* detectCompression */.I)(first), options);
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
async function* zstd(source) {
    const { createZstdDecompress } = external_node_zlib_namespaceObject;
    if (createZstdDecompress === undefined)
        throw (0,compress/* zstdMissing */.u)();
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
    const feeding = (0,promises_.pipeline)(external_node_stream_.Readable.from((0,blocks/* inBlocks */.Qf)(source, CHUNK), { highWaterMark: 2 }), decoder);
    feeding.catch(() => undefined);
    try {
        for await (const chunk of decoder)
            yield chunk;
        await feeding;
    }
    catch (cause) {
        throw cause instanceof errors/* BuildError */.zS || !isZlibError(cause) ? cause : badStream(name, cause);
    }
    finally {
        decoder.destroy();
    }
}
async function* program(source, name) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        const child = __addDisposableResource(env_1, (0,exec/* start */.ni)([name, '-dc']), true);
        let failure;
        const feeding = (0,promises_.pipeline)(external_node_stream_.Readable.from(source), child.stdin).catch((cause) => {
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
        const result_1 = __disposeResources(env_1);
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
async function* asBuffers(source) {
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
    return new errors/* BuildError */.zS({
        kind: 'user',
        code: 'BAD_COMPRESSION',
        message: `This is no whole ${name} stream: ${why === '' ? 'it is damaged' : why}`,
        cause,
    });
}
function tooLarge(limit) {
    return new errors/* BuildError */.zS({
        kind: 'user',
        code: 'DECOMPRESSED_TOO_LARGE',
        message: `The archive unpacks to more than ${limit} bytes`,
    });
}


/***/ }),

/***/ 8851:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   I: () => (/* binding */ detectCompression),
/* harmony export */   z: () => (/* binding */ MAGIC_LENGTH)
/* harmony export */ });
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


/***/ }),

/***/ 9811:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   MP: () => (/* binding */ compareNames),
/* harmony export */   aA: () => (/* binding */ encodeName),
/* harmony export */   e4: () => (/* binding */ decodeName)
/* harmony export */ });
/* harmony import */ var node_buffer__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(4573);

/** U+DC80 to U+DCFF stand for the bytes 0x80 to 0xFF that are not part of valid UTF-8. */
const ESCAPE_BASE = 0xdc00;
const LOWEST_SURROGATE = 0xd800;
/** Bytes of a name as a string; every byte that is not part of valid UTF-8 becomes U+DC00 + byte. */
function decodeName(bytes) {
    const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
    if ((0,node_buffer__WEBPACK_IMPORTED_MODULE_0__.isUtf8)(buffer))
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
    return (0,node_buffer__WEBPACK_IMPORTED_MODULE_0__.isUtf8)(bytes.subarray(at, at + length)) ? length : 0;
}


/***/ }),

/***/ 6884:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Nv: () => (/* binding */ checkLength),
/* harmony export */   bx: () => (/* binding */ baseOf),
/* harmony export */   cm: () => (/* binding */ childPath),
/* harmony export */   gN: () => (/* binding */ parentOf),
/* harmony export */   ts: () => (/* binding */ cleanPath)
/* harmony export */ });
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7594);

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
        throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildError */ .zS({
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
    throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildError */ .zS({
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
    return new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildError */ .zS({
        kind: 'user',
        code: 'TAR_PATH_ESCAPES',
        message: `The archive has a member that would land outside of the root: ${JSON.stringify(name)}`,
        hint: 'Such an archive is made by mistake or with bad intent; pack it again from inside the folder.',
    });
}


/***/ }),

/***/ 9104:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  lu: () => (/* binding */ extendTree),
  K3: () => (/* binding */ layerTree),
  Fy: () => (/* binding */ renamedTree)
});

// EXTERNAL MODULE: ./lib/base/errors.js
var errors = __webpack_require__(7594);
// EXTERNAL MODULE: ./lib/image/layer/entry-name.js
var entry_name = __webpack_require__(9811);
// EXTERNAL MODULE: ./lib/image/layer/byte-reader.js
var byte_reader = __webpack_require__(5829);
// EXTERNAL MODULE: ./lib/image/layer/tar-read.js + 2 modules
var tar_read = __webpack_require__(2662);
// EXTERNAL MODULE: ./lib/image/layer/watched-bytes.js
var watched_bytes = __webpack_require__(223);
;// CONCATENATED MODULE: ./lib/image/layer/tree-content.js




/** Content that several files share is kept up to this, in bytes; what is larger is read again for each. */
const SHARED_LIMIT = 8 * 1024 * 1024;
/**
 * The files with their content. Each layer is read once from its start to the last file wanted of it; again only for large files that share their
 * content. Contents are checked against their digests.
 * @throws BuildError `CONTENT_CHANGED`
 */
async function* readContent(files) {
    for (const file of files) {
        if (file.home.entry.size === 0)
            yield { entry: file.node, body: none() };
    }
    const byLayer = Map.groupBy(files.filter((file) => file.home.entry.size > 0), (file) => file.home.layer);
    for (const [layer, wanted] of byLayer)
        yield* readFromLayer(layer, wanted);
}
async function* readFromLayer(layer, wanted) {
    const pieces = Map.groupBy(wanted, (file) => file.home.entry.offset);
    const scattered = pieces.get(undefined) ?? [];
    const placed = [];
    for (const [offset, files] of pieces) {
        if (offset === undefined)
            continue;
        placed.push({ offset, size: files[0]?.node.size ?? 0, nodes: files.map(({ node }) => node) });
    }
    placed.sort((a, b) => a.offset - b.offset);
    for (let rest = placed; rest.length > 0;) {
        const later = [];
        yield* onePass(layer, rest, later);
        rest = later;
    }
    for (const file of scattered)
        yield* readSparse(layer, file.home.entry, file.node);
}
/** What cannot be given out in this pass goes to `later`. */
async function* onePass(layer, pieces, later) {
    const reader = new byte_reader/* ByteReader */.k(await layer.open(), { cutOff: () => changed('A layer') });
    try {
        for (const { offset, size, nodes } of pieces) {
            const [first, ...others] = nodes;
            if (first === undefined)
                continue;
            if (offset < reader.position)
                throw changed('The index of a layer');
            await reader.skip(offset - reader.position);
            const body = checked(first, pieceOf(reader, offset + size));
            if (others.length === 0 || size > SHARED_LIMIT) {
                yield { entry: first, body, ...digestIn(first) };
                await reader.skip(offset + size - reader.position);
                if (others.length > 0)
                    later.push({ offset, size, nodes: others });
            }
            else {
                yield* shared(nodes, body);
            }
        }
    }
    finally {
        await reader.close();
    }
}
async function* shared(nodes, body) {
    const chunks = [];
    for await (const chunk of body)
        chunks.push(chunk);
    for (const entry of nodes)
        yield { entry, body: given(chunks), ...digestIn(entry) };
}
async function* given(chunks) {
    yield* chunks;
}
async function* pieceOf(reader, end) {
    while (reader.position < end) {
        const piece = await reader.some(end - reader.position);
        if (piece === undefined)
            return;
        yield piece;
    }
}
/** A sparse file has no place of its own: the archive is read up to it. */
async function* readSparse(layer, entry, node) {
    let ahead = layer.index.entries.indexOf(entry);
    for await (const member of (0,tar_read/* readTar */.s)(await layer.open())) {
        if (ahead > 0) {
            ahead -= 1;
            continue;
        }
        if (member.body === undefined || member.entry.path !== entry.path)
            break;
        yield { entry: node, body: checked(node, member.body), ...digestIn(node) };
        return;
    }
    throw changed(JSON.stringify(entry.path));
}
async function* checked(node, body) {
    const bytes = new watched_bytes/* WatchedBytes */.s();
    yield* bytes.watch(body);
    const same = node.content === undefined || bytes.digest() === node.content;
    if (bytes.size !== node.size || !same)
        throw changed(JSON.stringify(node.path));
}
/** Told, since the body is checked against it. */
function digestIn({ content }) {
    return content === undefined ? {} : { content };
}
async function* none() {
    // An empty file needs no layer.
}
function changed(what) {
    return new errors/* BuildError */.zS({
        kind: 'remote',
        code: 'CONTENT_CHANGED',
        message: `${what} no longer holds what it held when it was looked at`,
        hint: 'A cached layer was damaged or replaced; build again without the cache.',
    });
}

// EXTERNAL MODULE: ./lib/image/layer/entry-path.js
var entry_path = __webpack_require__(6884);
;// CONCATENATED MODULE: ./lib/image/layer/tree-item.js
function isFolder(item) {
    return item !== undefined && 'children' in item;
}

;// CONCATENATED MODULE: ./lib/image/layer/whiteout.js

/** OCI image-spec 1.1, layer.md "Whiteouts". */
const PREFIX = '.wh.';
/** Files of aufs's own, and the opaque mark. */
const META_PREFIX = '.wh..wh.';
const OPAQUE = '.wh..wh..opq';
/** undefined for an entry that is a file like any other. */
function whiteoutOf(path) {
    // Nearly all paths, cheaply.
    if (!path.includes(PREFIX))
        return undefined;
    const folder = (0,entry_path/* parentOf */.gN)(path) ?? '';
    const name = (0,entry_path/* baseOf */.bx)(path);
    if (name === OPAQUE)
        return { kind: 'opaque', path: folder };
    if (path.split('/').some((part) => part.startsWith(META_PREFIX)))
        return { kind: 'ignored' };
    if (!name.startsWith(PREFIX))
        return undefined;
    const hidden = name.slice(PREFIX.length);
    // `.wh.`, `.wh..` and `.wh...` name nothing that could be removed.
    if (hidden === '' || hidden === '.' || hidden === '..')
        return { kind: 'ignored' };
    return { kind: 'removed', path: (0,entry_path/* childPath */.cm)(folder, hidden) };
}

;// CONCATENATED MODULE: ./lib/image/layer/tree-extension.js




/** As many symbolic links as Linux follows for one path, and some more for layers made elsewhere. */
const MAX_LINKS = 255;
/**
 * Puts one layer over a tree. The tree below stays as it is: folders are copied when they change, once for each extension. Entries land where a container
 * runtime would unpack them: parents that are symbolic links of the tree are followed, missing ones are made.
 */
class TreeExtension {
    #owner = Symbol('extension');
    #layer;
    /** Folders by the path under which entries name them; emptied whenever a path may lead elsewhere from now on. */
    #folders = new Map();
    #root;
    constructor(root, layer) {
        this.#layer = layer;
        this.#root = this.#copyOf(root);
    }
    /** @throws BuildError `LAYER_BROKEN_LINK`, `LAYER_LINK_LOOP` */
    static apply(root, layer) {
        const extension = new TreeExtension(root, layer);
        for (const entry of layer.index.entries)
            extension.#add(entry);
        return extension.#root;
    }
    #add(entry) {
        const whiteout = this.#layer.plain === true ? undefined : whiteoutOf(entry.path);
        if (whiteout?.kind === 'removed')
            this.#remove(whiteout.path);
        else if (whiteout?.kind === 'opaque')
            this.#empty(whiteout.path);
        if (whiteout !== undefined)
            return;
        if (entry.path === '')
            this.#setRoot(entry);
        else
            this.#put(this.#folderAt((0,entry_path/* parentOf */.gN)(entry.path) ?? ''), entry);
    }
    #setRoot(entry) {
        if (entry.type !== 'directory')
            return;
        this.#root = { ...this.#root, node: entry, layer: this.#layer };
        this.#folders.clear();
    }
    #put(parent, entry) {
        const name = (0,entry_path/* baseOf */.bx)(entry.path);
        const path = (0,entry_path/* childPath */.cm)(parent.node.path, name);
        const node = path === entry.path ? entry : { ...entry, path };
        const existing = parent.children.get(name);
        if (entry.type === 'directory') {
            const children = isFolder(existing) ? this.#own(parent, name, existing).children : new Map();
            parent.children.set(name, { node, layer: this.#layer, owner: this.#owner, children });
        }
        else if (entry.type === 'hardlink') {
            parent.children.set(name, this.#linked(node));
        }
        else {
            parent.children.set(name, { node, layer: this.#layer, home: { layer: this.#layer, entry } });
        }
        if (existing !== undefined || entry.type === 'symlink')
            this.#pathChanged(existing, entry);
    }
    #pathChanged(existing, entry) {
        const before = existing?.node.type;
        if (before === 'directory' || before === 'symlink' || entry.type === 'symlink')
            this.#folders.clear();
    }
    /** A file of its own that shares content with the target. Runtimes put the link's own mode, owner and time on it; xattrs add up. */
    #linked(node) {
        const target = this.#linkTarget(node);
        const { mode, uid, gid, mtime, path } = node;
        const xattrs = new Map([...(target.node.xattrs ?? []), ...(node.xattrs ?? [])]);
        const shared = { ...target.node, path, mode, uid, gid, mtime };
        return {
            node: xattrs.size === 0 ? shared : { ...shared, xattrs },
            layer: this.#layer,
            home: target.home,
        };
    }
    /** The file that the link shares, which from now on has an inode to tell that by. */
    #linkTarget(link) {
        const path = link.linkName ?? '';
        const target = this.#find(path);
        if (target === undefined || isFolder(target))
            throw brokenLink(link);
        if (target.node.inode !== undefined)
            return target;
        const { layer, entry } = target.home;
        const shared = {
            ...target,
            node: { ...target.node, inode: `${layer.index.diffId}/${entry.path}` },
        };
        this.#folderAt((0,entry_path/* parentOf */.gN)(path) ?? '').children.set((0,entry_path/* baseOf */.bx)(path), shared);
        return shared;
    }
    /** Whiteouts hide what is below this layer and nothing of the layer itself, wherever in it they stand. */
    #remove(path) {
        const parent = this.#walk((0,entry_path/* parentOf */.gN)(path) ?? '', false);
        const name = (0,entry_path/* baseOf */.bx)(path);
        if (parent?.children.has(name) !== true)
            return;
        const folder = this.#folderAt(parent.node.path);
        const kept = this.#withoutLower(folder.children.get(name));
        if (kept === undefined)
            folder.children.delete(name);
        else
            folder.children.set(name, kept);
        this.#folders.clear();
    }
    #empty(path) {
        const found = this.#walk(path, false);
        if (found === undefined || found.children.size === 0)
            return;
        const folder = this.#folderAt(found.node.path);
        for (const [name, child] of [...folder.children]) {
            const kept = this.#withoutLower(child);
            if (kept === undefined)
                folder.children.delete(name);
            else
                folder.children.set(name, kept);
        }
        this.#folders.clear();
    }
    /** What this layer has put there; undefined when that is nothing. */
    #withoutLower(item) {
        if (item === undefined)
            return undefined;
        if (!isFolder(item))
            return item.layer === this.#layer ? item : undefined;
        const children = new Map();
        for (const [name, child] of item.children) {
            const kept = this.#withoutLower(child);
            if (kept !== undefined)
                children.set(name, kept);
        }
        if (children.size === 0 && item.layer !== this.#layer)
            return undefined;
        return { ...item, owner: this.#owner, children };
    }
    /** What is at the path, symbolic links followed in all but its last part. */
    #find(path) {
        if (path === '')
            return this.#root;
        const parent = this.#walk((0,entry_path/* parentOf */.gN)(path) ?? '', false);
        return parent?.children.get((0,entry_path/* baseOf */.bx)(path));
    }
    /** The folder at the path, symbolic links followed, made where it is missing, ready to be changed. */
    #folderAt(path) {
        const known = this.#folders.get(path);
        if (known !== undefined)
            return known;
        const folder = this.#walk(path, true) ?? this.#root;
        this.#folders.set(path, folder);
        return folder;
    }
    /** `write`: own every folder on the way and make missing ones; else undefined for a path that is not there. */
    #walk(path, write) {
        const way = [];
        let current = this.#root;
        let links = 0;
        const ahead = partsOf(path).reverse();
        for (let part = ahead.pop(); part !== undefined; part = ahead.pop()) {
            if (part === '..') {
                current = way.pop() ?? this.#root;
                continue;
            }
            const child = current.children.get(part);
            const target = child?.node.type === 'symlink' ? (child.node.linkName ?? '') : undefined;
            if (target === undefined) {
                const next = this.#step(current, part, child, write);
                if (next === undefined)
                    return undefined;
                way.push(current);
                current = next;
                continue;
            }
            links = oneMore(links, path);
            ahead.push(...partsOf(target).reverse());
            if (target.startsWith('/')) {
                way.length = 0;
                current = this.#root;
            }
        }
        return current;
    }
    #step(current, name, child, write) {
        if (isFolder(child))
            return write ? this.#own(current, name, child) : child;
        if (!write)
            return undefined;
        const made = implicitFolder((0,entry_path/* childPath */.cm)(current.node.path, name), this.#owner, this.#layer);
        current.children.set(name, made);
        return made;
    }
    #own(parent, name, folder) {
        if (folder.owner === this.#owner)
            return folder;
        const copy = this.#copyOf(folder);
        parent.children.set(name, copy);
        return copy;
    }
    #copyOf(folder) {
        return { ...folder, owner: this.#owner, children: new Map(folder.children) };
    }
}
/** A folder that exists only because something is in it: runtimes make it as root's with mode 755. */
function implicitFolder(path, owner, layer) {
    const node = { path, type: 'directory', mode: 0o755, uid: 0, gid: 0, size: 0, mtime: 0 };
    return { node, layer, owner, children: new Map() };
}
function brokenLink({ path, linkName }) {
    return new errors/* BuildError */.zS({
        kind: 'user',
        code: 'LAYER_BROKEN_LINK',
        message: `A layer has a hard link ${JSON.stringify(path)} to ${JSON.stringify(linkName)}, which is no file`,
        hint: 'The image cannot be unpacked by any runtime: it is damaged.',
    });
}
function partsOf(path) {
    return path.split('/').filter((part) => part !== '' && part !== '.');
}
function oneMore(links, path) {
    if (links < MAX_LINKS)
        return links + 1;
    throw new errors/* BuildError */.zS({
        kind: 'user',
        code: 'LAYER_LINK_LOOP',
        message: `A layer has something at ${JSON.stringify(path)}, which leads through symbolic links in a circle`,
    });
}

;// CONCATENATED MODULE: ./lib/image/layer/layer-tree.js





/** The merged view of a stack of layers. */
class LayerTree {
    name;
    root;
    #sorted = new WeakMap();
    constructor(name, root) {
        this.name = name;
        this.root = root;
    }
    async lookup(path) {
        return this.#item(path)?.node;
    }
    async list(path) {
        const folder = this.#item(path);
        if (!isFolder(folder))
            return [];
        let nodes = this.#sorted.get(folder);
        if (nodes === undefined) {
            const children = [...folder.children].sort(([a], [b]) => (0,entry_name/* compareNames */.MP)(a, b));
            nodes = children.map(([, child]) => child.node);
            this.#sorted.set(folder, nodes);
        }
        return nodes;
    }
    async *read(nodes) {
        const files = [];
        for (const node of nodes) {
            if (node.type === 'file')
                files.push(this.#wanted(node));
            else
                yield { entry: node };
        }
        yield* readContent(files);
    }
    #wanted(node) {
        const item = this.#item(node.path);
        if (item !== undefined && !isFolder(item) && item.node.content === node.content) {
            return { node, home: item.home };
        }
        throw new errors/* BuildError */.zS({
            kind: 'bug',
            code: 'CONTENT_CHANGED',
            message: `${JSON.stringify(node.path)} of ${this.name} is not the file that was looked up`,
        });
    }
    #item(path) {
        let item = this.root;
        if (path === '')
            return item;
        for (const part of path.split('/')) {
            item = isFolder(item) ? item.children.get(part) : undefined;
            if (item === undefined)
                return undefined;
        }
        return item;
    }
}
/**
 * A tree of layers, base first: whiteouts hide, later entries replace, hard links are files of their own.
 * @throws BuildError `LAYER_BROKEN_LINK`, `LAYER_LINK_LOOP` for layers that no runtime could unpack
 */
function layerTree(name, layers) {
    let root = implicitFolder('', Symbol('empty'), undefined);
    for (const layer of layers)
        root = TreeExtension.apply(root, layer);
    return new LayerTree(name, root);
}
/**
 * The tree with one more layer on top; the old one stays usable. Costs as much as the folders that the layer touches, not as the whole tree.
 * @throws BuildError as layerTree; `NOT_A_LAYER_TREE` for a tree that layerTree or extendTree did not make
 */
function extendTree(tree, layer, name = tree.name) {
    return new LayerTree(name, TreeExtension.apply(rootOf(tree), layer));
}
/** The same tree under another name. @throws BuildError `NOT_A_LAYER_TREE` as extendTree */
function renamedTree(tree, name) {
    return new LayerTree(name, rootOf(tree));
}
function rootOf(tree) {
    if (tree instanceof LayerTree)
        return tree.root;
    throw new errors/* BuildError */.zS({
        kind: 'bug',
        code: 'NOT_A_LAYER_TREE',
        message: `${tree.name} is not made of layers`,
    });
}


/***/ }),

/***/ 1938:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $: () => (/* binding */ MemberData),
/* harmony export */   Z: () => (/* binding */ paddingOf)
/* harmony export */ });
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7594);
/* harmony import */ var _byte_reader_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5829);
/* harmony import */ var _tar_header_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(5096);



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
            throw (0,_byte_reader_js__WEBPACK_IMPORTED_MODULE_1__/* .truncated */ .p)();
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
    return (_tar_header_js__WEBPACK_IMPORTED_MODULE_2__/* .BLOCK */ .IE - (size % _tar_header_js__WEBPACK_IMPORTED_MODULE_2__/* .BLOCK */ .IE)) % _tar_header_js__WEBPACK_IMPORTED_MODULE_2__/* .BLOCK */ .IE;
}
function bodyGone() {
    return new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildError */ .zS({
        kind: 'bug',
        code: 'BODY_GONE',
        message: 'The content of an archive member was asked for after the next member',
    });
}


/***/ }),

/***/ 8078:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   d: () => (/* binding */ parsePax),
/* harmony export */   x: () => (/* binding */ formatPax)
/* harmony export */ });
/* harmony import */ var _entry_name_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9811);
/* harmony import */ var _tar_header_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5096);


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
        const key = (0,_entry_name_js__WEBPACK_IMPORTED_MODULE_0__/* .decodeName */ .e4)(data.subarray(space + 1, equals));
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
    return (0,_tar_header_js__WEBPACK_IMPORTED_MODULE_1__/* .damaged */ .qM)('a record of an extended header cannot be read');
}


/***/ }),

/***/ 5096:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   FY: () => (/* binding */ isTarHeader),
/* harmony export */   IE: () => (/* binding */ BLOCK),
/* harmony export */   RW: () => (/* binding */ parseHeader),
/* harmony export */   RX: () => (/* binding */ formatHeader),
/* harmony export */   Ts: () => (/* binding */ oldSparseExtension),
/* harmony export */   W6: () => (/* binding */ MAX_SHORT),
/* harmony export */   W_: () => (/* binding */ MAX_LONG),
/* harmony export */   _0: () => (/* binding */ fitsOctal),
/* harmony export */   c_: () => (/* binding */ oldSparse),
/* harmony export */   ei: () => (/* binding */ isZeroBlock),
/* harmony export */   qM: () => (/* binding */ damaged),
/* harmony export */   tU: () => (/* binding */ ZERO_BLOCK)
/* harmony export */ });
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7594);

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
    return new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildError */ .zS({
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
        throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildError */ .zS({
            kind: 'bug',
            code: 'TAR_NUMBER_TOO_LARGE',
            message: `${value} does not fit a tar header field of ${length} bytes`,
        });
    }
}


/***/ }),

/***/ 2662:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  s: () => (/* binding */ readTar)
});

// EXTERNAL MODULE: ./lib/base/errors.js
var errors = __webpack_require__(7594);
// EXTERNAL MODULE: ./lib/image/layer/byte-reader.js
var byte_reader = __webpack_require__(5829);
// EXTERNAL MODULE: ./lib/image/layer/entry-name.js
var entry_name = __webpack_require__(9811);
// EXTERNAL MODULE: ./lib/image/layer/entry-path.js
var entry_path = __webpack_require__(6884);
// EXTERNAL MODULE: ./lib/image/layer/member-data.js
var member_data = __webpack_require__(1938);
// EXTERNAL MODULE: ./lib/image/layer/pax.js
var pax = __webpack_require__(8078);
// EXTERNAL MODULE: ./lib/image/layer/tar-header.js
var tar_header = __webpack_require__(5096);
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
        throw (0,tar_header/* damaged */.qM)('an extended attribute has no name');
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
        throw (0,tar_header/* damaged */.qM)('the name of an extended attribute cannot be read');
    }
}
function integer(key, value) {
    const text = value.toString('latin1');
    const result = /^-?[0-9]+$/.test(text) ? Number(text) : Number.NaN;
    if (!Number.isSafeInteger(result) || (key === 'size' && result < 0)) {
        throw (0,tar_header/* damaged */.qM)(`the record ${key} of an extended header is no number`);
    }
    return result;
}
function seconds(value) {
    const text = value.toString('latin1');
    if (!/^-?[0-9]{1,15}(?:\.[0-9]*)?$/.test(text))
        throw (0,tar_header/* damaged */.qM)('a time of an extended header is no number');
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
const NEWLINE = 0x0a;
/** Reads the map of a header of type `S`, extension blocks included. */
async function readOldSparse(header, reader) {
    const first = (0,tar_header/* oldSparse */.c_)(header);
    const parts = [...first.parts];
    for (let more = first.more; more;) {
        const block = await reader.take(tar_header/* BLOCK */.IE);
        if (block === undefined)
            throw (0,tar_header/* damaged */.qM)('a sparse map ends early');
        const extension = (0,tar_header/* oldSparseExtension */.Ts)(block);
        parts.push(...extension.parts);
        if (parts.length > MAX_PARTS)
            throw (0,tar_header/* damaged */.qM)('a sparse map has too many parts');
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
        throw (0,tar_header/* damaged */.qM)('a sparse map has too many parts');
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
                throw (0,tar_header/* damaged */.qM)('a sparse file has less data than its map says');
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
            throw (0,tar_header/* damaged */.qM)('the parts of a sparse file overlap');
        position = part.offset + part.length;
        total += part.length;
    }
    if (position > map.size)
        throw (0,tar_header/* damaged */.qM)('a part of a sparse file is behind its end');
    if (total !== stored)
        throw (0,tar_header/* damaged */.qM)('a sparse file has more or less data than its map says');
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
            const end = this.#block.indexOf(NEWLINE, this.#at);
            line += this.#block.toString('latin1', this.#at, end === -1 ? this.#block.length : end);
            if (line.length > MAX_DIGITS)
                throw (0,tar_header/* damaged */.qM)('a sparse map holds something else than numbers');
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
    for (let missing = tar_header/* BLOCK */.IE; missing > 0;) {
        const piece = await data.some(missing);
        if (piece === undefined)
            throw (0,tar_header/* damaged */.qM)('a sparse map ends early');
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
        throw (0,tar_header/* damaged */.qM)('a sparse map has half a part');
    const parts = [];
    for (let i = 0; i < numbers.length; i += 2) {
        parts.push({ offset: numbers[i] ?? 0, length: numbers[i + 1] ?? 0 });
    }
    return parts;
}
function decimal(text) {
    const value = /^[0-9]{1,16}$/.test(text ?? '') ? Number(text) : Number.NaN;
    if (!Number.isSafeInteger(value))
        throw (0,tar_header/* damaged */.qM)('a number of a sparse map cannot be read');
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
    const reader = new byte_reader/* ByteReader */.k(source, { limit: limits.maxSize });
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
        throw tooLarge(`has more than ${maxEntries} members`);
    const maxMetadata = limits.maxMetadata ?? DEFAULT_MAX_METADATA;
    if (metadata > maxMetadata)
        throw tooLarge(`has more than ${maxMetadata} bytes of names and attributes`);
    const maxFileSize = limits.maxFileSize ?? Number.POSITIVE_INFINITY;
    if (entry.size > maxFileSize)
        throw tooLarge(`has a file of more than ${maxFileSize} bytes: ${entry.path}`);
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
    const block = reader.takeNow(tar_header/* BLOCK */.IE) ?? (await reader.take(tar_header/* BLOCK */.IE));
    if (block === undefined)
        return undefined;
    if (!(0,tar_header/* isZeroBlock */.ei)(block))
        return (0,tar_header/* parseHeader */.RW)(block);
    const second = await reader.take(tar_header/* BLOCK */.IE);
    if (second !== undefined && !(0,tar_header/* isZeroBlock */.ei)(second))
        throw (0,tar_header/* damaged */.qM)('there are zeros where a header should be');
    return undefined;
}
/** True when the header only said something about the following member. */
async function readSpecial(header, reader, pending) {
    switch (header.type) {
        case 'x':
        case 'X':
            pending.records = (0,pax/* parsePax */.d)(await specialData(header, reader));
            return true;
        case 'g':
            addGlobals(pending.globals, (0,pax/* parsePax */.d)(await specialData(header, reader)));
            return true;
        case 'L':
            pending.longName = untilNul(await specialData(header, reader));
            return true;
        case 'K':
            pending.longLink = untilNul(await specialData(header, reader));
            return true;
        case 'V':
            // A label of the volume.
            await new member_data/* MemberData */.$(reader, header.size).close();
            return true;
        default:
            return false;
    }
}
async function specialData(header, reader) {
    if (header.size > MAX_SPECIAL)
        throw tooLarge(`has an extended header of more than ${MAX_SPECIAL} bytes`);
    const data = new member_data/* MemberData */.$(reader, header.size);
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
        throw tooLarge(`has global headers of more than ${MAX_SPECIAL} bytes`);
}
async function openMember(header, reader, pending, { clampPaths, exactTimes }) {
    const overrides = overridesOf(pending.globals, pending.records);
    const stored = storedSize(header, overrides);
    const oldSparse = header.type === 'S' ? await readOldSparse(header, reader) : undefined;
    const pax = header.type === '0' ? paxSparse(pending.records) : undefined;
    const data = new member_data/* MemberData */.$(reader, stored);
    const sparse = oldSparse ?? (await paxSparseMap(pax, data));
    const name = (0,entry_name/* decodeName */.e4)(pax?.name ?? overrides.path ?? pending.longName ?? header.name);
    const type = typeOf(header.type, name);
    if (sparse !== undefined)
        checkSparse(sparse, data.remaining);
    const size = sparse?.size ?? stored;
    const link = (0,entry_name/* decodeName */.e4)(overrides.linkPath ?? pending.longLink ?? header.linkName);
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
            throw new errors/* BuildError */.zS({
                kind: 'user',
                code: 'TAR_UNSUPPORTED',
                message: `The archive has a member of the unknown type ${JSON.stringify(flag)}: ${JSON.stringify(name)}`,
            });
    }
}
function entryOf(header, overrides, { name, type, link, size }) {
    const path = (0,entry_path/* cleanPath */.ts)(name);
    if (path === '' && type !== 'directory')
        throw (0,tar_header/* damaged */.qM)('a member has no name');
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
        return { linkName: (0,entry_path/* cleanPath */.ts)(link) };
    if (type !== 'symlink')
        return {};
    (0,entry_path/* checkLength */.Nv)(link, link);
    if (link === '' || link.includes('\0'))
        throw (0,tar_header/* damaged */.qM)('a symbolic link has no usable target');
    return { linkName: link };
}
/** Negative ids are what 32-bit programs made of large ones. */
function owner(id) {
    const value = id < 0 ? id + 2 ** 32 : id;
    if (value < 0 || value >= 2 ** 32)
        throw (0,tar_header/* damaged */.qM)('a user or group id is out of range');
    return value;
}
function untilNul(data) {
    const end = data.indexOf(0);
    return end === -1 ? data : data.subarray(0, end);
}
function tooLarge(what) {
    return new errors/* BuildError */.zS({ kind: 'user', code: 'TAR_TOO_LARGE', message: `The archive ${what}` });
}


/***/ }),

/***/ 4510:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   F: () => (/* binding */ writeTar)
/* harmony export */ });
/* unused harmony export headerOf */
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7594);
/* harmony import */ var _entry_name_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(9811);
/* harmony import */ var _member_data_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1938);
/* harmony import */ var _pax_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(8078);
/* harmony import */ var _tar_header_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(5096);





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
        const padding = (0,_member_data_js__WEBPACK_IMPORTED_MODULE_2__/* .paddingOf */ .Z)(entry.size);
        if (padding > 0)
            yield* gather.add(_tar_header_js__WEBPACK_IMPORTED_MODULE_4__/* .ZERO_BLOCK */ .tU.subarray(0, padding));
        offset += entry.size + padding;
    }
    yield* gather.add(Buffer.concat([_tar_header_js__WEBPACK_IMPORTED_MODULE_4__/* .ZERO_BLOCK */ .tU, _tar_header_js__WEBPACK_IMPORTED_MODULE_4__/* .ZERO_BLOCK */ .tU]));
    yield* gather.rest();
}
/** Header blocks of a member, its extended header included. */
function headerOf(entry) {
    const name = nameOf(entry);
    const link = entry.linkName === undefined ? Buffer.alloc(0) : (0,_entry_name_js__WEBPACK_IMPORTED_MODULE_1__/* .encodeName */ .aA)(entry.linkName);
    check(entry, name, link);
    const split = splitName(name);
    const mtime = timeOf(entry);
    const records = paxRecords(entry, { name, link, mtime, split: split !== undefined });
    const pax = records.length > 0;
    const fields = {
        mode: entry.mode & 0o7777,
        uid: (0,_tar_header_js__WEBPACK_IMPORTED_MODULE_4__/* .fitsOctal */ ._0)(entry.uid, _tar_header_js__WEBPACK_IMPORTED_MODULE_4__/* .MAX_SHORT */ .W6) ? entry.uid : 0,
        gid: (0,_tar_header_js__WEBPACK_IMPORTED_MODULE_4__/* .fitsOctal */ ._0)(entry.gid, _tar_header_js__WEBPACK_IMPORTED_MODULE_4__/* .MAX_SHORT */ .W6) ? entry.gid : 0,
        size: (0,_tar_header_js__WEBPACK_IMPORTED_MODULE_4__/* .fitsOctal */ ._0)(sizeOf(entry), _tar_header_js__WEBPACK_IMPORTED_MODULE_4__/* .MAX_LONG */ .W_) ? sizeOf(entry) : 0,
        mtime: (0,_tar_header_js__WEBPACK_IMPORTED_MODULE_4__/* .fitsOctal */ ._0)(mtime.seconds, _tar_header_js__WEBPACK_IMPORTED_MODULE_4__/* .MAX_LONG */ .W_) ? mtime.seconds : 0,
        type: TYPE_FLAG[entry.type],
        linkName: ascii(link),
        ...(entry.devMajor === undefined ? {} : { devMajor: entry.devMajor }),
        ...(entry.devMinor === undefined ? {} : { devMinor: entry.devMinor }),
    };
    if (!pax && split !== undefined)
        return (0,_tar_header_js__WEBPACK_IMPORTED_MODULE_4__/* .formatHeader */ .RX)({ ...fields, ...split });
    return Buffer.concat([paxHeader(name, (0,_pax_js__WEBPACK_IMPORTED_MODULE_3__/* .formatPax */ .x)(records)), (0,_tar_header_js__WEBPACK_IMPORTED_MODULE_4__/* .formatHeader */ .RX)({ ...fields, name: ascii(name) })]);
}
async function* contentOf(entry, body, gather) {
    let missing = entry.size;
    for await (const chunk of body ?? []) {
        missing -= chunk.length;
        if (missing < 0)
            throw changed(entry, 'more');
        yield* gather.add(chunk);
    }
    if (missing > 0)
        throw changed(entry, 'fewer');
}
function changed(entry, how) {
    return new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildError */ .zS({
        kind: 'user',
        code: 'CONTENT_CHANGED',
        message: `${JSON.stringify(entry.path)} has ${how} than the ${entry.size} bytes that it had when it was looked at`,
        hint: 'Something wrote to it during the build.',
    });
}
function nameOf(entry) {
    const path = entry.path === '' ? '.' : entry.path;
    return (0,_entry_name_js__WEBPACK_IMPORTED_MODULE_1__/* .encodeName */ .aA)(entry.type === 'directory' ? `${path}/` : path);
}
/** Whole seconds for the header, and the text of a record where they do not fit or are not all. */
function timeOf({ mtime, mtimeNanos = 0 }) {
    // Rounded up by the number type, a time may seem to be of the next second.
    const seconds = mtimeNanos > 0 ? Math.floor(mtime - mtimeNanos / 1e9 + 0.5) : Math.floor(mtime);
    if (mtimeNanos === 0)
        return (0,_tar_header_js__WEBPACK_IMPORTED_MODULE_4__/* .fitsOctal */ ._0)(seconds, _tar_header_js__WEBPACK_IMPORTED_MODULE_4__/* .MAX_LONG */ .W_) ? { seconds } : { seconds, text: String(seconds) };
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
    if (!(0,_tar_header_js__WEBPACK_IMPORTED_MODULE_4__/* .fitsOctal */ ._0)(entry.devMajor ?? 0, _tar_header_js__WEBPACK_IMPORTED_MODULE_4__/* .MAX_SHORT */ .W6) || !(0,_tar_header_js__WEBPACK_IMPORTED_MODULE_4__/* .fitsOctal */ ._0)(entry.devMinor ?? 0, _tar_header_js__WEBPACK_IMPORTED_MODULE_4__/* .MAX_SHORT */ .W6)) {
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
    if (!(0,_tar_header_js__WEBPACK_IMPORTED_MODULE_4__/* .fitsOctal */ ._0)(entry.uid, _tar_header_js__WEBPACK_IMPORTED_MODULE_4__/* .MAX_SHORT */ .W6))
        add('uid', entry.uid);
    if (!(0,_tar_header_js__WEBPACK_IMPORTED_MODULE_4__/* .fitsOctal */ ._0)(entry.gid, _tar_header_js__WEBPACK_IMPORTED_MODULE_4__/* .MAX_SHORT */ .W6))
        add('gid', entry.gid);
    if (!(0,_tar_header_js__WEBPACK_IMPORTED_MODULE_4__/* .fitsOctal */ ._0)(sizeOf(entry), _tar_header_js__WEBPACK_IMPORTED_MODULE_4__/* .MAX_LONG */ .W_))
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
    const header = (0,_tar_header_js__WEBPACK_IMPORTED_MODULE_4__/* .formatHeader */ .RX)({
        name: paxHeaderName(name),
        mode: 0,
        uid: 0,
        gid: 0,
        size: data.length,
        mtime: 0,
        type: 'x',
    });
    return Buffer.concat([header, data, _tar_header_js__WEBPACK_IMPORTED_MODULE_4__/* .ZERO_BLOCK */ .tU.subarray(0, (0,_member_data_js__WEBPACK_IMPORTED_MODULE_2__/* .paddingOf */ .Z)(data.length))]);
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
    return new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildError */ .zS({
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


/***/ }),

/***/ 223:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   s: () => (/* binding */ WatchedBytes)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);
/* harmony import */ var _digest_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7241);


/** Counts and hashes bytes that pass through. */
class WatchedBytes {
    #algorithm;
    #hash;
    #size = 0;
    /** @param expected decides the hash function. Default: SHA-256 */
    constructor(expected) {
        this.#algorithm = (0,_digest_js__WEBPACK_IMPORTED_MODULE_1__/* .algorithmOf */ .Hy)(expected);
        this.#hash = (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)(this.#algorithm);
    }
    /** Bytes so far. */
    get size() {
        return this.#size;
    }
    /** `ALGORITHM:HEX` of all that came through; once, when the stream has ended. */
    digest() {
        return `${this.#algorithm}:${this.#hash.digest('hex')}`;
    }
    async *watch(source) {
        for await (const chunk of source) {
            this.#hash.update(chunk);
            this.#size += chunk.length;
            yield chunk;
        }
    }
}


/***/ }),

/***/ 5812:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Ao: () => (/* binding */ diffIdOf),
/* harmony export */   By: () => (/* binding */ writeLayer)
/* harmony export */ });
/* unused harmony export EMPTY_LAYER_DIGEST */
/* harmony import */ var _digest_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7241);
/* harmony import */ var _media_types_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(4857);
/* harmony import */ var _compress_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(9470);
/* harmony import */ var _tar_write_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(4510);
/* harmony import */ var _watched_bytes_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(223);





const MEDIA_TYPE = {
    none: _media_types_js__WEBPACK_IMPORTED_MODULE_1__/* .MediaType */ .z.ociLayer,
    gzip: _media_types_js__WEBPACK_IMPORTED_MODULE_1__/* .MediaType */ .z.ociLayerGzip,
    zstd: _media_types_js__WEBPACK_IMPORTED_MODULE_1__/* .MediaType */ .z.ociLayerZstd,
};
/**
 * The layer without files as Docker has always stored it (moby, image/v1 "EmptyLayer"): registries have this blob already.
 * It is 1024 zeros under gzip.
 */
const EMPTY_GZIP = Buffer.from('H4sIAAAJbogA/2IYBaNgFIxYAAgAAP//Lq+17wAEAAA=', 'base64');
/**
 * Writes a layer in one pass: tar, diffID, compression, digest, store and index. File times become whole seconds. Entries are written in
 * the order in which they come.
 * @throws BuildError those of writeTar, compress and ContentStore.put, and whatever the entries throw; nothing is stored then
 */
async function writeLayer(entries, store, options) {
    const tar = new _watched_bytes_js__WEBPACK_IMPORTED_MODULE_4__/* .WatchedBytes */ .s();
    const indexed = [];
    let offset = 0;
    const members = watched(withTimes(entries, options.epoch), indexed, () => offset);
    const bytes = tar.watch((0,_tar_write_js__WEBPACK_IMPORTED_MODULE_3__/* .writeTar */ .F)(members, (_, at) => {
        offset = at;
    }, { fleeting: true }));
    const stored = await store.put(compressed(bytes, options.compression, () => indexed.length === 0));
    const diffId = (0,_digest_js__WEBPACK_IMPORTED_MODULE_0__/* .parseDiffId */ .Kf)(tar.digest());
    return {
        descriptor: {
            mediaType: MEDIA_TYPE[options.compression.type],
            digest: stored.digest,
            size: stored.size,
        },
        diffId,
        index: { diffId, size: tar.size, entries: indexed },
    };
}
/** The diffID of the layer that `writeLayer` would write, without compressing or storing anything. @throws as `writeTar`, and whatever the entries throw */
async function diffIdOf(entries) {
    const tar = new _watched_bytes_js__WEBPACK_IMPORTED_MODULE_4__/* .WatchedBytes */ .s();
    for await (const _ of tar.watch((0,_tar_write_js__WEBPACK_IMPORTED_MODULE_3__/* .writeTar */ .F)(stored(withTimes(entries, undefined)))))
        ;
    return (0,_digest_js__WEBPACK_IMPORTED_MODULE_0__/* .parseDiffId */ .Kf)(tar.digest());
}
async function* stored(entries) {
    for await (const member of entries)
        yield { ...member, entry: asStored(member.entry) };
}
async function* withTimes(entries, epoch) {
    for await (const member of entries) {
        const { entry } = member;
        const mtime = Math.min(Math.floor(entry.mtime), epoch ?? Number.POSITIVE_INFINITY);
        yield mtime === entry.mtime ? member : { ...member, entry: { ...entry, mtime } };
    }
}
/** Notes each entry, its content hashed on the way where its digest is not known. `offsetNow` is asked when the writer is done with the member. */
async function* watched(entries, indexed, offsetNow) {
    for await (const member of entries) {
        const entry = asStored(member.entry);
        if (entry.type !== 'file') {
            indexed.push(entry);
            yield { entry };
            continue;
        }
        const place = indexed.push(entry) - 1;
        const body = member.body ?? nothing();
        if (member.content !== undefined) {
            yield { entry, body };
            indexed[place] = { ...entry, offset: offsetNow(), content: member.content };
            continue;
        }
        const content = new _watched_bytes_js__WEBPACK_IMPORTED_MODULE_4__/* .WatchedBytes */ .s();
        yield { entry, body: content.watch(body) };
        indexed[place] = { ...entry, offset: offsetNow(), content: (0,_digest_js__WEBPACK_IMPORTED_MODULE_0__/* .parseDigest */ .m)(content.digest()) };
    }
}
/** Only what the tar keeps, so that the index is the one that a reader of the layer would make. */
function asStored(entry) {
    const device = entry.type === 'character' || entry.type === 'block';
    return {
        path: entry.path,
        type: entry.type,
        mode: entry.mode & 0o7777,
        uid: entry.uid,
        gid: entry.gid,
        size: entry.type === 'file' ? entry.size : 0,
        mtime: entry.mtime,
        ...(entry.linkName === undefined ? {} : { linkName: entry.linkName }),
        ...(device ? { devMajor: entry.devMajor ?? 0, devMinor: entry.devMinor ?? 0 } : {}),
        ...(entry.xattrs === undefined || entry.xattrs.size === 0 ? {} : { xattrs: entry.xattrs }),
    };
}
/** `isEmpty` holds once the tar has been made. */
async function* compressed(tar, choice, isEmpty) {
    if (choice.type !== 'gzip') {
        yield* (0,_compress_js__WEBPACK_IMPORTED_MODULE_2__/* .compress */ .B)(tar, choice);
        return;
    }
    const iterator = tar[Symbol.asyncIterator]();
    const first = await iterator.next();
    if (first.done !== true && isEmpty()) {
        while ((await iterator.next()).done !== true)
            ;
        yield EMPTY_GZIP;
        return;
    }
    yield* (0,_compress_js__WEBPACK_IMPORTED_MODULE_2__/* .compress */ .B)(resumed(first, iterator), choice);
}
async function* resumed(first, iterator) {
    try {
        for (let next = first; next.done !== true; next = await iterator.next())
            yield next.value;
    }
    finally {
        await iterator.return?.();
    }
}
async function* nothing() {
    // A file without a body: right when its size is 0, and otherwise told by the writer.
}
/** Digest of the stored empty layer, by which it is told from others. */
const EMPTY_LAYER_DIGEST = (0,_digest_js__WEBPACK_IMPORTED_MODULE_0__/* .digestOf */ .ol)(EMPTY_GZIP);


/***/ }),

/***/ 4857:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   M: () => (/* binding */ compressionOf),
/* harmony export */   z: () => (/* binding */ MediaType)
/* harmony export */ });
/** OCI image-spec 1.1 media-types.md, and Docker's schema 2 (distribution, manifest-v2-2). */
const MediaType = {
    ociManifest: 'application/vnd.oci.image.manifest.v1+json',
    ociIndex: 'application/vnd.oci.image.index.v1+json',
    ociConfig: 'application/vnd.oci.image.config.v1+json',
    ociLayer: 'application/vnd.oci.image.layer.v1.tar',
    ociLayerGzip: 'application/vnd.oci.image.layer.v1.tar+gzip',
    ociLayerZstd: 'application/vnd.oci.image.layer.v1.tar+zstd',
    dockerManifest: 'application/vnd.docker.distribution.manifest.v2+json',
    dockerList: 'application/vnd.docker.distribution.manifest.list.v2+json',
    dockerConfig: 'application/vnd.docker.container.image.v1+json',
    dockerLayerGzip: 'application/vnd.docker.image.rootfs.diff.tar.gzip',
    dockerLayer: 'application/vnd.docker.image.rootfs.diff.tar',
    /** Not in Docker's list, but what BuildKit calls a zstd layer of a Docker manifest. */
    dockerLayerZstd: 'application/vnd.docker.image.rootfs.diff.tar.zstd',
    dockerForeignLayerGzip: 'application/vnd.docker.image.rootfs.foreign.diff.tar.gzip',
};
/** How a layer of this media type is compressed; undefined when it is no layer that we can read. */
function compressionOf(mediaType) {
    switch (mediaType) {
        case MediaType.ociLayer:
        case MediaType.dockerLayer:
            return 'none';
        case MediaType.ociLayerGzip:
        case MediaType.dockerLayerGzip:
        case MediaType.dockerForeignLayerGzip:
            return 'gzip';
        case MediaType.ociLayerZstd:
        case MediaType.dockerLayerZstd:
            return 'zstd';
        default:
            return undefined;
    }
}


/***/ }),

/***/ 1048:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   HT: () => (/* binding */ archiveTree),
/* harmony export */   U8: () => (/* binding */ looksLikeArchive),
/* harmony export */   am: () => (/* binding */ ARCHIVE_HEAD)
/* harmony export */ });
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7594);
/* harmony import */ var _image_layer_decompress_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3751);
/* harmony import */ var _image_layer_detect_compression_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(8851);
/* harmony import */ var _image_layer_layer_tree_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(9104);
/* harmony import */ var _image_layer_tar_header_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(5096);
/* harmony import */ var _image_layer_tar_read_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(2662);
/* harmony import */ var _image_layer_write_layer_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(5812);







/** As many bytes as `looksLikeArchive` wants to see. */
const ARCHIVE_HEAD = 512;
/** By the first bytes: something compressed, or a tar. What is neither is taken for a Dockerfile where both are possible. */
function looksLikeArchive(head) {
    return (0,_image_layer_detect_compression_js__WEBPACK_IMPORTED_MODULE_6__/* .detectCompression */ .I)(head) !== 'none' || (0,_image_layer_tar_header_js__WEBPACK_IMPORTED_MODULE_3__/* .isTarHeader */ .FY)(head);
}
/**
 * A tar, compressed in any way, as a tree: a build context from standard input or from the web. It is read once. Names cannot lead
 * out of it; owners, modes and times are the archive's.
 * @throws BuildError `TAR_…`, `BAD_COMPRESSION`, `ARCHIVE_BROKEN_LINK`, `ARCHIVE_LINK_LOOP`, and those of ContentStore.put
 */
async function archiveTree(bytes, { name, store }) {
    const members = (0,_image_layer_tar_read_js__WEBPACK_IMPORTED_MODULE_4__/* .readTar */ .s)((0,_image_layer_decompress_js__WEBPACK_IMPORTED_MODULE_1__/* .decompress */ .m)(bytes, 'auto'), { clampPaths: true });
    const { descriptor, index } = await (0,_image_layer_write_layer_js__WEBPACK_IMPORTED_MODULE_5__/* .writeLayer */ .By)(members, store, { compression: { type: 'none' } });
    try {
        return (0,_image_layer_layer_tree_js__WEBPACK_IMPORTED_MODULE_2__/* .layerTree */ .K3)(name, [{ index, plain: true, open: () => store.open(descriptor.digest) }]);
    }
    catch (error) {
        throw error instanceof _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildError */ .zS ? asOfArchive(error, name) : error;
    }
}
/** An archive is no layer of an image, and whoever made it can mend it. */
function asOfArchive(cause, name) {
    const { kind, code, message } = cause;
    return new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildError */ .zS({
        kind,
        code: code.replace(/^LAYER_/, 'ARCHIVE_'),
        message: message.replace(/^A layer/, name),
        hint: 'Make the archive anew, with all files that its links lead to.',
        cause,
    });
}


/***/ }),

/***/ 9368:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   a: () => (/* binding */ basicAuthorization)
/* harmony export */ });
/** The value of an `Authorization` header for the user and the password of an address (RFC 7617). */
function basicAuthorization({ username, password }) {
    const pair = Buffer.concat([decoded(username), Buffer.from(':'), decoded(password)]);
    return `Basic ${pair.toString('base64')}`;
}
/** A percent sign that encodes nothing stands for itself, as git reads it. */
function decoded(text) {
    const bytes = text.replaceAll(/%[0-9a-f]{2}/gi, (code) => String.fromCharCode(Number.parseInt(code.slice(1), 16)));
    return Buffer.from(bytes, 'latin1');
}


/***/ }),

/***/ 8367:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  $: () => (/* binding */ gitTree),
  G: () => (/* binding */ resolveGitCommit)
});

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./lib/base/errors.js
var errors = __webpack_require__(7594);
// EXTERNAL MODULE: ./lib/base/make-folder.js
var make_folder = __webpack_require__(1044);
// EXTERNAL MODULE: ./lib/base/temp.js
var temp = __webpack_require__(5947);
// EXTERNAL MODULE: ./lib/image/layer/entry-path.js
var entry_path = __webpack_require__(6884);
// EXTERNAL MODULE: ./lib/base/exec.js
var exec = __webpack_require__(9584);
// EXTERNAL MODULE: ./lib/worker/source/basic-authorization.js
var basic_authorization = __webpack_require__(9368);
;// CONCATENATED MODULE: ./lib/worker/source/git-command.js





/** Of a commit's name, in hexadecimal digits. */
const SHA256_LENGTH = 64;
const DEFAULT_PROTOCOLS = 'git:http:https:ssh';
const SHALLOW = '--depth=1';
const FETCH = ['fetch', '--quiet', '--no-tags', '--force'];
const UPDATE_MODULES = ['submodule', '--quiet', 'update', '--init', '--recursive'];
const LONGEST_SILENCE = 180;
/** No questions; a server that is gone is noticed within 3 minutes, as one of the web is. */
const SSH = 'ssh -o BatchMode=yes -o ConnectTimeout=30 -o ServerAliveInterval=30 -o ServerAliveCountMax=6';
const PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
const NOWHERE = '/nonexistent';
/**
 * Settings that make git do the same on every machine and nothing that the repository asks for: no hooks, no templates, no
 * conversion of line ends, no configuration of the user's or the system's.
 */
const SETTINGS = [
    ['core.hooksPath', '/dev/null'],
    ['core.autocrlf', 'false'],
    ['core.symlinks', 'true'],
    ['core.attributesFile', '/dev/null'],
    // Its lines hold the time, and the user and the host that fetched.
    ['core.logAllRefUpdates', 'false'],
    ['core.fsmonitor', 'false'],
    ['advice.detachedHead', 'false'],
    ['init.defaultBranch', 'main'],
    ['protocol.version', '2'],
    ['submodule.recurse', 'false'],
    ['gc.auto', '0'],
];
/** The git program for one remote. Credentials are in no argument and in no file. */
class GitCommand {
    /** For messages: without credentials. */
    shownUrl;
    #url;
    #authorization;
    #access;
    #environment;
    #signal;
    constructor(url, access) {
        const { bare, authorization } = splitCredentials(url);
        this.#url = bare;
        this.shownUrl = bare;
        this.#signal = access.signal;
        this.#access = access;
        this.#authorization = authorization ?? access.authorization;
    }
    /**
     * The remote's refs of a name, full name to id; `NAME^{}` is what an annotated tag points at.
     * @throws BuildError `GIT_FAILED`
     */
    async listRemote(ref) {
        const { stdout } = await this.#run(['ls-remote', '--symref', '--', this.#url, ref, `${ref}^{}`]);
        const ids = new Map();
        const branches = new Map();
        for (const line of stdout.toString('utf8').split('\n')) {
            const [value, name] = line.split('\t');
            if (value === undefined || name === undefined)
                continue;
            const [, branch] = /^ref: (refs\/heads\/.+)$/.exec(value) ?? [];
            if (branch === undefined)
                ids.set(name, value);
            else
                branches.set(name, branch);
        }
        return { ids, branches };
    }
    /** @param commit its length tells the hash function of the repository (git-init(1), --object-format) */
    async init(folder, commit) {
        // Before 2.29 git knew no other than SHA-1, nor this option.
        const format = commit.length === SHA256_LENGTH ? ['--object-format=sha256'] : [];
        await this.#run(['init', '--quiet', '--template=', ...format, folder]);
        // Read by submodules with relative addresses, and by whoever gets the .git folder.
        await (0,promises_.appendFile)((0,external_node_path_.join)(folder, '.git', 'config'), `[remote "origin"]\n\turl = ${quoted(this.#url)}\n\tfetch = +refs/heads/*:refs/remotes/origin/*\n`);
    }
    /**
     * A ref keeps its name in the checkout: what `git describe` and others tell of a version comes from it.
     * @throws BuildError `GIT_FAILED`
     */
    async fetchRef(folder, ref) {
        const named = ref.startsWith('refs/') ? `+${ref}:${ref}` : ref;
        await this.#shallow([...FETCH, '--update-head-ok'], ['origin', named], folder);
    }
    /**
     * Servers that give no commit by its name are asked for everything.
     * @throws BuildError `GIT_FAILED`, `GIT_REF_NOT_FOUND`
     */
    async fetchCommit(folder, commit) {
        const { exitCode } = await this.#try([...FETCH, SHALLOW, 'origin', commit], folder);
        if (exitCode === 0)
            return;
        await this.#run(['fetch', '--quiet', '--tags', '--force', 'origin'], folder);
        const known = await this.#try(['rev-parse', '--verify', '--quiet', `${commit}^{commit}`], folder);
        if (known.exitCode === 0)
            return;
        throw new errors/* BuildError */.zS({
            kind: 'user',
            code: 'GIT_REF_NOT_FOUND',
            message: `repository does not contain ref ${commit}: ${this.shownUrl}`,
        });
    }
    /** Full name of the commit. */
    async checkOut(folder, revision) {
        await this.#run(['checkout', '--quiet', '--force', '--detach', revision], folder);
        const { stdout } = await this.#run(['rev-parse', 'HEAD'], folder);
        return stdout.toString('latin1').trim();
    }
    /**
     * What a checkout leaves in the index are times and inodes of this machine; without them the same commit gives the same files, and git
     * compares contents when it next looks.
     */
    async forgetFileTimes(folder) {
        await this.#run(['read-tree', 'HEAD'], folder);
    }
    /** The same for all submodules. */
    async forgetModuleTimes(folder) {
        await this.#run(['submodule', '--quiet', 'foreach', '--recursive', 'git read-tree HEAD'], folder);
    }
    async updateSubmodules(folder) {
        await this.#shallow(UPDATE_MODULES, [], folder);
    }
    /** Seconds since 1970. */
    async commitTime(folder) {
        const { stdout } = await this.#run(['show', '--no-patch', '--format=%ct', 'HEAD'], folder);
        return Number(stdout.toString('latin1').trim());
    }
    /** Without history; with it where the server is a plain web server, which gives all or nothing. */
    async #shallow(command, rest, folder) {
        const { exitCode, stderr } = await this.#try([...command, SHALLOW, ...rest], folder);
        if (exitCode === 0)
            return;
        const whole = /does not support shallow/.test(stderr);
        await this.#run([...command, ...(whole ? [] : [SHALLOW]), ...rest], folder);
    }
    async #run(args, folder) {
        const result = await this.#try(args, folder);
        if (result.exitCode === 0)
            return result;
        const said = result.stderr.trim().split('\n').slice(-5).join('\n');
        throw new errors/* BuildError */.zS({
            kind: 'remote',
            code: 'GIT_FAILED',
            message: `git ${args[0]} of ${this.shownUrl} ended with exit code ${result.exitCode}: ${said}`,
            hint: hintFor(said),
        });
    }
    async #try(args, folder) {
        this.#environment ??= this.#environmentOf();
        return (0,exec/* exec */.m0)(['git', ...args], {
            ...(folder === undefined ? {} : { cwd: folder }),
            env: await this.#environment,
            signal: this.#signal,
        });
    }
    async #environmentOf() {
        const settings = settingsFor(this.#url, this.#authorization, this.#access);
        const environment = environmentFor(this.#access);
        const { stdout } = await (0,exec/* exec */.m0)(['git', 'version'], { env: environment, signal: this.#signal });
        if (!isOld(stdout.toString('latin1')))
            return { ...environment, ...counted(settings) };
        // It knows no GIT_CONFIG_GLOBAL; ssh looks for its files in the home of the account.
        const nowhere = { HOME: NOWHERE, XDG_CONFIG_HOME: NOWHERE };
        return { ...environment, ...nowhere, GIT_CONFIG_PARAMETERS: listed(settings) };
    }
}
function settingsFor(url, authorization, access) {
    const silence = String(access.longestSilence ?? LONGEST_SILENCE);
    const settings = [...SETTINGS, ['http.lowSpeedLimit', '1'], ['http.lowSpeedTime', silence]];
    const origin = /^https?:\/\/[^/]+/.exec(url)?.[0];
    if (authorization !== undefined && origin !== undefined) {
        settings.push([`http.${origin}/.extraHeader`, `Authorization: ${authorization}`]);
    }
    return settings;
}
/** As git takes settings since 2.31 (git(1), GIT_CONFIG_COUNT). */
function counted(settings) {
    const configuration = { GIT_CONFIG_COUNT: String(settings.length) };
    for (const [i, [key, value]] of settings.entries()) {
        configuration[`GIT_CONFIG_KEY_${i}`] = key;
        configuration[`GIT_CONFIG_VALUE_${i}`] = value;
    }
    return configuration;
}
/** As git hands settings of its command line on to the programs that it starts: `key=value`, each quoted for the shell (git, quote.c). */
function listed(settings) {
    const quotedFor = (text) => `'${text.replaceAll(/['!]/g, "'\\$&'")}'`;
    return settings.map(([key, value]) => quotedFor(`${key}=${value}`)).join(' ');
}
/** Older than GIT_CONFIG_COUNT (2.31) or GIT_CONFIG_GLOBAL (2.32)? What tells no version is taken for a new one. */
function isOld(version) {
    const [, major, minor] = /version (\d+)\.(\d+)/.exec(version) ?? [];
    return major !== undefined && (Number(major) < 2 || (Number(major) === 2 && Number(minor) < 32));
}
function environmentFor(access) {
    return {
        PATH,
        LC_ALL: 'C.UTF-8',
        HOME: NOWHERE,
        ...access.environment,
        GIT_CONFIG_NOSYSTEM: '1',
        GIT_CONFIG_GLOBAL: '/dev/null',
        GIT_ATTR_NOSYSTEM: '1',
        // Submodules are cloned, and no option of theirs says so.
        GIT_TEMPLATE_DIR: '',
        GIT_TERMINAL_PROMPT: '0',
        GIT_ASKPASS: 'false',
        GIT_SSH_COMMAND: SSH,
        GIT_ALLOW_PROTOCOL: access.protocols ?? DEFAULT_PROTOCOLS,
    };
}
/** `https://user:token@host/` would show up in the list of processes. */
function splitCredentials(text) {
    // Over ssh and git:// nobody asks for a password, and git would tell it in its errors.
    if (!/^https?:/.test(text))
        return { bare: text.replace(/^([a-z]+:\/\/[^/:@]*):[^/]*@/i, '$1@') };
    const url = URL.parse(text);
    if (url === null || (url.username === '' && url.password === ''))
        return { bare: text };
    const authorization = (0,basic_authorization/* basicAuthorization */.a)(url);
    url.username = '';
    url.password = '';
    return { bare: url.href, authorization };
}
/** A value for a git configuration file. */
function quoted(text) {
    return `"${text.replaceAll(/["\\]/g, '\\$&').replaceAll('\n', '\\n')}"`;
}
function hintFor(said) {
    if (/could not read Username|Authentication failed|terminal prompts disabled/.test(said)) {
        return 'The repository is private or does not exist: give a token, or check the address.';
    }
    if (/Host key verification failed/.test(said))
        return 'Add the host to ~/.ssh/known_hosts.';
    if (/Permission denied \(publickey/.test(said))
        return 'Start an ssh-agent with the right key.';
    return undefined;
}

// EXTERNAL MODULE: ./lib/worker/source/local.js + 1 modules
var local = __webpack_require__(9524);
;// CONCATENATED MODULE: ./lib/worker/source/mapped-tree.js
/** A tree with other names or other metadata. */
function mappedTree(tree, mapping) {
    const { inside, outside = (path) => path } = mapping;
    // The old tree has to get back the very nodes that it gave, as it compares them with what it reads.
    const original = async (node) => (await tree.lookup(outside(node.path))) ?? { ...node, path: outside(node.path) };
    return {
        name: mapping.name,
        async lookup(path) {
            const node = await tree.lookup(outside(path));
            return node === undefined ? undefined : inside(node);
        },
        async list(path) {
            return (await tree.list(outside(path))).map(inside);
        },
        async *read(nodes, options) {
            const wanted = new Map(nodes.map((node) => [outside(node.path), node]));
            for await (const member of tree.read(await Promise.all(nodes.map(original)), options)) {
                yield { ...member, entry: wanted.get(member.entry.path) ?? member.entry };
            }
        },
        ...(tree.digests === undefined
            ? {}
            : { digests: async (nodes) => (await tree.digests?.(await Promise.all(nodes.map(original)))) ?? [] }),
    };
}

;// CONCATENATED MODULE: ./lib/worker/source/subfolder.js



/**
 * A folder of a tree as a tree of its own.
 * @param folder `..` and absolute paths stay inside of the tree
 * @throws BuildError `SUBFOLDER_NOT_FOUND`
 */
async function subfolder(tree, folder) {
    const base = (0,entry_path/* cleanPath */.ts)(`/${folder}`);
    if (base === '')
        return tree;
    const top = await tree.lookup(base);
    if (top?.type !== 'directory') {
        throw new errors/* BuildError */.zS({
            kind: 'user',
            code: 'SUBFOLDER_NOT_FOUND',
            message: `${tree.name} has no folder ${base}`,
        });
    }
    return mappedTree(tree, {
        name: `${base} in ${tree.name}`,
        outside: (path) => (path === '' ? base : (0,entry_path/* childPath */.cm)(base, path)),
        inside: (node) => ({ ...node, path: node.path.slice(base.length + 1) }),
    });
}

;// CONCATENATED MODULE: ./lib/worker/source/git.js











const FULL_COMMIT = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;
/**
 * The commit that a source means now, as the remote says; nothing is fetched. What comes of it decides the files, so it can stand
 * for them in a cache key.
 * @throws BuildError `GIT_REF_NOT_FOUND`, `GIT_CHECKSUM_MISMATCH`, `BAD_GIT_REF` (kind user), `GIT_FAILED` (kind remote), `COMMAND_NOT_FOUND`
 */
async function resolveGitCommit(source, options) {
    const git = new GitCommand(source.url, options);
    return (await resolve(source, git)).commit;
}
/**
 * Fetches one commit (no history) and its submodules as a tree, without `.git` unless it is asked for. Files are 0644 or 0755,
 * folders 0755, all owned by 0:0, as in BuildKit (source/git).
 * @throws BuildError as resolveGitCommit; `SUBFOLDER_NOT_FOUND`
 */
async function gitTree(source, options) {
    const git = new GitCommand(source.url, options);
    (0,make_folder/* makeStateFolder */.E)(options.folder);
    const folder = await (0,temp/* tempDir */.y)(options.folder, 'git-');
    try {
        const root = (0,external_node_path_.join)(folder.path, 'files');
        await (0,promises_.mkdir)(root);
        const commit = await checkOut(git, root, source);
        const committedAt = await git.commitTime(root);
        const time = source.mtime === 'commit' ? committedAt : undefined;
        const files = (0,local/* localTree */.q)({
            name: `the Git repository ${git.shownUrl}`,
            root,
            ...(source.keepGitDir ? {} : { includes: (path) => ((0,entry_path/* baseOf */.bx)(path) === '.git' ? 'prune' : true) }),
        });
        const tree = mappedTree(await subfolder(files, source.subdir ?? ''), {
            name: files.name,
            inside: (node) => asGitKeepsIt(node, time),
        });
        return { ...tree, commit, committedAt, [Symbol.asyncDispose]: async () => folder[Symbol.asyncDispose]() };
    }
    catch (error) {
        await folder[Symbol.asyncDispose]();
        throw error;
    }
}
async function resolve(source, git) {
    const { checksum, fetchByCommit } = source;
    const ref = fetchByCommit === true && checksum !== undefined ? checksum : (source.ref ?? 'HEAD');
    if (!isSafeRef(ref)) {
        throw new errors/* BuildError */.zS({ kind: 'user', code: 'BAD_GIT_REF', message: `"${ref}" is not a Git ref` });
    }
    if (FULL_COMMIT.test(ref)) {
        checkCommit(source, [ref]);
        return { commit: ref, wanted: ref };
    }
    const { ids, branches } = await git.listRemote(ref);
    const name = [ref, `refs/${ref}`, `refs/heads/${ref}`, `refs/tags/${ref}`].find((each) => ids.has(each));
    const id = name === undefined ? undefined : ids.get(name);
    if (name === undefined || id === undefined) {
        throw new errors/* BuildError */.zS({
            kind: 'user',
            code: 'GIT_REF_NOT_FOUND',
            message: `repository does not contain ref ${ref}: ${git.shownUrl}`,
            hint: 'Name a branch, a tag, or a full commit (40 hexadecimal digits).',
        });
    }
    const commit = ids.get(`${name}^{}`) ?? id;
    checkCommit(source, [commit, id]);
    const branch = branches.get(name);
    return { commit, wanted: branch !== undefined && isSafeRef(branch) ? branch : name };
}
/** An annotated tag has a name of its own; either is right. */
function checkCommit({ checksum, url }, found) {
    if (checksum === undefined || found.some((id) => id.startsWith(checksum.toLowerCase())))
        return;
    throw new errors/* BuildError */.zS({
        kind: 'user',
        code: 'GIT_CHECKSUM_MISMATCH',
        message: `expected checksum to match ${checksum}, got ${found[0]}`,
        hint: `The ref of ${url.replace(/\/\/[^/]*@/, '//')} is another commit by now, or was never this one.`,
    });
}
/** Nothing that git could take for an option or a refspec. */
function isSafeRef(ref) {
    return /^[^-\s\p{Cc}~^:?*[\\][^\s\p{Cc}~^:?*[\\]*$/u.test(ref) && !ref.includes('..');
}
/** Full name of the commit that was checked out. */
async function checkOut(git, root, source) {
    const { commit, wanted } = await resolve(source, git);
    await git.init(root, commit);
    const byName = FULL_COMMIT.test(wanted);
    await (byName ? git.fetchCommit(root, commit) : git.fetchRef(root, wanted));
    const found = await git.checkOut(root, byName ? commit : 'FETCH_HEAD');
    // Somebody may have pushed since the ref was looked up.
    if (found !== commit)
        checkCommit(source, [found]);
    const modules = source.submodules && (0,external_node_fs_.existsSync)((0,external_node_path_.join)(root, '.gitmodules'));
    if (modules)
        await git.updateSubmodules(root);
    if (source.keepGitDir)
        await git.forgetFileTimes(root);
    if (source.keepGitDir && modules)
        await git.forgetModuleTimes(root);
    return found;
}
/** Git knows no more of a mode than whether a file is executable. */
function asGitKeepsIt(node, mtime) {
    const time = mtime === undefined ? {} : { mtime };
    if (node.type === 'symlink')
        return { ...node, ...time, mode: 0o777 };
    if (node.type === 'directory')
        return { ...node, ...time, mode: 0o755 };
    return { ...node, ...time, mode: (node.mode & 0o100) === 0 ? 0o644 : 0o755 };
}


/***/ }),

/***/ 1016:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   D: () => (/* binding */ httpTree)
/* harmony export */ });
/* harmony import */ var node_buffer__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(4573);
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7594);
/* harmony import */ var _base_nobody_there_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(3997);
/* harmony import */ var _base_retry_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(7091);
/* harmony import */ var _image_digest_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(7241);
/* harmony import */ var _image_layer_decompress_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(3751);
/* harmony import */ var _basic_authorization_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(9368);







const DEFAULT_MAX_SIZE = 16 * 1024 ** 3;
/** As Go's http.Client. */
const MOST_REDIRECTS = 10;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);
const TRANSIENT = new Set([408, 429, 500, 502, 503, 504]);
const ASCTIME = /^[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \d{4}$/;
/** RFC 9110 section 5.6.7; what else Date.parse takes depends on where it runs. */
const HTTP_DATES = [
    /^[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT$/,
    /^[A-Z][a-z]+day, \d\d-[A-Z][a-z]{2}-\d\d \d\d:\d\d:\d\d GMT$/,
    ASCTIME,
];
/**
 * Downloads a file; it is the only one of the tree. As in BuildKit (source/http): mode 0600, owner 0:0, the time of
 * `Last-Modified`, or 0 where the server does not tell.
 * @throws BuildError `HTTP_STATUS`, `HTTP_UNREACHABLE`, `HTTP_REDIRECT` (kind remote), `BAD_URL`, `DIGEST_MISMATCH`,
 * `CONTENT_TOO_LARGE`, `BAD_COMPRESSION`
 */
async function httpTree(source, options) {
    const url = addressOf(source.url);
    const { stored, mtime } = await (0,_base_retry_js__WEBPACK_IMPORTED_MODULE_3__/* .retry */ .L)(() => download(url, source, options), {
        advice: adviceOf,
        signal: options.signal,
        firstDelay: options.firstDelay,
    });
    const node = {
        path: source.filename,
        type: 'file',
        mode: 0o600,
        uid: 0,
        gid: 0,
        size: stored.size,
        mtime,
        ...(stored.digest.startsWith('sha256:') ? { content: stored.digest } : {}),
    };
    return {
        name: shown(url),
        soleFile: node.path,
        lookup: async (path) => (path === node.path ? node : undefined),
        list: async (path) => (path === '' ? [node] : []),
        async *read(nodes) {
            for (const entry of nodes)
                yield { entry, body: await options.store.open(stored.digest) };
        },
    };
}
async function download(url, source, options) {
    const answer = await follow(url, options);
    if (!holdsFile(answer.status)) {
        answer.body.destroy?.();
        throw new HttpError({
            code: 'HTTP_STATUS',
            message: `${shown(url)} was answered with an invalid response status ${answer.status}`,
            hint: hintFor(answer.status),
            temporary: TRANSIENT.has(answer.status),
            after: retryAfter(answer.headers['retry-after']),
        });
    }
    const expected = source.checksum === undefined ? {} : { digest: (0,_image_digest_js__WEBPACK_IMPORTED_MODULE_4__/* .parseDigest */ .m)(source.checksum) };
    const limit = options.maxSize ?? DEFAULT_MAX_SIZE;
    const stored = await options.store.put(contentOf(answer, url), { ...expected, limit });
    return { stored, mtime: lastModified(answer.headers['last-modified']) };
}
async function follow(start, options) {
    let url = start;
    let credentials = credentialsOf(start, options);
    for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
        const answer = await send(url, credentials, options);
        const location = REDIRECTS.has(answer.status) ? answer.headers.location : undefined;
        if (location === undefined)
            return answer;
        answer.body.destroy?.();
        const next = redirectTarget(asSent(location), url);
        // What one host may know is not for another, and nothing secret goes over a plain connection.
        if (next.host !== url.host || (url.protocol === 'https:' && next.protocol === 'http:')) {
            credentials = credentialsOf(next, options);
        }
        url = next;
    }
    throw new HttpError({
        code: 'HTTP_REDIRECT',
        message: `${shown(start)} was redirected more than ${MOST_REDIRECTS} times`,
    });
}
async function send(url, authorization, { get, signal }) {
    const bare = new URL(url);
    bare.username = '';
    bare.password = '';
    try {
        return await get({
            method: 'GET',
            url: bare,
            headers: { accept: '*/*', ...(authorization === undefined ? {} : { authorization }) },
            signal,
        });
    }
    catch (cause) {
        signal?.throwIfAborted();
        throw unreachable(url, cause);
    }
}
function addressOf(text) {
    const url = URL.parse(text);
    if (url !== null && /^https?:$/.test(url.protocol))
        return url;
    const bare = text.replace(/^([a-z]+:\/\/)[^/?#]*@/i, '$1');
    throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .BuildError */ .zS({ kind: 'user', code: 'BAD_URL', message: `${bare} is not an http address` });
}
/** As BuildKit has it; but a part of the file, which nobody asked for, is not the file. */
function holdsFile(status) {
    return status >= 200 && status < 300 && status !== 206;
}
/** Node gives headers byte by byte; servers that send more than ASCII in an address mean UTF-8. */
function asSent(header) {
    const bytes = Buffer.from(header, 'latin1');
    return (0,node_buffer__WEBPACK_IMPORTED_MODULE_0__.isUtf8)(bytes) ? bytes.toString('utf8') : header;
}
function redirectTarget(location, from) {
    const url = URL.parse(location, from.href);
    if (url !== null && /^https?:$/.test(url.protocol))
        return url;
    throw new HttpError({
        code: 'HTTP_REDIRECT',
        message: `${shown(from)} redirects to ${JSON.stringify(location)}, which is not an http address`,
    });
}
function credentialsOf(url, options) {
    if (url.username === '' && url.password === '')
        return options.authorization?.(url.host);
    return (0,_basic_authorization_js__WEBPACK_IMPORTED_MODULE_6__/* .basicAuthorization */ .a)(url);
}
/** Without what may be secret. */
function shown(url) {
    return `${url.origin}${url.pathname}`;
}
/** Seconds since 1970; 0 for none and for what is no date. */
function lastModified(header = '') {
    const form = HTTP_DATES.find((each) => each.test(header));
    // The oldest form tells no zone and means the same one.
    const time = form === undefined ? Number.NaN : Date.parse(form === ASCTIME ? `${header} GMT` : header);
    return Number.isNaN(time) ? 0 : Math.floor(time / 1000);
}
/** Milliseconds (RFC 9110 section 10.2.3). */
function retryAfter(header) {
    if (header === undefined)
        return undefined;
    const delay = /^\d+$/.test(header) ? Number(header) * 1000 : Date.parse(header) - Date.now();
    return Number.isNaN(delay) ? undefined : Math.max(0, delay);
}
/**
 * Some servers send what they keep packed whatever they are asked. The file is what was packed, as for Go's http.Client, which BuildKit fetches with;
 * that one knows gzip alone.
 */
function contentOf({ headers, body }, url) {
    const sent = withCause(body, url);
    return /^gzip$/i.test(headers['content-encoding'] ?? '') ? unpacked(sent, url) : sent;
}
async function* unpacked(sent, url) {
    try {
        yield* (0,_image_layer_decompress_js__WEBPACK_IMPORTED_MODULE_5__/* .decompress */ .m)(sent, 'gzip');
    }
    catch (cause) {
        const { code, message } = (0,_base_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .toBuildError */ .KB)(cause);
        if (code !== 'BAD_COMPRESSION')
            throw cause;
        throw new HttpError({ code, message: `${shown(url)}, sent as gzip: ${message}`, cause });
    }
}
/** A connection that breaks off in the middle may be tried again; what the store says may not. */
async function* withCause(body, url) {
    try {
        yield* body;
    }
    catch (cause) {
        throw unreachable(url, cause);
    }
}
function unreachable(url, cause) {
    const why = (0,_base_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .reasonOf */ .A3)(cause);
    return new HttpError({
        code: 'HTTP_UNREACHABLE',
        message: `${shown(url)} cannot be fetched: ${why}`,
        temporary: mayPass(cause),
        cause,
    });
}
/** A host that is unknown or listens to nobody stays so, and a certificate stays as bad as it is (`temporary` of the transport's errors). */
function mayPass(cause) {
    for (let error = cause; error instanceof Error; error = error.cause) {
        if ('temporary' in error && error.temporary === false)
            return false;
    }
    return !(0,_base_nobody_there_js__WEBPACK_IMPORTED_MODULE_2__/* .isNobodyThere */ .W)(cause);
}
function hintFor(status) {
    if (status === 401 || status === 403)
        return 'The server wants credentials, or other ones.';
    return status === 404 ? 'Check the address.' : undefined;
}
class HttpError extends _base_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .BuildError */ .zS {
    temporary;
    after;
    constructor({ temporary = false, after, ...facts }) {
        super({ kind: 'remote', ...facts });
        this.temporary = temporary;
        this.after = after;
    }
}
function adviceOf(error) {
    return error instanceof HttpError && error.temporary ? { after: error.after } : undefined;
}


/***/ }),

/***/ 4029:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   N: () => (/* binding */ KnownDigests)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6760);
/* harmony import */ var _base_make_folder_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(1044);
/* harmony import */ var _image_digest_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(7241);





const FORMAT = 'known-digests/1';
/** A file changed within this may be changed again without its times telling: the clock of a file system has ticks. Milliseconds. */
const SETTLED = 2000;
/** The most recently used are kept. */
const MOST_ENTRIES = 200_000;
/**
 * Content digests of a folder's files from earlier builds. A file counts as unchanged while its device, number, size, and both times are what they were:
 * the time of its last change cannot be set by programs, unlike that of its content.
 */
class KnownDigests {
    #file;
    /** Path to mark and digest; the least recently used first. */
    #entries;
    #isNew = false;
    constructor(file, entries) {
        this.#file = file;
        this.#entries = entries;
    }
    /** From a file; one that is not there or damaged knows nothing. Never fails. */
    static async load(file) {
        try {
            return new KnownDigests(file, parse(await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.readFile)(file, 'utf8')));
        }
        catch {
            return new KnownDigests(file, new Map());
        }
    }
    static markOf({ dev, ino, size, mtimeMs, ctimeMs }) {
        return { text: [dev, ino, size, mtimeMs, ctimeMs].join(':'), changedAt: Math.max(mtimeMs, ctimeMs) };
    }
    of(path, { text }) {
        const entry = this.#entries.get(path);
        if (entry === undefined || entry[0] !== text)
            return undefined;
        this.#entries.delete(path);
        this.#entries.set(path, entry);
        return entry[1];
    }
    note(path, { text, changedAt }, digest) {
        this.#entries.delete(path);
        if (Date.now() - changedAt < SETTLED)
            return;
        this.#entries.set(path, [text, digest]);
        this.#isNew = true;
    }
    /** Writes the file, where there is something new. Never fails: what is not known is hashed again. */
    async save() {
        if (!this.#isNew)
            return;
        const temporary = `${this.#file}.${(0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.randomUUID)()}`;
        try {
            (0,_base_make_folder_js__WEBPACK_IMPORTED_MODULE_3__/* .makeFolder */ .f)((0,node_path__WEBPACK_IMPORTED_MODULE_2__.dirname)(this.#file), 0o700);
            const kept = [...this.#entries].slice(-MOST_ENTRIES);
            const lines = kept.map(([path, [mark, digest]]) => JSON.stringify([path, mark, digest]));
            await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.writeFile)(temporary, [FORMAT, ...lines, ''].join('\n'), { mode: 0o600 });
            await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.rename)(temporary, this.#file);
        }
        catch {
            await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.rm)(temporary, { force: true }).catch(() => undefined);
        }
    }
}
function parse(text) {
    const [format, ...lines] = text.split('\n');
    // The last line end is the mark of a whole file.
    if (format !== FORMAT || lines.pop() !== '')
        return new Map();
    return new Map(lines.map((line) => {
        const [path, mark, digest] = JSON.parse(line);
        return [String(path), [String(mark), (0,_image_digest_js__WEBPACK_IMPORTED_MODULE_4__/* .parseDigest */ .m)(String(digest))]];
    }));
}


/***/ }),

/***/ 9524:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  q: () => (/* binding */ localTree)
});

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: external "node:timers/promises"
var promises_ = __webpack_require__(8500);
// EXTERNAL MODULE: ./lib/base/errors.js
var errors = __webpack_require__(7594);
// EXTERNAL MODULE: ./lib/image/layer/entry-name.js
var entry_name = __webpack_require__(9811);
// EXTERNAL MODULE: ./lib/image/layer/entry-path.js
var entry_path = __webpack_require__(6884);
// EXTERNAL MODULE: ./lib/worker/source/known-digests.js
var known_digests = __webpack_require__(4029);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: external "node:fs/promises"
var external_node_fs_promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: ./lib/image/digest.js
var digest = __webpack_require__(7241);
;// CONCATENATED MODULE: ./lib/worker/source/local-file.js





/** Bytes of a file that is read at once, without giving way to others. */
const SMALL = 256 * 1024;
/** Bytes that are read at once of a larger one. Each read waits in Node's pool of threads behind blocks that are being compressed: few large ones wait less. */
const CHUNK = 1024 * 1024;
/** A link or a FIFO that took the file's place since it was listed must neither be followed nor block. */
const FLAGS = external_node_fs_.constants.O_RDONLY | external_node_fs_.constants.O_NOFOLLOW | external_node_fs_.constants.O_NONBLOCK;
/** New memory for each piece of a file is what makes the collector of garbage run. */
function readingMemory() {
    return Buffer.allocUnsafeSlow(CHUNK);
}
/**
 * The bytes of a file that was listed before: exactly as many as were listed.
 * @throws BuildError `CONTENT_CHANGED`, `CONTEXT_UNREADABLE`; the reason of an abort
 */
async function* readListedFile(onDisk, node, tree, { memory, signal } = {}) {
    signal?.throwIfAborted();
    if (node.size <= SMALL) {
        const bytes = readAll(onDisk, node, tree, memory?.subarray(0, node.size));
        if (bytes.length > 0)
            yield bytes;
        return;
    }
    let file;
    try {
        file = await (0,external_node_fs_promises_.open)(onDisk, FLAGS);
    }
    catch (cause) {
        throw failed(node, tree, cause);
    }
    try {
        check(await file.stat(), node, tree);
        for (let left = node.size; left > 0;) {
            const most = Math.min(CHUNK, left);
            const { bytesRead, buffer } = await file.read(memory ?? Buffer.allocUnsafe(most), 0, most);
            if (bytesRead === 0)
                throw changed(node, tree);
            left -= bytesRead;
            signal?.throwIfAborted();
            yield buffer.subarray(0, bytesRead);
        }
        check(await file.stat(), node, tree);
    }
    finally {
        await file.close();
    }
}
/** Digest of a listed file that is small enough to be read at once. Synchronous: for many small files that is far faster. */
function hashSmallFile(onDisk, node, tree, memory) {
    return `sha256:${(0,external_node_crypto_.hash)('sha256', readAll(onDisk, node, tree, memory.subarray(0, node.size)))}`;
}
/** Digest of a listed file, read in pieces. */
async function hashLargeFile(onDisk, node, tree, signal) {
    return (0,digest/* digestOfStream */.Ul)(readListedFile(onDisk, node, tree, { memory: readingMemory(), signal }));
}
function readAll(onDisk, node, tree, bytes = Buffer.allocUnsafe(node.size)) {
    let file;
    try {
        file = (0,external_node_fs_.openSync)(onDisk, FLAGS);
    }
    catch (cause) {
        throw failed(node, tree, cause);
    }
    try {
        check((0,external_node_fs_.fstatSync)(file), node, tree);
        for (let at = 0; at < bytes.length;) {
            const count = (0,external_node_fs_.readSync)(file, bytes, at, bytes.length - at, at);
            if (count === 0)
                throw changed(node, tree);
            at += count;
        }
        return bytes;
    }
    finally {
        (0,external_node_fs_.closeSync)(file);
    }
}
function check(stats, node, tree) {
    const same = stats.isFile() && stats.size === node.size && stats.mtimeMs / 1000 === node.mtime;
    if (!same)
        throw changed(node, tree);
}
function failed(node, tree, cause) {
    const { code, message } = cause;
    if (code === 'ENOENT' || code === 'ELOOP' || code === 'ENOTDIR' || code === 'ENXIO') {
        return changed(node, tree);
    }
    return new errors/* BuildError */.zS({
        kind: 'environment',
        code: 'CONTEXT_UNREADABLE',
        message: `/${node.path} of ${tree} cannot be read: ${code ?? message}`,
        hint: 'Make it readable for the user that runs the build, or exclude it in .dockerignore.',
        cause,
    });
}
function changed(node, tree) {
    return new errors/* BuildError */.zS({
        kind: 'environment',
        code: 'CONTENT_CHANGED',
        message: `/${node.path} of ${tree} changed while it was read`,
        hint: 'Do not write to the build context during a build.',
    });
}

;// CONCATENATED MODULE: ./lib/worker/source/local.js








/** Synchronous system calls are several times faster than asynchronous ones here; this long, in ms, before others get a turn. */
const LONGEST_TURN = 10;
/** Larger files are hashed asynchronously, so that more than one processor is used; bytes. */
const SMALL_FILE = 512 * 1024;
/** Large files hashed at the same time. */
const IN_FLIGHT = 4;
/**
 * A folder of this machine as a tree. What is listed once stays as it was found, so that all steps of a build see one state;
 * reading a file that has changed since then is an error. Links are never followed. Sockets are left out: no tar can hold them.
 * Extended attributes are not seen, as Node has no call for them.
 * @throws BuildError (when used) `CONTEXT_UNREADABLE`
 */
function localTree(options) {
    return new LocalTree(options);
}
class LocalTree {
    name;
    #options;
    #lists = new Map();
    #digests = new Map();
    #marks = new Map();
    #turnEnds = 0;
    constructor(options) {
        this.name = options.name;
        this.#options = options;
    }
    async lookup(path) {
        if (path === '')
            return this.#node('', this.#stat(''));
        const siblings = await this.list((0,entry_path/* parentOf */.gN)(path) ?? '');
        return findPath(siblings, path);
    }
    async list(path) {
        let list = this.#lists.get(path);
        if (list === undefined) {
            list = this.#list(path);
            this.#lists.set(path, list);
        }
        return list;
    }
    async *read(nodes, { fleeting } = {}) {
        const { signal } = this.#options;
        const memory = fleeting === true ? readingMemory() : undefined;
        for (const node of nodes) {
            if (node.type !== 'file') {
                yield { entry: node };
                continue;
            }
            const body = readListedFile(this.#onDisk(node.path), node, this.name, { memory, signal });
            const content = this.#digests.get(node.path);
            yield content === undefined ? { entry: node, body } : { entry: node, body, content };
        }
    }
    async digests(nodes) {
        const pending = [];
        const memory = readingMemory();
        for (const node of nodes) {
            if (this.#digests.has(node.path) || this.#isKnown(node))
                continue;
            if (node.size > SMALL_FILE)
                pending.push(node);
            else {
                this.#note(node, hashSmallFile(this.#onDisk(node.path), node, this.name, memory));
                await this.#giveTurn();
            }
        }
        const workers = Array.from({ length: IN_FLIGHT }, async () => {
            for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
                this.#note(node, await hashLargeFile(this.#onDisk(node.path), node, this.name, this.#options.signal));
            }
        });
        await Promise.all(workers);
        return nodes.map((node) => this.#digests.get(node.path));
    }
    #isKnown({ path }) {
        const mark = this.#marks.get(path);
        const digest = mark === undefined ? undefined : this.#options.known?.of(path, mark);
        if (digest !== undefined)
            this.#digests.set(path, digest);
        return digest !== undefined;
    }
    #note({ path }, digest) {
        this.#digests.set(path, digest);
        const mark = this.#marks.get(path);
        if (mark !== undefined)
            this.#options.known?.note(path, mark, digest);
    }
    async explainAbsence(path) {
        const { excludedBy, includes } = this.#options;
        const stats = this.#stat(path);
        if (stats?.isSocket() === true)
            return `/${path} is a socket, and a layer can hold none.`;
        if (includes === undefined || stats === undefined)
            return undefined;
        return `/${path} exists, but ${excludedBy ?? 'the ignore file'} keeps it out of ${this.name}.`;
    }
    async #list(path) {
        await this.#giveTurn();
        if (!(await this.#isFolder(path)))
            return [];
        const nodes = [];
        for (const name of this.#names(path)) {
            const node = await this.#child((0,entry_path/* childPath */.cm)(path, name));
            if (node !== undefined)
                nodes.push(node);
        }
        return nodes;
    }
    /** Only a folder that its own parent's list shows can be listed: so no link is ever followed on the way. */
    async #isFolder(path) {
        if (path === '')
            return true;
        if (/(?:^|\/)\.{0,2}$/.test(path))
            return false;
        const parent = (0,entry_path/* parentOf */.gN)(path) ?? '';
        if (!(await this.#isFolder(parent)))
            return false;
        return this.#stat(path)?.isDirectory() === true && this.#options.includes?.(path, true) !== 'prune';
    }
    /** Undefined for what does not belong to the tree. */
    async #child(path) {
        const stats = this.#stat(path);
        if (stats === undefined || stats.isSocket())
            return undefined;
        const included = this.#options.includes?.(path, stats.isDirectory()) ?? true;
        if (included === true)
            return this.#node(path, stats);
        if (included === 'prune' || !stats.isDirectory())
            return undefined;
        return (await this.list(path)).length > 0 ? this.#node(path, stats) : undefined;
    }
    #names(path) {
        const folder = this.#onDisk(path);
        try {
            const names = (0,external_node_fs_.readdirSync)(folder);
            // U+FFFD is what Node makes of bytes that are no UTF-8, so such a folder is read again as bytes.
            const exact = names.some((name) => name.includes('\uFFFD'))
                ? (0,external_node_fs_.readdirSync)(folder, { encoding: 'buffer' }).map(entry_name/* decodeName */.e4)
                : names;
            return exact.sort(entry_name/* compareNames */.MP);
        }
        catch (cause) {
            throw unreadable(path, this.name, cause);
        }
    }
    #stat(path) {
        try {
            // The root itself may be a link, which only a path that goes on follows.
            const onDisk = path === '' ? `${this.#options.root}/.` : this.#onDisk(path);
            return (0,external_node_fs_.lstatSync)(onDisk, { throwIfNoEntry: false });
        }
        catch (cause) {
            if (cause.code === 'ENOTDIR')
                return undefined;
            throw unreadable(path, this.name, cause);
        }
    }
    #node(path, stats) {
        if (stats === undefined)
            return undefined;
        const type = typeOf(stats);
        const { keepOwners, known } = this.#options;
        if (known !== undefined && type === 'file')
            this.#marks.set(path, known_digests/* KnownDigests */.N.markOf(stats));
        return {
            path,
            type,
            mode: stats.mode & 0o7777,
            uid: keepOwners === true ? stats.uid : 0,
            gid: keepOwners === true ? stats.gid : 0,
            size: type === 'file' ? stats.size : 0,
            mtime: stats.mtimeMs / 1000,
            ...(type === 'symlink' ? { linkName: this.#linkTarget(path) } : {}),
            ...(type === 'character' || type === 'block' ? deviceNumbers(stats.rdev) : {}),
            ...(type === 'file' && stats.nlink > 1 ? { inode: `${stats.dev}:${stats.ino}` } : {}),
        };
    }
    #linkTarget(path) {
        try {
            return (0,entry_name/* decodeName */.e4)((0,external_node_fs_.readlinkSync)(this.#onDisk(path), { encoding: 'buffer' }));
        }
        catch (cause) {
            throw unreadable(path, this.name, cause);
        }
    }
    #onDisk(path) {
        if (path.isWellFormed())
            return (0,external_node_path_.join)(this.#options.root, path);
        return Buffer.concat([Buffer.from(`${this.#options.root}/`), (0,entry_name/* encodeName */.aA)(path)]);
    }
    async #giveTurn() {
        this.#options.signal?.throwIfAborted();
        if (performance.now() < this.#turnEnds)
            return;
        await (0,promises_.setImmediate)();
        this.#turnEnds = performance.now() + LONGEST_TURN;
    }
}
function typeOf(stats) {
    if (stats.isFile())
        return 'file';
    if (stats.isDirectory())
        return 'directory';
    if (stats.isSymbolicLink())
        return 'symlink';
    if (stats.isFIFO())
        return 'fifo';
    return stats.isBlockDevice() ? 'block' : 'character';
}
/** Linux's encoding of a device number (glibc, sys/sysmacros.h). */
function deviceNumbers(device) {
    const high = Math.floor(device / 2 ** 32);
    const low = device % 2 ** 32;
    return {
        devMajor: ((low >>> 8) & 0xfff) + (high & ~0xfff),
        devMinor: (low & 0xff) + (((low >>> 12) & ~0xff) >>> 0),
    };
}
/** By halving: lists are in byte order. */
function findPath(nodes, path) {
    let low = 0;
    let high = nodes.length - 1;
    while (low <= high) {
        const middle = (low + high) >> 1;
        const node = nodes[middle];
        const order = node === undefined ? 0 : (0,entry_name/* compareNames */.MP)(node.path, path);
        if (order === 0)
            return node;
        if (order < 0)
            low = middle + 1;
        else
            high = middle - 1;
    }
    return undefined;
}
function unreadable(path, tree, cause) {
    const { code, message } = cause;
    return new errors/* BuildError */.zS({
        kind: 'environment',
        code: 'CONTEXT_UNREADABLE',
        message: `/${path} of ${tree} cannot be read: ${code ?? message}`,
        hint: 'Make it readable for the user that runs the build, or exclude it in .dockerignore.',
        cause,
    });
}


/***/ }),

/***/ 3310:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   s: () => (/* binding */ newestOf)
/* harmony export */ });
/** The time of the newest node of a tree, in whole seconds since 1970; 0 for none. */
async function newestOf(tree, folder = '') {
    let newest = 0;
    for (const node of await tree.list(folder)) {
        newest = Math.max(newest, Math.floor(node.mtime));
        if (node.type === 'directory')
            newest = Math.max(newest, await newestOf(tree, node.path));
    }
    return newest;
}


/***/ })

};
