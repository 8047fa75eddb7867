export const id = 904;
export const ids = [904];
export const modules = {

/***/ 1904:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  fixFile: () => (/* binding */ fixFile)
});

// EXTERNAL MODULE: ./lib/base/errors.js
var errors = __webpack_require__(7594);
// EXTERNAL MODULE: ./lib/dockerfile/parse.js + 1 modules
var parse = __webpack_require__(8965);
// EXTERNAL MODULE: ./lib/dockerfile/lint/lint.js + 6 modules
var lint = __webpack_require__(4542);
// EXTERNAL MODULE: ./lib/dockerfile/lint/partition-point.js
var partition_point = __webpack_require__(4491);
;// CONCATENATED MODULE: ./lib/dockerfile/lint/apply-fixes.js



/**
 * Applies the fixes of findings to the text they were found in. Of fixes that touch the same place the first one in the file wins, in whatever order
 * the findings come.
 */
function applyFixes(text, diagnostics, level) {
    const taken = [];
    const fixed = [];
    for (const diagnostic of diagnostics.toSorted(byPlace)) {
        const { fix } = diagnostic;
        if (fix === undefined || (fix.safety === 'unsafe' && level === 'safe'))
            continue;
        const places = fix.edits.map((edit) => freePlace(taken, edit));
        if (places.length === 0 || places.includes(undefined))
            continue;
        for (const edit of fix.edits)
            taken.splice(freePlace(taken, edit) ?? taken.length, 0, edit);
        fixed.push(diagnostic);
    }
    return { text: replaceAll(text, taken), fixed };
}
function byPlace({ at: one, rule }, { at: other, rule: otherRule }) {
    const difference = one.start.offset - other.start.offset || one.end.offset - other.end.offset;
    if (difference !== 0 || rule === otherRule)
        return difference;
    return rule < otherRule ? -1 : 1;
}
/** Where an edit belongs among those that are taken, which are in order; undefined if it touches one of them. */
function freePlace(taken, { at }) {
    const place = (0,partition_point/* partitionPoint */.j)(taken, (one) => one.at.end.offset < at.start.offset);
    const next = taken[place];
    return next === undefined || next.at.start.offset > at.end.offset ? place : undefined;
}
/** The text after edits of which no two touch. */
function replaceAll(text, edits) {
    const pieces = [];
    let end = 0;
    for (const edit of edits.toSorted((one, other) => one.at.start.offset - other.at.start.offset)) {
        pieces.push(text.slice(end, edit.at.start.offset), edit.text);
        end = edit.at.end.offset;
    }
    return [...pieces, text.slice(end)].join('');
}
/** Each is looked for by reading the file some times; a file on which more fixes fail than this has another trouble. */
const MOST_FAILING = 20;
/**
 * As applyFixes, without the fixes after which the file reads worse than before: each of these is left out alone, and what touches it gets its turn.
 * @param path as messages name the file
 */
function applyHolding({ text, path }, diagnostics, level) {
    const before = (0,parse/* parseDockerfile */.Ai)(text, path).problems.length;
    const holds = (applied) => (0,parse/* parseDockerfile */.Ai)(applied.text, path).problems.length <= before;
    let candidates = diagnostics;
    for (let failing = 0;; failing += 1) {
        const applied = applyFixes(text, candidates, level);
        if (holds(applied))
            return applied;
        const { fixed } = applied;
        let good = 0;
        let bad = fixed.length;
        while (bad - good > 1) {
            const middle = (good + bad) >>> 1;
            if (holds(applyFixes(text, fixed.slice(0, middle), level)))
                good = middle;
            else
                bad = middle;
        }
        if (failing === MOST_FAILING)
            return applyFixes(text, fixed.slice(0, good), level);
        const culprit = fixed[bad - 1];
        candidates = candidates.filter((one) => one !== culprit);
    }
}
/** A fix may bring another one to light; more rounds than this would mean that two of them fight. */
const MOST_ROUNDS = 10;
/**
 * Fixes a Dockerfile until nothing is left to fix. A fix after which the file reads worse than before is not taken.
 * @param path as messages name the file
 */
function fixDockerfile(text, path, config, level) {
    let current = text;
    const fixed = [];
    for (let round = 0; round < MOST_ROUNDS; round += 1) {
        const found = (0,lint/* lint */.u)((0,parse/* parseDockerfile */.Ai)(current, path), config);
        const step = applyHolding({ text: current, path }, found, level);
        if (step.text === current)
            break;
        current = step.text;
        fixed.push(...step.fixed);
    }
    return { text: current, fixed };
}

// EXTERNAL MODULE: ./lib/app/options/problems.js
var problems = __webpack_require__(3916);
// EXTERNAL MODULE: ./lib/app/lint/lint-files.js
var lint_files = __webpack_require__(6070);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
;// CONCATENATED MODULE: ./lib/app/lint/replace-file.js



/** What keeps a file from being replaced that can be written all the same: a folder of somebody else, another owner, a mounted file. */
const NOT_REPLACEABLE = ['EACCES', 'EPERM', 'EROFS', 'EBUSY', 'EXDEV'];
/**
 * Gives a file that is there another text. It is written beside it and put in its place, so that the old text stays whole if the disk is full
 * or the process is killed. Mode, owner and symbolic links are kept. Where that cannot be, the file is written where it lies: gives why.
 * @throws the system's error
 */
function replaceFile(path, text) {
    const facts = (0,external_node_fs_.statSync)(path);
    // A pipe or a device is not replaced by a file.
    if (!facts.isFile()) {
        (0,external_node_fs_.writeFileSync)(path, text);
        return undefined;
    }
    // Whoever protects a file does not want it replaced either.
    (0,external_node_fs_.accessSync)(path, external_node_fs_.constants.W_OK);
    const target = (0,external_node_fs_.realpathSync)(path);
    const fresh = (0,external_node_path_.join)((0,external_node_path_.dirname)(target), `.${(0,external_node_crypto_.randomBytes)(8).toString('hex')}.tmp`);
    try {
        (0,external_node_fs_.writeFileSync)(fresh, text, { flag: 'wx', mode: 0o600, flush: true });
        const made = (0,external_node_fs_.statSync)(fresh);
        if (made.uid !== facts.uid || made.gid !== facts.gid)
            (0,external_node_fs_.chownSync)(fresh, facts.uid, facts.gid);
        (0,external_node_fs_.chmodSync)(fresh, facts.mode & 0o7777);
        (0,external_node_fs_.renameSync)(fresh, target);
        return undefined;
    }
    catch (error) {
        (0,external_node_fs_.rmSync)(fresh, { force: true });
        const { code, message } = error;
        if (!NOT_REPLACEABLE.includes(code))
            throw error;
        (0,external_node_fs_.writeFileSync)(target, text);
        return message;
    }
}

;// CONCATENATED MODULE: ./lib/app/lint/fix-files.js





/**
 * Mends a file where it lies; one with nothing to mend is not touched.
 * @throws BuildError `BAD_INPUT` for standard input, a file that is no UTF-8, and one that cannot be written
 */
function fixFile(file, config, level) {
    if (file.path === '-')
        throw (0,problems/* badInput */.A)('--fix: standard input cannot be mended', 'Name a file.');
    const { text, fixed } = fixDockerfile(file.text, file.path, (0,lint_files/* configFor */.m3)(file, config), level);
    if (text === file.text)
        return { file, fixed: [] };
    if (!file.exact)
        throw (0,problems/* badInput */.A)(`${file.path} is not mended: it is not UTF-8 throughout`);
    try {
        return { file: { ...file, text }, fixed, inPlace: replaceFile(file.path, text) };
    }
    catch (cause) {
        throw (0,problems/* badInput */.A)(`${file.path} is not mended, it cannot be written: ${(0,errors/* reasonOf */.A3)(cause)}`);
    }
}


/***/ })

};
