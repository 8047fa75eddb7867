export const id = 697;
export const ids = [697];
export const modules = {

/***/ 7697:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  openActionsCache: () => (/* binding */ openActionsCache)
});

// EXTERNAL MODULE: ./lib/base/errors.js
var errors = __webpack_require__(7594);
// EXTERNAL MODULE: ./lib/cache/notices.js
var cache_notices = __webpack_require__(9571);
// EXTERNAL MODULE: ./lib/cache/backends/indexed/blob-saver.js
var blob_saver = __webpack_require__(9589);
// EXTERNAL MODULE: ./lib/cache/backends/indexed/indexed-cache.js + 3 modules
var indexed_cache = __webpack_require__(7223);
// EXTERNAL MODULE: ./lib/cache/backends/indexed/no-cache.js
var no_cache = __webpack_require__(6306);
// EXTERNAL MODULE: ./lib/cache/backends/actions/direct-store.js + 3 modules
var direct_store = __webpack_require__(7610);
// EXTERNAL MODULE: ./lib/cache/backends/actions/environment.js
var actions_environment = __webpack_require__(8303);
// EXTERNAL MODULE: ./lib/cache/backends/actions/index-chain.js
var index_chain = __webpack_require__(6626);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(8161);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: external "node:stream"
var external_node_stream_ = __webpack_require__(7075);
// EXTERNAL MODULE: external "node:stream/promises"
var external_node_stream_promises_ = __webpack_require__(6466);
// EXTERNAL MODULE: ./node_modules/p-limit/index.js + 1 modules
var p_limit = __webpack_require__(370);
// EXTERNAL MODULE: ./lib/base/temp.js
var temp = __webpack_require__(5947);
;// CONCATENATED MODULE: ./lib/cache/backends/actions/toolkit-store.js
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










/** The one file of every archive. */
const NAME = 'ts-image-build-entry';
/**
 * How the package is told where the file is. The text itself is hashed into the entry's version, so it has to be the same on every runner
 * whatever its folders are called; a leading `~` is the only form that says "in a folder named by the environment".
 */
const PATHS = [`~/${NAME}`];
/** Milliseconds after which "nothing found" means that nobody answered. */
const LONG_MISS = 15_000;
/** process.env is one for the whole process, so only one call of the package can be under way, whichever store it is for. */
const oneAtATime = (0,p_limit/* default */.A)(1);
/**
 * The cache service through @actions/cache: an archive with one file per entry. Slower than the protocol itself (a tar, a zstd and a
 * temporary copy each), but it also serves version 1 of the service: GitHub Enterprise Server and its work-alikes.
 *
 * The package takes the service's address and token from process.env, resolves `~` by HOME and keeps member names relative to
 * GITHUB_WORKSPACE. During a call, and only then, HOME and GITHUB_WORKSPACE are a folder of our own, so that the archive holds one plain
 * name and unpacks nowhere else. Nothing of ours reads these two below app/, and children get environments of their own.
 */
class ToolkitStore {
    #environment;
    #folder;
    #restored = new Map();
    #toolkit;
    #isDown = false;
    constructor(environment, folder) {
        this.#environment = environment;
        this.#folder = folder;
    }
    /** `stateDir` exists and has room for what is uploaded and downloaded; all of it is removed at the end. */
    static async open(environment, stateDir) {
        // The package puts the path unquoted into a command line.
        const parent = /[\s"'\\]/.test(stateDir) ? (0,external_node_os_.tmpdir)() : stateDir;
        return new ToolkitStore(environment, await (0,promises_.mkdtemp)((0,external_node_path_.join)(parent, 'actions-cache-')));
    }
    async find(key, signal) {
        const env_1 = { stack: [], error: void 0, hasError: false };
        try {
            const began = Date.now();
            const home = __addDisposableResource(env_1, await this.#newHome(), true);
            const matched = await this.#call('look up', home, signal, (toolkit) => toolkit.restoreCache(PATHS, key, [], { lookupOnly: true }));
            if (matched === undefined)
                this.#doubt(began);
            // The service takes a key for a prefix too.
            return matched === key ? this.#entry(key) : undefined;
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
    async newest(prefix, signal) {
        const began = Date.now();
        // It stays until the end of the store: what was restored is read out of it.
        const home = await this.#newHome();
        const key = await this.#call('restore', home, signal, (toolkit) => toolkit.restoreCache(PATHS, prefix, [prefix]));
        if (key === undefined) {
            this.#doubt(began);
            return undefined;
        }
        this.#restored.set(key, Promise.resolve((0,external_node_path_.join)(home.path, NAME)));
        return this.#entry(key);
    }
    async put(key, upload, signal) {
        try {
            const isSaved = (await this.#save(key, upload, signal)) !== -1;
            // With version 1 the package answers with the entry's id even when the upload failed.
            if (isSaved && (0,actions_environment/* hasVersion2 */.T$)(this.#environment))
                return { type: 'saved' };
            // The package tells a conflict, a refusal and a failure apart in its log alone.
            if ((await this.find(key, signal)) !== undefined)
                return { type: isSaved ? 'saved' : 'exists' };
            return { type: 'failed', reason: '@actions/cache did not save it; its own line above may say why' };
        }
        catch (error) {
            return { type: 'failed', reason: (0,errors/* reasonOf */.A3)(error) };
        }
    }
    async [Symbol.asyncDispose]() {
        await (0,promises_.rm)(this.#folder, { recursive: true, force: true });
    }
    /** What the package answers. */
    async #save(key, upload, signal) {
        const env_2 = { stack: [], error: void 0, hasError: false };
        try {
            const home = __addDisposableResource(env_2, await this.#newHome(), true);
            await (0,external_node_stream_promises_.pipeline)(external_node_stream_.Readable.from(await upload.open()), (0,external_node_fs_.createWriteStream)((0,external_node_path_.join)(home.path, NAME)));
            return await this.#call('save', home, signal, (toolkit) => toolkit.saveCache(PATHS, key));
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
    #entry(key) {
        return { key, open: (options) => this.#read(key, options) };
    }
    async #read(key, { range, signal } = {}) {
        let restored = this.#restored.get(key);
        if (restored === undefined) {
            restored = this.#restore(key, signal);
            this.#restored.set(key, restored);
            restored.catch(() => this.#restored.delete(key));
        }
        const file = await restored;
        if (range !== undefined)
            return (0,external_node_fs_.createReadStream)(file, { start: range.start, end: range.end - 1 });
        this.#restored.delete(key);
        return readAndDelete(file);
    }
    async #restore(key, signal) {
        const home = await this.#newHome();
        const matched = await this.#call('restore', home, signal, (toolkit) => toolkit.restoreCache(PATHS, key));
        if (matched !== key)
            throw failed(`the entry ${key} could not be restored`);
        return (0,external_node_path_.join)(home.path, NAME);
    }
    async #call(verb, home, signal, work) {
        signal?.throwIfAborted();
        if (this.#isDown)
            throw failed('@actions/cache got no answer for long, so it is not asked again');
        this.#toolkit ??= __webpack_require__.e(/* import() */ 691).then(__webpack_require__.bind(__webpack_require__, 1691));
        const toolkit = await this.#toolkit;
        try {
            return await oneAtATime(() => withEnvironment(this.#variables(home.path), () => work(toolkit)));
        }
        catch (cause) {
            throw failed(`@actions/cache could not ${verb} an entry: ${(0,errors/* reasonOf */.A3)(cause)}`, cause);
        }
    }
    /** A service that is down looks like a miss, but after half a minute of retries for each call. */
    #doubt(began) {
        if (Date.now() - began > LONG_MISS)
            this.#isDown = true;
    }
    async #newHome() {
        await (0,promises_.mkdir)(this.#folder, { recursive: true });
        return (0,temp/* tempDir */.y)(this.#folder, 'entry-');
    }
    #variables(home) {
        const own = actions_environment/* ACTIONS_CACHE_VARIABLES */.jc.map((name) => [name, this.#environment[name]]);
        return new Map([...own, ['HOME', home], ['GITHUB_WORKSPACE', home], ['RUNNER_TEMP', home]]);
    }
}
/** Runs `work` with variables of process.env replaced (undefined: absent), and puts them back. */
async function withEnvironment(variables, work) {
    const before = new Map([...variables.keys()].map((name) => [name, process.env[name]]));
    toolkit_store_assign(variables);
    try {
        return await work();
    }
    finally {
        toolkit_store_assign(before);
    }
}
function toolkit_store_assign(variables) {
    for (const [name, value] of variables) {
        if (value === undefined)
            delete process.env[name];
        else
            process.env[name] = value;
    }
}
/** A whole entry is read once, into a content store; nothing is gained by keeping the copy. */
async function* readAndDelete(file) {
    // Under another name, so that a second reader restores the entry again instead of finding half of it.
    const own = `${file}.read`;
    await (0,promises_.rename)(file, own);
    try {
        yield* (0,external_node_fs_.createReadStream)(own);
    }
    finally {
        await (0,promises_.rm)(own, { force: true });
    }
}
function failed(message, cause) {
    return new errors/* BuildError */.zS({ kind: 'remote', code: 'ACTIONS_CACHE_FAILED', message, cause });
}

;// CONCATENATED MODULE: ./lib/cache/backends/actions/open.js









/** Milliseconds that a build waits for an index. */
const MOST_OPEN_TIME = 30_000;
/** Opens the Actions cache and reads its indexes. Never fails: where there is none, it is an empty cache with a notice. */
async function openActionsCache(options) {
    const notices = new cache_notices/* Notices */.q('the Actions cache', options.onNotice);
    const none = (0,actions_environment/* whyNoService */.B_)(options.environment);
    if (none !== undefined)
        return open_closed(options, notices, `The Actions cache is not used: ${none}`);
    const access = (0,actions_environment/* cacheAccess */.nU)(options.environment);
    const notice = (0,actions_environment/* accessNotice */.nQ)(access, options.mode !== 'read-only');
    if (notice !== undefined)
        notices.add(notice);
    if (!access.canRead)
        return new no_cache/* NoCache */.q(nameOf(options), notices);
    try {
        return await openWithTransport(options, access, notices);
    }
    catch (error) {
        return open_closed(options, notices, `The Actions cache is not used: ${(0,errors/* reasonOf */.A3)(error)}`);
    }
}
async function openWithTransport(options, access, notices) {
    const { environment, stateDir, transport = 'auto' } = options;
    if (transport === 'toolkit')
        return openStore(options, access, notices, await ToolkitStore.open(environment, stateDir));
    let reason = (0,actions_environment/* whyNotDirect */.zI)(environment);
    if (reason === undefined) {
        try {
            return await openStore(options, access, notices, new direct_store/* DirectStore */.Z(environment));
        }
        catch (error) {
            const unknown = error instanceof errors/* BuildError */.zS && error.code === 'ACTIONS_CACHE_UNKNOWN_PROTOCOL';
            if (!unknown)
                throw error;
            reason = (0,errors/* reasonOf */.A3)(error);
        }
    }
    // @actions/cache speaks the same version 2, but version 1 may be there all the same.
    const version1 = { ...environment, ACTIONS_CACHE_SERVICE_V2: undefined };
    if (transport === 'direct' || (0,actions_environment/* whyNoService */.B_)(version1) !== undefined) {
        return open_closed(options, notices, `The Actions cache is not used: ${reason}`);
    }
    notices.remark(`The Actions cache is used through @actions/cache, which is slower: ${reason}`);
    return openStore(options, access, notices, await ToolkitStore.open(version1, stateDir));
}
/** @throws BuildError `ACTIONS_CACHE_UNKNOWN_PROTOCOL` when another transport should be tried */
async function openStore(options, access, notices, store) {
    const { scope, platform, secret, mode } = options;
    const canWrite = access.canWrite && mode !== 'read-only';
    const limits = { ...blob_saver/* DEFAULT_LIMITS */.d, ...options.limits };
    const { patience } = limits;
    const vague = store instanceof ToolkitStore;
    const chain = (ref) => new index_chain/* IndexChain */.SE({ store, identity: { scope, platform, secret }, ref, notices, patience, vague });
    // A token that does not tell its scopes: the service itself looks in the own one first.
    const refs = access.readable.length > 0 ? access.readable : [undefined];
    try {
        const found = await Promise.all(refs.map((ref) => load(chain(ref), notices)));
        const isEmpty = found.every((state) => state?.sequence === 0);
        if (isEmpty)
            notices.absent(options.absence, ` under the scope "${scope}"`);
        const own = refs.indexOf(access.writeScope);
        const lookFirst = access.readable.some((ref) => ref !== access.writeScope);
        return new indexed_cache/* IndexedCache */.Y({
            name: nameOf(options),
            store,
            notices,
            limits,
            found: found.filter((state) => state !== undefined),
            isUnread: found.includes(undefined),
            ...(isEmpty ? { unreadable: () => unreadableRefs(options, access) } : {}),
            ...(canWrite ? { writing: { keeper: chain(access.writeScope), own: found[own], lookFirst } } : {}),
        });
    }
    catch (error) {
        await store[Symbol.asyncDispose]();
        throw error;
    }
}
/** Refs where there are records like those that were looked for here. */
async function unreadableRefs({ scope, platform, listRefs }, { readable }) {
    // A token that does not tell what it reads.
    if (listRefs === undefined || readable.length === 0)
        return [];
    try {
        const refs = await listRefs((0,index_chain/* identityPrefix */.tx)({ scope, platform }));
        return refs.filter((ref) => !readable.includes(ref));
    }
    catch {
        // It only explains.
        return [];
    }
}
async function load(chain, notices) {
    try {
        return await chain.load(AbortSignal.timeout(MOST_OPEN_TIME));
    }
    catch (error) {
        if (error instanceof errors/* BuildError */.zS && error.code === 'ACTIONS_CACHE_UNKNOWN_PROTOCOL')
            throw error;
        notices.add(`The Actions cache could not be read: ${(0,errors/* reasonOf */.A3)(error)}`);
        return undefined;
    }
}
function open_closed(options, notices, reason) {
    notices.add(reason);
    return new no_cache/* NoCache */.q(nameOf(options), notices);
}
function nameOf({ name = 'actions' }) {
    return name;
}


/***/ })

};
