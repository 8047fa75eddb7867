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


/***/ })

};
