export const id = 603;
export const ids = [603];
export const modules = {

/***/ 8603:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   df: () => (/* binding */ df)
/* harmony export */ });
/* harmony import */ var _held_held_folder_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5950);
/* harmony import */ var _options_problems_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3916);
/* harmony import */ var _report_held_table_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(2534);
/* harmony import */ var _arguments_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(7114);
/* harmony import */ var _build_flags_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(9259);
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
    format: { type: 'string', value: 'FORMAT', help: 'table or json (default: table)' },
    verbose: { type: 'boolean', short: 'v', help: 'one line for each thing that is held' },
    'state-dir': { type: 'string', value: 'DIR', help: 'folder that builds use' },
};
/** `df`: what the state folder holds for later builds, as `docker system df` and `docker buildx du` tell it. */
const df = async (argv, terminal) => {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        const args = (0,_arguments_js__WEBPACK_IMPORTED_MODULE_3__/* .parseArguments */ .W)(argv, { ...FLAGS, help: { type: 'boolean', short: 'h', help: 'show this' } });
        if (args.flag('help') === true) {
            terminal.stdout(`Usage: ts-image-build df [FLAGS]\n\n${(0,_arguments_js__WEBPACK_IMPORTED_MODULE_3__/* .flagHelp */ .Q)(FLAGS)}\n`);
            return 0;
        }
        const [first] = args.positionals;
        if (first !== undefined)
            throw (0,_options_problems_js__WEBPACK_IMPORTED_MODULE_1__/* .badInput */ .A)(`df takes no argument, and there is "${first}"`);
        const format = args.text('format') ?? 'table';
        if (format !== 'table' && format !== 'json') {
            throw (0,_options_problems_js__WEBPACK_IMPORTED_MODULE_1__/* .badInput */ .A)(`--format: "${format}" is not a format`, 'It is table or json.');
        }
        const stateDir = (0,_build_flags_js__WEBPACK_IMPORTED_MODULE_4__/* .stateDirOf */ .If)(args, terminal.environment);
        const held = __addDisposableResource(env_1, await (0,_held_held_folder_js__WEBPACK_IMPORTED_MODULE_0__/* .openHeldState */ .F)(stateDir, () => undefined), true);
        const isDangling = await held.dangling();
        const sums = (0,_report_held_table_js__WEBPACK_IMPORTED_MODULE_2__/* .sumsOf */ .yg)(held.items, isDangling);
        const now = Date.now();
        if (format === 'json')
            terminal.stdout(`${JSON.stringify(document(stateDir, sums), undefined, 2)}\n`);
        else if (args.flag('verbose') === true) {
            terminal.stdout(`${(0,_report_held_table_js__WEBPACK_IMPORTED_MODULE_2__/* .itemsTable */ .fD)(held.items, isDangling, now)}\n${(0,_report_held_table_js__WEBPACK_IMPORTED_MODULE_2__/* .sumsTable */ .zu)(sums, now)}`);
        }
        else
            terminal.stdout((0,_report_held_table_js__WEBPACK_IMPORTED_MODULE_2__/* .sumsTable */ .zu)(sums, now));
        if (held.unseen !== undefined)
            terminal.stderr(`not counted: ${held.unseen}\n`);
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
function document(stateDir, types) {
    const total = (field) => types.reduce((sum, each) => sum + each[field], 0);
    return { stateDir, types, count: total('count'), size: total('size'), reclaimable: total('reclaimable') };
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


/***/ })

};
