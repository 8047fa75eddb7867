export const id = 504;
export const ids = [504];
export const modules = {

/***/ 8235:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  js: () => (/* binding */ againstBaseline),
  Y6: () => (/* binding */ baselineFolder),
  hS: () => (/* binding */ counted),
  mF: () => (/* binding */ readBaseline),
  B9: () => (/* binding */ writeBaseline)
});

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: ./lib/base/errors.js
var errors = __webpack_require__(7594);
// EXTERNAL MODULE: ./lib/dockerfile/lint/fingerprint.js
var lint_fingerprint = __webpack_require__(5522);
;// CONCATENATED MODULE: ./lib/dockerfile/lint/baseline.js


const VERSION = 1;
/** UTF-16 units of a line that are kept. */
const LONGEST = 120;
/**
 * The text of a baseline with all findings: JSON, a finding a line, sorted so that a change shows as one changed line.
 * @param folder absolute path of the folder from which paths count
 */
function renderBaseline(files, folder) {
    const lines = files
        .flatMap((file) => file.diagnostics.map((diagnostic) => entryOf(file, diagnostic, folder)))
        .toSorted(byKeys)
        .map((entry) => `    ${JSON.stringify(entry)}`);
    const list = lines.length === 0 ? '[]' : `[\n${lines.join(',\n')}\n  ]`;
    return `{\n  "version": ${VERSION},\n  "findings": ${list}\n}\n`;
}
function entryOf({ path, text }, { rule, at, fingerprint }, folder) {
    const end = text.indexOf('\n', at.start.offset);
    const start = at.start.offset - at.start.column + 1;
    const line = text
        .slice(start, end === -1 ? undefined : end)
        .trim()
        .replace(/\s+/g, ' ');
    return { path: (0,lint_fingerprint/* fingerprintPath */.u)(path, folder), rule, text: line.slice(0, LONGEST), fingerprint };
}
function byKeys(one, other) {
    for (const key of ['path', 'rule', 'text', 'fingerprint']) {
        if (one[key] !== other[key])
            return one[key] < other[key] ? -1 : 1;
    }
    return 0;
}
/**
 * @param path as messages name the file
 * @throws BuildError `BAD_LINT_BASELINE`
 */
function parseBaseline(text, path) {
    let read;
    try {
        // Some editors put a mark in front.
        read = JSON.parse(text.replace(/^\uFEFF/, ''));
    }
    catch (cause) {
        throw badBaseline(path, `it is no JSON: ${cause.message}`, cause);
    }
    const { version, findings } = (read ?? {});
    if (version !== VERSION)
        throw badBaseline(path, `its version is not ${VERSION}`);
    if (!Array.isArray(findings) || !findings.every(isEntry))
        throw badBaseline(path, 'each finding has to have path, rule, text and fingerprint');
    return findings;
}
function isEntry(value) {
    const { path, rule, text, fingerprint } = (value ?? {});
    return [path, rule, text, fingerprint].every((one) => typeof one === 'string');
}
function badBaseline(path, message, cause) {
    return new errors/* BuildError */.zS({
        kind: 'user',
        code: 'BAD_LINT_BASELINE',
        message: `The baseline ${path} cannot be used: ${message}`,
        hint: 'Write it anew with "lint --write-baseline".',
        cause,
    });
}
/**
 * Takes the findings out that a baseline holds.
 * @param folder absolute path of the folder from which paths count
 */
function compareBaseline(files, baseline, folder) {
    const names = new Set(baseline.map(({ fingerprint }) => fingerprint));
    const found = new Set(files.flatMap(({ diagnostics }) => diagnostics.map(({ fingerprint }) => fingerprint)));
    const paths = new Set(files.map(({ path }) => (0,lint_fingerprint/* fingerprintPath */.u)(path, folder)));
    return {
        files: files.map((file) => ({
            ...file,
            diagnostics: file.diagnostics.filter(({ fingerprint }) => !names.has(fingerprint)),
        })),
        known: [...found].filter((name) => names.has(name)).length,
        stale: baseline.filter(({ path, fingerprint }) => paths.has(path) && !found.has(fingerprint)),
    };
}

// EXTERNAL MODULE: ./lib/dockerfile/printable.js
var printable = __webpack_require__(1461);
// EXTERNAL MODULE: ./lib/app/options/problems.js
var problems = __webpack_require__(3916);
;// CONCATENATED MODULE: ./lib/app/lint/baseline-file.js




/** Paths count from where the program was started, as those of Dockerfiles in reports. */
const baselineFolder = () => process.cwd();
/** @throws BuildError `BAD_INPUT` for a file that cannot be read, `BAD_LINT_BASELINE` */
function readBaseline(path) {
    let text;
    try {
        text = (0,external_node_fs_.readFileSync)(path, 'utf8');
    }
    catch (cause) {
        throw (0,problems/* badInput */.A)(`the baseline ${path} cannot be read: ${cause.message}`, 'Write one with "lint --write-baseline".');
    }
    return { path, entries: parseBaseline(text, path) };
}
/** Writes all findings and gives the files without them. @throws BuildError `BAD_INPUT` for a file that cannot be written */
function writeBaseline(path, files, onNotice) {
    try {
        (0,external_node_fs_.writeFileSync)(path, renderBaseline(files, baselineFolder()));
    }
    catch (cause) {
        throw (0,problems/* badInput */.A)(`the baseline ${path} cannot be written: ${cause.message}`);
    }
    const count = files.reduce((sum, { diagnostics }) => sum + diagnostics.length, 0);
    onNotice(`the baseline ${path} is written: ${counted(count, 'finding')} in ${counted(files.length, 'file')}`);
    return files.map((file) => ({ ...file, diagnostics: [] }));
}
/** The files without the findings of a baseline, and a word on what it held. */
function againstBaseline(baseline, files, onNotice) {
    if (baseline === undefined)
        return files;
    const compared = compareBaseline(files, baseline.entries, baselineFolder());
    for (const message of noticesOn(baseline.path, compared))
        onNotice(message);
    return compared.files;
}
/** Entries that are told one by one. */
const SHOWN = 10;
function noticesOn(path, { known, stale }) {
    const notices = [];
    if (known > 0)
        notices.push(`not told, for the baseline ${path} holds them: ${counted(known, 'finding')}`);
    if (stale.length > 0) {
        const list = stale.slice(0, SHOWN).map((one) => (0,printable/* printable */.g)(`  ${one.path} ${one.rule}: ${one.text}`));
        if (stale.length > SHOWN)
            list.push(`  and ${stale.length - SHOWN} more`);
        notices.push(`the baseline ${path} holds what is no longer found (${stale.length}): write it anew with "lint --write-baseline"\n${list.join('\n')}`);
    }
    return notices;
}
/** `1 finding`, `2 findings` */
function counted(count, noun) {
    return `${count} ${noun}${count === 1 ? '' : 's'}`;
}


/***/ }),

/***/ 5545:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  Fg: () => (/* binding */ lintConfigPath),
  CN: () => (/* binding */ readLintConfig)
});

// UNUSED EXPORTS: lintConfigText

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(8161);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./lib/dockerfile/lint/config.js
var lint_config = __webpack_require__(2934);
// EXTERNAL MODULE: ./lib/dockerfile/lint/config-environment.js
var config_environment = __webpack_require__(6834);
// EXTERNAL MODULE: ./lib/dockerfile/lint/rule-hint.js
var rule_hint = __webpack_require__(6590);
// EXTERNAL MODULE: ./lib/dockerfile/lint/rules.js + 171 modules
var rules = __webpack_require__(6437);
;// CONCATENATED MODULE: ./lib/dockerfile/lint/unknown-rules.js



const KNOWN = new Set(rules/* RULES */.y.map(({ id }) => id));
/** The ids in a configuration that no rule has, once each, with what was meant. */
function unknownRules({ ignored = [], override = {} }) {
    const named = [...ignored, ...lint_config/* SEVERITIES */.oC.flatMap((severity) => override[severity] ?? [])];
    return [...new Set(named)]
        .filter((id) => !KNOWN.has(id) && !(0,rule_hint/* isOfOthers */.F)(id))
        .map((id) => {
        const hint = (0,rule_hint/* ruleHint */.q)(id, KNOWN);
        return hint === undefined ? id : `${id} (${hint})`;
    });
}

// EXTERNAL MODULE: ./lib/app/options/problems.js
var problems = __webpack_require__(3916);
;// CONCATENATED MODULE: ./lib/app/lint/lint-config.js







/** hadolint's search places, the first that is there. */
function lintConfigPath(environment, homeOfUser = external_node_os_.homedir) {
    const home = environment['HOME'] || orNothing(homeOfUser);
    const folder = environment['XDG_CONFIG_HOME'] || (home && (0,external_node_path_.join)(home, '.config'));
    const own = ['hadolint', 'config', ''].map((name) => home && (0,external_node_path_.join)(home, '.hadolint', name));
    const places = ['.hadolint', folder && (0,external_node_path_.join)(folder, 'hadolint'), ...own].filter((one) => one !== undefined);
    return places.flatMap((place) => [`${place}.yaml`, `${place}.yml`]).find((path) => (0,external_node_fs_.existsSync)(path));
}
/** Nobody knows the user in containers that are run as any number. */
function orNothing(home) {
    try {
        return home();
    }
    catch {
        return undefined;
    }
}
/** The text of a configuration file; undefined when none was named and none is found. @throws BuildError `BAD_INPUT` */
function lintConfigText(path, environment) {
    const found = path ?? lintConfigPath(environment);
    if (found === undefined)
        return undefined;
    try {
        return { path: found, text: (0,external_node_fs_.readFileSync)(found, 'utf8') };
    }
    catch (cause) {
        throw (0,problems/* badInput */.A)(`the lint configuration ${found} cannot be read: ${cause.message}`);
    }
}
/**
 * What the linter goes by: the environment's settings, then the configuration file, then what was asked for, as hadolint merges them. What in
 * it means nothing is among its `remarks`.
 * @throws BuildError `BAD_INPUT` for a named file that cannot be read, `BAD_LINT_CONFIG`
 */
async function readLintConfig(request) {
    const remarks = [];
    const outer = (0,config_environment/* environmentConfig */.w)(request.environment, (variable, message) => {
        remarks.push(`${variable} is left out: ${message}`);
    });
    const file = lintConfigText(request.config, request.environment);
    // Loaded only where there is a file: the YAML reader costs start-up time.
    const inner = file === undefined
        ? {}
        : (await Promise.all(/* import() */[__webpack_require__.e(815), __webpack_require__.e(809)]).then(__webpack_require__.bind(__webpack_require__, 7809))).parseConfigFile(file.text, file.path);
    const config = (0,lint_config/* mergeConfigs */.SV)(outer, inner, request.given ?? {}, {
        ...(request.ignore.length === 0 ? {} : { ignored: request.ignore }),
        ...(request.buildArgs === undefined ? {} : { buildArgs: request.buildArgs }),
        ...(request.dockerignore === undefined ? {} : { dockerignore: request.dockerignore }),
    });
    for (const key of config.unknownKeys ?? [])
        remarks.push(`${file?.path}: unknown key ${key}`);
    for (const id of unknownRules(config))
        remarks.push(`unknown rule ${id}`);
    return remarks.length === 0 ? config : { ...config, remarks };
}


/***/ }),

/***/ 6792:
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
// EXTERNAL MODULE: ./lib/base/make-folder.js
var make_folder = __webpack_require__(1044);
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

// EXTERNAL MODULE: ./lib/dockerfile/lint/config.js
var config = __webpack_require__(2934);
// EXTERNAL MODULE: ./lib/dockerfile/lint/fingerprint.js
var fingerprint = __webpack_require__(5522);
;// CONCATENATED MODULE: ./lib/dockerfile/lint/format/linted-file.js


/** A file's path for services: below the folder relative to it, with slashes. */
function servicePath(path, { folder, pathOf }) {
    return (0,fingerprint/* fingerprintPath */.u)(pathOf?.(path) ?? path, folder);
}
/** Findings with their file, in order. */
function eachFinding(files, map) {
    return files.flatMap((file) => file.diagnostics.map((diagnostic) => map(diagnostic, file)));
}
/** The gravest first, else as they come. */
function byGravity(one, other) {
    return config/* SEVERITIES */.oC.indexOf(one.severity) - config/* SEVERITIES */.oC.indexOf(other.severity);
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

// EXTERNAL MODULE: ./lib/dockerfile/lint/rules.js + 171 modules
var rules = __webpack_require__(6437);
;// CONCATENATED MODULE: ./lib/dockerfile/lint/rule-origin.js

function originOf(id) {
    if (id.startsWith('DL'))
        return 'hadolint';
    if (/^SC\d/.test(id))
        return 'shellcheck';
    return id.startsWith('TSIB') ? 'ts-image-build' : 'buildkit';
}
const SECURITY = new Set(rules/* RULES */.y.filter(({ security }) => security !== undefined).map(({ id }) => id));
/** True for rules that mind a hole, not a mistake. */
function isAboutSecurity(id) {
    return SECURITY.has(id);
}

;// CONCATENATED MODULE: ./lib/dockerfile/lint/format/codeclimate.js


/** Code Climate's five levels (spec of the engines, "Issues"). */
const codeclimate_LEVELS = {
    error: 'blocker',
    warning: 'major',
    info: 'info',
    style: 'minor',
};
function issues(files, options) {
    return eachFinding(files, ({ rule, severity, message, at, fingerprint }, { path }) => ({
        type: 'issue',
        check_name: rule,
        description: message,
        categories: [categoryOf(rule, severity)],
        severity: codeclimate_LEVELS[severity],
        fingerprint,
        location: { path: servicePath(path, options), lines: { begin: at.start.line, end: at.end.line } },
    }));
}
function categoryOf(rule, severity) {
    if (isAboutSecurity(rule))
        return 'Security';
    return severity === 'style' ? 'Style' : 'Bug Risk';
}
/** Objects, each ended by a NUL. */
function renderCodeclimate(files, options) {
    return issues(files, options)
        .map((issue) => `${JSON.stringify(issue)}\0`)
        .join('');
}
/** The same in one array, for GitLab. */
function renderGitlab(files, options) {
    return `${JSON.stringify(issues(files, options))}\n`;
}

;// CONCATENATED MODULE: ./lib/dockerfile/lint/format/github.js

const COMMANDS = {
    error: 'error',
    warning: 'warning',
    info: 'notice',
    style: 'notice',
};
/**
 * Workflow commands: lines that a runner of GitHub Actions turns into annotations. It keeps 10 of a kind for a step, so the gravest come
 * first.
 */
function renderGithub(files, options) {
    return eachFinding(files, (diagnostic, { path }) => ({ diagnostic, path: options.pathOf?.(path) ?? path }))
        .toSorted((one, other) => byGravity(one.diagnostic, other.diagnostic))
        .map(({ diagnostic, path }) => commandFor(diagnostic, path))
        .join('');
}
function commandFor(diagnostic, path) {
    const { severity, message, at } = diagnostic;
    // Columns are taken only where the range is of one line.
    const columns = at.start.line === at.end.line ? `,col=${at.start.column},endColumn=${at.end.column}` : '';
    const place = `file=${property(path)},line=${at.start.line},endLine=${at.end.line}${columns}`;
    return `::${COMMANDS[severity]} ${place},title=${property(allIds(diagnostic))}::${data(message)}\n`;
}
function data(text) {
    return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}
function property(text) {
    return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

// EXTERNAL MODULE: ./lib/dockerfile/printable.js
var printable = __webpack_require__(1461);
;// CONCATENATED MODULE: ./lib/dockerfile/lint/format/gnu.js


/** `file:line:column: id severity: message` (GNU coding standards, "Formatting Error Messages"). */
function renderGnu(files) {
    return eachFinding(files, ({ rule, severity, message, at }, { path }) => `${(0,printable/* printableName */.N)(path)}:${at.start.line}:${at.start.column}: ${rule} ${severity}: ${message}\n`).join('');
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

/** A suite a file, a case a finding; a clean file is one passed case. Some readers show the attributes of a failure, others its text. */
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
        return `    <testcase classname="${name}" file="${name}" name="${xmlText(`${rule} ${place}`)}"><failure type="${severity}" message="${xmlText(message)}">${xmlText(`${place}: ${message}`)}</failure></testcase>\n`;
    });
    const body = cases.length === 0 ? `    <testcase classname="${name}" name="lint"/>\n` : cases.join('');
    return `  <testsuite name="${name}" tests="${Math.max(1, cases.length)}" failures="${cases.length}">\n${body}  </testsuite>\n`;
}

// EXTERNAL MODULE: ./lib/dockerfile/lint/rule-pages.js
var rule_pages = __webpack_require__(6227);
// EXTERNAL MODULE: ./lib/dockerfile/lint/rule-url.js
var rule_url = __webpack_require__(6422);
;// CONCATENATED MODULE: ./lib/dockerfile/lint/format/sarif.js






const sarif_LEVELS = {
    error: 'error',
    warning: 'warning',
    info: 'note',
    style: 'note',
};
/** How GitHub sorts findings that are not about security (its page on SARIF support, "reportingDescriptor object"). */
const PROBLEMS = {
    error: 'error',
    warning: 'warning',
    note: 'recommendation',
};
/** SARIF 2.1.0 (OASIS), with what GitHub's code scanning asks for. Written for no findings too, so that an upload closes what was found before. */
function renderSarif(files, options) {
    const levels = gravestLevels(files);
    const index = new Map([...levels.keys()].map((id, position) => [id, position]));
    const { version } = options;
    const log = {
        $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
        version: '2.1.0',
        runs: [
            {
                tool: {
                    driver: {
                        name: 'ts-image-build',
                        ...(version === undefined ? {} : { version, semanticVersion: version }),
                        rules: [...levels].map(([id, level]) => ruleDescriptor(id, level)),
                    },
                },
                columnKind: 'utf16CodeUnits',
                artifacts: files.map(({ path }) => ({ location: sarif_location(path, options) })),
                results: files.flatMap((file, artifact) => results(file, artifact, index, options)),
            },
        ],
    };
    return `${JSON.stringify(log)}\n`;
}
/** By rule, in order of their ids: services show a rule by its own level, which the configuration may have changed. */
function gravestLevels(files) {
    const gravest = new Map();
    for (const { rule, severity } of files.flatMap(({ diagnostics }) => diagnostics).toSorted(byGravity))
        if (!gravest.has(rule))
            gravest.set(rule, severity);
    return new Map([...gravest.keys()].sort().map((id) => [id, sarif_LEVELS[gravest.get(id) ?? 'error']]));
}
function ruleDescriptor(id, level) {
    const rule = rules/* RULES */.y.find((one) => one.id === id);
    const page = rule_pages/* RULE_PAGES */.m[id];
    const url = (0,rule_url/* ruleUrl */.Q)(id);
    const title = rule?.title ?? (page === undefined ? `A finding of ShellCheck: ${id}` : 'The file can be read');
    const why = page?.split('\n\n')[0] ?? title;
    const more = url === undefined ? '' : `\n\n[${id}](${url})`;
    return {
        id,
        name: id,
        shortDescription: { text: title },
        fullDescription: { text: why },
        ...(url === undefined ? {} : { helpUri: url }),
        help: { text: url === undefined ? why : `${why} ${url}`, markdown: `${page ?? why}${more}` },
        defaultConfiguration: { level },
        properties: {
            tags: ['dockerfile', originOf(id), ...(rule?.security === undefined ? [] : ['security'])],
            precision: 'high',
            'problem.severity': PROBLEMS[level],
            ...(rule?.security === undefined ? {} : { 'security-severity': rule.security.toFixed(1) }),
        },
    };
}
/** A reference relative to the folder, or an address of a file elsewhere; what a URI cannot hold is escaped. */
function sarif_location(path, options) {
    const { folder } = options;
    const inside = servicePath(path, options);
    // What is above the folder, readers of the report do not know.
    const place = inside.startsWith('../') && folder !== undefined ? external_node_path_.posix.resolve(folder, inside) : inside;
    const escaped = place.split('/').map(encodeURIComponent).join('/');
    return place.startsWith('/') ? { uri: `file://${escaped}` } : { uri: escaped, uriBaseId: '%SRCROOT%' };
}
function results(file, artifact, index, options) {
    const where = { ...sarif_location(file.path, options), index: artifact };
    return file.diagnostics.map((diagnostic) => ({
        ruleId: diagnostic.rule,
        ruleIndex: index.get(diagnostic.rule),
        level: sarif_LEVELS[diagnostic.severity],
        message: { text: diagnostic.message },
        locations: [{ physicalLocation: { artifactLocation: where, region: region(diagnostic.at) } }],
        partialFingerprints: { primaryLocationLineHash: diagnostic.fingerprint },
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
        type: typeOf(diagnostic),
        primaryLocation: { message: diagnostic.message, filePath: path, textRange: rangeOf(diagnostic) },
    }));
    return `${JSON.stringify({ issues })}\n`;
}
function typeOf({ rule, severity }) {
    if (isAboutSecurity(rule))
        return 'VULNERABILITY';
    return severity === 'error' ? 'BUG' : 'CODE_SMELL';
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
    const parts = eachFinding(files, (diagnostic, { text }) => one(diagnostic, text, options.color === true));
    return parts.length === 0 ? '' : `${parts.join('\n')}\n${summary(files)}\n`;
}
/** `3 findings in 2 files: 1 error, 2 warnings; lint --fix mends 1` */
function summary(files) {
    const all = files.flatMap(({ diagnostics }) => diagnostics);
    const among = files.filter(({ diagnostics }) => diagnostics.length > 0).length;
    const kinds = Object.keys(COLORS).flatMap((kind) => {
        const count = all.filter(({ severity }) => severity === kind).length;
        const many = count > 1 && (kind === 'error' || kind === 'warning');
        return count === 0 ? [] : [`${count} ${kind}${many ? 's' : ''}`];
    });
    const safe = all.filter(({ fix }) => fix?.safety === 'safe').length;
    const unsafe = all.filter(({ fix }) => fix?.safety === 'unsafe').length;
    const fixes = [
        ...(safe === 0 ? [] : [`lint --fix mends ${safe}`]),
        ...(unsafe === 0 ? [] : [`lint --fix=unsafe ${safe === 0 ? 'mends' : 'also'} ${unsafe}`]),
    ];
    const end = fixes.length === 0 ? '' : `; ${fixes.join(', ')}`;
    const where = among === 1 ? '1 file' : `${among} files`;
    return `${all.length} ${all.length === 1 ? 'finding' : 'findings'} in ${where}: ${kinds.join(', ')}${end}`;
}
function one(diagnostic, text, color) {
    const { rule, severity, message, at, fix, url } = diagnostic;
    const head = `${severity}[${allIds(diagnostic)}]`;
    const lines = [
        `${color ? `\u001B[${COLORS[severity]}m${head}\u001B[0m` : head}: ${message}`,
        (0,source_frame/* sourceFrame */.r)(text, at),
    ];
    if (fix !== undefined)
        lines.push(`  = fix${fix.safety === 'safe' ? '' : ' (look before you take it)'}: ${fix.title}`);
    lines.push(`  = see ${url ?? `lint --explain ${rule}`}`);
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
// EXTERNAL MODULE: ./lib/app/report/runner-command.js
var runner_command = __webpack_require__(942);
;// CONCATENATED MODULE: ./lib/app/lint/reports.js






/**
 * The n-th output goes with the n-th format; formats without one are printed.
 * @throws BuildError `BAD_INPUT` for an output that has no format, or that is named twice
 */
function pairReports(formats, outputs) {
    const wanted = formats.length === 0 ? ['tty'] : formats;
    const over = outputs[wanted.length];
    if (over !== undefined)
        throw (0,problems/* badInput */.A)(`there is no format for the output ${over}`, 'The n-th output file goes with the n-th format.');
    const twice = outputs.find((path, at) => outputs.findIndex((other) => isSame(path, other)) < at);
    if (twice !== undefined && !twice.startsWith('/dev/'))
        throw (0,problems/* badInput */.A)(`two reports cannot be written to ${twice}`, 'Name a file for each.');
    return wanted.map((format, index) => ({ format, output: outputs[index] }));
}
function isSame(one, other) {
    return (0,external_node_path_.resolve)(one) === (0,external_node_path_.resolve)(other);
}
/** Formats that stand in logs as they are. */
const FOR_PEOPLE = ['tty', 'gnu'];
/**
 * Writes the reports that go to files, with no findings too, and gives the text of the others: where GitHub's runner reads it, without
 * commands to it.
 * @throws BuildError `BAD_INPUT` for a file that cannot be written
 */
function writeReports(reports, files, { inRunnerLog = false, ...options }) {
    let printed = '';
    for (const { format, output } of reports) {
        if (output === undefined) {
            const text = renderFindings(format, files, options);
            printed += inRunnerLog && FOR_PEOPLE.includes(format) ? (0,runner_command/* withoutRunnerCommands */.hj)(text) : text;
        }
        else
            writeReport(output, renderFindings(format, files, { ...options, color: false }));
    }
    return printed;
}
function writeReport(path, text) {
    try {
        (0,make_folder/* makeFolder */.f)((0,external_node_path_.dirname)(path));
        (0,external_node_fs_.writeFileSync)(path, text);
    }
    catch (cause) {
        throw (0,problems/* badInput */.A)(`the report ${path} cannot be written: ${cause.message}`);
    }
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
/* harmony export */   NJ: () => (/* binding */ ignoreMatcher),
/* harmony export */   g5: () => (/* binding */ ignoreFileProblem),
/* harmony export */   rj: () => (/* binding */ readIgnoreFile)
/* harmony export */ });
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7594);
/* harmony import */ var _blank_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(3680);
/* harmony import */ var _ignore_pattern_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(4141);
/* harmony import */ var _match_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(3551);
/* harmony import */ var _pattern_state_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(8328);





/**
 * Patterns of a .dockerignore, cleaned and in order, `!` kept. Broken ones are found by ignoreMatcher.
 * A line is a comment only if `#` is its very first character.
 */
function readIgnoreFile(text) {
    const patterns = [];
    for (const line of text.replace(/^\uFEFF/, '').split('\n')) {
        if (line.startsWith('#'))
            continue;
        const trimmed = (0,_blank_js__WEBPACK_IMPORTED_MODULE_3__/* .trimBlanks */ .I6)(line);
        if (trimmed === '')
            continue;
        const inverted = trimmed.startsWith('!');
        const path = inverted ? (0,_blank_js__WEBPACK_IMPORTED_MODULE_3__/* .trimBlanks */ .I6)(trimmed.slice(1)) : trimmed;
        const cleaned = path === '' ? '' : (0,_ignore_pattern_js__WEBPACK_IMPORTED_MODULE_1__/* .cleanPath */ .ts)(path).replace(/^\/(?=.)/s, '');
        patterns.push(inverted ? `!${cleaned}` : cleaned);
    }
    return patterns;
}
/**
 * What is wrong with the text of an ignore file: a build refuses it, whatever it copies.
 * @param path to tell the line that is wrong, which is the first
 */
function ignoreFileProblem(text, path) {
    let offset = 0;
    for (const [i, line] of text.split('\n').entries()) {
        try {
            // Only the first line can begin with a byte order mark.
            ignoreMatcher(readIgnoreFile(i === 0 ? line : `\n${line}`));
        }
        catch (error) {
            if (!(error instanceof _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildError */ .zS))
                throw error;
            const { kind, code, message, hint, cause } = error;
            const start = { line: i + 1, column: 1, offset };
            const end = { line: i + 1, column: line.length + 1, offset: offset + line.length };
            const at = path === undefined ? undefined : { file: path, start, end };
            return new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildError */ .zS({
                kind,
                code,
                message: `The ignore file cannot be used: ${message}`,
                hint,
                at,
                cause,
            });
        }
        offset += line.length + 1;
    }
    return undefined;
}
/**
 * Answers for paths by the rules of .dockerignore (see coverOf).
 * @throws BuildError `BAD_PATTERN`
 */
function ignoreMatcher(patterns) {
    const compiled = patterns
        .map(_blank_js__WEBPACK_IMPORTED_MODULE_3__/* .trimBlanks */ .I6)
        .filter((pattern) => pattern !== '')
        .map(_ignore_pattern_js__WEBPACK_IMPORTED_MODULE_1__/* .readIgnorePattern */ .bW);
    const reaches = compiled.map((pattern) => (pattern.exception ? reachOf(pattern) : undefined));
    const folders = new Map();
    function stateOf(path) {
        const parent = parentOf(path);
        return (0,_pattern_state_js__WEBPACK_IMPORTED_MODULE_4__/* .coverOf */ .v)(compiled, path, parent === undefined ? undefined : folderState(parent)).state;
    }
    function folderState(path) {
        const known = folders.get(path);
        if (known !== undefined)
            return known;
        const state = stateOf(path);
        folders.set(path, state);
        return state;
    }
    return {
        hasExceptions: compiled.some((pattern) => pattern.exception),
        excludes(path, isDirectory = false) {
            const decider = (isDirectory ? folderState(path) : stateOf(path)).lastIndexOf(true);
            return compiled[decider]?.exception === false;
        },
        mayContainExceptionsBelow(folder) {
            const parts = folder.split('/');
            // Only a pattern behind the one that excludes the folder can undo it.
            const decider = folderState(folder).lastIndexOf(true);
            return reaches.slice(decider + 1).some((reach) => reach?.(parts) === true);
        },
    };
}
/** Parent folder of a path as Go's filepath.Dir sees it: `a/b/` lies in `a/b`. */
function parentOf(path) {
    const slash = path.lastIndexOf('/');
    if (slash <= 0)
        return undefined;
    const parent = (0,_ignore_pattern_js__WEBPACK_IMPORTED_MODULE_1__/* .cleanPath */ .ts)(path.slice(0, slash));
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
            if (pattern !== undefined && !(0,_match_js__WEBPACK_IMPORTED_MODULE_2__/* .matchesPattern */ .MT)(pattern, folder[index] ?? ''))
                return false;
        }
        return true;
    };
}
/** Undefined where a pattern's slash stands inside brackets, so that its elements are none: then anything is possible. */
function elementPattern(element) {
    try {
        return (0,_match_js__WEBPACK_IMPORTED_MODULE_2__/* .compilePattern */ .Eb)(element);
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

/** The settings in hadolint's environment variables. What is no valid value counts as not set, as in hadolint, and is told. */
function environmentConfig(environment, tell = () => undefined) {
    const flag = (key, name) => flagOf(key, environment[name], (message) => tell(name, message));
    return {
        ...list('ignored', environment['HADOLINT_IGNORE']),
        ...list('trustedRegistries', environment['HADOLINT_TRUSTED_REGISTRIES']),
        ...overrides(environment),
        ...labels('HADOLINT_REQUIRE_LABELS', environment, tell),
        ...flag('strictLabels', 'HADOLINT_STRICT_LABELS'),
        ...flag('disableIgnorePragma', 'HADOLINT_DISABLE_IGNORE_PRAGMA'),
        ...flag('noFail', 'HADOLINT_NOFAIL'),
        ...flag('verbose', 'HADOLINT_VERBOSE'),
        // no-color.org: any value counts.
        ...(environment['NO_COLOR'] === undefined ? {} : { noColor: true }),
        ...thresholdOf('HADOLINT_FAILURE_THRESHOLD', environment, tell),
        ...formatsOf('HADOLINT_FORMAT', environment, tell),
    };
}
/**
 * `a:email,b` as a label schema; a label without a type is a text.
 * @param tell gets what is wrong with a type
 * @returns undefined: a type is unknown
 */
function parseLabelSchema(text, tell) {
    const schema = {};
    for (const item of items(text)) {
        const colon = item.lastIndexOf(':');
        const type = colon === -1 ? 'text' : item.slice(colon + 1) || 'text';
        const known = _config_js__WEBPACK_IMPORTED_MODULE_0__/* .LABEL_TYPES */ .xP.find((one) => one === type);
        if (known === undefined) {
            tell(notOneOf(type, _config_js__WEBPACK_IMPORTED_MODULE_0__/* .LABEL_TYPES */ .xP));
            return undefined;
        }
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
function flagOf(key, value, tell) {
    if (value === undefined)
        return {};
    const word = value.trim();
    const isTrue = /^(?:1|y|on|true|yes)$/i.test(word);
    if (!isTrue && !/^(?:0|n|off|false|no|)$/i.test(word))
        tell(`"${word}" is neither true nor false`);
    return { [key]: isTrue };
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
function labels(name, environment, tell) {
    const value = environment[name];
    const schema = value === undefined ? undefined : parseLabelSchema(value, (message) => tell(name, message));
    return schema === undefined ? {} : { labelSchema: schema };
}
function thresholdOf(name, environment, tell) {
    const value = environment[name];
    const known = _config_js__WEBPACK_IMPORTED_MODULE_0__/* .FAILURE_THRESHOLDS */ .IU.find((one) => one === value);
    if (known === undefined && value !== undefined && value !== '')
        tell(name, notOneOf(value, _config_js__WEBPACK_IMPORTED_MODULE_0__/* .FAILURE_THRESHOLDS */ .IU));
    return known === undefined ? {} : { failureThreshold: known };
}
function formatsOf(name, environment, tell) {
    const [known, unknown] = partition(items(environment[name] ?? ''), (item) => _config_js__WEBPACK_IMPORTED_MODULE_0__/* .FORMATS */ .hR.includes(item));
    for (const item of unknown)
        tell(name, notOneOf(item, _config_js__WEBPACK_IMPORTED_MODULE_0__/* .FORMATS */ .hR));
    return known.length === 0 ? {} : { format: known };
}
function partition(all, holds) {
    return [all.filter(holds), all.filter((item) => !holds(item))];
}
function notOneOf(word, words) {
    return `"${word}" is not one of ${words.join(', ')}`;
}


/***/ }),

/***/ 2934:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   FR: () => (/* binding */ failsRun),
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
/** True when a finding fails the run. As in hadolint a file that cannot be read as a Dockerfile does so under every threshold. */
function failsRun({ rule, severity }, threshold) {
    return rule === 'DL1000' || reachesThreshold(severity, threshold);
}
/** True when a finding of this severity fails the run. hadolint's default threshold is `info`. */
function reachesThreshold(severity, threshold = 'info') {
    if (threshold === 'none' || threshold === 'ignore')
        return threshold === 'ignore';
    return SEVERITIES.indexOf(severity) <= SEVERITIES.indexOf(threshold);
}


/***/ }),

/***/ 5522:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   S: () => (/* binding */ nameFindings),
/* harmony export */   u: () => (/* binding */ fingerprintPath)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);


/** Hexadecimal digits; 64 bits tell the findings of a repository apart. */
const LENGTH = 16;
/**
 * Names the findings of one file so that the name stays when the instruction moves, is broken into lines otherwise or gets other comments:
 * a hash of path, rule and the instruction's text, then `:` and a count from 1 where these are equal.
 * @param path as the file is called
 * @param folder absolute; a path below it counts from there
 */
function nameFindings(found, text, path, folder) {
    const lines = text.split('\n');
    const file = fingerprintPath(path, folder);
    // A hash for an instruction, whatever its length and however many findings it has.
    const hashes = new Map();
    const seen = new Map();
    return found.map(({ diagnostic, instruction }) => {
        const { rule, at } = diagnostic;
        const own = instruction === undefined
            ? hashOf(oneBlank(lines.slice(at.start.line - 1, at.end.line).join('\n')))
            : (hashes.get(instruction) ?? hashOf(instructionText(instruction)));
        if (instruction !== undefined)
            hashes.set(instruction, own);
        const hash = hashOf([file, rule, own].join('\0'));
        const count = (seen.get(hash) ?? 0) + 1;
        seen.set(hash, count);
        return { ...diagnostic, fingerprint: `${hash}:${count}` };
    });
}
function hashOf(text) {
    return (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256').update(text).digest('hex').slice(0, LENGTH);
}
/** The path that a file's fingerprints are made of: below `folder` relative to it, with slashes, without `./`. */
function fingerprintPath(path, folder) {
    const slashed = node_path__WEBPACK_IMPORTED_MODULE_1__.posix.normalize(path.replaceAll('\\', '/'));
    const isOwn = !node_path__WEBPACK_IMPORTED_MODULE_1__.posix.isAbsolute(slashed) && !slashed.startsWith('../');
    if (folder === undefined || isOwn)
        return slashed;
    const inside = node_path__WEBPACK_IMPORTED_MODULE_1__.posix.relative(folder, node_path__WEBPACK_IMPORTED_MODULE_1__.posix.resolve(folder, slashed));
    return inside.startsWith('../') ? slashed : inside;
}
/** Without comments and continuations; blanks count as one. */
function instructionText({ keyword, flags, args, heredocs }) {
    const words = flags.map(({ name, value }) => (value === undefined ? `--${name}` : `--${name}=${value}`));
    const bodies = heredocs.map(({ content }) => content);
    return oneBlank([keyword.value.toUpperCase(), ...words, args.value, ...bodies].join(' '));
}
function oneBlank(text) {
    return text.replace(/\s+/g, ' ').trim();
}


/***/ }),

/***/ 4542:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  u: () => (/* binding */ lint)
});

// EXTERNAL MODULE: ./lib/dockerfile/directives.js
var directives = __webpack_require__(3142);
// EXTERNAL MODULE: ./lib/dockerfile/ignore.js
var ignore = __webpack_require__(6377);
// EXTERNAL MODULE: ./lib/dockerfile/mapped-text.js
var mapped_text = __webpack_require__(5219);
// EXTERNAL MODULE: ./lib/dockerfile/printable.js
var printable = __webpack_require__(1461);
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

// EXTERNAL MODULE: ./lib/dockerfile/lint/fingerprint.js
var fingerprint = __webpack_require__(5522);
;// CONCATENATED MODULE: ./lib/dockerfile/lint/no-text.js
/**
 * Why a file cannot be a Dockerfile at all; undefined when it can. A list of all its lines would help nobody.
 */
function noText({ file: { text }, problems }) {
    if (!problems.some(({ at }) => at?.start.line === 1))
        return undefined;
    const zeros = text.indexOf('\0');
    if (zeros === -1)
        return undefined;
    // The mark of UTF-16 is no UTF-8, and every other byte of Latin text is zero.
    if (/^\uFFFD{2}(?:\0[^\0]|[^\0]\0)/.test(text) || /^(?:\0[A-Z#]|[A-Z#]\0){3}/i.test(text))
        return 'This is UTF-16, and a Dockerfile is UTF-8: save it in that encoding';
    return 'This is no text file';
}

// EXTERNAL MODULE: ./lib/dockerfile/lint/pragma.js
var pragma = __webpack_require__(9820);
// EXTERNAL MODULE: ./lib/dockerfile/lint/rule-url.js
var rule_url = __webpack_require__(6422);
// EXTERNAL MODULE: ./lib/dockerfile/lint/rules/tsib1021.js
var tsib1021 = __webpack_require__(5846);
// EXTERNAL MODULE: ./lib/dockerfile/lint/rules.js + 171 modules
var rules = __webpack_require__(6437);
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

// EXTERNAL MODULE: ./lib/dockerfile/lint/partition-point.js
var partition_point = __webpack_require__(4491);
;// CONCATENATED MODULE: ./lib/dockerfile/lint/silence.js


const NOTHING = { has: () => false, skipBuildChecks: false };
function readSilence(context, check) {
    const enabled = context.config.disableIgnorePragma !== true;
    const pragmas = enabled ? context.pragmas.all : [];
    const byInstruction = new Map();
    const entryOf = (instruction) => {
        const entry = byInstruction.get(instruction) ?? { ids: new Set(), skipBuildChecks: false };
        byInstruction.set(instruction, entry);
        return entry;
    };
    const byStage = new Map();
    for (const pragma of pragmas) {
        const target = pragmaTarget(pragma, context);
        if (target === undefined)
            continue;
        if ('instructions' in target) {
            const ids = byStage.get(target) ?? new Set();
            byStage.set(target, ids);
            addAll(ids, pragma.values);
        }
        else
            addAll(entryOf(target).ids, pragma.values);
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
        at: (instruction) => {
            if (instruction === undefined)
                return NOTHING;
            const own = byInstruction.get(instruction);
            const stage = instruction.kind === 'from' ? undefined : byStage.get(context.stageOf(instruction));
            return {
                has: (id) => own?.ids.has(id) === true || stage?.has(id) === true,
                skipBuildChecks: own?.skipBuildChecks === true,
            };
        },
    };
}
function addAll(ids, values) {
    for (const value of values)
        ids.add(value);
}
/** The instruction that an `ignore` comment is about, the stage below its FROM that a `stage ignore` comment is about. */
function pragmaTarget(pragma, context) {
    if (pragma.kind !== 'ignore' && pragma.kind !== 'stage')
        return undefined;
    const { instructions } = context;
    const next = instructions[(0,partition_point/* partitionPoint */.j)(instructions, ({ at }) => at.end.line <= pragma.line)];
    if (next === undefined || pragma.kind === 'ignore')
        return next;
    return next.kind === 'from' && next.at.start.line >= pragma.line ? context.stageOf(next) : undefined;
}
/** `# check=skip=…` in the comment above an instruction (BuildKit 0.22). */
function checkAbove(instruction) {
    for (const comment of instruction.comments) {
        const text = /^\s*check\s*=\s*(.*)$/im.exec(comment.text)?.[1];
        if (text !== undefined)
            return (0,pragma/* readCheckOptions */.PO)(text);
    }
    return undefined;
}

// EXTERNAL MODULE: ./lib/dockerfile/source.js
var dockerfile_source = __webpack_require__(901);
;// CONCATENATED MODULE: ./lib/dockerfile/lint/unused-pragmas.js



/**
 * Rules in ignore comments that have no finding there.
 * @param isJudged true for the ids of rules that were looked at: of others nothing can be said
 */
function* unusedPragmas(context, seen, isJudged) {
    const pragmas = context.config.disableIgnorePragma === true ? [] : context.pragmas.all;
    if (pragmas.every(({ kind }) => kind === 'shell'))
        return;
    const fired = firedRules(context, seen);
    for (const pragma of pragmas) {
        if (pragma.kind === 'shell')
            continue;
        const target = pragma.kind === 'global' ? EVERYWHERE : pragmaTarget(pragma, context);
        const here = target === undefined ? undefined : fired.get(target);
        const unused = pragma.values.filter((id) => isJudged(id) && here?.has(id) !== true);
        if (unused.length > 0)
            yield { message: `Nothing to ignore here: ${unused.join(', ')}`, at: lineOf(context, pragma) };
    }
}
/** For comments about the whole file. */
const EVERYWHERE = Symbol('everywhere');
/** Which rules have findings in each instruction, in each stage below its FROM, and at all. */
function firedRules(context, seen) {
    const fired = new Map();
    const add = (target, id) => fired.set(target, (fired.get(target) ?? new Set()).add(id));
    for (const { rule, instruction } of seen) {
        add(EVERYWHERE, rule.id);
        if (instruction === undefined)
            continue;
        add(instruction, rule.id);
        if (instruction.kind !== 'from')
            add(context.stageOf(instruction), rule.id);
    }
    return fired;
}
function lineOf({ file }, { line }) {
    const source = (0,mapped_text/* sourceOf */.vz)(file);
    const start = source.lineStarts[line - 1] ?? 0;
    const text = file.text.slice(start, source.lineStarts[line]);
    const blanks = text.length - text.trimStart().length;
    return (0,dockerfile_source/* rangeBetween */.yb)(source, start + blanks, start + text.trimEnd().length);
}

;// CONCATENATED MODULE: ./lib/dockerfile/lint/whole-lines.js

/**
 * A range that ends in front of a line's first character, as the body of a heredoc does, without the line end before it: services that count
 * in lines would mark the next one, too.
 */
function withoutLineEnd(source, at) {
    if (at.end.column > 1 || at.end.line === at.start.line || at.file !== source.file)
        return at;
    const text = source.text.slice(at.start.offset, at.end.offset).replace(/(?:\r?\n)+$/, '');
    return (0,dockerfile_source/* rangeBetween */.yb)(source, at.start.offset, at.start.offset + text.length);
}

;// CONCATENATED MODULE: ./lib/dockerfile/lint/lint.js
















const RULE_IDS = new Set(rules/* RULES */.y.map(({ id }) => id));
/**
 * All findings in a Dockerfile, sorted by place: rules, and what the parser could not read (rule `DL1000`, always an error). Pure and
 * synchronous; never throws for any text.
 */
function lint(parsed, config = {}) {
    const binary = noText(parsed);
    if (binary !== undefined)
        return (0,fingerprint/* nameFindings */.S)([unreadable(parsed, binary)], '', parsed.file.path, config.folder);
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
    found.push(...idleComments(context, found, check));
    const ids = new IdFilter(config, silence);
    const told = mergeTwins(found, context).flatMap((group) => toDiagnostic(group, ids, config, check));
    told.push(...problemsOf(parsed, context));
    told.sort((one, other) => byPlace(one.diagnostic, other.diagnostic));
    const source = (0,mapped_text/* sourceOf */.vz)(parsed.file);
    const placed = told.map(({ diagnostic, instruction }) => ({
        diagnostic: { ...diagnostic, at: withoutLineEnd(source, diagnostic.at) },
        instruction,
    }));
    const named = (0,fingerprint/* nameFindings */.S)(placed, parsed.file.text, parsed.file.path, config.folder);
    return withoutKnown(named, config.baseline);
}
function withoutKnown(diagnostics, baseline) {
    return baseline === undefined
        ? diagnostics
        : diagnostics.filter(({ fingerprint }) => !baseline.has(fingerprint));
}
/** ShellCheck's, of which ours are a part, and rules that say nothing unless a configuration gives them something to compare with. */
const UNJUDGED = /^(?:SC\d+|DL3026|DL3049|DL305[0-68]|CopyIgnoredFile)$/;
/** Comments that silence none of these. */
function idleComments(context, found, check) {
    const { config, pragmas } = context;
    if (pragmas.all.length === 0 || severityOf(tsib1021/* tsib1021 */.P, config, check) === 'off')
        return [];
    const outer = indexInstructions(context.instructions);
    const seen = found.map(({ rule, finding, instruction }) => ({
        rule,
        instruction: outer(finding.at) ?? instruction,
    }));
    const judged = new Set(rules/* RULES */.y.filter((rule) => rule !== tsib1021/* tsib1021 */.P && severityOf(rule, config, check) !== 'off').map(({ id }) => id));
    const isJudged = (id) => judged.has(id) && !UNJUDGED.test(id) && !config.ignored?.includes(id);
    return [...unusedPragmas(context, seen, isJudged)].map((finding) => ({
        rule: tsib1021/* tsib1021 */.P,
        finding,
        instruction: undefined,
    }));
}
function checkOptionsOf({ pragmas, config }) {
    const argument = config.buildArgs?.[directives/* CHECK_ARGUMENT */.rU];
    return argument === undefined ? pragmas.check : (0,pragma/* checkOptionsOfArgument */.H7)(argument);
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
        if (this.ignored.has(rule.id) || this.silence.everywhere.has(rule.id) || here.has(rule.id))
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
    const diagnostic = {
        rule: main.rule.id,
        aliases: [...new Set(group.slice(1).map(({ rule }) => rule.id))],
        severity,
        message: tellable(main.finding.message),
        at: main.finding.at,
        ...(fix === undefined ? {} : { fix }),
        ...(url === undefined ? {} : { url }),
    };
    return [{ diagnostic, instruction: main.instruction }];
}
function unreadable({ file }, message) {
    const start = { line: 1, column: 1, offset: 0 };
    const at = { file: file.path, start, end: start };
    return {
        diagnostic: { rule: 'DL1000', aliases: [], severity: 'error', message, at },
        instruction: undefined,
    };
}
/** Problems that have a rule of their own: DL3061, DL3043. */
const TOLD_BY_RULES = new Set(['NO_STAGE', 'BAD_TRIGGER']);
/** What could not be read, the ignore file too. An instruction before the first FROM has a rule of its own. */
function problemsOf(parsed, context) {
    const { dockerignore } = context.config;
    const ignoreFile = dockerignore === undefined ? undefined : (0,ignore/* ignoreFileProblem */.g5)(dockerignore);
    return [...parsed.problems, ...(ignoreFile === undefined ? [] : [ignoreFile])]
        .filter(({ code }) => !TOLD_BY_RULES.has(code))
        .map((problem) => {
        const at = problem.at ?? emptyStart(context);
        const severity = 'error';
        const message = tellable(problem.hint === undefined ? problem.message : `${problem.message} (${problem.hint})`);
        return { diagnostic: { rule: 'DL1000', aliases: [], severity, message, at }, instruction: undefined };
    });
}
/** UTF-16 units of a message: it quotes the file, which may have lines of any length. */
const LONGEST_MESSAGE = 500;
function tellable(message) {
    const whole = (0,printable/* printable */.g)(message.length > LONGEST_MESSAGE ? `${message.slice(0, LONGEST_MESSAGE)}…` : message);
    return whole.isWellFormed() ? whole : whole.toWellFormed();
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

/***/ 6590:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   F: () => (/* binding */ isOfOthers),
/* harmony export */   q: () => (/* binding */ ruleHint)
/* harmony export */ });
/* harmony import */ var _suggest_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5472);

/** What could not be read is told by no rule, and cannot be silenced; hadolint gives it this name. */
const UNREADABLE = 'DL1000';
/** hadolint had these once; files that name them are about still. */
const GONE = new Set(['DL3005', 'DL3017', 'DL3031', 'DL3039', 'DL4002']);
/** True for names that are right, although no rule of ours has them. Which codes ShellCheck has, it alone knows. */
function isOfOthers(id) {
    return id === UNREADABLE || /^SC\d{4}$/.test(id);
}
/** What to say of a rule's name that no rule has. */
function ruleHint(id, known) {
    if (GONE.has(id.toUpperCase()))
        return 'hadolint has it no more';
    const meant = withDigits(id);
    const same = plainNames(known).get(meant);
    if (same !== undefined)
        return `did you mean ${same}?`;
    if (isOfOthers(meant))
        return `did you mean ${meant}?`;
    // One code is near to many others: a digit that is wrong says nothing of the one that was meant.
    if (/\d$/.test(id))
        return undefined;
    return (0,_suggest_js__WEBPACK_IMPORTED_MODULE_0__/* .didYouMean */ .a)(id, [...known].filter((one) => !/\d$/.test(one)));
}
function plainNames(known) {
    const before = plain.get(known);
    if (before !== undefined)
        return before;
    const names = new Map([...known].map((name) => [withDigits(name), name]));
    plain.set(known, names);
    return names;
}
/** A file may have thousands of such comments. */
const plain = new WeakMap();
/** In capitals, with digits for the letters that look like them, in codes. */
function withDigits(id) {
    const upper = id.toUpperCase();
    return upper.replace(/^(DL|SC|TSIB)([\dOIL]{4})$/, (_, head, code) => head.concat(code.replaceAll('O', '0').replaceAll(/[IL]/g, '1')));
}


/***/ }),

/***/ 6227:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   m: () => (/* binding */ RULE_PAGES)
/* harmony export */ });
// Made by scripts/generate-rules.ts from docs/rules: do not edit.
// biome-ignore-all format: a line a page
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: Dockerfile text
/** By rule: why, a bad and a good example, and the fix, as Markdown. */
const RULE_PAGES = {
    ConsistentInstructionCasing: "Instructions are found at a glance when they all look the same.\n\n## Bad\n\n```dockerfile\nFROM debian:12\nrun make\nCOPY a /a\n```\n\n## Good\n\n```dockerfile\nFROM debian:12\nRUN make\nCOPY a /a\n```\n\n## Fix\n\nA safe fix is offered: `lint --fix` takes it.",
    CopyIgnoredFile: "What the ignore file excludes is not in the context, so that COPY cannot find it.\n\n## Bad\n\n```dockerfile\nFROM debian:12\nCOPY notes.md /srv/\n```\n\n## Good\n\n```dockerfile\nFROM debian:12\nCOPY app /srv/\n```\n\n## Fix\n\nBy hand: there is no automatic fix.",
    DL1000: "A line that cannot be read hides what it was meant to do, and the build fails at it. The other lines are checked all the same.\n\n## Bad\n\n```dockerfile\nFROM alpine:3.22\nRUM make\n```\n\n## Good\n\n```dockerfile\nFROM alpine:3.22\nRUN make\n```\n\n## Fix\n\nBy hand: there is no automatic fix.",
    DL1001: "A comment that switches a rule off should be a decision of the team, not of one hurried moment. Off unless the configuration gives it a severity.\n\n## Bad\n\n```dockerfile\nFROM alpine:3.22\n# hadolint ignore=DL3003\nRUN cd /tmp && make\n```\n\n## Good\n\n```dockerfile\nFROM alpine:3.22\nWORKDIR /tmp\nRUN make\n```\n\n## Fix\n\nBy hand: there is no automatic fix.",
    DL3000: "A relative WORKDIR starts from the folder of the base image, which may change.\n\n## Bad\n\n```dockerfile\nFROM alpine:3.22\nWORKDIR app\n```\n\n## Good\n\n```dockerfile\nFROM alpine:3.22\nWORKDIR /app\n```\n\n## Fix\n\nBy hand: there is no automatic fix.",
    DL3001: "These commands talk to a running machine: init system, terminals, mounts. While an image is built there is none.\n\n## Bad\n\n```dockerfile\nFROM debian:12\nRUN service nginx start\n```\n\n## Good\n\n```dockerfile\nFROM debian:12\nCMD [\"nginx\", \"-g\", \"daemon off;\"]\n```\n\n## Fix\n\nBy hand: there is no automatic fix.",
    DL3002: "A container whose process is root turns every hole in it into a bigger one. Become root for the steps that need it, and end with another user.\n\n## Bad\n\n```dockerfile\nFROM debian:12\nUSER root\nRUN make install\n```\n\n## Good\n\n```dockerfile\nFROM debian:12\nUSER root\nRUN make install\nUSER 1000\n```\n\n## Fix\n\nBy hand: there is no automatic fix.",
    DL3003: "cd ends with its RUN, so the reader has to follow it by hand. WORKDIR says once where everything happens.\n\n## Bad\n\n```dockerfile\nFROM debian:12\nRUN cd /src && make\n```\n\n## Good\n\n```dockerfile\nFROM debian:12\nWORKDIR /src\nRUN make\n```\n\n## Fix\n\nA fix is offered where the RUN begins with the `cd`; look at it before you take it (`lint --fix=unsafe`): the WORKDIR holds for what follows, too.",
    DL3004: "RUN is root unless USER says otherwise. sudo adds a package, and gets in the way of signals and terminals.\n\n## Bad\n\n```dockerfile\nFROM debian:12\nRUN sudo make install\n```\n\n## Good\n\n```dockerfile\nFROM debian:12\nUSER root\nRUN make install\n```\n\n## Fix\n\nA fix is offered; look at it before you take it (`lint --fix=unsafe`): a base image may have a USER of its own.",
    DL3006: "Without a tag the base is whatever is newest on the day of the build. ARG defaults are looked at too.\n\n## Bad\n\n```dockerfile\nFROM debian\n```\n\n## Good\n\n```dockerfile\nFROM debian:12\n```\n\n## Fix\n\nBy hand: there is no automatic fix.",
    DL3007: "latest is a moving target: two builds of one file give two images. Variables are filled in from ARG defaults and build arguments.\n\n## Bad\n\n```dockerfile\nARG TAG=latest\nFROM debian:${TAG}\n```\n\n## Good\n\n```dockerfile\nARG TAG=12\nFROM debian:${TAG}\n```\n\n## Fix\n\nBy hand: there is no automatic fix.",
    DL3008: "A package without a version makes the result depend on the day, and a cached layer keeps an old one without a word.\n\n## Bad\n\n```dockerfile\nFROM debian:12\nRUN apt-get install -y curl\n```\n\n## Good\n\n```dockerfile\nFROM debian:12\nRUN apt-get install -y curl=7.88.1-10\n```\n\n## Fix\n\nBy hand: there is no automatic fix.",
    DL3009: "The lists that apt-get update fetches are of no use in an image, and only a deletion in the same RUN keeps them out of the layer. A cache mount does it as well.\n\n## Bad\n\n```dockerfile\nFROM debian:12\nRUN apt-get update && apt-get install -y curl=7.88.1-10\n```\n\n## Good\n\n```dockerfile\nFROM debian:12\nRUN apt-get update && apt-get install -y curl=7.88.1-10 && rm -rf /var/lib/apt/lists/*\n```\n\n## Fix\n\nA safe fix is offered: `lint --fix` takes it. There is none where a later RUN installs by the lists, and it wants a look (`lint --fix=unsafe`) where one runs scripts of which nothing is known.",
    DL3010: "COPY and tar make two layers, the first of which holds the archive for ever. ADD unpacks a local archive by itself.\n\n## Bad\n\n```dockerfile\nFROM debian:12\nCOPY app.tar.gz /opt/\nRUN tar -xf /opt/app.tar.gz\n```\n\n## Good\n\n```dockerfile\nFROM debian:12\nADD app.tar.gz /opt/\n```\n\n## Fix\n\nBy hand: there is no automatic fix.",
    DL3011: "TCP and UDP count ports up to 65535.\n\n## Bad\n\n```dockerfile\nFROM debian:12\nEXPOSE 80000\n```\n\n## Good\n\n```dockerfile\nFROM debian:12\nEXPOSE 8000\n```\n\n## Fix\n\nBy hand: there is no automatic fix.",
    DL3012: "The image has one HEALTHCHECK: only the last one of a stage counts, the others mislead.\n\n## Bad\n\n```dockerfile\nFROM debian:12\nHEALTHCHECK CMD [\"curl\", \"localhost\"]\nHEALTHCHECK CMD [\"curl\", \"localhost:8080\"]\n```\n\n## Good\n\n```dockerfile\nFROM debian:12\nHEALTHCHECK CMD [\"curl\", \"localhost:8080\"]\n```\n\n## Fix\n\nBy hand: there is no automatic fix.",
    DL3013: "A Python package without a version makes the result depend on the day. A requirements or constraints file counts as pinned.\n\n## Bad\n\n```dockerfile\nFROM python:3.13\nRUN pip install --no-cache-dir flask\n```\n\n## Good\n\n```dockerfile\nFROM python:3.13\nRUN pip install --no-cache-dir flask==3.1.0\n```\n\n## Fix\n\nBy hand: there is no automatic fix.",
    DL3014: "Without -y apt-get waits for an answer, gets none, and gives up.\n\n## Bad\n\n```dockerfile\nFROM debian:12\nRUN apt-get install curl=7.88.1-10\n```\n\n## Good\n\n```dockerfile\nFROM debian:12\nRUN apt-get install -y curl=7.88.1-10\n```\n\n## Fix\n\nA safe fix is offered: `lint --fix` takes it.",
    DL3015: "Recommended packages are seldom needed in an image and are often the larger part.\n\n## Bad\n\n```dockerfile\nFROM debian:12\nRUN apt-get install -y curl=7.88.1-10\n```\n\n## Good\n\n```dockerfile\nFROM debian:12\nRUN apt-get install -y --no-install-recommends curl=7.88.1-10\n```\n\n## Fix\n\nA fix is offered; look at it before you take it (`lint --fix=unsafe`): it may change what the image does.",
    DL3016: "An npm package without a version makes the result depend on the day. Versions, tags, archives, folders and git commits count as pinned.\n\n## Bad\n\n```dockerfile\nFROM node:24\nRUN npm install express\n```\n\n## Good\n\n```dockerfile\nFROM node:24\nRUN npm install express@5.1.0\n```\n\n## Fix\n\nBy hand: there is no automatic fix.",
    DL3018: "An apk package without a version makes the result depend on the day.\n\n## Bad\n\n```dockerfile\nFROM alpine:3.22\nRUN apk add --no-cache curl\n```\n\n## Good\n\n```dockerfile\nFROM alpine:3.22\nRUN apk add --no-cache curl=8.14.1-r1\n```\n\n## Fix\n\nBy hand: there is no automatic fix.",
    DL3019: "With --no-cache apk fetches its index afresh and leaves none behind. A cache mount at /var/cache/apk does it as well.\n\n## Bad\n\n```dockerfile\nFROM alpine:3.22\nRUN apk add curl=8.14.1-r1\n```\n\n## Good\n\n```dockerfile\nFROM alpine:3.22\nRUN apk add --no-cache curl=8.14.1-r1\n```\n\n## Fix\n\nA safe fix is offered: `lint --fix` takes it.",
    DL3020: "ADD unpacks archives and downloads, which surprises whoever only wanted a copy. Keep it for those two.\n\n## Bad\n\n```dockerfile\nFROM debian:12\nADD app /app\n```\n\n## Good\n\n```dockerfile\nFROM debian:12\nCOPY app /app\n```\n\n## Fix\n\nA fix is offered. It is safe (`lint --fix`) for a folder written with its slash and for kinds of files that are no tar archive, and wants a look\n(`lint --fix=unsafe`) for others, since ADD unpacks by what is in a file, not by its name. There is none for names such as `root.tar.zst`.",
    DL3021: "With several sources the target is a folder, and BuildKit wants that written down.\n\n## Bad\n\n```dockerfile\nFROM debian:12\nCOPY a b /target\n```\n\n## Good\n\n```dockerfile\nFROM debian:12\nCOPY a b /target/\n```\n\n## Fix\n\nA safe fix is offered: `lint --fix` takes it.",
    DL3022: "A name that no earlier stage has is taken for an image, which is seldom what was meant.\n\n## Bad\n\n```dockerfile\nFROM debian:12\nCOPY --from=bulid /app /app\n```\n\n## Good\n\n```dockerfile\nFROM debian:12 AS build\nRUN make\nFROM debian:12\nCOPY --from=build /app /app\n```\n\n## Fix\n\nBy hand: there is no automatic fix.",
    DL3023: "A stage cannot be its own source.\n\n## Bad\n\n```dockerfile\nFROM debian:12 AS build\nCOPY --from=build /a /b\n```\n\n## Good\n\n```dockerfile\nFROM debian:12 AS build\nRUN cp -r /a /b\n```\n\n## Fix\n\nBy hand: there is no automatic fix.",
    DL3024: "With two stages of one name it is hard to see which one COPY --from means.\n\n## Bad\n\n```dockerfile\nFROM debian:12 AS build\nFROM alpine:3.22 AS build\n```\n\n## Good\n\n```dockerfile\nFROM debian:12 AS build\nFROM alpine:3.22 AS run\n```\n\n## Fix\n\nBy hand: there is no automatic fix.",
    DL3025: "In the shell form a shell is process 1: signals end there, and the program never hears of docker stop.\n\n## Bad\n\n```dockerfile\nFROM debian:12\nCMD server --port 80\n```\n\n## Good\n\n```dockerfile\nFROM debian:12\nCMD [\"server\", \"--port\", \"80\"]\n```\n\n## Fix\n\nA fix is offered; look at it before you take it (`lint --fix=unsafe`): it may change what the image does.",
    DL3026: "Only with a list of trusted registries: every image of FROM, COPY --from and mounts has to come from one of them.\n\n## Bad\n\n```dockerfile\nFROM evil.example/debian:12\n```\n\n## Good\n\n```dockerfile\nFROM registry.example/debian:12\n```\n\n## Fix\n\nBy hand: there is no automatic fix.",
    DL3027: "apt is for people: it warns in scripts, and its output and options may change. apt-get and apt-cache are made for scripts.\n\n## Bad\n\n```dockerfile\nFROM debian:12\nRUN apt install -y curl=7.88.1-10\n```\n\n## Good\n\n```dockerfile\nFROM debian:12\nRUN apt-get install -y curl=7.88.1-10\n```\n\n## Fix\n\nA safe fix is offered: `lint --fix` takes it.",
    DL3028: "A gem without a version makes the result depend on the day.\n\n## Bad\n\n```dockerfile\nFROM ruby:3.4\nRUN gem install rails\n```\n\n## Good\n\n```dockerfile\nFROM ruby:3.4\nRUN gem install rails:8.0.2\n```\n\n## Fix\n\nBy hand: there is no automatic fix.",
    DL3029: "A fixed platform breaks the image for everybody on another one. Use BUILDPLATFORM or TARGETPLATFORM, or leave it to the build.\n\n## Bad\n\n```dockerfile\nFROM --platform=linux/amd64 debian:12\n```\n\n## Good\n\n```dockerfile\nFROM --platform=$BUILDPLATFORM debian:12\n```\n\n## Fix\n\nBy hand: there is no automatic fix.",
    DL3030: "Without -y yum waits for an answer, gets none, and gives up.\n\n## Bad\n\n```dockerfile\nFROM centos:7\nRUN yum install httpd-2.4.6 && yum clean all\n```\n\n## Good\n\n```dockerfile\nFROM centos:7\nRUN yum install -y httpd-2.4.6 && yum clean all\n```\n\n## Fix\n\nA safe fix is offered: `lint --fix` takes it.",
    DL3032: "yum keeps packages and metadata in its cache, and only a clean-up in the same RUN keeps them out of the layer.\n\n## Bad\n\n```dockerfile\nFROM centos:7\nRUN yum install -y httpd-2.4.6\n```\n\n## Good\n\n```dockerfile\nFROM centos:7\nRUN yum install -y httpd-2.4.6 && yum clean all\n```\n\n## Fix\n\nA safe fix is offered: `lint --fix` takes it.",
    DL3033: "A package without a version makes the result depend on the day.\n\n## Bad\n\n```dockerfile\nFROM centos:7\nRUN yum install -y httpd && yum clean all\n```\n\n## Good\n\n```dockerfile\nFROM centos:7\nRUN yum install -y httpd-2.4.6 && yum clean all\n```\n\n## Fix\n\nBy hand: there is no automatic fix.",
    DL3034: "Without --non-interactive zypper waits for an answer, gets none, and gives up.\n\n## Bad\n\n```dockerfile\nFROM opensuse/leap:15.6\nRUN zypper install curl=8.6.0 && zypper clean\n```\n\n## Good\n\n```dockerfile\nFROM opensuse/leap:15.6\nRUN zypper --non-interactive install curl=8.6.0 && zypper clean\n```\n\n## Fix\n\nA safe fix is offered: `lint --fix` takes it.",
    DL3035: "A distribution upgrade replaces what the base image brings, in one big layer nobody can repeat. Take a newer base image.\n\n## Bad\n\n```dockerfile\nFROM opensuse/leap:15.5\nRUN zypper -n dist-upgrade\n```\n\n## Good\n\n```dockerfile\nFROM opensuse/leap:15.6\n```\n\n## Fix\n\nBy hand: there is no automatic fix.",
    DL3036: "zypper keeps packages and metadata in its cache, and only a clean-up in the same RUN keeps them out of the layer.\n\n## Bad\n\n```dockerfile\nFROM opensuse/leap:15.6\nRUN zypper -n install curl=8.6.0\n```\n\n## Good\n\n```dockerfile\nFROM opensuse/leap:15.6\nRUN zypper -n install curl=8.6.0 && zypper clean\n```\n\n## Fix\n\nA safe fix is offered: `lint --fix` takes it.",
    DL3037: "A package without a version makes the result depend on the day.\n\n## Bad\n\n```dockerfile\nFROM opensuse/leap:15.6\nRUN zypper -n install curl && zypper clean\n```\n\n## Good\n\n```dockerfile\nFROM opensuse/leap:15.6\nRUN zypper -n install curl=8.6.0 && zypper clean\n```\n\n## Fix\n\nBy hand: there is no automatic fix.",
    DL3038: "Without -y dnf waits for an answer, gets none, and gives up.\n\n## Bad\n\n```dockerfile\nFROM fedora:42\nRUN dnf install httpd-2.4.63 && dnf clean all\n```\n\n## Good\n\n```dockerfile\nFROM fedora:42\nRUN dnf install -y httpd-2.4.63 && dnf clean all\n```\n\n## Fix\n\nA safe fix is offered: `lint --fix` takes it.",
    DL3040: "dnf keeps packages and metadata in its cache, and only a clean-up in the same RUN keeps them out of the layer.\n\n## Bad\n\n```dockerfile\nFROM fedora:42\nRUN dnf install -y httpd-2.4.63\n```\n\n## Good\n\n```dockerfile\nFROM fedora:42\nRUN dnf install -y httpd-2.4.63 && dnf clean all\n```\n\n## Fix\n\nA safe fix is offered: `lint --fix` takes it.",
    DL3041: "A package without a version makes the result depend on the day.\n\n## Bad\n\n```dockerfile\nFROM fedora:42\nRUN dnf install -y httpd && dnf clean all\n```\n\n## Good\n\n```dockerfile\nFROM fedora:42\nRUN dnf install -y httpd-2.4.63 && dnf clean all\n```\n\n## Fix\n\nBy hand: there is no automatic fix.",
    DL3042: "pip keeps what it downloads, and nobody installs it a second time in the image. A cache mount or PIP_NO_CACHE_DIR does it as well.\n\n## Bad\n\n```dockerfile\nFROM python:3.13\nRUN pip install flask==3.1.0\n```\n\n## Good\n\n```dockerfile\nFROM python:3.13\nRUN pip install --no-cache-dir flask==3.1.0\n```\n\n## Fix\n\nA safe fix is offered: `lint --fix` takes it.",
    DL3043: "These three cannot be triggers: the build of the image that is FROM this one would fail.\n\n## Bad\n\n```dockerfile\nFROM debian:12\nONBUILD FROM alpine:3.22\n```\n\n## Good\n\n```dockerfile\nFROM debian:12\nONBUILD RUN make\n```\n\n## Fix\n\nBy hand: there is no automatic fix.",
    DL3044: "All pairs of one ENV see the environment as it was before: the reference gives the old value or nothing.\n\n## Bad\n\n```dockerfile\nFROM debian:12\nENV HOME_DIR=/srv BIN=$HOME_DIR/bin\n```\n\n## Good\n\n```dockerfile\nFROM debian:12\nENV HOME_DIR=/srv\nENV BIN=$HOME_DIR/bin\n```\n\n## Fix\n\nBy hand: there is no automatic fix.",
    DL3045: "Without a WORKDIR the target depends on the folder of the base image, which may change.\n\n## Bad\n\n```dockerfile\nFROM debian:12\nCOPY app app\n```\n\n## Good\n\n```dockerfile\nFROM debian:12\nWORKDIR /srv\nCOPY app app\n```\n\n## Fix\n\nBy hand: there is no automatic fix.",
    DL3046: "useradd writes a record at the place of the user's number, so that a high number gives a file of many gigabytes, which image builders do not take for sparse.\n\n## Bad\n\n```dockerfile\nFROM debian:12\nRUN useradd -u 1234567 app\n```\n\n## Good\n\n```dockerfile\nFROM debian:12\nRUN useradd --no-log-init -u 1234567 app\n```\n\n## Fix\n\nA safe fix is offered: `lint --fix` takes it.",
    DL3047: "The progress bar of wget fills the log with thousands of lines.\n\n## Bad\n\n```dockerfile\nFROM debian:12\nRUN wget https://example.com/big\n```\n\n## Good\n\n```dockerfile\nFROM debian:12\nRUN wget --progress=dot:giga https://example.com/big\n```\n\n## Fix\n\nA fix is offered; look at it before you take it (`lint --fix=unsafe`): it may change what the image does.",
    DL3048: "Label keys are made of lower-case letters, digits, dots, dashes, underscores and slashes, and begin with a letter. The prefixes com.docker, io.docker and org.dockerproject belong to Docker.\n\n## Bad\n\n```dockerfile\nFROM debian:12\nLABEL Maintainer=\"me\"\n```\n\n## Good\n\n```dockerfile\nFROM debian:12\nLABEL maintainer=\"me\"\n```\n\n## Fix\n\nBy hand: there is no automatic fix.",
    DL3049: "A label that the schema asks for is missing in a stage that becomes an image.\n\n## Bad\n\n```dockerfile\nFROM debian:12\nRUN make\n```\n\n## Good\n\n```dockerfile\nFROM debian:12\nLABEL owner=\"me\"\n```\n\n## Fix\n\nBy hand: there is no automatic fix.",
    DL3050: "With strict-labels no labels are allowed beside those of the schema.\n\n## Bad\n\n```dockerfile\nFROM debian:12\nLABEL owner=\"me\" other=\"x\"\n```\n\n## Good\n\n```dockerfile\nFROM debian:12\nLABEL owner=\"me\"\n```\n\n## Fix\n\nBy hand: there is no automatic fix.",
    DL3051: "A label that the schema asks for has no value.\n\n## Bad\n\n```dockerfile\nFROM debian:12\nLABEL owner=\"\"\n```\n\n## Good\n\n```dockerfile\nFROM debian:12\nLABEL owner=\"me\"\n```\n\n## Fix\n\nBy hand: there is no automatic fix.",
    DL3052: "The schema says that this label is a URL.\n\n## Bad\n\n```dockerfile\nFROM debian:12\nLABEL home=\"nowhere\"\n```\n\n## Good\n\n```dockerfile\nFROM debian:12\nLABEL home=\"https://example.com/\"\n```\n\n## Fix\n\nBy hand: there is no automatic fix.",
    DL3053: "The schema says that this label is a time as in RFC 3339.\n\n## Bad\n\n```dockerfile\nFROM debian:12\nLABEL made=\"yesterday\"\n```\n\n## Good\n\n```dockerfile\nFROM debian:12\nLABEL made=\"2026-01-02T03:04:05Z\"\n```\n\n## Fix\n\nBy hand: there is no automatic fix.",
    DL3054: "The schema says that this label is one licence of the SPDX list.\n\n## Bad\n\n```dockerfile\nFROM debian:12\nLABEL licence=\"free\"\n```\n\n## Good\n\n```dockerfile\nFROM debian:12\nLABEL licence=\"MIT\"\n```\n\n## Fix\n\nBy hand: there is no automatic fix.",
    DL3055: "The schema says that this label is a Git commit: 7 or 40 digits.\n\n## Bad\n\n```dockerfile\nFROM debian:12\nLABEL commit=\"main\"\n```\n\n## Good\n\n```dockerfile\nFROM debian:12\nLABEL commit=\"1a2b3c4\"\n```\n\n## Fix\n\nBy hand: there is no automatic fix.",
    DL3056: "The schema says that this label is a semantic version.\n\n## Bad\n\n```dockerfile\nFROM debian:12\nLABEL version=\"new\"\n```\n\n## Good\n\n```dockerfile\nFROM debian:12\nLABEL version=\"1.2.3\"\n```\n\n## Fix\n\nBy hand: there is no automatic fix.",
    DL3057: "An orchestrator can only tell a hanging container from a working one by asking it. Off by default: many orchestrators bring checks of their own.\n\n## Bad\n\n```dockerfile\nFROM debian:12\nCMD [\"server\"]\n```\n\n## Good\n\n```dockerfile\nFROM debian:12\nHEALTHCHECK CMD [\"server\", \"--ping\"]\nCMD [\"server\"]\n```\n\n## Fix\n\nBy hand: there is no automatic fix.",
    DL3058: "The schema says that this label is a mail address.\n\n## Bad\n\n```dockerfile\nFROM debian:12\nLABEL owner=\"me\"\n```\n\n## Good\n\n```dockerfile\nFROM debian:12\nLABEL owner=\"me@example.com\"\n```\n\n## Fix\n\nBy hand: there is no automatic fix.",
    DL3059: "Every RUN is a layer; short ones in a row are better joined, unless the cache is to keep them apart.\n\n## Bad\n\n```dockerfile\nFROM debian:12\nRUN mkdir /a\nRUN mkdir /b\n```\n\n## Good\n\n```dockerfile\nFROM debian:12\nRUN mkdir /a && mkdir /b\n```\n\n## Fix\n\nA fix is offered where both are shell text joined by `&&`; look at it before you take it (`lint --fix=unsafe`): folders and variables of the first RUN reach into the second, and the cache holds both or none.",
    DL3060: "yarn keeps what it downloads, and nobody installs it a second time in the image. A cache mount does it as well.\n\n## Bad\n\n```dockerfile\nFROM node:24\nRUN yarn install\n```\n\n## Good\n\n```dockerfile\nFROM node:24\nRUN yarn install && yarn cache clean\n```\n\n## Fix\n\nA safe fix is offered: `lint --fix` takes it.",
    DL3061: "Before the first FROM there is no image that an instruction could work on. Only ARG may stand there.\n\n## Bad\n\n```dockerfile\nLABEL owner=\"me\"\nFROM debian:12\n```\n\n## Good\n\n```dockerfile\nFROM debian:12\nLABEL owner=\"me\"\n```\n\n## Fix\n\nBy hand: there is no automatic fix.",
    DL3062: "A Go module without a version makes the result depend on the day.\n\n## Bad\n\n```dockerfile\nFROM golang:1.25\nRUN go install example.com/tool@latest\n```\n\n## Good\n\n```dockerfile\nFROM golang:1.25\nRUN go install example.com/tool@v1.2.3\n```\n\n## Fix\n\nBy hand: there is no automatic fix.",
    DL3063: "scratch and context mean something in FROM and COPY --from: a stage of that name cannot be reached, or hides it.\n\n## Bad\n\n```dockerfile\nFROM debian:12 AS context\n```\n\n## Good\n\n```dockerfile\nFROM debian:12 AS sources\n```\n\n## Fix\n\nBy hand: there is no automatic fix.",
    DL3064: "Values of ARG and ENV can be read in the image's history by everybody who has the image. The name says that this may be a secret.\n\n## Bad\n\n```dockerfile\nFROM debian:12\nENV DB_PASSWORD=x\n```\n\n## Good\n\n```dockerfile\nFROM debian:12\nRUN --mount=type=secret,id=db,env=DB_PASSWORD make\n```\n\n## Fix\n\nBy hand: there is no automatic fix.",
    DL3065: "The target platform is what FROM takes when nothing is said.\n\n## Bad\n\n```dockerfile\nFROM --platform=$TARGETPLATFORM debian:12\n```\n\n## Good\n\n```dockerfile\nFROM debian:12\n```\n\n## Fix\n\nA safe fix is offered: `lint --fix` takes it.",
    DL3066: "A number works without /etc/passwd, and Kubernetes can tell by it that the user is not root.\n\n## Bad\n\n```dockerfile\nFROM debian:12\nUSER app\n```\n\n## Good\n\n```dockerfile\nFROM debian:12\nUSER 1000\n```\n\n## Fix\n\nBy hand: there is no automatic fix.",
    DL3067: "Copying all of a stage loses its configuration and gains nothing over building from it.\n\n## Bad\n\n```dockerfile\nFROM debian:12 AS base\nRUN make\nFROM scratch\nCOPY --from=base / /\n```\n\n## Good\n\n```dockerfile\nFROM debian:12 AS base\nRUN make\nFROM scratch\nCOPY --from=base /out/ /out/\n```\n\n## Fix\n\nBy hand: there is no automatic fix.",
    DL4000: "MAINTAINER is deprecated. A label holds the same and can be asked for.\n\n## Bad\n\n```dockerfile\nFROM debian:12\nMAINTAINER me\n```\n\n## Good\n\n```dockerfile\nFROM debian:12\nLABEL org.opencontainers.image.authors=\"me\"\n```\n\n## Fix\n\nA safe fix is offered: `lint --fix` takes it.",
    DL4001: "One tool for downloads is enough; a second one is size and one more thing to keep safe.\n\n## Bad\n\n```dockerfile\nFROM debian:12\nRUN wget -q https://example.com/a\nRUN curl -O https://example.com/b\n```\n\n## Good\n\n```dockerfile\nFROM debian:12\nRUN curl -O https://example.com/a && curl -O https://example.com/b\n```\n\n## Fix\n\nBy hand: there is no automatic fix.",
    DL4003: "Only the last CMD of a stage counts, the others mislead.\n\n## Bad\n\n```dockerfile\nFROM debian:12\nCMD [\"a\"]\nCMD [\"b\"]\n```\n\n## Good\n\n```dockerfile\nFROM debian:12\nCMD [\"b\"]\n```\n\n## Fix\n\nBy hand: there is no automatic fix.",
    DL4004: "Only the last ENTRYPOINT of a stage counts, the others mislead.\n\n## Bad\n\n```dockerfile\nFROM debian:12\nENTRYPOINT [\"a\"]\nENTRYPOINT [\"b\"]\n```\n\n## Good\n\n```dockerfile\nFROM debian:12\nENTRYPOINT [\"b\"]\n```\n\n## Fix\n\nBy hand: there is no automatic fix.",
    DL4005: "SHELL changes the shell for the instructions below it, and leaves /bin/sh to the programs that rely on it.\n\n## Bad\n\n```dockerfile\nFROM debian:12\nRUN ln -sf /bin/bash /bin/sh\n```\n\n## Good\n\n```dockerfile\nFROM debian:12\nSHELL [\"/bin/bash\", \"-c\"]\n```\n\n## Fix\n\nBy hand: there is no automatic fix.",
    DL4006: "A pipe takes the exit code of its last command, so that a failed download goes unseen.\n\n## Bad\n\n```dockerfile\nFROM debian:12\nRUN wget -qO- https://example.com/a | tar -x\n```\n\n## Good\n\n```dockerfile\nFROM debian:12\nSHELL [\"/bin/bash\", \"-o\", \"pipefail\", \"-c\"]\nRUN wget -qO- https://example.com/a | tar -x\n```\n\n## Fix\n\nA fix is offered where the base image is known to have a shell that can do it; look at it before you take it (`lint --fix=unsafe`): the SHELL holds for what follows, too.",
    DuplicateStageName: "With two stages of one name it is hard to see which one COPY --from means. The same as DL3024.\n\n## Bad\n\n```dockerfile\nFROM debian:12 AS build\nFROM alpine:3.22 AS build\n```\n\n## Good\n\n```dockerfile\nFROM debian:12 AS build\nFROM alpine:3.22 AS run\n```\n\n## Fix\n\nBy hand: there is no automatic fix.",
    ExposeInvalidFormat: "EXPOSE names a port of the container. Which port of the host leads to it is said when the container is started.\n\n## Bad\n\n```dockerfile\nFROM debian:12\nEXPOSE 8080:80\n```\n\n## Good\n\n```dockerfile\nFROM debian:12\nEXPOSE 80\n```\n\n## Fix\n\nBy hand: there is no automatic fix.",
    ExposeProtoCasing: "Protocols are written in lower case; other tools compare them by letter.\n\n## Bad\n\n```dockerfile\nFROM debian:12\nEXPOSE 80/TCP\n```\n\n## Good\n\n```dockerfile\nFROM debian:12\nEXPOSE 80/tcp\n```\n\n## Fix\n\nA safe fix is offered: `lint --fix` takes it.",
    FromAsCasing: "One line, two habits: AS should look like FROM.\n\n## Bad\n\n```dockerfile\nFROM debian:12 as build\n```\n\n## Good\n\n```dockerfile\nFROM debian:12 AS build\n```\n\n## Fix\n\nA safe fix is offered: `lint --fix` takes it.",
    FromPlatformFlagConstDisallowed: "A fixed platform breaks the image for everybody on another one. Fine where the stage's name tells the platform.\n\n## Bad\n\n```dockerfile\nFROM --platform=linux/arm64 debian:12\n```\n\n## Good\n\n```dockerfile\nFROM --platform=linux/arm64 debian:12 AS tool-arm64\n```\n\n## Fix\n\nBy hand: there is no automatic fix.",
    InvalidDefaultArgInFrom: "Without build arguments the file should build too: an ARG of FROM needs a default that makes a valid name.\n\n## Bad\n\n```dockerfile\nARG IMAGE\nFROM $IMAGE\n```\n\n## Good\n\n```dockerfile\nARG IMAGE=debian:12\nFROM $IMAGE\n```\n\n## Fix\n\nBy hand: there is no automatic fix.",
    InvalidDefinitionDescription: "The comment above an ARG or a named stage is shown as its description when it begins with the name; an empty comment line separates other comments. Experimental: off unless asked for.\n\n## Bad\n\n```dockerfile\n# check=experimental=InvalidDefinitionDescription\n# the version\nARG VERSION=12\nFROM debian:${VERSION}\n```\n\n## Good\n\n```dockerfile\n# check=experimental=InvalidDefinitionDescription\n# VERSION of the base image\nARG VERSION=12\nFROM debian:${VERSION}\n```\n\n## Fix\n\nBy hand: there is no automatic fix.",
    JSONArgsRecommended: "In the shell form a shell is process 1: signals end there. Silent where a SHELL says that a shell is wanted.\n\n## Bad\n\n```dockerfile\nFROM debian:12\nCMD server\n```\n\n## Good\n\n```dockerfile\nFROM debian:12\nCMD [\"server\"]\n```\n\n## Fix\n\nA fix is offered; look at it before you take it (`lint --fix=unsafe`): it may change what the image does.",
    LegacyKeyValueFormat: "ENV key value takes the rest of the line for the value, whatever stands there. The form with an equals sign is plain.\n\n## Bad\n\n```dockerfile\nFROM debian:12\nENV LANG C.UTF-8\n```\n\n## Good\n\n```dockerfile\nFROM debian:12\nENV LANG=C.UTF-8\n```\n\n## Fix\n\nA safe fix is offered: `lint --fix` takes it.",
    MaintainerDeprecated: "MAINTAINER is deprecated. The same as DL4000.\n\n## Bad\n\n```dockerfile\nFROM debian:12\nMAINTAINER me\n```\n\n## Good\n\n```dockerfile\nFROM debian:12\nLABEL org.opencontainers.image.authors=\"me\"\n```\n\n## Fix\n\nA safe fix is offered: `lint --fix` takes it.",
    MultipleInstructionsDisallowed: "Only the last CMD, ENTRYPOINT and HEALTHCHECK of a stage count. Told at the one that has no effect; DL4003, DL4004 and DL3012 tell the later one.\n\n## Bad\n\n```dockerfile\nFROM debian:12\nCMD [\"a\"]\nCMD [\"b\"]\n```\n\n## Good\n\n```dockerfile\nFROM debian:12\nCMD [\"b\"]\n```\n\n## Fix\n\nBy hand: there is no automatic fix.",
    NoEmptyContinuation: "An empty line inside an instruction is easily taken for its end, and will become an error.\n\n## Bad\n\n```dockerfile\nFROM debian:12\nRUN make \\\n\n  install\n```\n\n## Good\n\n```dockerfile\nFROM debian:12\nRUN make \\\n  install\n```\n\n## Fix\n\nA safe fix is offered: `lint --fix` takes it.",
    RedundantTargetPlatform: "The target platform is what FROM takes when nothing is said. The same as DL3065.\n\n## Bad\n\n```dockerfile\nFROM --platform=$TARGETPLATFORM debian:12\n```\n\n## Good\n\n```dockerfile\nFROM debian:12\n```\n\n## Fix\n\nA safe fix is offered: `lint --fix` takes it.",
    ReservedStageName: "scratch and context mean something of their own. The same as DL3063.\n\n## Bad\n\n```dockerfile\nFROM debian:12 AS scratch\n```\n\n## Good\n\n```dockerfile\nFROM debian:12 AS empty\n```\n\n## Fix\n\nBy hand: there is no automatic fix.",
    SC1072: "The shell cannot read this text, so that RUN fails. Told at the place where reading stopped; the commands around it are checked all the same.\n\n## Bad\n\n```dockerfile\nFROM debian:12\nRUN if true; then echo yes\n```\n\n## Good\n\n```dockerfile\nFROM debian:12\nRUN if true; then echo yes; fi\n```\n\n## Fix\n\nBy hand: there is no automatic fix.",
    SC2015: "`a && b || c` is no if: c also runs when a went well and b failed.\n\n## Bad\n\n```dockerfile\nFROM debian:12\nRUN test -f x && rm x || touch y\n```\n\n## Good\n\n```dockerfile\nFROM debian:12\nRUN if test -f x; then rm x; else touch y; fi\n```\n\n## Fix\n\nBy hand: there is no automatic fix.",
    SC2028: "Whether echo turns `\\n` into a new line depends on the shell. printf always does.\n\n## Bad\n\n```dockerfile\nFROM debian:12\nRUN echo 'a\\nb' > /file\n```\n\n## Good\n\n```dockerfile\nFROM debian:12\nRUN printf 'a\\nb\\n' > /file\n```\n\n## Fix\n\nBy hand: there is no automatic fix.",
    SC2035: "A file whose name begins with a dash is taken for an option.\n\n## Bad\n\n```dockerfile\nFROM debian:12\nRUN rm *.log\n```\n\n## Good\n\n```dockerfile\nFROM debian:12\nRUN rm ./*.log\n```\n\n## Fix\n\nBy hand: there is no automatic fix.",
    SC2046: "The output is split at blanks and its wildcards are replaced before the command sees it.\n\n## Bad\n\n```dockerfile\nFROM debian:12\nRUN rm $(cat list)\n```\n\n## Good\n\n```dockerfile\nFROM debian:12\nRUN rm \"$(cat list)\"\n```\n\n## Fix\n\nBy hand: there is no automatic fix.",
    SC2086: "The value is split at blanks and its wildcards are replaced before the command sees it. ARG and ENV of the file are taken for simple values.\n\n## Bad\n\n```dockerfile\nFROM debian:12\nRUN read -r f < list && rm $f\n```\n\n## Good\n\n```dockerfile\nFROM debian:12\nRUN read -r f < list && rm \"$f\"\n```\n\n## Fix\n\nA fix is offered; look at it before you take it (`lint --fix=unsafe`): it may change what the image does.",
    SC2153: "The name is very near to one that is assigned: most likely a slip of the keyboard.\n\n## Bad\n\n```dockerfile\nFROM debian:12\nARG TARGET_DIR=/srv\nRUN mkdir \"$TARGET_DIRS\"\n```\n\n## Good\n\n```dockerfile\nFROM debian:12\nARG TARGET_DIR=/srv\nRUN mkdir \"$TARGET_DIR\"\n```\n\n## Fix\n\nBy hand: there is no automatic fix.",
    SC2154: "Nothing in the script or the file assigns this variable. Names in capitals may come from the environment and are not told.\n\n## Bad\n\n```dockerfile\nFROM debian:12\nRUN mkdir \"$target\"\n```\n\n## Good\n\n```dockerfile\nFROM debian:12\nARG target=/srv\nRUN mkdir \"$target\"\n```\n\n## Fix\n\nBy hand: there is no automatic fix.",
    SC2155: "export and its like succeed even when the command in the value failed, which set -e and && then do not notice.\n\n## Bad\n\n```dockerfile\nFROM debian:12\nRUN export V=\"$(get-version)\" && build \"$V\"\n```\n\n## Good\n\n```dockerfile\nFROM debian:12\nRUN V=\"$(get-version)\" && export V && build \"$V\"\n```\n\n## Fix\n\nBy hand: there is no automatic fix.",
    SC2164: "When cd fails the commands below it run in the wrong folder.\n\n## Bad\n\n```dockerfile\nFROM debian:12\nRUN cd /src; make\n```\n\n## Good\n\n```dockerfile\nFROM debian:12\nRUN cd /src || exit 1; make\n```\n\n## Fix\n\nBy hand: there is no automatic fix.",
    SC3001: "`<( )` is bash's. The default shell of RUN is sh, which takes it for a syntax error.\n\n## Bad\n\n```dockerfile\nFROM debian:12\nRUN diff <(ls a) b\n```\n\n## Good\n\n```dockerfile\nFROM debian:12\nSHELL [\"/bin/bash\", \"-c\"]\nRUN diff <(ls a) b\n```\n\n## Fix\n\nBy hand: there is no automatic fix.",
    SC3006: "`(( ))` is bash's; sh takes it for two subshells.\n\n## Bad\n\n```dockerfile\nFROM debian:12\nRUN if (( 1 > 0 )); then true; fi\n```\n\n## Good\n\n```dockerfile\nFROM debian:12\nRUN if [ 1 -gt 0 ]; then true; fi\n```\n\n## Fix\n\nBy hand: there is no automatic fix.",
    SC3010: "`[[ ]]` is bash's; in sh it is an unknown command.\n\n## Bad\n\n```dockerfile\nFROM debian:12\nRUN if [[ -f x ]]; then true; fi\n```\n\n## Good\n\n```dockerfile\nFROM debian:12\nRUN if [ -f x ]; then true; fi\n```\n\n## Fix\n\nBy hand: there is no automatic fix.",
    SC3011: "`<<<` is bash's; sh takes it for a syntax error.\n\n## Bad\n\n```dockerfile\nFROM debian:12\nRUN cat <<< text\n```\n\n## Good\n\n```dockerfile\nFROM debian:12\nRUN printf text | cat\n```\n\n## Fix\n\nBy hand: there is no automatic fix.",
    SC3014: "`==` in `[ ]` is bash's; dash gives an error.\n\n## Bad\n\n```dockerfile\nFROM debian:12\nRUN [ \"$HOME\" == /root ]\n```\n\n## Good\n\n```dockerfile\nFROM debian:12\nRUN [ \"$HOME\" = /root ]\n```\n\n## Fix\n\nA safe fix is offered: `lint --fix` takes it.",
    SC3020: "sh takes `&>` for a command in the background and an empty redirection.\n\n## Bad\n\n```dockerfile\nFROM debian:12\nRUN make &> log\n```\n\n## Good\n\n```dockerfile\nFROM debian:12\nRUN make > log 2>&1\n```\n\n## Fix\n\nBy hand: there is no automatic fix.",
    SC3028: "bash sets this variable, sh does not: it is empty.\n\n## Bad\n\n```dockerfile\nFROM debian:12\nRUN echo \"$RANDOM\"\n```\n\n## Good\n\n```dockerfile\nFROM debian:12\nSHELL [\"/bin/bash\", \"-c\"]\nRUN echo \"$RANDOM\"\n```\n\n## Fix\n\nBy hand: there is no automatic fix.",
    SC3030: "Arrays are bash's; sh takes them for a syntax error.\n\n## Bad\n\n```dockerfile\nFROM debian:12\nRUN a=(1 2) && make\n```\n\n## Good\n\n```dockerfile\nFROM debian:12\nSHELL [\"/bin/bash\", \"-c\"]\nRUN a=(1 2) && make\n```\n\n## Fix\n\nBy hand: there is no automatic fix.",
    SC3037: "What echo does with an option depends on the shell: dash prints -e.\n\n## Bad\n\n```dockerfile\nFROM debian:12\nRUN echo -e x\n```\n\n## Good\n\n```dockerfile\nFROM debian:12\nRUN printf 'x\\n'\n```\n\n## Fix\n\nBy hand: there is no automatic fix.",
    SC3040: "sh does not know this option and ends the script.\n\n## Bad\n\n```dockerfile\nFROM debian:12\nRUN set -o posix && make\n```\n\n## Good\n\n```dockerfile\nFROM debian:12\nRUN set -o errexit && make\n```\n\n## Fix\n\nBy hand: there is no automatic fix.",
    SC3043: "local is no part of sh, though many shells have it.\n\n## Bad\n\n```dockerfile\nFROM debian:12\nRUN f() { local a; a=1; }; f\n```\n\n## Good\n\n```dockerfile\nFROM debian:12\nRUN f() { a=1; }; f\n```\n\n## Fix\n\nBy hand: there is no automatic fix.",
    SC3046: "source is bash's name for the dot.\n\n## Bad\n\n```dockerfile\nFROM debian:12\nRUN source /etc/os-release\n```\n\n## Good\n\n```dockerfile\nFROM debian:12\nRUN . /etc/os-release\n```\n\n## Fix\n\nA safe fix is offered: `lint --fix` takes it.",
    SC3054: "Arrays are bash's; sh takes this for a bad substitution.\n\n## Bad\n\n```dockerfile\nFROM debian:12\nRUN echo \"${a[0]}\"\n```\n\n## Good\n\n```dockerfile\nFROM debian:12\nSHELL [\"/bin/bash\", \"-c\"]\nRUN a=(x) && echo \"${a[0]}\"\n```\n\n## Fix\n\nBy hand: there is no automatic fix.",
    SC3057: "`${x:1:2}` is bash's; sh takes it for a bad substitution.\n\n## Bad\n\n```dockerfile\nFROM debian:12\nRUN X=abc && echo \"${X:1:2}\"\n```\n\n## Good\n\n```dockerfile\nFROM debian:12\nRUN X=abc && echo \"$X\" | cut -c 2-3\n```\n\n## Fix\n\nBy hand: there is no automatic fix.",
    SC3060: "`${x/a/b}` is bash's; sh takes it for a bad substitution.\n\n## Bad\n\n```dockerfile\nFROM debian:12\nRUN X=abc && echo \"${X/a/b}\"\n```\n\n## Good\n\n```dockerfile\nFROM debian:12\nRUN X=abc && echo \"$X\" | sed s/a/b/\n```\n\n## Fix\n\nBy hand: there is no automatic fix.",
    SecretsUsedInArgOrEnv: "Values of ARG and ENV can be read in the image's history by everybody who has the image. Names are judged by whole words.\n\n## Bad\n\n```dockerfile\nFROM debian:12\nARG API_TOKEN\n```\n\n## Good\n\n```dockerfile\nFROM debian:12\nRUN --mount=type=secret,id=api make\n```\n\n## Fix\n\nBy hand: there is no automatic fix.",
    StageNameCasing: "Stage names do not mind the case, so that two ways of writing one name only confuse.\n\n## Bad\n\n```dockerfile\nFROM debian:12 AS Build\n```\n\n## Good\n\n```dockerfile\nFROM debian:12 AS build\n```\n\n## Fix\n\nA safe fix is offered: `lint --fix` takes it.",
    TSIB1001: "Without a USER the process of the container is root, unless the base image says otherwise. Only the final stage counts; images that are known to bring a user are left out.\n\n## Bad\n\n```dockerfile\nFROM debian:12\nCMD [\"server\"]\n```\n\n## Good\n\n```dockerfile\nFROM debian:12\nUSER 1000\nCMD [\"server\"]\n```\n\n## Fix\n\nBy hand: there is no automatic fix.",
    TSIB1002: "A RUN that only fetches the package index is kept in the cache. The install below it then asks for packages that are gone, or gets old ones.\n\n## Bad\n\n```dockerfile\nFROM debian:12\nRUN apt-get update\nRUN apt-get install -y --no-install-recommends curl=7.88.1-10\n```\n\n## Good\n\n```dockerfile\nFROM debian:12\nRUN apt-get update && apt-get install -y --no-install-recommends curl=7.88.1-10 && rm -rf /var/lib/apt/lists/*\n```\n\n## Fix\n\nBy hand: there is no automatic fix.",
    TSIB1003: "Without checks of certificates anybody on the way can put something else into the image. Add the certificate of a private authority instead.\n\n## Bad\n\n```dockerfile\nFROM debian:12\nRUN curl -k -O https://example.com/tool\n```\n\n## Good\n\n```dockerfile\nFROM debian:12\nRUN curl -O https://example.com/tool\n```\n\n## Fix\n\nBy hand: there is no automatic fix.",
    TSIB1004: "Packages that nobody signed may come from anybody. Add the key of the repository instead.\n\n## Bad\n\n```dockerfile\nFROM alpine:3.22\nRUN apk add --no-cache --allow-untrusted ./tool.apk\n```\n\n## Good\n\n```dockerfile\nFROM alpine:3.22\nCOPY key.rsa.pub /etc/apk/keys/\nRUN apk add --no-cache ./tool.apk\n```\n\n## Fix\n\nBy hand: there is no automatic fix.",
    TSIB1005: "A credential in the file is in the image too, and in the history of the repository. Found by its form (tokens of well-known services, private keys, passwords in URLs), or because a value with a telling name looks random.\n\n## Bad\n\n```dockerfile\nFROM debian:12\nENV SERVICE_KEY=q8Zr2LmX0vTn5KpWc7Jd\n```\n\n## Good\n\n```dockerfile\nFROM debian:12\nRUN --mount=type=secret,id=service make\n```\n\n## Fix\n\nBy hand: there is no automatic fix.",
    TSIB1006: "A file of this name holds credentials. COPY keeps it in a layer, even when a later RUN deletes it.\n\n## Bad\n\n```dockerfile\nFROM debian:12\nCOPY id_rsa /root/.ssh/\n```\n\n## Good\n\n```dockerfile\nFROM debian:12\nRUN --mount=type=ssh git clone git@example.com:a/b.git\n```\n\n## Fix\n\nBy hand: there is no automatic fix.",
    TSIB1007: "What comes over the network runs at once, with nobody having seen it: a cut or changed download runs too.\n\n## Bad\n\n```dockerfile\nFROM debian:12\nRUN curl -fsS https://example.com/install | sh\n```\n\n## Good\n\n```dockerfile\nFROM debian:12\nRUN curl -fsSO https://example.com/install && echo \"abc install\" | sha256sum -c && sh install\n```\n\n## Fix\n\nBy hand: there is no automatic fix.",
    TSIB1008: "A container lives as long as its first process. When that only starts a service and then waits, the end of the service goes unseen and docker stop does not reach it.\n\n## Bad\n\n```dockerfile\nFROM debian:12\nCMD service nginx start && tail -f /dev/null\n```\n\n## Good\n\n```dockerfile\nFROM debian:12\nCMD [\"nginx\", \"-g\", \"daemon off;\"]\n```\n\n## Fix\n\nBy hand: there is no automatic fix.",
    TSIB1009: "Each RUN has a shell of its own. A folder or variable that only this shell knows ends with it.\n\n## Bad\n\n```dockerfile\nFROM debian:12\nRUN cd /srv\n```\n\n## Good\n\n```dockerfile\nFROM debian:12\nWORKDIR /srv\n```\n\n## Fix\n\nA fix is offered for `cd`; look at it before you take it (`lint --fix=unsafe`): the WORKDIR holds for what follows, which the `cd` did not.",
    TSIB1010: "Union file systems and engines take about 127 layers, those of the base image included. Join RUN and COPY instructions.\n\n## Bad\n\n```dockerfile repeat-last=121\nFROM debian:12\nCOPY part /srv/\n```\n\n(and so on, 121 times)\n\n## Good\n\n```dockerfile\nFROM debian:12\nRUN make all\n```\n\n## Fix\n\nBy hand: there is no automatic fix.",
    TSIB1011: "An SSH server in a container is one more thing to keep safe. docker exec and kubectl exec look inside without one.\n\n## Bad\n\n```dockerfile\nFROM debian:12\nEXPOSE 22\n```\n\n## Good\n\n```dockerfile\nFROM debian:12\nEXPOSE 80\n```\n\n## Fix\n\nBy hand: there is no automatic fix.",
    TSIB1012: "These folders are the kernel's and are mounted over when the container starts: nothing that is put there stays.\n\n## Bad\n\n```dockerfile\nFROM debian:12\nWORKDIR /proc/app\n```\n\n## Good\n\n```dockerfile\nFROM debian:12\nWORKDIR /srv/app\n```\n\n## Fix\n\nBy hand: there is no automatic fix.",
    TSIB1013: "COPY sees nothing outside of the context: what climbs above its root is cut down to it, and another file is taken or none found.\n\n## Bad\n\n```dockerfile\nFROM debian:12\nCOPY ../shared /srv/\n```\n\n## Good\n\n```dockerfile\nFROM debian:12\nCOPY shared /srv/\n```\n\n## Fix\n\nBy hand: there is no automatic fix.",
    TSIB1014: "A distribution upgrade replaces what the base image brings, in one big layer nobody can repeat. Take a newer base image.\n\n## Bad\n\n```dockerfile\nFROM debian:12\nRUN apt-get update && apt-get -y dist-upgrade && rm -rf /var/lib/apt/lists/*\n```\n\n## Good\n\n```dockerfile\nFROM debian:12\n```\n\n## Fix\n\nBy hand: there is no automatic fix.",
    TSIB1015: "Packages that are only needed to build are best removed as a group: nothing is forgotten, and what was there before stays.\n\n## Bad\n\n```dockerfile\nFROM alpine:3.22\nRUN apk add --no-cache gcc=14.2.0-r6 && make && apk del gcc\n```\n\n## Good\n\n```dockerfile\nFROM alpine:3.22\nRUN apk add --no-cache --virtual .build gcc=14.2.0-r6 && make && apk del .build\n```\n\n## Fix\n\nBy hand: there is no automatic fix.",
    TSIB1016: "A password that is set while the image is built is the same in every container, and stands in the history.\n\n## Bad\n\n```dockerfile\nFROM debian:12\nRUN echo root:secret | chpasswd\n```\n\n## Good\n\n```dockerfile\nFROM debian:12\nUSER 1000\n```\n\n## Fix\n\nBy hand: there is no automatic fix.",
    TSIB1017: "An ignore comment with a slip of the keyboard silences nothing, and nobody notices.\n\n## Bad\n\n```dockerfile\nFROM debian:12\n# hadolint ignore=FromAsCasng\nRUN make\n```\n\n## Good\n\n```dockerfile\nFROM debian:12\n# hadolint ignore=FromAsCasing\nRUN make\n```\n\n## Fix\n\nBy hand: there is no automatic fix.",
    TSIB1018: "The shell goes on after a failed line of a heredoc, and only the last one decides whether RUN failed.\n\n## Bad\n\n```dockerfile\nFROM debian:12\nRUN <<EOF\nmake\nmake install\nEOF\n```\n\n## Good\n\n```dockerfile\nFROM debian:12\nRUN <<EOF\nset -e\nmake\nmake install\nEOF\n```\n\n## Fix\n\nBy hand: there is no automatic fix.",
    TSIB1019: "A layer keeps what it holds: a later RUN hides files, but the image is as big as before.\n\n## Bad\n\n```dockerfile\nFROM debian:12\nRUN apt-get update && apt-get install -y --no-install-recommends curl=7.88.1-10\nRUN rm -rf /var/lib/apt/lists/*\n```\n\n## Good\n\n```dockerfile\nFROM debian:12\nRUN apt-get update && apt-get install -y --no-install-recommends curl=7.88.1-10 && rm -rf /var/lib/apt/lists/*\n```\n\n## Fix\n\nBy hand: there is no automatic fix.",
    TSIB1020: "An image without a version is whatever is newest on the day of the build, for COPY --from as for FROM.\n\n## Bad\n\n```dockerfile\nFROM debian:12\nCOPY --from=example.com/tool:latest /tool /tool\n```\n\n## Good\n\n```dockerfile\nFROM debian:12\nCOPY --from=example.com/tool:1.2 /tool /tool\n```\n\n## Fix\n\nBy hand: there is no automatic fix.",
    TSIB1021: "A comment that no longer silences anything is left from what was mended since, and hides the next finding of the rule. Rules that are switched off, and those of ShellCheck, are not judged.\n\n## Bad\n\n```dockerfile\nFROM debian:12\n# hadolint ignore=DL3003\nRUN make\n```\n\n## Good\n\n```dockerfile\nFROM debian:12\n# hadolint ignore=DL3003\nRUN cd /srv && make\n```\n\n## Fix\n\nBy hand: there is no automatic fix.",
    TSIB1022: "A leading slash means the root of the context. A file of the machine that builds is out of reach, whatever its path.\n\n## Bad\n\n```dockerfile\nFROM debian:12\nCOPY /opt/tools /opt/tools\n```\n\n## Good\n\n```dockerfile\nFROM debian:12\nCOPY tools /opt/tools\n```\n\n## Fix\n\nBy hand: there is no automatic fix.",
    TSIB1023: "su and sudo start the service as their child and do not hand signals on as it needs them; they also want a terminal and a configuration. USER sets the user of the process, gosu and setpriv put the service in their own place.\n\n## Bad\n\n```dockerfile\nFROM debian:12\nCMD [\"su\", \"www\", \"-c\", \"server\"]\n```\n\n## Good\n\n```dockerfile\nFROM debian:12\nUSER www\nCMD [\"server\"]\n```\n\n## Fix\n\nBy hand: there is no automatic fix.",
    TSIB1024: "Quotes that a word processor or a web page made round are letters to the shell, and what looks like a JSON array is taken for shell text.\n\n## Bad\n\n```dockerfile\nFROM debian:12\nCMD [“server”, “--verbose”]\n```\n\n## Good\n\n```dockerfile\nFROM debian:12\nCMD [\"server\", \"--verbose\"]\n```\n\n## Fix\n\nBy hand: there is no automatic fix.",
    UndefinedArgInFrom: "FROM sees the ARGs above the first FROM and the platform's own, nothing else. What is not declared is empty.\n\n## Bad\n\n```dockerfile\nARG VERSION=12\nFROM debian:${VERSON}\n```\n\n## Good\n\n```dockerfile\nARG VERSION=12\nFROM debian:${VERSION}\n```\n\n## Fix\n\nBy hand: there is no automatic fix.",
    UndefinedVar: "A variable that nobody has set is empty, most often by a slip of the keyboard. Variables that well-known base images set are not told.\n\n## Bad\n\n```dockerfile\nFROM debian:12\nARG TARGET=/srv\nCOPY app $TARGT/app\n```\n\n## Good\n\n```dockerfile\nFROM debian:12\nARG TARGET=/srv\nCOPY app $TARGET/app\n```\n\n## Fix\n\nBy hand: there is no automatic fix.",
    WorkdirRelativePath: "The first WORKDIR of a stage and its parents starts from the folder of the base image, which may change.\n\n## Bad\n\n```dockerfile\nFROM debian:12\nWORKDIR app\n```\n\n## Good\n\n```dockerfile\nFROM debian:12\nWORKDIR /app\n```\n\n## Fix\n\nBy hand: there is no automatic fix.",
};


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

/***/ 6437:
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
// EXTERNAL MODULE: ./lib/dockerfile/lint/scope.js
var lint_scope = __webpack_require__(5854);
// EXTERNAL MODULE: ./lib/dockerfile/lint/context.js + 1 modules
var lint_context = __webpack_require__(6629);
;// CONCATENATED MODULE: ./lib/dockerfile/lint/variables.js


/** What a base image without a PATH of its own gets, and scratch (moby's default for Linux). */
const DEFAULT_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
function addEnv(scope, { pairs }, escapeChar) {
    // All pairs of one ENV see the state before it.
    const expanded = pairs.map(({ value }) => (0,lint_scope/* expandIn */.WP)(value.value, scope, escapeChar)?.value ?? value.value);
    for (const [index, { key }] of pairs.entries())
        scope.set(key.value, expanded[index] ?? '');
}
/**
 * All instructions of all stages, FROMs left out, each with its scope, by way of the stages that theirs is built from and of the ONBUILD
 * triggers that FROM runs. A stage comes before those that are built from it; each is walked over once. What stands before the first FROM belongs to no
 * stage.
 */
function* walkScopes(context) {
    // A derived stage starts with the environment of its parent; ARGs are not handed down as values, but BuildKit keeps them too.
    const scope = new lint_scope/* GrowingScope */.Ee([['PATH', DEFAULT_PATH]]);
    const { roots, children } = familyOf(context.stages);
    const steps = roots.toReversed();
    for (let step = steps.pop(); step !== undefined; step = steps.pop()) {
        if (typeof step === 'number') {
            scope.shrink(step);
            continue;
        }
        steps.push(scope.size);
        for (const instruction of step.instructions) {
            if (step.from !== undefined || context.onbuild)
                yield { instruction, scope };
            apply(context, scope, instruction);
        }
        const built = children.get(step);
        if (built === undefined)
            continue;
        for (const trigger of (0,lint_context/* triggersOf */.XJ)(step))
            apply(context, scope, trigger);
        for (const child of built.toReversed())
            steps.push(child);
    }
}
function apply(context, scope, instruction) {
    if (instruction.kind === 'env')
        addEnv(scope, instruction, context.file.directives.escape);
    if (instruction.kind === 'arg')
        addStageArg(context, scope, instruction);
}
/** The stages that are built from none of these, and those that are built from each. */
function familyOf(stages) {
    const children = new Map();
    const roots = [];
    const known = new Set(stages);
    for (const stage of stages) {
        const { parent } = stage;
        if (parent === undefined || !known.has(parent))
            roots.push(stage);
        else {
            const others = children.get(parent) ?? [];
            others.push(stage);
            children.set(parent, others);
        }
    }
    return { roots, children };
}
/** A bare ARG takes the value of the global one; an ENV of the same name keeps the upper hand. */
function addStageArg(context, scope, instruction) {
    const { buildArgs = {} } = context.config;
    const outer = (0,lint_scope/* globalScope */.gm)(context, context.config.buildArgs);
    const bare = new Set(instruction.pairs.filter(({ value }) => value === undefined).map(({ key }) => key.value));
    const given = (name) => buildArgs[name] ?? (bare.has(name) ? outer.values.get(name) : undefined);
    (0,lint_scope/* addArg */.O8)(scope, instruction, given, context.file.directives.escape);
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
        for (const { instruction, scope } of walkScopes(context)) {
            if (!isFromContext(instruction))
                continue;
            for (const { value, at } of instruction.sources) {
                const path = (0,lint_scope/* expandIn */.WP)(value, scope, context.file.directives.escape)?.value ?? value;
                if (/^(?:https?|git|ssh):\/\/|^git@/.test(path) || !excludes(path))
                    continue;
                yield { message: `${value} is excluded by the ignore file`, at };
            }
        }
    },
};
function isFromContext(instruction) {
    return (instruction.kind === 'copy' || instruction.kind === 'add') && instruction.from === undefined;
}
/** With `!` patterns the answer needs the files themselves: no check then, as in BuildKit. */
function excluder(text) {
    if (text === undefined)
        return undefined;
    const patterns = (0,ignore/* readIgnoreFile */.rj)(text);
    try {
        const matcher = (0,ignore/* ignoreMatcher */.NJ)(patterns);
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
        // What is wrong with the file is told by itself.
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
    security: 4,
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

// EXTERNAL MODULE: ./lib/dockerfile/mapped-text.js
var mapped_text = __webpack_require__(5219);
// EXTERNAL MODULE: ./lib/dockerfile/source.js
var dockerfile_source = __webpack_require__(901);
// EXTERNAL MODULE: ./lib/dockerfile/lint/shell/command-view.js
var command_view = __webpack_require__(938);
;// CONCATENATED MODULE: ./lib/dockerfile/lint/appended-command.js

/**
 * Puts a command at the end of a RUN, to run when all before it went well; undefined for scripts of which that cannot be said: heredocs,
 * exec forms, something left in the background, an end that is never reached.
 */
function appendedCommand({ script, run, context }, command) {
    const last = plainEnd(script, run);
    if (last === undefined)
        return undefined;
    // The last character is written anew: what stands behind it may be a continuation, or a comment of the shell.
    const at = { start: last.end - 1, end: last.end };
    return [{ at, text: `${script.text.value.slice(at.start, at.end)}${joint(context, run)}${command}` }];
}
/** The last statement of a shell-form RUN behind which another command can be put. */
function plainEnd(script, run) {
    const { statements } = script.parsed.script;
    const last = statements.at(-1);
    if (last === undefined || run.command.form === 'exec' || run.heredocs.length > 0)
        return undefined;
    if (script.parsed.problems.length > 0 || last.operator !== '')
        return undefined;
    if (statements.some(({ operator }) => operator === '&'))
        return undefined;
    const ends = last.pipeline.commands.some((one) => one.kind === 'simple' && ['exec', 'exit'].includes((0,command_view/* viewOf */.du)(one)?.name ?? ''));
    return ends ? undefined : last;
}
/** `&&`, on a line of its own where the RUN has several. */
function joint({ file }, run) {
    const text = file.text.slice(run.at.start.offset, run.at.end.offset);
    if (!text.includes('\n'))
        return ' && ';
    const indent = /\n([ \t]*)&&/.exec(text)?.[1] ?? '    ';
    return ` ${file.directives.escape}${lineEnd(file.text)}${indent}&& `;
}
/** As the file has it. */
function lineEnd(text) {
    return /\r?\n/.exec(text)?.[0] ?? '\n';
}

;// CONCATENATED MODULE: ./lib/dockerfile/lint/line-above.js



/** Puts a line above an instruction, and above the comment lines directly before it, which are about the instruction. */
function lineAbove({ file }, { at }, line) {
    const source = (0,mapped_text/* sourceOf */.vz)(file);
    let first = at.start.line;
    while (first > 1 && /^[ \t]*#/.test(lineAt(first - 1)))
        first -= 1;
    const offset = source.lineStarts[first - 1] ?? 0;
    return { at: (0,dockerfile_source/* rangeBetween */.yb)(source, offset, offset), text: `${line}${lineEnd(file.text)}` };
    function lineAt(number) {
        return file.text.slice(source.lineStarts[number - 1], source.lineStarts[number]);
    }
}

;// CONCATENATED MODULE: ./lib/dockerfile/lint/cd-to-workdir.js




/**
 * Makes a WORKDIR of the `cd` that a RUN begins with. It stays for what follows, and makes a folder that is not there: unsafe. Undefined where
 * the folder is known to the shell alone.
 */
function workdirFix(context, run, script) {
    const [first, second] = script.parsed.script.statements;
    if (first === undefined || run.command.form === 'exec' || run.heredocs.length > 0)
        return undefined;
    const path = script.parsed.problems.length > 0 ? undefined : folderOf(first);
    if (path === undefined)
        return undefined;
    const { file } = context;
    const title = `Write WORKDIR ${path}`;
    const keyword = run.keyword.value === run.keyword.value.toLowerCase() ? 'workdir' : 'WORKDIR';
    if (second === undefined) {
        if (first.operator !== '' || run.flags.length > 0 || script.text.value.slice(first.end).trim() !== '')
            return undefined;
        const at = (0,dockerfile_source/* rangeBetween */.yb)((0,mapped_text/* sourceOf */.vz)(file), run.at.start.offset, script.rangeOf(first).end.offset);
        return { title, safety: 'unsafe', edits: [{ at, text: `${keyword} ${path}` }] };
    }
    const at = (0,dockerfile_source/* rangeBetween */.yb)((0,mapped_text/* sourceOf */.vz)(file), script.rangeOf(first).start.offset, script.rangeOf(second).start.offset);
    // What RUN would take for a flag is none behind cd.
    if (script.text.value.startsWith('--', second.start))
        return undefined;
    // A comment between the two would be lost.
    if (first.operator !== '&&' || /#/.test(file.text.slice(at.start.offset, at.end.offset)))
        return undefined;
    return {
        title,
        safety: 'unsafe',
        edits: [lineAbove(context, run, `${keyword} ${path}`), { at, text: '' }],
    };
}
/** The folder of a `cd` with a path that is spelt out. */
function folderOf({ pipeline }) {
    const [command, piped] = pipeline.commands;
    if (command?.kind !== 'simple' || piped !== undefined || command.redirects.length > 0)
        return undefined;
    const [, folder, more] = command.words;
    if ((0,command_view/* viewOf */.du)(command)?.name !== 'cd' || folder === undefined || more !== undefined)
        return undefined;
    const path = (0,command_view/* wordText */.en)(folder);
    return (0,command_view/* isConstant */.VO)(folder) && /^[\w./@+][\w./@+-]*$/.test(path) ? path : undefined;
}

;// CONCATENATED MODULE: ./lib/dockerfile/lint/rules/dl3003.js


/** A folder change in RUN ends with the RUN. */
const dl3003 = (0,command_rule/* commandRule */.Ip)({ id: 'DL3003', severity: 'warning', title: 'WORKDIR instead of cd' }, ({ commands, context, run, script }) => {
    const cd = commands.find(({ name }) => name === 'cd');
    return cd === undefined
        ? undefined
        : {
            at: cd,
            message: 'cd holds for this RUN only: set the folder with WORKDIR',
            fileFix: workdirFix(context, run, script),
        };
});

;// CONCATENATED MODULE: ./lib/dockerfile/lint/rules/dl3004.js

const dl3004 = (0,command_rule/* commandRule */.Ip)({ id: 'DL3004', severity: 'error', title: 'No sudo', onbuild: true }, ({ commands, script }) => {
    const all = commands.filter(({ name }) => name === 'sudo');
    const [first] = all;
    if (first === undefined)
        return undefined;
    return {
        at: first,
        message: 'RUN is root unless USER says otherwise: sudo only breaks signals and terminals',
        fix: withoutSudo(all, script.text.value),
    };
});
/** Only where each is followed by nothing but the command. The base image may have a user of its own. */
function withoutSudo(all, text) {
    const edits = all.flatMap(({ nameWord, args: [command], through }) => {
        if (command === undefined || through.length > 0 || /^-|=/.test(command.value))
            return [];
        const plain = text.slice(nameWord.start, nameWord.end) === 'sudo' && text.slice(nameWord.end, command.start) === ' ';
        return plain ? [{ at: { start: nameWord.start, end: command.start }, text: '' }] : [];
    });
    return edits.length < all.length ? undefined : { title: 'Remove sudo', safety: 'unsafe', edits };
}

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
    const expanded = (0,lint_scope/* expandIn */.WP)(raw, (0,lint_scope/* globalScope */.gm)(context, context.config.buildArgs), context.file.directives.escape);
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

;// CONCATENATED MODULE: ./lib/dockerfile/lint/pin-message.js

/** Names that a message tells. */
const MOST = 8;
/** `Pin the versions of a, b, c and 9 more (…)`; `how`: an example of a pinned package. */
function pinMessage(packages, how) {
    const names = packages.slice(0, MOST + 1).map(({ value }) => value.replaceAll(command_view/* SUBSTITUTION */.eA, '$(…)'));
    const all = packages.length <= MOST + 1
        ? names.join(', ')
        : `${names.slice(0, MOST).join(', ')} and ${packages.length - MOST} more`;
    return `Pin the version${packages.length === 1 ? '' : 's'} of ${all} (${how})`;
}

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
        return { at: first, message: pinMessage(loose, 'apt-get install <package>=<version>') };
    }
    return undefined;
});

;// CONCATENATED MODULE: ./lib/dockerfile/lint/clean-up.js

/**
 * Ends a RUN with a command that deletes what one of its commands left behind. Undefined where that one runs as somebody else, or where nothing
 * can be put behind the script.
 */
function cleanUp(view, facts, command, safety = 'safe') {
    const edits = view.through.length > 0 ? undefined : appendedCommand(facts, command);
    return edits === undefined ? undefined : { title: `Add && ${command}`, safety, edits };
}

;// CONCATENATED MODULE: ./lib/dockerfile/lint/rules/dl3009.js




const LISTS = '/var/lib/apt/lists';
/** Package lists left in the layer are dead weight. */
const dl3009 = (0,command_rule/* commandRule */.Ip)({
    id: 'DL3009',
    severity: 'info',
    title: 'apt lists are deleted in the RUN that fetched them',
    onbuild: true,
}, ({ commands, elsewhere, run, context, script }) => {
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
    if (commands.some(deletesLists) || elsewhere(deletesLists))
        return undefined;
    const safety = laterUse(context, run);
    return {
        at: update,
        fix: safety === undefined
            ? undefined
            : cleanUp(update, { run, context, script }, `rm -rf ${LISTS}/*`, safety),
        message: `The package lists stay in the layer: end the RUN with rm -rf ${LISTS}/* or mount a cache there`,
    };
});
function deletesLists(view) {
    return view.name === 'rm' && (0,command_view/* hasArg */.nb)(view, '-rf', `${LISTS}/*`);
}
const APT = ['apt', 'apt-get', 'aptitude'];
/**
 * How safe it is to delete the lists: undefined when a later RUN installs by them without fetching them again, unsafe when one runs scripts of which
 * nothing is known.
 */
function laterUse(context, run) {
    const { needed, unknown } = lastUses(context).get(context.stageOf(run)) ?? { needed: -1, unknown: -1 };
    const { offset } = run.at.start;
    if (needed > offset)
        return undefined;
    return unknown > offset ? 'unsafe' : 'safe';
}
function lastUses(context) {
    const before = known.get(context);
    if (before !== undefined)
        return before;
    const uses = new Map();
    for (const run of context.all('run')) {
        const commands = context.scripts(run).flatMap((script) => script.commands);
        const first = commands.find(({ name }) => APT.includes(name));
        const needs = first !== undefined && !(0,command_view/* hasArg */.nb)(first, 'update');
        const unknown = commands.some(isUnknown);
        if (!needs && !unknown)
            continue;
        const { offset } = run.at.start;
        const last = { needed: needs ? offset : -1, unknown: unknown ? offset : -1 };
        raise(uses, context.stageOf(run), last);
    }
    // Stages come after those that they are built from.
    for (const stage of context.stages.toReversed()) {
        const last = uses.get(stage);
        if (stage.parent !== undefined && last !== undefined)
            raise(uses, stage.parent, last);
    }
    known.set(context, uses);
    return uses;
}
function raise(uses, stage, { needed, unknown }) {
    const last = uses.get(stage);
    uses.set(stage, {
        needed: Math.max(needed, last?.needed ?? -1),
        unknown: Math.max(unknown, last?.unknown ?? -1),
    });
}
const known = new WeakMap();
function isUnknown({ name }) {
    return /[/$]/.test(name) || ['sh', 'bash', '.', 'source', 'eval'].includes(name);
}

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
/** Tar inside, plain or compressed, under names that hadolint does not list; case is no matter for what is in the file. */
const TAR_INSIDE = /\.(?:tar(?:[.-][^/]*)?|zst|tzst|t?bz2?|tb2|tgz|txz|t?lz|lzma|gz|xz|crate|gem|apk|box|ova|oci|cbt|pax|ustar|unitypackage)$/i;
/** Kinds of files that hold text, pictures or programs, or are archives of other kinds (zip, ar, cpio). */
const OTHER_KINDS = new RegExp(`\\.(?:${[
    'txt md rst adoc html? xml xsl xsd svg css scss less json5? jsonc jsonl ndjson ya?ml toml ini cfg conf config cnf properties env csv tsv',
    'service socket timer repo list sources rules crt cer pem key pub asc gpg lock sum mod log diff patch sql proto graphql tmpl tpl j2',
    'sh bash zsh fish ksh ps1 bat cmd py pyi rb pl pm php lua tcl r jl js mjs cjs jsx ts mts cts tsx vue go rs c h cc cpp hpp java kt kts scala groovy',
    'cs fs swift ex exs erl hs ml clj el vim awk gradle cmake mk',
    'png jpe?g gif ico webp bmp tiff? ttf otf woff2? mp3 mp4 wav pdf',
    'jar war ear zip whl egg nupkg vsix docx? xlsx? pptx? 7z rar deb udeb rpm so dll dylib exe msi class pyc o a wasm',
]
    .join(' ')
    .replaceAll(' ', '|')})$`, 'i');
/**
 * What ADD of a local file comes to, as far as its name tells (BuildKit asks the content alone): `copy` for a folder and for kinds of files that are no
 * tar archive, `unpack` for kinds that are, else `unknown`.
 */
function effectOfAdd(name) {
    if (/^\.{0,2}$|\/\.{0,2}$/.test(name) || OTHER_KINDS.test(name))
        return 'copy';
    return TAR_INSIDE.test(name) ? 'unpack' : 'unknown';
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
            const unpacked = lastUnpacked(context, stage);
            for (const copy of context.of(stage, 'copy')) {
                const name = archivesOf(copy).find((one) => (unpacked.get(one) ?? -1) > copy.at.start.offset);
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
/** The offset of the last RUN that unpacks a file of each name. */
function lastUnpacked(context, stage) {
    const last = new Map();
    if (context.of(stage, 'copy').length === 0)
        return last;
    for (const run of context.of(stage, 'run')) {
        const views = context.scripts(run).flatMap(({ commands }) => commands.filter(unpacks));
        for (const view of views) {
            for (const { value } of (0,command_view/* plainArgs */.IE)(view))
                last.set(basename(value), run.at.start.offset);
        }
    }
    return last;
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
    return {
        at: first,
        message: pinMessage(loose, 'pip install <package>==<version> or -r <file>'),
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
    return { at: first, message: pinMessage(loose, 'npm install <package>@<version>') };
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
    return { at: first, message: pinMessage(loose, 'apk add <package>=<version>') };
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
    const sources = add.sources.map(({ value }) => unquote(value));
    const plain = sources.every((value) => /^[\w./-]+$/.test(value) && effectOfAdd(value) !== 'unpack');
    const flags = add.flags.some(({ name }) => ['checksum', 'keep-git-dir', 'unpack'].includes(name));
    if (!plain || flags)
        return { message, at: add.at };
    const copy = add.keyword.value === add.keyword.value.toLowerCase() ? 'copy' : 'COPY';
    return {
        message,
        at: add.at,
        fix: {
            title: 'Use COPY',
            safety: sources.every((value) => effectOfAdd(value) === 'copy') ? 'safe' : 'unsafe',
            edits: [{ at: add.keyword.at, text: copy }],
        },
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
                fix: isPlain(value)
                    ? { title: 'Add the slash', safety: 'safe', edits: [{ at, text: withSlash(value) }] }
                    : undefined,
            };
        }
    },
};
/** No quotes but one pair around all of it. */
function isPlain(value) {
    return /^(["']?)[^"']+\1$/.test(value);
}
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
        const first = new Map();
        for (const { index, alias } of context.stages) {
            const name = alias?.toLowerCase();
            if (name !== undefined && !first.has(name))
                first.set(name, index);
        }
        for (const copy of context.all('copy')) {
            const { from } = copy;
            if (from === undefined || from.value.includes(':'))
                continue;
            if (isKnown(first, context.stageOf(copy), from.value))
                continue;
            yield { message: `No earlier stage is called ${from.value}`, at: from.at };
        }
    },
};
/** `first`: the number of the first stage of each name, in lower case. */
function isKnown(first, stage, name) {
    const number = /^\d+/.exec(name)?.[0];
    if (number !== undefined && Number(number) <= stage.index)
        return true;
    return (first.get(name.toLowerCase()) ?? Number.POSITIVE_INFINITY) <= stage.index;
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
    security: 6.5,
    title: 'Images come from trusted registries',
    *check(context) {
        const trusted = context.config.trustedRegistries ?? [];
        if (trusted.length === 0)
            return;
        for (const { name, at } of imagesOf(context)) {
            const image = resolveImage(context, name);
            if (isTrusted(image.registry, image.name, trusted))
                continue;
            yield {
                message: `${name} comes from ${image.registry ?? 'docker.io'}, which is not on the list of trusted registries`,
                at,
            };
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
            aliases.add(instruction.alias.value.toLowerCase());
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
    return !aliases.has(name.toLowerCase()) && !/^\d+$/.test(name);
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
    return { at: first, message: pinMessage(loose, 'gem install <gem>:<version>') };
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

// EXTERNAL MODULE: ./lib/dockerfile/lint/inherited-names.js
var inherited_names = __webpack_require__(7501);
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
    if (!value.includes('-'))
        return false;
    if (value.endsWith('.rpm'))
        return true;
    if (value.includes('$'))
        return [...value.matchAll(/\$\{(\w+)\}/g)].some(([, name]) => rpm_isKnown(name ?? '', run, context));
    const parts = value.split('-').slice(1);
    return (parts.every((part) => /^[0-9A-Za-z.~^_:+]+$/.test(part)) && parts.some((part) => /^[0-9]/.test(part)));
}
/** An ENV of the stage or any ARG: its value is pinned where it is set. */
function rpm_isKnown(name, run, context) {
    if (argNames(context).has(name))
        return true;
    const stage = context.stageOf(run);
    if (envNames(context, stage).has(name))
        return true;
    const { parent } = stage;
    return (parent !== undefined && (envNames(context, parent).has(name) || handedDown(context).has(parent, name)));
}
function argNames(context) {
    const before = args.get(context);
    if (before !== undefined)
        return before;
    const names = new Set(context.all('arg').flatMap(({ pairs }) => pairs.map(({ key }) => key.value)));
    args.set(context, names);
    return names;
}
function envNames(context, stage) {
    const before = envs.get(stage);
    if (before !== undefined)
        return before;
    const names = new Set(context.of(stage, 'env').flatMap(({ pairs }) => pairs.map(({ key }) => key.value)));
    envs.set(stage, names);
    return names;
}
function handedDown(context) {
    const before = handed.get(context);
    if (before !== undefined)
        return before;
    const names = new inherited_names/* InheritedNames */.H(context.written, (stage) => envNames(context, stage));
    handed.set(context, names);
    return names;
}
const handed = new WeakMap();
const args = new WeakMap();
const envs = new WeakMap();
/** The first `install` without a later clean-up by the same tool or `rm`, nor one in another script of the RUN. */
function uncleanedInstall({ commands, elsewhere }, tools, verbs, cache) {
    const index = commands.findIndex((view) => tools.includes(view.name) && (0,command_view/* hasArg */.nb)(view, ...verbs));
    if (index === -1)
        return undefined;
    const install = commands[index];
    const cleans = (later) => cleansUp(later, tools, cache);
    return commands.slice(index + 1).some(cleans) || elsewhere(cleans, tools.join()) ? undefined : install;
}
function cleansUp(view, tools, cache) {
    if (tools.includes(view.name))
        return (0,command_view/* hasArg */.nb)(view, 'clean', 'all');
    return view.name === 'rm' && (0,command_view/* hasArg */.nb)(view, '-rf', ...cache);
}

;// CONCATENATED MODULE: ./lib/dockerfile/lint/rules/dl3032.js



const dl3032 = (0,command_rule/* commandRule */.Ip)({ id: 'DL3032', severity: 'warning', title: 'yum clean all after installing', onbuild: true }, ({ commands, elsewhere, ...facts }) => {
    const view = uncleanedInstall({ commands, elsewhere }, ['yum'], ['install'], ['/var/cache/yum/*']);
    return view === undefined
        ? undefined
        : {
            at: view,
            message: 'The package cache stays: add && yum clean all',
            fix: cleanUp(view, facts, 'yum clean all'),
        };
});

;// CONCATENATED MODULE: ./lib/dockerfile/lint/rules/dl3033.js



const dl3033 = (0,command_rule/* commandRule */.Ip)({ id: 'DL3033', severity: 'warning', title: 'yum install with versions', onbuild: true }, ({ commands, run, context }) => {
    const loose = commands
        .filter(({ name }) => name === 'yum')
        .flatMap((view) => unpinnedRpms(view, run, context, false));
    const [first] = loose;
    if (first === undefined)
        return undefined;
    return { at: first, message: pinMessage(loose, 'yum install <package>-<version>') };
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




const dl3036 = (0,command_rule/* commandRule */.Ip)({ id: 'DL3036', severity: 'warning', title: 'zypper clean after installing', onbuild: true }, ({ commands, elsewhere, run, ...facts }) => {
    if ((0,lint_context/* hasCacheMount */.El)(run, '/var/cache/zypp'))
        return undefined;
    const index = commands.findIndex((one) => one.name === 'zypper' && (0,command_view/* hasArg */.nb)(one, 'install', 'in'));
    const view = commands[index];
    if (view === undefined)
        return undefined;
    const cleans = (one) => one.name === 'zypper' && (0,command_view/* hasArg */.nb)(one, 'clean', 'cc');
    if (commands.slice(index + 1).some(cleans) || elsewhere(cleans))
        return undefined;
    const fix = cleanUp(view, { run, ...facts }, 'zypper clean');
    return { at: view, message: 'The package cache stays: add && zypper clean', fix };
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
    return { at: first, message: pinMessage(loose, 'zypper install <package>=<version>') };
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
const dl3040 = (0,command_rule/* commandRule */.Ip)({ id: 'DL3040', severity: 'warning', title: 'dnf clean all after installing', onbuild: true }, ({ commands, elsewhere, run, ...facts }) => {
    if ((0,lint_context/* hasCacheMount */.El)(run, '/var/cache/libdnf5') || (0,lint_context/* hasCacheMount */.El)(run, '.cache/libdnf5'))
        return undefined;
    for (const tool of ['dnf', 'microdnf']) {
        const view = uncleanedInstall({ commands, elsewhere }, [tool], dl3040_VERBS, ['/var/cache/libdnf5*']);
        if (view === undefined)
            continue;
        const fix = cleanUp(view, { run, ...facts }, `${tool} clean all`);
        return { at: view, message: `The package cache stays: add && ${tool} clean all`, fix };
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
    return { at: first, message: pinMessage(loose, 'dnf install <package>-<version>') };
});

// EXTERNAL MODULE: ./lib/dockerfile/lint/inherited.js
var inherited = __webpack_require__(7268);
// EXTERNAL MODULE: ./lib/dockerfile/lint/last-before.js
var last_before = __webpack_require__(3378);
;// CONCATENATED MODULE: ./lib/dockerfile/lint/rules/dl3042.js







const TRUE = /^(?:1|[Tt]rue|TRUE|[Oo]n|ON|[Yy]es|YES)$/;
const VARIABLE = 'PIP_NO_CACHE_DIR';
const dl3042 = (0,command_rule/* commandRule */.Ip)({ id: 'DL3042', severity: 'warning', title: 'pip install with --no-cache-dir', onbuild: true }, ({ commands, run, context }) => {
    const view = commands.find((one) => isPipInstall(one) && !(0,command_view/* hasArg */.nb)(one, '--no-cache-dir') && !isOther(one));
    if (view === undefined)
        return undefined;
    if ((0,lint_context/* hasCacheMount */.El)(run, '.cache/pip') || environmentSays(context, run) || scriptsSay(context, run)) {
        return undefined;
    }
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
    const stage = context.stageOf(run);
    const own = (0,last_before/* lastBefore */.k)(ownSettings(stage), run.at.start.offset);
    const last = own ?? ofTriggers(stage) ?? (stage.parent === undefined ? undefined : lastSetting(stage.parent));
    const value = last?.pairs.findLast(({ key }) => key.value === VARIABLE)?.value.value;
    return value !== undefined && TRUE.test(unquote(value));
}
/** The ENVs that set the variable. */
function ownSettings(stage) {
    const before = settings.get(stage);
    if (before !== undefined)
        return before;
    const found = stage.instructions.filter(isSetting);
    settings.set(stage, found);
    return found;
}
function isSetting(one) {
    return one.kind === 'env' && one.pairs.some(({ key }) => key.value === VARIABLE);
}
function ofTriggers(stage) {
    return (0,lint_context/* triggersRun */.fp)(stage).findLast(isSetting);
}
const settings = new WeakMap();
const lastSetting = (0,inherited/* inherited */.J)((stage) => ownSettings(stage).at(-1) ?? ofTriggers(stage));
/** A RUN may have a script for each of its heredocs, which all ask. */
function scriptsSay(context, run) {
    const before = said.get(run);
    if (before !== undefined)
        return before;
    const says = context.scripts(run).some(scriptSays);
    said.set(run, says);
    return says;
}
const said = new WeakMap();
function scriptSays({ text, commands }) {
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

// EXTERNAL MODULE: ./lib/dockerfile/expand.js + 2 modules
var expand = __webpack_require__(2460);
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
                const name = selfReference(instruction, known, context.file.directives.escape);
                const at = instruction.at;
                if (name !== undefined)
                    yield { message: `${name} has no value yet: set it in an ENV of its own above`, at };
            }
            for (const { key } of instruction.pairs)
                known.add(key.value);
        }
    },
};
/** The first name that one pair refers to and another one sets. */
function selfReference({ pairs }, known, escapeChar) {
    const set = new Map();
    for (const { key } of pairs)
        set.set(key.value, (set.get(key.value) ?? 0) + 1);
    for (const { key, value } of pairs) {
        for (const name of dl3044_namesIn(value.value, escapeChar)) {
            const others = (set.get(name) ?? 0) - (name === key.value ? 1 : 0);
            if (others > 0 && !known.has(name))
                return name;
        }
    }
    return undefined;
}
/** The names that the builder looks up for a value; every one has some value here, so that all of `${a:?b}` is read. */
function dl3044_namesIn(value, escapeChar) {
    if (!value.includes('$'))
        return [];
    try {
        return (0,expand/* expandWord */.Vo)(value, { get: () => 'x' }, { escape: escapeChar }).matched;
    }
    catch {
        // The build refuses it.
        return [];
    }
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
    const own = (0,last_before/* lastBefore */.k)(context.of(stage, 'workdir'), copy.at.start.offset);
    if (own !== undefined || workdirOf((0,lint_context/* triggersRun */.fp)(stage)) !== undefined)
        return true;
    return stage.parent !== undefined && setsWorkdir(stage.parent) !== undefined;
}
const setsWorkdir = (0,inherited/* inherited */.J)((stage) => workdirOf(stage.instructions) ?? workdirOf((0,lint_context/* triggersRun */.fp)(stage)));
function workdirOf(instructions) {
    return instructions.find(({ kind }) => kind === 'workdir');
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
        const next = args[index + 1]?.value ?? '';
        if (/^-[a-zA-Z]*u$/.test(value))
            return next;
        // A variable's name is as long as it is, whatever its number.
        if (value === '--uid')
            return /^\d+$/.test(next) ? next : '';
        const own = /^(?:--uid=|-[a-zA-Z]*u)(\d+)$/.exec(value)?.[1];
        if (own !== undefined)
            return own;
    }
    return '';
}

;// CONCATENATED MODULE: ./lib/dockerfile/lint/base-shell.js


/** Official images that come with bash, by the last part of their name. Their Alpine variants do not. */
const WITH_BASH = new Set([
    'almalinux',
    'amazonlinux',
    'archlinux',
    'buildpack-deps',
    'centos',
    'debian',
    'eclipse-temurin',
    'fedora',
    'golang',
    'gradle',
    'httpd',
    'maven',
    'mariadb',
    'mysql',
    'nginx',
    'node',
    'openjdk',
    'perl',
    'php',
    'postgres',
    'python',
    'rockylinux',
    'ruby',
    'rust',
    'tomcat',
    'ubi8',
    'ubi9',
    'ubi10',
    'ubuntu',
]);
/** The shell with pipefail that the base image of a stage is known to have. */
function pipefailShell(context, stage) {
    const image = fromImage(context, (0,lint_context/* rootOf */.I5)(stage));
    if (image === undefined)
        return undefined;
    const name = image.name.split('/').at(-1) ?? '';
    if (name === 'alpine' || /alpine/.test(image.tag ?? ''))
        return '/bin/ash';
    return WITH_BASH.has(name) && !/windows|nanoserver|distroless/.test(image.tag ?? '')
        ? '/bin/bash'
        : undefined;
}

;// CONCATENATED MODULE: ./lib/dockerfile/lint/rules/dl3047.js



const QUIET = ['progress', 'q', 'quiet', 'o', 'output-file', 'a', 'append-output', 'no-verbose'];
const dl3047 = (0,command_rule/* commandRule */.Ip)({ id: 'DL3047', severity: 'info', title: 'wget with --progress', onbuild: true }, ({ commands, context, run }) => {
    const view = commands.find((one) => one.name === 'wget' && !(0,command_view/* hasFlag */.Lt)(one, ...QUIET) && !(0,command_view/* hasArg */.nb)(one, '-nv'));
    if (view === undefined)
        return undefined;
    // busybox has a wget of the same name and without that option.
    const option = isOfBusybox(context, context.stageOf(run)) ? '-q' : '--progress=dot:giga';
    return {
        at: view,
        message: `wget fills the log with its progress bar: add ${option}`,
        fix: { title: `Add ${option}`, safety: 'unsafe', edits: [(0,command_rule/* appended */.YP)(view.nameWord, 'wget', option)] },
    };
});
/** An Alpine image into which the stage installs no other wget. */
function isOfBusybox(context, stage) {
    if (pipefailShell(context, stage) !== '/bin/ash')
        return false;
    const before = installs.get(stage);
    if (before !== undefined)
        return !before;
    const commands = context
        .of(stage, 'run')
        .flatMap((run) => context.scripts(run))
        .flatMap((one) => one.commands);
    const found = commands.some((one) => one.name === 'apk' && (0,command_view/* hasArg */.nb)(one, 'add') && one.args.some(({ value }) => /^wget\b/.test(value)));
    installs.set(stage, found);
    return !found;
}
/** Every RUN of a stage asks. */
const installs = new WeakMap();

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
    const nearest = (0,inherited/* inherited */.J)((stage) => (hasLabel(context, stage, label) ? stage : undefined));
    const labelled = stages.filter((stage) => hasLabel(context, stage, label));
    const copied = new Set(context.all('copy').map(({ from }) => from?.value.toLowerCase()));
    const bases = new Set(labelled.filter(({ alias }) => alias === undefined).map(({ from }) => from?.image.value.toLowerCase()));
    return stages.filter((stage) => {
        if (nearest(stage) !== undefined)
            return false;
        const name = stage.alias?.toLowerCase();
        return name === undefined || !(copied.has(name) || bases.has(name));
    });
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
        const name = unquote(key.value);
        const own = Object.hasOwn(schema, name) ? schema[name] : undefined;
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
        const checked = checkedStages(context);
        for (const stage of context.stages) {
            const { from } = stage;
            if (from === undefined || checked.has(stage))
                continue;
            yield {
                message: 'The image has no HEALTHCHECK (write HEALTHCHECK NONE when it needs none)',
                at: from.at,
            };
        }
    },
};
/** Stages that have a check, of their own or by way of the stages below, and those that one with a check is built from. */
function checkedStages(context) {
    const checked = new Set();
    const withOwn = context.stages.filter((stage) => context.of(stage, 'healthcheck').length > 0);
    // Whatever is above a stage that was here has been here.
    const above = new Set();
    for (const own of withOwn) {
        for (let at = own; at !== undefined && !above.has(at); at = at.parent)
            above.add(at);
    }
    const inherits = new Set(withOwn);
    for (const stage of context.stages) {
        if (stage.parent !== undefined && inherits.has(stage.parent))
            inherits.add(stage);
        if (inherits.has(stage) || above.has(stage))
            checked.add(stage);
    }
    return checked;
}

;// CONCATENATED MODULE: ./lib/dockerfile/lint/rules/dl3058.js

const dl3058 = labelTypeRule({ id: 'DL3058', severity: 'warning', title: 'Labels of type email hold an address' }, 'email', (value) => /^[^\s@<>"]+@[^\s@.<>"]+(?:\.[^\s@.<>"]+)+$/.test(value), 'a mail address');

;// CONCATENATED MODULE: ./lib/dockerfile/lint/join-runs.js



/**
 * Makes one RUN of two that follow each other, comments between them kept. Undefined where `&&` between the scripts is not what happened before,
 * or where flags or a pragma stand in between.
 */
function joinFix(context, one, other) {
    const [first, second] = [context.scripts(one)[0], context.scripts(other)[0]];
    if (first === undefined || second === undefined || one.flags.length + other.flags.length > 0)
        return undefined;
    const last = plainEnd(first, one);
    const end = plainEnd(second, other);
    const begin = second.parsed.script.statements[0];
    if (last === undefined || end === undefined || begin === undefined)
        return undefined;
    // `a && b || c` is not a, then `b || c`.
    const chain = second.parsed.script.statements.slice(0, -1).every(({ operator }) => operator === '&&');
    if (!chain || first.text.value.slice(last.end).trim() !== '')
        return undefined;
    const { file } = context;
    const between = (0,dockerfile_source/* rangeBetween */.yb)((0,mapped_text/* sourceOf */.vz)(file), first.rangeOf(last).end.offset, second.rangeOf(begin).start.offset);
    const lines = file.text.slice(between.start.offset, other.at.start.offset).split('\n').slice(1);
    const comments = lines.map((line) => line.trim()).filter((line) => line !== '');
    if (comments.some((line) => !line.startsWith('#') || /hadolint|check\s*=/i.test(line)))
        return undefined;
    const eol = lineEnd(file.text);
    const text = [` ${file.directives.escape}`, ...comments, '    && '].join(eol);
    // Folders and variables of the first script reach into the second, and the cache holds both or none.
    return { title: 'Join it with the RUN above', safety: 'unsafe', edits: [{ at: between, text }] };
}

// EXTERNAL MODULE: ./lib/dockerfile/lint/run-script.js + 9 modules
var run_script = __webpack_require__(3439);
;// CONCATENATED MODULE: ./lib/dockerfile/lint/rules/dl3059.js


/** A RUN with more commands than this is taken to be apart on purpose. hadolint says more than two, but counts each command twice. */
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
                yield {
                    message: 'This RUN can be joined with the one above: one layer instead of two',
                    at: run.at,
                    fix: joinFix(context, previous, run),
                };
            }
            previous = run;
        }
    },
};
function belongTogether(context, one, other) {
    if (flagsOf(one) !== flagsOf(other))
        return false;
    return [one, other].every((run) => isSmall(context, run) && isOfShell(context, run));
}
/** A heredoc for another interpreter stands alone. */
function isOfShell(context, run) {
    return context.scripts(run).every(({ shebang }) => (0,run_script/* isShell */.H7)(shebang));
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




const dl3060 = (0,command_rule/* commandRule */.Ip)({ id: 'DL3060', severity: 'info', title: 'yarn cache clean after installing', onbuild: true }, ({ commands, elsewhere, run, context, script }) => {
    const stage = context.stageOf(run);
    if ((0,lint_context/* hasCacheMount */.El)(run, '.cache/yarn') || (!stage.last && !stage.inherited))
        return undefined;
    const index = commands.findIndex((view) => view.name === 'yarn' && (0,command_view/* hasArg */.nb)(view, 'install'));
    const view = commands[index];
    if (view === undefined)
        return undefined;
    const cleans = (one) => one.name === 'yarn' && (0,command_view/* hasArg */.nb)(one, 'cache', 'clean');
    return commands.slice(index + 1).some(cleans) || elsewhere(cleans)
        ? undefined
        : {
            at: view,
            message: 'yarn keeps downloads in the layer: add && yarn cache clean',
            fix: cleanUp(view, { run, context, script }, 'yarn cache clean'),
        };
});

;// CONCATENATED MODULE: ./lib/dockerfile/lint/rules/dl3061.js
const dl3061 = {
    id: 'DL3061',
    severity: 'error',
    title: 'FROM or ARG comes first',
    *check({ stages, parsed, file }) {
        const first = file.stages[0]?.from.at.start.offset ?? Number.POSITIVE_INFINITY;
        for (const { code, at } of parsed.problems) {
            if (code !== 'BAD_TRIGGER' || at === undefined || at.start.offset > first)
                continue;
            yield { message: 'ONBUILD stands before the first FROM: only ARG may', at };
        }
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
    return { at: first, message: pinMessage(loose, 'go install <package>@<version>') };
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
/** Names that are on hadolint's list and hold none of the words below. */
const NAMES = new Set([
    'APPLICATION_KEY',
    'AWS_ACCESS_KEY_ID',
    'CI_DEPLOY_USER',
    'DOCKER_EMAIL',
    'FACEBOOK_APP_ID',
    'HEROKU_API_USER',
    'OKTA_AUTHN_GROUPID',
    'OKTA_CLIENT_ORGURL',
    'OKTA_OAUTH2_CLIENTID',
    'STRIPE_DEVICE_NAME',
    'TRAVIS_OS_NAME',
    'TRAVIS_SECURE_ENV_VARS',
    'TRAVIS_SUDO',
]);
/** Names that are none of hadolint's and tell as much. */
const OURS = new Set(['DOCKER_PASS', 'GITHUB_PAT', 'GH_PAT', 'GITLAB_PAT']);
const WORDS = ['api_key', 'client_key', 'password', 'private', 'secret', 'token', 'username'];
const dl3064 = {
    id: 'DL3064',
    severity: 'warning',
    security: 5.5,
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
    const [lower, upper] = [name.toLowerCase(), name.toUpperCase()];
    return NAMES.has(upper) || OURS.has(upper) || WORDS.some((word) => lower.includes(word));
}

;// CONCATENATED MODULE: ./lib/dockerfile/lint/platform-flag.js


/** Takes --platform out of a FROM, with the blanks behind it. */
function withoutPlatform({ file }, { flags }) {
    const flag = flags.find(({ name }) => name === 'platform')?.at;
    if (flag === undefined)
        return undefined;
    const blanks = /^[ \t]+/.exec(file.text.slice(flag.end.offset, flag.end.offset + 100))?.[0].length;
    if (blanks === undefined)
        return undefined;
    const at = (0,dockerfile_source/* rangeBetween */.yb)((0,mapped_text/* sourceOf */.vz)(file), flag.start.offset, flag.end.offset + blanks);
    return { title: 'Remove --platform', safety: 'safe', edits: [{ at, text: '' }] };
}

;// CONCATENATED MODULE: ./lib/dockerfile/lint/rules/dl3065.js

const dl3065 = {
    id: 'DL3065',
    severity: 'warning',
    title: 'No --platform=$TARGETPLATFORM',
    *check(context) {
        for (const from of context.all('from')) {
            const { platform } = from;
            if (platform === undefined || !/^\$(?:TARGETPLATFORM|\{TARGETPLATFORM\})$/.test(platform.value))
                continue;
            yield {
                message: 'The target platform is what FROM takes anyway',
                at: platform.at,
                fix: withoutPlatform(context, from),
            };
        }
    },
};

;// CONCATENATED MODULE: ./lib/dockerfile/lint/rules/dl3066.js

/** Kubernetes' runAsNonRoot can judge a number only. Windows has no numbers of users. */
const dl3066 = {
    id: 'DL3066',
    severity: 'info',
    title: 'USER as a number',
    *check(context) {
        if (context.file.directives.escape === '`')
            return;
        const args = new Set();
        for (const instruction of context.instructions) {
            if (instruction.kind === 'arg')
                for (const { key } of instruction.pairs)
                    args.add(key.value);
            if (instruction.kind !== 'user')
                continue;
            const [user = ''] = unquote(instruction.word.value).split(':');
            if (/^\d*$/.test(user) || refersTo(instruction.word.value, args))
                continue;
            const what = user.includes('$') ? 'may be a name' : 'is a name';
            yield {
                message: `${user} ${what}: a number works without /etc/passwd and for runAsNonRoot`,
                at: instruction.at,
            };
        }
    },
};
function refersTo(text, names) {
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
    return { at: pipe, message, fileFix: shell.length > 0 ? undefined : shellAbove(context, run) };
});
/** SHELL above the first such RUN of a stage, where the base image is known to have one that can do it. Later RUNs change too: unsafe. */
function shellAbove(context, run) {
    const stage = context.stageOf(run);
    const shell = pipefailShell(context, stage);
    if (shell === undefined || firstPiped(context, stage) !== run)
        return undefined;
    const line = `SHELL ["${shell}", "-o", "pipefail", "-c"]`;
    return { title: `Put ${line} above`, safety: 'unsafe', edits: [lineAbove(context, run, line)] };
}
function firstPiped(context, stage) {
    const known = firsts.get(stage);
    if (known !== undefined)
        return known.run;
    const run = context
        .of(stage, 'run')
        .find((one) => context
        .scripts(one)
        .some(({ parsed }) => firstPipe(parsed.script) !== undefined && !setsPipefail(parsed.script)));
    firsts.set(stage, { run });
    return run;
}
/** Every RUN of a stage asks. */
const firsts = new WeakMap();
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

;// CONCATENATED MODULE: ./lib/dockerfile/lint/exposed-ports.js


/** All ports of all EXPOSEs; a variable may hold several. */
function* exposedPorts(context) {
    if (context.all('expose').length === 0)
        return;
    for (const { instruction, scope } of walkScopes(context)) {
        if (instruction.kind !== 'expose')
            continue;
        for (const { value: written, at } of instruction.words) {
            for (const value of wordsOf(written, scope.values, context.file.directives.escape))
                yield { value, written, at };
        }
    }
}
function wordsOf(text, values, escapeChar) {
    if (!/["'$\\`]/.test(text))
        return [text];
    try {
        return (0,expand/* processWords */.Pk)(text, values, { escape: escapeChar });
    }
    catch {
        // The builder tells what is wrong with it.
        return [];
    }
}

;// CONCATENATED MODULE: ./lib/dockerfile/lint/rules/expose-invalid-format.js

const exposeInvalidFormat = {
    id: 'ExposeInvalidFormat',
    severity: 'warning',
    title: 'EXPOSE names ports alone',
    *check(context) {
        for (const { value, written, at } of exposedPorts(context)) {
            // Nothing in front of the colons is no mapping.
            if (!/[^:].*:/.test(value))
                continue;
            yield { message: `${written} maps a port: EXPOSE names the container's port alone`, at };
        }
    },
};

;// CONCATENATED MODULE: ./lib/dockerfile/lint/rules/expose-proto-casing.js

const exposeProtoCasing = {
    id: 'ExposeProtoCasing',
    severity: 'warning',
    title: 'Protocols of EXPOSE are lower case',
    *check(context) {
        for (const { value, written, at } of exposedPorts(context)) {
            const protocol = value.split('/')[1] ?? '';
            if (protocol === protocol.toLowerCase())
                continue;
            const message = `The protocol of ${value} is written in lower case`;
            const text = written.replace(`/${protocol}`, `/${protocol.toLowerCase()}`);
            // It may come out of a variable.
            if (text === written)
                yield { message, at };
            else
                yield { message, at, fix: { title: `Write ${text}`, safety: 'safe', edits: [{ at, text }] } };
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
            if (partsOf(platform.value).some((part) => part !== '' && name.includes(part)))
                continue;
            yield { message: `--platform=${platform.value} ties the stage to one platform`, at: platform.at };
        }
    },
};
const SYSTEMS = new Set(['linux', 'windows', 'darwin', 'freebsd']);
/** System and architecture; where only one is written, the other is that of the usual builder. */
function partsOf(platform) {
    const [first = '', second] = platform
        .toLowerCase()
        .split('/')
        .map((part) => OTHER_NAMES[part] ?? part);
    if (second !== undefined)
        return [first, second];
    return SYSTEMS.has(first) ? [first, 'amd64'] : ['linux', first];
}

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
        const defaults = (0,lint_scope/* globalScope */.gm)(context);
        for (const { image } of context.all('from')) {
            const name = (0,lint_scope/* expandIn */.WP)(image.value, defaults, context.file.directives.escape)?.value;
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
    // One pair of quotes around all of it means the same in both forms.
    const quoted = /^(?:"[^"\\`]*"|'[^'\\`]*')$/.test(value.value);
    if (quoted)
        return { title: 'Write it with =', safety: 'safe', edits: [{ at, text: `${key.value}=${value.value}` }] };
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
    for (let line = firstLine(context, instruction); line < last.start.line; line += 1) {
        const start = source.lineStarts[line - 1] ?? 0;
        const end = source.lineStarts[line] ?? source.text.length;
        if (source.text.slice(start, end).trim() === '')
            edits.push({ at: (0,dockerfile_source/* rangeBetween */.yb)(source, start, end), text: '' });
    }
    return edits.length === 0 ? undefined : { title: 'Remove the empty lines', safety: 'safe', edits };
}
/** An instruction may begin with lines that hold a continuation and nothing else, above its keyword. */
function firstLine(context, instruction) {
    const source = (0,mapped_text/* sourceOf */.vz)(context.file);
    let first = instruction.at.start.line;
    for (let line = first - 1; line > 0; line -= 1) {
        const text = source.text.slice(source.lineStarts[line - 1], source.lineStarts[line]).trim();
        if (text === context.file.directives.escape)
            first = line;
        else if (text !== '' && !text.startsWith('#'))
            break;
    }
    return first;
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
        for (const from of context.all('from')) {
            const { platform } = from;
            if (platform === undefined || !isTarget(platform.value))
                continue;
            yield {
                message: 'The target platform is what FROM takes anyway',
                at: platform.at,
                fix: withoutPlatform(context, from),
            };
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

// EXTERNAL MODULE: ./lib/dockerfile/lint/shell-rule.js + 1 modules
var shell_rule = __webpack_require__(5002);
;// CONCATENATED MODULE: ./lib/dockerfile/lint/rules/sc1072.js

/** Text that no shell can read. */
const sc1072 = (0,shell_rule/* shellRule */.L)({ id: 'SC1072', severity: 'error', title: 'Shell text without syntax errors' }, ({ script }) => {
    const [first] = script.parsed.problems;
    return first === undefined ? [] : [{ at: first, message: first.message }];
}, { brokenToo: true });

;// CONCATENATED MODULE: ./lib/dockerfile/lint/shell/statement-place.js

/** The simple commands whose failure nothing looks at: neither they nor what they stand in is before && or ||, or in a condition. */
function uncheckedCommands(script) {
    const checked = new Set();
    eachCondition(script, (inner) => {
        (0,walk/* walkScript */.n)(inner, {
            command(command) {
                if (command.kind === 'simple')
                    checked.add(command);
            },
        });
    });
    return (0,walk/* simpleCommands */.N)(script).filter((command) => !checked.has(command));
}
/** The statements inside of what stands before && or ||, and those of conditions. */
function conditionStatements(script) {
    const inside = new Set();
    eachCondition(script, (inner, own) => {
        (0,walk/* walkScript */.n)(inner, {
            statement(statement) {
                if (statement !== own)
                    inside.add(statement);
            },
        });
    });
    return inside;
}
/** Calls `visit` for each condition, and for each statement before && or ||, which is `own` then. */
function eachCondition(script, visit) {
    (0,walk/* walkScript */.n)(script, {
        statement(statement) {
            const { operator, start, end } = statement;
            if (operator === '&&' || operator === '||')
                visit({ statements: [statement], start, end }, statement);
        },
        command(command) {
            for (const condition of conditionsOf(command))
                visit(condition);
        },
    });
}
function conditionsOf(command) {
    if (command.kind === 'if')
        return command.branches.map(({ condition }) => condition);
    return command.kind === 'while' ? [command.condition] : [];
}

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
/** The second and third of each `a && b || c` that is no condition, nor stands in one. */
function shorthands(script) {
    const found = [];
    const conditions = conditionStatements(script);
    const look = ({ statements }) => {
        const [begin] = statements;
        if (begin === undefined || conditions.has(begin))
            return;
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
            for (const body of bodiesOf(command))
                look(body);
        },
        part(part) {
            if (part.kind === 'command' || part.kind === 'process')
                look(part.script);
        },
    });
    return found;
}
function bodiesOf(command) {
    if (command.kind === 'if') {
        const bodies = command.branches.map(({ body }) => body);
        return command.otherwise === undefined ? bodies : [...bodies, command.otherwise];
    }
    if (command.kind === 'case')
        return command.items.map(({ body }) => body);
    return 'body' in command && 'statements' in command.body ? [command.body] : [];
}
function isHarmless({ pipeline }) {
    const [command, more] = pipeline.commands;
    if (command?.kind !== 'simple' || more !== undefined)
        return false;
    const view = (0,command_view/* viewOf */.du)(command);
    return view === undefined || HARMLESS.has(basename(view.name));
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
        if (view === undefined || ['echo', 'printf', '['].includes(view.name))
            continue;
        if (view.args.some(({ value }) => value === '--'))
            continue;
        for (const word of command.words.slice(1)) {
            const value = (0,command_view/* wordText */.en)(word);
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
/** Builtins whose first word names the command. */
const RUNNERS = new Set(['exec', 'command']);
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
    const args = simple?.words.slice(RUNNERS.has(nameOf(simple)) ? 2 : 1) ?? [];
    const declares = !declarationsSplit && DECLARING.has(nameOf(simple));
    const words = args.filter((word) => !(declares && /^\w+=/.test((0,command_view/* wordText */.en)(word))));
    const targets = command.redirects
        .filter(({ operator }) => operator !== '<<' && operator !== '<<-')
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
        if (part.kind !== 'command' || part.script.statements.length === 0 || sc2046_LISTS.has(sc2046_nameOf(part)))
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
    const names = new Set(assigned.map(({ name }) => name));
    const isSet = (name) => names.has(name) || outer.has(name);
    const dirtied = new Set(assigned
        .filter(({ clean: own, uses }) => !own || uses.some((used) => !NUMBERS.test(used) && !isSet(used)))
        .map(({ name }) => name));
    const users = usersOf(assigned);
    // A set is walked on over what is put in meanwhile.
    for (const dirt of dirtied)
        for (const name of users.get(dirt) ?? [])
            dirtied.add(name);
    return { has: (name) => !dirtied.has(name) && isSet(name) };
}
/** Which names get a value in which a name is used. */
function usersOf(assigned) {
    const users = new Map();
    for (const { name, uses } of assigned) {
        for (const used of uses) {
            const known = users.get(used) ?? [];
            known.push(name);
            users.set(used, known);
        }
    }
    return users;
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
/** By their names these hold several words, which quotes would make one: packages, flags. */
const sc2086_LISTS = /(?:DEPS|PACKAGES|PKGS|FLAGS|OPTS|OPTIONS|ARGS|LIST|MODULES|EXTENSIONS)$/i;
const sc2086 = (0,shell_rule/* shellRule */.L)({ id: 'SC2086', severity: 'info', title: 'Quoted variables' }, function* ({ script, dialect, known }) {
    const clean = cleanNames(script.parsed.script, { has: (name) => known.isNear(name) });
    for (const { part } of splitPlaces(script.parsed.script, dialect === 'sh')) {
        if (part.kind !== 'parameter' || sc2086_isHarmless(part))
            continue;
        if (clean.has(part.name))
            continue;
        yield {
            at: part,
            message: `$${part.name} is split at blanks and its wildcards are replaced: quote it`,
            fix: sc2086_LISTS.test(part.name)
                ? undefined
                : {
                    title: 'Quote it',
                    safety: 'unsafe',
                    edits: [{ at: part, text: `"${script.text.value.slice(part.start, part.end)}"` }],
                },
        };
    }
});
function sc2086_isHarmless({ name, length, operator }) {
    if (length || sc2086_HARMLESS.test(name) || name === '@')
        return true;
    // `${x:+"$x"}` quotes what matters; what stands there bare was meant to be split.
    return operator !== undefined && /^:?\+$/.test(operator);
}

// EXTERNAL MODULE: ./lib/dockerfile/edit-distance.js
var edit_distance = __webpack_require__(3554);
;// CONCATENATED MODULE: ./lib/dockerfile/lint/shell/references.js



/**
 * First uses of variables that the script does not assign anywhere; empty when it reads another file. A variable whose first use reckons with its
 * being unset, and one that a `[ … ]` asks whether it is empty, is no slip.
 */
function unassignedReferences(script, known) {
    const written = new Set(assignmentsOf(script).map(({ name }) => name));
    if (written.has(SOURCED))
        return [];
    const first = new Map();
    const passed = new Set();
    const use = (reference, guarded) => {
        const { name } = reference;
        if (passed.has(name) || first.has(name))
            return;
        if (guarded || written.has(name) || known.has(name))
            passed.add(name);
        else
            first.set(name, reference);
    };
    (0,walk/* walkScript */.n)(script, {
        command(command) {
            for (const name of testedNames(command)) {
                passed.add(name);
                first.delete(name);
            }
            if (command.kind === 'arithmetic' || command.kind === 'for-arithmetic')
                for (const name of arithmeticUses(command.parts))
                    use(name, false);
        },
        part(part) {
            if (part.kind === 'arithmetic')
                for (const name of arithmeticUses(part.parts))
                    use(name, false);
            if (part.kind === 'parameter' && /^[A-Za-z_]/.test(part.name))
                use(part, isGuarded(part));
        },
    });
    return [...first.values()];
}
/** `${x:-…}`, `${x+…}`, `${x?…}` and `${x:=…}` reckon with an unset variable. */
function isGuarded({ operator }) {
    return operator !== undefined && /^:?[-+?=]$/.test(operator);
}
/** Names in the text of an arithmetic expression; `0x1f` and `10#a` are numbers. */
function arithmeticUses(parts) {
    return parts.flatMap((part) => {
        if (part.kind !== 'literal')
            return [];
        return [...part.text.matchAll(/(?<![\w#])[A-Za-z_]\w*/g)].map(({ 0: name, index }) => ({
            name,
            start: part.start + index,
            end: part.start + index + name.length,
        }));
    });
}
/** Variables of which `[ -n "$a" ]`, `[ -z "$a" ]` or `[ "$a" ]` asks whether there is something in them. */
function testedNames(command) {
    return testedWords(command).flatMap(({ parts }) => parts
        .flatMap((part) => (part.kind === 'double' ? part.parts : [part]))
        .filter((part) => part.kind === 'parameter')
        .map(({ name }) => name));
}
function testedWords(command) {
    const words = command.kind === 'test' ? command.words : bracketWords(command);
    return words.filter((word, index) => {
        if ((0,command_view/* isConstant */.VO)(word))
            return false;
        const [before, behind] = [words[index - 1], words[index + 1]].map((one) => one === undefined ? '' : (0,command_view/* wordText */.en)(one));
        if (before === '-n' || before === '-z')
            return true;
        return JOINTS.test(before ?? '') && JOINTS.test(behind ?? '');
    });
}
/** What stands around a word that is a condition by itself. */
const JOINTS = /^(?:|!|-a|-o|&&|\|\||[()])$/;
function bracketWords(command) {
    const [name, ...words] = command.kind === 'simple' ? command.words : [];
    return name !== undefined && (0,command_view/* wordText */.en)(name) === '[' ? words.slice(0, -1) : [];
}
/** Names that are assigned in the script or known from outside. */
function writtenNames(script, known) {
    return [...new Set([...known, ...assignmentsOf(script).map(({ name }) => name)])];
}

;// CONCATENATED MODULE: ./lib/dockerfile/lint/rules/sc2153.js



const sc2153 = (0,shell_rule/* shellRule */.L)({ id: 'SC2153', severity: 'info', title: 'Variables are spelt as they were assigned' }, function* ({ script, known, context }) {
    const missing = unassignedReferences(script.parsed.script, known).filter(({ name }) => !/[a-z]/.test(name));
    const before = compared.get(context) ?? 0;
    if (missing.length === 0 || before >= MOST_COMPARED)
        return;
    const written = writtenNames(script.parsed.script, known);
    compared.set(context, before + written.length * missing.length);
    for (const part of missing.slice(0, Math.ceil((MOST_COMPARED - before) / (written.length + 1)))) {
        const similar = mostSimilar(part.name, written);
        if (similar !== undefined)
            yield { at: part, message: `Nothing assigns ${part.name}: did you mean ${similar}?` };
    }
});
/** Pairs of names in a file; one with more of them has another trouble than its spelling. */
const MOST_COMPARED = 5_000_000;
const compared = new WeakMap();
/** One slip in a short name, two in a long one. */
function mostSimilar(name, names) {
    let best;
    let distance = 3;
    for (const candidate of names) {
        const found = (0,edit_distance/* editDistance */.Y)(name, candidate, distance - 1);
        if (found === undefined)
            continue;
        best = candidate;
        distance = found;
        // What is the same is assigned.
        if (distance <= 1)
            break;
    }
    if (best === undefined)
        return undefined;
    const near = (best.length > 3 && distance <= 1) || (best.length > 7 && distance <= 2);
    return near ? best : undefined;
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
    const written = new Set(assignmentsOf(script.parsed.script).map(({ name }) => name));
    const found = [];
    (0,walk/* walkScript */.n)(script.parsed.script, {
        part(part) {
            if (part.kind !== 'parameter' || !OF_BASH.test(part.name))
                return;
            if (!written.has(part.name) && !known.has(part.name))
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
    security: 5.5,
    title: 'No secrets in ARG or ENV',
    twin: 'DL3064',
    *check(context) {
        // An ARG before the first FROM is in no image until a stage takes it up.
        for (const { instruction, scope } of walkScopes(context)) {
            if (instruction.kind !== 'arg' && instruction.kind !== 'env')
                continue;
            for (const { key } of instruction.pairs) {
                const name = secrets_used_in_arg_or_env_nameOf(instruction, key.value, scope, context.file.directives.escape);
                if (!SECRET.test(name) || secrets_used_in_arg_or_env_HARMLESS.test(name))
                    continue;
                const where = instruction.kind === 'env' ? 'ENV is kept in the image' : 'ARG is kept in the image history';
                yield {
                    message: `${name} looks like a secret, and ${where}: use RUN --mount=type=secret`,
                    at: key.at,
                };
            }
        }
    },
};
/** What the name of an ENV becomes; that of an ARG is taken as it is written. */
function secrets_used_in_arg_or_env_nameOf({ kind }, key, scope, escapeChar) {
    if (kind === 'arg' || !/["'$\\`]/.test(key))
        return key;
    return (0,lint_scope/* expandIn */.WP)(key, scope, escapeChar)?.value ?? key;
}

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
const OWN_USER = /(?:^|\/)(?:chainguard|jupyter|bitnami|cgr\.dev)(?:\/|$)|unprivileged|rootless|nonroot/;
const tsib1001 = {
    id: 'TSIB1001',
    severity: 'style',
    security: 3.5,
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
        /nonroot|rootless|unprivileged|chiseled|distroless/.test(image.tag ?? ''));
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
const tsib1002 = (0,command_rule/* commandRule */.Ip)({ id: 'TSIB1002', severity: 'warning', title: 'Package index and install in one RUN', onbuild: true }, ({ commands, elsewhere, run }) => {
    if ((0,lint_context/* hasCacheMount */.El)(run, '/var/lib/apt') || (0,lint_context/* hasCacheMount */.El)(run, '/var/cache/apk'))
        return undefined;
    const update = commands.find((view) => (0,command_view/* hasArg */.nb)(view, ...(toolOf(view)?.update ?? [])));
    if (update === undefined ||
        commands.some(usesIndex) ||
        elsewhere(usesIndex) ||
        runsUnknown(commands, update))
        return undefined;
    return {
        at: update,
        message: 'The index is cached alone and goes stale: install in the same RUN',
    };
});
function usesIndex(view) {
    return (0,command_view/* hasArg */.nb)(view, ...(toolOf(view)?.use ?? []));
}
function toolOf({ name }) {
    return Object.hasOwn(TOOLS, name) ? TOOLS[name] : undefined;
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
    security: 7.4,
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
        if (value === undefined || !switchesOff(key.value, unquote(value.value)))
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
        .find(([key = '', value = '']) => switchesOff(key, value));
    if (found !== undefined)
        return found[0];
    return command.assignments.find(({ name: key, value }) => {
        const [part] = value?.parts ?? [];
        return part !== undefined && 'text' in part && switchesOff(key, part.text);
    })?.name;
}
function switchesOff(name, value) {
    return Object.hasOwn(tsib1003_VARIABLES, name) && tsib1003_VARIABLES[name]?.test(value) === true;
}

;// CONCATENATED MODULE: ./lib/dockerfile/lint/rules/tsib1004.js


const FLAGS = new Map(Object.entries({
    apk: ['--allow-untrusted'],
    'apt-get': ['--allow-unauthenticated', '--force-yes', '--allow-insecure-repositories'],
    apt: ['--allow-unauthenticated', '--force-yes', '--allow-insecure-repositories'],
    yum: ['--nogpgcheck', '--no-gpgchecks'],
    dnf: ['--nogpgcheck', '--no-gpgchecks'],
    microdnf: ['--nogpgcheck', '--no-gpgchecks'],
    tdnf: ['--nogpgcheck', '--no-gpgchecks'],
    zypper: ['--no-gpg-checks', '--allow-unsigned-rpm'],
    rpm: ['--nodigest', '--nosignature', '--noverify', '--nofiledigest'],
}));
const tsib1004 = (0,command_rule/* commandRule */.Ip)({
    id: 'TSIB1004',
    severity: 'warning',
    security: 7,
    title: 'Packages are checked for their signature',
    onbuild: true,
}, ({ commands }) => {
    for (const view of commands) {
        const flag = unsigned(view);
        if (flag !== undefined)
            return { at: view, message: `${flag} takes packages that nobody signed` };
    }
    return undefined;
});
function unsigned(view) {
    return FLAGS.get(view.name)?.find((flag) => (0,command_view/* hasArg */.nb)(view, flag));
}

;// CONCATENATED MODULE: ./lib/dockerfile/lint/secret-patterns.js
/** Texts that are a credential by their form alone. Lengths are bounded, so that a long line costs no more than its length. */
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
    ['a SendGrid key', /\bSG\.[A-Za-z0-9_-]{16,32}\.[A-Za-z0-9_-]{16,64}/],
    ['a private key', /-----BEGIN (?:[A-Z]{1,20} )?PRIVATE KEY-----/],
    ['a signed token', /\beyJ[A-Za-z0-9_-]{10,1000}\.eyJ[A-Za-z0-9_-]{10,4000}\.[A-Za-z0-9_-]{10,1000}/],
    [
        'a password in a URL',
        /\b[a-z][a-z0-9+.-]{0,20}:\/\/[^\s:/@$"']{1,200}:[^\s:/@$"'{}]{3,200}@[\w.-]{1,255}/,
    ],
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
    security: 8.5,
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
    security: 7.5,
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
const tsib1007 = (0,command_rule/* commandRule */.Ip)({
    id: 'TSIB1007',
    severity: 'info',
    security: 5,
    title: 'Downloads are checked before they run',
    onbuild: true,
}, ({ script }) => {
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
        // With nothing behind it the shell ends, and the container with it.
        if (detached !== undefined && (script.commands.some(IDLE) || statements.at(-1) === detached))
            return script.rangeOf(detached);
        const last = script.commands.at(-1);
        if (last !== undefined && detaches(last))
            return script.rangeOf(last);
    }
    return undefined;
}
/** Programs that leave for the background by themselves, or are told to. */
function detaches({ name, args }) {
    const values = args.map(({ value }) => value);
    const program = name.split('/').at(-1) ?? '';
    if (program === 'sshd')
        return !values.some((value) => /^-[a-zA-Z]*[Ddt]/.test(value));
    if (/^(?:apache2ctl|apachectl|httpd)$/.test(program))
        return (values.some((value) => /^(?:start|restart)$/.test(value)) &&
            !values.some((value) => value.includes('FOREGROUND')));
    if (program === 'mongod')
        return values.includes('--fork');
    return values.some((value, index) => /^--daemon(?:ize)?$/.test(value)
        ? !/^(?:no|false|0)$/.test(values[index + 1] ?? '')
        : /^--daemon(?:ize)?=(?:yes|true|1)$/.test(value));
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
const tsib1009 = (0,command_rule/* commandRule */.Ip)({
    id: 'TSIB1009',
    severity: 'warning',
    title: 'No RUN whose effect ends with it',
    twin: 'DL3003',
    onbuild: true,
}, ({ commands, context, run, script }) => {
    const [first] = commands;
    if (first === undefined || run.heredocs.length > 0 || script.parsed.problems.length > 0)
        return undefined;
    if (!commands.every(({ name }) => WITHOUT_EFFECT.has(name)))
        return undefined;
    const instead = first.name === 'cd' ? 'WORKDIR' : 'ENV or the RUN that needs it';
    return {
        at: first,
        message: `${first.name} ends with this RUN and changes nothing: use ${instead}`,
        fileFix: workdirFix(context, run, script),
    };
});

;// CONCATENATED MODULE: ./lib/dockerfile/lint/rules/tsib1010.js
/** Layers that union file systems and engines take at most, less some for the base image. */
const tsib1010_MOST = 120;
const tsib1010 = {
    id: 'TSIB1010',
    severity: 'warning',
    title: 'Fewer layers than a union file system can hold',
    *check(context) {
        const counts = new Map();
        for (const stage of context.stages) {
            const layers = context.of(stage, 'run', 'copy', 'add');
            const below = stage.parent === undefined ? 0 : (counts.get(stage.parent) ?? 0);
            const count = below + layers.length;
            counts.set(stage, count);
            const beyond = layers[tsib1010_MOST - below];
            if (count <= tsib1010_MOST || beyond === undefined)
                continue;
            yield { message: `${count} layers on top of the base image: engines stop at about 127`, at: beyond.at };
        }
    },
};

;// CONCATENATED MODULE: ./lib/dockerfile/lint/rules/tsib1011.js
const tsib1011 = {
    id: 'TSIB1011',
    severity: 'info',
    security: 3.5,
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

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
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
                message: `${outside.value} points outside the context, where ${inside(unquote(outside.value))} is taken in its place: build from a folder further up`,
                at: outside.at,
            };
        }
    },
};
/** What a builder makes of it: nothing lies above the root. */
function inside(path) {
    return external_node_path_.posix.join('/', path);
}
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



const tsib1016 = (0,command_rule/* commandRule */.Ip)({
    id: 'TSIB1016',
    severity: 'warning',
    security: 7.5,
    title: 'No passwords for users of the image',
    onbuild: true,
}, ({ commands, script }) => {
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

// EXTERNAL MODULE: ./lib/dockerfile/lint/rule-hint.js
var rule_hint = __webpack_require__(6590);
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
            const unknown = new Set(values.filter((id) => !ruleIds.has(id) && !(0,rule_hint/* isOfOthers */.F)(id)));
            if (unknown.size === 0)
                continue;
            const told = [...unknown].map((id) => {
                const hint = (0,rule_hint/* ruleHint */.q)(id, ruleIds);
                return hint === undefined ? id : `${id} (${hint})`;
            });
            yield { message: `There is no rule ${told.join(', nor ')}`, at: comment.at };
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
        return pipeline.commands.some(mayFail);
    });
    if (first === undefined)
        return;
    yield {
        at: first,
        message: 'When this fails the lines below run all the same: begin the heredoc with set -e',
    };
});
/** Builtins of which nobody expects it. */
const tsib1018_HARMLESS = new Set([
    ':',
    'true',
    'echo',
    'printf',
    'export',
    'set',
    'shopt',
    'umask',
    'trap',
    'exit',
]);
function mayFail(command) {
    if (command.kind !== 'simple' || command.words.length === 0)
        return false;
    return command.redirects.length > 0 || !tsib1018_HARMLESS.has((0,command_view/* viewOf */.du)(command)?.name ?? '');
}

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
            const made = new Made();
            for (const run of context.of(stage, 'run', 'copy', 'add')) {
                const cleans = run.kind === 'run' && !made.isEmpty && cleansOnly(context, run, made);
                if (cleans)
                    yield {
                        message: 'The files stay in the layer above: clean up in the RUN that made them',
                        at: run.at,
                    };
                made.add(context, run);
            }
        }
    },
};
function cleansOnly(context, run, made) {
    if (run.mounts.length > 0)
        return false;
    const commands = context.scripts(run).flatMap((script) => script.commands);
    const outer = commands.filter(({ through }) => through.length === 0);
    return outer.length > 0 && outer.every((view) => isCleanUp(view, made));
}
function isCleanUp(view, made) {
    if (view.name === 'rm') {
        const paths = view.args.filter(({ value }) => !value.startsWith('-'));
        return paths.length > 0 && paths.every(({ value }) => CACHES.test(value) || made.hasPath(value));
    }
    if (!MANAGERS.includes(view.name))
        return false;
    if ((0,command_view/* hasArg */.nb)(view, 'remove', 'purge', 'autoremove', 'erase', 'del') && made.hasInstalled(view.name))
        return true;
    return (0,command_view/* hasArg */.nb)(view, 'clean', 'autoclean') || ((0,command_view/* hasArg */.nb)(view, 'cache') && (0,command_view/* hasArg */.nb)(view, 'purge', 'clean'));
}
/** What the layers of a stage so far have named: files that they may have made, and package managers that installed something. */
class Made {
    words = new Set();
    names = new Set();
    managers = new Set();
    get isEmpty() {
        return this.words.size === 0;
    }
    add(context, instruction) {
        if (instruction.kind !== 'run') {
            this.addWord(unquote(instruction.destination.value));
            for (const { value } of instruction.sources)
                this.addWord(basename(unquote(value)));
            return;
        }
        for (const view of context.scripts(instruction).flatMap((script) => script.commands)) {
            if (MANAGERS.includes(view.name) && (0,command_view/* hasArg */.nb)(view, 'install', 'add', 'in'))
                this.managers.add(view.name);
            for (const { value } of [{ value: view.name }, ...view.args])
                this.addWord(value);
        }
    }
    addWord(word) {
        const plain = word.replace(/\/$/, '');
        this.words.add(plain);
        this.names.add(basename(plain));
    }
    /** The same words, from which a file may have come: a path of a few characters says nothing. */
    hasPath(path) {
        const plain = path.replace(/\/\*?$/, '');
        if (plain.length < 4 || /[$*?]/.test(plain))
            return false;
        return this.words.has(plain) || (!plain.includes('/') && this.names.has(plain));
    }
    hasInstalled(manager) {
        return this.managers.has(manager);
    }
}

;// CONCATENATED MODULE: ./lib/dockerfile/lint/rules/tsib1020.js

const tsib1020 = {
    id: 'TSIB1020',
    severity: 'info',
    title: 'COPY --from an image with a version',
    *check(context) {
        const stages = new Set(context.stages.map(({ alias }) => alias?.toLowerCase()));
        for (const { from } of context.all('copy')) {
            if (from === undefined || /^\d+$/.test(from.value) || stages.has(from.value.toLowerCase()))
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

// EXTERNAL MODULE: ./lib/dockerfile/lint/rules/tsib1021.js
var tsib1021 = __webpack_require__(5846);
;// CONCATENATED MODULE: ./lib/dockerfile/lint/rules/tsib1022.js

/** Folders of a machine that hardly any context has at its root. */
const OF_THE_MACHINE = /^\/(?:bin|boot|etc|home|lib|lib64|mnt|opt|proc|root|run|sbin|srv|sys|tmp|usr|var)\//;
/** A leading slash is the root of the context, not of the machine that builds. */
const tsib1022 = {
    id: 'TSIB1022',
    severity: 'info',
    title: 'Sources are written as paths of the context',
    *check(context) {
        for (const copy of context.all('copy', 'add')) {
            if (copy.from !== undefined)
                continue;
            const source = copy.sources.find(({ value }) => OF_THE_MACHINE.test(unquote(value)));
            if (source === undefined)
                continue;
            const inside = unquote(source.value).slice(1);
            yield {
                message: `${source.value} is ${inside} of the context, not a path of this machine: write it so, or copy the files there first`,
                at: source.at,
            };
        }
    },
};

;// CONCATENATED MODULE: ./lib/dockerfile/lint/rules/tsib1023.js
/** su and sudo stay between the service and its signals, and want a terminal. */
const tsib1023 = {
    id: 'TSIB1023',
    severity: 'warning',
    title: 'USER instead of su for the service',
    *check(context) {
        for (const instruction of context.all('cmd', 'entrypoint')) {
            for (const script of context.scripts(instruction)) {
                const view = script.commands.find(({ name }) => name === 'su' || name === 'sudo');
                if (view === undefined)
                    continue;
                yield {
                    message: `${view.name} stays between the service and its signals: set USER, or change the user with exec gosu`,
                    at: script.rangeOf(view),
                };
                break;
            }
        }
    },
};

;// CONCATENATED MODULE: ./lib/dockerfile/lint/rules/tsib1024.js

const QUOTE = /^[\u2018\u201A\u201C-\u201E]/;
/** A JSON array but for its quotes. */
const ARRAY = /^\s*\[\s*[\u2018-\u201E]/;
/** Text that was copied from a page or a letter: neither a shell nor JSON takes these for quotes. */
const tsib1024 = {
    id: 'TSIB1024',
    severity: 'warning',
    title: 'Straight quotes',
    onbuild: true,
    *check(context) {
        for (const instruction of context.instructions) {
            const at = typographic(context, instruction);
            if (at !== undefined)
                yield { message: 'These quotes are letters like any other: write " or \'', at };
        }
    },
};
function typographic(context, instruction) {
    const { value } = instruction.args;
    if (!/[\u2018-\u201E]/.test(value))
        return undefined;
    if (ARRAY.test(value))
        return context.argsRange(instruction, value.indexOf('['), value.trimEnd().length);
    if (instruction.kind === 'env' || instruction.kind === 'label' || instruction.kind === 'arg')
        return instruction.pairs
            .map((pair) => pair.value)
            .find((one) => one !== undefined && QUOTE.test(one.value))?.at;
    for (const script of context.scripts(instruction)) {
        const words = [];
        (0,walk/* walkScript */.n)(script.parsed.script, {
            word(word) {
                const [first] = word.parts;
                if (first?.kind === 'literal' && !first.escaped && QUOTE.test(first.text))
                    words.push(word);
            },
        });
        const [word] = words;
        if (word !== undefined)
            return script.rangeOf(word);
    }
    return undefined;
}

// EXTERNAL MODULE: ./lib/dockerfile/suggest.js
var suggest = __webpack_require__(5472);
;// CONCATENATED MODULE: ./lib/dockerfile/lint/rules/undefined-arg-in-from.js


const undefinedArgInFrom = {
    id: 'UndefinedArgInFrom',
    severity: 'warning',
    title: 'FROM uses declared arguments only',
    *check(context) {
        const scope = (0,lint_scope/* globalScope */.gm)(context, context.config.buildArgs);
        const texts = context
            .all('from')
            .flatMap(({ image, platform }) => (platform === undefined ? [image] : [platform, image]));
        for (const { value, at } of texts) {
            const unmatched = (0,lint_scope/* expandIn */.WP)(value, scope, context.file.directives.escape)?.unmatched ?? [];
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







/** Each is a comparison with all names that are set; a file with more unset names than this has another trouble than its spelling. */
const MOST_HINTS = 200;
const undefinedVar = {
    id: 'UndefinedVar',
    severity: 'warning',
    title: 'Variables are set before they are used',
    *check(context) {
        let hints = 0;
        for (const { instruction, scope } of walkScopes(context)) {
            for (const [name, at] of unsetNames(context, instruction, scope)) {
                if (undefined_var_isKnown(context, instruction, scope, name))
                    continue;
                hints += 1;
                const hint = hints > MOST_HINTS ? undefined : nearestSet(name, scope);
                const message = `$${name} is not set here`;
                yield { message: hint === undefined ? message : `${message}: ${hint}`, at };
            }
        }
    },
};
function undefined_var_isKnown(context, instruction, scope, name) {
    return scope.declared.has(name) || isPredefined(name) || knownOfBase(context, instruction).has(name);
}
function nearestSet(name, scope) {
    return (0,suggest/* didYouMean */.a)(name, [...scope.values.keys(), ...scope.declared]);
}
/** BuildKit's arguments for SBOM scans are no environment and no ARG. */
function isPredefined(name) {
    return name === 'BUILDKIT_SBOM_SCAN_CONTEXT' || name === 'BUILDKIT_SBOM_SCAN_STAGE';
}
function knownOfBase(context, instruction) {
    const image = fromImage(context, (0,lint_context/* rootOf */.I5)(context.stageOf(instruction)));
    return new Set(image === undefined ? [] : baseVariables(image.name));
}
/** The unset names of each word. */
function unsetNames(context, instruction, scope) {
    const found = [];
    const add = (names, at) => {
        for (const name of names)
            found.push([name, at]);
    };
    const { escape: escapeChar } = context.file.directives;
    for (const { value, at } of expandedTexts(instruction)) {
        if (value.includes('$'))
            add((0,lint_scope/* expandIn */.WP)(value, scope, escapeChar)?.unmatched ?? [], at);
    }
    if (instruction.kind === 'arg')
        found.push(...unsetInArg(instruction, scope, escapeChar));
    const inline = instruction.kind === 'copy' || instruction.kind === 'add' ? instruction.inlineSources : [];
    // Sources of one name have one body.
    const bodies = new Map(inline.map(({ heredoc }) => [heredoc.body.start.offset, heredoc]));
    for (const heredoc of bodies.values()) {
        if (heredoc.expand)
            add(heredocNames(heredoc.content, scope), heredoc.body);
    }
    return found;
}
/** The names of one ARG are set one after the other; they are not expanded themselves. */
function* unsetInArg({ pairs }, scope, escapeChar) {
    const earlier = new Set();
    for (const { key, value } of pairs) {
        if (value?.value.includes('$')) {
            for (const name of (0,lint_scope/* expandIn */.WP)(value.value, scope, escapeChar)?.unmatched ?? [])
                if (!earlier.has(name))
                    yield [name, value.at];
        }
        earlier.add(key.value);
    }
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
        case 'copy':
        case 'add':
            return [
                ...instruction.sources,
                instruction.destination,
                ...optional(instruction.chown),
                ...optional(instruction.chmod),
                ...optional(instruction.checksum),
            ];
        case 'run':
            return instruction.mounts;
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




const ABSOLUTE = /^(?:\/|[A-Za-z]:[\\/])/;
/** Only the first WORKDIR of a stage and its parents: later ones hang on it. */
const workdirRelativePath = {
    id: 'WorkdirRelativePath',
    severity: 'warning',
    title: 'The first WORKDIR is absolute',
    twin: 'DL3000',
    *check(context) {
        // Most files have none that needs a look at its variables.
        if (!context.all('workdir').some(({ word }) => !ABSOLUTE.test(unquote(word.value))))
            return;
        const first = firstOnes(context);
        for (const { instruction, scope } of walkScopes(context)) {
            if (instruction.kind !== 'workdir' || !first.has(instruction))
                continue;
            const { word } = instruction;
            const path = (0,lint_scope/* expandIn */.WP)(word.value, scope, context.file.directives.escape)?.value ?? unquote(word.value);
            if (!ABSOLUTE.test(path))
                yield { message: `WORKDIR ${word.value} is relative: it depends on the base image`, at: word.at };
        }
    },
};
/** The first WORKDIR of each stage that inherits none. */
function firstOnes(context) {
    const first = new Set();
    const set = new Set();
    // Stages come after those that they are built from.
    for (const stage of context.stages) {
        const [own] = context.of(stage, 'workdir');
        const inherits = (stage.parent !== undefined && set.has(stage.parent)) ||
            (0,lint_context/* triggersRun */.fp)(stage).some(({ kind }) => kind === 'workdir');
        if (inherits || own !== undefined)
            set.add(stage);
        if (!inherits && own !== undefined)
            first.add(own);
    }
    return first;
}

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
    tsib1021/* tsib1021 */.P,
    tsib1022,
    tsib1023,
    tsib1024,
    undefinedArgInFrom,
    undefinedVar,
    workdirRelativePath,
];


/***/ }),

/***/ 5846:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   P: () => (/* binding */ tsib1021)
/* harmony export */ });
/** What silences nothing hides what comes later. Found where findings are silenced: see unused-pragmas.ts. */
const tsib1021 = {
    id: 'TSIB1021',
    severity: 'style',
    title: 'Ignore comments silence something',
    check: () => [],
};


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


/***/ }),

/***/ 8328:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   v: () => (/* binding */ coverOf)
/* harmony export */ });
/**
 * Whether patterns in order cover a path: the last one that does decides, and `!` makes an exception. As in BuildKit
 * (moby/patternmatcher, MatchesUsingParentResults) a pattern that would change nothing is not looked at, and so does not count for what is
 * below: after `a/b`, `!a` does not let `a/b` in, since `a` was not left out before.
 * @param parent what this gave for the folder that the path is in
 */
function coverOf(patterns, path, parent) {
    let covered = false;
    const state = patterns.map((pattern, i) => {
        const here = parent?.[i] === true || (pattern.exception === covered && pattern.matches(path));
        if (here)
            covered = !pattern.exception;
        return here;
    });
    return { covered, state };
}


/***/ })

};
