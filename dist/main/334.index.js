export const id = 334;
export const ids = [334];
export const modules = {

/***/ 7334:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  offerFixes: () => (/* binding */ offerFixes)
});

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
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

;// CONCATENATED MODULE: ./lib/app/lint/line-changes.js
/** More lines that differ are told as one change: the search takes time and memory by the square. */
const MOST_DIFFERENCES = 1000;
/** The lines of a text with their ends; together they are the text. */
function linesOf(text) {
    return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}
/** What turns `before` into `after`, in order, as few lines as possible (E. Myers: An O(ND) difference algorithm, 1986). */
function lineChanges(before, after) {
    let start = 0;
    while (start < before.length && start < after.length && before[start] === after[start])
        start += 1;
    let end = 0;
    const shorter = Math.min(before.length, after.length) - start;
    while (end < shorter && before.at(-1 - end) === after.at(-1 - end))
        end += 1;
    const old = before.slice(start, before.length - end);
    const young = after.slice(start, after.length - end);
    if (old.length === 0 && young.length === 0)
        return [];
    const kept = old.length === 0 || young.length === 0 ? [] : (commonLines(old, young) ?? []);
    return betweenKept(kept, old, young).map((change) => ({ ...change, start: change.start + start }));
}
function betweenKept(kept, old, young) {
    const changes = [];
    let [inOld, inYoung] = [0, 0];
    for (const [x, y] of [...kept, [old.length, young.length]]) {
        if (x > inOld || y > inYoung)
            changes.push({ start: inOld, removed: old.slice(inOld, x), added: young.slice(inYoung, y) });
        [inOld, inYoung] = [x + 1, y + 1];
    }
    return changes;
}
/** The lines that stay, in order; undefined when too many differ. */
function commonLines(old, young) {
    // How far each diagonal (x - y) was reached, before each number of differences.
    const trace = [];
    let reached = new Map([[1, 0]]);
    for (let differences = 0; differences <= MOST_DIFFERENCES; differences += 1) {
        trace.push(reached);
        const next = new Map();
        for (let diagonal = -differences; diagonal <= differences; diagonal += 2) {
            let x = firstStep(reached, diagonal, differences);
            while (x < old.length && x - diagonal < young.length && old[x] === young[x - diagonal])
                x += 1;
            next.set(diagonal, x);
            if (x >= old.length && x - diagonal >= young.length)
                return pairsOf(trace, old.length, young.length);
        }
        reached = next;
    }
    return undefined;
}
/** Down (a new line) or right (a line that goes), whichever comes further. */
function firstStep(reached, diagonal, differences) {
    const above = reached.get(diagonal + 1) ?? -1;
    const left = reached.get(diagonal - 1) ?? -1;
    return diagonal === -differences || (diagonal !== differences && left < above) ? above : left + 1;
}
/** The way back through the trace. */
function pairsOf(trace, width, height) {
    const pairs = [];
    let [x, y] = [width, height];
    for (let differences = trace.length - 1; differences >= 0; differences -= 1) {
        const reached = trace[differences] ?? new Map();
        const diagonal = x - y;
        const above = reached.get(diagonal + 1) ?? -1;
        const left = reached.get(diagonal - 1) ?? -1;
        const isDown = diagonal === -differences || (diagonal !== differences && left < above);
        const from = isDown ? above : left;
        const fromY = from - (isDown ? diagonal + 1 : diagonal - 1);
        while (x > from && y > fromY) {
            x -= 1;
            y -= 1;
            pairs.push([x, y]);
        }
        [x, y] = [from, fromY];
    }
    return pairs.reverse();
}

;// CONCATENATED MODULE: ./lib/app/lint/unified-diff.js

/** Unchanged lines around a change. */
const CONTEXT = 3;
const NO_LINE_END = '\\ No newline at end of file\n';
/**
 * A patch that `git apply` and `patch -p1` take; empty when nothing differs.
 * @param path of the file, in the folder in which the patch is applied
 */
function unifiedDiff(path, before, after) {
    const old = linesOf(before);
    const hunks = inHunks(lineChanges(old, linesOf(after)));
    if (hunks.length === 0)
        return '';
    let shift = 0;
    const texts = hunks.map((changes) => {
        const text = hunkText(changes, old, shift);
        shift += changes.reduce((sum, { removed, added }) => sum + added.length - removed.length, 0);
        return text;
    });
    return `--- ${quoted(`a/${path}`)}\n+++ ${quoted(`b/${path}`)}\n${texts.join('')}`;
}
/** Changes whose surroundings touch stand in one hunk. */
function inHunks(changes) {
    const hunks = [];
    let reached = Number.NEGATIVE_INFINITY;
    for (const change of changes) {
        if (change.start - reached <= 2 * CONTEXT)
            hunks.at(-1)?.push(change);
        else
            hunks.push([change]);
        reached = change.start + change.removed.length;
    }
    return hunks;
}
/** @param shift lines that the hunks before added */
function hunkText(changes, old, shift) {
    const first = changes[0]?.start ?? 0;
    const start = Math.max(0, first - CONTEXT);
    const lines = [];
    let at = start;
    let added = 0;
    for (const change of changes) {
        for (const line of old.slice(at, change.start))
            lines.push(` ${line}`);
        for (const line of change.removed)
            lines.push(`-${line}`);
        for (const line of change.added)
            lines.push(`+${line}`);
        at = change.start + change.removed.length;
        added += change.added.length - change.removed.length;
    }
    const end = Math.min(old.length, at + CONTEXT);
    for (const line of old.slice(at, end))
        lines.push(` ${line}`);
    const count = end - start;
    const head = `@@ -${rangeText(start, count)} +${rangeText(start + shift, count + added)} @@\n`;
    return head + lines.map((line) => (line.endsWith('\n') ? line : `${line}\n${NO_LINE_END}`)).join('');
}
/** Lines count from 1; a range of none names the line in front. */
function rangeText(start, count) {
    return `${count === 0 ? start : start + 1},${count}`;
}
/** As git quotes names in patches (git-config, core.quotePath); others stand as they are. */
function quoted(name) {
    if (!/[\p{Cc}"\\]/u.test(name))
        return name;
    const escapes = { '\n': '\\n', '\t': '\\t', '"': '\\"', '\\': '\\\\' };
    const octal = (character) => `\\${character.charCodeAt(0).toString(8).padStart(3, '0')}`;
    return `"${name.replace(/[\p{Cc}"\\]/gu, (character) => escapes[character] ?? octal(character))}"`;
}

// EXTERNAL MODULE: ./lib/app/action/github/api.js
var github_api = __webpack_require__(7868);
// EXTERNAL MODULE: ./lib/app/action/github/refusal.js
var refusal = __webpack_require__(6932);
;// CONCATENATED MODULE: ./lib/app/action/fixes/diff-lines.js
const HEAD = /^@@ -\d+(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/;
/** Reads the `patch` of the files of a pull request: hunks of a unified diff without file names. */
function readDiffLines(patch) {
    const lines = patch.split('\n');
    const hunks = [];
    for (let at = 0; at < lines.length; at += 1) {
        const head = HEAD.exec(lines[at] ?? '');
        if (head === null)
            continue;
        const [, old = '1', first = '0', young = '1'] = head;
        const start = Number(first);
        const end = start + Number(young);
        const { changed, taken } = readBody(lines.slice(at + 1), Number(old), start, end);
        at += taken;
        if (end > start)
            hunks.push({ start, end, changed });
    }
    return { hunks };
}
/** By the counts of the head alone: what a line of the file looks like must not matter. */
function readBody(lines, old, start, end) {
    const changed = new Set();
    let left = old;
    let line = start;
    let taken = 0;
    while (taken < lines.length && (left > 0 || line < end)) {
        const sign = lines[taken]?.[0] ?? ' ';
        taken += 1;
        if (sign === '+')
            changed.add(line);
        if (sign === ' ' || sign === '-')
            left -= 1;
        if (sign === ' ' || sign === '+')
            line += 1;
    }
    return { changed, taken };
}
/** A comment can stand on these lines: one hunk shows them all, and at least one is of the pull request's making. */
function canComment({ hunks }, startLine, endLine) {
    const hunk = hunks.find(({ start, end }) => start <= startLine && endLine < end);
    if (hunk === undefined)
        return false;
    for (let line = startLine; line <= endLine; line += 1)
        if (hunk.changed.has(line))
            return true;
    return false;
}

;// CONCATENATED MODULE: ./lib/app/action/fixes/comment-text.js
/** Ends every comment of ours; not shown. */
const MARK = /<!-- ts-image-build:fix ([0-9a-f]{32}) -->/g;
/** The comment: what was found, the lines in a block with a button, and the mark by which a later run knows it. */
function commentText({ findings, lines, mark }) {
    const told = findings.map(findingText).join('\n');
    const longest = Math.max(2, ...lines.flatMap((line) => (line.match(/`+/g) ?? []).map(({ length }) => length)));
    const fence = '`'.repeat(longest + 1);
    const block = [`${fence}suggestion`, ...lines, fence].join('\n');
    return `${told}\n\n${block}\n\n<!-- ts-image-build:fix ${mark} -->\n`;
}
/** The marks in the text of any comment. */
function marksIn(comment) {
    return [...comment.matchAll(MARK)].map(([, mark = '']) => mark);
}
function findingText({ rule, aliases, message, url, fix }) {
    const ids = [rule, ...aliases].join(', ');
    const name = url === undefined ? `**${ids}**` : `[**${ids}**](${url})`;
    const title = fix === undefined ? '' : ` *${plain(fix.title)}.*`;
    return `${name}: ${plain(message)}.${title}  `;
}
/** Words of the Dockerfile in a message must not become markup, nor call anybody by name. */
function plain(text) {
    return text
        .replace(/[\p{Cc}\s]+/gu, ' ')
        .replace(/[\\`*_{}[\]()<>#|~&!]/g, (character) => `\\${character}`)
        .replace(/@/g, '@\u200b')
        .replace(/\.$/, '');
}

;// CONCATENATED MODULE: ./lib/app/action/fixes/pull-request.js

const PAGE = 100;
/** What suggestions need to know and do of a pull request. Every method throws Octokit's RequestError. */
class PullRequest {
    #api;
    #name;
    constructor(api, repository, number) {
        this.#api = api;
        this.#name = { ...repository, pull_number: number };
    }
    /** The file, read page by page as far as it stands; undefined: the pull request does not change it. */
    file(path) {
        return this.#api.call(async ({ octokit, request }) => {
            const pages = octokit.paginate.iterator(octokit.rest.pulls.listFiles, {
                ...this.#name,
                per_page: PAGE,
                request,
            });
            for await (const { data } of pages) {
                const found = data.find(({ filename, status }) => filename === path && status !== 'removed');
                if (found === undefined)
                    continue;
                const commit = /[?&]ref=([0-9a-f]{40,64})$/.exec(found.contents_url)?.[1];
                return {
                    path,
                    blob: found.sha ?? '',
                    ...(found.patch === undefined ? {} : { patch: found.patch }),
                    ...(commit === undefined ? {} : { commit }),
                };
            }
            return undefined;
        });
    }
    /** The content of a file of it. */
    text(blob) {
        return this.#api.call(async ({ octokit, request }) => {
            const { owner, repo } = this.#name;
            const { data } = await octokit.rest.git.getBlob({ owner, repo, file_sha: blob, request });
            return Buffer.from(data.content, 'base64').toString('utf8');
        });
    }
    /**
     * Offers those suggestions that are not there yet, `most` of them, all in one review. Asked again before each try, so that one of which only
     * the answer was lost is not posted twice.
     */
    suggest(file, suggestions, most) {
        return this.#api.call(async (client) => {
            const known = await this.#knownMarks(client);
            const missing = suggestions.filter(({ mark }) => !known.has(mark));
            const fresh = missing.slice(0, most);
            const standing = suggestions.length - missing.length;
            if (fresh.length === 0)
                return { posted: 0, standing };
            await client.octokit.rest.pulls.createReview({
                ...this.#name,
                ...(file.commit === undefined ? {} : { commit_id: file.commit }),
                event: 'COMMENT',
                body: reviewText(fresh.length, file.path),
                comments: fresh.map((suggestion) => commentOf(suggestion, file.path)),
                request: client.request,
            });
            return { posted: fresh.length, standing };
        });
    }
    /** Marks of all comments that still stand on a line of the diff. One on lines that have changed since has no button any more. */
    async #knownMarks({ octokit, request }) {
        const known = new Set();
        const pages = octokit.paginate.iterator(octokit.rest.pulls.listReviewComments, {
            ...this.#name,
            per_page: PAGE,
            request,
        });
        for await (const { data } of pages) {
            for (const { body, line } of data) {
                if (line === undefined || line === null)
                    continue;
                for (const mark of marksIn(body))
                    known.add(mark);
            }
        }
        return known;
    }
}
function commentOf(suggestion, path) {
    const { startLine, endLine } = suggestion;
    return {
        path,
        body: commentText(suggestion),
        line: endLine,
        side: 'RIGHT',
        ...(startLine === endLine ? {} : { start_line: startLine, start_side: 'RIGHT' }),
    };
}
function reviewText(count, path) {
    const fixes = count === 1 ? 'One finding' : `${count} findings`;
    return `${fixes} of the linter in \`${path.replace(/`/g, "'")}\` can be mended with a click.`;
}

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
;// CONCATENATED MODULE: ./lib/app/action/fixes/repository-path.js


/**
 * The path of a Dockerfile in the checkout that holds it, as Git writes it; undefined where it came from elsewhere.
 * @param path as messages call it
 */
function repositoryPath({ path, text, }) {
    const file = (0,external_node_path_.resolve)(path);
    if (!(0,external_node_fs_.existsSync)(file))
        return undefined;
    // What a link leads to is what Git has.
    const real = (0,external_node_fs_.realpathSync)(file);
    if ((0,external_node_fs_.readFileSync)(real, 'utf8') !== text)
        return undefined;
    for (let folder = (0,external_node_path_.dirname)(real); folder !== (0,external_node_path_.dirname)(folder); folder = (0,external_node_path_.dirname)(folder)) {
        // A file in worktrees and submodules.
        if ((0,external_node_fs_.existsSync)((0,external_node_path_.join)(folder, '.git')))
            return (0,external_node_path_.relative)(folder, real);
    }
    return undefined;
}

;// CONCATENATED MODULE: ./lib/app/action/fixes/suggestion.js




/**
 * The safe fixes of a file as suggestions, in the order of its lines. Fixes of the same lines become one; of fixes that touch the same place
 * the first counts.
 * @param diagnostics findings in this very text
 */
function suggestionsFor(text, path, diagnostics) {
    const { fixed } = applyFixes(text, diagnostics, 'safe');
    const lines = linesOf(text);
    const offsets = offsetsOf(lines);
    const stretches = fixed.flatMap((finding) => stretchOf(finding, text, lines, offsets));
    const seen = new Map();
    return withoutHarm(text, path, merged(stretches)).map((stretch) => {
        const old = lines.slice(stretch.start, stretch.end);
        const added = mended(stretch, text, offsets);
        const content = JSON.stringify([path, rulesOf(stretch), old.map(bare), added]);
        const count = seen.get(content) ?? 0;
        seen.set(content, count + 1);
        return {
            startLine: stretch.start + 1,
            endLine: stretch.end,
            lines: added,
            findings: stretch.findings,
            mark: (0,external_node_crypto_.createHash)('sha256').update(`${count}\n${content}`).digest('hex').slice(0, 32),
        };
    });
}
/** Offsets of the lines, and of the end. */
function offsetsOf(lines) {
    const offsets = [0];
    for (const line of lines)
        offsets.push((offsets.at(-1) ?? 0) + line.length);
    return offsets;
}
/** The lines that a fix changes. A line that is only put in takes its neighbour along, since a suggestion has to replace something. */
function stretchOf(finding, text, lines, offsets) {
    const edits = finding.fix?.edits ?? [];
    const first = Math.min(...edits.map(({ at }) => at.start.line)) - 1;
    const last = Math.min(Math.max(...edits.map(({ at }) => at.end.line)), lines.length);
    const before = lines.slice(first, last);
    const after = replaceWithin(text, offsets[first] ?? 0, offsets[last] ?? text.length, edits);
    const changes = lineChanges(before, linesOf(after));
    const [head] = changes;
    const tail = changes.at(-1);
    if (head === undefined || tail === undefined)
        return [];
    const start = first + head.start;
    const end = first + tail.start + tail.removed.length;
    if (end > start)
        return [{ start, end, findings: [finding] }];
    if (lines.length === 0)
        return [];
    return start > 0
        ? [{ start: start - 1, end: start, findings: [finding] }]
        : [{ start: 0, end: 1, findings: [finding] }];
}
/** Stretches that share lines become one. */
function merged(stretches) {
    const result = [];
    for (const next of stretches.toSorted((one, other) => one.start - other.start || one.end - other.end)) {
        const before = result.at(-1);
        if (before === undefined || next.start >= before.end)
            result.push(next);
        else {
            const findings = [...before.findings, ...next.findings];
            result[result.length - 1] = {
                start: before.start,
                end: Math.max(before.end, next.end),
                findings: findings.sort((one, other) => one.at.start.offset - other.at.start.offset),
            };
        }
    }
    return result;
}
/** Those after which the file still reads as well as before, each for itself. */
function withoutHarm(text, path, stretches) {
    const problems = (changed) => (0,parse/* parseDockerfile */.Ai)(changed, path).problems.length;
    const before = problems(text);
    const isGood = (some) => problems(replaceAll(text, some.flatMap(editsOf))) <= before;
    return isGood(stretches) ? stretches : stretches.filter((stretch) => isGood([stretch]));
}
function mended(stretch, text, offsets) {
    const start = offsets[stretch.start] ?? 0;
    const end = offsets[stretch.end] ?? text.length;
    return linesOf(replaceWithin(text, start, end, editsOf(stretch))).map(bare);
}
/** The part of a text from `start` to `end`, in which all edits lie, after them. */
function replaceWithin(text, start, end, edits) {
    const rest = text.length - end;
    const after = replaceAll(text, edits);
    return after.slice(start, after.length - rest);
}
function editsOf({ findings }) {
    return findings.flatMap(({ fix }) => fix?.edits ?? []);
}
function rulesOf({ findings }) {
    return [...new Set(findings.map(({ rule }) => rule))].sort();
}
/** Without its end: review comments have line ends of their own. */
function bare(line) {
    return line.replace(/\r?\n$/, '');
}

;// CONCATENATED MODULE: ./lib/app/action/fixes/offer.js











/** More in one review would be taken for abuse, by people and by GitHub. */
const MOST_SUGGESTIONS = 30;
/** Milliseconds for all requests together. */
const MOST_TIME = 60_000;
const PERMISSION = 'pull-requests: write';
/**
 * Offers the safe fixes of the Dockerfile as suggestions on the lines that the pull request changes. undefined: there is nothing to fix.
 * Never throws: what cannot be a suggestion is in the patch, with the reason.
 */
async function offerFixes(options) {
    const { request } = options;
    const { dockerfile } = request;
    const found = (0,lint/* lint */.u)((0,parse/* parseDockerfile */.Ai)(dockerfile.text, dockerfile.path, request.lint.config.buildArgs), request.lint.config);
    const unsafe = found.filter(({ fix }) => fix?.safety === 'unsafe').length;
    if (applyFixes(dockerfile.text, found, 'safe').fixed.length === 0)
        return undefined;
    const path = request.context.kind === 'folder' ? repositoryPath(dockerfile) : undefined;
    const outcome = await suggest(path, options);
    if (outcome.reason === undefined)
        return { ...outcome, unsafe };
    const { text } = fixDockerfile(dockerfile.text, dockerfile.path, request.lint.config, 'safe');
    return { ...outcome, patch: unifiedDiff(path ?? dockerfile.path, dockerfile.text, text), unsafe };
}
async function suggest(path, options) {
    const { event, token, apiUrl, firstDelay } = options;
    const { repository, pullRequest } = event;
    const instead = (reason) => ({ posted: 0, standing: 0, reason });
    if (path === undefined)
        return instead('the Dockerfile is not a file of a checkout');
    if (pullRequest === undefined || repository === undefined)
        return instead(`this run is not for a pull request${event.name === '' ? '' : ` but for ${event.name}`}`);
    if (token === '')
        return instead('there is no github-token');
    const signal = AbortSignal.any([options.signal, AbortSignal.timeout(MOST_TIME)]);
    const api = new github_api/* GitHubApi */.y({
        token,
        url: apiUrl,
        signal,
        ...(firstDelay === undefined ? {} : { firstDelay }),
    });
    try {
        const pull = new PullRequest(api, repository, pullRequest.number);
        const file = await pull.file(path);
        if (file === undefined)
            return instead(`the pull request does not change ${path}`);
        if (file.patch === undefined)
            return instead(`GitHub shows no changed lines of ${path} (renamed alone, or too long)`);
        return await suggestIn(pull, file, file.patch, options.request);
    }
    catch (error) {
        const fork = (0,refusal/* isForbidden */.US)(error) && pullRequest.fromFork;
        return instead(`${(0,refusal/* whyRefused */.fG)(error, PERMISSION)}${fork ? ', which the pull request of a fork is never given' : ''}`);
    }
}
async function suggestIn(pull, file, patch, { dockerfile, lint: { config } }) {
    // A checkout of the merge may hold other lines than the branch of the pull request, and suggestions are for the latter.
    const isSame = blobName(dockerfile.text, file.blob.length) === file.blob;
    const text = isSame ? dockerfile.text : await pull.text(file.blob);
    const diagnostics = (0,lint/* lint */.u)((0,parse/* parseDockerfile */.Ai)(text, dockerfile.path, config.buildArgs), isSame ? config : withoutExternal(config));
    const all = suggestionsFor(text, file.path, diagnostics);
    const diff = readDiffLines(patch);
    const fitting = all.filter(({ startLine, endLine }) => canComment(diff, startLine, endLine));
    const outcome = fitting.length === 0 ? { posted: 0, standing: 0 } : await pull.suggest(file, fitting, MOST_SUGGESTIONS);
    if (outcome.posted + outcome.standing < fitting.length)
        return { ...outcome, reason: `a run posts at most ${MOST_SUGGESTIONS} suggestions` };
    const left = all.length - fitting.length;
    // The branch alone may have none: then they are in lines that the merge brings along.
    if (left === 0 && all.length > 0)
        return outcome;
    const what = left === all.length ? 'the fixes are' : left === 1 ? 'one fix is' : `${left} fixes are`;
    return { ...outcome, reason: `${what} not on lines that the pull request changes` };
}
/** ShellCheck's findings belong to the text that it has seen. */
function withoutExternal({ external: _, ...config }) {
    return config;
}
/** Git's name of a file's content (gitformat-pack, loose objects). `length`: of the names in this repository, in hex digits. */
function blobName(text, length) {
    const bytes = Buffer.from(text);
    return (0,external_node_crypto_.createHash)(length === 64 ? 'sha256' : 'sha1')
        .update(`blob ${bytes.length}\0`)
        .update(bytes)
        .digest('hex');
}


/***/ })

};
