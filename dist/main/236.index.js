export const id = 236;
export const ids = [236];
export const modules = {

/***/ 1236:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  remoteAccess: () => (/* binding */ remoteAccess)
});

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./lib/image/store/oci-layout.js
var oci_layout = __webpack_require__(8357);
// EXTERNAL MODULE: ./lib/registry/http/transport.js
var http_transport = __webpack_require__(5565);
// EXTERNAL MODULE: ./lib/base/errors.js
var errors = __webpack_require__(7594);
// EXTERNAL MODULE: external "node:events"
var external_node_events_ = __webpack_require__(8474);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(8161);
// EXTERNAL MODULE: ./lib/base/exec.js
var exec = __webpack_require__(9584);
;// CONCATENATED MODULE: ./lib/app/ssh/key-agent.js






/** An agent of OpenSSH's with keys of this build alone. Nobody but this user and root can reach it. */
class KeyAgent {
    socket;
    #folder;
    #child;
    constructor(folder) {
        this.#folder = folder;
        this.socket = (0,external_node_path_.join)(folder, 'agent');
        // It ends with the program that it was started for, and that one with our end of the pipe.
        this.#child = (0,exec/* start */.ni)(['ssh-agent', '-a', this.socket, 'cat']);
    }
    /**
     * @param id for messages
     * @throws BuildError `SSH_AGENT_FAILED`
     */
    static async withKeys(id, keys) {
        const agent = new KeyAgent((0,external_node_fs_.mkdtempSync)((0,external_node_path_.join)((0,external_node_os_.tmpdir)(), 'ssh-agent-')));
        try {
            await agent.#ready();
            for (const key of keys)
                await agent.#add(key);
            return agent;
        }
        catch (cause) {
            agent[Symbol.dispose]();
            throw new errors/* BuildError */.zS({
                kind: 'environment',
                code: 'SSH_AGENT_FAILED',
                message: `The SSH agent "${id}" cannot be started: ${cause.message}`,
                hint: 'Install OpenSSH (Debian: openssh-client), or give the socket of a running agent: eval $(ssh-agent); ssh-add.',
                cause,
            });
        }
    }
    [Symbol.dispose]() {
        this.#child.kill();
        (0,external_node_fs_.rmSync)(this.#folder, { recursive: true, force: true });
    }
    /** The program echoes, so it runs, so the agent listens. */
    async #ready() {
        this.#child.stdin.write('.');
        await Promise.race([
            (0,external_node_events_.once)(this.#child.stdout, 'data'),
            this.#child.done.then(({ exitCode }) => {
                throw new errors/* BuildError */.zS({
                    kind: 'environment',
                    code: 'SSH_AGENT_FAILED',
                    message: `ssh-agent ended with exit code ${exitCode}`,
                });
            }),
        ]);
    }
    /** Through standard input, since ssh-add refuses files that others can read, and runners write such. */
    async #add(path) {
        const key = (0,external_node_fs_.readFileSync)(path, 'latin1');
        const { exitCode, stderr } = await (0,exec/* exec */.m0)(['ssh-add', '-q', '-'], {
            env: {
                PATH: '/usr/local/bin:/usr/bin:/bin',
                LC_ALL: 'C',
                SSH_AUTH_SOCK: this.socket,
                SSH_ASKPASS_REQUIRE: 'never',
            },
            input: Buffer.from(key.endsWith('\n') ? key : `${key}\n`, 'latin1'),
        });
        if (exitCode === 0)
            return;
        throw new errors/* BuildError */.zS({
            kind: 'user',
            code: 'SSH_AGENT_FAILED',
            message: `ssh-add does not take the key ${path}: ${stderr.trim()}`,
        });
    }
}

;// CONCATENATED MODULE: ./lib/app/ssh/agent-sockets.js


/** The agents that were given to a build, each ready when it is asked for first. */
class AgentSockets {
    #sources;
    #started = new Map();
    #disposed = false;
    constructor(sources) {
        this.#sources = sources;
    }
    has(id) {
        return Object.hasOwn(this.#sources, id);
    }
    /**
     * Path of the socket.
     * @throws BuildError `SSH_AGENT_FAILED`
     */
    async of(id) {
        const source = this.has(id) ? this.#sources[id] : undefined;
        if (source === undefined) {
            throw new errors/* BuildError */.zS({ kind: 'bug', code: 'NO_SSH_AGENT', message: `There is no SSH agent "${id}"` });
        }
        if (source.kind === 'socket')
            return source.path;
        let agent = this.#started.get(id);
        if (agent === undefined) {
            agent = KeyAgent.withKeys(id, source.paths);
            this.#started.set(id, agent);
            agent.then((ready) => this.#disposed && ready[Symbol.dispose](), () => undefined);
        }
        return (await agent).socket;
    }
    [Symbol.dispose]() {
        this.#disposed = true;
        for (const agent of this.#started.values())
            agent.then((ready) => ready[Symbol.dispose](), () => undefined);
    }
}

;// CONCATENATED MODULE: ./lib/app/contexts/authorization.js
/**
 * `Authorization` for a Git remote from the secrets that BuildKit takes for it (source/git): `GIT_AUTH_HEADER` holds the header's
 * value, `GIT_AUTH_TOKEN` a token; with `.HOST` at its end a secret is for that host alone and goes first.
 * @param own what is used for the main context where no secret is
 */
function gitAuthorization(secrets, remote, own) {
    const url = URL.parse(remote);
    if (url === null || !/^https?:$/.test(url.protocol))
        return undefined;
    for (const name of [`GIT_AUTH_HEADER.${url.host}`, 'GIT_AUTH_HEADER']) {
        const header = textOf(secrets[name]);
        if (header !== '')
            return header;
    }
    for (const name of [`GIT_AUTH_TOKEN.${url.host}`, 'GIT_AUTH_TOKEN']) {
        const token = textOf(secrets[name]);
        if (token !== '')
            return withToken(token);
    }
    return own?.remote === remote ? withToken(own.token) : undefined;
}
function withToken(token) {
    return `basic ${Buffer.from(`x-access-token:${token}`).toString('base64')}`;
}
/** `Authorization` for a download: the secrets `HTTP_AUTH_HEADER_HOST` and `HTTP_AUTH_TOKEN_HOST` (BuildKit: source/http). */
function httpAuthorization(secrets, host) {
    const header = textOf(secrets[`HTTP_AUTH_HEADER_${host}`]);
    if (header !== '')
        return header;
    const token = textOf(secrets[`HTTP_AUTH_TOKEN_${host}`]);
    return token === '' ? undefined : `Bearer ${token}`;
}
/** Files of secrets end with a line break more often than not, and no header may hold one. */
function textOf(secret) {
    return secret === undefined ? '' : Buffer.from(secret).toString('utf8').trim();
}

;// CONCATENATED MODULE: ./lib/app/contexts/remote-access.js





function remoteAccess({ stateDir, secrets, contextToken, ssh, }, environment) {
    const transport = (0,http_transport/* createTransport */.oO)({ userAgent: 'ts-image-build', proxyEnv: environment });
    const agents = new AgentSockets(ssh);
    return {
        agents,
        store: (0,oci_layout/* ociLayoutStore */.j)((0,external_node_path_.join)(stateDir, 'content')),
        get: transport.send,
        folder: stateDir,
        gitEnvironment: async (remote) => ({
            ...gitEnvironment(environment),
            // As docker has it: the agent called default is for Git, too.
            ...(agents.has('default') && overSsh(remote) ? { SSH_AUTH_SOCK: await agents.of('default') } : {}),
        }),
        httpAuthorization: (host) => httpAuthorization(secrets, host),
        gitAuthorization: (remote) => gitAuthorization(secrets, remote, contextToken),
        [Symbol.dispose]: () => {
            transport.close();
            agents[Symbol.dispose]();
        },
    };
}
/** `ssh://…` or `user@host:path`. */
function overSsh(remote) {
    return !/^(?:https?|git):\/\//i.test(remote);
}
/** What git and ssh have to know of the user and the way out. */
function gitEnvironment(environment) {
    const names = ['HOME', 'SSH_AUTH_SOCK', 'SSL_CERT_FILE', 'SSL_CERT_DIR'];
    const proxies = ['http_proxy', 'https_proxy', 'no_proxy', 'all_proxy'];
    const known = [...names, ...proxies, ...proxies.map((name) => name.toUpperCase())];
    return Object.fromEntries(known.flatMap((name) => {
        const value = environment[name];
        return value === undefined ? [] : [[name, value]];
    }));
}


/***/ }),

/***/ 9930:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   S: () => (/* binding */ Admission),
/* harmony export */   x: () => (/* binding */ contentNotFound)
/* harmony export */ });
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7594);

/** Holds content that comes in against what was expected of it. */
class Admission {
    #expected;
    #size = 0;
    constructor(expected) {
        this.#expected = expected;
    }
    get size() {
        return this.#size;
    }
    /** @throws BuildError `SIZE_MISMATCH`, `CONTENT_TOO_LARGE` as soon as there are too many bytes */
    count(length) {
        this.#size += length;
        const { size, limit } = this.#expected;
        if (size !== undefined && this.#size > size)
            throw this.#sizeMismatch('more');
        if (size === undefined && limit !== undefined && this.#size > limit) {
            throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildError */ .zS({
                kind: 'remote',
                code: 'CONTENT_TOO_LARGE',
                message: `${this.#what()} is larger than the ${limit} bytes that are accepted`,
            });
        }
    }
    /** @throws BuildError `SIZE_MISMATCH`, `DIGEST_MISMATCH` */
    check(actual) {
        const { size, digest } = this.#expected;
        if (size !== undefined && this.#size < size)
            throw this.#sizeMismatch(`only ${this.#size}`);
        if (digest === undefined || digest === actual)
            return;
        throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildError */ .zS({
            kind: 'remote',
            code: 'DIGEST_MISMATCH',
            message: `Content that should be ${digest} is ${actual}`,
            hint: 'It was damaged on its way or replaced.',
        });
    }
    #sizeMismatch(actual) {
        return new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildError */ .zS({
            kind: 'remote',
            code: 'SIZE_MISMATCH',
            message: `${this.#what()} should have ${this.#expected.size} bytes but has ${actual}`,
            hint: 'It was cut off on its way or replaced.',
        });
    }
    #what() {
        return this.#expected.digest ?? 'Content';
    }
}
function contentNotFound(digest) {
    return new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildError */ .zS({
        kind: 'bug',
        code: 'CONTENT_NOT_FOUND',
        message: `The content ${digest} is not in the store`,
    });
}


/***/ }),

/***/ 8357:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   j: () => (/* binding */ ociLayoutStore)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6760);
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(7594);
/* harmony import */ var _base_make_folder_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(1044);
/* harmony import */ var _digest_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(7241);
/* harmony import */ var _admission_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(9930);
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







const READ_CHUNK = 256 * 1024;
/** How often the time of last use is written again, in milliseconds. */
const TOUCH_INTERVAL = 60_000;
const ALGORITHMS = ['sha256', 'sha512'];
/** An unfinished file that nobody wrote to for so long was left by a process that was killed. In milliseconds. */
const ABANDONED = 24 * 60 * 60 * 1000;
/**
 * Blobs as files `<folder>/blobs/<algorithm>/<hex>` (OCI image-spec 1.1, image-layout.md), made under a temporary name in `<folder>/ingest` and moved into place when
 * they are whole and their digest was checked. Several processes may work on one folder. A file's modification time is when it was last used.
 */
function ociLayoutStore(folder) {
    let swept;
    const pathOf = (digest) => (0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(folder, 'blobs', (0,_digest_js__WEBPACK_IMPORTED_MODULE_5__/* .algorithmOf */ .Hy)(digest), (0,_digest_js__WEBPACK_IMPORTED_MODULE_5__/* .encoded */ .dS)(digest));
    return {
        async stat(digest) {
            const path = pathOf(digest);
            const found = await statOf(path);
            // Whoever asks counts on it.
            if (found !== undefined && Date.now() - found.lastUsed.getTime() > TOUCH_INTERVAL)
                await touch(path);
            return found?.size;
        },
        async open(digest, range = {}) {
            const path = pathOf(digest);
            if ((await statOf(path)) === undefined)
                throw (0,_admission_js__WEBPACK_IMPORTED_MODULE_6__/* .contentNotFound */ .x)(digest);
            await touch(path);
            return contentOf(digest, path, range.start ?? 0, range.end ?? Number.POSITIVE_INFINITY);
        },
        async put(source, expected = {}) {
            const env_1 = { stack: [], error: void 0, hasError: false };
            try {
                const admission = new _admission_js__WEBPACK_IMPORTED_MODULE_6__/* .Admission */ .S(expected);
                const algorithm = (0,_digest_js__WEBPACK_IMPORTED_MODULE_5__/* .algorithmOf */ .Hy)(expected.digest);
                swept ??= removeAbandoned((0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(folder, 'ingest'));
                await swept;
                const ingest = __addDisposableResource(env_1, await newFile((0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(folder, 'ingest')), true);
                const hash = (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)(algorithm);
                for await (const chunk of source) {
                    admission.count(chunk.length);
                    hash.update(chunk);
                    await ingest.write(chunk);
                }
                const digest = (0,_digest_js__WEBPACK_IMPORTED_MODULE_5__/* .parseDigest */ .m)(`${algorithm}:${hash.digest('hex')}`);
                admission.check(digest);
                await ingest.moveTo((0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(folder, 'blobs', algorithm), (0,_digest_js__WEBPACK_IMPORTED_MODULE_5__/* .encoded */ .dS)(digest));
                return { digest, size: admission.size };
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
        },
        pathOf,
        async delete(digest) {
            await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.rm)(pathOf(digest), { force: true });
        },
        async *list() {
            for (const algorithm of ALGORITHMS)
                yield* listFolder((0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(folder, 'blobs', algorithm), algorithm);
        },
    };
}
/** A file that is gone when disposed of unless it was moved. */
async function newFile(folder) {
    const path = (0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(folder, (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.randomUUID)());
    const file = await storing(folder, async () => {
        (0,_base_make_folder_js__WEBPACK_IMPORTED_MODULE_4__/* .makeFolder */ .f)(folder);
        return await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.open)(path, 'wx', 0o644);
    });
    let isOpen = true;
    const close = async () => {
        if (isOpen)
            await file.close();
        isOpen = false;
    };
    return {
        write: (chunk) => storing(folder, () => writeAll(file, chunk)),
        moveTo: (target, name) => storing(folder, async () => {
            await close();
            (0,_base_make_folder_js__WEBPACK_IMPORTED_MODULE_4__/* .makeFolder */ .f)(target);
            await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.rename)(path, (0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(target, name));
        }),
        async [Symbol.asyncDispose]() {
            await close().catch(() => undefined);
            await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.rm)(path, { force: true });
        },
    };
}
async function removeAbandoned(folder) {
    try {
        for (const name of await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.readdir)(folder)) {
            const { mtimeMs } = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.stat)((0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(folder, name));
            if (Date.now() - mtimeMs > ABANDONED)
                await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.rm)((0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(folder, name), { force: true });
        }
    }
    catch {
        // No such folder yet, or another process was faster: nothing that keeps content from being stored.
    }
}
async function writeAll(file, chunk) {
    for (let at = 0; at < chunk.length;) {
        const { bytesWritten } = await file.write(chunk, at, chunk.length - at);
        at += bytesWritten;
    }
}
/** Opened when it is read, so that nothing has to be closed when it never is. */
async function* contentOf(digest, path, start, end) {
    const env_2 = { stack: [], error: void 0, hasError: false };
    try {
        const file = __addDisposableResource(env_2, await openFile(path, digest), true);
        for (let at = start; at < end;) {
            const wanted = Math.min(READ_CHUNK, end - at);
            const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(wanted), 0, wanted, at);
            if (bytesRead === 0)
                return;
            at += bytesRead;
            yield buffer.subarray(0, bytesRead);
        }
    }
    catch (e_2) {
        env_2.error = e_2;
        env_2.hasError = true;
    }
    finally {
        const result_2 = __disposeResources(env_2);
        if (result_2)
            await result_2;
    }
}
async function openFile(path, digest) {
    try {
        return await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.open)(path, 'r');
    }
    catch (cause) {
        throw isMissing(cause) ? (0,_admission_js__WEBPACK_IMPORTED_MODULE_6__/* .contentNotFound */ .x)(digest) : storeFailed(cause, path);
    }
}
/** Keeps the time of last use; a store that may only be read has none. */
async function touch(path) {
    const now = new Date();
    try {
        const { mtimeMs } = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.stat)(path);
        if (now.getTime() - mtimeMs > TOUCH_INTERVAL)
            await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.utimes)(path, now, now);
    }
    catch {
        // Deleted by another process in the meantime (the open file stays readable), or a read-only folder.
    }
}
async function* listFolder(folder, algorithm) {
    for (const { name } of await entriesOf(folder)) {
        const digest = digestNamed(algorithm, name);
        const found = digest === undefined ? undefined : await statOf((0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(folder, name));
        if (digest !== undefined && found !== undefined) {
            yield { digest, size: found.size, lastUsed: found.lastUsed };
        }
    }
}
async function entriesOf(folder) {
    try {
        return await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.readdir)(folder, { withFileTypes: true });
    }
    catch (cause) {
        if (isMissing(cause))
            return [];
        throw storeFailed(cause, folder);
    }
}
/** undefined for somebody else's file. */
function digestNamed(algorithm, name) {
    const digest = `${algorithm}:${name}`;
    return (0,_digest_js__WEBPACK_IMPORTED_MODULE_5__/* .isDigest */ .Bc)(digest) ? digest : undefined;
}
async function statOf(path) {
    try {
        const found = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.stat)(path);
        return found.isFile() ? { size: found.size, lastUsed: found.mtime } : undefined;
    }
    catch (cause) {
        if (isMissing(cause))
            return undefined;
        throw storeFailed(cause, path);
    }
}
async function storing(folder, work) {
    try {
        return await work();
    }
    catch (cause) {
        throw storeFailed(cause, folder);
    }
}
function isMissing(cause) {
    const code = cause.code;
    return code === 'ENOENT' || code === 'ENOTDIR';
}
/** @param place the file or folder; of a write the system tells none */
function storeFailed(cause, place) {
    const { kind, code, message, hint } = (0,_base_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .toBuildError */ .KB)(cause);
    // A full disk and the like.
    if (kind === 'environment')
        return new _base_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .BuildError */ .zS({
            kind,
            code,
            message: `${message}: the content store in ${place} cannot be used`,
            hint,
            cause,
        });
    return new _base_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .BuildError */ .zS({
        kind: 'environment',
        code: 'STORE_FAILED',
        message: `The content store cannot be used: ${(0,_base_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .reasonOf */ .A3)(cause)}`,
        cause,
    });
}


/***/ }),

/***/ 228:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   g: () => (/* binding */ RegistryError),
/* harmony export */   z: () => (/* binding */ refusalError)
/* harmony export */ });
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7594);

/** A registry refused, failed, or was not there. */
class RegistryError extends _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildError */ .zS {
    temporary;
    retryAfter;
    status;
    constructor(facts) {
        super({
            kind: 'remote',
            code: facts.code,
            message: facts.message,
            hint: facts.hint,
            cause: facts.cause,
        });
        this.name = 'RegistryError';
        this.temporary = facts.temporary ?? false;
        this.retryAfter = facts.retryAfter;
        this.status = facts.status;
    }
}
/** A refusing answer as a typed error with what to do about it. */
function refusalError(request, refusal) {
    const code = codeOf(request, refusal);
    const name = `${request.repository.host}/${request.repository.path}`;
    const said = refusal.said === '' ? '' : `: ${refusal.said}`;
    return new RegistryError({
        code,
        message: `${name}: ${verb(request)} ${request.subject} ${OUTCOMES[code]} (HTTP ${refusal.status})${said}`,
        hint: hintOf(code, request),
        temporary: isTemporary(refusal.status),
        retryAfter: refusal.retryAfter,
        status: refusal.status,
    });
}
const OUTCOMES = {
    REGISTRY_UNREACHABLE: 'failed',
    UNAUTHORIZED: 'needs a login',
    DENIED: 'was denied',
    NOT_FOUND: 'failed, it is not there',
    RATE_LIMITED: 'was refused by the rate limit',
    NOT_TAKEN: 'failed',
    REGISTRY_ERROR: 'failed',
};
function verb(request) {
    return request.access === 'push' ? 'pushing' : 'pulling';
}
/** 500 is among them: registries answer so while their storage stumbles. */
function isTemporary(status) {
    return status === 408 || status === 425 || status === 429 || (status >= 500 && status !== 501);
}
function codeOf(request, refusal) {
    // Docker Hub reports its pull limit with this code, at times with another status than 429.
    if (refusal.status === 429 || refusal.codes.includes('TOOMANYREQUESTS'))
        return 'RATE_LIMITED';
    if (refusal.status === 401) {
        // Who they are is known then: it is their rights that do not reach.
        return request.login === 'accepted' ? 'DENIED' : 'UNAUTHORIZED';
    }
    if (refusal.status === 403)
        return 'DENIED';
    if (isNotTaken(request, refusal))
        return 'NOT_TAKEN';
    return refusal.status === 404 ? 'NOT_FOUND' : 'REGISTRY_ERROR';
}
/** OCI distribution-spec 1.1 "Error Codes"; some registries answer with the status of HTTP for it alone. */
function isNotTaken({ access }, { status, codes }) {
    if (access !== 'push' || isTemporary(status))
        return false;
    return status === 415 || codes.includes('MANIFEST_INVALID') || codes.includes('UNSUPPORTED');
}
function hintOf(code, request) {
    if (code === 'DENIED' && request.access === 'push')
        return pushHint(request.repository);
    if (code === 'DENIED')
        return 'The account that was used may not read this repository, or it does not exist.';
    if (code === 'UNAUTHORIZED')
        return loginHint(request);
    if (code === 'RATE_LIMITED')
        return limitHint(request);
    if (code === 'NOT_FOUND' && isEcr(request.repository.host)) {
        return 'Amazon ECR does not make repositories by itself: create it first.';
    }
    return undefined;
}
function loginHint(request) {
    if (request.login !== 'none')
        return 'The user name or the password (token) is wrong or has expired.';
    return `No credentials for ${request.repository.host} were given. If the repository exists and is public, check its name; else sign in.`;
}
function limitHint(request) {
    return request.login !== 'none'
        ? 'Wait, or name a mirror (registry-mirrors, --registry-mirror).'
        : `Sign in to ${request.repository.host} for a higher limit, or name a mirror (registry-mirrors, --registry-mirror).`;
}
function pushHint(repository) {
    if (repository.host === 'ghcr.io') {
        return 'The job needs "permissions: packages: write", and an existing package must give this repository write access (package settings, "Manage Actions access").';
    }
    if (isEcr(repository.host)) {
        return 'The role needs ecr:InitiateLayerUpload, ecr:UploadLayerPart, ecr:CompleteLayerUpload, ecr:BatchCheckLayerAvailability and ecr:PutImage on this repository, which must exist.';
    }
    if (/(^|\.)docker\.io$/.test(repository.host)) {
        return `The access token needs write permission, and the account must own the namespace "${repository.path.split('/')[0]}".`;
    }
    return 'The account that was used may not write to this repository.';
}
function isEcr(host) {
    return /\.dkr[.-]ecr[.-]/.test(host);
}


/***/ }),

/***/ 5565:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   H0: () => (/* binding */ isRefused),
/* harmony export */   HB: () => (/* binding */ unreachable),
/* harmony export */   aq: () => (/* binding */ agentsKnowProxies),
/* harmony export */   oO: () => (/* binding */ createTransport)
/* harmony export */ });
/* unused harmony export isTlsError */
/* harmony import */ var node_http__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7067);
/* harmony import */ var node_stream__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7075);
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(7594);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(228);
/* harmony import */ var _host_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(4845);





const IDLE_TIMEOUT = 180_000;
/** Milliseconds until a connection must stand. */
const CONNECT_TIMEOUT = 30_000;
/** Connections to one origin; more does not make a registry faster. */
const MAX_SOCKETS = 16;
function createTransport(options) {
    const routes = new Routes(options);
    return {
        send: async (request) => exchange(request, await routes.for(request), options),
        close: () => routes.close(),
    };
}
/** True when this Node's agents read proxy settings (since 22.21 and 24.5). */
function agentsKnowProxies(version = process.versions.node) {
    const [major = 0, minor = 0] = version.split('.').map(Number);
    return major > 24 || (major === 24 && minor >= 5) || (major === 22 && minor >= 21);
}
/** Connections that are kept for the next request. */
class Routes {
    #options;
    #routes = new Map();
    #agents = [];
    constructor(options) {
        this.#options = options;
    }
    for({ url, insecure = false }) {
        const local = (0,_host_js__WEBPACK_IMPORTED_MODULE_4__/* .isLoopback */ .U9)(url.host);
        const plain = url.protocol === 'http:';
        const checked = !plain && !insecure;
        const name = `${plain} ${checked} ${local && !checked}`;
        const known = this.#routes.get(name);
        if (known !== undefined)
            return known;
        // As in Go, and so in all other container tools: no proxy for this machine itself.
        const settings = this.#settings(local && !checked);
        const route = plain ? this.#plain(settings) : this.#secure(settings, checked);
        this.#routes.set(name, route);
        return route;
    }
    close() {
        for (const agent of this.#agents)
            agent.destroy();
    }
    #settings(direct) {
        const { proxyEnv } = this.#options;
        const common = { keepAlive: true, maxSockets: MAX_SOCKETS, scheduling: 'lifo' };
        return direct || proxyEnv === undefined ? common : { ...common, proxyEnv: { ...proxyEnv } };
    }
    async #plain(settings) {
        const agent = new node_http__WEBPACK_IMPORTED_MODULE_0__.Agent(settings);
        this.#agents.push(agent);
        return { agent, send: node_http__WEBPACK_IMPORTED_MODULE_0__.request };
    }
    /** TLS takes as long to load as all else that a request needs: only for who speaks it. */
    async #secure(settings, checked) {
        const { Agent, request } = await Promise.resolve(/* import() */).then(__webpack_require__.t.bind(__webpack_require__, 4708, 19));
        const agent = new Agent({
            ...settings,
            ...(checked ? await this.#trust() : { rejectUnauthorized: false }),
        });
        this.#agents.push(agent);
        return { agent, send: request };
    }
    async #trust() {
        const { ca } = this.#options;
        if (ca === undefined)
            return {};
        const { getCACertificates } = await Promise.resolve(/* import() */).then(__webpack_require__.t.bind(__webpack_require__, 1692, 19));
        return { ca: [...getCACertificates('default'), ...ca] };
    }
}
async function exchange(request, { agent, send }, options) {
    request.signal?.throwIfAborted();
    const { body } = request;
    const source = typeof body === 'function' ? node_stream__WEBPACK_IMPORTED_MODULE_1__.Readable.from(await body(), { objectMode: false }) : undefined;
    const idle = options.idleTimeout ?? IDLE_TIMEOUT;
    return new Promise((resolve, reject) => {
        const outgoing = send(request.url, {
            agent,
            method: request.method,
            headers: {
                'user-agent': options.userAgent,
                // Compressed transfer would change the bytes that digests are of.
                'accept-encoding': 'identity',
                ...request.headers,
            },
            ...(request.signal === undefined ? {} : { signal: request.signal }),
        });
        const fail = (error) => {
            source?.destroy();
            outgoing.destroy();
            reject(request.signal?.aborted === true ? request.signal.reason : error);
        };
        outgoing.on('socket', (socket) => limitConnecting(outgoing, socket));
        outgoing.setTimeout(idle, () => outgoing.destroy(timedOut(`no byte for ${idle / 1000} s`)));
        outgoing.on('error', (cause) => fail(unreachable(request.url, cause)));
        outgoing.on('response', (incoming) => {
            // An answer that comes before the whole body was sent is the last word: a refusal.
            if (source !== undefined && !source.readableEnded) {
                source.unpipe(outgoing);
                source.destroy();
                incoming.on('close', () => outgoing.destroy());
            }
            // Errors are for the one who reads the body, if anyone still does.
            incoming.on('error', () => undefined);
            resolve({
                status: incoming.statusCode ?? 0,
                headers: incoming.headers,
                url: request.url,
                body: incoming,
            });
        });
        if (source === undefined) {
            outgoing.end(body);
        }
        else {
            source.on('error', fail);
            source.pipe(outgoing);
        }
    });
}
/** Node's own timeout begins only when the connection stands. */
function limitConnecting(outgoing, socket) {
    if (!socket.connecting)
        return;
    const timer = setTimeout(() => {
        outgoing.destroy(timedOut(`no connection within ${CONNECT_TIMEOUT / 1000} s`));
    }, CONNECT_TIMEOUT);
    const stop = () => clearTimeout(timer);
    socket.once('connect', stop);
    socket.once('close', stop);
}
function timedOut(message) {
    return Object.assign(new TypeError(message), { code: 'ETIMEDOUT' });
}
/** A failed exchange in words that help; shows no more of the URL than its host, since queries may hold signatures. */
function unreachable(url, cause) {
    const certificate = isCertificateError(cause);
    return new _errors_js__WEBPACK_IMPORTED_MODULE_3__/* .RegistryError */ .g({
        code: 'REGISTRY_UNREACHABLE',
        message: `${url.host} cannot be reached: ${(0,_base_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .reasonOf */ .A3)(cause) || (cause.code ?? 'connection failed')}`,
        hint: hintOf(url, cause),
        cause,
        temporary: !certificate && cause.code !== 'ENOTFOUND' && !isTlsError(cause),
    });
}
/** Whether nothing listened where an exchange was to go. */
function isRefused(error) {
    return error instanceof _errors_js__WEBPACK_IMPORTED_MODULE_3__/* .RegistryError */ .g && codeOf(error.cause) === 'ECONNREFUSED';
}
/** The other side does not speak TLS (or not a version that we do). */
function isTlsError(cause) {
    const code = codeOf(cause);
    return code === 'EPROTO' || code.startsWith('ERR_SSL_');
}
function isCertificateError(cause) {
    const code = codeOf(cause);
    return code.startsWith('ERR_TLS_') || code.includes('CERT') || code === 'UNABLE_TO_VERIFY_LEAF_SIGNATURE';
}
function codeOf(cause) {
    return typeof cause === 'object' && cause !== null && 'code' in cause ? String(cause.code) : '';
}
function hintOf(url, cause) {
    if (isCertificateError(cause)) {
        return `Give the registry's certificate authority with NODE_EXTRA_CA_CERTS, or list ${url.host} as an insecure registry.`;
    }
    if (isTlsError(cause))
        return `If ${url.host} speaks plain HTTP, list it as an insecure registry.`;
    if (cause.code === 'ERR_PROXY_TUNNEL')
        return 'The proxy refused: check HTTPS_PROXY and NO_PROXY.';
    if (cause.code === 'ENOTFOUND')
        return `Check the host name, and the proxy settings if one is needed.`;
    return undefined;
}


/***/ })

};
