export const id = 270;
export const ids = [270];
export const modules = {

/***/ 6270:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  build: () => (/* binding */ build)
});

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./lib/base/errors.js
var base_errors = __webpack_require__(7594);
// EXTERNAL MODULE: ./lib/base/exec.js
var exec = __webpack_require__(9584);
// EXTERNAL MODULE: ./lib/dockerfile/lint/config.js
var config = __webpack_require__(2934);
// EXTERNAL MODULE: ./lib/dockerfile/parse.js + 1 modules
var parse = __webpack_require__(8965);
// EXTERNAL MODULE: ./lib/image/reference.js
var image_reference = __webpack_require__(8424);
// EXTERNAL MODULE: ./lib/image/platform.js
var image_platform = __webpack_require__(8758);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
;// CONCATENATED MODULE: ./lib/plan/graph-builder.js

/** Takes vertices in the order in which they depend on each other; equal ones become one. */
class GraphBuilder {
    #vertices = new Map();
    add(vertex) {
        const id = idOf(vertex.op, vertex.inputs);
        const known = this.#vertices.get(id);
        const noCache = (vertex.noCache ?? false) || (known?.noCache ?? false);
        this.#vertices.set(id, known === undefined
            ? {
                id,
                op: vertex.op,
                inputs: vertex.inputs,
                inputNames: vertex.inputNames,
                name: vertex.name,
                noCache,
                ...(vertex.step === undefined ? {} : { step: vertex.step }),
                ...(vertex.at === undefined ? {} : { at: vertex.at }),
            }
            : { ...known, noCache });
        return id;
    }
    get(id) {
        return this.#vertices.get(id);
    }
    /** The vertices that these need, in topological order. */
    needed(targets) {
        const wanted = new Set(targets);
        for (const vertex of [...this.#vertices.values()].reverse()) {
            if (!wanted.has(vertex.id))
                continue;
            for (const input of vertex.inputs)
                wanted.add(input);
        }
        return [...this.#vertices.values()].filter((vertex) => wanted.has(vertex.id));
    }
}
function idOf(op, inputs) {
    return (0,external_node_crypto_.createHash)('sha256').update(canonicalJson({ op, inputs })).digest('hex');
}
/** JSON with sorted keys: equal values give equal text. */
function canonicalJson(value) {
    return JSON.stringify(value, (_key, item) => {
        if (item === null || typeof item !== 'object' || Array.isArray(item))
            return item;
        return Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1)));
    });
}

;// CONCATENATED MODULE: ./lib/plan/options.js


/** Key of an image in the map of resolved bases. */
function imageRequestKey(request) {
    const version = request.platform['os.version'];
    return `${request.reference} ${(0,image_platform/* formatPlatform */.Bq)(request.platform)}${version === undefined ? '' : ` ${version}`}`;
}
/** Key of a source in the map of times. */
function sourceTimeKey(op) {
    return canonicalJson(op);
}

// EXTERNAL MODULE: ./lib/dockerfile/suggest.js
var suggest = __webpack_require__(5472);
;// CONCATENATED MODULE: ./lib/image/container-fields.js
/** The fields of an image config's `config` that we know, in the order in which they are written (image-spec 1.1, config.md, and Docker's). */
const CONTAINER_FIELDS = [
    'User',
    'ExposedPorts',
    'Env',
    'Entrypoint',
    'Cmd',
    'Volumes',
    'WorkingDir',
    'Labels',
    'StopSignal',
    'ArgsEscaped',
    'Healthcheck',
    'OnBuild',
    'Shell',
];

// EXTERNAL MODULE: ./lib/plan/environment.js
var environment = __webpack_require__(4702);
// EXTERNAL MODULE: ./lib/plan/git-reference.js
var git_reference = __webpack_require__(703);
// EXTERNAL MODULE: ./lib/plan/lower-copy.js + 1 modules
var lower_copy = __webpack_require__(3205);
// EXTERNAL MODULE: ./lib/plan/platform-args.js
var platform_args = __webpack_require__(540);
// EXTERNAL MODULE: ./lib/plan/step.js
var plan_step = __webpack_require__(9385);
// EXTERNAL MODULE: ./lib/plan/working-directory.js
var working_directory = __webpack_require__(3702);
;// CONCATENATED MODULE: ./lib/plan/bases.js











const SCRATCH = 'scratch';
const DEFAULT_PATH = 'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
const FAMILIAR = ['alpine', 'busybox', 'centos', 'debian', 'golang', 'ubuntu', 'fedora'];
/** @throws BuildError `BAD_REFERENCE` */
function baseSourceOf(node, context, contexts, stageNames) {
    const platform = node.platform ?? context.target;
    const use = node.replacement ?? contexts.find(node.baseName, platform);
    if (use !== undefined)
        return contextSource(use, node, platform);
    if (node.baseName === SCRATCH)
        return { kind: 'scratch' };
    const near = (0,suggest/* nearest */.p)(node.baseName, [...stageNames, ...FAMILIAR]);
    return {
        kind: 'image',
        request: imageRequest(node, node.baseName, platform, near === undefined ? undefined : `did you mean ${near}?`),
    };
}
function contextSource(use, node, platform) {
    const { context } = use;
    if (context.kind === 'empty')
        return { kind: 'scratch' };
    if (context.kind !== 'image')
        return { kind: 'files', use };
    if (context.reference === SCRATCH)
        return { kind: 'scratch' };
    return { kind: 'image', request: imageRequest(node, context.reference, platform) };
}
function imageRequest(node, name, platform, hint) {
    try {
        const reference = (0,image_reference/* formatReference */.FH)((0,image_reference/* withDefaultTag */._t)((0,image_reference/* parseReference */.F2)(name)));
        return { reference, platform, at: node.at, ...(hint === undefined ? {} : { hint }) };
    }
    catch (error) {
        const { kind, code, message, hint: advice } = (0,base_errors/* toBuildError */.KB)(error);
        throw new base_errors/* BuildError */.zS({ kind, code, message, hint: hint ?? advice, at: node.at, cause: error });
    }
}
/** The state that a stage begins with, or all there is of one that is only read from. */
function initialState(node, source, context, counter) {
    switch (source.kind) {
        case 'scratch':
            return scratchState(context.target, context);
        case 'files':
            return filesState(source.use, node.platform ?? context.target, context);
        case 'image':
            return imageState(node, source.request, context, counter);
    }
}
/** A state on nothing. */
function scratchState(platform, context) {
    const vertex = scratch(context);
    return {
        platform,
        vertex,
        chain: [vertex],
        env: environment/* Environment */.OH.empty,
        workdir: '/',
        facts: { platform },
        config: { Env: platform.os === 'windows' ? [] : [DEFAULT_PATH], WorkingDir: '/' },
        history: [],
        args: [],
        workdirSet: false,
        base: undefined,
        baseHistory: [],
    };
}
function scratch(context) {
    return context.graph.add({ op: { kind: 'scratch' }, inputs: [], inputNames: [], name: 'FROM scratch' });
}
/** Files that can be read from; a stage FROM them copies them first. */
function filesState(use, platform, context) {
    const vertex = context.graph.add({
        op: contextOp(use),
        inputs: [],
        inputNames: [],
        name: `[context ${use.name}] load`,
    });
    return { ...scratchState(platform, context), vertex, chain: [vertex] };
}
/** What fetches or reads a context that is no image. */
function contextOp({ name, context }) {
    const other = context;
    if (other.kind === 'http')
        return (0,lower_copy/* httpOp */.YA)(other.url, '', 'context');
    const git = other.kind === 'git' ? (0,git_reference/* parseGitReference */.B)(other.url) : undefined;
    return git === undefined ? { kind: 'local', context: name } : (0,lower_copy/* gitSource */.Ym)(git);
}
function imageState(node, request, context, counter) {
    const resolved = node.resolved;
    const { config } = resolved;
    const { platform } = request;
    reportPlatform(node, request, config, context);
    const vertex = resolved.layers === 0
        ? scratch(context)
        : context.graph.add({
            op: { kind: 'image', reference: resolved.reference, platform },
            inputs: [],
            inputNames: [],
            name: (0,plan_step/* numbered */.jN)(context, node, counter, (0,platform_args/* fullPlatform */.$C)(platform), `FROM ${resolved.reference}`),
            at: node.at,
        });
    return {
        platform: runsOn(node, platform, config, context),
        vertex,
        chain: [vertex],
        env: environment/* Environment */.OH.empty,
        workdir: '/',
        facts: { platform: platformOf(config), ...(config.author ? { author: config.author } : {}) },
        config: knownFields(config.config ?? {}),
        history: [],
        args: [],
        workdirSet: false,
        base: { reference: resolved.reference, platform },
        baseHistory: config.history ?? [],
    };
}
function platformOf(config) {
    const version = config['os.version'];
    return {
        os: config.os,
        architecture: config.architecture,
        ...(config.variant ? { variant: config.variant } : {}),
        ...(version ? { 'os.version': version } : {}),
    };
}
/** Nobody asked for a platform: then it is the programs of the base that tell what they need to run. */
function runsOn(node, platform, config, { options }) {
    if (options.implicitPlatform !== true || node.platform !== undefined || config.os !== platform.os)
        return platform;
    return config.architecture === platform.architecture ? platform : (0,image_platform/* normalisePlatform */.WN)(platformOf(config));
}
function reportPlatform(node, request, config, context) {
    const { platform } = request;
    if (config.os === platform.os && config.architecture === platform.architecture)
        return;
    const [found, wanted] = [platformOf(config), platform].map((each) => (0,image_platform/* formatPlatform */.Bq)((0,image_platform/* normalisePlatform */.WN)(each)));
    context.warnings.add('InvalidBaseImagePlatform', `The image ${node.baseName} is for ${found}, but ${wanted} is being built`, node.at);
}
/** Nothing of the base that a builder does not know is handed on; its triggers are used up. */
function knownFields(config) {
    const entries = CONTAINER_FIELDS.filter((name) => name !== 'OnBuild').map((name) => [name, config[name]]);
    return Object.fromEntries(entries.filter(([, value]) => value !== undefined && value !== null));
}
/** A stage's own first state: that of its base stage or base, with the variables and the directory of the config. */
function beginStage(state) {
    const { os } = state.platform;
    const given = state.config.Env ?? [];
    const hasPath = os === 'windows' || given.some((line) => (0,environment/* splitPair */.T6)(line).name === 'PATH');
    const lines = hasPath ? given : [...given, DEFAULT_PATH];
    const directory = state.config.WorkingDir ?? '';
    const workdir = directory === '' ? '' : (0,working_directory/* resolveWorkdir */.HD)(directory, directory, os);
    const { OnBuild: _used, ...config } = state.config;
    return {
        ...state,
        env: lines.reduce((env, line) => env.with((0,environment/* splitPair */.T6)(line).name, (0,environment/* splitPair */.T6)(line).value), state.env),
        workdir: workdir === '' ? state.workdir : workdir.replaceAll(os === 'windows' ? '\\' : '/', '/'),
        config: { ...config, Env: lines, ...(workdir === '' ? {} : { WorkingDir: workdir }) },
    };
}

// EXTERNAL MODULE: ./lib/dockerfile/expand.js + 2 modules
var expand = __webpack_require__(2460);
// EXTERNAL MODULE: ./lib/image/told-time.js
var told_time = __webpack_require__(6224);
;// CONCATENATED MODULE: ./lib/plan/global-args.js





/** Values of the ARGs before the first FROM and of the platform arguments. */
function readGlobalArgs(file, options, target, buildArgs = new Map(Object.entries(options.buildArgs))) {
    const stage = options.target ?? file.stages.at(-1)?.name ?? '';
    let values = (0,platform_args/* withPlatformArgs */.HM)(environment/* Environment */.OH.empty, { build: options.buildPlatform, target, targetStage: stage === '' ? 'default' : stage }, new Map(Object.entries(options.buildArgs)));
    const declared = new Set();
    const errors = [];
    for (const instruction of file.globalArgs) {
        for (const { key, value } of instruction.pairs) {
            const name = key.value;
            declared.add(name);
            try {
                const set = buildArgs.get(name) ?? expandDefault(value?.value, values, file);
                if (set !== undefined)
                    values = values.with(name, set);
            }
            catch (error) {
                errors.push((0,base_errors/* toBuildError */.KB)(error).located(instruction.at));
            }
        }
    }
    return { values, declared, errors };
}
function expandDefault(text, values, { directives }) {
    return text === undefined ? undefined : (0,expand/* expandWord */.Vo)(text, values, { escape: directives.escape }).value;
}
const EPOCH = 'SOURCE_DATE_EPOCH';
/**
 * Reads SOURCE_DATE_EPOCH of the build args or the global ARGs. An empty one resets it; so does the name of a folder, which has no
 * time of its own. `context` is the main one. What is left in the arguments is the number.
 * @throws BuildError `BAD_EPOCH`, `EPOCH_STAGE`
 */
function chooseEpoch(file, options, globals, timeOf) {
    const fromFile = globals.get(EPOCH);
    const buildArgs = new Map(Object.entries(options.buildArgs));
    const fromArgs = buildArgs.get(EPOCH);
    const value = fromArgs ?? (fromFile === '' ? undefined : fromFile);
    if (value === undefined) {
        const { sourceDateEpoch } = options;
        return { globals, buildArgs, ...(sourceDateEpoch === undefined ? {} : { epoch: sourceDateEpoch }) };
    }
    const epoch = epochIn(value, file, options, timeOf);
    if (epoch === undefined) {
        buildArgs.delete(EPOCH);
        return { globals: globals.without(EPOCH), buildArgs };
    }
    const text = String(epoch);
    if (fromArgs !== undefined)
        buildArgs.set(EPOCH, text);
    return { epoch, globals: fromFile === undefined ? globals : globals.with(EPOCH, text), buildArgs };
}
/** Errors stand at the ARG that sets it, if one of the file does. */
function epochIn(value, file, options, timeOf) {
    try {
        const epoch = readEpoch(value, file, options, timeOf);
        if (epoch === undefined || (0,told_time/* isToldTime */.$)(epoch))
            return epoch;
        throw badEpoch(`${EPOCH} is ${epoch}, which is no time that an image can tell`);
    }
    catch (error) {
        const arg = file.globalArgs.findLast(({ pairs }) => pairs.some(({ key }) => key.value === EPOCH));
        throw (0,base_errors/* toBuildError */.KB)(error).located(options.buildArgs[EPOCH] === undefined ? arg?.at : undefined);
    }
}
function readEpoch(value, file, options, timeOf) {
    if (value === '')
        return undefined;
    if (/^[+-]?\d+$/.test(value))
        return Number(value);
    const context = Object.hasOwn(options.namedContexts, value) ? options.namedContexts[value] : undefined;
    if (context === undefined && value === 'context')
        return options.contextTime;
    if (context !== undefined) {
        if (context.kind === 'folder' || context.kind === 'empty')
            return undefined;
        if (context.kind === 'image')
            throw badEpoch(`${EPOCH} names "${value}", which is an image`);
        return timeOf({ kind: 'context', name: value, context });
    }
    const stage = file.stages.find((candidate) => candidate.name === value.toLowerCase());
    if (stage === undefined)
        throw badEpoch(`${EPOCH} is "${value}", which is no number`);
    const other = stage.instructions.find(({ kind }) => kind !== 'arg' && kind !== 'add');
    const adds = stage.instructions.filter(({ kind }) => kind === 'add');
    if (other !== undefined || adds.length !== 1 || stage.from.image.value !== 'scratch') {
        throw notOneSource(value, stage.from.at);
    }
    return timeOf({ kind: 'stage', name: value });
}
function badEpoch(message) {
    return new base_errors/* BuildError */.zS({
        kind: 'user',
        code: 'BAD_EPOCH',
        message,
        hint: `Give ${EPOCH} as seconds since 1970.`,
    });
}
function notOneSource(stage, at) {
    return new base_errors/* BuildError */.zS({
        kind: 'user',
        code: 'EPOCH_STAGE',
        message: `${EPOCH} names the stage "${stage}", which is not one remote ADD on scratch`,
        hint: `Let it be nothing else, or give ${EPOCH} as seconds since 1970.`,
        at,
    });
}

;// CONCATENATED MODULE: ./lib/plan/from-line.js






/**
 * What FROM says after expansion with the global ARGs; a bad --platform is added to `errors`.
 * @throws BuildError for a name that cannot be expanded or is blank
 */
function readFromLine(stage, input, errors) {
    const { from } = stage;
    const name = (0,expand/* expandWord */.Vo)(from.image.value, input.globals, { escape: input.file.directives.escape });
    reportUndeclared(name, stage, input);
    let platform;
    try {
        if (from.platform !== undefined && from.platform.value !== '')
            platform = readPlatform(from.platform, stage, input);
    }
    catch (error) {
        errors.push((0,base_errors/* toBuildError */.KB)(error).located(from.platform?.at));
    }
    if (name.value !== '')
        return { baseName: name.value, platform };
    throw new base_errors/* BuildError */.zS({
        kind: 'user',
        code: 'NO_BASE',
        message: `FROM ${from.image.value} names no image`,
        hint: undeclaredHint(name, input.globals) ?? 'Give the ARG a default, or pass --build-arg.',
        at: from.at,
    });
}
function readPlatform(text, stage, input) {
    const expanded = (0,expand/* expandWord */.Vo)(text.value, input.globals, { escape: input.file.directives.escape });
    reportUndeclared(expanded, stage, input);
    from_line_reportPlatform(text, expanded, stage, input);
    if (expanded.value === '') {
        throw new base_errors/* BuildError */.zS({
            kind: 'user',
            code: 'BAD_PLATFORM',
            message: `--platform=${text.value} is empty`,
            hint: undeclaredHint(expanded, input.globals),
        });
    }
    return (0,image_platform/* parsePlatform */.FL)(expanded.value, input.target);
}
function reportUndeclared(expanded, stage, input) {
    const known = [...input.globals.names(), ...input.declared];
    for (const name of expanded.unmatched) {
        if (!known.includes(name))
            input.warnings.undefinedInFrom(name, known, stage.from.at);
    }
}
function undeclaredHint(expanded, globals) {
    for (const name of expanded.unmatched) {
        const hint = (0,suggest/* didYouMean */.a)(name, globals.names());
        if (hint !== undefined)
            return hint;
    }
    return undefined;
}
function from_line_reportPlatform(text, expanded, stage, input) {
    const { at } = stage.from;
    const onlyTarget = expanded.matched.size === 1 && expanded.matched.has('TARGETPLATFORM') && expanded.unmatched.size === 0;
    if (onlyTarget && expanded.value === input.globals.get('TARGETPLATFORM')) {
        input.warnings.add('RedundantTargetPlatform', `--platform=${text.value} is what FROM takes anyway; leave it out`, at);
    }
    if (expanded.matched.size > 0 || expanded.unmatched.size > 0)
        return;
    reportConstant(expanded.value, stage, input.warnings);
}
function reportConstant(value, stage, warnings) {
    let platform;
    try {
        platform = (0,image_platform/* parsePlatform */.FL)(value);
    }
    catch {
        return;
    }
    const name = stage.name ?? '';
    if (name.includes(platform.os) || name.includes(platform.architecture))
        return;
    warnings.add('FromPlatformFlagConstDisallowed', `FROM is tied to the platform "${value}"; name the stage after it if that is meant`, stage.from.at);
}
/** A FROM whose name is no image name when only the defaults of the ARGs are used. */
function reportBadDefaults(input, options) {
    const { file, warnings } = input;
    const { values, errors } = readGlobalArgs(file, options, input.target, new Map());
    if (errors.length > 0)
        return;
    for (const { from } of file.stages) {
        try {
            (0,image_reference/* parseReference */.F2)((0,expand/* expandWord */.Vo)(from.image.value, values, { escape: file.directives.escape }).value);
        }
        catch (error) {
            if ((0,base_errors/* toBuildError */.KB)(error).code !== 'BAD_REFERENCE')
                return;
            const text = `FROM ${from.image.value} names no valid image unless a build arg is given`;
            warnings.add('InvalidDefaultArgInFrom', text, from.at);
        }
    }
}

// EXTERNAL MODULE: ./lib/plan/history.js
var plan_history = __webpack_require__(7051);
// EXTERNAL MODULE: ./lib/dockerfile/ignore.js
var dockerfile_ignore = __webpack_require__(6377);
;// CONCATENATED MODULE: ./lib/plan/ignored-source.js


/** Patterns that leave nothing of a context. */
const EVERYTHING = ['*', '**', '**/*'];
/**
 * Tells whether a source of COPY or ADD is left out of the context by these patterns of its ignore file. With a `!` pattern among
 * them nothing is said: whether a folder holds an exception is not known without looking.
 * @throws BuildError `BAD_PATTERN`
 */
function ignoredSources(patterns) {
    const matcher = (0,dockerfile_ignore/* ignoreMatcher */.NJ)(patterns);
    if (patterns.length === 0 || matcher.hasExceptions)
        return () => false;
    const nothingLeft = patterns.some((pattern) => EVERYTHING.includes(pattern));
    return (source) => {
        const path = external_node_path_.posix.normalize(source === '' ? '.' : source).replace(/(?<=.)\/$/, '');
        if (path === '.' || path === '/')
            return nothingLeft && matcher.excludes(path);
        return matcher.excludes(path);
    };
}

// EXTERNAL MODULE: ./lib/plan/lower-config.js + 2 modules
var lower_config = __webpack_require__(8431);
;// CONCATENATED MODULE: ./lib/plan/lower-arg.js


/** ARG: build arg, else its default, else the global value; without any it is declared and not set. Names see each other in order. */
function lowerArg(step, instruction) {
    const { state } = step;
    const shown = [];
    for (const { key, value } of instruction.pairs) {
        const name = key.value;
        (0,lower_config/* reportSecret */.Pe)(step, 'ARG', name);
        const set = givenValue(step, name, value?.value);
        if (set !== undefined && !plan_step/* NOT_IN_ENVIRONMENT */.i$.has(name))
            state.env = state.env.with(name, set);
        state.args = [...state.args, { name, value: set }];
        shown.push(set === undefined ? name : `${name}=${set}`);
    }
    (0,plan_step/* record */.g1)(step, `ARG ${shown.join(' ')}`);
}
function givenValue(step, name, text) {
    const given = step.context.buildArgs.get(name);
    if (given !== undefined)
        return given;
    return text === undefined ? step.context.globals.get(name) : (0,plan_step/* expand */.fT)(step, text);
}
const PROXIES = ['http_proxy', 'https_proxy', 'ftp_proxy', 'no_proxy', 'all_proxy'];
/** `NAME=value` in both cases for each proxy that the build args name; the lower-case arg wins. */
function proxyEnvOf(buildArgs) {
    return PROXIES.flatMap((name) => {
        const spelling = [...buildArgs.keys()]
            .filter((key) => key.toLowerCase() === name)
            .sort()
            .at(-1);
        const value = spelling === undefined ? undefined : buildArgs.get(spelling);
        return value === undefined ? [] : [`${name.toUpperCase()}=${value}`, `${name}=${value}`];
    });
}

// EXTERNAL MODULE: ./lib/plan/lower-run.js
var lower_run = __webpack_require__(7218);
;// CONCATENATED MODULE: ./lib/plan/lower.js





/** Their values are what later instructions see: after a failure of these, what follows would only repeat it. */
const DEFINING = new Set(['arg', 'env', 'shell']);
/** Works through all instructions of a stage, and through the rest of them when one is wrong. Gives all errors. */
function lowerStage(context, node, state, counter) {
    const errors = [];
    const seen = new Set();
    const noCache = isNoCache(context, node);
    for (const command of node.commands) {
        try {
            lower({ context, node, state, command, counter, noCache, seen }, command.instruction);
        }
        catch (error) {
            errors.push(placed((0,base_errors/* toBuildError */.KB)(error), command));
            if (DEFINING.has(command.instruction.kind))
                break;
        }
        seen.add(command.instruction.kind);
    }
    return errors.flatMap((error) => (error instanceof base_errors/* BuildErrors */.Oq ? error.errors : [error]));
}
/** What a trigger says stands in no file of this build: its errors are told at the FROM line. */
function placed(error, { triggered, at, instruction }) {
    if (!triggered)
        return error.located(at);
    const { kind, code, message, hint } = error;
    const name = instruction.keyword.value.toUpperCase();
    return new base_errors/* BuildError */.zS({ kind, code, message: `ONBUILD ${name}: ${message}`, hint, at, cause: error });
}
function isNoCache({ options }, node) {
    if (typeof options.noCache === 'boolean')
        return options.noCache;
    const name = node.stage?.name;
    return name !== undefined && options.noCache.some((other) => other.toLowerCase() === name);
}
function lower(step, instruction) {
    switch (instruction.kind) {
        case 'run':
            (0,lower_run/* lowerRun */.X)(step, instruction);
            break;
        case 'copy':
        case 'add':
            (0,lower_copy/* lowerCopy */.fi)(step, instruction);
            break;
        case 'env':
            (0,lower_config/* lowerEnv */.vt)(step, instruction);
            break;
        case 'label':
            (0,lower_config/* lowerLabel */.If)(step, instruction);
            break;
        case 'arg':
            lowerArg(step, instruction);
            break;
        case 'cmd':
        case 'entrypoint':
            (0,lower_config/* lowerCommand */.Lk)(step, instruction);
            break;
        case 'shell':
            (0,lower_config/* lowerShell */.GU)(step, instruction);
            break;
        case 'workdir':
        case 'user':
        case 'stopsignal':
        case 'maintainer':
            (0,lower_config/* lowerWord */.Ye)(step, instruction);
            break;
        case 'expose':
        case 'volume':
            (0,lower_config/* lowerList */.ef)(step, instruction);
            break;
        case 'healthcheck':
            (0,lower_config/* lowerHealthcheck */.E$)(step, instruction);
            break;
        case 'onbuild':
            (0,lower_config/* lowerOnbuild */.lG)(step, instruction);
            break;
        case 'from':
            break;
    }
}

;// CONCATENATED MODULE: ./lib/plan/named-contexts.js


/** These two always mean what they mean. */
const FIXED = new Set(['scratch', 'context']);
/** Looks contexts up the way BuildKit does: names are image references without `:latest`, `name::platform` wins. */
class NamedContexts {
    #uses;
    #found = new Set();
    constructor(contexts) {
        this.#uses = new Map(Object.entries(contexts).map(([name, context]) => [normalKey(name), { name, context }]));
    }
    find(name, platform) {
        if (this.#uses.size === 0 || FIXED.has(name.toLowerCase()))
            return undefined;
        const key = normalName(name);
        const use = this.#uses.get(`${key}::${(0,platform_args/* fullPlatform */.$C)(platform)}`) ?? this.#uses.get(key);
        if (use !== undefined)
            this.#found.add(use);
        return use;
    }
    /** Names of those that were never found. One for some platform says nothing about the others, so it is not told. */
    get unused() {
        return [...this.#uses.values()]
            .filter((use) => !this.#found.has(use) && !use.name.includes('::'))
            .map(({ name }) => name);
    }
}
function normalKey(key) {
    const at = key.indexOf('::');
    return at === -1 ? normalName(key) : normalName(key.slice(0, at)) + key.slice(at);
}
function normalName(name) {
    try {
        return (0,image_reference/* familiarReference */.ZD)((0,image_reference/* parseReference */.F2)(name)).replace(/:latest$/, '');
    }
    catch {
        return name;
    }
}

;// CONCATENATED MODULE: ./lib/plan/onbuild.js


/**
 * The triggers that a stage has to run first: those of the image it stands on, or those of the stage it is FROM.
 * @throws BuildError for a trigger that is no instruction
 */
function triggersOf(node) {
    const texts = node.base === undefined
        ? (node.resolved?.config.config?.OnBuild ?? [])
        : node.base.commands.flatMap(({ instruction }) => instruction.kind === 'onbuild' ? [instruction.expression] : []);
    return texts.map((text) => readTrigger(text, node));
}
/** A trigger is no part of this file: its errors stand at the FROM line. */
function readTrigger(text, node) {
    try {
        return (0,parse/* parseTrigger */.uc)(text);
    }
    catch (error) {
        const { kind, code, message, hint } = (0,base_errors/* toBuildError */.KB)(error);
        throw new base_errors/* BuildError */.zS({
            kind,
            code,
            message: `ONBUILD ${text}: ${message}`,
            hint,
            at: node.at,
            cause: error,
        });
    }
}

// EXTERNAL MODULE: ./lib/plan/mount-names.js
var mount_names = __webpack_require__(8451);
;// CONCATENATED MODULE: ./lib/plan/stage-table.js





/** The stages of a file by name and number, and what each reads from the others. */
class StageTable {
    #nodes = [];
    #images = [];
    #byName = new Map();
    errors = [];
    constructor(input) {
        for (const stage of input.file.stages)
            this.#attempt(stage.from.at, () => this.#add(stage, input));
        for (const node of this.#nodes)
            this.#link(node);
        if (this.errors.length === 0)
            this.#checkCircles();
    }
    /** Stages in the order of the file. */
    get stages() {
        return this.#nodes;
    }
    /** Images that instructions of the stages read from. */
    get images() {
        return this.#images;
    }
    get names() {
        return [...this.#byName.keys()];
    }
    /** @throws BuildError `NO_STAGE` for an unknown name */
    target(name) {
        if (name === undefined || name === '')
            return this.#nodes.at(-1);
        const node = this.#byName.get(name.toLowerCase());
        if (node !== undefined)
            return node;
        throw new base_errors/* BuildError */.zS({
            kind: 'user',
            code: 'NO_STAGE',
            message: `There is no stage "${name}" to build`,
            hint: (0,suggest/* didYouMean */.a)(name, this.names) ?? this.#listOfNames(),
        });
    }
    /**
     * Puts instructions in front of a stage's own. True when they read from a stage or an image.
     * @throws BuildError
     */
    prepend(node, triggers) {
        const commands = triggers.map((trigger) => this.#command(node, trigger, node.at, true));
        node.commands = [...commands, ...node.commands];
        return commands.some(({ sources }) => sources.some((source) => source !== undefined));
    }
    #listOfNames() {
        const { names } = this;
        return names.length === 0 ? 'No stage of this file has a name.' : `The stages are ${names.join(', ')}.`;
    }
    #attempt(at, work) {
        try {
            work();
        }
        catch (error) {
            this.errors.push((0,base_errors/* toBuildError */.KB)(error).located(at));
        }
    }
    #add(stage, input) {
        const { baseName, platform } = readFromLine(stage, input, this.errors);
        const replacement = stage.name === undefined ? undefined : input.contexts.find(stage.name, platform ?? input.target);
        const node = {
            stage,
            label: stage.name ?? `stage-${stage.index}`,
            baseName,
            base: replacement === undefined ? this.#byName.get(baseName) : undefined,
            platform,
            replacement,
            at: stage.from.at,
            commands: [],
            dependencies: new Map(),
            triggersRead: false,
            resolved: undefined,
            state: undefined,
        };
        this.#nodes.push(node);
        if (stage.name !== undefined)
            this.#byName.set(stage.name, node);
    }
    #link(node) {
        if (node.replacement !== undefined)
            return;
        const commands = [];
        for (const instruction of node.stage?.instructions ?? []) {
            this.#attempt(instruction.at, () => {
                commands.push(this.#command(node, instruction, instruction.at, false));
            });
        }
        node.commands = commands;
    }
    #command(node, instruction, at, triggered) {
        const sources = this.#sourcesOf(instruction, at);
        for (const source of sources) {
            if (source !== undefined && !node.dependencies.has(source))
                node.dependencies.set(source, at);
        }
        return { instruction, sources, triggered, at };
    }
    #sourcesOf(instruction, at) {
        if (instruction.kind === 'copy')
            return this.#copySource(instruction, at);
        if (instruction.kind === 'run')
            return this.#mountSources(instruction, at);
        return [];
    }
    #copySource(instruction, at) {
        const name = instruction.from?.value ?? '';
        if (name === '')
            return [];
        if ((0,expand/* expandWord */.Vo)(name).value !== name) {
            throw new base_errors/* BuildError */.zS({
                kind: 'user',
                code: 'FROM_IS_FIXED',
                message: 'COPY --from takes no variable',
                hint: 'Give the image a name with FROM $VARIABLE AS name, and copy from that name.',
            });
        }
        if (!/^[+-]?\d+$/.test(name))
            return [this.#named(name, at)];
        const node = this.#nodes[Number(name)];
        if (node !== undefined && Number(name) >= 0)
            return [node];
        throw new base_errors/* BuildError */.zS({
            kind: 'user',
            code: 'NO_STAGE',
            message: `There is no stage number ${name}`,
            hint: `This file has ${this.#nodes.length}, counted from 0.`,
        });
    }
    #mountSources(instruction, at) {
        return instruction.mounts.map((mount) => {
            const name = (0,mount_names/* mountSource */.V)(mount.value);
            return name === '' ? undefined : this.#named(name, at);
        });
    }
    /** The last stage of this name, in any case, or an image. */
    #named(name, at) {
        return this.#byName.get(name.toLowerCase()) ?? this.#image(name, at);
    }
    #image(name, at) {
        const known = this.#images.find(({ baseName }) => baseName === name);
        if (known !== undefined)
            return known;
        const node = {
            stage: undefined,
            label: name,
            baseName: name,
            base: undefined,
            platform: undefined,
            replacement: undefined,
            at,
            commands: [],
            dependencies: new Map(),
            triggersRead: true,
            resolved: undefined,
            state: undefined,
        };
        this.#images.push(node);
        return node;
    }
    /** One error for a circle among stages; FROM cannot be part of one, since it only looks back. */
    #checkCircles() {
        const done = new Set();
        const open = [];
        const visit = (node) => {
            if (done.has(node))
                return;
            done.add(node);
            open.push(node);
            for (const [dependency, at] of node.dependencies) {
                if (open.includes(dependency))
                    this.errors.push(circle(open.slice(open.indexOf(dependency)), at));
                else
                    visit(dependency);
            }
            open.pop();
        };
        for (const node of this.#nodes)
            visit(node);
    }
}
/** Stages and images that a stage needs, itself among them. */
function reachableFrom(target) {
    const reached = new Set([target]);
    for (const node of reached) {
        if (node.base !== undefined)
            reached.add(node.base);
        for (const dependency of node.dependencies.keys())
            reached.add(dependency);
    }
    return reached;
}
function circle(nodes, at) {
    const names = [...nodes, nodes[0]].map((node) => node?.label ?? '');
    return new base_errors/* BuildError */.zS({
        kind: 'user',
        code: 'STAGE_CIRCLE',
        message: nodes.length === 1
            ? `Stage ${names[0]} reads from itself`
            : `Stages need each other: ${names.join(' → ')}`,
        at,
    });
}

;// CONCATENATED MODULE: ./lib/plan/resolve-bases.js






/**
 * Finds what each reachable stage stands on, and puts the triggers of bases in front of its instructions; they may read from more
 * stages and images, which are looked at then.
 * @throws BuildError
 */
function resolveBases(table, target, context, contexts, resolved) {
    const sources = new Map();
    const errors = [];
    for (;;) {
        const reachable = reachableStages(table, target, context);
        errors.push(...badNames(table, reachable, context, contexts));
        const missing = [];
        for (const node of reachable) {
            try {
                const request = resolve(node, { table, context, contexts, resolved, sources });
                if (request !== undefined)
                    missing.push(request);
            }
            catch (error) {
                errors.push((0,base_errors/* toBuildError */.KB)(error));
            }
        }
        (0,base_errors/* throwAll */.Kx)(errors);
        if (!addTriggers(table, reachable, errors)) {
            (0,base_errors/* throwAll */.Kx)(errors);
            return { reachable, sources, missing };
        }
    }
}
function reachableStages(table, target, { options }) {
    if (options.allStages !== true)
        return reachableFrom(target);
    return new Set([target, ...table.stages].flatMap((node) => [...reachableFrom(node)]));
}
/** Of stages and images that nothing needs only the names are looked at, as BuildKit does it: one of them may be misspelt. */
function badNames(table, reachable, context, contexts) {
    return [...table.stages, ...table.images].flatMap((node) => {
        if (reachable.has(node) || node.base !== undefined || canBeImage(node.baseName))
            return [];
        try {
            baseSourceOf(node, context, contexts, table.names);
            return [];
        }
        catch (error) {
            return [(0,base_errors/* toBuildError */.KB)(error)];
        }
    });
}
function canBeImage(name) {
    try {
        (0,image_reference/* parseReference */.F2)(name);
        return true;
    }
    catch {
        return false;
    }
}
/** The image that is missing, if one is. */
function resolve(node, search) {
    if (node.base !== undefined || node.resolved !== undefined)
        return undefined;
    const { table, context, contexts, resolved, sources } = search;
    const source = sources.get(node) ?? baseSourceOf(node, context, contexts, table.names);
    sources.set(node, source);
    if (source.kind !== 'image')
        return undefined;
    node.resolved = resolved.get(imageRequestKey(source.request));
    return node.resolved === undefined ? source.request : undefined;
}
/** True when there are new stages or images to look at. */
function addTriggers(table, reachable, errors) {
    let more = false;
    for (const node of reachable) {
        if (node.triggersRead || (node.base === undefined && node.resolved === undefined))
            continue;
        node.triggersRead = true;
        if (node.replacement !== undefined)
            continue;
        try {
            more = table.prepend(node, triggersOf(node)) || more;
        }
        catch (error) {
            errors.push((0,base_errors/* toBuildError */.KB)(error).located(node.at));
        }
    }
    return more;
}

;// CONCATENATED MODULE: ./lib/plan/target.js

/** The image of a platform from the last state of its stage. */
function finishTarget(context, state) {
    const platform = imagePlatform(context, state.facts.platform);
    const { labels } = context.options;
    const config = Object.keys(labels).length === 0
        ? state.config
        : { ...state.config, Labels: { ...state.config.Labels, ...labels } };
    return {
        platform,
        vertex: state.vertex,
        chain: state.chain,
        config: {
            ...platform,
            ...(state.facts.author === undefined ? {} : { author: state.facts.author }),
            config: withoutEmpty(config),
        },
        history: state.history,
        baseHistory: state.baseHistory,
        ...(state.base === undefined ? {} : { base: state.base }),
    };
}
/** What was asked for, whatever the base says; variant and version of the base stay when nothing else is known of them. */
function imagePlatform({ options, target }, base) {
    if (options.implicitPlatform === true)
        return (0,image_platform/* normalisePlatform */.WN)(base);
    const same = target.os === base.os && target.architecture === base.architecture;
    const variant = target.variant ?? (same ? base.variant : undefined);
    const version = target['os.version'] ?? (same ? base['os.version'] : undefined);
    return (0,image_platform/* normalisePlatform */.WN)({
        os: target.os,
        architecture: target.architecture,
        ...(variant === undefined ? {} : { variant }),
        ...(version === undefined ? {} : { 'os.version': version }),
    });
}
/** Empty lists, maps and texts are left out, as Go's encoder leaves them out. */
function withoutEmpty(config) {
    return Object.fromEntries(Object.entries(config).filter(([, value]) => !isEmpty(value)));
}
function isEmpty(value) {
    if (Array.isArray(value))
        return value.length === 0;
    if (typeof value === 'object' && value !== null)
        return Object.keys(value).length === 0;
    return value === '' || value === undefined || value === null || value === false;
}

;// CONCATENATED MODULE: ./lib/plan/unused-input.js

/** Build args that mean something without any ARG. */
const PREDEFINED = /^(?:BUILDKIT_\w+|SOURCE_DATE_EPOCH|(?:BUILD|TARGET)(?:PLATFORM|OS|OSVERSION|ARCH|VARIANT)|TARGETSTAGE|(?:http|https|ftp|no|all)_proxy)$/i;
/** What was given and nothing asked for, one line each: most often a slip of the keyboard. BuildKit says nothing. */
function unusedInput(file, options, table, contexts) {
    const stages = table.stages.flatMap(({ stage }) => (stage?.name === undefined ? [] : [stage.name]));
    const args = declaredArgs(file, table);
    const strayArgs = Object.keys(options.buildArgs).filter((name) => !args.has(name) && !PREDEFINED.test(name));
    const strayStages = typeof options.noCache === 'boolean'
        ? []
        : options.noCache.filter((name) => !stages.includes(name.toLowerCase()));
    return [
        ...strayArgs.map((name) => told(`The build arg ${name} is declared by no ARG`, name, args)),
        ...contexts.unused.map((name) => told(`The named context ${name} is used by nothing that is built`, name, stages)),
        ...strayStages.map((name) => told(`no-cache names the stage ${name}, which does not exist`, name, stages)),
    ];
}
/** In the whole file and in the triggers of its bases. */
function declaredArgs(file, table) {
    const instructions = [
        ...file.globalArgs,
        ...table.stages.flatMap(({ commands }) => commands.map(({ instruction }) => instruction)),
    ];
    return new Set(instructions.flatMap((instruction) => instruction.kind === 'arg' ? instruction.pairs.map(({ key }) => key.value) : []));
}
function told(text, name, known) {
    const hint = (0,suggest/* didYouMean */.a)(name, known);
    return hint === undefined ? text : `${text}; ${hint}`;
}

// EXTERNAL MODULE: ./lib/plan/warnings.js
var plan_warnings = __webpack_require__(7282);
;// CONCATENATED MODULE: ./lib/plan/plan.js


















const DEFAULT_HOSTNAME = 'buildkitsandbox';
/**
 * Dockerfile and options to the graph of a build, as BuildKit's dockerfile2llb does it. Pure: the configs of images that it needs
 * are asked for by returning `needs`; call it again with them (keys by imageRequestKey) until there is a graph. Triggers of a base
 * (ONBUILD) may bring more of them.
 * Warnings and notices are those of the first platform.
 * @throws BuildError, or BuildErrors with all that is wrong
 */
function plan(file, options, resolved) {
    const job = {
        file,
        options,
        resolved,
        graph: new GraphBuilder(),
        requests: new Map(),
        times: new Map(),
    };
    const results = options.platforms.map((platform) => planPlatform(job, platform));
    if (job.requests.size > 0 || job.times.size > 0)
        return { kind: 'needs', images: [...job.requests.values()], times: [...job.times.values()] };
    const targets = results.flatMap((result) => (result === undefined ? [] : [result.target]));
    const epoch = results[0]?.epoch;
    const graph = {
        vertices: job.graph.needed(targets.flatMap(({ chain }) => chain)),
        targets,
        ...(epoch === undefined ? {} : { sourceDateEpoch: epoch }),
    };
    const [first] = results;
    return { kind: 'graph', graph, warnings: first?.warnings.all ?? [], notices: first?.notices ?? [] };
}
/** Undefined: images are needed first. */
function planPlatform(job, platform) {
    const { file, options } = job;
    const warnings = new plan_warnings/* Warnings */.e();
    const contexts = new NamedContexts(options.namedContexts);
    const { values, declared, errors } = readGlobalArgs(file, options, platform);
    (0,base_errors/* throwAll */.Kx)(errors);
    const { epoch, globals, buildArgs } = chooseEpoch(file, options, values, (source) => timeOf(job, source, platform));
    const input = { file, globals, declared, contexts, target: platform, warnings };
    reportBadDefaults(input, options);
    const table = new StageTable(input);
    (0,base_errors/* throwAll */.Kx)(table.errors);
    const target = targetOf(table, options.target);
    const context = {
        options,
        buildArgs,
        globals,
        escape: file.directives.escape,
        target: platform,
        graph: job.graph,
        warnings,
        proxyEnv: proxyEnvOf(buildArgs),
        hostname: options.hostname ?? buildArgs.get('BUILDKIT_SANDBOX_HOSTNAME') ?? DEFAULT_HOSTNAME,
        isIgnored: ignoredSources(options.ignorePatterns ?? []),
        cacheNamespace: buildArgs.get('BUILDKIT_CACHE_MOUNT_NS') ?? '',
        showPlatform: options.platforms.length > 1,
        showStage: table.stages.length > 1,
    };
    const resolution = resolveBases(table, target, context, contexts, job.resolved);
    for (const request of resolution.missing) {
        const key = imageRequestKey(request);
        if (!job.requests.has(key))
            job.requests.set(key, request);
    }
    if (job.requests.size > 0 || job.times.size > 0)
        return undefined;
    (0,base_errors/* throwAll */.Kx)(lowerAll(context, table, resolution));
    const notices = unusedInput(file, options, table, contexts);
    return { target: finishTarget(context, target.state), warnings, notices, epoch };
}
/** Asks for a time that is not known yet. */
function timeOf(job, source, platform) {
    const op = source.kind === 'stage' ? stageSource(job, source.name, platform) : contextOp(source);
    if (op.kind === 'local')
        return undefined;
    const key = sourceTimeKey(op);
    const { sourceTimes } = job.options;
    if (sourceTimes?.has(key) !== true)
        job.times.set(key, op);
    return sourceTimes?.get(key);
}
/** What a stage adds that is nothing but one remote ADD, as planning it alone tells. */
function stageSource({ file, options }, name, platform) {
    const buildArgs = { ...options.buildArgs, SOURCE_DATE_EPOCH: '' };
    const planned = plan(file, { ...options, target: name, platforms: [platform], buildArgs }, new Map());
    const ops = planned.kind === 'graph' ? planned.graph.vertices.map(({ op }) => op) : [];
    const sources = ops.filter((op) => op.kind === 'http' || op.kind === 'git');
    const [source] = sources;
    if (source !== undefined && sources.length === 1 && !ops.some(({ kind }) => kind === 'local'))
        return source;
    throw notOneSource(name, file.stages.find((stage) => stage.name === name.toLowerCase())?.from.at);
}
/** @throws BuildError */
function targetOf(table, name) {
    const target = table.target(name);
    if (target !== undefined)
        return target;
    throw new base_errors/* BuildError */.zS({
        kind: 'user',
        code: 'NO_STAGES',
        message: 'The Dockerfile has no stage to build',
        hint: 'Begin one with FROM.',
    });
}
/** Works through the stages in the order of the file; images that are only read from come first. */
function lowerAll(context, table, resolution) {
    const { reachable, sources } = resolution;
    const errors = [];
    const stages = new Set(table.stages);
    for (const node of [...reachable].filter((each) => !stages.has(each))) {
        node.state = initialState(node, sourceIn(sources, node), context, { total: 0, done: 0 });
    }
    for (const node of table.stages) {
        if (!reachable.has(node) || (node.base !== undefined && node.base.state === undefined))
            continue;
        const counter = { total: stepCount(node), done: 0 };
        const first = node.base?.state ?? initialState(node, sourceIn(sources, node), context, counter);
        if (node.replacement !== undefined) {
            node.state = first;
            continue;
        }
        try {
            const state = beginStage(onImage(context, node, first, counter));
            errors.push(...lowerStage(context, node, state, counter));
            node.state = state;
        }
        catch (error) {
            errors.push((0,base_errors/* toBuildError */.KB)(error).located(node.at));
        }
    }
    return errors;
}
function sourceIn(sources, node) {
    return sources.get(node) ?? { kind: 'scratch' };
}
const COUNTED = new Set(['run', 'copy', 'add', 'workdir']);
/** FROM counts unless it is another stage or scratch. */
function stepCount(node) {
    const base = node.base === undefined && node.baseName !== 'scratch' ? 1 : 0;
    return base + node.commands.filter(({ instruction }) => COUNTED.has(instruction.kind)).length;
}
/** Files that are no image become the first layer of a stage that is FROM them. */
function onImage(context, node, state, counter) {
    const kind = context.graph.get(state.vertex)?.op.kind;
    if (kind !== 'local' && kind !== 'git' && kind !== 'http')
        return state;
    const empty = context.graph.add({
        op: { kind: 'scratch' },
        inputs: [],
        inputNames: [],
        name: 'FROM scratch',
    });
    const text = `FROM ${node.baseName}`;
    const vertex = context.graph.add({
        op: {
            kind: 'copy',
            instruction: 'COPY',
            sources: [{ kind: 'path', from: 1, pattern: '/' }],
            destination: '/',
            link: false,
            parents: false,
            exclude: [],
            unpack: 'never',
        },
        inputs: [empty, state.vertex],
        inputNames: ['scratch', `context ${node.baseName}`],
        name: (0,plan_step/* numbered */.jN)(context, node, counter, (0,platform_args/* fullPlatform */.$C)(state.platform), text),
        at: node.at,
    });
    return { ...state, vertex, chain: [empty, vertex], history: [{ entry: (0,plan_history/* historyEntry */.xg)(text, true), vertex }] };
}

// EXTERNAL MODULE: ./lib/image/digest.js
var image_digest = __webpack_require__(7241);
// EXTERNAL MODULE: ./lib/image/digest-check.js
var digest_check = __webpack_require__(96);
// EXTERNAL MODULE: ./lib/image/media-types.js
var media_types = __webpack_require__(4857);
// EXTERNAL MODULE: ./lib/image/json-fields.js
var json_fields = __webpack_require__(9809);
;// CONCATENATED MODULE: ./lib/image/parse-manifest.js




/** As containerd: larger ones are refused unread. Bytes. */
const MAX_MANIFEST = 8 * 1024 * 1024;
const MANIFEST_TYPES = [media_types/* MediaType */.z.ociManifest, media_types/* MediaType */.z.dockerManifest];
const INDEX_TYPES = [media_types/* MediaType */.z.ociIndex, media_types/* MediaType */.z.dockerList];
/**
 * Reads a manifest or an index. `mediaType` is what the registry or a descriptor called it; what the document says of itself must agree.
 * @throws BuildError `BAD_MANIFEST`; `OLD_MANIFEST` for Docker schema 1; `UNKNOWN_MANIFEST_TYPE`
 */
function parseManifest(bytes, mediaType) {
    if (bytes.length > MAX_MANIFEST)
        throw (0,json_fields/* badManifest */.F)(`The manifest has more than ${MAX_MANIFEST} bytes`);
    const fields = json_fields/* JsonFields */.A.parse(bytes, 'manifest');
    const type = typeOf(fields, mediaType);
    const annotations = fields.optionalTextMap('annotations');
    const common = { mediaType: type, ...(annotations === undefined ? {} : { annotations }) };
    if (MANIFEST_TYPES.includes(type)) {
        return {
            kind: 'image',
            ...common,
            config: descriptorOf(fields.object('config')),
            layers: fields.objects('layers').map(descriptorOf),
        };
    }
    return { kind: 'index', ...common, manifests: fields.objects('manifests').map(descriptorOf) };
}
/** @throws BuildError as parseManifest; `BAD_MANIFEST` for an index */
function parseImageManifest(bytes, mediaType) {
    const parsed = parseManifest(bytes, mediaType);
    if (parsed.kind === 'image')
        return parsed;
    throw badManifest('The manifest of an image was expected, and this is an index');
}
/** @throws BuildError as parseManifest; `BAD_MANIFEST` for the manifest of a single image */
function parseImageIndex(bytes, mediaType) {
    const parsed = parseManifest(bytes, mediaType);
    if (parsed.kind === 'index')
        return parsed;
    throw (0,json_fields/* badManifest */.F)('An index was expected, and this is the manifest of an image');
}
/** The document must not be readable as both kinds: the same digest would then mean two things (CVE-2021-41190). */
function typeOf(fields, given) {
    if (fields.has('schemaVersion') && fields.count('schemaVersion') === 1)
        throw oldManifest();
    if (fields.count('schemaVersion') !== 2)
        throw (0,json_fields/* badManifest */.F)('The schemaVersion of the manifest is not 2');
    const isIndex = fields.has('manifests');
    if (isIndex && (fields.has('layers') || fields.has('config'))) {
        throw (0,json_fields/* badManifest */.F)('The manifest is that of an image and an index at once');
    }
    const stated = fields.optionalText('mediaType');
    const outside = given?.split(';', 1)[0]?.trim();
    const known = outside !== undefined && [...MANIFEST_TYPES, ...INDEX_TYPES].includes(outside) ? outside : undefined;
    if (stated !== undefined && known !== undefined && stated !== known) {
        throw (0,json_fields/* badManifest */.F)(`The manifest was sent as ${known} but calls itself ${stated}`);
    }
    const type = stated ?? known ?? (isIndex ? media_types/* MediaType */.z.ociIndex : media_types/* MediaType */.z.ociManifest);
    if (!(isIndex ? INDEX_TYPES : MANIFEST_TYPES).includes(type))
        throw unknownType(type);
    return type;
}
/** Fields that we do not use (urls, data) are left out: the raw bytes keep them. */
function descriptorOf(fields) {
    const annotations = fields.optionalTextMap('annotations');
    const platform = fields.optionalObject('platform');
    const artifactType = fields.optionalText('artifactType');
    return {
        mediaType: fields.text('mediaType'),
        digest: digestIn(fields.text('digest')),
        size: fields.count('size'),
        ...(annotations === undefined ? {} : { annotations }),
        ...(platform === undefined ? {} : { platform: parse_manifest_platformOf(platform) }),
        ...(artifactType === undefined ? {} : { artifactType }),
    };
}
/** As written, not normalised. */
function parse_manifest_platformOf(fields) {
    const variant = fields.optionalText('variant');
    const version = fields.optionalText('os.version');
    return {
        os: fields.text('os'),
        architecture: fields.text('architecture'),
        ...(variant === undefined || variant === '' ? {} : { variant }),
        ...(version === undefined || version === '' ? {} : { 'os.version': version }),
    };
}
function digestIn(text) {
    try {
        return (0,image_digest/* parseDigest */.m)(text);
    }
    catch (cause) {
        throw (0,json_fields/* badManifest */.F)(`The manifest has "${text}" where a digest should be`, cause);
    }
}
function oldManifest() {
    return new base_errors/* BuildError */.zS({
        kind: 'user',
        code: 'OLD_MANIFEST',
        message: 'The image has a manifest of Docker schema 1, which nothing makes since 2017',
        hint: 'Pull and push it with a Docker of that time, or use a newer image.',
    });
}
function unknownType(type) {
    return new base_errors/* BuildError */.zS({
        kind: 'user',
        code: 'UNKNOWN_MANIFEST_TYPE',
        message: `${type} is not the type of an image`,
        hint: 'The reference names something else than a container image, such as a chart or a signature.',
    });
}

;// CONCATENATED MODULE: ./lib/image/parse-config.js




const MAX_CONFIG = 8 * 1024 * 1024;
const CONFIG_FIELDS = [
    'created',
    'author',
    'architecture',
    'variant',
    'os',
    'os.version',
    'config',
    'rootfs',
    'history',
];
/**
 * Reads an image config (OCI image-spec 1.1, config.md, or Docker's, which has more). Fields that we do not know stay, also in `config`; null counts as missing.
 * @throws BuildError `BAD_MANIFEST`
 */
function parseImageConfig(bytes) {
    if (bytes.length > MAX_CONFIG)
        throw (0,json_fields/* badManifest */.F)(`The image config has more than ${MAX_CONFIG} bytes`);
    const fields = json_fields/* JsonFields */.A.parse(bytes, 'image config');
    const rootfs = fields.object('rootfs');
    if (rootfs.text('type') !== 'layers')
        throw (0,json_fields/* badManifest */.F)('The root file system of the image is not made of layers');
    const container = fields.optionalObject('config');
    return {
        ...defined({ created: fields.optionalText('created'), author: fields.optionalText('author') }),
        ...parse_manifest_platformOf(fields),
        ...fields.others(CONFIG_FIELDS),
        config: container === undefined ? {} : containerOf(container),
        rootfs: { type: 'layers', diff_ids: (rootfs.optionalTexts('diff_ids') ?? []).map(diffIdIn) },
        history: fields.objects('history').map(historyOf),
    };
}
/**
 * A foreign image as ours. `source` is where its blobs can be had.
 * @throws BuildError `BAD_MANIFEST` when manifest and config tell of different numbers of layers
 */
function imageFrom(manifest, config, source) {
    const { diff_ids } = config.rootfs;
    if (manifest.layers.length !== diff_ids.length) {
        throw (0,json_fields/* badManifest */.F)(`The manifest has ${manifest.layers.length} layers, and the image config tells of ${diff_ids.length}`);
    }
    const sources = source === undefined ? [] : [source];
    return {
        platform: platformIn(config),
        config,
        layers: manifest.layers.flatMap((descriptor, i) => {
            const diffId = diff_ids[i];
            return diffId === undefined ? [] : [{ descriptor, diffId, sources }];
        }),
        ...(manifest.annotations === undefined ? {} : { annotations: manifest.annotations }),
    };
}
function platformIn(config) {
    const { os, architecture, variant, 'os.version': version } = config;
    return { os, architecture, ...defined({ variant, 'os.version': version }) };
}
function containerOf(fields) {
    const healthcheck = fields.optionalObject('Healthcheck');
    return {
        ...fields.others(CONTAINER_FIELDS),
        ...defined({
            User: fields.optionalText('User'),
            ExposedPorts: fields.optionalSet('ExposedPorts'),
            Env: fields.optionalTexts('Env'),
            Entrypoint: fields.optionalTexts('Entrypoint'),
            Cmd: fields.optionalTexts('Cmd'),
            Volumes: fields.optionalSet('Volumes'),
            WorkingDir: fields.optionalText('WorkingDir'),
            Labels: fields.optionalTextMap('Labels'),
            StopSignal: fields.optionalText('StopSignal'),
            ArgsEscaped: fields.optionalBoolean('ArgsEscaped'),
            Healthcheck: healthcheck === undefined ? undefined : healthcheckOf(healthcheck),
            OnBuild: fields.optionalTexts('OnBuild'),
            Shell: fields.optionalTexts('Shell'),
        }),
    };
}
function healthcheckOf(fields) {
    return defined({
        Test: fields.optionalTexts('Test'),
        Interval: fields.optionalCount('Interval'),
        Timeout: fields.optionalCount('Timeout'),
        StartPeriod: fields.optionalCount('StartPeriod'),
        StartInterval: fields.optionalCount('StartInterval'),
        Retries: fields.optionalCount('Retries'),
    });
}
function historyOf(fields) {
    return defined({
        created: fields.optionalText('created'),
        created_by: fields.optionalText('created_by'),
        author: fields.optionalText('author'),
        comment: fields.optionalText('comment'),
        empty_layer: fields.optionalBoolean('empty_layer'),
    });
}
/** Without the fields that are undefined. */
function defined(value) {
    return Object.fromEntries(Object.entries(value).filter(([, item]) => item !== undefined));
}
function diffIdIn(text) {
    try {
        return (0,image_digest/* parseDiffId */.Kf)(text);
    }
    catch (cause) {
        throw (0,json_fields/* badManifest */.F)(`The image config has "${text}" where a diffID should be`, cause);
    }
}

// EXTERNAL MODULE: ./lib/registry/errors.js
var errors = __webpack_require__(228);
// EXTERNAL MODULE: ./lib/image/one-chunk.js
var one_chunk = __webpack_require__(7145);
;// CONCATENATED MODULE: ./lib/registry/kept-documents.js


/** As large as a manifest or an image config may be. Bytes. */
const LARGEST_DOCUMENT = 8 * 1024 * 1024;
/** Manifests and configs that were pulled before. Trouble with the store only means that nothing is kept. */
class KeptDocuments {
    #store;
    #elsewhere;
    #used = [];
    #found;
    /** @param elsewhere is asked for what the store has not; of what it has, only what has the digest counts */
    constructor(store, elsewhere) {
        this.#store = store;
        this.#elsewhere = elsewhere;
    }
    /** All that was got or put, in this order. */
    get used() {
        return this.#used;
    }
    async get({ digest }) {
        const stored = await this.#stored(digest);
        if (stored !== undefined) {
            this.#used.push(stored);
            return stored;
        }
        this.#found ??= this.#elsewhere?.();
        const bytes = (await this.#found)?.find((each) => (0,digest_check/* hasDigest */.t)(each, digest));
        if (bytes !== undefined)
            await this.put({ descriptor: { digest }, bytes });
        return bytes;
    }
    async put({ descriptor, bytes, }) {
        this.#used.push(bytes);
        try {
            await this.#store?.put((0,one_chunk/* oneChunk */.w)(bytes), { digest: descriptor.digest, size: bytes.length });
        }
        catch {
            // It is pulled again next time.
        }
    }
    async #stored(digest) {
        try {
            const size = await this.#store?.stat(digest);
            if (this.#store === undefined || size === undefined || size > LARGEST_DOCUMENT)
                return undefined;
            const chunks = [];
            for await (const chunk of await this.#store.open(digest))
                chunks.push(chunk);
            const bytes = Buffer.concat(chunks);
            return (0,digest_check/* hasDigest */.t)(bytes, digest) ? bytes : undefined;
        }
        catch {
            return undefined;
        }
    }
}
/** Was nothing at all kept? */
async function isEmptyStore(store) {
    try {
        for await (const _ of store?.list() ?? [])
            return false;
    }
    catch {
        // What cannot be listed is asked by digest all the same.
        return false;
    }
    return true;
}

;// CONCATENATED MODULE: ./lib/registry/pull.js










/** An index in an index is legal; nobody nests deeper than this. */
const MOST_NESTING = 3;
/** Manifests of an index that do not tell their platform and are looked into. */
const MOST_UNNAMED = 8;
const pull_INDEX_TYPES = [media_types/* MediaType */.z.ociIndex, media_types/* MediaType */.z.dockerList];
/**
 * Finds the image of a platform: manifest and config are pulled, no layer is. OCI and Docker schema 2, single or in an index.
 * @throws BuildError `PLATFORM_NOT_FOUND`; `OLD_MANIFEST`, `BAD_MANIFEST`, `UNKNOWN_MANIFEST_TYPE`; those of Registry
 */
async function resolveImage(registry, reference, platform, { store, documents, ...options } = {}) {
    const named = (0,image_reference/* withDefaultTag */._t)(reference);
    const { tag = '' } = named;
    const repository = (0,image_reference/* repositoryOf */._M)(named);
    // Where nothing can be known, to ask for the digest first would only be one more request.
    const isFresh = documents === undefined && (await isEmptyStore(store));
    const now = named.digest ?? (isFresh ? undefined : (await registry.resolve(repository, tag, options))?.digest);
    const elsewhere = documents === undefined || now === undefined ? undefined : () => documents(now);
    const kept = new KeptDocuments(store, elsewhere);
    const pull = { registry, name: (0,image_reference/* familiarReference */.ZD)(named), repository, platform, options, kept };
    const top = await pullDocument(pull, now ?? tag).catch((error) => {
        // A digest that the registry gave for the tag and does not know itself.
        if (named.digest !== undefined || now === undefined || !isNotFound(error))
            throw error;
        return pullDocument(pull, tag);
    });
    const found = top.parsed.kind === 'image'
        ? await withConfig(pull, top.blob, top.parsed)
        : await pull_select(pull, top.parsed, 1);
    const { digest } = found.manifest.descriptor;
    return {
        ...found,
        reference: `${repository.host}/${repository.path}@${digest}`,
        repository,
        platform: found.image.platform,
        source: top.blob.descriptor,
        documents: kept.used,
    };
}
function isNotFound(error) {
    return error instanceof errors/* RegistryError */.g && error.code === 'NOT_FOUND';
}
async function pullDocument({ registry, repository, options, kept }, reference) {
    const known = reference.includes(':') ? await kept.get({ digest: (0,image_digest/* parseDigest */.m)(reference) }) : undefined;
    if (known !== undefined) {
        const parsed = parseManifest(known);
        const descriptor = { mediaType: parsed.mediaType, digest: (0,image_digest/* parseDigest */.m)(reference), size: known.length };
        return { blob: { descriptor, bytes: known }, parsed };
    }
    const blob = await registry.manifest(repository, reference, options);
    const parsed = parseManifest(blob.bytes, blob.descriptor.mediaType);
    await kept.put(blob);
    return { blob, parsed };
}
async function pull_select(pull, index, depth) {
    const named = (0,image_platform/* selectPlatform */.md)(pull.platform, index.manifests, (item) => pull_INDEX_TYPES.includes(item.mediaType) ? undefined : item.platform);
    if (named !== undefined)
        return pull_open(pull, named, depth);
    const unnamed = index.manifests.filter(({ platform, mediaType }) => platform === undefined || pull_INDEX_TYPES.includes(mediaType));
    const there = index.manifests.flatMap(({ platform }) => (platform === undefined ? [] : [platform]));
    for (const descriptor of unnamed.slice(0, MOST_UNNAMED)) {
        const found = await pull_open(pull, descriptor, depth).catch((error) => {
            if (error instanceof base_errors/* BuildError */.zS && error.code === 'PLATFORM_NOT_FOUND')
                return undefined;
            throw error;
        });
        if (found === undefined)
            continue;
        if ((0,image_platform/* platformMatches */.J5)(pull.platform, found.image.platform))
            return found;
        there.push(found.image.platform);
    }
    throw notFound(pull, there);
}
async function pull_open(pull, descriptor, depth) {
    const { blob, parsed } = await pullDocument(pull, descriptor.digest);
    if (parsed.kind === 'image')
        return withConfig(pull, blob, parsed);
    if (depth < MOST_NESTING)
        return pull_select(pull, parsed, depth + 1);
    throw new base_errors/* BuildError */.zS({
        kind: 'user',
        code: 'BAD_MANIFEST',
        message: `${pull.name}: indexes are nested more than ${MOST_NESTING} deep`,
    });
}
async function withConfig(pull, manifest, parsed) {
    const bytes = await pullConfig(pull, parsed.config);
    const image = imageFrom(parsed, parseImageConfig(bytes), pull.repository);
    return { image, manifest, config: { descriptor: parsed.config, bytes } };
}
async function pullConfig(pull, descriptor) {
    const { registry, repository, options, kept } = pull;
    const known = await kept.get(descriptor);
    if (known !== undefined)
        return known;
    if (descriptor.size > LARGEST_DOCUMENT) {
        throw new base_errors/* BuildError */.zS({
            kind: 'user',
            code: 'BAD_MANIFEST',
            message: `${pull.name}: the image config has ${descriptor.size} bytes, more than ${LARGEST_DOCUMENT}`,
        });
    }
    const chunks = [];
    for await (const chunk of await registry.blob(repository, descriptor, options))
        chunks.push(chunk);
    const bytes = Buffer.concat(chunks);
    if (!(0,digest_check/* hasDigest */.t)(bytes, descriptor.digest)) {
        throw new errors/* RegistryError */.g({
            code: 'REGISTRY_ERROR',
            message: `${pull.name}: the registry gave other bytes for the image config ${descriptor.digest}`,
        });
    }
    await kept.put({ descriptor, bytes });
    return bytes;
}
function notFound({ name, platform }, there) {
    // Attestations stand in an index as unknown/unknown.
    const names = [...new Set(there.filter(({ os }) => os !== 'unknown').map(image_platform/* formatPlatform */.Bq))];
    return new base_errors/* BuildError */.zS({
        kind: 'user',
        code: 'PLATFORM_NOT_FOUND',
        message: `${name} has no image for ${(0,image_platform/* formatPlatform */.Bq)(platform)}`,
        hint: names.length === 0 ? 'Its index holds no image.' : `It has ${names.join(', ')}.`,
    });
}

;// CONCATENATED MODULE: ./lib/engine/embedded/bases.js
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





/** Triggers can name images whose triggers name images; nobody nests them this deep on purpose. */
const MAX_ROUNDS = 20;
/** Registries answer in any of these ways for an image that does not exist. */
const WRONG_NAME = new Set(['NOT_FOUND', 'UNAUTHORIZED', 'DENIED']);
/** The one finding that the linter, which sees no image, cannot make. */
const ONLY_PLANNED = 'InvalidBaseImagePlatform';
/** Plans, resolving the images that the plan asks for: manifests and configs, no layer. */
async function planWithBases(file, options, places, signal) {
    const bases = new Map();
    const images = new Map();
    const sourceTimes = new Map();
    for (let round = 0; round < MAX_ROUNDS; round++) {
        const planned = plan(file, { ...options, sourceTimes }, bases);
        if (planned.kind === 'graph') {
            const { graph, notices, warnings } = planned;
            return {
                graph,
                notices: [
                    ...notices,
                    ...warnings.filter(({ rule }) => rule === ONLY_PLANNED).map(({ message }) => message),
                ],
                imageOf: (vertex) => find(images, vertex),
            };
        }
        for (const op of planned.times) {
            const env_1 = { stack: [], error: void 0, hasError: false };
            try {
                const source = __addDisposableResource(env_1, await places.openRemote(op, signal), true);
                sourceTimes.set(sourceTimeKey(op), await source.changedAt());
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
        for (const [request, image] of await resolveAll(planned.images, places, signal)) {
            images.set(nameOf(image.reference, request), image);
            bases.set(imageRequestKey(request), {
                reference: image.reference,
                config: image.image.config,
                layers: image.image.layers.length,
            });
        }
    }
    throw new base_errors/* BuildError */.zS({
        kind: 'user',
        code: 'TOO_MANY_TRIGGERS',
        message: `The images named by ONBUILD triggers name further images more than ${MAX_ROUNDS} times`,
    });
}
function layersOf(image) {
    return image.image.layers;
}
/** @throws BuildErrors with all images that cannot be had */
async function resolveAll(requests, places, signal) {
    const found = [];
    const errors = [];
    const resolving = requests.map((request) => bases_resolve(request, places, signal));
    for (const [i, outcome] of (await Promise.allSettled(resolving)).entries()) {
        const request = requests[i];
        if (outcome.status === 'rejected')
            errors.push((0,base_errors/* toBuildError */.KB)(outcome.reason));
        else if (request !== undefined)
            found.push([request, outcome.value]);
    }
    signal.throwIfAborted();
    (0,base_errors/* throwAll */.Kx)(errors.sort((a, b) => (a.at?.start.line ?? 0) - (b.at?.start.line ?? 0)));
    return found;
}
async function bases_resolve(request, { registry, store, documents }, signal) {
    const { platform } = request;
    try {
        const reference = (0,image_reference/* parseReference */.F2)(request.reference);
        const known = documents?.finder(platform, signal);
        const image = await resolveImage(registry, reference, platform, { store, documents: known, signal });
        documents?.note(image, platform);
        return image;
    }
    catch (error) {
        signal.throwIfAborted();
        throw withHint((0,base_errors/* toBuildError */.KB)(error), request.hint).located(request.at);
    }
}
/** A name that no image has is most often a slip of the keyboard. */
function withHint(error, hint) {
    if (hint === undefined || !WRONG_NAME.has(error.code))
        return error;
    const { kind, code, message } = error;
    return new base_errors/* BuildError */.zS({
        kind,
        code,
        message,
        hint: [hint, ...(error.hint === undefined ? [] : [error.hint])].join(' '),
        at: error.at,
        cause: error,
    });
}
function nameOf(reference, { platform }) {
    return [reference, platform.os, platform.architecture, platform.variant ?? ''].join(' ');
}
function find(images, vertex) {
    const image = vertex.op.kind === 'image' ? images.get(nameOf(vertex.op.reference, vertex.op)) : undefined;
    if (image !== undefined)
        return image;
    throw new base_errors/* BuildError */.zS({
        kind: 'bug',
        code: 'IMAGE_NOT_RESOLVED',
        message: `${vertex.name} was not resolved`,
    });
}

;// CONCATENATED MODULE: ./lib/engine/embedded/plan-options.js

/** The part of a request that decides the graph. */
function planOptions(request) {
    return {
        ...(request.target === undefined ? {} : { target: request.target }),
        ...(request.place === undefined ? {} : { place: request.place }),
        platforms: request.platforms.length === 0 ? [request.buildPlatform] : request.platforms,
        implicitPlatform: request.platforms.length === 0,
        buildPlatform: request.buildPlatform,
        buildArgs: request.buildArgs,
        labels: request.labels,
        namedContexts: request.namedContexts,
        network: request.network,
        addHosts: request.addHosts,
        noCache: request.noCache,
        ...(request.epoch.fixed ? { sourceDateEpoch: request.epoch.seconds } : {}),
        ...(request.contextTime === undefined ? {} : { contextTime: request.contextTime }),
        ...(request.ignore === undefined ? {} : { ignorePatterns: (0,dockerfile_ignore/* readIgnoreFile */.rj)(request.ignore.text) }),
    };
}
/** What is wrong with the main context's ignore file. */
function ignoreProblems({ ignore }) {
    const problem = ignore === undefined ? undefined : (0,dockerfile_ignore/* ignoreFileProblem */.g5)(ignore.text, ignore.path);
    return problem === undefined ? [] : [problem];
}

;// CONCATENATED MODULE: ./lib/engine/embedded/plan-only.js




/** The graph that a build of this request would solve. Asks registries for manifests and configs, for nothing else. */
async function planGraph(request, places, signal) {
    const parsed = (0,parse/* parseDockerfile */.Ai)(request.dockerfile.text, request.dockerfile.path, request.buildArgs);
    (0,base_errors/* throwAll */.Kx)([...parsed.problems, ...ignoreProblems(request)]);
    return (await planWithBases(parsed.file, planOptions(request), places, signal)).graph;
}

;// CONCATENATED MODULE: ./lib/plan/content-part.js
const PART = /^(sha256:[0-9a-f]{64}) ([0-7]{4,}) ([0-9]+:[0-9]+) ([0-9a-f]{16})$/;
/** Mode, owner and the beginning of the bytes' digest: enough to tell what of a file changed. */
function toldFile({ mode, uid, gid, bytes }) {
    const hex = bytes.slice(bytes.indexOf(':') + 1);
    return `${mode.toString(8).padStart(4, '0')} ${uid}:${gid} ${hex.slice(0, 16)}`;
}
/** The digest that counts in a part about content; undefined for what is no such part. */
function digestOf(value) {
    return readPart(value)?.digest ?? (/^sha256:[0-9a-f]{64}$/.test(value ?? '') ? value : undefined);
}
/** What changed between two parts about the same file. */
function fileChange(old, value) {
    const [before, now] = [readPart(old), readPart(value)];
    const changes = [];
    if (before !== undefined && now !== undefined && before.bytes === now.bytes) {
        if (before.mode !== now.mode)
            changes.push(`mode ${before.mode} -> ${now.mode}`);
        if (before.owner !== now.owner)
            changes.push(`owner ${before.owner} -> ${now.owner}`);
    }
    return changes.length === 0 ? 'content changed' : changes.join(', ');
}
function readPart(value) {
    const [, digest, mode, owner, bytes] = PART.exec(value ?? '') ?? [];
    return digest === undefined || mode === undefined || owner === undefined || bytes === undefined
        ? undefined
        : { digest, mode, owner, bytes };
}

;// CONCATENATED MODULE: ./lib/plan/explain.js


const NEVER = 'no record (evicted or never built)';
/** More reasons than this do not help. */
const MOST_REASONS = 3;
/**
 * One line: why a step was not found in the cache. `nearest` are the parts of the last record of the same step; `unreadable` are git refs whose
 * cache has records, but cannot be read.
 */
function explainMiss(parts, nearest, unreadable = []) {
    if (nearest === undefined)
        return unreadable.length === 0 ? NEVER : notReadable(unreadable);
    const reasons = differences(parts, nearest);
    if (reasons.length === 0)
        return NEVER;
    const more = reasons.length - MOST_REASONS;
    const told = reasons.slice(0, MOST_REASONS).join('; ');
    return more > 0 ? `${told}; and ${more} more` : told;
}
function notReadable(refs) {
    const [first, second, ...others] = refs;
    if (second === undefined)
        return `the cache in ${first} is not readable from here`;
    const more = others.length === 0 ? '' : ` and ${others.length} more`;
    return `the caches in ${first}, ${second}${more} are not readable from here`;
}
function differences(parts, nearest) {
    const now = new Map(parts.map(({ name, value }) => [name, value]));
    const before = new Map(nearest.map(({ name, value }) => [name, value]));
    const reasons = [];
    for (const name of new Set([...now.keys(), ...before.keys()])) {
        const [value, old] = [now.get(name), before.get(name)];
        if (!isSame(value, old))
            reasons.push(difference(name, old, value));
    }
    return reasons;
}
/** Records of earlier versions tell less of a file. */
function isSame(value, old) {
    if (value === old)
        return true;
    const [now, before] = [digestOf(value), digestOf(old)];
    return now !== undefined && now === before;
}
function difference(name, old, value) {
    if (name === 'format')
        return 'cache keys are made in another way now';
    if (name === 'command' || name === 'script')
        return `${name} changed`;
    if (name.startsWith('content '))
        return `${name.slice('content '.length)}: ${fileChange(old, value)}`;
    if (/^(?:ARG|ENV) /.test(name))
        return variableChange(name, old, value);
    if (old === undefined)
        return `${name} is new`;
    if (value === undefined)
        return `${name} is gone`;
    if (name.startsWith('base image '))
        return `${name} moved`;
    return isOpaque(old) || isOpaque(value) ? `${name} changed` : `${name} ${quote(old)} -> ${quote(value)}`;
}
function variableChange(name, old, value) {
    if (old === undefined)
        return value?.startsWith('hidden:') ? `${name} is new` : `${name} is new (${quote(value ?? '')})`;
    if (value === undefined)
        return `${name} is gone`;
    if (isOpaque(old) || isOpaque(value))
        return `${name} changed`;
    return `${name} ${quote(old)} -> ${quote(value)}`;
}
/** Digests, keys and lists say nothing to a reader. */
function isOpaque(value) {
    return /^(?:hidden:|sha256:|[[{]|[0-9a-f]{64}$)/.test(value);
}
/** On one line, whatever is in it. */
function quote(value) {
    return value === '' ? '(empty)' : value.replaceAll('\r', '\\r').replaceAll('\n', '\\n');
}
/** The graph as text, for people and for tests: vertices in order with short numbers, then the images. */
function describeGraph(graph) {
    const numbers = new Map(graph.vertices.map(({ id }, index) => [id, index]));
    const number = (id) => `#${numbers.get(id) ?? '?'}`;
    const lines = graph.vertices.flatMap((vertex) => describeVertex(vertex, number));
    for (const target of graph.targets)
        lines.push(...describeTarget(target, number));
    if (graph.sourceDateEpoch !== undefined)
        lines.push(`SOURCE_DATE_EPOCH ${graph.sourceDateEpoch}`);
    return `${lines.join('\n')}\n`;
}
function describeVertex(vertex, number) {
    const from = vertex.inputs.map(number).join(' ');
    const noCache = vertex.noCache ? ' (no cache)' : '';
    const [first = '', ...others] = vertex.name.split('\n');
    return [
        `${number(vertex.id)} ${first}${others.length === 0 ? '' : ' …'}${noCache}`,
        ...(from === '' ? [] : [`  on ${from}`]),
        ...describeOp(vertex.op).map((line) => `  ${line}`),
    ];
}
function describeOp(op) {
    switch (op.kind) {
        case 'scratch':
            return [];
        case 'image':
            return [`image ${op.reference} ${(0,image_platform/* formatPlatform */.Bq)(op.platform)}`];
        case 'local':
            return [`local ${op.context}`];
        case 'git':
        case 'http':
            return [fields(op)];
        case 'mkdir':
            return [`mkdir ${op.path}${op.user === '' ? '' : ` for ${op.user}`}`];
        case 'copy': {
            const { kind: _kind, sources, ...rest } = op;
            return [...sources.map((source) => `source ${JSON.stringify(source)}`), fields(rest)];
        }
        case 'run': {
            const { kind: _kind, args, mounts, platform, ...rest } = op;
            const shown = { ...rest, platform: (0,image_platform/* formatPlatform */.Bq)(platform) };
            return [`args ${JSON.stringify(args)}`, ...mounts.map(describeMount), fields(shown)];
        }
    }
}
function describeMount(mount) {
    const { type, ...rest } = mount;
    return `mount ${type} ${fields(rest)}`;
}
/** `name=value` of all that is not empty. */
function fields(values) {
    return Object.entries(values)
        .filter(([, value]) => value !== '' && value !== false && !(Array.isArray(value) && value.length === 0))
        .map(([name, value]) => `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`)
        .join(' ');
}
function describeTarget(target, number) {
    return [
        `image ${(0,image_platform/* formatPlatform */.Bq)(target.platform)} of ${target.chain.map(number).join(' ')}`,
        `  config ${JSON.stringify(target.config.config)}`,
        ...target.history.map(({ entry, vertex }) => {
            const layer = vertex === undefined ? '' : ` ${number(vertex)}`;
            return `  history${layer} ${JSON.stringify(entry.created_by ?? '')}`;
        }),
    ];
}

;// CONCATENATED MODULE: ./lib/app/commit-time.js
/** When the commit that is checked out in a folder was made. Seconds since 1970; undefined where there is no repository, no commit or no git. */
async function commitTimeOf(folder, git) {
    try {
        // The folder may belong to another user than the one that builds; only a time is read.
        const args = ['-c', 'safe.directory=*', '-C', folder, 'log', '-1', '--format=%ct'];
        const { exitCode, stdout } = await git(args);
        return exitCode === 0 ? asTime(Number(stdout.toString().trim())) : undefined;
    }
    catch {
        return undefined;
    }
}
/** Seconds since 1970; undefined for what is no time of a commit. */
function asTime(seconds) {
    return Number.isSafeInteger(seconds) && seconds > 0 ? seconds : undefined;
}

// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(8161);
// EXTERNAL MODULE: ./lib/base/make-folder.js
var make_folder = __webpack_require__(1044);
// EXTERNAL MODULE: ./lib/cache/backends/local/lease.js
var lease = __webpack_require__(5892);
// EXTERNAL MODULE: ./lib/dockerfile/directives.js
var directives = __webpack_require__(3142);
;// CONCATENATED MODULE: ./lib/engine/embedded/assemble.js


/** Layers, config and history as one image. A step that came from a cache keeps its time, so an unchanged image keeps its digest. */
function assemble(assembly) {
    const { target, layers, baseLayers, epoch, annotations } = assembly;
    const steps = timedHistory(assembly);
    const created = epoch.fixed ? isoTime(epoch.seconds) : (steps.at(-1)?.created ?? isoTime(epoch.seconds));
    const history = [...completed(target.baseHistory, baseLayers, created), ...steps];
    const config = {
        ...target.config,
        created,
        rootfs: { type: 'layers', diff_ids: layers.map(({ diffId }) => diffId) },
        history,
    };
    const image = { platform: target.platform, config, layers };
    checkCounts(image);
    return Object.keys(annotations).length === 0 ? image : { ...image, annotations };
}
/** Seconds since 1970 as OCI writes times (RFC 3339). */
function isoTime(seconds) {
    return new Date(seconds * 1000).toISOString().replace('.000Z', 'Z');
}
/** Layers tell their own time; what makes none tells that of the layer before it, else of the one after it (BuildKit's rule). */
function timedHistory({ target, madeAt, layerless, epoch, }) {
    const latest = isoTime(epoch.seconds);
    const own = target.history.map(({ vertex }) => {
        if (vertex === undefined)
            return undefined;
        // Caches may write the same time in another form, or none at all.
        const seconds = Math.floor(Date.parse(madeAt(vertex)) / 1000);
        const time = (0,told_time/* isToldTime */.$)(seconds) ? isoTime(seconds) : latest;
        return epoch.fixed && time > latest ? latest : time;
    });
    let current = own.find((time) => time !== undefined) ?? latest;
    return target.history.map(({ entry, vertex }, i) => {
        current = own[i] ?? current;
        const isEmpty = vertex !== undefined && layerless.has(vertex);
        return { ...entry, created: current, ...(isEmpty ? { empty_layer: true } : {}) };
    });
}
/** A base whose history tells of fewer layers than it has (squashed, imported) gets entries for the surplus, as in BuildKit. */
function completed(history, layers, created) {
    const told = history.filter(({ empty_layer }) => empty_layer !== true).length;
    const surplus = Math.max(0, layers - told);
    const filler = { created, comment: 'ts-image-build: layer of the base image' };
    return [...withinLayers(history, layers), ...Array.from({ length: surplus }, () => filler)];
}
/** Some builders tell of layers that an image does not have; as in BuildKit the last ones of them have none. */
function withinLayers(history, layers) {
    let left = layers;
    return history.map((entry) => {
        if (entry.empty_layer === true || left-- > 0)
            return entry;
        return { ...entry, empty_layer: true };
    });
}
function checkCounts({ config, layers }) {
    const told = config.history.filter(({ empty_layer }) => empty_layer !== true).length;
    if (told === layers.length)
        return;
    throw new base_errors/* BuildError */.zS({
        kind: 'bug',
        code: 'HISTORY_MISMATCH',
        message: `The history tells of ${told} layers and the image has ${layers.length}`,
    });
}

// EXTERNAL MODULE: ./lib/cache/build-cache.js
var build_cache = __webpack_require__(2941);
// EXTERNAL MODULE: ./lib/image/cache-key.js
var cache_key = __webpack_require__(445);
// EXTERNAL MODULE: ./lib/plan/hidden-credentials.js
var hidden_credentials = __webpack_require__(5484);
;// CONCATENATED MODULE: ./lib/plan/cache-key.js









/** Changes when keys are made in another way, so that old records are not found. */
const FORMAT = '1';
/** Longer values stand in parts as a digest. */
const LONGEST_VALUE = 120;
/**
 * The key under which a step's result is stored, and what it was made of. Counted are, as in BuildKit: for RUN the arguments, the
 * variables, directory, user, network, hostname, names of extra hosts, limits, shapes of mounts and the platform; for COPY and ADD their
 * own fields and the content of what they select (then only the last part of a source); for both the keys of what they are made on. Of
 * downloads the content counts, of repositories the commit. Not counted: where they come from, proxies, values of secrets, ids of cache mounts, addresses of extra hosts; with --link what is copied onto.
 *
 * With `facts.parent` it is a content key: over what the step meets, however that came about. No such key equals one over definitions.
 */
function keyOf(vertex, facts) {
    if (facts.inputs.length !== vertex.inputs.length) {
        throw new base_errors/* BuildError */.zS({
            kind: 'bug',
            code: 'BAD_KEY_FACTS',
            message: `${vertex.name} has ${vertex.inputs.length} inputs, not ${facts.inputs.length}`,
        });
    }
    const counted = [
        ['format', FORMAT],
        ...ownFields(vertex.op, facts),
        ...parentFields(vertex.op, facts),
        ...contentFields(vertex, facts.content ?? [], facts.told),
        ...inputFields(vertex, facts),
    ];
    const hashed = counted.map(([name, value]) => [name, value]);
    const hash = (0,external_node_crypto_.createHash)('sha256').update(canonicalJson(hashed)).digest('hex');
    return {
        key: (0,cache_key/* parseCacheKey */.d)(hash),
        parts: counted.map(([name, value, label = name, told]) => ({
            name: label,
            value: told === undefined ? shown(label, value) : `${value} ${told}`,
        })),
    };
}
function ownFields(op, facts) {
    switch (op.kind) {
        case 'scratch':
            return [['step', 'scratch']];
        case 'image':
            return [
                ['step', 'image'],
                ['image', facts.image ?? op.reference.slice(op.reference.indexOf('@') + 1)],
                ['platform', (0,image_platform/* formatPlatform */.Bq)(op.platform)],
            ];
        case 'local':
            return [
                ['step', 'local'],
                ['context', op.context],
            ];
        case 'git':
            return [
                ['step', 'git'],
                ['source', canonicalJson(checkoutShape(op))],
            ];
        case 'http':
            return [
                ['step', 'http'],
                ['source', canonicalJson({ filename: op.filename })],
            ];
        case 'mkdir':
            return [
                ['step', 'WORKDIR'],
                ['directory', op.path],
                ['user', op.user],
            ];
        case 'copy':
            return copyFields(op, facts);
        case 'run':
            return [...runFields(op), ...limitFields(facts)];
    }
}
/** What makes other files of the same commit: its address and ref are in `.git` alone. */
function checkoutShape({ keepGitDir, submodules, subdir, mtime, url, ref }) {
    const shape = { keepGitDir, submodules, subdir, mtime };
    return keepGitDir ? { ...shape, url: (0,hidden_credentials/* withoutCredentials */.r)(url), ref } : shape;
}
function copyFields(op, { unread }) {
    return [
        ['step', 'COPY'],
        ['sources', canonicalJson(op.sources.map((source) => sourceShape(source, op.parents, unread)))],
        ['destination', op.destination],
        ['--chown', op.chown ?? ''],
        ['--chmod', op.chmod ?? ''],
        ['--link', String(op.link)],
        ['--parents', String(op.parents)],
        ['--exclude', canonicalJson(op.exclude)],
        ['--unpack', op.unpack],
    ];
}
/** Where files lie whose content counts does not matter, only what they are called; with --parents it does. */
function sourceShape(source, parents, unread) {
    switch (source.kind) {
        case 'inline':
            return source;
        case 'remote':
            return { kind: 'remote' };
        case 'path':
            return { kind: 'path', pattern: parents ? source.pattern : placeOf(source, unread) };
    }
}
function placeOf({ from, pattern }, unread) {
    return unread?.has(from) === true ? external_node_path_.posix.resolve('/', pattern) : external_node_path_.posix.basename(pattern);
}
function limitFields({ limits }) {
    const { shmSize, ulimits = [] } = limits ?? {};
    const sorted = [...ulimits].sort((a, b) => (a.name < b.name ? -1 : 1));
    return [
        ...(shmSize === undefined ? [] : [['shm-size', String(shmSize)]]),
        ...(sorted.length === 0
            ? []
            : [['ulimits', sorted.map(({ name, soft, hard }) => `${name}=${soft}:${hard}`).join(' ')]]),
    ];
}
function runFields(op) {
    const hosts = op.extraHosts.map(({ name }) => name).sort();
    return [
        ['step', 'RUN'],
        ['command', canonicalJson(op.args)],
        ['script', op.scriptFile?.content ?? ''],
        ...variables(op),
        ['directory', op.cwd],
        ['user', op.user],
        ['network', op.network],
        ['security', op.security],
        ['hostname', op.hostname],
        ['extra hosts', hosts.join(' ')],
        ['devices', (op.devices ?? []).join(' ')],
        ['mounts', canonicalJson(op.mounts.map(mountShape))],
        ['platform', (0,image_platform/* formatPlatform */.Bq)(op.platform)],
    ];
}
/** Sorted by name: the order in which they were set decides nothing. */
function variables(op) {
    const args = new Set(op.argNames ?? []);
    return op.env
        .map(environment/* splitPair */.T6)
        .sort((a, b) => (a.name < b.name ? -1 : 1))
        .map(({ name, value }) => [`variable ${name}`, value, `${args.has(name) ? 'ARG' : 'ENV'} ${name}`]);
}
function mountShape(mount) {
    switch (mount.type) {
        case 'cache': {
            const { id: _id, sharing: _sharing, shaped: _shaped, ...shape } = mount;
            return shape;
        }
        case 'secret':
        case 'ssh': {
            const { written: _written, ...shape } = mount;
            return shape;
        }
        case 'bind':
        case 'tmpfs':
            return mount;
    }
}
/** Under which a cache keeps what a layer holds that no step made: one of a base image. */
function layerIndexKey(diffId) {
    const hash = (0,external_node_crypto_.createHash)('sha256').update(canonicalJson([FORMAT, 'layer index', diffId]));
    return (0,cache_key/* parseCacheKey */.d)(hash.digest('hex'));
}
/** Under which a cache keeps the documents of an image. @param source what its reference names: an index or a manifest */
function imageDocumentsKey(source, platform) {
    const parts = [FORMAT, 'image documents', source, (0,image_platform/* formatPlatform */.Bq)(platform)];
    return (0,cache_key/* parseCacheKey */.d)((0,external_node_crypto_.createHash)('sha256').update(canonicalJson(parts)).digest('hex'));
}
/** Is the result the same whatever it is made on? */
function ignoresParent(op) {
    return op.kind === 'copy' && op.link;
}
function parentFields(op, { parent }) {
    if (parent === undefined)
        return [];
    return [['made on', ignoresParent(op) ? 'anything' : parent]];
}
function inputFields({ op, inputNames }, facts) {
    const skipsParent = ignoresParent(op) || facts.parent !== undefined;
    return facts.inputs.flatMap((key, index) => {
        if ((skipsParent && index === 0) || facts.covered?.has(index) === true)
            return [];
        return [[`input ${index}`, key, inputNames[index] ?? `input ${index}`]];
    });
}
function contentFields(vertex, content, told) {
    const labels = contentLabels(vertex);
    const whole = labels.length === content.length ? labels : undefined;
    return content.map((digest, index) => {
        const label = whole?.[index] ?? `${stepWord(vertex)} ${index + 1}`;
        return [`content ${index}`, digest, `content ${label}`, told?.get(digest)];
    });
}
function contentLabels(vertex) {
    const { op } = vertex;
    if (op.kind === 'copy')
        return op.sources.map((source) => `${op.instruction} ${sourceLabel(vertex, source)}`);
    if (op.kind !== 'run')
        return [];
    return op.mounts.flatMap((mount) => (mount.type === 'bind' || mount.type === 'cache') && mount.from !== undefined
        ? [`RUN --mount target=${mount.target}`]
        : []);
}
function sourceLabel(vertex, source) {
    if (source.kind === 'path')
        return source.pattern;
    return source.kind === 'inline' ? `<<${source.name}` : (vertex.inputNames[source.from] ?? 'remote');
}
function stepWord({ op }) {
    return op.kind === 'copy' ? op.instruction : op.kind.toUpperCase();
}
/** A value as parts tell it: secrets hidden, long ones as a digest. */
function shown(name, value) {
    const [kind = '', variable = ''] = name.split(' ', 2);
    if ((kind === 'ARG' || kind === 'ENV') && (0,plan_warnings/* namesSecret */.L)(variable))
        return `hidden:${digest(value).slice(0, 8)}`;
    return value.length > LONGEST_VALUE ? `sha256:${digest(value)}` : value;
}
function digest(value) {
    return (0,external_node_crypto_.createHash)('sha256').update(value).digest('hex');
}

;// CONCATENATED MODULE: ./lib/engine/embedded/base-documents.js



/**
 * Manifests and configs of images in the caches of steps: a fresh machine then asks an image's registry for the digest of a tag, and for
 * nothing when the image is pinned. They are kept under the digest, so a tag that moves finds its new image's documents or none, and what no
 * build asks for any longer goes with the cache's other old records.
 */
class BaseDocuments {
    #opening;
    #isShared;
    #seen = new Map();
    /** @param isShared false: the caches know no more than the store, and are not asked */
    constructor(opening, isShared) {
        this.#opening = opening;
        this.#isShared = isShared;
    }
    /** For resolveImage; undefined when there is nobody to ask. */
    finder(platform, signal) {
        return this.#isShared ? (source) => this.#find(source, platform, signal) : undefined;
    }
    /** An image that was found, in whatever way: its documents are worth keeping, if they are not too large for everybody's index. */
    note({ source, documents }, platform) {
        const texts = textsOf(documents);
        if (texts === undefined)
            return;
        const key = imageDocumentsKey(source.digest, platform);
        this.#seen.set(key, { key, step: stepOf(source.digest, platform), parts: [], documents: texts });
    }
    /**
     * Also in caches that take only what is in the final image: no build is planned without the bases of all of its stages.
     * @param createdAt ISO 8601
     */
    keepIn({ to, toFinal = [] }, createdAt) {
        for (const cache of [...to, ...toFinal])
            for (const record of this.#seen.values())
                cache.save({ ...record, createdAt });
    }
    /**
     * Waits for the caches, as long as that may take: the plan is of no use before they are open, so a build whose documents are there loses
     * nothing, and one whose documents are not begins later by no more than the time of their download. To download them meanwhile would count
     * against the registry's limit of pulls each time that a cache is slower than it.
     */
    async #find(source, platform, signal) {
        // That they cannot be opened is told where the build waits for them.
        const caches = await this.#opening.then(({ from }) => from, () => []);
        const found = [];
        for (const cache of caches) {
            const key = imageDocumentsKey(source, platform);
            const { record } = await cache.lookup(key, stepOf(source, platform), signal);
            // Of all caches: what one of them has may be damaged.
            found.push(...(record?.documents ?? []).map((text) => Buffer.from(text)));
        }
        return found;
    }
}
/** Of no step, so that no step is compared with it. */
function stepOf(source, platform) {
    return `documents ${source} ${(0,image_platform/* formatPlatform */.Bq)(platform)}`;
}
/** undefined for what is too much, and for bytes that are no UTF-8 (RFC 8259, 8.1: then they are no JSON). */
function textsOf(documents) {
    const size = documents.reduce((sum, { length }) => sum + length, 0);
    if (documents.length > build_cache/* DOCUMENTS_LIMIT */.$.count || size > build_cache/* DOCUMENTS_LIMIT */.$.size)
        return undefined;
    const texts = documents.map((bytes) => Buffer.from(bytes).toString('utf8'));
    return texts.every((text, i) => Buffer.from(text).equals(documents[i] ?? new Uint8Array()))
        ? texts
        : undefined;
}

;// CONCATENATED MODULE: ./lib/engine/embedded/cache-blob-lost.js

/** A cached layer whose bytes turned out to be gone or damaged. Never reaches the user: the build starts again without that record. */
class CacheBlobLost extends base_errors/* BuildError */.zS {
    key;
    constructor(key, layer, cause) {
        super({
            kind: 'remote',
            code: 'CACHE_BLOB_LOST',
            message: `The cached layer ${layer.descriptor.digest} can no longer be had`,
            cause,
        });
        this.key = key;
    }
}

// EXTERNAL MODULE: ./node_modules/p-limit/index.js + 1 modules
var p_limit = __webpack_require__(370);
;// CONCATENATED MODULE: ./lib/worker/cache-shape.js
const DEFAULT_MODE = 0o755;
/**
 * Owner and mode that a cache mount begins with, where they are not the usual ones: root's, 0755. They tell caches apart, as in BuildKit, where
 * they belong to what the folder is made from (dockerfile2llb, setCacheUIDGID): a folder that root made first is of no use to a step of another user.
 */
function cacheShape({ mode, uid, gid }) {
    return mode === DEFAULT_MODE && uid === 0 && gid === 0 ? [] : [`${mode.toString(8)} ${uid}:${gid}`];
}

;// CONCATENATED MODULE: ./lib/engine/embedded/ops/step-output.js
/** Bytes. More than people read, and than a log can be searched through; what goes on without end must not fill the disk of whoever keeps it. */
const LIMIT = 64 * 1024 * 1024;
/** Characters of the end that are kept. */
const END = 64 * 1024;
/** How much of the end an error tells, in lines and in characters. */
const LAST_LINES = 20;
const LAST_TEXT = 16 * 1024;
/**
 * What a step prints, from bytes to text: all of it as it comes, up to a limit. Of a step that prints more the end is told as well, as that is
 * where the reason stands when it fails. Nothing grows with what is printed.
 */
class StepOutput {
    #write;
    #limit;
    #decoders = { stdout: new TextDecoder(), stderr: new TextDecoder() };
    #told = 0;
    #endsLine = false;
    /** Bytes beyond the limit, and the text that they end with. */
    #beyond = 0;
    #held = '';
    #end = '';
    constructor(write, limit = LIMIT) {
        this.#write = write;
        this.#limit = limit;
    }
    add(chunk, stream) {
        const text = this.#decoders[stream].decode(chunk, { stream: true });
        this.#end = endOf(this.#end + text);
        if (this.#told < this.#limit) {
            this.#told += chunk.length;
            this.#tell(text, stream);
            this.#endsLine = text.endsWith('\n');
            return;
        }
        if (this.#beyond === 0)
            this.#tell(`${this.#endsLine ? '' : '\n'}${limitLine(this.#limit)}`, stream);
        this.#beyond += chunk.length;
        this.#held = endOf(this.#held + text);
    }
    /** The step prints nothing more. */
    end() {
        const rest = `${this.#decoders.stdout.decode()}${this.#decoders.stderr.decode()}`;
        const held = `${this.#held}${rest}`.slice(-END);
        const left = this.#beyond - Buffer.byteLength(held);
        // From the first whole line on.
        const lines = held.slice(left > 0 ? held.indexOf('\n') + 1 : 0);
        if (left > 0)
            this.#tell(`[${(left / 1e6).toFixed(1)} MB left out]\n`, 'stdout');
        this.#tell(lines, 'stdout');
        this.#held = '';
    }
    get lastLines() {
        return this.#end
            .slice(-LAST_TEXT)
            .trimEnd()
            .split('\n')
            .slice(-LAST_LINES)
            .filter((line) => line !== '');
    }
    #tell(text, stream) {
        if (text !== '')
            this.#write(text, stream);
    }
}
/** Cut now and then alone: a step may print each character for itself. */
function endOf(text) {
    return text.length > 2 * END ? text.slice(-END) : text;
}
function limitLine(limit) {
    const size = `${Math.round(limit / 1024 / 1024)} MiB`;
    return `[log limit of ${size} reached: of what the step prints from here on, only the end is shown]\n`;
}

;// CONCATENATED MODULE: ./lib/engine/embedded/ops/run.js



const SHM = '/dev/shm';
/**
 * RUN: hands the step to the worker.
 * @throws BuildError `RUN_FAILED` with the last lines of its output; the worker's own errors
 */
async function runRun(op, vertex, context) {
    const { worker, signal, drained } = context;
    if (op.security === 'insecure')
        checkPrivilege(await worker.isolation());
    const output = new StepOutput(context.onOutput);
    const request = await requestFor(op, vertex, context);
    const { mounts, root } = request;
    if (mounts.some(({ type }) => type === 'cache')) {
        await Promise.all([worker.prepare(root, signal), context.mountsReady(mounts)]);
    }
    const onOutput = output.add.bind(output);
    const run = await worker.run(request, { signal, onOutput, drained }).finally(() => output.end());
    if (run.exitCode === 0) {
        context.mountsWritten(mounts);
        return run;
    }
    await run[Symbol.asyncDispose]();
    throw runFailed(op, run.exitCode, output.lastLines);
}
async function requestFor(op, vertex, context) {
    const { request, stackOf } = context;
    const env = [...op.env, ...(op.proxyEnv ?? []), ...agentVariable(op)];
    const mounts = [];
    for (const mount of op.mounts) {
        if (mount.type === 'secret' && mount.env !== undefined)
            env.push(`${mount.env}=${secretText(request, mount.id)}`);
        const lowered = await lowerMount(mount, op, context);
        if (lowered !== undefined)
            mounts.push(lowered);
    }
    if (op.scriptFile !== undefined) {
        const content = Buffer.from(op.scriptFile.content);
        mounts.push({ type: 'file', content, target: op.scriptFile.path, mode: 0o755, uid: 0, gid: 0 });
    }
    // As in BuildKit, a size that is asked for gives a mount of its own.
    if (request.shmSize !== undefined &&
        !op.mounts.some((mount) => 'target' in mount && mount.target === SHM)) {
        mounts.push({ type: 'tmpfs', target: SHM, readonly: false, size: request.shmSize });
    }
    return {
        id: vertex.id.replace(/^sha256:/, '').slice(0, 16),
        root: await stackOf(0),
        args: op.args,
        env,
        cwd: op.cwd,
        user: op.user,
        mounts,
        network: op.network,
        ...(op.security === 'insecure' ? { insecure: true } : {}),
        hostname: op.hostname,
        extraHosts: op.extraHosts,
        ...(request.shmSize === undefined ? {} : { shmSize: request.shmSize }),
        ulimits: request.ulimits,
    };
}
async function lowerMount(mount, op, context) {
    switch (mount.type) {
        case 'bind': {
            const { target, readonly } = mount;
            const { stack, path } = await context.filesAt(mount.from, mount.source);
            return { type: 'layers', stack, source: path, target, readonly };
        }
        case 'cache': {
            const { from } = mount;
            const cache = cacheMount(mount, op);
            // As in BuildKit, which makes the folder beside what is there and mounts that alone (dockerfile2llb, setCacheUIDGID).
            if (from === undefined || mount.shaped === true)
                return cache;
            const { stack, path } = await context.filesAt(from, mount.source);
            return { ...cache, seed: stack, source: path };
        }
        case 'tmpfs':
            return mount;
        case 'secret': {
            const content = secretOf(context.request, mount.id);
            if (mount.target === undefined || content === undefined)
                return undefined;
            const { target, mode, uid, gid } = mount;
            return { type: 'file', content, target, mode, uid, gid };
        }
        case 'ssh': {
            // Not required (see missingMounts): as in BuildKit, a missing agent means no socket.
            if (!context.request.sshAgents.includes(mount.id))
                return undefined;
            const { target, mode, uid, gid } = mount;
            return { type: 'socket', path: await context.agentSocket(mount.id), target, mode, uid, gid };
        }
    }
}
/** A cache mount without its seed. */
function cacheMount({ from: _from, shaped: _shaped, ...mount }, { platform }) {
    return { ...mount, platform: (0,image_platform/* formatPlatform */.Bq)(platform) };
}
/** As in BuildKit, the first agent's, be it there or not, unless the step has the variable already (client/llb, exec.go). */
function agentVariable({ env, mounts }) {
    const socket = mounts.find(({ type }) => type === 'ssh');
    if (socket?.type !== 'ssh' || env.some((pair) => pair.startsWith('SSH_AUTH_SOCK=')))
        return [];
    return [`SSH_AUTH_SOCK=${socket.target}`];
}
/** An optional secret that was not given is an empty variable, as in BuildKit. */
function secretText(request, id) {
    const content = secretOf(request, id);
    return content === undefined ? '' : Buffer.from(content).toString('utf8');
}
/** The id is the Dockerfile's: what every object has is no secret. */
function secretOf({ secrets }, id) {
    return Object.hasOwn(secrets, id) ? secrets[id] : undefined;
}
/** @throws BuildError `INSECURE_IMPOSSIBLE` where the worker itself has not all that the step is to have */
function checkPrivilege({ rung, privilege }) {
    if (rung === 'runc' || rung === 'unshare')
        return;
    throw new base_errors/* BuildError */.zS({
        kind: 'environment',
        code: 'INSECURE_IMPOSSIBLE',
        message: `RUN --security=insecure needs all privileges, and steps run with isolation "${rung}" here (${privilege})`,
        hint: rung === 'userns'
            ? 'Run as root, or allow sudo without a password for this user.'
            : 'Give this container all privileges, for example with --privileged, and leave the input isolation at auto.',
    });
}
/** What can be told about a RUN before any step is executed. */
function checkRun(op, vertex, request) {
    const problems = [];
    const complain = (code, message, hint) => {
        problems.push(new base_errors/* BuildError */.zS({ kind: 'user', code, message, hint, at: vertex.at }));
    };
    if (op.security === 'insecure' && !request.allow.includes('security.insecure')) {
        complain('INSECURE_REFUSED', 'RUN --security=insecure asks for a process without isolation', 'It may do to this machine what root may. Where that is wanted, allow it: the input allow, or --allow security.insecure.');
    }
    if ((op.devices ?? []).length > 0) {
        complain('DEVICE_REFUSED', 'RUN --device asks for a device of the machine', 'This builder gives RUN no devices.');
    }
    return problems;
}
/**
 * What a RUN cannot be executed without: secrets and agents that it requires. As in BuildKit, a step that a cache has needs none.
 */
function missingMounts(op, vertex, request) {
    const problems = [];
    const complain = (code, message, hint) => {
        problems.push(new base_errors/* BuildError */.zS({ kind: 'user', code, message, hint, at: vertex.at }));
    };
    for (const mount of op.mounts) {
        if (mount.type === 'secret' && mount.required && secretOf(request, mount.id) === undefined) {
            complain('SECRET_MISSING', `The secret "${mount.id}" is required but was not given`, `Give it with the input secrets, secret-envs or secret-files, or --secret id=${mount.id},… on the command line.`);
        }
        if (mount.type === 'ssh' && mount.required && !request.sshAgents.includes(mount.id)) {
            complain('SSH_MISSING', `The SSH agent "${mount.id}" is required but was not given`, `Give it with the input ssh or the flag --ssh, e.g. --ssh ${mount.id} for the agent of SSH_AUTH_SOCK.`);
        }
    }
    return problems;
}
function runFailed(op, exitCode, lines) {
    const output = lines.length === 0 ? 'It printed nothing.' : `Its last output:\n${lines.join('\n')}`;
    return new base_errors/* BuildError */.zS({
        kind: 'user',
        code: 'RUN_FAILED',
        message: `process ${JSON.stringify(op.args.join(' '))} did not complete successfully: exit code: ${exitCode}`,
        hint: exitCode === 137
            ? `${output}\nExit code 137 means that it was killed, most often for want of memory.`
            : output,
    });
}

;// CONCATENATED MODULE: ./lib/engine/embedded/kept-mounts.js






/** Restores under way: each holds some MiB. */
const AT_ONCE = 2;
/** Whoever unpacks an archive has all names in memory. */
const MOST_MEMBERS = 1_000_000;
const TAR_HEADER = 512;
const NOT_ENDED = 'the build did not get to its end';
/**
 * The folders of RUN --mount=type=cache of one build, as far as caches keep them: each is restored when the first step that mounts it is about
 * to run, and saved when it was changed and all steps have ended well. What a failed or cancelled step left may be half of something, and a
 * cache would hand it to every later build: unlike the folder on a machine of one's own, nobody can look into it or throw it away by hand.
 */
class KeptMounts {
    #from;
    #to;
    #store;
    #limit;
    #now;
    #slots = (0,p_limit/* default */.A)(AT_ONCE);
    #kept = new Map();
    #spooled = new Set();
    #savedSize = 0;
    constructor({ from, to, store, limit, now }) {
        this.#from = from.flatMap(keeperOf);
        this.#to = to.flatMap(keeperOf);
        this.#store = store;
        this.#limit = limit;
        this.#now = now;
    }
    /** Begins to restore what a step will mount, beside all that is done before it can start. */
    begin(op, worker, signal) {
        for (const mount of op.mounts) {
            // What a mount with a seed is called is known when its seed is here.
            if (mount.type === 'cache' && mount.from === undefined)
                this.#keep(cacheMount(mount, op), worker, signal);
        }
    }
    /** All that can be restored for a step is in place. Never rejects but for an abort. */
    async ready(mounts, worker, signal) {
        const caches = mounts.filter((mount) => mount.type === 'cache');
        await Promise.all(caches.map((mount) => this.#keep(mount, worker, signal)?.restoring));
    }
    /** A step has ended well. */
    written(mounts) {
        for (const mount of mounts) {
            const kept = mount.type === 'cache' && !mount.readonly ? this.#kept.get(kept_mounts_keyOf(mount)) : undefined;
            if (kept !== undefined)
                kept.written = true;
        }
    }
    /** Hands over what has changed. Called when all steps have ended well; uploads go on until the caches are finished. Never rejects. */
    async save(worker, signal) {
        for (const kept of this.#kept.values()) {
            try {
                kept.saved = await this.#save(kept, worker, signal);
            }
            catch (error) {
                kept.saved = { type: 'not-saved', reason: (0,base_errors/* reasonOf */.A3)(error) };
            }
        }
    }
    /** What became of each mount; after the caches are finished. */
    async reports() {
        const reports = await Promise.all([...this.#kept.values()].map(reportOf));
        for (const digest of this.#spooled)
            await this.#store.delete(digest).catch(() => undefined);
        return reports;
    }
    #keep(mount, worker, signal) {
        if (this.#from.length === 0 && this.#to.length === 0)
            return undefined;
        const key = kept_mounts_keyOf(mount);
        const known = this.#kept.get(key);
        if (known !== undefined)
            return known;
        const restoring = this.#restore(mount, key, worker, signal);
        const saved = { type: 'not-saved', reason: NOT_ENDED };
        const kept = { mount, key, restoring, written: false, saved, saving: [] };
        this.#kept.set(key, kept);
        // An attempt that was stopped leaves the next one to restore.
        restoring.catch(() => this.#kept.delete(key));
        return kept;
    }
    async #restore(mount, key, worker, signal) {
        const reasons = [];
        for (const keeper of this.#from) {
            const { name, mounts } = keeper;
            const found = await mounts.find(key);
            if (found === undefined)
                continue;
            const { size, unpacked, members } = found.archive;
            if (unpacked > this.#limit)
                return { type: 'too-big', size: unpacked, limit: this.#limit };
            if (members > MOST_MEMBERS)
                return { type: 'not-restored', reason: tooMany(members) };
            try {
                const open = () => openArchive(keeper, found, signal);
                const isNew = await this.#slots(async () => (await worker()).restoreCache(mount, found.archive, open, signal));
                return isNew ? { type: 'restored', from: name, size, savedAt: found.savedAt } : { type: 'present' };
            }
            catch (error) {
                signal.throwIfAborted();
                reasons.push(`${name}: ${(0,base_errors/* reasonOf */.A3)(error)}`);
            }
        }
        return reasons.length === 0 ? { type: 'new' } : { type: 'not-restored', reason: reasons.join('; ') };
    }
    async #save(kept, worker, signal) {
        if (this.#to.length === 0)
            return { type: 'not-saved', reason: 'no cache in use may be written' };
        const { mount, key, written } = kept;
        const state = written ? await (await worker()).inspectCache(mount, signal) : undefined;
        if (state === undefined)
            return { type: 'unchanged' };
        const found = await Promise.all(this.#to.map(({ mounts }) => mounts.find(key)));
        if (state.members === 0 && found.every((each) => each === undefined))
            return { type: 'empty' };
        const outdated = (archive) => this.#to.filter((_, i) => archive === undefined || found[i]?.archive.digest !== archive);
        if (outdated(state.archive).length === 0)
            return { type: 'unchanged' };
        const limit = Math.min(this.#limit, 2 * this.#limit - this.#savedSize);
        const least = state.size + TAR_HEADER * state.members;
        if (least > limit)
            return { type: 'too-big', size: least, limit };
        if (state.members > MOST_MEMBERS)
            return { type: 'not-saved', reason: tooMany(state.members) };
        const archive = await (await worker()).packCache(mount, (bytes) => this.#spool(bytes), signal);
        const targets = outdated(archive.digest);
        if (targets.length === 0)
            return { type: 'unchanged' };
        // Now with all headers and padding, as it will be measured when it is restored.
        if (archive.unpacked > limit)
            return { type: 'too-big', size: archive.unpacked, limit };
        this.#savedSize += archive.unpacked;
        const { id, platform } = mount;
        const fresh = { key, id, platform, archive, savedAt: this.#now };
        for (const { name, mounts } of targets) {
            kept.saving.push({ name, done: mounts.save(fresh, () => this.#store.open(archive.digest)) });
        }
        return { type: 'saved', to: targets.map(({ name }) => name), size: archive.size };
    }
    /** Uploads need to know digest and size before they begin. */
    async #spool(bytes) {
        const { digest } = await this.#store.put(bytes);
        this.#spooled.add(digest);
    }
}
async function openArchive({ mounts, isUnsure }, found, signal) {
    const bytes = await mounts.open(found, signal);
    if (bytes !== undefined)
        return bytes;
    throw new base_errors/* BuildError */.zS({
        kind: 'remote',
        code: 'CACHE_MOUNT_GONE',
        message: isUnsure(found.archive.digest)
            ? 'its archive could not be had (see the notice)'
            : 'its archive is gone (evicted)',
    });
}
async function reportOf(kept) {
    const { id, platform } = kept.mount;
    const restored = await kept.restoring.catch(() => ({ type: 'not-restored', reason: NOT_ENDED }));
    return { id, platform, restored, saved: await savedOf(kept) };
}
async function savedOf({ saved, saving }) {
    if (saved.type !== 'saved')
        return saved;
    const done = await Promise.all(saving.map(async ({ name, done: isSaved }) => ((await isSaved) ? [name] : [])));
    const to = done.flat();
    return to.length > 0 ? { ...saved, to } : { type: 'not-saved', reason: 'see the notices of the cache' };
}
function tooMany(members) {
    return `it has ${members} files and folders, more than ${MOST_MEMBERS}`;
}
function keeperOf(cache) {
    const { name, mounts } = cache;
    const isUnsure = (digest) => cache.isUnsure?.(digest) === true;
    return mounts === undefined ? [] : [{ name, mounts, isUnsure }];
}
/** Over what tells cache mounts apart: the same parts as on the worker's disk. */
function kept_mounts_keyOf(mount) {
    const { id, platform, seed, source } = mount;
    const begun = seed === undefined ? [] : [source, ...seed.map(({ diffId }) => diffId)];
    return (0,cache_key/* parseCacheKey */.d)((0,external_node_crypto_.createHash)('sha256')
        .update(JSON.stringify([id, platform, ...begun, ...cacheShape(mount)]))
        .digest('hex'));
}

// EXTERNAL MODULE: ./lib/dockerfile/lint/lint.js + 6 modules
var lint_lint = __webpack_require__(4542);
;// CONCATENATED MODULE: ./lib/engine/embedded/lint-gate.js



/**
 * Lints, tells each finding, and ends the build before any work when one is as grave as the request's threshold.
 * @throws BuildError `LINT_FAILED`
 */
function lintBeforeBuild(parsed, request, onEvent) {
    if (!request.lint.enabled)
        return [];
    const diagnostics = (0,lint_lint/* lint */.u)(parsed, request.lint.config);
    for (const diagnostic of diagnostics)
        onEvent({ type: 'diagnostic', diagnostic });
    const grave = diagnostics.filter(({ severity }) => (0,config/* reachesThreshold */.Lu)(severity, request.lint.failOn));
    const [first] = grave;
    // A Dockerfile or an ignore file that cannot be read fails with its own errors, which say more.
    const unread = parsed.problems.length > 0 || diagnostics.some(({ rule }) => rule === 'DL1000');
    if (first === undefined || unread)
        return diagnostics;
    throw new base_errors/* BuildError */.zS({
        kind: 'user',
        code: 'LINT_FAILED',
        message: `${grave.length === 1 ? 'One finding' : `${grave.length} findings`} of the linter at or above "${request.lint.failOn}": ${[...new Set(grave.map(({ rule }) => rule))].join(', ')}`,
        hint: 'Mend them, or silence a rule with lint-ignore or a comment "# hadolint ignore=ID" above the line; lint-fail-on sets the threshold, and without lint (--no-lint) nothing is looked at.',
        at: first.at,
    });
}

;// CONCATENATED MODULE: ./lib/engine/embedded/steps.js
/** Tells the outside what happens to each step, and keeps it for the result. */
class Steps {
    drained;
    #begun = performance.now();
    #onEvent;
    #started = new Map();
    #reports = new Map();
    /** `drained`: as Engine.build has it. */
    constructor(onEvent, drained = () => undefined) {
        this.#onEvent = onEvent;
        this.drained = drained;
    }
    get elapsed() {
        return Math.round(performance.now() - this.#begun);
    }
    started(vertex) {
        this.#started.set(vertex.id, this.elapsed);
        this.#onEvent({ type: 'step-started', id: vertex.id, name: vertex.name, ...place(vertex) });
    }
    output(vertex, text, stream) {
        this.#onEvent({ type: 'step-output', id: vertex.id, text, stream });
    }
    cached(vertex, found, keyParts, layer) {
        this.#end(vertex, { type: 'cached', ...found }, keyParts, layer);
    }
    done(vertex, miss, keyParts, layer) {
        this.#end(vertex, { type: 'done', miss }, keyParts, layer);
    }
    failed(vertex, error, keyParts) {
        this.#end(vertex, { type: 'failed', error }, keyParts, undefined);
    }
    notice(message) {
        this.#onEvent({ type: 'notice', message });
    }
    progress(message) {
        this.#onEvent({ type: 'progress', message });
    }
    /** In the order of `vertices`; steps of which nothing was heard were not needed. */
    reports(vertices) {
        return vertices
            .filter(({ op }) => op.kind === 'run' || op.kind === 'copy' || op.kind === 'mkdir')
            .map((vertex) => this.#reports.get(vertex.id) ?? {
            id: vertex.id,
            name: vertex.name,
            ...place(vertex),
            outcome: { type: 'skipped' },
            startedAt: 0,
            endedAt: 0,
            keyParts: [],
        });
    }
    #end(vertex, outcome, keyParts, layer) {
        const endedAt = this.elapsed;
        const step = {
            id: vertex.id,
            name: vertex.name,
            ...place(vertex),
            outcome,
            startedAt: this.#started.get(vertex.id) ?? endedAt,
            endedAt,
            ...steps_reportOf(layer),
            keyParts,
        };
        this.#reports.set(vertex.id, step);
        this.#onEvent({ type: 'step-ended', step });
    }
}
function place(vertex) {
    return vertex.at === undefined ? {} : { at: vertex.at };
}
function steps_reportOf(layer) {
    if (layer === undefined)
        return {};
    const { diffId, ...size } = layer;
    return { size, diffId };
}

;// CONCATENATED MODULE: ./lib/image/manifest.js



/** Fields in the order of the specification; others follow, sorted by name. The digest must not depend on how an object was put together. */
const manifest_CONFIG_FIELDS = [
    'created',
    'author',
    'architecture',
    'variant',
    'os',
    'os.version',
    'os.features',
    'config',
    'rootfs',
    'history',
];
const HEALTHCHECK_FIELDS = ['Test', 'Interval', 'Timeout', 'StartPeriod', 'StartInterval', 'Retries'];
const HISTORY_FIELDS = [
    'created',
    'created_by',
    'author',
    'comment',
    'empty_layer',
];
const DESCRIPTOR_FIELDS = [
    'mediaType',
    'digest',
    'size',
    'annotations',
    'platform',
    'artifactType',
];
const PLATFORM_FIELDS = ['architecture', 'os', 'os.version', 'variant'];
/** The layer types of an OCI image for Docker's. The bytes are the same. */
const OCI_LAYER = {
    [media_types/* MediaType */.z.dockerLayer]: media_types/* MediaType */.z.ociLayer,
    [media_types/* MediaType */.z.dockerLayerGzip]: media_types/* MediaType */.z.ociLayerGzip,
    [media_types/* MediaType */.z.dockerLayerZstd]: media_types/* MediaType */.z.ociLayerZstd,
    [media_types/* MediaType */.z.dockerForeignLayerGzip]: media_types/* MediaType */.z.ociLayerGzip,
};
/**
 * Config and manifest of an image as OCI JSON (image-spec 1.1, config.md and manifest.md). The same image gives the same bytes. The manifest's descriptor
 * carries the platform, as an index wants it.
 */
function serialiseImage(image) {
    const config = blob(media_types/* MediaType */.z.ociConfig, configJson(image.config));
    const manifest = blob(media_types/* MediaType */.z.ociManifest, {
        schemaVersion: 2,
        mediaType: media_types/* MediaType */.z.ociManifest,
        config: descriptorJson(config.descriptor),
        layers: image.layers.map(({ descriptor }) => descriptorJson(asOciLayer(descriptor))),
        ...annotationsJson(image.annotations),
    });
    return {
        config,
        manifest: { ...manifest, descriptor: { ...manifest.descriptor, platform: image.platform } },
    };
}
/** An index over manifests (image-spec 1.1, image-index.md), in the given order. */
function serialiseIndex(manifests, annotations) {
    return blob(media_types/* MediaType */.z.ociIndex, {
        schemaVersion: 2,
        mediaType: media_types/* MediaType */.z.ociIndex,
        manifests: manifests.map(descriptorJson),
        ...annotationsJson(annotations),
    });
}
/** The same blob under the layer type that OCI has for it. */
function asOciLayer(descriptor) {
    const mediaType = OCI_LAYER[descriptor.mediaType];
    return mediaType === undefined ? descriptor : { ...descriptor, mediaType };
}
function blob(mediaType, value) {
    const bytes = Buffer.from(JSON.stringify(value), 'utf8');
    return { descriptor: { mediaType, digest: (0,image_digest/* digestOf */.ol)(bytes), size: bytes.length }, bytes };
}
function configJson(config) {
    return inOrder(manifest_CONFIG_FIELDS, {
        ...config,
        config: containerJson(config.config),
        rootfs: { type: config.rootfs.type, diff_ids: config.rootfs.diff_ids },
        history: config.history.map((entry) => inOrder(HISTORY_FIELDS, entry)),
    });
}
function containerJson(config) {
    const { ExposedPorts, Volumes, Labels, Healthcheck } = config;
    return inOrder(CONTAINER_FIELDS, {
        ...config,
        ...(ExposedPorts === undefined ? {} : { ExposedPorts: inOrder([], ExposedPorts) }),
        ...(Volumes === undefined ? {} : { Volumes: inOrder([], Volumes) }),
        ...(Labels === undefined ? {} : { Labels: inOrder([], Labels) }),
        ...(Healthcheck === undefined ? {} : { Healthcheck: inOrder(HEALTHCHECK_FIELDS, Healthcheck) }),
    });
}
function descriptorJson(descriptor) {
    const { annotations, platform } = descriptor;
    return inOrder(DESCRIPTOR_FIELDS, {
        ...descriptor,
        ...annotationsJson(annotations),
        ...(platform === undefined ? {} : { platform: inOrder(PLATFORM_FIELDS, platform) }),
    });
}
function annotationsJson(annotations) {
    if (annotations === undefined || Object.keys(annotations).length === 0)
        return {};
    return { annotations: inOrder([], annotations) };
}
/** A copy with these fields first and all others sorted. JavaScript puts names that are numbers first in any case, which is an order too. */
function inOrder(first, value) {
    const fields = new Map(Object.entries(value));
    const others = [...fields.keys()].filter((name) => !first.includes(name)).sort();
    return Object.fromEntries([...first.filter((name) => fields.has(name)), ...others].map((name) => [name, fields.get(name)]));
}

// EXTERNAL MODULE: ./lib/image/placed-annotation.js
var placed_annotation = __webpack_require__(7508);
;// CONCATENATED MODULE: ./lib/engine/embedded/blobs.js



/** Gets layers' bytes into the content store, each once, and only when somebody asks. */
class Blobs {
    #sources;
    #underway = new Map();
    /** Records that the layers came from, to blame one when its bytes are gone. */
    #origin = new Map();
    constructor(sources) {
        this.#sources = sources;
    }
    get store() {
        return this.#sources.store;
    }
    /** Remembers that a layer is known from this record only. */
    cameFrom(layer, key) {
        this.#origin.set(layer.descriptor.digest, key);
    }
    /** In the store, and whole as far as its size tells: a machine that lost its power may have left less. */
    async isHere({ descriptor: { digest, size } }) {
        return (await this.store.stat(digest)) === size;
    }
    /** Can the bytes be had from somewhere? Asks without downloading. */
    async available(layer) {
        const { caches, registry, signal } = this.#sources;
        const { digest } = layer.descriptor;
        if (await this.isHere(layer))
            return true;
        for (const cache of caches)
            if (await cache.hasBlob(digest))
                return true;
        for (const source of layer.sources) {
            // An unreachable registry only means that this source does not count.
            if (await registry.hasBlob(source, digest, { signal }).catch(() => false))
                return true;
        }
        return false;
    }
    /**
     * Makes sure that the blob is in the store.
     * @throws CacheBlobLost for a layer of a cache record; the registry's BuildError for a base image's layer
     */
    async ensure(layer) {
        const { digest } = layer.descriptor;
        let fetch = this.#underway.get(digest);
        if (fetch === undefined) {
            fetch = this.#fetch(layer);
            this.#underway.set(digest, fetch);
            fetch.catch(() => this.#underway.delete(digest));
        }
        await fetch;
    }
    /**
     * The stored (compressed) bytes. Reading them to the end throws for other bytes than the digest says, as `ensure` for what cannot be had, and
     * they are no longer in the store: whoever asks again gets others.
     * @param signal ends the reading; a cache takes what a build has that failed, so not all that is read ends with the build
     */
    async open(layer, signal) {
        await this.ensure(layer);
        return this.#checked(layer, await this.store.open(layer.descriptor.digest), signal);
    }
    async *#checked(layer, source, signal) {
        const { digest } = layer.descriptor;
        const check = new digest_check/* DigestCheck */.F(digest);
        for await (const chunk of source) {
            signal?.throwIfAborted();
            check.update(chunk);
            yield chunk;
        }
        if (check.holds())
            return;
        await this.store.delete(digest);
        this.#underway.delete(digest);
        const key = this.#origin.get(digest);
        throw key === undefined ? damaged(layer) : new CacheBlobLost(key, layer, damaged(layer));
    }
    async #fetch(layer) {
        const { store, caches, registry, signal, onFetched } = this.#sources;
        const { descriptor } = layer;
        const expected = { digest: descriptor.digest, size: descriptor.size };
        if (await this.isHere(layer))
            return;
        let failure;
        for (const cache of caches) {
            try {
                const bytes = await cache.openBlob(descriptor, signal);
                if (bytes === undefined)
                    continue;
                await store.put(bytes, expected);
                onFetched(layer, cache.name);
                return;
            }
            catch (error) {
                signal.throwIfAborted();
                failure = error;
            }
        }
        for (const source of layer.sources) {
            try {
                await store.put(await registry.blob(source, descriptor, { signal }), expected);
                onFetched(layer, `${source.host}/${source.path}`);
                return;
            }
            catch (error) {
                signal.throwIfAborted();
                failure = error;
            }
        }
        const key = this.#origin.get(descriptor.digest);
        if (key !== undefined)
            throw new CacheBlobLost(key, layer, failure);
        throw failure ?? nowhere(layer);
    }
}
function damaged(layer) {
    return new base_errors/* BuildError */.zS({
        kind: 'environment',
        code: 'LAYER_DAMAGED',
        message: `The stored layer ${layer.descriptor.digest} is damaged; it is deleted`,
        hint: 'Build again: the layer is fetched or made again then.',
    });
}
function nowhere(layer) {
    return new base_errors/* BuildError */.zS({
        kind: 'bug',
        code: 'LAYER_NOT_FOUND',
        message: `Nothing holds the layer ${layer.descriptor.digest}`,
    });
}

;// CONCATENATED MODULE: ./lib/plan/buildkit/go-json.js
/** JSON byte for byte as Go's encoding/json writes it: no blanks, `<`, `>` and `&` escaped, bytes that are no UTF-8 replaced. */
function goJson(value) {
    if (typeof value === 'string')
        return goString(value);
    if (typeof value !== 'object')
        return String(value);
    if (isList(value))
        return `[${value.map(goJson).join(',')}]`;
    const fields = Object.entries(value).map(([name, field]) => `${goString(name)}:${goJson(field)}`);
    return `{${fields.join(',')}}`;
}
/**
 * A struct whose fields are `omitempty`: zeros, empty texts and lists are left out; a message that is there stays, even when it is empty.
 * @param told fields that stay when they are 0
 */
function message(fields, told = []) {
    const kept = Object.entries(fields).filter((field) => !isZero(field[1]) || (field[1] !== undefined && told.includes(field[0])));
    return Object.fromEntries(kept);
}
function isZero(value) {
    if (value === undefined || value === '' || value === 0 || value === 0n || value === false)
        return true;
    return isList(value) && value.length === 0;
}
function isList(value) {
    return Array.isArray(value);
}
function goString(text) {
    // Bytes that are no UTF-8 are lone surrogates in our texts.
    const parts = text.split(/\p{Surrogate}/u).map((part) => JSON.stringify(part)
        .slice(1, -1)
        .replace(/[<>&\u2028\u2029]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`));
    return `"${parts.join('\\ufffd')}"`;
}

;// CONCATENATED MODULE: ./lib/plan/buildkit/source-op.js


/**
 * An image: named by what its reference points at, and by its layers (BuildKit: source/containerimage/pull.go, mainManifestKey and
 * cacheKeyFromConfig).
 */
function imageDigests(image, platform) {
    const { os, architecture, variant } = platform;
    const manifest = goJson({
        Digest: image.digest,
        OS: os,
        Arch: architecture,
        ...message({ Variant: variant, OSVersion: platform['os.version'] }),
    });
    return [sourceDigest((0,image_digest/* digestOf */.ol)(manifest)), sourceDigest((0,image_digest/* chainIdOf */.ok)(image.diffIds) ?? '')];
}
/** A download (BuildKit: source/http/source.go, formatCacheKey). `modified`: seconds since 1970, where the server told them. */
function httpDigests({ filename, checksum }, content, modified) {
    // With a checksum the server is not asked.
    const time = checksum === undefined && modified !== undefined ? new Date(modified * 1000).toUTCString() : '';
    const fields = { Filename: filename, Perm: 0, UID: 0, GID: 0, Checksum: content };
    return [sourceDigest((0,image_digest/* digestOf */.ol)(goJson({ ...fields, ...message({ LastModTime: time }) })))];
}
/** A commit (BuildKit: source/git/source.go, shaToCacheKey); empty where it counts what the commit was called. */
function gitDigests(op, commit) {
    if (op.keepGitDir || op.mtime !== undefined)
        return [];
    const subdir = op.subdir === undefined || op.subdir === '' ? '' : `:${op.subdir}`;
    return [sourceDigest(`${commit}${subdir}${op.submodules ? '' : '(skip-submodules)'}`)];
}
/** BuildKit: solver/llbsolver/ops/source.go, CacheMap. */
function sourceDigest(key) {
    return (0,image_digest/* digestOf */.ol)(`buildkit.source.v0:${key}`);
}

;// CONCATENATED MODULE: ./lib/plan/buildkit/dialect.js
/** Compared: 0.13.2 is the first, 0.25.2 the third. The others are what the sources between and after them make likely. */
const DIALECTS = [
    { old: true, outsideFirst: true, timed: 'nothing' },
    { old: false, outsideFirst: true, timed: 'nothing' },
    { old: false, outsideFirst: false, timed: 'folders' },
    { old: false, outsideFirst: false, timed: 'nothing' },
    { old: false, outsideFirst: false, timed: 'everything' },
    { old: false, outsideFirst: false, timed: 'everything', requiredPaths: 'required_paths' },
    { old: false, outsideFirst: false, timed: 'everything', requiredPaths: 'requiredPaths' },
];
/** Fields of indexes that are told in any case. */
function toldIndexes({ old }) {
    return old ? ['input', 'output'] : [];
}

;// CONCATENATED MODULE: ./lib/plan/buildkit/llb-inputs.js
/** Inputs of an LLB vertex under construction, each once. A scratch state is no input: its index is -1 (BuildKit: pb.Empty). */
class LlbInputs {
    vertices = [];
    #made = new Map();
    add(vertex) {
        if (vertex === undefined)
            return -1;
        const known = this.vertices.indexOf(vertex);
        return known === -1 ? this.vertices.push(vertex) - 1 : known;
    }
    /** A vertex that the frontend makes up for this one, e.g. for an inline file: equal ones are one. */
    addMade(vertex) {
        const name = vertex.digests.join();
        const known = this.#made.get(name) ?? vertex;
        this.#made.set(name, known);
        return this.add(known);
    }
}

;// CONCATENATED MODULE: ./lib/plan/buildkit/file-op.js





/** What is told of a time: nanoseconds, or what stands for none (BuildKit: client/llb/fileop.go, marshalTime). */
function timestamp(epoch) {
    return epoch === undefined ? -1n : BigInt(epoch) * 1000000000n;
}
/** Actions one after the other, each on the result of the one before, the first on `base`. */
function fileOp(base, actions, facts) {
    const inputs = new LlbInputs();
    const baseIndex = inputs.add(base);
    const sources = actions.map(({ from }) => {
        if (from?.vertex === undefined)
            return -1;
        return from.made === true ? inputs.addMade(from.vertex) : inputs.add(from.vertex);
    });
    const count = inputs.vertices.length;
    const indexes = actions.map((_, i) => [
        i === 0 ? baseIndex : count + i - 1,
        sources[i] ?? -1,
        i === actions.length - 1 ? 0 : -1,
    ]);
    const digests = DIALECTS.map((dialect) => {
        const bodies = actions.map(({ body }) => Buffer.from(goJson(body(baseIndex, dialect))).toString('base64'));
        return (0,image_digest/* digestOf */.ol)(goJson({
            Type: 'buildkit.file.v0',
            Actions: bodies,
            ...(areUsual(indexes) ? {} : { indexes }),
        }));
    });
    return {
        digests: [...new Set(digests)],
        inputs: inputs.vertices.map((vertex, index) => 
        // What is written to is never told by its content.
        index === baseIndex
            ? { vertex, selectors: [''] }
            : sourceInput(vertex, readFrom(actions, sources, index), facts)),
        ...(base === undefined ? {} : { base }),
    };
}
/** The pattern that old versions of BuildKit did not count: it stays uncounted. */
function areUsual(indexes) {
    const last = indexes.length - 1;
    return indexes.every(([input, source, output], i) => 
    // The number of actions where one would expect that of inputs: so it is in BuildKit.
    input === (i === 0 ? 0 : indexes.length + i - 1) &&
        (source === -1 || source === 1) &&
        output === (i === last ? 0 : -1));
}
function readFrom(actions, sources, index) {
    const from = actions.flatMap((action, i) => sources[i] === index && action.from !== undefined ? [action.from] : []);
    return { files: from[0]?.files, selectors: from.map(({ selector }) => selector) };
}
function sourceInput(vertex, reading, facts) {
    const paths = reading.selectors.map(({ path }) => path);
    const content = reading.files === undefined
        ? undefined
        : facts.contentOf(reading.files, withoutRepeats(reading.selectors));
    return { vertex, selectors: [selectorOf(paths)], ...(content === undefined ? {} : { content }) };
}
/** Paths in descending order of their bytes, "historical reasons" in BuildKit. */
function selectorOf(paths) {
    const bytes = paths.map((path) => Buffer.from(path)).sort((a, b) => Buffer.compare(b, a));
    return (0,image_digest/* digestOf */.ol)(bytes.map((path) => path.toString()).join('\0'));
}
/** Plain paths once, and none that lies below another; those with wildcards or patterns as they are. In order of paths. */
function withoutRepeats(selectors) {
    const plain = selectors.filter((each) => !hasFilters(each));
    const paths = (follow) => outermost(plain.filter(({ followLinks }) => followLinks === follow).map(({ path }) => path));
    const plainSelector = (path, followLinks) => ({
        path,
        wildcard: false,
        followLinks,
        include: [],
        exclude: [],
    });
    return [
        ...paths(false).map((path) => plainSelector(path, false)),
        ...paths(true).map((path) => plainSelector(path, true)),
        ...selectors.filter(hasFilters),
    ].sort((a, b) => Buffer.compare(Buffer.from(a.path), Buffer.from(b.path)));
}
function hasFilters({ wildcard, include, exclude }) {
    return wildcard || include.length > 0 || exclude.length > 0;
}
/** Sorted, without repeats and without what is below another path of the list (BuildKit: ops/exec.go, dedupePaths). */
function outermost(paths) {
    if (paths.length <= 1)
        return paths;
    const all = [...new Set(paths)];
    const below = (path, other) => path !== other && path.startsWith(other.endsWith('/') ? other : `${other}/`);
    return all
        .filter((path) => !all.some((other) => below(path, other)))
        .sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
}
/** `user[:group]` of --chown and USER (BuildKit: client/llb/fileop.go, WithUser). `base`: where names are looked up. */
function ownerOf(text, base, dialect) {
    if (text === '')
        return undefined;
    const colon = text.indexOf(':');
    const user = colon === -1 ? text : text.slice(0, colon);
    const group = colon === -1 ? undefined : text.slice(colon + 1);
    return message({
        user: account(user, base, dialect),
        group: group === undefined ? undefined : account(group, base, dialect),
    });
}
function account(name, base, dialect) {
    const id = name === 'root' || name === '' ? 0 : Number(/^[+-]?\d+$/.test(name) ? name : Number.NaN);
    if (Number.isInteger(id) && id >= -(2 ** 31) && id < 2 ** 31)
        return accountId(id >>> 0, dialect);
    return { User: { byName: message({ name, input: base }, toldIndexes(dialect)) } };
}
function accountId(id, { old }) {
    return { User: message(old ? { byID: id } : { byId: id }) };
}
/** A folder that is made; the frontend asks for one where a WORKDIR or an owned cache mount is. */
function mkdirBody(fields) {
    const { path, mode, parents, owner } = fields;
    return message({ path, mode, makeParents: parents, owner, timestamp: fields.timestamp });
}
/** A file with these bytes, made on nothing. */
function inlineFile(path, mode, content) {
    const data = Buffer.from(content).toString('base64');
    return fileOp(undefined, [{ body: () => message({ path, mode, data, timestamp: -1n }) }], {
        contentOf: () => undefined,
    });
}
/** Absolute and cleaned, as Go's path.Join does it. */
function rootedPath(path) {
    const clean = external_node_path_.posix.join('/', path);
    return clean.length > 1 && clean.endsWith('/') ? clean.slice(0, -1) : clean;
}

;// CONCATENATED MODULE: ./lib/plan/buildkit/copy-op.js





/** COPY and ADD as the Dockerfile frontend lowers them (BuildKit: frontend/dockerfile/dockerfile2llb/convert_copy.go, dispatchCopy). */
function copyVertex(op, inputs, facts) {
    const [base] = inputs.vertices;
    const actions = op.sources.map((source) => actionOf(op, source, inputs, facts));
    if (!op.link)
        return fileOp(base, actions, facts);
    const alone = fileOp(undefined, actions, facts);
    return base === undefined ? alone : merged(base, alone);
}
/** BuildKit: solver/llbsolver/ops/merge.go, CacheMap. */
function merged(base, alone) {
    const digests = DIALECTS.map((dialect) => {
        const inputs = [0, 1].map((input) => message({ input }, toldIndexes(dialect)));
        return (0,image_digest/* digestOf */.ol)(goJson({ Type: 'buildkit.merge.v0', Merge: { inputs } }));
    });
    return {
        digests: [...new Set(digests)],
        inputs: [base, alone].map((vertex) => ({ vertex, selectors: [''] })),
        base,
        alone,
    };
}
function actionOf(op, source, inputs, facts) {
    const body = bodyOf(op, facts);
    switch (source.kind) {
        case 'inline': {
            const path = external_node_path_.posix.join('/', source.name);
            const src = external_node_path_.posix.basename(path);
            return {
                body: (base, dialect) => body(base, dialect, { src, isPath: false, unpack: false }),
                from: { vertex: inlineFile(path, 0o644, source.content), made: true, selector: plain(path) },
            };
        }
        case 'remote': {
            const vertex = inputs.vertices[source.from];
            const path = external_node_path_.posix.join('/', inputs.fileNames[source.from] ?? '/');
            const unpack = op.unpack === 'always';
            return {
                body: (base, dialect) => body(base, dialect, { src: baseName(path), isPath: false, unpack }),
                from: { vertex, selector: plain(path) },
            };
        }
        case 'path':
            return pathAction(op, source, inputs, body);
    }
}
function pathAction(op, { from, pattern }, inputs, body) {
    const pivot = pattern.indexOf('/./');
    const path = rootedPath(op.parents ? (pivot === -1 ? '/' : pattern.slice(0, pivot)) : pattern);
    const below = rootedPath(pivot === -1 ? pattern : pattern.slice(pivot + 3));
    const isSure = !hasWildcard(path) && !hasWildcard(below);
    const include = op.parents ? [below.slice(1)] : [];
    const required = op.parents && isSure ? [rootedPath(`${path}/${below}`)] : [];
    const vertex = inputs.vertices[from];
    const files = inputs.ids[from];
    // The whole path counts where there is no input to tell the rest.
    const src = vertex === undefined ? path : baseName(path);
    return {
        body: (base, dialect) => body(base, dialect, { src, isPath: true, unpack: op.unpack !== 'never', include, required }),
        from: {
            vertex,
            ...(files === undefined ? {} : { files }),
            selector: { path, wildcard: hasWildcard(path), followLinks: true, include, exclude: op.exclude },
        },
    };
}
/** BuildKit: solver/pb/ops.proto, FileActionCopy. */
function bodyOf(op, facts) {
    return (base, dialect, { src, isPath, unpack, include = [], required = [] }) => message({
        src,
        dest: destinationOf(op.destination),
        owner: ownerOf(op.chown ?? '', base, dialect),
        ...modeOf(op.chmod),
        followSymlink: isPath,
        dirCopyContents: isPath,
        attemptUnpackDockerCompatibility: unpack,
        createDestPath: true,
        allowWildcard: isPath,
        allowEmptyWildcard: isPath,
        timestamp: timestamp(dialect.timed === 'everything' ? facts.epoch : undefined),
        include_patterns: include,
        exclude_patterns: op.exclude,
        ...(isOctal(op.chmod) ? {} : { modeStr: op.chmod }),
        ...(dialect.requiredPaths === undefined ? {} : { [dialect.requiredPaths]: required }),
    });
}
function modeOf(chmod) {
    if (chmod === undefined)
        return { mode: -1 };
    return { mode: isOctal(chmod) ? Number.parseInt(chmod, 8) : 0 };
}
function isOctal(chmod) {
    return chmod === undefined || /^[0-7]+$/.test(chmod);
}
/** Cleaned, but a slash or `/.` at the end stays (BuildKit: client/llb/fileop.go, normalizePath). */
function destinationOf(destination) {
    const path = rootedPath(destination);
    if (destination.endsWith('/'))
        return path === '/' ? path : `${path}/`;
    if (destination.endsWith('/.'))
        return path === '/' ? '/.' : `${path}/.`;
    return path;
}
function plain(path) {
    return { path, wildcard: false, followLinks: false, include: [], exclude: [] };
}
function baseName(path) {
    return path === '/' ? '/' : external_node_path_.posix.basename(path);
}
function hasWildcard(path) {
    return /^(?:[^\\*?[]|\\.)*[*?[]/s.test(path);
}

;// CONCATENATED MODULE: ./lib/plan/buildkit/exec-op.js






/** Numbers of solver/pb/ops.proto. */
const MOUNT_TYPES = { secret: 1, ssh: 2, cache: 3, tmpfs: 4 };
const NETWORKS = { default: 0, host: 1, none: 2 };
const NO_INPUT = -1;
const NO_OUTPUT = -1;
/** Where an owned cache mount's folder lies in the state that the frontend makes for it. */
const CACHE_FOLDER = '/cache';
const SCRIPTS = '/dev/pipes/';
const exec_op_SHM = '/dev/shm';
const DEFAULT_SOCKET = 'default';
/** What LLB does not say, since the sandbox has it anyway. */
const exec_op_DEFAULT_HOSTNAME = 'buildkitsandbox';
/**
 * RUN as the Dockerfile frontend lowers it (BuildKit: dockerfile2llb/convert.go, dispatchRun; client/llb/exec.go, Marshal) and as its cache map
 * tells it (solver/llbsolver/ops/exec.go, CacheMap).
 */
function execVertex(op, inputs, facts) {
    const [base] = inputs.vertices;
    // Sorted by target, as Go's sort leaves them: equal targets are not to be expected.
    const mounts = llbMounts(op, inputs, facts).sort((a, b) => compareBytes(a.target, b.target));
    const llbInputs = new LlbInputs();
    const indexes = mounts.map(({ vertex, made }) => vertex === undefined || made !== true ? llbInputs.add(vertex) : llbInputs.addMade(vertex));
    const digests = namings(op).map(({ dialect, unnamed }) => {
        const others = [...secretMounts(op, dialect), ...socketMounts(op, unnamed, dialect)];
        // The usual case, which old versions did not count: it stays uncounted.
        const isPlain = mounts.length === 1 && others.length === 0;
        const all = [...mounts.map((mount, i) => mountOf(mount, indexes[i] ?? NO_INPUT, dialect)), ...others];
        const exec = message({
            meta: metaOf(op, facts),
            mounts: isPlain ? [] : all,
            network: NETWORKS[op.network],
            security: op.security === 'insecure' ? 1 : 0,
            secretenv: secretVariables(op),
        });
        return (0,image_digest/* digestOf */.ol)(goJson({ Type: 'buildkit.exec.v0', Exec: exec, ...platformFields(op.platform) }));
    });
    return {
        digests: [...new Set(digests)],
        inputs: llbInputs.vertices.map((vertex, index) => inputOf(vertex, mounts.filter((_, i) => indexes[i] === index), index === 0 ? fromOutside(op) : 0, facts)),
        ...(base === undefined ? {} : { base }),
        ...((op.devices ?? []).length === 0 ? {} : { unknown: 'it asks for devices' }),
    };
}
/** All that versions of BuildKit may have made of it. */
function namings(op) {
    const hasSocket = op.mounts.some(({ type }) => type === 'ssh');
    return DIALECTS.flatMap((dialect) => (hasSocket ? [DEFAULT_SOCKET, ''] : ['']).map((unnamed) => ({ dialect, unnamed })));
}
function platformFields(platform) {
    const { os, architecture, variant } = platform;
    return {
        OS: os,
        Arch: architecture,
        ...message({ Variant: variant, OSVersion: platform['os.version'] }),
    };
}
/** BuildKit: solver/pb/ops.proto, Meta. Proxies and addresses of hosts do not count. */
function metaOf(op, facts) {
    const ulimits = [...facts.ulimits].sort((a, b) => compareBytes(a.name, b.name));
    return message({
        args: op.args,
        env: environmentOf(op),
        cwd: op.cwd,
        user: op.user,
        extraHosts: op.extraHosts.map(({ name }) => message({ Host: name })),
        hostname: op.hostname === exec_op_DEFAULT_HOSTNAME ? '' : op.hostname,
        ulimit: ulimits.map(({ name, soft, hard }) => message({ Name: name, Soft: soft, Hard: hard })),
        removeMountStubsRecursive: true,
    });
}
function environmentOf(op) {
    const socket = op.mounts.find(({ type }) => type === 'ssh');
    if (socket?.type !== 'ssh' || op.env.some((line) => line.startsWith('SSH_AUTH_SOCK=')))
        return op.env;
    return [...op.env, `SSH_AUTH_SOCK=${socket.written ?? socket.target}`];
}
function llbMounts(op, inputs, facts) {
    const mounts = [
        {
            target: '/',
            vertex: inputs.vertices[0],
            files: inputs.ids[0],
            selector: '',
            readonly: false,
            output: true,
            kind: {},
        },
    ];
    if (op.scriptFile !== undefined) {
        const { path, content } = op.scriptFile;
        mounts.push({
            target: SCRIPTS,
            vertex: inlineFile(external_node_path_.posix.join('/', external_node_path_.posix.basename(path)), 0o755, content),
            made: true,
            selector: '/',
            readonly: true,
            output: false,
            kind: {},
        });
    }
    for (const mount of op.mounts) {
        const lowered = exec_op_lowerMount(mount, inputs);
        if (lowered !== undefined)
            mounts.push(lowered);
    }
    if (facts.shmSize !== undefined)
        mounts.push(tmpfs(exec_op_SHM, facts.shmSize, false));
    return mounts;
}
function exec_op_lowerMount(mount, inputs) {
    switch (mount.type) {
        case 'bind':
            return { ...source(mount.from, mount.source, inputs), ...exec_op_place(mount), kind: {} };
        case 'cache':
            return { ...cacheSource(mount, inputs), ...exec_op_place(mount), kind: cacheFields(mount) };
        case 'tmpfs':
            return tmpfs(mount.target, mount.size ?? 0, mount.readonly);
        case 'secret':
        case 'ssh':
            return undefined;
    }
}
function exec_op_place({ target, readonly }) {
    return { target, readonly, output: false };
}
function source(from, path, { vertices, ids }) {
    return { vertex: vertices[from], files: ids[from], selector: path === '/' ? '' : path };
}
function cacheSource(mount, inputs) {
    const seed = mount.from === undefined
        ? { selector: mount.source === '/' ? '' : mount.source }
        : source(mount.from, mount.source, inputs);
    if (mount.shaped !== true || seed.selector !== '')
        return seed;
    const { mode, uid, gid } = mount;
    const body = (_, dialect) => mkdirBody({
        path: CACHE_FOLDER,
        mode: mode & 0o777,
        parents: false,
        owner: message({ user: accountId(uid, dialect), group: accountId(gid, dialect) }),
        timestamp: -1n,
    });
    const vertex = fileOp(seed.vertex, [{ body }], { contentOf: () => undefined });
    return { vertex, made: true, selector: CACHE_FOLDER };
}
/** The id counts only where it is the one that the target gives by itself. */
function cacheFields({ id, target, sharing }) {
    // BuildKit puts the namespace, which is mostly empty, and a slash before the id; ours has that only where there is a namespace.
    const [whole, inNamespace] = [`/${id}`, id.slice(id.indexOf('/') + 1)];
    const own = id === target ? whole : inNamespace === target ? id : '';
    return { mountType: MOUNT_TYPES.cache, cacheOpt: message({ ID: sharing === 'shared' ? own : '' }) };
}
function tmpfs(target, size, readonly) {
    const kind = { mountType: MOUNT_TYPES.tmpfs, TmpfsOpt: message({ size }) };
    return { target, selector: '', readonly, output: false, kind };
}
function mountOf({ target, readonly, output, kind }, input, dialect) {
    const { mountType, ...options } = kind;
    const fields = { input, dest: target, output: output ? 0 : NO_OUTPUT, readonly, mountType, ...options };
    return message(fields, toldIndexes(dialect));
}
/** After all other mounts. */
function secretMounts(op, dialect) {
    return op.mounts.flatMap((mount) => mount.type === 'secret' && mount.target !== undefined
        ? [
            outside(mount.written ?? mount.target, dialect, {
                mountType: MOUNT_TYPES.secret,
                secretOpt: ownedFields(mount, mount.id),
            }),
        ]
        : []);
}
/** @param unnamed what LLB calls the agent that our plan calls `default`: that, or nothing when nobody named it */
function socketMounts(op, unnamed, dialect) {
    return op.mounts.flatMap((mount) => mount.type === 'ssh'
        ? [
            outside(mount.written ?? mount.target, dialect, {
                mountType: MOUNT_TYPES.ssh,
                SSHOpt: ownedFields(mount, mount.id === DEFAULT_SOCKET ? unnamed : mount.id),
            }),
        ]
        : []);
}
/** A mount whose content comes from the client. */
function outside(dest, dialect, kind) {
    return message({ input: dialect.outsideFirst ? 0 : NO_INPUT, dest, output: 0, ...kind }, toldIndexes(dialect));
}
function ownedFields(mount, id) {
    const { uid, gid, mode, required } = mount;
    return message({ ID: id, uid, gid, mode, optional: !required });
}
function secretVariables(op) {
    return op.mounts.flatMap((mount) => mount.type === 'secret' && mount.env !== undefined
        ? [message({ ID: mount.id, name: mount.env, optional: !mount.required })]
        : []);
}
/** Mounts of files that come from the client. */
function fromOutside(op) {
    const kinds = op.mounts.map((mount) => mount.type === 'ssh' || (mount.type === 'secret' && mount.target !== undefined));
    return kinds.filter(Boolean).length;
}
/**
 * BuildKit: ops/exec.go, getMountDeps.
 * @param whole mounts that old versions count as such of all of the input
 */
function inputOf(vertex, mounts, whole, facts) {
    const paths = mounts.map(({ selector }) => external_node_path_.posix.join('/', selector));
    const last = mounts.at(-1);
    const byContent = last !== undefined && last.target !== '/' && last.files !== undefined;
    const content = byContent ? contentOf(last.files, paths, facts) : undefined;
    const counted = new Set([0, whole].map((more) => exec_op_selectorOf([...paths, ...Array(more).fill('/')])));
    return { vertex, selectors: [...counted], ...(content === undefined ? {} : { content }) };
}
function contentOf(files, paths, facts) {
    if (files === undefined)
        return undefined;
    const chosen = outermost(paths);
    const all = chosen.includes('/');
    return facts.contentOf(files, (all ? ['/'] : chosen).map((path) => ({
        path,
        wildcard: false,
        followLinks: !all,
        include: [],
        exclude: [],
    })));
}
function exec_op_selectorOf(paths) {
    return (0,image_digest/* digestOf */.ol)(paths.join('\0'));
}
function compareBytes(a, b) {
    return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

;// CONCATENATED MODULE: ./lib/plan/buildkit/step-vertex.js



/** A RUN, COPY, ADD or WORKDIR as BuildKit's solver knows it; undefined for vertices that are no steps. */
function stepVertex(vertex, inputs, facts) {
    const { op, inputs: ids } = vertex;
    switch (op.kind) {
        case 'run':
            return execVertex(op, { ids, vertices: inputs.vertices }, facts);
        case 'copy':
            return copyVertex(op, { ids, ...inputs }, facts);
        case 'mkdir':
            return fileOp(inputs.vertices[0], [
                {
                    body: (base, dialect) => mkdirBody({
                        path: rootedPath(op.path),
                        mode: 0o755,
                        parents: true,
                        owner: ownerOf(op.user, base, dialect),
                        timestamp: timestamp(dialect.timed === 'nothing' ? undefined : facts.epoch),
                    }),
                },
            ], facts);
        case 'scratch':
        case 'image':
        case 'local':
        case 'git':
        case 'http':
            return undefined;
    }
}

// EXTERNAL MODULE: ./lib/image/layer/entry-name.js
var entry_name = __webpack_require__(9811);
// EXTERNAL MODULE: ./lib/image/layer/entry-path.js
var entry_path = __webpack_require__(4503);
// EXTERNAL MODULE: ./lib/engine/embedded/copy/followed-path.js
var followed_path = __webpack_require__(8871);
;// CONCATENATED MODULE: ./lib/engine/embedded/buildkit/file-digests.js


const TYPE_FLAGS = {
    file: '0',
    hardlink: '0',
    symlink: '2',
    character: '3',
    block: '4',
    directory: '5',
    fifo: '6',
};
/**
 * Digests of single nodes as BuildKit makes them (cache/contenthash/filehash.go, tarsum.go): over the old tarsum form of a tar header without
 * name and time, and the bytes. Each made once.
 */
class FileDigests {
    #tree;
    #known = new Map();
    constructor(tree) {
        this.#tree = tree;
    }
    /** Reads the bytes of these nodes, in the order that the tree finds cheap; what `of` gives them afterwards costs nothing. */
    async readAll(nodes) {
        const due = nodes.filter((node) => isFile(node) && node.size > 0 && !this.#known.has(node.path));
        if (due.length === 0)
            return;
        const byPath = new Map(due.map((node) => [node.path, node]));
        for await (const { entry, body } of this.#tree.read(due)) {
            const node = byPath.get(entry.path);
            if (node === undefined)
                continue;
            const hash = headerHash(node);
            for await (const chunk of body ?? [])
                hash.update(chunk);
            this.#known.set(node.path, file_digests_digestOf(hash));
        }
    }
    /** Of a node without bytes, or one whose bytes were read. */
    of(node) {
        return this.#known.get(node.path) ?? file_digests_digestOf(headerHash(node));
    }
}
/** Attributes that BuildKit counts, in a way that its versions disagree on. */
function hasCountedAttributes({ xattrs }) {
    return [...(xattrs?.keys() ?? [])].some((name) => name === 'security.capability' || !/^(?:security|system|com\.apple)\./.test(name));
}
function isFile({ type }) {
    return type === 'file' || type === 'hardlink';
}
function headerHash(node) {
    const hash = (0,external_node_crypto_.createHash)('sha256');
    const link = node.type === 'symlink' ? (0,entry_name/* encodeName */.aA)(node.linkName ?? '') : '';
    hash.update(`namemode${node.mode}uid${node.uid}gid${node.gid}size${isFile(node) ? node.size : 0}`);
    hash.update(`typeflag${TYPE_FLAGS[node.type]}linkname`).update(link);
    hash.update(`unamegnamedevmajor${node.devMajor ?? 0}devminor${node.devMinor ?? 0}`);
    return hash;
}
function file_digests_digestOf(hash) {
    return `sha256:${hash.digest('hex')}`;
}

// EXTERNAL MODULE: ./lib/dockerfile/match.js
var match = __webpack_require__(3551);
;// CONCATENATED MODULE: ./lib/engine/embedded/copy/go-match.js

/**
 * Go's filepath.Match for one pattern.
 * @throws BuildError `BAD_PATTERN`
 */
function goMatcher(pattern) {
    const compiled = (0,match/* compilePattern */.Eb)(pattern);
    return (path) => (0,match/* matchesPattern */.MT)(compiled, path);
}
/** Whether a path element has a wildcard that is not quoted. */
function go_match_hasWildcard(text) {
    for (let i = 0; i < text.length; i++) {
        const character = text[i];
        if (character === '\\')
            i += 1;
        else if (character === '*' || character === '?' || character === '[')
            return true;
    }
    return false;
}

// EXTERNAL MODULE: ./lib/dockerfile/blank.js
var blank = __webpack_require__(3680);
// EXTERNAL MODULE: ./lib/dockerfile/ignore-pattern.js
var ignore_pattern = __webpack_require__(4141);
// EXTERNAL MODULE: ./lib/dockerfile/pattern-state.js
var pattern_state = __webpack_require__(8328);
;// CONCATENATED MODULE: ./lib/engine/embedded/copy/path-patterns.js



/**
 * Patterns of --exclude and --parents, which are read as those of an ignore file (moby/patternmatcher): the last one that covers a
 * path decides, `!` makes an exception, and a pattern covers all that is below what it matches.
 */
class PathPatterns {
    #patterns;
    /** @throws BuildError `BAD_PATTERN` */
    constructor(texts) {
        this.#patterns = texts
            .map(blank/* trimBlanks */.I6)
            .filter((text) => text !== '')
            .map(ignore_pattern/* readIgnorePattern */.bW);
    }
    /** Whether a path is covered; `parent` is what this gave for the folder that it is in. */
    test(path, parent) {
        return (0,pattern_state/* coverOf */.v)(this.#patterns, path, parent);
    }
}

;// CONCATENATED MODULE: ./lib/engine/embedded/buildkit/included-paths.js




/**
 * What BuildKit counts for a selector with wildcards or patterns, in its order (cache/contenthash/checksum.go, includedPaths): folders by
 * their own metadata, and of those above only the ones in which something is included.
 * @throws BuildError as followPath; `BAD_PATTERN`
 */
async function includedPaths(tree, { path, wildcard, include, exclude }) {
    const pattern = (0,followed_path/* rooted */.CK)(path);
    const names = pattern.split('/');
    const first = wildcard ? names.findIndex(go_match_hasWildcard) : -1;
    const written = names.slice(0, first === -1 ? names.length : first).join('/');
    const followed = await (0,followed_path/* followPath */.Zl)((at) => tree.lookup(at), written, first === -1);
    const walk = {
        tree,
        written,
        followed,
        ...(wildcard ? { matches: goMatcher(pattern) } : {}),
        // A character class may match a slash.
        depth: pattern.includes('[') ? Number.POSITIVE_INFINITY : names.length,
        include: patternsOf(include),
        exclude: patternsOf(exclude),
        found: [],
    };
    const matched = wildcard ? undefined : written;
    const start = await tree.lookup(followed);
    // The root is walked through, but does not count itself.
    if (followed === '')
        await visitAll(walk, '', matched, []);
    else if (start !== undefined)
        await visit(walk, start, matched, []);
    return walk.found;
}
function patternsOf(texts) {
    return texts.length === 0 ? undefined : new PathPatterns(texts);
}
/**
 * @param above the path that the selector matched and below which its patterns apply; undefined while nothing has matched
 * @param parents folders on the way that count or may yet
 */
async function visit(walk, node, above, parents) {
    const path = toldPath(walk, node.path);
    const matched = above ?? (walk.matches?.(path) === true ? path : undefined);
    if (matched === undefined) {
        const reachable = path.split('/').length < walk.depth;
        if (node.type === 'directory' && reachable)
            await visitAll(walk, node.path, undefined, parents);
        return;
    }
    const folder = countOne(walk, { path, node, first: parents.length === 0 }, relativeTo(matched, path), parents);
    if (node.type === 'directory')
        await visitAll(walk, node.path, matched, [...parents, folder]);
}
async function visitAll(walk, folder, above, parents) {
    for (const node of await walk.tree.list(folder))
        await visit(walk, node, above, parents);
}
/** Tries the patterns; what they include goes to `found`, after the folders that it is in. */
function countOne(walk, item, name, parents) {
    const parent = parents.at(-1);
    const include = walk.include?.test(name, parent?.include);
    const wanted = include === undefined || include.covered;
    // What is not wanted is not asked about any further.
    const exclude = wanted ? walk.exclude?.test(name, parent?.exclude) : undefined;
    const included = wanted && exclude?.covered !== true;
    if (included) {
        for (const above of parents) {
            if (!above.included)
                walk.found.push(above);
            above.included = true;
        }
        walk.found.push(item);
    }
    return { ...item, included, include: include?.state, exclude: exclude?.state };
}
function relativeTo(folder, path) {
    if (path === folder)
        return '';
    return folder === '' ? path : path.slice(folder.length + 1);
}
function toldPath({ written, followed }, path) {
    if (written === followed)
        return path;
    const below = relativeTo(followed, path);
    return below === '' ? written : (0,entry_path/* childPath */.cm)(written, below);
}

;// CONCATENATED MODULE: ./lib/engine/embedded/buildkit/content-hash.js








/** Something that BuildKit counts in a way that is not known here. */
class Uncountable extends base_errors/* BuildError */.zS {
    constructor(path) {
        super({ kind: 'bug', code: 'UNCOUNTABLE', message: `/${path} cannot be counted as BuildKit does` });
    }
}
/**
 * BuildKit's digests over what is read of a tree (cache/contenthash/checksum.go). `transferred`: the files come from the client, as a context
 * does; then the root's own metadata does not count.
 */
class ContentHash {
    #tree;
    #transferred;
    #files;
    #folders = new Map();
    constructor(tree, { transferred }) {
        this.#tree = tree;
        this.#transferred = transferred;
        this.#files = new FileDigests(tree);
    }
    /**
     * Of all selectors together, as versions of BuildKit make them; none when a selector names nothing, or something whose digest cannot be
     * told.
     */
    async of(selectors) {
        // Old ones follow links in folders that a pattern matched, too.
        return [...new Set([...(await this.#all(selectors, false)), ...(await this.#all(selectors, true))])];
    }
    async #all(selectors, followsAll) {
        try {
            const digests = [];
            for (const selector of selectors)
                digests.push(await this.#selected(selector, followsAll));
            return [(0,image_digest/* digestOf */.ol)(digests.join('\0'))];
        }
        catch (error) {
            if (error instanceof base_errors/* BuildError */.zS && UNTOLD.has(error.code))
                return [];
            throw error;
        }
    }
    async #selected(selector, followsAll) {
        const { path, wildcard, followLinks, include, exclude } = selector;
        if (!wildcard && include.length === 0 && exclude.length === 0)
            return this.#plain((0,followed_path/* rooted */.CK)(path), followLinks);
        const included = await includedPaths(this.#tree, selector);
        await this.#read(included.map(({ node }) => node));
        const parts = [];
        for (const { path: told, node, first } of included) {
            const followed = followLinks && (first || followsAll) && node.type === 'symlink';
            parts.push({ path: told, digest: followed ? await this.#plain(told, true) : this.#own(node) });
        }
        const [only] = parts;
        if (only === undefined)
            return (0,image_digest/* digestOf */.ol)('');
        if (parts.length === 1 && (0,entry_path/* baseOf */.bx)((0,followed_path/* rooted */.CK)(path)) === (0,entry_path/* baseOf */.bx)(only.path))
            return only.digest;
        const texts = parts.map((part) => Buffer.concat([(0,entry_name/* encodeName */.aA)(content_hash_baseName(part.path)), Buffer.from(part.digest)]));
        return (0,image_digest/* digestOf */.ol)(Buffer.concat(texts.flatMap((text, i) => (i === 0 ? [text] : [Buffer.of(0), text]))));
    }
    /** A file, or a folder with all that is in it. */
    async #plain(path, followLinks) {
        const found = await (0,followed_path/* followPath */.Zl)((at) => this.#tree.lookup(at), path, !followLinks);
        const node = await nodeAt(this.#tree, found);
        if (node === undefined)
            throw missing(path);
        if (node.type === 'directory') {
            await this.#read(await this.#below(node));
            return this.#folder(node);
        }
        await this.#read([node]);
        return this.#own(node);
    }
    /** A node by itself: for a folder, its own metadata. */
    #own(node) {
        if (hasCountedAttributes(node))
            throw new Uncountable(node.path);
        return node.path === '' && this.#transferred ? (0,image_digest/* digestOf */.ol)('') : this.#files.of(node);
    }
    #folder(node) {
        let digest = this.#folders.get(node.path);
        if (digest === undefined) {
            digest = this.#hashFolder(node);
            this.#folders.set(node.path, digest);
            digest.catch(() => undefined);
        }
        return digest;
    }
    async #hashFolder(node) {
        const hash = (0,external_node_crypto_.createHash)('sha256').update('\0').update(this.#own(node));
        for (const child of await this.#tree.list(node.path)) {
            const digest = child.type === 'directory' ? await this.#folder(child) : this.#own(child);
            hash
                .update('\0')
                .update((0,entry_name/* encodeName */.aA)((0,entry_path/* baseOf */.bx)(child.path)))
                .update(digest);
        }
        return `sha256:${hash.digest('hex')}`;
    }
    async #below(folder) {
        const nodes = [];
        const walk = async (path) => {
            for (const node of await this.#tree.list(path)) {
                nodes.push(node);
                if (node.type === 'directory')
                    await walk(node.path);
            }
        };
        await walk(folder.path);
        return nodes;
    }
    async #read(nodes) {
        await this.#files.readAll(nodes);
    }
}
const UNTOLD = new Set([
    'UNCOUNTABLE',
    'NOTHING_THERE',
    'TOO_MANY_LINKS',
    'NOT_A_FOLDER',
    'BAD_PATTERN',
]);
function missing(path) {
    return new base_errors/* BuildError */.zS({ kind: 'user', code: 'NOTHING_THERE', message: `There is nothing at /${path}` });
}
/** Of the root, as Go has it. */
function content_hash_baseName(path) {
    return path === '' ? '/' : (0,entry_path/* baseOf */.bx)(path);
}
/** A tree's root need not have a node of its own. */
async function nodeAt(tree, path) {
    const node = await tree.lookup(path);
    if (node !== undefined || path !== '')
        return node;
    return { path: '', type: 'directory', mode: 0o755, uid: 0, gid: 0, size: 0, mtime: 0 };
}

;// CONCATENATED MODULE: ./lib/engine/embedded/buildkit/solver-vertices.js




/**
 * What BuildKit's solver calls the vertices of a graph, for caches that BuildKit wrote. Each is made once, and none before such a cache asks:
 * files of contexts are read for it, but nothing is executed.
 */
class SolverVertices {
    #options;
    #vertices;
    #known = new Map();
    #hashes = new Map();
    constructor(options) {
        this.#options = options;
        this.#vertices = new Map(options.graph.vertices.map((vertex) => [vertex.id, vertex]));
    }
    /** undefined for scratch. */
    of(id) {
        let known = this.#known.get(id);
        if (known === undefined) {
            known = this.#make(this.#vertex(id), (input) => isThere(this.#vertex(input)));
            this.#known.set(id, known);
            known.catch(() => undefined);
        }
        return known;
    }
    /** The same, told by the content of its inputs too, which have to be solved. */
    withContent(id) {
        return this.#make(this.#vertex(id), () => true);
    }
    #vertex(id) {
        const vertex = this.#vertices.get(id);
        if (vertex === undefined)
            throw new TypeError(`no vertex ${id}`);
        return vertex;
    }
    async #make(vertex, isReadable) {
        const { op } = vertex;
        switch (op.kind) {
            case 'scratch':
                return undefined;
            case 'local':
                return { digests: [], inputs: [] };
            case 'image':
                return this.#image(vertex, op);
            case 'http':
                return { digests: await this.#download(vertex, op), inputs: [] };
            case 'git':
                return { digests: await this.#commit(vertex, op), inputs: [] };
            case 'run':
            case 'copy':
            case 'mkdir': {
                const vertices = await Promise.all(vertex.inputs.map((input) => this.of(input)));
                const fileNames = vertex.inputs.map((input) => solver_vertices_nameOf(this.#vertex(input)));
                return stepVertex(vertex, { vertices, fileNames }, this.#facts(isReadable));
            }
        }
    }
    #facts(isReadable) {
        const { graph, limits } = this.#options;
        return {
            epoch: graph.sourceDateEpoch,
            ...limits,
            contentOf: (input, selectors) => isReadable(input) ? async () => (await this.#hash(input))?.of(selectors) ?? [] : undefined,
        };
    }
    #image(vertex, op) {
        const { image, source } = this.#options.imageOf(vertex);
        const layers = image.layers.map(({ diffId }) => diffId);
        const named = { digest: (0,image_digest/* parseDigest */.m)(source.digest), diffIds: layers };
        return { digests: imageDigests(named, op.platform), inputs: [], layers };
    }
    async #download(vertex, op) {
        if (op.checksum !== undefined)
            return httpDigests(op, (0,image_digest/* parseDigest */.m)(op.checksum), undefined);
        const tree = await this.#options.contentOf(vertex);
        const node = await tree?.lookup(op.filename);
        // 0 is what stands for a time that the server did not tell.
        return node?.content === undefined
            ? []
            : httpDigests(op, node.content, node.mtime === 0 ? undefined : node.mtime);
    }
    async #commit(vertex, op) {
        const commit = await this.#options.identityOf(vertex);
        return commit === undefined ? [] : gitDigests(op, commit);
    }
    #hash(id) {
        let hash = this.#hashes.get(id);
        if (hash === undefined) {
            hash = this.#openHash(this.#vertex(id));
            this.#hashes.set(id, hash);
            hash.catch(() => this.#hashes.delete(id));
        }
        return hash;
    }
    async #openHash(vertex) {
        const tree = isThere(vertex)
            ? await this.#options.contentOf(vertex)
            : await this.#options.treeOf(vertex.id);
        return tree === undefined
            ? undefined
            : new ContentHash(tree, { transferred: vertex.op.kind === 'local' });
    }
}
/** Files that are there before any step has run. */
function isThere({ op }) {
    return op.kind === 'local' || op.kind === 'http' || op.kind === 'git';
}
function solver_vertices_nameOf({ op }) {
    return op.kind === 'http' ? op.filename : undefined;
}

;// CONCATENATED MODULE: ./lib/engine/embedded/cache-search.js

/** Asks the caches of a build, in their order. */
class CacheSearch {
    #caches;
    #distrusted;
    #blobs;
    #refusal;
    /**
     * @param distrusted keys of records that proved useless in an earlier try
     * @param refusal why this build has no use for a record that is as it should be
     */
    constructor(caches, distrusted, blobs, refusal = () => Promise.resolve(undefined)) {
        this.#refusal = refusal;
        this.#caches = caches;
        this.#distrusted = distrusted;
        this.#blobs = blobs;
    }
    get isEmpty() {
        return this.#caches.length === 0;
    }
    /** Does one of them know steps by other names alone? */
    get hasForeign() {
        return this.#caches.some(({ foreign }) => foreign === true);
    }
    /** @param key of either kind */
    async find(vertex, key, foreign, signal) {
        return this.#ask(vertex, { key, foreign, caches: this.#caches }, signal);
    }
    async #ask(vertex, { key, foreign, caches }, signal) {
        if (vertex.noCache || this.#distrusted.has(key))
            return {};
        let nearest;
        let reason;
        for (const [i, cache] of caches.entries()) {
            const looked = await cache.lookup(key, cache_search_stepOf(vertex), signal, foreign);
            const { record } = looked;
            if (record !== undefined && !this.#distrusted.has(record.key))
                return { hit: this.#hit(record, cache, { key, foreign, caches: caches.slice(i + 1) }) };
            nearest ??= looked.nearest;
            reason ??= looked.reason;
        }
        return { ...(nearest === undefined ? {} : { nearest }), ...(reason === undefined ? {} : { reason }) };
    }
    /**
     * The record that was found if it can be used, else one of the caches that were not asked yet. Without one, `reason` tells why the first
     * cannot be used, if there is one at all.
     */
    async usable(looked, vertex, parent, signal) {
        let reason;
        for (let { hit } = looked; hit !== undefined;) {
            const objection = await this.#objection(hit, parent);
            if (objection === undefined)
                return { hit };
            reason ??= objection;
            ({ hit } = await this.#ask(vertex, hit.rest, signal));
        }
        return reason === undefined ? {} : { reason };
    }
    /** Why the record cannot be used; undefined when it can. */
    async #objection(hit, parent) {
        if (hit.record.parent !== undefined && hit.record.parent !== parent)
            return 'the step below it was rebuilt with another result';
        return (await hit.available) ? this.#refusal(hit.record) : hit.whyGone();
    }
    /** Why there is no record. May ask a service: nothing should wait for it that has work to do. Never throws. */
    async explain(vertex, parts, { nearest, reason }) {
        if (vertex.noCache)
            return 'caching is switched off for it';
        if (this.isEmpty)
            return 'no cache is in use';
        if (nearest !== undefined)
            return explainMiss(parts, nearest.parts);
        if (reason !== undefined)
            return reason;
        const refs = await Promise.all(this.#caches.map((cache) => cache.unreadable?.() ?? []));
        return explainMiss(parts, undefined, [...new Set(refs.flat())]);
    }
    #hit(record, cache, rest) {
        const { name } = cache;
        const { layer } = record;
        const available = layer === undefined ? Promise.resolve(true) : this.#blobs.available(layer);
        // Whoever waits for it gets the error.
        available.catch(() => undefined);
        const whyGone = () => layer !== undefined && cache.isUnsure?.(layer.descriptor.digest) === true
            ? `its layer could not be had from ${name} (see the notice)`
            : `its layer is gone from ${name} (evicted)`;
        return { record, from: name, rest, available, whyGone };
    }
}
/** Names the step whatever it says now, so that its last record is found to compare with. */
function cache_search_stepOf(vertex) {
    return vertex.step ?? vertex.name;
}

;// CONCATENATED MODULE: ./lib/engine/embedded/buildkit/take-over.js

/**
 * What BuildKit's caches hold of steps that were not needed this time goes over to the caches that are written. The next build may need it, and
 * BuildKit's cache may be gone by then: under the same name, ours takes its place. No layer is moved.
 */
async function takeOver({ vertices, isSolved, from, to, keys, foreign, signal, }) {
    const theirs = from.filter((cache) => cache.foreign === true);
    if (theirs.length === 0 || to.length === 0)
        return;
    const left = vertices.filter((vertex) => isStep(vertex) && !vertex.noCache && !isSolved(vertex.id));
    for (const vertex of left) {
        try {
            const { key, parts } = await keys.of(vertex.id);
            for (const cache of theirs) {
                const { record } = await cache.lookup(key, cache_search_stepOf(vertex), signal, () => foreign.of(vertex.id));
                if (record === undefined)
                    continue;
                for (const target of to)
                    target.save({ ...record, parts });
                break;
            }
        }
        catch {
            // The build has all that it needs; what is wrong with this step is told when it is.
            signal.throwIfAborted();
        }
    }
}
function isStep({ op }) {
    return op.kind === 'run' || op.kind === 'copy' || op.kind === 'mkdir';
}

// EXTERNAL MODULE: ./lib/image/layer/write-layer.js
var write_layer = __webpack_require__(5812);
// EXTERNAL MODULE: ./lib/image/layer/decompress.js + 1 modules
var layer_decompress = __webpack_require__(3751);
// EXTERNAL MODULE: ./lib/image/layer/tar-read.js + 2 modules
var tar_read = __webpack_require__(2662);
;// CONCATENATED MODULE: ./lib/engine/embedded/copy/archive.js



/** Bytes of one file of a tree. */
async function* bytesOf(tree, node) {
    for await (const { body } of tree.read([node])) {
        if (body !== undefined)
            yield* body;
    }
}
/**
 * The archive's members in its order. `..` and absolute names stay inside the archive's root, as below a chroot. As in Docker nothing
 * behind the end-of-archive mark counts: neither padding nor junk nor a trailer that was cut off.
 */
function archiveMembers(archive) {
    return (0,tar_read/* readTar */.s)(plainBytes(archive), { clampPaths: true, untilMark: true });
}
/** Uncompressed; all that can be had before damage comes before the error, since the mark may be in it. */
async function* plainBytes({ tree, node }) {
    let given = 0;
    try {
        for await (const chunk of (0,layer_decompress/* decompress */.m)(bytesOf(tree, node), 'auto')) {
            given += chunk.length;
            yield chunk;
        }
        return;
    }
    catch (error) {
        if (!(error instanceof base_errors/* BuildError */.zS) || error.code !== 'BAD_COMPRESSION')
            throw error;
    }
    for await (const chunk of (0,layer_decompress/* decompress */.m)(bytesOf(tree, node), 'auto', { gzipProgram: true })) {
        const known = Math.min(given, chunk.length);
        given -= known;
        if (known < chunk.length)
            yield chunk.subarray(known);
    }
}
/** Whether ADD unpacks it: by content, not by name, and only when its first member can be read. */
async function isArchive(archive) {
    try {
        for await (const _ of archiveMembers(archive))
            return true;
        return false;
    }
    catch (error) {
        if (error instanceof base_errors/* BuildError */.zS && /^(TAR_|BAD_COMPRESSION)/.test(error.code))
            return false;
        throw error;
    }
}

;// CONCATENATED MODULE: ./lib/engine/embedded/copy/member-bodies.js


/**
 * Gives out planned members with their bytes. Content comes in the order that its trees find cheap; all else keeps the order of
 * the list, so that the whole is in order when the contents are, and a folder is never behind what is in it.
 * Pieces of bodies count until the next one is asked for.
 * @param members sorted by path
 * @throws BuildError `CONTENT_CHANGED`, and what reading throws
 */
async function* membersWithBodies(members) {
    const given = new Set();
    const late = [];
    let next = 0;
    /** Everything before `end` that needs nothing more. */
    function* ready(end) {
        for (; next < end; next++) {
            const member = members[next];
            if (member === undefined || isDelivered(member))
                continue;
            // The file that a link shares may still be on its way.
            if (member.entry.type === 'hardlink' && !given.has(member.entry.linkName ?? ''))
                late.push(member);
            else
                yield withBytes(member);
        }
    }
    const position = new Map(members.map((member, i) => [member, i]));
    for await (const { member, body, content } of arrivals(members)) {
        yield* ready(position.get(member) ?? 0);
        yield { entry: member.entry, body, ...(content === undefined ? {} : { content }) };
        given.add(member.entry.path);
    }
    yield* ready(members.length);
    for (const { entry } of late)
        yield { entry };
}
function withBytes({ entry, content }) {
    return content?.kind === 'bytes' ? { entry, body: oneChunk(content.bytes) } : { entry };
}
function isDelivered({ content }) {
    return content !== undefined && content.kind !== 'bytes';
}
async function* arrivals(members) {
    for (const delivery of deliveries(members)) {
        yield* delivery.kind === 'tree' ? fromTree(delivery) : fromArchive(delivery);
    }
}
function deliveries(members) {
    const all = [];
    for (const member of members) {
        const { content } = member;
        if (content?.kind === 'tree')
            addToTree(all, content.tree, content.node, member);
        else if (content?.kind === 'member')
            addToArchive(all, content.archive, content.index, member);
    }
    return all;
}
/** A tree gives each node once, so a file that is copied to a second place is in a second delivery. */
function addToTree(all, tree, node, member) {
    for (const delivery of all) {
        if (delivery.kind !== 'tree' || delivery.tree !== tree || delivery.wanted.has(node.path))
            continue;
        delivery.wanted.set(node.path, [node, member]);
        return;
    }
    all.push({ kind: 'tree', tree, wanted: new Map([[node.path, [node, member]]]) });
}
function addToArchive(all, archive, index, member) {
    for (const delivery of all) {
        if (delivery.kind !== 'archive' || delivery.archive !== archive)
            continue;
        delivery.wanted.set(index, member);
        return;
    }
    all.push({ kind: 'archive', archive, wanted: new Map([[index, member]]) });
}
async function* fromTree({ tree, wanted }) {
    const missing = new Set(wanted.keys());
    const nodes = [...wanted.values()].map(([node]) => node);
    for await (const { entry, body, content } of tree.read(nodes, { fleeting: true })) {
        const found = wanted.get(entry.path);
        if (found === undefined || body === undefined || !missing.delete(entry.path))
            continue;
        yield { member: found[1], body, content };
    }
    for (const path of missing)
        throw contentChanged(path, tree.name);
}
async function* fromArchive({ archive, wanted, }) {
    let index = 0;
    let left = wanted.size;
    for await (const { entry, body } of archiveMembers(archive)) {
        const member = wanted.get(index);
        index += 1;
        if (member === undefined)
            continue;
        if (body === undefined || entry.size !== member.entry.size)
            break;
        yield { member, body };
        left -= 1;
    }
    if (left > 0)
        throw contentChanged(archive.node.path, archive.tree.name);
}
async function* oneChunk(bytes) {
    if (bytes.length > 0)
        yield bytes;
}
function contentChanged(path, tree) {
    return new base_errors/* BuildError */.zS({
        kind: 'environment',
        code: 'CONTENT_CHANGED',
        message: `${path} of ${tree} changed while it was read`,
        hint: 'Do not write to the build context during a build.',
    });
}

;// CONCATENATED MODULE: ./lib/engine/embedded/kept-owners.js
/** What a step sees instead of ids that do not exist for it: root, or the kernel's overflow id. */
const STAND_INS = new Set([0, 65_534]);
/**
 * What a RUN changed, with owners that it could not see: a file that had one before keeps it. The step saw a stand-in, could give the file
 * to nobody else, and most often only wrote to it.
 * @param before what the step was run on
 * @param highestId ids above it do not exist for the step
 */
async function* withKeptOwners(members, before, highestId) {
    const kept = (now, then) => (then > highestId && STAND_INS.has(now) ? then : now);
    for await (const member of members) {
        const { entry } = member;
        const old = entry.type === 'hardlink' ? undefined : await before?.lookup(entry.path);
        if (old === undefined || old.type !== entry.type)
            yield member;
        else
            yield { ...member, entry: { ...entry, uid: kept(entry.uid, old.uid), gid: kept(entry.gid, old.gid) } };
    }
}

;// CONCATENATED MODULE: ./lib/engine/embedded/layer-times.js
async function* withTimes(members, policy) {
    for await (const member of members) {
        const entry = timed(member.entry, policy);
        yield entry === member.entry ? member : { ...member, entry };
    }
}
function timed(entry, policy) {
    return entry.mtime > policy.after ? { ...entry, mtime: policy.to } : entry;
}

;// CONCATENATED MODULE: ./lib/engine/embedded/made-layers.js
/** The layers that the steps of one build made, found by what a new layer is going to hold. */
class MadeLayers {
    #bySize = new Map();
    add(made) {
        const size = sizeOf(made.index.entries);
        const list = this.#bySize.get(size);
        if (list === undefined)
            this.#bySize.set(size, [made]);
        else
            list.push(made);
    }
    /**
     * Layers with the same paths, of the same size, owner, mode and time. Whether contents and order are the same, too, only their diffIDs tell.
     * @param entries in byte order of their paths
     */
    alike(entries) {
        const list = this.#bySize.get(sizeOf(entries)) ?? [];
        return list.filter(({ index }) => index.entries.every((entry, i) => isAlike(entry, entries[i])));
    }
}
function sizeOf(entries) {
    return `${entries.length} ${entries.reduce((sum, { size }) => sum + size, 0)}`;
}
function isAlike(a, b) {
    return (b !== undefined &&
        a.path === b.path &&
        a.type === b.type &&
        a.size === b.size &&
        a.mode === b.mode &&
        a.uid === b.uid &&
        a.gid === b.gid &&
        Math.floor(a.mtime) === Math.floor(b.mtime));
}

;// CONCATENATED MODULE: ./lib/engine/embedded/copy/accounts.js


const ROOT_OWNER = { uid: 0, gid: 0 };
/** What fits into 32 bits with a sign: that is how BuildKit reads numbers. */
const MOST_ID = 0x7fffffff;
/** Account files are small; a larger one is not read further, so that a strange image cannot fill the memory. */
const MOST_BYTES = 4 * 1024 * 1024;
/**
 * Owner for `user[:group]` of --chown or USER, with names looked up in the tree's /etc/passwd and /etc/group. A name that is not
 * in there is 0 (a group: the user's own), and so is a missing file; this is what BuildKit does (user_linux.go, readUser).
 * @param tree undefined: an empty root file system, where there is nothing to look names up in
 * @throws BuildError `NO_ACCOUNTS` for a name on an empty root file system, `BAD_OWNER` for a number that is not an id
 */
async function accounts_ownerOf(text, tree) {
    const colon = text.indexOf(':');
    const user = accountOf(colon === -1 ? text : text.slice(0, colon), text);
    const group = colon === -1 ? undefined : accountOf(text.slice(colon + 1), text);
    let owner = ROOT_OWNER;
    if (typeof user === 'number')
        owner = { uid: user, gid: user };
    else {
        const fields = await accountFields(tree, 'etc/passwd', user, text);
        if (fields !== undefined)
            owner = { uid: numberOf(fields[2]), gid: numberOf(fields[3]) };
    }
    if (group === undefined)
        return owner;
    if (typeof group === 'number')
        return { uid: owner.uid, gid: group };
    const fields = await accountFields(tree, 'etc/group', group, text);
    return fields === undefined ? owner : { uid: owner.uid, gid: numberOf(fields[2]) };
}
/** A number, or a name that has to be looked up. No text is 0, and so is `root`, whatever the files say. */
function accountOf(text, whole) {
    if (text === '' || text === 'root')
        return 0;
    if (!/^[-+]?[0-9]+$/.test(text))
        return text;
    const id = Number(text);
    if (id > MOST_ID || id < -MOST_ID - 1) {
        throw new base_errors/* BuildError */.zS({
            kind: 'user',
            code: 'BAD_OWNER',
            message: `${text} in "${whole}" is not a user or group id`,
            hint: `Ids go from 0 to ${MOST_ID}.`,
        });
    }
    // Go turns it into 32 bits without a sign, and to chown(2) -1 means "as it is": a new file is root's.
    if (id === -1)
        return 0;
    return id < 0 ? id + 2 ** 32 : id;
}
async function accountFields(tree, path, name, whole) {
    if (tree === undefined) {
        throw new base_errors/* BuildError */.zS({
            kind: 'user',
            code: 'NO_ACCOUNTS',
            message: `"${whole}" names an account, but there is no /${path} to look it up in: invalid user index: -1`,
            hint: 'On an empty root file system, and with --link, only numbers can be used.',
        });
    }
    const text = await textOf(tree, path);
    for (const line of text.split('\n')) {
        const fields = line.trim().split(':');
        if (fields[0] === name)
            return fields;
    }
    return undefined;
}
function numberOf(field) {
    const value = Number.parseInt(field ?? '', 10);
    return value >= 0 ? value : 0;
}
/** A small file of the tree as text, links followed; empty when there is none. */
async function textOf(tree, path) {
    let found;
    try {
        found = await (0,followed_path/* followPath */.Zl)((at) => tree.lookup(at), path);
    }
    catch (error) {
        // A file or a loop of links where a folder should be: as good as no file.
        if (error instanceof base_errors/* BuildError */.zS && error.kind === 'user')
            return '';
        throw error;
    }
    const node = await tree.lookup(found);
    if (node?.type !== 'file')
        return '';
    const chunks = [];
    let size = 0;
    for await (const { body } of tree.read([node])) {
        for await (const chunk of body ?? []) {
            if (size < MOST_BYTES)
                chunks.push(chunk);
            size += chunk.length;
        }
    }
    return Buffer.concat(chunks).toString('utf8');
}

;// CONCATENATED MODULE: ./lib/engine/embedded/copy/inode.js
/** A tree's node as an inode of its own. */
function inodeOf(tree, node) {
    const { type, mode, uid, gid, size, mtime, linkName, devMajor, devMinor, xattrs } = node;
    const isFile = type === 'file' || type === 'hardlink';
    return {
        type: isFile ? 'file' : type,
        mode,
        uid,
        gid,
        size,
        mtime,
        ...(linkName === undefined || isFile ? {} : { linkName }),
        ...(devMajor === undefined ? {} : { devMajor }),
        ...(devMinor === undefined ? {} : { devMinor }),
        ...(xattrs === undefined ? {} : { xattrs }),
        ...(isFile ? { content: { kind: 'tree', tree, node } } : {}),
    };
}
/** A new folder. */
function folderInode(mode, owner, mtime) {
    return { type: 'directory', mode, uid: owner.uid, gid: owner.gid, size: 0, mtime };
}

;// CONCATENATED MODULE: ./lib/engine/embedded/copy/selected-nodes.js

/**
 * A file, or a folder with all that is selected of its content: parents first, names in byte order. The patterns do not apply to
 * the top itself. Folders that are not selected are looked into, as something below may be.
 */
async function* selectedNodes(selection) {
    const { node } = selection;
    yield { node, path: '', onlyParent: false };
    if (node.type !== 'directory')
        return;
    yield* below(selection, [{ node, path: '', include: undefined, exclude: undefined, given: true }]);
}
/** @param folders from the top to the one that is listed */
async function* below(selection, folders) {
    const parent = folders.at(-1);
    if (parent === undefined)
        return;
    for (const node of await selection.tree.list(parent.node.path)) {
        const path = (0,entry_path/* childPath */.cm)(parent.path, (0,entry_path/* baseOf */.bx)(node.path));
        const included = selection.include?.test(path, parent.include);
        const excluded = selection.exclude?.test(path, parent.exclude);
        const selected = included?.covered !== false && excluded?.covered !== true;
        if (selected) {
            for (const folder of folders) {
                if (folder.given)
                    continue;
                folder.given = true;
                yield { node: folder.node, path: folder.path, onlyParent: true };
            }
            yield { node, path, onlyParent: false };
        }
        if (node.type !== 'directory')
            continue;
        const folder = { node, path, include: included?.state, exclude: excluded?.state, given: selected };
        yield* below(selection, [...folders, folder]);
    }
}

;// CONCATENATED MODULE: ./lib/engine/embedded/copy/unpack.js




/**
 * Unpacks a tar into a folder, which is to the archive what `/` is after chroot: neither names nor links lead out of it. Members
 * replace what is there, folders are merged. Owners, modes, times, links and xattrs are the archive's.
 * @param folder with all links followed; it exists
 * @throws BuildError `TAR_…` for a damaged archive, `NOT_A_FOLDER`, `ARCHIVE_LINK` for a hard link to nothing
 */
async function unpack(archive, destination, folder, options) {
    const unpacking = new Unpacking(archive, destination, folder, options);
    let index = 0;
    for await (const member of archiveMembers(archive)) {
        await unpacking.put(member, index);
        index += 1;
    }
}
class Unpacking {
    #archive;
    #destination;
    #folder;
    #options;
    constructor(archive, destination, folder, options) {
        this.#archive = archive;
        this.#destination = destination;
        this.#folder = folder;
        this.#options = options;
    }
    async put({ entry }, index) {
        // The archive's own root says nothing about the folder that it is unpacked into.
        if (entry.path === '')
            return;
        const path = await this.#placeOf(entry.path);
        const before = await this.#destination.lookup(path);
        const merges = before?.type === 'directory' && entry.type === 'directory';
        if (before !== undefined && !merges)
            await this.#destination.remove(path);
        const owner = this.#options.owner ?? entry;
        const inode = entry.type === 'hardlink'
            ? relinked(await this.#linked(entry.path, entry.linkName ?? ''), entry, owner)
            : memberInode(entry, owner, { kind: 'member', archive: this.#archive, index });
        if (merges && before.xattrs !== undefined) {
            inode.xattrs = new Map([...before.xattrs, ...(inode.xattrs ?? [])]);
        }
        await this.#destination.put(path, inode);
    }
    /** Where a member goes; folders that lead to it are made. */
    async #placeOf(name) {
        const parent = await this.#inside((0,entry_path/* parentOf */.gN)(name) ?? '', false);
        const { mtime } = this.#options;
        await this.#destination.makeFolders(parent, { owner: undefined, mode: 0o755, exactMode: true, mtime });
        return (0,entry_path/* childPath */.cm)(parent, (0,entry_path/* baseOf */.bx)(name));
    }
    async #linked(name, target) {
        const path = await this.#inside(target, true);
        const inode = await this.#destination.lookup(path);
        if (inode === undefined || inode.type === 'directory') {
            throw new base_errors/* BuildError */.zS({
                kind: 'user',
                code: 'ARCHIVE_LINK',
                message: `${JSON.stringify(this.#archive.node.path)} has a hard link ${JSON.stringify(name)} to ${JSON.stringify(target)}, which is not there`,
            });
        }
        // From now on it is one file with two names, so its old name belongs to the change too.
        await this.#destination.put(path, inode);
        return inode;
    }
    /** A path of the archive as a path of the destination, with links followed inside of the folder. */
    async #inside(path, keepLast) {
        const lookup = (at) => this.#destination.lookup(this.#below(at));
        return this.#below(await (0,followed_path/* followPath */.Zl)(lookup, path, keepLast));
    }
    #below(path) {
        return path === '' ? this.#folder : (0,entry_path/* childPath */.cm)(this.#folder, path);
    }
}
/** A hard link's header has its say about the file that it links to. */
function relinked(inode, { mode, mtime }, { uid, gid }) {
    inode.uid = uid;
    inode.gid = gid;
    if (inode.type !== 'symlink') {
        inode.mode = mode;
        inode.mtime = mtime;
    }
    return inode;
}
function memberInode(entry, { uid, gid }, content) {
    const { path: _, type, mode, ...rest } = entry;
    return {
        ...rest,
        type: type === 'hardlink' ? 'file' : type,
        mode: type === 'symlink' ? 0o777 : mode,
        uid,
        gid,
        ...(type === 'file' ? { content } : {}),
    };
}

;// CONCATENATED MODULE: ./lib/engine/embedded/copy/copier.js








/** Puts what sources selected where it belongs in a root file system. */
class Copier {
    #destination;
    #rules;
    constructor(destination, rules) {
        this.#destination = destination;
        this.#rules = rules;
    }
    /** @throws BuildError `COPY_OVER_FOLDER`, `COPY_OVER_FILE`, `NOT_A_FOLDER` */
    async copy(pick) {
        const isFolder = pick.kind === 'node' && pick.node.type === 'directory';
        const target = await this.#target(isFolder, pick.name);
        if (pick.kind === 'inline')
            await this.#putText(target, pick.content);
        else
            await this.#putTree(target, pick);
    }
    /** True when the pick was an archive, whose content is now in the destination folder. */
    async unpack(pick) {
        if (pick.node.type !== 'file' || !(await isArchive(pick)))
            return false;
        const { destination, owner, mtime } = this.#rules;
        const folder = await this.#destination.follow(destination);
        await this.#makeFolders(folder, 0o755);
        await unpack(pick, this.#destination, folder, { owner, mtime });
        return true;
    }
    /** The path that a file or folder is copied to; the folders that lead to it are made. */
    async #target(isFolder, name) {
        const { destination } = this.#rules;
        const wanted = (0,followed_path/* rooted */.CK)(destination);
        const folder = /\/\.?$/.test(destination) ? wanted : ((0,entry_path/* parentOf */.gN)(wanted) ?? '');
        await this.#makeFolders(await this.#destination.follow(folder));
        const path = await this.#destination.follow(destination);
        const there = path === '' ? 'directory' : (await this.#destination.lookup(path))?.type;
        const target = there === 'directory' && !isFolder ? (0,entry_path/* childPath */.cm)(path, name) : path;
        await this.#makeFolders(isFolder && there === undefined ? target : ((0,entry_path/* parentOf */.gN)(target) ?? ''));
        return target;
    }
    #makeFolders(path, mode = this.#rules.mode?.madeFolder ?? 0o755) {
        const { owner, mtime } = this.#rules;
        return this.#destination.makeFolders(path, { owner, mode, mtime });
    }
    async #putText(path, content) {
        const bytes = Buffer.from(content, 'utf8');
        await this.#destination.putFile(path, this.#changed({
            type: 'file',
            mode: 0o644,
            ...ROOT_OWNER,
            size: bytes.length,
            mtime: this.#rules.mtime,
            content: { kind: 'bytes', bytes },
        }));
    }
    async #putTree(target, pick) {
        const links = new Map();
        for await (const selected of selectedNodes(pick)) {
            const path = selected.path === '' ? target : (0,entry_path/* childPath */.cm)(target, selected.path);
            if (selected.node.type !== 'directory')
                await this.#putNode(path, pick.tree, selected.node, links);
            else if (selected.path === '')
                await this.#touchTop(path, selected);
            else
                await this.#putFolder(path, pick.tree, selected);
        }
    }
    async #putNode(path, tree, node, links) {
        let inode = node.inode === undefined ? undefined : links.get(node.inode);
        if (inode === undefined) {
            inode = this.#changed(inodeOf(tree, node));
            if (node.inode !== undefined)
                links.set(node.inode, inode);
        }
        await this.#destination.putFile(path, inode);
    }
    /** The folder whose content is copied is there by now and keeps its mode and owner; it takes the time only. */
    async #touchTop(path, { node }) {
        if (path === '')
            return;
        const before = await this.#destination.lookup(path);
        if (before?.type !== 'directory')
            throw overFile(path);
        if (node.path !== '')
            await this.#destination.put(path, { ...before, mtime: node.mtime });
    }
    async #putFolder(path, tree, { node, onlyParent }) {
        const before = await this.#destination.lookup(path);
        if (before !== undefined && before.type !== 'directory')
            throw overFile(path);
        if (onlyParent && before !== undefined) {
            await this.#destination.put(path, { ...before, mode: node.mode });
            return;
        }
        const inode = this.#changed(inodeOf(tree, node));
        if (before?.xattrs !== undefined)
            inode.xattrs = new Map([...before.xattrs, ...(inode.xattrs ?? [])]);
        await this.#destination.put(path, inode);
    }
    /** With --chown and --chmod. Links have no mode. */
    #changed(inode) {
        const { owner, mode } = this.#rules;
        if (owner !== undefined) {
            inode.uid = owner.uid;
            inode.gid = owner.gid;
        }
        if (mode !== undefined && inode.type !== 'symlink') {
            inode.mode = mode.apply(inode.mode, inode.type === 'directory');
        }
        return inode;
    }
}
function overFile(path) {
    return new base_errors/* BuildError */.zS({
        kind: 'user',
        code: 'COPY_OVER_FILE',
        message: `cannot copy to non-directory: /${path}`,
        hint: 'A folder is copied, but there is a file or a link of that name. Copy to another name, or delete it in a RUN step before.',
    });
}

;// CONCATENATED MODULE: ./lib/engine/embedded/copy/missing-source.js




/** The error for a source that is not there, with the most likely reason. */
async function sourceNotFound(tree, path, asWritten, hint) {
    const shown = `"/${path}": not found`;
    const written = asWritten.replace(/^\/+|\/+$/g, '') === path ? '' : ` (for ${asWritten})`;
    return new base_errors/* BuildError */.zS({
        kind: 'user',
        code: 'COPY_SOURCE_NOT_FOUND',
        message: `${shown} in ${tree.name}${written}`,
        hint: hint ?? missing_source_outside(tree, asWritten) ?? (await hintFor(tree, path)),
    });
}
/** `../x` is not the file that its author sees beside the context. */
function missing_source_outside(tree, asWritten) {
    const isOutside = /^\.\.(?:\/|$)/.test(external_node_path_.posix.normalize(asWritten.replace(/^\/+/, '')));
    return isOutside ? `A path cannot leave ${tree.name}: .. stops at its top.` : undefined;
}
async function hintFor(tree, path) {
    const reason = await tree.explainAbsence?.(path);
    if (reason !== undefined)
        return reason;
    const at = await deepestFolder(tree, path);
    const missing = path.slice(at === '' ? 0 : at.length + 1).split('/')[0] ?? '';
    const names = (await tree.list(at)).map((node) => (0,entry_path/* baseOf */.bx)(node.path));
    const lower = missing.toLowerCase();
    const near = names.find((name) => name.toLowerCase() === lower) ?? (0,suggest/* nearest */.p)(missing, names);
    if (near !== undefined)
        return `did you mean ${(0,entry_path/* childPath */.cm)(at, near)}?`;
    return names.length === 0 && at === '' ? `There is nothing in ${tree.name}.` : undefined;
}
/** The last folder on the way to a path that exists. */
async function deepestFolder(tree, path) {
    for (let at = (0,entry_path/* parentOf */.gN)(path); at !== undefined && at !== ''; at = (0,entry_path/* parentOf */.gN)(at)) {
        if ((await tree.lookup(at))?.type === 'directory')
            return at;
    }
    return '';
}

;// CONCATENATED MODULE: ./lib/engine/embedded/copy/copy-sources.js






const EMPTY_TREE = {
    name: 'an empty root file system',
    lookup: async () => undefined,
    list: async () => [],
    read: async function* () { },
};
/** A tree's root need not have an entry of its own. */
const ROOT = { path: '', type: 'directory', mode: 0o755, uid: 0, gid: 0, size: 0, mtime: 0 };
/**
 * What a source selects, in the order in which it is copied.
 * @throws BuildError `COPY_SOURCE_NOT_FOUND`, `BAD_HEREDOC_NAME`, `BAD_PATTERN`, `TOO_MANY_LINKS`
 */
async function picksOf(source, inputs, selection) {
    const patterns = selection.exclude.length === 0 ? undefined : new PathPatterns(selection.exclude);
    const exclude = patterns === undefined ? {} : { exclude: patterns };
    if (source.kind === 'inline')
        return [inlinePick(source.name, source.content)];
    const tree = inputs[source.from] ?? EMPTY_TREE;
    if (source.kind === 'remote')
        return [{ ...(await remotePick(tree)), ...exclude }];
    if (source.literal === true)
        return [await pickAt(tree, (0,followed_path/* rooted */.CK)(source.pattern), source.pattern)];
    const picks = await (selection.parents ? parentsPicks : pathPicks)(tree, source.pattern);
    return picks.map((pick) => ({ ...pick, ...exclude }));
}
/**
 * What all sources of a step select, in order.
 * @throws BuildError as picksOf; all sources that are not there are told together
 */
async function allPicks(op, inputs) {
    const picks = [];
    const missing = [];
    for (const source of op.sources) {
        try {
            picks.push(await picksOf(source, inputs, op));
        }
        catch (error) {
            if (!(error instanceof base_errors/* BuildError */.zS) || error.code !== 'COPY_SOURCE_NOT_FOUND')
                throw error;
            missing.push(error);
        }
    }
    (0,base_errors/* throwAll */.Kx)(missing);
    return picks;
}
function inlinePick(name, content) {
    if (name.includes('/')) {
        throw new base_errors/* BuildError */.zS({
            kind: 'user',
            code: 'BAD_HEREDOC_NAME',
            message: `open /${name}: no such file or directory`,
            hint: `A heredoc's word is a file name. Write <<${(0,entry_path/* baseOf */.bx)(name)}, and give the folder as the destination.`,
        });
    }
    return { kind: 'inline', name, content };
}
async function remotePick(tree) {
    if (tree.soleFile === undefined)
        return { kind: 'node', tree, node: ROOT, name: '' };
    const node = await tree.lookup(tree.soleFile);
    if (node === undefined)
        throw await sourceNotFound(tree, tree.soleFile, tree.soleFile);
    return { kind: 'node', tree, node, name: (0,entry_path/* baseOf */.bx)(node.path) };
}
/** `--parents`: the content of the folder before `/./` (of the root without one), as far as the pattern covers it. */
async function parentsPicks(tree, text) {
    const pivot = text.indexOf('/./');
    const base = pivot === -1 ? '' : text.slice(0, pivot);
    const pattern = (0,followed_path/* rooted */.CK)(pivot === -1 ? text : text.slice(pivot + 3));
    const picks = await pathPicks(tree, base);
    if (!go_match_hasWildcard(pattern) && !go_match_hasWildcard(base))
        await mustExist(tree, (0,entry_path/* childPath */.cm)((0,followed_path/* rooted */.CK)(base), pattern), text);
    const include = new PathPatterns([pattern]);
    return picks.map((pick) => ({ ...pick, include }));
}
/** Links in the middle are followed for this question only: the pattern itself matches nothing behind a link. */
async function mustExist(tree, path, asWritten) {
    const found = await followSource(tree, path, asWritten, true);
    if ((await copy_sources_nodeAt(tree, found)) === undefined)
        throw await sourceNotFound(tree, found, asWritten);
}
async function pathPicks(tree, text) {
    const names = (0,followed_path/* rooted */.CK)(text).split('/');
    const first = names.findIndex(go_match_hasWildcard);
    if (first === -1)
        return [await pickAt(tree, names.join('/'), text)];
    const base = await followSource(tree, names.slice(0, first).join('/'), text);
    const folder = await copy_sources_nodeAt(tree, base);
    if (folder === undefined)
        throw await sourceNotFound(tree, base, text);
    const matches = await wildcardMatches(tree, folder, names.slice(first));
    return Promise.all(matches.map((path) => pickAt(tree, path, text)));
}
async function pickAt(tree, path, asWritten) {
    const found = await followSource(tree, path, asWritten);
    const node = await copy_sources_nodeAt(tree, found);
    if (node === undefined)
        throw await sourceNotFound(tree, found, asWritten);
    return { kind: 'node', tree, node, name: (0,entry_path/* baseOf */.bx)(path) };
}
/** A file where a folder should be is a missing source too. */
async function followSource(tree, path, asWritten, keepLast = false) {
    try {
        return await (0,followed_path/* followPath */.Zl)((at) => tree.lookup(at), path, keepLast);
    }
    catch (error) {
        if (error instanceof base_errors/* BuildError */.zS && error.code === 'NOT_A_FOLDER') {
            throw await sourceNotFound(tree, path, asWritten);
        }
        throw error;
    }
}
async function copy_sources_nodeAt(tree, path) {
    const node = await tree.lookup(path);
    return node === undefined && path === '' ? ROOT : node;
}
/** Paths below a folder that match, in the order of a walk; nothing below a match is looked at. */
async function wildcardMatches(tree, folder, names) {
    const matches = goMatcher(names.join('/'));
    if (folder.type !== 'directory')
        return [];
    const prune = folderFilter(names);
    const found = [];
    const walk = async (at, relative, depth) => {
        for (const node of await tree.list(at)) {
            const name = (0,entry_path/* childPath */.cm)(relative, (0,entry_path/* baseOf */.bx)(node.path));
            if (matches(name))
                found.push(node.path);
            else if (node.type === 'directory' && prune((0,entry_path/* baseOf */.bx)(node.path), depth)) {
                await walk(node.path, name, depth + 1);
            }
        }
    };
    await walk(folder.path, '', 0);
    return found;
}
/**
 * Whether something below a folder can match. A character class may match a `/` and a backslash may quote one: the pattern cannot
 * be cut at its slashes then, and only the depth tells.
 */
function folderFilter(names) {
    const pattern = names.join('/');
    const classes = pattern.split('[').length - 1;
    if (classes > 0 || pattern.includes('\\/'))
        return (_, depth) => depth + 1 < names.length + classes;
    const matchers = names.map((name) => goMatcher(name));
    return (name, depth) => depth + 1 < names.length && matchers[depth]?.(name) === true;
}

;// CONCATENATED MODULE: ./lib/engine/embedded/copy/destination.js





/** Set-group-id of a folder: what is made in it is of its group, and folders get the bit too (mkdir(2)). BuildKit makes folders that way. */
const HANDS_ON_GROUP = 0o2000;
/** A root file system and what a step changes on it. Nothing is written anywhere: the changes are read out at the end. */
class Destination {
    root;
    /** Path to what is new or changed there. */
    changed = new Map();
    /** Paths whose original and all below it are gone. */
    gone = new Set();
    /** Folders that the root never had: below them nothing has to be looked up. */
    #fresh = new Set();
    constructor(root) {
        this.root = root;
    }
    /** What is at this path now; no link is followed. */
    async lookup(path) {
        const changed = this.changed.get(path);
        if (changed !== undefined)
            return changed;
        const original = await this.#original(path);
        return original === undefined || this.root === undefined ? undefined : inodeOf(this.root, original);
    }
    /** The root's own node, unless it is gone. */
    async #original(path) {
        if (this.root === undefined || this.#isHidden(path))
            return undefined;
        return this.root.lookup(path);
    }
    /** The path that this one leads to when all links in it are followed. */
    follow(path, keepLast = false) {
        return (0,followed_path/* followPath */.Zl)((at) => this.lookup(at), path, keepLast);
    }
    async put(path, inode) {
        if (inode.type === 'directory' && (await this.lookup(path)) === undefined)
            this.#fresh.add(path);
        this.changed.set(path, inode);
    }
    /** Takes away what is at a path, with all that is below if that is a folder. */
    async remove(path) {
        const before = await this.lookup(path);
        if (before?.type === 'directory')
            this.#forgetBelow(path);
        this.changed.delete(path);
        this.gone.add(path);
    }
    /** Costs as much as there are changes, so not for each file that is replaced. */
    #forgetBelow(path) {
        for (const other of this.changed.keys()) {
            if (other.startsWith(`${path}/`))
                this.changed.delete(other);
        }
        for (const other of this.#fresh) {
            if (other === path || other.startsWith(`${path}/`))
                this.#fresh.delete(other);
        }
    }
    /**
     * Makes a folder and its parents, where they are not there yet.
     * @param path with all links followed
     * @throws BuildError `NOT_A_FOLDER`
     */
    async makeFolders(path, defaults) {
        const names = (0,followed_path/* rooted */.CK)(path).split('/');
        for (let depth = 1; depth <= names.length; depth++) {
            const here = names.slice(0, depth).join('/');
            if (here === '')
                return;
            const node = await this.lookup(here);
            if (node === undefined)
                await this.put(here, made(defaults, await this.lookup((0,entry_path/* parentOf */.gN)(here) ?? '')));
            else if (node.type !== 'directory')
                throw (0,followed_path/* notAFolder */.b7)(here);
        }
    }
    /** @throws BuildError `COPY_OVER_FOLDER` when a folder is in the place of a file */
    async putFile(path, inode) {
        const before = await this.lookup(path);
        if (before?.type === 'directory' || path === '') {
            throw new base_errors/* BuildError */.zS({
                kind: 'user',
                code: 'COPY_OVER_FOLDER',
                message: `cannot replace to directory /${path} with file`,
                hint: 'A folder is never replaced by a file: copy to another name, or delete the folder in a RUN step before.',
            });
        }
        this.changed.set(path, inode);
    }
    #isHidden(path) {
        if (this.#fresh.has((0,entry_path/* parentOf */.gN)(path) ?? '/'))
            return true;
        if (this.gone.size === 0)
            return false;
        for (let at = path; at !== undefined; at = (0,entry_path/* parentOf */.gN)(at)) {
            if (this.gone.has(at))
                return true;
        }
        return false;
    }
}
function made({ owner, mode, exactMode, mtime }, above) {
    const hands = above?.type === 'directory' && (above.mode & HANDS_ON_GROUP) !== 0;
    const shared = hands ? { ...ROOT_OWNER, gid: above.gid } : ROOT_OWNER;
    return folderInode(hands && exactMode !== true ? mode | HANDS_ON_GROUP : mode, owner ?? shared, mtime);
}

;// CONCATENATED MODULE: ./lib/engine/embedded/copy/content-digests.js


/** Content digests of file nodes by path; bytes are read only of those that are not known. */
async function contentDigests(tree, nodes) {
    const known = new Map();
    const unknown = new Map();
    for (const node of nodes) {
        if (node.content !== undefined)
            known.set(node.path, node.content);
        else
            unknown.set(node.path, node);
    }
    if (unknown.size === 0)
        return known;
    const list = [...unknown.values()];
    if (tree.digests !== undefined) {
        const digests = await tree.digests(list);
        list.forEach((node, i) => {
            const digest = digests[i];
            if (digest !== undefined)
                known.set(node.path, digest);
        });
        return known;
    }
    for await (const { entry, body } of tree.read(list))
        known.set(entry.path, await (0,image_digest/* digestOfStream */.Ul)(body ?? []));
    return known;
}
/** Content digests of files, wherever their bytes come from. An archive is read once for all of its members. */
async function inodeDigests(inodes) {
    const known = new Map();
    const trees = new Map();
    const archives = new Map();
    for (const inode of inodes) {
        const { content } = inode;
        if (content?.kind === 'bytes')
            known.set(inode, (0,image_digest/* digestOf */.ol)(content.bytes));
        else if (content?.kind === 'tree')
            grouped(trees, content.tree).set(inode, content.node);
        else if (content?.kind === 'member')
            grouped(archives, content.archive).set(content.index, inode);
    }
    for (const [tree, nodes] of trees) {
        const digests = await contentDigests(tree, nodes.values());
        for (const [inode, { path }] of nodes) {
            const digest = digests.get(path);
            if (digest !== undefined)
                known.set(inode, digest);
        }
    }
    for (const [archive, wanted] of archives)
        await addMembers(known, archive, wanted);
    return known;
}
function grouped(groups, source) {
    const group = groups.get(source) ?? new Map();
    groups.set(source, group);
    return group;
}
async function addMembers(known, archive, wanted) {
    let index = 0;
    let left = wanted.size;
    for await (const { body } of archiveMembers(archive)) {
        const inode = wanted.get(index);
        index += 1;
        if (inode === undefined)
            continue;
        known.set(inode, await (0,image_digest/* digestOfStream */.Ul)(body ?? []));
        left -= 1;
        if (left === 0)
            return;
    }
}

;// CONCATENATED MODULE: ./lib/engine/embedded/copy/layer-changes.js

/**
 * The changed paths of which something shows: those that came out as they were before are left out, as they are by the differ of
 * BuildKit. The time of a folder alone is no change.
 */
async function visibleChanges(destination) {
    const suspects = [];
    for (const [path, inode] of destination.changed) {
        // What stood there counts, too, if it was taken away on the way here (ADD of an archive replaces what it names).
        const original = await destination.root?.lookup(path);
        if (original !== undefined && sameMetadata(inode, original))
            suspects.push({ path, inode, original });
    }
    const same = new Map();
    for (const { path, original } of await withSameContent(destination, suspects))
        same.set(path, original);
    const relinked = newLinks(destination, same);
    return new Map([...destination.changed].filter(([path, inode]) => path !== '' && (!same.has(path) || relinked.has(inode))));
}
function sameMetadata(inode, original) {
    const type = original.type === 'hardlink' ? 'file' : original.type;
    return (inode.type === type &&
        inode.mode === original.mode &&
        inode.uid === original.uid &&
        inode.gid === original.gid &&
        inode.size === original.size &&
        inode.devMajor === original.devMajor &&
        inode.devMinor === original.devMinor &&
        (type === 'file' || inode.linkName === original.linkName) &&
        (type === 'directory' || Math.floor(inode.mtime) === Math.floor(original.mtime)) &&
        sameXattrs(inode.xattrs, original.xattrs));
}
function sameXattrs(a, b) {
    if ((a?.size ?? 0) !== (b?.size ?? 0))
        return false;
    return [...(a ?? [])].every(([name, value]) => {
        const other = b?.get(name);
        return other !== undefined && Buffer.compare(value, other) === 0;
    });
}
async function withSameContent({ root }, suspects) {
    const files = suspects.filter(({ inode }) => inode.content !== undefined);
    const same = suspects.filter(({ inode }) => inode.content === undefined);
    if (root === undefined || files.length === 0)
        return same;
    const after = await inodeDigests(files.map(({ inode }) => inode));
    const before = await contentDigests(root, files.map(({ original }) => original));
    same.push(...files.filter(({ original, inode }) => before.get(original.path) === after.get(inode)));
    return same;
}
/** Files with several names that were not, all of them, one file before. */
function newLinks(destination, same) {
    const names = new Map();
    for (const [path, inode] of destination.changed) {
        if (inode.type === 'directory')
            continue;
        const list = names.get(inode);
        if (list === undefined)
            names.set(inode, [path]);
        else
            list.push(path);
    }
    const changed = new Set();
    for (const [inode, paths] of names) {
        const before = new Set(paths.map((path) => same.get(path)?.inode));
        if (paths.length > 1 && (before.size > 1 || before.has(undefined)))
            changed.add(inode);
    }
    return changed;
}

;// CONCATENATED MODULE: ./lib/engine/embedded/copy/layer-members.js



/** The changes to a root file system as entries of a layer: in byte order of their paths, with all parent folders. */
async function layerEntries(destination) {
    const inodes = new Map(await visibleChanges(destination));
    const whiteouts = await removedPaths(destination);
    for (const path of [...inodes.keys(), ...whiteouts])
        await addParents(inodes, path, destination);
    const members = [...whiteouts].map(whiteout);
    const firstNames = new Map();
    for (const path of [...inodes.keys()].sort(entry_name/* compareNames */.MP)) {
        const inode = inodes.get(path);
        if (inode === undefined)
            continue;
        const first = firstNames.get(inode);
        if (inode.type !== 'directory')
            firstNames.set(inode, first ?? path);
        members.push(first === undefined ? memberOf(path, inode) : hardLink(path, first, inode));
    }
    return members.sort((a, b) => (0,entry_name/* compareNames */.MP)(a.entry.path, b.entry.path));
}
async function addParents(inodes, path, destination) {
    for (let at = (0,entry_path/* parentOf */.gN)(path); at !== undefined && at !== '' && !inodes.has(at); at = (0,entry_path/* parentOf */.gN)(at)) {
        const parent = await destination.lookup(at);
        if (parent !== undefined)
            inodes.set(at, parent);
    }
}
function memberOf(path, { content, ...metadata }) {
    const entry = { path, ...metadata };
    return content === undefined ? { entry } : { entry, content };
}
function hardLink(path, linkName, { mode, uid, gid, mtime }) {
    return { entry: { path, type: 'hardlink', linkName, mode, uid, gid, mtime, size: 0 } };
}
/** OCI image-spec 1.1, layer.md "Whiteouts". */
function whiteout(path) {
    return {
        entry: {
            path: (0,entry_path/* childPath */.cm)((0,entry_path/* parentOf */.gN)(path) ?? '', `.wh.${(0,entry_path/* baseOf */.bx)(path)}`),
            type: 'file',
            mode: 0o644,
            uid: 0,
            gid: 0,
            size: 0,
            mtime: 0,
        },
        content: { kind: 'bytes', bytes: new Uint8Array() },
    };
}
/** What a layer has to delete: a new entry hides an old one of its name by itself, but the content of a folder shows through. */
async function removedPaths({ root, gone, changed }) {
    const removed = new Set();
    if (root === undefined)
        return removed;
    const remove = async (node) => {
        const now = changed.get(node.path);
        if (now === undefined)
            removed.add(node.path);
        else if (now.type === 'directory' && node.type === 'directory') {
            for (const child of await root.list(node.path))
                await remove(child);
        }
    };
    for (const path of gone) {
        const node = await root.lookup(path);
        if (node !== undefined)
            await remove(node);
    }
    return removed;
}

;// CONCATENATED MODULE: ./lib/engine/embedded/copy/mode-change.js

const SET_UID = 0o4000;
const SET_GID = 0o2000;
const STICKY = 0o1000;
/** What `a` and no `who` at all stand for: all but the sticky bit. */
const STANDARD = 0o6777;
const WHO = {
    a: STANDARD,
    u: SET_UID | 0o700,
    g: SET_GID | 0o070,
    o: 0o007,
};
const SHIFT = { u: 6, g: 3, o: 0 };
/**
 * --chmod: octal, or symbolic as BSD chmod reads it, without a umask.
 * @throws BuildError `BAD_CHMOD`
 */
function parseModeChange(text) {
    if (/^[0-9]/.test(text)) {
        const mode = /^[0-7]+$/.test(text) ? Number.parseInt(text, 8) : Number.NaN;
        if (!(mode <= 0o7777)) {
            throw badChmod(`invalid chmod parameter: '${text}'. it should be octal string and between 0 and 07777`, 'Write it like --chmod=644 or --chmod=u=rwX,go=rX.');
        }
        // Go's os.Mkdir takes permission bits only.
        return { apply: () => mode, madeFolder: mode & 0o777 };
    }
    const steps = text.split(',').flatMap((clause) => clauseSteps(clause, text));
    return {
        apply: (mode, isFolder) => steps.reduce((now, step) => step(now, mode, isFolder), mode),
    };
}
function clauseSteps(clause, whole) {
    const parts = /^([augo]*)((?:[-+=][rstwxXugo]*)+)$/.exec(clause);
    if (parts === null)
        throw invalidSyntax(whole);
    const who = [...(parts[1] ?? '')].reduce((bits, name) => bits | (WHO[name] ?? 0), 0);
    return [...(parts[2] ?? '').matchAll(/([-+=])([rstwxXugo]*)/g)].flatMap(([, operator = '', letters = '']) => actionSteps(who, operator, letters));
}
/** One operator with its letters. Letters are gathered until a `u`, `g` or `o`, which copies, or the end. */
function actionSteps(clauseWho, operator, letters) {
    const steps = [];
    // `t` makes the sticky bit one of those that `=` clears.
    const who = clauseWho | (letters.includes('t') && isSpecial(clauseWho) ? STICKY : 0);
    const affected = clauseWho === 0 ? STANDARD | who : who;
    let bits = 0;
    let executable = false;
    const flush = (always) => {
        if (bits !== 0 || always)
            steps.push(setBits(operator, affected, bits & (affected | STICKY)));
        // `-X` does nothing, as in BSD chmod.
        if (executable && operator !== '-')
            steps.push(executableBits(affected));
        bits = 0;
        executable = false;
    };
    let copied = false;
    for (const letter of letters) {
        if (letter in SHIFT) {
            flush(false);
            steps.push(copyBits(letter, affected, operator));
            copied = true;
        }
        else if (letter === 'X')
            executable = true;
        else
            bits |= letterBits(letter, clauseWho);
    }
    flush(operator === '=' && !copied);
    return steps;
}
/** The set-id and sticky bits belong to user and group: clauses for others alone leave them. */
function isSpecial(who) {
    return who === 0 || (who & ~0o007) !== 0;
}
function letterBits(letter, who) {
    if (letter === 'r')
        return 0o444;
    if (letter === 'w')
        return 0o222;
    if (letter === 'x')
        return 0o111;
    if (!isSpecial(who))
        return 0;
    return letter === 's' ? SET_UID | SET_GID : STICKY;
}
function setBits(operator, affected, bits) {
    if (operator === '+')
        return (now) => now | bits;
    if (operator === '-')
        return (now) => now & ~bits;
    return (now) => (now & ~affected) | bits;
}
function executableBits(affected) {
    return (now, original, isFolder) => (isFolder || (original & 0o111) !== 0 ? now | (affected & 0o111) : now);
}
/** `g=u`: the permission bits of one class for others. */
function copyBits(from, affected, operator) {
    const target = affected & 0o777;
    return (now) => {
        const value = (now >> (SHIFT[from] ?? 0)) & 7;
        const bits = (value | (value << 3) | (value << 6)) & target;
        if (operator === '+')
            return now | bits;
        return operator === '-' ? now & ~bits : (now & ~target) | bits;
    };
}
function invalidSyntax(text) {
    return badChmod(`invalid chmod parameter: '${text}': invalid syntax`, 'Write it like --chmod=644 or --chmod=u=rwX,go=rX.');
}
function badChmod(message, hint) {
    return new base_errors/* BuildError */.zS({ kind: 'user', code: 'BAD_CHMOD', message, hint });
}

;// CONCATENATED MODULE: ./lib/engine/embedded/copy/copy.js






/**
 * Works COPY and ADD out on trees: what has to be in a layer so that, on top of the destination's, it shows the result. All errors
 * come before the first member, but for those of reading content.
 *
 * The members, with their bytes (`membersWithBodies`), are ready for `writeLayer`. Changed paths bring all their parent folders with them, as some
 * runtimes make missing ones with default modes. What comes out as it was before is left out.
 * @param inputs of the vertex; [0] is the root file system, undefined for `scratch` and with `link`
 * @throws BuildError `COPY_SOURCE_NOT_FOUND`, `COPY_OVER_FOLDER`, `COPY_OVER_FILE`, `NOT_A_FOLDER`, `NO_ACCOUNTS`, `BAD_CHMOD`,
 * `BAD_PATTERN`, `BAD_HEREDOC_NAME`, `TOO_MANY_LINKS`, `TAR_…`, `BAD_COMPRESSION`
 */
async function copyEntries(op, inputs, options) {
    const root = op.link ? undefined : inputs[0];
    const destination = new Destination(root);
    const copier = new Copier(destination, {
        destination: op.destination,
        owner: op.chown === undefined ? undefined : await accounts_ownerOf(op.chown, root),
        mode: op.chmod === undefined ? undefined : parseModeChange(op.chmod),
        mtime: options.mtime,
    });
    const picks = await allPicks(op, inputs);
    for (const [i, source] of op.sources.entries()) {
        const unpacks = attemptsUnpack(op, source);
        for (const pick of picks[i] ?? [])
            await put(copier, pick, unpacks);
    }
    return await layerEntries(destination);
}
async function put(copier, pick, unpacks) {
    if (unpacks && pick.kind === 'node' && (await copier.unpack(pick)))
        return;
    await copier.copy(pick);
}
/** Downloads are unpacked on demand only; `always` still leaves alone what is no archive, as BuildKit does. */
function attemptsUnpack({ unpack }, source) {
    if (source.kind === 'inline' || unpack === 'never')
        return false;
    return source.kind === 'path' || unpack === 'always';
}

;// CONCATENATED MODULE: ./lib/engine/embedded/copy/mkdir.js



/**
 * WORKDIR: the folders that have to be made, with the existing ones that lead to them; empty when the folder is there. Links on
 * the way are followed inside the root.
 * @param mtime of new folders, seconds since 1970
 * @throws BuildError `NOT_A_FOLDER`, `TOO_MANY_LINKS`; `NO_ACCOUNTS` for a named user on an empty root file system
 */
async function mkdirEntries(op, root, mtime) {
    const destination = new Destination(root);
    const owner = op.user === '' ? undefined : await accounts_ownerOf(op.user, root);
    await destination.makeFolders(await destination.follow(op.path), { owner, mode: 0o755, mtime });
    return (await layerEntries(destination)).map(({ entry }) => entry);
}

;// CONCATENATED MODULE: ./lib/engine/embedded/copy/selection-digest.js








const NOTHING_AFTER_PIVOT = 'With --parents, what stands behind /./ is copied. Write x/./* to copy all that is in x.';
/**
 * For each source a digest over all that it selects: names as the destination sees them, types, modes, owners, sizes, link targets,
 * device numbers, xattrs and bytes. Times do not count. Two selections with the same digests give the same copy.
 * @param told takes for the digest of each single file what `toldFile` says, so that a miss can name the mode
 * @throws BuildError `COPY_SOURCE_NOT_FOUND`, `BAD_HEREDOC_NAME`, `BAD_PATTERN`, `TOO_MANY_LINKS`
 */
async function selectionDigest(op, inputs, told) {
    await checkPivots(op, inputs);
    const digests = [];
    for (const [at, picks] of (await allPicks(op, inputs)).entries()) {
        const source = op.sources[at];
        const mounted = source?.kind === 'path' && source.literal === true;
        const hash = (0,external_node_crypto_.createHash)('sha256');
        let words;
        for (const pick of picks)
            words = await addPick(hash, pick, mounted);
        const digest = `sha256:${hash.digest('hex')}`;
        digests.push(digest);
        if (picks.length === 1 && words !== undefined)
            told?.set(digest, words);
    }
    return digests;
}
/** `--parents x/./` selects nothing; BuildKit says no more of it than that `x` is not found, and it says so at this point. */
async function checkPivots({ parents, sources }, inputs) {
    if (!parents)
        return;
    for (const source of sources) {
        if (source.kind !== 'path')
            continue;
        const base = /^(.*?)\/\.\/[./]*$/s.exec(source.pattern)?.[1];
        const tree = inputs[source.from];
        if (base === undefined || tree === undefined)
            continue;
        throw await sourceNotFound(tree, (0,followed_path/* rooted */.CK)(base), source.pattern, NOTHING_AFTER_PIVOT);
    }
}
/** Gives what a single file's key part says of it. */
async function addPick(hash, pick, mounted) {
    if (pick.kind === 'inline') {
        addFields(hash, ['inline', pick.name, pick.content]);
        return undefined;
    }
    const selected = [];
    for await (const node of selectedNodes(pick))
        selected.push(node);
    const contents = await contentDigests(pick.tree, selected.flatMap(({ node }) => (selection_digest_isFile(node.type) ? [node] : [])));
    addFields(hash, ['pick', String(selected.length)]);
    for (const item of selected) {
        if (item.path === '' && item.node.type === 'directory')
            addTopFolder(hash, item.node, mounted);
        else
            addNode(hash, pick.name, item, contents);
    }
    const [only] = selected;
    const bytes = only === undefined ? undefined : contents.get(only.node.path);
    return only === undefined || bytes === undefined || selected.length > 1
        ? undefined
        : toldFile({ ...only.node, bytes });
}
/** Of a folder whose content is copied neither the name nor the metadata arrives; of one that is mounted the metadata is seen. */
function addTopFolder(hash, { mode, uid, gid }, mounted) {
    addFields(hash, ['content', ...(mounted ? [mode.toString(8), `${uid}:${gid}`] : [])]);
}
function addNode(hash, name, { node, path, onlyParent }, contents) {
    const file = selection_digest_isFile(node.type);
    addFields(hash, [
        onlyParent ? 'parent' : file ? 'file' : node.type,
        path === '' ? name : path,
        node.mode.toString(8),
        `${node.uid}:${node.gid}`,
        file ? String(node.size) : '',
        file ? '' : (node.linkName ?? ''),
        `${node.devMajor ?? ''}:${node.devMinor ?? ''}`,
        contents.get(node.path) ?? '',
        String(node.xattrs?.size ?? 0),
    ]);
    for (const [key, value] of [...(node.xattrs ?? [])].sort(([a], [b]) => (a < b ? -1 : 1))) {
        addFields(hash, [key, value]);
    }
}
function selection_digest_isFile(type) {
    return type === 'file' || type === 'hardlink';
}
/** Each with its length in front, so that no two lists read the same. */
function addFields(hash, fields) {
    let text = '';
    for (const field of fields) {
        if (typeof field === 'string' && field.isWellFormed()) {
            text += `${Buffer.byteLength(field)}:${field}`;
            continue;
        }
        const bytes = typeof field === 'string' ? (0,entry_name/* encodeName */.aA)(field) : field;
        hash.update(`${text}${bytes.length}:`).update(bytes);
        text = '';
    }
    hash.update(text);
}

;// CONCATENATED MODULE: ./lib/engine/embedded/ops/copy.js



/** COPY and ADD: the new layer's members, worked out on trees; nothing is mounted and nothing needs a privilege. */
async function runCopy(op, inputs, madeAt) {
    // What is read from other steps has no part in the key, so this was not seen before.
    await checkPivots(op, inputs);
    return await copyEntries(op, inputs, { mtime: madeAt });
}
/** WORKDIR. */
async function* runMkdir(op, root, madeAt) {
    for (const entry of await mkdirEntries(op, root, madeAt))
        yield { entry };
}

;// CONCATENATED MODULE: ./lib/engine/embedded/ops/emulation.js


/**
 * Finds out before anything is unpacked whether the programs of a step can run.
 * @throws BuildError `EMULATION_MISSING`
 */
async function checkEmulation({ platform, machine, emulation, root }) {
    if (emulation.kind === 'ready')
        return;
    if (emulation.kind === 'missing')
        throw emulation_missing(platform, machine, emulation.why);
    const { interpreter } = emulation;
    const found = await (await root())?.lookup(interpreter.replace(/^\/+/, ''));
    if (found !== undefined)
        return;
    throw emulation_missing(platform, machine, `the emulator ${interpreter} is registered without the flag F, so it has to be in the image, and it is not there`);
}
function emulation_missing(platform, machine, why) {
    const { architecture } = platform;
    return new base_errors/* BuildError */.zS({
        kind: 'environment',
        code: 'EMULATION_MISSING',
        message: `RUN for ${(0,image_platform/* formatPlatform */.Bq)(platform)} cannot work on this ${(0,image_platform/* formatPlatform */.Bq)(machine)} machine: ${why}`,
        hint: platform.os !== machine.os
            ? `Build it on a machine with ${platform.os}.`
            : `Register an emulator: in a workflow the step docker/setup-qemu-action before this one, elsewhere "docker run --privileged --rm tonistiigi/binfmt --install ${architecture}" or the package qemu-user-static. A stage FROM --platform=$BUILDPLATFORM needs none.`,
    });
}

// EXTERNAL MODULE: ./lib/image/layer/layer-tree.js + 4 modules
var layer_tree = __webpack_require__(9104);
// EXTERNAL MODULE: ./lib/image/layer/watched-bytes.js
var watched_bytes = __webpack_require__(223);
;// CONCATENATED MODULE: ./lib/image/layer/read-layer.js





/**
 * The members of a layer. Nothing is to be believed before the last one came: only then the diffID is checked.
 * @throws BuildError `DIFF_ID_MISMATCH`, and those of decompress and readTar
 */
async function* readLayer(compressed, compression, options = {}) {
    const bytes = new WatchedBytes(options.diffId);
    yield* readTar(bytes.watch(decompress(compressed, compression)), options.limits);
    checkDiffId(bytes.digest(), options.diffId);
}
/**
 * Reads a layer once and tells what it holds, content digests included.
 * @throws BuildError as readLayer
 */
async function indexLayer(compressed, compression, diffId) {
    const bytes = new watched_bytes/* WatchedBytes */.s(diffId);
    const entries = [];
    for await (const member of (0,tar_read/* readTar */.s)(bytes.watch((0,layer_decompress/* decompress */.m)(compressed, compression)))) {
        entries.push(await indexed(member));
    }
    const digest = bytes.digest();
    checkDiffId(digest, diffId);
    return { diffId: (0,image_digest/* parseDiffId */.Kf)(digest), size: bytes.size, entries };
}
async function indexed({ entry, body, offset }) {
    if (body === undefined)
        return entry;
    const content = new watched_bytes/* WatchedBytes */.s();
    for await (const _ of content.watch(body))
        ;
    const digest = (0,image_digest/* parseDigest */.m)(content.digest());
    return offset === undefined ? { ...entry, content: digest } : { ...entry, offset, content: digest };
}
function checkDiffId(actual, expected) {
    if (expected === undefined || actual === expected)
        return;
    throw new base_errors/* BuildError */.zS({
        kind: 'remote',
        code: 'DIFF_ID_MISMATCH',
        message: `A layer unpacks to ${actual}, but its image config says ${expected}`,
        hint: 'The image is damaged, or its layers and its config do not belong together.',
    });
}

;// CONCATENATED MODULE: ./lib/engine/embedded/trees.js







/** The file trees that steps read: contexts as they are, stacks of layers as one merged view. Each is opened once. */
class Trees {
    #options;
    #contexts = new Map();
    #remotes = new Map();
    #indexes = new Map();
    /** By the diffIDs of their layers, and with a name in front by that as well. */
    #stacks = new Map();
    constructor(options) {
        this.#options = options;
    }
    /** The files of a context, a download or a repository; undefined for all other vertices. */
    async contentOf({ id, op }) {
        if (op.kind === 'local')
            return this.#context(op.context);
        if (op.kind === 'http' || op.kind === 'git')
            return (await this.#remote(id, op)).files();
        return undefined;
    }
    /** What tells the content of a download or a repository from any other; undefined for all other vertices. */
    async identityOf({ id, op }) {
        return op.kind === 'http' || op.kind === 'git' ? (await this.#remote(id, op)).identity : undefined;
    }
    /** The merged view of a stack. Fetches a layer only if nobody knows what it holds, or when files of it are read. */
    async ofStack(name, layers) {
        return this.#once(`${name} ${stackOf(layers)}`, async () => (0,layer_tree/* renamedTree */.Fy)(await this.#merged(layers), name));
    }
    /** The latest time of its files, in seconds since 1970. Fetches the layer only if nobody knows what it holds. */
    async latestTime(layer) {
        const { entries } = await this.#index(layer);
        return entries.reduce((latest, { mtime }) => Math.max(latest, mtime), 0);
    }
    /** Over the tree of the stack below, which another step has made most often. */
    #merged(layers) {
        const [top, below] = [layers.at(-1), layers.slice(0, -1)];
        if (top === undefined)
            return Promise.resolve((0,layer_tree/* layerTree */.K3)('', []));
        return this.#once(stackOf(layers), async () => {
            const [index, tree] = await Promise.all([this.#index(top), this.#merged(below)]);
            const open = async () => (0,layer_decompress/* decompress */.m)(await this.#options.blobs.open(top, this.#options.signal), compressionFor(top));
            return (0,layer_tree/* extendTree */.lu)(tree, { index, open });
        });
    }
    #once(name, make) {
        let tree = this.#stacks.get(name);
        if (tree === undefined) {
            tree = make();
            this.#stacks.set(name, tree);
            tree.catch(() => this.#stacks.delete(name));
        }
        return tree;
    }
    async [Symbol.asyncDispose]() {
        const opened = await Promise.allSettled(this.#remotes.values());
        for (const each of opened)
            if (each.status === 'fulfilled')
                await each.value[Symbol.asyncDispose]();
    }
    #remote(id, op) {
        let remote = this.#remotes.get(id);
        if (remote === undefined) {
            remote = this.#options.openRemote(op, this.#options.signal);
            this.#remotes.set(id, remote);
            remote.catch(() => undefined);
        }
        return remote;
    }
    #context(name) {
        let tree = this.#contexts.get(name);
        if (tree === undefined) {
            tree = this.#open(name);
            this.#contexts.set(name, tree);
            tree.catch(() => undefined);
        }
        return tree;
    }
    #open(name) {
        const { request, openContext, signal } = this.#options;
        const main = name === 'context';
        const source = main ? request.context : filesOf(request.namedContexts[name]);
        if (source === undefined) {
            throw new base_errors/* BuildError */.zS({
                kind: 'bug',
                code: 'NO_SUCH_CONTEXT',
                message: `There is no folder context ${name}`,
            });
        }
        const ignore = main ? request.ignore : source.kind === 'folder' ? source.ignore : undefined;
        const patterns = ignore === undefined ? [] : (0,dockerfile_ignore/* readIgnoreFile */.rj)(ignore.text);
        return openContext(source, main ? 'the build context' : `the context "${name}"`, filterOf((0,dockerfile_ignore/* ignoreMatcher */.NJ)(patterns)), signal);
    }
    #index(layer) {
        let index = this.#indexes.get(layer.diffId);
        if (index === undefined) {
            index = this.#readIndex(layer);
            this.#indexes.set(layer.diffId, index);
            index.catch(() => this.#indexes.delete(layer.diffId));
        }
        return index;
    }
    async #readIndex(layer) {
        const { indexes, blobs, caches, signal } = this.#options;
        const known = await indexes.get(layer.diffId);
        if (known !== undefined)
            return known;
        for (const cache of caches) {
            const kept = await cache.layerIndex?.(layer.diffId);
            if (kept === undefined)
                continue;
            await indexes.put(kept);
            return kept;
        }
        const made = await indexLayer(await blobs.open(layer, signal), compressionFor(layer), layer.diffId);
        this.#options.onIndexed(layer, made);
        await indexes.put(made);
        return made;
    }
}
function stackOf(layers) {
    return layers.map(({ diffId }) => diffId).join(' ');
}
/** How the layer's bytes are compressed. @throws BuildError `UNKNOWN_LAYER_TYPE` */
function compressionFor(layer) {
    const compression = (0,media_types/* compressionOf */.M)(layer.descriptor.mediaType);
    if (compression !== undefined)
        return compression;
    throw new base_errors/* BuildError */.zS({
        kind: 'user',
        code: 'UNKNOWN_LAYER_TYPE',
        message: `The layer ${(0,image_digest/* encoded */.dS)(layer.diffId).slice(0, 12)} has the media type ${layer.descriptor.mediaType}, which is not a file system layer that can be read`,
        hint: 'Only tar layers, plain or compressed with gzip or zstd, can be built upon.',
    });
}
/** Images, repositories and downloads have vertices of their own kinds. */
function filesOf(context) {
    return context?.kind === 'folder' || context?.kind === 'empty' ? context : undefined;
}
function filterOf(matcher) {
    return (path, isDirectory) => {
        if (!matcher.excludes(path, isDirectory))
            return true;
        return isDirectory && !matcher.mayContainExceptionsBelow(path) ? 'prune' : false;
    };
}

;// CONCATENATED MODULE: ./lib/engine/embedded/execute.js
var execute_addDisposableResource = (undefined && undefined.__addDisposableResource) || function (env, value, async) {
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
var execute_disposeResources = (undefined && undefined.__disposeResources) || (function (SuppressedError) {
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













/** Runs single steps and turns their outcome into layers. */
class Executor {
    #options;
    #materialised = new Map();
    #made = new MadeLayers();
    constructor(options) {
        this.#options = options;
    }
    async execute(vertex, signal) {
        const { op } = vertex;
        switch (op.kind) {
            case 'copy':
                return this.#writeCopy(await runCopy(op, await this.#copyInputs(vertex, op), this.#options.times.to), signal);
            case 'mkdir':
                return this.#write(runMkdir(op, await this.#inputTree(vertex, 0), this.#options.times.to), signal);
            case 'run': {
                const env_1 = { stack: [], error: void 0, hasError: false };
                try {
                    const { request, steps, worker, mounts } = this.#options;
                    await this.#checkEmulation(vertex, op);
                    mounts?.begin(op, worker, signal);
                    const run = execute_addDisposableResource(env_1, await runRun(op, vertex, {
                        request,
                        worker: await this.#startedWorker(vertex, signal),
                        stackOf: (input) => this.#stackFiles(vertex.inputs[input]),
                        filesAt: (input, path) => this.#filesAt(vertex.inputs[input], path),
                        mountsReady: async (list) => await mounts?.ready(list, worker, signal),
                        mountsWritten: (list) => mounts?.written(list),
                        agentSocket: this.#options.agentSocket,
                        signal,
                        onOutput: (text, stream) => steps.output(vertex, text, stream),
                        drained: steps.drained,
                    }), true);
                    const made = await this.#write(await this.#changes(run, vertex, await worker()), signal);
                    await run.commit(made.layer.diffId, this.#options.times);
                    return made;
                }
                catch (e_1) {
                    env_1.error = e_1;
                    env_1.hasError = true;
                }
                finally {
                    const result_1 = execute_disposeResources(env_1);
                    if (result_1)
                        await result_1;
                }
            }
            default:
                throw new base_errors/* BuildError */.zS({ kind: 'bug', code: 'NOT_A_STEP', message: `${op.kind} is not executed` });
        }
    }
    /** What a step stands on is unpacked as soon as the worker can, which is before it can run the step. */
    async #startedWorker({ inputs }, signal) {
        const { worker, preparer } = this.#options;
        let isStarted = false;
        const early = async () => {
            const [stack, ready] = await Promise.all([this.#stackFiles(inputs[0]), preparer()]);
            if (!isStarted)
                await ready.unpack(stack, signal);
        };
        // What goes wrong is told by the step itself.
        early().catch(() => undefined);
        const started = await worker();
        isStarted = true;
        return started;
    }
    async #changes(run, vertex, worker) {
        const { highestId } = await worker.isolation();
        if (highestId === undefined)
            return run.changes();
        return withKeptOwners(run.changes(), await this.#inputTree(vertex, 0), highestId);
    }
    async #write(members, signal) {
        const { request, blobs, times } = this.#options;
        const written = await (0,write_layer/* writeLayer */.By)(withTimes(members, times), untilAborted(blobs.store, signal), {
            compression: request.compression,
        });
        const made = { layer: layerOf(written), index: written.index };
        this.#made.add(made);
        return made;
    }
    /** What a stage makes is often copied to where it was made, and one context into several stages: nothing is compressed and stored twice for that. */
    async #writeCopy(planned, signal) {
        const { times } = this.#options;
        const alike = this.#made.alike(planned.map(({ entry }) => timed(entry, times)));
        if (alike.length > 0) {
            const diffId = await (0,write_layer/* diffIdOf */.Ao)(withTimes(abortable(membersWithBodies(planned), signal), times));
            const same = alike.find(({ layer }) => layer.diffId === diffId);
            if (same !== undefined)
                return same;
        }
        return await this.#write(membersWithBodies(planned), signal);
    }
    /** The destination of a `--link` copy is not looked at, so it is not opened either. */
    #copyInputs(vertex, op) {
        return Promise.all(vertex.inputs.map((_, i) => (i === 0 && op.link ? undefined : this.#inputTree(vertex, i))));
    }
    /** A base for this machine needs no emulation, whatever it is built for. */
    async #checkEmulation(vertex, { platform, programs }) {
        const { emulationFor, request } = this.#options;
        const emulation = await emulationFor(platform);
        if (emulation.kind === 'missing' && programs !== undefined) {
            const native = await emulationFor(programs);
            if (native.kind === 'ready')
                return;
        }
        await checkEmulation({
            platform,
            machine: request.buildPlatform,
            emulation,
            root: () => this.#inputTree(vertex, 0),
        });
    }
    async #inputTree({ inputs }, i) {
        const id = inputs[i];
        return id === undefined ? undefined : this.tree(id);
    }
    /** The files of a vertex, which is solved if need be; undefined for an empty root file system. */
    async tree(id) {
        const vertex = this.#options.vertex(id);
        if (vertex.op.kind === 'scratch')
            return undefined;
        const content = await this.#options.trees.contentOf(vertex);
        return content ?? this.#options.trees.ofStack(execute_nameOf(vertex), await this.#options.stack(id));
    }
    /** A vertex as layer files. */
    async #stackFiles(id) {
        return id === undefined ? [] : this.layerFiles(await this.#options.stack(id));
    }
    /** A vertex as layer files, and a path in them; a context becomes one uncompressed layer of what is at the path, links followed. */
    async #filesAt(id, path) {
        const vertex = id === undefined ? undefined : this.#options.vertex(id);
        const content = vertex === undefined ? undefined : await this.#options.trees.contentOf(vertex);
        if (content === undefined)
            return { stack: await this.#stackFiles(id), path };
        const followed = await (0,followed_path/* followPath */.Zl)((at) => content.lookup(at), path);
        const name = `${id} ${followed}`;
        let stack = this.#materialised.get(name);
        if (stack === undefined) {
            stack = this.#materialise(content, followed);
            this.#materialised.set(name, stack);
            stack.catch(() => undefined);
        }
        return { stack: await stack, path: `/${followed}` };
    }
    async #materialise(content, path) {
        const { blobs } = this.#options;
        const members = plainNames(everything(content, path));
        const written = await (0,write_layer/* writeLayer */.By)(members, blobs.store, { compression: { type: 'none' } });
        return this.layerFiles([layerOf(written)]);
    }
    /** @throws as Blobs.ensure */
    layerFiles(layers) {
        const { blobs } = this.#options;
        return Promise.all(layers.map(async (layer) => {
            await blobs.ensure(layer);
            const path = blobs.store.pathOf(layer.descriptor.digest);
            if (path === undefined) {
                throw new base_errors/* BuildError */.zS({
                    kind: 'bug',
                    code: 'STORE_WITHOUT_FILES',
                    message: `The content store has no file for ${(0,image_digest/* encoded */.dS)(layer.diffId)}`,
                });
            }
            return { diffId: layer.diffId, path, compression: compressionFor(layer) };
        }));
    }
}
/** @throws BuildError `WHITEOUT_NAME` for what would not be a file for the worker, which unpacks a layer */
async function* plainNames(members) {
    for await (const member of members) {
        const { path } = member.entry;
        if ((0,entry_path/* baseOf */.bx)(path).startsWith('.wh.')) {
            throw new base_errors/* BuildError */.zS({
                kind: 'user',
                code: 'WHITEOUT_NAME',
                message: `/${path} cannot be mounted: names that begin with .wh. mark deleted files in layers`,
                hint: 'Give it another name, or leave it out in the ignore file.',
            });
        }
        yield member;
    }
}
/** The folders on the way to `path`, and all from there down, in path order. */
async function* everything(tree, path) {
    const names = path === '' ? [] : path.split('/');
    for (let depth = 1; depth < names.length; depth++) {
        const parent = await tree.lookup(names.slice(0, depth).join('/'));
        if (parent?.type !== 'directory')
            return;
        yield { entry: parent };
    }
    const top = path === '' ? undefined : await tree.lookup(path);
    if (top !== undefined && top.type !== 'directory')
        yield* tree.read([top]);
    else {
        if (top !== undefined)
            yield { entry: top };
        yield* folder(tree, path);
    }
}
async function* folder(tree, path) {
    for (const node of await tree.list(path)) {
        if (node.type === 'directory') {
            yield { entry: node };
            yield* folder(tree, node.path);
        }
        else
            yield* tree.read([node]);
    }
}
/** Stores nothing of which the end comes after an abort. */
function untilAborted(store, signal) {
    return { put: (source, expected) => store.put(abortable(source, signal), expected) };
}
async function* abortable(source, signal) {
    for await (const item of source) {
        signal.throwIfAborted();
        yield item;
    }
    signal.throwIfAborted();
}
function layerOf(written) {
    return { descriptor: written.descriptor, diffId: written.diffId, sources: [] };
}
function execute_nameOf(vertex) {
    return vertex.op.kind === 'image' ? `the image ${vertex.op.reference}` : `the result of ${vertex.name}`;
}

// EXTERNAL MODULE: ./lib/cache/cache-data.js
var cache_data = __webpack_require__(5653);
// EXTERNAL MODULE: ./lib/cache/record.js
var cache_record = __webpack_require__(6449);
;// CONCATENATED MODULE: ./lib/cache/inline-keys.js



/** Annotation of an image's manifest: the steps that made its last layers, so that the image serves as a cache. */
const INLINE_ANNOTATION = `ts-image-build.cache.v${cache_record/* RECORD_FORMAT */.q7}`;
const MOST_STEPS = 1000;
/** The annotation's value. @param keys of the last layers, in their order */
function encodeInlineKeys(keys) {
    return JSON.stringify({ steps: keys.map(({ key, anywhere }) => (anywhere ? { key, anywhere } : { key })) });
}
/** @throws BuildError `CACHE_DATA_BAD` */
function decodeInlineKeys(text) {
    const fields = (0,cache_data/* fieldsOf */.Pf)((0,cache_data/* parseJson */.qF)(text, 'the annotation'), 'annotation');
    return fields.list('steps', MOST_STEPS).map((value) => {
        const step = (0,cache_data/* fieldsOf */.Pf)(value, 'step');
        return { key: keyIn(step.text('key', 64)), anywhere: step.has('anywhere') };
    });
}
function keyIn(text) {
    try {
        return (0,cache_key/* parseCacheKey */.d)(text);
    }
    catch (cause) {
        throw (0,cache_data/* badData */.sn)(`"${text}" is no key`, cause);
    }
}

;// CONCATENATED MODULE: ./lib/engine/embedded/inline.js


/** The annotation that makes an image a cache of its own layers. The same build gives the same, wherever its results come from. */
async function inlineAnnotation({ chain }, solver, keys) {
    const steps = await Promise.all(chain.map(async (id) => {
        const { op } = solver.vertex(id);
        if (op.kind !== 'run' && op.kind !== 'copy' && op.kind !== 'mkdir')
            return undefined;
        if ((await solver.result(id)).layer === undefined)
            return undefined;
        return { key: (await keys.of(id)).key, anywhere: ignoresParent(op) };
    }));
    return { [INLINE_ANNOTATION]: encodeInlineKeys(steps.filter((step) => step !== undefined)) };
}

;// CONCATENATED MODULE: ./lib/engine/embedded/step-error.js

/** Longer ones tell no more. Characters. */
const LONGEST = 80;
/** What a step failed with, at its place. A trigger of a base image stands in no file of this build: it is told with its own words. */
function stepError(vertex, thrown) {
    const error = (0,base_errors/* toBuildError */.KB)(thrown);
    const trigger = /^\[[^\]]*\] (ONBUILD [^\n]*)/.exec(vertex.name)?.[1];
    if (trigger === undefined || error.at !== undefined || error.code === 'CANCELLED')
        return error.located(vertex.at);
    const words = trigger.length > LONGEST ? `${trigger.slice(0, LONGEST - 1)}…` : trigger;
    const errors = (error instanceof base_errors/* BuildErrors */.Oq ? error.errors : [error]).map(({ kind, code, message, hint }) => new base_errors/* BuildError */.zS({ kind, code, message: `${words}: ${message}`, hint, at: vertex.at, cause: error }));
    const [first, second] = errors;
    return first !== undefined && second === undefined ? first : new base_errors/* BuildErrors */.Oq(errors);
}

;// CONCATENATED MODULE: ./lib/engine/embedded/keys.js



/** Vertices whose files are there before any step has run. */
const FILES = new Set(['local', 'http', 'git']);
/** Stands for what a source selects of an empty root file system. */
const NOTHING = 'nothing';
/** The cache keys of a graph's vertices: each made once, none before it is asked for. Nothing is executed for a key. */
class VertexKeys {
    #options;
    #vertices;
    #keys = new Map();
    /** What miss explanations tell of single files, by digest. */
    #told = new Map();
    /** What vertices read from contexts: it counts in both keys. */
    #fromContexts = new Map();
    constructor(options) {
        this.#options = options;
        this.#vertices = new Map(options.graph.vertices.map((vertex) => [vertex.id, vertex]));
    }
    /**
     * Over how the step and all below it are defined.
     * @throws BuildError at the line of the step that is wrong, whichever step was asked for
     */
    of(id) {
        let key = this.#keys.get(id);
        if (key === undefined) {
            key = this.#make(id);
            this.#keys.set(id, key);
            key.catch(() => undefined);
        }
        return key;
    }
    /**
     * Over what the step meets: the layers that it is made on and the content that it reads from other steps. Those have to be solved; what
     * layers hold is fetched where nobody knows it.
     * @param parent ChainID of the layers that it is made on, empty for none
     */
    async byContent(id, parent) {
        const vertex = this.#vertex(id);
        const [inputs, content] = await Promise.all([this.#inputKeys(vertex), this.#allDigests(vertex)]);
        const covered = new Set(pathsOf(vertex).filter((input) => !this.#isMountedImage(vertex, input)));
        return keyOf(vertex, {
            inputs,
            content,
            told: this.#told,
            covered,
            parent,
            limits: this.#options.limits,
        });
    }
    async #make(id) {
        const vertex = this.#vertex(id);
        const [inputs, content] = await Promise.all([this.#inputKeys(vertex), this.#ownContent(vertex)]);
        return keyOf(vertex, {
            inputs,
            content,
            told: this.#told,
            covered: this.#readByContent(vertex),
            unread: this.#unread(vertex),
            limits: this.#options.limits,
        });
    }
    async #ownContent(vertex) {
        try {
            const identity = await this.#options.identityOf(vertex);
            const digests = identity === undefined ? await this.#contextDigests(vertex) : [identity];
            return digests.filter((digest) => digest !== undefined);
        }
        catch (thrown) {
            throw stepError(vertex, thrown);
        }
    }
    #vertex(id) {
        const vertex = this.#vertices.get(id);
        if (vertex === undefined)
            throw new TypeError(`no vertex ${id}`);
        return vertex;
    }
    #inputKeys(vertex) {
        return Promise.all(vertex.inputs.map(async (input) => (await this.of(input)).key));
    }
    /** Repositories and downloads of which a step reads some files: those count, not the commit. */
    #readByContent(vertex) {
        return new Set(pathsOf(vertex).filter((from) => {
            const kind = this.#inputKind(vertex, from);
            return kind === 'git' || kind === 'http';
        }));
    }
    /** Inputs of which nothing is read before they are solved. */
    #unread(vertex) {
        return new Set(vertex.inputs.flatMap((_, input) => FILES.has(this.#inputKind(vertex, input) ?? 'scratch') ? [] : [input]));
    }
    /** An image that RUN mounts is named by its digest: it need not be looked into. */
    #isMountedImage(vertex, input) {
        return vertex.op.kind === 'run' && this.#inputKind(vertex, input) === 'image';
    }
    #inputKind(vertex, input) {
        return this.#vertices.get(vertex.inputs[input] ?? '')?.op.kind;
    }
    /** Digests of what the step reads from contexts and of its own texts, in the order of its sources; undefined for the other sources. */
    #contextDigests(vertex) {
        let digests = this.#fromContexts.get(vertex.id);
        if (digests === undefined) {
            digests = this.#readContexts(vertex);
            this.#fromContexts.set(vertex.id, digests);
            digests.catch(() => undefined);
        }
        return digests;
    }
    async #readContexts(vertex) {
        const sources = readSources(vertex);
        const wanted = new Set(pathsOf(vertex));
        const trees = await Promise.all(vertex.inputs.map(async (input, i) => wanted.has(i) ? this.#options.contentOf(this.#vertex(input)) : undefined));
        const known = sources.map((source) => source.kind === 'inline' || trees[source.from] !== undefined);
        return digestsOf(vertex, trees, known, this.#told);
    }
    async #allDigests(vertex) {
        const sources = readSources(vertex);
        const fromContexts = await this.#contextDigests(vertex);
        const trees = await Promise.all(vertex.inputs.map(async (input, i) => {
            const due = sources.some((source, at) => source.kind === 'path' && source.from === i && fromContexts[at] === undefined);
            return due && !this.#isMountedImage(vertex, i) ? this.#options.treeOf(input) : undefined;
        }));
        const due = sources.map((source) => source.kind === 'path' && trees[source.from] !== undefined);
        const others = await digestsOf(vertex, trees, due, this.#told);
        return sources.map((_, at) => fromContexts[at] ?? others[at] ?? NOTHING);
    }
}
/** Digests of those sources that are `due`, each in its place. */
async function digestsOf(vertex, trees, due, told) {
    const selection = selectionOf(vertex.op);
    const sources = readSources(vertex).filter((_, at) => due[at]);
    if (selection === undefined || sources.length === 0)
        return due.map(() => undefined);
    const digests = [...(await selectionDigest({ ...selection, sources }, trees, told))];
    return due.map((isDue) => (isDue ? digests.shift() : undefined));
}
/** Downloads and repositories that are taken whole are told by the keys of their own vertices. */
function readSources({ op }) {
    return (selectionOf(op)?.sources ?? []).filter((source) => source.kind !== 'remote');
}
/** Inputs of which files are read. */
function pathsOf(vertex) {
    return readSources(vertex).flatMap((source) => (source.kind === 'path' ? [source.from] : []));
}
/** What a step reads, told as a COPY. */
function selectionOf(op) {
    if (op.kind === 'copy')
        return op;
    if (op.kind !== 'run')
        return undefined;
    const sources = boundSources(op);
    return sources.length === 0 ? undefined : { ...BIND_SELECTION, sources };
}
function boundSources(op) {
    return op.mounts.flatMap((mount) => (mount.type === 'bind' || mount.type === 'cache') && mount.from !== undefined
        ? [{ kind: 'path', from: mount.from, pattern: mount.source, literal: true }]
        : []);
}
const BIND_SELECTION = {
    kind: 'copy',
    instruction: 'COPY',
    sources: [],
    destination: '/',
    link: false,
    parents: false,
    exclude: [],
    unpack: 'never',
};

;// CONCATENATED MODULE: ./lib/engine/embedded/lazy-worker.js
/** The worker of one attempt: started by the first step that needs it, stopped with the attempt. */
class LazyWorker {
    #start;
    #steps;
    #signal;
    #preparer = Promise.withResolvers();
    #worker;
    constructor(start, steps, signal) {
        this.#start = start;
        this.#steps = steps;
        this.#signal = signal;
        this.#preparer.promise.catch(() => undefined);
    }
    get = () => {
        this.#worker ??= this.#started();
        return this.#worker;
    };
    /** As soon as layers can be unpacked, which is before steps can be run. */
    preparer = async () => {
        this.get().catch((error) => this.#preparer.reject(error));
        return this.#preparer.promise;
    };
    async [Symbol.asyncDispose]() {
        const started = this.#worker;
        this.#worker = undefined;
        const worker = await started?.catch(() => undefined);
        await worker?.[Symbol.asyncDispose]();
    }
    async #started() {
        const worker = await this.#start(this.#signal, {
            onPreparer: this.#preparer.resolve,
            onIsolation: (report) => this.#tell(report),
        });
        this.#preparer.resolve(worker);
        return worker;
    }
    #tell({ rung, snapshotter, privilege, limits }) {
        this.#steps.notice(`isolation: ${rung}, ${snapshotter} (${privilege})`);
        for (const limit of limits)
            this.#steps.notice(`isolation ${rung}: ${limit}`);
    }
}

;// CONCATENATED MODULE: ./lib/engine/embedded/run-preparation.js
/**
 * Gets ready what a RUN needs while the steps below it still run: the worker, and what is known of its root file system, fetched and unpacked. Only
 * once a step below it is really run, whose result is new then: a RUN whose definition alone has changed may still be found by content.
 */
class RunPreparation {
    #options;
    #waiting = new Map();
    #begun = new Set();
    #stop = new AbortController();
    constructor(options) {
        this.#options = options;
    }
    /** No cache has this RUN as it is defined. */
    missed(run) {
        this.#waiting.set(run.id, run);
        this.#start();
    }
    /** This step is being run. */
    begun({ id }) {
        this.#begun.add(id);
        this.#start();
    }
    /** What is not ready by now nobody needs. */
    [Symbol.dispose]() {
        this.#stop.abort();
    }
    #start() {
        for (const [id, run] of this.#waiting) {
            if (!this.#standsOnNew(run))
                continue;
            this.#waiting.delete(id);
            // Whatever goes wrong is told by the step itself when it comes to it.
            this.#prepare(run).catch(() => undefined);
        }
    }
    async #prepare({ inputs }) {
        const { preparer, layerFiles, knownLayers } = this.#options;
        const [root] = inputs;
        const layers = root === undefined ? [] : knownLayers(root);
        const files = layers.map(async (layer) => await layerFiles([layer]));
        for (const file of files)
            file.catch(() => undefined);
        const ready = await preparer();
        const stack = [];
        for (const file of files) {
            stack.push(...(await file));
            this.#stop.signal.throwIfAborted();
            // The first ones while the others are on their way.
            ready.unpack([...stack], this.#stop.signal).catch(() => undefined);
        }
        await ready.prepare(stack, this.#stop.signal);
    }
    #standsOnNew({ inputs }) {
        const seen = new Set();
        const look = (id) => {
            if (this.#begun.has(id))
                return true;
            if (seen.has(id))
                return false;
            seen.add(id);
            return this.#options.vertex(id).inputs.some(look);
        };
        return inputs.some(look);
    }
}

;// CONCATENATED MODULE: ./lib/engine/embedded/solver.js







const RENEWED = 'it reads a stage that was built without the cache';
/**
 * Finds the result of each vertex that is asked for, and of no other: from a cache, else by running it once the results below it are known.
 * Independent vertices are worked on at the same time; the first failure stops the rest.
 */
class Solver {
    #options;
    #vertices;
    #results = new Map();
    #known = new Map();
    #signal;
    #stop;
    /** Is a vertex, or one that it stands on, to be run whatever the caches have? */
    #renewed = new Map();
    #limit;
    #search;
    /** Steps whose layers are in an image that was asked for. */
    #final;
    /**
     * @param signal ends all work, also what others do for the steps
     * @param stop aborts that signal
     */
    constructor(options, signal, stop) {
        this.#options = options;
        this.#signal = signal;
        this.#stop = stop;
        this.#vertices = new Map(options.graph.vertices.map((vertex) => [vertex.id, vertex]));
        this.#limit = (0,p_limit/* default */.A)(options.jobs);
        this.#final = new Set(options.graph.targets.flatMap(({ chain }) => chain));
        this.#search = new CacheSearch(options.cacheFrom, options.distrusted, options.blobs, options.refusal);
    }
    get signal() {
        return this.#signal;
    }
    vertex(id) {
        const vertex = this.#vertices.get(id);
        if (vertex === undefined) {
            throw new base_errors/* BuildError */.zS({ kind: 'bug', code: 'NO_SUCH_VERTEX', message: `The graph has no vertex ${id}` });
        }
        return vertex;
    }
    /**
     * Solves whole chains at the same time and waits until nothing is under way any more, also after a failure.
     * @throws what failed first: what it stopped may fail sooner on its way out, with an error that says nothing
     */
    async solve(targets) {
        try {
            return await Promise.all(targets.map((id) => this.stack(id)));
        }
        catch (error) {
            this.#stop(error);
            throw this.signal.reason;
        }
        finally {
            await this.#settle();
        }
    }
    /** All layers up to and with this vertex, base first. */
    async stack(id) {
        const vertex = this.vertex(id);
        switch (vertex.op.kind) {
            case 'scratch':
            case 'local':
            case 'http':
            case 'git':
                return [];
            case 'image':
                return this.#options.baseLayers(vertex);
            case 'run':
            case 'copy':
            case 'mkdir': {
                const [below, { layer }] = await Promise.all([this.#below(vertex), this.result(id)]);
                return layer === undefined ? below : [...below, layer];
            }
        }
    }
    /** Was its result asked for? */
    isSolved(id) {
        return this.#results.has(id);
    }
    result(id) {
        let result = this.#results.get(id);
        if (result === undefined) {
            result = this.#find(this.vertex(id));
            this.#results.set(id, result);
            result.then((found) => this.#known.set(id, found), 
            // Whoever asked gets the error; an unasked one must not end the process.
            () => undefined);
        }
        return result;
    }
    /** As `stack`, but only what is known already, from the base up to where nothing is. */
    knownLayers(id) {
        const layers = [];
        for (const vertex of this.#chain(id)) {
            if (vertex.op.kind === 'image')
                layers.push(...this.#options.baseLayers(vertex));
            else if (vertex.inputs.length > 0) {
                const result = this.#known.get(vertex.id);
                if (result === undefined)
                    break;
                if (result.layer !== undefined)
                    layers.push(result.layer);
            }
        }
        return layers;
    }
    /** The vertices whose layers make the stack of this one, base first. */
    #chain(id) {
        const chain = [];
        for (let at = id; at !== undefined; at = chain[0]?.inputs[0]) {
            chain.unshift(this.vertex(at));
        }
        return chain;
    }
    #below(vertex) {
        const [parent] = vertex.inputs;
        return parent === undefined ? Promise.resolve([]) : this.stack(parent);
    }
    async #find(vertex) {
        const { key, parts } = await this.#options.keys.of(vertex.id);
        const [looked, below] = await Promise.all([this.#lookupAhead(vertex, key), this.#below(vertex)]);
        this.signal.throwIfAborted();
        const parent = (0,image_digest/* chainIdOf */.ok)(below.map(({ diffId }) => diffId)) ?? '';
        const facts = { key, parts, parent: ignoresParent(vertex.op) ? undefined : parent };
        const { hit, reason } = await this.#search.usable(looked, vertex, parent, this.signal);
        if (hit !== undefined)
            return this.#take(vertex, hit, facts);
        // Before a place among the running steps is taken: a step that waits in one for another step could wait for ever.
        await Promise.all(vertex.inputs.map((id) => this.stack(id)));
        const content = await this.#contentKey(vertex, parent);
        const same = content === undefined ? undefined : await this.#sameContent(vertex, content.key, parent);
        if (same !== undefined)
            return this.#take(vertex, same, { ...facts, contentKey: content?.key });
        const all = content === undefined ? parts : withContent(parts, content.parts);
        const miss = reason === undefined ? this.#search.explain(vertex, all, looked) : Promise.resolve(reason);
        return this.#limit(() => this.#run(vertex, { ...facts, parts: all, contentKey: content?.key, miss }));
    }
    /** Looks the key up; on a miss all that the step reads is worked on at once, not only after the step below it. */
    async #lookupAhead(vertex, key) {
        const foreign = this.#foreign(() => this.#options.foreign.of(vertex.id));
        const looked = this.#readsRenewed(vertex)
            ? { reason: RENEWED }
            : await this.#search.find(vertex, key, foreign, this.signal);
        if (looked.hit !== undefined)
            return looked;
        // No cache has ever seen this step, so that its content will not find it either: nothing below it is run in vain.
        if (looked.nearest === undefined && !this.#search.hasForeign)
            this.#checkMissing(vertex, []);
        if (vertex.op.kind === 'run')
            this.#options.preparation.missed(vertex);
        for (const id of vertex.inputs)
            this.stack(id).catch(() => undefined);
        return looked;
    }
    /** Does it read files of a stage that is to be built without the cache? How such files are defined tells nothing of them then. */
    #readsRenewed({ inputs }) {
        return inputs.slice(1).some((id) => this.#isRenewed(id));
    }
    #isRenewed(id) {
        let renewed = this.#renewed.get(id);
        if (renewed === undefined) {
            const { noCache, inputs } = this.vertex(id);
            renewed = noCache || inputs.some((input) => this.#isRenewed(input));
            this.#renewed.set(id, renewed);
        }
        return renewed;
    }
    /** undefined where it cannot be made: what is wrong with the step is told when it runs. */
    async #contentKey(vertex, parent) {
        const { cacheTo, cacheToFinal, keys } = this.#options;
        if (this.#search.isEmpty && cacheTo.length === 0 && cacheToFinal.length === 0)
            return undefined;
        try {
            return await keys.byContent(vertex.id, parent);
        }
        catch (thrown) {
            this.signal.throwIfAborted();
            if (thrown instanceof CacheBlobLost)
                throw thrown;
            return undefined;
        }
    }
    async #sameContent(vertex, key, parent) {
        const foreign = this.#foreign(() => this.#options.foreign.withContent(vertex.id));
        const looked = await this.#search.find(vertex, key, foreign, this.signal);
        return (await this.#search.usable(looked, vertex, parent, this.signal)).hit;
    }
    /** What cannot be told is told when the step runs. */
    #foreign(make) {
        return async () => {
            try {
                return await make();
            }
            catch (thrown) {
                this.signal.throwIfAborted();
                if (thrown instanceof CacheBlobLost)
                    throw thrown;
                return undefined;
            }
        };
    }
    async #take(vertex, hit, facts) {
        const { blobs, steps, rememberIndex } = this.#options;
        const { record, from } = hit;
        const { layer, index, createdAt } = record;
        if (index !== undefined)
            await rememberIndex(index);
        if (layer !== undefined)
            blobs.cameFrom(layer, record.key);
        const byContent = facts.contentKey !== undefined;
        if (byContent) {
            // Under its own key too, so that the next build need not solve anything to find it.
            const own = { ...record, ...recordOf(vertex, facts, createdAt) };
            for (const cache of this.#targets(vertex))
                if (cache.name === from)
                    cache.save(own);
            await this.#spread(vertex, own, from);
        }
        else
            await this.#spread(vertex, { ...record, ...recordOf(vertex, facts, createdAt) }, from);
        const told = byContent ? { from, by: 'content' } : { from };
        steps.cached(vertex, told, facts.parts, layer === undefined ? undefined : stepLayer(layer, index));
        return { ...(layer === undefined ? {} : { layer }), createdAt };
    }
    /** Saving again is cheap where the record is, and spreads it to where it is not. No bytes move that are not here already. */
    async #spread(vertex, record, from) {
        const { blobs } = this.#options;
        const { layer } = record;
        const here = layer !== undefined && (await blobs.isHere(layer));
        // A layer that a registry serves need not be here.
        if (layer !== undefined && !here && layer.sources.length === 0)
            return;
        for (const cache of this.#targets(vertex)) {
            if (cache.name === from)
                continue;
            if (layer === undefined || !here)
                cache.save(record);
            else
                cache.save(record, () => blobs.open(layer));
        }
    }
    async #run(vertex, facts) {
        const { blobs, steps, rememberIndex, execute, createdAt } = this.#options;
        this.signal.throwIfAborted();
        this.#checkMissing(vertex, facts.parts);
        steps.started(vertex);
        this.#options.preparation.begun(vertex);
        try {
            const { layer, index } = await execute(vertex, this.signal);
            await rememberIndex(index);
            const record = { ...recordOf(vertex, facts, createdAt), layer, index };
            for (const cache of this.#targets(vertex))
                cache.save(record, () => blobs.store.open(layer.descriptor.digest));
            steps.done(vertex, await facts.miss, facts.parts, stepLayer(layer, index));
            return { layer, createdAt };
        }
        catch (thrown) {
            // Not this step's failure: the build starts again without the record.
            if (thrown instanceof CacheBlobLost)
                throw thrown;
            throw this.#failed(vertex, thrown, facts.parts);
        }
    }
    #checkMissing(vertex, parts) {
        try {
            (0,base_errors/* throwAll */.Kx)(this.#options.whyNot(vertex));
        }
        catch (thrown) {
            throw this.#failed(vertex, thrown, parts);
        }
    }
    #failed(vertex, thrown, parts) {
        const error = stepError(vertex, thrown);
        if (!this.signal.aborted)
            this.#options.steps.failed(vertex, error, parts);
        this.#stop(error);
        return error;
    }
    /** The caches that take the result of this step. */
    #targets({ id }) {
        const { cacheTo, cacheToFinal } = this.#options;
        return this.#final.has(id) ? [...cacheTo, ...cacheToFinal] : cacheTo;
    }
    async #settle() {
        let seen = -1;
        // Results may start others while they settle.
        while (seen !== this.#results.size) {
            seen = this.#results.size;
            await Promise.allSettled(this.#results.values());
        }
    }
}
function recordOf(vertex, { key, contentKey, parts, parent }, createdAt) {
    return {
        key,
        ...(contentKey === undefined ? {} : { contentKey }),
        step: cache_search_stepOf(vertex),
        parts,
        ...(parent === undefined ? {} : { parent }),
        createdAt,
    };
}
/** What the step read of other steps, told with what its definition is made of. */
function withContent(parts, content) {
    const names = new Set(parts.map(({ name }) => name));
    return [...parts, ...content.filter(({ name }) => name.startsWith('content ') && !names.has(name))];
}
function stepLayer({ diffId, descriptor }, index) {
    const stored = descriptor.size;
    return index === undefined ? { diffId, stored } : { diffId, stored, uncompressed: index.size };
}

;// CONCATENATED MODULE: ./lib/engine/embedded/try.js
var try_addDisposableResource = (undefined && undefined.__addDisposableResource) || function (env, value, async) {
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
var try_disposeResources = (undefined && undefined.__disposeResources) || (function (SuppressedError) {
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

















/** Solves the targets, makes images of them and hands them to the exporters. */
async function tryBuild(given) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        const { dependencies, mounts, steps } = given;
        // A step that fails stops downloads too; the worker is stopped when it has ended its steps.
        const failed = new AbortController();
        const signal = AbortSignal.any([given.signal, failed.signal]);
        const attempt = { ...given, signal };
        const blobs = blobsFor(attempt);
        const worker = try_addDisposableResource(env_1, new LazyWorker(dependencies.startWorker, steps, given.signal), true);
        const solved = await solve(attempt, blobs, worker, (reason) => failed.abort(reason));
        signal.throwIfAborted();
        // Beside the exporters; then the worker and the caches have nothing more to do.
        const saved = (mounts?.save(worker.get, signal) ?? Promise.resolve()).then(async () => {
            const { to, toFinal = [] } = attempt.caches;
            await Promise.all([
                worker[Symbol.asyncDispose](),
                ...[...to, ...toFinal].map((cache) => cache.flush?.()),
            ]);
        });
        saved.catch(() => undefined);
        try {
            return await exportAll(attempt, blobs, solved);
        }
        finally {
            await saved;
        }
    }
    catch (e_1) {
        env_1.error = e_1;
        env_1.hasError = true;
    }
    finally {
        const result_1 = try_disposeResources(env_1);
        if (result_1)
            await result_1;
    }
}
/** Layers of caches are used as they are; one with later times than the image may tell has to be made again. */
function refusalOfNewer(trees, epoch) {
    return async ({ layer }) => {
        if (layer === undefined)
            return undefined;
        try {
            if ((await trees.latestTime(layer)) <= epoch.seconds)
                return undefined;
            return 'its layer has files that are newer than SOURCE_DATE_EPOCH (rewrite-timestamp)';
        }
        catch (thrown) {
            return `the times of its files cannot be read (rewrite-timestamp): ${(0,base_errors/* reasonOf */.A3)(thrown)}`;
        }
    };
}
async function exportAll(attempt, blobs, solved) {
    const { request, planned, steps } = attempt;
    const { targets, vertices } = planned.graph;
    const images = solved.map((each, i) => exportImage(targets[i], each, attempt));
    const [first] = images;
    if (first === undefined)
        throw noTarget();
    const index = indexOver(images, attempt);
    const { descriptor } = index ?? first.manifest;
    const built = {
        digest: descriptor.digest,
        imageId: first.config.descriptor.digest,
        images: images.map(({ image, manifest }) => ({ image, descriptor: manifest.descriptor })),
        steps: steps.reports(vertices),
    };
    const content = { open: (layer) => blobs.open(layer, attempt.signal) };
    await attempt.beforeExport?.({ ...built, content });
    const exports = await runExporters(attempt, content, images, index);
    return { ...built, descriptor, exports, references: request.references };
}
async function solve(attempt, blobs, worker, stop) {
    const env_2 = { stack: [], error: void 0, hasError: false };
    try {
        const { dependencies, request, planned, steps, signal } = attempt;
        const { graph } = planned;
        const epoch = epochOf(attempt);
        const trees = try_addDisposableResource(env_2, new Trees({
            request,
            blobs,
            indexes: dependencies.indexes,
            caches: attempt.caches.from,
            onIndexed: (layer, index) => keepIndex(attempt, layer, index),
            openContext: dependencies.openContext,
            openRemote: dependencies.openRemote,
            signal,
        }), true);
        const executor = new Executor({
            request,
            blobs,
            trees,
            steps,
            times: { after: epoch.clampAfter, to: epoch.seconds },
            vertex: (id) => solver.vertex(id),
            stack: (id) => solver.stack(id),
            worker: worker.get,
            preparer: worker.preparer,
            agentSocket: dependencies.agentSocket,
            emulationFor: dependencies.emulationFor,
            mounts: attempt.mounts,
        });
        const { shmSize, ulimits } = request;
        const keys = new VertexKeys({
            graph,
            limits: { shmSize, ulimits },
            contentOf: (vertex) => trees.contentOf(vertex),
            identityOf: (vertex) => trees.identityOf(vertex),
            treeOf: (id) => executor.tree(id),
        });
        const foreign = new SolverVertices({
            graph,
            limits: { shmSize, ulimits },
            imageOf: (vertex) => planned.imageOf(vertex),
            contentOf: (vertex) => trees.contentOf(vertex),
            identityOf: (vertex) => trees.identityOf(vertex),
            treeOf: (id) => executor.tree(id),
        });
        const preparation = try_addDisposableResource(env_2, new RunPreparation({
            vertex: (id) => solver.vertex(id),
            preparer: worker.preparer,
            layerFiles: (layers) => executor.layerFiles(layers),
            knownLayers: (id) => solver.knownLayers(id),
        }), false);
        const solver = new Solver({
            graph,
            keys,
            foreign,
            blobs,
            steps,
            cacheFrom: attempt.caches.from,
            cacheTo: attempt.caches.to,
            cacheToFinal: attempt.caches.toFinal ?? [],
            distrusted: attempt.distrusted,
            ...(request.rewriteTimes === true && epoch.fixed ? { refusal: refusalOfNewer(trees, epoch) } : {}),
            baseLayers: (vertex) => layersOf(planned.imageOf(vertex)),
            rememberIndex: (index) => dependencies.indexes.put(index),
            preparation,
            whyNot: (vertex) => (vertex.op.kind === 'run' ? missingMounts(vertex.op, vertex, request) : []),
            execute: (vertex, stop) => executor.execute(vertex, stop),
            jobs: request.jobs,
            createdAt: isoTime(epoch.seconds),
        }, signal, stop);
        const stacks = await solver.solve(graph.targets.map(({ vertex }) => vertex));
        await takeOver({
            vertices: graph.vertices,
            isSolved: (id) => solver.isSolved(id),
            ...attempt.caches,
            keys,
            foreign,
            signal,
        });
        const results = await resultsOf(solver, graph.targets);
        const madeAt = (vertex) => results.get(vertex)?.createdAt ?? isoTime(epoch.seconds);
        const layerless = new Set([...results].flatMap(([id, { layer }]) => (layer === undefined ? [id] : [])));
        return Promise.all(graph.targets.map(async (target, i) => ({
            layers: stacks[i] ?? [],
            madeAt,
            layerless,
            annotations: request.inlineCache === true ? await inlineAnnotation(target, solver, keys) : {},
        })));
    }
    catch (e_2) {
        env_2.error = e_2;
        env_2.hasError = true;
    }
    finally {
        const result_2 = try_disposeResources(env_2);
        if (result_2)
            await result_2;
    }
}
/** The next runner then copies onto a base, and from one, of which it has no byte. Its bytes are not stored: registries serve them. */
function keepIndex(attempt, layer, index) {
    if (layer.sources.length === 0)
        return;
    const record = {
        key: layerIndexKey(layer.diffId),
        step: `layer ${layer.diffId}`,
        parts: [],
        layer,
        createdAt: isoTime(epochOf(attempt).seconds),
        index,
    };
    for (const cache of attempt.caches.to)
        cache.save(record);
}
async function resultsOf(solver, targets) {
    const made = targets.flatMap(({ history }) => history.flatMap(({ vertex }) => vertex ?? []));
    return new Map(await Promise.all(made.map(async (id) => [id, await solver.result(id)])));
}
/** What the build arg or the file says of SOURCE_DATE_EPOCH is known only after planning, and wins. */
function epochOf({ request, planned }) {
    const seconds = planned.graph.sourceDateEpoch;
    return seconds === undefined ? request.epoch : { seconds, clampAfter: seconds, fixed: true };
}
function blobsFor({ dependencies, caches, steps, signal }) {
    return new Blobs({
        store: dependencies.store,
        caches: caches.from,
        registry: dependencies.registry,
        signal,
        onFetched: (layer, from) => steps.progress(`fetched layer ${layer.descriptor.digest.slice(7, 19)} (${layer.descriptor.size} bytes) from ${from}`),
    });
}
function exportImage(target, { layers, madeAt, layerless, annotations: own }, attempt) {
    if (target === undefined)
        throw noTarget();
    const { annotations: asked } = attempt.request;
    const annotations = { ...(0,placed_annotation/* annotationsAt */.w)(asked, 'manifest', target.platform), ...own };
    const baseLayers = baseLayersOf(target, attempt.planned);
    const image = assemble({
        target,
        layers,
        baseLayers,
        madeAt,
        layerless,
        epoch: epochOf(attempt),
        annotations,
    });
    const { config, manifest } = serialiseImage(image);
    const place = (0,placed_annotation/* annotationsAt */.w)(asked, 'manifest-descriptor', target.platform);
    return { image, config, manifest: described(manifest, place) };
}
/** The descriptor of a document says more; the document itself does not change. */
function described(blob, annotations) {
    return annotations === undefined ? blob : { ...blob, descriptor: { ...blob.descriptor, annotations } };
}
/** undefined for an image of one platform, which has none. */
function indexOver(images, { request, steps }) {
    const { annotations } = request;
    if (images.length > 1) {
        const manifests = images.map(({ manifest }) => manifest.descriptor);
        const index = serialiseIndex(manifests, (0,placed_annotation/* annotationsAt */.w)(annotations, 'index'));
        return described(index, (0,placed_annotation/* annotationsAt */.w)(annotations, 'index-descriptor'));
    }
    if (annotations.some(({ place }) => place === 'index' || place === 'index-descriptor'))
        steps.notice('annotations of the index are left out: an image of one platform has no index');
    return undefined;
}
function baseLayersOf({ chain }, planned) {
    const bottom = planned.graph.vertices.find(({ id }) => id === chain[0]);
    return bottom?.op.kind === 'image' ? planned.imageOf(bottom).image.layers.length : 0;
}
function noTarget() {
    return new base_errors/* BuildError */.zS({ kind: 'bug', code: 'NO_TARGET', message: 'The plan has no target' });
}
async function runExporters({ dependencies, request, steps, signal }, content, images, index) {
    const outcomes = [];
    for (const exporter of dependencies.exporters) {
        steps.progress(exporter.description);
        outcomes.push(await exporter.export({
            images,
            ...(index === undefined ? {} : { index }),
            content,
            references: request.references,
            signal,
            onProgress: (message) => steps.progress(message),
        }));
    }
    return outcomes;
}

;// CONCATENATED MODULE: ./lib/engine/embedded/build.js













/** Each restart sets at least one bad record aside; after this many the caches are not worth asking any more. */
const MOST_RESTARTS = 8;
/** The engine that this package contains: no daemon, no other builder. */
function embeddedEngine(dependencies) {
    return {
        name: 'embedded',
        async build(request, { signal = new AbortController().signal, onEvent, drained, beforeExport }) {
            const steps = new Steps(onEvent, drained);
            const { file, diagnostics } = readDockerfile(request, onEvent);
            let finished = { reports: [], failures: [] };
            let opening;
            let mounts;
            let mountReports = [];
            let result;
            try {
                opening = dependencies.openCaches();
                opening.catch(() => undefined);
                const documents = new BaseDocuments(opening, dependencies.sharesCaches);
                const planned = await checkedPlan(file, request, { ...dependencies, documents }, signal);
                for (const notice of planned.notices)
                    steps.notice(notice);
                const caches = await opening;
                checkSteps(planned, request, caches);
                if (request.rewriteTimes === true && planned.graph.sourceDateEpoch === undefined)
                    steps.notice('rewrite-timestamp=true changes nothing: there is no SOURCE_DATE_EPOCH');
                documents.keepIn(caches, isoTime(request.epoch.seconds));
                mounts = keptMounts(dependencies, caches, request);
                result = await buildWithRestarts({
                    dependencies,
                    caches,
                    mounts,
                    request,
                    planned,
                    steps,
                    signal,
                    beforeExport,
                });
            }
            finally {
                // The error of an opening that failed is thrown above, unless there is another.
                const caches = await opening?.catch(() => undefined);
                if (caches !== undefined)
                    finished = await finishCaches(caches, signal);
                mountReports = (await mounts?.reports()) ?? [];
                for (const mount of mountReports)
                    onEvent({ type: 'cache-mount', mount });
            }
            checkStrict(finished.failures, result.digest);
            return {
                ...result,
                caches: finished.reports,
                mounts: mountReports,
                diagnostics,
                duration: steps.elapsed,
            };
        },
    };
}
function keptMounts({ cacheMounts, store }, { from, to, toFinal = [] }, { now }) {
    if (cacheMounts === undefined)
        return undefined;
    const { limit } = cacheMounts;
    return new KeptMounts({ from, to: [...to, ...toFinal], store, limit, now: now * 1000 });
}
/** Asks at the same time where the result may go and what it is based on; that it may not go there is told first. */
async function checkedPlan(file, request, { exporters, ...places }, signal) {
    const options = planOptions(request);
    const failed = new AbortController();
    const either = AbortSignal.any([signal, failed.signal]);
    const planning = planWithBases(file, options, places, either);
    planning.catch(() => undefined);
    try {
        await Promise.all(exporters.map((exporter) => exporter.check?.(either, options.platforms)));
    }
    catch (error) {
        // A registry that does not answer would keep the program from ending.
        failed.abort(error);
        throw error;
    }
    return await planning;
}
function readDockerfile(request, onEvent) {
    const parsed = (0,parse/* parseDockerfile */.Ai)(request.dockerfile.text, request.dockerfile.path, request.buildArgs);
    const diagnostics = lintBeforeBuild(parsed, request, onEvent);
    (0,base_errors/* throwAll */.Kx)([...parsed.problems, ...ignoreProblems(request)]);
    (0,directives/* checkSyntax */.kp)(parsed.file.directives);
    return { file: parsed.file, diagnostics };
}
/** All that is wrong with the steps themselves, in one message, before the first of them runs. */
function checkSteps(planned, request, { from }) {
    (0,base_errors/* throwAll */.Kx)(planned.graph.vertices.flatMap((vertex) => {
        const { op, noCache } = vertex;
        if (op.kind !== 'run')
            return [];
        const isRun = noCache || from.length === 0;
        return [...checkRun(op, vertex, request), ...(isRun ? missingMounts(op, vertex, request) : [])];
    }));
}
async function buildWithRestarts(facts) {
    const distrusted = new Set();
    let { caches } = facts;
    for (;;) {
        try {
            return await tryBuild({ ...facts, caches, distrusted });
        }
        catch (thrown) {
            if (!(thrown instanceof CacheBlobLost) || caches.from.length === 0)
                throw (0,base_errors/* toBuildError */.KB)(thrown);
            facts.steps.notice(`${thrown.message}: the step that made it is run again`);
            if (distrusted.has(thrown.key) || distrusted.size >= MOST_RESTARTS) {
                facts.steps.notice('The caches lost too much: this build takes nothing more from them');
                caches = { ...caches, from: [] };
            }
            distrusted.add(thrown.key);
        }
    }
}
/** Cancelling stops uploads too: whoever cancelled does not wait, and the runner ends a job that goes on for long. */
async function finishCaches({ to, toFinal = [], from, strict }, signal) {
    const all = [...new Set([...to, ...toFinal, ...from])];
    const reports = await Promise.all(all.map((cache) => cache.finish(signal)));
    const failures = reports.flatMap(({ failures: own = [] }, i) => {
        const cache = all[i];
        return cache !== undefined && strict?.has(cache) === true ? own : [];
    });
    return { reports, failures };
}
/** @throws BuildError `CACHE_FAILED` when there are failures of caches that must not have any */
function checkStrict(failures, digest) {
    if (failures.length === 0)
        return;
    throw new base_errors/* BuildError */.zS({
        kind: 'remote',
        code: 'CACHE_FAILED',
        message: `${failures.join('\n')}\nThe image itself was built: ${digest}`,
        hint: 'With cache-strict (or ignore-error=false) the failure of a cache is the failure of the build. Without it, the build goes on.',
    });
}

// EXTERNAL MODULE: ./lib/image/layer/index-format.js
var index_format = __webpack_require__(6055);
;// CONCATENATED MODULE: ./lib/image/layer/index-store.js






/**
 * Keeps indexes as files of a folder, which is made when the first one comes. Several processes may share it. A file's modification time is when it
 * was last used.
 */
function layerIndexStore(folder) {
    // Steps of one build ask for the same few again and again.
    const recent = new Map();
    const pathOf = (diffId) => (0,external_node_path_.join)(folder, (0,image_digest/* encoded */.dS)(diffId));
    return {
        async get(diffId) {
            const index = recent.get(diffId) ?? (await readIndex(pathOf(diffId), diffId));
            if (index !== undefined)
                recent.set(diffId, index);
            return index;
        },
        async put(index) {
            if (recent.has(index.diffId))
                return;
            recent.set(index.diffId, index);
            const temporary = (0,external_node_path_.join)(folder, `.${(0,external_node_crypto_.randomUUID)()}`);
            try {
                (0,make_folder/* makeFolder */.f)(folder);
                await (0,promises_.writeFile)(temporary, await (0,index_format/* serialiseIndexOf */.R)(index));
                await (0,promises_.rename)(temporary, pathOf(index.diffId));
            }
            catch {
                await (0,promises_.rm)(temporary, { force: true }).catch(() => undefined);
            }
        },
    };
}
async function readIndex(path, diffId) {
    try {
        const index = await (0,index_format/* parseIndexOf */.D)(await (0,promises_.readFile)(path), diffId);
        const now = new Date();
        await (0,promises_.utimes)(path, now, now).catch(() => undefined);
        return index;
    }
    catch {
        return undefined;
    }
}

// EXTERNAL MODULE: ./lib/image/store/oci-layout.js
var oci_layout = __webpack_require__(8357);
;// CONCATENATED MODULE: ./lib/registry/credentials/chain.js
/** The first source that knows something answers. */
function credentialChain(sources) {
    return {
        async find(request) {
            for (const source of sources) {
                const found = await source.find(request);
                if (found !== undefined)
                    return found;
            }
            return undefined;
        },
    };
}

// EXTERNAL MODULE: ./lib/registry/host.js
var registry_host = __webpack_require__(4845);
;// CONCATENATED MODULE: ./lib/registry/credentials/helper.js


/** The user name by which helpers say that the secret is an identity token. */
const IDENTITY_TOKEN_USER = '<token>';
/** Words of the helper protocol's "nothing stored"; it is an error there, and none here. */
const NOT_FOUND = 'credentials not found in native keychain';
const NAME = /^[A-Za-z0-9._-]+$/;
const OUTPUT_LIMIT = 1024 * 1024;
/**
 * Asks `docker-credential-<name> get` (protocol of docker-credential-helpers: the server's name on stdin, JSON on stdout).
 * @throws BuildError `CREDENTIAL_HELPER_FAILED`
 */
async function askHelper(name, server, env) {
    if (!NAME.test(name))
        throw failure(name, server, 'this is not the name of a program');
    const result = await run(name, server, env);
    const said = result.stdout.toString('utf8').trim();
    if (result.exitCode !== 0) {
        if (said.includes(NOT_FOUND))
            return undefined;
        throw failure(name, server, said || result.stderr.trim() || `exit code ${result.exitCode}`);
    }
    return parseAnswer(name, server, said);
}
async function run(name, server, env) {
    try {
        return await (0,exec/* exec */.m0)([`docker-credential-${name}`, 'get'], {
            input: server,
            env,
            maxOutput: OUTPUT_LIMIT,
        });
    }
    catch (cause) {
        throw failure(name, server, (0,base_errors/* reasonOf */.A3)(cause), cause);
    }
}
function parseAnswer(name, server, answer) {
    let fields;
    try {
        const body = JSON.parse(answer);
        fields = new Map(typeof body === 'object' && body !== null ? Object.entries(body) : []);
    }
    catch {
        // The answer may hold a secret: it is not shown.
        throw failure(name, server, 'its answer is not JSON');
    }
    const username = fields.get('Username');
    const secret = fields.get('Secret');
    if (typeof username !== 'string' || typeof secret !== 'string') {
        throw failure(name, server, 'its answer has no Username and Secret');
    }
    if (username === '' && secret === '')
        return undefined;
    if (username === IDENTITY_TOKEN_USER)
        return { type: 'identity-token', token: secret };
    return { type: 'password', username, password: secret };
}
function failure(name, server, what, cause) {
    return new base_errors/* BuildError */.zS({
        kind: 'environment',
        code: 'CREDENTIAL_HELPER_FAILED',
        message: `docker-credential-${name} gave no credentials for ${server}: ${what}`,
        hint: 'Docker\'s config.json names this helper ("credHelpers" or "credsStore"). Install it, take the entry out, or give the credentials by input.',
        cause,
    });
}

;// CONCATENATED MODULE: ./lib/registry/credentials/docker-config.js




/** The key under which `docker login` keeps Docker Hub's credentials. */
const DOCKER_HUB_KEY = 'https://index.docker.io/v1/';
/**
 * Credentials of Docker's config.json: a helper for the host, else the credentials store, else `auths`. Also reads the keys with
 * paths that Podman's auth.json has. Read once, never written.
 * @throws BuildError `BAD_DOCKER_CONFIG`, `CREDENTIAL_HELPER_FAILED`
 */
function dockerConfigCredentials(options) {
    let loaded;
    const origin = 'file' in options.config ? options.config.file : options.config.origin;
    return {
        async find(request) {
            loaded ??= load(options.config, origin);
            const config = await loaded;
            return (await fromHelper(config, request, options.env)) ?? fromAuths(config, request, origin);
        },
    };
}
async function load(config, origin) {
    const text = 'file' in config ? await readIfThere(config.file) : config.text;
    const body = text.trim() === '' ? new Map() : docker_config_parse(text, origin);
    const credsStore = body.get('credsStore');
    return {
        auths: entriesOf(body.get('auths')),
        credHelpers: entriesOf(body.get('credHelpers')),
        credsStore: typeof credsStore === 'string' && credsStore !== '' ? credsStore : undefined,
    };
}
async function readIfThere(file) {
    try {
        return await (0,promises_.readFile)(file, 'utf8');
    }
    catch (cause) {
        const { code } = cause;
        if (code === 'ENOENT' || code === 'ENOTDIR')
            return '';
        throw badConfig(file, 'cannot be read', cause);
    }
}
function docker_config_parse(text, origin) {
    let body;
    try {
        body = JSON.parse(text);
    }
    catch {
        // Without the parser's message, which quotes the text.
        throw badConfig(origin, 'is not valid JSON');
    }
    if (typeof body !== 'object' || body === null || Array.isArray(body)) {
        throw badConfig(origin, 'is not a JSON object');
    }
    return entriesOf(body);
}
function entriesOf(value) {
    return new Map(typeof value === 'object' && value !== null ? Object.entries(value) : []);
}
async function fromHelper(config, request, env) {
    const host = (0,registry_host/* canonicalHost */.rQ)(request.host);
    const [, named] = [...config.credHelpers].find(([key]) => hostOf(key) === host) ?? [];
    const helper = typeof named === 'string' ? named : config.credsStore;
    if (helper === undefined || helper === '')
        return undefined;
    const server = host === 'docker.io' ? DOCKER_HUB_KEY : request.host;
    const credential = await askHelper(helper, server, env);
    return credential && { credential, origin: `docker-credential-${helper}` };
}
function fromAuths(config, request, origin) {
    const wanted = `${(0,registry_host/* canonicalHost */.rQ)(request.host)}/${request.repository}/`;
    const fitting = [...config.auths]
        .map(([key, auth]) => ({ scope: scopeOf(key), key, auth }))
        .filter(({ scope }) => wanted.startsWith(`${scope}/`))
        // The most precise one; of Docker Hub's several names the one that `docker login` writes.
        .sort((one, other) => other.scope.length - one.scope.length || rank(one.key) - rank(other.key));
    for (const { key, auth } of fitting) {
        const credential = credentialOf(entriesOf(auth), key, origin);
        if (credential !== undefined)
            return { credential, origin };
    }
    return undefined;
}
function rank(key) {
    return key === DOCKER_HUB_KEY ? 0 : 1;
}
/** `https://ghcr.io/v1/` and `ghcr.io` are `ghcr.io`; `quay.io/org/app` is for repositories below it. */
function scopeOf(key) {
    const [host = '', ...path] = key.replace(/^https?:\/\//, '').split('/');
    const rest = path.filter((part) => part !== '');
    const isApi = /^https?:/.test(key) || rest[0] === 'v1' || rest[0] === 'v2';
    return [(0,registry_host/* canonicalHost */.rQ)(host), ...(isApi ? [] : rest)].join('/');
}
function hostOf(key) {
    return scopeOf(key).split('/', 1)[0] ?? '';
}
function credentialOf(auth, key, origin) {
    const text = (name) => {
        const value = auth.get(name);
        return typeof value === 'string' ? value : '';
    };
    if (text('identitytoken') !== '')
        return { type: 'identity-token', token: text('identitytoken') };
    if (text('auth') !== '')
        return decodeAuth(text('auth'), key, origin);
    if (text('username') === '')
        return undefined;
    return { type: 'password', username: text('username'), password: text('password') };
}
/** Base64 of `name:password`; old writers pad with NUL. */
function decodeAuth(auth, key, origin) {
    const decoded = Buffer.from(auth, 'base64').toString('utf8').replace(/\0+$/, '');
    const colon = decoded.indexOf(':');
    if (colon === -1)
        throw badConfig(origin, `has an "auth" for ${key} that is not base64 of name:password`);
    return { type: 'password', username: decoded.slice(0, colon), password: decoded.slice(colon + 1) };
}
function badConfig(origin, what, cause) {
    return new base_errors/* BuildError */.zS({ kind: 'user', code: 'BAD_DOCKER_CONFIG', message: `${origin} ${what}`, cause });
}

;// CONCATENATED MODULE: ./lib/registry/credentials/known.js

/** Credentials that the user gave with this run, e.g. by the input `registries`; `origin` names it in the log. */
function knownCredentials(list, origin) {
    return {
        async find(request) {
            const host = (0,registry_host/* canonicalHost */.rQ)(request.host);
            const fitting = list.filter((known) => (0,registry_host/* canonicalHost */.rQ)(known.host) === host);
            const found = fitting.find(({ access }) => access === request.access) ??
                fitting.find(({ access }) => access === undefined);
            if (found === undefined)
                return undefined;
            const { username, password } = found;
            return { credential: { type: 'password', username, password }, origin };
        },
    };
}

// EXTERNAL MODULE: ./lib/registry/http/transport.js
var http_transport = __webpack_require__(5565);
;// CONCATENATED MODULE: ./lib/registry/http/response.js


/** Error bodies are read up to here. */
const ERROR_LIMIT = 64 * 1024;
/** The registry's words in a message, at most. */
const SAID_LIMIT = 300;
/**
 * The whole body.
 * @throws RegistryError `REGISTRY_ERROR` for more than `limit` bytes, `REGISTRY_UNREACHABLE` when the connection drops
 */
async function readBody(response, limit, what) {
    const chunks = [];
    let size = 0;
    for await (const chunk of response_bodyOf(response)) {
        size += chunk.length;
        if (size > limit) {
            throw new errors/* RegistryError */.g({
                code: 'REGISTRY_ERROR',
                message: `${response.url.host}: ${what} is larger than ${limit} bytes`,
            });
        }
        chunks.push(chunk);
    }
    return Buffer.concat(chunks);
}
/** The body piece by piece; a dropped connection is a temporary RegistryError. */
async function* response_bodyOf(response) {
    const chunks = response.body[Symbol.asyncIterator]();
    try {
        while (true) {
            const next = await chunks.next().catch((cause) => {
                throw (0,http_transport/* unreachable */.HB)(response.url, cause);
            });
            if (next.done === true)
                return;
            yield next.value;
        }
    }
    finally {
        response.body.destroy();
    }
}
/** Gives the connection back. A body that is not small is cut off instead. */
async function discard(response) {
    await errorText(response);
}
/** What a refusing answer says, and its error codes (OCI distribution-spec 1.1, "Error Codes"). */
async function readRefusal(response) {
    const text = await errorText(response);
    const errors = parseErrors(text);
    if (errors.length === 0) {
        // A page of a proxy, or plain words.
        const isPage = /html/i.test(response.headers['content-type'] ?? '');
        return { said: isPage ? '' : shorten(text), codes: [] };
    }
    const said = errors.map(({ code, message }) => [code, message].filter((part) => part !== '').join(', '));
    return { said: shorten([...new Set(said)].join('; ')), codes: errors.map(({ code }) => code) };
}
/** Milliseconds that `Retry-After` asks for (RFC 9110, 10.2.3): seconds or a date. */
function retryAfter(headers, now = Date.now()) {
    const value = headers['retry-after'];
    if (value === undefined)
        return undefined;
    if (/^\d+$/.test(value))
        return Number(value) * 1000;
    const date = Date.parse(value);
    return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
async function errorText(response) {
    const chunks = [];
    let size = 0;
    try {
        for await (const chunk of response.body) {
            size += chunk.length;
            chunks.push(chunk);
            // Leaving the loop destroys the stream.
            if (size > ERROR_LIMIT)
                break;
        }
    }
    catch {
        // The status says enough; what was read so far is used.
    }
    return Buffer.concat(chunks).toString('utf8');
}
function parseErrors(text) {
    let body;
    try {
        body = JSON.parse(text);
    }
    catch {
        return [];
    }
    if (typeof body !== 'object' || body === null)
        return [];
    const list = 'errors' in body && Array.isArray(body.errors) ? body.errors : [body];
    return list.map(errorEntry).filter(({ code, message }) => code !== '' || message !== '');
}
/** Entries of `errors`, and what token endpoints answer: `{"details": …}` or OAuth's `{"error", "error_description"}`. */
function errorEntry(item) {
    const fields = new Map(typeof item === 'object' && item !== null ? Object.entries(item) : []);
    const text = (...names) => {
        const value = names.map((name) => fields.get(name)).find((found) => typeof found === 'string');
        return typeof value === 'string' ? value : '';
    };
    return { code: text('code', 'error'), message: text('message', 'details', 'error_description') };
}
function shorten(text) {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: a registry's words go to a terminal
    const line = text.replaceAll(/[\s\u0000-\u001f\u007f-\u009f]+/g, ' ').trim();
    return line.length > SAID_LIMIT ? `${line.slice(0, SAID_LIMIT)}…` : line;
}

;// CONCATENATED MODULE: ./lib/registry/http/download.js


/** Drops in a row without a byte in between that are borne. */
const MOST_DROPS = 4;
/**
 * A blob's bytes (OCI distribution-spec 1.1, "Pulling blobs"). After a dropped connection the rest is asked for with Range; a registry
 * that sends all again has its first bytes skipped.
 */
async function downloadBlob(session, repository, descriptor, options) {
    const request = (start) => session.request({
        method: 'GET',
        repository,
        access: 'pull',
        target: `blobs/${descriptor.digest}`,
        subject: `blob ${descriptor.digest}`,
        accept: start === 0 ? [200] : [200, 206],
        headers: start === 0 ? {} : { range: `bytes=${start}-` },
        signal: options.signal,
    });
    return resumed(await request(0), request, { descriptor, repository, signal: options.signal });
}
async function* resumed(first, request, download) {
    const { size } = download.descriptor;
    let position = 0;
    let drops = 0;
    let response = first;
    while (true) {
        try {
            for await (const chunk of from(response, position)) {
                position += chunk.length;
                drops = 0;
                // Stopped early: the rest would be read for nothing.
                if (position > size)
                    checkLength(download, position);
                yield chunk;
            }
            checkLength(download, position);
        }
        catch (error) {
            download.signal?.throwIfAborted();
            drops += 1;
            if (!passes(error) || drops > MOST_DROPS)
                throw error;
        }
        // Also when only the end of the answer did not come.
        if (position === size)
            return;
        response = await request(position);
    }
}
function passes(error) {
    return error instanceof errors/* RegistryError */.g && error.temporary;
}
function checkLength(download, length) {
    const { size } = download.descriptor;
    if (length === size)
        return;
    const much = length > size ? 'is longer than announced' : `ended after ${length} of ${size} bytes`;
    throw new errors/* RegistryError */.g({
        code: 'REGISTRY_ERROR',
        message: `${download_nameOf(download)} ${much}`,
        temporary: length < size,
    });
}
/** The answer's bytes from `position` of the blob on. */
async function* from(response, position) {
    let skip = position - startOf(response);
    if (Number.isNaN(skip) || skip < 0) {
        response.body.destroy();
        throw new errors/* RegistryError */.g({
            code: 'REGISTRY_ERROR',
            message: `${response.url.host} answered with another range than asked for`,
        });
    }
    for await (const chunk of response_bodyOf(response)) {
        if (skip >= chunk.length) {
            skip -= chunk.length;
        }
        else {
            yield skip === 0 ? chunk : chunk.subarray(skip);
            skip = 0;
        }
    }
}
/** Where a partial answer begins (RFC 9110, 14.4). */
function startOf(response) {
    if (response.status !== 206)
        return 0;
    const match = /^bytes (\d+)-/.exec(response.headers['content-range'] ?? '');
    return match === null ? Number.NaN : Number(match[1]);
}
function download_nameOf({ repository, descriptor }) {
    return `${repository.host}/${repository.path}: blob ${descriptor.digest}`;
}

// EXTERNAL MODULE: ./lib/image/layer/blocks.js
var blocks = __webpack_require__(3237);
;// CONCATENATED MODULE: ./lib/registry/http/until-aborted.js
/** What `work` comes to, or the reason of an abort, whichever is first. The work itself goes on: others may wait for it too. */
async function until_aborted_untilAborted(work, signal) {
    if (signal === undefined)
        return work;
    const { promise: aborted, reject } = Promise.withResolvers();
    const onAbort = () => reject(signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
    if (signal.aborted)
        onAbort();
    try {
        return await Promise.race([work, aborted]);
    }
    finally {
        signal.removeEventListener('abort', onAbort);
    }
}

;// CONCATENATED MODULE: ./lib/registry/http/upload.js






/** Bytes of one PATCH, unless the registry asks for more: small enough for proxies that limit bodies (usually to 100 MB). */
const CHUNK_SIZE = 16 * 1024 * 1024;
/** A larger demand (OCI-Chunk-Min-Length) than this is not held in memory. */
const LARGEST_CHUNK = 256 * 1024 * 1024;
/** Bytes of a blob that may have to be sent twice, as an upload that was begun a while ago may be gone. */
const SMALL = 1024 * 1024;
const NONE = Promise.resolve(undefined);
/** Milliseconds that the end of the program waits for an upload to be taken back, at most. */
const TAKE_BACK_TIME = 5_000;
/** Repositories tried for a mount; each failed try costs a request. */
const MOST_MOUNTS = 3;
/** What registries and proxies answer to a whole-blob PUT that they do not take: not so long a body, not this method, not this way. */
const WANTS_CHUNKS = new Set([405, 411, 413, 415, 416, 501]);
/**
 * Makes a blob be in the repository (OCI distribution-spec 1.1, "Pushing blobs"): HEAD, mount, PUT, or PATCH by PATCH.
 * @throws RegistryError; BuildError `SIZE_MISMATCH` for content that is not as long as the descriptor says; whatever `open` throws
 */
async function uploadBlob(session, upload) {
    const isThere = () => hasBlob(session, { ...upload, digest: upload.descriptor.digest, access: 'push' });
    if (upload.isNew !== true && (await isThere()))
        return 'present';
    if (await mount(session, upload))
        return 'mounted';
    if (await sendToBegun(session, upload))
        return 'uploaded';
    let chunked = false;
    let tries = 0;
    await session.retrying(async () => {
        tries += 1;
        // Often only the answer was lost, or a proxy did not wait for the end of a large one.
        if (tries > 1 && (await isThere()))
            return;
        if (!chunked)
            chunked = (await sendWhole(session, upload)) === 'wants-chunks';
        if (chunked)
            await sendChunks(session, upload);
    }, upload.signal);
    return 'uploaded';
}
/** A session that the registry lost, as a whole or in part (another of its servers answered, or it was restarted): worth a new one. */
function checkSession(upload, status) {
    if (status !== 404 && status !== 416)
        return;
    throw new errors/* RegistryError */.g({ ...faultFacts(upload, 'lost the upload'), temporary: true });
}
/** OCI distribution-spec 1.1, "Checking if content exists in the registry". */
async function hasBlob(session, target) {
    const response = await session.request({
        method: 'HEAD',
        repository: target.repository,
        access: target.access,
        target: `blobs/${target.digest}`,
        subject: `blob ${target.digest}`,
        accept: [200, 404],
        signal: target.signal,
    });
    await discard(response);
    return response.status === 200;
}
/** OCI distribution-spec 1.1, "Mounting a blob from another repository". Never fails: an upload does the same. */
async function mount(session, upload) {
    const { repository, descriptor, signal } = upload;
    const holder = await upload.holder?.();
    const candidates = [...(holder === undefined ? [] : [holder]), ...(upload.mountFrom ?? [])].filter((from) => (0,registry_host/* sameHost */.RM)(from.host, repository.host) && from.path !== repository.path);
    for (const from of candidates.slice(0, MOST_MOUNTS)) {
        try {
            const response = await session.send({
                ...pushing(upload_targetOf(upload)),
                mountFrom: from.path,
                method: 'POST',
                target: 'blobs/uploads/',
                query: { mount: descriptor.digest, from: from.path },
                accept: [201, 202],
            });
            await discard(response);
            if (response.status === 201 && isAsked(upload, response))
                return true;
            if (response.status === 202)
                await cancel(session, upload_targetOf(upload), response);
        }
        catch (error) {
            signal?.throwIfAborted();
            // No right to read there, or no support for mounts.
            if (!(error instanceof errors/* RegistryError */.g))
                throw error;
        }
    }
    return false;
}
/**
 * Begins an upload: registries decide then whether one may push. Gives the end of taking it back, which tells nothing more and never fails: nobody
 * but the end of the program has to wait for it.
 */
async function checkUpload(session, repository, options) {
    const begun = await session.retrying(() => beginUpload(session, repository, options), options.signal);
    return { takenBack: takeBackUpload(session, repository, begun, options) };
}
/** Begins an upload of something that is to be pushed. @throws RegistryError */
function beginUpload(session, repository, options = {}) {
    return post(session, { repository, subject: 'an image', signal: options.signal });
}
/** Never fails: an upload that nothing is sent to expires by itself. */
async function takeBackUpload(session, repository, begun, options = {}) {
    const limit = AbortSignal.timeout(TAKE_BACK_TIME);
    const signal = options.signal === undefined ? limit : AbortSignal.any([options.signal, limit]);
    await cancel(session, { repository, subject: 'an image', signal }, begun).catch(() => undefined);
}
/** False where it came to nothing: what is wrong shows when the blob is sent the usual way. */
async function sendToBegun(session, upload) {
    if (upload.descriptor.size > SMALL)
        return false;
    try {
        const location = await until_aborted_untilAborted(upload.begun?.() ?? NONE, upload.signal);
        return location !== undefined && (await sendTo(session, upload, location)) === 'done';
    }
    catch (error) {
        upload.signal?.throwIfAborted();
        if (!(error instanceof errors/* RegistryError */.g))
            throw error;
        return false;
    }
}
async function sendWhole(session, upload) {
    return sendTo(session, upload, (await begin(session, upload)).location);
}
async function sendTo(session, upload, location) {
    const { descriptor } = upload;
    const response = await session.send({
        ...pushing(upload_targetOf(upload)),
        method: 'PUT',
        target: location,
        query: { digest: descriptor.digest },
        headers: {
            'content-type': 'application/octet-stream',
            'content-length': String(descriptor.size),
        },
        body: descriptor.size === 0 ? new Uint8Array() : () => upload_contentOf(upload),
        accept: [201, 202, 204, 404, ...WANTS_CHUNKS],
    });
    await discard(response);
    checkSession(upload, response.status);
    if (WANTS_CHUNKS.has(response.status))
        return 'wants-chunks';
    checkStored(upload, response);
    return 'done';
}
/** The bytes to send. Of too few the registry would wait for the rest, and too many would be taken for the next request. */
async function upload_contentOf(upload) {
    const { size } = upload.descriptor;
    const source = await upload.open();
    return (async function* () {
        let length = 0;
        for await (const chunk of source) {
            length += chunk.length;
            if (length > size)
                throw sizeMismatch(upload, 'more than');
            yield chunk;
        }
        if (length < size)
            throw sizeMismatch(upload, `${length} of`);
    })();
}
/** OCI distribution-spec 1.1, "Pushing a blob in chunks". */
async function sendChunks(session, upload) {
    const { descriptor } = upload;
    const begun = await begin(session, upload);
    let { location } = begun;
    let position = 0;
    for await (const chunk of (0,blocks/* inBlocks */.Qf)(await upload_contentOf(upload), Math.max(CHUNK_SIZE, begun.leastChunk))) {
        const response = await session.send({
            ...pushing(upload_targetOf(upload)),
            method: 'PATCH',
            target: location,
            headers: {
                'content-type': 'application/octet-stream',
                'content-length': String(chunk.length),
                'content-range': `${position}-${position + chunk.length - 1}`,
            },
            body: chunk,
            // 416: it is not the next one for the registry.
            accept: [201, 202, 204, 404, 416],
        });
        await discard(response);
        checkSession(upload, response.status);
        location = session.location(response) ?? location;
        position += chunk.length;
    }
    const response = await session.send({
        ...pushing(upload_targetOf(upload)),
        method: 'PUT',
        target: location,
        query: { digest: descriptor.digest },
        headers: { 'content-length': '0' },
        accept: [201, 202, 204, 404],
    });
    await discard(response);
    checkSession(upload, response.status);
    checkStored(upload, response);
}
async function begin(session, upload) {
    const response = await post(session, upload_targetOf(upload));
    const location = session.location(response);
    if (location === undefined)
        throw fault(upload, 'began an upload without saying where');
    const leastChunk = Number(response.headers['oci-chunk-min-length'] ?? 0);
    if (leastChunk > LARGEST_CHUNK)
        throw fault(upload, `asks for chunks of ${leastChunk} bytes`);
    return { location, leastChunk: Number.isSafeInteger(leastChunk) ? leastChunk : 0 };
}
async function post(session, target) {
    const response = await session.send({
        ...pushing(target),
        method: 'POST',
        target: 'blobs/uploads/',
        headers: { 'content-length': '0' },
        accept: [202],
    });
    await discard(response);
    return response;
}
/** Tells the registry to forget a session; it would expire by itself. */
async function cancel(session, target, begun) {
    const location = session.location(begun);
    if (location === undefined)
        return;
    const response = await session.send({
        ...pushing(target),
        method: 'DELETE',
        target: location,
        accept: [200, 202, 204, 400, 401, 403, 404, 405],
    });
    await discard(response);
}
function upload_targetOf({ repository, descriptor, signal }) {
    return { repository, subject: `blob ${descriptor.digest}`, signal };
}
function pushing({ repository, subject, signal }) {
    return { repository, access: 'push', subject, signal };
}
function checkStored(upload, response) {
    if (!isAsked(upload, response))
        throw fault(upload, `stored it as ${String(response.headers['docker-content-digest'])}`);
}
/** Is the blob in this answer, as far as it tells, the one that was meant? */
function isAsked({ descriptor: { digest } }, { headers }) {
    const stored = headers['docker-content-digest'];
    // Another algorithm is no contradiction.
    const algorithm = digest.split(':', 1)[0];
    return typeof stored !== 'string' || !stored.startsWith(`${algorithm}:`) || stored === digest;
}
function sizeMismatch({ repository, descriptor }, length) {
    return new base_errors/* BuildError */.zS({
        kind: 'environment',
        code: 'SIZE_MISMATCH',
        message: `${repository.host}/${repository.path}: pushing blob ${descriptor.digest}: its content has ${length} ${descriptor.size} bytes`,
        hint: 'It was damaged since it was made; build again.',
    });
}
function fault(upload, what) {
    return new errors/* RegistryError */.g(faultFacts(upload, what));
}
function faultFacts({ repository, descriptor }, what) {
    return {
        code: 'REGISTRY_ERROR',
        message: `${repository.host}/${repository.path}: pushing blob ${descriptor.digest}: the registry ${what}`,
    };
}

;// CONCATENATED MODULE: ./lib/registry/http/expected-uploads.js

/** Milliseconds that an upload is kept for: registries forget those that nothing is sent to, some soon. */
const LONGEST_KEPT = 60_000;
/** Uploads to one host that were begun since something small is to be sent soon: what is sent then saves a round trip. */
class ExpectedUploads {
    #session;
    #begun = new Map();
    #takingBack = [];
    #stop = new AbortController();
    constructor(session) {
        this.#session = session;
    }
    /** Never fails: whoever sends finds out. One at a time in a repository. */
    expect(repository) {
        if (this.#begun.has(repository.path))
            return;
        const answer = beginUpload(this.#session, repository, { signal: this.#stop.signal });
        answer.catch(() => undefined);
        this.#begun.set(repository.path, { repository, since: performance.now(), answer });
    }
    /** Where to send to, once; undefined where nothing was begun, or too long ago. */
    async take(repository) {
        const begun = this.#begun.get(repository.path);
        if (begun === undefined)
            return undefined;
        this.#begun.delete(repository.path);
        if (performance.now() - begun.since > LONGEST_KEPT) {
            this.#takingBack.push(this.#takeBack(begun));
            return undefined;
        }
        const answer = await begun.answer.catch(() => undefined);
        return answer === undefined ? undefined : this.#session.location(answer);
    }
    /** Tells the registry to forget what nothing was sent to. Never fails. */
    async close() {
        for (const begun of this.#begun.values())
            this.#takingBack.push(this.#takeBack(begun));
        this.#begun.clear();
        const limit = setTimeout(() => this.#stop.abort(), TAKE_BACK_TIME);
        await Promise.all(this.#takingBack);
        clearTimeout(limit);
    }
    async #takeBack({ repository, answer }) {
        const begun = await answer.catch(() => undefined);
        if (begun !== undefined)
            await takeBackUpload(this.#session, repository, begun);
    }
}

;// CONCATENATED MODULE: ./lib/registry/http/manifest.js





/** OCI distribution-spec 1.1, "Pushing manifests": registries may refuse larger ones; larger ones are not read either. */
const LARGEST_MANIFEST = 4 * 1024 * 1024;
const ACCEPT = [
    media_types/* MediaType */.z.ociIndex,
    media_types/* MediaType */.z.ociManifest,
    media_types/* MediaType */.z.dockerList,
    media_types/* MediaType */.z.dockerManifest,
    // Only to name the reason: an old image is refused with a better message than "not found".
    'application/vnd.docker.distribution.manifest.v1+prettyjws',
].join(', ');
/** OCI distribution-spec 1.1, "Pulling manifests". The digest is checked. */
async function pullManifest(session, repository, reference, options) {
    const { mediaType, bytes } = await session.retrying(async () => {
        const response = await session.send({
            method: 'GET',
            ...asking(repository, reference, options),
            accept: [200],
        });
        const body = await readBody(response, LARGEST_MANIFEST, `manifest ${reference}`);
        return { mediaType: mediaTypeOf(response), bytes: body };
    }, options.signal);
    return {
        descriptor: {
            mediaType: mediaType ?? declaredType(bytes),
            digest: checkedDigest(repository, reference, bytes),
            size: bytes.length,
        },
        bytes,
    };
}
/** Descriptor by HEAD; undefined when there is none. */
async function resolveManifest(session, repository, reference, options) {
    const response = await session.request({
        method: 'HEAD',
        ...asking(repository, reference, options),
        accept: [200, 404, 405],
    });
    await discard(response);
    if (response.status === 404)
        return undefined;
    if (response.status === 405)
        return resolveByGet(session, repository, reference, options);
    const mediaType = mediaTypeOf(response);
    const digest = response.headers['docker-content-digest'];
    const size = Number(response.headers['content-length']);
    const isAsked = !reference.includes(':') || digest === reference;
    if (typeof digest === 'string' &&
        (0,image_digest/* isDigest */.Bc)(digest) &&
        isAsked &&
        mediaType !== undefined &&
        Number.isSafeInteger(size))
        return { mediaType, digest, size };
    // The headers are only recommended, and may be wrong; the manifest itself tells the same.
    return (await pullManifest(session, repository, reference, options)).descriptor;
}
/** For registries without HEAD. */
async function resolveByGet(session, repository, reference, options) {
    try {
        return (await pullManifest(session, repository, reference, options)).descriptor;
    }
    catch (error) {
        if (error instanceof errors/* RegistryError */.g && error.code === 'NOT_FOUND')
            return undefined;
        throw error;
    }
}
/** OCI distribution-spec 1.1, "Pushing manifests". A tag that cannot be changed but is right already is a success. */
async function pushManifest(session, repository, reference, manifest, options) {
    try {
        await manifest_put(session, repository, reference, manifest, options);
    }
    catch (error) {
        if (!mayBeImmutable(error) || reference.includes(':'))
            throw error;
        const there = await resolveManifest(session, repository, reference, options).catch(() => undefined);
        if (there?.digest !== manifest.descriptor.digest)
            throw error;
    }
}
async function manifest_put(session, repository, reference, manifest, options) {
    const response = await session.request({
        method: 'PUT',
        repository,
        access: 'push',
        target: `manifests/${reference}`,
        subject: `manifest ${reference}`,
        headers: {
            'content-type': manifest.descriptor.mediaType,
            'content-length': String(manifest.bytes.length),
        },
        body: manifest.bytes,
        accept: [200, 201, 202],
        signal: options.signal,
    });
    await discard(response);
    const stored = response.headers['docker-content-digest'];
    if (typeof stored === 'string' && stored !== manifest.descriptor.digest) {
        throw new errors/* RegistryError */.g({
            code: 'REGISTRY_ERROR',
            message: `${repository.host}/${repository.path}: manifest ${reference} was stored as ${stored} instead of ${manifest.descriptor.digest}`,
        });
    }
}
/** Amazon ECR answers 400, others 403, 405, 409 or 412 to a tag that is set for good. */
function mayBeImmutable(error) {
    return error instanceof errors/* RegistryError */.g && [400, 403, 405, 409, 412].includes(error.status ?? 0);
}
function asking(repository, reference, options) {
    return {
        repository,
        access: 'pull',
        target: `manifests/${reference}`,
        subject: `manifest ${reference}`,
        headers: { accept: ACCEPT },
        signal: options.signal,
    };
}
function mediaTypeOf(response) {
    const type = response.headers['content-type']?.split(';', 1)[0]?.trim().toLowerCase();
    return type === undefined || type === '' || GENERIC_TYPES.has(type) ? undefined : type;
}
/** What careless servers give; the `mediaType` field tells then. */
const GENERIC_TYPES = new Set([
    'application/json',
    'application/octet-stream',
    'text/plain',
    'text/json',
]);
function declaredType(bytes) {
    try {
        const body = JSON.parse(Buffer.from(bytes).toString('utf8'));
        if (typeof body === 'object' && body !== null) {
            if ('mediaType' in body && typeof body.mediaType === 'string')
                return body.mediaType;
            return 'manifests' in body ? media_types/* MediaType */.z.ociIndex : media_types/* MediaType */.z.ociManifest;
        }
    }
    catch {
        // Whoever reads the manifest says so.
    }
    return media_types/* MediaType */.z.ociManifest;
}
function checkedDigest(repository, reference, bytes) {
    const digest = (0,image_digest/* digestOf */.ol)(bytes);
    if (!reference.includes(':'))
        return digest;
    const asked = (0,image_digest/* parseDigest */.m)(reference);
    if ((0,digest_check/* hasDigest */.t)(bytes, asked))
        return asked;
    throw new errors/* RegistryError */.g({
        code: 'REGISTRY_ERROR',
        message: `${repository.host}/${repository.path}: the registry gave other bytes for manifest ${reference} (${digest})`,
    });
}

// EXTERNAL MODULE: external "node:timers/promises"
var external_node_timers_promises_ = __webpack_require__(8500);
// EXTERNAL MODULE: ./lib/base/retry.js
var retry = __webpack_require__(7091);
;// CONCATENATED MODULE: ./lib/registry/http/challenge.js
const TOKEN = "[A-Za-z0-9!#$%&'*+.^_`|~-]+";
const SEPARATORS = /[\s,]*/y;
const PARAMETER = new RegExp(`(${TOKEN})\\s*=\\s*(?:"((?:[^"\\\\]|\\\\.)*)"|([^\\s,"]+))`, 'y');
const SCHEME = new RegExp(`(${TOKEN})(?=\\s|,|$)`, 'y');
/** The challenges of a header, in order. What cannot be read ends the list. */
function parseChallenges(header) {
    const challenges = [];
    let position = 0;
    const take = (pattern) => {
        pattern.lastIndex = position;
        const match = pattern.exec(header);
        if (match !== null)
            position = pattern.lastIndex;
        return match;
    };
    take(SEPARATORS);
    while (position < header.length) {
        const current = challenges.at(-1);
        const parameter = current === undefined ? null : take(PARAMETER);
        if (current !== undefined && parameter !== null) {
            const value = parameter[2]?.replaceAll(/\\(.)/g, '$1') ?? parameter[3] ?? '';
            current.parameters[(parameter[1] ?? '').toLowerCase()] = value;
        }
        else {
            const scheme = take(SCHEME);
            if (scheme === null)
                break;
            challenges.push({ scheme: (scheme[1] ?? '').toLowerCase(), parameters: {} });
        }
        take(SEPARATORS);
    }
    return challenges;
}

;// CONCATENATED MODULE: ./lib/registry/http/redirect.js



const REDIRECTS = new Set([301, 302, 303, 307, 308]);
const MOST_REDIRECTS = 10;
/**
 * Sends a request and follows redirects, as blob downloads need (OCI distribution-spec 1.1, "Pulling blobs"). `Authorization` stays
 * with the origin it is for: storage servers take a signature in the URL, and must not see the token. Requests with a body are not
 * followed; their redirect is the answer.
 * @throws RegistryError `REGISTRY_ERROR` for an endless chain, one that leaves TLS or one that leads to no web address
 */
async function sendFollowing(transport, first) {
    let request = first;
    for (let count = 0; count <= MOST_REDIRECTS; count++) {
        const response = await transport.send(request);
        const { location } = response.headers;
        if (!REDIRECTS.has(response.status) || location === undefined || !followable(request))
            return response;
        await discard(response);
        const url = URL.parse(location, request.url.href);
        if (url === null)
            throw refuse(request.url, 'a redirect to something that is no URL');
        request = redirected(request, url);
    }
    throw refuse(first.url, `more than ${MOST_REDIRECTS} redirects`);
}
function followable(request) {
    return request.method === 'GET' || request.method === 'HEAD';
}
function redirected(request, url) {
    if (url.protocol !== 'https:' && url.protocol !== 'http:') {
        throw refuse(request.url, `a redirect to ${url.protocol}`);
    }
    if (request.url.protocol === 'https:' && url.protocol === 'http:' && request.insecure !== true) {
        throw refuse(request.url, `a redirect from HTTPS to plain HTTP at ${url.host}`);
    }
    if (url.origin === request.url.origin)
        return { ...request, url };
    const headers = Object.entries(request.headers ?? {}).filter(([name]) => name.toLowerCase() !== 'authorization');
    // Trust in a registry without a certificate is not trust in its storage.
    const insecure = request.insecure === true && (url.hostname === request.url.hostname || (0,registry_host/* isLoopback */.U9)(url.host));
    return { ...request, url, insecure, headers: Object.fromEntries(headers) };
}
function refuse(url, what) {
    return new errors/* RegistryError */.g({
        code: 'REGISTRY_ERROR',
        message: `${url.host} answered with ${what}, which is not followed`,
    });
}

;// CONCATENATED MODULE: ./lib/registry/http/token.js



const CLIENT_ID = 'ts-image-build';
const TOKEN_LIMIT = 1024 * 1024;
/** Distribution token authentication specification, "Token Response Fields": what holds without `expires_in`. */
const DEFAULT_LIFETIME = 60;
/** What a header can hold of a token (RFC 6750, 2.1 allows for less). */
const VISIBLE = /^[\x21-\x7e]+$/;
/**
 * A bearer token: by GET (Distribution token authentication specification) with name and password or anonymously, by POST (OAuth 2
 * variant) for an identity token.
 * @throws RegistryError `UNAUTHORIZED`, `RATE_LIMITED`, `REGISTRY_ERROR`, `REGISTRY_UNREACHABLE`
 */
async function fetchToken(transport, request) {
    const now = Date.now();
    const response = await sendFollowing(transport, tokenRequest(request));
    if (response.status !== 200)
        throw await refusal(request, response);
    const fields = token_parse(await readBody(response, TOKEN_LIMIT, 'the token'));
    const value = [fields.get('token'), fields.get('access_token')].find((candidate) => typeof candidate === 'string' && VISIBLE.test(candidate));
    if (typeof value !== 'string') {
        throw new errors/* RegistryError */.g({
            code: 'REGISTRY_ERROR',
            message: `${request.endpoint.realm.host}: the token endpoint answered without a token that can be used`,
        });
    }
    const lifetime = fields.get('expires_in');
    return { value, expires: now + 1000 * (typeof lifetime === 'number' ? lifetime : DEFAULT_LIFETIME) };
}
function tokenRequest(request) {
    const { endpoint, credential } = request;
    const common = { insecure: endpoint.insecure };
    if (credential?.type === 'identity-token') {
        const form = new URLSearchParams({
            grant_type: 'refresh_token',
            refresh_token: credential.token,
            client_id: CLIENT_ID,
            scope: request.scopes.join(' '),
            ...(endpoint.service === undefined ? {} : { service: endpoint.service }),
        });
        return {
            ...common,
            method: 'POST',
            url: endpoint.realm,
            headers: { 'content-type': 'application/x-www-form-urlencoded' },
            body: Buffer.from(form.toString()),
        };
    }
    const url = new URL(endpoint.realm);
    if (endpoint.service !== undefined)
        url.searchParams.set('service', endpoint.service);
    for (const scope of request.scopes)
        url.searchParams.append('scope', scope);
    if (credential === undefined)
        return { ...common, method: 'GET', url };
    url.searchParams.set('account', credential.username);
    return { ...common, method: 'GET', url, headers: { authorization: basicAuthorization(credential) } };
}
/** RFC 7617, in UTF-8. */
function basicAuthorization(credential) {
    return `Basic ${Buffer.from(`${credential.username}:${credential.password}`, 'utf8').toString('base64')}`;
}
async function refusal(request, response) {
    const { codes, ...refused } = await readRefusal(response);
    const said = request.redact(refused.said);
    const { status } = response;
    const signedIn = request.credential !== undefined;
    if (status === 403 && signedIn) {
        // The credentials are right; what they are to be used for is not allowed.
        const { repository, access } = request;
        return (0,errors/* refusalError */.z)({ repository, access, subject: 'with this login', login: 'accepted' }, { status, said, codes });
    }
    const unknown = status === 401 || status === 403 || (status === 400 && signedIn);
    const limited = status === 429;
    return new errors/* RegistryError */.g({
        code: unknown ? 'UNAUTHORIZED' : limited ? 'RATE_LIMITED' : 'REGISTRY_ERROR',
        message: `${request.endpoint.realm.host}: no token for ${request.scopes.join(' ')} (HTTP ${status})${said === '' ? '' : `: ${said}`}`,
        hint: unknown ? refusedHint(signedIn) : undefined,
        temporary: limited || status >= 500,
        retryAfter: retryAfter(response.headers),
        status,
    });
}
function refusedHint(signedIn) {
    return signedIn
        ? 'The user name or the password (token) is wrong or has expired, or it does not cover this repository.'
        : 'The repository does not exist or needs a login; no credentials for this registry were given.';
}
function token_parse(bytes) {
    try {
        const body = JSON.parse(Buffer.from(bytes).toString('utf8'));
        return new Map(typeof body === 'object' && body !== null ? Object.entries(body) : []);
    }
    catch {
        return new Map();
    }
}

;// CONCATENATED MODULE: ./lib/registry/http/auth.js



/** A token is not used in its last milliseconds. */
const EXPIRY_MARGIN = 5_000;
const SHORTEST_SECRET = 4;
function createAuthorizer(options) {
    return new ChallengeAuthorizer(options);
}
class ChallengeAuthorizer {
    #options;
    #method;
    #tokens = new Map();
    /** Of each scope the token that was refused last. */
    #refused = new Map();
    #credentials = new Map();
    /** Scopes that the registry asked for beyond the usual ones, by ours. */
    #askedScopes = new Map();
    #secrets = new Set();
    #announced = new Set();
    constructor(options) {
        this.#options = options;
    }
    get isChallenged() {
        return this.#method !== undefined;
    }
    async authorize(access) {
        const method = this.#method;
        if (method === undefined)
            return { header: undefined, login: 'none' };
        const found = await this.#credential(access);
        if (method.type === 'bearer') {
            const token = await this.#token(this.#endpoint(method.challenge), access, found);
            return { header: headerOf(token), login: found === undefined ? 'none' : 'accepted' };
        }
        if (found === undefined)
            return { header: undefined, login: 'none' };
        if (found.credential.type !== 'password') {
            throw new errors/* RegistryError */.g({
                code: 'UNAUTHORIZED',
                message: `${this.#options.host} wants a user name and a password, but ${found.origin} has an identity token`,
            });
        }
        return { header: basicAuthorization(found.credential), login: 'claimed' };
    }
    challenged(challenges, access, used) {
        const list = parseChallenges(challenges ?? '');
        const bearer = list.find(({ scheme, parameters }) => scheme === 'bearer' && 'realm' in parameters);
        if (bearer !== undefined) {
            this.#method = { type: 'bearer', challenge: bearer };
            const { scope } = bearer.parameters;
            return access !== undefined && this.#renew(access, scope, used);
        }
        if (!list.some(({ scheme }) => scheme === 'basic'))
            return false;
        this.#method = { type: 'basic' };
        // The same name and password would be refused again.
        return used === undefined;
    }
    redact(text) {
        let redacted = text;
        for (const secret of this.#secrets)
            redacted = redacted.replaceAll(secret, '***');
        return redacted;
    }
    /** Takes note of the refused token. Of several requests that were refused with it, the first one replaces it for all. */
    #renew(access, asked, used) {
        const key = auth_keyOf(access);
        const scopes = (asked ?? '').split(' ').filter((scope) => scope !== '');
        if (scopes.length > 0)
            this.#askedScopes.set(key, scopes);
        if (used !== undefined)
            this.#refused.set(key, used);
        return true;
    }
    #endpoint(challenge) {
        const { origin, mayBeInsecure, host } = this.#options;
        const { realm = '', service } = challenge.parameters;
        const url = URL.canParse(realm) ? new URL(realm) : undefined;
        const insecure = url !== undefined &&
            (mayBeInsecure(url.host) || (url.hostname === origin.hostname && mayBeInsecure(host)));
        if (url?.protocol === 'https:' || (url?.protocol === 'http:' && insecure)) {
            return { realm: url, service, insecure };
        }
        throw new errors/* RegistryError */.g({
            code: 'REGISTRY_ERROR',
            message: `${host} names a token endpoint that is not safe to send credentials to: ${url?.origin ?? 'not a URL'}`,
            hint: 'Only HTTPS is accepted, unless its host is listed as insecure.',
        });
    }
    #token(endpoint, access, found) {
        const key = auth_keyOf(access);
        const known = this.#tokens.get(key);
        const token = known === undefined
            ? this.#fetch(endpoint, access, found)
            : this.#fresh(known, endpoint, access, found);
        this.#tokens.set(key, token);
        token.catch(() => {
            if (this.#tokens.get(key) === token)
                this.#tokens.delete(key);
        });
        return token;
    }
    async #fresh(known, endpoint, access, found) {
        const token = await known;
        const isRefused = this.#refused.get(auth_keyOf(access)) === headerOf(token);
        if (!isRefused && token.expires - EXPIRY_MARGIN > Date.now())
            return token;
        return this.#fetch(endpoint, access, found);
    }
    async #fetch(endpoint, access, found) {
        const asked = this.#askedScopes.get(auth_keyOf(access)) ?? [];
        const token = await fetchToken(this.#options.transport, {
            endpoint,
            scopes: [...new Set([...scopesOf(access), ...asked])],
            repository: { host: this.#options.host, path: access.repository.path },
            access: access.access,
            credential: found?.credential,
            redact: (text) => this.redact(text),
        });
        this.#keepSecret(token.value);
        // Given out once more: some endpoints give the same one for the same credentials.
        const key = auth_keyOf(access);
        if (this.#refused.get(key) === headerOf(token))
            this.#refused.delete(key);
        return token;
    }
    #credential(access) {
        const key = `${access.access} ${access.repository.path}`;
        const known = this.#credentials.get(key);
        if (known !== undefined)
            return known;
        const found = this.#find(access);
        this.#credentials.set(key, found);
        found.catch(() => this.#credentials.delete(key));
        return found;
    }
    async #find(access) {
        const { host, credentials } = this.#options;
        const found = await credentials.find({
            host,
            repository: access.repository.path,
            access: access.access,
        });
        if (found === undefined) {
            this.#announce(`${host}: no credentials found, ${access.access === 'pull' ? 'pulling' : 'pushing'} anonymously`);
            return undefined;
        }
        const { credential, origin } = found;
        if (credential.type === 'password') {
            this.#keepSecret(credential.password);
            this.#keepSecret(basicAuthorization(credential).slice('Basic '.length));
        }
        else {
            this.#keepSecret(credential.token);
        }
        const who = credential.type === 'password' ? credential.username : 'an identity token';
        this.#announce(`${host}: ${access.access === 'pull' ? 'pulling' : 'pushing'} as ${who} (${origin})`);
        return found;
    }
    /** Shorter ones would blot out ordinary words. */
    #keepSecret(secret) {
        if (secret.length >= SHORTEST_SECRET)
            this.#secrets.add(secret);
    }
    #announce(message) {
        if (this.#announced.has(message))
            return;
        this.#announced.add(message);
        this.#options.onNotice?.(message);
    }
}
/** Distribution token scope documentation: `repository:<path>:<actions>`. */
function scopesOf(access) {
    const own = `repository:${access.repository.path}:${access.access === 'push' ? 'pull,push' : 'pull'}`;
    return access.mountFrom === undefined ? [own] : [own, `repository:${access.mountFrom}:pull`];
}
function headerOf(token) {
    return `Bearer ${token.value}`;
}
function auth_keyOf(access) {
    return scopesOf(access).join(' ');
}

;// CONCATENATED MODULE: ./lib/registry/http/session.js










/** Milliseconds. */
const REFUSED_PAUSE = 200;
/** Requests to one registry: finds out how it is reached and signed in to, and turns refusals into errors. */
class Session {
    host;
    #transport;
    #options;
    #connection;
    #isConnected = false;
    constructor(host, transport, options) {
        this.host = host;
        this.#transport = transport;
        this.#options = options;
    }
    /**
     * Sends a request, again when that may help.
     * @throws RegistryError
     */
    request(request) {
        return this.retrying(() => this.send(request), request.signal);
    }
    /** Repeats what failed for a reason that passes. */
    retrying(attempt, signal) {
        return (0,retry/* retry */.L)(attempt, {
            attempts: this.#options.retry?.attempts,
            firstDelay: this.#options.retry?.firstDelay,
            signal,
            advice: (error) => error instanceof errors/* RegistryError */.g && error.temporary ? { after: error.retryAfter } : undefined,
            onRetry: ({ error, delay }) => this.#options.onNotice?.(`${(0,base_errors/* reasonOf */.A3)(error)}; trying again in ${(delay / 1000).toFixed(1)} s`),
        });
    }
    /** Sends a request once (twice when the first one only showed how to sign in). */
    async send(request) {
        const early = this.#isConnected ? undefined : await this.#sendEarly(request);
        if (early?.exchange !== undefined && isDone(request, early.exchange))
            return early.exchange.response;
        const connected = early?.connected ?? this.#connected();
        const connection = await until_aborted_untilAborted(connected, request.signal).catch((error) => {
            early?.exchange?.response.body.destroy();
            throw error;
        });
        const kept = early === undefined ? undefined : await keptOf(early, connection);
        const url = this.#urlOf(request, connection.origin);
        const trusted = url.origin === connection.origin.origin;
        const first = kept ?? (await this.#exchange(request, url, trusted ? connection.authorizer : undefined));
        if (request.accept.includes(first.response.status))
            return first.response;
        const renewed = first.response.status === 401 &&
            first.response.url.origin === connection.origin.origin &&
            connection.authorizer.challenged(first.response.headers['www-authenticate'], request, first.authorization.header);
        if (!renewed)
            throw await this.#refusal(request, first, connection);
        await discard(first.response);
        const second = await this.#exchange(request, url, connection.authorizer);
        if (request.accept.includes(second.response.status))
            return second.response;
        throw await this.#refusal(request, second, connection);
    }
    /**
     * A URL that an answer's Location header names, made absolute; undefined for none. Never leaves TLS on the registry's own host.
     * @throws RegistryError `REGISTRY_ERROR` for one that leaves TLS for another host, or that is no web address
     */
    location(response) {
        const { location } = response.headers;
        const url = location === undefined ? null : URL.parse(location, response.url.href);
        if (url === null)
            return undefined;
        if (url.protocol !== 'https:' && url.protocol !== 'http:') {
            throw new errors/* RegistryError */.g({
                code: 'REGISTRY_ERROR',
                message: `${this.host} wants an upload to go to ${url.protocol}, which is no web address`,
            });
        }
        if (leavesTls(response.url, url) && !this.#mayBeInsecure()) {
            throw new errors/* RegistryError */.g({
                code: 'REGISTRY_ERROR',
                message: `${this.host} wants an upload to go over plain HTTP to ${url.host}`,
            });
        }
        // A registry behind a TLS proxy that does not tell it so names itself with http.
        if (url.hostname === response.url.hostname && response.url.protocol === 'https:')
            url.protocol = 'https:';
        return url;
    }
    /**
     * While it is found out how the registry is reached and signed in to, requests go to where it most likely is, as a stranger: several at once, and no
     * round trip later. Nothing secret is in them.
     */
    async #sendEarly(request) {
        const isHere = (0,registry_host/* isLoopback */.U9)(this.host);
        // Of another host that may be insecure it is open which protocol it speaks.
        if (this.#mayBeInsecure() && !isHere)
            return undefined;
        if (request.body !== undefined || typeof request.target !== 'string')
            return undefined;
        // Whoever needs the connection is told.
        const connected = this.#connected();
        connected.catch(() => undefined);
        const origin = originOf(isHere ? 'http' : 'https', this.host);
        try {
            const exchange = await this.#exchange(request, this.#urlOf(request, origin), undefined);
            return { connected, origin, exchange };
        }
        catch (error) {
            return { connected, origin, error };
        }
    }
    #urlOf(request, origin) {
        const url = typeof request.target === 'string'
            ? new URL(`/v2/${request.repository.path}/${request.target}`, origin)
            : new URL(request.target);
        // Added as text: a query that is there already may be signed as it is.
        for (const [name, value] of Object.entries(request.query ?? {})) {
            url.search = `${url.search === '' ? '?' : `${url.search}&`}${name}=${encodeURIComponent(value)}`;
        }
        return url;
    }
    async #exchange(request, url, authorizer) {
        const authorization = authorizer === undefined
            ? { header: undefined, login: 'none' }
            : await until_aborted_untilAborted(authorizer.authorize(request), request.signal);
        const { header } = authorization;
        const response = await sendFollowing(this.#transport, {
            method: request.method,
            url,
            headers: { ...request.headers, ...(header === undefined ? {} : { authorization: header }) },
            body: request.body,
            signal: request.signal,
            insecure: this.#mayBeInsecure(),
        });
        return { response, authorization };
    }
    async #refusal(request, { response, authorization }, connection) {
        const { said, codes } = await readRefusal(response);
        return (0,errors/* refusalError */.z)({
            repository: { host: this.host, path: request.repository.path },
            access: request.access,
            subject: request.subject,
            login: authorization.login,
        }, {
            status: response.status,
            said: connection.authorizer.redact(said),
            codes,
            retryAfter: retryAfter(response.headers),
        });
    }
    #connected() {
        if (this.#connection === undefined) {
            const connection = this.#connect();
            this.#connection = connection;
            connection.then(() => {
                this.#isConnected = true;
            }, () => {
                this.#connection = undefined;
            });
        }
        return this.#connection;
    }
    /**
     * What refuses connections before it ever answered is not there, and will not be: it is tried once more, at once. Later on a registry that
     * refuses is one that starts anew, which is worth all tries.
     */
    async #connect() {
        const { attempts = 2, firstDelay = REFUSED_PAUSE } = this.#options.retry ?? {};
        try {
            return await this.#contact();
        }
        catch (error) {
            if (!(0,http_transport/* isRefused */.H0)(error) || attempts < 2)
                throw error;
        }
        await (0,external_node_timers_promises_.setTimeout)(Math.min(firstDelay, REFUSED_PAUSE));
        try {
            return await this.#contact();
        }
        catch (error) {
            // Of this machine one protocol's refusal is enough.
            const both = this.#mayBeInsecure() && !(0,registry_host/* isLoopback */.U9)(this.host);
            throw (0,http_transport/* isRefused */.H0)(error) ? neverThere(error, both) : error;
        }
    }
    /** First contact (OCI distribution-spec 1.1, "Determining Support"): tells TLS from plain HTTP and how to sign in. */
    async #contact() {
        if ((0,registry_host/* isLoopback */.U9)(this.host))
            return this.#contactHere();
        const insecure = this.#mayBeInsecure();
        try {
            return await this.#ping('https', insecure);
        }
        catch (error) {
            if (!insecure || !isUnreachable(error))
                throw error;
            const plain = await this.#ping('http', insecure);
            // It was there, and only failed for a moment.
            if (wantsTls(plain.status))
                throw error;
            return plain;
        }
    }
    /** On this machine most registries speak plain HTTP, which protects as much here. Nothing secret is sent before the answer. */
    async #contactHere() {
        try {
            const plain = await this.#ping('http', true);
            if (!wantsTls(plain.status))
                return plain;
        }
        catch (error) {
            if (!isUnreachable(error) || (0,http_transport/* isRefused */.H0)(error))
                throw error;
        }
        return await this.#ping('https', true);
    }
    async #ping(protocol, insecure) {
        const origin = originOf(protocol, this.host);
        const response = await this.#transport.send({ method: 'GET', url: new URL('/v2/', origin), insecure });
        const authorizer = createAuthorizer({
            host: this.host,
            origin,
            mayBeInsecure: (host) => mayBeInsecure(host, this.#options),
            transport: this.#transport,
            credentials: this.#options.credentials,
            onNotice: this.#options.onNotice,
        });
        if (response.status === 401)
            authorizer.challenged(response.headers['www-authenticate']);
        await discard(response);
        return { origin, authorizer, status: response.status };
    }
    #mayBeInsecure() {
        return mayBeInsecure(this.host, this.#options);
    }
}
function originOf(protocol, host) {
    return new URL(`${protocol}://${(0,registry_host/* apiHost */.nz)(host)}`);
}
/** Redirects have been followed by then. */
function isDone({ accept }, { response }) {
    return accept.includes(response.status) && response.status < 300;
}
/** What came of an early request, where it would be sent again just as it was. */
async function keptOf(early, { origin, authorizer }) {
    const { exchange } = early;
    const isSame = early.origin.href === origin.href;
    if (exchange === undefined) {
        if (isSame)
            throw early.error;
        return undefined;
    }
    if (isSame && !authorizer.isChallenged)
        return exchange;
    await discard(exchange.response);
    return undefined;
}
/** A final error that tells what was tried. */
function neverThere(error, both) {
    return new errors/* RegistryError */.g({
        code: 'REGISTRY_UNREACHABLE',
        message: `${error.message} (tried twice${both ? ', with TLS and with plain HTTP' : ''})`,
        hint: 'Nothing listens there: check the address with its port, proxy settings, and whether the registry runs.',
        cause: error.cause,
    });
}
function mayBeInsecure(host, { insecureHosts = [] }) {
    return (0,registry_host/* isLoopback */.U9)(host) || insecureHosts.some((listed) => listed.toLowerCase() === host.toLowerCase());
}
function isUnreachable(error) {
    return error instanceof errors/* RegistryError */.g && error.code === 'REGISTRY_UNREACHABLE';
}
/** What servers that speak TLS answer to plain HTTP. */
function wantsTls(status) {
    return status === 400 || status === 426;
}
function leavesTls(from, to) {
    return from.protocol === 'https:' && to.protocol === 'http:' && from.hostname !== to.hostname;
}

;// CONCATENATED MODULE: ./lib/registry/http/shared-uploads.js

/**
 * The blobs that one host was sent. The image and its cache are most often two repositories of one registry, or two tags of one repository: bytes that
 * are on the way are not sent again, but waited for, and mounted in the other repository once they have arrived.
 */
class SharedUploads {
    #sent = new Map();
    #hostMounts = true;
    /** As uploadBlob. */
    async upload(session, upload) {
        const { repository, descriptor } = upload;
        let sent = this.#sent.get(descriptor.digest);
        while (sent?.repository.path === repository.path) {
            const arrived = await sent.done;
            upload.signal?.throwIfAborted();
            if (arrived)
                return uploadBlob(session, { ...upload, isNew: false });
            // Of several that waited the next one sends it, and the others wait again.
            sent = this.#sent.get(descriptor.digest);
        }
        if (sent === undefined)
            return this.#first(session, upload);
        const { repository: holder, done } = sent;
        let offered = false;
        const outcome = await uploadBlob(session, {
            ...upload,
            holder: async () => {
                offered = this.#hostMounts && (await done);
                upload.signal?.throwIfAborted();
                return offered ? holder : undefined;
            },
        });
        if (!this.#sent.has(descriptor.digest))
            this.#sent.set(descriptor.digest, { repository, done: Promise.resolve(true) });
        // A host that does not mount what it has just been sent is not waited for again.
        if (offered && outcome === 'uploaded')
            this.#hostMounts = false;
        return outcome;
    }
    async #first(session, upload) {
        const { repository, descriptor } = upload;
        const work = uploadBlob(session, upload);
        const done = work.then(() => true, () => {
            this.#sent.delete(descriptor.digest);
            return false;
        });
        if (!this.#sent.has(descriptor.digest))
            this.#sent.set(descriptor.digest, { repository, done });
        return work;
    }
}

;// CONCATENATED MODULE: ./lib/registry/http/tags.js


const PAGE_LIMIT = 16 * 1024 * 1024;
/** A registry that pages without end is stopped. */
const MOST_PAGES = 10_000;
const MOST_TAGS = 1_000_000;
const PAGE_SIZE = '1000';
/** All tags (OCI distribution-spec 1.1, "Listing Tags"), page by page. */
async function listTags(session, repository, options) {
    const tags = [];
    let next;
    for (let page = 0; page < MOST_PAGES; page++) {
        const target = next ?? 'tags/list';
        const { bytes, following } = await session.retrying(async () => {
            const response = await session.send({
                method: 'GET',
                repository,
                access: 'pull',
                target,
                ...(next === undefined ? { query: { n: PAGE_SIZE } } : {}),
                subject: 'the list of tags',
                accept: [200],
                signal: options.signal,
            });
            const { link } = response.headers;
            return {
                bytes: await readBody(response, PAGE_LIMIT, 'the list of tags'),
                following: nextPage([link].flat().join(', '), response.url),
            };
        }, options.signal);
        for (const tag of tagsIn(repository, bytes))
            tags.push(tag);
        if (tags.length > MOST_TAGS)
            throw tags_fault(repository, `names more than ${MOST_TAGS} tags`);
        if (following === undefined)
            return tags;
        next = following;
    }
    throw tags_fault(repository, 'has no end');
}
/** The page that a Link header names (RFC 8288) with rel="next"; only on the same origin. */
function nextPage(link, base) {
    const match = /<([^>]+)>\s*;\s*rel="?next"?/i.exec(link);
    if (match === null || !URL.canParse(match[1] ?? '', base.href))
        return undefined;
    const url = new URL(match[1] ?? '', base);
    if (url.hostname === base.hostname)
        url.protocol = base.protocol;
    return url.origin === base.origin ? url : undefined;
}
function tagsIn(repository, bytes) {
    try {
        const body = JSON.parse(Buffer.from(bytes).toString('utf8'));
        const tags = typeof body === 'object' && body !== null && 'tags' in body ? body.tags : undefined;
        // A repository whose last tag was deleted gives null.
        if (tags === null)
            return [];
        if (Array.isArray(tags))
            return tags.filter((tag) => typeof tag === 'string');
    }
    catch (cause) {
        throw tags_fault(repository, 'is not JSON', cause);
    }
    throw tags_fault(repository, 'holds no "tags"');
}
function tags_fault(repository, what, cause) {
    return new errors/* RegistryError */.g({
        code: 'REGISTRY_ERROR',
        message: `${repository.host}/${repository.path}: the list of tags ${what}`,
        cause,
    });
}

;// CONCATENATED MODULE: ./lib/registry/http/client.js









const PROXY_VARIABLE = /^https?_proxy$/i;
/** A client for all registries, over HTTP. */
function createRegistry(options) {
    const transport = (0,http_transport/* createTransport */.oO)({
        userAgent: options.userAgent ?? 'ts-image-build',
        proxyEnv: options.proxyEnv,
        ca: options.ca,
        idleTimeout: options.idleTimeout,
    });
    const wantsProxy = Object.entries(options.proxyEnv ?? {}).some(([name, value]) => PROXY_VARIABLE.test(name) && (value ?? '') !== '');
    if (wantsProxy && !(0,http_transport/* agentsKnowProxies */.aq)()) {
        options.onNotice?.(`The proxy settings are not used: Node ${process.versions.node} cannot, 22.21 and 24.5 can`);
    }
    return new HttpRegistry(transport, options);
}
class HttpRegistry {
    #transport;
    #options;
    #sessions = new Map();
    #sent = new Map();
    #expected = new Map();
    /** Uploads that were begun only to see whether one may. */
    #takingBack = [];
    constructor(transport, options) {
        this.#transport = transport;
        this.#options = options;
    }
    manifest(repository, reference, options = {}) {
        return pullManifest(this.#session(repository), repository, reference, options);
    }
    resolve(repository, reference, options = {}) {
        return resolveManifest(this.#session(repository), repository, reference, options);
    }
    blob(repository, descriptor, options = {}) {
        return downloadBlob(this.#session(repository), repository, descriptor, options);
    }
    hasBlob(repository, digest, options = {}) {
        return hasBlob(this.#session(repository), { repository, digest, access: 'pull', signal: options.signal });
    }
    pushBlob(repository, descriptor, open, options = {}) {
        const session = this.#session(repository);
        const begun = async () => this.#expected.get(session)?.take(repository);
        return this.#uploads(session).upload(session, { ...options, repository, descriptor, open, begun });
    }
    putManifest(repository, reference, manifest, options = {}) {
        return pushManifest(this.#session(repository), repository, reference, manifest, options);
    }
    tags(repository, options = {}) {
        return listTags(this.#session(repository), repository, options);
    }
    async checkPush(repository, options = {}) {
        const { takenBack } = await checkUpload(this.#session(repository), repository, options);
        this.#takingBack.push(takenBack);
    }
    expectPush(repository) {
        const session = this.#session(repository);
        const expected = this.#expected.get(session) ?? new ExpectedUploads(session);
        this.#expected.set(session, expected);
        expected.expect(repository);
    }
    /** Closes the connections that are kept for the next request. */
    async [Symbol.asyncDispose]() {
        await Promise.all([...this.#takingBack, ...[...this.#expected.values()].map((each) => each.close())]);
        this.#transport.close();
    }
    #uploads(session) {
        let uploads = this.#sent.get(session);
        if (uploads === undefined) {
            uploads = new SharedUploads();
            this.#sent.set(session, uploads);
        }
        return uploads;
    }
    #session(repository) {
        const host = (0,registry_host/* canonicalHost */.rQ)(repository.host);
        const known = this.#sessions.get(host);
        if (known !== undefined)
            return known;
        const session = new Session(host, this.#transport, this.#options);
        this.#sessions.set(host, session);
        return session;
    }
}

;// CONCATENATED MODULE: ./lib/registry/layout/layout-folder.js









/** OCI image-spec 1.1, annotations.md; the second is containerd's, with the whole name. */
const layout_folder_NAME = 'org.opencontainers.image.ref.name';
const FULL_NAME = 'io.containerd.image.name';
/** What a reference without a tag means everywhere. */
const UNNAMED = 'latest';
const READ_CHUNK = 256 * 1024;
/** An OCI image layout (image-spec 1.1, image-layout.md) as it lies on the disk. It is only read. */
class LayoutFolder {
    path;
    /** Indexes that stand for several entries with one name: they are no blobs of the layout. */
    #indexes = new Map();
    /** `path`: absolute. */
    constructor(path) {
        this.path = path;
    }
    /**
     * The manifest or index that a tag or a digest names. Several entries with one name, such as one a platform, count as an index. A
     * layout with a single image needs no name for it: `latest` is it.
     * @throws BuildError `LAYOUT_BROKEN`, `LAYOUT_NOT_FOUND`; those of the manifest parser
     */
    async document(reference) {
        if (reference.includes(':')) {
            const digest = (0,image_digest/* parseDigest */.m)(reference);
            return this.#indexes.get(digest) ?? this.#manifest(digest);
        }
        const all = await this.#entries();
        const named = all.filter((entry) => namesOf(entry).includes(reference));
        const unnamed = named.length === 0 && reference === UNNAMED;
        const [first, ...more] = layout_folder_withoutRepeats(unnamed ? all : named);
        if (first === undefined)
            throw this.#noSuchName(reference, all);
        if (more.length === 0)
            return this.#manifest(first.digest);
        // One a platform is one image; anything else needs to be told apart.
        const platforms = [first, ...more].every(({ platform }) => platform !== undefined);
        if (!platforms || (unnamed && all.some((entry) => namesOf(entry).length > 0)))
            throw this.#noSuchName(reference, all);
        const index = layout_folder_indexOver([first, ...more]);
        this.#indexes.set(index.descriptor.digest, index);
        return index;
    }
    async sizeOf(digest) {
        const found = await (0,promises_.stat)(this.#pathOf(digest)).catch(() => undefined);
        return found?.isFile() === true ? found.size : undefined;
    }
    /** The bytes, not checked. @throws BuildError `LAYOUT_BROKEN` */
    async blob(digest) {
        if ((await this.sizeOf(digest)) === undefined)
            throw this.#broken(`it has no blob ${digest}`);
        return (0,external_node_fs_.createReadStream)(this.#pathOf(digest), { highWaterMark: READ_CHUNK });
    }
    async #entries() {
        const file = (0,external_node_path_.join)(this.path, 'index.json');
        const size = (await (0,promises_.stat)(file).catch(() => undefined))?.size ?? 0;
        if (size > LARGEST_DOCUMENT)
            throw this.#broken(`its index.json has ${size} bytes`);
        const bytes = await (0,promises_.readFile)(file).catch((cause) => {
            throw this.#broken(`its index.json cannot be read (${cause.code ?? cause.message})`, cause);
        });
        return parseImageIndex(bytes).manifests;
    }
    async #manifest(digest) {
        const size = await this.sizeOf(digest);
        if (size === undefined)
            throw this.#broken(`it has no blob ${digest}`);
        if (size > LARGEST_DOCUMENT)
            throw this.#broken(`the manifest ${digest} has ${size} bytes`);
        const bytes = await (0,promises_.readFile)(this.#pathOf(digest));
        if (!(0,digest_check/* hasDigest */.t)(bytes, digest))
            throw this.#broken(`the blob ${digest} has other bytes than its name says`);
        return { descriptor: { mediaType: parseManifest(bytes).mediaType, digest, size }, bytes };
    }
    #pathOf(digest) {
        return (0,external_node_path_.join)(this.path, 'blobs', (0,image_digest/* algorithmOf */.Hy)(digest), (0,image_digest/* encoded */.dS)(digest));
    }
    #noSuchName(reference, entries) {
        const names = [...new Set(entries.flatMap(namesOf))];
        return new base_errors/* BuildError */.zS({
            kind: 'user',
            code: 'LAYOUT_NOT_FOUND',
            message: `The OCI layout ${this.path} has no one image "${reference}"`,
            hint: names.length === 0
                ? 'Its images have no names: name one by its digest, oci-layout://PATH@sha256:…'
                : `It has ${names.join(', ')}: name one, oci-layout://PATH:TAG.`,
        });
    }
    #broken(why, cause) {
        return new base_errors/* BuildError */.zS({
            kind: 'user',
            code: 'LAYOUT_BROKEN',
            message: `${this.path} is not a whole OCI layout: ${why}`,
            hint: 'It is a folder with oci-layout, index.json and blobs, as --output type=oci,tar=false makes one.',
            cause,
        });
    }
}
/** Tags, be they said alone or at the end of a whole name. */
function namesOf({ annotations }) {
    return [annotations?.[layout_folder_NAME], annotations?.[FULL_NAME]].flatMap((name) => {
        if (name === undefined)
            return [];
        const tag = /:([^:/]+)$/.exec(name)?.[1];
        return [tag ?? name];
    });
}
function layout_folder_withoutRepeats(entries) {
    return entries.filter((entry, i) => entries.findIndex(({ digest }) => digest === entry.digest) === i);
}
function layout_folder_indexOver(manifests) {
    const bytes = Buffer.from(JSON.stringify({ schemaVersion: 2, mediaType: media_types/* MediaType */.z.ociIndex, manifests }));
    return {
        descriptor: { mediaType: media_types/* MediaType */.z.ociIndex, digest: (0,image_digest/* digestOf */.ol)(bytes), size: bytes.length },
        bytes,
    };
}

// EXTERNAL MODULE: ./lib/registry/layout/layout-place.js
var layout_place = __webpack_require__(3484);
;// CONCATENATED MODULE: ./lib/registry/layout/layout-registry.js



/**
 * Serves OCI layout folders as repositories beside those of registries, so that an image in one is used like any other.
 * @param folders absolute
 */
function withLayouts(registry, folders) {
    const layouts = new Map(folders.map((path) => [(0,layout_place/* layoutRepository */.$)(path).path, new LayoutFolder(path)]));
    // A cache may remember a layout that this build does not have.
    const layoutOf = ({ host, path }) => {
        if (host !== layout_place/* LAYOUT_HOST */.C)
            return undefined;
        return layouts.get(path) ?? notHere(path);
    };
    return {
        async manifest(repository, reference, options) {
            const layout = layoutOf(repository);
            return layout?.document(reference) ?? registry.manifest(repository, reference, options);
        },
        async resolve(repository, reference, options) {
            const layout = layoutOf(repository);
            if (layout === undefined)
                return registry.resolve(repository, reference, options);
            return (await layout.document(reference)).descriptor;
        },
        async blob(repository, descriptor, options) {
            return layoutOf(repository)?.blob(descriptor.digest) ?? registry.blob(repository, descriptor, options);
        },
        async hasBlob(repository, digest, options) {
            if (repository.host !== layout_place/* LAYOUT_HOST */.C)
                return registry.hasBlob(repository, digest, options);
            return (await layouts.get(repository.path)?.sizeOf(digest)) !== undefined;
        },
        pushBlob: (repository, ...rest) => {
            if (repository.host === layout_place/* LAYOUT_HOST */.C)
                throw readOnly();
            return registry.pushBlob(repository, ...rest);
        },
        putManifest: (repository, ...rest) => {
            if (repository.host === layout_place/* LAYOUT_HOST */.C)
                throw readOnly();
            return registry.putManifest(repository, ...rest);
        },
        tags: (...args) => registry.tags(...args),
        ...(registry.checkPush === undefined ? {} : { checkPush: registry.checkPush.bind(registry) }),
        ...(registry.expectPush === undefined ? {} : { expectPush: registry.expectPush.bind(registry) }),
    };
}
function notHere(path) {
    throw new errors/* RegistryError */.g({
        code: 'NOT_FOUND',
        message: `The OCI layout ${path} is not one of this build's contexts`,
    });
}
function readOnly() {
    return new errors/* RegistryError */.g({
        code: 'DENIED',
        message: 'An OCI layout that is a build context is only read',
    });
}

;// CONCATENATED MODULE: ./lib/registry/mirrors/mirrored-registry.js


/**
 * Reads through mirrors, as Docker's `registry-mirrors` does for Docker Hub: what a mirror does not have or does not give comes from the
 * next one, at last from the registry itself. Digests are checked as ever, but a mirror's tags may be old. Pushes go to the registry.
 */
function mirroredRegistry(registry, options) {
    const mirrors = new Mirrors(options);
    return {
        manifest: (repository, ...rest) => mirrors.read(repository, (from) => registry.manifest(from, ...rest)),
        blob: (repository, ...rest) => mirrors.read(repository, (from) => registry.blob(from, ...rest)),
        resolve: (repository, ...rest) => mirrors.read(repository, (from) => registry.resolve(from, ...rest)),
        hasBlob: async (repository, ...rest) => {
            const has = async (from) => (await registry.hasBlob(from, ...rest)) || undefined;
            return (await mirrors.read(repository, has)) ?? false;
        },
        pushBlob: (...args) => registry.pushBlob(...args),
        putManifest: (...args) => registry.putManifest(...args),
        tags: (...args) => registry.tags(...args),
        ...(registry.checkPush === undefined ? {} : { checkPush: registry.checkPush.bind(registry) }),
        ...(registry.expectPush === undefined ? {} : { expectPush: registry.expectPush.bind(registry) }),
    };
}
class Mirrors {
    #options;
    #byHost;
    /** Not asked again: each try would wait for its timeouts. */
    #down = new Set();
    /** Mirrors and why they were passed over: most do so for everything that they are asked. */
    #told = new Set();
    constructor(options) {
        this.#options = options;
        this.#byHost = new Map(Object.entries(options.mirrors).map(([host, mirrors]) => [(0,registry_host/* canonicalHost */.rQ)(host), mirrors]));
    }
    /** The first success that is not undefined; what the registry itself answers when there is none. */
    async read(repository, work) {
        const found = await this.#fromMirrors(repository, work);
        return found === undefined ? work(repository) : found.value;
    }
    async #fromMirrors(repository, work) {
        for (const mirror of this.#byHost.get((0,registry_host/* canonicalHost */.rQ)(repository.host)) ?? []) {
            if (this.#down.has(mirror))
                continue;
            try {
                const value = await work(behind(mirror, repository));
                if (value !== undefined)
                    return { value };
            }
            catch (error) {
                if (!(error instanceof errors/* RegistryError */.g))
                    throw error;
                this.#passOver(mirror, error);
            }
        }
        return undefined;
    }
    #passOver(mirror, error) {
        if (error.code === 'NOT_FOUND')
            return;
        if (error.code === 'REGISTRY_UNREACHABLE')
            this.#down.add(mirror);
        const reason = `${mirror} ${error.code}`;
        if (this.#told.has(reason))
            return;
        this.#told.add(reason);
        this.#options.onNotice?.(`mirror ${mirror} is passed over: ${error.message}`);
    }
}
function behind(mirror, repository) {
    const slash = mirror.indexOf('/');
    if (slash === -1)
        return { host: mirror, path: repository.path };
    const prefix = mirror.slice(slash + 1).replace(/\/+$/, '');
    return {
        host: mirror.slice(0, slash),
        path: prefix === '' ? repository.path : `${prefix}/${repository.path}`,
    };
}

;// CONCATENATED MODULE: ./lib/worker/probe/elf-program.js
/** What the program ends with: no shell that mistakes it for a script does. */
const EXIT_CODE = 42;
const MACHINES = {
    amd64: { number: 62, bits: 64, code: 'b83c000000bf2a0000000f05' },
    '386': { number: 3, bits: 32, code: 'b801000000bb2a000000cd80' },
    arm64: { number: 183, bits: 64, code: 'a80b80d2400580d2010000d4' },
    arm: { number: 40, bits: 32, flags: 0x0500_0000, code: '0170a0e32a00a0e3000000ef' },
    ppc64le: { number: 21, bits: 64, flags: 2, code: '010000382a00603802000044' },
    riscv64: { number: 243, bits: 64, code: '9308d0051305a00273000000' },
    s390x: { number: 22, bits: 64, bigEndian: true, code: 'a729002a0a01' },
    mips64le: { number: 8, bits: 64, flags: 0x2000_0000 },
    loong64: { number: 258, bits: 64 },
};
const ADDRESS = 0x40_0000;
const PAGE = 0x1_0000;
const EXECUTABLE = 2;
const VERSION = 1;
/** PT_LOAD, readable and executable. */
const LOAD = 1;
const READ_EXECUTE = 5;
/** undefined for an architecture that is not known. */
function elfProgram({ architecture }) {
    const machine = MACHINES[architecture];
    if (machine === undefined)
        return undefined;
    const code = Buffer.from(machine.code ?? '', 'hex');
    const header = headers(machine, code.length);
    return { header, file: machine.code === undefined ? undefined : Buffer.concat([header, code]) };
}
function headers(machine, codeSize) {
    const { bits } = machine;
    const wide = bits === 64;
    const sizes = wide ? { file: 64, segment: 56 } : { file: 52, segment: 32 };
    const start = sizes.file + sizes.segment;
    const out = new Fields(machine.bigEndian === true, wide);
    out.bytes(0x7f, 0x45, 0x4c, 0x46, wide ? 2 : 1, machine.bigEndian === true ? 2 : 1, VERSION);
    out.bytes(...Array.from({ length: 9 }, () => 0));
    out.half(EXECUTABLE).half(machine.number).word(VERSION);
    out
        .address(ADDRESS + start)
        .address(sizes.file)
        .address(0);
    out
        .word(machine.flags ?? 0)
        .half(sizes.file)
        .half(sizes.segment)
        .half(1);
    out.half(0).half(0).half(0);
    const size = start + codeSize;
    out.word(LOAD);
    if (wide)
        out.word(READ_EXECUTE);
    out.address(0).address(ADDRESS).address(ADDRESS).address(size).address(size);
    if (!wide)
        out.word(READ_EXECUTE);
    out.address(PAGE);
    return out.buffer;
}
/** Numbers one after the other, in the byte order of a machine. */
class Fields {
    #parts = [];
    #bigEndian;
    #wide;
    constructor(bigEndian, wide) {
        this.#bigEndian = bigEndian;
        this.#wide = wide;
    }
    get buffer() {
        return Buffer.concat(this.#parts);
    }
    bytes(...values) {
        this.#parts.push(Buffer.from(values));
        return this;
    }
    half(value) {
        return this.#number(value, 2);
    }
    word(value) {
        return this.#number(value, 4);
    }
    /** As wide as the machine. */
    address(value) {
        return this.#number(value, this.#wide ? 8 : 4);
    }
    #number(value, width) {
        const part = Buffer.alloc(width);
        if (width === 8) {
            if (this.#bigEndian)
                part.writeBigUInt64BE(BigInt(value));
            else
                part.writeBigUInt64LE(BigInt(value));
        }
        else if (this.#bigEndian)
            part.writeUIntBE(value, 0, width);
        else
            part.writeUIntLE(value, 0, width);
        this.#parts.push(part);
        return this;
    }
}

;// CONCATENATED MODULE: ./lib/worker/probe/emulation.js






/** Linux Documentation/admin-guide/binfmt-misc.rst. */
const BINFMT = '/proc/sys/fs/binfmt_misc';
/**
 * Looks at what is registered with binfmt_misc, and runs the smallest program of the platform: a container may use what the machine has
 * registered without seeing it, and some processors run the programs of others by themselves.
 * @param machine this one
 * @param folder where binfmt_misc is mounted
 */
async function findEmulation(platform, machine, folder = BINFMT) {
    if (platform.os === machine.os && platform.architecture === machine.architecture)
        return { kind: 'ready' };
    if (platform.os !== 'linux')
        return { kind: 'missing', why: `programs for ${platform.os} cannot be run on ${machine.os}` };
    const program = elfProgram(platform);
    if (program === undefined)
        return { kind: 'missing', why: `programs for ${(0,image_platform/* formatPlatform */.Bq)(platform)} are not known` };
    const handlers = registered(folder, program.header);
    const handler = handlers.find(({ enabled }) => enabled);
    const runs = program.file === undefined ? undefined : await tryProgram(program.file);
    if (handler?.fixed === false)
        return { kind: 'in-root', interpreter: handler.interpreter };
    if (runs === true || (runs === undefined && handler !== undefined))
        return { kind: 'ready' };
    return { kind: 'missing', why: reasonFor(folder, handlers) };
}
/** Entries for files that begin like this. */
function registered(folder, header) {
    return namesIn(folder)
        .filter((name) => name !== 'register' && name !== 'status')
        .flatMap((name) => {
        const text = readText((0,external_node_path_.join)(folder, name));
        return text !== undefined && matches(text, header) ? [handlerOf(name, text)] : [];
    });
}
function matches(text, header) {
    const bytes = (field) => Buffer.from(new RegExp(`^${field} ([0-9a-f]+)$`, 'm').exec(text)?.[1] ?? '', 'hex');
    const offset = Number(/^offset (\d+)$/m.exec(text)?.[1] ?? '0');
    const [magic, mask] = [bytes('magic'), bytes('mask')];
    if (magic.length === 0 || offset + magic.length > header.length)
        return false;
    return magic.every((byte, i) => {
        const bits = mask[i] ?? 0xff;
        return (byte & bits) === ((header[offset + i] ?? 0) & bits);
    });
}
function handlerOf(name, text) {
    return {
        name,
        enabled: /^enabled$/m.test(text),
        interpreter: /^interpreter (.*)$/m.exec(text)?.[1] ?? '',
        fixed: /^flags: .*F/m.test(text),
    };
}
function reasonFor(folder, handlers) {
    const [handler] = handlers;
    if (handler !== undefined)
        return handler.enabled
            ? `the emulator ${handler.interpreter} does not run`
            : `binfmt_misc has ${handler.name}, which is disabled`;
    const status = readText((0,external_node_path_.join)(folder, 'status'))?.trim();
    if (status === undefined)
        return 'binfmt_misc is not mounted';
    return status === 'enabled' ? 'binfmt_misc has no entry for it' : 'binfmt_misc is disabled';
}
/** Whether it ended as it should; undefined when it could not be tried. */
async function tryProgram(file) {
    const folder = (0,external_node_fs_.mkdtempSync)((0,external_node_path_.join)((0,external_node_os_.tmpdir)(), 'emulation-'));
    const path = (0,external_node_path_.join)(folder, 'program');
    try {
        (0,external_node_fs_.writeFileSync)(path, file);
        (0,external_node_fs_.chmodSync)(path, 0o755);
        return (await (0,exec/* exec */.m0)([path])).exitCode === EXIT_CODE;
    }
    catch {
        // Nothing may be executed there, for example.
        return undefined;
    }
    finally {
        (0,external_node_fs_.rmSync)(folder, { recursive: true, force: true });
    }
}
function namesIn(folder) {
    try {
        return (0,external_node_fs_.readdirSync)(folder);
    }
    catch {
        return [];
    }
}
function readText(path) {
    try {
        return (0,external_node_fs_.readFileSync)(path, 'latin1');
    }
    catch {
        return undefined;
    }
}

// EXTERNAL MODULE: ./lib/worker/source/local.js + 1 modules
var local = __webpack_require__(9524);
// EXTERNAL MODULE: ./lib/worker/source/archive.js
var archive = __webpack_require__(1048);
// EXTERNAL MODULE: ./lib/worker/source/git.js + 3 modules
var git = __webpack_require__(8367);
// EXTERNAL MODULE: ./lib/worker/source/http.js
var http = __webpack_require__(1016);
// EXTERNAL MODULE: ./lib/worker/source/newest.js
var source_newest = __webpack_require__(3310);
;// CONCATENATED MODULE: ./lib/worker/source/remote.js






/**
 * Downloads a file. What it is called does not tell, but its time does, since it is copied along (BuildKit: source/http).
 * @throws BuildError as httpTree
 */
async function openDownload(source, options) {
    const { httpAuthorization: authorization } = options;
    const tree = await (0,http/* httpTree */.D)(source, {
        ...options,
        ...(authorization === undefined ? {} : { authorization }),
    });
    const file = await tree.lookup(source.filename);
    return {
        identity: `${await remote_digestOf(tree, file)} ${file?.mtime ?? 0}`,
        files: () => Promise.resolve(tree),
        changedAt: () => timeOfDownload(tree, file, options.store),
        [Symbol.asyncDispose]: () => Promise.resolve(),
    };
}
/**
 * A commit of a Git repository: looked up at once, fetched only when its files are read.
 * @throws BuildError as resolveGitCommit; `files()` as gitTree
 */
async function openRepository(source, options) {
    const { environment, signal } = options;
    const authorization = options.gitAuthorization?.(source.url);
    const access = { environment, signal, authorization, folder: (0,external_node_path_.join)(options.folder, 'git') };
    const commit = await (0,git/* resolveGitCommit */.G)(source, access);
    let tree;
    const fetched = () => {
        tree ??= fetch();
        return tree;
    };
    const fetch = async () => {
        const newest = await (0,git/* gitTree */.$)(source, access);
        if (newest.commit === commit)
            return newest;
        // Somebody pushed in between; the key stands for the commit that was there before.
        await newest[Symbol.asyncDispose]();
        return (0,git/* gitTree */.$)({ ...source, ref: commit }, access);
    };
    return {
        identity: commit,
        files: fetched,
        changedAt: async () => (await fetched()).committedAt,
        async [Symbol.asyncDispose]() {
            await (await tree?.catch(() => undefined))?.[Symbol.asyncDispose]();
        },
    };
}
/** The tree knows only what its content has been checked against, which may be another kind of digest. */
async function remote_digestOf(tree, file) {
    if (file === undefined || file.content !== undefined)
        return file?.content ?? '';
    return (0,image_digest/* digestOfStream */.Ul)(remote_bytesOf(tree, file));
}
/** A server that tells no time may have sent an archive, which does. */
async function timeOfDownload(tree, file, store) {
    if (file === undefined || file.mtime > 0)
        return file?.mtime;
    let head = Buffer.alloc(0);
    for await (const chunk of remote_bytesOf(tree, file)) {
        head = Buffer.concat([head, chunk]);
        if (head.length >= archive/* ARCHIVE_HEAD */.am)
            break;
    }
    if (!(0,archive/* looksLikeArchive */.U8)(head))
        return undefined;
    const newest = await (0,source_newest/* newestOf */.s)(await (0,archive/* archiveTree */.HT)(remote_bytesOf(tree, file), { name: tree.name, store }));
    return newest > 0 ? newest : undefined;
}
async function* remote_bytesOf(tree, file) {
    for await (const { body } of tree.read([file]))
        yield* body ?? [];
}

// EXTERNAL MODULE: ./lib/cache/notices.js
var cache_notices = __webpack_require__(9571);
// EXTERNAL MODULE: ./lib/cache/backends/local/folder.js
var local_folder = __webpack_require__(3820);
// EXTERNAL MODULE: ./lib/cache/cached-mount.js
var cached_mount = __webpack_require__(8478);
;// CONCATENATED MODULE: ./lib/cache/backends/local/unreadable.js
/**
 * The system's name of why it gave no bytes (EACCES, EIO …), whoever told it on: what is asked for may be there all the same. undefined for other
 * errors, such as for what was read and is damaged.
 */
function unreadable(error) {
    for (let each = error; typeof each === 'object' && each !== null;) {
        if ('syscall' in each && 'code' in each && typeof each.code === 'string')
            return each.code;
        each = 'cause' in each ? each.cause : undefined;
    }
    return undefined;
}

;// CONCATENATED MODULE: ./lib/cache/backends/local/local-mounts.js





const LONGEST_MOUNT = 64 * 1024;
/** Cache mounts in a folder: a file for each, and its archive in the content store. */
class LocalMounts {
    #folder;
    #content;
    #notices;
    #saves = new Set();
    /** Archives of which it could not be learnt whether they are here, or what they hold. */
    #unread = new Set();
    bytesStored = 0;
    bytesRead = 0;
    constructor(folder, content, notices) {
        this.#folder = folder;
        this.#content = content;
        this.#notices = notices;
    }
    async find(key) {
        try {
            const mount = await this.#read(key);
            if (mount === undefined)
                return undefined;
            const size = await this.#content.stat(mount.archive.digest);
            if (size !== mount.archive.size)
                return undefined;
            await this.#folder.touch(this.#folder.mountFile(key));
            return mount;
        }
        catch (error) {
            this.#notices.add(`A cache mount of ${this.#notices.place} is left out: ${(0,base_errors/* reasonOf */.A3)(error)}`);
            return undefined;
        }
    }
    async open({ archive }) {
        const { digest } = archive;
        try {
            return (await this.#content.stat(digest)) === undefined ? undefined : this.#watched(digest);
        }
        catch (error) {
            this.#fail(digest, error);
            return undefined;
        }
    }
    /** As BuildCache.isUnsure. */
    isUnsure(digest) {
        return this.#unread.has(digest);
    }
    save(mount, open) {
        const save = this.#save(mount, open)
            .catch((error) => {
            this.#notices.add(`A cache mount could not be kept in ${this.#notices.place}: ${(0,base_errors/* reasonOf */.A3)(error)}`);
            return false;
        })
            .finally(() => this.#saves.delete(save));
        this.#saves.add(save);
        return save;
    }
    async settled() {
        await Promise.all(this.#saves);
    }
    /** The file comes last: what it names is there once it is. */
    async #save(mount, open) {
        const { digest, size } = mount.archive;
        const before = await this.#read(mount.key).catch(() => undefined);
        if ((await this.#content.stat(digest)) !== size) {
            await this.#content.put(await open(), { digest, size });
            this.bytesStored += size;
        }
        await this.#folder.write(this.#folder.mountFile(mount.key), JSON.stringify((0,cached_mount/* encodeMount */.m)(mount)));
        if (before !== undefined && before.archive.digest !== digest)
            await this.#drop(before.archive.digest);
        return true;
    }
    /** An archive that was replaced, unless another mount has the same content. Whoever reads it now goes on reading. */
    async #drop(digest) {
        for await (const { path, kind } of this.#folder.files()) {
            if (kind !== 'mount')
                continue;
            const bytes = await this.#folder.read(path, LONGEST_MOUNT).catch(() => undefined);
            if (bytes?.includes(digest) === true)
                return;
        }
        await this.#content.delete(digest);
    }
    async #read(key) {
        const file = this.#folder.mountFile(key);
        const bytes = await this.#folder.read(file, LONGEST_MOUNT);
        if (bytes === undefined)
            return undefined;
        const mount = (0,cached_mount/* decodeMount */.O)((0,cache_data/* parseJson */.qF)(bytes.toString('utf8'), file));
        // A file that was copied to another name must not answer for it.
        return mount.key === key ? mount : undefined;
    }
    /** The same bytes; a file that holds something else goes. */
    async *#watched(digest) {
        const check = new digest_check/* DigestCheck */.F(digest);
        try {
            for await (const chunk of await this.#content.open(digest)) {
                check.update(chunk);
                this.bytesRead += chunk.length;
                yield chunk;
            }
        }
        catch (error) {
            this.#fail(digest, error);
            throw error;
        }
        if (check.holds())
            return;
        this.#notices.add(`A cache mount in ${this.#notices.place} is damaged: it is not used`);
        await this.#content.delete(digest);
    }
    #fail(digest, error) {
        if (unreadable(error) !== undefined)
            this.#unread.add(digest);
        this.#notices.add(`A cache mount of ${this.#notices.place} cannot be read: ${(0,base_errors/* reasonOf */.A3)(error)}`);
    }
}

;// CONCATENATED MODULE: ./lib/cache/backends/local.js










/** Longest record read. Bytes. */
const LONGEST_RECORD = 1024 * 1024;
const LONGEST_INDEX = 256 * 1024 * 1024;
/** Opens a folder as a cache. Never fails: a folder that cannot be used is an empty cache with a notice. */
async function openLocalCache(options) {
    const folder = new local_folder/* LocalFolder */.e(options.folder);
    const notices = new cache_notices/* Notices */.q(`the local cache ${options.folder}`, options.onNotice);
    const exists = await folder.exists().catch((error) => {
        notices.add(`Nothing can be read from ${notices.place}: ${(0,base_errors/* reasonOf */.A3)(error)}`);
        return undefined;
    });
    if (exists === false)
        notices.absent(options.absence);
    let writable = options.mode !== 'read-only';
    if (writable && !(await folder.writable())) {
        writable = false;
        notices.add(`New results are not kept in ${notices.place}: the folder cannot be written`);
    }
    return new LocalCache(options, folder, notices, writable);
}
class LocalCache {
    name;
    writable;
    mounts;
    #folder;
    #content;
    #notices;
    #keepsDocuments;
    #saves = new Set();
    /** Blobs of which it could not be learnt whether they are here, or what they hold. */
    #unread = new Set();
    /** Why files could not be read, as told. */
    #refusals = new Set();
    #recordsSaved = 0;
    #bytesStored = 0;
    #bytesRead = 0;
    constructor(options, folder, notices, writable) {
        this.name = options.name ?? 'local';
        this.#content = options.content;
        this.#folder = folder;
        this.#notices = notices;
        this.writable = writable;
        this.#keepsDocuments = options.documents !== false;
        if (options.mounts !== false)
            this.mounts = new LocalMounts(folder, options.content, notices);
    }
    async lookup(key, step) {
        let isUnsure = false;
        const unsure = () => {
            isUnsure = true;
        };
        for (const file of [this.#folder.recordFile(key), this.#folder.documentsFile(key)]) {
            const record = await this.#read(key, file, unsure);
            if (record === undefined)
                continue;
            await this.#folder.touch(file);
            return { record };
        }
        // Nothing to compare with: it may be there, and the same.
        if (isUnsure)
            return { reason: `its record could not be read from ${this.name} (see the notice)` };
        const nearest = await this.#newestOf(step);
        return nearest === undefined ? {} : { nearest };
    }
    async hasBlob(digest) {
        return (await this.#tolerate(() => this.#content.stat(digest), this.#unsureOf(digest))) !== undefined;
    }
    isUnsure(digest) {
        return this.#unread.has(digest) || this.mounts?.isUnsure(digest) === true;
    }
    async openBlob(descriptor) {
        return this.#tolerate(async () => {
            const { digest, size } = descriptor;
            const found = await this.#content.stat(digest);
            if (found === undefined)
                return undefined;
            if (found === size)
                return this.#watched(await this.#content.open(digest), digest);
            this.#tellDamaged(digest);
            return undefined;
        }, this.#unsureOf(descriptor.digest));
    }
    async layerIndex(diffId) {
        return this.#tolerate(async () => {
            const file = this.#folder.indexFile(diffId);
            const bytes = await this.#folder.read(file, LONGEST_INDEX);
            if (bytes === undefined)
                return undefined;
            await this.#folder.touch(file);
            return await (0,index_format/* parseIndexOf */.D)(bytes, diffId).catch(async (error) => {
                // The layer tells the same; kept, it would be told of in every build.
                await this.#folder.delete(file);
                throw error;
            });
        });
    }
    save(record, open) {
        if (!this.writable || (record.documents !== undefined && !this.#keepsDocuments))
            return;
        const save = (record.documents === undefined ? this.#store(record, open) : this.#storeDocuments(record))
            .catch((error) => this.#notices.add(`A result could not be kept in ${this.#notices.place}: ${(0,base_errors/* reasonOf */.A3)(error)}`))
            .finally(() => this.#saves.delete(save));
        this.#saves.add(save);
    }
    async finish() {
        while (this.#saves.size > 0)
            await Promise.all(this.#saves);
        await this.mounts?.settled();
        const records = await this.#tolerate(() => this.#folder.countRecords());
        return {
            name: this.name,
            ...(records === undefined ? {} : { held: { records } }),
            recordsSaved: this.#recordsSaved,
            bytesUploaded: this.#bytesStored + (this.mounts?.bytesStored ?? 0),
            bytesDownloaded: this.#bytesRead + (this.mounts?.bytesRead ?? 0),
            notices: this.#notices.lines,
            failures: this.#notices.failures,
        };
    }
    /** The record comes last: what it names is there once it is. */
    async #store(record, open) {
        (0,cache_record/* checkRecord */.EQ)(record);
        const folder = this.#folder;
        const { layer, index } = record;
        if (layer !== undefined && open !== undefined) {
            const { digest, size } = layer.descriptor;
            // One of another size was cut off.
            if ((await this.#content.stat(digest)) !== size) {
                await this.#content.put(await open(), { digest, size });
                this.#bytesStored += size;
            }
        }
        if (index !== undefined)
            await folder.write(folder.indexFile(index.diffId), await (0,index_format/* serialiseIndexOf */.R)(index));
        const text = JSON.stringify((0,cache_record/* encodeRecord */.Ym)(record));
        for (const key of [record.contentKey, record.key]) {
            if (key !== undefined)
                await folder.write(folder.recordFile(key), text);
        }
        const newest = await this.#newestOf(record.step);
        if (newest === undefined || (0,cache_record/* byAge */.jI)(record, newest) <= 0) {
            await folder.write(folder.stepFile(record.step), record.key);
        }
        this.#recordsSaved += 1;
    }
    /** Apart from results: nothing counts them as such, and no step is compared with them. */
    async #storeDocuments(record) {
        (0,cache_record/* checkRecord */.EQ)(record);
        await this.#folder.write(this.#folder.documentsFile(record.key), JSON.stringify((0,cache_record/* encodeRecord */.Ym)(record)));
    }
    /** @param unsure is called when nobody can tell what the file says */
    async #read(key, file = this.#folder.recordFile(key), unsure) {
        return this.#tolerate(async () => {
            const bytes = await this.#folder.read(file, LONGEST_RECORD);
            if (bytes === undefined)
                return undefined;
            const record = (0,cache_record/* decodeRecord */.eT)((0,cache_data/* parseJson */.qF)(bytes.toString('utf8'), file));
            // A file that was copied to another name must not answer for it.
            if (record.key !== key && record.contentKey !== key)
                return undefined;
            const { layer } = record;
            const index = layer === undefined ? undefined : await this.#smallIndex(layer.diffId);
            return index === undefined ? record : { ...record, index };
        }, unsure);
    }
    /** Small ones go with the record; the others wait until they are asked for. */
    async #smallIndex(diffId) {
        const size = await this.#folder.size(this.#folder.indexFile(diffId));
        return size === undefined || size > cache_record/* INLINE_INDEX_LIMIT */.Ls ? undefined : this.layerIndex(diffId);
    }
    async #newestOf(step) {
        const key = await this.#tolerate(async () => {
            const bytes = await this.#folder.read(this.#folder.stepFile(step), 64);
            return bytes === undefined ? undefined : (0,cache_key/* parseCacheKey */.d)(bytes.toString('utf8'));
        });
        return key === undefined ? undefined : this.#read(key);
    }
    /** The same bytes; a file that holds something else goes, so that the layer can be kept again. */
    async *#watched(source, digest) {
        const check = new digest_check/* DigestCheck */.F(digest);
        try {
            for await (const chunk of source) {
                check.update(chunk);
                this.#bytesRead += chunk.length;
                yield chunk;
            }
        }
        catch (error) {
            this.#leaveOut(error, this.#unsureOf(digest));
            throw error;
        }
        if (check.holds())
            return;
        this.#tellDamaged(digest);
        await this.#content.delete(digest);
    }
    #tellDamaged(digest) {
        this.#notices.add(`The layer ${digest} in ${this.#notices.place} is damaged: it is not used`);
    }
    #unsureOf(digest) {
        return () => this.#unread.add(digest);
    }
    /** Damaged and unreadable files are as if they were not there, but for a notice; of the latter `unsure` is told. */
    async #tolerate(work, unsure) {
        try {
            return await work();
        }
        catch (error) {
            this.#leaveOut(error, unsure);
            return undefined;
        }
    }
    /** One line for all that the system refuses for one reason: it may be everything. */
    #leaveOut(error, unsure) {
        const refusal = unreadable(error);
        if (refusal === undefined) {
            this.#notices.add(`A part of ${this.#notices.place} is left out: ${(0,base_errors/* reasonOf */.A3)(error)}`);
            return;
        }
        unsure?.();
        if (this.#refusals.has(refusal))
            return;
        this.#refusals.add(refusal);
        this.#notices.add(`Not all can be read from ${this.#notices.place}: ${(0,base_errors/* reasonOf */.A3)(error)}`);
    }
}

// EXTERNAL MODULE: ./lib/app/options/cache-spec.js
var cache_spec = __webpack_require__(5382);
;// CONCATENATED MODULE: ./lib/app/caches/cache-use.js

/** Each cache once, in the order in which they are asked; those that are only written come last. */
function cacheUses({ from, to, strict }) {
    const imports = new Map(from.map((each) => [(0,cache_spec/* placeName */.fW)(each.place), each]));
    const exports = new Map(to.map((each) => [(0,cache_spec/* placeName */.fW)(each.place), each]));
    return [...new Set([...imports.keys(), ...exports.keys()])].flatMap((name) => {
        const [source, target] = [imports.get(name), exports.get(name)];
        const place = source?.place ?? target?.place;
        if (place === undefined)
            return [];
        return {
            place,
            ...(source === undefined ? {} : { from: source }),
            ...(target === undefined ? {} : { to: target }),
            strict: target?.ignoreError === undefined ? strict : !target.ignoreError,
        };
    });
}
function usedAs(cache, { from, to }) {
    return { ...(from === undefined ? {} : { from: cache }), ...(to === undefined ? {} : { to: cache }) };
}
/** What it means for this use that there is nothing. */
function absenceFor({ from, to }) {
    if (from?.named !== true)
        return undefined;
    return to === undefined ? 'failure' : 'remark';
}

;// CONCATENATED MODULE: ./lib/app/caches/open-actions.js


/** The Actions cache with one scope. Its client is loaded only when it is used. */
async function openActions({ scope }, use, { cache, stateDir, environment, listCacheRefs, onNotice }) {
    const { openActionsCache } = await __webpack_require__.e(/* import() */ 47).then(__webpack_require__.bind(__webpack_require__, 8047));
    const scopes = new Set([...cache.from, ...cache.to].flatMap(({ place }) => (place.type === 'gha' ? place.scope : [])));
    const opened = await openActionsCache({
        environment,
        scope,
        platform: (0,image_platform/* formatPlatform */.Bq)((0,image_platform/* hostPlatform */.ol)(process.platform, process.arch)),
        stateDir,
        mode: use.to === undefined ? 'read-only' : 'read-write',
        ...(cache.secret === undefined ? {} : { secret: cache.secret }),
        ...(scopes.size > 1 ? { name: `actions ${scope}` } : {}),
        absence: absenceFor(use),
        ...(listCacheRefs === undefined ? {} : { listRefs: listCacheRefs }),
        onNotice,
    });
    return usedAs(opened, use);
}

;// CONCATENATED MODULE: ./lib/cache/backends/registry/repository-blobs.js

/** Layers in a repository that is only read: an image, or a cache of another program. */
class RepositoryBlobs {
    #registry;
    #repository;
    #notices;
    #sizes;
    #unsure = new Set();
    bytesDownloaded;
    /** @param layers those that are given out. @param bytesRead what it took to know them */
    constructor({ registry, repository, notices }, layers, bytesRead) {
        this.#registry = registry;
        this.#repository = repository;
        this.#notices = notices;
        this.#sizes = new Map([...layers].map(({ digest, size }) => [digest, size]));
        this.bytesDownloaded = bytesRead;
    }
    /** Bytes of all layers. */
    get size() {
        return [...this.#sizes.values()].reduce((sum, size) => sum + size, 0);
    }
    /** Is it one of the layers? Nobody is asked. */
    knows(digest) {
        return this.#sizes.has(digest);
    }
    /** As BuildCache.isUnsure. */
    isUnsure(digest) {
        return this.#unsure.has(digest);
    }
    /** As BuildCache.hasBlob. */
    async has(digest) {
        if (!this.knows(digest))
            return false;
        try {
            return await this.#registry.hasBlob(this.#repository, digest);
        }
        catch (error) {
            this.#unsure.add(digest);
            this.#notices.add(`A layer cannot be looked up in ${this.#notices.place}: ${(0,base_errors/* reasonOf */.A3)(error)}`);
            return false;
        }
    }
    /** As BuildCache.openBlob. */
    async open(descriptor, signal) {
        if (this.#sizes.get(descriptor.digest) !== descriptor.size)
            return undefined;
        try {
            return this.#counted(await this.#registry.blob(this.#repository, descriptor, { signal }));
        }
        catch (error) {
            signal?.throwIfAborted();
            if (!(error instanceof base_errors/* BuildError */.zS && error.code === 'NOT_FOUND'))
                this.#unsure.add(descriptor.digest);
            this.#notices.add(`A layer of ${this.#notices.place} cannot be downloaded: ${(0,base_errors/* reasonOf */.A3)(error)}`);
            return undefined;
        }
    }
    async *#counted(source) {
        for await (const chunk of source) {
            this.bytesDownloaded += chunk.length;
            yield chunk;
        }
    }
}

;// CONCATENATED MODULE: ./lib/cache/backends/buildkit/buildkit-cache.js

/** A cache that BuildKit wrote, to read from. Its layers are used where they are: nothing is downloaded before a step reads it. */
class BuildkitCache {
    name;
    writable = false;
    foreign = true;
    #parts;
    #blobs;
    constructor(parts) {
        this.name = parts.name;
        this.#parts = parts;
        const layers = [...parts.layers.values()].map(({ descriptor }) => descriptor);
        this.#blobs = new RepositoryBlobs(parts, layers, parts.bytesRead);
    }
    async lookup(key, step, _signal, foreign) {
        const vertex = await foreign?.();
        if (vertex === undefined)
            return {};
        for (const steps of this.#parts.steps) {
            const result = await steps.resultOf(vertex);
            if (result !== undefined)
                return { record: { key, step, parts: [], ...result } };
        }
        return { reason: await this.#reason(vertex) };
    }
    async hasBlob(digest) {
        return this.#parts.kept ? this.#blobs.knows(digest) : this.#blobs.has(digest);
    }
    isUnsure(digest) {
        return this.#blobs.isUnsure(digest);
    }
    openBlob(descriptor, signal) {
        return this.#blobs.open(descriptor, signal);
    }
    save() {
        // It is only read.
    }
    async finish() {
        const { notices, steps } = this.#parts;
        const { lines, failures } = notices;
        return {
            name: this.name,
            held: { records: steps.reduce((sum, { size }) => sum + size, 0), bytes: this.#blobs.size },
            recordsSaved: 0,
            bytesUploaded: 0,
            bytesDownloaded: this.#blobs.bytesDownloaded,
            notices: lines,
            failures,
        };
    }
    async #reason(vertex) {
        const { steps } = this.#parts;
        if (vertex.unknown !== undefined)
            return `BuildKit's cache cannot be asked for it: ${vertex.unknown}`;
        if (!steps.some((each) => each.knows(vertex)))
            return "BuildKit's cache has no such step";
        const named = await Promise.all(steps.map((each) => each.isNamed(vertex)));
        return named.includes(true)
            ? "BuildKit's cache names it without its layer (mode=min, or an inline cache whose image lacks it)"
            : "BuildKit's cache has it on other inputs: what it is made on or what it reads has changed";
    }
}

;// CONCATENATED MODULE: ./lib/cache/backends/buildkit/cache-config.js


const MOST_LAYERS = 100_000;
const MOST_RECORDS = 200_000;
const MOST_LINKS = 10_000;
/** As many as an image can have by far. */
const DEEPEST = 1_000;
/** Layers of all results together, and links of all inputs together: a few bytes of the config may stand for a thousand layers. */
const MOST_IN_ALL = 1_000_000;
/** @throws BuildError `CACHE_DATA_BAD` */
function parseCacheConfig(value) {
    const fields = (0,cache_data/* fieldsOf */.Pf)(value, 'cache config');
    const layers = list(fields, 'layers', MOST_LAYERS).map(cache_config_layerOf);
    return { layers, records: parseRecords(list(fields, 'records', MOST_RECORDS), layers) };
}
/**
 * The records of an inline cache, whose layers are those of its image, each on the one before.
 * @throws BuildError `CACHE_DATA_BAD`
 */
function parseInlineConfig(value, blobs) {
    const fields = (0,cache_data/* fieldsOf */.Pf)({ records: value }, 'inline cache');
    const layers = blobs.map((blob, i) => ({ blob, parent: i - 1 }));
    return { layers, records: parseRecords(list(fields, 'records', MOST_RECORDS), layers) };
}
function parseRecords(values, layers) {
    let count = 0;
    return values.map((value) => {
        const record = cache_config_recordOf((0,cache_data/* fieldsOf */.Pf)(value, 'record'), values.length, layers, MOST_IN_ALL - count);
        for (const input of record.inputs)
            count += input.length;
        for (const result of record.results)
            count += result.layers.length;
        if (count > MOST_IN_ALL)
            throw cache_config_tooMany();
        return record;
    });
}
function cache_config_layerOf(value) {
    const fields = (0,cache_data/* fieldsOf */.Pf)(value, 'layer');
    // Go leaves zeros out: a layer that names no parent lies on the first one.
    return { blob: cache_config_digestIn(fields, 'blob'), parent: whole(fields, 'parent', -1) };
}
/** @param most layers of its results; what it takes by itself is limited by the config's size */
function cache_config_recordOf(fields, records, layers, most) {
    let left = most;
    const single = list(fields, 'layers', MOST_LINKS).map((value) => {
        const result = (0,cache_data/* fieldsOf */.Pf)(value, 'result');
        const chain = chainOf(layers, whole(result, 'layer', 0));
        left -= chain.length;
        if (left < 0)
            throw cache_config_tooMany();
        return { layers: chain, createdAt: cache_config_timeOf(result) };
    });
    const chained = list(fields, 'chains', MOST_LINKS).map((value) => {
        const result = (0,cache_data/* fieldsOf */.Pf)(value, 'result');
        return {
            layers: result.list('layers', DEEPEST).map((index) => indexIn(index, layers.length)),
            createdAt: cache_config_timeOf(result),
        };
    });
    return {
        digest: cache_config_digestIn(fields, 'digest'),
        inputs: list(fields, 'inputs', MOST_LINKS).map((links) => linksOf(links, records)),
        results: [...single, ...chained],
    };
}
function linksOf(value, records) {
    return (0,cache_data/* fieldsOf */.Pf)({ links: value }, 'input')
        .list('links', MOST_LINKS)
        .map((each) => {
        const link = (0,cache_data/* fieldsOf */.Pf)(each, 'link');
        return {
            selector: link.has('selector') ? link.text('selector', 256) : '',
            record: indexIn(whole(link, 'link', 0), records),
        };
    });
}
/** A layer and all below it, base first. */
function chainOf(layers, top) {
    const chain = [];
    for (let at = top; at !== -1; at = layers[at]?.parent ?? -1) {
        if (chain.length === DEEPEST)
            throw (0,cache_data/* badData */.sn)(`layers lie on each other in a circle, or more than ${DEEPEST} deep`);
        chain.push(indexIn(at, layers.length));
    }
    return chain.reverse();
}
function cache_config_timeOf(fields) {
    const time = fields.has('createdAt') ? Date.parse(fields.text('createdAt', 64)) : 0;
    if (Number.isNaN(time))
        throw (0,cache_data/* badData */.sn)('a result has no time');
    return new Date(Math.max(0, time)).toISOString();
}
/** Absent is an empty list, as Go writes it. */
function list(fields, name, most) {
    return fields.has(name) ? fields.list(name, most) : [];
}
/** Absent is 0, as Go writes it. */
function whole(fields, name, least) {
    return fields.has(name) ? fields.integer(name, least) : 0;
}
function indexIn(value, length) {
    if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 && value < length)
        return value;
    throw (0,cache_data/* badData */.sn)(`${String(value)} is no index below ${length}`);
}
function cache_config_digestIn(fields, name) {
    const text = fields.text(name, 256);
    try {
        return (0,image_digest/* parseDigest */.m)(text);
    }
    catch (cause) {
        throw (0,cache_data/* badData */.sn)(`"${text}" is no digest`, cause);
    }
}
function cache_config_tooMany() {
    return (0,cache_data/* badData */.sn)(`its results and inputs name more than ${MOST_IN_ALL} layers and steps`);
}

;// CONCATENATED MODULE: ./lib/cache/backends/buildkit/cached-steps.js

/** Output of a record that stands for content (BuildKit: solver/edge.go, NewCacheKey with index -1). */
const OF_CONTENT = -1;
const cached_steps_NONE = new Set();
/**
 * The records of one cache config, and which of them is a step: one whose own digest is equal and each of whose inputs is a record that the
 * step's input is, read by the same selector, or the record of its content (BuildKit: solver/cachemanager.go, Query; solver/edge.go).
 */
class CachedSteps {
    #records;
    #chains;
    /** Records without inputs by digest. */
    #roots = new Map();
    /** Records by digest, position of an input, its selector and the record that is it. */
    #children = new Map();
    #digests;
    #matches = new WeakMap();
    #best = new WeakMap();
    /** @param layers what is known of the blobs; results with a blob that is not among them are left out */
    constructor(config, layers) {
        this.#records = config.records;
        this.#digests = new Set(config.records.map(({ digest }) => digest));
        this.#chains = (result) => {
            const chain = result.layers.map((index) => layers.get(config.layers[index]?.blob));
            const known = chain.filter((layer) => layer !== undefined);
            return known.length < chain.length ? undefined : { layers: known, createdAt: result.createdAt };
        };
        config.records.forEach(({ digest, inputs }, index) => {
            if (inputs.length === 0)
                push(this.#roots, digest, index);
            inputs.forEach((links, input) => {
                for (const { selector, record } of links)
                    push(this.#children, childName(digest, input, selector, record), index);
            });
        });
    }
    get size() {
        return this.#records.length;
    }
    /** The result of a step; undefined when there is none. */
    async resultOf(vertex) {
        const alone = vertex.alone === undefined ? undefined : await this.#bestOf(vertex.alone);
        const [only, ...more] = alone?.layers ?? [];
        if (alone !== undefined && only !== undefined && more.length === 0)
            return { layer: only, createdAt: alone.createdAt };
        const chain = await this.#bestOf(vertex);
        if (chain === undefined)
            return undefined;
        const ids = chain.layers.map(({ diffId }) => diffId);
        const below = await this.#layersBelow(vertex);
        const isEmpty = below !== undefined && same(below, ids);
        return {
            ...(isEmpty ? {} : { layer: chain.layers.at(-1) }),
            parent: (0,image_digest/* chainIdOf */.ok)(isEmpty ? ids : ids.slice(0, -1)) ?? '',
            createdAt: chain.createdAt,
        };
    }
    /** Is a step of this definition kept, whatever it was made on? */
    knows(vertex) {
        return cached_steps_namesOf(vertex).some((name) => this.#digests.has(name));
    }
    /** Are its records, but none of their layers, there? */
    async isNamed(vertex) {
        return (await this.#matchesOf(vertex)).size > 0;
    }
    #matchesOf(vertex) {
        let matches = this.#matches.get(vertex);
        if (matches === undefined) {
            matches = this.#match(vertex);
            this.#matches.set(vertex, matches);
            matches.catch(() => this.#matches.delete(vertex));
        }
        return matches;
    }
    async #match(vertex) {
        if (vertex.unknown !== undefined)
            return cached_steps_NONE;
        const names = cached_steps_namesOf(vertex);
        if (vertex.inputs.length === 0)
            return new Set(names.flatMap((name) => this.#roots.get(name) ?? []));
        // Nothing is read for a step that is not kept on anything.
        if (!this.knows(vertex))
            return cached_steps_NONE;
        const byName = await Promise.all(vertex.inputs.map((input, i) => this.#named(names, input, i)));
        const found = this.#complete(intersection(byName), vertex);
        if (found.size > 0)
            return found;
        const all = await Promise.all(vertex.inputs.map(async (input, i) => new Set([...(byName[i] ?? cached_steps_NONE), ...(await this.#read(names, input, i))])));
        return this.#complete(intersection(all), vertex);
    }
    /** Records that have the input at this place, told by what the input is. */
    async #named(names, { vertex, selectors }, at) {
        const sources = await this.#matchesOf(vertex);
        return this.#childrenOf(names, at, selectors, sources);
    }
    /** The same, told by what is read of it. */
    async #read(names, { content }, at) {
        const digests = (await content?.()) ?? [];
        const roots = digests.flatMap((digest) => this.#roots.get(recordName(digest, OF_CONTENT)) ?? []);
        return this.#childrenOf(names, at, [''], roots);
    }
    #childrenOf(names, at, selectors, sources) {
        const found = new Set();
        for (const source of sources) {
            for (const name of names) {
                for (const selector of selectors) {
                    for (const child of this.#children.get(childName(name, at, selector, source)) ?? [])
                        found.add(child);
                }
            }
        }
        return found;
    }
    /** Those with no further inputs. */
    #complete(records, { inputs }) {
        return new Set([...records].filter((index) => this.#records[index]?.inputs.length === inputs.length));
    }
    #bestOf(vertex) {
        let best = this.#best.get(vertex);
        if (best === undefined) {
            best = this.#chooseBest(vertex);
            this.#best.set(vertex, best);
            best.catch(() => this.#best.delete(vertex));
        }
        return best;
    }
    /** The newest of the results that lie on the result chosen for the step below. */
    async #chooseBest(vertex) {
        const matches = await this.#matchesOf(vertex);
        const chains = [...matches]
            .flatMap((index) => this.#records[index]?.results ?? [])
            .flatMap((result) => this.#chains(result) ?? [])
            .sort((a, b) => (a.createdAt < b.createdAt ? 1 : a.createdAt > b.createdAt ? -1 : 0));
        const below = await this.#layersBelow(vertex);
        return below === undefined ? chains[0] : chains.find(({ layers }) => liesOn(layers, below));
    }
    /** undefined: nothing is known of it. */
    async #layersBelow({ base }) {
        if (base === undefined)
            return [];
        return base.layers ?? (await this.#bestOf(base))?.layers.map(({ diffId }) => diffId);
    }
}
/** As a layer of its own, or as it is, when the empty layer was left out. */
function liesOn(layers, below) {
    const ids = layers.map(({ diffId }) => diffId);
    return same(ids, below) || same(ids.slice(0, -1), below);
}
function same(a, b) {
    return a.length === b.length && a.every((id, i) => id === b[i]);
}
function cached_steps_namesOf({ digests }) {
    return digests.map((digest) => recordName(digest, 0));
}
/** BuildKit: solver/cachemanager.go, rootKey. */
function recordName(digest, output) {
    return (0,image_digest/* digestOf */.ol)(`${digest}@${output}`);
}
function childName(digest, input, selector, source) {
    return `${digest} ${input} ${selector} ${source}`;
}
function push(map, key, value) {
    const list = map.get(key);
    if (list === undefined)
        map.set(key, [value]);
    else
        list.push(value);
}
function intersection(sets) {
    const [first = cached_steps_NONE, ...others] = sets;
    return new Set([...first].filter((value) => others.every((set) => set.has(value))));
}

;// CONCATENATED MODULE: ./lib/cache/backends/buildkit/manifest-kind.js

/** BuildKit: cache/remotecache/v1/spec.go. */
const CONFIG_TYPE = 'application/vnd.buildkit.cacheconfig.v0';
/** undefined for what is neither an image nor an index. */
function parsedManifest({ bytes, descriptor }) {
    try {
        return parseManifest(bytes, descriptor.mediaType);
    }
    catch {
        return undefined;
    }
}
/** The config of a cache that BuildKit wrote: one of the manifests of an index, or the config of an image manifest. */
function cacheConfigOf(manifest) {
    if (manifest.kind === 'index')
        return manifest.manifests.find(({ mediaType }) => mediaType === CONFIG_TYPE);
    return manifest.config.mediaType === CONFIG_TYPE ? manifest.config : undefined;
}
/** Is it a cache that BuildKit wrote, and nothing else? */
function isBuildkitCache(manifest) {
    const parsed = parsedManifest(manifest);
    return parsed !== undefined && cacheConfigOf(parsed) !== undefined;
}

// EXTERNAL MODULE: ./lib/cache/backends/indexed/no-cache.js
var no_cache = __webpack_require__(6306);
;// CONCATENATED MODULE: ./lib/cache/backends/buildkit.js











const INLINE_FIELD = 'moby.buildkit.cache.v0';
const DIFF_ID = 'containerd.io/uncompressed';
/** Annotations that only a cache has a use for. */
const OF_THE_CACHE = /^(?:buildkit\/|containerd\.io\/(?:uncompressed|distribution\.source\.))/;
/** Bytes. Parsing takes forty times its memory at worst. */
const LARGEST_CONFIG = 16 * 1024 * 1024;
/** Images of an index that are looked into for an inline cache. */
const MOST_IMAGES = 32;
const UNREADABLE = new Set(['CACHE_DATA_BAD', 'BAD_MANIFEST']);
/** Reads what BuildKit writes with `cache-to type=registry`, as an index or as an image manifest; undefined for anything else. */
const buildkitCacheReader = (found) => opened(found, readExported);
/** Reads images that BuildKit built with `cache-to type=inline`; undefined for anything else. */
const buildkitInlineReader = (found) => opened(found, readInline);
async function opened(found, read) {
    const { registry, repository, name, notices } = found;
    try {
        const cache = await read(found);
        return cache === undefined
            ? undefined
            : // Another name than a cache of ours that takes its place under the same tag.
                new BuildkitCache({ name: `${name} (BuildKit)`, registry, repository, notices, ...cache });
    }
    catch (error) {
        if (!(error instanceof base_errors/* BuildError */.zS) || !UNREADABLE.has(error.code))
            throw error;
        notices.add(`BuildKit's cache in ${notices.place} is left out: ${(0,base_errors/* reasonOf */.A3)(error)}`);
        return new no_cache/* NoCache */.q(name, notices);
    }
}
async function readExported(found) {
    const parsed = parsedManifest(found.manifest);
    const config = parsed === undefined ? undefined : cacheConfigOf(parsed);
    if (parsed === undefined || config === undefined)
        return undefined;
    const bytes = await readDocument(found, config);
    const descriptors = parsed.kind === 'image' ? parsed.layers : parsed.manifests;
    const layers = buildkit_layersOf(found, descriptors.filter(({ mediaType }) => mediaType !== CONFIG_TYPE));
    return {
        steps: [new CachedSteps(parseCacheConfig((0,cache_data/* parseJson */.qF)(bytes.toString('utf8'), 'the cache config')), layers)],
        layers,
        // An index keeps the manifests that it names; layers are none, and a registry may delete them.
        kept: parsed.kind === 'image',
        bytesRead: found.manifest.bytes.length + bytes.length,
    };
}
/** BuildKit: cache/remotecache/import.go, importInlineCache. */
async function readInline(found) {
    const { manifest } = found;
    const parsed = parsedManifest(manifest);
    if (parsed === undefined)
        return undefined;
    const images = parsed.kind === 'image' ? [parsed] : await imagesOf(found, parsed.manifests);
    const layers = new Map();
    const steps = [];
    let bytesRead = manifest.bytes.length;
    for (const image of images) {
        const bytes = await readDocument(found, image.config);
        bytesRead += bytes.length;
        const known = inlineLayers(found, image, bytes);
        if (known === undefined)
            continue;
        const fields = (0,cache_data/* fieldsOf */.Pf)((0,cache_data/* parseJson */.qF)(bytes.toString('utf8'), 'the image config'), 'config');
        const text = Buffer.from(fields.text(INLINE_FIELD, LARGEST_CONFIG), 'base64').toString('utf8');
        const records = (0,cache_data/* parseJson */.qF)(text, 'the inline cache');
        steps.push(new CachedSteps(parseInlineConfig(records, image.layers.map(({ digest }) => digest)), known));
        for (const [digest, layer] of known)
            layers.set(digest, layer);
    }
    return steps.length === 0 ? undefined : { steps, layers, kept: true, bytesRead };
}
/** The layers of an image that has an inline cache. */
function inlineLayers(found, { layers }, config) {
    const fields = (0,cache_data/* fieldsOf */.Pf)((0,cache_data/* parseJson */.qF)(config.toString('utf8'), 'the image config'), 'config');
    if (!fields.has(INLINE_FIELD))
        return undefined;
    const diffIds = parseImageConfig(config).rootfs.diff_ids;
    if (diffIds.length !== layers.length)
        return undefined;
    return new Map(layers.map((layer, i) => [layer.digest, cachedLayer(found, layer, diffIds[i])]));
}
async function imagesOf(found, manifests) {
    const images = [];
    // Attestations stand in an index as unknown/unknown.
    for (const { digest, platform } of manifests.slice(0, MOST_IMAGES)) {
        if (platform?.os === 'unknown')
            continue;
        const manifest = await found.registry.manifest(found.repository, digest, { signal: found.signal });
        const parsed = parsedManifest(manifest);
        if (parsed?.kind === 'image')
            images.push(parsed);
    }
    return images;
}
function buildkit_layersOf(found, descriptors) {
    return new Map(descriptors.flatMap((descriptor) => {
        const diffId = diffIdOf(descriptor);
        // A layer of another form could not be built upon.
        const isReadable = (0,media_types/* compressionOf */.M)(descriptor.mediaType) !== undefined;
        return diffId === undefined || !isReadable
            ? []
            : [[descriptor.digest, cachedLayer(found, descriptor, diffId)]];
    }));
}
function cachedLayer({ repository }, descriptor, diffId) {
    const { mediaType, digest, size, annotations = {} } = descriptor;
    const kept = Object.entries(annotations).filter(([name]) => !OF_THE_CACHE.test(name));
    return {
        descriptor: {
            mediaType,
            digest,
            size,
            ...(kept.length === 0 ? {} : { annotations: Object.fromEntries(kept) }),
        },
        diffId,
        sources: [repository],
    };
}
function diffIdOf({ annotations }) {
    try {
        return (0,image_digest/* parseDiffId */.Kf)(annotations?.[DIFF_ID] ?? '');
    }
    catch {
        return undefined;
    }
}
/** @throws BuildError `CACHE_DATA_BAD` for one that is too large or not what its digest says; those of Registry */
async function readDocument({ registry, repository, signal }, descriptor) {
    const { digest, size } = descriptor;
    if (size > LARGEST_CONFIG)
        throw (0,cache_data/* badData */.sn)(`${digest} has ${size} bytes, more than ${LARGEST_CONFIG}`);
    const chunks = [];
    let read = 0;
    for await (const chunk of await registry.blob(repository, descriptor, { signal })) {
        read += chunk.length;
        if (read > size)
            break;
        chunks.push(Uint8Array.from(chunk));
    }
    const bytes = Buffer.concat(chunks);
    if (read === size && (0,digest_check/* hasDigest */.t)(bytes, digest))
        return bytes;
    throw (0,cache_data/* badData */.sn)(`the registry gave other bytes than ${digest}`);
}

// EXTERNAL MODULE: ./lib/image/store/admission.js
var store_admission = __webpack_require__(9930);
;// CONCATENATED MODULE: ./lib/image/store/memory.js



const CHUNK = 64 * 1024;
/** Blobs in memory. */
function memoryStore() {
    const blobs = new Map();
    return {
        async stat(digest) {
            const blob = blobs.get(digest);
            if (blob !== undefined)
                blob.lastUsed = new Date();
            return blob?.bytes.length;
        },
        async open(digest, range = {}) {
            const blob = blobs.get(digest);
            if (blob === undefined)
                throw (0,store_admission/* contentNotFound */.x)(digest);
            blob.lastUsed = new Date();
            return inChunks(blob.bytes.subarray(range.start ?? 0, range.end ?? blob.bytes.length));
        },
        async put(source, expected = {}) {
            const admission = new store_admission/* Admission */.S(expected);
            const hash = (0,external_node_crypto_.createHash)((0,image_digest/* algorithmOf */.Hy)(expected.digest));
            const pieces = [];
            for await (const chunk of source) {
                admission.count(chunk.length);
                hash.update(chunk);
                pieces.push(Buffer.from(chunk));
            }
            const digest = (0,image_digest/* parseDigest */.m)(`${(0,image_digest/* algorithmOf */.Hy)(expected.digest)}:${hash.digest('hex')}`);
            admission.check(digest);
            blobs.set(digest, { bytes: Buffer.concat(pieces), lastUsed: new Date() });
            return { digest, size: admission.size };
        },
        pathOf() {
            return undefined;
        },
        async delete(digest) {
            blobs.delete(digest);
        },
        async *list() {
            for (const [digest, { bytes, lastUsed }] of [...blobs]) {
                yield { digest: (0,image_digest/* parseDigest */.m)(digest), size: bytes.length, lastUsed };
            }
        },
    };
}
async function* inChunks(bytes) {
    for (let at = 0; at < bytes.length; at += CHUNK)
        yield Buffer.from(bytes.subarray(at, at + CHUNK));
}

;// CONCATENATED MODULE: ./lib/cache/backends/image.js









/** Not a package's guess: manifests that cannot be an image of these platforms. */
const NO_IMAGE = new Set([
    'PLATFORM_NOT_FOUND',
    'BAD_MANIFEST',
    'OLD_MANIFEST',
    'UNKNOWN_MANIFEST_TYPE',
]);
/** Reads images that were built with `cache-to type=inline`: their layers are results of the steps that they name. */
function imageReader(platforms) {
    return async (found) => {
        const images = (await Promise.all(platforms.map((platform) => imageOf(found, platform)))).filter((image) => image !== undefined);
        const records = images.flatMap((image) => recordsOf(image, found.notices));
        if (records.length === 0)
            return undefined;
        const bytes = images.reduce((sum, { manifest, config }) => sum + manifest.bytes.length + config.bytes.length, 0);
        return new ImageCache(found, records, bytes);
    };
}
async function imageOf({ registry, repository, manifest, signal }, platform) {
    const store = memoryStore();
    await store.put((0,one_chunk/* oneChunk */.w)(manifest.bytes));
    const reference = { host: repository.host, path: repository.path, digest: manifest.descriptor.digest };
    try {
        return await resolveImage(registry, reference, platform, { store, signal });
    }
    catch (error) {
        if (error instanceof base_errors/* BuildError */.zS && NO_IMAGE.has(error.code))
            return undefined;
        throw error;
    }
}
function recordsOf({ image, manifest }, notices) {
    const text = parseManifest(manifest.bytes).annotations?.[INLINE_ANNOTATION];
    if (text === undefined)
        return [];
    try {
        return records(image, decodeInlineKeys(text));
    }
    catch (error) {
        notices.add(`What ${notices.place} says of its layers is left out: ${(0,base_errors/* reasonOf */.A3)(error)}`);
        return [];
    }
}
/** The keys are those of the last layers. */
function records({ layers, config }, keys) {
    const times = config.history.filter(({ empty_layer }) => empty_layer !== true);
    const first = layers.length - keys.length;
    if (first < 0) {
        throw (0,cache_data/* badData */.sn)(`it names ${keys.length} steps and has ${layers.length} layers`);
    }
    return keys.flatMap(({ key, anywhere }, i) => {
        const layer = layers[first + i];
        const createdAt = times[first + i]?.created;
        // Without its time the image that it becomes a part of would be another one.
        if (layer === undefined || createdAt === undefined)
            return [];
        const below = config.rootfs.diff_ids.slice(0, first + i);
        return [
            {
                key,
                step: '',
                parts: [],
                layer,
                ...(anywhere ? {} : { parent: (0,image_digest/* chainIdOf */.ok)(below) ?? '' }),
                createdAt,
            },
        ];
    });
}
/** Reads an image; nothing is ever written to it but by pushing it. */
class ImageCache {
    name;
    writable = false;
    #notices;
    #records;
    #blobs;
    constructor(found, all, bytesRead) {
        this.name = found.name;
        this.#notices = found.notices;
        this.#records = new Map(all.map((record) => [record.key, record]));
        const layers = all.flatMap(({ layer }) => (layer === undefined ? [] : [layer.descriptor]));
        this.#blobs = new RepositoryBlobs(found, layers, bytesRead);
    }
    async lookup(key) {
        const record = this.#records.get(key);
        return record === undefined ? {} : { record };
    }
    hasBlob(digest) {
        return this.#blobs.has(digest);
    }
    isUnsure(digest) {
        return this.#blobs.isUnsure(digest);
    }
    openBlob(descriptor, signal) {
        return this.#blobs.open(descriptor, signal);
    }
    save() {
        // What an image holds is decided by its build.
    }
    async finish() {
        const { lines, failures } = this.#notices;
        return {
            name: this.name,
            held: { records: this.#records.size, bytes: this.#blobs.size },
            recordsSaved: 0,
            bytesUploaded: 0,
            bytesDownloaded: this.#blobs.bytesDownloaded,
            notices: lines,
            failures,
        };
    }
}

// EXTERNAL MODULE: ./lib/cache/backends/indexed/cache-index.js
var cache_index = __webpack_require__(6884);
// EXTERNAL MODULE: ./lib/cache/backends/indexed/index-file.js
var index_file = __webpack_require__(9543);
;// CONCATENATED MODULE: ./lib/cache/backends/registry/registry-index.js










const INDEX_TYPE = 'application/vnd.ts-image-build.cache.v1';
const MOUNT_TYPE = 'application/vnd.ts-image-build.cache-mount.v1.tar+zstd';
const LAYER_INDEX_TYPE = 'application/vnd.ts-image-build.layer-index.v1+gzip';
/** OCI image-spec 1.1, manifest.md, "Guidelines for Artifact Usage": what stands where there is nothing. */
const EMPTY = { mediaType: 'application/vnd.oci.empty.v1+json', digest: (0,image_digest/* digestOf */.ol)('{}'), size: 2 };
/** Milliseconds after which saving is given up when others are always faster. */
const MOST_TIME = 90_000;
/** Times in a row that HEAD tells another digest of a tag than its GET, after which it is not believed. */
const MOST_MISLED = 5;
/**
 * Least and random part of the wait before a written tag is looked at again. Milliseconds. A quarter of it is enough for a registry beside one build, but not when
 * several end together on a busy machine.
 */
const SETTLE = 40;
/** Most of `SETTLE` that a build waits before it tries again. */
const registry_index_MOST_STEPS = 32;
/** What was looked at this many milliseconds ago was looked at now: as long as a build takes to end. */
const JUST_NOW = 20;
/** A build that looked at the tag just before this one wrote it has written its own by then, if it is no slower by more than this. */
const PATIENCE = 2;
/**
 * The index as a tag of a repository: a plain OCI image manifest whose config is the index file and whose layers are all blobs that it names, so
 * that the registry keeps them. A tag can be written over, so it is looked at right before it is written and once more after: where another
 * build was faster or slower by a moment, both are merged and written again.
 */
class RegistryIndex {
    #options;
    #manifest;
    #seen;
    /** What the tag held that was not written over, since HEAD told of something else. */
    #refused;
    #misled = 0;
    /** The manifest that was written last. */
    #written;
    /** When that was seen there. Milliseconds, as of performance.now(). */
    #confirmed = Number.NEGATIVE_INFINITY;
    constructor(options) {
        this.#options = options;
        this.#manifest = options.manifest;
    }
    async load(signal) {
        const { registry, repository, tag } = this.#options;
        const known = this.#manifest;
        this.#manifest = undefined;
        const asked = known ?? registry.manifest(repository, tag, { signal });
        const manifest = await asked.catch((error) => {
            if (error instanceof base_errors/* BuildError */.zS && error.code === 'NOT_FOUND')
                return undefined;
            throw error;
        });
        const state = manifest === undefined
            ? { sequence: 0, index: new cache_index/* CacheIndex */.hx(), size: 0 }
            : await this.#read(manifest, signal);
        this.#seen = { digest: manifest?.descriptor.digest, state };
        return state;
    }
    async save(_known, change, signal) {
        const deadline = Date.now() + MOST_TIME;
        let uploaded = 0;
        /** All that was written here before: who wrote over it may have known none of it, and those who wrote it may have ended. */
        let written = new cache_index/* CacheIndex */.hx();
        for (let tries = 1;; tries += 1) {
            const before = this.#seen ?? (await this.#loadToExtend(signal));
            const index = change(written.mergedWith(before.state.index)).trimmed();
            // Another build took it over together with its own.
            if (tries > 1 && namesAll(before.state.index, index))
                return { sequence: 1, index, size: uploaded };
            const isLast = this.#isMisled(before) || Date.now() >= deadline;
            const { size, isThere } = await this.#write(index, isLast ? 'anyway' : before, signal);
            uploaded += size;
            if (isThere)
                return { sequence: 1, index, size: uploaded };
            if (size > 0)
                written = index;
            this.#refused = size > 0 ? undefined : before.digest;
            // Not in step with the other builds.
            await (0,external_node_timers_promises_.setTimeout)(SETTLE * Math.random() * Math.min(2 ** tries, registry_index_MOST_STEPS), undefined, { signal });
            this.#seen = undefined;
        }
    }
    async confirm(saved, signal) {
        if (performance.now() - this.#confirmed < JUST_NOW)
            return saved;
        if ((await this.#digestNow(signal)) === this.#written)
            return saved;
        this.#seen = undefined;
        const { state } = await this.#loadToExtend(signal);
        if (namesAll(state.index, saved.index))
            return saved;
        return await this.save(state, (newest) => saved.index.mergedWith(newest), signal);
    }
    /** Was something else told of again and again, which is not there? Then nobody has written meanwhile. */
    #isMisled({ digest }) {
        this.#misled = digest !== undefined && digest === this.#refused ? this.#misled + 1 : 0;
        return this.#misled >= MOST_MISLED;
    }
    /** Nothing was written (size 0) when the tag no longer holds `before`; not there when it holds something else by now. */
    async #write(index, before, signal) {
        const { identity } = this.#options;
        const file = await (0,index_file/* encodeIndexFile */.rO)(index, identity);
        const manifest = manifestFor(index, file);
        // The file's bytes are another build's only when both say the same at the same time.
        const pushed = [
            this.#push({ mediaType: INDEX_TYPE, digest: (0,image_digest/* digestOf */.ol)(file), size: file.length }, file, {
                isNew: true,
                signal,
            }),
        ];
        if (registry_index_layersOf(index).length === 0)
            pushed.push(this.#push(EMPTY, Buffer.from('{}'), { signal }));
        await Promise.all(pushed);
        const looked = performance.now();
        // What was seen when the build began may be long out of date.
        if (before !== 'anyway' && (await this.#digestNow(signal)) !== before.digest)
            return { size: 0, isThere: false };
        await this.#putManifest(manifest, signal);
        this.#written = manifest.descriptor.digest;
        if (before === 'anyway')
            return { size: file.length, isThere: true };
        await (0,external_node_timers_promises_.setTimeout)(Math.max(SETTLE, PATIENCE * (performance.now() - looked)) + SETTLE * Math.random(), undefined, { signal });
        const isThere = (await this.#digestNow(signal)) === manifest.descriptor.digest;
        if (isThere)
            this.#confirmed = performance.now();
        return { size: file.length, isThere };
    }
    async #putManifest(manifest, signal) {
        const { registry, repository, tag } = this.#options;
        try {
            await registry.putManifest(repository, tag, manifest, { signal });
        }
        catch (error) {
            throw error instanceof base_errors/* BuildError */.zS && error.code === 'NOT_TAKEN' ? noCaches(error) : error;
        }
    }
    async #digestNow(signal) {
        const { registry, repository, tag } = this.#options;
        // Many registries say "denied" for a repository that does not exist yet; if it is not that, writing to it will fail too.
        const found = await registry.resolve(repository, tag, { signal }).catch((error) => {
            if (isRefusal(error))
                return undefined;
            throw error;
        });
        return found?.digest;
    }
    /** A refusal may mean that the repository does not exist yet. */
    async #loadToExtend(signal) {
        try {
            const state = await this.load(signal);
            return this.#seen ?? { digest: undefined, state };
        }
        catch (error) {
            if (!isRefusal(error))
                throw error;
            return { digest: undefined, state: { sequence: 0, index: new cache_index/* CacheIndex */.hx(), size: 0 } };
        }
    }
    async #push(descriptor, bytes, options) {
        const { registry, repository } = this.#options;
        await registry.pushBlob(repository, descriptor, async () => (0,one_chunk/* oneChunk */.w)(bytes), options);
    }
    async #read(manifest, signal) {
        const { registry, repository, identity, notices } = this.#options;
        if (isBuildkitCache(manifest)) {
            // A cache, and somebody says that this is its tag now: the same words wrote it before.
            notices.remark(`The cache that BuildKit wrote in ${notices.place} gives way to this one`);
            return { sequence: 0, index: new cache_index/* CacheIndex */.hx(), size: manifest.bytes.length };
        }
        // Thrown, not passed over: what is no cache must never be written over.
        const config = configOf(manifest);
        if (config.size > index_file/* LONGEST_INDEX */.C3)
            return this.#leftOut((0,index_file/* indexTooBig */.h7)(), manifest.bytes.length);
        const chunks = [];
        for await (const chunk of await registry.blob(repository, config, { signal })) {
            chunks.push(Uint8Array.from(chunk));
        }
        const file = Buffer.concat(chunks);
        const size = manifest.bytes.length + file.length;
        try {
            return { sequence: 1, index: await (0,index_file/* decodeIndexFile */.fE)(file, identity), size };
        }
        catch (error) {
            return this.#leftOut(error, size);
        }
    }
    #leftOut(error, size) {
        const { notices } = this.#options;
        notices.add(`The index in ${notices.place} is left out: ${(0,base_errors/* reasonWithHint */.yC)(error)}`);
        return { sequence: 1, index: new cache_index/* CacheIndex */.hx(), size };
    }
}
/** Did the registry not let us, as far as it tells? */
function isRefusal(error) {
    return error instanceof base_errors/* BuildError */.zS && (error.code === 'DENIED' || error.code === 'UNAUTHORIZED');
}
/** Its blobs were taken before: it is what the manifest is about. */
function noCaches(cause) {
    const { kind, code, message } = cause;
    const hint = 'This registry takes no caches (an OCI manifest with a config of its own kind). Name another registry in cache-to, or use type=gha or type=local.';
    return new base_errors/* BuildError */.zS({ kind, code, message, hint, cause });
}
function isCacheManifest(manifest) {
    try {
        configOf(manifest);
        return true;
    }
    catch {
        return false;
    }
}
/** @throws BuildError `CACHE_TAG_TAKEN` for anything that is not a cache of ours */
function configOf(manifest) {
    try {
        const json = (0,cache_data/* parseJson */.qF)(Buffer.from(manifest.bytes).toString('utf8'), 'the manifest');
        const config = (0,cache_data/* fieldsOf */.Pf)(json, 'manifest').object('config');
        const mediaType = config.text('mediaType', 255);
        const size = config.count('size');
        if (mediaType === INDEX_TYPE)
            return { mediaType, digest: (0,image_digest/* parseDigest */.m)(config.text('digest', 256)), size };
    }
    catch (cause) {
        throw tagTaken(cause);
    }
    throw tagTaken(undefined);
}
function tagTaken(cause) {
    return new base_errors/* BuildError */.zS({
        kind: 'user',
        code: 'CACHE_TAG_TAKEN',
        message: 'the tag holds something that is not a cache of this program; it is left as it is',
        hint: 'Give the cache a tag of its own.',
        cause,
    });
}
/** OCI image-spec 1.1, manifest.md. */
function manifestFor(index, file) {
    const layers = registry_index_layersOf(index);
    const manifest = {
        schemaVersion: 2,
        mediaType: media_types/* MediaType */.z.ociManifest,
        config: { mediaType: INDEX_TYPE, digest: (0,image_digest/* digestOf */.ol)(file), size: file.length },
        layers: layers.length === 0 ? [EMPTY] : layers,
    };
    const bytes = Buffer.from(JSON.stringify(manifest));
    return {
        descriptor: { mediaType: media_types/* MediaType */.z.ociManifest, digest: (0,image_digest/* digestOf */.ol)(bytes), size: bytes.length },
        bytes,
    };
}
/** Does `index` have every record and mount of `other`, with the same results? */
function namesAll(index, other) {
    const records = [...other.records].every(([key, { record }]) => {
        const found = index.records.get(key);
        return found !== undefined && (0,cache_record/* sameResult */.YU)(found.record, record);
    });
    const mounts = [...other.mounts].every(([key, { mount }]) => index.mounts.get(key)?.mount.archive.digest === mount.archive.digest);
    return records && mounts;
}
function registry_index_layersOf(index) {
    const types = new Map();
    for (const { record } of index.records.values()) {
        if (record.layer !== undefined)
            types.set(record.layer.descriptor.digest, record.layer.descriptor.mediaType);
    }
    for (const { mount } of index.mounts.values())
        types.set(mount.archive.digest, MOUNT_TYPE);
    return [...index.blobs.values()]
        .filter(({ place }) => place.type === 'entry')
        .map(({ digest, size }) => ({ mediaType: types.get(digest) ?? LAYER_INDEX_TYPE, digest, size }))
        .sort((a, b) => (a.digest < b.digest ? -1 : 1));
}

// EXTERNAL MODULE: ./lib/cache/backends/indexed/blob-saver.js
var blob_saver = __webpack_require__(9589);
// EXTERNAL MODULE: ./lib/cache/backends/indexed/indexed-cache.js + 3 modules
var indexed_cache = __webpack_require__(7223);
// EXTERNAL MODULE: ./lib/cache/backends/indexed/keys.js
var keys = __webpack_require__(4186);
;// CONCATENATED MODULE: ./lib/cache/backends/registry/registry-store.js




/** A repository of a registry as a place of blobs. The registry names blobs by digest; of our keys it sees that alone. */
class RegistryStore {
    #registry;
    #repository;
    constructor(registry, repository) {
        this.#registry = registry;
        this.#repository = repository;
    }
    async find(key, signal) {
        const digest = (0,keys/* layerDigest */.K9)(key);
        const there = digest !== undefined && (await this.#registry.hasBlob(this.#repository, digest, { signal }));
        return there ? { key, open: (options) => this.#open(digest, options) } : undefined;
    }
    async put(key, upload, signal) {
        const digest = (0,keys/* layerDigest */.K9)(key);
        if (digest === undefined)
            return { type: 'failed', reason: `${key} names no blob` };
        const descriptor = { mediaType: 'application/octet-stream', digest, size: upload.size };
        try {
            await this.#registry.pushBlob(this.#repository, descriptor, () => upload.open(), { signal });
            return { type: 'saved' };
        }
        catch (error) {
            return { type: isRefusal(error) ? 'denied' : 'failed', reason: (0,base_errors/* reasonWithHint */.yC)(error) };
        }
    }
    /** The index at the least. */
    expectWriting() {
        this.#registry.expectPush?.(this.#repository);
    }
    async [Symbol.asyncDispose]() {
        // The client belongs to the build.
    }
    async #open(digest, { range, size, signal } = {}) {
        if (range !== undefined || size === undefined) {
            throw new base_errors/* BuildError */.zS({ kind: 'bug', code: 'PACK_IN_REGISTRY', message: 'A registry holds no packs' });
        }
        const descriptor = { mediaType: 'application/octet-stream', digest: (0,image_digest/* parseDigest */.m)(digest), size };
        return this.#registry.blob(this.#repository, descriptor, { signal });
    }
}

;// CONCATENATED MODULE: ./lib/cache/backends/registry.js







/** Milliseconds that a build waits for an index. */
const MOST_OPEN_TIME = 30_000;
/** Opens a tag of a repository as a cache and reads its index. Never fails: what cannot be read is an empty cache with a notice. */
async function openRegistryCache(options) {
    const notices = noticesFor(options);
    const [cache] = await Promise.all([
        openOwn(options, notices, options.manifest),
        tryWriting(options, notices),
    ]);
    return cache;
}
/**
 * Opens what a name in a registry holds to read from it: a cache of ours, or something else that one of the readers knows. Never fails, as
 * above.
 */
async function openRegistryImport(options) {
    const { registry, repository, secret, readers } = options;
    const notices = noticesFor(options);
    const name = registry_nameOf(options);
    try {
        const asked = options.manifest ?? askForManifest(options);
        const manifest = await asked;
        if (isCacheManifest(manifest))
            return await openOwn({ ...options, mode: 'read-only' }, notices, asked);
        if (secret !== undefined) {
            notices.add(`Nothing is read from ${notices.place}: it is not signed with the cache's secret`);
            return new no_cache/* NoCache */.q(name, notices);
        }
        const signal = AbortSignal.timeout(MOST_OPEN_TIME);
        for (const reader of readers) {
            const cache = await reader({ registry, repository, manifest, name, notices, signal });
            if (cache !== undefined)
                return cache;
        }
        notices.add(`There is no cache in ${notices.place}: it holds something else. An image serves as one when it is built with cache-to type=inline`);
    }
    catch (error) {
        notices.add(whyNot(error, notices));
    }
    return new no_cache/* NoCache */.q(name, notices);
}
/** What this name holds, for both of the above. */
function askForManifest({ registry, repository, tag }) {
    const manifest = registry.manifest(repository, tag, { signal: AbortSignal.timeout(MOST_OPEN_TIME) });
    // Whoever waits for it tells.
    manifest.catch(() => undefined);
    return manifest;
}
async function openOwn(options, notices, manifest) {
    const { registry, repository, tag, secret, mode } = options;
    // Whoever can write the tag can write all of its records: there is nothing else to tell images apart by.
    const identity = { scope: 'registry', platform: 'any', secret };
    const keeper = new RegistryIndex({ registry, repository, tag, identity, notices, manifest });
    const { own, isUnread } = await registry_load(keeper, notices, options);
    return new indexed_cache/* IndexedCache */.Y({
        name: registry_nameOf(options),
        store: new RegistryStore(registry, repository),
        notices,
        // Registries name blobs by their own digests, so nothing can be packed, and they do not count uploads.
        limits: {
            ...blob_saver/* DEFAULT_LIMITS */.d,
            pack: blob_saver/* DEFAULT_LIMITS */.d.inline + 1,
            uploads: Number.POSITIVE_INFINITY,
            inlineTotal: Number.POSITIVE_INFINITY,
        },
        found: own === undefined ? [] : [own],
        isUnread,
        repository,
        ...(mode === 'read-only' ? {} : { writing: { keeper, own, lookFirst: false } }),
    });
}
async function registry_load(keeper, notices, { absence, mode }) {
    try {
        const found = await keeper.load(AbortSignal.timeout(MOST_OPEN_TIME));
        if (found.sequence === 0)
            notices.absent(absence);
        return { own: found, isUnread: false };
    }
    catch (error) {
        const line = whyNot(error, notices);
        // The first build that writes it meets this too; if it is not that, writing will fail as well, and say so.
        if (mode !== 'read-only' && isRefusal(error))
            notices.remark(line);
        else
            notices.add(line);
        return { own: undefined, isUnread: !isRefusal(error) && !registry_isNotFound(error) };
    }
}
async function tryWriting({ registry, repository, mode, checkWriting }, notices) {
    if (checkWriting !== true || mode === 'read-only')
        return;
    try {
        await registry.checkPush?.(repository, { signal: AbortSignal.timeout(MOST_OPEN_TIME) });
    }
    catch (error) {
        notices.add(`Nothing can be saved in ${notices.place}: ${(0,base_errors/* reasonWithHint */.yC)(error)}`);
    }
}
function whyNot(error, { place }) {
    if (registry_isNotFound(error))
        return `There is nothing in ${place}`;
    // Many registries do not tell a repository that is not there yet from one that may not be read.
    return isRefusal(error)
        ? `There is nothing in ${place}, or it may not be read: ${(0,base_errors/* reasonWithHint */.yC)(error)}`
        : `Nothing could be read from ${place}: ${(0,base_errors/* reasonWithHint */.yC)(error)}`;
}
function registry_isNotFound(error) {
    return error instanceof base_errors/* BuildError */.zS && error.code === 'NOT_FOUND';
}
function noticesFor(options) {
    return new cache_notices/* Notices */.q(`the cache ${registry_placeOf(options)}`, options.onNotice);
}
function registry_nameOf(options) {
    return `registry ${registry_placeOf(options)}`;
}
function registry_placeOf({ repository, tag }) {
    return `${repository.host}/${repository.path}${tag.includes(':') ? '@' : ':'}${tag}`;
}

;// CONCATENATED MODULE: ./lib/app/caches/open-registry.js







/** A cache in a registry: one of ours, one that BuildKit wrote, or an image that tells what its layers are. */
async function openRegistry({ reference }, use, { cache, platforms, registry, onNotice }) {
    const options = {
        registry,
        repository: (0,image_reference/* repositoryOf */._M)(reference),
        tag: reference.digest ?? reference.tag ?? 'latest',
        ...(cache.secret === undefined ? {} : { secret: cache.secret }),
        absence: absenceFor(use),
        checkWriting: use.strict && use.to !== undefined,
        onNotice,
    };
    const wanted = platforms.length === 0 ? [(0,image_platform/* hostPlatform */.ol)('linux', process.arch)] : platforms;
    const readers = [buildkitCacheReader, imageReader(wanted), buildkitInlineReader];
    if (use.to === undefined)
        return { from: await openRegistryImport({ ...options, readers }) };
    const manifest = askForManifest(options);
    const to = await openRegistryCache({ ...options, manifest });
    const found = await manifest.catch(() => undefined);
    if (use.from === undefined || found === undefined || isCacheManifest(found))
        return usedAs(to, use);
    return { from: await openRegistryImport({ ...options, manifest, readers }), to };
}

;// CONCATENATED MODULE: ./lib/app/caches/open-caches.js










/**
 * All caches of a build. The state folder's own is asked first, since it costs nothing, then the others in the order of the options. A cache
 * that is read and written is opened once.
 * @throws BuildError `CACHE_UNAVAILABLE` when one that has to be there cannot be used
 */
async function openCaches(setting) {
    const { cache, stateDir, store, onNotice } = setting;
    for (const notice of cache.notices)
        onNotice(notice, false);
    if (!cache.enabled)
        return { from: [], to: [] };
    // The worker's own folder has the cache mounts of this machine, the store its documents of images.
    const own = await openLocalCache({
        folder: (0,external_node_path_.join)(stateDir, 'cache'),
        content: store,
        mounts: false,
        documents: false,
        onNotice,
    });
    const uses = cacheUses(cache);
    const failures = [];
    const opened = new Map(await Promise.all(uses.map(async (use) => {
        const tell = (message, isFailure) => {
            onNotice(message, isFailure);
            if (isFailure && use.strict)
                failures.push(message);
        };
        return [use, await openPlace(use, { ...setting, onNotice: tell })];
    })));
    const from = uses.flatMap((use) => opened.get(use)?.from ?? []);
    const to = uses.flatMap((use) => {
        const target = opened.get(use)?.to;
        return target?.writable === true && use.to !== undefined ? [{ target, mode: use.to.mode }] : [];
    });
    const caches = {
        from: [own, ...from],
        to: [own, ...to.flatMap(({ target, mode }) => (mode === 'max' ? [target] : []))].filter(({ writable }) => writable),
        toFinal: to.flatMap(({ target, mode }) => (mode === 'min' ? [target] : [])),
        strict: new Set([...opened].flatMap(([use, { from, to }]) => (use.strict ? [from, to] : [])).filter(isCache)),
    };
    if (failures.length > 0) {
        await Promise.all([...new Set([...caches.from, ...caches.to])].map((each) => each.finish()));
        throw unavailable(failures);
    }
    return caches;
}
function openPlace(use, setting) {
    switch (use.place.type) {
        case 'local':
            return openFolder(use.place.folder, use, setting);
        case 'registry':
            return openRegistry(use.place, use, setting);
        case 'gha':
            return openActions(use.place, use, setting);
    }
}
async function openFolder(folder, use, { onNotice, leases }) {
    // A folder that is only read need not be there, and is not made for this.
    if (use.to !== undefined || (0,external_node_fs_.existsSync)(folder))
        leases.push(await (0,lease/* takeLease */._)(folder));
    const cache = await openLocalCache({
        folder: (0,external_node_path_.join)(folder, 'records'),
        content: (0,oci_layout/* ociLayoutStore */.j)((0,external_node_path_.join)(folder, 'content')),
        name: (0,cache_spec/* placeName */.fW)(use.place),
        mode: use.to === undefined ? 'read-only' : 'read-write',
        absence: absenceFor(use),
        onNotice,
    });
    return usedAs(cache, use);
}
function isCache(cache) {
    return cache !== undefined;
}
function unavailable(failures) {
    return new base_errors/* BuildError */.zS({
        kind: 'remote',
        code: 'CACHE_UNAVAILABLE',
        message: failures.join('\n'),
        hint: 'With cache-strict a cache has to be there and to work. Mend it or take it out of cache-from and cache-to; without cache-strict the build goes on without it.',
    });
}

// EXTERNAL MODULE: ./lib/worker/source/known-digests.js
var known_digests = __webpack_require__(4029);
;// CONCATENATED MODULE: ./lib/app/contexts/context-digests.js




/** What earlier builds found in folders that are contexts: a file of a state folder for each of them. */
class ContextDigests {
    #folder;
    #opened = new Map();
    constructor(folder) {
        this.#folder = folder;
    }
    /** The digests of a folder, which may be reached by several paths. Never fails. */
    async of(context) {
        const root = await (0,promises_.realpath)(context).catch(() => context);
        let known = this.#opened.get(root);
        if (known === undefined) {
            known = known_digests/* KnownDigests */.N.load((0,external_node_path_.join)(this.#folder, (0,external_node_crypto_.createHash)('sha256').update(root).digest('hex')));
            this.#opened.set(root, known);
        }
        return known;
    }
    async save() {
        for (const known of this.#opened.values())
            await (await known).save();
    }
}

// EXTERNAL MODULE: ./lib/app/contexts/remote-access.js + 3 modules
var remote_access = __webpack_require__(1236);
// EXTERNAL MODULE: external "node:stream"
var external_node_stream_ = __webpack_require__(7075);
// EXTERNAL MODULE: external "node:stream/promises"
var external_node_stream_promises_ = __webpack_require__(6466);
// EXTERNAL MODULE: ./lib/image/layer/tar-write.js
var tar_write = __webpack_require__(4510);
;// CONCATENATED MODULE: ./lib/export/to/destination.js








/** `-` is `stdout`, everything else a file. */
function destination_destinationOf(dest, stdout) {
    return dest === '-' ? streamDestination(stdout) : fileDestination((0,external_node_path_.resolve)(dest));
}
function streamDestination(stream) {
    return {
        name: 'standard output',
        check: async () => undefined,
        write: (source, signal) => writing('standard output', () => copy(source, stream, { signal, end: false })),
    };
}
function fileDestination(path) {
    return {
        name: path,
        async check() {
            const there = await statIfThere(path);
            if (there?.isDirectory() === true)
                throw notWritable(path, 'it is a folder');
            await checkWritable(there !== undefined && !there.isFile() ? path : (0,external_node_path_.dirname)(path), path);
        },
        async write(source, signal) {
            const there = await statIfThere(path);
            if (there?.isDirectory() === true)
                throw notWritable(path, 'it is a folder');
            // A pipe or a device is not replaced by a file.
            if (there !== undefined && !there.isFile())
                return writing(path, () => copy(source, (0,external_node_fs_.createWriteStream)(path), { signal }));
            return writeFileWhole(path, source, signal);
        },
    };
}
/**
 * Writes a file under a temporary name beside its own, which it gets when it is whole. Makes its folder.
 * @throws as Destination.write
 */
async function writeFileWhole(path, source, signal) {
    const partial = (0,external_node_path_.join)((0,external_node_path_.dirname)(path), `.${(0,external_node_path_.basename)(path).slice(0, 200)}.${(0,external_node_crypto_.randomBytes)(6).toString('hex')}`);
    return writing(path, async () => {
        (0,make_folder/* makeFolder */.f)((0,external_node_path_.dirname)(path));
        try {
            const size = await copy(source, (0,external_node_fs_.createWriteStream)(partial, { flags: 'wx' }), { signal });
            await (0,promises_.rename)(partial, path);
            return size;
        }
        catch (error) {
            await (0,promises_.rm)(partial, { force: true });
            throw error;
        }
    });
}
/**
 * What the operating system says against writing, as an error that is not ours: a full disk, a folder of somebody else.
 * @throws BuildError `DESTINATION_NOT_WRITABLE` naming `path`; other errors as they are
 */
async function writing(path, work) {
    try {
        return await work();
    }
    catch (error) {
        if (error instanceof base_errors/* BuildError */.zS || !isSystemError(error))
            throw error;
        throw notWritable(path, (0,base_errors/* reasonOf */.A3)(error), error);
    }
}
function isSystemError(error) {
    return typeof error === 'object' && error !== null && 'syscall' in error;
}
/**
 * @param folder the folder that has to be writable, or that can be made
 * @throws BuildError `DESTINATION_NOT_WRITABLE`, naming `path`
 */
async function checkWritable(folder, path) {
    let current = folder;
    while ((await statIfThere(current)) === undefined && (0,external_node_path_.dirname)(current) !== current)
        current = (0,external_node_path_.dirname)(current);
    try {
        await (0,promises_.access)(current, promises_.constants.W_OK);
    }
    catch (cause) {
        throw notWritable(path, `${current} is not writable`, cause);
    }
}
function notWritable(path, why, cause) {
    return new base_errors/* BuildError */.zS({
        kind: 'environment',
        code: 'DESTINATION_NOT_WRITABLE',
        message: `${path} cannot be written: ${why}`,
        cause,
    });
}
async function statIfThere(path) {
    try {
        return await (0,promises_.stat)(path);
    }
    catch (cause) {
        const { code } = cause;
        if (code === 'ENOENT')
            return undefined;
        throw notWritable(path, cause.message, cause);
    }
}
async function copy(source, sink, options) {
    let size = 0;
    async function* counted() {
        for await (const chunk of source) {
            size += chunk.length;
            yield chunk;
        }
    }
    const { signal, end = true } = options;
    try {
        await (0,external_node_stream_promises_.pipeline)(external_node_stream_.Readable.from(counted(), { objectMode: false }), sink, {
            end,
            ...(signal === undefined ? {} : { signal }),
        });
    }
    catch (error) {
        signal?.throwIfAborted();
        throw error;
    }
    return size;
}

;// CONCATENATED MODULE: ./lib/export/to/layout.js



/** OCI image-spec 1.1, image-layout.md "oci-layout file". */
const LAYOUT_VERSION = '{"imageLayoutVersion":"1.0.0"}';
/** The manifest or index that the export is about. */
function topOf(request) {
    const [first, second] = request.images;
    if (request.index !== undefined)
        return request.index;
    if (first !== undefined && second === undefined)
        return first.manifest;
    throw new base_errors/* BuildError */.zS({
        kind: 'bug',
        code: 'NO_INDEX',
        message: `${request.images.length} images were to be exported without an index over them`,
    });
}
/** The names that an export is to have, normalised and with a tag. @throws BuildError `BAD_REFERENCE` */
function layout_namesOf(request, given) {
    const names = given === undefined ? request.references : given;
    return names.map((name) => (0,image_reference/* formatReference */.FH)((0,image_reference/* withDefaultTag */._t)((0,image_reference/* parseReference */.F2)(name))));
}
/** By this file a folder is told to be a layout. */
function markerFile() {
    return textFile('oci-layout', LAYOUT_VERSION);
}
/** All blobs and the marker file; the index is not among them. */
function layoutFiles(request) {
    return [...blobFiles(request), markerFile()];
}
/** All blobs, each once. */
function blobFiles(request) {
    const files = new Map();
    const add = (descriptor, open) => {
        const path = blobPath(descriptor.digest);
        files.set(path, { path, size: descriptor.size, digest: descriptor.digest, open });
    };
    for (const { image, config, manifest } of request.images) {
        for (const layer of image.layers)
            add(layer.descriptor, () => request.content.open(layer));
        add(config.descriptor, () => layout_bytesOf(config.bytes));
        add(manifest.descriptor, () => layout_bytesOf(manifest.bytes));
    }
    const top = topOf(request);
    add(top.descriptor, () => layout_bytesOf(top.bytes));
    return [...files.values()];
}
/** The entries of index.json: one for each name, or a nameless one (annotations as BuildKit and containerd write them). */
function indexEntries(request, names) {
    const { descriptor } = topOf(request);
    if (names.length === 0)
        return [descriptor];
    return names.map((name) => {
        const { tag } = (0,image_reference/* parseReference */.F2)(name);
        return {
            ...descriptor,
            annotations: {
                ...descriptor.annotations,
                'io.containerd.image.name': name,
                ...(tag === undefined ? {} : { 'org.opencontainers.image.ref.name': tag }),
            },
        };
    });
}
function indexFile(manifests) {
    return textFile('index.json', JSON.stringify({ schemaVersion: 2, mediaType: layout_INDEX_TYPE, manifests }));
}
const layout_INDEX_TYPE = 'application/vnd.oci.image.index.v1+json';
/** What `docker load` reads (moby, image/spec v1.2 "Combined Image JSON + Filesystem Changeset Format"); layers may be compressed. */
function dockerManifestFile(image, names) {
    const manifest = {
        Config: blobPath(image.config.descriptor.digest),
        RepoTags: names.map((name) => (0,image_reference/* familiarReference */.ZD)((0,image_reference/* parseReference */.F2)(name))),
        Layers: image.image.layers.map(({ descriptor }) => blobPath(descriptor.digest)),
    };
    return textFile('manifest.json', JSON.stringify([manifest]));
}
/** The files as members of an archive, their folders before them; times and owners are fixed, so that the same image gives the same archive. */
async function* layoutMembers(files) {
    const folders = new Set(files.flatMap(({ path }) => foldersOf(path)));
    for (const path of [...folders].sort())
        yield { entry: layout_memberOf(path, 'directory', 0o755, 0) };
    for (const { path, size, open } of files) {
        yield { entry: layout_memberOf(path, 'file', 0o644, size), body: await open() };
    }
}
function layout_memberOf(path, type, mode, size) {
    return { path, type, mode, uid: 0, gid: 0, size, mtime: 0 };
}
function foldersOf(path) {
    const parts = path.split('/').slice(0, -1);
    return parts.map((_, index) => parts.slice(0, index + 1).join('/'));
}
function blobPath(digest) {
    return `blobs/${(0,image_digest/* algorithmOf */.Hy)(digest)}/${(0,image_digest/* encoded */.dS)(digest)}`;
}
function textFile(path, text) {
    const bytes = Buffer.from(text, 'utf8');
    return { path, size: bytes.length, digest: (0,image_digest/* digestOf */.ol)(bytes), open: () => layout_bytesOf(bytes) };
}
async function layout_bytesOf(bytes) {
    return (async function* () {
        yield bytes;
    })();
}

;// CONCATENATED MODULE: ./lib/export/to/docker-archive.js
var docker_archive_addDisposableResource = (undefined && undefined.__addDisposableResource) || function (env, value, async) {
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
var docker_archive_disposeResources = (undefined && undefined.__disposeResources) || (function (SuppressedError) {
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
 * Writes what `docker save` writes and `docker load` reads. It is an OCI layout too, with the same manifest: tools that know either
 * format take it.
 */
function dockerArchiveExporter(options) {
    const destination = destination_destinationOf(options.dest, options.stdout);
    return {
        type: 'docker',
        description: `write a Docker archive to ${destination.name}`,
        async check(_signal, platforms = []) {
            checkPlatform(platforms, options.platform);
            await destination.check();
        },
        async export(request) {
            const single = onePlatform(request, options.platform);
            const bytesSent = await destination.write(docker_archive_archive(single, options.names), request.signal);
            return {
                descriptor: single.image.manifest.descriptor,
                locations: [destination.name],
                bytesSent,
                bytesSkipped: 0,
            };
        },
    };
}
/** Loads the image into a Docker daemon, through the docker command. */
function dockerLoadExporter(options) {
    return {
        type: 'docker',
        description: 'load into Docker',
        async check(signal, platforms = []) {
            checkPlatform(platforms, options.platform);
            const version = ['docker', 'version', '--format', '{{.Server.Version}}'];
            const result = await (0,exec/* exec */.m0)(version, { env: options.env, signal }).catch((error) => {
                signal?.throwIfAborted();
                throw loadFailed((0,base_errors/* reasonOf */.A3)(error), '');
            });
            if (result.exitCode !== 0)
                throw loadFailed('no Docker daemon answers', result.stderr);
        },
        async export(request) {
            const single = onePlatform(request, options.platform);
            const bytesSent = await docker_archive_load(single, options, request.signal);
            const names = layout_namesOf(request, options.names);
            return {
                descriptor: single.image.manifest.descriptor,
                locations: names.map((name) => `Docker: ${name}`),
                bytesSent,
                bytesSkipped: 0,
            };
        },
    };
}
/** The request for one image alone; a daemon runs one platform. */
function onePlatform(request, platform) {
    const [first, second] = request.images;
    const image = second === undefined ? first : (0,image_platform/* selectPlatform */.md)(platform, request.images, (item) => item.image.platform);
    if (image === undefined)
        throw noneFits(platform);
    if (second !== undefined) {
        request.onProgress?.(`a Docker archive holds one platform: ${(0,image_platform/* formatPlatform */.Bq)(image.image.platform)} is taken`);
    }
    const { index: _, ...rest } = request;
    return { request: { ...rest, images: [image] }, image };
}
/** One image is taken, whatever its platform. @throws BuildError `OUTPUT_NOT_SUPPORTED` */
function checkPlatform(platforms, wanted) {
    if (platforms.length > 1 && (0,image_platform/* selectPlatform */.md)(wanted, platforms, (each) => each) === undefined)
        throw noneFits(wanted);
}
function noneFits(platform) {
    return new base_errors/* BuildError */.zS({
        kind: 'user',
        code: 'OUTPUT_NOT_SUPPORTED',
        message: `A Docker archive holds one platform, and none of the images is for ${(0,image_platform/* formatPlatform */.Bq)(platform)}`,
        hint: 'Use type=oci for several platforms, or build this one platform.',
    });
}
function docker_archive_archive({ request, image }, given) {
    const names = layout_namesOf(request, given);
    const files = [
        ...layoutFiles(request),
        dockerManifestFile(image, names),
        indexFile(indexEntries(request, names)),
    ];
    return (0,tar_write/* writeTar */.F)(layoutMembers(files));
}
async function docker_archive_load(single, { names, env }, signal) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        const source = docker_archive_archive(single, names);
        const child = docker_archive_addDisposableResource(env_1, (0,exec/* start */.ni)(['docker', 'load'], { env, signal }), true);
        let [size, said] = [0, ''];
        async function* counted() {
            for await (const chunk of source) {
                size += chunk.length;
                yield chunk;
            }
        }
        child.stdout.resume();
        child.stderr.on('data', (chunk) => {
            said = `${said}${chunk.toString('utf8')}`.slice(-MOST_WORDS);
        });
        const sent = (0,external_node_stream_promises_.pipeline)(external_node_stream_.Readable.from(counted(), { objectMode: false }), child.stdin).then(() => undefined, (error) => error);
        const { exitCode } = await child.done;
        const failure = await sent;
        signal?.throwIfAborted();
        // A command that ends before it has read all says why itself.
        if (failure !== undefined && !isClosedPipe(failure))
            throw failure;
        if (exitCode !== 0)
            throw loadFailed(`docker load ended with exit code ${exitCode}`, said, hasZstd(single));
        return size;
    }
    catch (e_1) {
        env_1.error = e_1;
        env_1.hasError = true;
    }
    finally {
        const result_1 = docker_archive_disposeResources(env_1);
        if (result_1)
            await result_1;
    }
}
function isClosedPipe(failure) {
    const { code } = failure;
    return code === 'EPIPE' || code === 'ECONNRESET' || code === 'ERR_STREAM_PREMATURE_CLOSE';
}
/** Characters of docker's own words in a message. */
const MOST_WORDS = 1000;
function hasZstd({ image }) {
    return image.image.layers.some(({ descriptor }) => (0,media_types/* compressionOf */.M)(descriptor.mediaType) === 'zstd');
}
function loadFailed(what, said, zstd = false) {
    const words = said.trim();
    return new base_errors/* BuildError */.zS({
        kind: 'environment',
        code: 'DOCKER_LOAD_FAILED',
        message: `The image cannot be loaded into Docker: ${what}${words === '' ? '' : `: ${words}`}`,
        hint: zstd
            ? 'The image has zstd layers, which old versions of Docker cannot read: use gzip for them.'
            : 'Loading needs a Docker daemon; type=docker,dest=FILE writes an archive without one.',
    });
}

;// CONCATENATED MODULE: ./lib/export/to/files.js






/**
 * The files of the images: folders first, parents before children; then files in an order that is cheap to read, then what
 * else there is, hard links last. Several platforms (or `split`) have a folder each, `linux_amd64`.
 */
async function* files_filesOf(request, split) {
    const several = request.images.length > 1;
    checkSplit(split, several);
    const inFolders = split ?? several;
    for (const { image } of request.images) {
        const prefix = inFolders ? `${(0,image_platform/* formatPlatform */.Bq)(image.platform).replaceAll('/', '_')}/` : '';
        if (prefix !== '')
            yield { entry: platformFolder(prefix.slice(0, -1)) };
        const tree = (await request.tree?.(image)) ?? (await treeOf(request, image));
        for await (const { entry, body } of membersOf(tree)) {
            yield { entry: moved(entry, prefix), ...(body === undefined ? {} : { body }) };
        }
    }
}
/** @throws BuildError `OUTPUT_NOT_SUPPORTED` */
function checkSplit(split, several) {
    if (split !== false || !several)
        return;
    throw new base_errors/* BuildError */.zS({
        kind: 'user',
        code: 'OUTPUT_NOT_SUPPORTED',
        message: 'platform-split=false would put the files of several platforms over each other',
        hint: 'Leave it out, or build one platform.',
    });
}
async function treeOf(request, image) {
    const layers = [];
    for (const layer of image.layers) {
        request.signal?.throwIfAborted();
        layers.push(await treeLayer(request, layer));
    }
    return (0,layer_tree/* layerTree */.K3)('the image', layers);
}
async function treeLayer({ content }, layer) {
    const { mediaType } = layer.descriptor;
    const compression = (0,media_types/* compressionOf */.M)(mediaType);
    if (compression === undefined) {
        throw new base_errors/* BuildError */.zS({
            kind: 'user',
            code: 'UNKNOWN_LAYER_TYPE',
            message: `A layer has the media type ${mediaType}, which is not a file system layer that can be read`,
        });
    }
    return {
        index: await indexLayer(await content.open(layer), compression, layer.diffId),
        open: async () => (0,layer_decompress/* decompress */.m)(await content.open(layer), compression),
    };
}
async function* membersOf(tree) {
    const nodes = await sortedNodes(tree);
    for (const folder of nodes.folders)
        yield { entry: asEntry(folder) };
    for await (const { entry, body } of tree.read(nodes.read)) {
        yield { entry: asEntry(entry), ...(body === undefined ? {} : { body }) };
    }
    for (const entry of nodes.links)
        yield { entry };
}
async function sortedNodes(tree) {
    const sorted = { folders: [], read: [], links: [] };
    const firstNames = new Map();
    for await (const node of walk(tree, '')) {
        const linkName = firstNames.get(node.inode ?? '');
        if (linkName !== undefined) {
            sorted.links.push({ ...asEntry(node), type: 'hardlink', size: 0, linkName });
            continue;
        }
        if (node.inode !== undefined)
            firstNames.set(node.inode, node.path);
        (node.type === 'directory' ? sorted.folders : sorted.read).push(node);
    }
    return sorted;
}
async function* walk(tree, folder) {
    for (const node of await tree.list(folder)) {
        yield node;
        if (node.type === 'directory')
            yield* walk(tree, node.path);
    }
}
/** Without what only indexes know. */
function asEntry(node) {
    const { path, type, mode, uid, gid, size, mtime, linkName, devMajor, devMinor, xattrs } = node;
    return {
        path,
        type,
        mode,
        uid,
        gid,
        size,
        mtime,
        ...(linkName === undefined ? {} : { linkName }),
        ...(devMajor === undefined ? {} : { devMajor }),
        ...(devMinor === undefined ? {} : { devMinor }),
        ...(xattrs === undefined ? {} : { xattrs }),
    };
}
function moved(entry, prefix) {
    if (prefix === '')
        return entry;
    const { linkName } = entry;
    return {
        ...entry,
        path: `${prefix}${entry.path}`,
        ...(entry.type === 'hardlink' && linkName !== undefined ? { linkName: `${prefix}${linkName}` } : {}),
    };
}
function platformFolder(path) {
    return { path, type: 'directory', mode: 0o755, uid: 0, gid: 0, size: 0, mtime: 0 };
}

;// CONCATENATED MODULE: ./lib/export/to/local.js











/**
 * Puts the files of the final image into a folder, over what is there already, as docker does: other files stay, and each one is there as a
 * whole or as it was. They belong to whoever runs this, so owners, setuid and setgid bits and extended attributes are dropped; devices and pipes are left out. Times and permissions stay.
 */
function localExporter({ dest, platformSplit }) {
    const folder = (0,external_node_path_.resolve)(dest);
    return {
        type: 'local',
        description: `write the image's files to ${folder}`,
        async check(_signal, platforms = []) {
            checkSplit(platformSplit, platforms.length > 1);
            const there = await statIfThere(folder);
            if (there !== undefined && !there.isDirectory())
                throw notWritable(folder, 'it is not a folder');
            await checkWritable(folder, folder);
        },
        async export(request) {
            await writing(folder, async () => (0,make_folder/* makeFolder */.f)(folder));
            const bytesSent = await new Extraction(folder, request).write(files_filesOf(request, platformSplit));
            return { locations: [folder], bytesSent, bytesSkipped: 0 };
        },
    };
}
/** setuid and setgid would be those of another owner. */
const KEPT_MODE = 0o1777;
class Extraction {
    #root;
    #request;
    #folders = [];
    #bytes = 0;
    #leftOut = 0;
    constructor(folder, request) {
        this.#root = Buffer.from(folder);
        this.#request = request;
    }
    /** Gives the bytes of all files. */
    async write(members) {
        try {
            for await (const { entry, body } of members) {
                this.#request.signal?.throwIfAborted();
                await writing(this.#nameOf(entry), () => this.#put(entry, body));
            }
        }
        catch (error) {
            // What is there by now can be read and deleted as if all were there.
            await this.#finishFolders().catch(() => undefined);
            throw error;
        }
        await this.#finishFolders();
        if (this.#leftOut > 0)
            this.#request.onProgress?.(`${this.#leftOut} devices and pipes were left out`);
        return this.#bytes;
    }
    /** Children first, and after all files: each one changes its folder's time, and a folder may end up read-only. */
    async #finishFolders() {
        for (const entry of this.#folders.reverse()) {
            await writing(this.#nameOf(entry), async () => {
                const path = this.#pathOf(entry.path);
                await (0,promises_.chmod)(path, entry.mode & KEPT_MODE);
                await (0,promises_.utimes)(path, local_timeOf(entry), local_timeOf(entry));
            });
        }
    }
    async #put(entry, body) {
        const path = this.#pathOf(entry.path);
        switch (entry.type) {
            case 'directory':
                return this.#putFolder(path, entry);
            case 'file':
                return replace(path, (fresh) => this.#putFile(fresh, entry, body));
            case 'symlink':
                return replace(path, async (fresh) => {
                    await (0,promises_.symlink)((0,entry_name/* encodeName */.aA)(entry.linkName ?? ''), fresh);
                    await (0,promises_.lutimes)(fresh, local_timeOf(entry), local_timeOf(entry));
                });
            case 'hardlink':
                await (0,promises_.rm)(path, { recursive: true, force: true });
                return (0,promises_.link)(this.#pathOf(entry.linkName ?? ''), path);
            default:
                this.#leftOut += 1;
        }
    }
    /** A symlink that stands where a folder is to be is replaced: nothing is written to where it leads. */
    async #putFolder(path, entry) {
        this.#folders.push(entry);
        const there = await (0,promises_.lstat)(path).catch(() => undefined);
        if (there?.isDirectory() !== true) {
            await (0,promises_.rm)(path, { recursive: true, force: true });
            await (0,promises_.mkdir)(path, WHILE_WRITING);
        }
        // Whoever may read it at the end may do so now: the program may be killed before that.
        await (0,promises_.chmod)(path, (entry.mode & KEPT_MODE) | WHILE_WRITING);
    }
    async #putFile(path, entry, body) {
        const { signal } = this.#request;
        const sink = (0,external_node_fs_.createWriteStream)(path, { flags: 'wx', mode: 0o600 });
        await (0,external_node_stream_promises_.pipeline)(external_node_stream_.Readable.from(body ?? [], { objectMode: false }), sink, signal === undefined ? {} : { signal });
        this.#bytes += sink.bytesWritten;
        await (0,promises_.chmod)(path, entry.mode & KEPT_MODE);
        await (0,promises_.utimes)(path, local_timeOf(entry), local_timeOf(entry));
    }
    /** As messages call it. */
    #nameOf({ path }) {
        return `${this.#root}/${path}`;
    }
    /** Names may be bytes that are no UTF-8. */
    #pathOf(path) {
        if (path.split('/').some((part) => part === '' || part === '.' || part === '..')) {
            throw new base_errors/* BuildError */.zS({
                kind: 'bug',
                code: 'UNSAFE_PATH',
                message: `The image has a file at ${JSON.stringify(path)}, which is not a path`,
            });
        }
        return Buffer.concat([this.#root, SLASH, (0,entry_name/* encodeName */.aA)(path)]);
    }
}
const SLASH = Buffer.from('/');
/** Makes a node under another name beside its own, which it gets when it is whole. */
async function replace(path, make) {
    const folder = path.subarray(0, path.lastIndexOf(SLASH) + 1);
    const fresh = Buffer.concat([folder, Buffer.from(`.ts-image-build-${(0,external_node_crypto_.randomBytes)(6).toString('hex')}`)]);
    try {
        await make(fresh);
        const there = await (0,promises_.lstat)(path).catch(() => undefined);
        if (there?.isDirectory() === true)
            await (0,promises_.rm)(path, { recursive: true, force: true });
        await (0,promises_.rename)(fresh, path);
    }
    catch (error) {
        await (0,promises_.rm)(fresh, { force: true });
        throw error;
    }
}
const WHILE_WRITING = 0o700;
/** For a number below 0 Node takes the present time, for the same number as text it does not. */
function local_timeOf({ mtime }) {
    return String(mtime);
}

;// CONCATENATED MODULE: ./lib/export/to/oci.js








const oci_READ_CHUNK = 1024 * 1024;
/** Writes an OCI image layout (image-spec 1.1, image-layout.md), as a folder or as an archive of one. */
function ociExporter(options) {
    return options.tar === false ? folderExporter(options) : archiveExporter(options);
}
function archiveExporter({ dest, names, stdout }) {
    const destination = destination_destinationOf(dest, stdout);
    return {
        type: 'oci',
        description: `write an OCI archive to ${destination.name}`,
        check: () => destination.check(),
        async export(request) {
            const files = [...layoutFiles(request), indexFile(indexEntries(request, layout_namesOf(request, names)))];
            const bytesSent = await destination.write((0,tar_write/* writeTar */.F)(layoutMembers(files)), request.signal);
            return {
                descriptor: topOf(request).descriptor,
                locations: [destination.name],
                bytesSent,
                bytesSkipped: 0,
            };
        },
    };
}
function folderExporter({ dest, names }) {
    const folder = (0,external_node_path_.resolve)(dest);
    return {
        type: 'oci',
        description: `write an OCI layout to ${folder}`,
        async check() {
            await readLayout(folder);
            await checkWritable(folder, folder);
        },
        async export(request) {
            const kept = await readLayout(folder);
            await writing(folder, async () => (0,make_folder/* makeFolder */.f)(folder));
            let [bytesSent, bytesSkipped] = [0, 0];
            // The marker first: a folder that is broken off here can be gone on with.
            for (const file of [markerFile(), ...blobFiles(request)]) {
                const written = await writeOnce(folder, file, request);
                bytesSent += written;
                bytesSkipped += file.size - written;
            }
            const entries = indexEntries(request, layout_namesOf(request, names));
            const index = indexFile([...withoutReplaced(kept, entries), ...entries]);
            // Last: nothing names a blob that is not there.
            bytesSent += await writeFileWhole((0,external_node_path_.join)(folder, index.path), await index.open(), request.signal);
            return { descriptor: topOf(request).descriptor, locations: [folder], bytesSent, bytesSkipped };
        },
    };
}
/** The bytes written: 0 for a file that is there. One with other bytes (a disk that failed, a copy that was broken off) is replaced. */
async function writeOnce(folder, file, request) {
    const path = (0,external_node_path_.join)(folder, file.path);
    const there = await statIfThere(path);
    const isFile = there?.isFile() === true && Number(there.size) === file.size;
    if (isFile && (await holds(path, file.digest, request.signal)))
        return 0;
    return writeFileWhole(path, await file.open(), request.signal);
}
/** Reading it takes less than to have the blob fetched and written again. */
async function holds(path, digest, signal) {
    const check = new digest_check/* DigestCheck */.F(digest);
    try {
        for await (const chunk of (0,external_node_fs_.createReadStream)(path, {
            highWaterMark: oci_READ_CHUNK,
            ...(signal === undefined ? {} : { signal }),
        }))
            check.update(chunk);
    }
    catch {
        // One that cannot be read is no use to anybody either.
        signal?.throwIfAborted();
        return false;
    }
    return check.holds();
}
/** What an existing layout holds; none for a folder that is not there or empty. Other folders are left alone. */
async function readLayout(folder) {
    const there = await statIfThere(folder);
    if (there === undefined)
        return [];
    if (!there.isDirectory())
        throw notWritable(folder, 'it is not a folder');
    const names = await (0,promises_.readdir)(folder);
    if (names.length === 0)
        return [];
    if (!names.includes('oci-layout')) {
        throw notWritable(folder, 'it has files in it that are not those of an OCI layout');
    }
    if (!names.includes('index.json'))
        return [];
    try {
        const body = JSON.parse(await (0,promises_.readFile)((0,external_node_path_.join)(folder, 'index.json'), 'utf8'));
        if (typeof body === 'object' && body !== null && 'manifests' in body && Array.isArray(body.manifests)) {
            return body.manifests.filter((entry) => typeof entry === 'object' && entry !== null);
        }
    }
    catch (cause) {
        throw notWritable(folder, 'its index.json is not JSON', cause);
    }
    throw notWritable(folder, 'its index.json holds no manifests');
}
/** Entries of other images: a name points to one image only, and an image needs one nameless entry at most. */
function withoutReplaced(kept, entries) {
    const names = new Set(entries.map(oci_nameOf));
    const digests = new Set(entries.map(({ digest }) => digest));
    return kept.filter((entry) => {
        const name = oci_nameOf(entry);
        return name === undefined ? !digests.has(entry.digest) : !names.has(name);
    });
}
function oci_nameOf({ annotations }) {
    return annotations?.['io.containerd.image.name'] ?? annotations?.['org.opencontainers.image.ref.name'];
}

;// CONCATENATED MODULE: ./lib/registry/push.js





const CONCURRENCY = 5;
/**
 * Pushes to all references: blobs to every target first, then manifests, then index and tags, so that no tag ever names something
 * incomplete and several registries agree.
 * @throws BuildError `NO_REFERENCE`, `BAD_REFERENCE`; whatever the registry throws
 */
async function pushImages(registry, request) {
    return new Push(registry, request).run();
}
class Push {
    #registry;
    #request;
    #top;
    #failed = new Map();
    #unchanged = new Set();
    #stop = new AbortController();
    #sent = 0;
    #skipped = 0;
    constructor(registry, request) {
        this.#registry = registry;
        this.#request = request;
        this.#top = push_topOf(request);
    }
    async run() {
        const targets = targetsOf(this.#request.references);
        if (this.#request.skipUnchanged === true)
            await this.#each(targets, (target) => this.#compare(target));
        const due = targets.filter((target) => target.references.some((reference) => !this.#unchanged.has(reference)));
        await this.#pushBlobs(due);
        if (this.#request.index !== undefined)
            await this.#each(due, (target) => this.#putByDigest(target));
        await this.#each(due, (target) => this.#tag(target));
        return this.#result(targets);
    }
    get #signal() {
        const { signal } = this.#request;
        return signal === undefined ? this.#stop.signal : AbortSignal.any([signal, this.#stop.signal]);
    }
    /** Runs one phase for all targets that have not failed yet, and ends the push where a failure has to. */
    async #each(targets, phase) {
        await Promise.all(targets.map((target) => this.#guarded(target, () => phase(target))));
        this.#check(targets);
    }
    async #guarded(target, work) {
        if (this.#failed.has(target))
            return;
        try {
            await work();
        }
        catch (error) {
            // What stops because another one failed is not a failure of its own.
            if (this.#stop.signal.aborted || this.#failed.has(target))
                return;
            this.#failed.set(target, error);
            if (this.#request.failOn !== 'all')
                this.#stop.abort();
        }
    }
    #check(targets) {
        this.#request.signal?.throwIfAborted();
        const [first] = this.#failed.values();
        if (first === undefined)
            return;
        if (this.#request.failOn !== 'all' || this.#failed.size === targets.length)
            throw first;
    }
    async #compare(target) {
        for (const reference of target.references) {
            if (reference.tag === undefined)
                continue;
            const there = await this.#registry.resolve(target.repository, reference.tag, { signal: this.#signal });
            if (there?.digest === this.#top.descriptor.digest)
                this.#unchanged.add(reference);
        }
    }
    /** Each blob goes to one repository of a host first; the host's other ones can mount it from there. */
    async #pushBlobs(targets) {
        const limit = (0,p_limit/* default */.A)(this.#request.concurrency ?? CONCURRENCY);
        const hosts = Map.groupBy(targets, ({ repository }) => (0,registry_host/* canonicalHost */.rQ)(repository.host));
        const blobs = blobsOf(this.#request);
        const jobs = [...hosts.values()].flatMap((group) => blobs.map((blob) => limit(() => this.#pushBlob(group, blob))));
        await Promise.all(jobs);
        this.#check(targets);
    }
    async #pushBlob(targets, blob) {
        const holders = [];
        for (const target of targets) {
            await this.#guarded(target, async () => {
                const { repository } = target;
                const mountFrom = [...holders, ...blob.sources].filter(({ host }) => (0,registry_host/* sameHost */.RM)(host, repository.host));
                const signal = this.#signal;
                signal.throwIfAborted();
                const outcome = await this.#registry.pushBlob(repository, blob.descriptor, blob.open, {
                    mountFrom,
                    signal,
                });
                holders.push(repository);
                this.#count(repository, blob.descriptor, outcome);
            });
        }
    }
    #count(repository, descriptor, outcome) {
        if (outcome === 'uploaded')
            this.#sent += descriptor.size;
        else
            this.#skipped += descriptor.size;
        this.#request.onProgress?.(`${repository.host}/${repository.path}: ${shortName(descriptor.digest)} ${OUTCOMES[outcome]} (${descriptor.size} bytes)`);
    }
    async #putByDigest(target) {
        for (const { manifest } of this.#request.images) {
            await this.#put(target, manifest.descriptor.digest, manifest);
        }
    }
    async #tag(target) {
        for (const reference of target.references) {
            if (this.#unchanged.has(reference))
                continue;
            await this.#put(target, reference.tag ?? this.#top.descriptor.digest, this.#top);
        }
    }
    async #put(target, reference, manifest) {
        await this.#registry.putManifest(target.repository, reference, manifest, { signal: this.#signal });
        this.#sent += manifest.bytes.length;
    }
    #result(targets) {
        const names = ({ references }) => references.map(image_reference/* familiarReference */.ZD);
        return {
            descriptor: this.#top.descriptor,
            pushed: targets.filter((target) => !this.#failed.has(target)).flatMap(names),
            unchanged: [...this.#unchanged].map(image_reference/* familiarReference */.ZD),
            failed: [...this.#failed].map(([target, error]) => ({ references: names(target), error })),
            bytesSent: this.#sent,
            bytesSkipped: this.#skipped,
        };
    }
}
const OUTCOMES = {
    present: 'is there already',
    mounted: 'mounted from another repository',
    uploaded: 'uploaded',
};
function push_topOf({ index, images }) {
    const [first, second] = images;
    if (index !== undefined)
        return index;
    if (first !== undefined && second === undefined)
        return first.manifest;
    throw new base_errors/* BuildError */.zS({
        kind: 'bug',
        code: 'NO_INDEX',
        message: `${images.length} images were to be pushed without an index over them`,
    });
}
function targetsOf(references) {
    if (references.length === 0) {
        throw new base_errors/* BuildError */.zS({
            kind: 'user',
            code: 'NO_REFERENCE',
            message: 'There is no name to push to',
            hint: 'Give at least one tag, e.g. ghcr.io/owner/app:1.0.',
        });
    }
    const groups = Map.groupBy(references.map(image_reference/* parseReference */.F2), ({ host, path }) => `${host}/${path}`);
    return [...groups.values()].flatMap((group) => {
        const [first] = group;
        return first === undefined ? [] : [{ repository: (0,image_reference/* repositoryOf */._M)(first), references: group }];
    });
}
/** Layers and configs, each once, the largest first: the last one to finish decides when it is all done. */
function blobsOf({ images, content }) {
    const blobs = new Map();
    for (const { image, config } of images) {
        for (const layer of image.layers) {
            const { descriptor, sources } = layer;
            const known = blobs.get(descriptor.digest);
            blobs.set(descriptor.digest, {
                descriptor,
                sources: [...(known?.sources ?? []), ...sources],
                open: () => content.open(layer),
            });
        }
        const { descriptor, bytes } = config;
        blobs.set(descriptor.digest, { descriptor, sources: [], open: async () => (0,one_chunk/* oneChunk */.w)(bytes) });
    }
    return [...blobs.values()].sort((one, other) => other.descriptor.size - one.descriptor.size);
}
function shortName(digest) {
    return digest.replace(/^(sha\d+:[0-9a-f]{12}).*$/, '$1');
}

;// CONCATENATED MODULE: ./lib/export/to/registry.js



/** Pushes to registries. Its check asks them whether the push will be allowed. */
function registryExporter(options) {
    const { registry } = options;
    const named = options.references?.map((text) => withoutTag(text, options.byDigest));
    return {
        type: 'registry',
        description: `push to ${named === undefined ? 'the tags of the build' : named.join(', ')}`,
        async check(signal) {
            const repositories = new Map((named ?? [])
                .map(image_reference/* parseReference */.F2)
                .map((reference) => [(0,image_reference/* formatReference */.FH)({ ...(0,image_reference/* repositoryOf */._M)(reference) }), reference]));
            await Promise.all([...repositories.values()].map((reference) => registry.checkPush?.((0,image_reference/* repositoryOf */._M)(reference), { signal })));
        },
        async export(request) {
            const references = named ?? request.references.map((text) => withoutTag(text, options.byDigest));
            const result = await pushImages(registry, {
                images: request.images,
                index: request.index,
                references,
                content: request.content,
                concurrency: options.concurrency,
                skipUnchanged: options.skipUnchanged,
                failOn: options.failOn,
                signal: request.signal,
                onProgress: request.onProgress,
            });
            return {
                descriptor: result.descriptor,
                locations: result.pushed,
                references: result.pushed,
                unchanged: result.unchanged,
                failures: result.failed.flatMap(({ references: failed, error }) => failed.map((location) => ({ location, error }))),
                bytesSent: result.bytesSent,
                bytesSkipped: result.bytesSkipped,
            };
        },
    };
}
function withoutTag(text, byDigest) {
    const reference = (0,image_reference/* parseReference */.F2)(text);
    if (reference.digest !== undefined) {
        throw new base_errors/* BuildError */.zS({
            kind: 'user',
            code: 'BAD_REFERENCE',
            message: `"${text}" has a digest`,
            hint: 'An image is pushed under a tag, or by the digest that follows from its content.',
        });
    }
    return (0,image_reference/* formatReference */.FH)(byDigest === true ? (0,image_reference/* repositoryOf */._M)(reference) : (0,image_reference/* withDefaultTag */._t)(reference));
}

;// CONCATENATED MODULE: ./lib/export/to/tar.js



/** Writes the files of the final image as one archive: owners, times, links, devices and extended attributes as in the image. */
function tarExporter({ dest, platformSplit, stdout }) {
    const destination = destination_destinationOf(dest, stdout);
    return {
        type: 'tar',
        description: `write the image's files as a tar to ${destination.name}`,
        async check(_signal, platforms = []) {
            checkSplit(platformSplit, platforms.length > 1);
            await destination.check();
        },
        async export(request) {
            const bytesSent = await destination.write((0,tar_write/* writeTar */.F)(files_filesOf(request, platformSplit)), request.signal);
            return { locations: [destination.name], bytesSent, bytesSkipped: 0 };
        },
    };
}

// EXTERNAL MODULE: ./lib/app/options/outputs.js + 1 modules
var options_outputs = __webpack_require__(1222);
;// CONCATENATED MODULE: ./lib/app/exporters.js







/** What writes the outputs. An image that only stays in the cache needs nothing. */
function exportersFor({ outputs, tags }, surroundings) {
    return outputs.flatMap((output) => exporterFor(output, (0,options_outputs/* namesOf */.eZ)(output, tags), surroundings) ?? []);
}
function exporterFor(output, names, { registry, environment, stdout }) {
    switch (output.type) {
        case 'image':
            return output.push
                ? registryExporter({ registry, references: names, byDigest: output.byDigest })
                : undefined;
        case 'oci':
            return ociExporter({ dest: output.dest, tar: output.tar, names, stdout });
        case 'docker': {
            const platform = (0,image_platform/* hostPlatform */.ol)('linux', process.arch);
            return output.dest === undefined
                ? dockerLoadExporter({ names, platform, env: exporters_defined(environment) })
                : dockerArchiveExporter({ dest: output.dest, names, platform, stdout });
        }
        case 'local':
            return localExporter({ dest: output.dest, platformSplit: output.platformSplit });
        case 'tar':
            return tarExporter({ dest: output.dest, platformSplit: output.platformSplit, stdout });
        case 'cacheonly':
            return undefined;
    }
}
/** The variables that are set. */
function exporters_defined(environment) {
    return Object.fromEntries(Object.entries(environment).filter((pair) => pair[1] !== undefined));
}

// EXTERNAL MODULE: ./lib/app/held/tidy.js
var tidy = __webpack_require__(3899);
// EXTERNAL MODULE: ./lib/app/options/mirrors.js
var mirrors = __webpack_require__(5654);
// EXTERNAL MODULE: ./lib/app/worker.js + 20 modules
var app_worker = __webpack_require__(5126);
;// CONCATENATED MODULE: ./lib/app/compose.js

























/** The one place where implementations are picked (but for the worker's, see worker.ts: the post step needs nothing else). */
async function compose(options, outside) {
    const { stateDir } = options;
    (0,make_folder/* makeStateFolder */.E)(stateDir);
    const leases = [await (0,lease/* takeLease */._)(stateDir)];
    const store = (0,oci_layout/* ociLayoutStore */.j)((0,external_node_path_.join)(stateDir, 'content'));
    const client = registryFor(options, outside);
    const registry = withLayouts(client, layoutsOf(options));
    // Of images alone: a cache that a mirror keeps is an old one, and what a mirror has is not in the registry that is pushed to.
    const mirrored = mirroredRegistry(registry, {
        mirrors: (0,mirrors/* mirrorsByRegistry */.HH)(options.mirrors),
        onNotice: outside.onNotice,
    });
    const digests = new ContextDigests((0,external_node_path_.join)(stateDir, 'digests'));
    const access = (0,remote_access.remoteAccess)(options, outside.environment);
    const dependencies = {
        registry: mirrored,
        store,
        indexes: layerIndexStore((0,external_node_path_.join)(stateDir, 'indexes')),
        openCaches: () => openCaches({ ...options, ...outside, store, registry, leases }),
        sharesCaches: options.cache.enabled && options.cache.from.length > 0,
        ...(options.cacheMounts === undefined ? {} : { cacheMounts: options.cacheMounts }),
        startWorker: (0,app_worker/* workerFor */.y)({ stateDir, isolation: options.isolation, onNotice: outside.onNotice }),
        openContext: async (source, name, includes, signal) => {
            if (source.kind === 'tree')
                return source.tree;
            if (source.kind === 'empty')
                return emptyTree(name);
            const known = outside.temporaryState === true ? undefined : await digests.of(source.path);
            return (0,local/* localTree */.q)({
                name,
                root: source.path,
                includes,
                signal,
                ...(known === undefined ? {} : { known }),
            });
        },
        openRemote: async (op, signal) => op.kind === 'http'
            ? openDownload(op, { ...access, environment: {}, signal })
            : openRepository(op, { ...access, environment: await access.gitEnvironment(op.url), signal }),
        emulationFor: emulations(),
        agentSocket: (id) => access.agents.of(id),
        exporters: exportersFor(options, { ...outside, registry }),
    };
    return {
        engine: embeddedEngine(dependencies),
        dependencies,
        async [Symbol.asyncDispose]() {
            access[Symbol.dispose]();
            await digests.save();
            await client[Symbol.asyncDispose]?.();
            for (const lease of leases)
                await lease[Symbol.asyncDispose]();
            if (outside.signal?.aborted !== true)
                await (0,tidy/* tidyFolders */.k_)(options, outside.temporaryState === true, outside.onNotice);
        },
    };
}
function registryFor(options, { environment, onNotice }) {
    return createRegistry({
        credentials: credentialChain(credentialSources(options.logins, environment)),
        insecureHosts: [
            ...(0,options_outputs/* insecureHosts */.up)(options.outputs, options.tags),
            ...(0,mirrors/* insecureMirrors */.Lz)(options.mirrors),
            ...[...options.cache.from, ...options.cache.to].flatMap(({ place }) => insecureHostOf(place)),
        ],
        userAgent: 'ts-image-build',
        proxyEnv: environment,
        onNotice,
    });
}
/** Given logins first, then DOCKER_AUTH_CONFIG, then the configuration file, as the docker client has it. */
function credentialSources(logins, environment) {
    const env = exporters_defined(environment);
    const folder = environment['DOCKER_CONFIG'] || (0,external_node_path_.join)(environment['HOME'] || (0,external_node_os_.homedir)(), '.docker');
    const text = environment['DOCKER_AUTH_CONFIG'];
    return [
        knownCredentials(logins, 'the logins given to this build'),
        ...(text === undefined || text === ''
            ? []
            : [dockerConfigCredentials({ config: { text, origin: 'DOCKER_AUTH_CONFIG' }, env })]),
        dockerConfigCredentials({ config: { file: (0,external_node_path_.join)(folder, 'config.json') }, env }),
    ];
}
/** Each platform is looked at once. */
function emulations() {
    const machine = (0,image_platform/* hostPlatform */.ol)(process.platform, process.arch);
    const found = new Map();
    return (platform) => {
        const name = (0,image_platform/* formatPlatform */.Bq)(platform);
        const emulation = found.get(name) ?? findEmulation(platform, machine);
        found.set(name, emulation);
        return emulation;
    };
}
function layoutsOf({ namedContexts }) {
    return Object.values(namedContexts).flatMap((source) => source.kind === 'image' && source.layout !== undefined ? [source.layout] : []);
}
function insecureHostOf(place) {
    return place.type === 'registry' && place.insecure ? [place.reference.host] : [];
}
function emptyTree(name) {
    return {
        name,
        lookup: () => Promise.resolve(undefined),
        list: () => Promise.resolve([]),
        async *read() {
            // Nothing can be looked up in it, so nothing is ever asked for.
        },
    };
}

// EXTERNAL MODULE: ./lib/app/lint/reports.js + 14 modules
var reports = __webpack_require__(6792);
;// CONCATENATED MODULE: ./lib/app/lint/request-findings.js


/** The findings that a build tells, without the build. */
function requestFindings({ dockerfile, lint: { config } }) {
    const { path, text } = dockerfile;
    return { path, text, diagnostics: (0,lint_lint/* lint */.u)((0,parse/* parseDockerfile */.Ai)(text, path, config.buildArgs), config) };
}

// EXTERNAL MODULE: ./lib/app/options/docker-only.js
var docker_only = __webpack_require__(1175);
// EXTERNAL MODULE: ./lib/app/options/problems.js
var options_problems = __webpack_require__(3916);
// EXTERNAL MODULE: ./lib/app/options/sizes.js
var sizes = __webpack_require__(268);
// EXTERNAL MODULE: ./lib/app/contexts/context-address.js
var context_address = __webpack_require__(6822);
// EXTERNAL MODULE: ./lib/app/options/cache-scope.js
var cache_scope = __webpack_require__(2993);
;// CONCATENATED MODULE: ./lib/app/build-place.js




/** Where services check a repository out, and what they call it. */
const CHECKOUTS = [
    { folder: 'GITHUB_WORKSPACE', repository: 'GITHUB_REPOSITORY' },
    { folder: 'CI_PROJECT_DIR', repository: 'CI_PROJECT_PATH' },
];
/**
 * Names the Dockerfile and context of a build, among all whose results one cache keeps: the same on each runner of a repository, else on this
 * machine. A digest, as caches go to other machines and paths do not.
 */
function buildPlace(environment, context, dockerfile) {
    const checkout = CHECKOUTS.find(({ folder }) => environment[folder] !== undefined);
    const root = checkout === undefined ? undefined : environment[checkout.folder];
    const named = (path) => root === undefined ? (0,external_node_path_.resolve)(path) : (0,external_node_path_.relative)((0,external_node_path_.resolve)(root), (0,external_node_path_.resolve)(path));
    const parts = [
        checkout === undefined ? '' : (environment[checkout.repository] ?? ''),
        (0,context_address/* isFolderAt */.w$)(context) ? named(context) : (0,cache_scope/* lastingName */.a)(context),
        dockerfile.file === undefined ? dockerfile.path : named(dockerfile.file),
    ];
    return (0,external_node_crypto_.createHash)('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 12);
}

// EXTERNAL MODULE: ./lib/app/contexts/dockerfile-names.js
var dockerfile_names = __webpack_require__(3877);
;// CONCATENATED MODULE: ./lib/app/contexts/folder-context.js





/**
 * A Dockerfile of this machine.
 * @param file relative to the current folder
 * @throws BuildError `DOCKERFILE_NOT_FOUND`
 */
function dockerfileOnDisk(file) {
    const names = (0,dockerfile_names/* dockerfileNames */.l)(file).filter((name) => (0,external_node_fs_.existsSync)(name));
    const there = names.find((name) => !(0,context_address/* isFolderAt */.w$)((0,external_node_path_.resolve)(name))) ?? names[0] ?? file;
    try {
        const text = (0,external_node_fs_.readFileSync)(there, 'utf8');
        const changedAt = Math.floor((0,external_node_fs_.statSync)(there).mtimeMs / 1000);
        return { path: folder_context_shown(there), text, file: (0,external_node_path_.resolve)(there), changedAt };
    }
    catch (cause) {
        throw (0,dockerfile_names/* dockerfileNotFound */.m)(file === '' ? 'is named by nothing' : `${folder_context_shown(there)} ${folder_context_reasonFor(cause)}`, {
            hint: 'Give its path with -f (the input `file` of the action); it is relative to the current folder, not to the context.',
            cause,
        });
    }
}
function folder_context_reasonFor(cause) {
    const { code, message } = cause;
    if (code === 'ENOENT' || code === 'ENOTDIR')
        return 'is not there';
    return code === 'EISDIR' ? 'is a folder' : `cannot be read: ${message}`;
}
/**
 * `NAME.dockerignore` beside the Dockerfile wins over `.dockerignore` of the context; they are never combined (BuildKit, dockerui
 * config.go).
 * @param dockerfile its path, if it is on this machine
 * @throws BuildError `IGNORE_FILE_UNREADABLE`
 */
function ignoreFileOf(context, dockerfile) {
    const own = dockerfile === undefined ? [] : [(0,external_node_path_.join)((0,external_node_path_.dirname)(dockerfile), `${(0,external_node_path_.basename)(dockerfile)}.dockerignore`)];
    for (const path of [...own, (0,external_node_path_.join)(context, '.dockerignore')]) {
        if ((0,external_node_fs_.existsSync)(path) && !(0,context_address/* isFolderAt */.w$)(path))
            return { path: folder_context_shown(path), text: folder_context_textOf(path) };
    }
    return undefined;
}
function folder_context_textOf(ignoreFile) {
    try {
        return (0,external_node_fs_.readFileSync)(ignoreFile, 'utf8');
    }
    catch (cause) {
        throw new base_errors/* BuildError */.zS({
            kind: 'environment',
            code: 'IGNORE_FILE_UNREADABLE',
            message: `The ignore file ${folder_context_shown(ignoreFile)} cannot be read: ${(0,base_errors/* reasonOf */.A3)(cause)}`,
            hint: 'Make it readable for the user that runs the build.',
            cause,
        });
    }
}
/** Below the current folder as Git writes it, by which annotations find their file; elsewhere as it was written. */
function folder_context_shown(path) {
    const from = `${process.cwd()}/`;
    const whole = (0,external_node_path_.resolve)(path);
    return whole.startsWith(from) ? whole.slice(from.length) : path;
}

;// CONCATENATED MODULE: ./lib/app/contexts/open-context.js
var open_context_addDisposableResource = (undefined && undefined.__addDisposableResource) || function (env, value, async) {
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
var open_context_disposeResources = (undefined && undefined.__disposeResources) || (function (SuppressedError) {
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
 * The main context and its Dockerfile, fetched if they are not here. Nothing is fetched for a context that cannot be right.
 * @throws BuildError `CONTEXT_NOT_FOUND`, `CONTEXT_NOT_SUPPORTED`, `STDIN_TWICE`, `TWO_DOCKERFILES`, `DOCKERFILE_NOT_FOUND`,
 * `NOT_A_DOCKERFILE`; those of the Git, HTTP and archive sources
 */
async function openContext(wanted, options) {
    const address = (0,context_address/* contextAddress */.Er)(wanted.context);
    if (address.kind === 'stdin' && wanted.file === '-')
        throw stdinTwice();
    if (address.kind !== 'folder')
        return openFetched(address, wanted, options);
    const dockerfile = await givenDockerfile(wanted, options, (file) => dockerfileOnDisk(file));
    const found = dockerfile ?? dockerfileOnDisk(external_node_path_.posix.join(address.path, 'Dockerfile'));
    const ignore = ignoreFileOf(address.path, found.file);
    return {
        source: address,
        dockerfile: found,
        ...(ignore === undefined ? {} : { ignore }),
        [Symbol.asyncDispose]: () => Promise.resolve(),
    };
}
async function openFetched(address, wanted, options) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        // Loaded late: a build of a folder does without.
        const fetching = await __webpack_require__.e(/* import() */ 123).then(__webpack_require__.bind(__webpack_require__, 8123));
        const access = open_context_addDisposableResource(env_1, await accessFor(wanted, options), false);
        const fetch = { access, signal: options.signal };
        const fetched = address.kind === 'stdin'
            ? await fetching.readStdinContext(options.stdin(), fetch)
            : address.kind === 'git'
                ? await fetching.fetchRepository(address.reference, wanted.buildArgs, fetch)
                : await fetching.fetchDownload(address.url, fetch);
        try {
            return await withDockerfile(fetched, wanted, options);
        }
        catch (error) {
            await fetched.dispose?.();
            throw error;
        }
    }
    catch (e_1) {
        env_1.error = e_1;
        env_1.hasError = true;
    }
    finally {
        open_context_disposeResources(env_1);
    }
}
async function withDockerfile(fetched, wanted, options) {
    const { tree, place, dispose, committedAt, time } = fetched;
    const { dockerfileInTree } = await __webpack_require__.e(/* import() */ 361).then(__webpack_require__.bind(__webpack_require__, 8361));
    if (tree === undefined && wanted.file !== undefined)
        throw twoDockerfiles();
    const inside = (file) => tree === undefined || isOnDisk(file) ? dockerfileOnDisk(file) : dockerfileInTree(tree, file, place);
    const dockerfile = (await givenDockerfile(wanted, options, inside)) ?? fetched.dockerfile ?? (await inside('Dockerfile'));
    return {
        source: tree === undefined ? { kind: 'empty' } : { kind: 'tree', tree },
        dockerfile,
        ...(committedAt === undefined ? {} : { committedAt }),
        ...(time === undefined ? {} : { time }),
        [Symbol.asyncDispose]: async () => dispose?.(),
    };
}
/** With a context from elsewhere only a whole path can mean a file of this machine. */
function isOnDisk(file) {
    return (0,external_node_path_.isAbsolute)(file) && (0,external_node_fs_.existsSync)(file);
}
/** The Dockerfile that -f names; undefined: none is named. */
async function givenDockerfile(wanted, options, named) {
    const env_2 = { stack: [], error: void 0, hasError: false };
    try {
        const { file } = wanted;
        if (file === undefined)
            return undefined;
        if (file !== '-' && !(0,context_address/* isWebAddress */.d3)(file))
            return named(file);
        const fetching = await __webpack_require__.e(/* import() */ 123).then(__webpack_require__.bind(__webpack_require__, 8123));
        if (file === '-')
            return fetching.stdinDockerfile(options.stdin());
        const access = open_context_addDisposableResource(env_2, await accessFor(wanted, options), false);
        return await fetching.fetchDockerfile(file, { access, signal: options.signal });
    }
    catch (e_2) {
        env_2.error = e_2;
        env_2.hasError = true;
    }
    finally {
        open_context_disposeResources(env_2);
    }
}
async function accessFor(wanted, { environment }) {
    const { remoteAccess } = await Promise.resolve(/* import() */).then(__webpack_require__.bind(__webpack_require__, 1236));
    return remoteAccess(wanted, environment);
}
function stdinTwice() {
    return new base_errors/* BuildError */.zS({
        kind: 'user',
        code: 'STDIN_TWICE',
        message: 'Standard input cannot be the context and the Dockerfile',
        hint: 'Give one of them by its path. A lone - takes either: an archive is a context, all else a Dockerfile.',
    });
}
function twoDockerfiles() {
    return new base_errors/* BuildError */.zS({
        kind: 'user',
        code: 'TWO_DOCKERFILES',
        message: 'There is a Dockerfile on standard input and one that -f names',
        hint: 'With - as the context, -f names a path in the archive on standard input, and there is no archive.',
    });
}

;// CONCATENATED MODULE: ./lib/app/epoch.js

/**
 * The time that an image tells: SOURCE_DATE_EPOCH (https://reproducible-builds.org/specs/source-date-epoch/), else the commit's, else the
 * Dockerfile's. With one of the first two, files that are newer get it; with the last, only what the build itself made does, since other
 * files of the context may rightly be newer than the Dockerfile.
 */
async function findEpoch(hints) {
    const { given } = hints;
    if (given !== undefined)
        return { seconds: given, clampAfter: given, fixed: true };
    const commit = await hints.committedAt();
    if (commit !== undefined && (0,told_time/* isToldTime */.$)(commit))
        return { seconds: commit, clampAfter: commit, fixed: false };
    const seconds = Math.min(hints.dockerfile ?? 0, hints.now);
    return { seconds: (0,told_time/* isToldTime */.$)(seconds) ? seconds : 0, clampAfter: hints.now - 1, fixed: false };
}

// EXTERNAL MODULE: ./lib/app/lint/baseline-file.js + 1 modules
var baseline_file = __webpack_require__(8235);
// EXTERNAL MODULE: ./lib/app/lint/lint-config.js + 1 modules
var lint_config = __webpack_require__(5545);
// EXTERNAL MODULE: ./lib/app/lint/shellcheck.js
var shellcheck = __webpack_require__(5939);
;// CONCATENATED MODULE: ./lib/app/lint/lint-request.js






/**
 * Reads the files that tell how to lint; undefined: nothing is linted.
 * @throws BuildErrors what is wrong with any of them, as readLintConfig and readBaseline
 */
async function lintSettings({ lint, buildArgs }, environment) {
    if (!lint.enabled)
        return undefined;
    const errors = [];
    const given = { folder: (0,baseline_file/* baselineFolder */.Y6)() };
    const [baseline, config] = [
        await (0,base_errors/* noted */.ZT)(errors, () => (lint.baseline === undefined ? undefined : (0,baseline_file/* readBaseline */.mF)(lint.baseline))),
        await (0,base_errors/* noted */.ZT)(errors, () => (0,lint_config/* readLintConfig */.CN)({ ...lint, environment, buildArgs, given })),
    ];
    (0,base_errors/* throwAll */.Kx)(errors);
    return { config: config ?? {}, baseline };
}
/**
 * How a build lints its Dockerfile: configuration, threshold, baseline, and what ShellCheck found in it.
 * @throws BuildError as shellcheckFiles
 */
async function lintRequest(settings, { lint, buildArgs }, dockerfile, dockerignore, { environment, onNotice, signal }) {
    if (settings === undefined)
        return { enabled: false, failOn: 'none', config: {} };
    const { baseline } = settings;
    const config = dockerignore === undefined ? settings.config : { ...settings.config, dockerignore };
    const parsed = (0,parse/* parseDockerfile */.Ai)(dockerfile.text, dockerfile.path, buildArgs);
    const [external = []] = await (0,shellcheck/* shellcheckFiles */.s)([{ parsed, config }], {
        mode: lint.shellcheck,
        environment,
        signal,
        ...(onNotice === undefined ? {} : { onNotice }),
    });
    const complete = { ...config, external };
    if (baseline !== undefined) {
        const file = { ...dockerfile, diagnostics: (0,lint_lint/* lint */.u)(parsed, complete) };
        (0,baseline_file/* againstBaseline */.js)(baseline, [file], onNotice ?? (() => undefined));
    }
    return {
        enabled: true,
        failOn: lint.failOn ?? thresholdIn(config),
        config: baseline === undefined
            ? complete
            : { ...complete, baseline: new Set(baseline.entries.map(({ fingerprint }) => fingerprint)) },
    };
}
function thresholdIn({ noFail, failureThreshold }) {
    if (noFail === true)
        return 'none';
    // hadolint's word for: whatever is told.
    return failureThreshold === 'ignore' ? 'style' : (failureThreshold ?? 'warning');
}

;// CONCATENATED MODULE: ./lib/app/prepare.js








/**
 * Looks up what the options only name (files, times), fetches a context that is not here, and gives the complete request. Nothing is fetched
 * when a file of this machine is wrong.
 * @throws BuildErrors what is wrong with all files together: `BAD_INPUT`, `BAD_LINT_CONFIG`, `BAD_LINT_BASELINE`; those of openContext
 */
async function prepare(options, surroundings) {
    const errors = [];
    const settings = await (0,base_errors/* noted */.ZT)(errors, () => lintSettings(options, surroundings.environment));
    const opened = await (0,base_errors/* noted */.ZT)(errors, () => {
        const isHere = (0,context_address/* contextAddress */.Er)(options.context).kind === 'folder';
        return isHere || errors.length === 0 ? openContext(options, surroundings) : undefined;
    });
    try {
        (0,base_errors/* throwAll */.Kx)(errors);
        // Without an error it is there.
        const request = await prepare_requestFor(options, opened, settings, surroundings);
        return { ...request, [Symbol.asyncDispose]: async () => opened?.[Symbol.asyncDispose]() };
    }
    catch (error) {
        await opened?.[Symbol.asyncDispose]();
        throw error;
    }
}
async function prepare_requestFor(options, opened, settings, surroundings) {
    const { source, dockerfile, ignore } = opened;
    const platform = (0,image_platform/* hostPlatform */.ol)(process.platform, process.arch);
    const [epoch, lint] = await Promise.all([
        prepare_epochOf(options, opened, surroundings),
        lintRequest(settings, options, dockerfile, ignore?.text, surroundings),
    ]);
    return {
        context: source,
        dockerfile: { path: dockerfile.path, text: dockerfile.text },
        place: buildPlace(surroundings.environment, options.context, dockerfile),
        ...(ignore === undefined ? {} : { ignore }),
        namedContexts: withIgnoreFiles(options.namedContexts),
        ...(options.target === undefined ? {} : { target: options.target }),
        platforms: options.platforms,
        buildPlatform: platform,
        buildArgs: options.buildArgs,
        labels: options.labels,
        annotations: options.annotations,
        secrets: options.secrets,
        sshAgents: Object.keys(options.ssh),
        addHosts: options.addHosts,
        network: options.network,
        allow: options.allow,
        ...(options.shmSize === undefined ? {} : { shmSize: options.shmSize }),
        ulimits: options.ulimits,
        noCache: options.noCache,
        references: options.tags,
        compression: options.compression,
        inlineCache: options.cache.inline,
        epoch,
        rewriteTimes: options.outputs.some((output) => 'image' in output && output.image.rewriteTimestamp === true),
        ...(opened.time === undefined ? {} : { contextTime: opened.time }),
        now: surroundings.now,
        lint,
        jobs: options.jobs,
    };
}
/** A folder's own ignore file holds for it, never the main context's. */
function withIgnoreFiles(contexts) {
    return Object.fromEntries(Object.entries(contexts).map(([name, source]) => {
        const ignore = source.kind === 'folder' ? ignoreFileOf(source.path, undefined) : undefined;
        return [name, ignore === undefined ? source : { ...source, ignore }];
    }));
}
function prepare_epochOf(options, { source, dockerfile, committedAt }, { commitTime, now }) {
    return findEpoch({
        given: options.sourceDateEpoch,
        committedAt: async () => committedAt ?? (source.kind === 'folder' ? await commitTime(source.path) : undefined),
        dockerfile: dockerfile.changedAt,
        now,
    });
}

;// CONCATENATED MODULE: ./lib/app/report/metadata.js
/** The JSON object that build-push-action calls `metadata`, with the same keys; what we do not have is left out. */
function metadataOf(result) {
    return {
        'containerimage.config.digest': result.imageId,
        'containerimage.descriptor': result.descriptor,
        'containerimage.digest': result.digest,
        ...(result.references.length === 0 ? {} : { 'image.name': result.references.join(',') }),
    };
}
/** Digest of each platform's manifest, by platform (`linux/amd64`). */
function metadata_digestsOf(result) {
    return Object.fromEntries(result.images.map(({ image, descriptor }) => {
        const { os, architecture, variant } = image.platform;
        return [[os, architecture, ...(variant === undefined ? [] : [variant])].join('/'), descriptor.digest];
    }));
}
/** Bytes of all layers as stored, of the first platform. */
function metadata_sizeOf(result) {
    return (result.images[0]?.image.layers ?? []).reduce((sum, { descriptor }) => sum + descriptor.size, 0);
}

// EXTERNAL MODULE: ./lib/app/report/runner-command.js
var runner_command = __webpack_require__(942);
// EXTERNAL MODULE: ./lib/app/report/text.js
var report_text = __webpack_require__(9611);
// EXTERNAL MODULE: ./lib/app/options/cache-options.js
var cache_options = __webpack_require__(9555);
;// CONCATENATED MODULE: ./lib/app/state-folder.js
var state_folder_addDisposableResource = (undefined && undefined.__addDisposableResource) || function (env, value, async) {
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
var state_folder_disposeResources = (undefined && undefined.__disposeResources) || (function (SuppressedError) {
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
            const worker = state_folder_addDisposableResource(env_1, await (0,app_worker/* workerFor */.y)({ stateDir, isolation: 'auto', onNotice })(), true);
            await worker.discard();
        }
        catch (e_1) {
            env_1.error = e_1;
            env_1.hasError = true;
        }
        finally {
            const result_1 = state_folder_disposeResources(env_1);
            if (result_1)
                await result_1;
        }
    }
    await (0,promises_.rm)(stateDir, { recursive: true, force: true });
}

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
        return problem(lines, image_difference_hintFor(step), step.at);
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
function image_difference_hintFor({ outcome }) {
    const causes = 'A step may write only what follows from its inputs: no clock, no random numbers, no servers that change.';
    if (outcome.type !== 'cached')
        return causes;
    return `${causes}\nIts first result came from the cache ${outcome.from}, and two builds without it agree: something that it reads, such as a server or the time of the build, was another then. Build with no-cache.`;
}
function problem(lines, hint, at) {
    return new base_errors/* BuildError */.zS({ kind: 'user', code: 'NOT_REPRODUCIBLE', message: lines.join('\n'), hint, at });
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
            const fresh = second_build_addDisposableResource(env_1, await compose({ ...options, stateDir, cache: cache_options/* NO_CACHES */.cv, outputs: [] }, { ...outside, onNotice: () => undefined }), true);
            const { dependencies } = fresh;
            const engine = embeddedEngine({
                ...dependencies,
                openCaches: async () => ({ from: [second_build_blobsOf(composed.dependencies.store)], to: [] }),
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
        return indexLayer(await content.open(layer), compression, diffId);
    };
    return { digest, images, steps, indexOf };
}
/** No results, only bytes that are known by their digest: base images need not come through the network twice. */
function second_build_blobsOf(store) {
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

// EXTERNAL MODULE: ./lib/app/cli/arguments.js
var cli_arguments = __webpack_require__(7114);
// EXTERNAL MODULE: ./lib/app/cli/build-flags.js + 10 modules
var build_flags = __webpack_require__(9259);
// EXTERNAL MODULE: ./lib/app/cli/failure.js
var cli_failure = __webpack_require__(8592);
;// CONCATENATED MODULE: ./lib/app/report/mount-text.js

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** One line about a cache mount. `now`: milliseconds since 1970. */
function mountText(mount, now) {
    return `${mountName(mount)}: ${restoredText(mount, now)}; ${savedText(mount)}`;
}
/** `cache mount /root/.npm (linux/amd64)`; the name is the Dockerfile's, which must not give the log another line. */
function mountName({ id, platform }) {
    return `cache mount ${id.replace(/\p{Cc}/gu, '?')} (${platform})`;
}
function restoredText({ restored }, now) {
    switch (restored.type) {
        case 'restored':
            return `restored from ${restored.from} (${(0,sizes/* formatSize */.Xq)(restored.size)}, saved ${age(now - restored.savedAt)} ago)`;
        case 'present':
            return 'was on this machine';
        case 'new':
            return 'began empty, no cache had it';
        case 'too-big':
            return `not restored: it has ${(0,sizes/* formatSize */.Xq)(restored.size)}, more than ${(0,sizes/* formatSize */.Xq)(restored.limit)} (cache-mount-limit)`;
        case 'not-restored':
            return `not restored: ${restored.reason}`;
    }
}
function savedText({ saved }) {
    switch (saved.type) {
        case 'saved':
            return `saved in ${saved.to.join(', ')} (${(0,sizes/* formatSize */.Xq)(saved.size)})`;
        case 'unchanged':
            return 'unchanged, not saved again';
        case 'empty':
            return 'empty, not saved';
        case 'too-big':
            return `not saved: it has ${(0,sizes/* formatSize */.Xq)(saved.size)}, more than the ${(0,sizes/* formatSize */.Xq)(saved.limit)} left for it; delete in the step what is not needed, or raise cache-mount-limit`;
        case 'not-saved':
            return `not saved: ${saved.reason}`;
    }
}
function age(milliseconds) {
    if (milliseconds < HOUR)
        return `${Math.max(0, Math.round(milliseconds / MINUTE))} min`;
    if (milliseconds < 2 * DAY)
        return `${Math.round(milliseconds / HOUR)} h`;
    return `${Math.round(milliseconds / DAY)} days`;
}

;// CONCATENATED MODULE: ./lib/app/report/step-text.js

/** What became of a step, in a few words: `cached (local)`, `done in 1.2 s, 3.4 MB: package.json: content changed`. */
function outcomeText(step) {
    const time = (0,sizes/* formatDuration */.a3)(step.endedAt - step.startedAt);
    switch (step.outcome.type) {
        case 'cached':
            return `cached (${step.outcome.from}${step.outcome.by === 'content' ? ', found by content' : ''})`;
        case 'skipped':
            return 'not needed';
        case 'failed':
            return `failed after ${time}`;
        case 'done':
            return `done in ${time}${step.size === undefined ? '' : `, ${(0,sizes/* formatSize */.Xq)(step.size.stored)}`}`;
    }
}
/** How many of the steps that mattered came from a cache: 0 to 1; 1 when there were none. */
function hitRatio(steps) {
    const asked = steps.filter(({ outcome }) => outcome.type !== 'skipped');
    if (asked.length === 0)
        return 1;
    return asked.filter(({ outcome }) => outcome.type === 'cached').length / asked.length;
}

// EXTERNAL MODULE: ./lib/app/cli/cells.js
var cells = __webpack_require__(6491);
;// CONCATENATED MODULE: ./lib/app/cli/live-progress.js





/** Lines of output that are shown below a step that runs. */
const MOST_LINES = 5;
/** Characters of a step's output that are kept, for the case that it fails. */
const MOST_KEPT = 64 * 1024;
/** Characters of it that are looked at for a drawing. */
const MOST_DRAWN = 4096;
const BOLD = '1';
const DIM = '2';
const RED = '31';
const GREEN = '32';
/**
 * Progress for people who look at a terminal, as docker's `tty`: what has ended stands above for good, what runs is drawn below it again and
 * again, with the time that it takes and the last lines that it printed. Nothing that a step prints reaches the terminal as a command.
 */
class LiveProgress {
    #surroundings;
    #running = new Map();
    #begin;
    #ended = 0;
    #cached = 0;
    /** The drawing that stands on the screen. */
    #shown = '';
    constructor(surroundings) {
        this.#surroundings = surroundings;
        this.#begin = surroundings.now();
    }
    show = (event) => {
        switch (event.type) {
            case 'diagnostic':
                this.#keep((0,report_text/* findingText */.NK)(event.diagnostic));
                return;
            case 'step-started':
                this.#running.set(event.id, { name: event.name, since: this.#surroundings.now(), output: '' });
                this.draw();
                return;
            case 'step-output': {
                const step = this.#running.get(event.id);
                if (step !== undefined)
                    step.output = (step.output + event.text).slice(-MOST_KEPT);
                return;
            }
            case 'step-ended':
                this.#end(event.step);
                return;
            case 'notice':
            case 'progress':
                this.#keep(event.message);
                return;
            case 'cache-mount':
                this.#keep(mountText(event.mount, Date.now()));
                return;
        }
    };
    /** Draws what runs now in the place of what was drawn before. */
    draw() {
        const before = this.#shown;
        const clear = this.#cleared();
        const drawing = this.#drawing();
        if (drawing !== before)
            this.#surroundings.write(clear + drawing);
    }
    /** Takes the drawing away. */
    clear() {
        this.#surroundings.write(this.#cleared());
    }
    #end(step) {
        const output = this.#running.get(step.id)?.output ?? '';
        this.#running.delete(step.id);
        this.#ended++;
        const { outcome } = step;
        if (outcome.type === 'cached')
            this.#cached++;
        const failed = outcome.type === 'failed';
        const sign = failed ? this.#in(RED, '✗') : this.#in(GREEN, outcome.type === 'cached' ? '✓' : '●');
        const lines = [`${sign} ${(0,cells/* plainLine */.h0)(oneLine(step.name))} ${this.#in(DIM, outcomeText(step))}`];
        if (outcome.type === 'done')
            lines.push(this.#in(DIM, `  not from the cache: ${(0,cells/* plainLine */.h0)(outcome.miss)}`));
        if (failed)
            lines.push(...untoldOutput(output, outcome.error.hint ?? ''));
        this.#write(lines);
    }
    /** A message of ours, which may quote what strangers wrote. */
    #keep(message) {
        this.#write(message.split('\n').map(cells/* plainLine */.h0));
    }
    #write(lines) {
        const text = lines.map((line) => `${line}\n`).join('');
        this.#surroundings.write(this.#cleared() + text + this.#drawing());
    }
    #cleared() {
        const rows = this.#shown.split('\n').length - 1;
        this.#shown = '';
        return rows === 0 ? '' : `\x1b[${rows}A\x1b[J`;
    }
    #drawing() {
        if (this.#running.size === 0)
            return '';
        const { columns, rows } = this.#surroundings.screen();
        // The last row is the cursor's; a full last column would make another row.
        const lines = this.#lines(Math.max(1, rows - 1)).map(([style, line]) => `${this.#in(style, (0,cells/* fitting */._Q)(line, columns - 1))}\n`);
        this.#shown = lines.join('');
        return this.#shown;
    }
    /** Lines with their styles, no more than there is room for. */
    #lines(room) {
        const now = this.#surroundings.now();
        const head = `[+] ${(0,sizes/* formatDuration */.a3)(now - this.#begin)}, ${this.#ended} steps done, ${this.#cached} of them from the cache`;
        const shown = [...this.#running.values()].slice(0, Math.max(1, room - 2));
        const hidden = this.#running.size - shown.length;
        const free = room - 1 - shown.length - (hidden > 0 ? 1 : 0);
        const each = Math.min(MOST_LINES, Math.floor(free / shown.length));
        const lines = shown.flatMap(({ name, since, output }) => [
            ['', `… ${(0,sizes/* formatDuration */.a3)(now - since)} ${(0,cells/* plainLine */.h0)(oneLine(name))}`],
            ...(each > 0 ? outputLines(output.slice(-MOST_DRAWN)).slice(-each) : []).map((line) => [DIM, `  │ ${line}`]),
        ]);
        const rest = hidden > 0 ? [['', `… and ${hidden} more`]] : [];
        return [[BOLD, head], ...lines, ...rest].slice(0, room);
    }
    #in(style, text) {
        return this.#surroundings.isColoured && style !== '' ? `\x1b[${style}m${text}\x1b[0m` : text;
    }
}
/** Heredocs have names of several lines. */
function oneLine(name) {
    return name.replace(/\s*[\r\n]+\s*/g, ' ');
}
/** Nothing where the error, which comes below it, tells all of it. */
function untoldOutput(output, told) {
    const lines = outputLines(output);
    return outputLines(told).join('\n').includes(lines.join('\n')) ? [] : lines.map((line) => `  ${line}`);
}
function outputLines(output) {
    return output
        .split('\n')
        .map(cells/* plainLine */.h0)
        .filter((line) => line.trim() !== '');
}

;// CONCATENATED MODULE: ./lib/app/cli/progress.js






const STYLES = ['plain', 'tty', 'json', 'quiet'];
/**
 * Which style is meant: as docker has it, `auto` is `tty` where people look at a terminal.
 * @throws BuildError `BAD_INPUT`
 */
function progressStyle(text, { screen, environment }) {
    if (text === 'auto')
        return screen !== undefined && environment['TERM'] !== 'dumb' ? 'tty' : 'plain';
    const style = STYLES.find((each) => each === text);
    if (style === undefined)
        throw (0,options_problems/* badInput */.A)(`"${text}" is not a style`, 'It is auto, plain, tty, json or quiet.');
    if (style === 'tty' && screen === undefined)
        throw (0,options_problems/* badInput */.A)('tty is for a terminal, and standard error is none', 'Take plain or auto.');
    return style;
}
/** Of a line that does not end so much is held: what comes then is another line. Characters. */
const LONGEST_LINE = 64 * 1024;
/** How often what runs is drawn again. Milliseconds. */
const REDRAW = 100;
/** Numbered steps on standard error as docker's plain progress prints them, a drawing of what runs, or one JSON object a line. */
function progress(style, { stderr, screen, environment }) {
    if (style === 'tty' && screen !== undefined) {
        const isColoured = (environment['NO_COLOR'] ?? '') === '';
        const live = new LiveProgress({ write: stderr, screen, now: () => performance.now(), isColoured });
        const timer = setInterval(() => live.draw(), REDRAW).unref();
        return {
            show: live.show,
            [Symbol.dispose]: () => {
                clearInterval(timer);
                live.clear();
            },
        };
    }
    return { show: linesOf(style, stderr), [Symbol.dispose]: () => undefined };
}
function linesOf(style, write) {
    if (style === 'quiet')
        return () => undefined;
    if (style === 'json')
        return (event) => write(`${(0,runner_command/* jsonForRunner */.uA)(JSON.stringify(event, plainError))}\n`);
    return new PlainProgress(write).show;
}
/** Errors have no own enumerable message; a reader of the JSON wants it. */
function plainError(_key, value) {
    if (!(value instanceof Error))
        return value;
    return { ...value, message: value.message };
}
class PlainProgress {
    #write;
    #numbers = new Map();
    /** Output that has no line end yet, by step. */
    #rest = new Map();
    constructor(write) {
        this.#write = write;
    }
    show = (event) => {
        switch (event.type) {
            case 'diagnostic':
                this.#write(`${(0,report_text/* findingText */.NK)(event.diagnostic)}\n`);
                return;
            case 'step-started':
                this.#write(`#${this.#number(event.id)} ${event.name}\n`);
                return;
            case 'step-output':
                this.#output(event.id, event.text);
                return;
            case 'step-ended': {
                const { step } = event;
                this.#flush(step.id);
                const number = this.#number(step.id);
                if (step.outcome.type === 'cached')
                    this.#write(`#${number} ${step.name}\n`);
                this.#write(`#${number} ${outcomeText(step)}\n`);
                if (step.outcome.type === 'done')
                    this.#write(`#${number} not from the cache: ${step.outcome.miss}\n`);
                return;
            }
            case 'notice':
            case 'progress':
                this.#write(`${event.message}\n`);
                return;
            case 'cache-mount':
                this.#write(`${mountText(event.mount, Date.now())}\n`);
                return;
        }
    };
    #number(id) {
        const number = this.#numbers.get(id) ?? this.#numbers.size + 1;
        this.#numbers.set(id, number);
        return number;
    }
    #output(id, text) {
        const [first = '', ...more] = text.split('\n');
        const lines = [`${this.#rest.get(id) ?? ''}${first}`, ...more];
        const last = lines.pop() ?? '';
        if (lines.length > 0)
            this.#write(lines.map((line) => `#${this.#number(id)} ${line}\n`).join(''));
        this.#rest.set(id, last);
        if (last.length >= LONGEST_LINE)
            this.#flush(id);
    }
    #flush(id) {
        const rest = this.#rest.get(id) ?? '';
        this.#rest.delete(id);
        if (rest !== '')
            this.#write(`#${this.#number(id)} ${rest}\n`);
    }
}

;// CONCATENATED MODULE: ./lib/app/cli/commands/build.js
var build_addDisposableResource = (undefined && undefined.__addDisposableResource) || function (env, value, async) {
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
var build_disposeResources = (undefined && undefined.__disposeResources) || (function (SuppressedError) {
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

























/** `build [FLAGS] PATH | URL | -` */
const build = async (argv, terminal, sources) => {
    const problems = new options_problems/* InputProblems */.N();
    const help = { type: 'boolean', short: 'h', help: 'show this' };
    const args = (0,cli_arguments/* parseArguments */.W)(argv, { ...build_flags/* BUILD_FLAGS */.FX, help }, problems, build_flags/* ABSENT_FLAGS */.oj);
    if (args.flag('help') === true) {
        terminal.stdout(`Usage: ts-image-build build [FLAGS] PATH | URL | -\n\n${(0,cli_arguments/* flagHelp */.Q)(build_flags/* BUILD_FLAGS */.FX)}\n`);
        return 0;
    }
    const style = styleOf(args, terminal, problems);
    const told = { args, style, problems, terminal, sources };
    if (style !== 'json')
        return await prepareAndBuild(told);
    terminal.jsonOnly?.();
    try {
        return await prepareAndBuild(told);
    }
    catch (thrown) {
        return (0,cli_failure/* failAsJson */.F)((0,base_errors/* toBuildError */.KB)(thrown), terminal);
    }
};
async function prepareAndBuild({ args, style, problems, terminal, sources }) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        const checks = problems.attempt('--call', () => checksOnly(args)) ?? false;
        for (const name of RESULT_FILES)
            problems.attempt(`--${name}`, () => build_checkWritable(args.text(name) || undefined));
        const options = (0,build_flags/* buildOptions */.Dm)(args, terminal.environment, problems);
        const shown = build_addDisposableResource(env_1, progress(style, terminal), false);
        const request = build_addDisposableResource(env_1, await prepare(options, {
            environment: terminal.environment,
            stdin: terminal.stdin,
            signal: terminal.signal,
            commitTime: (folder) => commitTimeOf(folder, (args) => (0,exec/* exec */.m0)(['git', ...args])),
            now: Math.floor(Date.now() / 1000),
            onNotice: (message) => shown.show({ type: 'notice', message }),
        }), true);
        sources[request.dockerfile.path] = request.dockerfile.text;
        for (const remark of request.lint.config.remarks ?? [])
            shown.show({ type: 'notice', message: `lint configuration: ${remark}` });
        if (checks)
            return check(request, style, terminal);
        // Awaited here: what was fetched for the request goes when this function is left.
        return await runBuild(args, options, request, { style, shown, terminal });
    }
    catch (e_1) {
        env_1.error = e_1;
        env_1.hasError = true;
    }
    finally {
        const result_1 = build_disposeResources(env_1);
        if (result_1)
            await result_1;
    }
}
/** `build --check`: the findings alone; 1 when one fails the run. */
function check(request, style, terminal) {
    const found = requestFindings(request);
    terminal.stdout((0,reports/* writeReports */.L)([{ format: 'tty', output: undefined }], [found], {
        inRunnerLog: (0,runner_command/* isRunnerLog */.Pm)(terminal.environment),
    }));
    if (found.diagnostics.some((one) => (0,config/* failsRun */.FR)(one, request.lint.failOn)))
        return 1;
    if (style === 'plain' || style === 'tty')
        terminal.stderr(`${(0,report_text/* passedText */.qv)(found.diagnostics.length)}\n`);
    return 0;
}
async function runBuild(args, options, request, { style, shown, terminal }) {
    const env_2 = { stack: [], error: void 0, hasError: false };
    try {
        const { signal } = terminal;
        const onEvent = shown.show;
        const outside = {
            environment: terminal.environment,
            signal,
            onNotice: (message) => onEvent({ type: 'notice', message }),
            stdout: terminal.byteOutput,
        };
        const composed = build_addDisposableResource(env_2, await compose(options, outside), true);
        if (args.flag('plan') === true) {
            terminal.stdout(describeGraph(await planGraph(request, composed.dependencies, signal)));
            return 0;
        }
        const beforeExport = options.verifyReproducible
            ? secondBuild({ options, request, composed, outside, signal, onEvent })
            : undefined;
        const result = await composed.engine.build(request, {
            signal,
            onEvent,
            ...(terminal.drained === undefined ? {} : { drained: terminal.drained }),
            ...(beforeExport === undefined ? {} : { beforeExport }),
        });
        await writeResults(args, result);
        shown[Symbol.dispose]();
        tellResult(result, options, { style, shown, terminal });
        return 0;
    }
    catch (e_2) {
        env_2.error = e_2;
        env_2.hasError = true;
    }
    finally {
        const result_2 = build_disposeResources(env_2);
        if (result_2)
            await result_2;
    }
}
function tellResult(result, options, { style, terminal }) {
    switch (style) {
        case 'quiet':
            // An image that went there must stay whole.
            if (!options.outputs.some(options_outputs/* isOnStdout */.Tc))
                terminal.stdout(`${result.imageId}\n`);
            return;
        case 'json': {
            const locations = result.exports.flatMap((each) => each.locations);
            const built = JSON.stringify({ type: 'built', metadata: metadataOf(result), locations });
            terminal.stderr(`${(0,runner_command/* jsonForRunner */.uA)(built)}\n`);
            return;
        }
        case 'plain':
        case 'tty':
            terminal.stderr(summaryLine(result, options));
    }
}
const RESULT_FILES = ['iidfile', 'metadata-file'];
/** Before any work: what can only be written at the end should not fail there. @throws BuildError `BAD_INPUT` */
function build_checkWritable(path) {
    if (path === undefined)
        return;
    try {
        if ((0,external_node_fs_.statSync)(path, { throwIfNoEntry: false })?.isDirectory() === true)
            throw (0,options_problems/* badInput */.A)(`${path} cannot be written: it is a folder`);
        (0,external_node_fs_.accessSync)((0,external_node_fs_.existsSync)(path) ? path : (0,external_node_path_.dirname)(path), external_node_fs_.constants.W_OK);
    }
    catch (cause) {
        if (cause instanceof base_errors/* BuildError */.zS)
            throw cause;
        throw (0,options_problems/* badInput */.A)(`${path} cannot be written: ${cause.message}`);
    }
}
async function writeResults(args, result) {
    const texts = {
        iidfile: result.imageId,
        'metadata-file': `${JSON.stringify(metadataOf(result), undefined, 2)}\n`,
    };
    for (const name of RESULT_FILES) {
        const path = args.text(name) || undefined;
        if (path !== undefined)
            await writeResult(name, path, texts[name]);
    }
}
async function writeResult(name, path, text) {
    try {
        await (0,promises_.writeFile)(path, text);
    }
    catch (cause) {
        throw new base_errors/* BuildError */.zS({
            kind: 'environment',
            code: 'RESULT_NOT_WRITTEN',
            message: `The image is built, and --${name} cannot be written: ${cause.message}`,
            cause,
        });
    }
}
function summaryLine(result, options) {
    const cached = result.steps.filter(({ outcome }) => outcome.type === 'cached').length;
    const asked = result.steps.filter(({ outcome }) => outcome.type !== 'skipped').length;
    const lines = [
        `built ${result.digest}`,
        `  ${(0,sizes/* formatSize */.Xq)(metadata_sizeOf(result))} in ${result.images[0]?.image.layers.length ?? 0} layers, ${cached} of ${asked} steps cached, ${(0,sizes/* formatDuration */.a3)(result.duration)}`,
        ...result.exports.flatMap(({ locations }) => locations.map((location) => `  ${location}`)),
    ];
    if (result.exports.length === 0) {
        lines.push(`  The image is nowhere but in the cache (${options.stateDir}): --push, --load or --output takes it out.`);
    }
    return `${lines.join('\n')}\n`;
}
function styleOf(args, terminal, problems) {
    if (args.flag('quiet') === true)
        return 'quiet';
    const flag = args.text('progress') || undefined;
    const variable = terminal.environment['BUILDKIT_PROGRESS'] || 'auto';
    const name = flag === undefined ? 'BUILDKIT_PROGRESS' : '--progress';
    return problems.attempt(name, () => progressStyle(flag ?? variable, terminal)) ?? 'plain';
}
function checksOnly(args) {
    const checks = args.flag('check') === true || (0,docker_only/* parseCall */.Mf)(args.text('call') ?? '') === 'check';
    if (checks && args.flag('lint') === false)
        throw (0,options_problems/* badInput */.A)('check only lints, and --no-lint is given');
    return checks;
}


/***/ }),

/***/ 3877:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   l: () => (/* binding */ dockerfileNames),
/* harmony export */   m: () => (/* binding */ dockerfileNotFound)
/* harmony export */ });
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7594);

const USUAL = 'Dockerfile';
/** Where a Dockerfile may be: where it is said to be and, if that is the usual name, under it in small letters (BuildKit, dockerui config.go). */
function dockerfileNames(path) {
    const usual = path === USUAL || path.endsWith(`/${USUAL}`);
    return usual ? [path, `${path.slice(0, -USUAL.length)}${USUAL.toLowerCase()}`] : [path];
}
function dockerfileNotFound(what, more) {
    return new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildError */ .zS({
        kind: 'user',
        code: 'DOCKERFILE_NOT_FOUND',
        message: `The Dockerfile ${what}`,
        ...more,
    });
}


/***/ }),

/***/ 1236:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  remoteAccess: () => (/* binding */ remoteAccess)
});

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./lib/image/store/oci-layout.js
var oci_layout = __webpack_require__(8357);
// EXTERNAL MODULE: ./lib/registry/http/transport.js
var http_transport = __webpack_require__(5565);
// EXTERNAL MODULE: ./lib/base/errors.js
var errors = __webpack_require__(7594);
// EXTERNAL MODULE: external "node:events"
var external_node_events_ = __webpack_require__(8474);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(8161);
// EXTERNAL MODULE: ./lib/base/exec.js
var exec = __webpack_require__(9584);
;// CONCATENATED MODULE: ./lib/app/ssh/key-agent.js






/** An agent of OpenSSH's with keys of this build alone. Nobody but this user and root can reach it. */
class KeyAgent {
    socket;
    #folder;
    #child;
    constructor(folder) {
        this.#folder = folder;
        this.socket = (0,external_node_path_.join)(folder, 'agent');
        // It ends with the program that it was started for, and that one with our end of the pipe.
        this.#child = (0,exec/* start */.ni)(['ssh-agent', '-a', this.socket, 'cat']);
    }
    /**
     * @param id for messages
     * @throws BuildError `SSH_AGENT_FAILED`
     */
    static async withKeys(id, keys) {
        const agent = new KeyAgent((0,external_node_fs_.mkdtempSync)((0,external_node_path_.join)((0,external_node_os_.tmpdir)(), 'ssh-agent-')));
        try {
            await agent.#ready();
            for (const key of keys)
                await agent.#add(key);
            return agent;
        }
        catch (cause) {
            agent[Symbol.dispose]();
            throw new errors/* BuildError */.zS({
                kind: 'environment',
                code: 'SSH_AGENT_FAILED',
                message: `The SSH agent "${id}" cannot be started: ${cause.message}`,
                hint: 'Install OpenSSH (Debian: openssh-client), or give the socket of a running agent: eval $(ssh-agent); ssh-add.',
                cause,
            });
        }
    }
    [Symbol.dispose]() {
        this.#child.kill();
        (0,external_node_fs_.rmSync)(this.#folder, { recursive: true, force: true });
    }
    /** The program echoes, so it runs, so the agent listens. */
    async #ready() {
        this.#child.stdin.write('.');
        await Promise.race([
            (0,external_node_events_.once)(this.#child.stdout, 'data'),
            this.#child.done.then(({ exitCode }) => {
                throw new errors/* BuildError */.zS({
                    kind: 'environment',
                    code: 'SSH_AGENT_FAILED',
                    message: `ssh-agent ended with exit code ${exitCode}`,
                });
            }),
        ]);
    }
    /** Through standard input, since ssh-add refuses files that others can read, and runners write such. */
    async #add(path) {
        const key = (0,external_node_fs_.readFileSync)(path, 'latin1');
        const { exitCode, stderr } = await (0,exec/* exec */.m0)(['ssh-add', '-q', '-'], {
            env: {
                PATH: '/usr/local/bin:/usr/bin:/bin',
                LC_ALL: 'C',
                SSH_AUTH_SOCK: this.socket,
                SSH_ASKPASS_REQUIRE: 'never',
            },
            input: Buffer.from(key.endsWith('\n') ? key : `${key}\n`, 'latin1'),
        });
        if (exitCode === 0)
            return;
        throw new errors/* BuildError */.zS({
            kind: 'user',
            code: 'SSH_AGENT_FAILED',
            message: `ssh-add does not take the key ${path}: ${stderr.trim()}`,
        });
    }
}

;// CONCATENATED MODULE: ./lib/app/ssh/agent-sockets.js


/** The agents that were given to a build, each ready when it is asked for first. */
class AgentSockets {
    #sources;
    #started = new Map();
    #disposed = false;
    constructor(sources) {
        this.#sources = sources;
    }
    has(id) {
        return Object.hasOwn(this.#sources, id);
    }
    /**
     * Path of the socket.
     * @throws BuildError `SSH_AGENT_FAILED`
     */
    async of(id) {
        const source = this.has(id) ? this.#sources[id] : undefined;
        if (source === undefined) {
            throw new errors/* BuildError */.zS({ kind: 'bug', code: 'NO_SSH_AGENT', message: `There is no SSH agent "${id}"` });
        }
        if (source.kind === 'socket')
            return source.path;
        let agent = this.#started.get(id);
        if (agent === undefined) {
            agent = KeyAgent.withKeys(id, source.paths);
            this.#started.set(id, agent);
            agent.then((ready) => this.#disposed && ready[Symbol.dispose](), () => undefined);
        }
        return (await agent).socket;
    }
    [Symbol.dispose]() {
        this.#disposed = true;
        for (const agent of this.#started.values())
            agent.then((ready) => ready[Symbol.dispose](), () => undefined);
    }
}

;// CONCATENATED MODULE: ./lib/app/contexts/authorization.js
/**
 * `Authorization` for a Git remote from the secrets that BuildKit takes for it (source/git): `GIT_AUTH_HEADER` holds the header's
 * value, `GIT_AUTH_TOKEN` a token; with `.HOST` at its end a secret is for that host alone and goes first.
 * @param own what is used for the main context where no secret is
 */
function gitAuthorization(secrets, remote, own) {
    const url = URL.parse(remote);
    if (url === null || !/^https?:$/.test(url.protocol))
        return undefined;
    for (const name of [`GIT_AUTH_HEADER.${url.host}`, 'GIT_AUTH_HEADER']) {
        const header = textOf(secrets[name]);
        if (header !== '')
            return header;
    }
    for (const name of [`GIT_AUTH_TOKEN.${url.host}`, 'GIT_AUTH_TOKEN']) {
        const token = textOf(secrets[name]);
        if (token !== '')
            return withToken(token);
    }
    return own?.remote === remote ? withToken(own.token) : undefined;
}
function withToken(token) {
    return `basic ${Buffer.from(`x-access-token:${token}`).toString('base64')}`;
}
/** `Authorization` for a download: the secrets `HTTP_AUTH_HEADER_HOST` and `HTTP_AUTH_TOKEN_HOST` (BuildKit: source/http). */
function httpAuthorization(secrets, host) {
    const header = textOf(secrets[`HTTP_AUTH_HEADER_${host}`]);
    if (header !== '')
        return header;
    const token = textOf(secrets[`HTTP_AUTH_TOKEN_${host}`]);
    return token === '' ? undefined : `Bearer ${token}`;
}
/** Files of secrets end with a line break more often than not, and no header may hold one. */
function textOf(secret) {
    return secret === undefined ? '' : Buffer.from(secret).toString('utf8').trim();
}

;// CONCATENATED MODULE: ./lib/app/contexts/remote-access.js





function remoteAccess({ stateDir, secrets, contextToken, ssh, }, environment) {
    const transport = (0,http_transport/* createTransport */.oO)({ userAgent: 'ts-image-build', proxyEnv: environment });
    const agents = new AgentSockets(ssh);
    return {
        agents,
        store: (0,oci_layout/* ociLayoutStore */.j)((0,external_node_path_.join)(stateDir, 'content')),
        get: transport.send,
        folder: stateDir,
        gitEnvironment: async (remote) => ({
            ...gitEnvironment(environment),
            // As docker has it: the agent called default is for Git, too.
            ...(agents.has('default') && overSsh(remote) ? { SSH_AUTH_SOCK: await agents.of('default') } : {}),
        }),
        httpAuthorization: (host) => httpAuthorization(secrets, host),
        gitAuthorization: (remote) => gitAuthorization(secrets, remote, contextToken),
        [Symbol.dispose]: () => {
            transport.close();
            agents[Symbol.dispose]();
        },
    };
}
/** `ssh://…` or `user@host:path`. */
function overSsh(remote) {
    return !/^(?:https?|git):\/\//i.test(remote);
}
/** What git and ssh have to know of the user and the way out. */
function gitEnvironment(environment) {
    const names = ['HOME', 'SSH_AUTH_SOCK', 'SSL_CERT_FILE', 'SSL_CERT_DIR'];
    const proxies = ['http_proxy', 'https_proxy', 'no_proxy', 'all_proxy'];
    const known = [...names, ...proxies, ...proxies.map((name) => name.toUpperCase())];
    return Object.fromEntries(known.flatMap((name) => {
        const value = environment[name];
        return value === undefined ? [] : [[name, value]];
    }));
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

/***/ 3997:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   W: () => (/* binding */ isNobodyThere)
/* harmony export */ });
const CODES = new Set(['ECONNREFUSED', 'ENOTFOUND']);
/** Errors that are looked through: a chain of causes may be a circle. */
const DEEPEST = 16;
/**
 * Did a connection fail since nothing listens there (`ECONNREFUSED`), or since the host has no address (`ENOTFOUND`)? Then it will so soon after.
 * Errors that it was the cause of are looked through, not only those of this realm.
 */
function isNobodyThere(thrown) {
    let error = thrown;
    for (let depth = 0; depth < DEEPEST && typeof error === 'object' && error !== null; depth += 1) {
        if ('code' in error && CODES.has(error.code))
            return true;
        error = 'cause' in error ? error.cause : undefined;
    }
    return false;
}


/***/ }),

/***/ 7091:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   L: () => (/* binding */ retry)
/* harmony export */ });
/* harmony import */ var node_timers_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8500);
/* harmony import */ var p_retry__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(4995);


const DEFAULTS = { attempts: 5, firstDelay: 500, longestDelay: 60_000 };
/**
 * Calls `attempt` until it succeeds, fails for good, or has failed as often as allowed; then its last error is thrown as it is.
 * Only for work that may be done twice.
 */
function retry(attempt, options) {
    const longestDelay = options.longestDelay ?? DEFAULTS.longestDelay;
    return (0,p_retry__WEBPACK_IMPORTED_MODULE_1__/* ["default"] */ .Ay)(attempt, {
        retries: (options.attempts ?? DEFAULTS.attempts) - 1,
        minTimeout: options.firstDelay ?? DEFAULTS.firstDelay,
        maxTimeout: longestDelay,
        randomize: true,
        signal: options.signal,
        async shouldRetry({ error, retryDelay }) {
            const advice = options.advice(error);
            const asked = advice?.after ?? 0;
            if (advice === undefined || asked > longestDelay)
                return false;
            options.onRetry?.({ error, delay: Math.max(asked, retryDelay) });
            // p-retry waits for `retryDelay` afterwards, and throws the reason of an abort.
            if (asked > retryDelay) {
                await (0,node_timers_promises__WEBPACK_IMPORTED_MODULE_0__.setTimeout)(asked - retryDelay, undefined, { signal: options.signal }).catch(() => undefined);
            }
            return true;
        },
    });
}


/***/ }),

/***/ 9589:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   J: () => (/* binding */ BlobSaver),
/* harmony export */   d: () => (/* binding */ DEFAULT_LIMITS)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);
/* harmony import */ var node_timers_promises__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8500);
/* harmony import */ var p_limit__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(370);
/* harmony import */ var _image_digest_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(7241);
/* harmony import */ var _image_digest_check_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(96);
/* harmony import */ var _image_one_chunk_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(7145);
/* harmony import */ var _keys_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(4186);







const KIB = 1024;
/** The service takes 200 entries a minute for the whole repository. */
const DEFAULT_LIMITS = {
    inline: 32 * KIB,
    inlineTotal: 1024 * KIB,
    pack: 4 * 1024 * KIB,
    packFull: 16 * 1024 * KIB,
    uploads: 20,
    patience: 8000,
    uploadTime: 300_000,
};
/** Kept of the uploads for the index and for packs of small blobs, which hold the results of many steps. */
const RESERVED_UPLOADS = 4;
const AT_ONCE = 3;
/** Longest Retry-After that is waited for, once a job. Seconds. */
const LONGEST_WAIT = 30;
/** Failures after which nothing more is tried. */
const MOST_FAILURES = 3;
/**
 * Uploads blobs beside the build: big ones as entries, small ones in packs, tiny ones not at all (they go into the index). What it returns a
 * place for is finished and can be read by others.
 */
class BlobSaver {
    #options;
    #slots = (0,p_limit__WEBPACK_IMPORTED_MODULE_5__/* ["default"] */ .A)(AT_ONCE);
    #underway = new Map();
    /** Small blobs that are being read. */
    #placing = new Set();
    #pack = [];
    #packSize = 0;
    #inlineSize = 0;
    #uploads = 0;
    #failures = 0;
    #stopped = false;
    #hasWaited = false;
    bytesUploaded = 0;
    constructor(options) {
        this.#options = options;
    }
    /**
     * Keeps a blob; undefined when that was not possible, which has been told. Small ones wait for flush(). `damaged`: the entry under the
     * usual key holds something else.
     * @throws whatever `open` and its stream throw
     */
    keep(digest, size, open, damaged = false) {
        let kept = this.#underway.get(digest);
        if (kept === undefined) {
            kept = this.#keep(digest, { size, open }, damaged);
            this.#underway.set(digest, kept);
        }
        return kept;
    }
    /** Nothing more is tried: too much has failed. */
    get hasGivenUp() {
        return this.#failures >= MOST_FAILURES;
    }
    /** Uploads the small blobs that were given so far. */
    async flush() {
        await Promise.allSettled(this.#placing);
        await this.#flushPack();
    }
    async #flushPack() {
        const blobs = this.#pack;
        this.#pack = [];
        this.#packSize = 0;
        if (blobs.length === 0)
            return;
        const bytes = Buffer.concat(blobs.map((blob) => blob.bytes));
        const key = (0,_keys_js__WEBPACK_IMPORTED_MODULE_4__/* .packKey */ .l7)((0,_image_digest_js__WEBPACK_IMPORTED_MODULE_2__/* .digestOf */ .ol)(bytes));
        const upload = { size: bytes.length, open: async () => (0,_image_one_chunk_js__WEBPACK_IMPORTED_MODULE_6__/* .oneChunk */ .w)(bytes) };
        const saved = await this.#slots(() => this.#put(key, upload, this.#options.limits.uploads - 1));
        let offset = 0;
        for (const { digest, bytes: own, done } of blobs) {
            const place = { type: 'entry', key, offset };
            done(saved ? { digest, size: own.length, place } : undefined);
            offset += own.length;
        }
    }
    async #keep(digest, upload, damaged) {
        const { limits } = this.#options;
        const { size } = upload;
        if (size < limits.pack)
            return this.#keepSmall(digest, upload);
        const key = (0,_keys_js__WEBPACK_IMPORTED_MODULE_4__/* .layerKey */ .n3)(digest, damaged ? (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.randomBytes)(4).toString('hex') : '');
        const saved = await this.#slots(() => this.#put(key, upload, limits.uploads - RESERVED_UPLOADS));
        return saved ? { digest, size, place: { type: 'entry', key } } : undefined;
    }
    /** Small blobs are read at once: what waits for the end of the build must not need its source any more. */
    #keepSmall(digest, upload) {
        const { promise, resolve, reject } = Promise.withResolvers();
        const placing = this.#place(digest, upload, resolve)
            .catch(reject)
            .finally(() => this.#placing.delete(placing));
        this.#placing.add(placing);
        return promise;
    }
    async #place(digest, upload, done) {
        const { limits, notices } = this.#options;
        const bytes = await collect(await upload.open());
        if (bytes.length !== upload.size || !(0,_image_digest_check_js__WEBPACK_IMPORTED_MODULE_3__/* .hasDigest */ .t)(bytes, digest)) {
            notices.add(`A layer of ${upload.size} bytes changed while it was saved`);
            done(undefined);
        }
        else if (bytes.length <= limits.inline && this.#inlineSize + bytes.length <= limits.inlineTotal) {
            this.#inlineSize += bytes.length;
            done({ digest, size: bytes.length, place: { type: 'inline', bytes } });
        }
        else {
            this.#pack.push({ digest, bytes, done });
            this.#packSize += bytes.length;
            if (this.#packSize >= limits.packFull)
                await this.#flushPack();
        }
    }
    /** Is it there for others to read? */
    async #put(key, upload, most) {
        const { store, notices, lookFirst, signal } = this.#options;
        if (this.#stopped)
            return false;
        if (lookFirst && (await this.#isThere(key)))
            return true;
        if (this.#uploads >= most) {
            notices.remark(`Some layers are not saved in ${notices.place}: a job saves at most ${this.#options.limits.uploads} entries`);
            return false;
        }
        this.#uploads += 1;
        let outcome = await store.put(key, upload, signal);
        if (outcome.type === 'limited' && (await this.#mayWait(outcome.retryAfter))) {
            outcome = await store.put(key, upload, signal);
        }
        return this.#judge(key, upload.size, outcome);
    }
    async #judge(key, size, outcome) {
        const { notices } = this.#options;
        switch (outcome.type) {
            case 'saved':
                this.bytesUploaded += size;
                return true;
            case 'exists': {
                const there = await this.#isThere(key);
                if (!there)
                    notices.remark(`A layer is not saved in ${notices.place}: another job has begun to save it and not finished`);
                return there;
            }
            case 'denied':
                this.#stop(`Nothing is saved in ${notices.place}: ${outcome.reason}`);
                return false;
            case 'limited':
                this.#stop(`Nothing more is saved in ${notices.place}: ${outcome.reason}`);
                return false;
            case 'failed':
                this.#failures += 1;
                notices.add(`A layer could not be saved in ${notices.place}: ${outcome.reason}`);
                if (this.#failures >= MOST_FAILURES)
                    this.#stop(`Nothing more is saved in ${notices.place} after several failures`);
                return false;
            default:
                return outcome;
        }
    }
    async #isThere(key) {
        const { store, signal } = this.#options;
        // When the service cannot tell, the upload will show.
        return (await store.find(key, signal).catch(() => undefined)) !== undefined;
    }
    async #mayWait(retryAfter) {
        if (this.#hasWaited || retryAfter > LONGEST_WAIT)
            return false;
        this.#hasWaited = true;
        const { signal } = this.#options;
        await (0,node_timers_promises__WEBPACK_IMPORTED_MODULE_1__.setTimeout)(retryAfter * 1000, undefined, { signal }).catch(() => undefined);
        return signal?.aborted !== true;
    }
    #stop(notice) {
        // Uploads that were under way fail for the same reason, with other words.
        if (this.#stopped)
            return;
        this.#stopped = true;
        this.#options.notices.add(notice);
    }
}
async function collect(source) {
    const chunks = [];
    for await (const chunk of source)
        chunks.push(Uint8Array.from(chunk));
    return Buffer.concat(chunks);
}


/***/ }),

/***/ 6884:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   hx: () => (/* binding */ CacheIndex),
/* harmony export */   kb: () => (/* binding */ dayOf)
/* harmony export */ });
/* unused harmony export layerBlob */
/* harmony import */ var _image_digest_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7241);
/* harmony import */ var _cache_data_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5653);
/* harmony import */ var _cached_mount_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(8478);
/* harmony import */ var _record_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(6449);




const MOST_RECORDS = 5000;
const MOST_MOUNTS = 200;
/** Every build downloads the index. */
const MOST_BYTES = 6 * 1024 * 1024;
/** Days of the index's clock without use after which a record goes. The Actions cache itself deletes entries after 7. */
const MOST_AGE = 30;
/** What the place of a blob takes as JSON, about, and what a mount takes. */
const BLOB_BYTES = 250;
const MOUNT_BYTES = 500;
/** A layer and its index for each record, an archive for each mount. */
const MOST_BLOBS = 2 * MOST_RECORDS + MOST_MOUNTS;
const LONGEST_KEY = 512;
const DAY = 86_400_000;
/** Records, cache mounts and the places of their blobs: what one index entry of the cache service says. Immutable; changes make a new one. */
class CacheIndex {
    records;
    blobs;
    mounts;
    clock;
    /** @param clock default: the day of the last use in it */
    constructor(records = [], blobs = [], mounts = [], clock) {
        this.records = new Map([...records].map((indexed) => [indexed.record.key, indexed]));
        this.blobs = new Map([...blobs].map((blob) => [blob.digest, blob]));
        this.mounts = new Map([...mounts].map((indexed) => [indexed.mount.key, indexed]));
        this.clock = clock ?? clockOf([...this.records.values(), ...this.mounts.values()]);
    }
    get isEmpty() {
        return this.records.size === 0 && this.mounts.size === 0;
    }
    /** Records but those that only hold documents of images. */
    get resultCount() {
        return [...this.records.values()].filter(({ record }) => (0,_record_js__WEBPACK_IMPORTED_MODULE_3__/* .isResult */ .aI)(record)).length;
    }
    /** Bytes of all blobs. */
    get size() {
        return [...this.blobs.values()].reduce((sum, { size }) => sum + size, 0);
    }
    /** The same as a build finds it that uses it on this day of its machine's clock, in days since 1970. */
    onDay(told) {
        const { day, seen } = this.clock;
        if (this.isEmpty)
            return new CacheIndex([], this.blobs.values(), [], { day: told, seen: told });
        if (told <= seen)
            return this;
        return new CacheIndex(this.records.values(), this.blobs.values(), this.mounts.values(), {
            day: day + 1,
            seen: told,
        });
    }
    /**
     * All of both; where both know a record, a mount or a blob, `newer` is right, but the last use is the later one of the two. Each keeps the age that
     * it has by the clock of its index.
     */
    mergedWith(newer) {
        const [one, other] = [this.clock, newer.clock];
        const clock = { day: Math.max(one.day, other.day), seen: Math.max(one.seen, other.seen) };
        const late = [clock.day - one.day, clock.day - other.day];
        return new CacheIndex(merged(this.records, newer.records, late), new Map([...this.blobs, ...newer.blobs]).values(), merged(this.mounts, newer.mounts, late), clock);
    }
    /** Without entries that are gone from the service, the records and mounts that need them, and blobs that nothing needs. */
    without(goneEntries) {
        const blobs = new Map([...this.blobs].filter(([, { place }]) => place.type === 'inline' || !goneEntries.has(place.key)));
        const records = [...this.records.values()].filter((indexed) => isWhole(indexed, this.blobs, blobs));
        const mounts = [...this.mounts.values()].filter(({ mount }) => blobs.has(mount.archive.digest));
        const needed = [...neededBy(records, blobs), ...archivesOf(mounts, blobs)];
        return new CacheIndex(records, needed, mounts, this.clock);
    }
    /** The most recently used records and mounts, as many as an index may have. `most` bytes of JSON, roughly. */
    trimmed(most = MOST_BYTES) {
        const oldest = this.clock.day - MOST_AGE;
        const kept = [];
        const mounts = [...this.mounts.values()]
            .filter(({ lastUsed }) => lastUsed >= oldest)
            .sort((a, b) => b.lastUsed - a.lastUsed)
            .slice(0, MOST_MOUNTS);
        const archives = [...archivesOf(mounts, this.blobs)];
        const counted = new Set(archives.map(({ digest }) => digest));
        let bytes = archives.reduce((sum, { place }) => sum + MOUNT_BYTES + sizeOf(place), 0);
        const newestFirst = [...this.records.values()].sort((a, b) => b.lastUsed - a.lastUsed || (0,_record_js__WEBPACK_IMPORTED_MODULE_3__/* .byAge */ .jI)(a.record, b.record));
        for (const indexed of newestFirst) {
            bytes += Buffer.byteLength(JSON.stringify(encodeIndexedRecord(indexed)));
            for (const { digest, place } of neededBy([indexed], this.blobs)) {
                if (!counted.has(digest))
                    bytes += sizeOf(place);
                counted.add(digest);
            }
            if (bytes > most || kept.length >= MOST_RECORDS || indexed.lastUsed < oldest)
                break;
            kept.push(indexed);
        }
        if (kept.length === this.records.size && mounts.length === this.mounts.size)
            return this;
        return new CacheIndex(kept, [...neededBy(kept, this.blobs), ...archives], mounts, this.clock);
    }
    /** Newest record of each step. */
    newestBySteps() {
        const newest = new Map();
        for (const { record } of this.records.values()) {
            const other = newest.get(record.step);
            if (other === undefined || (0,_record_js__WEBPACK_IMPORTED_MODULE_3__/* .byAge */ .jI)(record, other) < 0)
                newest.set(record.step, record);
        }
        return newest;
    }
    /** Newest record of each content key. */
    byContent() {
        const newest = new Map();
        for (const indexed of this.records.values()) {
            const { contentKey } = indexed.record;
            if (contentKey === undefined)
                continue;
            const other = newest.get(contentKey);
            if (other === undefined || (0,_record_js__WEBPACK_IMPORTED_MODULE_3__/* .byAge */ .jI)(indexed.record, other.record) < 0)
                newest.set(contentKey, indexed);
        }
        return newest;
    }
    /** A record that tells what this layer holds. */
    withLayerIndex(diffId) {
        for (const indexed of this.records.values()) {
            if (indexed.layerIndex !== undefined && indexed.record.layer?.diffId === diffId)
                return indexed;
        }
        return undefined;
    }
    toJson() {
        const { day, seen } = this.clock;
        return {
            clock: { day, seen },
            records: [...this.records.values()].map(encodeIndexedRecord),
            ...(this.mounts.size === 0 ? {} : { mounts: [...this.mounts.values()].map(encodeIndexedMount) }),
            blobs: [...this.blobs.values()].map(({ digest, size, place }) => ({
                digest,
                size,
                ...(place.type === 'inline'
                    ? { inline: Buffer.from(place.bytes).toString('base64') }
                    : { entry: place.key, ...(place.offset === undefined ? {} : { offset: place.offset }) }),
            })),
        };
    }
    /** @throws BuildError `CACHE_DATA_BAD`, and those of the parsers of keys and digests */
    static fromJson(value) {
        const fields = (0,_cache_data_js__WEBPACK_IMPORTED_MODULE_1__/* .fieldsOf */ .Pf)(value, 'index');
        const clock = fields.has('clock') ? fields.object('clock') : undefined;
        return new CacheIndex(fields.list('records', 2 * MOST_RECORDS).map(decodeIndexedRecord), fields.list('blobs', MOST_BLOBS).map(decodeBlob), 
        // Older programs know of no mounts.
        fields.has('mounts') ? fields.list('mounts', 2 * MOST_MOUNTS).map(decodeIndexedMount) : [], clock === undefined ? undefined : { day: clock.count('day'), seen: clock.count('seen') });
    }
}
/** Days since 1970, the grain of the clock: an index need not be saved more than once a day for it. */
function dayOf(time) {
    return Math.max(0, Math.floor(time.getTime() / DAY));
}
function layerBlob(record) {
    return record.layer?.descriptor.digest;
}
function clockOf(used) {
    const day = used.reduce((latest, { lastUsed }) => Math.max(latest, lastUsed), 0);
    return { day, seen: day };
}
/** @param late days by which the clock of each is behind the common one */
function merged(older, newer, [olderLate, newerLate]) {
    const all = new Map();
    for (const [key, value] of older)
        all.set(key, { ...value, lastUsed: value.lastUsed + olderLate });
    for (const [key, value] of newer) {
        const lastUsed = Math.max(value.lastUsed + newerLate, all.get(key)?.lastUsed ?? 0);
        all.set(key, { ...value, lastUsed });
    }
    return all.values();
}
/** Bytes that a blob adds to the index, about. */
function sizeOf(place) {
    return BLOB_BYTES + (place.type === 'inline' ? 1.34 * place.bytes.length : 0);
}
function isWhole({ record }, before, after) {
    const blob = layerBlob(record);
    // A layer that was never here has its sources elsewhere.
    return blob === undefined || !before.has(blob) || after.has(blob);
}
function* neededBy(records, blobs) {
    for (const { record, layerIndex } of records) {
        for (const digest of [layerBlob(record), layerIndex]) {
            const blob = digest === undefined ? undefined : blobs.get(digest);
            if (blob !== undefined)
                yield blob;
        }
    }
}
function* archivesOf(mounts, blobs) {
    for (const { mount } of mounts) {
        const blob = blobs.get(mount.archive.digest);
        if (blob !== undefined)
            yield blob;
    }
}
function encodeIndexedMount({ mount, lastUsed }) {
    return { ...(0,_cached_mount_js__WEBPACK_IMPORTED_MODULE_2__/* .encodeMount */ .m)(mount), lastUsed };
}
function decodeIndexedMount(value) {
    return { mount: (0,_cached_mount_js__WEBPACK_IMPORTED_MODULE_2__/* .decodeMount */ .O)(value), lastUsed: (0,_cache_data_js__WEBPACK_IMPORTED_MODULE_1__/* .fieldsOf */ .Pf)(value, 'mount').count('lastUsed') };
}
function encodeIndexedRecord({ record, lastUsed, layerIndex }) {
    return { ...(0,_record_js__WEBPACK_IMPORTED_MODULE_3__/* .encodeRecord */ .Ym)(record), lastUsed, ...(layerIndex === undefined ? {} : { layerIndex }) };
}
function decodeIndexedRecord(value) {
    const fields = (0,_cache_data_js__WEBPACK_IMPORTED_MODULE_1__/* .fieldsOf */ .Pf)(value, 'record');
    return {
        record: (0,_record_js__WEBPACK_IMPORTED_MODULE_3__/* .decodeRecord */ .eT)(value),
        lastUsed: fields.count('lastUsed'),
        ...(fields.has('layerIndex') ? { layerIndex: (0,_image_digest_js__WEBPACK_IMPORTED_MODULE_0__/* .parseDigest */ .m)(fields.text('layerIndex', 256)) } : {}),
    };
}
function decodeBlob(value) {
    const fields = (0,_cache_data_js__WEBPACK_IMPORTED_MODULE_1__/* .fieldsOf */ .Pf)(value, 'blob');
    const blob = { digest: (0,_image_digest_js__WEBPACK_IMPORTED_MODULE_0__/* .parseDigest */ .m)(fields.text('digest', 256)), size: fields.count('size') };
    if (fields.has('inline')) {
        return {
            ...blob,
            place: { type: 'inline', bytes: Buffer.from(fields.text('inline', 1 << 24), 'base64') },
        };
    }
    const key = fields.text('entry', LONGEST_KEY);
    const offset = fields.has('offset') ? { offset: fields.count('offset') } : {};
    return { ...blob, place: { type: 'entry', key, ...offset } };
}


/***/ }),

/***/ 9543:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   C3: () => (/* binding */ LONGEST_INDEX),
/* harmony export */   fE: () => (/* binding */ decodeIndexFile),
/* harmony export */   h7: () => (/* binding */ indexTooBig),
/* harmony export */   rO: () => (/* binding */ encodeIndexFile)
/* harmony export */ });
/* unused harmony export entriesNamedIn */
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);
/* harmony import */ var node_util__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7975);
/* harmony import */ var node_zlib__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(8522);
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(7594);
/* harmony import */ var _cache_data_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(5653);
/* harmony import */ var _cache_index_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(6884);
/* harmony import */ var _keys_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(4186);








/**
 * Longest index that is read, as stored and as JSON. Bytes. None that is written has half of it (see CacheIndex.trimmed), and parsing takes forty
 * times its memory at worst.
 */
const LONGEST_INDEX = 16 * 1024 * 1024;
const LONGEST_JSON = 16 * 1024 * 1024;
/** First line of the file: this, then the SHA-256 of what follows the line, then its signature, both in hex; `-` for no signature. */
const MAGIC = 'ts-image-build cache index 1';
const UNSIGNED = '-';
const compress = (0,node_util__WEBPACK_IMPORTED_MODULE_1__.promisify)(node_zlib__WEBPACK_IMPORTED_MODULE_2__.zstdCompress);
const decompress = (0,node_util__WEBPACK_IMPORTED_MODULE_1__.promisify)(node_zlib__WEBPACK_IMPORTED_MODULE_2__.zstdDecompress);
/** The file: a line with the format, checksum and signature, then JSON compressed with zstd (which by itself does not see every changed byte). */
async function encodeIndexFile(index, identity) {
    const { scope, platform, secret } = identity;
    const body = await compress(Buffer.from(JSON.stringify({ scope, platform, ...index.toJson() })));
    const signature = secret === undefined ? UNSIGNED : sign(body, secret);
    return Buffer.concat([Buffer.from(`${MAGIC} ${checksum(body)} ${signature}\n`), body]);
}
/**
 * @throws BuildError `CACHE_DATA_BAD` for what is damaged or for another image; `CACHE_NOT_SIGNED` when a secret is given and the signature
 * is missing or made with another one
 */
async function decodeIndexFile(bytes, identity) {
    const { body, sum, signature } = split(bytes);
    if (identity.secret !== undefined)
        checkSignature(body, signature, identity.secret);
    if (sum !== checksum(body))
        throw (0,_cache_data_js__WEBPACK_IMPORTED_MODULE_4__/* .badData */ .sn)('the index is damaged');
    const value = (0,_cache_data_js__WEBPACK_IMPORTED_MODULE_4__/* .parseJson */ .qF)(await textOf(body), 'the index');
    const { scope, platform } = identity;
    if (!isFor(value, scope, platform))
        throw (0,_cache_data_js__WEBPACK_IMPORTED_MODULE_4__/* .badData */ .sn)('the index is for another image');
    try {
        return _cache_index_js__WEBPACK_IMPORTED_MODULE_5__/* .CacheIndex */ .hx.fromJson(value);
    }
    catch (cause) {
        throw (0,_cache_data_js__WEBPACK_IMPORTED_MODULE_4__/* .badData */ .sn)('the index cannot be read', cause);
    }
}
/**
 * Keys of the entries that an index needs, for whoever cleans up: whatever it is for, and not asking for a signature, since a wrong index can
 * only spare something.
 * @throws BuildError `CACHE_DATA_BAD`
 */
async function entriesNamedIn(bytes) {
    const { body } = split(bytes);
    const value = parseJson(await textOf(body), 'the index');
    return new Set([...textsIn(value)].filter((text) => text.startsWith(KEY_PREFIX)));
}
/** What does not fit `LONGEST_INDEX`; nothing that was written here has so much. */
function indexTooBig(cause) {
    return new _base_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .BuildError */ .zS({
        kind: 'remote',
        code: 'CACHE_DATA_BAD',
        message: `it has more than ${LONGEST_INDEX / 1024 / 1024} MiB`,
        hint: 'A build that writes this cache puts a new one in its place; where none does, delete it, or give the cache another name.',
        cause,
    });
}
function split(bytes) {
    const end = bytes.indexOf(0x0a);
    const line = end < 0 ? '' : bytes.toString('latin1', 0, end);
    if (!line.startsWith(`${MAGIC} `))
        throw (0,_cache_data_js__WEBPACK_IMPORTED_MODULE_4__/* .badData */ .sn)('the index has another format');
    const [sum, signature = UNSIGNED] = line.slice(MAGIC.length + 1).split(' ');
    return { body: bytes.subarray(end + 1), sum, signature };
}
async function textOf(body) {
    const json = await decompress(body, { maxOutputLength: LONGEST_JSON }).catch((cause) => {
        if (cause.code === 'ERR_BUFFER_TOO_LARGE')
            throw indexTooBig(cause);
        throw (0,_cache_data_js__WEBPACK_IMPORTED_MODULE_4__/* .badData */ .sn)('the index cannot be decompressed', cause);
    });
    return json.toString('utf8');
}
function checkSignature(body, given, secret) {
    const expected = Buffer.from(sign(body, secret));
    const found = Buffer.from(given);
    if (found.length === expected.length && (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.timingSafeEqual)(found, expected))
        return;
    throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .BuildError */ .zS({
        kind: 'remote',
        code: 'CACHE_NOT_SIGNED',
        message: given === UNSIGNED
            ? 'the index is not signed'
            : 'the signature of the index was made with another secret, or it was changed',
    });
}
function checksum(body) {
    return (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256').update(body).digest('hex');
}
function sign(body, secret) {
    return (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHmac)('sha256', secret).update(`${MAGIC}\n`).update(body).digest('hex');
}
function isFor(value, scope, platform) {
    if (typeof value !== 'object' || value === null)
        return false;
    return 'scope' in value && value.scope === scope && 'platform' in value && value.platform === platform;
}


/***/ }),

/***/ 7223:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  Y: () => (/* binding */ IndexedCache)
});

// EXTERNAL MODULE: ./lib/base/errors.js
var errors = __webpack_require__(7594);
// EXTERNAL MODULE: ./lib/image/digest-check.js
var digest_check = __webpack_require__(96);
// EXTERNAL MODULE: ./lib/image/layer/index-format.js
var index_format = __webpack_require__(6055);
// EXTERNAL MODULE: ./lib/cache/backends/indexed/cache-index.js
var cache_index = __webpack_require__(6884);
;// CONCATENATED MODULE: ./lib/cache/backends/indexed/indexed-mounts.js
/** The cache mounts that an index names: their archives are blobs like layers. */
class IndexedMounts {
    #index;
    #blobs;
    #saver;
    constructor(index, blobs, saver) {
        this.#index = index;
        this.#blobs = blobs;
        this.#saver = saver;
    }
    async find(key) {
        const mount = this.#index.mounts.get(key)?.mount;
        if (mount === undefined)
            return undefined;
        // A size that was changed would make the reader expect another one.
        if (this.#blobs.get(mount.archive.digest)?.size !== mount.archive.size)
            return undefined;
        this.#saver?.useMount(key);
        return mount;
    }
    async open({ archive }, signal) {
        const blob = this.#blobs.get(archive.digest);
        return blob === undefined ? undefined : this.#blobs.open(blob, signal, 'cache mount');
    }
    async save(mount, open) {
        return this.#saver === undefined ? false : this.#saver.saveMount(mount, open);
    }
}

// EXTERNAL MODULE: external "node:timers/promises"
var promises_ = __webpack_require__(8500);
// EXTERNAL MODULE: ./lib/image/digest.js
var digest = __webpack_require__(7241);
// EXTERNAL MODULE: ./lib/image/one-chunk.js
var one_chunk = __webpack_require__(7145);
// EXTERNAL MODULE: ./lib/cache/cached-mount.js
var cached_mount = __webpack_require__(8478);
// EXTERNAL MODULE: ./lib/cache/record.js
var cache_record = __webpack_require__(6449);
// EXTERNAL MODULE: ./lib/cache/backends/indexed/blob-saver.js
var blob_saver = __webpack_require__(9589);
// EXTERNAL MODULE: ./lib/cache/backends/indexed/keys.js
var keys = __webpack_require__(4186);
;// CONCATENATED MODULE: ./lib/cache/backends/indexed/record-saver.js










/** Milliseconds for an index where all else has failed. */
const MOST_FAILING_TIME = 30_000;
/** The writing half of a cache with an index: takes records beside the build, and writes the index at its end. */
class RecordSaver {
    #options;
    #uploader;
    #stop = new AbortController();
    #handing = new Set();
    #saving = new Set();
    #used = new Map();
    #usedMounts = new Set();
    #fresh = [];
    #freshBlobs = [];
    #freshMounts = [];
    #own;
    #flushing = Promise.resolve();
    /** Why the index could not be saved beside the export. */
    #failure;
    /** Of the index that was written last. */
    #limit;
    #isLate = false;
    #hasEnded = false;
    #recordsSaved = 0;
    #indexBytes = 0;
    #written;
    constructor(options) {
        const { store, notices, limits, lookFirst } = options;
        this.#options = options;
        this.#own = options.own;
        this.#uploader = new blob_saver/* BlobSaver */.J({ store, notices, limits, lookFirst, signal: this.#stop.signal });
    }
    /** A record that was found: it is worth keeping. */
    use(indexed) {
        this.#used.set(indexed.record.key, indexed);
    }
    save(record, open) {
        const save = this.#save(record, open)
            .catch((error) => this.#options.notices.add(`A result could not be saved in ${this.#options.notices.place}: ${(0,errors/* reasonOf */.A3)(error)}`))
            .finally(() => this.#saving.delete(save));
        this.#saving.add(save);
    }
    /** A cache mount that was found: it is worth keeping. */
    useMount(key) {
        this.#usedMounts.add(key);
    }
    /** False when it could not be saved, which has been told. Answers with the index that names it, at the latest with the end of finish(). */
    saveMount(mount, open) {
        const { promise, resolve } = Promise.withResolvers();
        const save = this.#saveMount(mount, open, resolve)
            .catch((error) => {
            const { notices } = this.#options;
            notices.add(`The cache mount ${mount.id} could not be saved in ${notices.place}: ${(0,errors/* reasonOf */.A3)(error)}`);
            resolve(false);
        })
            .finally(() => this.#saving.delete(save));
        this.#saving.add(save);
        return promise;
    }
    /** Uploads what there is by now, and writes the index. What goes wrong is tried again by finish(). */
    flush() {
        this.#flushing = this.#flushing
            .then(() => this.#uploadInTime())
            .then(() => this.#writeIndex())
            .catch((error) => {
            this.#failure = error;
        });
        return this.#flushing;
    }
    /**
     * Waits for the uploads and writes the index if it has changed.
     * @throws whatever is unexpected
     */
    async finish(signal) {
        const stop = () => this.#stop.abort();
        signal?.addEventListener('abort', stop, { once: true });
        if (signal?.aborted === true)
            stop();
        try {
            await this.#flushing;
            await this.#uploadInTime();
            await this.#writeLastIndex();
            const bytesUploaded = this.#uploader.bytesUploaded + this.#indexBytes;
            const written = this.#written === undefined ? {} : { written: this.#written };
            return { recordsSaved: this.#recordsSaved, bytesUploaded, ...written };
        }
        finally {
            stop();
            this.#hasEnded = true;
            for (const { answer } of this.#freshMounts)
                answer(false);
        }
    }
    async #save(record, open) {
        (0,cache_record/* checkRecord */.EQ)(record);
        const handing = this.#handOver(record, open);
        this.#handing.add(handing);
        const uploads = await handing.finally(() => this.#handing.delete(handing));
        if (uploads === undefined)
            return;
        const [layer, index] = await Promise.all([uploads.layer?.done, uploads.index?.done]);
        // Without its layer a record is worth nothing; without the layer's index it is.
        if (uploads.layer !== undefined && layer === undefined)
            return;
        for (const blob of [layer, index]) {
            if (blob === undefined)
                continue;
            this.#options.blobs.add(blob);
            this.#freshBlobs.push(blob);
        }
        const layerIndex = index?.digest ?? this.#knownIndexOf(record);
        this.#fresh.push({ record, ...(layerIndex === undefined ? {} : { layerIndex }) });
    }
    async #saveMount(mount, open, answer) {
        (0,cached_mount/* decodeMount */.O)((0,cached_mount/* encodeMount */.m)(mount));
        const { digest, size } = mount.archive;
        const handing = this.#upload(digest, size, open);
        this.#handing.add(handing);
        const { done } = await handing.finally(() => this.#handing.delete(handing));
        const blob = await done;
        if (blob === undefined || this.#hasEnded)
            return answer(false);
        this.#options.blobs.add(blob);
        this.#freshBlobs.push(blob);
        this.#freshMounts.push({ mount, answer });
    }
    /** Of a layer that another record brought here before. */
    #knownIndexOf({ layer }) {
        return layer === undefined ? undefined : this.#options.index.withLayerIndex(layer.diffId)?.layerIndex;
    }
    /** Everything up to the point where the uploader knows of the blobs; undefined when there is nothing to save. */
    async #handOver(record, open) {
        if (await this.#isKept(record))
            return undefined;
        const { layer, index } = record;
        // The layer first: its upload goes on while the index is encoded.
        const layerUpload = layer === undefined
            ? undefined
            : open === undefined
                ? await this.#present(layer)
                : await this.#upload(layer.descriptor.digest, layer.descriptor.size, open);
        if (index === undefined)
            return { layer: layerUpload, index: undefined };
        const bytes = await (0,index_format/* serialiseIndexOf */.R)(index);
        return {
            layer: layerUpload,
            index: await this.#upload((0,digest/* digestOf */.ol)(bytes), bytes.length, async () => (0,one_chunk/* oneChunk */.w)(bytes)),
        };
    }
    /** A layer that lies in the repository already, put there by somebody else: the index names it, so that it stays. */
    async #present({ descriptor, sources }) {
        const { store, repository } = this.#options;
        const here = sources.some(({ host, path }) => host === repository?.host && path === repository.path);
        const key = (0,keys/* layerKey */.n3)(descriptor.digest);
        if (!here || (await store.find(key)) === undefined)
            return undefined;
        const { digest, size } = descriptor;
        return { done: Promise.resolve({ digest, size, place: { type: 'entry', key } }) };
    }
    /** In an object, so that waiting for the hand-over is not waiting for the upload. */
    async #upload(digest, size, open) {
        const { blobs } = this.#options;
        const known = blobs.named(digest);
        if (known !== undefined && (await blobs.has(digest)))
            return { done: Promise.resolve(known) };
        const done = this.#uploader.keep(digest, size, open, blobs.isDamaged(digest));
        // Somebody waits for it later.
        done.catch(() => undefined);
        return { done };
    }
    /** Is the same result there already, with its layer? */
    async #isKept(record) {
        const { index, blobs } = this.#options;
        const known = index.records.get(record.key);
        if (known === undefined || !(0,cache_record/* sameResult */.YU)(known.record, record))
            return false;
        const digest = known.record.layer?.descriptor.digest;
        if (digest !== undefined && blobs.named(digest) !== undefined && !(await blobs.has(digest)))
            return false;
        this.use(known);
        return true;
    }
    /** Uploads that take too long are told; those that were waited for before are not waited for again. */
    async #uploadInTime() {
        const { notices, limits } = this.#options;
        const { signal } = this.#stop;
        const time = this.#isLate ? 0 : limits.uploadTime;
        const deadline = (0,promises_.setTimeout)(time, 'late', { ref: false, signal });
        const uploads = this.#uploadAll();
        for (const each of [deadline, uploads])
            each.catch(() => undefined);
        if ((await Promise.race([uploads, deadline])) !== 'late')
            return;
        this.#isLate = true;
        notices.add(`Some layers are not saved in ${notices.place}: their upload took too long`);
    }
    async #uploadAll() {
        await Promise.allSettled(this.#handing);
        await this.#uploader.flush();
        await Promise.allSettled(this.#saving);
    }
    /** What cannot be saved now is told. */
    async #writeLastIndex() {
        const before = this.#written;
        try {
            await this.#writeIndex();
            if (before !== undefined && this.#written === before)
                await this.#confirm();
        }
        catch (error) {
            const { notices } = this.#options;
            const { aborted, reason: late } = this.#limit ?? {};
            const reason = (0,errors/* reasonWithHint */.yC)(aborted === true ? (this.#failure ?? late) : error);
            notices.add(`The index could not be saved in ${notices.place}, the next build will not find these results: ${reason}`);
        }
    }
    /** It was written beside the export, and other builds may have written since. */
    async #confirm() {
        const { keeper } = this.#options;
        const own = this.#own;
        if (own === undefined || keeper.confirm === undefined)
            return;
        try {
            this.#own = await keeper.confirm(own, this.#stop.signal);
        }
        catch {
            // It was there when it was written, as far as anybody knows.
            return;
        }
        if (this.#own === own)
            return;
        this.#written = this.#own.index;
        this.#indexBytes += this.#own.size;
    }
    /** @throws BuildError when it could not be saved; then all of it is still to be written */
    async #writeIndex() {
        const own = this.#own;
        const change = this.#change(own?.index ?? new cache_index/* CacheIndex */.hx());
        if (change === undefined)
            return;
        // A service that did not answer before is not waited for as long again.
        const hasFailed = this.#failure !== undefined || this.#uploader.hasGivenUp;
        this.#limit = hasFailed ? AbortSignal.timeout(MOST_FAILING_TIME) : undefined;
        const { signal: stop } = this.#stop;
        const signal = this.#limit === undefined ? stop : AbortSignal.any([stop, this.#limit]);
        const [fresh, blobs, mounts] = [this.#fresh, this.#freshBlobs, this.#freshMounts];
        [this.#fresh, this.#freshBlobs, this.#freshMounts] = [[], [], []];
        try {
            this.#own = await this.#options.keeper.save(own, change, signal);
        }
        catch (error) {
            // For the next try, beside what came meanwhile.
            this.#fresh.unshift(...fresh);
            this.#freshBlobs.unshift(...blobs);
            this.#freshMounts.unshift(...mounts);
            throw error;
        }
        const { records, mounts: kept } = this.#own.index;
        for (const { mount, answer } of mounts)
            answer(kept.has(mount.key));
        this.#written = this.#own.index;
        // An index has room for so many.
        this.#recordsSaved += fresh.filter(({ record }) => (0,cache_record/* isResult */.aI)(record) && records.has(record.key)).length;
        this.#indexBytes += this.#own.size;
    }
    /** What this build has to say; undefined when the index need not change for it. */
    #change(own) {
        const { gone } = this.#options.blobs;
        const told = (0,cache_index/* dayOf */.kb)(new Date());
        const { day: today } = own.onDay(told).clock;
        const used = [...this.#used.keys()].filter((key) => (own.records.get(key)?.lastUsed ?? today) < today);
        const lost = [...own.blobs.values()].some(({ place }) => place.type === 'entry' && gone.has(place.key));
        const mounts = [...this.#usedMounts].filter((key) => (own.mounts.get(key)?.lastUsed ?? today) < today);
        const nothingUsed = used.length === 0 && mounts.length === 0;
        const [fresh, freshBlobs, freshMounts] = [this.#fresh, this.#freshBlobs, this.#freshMounts];
        if (fresh.length === 0 && freshMounts.length === 0 && nothingUsed && !lost)
            return undefined;
        return (found) => {
            const newest = found.onDay(told);
            const { clock } = newest;
            const onThisDay = (each) => ({
                ...each,
                lastUsed: clock.day,
            });
            const marked = new cache_index/* CacheIndex */.hx(used.flatMap((key) => newest.records.get(key) ?? []).map(onThisDay), [], mounts.flatMap((key) => newest.mounts.get(key) ?? []).map(onThisDay), clock);
            const made = new cache_index/* CacheIndex */.hx(fresh.map(onThisDay), freshBlobs, freshMounts.map(({ mount }) => onThisDay({ mount })), clock);
            return newest.mergedWith(marked).mergedWith(made).without(gone);
        };
    }
}

;// CONCATENATED MODULE: ./lib/cache/backends/indexed/stored-blobs.js



/** The blobs that indexes name, and what turned out about them while they were used. */
class StoredBlobs {
    #store;
    #notices;
    #blobs;
    #entries = new Map();
    #gone = new Set();
    #damaged = new Set();
    /** Entries that could not be had this time. */
    #failed = new Set();
    /** Entries of which it could not be learnt whether they are there. */
    #unasked = new Set();
    bytesDownloaded = 0;
    constructor(store, notices, blobs) {
        this.#store = store;
        this.#notices = notices;
        this.#blobs = new Map(blobs);
    }
    /** Entries that are gone, or hold something else: no index should name them any longer. */
    get gone() {
        return this.#gone;
    }
    /** Where an index said the blob is, be it true or not. */
    named(digest) {
        return this.#blobs.get(digest);
    }
    /** A blob that can be had as far as is known; nobody is asked. */
    get(digest) {
        const blob = this.#blobs.get(digest);
        if (blob?.place.type !== 'entry')
            return blob;
        const { key } = blob.place;
        return this.#gone.has(key) || this.#failed.has(key) ? undefined : blob;
    }
    /** Is it really there? Asks once per entry, which also tells a service that the entry is in use. */
    async has(digest) {
        const blob = this.get(digest);
        if (blob === undefined)
            return false;
        return blob.place.type === 'inline' || (await this.#entry(blob.place.key)) !== undefined;
    }
    /** Is it not known whether it is there, since it could not be looked up or downloaded? */
    isUnsure(digest) {
        const place = this.#blobs.get(digest)?.place;
        return place?.type === 'entry' && (this.#unasked.has(place.key) || this.#failed.has(place.key));
    }
    /** Does the entry of this blob hold something else, so that its key cannot be used again? */
    isDamaged(digest) {
        const place = this.#blobs.get(digest)?.place;
        return place?.type === 'entry' && this.#damaged.has(place.key);
    }
    /** A blob that this job has saved. */
    add(blob) {
        this.#blobs.set(blob.digest, blob);
        if (blob.place.type !== 'entry')
            return;
        const { key } = blob.place;
        for (const set of [this.#gone, this.#failed, this.#unasked])
            set.delete(key);
        this.#entries.delete(key);
    }
    /** The bytes, not checked for the reader; undefined when they cannot be had. `what`: a word for notices. */
    async open(blob, signal, what = 'layer') {
        const { size, place } = blob;
        if (place.type === 'inline')
            return (0,one_chunk/* oneChunk */.w)(place.bytes);
        const entry = await this.#entry(place.key);
        if (entry === undefined)
            return undefined;
        const { offset } = place;
        const part = offset === undefined ? { size } : { range: { start: offset, end: offset + size } };
        try {
            return this.#watched(await entry.open({ ...part, signal }), blob, { key: place.key, what, signal });
        }
        catch (error) {
            signal?.throwIfAborted();
            this.#fail(place.key, what, error);
            return undefined;
        }
    }
    #entry(key) {
        let entry = this.#entries.get(key);
        if (entry === undefined) {
            entry = this.#find(key);
            this.#entries.set(key, entry);
        }
        return entry;
    }
    async #find(key) {
        try {
            const entry = await this.#store.find(key);
            if (entry === undefined)
                this.#gone.add(key);
            return entry;
        }
        catch (error) {
            this.#unasked.add(key);
            this.#notices.add(`A layer cannot be looked up in ${this.#notices.place}: ${(0,errors/* reasonOf */.A3)(error)}`);
            return undefined;
        }
    }
    /** The same bytes; an entry that holds something else is never used again. */
    async *#watched(source, { digest, size }, { key, what, signal }) {
        const check = new digest_check/* DigestCheck */.F(digest);
        let read = 0;
        try {
            for await (const chunk of source) {
                read += chunk.length;
                // Whoever reads it would stop here, and nothing would be known of it.
                if (read > size)
                    break;
                check.update(chunk);
                this.bytesDownloaded += chunk.length;
                yield chunk;
            }
        }
        catch (error) {
            // Given up by the build, not by the store.
            if (signal?.aborted !== true)
                this.#fail(key, what, error);
            throw error;
        }
        if (read === size && check.holds())
            return;
        this.#gone.add(key);
        this.#damaged.add(key);
        this.#notices.add(`The ${what} ${digest} in ${this.#notices.place} is damaged: it is not used`);
    }
    #fail(key, what, error) {
        this.#failed.add(key);
        this.#notices.add(`A ${what} of ${this.#notices.place} cannot be downloaded: ${(0,errors/* reasonOf */.A3)(error)}`);
    }
}

;// CONCATENATED MODULE: ./lib/cache/backends/indexed/indexed-cache.js







/** What a layer holds is read whole. Bytes as stored. */
const LONGEST_LAYER_INDEX = 256 * 1024 * 1024;
/**
 * Results of steps in a place of blobs: an index names the records and where their blobs are. It is read once, when the cache is opened; after
 * that a lookup asks nobody.
 */
class IndexedCache {
    name;
    writable;
    mounts;
    #store;
    #notices;
    #index;
    #newest;
    #byContent;
    #blobs;
    #repository;
    #isUnread;
    #askUnreadable;
    #unreadable;
    #saver;
    constructor(parts) {
        const { name, store, notices, limits, found, repository, unreadable, writing } = parts;
        this.name = name;
        this.#askUnreadable = unreadable;
        this.#repository = repository;
        this.#isUnread = parts.isUnread === true;
        this.#store = store;
        this.#notices = notices;
        this.writable = writing !== undefined;
        this.#index = found.reduceRight((all, { index }) => all.mergedWith(index), new cache_index/* CacheIndex */.hx());
        this.#newest = this.#index.newestBySteps();
        this.#byContent = this.#index.byContent();
        this.#blobs = new StoredBlobs(store, notices, this.#index.blobs);
        this.#blobs.bytesDownloaded = found.reduce((sum, { size }) => sum + size, 0);
        if (writing !== undefined) {
            const { keeper, own, lookFirst } = writing;
            const common = { store, notices, limits, index: this.#index, blobs: this.#blobs };
            this.#saver = new RecordSaver({ ...common, keeper, own, lookFirst, repository });
        }
        this.mounts = new IndexedMounts(this.#index, this.#blobs, this.#saver);
    }
    async lookup(key, step) {
        const indexed = this.#index.records.get(key) ?? this.#byContent.get(key);
        if (indexed === undefined) {
            const nearest = this.#newest.get(step);
            if (nearest !== undefined)
                return { nearest };
            return this.#isUnread ? { reason: `not all of ${this.name} could be read (see the notice)` } : {};
        }
        this.#saver?.use(indexed);
        const { layerIndex } = indexed;
        const record = this.#withSource(indexed.record);
        const blob = layerIndex === undefined ? undefined : this.#blobs.named(layerIndex);
        if (record.layer === undefined || blob?.place.type !== 'inline')
            return { record };
        const index = await this.layerIndex(record.layer.diffId);
        return { record: index === undefined ? record : { ...record, index } };
    }
    unreadable() {
        this.#unreadable ??= this.#askUnreadable?.() ?? Promise.resolve([]);
        return this.#unreadable;
    }
    #withSource(record) {
        const { layer } = record;
        if (this.#repository === undefined || layer === undefined)
            return record;
        if (this.#blobs.get(layer.descriptor.digest)?.place.type !== 'entry')
            return record;
        return { ...record, layer: { ...layer, sources: [...layer.sources, this.#repository] } };
    }
    hasBlob(digest) {
        return this.#blobs.has(digest);
    }
    isUnsure(digest) {
        return this.#blobs.isUnsure(digest);
    }
    async openBlob(descriptor, signal) {
        const blob = this.#blobs.get(descriptor.digest);
        // A size that was changed would make the caller read more than it expects.
        return blob === undefined || blob.size !== descriptor.size ? undefined : this.#blobs.open(blob, signal);
    }
    async layerIndex(diffId, signal) {
        const indexed = this.#index.withLayerIndex(diffId);
        const blob = indexed?.layerIndex === undefined ? undefined : this.#blobs.get(indexed.layerIndex);
        if (blob === undefined || blob.size > LONGEST_LAYER_INDEX)
            return undefined;
        try {
            const stream = await this.#blobs.open(blob, signal);
            if (stream === undefined)
                return undefined;
            const chunks = [];
            for await (const chunk of stream)
                chunks.push(chunk);
            const bytes = Buffer.concat(chunks);
            if (indexed === undefined || !(0,digest_check/* hasDigest */.t)(bytes, blob.digest))
                return undefined;
            this.#saver?.use(indexed);
            return await (0,index_format/* parseIndexOf */.D)(bytes, diffId);
        }
        catch (error) {
            signal?.throwIfAborted();
            this.#notices.add(`What a cached layer holds could not be read: ${(0,errors/* reasonOf */.A3)(error)}`);
            return undefined;
        }
    }
    save(record, open) {
        if (this.#saver === undefined)
            return;
        if (open !== undefined && !this.#index.records.has(record.key))
            this.#store.expectWriting?.();
        this.#saver.save(record, open);
    }
    async flush() {
        await this.#saver?.flush();
    }
    async finish(signal) {
        let saved = { recordsSaved: 0, bytesUploaded: 0 };
        try {
            if (this.#saver !== undefined)
                saved = await this.#saver.finish(signal);
        }
        catch (error) {
            this.#notices.add(`Not all was saved in ${this.#notices.place}: ${(0,errors/* reasonOf */.A3)(error)}`);
        }
        await dispose(this.#store);
        const { bytesDownloaded } = this.#blobs;
        const { lines, failures } = this.#notices;
        const { written, ...counts } = saved;
        const all = written === undefined ? this.#index : this.#index.mergedWith(written);
        const held = { records: all.resultCount, bytes: all.size };
        return { name: this.name, held, ...counts, bytesDownloaded, notices: lines, failures };
    }
}
/** What is left behind in a temporary folder must not spoil the end of a build. */
async function dispose(store) {
    try {
        await store[Symbol.asyncDispose]();
    }
    catch {
        // The runner empties the folder after the job.
    }
}


/***/ }),

/***/ 4186:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   K9: () => (/* binding */ layerDigest),
/* harmony export */   l7: () => (/* binding */ packKey),
/* harmony export */   n3: () => (/* binding */ layerKey),
/* harmony export */   nF: () => (/* binding */ KEY_PREFIX)
/* harmony export */ });
/* unused harmony export indexPlace */
/* harmony import */ var _image_digest_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7241);

/** All our entries begin so: nothing else is ever read or deleted. */
const KEY_PREFIX = 'ts-image-build-';
/** A blob on its own, exactly as it goes into the image. `generation` is another place for one whose first entry turned out to be damaged. */
function layerKey(digest, generation = '') {
    return `${KEY_PREFIX}L-${(0,_image_digest_js__WEBPACK_IMPORTED_MODULE_0__/* .encoded */ .dS)(digest)}${generation === '' ? '' : `.${generation}`}`;
}
/** Several small blobs one after the other; `digest` is of all their bytes. */
function packKey(digest) {
    return `${KEY_PREFIX}P-${(0,_image_digest_js__WEBPACK_IMPORTED_MODULE_0__/* .encoded */ .dS)(digest)}`;
}
/** The digest in a layer's key; undefined for other keys. */
function layerDigest(key) {
    const hex = /-L-([0-9a-f]{64}|[0-9a-f]{128})(?:\..*)?$/.exec(key)?.[1];
    return hex === undefined ? undefined : (0,_image_digest_js__WEBPACK_IMPORTED_MODULE_0__/* .parseDigest */ .m)(`${hex.length === 64 ? 'sha256' : 'sha512'}:${hex}`);
}
/** What an index's key says: whose chain it is in, and its number there. undefined for other keys. */
function indexPlace(key) {
    const [, chain, digits] = /^(ts-image-build-I-.+-)(\d{8})$/.exec(key) ?? [];
    return chain === undefined ? undefined : { chain, sequence: Number(digits) };
}


/***/ }),

/***/ 6306:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   q: () => (/* binding */ NoCache)
/* harmony export */ });
/** Stands where a cache was asked for and there is none; its notices say why. */
class NoCache {
    name;
    writable = false;
    #notices;
    constructor(name, notices) {
        this.name = name;
        this.#notices = notices;
    }
    async lookup() {
        return {};
    }
    async hasBlob() {
        return false;
    }
    async openBlob() {
        return undefined;
    }
    save() {
        // Nothing is kept.
    }
    async finish() {
        const { lines, failures } = this.#notices;
        const nothing = { recordsSaved: 0, bytesUploaded: 0, bytesDownloaded: 0 };
        return { name: this.name, ...nothing, notices: lines, failures };
    }
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


/***/ }),

/***/ 9571:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   q: () => (/* binding */ Notices)
/* harmony export */ });
/** Characters of a line; reasons may hold what a server said. */
const LONGEST_LINE = 1000;
/** Lines of reason about one cache, each said once however often it happens. */
class Notices {
    /** What the lines call the cache, in the middle of a sentence: `the Actions cache`. */
    place;
    /** Each line, and whether it is a failure. */
    #said = new Map();
    #tell;
    constructor(place, tell = () => undefined) {
        this.place = place;
        this.#tell = tell;
    }
    get lines() {
        return [...this.#said.keys()];
    }
    get failures() {
        return [...this.#said].flatMap(([line, isFailure]) => (isFailure ? [line] : []));
    }
    /** Something could not be read or saved. */
    add(message) {
        this.#say(message, true);
    }
    /** Something to know, that is as it has to be. */
    remark(message) {
        this.#say(message, false);
    }
    /** There is nothing in this cache. Not worth a word for one that nobody named. */
    absent(absence, which = '') {
        if (absence === 'failure')
            this.add(`There is nothing in ${this.place}${which}`);
        else if (absence === 'remark')
            this.remark(`There is nothing in ${this.place}${which} yet`);
    }
    #say(message, isFailure) {
        const line = oneLine(message);
        if (this.#said.has(line))
            return;
        this.#said.set(line, isFailure);
        this.#tell(line, isFailure);
    }
}
function oneLine(message) {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: what a server said goes to a terminal
    const line = message.replaceAll(/[\s\u0000-\u001f\u007f-\u009f]+/g, ' ').trim();
    return line.length > LONGEST_LINE ? `${line.slice(0, LONGEST_LINE)}…` : line;
}


/***/ }),

/***/ 8871:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   CK: () => (/* binding */ rooted),
/* harmony export */   Zl: () => (/* binding */ followPath),
/* harmony export */   b7: () => (/* binding */ notAFolder)
/* harmony export */ });
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7594);
/* harmony import */ var _image_layer_entry_path_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(4503);


/** Links followed for one path; more is taken for a loop, as containerd's fs.RootPath does. */
const MOST_LINKS = 255;
/** A path without `.`, `..` and double slashes, relative to the root; `..` cannot leave the root. */
function rooted(path) {
    return (0,_image_layer_entry_path_js__WEBPACK_IMPORTED_MODULE_1__/* .cleanPath */ .ts)(`/${path}`);
}
/**
 * The path that `path` leads to when every symlink on the way is followed inside the tree: absolute targets start at the tree's
 * root, `..` stops there. Whatever does not exist is kept as it is, so that it can be made; with `keepLast` a link at the very
 * end is not followed.
 * @throws BuildError `TOO_MANY_LINKS`, `NOT_A_FOLDER`
 */
async function followPath(lookup, path, keepLast = false) {
    const ahead = partsOf(rooted(path));
    let done = '';
    let links = 0;
    for (let name = ahead.pop(); name !== undefined; name = ahead.pop()) {
        if (name === '..') {
            done = (0,_image_layer_entry_path_js__WEBPACK_IMPORTED_MODULE_1__/* .parentOf */ .gN)(done) ?? '';
            continue;
        }
        const here = (0,_image_layer_entry_path_js__WEBPACK_IMPORTED_MODULE_1__/* .childPath */ .cm)(done, name);
        const node = await lookup(here);
        const last = ahead.length === 0;
        const target = last && keepLast ? undefined : targetOf(node);
        if (target === undefined) {
            checkFolder(node, here, last);
            done = here;
        }
        else {
            links = oneMore(links, path);
            if (target.startsWith('/'))
                done = '';
            ahead.push(...partsOf(target));
        }
    }
    return done;
}
/** The parts of a path, last one first. */
function partsOf(path) {
    return path
        .split('/')
        .filter((part) => part !== '' && part !== '.')
        .reverse();
}
function targetOf(node) {
    return node?.type === 'symlink' ? (node.linkName ?? '') : undefined;
}
function checkFolder(node, path, last) {
    if (!last && node !== undefined && node.type !== 'directory')
        throw notAFolder(path);
}
function notAFolder(path) {
    return new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildError */ .zS({
        kind: 'user',
        code: 'NOT_A_FOLDER',
        message: `/${path} is not a folder: not a directory`,
    });
}
function oneMore(links, path) {
    if (links < MOST_LINKS)
        return links + 1;
    throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildError */ .zS({
        kind: 'user',
        code: 'TOO_MANY_LINKS',
        message: `${path} leads through more than ${MOST_LINKS} symbolic links`,
        hint: 'Most likely two links point at each other.',
    });
}


/***/ }),

/***/ 96:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   F: () => (/* binding */ DigestCheck),
/* harmony export */   t: () => (/* binding */ hasDigest)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);
/* harmony import */ var _digest_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7241);


/** Whether bytes have the digest, by its own algorithm. */
function hasDigest(bytes, digest) {
    return new DigestCheck(digest).update(bytes).holds();
}
/** Compares bytes with a digest, by its own algorithm, while they pass. */
class DigestCheck {
    #expected;
    #hash;
    constructor(digest) {
        this.#expected = (0,_digest_js__WEBPACK_IMPORTED_MODULE_1__/* .encoded */ .dS)(digest);
        this.#hash = (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)((0,_digest_js__WEBPACK_IMPORTED_MODULE_1__/* .algorithmOf */ .Hy)(digest));
    }
    update(bytes) {
        this.#hash.update(bytes);
        return this;
    }
    /** Once, after the last byte. */
    holds() {
        return this.#hash.digest('hex') === this.#expected;
    }
}


/***/ }),

/***/ 3237:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   G$: () => (/* binding */ blocksUnderWay),
/* harmony export */   Qf: () => (/* binding */ inBlocks),
/* harmony export */   al: () => (/* binding */ inOrder)
/* harmony export */ });
/* harmony import */ var node_os__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8161);

/** The same bytes in blocks of exactly `size` bytes, the last one shorter. None for no bytes. Every block is a buffer of its own. */
async function* inBlocks(source, size) {
    let block = Buffer.allocUnsafe(size);
    let filled = 0;
    for await (const chunk of source) {
        for (let at = 0; at < chunk.length;) {
            const piece = chunk.subarray(at, at + size - filled);
            block.set(piece, filled);
            filled += piece.length;
            at += piece.length;
            if (filled < size)
                continue;
            yield block;
            block = Buffer.allocUnsafe(size);
            filled = 0;
        }
    }
    if (filled > 0)
        yield block.subarray(0, filled);
}
/**
 * Results of `work` in the order of the source, with up to `most` of them under way: later items are worked on while the consumer is busy with
 * earlier ones.
 */
async function* inOrder(source, most, work) {
    const running = [];
    try {
        for await (const item of source) {
            const result = work(item);
            // Looked at below, perhaps late: until then a failure is not unhandled.
            result.catch(() => undefined);
            running.push(result);
            const first = running.length >= most ? running.shift() : undefined;
            if (first !== undefined)
                yield await first;
        }
        for (let next = running.shift(); next !== undefined; next = running.shift())
            yield await next;
    }
    finally {
        await Promise.allSettled(running);
    }
}
/** So many more than there are processors, of which none then waits for this thread. The thread pool has room for them (base/thread-pool). */
function blocksUnderWay(more) {
    return Math.min((0,node_os__WEBPACK_IMPORTED_MODULE_0__.availableParallelism)(), 8) + more;
}


/***/ }),

/***/ 9470:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  B: () => (/* binding */ compress),
  u: () => (/* binding */ zstdMissing)
});

// EXTERNAL MODULE: external "node:util"
var external_node_util_ = __webpack_require__(7975);
// EXTERNAL MODULE: external "node:zlib"
var external_node_zlib_ = __webpack_require__(8522);
var external_node_zlib_namespaceObject = /*#__PURE__*/__webpack_require__.t(external_node_zlib_, 2);
// EXTERNAL MODULE: ./lib/base/errors.js
var errors = __webpack_require__(7594);
// EXTERNAL MODULE: ./lib/image/layer/blocks.js
var blocks = __webpack_require__(3237);
// EXTERNAL MODULE: ./lib/image/layer/compression-level.js
var compression_level = __webpack_require__(4962);
;// CONCATENATED MODULE: ./lib/image/layer/random-runs.js
/** Bytes that are looked at together. */
const UNIT = 2048;
/** Fewer units in a row are not worth being told apart: what comes behind them has to be begun anew. */
const LEAST_UNITS = 8;
const SAMPLES = 256;
/** Prime, so that samples do not always meet the same byte of numbers that stand in a row. */
const STRIDE = 7;
/** The sum of the squares of how often each value comes among the samples is 511 on average where bytes are random, with a deviation of 23; thousands in texts and programs. */
const MOST_SQUARES = 652;
/** How far back deflate finds what comes again. */
const WINDOW = 32 * 1024;
/** Words are looked for behind each byte of this value only: so they are the same ones wherever they come again. */
const ANCHOR = 0;
const WORD = 4;
const SLOT_BITS = 12;
/**
 * Cuts a block where bytes that look random begin and end: compressed files, pictures, keys. They take deflate the most time of all, for nothing, and
 * spoil its code for what stands beside them. It costs a hundredth of what deflate does, and goes by the block's bytes alone.
 */
function segmentsOf(block) {
    const segments = [];
    let done = 0;
    for (const { start, end } of randomRuns(block)) {
        if (start > done)
            segments.push({ start: done, end: start, random: false });
        segments.push({ start, end, random: true });
        done = end;
    }
    if (done < block.length)
        segments.push({ start: done, end: block.length, random: false });
    return segments;
}
function randomRuns(block) {
    const runs = [];
    const counts = new Uint16Array(256);
    let words;
    let start = 0;
    for (let at = 0;; at += UNIT) {
        if (at + UNIT <= block.length && isEven(block, at, counts)) {
            words ??= new RecentWords();
            if (words.areNew(block, at))
                continue;
        }
        if (at - start >= LEAST_UNITS * UNIT)
            runs.push({ start, end: at });
        start = at + UNIT;
        if (start > block.length)
            return runs;
    }
}
/** Whether all values come about as often in the unit. */
function isEven(block, at, counts) {
    counts.fill(0);
    let squares = 0;
    for (let i = at; i < at + SAMPLES * STRIDE; i += STRIDE) {
        const value = block[i] ?? 0;
        const before = counts[value] ?? 0;
        counts[value] = before + 1;
        squares += 2 * before + 1;
        if (squares > MOST_SQUARES)
            return false;
    }
    return true;
}
/** Where words were seen last: a table or a small picture that comes again and again looks random as well. */
class RecentWords {
    #words = new Int32Array(1 << SLOT_BITS);
    #places = new Int32Array(1 << SLOT_BITS).fill(-WINDOW - 1);
    /** Whether less than an eighth of the unit's words were within deflate's reach before it, or in it. Never for a unit that has none. */
    areNew(block, at) {
        const last = at + UNIT - WORD;
        let seen = 0;
        let again = 0;
        for (let i = block.indexOf(ANCHOR, at); i >= 0 && i < last; i = block.indexOf(ANCHOR, i + 1)) {
            const word = block.readInt32LE(i + 1);
            const slot = Math.imul(word, 0x9e3779b1) >>> (32 - SLOT_BITS);
            seen += 1;
            if (this.#words[slot] === word && i - (this.#places[slot] ?? 0) <= WINDOW)
                again += 1;
            this.#words[slot] = word;
            this.#places[slot] = i;
        }
        return seen > 0 && again * 8 <= seen;
    }
}

;// CONCATENATED MODULE: ./lib/image/layer/gzip.js




/** Block and dictionary sizes are part of the result: another value gives other bytes, and so other digests. */
const BLOCK = 1024 * 1024;
const gzip_WINDOW = 32 * 1024;
/** More than deflate adds to a block that it cannot make smaller: 5 bytes for each 16 KiB, and a flush. */
const GROWTH = 4096;
/** RFC 1951, 3.2.4: a block that is not compressed. */
const STORED_HEADER = 5;
const MOST_STORED = 0xffff;
/** Many, as a block of several segments comes back to this thread for each of them, and the threads of the pool leave it little time. */
const MORE_BLOCKS = 6;
/** RFC 1952: deflate, no flags, no time, no hint, operating system unknown. */
const HEADER = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff]);
const deflateRaw = (0,external_node_util_.promisify)(external_node_zlib_.deflateRaw);
/**
 * One member, whose blocks were deflated apart with the end of the block before as dictionary, as pigz does. Runs of bytes that look random are stored as
 * they are. The memory of blocks is used again: new memory for each would make the collector of garbage run all the time.
 */
async function* gzip(source, level) {
    let crc = 0;
    let size = 0;
    const free = [];
    yield HEADER;
    const deflated = (0,blocks/* inOrder */.al)(gzipBlocks(source, free), (0,blocks/* blocksUnderWay */.G$)(MORE_BLOCKS), async (block) => {
        const data = block.memory.subarray(gzip_WINDOW, gzip_WINDOW + block.size);
        // In order and before the first await: the checksum runs over the whole.
        crc = external_node_zlib_.crc32(data, crc);
        size += data.length;
        return { memory: block.memory, pieces: await deflatedBlock(block, data, level) };
    });
    let joined = Buffer.alloc(0);
    for await (const { memory, pieces } of deflated) {
        const [only, second] = pieces;
        if (only !== undefined && second === undefined)
            yield only;
        else {
            const length = pieces.reduce((sum, piece) => sum + piece.length, 0);
            if (joined.length < length)
                joined = Buffer.allocUnsafeSlow(BLOCK + length);
            let at = 0;
            for (const piece of pieces)
                at += piece.copy(joined, at);
            yield joined.subarray(0, length);
        }
        free.push(memory);
    }
    const trailer = Buffer.alloc(8);
    trailer.writeUInt32LE(crc, 0);
    trailer.writeUInt32LE(size % 2 ** 32, 4);
    yield trailer;
}
/** At least one block, which may be empty. */
async function* gzipBlocks(source, free) {
    let memory = Buffer.allocUnsafeSlow(gzip_WINDOW + BLOCK);
    let before = 0;
    let size = 0;
    for await (const chunk of source) {
        for (let at = 0; at < chunk.length;) {
            if (size === BLOCK) {
                const full = { memory, before, size, last: false };
                memory = free.pop() ?? Buffer.allocUnsafeSlow(gzip_WINDOW + BLOCK);
                full.memory.copy(memory, 0, BLOCK);
                [before, size] = [gzip_WINDOW, 0];
                yield full;
            }
            const piece = chunk.subarray(at, at + BLOCK - size);
            memory.set(piece, gzip_WINDOW + size);
            size += piece.length;
            at += piece.length;
        }
    }
    yield { memory, before, size, last: true };
}
/** One segment after the other: what reads and writes files waits in the same queue, which so is never longer than there are blocks. */
async function deflatedBlock(block, data, level) {
    const segments = level === 0 ? [] : segmentsOf(data);
    if (segments.length === 0)
        segments.push({ start: 0, end: data.length, random: false });
    const pieces = [];
    for (const segment of segments) {
        const last = block.last && segment.end === data.length;
        if (segment.random)
            pieces.push(...storedSegment(data, segment, last));
        else
            pieces.push(await deflatedSegment(block, segment, level, last));
    }
    return pieces;
}
function deflatedSegment({ memory, before }, { start, end }, level, last) {
    const at = gzip_WINDOW + start;
    const dictionary = memory.subarray(Math.max(gzip_WINDOW - before, start), at);
    return deflateRaw(memory.subarray(at, gzip_WINDOW + end), {
        level,
        // All of it at once, even where it does not get smaller: pieces would have to be put together.
        chunkSize: end - start + GROWTH,
        finishFlush: last ? external_node_zlib_.constants.Z_FINISH : external_node_zlib_.constants.Z_SYNC_FLUSH,
        ...(dictionary.length === 0 ? {} : { dictionary }),
    });
}
/** What comes before ended on a whole byte, as all segments do. */
function storedSegment(data, { start, end }, last) {
    const pieces = [];
    for (let at = start; at < end; at += MOST_STORED) {
        const piece = data.subarray(at, Math.min(at + MOST_STORED, end));
        const header = Buffer.alloc(STORED_HEADER);
        header[0] = last && at + piece.length === end ? 1 : 0;
        header.writeUInt16LE(piece.length, 1);
        header.writeUInt16LE(piece.length ^ MOST_STORED, 3);
        pieces.push(header, piece);
    }
    return pieces;
}

;// CONCATENATED MODULE: ./lib/image/layer/compress.js






/** A part of the result: another size gives other bytes, and so other digests. */
const ZSTD_FRAME = 4 * 1024 * 1024;
const GZIP_LEVEL = 4;
const ZSTD_LEVEL = 3;
/**
 * Compresses on all processors, and the same bytes give the same result however they come in. gzip: one member. zstd: frames of 4 MiB, one after the
 * other. Memory: a few blocks, which are used again: a piece counts until the next one is asked for.
 * @throws BuildError `BAD_COMPRESSION_LEVEL`; `ZSTD_MISSING` on a Node.js without zstd (before 22.15)
 */
function compress(source, choice) {
    switch (choice.type) {
        case 'gzip':
            return gzip(source, checkedLevel(choice, GZIP_LEVEL, compression_level/* HIGHEST_LEVEL */.e.gzip));
        case 'zstd':
            return zstd(source, checkedLevel(choice, ZSTD_LEVEL, compression_level/* HIGHEST_LEVEL */.e.zstd));
        case 'none':
            return asBuffers(source);
    }
}
async function* zstd(source, level) {
    const compressFrame = zstdFrame(level);
    let frames = 0;
    for await (const frame of (0,blocks/* inOrder */.al)((0,blocks/* inBlocks */.Qf)(source, ZSTD_FRAME), (0,blocks/* blocksUnderWay */.G$)(2), compressFrame)) {
        frames += 1;
        yield frame;
    }
    if (frames === 0)
        yield await compressFrame(Buffer.alloc(0));
}
function zstdFrame(level) {
    const { zstdCompress } = external_node_zlib_namespaceObject;
    if (zstdCompress === undefined)
        throw zstdMissing();
    const compressOne = (0,external_node_util_.promisify)(zstdCompress);
    const { ZSTD_c_compressionLevel, ZSTD_c_checksumFlag } = external_node_zlib_.constants;
    return async (data) => await compressOne(data, {
        chunkSize: ZSTD_FRAME / 4,
        params: { [ZSTD_c_compressionLevel]: level, [ZSTD_c_checksumFlag]: 1 },
    });
}
function zstdMissing() {
    return new errors/* BuildError */.zS({
        kind: 'environment',
        code: 'ZSTD_MISSING',
        message: `Node.js ${process.versions.node} has no zstd`,
        hint: 'Use Node.js 22.15 or newer, or gzip.',
    });
}
async function* asBuffers(source) {
    for await (const chunk of source)
        yield Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length);
}
function checkedLevel(choice, fallback, most) {
    const level = choice.level ?? fallback;
    if (Number.isInteger(level) && level >= 0 && level <= most)
        return level;
    throw new errors/* BuildError */.zS({
        kind: 'user',
        code: 'BAD_COMPRESSION_LEVEL',
        message: `${level} is no compression level of ${choice.type}`,
        hint: `It goes from 0 to ${most}.`,
    });
}


/***/ }),

/***/ 3751:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  m: () => (/* binding */ decompress)
});

// EXTERNAL MODULE: external "node:stream"
var external_node_stream_ = __webpack_require__(7075);
// EXTERNAL MODULE: external "node:stream/promises"
var promises_ = __webpack_require__(6466);
// EXTERNAL MODULE: external "node:zlib"
var external_node_zlib_ = __webpack_require__(8522);
var external_node_zlib_namespaceObject = /*#__PURE__*/__webpack_require__.t(external_node_zlib_, 2);
// EXTERNAL MODULE: ./lib/base/errors.js
var errors = __webpack_require__(7594);
// EXTERNAL MODULE: ./lib/base/exec.js
var exec = __webpack_require__(9584);
// EXTERNAL MODULE: ./lib/image/layer/blocks.js
var blocks = __webpack_require__(3237);
// EXTERNAL MODULE: ./lib/image/layer/compress.js + 2 modules
var compress = __webpack_require__(9470);
// EXTERNAL MODULE: ./lib/image/layer/detect-compression.js
var detect_compression = __webpack_require__(8851);
// EXTERNAL MODULE: ./lib/image/layer/byte-reader.js
var byte_reader = __webpack_require__(5829);
;// CONCATENATED MODULE: ./lib/image/layer/zstd-frames.js


const FRAME_MAGIC = 0xfd2fb528;
const SKIPPABLE_MAGIC = 0x184d2a50;
/**
 * The frames of a zstd stream (RFC 8878 section 3.1), each as the bytes of one whole frame; skippable frames are left out. Node's decoder stops
 * silently after the first frame, so every frame has to get a decoder of its own. A frame must be read to its end before the next is asked for.
 * @throws BuildError `BAD_COMPRESSION`
 */
async function* zstdFrames(source) {
    const reader = new byte_reader/* ByteReader */.k(source, { cutOff: cutFrame });
    try {
        for (let count = 0;; count++) {
            const magic = await reader.take(4);
            if (magic === undefined && count > 0)
                return;
            if (magic === undefined)
                throw cutFrame();
            const value = magic.readUInt32LE(0);
            if ((value & 0xfffffff0) >>> 0 === SKIPPABLE_MAGIC) {
                await reader.skip((await need(reader, 4)).readUInt32LE(0));
            }
            else if (value === FRAME_MAGIC) {
                yield zstd_frames_frame(reader, magic);
            }
            else {
                throw badZstd('something else than a frame follows');
            }
        }
    }
    finally {
        await reader.close();
    }
}
async function* zstd_frames_frame(reader, magic) {
    const descriptor = await need(reader, 1);
    const flags = descriptor[0] ?? 0;
    yield Buffer.concat([magic, descriptor, await need(reader, headerSize(flags) - 1)]);
    for (let last = false; !last;) {
        const header = await need(reader, 3);
        const block = header.readUIntLE(0, 3);
        last = (block & 1) === 1;
        const type = (block >> 1) & 3;
        yield header;
        // A block of type 1 is one byte and how often it comes.
        yield* exactly(reader, type === 1 ? 1 : block >> 3);
    }
    const checksum = (flags & 4) !== 0;
    if (checksum)
        yield await need(reader, 4);
}
/** Bytes of the frame header behind the magic number, section 3.1.1.1. */
function headerSize(flags) {
    const singleSegment = (flags & 0x20) !== 0;
    const contentSizeFlag = flags >> 6;
    const contentSize = contentSizeFlag === 0 ? (singleSegment ? 1 : 0) : 1 << contentSizeFlag;
    const dictionary = [0, 1, 2, 4][flags & 3] ?? 0;
    return 1 + (singleSegment ? 0 : 1) + dictionary + contentSize;
}
async function* exactly(reader, length) {
    for (let missing = length; missing > 0;) {
        const piece = await reader.some(missing);
        if (piece === undefined)
            throw cutFrame();
        missing -= piece.length;
        yield piece;
    }
}
async function need(reader, length) {
    if (length === 0)
        return Buffer.alloc(0);
    const bytes = await reader.take(length);
    if (bytes === undefined)
        throw cutFrame();
    return bytes;
}
function cutFrame() {
    return badZstd('it ends in the middle of a frame');
}
function badZstd(what) {
    return new errors/* BuildError */.zS({
        kind: 'user',
        code: 'BAD_COMPRESSION',
        message: `This is no whole zstd stream: ${what}`,
    });
}

;// CONCATENATED MODULE: ./lib/image/layer/decompress.js
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









const CHUNK = 256 * 1024;
/**
 * The uncompressed bytes. gzip of several members and zstd of several frames (also skippable ones) are read whole; bzip2 and xz through the programs
 * of these names. `auto` goes by the first bytes and passes on what it does not know.
 * @throws BuildError `BAD_COMPRESSION` for damaged or cut streams; `DECOMPRESSED_TOO_LARGE`; `COMMAND_NOT_FOUND` without the program; `ZSTD_MISSING`
 */
async function* decompress(source, compression, options = {}) {
    const limit = options.limit ?? Number.POSITIVE_INFINITY;
    let total = 0;
    for await (const chunk of decoded(source, compression, options)) {
        total += chunk.length;
        if (total > limit)
            throw tooLarge(limit);
        yield chunk;
    }
}
function decoded(source, compression, options) {
    switch (compression) {
        case 'auto':
            return detected(source, options);
        case 'none':
            return asBuffers(source);
        case 'gzip':
            if (options.gzipProgram === true)
                return program(source, compression);
            return through(notEmpty(source), external_node_zlib_.createGunzip({ chunkSize: CHUNK }), 'gzip');
        case 'zstd':
            return zstd(source);
        case 'bzip2':
        case 'xz':
            return program(source, compression);
    }
}
async function* detected(source, options) {
    const iterator = source[Symbol.asyncIterator]();
    const head = [];
    let length = 0;
    let done = false;
    while (length < detect_compression/* MAGIC_LENGTH */.z && !done) {
        const next = await iterator.next();
        if (next.done === true)
            done = true;
        else {
            head.push(next.value);
            length += next.value.length;
        }
    }
    const first = Buffer.concat(head);
    yield* decoded(joined(first, iterator), (0,detect_compression/* detectCompression */.I)(first), options);
}
async function* joined(first, rest) {
    try {
        if (first.length > 0)
            yield first;
        for (let next = await rest.next(); next.done !== true; next = await rest.next())
            yield next.value;
    }
    finally {
        await rest.return?.();
    }
}
async function* zstd(source) {
    const { createZstdDecompress } = external_node_zlib_namespaceObject;
    if (createZstdDecompress === undefined)
        throw (0,compress/* zstdMissing */.u)();
    for await (const frame of zstdFrames(source)) {
        yield* through(frame, createZstdDecompress({ chunkSize: CHUNK }), 'zstd');
    }
}
/** Node's decoder takes no bytes at all for a whole stream. */
async function* notEmpty(source) {
    let length = 0;
    for await (const chunk of source) {
        length += chunk.length;
        yield chunk;
    }
    if (length === 0)
        throw badStream('gzip', undefined, 'it is empty');
}
/** Errors of the source keep their identity; those of the decoder become ours. */
async function* through(source, decoder, name) {
    const feeding = (0,promises_.pipeline)(external_node_stream_.Readable.from((0,blocks/* inBlocks */.Qf)(source, CHUNK), { highWaterMark: 2 }), decoder);
    feeding.catch(() => undefined);
    try {
        for await (const chunk of decoder)
            yield chunk;
        await feeding;
    }
    catch (cause) {
        throw cause instanceof errors/* BuildError */.zS || !isZlibError(cause) ? cause : badStream(name, cause);
    }
    finally {
        decoder.destroy();
    }
}
async function* program(source, name) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        const child = __addDisposableResource(env_1, (0,exec/* start */.ni)([name, '-dc']), true);
        let failure;
        const feeding = (0,promises_.pipeline)(external_node_stream_.Readable.from(source), child.stdin).catch((cause) => {
            // A program that stops reading tells why by its exit code.
            if (!isBrokenPipe(cause))
                failure = cause;
        });
        const complaint = lastWords(child.stderr);
        try {
            for await (const chunk of child.stdout)
                yield chunk;
        }
        catch (cause) {
            // Its output also breaks when it could not be started at all, which `done` tells better.
            await child.done;
            throw cause;
        }
        const { exitCode } = await child.done;
        await feeding;
        if (failure !== undefined)
            throw failure;
        if (exitCode !== 0)
            throw badStream(name, undefined, await complaint);
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
async function lastWords(stream) {
    let text = '';
    for await (const chunk of stream)
        text = (text + chunk.toString()).slice(-500);
    return text.trim();
}
async function* asBuffers(source) {
    for await (const chunk of source)
        yield Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length);
}
function isZlibError(cause) {
    const code = cause?.code;
    return (typeof code === 'string' &&
        (code.startsWith('Z_') || code.startsWith('ZSTD_') || code.startsWith('ERR_ZLIB')));
}
function isBrokenPipe(cause) {
    const code = cause?.code;
    return code === 'EPIPE' || code === 'ERR_STREAM_PREMATURE_CLOSE' || code === 'ERR_STREAM_DESTROYED';
}
function badStream(name, cause, said) {
    const why = said ?? (cause instanceof Error ? cause.message : 'it is damaged');
    return new errors/* BuildError */.zS({
        kind: 'user',
        code: 'BAD_COMPRESSION',
        message: `This is no whole ${name} stream: ${why === '' ? 'it is damaged' : why}`,
        cause,
    });
}
function tooLarge(limit) {
    return new errors/* BuildError */.zS({
        kind: 'user',
        code: 'DECOMPRESSED_TOO_LARGE',
        message: `The archive unpacks to more than ${limit} bytes`,
    });
}


/***/ }),

/***/ 8851:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   I: () => (/* binding */ detectCompression),
/* harmony export */   z: () => (/* binding */ MAGIC_LENGTH)
/* harmony export */ });
/** As many bytes as `detectCompression` wants to see. */
const MAGIC_LENGTH = 6;
/** By the first bytes; `none` also for what is no archive at all. The same list as Docker's. */
function detectCompression(firstBytes) {
    const begins = (...magic) => magic.every((byte, i) => firstBytes[i] === byte);
    if (begins(0x1f, 0x8b, 0x08))
        return 'gzip';
    if (begins(0x28, 0xb5, 0x2f, 0xfd))
        return 'zstd';
    // A skippable frame, RFC 8878 section 3.1.2.
    if (((firstBytes[0] ?? 0) & 0xf0) === 0x50 &&
        [0x2a, 0x4d, 0x18].every((byte, i) => firstBytes[i + 1] === byte)) {
        return 'zstd';
    }
    if (begins(0x42, 0x5a, 0x68))
        return 'bzip2';
    if (begins(0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00))
        return 'xz';
    return 'none';
}


/***/ }),

/***/ 6055:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   D: () => (/* binding */ parseIndexOf),
/* harmony export */   R: () => (/* binding */ serialiseIndexOf)
/* harmony export */ });
/* harmony import */ var node_util__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7975);
/* harmony import */ var node_zlib__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8522);
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(7594);
/* harmony import */ var _digest_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(7241);
/* harmony import */ var _entry_path_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(4503);





const FORMAT = 'layer-index/1';
/** Most bytes of the JSON lines: some 3 million entries. */
const MAX_TEXT = 512 * 1024 * 1024;
/** Most entries, as many as the tar reader takes: lines without content pack well, and there may be no memory for them. */
const MAX_ENTRIES = 4_000_000;
/** Longest line, with room for the attributes that an inode of Linux can have. Bytes. */
const MAX_LINE = 1024 * 1024;
const NEWLINE = 0x0a;
const DIGEST_PREFIX = 'sha256:';
/** Speed counts more here: what is left at a higher level are digests, which do not compress. */
const LEVEL = 1;
const LETTER = {
    file: 'f',
    directory: 'd',
    symlink: 's',
    hardlink: 'h',
    character: 'c',
    block: 'b',
    fifo: 'p',
};
const TYPE = new Map(Object.entries(LETTER).map(([type, letter]) => [letter, type]));
const deflate = (0,node_util__WEBPACK_IMPORTED_MODULE_0__.promisify)(node_zlib__WEBPACK_IMPORTED_MODULE_1__.gzip);
const inflate = (0,node_util__WEBPACK_IMPORTED_MODULE_0__.promisify)(node_zlib__WEBPACK_IMPORTED_MODULE_1__.gunzip);
/**
 * An index as bytes to keep: gzip over JSON, one line for the layer, then one list for each entry. 50,000 entries take some 2.5 MB and half a second each way.
 */
function serialiseIndexOf(index) {
    let made = serialised.get(index);
    if (made === undefined) {
        made = serialise(index);
        serialised.set(index, made);
    }
    return made;
}
/** Each cache keeps the index of a layer that was just made, and so does this machine. */
const serialised = new WeakMap();
async function serialise(index) {
    const head = JSON.stringify([FORMAT, index.diffId, index.size, index.entries.length]);
    const lines = index.entries.map((entry) => JSON.stringify(rowOf(entry)));
    return await deflate(Buffer.from([head, ...lines, ''].join('\n'), 'utf8'), { level: LEVEL });
}
/**
 * @throws BuildError `BAD_LAYER_INDEX` for anything but a whole index of this format, and for that of another layer than `diffId`
 */
async function parseIndexOf(bytes, diffId) {
    try {
        const text = await inflate(bytes, { maxOutputLength: MAX_TEXT });
        checkLines(text);
        const index = parseLines(text.toString('utf8'));
        if (diffId !== undefined && index.diffId !== diffId)
            throw bad('it is that of another layer');
        return index;
    }
    catch (cause) {
        throw cause instanceof _base_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .BuildError */ .zS && cause.code === 'BAD_LAYER_INDEX'
            ? cause
            : bad('it is damaged', cause);
    }
}
/** `[type, path, mode, uid, gid, mtime]`, then by type `size, offset, content` or the link's target or the device numbers, then the xattrs. */
function rowOf(entry) {
    const { path, mode, uid, gid, mtime, xattrs } = entry;
    const row = [LETTER[entry.type], path, mode, uid, gid, mtime, ...ofType(entry)];
    if (xattrs !== undefined && xattrs.size > 0) {
        row.push([...xattrs].map(([name, value]) => [name, Buffer.from(value).toString('base64')]));
    }
    return row;
}
function ofType(entry) {
    switch (entry.type) {
        case 'file':
            return [entry.size, entry.offset ?? -1, entry.content === undefined ? '' : shortDigest(entry.content)];
        case 'symlink':
        case 'hardlink':
            return [entry.linkName ?? ''];
        case 'character':
        case 'block':
            return [entry.devMajor ?? 0, entry.devMinor ?? 0];
        default:
            return [];
    }
}
function shortDigest(digest) {
    return Buffer.from(digest.slice(DIGEST_PREFIX.length), 'hex').toString('base64');
}
/** Before a string and a list are made of it. */
function checkLines(text) {
    let start = 0;
    for (let lines = 0; start < text.length; lines += 1) {
        if (lines > MAX_ENTRIES)
            throw bad(`it has more than ${MAX_ENTRIES} entries`);
        const end = text.indexOf(NEWLINE, start);
        if ((end < 0 ? text.length : end) - start > MAX_LINE)
            throw bad('it has an entry that is too long');
        start = end < 0 ? text.length : end + 1;
    }
}
function parseLines(text) {
    const [head = '', ...lines] = text.split('\n');
    const [format, diffId, size, count] = listIn(head);
    if (format !== FORMAT)
        throw bad('it has another format');
    if (lines.pop() !== '' || lines.length !== count)
        throw bad('it is cut off');
    return {
        diffId: (0,_digest_js__WEBPACK_IMPORTED_MODULE_3__/* .parseDiffId */ .Kf)(textIn(diffId)),
        size: wholeIn(size),
        entries: lines.map((line) => entryOf(listIn(line))),
    };
}
function entryOf(row) {
    const [letter, path, mode, uid, gid, mtime, ...rest] = row;
    const type = TYPE.get(letter);
    if (type === undefined || typeof mtime !== 'number')
        throw bad('it has an entry of no known kind');
    const common = {
        path: pathIn(path),
        type,
        mode: wholeIn(mode),
        uid: wholeIn(uid),
        gid: wholeIn(gid),
        size: 0,
        mtime,
    };
    const { entry, used } = withType(common, rest);
    if (rest.length === used)
        return entry;
    if (rest.length > used + 1)
        throw bad('it has an entry with too many fields');
    return { ...entry, xattrs: xattrsIn(rest[used]) };
}
function withType(common, rest) {
    switch (common.type) {
        case 'file':
            return { entry: fileOf(common, rest), used: 3 };
        case 'symlink':
            return { entry: { ...common, linkName: targetIn(rest[0]) }, used: 1 };
        case 'hardlink':
            return { entry: { ...common, linkName: pathIn(rest[0]) }, used: 1 };
        case 'character':
        case 'block':
            return { entry: { ...common, devMajor: wholeIn(rest[0]), devMinor: wholeIn(rest[1]) }, used: 2 };
        default:
            return { entry: common, used: 0 };
    }
}
function fileOf(common, [size, offset, content]) {
    const digest = textIn(content);
    return {
        ...common,
        size: wholeIn(size),
        ...(offset === -1 ? {} : { offset: wholeIn(offset) }),
        ...(digest === ''
            ? {}
            : { content: (0,_digest_js__WEBPACK_IMPORTED_MODULE_3__/* .parseDigest */ .m)(DIGEST_PREFIX + Buffer.from(digest, 'base64').toString('hex')) }),
    };
}
function xattrsIn(value) {
    if (!Array.isArray(value))
        throw bad('it has an entry with too many fields');
    return new Map(value.map((pair) => {
        if (!Array.isArray(pair) || pair.length !== 2)
            throw bad('it has an xattr that is no pair');
        return [textIn(pair[0]), Buffer.from(textIn(pair[1]), 'base64')];
    }));
}
function listIn(line) {
    const value = JSON.parse(line);
    if (!Array.isArray(value))
        throw bad('it has a line that is no list');
    return value;
}
function textIn(value) {
    if (typeof value !== 'string')
        throw bad('it has something else where a text should be');
    return value;
}
/** As the tar reader makes them: an index may come from elsewhere, and its paths lead to files of archives and folders. */
function pathIn(value) {
    const path = textIn(value);
    if ((0,_entry_path_js__WEBPACK_IMPORTED_MODULE_4__/* .cleanPath */ .ts)(path) !== path)
        throw bad('it has a path that is none');
    return path;
}
function targetIn(value) {
    const target = textIn(value);
    (0,_entry_path_js__WEBPACK_IMPORTED_MODULE_4__/* .checkLength */ .Nv)(target, target);
    return target;
}
function wholeIn(value) {
    if (!Number.isSafeInteger(value) || Number(value) < 0)
        throw bad('it has something else where a number should be');
    return value;
}
function bad(why, cause) {
    return new _base_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .BuildError */ .zS({
        kind: 'environment',
        code: 'BAD_LAYER_INDEX',
        message: `The index of a layer cannot be read: ${why}`,
        cause,
    });
}


/***/ }),

/***/ 9104:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  lu: () => (/* binding */ extendTree),
  K3: () => (/* binding */ layerTree),
  Fy: () => (/* binding */ renamedTree)
});

// EXTERNAL MODULE: ./lib/base/errors.js
var errors = __webpack_require__(7594);
// EXTERNAL MODULE: ./lib/image/layer/entry-name.js
var entry_name = __webpack_require__(9811);
// EXTERNAL MODULE: ./lib/image/layer/byte-reader.js
var byte_reader = __webpack_require__(5829);
// EXTERNAL MODULE: ./lib/image/layer/tar-read.js + 2 modules
var tar_read = __webpack_require__(2662);
// EXTERNAL MODULE: ./lib/image/layer/watched-bytes.js
var watched_bytes = __webpack_require__(223);
;// CONCATENATED MODULE: ./lib/image/layer/tree-content.js




/** Content that several files share is kept up to this, in bytes; what is larger is read again for each. */
const SHARED_LIMIT = 8 * 1024 * 1024;
/**
 * The files with their content. Each layer is read once from its start to the last file wanted of it; again only for large files that share their
 * content. Contents are checked against their digests.
 * @throws BuildError `CONTENT_CHANGED`
 */
async function* readContent(files) {
    for (const file of files) {
        if (file.home.entry.size === 0)
            yield { entry: file.node, body: none() };
    }
    const byLayer = Map.groupBy(files.filter((file) => file.home.entry.size > 0), (file) => file.home.layer);
    for (const [layer, wanted] of byLayer)
        yield* readFromLayer(layer, wanted);
}
async function* readFromLayer(layer, wanted) {
    const pieces = Map.groupBy(wanted, (file) => file.home.entry.offset);
    const scattered = pieces.get(undefined) ?? [];
    const placed = [];
    for (const [offset, files] of pieces) {
        if (offset === undefined)
            continue;
        placed.push({ offset, size: files[0]?.node.size ?? 0, nodes: files.map(({ node }) => node) });
    }
    placed.sort((a, b) => a.offset - b.offset);
    for (let rest = placed; rest.length > 0;) {
        const later = [];
        yield* onePass(layer, rest, later);
        rest = later;
    }
    for (const file of scattered)
        yield* readSparse(layer, file.home.entry, file.node);
}
/** What cannot be given out in this pass goes to `later`. */
async function* onePass(layer, pieces, later) {
    const reader = new byte_reader/* ByteReader */.k(await layer.open(), { cutOff: () => changed('A layer') });
    try {
        for (const { offset, size, nodes } of pieces) {
            const [first, ...others] = nodes;
            if (first === undefined)
                continue;
            if (offset < reader.position)
                throw changed('The index of a layer');
            await reader.skip(offset - reader.position);
            const body = checked(first, pieceOf(reader, offset + size));
            if (others.length === 0 || size > SHARED_LIMIT) {
                yield { entry: first, body, ...digestIn(first) };
                await reader.skip(offset + size - reader.position);
                if (others.length > 0)
                    later.push({ offset, size, nodes: others });
            }
            else {
                yield* shared(nodes, body);
            }
        }
    }
    finally {
        await reader.close();
    }
}
async function* shared(nodes, body) {
    const chunks = [];
    for await (const chunk of body)
        chunks.push(chunk);
    for (const entry of nodes)
        yield { entry, body: given(chunks), ...digestIn(entry) };
}
async function* given(chunks) {
    yield* chunks;
}
async function* pieceOf(reader, end) {
    while (reader.position < end) {
        const piece = await reader.some(end - reader.position);
        if (piece === undefined)
            return;
        yield piece;
    }
}
/** A sparse file has no place of its own: the archive is read up to it. */
async function* readSparse(layer, entry, node) {
    let ahead = layer.index.entries.indexOf(entry);
    for await (const member of (0,tar_read/* readTar */.s)(await layer.open())) {
        if (ahead > 0) {
            ahead -= 1;
            continue;
        }
        if (member.body === undefined || member.entry.path !== entry.path)
            break;
        yield { entry: node, body: checked(node, member.body), ...digestIn(node) };
        return;
    }
    throw changed(JSON.stringify(entry.path));
}
async function* checked(node, body) {
    const bytes = new watched_bytes/* WatchedBytes */.s();
    yield* bytes.watch(body);
    const same = node.content === undefined || bytes.digest() === node.content;
    if (bytes.size !== node.size || !same)
        throw changed(JSON.stringify(node.path));
}
/** Told, since the body is checked against it. */
function digestIn({ content }) {
    return content === undefined ? {} : { content };
}
async function* none() {
    // An empty file needs no layer.
}
function changed(what) {
    return new errors/* BuildError */.zS({
        kind: 'remote',
        code: 'CONTENT_CHANGED',
        message: `${what} no longer holds what it held when it was looked at`,
        hint: 'A cached layer was damaged or replaced; build again without the cache.',
    });
}

// EXTERNAL MODULE: ./lib/image/layer/entry-path.js
var entry_path = __webpack_require__(4503);
;// CONCATENATED MODULE: ./lib/image/layer/tree-item.js
function isFolder(item) {
    return item !== undefined && 'children' in item;
}

;// CONCATENATED MODULE: ./lib/image/layer/whiteout.js

/** OCI image-spec 1.1, layer.md "Whiteouts". */
const PREFIX = '.wh.';
/** Files of aufs's own, and the opaque mark. */
const META_PREFIX = '.wh..wh.';
const OPAQUE = '.wh..wh..opq';
/** undefined for an entry that is a file like any other. */
function whiteoutOf(path) {
    // Nearly all paths, cheaply.
    if (!path.includes(PREFIX))
        return undefined;
    const folder = (0,entry_path/* parentOf */.gN)(path) ?? '';
    const name = (0,entry_path/* baseOf */.bx)(path);
    if (name === OPAQUE)
        return { kind: 'opaque', path: folder };
    if (path.split('/').some((part) => part.startsWith(META_PREFIX)))
        return { kind: 'ignored' };
    if (!name.startsWith(PREFIX))
        return undefined;
    const hidden = name.slice(PREFIX.length);
    // `.wh.`, `.wh..` and `.wh...` name nothing that could be removed.
    if (hidden === '' || hidden === '.' || hidden === '..')
        return { kind: 'ignored' };
    return { kind: 'removed', path: (0,entry_path/* childPath */.cm)(folder, hidden) };
}

;// CONCATENATED MODULE: ./lib/image/layer/tree-extension.js




/** As many symbolic links as Linux follows for one path, and some more for layers made elsewhere. */
const MAX_LINKS = 255;
/**
 * Puts one layer over a tree. The tree below stays as it is: folders are copied when they change, once for each extension. Entries land where a container
 * runtime would unpack them: parents that are symbolic links of the tree are followed, missing ones are made.
 */
class TreeExtension {
    #owner = Symbol('extension');
    #layer;
    /** Folders by the path under which entries name them; emptied whenever a path may lead elsewhere from now on. */
    #folders = new Map();
    #root;
    constructor(root, layer) {
        this.#layer = layer;
        this.#root = this.#copyOf(root);
    }
    /** @throws BuildError `LAYER_BROKEN_LINK`, `LAYER_LINK_LOOP` */
    static apply(root, layer) {
        const extension = new TreeExtension(root, layer);
        for (const entry of layer.index.entries)
            extension.#add(entry);
        return extension.#root;
    }
    #add(entry) {
        const whiteout = this.#layer.plain === true ? undefined : whiteoutOf(entry.path);
        if (whiteout?.kind === 'removed')
            this.#remove(whiteout.path);
        else if (whiteout?.kind === 'opaque')
            this.#empty(whiteout.path);
        if (whiteout !== undefined)
            return;
        if (entry.path === '')
            this.#setRoot(entry);
        else
            this.#put(this.#folderAt((0,entry_path/* parentOf */.gN)(entry.path) ?? ''), entry);
    }
    #setRoot(entry) {
        if (entry.type !== 'directory')
            return;
        this.#root = { ...this.#root, node: entry, layer: this.#layer };
        this.#folders.clear();
    }
    #put(parent, entry) {
        const name = (0,entry_path/* baseOf */.bx)(entry.path);
        const path = (0,entry_path/* childPath */.cm)(parent.node.path, name);
        const node = path === entry.path ? entry : { ...entry, path };
        const existing = parent.children.get(name);
        if (entry.type === 'directory') {
            const children = isFolder(existing) ? this.#own(parent, name, existing).children : new Map();
            parent.children.set(name, { node, layer: this.#layer, owner: this.#owner, children });
        }
        else if (entry.type === 'hardlink') {
            parent.children.set(name, this.#linked(node));
        }
        else {
            parent.children.set(name, { node, layer: this.#layer, home: { layer: this.#layer, entry } });
        }
        if (existing !== undefined || entry.type === 'symlink')
            this.#pathChanged(existing, entry);
    }
    #pathChanged(existing, entry) {
        const before = existing?.node.type;
        if (before === 'directory' || before === 'symlink' || entry.type === 'symlink')
            this.#folders.clear();
    }
    /** A file of its own that shares content with the target. Runtimes put the link's own mode, owner and time on it; xattrs add up. */
    #linked(node) {
        const target = this.#linkTarget(node);
        const { mode, uid, gid, mtime, path } = node;
        const xattrs = new Map([...(target.node.xattrs ?? []), ...(node.xattrs ?? [])]);
        const shared = { ...target.node, path, mode, uid, gid, mtime };
        return {
            node: xattrs.size === 0 ? shared : { ...shared, xattrs },
            layer: this.#layer,
            home: target.home,
        };
    }
    /** The file that the link shares, which from now on has an inode to tell that by. */
    #linkTarget(link) {
        const path = link.linkName ?? '';
        const target = this.#find(path);
        if (target === undefined || isFolder(target))
            throw brokenLink(link);
        if (target.node.inode !== undefined)
            return target;
        const { layer, entry } = target.home;
        const shared = {
            ...target,
            node: { ...target.node, inode: `${layer.index.diffId}/${entry.path}` },
        };
        this.#folderAt((0,entry_path/* parentOf */.gN)(path) ?? '').children.set((0,entry_path/* baseOf */.bx)(path), shared);
        return shared;
    }
    /** Whiteouts hide what is below this layer and nothing of the layer itself, wherever in it they stand. */
    #remove(path) {
        const parent = this.#walk((0,entry_path/* parentOf */.gN)(path) ?? '', false);
        const name = (0,entry_path/* baseOf */.bx)(path);
        if (parent?.children.has(name) !== true)
            return;
        const folder = this.#folderAt(parent.node.path);
        const kept = this.#withoutLower(folder.children.get(name));
        if (kept === undefined)
            folder.children.delete(name);
        else
            folder.children.set(name, kept);
        this.#folders.clear();
    }
    #empty(path) {
        const found = this.#walk(path, false);
        if (found === undefined || found.children.size === 0)
            return;
        const folder = this.#folderAt(found.node.path);
        for (const [name, child] of [...folder.children]) {
            const kept = this.#withoutLower(child);
            if (kept === undefined)
                folder.children.delete(name);
            else
                folder.children.set(name, kept);
        }
        this.#folders.clear();
    }
    /** What this layer has put there; undefined when that is nothing. */
    #withoutLower(item) {
        if (item === undefined)
            return undefined;
        if (!isFolder(item))
            return item.layer === this.#layer ? item : undefined;
        const children = new Map();
        for (const [name, child] of item.children) {
            const kept = this.#withoutLower(child);
            if (kept !== undefined)
                children.set(name, kept);
        }
        if (children.size === 0 && item.layer !== this.#layer)
            return undefined;
        return { ...item, owner: this.#owner, children };
    }
    /** What is at the path, symbolic links followed in all but its last part. */
    #find(path) {
        if (path === '')
            return this.#root;
        const parent = this.#walk((0,entry_path/* parentOf */.gN)(path) ?? '', false);
        return parent?.children.get((0,entry_path/* baseOf */.bx)(path));
    }
    /** The folder at the path, symbolic links followed, made where it is missing, ready to be changed. */
    #folderAt(path) {
        const known = this.#folders.get(path);
        if (known !== undefined)
            return known;
        const folder = this.#walk(path, true) ?? this.#root;
        this.#folders.set(path, folder);
        return folder;
    }
    /** `write`: own every folder on the way and make missing ones; else undefined for a path that is not there. */
    #walk(path, write) {
        const way = [];
        let current = this.#root;
        let links = 0;
        const ahead = partsOf(path).reverse();
        for (let part = ahead.pop(); part !== undefined; part = ahead.pop()) {
            if (part === '..') {
                current = way.pop() ?? this.#root;
                continue;
            }
            const child = current.children.get(part);
            const target = child?.node.type === 'symlink' ? (child.node.linkName ?? '') : undefined;
            if (target === undefined) {
                const next = this.#step(current, part, child, write);
                if (next === undefined)
                    return undefined;
                way.push(current);
                current = next;
                continue;
            }
            links = oneMore(links, path);
            ahead.push(...partsOf(target).reverse());
            if (target.startsWith('/')) {
                way.length = 0;
                current = this.#root;
            }
        }
        return current;
    }
    #step(current, name, child, write) {
        if (isFolder(child))
            return write ? this.#own(current, name, child) : child;
        if (!write)
            return undefined;
        const made = implicitFolder((0,entry_path/* childPath */.cm)(current.node.path, name), this.#owner, this.#layer);
        current.children.set(name, made);
        return made;
    }
    #own(parent, name, folder) {
        if (folder.owner === this.#owner)
            return folder;
        const copy = this.#copyOf(folder);
        parent.children.set(name, copy);
        return copy;
    }
    #copyOf(folder) {
        return { ...folder, owner: this.#owner, children: new Map(folder.children) };
    }
}
/** A folder that exists only because something is in it: runtimes make it as root's with mode 755. */
function implicitFolder(path, owner, layer) {
    const node = { path, type: 'directory', mode: 0o755, uid: 0, gid: 0, size: 0, mtime: 0 };
    return { node, layer, owner, children: new Map() };
}
function brokenLink({ path, linkName }) {
    return new errors/* BuildError */.zS({
        kind: 'user',
        code: 'LAYER_BROKEN_LINK',
        message: `A layer has a hard link ${JSON.stringify(path)} to ${JSON.stringify(linkName)}, which is no file`,
        hint: 'The image cannot be unpacked by any runtime: it is damaged.',
    });
}
function partsOf(path) {
    return path.split('/').filter((part) => part !== '' && part !== '.');
}
function oneMore(links, path) {
    if (links < MAX_LINKS)
        return links + 1;
    throw new errors/* BuildError */.zS({
        kind: 'user',
        code: 'LAYER_LINK_LOOP',
        message: `A layer has something at ${JSON.stringify(path)}, which leads through symbolic links in a circle`,
    });
}

;// CONCATENATED MODULE: ./lib/image/layer/layer-tree.js





/** The merged view of a stack of layers. */
class LayerTree {
    name;
    root;
    #sorted = new WeakMap();
    constructor(name, root) {
        this.name = name;
        this.root = root;
    }
    async lookup(path) {
        return this.#item(path)?.node;
    }
    async list(path) {
        const folder = this.#item(path);
        if (!isFolder(folder))
            return [];
        let nodes = this.#sorted.get(folder);
        if (nodes === undefined) {
            const children = [...folder.children].sort(([a], [b]) => (0,entry_name/* compareNames */.MP)(a, b));
            nodes = children.map(([, child]) => child.node);
            this.#sorted.set(folder, nodes);
        }
        return nodes;
    }
    async *read(nodes) {
        const files = [];
        for (const node of nodes) {
            if (node.type === 'file')
                files.push(this.#wanted(node));
            else
                yield { entry: node };
        }
        yield* readContent(files);
    }
    #wanted(node) {
        const item = this.#item(node.path);
        if (item !== undefined && !isFolder(item) && item.node.content === node.content) {
            return { node, home: item.home };
        }
        throw new errors/* BuildError */.zS({
            kind: 'bug',
            code: 'CONTENT_CHANGED',
            message: `${JSON.stringify(node.path)} of ${this.name} is not the file that was looked up`,
        });
    }
    #item(path) {
        let item = this.root;
        if (path === '')
            return item;
        for (const part of path.split('/')) {
            item = isFolder(item) ? item.children.get(part) : undefined;
            if (item === undefined)
                return undefined;
        }
        return item;
    }
}
/**
 * A tree of layers, base first: whiteouts hide, later entries replace, hard links are files of their own.
 * @throws BuildError `LAYER_BROKEN_LINK`, `LAYER_LINK_LOOP` for layers that no runtime could unpack
 */
function layerTree(name, layers) {
    let root = implicitFolder('', Symbol('empty'), undefined);
    for (const layer of layers)
        root = TreeExtension.apply(root, layer);
    return new LayerTree(name, root);
}
/**
 * The tree with one more layer on top; the old one stays usable. Costs as much as the folders that the layer touches, not as the whole tree.
 * @throws BuildError as layerTree; `NOT_A_LAYER_TREE` for a tree that layerTree or extendTree did not make
 */
function extendTree(tree, layer, name = tree.name) {
    return new LayerTree(name, TreeExtension.apply(rootOf(tree), layer));
}
/** The same tree under another name. @throws BuildError `NOT_A_LAYER_TREE` as extendTree */
function renamedTree(tree, name) {
    return new LayerTree(name, rootOf(tree));
}
function rootOf(tree) {
    if (tree instanceof LayerTree)
        return tree.root;
    throw new errors/* BuildError */.zS({
        kind: 'bug',
        code: 'NOT_A_LAYER_TREE',
        message: `${tree.name} is not made of layers`,
    });
}


/***/ }),

/***/ 4510:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   F: () => (/* binding */ writeTar)
/* harmony export */ });
/* unused harmony export headerOf */
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7594);
/* harmony import */ var _entry_name_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(9811);
/* harmony import */ var _member_data_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1938);
/* harmony import */ var _pax_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(8078);
/* harmony import */ var _tar_header_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(5096);





const TYPE_FLAG = {
    file: '0',
    hardlink: '1',
    symlink: '2',
    character: '3',
    block: '4',
    directory: '5',
    fifo: '6',
};
const NAME_SIZE = 100;
const PREFIX_SIZE = 155;
/** Pieces up to this size are put together, so that what follows (hash, compressor, disk) gets few and large ones. */
const GATHER = 64 * 1024;
const SMALL = 16 * 1024;
const SLASH = 0x2f;
const NANO_DIGITS = 9;
/**
 * Writes an archive in one canonical form: ustar where everything fits, a PAX header with sorted keys before it where not; no user
 * and group names, whole seconds (but for `mtimeNanos`), xattrs as SCHILY.xattr, two zero blocks at the end. The same entries give the same bytes, those of Go's archive/tar.
 * The order is the caller's. With `fleeting`, a piece counts until the next one is asked for.
 * @throws BuildError `CONTENT_CHANGED` when a body is not `size` bytes; `TAR_UNSUPPORTED` for what the format cannot hold
 */
async function* writeTar(entries, onMember, { fleeting = false } = {}) {
    const gather = new Gather(fleeting);
    let offset = 0;
    for await (const { entry, body } of entries) {
        const header = headerOf(entry);
        offset += header.length;
        onMember?.(entry, offset);
        yield* gather.add(header);
        if (entry.type !== 'file')
            continue;
        yield* contentOf(entry, body, gather);
        const padding = (0,_member_data_js__WEBPACK_IMPORTED_MODULE_2__/* .paddingOf */ .Z)(entry.size);
        if (padding > 0)
            yield* gather.add(_tar_header_js__WEBPACK_IMPORTED_MODULE_4__/* .ZERO_BLOCK */ .tU.subarray(0, padding));
        offset += entry.size + padding;
    }
    yield* gather.add(Buffer.concat([_tar_header_js__WEBPACK_IMPORTED_MODULE_4__/* .ZERO_BLOCK */ .tU, _tar_header_js__WEBPACK_IMPORTED_MODULE_4__/* .ZERO_BLOCK */ .tU]));
    yield* gather.rest();
}
/** Header blocks of a member, its extended header included. */
function headerOf(entry) {
    const name = nameOf(entry);
    const link = entry.linkName === undefined ? Buffer.alloc(0) : (0,_entry_name_js__WEBPACK_IMPORTED_MODULE_1__/* .encodeName */ .aA)(entry.linkName);
    check(entry, name, link);
    const split = splitName(name);
    const mtime = timeOf(entry);
    const records = paxRecords(entry, { name, link, mtime, split: split !== undefined });
    const pax = records.length > 0;
    const fields = {
        mode: entry.mode & 0o7777,
        uid: (0,_tar_header_js__WEBPACK_IMPORTED_MODULE_4__/* .fitsOctal */ ._0)(entry.uid, _tar_header_js__WEBPACK_IMPORTED_MODULE_4__/* .MAX_SHORT */ .W6) ? entry.uid : 0,
        gid: (0,_tar_header_js__WEBPACK_IMPORTED_MODULE_4__/* .fitsOctal */ ._0)(entry.gid, _tar_header_js__WEBPACK_IMPORTED_MODULE_4__/* .MAX_SHORT */ .W6) ? entry.gid : 0,
        size: (0,_tar_header_js__WEBPACK_IMPORTED_MODULE_4__/* .fitsOctal */ ._0)(sizeOf(entry), _tar_header_js__WEBPACK_IMPORTED_MODULE_4__/* .MAX_LONG */ .W_) ? sizeOf(entry) : 0,
        mtime: (0,_tar_header_js__WEBPACK_IMPORTED_MODULE_4__/* .fitsOctal */ ._0)(mtime.seconds, _tar_header_js__WEBPACK_IMPORTED_MODULE_4__/* .MAX_LONG */ .W_) ? mtime.seconds : 0,
        type: TYPE_FLAG[entry.type],
        linkName: ascii(link),
        ...(entry.devMajor === undefined ? {} : { devMajor: entry.devMajor }),
        ...(entry.devMinor === undefined ? {} : { devMinor: entry.devMinor }),
    };
    if (!pax && split !== undefined)
        return (0,_tar_header_js__WEBPACK_IMPORTED_MODULE_4__/* .formatHeader */ .RX)({ ...fields, ...split });
    return Buffer.concat([paxHeader(name, (0,_pax_js__WEBPACK_IMPORTED_MODULE_3__/* .formatPax */ .x)(records)), (0,_tar_header_js__WEBPACK_IMPORTED_MODULE_4__/* .formatHeader */ .RX)({ ...fields, name: ascii(name) })]);
}
async function* contentOf(entry, body, gather) {
    let missing = entry.size;
    for await (const chunk of body ?? []) {
        missing -= chunk.length;
        if (missing < 0)
            throw changed(entry, 'more');
        yield* gather.add(chunk);
    }
    if (missing > 0)
        throw changed(entry, 'fewer');
}
function changed(entry, how) {
    return new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildError */ .zS({
        kind: 'user',
        code: 'CONTENT_CHANGED',
        message: `${JSON.stringify(entry.path)} has ${how} than the ${entry.size} bytes that it had when it was looked at`,
        hint: 'Something wrote to it during the build.',
    });
}
function nameOf(entry) {
    const path = entry.path === '' ? '.' : entry.path;
    return (0,_entry_name_js__WEBPACK_IMPORTED_MODULE_1__/* .encodeName */ .aA)(entry.type === 'directory' ? `${path}/` : path);
}
/** Whole seconds for the header, and the text of a record where they do not fit or are not all. */
function timeOf({ mtime, mtimeNanos = 0 }) {
    // Rounded up by the number type, a time may seem to be of the next second.
    const seconds = mtimeNanos > 0 ? Math.floor(mtime - mtimeNanos / 1e9 + 0.5) : Math.floor(mtime);
    if (mtimeNanos === 0)
        return (0,_tar_header_js__WEBPACK_IMPORTED_MODULE_4__/* .fitsOctal */ ._0)(seconds, _tar_header_js__WEBPACK_IMPORTED_MODULE_4__/* .MAX_LONG */ .W_) ? { seconds } : { seconds, text: String(seconds) };
    const [whole, nanos] = seconds < 0 ? [-seconds - 1, 1e9 - mtimeNanos] : [seconds, mtimeNanos];
    const fraction = String(nanos).padStart(NANO_DIGITS, '0').replace(/0+$/, '');
    return { seconds, text: `${seconds < 0 ? '-' : ''}${whole}.${fraction}` };
}
function sizeOf(entry) {
    return entry.type === 'file' ? entry.size : 0;
}
function check(entry, name, link) {
    if (name.includes(0) || link.includes(0))
        throw unsupported(entry, 'a NUL in its name');
    const linked = entry.type === 'hardlink' || entry.type === 'symlink';
    if (linked !== link.length > 0)
        throw unsupported(entry, linked ? 'no target' : 'a target, but it is no link');
    if (!(0,_tar_header_js__WEBPACK_IMPORTED_MODULE_4__/* .fitsOctal */ ._0)(entry.devMajor ?? 0, _tar_header_js__WEBPACK_IMPORTED_MODULE_4__/* .MAX_SHORT */ .W6) || !(0,_tar_header_js__WEBPACK_IMPORTED_MODULE_4__/* .fitsOctal */ ._0)(entry.devMinor ?? 0, _tar_header_js__WEBPACK_IMPORTED_MODULE_4__/* .MAX_SHORT */ .W6)) {
        throw unsupported(entry, 'a device number that is too large');
    }
}
/** Records for what the header has no room for. The path is one of them as soon as there are others and it needs more than its field. */
function paxRecords(entry, { name, link, mtime, split }) {
    const records = [];
    const add = (key, value) => {
        records.push({ key, value: Buffer.isBuffer(value) ? value : Buffer.from(String(value)) });
    };
    if (link.length > NAME_SIZE || !isAscii(link))
        add('linkpath', link);
    if (!(0,_tar_header_js__WEBPACK_IMPORTED_MODULE_4__/* .fitsOctal */ ._0)(entry.uid, _tar_header_js__WEBPACK_IMPORTED_MODULE_4__/* .MAX_SHORT */ .W6))
        add('uid', entry.uid);
    if (!(0,_tar_header_js__WEBPACK_IMPORTED_MODULE_4__/* .fitsOctal */ ._0)(entry.gid, _tar_header_js__WEBPACK_IMPORTED_MODULE_4__/* .MAX_SHORT */ .W6))
        add('gid', entry.gid);
    if (!(0,_tar_header_js__WEBPACK_IMPORTED_MODULE_4__/* .fitsOctal */ ._0)(sizeOf(entry), _tar_header_js__WEBPACK_IMPORTED_MODULE_4__/* .MAX_LONG */ .W_))
        add('size', sizeOf(entry));
    if (mtime.text !== undefined)
        add('mtime', mtime.text);
    for (const [key, value] of entry.xattrs ?? []) {
        if (key === '' || /[=\0]/.test(key))
            throw unsupported(entry, `the extended attribute ${JSON.stringify(key)}`);
        add(`SCHILY.xattr.${key}`, Buffer.from(value.buffer, value.byteOffset, value.length));
    }
    const long = name.length > NAME_SIZE || !isAscii(name);
    if (long && (records.length > 0 || !split))
        add('path', name);
    return records;
}
function paxHeader(name, data) {
    const header = (0,_tar_header_js__WEBPACK_IMPORTED_MODULE_4__/* .formatHeader */ .RX)({
        name: paxHeaderName(name),
        mode: 0,
        uid: 0,
        gid: 0,
        size: data.length,
        mtime: 0,
        type: 'x',
    });
    return Buffer.concat([header, data, _tar_header_js__WEBPACK_IMPORTED_MODULE_4__/* .ZERO_BLOCK */ .tU.subarray(0, (0,_member_data_js__WEBPACK_IMPORTED_MODULE_2__/* .paddingOf */ .Z)(data.length))]);
}
/** `dir/PaxHeaders.0/file`, cut to the field. */
function paxHeaderName(name) {
    const slash = name.lastIndexOf(SLASH);
    const folder = name.subarray(0, Math.max(slash, 0));
    const parts = [folder, Buffer.from('PaxHeaders.0'), name.subarray(slash + 1)].filter((part) => part.length > 0);
    const joined = ascii(Buffer.concat(parts.flatMap((part, i) => (i === 0 ? [part] : [Buffer.from('/'), part]))));
    let end = Math.min(joined.length, NAME_SIZE);
    while (end > 0 && joined[end - 1] === SLASH)
        end -= 1;
    return joined.subarray(0, end);
}
/** Name and prefix of the ustar header; undefined when the name does not fit or is not ASCII. */
function splitName(name) {
    if (!isAscii(name))
        return undefined;
    if (name.length <= NAME_SIZE)
        return { name };
    const last = name[name.length - 1] === SLASH ? name.length - 1 : name.length;
    const slash = name.lastIndexOf(SLASH, Math.min(PREFIX_SIZE, last - 1));
    const rest = name.length - slash - 1;
    if (slash <= 0 || rest > NAME_SIZE || rest === 0)
        return undefined;
    return { name: name.subarray(slash + 1), prefix: name.subarray(0, slash) };
}
function isAscii(bytes) {
    for (const byte of bytes)
        if (byte >= 0x80)
            return false;
    return true;
}
function ascii(bytes) {
    return isAscii(bytes) ? bytes : Buffer.from(bytes.filter((byte) => byte < 0x80));
}
function unsupported(entry, what) {
    return new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildError */ .zS({
        kind: 'user',
        code: 'TAR_UNSUPPORTED',
        message: `${JSON.stringify(entry.path)} cannot be put into a layer: it has ${what}`,
    });
}
/** Puts small pieces together. */
class Gather {
    #reuses;
    #buffer = Buffer.allocUnsafe(GATHER);
    #length = 0;
    constructor(reuses) {
        this.#reuses = reuses;
    }
    *add(piece) {
        if (piece.length > SMALL) {
            yield* this.rest();
            yield Buffer.from(piece.buffer, piece.byteOffset, piece.length);
            return;
        }
        if (this.#length + piece.length > GATHER)
            yield* this.rest();
        this.#buffer.set(piece, this.#length);
        this.#length += piece.length;
    }
    *rest() {
        if (this.#length === 0)
            return;
        yield this.#buffer.subarray(0, this.#length);
        // What was handed out may still be in use.
        if (!this.#reuses)
            this.#buffer = Buffer.allocUnsafe(GATHER);
        this.#length = 0;
    }
}


/***/ }),

/***/ 223:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   s: () => (/* binding */ WatchedBytes)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);
/* harmony import */ var _digest_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7241);


/** Counts and hashes bytes that pass through. */
class WatchedBytes {
    #algorithm;
    #hash;
    #size = 0;
    /** @param expected decides the hash function. Default: SHA-256 */
    constructor(expected) {
        this.#algorithm = (0,_digest_js__WEBPACK_IMPORTED_MODULE_1__/* .algorithmOf */ .Hy)(expected);
        this.#hash = (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)(this.#algorithm);
    }
    /** Bytes so far. */
    get size() {
        return this.#size;
    }
    /** `ALGORITHM:HEX` of all that came through; once, when the stream has ended. */
    digest() {
        return `${this.#algorithm}:${this.#hash.digest('hex')}`;
    }
    async *watch(source) {
        for await (const chunk of source) {
            this.#hash.update(chunk);
            this.#size += chunk.length;
            yield chunk;
        }
    }
}


/***/ }),

/***/ 5812:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Ao: () => (/* binding */ diffIdOf),
/* harmony export */   By: () => (/* binding */ writeLayer)
/* harmony export */ });
/* unused harmony export EMPTY_LAYER_DIGEST */
/* harmony import */ var _digest_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7241);
/* harmony import */ var _media_types_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(4857);
/* harmony import */ var _compress_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(9470);
/* harmony import */ var _tar_write_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(4510);
/* harmony import */ var _watched_bytes_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(223);





const MEDIA_TYPE = {
    none: _media_types_js__WEBPACK_IMPORTED_MODULE_1__/* .MediaType */ .z.ociLayer,
    gzip: _media_types_js__WEBPACK_IMPORTED_MODULE_1__/* .MediaType */ .z.ociLayerGzip,
    zstd: _media_types_js__WEBPACK_IMPORTED_MODULE_1__/* .MediaType */ .z.ociLayerZstd,
};
/**
 * The layer without files as Docker has always stored it (moby, image/v1 "EmptyLayer"): registries have this blob already.
 * It is 1024 zeros under gzip.
 */
const EMPTY_GZIP = Buffer.from('H4sIAAAJbogA/2IYBaNgFIxYAAgAAP//Lq+17wAEAAA=', 'base64');
/**
 * Writes a layer in one pass: tar, diffID, compression, digest, store and index. File times become whole seconds. Entries are written in
 * the order in which they come.
 * @throws BuildError those of writeTar, compress and ContentStore.put, and whatever the entries throw; nothing is stored then
 */
async function writeLayer(entries, store, options) {
    const tar = new _watched_bytes_js__WEBPACK_IMPORTED_MODULE_4__/* .WatchedBytes */ .s();
    const indexed = [];
    let offset = 0;
    const members = watched(withTimes(entries, options.epoch), indexed, () => offset);
    const bytes = tar.watch((0,_tar_write_js__WEBPACK_IMPORTED_MODULE_3__/* .writeTar */ .F)(members, (_, at) => {
        offset = at;
    }, { fleeting: true }));
    const stored = await store.put(compressed(bytes, options.compression, () => indexed.length === 0));
    const diffId = (0,_digest_js__WEBPACK_IMPORTED_MODULE_0__/* .parseDiffId */ .Kf)(tar.digest());
    return {
        descriptor: {
            mediaType: MEDIA_TYPE[options.compression.type],
            digest: stored.digest,
            size: stored.size,
        },
        diffId,
        index: { diffId, size: tar.size, entries: indexed },
    };
}
/** The diffID of the layer that `writeLayer` would write, without compressing or storing anything. @throws as `writeTar`, and whatever the entries throw */
async function diffIdOf(entries) {
    const tar = new _watched_bytes_js__WEBPACK_IMPORTED_MODULE_4__/* .WatchedBytes */ .s();
    for await (const _ of tar.watch((0,_tar_write_js__WEBPACK_IMPORTED_MODULE_3__/* .writeTar */ .F)(stored(withTimes(entries, undefined)))))
        ;
    return (0,_digest_js__WEBPACK_IMPORTED_MODULE_0__/* .parseDiffId */ .Kf)(tar.digest());
}
async function* stored(entries) {
    for await (const member of entries)
        yield { ...member, entry: asStored(member.entry) };
}
async function* withTimes(entries, epoch) {
    for await (const member of entries) {
        const { entry } = member;
        const mtime = Math.min(Math.floor(entry.mtime), epoch ?? Number.POSITIVE_INFINITY);
        yield mtime === entry.mtime ? member : { ...member, entry: { ...entry, mtime } };
    }
}
/** Notes each entry, its content hashed on the way where its digest is not known. `offsetNow` is asked when the writer is done with the member. */
async function* watched(entries, indexed, offsetNow) {
    for await (const member of entries) {
        const entry = asStored(member.entry);
        if (entry.type !== 'file') {
            indexed.push(entry);
            yield { entry };
            continue;
        }
        const place = indexed.push(entry) - 1;
        const body = member.body ?? nothing();
        if (member.content !== undefined) {
            yield { entry, body };
            indexed[place] = { ...entry, offset: offsetNow(), content: member.content };
            continue;
        }
        const content = new _watched_bytes_js__WEBPACK_IMPORTED_MODULE_4__/* .WatchedBytes */ .s();
        yield { entry, body: content.watch(body) };
        indexed[place] = { ...entry, offset: offsetNow(), content: (0,_digest_js__WEBPACK_IMPORTED_MODULE_0__/* .parseDigest */ .m)(content.digest()) };
    }
}
/** Only what the tar keeps, so that the index is the one that a reader of the layer would make. */
function asStored(entry) {
    const device = entry.type === 'character' || entry.type === 'block';
    return {
        path: entry.path,
        type: entry.type,
        mode: entry.mode & 0o7777,
        uid: entry.uid,
        gid: entry.gid,
        size: entry.type === 'file' ? entry.size : 0,
        mtime: entry.mtime,
        ...(entry.linkName === undefined ? {} : { linkName: entry.linkName }),
        ...(device ? { devMajor: entry.devMajor ?? 0, devMinor: entry.devMinor ?? 0 } : {}),
        ...(entry.xattrs === undefined || entry.xattrs.size === 0 ? {} : { xattrs: entry.xattrs }),
    };
}
/** `isEmpty` holds once the tar has been made. */
async function* compressed(tar, choice, isEmpty) {
    if (choice.type !== 'gzip') {
        yield* (0,_compress_js__WEBPACK_IMPORTED_MODULE_2__/* .compress */ .B)(tar, choice);
        return;
    }
    const iterator = tar[Symbol.asyncIterator]();
    const first = await iterator.next();
    if (first.done !== true && isEmpty()) {
        while ((await iterator.next()).done !== true)
            ;
        yield EMPTY_GZIP;
        return;
    }
    yield* (0,_compress_js__WEBPACK_IMPORTED_MODULE_2__/* .compress */ .B)(resumed(first, iterator), choice);
}
async function* resumed(first, iterator) {
    try {
        for (let next = first; next.done !== true; next = await iterator.next())
            yield next.value;
    }
    finally {
        await iterator.return?.();
    }
}
async function* nothing() {
    // A file without a body: right when its size is 0, and otherwise told by the writer.
}
/** Digest of the stored empty layer, by which it is told from others. */
const EMPTY_LAYER_DIGEST = (0,_digest_js__WEBPACK_IMPORTED_MODULE_0__/* .digestOf */ .ol)(EMPTY_GZIP);


/***/ }),

/***/ 4857:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   M: () => (/* binding */ compressionOf),
/* harmony export */   z: () => (/* binding */ MediaType)
/* harmony export */ });
/** OCI image-spec 1.1 media-types.md, and Docker's schema 2 (distribution, manifest-v2-2). */
const MediaType = {
    ociManifest: 'application/vnd.oci.image.manifest.v1+json',
    ociIndex: 'application/vnd.oci.image.index.v1+json',
    ociConfig: 'application/vnd.oci.image.config.v1+json',
    ociLayer: 'application/vnd.oci.image.layer.v1.tar',
    ociLayerGzip: 'application/vnd.oci.image.layer.v1.tar+gzip',
    ociLayerZstd: 'application/vnd.oci.image.layer.v1.tar+zstd',
    dockerManifest: 'application/vnd.docker.distribution.manifest.v2+json',
    dockerList: 'application/vnd.docker.distribution.manifest.list.v2+json',
    dockerConfig: 'application/vnd.docker.container.image.v1+json',
    dockerLayerGzip: 'application/vnd.docker.image.rootfs.diff.tar.gzip',
    dockerLayer: 'application/vnd.docker.image.rootfs.diff.tar',
    /** Not in Docker's list, but what BuildKit calls a zstd layer of a Docker manifest. */
    dockerLayerZstd: 'application/vnd.docker.image.rootfs.diff.tar.zstd',
    dockerForeignLayerGzip: 'application/vnd.docker.image.rootfs.foreign.diff.tar.gzip',
};
/** How a layer of this media type is compressed; undefined when it is no layer that we can read. */
function compressionOf(mediaType) {
    switch (mediaType) {
        case MediaType.ociLayer:
        case MediaType.dockerLayer:
            return 'none';
        case MediaType.ociLayerGzip:
        case MediaType.dockerLayerGzip:
        case MediaType.dockerForeignLayerGzip:
            return 'gzip';
        case MediaType.ociLayerZstd:
        case MediaType.dockerLayerZstd:
            return 'zstd';
        default:
            return undefined;
    }
}


/***/ }),

/***/ 7145:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   w: () => (/* binding */ oneChunk)
/* harmony export */ });
/** Bytes that are in memory, for what takes them as a stream. */
async function* oneChunk(bytes) {
    yield bytes;
}


/***/ }),

/***/ 4702:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   OH: () => (/* binding */ Environment),
/* harmony export */   T6: () => (/* binding */ splitPair),
/* harmony export */   sw: () => (/* binding */ withEnvLine)
/* harmony export */ });
/** Ordered variables. Immutable; setting a variable again moves it to the end, as in BuildKit. Names are compared exactly. */
class Environment {
    static empty = new Environment(new Map());
    #values;
    constructor(values) {
        this.#values = values;
    }
    /** From `NAME=value` lines; a line without `=` is an empty variable. */
    static of(lines) {
        const values = new Map();
        for (const line of lines) {
            const { name, value } = splitPair(line);
            values.delete(name);
            values.set(name, value);
        }
        return new Environment(values);
    }
    get(name) {
        return this.#values.get(name);
    }
    with(name, value) {
        const values = new Map(this.#values);
        values.delete(name);
        values.set(name, value);
        return new Environment(values);
    }
    without(name) {
        const values = new Map(this.#values);
        values.delete(name);
        return new Environment(values);
    }
    names() {
        return [...this.#values.keys()];
    }
    /** `NAME=value`, in order. */
    lines() {
        return Array.from(this.#values, ([name, value]) => `${name}=${value}`);
    }
}
/** `NAME=value` in two; the value may hold `=`. */
function splitPair(line) {
    const at = line.indexOf('=');
    return at === -1 ? { name: line, value: '' } : { name: line.slice(0, at), value: line.slice(at + 1) };
}
/** An image config's `Env` with one variable set: in place when it is there, else at the end. */
function withEnvLine(lines, name, value) {
    const line = `${name}=${value}`;
    const index = lines.findIndex((other) => splitPair(other).name === name);
    return index === -1 ? [...lines, line] : lines.with(index, line);
}


/***/ }),

/***/ 5484:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   r: () => (/* binding */ withoutCredentials)
/* harmony export */ });
/** What stands before the host of a web address; a token may be there instead of a user. */
const WEB = /(https?:\/\/)[^\s/?#"']*@/gi;
/** Others have a user that says nothing secret, as in `ssh://git@host`. */
const OTHER = /((?:ssh|git):\/\/[^\s/:@"']*):[^\s/"']*@/gi;
/** A text for logs, history and cache records: the addresses in it without user and password. */
function withoutCredentials(text) {
    return text.replaceAll(WEB, '$1').replaceAll(OTHER, '$1@');
}


/***/ }),

/***/ 7051:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   FL: () => (/* binding */ plainList),
/* harmony export */   kA: () => (/* binding */ healthcheckText),
/* harmony export */   p4: () => (/* binding */ quotedList),
/* harmony export */   xg: () => (/* binding */ historyEntry)
/* harmony export */ });
/* unused harmony exports HISTORY_COMMENT, formatDuration */
/** Signs the entries that we make; BuildKit writes its own name there. */
const HISTORY_COMMENT = 'ts-image-build';
function historyEntry(createdBy, makesLayer) {
    return {
        created_by: createdBy,
        comment: HISTORY_COMMENT,
        ...(makesLayer ? {} : { empty_layer: true }),
    };
}
/** `["a" "b"]`: how Go prints a list of strings with %q. */
function quotedList(words) {
    return `[${words.map(quoted).join(' ')}]`;
}
/** `[a b]`: how Go prints a list of strings with %v. */
function plainList(words) {
    return `[${words.join(' ')}]`;
}
/** `{Test:[CMD x] Interval:1s …}`: how Go prints the struct with %+v. */
function healthcheckText(check) {
    const fields = [
        `Test:${plainList(check.Test ?? [])}`,
        `Interval:${formatDuration(check.Interval ?? 0)}`,
        `Timeout:${formatDuration(check.Timeout ?? 0)}`,
        `StartPeriod:${formatDuration(check.StartPeriod ?? 0)}`,
        `StartInterval:${formatDuration(check.StartInterval ?? 0)}`,
        `Retries:${check.Retries ?? 0}`,
    ];
    return `{${fields.join(' ')}}`;
}
/** Go's way to write a duration given in nanoseconds: `1m30s`, `1.5s`, `250ms`. */
function formatDuration(nanoseconds) {
    if (nanoseconds === 0)
        return '0s';
    const value = Math.abs(nanoseconds);
    const sign = nanoseconds < 0 ? '-' : '';
    if (value < 1e3)
        return `${sign}${value}ns`;
    if (value < 1e6)
        return `${sign}${trimmed(value, 1e3)}µs`;
    if (value < 1e9)
        return `${sign}${trimmed(value, 1e6)}ms`;
    const minutes = Math.floor(value / 60e9);
    const seconds = `${trimmed(value - minutes * 60e9, 1e9)}s`;
    if (minutes === 0)
        return sign + seconds;
    const hours = Math.floor(minutes / 60);
    return `${sign}${hours === 0 ? '' : `${hours}h`}${minutes % 60}m${seconds}`;
}
/** value/unit with all its decimals, worked out on whole numbers. */
function trimmed(value, unit) {
    const whole = Math.floor(value / unit);
    const digits = String(Math.round(unit)).length - 1;
    const rest = String(value - whole * unit)
        .padStart(digits, '0')
        .replace(/0+$/, '');
    return rest === '' ? String(whole) : `${whole}.${rest}`;
}
const ESCAPES = {
    '"': '\\"',
    '\\': '\\\\',
    '\u0007': '\\a',
    '\b': '\\b',
    '\f': '\\f',
    '\n': '\\n',
    '\r': '\\r',
    '\t': '\\t',
    '\v': '\\v',
};
/** Go's strconv.Quote. */
function quoted(word) {
    let text = '';
    for (const character of word)
        text += ESCAPES[character] ?? escaped(character);
    return `"${text}"`;
}
function escaped(character) {
    if (character === ' ' || /^[\p{L}\p{M}\p{N}\p{P}\p{S}]$/u.test(character))
        return character;
    const code = character.codePointAt(0) ?? 0;
    if (code < 0x80)
        return `\\x${code.toString(16).padStart(2, '0')}`;
    return code > 0xff_ff
        ? `\\U${code.toString(16).padStart(8, '0')}`
        : `\\u${code.toString(16).padStart(4, '0')}`;
}


/***/ }),

/***/ 8431:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  Lk: () => (/* binding */ lowerCommand),
  vt: () => (/* binding */ lowerEnv),
  E$: () => (/* binding */ lowerHealthcheck),
  If: () => (/* binding */ lowerLabel),
  ef: () => (/* binding */ lowerList),
  lG: () => (/* binding */ lowerOnbuild),
  GU: () => (/* binding */ lowerShell),
  Ye: () => (/* binding */ lowerWord),
  Pe: () => (/* binding */ reportSecret),
  of: () => (/* binding */ shellOf)
});

// EXTERNAL MODULE: ./lib/base/errors.js
var errors = __webpack_require__(7594);
// EXTERNAL MODULE: ./lib/dockerfile/expand.js + 2 modules
var expand = __webpack_require__(2460);
// EXTERNAL MODULE: ./lib/plan/environment.js
var environment = __webpack_require__(4702);
// EXTERNAL MODULE: ./lib/plan/history.js
var plan_history = __webpack_require__(7051);
// EXTERNAL MODULE: external "node:net"
var external_node_net_ = __webpack_require__(7030);
;// CONCATENATED MODULE: ./lib/plan/port.js


const PROTOCOLS = new Set(['tcp', 'udp', 'sctp']);
const HIGHEST = 65_535;
/**
 * Reads `[ip:][host:]port[-end][/proto]`.
 * @throws BuildError `BAD_PORT`
 */
function parsePort(text) {
    const { ip, host, container } = splitParts(text);
    const slash = container.indexOf('/');
    const range = slash === -1 ? container : container.slice(0, slash);
    const protocol = slash === -1 ? '' : container.slice(slash + 1);
    if (range === '')
        throw bad(text, 'it names no port');
    const lower = protocol === '' ? 'tcp' : protocol.toLowerCase();
    if (!PROTOCOLS.has(lower))
        throw bad(text, `"${protocol}" is not tcp, udp or sctp`);
    checkAddress(text, ip);
    const [start, end] = readRange(text, range);
    if (host !== '')
        checkHostRange(text, host, end - start);
    return {
        ports: Array.from({ length: end - start + 1 }, (_, index) => `${start + index}/${lower}`),
        oddCase: protocol !== protocol.toLowerCase(),
        mapped: ip !== '' || host !== '',
    };
}
function splitParts(text) {
    const parts = text.split(':');
    return {
        ip: parts.slice(0, -2).join(':'),
        host: parts.at(-2) ?? '',
        container: parts.at(-1) ?? '',
    };
}
function checkAddress(text, ip) {
    if (ip === '')
        return;
    const bare = ip.startsWith('[') && ip.endsWith(']') ? ip.slice(1, -1) : ip;
    if (bare !== '' && (0,external_node_net_.isIP)(bare) === 0)
        throw bad(text, `"${bare}" is not an IP address`);
}
function checkHostRange(text, host, span) {
    const [start, end] = readRange(text, host);
    if (span !== 0 && end - start !== span)
        throw bad(text, 'the two ranges are not of the same length');
}
function readRange(text, range) {
    const dash = range.indexOf('-');
    if (dash === -1) {
        const port = readNumber(text, range);
        return [port, port];
    }
    const start = readNumber(text, range.slice(0, dash));
    const end = readNumber(text, range.slice(dash + 1));
    if (end < start)
        throw bad(text, 'the range ends before it begins');
    return [start, end];
}
function readNumber(text, digits) {
    if (!/^\+?\d+$/.test(digits))
        throw bad(text, `"${digits}" is not a port`);
    const port = Number(digits);
    if (port > HIGHEST)
        throw bad(text, `a port is at most ${HIGHEST}`);
    return port;
}
function bad(text, reason) {
    return new errors/* BuildError */.zS({
        kind: 'user',
        code: 'BAD_PORT',
        message: `"${text}" cannot be exposed: ${reason}`,
        hint: 'Write it as port, port/udp or first-last.',
    });
}

// EXTERNAL MODULE: ./lib/plan/step.js
var plan_step = __webpack_require__(9385);
;// CONCATENATED MODULE: ./lib/plan/stop-signal.js

const NAMES = new Set([
    ...('ABRT ALRM BUS CHLD CLD CONT FPE HUP ILL INT IO IOT KILL PIPE POLL PROF PWR QUIT SEGV STKFLT STOP SYS TERM TRAP TSTP ' +
        'TTIN TTOU URG USR1 USR2 VTALRM WINCH XCPU XFSZ RTMIN RTMAX').split(' '),
    ...Array.from({ length: 15 }, (_, index) => `RTMIN+${index + 1}`),
    ...Array.from({ length: 14 }, (_, index) => `RTMAX-${index + 1}`),
]);
/**
 * A number other than 0, or a Linux signal's name with or without SIG, in any case.
 * @throws BuildError `BAD_SIGNAL`
 */
function checkStopSignal(text) {
    if (/^[+-]?\d+$/.test(text) && Number(text) !== 0)
        return;
    if (NAMES.has(text.toUpperCase().replace(/^SIG/, '')))
        return;
    throw new errors/* BuildError */.zS({
        kind: 'user',
        code: 'BAD_SIGNAL',
        message: text === '' ? 'STOPSIGNAL has no value' : `"${text}" is not a signal`,
        hint: 'Write a name such as SIGTERM, or a number other than 0.',
    });
}

// EXTERNAL MODULE: ./lib/plan/warnings.js
var warnings = __webpack_require__(7282);
// EXTERNAL MODULE: ./lib/plan/working-directory.js
var working_directory = __webpack_require__(3702);
;// CONCATENATED MODULE: ./lib/plan/lower-config.js









function lowerEnv(step, instruction) {
    const { state } = step;
    const pairs = instruction.pairs.map(({ key, value }) => ({
        name: (0,plan_step/* expand */.fT)(step, key.value),
        value: (0,plan_step/* expand */.fT)(step, value.value),
    }));
    for (const { name, value } of pairs) {
        reportSecret(step, 'ENV', name);
        state.env = state.env.with(name, value);
        (0,plan_step/* setConfig */.Nk)(step, { Env: (0,environment/* withEnvLine */.sw)(state.config.Env ?? [], name, value) });
    }
    (0,plan_step/* record */.g1)(step, `ENV ${pairs.map(({ name, value }) => `${name}=${value}`).join(' ')}`);
}
function reportSecret(step, instruction, name) {
    if (!(0,warnings/* namesSecret */.L)(name))
        return;
    step.context.warnings.add('SecretsUsedInArgOrEnv', `${instruction} ${name} looks like a secret, and everyone who has the image can read it; use RUN --mount=type=secret`, step.command.at);
}
function lowerLabel(step, instruction) {
    const pairs = instruction.pairs.map(({ key, value }) => [(0,plan_step/* expand */.fT)(step, key.value), (0,plan_step/* expand */.fT)(step, value.value)]);
    (0,plan_step/* setConfig */.Nk)(step, { Labels: { ...step.state.config.Labels, ...Object.fromEntries(pairs) } });
    (0,plan_step/* record */.g1)(step, `LABEL ${pairs.map(([name, value]) => `${name}=${value}`).join(' ')}`);
}
function lowerWord(step, instruction) {
    switch (instruction.kind) {
        case 'workdir':
            lowerWorkdir(step, (0,plan_step/* expand */.fT)(step, instruction.word.value));
            break;
        case 'user': {
            const user = (0,plan_step/* expand */.fT)(step, instruction.word.value);
            (0,plan_step/* setConfig */.Nk)(step, { User: user });
            (0,plan_step/* record */.g1)(step, `USER ${user}`);
            break;
        }
        case 'stopsignal':
            lowerStopSignal(step, (0,plan_step/* expand */.fT)(step, instruction.word.value));
            break;
        case 'maintainer':
            step.state.facts = { ...step.state.facts, author: instruction.word.value };
            (0,plan_step/* record */.g1)(step, `MAINTAINER ${instruction.word.value}`);
            break;
    }
}
function lowerWorkdir(step, path) {
    const { state, context } = step;
    const { os } = state.platform;
    if (!state.workdirSet && !(0,working_directory/* isAbsolutePath */.Z1)(path, os)) {
        context.warnings.add('WorkdirRelativePath', `WORKDIR ${path} depends on the directory that the base image happens to have; begin with /`, step.command.at);
    }
    state.workdirSet = true;
    const workdir = (0,working_directory/* resolveWorkdir */.HD)(state.config.WorkingDir ?? '', path, os);
    (0,plan_step/* setConfig */.Nk)(step, { WorkingDir: workdir });
    state.workdir = workdir.replaceAll(os === 'windows' ? '\\' : '/', '/');
    const createdBy = `WORKDIR ${state.workdir}`;
    if (state.workdir === '/') {
        (0,plan_step/* record */.g1)(step, createdBy);
        return;
    }
    (0,plan_step/* addLayer */.VE)(step, createdBy, {
        op: { kind: 'mkdir', path: state.workdir, user: state.config.User ?? '' },
        inputs: [state.vertex],
        inputNames: [(0,plan_step/* parentName */.Ot)(step)],
        name: (0,plan_step/* stepName */.u)(step, (0,plan_step/* shownInstruction */.ij)(step)),
    });
}
function lowerStopSignal(step, signal) {
    if (step.state.facts.platform.os === 'windows') {
        throw new errors/* BuildError */.zS({
            kind: 'user',
            code: 'NO_SIGNALS',
            message: 'A Windows image takes no STOPSIGNAL',
        });
    }
    checkStopSignal(signal);
    (0,plan_step/* setConfig */.Nk)(step, { StopSignal: signal });
    (0,plan_step/* record */.g1)(step, `STOPSIGNAL ${signal}`);
}
function lowerList(step, instruction) {
    if (instruction.kind === 'expose')
        lowerExpose(step, instruction);
    else
        lowerVolume(step, instruction);
}
function lowerExpose(step, instruction) {
    const { context, command, state } = step;
    const texts = instruction.words.map(({ value }) => value).sort();
    const words = texts.flatMap((text) => (0,expand/* processWords */.Pk)(text, state.env, { escape: context.escape }));
    const ports = words.flatMap((word) => {
        const spec = parsePort(word);
        if (spec.oddCase) {
            context.warnings.add('ExposeProtoCasing', `Write the protocol of "${word}" in lower case`, command.at);
        }
        if (spec.mapped) {
            const text = `EXPOSE takes the container's port only, not an address or a host port as in "${word}"`;
            context.warnings.add('ExposeInvalidFormat', text, command.at);
        }
        return spec.ports;
    });
    const exposed = Object.fromEntries(ports.map((port) => [port, {}]));
    (0,plan_step/* setConfig */.Nk)(step, { ExposedPorts: { ...state.config.ExposedPorts, ...exposed } });
    (0,plan_step/* record */.g1)(step, `EXPOSE ${(0,plan_history/* plainList */.FL)(ports)}`);
}
function lowerVolume(step, instruction) {
    const paths = instruction.words.map(({ value }) => (0,plan_step/* expand */.fT)(step, value));
    if (paths.includes('')) {
        throw new errors/* BuildError */.zS({
            kind: 'user',
            code: 'EMPTY_VOLUME',
            message: 'VOLUME names an empty path',
            hint: 'A variable in it may not be set.',
        });
    }
    const volumes = Object.fromEntries(paths.map((path) => [path, {}]));
    (0,plan_step/* setConfig */.Nk)(step, { Volumes: { ...step.state.config.Volumes, ...volumes } });
    (0,plan_step/* record */.g1)(step, `VOLUME ${(0,plan_history/* plainList */.FL)(paths)}`);
}
function lowerCommand(step, instruction) {
    const { command } = instruction;
    const name = instruction.kind === 'cmd' ? 'CMD' : 'ENTRYPOINT';
    const args = command.form === 'exec' ? command.argv : [...shellOf(step), command.text];
    if (command.form === 'shell' && (step.state.config.Shell ?? []).length === 0) {
        step.context.warnings.add('JSONArgsRecommended', `${name} runs in a shell, which does not pass signals on; write it as a JSON array`, step.command.at);
    }
    if (name === 'CMD') {
        (0,plan_step/* setConfig */.Nk)(step, { Cmd: args, ArgsEscaped: true });
    }
    else {
        (0,plan_step/* setConfig */.Nk)(step, step.seen.has('cmd') ? { Entrypoint: args } : { Entrypoint: args, Cmd: [] });
    }
    (0,plan_step/* record */.g1)(step, `${name} ${(0,plan_history/* quotedList */.p4)(args)}`);
}
/** The words that SHELL, the base or the system puts before a shell form. */
function shellOf(step) {
    const { config, facts } = step.state;
    if (config.Shell !== undefined && config.Shell.length > 0)
        return config.Shell;
    return facts.platform.os === 'windows' ? ['cmd', '/S', '/C'] : ['/bin/sh', '-c'];
}
function lowerShell(step, instruction) {
    (0,plan_step/* setConfig */.Nk)(step, { Shell: instruction.shell });
    (0,plan_step/* record */.g1)(step, `SHELL ${(0,plan_history/* plainList */.FL)(instruction.shell)}`);
}
function lowerHealthcheck(step, instruction) {
    const check = {
        Test: testOf(instruction),
        ...(instruction.interval === 0 ? {} : { Interval: instruction.interval }),
        ...(instruction.timeout === 0 ? {} : { Timeout: instruction.timeout }),
        ...(instruction.startPeriod === 0 ? {} : { StartPeriod: instruction.startPeriod }),
        ...(instruction.startInterval === 0 ? {} : { StartInterval: instruction.startInterval }),
        ...(instruction.retries === 0 ? {} : { Retries: instruction.retries }),
    };
    (0,plan_step/* setConfig */.Nk)(step, { Healthcheck: check });
    (0,plan_step/* record */.g1)(step, `HEALTHCHECK ${(0,plan_history/* healthcheckText */.kA)(check)}`);
}
function testOf({ none, command }) {
    if (none || command === undefined)
        return ['NONE'];
    return command.form === 'exec' ? ['CMD', ...command.argv] : ['CMD-SHELL', command.text];
}
/** Kept for those who build on this image; no history. */
function lowerOnbuild(step, instruction) {
    (0,plan_step/* setConfig */.Nk)(step, { OnBuild: [...(step.state.config.OnBuild ?? []), instruction.expression] });
}


/***/ }),

/***/ 3205:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  Ym: () => (/* binding */ gitSource),
  YA: () => (/* binding */ httpOp),
  fi: () => (/* binding */ lowerCopy)
});

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./lib/base/errors.js
var errors = __webpack_require__(7594);
// EXTERNAL MODULE: ./lib/image/digest.js
var digest = __webpack_require__(7241);
;// CONCATENATED MODULE: ./lib/plan/file-mode.js

const SYMBOLIC = /^[ugoa]*(?:[-+=][rwxXstugo]*)+(?:,[ugoa]*(?:[-+=][rwxXstugo]*)+)*$/;
/**
 * Is this a value for --chmod: octal up to 07777, or symbolic as chmod(1) takes it?
 * @throws BuildError `BAD_MODE`
 */
function checkFileMode(text) {
    if (/^[0-7]+$/.test(text) && Number.parseInt(text, 8) <= 0o7777)
        return;
    if (SYMBOLIC.test(text))
        return;
    throw new errors/* BuildError */.zS({
        kind: 'user',
        code: 'BAD_MODE',
        message: `"${text}" is not a mode for --chmod`,
        hint: /^\d/.test(text)
            ? 'Octal modes go from 0 to 07777.'
            : 'Write it in octal (755) or symbolically (u=rwX,go=rX).',
    });
}

// EXTERNAL MODULE: ./lib/plan/git-reference.js
var git_reference = __webpack_require__(703);
// EXTERNAL MODULE: ./lib/plan/hidden-credentials.js
var hidden_credentials = __webpack_require__(5484);
// EXTERNAL MODULE: ./lib/plan/lower-run.js
var lower_run = __webpack_require__(7218);
// EXTERNAL MODULE: ./lib/plan/stage-node.js
var stage_node = __webpack_require__(6846);
// EXTERNAL MODULE: ./lib/plan/step.js
var plan_step = __webpack_require__(9385);
// EXTERNAL MODULE: ./lib/plan/working-directory.js
var working_directory = __webpack_require__(3702);
;// CONCATENATED MODULE: ./lib/plan/lower-copy.js










/** Digits of a commit's whole name. */
const SHA1_LENGTH = 40;
const SHA256_LENGTH = 64;
function lowerCopy(step, instruction) {
    const copy = readCopy(step, instruction);
    check(copy);
    const name = (0,plan_step/* stepName */.u)(step, (0,hidden_credentials/* withoutCredentials */.r)((0,plan_step/* shownInstruction */.ij)(step)));
    const inputs = new plan_step/* InputList */.xB();
    inputs.add(step.state.vertex, (0,plan_step/* parentName */.Ot)(step));
    const sources = copy.sources.map((source) => lowerSource(step, copy, source, inputs, name));
    for (const { name: file, content } of copy.inline)
        sources.push({ kind: 'inline', name: file, content });
    const op = {
        kind: 'copy',
        instruction: copy.keyword,
        sources,
        destination: (0,working_directory/* resolveDestination */.H$)(step.state.workdir, copy.destination, step.state.platform.os),
        link: instruction.link && copy.chmod === '',
        parents: instruction.parents,
        exclude: instruction.exclude.map(({ value }) => value),
        unpack: unpackOf(instruction),
        ...(copy.chown === '' ? {} : { chown: copy.chown }),
        ...(copy.chmod === '' ? {} : { chmod: copy.chmod }),
    };
    (0,plan_step/* addLayer */.VE)(step, historyText(copy), { op, inputs: inputs.ids, inputNames: inputs.names, name });
}
function readCopy(step, instruction) {
    const text = (value) => value === undefined ? '' : (0,plan_step/* expand */.fT)(step, value.value);
    const sources = instruction.sources.map(({ value }) => (0,plan_step/* expand */.fT)(step, value));
    const destination = (0,plan_step/* expand */.fT)(step, instruction.destination.value);
    return {
        instruction,
        keyword: instruction.kind === 'copy' ? 'COPY' : 'ADD',
        sources,
        destination,
        chown: text(instruction.chown),
        chmod: text(instruction.chmod),
        checksum: text(instruction.checksum),
        inline: instruction.inlineSources.map(({ heredoc }) => {
            const body = (0,lower_run/* bodyOf */.E)(heredoc);
            return { name: heredoc.name, content: heredoc.expand ? (0,plan_step/* expandBody */.B0)(step, body) : body };
        }),
    };
}
function unpackOf({ kind, unpack }) {
    if (unpack !== undefined)
        return unpack ? 'always' : 'never';
    return kind === 'add' ? 'auto' : 'never';
}
function check({ chmod, checksum, sources }) {
    if (chmod !== '')
        checkFileMode(chmod);
    if (checksum === '')
        return;
    const [source = '', second] = sources;
    if (second === undefined && (isHttp(source) || gitOf(source) !== undefined))
        return;
    throw new errors/* BuildError */.zS({
        kind: 'user',
        code: 'BAD_CHECKSUM',
        message: '--checksum is for one http or Git source',
    });
}
/** A Git reference, unless it is one of those that look like a local path. */
function gitOf(source) {
    const reference = (0,git_reference/* parseGitReference */.B)(source);
    return reference?.looksLocal === true ? undefined : reference;
}
function isHttp(source) {
    return /^https?:\/\//.test(source) && (0,git_reference/* parseGitReference */.B)(source) === undefined;
}
function lowerSource(step, copy, source, inputs, name) {
    const git = gitOf(source);
    if (git === undefined && !isHttp(source))
        return lowerPath(step, copy, source, inputs);
    if (copy.keyword === 'COPY') {
        throw new errors/* BuildError */.zS({
            kind: 'user',
            code: 'REMOTE_COPY',
            message: `COPY cannot fetch ${(0,hidden_credentials/* withoutCredentials */.r)(source)}`,
            hint: 'ADD can.',
        });
    }
    const op = git === undefined ? httpOp(source, copy.checksum) : gitOp(git, copy);
    const vertex = step.context.graph.add({ op, inputs: [], inputNames: [], name, at: step.command.at });
    return { kind: 'remote', from: inputs.add(vertex, (0,hidden_credentials/* withoutCredentials */.r)(source)) };
}
function lowerPath(step, copy, pattern, inputs) {
    const source = step.command.sources[0];
    if (source === undefined) {
        reportIgnored(step, copy, pattern);
        return { kind: 'path', from: inputs.add((0,plan_step/* mainContext */.Xq)(step), 'build context'), pattern };
    }
    const { vertex } = (0,stage_node/* stateOf */.L)(source, step, 'copies');
    return { kind: 'path', from: inputs.add(vertex, (0,plan_step/* sourceName */.VZ)(source)), pattern };
}
function reportIgnored(step, copy, pattern) {
    if (!step.context.isIgnored(pattern))
        return;
    const text = `${copy.keyword} ${pattern} finds nothing: the ignore file leaves it out`;
    step.context.warnings.add('CopyIgnoredFile', text, step.command.at);
}
function httpOp(url, checksum = '', filename = filenameOf(url)) {
    return { kind: 'http', url, filename, ...(checksum === '' ? {} : { checksum: lower_copy_digest(checksum) }) };
}
function lower_copy_digest(text) {
    try {
        return (0,digest/* parseDigest */.m)(text);
    }
    catch (error) {
        throw new errors/* BuildError */.zS({
            kind: 'user',
            code: 'BAD_CHECKSUM',
            message: `--checksum: ${(0,errors/* toBuildError */.KB)(error).message}`,
            hint: (0,errors/* toBuildError */.KB)(error).hint,
        });
    }
}
/** Last part of the address's path; what would lead out of the destination is called as in BuildKit. */
function filenameOf(url) {
    try {
        const base = external_node_path_.posix.basename(decodeURIComponent(new URL(url).pathname));
        if (base === '..')
            return 'download';
        return base === '' || base === '.' ? '__unnamed__' : base;
    }
    catch {
        return '__unnamed__';
    }
}
function gitOp(reference, { instruction, checksum }) {
    const { keepGitDir } = instruction;
    if (keepGitDir !== undefined && reference.keepGitDir !== undefined && keepGitDir !== reference.keepGitDir) {
        throw disagreement('--keep-git-dir');
    }
    if (checksum !== '' && reference.checksum !== undefined && checksum !== reference.checksum) {
        throw disagreement('--checksum');
    }
    const commit = checksum === '' ? reference.checksum : checksum;
    if (commit !== undefined && !/^[0-9a-f]{1,64}$/i.test(commit)) {
        throw new errors/* BuildError */.zS({
            kind: 'user',
            code: 'BAD_CHECKSUM',
            message: `"${commit}" is no checksum for a Git source`,
            hint: 'It is the hash of the commit in hexadecimal, or the beginning of it.',
        });
    }
    return gitSource({
        ...reference,
        keepGitDir: reference.keepGitDir ?? keepGitDir ?? false,
        ...(commit === undefined ? {} : { checksum: commit }),
    });
}
function gitSource(reference) {
    const { remote, subdir, checksum, mtime } = reference;
    const ref = refOf(reference);
    return {
        kind: 'git',
        url: reference.looksLocal ? `https://${remote}` : remote,
        keepGitDir: reference.keepGitDir ?? false,
        submodules: reference.submodules ?? true,
        ...(ref === undefined ? {} : { ref }),
        ...(subdir === undefined ? {} : { subdir }),
        ...(checksum === undefined ? {} : { checksum }),
        ...(mtime === undefined ? {} : { mtime }),
        ...(reference.fetchByCommit === true ? { fetchByCommit: true } : {}),
    };
}
/** A commit says what to fetch where nothing else does, but servers know none by the beginning of its name. */
function refOf({ ref, checksum, fetchByCommit }) {
    if (checksum === undefined || (ref !== undefined && ref !== checksum))
        return ref;
    const isWhole = checksum.length === SHA1_LENGTH || checksum.length === SHA256_LENGTH;
    return isWhole && fetchByCommit !== true ? checksum.toLowerCase() : undefined;
}
function disagreement(flag) {
    return new errors/* BuildError */.zS({
        kind: 'user',
        code: 'BAD_GIT_REFERENCE',
        message: `${flag} and the address say different things`,
    });
}
/** As the history tells it: --from, --link and --exclude are not shown. */
function historyText(copy) {
    const words = [
        copy.keyword,
        ...(copy.instruction.parents ? ['--parents'] : []),
        ...(copy.chown === '' ? [] : [`--chown=${copy.chown}`]),
        ...(copy.chmod === '' ? [] : [`--chmod=${copy.chmod}`]),
        ...copy.sources.map(hidden_credentials/* withoutCredentials */.r),
        ...copy.inline.map(({ name }) => `<<${name}`),
        copy.destination,
    ];
    return words.join(' ');
}


/***/ }),

/***/ 7218:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   E: () => (/* binding */ bodyOf),
/* harmony export */   X: () => (/* binding */ lowerRun)
/* harmony export */ });
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6760);
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7594);
/* harmony import */ var _dockerfile_instruction_run_mount_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(9169);
/* harmony import */ var _lower_config_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(8431);
/* harmony import */ var _mount_names_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(8451);
/* harmony import */ var _stage_node_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(6846);
/* harmony import */ var _step_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(9385);







/** Where a script with `#!` is put for a RUN. */
const SCRIPTS = '/dev/pipes';
function lowerRun(step, instruction) {
    const { state, context } = step;
    const script = scriptOf(step, instruction);
    if (script.args.length === 0) {
        throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .BuildError */ .zS({
            kind: 'user',
            code: 'NO_COMMAND',
            message: 'RUN [] has nothing to run',
            hint: 'The first element of the array is the program.',
        });
    }
    const inputs = new _step_js__WEBPACK_IMPORTED_MODULE_6__/* .InputList */ .xB();
    inputs.add(state.vertex, (0,_step_js__WEBPACK_IMPORTED_MODULE_6__/* .parentName */ .Ot)(step));
    const specs = instruction.mounts.map((mount) => (0,_dockerfile_instruction_run_mount_js__WEBPACK_IMPORTED_MODULE_2__/* .readMount */ .O)(mount, (value) => (0,_step_js__WEBPACK_IMPORTED_MODULE_6__/* .expand */ .fT)(step, value)));
    const mounts = specs.map((spec, index) => lowerMount(step, spec, step.command.sources[index], inputs, sshIndex(specs, index)));
    const op = {
        kind: 'run',
        args: script.args,
        env: state.env.lines(),
        cwd: state.workdir,
        user: state.config.User ?? '',
        mounts,
        network: instruction.network === 'default' ? context.options.network : instruction.network,
        security: instruction.security,
        hostname: context.hostname,
        extraHosts: context.options.addHosts,
        platform: state.platform,
        ...programsOf(state),
        ...(script.file === undefined ? {} : { scriptFile: script.file }),
        ...(context.proxyEnv.length === 0 ? {} : { proxyEnv: context.proxyEnv }),
        ...argNames(step),
        ...(instruction.devices.length === 0 ? {} : { devices: instruction.devices.map(({ value }) => value) }),
    };
    const shown = (0,_step_js__WEBPACK_IMPORTED_MODULE_6__/* .shownInstruction */ .ij)(step, { rawQuotes: true, skipUnset: true }, withMaskedSecrets(state.env, specs));
    (0,_step_js__WEBPACK_IMPORTED_MODULE_6__/* .addLayer */ .VE)(step, `RUN ${[...argList(step), ...script.args].join(' ')}`, {
        op,
        inputs: inputs.ids,
        inputNames: inputs.names,
        name: (0,_step_js__WEBPACK_IMPORTED_MODULE_6__/* .stepName */ .u)(step, script.summary === undefined ? shown : `${shown} (${script.summary})`),
    });
}
function argNames(step) {
    const names = [...new Set(step.state.args.map(({ name }) => name))];
    return names.length === 0 ? {} : { argNames: names };
}
/** `|2 a=1 b=`: the declared arguments with their values now, each at its first place. */
function argList(step) {
    const values = new Map();
    for (const { name, value } of step.state.args)
        values.set(name, step.state.env.get(name) ?? value ?? '');
    if (values.size === 0)
        return [];
    return [`|${values.size}`, ...Array.from(values, ([name, value]) => `${name}=${value}`)];
}
function scriptOf(step, { command, heredocs }) {
    if (command.form === 'exec')
        return { args: command.argv };
    const [first] = heredocs;
    if (first === undefined)
        return { args: [...(0,_lower_config_js__WEBPACK_IMPORTED_MODULE_3__/* .shellOf */ .of)(step), command.text] };
    if (!isOnlyMarker(command.text)) {
        const text = [command.text, ...heredocs.map(({ content, name }) => content + name)].join('\n');
        return { args: [...(0,_lower_config_js__WEBPACK_IMPORTED_MODULE_3__/* .shellOf */ .of)(step), text] };
    }
    const body = bodyOf(first);
    const summary = summarize(first.content);
    if (!body.startsWith('#!') || step.state.facts.platform.os === 'windows') {
        return { args: [...(0,_lower_config_js__WEBPACK_IMPORTED_MODULE_3__/* .shellOf */ .of)(step), body], summary };
    }
    const path = node_path__WEBPACK_IMPORTED_MODULE_0__.posix.join(SCRIPTS, first.name);
    return { args: [...(0,_lower_config_js__WEBPACK_IMPORTED_MODULE_3__/* .shellOf */ .of)(step), path], summary, file: { path, content: body } };
}
/** Is the whole line one heredoc marker? Then its body is the script. */
function isOnlyMarker(line) {
    return /^\d*<<-?\s*(?:"[^"]*"|'[^']*'|\\.|[^\s"'\\<])+$/s.test(line.trim());
}
/** See RunOp.programs. */
function programsOf({ platform, facts }) {
    const { os, architecture } = facts.platform;
    const same = os === platform.os && architecture === platform.architecture;
    return same || architecture === '' ? {} : { programs: facts.platform };
}
/** The body with the leading tabs of `<<-` cut. */
function bodyOf(heredoc) {
    return heredoc.chomp ? heredoc.content.replace(/^\t+/gm, '') : heredoc.content;
}
function summarize(content) {
    const [first = '', ...others] = content.trim().split(/\r?\n/);
    return others.length === 0 ? first : `${first}...`;
}
function withMaskedSecrets(env, specs) {
    return specs.reduce((masked, spec) => spec.type === 'secret' && spec.env !== undefined ? masked.with(spec.env, '****') : masked, env);
}
/** Position among the ssh mounts: the default socket is numbered. */
function sshIndex(specs, index) {
    return specs.slice(0, index).filter(({ type }) => type === 'ssh').length;
}
function lowerMount(step, spec, source, inputs, position) {
    switch (spec.type) {
        case 'secret':
            return lowerSecret(step, spec);
        case 'ssh':
            return lowerSsh(step, spec, position);
        case 'tmpfs':
            return {
                type: 'tmpfs',
                target: targetOf(step, spec.target),
                readonly: spec.readonly,
                ...(spec.size === 0 ? {} : { size: spec.size }),
            };
        case 'cache':
            return lowerCache(step, spec, source, inputs);
        case 'bind':
            return {
                type: 'bind',
                from: bindSource(step, spec, source, inputs),
                source: node_path__WEBPACK_IMPORTED_MODULE_0__.posix.join('/', spec.source),
                target: targetOf(step, spec.target),
                readonly: spec.readonly,
            };
    }
}
function bindSource(step, spec, source, inputs) {
    if (spec.from === '' || source === undefined)
        return inputs.add((0,_step_js__WEBPACK_IMPORTED_MODULE_6__/* .mainContext */ .Xq)(step), 'build context');
    return inputs.add((0,_stage_node_js__WEBPACK_IMPORTED_MODULE_5__/* .stateOf */ .L)(source, step, 'mounts').vertex, (0,_step_js__WEBPACK_IMPORTED_MODULE_6__/* .sourceName */ .VZ)(source));
}
/** `from` gives a new cache its first content. One with a mode or an owner begins empty; beside `source` those count for nothing, as in BuildKit. */
function lowerCache(step, spec, source, inputs) {
    const path = node_path__WEBPACK_IMPORTED_MODULE_0__.posix.join('/', spec.source);
    const shape = path === '/' ? { mode: spec.mode, uid: spec.uid, gid: spec.gid } : {};
    const seed = spec.from === '' || source === undefined
        ? undefined
        : inputs.add((0,_stage_node_js__WEBPACK_IMPORTED_MODULE_5__/* .stateOf */ .L)(source, step, 'mounts').vertex, (0,_step_js__WEBPACK_IMPORTED_MODULE_6__/* .sourceName */ .VZ)(source));
    return {
        type: 'cache',
        id: cacheId(step, spec),
        target: targetOf(step, spec.target),
        readonly: spec.readonly,
        sharing: spec.sharing ?? 'shared',
        source: path,
        mode: shape.mode ?? 0o755,
        uid: shape.uid ?? 0,
        gid: shape.gid ?? 0,
        ...(seed === undefined ? {} : { from: seed }),
        ...((shape.mode ?? shape.uid ?? shape.gid) === undefined ? {} : { shaped: true }),
    };
}
function cacheId(step, spec) {
    const id = spec.id === '' ? node_path__WEBPACK_IMPORTED_MODULE_0__.posix.normalize(spec.target) : spec.id;
    const { cacheNamespace } = step.context;
    return cacheNamespace === '' ? id : `${cacheNamespace}/${id}`;
}
function lowerSecret(step, spec) {
    const { id, target } = (0,_mount_names_js__WEBPACK_IMPORTED_MODULE_4__/* .secretPlace */ .M)(spec);
    return {
        type: 'secret',
        id,
        required: spec.required,
        mode: spec.mode ?? 0o400,
        uid: spec.uid ?? 0,
        gid: spec.gid ?? 0,
        ...(target === undefined ? {} : placed(step, target)),
        ...(spec.env === undefined ? {} : { env: spec.env }),
    };
}
function lowerSsh(step, spec, position) {
    if (spec.source !== '') {
        throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .BuildError */ .zS({
            kind: 'user',
            code: 'BAD_MOUNT',
            message: '"source" does not go with a mount of type ssh',
            hint: 'Name the agent with id=…',
        });
    }
    const target = spec.target === '' ? `/run/buildkit/ssh_agent.${position}` : spec.target;
    return {
        type: 'ssh',
        id: spec.id === '' ? 'default' : spec.id,
        ...placed(step, target),
        required: spec.required,
        mode: spec.mode ?? 0o600,
        uid: spec.uid ?? 0,
        gid: spec.gid ?? 0,
    };
}
/** Where a file or socket goes, and how that was written when it was written in another way. */
function placed(step, written) {
    const target = node_path__WEBPACK_IMPORTED_MODULE_0__.posix.resolve('/', step.state.workdir, written);
    return target === written ? { target } : { target, written };
}
/** Absolute; relative ones and none at all are below the working directory. */
function targetOf(step, target) {
    const absolute = node_path__WEBPACK_IMPORTED_MODULE_0__.posix.isAbsolute(target) ? target : node_path__WEBPACK_IMPORTED_MODULE_0__.posix.join('/', step.state.workdir, target);
    const clean = node_path__WEBPACK_IMPORTED_MODULE_0__.posix.resolve('/', absolute);
    if (clean !== '/')
        return clean;
    throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .BuildError */ .zS({
        kind: 'user',
        code: 'BAD_MOUNT',
        message: 'A mount cannot take the place of the root folder',
        hint: 'Give it a target=…',
    });
}


/***/ }),

/***/ 8451:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   M: () => (/* binding */ secretPlace),
/* harmony export */   V: () => (/* binding */ mountSource)
/* harmony export */ });
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6760);
/* harmony import */ var _dockerfile_instruction_csv_record_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8383);


/** The stage, context or image that a mount reads from; empty for none. It holds no variable (the parser sees to that). */
function mountSource(mount) {
    const fields = (0,_dockerfile_instruction_csv_record_js__WEBPACK_IMPORTED_MODULE_1__/* .splitRecord */ .I)(mount);
    if (typeof fields === 'string')
        return '';
    return fields.findLast((field) => /^from=/i.test(field))?.slice('from='.length) ?? '';
}
/** Which secret a mount means, and the path of its file; no path when only a variable is asked for. */
function secretPlace(spec) {
    const named = spec.source === '' ? spec.id : spec.source;
    const id = named === '' ? node_path__WEBPACK_IMPORTED_MODULE_0__.posix.basename(spec.target) : named;
    if (spec.target !== '')
        return { id, target: spec.target };
    return spec.env === undefined ? { id, target: `/run/secrets/${node_path__WEBPACK_IMPORTED_MODULE_0__.posix.basename(id)}` } : { id };
}


/***/ }),

/***/ 540:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $C: () => (/* binding */ fullPlatform),
/* harmony export */   HM: () => (/* binding */ withPlatformArgs),
/* harmony export */   OZ: () => (/* binding */ crossTarget)
/* harmony export */ });
/* harmony import */ var _image_platform_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8758);

/** `os/architecture[/variant]`, with the system's version in brackets when there is one: `windows(10.0.20348)/amd64`. */
function fullPlatform(platform) {
    const text = (0,_image_platform_js__WEBPACK_IMPORTED_MODULE_0__/* .formatPlatform */ .Bq)(platform);
    const version = platform['os.version'];
    return version === undefined ? text : text.replace(/^[^/]*/, (os) => `${os}(${version})`);
}
/** The arguments that every Dockerfile has without declaring them globally; a build arg of the same name wins. */
function withPlatformArgs(environment, places, buildArgs) {
    const values = [
        ...platformValues('BUILD', places.build),
        ...platformValues('TARGET', places.target),
        ['TARGETSTAGE', places.targetStage],
    ];
    return values.reduce((env, [name, value]) => env.with(name, buildArgs.get(name) ?? value), environment);
}
function platformValues(prefix, platform) {
    return [
        [`${prefix}PLATFORM`, fullPlatform(platform)],
        [`${prefix}OS`, platform.os],
        [`${prefix}OSVERSION`, platform['os.version'] ?? ''],
        [`${prefix}ARCH`, platform.architecture],
        [`${prefix}VARIANT`, platform.variant ?? ''],
    ];
}
/** `->arm64`: shown after the platform that a step runs on when its TARGET… variables say that it makes something for another. */
function crossTarget(running, environment) {
    const target = platformFrom(running, environment);
    if (target === undefined)
        return '';
    if (target.os !== running.os)
        return `->${fullPlatform(target)}`;
    if (target.architecture === running.architecture)
        return '';
    return `->${target.architecture}${target.variant === undefined ? '' : `/${target.variant}`}`;
}
function platformFrom(running, environment) {
    const whole = environment.get('TARGETPLATFORM');
    if (whole !== undefined) {
        try {
            return (0,_image_platform_js__WEBPACK_IMPORTED_MODULE_0__/* .parsePlatform */ .FL)(whole, running);
        }
        catch {
            // Someone's own value: look at the parts.
        }
    }
    const os = environment.get('TARGETOS');
    const architecture = environment.get('TARGETARCH');
    const variant = environment.get('TARGETVARIANT');
    if (os === undefined && architecture === undefined && variant === undefined)
        return undefined;
    return (0,_image_platform_js__WEBPACK_IMPORTED_MODULE_0__/* .normalisePlatform */ .WN)({
        os: os === undefined || os === '' ? running.os : os,
        architecture: architecture === undefined || architecture === '' ? running.architecture : architecture,
        ...(variant === undefined || variant === '' ? {} : { variant }),
    });
}


/***/ }),

/***/ 6846:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   L: () => (/* binding */ stateOf)
/* harmony export */ });
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7594);

/**
 * What a step reads of another stage. A trigger may name the stage that it is run in, and reads what is there by then.
 * @throws BuildError when the stage comes later in the file
 */
function stateOf(source, reader, verb) {
    const state = source === reader.node ? reader.state : source.state;
    if (state !== undefined)
        return state;
    throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildError */ .zS({
        kind: 'user',
        code: 'STAGE_ORDER',
        message: `Stage "${reader.node.label}" ${verb} from stage "${source.label}", which comes later in the file`,
        hint: 'Move the stage up.',
    });
}


/***/ }),

/***/ 9385:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   B0: () => (/* binding */ expandBody),
/* harmony export */   Nk: () => (/* binding */ setConfig),
/* harmony export */   Ot: () => (/* binding */ parentName),
/* harmony export */   VE: () => (/* binding */ addLayer),
/* harmony export */   VZ: () => (/* binding */ sourceName),
/* harmony export */   Xq: () => (/* binding */ mainContext),
/* harmony export */   fT: () => (/* binding */ expand),
/* harmony export */   g1: () => (/* binding */ record),
/* harmony export */   i$: () => (/* binding */ NOT_IN_ENVIRONMENT),
/* harmony export */   ij: () => (/* binding */ shownInstruction),
/* harmony export */   jN: () => (/* binding */ numbered),
/* harmony export */   u: () => (/* binding */ stepName),
/* harmony export */   xB: () => (/* binding */ InputList)
/* harmony export */ });
/* harmony import */ var _dockerfile_expand_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2460);
/* harmony import */ var _history_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7051);
/* harmony import */ var _platform_args_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(540);



/** Arguments whose values never become variables of RUN. */
const NOT_IN_ENVIRONMENT = new Set([
    'BUILDKIT_SBOM_SCAN_CONTEXT',
    'BUILDKIT_SBOM_SCAN_STAGE',
]);
/** One word after expansion; names that are not set are reported. */
function expand(step, text) {
    const { value, unmatched } = (0,_dockerfile_expand_js__WEBPACK_IMPORTED_MODULE_0__/* .expandWord */ .Vo)(text, step.state.env, { escape: step.context.escape });
    reportUnset(step, unmatched);
    return value;
}
/** The body of an unquoted heredoc after expansion. */
function expandBody(step, body) {
    const { value, unmatched } = (0,_dockerfile_expand_js__WEBPACK_IMPORTED_MODULE_0__/* .expandHeredoc */ .nk)(body, step.state.env);
    reportUnset(step, unmatched);
    return value;
}
function reportUnset(step, unmatched) {
    const { state, context, command } = step;
    for (const name of unmatched) {
        if (NOT_IN_ENVIRONMENT.has(name) || state.args.some((arg) => arg.name === name))
            continue;
        context.warnings.undefinedVariable(name, state.env.names(), command.at);
    }
}
function setConfig(step, fields) {
    step.state.config = { ...step.state.config, ...fields };
}
/** History of a step without a layer. */
function record(step, createdBy) {
    step.state.history = [...step.state.history, { entry: (0,_history_js__WEBPACK_IMPORTED_MODULE_1__/* .historyEntry */ .xg)(createdBy, false) }];
}
/** Makes a vertex of the step the new top of the stage, with its history. */
function addLayer(step, createdBy, vertex) {
    const { command, context } = step;
    // What WORKDIR makes never changes, so no-cache is not about it (as in BuildKit).
    const noCache = step.noCache && vertex.op.kind !== 'mkdir';
    const id = context.graph.add({ ...vertex, step: stepIdentity(step), at: command.at, noCache });
    step.state.vertex = id;
    step.state.chain = [...step.state.chain, id];
    step.state.history = [...step.state.history, { entry: (0,_history_js__WEBPACK_IMPORTED_MODULE_1__/* .historyEntry */ .xg)(createdBy, true), vertex: id }];
}
/** Which step this is whatever it says: `linux/arm64 build RUN 2`, behind the place of the Dockerfile where that is given. */
function stepIdentity({ context, node, state, command }) {
    const { kind } = command.instruction;
    const same = node.commands.filter(({ instruction }) => instruction.kind === kind);
    const platform = context.showPlatform ? `${(0,_platform_args_js__WEBPACK_IMPORTED_MODULE_2__/* .fullPlatform */ .$C)(state.platform)} ` : '';
    const place = context.options.place === undefined ? '' : `${context.options.place} `;
    return `${place}${platform}${node.label} ${kind.toUpperCase()} ${same.indexOf(command) + 1}`;
}
/** What the vertex below a step is called in words of its key. */
function parentName(step) {
    const { state } = step;
    if (state.chain.length > 1)
        return 'previous step';
    return state.base === undefined ? 'scratch' : `base image ${withoutDigest(state.base.reference)}`;
}
function sourceName(node) {
    if (node.stage !== undefined)
        return `stage ${node.label}`;
    const reference = node.resolved?.reference;
    return reference === undefined ? `context ${node.label}` : `image ${withoutDigest(reference)}`;
}
function withoutDigest(reference) {
    const at = reference.indexOf('@');
    return at === -1 ? reference : reference.slice(0, at);
}
/** `[linux/arm64 build 2/5] RUN make`. Counts the step. */
function stepName(step, text) {
    const { context, counter, node, state, command } = step;
    const platform = (0,_platform_args_js__WEBPACK_IMPORTED_MODULE_2__/* .fullPlatform */ .$C)(state.platform) + (0,_platform_args_js__WEBPACK_IMPORTED_MODULE_2__/* .crossTarget */ .OZ)(state.platform, state.env);
    return numbered(context, node, counter, platform, command.triggered ? `ONBUILD ${text}` : text);
}
/** Puts platform, stage and position before a text. */
function numbered(context, node, counter, platform, text) {
    if (counter.total === 0)
        return text;
    counter.done += 1;
    const position = String(counter.done).padStart(String(counter.total).length);
    const parts = [context.showPlatform ? platform : '', context.showStage ? node.label : ''];
    return `[${[...parts, `${position}/${counter.total}`].filter((part) => part !== '').join(' ')}] ${text}`;
}
/** An instruction as names show it: on one line, with the values of its variables. */
function shownInstruction(step, options = {}, env = step.state.env) {
    const { instruction } = step.command;
    const flags = instruction.flags.map(({ name, value }) => value === undefined ? `--${name}` : `--${name}=${value}`);
    const words = [instruction.keyword.value.toUpperCase(), ...flags, instruction.args.value.trim()];
    const text = words.filter((word) => word !== '').join(' ');
    try {
        return (0,_dockerfile_expand_js__WEBPACK_IMPORTED_MODULE_0__/* .expandWord */ .Vo)(text, env, { escape: step.context.escape, ...options }).value;
    }
    catch {
        return text;
    }
}
/** Inputs of a vertex under construction, each once. */
class InputList {
    ids = [];
    names = [];
    /** Its index. */
    add(id, name) {
        const known = this.ids.indexOf(id, 1);
        if (known > 0)
            return known;
        this.names.push(name);
        return this.ids.push(id) - 1;
    }
}
/** The main build context. */
function mainContext(step) {
    return step.context.graph.add({
        op: { kind: 'local', context: 'context' },
        inputs: [],
        inputNames: [],
        name: '[internal] load build context',
    });
}


/***/ }),

/***/ 7282:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   L: () => (/* binding */ namesSecret),
/* harmony export */   e: () => (/* binding */ Warnings)
/* harmony export */ });
/* harmony import */ var _dockerfile_suggest_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5472);

/** Collects findings of build checks; texts are ours, rule names BuildKit's. */
class Warnings {
    #list = [];
    get all() {
        return this.#list;
    }
    add(rule, message, at) {
        this.#list.push({ rule, message, at });
    }
    undefinedVariable(name, known, at) {
        this.add('UndefinedVar', `$${name} is not set here${alternative(name, known)}`, at);
    }
    undefinedInFrom(name, known, at) {
        const text = `FROM uses $${name}, which no ARG before the first FROM declares`;
        this.add('UndefinedArgInFrom', text + alternative(name, known), at);
    }
}
function alternative(name, known) {
    const option = (0,_dockerfile_suggest_js__WEBPACK_IMPORTED_MODULE_0__/* .nearest */ .p)(name, known);
    return option === undefined ? '' : `; did you mean $${option}?`;
}
const SECRET = /(?:^|_)(?:apikey|auth|credentials?|key|password|pword|passwd|secret|token)(?:_|$)/i;
const HARMLESS = /(?:^|_)(?:public|file|version)(?:_|$)/i;
/** Does the name of a variable say that its value is a secret? */
function namesSecret(name) {
    return SECRET.test(name) && !HARMLESS.test(name);
}


/***/ }),

/***/ 3702:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   H$: () => (/* binding */ resolveDestination),
/* harmony export */   HD: () => (/* binding */ resolveWorkdir),
/* harmony export */   Z1: () => (/* binding */ isAbsolutePath)
/* harmony export */ });
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6760);
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7594);


/**
 * WORKDIR on top of the current directory: relative text is joined and cleaned, absolute text is kept as it is, empty text stays.
 * The result is absolute; for Windows with backslashes and without a drive letter.
 * @throws BuildError `BAD_PATH` for a Windows path off the system drive
 */
function resolveWorkdir(current, text, os) {
    const path = absolute(current, text, os);
    return os === 'windows' ? path.replaceAll('/', '\\') : path;
}
/**
 * Destination of COPY and ADD, absolute with forward slashes. A trailing `/` or `/.` is kept: it says "a folder".
 * @throws BuildError `BAD_PATH`
 */
function resolveDestination(current, text, os) {
    const path = withoutDrive(text, os);
    const written = path === '' || path === '.' ? './' : path;
    return keepSlash(absolute(withoutDrive(current, os), written, os), written);
}
function isAbsolutePath(text, os) {
    return node_path__WEBPACK_IMPORTED_MODULE_0__.posix.isAbsolute(os === 'windows' ? text.replaceAll('\\', '/').replace(/^[a-zA-Z]:/, '') : text);
}
function absolute(current, text, os) {
    const parent = node_path__WEBPACK_IMPORTED_MODULE_0__.posix.join('/', withoutDrive(current, os));
    const start = isAbsolutePath(withoutDrive(current, os), os) ? withoutDrive(current, os) : parent;
    const path = withoutDrive(text, os);
    if (path === '')
        return start;
    return node_path__WEBPACK_IMPORTED_MODULE_0__.posix.isAbsolute(path) ? path : withoutTrailingSlash(node_path__WEBPACK_IMPORTED_MODULE_0__.posix.join(start, path));
}
/** Node's join keeps a trailing slash, Go's does not. */
function withoutTrailingSlash(path) {
    return path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path;
}
function keepSlash(path, written) {
    if (written.endsWith('/') && !path.endsWith('/'))
        return `${path}/`;
    if (written.endsWith('/.') && !path.endsWith('/.'))
        return path === '/' ? '/.' : `${path}/.`;
    return path;
}
function withoutDrive(text, os) {
    if (os !== 'windows' || text === '')
        return text;
    const path = text.replaceAll('\\', '/');
    const drive = /^([^:]*):(.*)$/s.exec(path);
    if (path.startsWith('//') || /^.:$/s.test(path) || (drive !== null && drive[1]?.toLowerCase() !== 'c')) {
        throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .BuildError */ .zS({
            kind: 'user',
            code: 'BAD_PATH',
            message: `"${text}" is not a path on the system drive`,
            hint: 'A Windows image has the drive C: only.',
        });
    }
    return withoutTrailingSlash(node_path__WEBPACK_IMPORTED_MODULE_0__.posix.normalize(drive === null ? path : (drive[2] ?? '')));
}


/***/ }),

/***/ 228:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   g: () => (/* binding */ RegistryError),
/* harmony export */   z: () => (/* binding */ refusalError)
/* harmony export */ });
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7594);

/** A registry refused, failed, or was not there. */
class RegistryError extends _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildError */ .zS {
    temporary;
    retryAfter;
    status;
    constructor(facts) {
        super({
            kind: 'remote',
            code: facts.code,
            message: facts.message,
            hint: facts.hint,
            cause: facts.cause,
        });
        this.name = 'RegistryError';
        this.temporary = facts.temporary ?? false;
        this.retryAfter = facts.retryAfter;
        this.status = facts.status;
    }
}
/** A refusing answer as a typed error with what to do about it. */
function refusalError(request, refusal) {
    const code = codeOf(request, refusal);
    const name = `${request.repository.host}/${request.repository.path}`;
    const said = refusal.said === '' ? '' : `: ${refusal.said}`;
    return new RegistryError({
        code,
        message: `${name}: ${verb(request)} ${request.subject} ${OUTCOMES[code]} (HTTP ${refusal.status})${said}`,
        hint: hintOf(code, request),
        temporary: isTemporary(refusal.status),
        retryAfter: refusal.retryAfter,
        status: refusal.status,
    });
}
const OUTCOMES = {
    REGISTRY_UNREACHABLE: 'failed',
    UNAUTHORIZED: 'needs a login',
    DENIED: 'was denied',
    NOT_FOUND: 'failed, it is not there',
    RATE_LIMITED: 'was refused by the rate limit',
    NOT_TAKEN: 'failed',
    REGISTRY_ERROR: 'failed',
};
function verb(request) {
    return request.access === 'push' ? 'pushing' : 'pulling';
}
/** 500 is among them: registries answer so while their storage stumbles. */
function isTemporary(status) {
    return status === 408 || status === 425 || status === 429 || (status >= 500 && status !== 501);
}
function codeOf(request, refusal) {
    // Docker Hub reports its pull limit with this code, at times with another status than 429.
    if (refusal.status === 429 || refusal.codes.includes('TOOMANYREQUESTS'))
        return 'RATE_LIMITED';
    if (refusal.status === 401) {
        // Who they are is known then: it is their rights that do not reach.
        return request.login === 'accepted' ? 'DENIED' : 'UNAUTHORIZED';
    }
    if (refusal.status === 403)
        return 'DENIED';
    if (isNotTaken(request, refusal))
        return 'NOT_TAKEN';
    return refusal.status === 404 ? 'NOT_FOUND' : 'REGISTRY_ERROR';
}
/** OCI distribution-spec 1.1 "Error Codes"; some registries answer with the status of HTTP for it alone. */
function isNotTaken({ access }, { status, codes }) {
    if (access !== 'push' || isTemporary(status))
        return false;
    return status === 415 || codes.includes('MANIFEST_INVALID') || codes.includes('UNSUPPORTED');
}
function hintOf(code, request) {
    if (code === 'DENIED' && request.access === 'push')
        return pushHint(request.repository);
    if (code === 'DENIED')
        return 'The account that was used may not read this repository, or it does not exist.';
    if (code === 'UNAUTHORIZED')
        return loginHint(request);
    if (code === 'RATE_LIMITED')
        return limitHint(request);
    if (code === 'NOT_FOUND' && isEcr(request.repository.host)) {
        return 'Amazon ECR does not make repositories by itself: create it first.';
    }
    return undefined;
}
function loginHint(request) {
    if (request.login !== 'none')
        return 'The user name or the password (token) is wrong or has expired.';
    return `No credentials for ${request.repository.host} were given. If the repository exists and is public, check its name; else sign in.`;
}
function limitHint(request) {
    return request.login !== 'none'
        ? 'Wait, or name a mirror (registry-mirrors, --registry-mirror).'
        : `Sign in to ${request.repository.host} for a higher limit, or name a mirror (registry-mirrors, --registry-mirror).`;
}
function pushHint(repository) {
    if (repository.host === 'ghcr.io') {
        return 'The job needs "permissions: packages: write", and an existing package must give this repository write access (package settings, "Manage Actions access").';
    }
    if (isEcr(repository.host)) {
        return 'The role needs ecr:InitiateLayerUpload, ecr:UploadLayerPart, ecr:CompleteLayerUpload, ecr:BatchCheckLayerAvailability and ecr:PutImage on this repository, which must exist.';
    }
    if (/(^|\.)docker\.io$/.test(repository.host)) {
        return `The access token needs write permission, and the account must own the namespace "${repository.path.split('/')[0]}".`;
    }
    return 'The account that was used may not write to this repository.';
}
function isEcr(host) {
    return /\.dkr[.-]ecr[.-]/.test(host);
}


/***/ }),

/***/ 5565:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   H0: () => (/* binding */ isRefused),
/* harmony export */   HB: () => (/* binding */ unreachable),
/* harmony export */   aq: () => (/* binding */ agentsKnowProxies),
/* harmony export */   oO: () => (/* binding */ createTransport)
/* harmony export */ });
/* unused harmony export isTlsError */
/* harmony import */ var node_http__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7067);
/* harmony import */ var node_stream__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7075);
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(7594);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(228);
/* harmony import */ var _host_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(4845);





const IDLE_TIMEOUT = 180_000;
/** Milliseconds until a connection must stand. */
const CONNECT_TIMEOUT = 30_000;
/** Connections to one origin; more does not make a registry faster. */
const MAX_SOCKETS = 16;
function createTransport(options) {
    const routes = new Routes(options);
    return {
        send: async (request) => exchange(request, await routes.for(request), options),
        close: () => routes.close(),
    };
}
/** True when this Node's agents read proxy settings (since 22.21 and 24.5). */
function agentsKnowProxies(version = process.versions.node) {
    const [major = 0, minor = 0] = version.split('.').map(Number);
    return major > 24 || (major === 24 && minor >= 5) || (major === 22 && minor >= 21);
}
/** Connections that are kept for the next request. */
class Routes {
    #options;
    #routes = new Map();
    #agents = [];
    constructor(options) {
        this.#options = options;
    }
    for({ url, insecure = false }) {
        const local = (0,_host_js__WEBPACK_IMPORTED_MODULE_4__/* .isLoopback */ .U9)(url.host);
        const plain = url.protocol === 'http:';
        const checked = !plain && !insecure;
        const name = `${plain} ${checked} ${local && !checked}`;
        const known = this.#routes.get(name);
        if (known !== undefined)
            return known;
        // As in Go, and so in all other container tools: no proxy for this machine itself.
        const settings = this.#settings(local && !checked);
        const route = plain ? this.#plain(settings) : this.#secure(settings, checked);
        this.#routes.set(name, route);
        return route;
    }
    close() {
        for (const agent of this.#agents)
            agent.destroy();
    }
    #settings(direct) {
        const { proxyEnv } = this.#options;
        const common = { keepAlive: true, maxSockets: MAX_SOCKETS, scheduling: 'lifo' };
        return direct || proxyEnv === undefined ? common : { ...common, proxyEnv: { ...proxyEnv } };
    }
    async #plain(settings) {
        const agent = new node_http__WEBPACK_IMPORTED_MODULE_0__.Agent(settings);
        this.#agents.push(agent);
        return { agent, send: node_http__WEBPACK_IMPORTED_MODULE_0__.request };
    }
    /** TLS takes as long to load as all else that a request needs: only for who speaks it. */
    async #secure(settings, checked) {
        const { Agent, request } = await Promise.resolve(/* import() */).then(__webpack_require__.t.bind(__webpack_require__, 4708, 19));
        const agent = new Agent({
            ...settings,
            ...(checked ? await this.#trust() : { rejectUnauthorized: false }),
        });
        this.#agents.push(agent);
        return { agent, send: request };
    }
    async #trust() {
        const { ca } = this.#options;
        if (ca === undefined)
            return {};
        const { getCACertificates } = await Promise.resolve(/* import() */).then(__webpack_require__.t.bind(__webpack_require__, 1692, 19));
        return { ca: [...getCACertificates('default'), ...ca] };
    }
}
async function exchange(request, { agent, send }, options) {
    request.signal?.throwIfAborted();
    const { body } = request;
    const source = typeof body === 'function' ? node_stream__WEBPACK_IMPORTED_MODULE_1__.Readable.from(await body(), { objectMode: false }) : undefined;
    const idle = options.idleTimeout ?? IDLE_TIMEOUT;
    return new Promise((resolve, reject) => {
        const outgoing = send(request.url, {
            agent,
            method: request.method,
            headers: {
                'user-agent': options.userAgent,
                // Compressed transfer would change the bytes that digests are of.
                'accept-encoding': 'identity',
                ...request.headers,
            },
            ...(request.signal === undefined ? {} : { signal: request.signal }),
        });
        const fail = (error) => {
            source?.destroy();
            outgoing.destroy();
            reject(request.signal?.aborted === true ? request.signal.reason : error);
        };
        outgoing.on('socket', (socket) => limitConnecting(outgoing, socket));
        outgoing.setTimeout(idle, () => outgoing.destroy(timedOut(`no byte for ${idle / 1000} s`)));
        outgoing.on('error', (cause) => fail(unreachable(request.url, cause)));
        outgoing.on('response', (incoming) => {
            // An answer that comes before the whole body was sent is the last word: a refusal.
            if (source !== undefined && !source.readableEnded) {
                source.unpipe(outgoing);
                source.destroy();
                incoming.on('close', () => outgoing.destroy());
            }
            // Errors are for the one who reads the body, if anyone still does.
            incoming.on('error', () => undefined);
            resolve({
                status: incoming.statusCode ?? 0,
                headers: incoming.headers,
                url: request.url,
                body: incoming,
            });
        });
        if (source === undefined) {
            outgoing.end(body);
        }
        else {
            source.on('error', fail);
            source.pipe(outgoing);
        }
    });
}
/** Node's own timeout begins only when the connection stands. */
function limitConnecting(outgoing, socket) {
    if (!socket.connecting)
        return;
    const timer = setTimeout(() => {
        outgoing.destroy(timedOut(`no connection within ${CONNECT_TIMEOUT / 1000} s`));
    }, CONNECT_TIMEOUT);
    const stop = () => clearTimeout(timer);
    socket.once('connect', stop);
    socket.once('close', stop);
}
function timedOut(message) {
    return Object.assign(new TypeError(message), { code: 'ETIMEDOUT' });
}
/** A failed exchange in words that help; shows no more of the URL than its host, since queries may hold signatures. */
function unreachable(url, cause) {
    const certificate = isCertificateError(cause);
    return new _errors_js__WEBPACK_IMPORTED_MODULE_3__/* .RegistryError */ .g({
        code: 'REGISTRY_UNREACHABLE',
        message: `${url.host} cannot be reached: ${(0,_base_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .reasonOf */ .A3)(cause) || (cause.code ?? 'connection failed')}`,
        hint: hintOf(url, cause),
        cause,
        temporary: !certificate && cause.code !== 'ENOTFOUND' && !isTlsError(cause),
    });
}
/** Whether nothing listened where an exchange was to go. */
function isRefused(error) {
    return error instanceof _errors_js__WEBPACK_IMPORTED_MODULE_3__/* .RegistryError */ .g && codeOf(error.cause) === 'ECONNREFUSED';
}
/** The other side does not speak TLS (or not a version that we do). */
function isTlsError(cause) {
    const code = codeOf(cause);
    return code === 'EPROTO' || code.startsWith('ERR_SSL_');
}
function isCertificateError(cause) {
    const code = codeOf(cause);
    return code.startsWith('ERR_TLS_') || code.includes('CERT') || code === 'UNABLE_TO_VERIFY_LEAF_SIGNATURE';
}
function codeOf(cause) {
    return typeof cause === 'object' && cause !== null && 'code' in cause ? String(cause.code) : '';
}
function hintOf(url, cause) {
    if (isCertificateError(cause)) {
        return `Give the registry's certificate authority with NODE_EXTRA_CA_CERTS, or list ${url.host} as an insecure registry.`;
    }
    if (isTlsError(cause))
        return `If ${url.host} speaks plain HTTP, list it as an insecure registry.`;
    if (cause.code === 'ERR_PROXY_TUNNEL')
        return 'The proxy refused: check HTTPS_PROXY and NO_PROXY.';
    if (cause.code === 'ENOTFOUND')
        return `Check the host name, and the proxy settings if one is needed.`;
    return undefined;
}


/***/ }),

/***/ 1048:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   HT: () => (/* binding */ archiveTree),
/* harmony export */   U8: () => (/* binding */ looksLikeArchive),
/* harmony export */   am: () => (/* binding */ ARCHIVE_HEAD)
/* harmony export */ });
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7594);
/* harmony import */ var _image_layer_decompress_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3751);
/* harmony import */ var _image_layer_detect_compression_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(8851);
/* harmony import */ var _image_layer_layer_tree_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(9104);
/* harmony import */ var _image_layer_tar_header_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(5096);
/* harmony import */ var _image_layer_tar_read_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(2662);
/* harmony import */ var _image_layer_write_layer_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(5812);







/** As many bytes as `looksLikeArchive` wants to see. */
const ARCHIVE_HEAD = 512;
/** By the first bytes: something compressed, or a tar. What is neither is taken for a Dockerfile where both are possible. */
function looksLikeArchive(head) {
    return (0,_image_layer_detect_compression_js__WEBPACK_IMPORTED_MODULE_6__/* .detectCompression */ .I)(head) !== 'none' || (0,_image_layer_tar_header_js__WEBPACK_IMPORTED_MODULE_3__/* .isTarHeader */ .FY)(head);
}
/**
 * A tar, compressed in any way, as a tree: a build context from standard input or from the web. It is read once. Names cannot lead
 * out of it; owners, modes and times are the archive's.
 * @throws BuildError `TAR_…`, `BAD_COMPRESSION`, `ARCHIVE_BROKEN_LINK`, `ARCHIVE_LINK_LOOP`, and those of ContentStore.put
 */
async function archiveTree(bytes, { name, store }) {
    const members = (0,_image_layer_tar_read_js__WEBPACK_IMPORTED_MODULE_4__/* .readTar */ .s)((0,_image_layer_decompress_js__WEBPACK_IMPORTED_MODULE_1__/* .decompress */ .m)(bytes, 'auto'), { clampPaths: true });
    const { descriptor, index } = await (0,_image_layer_write_layer_js__WEBPACK_IMPORTED_MODULE_5__/* .writeLayer */ .By)(members, store, { compression: { type: 'none' } });
    try {
        return (0,_image_layer_layer_tree_js__WEBPACK_IMPORTED_MODULE_2__/* .layerTree */ .K3)(name, [{ index, plain: true, open: () => store.open(descriptor.digest) }]);
    }
    catch (error) {
        throw error instanceof _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildError */ .zS ? asOfArchive(error, name) : error;
    }
}
/** An archive is no layer of an image, and whoever made it can mend it. */
function asOfArchive(cause, name) {
    const { kind, code, message } = cause;
    return new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildError */ .zS({
        kind,
        code: code.replace(/^LAYER_/, 'ARCHIVE_'),
        message: message.replace(/^A layer/, name),
        hint: 'Make the archive anew, with all files that its links lead to.',
        cause,
    });
}


/***/ }),

/***/ 9368:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   a: () => (/* binding */ basicAuthorization)
/* harmony export */ });
/** The value of an `Authorization` header for the user and the password of an address (RFC 7617). */
function basicAuthorization({ username, password }) {
    const pair = Buffer.concat([decoded(username), Buffer.from(':'), decoded(password)]);
    return `Basic ${pair.toString('base64')}`;
}
/** A percent sign that encodes nothing stands for itself, as git reads it. */
function decoded(text) {
    const bytes = text.replaceAll(/%[0-9a-f]{2}/gi, (code) => String.fromCharCode(Number.parseInt(code.slice(1), 16)));
    return Buffer.from(bytes, 'latin1');
}


/***/ }),

/***/ 8367:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  $: () => (/* binding */ gitTree),
  G: () => (/* binding */ resolveGitCommit)
});

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./lib/base/errors.js
var errors = __webpack_require__(7594);
// EXTERNAL MODULE: ./lib/base/make-folder.js
var make_folder = __webpack_require__(1044);
// EXTERNAL MODULE: ./lib/base/temp.js
var temp = __webpack_require__(5947);
// EXTERNAL MODULE: ./lib/image/layer/entry-path.js
var entry_path = __webpack_require__(4503);
// EXTERNAL MODULE: ./lib/base/exec.js
var exec = __webpack_require__(9584);
// EXTERNAL MODULE: ./lib/worker/source/basic-authorization.js
var basic_authorization = __webpack_require__(9368);
;// CONCATENATED MODULE: ./lib/worker/source/git-command.js





/** Of a commit's name, in hexadecimal digits. */
const SHA256_LENGTH = 64;
const DEFAULT_PROTOCOLS = 'git:http:https:ssh';
const SHALLOW = '--depth=1';
const FETCH = ['fetch', '--quiet', '--no-tags', '--force'];
const UPDATE_MODULES = ['submodule', '--quiet', 'update', '--init', '--recursive'];
const LONGEST_SILENCE = 180;
/** No questions; a server that is gone is noticed within 3 minutes, as one of the web is. */
const SSH = 'ssh -o BatchMode=yes -o ConnectTimeout=30 -o ServerAliveInterval=30 -o ServerAliveCountMax=6';
const PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
const NOWHERE = '/nonexistent';
/**
 * Settings that make git do the same on every machine and nothing that the repository asks for: no hooks, no templates, no
 * conversion of line ends, no configuration of the user's or the system's.
 */
const SETTINGS = [
    ['core.hooksPath', '/dev/null'],
    ['core.autocrlf', 'false'],
    ['core.symlinks', 'true'],
    ['core.attributesFile', '/dev/null'],
    // Its lines hold the time, and the user and the host that fetched.
    ['core.logAllRefUpdates', 'false'],
    ['core.fsmonitor', 'false'],
    ['advice.detachedHead', 'false'],
    ['init.defaultBranch', 'main'],
    ['protocol.version', '2'],
    ['submodule.recurse', 'false'],
    ['gc.auto', '0'],
];
/** The git program for one remote. Credentials are in no argument and in no file. */
class GitCommand {
    /** For messages: without credentials. */
    shownUrl;
    #url;
    #authorization;
    #access;
    #environment;
    #signal;
    constructor(url, access) {
        const { bare, authorization } = splitCredentials(url);
        this.#url = bare;
        this.shownUrl = bare;
        this.#signal = access.signal;
        this.#access = access;
        this.#authorization = authorization ?? access.authorization;
    }
    /**
     * The remote's refs of a name, full name to id; `NAME^{}` is what an annotated tag points at.
     * @throws BuildError `GIT_FAILED`
     */
    async listRemote(ref) {
        const { stdout } = await this.#run(['ls-remote', '--symref', '--', this.#url, ref, `${ref}^{}`]);
        const ids = new Map();
        const branches = new Map();
        for (const line of stdout.toString('utf8').split('\n')) {
            const [value, name] = line.split('\t');
            if (value === undefined || name === undefined)
                continue;
            const [, branch] = /^ref: (refs\/heads\/.+)$/.exec(value) ?? [];
            if (branch === undefined)
                ids.set(name, value);
            else
                branches.set(name, branch);
        }
        return { ids, branches };
    }
    /** @param commit its length tells the hash function of the repository (git-init(1), --object-format) */
    async init(folder, commit) {
        // Before 2.29 git knew no other than SHA-1, nor this option.
        const format = commit.length === SHA256_LENGTH ? ['--object-format=sha256'] : [];
        await this.#run(['init', '--quiet', '--template=', ...format, folder]);
        // Read by submodules with relative addresses, and by whoever gets the .git folder.
        await (0,promises_.appendFile)((0,external_node_path_.join)(folder, '.git', 'config'), `[remote "origin"]\n\turl = ${quoted(this.#url)}\n\tfetch = +refs/heads/*:refs/remotes/origin/*\n`);
    }
    /**
     * A ref keeps its name in the checkout: what `git describe` and others tell of a version comes from it.
     * @throws BuildError `GIT_FAILED`
     */
    async fetchRef(folder, ref) {
        const named = ref.startsWith('refs/') ? `+${ref}:${ref}` : ref;
        await this.#shallow([...FETCH, '--update-head-ok'], ['origin', named], folder);
    }
    /**
     * Servers that give no commit by its name are asked for everything.
     * @throws BuildError `GIT_FAILED`, `GIT_REF_NOT_FOUND`
     */
    async fetchCommit(folder, commit) {
        const { exitCode } = await this.#try([...FETCH, SHALLOW, 'origin', commit], folder);
        if (exitCode === 0)
            return;
        await this.#run(['fetch', '--quiet', '--tags', '--force', 'origin'], folder);
        const known = await this.#try(['rev-parse', '--verify', '--quiet', `${commit}^{commit}`], folder);
        if (known.exitCode === 0)
            return;
        throw new errors/* BuildError */.zS({
            kind: 'user',
            code: 'GIT_REF_NOT_FOUND',
            message: `repository does not contain ref ${commit}: ${this.shownUrl}`,
        });
    }
    /** Full name of the commit. */
    async checkOut(folder, revision) {
        await this.#run(['checkout', '--quiet', '--force', '--detach', revision], folder);
        const { stdout } = await this.#run(['rev-parse', 'HEAD'], folder);
        return stdout.toString('latin1').trim();
    }
    /**
     * What a checkout leaves in the index are times and inodes of this machine; without them the same commit gives the same files, and git
     * compares contents when it next looks.
     */
    async forgetFileTimes(folder) {
        await this.#run(['read-tree', 'HEAD'], folder);
    }
    /** The same for all submodules. */
    async forgetModuleTimes(folder) {
        await this.#run(['submodule', '--quiet', 'foreach', '--recursive', 'git read-tree HEAD'], folder);
    }
    async updateSubmodules(folder) {
        await this.#shallow(UPDATE_MODULES, [], folder);
    }
    /** Seconds since 1970. */
    async commitTime(folder) {
        const { stdout } = await this.#run(['show', '--no-patch', '--format=%ct', 'HEAD'], folder);
        return Number(stdout.toString('latin1').trim());
    }
    /** Without history; with it where the server is a plain web server, which gives all or nothing. */
    async #shallow(command, rest, folder) {
        const { exitCode, stderr } = await this.#try([...command, SHALLOW, ...rest], folder);
        if (exitCode === 0)
            return;
        const whole = /does not support shallow/.test(stderr);
        await this.#run([...command, ...(whole ? [] : [SHALLOW]), ...rest], folder);
    }
    async #run(args, folder) {
        const result = await this.#try(args, folder);
        if (result.exitCode === 0)
            return result;
        const said = result.stderr.trim().split('\n').slice(-5).join('\n');
        throw new errors/* BuildError */.zS({
            kind: 'remote',
            code: 'GIT_FAILED',
            message: `git ${args[0]} of ${this.shownUrl} ended with exit code ${result.exitCode}: ${said}`,
            hint: hintFor(said),
        });
    }
    async #try(args, folder) {
        this.#environment ??= this.#environmentOf();
        return (0,exec/* exec */.m0)(['git', ...args], {
            ...(folder === undefined ? {} : { cwd: folder }),
            env: await this.#environment,
            signal: this.#signal,
        });
    }
    async #environmentOf() {
        const settings = settingsFor(this.#url, this.#authorization, this.#access);
        const environment = environmentFor(this.#access);
        const { stdout } = await (0,exec/* exec */.m0)(['git', 'version'], { env: environment, signal: this.#signal });
        if (!isOld(stdout.toString('latin1')))
            return { ...environment, ...counted(settings) };
        // It knows no GIT_CONFIG_GLOBAL; ssh looks for its files in the home of the account.
        const nowhere = { HOME: NOWHERE, XDG_CONFIG_HOME: NOWHERE };
        return { ...environment, ...nowhere, GIT_CONFIG_PARAMETERS: listed(settings) };
    }
}
function settingsFor(url, authorization, access) {
    const silence = String(access.longestSilence ?? LONGEST_SILENCE);
    const settings = [...SETTINGS, ['http.lowSpeedLimit', '1'], ['http.lowSpeedTime', silence]];
    const origin = /^https?:\/\/[^/]+/.exec(url)?.[0];
    if (authorization !== undefined && origin !== undefined) {
        settings.push([`http.${origin}/.extraHeader`, `Authorization: ${authorization}`]);
    }
    return settings;
}
/** As git takes settings since 2.31 (git(1), GIT_CONFIG_COUNT). */
function counted(settings) {
    const configuration = { GIT_CONFIG_COUNT: String(settings.length) };
    for (const [i, [key, value]] of settings.entries()) {
        configuration[`GIT_CONFIG_KEY_${i}`] = key;
        configuration[`GIT_CONFIG_VALUE_${i}`] = value;
    }
    return configuration;
}
/** As git hands settings of its command line on to the programs that it starts: `key=value`, each quoted for the shell (git, quote.c). */
function listed(settings) {
    const quotedFor = (text) => `'${text.replaceAll(/['!]/g, "'\\$&'")}'`;
    return settings.map(([key, value]) => quotedFor(`${key}=${value}`)).join(' ');
}
/** Older than GIT_CONFIG_COUNT (2.31) or GIT_CONFIG_GLOBAL (2.32)? What tells no version is taken for a new one. */
function isOld(version) {
    const [, major, minor] = /version (\d+)\.(\d+)/.exec(version) ?? [];
    return major !== undefined && (Number(major) < 2 || (Number(major) === 2 && Number(minor) < 32));
}
function environmentFor(access) {
    return {
        PATH,
        LC_ALL: 'C.UTF-8',
        HOME: NOWHERE,
        ...access.environment,
        GIT_CONFIG_NOSYSTEM: '1',
        GIT_CONFIG_GLOBAL: '/dev/null',
        GIT_ATTR_NOSYSTEM: '1',
        // Submodules are cloned, and no option of theirs says so.
        GIT_TEMPLATE_DIR: '',
        GIT_TERMINAL_PROMPT: '0',
        GIT_ASKPASS: 'false',
        GIT_SSH_COMMAND: SSH,
        GIT_ALLOW_PROTOCOL: access.protocols ?? DEFAULT_PROTOCOLS,
    };
}
/** `https://user:token@host/` would show up in the list of processes. */
function splitCredentials(text) {
    // Over ssh and git:// nobody asks for a password, and git would tell it in its errors.
    if (!/^https?:/.test(text))
        return { bare: text.replace(/^([a-z]+:\/\/[^/:@]*):[^/]*@/i, '$1@') };
    const url = URL.parse(text);
    if (url === null || (url.username === '' && url.password === ''))
        return { bare: text };
    const authorization = (0,basic_authorization/* basicAuthorization */.a)(url);
    url.username = '';
    url.password = '';
    return { bare: url.href, authorization };
}
/** A value for a git configuration file. */
function quoted(text) {
    return `"${text.replaceAll(/["\\]/g, '\\$&').replaceAll('\n', '\\n')}"`;
}
function hintFor(said) {
    if (/could not read Username|Authentication failed|terminal prompts disabled/.test(said)) {
        return 'The repository is private or does not exist: give a token, or check the address.';
    }
    if (/Host key verification failed/.test(said))
        return 'Add the host to ~/.ssh/known_hosts.';
    if (/Permission denied \(publickey/.test(said))
        return 'Start an ssh-agent with the right key.';
    return undefined;
}

// EXTERNAL MODULE: ./lib/worker/source/local.js + 1 modules
var local = __webpack_require__(9524);
;// CONCATENATED MODULE: ./lib/worker/source/mapped-tree.js
/** A tree with other names or other metadata. */
function mappedTree(tree, mapping) {
    const { inside, outside = (path) => path } = mapping;
    // The old tree has to get back the very nodes that it gave, as it compares them with what it reads.
    const original = async (node) => (await tree.lookup(outside(node.path))) ?? { ...node, path: outside(node.path) };
    return {
        name: mapping.name,
        async lookup(path) {
            const node = await tree.lookup(outside(path));
            return node === undefined ? undefined : inside(node);
        },
        async list(path) {
            return (await tree.list(outside(path))).map(inside);
        },
        async *read(nodes, options) {
            const wanted = new Map(nodes.map((node) => [outside(node.path), node]));
            for await (const member of tree.read(await Promise.all(nodes.map(original)), options)) {
                yield { ...member, entry: wanted.get(member.entry.path) ?? member.entry };
            }
        },
        ...(tree.digests === undefined
            ? {}
            : { digests: async (nodes) => (await tree.digests?.(await Promise.all(nodes.map(original)))) ?? [] }),
    };
}

;// CONCATENATED MODULE: ./lib/worker/source/subfolder.js



/**
 * A folder of a tree as a tree of its own.
 * @param folder `..` and absolute paths stay inside of the tree
 * @throws BuildError `SUBFOLDER_NOT_FOUND`
 */
async function subfolder(tree, folder) {
    const base = (0,entry_path/* cleanPath */.ts)(`/${folder}`);
    if (base === '')
        return tree;
    const top = await tree.lookup(base);
    if (top?.type !== 'directory') {
        throw new errors/* BuildError */.zS({
            kind: 'user',
            code: 'SUBFOLDER_NOT_FOUND',
            message: `${tree.name} has no folder ${base}`,
        });
    }
    return mappedTree(tree, {
        name: `${base} in ${tree.name}`,
        outside: (path) => (path === '' ? base : (0,entry_path/* childPath */.cm)(base, path)),
        inside: (node) => ({ ...node, path: node.path.slice(base.length + 1) }),
    });
}

;// CONCATENATED MODULE: ./lib/worker/source/git.js











const FULL_COMMIT = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;
/**
 * The commit that a source means now, as the remote says; nothing is fetched. What comes of it decides the files, so it can stand
 * for them in a cache key.
 * @throws BuildError `GIT_REF_NOT_FOUND`, `GIT_CHECKSUM_MISMATCH`, `BAD_GIT_REF` (kind user), `GIT_FAILED` (kind remote), `COMMAND_NOT_FOUND`
 */
async function resolveGitCommit(source, options) {
    const git = new GitCommand(source.url, options);
    return (await resolve(source, git)).commit;
}
/**
 * Fetches one commit (no history) and its submodules as a tree, without `.git` unless it is asked for. Files are 0644 or 0755,
 * folders 0755, all owned by 0:0, as in BuildKit (source/git).
 * @throws BuildError as resolveGitCommit; `SUBFOLDER_NOT_FOUND`
 */
async function gitTree(source, options) {
    const git = new GitCommand(source.url, options);
    (0,make_folder/* makeStateFolder */.E)(options.folder);
    const folder = await (0,temp/* tempDir */.y)(options.folder, 'git-');
    try {
        const root = (0,external_node_path_.join)(folder.path, 'files');
        await (0,promises_.mkdir)(root);
        const commit = await checkOut(git, root, source);
        const committedAt = await git.commitTime(root);
        const time = source.mtime === 'commit' ? committedAt : undefined;
        const files = (0,local/* localTree */.q)({
            name: `the Git repository ${git.shownUrl}`,
            root,
            ...(source.keepGitDir ? {} : { includes: (path) => ((0,entry_path/* baseOf */.bx)(path) === '.git' ? 'prune' : true) }),
        });
        const tree = mappedTree(await subfolder(files, source.subdir ?? ''), {
            name: files.name,
            inside: (node) => asGitKeepsIt(node, time),
        });
        return { ...tree, commit, committedAt, [Symbol.asyncDispose]: async () => folder[Symbol.asyncDispose]() };
    }
    catch (error) {
        await folder[Symbol.asyncDispose]();
        throw error;
    }
}
async function resolve(source, git) {
    const { checksum, fetchByCommit } = source;
    const ref = fetchByCommit === true && checksum !== undefined ? checksum : (source.ref ?? 'HEAD');
    if (!isSafeRef(ref)) {
        throw new errors/* BuildError */.zS({ kind: 'user', code: 'BAD_GIT_REF', message: `"${ref}" is not a Git ref` });
    }
    if (FULL_COMMIT.test(ref)) {
        checkCommit(source, [ref]);
        return { commit: ref, wanted: ref };
    }
    const { ids, branches } = await git.listRemote(ref);
    const name = [ref, `refs/${ref}`, `refs/heads/${ref}`, `refs/tags/${ref}`].find((each) => ids.has(each));
    const id = name === undefined ? undefined : ids.get(name);
    if (name === undefined || id === undefined) {
        throw new errors/* BuildError */.zS({
            kind: 'user',
            code: 'GIT_REF_NOT_FOUND',
            message: `repository does not contain ref ${ref}: ${git.shownUrl}`,
            hint: 'Name a branch, a tag, or a full commit (40 hexadecimal digits).',
        });
    }
    const commit = ids.get(`${name}^{}`) ?? id;
    checkCommit(source, [commit, id]);
    const branch = branches.get(name);
    return { commit, wanted: branch !== undefined && isSafeRef(branch) ? branch : name };
}
/** An annotated tag has a name of its own; either is right. */
function checkCommit({ checksum, url }, found) {
    if (checksum === undefined || found.some((id) => id.startsWith(checksum.toLowerCase())))
        return;
    throw new errors/* BuildError */.zS({
        kind: 'user',
        code: 'GIT_CHECKSUM_MISMATCH',
        message: `expected checksum to match ${checksum}, got ${found[0]}`,
        hint: `The ref of ${url.replace(/\/\/[^/]*@/, '//')} is another commit by now, or was never this one.`,
    });
}
/** Nothing that git could take for an option or a refspec. */
function isSafeRef(ref) {
    return /^[^-\s\p{Cc}~^:?*[\\][^\s\p{Cc}~^:?*[\\]*$/u.test(ref) && !ref.includes('..');
}
/** Full name of the commit that was checked out. */
async function checkOut(git, root, source) {
    const { commit, wanted } = await resolve(source, git);
    await git.init(root, commit);
    const byName = FULL_COMMIT.test(wanted);
    await (byName ? git.fetchCommit(root, commit) : git.fetchRef(root, wanted));
    const found = await git.checkOut(root, byName ? commit : 'FETCH_HEAD');
    // Somebody may have pushed since the ref was looked up.
    if (found !== commit)
        checkCommit(source, [found]);
    const modules = source.submodules && (0,external_node_fs_.existsSync)((0,external_node_path_.join)(root, '.gitmodules'));
    if (modules)
        await git.updateSubmodules(root);
    if (source.keepGitDir)
        await git.forgetFileTimes(root);
    if (source.keepGitDir && modules)
        await git.forgetModuleTimes(root);
    return found;
}
/** Git knows no more of a mode than whether a file is executable. */
function asGitKeepsIt(node, mtime) {
    const time = mtime === undefined ? {} : { mtime };
    if (node.type === 'symlink')
        return { ...node, ...time, mode: 0o777 };
    if (node.type === 'directory')
        return { ...node, ...time, mode: 0o755 };
    return { ...node, ...time, mode: (node.mode & 0o100) === 0 ? 0o644 : 0o755 };
}


/***/ }),

/***/ 1016:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   D: () => (/* binding */ httpTree)
/* harmony export */ });
/* harmony import */ var node_buffer__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(4573);
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7594);
/* harmony import */ var _base_nobody_there_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(3997);
/* harmony import */ var _base_retry_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(7091);
/* harmony import */ var _image_digest_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(7241);
/* harmony import */ var _image_layer_decompress_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(3751);
/* harmony import */ var _basic_authorization_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(9368);







const DEFAULT_MAX_SIZE = 16 * 1024 ** 3;
/** As Go's http.Client. */
const MOST_REDIRECTS = 10;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);
const TRANSIENT = new Set([408, 429, 500, 502, 503, 504]);
const ASCTIME = /^[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \d{4}$/;
/** RFC 9110 section 5.6.7; what else Date.parse takes depends on where it runs. */
const HTTP_DATES = [
    /^[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT$/,
    /^[A-Z][a-z]+day, \d\d-[A-Z][a-z]{2}-\d\d \d\d:\d\d:\d\d GMT$/,
    ASCTIME,
];
/**
 * Downloads a file; it is the only one of the tree. As in BuildKit (source/http): mode 0600, owner 0:0, the time of
 * `Last-Modified`, or 0 where the server does not tell.
 * @throws BuildError `HTTP_STATUS`, `HTTP_UNREACHABLE`, `HTTP_REDIRECT` (kind remote), `BAD_URL`, `DIGEST_MISMATCH`,
 * `CONTENT_TOO_LARGE`, `BAD_COMPRESSION`
 */
async function httpTree(source, options) {
    const url = addressOf(source.url);
    const { stored, mtime } = await (0,_base_retry_js__WEBPACK_IMPORTED_MODULE_3__/* .retry */ .L)(() => download(url, source, options), {
        advice: adviceOf,
        signal: options.signal,
        firstDelay: options.firstDelay,
    });
    const node = {
        path: source.filename,
        type: 'file',
        mode: 0o600,
        uid: 0,
        gid: 0,
        size: stored.size,
        mtime,
        ...(stored.digest.startsWith('sha256:') ? { content: stored.digest } : {}),
    };
    return {
        name: shown(url),
        soleFile: node.path,
        lookup: async (path) => (path === node.path ? node : undefined),
        list: async (path) => (path === '' ? [node] : []),
        async *read(nodes) {
            for (const entry of nodes)
                yield { entry, body: await options.store.open(stored.digest) };
        },
    };
}
async function download(url, source, options) {
    const answer = await follow(url, options);
    if (!holdsFile(answer.status)) {
        answer.body.destroy?.();
        throw new HttpError({
            code: 'HTTP_STATUS',
            message: `${shown(url)} was answered with an invalid response status ${answer.status}`,
            hint: hintFor(answer.status),
            temporary: TRANSIENT.has(answer.status),
            after: retryAfter(answer.headers['retry-after']),
        });
    }
    const expected = source.checksum === undefined ? {} : { digest: (0,_image_digest_js__WEBPACK_IMPORTED_MODULE_4__/* .parseDigest */ .m)(source.checksum) };
    const limit = options.maxSize ?? DEFAULT_MAX_SIZE;
    const stored = await options.store.put(contentOf(answer, url), { ...expected, limit });
    return { stored, mtime: lastModified(answer.headers['last-modified']) };
}
async function follow(start, options) {
    let url = start;
    let credentials = credentialsOf(start, options);
    for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
        const answer = await send(url, credentials, options);
        const location = REDIRECTS.has(answer.status) ? answer.headers.location : undefined;
        if (location === undefined)
            return answer;
        answer.body.destroy?.();
        const next = redirectTarget(asSent(location), url);
        // What one host may know is not for another, and nothing secret goes over a plain connection.
        if (next.host !== url.host || (url.protocol === 'https:' && next.protocol === 'http:')) {
            credentials = credentialsOf(next, options);
        }
        url = next;
    }
    throw new HttpError({
        code: 'HTTP_REDIRECT',
        message: `${shown(start)} was redirected more than ${MOST_REDIRECTS} times`,
    });
}
async function send(url, authorization, { get, signal }) {
    const bare = new URL(url);
    bare.username = '';
    bare.password = '';
    try {
        return await get({
            method: 'GET',
            url: bare,
            headers: { accept: '*/*', ...(authorization === undefined ? {} : { authorization }) },
            signal,
        });
    }
    catch (cause) {
        signal?.throwIfAborted();
        throw unreachable(url, cause);
    }
}
function addressOf(text) {
    const url = URL.parse(text);
    if (url !== null && /^https?:$/.test(url.protocol))
        return url;
    const bare = text.replace(/^([a-z]+:\/\/)[^/?#]*@/i, '$1');
    throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .BuildError */ .zS({ kind: 'user', code: 'BAD_URL', message: `${bare} is not an http address` });
}
/** As BuildKit has it; but a part of the file, which nobody asked for, is not the file. */
function holdsFile(status) {
    return status >= 200 && status < 300 && status !== 206;
}
/** Node gives headers byte by byte; servers that send more than ASCII in an address mean UTF-8. */
function asSent(header) {
    const bytes = Buffer.from(header, 'latin1');
    return (0,node_buffer__WEBPACK_IMPORTED_MODULE_0__.isUtf8)(bytes) ? bytes.toString('utf8') : header;
}
function redirectTarget(location, from) {
    const url = URL.parse(location, from.href);
    if (url !== null && /^https?:$/.test(url.protocol))
        return url;
    throw new HttpError({
        code: 'HTTP_REDIRECT',
        message: `${shown(from)} redirects to ${JSON.stringify(location)}, which is not an http address`,
    });
}
function credentialsOf(url, options) {
    if (url.username === '' && url.password === '')
        return options.authorization?.(url.host);
    return (0,_basic_authorization_js__WEBPACK_IMPORTED_MODULE_6__/* .basicAuthorization */ .a)(url);
}
/** Without what may be secret. */
function shown(url) {
    return `${url.origin}${url.pathname}`;
}
/** Seconds since 1970; 0 for none and for what is no date. */
function lastModified(header = '') {
    const form = HTTP_DATES.find((each) => each.test(header));
    // The oldest form tells no zone and means the same one.
    const time = form === undefined ? Number.NaN : Date.parse(form === ASCTIME ? `${header} GMT` : header);
    return Number.isNaN(time) ? 0 : Math.floor(time / 1000);
}
/** Milliseconds (RFC 9110 section 10.2.3). */
function retryAfter(header) {
    if (header === undefined)
        return undefined;
    const delay = /^\d+$/.test(header) ? Number(header) * 1000 : Date.parse(header) - Date.now();
    return Number.isNaN(delay) ? undefined : Math.max(0, delay);
}
/**
 * Some servers send what they keep packed whatever they are asked. The file is what was packed, as for Go's http.Client, which BuildKit fetches with;
 * that one knows gzip alone.
 */
function contentOf({ headers, body }, url) {
    const sent = withCause(body, url);
    return /^gzip$/i.test(headers['content-encoding'] ?? '') ? unpacked(sent, url) : sent;
}
async function* unpacked(sent, url) {
    try {
        yield* (0,_image_layer_decompress_js__WEBPACK_IMPORTED_MODULE_5__/* .decompress */ .m)(sent, 'gzip');
    }
    catch (cause) {
        const { code, message } = (0,_base_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .toBuildError */ .KB)(cause);
        if (code !== 'BAD_COMPRESSION')
            throw cause;
        throw new HttpError({ code, message: `${shown(url)}, sent as gzip: ${message}`, cause });
    }
}
/** A connection that breaks off in the middle may be tried again; what the store says may not. */
async function* withCause(body, url) {
    try {
        yield* body;
    }
    catch (cause) {
        throw unreachable(url, cause);
    }
}
function unreachable(url, cause) {
    const why = (0,_base_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .reasonOf */ .A3)(cause);
    return new HttpError({
        code: 'HTTP_UNREACHABLE',
        message: `${shown(url)} cannot be fetched: ${why}`,
        temporary: mayPass(cause),
        cause,
    });
}
/** A host that is unknown or listens to nobody stays so, and a certificate stays as bad as it is (`temporary` of the transport's errors). */
function mayPass(cause) {
    for (let error = cause; error instanceof Error; error = error.cause) {
        if ('temporary' in error && error.temporary === false)
            return false;
    }
    return !(0,_base_nobody_there_js__WEBPACK_IMPORTED_MODULE_2__/* .isNobodyThere */ .W)(cause);
}
function hintFor(status) {
    if (status === 401 || status === 403)
        return 'The server wants credentials, or other ones.';
    return status === 404 ? 'Check the address.' : undefined;
}
class HttpError extends _base_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .BuildError */ .zS {
    temporary;
    after;
    constructor({ temporary = false, after, ...facts }) {
        super({ kind: 'remote', ...facts });
        this.temporary = temporary;
        this.after = after;
    }
}
function adviceOf(error) {
    return error instanceof HttpError && error.temporary ? { after: error.after } : undefined;
}


/***/ }),

/***/ 4029:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   N: () => (/* binding */ KnownDigests)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6760);
/* harmony import */ var _base_make_folder_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(1044);
/* harmony import */ var _image_digest_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(7241);





const FORMAT = 'known-digests/1';
/** A file changed within this may be changed again without its times telling: the clock of a file system has ticks. Milliseconds. */
const SETTLED = 2000;
/** The most recently used are kept. */
const MOST_ENTRIES = 200_000;
/**
 * Content digests of a folder's files from earlier builds. A file counts as unchanged while its device, number, size, and both times are what they were:
 * the time of its last change cannot be set by programs, unlike that of its content.
 */
class KnownDigests {
    #file;
    /** Path to mark and digest; the least recently used first. */
    #entries;
    #isNew = false;
    constructor(file, entries) {
        this.#file = file;
        this.#entries = entries;
    }
    /** From a file; one that is not there or damaged knows nothing. Never fails. */
    static async load(file) {
        try {
            return new KnownDigests(file, parse(await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.readFile)(file, 'utf8')));
        }
        catch {
            return new KnownDigests(file, new Map());
        }
    }
    static markOf({ dev, ino, size, mtimeMs, ctimeMs }) {
        return { text: [dev, ino, size, mtimeMs, ctimeMs].join(':'), changedAt: Math.max(mtimeMs, ctimeMs) };
    }
    of(path, { text }) {
        const entry = this.#entries.get(path);
        if (entry === undefined || entry[0] !== text)
            return undefined;
        this.#entries.delete(path);
        this.#entries.set(path, entry);
        return entry[1];
    }
    note(path, { text, changedAt }, digest) {
        this.#entries.delete(path);
        if (Date.now() - changedAt < SETTLED)
            return;
        this.#entries.set(path, [text, digest]);
        this.#isNew = true;
    }
    /** Writes the file, where there is something new. Never fails: what is not known is hashed again. */
    async save() {
        if (!this.#isNew)
            return;
        const temporary = `${this.#file}.${(0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.randomUUID)()}`;
        try {
            (0,_base_make_folder_js__WEBPACK_IMPORTED_MODULE_3__/* .makeFolder */ .f)((0,node_path__WEBPACK_IMPORTED_MODULE_2__.dirname)(this.#file), 0o700);
            const kept = [...this.#entries].slice(-MOST_ENTRIES);
            const lines = kept.map(([path, [mark, digest]]) => JSON.stringify([path, mark, digest]));
            await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.writeFile)(temporary, [FORMAT, ...lines, ''].join('\n'), { mode: 0o600 });
            await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.rename)(temporary, this.#file);
        }
        catch {
            await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.rm)(temporary, { force: true }).catch(() => undefined);
        }
    }
}
function parse(text) {
    const [format, ...lines] = text.split('\n');
    // The last line end is the mark of a whole file.
    if (format !== FORMAT || lines.pop() !== '')
        return new Map();
    return new Map(lines.map((line) => {
        const [path, mark, digest] = JSON.parse(line);
        return [String(path), [String(mark), (0,_image_digest_js__WEBPACK_IMPORTED_MODULE_4__/* .parseDigest */ .m)(String(digest))]];
    }));
}


/***/ }),

/***/ 9524:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  q: () => (/* binding */ localTree)
});

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: external "node:timers/promises"
var promises_ = __webpack_require__(8500);
// EXTERNAL MODULE: ./lib/base/errors.js
var errors = __webpack_require__(7594);
// EXTERNAL MODULE: ./lib/image/layer/entry-name.js
var entry_name = __webpack_require__(9811);
// EXTERNAL MODULE: ./lib/image/layer/entry-path.js
var entry_path = __webpack_require__(4503);
// EXTERNAL MODULE: ./lib/worker/source/known-digests.js
var known_digests = __webpack_require__(4029);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: external "node:fs/promises"
var external_node_fs_promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: ./lib/image/digest.js
var digest = __webpack_require__(7241);
;// CONCATENATED MODULE: ./lib/worker/source/local-file.js





/** Bytes of a file that is read at once, without giving way to others. */
const SMALL = 256 * 1024;
/** Bytes that are read at once of a larger one. Each read waits in Node's pool of threads behind blocks that are being compressed: few large ones wait less. */
const CHUNK = 1024 * 1024;
/** A link or a FIFO that took the file's place since it was listed must neither be followed nor block. */
const FLAGS = external_node_fs_.constants.O_RDONLY | external_node_fs_.constants.O_NOFOLLOW | external_node_fs_.constants.O_NONBLOCK;
/** New memory for each piece of a file is what makes the collector of garbage run. */
function readingMemory() {
    return Buffer.allocUnsafeSlow(CHUNK);
}
/**
 * The bytes of a file that was listed before: exactly as many as were listed.
 * @throws BuildError `CONTENT_CHANGED`, `CONTEXT_UNREADABLE`; the reason of an abort
 */
async function* readListedFile(onDisk, node, tree, { memory, signal } = {}) {
    signal?.throwIfAborted();
    if (node.size <= SMALL) {
        const bytes = readAll(onDisk, node, tree, memory?.subarray(0, node.size));
        if (bytes.length > 0)
            yield bytes;
        return;
    }
    let file;
    try {
        file = await (0,external_node_fs_promises_.open)(onDisk, FLAGS);
    }
    catch (cause) {
        throw failed(node, tree, cause);
    }
    try {
        check(await file.stat(), node, tree);
        for (let left = node.size; left > 0;) {
            const most = Math.min(CHUNK, left);
            const { bytesRead, buffer } = await file.read(memory ?? Buffer.allocUnsafe(most), 0, most);
            if (bytesRead === 0)
                throw changed(node, tree);
            left -= bytesRead;
            signal?.throwIfAborted();
            yield buffer.subarray(0, bytesRead);
        }
        check(await file.stat(), node, tree);
    }
    finally {
        await file.close();
    }
}
/** Digest of a listed file that is small enough to be read at once. Synchronous: for many small files that is far faster. */
function hashSmallFile(onDisk, node, tree, memory) {
    return `sha256:${(0,external_node_crypto_.hash)('sha256', readAll(onDisk, node, tree, memory.subarray(0, node.size)))}`;
}
/** Digest of a listed file, read in pieces. */
async function hashLargeFile(onDisk, node, tree, signal) {
    return (0,digest/* digestOfStream */.Ul)(readListedFile(onDisk, node, tree, { memory: readingMemory(), signal }));
}
function readAll(onDisk, node, tree, bytes = Buffer.allocUnsafe(node.size)) {
    let file;
    try {
        file = (0,external_node_fs_.openSync)(onDisk, FLAGS);
    }
    catch (cause) {
        throw failed(node, tree, cause);
    }
    try {
        check((0,external_node_fs_.fstatSync)(file), node, tree);
        for (let at = 0; at < bytes.length;) {
            const count = (0,external_node_fs_.readSync)(file, bytes, at, bytes.length - at, at);
            if (count === 0)
                throw changed(node, tree);
            at += count;
        }
        return bytes;
    }
    finally {
        (0,external_node_fs_.closeSync)(file);
    }
}
function check(stats, node, tree) {
    const same = stats.isFile() && stats.size === node.size && stats.mtimeMs / 1000 === node.mtime;
    if (!same)
        throw changed(node, tree);
}
function failed(node, tree, cause) {
    const { code, message } = cause;
    if (code === 'ENOENT' || code === 'ELOOP' || code === 'ENOTDIR' || code === 'ENXIO') {
        return changed(node, tree);
    }
    return new errors/* BuildError */.zS({
        kind: 'environment',
        code: 'CONTEXT_UNREADABLE',
        message: `/${node.path} of ${tree} cannot be read: ${code ?? message}`,
        hint: 'Make it readable for the user that runs the build, or exclude it in .dockerignore.',
        cause,
    });
}
function changed(node, tree) {
    return new errors/* BuildError */.zS({
        kind: 'environment',
        code: 'CONTENT_CHANGED',
        message: `/${node.path} of ${tree} changed while it was read`,
        hint: 'Do not write to the build context during a build.',
    });
}

;// CONCATENATED MODULE: ./lib/worker/source/local.js








/** Synchronous system calls are several times faster than asynchronous ones here; this long, in ms, before others get a turn. */
const LONGEST_TURN = 10;
/** Larger files are hashed asynchronously, so that more than one processor is used; bytes. */
const SMALL_FILE = 512 * 1024;
/** Large files hashed at the same time. */
const IN_FLIGHT = 4;
/**
 * A folder of this machine as a tree. What is listed once stays as it was found, so that all steps of a build see one state;
 * reading a file that has changed since then is an error. Links are never followed. Sockets are left out: no tar can hold them.
 * Extended attributes are not seen, as Node has no call for them.
 * @throws BuildError (when used) `CONTEXT_UNREADABLE`
 */
function localTree(options) {
    return new LocalTree(options);
}
class LocalTree {
    name;
    #options;
    #lists = new Map();
    #digests = new Map();
    #marks = new Map();
    #turnEnds = 0;
    constructor(options) {
        this.name = options.name;
        this.#options = options;
    }
    async lookup(path) {
        if (path === '')
            return this.#node('', this.#stat(''));
        const siblings = await this.list((0,entry_path/* parentOf */.gN)(path) ?? '');
        return findPath(siblings, path);
    }
    async list(path) {
        let list = this.#lists.get(path);
        if (list === undefined) {
            list = this.#list(path);
            this.#lists.set(path, list);
        }
        return list;
    }
    async *read(nodes, { fleeting } = {}) {
        const { signal } = this.#options;
        const memory = fleeting === true ? readingMemory() : undefined;
        for (const node of nodes) {
            if (node.type !== 'file') {
                yield { entry: node };
                continue;
            }
            const body = readListedFile(this.#onDisk(node.path), node, this.name, { memory, signal });
            const content = this.#digests.get(node.path);
            yield content === undefined ? { entry: node, body } : { entry: node, body, content };
        }
    }
    async digests(nodes) {
        const pending = [];
        const memory = readingMemory();
        for (const node of nodes) {
            if (this.#digests.has(node.path) || this.#isKnown(node))
                continue;
            if (node.size > SMALL_FILE)
                pending.push(node);
            else {
                this.#note(node, hashSmallFile(this.#onDisk(node.path), node, this.name, memory));
                await this.#giveTurn();
            }
        }
        const workers = Array.from({ length: IN_FLIGHT }, async () => {
            for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
                this.#note(node, await hashLargeFile(this.#onDisk(node.path), node, this.name, this.#options.signal));
            }
        });
        await Promise.all(workers);
        return nodes.map((node) => this.#digests.get(node.path));
    }
    #isKnown({ path }) {
        const mark = this.#marks.get(path);
        const digest = mark === undefined ? undefined : this.#options.known?.of(path, mark);
        if (digest !== undefined)
            this.#digests.set(path, digest);
        return digest !== undefined;
    }
    #note({ path }, digest) {
        this.#digests.set(path, digest);
        const mark = this.#marks.get(path);
        if (mark !== undefined)
            this.#options.known?.note(path, mark, digest);
    }
    async explainAbsence(path) {
        const { excludedBy, includes } = this.#options;
        const stats = this.#stat(path);
        if (stats?.isSocket() === true)
            return `/${path} is a socket, and a layer can hold none.`;
        if (includes === undefined || stats === undefined)
            return undefined;
        return `/${path} exists, but ${excludedBy ?? 'the ignore file'} keeps it out of ${this.name}.`;
    }
    async #list(path) {
        await this.#giveTurn();
        if (!(await this.#isFolder(path)))
            return [];
        const nodes = [];
        for (const name of this.#names(path)) {
            const node = await this.#child((0,entry_path/* childPath */.cm)(path, name));
            if (node !== undefined)
                nodes.push(node);
        }
        return nodes;
    }
    /** Only a folder that its own parent's list shows can be listed: so no link is ever followed on the way. */
    async #isFolder(path) {
        if (path === '')
            return true;
        if (/(?:^|\/)\.{0,2}$/.test(path))
            return false;
        const parent = (0,entry_path/* parentOf */.gN)(path) ?? '';
        if (!(await this.#isFolder(parent)))
            return false;
        return this.#stat(path)?.isDirectory() === true && this.#options.includes?.(path, true) !== 'prune';
    }
    /** Undefined for what does not belong to the tree. */
    async #child(path) {
        const stats = this.#stat(path);
        if (stats === undefined || stats.isSocket())
            return undefined;
        const included = this.#options.includes?.(path, stats.isDirectory()) ?? true;
        if (included === true)
            return this.#node(path, stats);
        if (included === 'prune' || !stats.isDirectory())
            return undefined;
        return (await this.list(path)).length > 0 ? this.#node(path, stats) : undefined;
    }
    #names(path) {
        const folder = this.#onDisk(path);
        try {
            const names = (0,external_node_fs_.readdirSync)(folder);
            // U+FFFD is what Node makes of bytes that are no UTF-8, so such a folder is read again as bytes.
            const exact = names.some((name) => name.includes('\uFFFD'))
                ? (0,external_node_fs_.readdirSync)(folder, { encoding: 'buffer' }).map(entry_name/* decodeName */.e4)
                : names;
            return exact.sort(entry_name/* compareNames */.MP);
        }
        catch (cause) {
            throw unreadable(path, this.name, cause);
        }
    }
    #stat(path) {
        try {
            // The root itself may be a link, which only a path that goes on follows.
            const onDisk = path === '' ? `${this.#options.root}/.` : this.#onDisk(path);
            return (0,external_node_fs_.lstatSync)(onDisk, { throwIfNoEntry: false });
        }
        catch (cause) {
            if (cause.code === 'ENOTDIR')
                return undefined;
            throw unreadable(path, this.name, cause);
        }
    }
    #node(path, stats) {
        if (stats === undefined)
            return undefined;
        const type = typeOf(stats);
        const { keepOwners, known } = this.#options;
        if (known !== undefined && type === 'file')
            this.#marks.set(path, known_digests/* KnownDigests */.N.markOf(stats));
        return {
            path,
            type,
            mode: stats.mode & 0o7777,
            uid: keepOwners === true ? stats.uid : 0,
            gid: keepOwners === true ? stats.gid : 0,
            size: type === 'file' ? stats.size : 0,
            mtime: stats.mtimeMs / 1000,
            ...(type === 'symlink' ? { linkName: this.#linkTarget(path) } : {}),
            ...(type === 'character' || type === 'block' ? deviceNumbers(stats.rdev) : {}),
            ...(type === 'file' && stats.nlink > 1 ? { inode: `${stats.dev}:${stats.ino}` } : {}),
        };
    }
    #linkTarget(path) {
        try {
            return (0,entry_name/* decodeName */.e4)((0,external_node_fs_.readlinkSync)(this.#onDisk(path), { encoding: 'buffer' }));
        }
        catch (cause) {
            throw unreadable(path, this.name, cause);
        }
    }
    #onDisk(path) {
        if (path.isWellFormed())
            return (0,external_node_path_.join)(this.#options.root, path);
        return Buffer.concat([Buffer.from(`${this.#options.root}/`), (0,entry_name/* encodeName */.aA)(path)]);
    }
    async #giveTurn() {
        this.#options.signal?.throwIfAborted();
        if (performance.now() < this.#turnEnds)
            return;
        await (0,promises_.setImmediate)();
        this.#turnEnds = performance.now() + LONGEST_TURN;
    }
}
function typeOf(stats) {
    if (stats.isFile())
        return 'file';
    if (stats.isDirectory())
        return 'directory';
    if (stats.isSymbolicLink())
        return 'symlink';
    if (stats.isFIFO())
        return 'fifo';
    return stats.isBlockDevice() ? 'block' : 'character';
}
/** Linux's encoding of a device number (glibc, sys/sysmacros.h). */
function deviceNumbers(device) {
    const high = Math.floor(device / 2 ** 32);
    const low = device % 2 ** 32;
    return {
        devMajor: ((low >>> 8) & 0xfff) + (high & ~0xfff),
        devMinor: (low & 0xff) + (((low >>> 12) & ~0xff) >>> 0),
    };
}
/** By halving: lists are in byte order. */
function findPath(nodes, path) {
    let low = 0;
    let high = nodes.length - 1;
    while (low <= high) {
        const middle = (low + high) >> 1;
        const node = nodes[middle];
        const order = node === undefined ? 0 : (0,entry_name/* compareNames */.MP)(node.path, path);
        if (order === 0)
            return node;
        if (order < 0)
            low = middle + 1;
        else
            high = middle - 1;
    }
    return undefined;
}
function unreadable(path, tree, cause) {
    const { code, message } = cause;
    return new errors/* BuildError */.zS({
        kind: 'environment',
        code: 'CONTEXT_UNREADABLE',
        message: `/${path} of ${tree} cannot be read: ${code ?? message}`,
        hint: 'Make it readable for the user that runs the build, or exclude it in .dockerignore.',
        cause,
    });
}


/***/ }),

/***/ 3310:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   s: () => (/* binding */ newestOf)
/* harmony export */ });
/** The time of the newest node of a tree, in whole seconds since 1970; 0 for none. */
async function newestOf(tree, folder = '') {
    let newest = 0;
    for (const node of await tree.list(folder)) {
        newest = Math.max(newest, Math.floor(node.mtime));
        if (node.type === 'directory')
            newest = Math.max(newest, await newestOf(tree, node.path));
    }
    return newest;
}


/***/ }),

/***/ 370:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  A: () => (/* binding */ pLimit)
});

// UNUSED EXPORTS: limitFunction

;// CONCATENATED MODULE: ./node_modules/yocto-queue/index.js
/*
How it works:
`this.#head` is an instance of `Node` which keeps track of its current value and nests another instance of `Node` that keeps the value that comes after it. When a value is provided to `.enqueue()`, the code needs to iterate through `this.#head`, going deeper and deeper to find the last value. However, iterating through every single item is slow. This problem is solved by saving a reference to the last value as `this.#tail` so that it can reference it to add a new value.
*/

class Node {
	value;
	next;

	constructor(value) {
		this.value = value;
	}
}

class Queue {
	#head;
	#tail;
	#size;

	constructor() {
		this.clear();
	}

	enqueue(value) {
		const node = new Node(value);

		if (this.#head) {
			this.#tail.next = node;
			this.#tail = node;
		} else {
			this.#head = node;
			this.#tail = node;
		}

		this.#size++;
	}

	dequeue() {
		const current = this.#head;
		if (!current) {
			return;
		}

		this.#head = this.#head.next;
		this.#size--;

		// Clean up tail reference when queue becomes empty
		if (!this.#head) {
			this.#tail = undefined;
		}

		return current.value;
	}

	peek() {
		if (!this.#head) {
			return;
		}

		return this.#head.value;

		// TODO: Node.js 18.
		// return this.#head?.value;
	}

	clear() {
		this.#head = undefined;
		this.#tail = undefined;
		this.#size = 0;
	}

	get size() {
		return this.#size;
	}

	* [Symbol.iterator]() {
		let current = this.#head;

		while (current) {
			yield current.value;
			current = current.next;
		}
	}

	* drain() {
		while (this.#head) {
			yield this.dequeue();
		}
	}
}

;// CONCATENATED MODULE: ./node_modules/p-limit/index.js


function pLimit(concurrency) {
	let rejectOnClear = false;

	if (typeof concurrency === 'object') {
		({concurrency, rejectOnClear = false} = concurrency);
	}

	validateConcurrency(concurrency);

	if (typeof rejectOnClear !== 'boolean') {
		throw new TypeError('Expected `rejectOnClear` to be a boolean');
	}

	const queue = new Queue();
	let activeCount = 0;

	const resumeNext = () => {
		// Process the next queued function if we're under the concurrency limit
		if (activeCount < concurrency && queue.size > 0) {
			activeCount++;
			queue.dequeue().run();
		}
	};

	const next = () => {
		activeCount--;
		resumeNext();
	};

	const run = async (function_, resolve, arguments_) => {
		// Execute the function and capture the result promise
		const result = (async () => function_(...arguments_))();

		// Resolve immediately with the promise (don't wait for completion)
		resolve(result);

		// Wait for the function to complete (success or failure)
		// We catch errors here to prevent unhandled rejections,
		// but the original promise rejection is preserved for the caller
		try {
			await result;
		} catch {}

		// Decrement active count and process next queued function
		next();
	};

	const enqueue = (function_, resolve, reject, arguments_) => {
		const queueItem = {reject};

		// Queue the internal resolve function instead of the run function
		// to preserve the asynchronous execution context.
		new Promise(internalResolve => { // eslint-disable-line promise/param-names
			queueItem.run = internalResolve;
			queue.enqueue(queueItem);
		}).then(run.bind(undefined, function_, resolve, arguments_)); // eslint-disable-line promise/prefer-await-to-then

		// Start processing immediately if we haven't reached the concurrency limit
		if (activeCount < concurrency) {
			resumeNext();
		}
	};

	const generator = (function_, ...arguments_) => new Promise((resolve, reject) => {
		enqueue(function_, resolve, reject, arguments_);
	});

	Object.defineProperties(generator, {
		activeCount: {
			get: () => activeCount,
		},
		pendingCount: {
			get: () => queue.size,
		},
		clearQueue: {
			value() {
				if (!rejectOnClear) {
					queue.clear();
					return;
				}

				const abortError = AbortSignal.abort().reason;

				while (queue.size > 0) {
					queue.dequeue().reject(abortError);
				}
			},
		},
		concurrency: {
			get: () => concurrency,

			set(newConcurrency) {
				validateConcurrency(newConcurrency);
				concurrency = newConcurrency;

				queueMicrotask(() => {
					// eslint-disable-next-line no-unmodified-loop-condition
					while (activeCount < concurrency && queue.size > 0) {
						resumeNext();
					}
				});
			},
		},
		map: {
			async value(iterable, function_) {
				const promises = [];

				try {
					Array.from(iterable, (value, index) => {
						const promise = generator(function_, value, index);
						promises.push(promise);
						return promise;
					});
				} catch (error) {
					// The iterable threw, so `Promise.all` never observes the already scheduled promises. Observe them here to avoid unhandled rejections.
					for (const promise of promises) {
						promise.catch(() => {}); // eslint-disable-line promise/prefer-await-to-then
					}

					throw error;
				}

				return Promise.all(promises);
			},
		},
	});

	return generator;
}

function limitFunction(function_, options) {
	const limit = pLimit(options);

	const limitedFunction = (...arguments_) => limit(() => function_(...arguments_));
	Object.defineProperty(limitedFunction, 'clearQueue', {
		value: limit.clearQueue,
	});

	return limitedFunction;
}

function validateConcurrency(concurrency) {
	if (!((Number.isInteger(concurrency) || concurrency === Number.POSITIVE_INFINITY) && concurrency > 0)) {
		throw new TypeError('Expected `concurrency` to be a number from 1 and up');
	}
}


/***/ }),

/***/ 4995:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  Ay: () => (/* binding */ pRetry)
});

// UNUSED EXPORTS: AbortError, makeRetriable

;// CONCATENATED MODULE: ./node_modules/is-network-error/index.js
const objectToString = Object.prototype.toString;

const isError = value => objectToString.call(value) === '[object Error]';

const errorMessages = new Set([
	'network error', // Chrome
	'NetworkError when attempting to fetch resource.', // Firefox
	'The Internet connection appears to be offline.', // Safari 16
	'Network request failed', // `cross-fetch`
	'fetch failed', // Undici (Node.js)
	'terminated', // Undici (Node.js)
	' A network error occurred.', // Bun (WebKit)
	'Network connection lost', // Cloudflare Workers (fetch)
]);

function isNetworkError(error) {
	const isValid = error
		&& isError(error)
		&& error.name === 'TypeError'
		&& typeof error.message === 'string';

	if (!isValid) {
		return false;
	}

	const {message, stack} = error;

	// Safari 17+ has generic message but no stack for network errors
	if (message === 'Load failed' || (message.startsWith('Load failed (') && message.endsWith(')'))) {
		return stack === undefined
			// Sentry adds its own stack trace to the fetch error, so also check for that
			|| '__sentry_captured__' in error;
	}

	// Deno network errors start with specific text
	if (message.startsWith('error sending request for url')) {
		return true;
	}

	// Chrome: exact "Failed to fetch" or with hostname: "Failed to fetch (example.com)"
	if (message === 'Failed to fetch' || (message.startsWith('Failed to fetch (') && message.endsWith(')'))) {
		return true;
	}

	// Standard network error messages
	return errorMessages.has(message);
}

;// CONCATENATED MODULE: ./node_modules/p-retry/index.js


function validateRetries(retries) {
	if (typeof retries === 'number') {
		if (retries < 0) {
			throw new TypeError('Expected `retries` to be a non-negative number.');
		}

		if (Number.isNaN(retries)) {
			throw new TypeError('Expected `retries` to be a valid number or Infinity, got NaN.');
		}

		// Not `Number.isSafeInteger`, which would reject a huge `retries`. That is accepted on purpose and behaves as effectively forever.
		// eslint-disable-next-line unicorn/prefer-number-is-safe-integer
		if (Number.isFinite(retries) && !Number.isInteger(retries)) {
			throw new TypeError('Expected `retries` to be a non-negative integer or Infinity.');
		}
	} else if (retries !== undefined) {
		throw new TypeError('Expected `retries` to be a number or Infinity.');
	}
}

function validateNumberOption(name, value, {allowInfinity = false} = {}) {
	if (typeof value !== 'number' || Number.isNaN(value)) {
		throw new TypeError(`Expected \`${name}\` to be a number${allowInfinity ? ' or Infinity' : ''}.`);
	}

	if (!allowInfinity && !Number.isFinite(value)) {
		throw new TypeError(`Expected \`${name}\` to be a finite number.`);
	}

	if (value < 0) {
		throw new TypeError(`Expected \`${name}\` to be \u{2265} 0.`);
	}
}

function validateOption(name, value, type) {
	// `null` means "not provided", as it does for the other options. `unref` needs this because it is the one option with no default of its own.
	if (value === undefined || value === null) {
		return;
	}

	if (typeof value !== type) {
		throw new TypeError(`Expected \`${name}\` to be a ${type}.`);
	}
}

function validateSignal(value) {
	// `null` means "not provided", as it does for the other options.
	if (value === undefined || value === null) {
		return;
	}

	// Duck typed rather than `instanceof`, so a signal from another realm still works. All three methods are checked because `removeEventListener` is called from inside a timer callback, where a `TypeError` would be an uncaught exception rather than a rejection the caller could catch.
	if (typeof value.throwIfAborted !== 'function'
		|| typeof value.addEventListener !== 'function'
		|| typeof value.removeEventListener !== 'function') {
		throw new TypeError('Expected `signal` to be an AbortSignal.');
	}
}

class AbortError extends Error {
	constructor(message) {
		super(typeof message === 'string' ? message : undefined);

		this.name = 'AbortError';

		if (message instanceof Error) {
			this.originalError = message;
			({message} = message);
		} else {
			// Created here, so it already captures every caller frame. Copying `this.stack` instead would only rewrite the header, which is rendered lazily from `name` and `message` at read time. It also stringifies a non-string message, so reuse its result below.
			this.originalError = new Error(message);
			({message} = this.originalError);

			// The caller sees this error, so the frame for this constructor is dropped where the runtime supports it. Left in, the top frame blames p-retry for an error the caller threw. An error the caller passed keeps its own stack, which points at their throw site already. V8-only, hence the lint exception, and the optional call leaves the stack as it is where it is missing.
			// eslint-disable-next-line unicorn/no-nonstandard-builtin-properties
			Error.captureStackTrace?.(this.originalError, AbortError);
		}

		this.message = message;
	}
}

// `setTimeout` cannot represent a longer delay and fires it right away instead, which turns a long backoff into a tight retry loop. Cap at the largest value it can still hold.
const maximumDelay = (2 ** 31) - 1;

function calculateDelay(retriesConsumed, options) {
	// Nothing to wait for, and multiplying by a factor that has grown to `Infinity` would give `NaN`.
	if (options.minTimeout === 0) {
		return 0;
	}

	// `retriesConsumed` starts at 0 and only ever counts up, so the first retry is already attempt 1.
	const attempt = retriesConsumed + 1;
	const random = options.randomize ? (Math.random() + 1) : 1;

	const timeout = Math.round(random * options.minTimeout * (options.factor ** (attempt - 1)));

	// `maxTimeout` rounds up, so a fractional cap still gives a whole number of milliseconds. Rounding down would turn a cap below 1 into no timer at all, which never yields to the event loop. `Math.ceil(Infinity)` is `Infinity`.
	return Math.min(timeout, Math.ceil(options.maxTimeout), maximumDelay);
}

function calculateRemainingTime(start, max) {
	return Number.isFinite(max) ? max - (performance.now() - start) : max;
}

async function delayForRetry(delay, options) {
	if (delay <= 0) {
		return;
	}

	await new Promise((resolve, reject) => {
		// Registered with `once`, so it removes itself when it fires.
		const onAbort = () => {
			clearTimeout(timeoutToken);
			reject(options.signal.reason);
		};

		const timeoutToken = setTimeout(() => {
			options.signal?.removeEventListener('abort', onAbort);
			resolve();
		}, delay);

		if (options.unref) {
			timeoutToken.unref?.();
		}

		options.signal?.addEventListener('abort', onAbort, {once: true});
	});
}

// Stringifying a thrown value can itself throw, for an object with no usable `toString`. That must never be allowed to replace the failure the caller is actually dealing with.
//
// A thrown value whose own accessors or proxy traps throw is not supported, here or anywhere else. It comes from the caller's own code, so it is not something to defend against.
function stringifyThrownValue(value) {
	try {
		return String(value);
	} catch {
		return Object.prototype.toString.call(value);
	}
}

// `AbortError` wraps the error the caller actually wants, and the wrappers can be nested, so keep unwrapping until the cause is reached. Otherwise an `AbortError` would escape `pRetry` and a `catch` doing `error instanceof AbortError` would read a real failure as a cancellation.
//
// Two wrappers whose `originalError` points at each other are not supported, like the thrown values above.
function unwrapAbortError(error) {
	let cause = error;

	// A wrapper with no error to unwrap to is the cause as far as it goes.
	while (cause instanceof AbortError && cause.originalError instanceof Error) {
		cause = cause.originalError;
	}

	return cause;
}

async function onAttemptFailure({error, attemptNumber, retriesConsumed, startTime, options}) {
	// The signal is checked after the operation and after every callback, so a cancellation is never reported as an operation failure or a callback's decision, and no callback runs after it. The last check also guards the delay, whose abort listener never fires on a signal that is already aborted.
	const abortIfNeeded = () => {
		options.signal?.throwIfAborted();
	};

	const normalizedError = error instanceof Error
		? error
		: new TypeError(`Non-error was thrown: "${stringifyThrownValue(error)}". You should only throw errors.`);

	// Checked before unwrapping an `AbortError`, because the reason a caller aborted with is final. Unwrapping it would replace the reason they chose with whatever is inside it, and it would also let an `AbortError` from the operation outrank a cancellation the caller asked for.
	abortIfNeeded();

	if (normalizedError instanceof AbortError) {
		throw unwrapAbortError(normalizedError);
	}

	// `retriesConsumed` only ever advances while `retriesLeft` is above 0, so this is never negative. `Infinity` minus a finite count is `Infinity`, so an unlimited budget needs no special case.
	const retriesLeft = options.retries - retriesConsumed;

	// A `TypeError` normally means the operation itself is broken rather than the thing it was trying to reach, so retrying it does not help. A network `TypeError` is the exception, and its message differs per runtime, so it has to be recognised rather than assumed.
	const isRetriableError = !(normalizedError instanceof TypeError) || isNetworkError(normalizedError);

	// Out of time already, out of retries, or a failure that is never retried, so the delay is 0 and the callbacks are told that no retry follows. Only computed when a retry can still follow, so a randomized delay does not draw from `Math.random` for a wait that is never taken.
	const timeLeft = calculateRemainingTime(startTime, options.maxRetryTime);
	const delayTime = isRetriableError && timeLeft > 0 && retriesLeft > 0 ? calculateDelay(retriesConsumed, options) : 0;

	const consumeRetryContext = Object.freeze({
		error: normalizedError,
		attemptNumber,
		retriesLeft,
		retriesConsumed,
		retryDelay: delayTime,
	});

	// No answer means no opinion, so fall back to the default. Treating it as `false` instead would leave `retries` uncounted and let the loop run forever.
	const consumeRetry = (await options.shouldConsumeRetry(consumeRetryContext)) ?? true;

	abortIfNeeded();

	const effectiveDelay = consumeRetry ? delayTime : 0;
	const context = Object.freeze({
		error: normalizedError,
		attemptNumber,
		retriesLeft,
		retriesConsumed,
		retryDelay: effectiveDelay,
	});

	await options.onFailedAttempt(context);

	abortIfNeeded();

	const remainingTime = calculateRemainingTime(startTime, options.maxRetryTime);

	// No time or budget left, or a failure that retrying cannot help with.
	if (
		!isRetriableError
		|| remainingTime <= 0
		|| retriesLeft <= 0
	) {
		throw normalizedError;
	}

	const shouldRetry = await options.shouldRetry(context);

	abortIfNeeded();

	if (!shouldRetry) {
		throw normalizedError;
	}

	const remainingTimeAfterShouldRetry = calculateRemainingTime(startTime, options.maxRetryTime);

	if (remainingTimeAfterShouldRetry <= 0) {
		throw normalizedError;
	}

	if (!consumeRetry) {
		return false;
	}

	await delayForRetry(Math.min(effectiveDelay, remainingTimeAfterShouldRetry), options);

	return true;
}

async function pRetry(input, options = {}) {
	options = {...options};

	// Applied before validating, so that `null` means "not provided" here as it does for every other option.
	options.retries ??= 10;

	validateRetries(options.retries);

	if (Object.hasOwn(options, 'forever')) {
		throw new Error('The `forever` option is no longer supported. For many use-cases, you can set `retries: Infinity` instead.');
	}

	options.factor ??= 2;
	options.minTimeout ??= 1000;
	options.maxTimeout ??= Infinity;
	options.maxRetryTime ??= Infinity;
	options.randomize ??= false;
	options.onFailedAttempt ??= () => {};
	options.shouldRetry ??= () => true;
	options.shouldConsumeRetry ??= () => true;

	// Validate the options that have a runtime type to check.
	validateOption('onFailedAttempt', options.onFailedAttempt, 'function');
	validateOption('shouldRetry', options.shouldRetry, 'function');
	validateOption('shouldConsumeRetry', options.shouldConsumeRetry, 'function');
	validateOption('randomize', options.randomize, 'boolean');
	validateOption('unref', options.unref, 'boolean');
	validateSignal(options.signal);
	validateNumberOption('factor', options.factor);
	validateNumberOption('minTimeout', options.minTimeout);
	validateNumberOption('maxTimeout', options.maxTimeout, {allowInfinity: true});
	validateNumberOption('maxRetryTime', options.maxRetryTime, {allowInfinity: true});

	// A negative factor is rejected above, so this only catches `0`. Treat it as `1` to keep the delay constant instead of dropping to zero after the first retry.
	if (options.factor === 0) {
		options.factor = 1;
	}

	options.signal?.throwIfAborted();

	let attemptNumber = 0;
	let retriesConsumed = 0;
	const startTime = performance.now();

	// A consumed count is always finite, so `Infinity` keeps this true and needs no special case.
	while (retriesConsumed <= options.retries) {
		attemptNumber++;

		try {
			options.signal?.throwIfAborted();

			const result = await input(attemptNumber);

			options.signal?.throwIfAborted();

			return result;
		} catch (error) {
			if (await onAttemptFailure({
				error,
				attemptNumber,
				retriesConsumed,
				startTime,
				options,
			})) {
				retriesConsumed++;
			}
		}
	}

	// Unreachable: `onAttemptFailure` throws once `retriesLeft` reaches 0, which is the same state the loop condition tests, so the loop is always left by a throw. Kept as a guard against a future change to either side breaking that pairing.
	throw new Error('Retry attempts exhausted without throwing an error.');
}

function makeRetriable(function_, options) {
	return function (...arguments_) {
		return pRetry(() => function_.apply(this, arguments_), options);
	};
}


/***/ })

};
