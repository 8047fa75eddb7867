export const id = 25;
export const ids = [25];
export const modules = {

/***/ 1025:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   prune: () => (/* binding */ prune)
/* harmony export */ });
/* harmony import */ var _cache_backends_local_gc_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(5014);
/* harmony import */ var _held_held_folder_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5950);
/* harmony import */ var _held_tidy_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3899);
/* harmony import */ var _options_problems_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(3916);
/* harmony import */ var _options_sizes_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(268);
/* harmony import */ var _options_until_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(8922);
/* harmony import */ var _report_held_table_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(2534);
/* harmony import */ var _arguments_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(7114);
/* harmony import */ var _build_flags_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(9259);
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









const FLAGS = {
    all: { type: 'boolean', short: 'a', help: 'also what later builds could use' },
    filter: {
        type: 'string',
        multiple: true,
        value: 'FILTER',
        help: 'until=24h: only what was not used for so long',
    },
    force: { type: 'boolean', short: 'f', help: 'do not ask' },
    'keep-storage': { type: 'string', value: 'SIZE', help: 'stop when no more than this is left' },
    'state-dir': { type: 'string', value: 'DIR', help: 'folder that builds use' },
};
/** `prune`: deletes from the state folder, as `docker builder prune` does, and safely beside running builds. */
const prune = async (argv, terminal) => {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        const args = (0,_arguments_js__WEBPACK_IMPORTED_MODULE_6__/* .parseArguments */ .W)(argv, { ...FLAGS, help: { type: 'boolean', short: 'h', help: 'show this' } });
        if (args.flag('help') === true) {
            terminal.stdout(`Usage: ts-image-build prune [FLAGS]\n\n${(0,_arguments_js__WEBPACK_IMPORTED_MODULE_6__/* .flagHelp */ .Q)(FLAGS)}\n`);
            return 0;
        }
        const { all, until, maxSize, force } = pruneOptions(args, Date.now());
        if (!force && !(await isConfirmed(all, terminal))) {
            terminal.stderr('Nothing is deleted.\n');
            return 1;
        }
        const stateDir = (0,_build_flags_js__WEBPACK_IMPORTED_MODULE_7__/* .stateDirOf */ .If)(args, terminal.environment);
        const usedBefore = await (0,_held_tidy_js__WEBPACK_IMPORTED_MODULE_1__/* .usedByBuilds */ .YH)(stateDir);
        const held = __addDisposableResource(env_1, await (0,_held_held_folder_js__WEBPACK_IMPORTED_MODULE_0__/* .openHeldState */ .F)(stateDir, () => undefined), true);
        const isDangling = await held.dangling();
        const keepSince = (0,_held_tidy_js__WEBPACK_IMPORTED_MODULE_1__/* .earlier */ .X)(usedBefore, await (0,_held_tidy_js__WEBPACK_IMPORTED_MODULE_1__/* .usedByBuilds */ .YH)(stateDir));
        const { before, after, deleted } = await (0,_cache_backends_local_gc_js__WEBPACK_IMPORTED_MODULE_8__/* .collectGarbage */ .i)(held.items, {
            maxSize,
            keepSince,
            only: (item) => (all || isDangling(item)) && item.lastUsed.getTime() < until,
        });
        await held.finish();
        terminal.stdout(`${deletedText(deleted)}Total reclaimed space: ${(0,_options_sizes_js__WEBPACK_IMPORTED_MODULE_3__/* .formatSize */ .Xq)(before - after)}\n`);
        if (held.unseen !== undefined)
            terminal.stderr(`not looked at: ${held.unseen}\n`);
        if (keepSince !== undefined)
            terminal.stderr('A build is running: what it may use is left.\n');
        return 0;
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
};
function pruneOptions(args, now) {
    const problems = new _options_problems_js__WEBPACK_IMPORTED_MODULE_2__/* .InputProblems */ .N();
    const [first] = args.positionals;
    if (first !== undefined)
        problems.add('prune', `it takes no argument, and there is "${first}"`);
    const until = args.list('filter').map((filter) => problems.attempt('--filter', () => untilOf(filter, now)));
    const keep = args.text('keep-storage');
    const maxSize = keep === undefined ? undefined : problems.attempt('--keep-storage', () => (0,_options_sizes_js__WEBPACK_IMPORTED_MODULE_3__/* .parseSize */ .DB)(keep));
    problems.throwIfAny();
    return {
        all: args.flag('all') ?? false,
        force: args.flag('force') ?? false,
        until: Math.min(Number.POSITIVE_INFINITY, ...until.map((time) => time ?? Number.POSITIVE_INFINITY)),
        maxSize: maxSize ?? -1,
    };
}
function untilOf(filter, now) {
    const [name = '', ...value] = filter.split('=');
    if (name === 'until' && value.length > 0)
        return (0,_options_until_js__WEBPACK_IMPORTED_MODULE_4__/* .parseUntil */ .I)(value.join('='), now);
    throw (0,_options_problems_js__WEBPACK_IMPORTED_MODULE_2__/* .badInput */ .A)(`"${filter}" is not a filter that there is`, 'It is until=24h or the like.');
}
async function isConfirmed(all, terminal) {
    const what = all ? 'all that builds left for later ones' : 'all that no later build can use';
    terminal.stderr(`WARNING! This will remove ${what}. Are you sure you want to continue? [y/N] `);
    let text = '';
    for await (const chunk of terminal.stdin()) {
        text += Buffer.from(chunk).toString('utf8');
        if (text.includes('\n'))
            break;
    }
    return /^y(?:es)?$/i.test((text.split('\n')[0] ?? '').trim());
}
/** `Deleted 3 layers, 1.2 GB` and so on, one line for each kind. */
function deletedText(deleted) {
    return (0,_report_held_table_js__WEBPACK_IMPORTED_MODULE_5__/* .sumsOf */ .yg)(deleted, () => false)
        .filter(({ count }) => count > 0)
        .map(({ type, count, size }) => `Deleted ${type}: ${count}, ${(0,_options_sizes_js__WEBPACK_IMPORTED_MODULE_3__/* .formatSize */ .Xq)(size)}\n`)
        .join('');
}


/***/ }),

/***/ 3899:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   X: () => (/* binding */ earlier),
/* harmony export */   YH: () => (/* binding */ usedByBuilds),
/* harmony export */   k_: () => (/* binding */ tidyFolders)
/* harmony export */ });
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7594);
/* harmony import */ var _cache_backends_local_gc_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(5014);
/* harmony import */ var _cache_backends_local_lease_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5892);
/* harmony import */ var _options_sizes_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(268);
/* harmony import */ var _held_folder_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(5950);
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





/** A file's time of use is not written again within a minute, so that a build may count on what tells an earlier time. Milliseconds. */
const TOUCH_MARGIN = 60_000;
/**
 * After a build, once it holds nothing any more: keeps the state folder and the folders that it wrote to `cache-max-size`, by last use and safely
 * beside other builds. Never throws.
 * @param isTemporary the state folder goes away with the job
 */
async function tidyFolders({ cache: { maxSize, to }, stateDir }, isTemporary, onNotice) {
    if (maxSize === undefined)
        return;
    if (!isTemporary)
        await tidy(stateDir, () => (0,_held_folder_js__WEBPACK_IMPORTED_MODULE_3__/* .openHeldState */ .F)(stateDir, () => undefined), maxSize, onNotice);
    for (const { place } of to) {
        if (place.type !== 'local')
            continue;
        await tidy(place.folder, () => (0,_held_folder_js__WEBPACK_IMPORTED_MODULE_3__/* .openHeldCache */ .Q)(place.folder), maxSize, onNotice);
    }
}
/** What was used at this time or later belongs to a running build; undefined: there is none. Milliseconds since 1970. */
async function usedByBuilds(folder) {
    const first = await (0,_cache_backends_local_lease_js__WEBPACK_IMPORTED_MODULE_1__/* .firstLease */ .B)(folder);
    return first === undefined ? undefined : first - TOUCH_MARGIN;
}
/** For builds that end while the folder is looked at, and for those that begin then. */
function earlier(one, other) {
    return one === undefined || other === undefined ? (one ?? other) : Math.min(one, other);
}
async function tidy(folder, open, maxSize, onNotice) {
    try {
        const env_1 = { stack: [], error: void 0, hasError: false };
        try {
            const usedBefore = await usedByBuilds(folder);
            const held = __addDisposableResource(env_1, await open(), true);
            const keepSince = earlier(usedBefore, await usedByBuilds(folder));
            const { before, after, deleted } = await (0,_cache_backends_local_gc_js__WEBPACK_IMPORTED_MODULE_4__/* .collectGarbage */ .i)(held.items, { maxSize, keepSince });
            await held.finish();
            if (held.unseen !== undefined)
                onNotice(`cache-max-size does not count all of ${folder}: ${held.unseen}`);
            if (deleted.length > 0)
                onNotice(`cache-max-size: ${(0,_options_sizes_js__WEBPACK_IMPORTED_MODULE_2__/* .formatSize */ .Xq)(before - after)} that were not used for longest are deleted from ${folder}, ${(0,_options_sizes_js__WEBPACK_IMPORTED_MODULE_2__/* .formatSize */ .Xq)(after)} are left`);
            if (after > maxSize && keepSince !== undefined)
                onNotice(`${folder} has ${(0,_options_sizes_js__WEBPACK_IMPORTED_MODULE_2__/* .formatSize */ .Xq)(after)}, more than cache-max-size: other builds are using it`);
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
    catch (thrown) {
        onNotice(`${folder} could not be kept to cache-max-size: ${(0,_base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .toBuildError */ .KB)(thrown).message}`);
    }
}


/***/ }),

/***/ 8922:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   I: () => (/* binding */ parseUntil),
/* harmony export */   n: () => (/* binding */ formatAge)
/* harmony export */ });
/* harmony import */ var _problems_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3916);

const UNITS = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };
const DURATION = /^(?:\d+(?:\.\d+)?(?:ms|s|m|h))+$/;
/**
 * The time that docker's filter `until=` names, in milliseconds since 1970: so long ago (`24h`, `1h30m`), or a date (`2026-01-31`,
 * `2026-01-31T12:00:00Z`), or seconds since 1970.
 * @param now milliseconds since 1970
 * @throws BuildError `BAD_INPUT`
 */
function parseUntil(text, now) {
    if (DURATION.test(text)) {
        const parts = [...text.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h)/g)];
        return now - parts.reduce((sum, [, count, unit]) => sum + Number(count) * (UNITS[unit ?? ''] ?? 0), 0);
    }
    if (/^\d+(?:\.\d+)?$/.test(text))
        return Number(text) * 1000;
    const time = /^\d{4}-\d{2}-\d{2}(?:T|$)/.test(text) ? Date.parse(text) : Number.NaN;
    if (!Number.isNaN(time))
        return time;
    throw (0,_problems_js__WEBPACK_IMPORTED_MODULE_0__/* .badInput */ .A)(`"${text}" is neither a duration nor a time`, 'Write until=24h, until=1h30m or until=2026-01-31T12:00:00Z.');
}
/** How long ago a time is, as docker tells it: `5 seconds ago`, `2 hours ago`. Both in milliseconds since 1970. */
function formatAge(time, now) {
    const seconds = Math.max(0, Math.floor((now - time) / 1000));
    const steps = [
        [86_400 * 365, 'year'],
        [86_400 * 30, 'month'],
        [86_400, 'day'],
        [3600, 'hour'],
        [60, 'minute'],
    ];
    for (const [length, name] of steps) {
        const count = Math.floor(seconds / length);
        if (count > 0)
            return `${count} ${name}${count === 1 ? '' : 's'} ago`;
    }
    return seconds === 1 ? '1 second ago' : `${seconds} seconds ago`;
}


/***/ }),

/***/ 2534:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   fD: () => (/* binding */ itemsTable),
/* harmony export */   yg: () => (/* binding */ sumsOf),
/* harmony export */   zu: () => (/* binding */ sumsTable)
/* harmony export */ });
/* unused harmony export sizeOf */
/* harmony import */ var _options_sizes_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(268);
/* harmony import */ var _options_until_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8922);


const NAMES = {
    record: 'cache records',
    blob: 'layers',
    index: 'layer indexes',
    unpacked: 'unpacked layers',
    mount: 'cache mounts',
    temporary: 'leftovers',
};
/** One sum for each kind; leftovers only where there are some. */
function sumsOf(items, isDangling) {
    return Object.entries(NAMES).flatMap(([kind, type]) => {
        const own = items.filter((item) => item.kind === kind);
        if (own.length === 0 && kind === 'temporary')
            return [];
        const latest = Math.max(...own.map(({ lastUsed }) => lastUsed.getTime()));
        return [
            {
                type,
                count: own.length,
                size: sizeOf(own),
                reclaimable: sizeOf(own.filter(isDangling)),
                ...(own.length === 0 ? {} : { lastUsed: new Date(latest).toISOString() }),
            },
        ];
    });
}
function sizeOf(items) {
    return items.reduce((sum, { size }) => sum + size, 0);
}
/** The sums as a table, with a line for all of them. @param now milliseconds since 1970 */
function sumsTable(sums, now) {
    const rows = sums.map(({ type, count, size, reclaimable, lastUsed }) => [
        type,
        String(count),
        (0,_options_sizes_js__WEBPACK_IMPORTED_MODULE_0__/* .formatSize */ .Xq)(size),
        (0,_options_sizes_js__WEBPACK_IMPORTED_MODULE_0__/* .formatSize */ .Xq)(reclaimable),
        lastUsed === undefined ? '' : (0,_options_until_js__WEBPACK_IMPORTED_MODULE_1__/* .formatAge */ .n)(Date.parse(lastUsed), now),
    ]);
    const total = (field) => sums.reduce((sum, each) => sum + each[field], 0);
    return columns([
        ['TYPE', 'COUNT', 'SIZE', 'RECLAIMABLE', 'LAST USED'],
        ...rows,
        ['total', String(total('count')), (0,_options_sizes_js__WEBPACK_IMPORTED_MODULE_0__/* .formatSize */ .Xq)(total('size')), (0,_options_sizes_js__WEBPACK_IMPORTED_MODULE_0__/* .formatSize */ .Xq)(total('reclaimable')), ''],
    ]);
}
/** Each item, the biggest first. @param now milliseconds since 1970 */
function itemsTable(items, isDangling, now) {
    const sorted = [...items].sort((a, b) => b.size - a.size || (a.id < b.id ? -1 : 1));
    return columns([
        ['ID', 'TYPE', 'RECLAIMABLE', 'SIZE', 'LAST USED'],
        ...sorted.map((item) => [
            shortId(item.id),
            NAMES[item.kind],
            String(isDangling(item)),
            (0,_options_sizes_js__WEBPACK_IMPORTED_MODULE_0__/* .formatSize */ .Xq)(item.size),
            (0,_options_until_js__WEBPACK_IMPORTED_MODULE_1__/* .formatAge */ .n)(item.lastUsed.getTime(), now),
        ]),
    ]);
}
function shortId(id) {
    return id.replace(/^sha\d+:/, '').slice(0, 25);
}
function columns(rows) {
    const widths = (rows[0] ?? []).map((_, i) => Math.max(...rows.map((row) => (row[i] ?? '').length)));
    return rows
        .map((row) => `${row
        .map((cell, i) => cell.padEnd((widths[i] ?? 0) + 3))
        .join('')
        .trimEnd()}\n`)
        .join('');
}


/***/ }),

/***/ 5014:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   i: () => (/* binding */ collectGarbage)
/* harmony export */ });
/**
 * Deletes what killed processes left, and the least recently used items until the limit is kept. Nothing has to be locked: what a running build
 * has used stays, what it comes to use meanwhile is looked at again, and a record whose layer is gone is a miss.
 */
async function collectGarbage(items, limits) {
    const { maxSize, keepSince = Number.POSITIVE_INFINITY, only } = limits;
    const before = items.reduce((sum, { size }) => sum + size, 0);
    let after = before;
    const deleted = [];
    for (const item of [...items].sort((a, b) => a.lastUsed.getTime() - b.lastUsed.getTime())) {
        // Sorted by age: all that follow were used later.
        if (item.lastUsed.getTime() >= keepSince)
            break;
        const isUnwanted = after > maxSize && only?.(item) !== false;
        if ((item.kind !== 'temporary' && !isUnwanted) || !(await item.remove()))
            continue;
        after -= item.size;
        deleted.push(item);
    }
    return { before, after, deleted };
}


/***/ }),

/***/ 5892:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   B: () => (/* binding */ firstLease),
/* harmony export */   _: () => (/* binding */ takeLease)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6760);
/* harmony import */ var _base_make_folder_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(1044);




/** How often a lease shows that its build is alive. Milliseconds. */
const HEARTBEAT = 30_000;
/** A lease that did not show this for so long is of a build that was killed. Milliseconds. */
const LIFE = 5 * 60_000;
/**
 * Tells others that a build works with what a folder holds, by a file `builds/<milliseconds since 1970>-<id>` whose time moves on. No process IDs:
 * a folder may be shared by containers and machines. A folder that cannot be written has no leases, and nobody who cleans it up.
 */
async function takeLease(folder, now = Date.now()) {
    const file = (0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(folder, 'builds', `${now}-${(0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.randomUUID)()}`);
    try {
        (0,_base_make_folder_js__WEBPACK_IMPORTED_MODULE_3__/* .makeFolder */ .f)((0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(folder, 'builds'));
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.writeFile)(file, '');
    }
    catch {
        return { [Symbol.asyncDispose]: () => Promise.resolve() };
    }
    let beating = Promise.resolve();
    const beat = setInterval(() => {
        const time = new Date();
        // Gone: this machine slept for so long that another one took the build for killed.
        beating = (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.utimes)(file, time, time).catch(() => (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.writeFile)(file, '').catch(() => undefined));
    }, HEARTBEAT);
    beat.unref();
    return {
        [Symbol.asyncDispose]: async () => {
            clearInterval(beat);
            await beating;
            await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.rm)(file, { force: true }).catch(() => undefined);
        },
    };
}
/** When the first of the builds began that still work with the folder, in milliseconds since 1970; undefined for none. Sweeps up the others. */
async function firstLease(folder, now = Date.now()) {
    const names = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.readdir)((0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(folder, 'builds')).catch(() => []);
    const began = await Promise.all(names.map(async (name) => {
        const file = (0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(folder, 'builds', name);
        const seen = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.stat)(file).catch(() => undefined);
        if (seen === undefined)
            return [];
        if (now - seen.mtimeMs < LIFE)
            return [Number(/^\d+/.exec(name)?.[0] ?? seen.mtimeMs)];
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.rm)(file, { force: true }).catch(() => undefined);
        return [];
    }));
    const all = began.flat();
    return all.length === 0 ? undefined : Math.min(...all);
}


/***/ })

};
