export const id = 456;
export const ids = [456];
export const modules = {

/***/ 9259:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  oj: () => (/* binding */ ABSENT_FLAGS),
  FX: () => (/* binding */ BUILD_FLAGS),
  Dm: () => (/* binding */ buildOptions),
  If: () => (/* binding */ stateDirOf)
});

// UNUSED EXPORTS: defaultStateDir

// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(8161);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./lib/base/errors.js
var errors = __webpack_require__(7594);
// EXTERNAL MODULE: ./lib/app/lint/shellcheck.js
var shellcheck = __webpack_require__(5939);
// EXTERNAL MODULE: ./lib/image/placed-annotation.js
var placed_annotation = __webpack_require__(7508);
// EXTERNAL MODULE: ./lib/image/platform.js
var image_platform = __webpack_require__(8758);
// EXTERNAL MODULE: ./lib/app/options/problems.js
var options_problems = __webpack_require__(3916);
;// CONCATENATED MODULE: ./lib/app/options/annotations.js



/** `manifest[linux/amd64],index:` in front of a key; keys of annotations have colons of their own only behind a dot or a slash. */
const PLACES = /^((?:[a-z-]+(?:\[[^\]]*\])?)(?:,[a-z-]+(?:\[[^\]]*\])?)*):(.*)$/s;
/**
 * `[PLACE[PLATFORM][,PLACE…]:]KEY=VALUE` as docker buildx and docker/metadata-action write it; without a place the manifest is meant.
 * @throws BuildError `BAD_INPUT`, `BAD_PLATFORM`
 */
function parseAnnotation(text) {
    const equals = text.indexOf('=');
    if (equals < 1)
        throw (0,options_problems/* badInput */.A)(`"${text}" is not of the form KEY=VALUE`);
    const value = text.slice(equals + 1);
    const [, places, rest] = PLACES.exec(text.slice(0, equals)) ?? [];
    const key = (rest ?? text.slice(0, equals)).trim();
    if (key === '')
        throw (0,options_problems/* badInput */.A)(`"${text}" has no key`);
    if (places === undefined)
        return [{ place: 'manifest', key, value }];
    return places.split(',').map((name) => ({ ...placeOf(name), key, value }));
}
function placeOf(text) {
    const [, name = '', platform] = /^([a-z-]+)(?:\[([^\]]*)\])?$/.exec(text) ?? [];
    const place = placed_annotation/* ANNOTATION_PLACES */.z.find((each) => each === name);
    if (place === undefined)
        throw (0,options_problems/* badInput */.A)(`"${name}" is nothing that annotations are put on`, `It is ${placed_annotation/* ANNOTATION_PLACES */.z.join(', ')}.`);
    return platform === undefined ? { place } : { place, platform: (0,image_platform/* parsePlatform */.FL)(platform) };
}

// EXTERNAL MODULE: ./lib/app/options/sizes.js
var sizes = __webpack_require__(268);
;// CONCATENATED MODULE: ./lib/app/options/cache-mounts.js

const DEFAULT_LIMIT = '2g';
/** Whether caches keep the folders of RUN --mount=type=cache, and how big one may be, in bytes. @throws BuildError `BAD_INPUT` */
function cacheMounts(keep, limit) {
    const bytes = (0,sizes/* parseSize */.DB)(limit === '' ? DEFAULT_LIMIT : limit);
    return keep ? { limit: bytes } : undefined;
}

// EXTERNAL MODULE: ./lib/app/options/cache-scope.js
var cache_scope = __webpack_require__(2993);
// EXTERNAL MODULE: ./lib/app/options/choices.js
var choices = __webpack_require__(9718);
// EXTERNAL MODULE: ./lib/app/options/docker-only.js
var docker_only = __webpack_require__(1175);
;// CONCATENATED MODULE: ./lib/app/options/jobs.js

/** Most steps wait for a network, a disk or one another, and BuildKit has no limit at all; this one is for the machine's memory. */
const PER_PROCESSOR = 4;
/** Steps at the same time where nothing is said. */
function defaultJobs() {
    return PER_PROCESSOR * (0,external_node_os_.availableParallelism)();
}

// EXTERNAL MODULE: ./lib/app/options/key-values.js
var key_values = __webpack_require__(8628);
// EXTERNAL MODULE: external "node:net"
var external_node_net_ = __webpack_require__(7030);
;// CONCATENATED MODULE: ./lib/app/options/limits.js


/** Docker's names (go-units, ulimit.go), and `as`. */
const RESOURCES = [
    'as',
    'core',
    'cpu',
    'data',
    'fsize',
    'locks',
    'memlock',
    'msgqueue',
    'nice',
    'nofile',
    'nproc',
    'rss',
    'rtprio',
    'rttime',
    'sigpending',
    'stack',
];
/** `nofile=1024:2048` or `nofile=1024` as docker build takes it; -1 is no limit. @throws BuildError `BAD_INPUT` */
function parseUlimit(text) {
    const match = /^([a-z]+)=(-1|\d+)(?::(-1|\d+))?$/.exec(text);
    const [, name = '', softText = '', hardText = softText] = match ?? [];
    if (match === null)
        throw (0,options_problems/* badInput */.A)(`"${text}" is not of the form NAME=SOFT[:HARD]`, 'Limits are whole numbers, or -1 for none.');
    if (!RESOURCES.includes(name))
        throw (0,options_problems/* badInput */.A)(`"${name}" is not a resource with a limit`, `It is ${RESOURCES.join(', ')}.`);
    const [soft, hard] = [Number(softText), Number(hardText)];
    if (hard !== -1 && (soft === -1 || soft > hard))
        throw (0,options_problems/* badInput */.A)(`"${text}": the soft limit ${soft} is above the hard limit ${hard}`);
    return { name, soft, hard };
}
/** Docker's word for the machine that builds. Steps share its network, so that it is where they are. */
const GATEWAY = 'host-gateway';
/** `name:ip` or `name=ip`, the address in brackets or not, or `name:host-gateway`. @throws BuildError `BAD_INPUT` */
function parseHost(text) {
    const cut = /[=:]/.exec(text)?.index ?? -1;
    const name = text.slice(0, cut);
    const address = text.slice(cut + 1).replace(/^\[(.*)\]$/, '$1');
    const ip = address === GATEWAY ? '127.0.0.1' : address;
    if (cut < 1 || /\s/.test(name) || (0,external_node_net_.isIP)(ip) === 0)
        throw (0,options_problems/* badInput */.A)(`"${text}" is not of the form NAME:IP`);
    return { name, ip };
}
/** @throws BuildError `BAD_INPUT` */
function parseNetwork(text) {
    if (text === '' || text === 'default')
        return 'default';
    if (text === 'none' || text === 'host')
        return text;
    throw (0,options_problems/* badInput */.A)(`"${text}" is not a network mode`, 'It is default, none or host.');
}
/** An entitlement as docker buildx names it. @throws BuildError `BAD_INPUT` */
function parseEntitlement(text) {
    if (text === 'network.host' || text === 'security.insecure')
        return text;
    if (/^device(=|$)/.test(text))
        throw (0,options_problems/* badInput */.A)(`"${text}" cannot be granted`, 'This builder gives RUN no devices of the machine.');
    throw (0,options_problems/* badInput */.A)(`"${text}" is not an entitlement`, 'It is network.host or security.insecure.');
}

// EXTERNAL MODULE: ./lib/app/options/mirrors.js
var mirrors = __webpack_require__(5654);
// EXTERNAL MODULE: ./lib/image/digest.js
var image_digest = __webpack_require__(7241);
// EXTERNAL MODULE: ./lib/image/reference.js
var reference = __webpack_require__(8424);
// EXTERNAL MODULE: ./lib/plan/git-reference.js
var git_reference = __webpack_require__(703);
// EXTERNAL MODULE: ./lib/registry/layout/layout-place.js
var layout_place = __webpack_require__(3484);
// EXTERNAL MODULE: ./lib/app/contexts/context-address.js
var context_address = __webpack_require__(6822);
;// CONCATENATED MODULE: ./lib/app/options/named-contexts.js







const IMAGE = 'docker-image://';
const LAYOUT = 'oci-layout://';
/**
 * `NAME=PATH`, `NAME=docker-image://REFERENCE`, `NAME=oci-layout://PATH[:TAG][@DIGEST]`, or the address of a Git repository or a download.
 * @throws BuildError `BAD_INPUT`, `BAD_REFERENCE`, `BAD_GIT_REFERENCE`
 */
function parseNamedContext(item) {
    const equals = item.indexOf('=');
    if (equals < 1)
        throw (0,options_problems/* badInput */.A)(`"${item}" is not of the form NAME=PATH`);
    const name = item.slice(0, equals).trim().toLowerCase();
    const value = item.slice(equals + 1).trim();
    if (value === `${IMAGE}scratch`)
        return [name, { kind: 'empty' }];
    if (value.startsWith(IMAGE)) {
        return [name, { kind: 'image', reference: (0,reference/* formatReference */.FH)((0,reference/* parseReference */.F2)(value.slice(IMAGE.length))) }];
    }
    if (value.startsWith(LAYOUT))
        return [name, imageInLayout(name, value.slice(LAYOUT.length))];
    const path = (0,external_node_path_.resolve)(value);
    if ((0,context_address/* isFolderAt */.w$)(path))
        return [name, { kind: 'folder', path }];
    if ((0,git_reference/* parseGitReference */.B)(value) !== undefined)
        return [name, { kind: 'git', url: value }];
    if ((0,context_address/* isWebAddress */.d3)(value))
        return [name, { kind: 'http', url: value }];
    const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(value)?.[1];
    if (scheme === undefined)
        throw (0,options_problems/* badInput */.A)(`the folder ${value} of the context "${name}" is not there`);
    throw (0,options_problems/* badInput */.A)(`the context "${name}" is an address of the kind ${scheme}://`, 'It may be a folder, docker-image://REFERENCE, oci-layout://PATH:TAG, a Git repository or an http address.');
}
/** As buildx reads it: a digest goes before a tag, and without both `latest` is meant. */
function imageInLayout(name, text) {
    const match = /^(.*?)(?::([A-Za-z0-9_][A-Za-z0-9_.-]{0,127}))?(?:@(.*))?$/s.exec(text);
    const [, folder = '', tag, digest] = (0,context_address/* isFolderAt */.w$)((0,external_node_path_.resolve)(text)) ? ['', text] : (match ?? []);
    const layout = (0,external_node_path_.resolve)(folder);
    if (folder === '' || !(0,context_address/* isFolderAt */.w$)(layout))
        throw (0,options_problems/* badInput */.A)(`the OCI layout ${folder} of the context "${name}" is not a folder that is there`);
    const suffix = digest === undefined ? { ...(tag === undefined ? {} : { tag }) } : { digest: (0,image_digest/* parseDigest */.m)(digest) };
    return { kind: 'image', reference: (0,reference/* formatReference */.FH)({ ...(0,layout_place/* layoutRepository */.$)(layout), ...suffix }), layout };
}

// EXTERNAL MODULE: ./lib/app/options/outputs.js + 1 modules
var options_outputs = __webpack_require__(1222);
;// CONCATENATED MODULE: ./lib/app/options/platforms.js


/** `linux/amd64,linux/arm64`, also several of them; each platform once, in the order written. @throws BuildError `BAD_PLATFORM` */
function parsePlatforms(items) {
    const host = (0,image_platform/* hostPlatform */.ol)('linux', process.arch);
    const names = items.flatMap((text) => text.split(',')).map((name) => name.trim());
    const platforms = (0,errors/* readAll */.yw)(names.filter((name) => name !== ''), (name) => (name === 'local' ? host : (0,image_platform/* parsePlatform */.FL)(name, host)));
    return [...new Map(platforms.map((platform) => [nameOf(platform), platform])).values()];
}
function nameOf(platform) {
    return `${(0,image_platform/* formatPlatform */.Bq)(platform)} ${platform['os.version'] ?? ''}`;
}

// EXTERNAL MODULE: ./lib/app/options/references.js
var references = __webpack_require__(862);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: ./lib/app/options/list.js
var list = __webpack_require__(3620);
;// CONCATENATED MODULE: ./lib/app/options/secrets.js



const KEYS = ['type', 'id', 'src', 'source', 'env'];
/** `id=…,src=PATH` or `id=…,env=NAME`, as docker build's --secret. @throws BuildError `BAD_INPUT`, never naming a value */
function secretFromSpec(spec, environment) {
    const fields = (0,list/* parseFields */.L5)(spec);
    const unknown = [...fields.keys()].find((key) => !KEYS.includes(key));
    if (unknown !== undefined)
        throw (0,options_problems/* badInput */.A)(`a secret has no key "${unknown}"`, FORM);
    const type = fields.get('type');
    const source = fields.get('src') ?? fields.get('source');
    const variable = fields.get('env');
    const id = fields.get('id') || source || variable;
    if (type !== undefined && type !== 'file' && type !== 'env')
        throw (0,options_problems/* badInput */.A)(`unknown type "${type}" of a secret`);
    if (id === undefined)
        throw (0,options_problems/* badInput */.A)('a secret needs an id', FORM);
    if (source !== undefined && type !== 'env')
        return [id, secretFile(id, source)];
    const named = variable ?? source;
    if (named !== undefined || type === 'env')
        return [id, secretVariable(id, named ?? id, environment)];
    // With an id alone, docker looks for a variable of that name, then for a file.
    if (environment[id] !== undefined)
        return [id, secretVariable(id, id, environment)];
    if ((0,external_node_fs_.existsSync)(id))
        return [id, secretFile(id, id)];
    throw (0,options_problems/* badInput */.A)(`the secret "${id}" is neither a variable nor a file`, FORM);
}
const FORM = 'Write id=NAME,src=PATH or id=NAME,env=VARIABLE.';
/** `id=value`, as the action's input `secrets`: the value is all after the first `=`. */
function secretFromText(item) {
    const [id, value] = cut(item, 'ID=VALUE', SEVERAL_LINES);
    if (value === '') {
        throw badInput(`the secret "${id}" is empty`, 'A GitHub secret that does not exist is empty, and so is every secret in a workflow of a fork.');
    }
    return [id, Buffer.from(value)];
}
/** `id=VARIABLE`, as the action's input `secret-envs`. */
function secretFromVariable(item, environment) {
    const [id, variable] = cut(item, 'ID=VARIABLE');
    return [id, secretVariable(id, variable, environment)];
}
/** `id=PATH`, as the action's input `secret-files`. */
function secretFromFile(item) {
    const [id, path] = cut(item, 'ID=PATH');
    return [id, secretFile(id, path)];
}
/** The usual reason: the lines of a secret were each taken for one. */
const SEVERAL_LINES = 'Each line is a secret. One with several lines stands in quotes, from the ID to its end, with quotes in it doubled: "ID=VALUE".';
function cut(item, form, hint) {
    const equals = item.indexOf('=');
    if (equals < 1)
        throw badInput(`an entry is not of the form ${form}`, hint);
    return [item.slice(0, equals).trim(), item.slice(equals + 1)];
}
function secretVariable(id, variable, environment) {
    const value = environment[variable];
    if (value === undefined)
        throw (0,options_problems/* badInput */.A)(`the secret "${id}" names the variable ${variable}, which is not set`);
    return Buffer.from(value);
}
function secretFile(id, path) {
    try {
        return (0,external_node_fs_.readFileSync)(path);
    }
    catch (cause) {
        throw (0,options_problems/* badInput */.A)(`the file ${path} of the secret "${id}" cannot be read: ${cause.message}`);
    }
}

// EXTERNAL MODULE: ./lib/image/told-time.js
var told_time = __webpack_require__(6224);
;// CONCATENATED MODULE: ./lib/app/options/source-date-epoch.js


/**
 * Seconds since 1970, as https://reproducible-builds.org/specs/source-date-epoch/ has them; undefined for an empty text.
 * @throws BuildError `BAD_INPUT`
 */
function sourceDateEpoch(text) {
    if (text === '')
        return undefined;
    const seconds = Number(text);
    if (/^\d+$/.test(text) && (0,told_time/* isToldTime */.$)(seconds))
        return seconds;
    throw (0,options_problems/* badInput */.A)(`"${text}" is not a whole number of seconds since 1970`);
}

;// CONCATENATED MODULE: ./lib/app/options/ssh.js



const START = 'Start one and add the key: eval $(ssh-agent); ssh-add.';
/**
 * `default`, `ID=SOCKET` or `ID=KEY[,KEY…]`, as docker build's --ssh: an id alone is the agent of SSH_AUTH_SOCK.
 * @throws BuildError `BAD_INPUT`, never telling of a key more than its path
 */
function parseSsh(spec, environment) {
    const equals = spec.indexOf('=');
    const id = (equals < 0 ? spec : spec.slice(0, equals)).trim();
    const paths = (equals < 0 ? '' : spec.slice(equals + 1)).split(',').map((path) => path.trim());
    if (id === '')
        throw (0,options_problems/* badInput */.A)(`"${spec}" is not of the form ID or ID=SOCKET or ID=KEY`);
    if (paths.every((path) => path === ''))
        return [id, agentOf(id, environment)];
    const places = paths.map((path) => ({ path: (0,external_node_path_.resolve)(path), kind: kindOf(id, (0,external_node_path_.resolve)(path)) }));
    const [first, ...more] = places;
    if (first?.kind === 'socket' && more.length === 0)
        return [id, { kind: 'socket', path: first.path }];
    if (places.some(({ kind }) => kind === 'socket'))
        throw (0,options_problems/* badInput */.A)(`the SSH agent "${id}" is one socket, or keys, and not both`);
    return [id, { kind: 'keys', paths: places.map(({ path }) => path) }];
}
/**
 * The agents that an input names: one a line or separated by commas. A part that is a path belongs to the id before it.
 */
function sshSpecs(lines) {
    return lines.flatMap((line) => {
        const specs = [];
        for (const part of line.split(',')) {
            const last = specs.at(-1);
            if (last?.includes('=') === true && !part.includes('=') && part.includes('/'))
                specs[specs.length - 1] = `${last},${part}`;
            else
                specs.push(part);
        }
        return specs.map((spec) => spec.trim()).filter((spec) => spec !== '');
    });
}
/** @throws BuildError `BAD_INPUT` for an id that is given twice */
function sshAgents(agents) {
    const ids = agents.map(([id]) => id);
    const twice = ids.find((id, i) => ids.indexOf(id) !== i);
    if (twice !== undefined)
        throw (0,options_problems/* badInput */.A)(`the SSH agent "${twice}" is given twice`);
    return Object.fromEntries(agents);
}
function agentOf(id, environment) {
    const path = environment['SSH_AUTH_SOCK'];
    if (path === undefined || path === '')
        throw (0,options_problems/* badInput */.A)(`the SSH agent "${id}" is that of SSH_AUTH_SOCK, which is not set`, START);
    if (kindOf(id, (0,external_node_path_.resolve)(path)) !== 'socket')
        throw (0,options_problems/* badInput */.A)(`SSH_AUTH_SOCK names ${path}, which is not a socket`, START);
    return { kind: 'socket', path: (0,external_node_path_.resolve)(path) };
}
function kindOf(id, path) {
    const stat = (0,external_node_fs_.statSync)(path, { throwIfNoEntry: false });
    if (stat === undefined)
        throw (0,options_problems/* badInput */.A)(`${path} of the SSH agent "${id}" is not there`, START);
    if (stat.isSocket())
        return 'socket';
    if (!stat.isFile())
        throw (0,options_problems/* badInput */.A)(`${path} of the SSH agent "${id}" is neither a socket nor a file`);
    checkKey(id, path);
    return 'key';
}
function checkKey(id, path) {
    let text;
    try {
        text = (0,external_node_fs_.readFileSync)(path, 'latin1');
    }
    catch (cause) {
        throw (0,options_problems/* badInput */.A)(`the key ${path} of the SSH agent "${id}" cannot be read: ${cause.message}`);
    }
    if (!/^-----BEGIN [A-Z ]*PRIVATE KEY-----/m.test(text))
        throw (0,options_problems/* badInput */.A)(`${path} of the SSH agent "${id}" is not a private key`);
    if (isEncrypted(text))
        throw (0,options_problems/* badInput */.A)(`the key ${path} of the SSH agent "${id}" needs a passphrase`, START);
}
/** PEM says it in words, OpenSSH's own form by its cipher (openssh-key-v1: magic, then the cipher's name as a string). */
function isEncrypted(text) {
    if (/ENCRYPTED/.test(text))
        return true;
    const body = /-----BEGIN OPENSSH PRIVATE KEY-----([A-Za-z0-9+/=\s]*)/.exec(text)?.[1];
    if (body === undefined)
        return false;
    const bytes = Buffer.from(body, 'base64');
    const name = 'openssh-key-v1\0'.length;
    return (bytes.length > name + 4 &&
        bytes.toString('latin1', name + 4, name + 4 + bytes.readUInt32BE(name)) !== 'none');
}

// EXTERNAL MODULE: ./lib/app/options/cache-options.js
var cache_options = __webpack_require__(9555);
// EXTERNAL MODULE: ./lib/app/options/cache-spec.js
var cache_spec = __webpack_require__(5382);
;// CONCATENATED MODULE: ./lib/app/cli/cache-flags.js





const CACHE_FLAGS = {
    'cache-from': {
        type: 'string',
        multiple: true,
        value: 'SPEC',
        help: 'a further cache to read: type=registry,ref=NAME (or NAME), type=local,src=DIR, type=gha,scope=NAME',
    },
    'cache-to': {
        type: 'string',
        multiple: true,
        value: 'SPEC',
        help: 'a further cache to write: type=registry,ref=NAME, type=local,dest=DIR, type=gha,scope=NAME, type=inline',
    },
    'cache-mode': {
        type: 'string',
        value: 'MODE',
        help: 'max (every step), min (those of the final image), read-only or off (default: max)',
    },
    'cache-strict': { type: 'boolean', help: 'fail when a cache cannot be read or written' },
    'cache-key-secret': {
        type: 'string',
        value: 'SPEC',
        help: 'src=PATH or env=NAME: signs what registry and Actions caches say',
    },
    'cache-max-size': {
        type: 'string',
        value: 'SIZE',
        help: 'size of the state folder, and of each type=local folder, after the build',
    },
};
/** The flags above; what is wrong with them is added to `problems`. */
function cacheOptions(args, problems, surroundings, environment) {
    const each = (name, read) => args.list(name).flatMap((item) => problems.attempt(`--${name}`, () => read(item)) ?? []);
    const attempt = (name, read) => {
        const text = args.text(name);
        return text === undefined ? undefined : problems.attempt(`--${name}`, () => read(text));
    };
    const to = [
        ...each('cache-to', (item) => (0,cache_spec/* parseCacheTo */.fs)(item, surroundings)),
        ...(0,cache_options/* inlineIn */.FZ)(surroundings.buildArgs),
    ];
    const secret = attempt('cache-key-secret', (text) => secretText(text, environment));
    if (secret !== undefined && to.includes('inline')) {
        problems.add('--cache-key-secret', cache_options/* INLINE_IS_NOT_SIGNED */.I9);
    }
    return (0,cache_options/* decideCaches */.Y4)({
        mode: attempt('cache-mode', modeOf) ?? 'max',
        automatic: undefined,
        from: each('cache-from', (item) => (0,cache_spec/* parseCacheFrom */.yD)(item, surroundings)),
        to,
        strict: args.flag('cache-strict') ?? false,
        secret,
        maxSize: attempt('cache-max-size', sizes/* parseSize */.DB),
    });
}
/** Never the value itself: a command line can be read by everybody on the machine. */
function secretText(spec, environment) {
    const [, bytes] = secretFromSpec(spec, environment);
    // Inputs of the action come without blanks around them.
    const text = Buffer.from(bytes).toString('utf8').trim();
    if (text === '')
        throw (0,options_problems/* badInput */.A)('the secret is empty');
    return text;
}
function modeOf(text) {
    if (text === 'max' || text === 'min' || text === 'read-only' || text === 'off')
        return text;
    throw (0,options_problems/* badInput */.A)(`"${text}" is not a mode`, 'It is max, min, read-only or off.');
}

;// CONCATENATED MODULE: ./lib/app/cli/build-flags.js























/** Scripts switch them off. */
const DOCKER_ONLY_FLAGS = ['provenance', 'sbom'];
const NO_CONTAINERS = 'steps leave no containers behind. Leave it out.';
/** Those of docker build that are asked for most. */
const ABSENT_FLAGS = {
    attest: (0,docker_only/* dockerOnlyReason */.vc)('attests'),
    builder: (0,docker_only/* dockerOnlyReason */.vc)('builder'),
    'cgroup-parent': (0,docker_only/* dockerOnlyReason */.vc)('cgroup-parent'),
    rm: NO_CONTAINERS,
    'force-rm': NO_CONTAINERS,
    squash: 'layers are not put together. A last stage that copies from the others (COPY --from) leaves out what it does not need.',
};
/** docker buildx build's flags with its meaning, as far as this version has them, and a few of our own below. */
const BUILD_FLAGS = {
    file: {
        type: 'string',
        short: 'f',
        value: 'PATH',
        help: 'Dockerfile; - for standard input (default: PATH/Dockerfile)',
    },
    tag: { type: 'string', multiple: true, short: 't', value: 'NAME', help: 'name and tag of the result' },
    'build-arg': {
        type: 'string',
        multiple: true,
        value: 'KEY[=VALUE]',
        help: 'value of an ARG; without =VALUE from the environment',
    },
    target: { type: 'string', value: 'STAGE', help: 'stage to build (default: the last)' },
    platform: {
        type: 'string',
        multiple: true,
        value: 'OS/ARCH',
        help: "platform of the image, or several (default: this machine's)",
    },
    label: { type: 'string', multiple: true, value: 'KEY=VALUE', help: 'label of the image' },
    annotation: {
        type: 'string',
        multiple: true,
        value: '[PLACE:]KEY=VALUE',
        help: 'annotation; PLACE is manifest (default), index, manifest-descriptor or index-descriptor',
    },
    secret: { type: 'string', multiple: true, value: 'SPEC', help: 'id=ID,src=PATH or id=ID,env=NAME' },
    ssh: {
        type: 'string',
        multiple: true,
        value: 'ID[=SOCKET|KEY]',
        help: 'SSH agent, or keys, for RUN --mount=type=ssh and Git; an id alone is the agent of SSH_AUTH_SOCK',
    },
    'build-context': {
        type: 'string',
        multiple: true,
        value: 'NAME=PATH',
        help: 'further context; also docker-image://REF or oci-layout://PATH:TAG for an image',
    },
    pull: { type: 'boolean', help: 'look tags of base images up in their registries (every build does)' },
    provenance: { type: 'string', value: 'false', help: 'only false: attestations are not made' },
    sbom: { type: 'string', value: 'false', help: 'only false: attestations are not made' },
    'no-cache': { type: 'boolean', help: 'run every step' },
    'no-cache-filter': {
        type: 'string',
        multiple: true,
        value: 'STAGE',
        help: 'run every step of these stages',
    },
    network: { type: 'string', value: 'MODE', help: 'network of RUN: default, none or host' },
    allow: {
        type: 'string',
        multiple: true,
        value: 'NAME',
        help: 'grant security.insecure to the steps that ask for it (network.host needs no grant here)',
    },
    'add-host': {
        type: 'string',
        multiple: true,
        value: 'NAME:IP',
        help: 'entry of /etc/hosts in RUN; host-gateway as IP is this machine',
    },
    'shm-size': { type: 'string', value: 'SIZE', help: 'size of /dev/shm in RUN' },
    ulimit: { type: 'string', multiple: true, value: 'NAME=SOFT[:HARD]', help: 'resource limit in RUN' },
    ...CACHE_FLAGS,
    'cache-mounts': {
        type: 'boolean',
        help: 'keep the folders of RUN --mount=type=cache in the caches that are written (default; --no-cache-mounts: only in the state folder)',
    },
    'cache-mount-limit': {
        type: 'string',
        value: 'SIZE',
        help: 'size up to which the folder of a cache mount is kept (default: 2g)',
    },
    output: {
        type: 'string',
        multiple: true,
        short: 'o',
        value: 'SPEC',
        help: 'type=registry|oci|docker|local|tar,dest=PATH',
    },
    push: { type: 'boolean', help: 'push the tags to their registries' },
    load: { type: 'boolean', help: 'load the image into a Docker daemon' },
    'registry-mirror': {
        type: 'string',
        multiple: true,
        value: '[REGISTRY=]MIRROR',
        help: 'where images of a registry (default: docker.io) are looked for first',
    },
    iidfile: { type: 'string', value: 'PATH', help: 'write the image ID here' },
    'metadata-file': { type: 'string', value: 'PATH', help: 'write the metadata (JSON) here' },
    progress: {
        type: 'string',
        value: 'STYLE',
        help: 'auto, plain, tty, json or quiet (default: BUILDKIT_PROGRESS, else auto: tty where stderr is a terminal)',
    },
    quiet: { type: 'boolean', short: 'q', help: 'print the image ID only' },
    check: { type: 'boolean', help: 'lint the Dockerfile and stop' },
    call: { type: 'string', value: 'METHOD', help: 'build, or check: the same as --check' },
    plan: { type: 'boolean', help: 'print the plan and stop; nothing is run or pulled but manifests' },
    lint: { type: 'boolean', help: 'lint before building (default; --no-lint switches it off)' },
    'lint-fail-on': {
        type: 'string',
        value: 'LEVEL',
        help: 'error, warning, info, style or none (default: the configuration file’s, else warning)',
    },
    shellcheck: { type: 'string', value: 'MODE', help: 'auto, off or required (default: auto)' },
    'lint-ignore': { type: 'string', multiple: true, value: 'RULE', help: 'rule that is not looked at' },
    'lint-config': { type: 'string', value: 'PATH', help: 'a .hadolint.yaml' },
    'lint-baseline': { type: 'string', value: 'PATH', help: 'findings in this file are not told' },
    compression: { type: 'string', value: 'TYPE', help: 'gzip or zstd (default: gzip)' },
    'compression-level': {
        type: 'string',
        value: 'N',
        help: 'level of the compressor: gzip 0 to 9, zstd 0 to 22',
    },
    'verify-reproducible': {
        type: 'boolean',
        help: 'build twice and fail, before anything is exported, when the results differ',
    },
    isolation: {
        type: 'string',
        value: 'RUNG',
        help: 'auto, runc, unshare, userns, chroot or none (default: auto)',
    },
    jobs: { type: 'string', value: 'N', help: 'steps at the same time (default: four for each processor)' },
    'state-dir': { type: 'string', value: 'DIR', help: 'folder for blobs, cache and unpacked layers' },
};
/**
 * @param problems what is known to be wrong already
 * @throws BuildError `BAD_INPUT` with all that is wrong
 */
function buildOptions(args, environment, problems = new options_problems/* InputProblems */.N()) {
    const read = (name, reader, otherwise) => problems.attempt(`--${name}`, reader) ?? otherwise;
    const each = (name, reader) => args.list(name).flatMap((item) => problems.attempt(`--${name}`, () => [reader(item)]) ?? []);
    const shmSize = args.text('shm-size');
    const tags = each('tag', references/* parseTag */.E);
    const annotations = each('annotation', parseAnnotation).flat();
    for (const name of DOCKER_ONLY_FLAGS)
        read(name, () => (0,docker_only/* refuseDockerOnly */.h5)(name, args.text(name) ?? ''), undefined);
    const type = read('compression', () => (0,choices/* compressionTypeOf */.Qr)(args.text('compression')), undefined);
    const compression = read('compression-level', () => (0,choices/* compressionOf */.MB)(type, args.text('compression-level')), {
        type: 'gzip',
    });
    const wanted = {
        texts: args.list('output'),
        push: args.flag('push') ?? false,
        load: args.flag('load') ?? false,
        tags,
        annotations,
        compression,
    };
    if (args.list('tag').length === 0)
        problems.attempt('--push', () => (0,options_outputs/* checkPush */.LE)(wanted));
    const outputs = read('output', () => (0,options_outputs/* decideOutputs */.LD)(wanted), { outputs: [], annotations, compression });
    const givenArgs = read('build-arg', () => (0,key_values/* buildArgs */.C)(args.list('build-arg'), environment), {});
    const context = problems.attempt('build', () => onlyContext(args)) ?? '.';
    const [file, target] = [said(args, 'file'), said(args, 'target')];
    const scope = (0,cache_scope/* cacheScope */.j)(environment, { context, file: file ?? '', target: target ?? '' });
    const mounts = read('cache-mount-limit', () => cacheMounts(args.flag('cache-mounts') ?? true, args.text('cache-mount-limit') ?? ''), undefined);
    const options = {
        context,
        ...optional('file', file),
        ...optional('target', target),
        platforms: read('platform', () => parsePlatforms(args.list('platform')), []),
        buildArgs: givenArgs,
        labels: read('label', () => (0,key_values/* labels */.W)(args.list('label')), {}),
        namedContexts: Object.fromEntries(each('build-context', parseNamedContext)),
        secrets: Object.fromEntries(each('secret', (spec) => secretFromSpec(spec, environment))),
        ssh: read('ssh', () => sshAgents((0,errors/* readAll */.yw)(args.list('ssh'), (spec) => parseSsh(spec, environment))), {}),
        addHosts: each('add-host', parseHost),
        allow: each('allow', parseEntitlement),
        network: read('network', () => parseNetwork(args.text('network') ?? ''), 'default'),
        ...(shmSize === undefined ? {} : { shmSize: read('shm-size', () => (0,sizes/* parseSize */.DB)(shmSize), 0) }),
        ulimits: each('ulimit', parseUlimit),
        noCache: args.flag('no-cache') === true
            ? true
            : args.list('no-cache-filter').length > 0 && args.list('no-cache-filter'),
        tags,
        ...outputs,
        logins: [],
        mirrors: each('registry-mirror', mirrors/* parseMirror */.v0),
        ...readEpoch(problems, environment),
        lint: {
            enabled: args.flag('lint') ?? true,
            ...optional('failOn', read('lint-fail-on', () => thresholdIn(args.text('lint-fail-on')), undefined)),
            shellcheck: read('shellcheck', () => (0,shellcheck/* shellcheckMode */.Q)(args.text('shellcheck')), 'auto'),
            ignore: args.list('lint-ignore'),
            ...optional('config', said(args, 'lint-config')),
            ...optional('baseline', said(args, 'lint-baseline')),
        },
        cache: cacheOptions(args, problems, { scope, compression: outputs.compression, buildArgs: givenArgs }, environment),
        verifyReproducible: args.flag('verify-reproducible') ?? false,
        ...(mounts === undefined ? {} : { cacheMounts: mounts }),
        isolation: read('isolation', () => (0,choices/* isolationOf */._x)(args.text('isolation')), 'auto'),
        stateDir: stateDirOf(args, environment),
        jobs: read('jobs', () => jobsOf(args.text('jobs')), 1),
    };
    problems.throwIfAny('BAD_INPUT', args.hasUnknown ? 'Run build --help to see its flags.' : undefined);
    return options;
}
/** The folder that --state-dir names; absolute. */
function stateDirOf(args, environment) {
    return (0,external_node_path_.resolve)(said(args, 'state-dir') ?? defaultStateDir(environment));
}
/** Where the command line keeps its state: `$XDG_CACHE_HOME/ts-image-build`, by default below `~/.cache`. XDG: a relative path does not count. */
function defaultStateDir(environment) {
    const caches = environment['XDG_CACHE_HOME'] ?? '';
    const folder = (0,external_node_path_.isAbsolute)(caches) ? caches : (0,external_node_path_.join)(environment['HOME'] || (0,external_node_os_.homedir)(), '.cache');
    return (0,external_node_path_.join)(folder, 'ts-image-build');
}
/** Scripts give an empty text for what they do not say. */
function said(args, name) {
    return args.text(name) || undefined;
}
function onlyContext({ positionals, hasUnknown }) {
    const [context, ...more] = positionals;
    if (hasUnknown)
        return context ?? '.';
    if (context === undefined)
        throw (0,options_problems/* badInput */.A)('the context is missing', 'Write a folder, e.g. "build .", or - for a Dockerfile on standard input.');
    if (more.length > 0)
        throw (0,options_problems/* badInput */.A)(`one context is wanted, and there is also ${more.join(' ')}`);
    return context;
}
function readEpoch(problems, environment) {
    const epoch = problems.attempt('SOURCE_DATE_EPOCH', () => sourceDateEpoch(environment['SOURCE_DATE_EPOCH'] ?? ''));
    return epoch === undefined ? {} : { sourceDateEpoch: epoch };
}
function jobsOf(text) {
    if (text === undefined)
        return defaultJobs();
    const number = Number(text);
    if (!Number.isInteger(number) || number < 1)
        throw (0,options_problems/* badInput */.A)(`"${text}" is not a number of jobs`);
    return number;
}
function thresholdIn(text) {
    return text === undefined ? undefined : (0,choices/* thresholdOf */.pI)(text);
}
function optional(key, value) {
    return value === undefined ? {} : { [key]: value };
}


/***/ }),

/***/ 6822:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Er: () => (/* binding */ contextAddress),
/* harmony export */   Uk: () => (/* binding */ shownAddress),
/* harmony export */   d3: () => (/* binding */ isWebAddress),
/* harmony export */   w$: () => (/* binding */ isFolderAt)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3024);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(7594);
/* harmony import */ var _plan_git_reference_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(703);




/**
 * Reads a build context as docker does (buildx, build/opt.go loadInputs): a folder that is there is meant, whatever it looks like.
 * @throws BuildError `CONTEXT_NOT_FOUND`, `CONTEXT_NOT_SUPPORTED`, `BAD_GIT_REFERENCE`
 */
function contextAddress(text) {
    if (text === '-')
        return { kind: 'stdin' };
    const path = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.resolve)(text);
    const isFolder = isFolderAt(path);
    if (isFolder)
        return { kind: 'folder', path };
    const reference = (0,_plan_git_reference_js__WEBPACK_IMPORTED_MODULE_3__/* .parseGitReference */ .B)(text);
    if (reference !== undefined)
        return { kind: 'git', reference };
    if (isWebAddress(text))
        return { kind: 'http', url: text };
    const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(text)?.[1];
    if (text.includes('{{')) {
        throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .BuildError */ .zS({
            kind: 'user',
            code: 'CONTEXT_NOT_SUPPORTED',
            message: `The context ${text} is a template, and none are filled in`,
            hint: "{{defaultContext}} is docker/build-push-action's name for the commit in its Git repository. Here the checkout is the default: for {{defaultContext}}:FOLDER write the folder itself.",
        });
    }
    if (scheme !== undefined) {
        throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .BuildError */ .zS({
            kind: 'user',
            code: 'CONTEXT_NOT_SUPPORTED',
            message: `The context is an address of the kind ${scheme}://`,
            hint: 'A context is a folder, a Git repository (https://host/path.git#ref:folder, git@host:path, ssh://), the http address of a tar archive or a Dockerfile, or - for standard input.',
        });
    }
    throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .BuildError */ .zS({
        kind: 'user',
        code: 'CONTEXT_NOT_FOUND',
        message: `The context ${text} is ${(0,node_fs__WEBPACK_IMPORTED_MODULE_0__.existsSync)(path) ? 'not a folder' : 'not there'}`,
        hint: (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.existsSync)(path)
            ? 'Give the folder; an archive is read from standard input: build - < FILE.'
            : 'In a workflow, actions/checkout has to run before this step.',
    });
}
/** Nothing is a folder that the system does not find one at, for whatever reason: a link to itself, a name that is too long. */
function isFolderAt(path) {
    try {
        return (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.statSync)(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
    }
    catch {
        return false;
    }
}
function isWebAddress(text) {
    return /^https?:\/\/[^/]/i.test(text);
}
/** For messages: an address without user, password and query, which may be secret. */
function shownAddress(text) {
    const url = URL.parse(text);
    return url === null || !isWebAddress(text) ? text : `${url.origin}${url.pathname}`;
}


/***/ }),

/***/ 9555:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   FZ: () => (/* binding */ inlineIn),
/* harmony export */   I9: () => (/* binding */ INLINE_IS_NOT_SIGNED),
/* harmony export */   Y4: () => (/* binding */ decideCaches),
/* harmony export */   cv: () => (/* binding */ NO_CACHES)
/* harmony export */ });
const NO_CACHES = {
    enabled: false,
    from: [],
    to: [],
    inline: false,
    strict: false,
    notices: [],
};
const INLINE_IS_NOT_SIGNED = 'what type=inline puts into an image is not signed, and so would not be read. Use a registry cache, or leave the secret out';
/** Whoever names Actions caches (`type=gha`) gets these and no other; the automatic one is asked before what is named. */
function decideCaches(request) {
    const { mode, strict, secret, maxSize } = request;
    if (mode === 'off')
        return { ...NO_CACHES, notices: unused(request) };
    const named = request.to.filter((each) => each !== 'inline');
    const places = [...request.from, ...named.map(({ place }) => place)];
    const useAutomatic = request.automatic !== undefined && !places.some(({ type }) => type === 'gha');
    const automatic = useAutomatic ? [request.automatic] : [];
    const writes = mode !== 'read-only';
    return {
        enabled: true,
        from: [
            ...automatic.map((place) => ({ place, named: false })),
            ...request.from.map((place) => ({ place, named: true })),
        ],
        to: writes
            ? [...automatic.map((place) => ({ place })), ...named].map((each) => withMode(each, mode))
            : [],
        inline: writes && request.to.includes('inline'),
        strict,
        ...(secret === undefined ? {} : { secret }),
        ...(maxSize === undefined ? {} : { maxSize }),
        notices: writes ? [] : unused({ ...request, from: [] }),
    };
}
/** `BUILDKIT_INLINE_CACHE=1` among the build args is `cache-to type=inline`, as in buildx. */
function inlineIn(buildArgs) {
    return /^(?:1|t|true)$/i.test(buildArgs['BUILDKIT_INLINE_CACHE'] ?? '') ? ['inline'] : [];
}
function withMode(written, mode) {
    return { ...written, mode: written.mode ?? mode };
}
function unused({ mode, from, to }) {
    const names = [...(from.length > 0 ? ['cache-from'] : []), ...(to.length > 0 ? ['cache-to'] : [])];
    return names.map((name) => `${name} is not used: cache-mode is ${mode}`);
}


/***/ }),

/***/ 2993:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   a: () => (/* binding */ lastingName),
/* harmony export */   j: () => (/* binding */ cacheScope)
/* harmony export */ });
/* harmony import */ var _plan_git_reference_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(703);
/* harmony import */ var _contexts_context_address_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6822);


/**
 * The default name of a cache: each image of a repository has its own, so that the jobs of a matrix and several images never overwrite each
 * other's index. Layers are shared all the same, since they are stored by digest. Not the branch: the service keeps branches apart itself.
 */
function cacheScope(environment, build) {
    const parts = [
        environment['GITHUB_WORKFLOW'],
        environment['GITHUB_JOB'],
        lastingName(build.context),
        build.file,
        build.target,
    ];
    return parts.map((part) => (part ?? '').replace(/[^A-Za-z0-9._/-]+/g, '_')).join('|');
}
/** A context's name that the next commit does not change, and that tells no password. */
function lastingName(context) {
    if ((0,_contexts_context_address_js__WEBPACK_IMPORTED_MODULE_1__/* .isFolderAt */ .w$)(context))
        return context;
    const git = gitReference(context);
    if (git === undefined)
        return (0,_contexts_context_address_js__WEBPACK_IMPORTED_MODULE_1__/* .shownAddress */ .Uk)(context);
    const { remote, subdir } = git;
    const address = remote.replace(/^([a-z]+:\/\/)[^@/]*@/i, '$1');
    return subdir === undefined ? address : `${address}:${subdir}`;
}
/** What is wrong with an address is told when the context is opened. */
function gitReference(text) {
    try {
        return (0,_plan_git_reference_js__WEBPACK_IMPORTED_MODULE_0__/* .parseGitReference */ .B)(text);
    }
    catch {
        return undefined;
    }
}


/***/ }),

/***/ 5382:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   fW: () => (/* binding */ placeName),
/* harmony export */   fs: () => (/* binding */ parseCacheTo),
/* harmony export */   yD: () => (/* binding */ parseCacheFrom)
/* harmony export */ });
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6760);
/* harmony import */ var _image_reference_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8424);
/* harmony import */ var _list_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(3620);
/* harmony import */ var _problems_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(3916);




const LOCATIONS = {
    local: { from: ['src'], to: ['dest'] },
    registry: { from: ['ref', 'registry.insecure'], to: ['ref', 'registry.insecure'] },
    gha: { from: ['scope'], to: ['scope'] },
};
/** Attributes of cache-to besides the location. */
const WRITING = ['mode', 'ignore-error'];
/** How layers and manifests are written: taken where they say what is done anyway. */
const FORMAT = [
    'compression',
    'compression-level',
    'force-compression',
    'oci-mediatypes',
    'image-manifest',
];
/**
 * One `cache-from` as buildx takes it: `type=local,src=DIR`, `type=registry,ref=NAME`, `type=gha,scope=NAME`, or names alone, which mean
 * registries.
 * @throws BuildError `BAD_INPUT`, `BAD_REFERENCE`
 */
function parseCacheFrom(text, surroundings) {
    return attributesOf(text).map((attributes) => {
        const type = typeOf(attributes, 'from');
        checkNames(attributes, LOCATIONS[type].from);
        return placeOf(type, attributes, 'from', surroundings);
    });
}
/**
 * One `cache-to` as buildx takes it; `inline` for `type=inline`.
 * @throws BuildError `BAD_INPUT`, `BAD_REFERENCE`
 */
function parseCacheTo(text, surroundings) {
    return attributesOf(text).map((attributes) => {
        if (attributes.get('type') === 'inline') {
            checkNames(attributes, []);
            return 'inline';
        }
        const type = typeOf(attributes, 'to');
        const format = type === 'gha' ? [] : FORMAT;
        checkNames(attributes, [...LOCATIONS[type].to, ...WRITING, ...format]);
        checkFormat(attributes, surroundings.compression);
        const place = placeOf(type, attributes, 'to', surroundings);
        if (place.type === 'registry' && place.reference.digest !== undefined) {
            throw (0,_problems_js__WEBPACK_IMPORTED_MODULE_3__/* .badInput */ .A)(`"${text}" names a digest`, 'A cache is written under a tag.');
        }
        const mode = modeOf(attributes);
        const ignoreError = flagOf(attributes, 'ignore-error');
        return {
            place,
            ...(mode === undefined ? {} : { mode }),
            ...(ignoreError === undefined ? {} : { ignoreError }),
        };
    });
}
/** As a key of a map, and for people: `registry ghcr.io/o/app:cache`. */
function placeName(place) {
    switch (place.type) {
        case 'local':
            return `local ${place.folder}`;
        case 'registry': {
            const { host, path, tag, digest } = place.reference;
            return `registry ${host}/${path}${digest === undefined ? `:${tag}` : `@${digest}`}`;
        }
        case 'gha':
            return `gha ${place.scope}`;
    }
}
/** A text without any `=` is a list of names (buildx, util/buildflags/cache.go). */
function attributesOf(text) {
    const fields = (0,_list_js__WEBPACK_IMPORTED_MODULE_2__/* .parseFields */ .L5)(text);
    if (text.includes('='))
        return [fields];
    return text
        .split(',')
        .map((ref) => ref.trim())
        .filter((ref) => ref !== '')
        .map((ref) => new Map([
        ['type', 'registry'],
        ['ref', ref],
    ]));
}
function typeOf(attributes, direction) {
    const type = attributes.get('type') ?? '';
    if (type === 'local' || type === 'registry' || type === 'gha')
        return type;
    const known = `It is local, registry${direction === 'to' ? ', inline' : ''} or gha.`;
    if (type === '')
        throw (0,_problems_js__WEBPACK_IMPORTED_MODULE_3__/* .badInput */ .A)('a cache needs a type', `Write type=TYPE,…, or the name of an image. ${known}`);
    throw (0,_problems_js__WEBPACK_IMPORTED_MODULE_3__/* .badInput */ .A)(`"${type}" is not a type of cache that there is`, known);
}
function checkNames(attributes, known) {
    const type = attributes.get('type') ?? '';
    for (const name of attributes.keys()) {
        if (name === 'type' || known.includes(name))
            continue;
        throw (0,_problems_js__WEBPACK_IMPORTED_MODULE_3__/* .badInput */ .A)(`type=${type} has no attribute "${name}" here`, known.length === 0 ? 'It takes none.' : `It takes ${known.join(', ')}.`);
    }
}
function placeOf(type, attributes, direction, { scope }) {
    switch (type) {
        case 'local':
            return { type, folder: (0,node_path__WEBPACK_IMPORTED_MODULE_0__.resolve)(required(attributes, direction === 'from' ? 'src' : 'dest')) };
        case 'registry': {
            const reference = (0,_image_reference_js__WEBPACK_IMPORTED_MODULE_1__/* .withDefaultTag */ ._t)((0,_image_reference_js__WEBPACK_IMPORTED_MODULE_1__/* .parseReference */ .F2)(required(attributes, 'ref')));
            return { type, reference, insecure: flagOf(attributes, 'registry.insecure') ?? false };
        }
        case 'gha':
            return { type, scope: attributes.get('scope') || scope };
    }
}
function required(attributes, name) {
    const value = attributes.get(name) ?? '';
    if (value === '')
        throw (0,_problems_js__WEBPACK_IMPORTED_MODULE_3__/* .badInput */ .A)(`type=${attributes.get('type')} needs ${name}=`);
    return value;
}
function modeOf(attributes) {
    const mode = attributes.get('mode');
    if (mode === undefined || mode === 'min' || mode === 'max')
        return mode;
    throw (0,_problems_js__WEBPACK_IMPORTED_MODULE_3__/* .badInput */ .A)(`"${mode}" is not a mode of a cache`, 'It is min or max.');
}
/** As Go reads truth values. */
function flagOf(attributes, name) {
    const value = attributes.get(name);
    if (value === undefined)
        return undefined;
    if (/^(?:1|t|true)$/i.test(value))
        return true;
    if (/^(?:0|f|false)$/i.test(value))
        return false;
    throw (0,_problems_js__WEBPACK_IMPORTED_MODULE_3__/* .badInput */ .A)(`${name} is "${value}"`, 'It is true or false.');
}
/** A cache holds the very layers of the image, in a plain OCI manifest. */
function checkFormat(attributes, compression) {
    for (const name of ['oci-mediatypes', 'image-manifest']) {
        if (flagOf(attributes, name) === false) {
            throw (0,_problems_js__WEBPACK_IMPORTED_MODULE_3__/* .badInput */ .A)(`${name}=false is not offered`, 'A cache is a plain OCI image manifest.');
        }
    }
    if (flagOf(attributes, 'force-compression') === true) {
        throw (0,_problems_js__WEBPACK_IMPORTED_MODULE_3__/* .badInput */ .A)('force-compression=true is not offered', AS_IN_IMAGE);
    }
    const type = attributes.get('compression');
    if (type !== undefined && type !== compression.type) {
        throw (0,_problems_js__WEBPACK_IMPORTED_MODULE_3__/* .badInput */ .A)(`compression=${type} is not the image's, which is ${compression.type}`, AS_IN_IMAGE);
    }
    const level = attributes.get('compression-level');
    if (level !== undefined && level !== String(compression.level)) {
        const own = compression.level === undefined ? 'the default' : compression.level;
        throw (0,_problems_js__WEBPACK_IMPORTED_MODULE_3__/* .badInput */ .A)(`compression-level=${level} is not the image's, which is ${own}`, AS_IN_IMAGE);
    }
}
const AS_IN_IMAGE = 'A cache holds the layers as they are in the image; how those are compressed is said by compression and compression-level of the build.';


/***/ }),

/***/ 9718:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   MB: () => (/* binding */ compressionOf),
/* harmony export */   Qr: () => (/* binding */ compressionTypeOf),
/* harmony export */   _x: () => (/* binding */ isolationOf),
/* harmony export */   pI: () => (/* binding */ thresholdOf)
/* harmony export */ });
/* harmony import */ var _image_layer_compression_level_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(4962);
/* harmony import */ var _problems_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3916);


/** @throws BuildError `BAD_INPUT` */
function thresholdOf(text) {
    switch (text) {
        case 'error':
        case 'warning':
        case 'info':
        case 'style':
        case 'none':
            return text;
        default:
            throw (0,_problems_js__WEBPACK_IMPORTED_MODULE_1__/* .badInput */ .A)(`"${text}" is not a level`, 'It is error, warning, info, style or none.');
    }
}
/** @throws BuildError `BAD_INPUT` */
function compressionTypeOf(text) {
    if (text === undefined || text === '')
        return 'gzip';
    if (text === 'gzip' || text === 'zstd')
        return text;
    throw (0,_problems_js__WEBPACK_IMPORTED_MODULE_1__/* .badInput */ .A)(`"${text}" is not a compression`, 'It is gzip or zstd.');
}
/**
 * @param type undefined: what was given is none, so that the level of any of them passes
 * @throws BuildError `BAD_INPUT` for the level
 */
function compressionOf(type, level) {
    const chosen = type ?? 'zstd';
    if (level === undefined || level === '')
        return { type: chosen };
    const number = (0,_image_layer_compression_level_js__WEBPACK_IMPORTED_MODULE_0__/* .readCompressionLevel */ .R)(chosen, level);
    if (number !== undefined)
        return { type: chosen, level: number };
    throw (0,_problems_js__WEBPACK_IMPORTED_MODULE_1__/* .badInput */ .A)(`"${level}" is not a level of ${chosen}`, `It is a number from 0 to ${_image_layer_compression_level_js__WEBPACK_IMPORTED_MODULE_0__/* .HIGHEST_LEVEL */ .e[chosen]}.`);
}
/** @throws BuildError `BAD_INPUT` */
function isolationOf(text) {
    switch (text) {
        case undefined:
        case '':
            return 'auto';
        case 'auto':
        case 'runc':
        case 'unshare':
        case 'userns':
        case 'chroot':
        case 'none':
            return text;
        default:
            throw (0,_problems_js__WEBPACK_IMPORTED_MODULE_1__/* .badInput */ .A)(`"${text}" is not an isolation`, 'It is auto, runc, unshare, userns, chroot or none.');
    }
}


/***/ }),

/***/ 1175:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Mf: () => (/* binding */ parseCall),
/* harmony export */   h5: () => (/* binding */ refuseDockerOnly),
/* harmony export */   vc: () => (/* binding */ dockerOnlyReason)
/* harmony export */ });
/* unused harmony export DOCKER_ONLY_INPUTS */
/* harmony import */ var _problems_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3916);

const SWITCHED_OFF = /^(?:false|0|f)$/i;
const ATTESTATIONS = {
    why: 'attestations are not made',
    instead: 'Set it to false. For what was pushed, actions/attest-build-provenance and actions/attest-sbom sign one for the output digest; beside the image docker/build-push-action puts them.',
    harmless: SWITCHED_OFF,
};
/** What docker/build-push-action and docker buildx take and this builder cannot do, by the name of the input. */
const DOCKER_ONLY = {
    builder: {
        why: 'there are no builders to choose from: the engine is part of this action',
        instead: 'Leave it out, and docker/setup-buildx-action with it; docker/build-push-action uses builders.',
    },
    'cgroup-parent': {
        why: 'steps get no control group of a name of their own',
        instead: 'Leave it out; docker/build-push-action has it with a builder.',
    },
    provenance: ATTESTATIONS,
    sbom: ATTESTATIONS,
    attests: { ...ATTESTATIONS, harmless: /^(?:type=(?:sbom|provenance),disabled=true\s*)+$/ },
};
const DOCKER_ONLY_INPUTS = Object.keys(DOCKER_ONLY);
/** Why there is no such thing, and what there is instead. */
function dockerOnlyReason(name) {
    const { why, instead } = DOCKER_ONLY[name];
    return `${why}. ${instead}`;
}
/**
 * Silently leaving out what was asked for would be worse than to fail.
 * @throws BuildError `BAD_INPUT` for a value that asks for something
 */
function refuseDockerOnly(name, text) {
    const { why, instead, harmless } = DOCKER_ONLY[name];
    const value = text.trim();
    if (value === '' || harmless?.test(value) === true)
        return;
    throw (0,_problems_js__WEBPACK_IMPORTED_MODULE_0__/* .badInput */ .A)(why, instead);
}
/** Whether the linter alone is asked for. @throws BuildError `BAD_INPUT` */
function parseCall(text) {
    if (text === '' || text === 'build')
        return 'build';
    if (text === 'check')
        return 'check';
    if (text === 'outline' || text === 'targets' || text.startsWith('subrequests'))
        throw (0,_problems_js__WEBPACK_IMPORTED_MODULE_0__/* .badInput */ .A)(`"${text}" cannot be called`, 'It is build or check; docker/build-push-action and docker buildx build --call know the others.');
    throw (0,_problems_js__WEBPACK_IMPORTED_MODULE_0__/* .badInput */ .A)(`"${text}" is not a call`, 'It is build or check.');
}


/***/ }),

/***/ 3620:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   L5: () => (/* binding */ parseFields)
/* harmony export */ });
/* unused harmony exports parseList, parseRecords, keyAndValue */
/* harmony import */ var csv_parse_sync__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5175);
/* harmony import */ var _problems_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3916);


/**
 * Reads a list input as docker/build-push-action does: each line is a CSV record with relaxed quotes, blank items are dropped.
 * `commas: 'split'` makes every field an item, `'keep'` puts the fields of a line together again.
 * @throws BuildError `BAD_INPUT`
 */
function parseList(text, commas, trim = true) {
    const records = parseRecords(text);
    const items = commas === 'split' ? records.flat() : records.map((fields) => fields.join(','));
    return items.map((item) => (trim ? item.trim() : item)).filter((item) => item.trim() !== '');
}
/**
 * The records of a list input with their fields apart: quotes may hold a comma together.
 * @throws BuildError `BAD_INPUT`
 */
function parseRecords(text) {
    return readCsv(text).filter((fields) => fields.some((field) => field.trim() !== ''));
}
/**
 * The fields of one record `key=value,key=value`; a field without `=` has an empty value. Keys are lower-cased.
 * @throws BuildError `BAD_INPUT`
 */
function parseFields(record) {
    return new Map((readCsv(record)[0] ?? []).map(keyAndValue));
}
/** One `key=value`, as parseFields reads it. */
function keyAndValue(field) {
    const equals = field.indexOf('=');
    return equals < 0
        ? [field.trim().toLowerCase(), '']
        : [field.slice(0, equals).trim().toLowerCase(), field.slice(equals + 1)];
}
/** What is wrong is told without a word of the text, which may be a secret. */
function readCsv(text) {
    try {
        return (0,csv_parse_sync__WEBPACK_IMPORTED_MODULE_0__/* .parse */ .qg)(text, {
            columns: false,
            // Left alone the parser takes the first line end that it sees for all of them.
            record_delimiter: ['\r\n', '\n', '\r'],
            relax_column_count: true,
            relax_quotes: true,
            skip_empty_lines: true,
        });
    }
    catch (error) {
        const { code } = error;
        throw (0,_problems_js__WEBPACK_IMPORTED_MODULE_1__/* .badInput */ .A)(code === 'CSV_QUOTE_NOT_CLOSED' ? 'a quote is not closed' : 'it cannot be read as CSV', 'A line is a CSV record: a field that begins with a quote ends with one, and quotes in it are doubled.');
    }
}


/***/ }),

/***/ 5654:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   HH: () => (/* binding */ mirrorsByRegistry),
/* harmony export */   Lz: () => (/* binding */ insecureMirrors),
/* harmony export */   v0: () => (/* binding */ parseMirror)
/* harmony export */ });
/* harmony import */ var _registry_host_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(4845);
/* harmony import */ var _problems_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3916);


const HOST = '(?:[\\w.-]+|\\[[0-9a-f:]+\\])(?::\\d+)?';
const REGISTRY = new RegExp(`^${HOST}$`, 'i');
const MIRROR = new RegExp(`^(https?://)?(${HOST}(?:/[a-z0-9._/-]+?)?)/*$`, 'i');
const FORM = 'Write MIRROR for Docker Hub, or REGISTRY=MIRROR: docker.io=mirror.example.com/hub.';
/**
 * `REGISTRY=MIRROR`, or a mirror of Docker Hub alone, as dockerd has it. `http://` before a mirror lets it do without TLS.
 * @throws BuildError `BAD_INPUT`
 */
function parseMirror(text) {
    const equals = text.indexOf('=');
    const registry = equals === -1 ? 'docker.io' : text.slice(0, equals).trim();
    const [, scheme, mirror] = MIRROR.exec(text.slice(equals + 1).trim()) ?? [];
    if (!REGISTRY.test(registry))
        throw (0,_problems_js__WEBPACK_IMPORTED_MODULE_1__/* .badInput */ .A)(`"${registry}" is no name of a registry`, FORM);
    if (mirror === undefined)
        throw (0,_problems_js__WEBPACK_IMPORTED_MODULE_1__/* .badInput */ .A)('a mirror is no host with a path', FORM);
    return { registry: (0,_registry_host_js__WEBPACK_IMPORTED_MODULE_0__/* .canonicalHost */ .rQ)(registry), mirror, insecure: scheme?.toLowerCase() === 'http://' };
}
/** The mirrors of each registry, in their order. */
function mirrorsByRegistry(mirrors) {
    const registries = [...new Set(mirrors.map(({ registry }) => registry))];
    return Object.fromEntries(registries.map((name) => [
        name,
        mirrors.filter(({ registry }) => registry === name).map(({ mirror }) => mirror),
    ]));
}
/** Hosts of mirrors that may do without TLS. */
function insecureMirrors(mirrors) {
    return mirrors.flatMap(({ mirror, insecure }) => (insecure ? [mirror.split('/')[0] ?? mirror] : []));
}


/***/ }),

/***/ 1222:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  LE: () => (/* binding */ checkPush),
  LD: () => (/* binding */ decideOutputs),
  up: () => (/* binding */ insecureHosts),
  Tc: () => (/* binding */ isOnStdout),
  eZ: () => (/* binding */ namesOf)
});

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./node_modules/csv-parse/lib/sync.js + 9 modules
var sync = __webpack_require__(5175);
// EXTERNAL MODULE: ./lib/base/errors.js
var errors = __webpack_require__(7594);
// EXTERNAL MODULE: ./lib/image/layer/compression-level.js
var compression_level = __webpack_require__(4962);
// EXTERNAL MODULE: ./lib/image/placed-annotation.js
var placed_annotation = __webpack_require__(7508);
// EXTERNAL MODULE: ./lib/image/platform.js
var image_platform = __webpack_require__(8758);
;// CONCATENATED MODULE: ./lib/export/spec.js





const TYPES = ['image', 'registry', 'oci', 'docker', 'local', 'tar', 'cacheonly'];
const IMAGE_KEYS = [
    'name',
    'compression',
    'compression-level',
    'force-compression',
    'oci-mediatypes',
    'rewrite-timestamp',
];
const KEYS = {
    image: [...IMAGE_KEYS, 'push', 'push-by-digest', 'registry.insecure', 'name-canonical', 'store', 'unpack'],
    oci: [...IMAGE_KEYS, 'dest', 'tar'],
    docker: [...IMAGE_KEYS, 'dest', 'tar', 'context'],
    local: ['dest', 'platform-split'],
    tar: ['dest', 'platform-split'],
    cacheonly: [],
};
const ANNOTATION = new RegExp(`^annotation(?:-(${placed_annotation/* ANNOTATION_PLACES */.z.join('|')}))?(?:\\[([^\\]]*)\\])?\\.(.+)$`);
/**
 * Reads `--output` values as buildx does: CSV of `key=value` with `type`; a lone path is `type=local`, a lone `-` is `type=tar`
 * to standard output.
 * @throws BuildError(s) `BAD_OUTPUT`, `UNKNOWN_OUTPUT_TYPE`, `OUTPUT_NOT_SUPPORTED`, for all outputs together
 */
function parseOutputs(texts) {
    return (0,errors/* readAll */.yw)(texts, parseOutput);
}
/** @throws BuildError as parseOutputs */
function parseOutput(text) {
    const fields = fieldsOf(text);
    const [only = ''] = fields;
    if (fields.length === 1 && only === text && !text.startsWith('type=')) {
        return text === '-' ? { type: 'tar', dest: '-' } : { type: 'local', dest: text };
    }
    const attributes = new Attributes(text, fields);
    switch (attributes.type) {
        case 'image':
            return imageOf(attributes);
        case 'oci':
            return {
                type: 'oci',
                dest: attributes.required('dest'),
                tar: attributes.flag('tar') ?? true,
                image: attributes.image(),
            };
        case 'docker':
            return dockerOf(attributes);
        case 'local':
        case 'tar':
            return filesOf(attributes, attributes.type);
        default:
            return { type: 'cacheonly' };
    }
}
function imageOf(attributes) {
    for (const key of ['store', 'unpack']) {
        if (attributes.flag(key) === true) {
            throw attributes.unsupported(`${key}=true`, 'There is no image store here that it could be kept in.');
        }
    }
    // How an image store names the image besides its own name; without one it says nothing, as with BuildKit in a container.
    attributes.flag('name-canonical');
    const byDigest = attributes.flag('push-by-digest') ?? false;
    return {
        type: 'image',
        push: attributes.flag('push') ?? attributes.alias === 'registry',
        byDigest,
        insecure: attributes.flag('registry.insecure') ?? false,
        image: attributes.image(),
    };
}
function dockerOf(attributes) {
    if (attributes.flag('tar') === false) {
        throw attributes.unsupported('tar=false', 'Use type=oci,tar=false for a folder.');
    }
    if (attributes.get('context') !== undefined) {
        throw attributes.unsupported('context', 'Set DOCKER_CONTEXT or DOCKER_HOST for the docker command.');
    }
    const dest = attributes.get('dest');
    return { type: 'docker', ...(dest === undefined ? {} : { dest }), image: attributes.image() };
}
function filesOf(attributes, type) {
    const dest = attributes.required('dest');
    if (type === 'local' && dest === '-') {
        throw attributes.bad('a folder cannot go to standard output', 'Use type=tar,dest=-.');
    }
    const platformSplit = attributes.flag('platform-split');
    return { type, dest, ...(platformSplit === undefined ? {} : { platformSplit }) };
}
function fieldsOf(text) {
    try {
        const records = (0,sync/* parse */.qg)(text, { columns: false, relax_column_count: true, trim: false });
        const [record = [], ...more] = records;
        if (more.length === 0 && record.length > 0)
            return record;
    }
    catch (cause) {
        throw badOutput(text, 'its quotes are not CSV', 'Quote a whole field: type=image,"name=a,b".', cause);
    }
    throw badOutput(text, 'it is not one line of fields');
}
/** The keys of one output, checked against what its type takes. */
class Attributes {
    /** `registry` counts as `image`. */
    type;
    alias;
    #text;
    #values = new Map();
    constructor(text, fields) {
        this.#text = text;
        for (const field of fields)
            this.#add(field);
        this.alias = this.#values.get('type') ?? '';
        this.#values.delete('type');
        if (this.alias === '')
            throw this.bad('it has no type', `Begin it with type=, one of ${TYPES.join(', ')}.`);
        if (!TYPES.includes(this.alias)) {
            throw new errors/* BuildError */.zS({
                kind: 'user',
                code: 'UNKNOWN_OUTPUT_TYPE',
                message: `The output "${text}" has the unknown type "${this.alias}"`,
                hint: `Types are ${TYPES.join(', ')}.`,
            });
        }
        this.type = this.alias === 'registry' ? 'image' : this.alias;
        for (const key of this.#values.keys())
            this.#check(key);
    }
    get(key) {
        return this.#values.get(key);
    }
    required(key) {
        const value = this.get(key);
        if (value === undefined || value === '')
            throw this.bad(`type=${this.alias} needs ${key}=`);
        return value;
    }
    /** As Go reads truth values. */
    flag(key) {
        const value = this.get(key);
        if (value === undefined)
            return undefined;
        if (/^(1|t|true)$/i.test(value))
            return true;
        if (/^(0|f|false)$/i.test(value))
            return false;
        throw this.bad(`${key} is "${value}"`, `${key} is true or false.`);
    }
    image() {
        if (this.flag('oci-mediatypes') === false) {
            throw this.unsupported('oci-mediatypes=false', 'Images are made with OCI media types, which every registry in use takes.');
        }
        if (this.flag('force-compression') === true) {
            throw this.unsupported('force-compression=true', 'Layers of a base image keep the compression that they have.');
        }
        const compression = this.#compression();
        const rewriteTimestamp = this.flag('rewrite-timestamp');
        if (rewriteTimestamp === false) {
            throw this.unsupported('rewrite-timestamp=false', 'No file that a build makes has a later time than SOURCE_DATE_EPOCH; without one, the times of copied files stay.');
        }
        const annotations = [...this.#values].flatMap(([text, value]) => {
            const [, place = 'manifest', platform, key] = ANNOTATION.exec(text) ?? [];
            if (key === undefined)
                return [];
            const found = { place: place, key, value };
            return [platform === undefined ? found : { ...found, platform: (0,image_platform/* parsePlatform */.FL)(platform) }];
        });
        return {
            names: (this.get('name') ?? '')
                .split(',')
                .map((name) => name.trim())
                .filter((name) => name !== ''),
            annotations,
            ...(compression === undefined ? {} : { compression }),
            ...(rewriteTimestamp === undefined ? {} : { rewriteTimestamp }),
        };
    }
    bad(what, hint) {
        return badOutput(this.#text, what, hint);
    }
    unsupported(what, hint) {
        return new errors/* BuildError */.zS({
            kind: 'user',
            code: 'OUTPUT_NOT_SUPPORTED',
            message: `The output "${this.#text}" asks for ${what}, which is not supported`,
            hint,
        });
    }
    #add(field) {
        const equals = field.indexOf('=');
        if (equals === -1)
            throw this.bad(`"${field}" is not key=value`);
        const key = field.slice(0, equals).trim();
        // Annotation names keep their case.
        this.#values.set(key.startsWith('annotation') ? key : key.toLowerCase(), field.slice(equals + 1));
    }
    #check(key) {
        const known = KEYS[this.type] ?? [];
        const takesAnnotations = known.includes('name');
        if (known.includes(key) || (takesAnnotations && ANNOTATION.test(key)))
            return;
        const keys = known.length === 0 ? 'no keys' : known.join(', ');
        throw this.bad(`type=${this.alias} has no key "${key}"`, `It takes ${keys}.`);
    }
    #compression() {
        const type = this.get('compression');
        if (type === undefined) {
            // The wider range: which one it is the build says.
            const level = this.#level('zstd');
            return level === undefined ? undefined : { level };
        }
        if (type === 'gzip' || type === 'zstd') {
            const level = this.#level(type);
            return { type, ...(level === undefined ? {} : { level }) };
        }
        if (type === 'uncompressed' || type === 'estargz') {
            throw this.unsupported(`compression=${type}`, 'compression is gzip or zstd.');
        }
        throw this.bad(`compression is "${type}"`, 'compression is gzip or zstd.');
    }
    #level(type) {
        const level = this.get('compression-level');
        if (level === undefined)
            return undefined;
        const number = (0,compression_level/* readCompressionLevel */.R)(type, level);
        if (number !== undefined)
            return number;
        const { gzip, zstd } = compression_level/* HIGHEST_LEVEL */.e;
        throw this.bad(`compression-level is "${level}"`, `It is a number: 0 to ${gzip} for gzip, 0 to ${zstd} for zstd.`);
    }
}
function badOutput(text, what, hint, cause) {
    return new errors/* BuildError */.zS({
        kind: 'user',
        code: 'BAD_OUTPUT',
        message: `The output "${text}" cannot be read: ${what}`,
        hint: hint ?? 'Write it as type=TYPE,key=value,…, or as the path of a folder.',
        cause,
    });
}

// EXTERNAL MODULE: ./lib/image/reference.js
var reference = __webpack_require__(8424);
// EXTERNAL MODULE: ./lib/app/options/problems.js
var problems = __webpack_require__(3916);
// EXTERNAL MODULE: ./lib/app/options/references.js
var references = __webpack_require__(862);
;// CONCATENATED MODULE: ./lib/app/options/outputs.js






/**
 * All outputs of a build, `push` and `load` among them. There is one image whatever the number of outputs, so what an output says about the
 * image holds for all of them.
 * @throws BuildError `BAD_INPUT`, `BAD_OUTPUT`, `UNKNOWN_OUTPUT_TYPE`, `OUTPUT_NOT_SUPPORTED`
 */
function decideOutputs(request) {
    const outputs = withPushAndLoad(parseOutputs(request.texts), request);
    if (!lacksTag(outputs, request))
        for (const output of outputs)
            checkNames(output, request.tags);
    checkPlaces(outputs, request.tags);
    const images = outputs.flatMap((output) => ('image' in output ? [output.image] : []));
    return {
        outputs,
        annotations: [...request.annotations, ...images.flatMap(({ annotations }) => annotations)],
        compression: oneCompression(images.flatMap(({ compression }) => (compression === undefined ? [] : [compression])), request.compression),
    };
}
/**
 * Apart from decideOutputs, for `push` is what is wrong then, and no output.
 * @throws BuildError `BAD_INPUT` where push has nothing to push to
 */
function checkPush(request) {
    if (lacksTag(request.texts.flatMap(outputsIn), request))
        throw noTag();
}
/** As docker buildx has it (commands/build.go): `push` and `load` mean the outputs of their kind that are written; without one they are one more. */
function withPushAndLoad(written, { push, load }) {
    const pushing = written.map((output) => push && output.type === 'image' ? { ...output, push: true } : output);
    const pushes = written.some(({ type }) => type === 'image');
    const loads = written.some((output) => output.type === 'docker' && output.dest === undefined);
    return [...pushing, ...(push && !pushes ? [PUSH] : []), ...(load && !loads ? [LOAD] : [])];
}
function lacksTag(outputs, { push, tags }) {
    const isNamed = outputs.some((output) => output.type === 'image' && output.image.names.length > 0);
    return push && tags.length === 0 && !isNamed;
}
/** What is wrong with an output is told by decideOutputs. */
function outputsIn(text) {
    try {
        return parseOutputs([text]);
    }
    catch {
        return [];
    }
}
/** Whether an output goes to standard output. */
function isOnStdout(output) {
    return 'dest' in output && output.dest === '-';
}
/** The references that an output names, else the build's tags. */
function namesOf(output, tags) {
    const names = 'image' in output ? output.image.names : [];
    return names.length === 0 ? tags : names.map((name) => (0,references/* parseTag */.E)(name));
}
/** Hosts that an output allows to speak plain HTTP or to show any certificate. */
function insecureHosts(outputs, tags) {
    return outputs.flatMap((output) => output.type === 'image' && output.insecure
        ? namesOf(output, tags).map((name) => (0,reference/* parseReference */.F2)(name).host)
        : []);
}
const NO_ATTRIBUTES = { names: [], annotations: [] };
const PUSH = {
    type: 'image',
    push: true,
    byDigest: false,
    insecure: false,
    image: NO_ATTRIBUTES,
};
const LOAD = { type: 'docker', image: NO_ATTRIBUTES };
function checkNames(output, tags) {
    if (output.type === 'image' && output.push && namesOf(output, tags).length === 0)
        throw noTag();
}
function noTag() {
    return (0,problems/* badInput */.A)('there is no tag to push to', 'Name the image: the input tags, --tag, or name= of the output.');
}
/** What is written later would be over what was written first, or in the midst of it. A layout can hold the image under several names. */
function checkPlaces(outputs, tags) {
    const written = outputs.flatMap((output) => {
        if (!('dest' in output) || output.dest === undefined)
            return [];
        return [{ output, place: isOnStdout(output) ? 'standard output' : (0,external_node_path_.resolve)(output.dest) }];
    });
    const twice = written.find(({ output, place }, at) => written.slice(0, at).some((other) => other.place === place && !canShare(output, other.output, tags)));
    if (twice !== undefined)
        throw (0,problems/* badInput */.A)(`two outputs go to ${twice.place}`, 'Give each a place of its own: dest=PATH.');
}
/** Are both entries of one OCI layout, under other names? */
function canShare(one, other, tags) {
    if (one.type !== 'oci' || other.type !== 'oci' || one.tar || other.tar)
        return false;
    const [names, taken] = [namesOf(one, tags), namesOf(other, tags)];
    return names.length + taken.length > 0 && !names.some((name) => taken.includes(name));
}
/** What an output leaves open is what the build says. */
function completed({ type: written, level }, build) {
    const type = written ?? build.type;
    if (level !== undefined && (0,compression_level/* readCompressionLevel */.R)(type, String(level)) === undefined) {
        throw (0,problems/* badInput */.A)(`compression-level=${level} of an output is not a level of ${type}`, `It is a number from 0 to ${compression_level/* HIGHEST_LEVEL */.e[type]}.`);
    }
    const chosen = level ?? (type === build.type ? build.level : undefined);
    return chosen === undefined ? { type } : { type, level: chosen };
}
function oneCompression(written, otherwise) {
    const [first = otherwise, ...more] = written.map((each) => completed(each, otherwise));
    if (more.some(({ type, level }) => type !== first.type || level !== first.level)) {
        throw (0,problems/* badInput */.A)('outputs ask for different compressions', 'There is one image for all outputs, and so one compression.');
    }
    return first;
}


/***/ }),

/***/ 862:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   E: () => (/* binding */ parseTag)
/* harmony export */ });
/* harmony import */ var _image_reference_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8424);
/* harmony import */ var _problems_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3916);


/** A name to push to: normalised, with a tag (`latest` if none is written). @throws BuildError `BAD_INPUT`, `BAD_REFERENCE` */
function parseTag(text) {
    const reference = (0,_image_reference_js__WEBPACK_IMPORTED_MODULE_0__/* .parseReference */ .F2)(text);
    if (reference.digest !== undefined) {
        throw (0,_problems_js__WEBPACK_IMPORTED_MODULE_1__/* .badInput */ .A)(`"${text}" has a digest`, 'An image is pushed under a tag; its digest follows from its content.');
    }
    return (0,_image_reference_js__WEBPACK_IMPORTED_MODULE_0__/* .formatReference */ .FH)({ ...reference, tag: reference.tag ?? 'latest' });
}


/***/ }),

/***/ 268:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   DB: () => (/* binding */ parseSize),
/* harmony export */   Xq: () => (/* binding */ formatSize),
/* harmony export */   a3: () => (/* binding */ formatDuration)
/* harmony export */ });
/* harmony import */ var _problems_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3916);

const UNITS = { b: 1, k: 1024, m: 1024 ** 2, g: 1024 ** 3, t: 1024 ** 4 };
/** A size as docker writes it (`64m`, `1gb`, `4096`) in bytes. @throws BuildError `BAD_INPUT` */
function parseSize(text) {
    const match = /^(\d+(?:\.\d+)?)\s*([bkmgt]?)(?:i?b)?$/i.exec(text.trim());
    const [, number = '', unit = ''] = match ?? [];
    if (match === null)
        throw (0,_problems_js__WEBPACK_IMPORTED_MODULE_0__/* .badInput */ .A)(`"${text}" is not a size`, 'Write a number with an optional unit b, k, m, g or t.');
    return Math.floor(Number(number) * (UNITS[unit.toLowerCase() || 'b'] ?? 1));
}
/** Bytes for people: `12.3 MB`, powers of 1000 as docker prints them. */
function formatSize(bytes) {
    const units = ['B', 'kB', 'MB', 'GB', 'TB'];
    let value = bytes;
    let unit = 0;
    // What three digits round up to a thousand is one of the next unit.
    while (Math.round(value) >= 1000 && unit < units.length - 1) {
        value /= 1000;
        unit++;
    }
    const text = unit === 0 || value >= 1000 ? String(Math.round(value)) : value.toPrecision(3);
    return `${text} ${units[unit]}`;
}
/** Milliseconds for people: `0.4 s`, `2 min 05 s`. */
function formatDuration(milliseconds) {
    const tenths = Math.round(milliseconds / 100);
    if (tenths < 600)
        return `${(tenths / 10).toFixed(1)} s`;
    const seconds = Math.round(milliseconds / 1000);
    return `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, '0')} s`;
}


/***/ }),

/***/ 5126:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  y: () => (/* binding */ workerFor)
});

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: external "node:events"
var external_node_events_ = __webpack_require__(8474);
// EXTERNAL MODULE: ./lib/base/errors.js
var errors = __webpack_require__(7594);
// EXTERNAL MODULE: ./lib/base/exec.js
var exec = __webpack_require__(9584);
// EXTERNAL MODULE: ./lib/base/make-folder.js
var make_folder = __webpack_require__(1044);
;// CONCATENATED MODULE: ./lib/worker/protocol.js
/**
 * What main and the worker say to each other. The worker is started with nothing but the entry's name in its arguments and an empty
 * environment; the first line of its stdin is a `Hello`. It then connects to main's Unix socket: one control connection (a JSON object a
 * line) and one more connection for each byte stream, so that the kernel keeps a slow reader from being flooded. Every connection begins
 * with one line, an `Introduction`, that shows the token.
 */
/** Raised with every change that an older worker would misread; both come from one bundle, so this only catches a stale file. */
const PROTOCOL_VERSION = 4;
/** Kinds of frames on a run's output stream: one byte of kind, four bytes of length (big endian), the bytes. */
const protocol_OUTPUT_FRAME = { stdout: 1, stderr: 2 };
const protocol_OUTPUT_FRAME_HEADER = 5;

;// CONCATENATED MODULE: ./lib/worker/process/lines.js


const NEWLINE = 0x0a;
const MAX_FIRST_LINE = 64 * 1024;
/**
 * The first line of a stream; what follows it stays unread.
 * @throws BuildError `WORKER_PROTOCOL` when the stream ends before
 */
async function readFirstLine(stream) {
    let seen = Buffer.alloc(0);
    for (;;) {
        const chunk = stream.read();
        if (chunk === null) {
            if (stream.readableEnded || stream.destroyed)
                throw protocolError('the connection ended before its first line');
            await Promise.race([(0,external_node_events_.once)(stream, 'readable'), (0,external_node_events_.once)(stream, 'end'), (0,external_node_events_.once)(stream, 'close')]);
            continue;
        }
        seen = Buffer.concat([seen, chunk]);
        const end = seen.indexOf(NEWLINE);
        if (end !== -1) {
            const rest = seen.subarray(end + 1);
            if (rest.length > 0)
                stream.unshift(rest);
            return seen.toString('utf8', 0, end);
        }
        if (seen.length > MAX_FIRST_LINE)
            throw protocolError('the first line is too long');
    }
}
/** JSON values, one a line, until the stream ends. An end in the middle of a line is dropped: its sender is gone. */
async function* readMessages(stream) {
    let pieces = [];
    for await (const chunk of stream) {
        let from = 0;
        for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, from)) {
            pieces.push(chunk.subarray(from, end));
            yield JSON.parse(Buffer.concat(pieces).toString('utf8'));
            pieces = [];
            from = end + 1;
        }
        if (from < chunk.length)
            pieces.push(chunk.subarray(from));
    }
}
function writeMessage(socket, message) {
    if (!socket.destroyed)
        socket.write(`${JSON.stringify(message)}\n`);
}
function protocolError(what) {
    return new errors/* BuildError */.zS({
        kind: 'bug',
        code: 'WORKER_PROTOCOL',
        message: `Talk with the worker broke: ${what}`,
    });
}

;// CONCATENATED MODULE: ./lib/worker/process/wire-error.js

function toWire(thrown) {
    const error = toBuildError(thrown);
    return { kind: error.kind, code: error.code, message: error.message, hint: error.hint };
}
function fromWire(error) {
    return new errors/* BuildError */.zS(error);
}

;// CONCATENATED MODULE: ./lib/worker/process/calls.js



/** Main's end of the control connection: what the worker says of itself, calls with their answers, and the ends of streams. */
class Calls {
    /** Rejects with the worker's own BuildError when it cannot work here, and when it ends before it is that far. */
    ready;
    #ready = Promise.withResolvers();
    #onIsolation;
    #socket;
    #listener;
    #lastWords;
    #pending = new Map();
    #streamEnds = new Map();
    #counter = 0;
    #gone;
    constructor({ socket, listener, lastWords, onIsolation }) {
        this.#socket = socket;
        this.#listener = listener;
        this.#lastWords = lastWords;
        this.#onIsolation = onIsolation;
        this.ready = this.#ready.promise;
        this.ready.catch(() => undefined);
        this.#listen().catch((error) => this.#lose(error));
    }
    get isGone() {
        return this.#gone !== undefined;
    }
    /** @throws BuildError `WORKER_DIED`, and what the worker answers */
    async call(method, params, signal) {
        signal?.throwIfAborted();
        if (this.#gone !== undefined)
            throw this.#gone;
        const id = ++this.#counter;
        const answer = Promise.withResolvers();
        this.#pending.set(id, answer);
        const send = (message) => writeMessage(this.#socket, message);
        const onAbort = () => send({ cancel: id });
        signal?.addEventListener('abort', onAbort, { once: true });
        try {
            send({ id, method, params });
            return (await answer.promise);
        }
        catch (error) {
            signal?.throwIfAborted();
            throw error;
        }
        finally {
            signal?.removeEventListener('abort', onAbort);
            this.#pending.delete(id);
        }
    }
    /** The name of a connection to come whose end the worker does not tell. */
    newConnection() {
        return ++this.#counter;
    }
    newStream() {
        const stream = this.newConnection();
        const end = Promise.withResolvers();
        end.promise.catch(() => undefined);
        this.#streamEnds.set(stream, end);
        return stream;
    }
    /** The stream's outcome: a tar that broke off must not pass for a short one. */
    async streamEnd(stream) {
        await this.#streamEnds.get(stream)?.promise;
        this.#streamEnds.delete(stream);
    }
    /** No more calls. */
    end() {
        this.#socket.end();
    }
    async #listen() {
        for await (const message of readMessages(this.#socket))
            this.#take(message);
        this.#lose(undefined);
    }
    #take(message) {
        if ('streamEnd' in message) {
            const end = this.#streamEnds.get(message.streamEnd);
            if (message.error === undefined)
                end?.resolve();
            else
                end?.reject(fromWire(message.error));
        }
        else if ('result' in message) {
            this.#pending.get(message.id)?.resolve(message.result);
        }
        else if ('error' in message) {
            this.#pending.get(message.id)?.reject(fromWire(message.error));
        }
        else if ('isolation' in message) {
            this.#onIsolation(message.isolation);
        }
        else if ('owners' in message) {
            this.#ready.resolve(message);
        }
        else {
            this.#ready.reject(fromWire(message.refused));
        }
    }
    #lose(cause) {
        const words = this.#lastWords();
        const error = new errors/* BuildError */.zS({
            kind: 'environment',
            code: 'WORKER_DIED',
            message: `The worker process ended too early${words === '' ? '' : `: ${words}`}`,
            hint: 'When the machine ran out of memory or disk space, give it more; otherwise please report this.',
            cause,
        });
        this.#gone = error;
        this.#listener.fail(error);
        this.#ready.reject(error);
        for (const answer of this.#pending.values())
            answer.reject(error);
        for (const end of this.#streamEnds.values())
            end.reject(error);
    }
}

;// CONCATENATED MODULE: ./lib/worker/process/id-map.js

/** The next one means "no id". */
const HIGHEST_ID = 0xfffffffe;
/** The overflow id of the kernel, which shows ids that do not exist. */
const OVERFLOW = 65534;
/** From /proc/self/uid_map and gid_map: lines of first id, id outside, count (user_namespaces(7)). */
function idMap() {
    const highest = Math.min(...['uid_map', 'gid_map'].map((file) => highestId((0,external_node_fs_.readFileSync)(`/proc/self/${file}`, 'utf8'))));
    return { many: highest > 0, highest };
}
/** Whether these are the machine's own ids; else this is a user namespace. */
function hasAllIds({ highest }) {
    return highest >= HIGHEST_ID;
}
/** The id to store for one of an image: itself where it exists. */
function storedId(id, map) {
    if (id <= map.highest)
        return id;
    return map.highest >= OVERFLOW ? OVERFLOW : 0;
}
/** @param table as in /proc/PID/uid_map */
function highestId(table) {
    const ranges = table
        .trim()
        .split('\n')
        .map((line) => line.trim().split(/\s+/).map(Number))
        .sort((a, b) => (a[0] ?? 0) - (b[0] ?? 0));
    let next = 0;
    for (const [first = 0, , count = 0] of ranges) {
        if (first > next)
            break;
        next = Math.max(next, first + count);
    }
    return next - 1;
}

;// CONCATENATED MODULE: ./lib/worker/process/launch.js

/** Own mounts, which vanish with the worker, and own PIDs, so that the kernel kills all below it when it dies. */
const NAMESPACES = [
    '--mount',
    '--pid',
    '--fork',
    '--kill-child',
    '--mount-proc',
    '--propagation',
    'private',
];
/** sudo starts a command with few variables of its own; `env -i` drops even those. */
const EMPTY_ENVIRONMENT = [
    'env',
    '-i',
    'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
    'LC_ALL=C',
];
/** The ways to try, best first; pure. `entry` is the command line of the worker, `ids` those that exist for this process. */
function launches(who, entry) {
    const privileged = who.uid === 0 ? rootLaunches(entry) : sudoLaunches(entry);
    const [contained, ...plain] = privileged;
    const guest = who.uid === 0 && !hasAllIds(who.ids) ? [guestLaunch(who.ids, entry)] : [];
    const all = [...(contained === undefined ? [] : [contained]), ...guest, ...userLaunches(entry), ...plain];
    return all.filter((launch) => suits(launch, who.isolation));
}
function rootLaunches(entry) {
    return [
        {
            privilege: 'root',
            contained: true,
            argv: ['unshare', ...NAMESPACES, '--', ...entry],
            offers: 'root with namespaces',
        },
        { privilege: 'root', contained: false, argv: entry, offers: 'root without namespaces' },
    ];
}
/** Root of a user namespace that is there already, which may do no more than one of our own making. */
function guestLaunch(ids, entry) {
    return {
        privilege: ids.many ? 'userns' : 'userns-single',
        contained: true,
        argv: ['unshare', ...NAMESPACES, '--', ...entry],
        offers: 'this user namespace',
    };
}
function sudoLaunches(entry) {
    const sudo = ['sudo', '-n', '--', ...EMPTY_ENVIRONMENT];
    return [
        {
            privilege: 'sudo',
            contained: true,
            argv: [...sudo, 'unshare', ...NAMESPACES, '--', ...entry],
            offers: 'root through sudo with namespaces',
        },
        {
            privilege: 'sudo',
            contained: false,
            argv: [...sudo, ...entry],
            offers: 'root through sudo without namespaces',
        },
    ];
}
function userLaunches(entry) {
    const userns = (map) => [
        'unshare',
        '--user',
        '--map-root-user',
        ...map,
        ...NAMESPACES,
        '--',
        ...entry,
    ];
    return [
        {
            privilege: 'userns',
            contained: true,
            argv: userns(['--map-auto']),
            offers: 'a user namespace with a range of ids (newuidmap and /etc/subuid)',
        },
        {
            privilege: 'userns-single',
            contained: true,
            argv: userns([]),
            offers: 'a user namespace with one id',
        },
    ];
}
function suits(launch, isolation) {
    const namespaced = launch.privilege.startsWith('userns');
    switch (isolation) {
        case 'auto':
            return true;
        case 'userns':
            return namespaced;
        case 'runc':
        case 'unshare':
            return !namespaced && launch.contained;
        case 'chroot':
            return !namespaced;
        case 'none':
            return false;
    }
}

// EXTERNAL MODULE: external "node:net"
var external_node_net_ = __webpack_require__(7030);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(8161);
// EXTERNAL MODULE: ./lib/base/temp.js
var temp = __webpack_require__(5947);
;// CONCATENATED MODULE: ./lib/worker/process/socket-folder.js




/** sun_path of unix(7) holds 108 bytes with the closing NUL. */
const MAX_SOCKET_PATH = 107;
/** The name of a folder for one main process's socket, with its pid. */
const SOCKET_FOLDER = /^w-(\d+)-/;
/** In the state folder, or in the system's temporary folder when the path would be too long for a socket. */
async function socketFolder(folder) {
    await removeStale(folder);
    const prefix = `w-${process.pid}-`;
    const fits = Buffer.byteLength((0,external_node_path_.join)(folder, `${prefix}XXXXXX`, 's')) <= MAX_SOCKET_PATH;
    return await (0,temp/* tempDir */.y)(fits ? folder : (0,external_node_os_.tmpdir)(), prefix);
}
/** What main processes that were killed left behind. */
async function removeStale(folder) {
    for (const name of await (0,promises_.readdir)(folder)) {
        const pid = Number(SOCKET_FOLDER.exec(name)?.[1]);
        if (pid > 0 && !isAlive(pid))
            await (0,promises_.rm)((0,external_node_path_.join)(folder, name), { recursive: true, force: true }).catch(() => undefined);
    }
}
function isAlive(pid) {
    try {
        process.kill(pid, 0);
        return true;
    }
    catch (error) {
        return error.code === 'EPERM';
    }
}

;// CONCATENATED MODULE: ./lib/worker/process/listener.js






async function listen(folder, token) {
    const home = await socketFolder(folder);
    const control = Promise.withResolvers();
    const streams = new Map();
    const expected = (id) => {
        let entry = streams.get(id);
        if (entry === undefined) {
            entry = Promise.withResolvers();
            entry.promise.catch(() => undefined);
            streams.set(id, entry);
        }
        return entry;
    };
    control.promise.catch(() => undefined);
    const admit = async (socket) => {
        const introduction = JSON.parse(await readFirstLine(socket));
        if (!sameToken(introduction.token, token))
            throw protocolError('a stranger knocked');
        if (introduction.role === 'control')
            control.resolve(socket);
        else
            expected(introduction.stream).resolve(socket);
    };
    const open = new Set();
    const server = (0,external_node_net_.createServer)({ pauseOnConnect: false }, (socket) => {
        open.add(socket);
        socket.on('close', () => open.delete(socket));
        socket.on('error', () => undefined);
        admit(socket).catch(() => socket.destroy());
    });
    const path = (0,external_node_path_.join)(home.path, 's');
    server.listen(path);
    await (0,external_node_events_.once)(server, 'listening');
    return {
        path,
        control: control.promise,
        async stream(id) {
            const socket = await expected(id).promise;
            streams.delete(id);
            return socket;
        },
        fail(reason) {
            control.reject(reason);
            for (const entry of streams.values())
                entry.reject(reason);
        },
        async [Symbol.asyncDispose]() {
            for (const socket of open)
                socket.destroy();
            await listener_closed(server);
            await home[Symbol.asyncDispose]();
        },
    };
}
function listener_closed(server) {
    return new Promise((resolve) => server.close(() => resolve()));
}
function sameToken(given, token) {
    if (typeof given !== 'string' || given.length !== token.length)
        return false;
    return (0,external_node_crypto_.timingSafeEqual)(Buffer.from(given), Buffer.from(token));
}

;// CONCATENATED MODULE: ./lib/worker/process/no-isolation.js


/** The error for a machine on which no RUN can work, with the one setting that would change it. */
async function noIsolation(facts) {
    const { isolation, refusals } = facts;
    const forced = isolation === 'auto' ? '' : ` with isolation "${isolation}"`;
    return new errors/* BuildError */.zS({
        kind: 'environment',
        code: 'NO_ISOLATION',
        message: [`RUN cannot work here${forced}`, ...refusals].join('\n'),
        hint: await hintFor(facts),
    });
}
async function hintFor({ uid, isolation }) {
    if (isolation === 'none')
        return 'Builds with RUN need isolation "auto".';
    if (isolation === 'chroot' && uid !== 0)
        return 'Allow sudo without a password for this user, or run as root.';
    if ((isolation === 'runc' || isolation === 'unshare') && uid !== 0) {
        return 'Allow sudo without a password for this user.';
    }
    const setting = await blockedBy();
    if (setting !== undefined)
        return setting;
    if (uid === 0)
        return 'Give this container the capability SYS_ADMIN, for example with --privileged.';
    return 'Allow sudo without a password for this user.';
}
/** The kernel setting that forbids user namespaces to ordinary users, if one does. */
async function blockedBy() {
    const blocks = [
        { file: 'kernel/apparmor_restrict_unprivileged_userns', bad: '1', good: '0' },
        { file: 'kernel/unprivileged_userns_clone', bad: '0', good: '1' },
        { file: 'user/max_user_namespaces', bad: '0', good: '15000' },
    ];
    for (const { file, bad, good } of blocks) {
        const value = await (0,promises_.readFile)(`/proc/sys/${file}`, 'utf8').catch(() => undefined);
        if (value?.trim() === bad)
            return `As root: sysctl -w ${file.replaceAll('/', '.')}=${good}`;
    }
    return undefined;
}

;// CONCATENATED MODULE: ./lib/worker/process/owner.js


/** Field 22 of /proc/PID/stat (proc_pid_stat(5)), counted after the command name. */
const START_TIME_AFTER_NAME = 19;
/** Names a process for as long as the machine is up: `pid-starttime-pidnamespace-random`. */
function ownerName() {
    return `${process.pid}-${startTime(process.pid) ?? 0}-${pidNamespace()}-${(0,external_node_crypto_.randomBytes)(4).toString('hex')}`;
}
/** Whether the owner is known to be gone. Owners of other PID namespaces cannot be seen from here, so they count as alive. */
function isGone(owner) {
    const [pid = '', started = '', namespace = ''] = owner.split('-');
    if (namespace !== pidNamespace())
        return false;
    return startTime(Number(pid)) !== started;
}
function startTime(pid) {
    try {
        const stat = (0,external_node_fs_.readFileSync)(`/proc/${pid}/stat`, 'latin1');
        return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[START_TIME_AFTER_NAME];
    }
    catch {
        return undefined;
    }
}
function pidNamespace() {
    try {
        return /\d+/.exec((0,external_node_fs_.readlinkSync)('/proc/self/ns/pid'))?.[0] ?? '0';
    }
    catch {
        return '0';
    }
}

;// CONCATENATED MODULE: ./lib/worker/process/relay-worker.js

/**
 * A worker whose place another one takes when the first step shows that it can run none. No step has run by then, so there is nothing to hand
 * over but what can be made again.
 */
class RelayWorker {
    #successor;
    #current;
    constructor(first, successor) {
        this.#current = Promise.resolve(first);
        this.#successor = successor;
    }
    isolation() {
        return this.#relay((worker) => worker.isolation());
    }
    run(request, options) {
        return this.#relay((worker) => worker.run(request, options));
    }
    async unpack(stack, signal) {
        await (await this.#current).unpack(stack, signal);
    }
    async prepare(stack, signal) {
        await (await this.#current).prepare(stack, signal);
    }
    async restoreCache(cache, archive, open, signal) {
        return await (await this.#current).restoreCache(cache, archive, open, signal);
    }
    async inspectCache(cache, signal) {
        return await (await this.#current).inspectCache(cache, signal);
    }
    async packCache(cache, take, signal) {
        return await (await this.#current).packCache(cache, take, signal);
    }
    async prune(before) {
        return await (await this.#current).prune(before);
    }
    async discard() {
        await (await this.#current).discard();
    }
    async held() {
        return await (await this.#current).held();
    }
    async [Symbol.asyncDispose]() {
        const worker = await this.#current.catch(() => undefined);
        await worker?.[Symbol.asyncDispose]();
    }
    async #relay(call) {
        for (;;) {
            const current = this.#current;
            const worker = await current;
            try {
                return await call(worker);
            }
            catch (error) {
                // Several steps find out at the same time, and the first one ends the worker.
                if (this.#current !== current)
                    continue;
                if (!(error instanceof errors/* BuildError */.zS && error.code === 'NO_ISOLATION'))
                    throw error;
                this.#current = this.#successor(worker, error);
                this.#current.catch(() => undefined);
            }
        }
    }
}

// EXTERNAL MODULE: ./lib/image/layer/tar-read.js + 2 modules
var tar_read = __webpack_require__(2662);
;// CONCATENATED MODULE: ./lib/worker/process/output-frames.js

function frameHeader(stream, length) {
    const header = Buffer.alloc(OUTPUT_FRAME_HEADER);
    header[0] = OUTPUT_FRAME[stream];
    header.writeUInt32BE(length, 1);
    return header;
}
/** Hands over pieces of frames as they come: a frame need not be whole. What comes next waits for `drained`. */
async function readFrames(source, onOutput, drained) {
    let header = Buffer.alloc(0);
    let left = 0;
    let stream = 'stdout';
    for await (const chunk of source) {
        let rest = chunk;
        while (rest.length > 0) {
            if (left === 0) {
                const missing = protocol_OUTPUT_FRAME_HEADER - header.length;
                header = Buffer.concat([header, rest.subarray(0, missing)]);
                rest = rest.subarray(missing);
                if (header.length < protocol_OUTPUT_FRAME_HEADER)
                    break;
                stream = header[0] === protocol_OUTPUT_FRAME.stderr ? 'stderr' : 'stdout';
                left = header.readUInt32BE(1);
                header = Buffer.alloc(0);
                continue;
            }
            const piece = rest.subarray(0, left);
            left -= piece.length;
            rest = rest.subarray(piece.length);
            onOutput(piece, stream);
        }
        await drained?.();
    }
}

// EXTERNAL MODULE: ./lib/image/layer/entry-name.js
var entry_name = __webpack_require__(9811);
// EXTERNAL MODULE: ./lib/image/layer/entry-path.js
var entry_path = __webpack_require__(4503);
;// CONCATENATED MODULE: ./lib/worker/snapshot/raw-path.js

/** The path of a node below `folder` as bytes, since names need not be UTF-8. */
function raw_path_rawPath(folder, path) {
    return path === '' ? Buffer.from(folder) : Buffer.concat([Buffer.from(`${folder}/`), encodeName(path)]);
}

;// CONCATENATED MODULE: ./lib/worker/snapshot/tree-tar.js
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



const STDERR_TAIL = 2048;
const NUL = Buffer.from([0]);
const EMPTY_ARCHIVE = Buffer.alloc(1024);
/**
 * These nodes of the folder, in this order, as a POSIX tar with all attributes and times to the nanosecond: one tar process, told its
 * members through stdin.
 * @param more options of tar
 * @throws BuildError `DIFF_FAILED`
 */
async function* tree_tar_tarOf(folder, paths, signal, more = []) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        if (paths.length === 0) {
            yield EMPTY_ARCHIVE;
            return;
        }
        const format = ['--format=posix', '--pax-option=delete=atime,delete=ctime', '--numeric-owner'];
        const content = ['--xattrs', '--xattrs-include=*', '--no-recursion', '--null', '--files-from=-'];
        const tar = __addDisposableResource(env_1, start(['tar', '-c', '-C', folder, '-f', '-', ...format, ...more, ...content], { signal }), true);
        tar.stdin.end(Buffer.concat(paths.flatMap((path) => [encodeName(path), NUL])));
        let words = '';
        tar.stderr.on('data', (chunk) => {
            words = (words + chunk.toString('utf8')).slice(-STDERR_TAIL);
        });
        yield* tar.stdout;
        const { exitCode } = await tar.done;
        signal?.throwIfAborted();
        if (exitCode === 0)
            return;
        throw new BuildError({
            kind: 'environment',
            code: 'DIFF_FAILED',
            message: `The changes of a step could not be read: ${words.trim()}`,
        });
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

;// CONCATENATED MODULE: ./lib/worker/snapshot/attributes.js





/** Attributes in which overlayfs keeps its own notes (Linux Documentation/filesystems/overlayfs.rst). */
const OVERLAY_ATTRIBUTE = /^(trusted|user)\.overlay\./;
/** Those of a node that are not overlayfs' own; undefined for none. */
function ownAttributes(attributes) {
    const kept = [...(attributes ?? [])].filter(([name]) => !OVERLAY_ATTRIBUTE.test(name));
    return kept.length === 0 ? undefined : new Map(kept);
}
/** overlayfs' mark of a folder that hides what layers below have in it. */
const OPAQUE_ATTRIBUTE = /^(trusted|user)\.overlay\.opaque$/;
/** Of a node with several names, tar tells attributes with the first one only. */
const EVERY_NAME = (/* unused pure expression or super */ null && (['--hard-dereference']));
/**
 * The attributes of nodes, undefined for none, without overlayfs' own. One child process, whatever their number: Node cannot read
 * attributes itself.
 */
async function attributesOf(places, signal) {
    const names = places.map(({ tree, path }) => decodeName(rawPath(join('/', tree).slice(1), path)));
    const found = new Map();
    for await (const { entry } of readTar(tarOf('/', [...new Set(names)], signal, EVERY_NAME)))
        found.set(entry.path, ownAttributes(entry.xattrs));
    return names.map((name) => found.get(name));
}
/** Of nodes without content that are in two trees, those with the same attributes in both. */
async function withSameAttributes(paths, before, after, signal) {
    const places = [before, after].flatMap((tree) => paths.map((path) => ({ tree, path })));
    const found = await attributesOf(places, signal);
    return new Set(paths.filter((_, i) => sameMaps(found[i], found[paths.length + i])));
}
/** Whether one of an upper folder's folders hides what is below it. One child process. */
async function someOpaque(tree, folders) {
    for await (const { entry } of readTar(tarOf(tree, folders))) {
        for (const name of entry.xattrs?.keys() ?? [])
            if (OPAQUE_ATTRIBUTE.test(name))
                return true;
    }
    return false;
}
/** Whether nodes have the same attributes but for overlayfs' own. */
function sameAttributes(a, b) {
    return sameMaps(ownAttributes(a), ownAttributes(b));
}
function sameMaps(a, b) {
    if ((a?.size ?? 0) !== (b?.size ?? 0))
        return false;
    return [...(a ?? [])].every(([name, value]) => {
        const other = b?.get(name);
        return other !== undefined && Buffer.compare(value, other) === 0;
    });
}

;// CONCATENATED MODULE: ./lib/worker/process/remote-changes.js



/** Members of a run's tar with its deletions between them, all in byte order of their paths. */
async function* mergeChanges(plan, members) {
    const whiteouts = plan.deleted.map(whiteoutOf).sort((a, b) => (0,entry_name/* compareNames */.MP)(a.path, b.path));
    let next = 0;
    for await (const member of members) {
        const entry = withoutOverlayAttributes(member.entry);
        if (entry.path === '')
            continue;
        for (let whiteout = whiteouts[next]; whiteout !== undefined; whiteout = whiteouts[next]) {
            if ((0,entry_name/* compareNames */.MP)(whiteout.path, entry.path) > 0)
                break;
            yield { entry: whiteout };
            next += 1;
        }
        yield member.body === undefined ? { entry } : { entry, body: member.body };
    }
    for (const whiteout of whiteouts.slice(next))
        yield { entry: whiteout };
}
/** OCI image-spec 1.1, layer.md "Whiteouts": an empty file whose name is `.wh.` and that of what is gone. */
function whiteoutOf(path) {
    return {
        path: (0,entry_path/* childPath */.cm)((0,entry_path/* parentOf */.gN)(path) ?? '', `.wh.${(0,entry_path/* baseOf */.bx)(path)}`),
        type: 'file',
        mode: 0,
        uid: 0,
        gid: 0,
        size: 0,
        mtime: 0,
    };
}
function withoutOverlayAttributes(entry) {
    if (entry.xattrs === undefined)
        return entry;
    const { xattrs, ...rest } = entry;
    const kept = ownAttributes(xattrs);
    return kept === undefined ? rest : { ...rest, xattrs: kept };
}

;// CONCATENATED MODULE: ./lib/worker/process/wire-run.js
function encodeRun(request) {
    return { ...request, mounts: request.mounts.map(encodeMount) };
}
function decodeRun(request) {
    return { ...request, mounts: request.mounts.map(decodeMount) };
}
function encodeMount(mount) {
    if (mount.type !== 'file')
        return mount;
    return { ...mount, content: Buffer.from(mount.content).toString('base64') };
}
function decodeMount(mount) {
    if (mount.type !== 'file')
        return mount;
    return { ...mount, content: Buffer.from(mount.content, 'base64') };
}

;// CONCATENATED MODULE: ./lib/worker/process/write-chunk.js


/**
 * Waits while the reader is behind.
 * @throws BuildError `READER_LEFT`
 */
async function writeChunk(socket, chunk) {
    if (socket.destroyed) {
        throw new errors/* BuildError */.zS({
            kind: 'environment',
            code: 'READER_LEFT',
            message: 'Nobody reads this stream any more',
        });
    }
    if (socket.write(chunk))
        return;
    await Promise.race([(0,external_node_events_.once)(socket, 'drain'), (0,external_node_events_.once)(socket, 'close')]);
}

;// CONCATENATED MODULE: ./lib/worker/process/remote-worker.js






/** How long a worker may take to put things away before it is killed, in milliseconds. */
const EXIT_PATIENCE = 10_000;
/** The worker as main sees it. */
class RemoteWorker {
    #parts;
    #calls;
    #isIsolated = false;
    constructor(parts) {
        this.#parts = parts;
        this.#calls = parts.calls;
        parts.isolation.then(() => {
            this.#isIsolated = true;
        }, () => undefined);
        const gone = parts.owners.filter(isGone);
        if (gone.length > 0)
            this.#calls.call('sweep', { owners: gone }).catch(() => undefined);
    }
    async isolation() {
        // Its answer comes unasked too, and main adds to that.
        if (!this.#isIsolated)
            await this.#calls.call('isolation', null);
        return await this.#parts.isolation;
    }
    async unpack(stack, signal) {
        await this.#calls.call('unpack', { stack }, signal);
    }
    async prepare(stack, signal) {
        await this.#calls.call('prepare', { stack }, signal);
    }
    async run(request, options) {
        const stream = this.#calls.newStream();
        const output = this.#parts.listener.stream(stream).then(async (socket) => {
            // The worker tells it first, on another connection.
            await this.#parts.isolation;
            await readFrames(socket, options.onOutput, untilAborted(options));
        });
        output.catch(() => undefined);
        const { exitCode } = await this.#calls.call('run', { request: encodeRun(request), stream }, options.signal);
        await output;
        await this.#calls.streamEnd(stream);
        return {
            exitCode,
            changes: () => this.#changes(request.id),
            commit: async (diffId, times) => {
                await this.#calls.call('commit', {
                    run: request.id,
                    diffId,
                    ...(times === undefined ? {} : { times }),
                });
            },
            [Symbol.asyncDispose]: async () => {
                if (!this.#calls.isGone)
                    await this.#calls.call('release', { run: request.id });
            },
        };
    }
    async restoreCache(cache, archive, open, signal) {
        const stream = this.#calls.newConnection();
        let sending;
        this.#parts.listener.stream(stream).then((socket) => {
            sending = send(open, socket, signal);
            sending.catch(() => undefined);
        }, () => undefined);
        try {
            return (await this.#calls.call('restoreCache', { cache, archive, stream }, signal)).restored;
        }
        catch (error) {
            signal?.throwIfAborted();
            // To the worker, bytes that did not come are the end of an archive: whoever fetched them knows better why.
            await sending;
            throw error;
        }
    }
    async inspectCache(cache, signal) {
        return (await this.#calls.call('inspectCache', { cache }, signal)) ?? undefined;
    }
    async packCache(cache, take, signal) {
        const stream = this.#calls.newConnection();
        const packed = this.#calls.call('packCache', { cache, stream }, signal);
        const taken = this.#parts.listener.stream(stream).then((socket) => take(whole(socket, packed)));
        try {
            const [archive] = await Promise.all([packed, taken]);
            return archive;
        }
        catch (error) {
            // A reader that gave up: the worker lets go of the cache a little later.
            await packed.catch(() => undefined);
            throw error;
        }
    }
    async held() {
        const { folders } = await this.#calls.call('held', null);
        return folders.map((folder) => ({ ...folder, lastUsed: new Date(folder.lastUsed) }));
    }
    async discard() {
        await this.#calls.call('discard', {});
    }
    async prune(before) {
        return (await this.#calls.call('prune', { before: before.getTime() })).freed;
    }
    async [Symbol.asyncDispose]() {
        const { child, listener, calls } = this.#parts;
        calls.end();
        child.stdin.end();
        const timer = setTimeout(() => child.kill('SIGKILL'), EXIT_PATIENCE);
        await child.done.catch(() => undefined);
        clearTimeout(timer);
        await listener[Symbol.asyncDispose]();
    }
    async *#changes(run) {
        const stream = this.#calls.newStream();
        const plan = await this.#calls.call('changes', { run, stream });
        const socket = await this.#parts.listener.stream(stream);
        try {
            yield* mergeChanges(plan, (0,tar_read/* readTar */.s)(socket));
            await this.#calls.streamEnd(stream);
        }
        catch (error) {
            // A stream that broke off looks like a damaged archive: the worker knows better why.
            await this.#calls.streamEnd(stream);
            throw error;
        }
        finally {
            socket.destroy();
        }
    }
}
/** A step that is cancelled has to be read to its end, whoever is behind: it could not stop printing. */
function untilAborted({ drained, signal }) {
    if (drained === undefined || signal === undefined)
        return drained;
    const aborted = Promise.withResolvers();
    signal.addEventListener('abort', () => aborted.resolve(), { once: true });
    return () => {
        const wait = signal.aborted ? undefined : drained();
        return wait && Promise.race([wait, aborted.promise]);
    };
}
/** A worker that stops reading tells why in its answer; the source is read to its end all the same, so that it can see whether it is damaged. */
async function send(open, socket, signal) {
    // The worker must not wait for a source that is slow to see that nobody wants it any more.
    const onAbort = () => void socket.destroy();
    signal?.addEventListener('abort', onAbort, { once: true });
    try {
        for await (const chunk of await open())
            if (!socket.destroyed)
                await writeChunk(socket, chunk);
        socket.end();
    }
    catch (error) {
        socket.destroy();
        throw error;
    }
    finally {
        signal?.removeEventListener('abort', onAbort);
    }
}
/** A stream that broke off looks like one that ended: its reader must not get to the end before the worker has said that it is whole. */
async function* whole(socket, answer) {
    try {
        yield* socket;
        await answer;
    }
    finally {
        socket.destroy();
    }
}

;// CONCATENATED MODULE: ./lib/worker/process/client.js

















const LAST_WORDS = 4096;
/** Milliseconds. */
const WATCH_INTERVAL = 50;
/** Each call of the starter starts a worker of its own, in the best way that this machine allows. */
function workerStarter(options) {
    return async (signal, events = {}) => {
        const uid = process.getuid?.() ?? -1;
        const { isolation } = options;
        const left = launches({ uid, ids: idMap(), isolation }, options.entry).values();
        const refusals = [];
        const refuse = (why) => {
            refusals.push(why);
            options.onNotice(why);
        };
        const started = new Map();
        const next = async () => {
            for (const launch of left) {
                signal?.throwIfAborted();
                const outcome = await attempt(launch, options, refusals, signal, events);
                if (typeof outcome !== 'string') {
                    started.set(outcome, launch);
                    return outcome;
                }
                refuse(outcome);
            }
            throw await noIsolation({ uid, isolation, refusals });
        };
        return new RelayWorker(await next(), async (refused, why) => {
            const launch = started.get(refused);
            if (launch !== undefined)
                refuse(launchReason(launch, why, ''));
            await refused[Symbol.asyncDispose]();
            return await next();
        });
    };
}
/** A worker, or the reason why there is none. */
async function attempt(launch, options, refusals, signal, events) {
    const base = (0,external_node_path_.join)(options.stateDir, 'worker');
    (0,make_folder/* makeStateFolder */.E)(base);
    const token = (0,external_node_crypto_.randomBytes)(32).toString('hex');
    const listener = await listen(base, token);
    const child = (0,exec/* start */.ni)(launch.argv, { env: { PATH: process.env['PATH'] ?? '', LC_ALL: 'C.UTF-8' } });
    const lastWords = keepTail(child.stderr);
    child.stdout.resume();
    const hello = {
        version: PROTOCOL_VERSION,
        socket: listener.path,
        token,
        owner: ownerName(),
        folder: (0,external_node_path_.join)(base, folderName(launch)),
        privilege: launch.privilege,
        contained: launch.contained,
        isolation: options.isolation,
    };
    child.stdin.write(`${JSON.stringify(hello)}\n`);
    try {
        const socket = await connected(child, listener, signal);
        const isolation = Promise.withResolvers();
        const onIsolation = (found) => {
            const report = { ...found, reasons: [...refusals, ...found.reasons] };
            isolation.resolve(report);
            events.onIsolation?.(report);
        };
        const calls = new Calls({ socket, listener, lastWords, onIsolation });
        events.onPreparer?.({
            unpack: async (stack, stop) => void (await calls.call('unpack', { stack }, stop)),
            prepare: async (stack, stop) => void (await calls.call('prepare', { stack }, stop)),
        });
        const { owners } = await calls.ready;
        return new RemoteWorker({ child, listener, calls, isolation: isolation.promise, owners });
    }
    catch (error) {
        child.kill();
        child.stdin.end();
        await listener[Symbol.asyncDispose]();
        signal?.throwIfAborted();
        return launchReason(launch, error, lastWords());
    }
}
/** The control connection, or an error when the child ends before it made one. */
async function connected(child, listener, signal) {
    const aborted = Promise.withResolvers();
    aborted.promise.catch(() => undefined);
    const onAbort = () => aborted.reject(signal?.reason);
    signal?.addEventListener('abort', onAbort, { once: true });
    const gone = Promise.withResolvers();
    gone.promise.catch(() => undefined);
    // unshare --map-auto leaves a helper behind when the kernel refuses it, which keeps the pipes open: `done` would never come.
    const watch = setInterval(() => {
        if (!(0,external_node_fs_.existsSync)(`/proc/${child.pid}`))
            gone.reject(protocolError('it ended before it connected'));
    }, WATCH_INTERVAL);
    try {
        const ended = child.done.then(({ exitCode }) => {
            throw protocolError(`it ended with exit code ${exitCode} before it connected`);
        });
        return await Promise.race([listener.control, ended, gone.promise, aborted.promise]);
    }
    finally {
        clearInterval(watch);
        signal?.removeEventListener('abort', onAbort);
    }
}
function launchReason(launch, error, words) {
    // Of a crash of Node.js itself the version comes last, and the places before it.
    const said = words.split('\n').findLast((line) => /\S/.test(line) && !/^(Node\.js v|\s+at |\s*[\^}])/.test(line)) ??
        '';
    const what = said !== '' ? said : (0,errors/* reasonOf */.A3)(error);
    return `Cannot use ${launch.offers}: ${what.trim()}`;
}
/** Files of root and files of a user namespace have owners that the other cannot handle. */
function folderName(launch) {
    const uid = process.getuid?.() ?? 0;
    if (launch.privilege === 'userns' || launch.privilege === 'userns-single')
        return `${launch.privilege}-${uid}`;
    return 'root';
}
function keepTail(stream) {
    let tail = Buffer.alloc(0);
    stream.on('data', (chunk) => {
        tail = Buffer.concat([tail, chunk]).subarray(-LAST_WORDS);
    });
    (0,external_node_events_.once)(stream, 'end').catch(() => undefined);
    return () => tail.toString('utf8').trim();
}

;// CONCATENATED MODULE: ./lib/app/worker.js



/** The privileged process of a state folder, as this machine allows it; started when it is first called. */
function workerFor(options) {
    return workerStarter({ ...options, entry: workerEntry(process.argv[1] ?? '') });
}
/**
 * How to start it: this Node, and the worker's own entry. In a bundle it lies beside the running one (`dist/worker/index.js` beside
 * `dist/cli/index.js`); from sources it is src/worker-entry.ts. Found through the running script, since a bundle's modules have no place of
 * their own.
 */
function workerEntry(script) {
    const here = (0,external_node_path_.dirname)((0,external_node_fs_.realpathSync)(script));
    const bundled = (0,external_node_path_.join)(here, '..', 'worker', 'index.js');
    return [process.execPath, (0,external_node_fs_.existsSync)(bundled) ? bundled : (0,external_node_path_.join)(here, 'worker-entry.ts')];
}


/***/ }),

/***/ 9584:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   m0: () => (/* binding */ exec),
/* harmony export */   ni: () => (/* binding */ start)
/* harmony export */ });
/* unused harmony export execOk */
/* harmony import */ var node_child_process__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1421);
/* harmony import */ var node_stream__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7075);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(7594);
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



const DEFAULT_ENV = {
    PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
    LC_ALL: 'C.UTF-8',
};
const PIPES = ['pipe', 'pipe', 'pipe'];
const DEFAULT_MAX_OUTPUT = 64 * 1024 * 1024;
const STDERR_TAIL = 64 * 1024;
/** 128 + n is how shells report an end by signal n; 137 = SIGKILL stands for any of them here. */
const KILLED = 137;
/**
 * Starts a child in a process group of its own, with three pipes.
 * @throws BuildError `COMMAND_NOT_FOUND` (through `done`) when the program does not exist
 */
function start(argv, options = {}) {
    const [command = '', ...args] = argv;
    const child = (0,node_child_process__WEBPACK_IMPORTED_MODULE_0__.spawn)(command, args, {
        cwd: options.cwd,
        env: { ...(options.env ?? DEFAULT_ENV) },
        stdio: [
            ...(options.output === undefined ? PIPES : ['ignore', ...options.output]),
            ...(options.files ?? []),
        ],
        detached: true,
    });
    const kill = (signal = 'SIGKILL') => killGroup(child, signal);
    const onAbort = () => kill('SIGKILL');
    options.signal?.addEventListener('abort', onAbort, { once: true });
    if (options.signal?.aborted === true)
        kill();
    // A child that ends without reading its input is told by its exit code, not by EPIPE.
    child.stdin?.on('error', () => undefined);
    const done = new Promise((resolve, reject) => {
        child.once('error', (cause) => {
            options.signal?.removeEventListener('abort', onAbort);
            reject(startError(command, cause));
        });
        child.once('close', (code, signal) => {
            options.signal?.removeEventListener('abort', onAbort);
            resolve({ exitCode: code ?? KILLED, signal });
        });
    });
    done.catch(() => undefined);
    return {
        pid: child.pid ?? -1,
        stdin: child.stdin ?? new node_stream__WEBPACK_IMPORTED_MODULE_1__.Writable({ write: (_chunk, _encoding, done) => done() }),
        stdout: child.stdout ?? node_stream__WEBPACK_IMPORTED_MODULE_1__.Readable.from([]),
        stderr: child.stderr ?? node_stream__WEBPACK_IMPORTED_MODULE_1__.Readable.from([]),
        done,
        kill,
        async [Symbol.asyncDispose]() {
            if (child.exitCode === null && child.signalCode === null)
                kill();
            await done.catch(() => undefined);
        },
    };
}
/**
 * Runs a child to its end and keeps its output.
 * @throws BuildError `COMMAND_NOT_FOUND`; `OUTPUT_TOO_LONG`. A non-zero exit code is a result, not an error.
 */
async function exec(argv, options = {}) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        // One whose output is not wanted any more is ended.
        const child = __addDisposableResource(env_1, start(argv, options), true);
        child.stdin.end(options.input ?? '');
        const limit = options.maxOutput ?? DEFAULT_MAX_OUTPUT;
        const [stdout, stderr, end] = await Promise.all([
            collect(child.stdout, limit, argv[0] ?? ''),
            collectTail(child.stderr),
            child.done,
        ]);
        options.signal?.throwIfAborted();
        return { ...end, stdout, stderr };
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
/**
 * Like exec, but a non-zero exit code is an error.
 * @throws BuildError `COMMAND_FAILED` with the command's own last words
 */
async function execOk(argv, options = {}) {
    const result = await exec(argv, options);
    if (result.exitCode === 0)
        return result;
    const said = result.stderr.trim().split('\n').slice(-5).join('\n');
    throw new BuildError({
        kind: 'environment',
        code: 'COMMAND_FAILED',
        message: `${argv[0]} ended with exit code ${result.exitCode}${said === '' ? '' : `: ${said}`}`,
    });
}
function killGroup(child, signal) {
    if (child.pid === undefined)
        return;
    try {
        process.kill(-child.pid, signal);
    }
    catch {
        // The group is gone already, or belongs to another user (sudo): the direct child is all we can reach.
        child.kill(signal);
    }
}
function startError(command, cause) {
    const missing = cause.code === 'ENOENT';
    return new _errors_js__WEBPACK_IMPORTED_MODULE_2__/* .BuildError */ .zS({
        kind: 'environment',
        code: missing ? 'COMMAND_NOT_FOUND' : 'COMMAND_NOT_STARTED',
        message: missing ? `The program ${command} is not on this machine` : `${command} could not be started`,
        cause,
    });
}
async function collect(stream, limit, command) {
    const chunks = [];
    let size = 0;
    for await (const chunk of stream) {
        size += chunk.length;
        if (size > limit) {
            throw new _errors_js__WEBPACK_IMPORTED_MODULE_2__/* .BuildError */ .zS({
                kind: 'environment',
                code: 'OUTPUT_TOO_LONG',
                message: `${command} wrote more than ${limit} bytes`,
            });
        }
        chunks.push(chunk);
    }
    return Buffer.concat(chunks);
}
async function collectTail(stream) {
    let tail = Buffer.alloc(0);
    for await (const chunk of stream) {
        tail = Buffer.concat([tail, chunk]).subarray(-STDERR_TAIL);
    }
    return tail.toString('utf8');
}


/***/ }),

/***/ 5947:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   y: () => (/* binding */ tempDir)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);


/** A new folder below `parent` (which must exist), mode 0700, removed with all its content when disposed. */
async function tempDir(parent, prefix) {
    const path = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.mkdtemp)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(parent, prefix));
    return {
        path,
        async [Symbol.asyncDispose]() {
            await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.rm)(path, { recursive: true, force: true });
        },
    };
}


/***/ }),

/***/ 7241:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Bc: () => (/* binding */ isDigest),
/* harmony export */   Hy: () => (/* binding */ algorithmOf),
/* harmony export */   Kf: () => (/* binding */ parseDiffId),
/* harmony export */   Ul: () => (/* binding */ digestOfStream),
/* harmony export */   dS: () => (/* binding */ encoded),
/* harmony export */   m: () => (/* binding */ parseDigest),
/* harmony export */   ok: () => (/* binding */ chainIdOf),
/* harmony export */   ol: () => (/* binding */ digestOf)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7594);


const SHA256 = /^sha256:[0-9a-f]{64}$/;
const SHA512 = /^sha512:[0-9a-f]{128}$/;
/** Lower-case sha256 or sha512. */
function isDigest(text) {
    return SHA256.test(text) || SHA512.test(text);
}
/** @throws BuildError `BAD_DIGEST` for anything but lower-case sha256 or sha512 */
function parseDigest(text) {
    if (!isDigest(text)) {
        throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .BuildError */ .zS({
            kind: 'user',
            code: 'BAD_DIGEST',
            message: `"${text}" is not a digest`,
            hint: 'A digest is sha256: and 64 of the characters 0-9a-f.',
        });
    }
    return text;
}
/** @throws BuildError `BAD_DIGEST` */
function parseDiffId(text) {
    return parseDigest(text);
}
function digestOf(bytes) {
    return `sha256:${(0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256').update(bytes).digest('hex')}`;
}
/** The same for bytes that come in pieces. */
async function digestOfStream(chunks) {
    const hash = (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256');
    for await (const chunk of chunks)
        hash.update(chunk);
    return `sha256:${hash.digest('hex')}`;
}
/** The hash function of a digest, as node:crypto and OCI layouts call it; of content whose digest is not known yet, ours. */
function algorithmOf(digest) {
    return digest === undefined ? 'sha256' : digest.slice(0, digest.indexOf(':'));
}
/** The hex part: the name of a blob's file in an OCI layout. */
function encoded(digest) {
    return digest.slice(digest.indexOf(':') + 1);
}
/** ChainID of the stack, base first; undefined for no layers. */
function chainIdOf(diffIds) {
    let chain;
    for (const diffId of diffIds)
        chain = chain === undefined ? diffId : digestOf(`${chain} ${diffId}`);
    return chain;
}


/***/ }),

/***/ 5829:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   k: () => (/* binding */ ByteReader),
/* harmony export */   p: () => (/* binding */ truncated)
/* harmony export */ });
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7594);

/** Reads a stream of bytes in pieces of wanted sizes. One reader at a time; buffers may be views of what the source gave. */
class ByteReader {
    #iterator;
    #limit;
    #cutOff;
    #chunk = Buffer.alloc(0);
    #at = 0;
    #received = 0;
    constructor(source, options = {}) {
        this.#iterator = source[Symbol.asyncIterator]();
        this.#limit = options.limit ?? Number.POSITIVE_INFINITY;
        this.#cutOff = options.cutOff ?? truncated;
    }
    /** Bytes handed out so far. */
    get position() {
        return this.#received - (this.#chunk.length - this.#at);
    }
    /** The next `length` bytes if they are here already; saves the caller a turn of the event loop for each of many small reads. */
    takeNow(length) {
        const end = this.#at + length;
        if (end > this.#chunk.length)
            return undefined;
        const piece = this.#chunk.subarray(this.#at, end);
        this.#at = end;
        return piece;
    }
    /**
     * Exactly `length` bytes, or undefined when the source ended before the first of them.
     * @throws BuildError `TAR_TRUNCATED` when it ends in the middle
     */
    async take(length) {
        const ready = this.takeNow(length);
        if (ready !== undefined)
            return ready;
        const pieces = [];
        for (let missing = length; missing > 0;) {
            const piece = await this.some(missing);
            if (piece === undefined) {
                if (pieces.length === 0)
                    return undefined;
                throw this.#cutOff();
            }
            pieces.push(piece);
            missing -= piece.length;
        }
        return pieces.length === 1 && pieces[0] !== undefined ? pieces[0] : Buffer.concat(pieces, length);
    }
    /** Between 1 and `most` bytes; undefined at the end of the source. */
    async some(most) {
        if (this.#at === this.#chunk.length && !(await this.#fill()))
            return undefined;
        const end = Math.min(this.#at + most, this.#chunk.length);
        const piece = this.#chunk.subarray(this.#at, end);
        this.#at = end;
        return piece;
    }
    /**
     * Passes over `length` bytes.
     * @throws BuildError `TAR_TRUNCATED`
     */
    async skip(length) {
        for (let missing = length; missing > 0;) {
            const piece = await this.some(missing);
            if (piece === undefined)
                throw this.#cutOff();
            missing -= piece.length;
        }
    }
    /** Passes over all that is left. */
    async drain() {
        while ((await this.some(Number.POSITIVE_INFINITY)) !== undefined)
            ;
    }
    /** Tells the source that nothing more will be read. */
    async close() {
        await this.#iterator.return?.();
    }
    async #fill() {
        for (;;) {
            const next = await this.#iterator.next();
            if (next.done === true)
                return false;
            const bytes = next.value;
            if (bytes.length === 0)
                continue;
            this.#received += bytes.length;
            if (this.#received > this.#limit)
                throw tooLarge(this.#limit);
            this.#chunk = Buffer.isBuffer(bytes)
                ? bytes
                : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
            this.#at = 0;
            return true;
        }
    }
}
function truncated() {
    return new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildError */ .zS({
        kind: 'user',
        code: 'TAR_TRUNCATED',
        message: 'The archive ends in the middle of a member',
        hint: 'It was not copied or downloaded as a whole.',
    });
}
function tooLarge(limit) {
    return new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildError */ .zS({
        kind: 'user',
        code: 'TAR_TOO_LARGE',
        message: `The archive holds more than ${limit} bytes`,
    });
}


/***/ }),

/***/ 4962:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   R: () => (/* binding */ readCompressionLevel),
/* harmony export */   e: () => (/* binding */ HIGHEST_LEVEL)
/* harmony export */ });
/** Levels go from 0 to these; 0 is gzip's way to store and zstd's way to say its default. */
const HIGHEST_LEVEL = { gzip: 9, zstd: 22 };
/** A level as it is written; undefined for what is none of this algorithm. */
function readCompressionLevel(type, text) {
    return /^\d{1,2}$/.test(text) && Number(text) <= HIGHEST_LEVEL[type] ? Number(text) : undefined;
}


/***/ }),

/***/ 9811:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   MP: () => (/* binding */ compareNames),
/* harmony export */   aA: () => (/* binding */ encodeName),
/* harmony export */   e4: () => (/* binding */ decodeName)
/* harmony export */ });
/* harmony import */ var node_buffer__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(4573);

/** U+DC80 to U+DCFF stand for the bytes 0x80 to 0xFF that are not part of valid UTF-8. */
const ESCAPE_BASE = 0xdc00;
const LOWEST_SURROGATE = 0xd800;
/** Bytes of a name as a string; every byte that is not part of valid UTF-8 becomes U+DC00 + byte. */
function decodeName(bytes) {
    const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
    if ((0,node_buffer__WEBPACK_IMPORTED_MODULE_0__.isUtf8)(buffer))
        return buffer.toString('utf8');
    let text = '';
    let from = 0;
    for (let at = 0; at < buffer.length;) {
        const length = sequenceLength(buffer, at);
        if (length > 0) {
            at += length;
            continue;
        }
        text += buffer.toString('utf8', from, at) + String.fromCharCode(ESCAPE_BASE + (buffer[at] ?? 0));
        at += 1;
        from = at;
    }
    return text + buffer.toString('utf8', from);
}
/** The bytes that `decodeName` was given. Lone surrogates outside U+DC80 to U+DCFF, which it never makes, become U+FFFD. */
function encodeName(name) {
    if (name.isWellFormed())
        return Buffer.from(name, 'utf8');
    const pieces = [];
    for (const character of name) {
        const code = character.codePointAt(0) ?? 0;
        const escaped = code >= ESCAPE_BASE + 0x80 && code <= ESCAPE_BASE + 0xff;
        pieces.push(escaped ? Buffer.from([code - ESCAPE_BASE]) : Buffer.from(character, 'utf8'));
    }
    return Buffer.concat(pieces);
}
/** Byte order of the encoded names, as sort callbacks want it. */
function compareNames(a, b) {
    const length = Math.min(a.length, b.length);
    for (let i = 0; i < length; i++) {
        const left = a.charCodeAt(i);
        const right = b.charCodeAt(i);
        if (left === right)
            continue;
        // Below the surrogates UTF-8 keeps the order of the code units.
        if (left < LOWEST_SURROGATE && right < LOWEST_SURROGATE)
            return left - right;
        return Buffer.compare(encodeName(a), encodeName(b));
    }
    return a.length - b.length;
}
/** Length of the valid UTF-8 sequence (Unicode 15, table 3-7) at `at`; 0 when there is none. */
function sequenceLength(bytes, at) {
    const lead = bytes[at] ?? 0;
    if (lead < 0x80)
        return 1;
    const length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
    return (0,node_buffer__WEBPACK_IMPORTED_MODULE_0__.isUtf8)(bytes.subarray(at, at + length)) ? length : 0;
}


/***/ }),

/***/ 4503:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Nv: () => (/* binding */ checkLength),
/* harmony export */   bx: () => (/* binding */ baseOf),
/* harmony export */   cm: () => (/* binding */ childPath),
/* harmony export */   gN: () => (/* binding */ parentOf),
/* harmony export */   ts: () => (/* binding */ cleanPath)
/* harmony export */ });
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7594);

/** Linux's limits.h, for bytes; characters are not more. No runtime could unpack it, and depth costs us stack. */
const PATH_MAX = 4096;
/**
 * A member's name as a path of the tree, as Docker reads it: `./a//b/` is `a/b`, `/a` is `a`, `a/../b` is `b`, `/../a` is `a`
 * (nothing is above the root), and the root itself is the empty string.
 * @throws BuildError `TAR_PATH_ESCAPES` for a relative name that leaves the root, like `../a`; `TAR_DAMAGED` for a NUL in it; `TAR_UNSUPPORTED` for one
 * that is too long
 */
function cleanPath(name) {
    checkLength(name, name);
    if (isClean(name))
        return name;
    if (name.includes('\0')) {
        throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildError */ .zS({
            kind: 'user',
            code: 'TAR_DAMAGED',
            message: `The archive has a member whose name holds a NUL: ${JSON.stringify(name)}`,
        });
    }
    const rooted = name.startsWith('/');
    const parts = [];
    for (const part of name.split('/')) {
        if (part === '' || part === '.')
            continue;
        if (part !== '..')
            parts.push(part);
        else if (parts.pop() === undefined && !rooted)
            throw escapes(name);
    }
    return parts.join('/');
}
/** @throws BuildError `TAR_UNSUPPORTED` for a path or a link's target that no Linux could hold; `name`: the member's */
function checkLength(path, name) {
    if (path.length < PATH_MAX)
        return;
    throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildError */ .zS({
        kind: 'user',
        code: 'TAR_UNSUPPORTED',
        message: `The archive has a member with a name or a target of more than ${PATH_MAX} characters: ${JSON.stringify(name.slice(0, 100))}…`,
    });
}
/** The path of the folder that holds `path`; undefined for the root. */
function parentOf(path) {
    if (path === '')
        return undefined;
    const slash = path.lastIndexOf('/');
    return slash === -1 ? '' : path.slice(0, slash);
}
/** The last part of a path. */
function baseOf(path) {
    return path.slice(path.lastIndexOf('/') + 1);
}
/** `name` in `folder`, where the root is the empty string. */
function childPath(folder, name) {
    return folder === '' ? name : `${folder}/${name}`;
}
/** Most names need no work; says no too often rather than too seldom. */
function isClean(name) {
    return (name !== '' &&
        !name.startsWith('/') &&
        !name.startsWith('.') &&
        !name.endsWith('/') &&
        !name.includes('/.') &&
        !name.includes('//') &&
        !name.includes('\0'));
}
function escapes(name) {
    return new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildError */ .zS({
        kind: 'user',
        code: 'TAR_PATH_ESCAPES',
        message: `The archive has a member that would land outside of the root: ${JSON.stringify(name)}`,
        hint: 'Such an archive is made by mistake or with bad intent; pack it again from inside the folder.',
    });
}


/***/ }),

/***/ 1938:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $: () => (/* binding */ MemberData),
/* harmony export */   Z: () => (/* binding */ paddingOf)
/* harmony export */ });
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7594);
/* harmony import */ var _byte_reader_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5829);
/* harmony import */ var _tar_header_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(5096);



/** The data blocks of the member that a tar reader stands at. Knows how much of them is unread. */
class MemberData {
    #reader;
    #padding;
    #remaining;
    #closed = false;
    constructor(reader, size) {
        this.#reader = reader;
        this.#remaining = size;
        this.#padding = paddingOf(size);
    }
    get remaining() {
        return this.#remaining;
    }
    /**
     * Between 1 and `most` bytes; undefined at the end of the data.
     * @throws BuildError `TAR_TRUNCATED`; `BODY_GONE` when the reader has moved on to another member
     */
    async some(most) {
        if (this.#closed)
            throw bodyGone();
        if (this.#remaining === 0)
            return undefined;
        const piece = await this.#reader.some(Math.min(most, this.#remaining));
        if (piece === undefined)
            throw (0,_byte_reader_js__WEBPACK_IMPORTED_MODULE_1__/* .truncated */ .p)();
        this.#remaining -= piece.length;
        return piece;
    }
    /** All that is left as it stands in the archive. */
    async *chunks() {
        for (;;) {
            const piece = await this.some(Number.POSITIVE_INFINITY);
            if (piece === undefined)
                return;
            yield piece;
        }
    }
    /** Goes to the end of the last block. */
    async close() {
        this.#closed = true;
        const left = this.#remaining + this.#padding;
        this.#remaining = 0;
        if (left > 0 && this.#reader.takeNow(left) === undefined)
            await this.#reader.skip(left);
    }
}
/** Bytes between the end of `size` bytes of data and the next block. */
function paddingOf(size) {
    return (_tar_header_js__WEBPACK_IMPORTED_MODULE_2__/* .BLOCK */ .IE - (size % _tar_header_js__WEBPACK_IMPORTED_MODULE_2__/* .BLOCK */ .IE)) % _tar_header_js__WEBPACK_IMPORTED_MODULE_2__/* .BLOCK */ .IE;
}
function bodyGone() {
    return new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildError */ .zS({
        kind: 'bug',
        code: 'BODY_GONE',
        message: 'The content of an archive member was asked for after the next member',
    });
}


/***/ }),

/***/ 8078:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   d: () => (/* binding */ parsePax),
/* harmony export */   x: () => (/* binding */ formatPax)
/* harmony export */ });
/* harmony import */ var _entry_name_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9811);
/* harmony import */ var _tar_header_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5096);


const SPACE = 0x20;
const EQUALS = 0x3d;
const NEWLINE = 0x0a;
const MAX_LENGTH_DIGITS = 10;
/**
 * Records of an extended header, `LENGTH KEY=VALUE\n` each (POSIX.1-2017, pax, "pax Extended Header"), in the order in which they stand: GNU's first
 * sparse format repeats keys.
 * @throws BuildError `TAR_DAMAGED`
 */
function parsePax(data) {
    const records = [];
    for (let at = 0; at < data.length;) {
        const space = data.indexOf(SPACE, at);
        if (space === -1 || space === at || space - at > MAX_LENGTH_DIGITS)
            throw badRecord();
        const digits = data.toString('latin1', at, space);
        const end = at + Number(digits);
        const equals = data.indexOf(EQUALS, space + 1);
        const whole = /^[0-9]+$/.test(digits) && end <= data.length && data[end - 1] === NEWLINE;
        if (!whole || equals <= space + 1 || equals >= end)
            throw badRecord();
        const key = (0,_entry_name_js__WEBPACK_IMPORTED_MODULE_0__/* .decodeName */ .e4)(data.subarray(space + 1, equals));
        if (key.includes('\0'))
            throw badRecord();
        records.push({ key, value: data.subarray(equals + 1, end - 1) });
        at = end;
    }
    return records;
}
/** Records sorted by key in the order of UTF-16 code units, which is byte order for the ASCII keys that we write. */
function formatPax(records) {
    const sorted = records.toSorted((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
    return Buffer.concat(sorted.map(formatRecord));
}
function formatRecord({ key, value }) {
    const rest = Buffer.concat([Buffer.from(` ${key}=`, 'utf8'), value, Buffer.from('\n')]);
    // The length counts its own digits.
    let length = rest.length + 1;
    while (String(length).length + rest.length !== length)
        length = String(length).length + rest.length;
    return Buffer.concat([Buffer.from(String(length)), rest]);
}
function badRecord() {
    return (0,_tar_header_js__WEBPACK_IMPORTED_MODULE_1__/* .damaged */ .qM)('a record of an extended header cannot be read');
}


/***/ }),

/***/ 5096:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   FY: () => (/* binding */ isTarHeader),
/* harmony export */   IE: () => (/* binding */ BLOCK),
/* harmony export */   RW: () => (/* binding */ parseHeader),
/* harmony export */   RX: () => (/* binding */ formatHeader),
/* harmony export */   Ts: () => (/* binding */ oldSparseExtension),
/* harmony export */   W6: () => (/* binding */ MAX_SHORT),
/* harmony export */   W_: () => (/* binding */ MAX_LONG),
/* harmony export */   _0: () => (/* binding */ fitsOctal),
/* harmony export */   c_: () => (/* binding */ oldSparse),
/* harmony export */   ei: () => (/* binding */ isZeroBlock),
/* harmony export */   qM: () => (/* binding */ damaged),
/* harmony export */   tU: () => (/* binding */ ZERO_BLOCK)
/* harmony export */ });
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7594);

/** Size of a tar block in bytes (POSIX.1-2017, pax, "ustar Interchange Format"). */
const BLOCK = 512;
/** Field positions of the ustar header: [offset, length]. */
const FIELD = {
    name: [0, 100],
    mode: [100, 8],
    uid: [108, 8],
    gid: [116, 8],
    size: [124, 12],
    mtime: [136, 12],
    checksum: [148, 8],
    type: [156, 1],
    linkName: [157, 100],
    magic: [257, 8],
    devMajor: [329, 8],
    devMinor: [337, 8],
    prefix: [345, 155],
    /** GNU, type `S`: four pairs of offset and length. */
    sparse: [386, 96],
    sparseMore: [482, 1],
    realSize: [483, 12],
};
/** Largest value of the 8-byte fields (uid, gid, device numbers), and of the 12-byte ones (size, mtime). */
const MAX_SHORT = 0o7777777;
const MAX_LONG = 0o77777777777;
function fitsOctal(value, max) {
    return Number.isInteger(value) && value >= 0 && value <= max;
}
function isZeroBlock(block) {
    return block[0] === 0 && block.equals(ZERO_BLOCK);
}
/** One block of zeros: padding, and two of them the end of an archive. */
const ZERO_BLOCK = Buffer.alloc(BLOCK);
/** Is this block a header with a right checksum? Tells a tar from any other file. */
function isTarHeader(block) {
    if (block.length < BLOCK)
        return false;
    const header = Buffer.from(block.buffer, block.byteOffset, BLOCK);
    return !isZeroBlock(header) && checksumFits(header);
}
/**
 * Reads ustar, old V7, GNU (base-256 numbers) and star headers.
 * @throws BuildError `TAR_DAMAGED`
 */
function parseHeader(block) {
    if (!checksumFits(block))
        throw damaged('the checksum of a header is wrong');
    const magic = block.toString('latin1', FIELD.magic[0], FIELD.magic[0] + 8);
    const ustar = magic.startsWith('ustar\0');
    const extended = ustar || magic === 'ustar  \0';
    const typeByte = block[FIELD.type[0]] ?? 0;
    return {
        name: ustar ? withPrefix(block) : cString(block, FIELD.name),
        mode: number(block, FIELD.mode),
        uid: number(block, FIELD.uid),
        gid: number(block, FIELD.gid),
        size: unsigned(block, FIELD.size),
        mtime: number(block, FIELD.mtime),
        type: typeByte === 0 ? '0' : String.fromCharCode(typeByte),
        linkName: cString(block, FIELD.linkName),
        devMajor: extended ? number(block, FIELD.devMajor) : 0,
        devMinor: extended ? number(block, FIELD.devMinor) : 0,
        block,
    };
}
/** A ustar header with empty user and group names. Bytes are those that Go's archive/tar writes. */
function formatHeader(fields) {
    // From Buffer's pool: memory of its own costs more than all that is written into it.
    const block = Buffer.allocUnsafe(BLOCK).fill(0);
    putString(block, FIELD.name, fields.name);
    putOctal(block, FIELD.mode, fields.mode);
    putOctal(block, FIELD.uid, fields.uid);
    putOctal(block, FIELD.gid, fields.gid);
    putOctal(block, FIELD.size, fields.size);
    putOctal(block, FIELD.mtime, fields.mtime);
    block.write(fields.type, FIELD.type[0], 'latin1');
    if (fields.linkName !== undefined)
        putString(block, FIELD.linkName, fields.linkName);
    block.write('ustar\x0000', FIELD.magic[0], 'latin1');
    putOctal(block, FIELD.devMajor, fields.devMajor ?? 0);
    putOctal(block, FIELD.devMinor, fields.devMinor ?? 0);
    if (fields.prefix !== undefined)
        putString(block, FIELD.prefix, fields.prefix);
    block.fill(0x20, FIELD.checksum[0], FIELD.checksum[0] + 8);
    const sum = sums(block).unsigned.toString(8).padStart(6, '0');
    block.write(`${sum}\0 `, FIELD.checksum[0], 'latin1');
    return block;
}
/** Sparse map in a GNU header (type `S`): up to four parts, and whether an extension block follows. */
function oldSparse(header) {
    return {
        parts: sparseParts(header.block, FIELD.sparse[0], 4),
        more: (header.block[FIELD.sparseMore[0]] ?? 0) !== 0,
        realSize: unsigned(header.block, FIELD.realSize),
    };
}
/** An extension block of such a map: up to 21 parts. */
function oldSparseExtension(block) {
    return { parts: sparseParts(block, 0, 21), more: (block[504] ?? 0) !== 0 };
}
function damaged(what) {
    return new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildError */ .zS({
        kind: 'user',
        code: 'TAR_DAMAGED',
        message: `This is no whole tar archive: ${what}`,
    });
}
function sparseParts(block, start, most) {
    const parts = [];
    for (let i = 0; i < most; i++) {
        const at = start + i * 24;
        // An unused slot begins with a NUL.
        if (block[at] === 0)
            break;
        parts.push({ offset: unsigned(block, [at, 12]), length: unsigned(block, [at + 12, 12]) });
    }
    return parts;
}
function withPrefix(block) {
    const name = cString(block, FIELD.name);
    // star keeps times where ustar has the end of the prefix, and says so in the last four bytes.
    const star = block.toString('latin1', 508, 512) === 'tar\0';
    const prefix = cString(block, star ? [FIELD.prefix[0], 131] : FIELD.prefix);
    return prefix.length === 0 ? name : Buffer.concat([prefix, Buffer.from('/'), name]);
}
function cString(block, [at, length]) {
    const end = block.indexOf(0, at);
    return block.subarray(at, end === -1 || end > at + length ? at + length : end);
}
function unsigned(block, field) {
    const value = number(block, field);
    if (value < 0)
        throw damaged('a size is negative');
    return value;
}
/** Octal digits between blanks and NULs, or GNU's base-256: first bit set, the rest two's complement, big-endian. */
function number(block, [at, length]) {
    const first = block[at] ?? 0;
    if ((first & 0x80) !== 0)
        return base256(block.subarray(at, at + length));
    let value = 0;
    let digits = false;
    for (let i = at; i < at + length; i++) {
        const byte = block[i] ?? 0;
        if (byte >= 0x30 && byte <= 0x37) {
            value = value * 8 + (byte - 0x30);
            digits = true;
        }
        else if (byte !== 0x20 && byte !== 0) {
            throw damaged('a number in a header is not octal');
        }
        else if (digits) {
            break;
        }
    }
    return value;
}
function base256(bytes) {
    const negative = ((bytes[0] ?? 0) & 0x40) !== 0;
    let value = BigInt((bytes[0] ?? 0) & 0x3f);
    for (const byte of bytes.subarray(1))
        value = (value << 8n) | BigInt(byte);
    if (negative)
        value -= 1n << BigInt(bytes.length * 8 - 2);
    const result = Number(value);
    if (!Number.isSafeInteger(result))
        throw damaged('a number in a header is too large');
    return result;
}
function checksumFits(block) {
    const field = block.toString('latin1', FIELD.checksum[0], FIELD.checksum[0] + 8);
    const match = /^[ \0]*([0-7]{1,8})[ \0]*$/.exec(field);
    if (match === null)
        return false;
    const stored = Number.parseInt(match[1] ?? '', 8);
    const computed = sums(block);
    return stored === computed.unsigned || stored === computed.signed;
}
/** Sums over the block, the checksum field counted as blanks. Some old programs summed signed bytes. */
function sums(block) {
    let total = 0;
    let high = 0;
    for (let i = 0; i < BLOCK; i++) {
        const inChecksum = i >= FIELD.checksum[0] && i < FIELD.checksum[0] + 8;
        const byte = inChecksum ? 0x20 : (block[i] ?? 0);
        total += byte;
        if (byte >= 0x80)
            high += 1;
    }
    return { unsigned: total, signed: total - 256 * high };
}
function putString(block, [at, length], value) {
    value.copy(block, at, 0, Math.min(value.length, length));
    const last = at + length - 1;
    // A cut name that ends in a slash would make some readers take a file for a folder.
    if (value.length > length) {
        for (let i = last; i > at && block[i] === 0x2f; i--)
            block[i] = 0;
    }
}
function putOctal(block, [at, length], value) {
    let rest = value;
    for (let i = at + length - 2; i >= at; i--) {
        block[i] = 0x30 + (rest % 8);
        rest = Math.floor(rest / 8);
    }
    if (rest !== 0) {
        throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildError */ .zS({
            kind: 'bug',
            code: 'TAR_NUMBER_TOO_LARGE',
            message: `${value} does not fit a tar header field of ${length} bytes`,
        });
    }
}


/***/ }),

/***/ 2662:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  s: () => (/* binding */ readTar)
});

// EXTERNAL MODULE: ./lib/base/errors.js
var errors = __webpack_require__(7594);
// EXTERNAL MODULE: ./lib/image/layer/byte-reader.js
var byte_reader = __webpack_require__(5829);
// EXTERNAL MODULE: ./lib/image/layer/entry-name.js
var entry_name = __webpack_require__(9811);
// EXTERNAL MODULE: ./lib/image/layer/entry-path.js
var entry_path = __webpack_require__(4503);
// EXTERNAL MODULE: ./lib/image/layer/member-data.js
var member_data = __webpack_require__(1938);
// EXTERNAL MODULE: ./lib/image/layer/pax.js
var pax = __webpack_require__(8078);
// EXTERNAL MODULE: ./lib/image/layer/tar-header.js
var tar_header = __webpack_require__(5096);
;// CONCATENATED MODULE: ./lib/image/layer/pax-overrides.js

const NONE = {};
const SCHILY_XATTR = 'SCHILY.xattr.';
const LIBARCHIVE_XATTR = 'LIBARCHIVE.xattr.';
/**
 * The records of a global header with those of the member's own above them. An empty value leaves the header's, except for xattrs, which may be empty.
 * @throws BuildError `TAR_DAMAGED` for numbers that cannot be read
 */
function overridesOf(globals, records) {
    if (globals.size === 0 && records.length === 0)
        return NONE;
    const draft = {};
    for (const [key, value] of globals)
        apply(draft, key, value);
    for (const { key, value } of records)
        apply(draft, key, value);
    return draft;
}
function apply(draft, key, value) {
    if (applyXattr(draft, key, value) || value.length === 0)
        return;
    switch (key) {
        case 'path':
            draft.path = value;
            break;
        case 'linkpath':
            draft.linkPath = value;
            break;
        case 'size':
            draft.size = integer(key, value);
            break;
        case 'uid':
            draft.uid = integer(key, value);
            break;
        case 'gid':
            draft.gid = integer(key, value);
            break;
        case 'mtime':
            draft.mtime = seconds(value);
            draft.mtimeNanos = nanoseconds(value);
            break;
        case 'SCHILY.devmajor':
            draft.devMajor = integer(key, value);
            break;
        case 'SCHILY.devminor':
            draft.devMinor = integer(key, value);
            break;
        default:
        // Names of users and groups, other times, comments and the like: nothing of a layer.
    }
}
/** star, GNU tar and Go write the value as it is; libarchive as base64 under a percent-encoded name, besides the former. */
function applyXattr(draft, key, value) {
    if (key.startsWith(SCHILY_XATTR)) {
        // A copy: the record is a view of a much larger buffer.
        setXattr(draft, decodeGnu(key.slice(SCHILY_XATTR.length)), Buffer.from(value));
        return true;
    }
    if (!key.startsWith(LIBARCHIVE_XATTR))
        return false;
    const name = percentDecoded(key.slice(LIBARCHIVE_XATTR.length));
    if (draft.xattrs?.has(name) !== true)
        setXattr(draft, name, Buffer.from(value.toString('latin1'), 'base64'));
    return true;
}
function setXattr(draft, name, value) {
    if (name === '')
        throw (0,tar_header/* damaged */.qM)('an extended attribute has no name');
    draft.xattrs ??= new Map();
    draft.xattrs.set(name, value);
}
/** GNU tar writes `=` and `%` of attribute names as %3D and %25. */
function decodeGnu(name) {
    return name.replaceAll('%3D', '=').replaceAll('%25', '%');
}
function percentDecoded(name) {
    try {
        return decodeURIComponent(name);
    }
    catch {
        throw (0,tar_header/* damaged */.qM)('the name of an extended attribute cannot be read');
    }
}
function integer(key, value) {
    const text = value.toString('latin1');
    const result = /^-?[0-9]+$/.test(text) ? Number(text) : Number.NaN;
    if (!Number.isSafeInteger(result) || (key === 'size' && result < 0)) {
        throw (0,tar_header/* damaged */.qM)(`the record ${key} of an extended header is no number`);
    }
    return result;
}
function seconds(value) {
    const text = value.toString('latin1');
    if (!/^-?[0-9]{1,15}(?:\.[0-9]*)?$/.test(text))
        throw (0,tar_header/* damaged */.qM)('a time of an extended header is no number');
    return Number(text);
}
/** The fraction counts away from zero in the text, and up from the last whole second in the result. */
function nanoseconds(value) {
    const [, sign, digits = ''] = /^(-?)[0-9]+(?:\.([0-9]*))?$/.exec(value.toString('latin1')) ?? [];
    const nanos = Number(digits.padEnd(9, '0').slice(0, 9));
    return sign === '-' && nanos > 0 ? 1e9 - nanos : nanos;
}

;// CONCATENATED MODULE: ./lib/image/layer/sparse.js

const ZEROS = Buffer.alloc(64 * 1024);
const MAX_PARTS = 1_000_000;
const MAX_DIGITS = 20;
const NEWLINE = 0x0a;
/** Reads the map of a header of type `S`, extension blocks included. */
async function readOldSparse(header, reader) {
    const first = (0,tar_header/* oldSparse */.c_)(header);
    const parts = [...first.parts];
    for (let more = first.more; more;) {
        const block = await reader.take(tar_header/* BLOCK */.IE);
        if (block === undefined)
            throw (0,tar_header/* damaged */.qM)('a sparse map ends early');
        const extension = (0,tar_header/* oldSparseExtension */.Ts)(block);
        parts.push(...extension.parts);
        if (parts.length > MAX_PARTS)
            throw (0,tar_header/* damaged */.qM)('a sparse map has too many parts');
        more = extension.more;
    }
    return { size: first.realSize, parts };
}
/** GNU's sparse formats 0.0, 0.1 and 1.0; undefined when the records speak of none. */
function paxSparse(records) {
    const text = new Map();
    for (const { key, value } of records) {
        if (key.startsWith('GNU.sparse.'))
            text.set(key.slice('GNU.sparse.'.length), value.toString('latin1'));
    }
    if (text.size === 0)
        return undefined;
    const name = records.findLast((record) => record.key === 'GNU.sparse.name')?.value;
    const size = text.get('realsize') ?? text.get('size');
    if (text.get('major') === '1' && text.get('minor') === '0') {
        return { version: '1', name, size: decimal(size) };
    }
    const map = text.get('map');
    const numbers = map === undefined
        ? numbersOf(records)
        : map
            .split(',')
            .filter((part) => part !== '')
            .map(decimal);
    if (map === undefined && !text.has('numblocks'))
        return undefined;
    return { version: '0', name, map: { size: decimal(size), parts: pairs(numbers) } };
}
/** Reads the map that stands before the data in format 1.0: decimal numbers, a line each, padded to a block. */
async function readSparseMap(data, size) {
    const lines = new LineReader(data);
    const count = decimal(await lines.next());
    if (count > MAX_PARTS)
        throw (0,tar_header/* damaged */.qM)('a sparse map has too many parts');
    const numbers = [];
    while (numbers.length < count * 2)
        numbers.push(decimal(await lines.next()));
    return { size, parts: pairs(numbers) };
}
/** The file's content: the parts where they belong, zeros elsewhere. Chunks of zeros are shared: they must not be written to. */
async function* expandSparse(map, data) {
    let position = 0;
    for (const part of map.parts) {
        yield* zeros(part.offset - position);
        for (let missing = part.length; missing > 0;) {
            const piece = await data.some(missing);
            if (piece === undefined)
                throw (0,tar_header/* damaged */.qM)('a sparse file has less data than its map says');
            missing -= piece.length;
            yield piece;
        }
        position = part.offset + part.length;
    }
    yield* zeros(map.size - position);
}
/** @throws BuildError `TAR_DAMAGED` when parts overlap, leave the file or do not add up to `stored` bytes */
function checkSparse(map, stored) {
    let position = 0;
    let total = 0;
    for (const part of map.parts) {
        if (part.offset < position)
            throw (0,tar_header/* damaged */.qM)('the parts of a sparse file overlap');
        position = part.offset + part.length;
        total += part.length;
    }
    if (position > map.size)
        throw (0,tar_header/* damaged */.qM)('a part of a sparse file is behind its end');
    if (total !== stored)
        throw (0,tar_header/* damaged */.qM)('a sparse file has more or less data than its map says');
}
class LineReader {
    #data;
    #block = Buffer.alloc(0);
    #at = 0;
    constructor(data) {
        this.#data = data;
    }
    async next() {
        let line = '';
        for (;;) {
            const end = this.#block.indexOf(NEWLINE, this.#at);
            line += this.#block.toString('latin1', this.#at, end === -1 ? this.#block.length : end);
            if (line.length > MAX_DIGITS)
                throw (0,tar_header/* damaged */.qM)('a sparse map holds something else than numbers');
            if (end !== -1) {
                this.#at = end + 1;
                return line;
            }
            this.#block = await wholeBlock(this.#data);
            this.#at = 0;
        }
    }
}
async function wholeBlock(data) {
    const pieces = [];
    for (let missing = tar_header/* BLOCK */.IE; missing > 0;) {
        const piece = await data.some(missing);
        if (piece === undefined)
            throw (0,tar_header/* damaged */.qM)('a sparse map ends early');
        pieces.push(piece);
        missing -= piece.length;
    }
    return Buffer.concat(pieces);
}
function* zeros(length) {
    for (let missing = length; missing > 0; missing -= ZEROS.length) {
        yield missing >= ZEROS.length ? ZEROS : ZEROS.subarray(0, missing);
    }
}
/** Format 0.0 repeats offset and numbytes, a pair for each part. */
function numbersOf(records) {
    return records
        .filter(({ key }) => key === 'GNU.sparse.offset' || key === 'GNU.sparse.numbytes')
        .map(({ value }) => decimal(value.toString('latin1')));
}
function pairs(numbers) {
    if (numbers.length % 2 !== 0)
        throw (0,tar_header/* damaged */.qM)('a sparse map has half a part');
    const parts = [];
    for (let i = 0; i < numbers.length; i += 2) {
        parts.push({ offset: numbers[i] ?? 0, length: numbers[i + 1] ?? 0 });
    }
    return parts;
}
function decimal(text) {
    const value = /^[0-9]{1,16}$/.test(text ?? '') ? Number(text) : Number.NaN;
    if (!Number.isSafeInteger(value))
        throw (0,tar_header/* damaged */.qM)('a number of a sparse map cannot be read');
    return value;
}

;// CONCATENATED MODULE: ./lib/image/layer/tar-read.js









/** As Go's archive/tar: extended headers and long names beyond this are an attack. */
const MAX_SPECIAL = 1024 * 1024;
const DEFAULT_MAX_ENTRIES = 4_000_000;
const DEFAULT_MAX_METADATA = 512 * 1024 * 1024;
/**
 * Reads an archive member by member: V7, ustar, PAX (global headers too) and GNU (long names, base-256 numbers, all sparse formats), with xattrs as
 * SCHILY.xattr and LIBARCHIVE.xattr. Names are cleaned as Docker does (see cleanPath). The source is read to its end, also behind
 * the end-of-archive mark, so that a digest over it is complete (but with `untilMark`); an archive that lacks the mark is taken as it is. Chunks of a body are only good
 * until the next one and must not be written to.
 * @throws BuildError `TAR_DAMAGED`, `TAR_TRUNCATED`, `TAR_TOO_LARGE`, `TAR_PATH_ESCAPES`, `TAR_UNSUPPORTED`
 */
async function* readTar(source, limits = {}) {
    const reader = new byte_reader/* ByteReader */.k(source, { limit: limits.maxSize });
    const globals = new Map();
    let metadata = 0;
    try {
        for (let count = 1;; count++) {
            const member = await nextMember(reader, globals, limits);
            if (member === undefined)
                break;
            metadata += metadataOf(member.entry);
            checkLimits(member.entry, count, metadata, limits);
            yield memberOf(member);
            await member.data.close();
        }
        if (limits.untilMark !== true)
            await reader.drain();
    }
    finally {
        await reader.close();
    }
}
function memberOf({ entry, data, sparse, offset }) {
    if (entry.type !== 'file')
        return { entry };
    if (sparse === undefined)
        return { entry, body: data.chunks(), offset };
    return { entry, body: expandSparse(sparse, data) };
}
/** What whoever collects the entries keeps of this one. */
function metadataOf({ path, linkName = '', xattrs }) {
    let size = path.length + linkName.length;
    for (const [name, value] of xattrs ?? [])
        size += name.length + value.length;
    return size;
}
function checkLimits(entry, count, metadata, limits) {
    const maxEntries = limits.maxEntries ?? DEFAULT_MAX_ENTRIES;
    if (count > maxEntries)
        throw tooLarge(`has more than ${maxEntries} members`);
    const maxMetadata = limits.maxMetadata ?? DEFAULT_MAX_METADATA;
    if (metadata > maxMetadata)
        throw tooLarge(`has more than ${maxMetadata} bytes of names and attributes`);
    const maxFileSize = limits.maxFileSize ?? Number.POSITIVE_INFINITY;
    if (entry.size > maxFileSize)
        throw tooLarge(`has a file of more than ${maxFileSize} bytes: ${entry.path}`);
}
async function nextMember(reader, globals, limits) {
    const pending = { globals, records: [], longName: undefined, longLink: undefined };
    for (;;) {
        const header = await nextHeader(reader);
        if (header === undefined)
            return undefined;
        const special = await readSpecial(header, reader, pending);
        if (!special)
            return await openMember(header, reader, pending, limits);
    }
}
async function nextHeader(reader) {
    const block = reader.takeNow(tar_header/* BLOCK */.IE) ?? (await reader.take(tar_header/* BLOCK */.IE));
    if (block === undefined)
        return undefined;
    if (!(0,tar_header/* isZeroBlock */.ei)(block))
        return (0,tar_header/* parseHeader */.RW)(block);
    const second = await reader.take(tar_header/* BLOCK */.IE);
    if (second !== undefined && !(0,tar_header/* isZeroBlock */.ei)(second))
        throw (0,tar_header/* damaged */.qM)('there are zeros where a header should be');
    return undefined;
}
/** True when the header only said something about the following member. */
async function readSpecial(header, reader, pending) {
    switch (header.type) {
        case 'x':
        case 'X':
            pending.records = (0,pax/* parsePax */.d)(await specialData(header, reader));
            return true;
        case 'g':
            addGlobals(pending.globals, (0,pax/* parsePax */.d)(await specialData(header, reader)));
            return true;
        case 'L':
            pending.longName = untilNul(await specialData(header, reader));
            return true;
        case 'K':
            pending.longLink = untilNul(await specialData(header, reader));
            return true;
        case 'V':
            // A label of the volume.
            await new member_data/* MemberData */.$(reader, header.size).close();
            return true;
        default:
            return false;
    }
}
async function specialData(header, reader) {
    if (header.size > MAX_SPECIAL)
        throw tooLarge(`has an extended header of more than ${MAX_SPECIAL} bytes`);
    const data = new member_data/* MemberData */.$(reader, header.size);
    const pieces = [];
    for await (const piece of data.chunks())
        pieces.push(Buffer.from(piece));
    await data.close();
    return Buffer.concat(pieces);
}
/** An empty value takes an earlier record back (POSIX.1-2017, pax, "pax Extended Header"). */
function addGlobals(globals, records) {
    for (const { key, value } of records) {
        if (value.length === 0)
            globals.delete(key);
        else
            globals.set(key, value);
    }
    let size = 0;
    for (const [key, value] of globals)
        size += key.length + value.length;
    if (size > MAX_SPECIAL)
        throw tooLarge(`has global headers of more than ${MAX_SPECIAL} bytes`);
}
async function openMember(header, reader, pending, { clampPaths, exactTimes }) {
    const overrides = overridesOf(pending.globals, pending.records);
    const stored = storedSize(header, overrides);
    const oldSparse = header.type === 'S' ? await readOldSparse(header, reader) : undefined;
    const pax = header.type === '0' ? paxSparse(pending.records) : undefined;
    const data = new member_data/* MemberData */.$(reader, stored);
    const sparse = oldSparse ?? (await paxSparseMap(pax, data));
    const name = (0,entry_name/* decodeName */.e4)(pax?.name ?? overrides.path ?? pending.longName ?? header.name);
    const type = typeOf(header.type, name);
    if (sparse !== undefined)
        checkSparse(sparse, data.remaining);
    const size = sparse?.size ?? stored;
    const link = (0,entry_name/* decodeName */.e4)(overrides.linkPath ?? pending.longLink ?? header.linkName);
    const root = clampPaths === true ? '/' : '';
    const target = type === 'hardlink' ? root + link : link;
    const found = entryOf(header, overrides, { name: root + name, type, link: target, size });
    const nanos = exactTimes === true ? (overrides.mtimeNanos ?? 0) : 0;
    const entry = nanos === 0 ? found : { ...found, mtimeNanos: nanos };
    return { entry, data, sparse, offset: reader.position };
}
async function paxSparseMap(pax, data) {
    if (pax === undefined)
        return undefined;
    return pax.version === '0' ? pax.map : await readSparseMap(data, pax.size);
}
/** Types without content have none, whatever their size field says: so reads Go, and with it every container runtime. */
function storedSize(header, overrides) {
    return '123456'.includes(header.type) ? 0 : (overrides.size ?? header.size);
}
function typeOf(flag, name) {
    switch (flag) {
        case '0':
            return name.endsWith('/') ? 'directory' : 'file';
        case '7':
        case 'S':
            return 'file';
        case '1':
            return 'hardlink';
        case '2':
            return 'symlink';
        case '3':
            return 'character';
        case '4':
            return 'block';
        case '5':
        case 'D':
            return 'directory';
        case '6':
            return 'fifo';
        default:
            throw new errors/* BuildError */.zS({
                kind: 'user',
                code: 'TAR_UNSUPPORTED',
                message: `The archive has a member of the unknown type ${JSON.stringify(flag)}: ${JSON.stringify(name)}`,
            });
    }
}
function entryOf(header, overrides, { name, type, link, size }) {
    const path = (0,entry_path/* cleanPath */.ts)(name);
    if (path === '' && type !== 'directory')
        throw (0,tar_header/* damaged */.qM)('a member has no name');
    const device = type === 'character' || type === 'block';
    return {
        path,
        type,
        mode: header.mode & 0o7777,
        uid: owner(overrides.uid ?? header.uid),
        gid: owner(overrides.gid ?? header.gid),
        size: type === 'file' ? size : 0,
        mtime: overrides.mtime ?? header.mtime,
        ...linkOf(type, link),
        ...(device ? { devMajor: overrides.devMajor ?? header.devMajor } : {}),
        ...(device ? { devMinor: overrides.devMinor ?? header.devMinor } : {}),
        ...(overrides.xattrs === undefined ? {} : { xattrs: overrides.xattrs }),
    };
}
function linkOf(type, link) {
    if (type === 'hardlink')
        return { linkName: (0,entry_path/* cleanPath */.ts)(link) };
    if (type !== 'symlink')
        return {};
    (0,entry_path/* checkLength */.Nv)(link, link);
    if (link === '' || link.includes('\0'))
        throw (0,tar_header/* damaged */.qM)('a symbolic link has no usable target');
    return { linkName: link };
}
/** Negative ids are what 32-bit programs made of large ones. */
function owner(id) {
    const value = id < 0 ? id + 2 ** 32 : id;
    if (value < 0 || value >= 2 ** 32)
        throw (0,tar_header/* damaged */.qM)('a user or group id is out of range');
    return value;
}
function untilNul(data) {
    const end = data.indexOf(0);
    return end === -1 ? data : data.subarray(0, end);
}
function tooLarge(what) {
    return new errors/* BuildError */.zS({ kind: 'user', code: 'TAR_TOO_LARGE', message: `The archive ${what}` });
}


/***/ }),

/***/ 7508:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   w: () => (/* binding */ annotationsAt),
/* harmony export */   z: () => (/* binding */ ANNOTATION_PLACES)
/* harmony export */ });
/* harmony import */ var _platform_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8758);

/** What an annotation is put on: an image's manifest, the index over several, or the descriptor of one of them. */
const ANNOTATION_PLACES = ['manifest', 'index', 'manifest-descriptor', 'index-descriptor'];
/** Those of a place, of later ones with the same name the last; undefined for none. */
function annotationsAt(annotations, place, platform) {
    const found = annotations.filter((each) => each.place === place &&
        (each.platform === undefined || (platform !== undefined && (0,_platform_js__WEBPACK_IMPORTED_MODULE_0__/* .samePlatform */ .my)(each.platform, platform))));
    return found.length === 0 ? undefined : Object.fromEntries(found.map(({ key, value }) => [key, value]));
}


/***/ }),

/***/ 8758:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Bq: () => (/* binding */ formatPlatform),
/* harmony export */   FL: () => (/* binding */ parsePlatform),
/* harmony export */   J5: () => (/* binding */ platformMatches),
/* harmony export */   WN: () => (/* binding */ normalisePlatform),
/* harmony export */   md: () => (/* binding */ selectPlatform),
/* harmony export */   my: () => (/* binding */ samePlatform),
/* harmony export */   ol: () => (/* binding */ hostPlatform)
/* harmony export */ });
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7594);

/** Values of GOOS and GOARCH that a specifier of one part is told apart by, as in containerd's platforms package. */
const KNOWN_OS = new Set('aix android darwin dragonfly freebsd hurd illumos ios js linux nacl netbsd openbsd plan9 solaris wasip1 windows zos'.split(' '));
const KNOWN_ARCHITECTURES = new Set(('386 amd64 amd64p32 arm armbe arm64 arm64be loong64 mips mipsle mips64 mips64le mips64p32 mips64p32le ppc ppc64 ppc64le ' +
    'riscv riscv64 s390 s390x sparc sparc64 wasm').split(' '));
const PART = /^[A-Za-z0-9_.-]+$/;
const OS_PART = /^([A-Za-z0-9_-]+)(?:\(([A-Za-z0-9_.-]*)(?:\+[A-Za-z0-9_.+-]*)?\))?$/;
/**
 * Reads `os/architecture[/variant]` in every spelling that containerd takes, and normalises it: `linux/x86_64` is linux/amd64,
 * `linux/arm` is linux/arm/v7, `linux/arm64/v8` is linux/arm64. An architecture alone (`arm64`) means `host`'s system, or
 * linux; a system alone (`linux`) means `host`'s architecture and needs `host`. `windows(10.0.17763)/amd64` gives os.version.
 * @throws BuildError `BAD_PLATFORM`
 */
function parsePlatform(text, host) {
    const parts = text.split('/');
    const [first = '', architecture, variant] = parts;
    const system = OS_PART.exec(first);
    if (system === null || parts.length > 3 || !parts.slice(1).every((part) => PART.test(part))) {
        throw badPlatform(text);
    }
    const os = normaliseOs(system[1] ?? '');
    const version = system[2];
    if (architecture !== undefined)
        return normalise(os, architecture, variant, version);
    if (KNOWN_OS.has(os)) {
        if (host === undefined)
            throw badPlatform(text);
        return normalise(os, host.architecture, host.variant, version);
    }
    const alone = normalise(host?.os ?? 'linux', first, undefined, undefined);
    if (!KNOWN_ARCHITECTURES.has(alone.architecture))
        throw badPlatform(text);
    return alone;
}
/** One spelling for platforms that mean the same. Other fields are dropped. */
function normalisePlatform(platform) {
    return normalise(normaliseOs(platform.os), platform.architecture, platform.variant, platform['os.version']);
}
/** `os/architecture` or `os/architecture/variant`; `unknown` without a system. */
function formatPlatform(platform) {
    if (platform.os === '')
        return 'unknown';
    return [platform.os, platform.architecture, platform.variant ?? ''].filter((part) => part !== '').join('/');
}
function samePlatform(a, b) {
    const left = normalisePlatform(a);
    const right = normalisePlatform(b);
    return formatPlatform(left) === formatPlatform(right) && left['os.version'] === right['os.version'];
}
/**
 * Can an image for `candidate` be used where `wanted` is asked for? Exact ones and the older ones that such a processor runs too
 * (amd64: lower levels and 386; arm: lower versions; arm64: arm), as containerd does.
 */
function platformMatches(wanted, candidate) {
    return rank(wanted, candidate) !== undefined;
}
/** The item of an index whose platform fits `wanted` best, the first one of equals; undefined when none fits. */
function selectPlatform(wanted, items, platformOf) {
    let best;
    let bestRank = Number.POSITIVE_INFINITY;
    for (const item of items) {
        const platform = platformOf(item);
        const position = platform === undefined ? undefined : rank(wanted, platform);
        if (position !== undefined && position < bestRank) {
            best = item;
            bestRank = position;
        }
    }
    return best;
}
const NODE_OS = { win32: 'windows', sunos: 'solaris' };
const NODE_ARCHITECTURE = {
    x64: 'amd64',
    ia32: '386',
    ppc64: 'ppc64le',
    mipsel: 'mipsle',
};
/** This machine's platform from what Node calls it (`process.platform`, `process.arch`, for arm also its version, e.g. `6`). */
function hostPlatform(os, arch, armVersion) {
    return normalise(NODE_OS[os] ?? os, NODE_ARCHITECTURE[arch] ?? arch, arch === 'arm' ? armVersion : undefined, undefined);
}
function normaliseOs(os) {
    const lower = os.toLowerCase();
    return lower === 'macos' ? 'darwin' : lower;
}
function normalise(os, architecture, variant, version) {
    const [arch, level] = normaliseArchitecture(architecture.toLowerCase(), (variant ?? '').toLowerCase());
    return {
        os,
        architecture: arch,
        ...(level === '' ? {} : { variant: level }),
        ...(version === undefined || version === '' ? {} : { 'os.version': version }),
    };
}
function normaliseArchitecture(architecture, variant) {
    switch (architecture) {
        case 'i386':
            return ['386', ''];
        case 'x86_64':
        case 'x86-64':
        case 'amd64':
            return ['amd64', variant === 'v1' ? '' : variant];
        case 'aarch64':
        case 'arm64':
            return ['arm64', normaliseArm64Variant(variant)];
        case 'armhf':
            return ['arm', 'v7'];
        case 'armel':
            return ['arm', 'v6'];
        case 'arm':
            return ['arm', normaliseArmVariant(variant)];
        default:
            return [architecture, variant];
    }
}
function normaliseArm64Variant(variant) {
    if (['8', 'v8', '8.0', 'v8.0'].includes(variant))
        return '';
    return ['9', '9.0', 'v9.0'].includes(variant) ? 'v9' : variant;
}
function normaliseArmVariant(variant) {
    if (variant === '')
        return 'v7';
    return /^[5-8]$/.test(variant) ? `v${variant}` : variant;
}
/** Position of the candidate in the list of platforms that would do, best first. */
function rank(wanted, candidate) {
    const target = normalisePlatform(wanted);
    const other = normalisePlatform(candidate);
    if (target.os !== other.os)
        return undefined;
    if (target['os.version'] !== undefined && target['os.version'] !== other['os.version'])
        return undefined;
    const name = variantName(other.architecture, other.variant);
    const position = compatible(target).indexOf(name);
    return position === -1 ? undefined : position;
}
function variantName(architecture, variant) {
    const [arch, level] = normaliseArchitecture(architecture, variant ?? '');
    return level === '' ? arch : `${arch}/${level}`;
}
function compatible(target) {
    const own = variantName(target.architecture, target.variant);
    switch (target.architecture) {
        case 'amd64':
            return [own, ...levelsBelow('amd64', level(target.variant, 1), 1), '386'];
        case 'arm':
            return [own, ...levelsBelow('arm', level(target.variant, 7), 5)];
        case 'arm64':
            return [own, ...olderArm64(target.variant), ...levelsBelow('arm', 9, 5)];
        default:
            return [own];
    }
}
/** Arm64 v9.x runs all v9 below it and v8.(x+5) and below; v8.x runs all v8 below it. */
function olderArm64(variant) {
    const match = /^v([89])(?:\.(\d+))?$/.exec(variant ?? 'v8');
    if (match === null)
        return [];
    const minor = Number(match[2] ?? 0);
    const nine = match[1] === '9' ? minorsBelow('v9', minor) : [];
    const eight = minorsBelow('v8', match[1] === '9' ? minor + 6 : minor);
    return [...nine, ...eight].map((name) => variantName('arm64', name));
}
function minorsBelow(major, minor) {
    return Array.from({ length: Math.min(minor, 16) }, (_, index) => {
        const below = minor - 1 - index;
        return below <= 0 ? major : `${major}.${below}`;
    });
}
function level(variant, fallback) {
    const match = /^v(\d+)$/.exec(variant ?? '');
    return match === null ? fallback : Number(match[1]);
}
function levelsBelow(architecture, from, lowest) {
    const names = [];
    for (let current = Math.min(from, 16) - 1; current >= lowest; current--) {
        names.push(variantName(architecture, `v${current}`));
    }
    return names;
}
function badPlatform(text) {
    return new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildError */ .zS({
        kind: 'user',
        code: 'BAD_PLATFORM',
        message: `"${text}" is not a platform`,
        hint: 'Write it as os/architecture or os/architecture/variant, e.g. linux/amd64 or linux/arm/v7.',
    });
}


/***/ }),

/***/ 8424:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   F2: () => (/* binding */ parseReference),
/* harmony export */   FH: () => (/* binding */ formatReference),
/* harmony export */   ZD: () => (/* binding */ familiarReference),
/* harmony export */   _M: () => (/* binding */ repositoryOf),
/* harmony export */   _t: () => (/* binding */ withDefaultTag)
/* harmony export */ });
/* unused harmony exports familiarName, withTag */
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7594);
/* harmony import */ var _digest_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7241);


const DEFAULT_HOST = 'docker.io';
const LEGACY_DEFAULT_HOST = 'index.docker.io';
const OFFICIAL = 'library/';
const DEFAULT_TAG = 'latest';
/** Longest repository path, as in distribution/reference. */
const MAX_PATH = 255;
const DOMAIN_LABEL = '(?:[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)';
const DOMAIN = `(?:${DOMAIN_LABEL}(?:\\.${DOMAIN_LABEL})*|\\[[a-fA-F0-9:]+\\])(?::[0-9]+)?`;
const COMPONENT = '[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*';
const PATH = `${COMPONENT}(?:/${COMPONENT})*`;
const TAG = '[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}';
const DIGEST = '[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}';
const REFERENCE = new RegExp(`^(${DOMAIN})/(${PATH})(?::(${TAG}))?(?:@(${DIGEST}))?$`);
const WHOLE_TAG = new RegExp(`^${TAG}$`);
const IMAGE_ID = /^[a-f0-9]{64}$/;
/**
 * Reads an image name as Docker does (ParseNormalizedNamed of distribution/reference): `debian:12` is
 * docker.io/library/debian:12; the first part is a host when it has a dot, a colon or an upper-case letter, or is `localhost`.
 * No tag is added.
 * @throws BuildError `BAD_REFERENCE`
 */
function parseReference(text) {
    if (IMAGE_ID.test(text)) {
        throw badReference(text, 'The name of an image cannot be 64 hexadecimal characters.');
    }
    const { host, remainder } = splitHost(text);
    const name = remainder.split(':', 1)[0] ?? '';
    if (name.toLowerCase() !== name)
        throw badReference(text, 'Repository names are lower-case.');
    const match = REFERENCE.exec(`${host}/${remainder}`);
    if (match === null)
        throw badReference(text);
    const [, domain = '', path = '', tag, digest] = match;
    if (path.length > MAX_PATH) {
        throw badReference(text, `The repository's path is longer than ${MAX_PATH} characters.`);
    }
    return {
        host: domain,
        path,
        ...(tag === undefined ? {} : { tag }),
        ...(digest === undefined ? {} : { digest: digestIn(text, digest) }),
    };
}
/** The full form, e.g. `docker.io/library/debian:12@sha256:…`. */
function formatReference(reference) {
    return `${reference.host}/${reference.path}${suffix(reference)}`;
}
/** The name as people write it, without tag and digest: `debian`, `user/app`, `ghcr.io/o/app`. */
function familiarName(reference) {
    if (reference.host !== DEFAULT_HOST)
        return `${reference.host}/${reference.path}`;
    const official = reference.path.startsWith(OFFICIAL) && reference.path.split('/').length === 2;
    return official ? reference.path.slice(OFFICIAL.length) : reference.path;
}
/** familiarName with tag and digest. */
function familiarReference(reference) {
    return `${familiarName(reference)}${suffix(reference)}`;
}
/**
 * The same repository (and digest, if there is one) with this tag.
 * @throws BuildError `BAD_TAG`
 */
function withTag(reference, tag) {
    if (!WHOLE_TAG.test(tag)) {
        throw new BuildError({
            kind: 'user',
            code: 'BAD_TAG',
            message: `"${tag}" is not a tag`,
            hint: 'A tag has up to 128 letters, digits, underscores, dots and hyphens, and begins with none of the last two.',
        });
    }
    return { ...reference, tag };
}
/** With the tag `latest` unless there is a tag or a digest. */
function withDefaultTag(reference) {
    if (reference.tag !== undefined || reference.digest !== undefined)
        return reference;
    return { ...reference, tag: DEFAULT_TAG };
}
function repositoryOf(reference) {
    return { host: reference.host, path: reference.path };
}
function suffix(reference) {
    const tag = reference.tag === undefined ? '' : `:${reference.tag}`;
    const digest = reference.digest === undefined ? '' : `@${reference.digest}`;
    return tag + digest;
}
function splitHost(text) {
    const slash = text.indexOf('/');
    const first = text.slice(0, Math.max(slash, 0));
    if (slash === -1 || !isHost(first))
        return onDefaultHost(text);
    const rest = text.slice(slash + 1);
    return first === LEGACY_DEFAULT_HOST || first === DEFAULT_HOST
        ? onDefaultHost(rest)
        : { host: first, remainder: rest };
}
function isHost(first) {
    return first === 'localhost' || /[.:]/.test(first) || first.toLowerCase() !== first;
}
function onDefaultHost(path) {
    return { host: DEFAULT_HOST, remainder: path.includes('/') ? path : OFFICIAL + path };
}
function digestIn(text, digest) {
    try {
        return (0,_digest_js__WEBPACK_IMPORTED_MODULE_1__/* .parseDigest */ .m)(digest);
    }
    catch (cause) {
        throw badReference(text, 'Its digest must be sha256: and 64 of the characters 0-9a-f.', cause);
    }
}
function badReference(text, hint, cause) {
    return new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildError */ .zS({
        kind: 'user',
        code: 'BAD_REFERENCE',
        message: text === '' ? 'The name of the image is empty' : `"${text}" is not a valid image name`,
        hint: hint ?? 'Write it as [host/]path[:tag][@sha256:…], e.g. debian:12 or ghcr.io/owner/app:1.0.',
        cause,
    });
}


/***/ }),

/***/ 6224:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $: () => (/* binding */ isToldTime)
/* harmony export */ });
/** Can an image tell this time, in seconds since 1970? RFC 3339, in which times are written, has years of four digits. */
function isToldTime(seconds) {
    return seconds >= -62_167_219_200 && seconds <= 253_402_300_799;
}


/***/ }),

/***/ 703:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   B: () => (/* binding */ parseGitReference),
/* harmony export */   h: () => (/* binding */ formatGitReference)
/* harmony export */ });
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7594);

const SCHEME = /^([a-zA-Z0-9]+):\/\//;
const SCP = /^[a-zA-Z0-9_-]+@[a-zA-Z0-9.-]+:/;
const SCHEMES = new Set(['http', 'https', 'ssh', 'git']);
/**
 * Reads `git://`, `ssh://`, `user@host:path`, an http(s) address whose path ends in `.git`, and `github.com/owner/repo`.
 * The fragment is `#ref:subdir`; the query knows ref, tag, branch, subdir, checksum (commit), keep-git-dir, submodules, mtime and
 * fetch-by-commit. Undefined: something else than Git.
 * @throws BuildError `BAD_GIT_REFERENCE` when it is Git, but says two different things or something unknown
 */
function parseGitReference(text) {
    if (text.startsWith('./') || text.startsWith('../'))
        return undefined;
    const [beforeFragment, fragment] = cut(text, '#');
    const [address, query] = cut(beforeFragment, '?');
    const looksLocal = address.startsWith('github.com/');
    const remote = looksLocal ? address : readAddress(address);
    if (remote === undefined)
        return undefined;
    const draft = { remote, shortName: shortNameOf(remote), looksLocal };
    const [ref, subdir] = cut(decode(fragment ?? ''), ':');
    if (ref !== '')
        draft.ref = ref;
    if (subdir !== undefined && subdir !== '')
        draft.subdir = subdir;
    applyQuery(draft, readQuery(query ?? ''));
    return draft;
}
/** `remote#ref` or `remote#ref:subdir`: the reference in its shortest form. */
function formatGitReference(reference, withSubdir = true) {
    const subdir = withSubdir ? (reference.subdir ?? '').replace(/^\/+/, '') : '';
    const fragment = (reference.ref ?? '') + (subdir === '' ? '' : `:${subdir}`);
    return fragment === '' ? reference.remote : `${reference.remote}#${fragment}`;
}
function readAddress(address) {
    const scheme = SCHEME.exec(address)?.[1];
    if (scheme === undefined)
        return SCP.test(address) ? address : undefined;
    const name = scheme.toLowerCase();
    if (!SCHEMES.has(name))
        return undefined;
    if (name.startsWith('http') && !/^[^/]*\/.*\.git$/.test(address.slice(scheme.length + 3)))
        return undefined;
    return name + address.slice(scheme.length);
}
function shortNameOf(remote) {
    const last = remote.slice(remote.lastIndexOf('/') + 1);
    return last.endsWith('.git') ? last.slice(0, -4) : last;
}
function readQuery(query) {
    const values = new Map();
    for (const [name, value] of new URLSearchParams(query)) {
        if (values.has(name))
            throw bad(`the query says "${name}" more than once`);
        values.set(name, value);
    }
    return values;
}
function applyQuery(draft, query) {
    for (const [name, value] of query) {
        if (value === '' && !FLAGS.has(name) && KNOWN.has(name))
            throw bad(`"${name}" has no value`);
        applyOption(draft, name, value);
    }
    const tag = qualified(query.get('tag'), 'refs/tags/');
    const branch = qualified(query.get('branch'), 'refs/heads/');
    if (tag !== undefined && branch !== undefined)
        throw bad('it names a branch and a tag');
    const named = tag ?? branch;
    if (named !== undefined)
        draft.ref = agreed('ref', draft.ref, named);
    if (draft.checksum !== undefined && draft.ref === undefined && draft.fetchByCommit !== true) {
        draft.ref = draft.checksum;
    }
}
const FLAGS = new Set(['keep-git-dir', 'submodules', 'fetch-by-commit']);
const KNOWN = new Set([
    ...FLAGS,
    'ref',
    'tag',
    'branch',
    'subdir',
    'checksum',
    'commit',
    'mtime',
]);
function applyOption(draft, name, value) {
    switch (name) {
        case 'ref':
            draft.ref = agreed('ref', draft.ref, value);
            break;
        case 'subdir':
            draft.subdir = agreed('subdir', draft.subdir, value);
            break;
        case 'checksum':
        case 'commit':
            draft.checksum = agreed('checksum', draft.checksum, value);
            break;
        case 'keep-git-dir':
            draft.keepGitDir = readFlag(name, value);
            break;
        case 'submodules':
            draft.submodules = readFlag(name, value);
            break;
        case 'fetch-by-commit':
            if (readFlag(name, value))
                draft.fetchByCommit = true;
            break;
        case 'mtime':
            draft.mtime = readMtime(value);
            break;
        case 'tag':
        case 'branch':
            break;
        default:
            throw bad(`"${name}" is not known in its query`);
    }
}
function agreed(name, before, value) {
    if (before !== undefined && before !== value) {
        throw bad(`its ${name} is said to be "${before}" and "${value}"`);
    }
    return value;
}
function readFlag(name, value) {
    if (value === '')
        return true;
    if (/^(?:1|t|T|TRUE|true|True)$/.test(value))
        return true;
    if (/^(?:0|f|F|FALSE|false|False)$/.test(value))
        return false;
    throw bad(`"${value}" is neither true nor false for ${name}`);
}
function readMtime(value) {
    if (value === 'checkout' || value === 'commit')
        return value;
    throw bad(`mtime is "checkout" or "commit", not "${value}"`);
}
function qualified(name, prefix) {
    return name === undefined || name.startsWith(prefix) ? name : prefix + name;
}
/** Text before and after the first separator; undefined when there is none. */
function cut(text, separator) {
    const at = text.indexOf(separator);
    return at === -1 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}
function decode(fragment) {
    try {
        return decodeURIComponent(fragment);
    }
    catch {
        return fragment;
    }
}
function bad(reason) {
    return new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildError */ .zS({
        kind: 'user',
        code: 'BAD_GIT_REFERENCE',
        message: `The Git reference cannot be used: ${reason}`,
        hint: 'Write it as https://host/path.git#ref:subdir, or with ?ref=…&subdir=…',
    });
}


/***/ }),

/***/ 4845:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   RM: () => (/* binding */ sameHost),
/* harmony export */   U9: () => (/* binding */ isLoopback),
/* harmony export */   nz: () => (/* binding */ apiHost),
/* harmony export */   rQ: () => (/* binding */ canonicalHost)
/* harmony export */ });
/** The names by which Docker Hub is known. Its API is at the last one (docker.io itself serves a web site). */
const DOCKER_HUB = new Set(['docker.io', 'index.docker.io', 'registry-1.docker.io']);
/** One name for each registry, as in references: `docker.io` for Docker Hub, lower case. */
function canonicalHost(host) {
    const lower = host.toLowerCase();
    return DOCKER_HUB.has(lower) ? 'docker.io' : lower;
}
/** Where the registry's API is, `host[:port]`. */
function apiHost(host) {
    const canonical = canonicalHost(host);
    return canonical === 'docker.io' ? 'registry-1.docker.io' : canonical;
}
function sameHost(one, other) {
    return canonicalHost(one) === canonicalHost(other);
}
/** True for `localhost` and names below it (RFC 6761, 6.3), 127.0.0.0/8 and [::1], with or without a port: traffic that does not leave the machine. */
function isLoopback(host) {
    const name = host.replace(/:\d+$/, '').toLowerCase();
    return (name === 'localhost' ||
        name.endsWith('.localhost') ||
        name === '[::1]' ||
        /^127(\.\d{1,3}){3}$/.test(name));
}


/***/ }),

/***/ 3484:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $: () => (/* binding */ layoutRepository),
/* harmony export */   C: () => (/* binding */ LAYOUT_HOST)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);


/** No registry: RFC 6761, section 6.4 keeps names below `.invalid` from ever being hosts. */
const LAYOUT_HOST = 'oci-layout.invalid';
const LONGEST_NAME = 40;
/** The name under which a layout folder is known where images have names of repositories. `folder`: absolute. */
function layoutRepository(folder) {
    const words = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.basename)(folder)
        .toLowerCase()
        .replace(/[^a-z0-9]+/g, '-')
        .replace(/^-+|-+$/g, '')
        .slice(0, LONGEST_NAME)
        .replace(/-+$/, '');
    const hash = (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256').update(folder).digest('hex').slice(0, 16);
    return { host: LAYOUT_HOST, path: words === '' ? hash : `${words}-${hash}` };
}


/***/ })

};
