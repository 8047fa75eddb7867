export const id = 965;
export const ids = [965];
export const modules = {

/***/ 3965:
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
var base_errors = __webpack_require__(7594);
// EXTERNAL MODULE: ./lib/dockerfile/lint/config.js
var config = __webpack_require__(2934);
// EXTERNAL MODULE: ./lib/dockerfile/printable.js
var printable = __webpack_require__(1461);
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
        const text = textOf((0,external_node_path_.join)(folder, '.gitignore'));
        if (text === undefined)
            return this;
        return new GitIgnore([...this.#files, { folder, lines: text.split(/\r?\n/).flatMap(readLine) }]);
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
/** Without the mark that some editors put in front. What cannot be read says nothing, as in git: a folder may be called so. */
function textOf(path) {
    try {
        return (0,external_node_fs_.readFileSync)(path, 'utf8').replace(/^\uFEFF/, '');
    }
    catch {
        return undefined;
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
        // git knows both signs for "none of these".
        const segments = names.map((name) => name === '**' ? undefined : (0,match/* compilePattern */.Eb)(name.replace(/(?<!\\)\[!/g, '[^')));
        return [{ negated, foldersOnly, segments: anchored ? segments : [undefined, ...segments] }];
    }
    catch {
        // git lets a broken pattern match nothing.
        return [];
    }
}
/** From the last segment to the first, the names where the rest of the pattern fits: no way is tried twice. */
function matches(pattern, names) {
    // At the end `**` stands for what is in a folder, not for the folder.
    let fits = names.map(() => pattern.at(-1) === undefined).concat(pattern.at(-1) !== undefined);
    for (const segment of (pattern.at(-1) === undefined ? pattern.slice(0, -1) : pattern).toReversed()) {
        const rest = fits;
        if (segment === undefined)
            fits = rest.map((_, at) => rest.includes(true, at));
        else
            fits = names.map((name, at) => rest[at + 1] === true && (0,match/* matchesPattern */.MT)(segment, name)).concat(false);
    }
    return fits[0] === true;
}

;// CONCATENATED MODULE: ./lib/app/lint/find-dockerfiles.js




/** `Dockerfile`, `Dockerfile.dev`, `web.Dockerfile`, and the same with Containerfile, in any case. */
const NAME = /^(?:docker|container)file(?:\..+)?$|\.(?:docker|container)file$/i;
const NO_DOCKERFILE = /\.dockerignore$/i;
/** Folders that hold other people's files. */
const SKIPPED = new Set(['.git', 'node_modules']);
/** Stands for the bytes of a name that are not UTF-8; nothing can be opened by such a name. */
const BROKEN = '\uFFFD';
/**
 * Turns arguments into files. A folder stands for the Dockerfiles below it, hidden folders included, without what `.gitignore` leaves out;
 * what is named is taken whatever it is called. Each file is given once, by the first of its names.
 */
function findDockerfiles(patterns) {
    const paths = new Map();
    const missing = [];
    const miss = (message) => void missing.push(new base_errors/* BuildError */.zS({ kind: 'user', code: 'DOCKERFILE_NOT_FOUND', message }));
    for (const pattern of patterns) {
        for (const path of filesOf(pattern, miss)) {
            const place = path === '-' ? path : (0,external_node_path_.resolve)(path);
            if (!paths.has(place))
                paths.set(place, path);
        }
    }
    return { paths: [...paths.values()], missing };
}
function filesOf(pattern, miss) {
    if (pattern === '-')
        return ['-'];
    const kind = kindOf(pattern);
    if (kind === 'folder') {
        let complete = true;
        const below = walk(pattern, GitIgnore.around((0,external_node_path_.resolve)(pattern)), (message) => {
            complete = false;
            miss(message);
        });
        if (below.length === 0 && complete)
            miss(`${pattern} holds no Dockerfile`);
        return below;
    }
    // A file that is not there is told by whoever reads it.
    if (kind !== undefined || !/[*?[{]/.test(pattern))
        return [pattern];
    const hits = (0,external_node_fs_.globSync)(pattern).filter((path) => kindOf(path) === 'file');
    if (hits.length === 0)
        miss(`No file matches ${pattern}`);
    return hits.sort();
}
/** A folder that cannot be read does not hide the others. */
function walk(folder, outer, miss) {
    const ignore = outer.below((0,external_node_path_.resolve)(folder));
    return entriesOf(folder, miss).flatMap((entry) => {
        const path = (0,external_node_path_.normalize)((0,external_node_path_.join)(folder, entry.name));
        if (ignore.ignores((0,external_node_path_.resolve)(path), entry.isDirectory()))
            return [];
        if (entry.isDirectory())
            return SKIPPED.has(entry.name) ? [] : walk(path, ignore, miss);
        if (!NAME.test(entry.name) || NO_DOCKERFILE.test(entry.name))
            return [];
        if (entry.name.includes(BROKEN) && kindOf(path) === undefined) {
            miss(`${path} cannot be read: its name is not UTF-8`);
            return [];
        }
        // A link counts by what it leads to, but links to folders are not followed: they may lead back up. Reading a pipe would never end.
        return kindOf(path) === 'file' ? [path] : [];
    });
}
function entriesOf(folder, miss) {
    try {
        return (0,external_node_fs_.readdirSync)(folder, { withFileTypes: true }).sort((one, other) => one.name < other.name ? -1 : 1);
    }
    catch (error) {
        const reason = folder.includes(BROKEN) ? 'its name is not UTF-8' : (0,base_errors/* reasonOf */.A3)(error);
        miss(`${folder} cannot be searched: ${reason}`);
        return [];
    }
}
/** undefined: there is nothing, or a link that leads nowhere. */
function kindOf(path) {
    try {
        const stats = (0,external_node_fs_.statSync)(path);
        if (stats.isDirectory())
            return 'folder';
        return stats.isFile() ? 'file' : 'other';
    }
    catch {
        return undefined;
    }
}

// EXTERNAL MODULE: ./lib/app/lint/lint-config.js + 1 modules
var lint_config = __webpack_require__(5545);
// EXTERNAL MODULE: ./lib/app/lint/lint-files.js
var lint_files = __webpack_require__(6070);
// EXTERNAL MODULE: ./lib/app/lint/reports.js + 14 modules
var lint_reports = __webpack_require__(6792);
;// CONCATENATED MODULE: ./lib/app/lint/workspace-paths.js

/** Where jobs of GitHub and of GitLab check the repository out. */
const WORKSPACES = ['GITHUB_WORKSPACE', 'CI_PROJECT_DIR'];
/**
 * How services that know the whole repository call a file: from the folder of the checkout, where the job works in a folder of it
 * (`working-directory`). Elsewhere files keep their names.
 */
function workspacePaths(environment) {
    const here = process.cwd();
    const root = WORKSPACES.map((name) => environment[name]).find((folder) => folder !== undefined && (0,external_node_path_.isAbsolute)(folder) && isBelow(here, (0,external_node_path_.resolve)(folder)));
    if (root === undefined)
        return (path) => path;
    return (path) => {
        const file = (0,external_node_path_.resolve)(path);
        return path !== '-' && isBelow(file, (0,external_node_path_.resolve)(root)) ? (0,external_node_path_.relative)(root, file) : path;
    };
}
function isBelow(path, folder) {
    const way = (0,external_node_path_.relative)(folder, path);
    return way !== '' && way !== '..' && !way.startsWith('../');
}

// EXTERNAL MODULE: ./lib/app/options/problems.js
var options_problems = __webpack_require__(3916);
// EXTERNAL MODULE: ./lib/app/report/runner-command.js
var runner_command = __webpack_require__(942);
// EXTERNAL MODULE: ./lib/app/version.js
var version = __webpack_require__(1271);
// EXTERNAL MODULE: ./lib/app/cli/arguments.js
var cli_arguments = __webpack_require__(7114);
// EXTERNAL MODULE: external "node:util"
var external_node_util_ = __webpack_require__(7975);
// EXTERNAL MODULE: ./lib/dockerfile/suggest.js
var suggest = __webpack_require__(5472);
// EXTERNAL MODULE: ./lib/dockerfile/truth-value.js
var truth_value = __webpack_require__(243);
// EXTERNAL MODULE: ./lib/dockerfile/lint/config-environment.js
var config_environment = __webpack_require__(6834);
;// CONCATENATED MODULE: ./lib/dockerfile/lint/config-arguments.js






const config_arguments_text = { type: 'string' };
const flag = { type: 'boolean' };
const OPTIONS = {
    ignore: config_arguments_text,
    error: config_arguments_text,
    warning: config_arguments_text,
    info: config_arguments_text,
    style: config_arguments_text,
    'trusted-registry': config_arguments_text,
    'require-label': config_arguments_text,
    'strict-labels': flag,
    'disable-ignore-pragma': flag,
    'failure-threshold': { ...config_arguments_text, short: 't' },
    format: { ...config_arguments_text, short: 'f' },
    'no-fail': flag,
    'no-color': flag,
    verbose: { ...flag, short: 'V' },
    version: { ...flag, short: 'v' },
    config: { ...config_arguments_text, short: 'c' },
    output: { ...config_arguments_text, short: 'o' },
    'file-path-in-report': config_arguments_text,
};
/**
 * Reads hadolint's options, and further ones of the caller.
 * @param tell gets all that is wrong; without it that is thrown
 * @throws BuildError `BAD_LINT_OPTION`
 */
function parseLintArguments(argv, own = {}, tell) {
    const problems = [];
    const given = readGiven(argv, { ...OPTIONS, ...own }, tell ?? ((option, message) => void problems.push(badOption(`${option}: ${message}`))));
    const read = {
        config: {
            ...listOf('ignored', given.texts('ignore')),
            ...listOf('trustedRegistries', given.texts('trusted-registry')),
            ...overrides(given),
            ...labels(given),
            ...(given.isSet('strict-labels') ? { strictLabels: true } : {}),
            ...(given.isSet('disable-ignore-pragma') ? { disableIgnorePragma: true } : {}),
            ...(given.isSet('no-fail') ? { noFail: true } : {}),
            ...(given.isSet('no-color') ? { noColor: true } : {}),
            ...(given.isSet('verbose') ? { verbose: true } : {}),
            ...threshold(given),
            ...formats(given),
        },
        files: given.files,
        version: given.isSet('version'),
        configFile: given.texts('config').at(-1),
        output: given.texts('output'),
        filePathInReport: given.texts('file-path-in-report').at(-1),
        own: new Map(Object.keys(own)
            .filter((name) => given.isSet(name) || given.texts(name).length > 0)
            .map((name) => [name, given.isSet(name) ? [''] : given.texts(name)])),
    };
    (0,base_errors/* throwAll */.Kx)(problems);
    return read;
}
/** What stands on the command line, as far as it can be read. */
function readGiven(argv, options, tell) {
    const { tokens, positionals } = (0,external_node_util_.parseArgs)({
        args: [...argv],
        options: { ...options },
        allowPositionals: true,
        strict: false,
        tokens: true,
    });
    const values = new Map();
    const flags = new Map();
    for (const token of tokens) {
        if (token.kind !== 'option')
            continue;
        const { name, rawName: option } = token;
        const known = Object.hasOwn(options, name) ? options[name] : undefined;
        if (known === undefined)
            tell(option, `there is no such flag${meant(option, options)}`);
        else if (known.type === 'boolean')
            flags.set(name, truthOf(token, tell));
        else
            values.set(name, [...(values.get(name) ?? []), ...config_arguments_textOf(token, tell)]);
    }
    return {
        files: positionals,
        tell,
        values: (name) => values.get(name) ?? [],
        texts: (name) => (values.get(name) ?? []).map((one) => one.text),
        isSet: (name) => flags.get(name) === true,
    };
}
function meant(option, options) {
    const near = option.startsWith('--') ? (0,suggest/* nearest */.p)(option.slice(2), Object.keys(options)) : undefined;
    return near === undefined ? '' : `; did you mean --${near}?`;
}
/** As the flags of the other commands are read. */
function truthOf({ rawName, value = 'true' }, tell) {
    const isTrue = (0,truth_value/* readBool */.r)(value);
    if (isTrue === undefined)
        tell(rawName, `"${value}" is neither true nor false`);
    return isTrue === true;
}
function config_arguments_textOf({ rawName, value, inlineValue }, tell) {
    if (value !== undefined && (inlineValue === true || !/^-./.test(value)))
        return [{ option: rawName, text: value }];
    tell(rawName, 'its value is missing');
    return [];
}
function badOption(message) {
    return new base_errors/* BuildError */.zS({ kind: 'user', code: 'BAD_LINT_OPTION', message });
}
function listOf(key, values) {
    return values.length === 0 ? {} : { [key]: values };
}
function overrides(given) {
    const override = {};
    for (const severity of config/* SEVERITIES */.oC) {
        const ids = given.texts(severity);
        if (ids.length > 0)
            override[severity] = ids;
    }
    return Object.keys(override).length === 0 ? {} : { override };
}
function labels(given) {
    const values = given.values('require-label');
    if (values.length === 0)
        return {};
    const schemas = values.map(({ option, text }) => (0,config_environment/* parseLabelSchema */.D)(text, (message) => given.tell(option, message)));
    return { labelSchema: Object.assign({}, ...schemas) };
}
function threshold(given) {
    const value = given.values('failure-threshold').at(-1);
    if (value === undefined)
        return {};
    const known = config/* FAILURE_THRESHOLDS */.IU.find((one) => one === value.text);
    if (known !== undefined)
        return { failureThreshold: known };
    given.tell(value.option, `"${value.text}" is not one of ${config/* FAILURE_THRESHOLDS */.IU.join(', ')}`);
    return {};
}
function formats(given) {
    const values = given.values('format');
    for (const { option, text } of values)
        if (!config/* FORMATS */.hR.includes(text))
            given.tell(option, `"${text}" is not one of ${config/* FORMATS */.hR.join(', ')}`);
    return values.length === 0 ? {} : { format: values.map(({ text }) => text) };
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
/** Those of LINT_FLAGS that hadolint does not have. */
const OWN = [
    'fix',
    'help',
    'shellcheck',
    'build-arg',
    'dockerignore',
    'baseline',
    'write-baseline',
    'explain',
];
/** Reads hadolint's flags and ours. What is wrong with them is told by whoever reads the files that they name, together with those. */
function parseLintFlags(argv, environment) {
    const problems = new options_problems/* InputProblems */.N();
    const hadolint = parseLintArguments(withFixLevel(argv), ownOptions(), (flag, message) => problems.add(flag, message));
    const last = (name) => hadolint.own.get(name)?.at(-1);
    const flags = {
        hadolint,
        fix: problems.attempt('--fix', () => fixLevel(last('fix'))),
        shellcheck: problems.attempt('--shellcheck', () => (0,shellcheck/* shellcheckMode */.Q)(last('shellcheck'))) ?? 'auto',
        buildArgs: problems.attempt('--build-arg', () => (0,key_values/* buildArgs */.C)(hadolint.own.get('build-arg') ?? [], environment)) ??
            {},
        dockerignore: last('dockerignore'),
        explain: last('explain'),
        baseline: last('baseline'),
        writeBaseline: last('write-baseline'),
        help: hadolint.own.has('help'),
    };
    return { ...flags, wrong: problems.error('USAGE', 'Run "lint --help" to see its flags.') };
}
function ownOptions() {
    return Object.fromEntries(OWN.map((name) => {
        const { type = 'string', short } = LINT_FLAGS[name] ?? {};
        return [name, { type: name === 'fix' ? 'string' : type, ...(short === undefined ? {} : { short }) }];
    }));
}
/** The level may be left out, so the word behind the flag is a file. */
function withFixLevel(argv) {
    const end = argv.indexOf('--');
    return argv.map((word, at) => (word === '--fix' && (end === -1 || at < end) ? '--fix=safe' : word));
}
function fixLevel(text) {
    if (text === undefined || text === 'safe' || text === 'unsafe')
        return text;
    throw (0,options_problems/* badInput */.A)(`"${text}" is not a kind of fixes`, 'It is safe or unsafe.');
}

;// CONCATENATED MODULE: ./lib/app/cli/commands/lint.js















/** `lint [FLAGS] FILE|GLOB|FOLDER…`, or `-` for standard input, with hadolint's flags. */
const lintCommand = async (argv, terminal) => {
    const flags = parseLintFlags(argv, terminal.environment);
    if (flags.help) {
        terminal.stdout(`Usage: ts-image-build lint [FLAGS] FILE|GLOB|FOLDER… | -\n\n${(0,cli_arguments/* flagHelp */.Q)(LINT_FLAGS)}\n`);
        return 0;
    }
    if (flags.wrong !== undefined && (flags.hadolint.version || flags.explain !== undefined))
        throw flags.wrong;
    if (flags.hadolint.version) {
        terminal.stdout(`ts-image-build ${version/* VERSION */.x}\n`);
        return 0;
    }
    if (flags.explain !== undefined) {
        const { explainRule } = await __webpack_require__.e(/* import() */ 61).then(__webpack_require__.bind(__webpack_require__, 1061));
        terminal.stdout(explainRule(flags.explain));
        return 0;
    }
    const { config, reports, baseline } = await settingsOf(flags, terminal);
    tellConfig(config, flags, terminal);
    return await run(flags, { config, reports, baseline }, terminal);
};
/**
 * What the flags say and the files that they name.
 * @throws BuildError(s) with all that is wrong with any of them
 */
async function settingsOf(flags, terminal) {
    const errors = flags.wrong === undefined ? [] : [flags.wrong];
    const attempt = async (read) => {
        try {
            return await read();
        }
        catch (thrown) {
            if (!(thrown instanceof base_errors/* BuildError */.zS))
                throw thrown;
            errors.push(thrown);
            return undefined;
        }
    };
    if (flags.hadolint.files.length === 0)
        errors.push(noFile());
    const { dockerignore: ignoreFile, baseline: baselineFile } = flags;
    const dockerignore = ignoreFile === undefined ? undefined : await attempt(() => readIgnoreFile(ignoreFile));
    const config = await attempt(() => configOf(flags, dockerignore, terminal));
    const baseline = baselineFile === undefined ? undefined : await attempt(() => (0,baseline_file/* readBaseline */.mF)(baselineFile));
    // Where one of the formats is wrong, it is not known which output goes with which.
    const reports = config === undefined || flags.wrong !== undefined
        ? undefined
        : await attempt(() => (0,lint_reports/* pairReports */.K)(config.format ?? [], flags.hadolint.output));
    (0,base_errors/* throwAll */.Kx)(errors);
    return { config: config ?? {}, reports: reports ?? [], baseline };
}
function noFile() {
    return (0,options_problems/* badInput */.A)('there is no file to lint', 'Write "lint Dockerfile", a folder, or - for standard input.');
}
async function run(flags, { config, reports, baseline }, terminal) {
    const { filePathInReport, files: patterns } = flags.hadolint;
    const notice = (message) => terminal.stderr(`${message}\n`);
    const found = findDockerfiles(patterns);
    if (filePathInReport !== undefined && found.paths.length > 1)
        throw (0,options_problems/* badInput */.A)('--file-path-in-report names one file, and there are several to lint');
    const read = await (0,lint_files/* readDockerfiles */.sb)(found.paths, {
        readStdin: terminal.readStdin,
        ignoreFiles: config.dockerignore === undefined,
    });
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
            notice(`${(0,printable/* printableName */.N)(path)}: ${(0,baseline_file/* counted */.hS)(diagnostics.length, 'finding')}`);
    terminal.stdout((0,lint_reports/* writeReports */.L)(reports, linted, {
        color: isColoured(config, terminal),
        version: version/* VERSION */.x,
        folder: (0,baseline_file/* baselineFolder */.Y6)(),
        inRunnerLog: (0,runner_command/* isRunnerLog */.Pm)(terminal.environment),
        ...(filePathInReport === undefined ? { pathOf: workspacePaths(terminal.environment) } : {}),
    }));
    tellProblems(problems, flags.writeBaseline, notice);
    if (problems.length > 0)
        return 2;
    return fails(linted, config) ? 1 : 0;
}
function tellProblems(problems, baseline, notice) {
    for (const problem of problems)
        notice((0,printable/* printableName */.N)(lint_textOf(problem)));
    if (problems.length > 0 && baseline !== undefined)
        notice(`the baseline ${baseline} is not written: a file could not be looked at`);
}
function configOf({ hadolint, buildArgs }, dockerignore, terminal) {
    return (0,lint_config/* readLintConfig */.CN)({
        ignore: [],
        environment: terminal.environment,
        given: { ...hadolint.config, folder: (0,baseline_file/* baselineFolder */.Y6)() },
        buildArgs,
        ...(hadolint.configFile === undefined ? {} : { config: hadolint.configFile }),
        ...(dockerignore === undefined ? {} : { dockerignore }),
    });
}
function tellConfig(config, { hadolint }, terminal) {
    for (const remark of config.remarks ?? [])
        terminal.stderr(`${(0,printable/* printable */.g)(remark)}\n`);
    if (config.verbose === true) {
        const path = hadolint.configFile ?? (0,lint_config/* lintConfigPath */.Fg)(terminal.environment);
        terminal.stderr(`configuration: ${path ?? 'no file'}\n`);
    }
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
    const { fixFile } = await __webpack_require__.e(/* import() */ 904).then(__webpack_require__.bind(__webpack_require__, 1904));
    return files.map((file) => {
        try {
            const result = fixFile(file, config, level);
            for (const { rule, at, fix } of result.fixed)
                terminal.stderr(`fixed ${(0,printable/* printable */.g)(file.path)}:${at.start.line} ${rule}: ${fix?.title ?? ''}\n`);
            if (result.inPlace !== undefined)
                terminal.stderr(`${(0,printable/* printable */.g)(file.path)} is written where it lies, not replaced: ${(0,printable/* printable */.g)(result.inPlace)}\n`);
            return result.file;
        }
        catch (thrown) {
            if (!(thrown instanceof base_errors/* BuildError */.zS))
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
function fails(linted, { format = [], noFail, failureThreshold }) {
    if (noFail === true || format.some((one) => NEVER_FAILING.includes(one)))
        return false;
    return linted.some(({ diagnostics }) => diagnostics.some((one) => (0,config/* failsRun */.FR)(one, failureThreshold)));
}
function lint_textOf({ message, hint }) {
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
/* harmony import */ var _dockerfile_lint_lint_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(4542);
/* harmony import */ var _dockerfile_parse_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(8965);
/* harmony import */ var _shellcheck_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(5939);






/** Every file that can be read; one that cannot does not silence the others. */
async function readDockerfiles(paths, run) {
    const files = [];
    const unreadable = [];
    for (const path of paths) {
        try {
            files.push(path === '-' ? { path, text: await run.readStdin(), exact: false } : readText(path));
        }
        catch (thrown) {
            unreadable.push(unreadableFile(path, thrown));
            continue;
        }
        const file = files.at(-1);
        if (file === undefined || path === '-' || !run.ignoreFiles)
            continue;
        const ignoreFile = ignoreFileBeside(path, unreadable);
        if (ignoreFile !== undefined)
            files[files.length - 1] = { ...file, ignoreFile };
    }
    return { files, unreadable };
}
function ignoreFileBeside(path, unreadable) {
    for (const name of [`${(0,node_path__WEBPACK_IMPORTED_MODULE_1__.basename)(path)}.dockerignore`, '.dockerignore']) {
        const candidate = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.dirname)(path), name);
        try {
            return (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readFileSync)(candidate, 'utf8');
        }
        catch (thrown) {
            if (thrown.code === 'ENOENT')
                continue;
            unreadable.push(unreadableFile(candidate, thrown));
            return undefined;
        }
    }
    return undefined;
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
        config: configFor(file, run.config),
    }));
    const external = await (0,_shellcheck_js__WEBPACK_IMPORTED_MODULE_5__/* .shellcheckFiles */ .s)(parsed, run.shellcheck);
    return parsed.map(({ file, parsed: result, config }, index) => ({
        path: nameOf(file.path),
        text: file.text,
        diagnostics: (0,_dockerfile_lint_lint_js__WEBPACK_IMPORTED_MODULE_3__/* .lint */ .u)(result, { ...config, external: external[index] ?? [] }),
    }));
}
/** With the ignore file beside a Dockerfile, unless one was named. */
function configFor({ ignoreFile }, config) {
    return config.dockerignore !== undefined || ignoreFile === undefined
        ? config
        : { ...config, dockerignore: ignoreFile };
}


/***/ })

};
