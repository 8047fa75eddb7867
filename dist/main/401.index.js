export const id = 401;
export const ids = [401];
export const modules = {

/***/ 7610:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  Z: () => (/* binding */ DirectStore)
});

// EXTERNAL MODULE: ./lib/base/errors.js
var errors = __webpack_require__(7594);
// EXTERNAL MODULE: ./lib/image/one-chunk.js
var one_chunk = __webpack_require__(7145);
// EXTERNAL MODULE: ./lib/cache/backends/indexed/index-file.js
var index_file = __webpack_require__(9543);
// EXTERNAL MODULE: ./lib/cache/backends/actions/http-client.js
var http_client = __webpack_require__(4238);
;// CONCATENATED MODULE: ./lib/cache/backends/actions/download.js

/** One range request. Bytes. */
const SEGMENT = 8 * 1024 * 1024;
/** Range requests under way, and so segments in memory, for one download. */
const AT_ONCE = 4;
/**
 * A stretch of a stored blob, in order, fetched in segments of which a few are under way at once.
 * @throws BuildError of kind `remote` when a segment cannot be had, `ACTIONS_CACHE_FAILED` when the storage gives other lengths than asked for
 */
async function* download(asked) {
    const { start, end, signal } = asked;
    // Segments that are under way at the end are of no use to anybody.
    const stop = new AbortController();
    const request = {
        ...asked,
        signal: signal === undefined ? stop.signal : AbortSignal.any([signal, stop.signal]),
    };
    const underway = [];
    let next = start;
    try {
        for (let at = start; at < end; at += SEGMENT) {
            while (next < end && underway.length < AT_ONCE) {
                const segment = fetchSegment(request, next, Math.min(next + SEGMENT, end));
                // Whoever waits for it sees the failure; nobody may, when an earlier one failed.
                segment.catch(() => undefined);
                underway.push(segment);
                next += SEGMENT;
            }
            const first = underway.shift();
            if (first !== undefined)
                yield await first;
        }
    }
    finally {
        stop.abort();
        await Promise.allSettled(underway);
    }
}
async function fetchSegment(request, start, end) {
    const { http, signal } = request;
    const fetchOnce = (fresh) => (0,http_client/* withRetries */.LH)(async () => {
        const headers = { range: `bytes=${start}-${end - 1}` };
        const response = await http.send({ method: 'GET', url: await request.url(fresh), headers, signal });
        // 200: the storage gives the whole blob, which is what was asked for when the lengths agree.
        if (response.status === 206 || (response.status === 200 && start === 0)) {
            const bytes = await (0,http_client/* bodyOf */.EN)(response, end - start);
            if (bytes.length === end - start)
                return bytes;
            throw (0,http_client/* cacheServiceError */.az)('ACTIONS_CACHE_FAILED', `${bytes.length} bytes came instead of ${end - start}`);
        }
        (0,http_client/* discard */.vf)(response);
        if (response.status === 403)
            return 'refused';
        const code = response.status >= 500 ? 'ACTIONS_CACHE_UNREACHABLE' : 'ACTIONS_CACHE_FAILED';
        throw (0,http_client/* cacheServiceError */.az)(code, `the cache's storage answered a download with status ${response.status}`);
    }, signal);
    const bytes = await fetchOnce(false);
    if (bytes !== 'refused')
        return bytes;
    // Signed URLs expire after some minutes.
    const again = await fetchOnce(true);
    if (again !== 'refused')
        return again;
    throw (0,http_client/* cacheServiceError */.az)('ACTIONS_CACHE_FAILED', "the cache's storage refuses a download (status 403)");
}
/** The whole blob when its size is not known: for the index. Bytes are limited by `most`. */
function downloadAll(http, url, most, signal) {
    return (0,http_client/* withRetries */.LH)(async () => {
        const response = await http.send({ method: 'GET', url, signal });
        if (response.status === 200)
            return (0,http_client/* bodyOf */.EN)(response, most);
        (0,http_client/* discard */.vf)(response);
        const code = response.status >= 500 ? 'ACTIONS_CACHE_UNREACHABLE' : 'ACTIONS_CACHE_FAILED';
        throw (0,http_client/* cacheServiceError */.az)(code, `the cache's storage answered a download with status ${response.status}`);
    }, signal);
}

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: external "node:timers/promises"
var promises_ = __webpack_require__(8500);
;// CONCATENATED MODULE: ./lib/cache/backends/actions/service-client.js




const SERVICE = 'twirp/github.actions.results.api.v1.CacheService/';
/** Hashed into the version of all entries: those of other formats and of other programs are never seen. */
const NAMESPACE = 'ts-image-build/1';
const LIMITED = 'the repository has had its 200 uploads of this minute';
/** Least and longest time that lookups wait when the service says that there were too many, together and once a job. Seconds. */
const LEAST_WAIT = 1;
const LONGEST_WAIT = 20;
const WRITE_DENIED = 'cache write denied:';
/** What those who stand before the service answer in its place, with a page: a login, a refusal, too many requests. */
const OF_PROXIES = new Set([401, 403, 407, 429]);
/** Version 2 of GitHub's cache service: Twirp calls with JSON bodies (the service of @actions/cache 4 and later). */
class ServiceClient {
    #http;
    #base;
    #authorization;
    /** Milliseconds since 1970. */
    #waitUntil;
    #version = (0,external_node_crypto_.createHash)('sha256').update(NAMESPACE).digest('hex');
    constructor(http, environment) {
        this.#http = http;
        this.#base = (environment.ACTIONS_RESULTS_URL ?? '').replace(/\/?$/, '/');
        this.#authorization = `Bearer ${environment.ACTIONS_RUNTIME_TOKEN ?? ''}`;
    }
    /**
     * The entry with this key or else the newest whose key begins so; scope by scope, as the service orders them.
     * @throws BuildError `ACTIONS_CACHE_UNREACHABLE`, `ACTIONS_CACHE_UNKNOWN_PROTOCOL`, `ACTIONS_CACHE_FAILED`
     */
    async locate(key, signal) {
        const request = { key, restore_keys: [], version: this.#version };
        let answer = await this.#call('GetCacheEntryDownloadURL', request, signal);
        if (answer.status === 429 && answer.retryAfter <= LONGEST_WAIT) {
            this.#waitUntil ??= Date.now() + 1000 * Math.max(LEAST_WAIT, answer.retryAfter);
            await (0,promises_.setTimeout)(Math.max(0, this.#waitUntil - Date.now()), undefined, { signal });
            answer = await this.#call('GetCacheEntryDownloadURL', request, signal);
        }
        const { status, data } = answer;
        if (status !== 200)
            throw refused('a lookup', status, data);
        if (data['ok'] !== true)
            return undefined;
        const url = textOf(data, 'signed_download_url');
        const matched = textOf(data, 'matched_key');
        if (url === '' || matched === '')
            throw unknownProtocol('a lookup without a URL');
        return { key: matched, url };
    }
    /** Takes the key for this job; nobody else can write it from now on. Never throws. */
    async reserve(key, signal) {
        try {
            const { status, retryAfter, data } = await this.#call('CreateCacheEntry', { key, version: this.#version }, signal);
            const message = textOf(data, 'message') || textOf(data, 'msg');
            if (status === 409)
                return { type: 'exists' };
            if (status === 429)
                return { type: 'limited', retryAfter, reason: LIMITED };
            if (message.startsWith(WRITE_DENIED))
                return { type: 'denied', reason: message };
            const url = textOf(data, 'signed_upload_url');
            if (status === 200 && data['ok'] === true && url !== '')
                return { type: 'reserved', url };
            return { type: 'failed', reason: refused('a new entry', status, data).message };
        }
        catch (error) {
            return { type: 'failed', reason: (0,errors/* reasonOf */.A3)(error) };
        }
    }
    /**
     * Makes an uploaded entry visible.
     * @throws BuildError as `locate`
     */
    async finalize(key, size, signal) {
        const request = { key, version: this.#version, size_bytes: String(size) };
        const { status, data } = await this.#call('FinalizeCacheEntryUpload', request, signal);
        if (status !== 200 || data['ok'] !== true)
            throw refused('the end of an upload', status, data);
    }
    #call(method, request, signal) {
        return (0,http_client/* withRetries */.LH)(async () => {
            const response = await this.#http.send({
                method: 'POST',
                url: this.#base + SERVICE + method,
                headers: { authorization: this.#authorization, 'content-type': 'application/json' },
                body: JSON.stringify(request),
                signal,
            });
            const data = parseObject((await (0,http_client/* bodyOf */.EN)(response)).toString('utf8'));
            const { status } = response;
            if (status >= 500 || status === 408) {
                throw (0,http_client/* cacheServiceError */.az)('ACTIONS_CACHE_UNREACHABLE', `the cache service answered with status ${status}`);
            }
            // A server that has no such service answers with a page of its own, not with a Twirp error, which is a JSON object.
            if (data === undefined && !OF_PROXIES.has(status))
                throw unknownProtocol(`status ${status} and no JSON`);
            return { status, retryAfter: seconds(response.headers['retry-after']), data: data ?? {} };
        }, signal);
    }
}
/** The fields come in snake case; protobuf's JSON mapping allows for camel case too. */
function textOf(data, name) {
    const camel = name.replace(/_([a-z])/g, (_, letter) => letter.toUpperCase());
    const value = data[name] ?? data[camel];
    return typeof value === 'string' ? value : '';
}
function parseObject(text) {
    try {
        const value = JSON.parse(text);
        return typeof value === 'object' && value !== null ? value : undefined;
    }
    catch {
        return undefined;
    }
}
/** Retry-After in seconds or as a date (RFC 9110, 10.2.3). */
function seconds(header) {
    if (header === undefined)
        return 0;
    if (/^\d+$/.test(header))
        return Number(header);
    const time = Date.parse(header);
    return Number.isNaN(time) ? 0 : Math.max(0, Math.ceil((time - Date.now()) / 1000));
}
function refused(what, status, data) {
    const said = textOf(data, 'msg') || textOf(data, 'message');
    if (status === 404 && textOf(data, 'code') === 'bad_route')
        return unknownProtocol('no such call');
    const text = `the cache service refused ${what} (status ${status}${said === '' ? '' : `: ${said}`})`;
    return (0,http_client/* cacheServiceError */.az)('ACTIONS_CACHE_FAILED', text);
}
function unknownProtocol(answer) {
    const text = `the cache service does not speak version 2 of the protocol (it answered with ${answer})`;
    return (0,http_client/* cacheServiceError */.az)('ACTIONS_CACHE_UNKNOWN_PROTOCOL', text);
}

// EXTERNAL MODULE: ./lib/image/layer/blocks.js
var layer_blocks = __webpack_require__(3237);
;// CONCATENATED MODULE: ./lib/cache/backends/actions/upload.js


/** Blobs up to this go up in one request, bigger ones in blocks of this size. Bytes. */
const BLOCK = 8 * 1024 * 1024;
/** Blocks under way, and so in memory, for one upload. */
const upload_AT_ONCE = 3;
const API_VERSION = '2021-12-02';
/**
 * Opens the content and reads as far as the first block.
 * @throws whatever the content's stream throws
 */
async function readBlocks(upload) {
    const blocks = (0,layer_blocks/* inBlocks */.Qf)(await upload.open(), BLOCK);
    const first = await blocks.next();
    return {
        first: first.done === true ? new Uint8Array() : first.value,
        rest: () => blocks,
        [Symbol.asyncDispose]: async () => void (await blocks.return(undefined)),
    };
}
/**
 * Puts content at a signed URL (Azure Blob service REST: Put Blob, or Put Block and Put Block List). Returns the number of its bytes, as far as it was read:
 * with more or fewer than `size` it is not to be finalized.
 * @throws BuildError of kind `remote`, or whatever the content's stream throws
 */
async function upload(http, url, blocks, size, signal) {
    // Blocks that are under way when one fails are of no use any more, and would be tried again and again.
    const stop = new AbortController();
    const put = putAt(http, url, signal === undefined ? stop.signal : AbortSignal.any([signal, stop.signal]));
    try {
        return size <= BLOCK ? await putWhole(put, blocks) : await putInBlocks(put, blocks, url);
    }
    finally {
        stop.abort();
    }
}
async function putWhole(put, blocks) {
    const more = await blocks.rest().next();
    if (more.done !== true)
        return blocks.first.length + more.value.length;
    await put('', blocks.first, { 'x-ms-blob-type': 'BlockBlob' });
    return blocks.first.length;
}
async function putInBlocks(put, blocks, url) {
    const separator = url.includes('?') ? '&' : '?';
    const { ids, total } = await sendBlocks(blocks, (id, block) => put(`${separator}comp=block&blockid=${encodeURIComponent(id)}`, block, {}));
    const list = ids.map((id) => `<Latest>${id}</Latest>`).join('');
    const xml = `<?xml version="1.0" encoding="utf-8"?><BlockList>${list}</BlockList>`;
    await put(`${separator}comp=blocklist`, xml, { 'content-type': 'application/xml' });
    return total;
}
/** Requests to the URL, each tried again for what may pass. */
function putAt(http, url, signal) {
    return (query, body, headers) => (0,http_client/* withRetries */.LH)(async () => {
        const all = { 'x-ms-version': API_VERSION, ...headers };
        const response = await http.send({ method: 'PUT', url: url + query, headers: all, body, signal });
        if (response.status === 201)
            return (0,http_client/* discard */.vf)(response);
        const said = /<Code>(\w+)<\/Code>/.exec((await (0,http_client/* bodyOf */.EN)(response)).toString('utf8'))?.[1];
        const code = response.status >= 500 ? 'ACTIONS_CACHE_UNREACHABLE' : 'ACTIONS_CACHE_FAILED';
        const why = `${response.status}${said === undefined ? '' : ` ${said}`}`;
        throw (0,http_client/* cacheServiceError */.az)(code, `the cache's storage answered an upload with status ${why}`);
    }, signal);
}
/** All blocks, a few at the same time; their IDs in order. */
async function sendBlocks(blocks, put) {
    const underway = new Set();
    const ids = [];
    let total = 0;
    const send = async (block) => {
        const id = Buffer.from(String(ids.length).padStart(8, '0')).toString('base64');
        ids.push(id);
        total += block.length;
        const sent = put(id, block);
        underway.add(sent);
        sent.then(() => underway.delete(sent), 
        // It stays, so that whoever waits next meets the failure.
        () => undefined);
        // Reading on only when there is room keeps memory bounded.
        while (underway.size >= upload_AT_ONCE)
            await Promise.race(underway);
    };
    await send(blocks.first);
    for await (const block of blocks.rest())
        await send(block);
    await Promise.all(underway);
    return { ids, total };
}

;// CONCATENATED MODULE: ./lib/cache/backends/actions/direct-store.js
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







/** The cache service by its own protocol: no archive, no temporary copy, nothing downloaded twice. */
class DirectStore {
    #http;
    #service;
    constructor(environment) {
        this.#http = new http_client/* HttpClient */.Qq(environment);
        this.#service = new ServiceClient(this.#http, environment);
    }
    async find(key, signal) {
        const located = await this.#service.locate(key, signal);
        // The service takes a key for a prefix too.
        return located?.key === key ? this.#entry(located) : undefined;
    }
    async newest(prefix, signal) {
        const located = await this.#service.locate(prefix, signal);
        return located === undefined ? undefined : this.#entry(located);
    }
    async put(key, content, signal) {
        let taken = false;
        try {
            const env_1 = { stack: [], error: void 0, hasError: false };
            try {
                const blocks = __addDisposableResource(env_1, await readBlocks(content), true);
                const reservation = await this.#service.reserve(key, signal);
                if (reservation.type !== 'reserved')
                    return reservation;
                taken = true;
                const size = await upload(this.#http, reservation.url, blocks, content.size, signal);
                if (size !== content.size) {
                    return { type: 'failed', taken, reason: `it has ${size} bytes instead of ${content.size}` };
                }
                await this.#finalize(key, size, signal);
                return { type: 'saved' };
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
        catch (error) {
            return { type: 'failed', taken, reason: (0,errors/* reasonOf */.A3)(error) };
        }
    }
    async [Symbol.asyncDispose]() {
        this.#http[Symbol.dispose]();
    }
    /** A second try, after an answer that was lost, is told that there is nothing to end: then the entry is there. */
    async #finalize(key, size, signal) {
        try {
            await this.#service.finalize(key, size, signal);
        }
        catch (error) {
            const found = await this.find(key, signal).catch(() => undefined);
            if (found === undefined)
                throw error;
        }
    }
    #entry(located) {
        let { url } = located;
        const current = async (fresh, signal) => {
            if (fresh) {
                const again = await this.#service.locate(located.key, signal);
                if (again?.key !== located.key)
                    throw lost(located.key);
                ({ url } = again);
            }
            return url;
        };
        const open = async ({ range, size, signal } = {}) => {
            const { start, end } = range ?? { start: 0, end: size };
            // Only an index is read without knowing its size.
            if (end === undefined)
                return (0,one_chunk/* oneChunk */.w)(await downloadAll(this.#http, url, index_file/* LONGEST_INDEX */.C3, signal));
            return download({ http: this.#http, url: (fresh) => current(fresh, signal), start, end, signal });
        };
        return { key: located.key, open };
    }
}
function lost(key) {
    return (0,http_client/* cacheServiceError */.az)('ACTIONS_CACHE_FAILED', `the entry ${key} is gone`);
}


/***/ }),

/***/ 8303:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   B_: () => (/* binding */ whyNoService),
/* harmony export */   T$: () => (/* binding */ hasVersion2),
/* harmony export */   jc: () => (/* binding */ ACTIONS_CACHE_VARIABLES),
/* harmony export */   nQ: () => (/* binding */ accessNotice),
/* harmony export */   nU: () => (/* binding */ cacheAccess),
/* harmony export */   zI: () => (/* binding */ whyNotDirect)
/* harmony export */ });
/** Names of the variables that openActionsCache reads. */
const ACTIONS_CACHE_VARIABLES = [
    'ACTIONS_CACHE_SERVICE_V2',
    'ACTIONS_RESULTS_URL',
    'ACTIONS_CACHE_URL',
    'ACTIONS_RUNTIME_TOKEN',
    'ACTIONS_CACHE_MODE',
    'GITHUB_SERVER_URL',
    'GITHUB_REF',
    'https_proxy',
    'http_proxy',
    'no_proxy',
    'HTTPS_PROXY',
    'HTTP_PROXY',
    'NO_PROXY',
];
const READ = 1;
const WRITE = 2;
/** Works out the access from the token's `ac` claim and the job's cache mode, before anything is asked of the service. */
function cacheAccess(environment) {
    const scopes = scopesOf(environment.ACTIONS_RUNTIME_TOKEN ?? '');
    const mode = (environment.ACTIONS_CACHE_MODE ?? '').trim().toLowerCase();
    const writeScope = scopes?.find((scope) => scope.permission & WRITE)?.name;
    const readable = (scopes ?? []).filter((scope) => scope.permission & READ).map((scope) => scope.name);
    const forbidden = `the workflow sets cache-mode "${mode}"`;
    const reading = ['none', 'write-only'].includes(mode)
        ? forbidden
        : scopes !== undefined && readable.length === 0
            ? 'the token of this job grants no scope'
            : undefined;
    const writing = ['none', 'read'].includes(mode)
        ? forbidden
        : scopes !== undefined && writeScope === undefined
            ? 'the token of this job is read-only, as for workflows that strangers can trigger'
            : undefined;
    return {
        readable: ownFirst(readable, writeScope),
        writeScope: writing === forbidden ? undefined : writeScope,
        canRead: reading === undefined,
        canWrite: writing === undefined,
        reasons: {
            ...(reading === undefined ? {} : { reading }),
            ...(writing === undefined ? {} : { writing }),
        },
    };
}
/**
 * One line on what a job that wants to read, and perhaps to save, cannot do; undefined when it can. Who cannot read cannot save: an index that
 * was written without the one before it would hide the records of all other jobs.
 */
function accessNotice({ reasons }, wantsSaving) {
    const { reading, writing } = reasons;
    if (reading !== undefined) {
        if (!wantsSaving)
            return `Nothing is read from the Actions cache: ${reading}`;
        if (reading === writing)
            return `The Actions cache is neither read nor written: ${reading}`;
        const why = writing ?? 'its index can only be extended by who reads it';
        return `Nothing is read from the Actions cache: ${reading}; nothing is saved in it: ${why}`;
    }
    if (writing !== undefined && wantsSaving)
        return `Nothing is saved in the Actions cache: ${writing}`;
    return undefined;
}
function ownFirst(readable, own) {
    return own === undefined || !readable.includes(own)
        ? readable
        : [own, ...readable.filter((scope) => scope !== own)];
}
/** The `ac` claim of the runner's token, a JSON text inside the JSON of the payload. undefined when the token is of another form. */
function scopesOf(token) {
    const payload = token.split('.')[1];
    if (payload === undefined)
        return undefined;
    try {
        const claims = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'));
        if (typeof claims !== 'object' || claims === null || !('ac' in claims) || typeof claims.ac !== 'string')
            return undefined;
        const scopes = JSON.parse(claims.ac);
        return Array.isArray(scopes) ? scopes.flatMap(toScope) : undefined;
    }
    catch {
        return undefined;
    }
}
function toScope(value) {
    if (typeof value !== 'object' || value === null || !('Scope' in value) || !('Permission' in value))
        return [];
    const { Scope: name, Permission: permission } = value;
    return typeof name === 'string' && typeof permission === 'number' ? [{ name, permission }] : [];
}
/** Why the service's own protocol cannot be spoken here; undefined when it can. */
function whyNotDirect(environment) {
    if (!environment.ACTIONS_CACHE_SERVICE_V2)
        return 'the runner does not offer version 2 of the cache service';
    if (!isHosted(environment.GITHUB_SERVER_URL))
        return 'version 2 of the cache service is for github.com and ghe.com only';
    if (!environment.ACTIONS_RESULTS_URL)
        return 'ACTIONS_RESULTS_URL is not set';
    if (!environment.ACTIONS_RUNTIME_TOKEN)
        return 'ACTIONS_RUNTIME_TOKEN is not set';
    return undefined;
}
/** Why there is no cache service here at all; undefined when there is one. */
function whyNoService(environment) {
    const url = hasVersion2(environment)
        ? environment.ACTIONS_RESULTS_URL
        : (environment.ACTIONS_CACHE_URL ?? environment.ACTIONS_RESULTS_URL);
    if (!url)
        return 'this does not run as a step of an action (no cache service is named)';
    if (!environment.ACTIONS_RUNTIME_TOKEN)
        return 'the runner gives no token for it (ACTIONS_RUNTIME_TOKEN is not set)';
    return undefined;
}
/** Does @actions/cache speak version 2 of the service here? */
function hasVersion2(environment) {
    return Boolean(environment.ACTIONS_CACHE_SERVICE_V2) && isHosted(environment.GITHUB_SERVER_URL);
}
/** As @actions/cache decides it: GitHub Enterprise Server has version 1 of the service alone. */
function isHosted(serverUrl) {
    const url = URL.parse(serverUrl || 'https://github.com');
    const host = url?.hostname.toLowerCase() ?? '';
    return host === 'github.com' || host.endsWith('.ghe.com') || host.endsWith('.localhost');
}


/***/ }),

/***/ 4238:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   EN: () => (/* binding */ bodyOf),
/* harmony export */   LH: () => (/* binding */ withRetries),
/* harmony export */   Qq: () => (/* binding */ HttpClient),
/* harmony export */   az: () => (/* binding */ cacheServiceError),
/* harmony export */   vf: () => (/* binding */ discard)
/* harmony export */ });
/* harmony import */ var node_http__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7067);
/* harmony import */ var node_https__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(4708);
/* harmony import */ var p_retry__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(4995);
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(7594);
/* harmony import */ var _base_nobody_there_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(3997);
/* harmony import */ var _environment_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(8303);






/** Milliseconds without a byte until a request is given up. */
const IDLE = 30_000;
/** Tries after the first, for what may pass by itself. */
const RETRIES = 3;
/** Milliseconds before the second try; twice that before the third. */
const FIRST_DELAY = 200;
const LONGEST_ANSWER = 1024 * 1024;
const SILENCE = 'ETIMEDOUT';
/** Requests to the cache service and to the storage behind it. URLs never appear in messages: the storage's hold a signature. */
class HttpClient {
    #http;
    #https;
    constructor(environment) {
        // Agents follow these from Node 24.5 on (and 22.21).
        const proxyEnv = Object.fromEntries(_environment_js__WEBPACK_IMPORTED_MODULE_4__/* .ACTIONS_CACHE_VARIABLES */ .jc.filter((name) => /_proxy$/i.test(name)).map((name) => [
            name,
            environment[name],
        ]));
        const options = { keepAlive: true, maxSockets: 16, proxyEnv };
        this.#http = new node_http__WEBPACK_IMPORTED_MODULE_0__.Agent(options);
        this.#https = new node_https__WEBPACK_IMPORTED_MODULE_1__.Agent(options);
    }
    /** @throws BuildError `ACTIONS_CACHE_UNREACHABLE` when no answer came */
    send(request) {
        const url = URL.parse(request.url);
        if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:')) {
            return Promise.reject(cacheServiceError('ACTIONS_CACHE_FAILED', 'the cache service names no valid URL'));
        }
        const { method, body, signal } = request;
        const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
        const headers = { 'user-agent': 'ts-image-build', ...length, ...request.headers };
        const options = { method, headers, timeout: IDLE, ...(signal === undefined ? {} : { signal }) };
        return new Promise((resolve, reject) => {
            const sent = url.protocol === 'https:'
                ? node_https__WEBPACK_IMPORTED_MODULE_1__.request(url, { ...options, agent: this.#https })
                : node_http__WEBPACK_IMPORTED_MODULE_0__.request(url, { ...options, agent: this.#http });
            sent.on('timeout', () => sent.destroy(silence()));
            sent.on('error', (cause) => reject(unreachable(url.hostname, cause)));
            sent.on('response', (message) => {
                resolve({ status: message.statusCode ?? 0, headers: message.headers, body: message });
            });
            sent.end(body);
        });
    }
    [Symbol.dispose]() {
        this.#http.destroy();
        this.#https.destroy();
    }
}
/**
 * The body as bytes.
 * @throws BuildError `ACTIONS_CACHE_UNREACHABLE` when it breaks off, `ACTIONS_CACHE_FAILED` when it is longer than `most`
 */
async function bodyOf(response, most = LONGEST_ANSWER) {
    const chunks = [];
    let size = 0;
    try {
        for await (const chunk of response.body) {
            size += chunk.length;
            if (size > most)
                break;
            chunks.push(chunk);
        }
    }
    catch (cause) {
        throw unreachable('the cache service', cause);
    }
    if (size > most)
        throw cacheServiceError('ACTIONS_CACHE_TOO_LONG', `an answer is longer than ${most} bytes`);
    return Buffer.concat(chunks);
}
/** Frees the connection of a response whose body is of no interest. */
function discard(response) {
    response.body.on('error', () => undefined);
    response.body.resume();
}
/**
 * Does `work` again, with growing pauses, as long as it fails in a way that may pass; only once when nothing listens there, the host has no
 * address, or it was waited for long enough.
 */
function withRetries(work, signal, firstDelay = FIRST_DELAY) {
    return (0,p_retry__WEBPACK_IMPORTED_MODULE_5__/* ["default"] */ .Ay)(work, {
        retries: RETRIES,
        minTimeout: firstDelay,
        randomize: true,
        ...(signal === undefined ? {} : { signal }),
        shouldRetry: ({ error, attemptNumber }) => error instanceof _base_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .BuildError */ .zS &&
            error.code === 'ACTIONS_CACHE_UNREACHABLE' &&
            attemptNumber <= ((0,_base_nobody_there_js__WEBPACK_IMPORTED_MODULE_3__/* .isNobodyThere */ .W)(error) || isSilent(error) ? 1 : RETRIES),
    });
}
function silence() {
    return Object.assign(new RangeError(`no answer for ${IDLE / 1000} seconds`), { code: SILENCE });
}
/** Ours, and the operating system's for a connection that does not come about. */
function isSilent({ cause }) {
    return typeof cause === 'object' && cause !== null && 'code' in cause && cause.code === SILENCE;
}
function cacheServiceError(code, message, cause) {
    return new _base_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .BuildError */ .zS({ kind: 'remote', code, message, cause });
}
function unreachable(host, cause) {
    return cacheServiceError('ACTIONS_CACHE_UNREACHABLE', `${host} cannot be reached: ${(0,_base_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .reasonOf */ .A3)(cause)}`, cause);
}


/***/ }),

/***/ 6626:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   SE: () => (/* binding */ IndexChain),
/* harmony export */   fV: () => (/* binding */ readIndexFile),
/* harmony export */   tx: () => (/* binding */ identityPrefix)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);
/* harmony import */ var node_timers_promises__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8500);
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(7594);
/* harmony import */ var _image_one_chunk_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(7145);
/* harmony import */ var _record_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(6449);
/* harmony import */ var _indexed_cache_index_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(4503);
/* harmony import */ var _indexed_index_file_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(9543);
/* harmony import */ var _indexed_keys_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(4186);
/* harmony import */ var _http_client_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(4238);









/** Milliseconds. */
const POLL = 500;
/** The same for a store that tells of each look in the job's log. */
const VAGUE_POLL = 2000;
/** Milliseconds after which saving is given up when others are always faster. */
const MOST_TIME = 90_000;
/** Numbers in a row that others have taken and do not finish, after which saving is given up. */
const MOST_ABANDONED = 8;
/** Longest Retry-After that is waited for, once a job: without its index all that a job has uploaded is of no use. Seconds. */
const LONGEST_WAIT = 60;
/** Least that `patience` is halved to with each of them. Milliseconds. */
const LEAST_PATIENCE = 1000;
/**
 * The indexes of one writing scope, numbered. An entry is immutable and its key can be taken once, so whoever writes number n + 1 has seen
 * number n: two jobs that end together never lose each other's records, the later one is refused, merges, and takes the next number.
 */
class IndexChain {
    #store;
    #identity;
    #notices;
    #patience;
    #vague;
    #prefix;
    /** The last number that is known to be taken without an index. */
    #abandoned = 0;
    /** Numbers of other jobs that were passed over: they may only have been slow. */
    #passed = new Set();
    #hasWaited = false;
    /** A failure was waited out for another job's index, which did not come. */
    #wasInVain = false;
    constructor({ store, identity, ref, notices, patience, vague }) {
        this.#store = store;
        this.#identity = identity;
        this.#notices = notices;
        this.#patience = patience;
        this.#vague = vague;
        this.#prefix = indexPrefix(identity, ref);
    }
    async load(signal) {
        const entry = await this.#store.newest(this.#prefix, signal);
        if (entry === undefined)
            return { sequence: 0, index: new _indexed_cache_index_js__WEBPACK_IMPORTED_MODULE_4__/* .CacheIndex */ .hx(), size: 0 };
        const sequence = Number.parseInt(entry.key.slice(-SEQUENCE_DIGITS), 10);
        const { index, size } = await this.#read(entry, signal);
        return { sequence: Number.isNaN(sequence) ? 0 : sequence, index, size };
    }
    async save(known, change, signal) {
        const deadline = Date.now() + MOST_TIME;
        let newest = await this.#withLate(known ?? (await this.load(signal)), signal);
        let sequence = Math.max(newest.sequence, this.#abandoned) + 1;
        let inARow = 0;
        while (Date.now() < deadline) {
            const index = change(newest.index).trimmed();
            const bytes = await (0,_indexed_index_file_js__WEBPACK_IMPORTED_MODULE_5__/* .encodeIndexFile */ .rO)(index, this.#identity);
            const outcome = await this.#put(sequence, bytes, signal);
            if (outcome.type === 'saved')
                return { sequence, index, size: bytes.length };
            if (outcome.type === 'failed' && outcome.taken === true)
                this.#abandoned = sequence;
            const patience = Math.max(this.#patience / 2 ** this.#passed.size, Math.min(LEAST_PATIENCE, this.#patience));
            const next = await this.#waitFor(sequence, outcome, patience, signal);
            if (next.sequence >= sequence) {
                newest = next;
                inARow = 0;
            }
            else {
                // A number whose upload was never finished stays taken for a day.
                this.#abandoned = sequence;
                this.#passed.add(sequence);
                inARow += 1;
                if (inARow === MOST_ABANDONED)
                    throw notSaved('its place is taken by other jobs that do not finish saving theirs');
            }
            sequence = Math.max(next.sequence, sequence) + 1;
        }
        throw notSaved('other jobs kept saving theirs at the same time');
    }
    async #put(sequence, bytes, signal) {
        const put = () => {
            const upload = { size: bytes.length, open: async () => (0,_image_one_chunk_js__WEBPACK_IMPORTED_MODULE_8__/* .oneChunk */ .w)(bytes) };
            return this.#store.put(this.#prefix + digits(sequence), upload, signal);
        };
        const outcome = await put();
        if (outcome.type !== 'limited' || this.#hasWaited || outcome.retryAfter > LONGEST_WAIT)
            return outcome;
        this.#hasWaited = true;
        await (0,node_timers_promises__WEBPACK_IMPORTED_MODULE_1__.setTimeout)(outcome.retryAfter * 1000, undefined, { signal });
        return put();
    }
    /**
     * After a refusal: the index that took the number, or the last one before it when that was abandoned.
     * @throws BuildError where there is nothing to wait for
     */
    async #waitFor(sequence, outcome, patience, signal) {
        if (outcome.type === 'denied' || outcome.type === 'limited')
            throw notSaved(outcome.reason);
        const isTaken = outcome.type === 'exists';
        const mayBeTaken = isTaken || (this.#vague && !this.#wasInVain);
        const until = Date.now() + (mayBeTaken ? patience : 0);
        for (;;) {
            const newest = await this.load(signal);
            const state = isTaken ? await this.#withOvertaken(newest, sequence, signal) : newest;
            if (state.sequence >= sequence)
                return state;
            if (Date.now() >= until) {
                if (outcome.type !== 'failed')
                    return state;
                this.#wasInVain = true;
                throw notSaved(outcome.reason);
            }
            await this.#pause(signal);
        }
    }
    /** Not in step with the other jobs of a matrix. */
    async #pause(signal) {
        const poll = this.#vague ? VAGUE_POLL : POLL;
        await (0,node_timers_promises__WEBPACK_IMPORTED_MODULE_1__.setTimeout)(poll * (0.5 + Math.random()), undefined, { signal });
    }
    /**
     * The newest index is the one that was finished last. Where that was passed over for abandoned, a later number is finished too, and each of the two
     * knows nothing of the other.
     */
    async #withOvertaken(newest, sequence, signal) {
        if (newest.sequence >= sequence)
            return newest;
        const found = await this.#numbered(sequence, signal);
        return found === undefined
            ? newest
            : { sequence, index: newest.index.mergedWith(found.index), size: found.size };
    }
    /** With what jobs have saved that were passed over before. */
    async #withLate(newest, signal) {
        let { index } = newest;
        for (const sequence of this.#passed) {
            const found = await this.#numbered(sequence, signal);
            if (found === undefined)
                continue;
            index = found.index.mergedWith(index);
            this.#passed.delete(sequence);
        }
        return { ...newest, index };
    }
    async #numbered(sequence, signal) {
        const entry = await this.#store.find(this.#prefix + digits(sequence), signal);
        return entry === undefined ? undefined : this.#read(entry, signal);
    }
    async #read(entry, signal) {
        let size = 0;
        try {
            const file = await readIndexFile(entry, signal);
            size = file.length;
            return { index: await (0,_indexed_index_file_js__WEBPACK_IMPORTED_MODULE_5__/* .decodeIndexFile */ .fE)(file, this.#identity), size };
        }
        catch (error) {
            if (!isUnusable(error))
                throw error;
            this.#notices.add(`An index in ${this.#notices.place} is left out: ${(0,_base_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .reasonWithHint */ .yC)(error)}`);
            return { index: new _indexed_cache_index_js__WEBPACK_IMPORTED_MODULE_4__/* .CacheIndex */ .hx(), size };
        }
    }
}
/**
 * @throws BuildError `CACHE_DATA_BAD` for one that is too big; of kind `remote` when it cannot be had
 */
async function readIndexFile(entry, signal) {
    const chunks = [];
    let size = 0;
    try {
        for await (const chunk of await entry.open({ signal })) {
            size += chunk.length;
            if (size > _indexed_index_file_js__WEBPACK_IMPORTED_MODULE_5__/* .LONGEST_INDEX */ .C3)
                throw (0,_indexed_index_file_js__WEBPACK_IMPORTED_MODULE_5__/* .indexTooBig */ .h7)();
            chunks.push(chunk);
        }
    }
    catch (error) {
        throw error instanceof _base_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .BuildError */ .zS && error.code === 'ACTIONS_CACHE_TOO_LONG' ? (0,_indexed_index_file_js__WEBPACK_IMPORTED_MODULE_5__/* .indexTooBig */ .h7)(error) : error;
    }
    return Buffer.concat(chunks);
}
/** Is the index there, but no use to anybody here? Then the next one takes its place. */
function isUnusable(error) {
    return (error instanceof _base_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .BuildError */ .zS && (error.code === 'CACHE_DATA_BAD' || error.code === 'CACHE_NOT_SIGNED'));
}
function notSaved(reason) {
    return (0,_http_client_js__WEBPACK_IMPORTED_MODULE_7__/* .cacheServiceError */ .az)('ACTIONS_CACHE_FAILED', reason);
}
const SEQUENCE_DIGITS = 8;
function digits(sequence) {
    return String(sequence).padStart(SEQUENCE_DIGITS, '0');
}
/** Readable at the front for whoever looks at the list of caches; the hashes keep apart what looks alike. */
function indexPrefix(identity, ref) {
    return `${identityPrefix(identity)}${shortHash(ref ?? '')}-`;
}
/** What the keys of all indexes with this identity begin with, whichever ref they are for. */
function identityPrefix({ scope, platform }) {
    const name = `${slug(scope, 60)}-${slug(platform, 24)}`;
    return `${_indexed_keys_js__WEBPACK_IMPORTED_MODULE_6__/* .KEY_PREFIX */ .nF}I-${name}-${shortHash(`${_record_js__WEBPACK_IMPORTED_MODULE_3__/* .RECORD_FORMAT */ .q7}\n${scope}\n${platform}`)}-`;
}
function slug(text, most) {
    return text
        .toLowerCase()
        .replace(/[^a-z0-9]+/g, '-')
        .slice(0, most);
}
function shortHash(text) {
    return (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256').update(text).digest('hex').slice(0, 12);
}


/***/ })

};
