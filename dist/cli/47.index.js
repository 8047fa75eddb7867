export const id = 47;
export const ids = [47];
export const modules = {

/***/ 8047:
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
// EXTERNAL MODULE: ./lib/image/one-chunk.js
var one_chunk = __webpack_require__(7145);
// EXTERNAL MODULE: ./lib/cache/backends/indexed/index-file.js
var index_file = __webpack_require__(9543);
// EXTERNAL MODULE: external "node:http"
var external_node_http_ = __webpack_require__(7067);
// EXTERNAL MODULE: external "node:https"
var external_node_https_ = __webpack_require__(4708);
// EXTERNAL MODULE: ./node_modules/p-retry/index.js + 1 modules
var p_retry = __webpack_require__(4995);
// EXTERNAL MODULE: ./lib/base/nobody-there.js
var nobody_there = __webpack_require__(3997);
;// CONCATENATED MODULE: ./lib/cache/backends/actions/environment.js
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

;// CONCATENATED MODULE: ./lib/cache/backends/actions/http-client.js






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
        const proxyEnv = Object.fromEntries(ACTIONS_CACHE_VARIABLES.filter((name) => /_proxy$/i.test(name)).map((name) => [
            name,
            environment[name],
        ]));
        const options = { keepAlive: true, maxSockets: 16, proxyEnv };
        this.#http = new external_node_http_.Agent(options);
        this.#https = new external_node_https_.Agent(options);
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
                ? external_node_https_.request(url, { ...options, agent: this.#https })
                : external_node_http_.request(url, { ...options, agent: this.#http });
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
    return (0,p_retry/* default */.Ay)(work, {
        retries: RETRIES,
        minTimeout: firstDelay,
        randomize: true,
        ...(signal === undefined ? {} : { signal }),
        shouldRetry: ({ error, attemptNumber }) => error instanceof errors/* BuildError */.zS &&
            error.code === 'ACTIONS_CACHE_UNREACHABLE' &&
            attemptNumber <= ((0,nobody_there/* isNobodyThere */.W)(error) || isSilent(error) ? 1 : RETRIES),
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
    return new errors/* BuildError */.zS({ kind: 'remote', code, message, cause });
}
function unreachable(host, cause) {
    return cacheServiceError('ACTIONS_CACHE_UNREACHABLE', `${host} cannot be reached: ${(0,errors/* reasonOf */.A3)(cause)}`, cause);
}

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
    const fetchOnce = (fresh) => withRetries(async () => {
        const headers = { range: `bytes=${start}-${end - 1}` };
        const response = await http.send({ method: 'GET', url: await request.url(fresh), headers, signal });
        // 200: the storage gives the whole blob, which is what was asked for when the lengths agree.
        if (response.status === 206 || (response.status === 200 && start === 0)) {
            const bytes = await bodyOf(response, end - start);
            if (bytes.length === end - start)
                return bytes;
            throw cacheServiceError('ACTIONS_CACHE_FAILED', `${bytes.length} bytes came instead of ${end - start}`);
        }
        discard(response);
        if (response.status === 403)
            return 'refused';
        const code = response.status >= 500 ? 'ACTIONS_CACHE_UNREACHABLE' : 'ACTIONS_CACHE_FAILED';
        throw cacheServiceError(code, `the cache's storage answered a download with status ${response.status}`);
    }, signal);
    const bytes = await fetchOnce(false);
    if (bytes !== 'refused')
        return bytes;
    // Signed URLs expire after some minutes.
    const again = await fetchOnce(true);
    if (again !== 'refused')
        return again;
    throw cacheServiceError('ACTIONS_CACHE_FAILED', "the cache's storage refuses a download (status 403)");
}
/** The whole blob when its size is not known: for the index. Bytes are limited by `most`. */
function downloadAll(http, url, most, signal) {
    return withRetries(async () => {
        const response = await http.send({ method: 'GET', url, signal });
        if (response.status === 200)
            return bodyOf(response, most);
        discard(response);
        const code = response.status >= 500 ? 'ACTIONS_CACHE_UNREACHABLE' : 'ACTIONS_CACHE_FAILED';
        throw cacheServiceError(code, `the cache's storage answered a download with status ${response.status}`);
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
        return withRetries(async () => {
            const response = await this.#http.send({
                method: 'POST',
                url: this.#base + SERVICE + method,
                headers: { authorization: this.#authorization, 'content-type': 'application/json' },
                body: JSON.stringify(request),
                signal,
            });
            const data = parseObject((await bodyOf(response)).toString('utf8'));
            const { status } = response;
            if (status >= 500 || status === 408) {
                throw cacheServiceError('ACTIONS_CACHE_UNREACHABLE', `the cache service answered with status ${status}`);
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
    return cacheServiceError('ACTIONS_CACHE_FAILED', text);
}
function unknownProtocol(answer) {
    const text = `the cache service does not speak version 2 of the protocol (it answered with ${answer})`;
    return cacheServiceError('ACTIONS_CACHE_UNKNOWN_PROTOCOL', text);
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
    return (query, body, headers) => withRetries(async () => {
        const all = { 'x-ms-version': API_VERSION, ...headers };
        const response = await http.send({ method: 'PUT', url: url + query, headers: all, body, signal });
        if (response.status === 201)
            return discard(response);
        const said = /<Code>(\w+)<\/Code>/.exec((await bodyOf(response)).toString('utf8'))?.[1];
        const code = response.status >= 500 ? 'ACTIONS_CACHE_UNREACHABLE' : 'ACTIONS_CACHE_FAILED';
        const why = `${response.status}${said === undefined ? '' : ` ${said}`}`;
        throw cacheServiceError(code, `the cache's storage answered an upload with status ${why}`);
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
        this.#http = new HttpClient(environment);
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
    return cacheServiceError('ACTIONS_CACHE_FAILED', `the entry ${key} is gone`);
}

// EXTERNAL MODULE: ./lib/cache/record.js
var record = __webpack_require__(6449);
// EXTERNAL MODULE: ./lib/cache/backends/indexed/cache-index.js
var cache_index = __webpack_require__(6884);
// EXTERNAL MODULE: ./lib/cache/backends/indexed/keys.js
var keys = __webpack_require__(4186);
;// CONCATENATED MODULE: ./lib/cache/backends/actions/index-chain.js









/** Milliseconds. */
const POLL = 500;
/** The same for a store that tells of each look in the job's log. */
const VAGUE_POLL = 2000;
/** Milliseconds after which saving is given up when others are always faster. */
const MOST_TIME = 90_000;
/** Numbers in a row that others have taken and do not finish, after which saving is given up. */
const MOST_ABANDONED = 8;
/** Longest Retry-After that is waited for, once a job: without its index all that a job has uploaded is of no use. Seconds. */
const index_chain_LONGEST_WAIT = 60;
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
            return { sequence: 0, index: new cache_index/* CacheIndex */.hx(), size: 0 };
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
            const bytes = await (0,index_file/* encodeIndexFile */.rO)(index, this.#identity);
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
            const upload = { size: bytes.length, open: async () => (0,one_chunk/* oneChunk */.w)(bytes) };
            return this.#store.put(this.#prefix + digits(sequence), upload, signal);
        };
        const outcome = await put();
        if (outcome.type !== 'limited' || this.#hasWaited || outcome.retryAfter > index_chain_LONGEST_WAIT)
            return outcome;
        this.#hasWaited = true;
        await (0,promises_.setTimeout)(outcome.retryAfter * 1000, undefined, { signal });
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
        await (0,promises_.setTimeout)(poll * (0.5 + Math.random()), undefined, { signal });
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
            return { index: await (0,index_file/* decodeIndexFile */.fE)(file, this.#identity), size };
        }
        catch (error) {
            if (!isUnusable(error))
                throw error;
            this.#notices.add(`An index in ${this.#notices.place} is left out: ${(0,errors/* reasonWithHint */.yC)(error)}`);
            return { index: new cache_index/* CacheIndex */.hx(), size };
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
            if (size > index_file/* LONGEST_INDEX */.C3)
                throw (0,index_file/* indexTooBig */.h7)();
            chunks.push(chunk);
        }
    }
    catch (error) {
        throw error instanceof errors/* BuildError */.zS && error.code === 'ACTIONS_CACHE_TOO_LONG' ? (0,index_file/* indexTooBig */.h7)(error) : error;
    }
    return Buffer.concat(chunks);
}
/** Is the index there, but no use to anybody here? Then the next one takes its place. */
function isUnusable(error) {
    return (error instanceof errors/* BuildError */.zS && (error.code === 'CACHE_DATA_BAD' || error.code === 'CACHE_NOT_SIGNED'));
}
function notSaved(reason) {
    return cacheServiceError('ACTIONS_CACHE_FAILED', reason);
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
    return `${keys/* KEY_PREFIX */.nF}I-${name}-${shortHash(`${record/* RECORD_FORMAT */.q7}\n${scope}\n${platform}`)}-`;
}
function slug(text, most) {
    return text
        .toLowerCase()
        .replace(/[^a-z0-9]+/g, '-')
        .slice(0, most);
}
function shortHash(text) {
    return (0,external_node_crypto_.createHash)('sha256').update(text).digest('hex').slice(0, 12);
}

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: external "node:fs/promises"
var external_node_fs_promises_ = __webpack_require__(1455);
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
var toolkit_store_addDisposableResource = (undefined && undefined.__addDisposableResource) || function (env, value, async) {
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
var toolkit_store_disposeResources = (undefined && undefined.__disposeResources) || (function (SuppressedError) {
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
        return new ToolkitStore(environment, await (0,external_node_fs_promises_.mkdtemp)((0,external_node_path_.join)(parent, 'actions-cache-')));
    }
    async find(key, signal) {
        const env_1 = { stack: [], error: void 0, hasError: false };
        try {
            const began = Date.now();
            const home = toolkit_store_addDisposableResource(env_1, await this.#newHome(), true);
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
            const result_1 = toolkit_store_disposeResources(env_1);
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
            if (isSaved && hasVersion2(this.#environment))
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
        await (0,external_node_fs_promises_.rm)(this.#folder, { recursive: true, force: true });
    }
    /** What the package answers. */
    async #save(key, upload, signal) {
        const env_2 = { stack: [], error: void 0, hasError: false };
        try {
            const home = toolkit_store_addDisposableResource(env_2, await this.#newHome(), true);
            await (0,external_node_stream_promises_.pipeline)(external_node_stream_.Readable.from(await upload.open()), (0,external_node_fs_.createWriteStream)((0,external_node_path_.join)(home.path, NAME)));
            return await this.#call('save', home, signal, (toolkit) => toolkit.saveCache(PATHS, key));
        }
        catch (e_2) {
            env_2.error = e_2;
            env_2.hasError = true;
        }
        finally {
            const result_2 = toolkit_store_disposeResources(env_2);
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
        this.#toolkit ??= __webpack_require__.e(/* import() */ 305).then(__webpack_require__.bind(__webpack_require__, 4305));
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
        await (0,external_node_fs_promises_.mkdir)(this.#folder, { recursive: true });
        return (0,temp/* tempDir */.y)(this.#folder, 'entry-');
    }
    #variables(home) {
        const own = ACTIONS_CACHE_VARIABLES.map((name) => [name, this.#environment[name]]);
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
    await (0,external_node_fs_promises_.rename)(file, own);
    try {
        yield* (0,external_node_fs_.createReadStream)(own);
    }
    finally {
        await (0,external_node_fs_promises_.rm)(own, { force: true });
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
    const none = whyNoService(options.environment);
    if (none !== undefined)
        return open_closed(options, notices, `The Actions cache is not used: ${none}`);
    const access = cacheAccess(options.environment);
    const notice = accessNotice(access, options.mode !== 'read-only');
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
    let reason = whyNotDirect(environment);
    if (reason === undefined) {
        try {
            return await openStore(options, access, notices, new DirectStore(environment));
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
    if (transport === 'direct' || whyNoService(version1) !== undefined) {
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
    const chain = (ref) => new IndexChain({ store, identity: { scope, platform, secret }, ref, notices, patience, vague });
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
        const refs = await listRefs(identityPrefix({ scope, platform }));
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
