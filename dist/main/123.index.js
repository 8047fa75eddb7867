export const id = 123;
export const ids = [123];
export const modules = {

/***/ 42:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   A: () => (/* binding */ bodiesOf)
/* harmony export */ });
/** The bytes of files, one after the other. */
async function* bodiesOf(tree, nodes) {
    for await (const { body } of tree.read(nodes))
        yield* body ?? [];
}


/***/ }),

/***/ 2214:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   b: () => (/* binding */ dockerfileFrom)
/* harmony export */ });
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7594);

/** Nobody writes a longer Dockerfile; something else was meant. Bytes. */
const LONGEST = 8 * 1024 * 1024;
/**
 * The text of a Dockerfile that comes as a stream.
 * @param name what messages call the stream
 * @throws BuildError `NOT_A_DOCKERFILE`
 */
async function dockerfileFrom(bytes, name) {
    const chunks = [];
    let size = 0;
    for await (const chunk of bytes) {
        size += chunk.length;
        if (size > LONGEST)
            throw notADockerfile(name, `it is longer than ${LONGEST} bytes`);
        chunks.push(chunk);
    }
    const all = Buffer.concat(chunks);
    if (all.includes(0))
        throw notADockerfile(name, 'it has zero bytes in it');
    if (all.toString('utf8').trim() === '')
        throw notADockerfile(name, 'it is empty');
    return all.toString('utf8');
}
function notADockerfile(name, why) {
    return new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildError */ .zS({
        kind: 'user',
        code: 'NOT_A_DOCKERFILE',
        message: `${name} is neither a Dockerfile nor an archive that can be read: ${why}`,
        hint: 'Archives are tar files, plain or compressed with gzip, bzip2, xz or zstd.',
    });
}


/***/ }),

/***/ 8123:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  fetchDockerfile: () => (/* binding */ fetchDockerfile),
  fetchDownload: () => (/* binding */ fetchDownload),
  fetchRepository: () => (/* binding */ fetchRepository),
  readStdinContext: () => (/* binding */ readStdinContext),
  stdinDockerfile: () => (/* binding */ stdinDockerfile)
});

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./lib/plan/git-reference.js
var git_reference = __webpack_require__(703);
// EXTERNAL MODULE: ./lib/plan/lower-copy.js + 1 modules
var lower_copy = __webpack_require__(3205);
// EXTERNAL MODULE: ./lib/worker/source/archive.js
var archive = __webpack_require__(1048);
// EXTERNAL MODULE: ./lib/worker/source/git.js + 3 modules
var git = __webpack_require__(8367);
// EXTERNAL MODULE: ./lib/worker/source/http.js
var http = __webpack_require__(1016);
// EXTERNAL MODULE: ./lib/worker/source/newest.js
var newest = __webpack_require__(3310);
// EXTERNAL MODULE: ./lib/app/contexts/bodies-of.js
var bodies_of = __webpack_require__(42);
// EXTERNAL MODULE: ./lib/app/contexts/context-address.js
var context_address = __webpack_require__(6822);
// EXTERNAL MODULE: ./lib/app/contexts/dockerfile-bytes.js
var dockerfile_bytes = __webpack_require__(2214);
;// CONCATENATED MODULE: ./lib/app/contexts/stream-head.js
async function streamHead(bytes, length) {
    const rest = bytes[Symbol.asyncIterator]();
    const chunks = [];
    let size = 0;
    while (size < length) {
        const next = await rest.next();
        if (next.done === true)
            break;
        chunks.push(next.value);
        size += next.value.length;
    }
    return { head: Buffer.concat(chunks).subarray(0, length), all: joined(chunks, rest) };
}
async function* joined(chunks, rest) {
    let done = false;
    try {
        yield* chunks;
        for (let next = await rest.next(); next.done !== true; next = await rest.next())
            yield next.value;
        done = true;
    }
    finally {
        if (!done)
            await rest.return?.();
    }
}

;// CONCATENATED MODULE: ./lib/app/contexts/fetched-context.js











/** The file that a download is, as BuildKit calls it (dockerui, context.go). */
const DOWNLOADED = 'context';
/**
 * A commit of a Git repository.
 * @throws BuildError as gitTree
 */
async function fetchRepository(reference, buildArgs, { access, signal }) {
    const source = (0,lower_copy/* gitSource */.Ym)({
        ...reference,
        // BuildKit's way of asking for it (dockerui, config.go).
        keepGitDir: reference.keepGitDir ?? /^(?:1|t|true)$/i.test(buildArgs['BUILDKIT_CONTEXT_KEEP_GIT_DIR'] ?? ''),
    });
    const tree = await (0,git/* gitTree */.$)(source, {
        environment: await access.gitEnvironment(source.url),
        authorization: access.gitAuthorization(source.url),
        folder: (0,external_node_path_.join)(access.folder, 'git'),
        signal,
    });
    const { ref: _ref, ...repository } = reference;
    const address = withoutUser((0,git_reference/* formatGitReference */.h)({ ...repository, ref: tree.commit.slice(0, 12) }));
    return {
        tree,
        place: `${address}:`.replace(/:([^:/]+):$/, ':$1/'),
        committedAt: tree.committedAt,
        time: tree.committedAt,
        dispose: async () => tree[Symbol.asyncDispose](),
    };
}
/**
 * A download: unpacked if it is an archive, else it is the Dockerfile.
 * @throws BuildError as httpTree and archiveTree; `NOT_A_DOCKERFILE`
 */
async function fetchDownload(url, options) {
    const file = await download(url, options);
    const name = (0,context_address/* shownAddress */.Uk)(url);
    const { head, all } = await streamHead(file.bytes, archive/* ARCHIVE_HEAD */.am);
    if ((0,archive/* looksLikeArchive */.U8)(head)) {
        const tree = await (0,archive/* archiveTree */.HT)(all, { name, store: options.access.store });
        return { tree, place: `${name}:`, time: file.changedAt > 0 ? file.changedAt : await (0,newest/* newestOf */.s)(tree) };
    }
    const dockerfile = { path: name, text: await (0,dockerfile_bytes/* dockerfileFrom */.b)(all, name), changedAt: file.changedAt };
    return { tree: file.tree, place: `${name}:`, dockerfile, time: file.changedAt };
}
/** @throws BuildError as httpTree; `NOT_A_DOCKERFILE` */
async function fetchDockerfile(url, options) {
    const { bytes, changedAt } = await download(url, options);
    const path = (0,context_address/* shownAddress */.Uk)(url);
    return { path, text: await (0,dockerfile_bytes/* dockerfileFrom */.b)(bytes, path), changedAt };
}
/**
 * What comes on standard input: an archive, or a Dockerfile with no context at all.
 * @throws BuildError as archiveTree; `NOT_A_DOCKERFILE`
 */
async function readStdinContext(stdin, { access }) {
    const { head, all } = await streamHead(stdin, archive/* ARCHIVE_HEAD */.am);
    if ((0,archive/* looksLikeArchive */.U8)(head)) {
        const name = 'the archive on standard input';
        return { tree: await (0,archive/* archiveTree */.HT)(all, { name, store: access.store }), place: '' };
    }
    return { place: '', dockerfile: await stdinDockerfile(all) };
}
async function stdinDockerfile(stdin) {
    return { path: 'Dockerfile (stdin)', text: await (0,dockerfile_bytes/* dockerfileFrom */.b)(stdin, 'Standard input') };
}
async function download(url, { access, signal }) {
    const { soleFile: _one, ...tree } = await (0,http/* httpTree */.D)({ url, filename: DOWNLOADED }, { store: access.store, get: access.get, authorization: access.httpAuthorization, signal });
    const node = await tree.lookup(DOWNLOADED);
    return {
        tree,
        bytes: (0,bodies_of/* bodiesOf */.A)(tree, node === undefined ? [] : [node]),
        changedAt: node?.mtime ?? 0,
    };
}
function withoutUser(address) {
    return address.replace(/^(https?:\/\/)[^/@]*@/, '$1');
}


/***/ })

};
