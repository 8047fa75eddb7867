export const id = 731;
export const ids = [731];
export const modules = {

/***/ 5731:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   probe: () => (/* binding */ probe)
/* harmony export */ });
/* harmony import */ var _options_choices_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9718);
/* harmony import */ var _options_problems_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3916);
/* harmony import */ var _worker_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(5126);
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
    isolation: { type: 'string', value: 'RUNG', help: 'look at this rung alone (default: auto)' },
    'state-dir': { type: 'string', value: 'DIR', help: 'folder that builds would use' },
};
/** `probe`: starts the worker as a build would, and tells what it found. */
const probe = async (argv, terminal) => {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        const args = (0,_arguments_js__WEBPACK_IMPORTED_MODULE_3__/* .parseArguments */ .W)(argv, { ...FLAGS, help: { type: 'boolean', short: 'h', help: 'show this' } });
        if (args.flag('help') === true) {
            terminal.stdout(`Usage: ts-image-build probe [FLAGS]\n\n${(0,_arguments_js__WEBPACK_IMPORTED_MODULE_3__/* .flagHelp */ .Q)(FLAGS)}\n`);
            return 0;
        }
        const [first] = args.positionals;
        if (first !== undefined)
            throw (0,_options_problems_js__WEBPACK_IMPORTED_MODULE_1__/* .badInput */ .A)(`probe takes no argument, and there is "${first}"`);
        const stateDir = (0,_build_flags_js__WEBPACK_IMPORTED_MODULE_4__/* .stateDirOf */ .If)(args, terminal.environment);
        const start = (0,_worker_js__WEBPACK_IMPORTED_MODULE_2__/* .workerFor */ .y)({
            stateDir,
            isolation: (0,_options_choices_js__WEBPACK_IMPORTED_MODULE_0__/* .isolationOf */ ._x)(args.text('isolation')),
            onNotice: () => undefined,
        });
        const worker = __addDisposableResource(env_1, await start(terminal.signal), true);
        const { rung, snapshotter, privilege, reasons, limits } = await worker.isolation();
        terminal.stdout([
            `isolation:   ${rung}`,
            `snapshotter: ${snapshotter}`,
            `worker runs: ${privilege}`,
            ...reasons.map((reason) => `not better:  ${reason}`),
            ...limits.map((limit) => `limit:       ${limit}`),
            '',
        ].join('\n'));
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


/***/ })

};
