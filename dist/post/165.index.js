export const id = 165;
export const ids = [165];
export const modules = {

/***/ 7165:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  tellHeld: () => (/* binding */ tellHeld)
});

// EXTERNAL MODULE: ./lib/app/options/sizes.js
var sizes = __webpack_require__(268);
;// CONCATENATED MODULE: ./lib/app/report/held-markdown.js

const MOST_ROWS = 30;
/** Entries and bytes of each scope, and what was deleted. */
function heldMarkdown(told) {
    const shown = told.scopes.slice(0, MOST_ROWS);
    const rest = told.scopes.slice(MOST_ROWS);
    const rows = [
        ...shown.map(({ ref, count, size }) => row(`\`${ref.replace(/[`|\n]/g, '')}\``, count, size)),
        ...(rest.length === 0 ? [] : [row(`${rest.length} more`, total(rest, 'count'), total(rest, 'size'))]),
    ];
    const table = rows.length === 0 ? [] : ['| scope | entries | size |', '| --- | --- | --- |', ...rows, ''];
    return ['### Actions cache', '', `${heldLine(told)}.`, '', ...table].join('\n');
}
/** The same in one line, for the log. */
function heldLine({ scopes, deleted }) {
    const held = `ts-image-build holds ${entries(total(scopes, 'count'))} (${(0,sizes/* formatSize */.Xq)(total(scopes, 'size'))}) in the Actions cache`;
    return deleted.count === 0
        ? held
        : `${held}; deleted ${entries(deleted.count)} (${(0,sizes/* formatSize */.Xq)(deleted.size)})`;
}
function row(name, count, size) {
    return `| ${name} | ${count} | ${(0,sizes/* formatSize */.Xq)(size)} |`;
}
function entries(count) {
    return count === 1 ? '1 entry' : `${count} entries`;
}
function total(scopes, field) {
    return scopes.reduce((sum, scope) => sum + scope[field], 0);
}

;// CONCATENATED MODULE: ./lib/app/action/cache-cleanup/tell.js

/** What is held now, in the log and in the summary. */
async function tellHeld(core, held, inSummary) {
    core.info(heldLine(held));
    if (inSummary && process.env['GITHUB_STEP_SUMMARY'] !== undefined)
        await core.summary.addRaw(heldMarkdown(held)).write();
}


/***/ }),

/***/ 3916:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* unused harmony exports InputProblems, badInput */
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
            if (!(error instanceof BuildError) || error.kind !== 'user')
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
        throw new BuildError({
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
    return new BuildError({ kind: 'user', code: 'BAD_INPUT', message, hint });
}


/***/ }),

/***/ 268:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Xq: () => (/* binding */ formatSize)
/* harmony export */ });
/* unused harmony exports parseSize, formatDuration */
/* harmony import */ var _problems_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3916);

const UNITS = { b: 1, k: 1024, m: 1024 ** 2, g: 1024 ** 3, t: 1024 ** 4 };
/** A size as docker writes it (`64m`, `1gb`, `4096`) in bytes. @throws BuildError `BAD_INPUT` */
function parseSize(text) {
    const match = /^(\d+(?:\.\d+)?)\s*([bkmgt]?)(?:i?b)?$/i.exec(text.trim());
    const [, number = '', unit = ''] = match ?? [];
    if (match === null)
        throw badInput(`"${text}" is not a size`, 'Write a number with an optional unit b, k, m, g or t.');
    return Math.floor(Number(number) * (UNITS[unit.toLowerCase() || 'b'] ?? 1));
}
/** Bytes for people: `12.3 MB`, powers of 1000 as docker prints them. */
function formatSize(bytes) {
    const units = ['B', 'kB', 'MB', 'GB', 'TB'];
    let value = bytes;
    let unit = 0;
    while (value >= 1000 && unit < units.length - 1) {
        value /= 1000;
        unit++;
    }
    return `${unit === 0 ? value : value.toPrecision(3)} ${units[unit]}`;
}
/** Milliseconds for people: `0.4 s`, `2 min 05 s`. */
function formatDuration(milliseconds) {
    const seconds = milliseconds / 1000;
    if (seconds < 60)
        return `${seconds.toFixed(1)} s`;
    const minutes = Math.floor(seconds / 60);
    return `${minutes} min ${String(Math.round(seconds - minutes * 60)).padStart(2, '0')} s`;
}


/***/ })

};
