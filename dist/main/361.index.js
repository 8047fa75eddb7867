export const id = 361;
export const ids = [361];
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

/***/ 8361:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   dockerfileInTree: () => (/* binding */ dockerfileInTree)
/* harmony export */ });
/* harmony import */ var _engine_embedded_copy_followed_path_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8871);
/* harmony import */ var _bodies_of_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(42);
/* harmony import */ var _dockerfile_bytes_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(2214);
/* harmony import */ var _dockerfile_names_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(3877);




/**
 * The Dockerfile inside of a context that is no folder of this machine. Links are followed inside of the context.
 * @param place what messages put in front of its path
 * @throws BuildError `DOCKERFILE_NOT_FOUND`, `NOT_A_DOCKERFILE`
 */
async function dockerfileInTree(tree, path, place) {
    for (const name of (0,_dockerfile_names_js__WEBPACK_IMPORTED_MODULE_2__/* .dockerfileNames */ .l)(path)) {
        const node = await fileAt(tree, name);
        if (node === undefined)
            continue;
        const shown = `${place}${node.path}`;
        return { path: shown, text: await textOf(tree, node, shown), changedAt: Math.floor(node.mtime) };
    }
    throw (0,_dockerfile_names_js__WEBPACK_IMPORTED_MODULE_2__/* .dockerfileNotFound */ .m)(`${path} is not in ${tree.name}`, {
        hint: 'With such a context -f (the input `file` of the action) names a path inside of it.',
    });
}
async function fileAt(tree, path) {
    const node = await tree.lookup(await (0,_engine_embedded_copy_followed_path_js__WEBPACK_IMPORTED_MODULE_0__/* .followPath */ .Zl)((each) => tree.lookup(each), path));
    return node?.type === 'file' ? node : undefined;
}
async function textOf(tree, node, shown) {
    return (0,_dockerfile_bytes_js__WEBPACK_IMPORTED_MODULE_1__/* .dockerfileFrom */ .b)((0,_bodies_of_js__WEBPACK_IMPORTED_MODULE_3__/* .bodiesOf */ .A)(tree, [node]), shown);
}


/***/ }),

/***/ 8871:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   CK: () => (/* binding */ rooted),
/* harmony export */   Zl: () => (/* binding */ followPath),
/* harmony export */   b7: () => (/* binding */ notAFolder)
/* harmony export */ });
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7594);
/* harmony import */ var _image_layer_entry_path_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6884);


/** Links followed for one path; more is taken for a loop, as containerd's fs.RootPath does. */
const MOST_LINKS = 255;
/** A path without `.`, `..` and double slashes, relative to the root; `..` cannot leave the root. */
function rooted(path) {
    return (0,_image_layer_entry_path_js__WEBPACK_IMPORTED_MODULE_1__/* .cleanPath */ .ts)(`/${path}`);
}
/**
 * The path that `path` leads to when every symlink on the way is followed inside the tree: absolute targets start at the tree's
 * root, `..` stops there. Whatever does not exist is kept as it is, so that it can be made; with `keepLast` a link at the very
 * end is not followed.
 * @throws BuildError `TOO_MANY_LINKS`, `NOT_A_FOLDER`
 */
async function followPath(lookup, path, keepLast = false) {
    const ahead = partsOf(rooted(path));
    let done = '';
    let links = 0;
    for (let name = ahead.pop(); name !== undefined; name = ahead.pop()) {
        if (name === '..') {
            done = (0,_image_layer_entry_path_js__WEBPACK_IMPORTED_MODULE_1__/* .parentOf */ .gN)(done) ?? '';
            continue;
        }
        const here = (0,_image_layer_entry_path_js__WEBPACK_IMPORTED_MODULE_1__/* .childPath */ .cm)(done, name);
        const node = await lookup(here);
        const last = ahead.length === 0;
        const target = last && keepLast ? undefined : targetOf(node);
        if (target === undefined) {
            checkFolder(node, here, last);
            done = here;
        }
        else {
            links = oneMore(links, path);
            if (target.startsWith('/'))
                done = '';
            ahead.push(...partsOf(target));
        }
    }
    return done;
}
/** The parts of a path, last one first. */
function partsOf(path) {
    return path
        .split('/')
        .filter((part) => part !== '' && part !== '.')
        .reverse();
}
function targetOf(node) {
    return node?.type === 'symlink' ? (node.linkName ?? '') : undefined;
}
function checkFolder(node, path, last) {
    if (!last && node !== undefined && node.type !== 'directory')
        throw notAFolder(path);
}
function notAFolder(path) {
    return new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildError */ .zS({
        kind: 'user',
        code: 'NOT_A_FOLDER',
        message: `/${path} is not a folder: not a directory`,
    });
}
function oneMore(links, path) {
    if (links < MOST_LINKS)
        return links + 1;
    throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildError */ .zS({
        kind: 'user',
        code: 'TOO_MANY_LINKS',
        message: `${path} leads through more than ${MOST_LINKS} symbolic links`,
        hint: 'Most likely two links point at each other.',
    });
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


/***/ })

};
