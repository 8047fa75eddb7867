export const id = 158;
export const ids = [158];
export const modules = {

/***/ 7114:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Q: () => (/* binding */ flagHelp),
/* harmony export */   W: () => (/* binding */ parseArguments)
/* harmony export */ });
/* harmony import */ var node_util__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7975);
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7594);


/** @throws BuildError `USAGE` for an unknown flag or a missing value */
function parseArguments(argv, specs) {
    try {
        const { values, positionals } = (0,node_util__WEBPACK_IMPORTED_MODULE_0__.parseArgs)({
            args: [...argv],
            options: Object.fromEntries(Object.entries(specs).map(([name, spec]) => [name, optionOf(spec)])),
            allowPositionals: true,
            allowNegative: true,
        });
        return {
            positionals,
            text: (name) => {
                const value = values[name];
                return typeof value === 'string' ? value : undefined;
            },
            list: (name) => {
                const value = values[name];
                return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
            },
            flag: (name) => {
                // parseArgs tells `--no-cache` as `cache: false`, also where the flag itself is called `no-cache`.
                const value = name.startsWith('no-') ? values[name.slice(3)] === false || undefined : values[name];
                return typeof value === 'boolean' ? value : undefined;
            },
        };
    }
    catch (cause) {
        throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .BuildError */ .zS({
            kind: 'user',
            code: 'USAGE',
            message: cause.message.split('\n')[0] ?? 'wrong usage',
            hint: 'Run the command with --help to see its flags.',
            cause,
        });
    }
}
/** The flags as a help text, one a line. */
function flagHelp(specs) {
    const rows = Object.entries(specs).map(([name, spec]) => {
        const value = spec.type === 'string' ? ` ${spec.value ?? 'VALUE'}` : '';
        return [`${spec.short === undefined ? '    ' : `-${spec.short}, `}--${name}${value}`, spec.help];
    });
    const width = Math.max(...rows.map(([flag]) => flag.length)) + 2;
    return rows.map(([flag, help]) => `  ${flag.padEnd(width)}${help}`).join('\n');
}
function optionOf(spec) {
    return {
        type: spec.type,
        multiple: spec.multiple ?? false,
        ...(spec.short === undefined ? {} : { short: spec.short }),
    };
}


/***/ }),

/***/ 4013:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   CN: () => (/* binding */ readLintConfig),
/* harmony export */   Fg: () => (/* binding */ lintConfigPath)
/* harmony export */ });
/* unused harmony export lintConfigText */
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3024);
/* harmony import */ var node_os__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8161);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6760);
/* harmony import */ var _dockerfile_lint_config_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(2934);
/* harmony import */ var _dockerfile_lint_config_environment_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(6834);
/* harmony import */ var _options_problems_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(3916);






/** hadolint's search places, the first that is there. */
function lintConfigPath(environment) {
    const home = environment['HOME'] || (0,node_os__WEBPACK_IMPORTED_MODULE_1__.homedir)();
    const folder = environment['XDG_CONFIG_HOME'] || (0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(home, '.config');
    const places = [
        '.hadolint',
        (0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(folder, 'hadolint'),
        (0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(home, '.hadolint', 'hadolint'),
        (0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(home, '.hadolint', 'config'),
        (0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(home, '.hadolint'),
    ];
    return places.flatMap((place) => [`${place}.yaml`, `${place}.yml`]).find((path) => (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.existsSync)(path));
}
/** The text of a configuration file; undefined when none was named and none is found. @throws BuildError `BAD_INPUT` */
function lintConfigText(path, environment) {
    const found = path ?? lintConfigPath(environment);
    if (found === undefined)
        return undefined;
    try {
        return { path: found, text: (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readFileSync)(found, 'utf8') };
    }
    catch (cause) {
        throw (0,_options_problems_js__WEBPACK_IMPORTED_MODULE_5__/* .badInput */ .A)(`lint-config: ${found} cannot be read: ${cause.message}`);
    }
}
/**
 * What the linter goes by: the environment's settings, then the configuration file, then what was asked for, as hadolint merges them.
 * @throws BuildError `BAD_INPUT` for a named file that cannot be read
 */
async function readLintConfig(request) {
    const file = lintConfigText(request.config, request.environment);
    return (0,_dockerfile_lint_config_js__WEBPACK_IMPORTED_MODULE_3__/* .mergeConfigs */ .SV)((0,_dockerfile_lint_config_environment_js__WEBPACK_IMPORTED_MODULE_4__/* .environmentConfig */ .w)(request.environment), 
    // Loaded only where there is a file: the YAML reader costs start-up time.
    file === undefined
        ? {}
        : (await Promise.all(/* import() */[__webpack_require__.e(815), __webpack_require__.e(809)]).then(__webpack_require__.bind(__webpack_require__, 7809))).parseConfigFile(file.text, file.path), request.given ?? {}, {
        ...(request.ignore.length === 0 ? {} : { ignored: request.ignore }),
        ...(request.buildArgs === undefined ? {} : { buildArgs: request.buildArgs }),
        ...(request.dockerignore === undefined ? {} : { dockerignore: request.dockerignore }),
    });
}


/***/ }),

/***/ 1225:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  K: () => (/* binding */ pairReports),
  L: () => (/* binding */ writeReports)
});

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./lib/base/errors.js
var errors = __webpack_require__(7594);
;// CONCATENATED MODULE: ./lib/dockerfile/lint/format/xml-text.js
/** A text for an XML attribute in double quotes; characters that XML 1.0 cannot hold are left out. */
function xmlText(text) {
    return text
        .replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '')
        .replaceAll('&', '&amp;')
        .replaceAll('<', '&lt;')
        .replaceAll('>', '&gt;')
        .replaceAll('"', '&quot;')
        .replace(/[\t\n\r]/g, (char) => `&#${char.charCodeAt(0)};`);
}

;// CONCATENATED MODULE: ./lib/dockerfile/lint/format/checkstyle.js

/** Checkstyle knows error, warning and info. */
const LEVELS = {
    error: 'error',
    warning: 'warning',
    info: 'info',
    style: 'info',
};
function renderCheckstyle(files) {
    const parts = files.map(({ path, diagnostics }) => {
        const errors = diagnostics.map(({ rule, severity, message, at }) => `    <error line="${at.start.line}" column="${at.start.column}" severity="${LEVELS[severity]}" message="${xmlText(message)}" source="${xmlText(rule)}"/>\n`);
        return `  <file name="${xmlText(path)}">\n${errors.join('')}  </file>\n`;
    });
    return `<?xml version="1.0" encoding="UTF-8"?>\n<checkstyle version="4.3">\n${parts.join('')}</checkstyle>\n`;
}

;// CONCATENATED MODULE: ./lib/dockerfile/lint/format/linted-file.js
/** Findings with their file, in order. */
function eachFinding(files, map) {
    return files.flatMap((file) => file.diagnostics.map((diagnostic) => map(diagnostic, file)));
}
/** `DL3065, RedundantTargetPlatform` */
function allIds({ rule, aliases }) {
    return [rule, ...aliases].join(', ');
}

;// CONCATENATED MODULE: ./lib/dockerfile/lint/format/codacy.js

/** One JSON object a line. */
function renderCodacy(files) {
    return eachFinding(files, ({ rule, message, at }, { path }) => `${JSON.stringify({ filename: path, line: at.start.line, message, patternId: rule })}\n`).join('');
}

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
;// CONCATENATED MODULE: ./lib/dockerfile/lint/format/fingerprint.js

/**
 * Names for the findings of one file that stay when lines are put in above: made of path, rule and the text of the line, and of a
 * count where those are equal.
 */
function fingerprints({ path, text, diagnostics }) {
    const lines = text.split('\n');
    const seen = new Map();
    return diagnostics.map(({ rule, at }) => {
        const key = [path, rule, (lines[at.start.line - 1] ?? '').trim()].join('\0');
        const count = seen.get(key) ?? 0;
        seen.set(key, count + 1);
        return (0,external_node_crypto_.createHash)('sha1').update(`${key}\0${count}`).digest('hex');
    });
}

;// CONCATENATED MODULE: ./lib/dockerfile/lint/format/codeclimate.js

/** Code Climate's five levels (spec of the engines, "Issues"). */
const codeclimate_LEVELS = {
    error: 'blocker',
    warning: 'major',
    info: 'info',
    style: 'minor',
};
function issues(files) {
    return files.flatMap((file) => {
        const names = fingerprints(file);
        return file.diagnostics.map(({ rule, severity, message, at }, index) => ({
            type: 'issue',
            check_name: rule,
            description: message,
            categories: ['Bug Risk'],
            severity: codeclimate_LEVELS[severity],
            fingerprint: names[index],
            location: { path: file.path, lines: { begin: at.start.line, end: at.end.line } },
        }));
    });
}
/** Objects, each ended by a NUL. */
function renderCodeclimate(files) {
    return issues(files)
        .map((issue) => `${JSON.stringify(issue)}\0`)
        .join('');
}
/** The same in one array, for GitLab. */
function renderGitlab(files) {
    return `${JSON.stringify(issues(files))}\n`;
}

;// CONCATENATED MODULE: ./lib/dockerfile/lint/format/github.js

const COMMANDS = {
    error: 'error',
    warning: 'warning',
    info: 'notice',
    style: 'notice',
};
/** Workflow commands: lines that a runner of GitHub Actions turns into annotations. */
function renderGithub(files) {
    return eachFinding(files, (diagnostic, { path }) => {
        const { severity, message, at } = diagnostic;
        // Columns are taken only where the range is of one line.
        const columns = at.start.line === at.end.line ? `,col=${at.start.column},endColumn=${at.end.column}` : '';
        const place = `file=${property(path)},line=${at.start.line},endLine=${at.end.line}${columns}`;
        return `::${COMMANDS[severity]} ${place},title=${property(allIds(diagnostic))}::${data(message)}\n`;
    }).join('');
}
function data(text) {
    return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}
function property(text) {
    return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

;// CONCATENATED MODULE: ./lib/dockerfile/lint/format/gnu.js

/** `file:line:column: id severity: message` (GNU coding standards, "Formatting Error Messages"). */
function renderGnu(files) {
    return eachFinding(files, ({ rule, severity, message, at }, { path }) => `${path}:${at.start.line}:${at.start.column}: ${rule} ${severity}: ${message}\n`).join('');
}

;// CONCATENATED MODULE: ./lib/dockerfile/lint/format/json.js

/** hadolint's keys, and behind them what it does not know. */
function renderJson(files) {
    const findings = eachFinding(files, ({ rule, aliases, severity, message, at, fix, url }, { path }) => ({
        code: rule,
        column: at.start.column,
        file: path,
        level: severity,
        line: at.start.line,
        message,
        endLine: at.end.line,
        endColumn: at.end.column,
        ...(aliases.length === 0 ? {} : { aliases }),
        ...(fix === undefined
            ? {}
            : {
                fix: {
                    title: fix.title,
                    safety: fix.safety,
                    edits: fix.edits.map((edit) => ({
                        start: edit.at.start.offset,
                        end: edit.at.end.offset,
                        text: edit.text,
                    })),
                },
            }),
        ...(url === undefined ? {} : { url }),
    }));
    return `${JSON.stringify(findings)}\n`;
}

;// CONCATENATED MODULE: ./lib/dockerfile/lint/format/junit.js

/** A suite a file, a case a finding; a clean file is one passed case. */
function renderJunit(files) {
    const count = files.reduce((sum, { diagnostics }) => sum + diagnostics.length, 0);
    const suites = files.map(suite).join('');
    const cases = files.reduce((sum, { diagnostics }) => sum + Math.max(1, diagnostics.length), 0);
    return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites tests="${cases}" failures="${count}">\n${suites}</testsuites>\n`;
}
function suite({ path, diagnostics }) {
    const name = xmlText(path);
    const cases = diagnostics.map(({ rule, severity, message, at }) => {
        const place = `${path}:${at.start.line}:${at.start.column}`;
        return `    <testcase classname="${name}" name="${xmlText(`${rule} ${place}`)}"><failure type="${severity}" message="${xmlText(message)}"/></testcase>\n`;
    });
    const body = cases.length === 0 ? `    <testcase classname="${name}" name="lint"/>\n` : cases.join('');
    return `  <testsuite name="${name}" tests="${Math.max(1, cases.length)}" failures="${cases.length}">\n${body}  </testsuite>\n`;
}

// EXTERNAL MODULE: ./lib/dockerfile/lint/rule-url.js
var rule_url = __webpack_require__(6422);
// EXTERNAL MODULE: ./lib/dockerfile/lint/rules.js + 160 modules
var rules = __webpack_require__(1108);
;// CONCATENATED MODULE: ./lib/dockerfile/lint/format/sarif.js



const sarif_LEVELS = {
    error: 'error',
    warning: 'warning',
    info: 'note',
    style: 'note',
};
/** SARIF 2.1.0 (OASIS). Written for no findings too, so that an upload closes what was found before. */
function renderSarif(files, options) {
    const ids = [...new Set(files.flatMap(({ diagnostics }) => diagnostics.map(({ rule }) => rule)))].sort();
    const index = new Map(ids.map((id, position) => [id, position]));
    const log = {
        $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
        version: '2.1.0',
        runs: [
            {
                tool: {
                    driver: {
                        name: 'ts-image-build',
                        ...(options.version === undefined ? {} : { version: options.version }),
                        rules: ids.map(ruleDescriptor),
                    },
                },
                columnKind: 'utf16CodeUnits',
                artifacts: files.map(({ path }) => ({ location: sarif_location(path) })),
                results: files.flatMap((file, artifact) => results(file, artifact, index)),
            },
        ],
    };
    return `${JSON.stringify(log)}\n`;
}
function ruleDescriptor(id) {
    const rule = rules/* RULES */.y.find((one) => one.id === id);
    const url = (0,rule_url/* ruleUrl */.Q)(id);
    return {
        id,
        shortDescription: { text: rule?.title ?? 'The file can be read' },
        ...(url === undefined ? {} : { helpUri: url }),
        defaultConfiguration: {
            level: rule === undefined || rule.severity === 'off' ? 'error' : sarif_LEVELS[rule.severity],
        },
    };
}
/** A relative reference with what a URI cannot hold escaped. */
function sarif_location(path) {
    const uri = path
        .replaceAll('\\', '/')
        .replace(/^(?:\.\/)+/, '')
        .split('/')
        .map(encodeURIComponent)
        .join('/');
    return { uri };
}
function results(file, artifact, index) {
    const names = fingerprints(file);
    const where = { ...sarif_location(file.path), index: artifact };
    return file.diagnostics.map((diagnostic, position) => ({
        ruleId: diagnostic.rule,
        ruleIndex: index.get(diagnostic.rule),
        level: sarif_LEVELS[diagnostic.severity],
        message: { text: diagnostic.message },
        locations: [{ physicalLocation: { artifactLocation: where, region: region(diagnostic.at) } }],
        partialFingerprints: { primaryLocationLineHash: names[position] },
        properties: { severity: diagnostic.severity, aliases: diagnostic.aliases },
        ...(diagnostic.fix === undefined ? {} : { fixes: [fixOf(diagnostic.fix, where)] }),
    }));
}
function region({ start, end }) {
    return { startLine: start.line, startColumn: start.column, endLine: end.line, endColumn: end.column };
}
function fixOf(fix, artifactLocation) {
    return {
        description: { text: fix.title },
        artifactChanges: [
            {
                artifactLocation,
                replacements: fix.edits.map((edit) => ({
                    deletedRegion: region(edit.at),
                    insertedContent: { text: edit.text },
                })),
            },
        ],
    };
}

;// CONCATENATED MODULE: ./lib/dockerfile/lint/format/sonarqube.js

const sonarqube_LEVELS = {
    error: 'CRITICAL',
    warning: 'MAJOR',
    info: 'MINOR',
    style: 'INFO',
};
/** SonarQube's generic issue data. Its columns count from 0, and a range must not be empty. */
function renderSonarqube(files) {
    const issues = eachFinding(files, (diagnostic, { path }) => ({
        engineId: 'ts-image-build',
        ruleId: diagnostic.rule,
        severity: sonarqube_LEVELS[diagnostic.severity],
        type: diagnostic.severity === 'error' ? 'BUG' : 'CODE_SMELL',
        primaryLocation: { message: diagnostic.message, filePath: path, textRange: rangeOf(diagnostic) },
    }));
    return `${JSON.stringify({ issues })}\n`;
}
function rangeOf({ at: { start, end } }) {
    const lines = { startLine: start.line, endLine: end.line };
    if (start.offset === end.offset)
        return lines;
    return { ...lines, startColumn: start.column - 1, endColumn: end.column - 1 };
}

// EXTERNAL MODULE: ./lib/dockerfile/source-frame.js
var source_frame = __webpack_require__(7641);
;// CONCATENATED MODULE: ./lib/dockerfile/lint/format/tty.js


/** Colours of ECMA-48: red, yellow, blue, green. */
const COLORS = { error: 31, warning: 33, info: 34, style: 32 };
/** For people: the finding, the source line and a marker below it. */
function renderTty(files, options) {
    return eachFinding(files, (diagnostic, { text }) => one(diagnostic, text, options.color === true)).join('\n');
}
function one(diagnostic, text, color) {
    const { severity, message, at, fix, url } = diagnostic;
    const head = `${severity}[${allIds(diagnostic)}]`;
    const lines = [
        `${color ? `\u001B[${COLORS[severity]}m${head}\u001B[0m` : head}: ${message}`,
        (0,source_frame/* sourceFrame */.r)(text, at),
    ];
    if (fix !== undefined)
        lines.push(`  = fix${fix.safety === 'safe' ? '' : ' (look before you take it)'}: ${fix.title}`);
    if (url !== undefined)
        lines.push(`  = see ${url}`);
    return `${lines.join('\n')}\n`;
}

;// CONCATENATED MODULE: ./lib/dockerfile/lint/format/render.js











const RENDERERS = {
    tty: renderTty,
    json: renderJson,
    sarif: renderSarif,
    checkstyle: renderCheckstyle,
    codeclimate: renderCodeclimate,
    gitlab_codeclimate: renderGitlab,
    gnu: renderGnu,
    codacy: renderCodacy,
    sonarqube: renderSonarqube,
    junit: renderJunit,
    github: renderGithub,
};
/**
 * The findings of all files in one of `FORMATS`; the text ends with a newline unless it is empty.
 * @throws BuildError `UNKNOWN_FORMAT`
 */
function renderFindings(format, files, options = {}) {
    const renderer = Object.hasOwn(RENDERERS, format) ? RENDERERS[format] : undefined;
    if (renderer !== undefined)
        return renderer(files, options);
    throw new errors/* BuildError */.zS({
        kind: 'user',
        code: 'UNKNOWN_FORMAT',
        message: `"${format}" is no format for findings`,
        hint: `It is one of ${Object.keys(RENDERERS).join(', ')}.`,
    });
}

// EXTERNAL MODULE: ./lib/app/options/problems.js
var problems = __webpack_require__(3916);
;// CONCATENATED MODULE: ./lib/app/lint/reports.js




/**
 * The n-th output goes with the n-th format; formats without one are printed.
 * @throws BuildError `BAD_INPUT` for an output that has no format
 */
function pairReports(formats, outputs) {
    const wanted = formats.length === 0 ? ['tty'] : formats;
    const over = outputs[wanted.length];
    if (over !== undefined)
        throw (0,problems/* badInput */.A)(`there is no format for the output ${over}`, 'The n-th output file goes with the n-th format.');
    return wanted.map((format, index) => ({ format, output: outputs[index] }));
}
/**
 * Writes the reports that go to files, with no findings too, and gives the text of the others.
 * @throws BuildError `BAD_INPUT` for a file that cannot be written
 */
function writeReports(reports, files, options) {
    let printed = '';
    for (const { format, output } of reports) {
        if (output === undefined)
            printed += renderFindings(format, files, options);
        else
            writeReport(output, renderFindings(format, files, { ...options, color: false }));
    }
    return printed;
}
function writeReport(path, text) {
    try {
        (0,external_node_fs_.mkdirSync)((0,external_node_path_.dirname)(path), { recursive: true });
        (0,external_node_fs_.writeFileSync)(path, text);
    }
    catch (cause) {
        throw (0,problems/* badInput */.A)(`the report ${path} cannot be written: ${cause.message}`);
    }
}


/***/ }),

/***/ 5939:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Q: () => (/* binding */ shellcheckMode),
/* harmony export */   s: () => (/* binding */ shellcheckFiles)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3024);
/* harmony import */ var node_os__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8161);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6760);
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(7594);
/* harmony import */ var _options_problems_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(3916);





/** @throws BuildError `BAD_INPUT` */
function shellcheckMode(text) {
    switch (text) {
        case undefined:
        case '':
            return 'auto';
        case 'auto':
        case 'off':
        case 'required':
            return text;
        default:
            throw (0,_options_problems_js__WEBPACK_IMPORTED_MODULE_4__/* .badInput */ .A)(`"${text}" is not a way to use shellcheck`, 'It is auto, off or required.');
    }
}
/**
 * What ShellCheck finds in the scripts of each file; few processes for all of them.
 * @throws BuildError `SHELLCHECK_NOT_FOUND`, `SHELLCHECK_FAILED` where it is required
 */
async function shellcheckFiles(files, run) {
    const program = run.mode === 'off' ? undefined : findProgram(run.environment['PATH'] ?? '');
    if (program === undefined) {
        if (run.mode === 'required')
            throw notFound();
        return files.map(() => []);
    }
    try {
        return await checkFiles(program, files, run);
    }
    catch (thrown) {
        run.signal?.throwIfAborted();
        if (run.mode === 'required' || !(thrown instanceof _base_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .BuildError */ .zS))
            throw thrown;
        run.onNotice?.(`shellcheck is left out: ${thrown.message}`);
        return files.map(() => []);
    }
}
function findProgram(path) {
    return path
        .split(node_path__WEBPACK_IMPORTED_MODULE_2__.delimiter)
        .filter((folder) => folder !== '')
        .map((folder) => (0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(folder, 'shellcheck'))
        .find((candidate) => {
        try {
            (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.accessSync)(candidate, node_fs__WEBPACK_IMPORTED_MODULE_0__.constants.X_OK);
            return true;
        }
        catch {
            return false;
        }
    });
}
function notFound() {
    return new _base_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .BuildError */ .zS({
        kind: 'environment',
        code: 'SHELLCHECK_NOT_FOUND',
        message: 'shellcheck is required, and it is not on this machine',
        hint: 'Install it, or set shellcheck to auto: the most common of its checks are built in.',
    });
}
/** Loaded where it is used: most machines do without, and starting up must stay quick. */
async function checkFiles(program, files, run) {
    const { shellcheckScripts } = await Promise.all(/* import() */[__webpack_require__.e(43), __webpack_require__.e(117)]).then(__webpack_require__.bind(__webpack_require__, 117));
    const scripts = files.flatMap(({ parsed, config }, file) => shellcheckScripts(parsed, config).map((script) => ({ ...script, file })));
    const findings = files.map(() => []);
    const batches = inBatches(scripts);
    const { runBatch } = await __webpack_require__.e(/* import() */ 222).then(__webpack_require__.bind(__webpack_require__, 9222));
    await inTurns(batches, async (batch) => {
        for (const { script, finding } of await runBatch(program, batch, run))
            findings[script.file]?.push(finding);
    });
    return findings;
}
/** A process starts in less time than it takes for a few scripts: one for each processor, unless the command line would grow too long. */
const MOST_SCRIPTS = 500;
function inBatches(items) {
    const size = Math.min(MOST_SCRIPTS, Math.max(8, Math.ceil(items.length / (0,node_os__WEBPACK_IMPORTED_MODULE_1__.availableParallelism)())));
    const batches = [];
    for (let at = 0; at < items.length; at += size)
        batches.push(items.slice(at, at + size));
    return batches;
}
/** As many at a time as there are processors. */
async function inTurns(items, work) {
    const queue = items.values();
    const lane = async () => {
        for (const item of queue)
            await work(item);
    };
    await Promise.all(Array.from({ length: (0,node_os__WEBPACK_IMPORTED_MODULE_1__.availableParallelism)() }, lane));
}


/***/ }),

/***/ 8628:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   C: () => (/* binding */ buildArgs),
/* harmony export */   K: () => (/* binding */ keyValues)
/* harmony export */ });
/* harmony import */ var _problems_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3916);

/** `KEY=VALUE` items as a map. @throws BuildError `BAD_INPUT` for an item without a key or without `=` */
function keyValues(items) {
    return Object.fromEntries(items.map((item) => split(item)));
}
/** Build args: `KEY` alone takes the value from the environment, and is left out when it has none there, as in docker build. */
function buildArgs(items, environment) {
    const found = [];
    for (const item of items) {
        if (item.includes('='))
            found.push(split(item));
        else {
            const value = environment[item];
            if (value !== undefined)
                found.push([item, value]);
        }
    }
    return Object.fromEntries(found);
}
function split(item) {
    const equals = item.indexOf('=');
    if (equals < 1)
        throw (0,_problems_js__WEBPACK_IMPORTED_MODULE_0__/* .badInput */ .A)(`"${item}" is not of the form KEY=VALUE`);
    return [item.slice(0, equals), item.slice(equals + 1)];
}


/***/ }),

/***/ 3916:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   A: () => (/* binding */ badInput),
/* harmony export */   N: () => (/* binding */ InputProblems)
/* harmony export */ });
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7594);

/** Collects all that is wrong with the inputs, so that it is told in one message. */
class InputProblems {
    #problems = [];
    /** `input` is named as the user wrote it: `--tag`, `build-args`. */
    add(input, message) {
        this.#problems.push(`${input}: ${message}`);
    }
    /** The value, or undefined after noting why there is none. */
    attempt(input, read) {
        try {
            return read();
        }
        catch (error) {
            if (!(error instanceof _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildError */ .zS) || error.kind !== 'user')
                throw error;
            this.add(input, error.hint === undefined ? error.message : `${error.message}. ${error.hint}`);
            return undefined;
        }
    }
    /** @throws BuildError `BAD_INPUT` */
    throwIfAny() {
        const [first, ...more] = this.#problems;
        if (first === undefined)
            return;
        throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildError */ .zS({
            kind: 'user',
            code: 'BAD_INPUT',
            message: more.length === 0
                ? first
                : `${this.#problems.length} inputs are wrong:\n${this.#problems.map((text) => `- ${text}`).join('\n')}`,
        });
    }
}
/** An input that cannot be read. Caught and collected by InputProblems. */
function badInput(message, hint) {
    return new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildError */ .zS({ kind: 'user', code: 'BAD_INPUT', message, hint });
}


/***/ }),

/***/ 4141:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   bW: () => (/* binding */ readIgnorePattern),
/* harmony export */   ts: () => (/* binding */ cleanPath)
/* harmony export */ });
/* unused harmony export toRegExp */
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7594);
/* harmony import */ var _match_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3551);


/** Go's filepath.Clean. */
function cleanPath(path) {
    const rooted = path.startsWith('/');
    const out = [];
    for (const part of path.split('/')) {
        if (part === '' || part === '.')
            continue;
        if (part !== '..')
            out.push(part);
        else if (out.length > 0 && out.at(-1) !== '..')
            out.pop();
        else if (!rooted)
            out.push(part);
    }
    const cleaned = (rooted ? '/' : '') + out.join('/');
    return cleaned === '' ? '.' : cleaned;
}
/**
 * Reads a pattern that is trimmed and not empty.
 * @throws BuildError `BAD_PATTERN`
 */
function readIgnorePattern(pattern) {
    const cleaned = cleanPath(pattern);
    const exception = cleaned.startsWith('!');
    const text = exception ? cleaned.slice(1) : cleaned;
    if (text === '')
        throw bad(pattern, 'nothing follows the !');
    (0,_match_js__WEBPACK_IMPORTED_MODULE_1__/* .compilePattern */ .Eb)(text);
    return { text, exception, matches: matcherOf(text) };
}
/** Plain names and the commonest uses of `**` need no regular expression; `**name` is a plain test of the end, as in BuildKit. */
function matcherOf(text) {
    const special = /[*?[\]\\]/;
    if (!special.test(text))
        return (path) => path === text;
    if (/^\*\*\/?[^*?[\]\\]+$/.test(text))
        return endMatcher(text.slice(2));
    if (/^\*\*\/?$/.test(text))
        return () => true;
    if (/^[^*?[\]\\]+\*\*$/.test(text)) {
        const start = text.slice(0, -2);
        return (path) => path.startsWith(start);
    }
    const regexp = toRegExp(text);
    return (path) => regexp.test(path);
}
function endMatcher(end) {
    const alone = end.startsWith('/') ? end.slice(1) : undefined;
    return (path) => path.endsWith(end) || path === alone;
}
/**
 * The regular expression that moby/patternmatcher makes of a pattern.
 * @throws BuildError `BAD_PATTERN` where that one cannot be compiled
 */
function toRegExp(pattern) {
    try {
        return new RegExp(`^${regExpSource(pattern)}$`, 'u');
    }
    catch (cause) {
        if (cause instanceof _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildError */ .zS)
            throw cause;
        throw bad(pattern, 'it has a range that makes no sense');
    }
}
const DEPTH = '(?:[^\\n]*/)?';
function regExpSource(pattern) {
    const out = [];
    const units = [...pattern.matchAll(/\*\*\/?|\\.?|./gsu)].map(([unit]) => unit);
    let inSet = false;
    for (const [index, unit] of units.entries()) {
        const source = wildcardSource(unit, index + 1 === units.length) ?? plainSource(unit, inSet, pattern);
        // Two of these in a row say no more than one, but take far longer.
        if (source !== DEPTH || out.at(-1) !== DEPTH)
            out.push(source);
        // A wildcard inside brackets closes them, strange as it is.
        inSet = unit === '[' || (inSet && unit !== ']' && unit !== '*' && unit !== '?');
    }
    return out.join('');
}
function wildcardSource(unit, last) {
    if (unit === '*')
        return '[^/]*';
    if (unit === '?')
        return '[^/]';
    if (!unit.startsWith('**'))
        return undefined;
    return last ? '[^\\n]*' : DEPTH;
}
/** Brackets and `^` go into the expression as they are; a closing bracket that closes nothing is itself. */
function plainSource(unit, inSet, pattern) {
    if (unit.startsWith('\\'))
        return escapedSource(unit.slice(1), inSet, pattern);
    if (unit === '[' || unit === '^')
        return unit;
    if (unit === ']')
        return inSet ? unit : '\\]';
    return unit === '-' ? unit : literal(unit);
}
function literal(char) {
    return /[\^$.*+?()[\]{}|/\\]/.test(char) ? `\\${char}` : char;
}
const CONTROLS = {
    a: '\\x07',
    f: '\\f',
    n: '\\n',
    r: '\\r',
    t: '\\t',
    v: '\\v',
};
/** A backslash and a letter mean what they mean in a regular expression: so it is in moby/patternmatcher. */
function escapedSource(char, inSet, pattern) {
    if (char === '')
        return '\\\\';
    if (char === '-')
        return inSet ? '\\-' : '-';
    if (!/[A-Za-z0-9]/.test(char))
        return literal(char);
    if (/[dDsSwW]/.test(char) || (!inSet && /[bB]/.test(char)))
        return `\\${char}`;
    const control = CONTROLS[char];
    if (control !== undefined)
        return control;
    throw bad(pattern, `a backslash stands before ${JSON.stringify(char)}`);
}
function bad(pattern, why) {
    return new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildError */ .zS({
        kind: 'user',
        code: 'BAD_PATTERN',
        message: `The ignore pattern ${JSON.stringify(pattern)} cannot be read: ${why}`,
        hint: 'put a backslash before a * ? or [ that is part of a name',
    });
}


/***/ }),

/***/ 6377:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   N: () => (/* binding */ ignoreMatcher),
/* harmony export */   r: () => (/* binding */ readIgnoreFile)
/* harmony export */ });
/* harmony import */ var _blank_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(3680);
/* harmony import */ var _ignore_pattern_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(4141);
/* harmony import */ var _match_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3551);



/**
 * Patterns of a .dockerignore, cleaned and in order, `!` kept. Broken ones are found by ignoreMatcher.
 * A line is a comment only if `#` is its very first character.
 */
function readIgnoreFile(text) {
    const patterns = [];
    for (const line of text.replace(/^\uFEFF/, '').split('\n')) {
        if (line.startsWith('#'))
            continue;
        const trimmed = (0,_blank_js__WEBPACK_IMPORTED_MODULE_2__/* .trimBlanks */ .I6)(line);
        if (trimmed === '')
            continue;
        const inverted = trimmed.startsWith('!');
        const path = inverted ? (0,_blank_js__WEBPACK_IMPORTED_MODULE_2__/* .trimBlanks */ .I6)(trimmed.slice(1)) : trimmed;
        const cleaned = path === '' ? '' : (0,_ignore_pattern_js__WEBPACK_IMPORTED_MODULE_0__/* .cleanPath */ .ts)(path).replace(/^\/(?=.)/s, '');
        patterns.push(inverted ? `!${cleaned}` : cleaned);
    }
    return patterns;
}
/**
 * Answers for paths by the rules of .dockerignore: the last pattern that matches a path or one of its parents decides.
 * @throws BuildError `BAD_PATTERN`
 */
function ignoreMatcher(patterns) {
    const compiled = patterns
        .map(_blank_js__WEBPACK_IMPORTED_MODULE_2__/* .trimBlanks */ .I6)
        .filter((pattern) => pattern !== '')
        .map(_ignore_pattern_js__WEBPACK_IMPORTED_MODULE_0__/* .readIgnorePattern */ .bW);
    const reaches = compiled.map((pattern) => (pattern.exception ? reachOf(pattern) : undefined));
    const folders = new Map();
    /** Index of the last pattern that matches the path or a parent of it, -1 if none does. Folders are remembered. */
    function decider(path) {
        const parent = parentOf(path);
        const inherited = parent === undefined ? -1 : folderDecider(parent);
        for (let index = compiled.length - 1; index > inherited; index--) {
            if (compiled[index]?.matches(path) === true)
                return index;
        }
        return inherited;
    }
    function folderDecider(path) {
        const known = folders.get(path);
        if (known !== undefined)
            return known;
        const index = decider(path);
        folders.set(path, index);
        return index;
    }
    return {
        hasExceptions: compiled.some((pattern) => pattern.exception),
        excludes(path, isDirectory = false) {
            const pattern = compiled[isDirectory ? folderDecider(path) : decider(path)];
            return pattern?.exception === false;
        },
        mayContainExceptionsBelow(folder) {
            const parts = folder.split('/');
            // Only a pattern behind the one that excludes the folder can undo it.
            return reaches.slice(folderDecider(folder) + 1).some((reach) => reach?.(parts) === true);
        },
    };
}
/** Parent folder of a path as Go's filepath.Dir sees it: `a/b/` lies in `a/b`. */
function parentOf(path) {
    const slash = path.lastIndexOf('/');
    if (slash <= 0)
        return undefined;
    const parent = (0,_ignore_pattern_js__WEBPACK_IMPORTED_MODULE_0__/* .cleanPath */ .ts)(path.slice(0, slash));
    return parent === '.' ? undefined : parent;
}
/** Whether a pattern can match something strictly below a folder, given as its path's elements. */
function reachOf({ text }) {
    const elements = text.split('/');
    const deep = elements.findIndex((element) => element.includes('**'));
    const compiled = elements.map(elementPattern);
    return (folder) => {
        const count = deep === -1 ? folder.length : Math.min(deep, folder.length);
        if (deep === -1 && elements.length <= folder.length)
            return false;
        for (let index = 0; index < count; index++) {
            const pattern = compiled[index];
            if (pattern !== undefined && !(0,_match_js__WEBPACK_IMPORTED_MODULE_1__/* .matchesPattern */ .MT)(pattern, folder[index] ?? ''))
                return false;
        }
        return true;
    };
}
/** Undefined where a pattern's slash stands inside brackets, so that its elements are none: then anything is possible. */
function elementPattern(element) {
    try {
        return (0,_match_js__WEBPACK_IMPORTED_MODULE_1__/* .compilePattern */ .Eb)(element);
    }
    catch {
        return undefined;
    }
}


/***/ }),

/***/ 6834:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   D: () => (/* binding */ parseLabelSchema),
/* harmony export */   w: () => (/* binding */ environmentConfig)
/* harmony export */ });
/* harmony import */ var _config_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2934);

/** The settings in hadolint's environment variables. What is no valid value counts as not set, as in hadolint. */
function environmentConfig(environment) {
    return {
        ...list('ignored', environment['HADOLINT_IGNORE']),
        ...list('trustedRegistries', environment['HADOLINT_TRUSTED_REGISTRIES']),
        ...overrides(environment),
        ...labels(environment['HADOLINT_REQUIRE_LABELS']),
        ...flag('strictLabels', environment['HADOLINT_STRICT_LABELS']),
        ...flag('disableIgnorePragma', environment['HADOLINT_DISABLE_IGNORE_PRAGMA']),
        ...flag('noFail', environment['HADOLINT_NOFAIL']),
        ...flag('verbose', environment['HADOLINT_VERBOSE']),
        // no-color.org: any value counts.
        ...(environment['NO_COLOR'] === undefined ? {} : { noColor: true }),
        ...thresholdOf(environment['HADOLINT_FAILURE_THRESHOLD']),
        ...formatsOf(environment['HADOLINT_FORMAT']),
    };
}
/** `a:email,b` as a label schema; a label without a type is a text. Undefined: a type is unknown. */
function parseLabelSchema(text) {
    const schema = {};
    for (const item of items(text)) {
        const colon = item.lastIndexOf(':');
        const type = colon === -1 ? 'text' : item.slice(colon + 1) || 'text';
        const known = _config_js__WEBPACK_IMPORTED_MODULE_0__/* .LABEL_TYPES */ .xP.find((one) => one === type);
        if (known === undefined)
            return undefined;
        schema[colon === -1 ? item : item.slice(0, colon)] = known;
    }
    return schema;
}
function items(text) {
    return text
        .split(',')
        .map((item) => item.trim())
        .filter((item) => item !== '');
}
function list(key, value) {
    return value === undefined ? {} : { [key]: items(value) };
}
function flag(key, value) {
    return value === undefined ? {} : { [key]: /^(?:1|y|on|true|yes)$/i.test(value.trim()) };
}
function overrides(environment) {
    const override = {};
    for (const severity of _config_js__WEBPACK_IMPORTED_MODULE_0__/* .SEVERITIES */ .oC) {
        const value = environment[`HADOLINT_OVERRIDE_${severity.toUpperCase()}`];
        if (value !== undefined)
            override[severity] = items(value);
    }
    return Object.keys(override).length === 0 ? {} : { override };
}
function labels(value) {
    const schema = value === undefined ? undefined : parseLabelSchema(value);
    return schema === undefined ? {} : { labelSchema: schema };
}
function thresholdOf(value) {
    const known = _config_js__WEBPACK_IMPORTED_MODULE_0__/* .FAILURE_THRESHOLDS */ .IU.find((one) => one === value);
    return known === undefined ? {} : { failureThreshold: known };
}
function formatsOf(value) {
    const known = items(value ?? '').filter((item) => _config_js__WEBPACK_IMPORTED_MODULE_0__/* .FORMATS */ .hR.includes(item));
    return known.length === 0 ? {} : { format: known };
}


/***/ }),

/***/ 2934:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   IU: () => (/* binding */ FAILURE_THRESHOLDS),
/* harmony export */   Lu: () => (/* binding */ reachesThreshold),
/* harmony export */   SV: () => (/* binding */ mergeConfigs),
/* harmony export */   hR: () => (/* binding */ FORMATS),
/* harmony export */   oC: () => (/* binding */ SEVERITIES),
/* harmony export */   xP: () => (/* binding */ LABEL_TYPES)
/* harmony export */ });
const SEVERITIES = ['error', 'warning', 'info', 'style'];
const LABEL_TYPES = [
    'text',
    'url',
    'spdx',
    'hash',
    'rfc3339',
    'semver',
    'email',
];
const FAILURE_THRESHOLDS = [...SEVERITIES, 'ignore', 'none'];
const FORMATS = [
    'tty',
    'json',
    'sarif',
    'checkstyle',
    'codeclimate',
    'gitlab_codeclimate',
    'gnu',
    'codacy',
    'sonarqube',
    'junit',
    'github',
];
/** Joins configurations, the later ones counting more: single values replace, lists and maps add up (as hadolint does it). */
function mergeConfigs(...configs) {
    return configs.reduce(mergeTwo, {});
}
function mergeTwo(base, over) {
    return {
        ...base,
        ...over,
        ...joined('ignored', base.ignored, over.ignored),
        ...joined('trustedRegistries', base.trustedRegistries, over.trustedRegistries),
        ...(base.override === undefined && over.override === undefined
            ? {}
            : { override: mergeOverrides(base.override ?? {}, over.override ?? {}) }),
        ...(base.labelSchema === undefined && over.labelSchema === undefined
            ? {}
            : { labelSchema: { ...base.labelSchema, ...over.labelSchema } }),
        ...(base.buildArgs === undefined && over.buildArgs === undefined
            ? {}
            : { buildArgs: { ...base.buildArgs, ...over.buildArgs } }),
    };
}
function joined(key, base, over) {
    return base === undefined && over === undefined ? {} : { [key]: [...(base ?? []), ...(over ?? [])] };
}
function mergeOverrides(base, over) {
    const merged = {};
    for (const severity of SEVERITIES) {
        const ids = [...(base[severity] ?? []), ...(over[severity] ?? [])];
        if (ids.length > 0)
            merged[severity] = ids;
    }
    return merged;
}
/** True when a finding of this severity fails the run. hadolint's default threshold is `info`. */
function reachesThreshold(severity, threshold = 'info') {
    if (threshold === 'none' || threshold === 'ignore')
        return threshold === 'ignore';
    return SEVERITIES.indexOf(severity) <= SEVERITIES.indexOf(threshold);
}


/***/ }),

/***/ 1536:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  u: () => (/* binding */ lint)
});

// EXTERNAL MODULE: ./lib/dockerfile/lint/context.js + 1 modules
var lint_context = __webpack_require__(6629);
;// CONCATENATED MODULE: ./lib/dockerfile/lint/external.js
/** What others found and we did not: where both tell the same rule at the same place, ours is taken, for it may carry a fix. */
function newFindings(external, own) {
    const places = Map.groupBy(own, ({ rule }) => rule.id);
    return external
        .filter(({ rule, at }) => !places.get(rule)?.some(({ finding }) => overlap(finding.at, at)))
        .map(({ rule, severity, message, at }) => ({
        rule: { id: rule, severity, title: message, check: () => [] },
        finding: { message, at },
    }));
}
function overlap(one, other) {
    return one.start.offset <= other.end.offset && other.start.offset <= one.end.offset;
}

// EXTERNAL MODULE: ./lib/dockerfile/lint/pragma.js
var pragma = __webpack_require__(9820);
// EXTERNAL MODULE: ./lib/dockerfile/lint/rule-url.js
var rule_url = __webpack_require__(6422);
// EXTERNAL MODULE: ./lib/dockerfile/lint/rules.js + 160 modules
var rules = __webpack_require__(1108);
;// CONCATENATED MODULE: ./lib/dockerfile/lint/severity.js
/** The gravest listing wins over the rule's own severity (hadolint applies style, info, warning, error in this order). */
const BY_GRAVITY = ['error', 'warning', 'info', 'style'];
/** The severity of a rule under a configuration and the file's own check directive. */
function severityOf(rule, config, check) {
    const listed = BY_GRAVITY.find((severity) => config.override?.[severity]?.includes(rule.id));
    if (listed !== undefined)
        return listed;
    const named = /\d$/.test(rule.id);
    if (named)
        return rule.severity;
    const wanted = check.experimentalAll || check.experimental.includes(rule.id);
    const own = rule.severity === 'off' && wanted ? 'warning' : rule.severity;
    return own !== 'off' && check.error ? 'error' : own;
}

;// CONCATENATED MODULE: ./lib/dockerfile/lint/silence.js

const NOTHING = { ids: new Set(), skipBuildChecks: false };
function readSilence(context, check) {
    const enabled = context.config.disableIgnorePragma !== true;
    const pragmas = enabled ? context.pragmas.all : [];
    const byInstruction = new Map();
    const entryOf = (instruction) => {
        const entry = byInstruction.get(instruction) ?? { ids: new Set(), skipBuildChecks: false };
        byInstruction.set(instruction, entry);
        return entry;
    };
    for (const pragma of pragmas) {
        for (const instruction of targetsOf(pragma, context))
            addAll(entryOf(instruction).ids, pragma.values);
    }
    for (const instruction of context.instructions) {
        const own = checkAbove(instruction);
        if (own === undefined)
            continue;
        const entry = entryOf(instruction);
        addAll(entry.ids, own.skip);
        entry.skipBuildChecks ||= own.skipAll;
    }
    const everywhere = new Set(check.skip);
    for (const pragma of pragmas)
        if (pragma.kind === 'global')
            addAll(everywhere, pragma.values);
    return {
        everywhere,
        skipBuildChecks: check.skipAll,
        at: (instruction) => (instruction === undefined ? NOTHING : (byInstruction.get(instruction) ?? NOTHING)),
    };
}
function addAll(ids, values) {
    for (const value of values)
        ids.add(value);
}
/** The instructions that an `ignore` or `stage ignore` comment is about. */
function targetsOf(pragma, context) {
    if (pragma.kind !== 'ignore' && pragma.kind !== 'stage')
        return [];
    const { instructions } = context;
    const index = instructions.findIndex(({ at }) => at.end.line > pragma.line || at.start.line > pragma.line);
    const next = instructions[index];
    if (next === undefined)
        return [];
    if (pragma.kind === 'ignore')
        return [next];
    if (next.kind !== 'from' || next.at.start.line < pragma.line)
        return [];
    return context.stageOf(next).instructions;
}
/** `# check=skip=…` in the comment above an instruction (BuildKit 0.22). */
function checkAbove(instruction) {
    for (const comment of instruction.comments) {
        const text = /^\s*check\s*=\s*(.*)$/im.exec(comment.text)?.[1];
        if (text !== undefined)
            return (0,pragma/* readCheckOptions */.P)(text);
    }
    return undefined;
}

;// CONCATENATED MODULE: ./lib/dockerfile/lint/lint.js







const RULE_IDS = new Set(rules/* RULES */.y.map(({ id }) => id));
/**
 * All findings in a Dockerfile, sorted by place: rules, and what the parser could not read (rule `DL1000`, always an error). Pure and
 * synchronous; never throws for any text.
 */
function lint(parsed, config = {}) {
    const shared = { scripts: new Map(), ruleIds: RULE_IDS };
    const context = (0,lint_context/* makeContext */.og)(parsed, config, false, shared);
    const check = checkOptionsOf(context);
    const silence = readSilence(context, check);
    const found = runRules(context, check);
    const triggers = (0,lint_context/* makeContext */.og)(parsed, config, true, shared);
    if (triggers.instructions.length > 0)
        found.push(...runRules(triggers, check, ({ onbuild }) => onbuild === true));
    for (const one of newFindings(config.external ?? [], found))
        found.push({ ...one, instruction: undefined });
    const ids = new IdFilter(config, silence);
    const diagnostics = mergeTwins(found, context).flatMap((group) => toDiagnostic(group, ids, config, check));
    diagnostics.push(...problemsOf(parsed, context));
    return diagnostics.sort(byPlace);
}
function checkOptionsOf({ pragmas, config }) {
    const argument = config.buildArgs?.['BUILDKIT_DOCKERFILE_CHECK'];
    return argument === undefined ? pragmas.check : (0,pragma/* readCheckOptions */.P)(argument);
}
function runRules(context, check, wanted = () => true) {
    const instructionAt = indexInstructions(context.instructions);
    const found = [];
    for (const rule of rules/* RULES */.y) {
        if (!wanted(rule) || severityOf(rule, context.config, check) === 'off')
            continue;
        for (const finding of rule.check(context)) {
            found.push({ rule, finding, instruction: instructionAt(finding.at) });
        }
    }
    return found;
}
/** Finds the instruction around a place. */
function indexInstructions(instructions) {
    return ({ start }) => {
        let low = 0;
        let high = instructions.length - 1;
        while (low < high) {
            const middle = (low + high + 1) >>> 1;
            if ((instructions[middle]?.at.start.offset ?? 0) <= start.offset)
                low = middle;
            else
                high = middle - 1;
        }
        const candidate = instructions[low];
        return candidate !== undefined &&
            candidate.at.start.offset <= start.offset &&
            start.offset <= candidate.at.end.offset
            ? candidate
            : undefined;
    };
}
/** Findings of a rule and of its twin in one instruction become one group, the main rule first. */
function mergeTwins(found, context) {
    const outer = indexInstructions(context.instructions);
    const groups = [];
    const byKey = new Map();
    const twins = found.filter(({ rule }) => rule.twin !== undefined);
    for (const one of found) {
        const located = { ...one, instruction: outer(one.finding.at) ?? one.instruction };
        if (one.rule.twin !== undefined)
            continue;
        const group = [located];
        groups.push(group);
        const key = keyOf(one.rule.id, located.instruction);
        if (!byKey.has(key))
            byKey.set(key, group);
    }
    for (const twin of twins) {
        const instruction = outer(twin.finding.at) ?? twin.instruction;
        const group = byKey.get(keyOf(twin.rule.twin ?? '', instruction));
        if (group === undefined || group.some(({ rule }) => rule.id === twin.rule.id))
            groups.push([{ ...twin, instruction }]);
        else
            group.push({ ...twin, instruction });
    }
    return groups;
}
function keyOf(id, instruction) {
    return `${id}@${instruction?.at.start.offset ?? -1}`;
}
/** Tells which ids the configuration and the comments of the file silence. */
class IdFilter {
    ignored;
    silence;
    constructor(config, silence) {
        this.ignored = new Set(config.ignored ?? []);
        this.silence = silence;
    }
    isSilent({ rule, instruction }) {
        const here = this.silence.at(instruction);
        if (this.ignored.has(rule.id) || this.silence.everywhere.has(rule.id) || here.ids.has(rule.id))
            return true;
        return (isBuildCheck(rule.id) &&
            !EXPERIMENTAL.has(rule.id) &&
            (this.silence.skipBuildChecks || here.skipBuildChecks));
    }
}
/** `skip=all` does not reach experimental checks: they are asked for by name (BuildKit frontend/dockerfile/linter). */
const EXPERIMENTAL = new Set(['InvalidDefinitionDescription']);
function isBuildCheck(id) {
    return !/\d$/.test(id);
}
function toDiagnostic(group, ids, config, check) {
    const [main] = group;
    if (main === undefined || group.some((one) => ids.isSilent(one)))
        return [];
    const severities = group.map(({ rule }) => severityOf(rule, config, check));
    const severity = severities[0];
    if (severity === undefined || severity === 'off')
        return [];
    const fix = group.find(({ finding }) => finding.fix !== undefined)?.finding.fix;
    const url = (0,rule_url/* ruleUrl */.Q)(main.rule.id);
    return [
        {
            rule: main.rule.id,
            aliases: [...new Set(group.slice(1).map(({ rule }) => rule.id))],
            severity,
            message: main.finding.message,
            at: main.finding.at,
            ...(fix === undefined ? {} : { fix }),
            ...(url === undefined ? {} : { url }),
        },
    ];
}
/** Problems that have a rule of their own: DL3061, DL3043. */
const TOLD_BY_RULES = new Set(['NO_STAGE', 'BAD_TRIGGER']);
/** What could not be read. An instruction before the first FROM has a rule of its own. */
function problemsOf(parsed, context) {
    return parsed.problems
        .filter(({ code }) => !TOLD_BY_RULES.has(code))
        .map((problem) => {
        const at = problem.at ?? emptyStart(context);
        const severity = 'error';
        const message = problem.hint === undefined ? problem.message : `${problem.message} (${problem.hint})`;
        return { rule: 'DL1000', aliases: [], severity, message, at };
    });
}
function emptyStart({ file }) {
    const start = { line: 1, column: 1, offset: 0 };
    return { file: file.path, start, end: start };
}
function byPlace(one, other) {
    return (one.at.start.offset - other.at.start.offset ||
        one.at.end.offset - other.at.end.offset ||
        compareText(one.rule, other.rule));
}
function compareText(one, other) {
    if (one === other)
        return 0;
    return one < other ? -1 : 1;
}


/***/ }),

/***/ 6422:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Q: () => (/* binding */ ruleUrl)
/* harmony export */ });
/** The page about a rule where its name comes from; undefined for rules of our own. */
function ruleUrl(id) {
    if (/^DL\d+$/.test(id))
        return `https://github.com/hadolint/hadolint/wiki/${id}`;
    if (/^SC\d+$/.test(id))
        return `https://www.shellcheck.net/wiki/${id}`;
    if (/\d$/.test(id))
        return undefined;
    return `https://docs.docker.com/go/dockerfile/rule/${kebab(id)}/`;
}
function kebab(name) {
    return name
        .replace(/([A-Z]+)([A-Z][a-z])/g, '$1-$2')
        .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
        .toLowerCase();
}


/***/ }),

/***/ 1108:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  y: () => (/* binding */ RULES)
});

;// CONCATENATED MODULE: ./lib/dockerfile/lint/casing.js
/** `upper` and `lower` for a word of one case, `mixed` otherwise. */
function casingOf(word) {
    if (word === word.toUpperCase())
        return 'upper';
    return word === word.toLowerCase() ? 'lower' : 'mixed';
}
function withCasing(word, casing) {
    return casing === 'upper' ? word.toUpperCase() : word.toLowerCase();
}

;// CONCATENATED MODULE: ./lib/dockerfile/lint/rules/consistent-instruction-casing.js

const consistentInstructionCasing = {
    id: 'ConsistentInstructionCasing',
    severity: 'warning',
    title: 'Instructions are all upper case or all lower case',
    *check(context) {
        const keywords = context.stages
            .flatMap(({ from, instructions }) => (from === undefined ? [] : [from, ...instructions]))
            .map(({ keyword }) => keyword);
        const casings = keywords.map(({ value }) => casingOf(value));
        const lower = casings.filter((casing) => casing === 'lower').length;
        const upper = casings.filter((casing) => casing === 'upper').length;
        const wanted = lower > upper ? 'lower' : 'upper';
        for (const { value, at } of keywords) {
            if (casingOf(value) === wanted)
                continue;
            const text = withCasing(value, wanted);
            yield {
                message: `${value} differs in case from most instructions of the file`,
                at,
                fix: { title: `Write ${text}`, safety: 'safe', edits: [{ at, text }] },
            };
        }
    },
};

// EXTERNAL MODULE: ./lib/dockerfile/ignore.js
var ignore = __webpack_require__(6377);
// EXTERNAL MODULE: ./lib/dockerfile/ignore-pattern.js
var ignore_pattern = __webpack_require__(4141);
// EXTERNAL MODULE: ./lib/dockerfile/expand.js + 2 modules
var expand = __webpack_require__(2460);
;// CONCATENATED MODULE: ./lib/dockerfile/lint/variables.js

/** Set by the builder before the first line (Dockerfile reference, "Automatic platform ARGs"). */
const PLATFORM_ARGS = ['BUILD', 'TARGET'].flatMap((side) => [
    [`${side}PLATFORM`, 'linux/amd64'],
    [`${side}OS`, 'linux'],
    [`${side}OSVERSION`, ''],
    [`${side}ARCH`, 'amd64'],
    [`${side}VARIANT`, ''],
]);
/** What a base image without a PATH of its own gets (moby's default for Linux). */
const DEFAULT_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
/** The expansion of a text, or undefined when it cannot be expanded. */
function expandIn(text, scope, escapeChar) {
    try {
        return (0,expand/* expandWord */.Vo)(text, scope.values, { escape: escapeChar });
    }
    catch {
        // The parser or the builder tells what is wrong with it.
        return undefined;
    }
}
/** The ARGs before the first FROM, with or without the build arguments that were given. */
function globalScope(context, args = {}) {
    let scope = {
        values: new Map([...PLATFORM_ARGS, ['TARGETSTAGE', 'default']]),
        declared: new Set([...PLATFORM_ARGS.map(([name]) => name), 'TARGETSTAGE']),
    };
    for (const instruction of context.file.globalArgs) {
        scope = afterArg(scope, instruction, (name) => args[name], context.file.directives.escape);
    }
    return scope;
}
function afterArg(scope, instruction, given, escapeChar) {
    const values = new Map(scope.values);
    const declared = new Set(scope.declared);
    for (const { key, value } of instruction.pairs) {
        const own = value === undefined ? undefined : expandIn(value.value, { values, declared }, escapeChar)?.value;
        const chosen = given(key.value) ?? own;
        declared.add(key.value);
        if (chosen !== undefined)
            values.set(key.value, chosen);
    }
    return { values, declared };
}
function afterEnv(scope, { pairs }, escapeChar) {
    const values = new Map(scope.values);
    // All pairs of one ENV see the state before it.
    for (const { key, value } of pairs) {
        values.set(key.value, expandIn(value.value, scope, escapeChar)?.value ?? value.value);
    }
    return { values, declared: scope.declared };
}
/** The scope in front of each instruction of a stage, by way of the stages it is built from. */
function scopesOf(context) {
    const before = known.get(context);
    if (before !== undefined)
        return before;
    const scopes = readScopes(context);
    known.set(context, scopes);
    return scopes;
}
const known = new WeakMap();
function readScopes(context) {
    const globals = globalScope(context, context.config.buildArgs);
    const scopes = new Map();
    const ends = new Map();
    for (const stage of context.stages) {
        ends.set(stage, walkStage(context, stage, startOf(stage, ends), globals, scopes));
    }
    return scopes;
}
/** A derived stage starts with the environment of its parent; ARGs are not handed down as values, but BuildKit keeps them too. */
function startOf(stage, ends) {
    const inherited = stage.parent === undefined ? undefined : ends.get(stage.parent);
    if (inherited !== undefined)
        return inherited;
    const scratch = stage.from === undefined || stage.from.image.value === 'scratch';
    return { values: new Map(scratch ? [] : [['PATH', DEFAULT_PATH]]), declared: new Set() };
}
function walkStage(context, stage, start, globals, scopes) {
    const { escape: escapeChar } = context.file.directives;
    const args = context.config.buildArgs ?? {};
    let scope = start;
    for (const instruction of stage.instructions) {
        scopes.set(instruction, scope);
        if (instruction.kind === 'env')
            scope = afterEnv(scope, instruction, escapeChar);
        if (instruction.kind === 'arg')
            scope = afterStageArg(scope, instruction, args, globals, escapeChar);
    }
    return scope;
}
/** A bare ARG takes the value of the global one; an ENV of the same name keeps the upper hand. */
function afterStageArg(scope, instruction, args, globals, escapeChar) {
    const bare = new Set(instruction.pairs.filter(({ value }) => value === undefined).map(({ key }) => key.value));
    const given = (name) => args[name] ?? (bare.has(name) ? globals.values.get(name) : undefined);
    return afterArg(scope, instruction, given, escapeChar);
}

;// CONCATENATED MODULE: ./lib/dockerfile/lint/rules/copy-ignored-file.js



/** Patterns that leave nothing of the whole context. */
const EVERYTHING = ['*', '**', '**/*'];
const copyIgnoredFile = {
    id: 'CopyIgnoredFile',
    severity: 'warning',
    title: 'COPY does not name what the ignore file excludes',
    *check(context) {
        const excludes = excluder(context.config.dockerignore);
        if (excludes === undefined)
            return;
        const scopes = scopesOf(context);
        for (const copy of context.all('copy', 'add')) {
            if (copy.from !== undefined)
                continue;
            for (const { value, at } of copy.sources) {
                const scope = scopes.get(copy);
                const path = (scope && expandIn(value, scope, context.file.directives.escape)?.value) ?? value;
                if (/^(?:https?|git|ssh):\/\/|^git@/.test(path) || !excludes(path))
                    continue;
                yield { message: `${value} is excluded by the ignore file`, at };
            }
        }
    },
};
/** With `!` patterns the answer needs the files themselves: no check then, as in BuildKit. */
function excluder(text) {
    if (text === undefined)
        return undefined;
    const patterns = (0,ignore/* readIgnoreFile */.r)(text);
    try {
        const matcher = (0,ignore/* ignoreMatcher */.N)(patterns);
        if (matcher.hasExceptions)
            return undefined;
        return (path) => {
            const cleaned = (0,ignore_pattern/* cleanPath */.ts)(path).replace(/^\/+/, '');
            if (cleaned === '.' || cleaned === '')
                return patterns.some((pattern) => EVERYTHING.includes(pattern));
            return matcher.excludes(cleaned);
        };
    }
    catch {
        // The build tells what is wrong with the file.
        return undefined;
    }
}

;// CONCATENATED MODULE: ./lib/dockerfile/lint/rules/dl1001.js
/** An ignore comment silences what a reviewer may want to see. */
const dl1001 = {
    id: 'DL1001',
    severity: 'off',
    title: 'No ignore comments',
    *check({ pragmas, ruleIds }) {
        for (const { kind, values, comment } of pragmas.all) {
            if (kind === 'ignore' && values.some((id) => ruleIds.has(id) || /^(?:DL|SC)\d+$/.test(id)))
                yield { message: 'A comment switches rules off for the next instruction', at: comment.at };
        }
    },
};

;// CONCATENATED MODULE: ./lib/dockerfile/lint/unquote.js
/** A word without the quotes around the whole of it. */
function unquote(text) {
    const quote = text[0];
    if (text.length < 2 || (quote !== '"' && quote !== "'"))
        return text;
    return text.endsWith(quote) ? text.slice(1, -1) : text;
}
/** What hadolint takes for a path that does not depend on the working directory: `/…`, `$…`, `c:…`. */
function isAnchored(path) {
    return /^["']?(?:[/$]|[A-Za-z]:)/.test(path);
}

;// CONCATENATED MODULE: ./lib/dockerfile/lint/rules/dl3000.js

/** A relative folder depends on what the base image had. */
const dl3000 = {
    id: 'DL3000',
    severity: 'error',
    title: 'WORKDIR with an absolute path',
    *check(context) {
        for (const { word } of context.all('workdir')) {
            if (isAnchored(word.value))
                continue;
            yield { message: `WORKDIR ${word.value} is relative: write it from the root`, at: word.at };
        }
    },
};

// EXTERNAL MODULE: ./lib/dockerfile/lint/command-rule.js
var command_rule = __webpack_require__(1854);
;// CONCATENATED MODULE: ./lib/dockerfile/lint/rules/dl3001.js

/** Programs that serve a machine, not an image. */
const dl3001 = (0,command_rule/* forbiddenCommand */.N7)({ id: 'DL3001', severity: 'info', title: 'No commands that make no sense in a container', onbuild: true }, ['free', 'kill', 'mount', 'ps', 'service', 'shutdown', 'ssh', 'top', 'vim'], (name) => `${name} has no use while an image is built`);

;// CONCATENATED MODULE: ./lib/dockerfile/lint/rules/dl3002.js

/** The last USER of a stage should not be root. */
const dl3002 = {
    id: 'DL3002',
    severity: 'warning',
    title: 'The last USER is not root',
    *check(context) {
        for (const stage of context.stages) {
            const last = context.of(stage, 'user').at(-1);
            if (last === undefined || !/^(?:root|0)(?::|$)/.test(unquote(last.word.value)))
                continue;
            yield { message: 'The stage ends as root: switch to another USER when the work is done', at: last.at };
        }
    },
};

;// CONCATENATED MODULE: ./lib/dockerfile/lint/rules/dl3003.js

/** A folder change in RUN ends with the RUN. */
const dl3003 = (0,command_rule/* commandRule */.Ip)({ id: 'DL3003', severity: 'warning', title: 'WORKDIR instead of cd' }, ({ commands }) => {
    const cd = commands.find(({ name }) => name === 'cd');
    return cd === undefined
        ? undefined
        : { at: cd, message: 'cd holds for this RUN only: set the folder with WORKDIR' };
});

;// CONCATENATED MODULE: ./lib/dockerfile/lint/rules/dl3004.js

const dl3004 = (0,command_rule/* forbiddenCommand */.N7)({ id: 'DL3004', severity: 'error', title: 'No sudo', onbuild: true }, ['sudo'], () => 'RUN is root unless USER says otherwise: sudo only breaks signals and terminals');

;// CONCATENATED MODULE: ./lib/dockerfile/lint/image-name.js
/** Splits `host:5000/path/name:tag@digest`. A colon is a tag's only behind the last slash. */
function splitImageName(image) {
    const at = image.indexOf('@');
    const digest = at === -1 ? undefined : image.slice(at + 1);
    const rest = at === -1 ? image : image.slice(0, at);
    const colon = rest.indexOf(':', rest.lastIndexOf('/') + 1);
    const name = colon === -1 ? rest : rest.slice(0, colon);
    const slash = name.indexOf('/');
    const host = slash === -1 ? '' : name.slice(0, slash);
    const registry = /[.:]/.test(host) || host === 'localhost' ? host : undefined;
    return { registry, name, tag: colon === -1 ? undefined : rest.slice(colon + 1), digest };
}

;// CONCATENATED MODULE: ./lib/dockerfile/lint/from-image.js



/**
 * The image that a stage is built from, ARG defaults and build arguments filled in; undefined when it is an earlier stage or `scratch`.
 */
function fromImage(context, stage) {
    const { from } = stage;
    if (from === undefined || stage.parent !== undefined)
        return undefined;
    const image = resolveImage(context, from.image.value);
    return image.name === 'scratch' ? undefined : { ...image, at: from.image.at };
}
/** An image name with its variables filled in; where one has no value the parts are those of the text as written. */
function resolveImage(context, written) {
    const raw = unquote(written);
    if (!raw.includes('$'))
        return splitImageName(raw);
    const expanded = expandIn(raw, globalScope(context, context.config.buildArgs), context.file.directives.escape);
    const known = expanded !== undefined && expanded.unmatched.size === 0 && expanded.value !== '';
    // A colon in `${x:-y}` is none of the name's.
    return splitImageName(known ? expanded.value : raw.replace(/\$\{(\w+)[^}]*\}/g, '$$$1'));
}

;// CONCATENATED MODULE: ./lib/dockerfile/lint/rules/dl3006.js

/** An untagged base is whatever `latest` is today. */
const dl3006 = {
    id: 'DL3006',
    severity: 'warning',
    title: 'Base images have a tag',
    *check(context) {
        for (const stage of context.stages) {
            const image = fromImage(context, stage);
            if (image === undefined || image.tag !== undefined || image.digest !== undefined)
                continue;
            // What a variable without a value stands for may have a tag.
            if (image.name.startsWith('$'))
                continue;
            yield { message: `${image.name} has no tag: pin the version`, at: image.at };
        }
    },
};

;// CONCATENATED MODULE: ./lib/dockerfile/lint/rules/dl3007.js

const dl3007 = {
    id: 'DL3007',
    severity: 'warning',
    title: 'Base images are not taken by the tag latest',
    *check(context) {
        for (const stage of context.stages) {
            const image = fromImage(context, stage);
            if (image?.tag !== 'latest' || image.digest !== undefined)
                continue;
            yield { message: `${image.name}:latest changes under your feet: pin a version`, at: image.at };
        }
    },
};

// EXTERNAL MODULE: ./lib/dockerfile/lint/shell/command-view.js
var command_view = __webpack_require__(938);
;// CONCATENATED MODULE: ./lib/dockerfile/lint/rules/dl3008.js


/** apt packages without a version change between two builds of the same file. */
const dl3008 = (0,command_rule/* commandRule */.Ip)({ id: 'DL3008', severity: 'warning', title: 'apt-get install with versions', onbuild: true }, ({ commands }) => {
    for (const view of commands) {
        if (view.name !== 'apt-get' || !(0,command_view/* hasArg */.nb)(view, 'install'))
            continue;
        const loose = (0,command_view/* plainArgs */.IE)(view, ['t', 'target-release']).filter(({ value }) => value !== 'install' && !/[=/]/.test(value) && !value.endsWith('.deb'));
        const [first] = loose;
        if (first === undefined)
            continue;
        const names = loose.map(({ value }) => value).join(', ');
        return { at: first, message: `Pin the versions of ${names} (apt-get install <package>=<version>)` };
    }
    return undefined;
});

// EXTERNAL MODULE: ./lib/dockerfile/lint/context.js + 1 modules
var lint_context = __webpack_require__(6629);
;// CONCATENATED MODULE: ./lib/dockerfile/lint/rules/dl3009.js



const LISTS = '/var/lib/apt/lists';
/** Package lists left in the layer are dead weight. */
const dl3009 = (0,command_rule/* commandRule */.Ip)({
    id: 'DL3009',
    severity: 'info',
    title: 'apt lists are deleted in the RUN that fetched them',
    onbuild: true,
}, ({ commands, run, context }) => {
    const stage = context.stageOf(run);
    if (!stage.last && !stage.inherited)
        return undefined;
    if ((0,lint_context/* hasCacheMount */.El)(run, LISTS))
        return undefined;
    if ((0,lint_context/* hasCacheMount */.El)(run, '/var/lib/apt') && (0,lint_context/* hasCacheMount */.El)(run, '/var/cache/apt'))
        return undefined;
    const update = commands.find((view) => ['apt', 'apt-get', 'aptitude'].includes(view.name) && (0,command_view/* hasArg */.nb)(view, 'update'));
    if (update === undefined)
        return undefined;
    if (commands.some((view) => view.name === 'rm' && (0,command_view/* hasArg */.nb)(view, '-rf', `${LISTS}/*`)))
        return undefined;
    return {
        at: update,
        message: `The package lists stay in the layer: end the RUN with rm -rf ${LISTS}/* or mount a cache there`,
    };
});

;// CONCATENATED MODULE: ./lib/dockerfile/lint/base-name.js
/** The last part of a path, whichever slash it is written with. */
function basename(path) {
    return path.split(/[/\\]/).findLast((part) => part !== '') ?? path;
}

;// CONCATENATED MODULE: ./lib/dockerfile/lint/tools/archive.js
/** Endings of archives that ADD unpacks, as hadolint lists them. */
const ENDINGS = [
    '.tar',
    '.Z',
    '.bz2',
    '.gz',
    '.lz',
    '.lzma',
    '.tZ',
    '.tb2',
    '.tbz',
    '.tbz2',
    '.tgz',
    '.tlz',
    '.tpz',
    '.txz',
    '.xz',
];
function isArchiveName(name) {
    return ENDINGS.some((ending) => name.endsWith(ending));
}

;// CONCATENATED MODULE: ./lib/dockerfile/lint/rules/dl3010.js




const UNPACKERS = ['unzip', 'gunzip', 'bunzip2', 'unlzma', 'unxz', 'zgz', 'uncompress', 'zcat', 'gzcat'];
/** ADD unpacks a local archive by itself, in one layer. */
const dl3010 = {
    id: 'DL3010',
    severity: 'info',
    title: 'ADD for archives that are unpacked at once',
    *check(context) {
        for (const stage of context.stages) {
            for (const copy of context.of(stage, 'copy')) {
                const archives = archivesOf(copy);
                const unpacked = archives.length === 0 ? undefined : namesUnpackedBehind(context, stage, copy);
                const name = archives.find((one) => unpacked?.has(one));
                if (name === undefined)
                    continue;
                yield { message: `ADD unpacks ${name} without a layer that holds the archive`, at: copy.at };
            }
        }
    },
};
function archivesOf(copy) {
    if (copy.from !== undefined)
        return [];
    const target = basename(unquote(copy.destination.value));
    if (isArchiveName(target))
        return [target];
    return copy.sources.map(({ value }) => basename(unquote(value))).filter(isArchiveName);
}
function namesUnpackedBehind(context, stage, { at }) {
    const views = context
        .of(stage, 'run')
        .filter((run) => run.at.start.offset > at.start.offset)
        .flatMap((run) => context.scripts(run).flatMap(({ commands }) => commands));
    return new Set(views.filter(unpacks).flatMap((view) => (0,command_view/* plainArgs */.IE)(view).map(({ value }) => basename(value))));
}
function unpacks(view) {
    if (UNPACKERS.includes(view.name))
        return true;
    if (view.name !== 'tar')
        return false;
    return view.args.some(({ value }, index) => isExtract(value, index));
}
/** `tar xf` needs no dash when it is the first word. */
function isExtract(value, index) {
    if (value === '--extract' || value === '--get')
        return true;
    if (value.startsWith('--'))
        return false;
    return value.startsWith('-') ? value.includes('x') : index === 0 && /^[a-zA-Z]*x[a-zA-Z]*$/.test(value);
}

;// CONCATENATED MODULE: ./lib/dockerfile/lint/rules/dl3011.js
const HIGHEST_PORT = 65535;
const dl3011 = {
    id: 'DL3011',
    severity: 'error',
    title: 'Ports between 0 and 65535',
    *check(context) {
        for (const { words } of context.all('expose')) {
            const bad = words.find(({ value }) => portsOf(value).some((port) => port > HIGHEST_PORT));
            if (bad !== undefined)
                yield { message: `${bad.value} is beyond the last port, ${HIGHEST_PORT}`, at: bad.at };
        }
    },
};
function portsOf(word) {
    const [ports = ''] = word.split('/');
    return ports
        .split('-')
        .filter((port) => /^\d+$/.test(port))
        .map(Number);
}

;// CONCATENATED MODULE: ./lib/dockerfile/lint/repeated.js
/** The second and later instructions of a kind in each stage. */
function repeated(context, kind) {
    return context.stages.flatMap((stage) => stage.instructions.filter((one) => one.kind === kind).slice(1));
}

;// CONCATENATED MODULE: ./lib/dockerfile/lint/rules/dl3012.js

const dl3012 = {
    id: 'DL3012',
    severity: 'error',
    title: 'One HEALTHCHECK a stage',
    *check(context) {
        for (const { at } of repeated(context, 'healthcheck')) {
            yield { message: 'A stage has one HEALTHCHECK: this one replaces the one above', at };
        }
    },
};

;// CONCATENATED MODULE: ./lib/dockerfile/lint/tools/pip.js

/** Options of `pip install` whose next word is their value. */
const VALUED = [
    'abi',
    'b',
    'build',
    'e',
    'editable',
    'extra-index-url',
    'f',
    'find-links',
    'i',
    'index-url',
    'implementation',
    'no-binary',
    'only-binary',
    'platform',
    'prefix',
    'progress-bar',
    'proxy',
    'python',
    'python-version',
    'root',
    'root-user-action',
    'src',
    't',
    'target',
    'trusted-host',
    'upgrade-strategy',
];
const VCS = /^(?:git(?:\+(?:file|https|ssh|http|git))?|hg(?:\+\w+)?|svn(?:\+\w+)?|bzr(?:\+\w+)?)[:+@]/;
const VERSION = /[=<>!~]=|[<>]/;
/** `pip install …` and `python -m pip install …`, whatever the version in the name. */
function isPipInstall(view) {
    if (view.name.startsWith('pip') && !view.name.startsWith('pipenv'))
        return (0,command_view/* hasArg */.nb)(view, 'install');
    return view.name.startsWith('python') && moduleIs(view, 'pip', 'install');
}
/** True when the words `-m module …` stand in the command in a row. */
function moduleIs(view, ...words) {
    const values = view.args.map(({ value }) => value);
    const wanted = ['-m', ...words];
    return values.some((_, index) => wanted.every((word, offset) => values[index + offset] === word));
}
/** The packages of an install that nothing holds to a version. */
function unpinnedPackages(view) {
    if ((0,command_view/* hasArg */.nb)(view, '-r', '--requirement', '.') || (0,command_view/* hasFlag */.Lt)(view, 'c', 'constraint'))
        return [];
    return pipPackages(view).filter(({ value }) => !isPinned(value));
}
function pipPackages(view) {
    const index = view.args.findIndex(({ value }) => value === 'install');
    return (0,command_view/* plainArgs */.IE)({ ...view, args: view.args.slice(index + 1) }, VALUED);
}
function isPinned(value) {
    const vcs = VCS.test(value);
    if (VERSION.test(value) || /\.(?:whl|tar\.gz)$/.test(value))
        return true;
    return vcs ? value.includes('@') : value.includes('/');
}

;// CONCATENATED MODULE: ./lib/dockerfile/lint/rules/dl3013.js


const dl3013 = (0,command_rule/* commandRule */.Ip)({ id: 'DL3013', severity: 'warning', title: 'pip install with versions', onbuild: true }, ({ commands }) => {
    const loose = commands.filter(isPipInstall).flatMap(unpinnedPackages);
    const [first] = loose;
    if (first === undefined)
        return undefined;
    const names = loose.map(({ value }) => value).join(', ');
    return {
        at: first,
        message: `Pin the versions of ${names} (pip install <package>==<version> or -r <file>)`,
    };
});

;// CONCATENATED MODULE: ./lib/dockerfile/lint/rules/dl3014.js


/** Without -y the build waits for an answer nobody gives. */
const dl3014 = (0,command_rule/* commandRule */.Ip)({ id: 'DL3014', severity: 'warning', title: 'apt-get install with -y', onbuild: true }, ({ commands }) => {
    const view = commands.find((one) => one.name === 'apt-get' && (0,command_view/* hasArg */.nb)(one, 'install') && !assumesYes(one));
    if (view === undefined)
        return undefined;
    const verb = view.args.find(({ value }) => value === 'install') ?? view;
    return {
        at: view,
        message: 'apt-get install asks before it installs: add -y',
        fix: { title: 'Add -y', safety: 'safe', edits: [(0,command_rule/* appended */.YP)(verb, 'install', '-y')] },
    };
});
function assumesYes(view) {
    if ((0,command_view/* hasFlag */.Lt)(view, 'y', 'yes', 'qq', 'assume-yes') || (0,command_view/* hasArg */.nb)(view, '-q=2'))
        return true;
    const flags = (0,command_view/* flagsOf */.Zo)(view);
    return count(flags, 'q') === 2 || count(flags, 'quiet') === 2;
}
function count(flags, flag) {
    return flags.filter((one) => one === flag).length;
}

;// CONCATENATED MODULE: ./lib/dockerfile/lint/rules/dl3015.js


const dl3015 = (0,command_rule/* commandRule */.Ip)({ id: 'DL3015', severity: 'info', title: 'apt-get install with --no-install-recommends', onbuild: true }, ({ commands }) => {
    const view = commands.find((one) => one.name === 'apt-get' &&
        (0,command_view/* hasArg */.nb)(one, 'install') &&
        !(0,command_view/* hasFlag */.Lt)(one, 'no-install-recommends') &&
        !(0,command_view/* hasArg */.nb)(one, 'APT::Install-Recommends=false'));
    if (view === undefined)
        return undefined;
    const verb = view.args.find(({ value }) => value === 'install') ?? view;
    return {
        at: view,
        message: 'Recommended packages come along: add --no-install-recommends',
        // Recommended packages may be in use.
        fix: {
            title: 'Add --no-install-recommends',
            safety: 'unsafe',
            edits: [(0,command_rule/* appended */.YP)(verb, 'install', '--no-install-recommends')],
        },
    };
});

;// CONCATENATED MODULE: ./lib/dockerfile/lint/rules/dl3016.js


const GIT = /^git(?:\+(?:ssh|http|https))?:\/\//;
const dl3016 = (0,command_rule/* commandRule */.Ip)({ id: 'DL3016', severity: 'warning', title: 'npm install with versions', onbuild: true }, ({ commands }) => {
    const loose = commands.filter(({ name }) => name === 'npm').flatMap(loosePackages);
    const [first] = loose;
    if (first === undefined)
        return undefined;
    const names = loose.map(({ value }) => value).join(', ');
    return { at: first, message: `Pin the versions of ${names} (npm install <package>@<version>)` };
});
function loosePackages(view) {
    const [verb, ...packages] = (0,command_view/* plainArgs */.IE)(view, ['loglevel', 'registry']);
    return verb?.value === 'install' ? packages.filter(({ value }) => !isFixed(value)) : [];
}
function isFixed(value) {
    if (GIT.test(value))
        return value.includes('#');
    if (/\.(?:tar|tar\.gz|tgz)$/.test(value))
        return true;
    if (/^(?:\/|\.\.?\/|~\/)/.test(value))
        return true;
    return value.replace(/^@[^/]*/, '').includes('@');
}

;// CONCATENATED MODULE: ./lib/dockerfile/lint/rules/dl3018.js


const dl3018 = (0,command_rule/* commandRule */.Ip)({ id: 'DL3018', severity: 'warning', title: 'apk add with versions', onbuild: true }, ({ commands }) => {
    const loose = commands
        .filter((view) => view.name === 'apk' && (0,command_view/* hasArg */.nb)(view, 'add'))
        .flatMap((view) => (0,command_view/* plainArgs */.IE)(view, ['t', 'virtual', 'repository', 'X']))
        .filter(({ value }) => value !== 'add' && !/[=~<>]/.test(value) && !value.endsWith('.apk'));
    const [first] = loose;
    if (first === undefined)
        return undefined;
    const names = loose.map(({ value }) => value).join(', ');
    return { at: first, message: `Pin the versions of ${names} (apk add <package>=<version>)` };
});

;// CONCATENATED MODULE: ./lib/dockerfile/lint/rules/dl3019.js



const dl3019 = (0,command_rule/* commandRule */.Ip)({ id: 'DL3019', severity: 'info', title: 'apk add with --no-cache', onbuild: true }, ({ commands, run }) => {
    if ((0,lint_context/* hasCacheMount */.El)(run, '/var/cache/apk'))
        return undefined;
    const view = commands.find((one) => one.name === 'apk' && (0,command_view/* hasArg */.nb)(one, 'add') && !(0,command_view/* hasFlag */.Lt)(one, 'no-cache'));
    if (view === undefined)
        return undefined;
    const verb = view.args.find(({ value }) => value === 'add') ?? view;
    return {
        at: view,
        message: 'apk leaves its package index in the layer: add --no-cache',
        fix: { title: 'Add --no-cache', safety: 'safe', edits: [(0,command_rule/* appended */.YP)(verb, 'add', '--no-cache')] },
    };
});

;// CONCATENATED MODULE: ./lib/dockerfile/lint/rules/dl3020.js


/** ADD does more than its reader expects; COPY does what it says. */
const dl3020 = {
    id: 'DL3020',
    severity: 'error',
    title: 'COPY instead of ADD for files and folders',
    *check(context) {
        for (const add of context.all('add')) {
            const plain = add.sources.map(({ value }) => unquote(value)).find((value) => !needsAdd(value));
            if (plain !== undefined)
                yield finding(add, plain);
        }
    },
};
function needsAdd(source) {
    return isArchiveName(source) || /^https?:\/\//.test(source);
}
function finding(add, source) {
    const message = `COPY is enough for ${source}: ADD would also unpack and download`;
    const safe = add.sources.every(({ value }) => /^[\w./-]+$/.test(unquote(value)) && !needsAdd(unquote(value)));
    const flags = add.flags.some(({ name }) => ['checksum', 'keep-git-dir', 'unpack'].includes(name));
    if (!safe || flags)
        return { message, at: add.at };
    const copy = add.keyword.value === add.keyword.value.toLowerCase() ? 'copy' : 'COPY';
    return {
        message,
        at: add.at,
        fix: { title: 'Use COPY', safety: 'safe', edits: [{ at: add.keyword.at, text: copy }] },
    };
}

;// CONCATENATED MODULE: ./lib/dockerfile/lint/rules/dl3021.js

const dl3021 = {
    id: 'DL3021',
    severity: 'error',
    title: 'COPY of several sources into a folder ends with a slash',
    *check(context) {
        for (const copy of context.all('copy')) {
            if (copy.sources.length + copy.inlineSources.length < 2)
                continue;
            const { value, at } = copy.destination;
            if (unquote(value).endsWith('/'))
                continue;
            yield {
                message: `Several sources need a folder: write ${unquote(value)}/`,
                at,
                fix: { title: 'Add the slash', safety: 'safe', edits: [{ at, text: withSlash(value) }] },
            };
        }
    },
};
function withSlash(value) {
    const quote = /["']$/.exec(value)?.[0] ?? '';
    return quote === '' ? `${value}/` : `${value.slice(0, -1)}/${quote}`;
}

;// CONCATENATED MODULE: ./lib/dockerfile/lint/rules/dl3022.js
const dl3022 = {
    id: 'DL3022',
    severity: 'warning',
    title: 'COPY --from names an earlier stage',
    *check(context) {
        for (const copy of context.all('copy')) {
            const { from } = copy;
            if (from === undefined || from.value.includes(':'))
                continue;
            if (isKnown(context, context.stageOf(copy), from.value))
                continue;
            yield { message: `No earlier stage is called ${from.value}`, at: from.at };
        }
    },
};
function isKnown(context, stage, name) {
    const number = /^\d+/.exec(name)?.[0];
    if (number !== undefined && Number(number) <= stage.index)
        return true;
    return context.stages.some(({ index, alias }) => index <= stage.index && alias?.toLowerCase() === name.toLowerCase());
}

;// CONCATENATED MODULE: ./lib/dockerfile/lint/rules/dl3023.js
const dl3023 = {
    id: 'DL3023',
    severity: 'error',
    title: 'COPY --from does not name its own stage',
    *check(context) {
        for (const stage of context.stages) {
            for (const { from } of context.of(stage, 'copy')) {
                if (from === undefined || stage.alias === undefined)
                    continue;
                if (from.value.toLowerCase() !== stage.alias.toLowerCase())
                    continue;
                yield { message: `The stage ${from.value} cannot copy from itself`, at: from.at };
            }
        }
    },
};

;// CONCATENATED MODULE: ./lib/dockerfile/lint/rules/dl3024.js
const dl3024 = {
    id: 'DL3024',
    severity: 'error',
    title: 'Stage names are unique',
    *check(context) {
        const seen = new Set();
        for (const { from } of context.stages) {
            const alias = from?.alias;
            if (alias === undefined)
                continue;
            const name = alias.value.toLowerCase();
            if (seen.has(name))
                yield { message: `A stage called ${alias.value} stands above already`, at: alias.at };
            seen.add(name);
        }
    },
};

;// CONCATENATED MODULE: ./lib/dockerfile/lint/json-form.js

/** A command line of plain words as a JSON array; undefined when it needs a shell. */
function jsonFix(context, instruction) {
    const [script] = context.scripts(instruction);
    const [statement, more] = script?.parsed.script.statements ?? [];
    const [command, piped] = statement?.pipeline.commands ?? [];
    if (script === undefined || more !== undefined || piped !== undefined || command?.kind !== 'simple')
        return undefined;
    if (script.parsed.problems.length > 0 || statement?.operator !== '' || statement.pipeline.negated)
        return undefined;
    if (command.assignments.length > 0 || command.redirects.length > 0 || command.words.length === 0)
        return undefined;
    // Globs, tildes and builtins mean something to a shell only.
    const text = script.text.value;
    if (!command.words.every(command_view/* isConstant */.VO) || /[*?~[\]{}]/.test(text))
        return undefined;
    const words = command.words.map(command_view/* wordText */.en);
    if (['exec', 'cd', 'source', '.', 'eval', 'set', 'export'].includes(words[0] ?? ''))
        return undefined;
    const end = text.trimEnd().length;
    const at = context.argsRange(instruction, text.length - text.trimStart().length, end);
    const json = `[${words.map((word) => JSON.stringify(word)).join(', ')}]`;
    // The shell that no longer runs may have come from SHELL or handled signals on purpose.
    return { title: 'Write it as a JSON array', safety: 'unsafe', edits: [{ at, text: json }] };
}

;// CONCATENATED MODULE: ./lib/dockerfile/lint/rules/dl3025.js

/** In the shell form a shell stands between the program and its signals. */
const dl3025 = {
    id: 'DL3025',
    severity: 'warning',
    title: 'CMD and ENTRYPOINT in JSON form',
    *check(context) {
        for (const one of context.all('cmd', 'entrypoint', 'healthcheck')) {
            if (one.command?.form !== 'shell')
                continue;
            const name = one.kind === 'healthcheck' ? 'HEALTHCHECK CMD' : one.kind.toUpperCase();
            const fix = one.kind === 'healthcheck' ? undefined : jsonFix(context, one);
            yield {
                message: `${name} in JSON form gets signals itself, without a shell in between`,
                at: one.at,
                fix,
            };
        }
    },
};

;// CONCATENATED MODULE: ./lib/dockerfile/lint/rules/dl3026.js


/** Only with a list of trusted registries. */
const dl3026 = {
    id: 'DL3026',
    severity: 'error',
    title: 'Images come from trusted registries',
    *check(context) {
        const trusted = context.config.trustedRegistries ?? [];
        if (trusted.length === 0)
            return;
        for (const { name, at } of imagesOf(context)) {
            const image = resolveImage(context, name);
            if (isTrusted(image.registry, image.name, trusted))
                continue;
            yield { message: `${name} comes from ${image.registry ?? 'docker.io'}, which is not on the list`, at };
        }
    },
};
/** Image names outside of the file's own stages, one an instruction. */
function* imagesOf(context) {
    const aliases = new Set();
    for (const instruction of context.instructions) {
        const named = namesIn(instruction).find(({ name }) => isImage(name, aliases));
        if (named !== undefined)
            yield named;
        if (instruction.kind === 'from' && instruction.alias !== undefined)
            aliases.add(instruction.alias.value);
    }
}
function namesIn(instruction) {
    switch (instruction.kind) {
        case 'from':
            return [{ name: instruction.image.value, at: instruction.image.at }];
        case 'copy':
            return instruction.from === undefined
                ? []
                : [{ name: instruction.from.value, at: instruction.from.at }];
        case 'run':
            return instruction.mounts
                .map(({ value, at }) => ({ name: (0,lint_context/* mountFields */.n8)(value).get('from') ?? '', at }))
                .filter(({ name }) => name !== '');
        default:
            return [];
    }
}
function isImage(name, aliases) {
    return !aliases.has(name) && !/^\d+$/.test(name);
}
function isTrusted(registry, name, trusted) {
    if (registry !== undefined)
        return trusted.some((pattern) => matches(registry, pattern));
    if (name === 'scratch')
        return true;
    return ['docker.io', 'hub.docker.com'].some((hub) => trusted.some((pattern) => matches(hub, pattern)));
}
function matches(registry, pattern) {
    if (pattern.startsWith('*'))
        return registry.endsWith(pattern.slice(1));
    if (pattern.endsWith('*'))
        return registry.startsWith(pattern.slice(0, -1));
    return registry === pattern;
}

;// CONCATENATED MODULE: ./lib/dockerfile/lint/rules/dl3027.js

/** apt is for people at a terminal; its options and output may change. */
const dl3027 = (0,command_rule/* commandRule */.Ip)({ id: 'DL3027', severity: 'warning', title: 'apt-get instead of apt', onbuild: true }, ({ commands }) => {
    const apts = commands.filter(({ name }) => name === 'apt');
    const [first] = apts;
    if (first === undefined)
        return undefined;
    const simple = apts.filter(({ args, through }) => !through.includes('path') && args.some(isShared));
    return {
        at: first,
        message: 'apt is meant for a terminal: scripts use apt-get or apt-cache',
        fix: simple.length < apts.length
            ? undefined
            : {
                title: 'Use apt-get',
                safety: 'safe',
                edits: apts.map(({ nameWord }) => ({ at: nameWord, text: 'apt-get' })),
            },
    };
});
/** Verbs that both programs have. */
function isShared({ value }) {
    return ['update', 'install', 'upgrade', 'remove', 'purge', 'autoremove', 'clean', 'autoclean'].includes(value);
}

;// CONCATENATED MODULE: ./lib/dockerfile/lint/rules/dl3028.js


const dl3028 = (0,command_rule/* commandRule */.Ip)({ id: 'DL3028', severity: 'warning', title: 'gem install with versions', onbuild: true }, ({ commands }) => {
    const loose = commands.filter(isUnversioned).flatMap(looseGems);
    const [first] = loose;
    if (first === undefined)
        return undefined;
    const names = loose.map(({ value }) => value).join(', ');
    return { at: first, message: `Pin the versions of ${names} (gem install <gem>:<version>)` };
});
function isUnversioned(view) {
    if (view.name !== 'gem' || !(0,command_view/* hasArg */.nb)(view, 'install', 'i'))
        return false;
    return !view.args.some(({ value }) => value === '-v' || value === '--version' || value.startsWith('--version='));
}
/** Words before `--`; an option takes the word behind it along. */
function looseGems(view) {
    const found = [];
    let swallow = false;
    for (const arg of view.args) {
        if (arg.value === '--')
            break;
        const option = arg.value.startsWith('-');
        if (!option && !swallow && !arg.value.includes(':') && !['install', 'i'].includes(arg.value))
            found.push(arg);
        swallow = option;
    }
    return found;
}

;// CONCATENATED MODULE: ./lib/dockerfile/lint/rules/dl3029.js
const dl3029 = {
    id: 'DL3029',
    severity: 'warning',
    title: 'FROM without a fixed platform',
    *check(context) {
        for (const { platform } of context.all('from')) {
            if (platform === undefined || /BUILDPLATFORM|TARGETPLATFORM/.test(platform.value))
                continue;
            yield { message: `--platform=${platform.value} ties the stage to one platform`, at: platform.at };
        }
    },
};

;// CONCATENATED MODULE: ./lib/dockerfile/lint/rules/dl3030.js


const dl3030 = (0,command_rule/* commandRule */.Ip)({ id: 'DL3030', severity: 'warning', title: 'yum install with -y', onbuild: true }, ({ commands }) => {
    const view = commands.find((one) => one.name === 'yum' &&
        (0,command_view/* hasArg */.nb)(one, 'install', 'groupinstall', 'localinstall') &&
        !(0,command_view/* hasFlag */.Lt)(one, 'y', 'assumeyes'));
    if (view === undefined)
        return undefined;
    return {
        at: view,
        message: 'yum asks before it installs: add -y',
        fix: { title: 'Add -y', safety: 'safe', edits: [(0,command_rule/* appended */.YP)(view.nameWord, 'yum', '-y')] },
    };
});

;// CONCATENATED MODULE: ./lib/dockerfile/lint/tools/rpm.js


/** Packages of `yum|dnf install` that are held to no version; `module install` wants a stream behind a colon. */
function unpinnedRpms(view, run, context, skipGroups) {
    const words = (0,command_view/* plainArgs */.IE)(view);
    if (!(0,command_view/* hasArg */.nb)(view, 'install') || (skipGroups && (0,command_view/* hasArg */.nb)(view, 'group')))
        return [];
    const packages = words.filter(({ value }) => value !== 'install' && value !== 'module');
    if ((0,command_view/* hasArg */.nb)(view, 'module'))
        return packages.filter(({ value }) => !value.includes(':'));
    return packages.filter(({ value }) => !rpm_isPinned(value, run, context));
}
function rpm_isPinned(value, run, context) {
    if (value.endsWith('.rpm'))
        return true;
    if (!value.includes('-'))
        return false;
    if (value.includes('$'))
        return knownVariables(run, context).some((name) => value.includes(`\${${name}}`));
    const parts = value.split('-').slice(1);
    return (parts.every((part) => /^[0-9A-Za-z.~^_:+]+$/.test(part)) && parts.some((part) => /^[0-9]/.test(part)));
}
/** Names of the stage's ENVs and of all ARGs: their values are pinned where they are set. */
function knownVariables(run, context) {
    const args = context.all('arg').flatMap(({ pairs }) => pairs.map(({ key }) => key.value));
    const envs = (0,lint_context/* ancestry */.yy)(context.stageOf(run)).flatMap((stage) => context.of(stage, 'env').flatMap(({ pairs }) => pairs.map(({ key }) => key.value)));
    return [...args, ...envs];
}
/** The first `install` without a later clean-up by the same tool or `rm`. */
function uncleanedInstall(commands, tools, verbs, cache) {
    const index = commands.findIndex((view) => tools.includes(view.name) && (0,command_view/* hasArg */.nb)(view, ...verbs));
    if (index === -1)
        return undefined;
    const install = commands[index];
    const cleaned = commands.slice(index + 1).some((later) => cleansUp(later, tools, cache));
    return cleaned ? undefined : install;
}
function cleansUp(view, tools, cache) {
    if (tools.includes(view.name))
        return (0,command_view/* hasArg */.nb)(view, 'clean', 'all');
    return view.name === 'rm' && (0,command_view/* hasArg */.nb)(view, '-rf', ...cache);
}

;// CONCATENATED MODULE: ./lib/dockerfile/lint/rules/dl3032.js


const dl3032 = (0,command_rule/* commandRule */.Ip)({ id: 'DL3032', severity: 'warning', title: 'yum clean all after installing', onbuild: true }, ({ commands }) => {
    const view = uncleanedInstall(commands, ['yum'], ['install'], ['/var/cache/yum/*']);
    return view === undefined
        ? undefined
        : { at: view, message: 'The package cache stays: add && yum clean all' };
});

;// CONCATENATED MODULE: ./lib/dockerfile/lint/rules/dl3033.js


const dl3033 = (0,command_rule/* commandRule */.Ip)({ id: 'DL3033', severity: 'warning', title: 'yum install with versions', onbuild: true }, ({ commands, run, context }) => {
    const loose = commands
        .filter(({ name }) => name === 'yum')
        .flatMap((view) => unpinnedRpms(view, run, context, false));
    const [first] = loose;
    if (first === undefined)
        return undefined;
    const names = loose.map(({ value }) => value).join(', ');
    return { at: first, message: `Pin the versions of ${names} (yum install <package>-<version>)` };
});

;// CONCATENATED MODULE: ./lib/dockerfile/lint/rules/dl3034.js


const VERBS = ['install', 'in', 'remove', 'rm', 'source-install', 'si', 'patch'];
const dl3034 = (0,command_rule/* commandRule */.Ip)({ id: 'DL3034', severity: 'warning', title: 'zypper without questions', onbuild: true }, ({ commands }) => {
    const view = commands.find((one) => one.name === 'zypper' &&
        (0,command_view/* hasArg */.nb)(one, ...VERBS) &&
        !(0,command_view/* hasFlag */.Lt)(one, 'non-interactive', 'n', 'no-confirm', 'y'));
    if (view === undefined)
        return undefined;
    return {
        at: view,
        message: 'zypper asks before it acts: add --non-interactive',
        fix: {
            title: 'Add --non-interactive',
            safety: 'safe',
            edits: [(0,command_rule/* appended */.YP)(view.nameWord, 'zypper', '--non-interactive')],
        },
    };
});

;// CONCATENATED MODULE: ./lib/dockerfile/lint/rules/dl3035.js


const dl3035 = (0,command_rule/* commandRule */.Ip)({ id: 'DL3035', severity: 'warning', title: 'No zypper dist-upgrade', onbuild: true }, ({ commands }) => {
    const view = commands.find((one) => one.name === 'zypper' && (0,command_view/* hasArg */.nb)(one, 'dist-upgrade', 'dup'));
    if (view === undefined)
        return undefined;
    return { at: view, message: 'A distribution upgrade belongs into the base image: take a newer one' };
});

;// CONCATENATED MODULE: ./lib/dockerfile/lint/rules/dl3036.js



const dl3036 = (0,command_rule/* commandRule */.Ip)({ id: 'DL3036', severity: 'warning', title: 'zypper clean after installing', onbuild: true }, ({ commands, run }) => {
    if ((0,lint_context/* hasCacheMount */.El)(run, '/var/cache/zypp'))
        return undefined;
    const index = commands.findIndex((one) => one.name === 'zypper' && (0,command_view/* hasArg */.nb)(one, 'install', 'in'));
    const view = commands[index];
    if (view === undefined)
        return undefined;
    const cleaned = commands
        .slice(index + 1)
        .some((one) => one.name === 'zypper' && (0,command_view/* hasArg */.nb)(one, 'clean', 'cc'));
    return cleaned ? undefined : { at: view, message: 'The package cache stays: add && zypper clean' };
});

;// CONCATENATED MODULE: ./lib/dockerfile/lint/rules/dl3037.js


const dl3037 = (0,command_rule/* commandRule */.Ip)({ id: 'DL3037', severity: 'warning', title: 'zypper install with versions', onbuild: true }, ({ commands }) => {
    const loose = commands
        .filter((view) => view.name === 'zypper' && (0,command_view/* hasArg */.nb)(view, 'install', 'in'))
        .flatMap((view) => (0,command_view/* plainArgs */.IE)(view))
        .filter(({ value }) => !['install', 'in'].includes(value) && !/[=<>~]/.test(value) && !value.endsWith('.rpm'));
    const [first] = loose;
    if (first === undefined)
        return undefined;
    const names = loose.map(({ value }) => value).join(', ');
    return { at: first, message: `Pin the versions of ${names} (zypper install <package>=<version>)` };
});

;// CONCATENATED MODULE: ./lib/dockerfile/lint/rules/dl3038.js


const dl3038 = (0,command_rule/* commandRule */.Ip)({ id: 'DL3038', severity: 'warning', title: 'dnf install with -y', onbuild: true }, ({ commands }) => {
    const view = commands.find((one) => ['dnf', 'microdnf'].includes(one.name) &&
        (0,command_view/* hasArg */.nb)(one, 'install', 'groupinstall', 'localinstall') &&
        !(0,command_view/* hasFlag */.Lt)(one, 'y', 'assumeyes'));
    if (view === undefined)
        return undefined;
    return {
        at: view,
        message: `${view.name} asks before it installs: add -y`,
        fix: { title: 'Add -y', safety: 'safe', edits: [(0,command_rule/* appended */.YP)(view.nameWord, view.name, '-y')] },
    };
});

;// CONCATENATED MODULE: ./lib/dockerfile/lint/rules/dl3040.js



const dl3040_VERBS = ['install', 'in', 'upgrade', 'up', 'upgrade-minimal', 'up-min', 'reinstall', 'rei'];
const dl3040 = (0,command_rule/* commandRule */.Ip)({ id: 'DL3040', severity: 'warning', title: 'dnf clean all after installing', onbuild: true }, ({ commands, run }) => {
    if ((0,lint_context/* hasCacheMount */.El)(run, '/var/cache/libdnf5') || (0,lint_context/* hasCacheMount */.El)(run, '.cache/libdnf5'))
        return undefined;
    for (const tool of ['dnf', 'microdnf']) {
        const view = uncleanedInstall(commands, [tool], dl3040_VERBS, ['/var/cache/libdnf5*']);
        if (view !== undefined)
            return { at: view, message: `The package cache stays: add && ${tool} clean all` };
    }
    return undefined;
});

;// CONCATENATED MODULE: ./lib/dockerfile/lint/rules/dl3041.js


const dl3041 = (0,command_rule/* commandRule */.Ip)({ id: 'DL3041', severity: 'warning', title: 'dnf install with versions', onbuild: true }, ({ commands, run, context }) => {
    const loose = commands
        .filter(({ name }) => name === 'dnf' || name === 'microdnf')
        .flatMap((view) => unpinnedRpms(view, run, context, true));
    const [first] = loose;
    if (first === undefined)
        return undefined;
    const names = loose.map(({ value }) => value).join(', ');
    return { at: first, message: `Pin the versions of ${names} (dnf install <package>-<version>)` };
});

;// CONCATENATED MODULE: ./lib/dockerfile/lint/rules/dl3042.js





const TRUE = /^(?:1|[Tt]rue|TRUE|[Oo]n|ON|[Yy]es|YES)$/;
const VARIABLE = 'PIP_NO_CACHE_DIR';
const dl3042 = (0,command_rule/* commandRule */.Ip)({ id: 'DL3042', severity: 'warning', title: 'pip install with --no-cache-dir', onbuild: true }, ({ commands, script, run, context }) => {
    if ((0,lint_context/* hasCacheMount */.El)(run, '.cache/pip') || environmentSays(context, run) || scriptSays(script, commands)) {
        return undefined;
    }
    const view = commands.find((one) => isPipInstall(one) && !(0,command_view/* hasArg */.nb)(one, '--no-cache-dir') && !isOther(one));
    if (view === undefined)
        return undefined;
    const verb = view.args.find(({ value }) => value === 'install') ?? view;
    return {
        at: view,
        message: 'pip keeps downloads in the layer: add --no-cache-dir, or mount a cache at /root/.cache/pip',
        fix: {
            title: 'Add --no-cache-dir',
            safety: 'safe',
            edits: [(0,command_rule/* appended */.YP)(verb, 'install', '--no-cache-dir')],
        },
    };
});
function isOther(view) {
    return /^pip(?:x|env)/.test(view.name) || moduleIs(view, 'pipx') || moduleIs(view, 'pipenv');
}
function environmentSays(context, run) {
    const own = context.stageOf(run);
    for (const stage of (0,lint_context/* ancestry */.yy)(own)) {
        const last = context
            .of(stage, 'env')
            .filter(({ at }) => stage !== own || at.start.offset < run.at.start.offset)
            .flatMap(({ pairs }) => pairs)
            .findLast(({ key }) => key.value === VARIABLE);
        if (last !== undefined)
            return TRUE.test(unquote(last.value.value));
    }
    return false;
}
function scriptSays({ text }, commands) {
    const exported = commands.some(({ name, args }) => ['export', 'env', 'declare'].includes(name) && args.some(({ value }) => assigns(value)));
    return exported || [...text.value.matchAll(/\bPIP_NO_CACHE_DIR=(\S+)/g)].some(([whole]) => assigns(whole));
}
function assigns(text) {
    const [name, value = ''] = text.split('=');
    return name === VARIABLE && TRUE.test(unquote(value.replace(/;$/, '')));
}

;// CONCATENATED MODULE: ./lib/dockerfile/lint/rules/dl3043.js
/** The parser cannot make an instruction of these, so that the problem itself is what is found. */
const dl3043 = {
    id: 'DL3043',
    severity: 'error',
    title: 'No ONBUILD, FROM or MAINTAINER behind ONBUILD',
    *check({ parsed, file }) {
        for (const { code, at } of parsed.problems) {
            if (code !== 'BAD_TRIGGER' || at === undefined)
                continue;
            const word = file.text.slice(at.start.offset, at.end.offset).toUpperCase();
            yield { message: `${word} cannot be a trigger`, at };
        }
    },
};

;// CONCATENATED MODULE: ./lib/dockerfile/lint/rules/dl3044.js
/** All pairs of one ENV see the state before it. */
const dl3044 = {
    id: 'DL3044',
    severity: 'error',
    title: 'ENV does not refer to a variable it sets itself',
    *check(context) {
        const known = new Set();
        for (const instruction of context.all('env', 'arg')) {
            if (instruction.kind === 'env') {
                const name = selfReference(instruction, known);
                const at = instruction.at;
                if (name !== undefined)
                    yield { message: `${name} has no value yet: set it in an ENV of its own above`, at };
            }
            for (const { key } of instruction.pairs)
                known.add(key.value);
        }
    },
};
function selfReference({ pairs }, known) {
    for (const { key } of pairs) {
        if (known.has(key.value))
            continue;
        const others = pairs.filter((other) => other.key !== key);
        if (others.some(({ value }) => refersTo(value.value, key.value)))
            return key.value;
    }
    return undefined;
}
function refersTo(value, name) {
    const found = value.matchAll(/\$(?:\{([A-Za-z_]\w*)|([A-Za-z_]\w*))/g);
    return [...found].some(([, braced, bare]) => (braced ?? bare) === name);
}

;// CONCATENATED MODULE: ./lib/dockerfile/lint/rules/dl3045.js


const dl3045 = {
    id: 'DL3045',
    severity: 'warning',
    title: 'COPY to a relative path needs a WORKDIR',
    *check(context) {
        for (const copy of context.all('copy')) {
            const { value, at } = copy.destination;
            if (isAnchored(value) || hasWorkdir(context, copy))
                continue;
            yield {
                message: `${value} depends on the folder of the base image: set WORKDIR or write a full path`,
                at,
            };
        }
    },
};
function hasWorkdir(context, copy) {
    const stage = context.stageOf(copy);
    return (0,lint_context/* ancestry */.yy)(stage).some((one) => one.instructions.some((other) => other.kind === 'workdir' && (one !== stage || other.at.start.offset < copy.at.start.offset)));
}

;// CONCATENATED MODULE: ./lib/dockerfile/lint/rules/dl3046.js


/** More digits than a plain user number has. */
const LONG = 5;
const dl3046 = (0,command_rule/* commandRule */.Ip)({ id: 'DL3046', severity: 'warning', title: 'useradd of a high number with --no-log-init', onbuild: true }, ({ commands }) => {
    const view = commands.find((one) => one.name === 'useradd' && !(0,command_view/* hasFlag */.Lt)(one, 'l', 'no-log-init') && userNumber(one).length > LONG);
    if (view === undefined)
        return undefined;
    return {
        at: view,
        message: 'useradd writes a huge sparse log for a high user number: add --no-log-init',
        fix: {
            title: 'Add --no-log-init',
            safety: 'safe',
            edits: [(0,command_rule/* appended */.YP)(view.nameWord, 'useradd', '--no-log-init')],
        },
    };
});
function userNumber({ args }) {
    for (const [index, { value }] of args.entries()) {
        if (value === '-u' || value === '--uid')
            return args[index + 1]?.value ?? '';
        const own = /^(?:--uid=|-u)(\d+)$/.exec(value)?.[1];
        if (own !== undefined)
            return own;
    }
    return '';
}

;// CONCATENATED MODULE: ./lib/dockerfile/lint/rules/dl3047.js


const QUIET = ['progress', 'q', 'quiet', 'o', 'output-file', 'a', 'append-output', 'no-verbose'];
const dl3047 = (0,command_rule/* commandRule */.Ip)({ id: 'DL3047', severity: 'info', title: 'wget with --progress', onbuild: true }, ({ commands }) => {
    const view = commands.find((one) => one.name === 'wget' && !(0,command_view/* hasFlag */.Lt)(one, ...QUIET) && !(0,command_view/* hasArg */.nb)(one, '-nv'));
    if (view === undefined)
        return undefined;
    return {
        at: view,
        message: 'wget fills the log with its progress bar: add --progress=dot:giga',
        // busybox has a wget of the same name and without this option.
        fix: {
            title: 'Add --progress=dot:giga',
            safety: 'unsafe',
            edits: [(0,command_rule/* appended */.YP)(view.nameWord, 'wget', '--progress=dot:giga')],
        },
    };
});

;// CONCATENATED MODULE: ./lib/dockerfile/lint/rules/dl3048.js

const RESERVED = ['com.docker.', 'io.docker.', 'org.dockerproject.'];
const dl3048 = {
    id: 'DL3048',
    severity: 'style',
    title: 'Label keys follow the guidelines',
    *check(context) {
        for (const label of context.all('label')) {
            const bad = label.pairs
                .map(({ key }) => ({ name: unquote(key.value), at: key.at }))
                .find(({ name }) => !isGood(name));
            if (bad !== undefined)
                yield {
                    message: `${bad.name} is no good label key: use lower case, digits, dots and dashes`,
                    at: bad.at,
                };
        }
    },
};
function isGood(key) {
    if (RESERVED.some((prefix) => key.startsWith(prefix)))
        return false;
    return /^[a-z](?:[0-9a-z.\-_/]*[a-z0-9])?$/.test(key) && !key.includes('..') && !key.includes('--');
}

;// CONCATENATED MODULE: ./lib/dockerfile/lint/rules/dl3049.js

/** Labels of the schema are there, in the stages that become images. */
const dl3049 = {
    id: 'DL3049',
    severity: 'info',
    title: 'Required labels are present',
    *check(context) {
        for (const label of Object.keys(context.config.labelSchema ?? {})) {
            for (const stage of lacking(context, label)) {
                if (stage.from !== undefined)
                    yield { message: `The label ${label} is missing`, at: stage.from.at };
            }
        }
    },
};
function lacking(context, label) {
    const stages = context.stages.filter(({ from }) => from !== undefined);
    const labelled = stages.filter((stage) => hasLabel(context, stage, label));
    const copied = new Set(context.all('copy').map(({ from }) => from?.value.toLowerCase()));
    const bases = new Set(labelled.filter(({ alias }) => alias === undefined).map(({ from }) => from?.image.value.toLowerCase()));
    return stages.filter((stage) => {
        if (hasLabel(context, stage, label) || inherits(context, stage, label))
            return false;
        const name = stage.alias?.toLowerCase();
        return name === undefined || !(copied.has(name) || bases.has(name));
    });
}
function inherits(context, stage, label) {
    for (let at = stage.parent; at !== undefined; at = at.parent)
        if (hasLabel(context, at, label))
            return true;
    return false;
}
function hasLabel(context, stage, label) {
    return context
        .of(stage, 'label')
        .some(({ pairs }) => pairs.some(({ key }) => unquote(key.value) === label));
}

;// CONCATENATED MODULE: ./lib/dockerfile/lint/rules/dl3050.js

const dl3050 = {
    id: 'DL3050',
    severity: 'info',
    title: 'No labels beside the required ones',
    *check(context) {
        if (context.config.strictLabels !== true)
            return;
        const schema = context.config.labelSchema ?? {};
        for (const { pairs } of context.all('label')) {
            const extra = pairs.find(({ key }) => !Object.hasOwn(schema, unquote(key.value)));
            if (extra !== undefined)
                yield { message: `The label ${unquote(extra.key.value)} is not in the schema`, at: extra.key.at };
        }
    },
};

;// CONCATENATED MODULE: ./lib/dockerfile/lint/labels.js

/** A rule about the values of the labels of one type. */
function labelTypeRule(facts, type, isValid, wanted) {
    return {
        ...facts,
        *check(context) {
            for (const { key, value } of schemaPairs(context, type)) {
                if (isValid(unquote(value.value)))
                    continue;
                yield { message: `The label ${unquote(key.value)} is not ${wanted}`, at: value.at };
            }
        },
    };
}
/** The pairs of LABEL instructions that the schema gives this type. */
function schemaPairs(context, type) {
    const schema = context.config.labelSchema ?? {};
    return context
        .all('label')
        .flatMap(({ pairs }) => pairs)
        .filter(({ key }) => {
        const own = schema[unquote(key.value)];
        return own !== undefined && (type === undefined || own === type);
    });
}

;// CONCATENATED MODULE: ./lib/dockerfile/lint/rules/dl3051.js


const dl3051 = {
    id: 'DL3051',
    severity: 'warning',
    title: 'Required labels are not empty',
    *check(context) {
        for (const { key, value } of schemaPairs(context)) {
            if (unquote(value.value).trim() === '')
                yield { message: `The label ${unquote(key.value)} is empty`, at: key.at };
        }
    },
};

;// CONCATENATED MODULE: ./lib/dockerfile/lint/rules/dl3052.js

const dl3052 = labelTypeRule({ id: 'DL3052', severity: 'warning', title: 'Labels of type url hold a URL' }, 'url', (value) => /^[A-Za-z][A-Za-z0-9+.-]*:/.test(value) && URL.canParse(value), 'a URL');

;// CONCATENATED MODULE: ./lib/dockerfile/lint/rules/dl3053.js

/** RFC 3339, section 5.6. */
const TIME = /^\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:[Zz]|[+-]\d{2}:\d{2})$/;
const dl3053 = labelTypeRule({ id: 'DL3053', severity: 'warning', title: 'Labels of type rfc3339 hold a time' }, 'rfc3339', (value) => TIME.test(value) && !Number.isNaN(Date.parse(value.replace(' ', 'T'))), 'a time as in RFC 3339');

;// CONCATENATED MODULE: ./lib/dockerfile/lint/tools/spdx-licenses.js
/** Identifiers of the SPDX licence list 3.27 (spdx.org/licenses), deprecated ones included. */
const TEXT = `
0BSD 3D-Slicer-1.0 AAL Abstyles AdaCore-doc Adobe-2006 Adobe-Display-PostScript Adobe-Glyph
Adobe-Utopia ADSL Advanced-Cryptics-Dictionary AFL-1.1 AFL-1.2 AFL-2.0 AFL-2.1 AFL-3.0 Afmparse
AGPL-1.0 AGPL-1.0-only AGPL-1.0-or-later AGPL-3.0 AGPL-3.0-only AGPL-3.0-or-later Aladdin
ALGLIB-Documentation AMD-newlib AMDPLPA AML AML-glslang AMPAS ANTLR-PD ANTLR-PD-fallback any-OSI
any-OSI-perl-modules Apache-1.0 Apache-1.1 Apache-2.0 APAFML APL-1.0 App-s2p APSL-1.0 APSL-1.1
APSL-1.2 APSL-2.0 Arphic-1999 Artistic-1.0 Artistic-1.0-cl8 Artistic-1.0-Perl Artistic-2.0
Artistic-dist Aspell-RU ASWF-Digital-Assets-1.0 ASWF-Digital-Assets-1.1 Baekmuk Bahyph Barr
bcrypt-Solar-Designer Beerware Bitstream-Charter Bitstream-Vera BitTorrent-1.0 BitTorrent-1.1
blessing BlueOak-1.0.0 Boehm-GC Boehm-GC-without-fee BOLA-1.1 Borceux Brian-Gladman-2-Clause
Brian-Gladman-3-Clause BSD-1-Clause BSD-2-Clause BSD-2-Clause-Darwin BSD-2-Clause-first-lines
BSD-2-Clause-FreeBSD BSD-2-Clause-NetBSD BSD-2-Clause-Patent BSD-2-Clause-pkgconf-disclaimer
BSD-2-Clause-Views BSD-3-Clause BSD-3-Clause-acpica BSD-3-Clause-Attribution BSD-3-Clause-Clear
BSD-3-Clause-flex BSD-3-Clause-HP BSD-3-Clause-LBNL BSD-3-Clause-Modification
BSD-3-Clause-No-Military-License BSD-3-Clause-No-Nuclear-License
BSD-3-Clause-No-Nuclear-License-2014 BSD-3-Clause-No-Nuclear-Warranty BSD-3-Clause-Open-MPI
BSD-3-Clause-Sun BSD-3-Clause-Tso BSD-4-Clause BSD-4-Clause-Shortened BSD-4-Clause-UC BSD-4.3RENO
BSD-4.3TAHOE BSD-Advertising-Acknowledgement BSD-Attribution-HPND-disclaimer BSD-Inferno-Nettverk
BSD-Mark-Modifications BSD-Protection BSD-Source-beginning-file BSD-Source-Code BSD-Systemics
BSD-Systemics-W3Works BSL-1.0 Buddy BUSL-1.1 bzip2-1.0.5 bzip2-1.0.6 C-UDA-1.0 CAL-1.0
CAL-1.0-Combined-Work-Exception Caldera Caldera-no-preamble CAPEC-tou Catharon CATOSL-1.1
CC-BY-1.0 CC-BY-2.0 CC-BY-2.5 CC-BY-2.5-AU CC-BY-3.0 CC-BY-3.0-AT CC-BY-3.0-AU CC-BY-3.0-DE
CC-BY-3.0-IGO CC-BY-3.0-NL CC-BY-3.0-US CC-BY-4.0 CC-BY-NC-1.0 CC-BY-NC-2.0 CC-BY-NC-2.5
CC-BY-NC-3.0 CC-BY-NC-3.0-DE CC-BY-NC-4.0 CC-BY-NC-ND-1.0 CC-BY-NC-ND-2.0 CC-BY-NC-ND-2.5
CC-BY-NC-ND-3.0 CC-BY-NC-ND-3.0-DE CC-BY-NC-ND-3.0-IGO CC-BY-NC-ND-4.0 CC-BY-NC-SA-1.0
CC-BY-NC-SA-2.0 CC-BY-NC-SA-2.0-DE CC-BY-NC-SA-2.0-FR CC-BY-NC-SA-2.0-UK CC-BY-NC-SA-2.5
CC-BY-NC-SA-3.0 CC-BY-NC-SA-3.0-DE CC-BY-NC-SA-3.0-IGO CC-BY-NC-SA-4.0 CC-BY-ND-1.0 CC-BY-ND-2.0
CC-BY-ND-2.5 CC-BY-ND-3.0 CC-BY-ND-3.0-DE CC-BY-ND-4.0 CC-BY-SA-1.0 CC-BY-SA-2.0 CC-BY-SA-2.0-UK
CC-BY-SA-2.1-JP CC-BY-SA-2.5 CC-BY-SA-3.0 CC-BY-SA-3.0-AT CC-BY-SA-3.0-DE CC-BY-SA-3.0-IGO
CC-BY-SA-4.0 CC-PDDC CC-PDM-1.0 CC-SA-1.0 CC0-1.0 CDDL-1.0 CDDL-1.1 CDL-1.0 CDLA-Permissive-1.0
CDLA-Permissive-2.0 CDLA-Sharing-1.0 CECILL-1.0 CECILL-1.1 CECILL-2.0 CECILL-2.1 CECILL-B CECILL-C
CERN-OHL-1.1 CERN-OHL-1.2 CERN-OHL-P-2.0 CERN-OHL-S-2.0 CERN-OHL-W-2.0 CFITSIO check-cvs checkmk
ClArtistic Clips CMU-Mach CMU-Mach-nodoc CNRI-Jython CNRI-Python CNRI-Python-GPL-Compatible
COIL-1.0 Community-Spec-1.0 Condor-1.1 copyleft-next-0.3.0 copyleft-next-0.3.1
Cornell-Lossless-JPEG CPAL-1.0 CPL-1.0 CPOL-1.02 Cronyx Crossword CryptoSwift CrystalStacker
CUA-OPL-1.0 Cube curl cve-tou D-FSL-1.0 DEC-3-Clause diffmark DL-DE-BY-2.0 DL-DE-ZERO-2.0 DOC
DocBook-DTD DocBook-Schema DocBook-Stylesheet DocBook-XML Dotseqn DRL-1.0 DRL-1.1 DSDP dtoa
dvipdfm ECL-1.0 ECL-2.0 eCos-2.0 EFL-1.0 EFL-2.0 eGenix Elastic-2.0 Entessa EPICS EPL-1.0 EPL-2.0
ErlPL-1.1 ESA-PL-permissive-2.4 ESA-PL-strong-copyleft-2.4 ESA-PL-weak-copyleft-2.4 etalab-2.0
EUDatagrid EUPL-1.0 EUPL-1.1 EUPL-1.2 Eurosym Fair FBM FDK-AAC Ferguson-Twofish Frameworx-1.0
FreeBSD-DOC FreeImage FSFAP FSFAP-no-warranty-disclaimer FSFUL FSFULLR FSFULLRSD FSFULLRWD
FSL-1.1-ALv2 FSL-1.1-MIT FTL Furuseth fwlw Game-Programming-Gems GCR-docs GD generic-xts GFDL-1.1
GFDL-1.1-invariants-only GFDL-1.1-invariants-or-later GFDL-1.1-no-invariants-only
GFDL-1.1-no-invariants-or-later GFDL-1.1-only GFDL-1.1-or-later GFDL-1.2 GFDL-1.2-invariants-only
GFDL-1.2-invariants-or-later GFDL-1.2-no-invariants-only GFDL-1.2-no-invariants-or-later
GFDL-1.2-only GFDL-1.2-or-later GFDL-1.3 GFDL-1.3-invariants-only GFDL-1.3-invariants-or-later
GFDL-1.3-no-invariants-only GFDL-1.3-no-invariants-or-later GFDL-1.3-only GFDL-1.3-or-later
Giftware GL2PS Glide Glulxe GLWTPL gnuplot GPL-1.0 GPL-1.0-only GPL-1.0-or-later GPL-2.0
GPL-2.0-only GPL-2.0-or-later GPL-2.0-with-autoconf-exception GPL-2.0-with-bison-exception
GPL-2.0-with-classpath-exception GPL-2.0-with-font-exception GPL-2.0-with-GCC-exception GPL-3.0
GPL-3.0-only GPL-3.0-or-later GPL-3.0-with-autoconf-exception GPL-3.0-with-GCC-exception
Graphics-Gems gSOAP-1.3b gtkbook Gutmann HaskellReport HDF5 hdparm HIDAPI Hippocratic-2.1 HP-1986
HP-1989 HPND HPND-DEC HPND-doc HPND-doc-sell HPND-export-US HPND-export-US-acknowledgement
HPND-export-US-modify HPND-export2-US HPND-Fenneberg-Livingston HPND-INRIA-IMAG HPND-Intel
HPND-Kevlin-Henney HPND-Markus-Kuhn HPND-merchantability-variant HPND-MIT-disclaimer HPND-Netrek
HPND-Pbmplus HPND-sell-MIT-disclaimer-xserver HPND-sell-regexpr HPND-sell-variant
HPND-sell-variant-critical-systems HPND-sell-variant-MIT-disclaimer
HPND-sell-variant-MIT-disclaimer-rev HPND-SMC HPND-UC HPND-UC-export-US HTMLTIDY hyphen-bulgarian
IBM-pibs ICU IEC-Code-Components-EULA IJG IJG-short ImageMagick iMatix Imlib2 Info-ZIP
Inner-Net-2.0 InnoSetup Intel Intel-ACPI Interbase-1.0 IPA IPL-1.0 ISC ISC-Veillard ISO-permission
Jam JasPer-2.0 jove JPL-image JPNIC JSON Kastrup Kazlib Knuth-CTAN LAL-1.2 LAL-1.3 Latex2e
Latex2e-translated-notice Leptonica LGPL-2.0 LGPL-2.0-only LGPL-2.0-or-later LGPL-2.1
LGPL-2.1-only LGPL-2.1-or-later LGPL-3.0 LGPL-3.0-only LGPL-3.0-or-later LGPLLR Libpng
libpng-1.6.35 libpng-2.0 libselinux-1.0 libtiff libutil-David-Nugent LiLiQ-P-1.1 LiLiQ-R-1.1
LiLiQ-Rplus-1.1 Linux-man-pages-1-para Linux-man-pages-copyleft Linux-man-pages-copyleft-2-para
Linux-man-pages-copyleft-var Linux-OpenIB LOOP LPD-document LPL-1.0 LPL-1.02 LPPL-1.0 LPPL-1.1
LPPL-1.2 LPPL-1.3a LPPL-1.3c lsof Lucida-Bitmap-Fonts LZMA-SDK-9.11-to-9.20 LZMA-SDK-9.22
Mackerras-3-Clause Mackerras-3-Clause-acknowledgment magaz mailprio MakeIndex man2html
Martin-Birgmeier McPhee-slideshow metamail Minpack MIPS MirOS MIT MIT-0 MIT-advertising MIT-Click
MIT-CMU MIT-enna MIT-feh MIT-Festival MIT-Khronos-old MIT-Modern-Variant MIT-open-group MIT-STK
MIT-testregex MIT-Wu MITNFA MMIXware MMPL-1.0.1 Motosoto MPEG-SSG mpi-permissive mpich2 MPL-1.0
MPL-1.1 MPL-2.0 MPL-2.0-no-copyleft-exception mplus MS-LPL MS-PL MS-RL MTLL MulanPSL-1.0
MulanPSL-2.0 Multics Mup NAIST-2003 NASA-1.3 Naumen NBPL-1.0 NCBI-PD NCGL-UK-2.0 NCL NCSA Net-SNMP
NetCDF Newsletr NGPL ngrep NICTA-1.0 NIST-PD NIST-PD-fallback NIST-PD-TNT NIST-Software NLOD-1.0
NLOD-2.0 NLPL Nokia NOSL Noweb NPL-1.0 NPL-1.1 NPOSL-3.0 NRL NTIA-PD NTP NTP-0 Nunit O-UDA-1.0 OAR
OCCT-PL OCLC-2.0 ODbL-1.0 ODC-By-1.0 OFFIS OFL-1.0 OFL-1.0-no-RFN OFL-1.0-RFN OFL-1.1
OFL-1.1-no-RFN OFL-1.1-RFN OGC-1.0 OGDL-Taiwan-1.0 OGL-Canada-2.0 OGL-UK-1.0 OGL-UK-2.0 OGL-UK-3.0
OGTSL OLDAP-1.1 OLDAP-1.2 OLDAP-1.3 OLDAP-1.4 OLDAP-2.0 OLDAP-2.0.1 OLDAP-2.1 OLDAP-2.2
OLDAP-2.2.1 OLDAP-2.2.2 OLDAP-2.3 OLDAP-2.4 OLDAP-2.5 OLDAP-2.6 OLDAP-2.7 OLDAP-2.8 OLFL-1.3 OML
OpenMDW-1.0 OpenPBS-2.3 OpenSSL OpenSSL-standalone OpenVision OPL-1.0 OPL-UK-3.0 OPUBL-1.0 OSC-1.0
OSET-PL-2.1 OSL-1.0 OSL-1.1 OSL-2.0 OSL-2.1 OSL-3.0 OSSP PADL ParaType-Free-Font-1.3 Parity-6.0.0
Parity-7.0.0 PDDL-1.0 PHP-3.0 PHP-3.01 Pixar pkgconf Plexus pnmstitch PolyForm-Noncommercial-1.0.0
PolyForm-Small-Business-1.0.0 PostgreSQL PPL PSF-2.0 psfrag psutils Python-2.0 Python-2.0.1
python-ldap Qhull QPL-1.0 QPL-1.0-INRIA-2004 radvd Rdisc RHeCos-1.1 RPL-1.1 RPL-1.5 RPSL-1.0
RSA-MD RSCPL Ruby Ruby-pty SAX-PD SAX-PD-2.0 Saxpath SCEA SchemeReport Sendmail Sendmail-8.23
Sendmail-Open-Source-1.1 SGI-B-1.0 SGI-B-1.1 SGI-B-2.0 SGI-OpenGL SGMLUG-PM SGP4 SHL-0.5 SHL-0.51
SimPL-2.0 SISSL SISSL-1.2 SL Sleepycat SMAIL-GPL SMLNJ SMPPL SNIA snprintf SOFA softSurfer Soundex
Spencer-86 Spencer-94 Spencer-99 SPL-1.0 ssh-keyscan SSH-OpenSSH SSH-short SSLeay-standalone
SSPL-1.0 StandardML-NJ SugarCRM-1.1.3 SUL-1.0 Sun-PPP Sun-PPP-2000 SunPro SWL swrule Symlinks
TAPR-OHL-1.0 TCL TCP-wrappers TekHVC TermReadKey TGPPL-1.0 ThirdEye threeparttable TMate
TORQUE-1.1 TOSL TPDL TPL-1.0 TrustedQSL TTWL TTYP0 TU-Berlin-1.0 TU-Berlin-2.0 Ubuntu-font-1.0
UCAR UCL-1.0 ulem UMich-Merit Unicode-3.0 Unicode-DFS-2015 Unicode-DFS-2016 Unicode-TOU UnixCrypt
Unlicense Unlicense-libtelnet Unlicense-libwhirlpool UnRAR UPL-1.0 URT-RLE Vim Vixie-Cron VOSTROM
VSL-1.0 W3C W3C-19980720 W3C-20150513 w3m Watcom-1.0 Widget-Workshop WordNet Wsuipa WTFNMFPL WTFPL
wwl wxWindows X11 X11-distribute-modifications-variant X11-no-permit-persons X11-swapped
Xdebug-1.03 Xerox Xfig XFree86-1.1 xinetd xkeyboard-config-Zinoviev xlock Xnet xpp XSkat xzoom
YPL-1.0 YPL-1.1 Zed Zeeff Zend-2.0 Zimbra-1.3 Zimbra-1.4 Zlib zlib-acknowledgement ZPL-1.1 ZPL-2.0
ZPL-2.1
`;
const SPDX_LICENSES = new Set(TEXT.trim().split(/\s+/));

;// CONCATENATED MODULE: ./lib/dockerfile/lint/rules/dl3054.js


const dl3054 = labelTypeRule({ id: 'DL3054', severity: 'warning', title: 'Labels of type spdx hold a licence id' }, 'spdx', (value) => SPDX_LICENSES.has(value), 'an SPDX licence identifier');

;// CONCATENATED MODULE: ./lib/dockerfile/lint/rules/dl3055.js

const dl3055 = labelTypeRule({ id: 'DL3055', severity: 'warning', title: 'Labels of type hash hold a Git hash' }, 'hash', (value) => /^(?:[0-9a-f]{7}|[0-9a-f]{40})$/.test(value), 'a Git hash (7 or 40 digits)');

;// CONCATENATED MODULE: ./lib/dockerfile/lint/rules/dl3056.js

/** Semantic Versioning 2.0.0. */
const NUMBER = '(?:0|[1-9]\\d*)';
const PART = `(?:${NUMBER}|\\d*[A-Za-z-][0-9A-Za-z-]*)`;
const dl3056_VERSION = new RegExp(`^${NUMBER}\\.${NUMBER}\\.${NUMBER}(?:-${PART}(?:\\.${PART})*)?(?:\\+[0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*)?$`);
const dl3056 = labelTypeRule({ id: 'DL3056', severity: 'warning', title: 'Labels of type semver hold a version' }, 'semver', (value) => dl3056_VERSION.test(value), 'a semantic version');

;// CONCATENATED MODULE: ./lib/dockerfile/lint/rules/dl3057.js
const dl3057 = {
    id: 'DL3057',
    severity: 'off',
    title: 'A HEALTHCHECK in every image',
    *check(context) {
        for (const stage of context.stages) {
            const { from } = stage;
            if (from === undefined || ownOrAbove(context, stage) || below(context, stage))
                continue;
            yield {
                message: 'The image has no HEALTHCHECK (write HEALTHCHECK NONE when it needs none)',
                at: from.at,
            };
        }
    },
};
function has(context, stage) {
    return context.of(stage, 'healthcheck').length > 0;
}
function ownOrAbove(context, stage) {
    return has(context, stage) || (stage.parent !== undefined && ownOrAbove(context, stage.parent));
}
/** A stage that another one with a check is built from needs none. */
function below(context, stage) {
    return context.stages.some((other) => other.parent === stage && (has(context, other) || below(context, other)));
}

;// CONCATENATED MODULE: ./lib/dockerfile/lint/rules/dl3058.js

const dl3058 = labelTypeRule({ id: 'DL3058', severity: 'warning', title: 'Labels of type email hold an address' }, 'email', (value) => /^[^\s@<>"]+@[^\s@.<>"]+(?:\.[^\s@.<>"]+)+$/.test(value), 'a mail address');

;// CONCATENATED MODULE: ./lib/dockerfile/lint/rules/dl3059.js
/** A RUN with more commands than this is taken to be apart on purpose. */
const FEW = 1;
const dl3059 = {
    id: 'DL3059',
    severity: 'info',
    title: 'RUNs in a row become one',
    *check(context) {
        let previous;
        for (const instruction of context.instructions) {
            const run = instruction.kind === 'run' ? instruction : undefined;
            if (run !== undefined && previous !== undefined && belongTogether(context, previous, run)) {
                yield { message: 'This RUN can be joined with the one above: one layer instead of two', at: run.at };
            }
            previous = run;
        }
    },
};
function belongTogether(context, one, other) {
    return flagsOf(one) === flagsOf(other) && isSmall(context, one) && isSmall(context, other);
}
function flagsOf({ flags }) {
    return flags
        .map(({ name, value }) => `${name}=${value}`)
        .sort()
        .join('\n');
}
function isSmall(context, run) {
    const plain = context
        .scripts(run)
        .flatMap(({ commands }) => commands)
        // A test is no command: `[ -e x ] && y` is one.
        .filter(({ name, through }) => through.length === 0 && name !== '[');
    return plain.length <= FEW;
}

;// CONCATENATED MODULE: ./lib/dockerfile/lint/rules/dl3060.js



const dl3060 = (0,command_rule/* commandRule */.Ip)({ id: 'DL3060', severity: 'info', title: 'yarn cache clean after installing', onbuild: true }, ({ commands, run, context }) => {
    const stage = context.stageOf(run);
    if ((0,lint_context/* hasCacheMount */.El)(run, '.cache/yarn') || (!stage.last && !stage.inherited))
        return undefined;
    const index = commands.findIndex((view) => view.name === 'yarn' && (0,command_view/* hasArg */.nb)(view, 'install'));
    const view = commands[index];
    if (view === undefined)
        return undefined;
    const cleaned = commands
        .slice(index + 1)
        .some((one) => one.name === 'yarn' && (0,command_view/* hasArg */.nb)(one, 'cache', 'clean'));
    return cleaned
        ? undefined
        : { at: view, message: 'yarn keeps downloads in the layer: add && yarn cache clean' };
});

;// CONCATENATED MODULE: ./lib/dockerfile/lint/rules/dl3061.js
const dl3061 = {
    id: 'DL3061',
    severity: 'error',
    title: 'FROM or ARG comes first',
    *check({ stages }) {
        for (const { from, instructions } of stages) {
            if (from !== undefined)
                continue;
            for (const { kind, keyword } of instructions) {
                if (kind === 'arg')
                    continue;
                const name = keyword.value.toUpperCase();
                yield { message: `${name} stands before the first FROM: only ARG may`, at: keyword.at };
            }
        }
    },
};

;// CONCATENATED MODULE: ./lib/dockerfile/lint/rules/dl3062.js


const dl3062 = (0,command_rule/* commandRule */.Ip)({ id: 'DL3062', severity: 'warning', title: 'go install with versions', onbuild: true }, ({ commands }) => {
    const loose = commands.filter(({ name }) => name === 'go').flatMap(dl3062_loosePackages);
    const [first] = loose;
    if (first === undefined)
        return undefined;
    const names = loose.map(({ value }) => value).join(', ');
    return { at: first, message: `Pin the versions of ${names} (go install <package>@<version>)` };
});
function dl3062_loosePackages(view) {
    const [verb, ...packages] = (0,command_view/* plainArgs */.IE)(view);
    if (verb === undefined)
        return [];
    if (verb.value === 'run')
        return packages.slice(0, 1).filter(isLoose);
    if (verb.value !== 'install' && verb.value !== 'get')
        return [];
    return packages.filter((one) => one.value !== 'tool' && isLoose(one));
}
function isLoose({ value }) {
    if (/^[./]/.test(value))
        return false;
    return !value.includes('@') || /@(?:latest|none)$/.test(value);
}

;// CONCATENATED MODULE: ./lib/dockerfile/lint/rules/dl3063.js
const dl3063 = {
    id: 'DL3063',
    severity: 'warning',
    title: 'No stage is called scratch or context',
    *check(context) {
        for (const { alias } of context.all('from')) {
            if (alias === undefined || !['scratch', 'context'].includes(alias.value.toLowerCase()))
                continue;
            yield { message: `${alias.value} is a reserved name`, at: alias.at };
        }
    },
};

;// CONCATENATED MODULE: ./lib/dockerfile/lint/rules/dl3064.js
/** Names of well-known credentials that hold none of the words below. */
const NAMES = new Set([
    'AWS_ACCESS_KEY',
    'AWS_ACCESS_KEY_ID',
    'AWS_KEY_ID',
    'AZURE_CREDENTIALS',
    'AZURE_STORAGE_KEY',
    'CODECOV_AUTH',
    'DATABASE_URL_WITH_CREDENTIALS',
    'DOCKER_AUTH_CONFIG',
    'DOCKER_PASS',
    'GCLOUD_SERVICE_KEY',
    'GITHUB_PAT',
    'GH_PAT',
    'GITLAB_PAT',
    'GOOGLE_APPLICATION_CREDENTIALS',
    'GOOGLE_CREDENTIALS',
    'HEROKU_KEY',
    'NPM_AUTH',
    'SSH_KEY',
    'STRIPE_KEY',
]);
const WORDS = ['api_key', 'client_key', 'password', 'private', 'secret', 'token', 'username'];
const dl3064 = {
    id: 'DL3064',
    severity: 'warning',
    title: 'No secrets in ARG or ENV',
    onbuild: true,
    *check(context) {
        for (const { kind, pairs } of context.all('arg', 'env')) {
            const key = pairs.map((pair) => pair.key).find(({ value }) => isSecret(value));
            if (key === undefined)
                continue;
            const where = kind === 'env' ? 'ENV is kept in the image' : 'ARG is kept in the image history';
            yield {
                message: `${key.value} looks like a secret, and ${where}: use RUN --mount=type=secret`,
                at: key.at,
            };
        }
    },
};
function isSecret(name) {
    const lower = name.toLowerCase();
    return NAMES.has(name.toUpperCase()) || WORDS.some((word) => lower.includes(word));
}

;// CONCATENATED MODULE: ./lib/dockerfile/lint/rules/dl3065.js
const dl3065 = {
    id: 'DL3065',
    severity: 'warning',
    title: 'No --platform=$TARGETPLATFORM',
    *check(context) {
        for (const { platform } of context.all('from')) {
            if (platform === undefined || !/^\$(?:TARGETPLATFORM|\{TARGETPLATFORM\})$/.test(platform.value))
                continue;
            yield { message: 'The target platform is what FROM takes anyway', at: platform.at };
        }
    },
};

;// CONCATENATED MODULE: ./lib/dockerfile/lint/rules/dl3066.js

/** Kubernetes' runAsNonRoot can judge a number only. */
const dl3066 = {
    id: 'DL3066',
    severity: 'info',
    title: 'USER as a number',
    *check(context) {
        const args = new Set();
        for (const instruction of context.instructions) {
            if (instruction.kind === 'arg')
                for (const { key } of instruction.pairs)
                    args.add(key.value);
            if (instruction.kind !== 'user')
                continue;
            const [user = ''] = unquote(instruction.word.value).split(':');
            if (/^\d*$/.test(user) || dl3066_refersTo(instruction.word.value, args))
                continue;
            yield {
                message: `${user} is a name: a number works without /etc/passwd and for runAsNonRoot`,
                at: instruction.at,
            };
        }
    },
};
function dl3066_refersTo(text, names) {
    return [...text.matchAll(/\$(?:\{(\w+)\}|(\w+))/g)].some(([, braced, bare]) => names.has(braced ?? bare ?? ''));
}

;// CONCATENATED MODULE: ./lib/dockerfile/lint/rules/dl3067.js

const dl3067 = {
    id: 'DL3067',
    severity: 'warning',
    title: 'No COPY --from of a whole file system',
    *check(context) {
        for (const copy of context.all('copy')) {
            if (copy.from === undefined || unquote(copy.destination.value) !== '/')
                continue;
            if (!copy.sources.some(({ value }) => unquote(value) === '/'))
                continue;
            yield {
                message: `Everything of ${copy.from.value} comes along: build FROM it, or copy what is needed`,
                at: copy.at,
            };
        }
    },
};

;// CONCATENATED MODULE: ./lib/dockerfile/lint/rules/dl4000.js

const dl4000 = {
    id: 'DL4000',
    severity: 'error',
    title: 'No MAINTAINER',
    *check(context) {
        for (const instruction of context.all('maintainer')) {
            const label = instruction.keyword.value === instruction.keyword.value.toLowerCase() ? 'label' : 'LABEL';
            const name = unquote(instruction.word.value.trim());
            const plain = /^[^"\\$\n]+$/.test(name);
            const text = `${label} org.opencontainers.image.authors="${name}"`;
            yield {
                message: 'MAINTAINER is deprecated: write a LABEL',
                at: instruction.at,
                fix: plain
                    ? { title: 'Write a LABEL', safety: 'safe', edits: [{ at: instruction.at, text }] }
                    : undefined,
            };
        }
    },
};

;// CONCATENATED MODULE: ./lib/dockerfile/lint/rules/dl4001.js
const dl4001 = {
    id: 'DL4001',
    severity: 'warning',
    title: 'Either wget or curl',
    onbuild: true,
    *check(context) {
        for (const stage of context.stages) {
            const used = new Set();
            for (const run of context.of(stage, 'run')) {
                for (const script of context.scripts(run)) {
                    const views = script.commands.filter(({ name }) => name === 'curl' || name === 'wget');
                    for (const { name } of views)
                        used.add(name);
                    const [first] = views;
                    if (first === undefined || used.size < 2)
                        continue;
                    yield {
                        message: 'curl and wget do the same work: one of them is enough',
                        at: script.rangeOf(first),
                    };
                    break;
                }
            }
        }
    },
};

;// CONCATENATED MODULE: ./lib/dockerfile/lint/rules/dl4003.js

const dl4003 = {
    id: 'DL4003',
    severity: 'warning',
    title: 'One CMD a stage',
    *check(context) {
        for (const { at } of repeated(context, 'cmd')) {
            yield { message: 'A stage has one CMD: this one replaces the one above', at };
        }
    },
};

;// CONCATENATED MODULE: ./lib/dockerfile/lint/rules/dl4004.js

const dl4004 = {
    id: 'DL4004',
    severity: 'error',
    title: 'One ENTRYPOINT a stage',
    *check(context) {
        for (const { at } of repeated(context, 'entrypoint')) {
            yield { message: 'A stage has one ENTRYPOINT: this one replaces the one above', at };
        }
    },
};

;// CONCATENATED MODULE: ./lib/dockerfile/lint/rules/dl4005.js


const dl4005 = (0,command_rule/* commandRule */.Ip)({ id: 'DL4005', severity: 'warning', title: 'SHELL instead of a link at /bin/sh', onbuild: true }, ({ commands }) => {
    const view = commands.find((one) => one.name === 'ln' && (0,command_view/* hasArg */.nb)(one, '/bin/sh'));
    return view === undefined
        ? undefined
        : { at: view, message: 'Choose the shell with SHELL, not by linking /bin/sh' };
});

// EXTERNAL MODULE: ./lib/dockerfile/lint/shell/walk.js
var walk = __webpack_require__(2446);
;// CONCATENATED MODULE: ./lib/dockerfile/lint/shell/options.js


/** True when `set -e` stands anywhere in the script. */
function setsErrexit(script) {
    return (0,walk/* simpleCommands */.N)(script).some((command) => {
        const view = (0,command_view/* viewOf */.du)(command);
        if (view?.name !== 'set')
            return false;
        return view.args.some(({ value }, index) => /^-[a-zA-Z]*e/.test(value) || (value === 'errexit' && view.args[index - 1]?.value === '-o'));
    });
}
/** True when `set -o pipefail` (or `-euo pipefail`) stands anywhere in the script. */
function setsPipefail(script) {
    return (0,walk/* simpleCommands */.N)(script).some((command) => {
        const view = (0,command_view/* viewOf */.du)(command);
        if (view?.name !== 'set')
            return false;
        return view.args.some(({ value }, index) => value === 'pipefail' && /^-[a-zA-Z]*o$/.test(view.args[index - 1]?.value ?? ''));
    });
}

// EXTERNAL MODULE: ./lib/dockerfile/lint/shell-setting.js
var shell_setting = __webpack_require__(3913);
;// CONCATENATED MODULE: ./lib/dockerfile/lint/rules/dl4006.js




/** Without pipefail only the last command of a pipe decides whether RUN failed. */
const dl4006 = (0,command_rule/* commandRule */.Ip)({ id: 'DL4006', severity: 'warning', title: 'pipefail before RUN with a pipe' }, ({ script, run, context }) => {
    const shell = (0,shell_setting/* shellAt */.ct)(context, run);
    if ((0,shell_setting/* isForeignShell */.VH)(shell) || failsInPipes(shell) || script.parsed.problems.length > 0)
        return undefined;
    const pipe = firstPipe(script.parsed.script);
    if (pipe === undefined || setsPipefail(script.parsed.script))
        return undefined;
    const message = 'A failure before the pipe goes unseen: SHELL ["/bin/bash", "-o", "pipefail", "-c"] above (in Alpine /bin/ash)';
    return { at: pipe, message };
});
function firstPipe(script) {
    const pipes = [];
    (0,walk/* walkScript */.n)(script, {
        pipeline(pipeline) {
            if (pipeline.commands.length > 1)
                pipes.push(pipeline);
        },
    });
    return pipes[0];
}
function failsInPipes(shell) {
    const program = shell[0]?.split('/').at(-1) ?? '';
    if (!['bash', 'zsh', 'ash'].includes(program))
        return false;
    return shell.includes('pipefail') && shell.some((word) => /^-[a-zA-Z]*o/.test(word));
}

;// CONCATENATED MODULE: ./lib/dockerfile/lint/rules/duplicate-stage-name.js

const duplicateStageName = {
    ...dl3024,
    id: 'DuplicateStageName',
    severity: 'error',
    twin: 'DL3024',
};

;// CONCATENATED MODULE: ./lib/dockerfile/lint/rules/expose-invalid-format.js
const exposeInvalidFormat = {
    id: 'ExposeInvalidFormat',
    severity: 'warning',
    title: 'EXPOSE names ports alone',
    *check(context) {
        for (const { words } of context.all('expose')) {
            for (const { value, at } of words) {
                if (!value.replace(/\$\{[^}]*\}/g, '').includes(':'))
                    continue;
                yield { message: `${value} maps a port: EXPOSE names the container's port alone`, at };
            }
        }
    },
};

;// CONCATENATED MODULE: ./lib/dockerfile/lint/rules/expose-proto-casing.js
const exposeProtoCasing = {
    id: 'ExposeProtoCasing',
    severity: 'warning',
    title: 'Protocols of EXPOSE are lower case',
    *check(context) {
        for (const { words } of context.all('expose')) {
            for (const { value, at } of words) {
                const protocol = value.split('/')[1] ?? '';
                if (protocol === protocol.toLowerCase() || protocol.includes('$'))
                    continue;
                const text = value.replace(`/${protocol}`, `/${protocol.toLowerCase()}`);
                yield {
                    message: `The protocol of ${value} is written in lower case`,
                    at,
                    fix: { title: `Write ${text}`, safety: 'safe', edits: [{ at, text }] },
                };
            }
        }
    },
};

;// CONCATENATED MODULE: ./lib/dockerfile/lint/rules/from-as-casing.js

const fromAsCasing = {
    id: 'FromAsCasing',
    severity: 'warning',
    title: 'FROM and AS have the same case',
    *check(context) {
        for (const { keyword, asKeyword } of context.all('from')) {
            const casing = casingOf(keyword.value);
            if (asKeyword === undefined || casing === 'mixed')
                continue;
            const text = withCasing(asKeyword.value, casing);
            if (asKeyword.value === text)
                continue;
            yield {
                message: `${asKeyword.value} and ${keyword.value} differ in case`,
                at: asKeyword.at,
                fix: { title: `Write ${text}`, safety: 'safe', edits: [{ at: asKeyword.at, text }] },
            };
        }
    },
};

;// CONCATENATED MODULE: ./lib/dockerfile/lint/rules/from-platform-flag-const-disallowed.js
/** Architectures as platforms call them. */
const OTHER_NAMES = {
    x86_64: 'amd64',
    'x86-64': 'amd64',
    aarch64: 'arm64',
    i386: '386',
    armhf: 'arm',
    armel: 'arm',
    macos: 'darwin',
};
/** Fine where the stage's name says that it is for one platform. */
const fromPlatformFlagConstDisallowed = {
    id: 'FromPlatformFlagConstDisallowed',
    severity: 'warning',
    title: 'FROM without a fixed platform',
    twin: 'DL3029',
    *check(context) {
        for (const { platform, alias } of context.all('from')) {
            if (platform === undefined || platform.value === '' || platform.value.includes('$'))
                continue;
            const name = alias?.value.toLowerCase() ?? '';
            const parts = platform.value.toLowerCase().split('/').slice(0, 2);
            if (parts.some((part) => part !== '' && name.includes(OTHER_NAMES[part] ?? part)))
                continue;
            yield { message: `--platform=${platform.value} ties the stage to one platform`, at: platform.at };
        }
    },
};

;// CONCATENATED MODULE: ./lib/dockerfile/lint/reference-pattern.js
/** An image name as the reference grammar allows it (distribution/reference, grammar of a normalised name). */
const HOST = '(?:(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])(?:\\.(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9]))*|\\[[a-fA-F0-9:]+\\])(?::[0-9]+)?';
const reference_pattern_PART = '[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*';
const REFERENCE = new RegExp(`^(?:${HOST}/)?${reference_pattern_PART}(?:/${reference_pattern_PART})*(?::[\\w][\\w.-]{0,127})?(?:@[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,})?$`);
function isImageReference(name) {
    return REFERENCE.test(name) && !/^[0-9a-f]{64}$/.test(name);
}

;// CONCATENATED MODULE: ./lib/dockerfile/lint/rules/invalid-default-arg-in-from.js


const invalidDefaultArgInFrom = {
    id: 'InvalidDefaultArgInFrom',
    severity: 'warning',
    title: 'FROM is valid with the defaults of its arguments',
    *check(context) {
        const defaults = globalScope(context);
        for (const { image } of context.all('from')) {
            const name = expandIn(image.value, defaults, context.file.directives.escape)?.value;
            if (name === undefined || isImageReference(name))
                continue;
            const result = name === '' ? 'empty' : `"${name}", which is no image name`;
            const message = image.value.includes('$')
                ? `Without build arguments ${image.value} is ${result}: give the ARG a default`
                : `${image.value} is no valid image name`;
            yield { message, at: image.at };
        }
    },
};

;// CONCATENATED MODULE: ./lib/dockerfile/lint/rules/invalid-definition-description.js
/** The comment above an ARG or a named stage is its description, for `docker build --call outline`. */
const invalidDefinitionDescription = {
    id: 'InvalidDefinitionDescription',
    severity: 'off',
    title: 'Descriptions begin with the name of what they describe',
    *check(context) {
        for (const instruction of context.instructions) {
            const names = namesOf(instruction);
            const lines = instruction.comments.flatMap(({ text }) => text.split('\n'));
            const word = lines.at(-1)?.trim().split(' ')[0];
            if (word === undefined || names.length === 0 || names.includes(word))
                continue;
            yield { message: `The comment above should begin with ${names.join(' or ')}`, at: instruction.at };
        }
    },
};
function namesOf(instruction) {
    if (instruction.kind === 'arg')
        return instruction.pairs.map(({ key }) => key.value);
    return instruction.kind === 'from' && instruction.stageName !== undefined ? [instruction.stageName] : [];
}

;// CONCATENATED MODULE: ./lib/dockerfile/lint/rules/json-args-recommended.js


/** Like DL3025, but silent where a SHELL says that a shell is wanted. */
const jsonArgsRecommended = {
    id: 'JSONArgsRecommended',
    severity: 'warning',
    title: 'CMD and ENTRYPOINT in JSON form',
    twin: 'DL3025',
    *check(context) {
        for (const one of context.all('cmd', 'entrypoint')) {
            if (one.command.form !== 'shell' || (0,shell_setting/* shellAt */.ct)(context, one).length > 0)
                continue;
            const name = one.kind.toUpperCase();
            const fix = jsonFix(context, one);
            yield {
                message: `${name} in JSON form gets signals itself, without a shell in between`,
                at: one.at,
                fix,
            };
        }
    },
};

;// CONCATENATED MODULE: ./lib/dockerfile/lint/rules/legacy-key-value-format.js
const legacyKeyValueFormat = {
    id: 'LegacyKeyValueFormat',
    severity: 'warning',
    title: 'ENV and LABEL with an equals sign',
    *check(context) {
        for (const one of context.all('env', 'label')) {
            if (!one.legacy)
                continue;
            const name = one.kind.toUpperCase();
            yield {
                message: `Write ${name} key=value: the form without = is old`,
                at: one.at,
                fix: modernForm(context, one),
            };
        }
    },
};
/** Only where the value means the same in both forms. */
function modernForm(context, one) {
    const [pair, more] = one.pairs;
    if (pair === undefined || more !== undefined)
        return undefined;
    const { key, value } = pair;
    const at = { ...key.at, end: value.at.end };
    if (/[\n\r]/.test(context.file.text.slice(at.start.offset, at.end.offset)) || !/^[\w.-]+$/.test(key.value))
        return undefined;
    if (/["'\\`]/.test(value.value) || value.value === '')
        return undefined;
    const plain = !/\s/.test(value.value);
    const text = `${key.value}=${plain ? value.value : `"${value.value}"`}`;
    return { title: 'Write it with =', safety: 'safe', edits: [{ at, text }] };
}

;// CONCATENATED MODULE: ./lib/dockerfile/lint/rules/maintainer-deprecated.js

const maintainerDeprecated = {
    ...dl4000,
    id: 'MaintainerDeprecated',
    severity: 'warning',
    twin: 'DL4000',
};

;// CONCATENATED MODULE: ./lib/dockerfile/lint/rules/multiple-instructions-disallowed.js
const KINDS = ['cmd', 'entrypoint', 'healthcheck'];
const multipleInstructionsDisallowed = {
    id: 'MultipleInstructionsDisallowed',
    severity: 'warning',
    title: 'No CMD, ENTRYPOINT or HEALTHCHECK that a later one replaces',
    *check(context) {
        for (const stage of context.stages) {
            for (const kind of KINDS) {
                for (const { at, keyword } of context.of(stage, kind).slice(0, -1)) {
                    yield {
                        message: `This ${keyword.value.toUpperCase()} has no effect: a later one of the stage replaces it`,
                        at,
                    };
                }
            }
        }
    },
};

// EXTERNAL MODULE: ./lib/dockerfile/mapped-text.js
var mapped_text = __webpack_require__(5219);
// EXTERNAL MODULE: ./lib/dockerfile/source.js
var dockerfile_source = __webpack_require__(901);
;// CONCATENATED MODULE: ./lib/dockerfile/lint/rules/no-empty-continuation.js


const noEmptyContinuation = {
    id: 'NoEmptyContinuation',
    severity: 'warning',
    title: 'No empty lines inside an instruction',
    *check(context) {
        if (context.onbuild)
            return;
        for (const { at } of context.parsed.warnings) {
            yield {
                message: 'An empty line continues an instruction, which will become an error: remove it',
                at,
                fix: withoutEmptyLines(context, at),
            };
        }
    },
};
/** Deletes the empty lines between the beginning of the instruction and its last line, which is where the parser tells it. */
function withoutEmptyLines(context, last) {
    const instruction = context.instructions.findLast(({ at }) => at.start.offset <= last.start.offset);
    if (instruction === undefined || instruction.at.end.offset < last.start.offset)
        return undefined;
    const source = (0,mapped_text/* sourceOf */.vz)(context.file);
    const edits = [];
    for (let line = instruction.at.start.line; line < last.start.line; line += 1) {
        const start = source.lineStarts[line - 1] ?? 0;
        const end = source.lineStarts[line] ?? source.text.length;
        if (source.text.slice(start, end).trim() === '')
            edits.push({ at: (0,dockerfile_source/* rangeBetween */.yb)(source, start, end), text: '' });
    }
    return edits.length === 0 ? undefined : { title: 'Remove the empty lines', safety: 'safe', edits };
}

;// CONCATENATED MODULE: ./lib/dockerfile/lint/rules/redundant-target-platform.js

const TARGET = 'linux/amd64';
const VARIABLES = new Map([['TARGETPLATFORM', TARGET]]);
/** Like DL3065, by what the value becomes: `${TARGETPLATFORM:-x}` and quotes count too. */
const redundantTargetPlatform = {
    id: 'RedundantTargetPlatform',
    severity: 'warning',
    title: 'No --platform=$TARGETPLATFORM',
    twin: 'DL3065',
    *check(context) {
        for (const { platform } of context.all('from')) {
            if (platform === undefined || !isTarget(platform.value))
                continue;
            yield { message: 'The target platform is what FROM takes anyway', at: platform.at };
        }
    },
};
function isTarget(text) {
    try {
        const { value, matched, unmatched } = (0,expand/* expandWord */.Vo)(text, VARIABLES);
        return matched.has('TARGETPLATFORM') && unmatched.size === 0 && value === TARGET;
    }
    catch {
        return false;
    }
}

;// CONCATENATED MODULE: ./lib/dockerfile/lint/rules/reserved-stage-name.js

const reservedStageName = { ...dl3063, id: 'ReservedStageName', twin: 'DL3063' };

// EXTERNAL MODULE: ./lib/dockerfile/lint/shell-rule.js
var shell_rule = __webpack_require__(7043);
;// CONCATENATED MODULE: ./lib/dockerfile/lint/rules/sc1072.js

/** Text that no shell can read. */
const sc1072 = (0,shell_rule/* shellRule */.L)({ id: 'SC1072', severity: 'error', title: 'Shell text without syntax errors' }, ({ script }) => {
    const [first] = script.parsed.problems;
    return first === undefined ? [] : [{ at: first, message: first.message }];
}, { brokenToo: true });

;// CONCATENATED MODULE: ./lib/dockerfile/lint/rules/sc2015.js



/** What cannot fail, or ends the script, does no harm as the third. */
const HARMLESS = new Set(['echo', 'exit', 'return', 'printf', 'true', ':', 'false']);
const sc2015 = (0,shell_rule/* shellRule */.L)({ id: 'SC2015', severity: 'info', title: 'if instead of a && b || c' }, function* ({ script }) {
    for (const [middle, last] of shorthands(script.parsed.script)) {
        // In the middle of a longer chain the whole is a condition.
        if (isHarmless(last) || last.operator === '&&' || last.operator === '||')
            continue;
        yield {
            at: { start: middle.start, end: last.end },
            message: 'The part behind || runs as well when the part behind && fails: use if',
        };
    }
});
/** The second and third of each `a && b || c`. */
function shorthands(script) {
    const found = [];
    const look = ({ statements }) => {
        for (const [index, statement] of statements.entries()) {
            const last = statements[index + 1];
            if (statements[index - 1]?.operator === '&&' && statement.operator === '||' && last !== undefined) {
                found.push([statement, last]);
            }
        }
    };
    look(script);
    (0,walk/* walkScript */.n)(script, {
        command(command) {
            if ('body' in command && 'statements' in command.body)
                look(command.body);
        },
    });
    return found;
}
function isHarmless({ pipeline }) {
    const [command] = pipeline.commands;
    if (command?.kind !== 'simple')
        return true;
    const view = (0,command_view/* viewOf */.du)(command);
    return view === undefined || HARMLESS.has(view.name);
}

;// CONCATENATED MODULE: ./lib/dockerfile/lint/rules/sc2028.js



const sc2028 = (0,shell_rule/* shellRule */.L)({ id: 'SC2028', severity: 'info', title: 'printf for escape sequences' }, function* ({ script, dialect }) {
    if (!['sh', 'bash', 'ksh'].includes(dialect))
        return;
    for (const command of (0,walk/* simpleCommands */.N)(script.parsed.script)) {
        const view = (0,command_view/* viewOf */.du)(command);
        if (view?.name !== 'echo' || /^-[nE]*e/.test(view.args[0]?.value ?? ''))
            continue;
        for (const { word } of view.args) {
            if (!word.parts.some(hasEscape))
                continue;
            yield { at: word, message: 'echo may leave the escape sequence as it is: use printf' };
        }
    }
});
function hasEscape(part) {
    if (part.kind === 'double')
        return /\\[abefnrtv]/.test(part.parts.map((inner) => ('text' in inner ? inner.text : ' ')).join(''));
    return part.kind === 'single' && !part.ansi && /\\[abefnrtv]/.test(part.text);
}

;// CONCATENATED MODULE: ./lib/dockerfile/lint/rules/sc2035.js



const sc2035 = (0,shell_rule/* shellRule */.L)({ id: 'SC2035', severity: 'info', title: './* instead of *' }, function* ({ script }) {
    for (const command of (0,walk/* simpleCommands */.N)(script.parsed.script)) {
        const view = (0,command_view/* viewOf */.du)(command);
        if (view === undefined || ['echo', 'printf'].includes(view.name))
            continue;
        if (view.args.some(({ value }) => value === '--'))
            continue;
        for (const { word, value } of view.args) {
            const [first] = word.parts;
            if (first?.kind !== 'literal' || first.escaped || !/^[*?]/.test(first.text) || value === '?')
                continue;
            yield {
                at: word,
                message: `A file whose name begins with a dash becomes an option: write ./${value}`,
            };
        }
    }
});

;// CONCATENATED MODULE: ./lib/dockerfile/lint/shell/word-places.js


/** Commands whose arguments of the form `a=b` are assignments in bash, but split in sh. */
const DECLARING = new Set(['export', 'readonly', 'local', 'declare', 'typeset', 'alias']);
/** All unquoted expansions in the arguments and redirections of commands, those that name the command left out. */
function splitPlaces(script, declarationsSplit) {
    const places = [];
    (0,walk/* walkScript */.n)(script, {
        command(command) {
            places.push(...placesOf(command, declarationsSplit));
        },
    });
    return places;
}
function placesOf(command, declarationsSplit) {
    const simple = command.kind === 'simple' ? command : undefined;
    const args = simple?.words.slice(1) ?? [];
    const declares = !declarationsSplit && DECLARING.has(nameOf(simple));
    const words = args.filter((word) => !(declares && /^\w+=/.test((0,command_view/* wordText */.en)(word))));
    const targets = command.redirects
        .filter(({ operator }) => !operator.startsWith('<<'))
        .flatMap(({ target }) => (target === undefined ? [] : [target]));
    return [...words, ...targets].flatMap((word) => barePartsOf(word).map((part) => ({ part, command: simple })));
}
function nameOf(command) {
    const [first] = command?.words ?? [];
    return first === undefined ? '' : (0,command_view/* wordText */.en)(first);
}
function barePartsOf(word) {
    return word.parts.filter((part) => part.kind === 'parameter' || part.kind === 'command');
}

;// CONCATENATED MODULE: ./lib/dockerfile/lint/rules/sc2046.js




/** Commands whose output is made to be split. */
const sc2046_LISTS = new Set(['seq', 'pgrep', 'pidof']);
const sc2046 = (0,shell_rule/* shellRule */.L)({ id: 'SC2046', severity: 'warning', title: 'Quoted command substitutions' }, function* ({ script, dialect }) {
    for (const { part } of splitPlaces(script.parsed.script, dialect === 'sh')) {
        if (part.kind !== 'command' || sc2046_LISTS.has(sc2046_nameOf(part)))
            continue;
        yield { at: part, message: 'The output is split at blanks and its wildcards are replaced: quote it' };
    }
});
function sc2046_nameOf({ script }) {
    const [command] = (0,walk/* simpleCommands */.N)(script);
    return (command === undefined ? undefined : (0,command_view/* viewOf */.du)(command)?.name) ?? '';
}

;// CONCATENATED MODULE: ./lib/dockerfile/lint/shell/assignments.js


/** All assignments of a script, by whatever means. */
function assignmentsOf(script) {
    const before = assignments_known.get(script);
    if (before !== undefined)
        return before;
    const assigned = readAssignments(script);
    assignments_known.set(script, assigned);
    return assigned;
}
const assignments_known = new WeakMap();
function readAssignments(script) {
    const found = [];
    (0,walk/* walkScript */.n)(script, {
        command(command) {
            found.push(...assignedBy(command));
        },
        part(part) {
            if (part.kind === 'parameter' && part.operator?.endsWith('='))
                found.push(dirty(part.name));
            if (part.kind === 'arithmetic')
                found.push(...arithmeticNames(part.parts).map(clean));
        },
    });
    return found;
}
/** The names that only ever get text without blanks and wildcards, given those that are known to be so from outside. */
function cleanNames(script, outer) {
    const assigned = assignmentsOf(script);
    const names = new Set([...outer, ...assigned.map(({ name }) => name)]);
    for (let before = -1; before !== names.size;) {
        before = names.size;
        for (const { name, clean: own, uses } of assigned) {
            if (!own || uses.some((used) => !names.has(used) && !NUMBERS.test(used)))
                names.delete(name);
        }
    }
    return names;
}
/** Parameters that hold a number or flags. */
const NUMBERS = /^[?#$!-]$/;
function dirty(name) {
    return { name, clean: false, uses: [] };
}
function clean(name) {
    return { name, clean: true, uses: [] };
}
function withValue(name, value) {
    const parts = value.parts.flatMap((part) => (part.kind === 'double' ? part.parts : [part]));
    const uses = parts.flatMap((part) => (part.kind === 'parameter' && !part.length ? [part.name] : []));
    return { name, clean: parts.every(isCleanPart), uses };
}
function isCleanPart(part) {
    if (part.kind === 'literal' || part.kind === 'single')
        return !/[\s*?[]/.test(part.text);
    return part.kind === 'arithmetic' || (part.kind === 'parameter' && part.operand.every(isCleanPart));
}
function assignedBy(command) {
    if (command.kind === 'for') {
        const { variable, words } = command;
        return words === undefined ? [dirty(variable)] : words.map((word) => withValue(variable, word));
    }
    if (command.kind === 'arithmetic' || command.kind === 'for-arithmetic') {
        return arithmeticNames(command.parts).map(clean);
    }
    return command.kind === 'simple' ? assignedBySimple(command) : [];
}
function assignedBySimple(command) {
    const own = command.assignments.map(({ name, value, elements }) => {
        if (elements !== undefined)
            return dirty(name);
        return value === undefined ? clean(name) : withValue(name, value);
    });
    return [...own, ...assignedByBuiltin(command)];
}
function assignedByBuiltin(command) {
    const view = (0,command_view/* viewOf */.du)(command);
    if (view === undefined)
        return [];
    const plain = view.args.filter(({ value }) => !value.startsWith('-'));
    switch (view.name) {
        case 'export':
        case 'readonly':
        case 'local':
        case 'declare':
        case 'typeset':
            return plain.map(({ value, word }) => withValue(value.split(/\+?=/)[0] ?? '', word));
        case 'read':
        case 'mapfile':
        case 'readarray':
            return plain.map(({ value }) => dirty(value));
        case 'let':
            return plain.map(({ value }) => clean(value.split(/[-+*/]?=/)[0] ?? ''));
        case 'getopts':
            return [clean(plain[1]?.value ?? ''), dirty('OPTARG')];
        case 'printf':
            return view.args[0]?.value === '-v' ? [dirty(view.args[1]?.value ?? '')] : [];
        case '.':
        case 'source':
            return [dirty(SOURCED)];
        default:
            return [];
    }
}
/** The name under which a sourced file's unknown variables are noted. */
const SOURCED = '.';
const CHANGED = /([A-Za-z_]\w*)\s*(?:[-+*/%&|^]|<<|>>)?=(?!=)|(?:\+\+|--)([A-Za-z_]\w*)|([A-Za-z_]\w*)(?:\+\+|--)/g;
function arithmeticNames(parts) {
    const text = parts.map((part) => (part.kind === 'literal' ? part.text : ' ')).join('');
    return [...text.matchAll(CHANGED)].map(([, one, two, three]) => one ?? two ?? three ?? '');
}

;// CONCATENATED MODULE: ./lib/dockerfile/lint/rules/sc2086.js



/** Variables of the shell that hold numbers or flags. */
const sc2086_HARMLESS = /^(?:[?#$!-]|BASHPID|EUID|EPOCHSECONDS|EPOCHREALTIME|LINENO|OPTIND|PPID|RANDOM|SECONDS|SHLVL|UID|COLUMNS|LINES)$/;
const sc2086 = (0,shell_rule/* shellRule */.L)({ id: 'SC2086', severity: 'info', title: 'Quoted variables' }, function* ({ script, dialect, known }) {
    const clean = cleanNames(script.parsed.script, known);
    for (const { part } of splitPlaces(script.parsed.script, dialect === 'sh')) {
        if (part.kind !== 'parameter' || sc2086_isHarmless(part))
            continue;
        if (clean.has(part.name))
            continue;
        yield {
            at: part,
            message: `$${part.name} is split at blanks and its wildcards are replaced: quote it`,
            fix: {
                title: 'Quote it',
                safety: 'unsafe',
                edits: [{ at: part, text: `"${script.text.value.slice(part.start, part.end)}"` }],
            },
        };
    }
});
function sc2086_isHarmless({ name, length, operator, operand }) {
    if (length || sc2086_HARMLESS.test(name) || name === '@')
        return true;
    // `${x:+"$x"}` quotes what matters.
    return operator !== undefined && /^:?\+$/.test(operator) && operand.every(({ kind }) => kind === 'double');
}

;// CONCATENATED MODULE: ./lib/dockerfile/lint/edit-distance.js
/** How many letters must be put in, taken out or changed to make one word the other (Levenshtein). */
function editDistance(one, other) {
    let row = Array.from({ length: other.length + 1 }, (_, index) => index);
    for (let i = 1; i <= one.length; i += 1) {
        const next = [i];
        for (let j = 1; j <= other.length; j += 1) {
            const change = (row[j - 1] ?? 0) + (one[i - 1] === other[j - 1] ? 0 : 1);
            next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
        }
        row = next;
    }
    return row[other.length] ?? 0;
}

;// CONCATENATED MODULE: ./lib/dockerfile/lint/shell/references.js


/** First uses of variables that the script does not assign anywhere; empty when it reads another file. */
function unassignedReferences(script, known) {
    const written = new Set([...known, ...assignmentsOf(script).map(({ name }) => name)]);
    if (written.has(SOURCED))
        return [];
    const first = new Map();
    (0,walk/* walkScript */.n)(script, {
        part(part) {
            if (part.kind !== 'parameter' || !/^[A-Za-z_]/.test(part.name) || isGuarded(part))
                return;
            if (!written.has(part.name) && !first.has(part.name))
                first.set(part.name, part);
        },
    });
    return [...first.values()];
}
/** `${x:-…}`, `${x+…}`, `${x?…}` and `${x:=…}` reckon with an unset variable. */
function isGuarded({ operator }) {
    return operator !== undefined && /^:?[-+?=]$/.test(operator);
}
/** Names that are assigned in the script or known from outside. */
function writtenNames(script, known) {
    return [...new Set([...known, ...assignmentsOf(script).map(({ name }) => name)])];
}

;// CONCATENATED MODULE: ./lib/dockerfile/lint/rules/sc2153.js



const sc2153 = (0,shell_rule/* shellRule */.L)({ id: 'SC2153', severity: 'info', title: 'Variables are spelt as they were assigned' }, function* ({ script, known }) {
    const written = writtenNames(script.parsed.script, known);
    for (const part of unassignedReferences(script.parsed.script, known)) {
        if (/[a-z]/.test(part.name))
            continue;
        const similar = mostSimilar(part.name, written);
        if (similar !== undefined)
            yield { at: part, message: `Nothing assigns ${part.name}: did you mean ${similar}?` };
    }
});
/** One slip in a short name, two in a long one. */
function mostSimilar(name, names) {
    const [best] = names
        .map((candidate) => ({ candidate, distance: editDistance(name, candidate) }))
        .sort((one, other) => one.distance - other.distance);
    if (best === undefined)
        return undefined;
    const { length } = best.candidate;
    const near = (length > 3 && best.distance <= 1) || (length > 7 && best.distance <= 2);
    return near ? best.candidate : undefined;
}

;// CONCATENATED MODULE: ./lib/dockerfile/lint/rules/sc2154.js


/** Names in capitals may come from the environment; others do not. */
const sc2154 = (0,shell_rule/* shellRule */.L)({ id: 'SC2154', severity: 'warning', title: 'Variables are assigned' }, function* ({ script, known }) {
    for (const part of unassignedReferences(script.parsed.script, known)) {
        if (!/[a-z]/.test(part.name))
            continue;
        yield { at: part, message: `Nothing assigns ${part.name}` };
    }
});

;// CONCATENATED MODULE: ./lib/dockerfile/lint/rules/sc2155.js



const sc2155_DECLARING = new Set(['export', 'local', 'declare', 'typeset', 'readonly']);
const sc2155 = (0,shell_rule/* shellRule */.L)({ id: 'SC2155', severity: 'warning', title: 'Declare and assign apart' }, function* ({ script }) {
    for (const command of (0,walk/* simpleCommands */.N)(script.parsed.script)) {
        const view = (0,command_view/* viewOf */.du)(command);
        if (view === undefined || !sc2155_DECLARING.has(view.name))
            continue;
        for (const { word, value } of view.args) {
            if (!/^\w+\+?=/.test(value) || !substitutes(word))
                continue;
            yield {
                at: word,
                message: `${view.name} hides whether the command in the value failed: assign first`,
            };
        }
    }
});
function substitutes({ parts }) {
    return parts.some((part) => part.kind === 'command' ||
        (part.kind === 'double' && part.parts.some(({ kind }) => kind === 'command')));
}

;// CONCATENATED MODULE: ./lib/dockerfile/lint/shell/statement-place.js

/** The simple commands whose failure nothing looks at: not before && or ||, in no condition, not negated. */
function uncheckedCommands(script) {
    const checked = new Set();
    const markAll = (inner) => {
        (0,walk/* walkScript */.n)(inner, {
            command(command) {
                if (command.kind === 'simple')
                    checked.add(command);
            },
        });
    };
    const all = [];
    (0,walk/* walkScript */.n)(script, {
        statement: (statement) => markStatement(statement, checked),
        command(command) {
            if (command.kind === 'simple')
                all.push(command);
            for (const condition of conditionsOf(command))
                markAll(condition);
        },
    });
    return all.filter((command) => !checked.has(command));
}
function markStatement({ pipeline, operator }, checked) {
    if (operator !== '&&' && operator !== '||' && !pipeline.negated)
        return;
    for (const command of pipeline.commands) {
        if (command.kind === 'simple')
            checked.add(command);
        if (command.kind === 'group')
            markGroup(command.body, checked);
    }
}
/** `{ a; b; } && c` looks at the last of the group. */
function markGroup({ statements }, checked) {
    for (const statement of statements.slice(-1)) {
        for (const command of statement.pipeline.commands)
            if (command.kind === 'simple')
                checked.add(command);
    }
}
function conditionsOf(command) {
    if (command.kind === 'if')
        return command.branches.map(({ condition }) => condition);
    return command.kind === 'while' ? [command.condition] : [];
}

;// CONCATENATED MODULE: ./lib/dockerfile/lint/rules/sc2164.js




/** Folders that are always there. */
const SAFE = /^\/*(?:\.{1,2}\/+)*(?:\.{1,2})?$/;
const sc2164 = (0,shell_rule/* shellRule */.L)({ id: 'SC2164', severity: 'warning', title: 'cd with a way out' }, function* ({ script }) {
    if (setsErrexit(script.parsed.script))
        return;
    for (const command of uncheckedCommands(script.parsed.script)) {
        const view = (0,command_view/* viewOf */.du)(command);
        if (view === undefined || !['cd', 'pushd', 'popd'].includes(view.name))
            continue;
        const [target, more] = view.args;
        if (view.name === 'cd' &&
            more === undefined &&
            (target === undefined || SAFE.test((0,command_view/* wordText */.en)(target.word))))
            continue;
        yield { at: view, message: `When ${view.name} fails, the rest runs in the wrong folder: add || exit` };
    }
});

;// CONCATENATED MODULE: ./lib/dockerfile/lint/posix-rule.js



/** A part of words that sh does not have. */
function partRule(facts, matches, message) {
    return (0,shell_rule/* shellRule */.L)(facts, ({ script, posix }) => {
        const hits = [];
        if (!posix)
            return hits;
        (0,walk/* walkScript */.n)(script.parsed.script, {
            part(part) {
                if (matches(part))
                    hits.push({ at: part, message });
            },
        });
        return hits;
    });
}
/** A compound command that sh does not have. */
function commandKindRule(facts, matches, message) {
    return (0,shell_rule/* shellRule */.L)(facts, ({ script, posix }) => {
        const hits = [];
        if (!posix)
            return hits;
        (0,walk/* walkScript */.n)(script.parsed.script, {
            command(command) {
                if (matches(command))
                    hits.push({ at: command, message });
            },
        });
        return hits;
    });
}
function redirectRule(facts, operators, message) {
    return (0,shell_rule/* shellRule */.L)(facts, ({ script, posix }) => {
        const hits = [];
        if (!posix)
            return hits;
        (0,walk/* walkScript */.n)(script.parsed.script, {
            command({ redirects }) {
                for (const redirect of redirects)
                    if (operators.includes(redirect.operator))
                        hits.push({ at: redirect, message });
            },
        });
        return hits;
    });
}
/** A builtin that sh does not have; `except` names dialects that do. */
function commandNameRule(facts, names, message, except = [], instead) {
    return (0,shell_rule/* shellRule */.L)(facts, function* ({ script, posix, dialect }) {
        if (!posix || except.includes(dialect))
            return;
        for (const command of (0,walk/* simpleCommands */.N)(script.parsed.script)) {
            const view = (0,command_view/* viewOf */.du)(command);
            if (view === undefined || !names.includes(view.name))
                continue;
            const fix = instead === undefined
                ? undefined
                : {
                    title: `Use ${instead}`,
                    safety: 'safe',
                    edits: [{ at: view.nameWord, text: instead }],
                };
            yield { at: view, message, fix };
        }
    });
}

;// CONCATENATED MODULE: ./lib/dockerfile/lint/rules/sc3001.js

const sc3001 = partRule({ id: 'SC3001', severity: 'warning', title: 'No process substitution in sh' }, (part) => part.kind === 'process', 'Process substitution is no part of sh');

;// CONCATENATED MODULE: ./lib/dockerfile/lint/rules/sc3006.js

const sc3006 = commandKindRule({ id: 'SC3006', severity: 'warning', title: 'No (( )) in sh' }, (command) => command.kind === 'arithmetic', '(( )) is no part of sh: use [ ] with $(( ))');

;// CONCATENATED MODULE: ./lib/dockerfile/lint/rules/sc3010.js

const sc3010 = commandKindRule({ id: 'SC3010', severity: 'warning', title: 'No [[ ]] in sh' }, (command) => command.kind === 'test', '[[ ]] is no part of sh: use [ ]');

;// CONCATENATED MODULE: ./lib/dockerfile/lint/rules/sc3011.js

const sc3011 = redirectRule({ id: 'SC3011', severity: 'warning', title: 'No here-strings in sh' }, ['<<<'], '<<< is no part of sh: use a heredoc or a pipe');

;// CONCATENATED MODULE: ./lib/dockerfile/lint/rules/sc3014.js



const sc3014 = (0,shell_rule/* shellRule */.L)({ id: 'SC3014', severity: 'warning', title: 'No == in [ ] of sh' }, function* ({ script, posix }) {
    if (!posix)
        return;
    for (const command of (0,walk/* simpleCommands */.N)(script.parsed.script)) {
        const view = (0,command_view/* viewOf */.du)(command);
        if (view?.name !== '[' && view?.name !== 'test')
            continue;
        const operator = view.args.find(({ value }) => value === '==');
        if (operator === undefined)
            continue;
        yield {
            at: operator,
            message: '== is no part of sh: use =',
            fix: { title: 'Use =', safety: 'safe', edits: [{ at: operator, text: '=' }] },
        };
    }
});

;// CONCATENATED MODULE: ./lib/dockerfile/lint/rules/sc3020.js

const sc3020 = redirectRule({ id: 'SC3020', severity: 'warning', title: 'No &> in sh' }, ['&>', '&>>'], '&> is no part of sh, which puts the command into the background instead: use > file 2>&1');

;// CONCATENATED MODULE: ./lib/dockerfile/lint/rules/sc3028.js



/** Variables that bash sets by itself and sh does not. */
const OF_BASH = /^(?:BASH\w*|DIRSTACK|EUID|FUNCNAME|GROUPS|HOSTNAME|HOSTTYPE|MACHTYPE|OSTYPE|PIPESTATUS|RANDOM|SECONDS|SHLVL|SHELLOPTS|UID|EPOCHSECONDS|EPOCHREALTIME)$/;
const sc3028 = (0,shell_rule/* shellRule */.L)({ id: 'SC3028', severity: 'warning', title: 'No variables of bash in sh' }, ({ script, posix, known }) => {
    if (!posix)
        return [];
    const written = new Set([...known, ...assignmentsOf(script.parsed.script).map(({ name }) => name)]);
    const found = [];
    (0,walk/* walkScript */.n)(script.parsed.script, {
        part(part) {
            if (part.kind === 'parameter' && OF_BASH.test(part.name) && !written.has(part.name))
                found.push(part);
        },
    });
    return found.map((part) => ({ at: part, message: `sh has no $${part.name}: choose bash with SHELL` }));
});

;// CONCATENATED MODULE: ./lib/dockerfile/lint/rules/sc3030.js


const sc3030 = (0,shell_rule/* shellRule */.L)({ id: 'SC3030', severity: 'warning', title: 'No arrays in sh' }, function* ({ script, posix }) {
    if (!posix)
        return;
    for (const { assignments } of (0,walk/* simpleCommands */.N)(script.parsed.script)) {
        const array = assignments.find(({ elements }) => elements !== undefined);
        if (array !== undefined)
            yield { at: array, message: 'sh has no arrays: choose bash with SHELL' };
    }
});

;// CONCATENATED MODULE: ./lib/dockerfile/lint/rules/sc3037.js



const sc3037 = (0,shell_rule/* shellRule */.L)({ id: 'SC3037', severity: 'warning', title: 'No options for echo in sh' }, function* ({ script, dialect }) {
    for (const command of (0,walk/* simpleCommands */.N)(script.parsed.script)) {
        const view = (0,command_view/* viewOf */.du)(command);
        const [first] = view?.args ?? [];
        if (view?.name !== 'echo' || first === undefined || !/^-[neE]+$/.test(first.value))
            continue;
        // dash knows -n.
        if (dialect !== 'sh' && !(dialect === 'dash' && first.value !== '-n'))
            continue;
        yield { at: first, message: `Not every sh knows echo ${first.value}: use printf` };
    }
});

;// CONCATENATED MODULE: ./lib/dockerfile/lint/rules/sc3040.js



/** The options of POSIX.1-2024 (XCU, set). */
const POSIX = new Set([
    'allexport',
    'errexit',
    'hashall',
    'ignoreeof',
    'monitor',
    'noclobber',
    'noexec',
    'noglob',
    'nolog',
    'notify',
    'nounset',
    'pipefail',
    'verbose',
    'vi',
    'xtrace',
]);
const sc3040 = (0,shell_rule/* shellRule */.L)({ id: 'SC3040', severity: 'warning', title: 'Options of set that sh has' }, function* ({ script, posix }) {
    if (!posix)
        return;
    for (const command of (0,walk/* simpleCommands */.N)(script.parsed.script)) {
        const view = (0,command_view/* viewOf */.du)(command);
        if (view?.name !== 'set')
            continue;
        const option = view.args.find(({ value }, index) => /^[-+][a-zA-Z]*o$/.test(view.args[index - 1]?.value ?? '') && !POSIX.has(value));
        if (option !== undefined)
            yield { at: option, message: `sh has no option ${option.value}` };
    }
});

;// CONCATENATED MODULE: ./lib/dockerfile/lint/rules/sc3043.js

const sc3043 = commandNameRule({ id: 'SC3043', severity: 'warning', title: 'No local in sh' }, ['local'], 'local is no part of sh', ['dash']);

;// CONCATENATED MODULE: ./lib/dockerfile/lint/rules/sc3046.js

const sc3046 = commandNameRule({ id: 'SC3046', severity: 'warning', title: 'No source in sh' }, ['source'], 'source is no part of sh: use a dot', [], '.');

;// CONCATENATED MODULE: ./lib/dockerfile/lint/rules/sc3054.js

const sc3054 = partRule({ id: 'SC3054', severity: 'warning', title: 'No array references in sh' }, (part) => part.kind === 'parameter' && part.index !== undefined, 'sh has no arrays: choose bash with SHELL');

;// CONCATENATED MODULE: ./lib/dockerfile/lint/rules/sc3057.js

const sc3057 = partRule({ id: 'SC3057', severity: 'warning', title: 'No string indexing in sh' }, (part) => part.kind === 'parameter' && part.operator === ':', 'String indexing is no part of sh: use cut or expr');

;// CONCATENATED MODULE: ./lib/dockerfile/lint/rules/sc3060.js

const sc3060 = partRule({ id: 'SC3060', severity: 'warning', title: 'No string replacement in sh' }, (part) => part.kind === 'parameter' && part.operator?.startsWith('/') === true, 'String replacement is no part of sh: use sed');

;// CONCATENATED MODULE: ./lib/dockerfile/lint/rules/secrets-used-in-arg-or-env.js
/** Whole words between underscores, as BuildKit's check has them. */
const SECRET = /(?:_|^)(?:apikey|auth|credentials?|key|password|pword|passwd|secret|token)(?:_|$)/i;
const secrets_used_in_arg_or_env_HARMLESS = /(?:_|^)(?:public|file|version)(?:_|$)/i;
const secretsUsedInArgOrEnv = {
    id: 'SecretsUsedInArgOrEnv',
    severity: 'warning',
    title: 'No secrets in ARG or ENV',
    twin: 'DL3064',
    *check(context) {
        for (const { kind, pairs } of context.all('arg', 'env')) {
            for (const { key } of pairs) {
                if (!SECRET.test(key.value) || secrets_used_in_arg_or_env_HARMLESS.test(key.value))
                    continue;
                const where = kind === 'env' ? 'ENV is kept in the image' : 'ARG is kept in the image history';
                yield {
                    message: `${key.value} looks like a secret, and ${where}: use RUN --mount=type=secret`,
                    at: key.at,
                };
            }
        }
    },
};

;// CONCATENATED MODULE: ./lib/dockerfile/lint/rules/stage-name-casing.js
const stageNameCasing = {
    id: 'StageNameCasing',
    severity: 'warning',
    title: 'Stage names are lower case',
    *check(context) {
        for (const { alias } of context.all('from')) {
            if (alias === undefined || alias.value === alias.value.toLowerCase())
                continue;
            // References do not mind the case, so that renaming the stage alone is enough.
            yield {
                message: `The stage name ${alias.value} has upper case letters`,
                at: alias.at,
                fix: {
                    title: 'Write it in lower case',
                    safety: 'safe',
                    edits: [{ at: alias.at, text: alias.value.toLowerCase() }],
                },
            };
        }
    },
};

;// CONCATENATED MODULE: ./lib/dockerfile/lint/rules/tsib1001.js


/** Images that are known to come with a user of their own. */
const OWN_USER = /(?:^|\/)(?:chainguard|distroless|jupyter|bitnami|cgr\.dev)(?:\/|$)|nginx-unprivileged/;
const tsib1001 = {
    id: 'TSIB1001',
    severity: 'style',
    title: 'The final stage has a USER',
    *check(context) {
        const last = context.stages.at(-1);
        if (last?.from === undefined)
            return;
        const line = (0,lint_context/* ancestry */.yy)(last);
        if (line.some((stage) => context.of(stage, 'user').length > 0) || isSpecial(context, line))
            return;
        yield {
            message: 'No USER in the final stage: the container runs as root unless the base image says otherwise',
            at: last.from.at,
        };
    },
};
/** Bases with a user, and stages that only carry files. */
function isSpecial(context, line) {
    const root = line.at(-1);
    const image = root === undefined ? undefined : fromImage(context, root);
    if (image === undefined)
        return !line.some((stage) => context.of(stage, 'cmd', 'entrypoint').length > 0);
    return (image.name.startsWith('$') ||
        OWN_USER.test(image.name) ||
        /nonroot|rootless|chiseled/.test(image.tag ?? ''));
}

;// CONCATENATED MODULE: ./lib/dockerfile/lint/rules/tsib1002.js



/** What fetches an index, and what uses it, by tool. */
const TOOLS = {
    'apt-get': apt(),
    apt: apt(),
    aptitude: apt(),
    apk: { update: ['update'], use: ['add', 'upgrade', 'fetch'] },
    zypper: {
        update: ['refresh', 'ref'],
        use: ['install', 'in', 'update', 'up', 'patch', 'dup', 'dist-upgrade'],
    },
};
function apt() {
    return {
        update: ['update'],
        use: ['install', 'upgrade', 'dist-upgrade', 'full-upgrade', 'build-dep', 'source', 'download', 'satisfy'],
    };
}
/** A cached index goes stale: the install below it then asks for packages that are gone. */
const tsib1002 = (0,command_rule/* commandRule */.Ip)({ id: 'TSIB1002', severity: 'warning', title: 'Package index and install in one RUN', onbuild: true }, ({ commands, run }) => {
    if ((0,lint_context/* hasCacheMount */.El)(run, '/var/lib/apt') || (0,lint_context/* hasCacheMount */.El)(run, '/var/cache/apk'))
        return undefined;
    const update = commands.find((view) => TOOLS[view.name] !== undefined && (0,command_view/* hasArg */.nb)(view, ...(TOOLS[view.name]?.update ?? [])));
    if (update === undefined || commands.some(usesIndex) || runsUnknown(commands, update))
        return undefined;
    return {
        at: update,
        message: 'The index is cached alone and goes stale: install in the same RUN',
    };
});
function usesIndex(view) {
    const tool = TOOLS[view.name];
    return tool !== undefined && (0,command_view/* hasArg */.nb)(view, ...tool.use);
}
/** Scripts of the image or the project may install. */
function runsUnknown(commands, update) {
    return commands.some(({ name, start }) => start > update.start &&
        (/[./]/.test(name) || ['sh', 'bash', 'gdebi', 'apt-file', 'apt-cache', 'dpkg'].includes(name)));
}

;// CONCATENATED MODULE: ./lib/dockerfile/lint/rules/tsib1003.js


/** Variables that switch checks off, and the values that do. */
const tsib1003_VARIABLES = {
    NODE_TLS_REJECT_UNAUTHORIZED: /^0$/,
    PYTHONHTTPSVERIFY: /^0$/,
    GIT_SSL_NO_VERIFY: /^(?!0$|false$|$)/i,
    PIP_TRUSTED_HOST: /./,
    NPM_CONFIG_STRICT_SSL: /^false$/i,
    npm_config_strict_ssl: /^false$/i,
    YARN_STRICT_SSL: /^false$/i,
    CURL_INSECURE: /^(?:1|true)$/i,
    GONOSUMCHECK: /^1$/,
    GOINSECURE: /./,
};
const tsib1003 = {
    id: 'TSIB1003',
    severity: 'warning',
    title: 'TLS certificates are checked',
    onbuild: true,
    *check(context) {
        for (const instruction of context.all('env', 'arg'))
            yield* inVariables(instruction);
        for (const run of context.all('run'))
            yield* inScripts(context, run);
    },
};
function* inVariables({ pairs }) {
    for (const { key, value } of pairs) {
        if (value === undefined || tsib1003_VARIABLES[key.value]?.test(unquote(value.value)) !== true)
            continue;
        yield { message: `${key.value} switches certificate checks off`, at: { ...key.at, end: value.at.end } };
    }
}
function* inScripts(context, run) {
    for (const script of context.scripts(run)) {
        for (const view of script.commands) {
            const what = insecure(view) ?? assigned(view);
            if (what !== undefined)
                yield { message: `${what} switches certificate checks off`, at: script.rangeOf(view) };
        }
    }
}
function insecure(view) {
    switch (view.name) {
        case 'curl':
            return view.args.some(({ value }) => value === '--insecure' || isCurlK(value))
                ? 'curl --insecure'
                : undefined;
        case 'wget':
            return (0,command_view/* hasArg */.nb)(view, '--no-check-certificate') ? 'wget --no-check-certificate' : undefined;
        case 'npm':
        case 'yarn':
        case 'pnpm':
            return strictSslOff(view) ? `${view.name} strict-ssl=false` : undefined;
        case 'git':
            return view.args.some(({ value }) => /^http\.sslverify=(?:false|0)$/i.test(value)) || gitConfigOff(view)
                ? 'git http.sslVerify=false'
                : undefined;
        case 'yum':
        case 'dnf':
            return view.args.some(({ value }) => /sslverify=(?:0|false|no)/i.test(value))
                ? 'sslverify=0'
                : undefined;
        default:
            return view.name.startsWith('pip') && view.args.some(({ value }) => value.startsWith('--trusted-host'))
                ? 'pip --trusted-host'
                : undefined;
    }
}
/** `-k` among curl's single letters; letters behind one that takes a value are its value. */
function isCurlK(value) {
    return /^-[fsSLgiIjJlNOpqRvZ#0-9]*k/.test(value) && !value.startsWith('--');
}
function strictSslOff({ args }) {
    return args.some(({ value }, index) => /^(?:--)?strict-ssl=false$/.test(value) ||
        (/^(?:--)?strict-ssl$/.test(value) && args[index + 1]?.value === 'false'));
}
function gitConfigOff({ args }) {
    return args.some(({ value }, index) => value.toLowerCase() === 'http.sslverify' && /^(?:false|0)$/i.test(args[index + 1]?.value ?? ''));
}
/** `export X=0`, and `X=0 command`. */
function assigned({ name, args, command }) {
    const words = name === 'export' || name === 'env' ? args.map(({ value }) => value) : [];
    const found = words
        .map((word) => word.split('='))
        .find(([key = '', value = '']) => tsib1003_VARIABLES[key]?.test(value));
    if (found !== undefined)
        return found[0];
    return command.assignments.find(({ name: key, value }) => {
        const [part] = value?.parts ?? [];
        return part !== undefined && 'text' in part && tsib1003_VARIABLES[key]?.test(part.text) === true;
    })?.name;
}

;// CONCATENATED MODULE: ./lib/dockerfile/lint/rules/tsib1004.js


const FLAGS = {
    apk: ['--allow-untrusted'],
    'apt-get': ['--allow-unauthenticated', '--force-yes', '--allow-insecure-repositories'],
    apt: ['--allow-unauthenticated', '--force-yes', '--allow-insecure-repositories'],
    yum: ['--nogpgcheck', '--no-gpgchecks'],
    dnf: ['--nogpgcheck', '--no-gpgchecks'],
    microdnf: ['--nogpgcheck', '--no-gpgchecks'],
    tdnf: ['--nogpgcheck', '--no-gpgchecks'],
    zypper: ['--no-gpg-checks', '--allow-unsigned-rpm'],
    rpm: ['--nodigest', '--nosignature', '--noverify', '--nofiledigest'],
};
const tsib1004 = (0,command_rule/* commandRule */.Ip)({ id: 'TSIB1004', severity: 'warning', title: 'Packages are checked for their signature', onbuild: true }, ({ commands }) => {
    for (const view of commands) {
        const flag = unsigned(view);
        if (flag !== undefined)
            return { at: view, message: `${flag} takes packages that nobody signed` };
    }
    return undefined;
});
function unsigned(view) {
    return FLAGS[view.name]?.find((flag) => (0,command_view/* hasArg */.nb)(view, flag));
}

;// CONCATENATED MODULE: ./lib/dockerfile/lint/secret-patterns.js
/** Texts that are a credential by their form alone. */
const PATTERNS = [
    ['an AWS access key', /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/],
    ['a GitHub token', /\b(?:gh[pousr]_[A-Za-z0-9]{36,}|github_pat_[A-Za-z0-9_]{22,})\b/],
    ['a GitLab token', /\bglpat-[A-Za-z0-9_-]{20,}/],
    ['a Slack token', /\bxox[abprs]-[A-Za-z0-9-]{10,}/],
    ['a Google API key', /\bAIza[0-9A-Za-z_-]{35}/],
    ['a Stripe key', /\b[rs]k_live_[0-9A-Za-z]{16,}/],
    ['an npm token', /\bnpm_[A-Za-z0-9]{36}\b/],
    ['a PyPI token', /\bpypi-[A-Za-z0-9_-]{50,}/],
    ['a Docker Hub token', /\bdckr_pat_[A-Za-z0-9_-]{20,}/],
    ['a SendGrid key', /\bSG\.[A-Za-z0-9_-]{16,}\.[A-Za-z0-9_-]{16,}/],
    ['a private key', /-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----/],
    ['a signed token', /\beyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}/],
    ['a password in a URL', /[a-z][a-z0-9+.-]*:\/\/[^\s:/@$"']+:[^\s:/@$"'{}]{3,}@[\w.-]+/],
];
/** The first credential in a text. */
function findSecret(text) {
    for (const [what, pattern] of PATTERNS) {
        const match = pattern.exec(text);
        if (match !== null)
            return { what, start: match.index, end: match.index + match[0].length };
    }
    return undefined;
}
/** Shorter values are not judged by their look. */
const secret_patterns_LONG = 16;
/** Bits a character: words lie below, random text above. */
const RANDOM = 3.5;
/** True for a value that looks like random text: long, of one piece, with letters and digits mixed. */
function looksRandom(value) {
    if (value.length < secret_patterns_LONG || !/^[A-Za-z0-9+/=_.-]+$/.test(value))
        return false;
    if (!/\d/.test(value) || !/[A-Za-z]/.test(value))
        return false;
    return entropy(value) >= RANDOM;
}
/** Shannon's entropy, in bits a character. */
function entropy(text) {
    const counts = new Map();
    for (const char of text)
        counts.set(char, (counts.get(char) ?? 0) + 1);
    let bits = 0;
    for (const count of counts.values())
        bits -= (count / text.length) * Math.log2(count / text.length);
    return bits;
}

;// CONCATENATED MODULE: ./lib/dockerfile/lint/rules/tsib1005.js


const NAME = /(?:^|_)(?:apikey|auth|credentials?|key|pass|passphrase|passwd|password|pwd|secret|token)(?:_|$)/i;
const PUBLIC = /(?:^|_)(?:public|file|path|url|version|id|fingerprint|gpg|checksum|sha\d*|hash|digest)(?:_|$)/i;
const tsib1005 = {
    id: 'TSIB1005',
    severity: 'warning',
    title: 'No credentials written into the file',
    onbuild: true,
    *check(context) {
        for (const instruction of context.instructions) {
            const finding = byForm(context, instruction) ?? byLook(instruction);
            if (finding !== undefined)
                yield finding;
        }
    },
};
function byForm(context, instruction) {
    const secret = findSecret(instruction.args.value);
    if (secret !== undefined) {
        return { message: tell(secret.what), at: context.argsRange(instruction, secret.start, secret.end) };
    }
    for (const heredoc of instruction.heredocs) {
        const inner = findSecret(heredoc.content);
        if (inner !== undefined)
            return { message: tell(inner.what), at: heredoc.body };
    }
    return undefined;
}
function tell(what) {
    return `This looks like ${what}, and everybody who has the image can read it: use RUN --mount=type=secret`;
}
function byLook(instruction) {
    if (instruction.kind !== 'env' && instruction.kind !== 'arg')
        return undefined;
    for (const { key, value } of instruction.pairs) {
        if (value === undefined || !NAME.test(key.value) || PUBLIC.test(key.value))
            continue;
        if (tsib1005_isSecret(value))
            return { message: tell('a secret'), at: value.at };
    }
    return undefined;
}
function tsib1005_isSecret({ value }) {
    const text = unquote(value);
    return !text.includes('$') && looksRandom(text);
}

;// CONCATENATED MODULE: ./lib/dockerfile/lint/rules/tsib1006.js


/** Files that hold credentials and nothing else. */
const FILES = /^(?:\.env(?:\.(?:local|prod|production|secret|secrets))?|\.netrc|\.pgpass|\.git-credentials|\.htpasswd|id_(?:rsa|dsa|ecdsa|ed25519)|.*\.(?:pem|key|p12|pfx|jks|kdbx)|credentials\.json|service[-_]account\.json|kubeconfig|terraform\.tfvars)$/i;
const FOLDERS = /(?:^|\/)(?:\.ssh|\.aws|\.gnupg|\.kube|\.docker)(?:\/|$)/;
/** Certificates and public halves are meant to be seen. */
const tsib1006_PUBLIC = /\.pub$|(?:^|[-_.])(?:ca|cert|certs|chain|fullchain|public|pub|bundle)(?:[-_.]|$)/i;
const tsib1006 = {
    id: 'TSIB1006',
    severity: 'warning',
    title: 'No files with credentials in the image',
    *check(context) {
        for (const copy of context.all('copy', 'add')) {
            if (copy.from !== undefined)
                continue;
            const secret = copy.sources.find(({ value }) => isSecretFile(unquote(value)));
            if (secret === undefined)
                continue;
            yield {
                message: `${secret.value} holds credentials and stays in the layer: use RUN --mount=type=secret`,
                at: secret.at,
            };
        }
    },
};
function isSecretFile(path) {
    const name = basename(path);
    if (tsib1006_PUBLIC.test(name))
        return false;
    return FILES.test(name) || FOLDERS.test(path);
}

;// CONCATENATED MODULE: ./lib/dockerfile/lint/rules/tsib1007.js



const FETCHERS = new Set(['curl', 'wget']);
const INTERPRETERS = /^(?:.*\/)?(?:sh|bash|ash|dash|zsh|python[\d.]*|perl|ruby|node)$/;
const WRAPPERS = new Set(['sudo', 'env', 'exec']);
const tsib1007 = (0,command_rule/* commandRule */.Ip)({ id: 'TSIB1007', severity: 'info', title: 'Downloads are checked before they run', onbuild: true }, ({ script }) => {
    const found = [];
    (0,walk/* walkScript */.n)(script.parsed.script, {
        pipeline(pipeline) {
            const fetch = pipeline.commands.findIndex(isFetch);
            if (fetch !== -1 && pipeline.commands.slice(fetch + 1).some(isInterpreter))
                found.push(pipeline);
        },
    });
    const [first] = found;
    if (first === undefined)
        return undefined;
    return {
        at: first,
        message: 'What is downloaded runs unseen: fetch it, check its checksum, then run it',
    };
});
function isFetch(command) {
    return command.kind === 'simple' && FETCHERS.has((0,command_view/* viewOf */.du)(command)?.name ?? '');
}
function isInterpreter(command) {
    if (command.kind !== 'simple')
        return false;
    const words = command.words.map(command_view/* wordText */.en).filter((word) => !WRAPPERS.has(word) && !/^-|=/.test(word));
    const program = words[0] ?? '';
    // With a program of its own the download is its input, not its text.
    const own = command.words.some((word) => /^-[ec]$/.test((0,command_view/* wordText */.en)(word)));
    return INTERPRETERS.test(program) && !own;
}

;// CONCATENATED MODULE: ./lib/dockerfile/lint/rules/tsib1008.js
/** Programs that keep a container alive and do nothing. */
const IDLE = (view) => (view.name === 'tail' && view.args.some(({ value }) => value === '/dev/null')) ||
    (view.name === 'sleep' && view.args.some(({ value }) => value === 'infinity'));
const tsib1008 = {
    id: 'TSIB1008',
    severity: 'warning',
    title: 'The service is the process of the container',
    *check(context) {
        for (const instruction of context.all('cmd', 'entrypoint')) {
            const at = background(context, instruction);
            if (at === undefined)
                continue;
            yield {
                message: 'The service runs behind the container: its end goes unseen and signals do not reach it',
                at,
            };
        }
    },
};
function background(context, instruction) {
    for (const script of context.scripts(instruction)) {
        const started = script.commands.find(startsService);
        if (started !== undefined)
            return script.rangeOf(started);
        const { statements } = script.parsed.script;
        const detached = statements.find(({ operator }) => operator === '&');
        if (detached !== undefined && script.commands.some(IDLE))
            return script.rangeOf(detached);
    }
    return undefined;
}
/** `service x start`, `/etc/init.d/x start`, `systemctl start x`. */
function startsService({ name, args }) {
    const values = args.map(({ value }) => value);
    if (name === 'service')
        return values.includes('start') || values.includes('restart');
    if (name === 'systemctl')
        return values.includes('start');
    return name.startsWith('/etc/init.d/') && (values.includes('start') || values.includes('restart'));
}

;// CONCATENATED MODULE: ./lib/dockerfile/lint/rules/tsib1009.js

const WITHOUT_EFFECT = new Set(['cd', 'export', 'alias', 'pushd', 'umask', 'ulimit']);
/** Each RUN has a shell of its own. */
const tsib1009 = (0,command_rule/* commandRule */.Ip)({ id: 'TSIB1009', severity: 'warning', title: 'No RUN whose effect ends with it', onbuild: true }, ({ commands, run, script }) => {
    const [first] = commands;
    if (first === undefined || run.heredocs.length > 0 || script.parsed.problems.length > 0)
        return undefined;
    if (!commands.every(({ name }) => WITHOUT_EFFECT.has(name)))
        return undefined;
    const instead = first.name === 'cd' ? 'WORKDIR' : 'ENV or the RUN that needs it';
    return { at: first, message: `${first.name} ends with this RUN and changes nothing: use ${instead}` };
});

;// CONCATENATED MODULE: ./lib/dockerfile/lint/rules/tsib1010.js

/** Layers that union file systems and engines take at most, less some for the base image. */
const MOST = 120;
const tsib1010 = {
    id: 'TSIB1010',
    severity: 'warning',
    title: 'Fewer layers than a union file system can hold',
    *check(context) {
        for (const stage of context.stages) {
            const own = (0,lint_context/* ancestry */.yy)(stage).flatMap((one) => context.of(one, 'run', 'copy', 'add'));
            const beyond = context.of(stage, 'run', 'copy', 'add')[MOST - (own.length - context.of(stage, 'run', 'copy', 'add').length)];
            if (own.length <= MOST || beyond === undefined)
                continue;
            yield {
                message: `${own.length} layers on top of the base image: engines stop at about 127`,
                at: beyond.at,
            };
        }
    },
};

;// CONCATENATED MODULE: ./lib/dockerfile/lint/rules/tsib1011.js
const tsib1011 = {
    id: 'TSIB1011',
    severity: 'info',
    title: 'No SSH server in the container',
    *check(context) {
        for (const { words } of context.all('expose')) {
            const port = words.find(({ value }) => /^22(?:\/tcp)?$/i.test(value));
            if (port !== undefined)
                yield { message: 'Port 22 is for an SSH server: use docker exec to look inside', at: port.at };
        }
    },
};

;// CONCATENATED MODULE: ./lib/dockerfile/lint/rules/tsib1012.js

const SYSTEM = /^\/(?:proc|sys|dev|boot|initrd|lost\+found)(?:\/|$)/;
const tsib1012 = {
    id: 'TSIB1012',
    severity: 'warning',
    title: 'No WORKDIR or VOLUME in folders of the system',
    *check(context) {
        for (const { word } of context.all('workdir')) {
            if (SYSTEM.test(unquote(word.value)))
                yield { message: `${word.value} belongs to the kernel`, at: word.at };
        }
        for (const { words } of context.all('volume')) {
            const bad = words.find(({ value }) => SYSTEM.test(unquote(value)));
            if (bad !== undefined)
                yield { message: `${bad.value} belongs to the kernel`, at: bad.at };
        }
    },
};

;// CONCATENATED MODULE: ./lib/dockerfile/lint/rules/tsib1013.js

const tsib1013 = {
    id: 'TSIB1013',
    severity: 'warning',
    title: 'Sources lie inside the context',
    *check(context) {
        for (const copy of context.all('copy', 'add')) {
            if (copy.from !== undefined)
                continue;
            const outside = copy.sources.find(({ value }) => leaves(unquote(value)));
            if (outside === undefined)
                continue;
            yield {
                message: `${outside.value} leaves the context, whose root it becomes: build from a folder further up`,
                at: outside.at,
            };
        }
    },
};
/** True when the path climbs above where it began. */
function leaves(path) {
    if (/^(?:https?|git|ssh):|^git@/.test(path))
        return false;
    let depth = 0;
    for (const part of path.split('/')) {
        if (part === '..')
            depth -= 1;
        else if (part !== '' && part !== '.')
            depth += 1;
        if (depth < 0)
            return true;
    }
    return false;
}

;// CONCATENATED MODULE: ./lib/dockerfile/lint/rules/tsib1014.js


const tsib1014 = (0,command_rule/* commandRule */.Ip)({ id: 'TSIB1014', severity: 'info', title: 'No distribution upgrade', onbuild: true }, ({ commands }) => {
    const view = commands.find((one) => ['apt-get', 'apt', 'aptitude'].includes(one.name) && (0,command_view/* hasArg */.nb)(one, 'dist-upgrade', 'full-upgrade'));
    if (view === undefined)
        return undefined;
    return { at: view, message: 'A distribution upgrade doubles the base image: take a newer one' };
});

;// CONCATENATED MODULE: ./lib/dockerfile/lint/rules/tsib1015.js


const tsib1015 = (0,command_rule/* commandRule */.Ip)({ id: 'TSIB1015', severity: 'info', title: 'apk add --virtual for packages that go again', onbuild: true }, ({ commands }) => {
    const apks = commands.filter(({ name }) => name === 'apk');
    const add = apks.find((view) => (0,command_view/* hasArg */.nb)(view, 'add'));
    const del = apks.find((view) => (0,command_view/* hasArg */.nb)(view, 'del'));
    if (add === undefined || del === undefined)
        return undefined;
    if (apks.some((view) => (0,command_view/* hasArg */.nb)(view, 'add') && (0,command_view/* hasFlag */.Lt)(view, 'virtual', 't')))
        return undefined;
    return {
        at: del,
        message: 'apk add --virtual=<name> makes a group that apk del <name> removes as a whole',
    };
});

;// CONCATENATED MODULE: ./lib/dockerfile/lint/rules/tsib1016.js



const tsib1016 = (0,command_rule/* commandRule */.Ip)({ id: 'TSIB1016', severity: 'warning', title: 'No passwords for users of the image', onbuild: true }, ({ commands, script }) => {
    const message = 'The password is the same in every container and readable in the history';
    const option = commands.find((view) => ['useradd', 'usermod'].includes(view.name) && (0,command_view/* hasArg */.nb)(view, '-p', '--password'));
    if (option !== undefined)
        return { at: option, message };
    const found = [];
    (0,walk/* walkScript */.n)(script.parsed.script, {
        pipeline(pipeline) {
            const views = pipeline.commands.flatMap((command) => command.kind === 'simple' ? [(0,command_view/* viewOf */.du)(command)] : []);
            if (views.some((view, index) => view?.name === 'chpasswd' && tsib1016_isFixed(views[index - 1])))
                found.push(pipeline);
        },
    });
    return found[0] === undefined ? undefined : { at: found[0], message };
});
/** `echo user:password`, spelt out. */
function tsib1016_isFixed(view) {
    if (view === undefined || !['echo', 'printf'].includes(view.name))
        return false;
    return view.args.some(({ value, word }) => value.includes(':') && (0,command_view/* isConstant */.VO)(word));
}

// EXTERNAL MODULE: ./lib/dockerfile/suggest.js
var suggest = __webpack_require__(5472);
;// CONCATENATED MODULE: ./lib/dockerfile/lint/rules/tsib1017.js

/** An ignore comment with a slip of the keyboard silences nothing. */
const tsib1017 = {
    id: 'TSIB1017',
    severity: 'info',
    title: 'Ignore comments name rules that exist',
    *check({ pragmas, ruleIds, onbuild }) {
        if (onbuild)
            return;
        for (const { kind, values, comment } of pragmas.all) {
            if (kind === 'shell')
                continue;
            const unknown = values.find((id) => !ruleIds.has(id) && !/^(?:DL|SC)\d{4}$/.test(id));
            if (unknown === undefined)
                continue;
            const hint = (0,suggest/* didYouMean */.a)(unknown, ruleIds);
            const message = `There is no rule ${unknown}`;
            yield { message: hint === undefined ? message : `${message}: ${hint}`, at: comment.at };
        }
    },
};

;// CONCATENATED MODULE: ./lib/dockerfile/lint/rules/tsib1018.js


/** In a heredoc only the last line decides whether RUN failed. */
const tsib1018 = (0,shell_rule/* shellRule */.L)({ id: 'TSIB1018', severity: 'info', title: 'set -e in heredocs with several commands' }, function* ({ script, run, shell }) {
    if (run.heredocs.length === 0 || shell.some((word) => /^-[a-z]*e/.test(word)))
        return;
    const { statements } = script.parsed.script;
    if (setsErrexit(script.parsed.script) || /^#!.*\s-[a-z]*e/.test(script.text.value))
        return;
    const first = statements.slice(0, -1).find(({ operator, pipeline }) => {
        if (operator !== '\n' && operator !== ';')
            return false;
        return pipeline.commands.some((command) => command.kind === 'simple' && command.words.length > 0);
    });
    if (first === undefined)
        return;
    yield {
        at: first,
        message: 'When this fails the lines below run all the same: begin the heredoc with set -e',
    };
});

;// CONCATENATED MODULE: ./lib/dockerfile/lint/rules/tsib1019.js

const CACHES = /^\/(?:var\/lib\/apt\/lists|var\/cache\/(?:apt|apk|yum|dnf|zypp)|tmp|var\/tmp|root\/\.(?:cache|npm))(?:\/|$)/;
const MANAGERS = ['apt-get', 'apt', 'yum', 'dnf', 'microdnf', 'zypper', 'apk', 'npm', 'yarn', 'pip', 'pip3'];
/** What a layer holds stays in it, whatever a later layer deletes. */
const tsib1019 = {
    id: 'TSIB1019',
    severity: 'info',
    title: 'Clean up in the RUN that makes the mess',
    *check(context) {
        for (const stage of context.stages) {
            let layers = 0;
            for (const run of context.of(stage, 'run')) {
                const first = layers > 0 ? cleansOnly(context, run) : undefined;
                if (first !== undefined)
                    yield {
                        message: 'The files stay in the layer above: clean up in the RUN that made them',
                        at: run.at,
                    };
                layers += 1;
            }
        }
    },
};
function cleansOnly(context, run) {
    if (run.mounts.length > 0)
        return undefined;
    const commands = context.scripts(run).flatMap((script) => script.commands);
    const outer = commands.filter(({ through }) => through.length === 0);
    return outer.length > 0 && outer.every(isCleanUp) ? outer[0] : undefined;
}
function isCleanUp(view) {
    if (view.name === 'rm') {
        const paths = view.args.filter(({ value }) => !value.startsWith('-'));
        return paths.length > 0 && paths.every(({ value }) => CACHES.test(value));
    }
    if (!MANAGERS.includes(view.name))
        return false;
    return (0,command_view/* hasArg */.nb)(view, 'clean', 'autoclean') || ((0,command_view/* hasArg */.nb)(view, 'cache') && (0,command_view/* hasArg */.nb)(view, 'purge', 'clean'));
}

;// CONCATENATED MODULE: ./lib/dockerfile/lint/rules/tsib1020.js

const tsib1020 = {
    id: 'TSIB1020',
    severity: 'info',
    title: 'COPY --from an image with a version',
    *check(context) {
        for (const { from } of context.all('copy')) {
            if (from === undefined || /^\d+$/.test(from.value) || isStage(context, from.value))
                continue;
            const image = resolveImage(context, from.value);
            // A bare word may be a named context.
            if (!/[/:@]/.test(from.value) || image.digest !== undefined)
                continue;
            if (image.tag !== undefined && image.tag !== 'latest')
                continue;
            yield { message: `${from.value} changes under your feet: pin a version`, at: from.at };
        }
    },
};
function isStage(context, name) {
    return context.stages.some(({ alias }) => alias?.toLowerCase() === name.toLowerCase());
}

;// CONCATENATED MODULE: ./lib/dockerfile/lint/rules/undefined-arg-in-from.js


const undefinedArgInFrom = {
    id: 'UndefinedArgInFrom',
    severity: 'warning',
    title: 'FROM uses declared arguments only',
    *check(context) {
        const scope = globalScope(context, context.config.buildArgs);
        const texts = context
            .all('from')
            .flatMap(({ image, platform }) => (platform === undefined ? [image] : [platform, image]));
        for (const { value, at } of texts) {
            const unmatched = expandIn(value, scope, context.file.directives.escape)?.unmatched ?? [];
            for (const name of unmatched) {
                if (scope.declared.has(name))
                    continue;
                const hint = (0,suggest/* didYouMean */.a)(name, scope.declared);
                const message = `No ARG ${name} stands before the first FROM`;
                yield { message: hint === undefined ? message : `${message}: ${hint}`, at };
            }
        }
    },
};

;// CONCATENATED MODULE: ./lib/dockerfile/lint/base-variables.js
/** Variables that well-known base images set, by the last part of the image's path (or a piece of it). */
const KNOWN = [
    [
        /(?:^|\/)dotnet\//,
        ['APP_UID', 'ASPNET_VERSION', 'ASPNETCORE_HTTP_PORTS', 'DOTNET_VERSION', 'DOTNET_SDK_VERSION'],
    ],
    [/(?:^|\/)jupyter\//, ['NB_UID', 'NB_GID', 'NB_USER', 'CONDA_DIR', 'HOME', 'SHELL']],
    [/(?:^|\/)golang$/, ['GOPATH', 'GOLANG_VERSION', 'GOTOOLCHAIN']],
    [/(?:^|\/)node$/, ['NODE_VERSION', 'YARN_VERSION']],
    [/(?:^|\/)python$/, ['PYTHON_VERSION', 'PYTHON_SHA256', 'GPG_KEY', 'LANG']],
    [/(?:^|\/)pypy$/, ['PYPY_VERSION', 'LANG']],
    [
        /(?:^|\/)(?:openjdk|eclipse-temurin|amazoncorretto|ibm-semeru-runtimes)$/,
        ['JAVA_HOME', 'JAVA_VERSION', 'LANG'],
    ],
    [/(?:^|\/)maven$/, ['JAVA_HOME', 'JAVA_VERSION', 'MAVEN_HOME', 'MAVEN_CONFIG', 'LANG']],
    [/(?:^|\/)gradle$/, ['JAVA_HOME', 'JAVA_VERSION', 'GRADLE_HOME', 'GRADLE_VERSION', 'LANG']],
    [/(?:^|\/)tomcat$/, ['JAVA_HOME', 'CATALINA_HOME', 'TOMCAT_VERSION', 'LANG', 'LD_LIBRARY_PATH']],
    [/(?:^|\/)jetty$/, ['JAVA_HOME', 'JETTY_HOME', 'JETTY_BASE', 'JETTY_VERSION', 'TMPDIR']],
    [
        /(?:^|\/)(?:ruby|jruby)$/,
        ['RUBY_VERSION', 'GEM_HOME', 'BUNDLE_APP_CONFIG', 'BUNDLE_SILENCE_ROOT_WARNING', 'LANG'],
    ],
    [/(?:^|\/)rust$/, ['CARGO_HOME', 'RUSTUP_HOME', 'RUST_VERSION']],
    [
        /(?:^|\/)php$/,
        ['PHP_VERSION', 'PHP_INI_DIR', 'PHPIZE_DEPS', 'PHP_CFLAGS', 'PHP_CPPFLAGS', 'PHP_LDFLAGS', 'PHP_URL'],
    ],
    [/(?:^|\/)nginx$/, ['NGINX_VERSION', 'NJS_VERSION', 'PKG_RELEASE']],
    [/(?:^|\/)httpd$/, ['HTTPD_PREFIX', 'HTTPD_VERSION']],
    [/(?:^|\/)postgres$/, ['PGDATA', 'PG_MAJOR', 'PG_VERSION', 'LANG']],
    [/(?:^|\/)(?:mysql|mariadb)$/, ['MYSQL_VERSION', 'MYSQL_MAJOR', 'MARIADB_VERSION', 'GOSU_VERSION']],
    [/(?:^|\/)(?:redis|mongo)$/, ['REDIS_VERSION', 'MONGO_VERSION', 'MONGO_MAJOR', 'GOSU_VERSION']],
    [
        /(?:^|\/)cuda$/,
        ['CUDA_VERSION', 'LD_LIBRARY_PATH', 'LIBRARY_PATH', 'NVIDIA_VISIBLE_DEVICES', 'NV_CUDA_LIB_VERSION'],
    ],
    [/(?:^|\/)(?:miniconda3|anaconda3|micromamba)$/, ['LANG', 'CONDA_DIR', 'MAMBA_USER', 'MAMBA_ROOT_PREFIX']],
    [/(?:^|\/)spark(?:-py|-r)?$/, ['SPARK_HOME', 'JAVA_HOME']],
    [/(?:^|\/)jenkins$/, ['JENKINS_HOME', 'JENKINS_VERSION', 'JAVA_HOME', 'REF', 'LANG']],
    [/(?:^|\/)(?:elixir|erlang)$/, ['ELIXIR_VERSION', 'OTP_VERSION', 'LANG']],
    [/(?:^|\/)(?:elasticsearch|logstash|kibana)$/, ['ELASTIC_CONTAINER', 'JAVA_HOME']],
    [/(?:^|\/)docker$/, ['DOCKER_VERSION', 'DOCKER_TLS_CERTDIR', 'DOCKER_BUILDX_VERSION']],
];
/** The variables that an image of this name brings, as far as it is known. */
function baseVariables(name) {
    return KNOWN.find(([pattern]) => pattern.test(name))?.[1] ?? [];
}

;// CONCATENATED MODULE: ./lib/dockerfile/lint/rules/undefined-var.js






const undefinedVar = {
    id: 'UndefinedVar',
    severity: 'warning',
    title: 'Variables are set before they are used',
    *check(context) {
        const scopes = scopesOf(context);
        for (const instruction of context.instructions) {
            const scope = scopes.get(instruction);
            if (scope === undefined)
                continue;
            const base = knownOfBase(context, instruction);
            for (const [name, at] of unsetNames(context, instruction, scope)) {
                if (scope.declared.has(name) || base.has(name) || isPredefined(name))
                    continue;
                const hint = (0,suggest/* didYouMean */.a)(name, [...scope.values.keys(), ...scope.declared]);
                const message = `$${name} is not set here`;
                yield { message: hint === undefined ? message : `${message}: ${hint}`, at };
            }
        }
    },
};
/** BuildKit's arguments for SBOM scans are no environment and no ARG. */
function isPredefined(name) {
    return name === 'BUILDKIT_SBOM_SCAN_CONTEXT' || name === 'BUILDKIT_SBOM_SCAN_STAGE';
}
function knownOfBase(context, instruction) {
    const root = (0,lint_context/* ancestry */.yy)(context.stageOf(instruction)).at(-1);
    const image = root === undefined ? undefined : fromImage(context, root);
    return new Set(image === undefined ? [] : baseVariables(image.name));
}
/** The unset names with the place of their first use. */
function unsetNames(context, instruction, scope) {
    const found = new Map();
    const add = (names, at) => {
        for (const name of names)
            if (!found.has(name))
                found.set(name, at);
    };
    for (const { value, at } of expandedTexts(instruction)) {
        if (value.includes('$'))
            add(expandIn(value, scope, context.file.directives.escape)?.unmatched ?? [], at);
    }
    const inline = instruction.kind === 'copy' || instruction.kind === 'add' ? instruction.inlineSources : [];
    for (const { heredoc } of inline) {
        if (heredoc.expand)
            add(heredocNames(heredoc.content, scope), heredoc.body);
    }
    return found;
}
function heredocNames(body, scope) {
    try {
        return (0,expand/* expandHeredoc */.nk)(body, scope.values).unmatched;
    }
    catch {
        return [];
    }
}
/** The texts in which the builder minds unset variables; in EXPOSE it does not (dockerfile2llb, dispatchExpose). */
function expandedTexts(instruction) {
    switch (instruction.kind) {
        case 'env':
        case 'label':
            return instruction.pairs.flatMap(({ key, value }) => [key, value]);
        case 'arg':
            return instruction.pairs.flatMap(({ key, value }) => (value === undefined ? [key] : [key, value]));
        case 'copy':
        case 'add':
            return [
                ...instruction.sources,
                instruction.destination,
                ...optional(instruction.chown),
                ...optional(instruction.chmod),
            ];
        case 'workdir':
        case 'user':
        case 'stopsignal':
            return [instruction.word];
        case 'volume':
            return instruction.words;
        default:
            return [];
    }
}
function optional(text) {
    return text === undefined ? [] : [text];
}

;// CONCATENATED MODULE: ./lib/dockerfile/lint/rules/workdir-relative-path.js



/** Only the first WORKDIR of a stage and its parents: later ones hang on it. */
const workdirRelativePath = {
    id: 'WorkdirRelativePath',
    severity: 'warning',
    title: 'The first WORKDIR is absolute',
    twin: 'DL3000',
    *check(context) {
        const scopes = scopesOf(context);
        for (const stage of context.stages) {
            const [first] = context.of(stage, 'workdir');
            if (first === undefined ||
                (0,lint_context/* ancestry */.yy)(stage)
                    .slice(1)
                    .some((one) => context.of(one, 'workdir').length > 0))
                continue;
            const scope = scopes.get(first);
            const expanded = scope && expandIn(first.word.value, scope, context.file.directives.escape)?.value;
            const path = expanded ?? unquote(first.word.value);
            if (/^(?:\/|[A-Za-z]:[\\/])/.test(path))
                continue;
            yield {
                message: `WORKDIR ${first.word.value} is relative: it depends on the base image`,
                at: first.word.at,
            };
        }
    },
};

;// CONCATENATED MODULE: ./lib/dockerfile/lint/rules.js









































































































































const RULES = [
    consistentInstructionCasing,
    copyIgnoredFile,
    dl1001,
    dl3000,
    dl3001,
    dl3002,
    dl3003,
    dl3004,
    dl3006,
    dl3007,
    dl3008,
    dl3009,
    dl3010,
    dl3011,
    dl3012,
    dl3013,
    dl3014,
    dl3015,
    dl3016,
    dl3018,
    dl3019,
    dl3020,
    dl3021,
    dl3022,
    dl3023,
    dl3024,
    dl3025,
    dl3026,
    dl3027,
    dl3028,
    dl3029,
    dl3030,
    dl3032,
    dl3033,
    dl3034,
    dl3035,
    dl3036,
    dl3037,
    dl3038,
    dl3040,
    dl3041,
    dl3042,
    dl3043,
    dl3044,
    dl3045,
    dl3046,
    dl3047,
    dl3048,
    dl3049,
    dl3050,
    dl3051,
    dl3052,
    dl3053,
    dl3054,
    dl3055,
    dl3056,
    dl3057,
    dl3058,
    dl3059,
    dl3060,
    dl3061,
    dl3062,
    dl3063,
    dl3064,
    dl3065,
    dl3066,
    dl3067,
    dl4000,
    dl4001,
    dl4003,
    dl4004,
    dl4005,
    dl4006,
    duplicateStageName,
    exposeInvalidFormat,
    exposeProtoCasing,
    fromAsCasing,
    fromPlatformFlagConstDisallowed,
    invalidDefaultArgInFrom,
    invalidDefinitionDescription,
    jsonArgsRecommended,
    legacyKeyValueFormat,
    maintainerDeprecated,
    multipleInstructionsDisallowed,
    noEmptyContinuation,
    redundantTargetPlatform,
    reservedStageName,
    sc1072,
    sc2015,
    sc2028,
    sc2035,
    sc2046,
    sc2086,
    sc2153,
    sc2154,
    sc2155,
    sc2164,
    sc3001,
    sc3006,
    sc3010,
    sc3011,
    sc3014,
    sc3020,
    sc3028,
    sc3030,
    sc3037,
    sc3040,
    sc3043,
    sc3046,
    sc3054,
    sc3057,
    sc3060,
    secretsUsedInArgOrEnv,
    stageNameCasing,
    tsib1001,
    tsib1002,
    tsib1003,
    tsib1004,
    tsib1005,
    tsib1006,
    tsib1007,
    tsib1008,
    tsib1009,
    tsib1010,
    tsib1011,
    tsib1012,
    tsib1013,
    tsib1014,
    tsib1015,
    tsib1016,
    tsib1017,
    tsib1018,
    tsib1019,
    tsib1020,
    undefinedArgInFrom,
    undefinedVar,
    workdirRelativePath,
];


/***/ }),

/***/ 3551:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Eb: () => (/* binding */ compilePattern),
/* harmony export */   MT: () => (/* binding */ matchesPattern)
/* harmony export */ });
/* unused harmony export matchPattern */
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7594);

const STAR = { kind: 'star' };
const ANY = { kind: 'any' };
/**
 * Reads a pattern of Go's filepath.Match: `*` and `?` (not over a slash), `[a-z]`, `[^a-z]`, `\` before a character that is meant.
 * @throws BuildError `BAD_PATTERN`
 */
function compilePattern(pattern) {
    const chars = Array.from(pattern);
    const tokens = [];
    let at = 0;
    while (at < chars.length) {
        const { token, next } = readToken(chars, at, pattern);
        // Two stars in a row are one.
        if (token.kind !== 'star' || tokens.at(-1)?.kind !== 'star')
            tokens.push(token);
        at = next;
    }
    return tokens;
}
/**
 * Whether a whole name matches a pattern as Go's filepath.Match does it on Linux: what COPY and ADD use for each wildcard.
 * @throws BuildError `BAD_PATTERN`
 */
function matchPattern(pattern, name) {
    return matchesPattern(compilePattern(pattern), name);
}
/** As matchPattern, for a pattern that is used more than once. */
function matchesPattern(pattern, name) {
    const chars = Array.from(name);
    let token = 0;
    let at = 0;
    let star = -1;
    let starEnd = 0;
    while (at < chars.length || token < pattern.length) {
        const current = pattern[token];
        if (current?.kind === 'star') {
            star = token++;
            starEnd = at;
        }
        else if (current !== undefined && at < chars.length && fits(current, chars[at] ?? '')) {
            token++;
            at++;
        }
        else {
            // Let the last star take one character more.
            if (star === -1 || starEnd >= chars.length || chars[starEnd] === '/')
                return false;
            at = ++starEnd;
            token = star + 1;
        }
    }
    return true;
}
function fits(token, char) {
    if (token.kind === 'char')
        return token.char === char;
    if (token.kind === 'any')
        return char !== '/';
    if (token.kind === 'star')
        return false;
    const code = char.codePointAt(0) ?? 0;
    const inside = token.ranges.some(([low, high]) => (low.codePointAt(0) ?? 0) <= code && code <= (high.codePointAt(0) ?? 0));
    return inside !== token.negated;
}
function readToken(chars, at, pattern) {
    const char = chars[at] ?? '';
    if (char === '*')
        return { token: STAR, next: at + 1 };
    if (char === '?')
        return { token: ANY, next: at + 1 };
    if (char === '[')
        return readSet(chars, at + 1, pattern);
    if (char !== '\\')
        return { token: { kind: 'char', char }, next: at + 1 };
    const meant = chars[at + 1];
    if (meant === undefined)
        throw bad(pattern, 'it ends with a backslash');
    return { token: { kind: 'char', char: meant }, next: at + 2 };
}
function readSet(chars, start, pattern) {
    const negated = chars[start] === '^';
    const ranges = [];
    let at = negated ? start + 1 : start;
    while (chars[at] !== ']' || ranges.length === 0) {
        const low = readSetChar(chars, at, pattern);
        const high = chars[low.next] === '-' ? readSetChar(chars, low.next + 1, pattern) : low;
        ranges.push([low.token, high.token]);
        at = high.next;
    }
    return { token: { kind: 'set', negated, ranges }, next: at + 1 };
}
function readSetChar(chars, at, pattern) {
    const first = chars[at];
    if (first === '-' || first === ']')
        throw bad(pattern, `${first} stands in [ ] where a character must stand`);
    const place = first === '\\' ? at + 1 : at;
    const char = chars[place];
    if (char === undefined || place + 1 === chars.length)
        throw bad(pattern, 'a [ is not closed');
    return { token: char, next: place + 1 };
}
function bad(pattern, why) {
    return new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildError */ .zS({
        kind: 'user',
        code: 'BAD_PATTERN',
        message: `The pattern ${JSON.stringify(pattern)} cannot be read: ${why}`,
        hint: 'put a backslash before a character that is no wildcard',
    });
}


/***/ })

};
