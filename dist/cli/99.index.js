export const id = 99;
export const ids = [99];
export const modules = {

/***/ 8099:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  lintCommand: () => (/* binding */ lintCommand)
});

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: ./lib/base/errors.js
var errors = __webpack_require__(7594);
// EXTERNAL MODULE: ./lib/dockerfile/lint/config.js
var config = __webpack_require__(2934);
// EXTERNAL MODULE: ./lib/app/lint/baseline-file.js + 1 modules
var baseline_file = __webpack_require__(8235);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./lib/dockerfile/match.js
var match = __webpack_require__(3551);
;// CONCATENATED MODULE: ./lib/app/lint/git-ignore.js



/** The `.gitignore` files in force below a folder, the outermost first. */
class GitIgnore {
    #files;
    constructor(files) {
        this.#files = files;
    }
    /** For a folder that a walk begins in: those of the repository around it count too. `folder` is absolute. */
    static around(folder) {
        const root = repositoryOf(folder);
        if (root === undefined)
            return new GitIgnore([]);
        const between = [];
        for (let at = (0,external_node_path_.dirname)(folder); at.length >= root.length; at = (0,external_node_path_.dirname)(at)) {
            between.unshift(at);
            if (at === (0,external_node_path_.dirname)(at))
                break;
        }
        return between.reduce((ignore, each) => ignore.below(each), new GitIgnore([]));
    }
    /** With the file of one more folder. */
    below(folder) {
        const path = (0,external_node_path_.join)(folder, '.gitignore');
        if (!(0,external_node_fs_.existsSync)(path))
            return this;
        const lines = (0,external_node_fs_.readFileSync)(path, 'utf8').split(/\r?\n/).flatMap(readLine);
        return new GitIgnore([...this.#files, { folder, lines }]);
    }
    /** The last line that matches decides. `path` is absolute. */
    ignores(path, isFolder) {
        let ignored = false;
        for (const { folder, lines } of this.#files) {
            const names = (0,external_node_path_.relative)(folder, path).split(external_node_path_.sep);
            for (const { negated, foldersOnly, segments } of lines) {
                if ((isFolder || !foldersOnly) && matches(segments, names))
                    ignored = !negated;
            }
        }
        return ignored;
    }
}
function repositoryOf(folder) {
    for (let at = folder;; at = (0,external_node_path_.dirname)(at)) {
        if ((0,external_node_fs_.existsSync)((0,external_node_path_.join)(at, '.git')))
            return at;
        if (at === (0,external_node_path_.dirname)(at))
            return undefined;
    }
}
function readLine(raw) {
    const text = raw.replace(/(?<!\\)\s+$/, '');
    if (text === '' || text.startsWith('#'))
        return [];
    const negated = text.startsWith('!');
    const pattern = negated ? text.slice(1) : text;
    const foldersOnly = pattern.endsWith('/');
    const names = pattern.replace(/\/$/, '').replace(/^\//, '').split('/');
    // A pattern without a slash but at its end fits at any depth.
    const anchored = pattern.replace(/\/$/, '').includes('/');
    try {
        const segments = names.map((name) => (name === '**' ? undefined : (0,match/* compilePattern */.Eb)(name)));
        return [{ negated, foldersOnly, segments: anchored ? segments : [undefined, ...segments] }];
    }
    catch {
        // git lets a broken pattern match nothing.
        return [];
    }
}
function matches(pattern, names) {
    const [first, ...rest] = pattern;
    if (pattern.length === 0)
        return names.length === 0;
    if (first === undefined)
        return matches(rest, names) || (names.length > 0 && matches(pattern, names.slice(1)));
    const [name, ...more] = names;
    return name !== undefined && (0,match/* matchesPattern */.MT)(first, name) && matches(rest, more);
}

;// CONCATENATED MODULE: ./lib/app/lint/find-dockerfiles.js




/** `Dockerfile`, `Dockerfile.dev`, `web.Dockerfile`, and the same with Containerfile, in any case. */
const NAME = /^(?:docker|container)file(?:\..+)?$|\.(?:docker|container)file$/i;
const NO_DOCKERFILE = /\.dockerignore$/i;
/** Folders that hold other people's files. */
const SKIPPED = new Set(['.git', 'node_modules']);
/**
 * Turns arguments into files. A folder stands for the Dockerfiles below it, hidden folders included, without what `.gitignore` leaves out;
 * what is named is taken whatever it is called. Each file is given once.
 */
function findDockerfiles(patterns) {
    const paths = new Set();
    const missing = [];
    for (const pattern of patterns) {
        const found = filesOf(pattern);
        if (typeof found === 'string')
            missing.push(missingFile(found));
        else
            for (const path of found)
                paths.add(path);
    }
    return { paths: [...paths], missing };
}
/** The files, or what is wrong. */
function filesOf(pattern) {
    if (pattern === '-')
        return ['-'];
    const kind = kindOf(pattern);
    if (kind === 'folder') {
        try {
            const below = walk(pattern, GitIgnore.around((0,external_node_path_.resolve)(pattern)));
            return below.length === 0 ? `${pattern} holds no Dockerfile` : below;
        }
        catch (error) {
            return `${pattern} cannot be searched: ${(0,errors/* reasonOf */.A3)(error)}`;
        }
    }
    // A file that is not there is told by whoever reads it.
    if (kind === 'file' || !/[*?[{]/.test(pattern))
        return [pattern];
    const hits = (0,external_node_fs_.globSync)(pattern).filter((path) => kindOf(path) === 'file');
    return hits.length === 0 ? `No file matches ${pattern}` : hits.sort();
}
function walk(folder, outer) {
    const ignore = outer.below((0,external_node_path_.resolve)(folder));
    const entries = (0,external_node_fs_.readdirSync)(folder, { withFileTypes: true });
    return entries
        .sort((one, other) => (one.name < other.name ? -1 : 1))
        .flatMap((entry) => {
        const path = (0,external_node_path_.normalize)((0,external_node_path_.join)(folder, entry.name));
        if (ignore.ignores((0,external_node_path_.resolve)(path), entry.isDirectory()))
            return [];
        if (entry.isDirectory())
            return SKIPPED.has(entry.name) ? [] : walk(path, ignore);
        const wanted = NAME.test(entry.name) && !NO_DOCKERFILE.test(entry.name);
        // A link counts by what it leads to, but links to folders are not followed: they may lead back up.
        return wanted && kindOf(path) === 'file' ? [path] : [];
    });
}
/** undefined: there is nothing, or a link that leads nowhere. */
function kindOf(path) {
    try {
        return (0,external_node_fs_.statSync)(path).isDirectory() ? 'folder' : 'file';
    }
    catch {
        return undefined;
    }
}
function missingFile(message) {
    return new errors/* BuildError */.zS({ kind: 'user', code: 'DOCKERFILE_NOT_FOUND', message });
}

// EXTERNAL MODULE: ./lib/app/lint/lint-config.js
var lint_config = __webpack_require__(3427);
// EXTERNAL MODULE: ./lib/app/lint/lint-files.js
var lint_files = __webpack_require__(6070);
// EXTERNAL MODULE: ./lib/app/lint/reports.js + 14 modules
var lint_reports = __webpack_require__(6792);
// EXTERNAL MODULE: ./lib/app/options/problems.js
var options_problems = __webpack_require__(3916);
// EXTERNAL MODULE: ./lib/app/version.js
var version = __webpack_require__(1271);
// EXTERNAL MODULE: ./lib/app/cli/arguments.js
var cli_arguments = __webpack_require__(7114);
// EXTERNAL MODULE: external "node:util"
var external_node_util_ = __webpack_require__(7975);
// EXTERNAL MODULE: ./lib/dockerfile/lint/config-environment.js
var config_environment = __webpack_require__(6834);
;// CONCATENATED MODULE: ./lib/dockerfile/lint/config-arguments.js




const many = { type: 'string', multiple: true };
const OPTIONS = {
    ignore: many,
    error: many,
    warning: many,
    info: many,
    style: many,
    'trusted-registry': many,
    'require-label': many,
    'strict-labels': { type: 'boolean' },
    'disable-ignore-pragma': { type: 'boolean' },
    'failure-threshold': { type: 'string', short: 't' },
    format: { ...many, short: 'f' },
    'no-fail': { type: 'boolean' },
    'no-color': { type: 'boolean' },
    verbose: { type: 'boolean', short: 'V' },
    version: { type: 'boolean', short: 'v' },
    config: { type: 'string', short: 'c' },
    output: { ...many, short: 'o' },
    'file-path-in-report': { type: 'string' },
};
/**
 * Reads hadolint's options.
 * @throws BuildError `BAD_LINT_OPTION`
 */
function parseLintArguments(argv) {
    const { values, positionals } = read(argv);
    return {
        config: {
            ...(values.ignore === undefined ? {} : { ignored: values.ignore }),
            ...(values['trusted-registry'] === undefined ? {} : { trustedRegistries: values['trusted-registry'] }),
            ...overrides(values),
            ...labels(values['require-label']),
            ...(values['strict-labels'] ? { strictLabels: true } : {}),
            ...(values['disable-ignore-pragma'] ? { disableIgnorePragma: true } : {}),
            ...(values['no-fail'] ? { noFail: true } : {}),
            ...(values['no-color'] ? { noColor: true } : {}),
            ...(values.verbose ? { verbose: true } : {}),
            ...threshold(values['failure-threshold']),
            ...formats(values.format),
        },
        files: positionals,
        version: values.version ?? false,
        configFile: values.config,
        output: values.output ?? [],
        filePathInReport: values['file-path-in-report'],
    };
}
function read(argv) {
    try {
        return (0,external_node_util_.parseArgs)({ args: [...argv], options: OPTIONS, allowPositionals: true, strict: true });
    }
    catch (cause) {
        throw badOption((0,errors/* reasonOf */.A3)(cause), cause);
    }
}
function badOption(message, cause) {
    return new errors/* BuildError */.zS({ kind: 'user', code: 'BAD_LINT_OPTION', message, cause });
}
function overrides(values) {
    const override = {};
    for (const severity of config/* SEVERITIES */.oC) {
        const ids = values[severity];
        if (ids !== undefined)
            override[severity] = ids;
    }
    return Object.keys(override).length === 0 ? {} : { override };
}
function labels(values) {
    if (values === undefined)
        return {};
    const labelSchema = (0,config_environment/* parseLabelSchema */.D)(values.join(','));
    if (labelSchema === undefined)
        throw badOption(`--require-label ${values.join(' ')}: the type is unknown`);
    return { labelSchema };
}
function threshold(value) {
    if (value === undefined)
        return {};
    const known = config/* FAILURE_THRESHOLDS */.IU.find((one) => one === value);
    if (known === undefined)
        throw badOption(`--failure-threshold is one of ${config/* FAILURE_THRESHOLDS */.IU.join(', ')}`);
    return { failureThreshold: known };
}
function formats(values) {
    if (values === undefined)
        return {};
    const unknown = values.find((value) => !config/* FORMATS */.hR.includes(value));
    if (unknown !== undefined)
        throw badOption(`--format ${unknown}: known are ${config/* FORMATS */.hR.join(', ')}`);
    return { format: values };
}

// EXTERNAL MODULE: ./lib/app/lint/shellcheck.js
var shellcheck = __webpack_require__(5939);
// EXTERNAL MODULE: ./lib/app/options/key-values.js
var key_values = __webpack_require__(8628);
;// CONCATENATED MODULE: ./lib/app/cli/lint/flags.js





/** For the help; read by parseLintFlags. */
const LINT_FLAGS = {
    format: {
        type: 'string',
        short: 'f',
        value: 'FORMAT',
        help: `${config/* FORMATS */.hR.join(', ')} (default: tty); may be given again`,
    },
    output: {
        type: 'string',
        short: 'o',
        value: 'FILE',
        help: 'file for the report; the n-th goes with the n-th format',
    },
    config: {
        type: 'string',
        short: 'c',
        value: 'FILE',
        help: 'a .hadolint.yaml (default: hadolint’s search places)',
    },
    'failure-threshold': {
        type: 'string',
        short: 't',
        value: 'LEVEL',
        help: 'error, warning, info, style, ignore or none: what makes the exit code 1 (default: info)',
    },
    ignore: { type: 'string', value: 'RULE', help: 'rule that is not told' },
    error: { type: 'string', value: 'RULE', help: 'rule that is told as an error' },
    warning: { type: 'string', value: 'RULE', help: 'rule that is told as a warning' },
    info: { type: 'string', value: 'RULE', help: 'rule that is told as an info' },
    style: { type: 'string', value: 'RULE', help: 'rule that is told as a matter of style' },
    'trusted-registry': { type: 'string', value: 'HOST', help: 'registry that images may come from' },
    'require-label': {
        type: 'string',
        value: 'LABEL:TYPE',
        help: 'label that has to be there; text, url, spdx, hash, rfc3339, semver or email',
    },
    'strict-labels': { type: 'boolean', help: 'tell labels that are not among the required ones' },
    'disable-ignore-pragma': { type: 'boolean', help: 'comments "# hadolint ignore=" have no effect' },
    'no-fail': { type: 'boolean', help: 'exit with 0 whatever is found' },
    'no-color': { type: 'boolean', help: 'no colours, not even on a terminal' },
    verbose: { type: 'boolean', short: 'V', help: 'tell on stderr what is read' },
    'file-path-in-report': { type: 'string', value: 'PATH', help: 'what reports call the file' },
    fix: { type: 'boolean', help: 'mend the files; --fix=unsafe takes fixes that want a look, too' },
    explain: { type: 'string', value: 'RULE', help: 'tell what a rule wants and why, and stop' },
    baseline: { type: 'string', value: 'FILE', help: 'findings in this file are counted, but not told' },
    'write-baseline': {
        type: 'string',
        value: 'FILE',
        help: 'write all findings to this file, for --baseline, and exit with 0',
    },
    shellcheck: { type: 'string', value: 'MODE', help: 'auto, off or required (default: auto)' },
    'build-arg': {
        type: 'string',
        value: 'KEY[=VALUE]',
        help: 'value of an ARG; without =VALUE from the environment',
    },
    dockerignore: {
        type: 'string',
        value: 'FILE',
        help: 'ignore file of the context (default: the one beside the Dockerfile)',
    },
    version: { type: 'boolean', short: 'v', help: 'show the version' },
    help: { type: 'boolean', short: 'h', help: 'show this' },
};
const WITH_VALUE = [
    'shellcheck',
    'build-arg',
    'dockerignore',
    'baseline',
    'write-baseline',
    'explain',
];
/** What stands for a value that is not written. */
const WITHOUT_VALUE = new Map([
    ['fix', 'safe'],
    ['help', ''],
]);
/**
 * Takes our own flags out and leaves the rest to hadolint's grammar. No value can be mistaken for a flag: that grammar refuses values with a
 * leading dash.
 * @throws BuildError `BAD_INPUT`, `BAD_LINT_OPTION`
 */
function parseLintFlags(argv, environment) {
    const { own, rest } = takeOwn(argv);
    return {
        hadolint: parseLintArguments(rest),
        fix: fixLevel(own.get('fix')?.at(-1)),
        shellcheck: (0,shellcheck/* shellcheckMode */.Q)(own.get('shellcheck')?.at(-1)),
        buildArgs: (0,key_values/* buildArgs */.C)(own.get('build-arg') ?? [], environment),
        dockerignore: own.get('dockerignore')?.at(-1),
        explain: own.get('explain')?.at(-1),
        baseline: own.get('baseline')?.at(-1),
        writeBaseline: own.get('write-baseline')?.at(-1),
        help: own.has('help'),
    };
}
function takeOwn(argv) {
    const own = new Map();
    const rest = [];
    for (let at = 0; at < argv.length; at++) {
        const word = argv[at] ?? '';
        if (word === '--')
            return { own, rest: [...rest, ...argv.slice(at)] };
        const [, name = '', value] = /^--([a-z-]+)(?:=(.*))?$/s.exec(word === '-h' ? '--help' : word) ?? [];
        const fallback = WITHOUT_VALUE.get(name);
        if (fallback !== undefined)
            keep(own, name, value ?? fallback);
        else if (WITH_VALUE.includes(name))
            keep(own, name, value ?? nextValue(name, argv[++at]));
        else
            rest.push(word);
    }
    return { own, rest };
}
function keep(own, name, value) {
    own.set(name, [...(own.get(name) ?? []), value]);
}
function nextValue(name, next) {
    if (next === undefined || /^-./.test(next))
        throw (0,options_problems/* badInput */.A)(`--${name} wants a value`);
    return next;
}
function fixLevel(text) {
    if (text === undefined || text === 'safe' || text === 'unsafe')
        return text;
    throw (0,options_problems/* badInput */.A)(`--fix=${text} is not a kind of fixes`, 'It is safe or unsafe.');
}

;// CONCATENATED MODULE: ./lib/app/cli/commands/lint.js












/** `lint [FLAGS] FILE|GLOB|FOLDER…`, or `-` for standard input, with hadolint's flags. */
const lintCommand = async (argv, terminal) => {
    const flags = parseLintFlags(argv, terminal.environment);
    if (flags.help) {
        terminal.stdout(`Usage: ts-image-build lint [FLAGS] FILE|GLOB|FOLDER… | -\n\n${(0,cli_arguments/* flagHelp */.Q)(LINT_FLAGS)}\n`);
        return 0;
    }
    if (flags.hadolint.version) {
        terminal.stdout(`ts-image-build ${version/* VERSION */.x}\n`);
        return 0;
    }
    if (flags.explain !== undefined) {
        const { explainRule } = await __webpack_require__.e(/* import() */ 61).then(__webpack_require__.bind(__webpack_require__, 1061));
        terminal.stdout(explainRule(flags.explain));
        return 0;
    }
    if (flags.hadolint.files.length === 0)
        throw (0,options_problems/* badInput */.A)('there is no file to lint', 'Write "lint Dockerfile", a folder, or - for standard input.');
    const config = await configOf(flags, terminal);
    return await run(flags, config, terminal);
};
async function run(flags, config, terminal) {
    const { configFile: _, filePathInReport, output, files: patterns } = flags.hadolint;
    const notice = (message) => terminal.stderr(`${message}\n`);
    const reports = (0,lint_reports/* pairReports */.K)(config.format ?? [], output);
    const baseline = flags.baseline === undefined ? undefined : (0,baseline_file/* readBaseline */.mF)(flags.baseline);
    const found = findDockerfiles(patterns);
    if (filePathInReport !== undefined && found.paths.length > 1)
        throw (0,options_problems/* badInput */.A)('--file-path-in-report names one file, and there are several to lint');
    const read = await (0,lint_files/* readDockerfiles */.sb)(found.paths, terminal.readStdin);
    const problems = [...found.missing, ...read.unreadable];
    const files = flags.fix === undefined ? read.files : await fixAll(flags.fix, read.files, config, terminal, problems);
    const all = await (0,lint_files/* lintFiles */.ji)(files, {
        config,
        shellcheck: {
            mode: flags.shellcheck,
            environment: terminal.environment,
            signal: terminal.signal,
            onNotice: notice,
        },
        ...(filePathInReport === undefined ? {} : { nameOf: () => filePathInReport }),
    });
    // A baseline of a part of the files would let the others fail.
    const linted = flags.writeBaseline !== undefined && problems.length === 0
        ? (0,baseline_file/* writeBaseline */.B9)(flags.writeBaseline, all, notice)
        : (0,baseline_file/* againstBaseline */.js)(baseline, all, notice);
    if (config.verbose === true)
        for (const { path, diagnostics } of linted)
            terminal.stderr(`${path}: ${diagnostics.length} findings\n`);
    terminal.stdout((0,lint_reports/* writeReports */.L)(reports, linted, {
        color: isColoured(config, terminal),
        version: version/* VERSION */.x,
        folder: (0,baseline_file/* baselineFolder */.Y6)(),
    }));
    for (const problem of problems)
        terminal.stderr(`${textOf(problem)}\n`);
    if (problems.length > 0)
        return 2;
    return fails(linted, config) ? 1 : 0;
}
async function configOf(flags, terminal) {
    const { hadolint, buildArgs, dockerignore } = flags;
    const config = await (0,lint_config/* readLintConfig */.CN)({
        ignore: [],
        environment: terminal.environment,
        given: { ...hadolint.config, folder: (0,baseline_file/* baselineFolder */.Y6)() },
        buildArgs,
        ...(hadolint.configFile === undefined ? {} : { config: hadolint.configFile }),
        ...(dockerignore === undefined ? {} : { dockerignore: readIgnoreFile(dockerignore) }),
    });
    const path = hadolint.configFile ?? (0,lint_config/* lintConfigPath */.Fg)(terminal.environment);
    for (const key of config.unknownKeys ?? [])
        terminal.stderr(`${path}: unknown key ${key}\n`);
    if (config.verbose === true)
        terminal.stderr(`configuration: ${path ?? 'no file'}\n`);
    return config;
}
function readIgnoreFile(path) {
    try {
        return (0,external_node_fs_.readFileSync)(path, 'utf8');
    }
    catch (cause) {
        throw (0,options_problems/* badInput */.A)(`--dockerignore: ${path} cannot be read: ${cause.message}`);
    }
}
/** Mends each file and tells what was done; a file that cannot be mended is linted as it is. */
async function fixAll(level, files, config, terminal, problems) {
    const { fixFile } = await __webpack_require__.e(/* import() */ 828).then(__webpack_require__.bind(__webpack_require__, 3828));
    return files.map((file) => {
        try {
            const result = fixFile(file, config, level);
            for (const { rule, at, fix } of result.fixed)
                terminal.stderr(`fixed ${file.path}:${at.start.line} ${rule}: ${fix?.title ?? ''}\n`);
            return result.file;
        }
        catch (thrown) {
            if (!(thrown instanceof errors/* BuildError */.zS))
                throw thrown;
            problems.push(thrown);
            return file;
        }
    });
}
/** NO_COLOR is part of the configuration; FORCE_COLOR is how logs that show colours ask for them. */
function isColoured({ noColor }, { environment, interactive }) {
    if (noColor === true)
        return false;
    const forced = environment['FORCE_COLOR'];
    return forced === undefined ? interactive === true : !['', '0', 'false'].includes(forced);
}
/** Formats that are read by services, which take a failure for their own. */
const NEVER_FAILING = ['codeclimate', 'codacy'];
/** As hadolint: a file that could not be read as a Dockerfile fails under every threshold. */
function fails(linted, { format = [], noFail, failureThreshold }) {
    if (noFail === true || format.some((one) => NEVER_FAILING.includes(one)))
        return false;
    return linted.some(({ diagnostics }) => diagnostics.some(({ rule, severity }) => rule === 'DL1000' || (0,config/* reachesThreshold */.Lu)(severity, failureThreshold)));
}
function textOf({ message, hint }) {
    return hint === undefined ? message : `${message}. ${hint}`;
}


/***/ }),

/***/ 6070:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   ji: () => (/* binding */ lintFiles),
/* harmony export */   m3: () => (/* binding */ configFor),
/* harmony export */   sb: () => (/* binding */ readDockerfiles)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3024);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(7594);
/* harmony import */ var _dockerfile_lint_lint_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(8372);
/* harmony import */ var _dockerfile_parse_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(8965);
/* harmony import */ var _shellcheck_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(5939);






/** Every file that can be read; one that cannot does not silence the others. */
async function readDockerfiles(paths, readStdin) {
    const files = [];
    const unreadable = [];
    for (const path of paths) {
        try {
            files.push(path === '-' ? { path, text: await readStdin(), exact: false } : readText(path));
        }
        catch (thrown) {
            unreadable.push(unreadableFile(path, thrown));
        }
    }
    return { files, unreadable };
}
function readText(path) {
    const bytes = (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readFileSync)(path);
    const text = bytes.toString('utf8');
    // A character that stands for broken bytes is longer than they were, or was there before.
    return { path, text, exact: !text.includes('\uFFFD') || Buffer.from(text).equals(bytes) };
}
function unreadableFile(path, thrown) {
    const { code, message } = thrown;
    if (code === undefined || code === 'ABORT_ERR')
        throw (0,_base_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .toBuildError */ .KB)(thrown);
    return new _base_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .BuildError */ .zS({
        kind: 'user',
        code: 'DOCKERFILE_NOT_FOUND',
        message: `${path} cannot be read: ${message}`,
        cause: thrown,
    });
}
/**
 * The findings of each file, ShellCheck's among them.
 * @throws BuildError as shellcheckFiles
 */
async function lintFiles(files, run) {
    const nameOf = run.nameOf ?? ((path) => path);
    const parsed = files.map((file) => ({
        file,
        parsed: (0,_dockerfile_parse_js__WEBPACK_IMPORTED_MODULE_4__/* .parseDockerfile */ .Ai)(file.text, nameOf(file.path), run.config.buildArgs),
        config: configFor(file.path, run.config),
    }));
    const external = await (0,_shellcheck_js__WEBPACK_IMPORTED_MODULE_5__/* .shellcheckFiles */ .s)(parsed, run.shellcheck);
    return parsed.map(({ file, parsed: result, config }, index) => ({
        path: nameOf(file.path),
        text: file.text,
        diagnostics: (0,_dockerfile_lint_lint_js__WEBPACK_IMPORTED_MODULE_3__/* .lint */ .u)(result, { ...config, external: external[index] ?? [] }),
    }));
}
/** Unless one was named, the ignore file beside a Dockerfile is taken for that of its context. */
function configFor(path, config) {
    if (config.dockerignore !== undefined || path === '-')
        return config;
    const folder = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.dirname)(path);
    const found = [(0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(folder, `${(0,node_path__WEBPACK_IMPORTED_MODULE_1__.basename)(path)}.dockerignore`), (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(folder, '.dockerignore')].find((candidate) => (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.existsSync)(candidate));
    return found === undefined ? config : { ...config, dockerignore: (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readFileSync)(found, 'utf8') };
}


/***/ })

};
