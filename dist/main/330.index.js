export const id = 330;
export const ids = [330];
export const modules = {

/***/ 1212:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  cleanUpAlone: () => (/* binding */ cleanUpAlone)
});

// UNUSED EXPORTS: cleanUpAfterBuild

// EXTERNAL MODULE: ./lib/app/options/problems.js
var problems = __webpack_require__(3916);
// EXTERNAL MODULE: ./lib/app/action/github/api.js
var github_api = __webpack_require__(7868);
// EXTERNAL MODULE: ./lib/app/action/github/event.js
var github_event = __webpack_require__(9004);
// EXTERNAL MODULE: ./lib/app/action/github/refusal.js
var refusal = __webpack_require__(6932);
// EXTERNAL MODULE: ./lib/base/errors.js
var errors = __webpack_require__(7594);
// EXTERNAL MODULE: ./lib/cache/backends/indexed/index-file.js
var index_file = __webpack_require__(9543);
// EXTERNAL MODULE: ./lib/cache/backends/actions/direct-store.js + 3 modules
var direct_store = __webpack_require__(7610);
// EXTERNAL MODULE: ./lib/cache/backends/actions/environment.js
var actions_environment = __webpack_require__(8303);
// EXTERNAL MODULE: ./lib/cache/backends/actions/index-chain.js
var index_chain = __webpack_require__(6626);
;// CONCATENATED MODULE: ./lib/cache/backends/actions/named-entries.js
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





/** Scopes (git refs) whose entries this job can read; undefined when its token does not tell. */
function readableScopes(environment) {
    const { readable } = (0,actions_environment/* cacheAccess */.nU)(environment);
    return readable.length === 0 ? undefined : readable;
}
/**
 * Keys of the entries that indexes in the Actions cache need. Never throws.
 * @param indexKeys of indexes that are there
 */
async function entriesNamedBy(environment, indexKeys, signal) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        const reason = (0,actions_environment/* whyNotDirect */.zI)(environment) ?? (0,actions_environment/* cacheAccess */.nU)(environment).reasons.reading;
        if (reason !== undefined)
            return { keys: new Set(), notices: [`No index of the Actions cache is read: ${reason}`] };
        const keys = new Set();
        const notices = [];
        const store = __addDisposableResource(env_1, new direct_store/* DirectStore */.Z(environment), true);
        for (const indexKey of indexKeys) {
            try {
                const entry = await store.find(indexKey, signal);
                if (entry === undefined)
                    continue;
                for (const key of await (0,index_file/* entriesNamedIn */.je)(await (0,index_chain/* readIndexFile */.fV)(entry, signal)))
                    keys.add(key);
            }
            catch (error) {
                notices.push(`The index ${indexKey} of the Actions cache cannot be read: ${(0,errors/* reasonOf */.A3)(error)}`);
            }
        }
        return { keys, notices };
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

// EXTERNAL MODULE: ./lib/app/options/sizes.js
var sizes = __webpack_require__(268);
// EXTERNAL MODULE: ./lib/cache/backends/indexed/keys.js
var keys = __webpack_require__(4186);
;// CONCATENATED MODULE: ./lib/app/action/cache-cleanup/choose-entries.js

/** Milliseconds. What was used within this stays: a running build may count on it. */
const GRACE = 3_600_000;
/** Milliseconds. Builds write their index anew at least once a day, so one that is older belongs to no build of these days. */
const INDEX_LIFE = 7 * 86_400_000;
/** The newest index of each chain, which is all that builds ever read. */
function newestIndexes(entries) {
    const newest = new Map();
    for (const entry of entries) {
        const place = (0,keys/* indexPlace */.Cx)(entry.key);
        if (place === undefined)
            continue;
        const chain = [entry.ref, entry.version, place.chain].join('\n');
        const other = newest.get(chain);
        if (other === undefined || place.sequence > ((0,keys/* indexPlace */.Cx)(other.key)?.sequence ?? 0))
            newest.set(chain, entry);
    }
    return new Set(newest.values());
}
/** Those newest indexes that builds of these days write, the last one first. */
function livingIndexes(entries, now) {
    return [...newestIndexes(entries)]
        .filter(({ createdAt }) => now - createdAt < INDEX_LIFE)
        .sort((one, other) => other.createdAt - one.createdAt);
}
/** Indexes that a newer one has replaced. They are of no use, however much room there is. */
function replacedIndexes(entries, now) {
    const newest = newestIndexes(entries);
    return entries.filter((entry) => (0,keys/* indexPlace */.Cx)(entry.key) !== undefined && !newest.has(entry) && !isYoung(entry, now));
}
/**
 * What has to go for the quota: replaced indexes, then what no index names, then what one does, then those indexes; least recently used first.
 */
function chooseEntries(entries, quota) {
    const { size, now, indexes, isNamed } = quota;
    const gone = new Set(replacedIndexes(entries, now));
    const left = entries.filter((entry) => !gone.has(entry));
    const rank = (entry) => (indexes.has(entry) ? 2 : isNamed(entry) ? 1 : 0);
    const order = left.toSorted((one, other) => rank(one) - rank(other) || one.lastUsed - other.lastUsed || one.id - other.id);
    let total = sizeOf(left);
    for (const entry of order) {
        if (total <= size)
            break;
        if (isYoung(entry, now))
            continue;
        gone.add(entry);
        total -= entry.size;
    }
    return { gone: [...gone], over: Math.max(0, total - size) };
}
/** Bytes of all of them. */
function sizeOf(entries) {
    return entries.reduce((sum, entry) => sum + entry.size, 0);
}
function isYoung({ lastUsed, createdAt }, now) {
    return now - Math.max(lastUsed, createdAt) < GRACE;
}

;// CONCATENATED MODULE: ./lib/app/action/cache-cleanup/own-entries.js


const PAGE = 100;
/** More are not looked at: each page is one of the 1,000 requests that a repository's jobs have an hour. */
const MOST_PAGES = 50;
/** Our entries through the REST API. Methods throw Octokit's RequestError. Whatever the server answers, nothing that is not ours is in the list. */
class own_entries_OwnEntries {
    #api;
    #repository;
    #now;
    constructor(api, repository) {
        this.#api = api;
        this.#repository = repository;
    }
    /** GitHub's own time when it last listed entries, milliseconds since 1970, where it tells: their times are by that clock. */
    get now() {
        return this.#now;
    }
    /** Least recently used first; of one scope when `ref` is given. */
    list(ref) {
        return this.#api.call(async ({ octokit, request }) => {
            const entries = [];
            let pages = 0;
            for await (const { data, headers } of octokit.paginate.iterator(octokit.rest.actions.getActionsCacheList, {
                ...this.#repository,
                key: keys/* KEY_PREFIX */.nF,
                ...(ref === undefined ? {} : { ref }),
                sort: 'last_accessed_at',
                direction: 'asc',
                per_page: PAGE,
                request,
            })) {
                entries.push(...data.flatMap(entryOf).filter((entry) => ref === undefined || entry.ref === ref));
                this.#now = timeOf(headers.date) ?? this.#now;
                pages += 1;
                if (pages === MOST_PAGES)
                    break;
            }
            return entries;
        });
    }
    /** One that is gone already counts as deleted. */
    async delete({ id }) {
        try {
            await this.#api.call(({ octokit, request }) => octokit.rest.actions.deleteActionsCacheById({ ...this.#repository, cache_id: id, request }));
        }
        catch (error) {
            // Another job of a matrix was faster.
            if ((0,refusal/* statusOf */.c2)(error) !== 404)
                throw error;
        }
    }
    /** Needed where the event does not tell. */
    defaultBranch() {
        return this.#api.call(async ({ octokit, request }) => {
            const { data } = await octokit.rest.repos.get({ ...this.#repository, request });
            return data.default_branch;
        });
    }
}
function timeOf(date) {
    const time = Date.parse(date ?? '');
    return Number.isNaN(time) ? undefined : time;
}
function entryOf({ id, ref, key, version, size_in_bytes, last_accessed_at, created_at, }) {
    if (id === undefined || ref === undefined || key?.startsWith(keys/* KEY_PREFIX */.nF) !== true)
        return [];
    const createdAt = Date.parse(created_at ?? '');
    const lastUsed = Date.parse(last_accessed_at ?? '');
    // One of unknown age is taken for new, and so left alone.
    if (Number.isNaN(createdAt))
        return [];
    return [
        {
            id,
            ref,
            key,
            version: version ?? '',
            size: size_in_bytes ?? 0,
            lastUsed: Number.isNaN(lastUsed) ? createdAt : lastUsed,
            createdAt,
        },
    ];
}

;// CONCATENATED MODULE: ./lib/app/action/cache-cleanup/clean-up.js





/** Of a run: a repository's jobs have 1,000 requests an hour together. */
const MOST_DELETED = 200;
const MOST_INDEXES = 50;
const PERMISSION = 'actions: write';
/**
 * Deletes entries of ours until they have no more bytes than `quota` together. undefined: nobody could tell what is there, which has been
 * told. Never throws.
 */
function clean_up_keepQuota(quota, job) {
    return told(job, async (own) => {
        const entries = await own.list();
        // A runner whose clock is wrong would take all entries for old, or for new.
        const now = own.now ?? job.now;
        if (sizeOf(entries) <= quota)
            return await deleteThose(chosenWithoutReading(entries, quota, now), entries, own, job);
        const refs = readableScopes(job.environment);
        const isReadable = ({ ref }) => refs?.includes(ref) ?? true;
        const indexes = livingIndexes(entries.filter(isReadable), now).slice(0, MOST_INDEXES);
        const named = await entriesNamedBy(job.environment, indexes.map(({ key }) => key), job.signal);
        for (const notice of named.notices)
            job.onNotice(notice);
        const { gone, over } = chooseEntries(entries, {
            size: quota,
            now,
            indexes: new Set(indexes),
            isNamed: (entry) => named.keys.has(entry.key) && isReadable(entry),
        });
        if (over > 0)
            job.onNotice(`The Actions cache stays ${(0,sizes/* formatSize */.Xq)(over)} over cache-max-size: what was used within the last hour is not deleted`);
        return await deleteThose(gone, entries, own, job);
    });
}
/** Deletes all entries of ours in the scope of a pull request, which nobody else reads. As keepQuota otherwise. */
function forgetPullRequest(number, job) {
    return told(job, async (own) => {
        const entries = await own.list(`refs/pull/${number}/merge`);
        return await deleteThose(entries, entries, own, job);
    });
}
/** Replaced indexes go in any case. */
function chosenWithoutReading(entries, size, now) {
    return chooseEntries(entries, { size, now, indexes: new Set(), isNamed: () => false }).gone;
}
async function told(job, work) {
    try {
        return await work(new own_entries_OwnEntries(job.api, job.repository));
    }
    catch (error) {
        job.onNotice(`The Actions cache is not cleaned up: ${(0,refusal/* whyRefused */.fG)(error, PERMISSION)}`);
        return undefined;
    }
}
/** One after the other, as GitHub wants changes to be made. */
async function deleteThose(gone, all, own, { onNotice }) {
    const deleted = new Set();
    try {
        for (const entry of gone.slice(0, MOST_DELETED)) {
            await own.delete(entry);
            deleted.add(entry);
        }
        if (gone.length > MOST_DELETED)
            onNotice(`${gone.length - MOST_DELETED} entries of the Actions cache are left for the next clean-up: a run deletes at most ${MOST_DELETED}`);
    }
    catch (error) {
        onNotice(`The Actions cache is not cleaned up${deleted.size === 0 ? '' : ' to the end'}: ${(0,refusal/* whyRefused */.fG)(error, PERMISSION)}`);
    }
    return {
        scopes: scopesOf(all.filter((entry) => !deleted.has(entry))),
        deleted: { count: deleted.size, size: sizeOf([...deleted]) },
    };
}
function scopesOf(entries) {
    return [...Map.groupBy(entries, ({ ref }) => ref)]
        .map(([ref, some]) => ({ ref, count: some.length, size: sizeOf(some) }))
        .sort((one, other) => other.size - one.size);
}

;// CONCATENATED MODULE: ./lib/app/action/cache-cleanup/edge.js






/** Milliseconds for all requests of a clean-up. */
const MOST_TIME = 120_000;
const CLOSED_ON = ['pull_request', 'pull_request_target'];
/**
 * After a build: keeps the quota (bytes) where the run is for the default branch, whose builds read what is there. undefined: nothing was
 * looked at, and why was told. Never throws.
 */
async function cleanUpAfterBuild(quota, edge) {
    const event = await readWorkflowEvent(edge.environment);
    const job = jobFor(event, edge);
    if (job === undefined)
        return undefined;
    const branch = await defaultBranch(event, job);
    if (branch === undefined)
        return undefined;
    if (event.ref === `refs/heads/${branch}`)
        return keepQuota(quota, job);
    edge.onNotice(`The Actions cache is cleaned up by runs for ${branch}; this one is for ${event.ref}`);
    return undefined;
}
/**
 * A step that does nothing else, on whichever branch: deletes what a pull request that was closed has left, else keeps the quota.
 * @throws BuildError `BAD_INPUT` when there is neither
 */
async function cleanUpAlone(quota, edge) {
    const event = await (0,github_event.readWorkflowEvent)(edge.environment);
    const closed = event.action === 'closed' && CLOSED_ON.includes(event.name) ? event.pullRequest?.number : undefined;
    if (closed === undefined && quota === undefined)
        throw (0,problems/* badInput */.A)(`cache-cleanup: there is nothing to go by: this run is not for a closed pull request, and cache-max-size is not set`, 'Set cache-max-size to what the entries may have together, e.g. 4g.');
    const job = jobFor(event, edge);
    if (job === undefined)
        return undefined;
    return closed === undefined ? clean_up_keepQuota(quota ?? 0, job) : forgetPullRequest(closed, job);
}
function jobFor({ repository }, edge) {
    const { environment, token, onNotice, signal, firstDelay, now = Date.now() } = edge;
    if (repository === undefined || token === '') {
        const why = repository === undefined ? 'GITHUB_REPOSITORY names no repository' : 'there is no github-token';
        onNotice(`The Actions cache is not cleaned up: ${why}`);
        return undefined;
    }
    const limit = AbortSignal.timeout(MOST_TIME);
    const both = signal === undefined ? limit : AbortSignal.any([signal, limit]);
    const api = new github_api/* GitHubApi */.y({
        token,
        url: environment['GITHUB_API_URL'] || 'https://api.github.com',
        signal: both,
        ...(firstDelay === undefined ? {} : { firstDelay }),
    });
    return { api, repository, environment, signal: both, now, onNotice };
}
async function defaultBranch(event, job) {
    if (event.defaultBranch !== undefined)
        return event.defaultBranch;
    // Schedules run for no other branch, and their event does not always tell.
    if (event.name === 'schedule')
        return event.ref.replace(/^refs\/heads\//, '');
    try {
        return await new OwnEntries(job.api, job.repository).defaultBranch();
    }
    catch (error) {
        job.onNotice(`The Actions cache is not cleaned up: ${whyRefused(error, 'contents: read')}`);
        return undefined;
    }
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


/***/ })

};
