export const id = 231;
export const ids = [231];
export const modules = {

/***/ 4503:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   hx: () => (/* binding */ CacheIndex),
/* harmony export */   kb: () => (/* binding */ dayOf)
/* harmony export */ });
/* unused harmony export layerBlob */
/* harmony import */ var _image_digest_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7241);
/* harmony import */ var _cache_data_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5653);
/* harmony import */ var _cached_mount_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(8478);
/* harmony import */ var _record_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(6449);




const MOST_RECORDS = 5000;
const MOST_MOUNTS = 200;
/** Every build downloads the index. */
const MOST_BYTES = 6 * 1024 * 1024;
/** Days of the index's clock without use after which a record goes. The Actions cache itself deletes entries after 7. */
const MOST_AGE = 30;
/** What the place of a blob takes as JSON, about, and what a mount takes. */
const BLOB_BYTES = 250;
const MOUNT_BYTES = 500;
/** A layer and its index for each record, an archive for each mount. */
const MOST_BLOBS = 2 * MOST_RECORDS + MOST_MOUNTS;
const LONGEST_KEY = 512;
const DAY = 86_400_000;
/** Records, cache mounts and the places of their blobs: what one index entry of the cache service says. Immutable; changes make a new one. */
class CacheIndex {
    records;
    blobs;
    mounts;
    clock;
    /** @param clock default: the day of the last use in it */
    constructor(records = [], blobs = [], mounts = [], clock) {
        this.records = new Map([...records].map((indexed) => [indexed.record.key, indexed]));
        this.blobs = new Map([...blobs].map((blob) => [blob.digest, blob]));
        this.mounts = new Map([...mounts].map((indexed) => [indexed.mount.key, indexed]));
        this.clock = clock ?? clockOf([...this.records.values(), ...this.mounts.values()]);
    }
    get isEmpty() {
        return this.records.size === 0 && this.mounts.size === 0;
    }
    /** Records but those that only hold documents of images. */
    get resultCount() {
        return [...this.records.values()].filter(({ record }) => (0,_record_js__WEBPACK_IMPORTED_MODULE_3__/* .isResult */ .aI)(record)).length;
    }
    /** Bytes of all blobs. */
    get size() {
        return [...this.blobs.values()].reduce((sum, { size }) => sum + size, 0);
    }
    /** The same as a build finds it that uses it on this day of its machine's clock, in days since 1970. */
    onDay(told) {
        const { day, seen } = this.clock;
        if (this.isEmpty)
            return new CacheIndex([], this.blobs.values(), [], { day: told, seen: told });
        if (told <= seen)
            return this;
        return new CacheIndex(this.records.values(), this.blobs.values(), this.mounts.values(), {
            day: day + 1,
            seen: told,
        });
    }
    /**
     * All of both; where both know a record, a mount or a blob, `newer` is right, but the last use is the later one of the two. Each keeps the age that
     * it has by the clock of its index.
     */
    mergedWith(newer) {
        const [one, other] = [this.clock, newer.clock];
        const clock = { day: Math.max(one.day, other.day), seen: Math.max(one.seen, other.seen) };
        const late = [clock.day - one.day, clock.day - other.day];
        return new CacheIndex(merged(this.records, newer.records, late), new Map([...this.blobs, ...newer.blobs]).values(), merged(this.mounts, newer.mounts, late), clock);
    }
    /** Without entries that are gone from the service, the records and mounts that need them, and blobs that nothing needs. */
    without(goneEntries) {
        const blobs = new Map([...this.blobs].filter(([, { place }]) => place.type === 'inline' || !goneEntries.has(place.key)));
        const records = [...this.records.values()].filter((indexed) => isWhole(indexed, this.blobs, blobs));
        const mounts = [...this.mounts.values()].filter(({ mount }) => blobs.has(mount.archive.digest));
        const needed = [...neededBy(records, blobs), ...archivesOf(mounts, blobs)];
        return new CacheIndex(records, needed, mounts, this.clock);
    }
    /** The most recently used records and mounts, as many as an index may have. `most` bytes of JSON, roughly. */
    trimmed(most = MOST_BYTES) {
        const oldest = this.clock.day - MOST_AGE;
        const kept = [];
        const mounts = [...this.mounts.values()]
            .filter(({ lastUsed }) => lastUsed >= oldest)
            .sort((a, b) => b.lastUsed - a.lastUsed)
            .slice(0, MOST_MOUNTS);
        const archives = [...archivesOf(mounts, this.blobs)];
        const counted = new Set(archives.map(({ digest }) => digest));
        let bytes = archives.reduce((sum, { place }) => sum + MOUNT_BYTES + sizeOf(place), 0);
        const newestFirst = [...this.records.values()].sort((a, b) => b.lastUsed - a.lastUsed || (0,_record_js__WEBPACK_IMPORTED_MODULE_3__/* .byAge */ .jI)(a.record, b.record));
        for (const indexed of newestFirst) {
            bytes += Buffer.byteLength(JSON.stringify(encodeIndexedRecord(indexed)));
            for (const { digest, place } of neededBy([indexed], this.blobs)) {
                if (!counted.has(digest))
                    bytes += sizeOf(place);
                counted.add(digest);
            }
            if (bytes > most || kept.length >= MOST_RECORDS || indexed.lastUsed < oldest)
                break;
            kept.push(indexed);
        }
        if (kept.length === this.records.size && mounts.length === this.mounts.size)
            return this;
        return new CacheIndex(kept, [...neededBy(kept, this.blobs), ...archives], mounts, this.clock);
    }
    /** Newest record of each step. */
    newestBySteps() {
        const newest = new Map();
        for (const { record } of this.records.values()) {
            const other = newest.get(record.step);
            if (other === undefined || (0,_record_js__WEBPACK_IMPORTED_MODULE_3__/* .byAge */ .jI)(record, other) < 0)
                newest.set(record.step, record);
        }
        return newest;
    }
    /** Newest record of each content key. */
    byContent() {
        const newest = new Map();
        for (const indexed of this.records.values()) {
            const { contentKey } = indexed.record;
            if (contentKey === undefined)
                continue;
            const other = newest.get(contentKey);
            if (other === undefined || (0,_record_js__WEBPACK_IMPORTED_MODULE_3__/* .byAge */ .jI)(indexed.record, other.record) < 0)
                newest.set(contentKey, indexed);
        }
        return newest;
    }
    /** A record that tells what this layer holds. */
    withLayerIndex(diffId) {
        for (const indexed of this.records.values()) {
            if (indexed.layerIndex !== undefined && indexed.record.layer?.diffId === diffId)
                return indexed;
        }
        return undefined;
    }
    toJson() {
        const { day, seen } = this.clock;
        return {
            clock: { day, seen },
            records: [...this.records.values()].map(encodeIndexedRecord),
            ...(this.mounts.size === 0 ? {} : { mounts: [...this.mounts.values()].map(encodeIndexedMount) }),
            blobs: [...this.blobs.values()].map(({ digest, size, place }) => ({
                digest,
                size,
                ...(place.type === 'inline'
                    ? { inline: Buffer.from(place.bytes).toString('base64') }
                    : { entry: place.key, ...(place.offset === undefined ? {} : { offset: place.offset }) }),
            })),
        };
    }
    /** @throws BuildError `CACHE_DATA_BAD`, and those of the parsers of keys and digests */
    static fromJson(value) {
        const fields = (0,_cache_data_js__WEBPACK_IMPORTED_MODULE_1__/* .fieldsOf */ .Pf)(value, 'index');
        const clock = fields.has('clock') ? fields.object('clock') : undefined;
        return new CacheIndex(fields.list('records', 2 * MOST_RECORDS).map(decodeIndexedRecord), fields.list('blobs', MOST_BLOBS).map(decodeBlob), 
        // Older programs know of no mounts.
        fields.has('mounts') ? fields.list('mounts', 2 * MOST_MOUNTS).map(decodeIndexedMount) : [], clock === undefined ? undefined : { day: clock.count('day'), seen: clock.count('seen') });
    }
}
/** Days since 1970, the grain of the clock: an index need not be saved more than once a day for it. */
function dayOf(time) {
    return Math.max(0, Math.floor(time.getTime() / DAY));
}
function layerBlob(record) {
    return record.layer?.descriptor.digest;
}
function clockOf(used) {
    const day = used.reduce((latest, { lastUsed }) => Math.max(latest, lastUsed), 0);
    return { day, seen: day };
}
/** @param late days by which the clock of each is behind the common one */
function merged(older, newer, [olderLate, newerLate]) {
    const all = new Map();
    for (const [key, value] of older)
        all.set(key, { ...value, lastUsed: value.lastUsed + olderLate });
    for (const [key, value] of newer) {
        const lastUsed = Math.max(value.lastUsed + newerLate, all.get(key)?.lastUsed ?? 0);
        all.set(key, { ...value, lastUsed });
    }
    return all.values();
}
/** Bytes that a blob adds to the index, about. */
function sizeOf(place) {
    return BLOB_BYTES + (place.type === 'inline' ? 1.34 * place.bytes.length : 0);
}
function isWhole({ record }, before, after) {
    const blob = layerBlob(record);
    // A layer that was never here has its sources elsewhere.
    return blob === undefined || !before.has(blob) || after.has(blob);
}
function* neededBy(records, blobs) {
    for (const { record, layerIndex } of records) {
        for (const digest of [layerBlob(record), layerIndex]) {
            const blob = digest === undefined ? undefined : blobs.get(digest);
            if (blob !== undefined)
                yield blob;
        }
    }
}
function* archivesOf(mounts, blobs) {
    for (const { mount } of mounts) {
        const blob = blobs.get(mount.archive.digest);
        if (blob !== undefined)
            yield blob;
    }
}
function encodeIndexedMount({ mount, lastUsed }) {
    return { ...(0,_cached_mount_js__WEBPACK_IMPORTED_MODULE_2__/* .encodeMount */ .m)(mount), lastUsed };
}
function decodeIndexedMount(value) {
    return { mount: (0,_cached_mount_js__WEBPACK_IMPORTED_MODULE_2__/* .decodeMount */ .O)(value), lastUsed: (0,_cache_data_js__WEBPACK_IMPORTED_MODULE_1__/* .fieldsOf */ .Pf)(value, 'mount').count('lastUsed') };
}
function encodeIndexedRecord({ record, lastUsed, layerIndex }) {
    return { ...(0,_record_js__WEBPACK_IMPORTED_MODULE_3__/* .encodeRecord */ .Ym)(record), lastUsed, ...(layerIndex === undefined ? {} : { layerIndex }) };
}
function decodeIndexedRecord(value) {
    const fields = (0,_cache_data_js__WEBPACK_IMPORTED_MODULE_1__/* .fieldsOf */ .Pf)(value, 'record');
    return {
        record: (0,_record_js__WEBPACK_IMPORTED_MODULE_3__/* .decodeRecord */ .eT)(value),
        lastUsed: fields.count('lastUsed'),
        ...(fields.has('layerIndex') ? { layerIndex: (0,_image_digest_js__WEBPACK_IMPORTED_MODULE_0__/* .parseDigest */ .m)(fields.text('layerIndex', 256)) } : {}),
    };
}
function decodeBlob(value) {
    const fields = (0,_cache_data_js__WEBPACK_IMPORTED_MODULE_1__/* .fieldsOf */ .Pf)(value, 'blob');
    const blob = { digest: (0,_image_digest_js__WEBPACK_IMPORTED_MODULE_0__/* .parseDigest */ .m)(fields.text('digest', 256)), size: fields.count('size') };
    if (fields.has('inline')) {
        return {
            ...blob,
            place: { type: 'inline', bytes: Buffer.from(fields.text('inline', 1 << 24), 'base64') },
        };
    }
    const key = fields.text('entry', LONGEST_KEY);
    const offset = fields.has('offset') ? { offset: fields.count('offset') } : {};
    return { ...blob, place: { type: 'entry', key, ...offset } };
}


/***/ }),

/***/ 9543:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   C3: () => (/* binding */ LONGEST_INDEX),
/* harmony export */   fE: () => (/* binding */ decodeIndexFile),
/* harmony export */   h7: () => (/* binding */ indexTooBig),
/* harmony export */   je: () => (/* binding */ entriesNamedIn),
/* harmony export */   rO: () => (/* binding */ encodeIndexFile)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);
/* harmony import */ var node_util__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7975);
/* harmony import */ var node_zlib__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(8522);
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(7594);
/* harmony import */ var _cache_data_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(5653);
/* harmony import */ var _texts_in_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(3712);
/* harmony import */ var _cache_index_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(4503);
/* harmony import */ var _keys_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(4186);








/**
 * Longest index that is read, as stored and as JSON. Bytes. None that is written has half of it (see CacheIndex.trimmed), and parsing takes forty
 * times its memory at worst.
 */
const LONGEST_INDEX = 16 * 1024 * 1024;
const LONGEST_JSON = 16 * 1024 * 1024;
/** First line of the file: this, then the SHA-256 of what follows the line, then its signature, both in hex; `-` for no signature. */
const MAGIC = 'ts-image-build cache index 1';
const UNSIGNED = '-';
const compress = (0,node_util__WEBPACK_IMPORTED_MODULE_1__.promisify)(node_zlib__WEBPACK_IMPORTED_MODULE_2__.zstdCompress);
const decompress = (0,node_util__WEBPACK_IMPORTED_MODULE_1__.promisify)(node_zlib__WEBPACK_IMPORTED_MODULE_2__.zstdDecompress);
/** The file: a line with the format, checksum and signature, then JSON compressed with zstd (which by itself does not see every changed byte). */
async function encodeIndexFile(index, identity) {
    const { scope, platform, secret } = identity;
    const body = await compress(Buffer.from(JSON.stringify({ scope, platform, ...index.toJson() })));
    const signature = secret === undefined ? UNSIGNED : sign(body, secret);
    return Buffer.concat([Buffer.from(`${MAGIC} ${checksum(body)} ${signature}\n`), body]);
}
/**
 * @throws BuildError `CACHE_DATA_BAD` for what is damaged or for another image; `CACHE_NOT_SIGNED` when a secret is given and the signature
 * is missing or made with another one
 */
async function decodeIndexFile(bytes, identity) {
    const { body, sum, signature } = split(bytes);
    if (identity.secret !== undefined)
        checkSignature(body, signature, identity.secret);
    if (sum !== checksum(body))
        throw (0,_cache_data_js__WEBPACK_IMPORTED_MODULE_4__/* .badData */ .sn)('the index is damaged');
    const value = (0,_cache_data_js__WEBPACK_IMPORTED_MODULE_4__/* .parseJson */ .qF)(await textOf(body), 'the index');
    const { scope, platform } = identity;
    if (!isFor(value, scope, platform))
        throw (0,_cache_data_js__WEBPACK_IMPORTED_MODULE_4__/* .badData */ .sn)('the index is for another image');
    try {
        return _cache_index_js__WEBPACK_IMPORTED_MODULE_5__/* .CacheIndex */ .hx.fromJson(value);
    }
    catch (cause) {
        throw (0,_cache_data_js__WEBPACK_IMPORTED_MODULE_4__/* .badData */ .sn)('the index cannot be read', cause);
    }
}
/**
 * Keys of the entries that an index needs, for whoever cleans up: whatever it is for, and not asking for a signature, since a wrong index can
 * only spare something.
 * @throws BuildError `CACHE_DATA_BAD`
 */
async function entriesNamedIn(bytes) {
    const { body } = split(bytes);
    const value = (0,_cache_data_js__WEBPACK_IMPORTED_MODULE_4__/* .parseJson */ .qF)(await textOf(body), 'the index');
    return new Set([...(0,_texts_in_js__WEBPACK_IMPORTED_MODULE_7__/* .textsIn */ .E)(value)].filter((text) => text.startsWith(_keys_js__WEBPACK_IMPORTED_MODULE_6__/* .KEY_PREFIX */ .nF)));
}
/** What does not fit `LONGEST_INDEX`; nothing that was written here has so much. */
function indexTooBig(cause) {
    return new _base_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .BuildError */ .zS({
        kind: 'remote',
        code: 'CACHE_DATA_BAD',
        message: `it has more than ${LONGEST_INDEX / 1024 / 1024} MiB`,
        hint: 'A build that writes this cache puts a new one in its place; where none does, delete it, or give the cache another name.',
        cause,
    });
}
function split(bytes) {
    const end = bytes.indexOf(0x0a);
    const line = end < 0 ? '' : bytes.toString('latin1', 0, end);
    if (!line.startsWith(`${MAGIC} `))
        throw (0,_cache_data_js__WEBPACK_IMPORTED_MODULE_4__/* .badData */ .sn)('the index has another format');
    const [sum, signature = UNSIGNED] = line.slice(MAGIC.length + 1).split(' ');
    return { body: bytes.subarray(end + 1), sum, signature };
}
async function textOf(body) {
    const json = await decompress(body, { maxOutputLength: LONGEST_JSON }).catch((cause) => {
        if (cause.code === 'ERR_BUFFER_TOO_LARGE')
            throw indexTooBig(cause);
        throw (0,_cache_data_js__WEBPACK_IMPORTED_MODULE_4__/* .badData */ .sn)('the index cannot be decompressed', cause);
    });
    return json.toString('utf8');
}
function checkSignature(body, given, secret) {
    const expected = Buffer.from(sign(body, secret));
    const found = Buffer.from(given);
    if (found.length === expected.length && (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.timingSafeEqual)(found, expected))
        return;
    throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .BuildError */ .zS({
        kind: 'remote',
        code: 'CACHE_NOT_SIGNED',
        message: given === UNSIGNED
            ? 'the index is not signed'
            : 'the signature of the index was made with another secret, or it was changed',
    });
}
function checksum(body) {
    return (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256').update(body).digest('hex');
}
function sign(body, secret) {
    return (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHmac)('sha256', secret).update(`${MAGIC}\n`).update(body).digest('hex');
}
function isFor(value, scope, platform) {
    if (typeof value !== 'object' || value === null)
        return false;
    return 'scope' in value && value.scope === scope && 'platform' in value && value.platform === platform;
}


/***/ }),

/***/ 4186:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Cx: () => (/* binding */ indexPlace),
/* harmony export */   K9: () => (/* binding */ layerDigest),
/* harmony export */   l7: () => (/* binding */ packKey),
/* harmony export */   n3: () => (/* binding */ layerKey),
/* harmony export */   nF: () => (/* binding */ KEY_PREFIX)
/* harmony export */ });
/* harmony import */ var _image_digest_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7241);

/** All our entries begin so: nothing else is ever read or deleted. */
const KEY_PREFIX = 'ts-image-build-';
/** A blob on its own, exactly as it goes into the image. `generation` is another place for one whose first entry turned out to be damaged. */
function layerKey(digest, generation = '') {
    return `${KEY_PREFIX}L-${(0,_image_digest_js__WEBPACK_IMPORTED_MODULE_0__/* .encoded */ .dS)(digest)}${generation === '' ? '' : `.${generation}`}`;
}
/** Several small blobs one after the other; `digest` is of all their bytes. */
function packKey(digest) {
    return `${KEY_PREFIX}P-${(0,_image_digest_js__WEBPACK_IMPORTED_MODULE_0__/* .encoded */ .dS)(digest)}`;
}
/** The digest in a layer's key; undefined for other keys. */
function layerDigest(key) {
    const hex = /-L-([0-9a-f]{64}|[0-9a-f]{128})(?:\..*)?$/.exec(key)?.[1];
    return hex === undefined ? undefined : (0,_image_digest_js__WEBPACK_IMPORTED_MODULE_0__/* .parseDigest */ .m)(`${hex.length === 64 ? 'sha256' : 'sha512'}:${hex}`);
}
/** What an index's key says: whose chain it is in, and its number there. undefined for other keys. */
function indexPlace(key) {
    const [, chain, digits] = /^(ts-image-build-I-.+-)(\d{8})$/.exec(key) ?? [];
    return chain === undefined ? undefined : { chain, sequence: Number(digits) };
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

/***/ 3712:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   E: () => (/* binding */ textsIn)
/* harmony export */ });
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

/***/ 7145:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   w: () => (/* binding */ oneChunk)
/* harmony export */ });
/** Bytes that are in memory, for what takes them as a stream. */
async function* oneChunk(bytes) {
    yield bytes;
}


/***/ })

};
