export const id = 571;
export const ids = [571];
export const modules = {

/***/ 1952:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  secondBuild: () => (/* binding */ secondBuild)
});

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: external "node:timers/promises"
var external_node_timers_promises_ = __webpack_require__(8500);
// EXTERNAL MODULE: ./lib/engine/embedded/build.js + 77 modules
var build = __webpack_require__(3778);
// EXTERNAL MODULE: ./lib/image/layer/read-layer.js
var read_layer = __webpack_require__(6143);
// EXTERNAL MODULE: ./lib/image/media-types.js
var media_types = __webpack_require__(4857);
// EXTERNAL MODULE: ./lib/app/compose.js + 62 modules
var compose = __webpack_require__(2798);
// EXTERNAL MODULE: ./lib/app/options/cache-options.js
var cache_options = __webpack_require__(9555);
// EXTERNAL MODULE: ./lib/app/worker.js + 20 modules
var app_worker = __webpack_require__(5126);
;// CONCATENATED MODULE: ./lib/app/state-folder.js
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


/**
 * Removes a state folder that nobody uses any more, also what belongs to root in it.
 * @throws BuildError of the worker; errors of the file system
 */
async function removeStateFolder(stateDir, onNotice) {
    try {
        await (0,promises_.rm)(stateDir, { recursive: true, force: true });
        return;
    }
    catch {
        // It holds files of another user: the worker removes them.
    }
    {
        const env_1 = { stack: [], error: void 0, hasError: false };
        try {
            const worker = __addDisposableResource(env_1, await (0,app_worker/* workerFor */.y)({ stateDir, isolation: 'auto', onNotice })(), true);
            await worker.discard();
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
    await (0,promises_.rm)(stateDir, { recursive: true, force: true });
}

// EXTERNAL MODULE: ./lib/base/errors.js
var errors = __webpack_require__(7594);
;// CONCATENATED MODULE: ./lib/image/layer/index-difference.js
/** undefined when the layers hold the same members, in the same order, with the same content. */
function firstDifference(first, second) {
    const known = [first, second].map(({ entries }) => new Set(entries.map(({ path }) => path)));
    const count = Math.max(first.entries.length, second.entries.length);
    for (let i = 0; i < count; i++) {
        const [a, b] = [first.entries[i], second.entries[i]];
        if (a !== undefined && known[1]?.has(a.path) !== true)
            return { path: a.path, differences: [onlyIn('first')] };
        if (b !== undefined && known[0]?.has(b.path) !== true)
            return { path: b.path, differences: [onlyIn('second')] };
        if (a === undefined || b === undefined || a.path !== b.path) {
            return { path: (a ?? b)?.path ?? '', differences: [`order: member ${i + 1} of one result only`] };
        }
        const differences = entryDifferences(a, b);
        if (differences.length > 0)
            return { path: a.path, differences };
    }
    return undefined;
}
function onlyIn(which) {
    return `only in the ${which} result`;
}
/** What is said of one member here and there. */
function entryDifferences(a, b) {
    const rows = [
        ['type', a.type, b.type],
        ['content', contentText(a), contentText(b)],
        ['mode', octal(a.mode), octal(b.mode)],
        ['uid', String(a.uid), String(b.uid)],
        ['gid', String(a.gid), String(b.gid)],
        ['mtime', timeText(a.mtime), timeText(b.mtime)],
        ['link', a.linkName ?? '', b.linkName ?? ''],
        ['device', deviceText(a), deviceText(b)],
    ];
    const words = rows.flatMap(([name, x, y]) => (x === y ? [] : [`${name} ${x}, then ${y}`]));
    return [...words, ...attributeDifferences(a, b)];
}
function attributeDifferences(a, b) {
    const names = new Set([...(a.xattrs?.keys() ?? []), ...(b.xattrs?.keys() ?? [])]);
    return [...names].flatMap((name) => {
        const [x, y] = [a.xattrs?.get(name), b.xattrs?.get(name)];
        if (x !== undefined && y !== undefined && Buffer.compare(x, y) === 0)
            return [];
        return [`xattr ${name} ${attributeText(x)}, then ${attributeText(y)}`];
    });
}
function contentText({ type, content, size }) {
    return type === 'file' ? `${content?.slice(0, 19) ?? 'empty'}… (${size} bytes)` : '';
}
function octal(mode) {
    return mode.toString(8).padStart(4, '0');
}
function timeText(seconds) {
    const date = new Date(seconds * 1000);
    return Number.isNaN(date.getTime()) ? String(seconds) : date.toISOString();
}
function deviceText({ devMajor, devMinor }) {
    return devMajor === undefined ? '' : `${devMajor}:${devMinor ?? 0}`;
}
function attributeText(value) {
    return value === undefined ? 'absent' : `0x${Buffer.from(value).toString('hex').slice(0, 80)}`;
}

;// CONCATENATED MODULE: ./lib/app/verify/image-difference.js


/**
 * Why two builds of one request have different digests: the first step, in the order of the plan, whose layers are different, and the first
 * file in them that is; else the layer, or the field of the configuration.
 */
async function notReproducible(first, second) {
    const lines = [`The image is not reproducible: ${first.digest} at first, then ${second.digest}`];
    const step = firstStep(first.steps, second.steps);
    if (step !== undefined) {
        lines.push(`The first step with another result: ${step.name}`);
        lines.push(await layerText(first, second, step.diffIds));
        return problem(lines, hintFor(step), step.at);
    }
    for (const [i, { image }] of first.images.entries()) {
        const other = second.images[i]?.image;
        if (other !== undefined)
            lines.push(...(await imageText(image, other, first, second)));
        if (lines.length > 1)
            break;
    }
    return problem(lines, 'Name the base image by its digest, so that both builds begin with the same one.');
}
/** Whether two builds differ in nothing but times: a step that came from a cache tells the time of the build that made it. */
async function sameButForTimes(first, second) {
    const pairs = first.images.flatMap(({ image }, i) => {
        const other = second.images[i]?.image;
        return other === undefined ? [] : [[image, other]];
    });
    if (pairs.length !== second.images.length)
        return false;
    for (const [image, other] of pairs) {
        if (image.layers.length !== other.layers.length)
            return false;
        if (firstField(withoutTimes(image), withoutTimes(other)) !== undefined)
            return false;
        for (const [a, b] of changedLayers(image, other)) {
            if (!sameFiles(await first.indexOf(a), await second.indexOf(b)))
                return false;
        }
    }
    return true;
}
function changedLayers(image, other) {
    return image.layers.flatMap(({ diffId }, i) => {
        const twin = other.layers[i]?.diffId;
        return twin === undefined || twin === diffId ? [] : [[diffId, twin]];
    });
}
function sameFiles(one, two) {
    if (one === undefined || two === undefined)
        return false;
    const timeless = (index) => ({
        ...index,
        entries: index.entries.map((entry) => ({ ...entry, mtime: 0 })),
    });
    return firstDifference(timeless(one), timeless(two)) === undefined;
}
function withoutTimes({ config }) {
    const { created: _when, rootfs: _layers, history, ...rest } = config;
    return { ...rest, history: history.map(({ created: _then, ...entry }) => entry) };
}
function firstStep(first, second) {
    const others = new Map(second.map((step) => [step.id, step.diffId]));
    for (const step of first) {
        const other = others.get(step.id);
        if (step.diffId !== undefined && other !== undefined && step.diffId !== other)
            return { ...step, diffIds: [step.diffId, other] };
    }
    return undefined;
}
async function imageText(image, other, first, second) {
    const ids = [image, other].map(({ layers }) => layers.map(({ diffId }) => diffId));
    const [own = [], others = []] = ids;
    if (own.length !== others.length)
        return [`It has ${own.length} layers at first, then ${others.length}`];
    const at = own.findIndex((diffId, i) => diffId !== others[i]);
    const [a, b] = [own[at], others[at]];
    if (a !== undefined && b !== undefined)
        return [`The first layer that differs: layer ${at + 1}`, await layerText(first, second, [a, b])];
    const compressed = image.layers.findIndex(({ descriptor }, i) => descriptor.digest !== other.layers[i]?.descriptor.digest);
    if (compressed >= 0)
        return [`Layer ${compressed + 1} holds the same and is compressed in another way`];
    const field = firstField(image.config, other.config);
    return field === undefined ? [] : [`The configurations differ in ${field}`];
}
async function layerText(first, second, [a, b]) {
    const [one, two] = await Promise.all([first.indexOf(a), second.indexOf(b)]);
    if (one === undefined || two === undefined)
        return `Its layer is ${a} at first, then ${b}`;
    const found = firstDifference(one, two);
    return found === undefined
        ? `Its layers hold the same files and are written in another way: ${a} at first, then ${b}`
        : `The first file that differs: /${found.path}: ${found.differences.join('; ')}`;
}
function hintFor({ outcome }) {
    const causes = 'A step may write only what follows from its inputs: no clock, no random numbers, no servers that change.';
    if (outcome.type !== 'cached')
        return causes;
    return `${causes}\nIts first result came from the cache ${outcome.from}, and two builds without it agree: something that it reads, such as a server or the time of the build, was another then. Build with no-cache.`;
}
function problem(lines, hint, at) {
    return new errors/* BuildError */.zS({ kind: 'user', code: 'NOT_REPRODUCIBLE', message: lines.join('\n'), hint, at });
}
/** Path of the first value that is not the same in both, e.g. `config.Env[2]`, with the values. */
function firstField(a, b, path = '') {
    if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) {
        return a === b ? undefined : `${path}: ${JSON.stringify(a)}, then ${JSON.stringify(b)}`;
    }
    const [x, y] = [a, b];
    for (const key of new Set([...Object.keys(x), ...Object.keys(y)])) {
        const below = Array.isArray(a) ? `${path}[${key}]` : path === '' ? key : `${path}.${key}`;
        const found = firstField(x[key], y[key], below);
        if (found !== undefined)
            return found;
    }
    return undefined;
}

;// CONCATENATED MODULE: ./lib/app/verify/second-build.js
var second_build_addDisposableResource = (undefined && undefined.__addDisposableResource) || function (env, value, async) {
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
var second_build_disposeResources = (undefined && undefined.__disposeResources) || (function (SuppressedError) {
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










/** File times and `date` count seconds: that many milliseconds later every clock shows something else. */
const LATER = 1000;
/**
 * For `verify-reproducible`: a hook that builds again before anything is exported and compares. The second build runs every step, in a state
 * folder of its own with another name, at a later time; it only takes base images' layers from the first one. When the first image had steps
 * from a cache and is not the same, a third build tells whether the steps are at fault or what the cache has. An image that was compared
 * once is not built again when the build has to start anew.
 * @returns for Engine.build; throws BuildError `NOT_REPRODUCIBLE`
 */
function secondBuild(parts) {
    const verified = new Set();
    const { onEvent, composed } = parts;
    const notice = (message) => onEvent({ type: 'notice', message });
    return async (built) => {
        if (verified.has(built.digest))
            return;
        onEvent({ type: 'progress', message: 'building again without caches, to compare' });
        const first = compared(built, composed.dependencies.indexes);
        await buildAgain(parts, async (second) => {
            if (second.digest === first.digest) {
                notice(`reproducible: a second build gave ${first.digest} as well`);
                return;
            }
            if (!built.steps.some(({ outcome }) => outcome.type === 'cached'))
                throw await notReproducible(first, second);
            onEvent({ type: 'progress', message: 'building once more: the first image had steps from a cache' });
            await buildAgain(parts, async (third) => {
                if (third.digest !== second.digest)
                    throw await notReproducible(second, third);
                if (!(await sameButForTimes(first, second)))
                    throw await notReproducible(first, second);
                notice(`reproducible: two builds without a cache gave ${second.digest}; of this image, ${first.digest}, only times differ, which its cached steps have kept`);
            });
        });
        verified.add(built.digest);
    };
}
async function buildAgain({ options, request, composed, outside, signal }, compare) {
    await (0,external_node_timers_promises_.setTimeout)(LATER, undefined, { signal });
    const stateDir = await (0,promises_.mkdtemp)(`${(0,external_node_path_.resolve)(options.stateDir)}-again-`);
    try {
        const env_1 = { stack: [], error: void 0, hasError: false };
        try {
            const fresh = second_build_addDisposableResource(env_1, await (0,compose.compose)({ ...options, stateDir, cache: cache_options/* NO_CACHES */.cv, outputs: [] }, { ...outside, onNotice: () => undefined }), true);
            const { dependencies } = fresh;
            const engine = (0,build/* embeddedEngine */.D)({
                ...dependencies,
                openCaches: async () => ({ from: [blobsOf(composed.dependencies.store)], to: [] }),
            });
            await engine.build({ ...request, noCache: true, lint: { ...request.lint, enabled: false } }, {
                signal,
                onEvent: () => undefined,
                beforeExport: (again) => compare(compared(again, dependencies.indexes)),
            });
        }
        catch (e_1) {
            env_1.error = e_1;
            env_1.hasError = true;
        }
        finally {
            const result_1 = second_build_disposeResources(env_1);
            if (result_1)
                await result_1;
        }
    }
    finally {
        await removeStateFolder(stateDir, () => undefined).catch((error) => outside.onNotice(`The temporary folder ${stateDir} is left behind: ${String(error)}`));
    }
}
function compared({ digest, images, steps, content }, indexes) {
    const layers = new Map(images.flatMap(({ image }) => image.layers.map((layer) => [layer.diffId, layer])));
    const indexOf = async (diffId) => {
        const known = await indexes.get(diffId);
        const layer = layers.get(diffId);
        const compression = layer === undefined ? undefined : (0,media_types/* compressionOf */.M)(layer.descriptor.mediaType);
        if (known !== undefined || layer === undefined || compression === undefined)
            return known;
        return (0,read_layer/* indexLayer */.U)(await content.open(layer), compression, diffId);
    };
    return { digest, images, steps, indexOf };
}
/** No results, only bytes that are known by their digest: base images need not come through the network twice. */
function blobsOf(store) {
    return {
        name: 'the first build',
        writable: false,
        lookup: () => Promise.resolve({}),
        hasBlob: async (digest) => (await store.stat(digest)) !== undefined,
        openBlob: async ({ digest }) => (await store.stat(digest)) === undefined ? undefined : store.open(digest),
        save: () => undefined,
        finish: () => Promise.resolve({
            name: 'the first build',
            recordsSaved: 0,
            bytesUploaded: 0,
            bytesDownloaded: 0,
            notices: [],
        }),
    };
}


/***/ })

};
