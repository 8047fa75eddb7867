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
    ignored: (value, refuse) => wrap('ignored', strings(value) ?? refuse('a list of rules')),
    trustedRegistries: (value, refuse) => wrap('trustedRegistries', strings(value) ?? refuse('a list of registries')),
    override: readOverride,
    'label-schema': readLabelSchema,
    'strict-labels': (value, refuse) => wrap('strictLabels', bool(value, refuse)),
    'disable-ignore-pragma': (value, refuse) => wrap('disableIgnorePragma', bool(value, refuse)),
    'no-fail': (value, refuse) => wrap('noFail', bool(value, refuse)),
    'no-color': (value, refuse) => wrap('noColor', bool(value, refuse)),
    verbose: (value, refuse) => wrap('verbose', bool(value, refuse)),
    'failure-threshold': (value, refuse) => wrap('failureThreshold', _config_js__WEBPACK_IMPORTED_MODULE_2__/* .FAILURE_THRESHOLDS */ .IU.find((known) => known === value) ?? refuse(oneOf(_config_js__WEBPACK_IMPORTED_MODULE_2__/* .FAILURE_THRESHOLDS */ .IU))),
    format: (value, refuse) => wrap('format', (typeof value === 'string' ? formats([value]) : undefined) ?? refuse(oneOf(_config_js__WEBPACK_IMPORTED_MODULE_2__/* .FORMATS */ .hR))),
    formats: (value, refuse) => wrap('format', formats(strings(value)) ?? refuse(`a list of ${_config_js__WEBPACK_IMPORTED_MODULE_2__/* .FORMATS */ .hR.join(', ')}`)),
};
/**
 * Reads the text of a `.hadolint.yaml`. Keys that nobody knows are kept in `unknownKeys`, so that they can be told.
 * @throws BuildError `BAD_LINT_CONFIG` for text that is no YAML map, or for all values of the wrong kind together
 */
function parseConfigFile(text, path) {
    const document = readYaml(text, path);
    let config = {};
    const unknownKeys = [];
    const problems = [];
    for (const [key, value] of document) {
        const read = Object.hasOwn(READERS, key) ? READERS[key] : undefined;
        if (read === undefined)
            unknownKeys.push(withHint(key));
        if (read === undefined || value === null)
            continue;
        const refuse = (wanted) => {
            problems.push(badConfig(path, `"${key}" has a value of the wrong kind: ${wanted} is wanted`));
            return undefined;
        };
        config = { ...config, ...read(value, refuse) };
    }
    (0,_base_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .throwAll */ .Kx)(problems);
    return unknownKeys.length === 0 ? config : { ...config, unknownKeys };
}
function readYaml(text, path) {
    const hint = 'The keys are those of hadolint: ignored, override, trustedRegistries, label-schema, failure-threshold …';
    let document;
    try {
        // A tag that nobody knows changes nothing here.
        document = (0,yaml__WEBPACK_IMPORTED_MODULE_0__/* .parse */ .qg)(text, { logLevel: 'error' });
    }
    catch (cause) {
        const several = cause.code === 'MULTIPLE_DOCS';
        const message = several ? 'one document is wanted, and there are several' : (0,_base_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .reasonOf */ .A3)(cause).trimEnd();
        throw badConfig(path, message, hint, cause);
    }
    if (document === null || document === undefined)
        return [];
    if (!isMap(document))
        throw badConfig(path, 'a map of settings is wanted', hint);
    return Object.entries(document);
}
function badConfig(path, message, hint, cause) {
    return new _base_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .BuildError */ .zS({
        kind: 'user',
        code: 'BAD_LINT_CONFIG',
        message: `${path}: ${message}`,
        hint,
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
    return value === undefined ? {} : { [key]: value };
}
/** With the words of YAML 1.1, which hadolint's reader takes too. */
function bool(value, refuse) {
    if (typeof value === 'boolean')
        return value;
    const word = typeof value === 'string' ? value : '';
    if (/^(?:y|Y|yes|Yes|YES|on|On|ON)$/.test(word))
        return true;
    if (/^(?:n|N|no|No|NO|off|Off|OFF)$/.test(word))
        return false;
    return refuse('true or false');
}
function strings(value) {
    if (typeof value === 'string')
        return [value];
    return Array.isArray(value) && value.every((item) => typeof item === 'string') ? value : undefined;
}
function formats(values) {
    return values?.every((value) => _config_js__WEBPACK_IMPORTED_MODULE_2__/* .FORMATS */ .hR.includes(value)) ? values : undefined;
}
function oneOf(words) {
    return `one of ${words.join(', ')}`;
}
function readOverride(value, refuse) {
    const override = {};
    if (!isMap(value))
        refuse(`a list of rules for each of ${_config_js__WEBPACK_IMPORTED_MODULE_2__/* .SEVERITIES */ .oC.join(', ')}`);
    for (const [name, ids] of isMap(value) ? Object.entries(value) : []) {
        const severity = _config_js__WEBPACK_IMPORTED_MODULE_2__/* .SEVERITIES */ .oC.find((known) => known === name);
        const list = ids === null ? [] : strings(ids);
        if (severity === undefined)
            refuse(`${oneOf(_config_js__WEBPACK_IMPORTED_MODULE_2__/* .SEVERITIES */ .oC)}, not ${name},`);
        else if (list === undefined)
            refuse(`a list of rules for ${name}`);
        else if (list.length > 0)
            override[severity] = list;
    }
    return { override };
}
function readLabelSchema(value, refuse) {
    const labelSchema = {};
    if (!isMap(value))
        refuse('a map of labels and their types');
    for (const [label, type] of isMap(value) ? Object.entries(value) : []) {
        const known = type === null || type === '' ? 'text' : _config_js__WEBPACK_IMPORTED_MODULE_2__/* .LABEL_TYPES */ .xP.find((one) => one === type);
        if (known === undefined)
            refuse(`${oneOf(_config_js__WEBPACK_IMPORTED_MODULE_2__/* .LABEL_TYPES */ .xP)}, not ${label}: ${String(type)},`);
        else
            labelSchema[label] = known;
    }
    return { labelSchema };
}


/***/ })

};
