export const id = 950;
export const ids = [950];
export const modules = {

/***/ 5950:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  Q: () => (/* binding */ openHeldCache),
  F: () => (/* binding */ openHeldState)
});

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./lib/base/errors.js
var errors = __webpack_require__(7594);
// EXTERNAL MODULE: ./lib/cache/cache-data.js
var cache_data = __webpack_require__(5653);
// EXTERNAL MODULE: ./lib/cache/cached-mount.js
var cached_mount = __webpack_require__(8478);
// EXTERNAL MODULE: ./lib/cache/record.js
var cache_record = __webpack_require__(6449);
;// CONCATENATED MODULE: ./lib/cache/texts-in.js
/** All texts in a JSON value, however deep: what others wrote may be nested deeper than calls can be. Names of members are not among them. */
function* textsIn(value) {
    const left = [value];
    while (left.length > 0) {
        const next = left.pop();
        if (typeof next === 'string')
            yield next;
        else if (typeof next === 'object' && next !== null)
            for (const each of Object.values(next))
                left.push(each);
    }
}

;// CONCATENATED MODULE: ./lib/cache/backends/local/dangling.js





/** Manifests and image configs are smaller. Bytes. */
const LARGEST_DOCUMENT = 1024 * 1024;
const LONGEST_RECORD = 1024 * 1024;
const CURLY = 0x7b;
const DIGEST = /^sha(?:256:[0-9a-f]{64}|512:[0-9a-f]{128})$/;
/**
 * Tells which items are of no use to a later build: records whose layer nobody has, layers and indexes that no record and no base image names,
 * what killed processes left. What RUN works on (unpacked layers, cache mounts) is never among them.
 */
async function danglingIn(folder, content) {
    const uses = new Uses();
    for await (const { digest, size } of content.list())
        uses.blobs.set(digest, size);
    for await (const file of folder.files()) {
        if (file.kind !== 'record' && file.kind !== 'mount')
            continue;
        const bytes = await folder.read(file.path, LONGEST_RECORD).catch(() => undefined);
        if (bytes !== undefined)
            uses.addFile(file, bytes.toString('utf8'));
    }
    for (const [digest, size] of uses.blobs) {
        if (size > LARGEST_DOCUMENT || uses.named.has(digest))
            continue;
        const document = await documentIn(content, digest);
        if (document !== undefined)
            uses.addDocument(digest, document);
    }
    return (item) => uses.isDangling(item);
}
/** What names what. */
class Uses {
    /** Sizes of all blobs. */
    blobs = new Map();
    /** Digests and diffIDs. */
    named = new Set();
    /** Keys of records whose layer is nowhere. */
    #useless = new Set();
    addFile({ kind, path }, text) {
        const parsed = attempt(() => (0,cache_data/* parseJson */.qF)(text, path));
        if (kind === 'mount') {
            const mount = attempt(() => (0,cached_mount/* decodeMount */.O)(parsed));
            if (mount !== undefined)
                this.named.add(mount.archive.digest);
            return;
        }
        const record = attempt(() => (0,cache_record/* decodeRecord */.eT)(parsed));
        if (record !== undefined)
            this.#addRecord(record);
    }
    /** A manifest names layers and a config, a config names diffIDs. */
    addDocument(digest, document) {
        this.named.add(digest);
        for (const text of textsIn(document))
            if (DIGEST.test(text))
                this.named.add(text);
    }
    isDangling({ kind, id }) {
        switch (kind) {
            case 'temporary':
                return true;
            case 'record':
                return this.#useless.has(id);
            case 'blob':
                return !this.named.has(id);
            case 'index':
                return !this.named.has(`sha256:${id}`);
            default:
                return false;
        }
    }
    #addRecord({ key, contentKey, layer }) {
        if (layer === undefined)
            return;
        const { digest } = layer.descriptor;
        if (layer.sources.length > 0 || this.blobs.has(digest))
            this.named.add(digest).add(layer.diffId);
        else
            for (const each of [key, contentKey])
                if (each !== undefined)
                    this.#useless.add(each);
    }
}
/** A blob as JSON; undefined for layers. Read as a file: to be looked at by a clean-up is no use. */
async function documentIn(content, digest) {
    const path = content.pathOf(digest);
    const bytes = path === undefined ? undefined : await (0,promises_.readFile)(path).catch(() => undefined);
    if (bytes?.[0] !== CURLY)
        return undefined;
    return attempt(() => (0,cache_data/* parseJson */.qF)(bytes.toString('utf8'), digest));
}
function attempt(read) {
    try {
        return read();
    }
    catch {
        return undefined;
    }
}

// EXTERNAL MODULE: ./lib/cache/backends/local/folder.js
var local_folder = __webpack_require__(3820);
;// CONCATENATED MODULE: ./lib/cache/backends/local/held-item.js

/** Has this file been used since then? A file's modification time is the time of its last use. */
async function usedSince(path, then) {
    const found = await (0,promises_.stat)(path).catch(() => undefined);
    // Both rounded to milliseconds.
    return found !== undefined && found.mtime.getTime() > then.getTime();
}

;// CONCATENATED MODULE: ./lib/cache/backends/local/held.js


/** All records and indexes of a cache's folder and all blobs of its store. */
async function heldIn(folder, content) {
    const items = [];
    for await (const { digest, size, lastUsed } of content.list()) {
        const path = content.pathOf(digest);
        const remove = async () => {
            if (path !== undefined && (await usedSince(path, lastUsed)))
                return false;
            await content.delete(digest);
            return true;
        };
        items.push({ kind: 'blob', id: digest, size, lastUsed, remove });
    }
    for await (const { path, kind, size, lastUsed } of folder.files()) {
        const remove = async () => {
            if (await usedSince(path, lastUsed))
                return false;
            await folder.delete(path);
            return true;
        };
        items.push({ kind: KINDS[kind], id: (0,external_node_path_.basename)(path, '.json'), size, lastUsed, remove });
    }
    return items;
}
/** A step's newest record and a cache mount are records as well. */
const KINDS = {
    record: 'record',
    step: 'record',
    index: 'index',
    mount: 'record',
    temporary: 'temporary',
};

// EXTERNAL MODULE: ./lib/image/store/oci-layout.js
var oci_layout = __webpack_require__(8357);
// EXTERNAL MODULE: ./lib/app/worker.js + 20 modules
var app_worker = __webpack_require__(5126);
;// CONCATENATED MODULE: ./lib/app/held/held-folder.js









/** Names of the worker's folders: files of root and of user namespaces have owners that the other cannot handle. */
const ROOTS = 'root';
const USERS = 'userns';
/** A file that is written but not yet at its place is not older than this while its process lives. Milliseconds. */
const TEMPORARY_LIFE = 3_600_000;
/** The folder of a `type=local` cache. */
async function openHeldCache(folder) {
    return {
        ...(await heldFiles((0,external_node_path_.join)(folder, 'records'), (0,external_node_path_.join)(folder, 'content'))),
        finish: () => Promise.resolve(),
        [Symbol.asyncDispose]: () => Promise.resolve(),
    };
}
/** A state folder. What belongs to root in it is asked of the worker, which is started when there is some. */
async function openHeldState(stateDir, onNotice) {
    const { items, dangling } = await heldFiles((0,external_node_path_.join)(stateDir, 'cache'), (0,external_node_path_.join)(stateDir, 'content'));
    const indexes = await heldIndexes((0,external_node_path_.join)(stateDir, 'indexes'));
    const { worker, unseen } = await workerOf(stateDir, onNotice);
    /** Milliseconds since 1970: what the worker keeps and was not used since goes. */
    let cut;
    const folders = (worker === undefined ? [] : await heldBy(worker)).map(({ kind, name, size, lastUsed }) => {
        return {
            kind: kind === 'layer' ? 'unpacked' : 'mount',
            id: name,
            size,
            lastUsed,
            remove: () => {
                cut = Math.max(cut ?? 0, lastUsed.getTime() + 1);
                return Promise.resolve(true);
            },
        };
    });
    return {
        items: [...items, ...indexes, ...folders],
        ...(unseen === undefined ? {} : { unseen }),
        dangling,
        finish: async () => {
            if (cut !== undefined)
                await worker?.prune(new Date(cut));
        },
        [Symbol.asyncDispose]: async () => worker?.[Symbol.asyncDispose](),
    };
}
/** A worker that cannot tell is of no use, and would keep the program from ending. */
async function heldBy(worker) {
    try {
        return await worker.held();
    }
    catch (error) {
        await worker[Symbol.asyncDispose]();
        throw error;
    }
}
async function heldFiles(records, blobs) {
    const folder = new local_folder/* LocalFolder */.e(records);
    const content = (0,oci_layout/* ociLayoutStore */.j)(blobs);
    return { items: await heldIn(folder, content), dangling: () => danglingIn(folder, content) };
}
/** Of a layerIndexStore. */
async function heldIndexes(folder) {
    const names = await (0,promises_.readdir)(folder).catch(() => []);
    const items = await Promise.all(names.map(async (name) => {
        const path = (0,external_node_path_.join)(folder, name);
        const found = await (0,promises_.stat)(path).catch(() => undefined);
        if (found?.isFile() !== true)
            return [];
        const isTemporary = name.startsWith('.');
        if (isTemporary && found.mtimeMs > Date.now() - TEMPORARY_LIFE)
            return [];
        const remove = async () => {
            if (await usedSince(path, found.mtime))
                return false;
            await (0,promises_.rm)(path, { force: true });
            return true;
        };
        return [
            {
                kind: isTemporary ? 'temporary' : 'index',
                id: name,
                size: found.size,
                lastUsed: found.mtime,
                remove,
            },
        ];
    }));
    return items.flat();
}
async function workerOf(stateDir, onNotice) {
    const names = await (0,promises_.readdir)((0,external_node_path_.join)(stateDir, 'worker')).catch(() => []);
    const kept = names.filter((name) => name === ROOTS || name.startsWith(USERS));
    if (kept.length === 0)
        return {};
    try {
        const worker = await (0,app_worker/* workerFor */.y)({ stateDir, isolation: 'auto', onNotice })();
        const { privilege } = await worker.isolation();
        const isRoot = privilege.startsWith('root');
        const others = kept.some((name) => (name === ROOTS) !== isRoot);
        if (!others)
            return { worker };
        const whose = isRoot ? 'in user namespaces' : 'as root';
        return { worker, unseen: `unpacked layers and cache mounts of builds ${whose}` };
    }
    catch (thrown) {
        return { unseen: `unpacked layers and cache mounts: ${(0,errors/* toBuildError */.KB)(thrown).message.split('\n')[0]}` };
    }
}


/***/ }),

/***/ 3820:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   e: () => (/* binding */ LocalFolder)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3024);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(6760);
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(7594);
/* harmony import */ var _base_make_folder_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(1044);
/* harmony import */ var _image_digest_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(7241);
/* harmony import */ var _record_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(6449);








/** A file that is written but not yet at its place is not older than this while its process lives. Milliseconds. */
const TEMPORARY_LIFE = 3_600_000;
/**
 * Files of a local cache: `v1/records/ab/<key>.json`, `v1/steps/ab/<hash of the step>` (the key of its newest record),
 * `v1/layers/ab/<diffID>`, `v1/mounts/ab/<key>.json` and `v1/documents/ab/<key>.json` (records of documents). Several processes may use one folder: a file appears whole, under its own name, or not at all, and whoever writes
 * last wins. A file's modification time is the time of its last use.
 */
class LocalFolder {
    path;
    #root;
    constructor(path) {
        this.path = path;
        this.#root = (0,node_path__WEBPACK_IMPORTED_MODULE_3__.join)(path, `v${_record_js__WEBPACK_IMPORTED_MODULE_7__/* .RECORD_FORMAT */ .q7}`);
    }
    /** Can files be made here? Makes the folder where it is missing. */
    async writable() {
        try {
            (0,_base_make_folder_js__WEBPACK_IMPORTED_MODULE_5__/* .makeFolder */ .f)(this.#root);
            await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.access)(this.#root, node_fs__WEBPACK_IMPORTED_MODULE_1__.constants.W_OK);
            return true;
        }
        catch {
            return false;
        }
    }
    /** Other errors of the file system than that there is none are thrown. */
    async exists() {
        try {
            return (await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.stat)(this.#root)).isDirectory();
        }
        catch (error) {
            if (isMissing(error))
                return false;
            throw error;
        }
    }
    async countRecords() {
        return (await listBelow((0,node_path__WEBPACK_IMPORTED_MODULE_3__.join)(this.#root, 'records'))).filter((path) => !(0,node_path__WEBPACK_IMPORTED_MODULE_3__.basename)(path).startsWith('.'))
            .length;
    }
    recordFile(key) {
        return (0,node_path__WEBPACK_IMPORTED_MODULE_3__.join)(this.#root, 'records', key.slice(0, 2), `${key}.json`);
    }
    stepFile(step) {
        const name = (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256').update(step).digest('hex');
        return (0,node_path__WEBPACK_IMPORTED_MODULE_3__.join)(this.#root, 'steps', name.slice(0, 2), name);
    }
    indexFile(diffId) {
        const name = (0,_image_digest_js__WEBPACK_IMPORTED_MODULE_6__/* .encoded */ .dS)(diffId);
        return (0,node_path__WEBPACK_IMPORTED_MODULE_3__.join)(this.#root, 'layers', name.slice(0, 2), name);
    }
    documentsFile(key) {
        return (0,node_path__WEBPACK_IMPORTED_MODULE_3__.join)(this.#root, 'documents', key.slice(0, 2), `${key}.json`);
    }
    mountFile(key) {
        return (0,node_path__WEBPACK_IMPORTED_MODULE_3__.join)(this.#root, 'mounts', key.slice(0, 2), `${key}.json`);
    }
    /** Bytes; undefined when there is no such file. */
    async size(file) {
        try {
            return (await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.stat)(file)).size;
        }
        catch (error) {
            if (isMissing(error))
                return undefined;
            throw error;
        }
    }
    /**
     * undefined when there is none. Other errors of the file system are thrown.
     * @throws BuildError `CACHE_DATA_BAD` for a file of more than `most` bytes
     */
    async read(file, most) {
        const size = await this.size(file);
        if (size !== undefined && size > most) {
            const message = `${file} has ${size} bytes, more than the ${most} that are read`;
            throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_4__/* .BuildError */ .zS({ kind: 'environment', code: 'CACHE_DATA_BAD', message });
        }
        try {
            return await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.readFile)(file);
        }
        catch (error) {
            if (isMissing(error))
                return undefined;
            throw error;
        }
    }
    async write(file, bytes) {
        const temporary = (0,node_path__WEBPACK_IMPORTED_MODULE_3__.join)((0,node_path__WEBPACK_IMPORTED_MODULE_3__.dirname)(file), `.${(0,node_path__WEBPACK_IMPORTED_MODULE_3__.basename)(file)}.${process.pid}.${(0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.randomUUID)()}.tmp`);
        try {
            (0,_base_make_folder_js__WEBPACK_IMPORTED_MODULE_5__/* .makeFolder */ .f)((0,node_path__WEBPACK_IMPORTED_MODULE_3__.dirname)(file));
            await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.writeFile)(temporary, bytes, { flag: 'wx' });
            await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.rename)(temporary, file);
        }
        catch (error) {
            await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.rm)(temporary, { force: true });
            throw error;
        }
    }
    /** Marks a file as used now. That it cannot be marked (read-only folder) or has just been deleted matters to nobody. */
    async touch(file) {
        const now = new Date();
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.utimes)(file, now, now).catch(() => undefined);
    }
    async delete(file) {
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.rm)(file, { force: true });
    }
    async *files() {
        for (const [folder, kind] of [
            ['records', 'record'],
            ['steps', 'step'],
            ['layers', 'index'],
            ['mounts', 'mount'],
            ['documents', 'record'],
        ]) {
            for (const path of await listBelow((0,node_path__WEBPACK_IMPORTED_MODULE_3__.join)(this.#root, folder))) {
                // Another process may have deleted it meanwhile.
                const found = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.stat)(path).catch(() => undefined);
                if (found === undefined)
                    continue;
                const temporary = (0,node_path__WEBPACK_IMPORTED_MODULE_3__.basename)(path).startsWith('.');
                if (temporary && found.mtimeMs > Date.now() - TEMPORARY_LIFE)
                    continue;
                yield { path, kind: temporary ? 'temporary' : kind, size: found.size, lastUsed: found.mtime };
            }
        }
    }
}
async function listBelow(folder) {
    const found = [];
    for (const part of await entriesOf(folder)) {
        if (!part.isDirectory())
            continue;
        for (const file of await entriesOf((0,node_path__WEBPACK_IMPORTED_MODULE_3__.join)(folder, part.name))) {
            if (file.isFile())
                found.push((0,node_path__WEBPACK_IMPORTED_MODULE_3__.join)(folder, part.name, file.name));
        }
    }
    return found;
}
async function entriesOf(folder) {
    try {
        return await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.readdir)(folder, { withFileTypes: true });
    }
    catch (error) {
        if (isMissing(error))
            return [];
        throw error;
    }
}
function isMissing(error) {
    const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
    return code === 'ENOENT' || code === 'ENOTDIR';
}


/***/ }),

/***/ 2941:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $: () => (/* binding */ DOCUMENTS_LIMIT)
/* harmony export */ });
/** Most documents that a record has, and most bytes of all of them: every build reads them with the cache's index. */
const DOCUMENTS_LIMIT = { count: 32, size: 256 * 1024 };


/***/ }),

/***/ 5653:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Pf: () => (/* binding */ fieldsOf),
/* harmony export */   qF: () => (/* binding */ parseJson),
/* harmony export */   sn: () => (/* binding */ badData)
/* harmony export */ });
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7594);
/* harmony import */ var _image_json_fields_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(9809);


/** Fields of a parsed JSON object that a cache gave. @throws BuildError `CACHE_DATA_BAD` when it is none, as all methods of what is returned */
function fieldsOf(value, where) {
    return _image_json_fields_js__WEBPACK_IMPORTED_MODULE_1__/* .JsonFields */ .A.of(value, where, badData);
}
/** @throws BuildError `CACHE_DATA_BAD` for text that is not JSON */
function parseJson(text, where) {
    try {
        return JSON.parse(text);
    }
    catch (cause) {
        throw badData(`${where} is not JSON`, cause);
    }
}
/** What a cache gave cannot be used. */
function badData(message, cause) {
    return new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildError */ .zS({ kind: 'remote', code: 'CACHE_DATA_BAD', message, cause });
}


/***/ }),

/***/ 8478:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   O: () => (/* binding */ decodeMount),
/* harmony export */   m: () => (/* binding */ encodeMount)
/* harmony export */ });
/* harmony import */ var _image_cache_key_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(445);
/* harmony import */ var _image_digest_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7241);
/* harmony import */ var _cache_data_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(5653);



const LONGEST_ID = 4096;
const MOST_MEMBERS = 4_000_000;
function encodeMount({ key, id, platform, archive, savedAt }) {
    const { digest, size, unpacked, members } = archive;
    return { key, id: id.slice(0, LONGEST_ID), platform, digest, size, unpacked, members, savedAt };
}
/**
 * Reads what encodeMount made. Nothing in it is trusted.
 * @throws BuildError `CACHE_DATA_BAD`, and those of the parsers of keys and digests
 */
function decodeMount(value) {
    const fields = (0,_cache_data_js__WEBPACK_IMPORTED_MODULE_2__/* .fieldsOf */ .Pf)(value, 'mount');
    return {
        key: (0,_image_cache_key_js__WEBPACK_IMPORTED_MODULE_0__/* .parseCacheKey */ .d)(fields.text('key', 64)),
        id: fields.text('id', LONGEST_ID),
        platform: fields.text('platform', 256),
        archive: {
            digest: (0,_image_digest_js__WEBPACK_IMPORTED_MODULE_1__/* .parseDigest */ .m)(fields.text('digest', 256)),
            size: fields.count('size'),
            unpacked: fields.count('unpacked'),
            members: fields.count('members', MOST_MEMBERS),
        },
        savedAt: fields.count('savedAt'),
    };
}


/***/ }),

/***/ 6449:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   EQ: () => (/* binding */ checkRecord),
/* harmony export */   Ls: () => (/* binding */ INLINE_INDEX_LIMIT),
/* harmony export */   YU: () => (/* binding */ sameResult),
/* harmony export */   Ym: () => (/* binding */ encodeRecord),
/* harmony export */   aI: () => (/* binding */ isResult),
/* harmony export */   eT: () => (/* binding */ decodeRecord),
/* harmony export */   jI: () => (/* binding */ byAge),
/* harmony export */   q7: () => (/* binding */ RECORD_FORMAT)
/* harmony export */ });
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7594);
/* harmony import */ var _image_cache_key_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(445);
/* harmony import */ var _image_digest_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(7241);
/* harmony import */ var _build_cache_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(2941);
/* harmony import */ var _cache_data_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(5653);





/** Raised whenever a stored record can no longer be read by the code before it; part of every key and file name that holds records. */
const RECORD_FORMAT = 1;
/** What a layer holds goes with its record up to this; when it is bigger it is kept apart and read when it is needed. Bytes as serialised. */
const INLINE_INDEX_LIMIT = 64 * 1024;
const MOST_PARTS = 20_000;
const LONGEST_STEP = 64 * 1024;
const MOST_SOURCES = 64;
const MOST_ANNOTATIONS = 64;
/** Parts only explain a miss; a record whose parts are longer than this in all is kept without them. Characters. */
const LONGEST_PARTS = 256 * 1024;
function encodeRecord(record) {
    return {
        key: record.key,
        ...(record.contentKey === undefined ? {} : { contentKey: record.contentKey }),
        step: record.step.slice(0, LONGEST_STEP),
        parts: encodeParts(record.parts),
        createdAt: record.createdAt,
        ...(record.parent === undefined ? {} : { parent: record.parent }),
        ...(record.layer === undefined ? {} : { layer: encodeLayer(record.layer) }),
        // Programs that know of no documents leave them out, and are read all the same.
        ...(record.documents === undefined ? {} : { documents: record.documents }),
    };
}
/**
 * Reads what encodeRecord made. Nothing in it is trusted: types, sizes and digests' forms are checked.
 * @throws BuildError `CACHE_DATA_BAD`
 */
function decodeRecord(value) {
    const fields = (0,_cache_data_js__WEBPACK_IMPORTED_MODULE_4__/* .fieldsOf */ .Pf)(value, 'record');
    return checked('record', () => ({
        key: (0,_image_cache_key_js__WEBPACK_IMPORTED_MODULE_1__/* .parseCacheKey */ .d)(fields.text('key', 64)),
        ...(fields.has('contentKey') ? { contentKey: (0,_image_cache_key_js__WEBPACK_IMPORTED_MODULE_1__/* .parseCacheKey */ .d)(fields.text('contentKey', 64)) } : {}),
        step: fields.text('step', LONGEST_STEP),
        parts: fields.list('parts', MOST_PARTS).map(decodePart),
        createdAt: decodeDate(fields.text('createdAt', 40)),
        ...(fields.has('parent') ? { parent: decodeParent(fields.text('parent', 256)) } : {}),
        ...(fields.has('layer') ? { layer: decodeLayer(fields.object('layer')) } : {}),
        ...(fields.has('documents') ? { documents: decodeDocuments(fields) } : {}),
    }));
}
/**
 * A record that cannot be read back is of no use to who keeps it, and spoils an index that it is in.
 * @throws BuildError `CACHE_DATA_BAD`
 */
function checkRecord(record) {
    decodeRecord(encodeRecord(record));
}
/** Newest first. */
function byAge(a, b) {
    return a.createdAt < b.createdAt ? 1 : a.createdAt > b.createdAt ? -1 : 0;
}
/** Would the two lead to the same image, and be found in the same ways? Times and what only explains do not count. */
function sameResult(a, b) {
    return (a.parent === b.parent &&
        a.contentKey === b.contentKey &&
        a.layer?.descriptor.digest === b.layer?.descriptor.digest &&
        a.documents?.join('\n') === b.documents?.join('\n'));
}
/** Does it count as a result, in reports? */
function isResult({ documents }) {
    return documents === undefined;
}
function encodeParts(parts) {
    const length = parts.reduce((sum, { name, value }) => sum + name.length + value.length, 0);
    if (length > LONGEST_PARTS || parts.length > MOST_PARTS)
        return [];
    return parts.map((part) => [part.name, part.value]);
}
function decodePart(value) {
    if (!Array.isArray(value) || value.length !== 2)
        throw (0,_cache_data_js__WEBPACK_IMPORTED_MODULE_4__/* .badData */ .sn)('a part is no pair');
    const fields = (0,_cache_data_js__WEBPACK_IMPORTED_MODULE_4__/* .fieldsOf */ .Pf)({ name: value[0], value: value[1] }, 'part');
    return { name: fields.text('name', LONGEST_PARTS), value: fields.text('value', LONGEST_PARTS) };
}
function encodeLayer(layer) {
    const { mediaType, digest, size, annotations } = layer.descriptor;
    return {
        mediaType,
        digest,
        size,
        ...(annotations === undefined ? {} : { annotations }),
        diffId: layer.diffId,
        sources: layer.sources.slice(0, MOST_SOURCES).map(({ host, path }) => ({ host, path })),
    };
}
function decodeLayer(fields) {
    const descriptor = {
        mediaType: fields.text('mediaType', 255),
        digest: (0,_image_digest_js__WEBPACK_IMPORTED_MODULE_2__/* .parseDigest */ .m)(fields.text('digest', 256)),
        size: fields.count('size'),
        ...(fields.has('annotations')
            ? { annotations: fields.object('annotations').texts(MOST_ANNOTATIONS, 4096) }
            : {}),
    };
    const sources = fields.list('sources', MOST_SOURCES).map((value) => {
        const source = (0,_cache_data_js__WEBPACK_IMPORTED_MODULE_4__/* .fieldsOf */ .Pf)(value, 'source');
        return { host: source.text('host', 255), path: source.text('path', 255) };
    });
    return { descriptor, diffId: (0,_image_digest_js__WEBPACK_IMPORTED_MODULE_2__/* .parseDiffId */ .Kf)(fields.text('diffId', 256)), sources };
}
function decodeDocuments(fields) {
    const { count, size } = _build_cache_js__WEBPACK_IMPORTED_MODULE_3__/* .DOCUMENTS_LIMIT */ .$;
    let rest = size;
    return fields.list('documents', count).map((document) => {
        const text = (0,_cache_data_js__WEBPACK_IMPORTED_MODULE_4__/* .fieldsOf */ .Pf)({ document }, 'record').text('document', rest);
        rest -= text.length;
        return text;
    });
}
function decodeParent(text) {
    return text === '' ? text : (0,_image_digest_js__WEBPACK_IMPORTED_MODULE_2__/* .parseDigest */ .m)(text);
}
function decodeDate(text) {
    const time = Date.parse(text);
    if (Number.isNaN(time))
        throw (0,_cache_data_js__WEBPACK_IMPORTED_MODULE_4__/* .badData */ .sn)(`"${text}" is no time`);
    return new Date(time).toISOString();
}
/** Parsers of other rooms throw errors of their own, which would blame the wrong one. */
function checked(what, read) {
    try {
        return read();
    }
    catch (cause) {
        if (cause instanceof _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildError */ .zS && cause.code === 'CACHE_DATA_BAD')
            throw cause;
        throw (0,_cache_data_js__WEBPACK_IMPORTED_MODULE_4__/* .badData */ .sn)(`a ${what} of the cache cannot be read`, cause);
    }
}


/***/ }),

/***/ 445:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   d: () => (/* binding */ parseCacheKey)
/* harmony export */ });
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7594);

/** @throws BuildError `BAD_CACHE_KEY` */
function parseCacheKey(text) {
    if (!/^[0-9a-f]{64}$/.test(text)) {
        throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildError */ .zS({ kind: 'bug', code: 'BAD_CACHE_KEY', message: `"${text}" is not a cache key` });
    }
    return text;
}


/***/ }),

/***/ 9809:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   A: () => (/* binding */ JsonFields),
/* harmony export */   F: () => (/* binding */ badManifest)
/* harmony export */ });
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7594);

/** Error code by which bad JSON of an image is told. */
const CODE = 'BAD_MANIFEST';
/**
 * Reads fields of JSON from elsewhere; every answer is of the promised type and within its limits, everything else an error that names the field. null
 * counts as missing, as Go writes it for empty lists. Unknown fields are left alone.
 */
class JsonFields {
    #value;
    #where;
    #fault;
    constructor(value, where, fault) {
        this.#value = value;
        this.#where = where;
        this.#fault = fault;
    }
    /** @throws BuildError `BAD_MANIFEST` for anything but a JSON object in UTF-8 */
    static parse(bytes, what) {
        let value;
        try {
            value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
        }
        catch (cause) {
            throw badManifest(`The ${what} is not JSON`, cause);
        }
        return JsonFields.of(value, what);
    }
    /** @param fault makes all errors of what is returned; default: BuildError `BAD_MANIFEST` */
    static of(value, where, fault = badManifest) {
        if (typeof value !== 'object' || value === null || Array.isArray(value)) {
            throw fault(`${where} is not an object`);
        }
        return new JsonFields(value, where, fault);
    }
    has(name) {
        return this.#get(name) !== undefined;
    }
    /** @param most characters */
    text(name, most = Number.POSITIVE_INFINITY) {
        const value = this.optionalText(name) ?? this.#missing(name);
        if (value.length > most)
            throw this.#fault(`${this.#name(name)} is longer than ${most} characters`);
        return value;
    }
    optionalText(name) {
        const value = this.#get(name);
        if (value === undefined || typeof value === 'string')
            return value;
        throw this.#wrong(name, 'a text');
    }
    /** A whole number from 0. */
    count(name, most = Number.MAX_SAFE_INTEGER) {
        const value = this.optionalCount(name) ?? this.#missing(name);
        if (value > most)
            throw this.#fault(`${this.#name(name)} is more than ${most}`);
        return value;
    }
    /** A whole number from `least` on. */
    integer(name, least) {
        const value = this.#get(name) ?? this.#missing(name);
        if (Number.isSafeInteger(value) && Number(value) >= least)
            return Number(value);
        throw this.#wrong(name, `a whole number from ${least} on`);
    }
    optionalCount(name) {
        const value = this.#get(name);
        if (value === undefined || (Number.isSafeInteger(value) && Number(value) >= 0))
            return value;
        throw this.#wrong(name, 'a whole number');
    }
    optionalBoolean(name) {
        const value = this.#get(name);
        if (value === undefined || typeof value === 'boolean')
            return value;
        throw this.#wrong(name, 'true or false');
    }
    object(name) {
        return this.optionalObject(name) ?? this.#missing(name);
    }
    optionalObject(name) {
        const value = this.#get(name);
        return value === undefined ? undefined : JsonFields.of(value, this.#name(name), this.#fault);
    }
    objects(name) {
        return this.#list(name).map((item, i) => JsonFields.of(item, `${this.#name(name)}[${i}]`, this.#fault));
    }
    /** Members of any type; it has to be there. */
    list(name, most) {
        if (!this.has(name))
            return this.#missing(name);
        const list = this.#list(name);
        if (list.length > most)
            throw this.#fault(`${this.#name(name)} has more than ${most} members`);
        return list;
    }
    /** All fields as texts. */
    texts(most, longest) {
        const names = Object.keys(this.#value);
        if (names.length > most)
            throw this.#fault(`${this.#where} has more than ${most} members`);
        return Object.fromEntries(names.map((name) => [name, this.text(name, longest)]));
    }
    optionalTexts(name) {
        if (!this.has(name))
            return undefined;
        const list = this.#list(name);
        if (list.every((item) => typeof item === 'string'))
            return list;
        throw this.#wrong(name, 'a list of texts');
    }
    optionalTextMap(name) {
        const map = this.#map(name);
        if (map === undefined || Object.values(map).every((item) => typeof item === 'string')) {
            return map;
        }
        throw this.#wrong(name, 'an object of texts');
    }
    /** Names whose values are empty objects, as `Volumes` has them. */
    optionalSet(name) {
        const map = this.#map(name);
        if (map === undefined)
            return undefined;
        return Object.fromEntries(Object.keys(map).map((key) => [key, {}]));
    }
    /** All fields but these, null ones left out. */
    others(known) {
        return Object.fromEntries(Object.entries(this.#value).filter(([name, value]) => !known.includes(name) && value !== null));
    }
    #get(name) {
        return Object.hasOwn(this.#value, name) ? (this.#value[name] ?? undefined) : undefined;
    }
    #map(name) {
        const fields = this.optionalObject(name);
        return fields === undefined ? undefined : fields.#value;
    }
    #list(name) {
        const value = this.#get(name) ?? [];
        if (Array.isArray(value))
            return value;
        throw this.#wrong(name, 'a list');
    }
    #name(name) {
        return `${this.#where}.${name}`;
    }
    #missing(name) {
        throw this.#fault(`${this.#name(name)} is missing`);
    }
    #wrong(name, wanted) {
        return this.#fault(`${this.#name(name)} is not ${wanted}`);
    }
}
function badManifest(message, cause) {
    return new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildError */ .zS({ kind: 'remote', code: CODE, message, cause });
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


/***/ })

};
