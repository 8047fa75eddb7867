export const id = 809;
export const ids = [809];
export const modules = {

/***/ 7809:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   parseConfigFile: () => (/* binding */ parseConfigFile)
/* harmony export */ });
/* harmony import */ var yaml__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8815);
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7594);
/* harmony import */ var _suggest_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(5472);
/* harmony import */ var _config_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(2934);




const READERS = {
    ignored: (value) => wrap('ignored', strings(value)),
    trustedRegistries: (value) => wrap('trustedRegistries', strings(value)),
    override: readOverride,
    'label-schema': readLabelSchema,
    'strict-labels': (value) => wrap('strictLabels', bool(value)),
    'disable-ignore-pragma': (value) => wrap('disableIgnorePragma', bool(value)),
    'no-fail': (value) => wrap('noFail', bool(value)),
    'no-color': (value) => wrap('noColor', bool(value)),
    verbose: (value) => wrap('verbose', bool(value)),
    'failure-threshold': (value) => wrap('failureThreshold', threshold(value)),
    format: (value) => wrap('format', typeof value === 'string' ? formats([value]) : undefined),
    formats: (value) => wrap('format', formats(strings(value))),
};
/**
 * Reads the text of a `.hadolint.yaml`. Keys that nobody knows are kept in `unknownKeys`, so that they can be told.
 * @throws BuildError `BAD_LINT_CONFIG` for text that is no YAML map, or a value of the wrong kind
 */
function parseConfigFile(text, path) {
    const document = readYaml(text, path);
    let config = {};
    const unknownKeys = [];
    for (const [key, value] of document) {
        const read = Object.hasOwn(READERS, key) ? READERS[key] : undefined;
        if (read === undefined)
            unknownKeys.push(withHint(key));
        if (read === undefined || value === null)
            continue;
        const part = read(value);
        if (part === undefined)
            throw badConfig(path, `"${key}" has a value of the wrong kind`);
        config = { ...config, ...part };
    }
    return unknownKeys.length === 0 ? config : { ...config, unknownKeys };
}
function readYaml(text, path) {
    let document;
    try {
        document = (0,yaml__WEBPACK_IMPORTED_MODULE_0__/* .parse */ .qg)(text);
    }
    catch (cause) {
        throw badConfig(path, (0,_base_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .reasonOf */ .A3)(cause), cause);
    }
    if (document === null || document === undefined)
        return [];
    if (!isMap(document))
        throw badConfig(path, 'a map of settings is wanted');
    return Object.entries(document);
}
function badConfig(path, message, cause) {
    return new _base_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .BuildError */ .zS({
        kind: 'user',
        code: 'BAD_LINT_CONFIG',
        message: `${path}: ${message}`,
        hint: 'The keys are those of hadolint: ignored, override, trustedRegistries, label-schema, failure-threshold …',
        cause,
    });
}
function withHint(key) {
    const hint = (0,_suggest_js__WEBPACK_IMPORTED_MODULE_3__/* .didYouMean */ .a)(key, Object.keys(READERS));
    return hint === undefined ? key : `${key} (${hint})`;
}
function isMap(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
}
function wrap(key, value) {
    return value === undefined ? undefined : { [key]: value };
}
function bool(value) {
    return typeof value === 'boolean' ? value : undefined;
}
function strings(value) {
    if (typeof value === 'string')
        return [value];
    return Array.isArray(value) && value.every((item) => typeof item === 'string') ? value : undefined;
}
function formats(values) {
    return values?.every((value) => _config_js__WEBPACK_IMPORTED_MODULE_2__/* .FORMATS */ .hR.includes(value)) ? values : undefined;
}
function threshold(value) {
    return _config_js__WEBPACK_IMPORTED_MODULE_2__/* .FAILURE_THRESHOLDS */ .IU.find((known) => known === value);
}
function readOverride(value) {
    if (!isMap(value))
        return undefined;
    const override = {};
    for (const [name, ids] of Object.entries(value)) {
        const severity = _config_js__WEBPACK_IMPORTED_MODULE_2__/* .SEVERITIES */ .oC.find((known) => known === name);
        const list = ids === null ? [] : strings(ids);
        if (severity === undefined || list === undefined)
            return undefined;
        if (list.length > 0)
            override[severity] = list;
    }
    return { override };
}
function readLabelSchema(value) {
    if (!isMap(value))
        return undefined;
    const labelSchema = {};
    for (const [label, type] of Object.entries(value)) {
        const known = type === null || type === '' ? 'text' : _config_js__WEBPACK_IMPORTED_MODULE_2__/* .LABEL_TYPES */ .xP.find((one) => one === type);
        if (known === undefined)
            return undefined;
        labelSchema[label] = known;
    }
    return { labelSchema };
}


/***/ })

};
